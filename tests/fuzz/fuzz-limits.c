/*
 * Any bytes as the headers of answers, a line each: "NAME: value", and an empty line ends
 * an answer.  However they lie, a host is left alone for no more than a day at a time,
 * and for a second at least after it refused.
 */
#include "core/net/limiter.h"
#include "core/net/retry.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;
static const int64_t ten_years_ms = INT64_C(3650) * 24 * 3600 * 1000;

static void
require(bool truth)
{
	if (!truth)
		abort();
}

static struct rp_slice
find(const void *context, const char *name)
{
	struct rp_slice rest = *(const struct rp_slice *)context;

	while (rest.n > 0) {
		struct rp_slice value = rp_slice_cut(&rest, '\n');

		if (rp_slice_eq_nocase(rp_slice_cut(&value, ':'), rp_slice_str(name)))
			return value;
	}
	return rest;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int statuses[] = { 429, 200, 503, 404 };
	struct rp_slice rest = { (const char *)data, size };
	struct limiter limiter = { .spacing_ms = 100 };
	int64_t now = 0;

	for (unsigned i = 0; rest.n > 0 && i < 100; i++) {
		const size_t end = rp_slice_find(rest, RP_SLICE("\n\n"));
		const struct rp_slice headers = rp_slice_from(rest.p, end);
		const int status = statuses[i % 4];
		const int64_t after = retry_after(find(&headers, "retry-after"),
		                                  find(&headers, "date"), now);
		int64_t wait;

		require(after >= -1 && after <= ten_years_ms);
		limiter_sent(&limiter, now);
		limiter_heard(&limiter, status, find, &headers, now, now * 1000);
		wait = limiter_wait_ms(&limiter, now);
		require(wait >= 100 && wait <= day_ms);
		require((status != 429 && status != 503) || wait >= 1000);
		now += wait;
		rest = rp_slice_skip(rest, end + 2);
	}
	return 0;
}
