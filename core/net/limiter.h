/*
 * How fast a host may be asked, as it tells itself.
 *
 * Names are matched in any case.  Three dialects, whatever the platform:
 *
 *	x-rate-limit-*     X: the reset in seconds since 1970
 *	ratelimit-*        Bluesky: the same; the IETF's draft: seconds from now
 *	x-ratelimit-*      Mastodon: the reset as ISO 8601
 *	retry-after        seconds, or a date
 *
 * each with -remaining and -reset.  A date is in the server's time, which its Date header
 * tells.  Milliseconds since 1970, which some send, are known by their size.
 *
 * They may lie (remaining -1, 1e99, a reset in the past or in ten years): never faster
 * than the spacing, never blocked for more than a day by one header.
 */
#ifndef RIPOSTE_CORE_NET_LIMITER_H
#define RIPOSTE_CORE_NET_LIMITER_H

#include "core/base/slice.h"

#include <stdbool.h>
#include <stdint.h>

struct limiter {
	int64_t next;    /* monotonic ms: not before */
	int64_t blocked; /* monotonic ms: nothing at all before; 0: free */
	int64_t spacing_ms;
	unsigned refused; /* 429s in a row */
};

/* Milliseconds until a request may go out; 0: now. */
int64_t limiter_wait_ms(const struct limiter *limiter, int64_t mono_ms);
/* One goes out. */
void limiter_sent(struct limiter *limiter, int64_t mono_ms);
/*
 * What an answer says.  header(context, name): its value, empty: none.  now: microseconds
 * UTC, for dates.  A 429 or 503 without a word blocks by the retry rule, longer each
 * time.
 */
void limiter_heard(struct limiter *limiter, int status,
                   struct rp_slice (*header)(const void *context, const char *name),
                   const void *context, int64_t mono_ms, int64_t now);

#endif
