#include "core/net/limiter.h"

#include "core/base/ascii.h"
#include "core/base/date.h"
#include "core/net/retry.h"

/* Seconds since 1970 are larger than any number of seconds that somebody has to wait. */
#define EPOCH_FROM UINT64_C(1000000000)
/* ... and milliseconds larger than any second until the year 5138. */
#define EPOCH_MS_FROM UINT64_C(100000000000)

enum { TOO_MANY_REQUESTS = 429, UNAVAILABLE = 503, REFUSED_MAX = 1000 };

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

struct heard {
	struct rp_slice (*header)(const void *context, const char *name);
	const void *context;
	int64_t now; /* of the server where it says so: resets are in its time */
};

int64_t
limiter_wait_ms(const struct limiter *limiter, int64_t mono_ms)
{
	const int64_t until =
		limiter->next > limiter->blocked ? limiter->next : limiter->blocked;

	return until > mono_ms ? until - mono_ms : 0;
}

void
limiter_sent(struct limiter *limiter, int64_t mono_ms)
{
	limiter->next = mono_ms + limiter->spacing_ms;
}

static void
block(struct limiter *limiter, int64_t mono_ms, int64_t wait_ms)
{
	const int64_t until = mono_ms + (wait_ms > day_ms ? day_ms : wait_ms);

	if (wait_ms > 0 && until > limiter->blocked)
		limiter->blocked = until;
}

static int64_t
from_now_ms(const struct heard *heard, int64_t at_ms)
{
	return at_ms > heard->now / 1000 ? at_ms - heard->now / 1000 : 0;
}

/* Milliseconds until a reset in any dialect; -1: none is told. */
static int64_t
reset_in_ms(const struct heard *heard, struct rp_slice text)
{
	uint64_t number;

	text = rp_slice_trim(text);
	if (!rp_slice_u64(text, &number))
		return retry_after(text, RP_SLICE(""), heard->now);
	if (number < EPOCH_FROM)
		return (int64_t)number * 1000;
	if (number < EPOCH_MS_FROM)
		return from_now_ms(heard, (int64_t)number * 1000);
	return number < INT64_MAX / 1000 ? from_now_ms(heard, (int64_t)number) : -1;
}

/* "0", and what is as good as that: "0.0" and "-1".  Garbage says nothing. */
static bool
is_used_up(struct rp_slice remaining)
{
	const struct rp_slice text = rp_slice_trim(remaining);
	uint64_t number;

	if (text.n > 1 && text.p[0] == '-')
		return ascii_is_digit(text.p[1]);
	return rp_slice_u64(text, &number) ? number == 0
	                                   : rp_slice_eq(text, RP_SLICE("0.0"));
}

static int64_t
told_wait_ms(const struct heard *heard, bool refused)
{
	static const struct {
		const char *remaining, *reset;
	} dialects[] = {
		{ "x-rate-limit-remaining", "x-rate-limit-reset" },
		{ "ratelimit-remaining", "ratelimit-reset" },
		{ "x-ratelimit-remaining", "x-ratelimit-reset" },
	};
	int64_t longest = -1;

	for (size_t i = 0; i < sizeof(dialects) / sizeof(*dialects); i++) {
		int64_t wait;

		if (!refused &&
		    !is_used_up(heard->header(heard->context, dialects[i].remaining)))
			continue;
		wait = reset_in_ms(heard,
		                   heard->header(heard->context, dialects[i].reset));
		longest = wait > longest ? wait : longest;
	}
	return longest;
}

void
limiter_heard(struct limiter *limiter, int status,
              struct rp_slice (*header)(const void *context, const char *name),
              const void *context, int64_t mono_ms, int64_t now)
{
	const struct date_context zone = { .zone = NULL };
	const struct rp_slice date = header(context, "date");
	const bool refused = status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
	struct heard heard = { header, context, now };
	struct rp_time time;
	int64_t wait;

	if (date_read(date, &zone, &time, NULL) && rp_time_exact(time))
		heard.now = time.lo;
	wait = told_wait_ms(&heard, refused);
	if (!refused) {
		limiter->refused = 0;
		block(limiter, mono_ms, wait);
		return;
	}
	limiter->refused += limiter->refused < REFUSED_MAX;
	block(limiter, mono_ms, wait);
	block(limiter, mono_ms, retry_after(header(context, "retry-after"), date, now));
	/* A reset in the past, or none: longer each time, whatever they say. */
	block(limiter, mono_ms,
	      retry_wait_ms(&(struct retry){ .tries = limiter->refused,
	                                     .most = REFUSED_MAX + 1,
	                                     .after_ms = -1 }));
}
