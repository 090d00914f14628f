/*
 * The summary of a run: one line for people, one object for programs.
 */
#ifndef RIPOSTE_CMD_TALLY_H
#define RIPOSTE_CMD_TALLY_H

#include "core/base/buf.h"
#include "core/base/jsonw.h"
#include "core/model/capture.h"

/* "12 files: 4,489 records, 4,480 new, 9 same, …";
 * nothing that is zero but the records. */
void tally_text(struct rp_buf *out, const struct tally *tally);

/* A number with thousands separated: 4,489. */
void tally_number(struct rp_buf *out, uint64_t number);

/* ", 2 posts": the number between separator and its noun. */
void tally_count(struct rp_buf *out, const char *separator, uint64_t number,
                 const char *one, const char *many);

/* "0.60": dollars, of millionths. */
void tally_dollars(struct rp_buf *out, int64_t micro);
void tally_json_dollars(struct jsonw *json, const char *name, int64_t micro);

/* The summary object of a command on standard output, {"v":1,"captures":…} and a newline;
 * members of its own are written to `json` before its end. */
struct tally_object {
	struct rp_buf text;
	struct jsonw json;
};
void tally_object_begin(struct tally_object *object, const struct tally *tally);
void tally_object_end(struct tally_object *object);

#endif
