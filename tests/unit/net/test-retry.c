#include "core/net/retry.h"

#include "core/base/time.h"
#include "tests/support/spec.h"

#define YEAR_MS (INT64_C(365) * 24 * 3600 * 1000)

/* 2025-01-22T12:00:00Z */
static const int64_t noon = INT64_C(1737547200) * RP_SECOND;

static int64_t
wait_of(unsigned tries, uint64_t random)
{
	return retry_wait_ms(&(struct retry){
		.tries = tries, .most = 1000, .after_ms = -1, .random = random });
}

static void
the_wait_doubles_up_to_a_minute(void **state)
{
	(void)state;
	assert_int_equal(wait_of(1, 0), 1000);
	assert_int_equal(wait_of(2, 0), 2000);
	assert_int_equal(wait_of(3, 0), 4000);
	assert_int_equal(wait_of(7, 0), 60000);
	assert_int_equal(wait_of(999, 0), 60000);
	assert_int_equal(wait_of(0, 0), 1000);
}

static void
the_jitter_is_half_of_the_wait_at_the_most(void **state)
{
	(void)state;
	for (uint64_t random = 0; random < 5000; random += 7) {
		assert_true(wait_of(2, random) >= 2000);
		assert_true(wait_of(2, random) <= 3000);
		assert_true(wait_of(20, random) <= 60000);
	}
	assert_int_equal(wait_of(2, 1000), 3000);
	assert_true(wait_of(1, UINT64_MAX) <= 1500);
}

static void
after_four_tries_it_is_given_up(void **state)
{
	struct retry retry = { .tries = 3, .after_ms = -1 };

	(void)state;
	assert_int_equal(retry_wait_ms(&retry), 4000);
	retry.tries = 4;
	assert_int_equal(retry_wait_ms(&retry), -1);
	retry.most = 5;
	assert_int_equal(retry_wait_ms(&retry), 8000);
	retry.most = 1;
	assert_int_equal(retry_wait_ms(&retry), -1);
}

static void
a_peer_can_ask_for_more_and_not_for_less(void **state)
{
	struct retry retry = { .tries = 1, .after_ms = 90000 };

	(void)state;
	assert_int_equal(retry_wait_ms(&retry), 90000);
	retry.after_ms = 0;
	assert_int_equal(retry_wait_ms(&retry), 1000);
}

static int64_t
after(const char *value, const char *date)
{
	return retry_after(rp_slice_str(value), rp_slice_str(date), noon);
}

static void
seconds_and_dates_are_both_understood(void **state) /* T07 */
{
	(void)state;
	assert_int_equal(after("120", ""), 120000);
	assert_int_equal(after(" 7 ", ""), 7000);
	assert_int_equal(after("0", ""), 0);
	assert_int_equal(after("Wed, 22 Jan 2025 12:01:00 GMT", ""), 60000);
	assert_int_equal(after("Wednesday, 22-Jan-25 12:01:00 GMT", ""), 60000);
	assert_int_equal(after("Wed Jan 22 12:01:00 2025", ""), -1);
}

static void
a_date_is_in_the_time_of_who_sent_it(void **state) /* T05, T07 */
{
	(void)state;
	assert_int_equal(
		after("Wed, 21 Oct 2015 07:29:00 GMT", "Wed, 21 Oct 2015 07:28:00 GMT"),
		60000);
	assert_int_equal(after("Wed, 22 Jan 2025 12:01:00 GMT", "garbage"), 60000);
}

static void
lies_stay_within_bounds(void **state) /* T07 */
{
	(void)state;
	assert_int_equal(after("Wed, 21 Oct 2015 07:28:00 GMT", ""), 0);
	assert_int_equal(after("315360000", ""), 10 * YEAR_MS);
	assert_int_equal(after("18446744073709551615", ""), 10 * YEAR_MS);
	assert_int_equal(after("Fri, 31 Dec 9999 23:59:59 GMT", ""), 10 * YEAR_MS);
	assert_int_equal(retry_after(RP_SLICE("Wed, 22 Jan 2025 12:01:00 GMT"),
	                             RP_SLICE(""), INT64_MAX),
	                 0);
	assert_int_equal(retry_after(RP_SLICE("Wed, 22 Jan 2025 12:01:00 GMT"),
	                             RP_SLICE(""), INT64_MIN),
	                 10 * YEAR_MS);
}

static void
garbage_says_nothing(void **state) /* T07 */
{
	static const char *const values[] = {
		"", "-1", "soon", "1.5", "99999999999999999999", "1e9", "12 s"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++)
		assert_int_equal(after(values[i], ""), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_wait_doubles_up_to_a_minute),
		cmocka_unit_test(the_jitter_is_half_of_the_wait_at_the_most),
		cmocka_unit_test(after_four_tries_it_is_given_up),
		cmocka_unit_test(a_peer_can_ask_for_more_and_not_for_less),
		cmocka_unit_test(seconds_and_dates_are_both_understood),
		cmocka_unit_test(a_date_is_in_the_time_of_who_sent_it),
		cmocka_unit_test(lies_stay_within_bounds),
		cmocka_unit_test(garbage_says_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
