/*
 * What fetchers of pages and feeds share: what a status means there, pages that stand in
 * the way of what was asked for, how long an answer is good.
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_WEB_H
#define RIPOSTE_CORE_COLLECT_FETCH_WEB_H

#include "core/base/buf.h"
#include "core/collect/fetcher.h"

enum web_kind {
	WEB_BODY,    /* here it is */
	WEB_SAME,    /* 304 */
	WEB_AGAIN,   /* busy, or limiting us: 408, 425, 429, 5xx */
	WEB_MISSING, /* 404 */
	WEB_GONE,    /* 410 */
	WEB_REFUSED, /* any other 4xx */
	WEB_ODD,     /* nothing that makes sense here: 204, 206, a 3xx, 999 */
};

enum web_kind web_kind(const struct fetch_answer *answer);

/* The error of a kind that is not BODY, SAME or AGAIN: RP_RETRY_LATER, or RP_BAD_SOURCE
 * where somebody has to act. */
enum rp_status web_fail(const struct fetch_answer *answer,
                        struct rp_error *err) RP_MUST_USE;

/* Is it a page, whatever its type says? */
bool web_is_html(struct rp_slice body);

/* "a page that asks whether we are human": what stands where a page was asked for; NULL:
 * nothing of the kind. */
const char *web_wall(struct rp_slice body, struct rp_slice charset);

/* The feed that a page names, absolute; empty: none.  false: the arena is full. */
bool web_find_feed(struct arena *arena, const struct fetch_answer *answer,
                   struct rp_slice *out) RP_MUST_USE;

/* Microseconds that Cache-Control calls it fresh for, a day at the most; 0: nothing. */
int64_t web_max_age(const struct fetch_answer *answer);

/* "key=value\n", where there is a value. */
void web_line(struct rp_buf *out, const char *key, struct rp_slice value);

#endif
