/*
 * Where quotation marks stand, and which belongs to which.
 *
 * The marks of all languages are read in every text, since newspapers mix them; what a
 * mark does follows from what is open and from what stands on both sides of it.
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_MARKS_H
#define RIPOSTE_CORE_COLLECT_PRESS_MARKS_H

#include "core/collect/press.h"

/* What stands between an outer pair of marks; it may go on over several blocks. */
struct press_span {
	int32_t mark;           /* the one that opens; 0: a block that is a quotation */
	size_t block, at, text; /* the mark, and the first byte behind it */
	size_t end_block, end, beyond; /* the mark that closes, and what follows it */
};

/*
 * All outer pairs in the order of the text.  Pairs inside others are part of their text;
 * a mark that nothing closes is none.  false: the arena is full.
 */
bool press_marks(struct arena *arena, const struct press_block *blocks, size_t n_blocks,
                 struct press_span **out, size_t *n_out) RP_MUST_USE;

/* A mark of quotation of any kind; apostrophes are some. */
bool press_is_mark(int32_t c);

/* Any blank, also those that do not break. */
bool press_is_blank(int32_t c);

/* Without blanks at both ends. */
struct rp_slice press_trim(struct rp_slice s);

/* The code point that ends right before `at`, or 0. */
int32_t press_before(struct rp_slice s, size_t at);

/* The code point at `at`, or 0 behind the end. */
int32_t press_at(struct rp_slice s, size_t at);

#endif
