/*
 * Inside of the fetcher of feeds: what it wants to know of a document.
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_FEED_READ_H
#define RIPOSTE_CORE_COLLECT_FETCH_FEED_READ_H

#include "core/base/zone.h"
#include "core/collect/fetch-feed-row.h"
#include "core/collect/fetcher.h"

struct feed_look {
	struct feed_row row; /* empty: it proves nothing of what it does not list */
	size_t entries;
	int64_t oldest;     /* everything since then is in it; may be unknown */
	int64_t interval;   /* it wants to be asked no more often; 0: it does not say */
	uint32_t not_hours; /* a bit for each hour of the day, UTC, in which it is not to
	                       be */
	uint8_t not_days;   /* ... and for each day of the week, from Sunday */
	struct rp_slice older; /* address of the page behind this one; empty: none */
	bool ended;            /* it says so itself: JSON Feed's "expired" */
	bool cut;              /* it breaks off */
};

/*
 * Look at the answer's document.  asked: its address; page: which one of a listing, from
 * 1, for those that count.  zone may be NULL.  Texts are in the arena.  RP_BAD_ITEM: no
 * feed.
 */
enum rp_status feed_look(struct arena *arena, const struct fetch_answer *answer,
                         struct rp_slice asked, unsigned page, const struct zone *zone,
                         struct feed_look *out, struct rp_error *err) RP_MUST_USE;

/* The first moment from `at` on, within a week, at which it may be asked. */
int64_t feed_allowed(const struct feed_look *look, int64_t at);

#endif
