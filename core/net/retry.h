/*
 * Whether and when to try again: a pure function, so that it can be tested.
 */
#ifndef RIPOSTE_CORE_NET_RETRY_H
#define RIPOSTE_CORE_NET_RETRY_H

#include "core/base/slice.h"

#include <stdint.h>

struct retry {
	unsigned tries;   /* that were made, at least 1 */
	unsigned most;    /* tries in all; 0: 4 */
	int status;       /* of the answer; 0: there was none */
	int64_t after_ms; /* that the peer asked for (retry_after()); -1: nothing */
	uint64_t random;  /* any number: the jitter */
};

/*
 * Milliseconds to wait before the next try, 1 s, 2 s, 4 s … with a jitter of half of
 * that, 60 s at the most; what the peer asked for if that is more.  -1: give up.
 */
int64_t retry_wait_ms(const struct retry *retry);

/*
 * "Retry-After: 120", or a date, as milliseconds from `now`: from 0 (the past) to ten
 * years; -1: not there, or garbage.  server_date: the answer's "Date", which counts for
 * dates instead of our clock.
 */
int64_t retry_after(struct rp_slice value, struct rp_slice server_date, int64_t now);

/* Before that we did not exist: a clock that says so is wrong. */
#define HTTP_OLDEST_NOW (INT64_C(1735689600) * 1000000)

/* A "Date", or any header that is one.  false: it cannot be read. */
bool http_date(struct rp_slice text, int64_t *out);

#endif
