/*
 * A reader over bytes in memory that hands them out in pieces of a chosen size.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_MEMORY_READER_H
#define RIPOSTE_TESTS_SUPPORT_MEMORY_READER_H

#include "core/collect/collector.h"

struct memory_reader {
	struct rp_slice left;
	size_t piece;          /* at most so many bytes a call; 0: as many as wanted */
	enum rp_status ending; /* RP_OK, or what a broken source says */
};

static inline enum rp_status
memory_read(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct memory_reader *from = context;
	size_t n = from->piece && from->piece < size ? from->piece : size;

	if (from->left.n == 0 && from->ending != RP_OK)
		return rp_fail(err, from->ending, "the source broke off");
	if (from->left.n == 0)
		return RP_END;
	if (n > from->left.n)
		n = from->left.n;
	memcpy(into, from->left.p, n);
	from->left = rp_slice_skip(from->left, n);
	*n_out = n;
	return RP_OK;
}

#endif
