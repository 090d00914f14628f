/* Quotations that are blocks of their own, and the lines that say whose they are. */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_APART_H
#define RIPOSTE_CORE_COLLECT_PRESS_APART_H

#include "core/collect/press-marks.h"

#define PRESS_NO_BLOCK SIZE_MAX

/* What a block set apart is, found before its words are read. */
struct press_apart {
	bool whole;       /* all of it is the quotation, with or without marks */
	size_t credit;    /* block of the credit line, or PRESS_NO_BLOCK */
	size_t credit_at; /* where the credit begins in it */
};

/*
 * Look at block quotations and pull quotes, make spans of those that are quotations as a
 * whole, and drop the spans inside them.  *apart_out has one row a block.  false: the
 * arena is full.
 */
bool press_apart_read(struct arena *arena, const struct press_block *blocks,
                      size_t n_blocks, struct press_span **spans, size_t *n_spans,
                      struct press_apart **apart_out) RP_MUST_USE;

#endif
