/* When a source is to be asked again. */
#include "core/ingest/collect.h"
#include "tests/support/spec.h"

#define NOW (1000 * RP_DAY)
#define EVERY (15 * RP_MINUTE)

static int64_t
due(int64_t tried, uint32_t failures, enum source_end end)
{
	const struct source_state state = { .tried = tried, .failures = failures };

	return due_next(&state, EVERY, 0, end, NOW);
}

static void
a_source_is_due_its_interval_after_it_was_asked(void **state)
{
	(void)state;
	assert_int_equal(due(NOW - RP_MINUTE, 0, SOURCE_DONE), NOW + 14 * RP_MINUTE);
	assert_int_equal(due(NOW, 0, SOURCE_STOPPED), NOW + EVERY);
	assert_int_equal(due(RP_TIME_UNKNOWN, 0, SOURCE_DONE), NOW + EVERY);
}

static void
each_failure_doubles_the_interval_up_to_a_day(void **state)
{
	(void)state;
	assert_int_equal(due(NOW, 1, SOURCE_LATER), NOW + 2 * EVERY);
	assert_int_equal(due(NOW, 3, SOURCE_FAILED), NOW + 8 * EVERY);
	assert_int_equal(due(NOW, 7, SOURCE_LATER), NOW + RP_DAY);
	assert_int_equal(due(NOW, UINT32_MAX, SOURCE_LATER), NOW + RP_DAY);
	assert_int_equal(due(NOW, 7, SOURCE_DONE), NOW + EVERY);
}

static void
an_interval_of_more_than_a_day_stays_what_it_is(void **state)
{
	const struct source_state failed = { .tried = NOW, .failures = 5 };
	(void)state;

	assert_int_equal(due_next(&failed, 3 * RP_DAY, 0, SOURCE_LATER, NOW),
	                 NOW + 3 * RP_DAY);
	assert_int_equal(due_next(&failed, INT64_MAX, 0, SOURCE_LATER, NOW), INT64_MAX);
}

static void
a_source_that_says_when_is_asked_no_sooner(void **state)
{
	const struct source_state asked = { .tried = NOW };
	(void)state;

	assert_int_equal(due_next(&asked, EVERY, NOW + RP_HOUR, SOURCE_LATER, NOW),
	                 NOW + RP_HOUR);
	assert_int_equal(due_next(&asked, EVERY, NOW + 1, SOURCE_DONE, NOW), NOW + EVERY);
	assert_int_equal(due_next(&asked, EVERY, RP_TIME_UNKNOWN, SOURCE_DONE, NOW),
	                 NOW + EVERY);
}

static void
a_hundred_years_are_taken_for_a_month(void **state)
{
	const struct source_state asked = { .tried = NOW };
	(void)state;

	assert_int_equal(due_next(&asked, EVERY, NOW + 36500 * RP_DAY, SOURCE_LATER, NOW),
	                 NOW + 31 * RP_DAY);
	assert_int_equal(due_next(&asked, EVERY, INT64_MAX, SOURCE_LATER, NOW),
	                 NOW + 31 * RP_DAY);
}

static void
a_clock_that_was_set_back_keeps_no_source_waiting(void **state)
{
	(void)state;
	assert_int_equal(due(NOW + 210 * RP_DAY, 0, SOURCE_DONE), NOW + EVERY);
}

static void
nothing_overflows_at_the_end_of_time(void **state)
{
	const struct source_state asked = { .tried = INT64_MAX - 1, .failures = 3 };
	(void)state;

	assert_int_equal(due_next(&asked, EVERY, INT64_MAX, SOURCE_LATER, INT64_MAX - 1),
	                 INT64_MAX);
	assert_int_equal(due_next(&asked, 0, 0, SOURCE_DONE, NOW), NOW + 1);
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		cmocka_unit_test(a_source_is_due_its_interval_after_it_was_asked),
		cmocka_unit_test(each_failure_doubles_the_interval_up_to_a_day),
		cmocka_unit_test(an_interval_of_more_than_a_day_stays_what_it_is),
		cmocka_unit_test(a_source_that_says_when_is_asked_no_sooner),
		cmocka_unit_test(a_hundred_years_are_taken_for_a_month),
		cmocka_unit_test(a_clock_that_was_set_back_keeps_no_source_waiting),
		cmocka_unit_test(nothing_overflows_at_the_end_of_time),
	};

	return cmocka_run_group_tests_name("ingest-due", specs, NULL, NULL);
}
