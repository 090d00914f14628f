/*
 * Listings that come page by page, and do not always get anywhere: rows A01, A02, A09 of
 * the project's table of hostile inputs.
 */
#include "core/collect/paging.h"
#include "tests/support/spec.h"

#include <stdio.h>

enum { MOST = 5, EMPTY = 3 };

static int
setup(void **state)
{
	*state = paging_new(MOST, EMPTY);
	return *state == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	*state = paging_free(*state);
	return 0;
}

static enum paging_verdict
page(void **state, const char *body, size_t items, const char *next)
{
	return paging_next(*state, rp_slice_str(body), items, rp_slice_str(next));
}

static void
a_page_without_a_next_one_is_the_last(void **state)
{
	assert_int_equal(page(state, "one", 20, "A"), PAGING_ON);
	assert_int_equal(page(state, "two", 7, ""), PAGING_END);
}

static void
an_empty_page_without_a_next_one_is_the_last_too(void **state)
{
	assert_int_equal(page(state, "", 0, ""), PAGING_END);
}

static void
cursors_that_take_turns_are_a_loop(void **state)
{
	assert_int_equal(page(state, "one", 1, "A"), PAGING_ON);
	assert_int_equal(page(state, "two", 1, "B"), PAGING_ON);
	assert_int_equal(page(state, "three", 1, "A"), PAGING_LOOP);
}

static void
so_are_those_with_an_empty_page_between(void **state)
{
	assert_int_equal(page(state, "one", 1, "A"), PAGING_ON);
	assert_int_equal(page(state, "two", 1, "B"), PAGING_ON);
	assert_int_equal(page(state, "nothing", 0, "C"), PAGING_ON);
	assert_int_equal(page(state, "three", 1, "A"), PAGING_LOOP);
}

static void
a_cursor_that_leads_to_itself_is_a_loop(void **state)
{
	assert_int_equal(page(state, "one", 1, "A"), PAGING_ON);
	assert_int_equal(page(state, "two", 1, "A"), PAGING_LOOP);
}

static void
the_same_page_under_another_cursor_is_a_loop(void **state)
{
	assert_int_equal(page(state, "one", 1, "A"), PAGING_ON);
	assert_int_equal(page(state, "two", 1, "B"), PAGING_ON);
	assert_int_equal(page(state, "one", 1, "C"), PAGING_LOOP);
}

static void
a_last_page_that_was_there_before_does_not_say_that_all_was_seen(void **state)
{
	assert_int_equal(page(state, "one", 1, "A"), PAGING_ON);
	assert_int_equal(page(state, "one", 1, ""), PAGING_LOOP);
}

static enum paging_verdict
page_of(void **state, const char *body, const char *items, const char *next)
{
	struct rp_slice rest = rp_slice_str(items);

	while (rest.n > 0)
		paging_item(*state, rp_slice_cut(&rest, ' '));
	return page(state, body, 1, next);
}

static void
items_that_all_were_there_before_lead_nowhere(void **state)
{
	assert_int_equal(page_of(state, "one", "a b", "A"), PAGING_ON);
	assert_int_equal(page_of(state, "two", "b c", "B"), PAGING_ON);
	assert_int_equal(page_of(state, "three", "c a", "C"), PAGING_LOOP);
}

static void
but_may_end_a_list_whose_pages_overlap(void **state)
{
	assert_int_equal(page_of(state, "one", "a b", "A"), PAGING_ON);
	assert_int_equal(page_of(state, "two", "b", ""), PAGING_END);
}

static void
a_page_that_reads_like_a_cursor_is_none(void **state)
{
	assert_int_equal(page(state, "A", 1, "A"), PAGING_ON);
	assert_int_equal(page(state, "B", 1, "one"), PAGING_ON);
	assert_int_equal(page(state, "one", 1, "B"), PAGING_ON);
}

static void
an_empty_page_is_not_the_end(void **state)
{
	assert_int_equal(page(state, "[]", 0, "A"), PAGING_ON);
	assert_int_equal(page(state, "[]", 0, "B"), PAGING_ON);
	assert_int_equal(page(state, "one", 1, "C"), PAGING_ON);
	assert_int_equal(page(state, "[]", 0, "D"), PAGING_ON);
}

static void
but_too_many_of_them_in_a_row_are(void **state)
{
	assert_int_equal(page(state, "[]", 0, "A"), PAGING_ON);
	assert_int_equal(page(state, "[]", 0, "B"), PAGING_ON);
	assert_int_equal(page(state, "[]", 0, "C"), PAGING_EMPTY);
}

static void
pages_without_end_end_at_the_most(void **state)
{
	char text[8];

	for (int i = 1; i < MOST; i++) {
		(void)snprintf(text, sizeof(text), "%d", i);
		assert_int_equal(page(state, text, 1, text), PAGING_ON);
	}
	assert_int_equal(page(state, "last", 1, "more"), PAGING_MOST);
}

static void
as_many_pages_as_may_be_are_all_of_them(void **state)
{
	char text[8];

	for (int i = 1; i < MOST; i++) {
		(void)snprintf(text, sizeof(text), "%d", i);
		assert_int_equal(page(state, text, 1, text), PAGING_ON);
	}
	assert_int_equal(page(state, "last", 1, ""), PAGING_END);
}

static void
what_was_not_seen_has_a_reason(void **state)
{
	(void)state;
	assert_string_equal(paging_why(PAGING_END), "");
	assert_string_equal(paging_why(PAGING_LOOP),
	                    "the server's pages repeat themselves");
	assert_string_not_equal(paging_why(PAGING_EMPTY), "");
	assert_string_not_equal(paging_why(PAGING_MOST), "");
}

#define SPEC(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_page_without_a_next_one_is_the_last),
		SPEC(an_empty_page_without_a_next_one_is_the_last_too),
		SPEC(cursors_that_take_turns_are_a_loop),
		SPEC(so_are_those_with_an_empty_page_between),
		SPEC(a_cursor_that_leads_to_itself_is_a_loop),
		SPEC(the_same_page_under_another_cursor_is_a_loop),
		SPEC(a_last_page_that_was_there_before_does_not_say_that_all_was_seen),
		SPEC(items_that_all_were_there_before_lead_nowhere),
		SPEC(but_may_end_a_list_whose_pages_overlap),
		SPEC(a_page_that_reads_like_a_cursor_is_none),
		SPEC(an_empty_page_is_not_the_end),
		SPEC(but_too_many_of_them_in_a_row_are),
		SPEC(pages_without_end_end_at_the_most),
		SPEC(as_many_pages_as_may_be_are_all_of_them),
		SPEC(what_was_not_seen_has_a_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
