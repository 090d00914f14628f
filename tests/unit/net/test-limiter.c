#include "core/net/limiter.h"

#include "core/base/time.h"
#include "tests/support/spec.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

/* 2025-01-22T12:00:00Z */
static const int64_t noon = INT64_C(1737547200) * RP_SECOND;
static const int64_t begin = 5000; /* ms of the monotonic clock */

struct given {
	const char *name, *value;
};

/* Up to the row without a name. */
static struct rp_slice
find(const void *context, const char *name)
{
	for (const struct given *row = context; row->name != NULL; row++)
		if (rp_slice_eq_nocase(rp_slice_str(row->name), rp_slice_str(name)))
			return rp_slice_str(row->value);
	return RP_SLICE("");
}

static int64_t
wait_after(int status, const struct given *headers)
{
	struct limiter limiter = { .spacing_ms = 0 };

	limiter_heard(&limiter, status, find, headers, begin, noon);
	return limiter_wait_ms(&limiter, begin);
}

#define WAIT(status, ...)                                                                \
	wait_after((status), (const struct given[]){ __VA_ARGS__, { NULL, NULL } })

static void
nothing_is_waited_for_when_nothing_was_said(void **state)
{
	(void)state;
	assert_int_equal(WAIT(200, { "server", "x" }), 0);
	assert_int_equal(WAIT(404, { "x-rate-limit-remaining", "7" }), 0);
}

static void
x_tells_seconds_since_1970(void **state) /* N13 */
{
	(void)state;
	assert_int_equal(WAIT(200, { "x-rate-limit-limit", "450" },
	                      { "x-rate-limit-remaining", "0" },
	                      { "x-rate-limit-reset", "1737547260" }),
	                 60000);
	assert_int_equal(WAIT(429, { "x-rate-limit-reset", "1737547260" }), 60000);
	assert_int_equal(WAIT(200, { "x-rate-limit-remaining", "449" },
	                      { "x-rate-limit-reset", "1737547260" }),
	                 0);
}

static void
bluesky_and_the_draft_share_their_names(void **state) /* N13 */
{
	(void)state;
	assert_int_equal(WAIT(200, { "RateLimit-Remaining", "0" },
	                      { "RateLimit-Reset", "1737547260" }),
	                 60000);
	assert_int_equal(
		WAIT(200, { "RateLimit-Remaining", "0" }, { "RateLimit-Reset", "60" }),
		60000);
}

static void
mastodon_tells_a_date(void **state) /* N13 */
{
	(void)state;
	assert_int_equal(WAIT(200, { "X-RateLimit-Remaining", "0" },
	                      { "X-RateLimit-Reset", "2025-01-22T12:05:00.000000Z" }),
	                 300000);
	/* Its clock, not ours, is ten minutes ahead. */
	assert_int_equal(WAIT(429, { "Date", "Wed, 22 Jan 2025 12:10:00 GMT" },
	                      { "X-RateLimit-Reset", "2025-01-22T12:15:00.000000Z" }),
	                 300000);
}

static void
the_longest_of_what_is_said_counts(void **state)
{
	(void)state;
	assert_int_equal(WAIT(429, { "Retry-After", "30" }, { "RateLimit-Reset", "60" }),
	                 60000);
	assert_int_equal(WAIT(503, { "Retry-After", "90" }, { "RateLimit-Reset", "60" }),
	                 90000);
}

static void
milliseconds_are_known_by_their_size(void **state) /* N13 */
{
	(void)state;
	assert_int_equal(WAIT(429, { "x-rate-limit-reset", "1737547260000" }), 60000);
}

static void
a_reset_that_lies_blocks_for_a_day_at_the_most(void **state) /* N14, T07 */
{
	(void)state;
	assert_int_equal(WAIT(429, { "x-rate-limit-reset", "9999999999" }), DAY_MS);
	assert_int_equal(WAIT(429, { "Retry-After", "315360000" }), DAY_MS);
	assert_int_equal(WAIT(429, { "Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT" }),
	                 DAY_MS);
	assert_int_equal(WAIT(429, { "RateLimit-Reset", "999999999" }), DAY_MS);
	assert_int_equal(WAIT(429, { "RateLimit-Reset", "18446744073709551615" }), 1000);
}

static void
a_refusal_without_a_word_blocks_longer_each_time(void **state) /* N13 */
{
	struct limiter limiter = { .spacing_ms = 0 };
	const struct given nothing = { NULL, NULL };
	const struct given past[] = { { "x-rate-limit-reset", "1737547000" }, nothing };
	int64_t now = begin;
	static const int64_t waits[] = { 1000,  2000,  4000,  8000,
		                         16000, 32000, 60000, 60000 };

	(void)state;
	for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++) {
		limiter_heard(&limiter, i % 2 ? 503 : 429, find, i % 2 ? &nothing : past,
		              now, noon);
		assert_int_equal(limiter_wait_ms(&limiter, now), waits[i]);
		now += waits[i];
	}
	limiter_heard(&limiter, 200, find, &nothing, now, noon);
	limiter_heard(&limiter, 429, find, &nothing, now, noon);
	assert_int_equal(limiter_wait_ms(&limiter, now), 1000);
}

static void
remaining_that_lies_never_makes_it_faster(void **state) /* N14 */
{
	struct limiter limiter = { .spacing_ms = 500 };
	const struct given lies[] = { { "RateLimit-Remaining", "1e99" },
		                      { "RateLimit-Reset", "1e99" },
		                      { NULL, NULL } };

	(void)state;
	limiter_sent(&limiter, begin);
	limiter_heard(&limiter, 200, find, lies, begin + 10, noon);
	assert_int_equal(limiter_wait_ms(&limiter, begin + 10), 490);
	assert_int_equal(limiter_wait_ms(&limiter, begin + 500), 0);
	assert_int_equal(
		WAIT(200, { "RateLimit-Remaining", "-1" }, { "RateLimit-Reset", "60" }),
		60000);
	assert_int_equal(
		WAIT(200, { "RateLimit-Remaining", "-" }, { "RateLimit-Reset", "60" }),
		0);
}

static void
a_clock_that_jumped_blocks_for_a_day_at_the_most(void **state) /* T01, T02 */
{
	struct limiter limiter = { .spacing_ms = 0 };
	const struct given told[] = { { "x-rate-limit-reset", "1737547260" },
		                      { NULL, NULL } };

	(void)state;
	limiter_heard(&limiter, 429, find, told, begin, 0);
	assert_int_equal(limiter_wait_ms(&limiter, begin), DAY_MS);
	limiter = (struct limiter){ .spacing_ms = 0 };
	limiter_heard(&limiter, 429, find, told, begin, INT64_MAX);
	assert_int_equal(limiter_wait_ms(&limiter, begin), 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_waited_for_when_nothing_was_said),
		cmocka_unit_test(x_tells_seconds_since_1970),
		cmocka_unit_test(bluesky_and_the_draft_share_their_names),
		cmocka_unit_test(mastodon_tells_a_date),
		cmocka_unit_test(the_longest_of_what_is_said_counts),
		cmocka_unit_test(milliseconds_are_known_by_their_size),
		cmocka_unit_test(a_reset_that_lies_blocks_for_a_day_at_the_most),
		cmocka_unit_test(a_refusal_without_a_word_blocks_longer_each_time),
		cmocka_unit_test(remaining_that_lies_never_makes_it_faster),
		cmocka_unit_test(a_clock_that_jumped_blocks_for_a_day_at_the_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
