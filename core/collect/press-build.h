/* What was found, made into quotations: their text, their context, each once. */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_BUILD_H
#define RIPOSTE_CORE_COLLECT_PRESS_BUILD_H

#include "core/collect/press-say.h"

enum { CUTS_MAX = 4 };

/* A quotation on its way. */
struct press_found {
	size_t span;
	struct press_say say;
	size_t n_cuts;
	bool told; /* one of them tells who speaks */
	size_t cut_from[CUTS_MAX], cut_beyond[CUTS_MAX]; /* tokens that cut into it */
	bool joins;     /* goes on with what the one before says */
	bool set_apart; /* a pull quote, or a block of its own */
	struct rp_slice text, folded;
};

/* The text between the marks, without cuts; false: the arena is full. */
bool press_build_text(struct arena *arena, const struct press_text *text,
                      const struct press_found *found, struct rp_slice *out) RP_MUST_USE;

/* The sentence around it; false: the arena is full. */
bool press_build_context(struct arena *arena, const struct press_text *text,
                         const struct press_found *found, struct rp_slice quotation,
                         struct rp_slice *out) RP_MUST_USE;

/* Letters and digits only, folded, with blanks: for comparing.  false: the arena is full.
 */
bool press_build_folded(struct arena *arena, struct rp_slice text,
                        struct rp_slice *out) RP_MUST_USE;

#endif
