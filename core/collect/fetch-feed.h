/*
 * Inside of the fetcher of feeds.
 *
 *	fetch-feed.c         open, next, take: which document, and what it leads to
 *	fetch-feed-cursor.c  the cursor's text
 *	fetch-feed-read.c    what a document says that the fetcher wants to know
 *	fetch-feed-row.c     what the order of its entries proves
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_FEED_H
#define RIPOSTE_CORE_COLLECT_FETCH_FEED_H

#include "core/collect/fetch-feed-read.h"
#include "core/collect/paging.h"
#include "core/collect/validators.h"

/*
 * How far a feed was read.  Everything up to `seen` is held or is a gap that was told.
 * When the entries that were the newest then are not there any more, some may have been
 * missed: a pass goes back page by page until it meets them, and only then are those of
 * its first page what is known.  A pass that was broken off goes on where it was.
 */
struct feed_cursor {
	struct rp_slice url; /* of the settings: of another one all of this is void */
	struct validators validators;
	struct feed_ids known;
	int64_t seen; /* unknown: never */
	bool doubt;   /* the document that came last proved nothing of the time since */

	struct rp_slice page;   /* of a pass: where it goes on; empty: there is none */
	unsigned page_number;   /* of `page` */
	struct feed_ids fresh;  /* of its first page */
	int64_t began, reached; /* it covers what is between; reached may be unknown */

	struct rp_slice moved; /* where it was said to have moved for good */
	unsigned moves;        /* in how many runs in a row */
	struct rp_slice named; /* the feed that the page names which stands there */
	int64_t missing;       /* since when there is nothing; unknown: there is */
	bool gone;             /* for good */
};

/* A text that makes no sense, or is of another url, is none.  Texts are borrowed. */
void feed_cursor_read(struct feed_cursor *cursor, struct rp_slice text,
                      struct rp_slice url);
void feed_cursor_write(const struct feed_cursor *cursor, struct rp_buf *out);

#endif
