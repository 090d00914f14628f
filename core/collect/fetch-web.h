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

/* What is gone is looked at no more often, and only in the notes: it is not asked for. */
#define WEB_GONE_REST (31 * RP_DAY)
/* It was gone (410) when it was asked for: RP_BAD_SOURCE, and again after that rest. */
enum rp_status web_still_gone(struct rp_slice url, int64_t now,
                              struct rp_error *err) RP_MUST_USE;

/* Is it a page, whatever its type says? */
bool web_is_html(struct rp_slice body);

/* ---- fetch-wall.c ------------------------------------------------------------ */

/*
 * What a page is, where an article or a transcript was asked for.
 *
 * wall  "a page that asks whether we are human": it stands in the way of what was asked
 *       for; NULL: nothing of the kind.  It has little text, and a title, a phrase or a
 *       mark of such pages; a mark counts only where nothing says that it is an article.
 * text  bytes to be read on it; 0: none, or too long to be looked at
 * pay   it says that not all of it can be read without paying, or without an account
 */
struct web_page_look {
	const char *wall;
	size_t text;
	bool pay;
};
struct web_page_look web_look(struct rp_slice body, struct rp_slice charset);

/* ---- fetch-web.c ------------------------------------------------------------- */

/* The feed that a page names, absolute; empty: none.  false: the arena is full. */
bool web_find_feed(struct arena *arena, const struct fetch_answer *answer,
                   struct rp_slice *out) RP_MUST_USE;

/* Microseconds that Cache-Control calls it fresh for, a day at the most; 0: nothing. */
int64_t web_max_age(const struct fetch_answer *answer);

/* An address as it was noted in a cursor, where secrets are asterisks: is it this one? */
bool web_is_noted(struct rp_slice noted, struct rp_slice url);

/* "key=value\n", where there is a value. */
void web_line(struct rp_buf *out, const char *key, struct rp_slice value);

#endif
