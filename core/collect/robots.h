/*
 * robots.txt (RFC 9309): what a site asks programs to leave alone.
 *
 * The groups that name us count, all of them together; where none does, those of "*".
 * Of the rules that fit a path the longest pattern wins, of two as long the one that
 * allows.  "*" in a pattern is anything, "$" at its end the end.  Crawl-delay is not in
 * the RFC; sites mean it all the same.
 *
 * Whoever fetches it: a 4xx means there is none, everything is allowed; a 5xx, or no
 * answer, that nothing is (robots_of_status()); what was read is good for a day.
 */
#ifndef RIPOSTE_CORE_COLLECT_ROBOTS_H
#define RIPOSTE_CORE_COLLECT_ROBOTS_H

#include "core/base/arena.h"
#include "core/base/slice.h"

/* What we are called in it; any case. */
#define ROBOTS_TOKEN "riposte"

enum { ROBOTS_MAX_BYTES = 500 << 10 }; /* what is behind that is not read */

struct robots_rule {
	struct rp_slice pattern; /* escapes in one form */
	bool allow;
};

struct robots_group {
	struct robots_rule *rules;
	size_t n, room;
	int64_t delay_ms;
	bool there; /* somebody wrote one */
};

/* Zeroed: everything is allowed. */
struct robots {
	struct robots_group own, others; /* others: of "*" */
	bool nothing;                    /* is allowed */
};

/* Read it, in linear time; what makes no sense is passed over.  Everything is copied into
 * the arena.  false: that is full. */
bool robots_parse(struct arena *arena, struct rp_slice text,
                  struct robots *out) RP_MUST_USE;

/* What to go by when the answer had this status and is not to be read; 0: there was no
 * answer. */
struct robots robots_of_status(int status);

/* May it be asked for?  path: what follows the host, with its query: "/a?b=c"; empty is
 * "/".  robots.txt itself always may. */
bool robots_allows(const struct robots *robots, struct rp_slice path);

/* Milliseconds between two requests, a day at the most; 0: it does not say. */
int64_t robots_delay_ms(const struct robots *robots);

#endif
