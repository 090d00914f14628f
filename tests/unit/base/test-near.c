#include "core/base/near.h"
#include "tests/support/spec.h"

static size_t
distance(const char *a, const char *b)
{
	size_t there = near_distance(rp_slice_str(a), rp_slice_str(b));

	assert_int_equal(near_distance(rp_slice_str(b), rp_slice_str(a)), there);
	return there;
}

static void
a_word_is_as_far_as_bytes_must_be_changed(void **state)
{
	(void)state;
	assert_int_equal(distance("", ""), 0);
	assert_int_equal(distance("every", "every"), 0);
	assert_int_equal(distance("every", "evry"), 1);
	assert_int_equal(distance("every", "evary"), 1);
	assert_int_equal(distance("account", "acounts"), 2);
	assert_int_equal(distance("", "abc"), 3);
	assert_int_equal(distance("kitten", "sitting"), 3);
}

static void
who_types_more_has_not_mistyped_one(void **state)
{
	char longest[NEAR_MAX + 1], short_of_it[NEAR_MAX];

	(void)state;
	memset(longest, 'a', NEAR_MAX);
	longest[NEAR_MAX] = '\0';
	memset(short_of_it, 'a', NEAR_MAX - 1);
	short_of_it[NEAR_MAX - 1] = '\0';
	assert_true(distance(longest, "a") == SIZE_MAX);
	assert_int_equal(distance(short_of_it, "a"), NEAR_MAX - 2);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_is_as_far_as_bytes_must_be_changed),
		cmocka_unit_test(who_types_more_has_not_mistyped_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
