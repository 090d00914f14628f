#include "core/net/retry.h"

enum {
	MOST_TRIES = 4,
	FIRST_WAIT_MS = 1000,
	LONGEST_WAIT_MS = 60 * 1000,
	DOUBLINGS = 16, /* past the longest wait by then */
};

static const int64_t ten_years_ms = INT64_C(3650) * 24 * 3600 * 1000;

int64_t
retry_wait_ms(const struct retry *retry)
{
	const unsigned doublings = retry->tries > 0 ? retry->tries - 1 : 0;
	int64_t wait;

	if (retry->tries >= (retry->most ? retry->most : MOST_TRIES))
		return -1;
	wait = (int64_t)FIRST_WAIT_MS << (doublings < DOUBLINGS ? doublings : DOUBLINGS);
	wait += (int64_t)(retry->random % (uint64_t)(wait / 2 + 1));
	if (wait > LONGEST_WAIT_MS)
		wait = LONGEST_WAIT_MS;
	return wait > retry->after_ms ? wait : retry->after_ms;
}

int64_t
retry_after(struct rp_slice value, struct rp_slice server_date, int64_t now)
{
	const struct rp_slice text = rp_slice_trim(value);
	uint64_t seconds;
	int64_t at, from, wait;

	if (rp_slice_u64(text, &seconds))
		return seconds < (uint64_t)ten_years_ms / 1000 ? (int64_t)seconds * 1000
		                                               : ten_years_ms;
	if (!http_date(text, &at))
		return -1;
	if (!http_date(server_date, &from))
		from = now;
	/* Years of four digits and any clock: no overflow. */
	wait = at / 1000 - from / 1000;
	return wait < 0 ? 0 : wait > ten_years_ms ? ten_years_ms : wait;
}
