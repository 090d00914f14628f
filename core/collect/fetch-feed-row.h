/*
 * Inside of the fetcher of feeds: what the order of a document's entries proves.
 *
 * A feed lists the newest of its entries, and besides them what it likes: what is pinned
 * to its front, what is always at its end, events of the future, ids that all share.  So
 * only the entries that stand in the order of their dates count, and not one of them
 * alone is believed.  Where that leaves a doubt, nothing is proved.
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_FEED_ROW_H
#define RIPOSTE_CORE_COLLECT_FETCH_FEED_ROW_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	FEED_IDS = 5,               /* remembered of a document: the newest of its row */
	FEED_MET = 3,               /* so many of them must be there again */
	FEED_ENTRIES_MAX = 1 << 14, /* a document of more proves nothing */
};

struct feed_mark {
	uint64_t id;  /* hash; in a row of id and time, as what was moved is another */
	int64_t time; /* may be unknown */
};

/* Newest first; each id once in its document. */
struct feed_row {
	struct feed_mark *marks;
	size_t n;
};

struct feed_ids {
	uint64_t list[FEED_IDS];
	size_t n;
};

/* The row of the entries, in the document's order, of a document that came at `at`.
 * Empty: most entries stand in no order.  false: out of memory. */
bool feed_row_of(struct arena *arena, struct feed_mark *entries, size_t n, int64_t at,
                 struct feed_row *out);

/* Everything since then that the feed had is in the document; unknown: nobody knows.
 * The older half is not believed: it may be there for ever. */
int64_t feed_row_since(const struct feed_row *row, size_t entries);

struct feed_ids feed_row_ids(const struct feed_row *row);

/* The row reaches back to where those were the newest. */
bool feed_row_meets(const struct feed_row *row, const struct feed_ids *known);

#endif
