/*
 * Inside of the fetcher of the Wayback Machine: its index (CDX) and its copies.
 *
 *	fetch-wayback.c      what is wanted, which question is next, what came of it
 *	fetch-wayback-cdx.c  addresses of questions, rows of the index
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_WAYBACK_H
#define RIPOSTE_CORE_COLLECT_FETCH_WAYBACK_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/error.h"
#include "core/base/slice.h"

enum { WAYBACK_DIGITS = 14 }; /* of "20210304050607" */

/* A copy that is listed. */
struct wayback_copy {
	struct rp_slice timestamp; /* 14 digits */
	struct rp_slice original;  /* address, as it was asked for then */
	bool json;                 /* else a page */
};

/* What the index says of one address. */
struct wayback_list {
	struct wayback_copy *copies;
	size_t n, room;
	struct rp_slice resume; /* where it goes on; empty: that is all */
};

/*
 * Rows of an answer of the index, appended to the list; in the arena.  key: those of this
 * post alone, whatever their addresses have behind the id; empty: all of them.
 * RP_BAD_ITEM: no answer of the index.
 */
enum rp_status wayback_read(struct arena *arena, struct rp_slice body,
                            struct rp_slice key, struct wayback_list *list,
                            struct rp_error *err) RP_MUST_USE;

/* Ask the index for an address, or for all that begin with it. */
void wayback_question(struct rp_buf *out, struct rp_slice base, struct rp_slice address,
                      bool prefix, struct rp_slice resume);

/* Ask for a copy as it was taken. */
void wayback_copy_url(struct rp_buf *out, struct rp_slice base,
                      const struct wayback_copy *copy);

/* Append "2021-03-04T05:06:07Z" of an address of a copy; false: it has no time. */
bool wayback_as_of(struct rp_buf *out, struct rp_slice url);

#endif
