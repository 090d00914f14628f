/*
 * Letters, digits and blanks.
 */
#include "core/base/ascii.h"
#include "tests/support/spec.h"

#include <ctype.h>

static void
bytes_are_what_the_c_locale_says(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++) {
		const char byte = (char)(unsigned char)c;

		assert_int_equal(ascii_is_digit(byte), isdigit(c) != 0);
		assert_int_equal(ascii_is_letter(byte), isalpha(c) != 0);
		assert_int_equal(ascii_is_blank(byte), isspace(c) != 0);
		assert_int_equal((unsigned char)ascii_lower(byte), tolower(c));
	}
}

static void
a_copy_in_lower_case_leaves_other_characters_alone(void **state)
{
	char copy[8];

	(void)state;
	assert_slice(ascii_lower_into(copy, RP_SLICE("ÉAb-Z")), "Éab-z");
	assert_slice(ascii_lower_into(copy, RP_SLICE("")), "");
}

static void
digits_are_counted_from_the_front(void **state)
{
	(void)state;
	assert_int_equal(ascii_digits(RP_SLICE("123a4")), 3);
	assert_int_equal(ascii_digits(RP_SLICE("a1")), 0);
	assert_int_equal(ascii_digits(RP_SLICE("12")), 2);
	assert_int_equal(ascii_digits(RP_SLICE("")), 0);
}

static void
a_word_is_looked_up_whatever_its_case(void **state)
{
	static const struct rp_slice words[] = { RP_LIT("one"), RP_LIT("Two") };

	(void)state;
	assert_true(ASCII_IS_ONE_OF(RP_SLICE("ONE"), words));
	assert_true(ASCII_IS_ONE_OF(RP_SLICE("two"), words));
	assert_false(ASCII_IS_ONE_OF(RP_SLICE("on"), words));
	assert_false(ASCII_IS_ONE_OF(RP_SLICE(""), words));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_what_the_c_locale_says),
		cmocka_unit_test(a_copy_in_lower_case_leaves_other_characters_alone),
		cmocka_unit_test(digits_are_counted_from_the_front),
		cmocka_unit_test(a_word_is_looked_up_whatever_its_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
