#include "core/ingest/collect.h"

#define LONGEST_BACKOFF RP_DAY
#define LONGEST_ASKED (31 * RP_DAY)

static int64_t
later_by(int64_t from, int64_t by)
{
	return from > INT64_MAX - by ? INT64_MAX : from + by;
}

/* Doubled for each failure, until it is a day. */
static int64_t
backed_off(int64_t every, uint32_t failures)
{
	int64_t wait = every;

	for (; failures > 0 && wait < LONGEST_BACKOFF; failures--)
		wait *= 2;
	if (wait > LONGEST_BACKOFF)
		wait = LONGEST_BACKOFF;
	return wait < every ? every : wait;
}

int64_t
due_next(const struct source_state *state, int64_t every, int64_t not_before,
         enum source_end end, int64_t now)
{
	const bool failed = end == SOURCE_LATER || end == SOURCE_FAILED;
	const int64_t latest = later_by(now, LONGEST_ASKED);
	int64_t asked = state->tried, due;

	if (asked == RP_TIME_UNKNOWN || asked > now)
		asked = now;
	if (every < 1)
		every = 1;
	due = later_by(asked, backed_off(every, failed ? state->failures : 0));
	if (not_before > latest)
		not_before = latest;
	return not_before > 0 && not_before > due ? not_before : due;
}
