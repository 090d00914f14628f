/*
 * Tags in captions, piece by piece, with the bytes each is made of: cue texts, YouTube's
 * XML, transcripts in HTML.  Nothing is checked: what is no tag is text.
 */
#ifndef RIPOSTE_CORE_COLLECT_CUE_MARKUP_H
#define RIPOSTE_CORE_COLLECT_CUE_MARKUP_H

#include "core/base/buf.h"
#include "core/base/slice.h"

enum markup_kind {
	MARKUP_TEXT,
	MARKUP_OPEN,
	MARKUP_CLOSE,
	MARKUP_OTHER, /* comments, declarations */
};

struct markup {
	enum markup_kind kind;
	struct rp_slice source; /* all of it, "<p t=\"1\">" */
	struct rp_slice name;   /* of a tag: letters and digits, as written */
	struct rp_slice inside; /* what stands behind the name */
	bool empty;             /* "<br/>" */
};

/* The next piece; false at the end.  Linear: a "<" without its ">" is text. */
bool markup_next(struct rp_slice *rest, struct markup *out);

/* ASCII case does not count. */
bool markup_is(const struct markup *piece, const char *name);

/* The value of an attribute, as written; empty when there is none. */
struct rp_slice markup_get(const struct markup *piece, const char *attribute);

/* Append with references (&amp; &#39; &eacute;) decoded once; unknown ones stay. */
void markup_decode(struct rp_buf *out, struct rp_slice text);

#endif
