/*
 * Writing JSON: one line, no blanks, always valid UTF-8 whatever was put in.
 *
 *	struct jsonw w = jsonw_to(&buf);
 *
 *	jsonw_object(&w);
 *	jsonw_field_int(&w, "v", 1);
 *	jsonw_key(&w, "posts");
 *	jsonw_array(&w);
 *	...
 *	jsonw_end_array(&w);
 *	jsonw_end_object(&w);
 *
 * Commas are the writer's business; that brackets and keys come in pairs is the caller's.
 * The buffer may be written out and cleared between any two calls: the writer looks
 * forward only.  Failures stick to the buffer (buf_failed()), so one check at the end is
 * enough.
 */
#ifndef RIPOSTE_CORE_BASE_JSONW_H
#define RIPOSTE_CORE_BASE_JSONW_H

#include "core/base/buf.h"
#include "core/base/slice.h"
#include "core/base/time.h"

struct jsonw {
	struct rp_buf *out;
	bool comma; /* a value stands before this place */
};

static inline struct jsonw
jsonw_to(struct rp_buf *out)
{
	return (struct jsonw){ out, false };
}

/* A new top-level value behind a newline: the next line of JSON Lines. */
void jsonw_next_line(struct jsonw *w);

void jsonw_object(struct jsonw *w);
void jsonw_end_object(struct jsonw *w);
void jsonw_array(struct jsonw *w);
void jsonw_end_array(struct jsonw *w);

/* The name of the member whose value comes next. */
void jsonw_key(struct jsonw *w, const char *name);
void jsonw_key_text(struct jsonw *w, struct rp_slice name);

void jsonw_text(struct jsonw *w, struct rp_slice text);
void jsonw_int(struct jsonw *w, int64_t value);
void jsonw_bool(struct jsonw *w, bool value);
void jsonw_null(struct jsonw *w);

/* JSON made elsewhere, copied as it is; must be one valid value. */
void jsonw_raw(struct jsonw *w, struct rp_slice json);

/* Key and value in one line. */
void jsonw_field_text(struct jsonw *w, const char *name, struct rp_slice text);
/* The same, but null for the empty text: a fact we do not have. */
void jsonw_field_text_or_null(struct jsonw *w, const char *name, struct rp_slice text);
/* A time; null for the unknown one. */
void jsonw_field_time(struct jsonw *w, const char *name, int64_t us,
                      enum rp_precision precision);
void jsonw_field_int(struct jsonw *w, const char *name, int64_t value);
void jsonw_field_bool(struct jsonw *w, const char *name, bool value);
void jsonw_field_null(struct jsonw *w, const char *name);

/*
 * The text in quotes, by itself.
 *
 * Bytes that are not UTF-8 become U+FFFD, one for each maximal subpart.  Escaped: what
 * JSON demands, and what a terminal or a script would act on: C0, DEL, C1, the bidi
 * controls U+202A-202E and U+2066-2069, the line separators U+2028 and U+2029. A reader
 * gets the same text back.  All else stays as it is.
 */
void jsonw_string(struct rp_buf *out, struct rp_slice text);

#endif
