/*
 * Captions in UTF-16, in what their server says they are in, and pages that are no UTF-8:
 * read as UTF-8, with the places of cues in the bytes as they came.  (A SubRip file that
 * is no UTF-8, and of which nobody says what it is, is decoded cue by cue.)
 *
 * A server is believed only of what is no UTF-8: many say the same of all they have.
 */
#ifndef RIPOSTE_CORE_COLLECT_CUE_CHARSET_H
#define RIPOSTE_CORE_COLLECT_CUE_CHARSET_H

#include "core/collect/cue.h"

struct cue_charset {
	struct rp_slice bytes; /* as they came; borrowed */
	struct rp_slice text;  /* to be read: `bytes`, or what `decoded` has */
	struct rp_buf decoded;
	enum cue_widths { CUE_ONE, CUE_WIDE, CUE_DOUBLE } widths; /* of its characters */
	bool four;       /* of those of two bytes some have four: GB 18030 */
	bool changed;    /* text is another than bytes */
	bool damaged;    /* U+FFFD stands for what fitted nothing */
	uint32_t *marks; /* where in `bytes` every 64th byte of the text begins */
	size_t front;    /* of a byte order mark */
};

void cue_charset_done(struct cue_charset *charset);
DEFINE_CLEANUP_DONE(struct cue_charset, cue_charset_done);

/* told: what its server says; may be empty.  false: out of memory. */
bool cue_charset_read(struct rp_slice bytes, struct rp_slice told,
                      struct cue_charset *out) RP_MUST_USE;

/* Turn the places of cues and rejects, of the text, into those of the bytes. */
void cue_charset_place(const struct cue_charset *charset, struct cues *cues);

#endif
