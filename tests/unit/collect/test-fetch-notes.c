/*
 * Notes of fetchers, and the header Link.
 */
#include "core/base/cleanup.h"
#include "core/collect/fetch-link.h"
#include "core/collect/fetch-notes.h"
#include "tests/support/spec.h"

DEFINE_CLEANUP_DONE(struct notes, notes_done);

static void
what_was_noted_last_counts(void **state)
{
	CLEANUP(notes_done) struct notes notes;

	(void)state;
	notes_init(&notes, "x 1", RP_SLICE("x 1\na b c d\n"));
	assert_slice(notes_get(&notes, "a", RP_SLICE("b")), "c d");
	notes_set(&notes, "a", RP_SLICE("b"), RP_SLICE("e"));
	notes_set_number(&notes, "n", RP_SLICE("b"), -5);
	assert_slice(notes_cursor(&notes), "x 1\na b e\nn b -5\n");
	notes_drop(&notes, "a", RP_SLICE("b"));
	assert_slice(notes_cursor(&notes), "x 1\nn b -5\n");
}

static void
of_another_version_or_of_rubbish_nothing_is_kept(void **state)
{
	static const char *const cursors[] = {
		"x 2\na b c\n",    "", "a b c\n", "x 1\na b\n\n a b c\na  c\n",
		"x 1\na b \x01\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cursors) / sizeof(*cursors); i++) {
		CLEANUP(notes_done) struct notes notes;

		notes_init(&notes, "x 1", rp_slice_str(cursors[i]));
		assert_slice(notes_cursor(&notes), "x 1\n");
	}
}

static void
what_cannot_be_a_line_is_not_noted(void **state)
{
	CLEANUP(notes_done) struct notes notes;

	(void)state;
	notes_init(&notes, "x 1", RP_SLICE(""));
	notes_set(&notes, "a", RP_SLICE("b c"), RP_SLICE("d"));
	notes_set(&notes, "a", RP_SLICE("b"), RP_SLICE("d\ne f g"));
	notes_set(&notes, "a", RP_SLICE(""), RP_SLICE("d"));
	assert_slice(notes_cursor(&notes), "x 1\n");
}

static void
the_oldest_of_a_name_are_forgotten(void **state)
{
	CLEANUP(notes_done) struct notes notes;

	(void)state;
	notes_init(&notes, "x 1", RP_SLICE("x 1\na 1 x\nb 1 x\na 2 x\na 3 x\n"));
	notes_trim(&notes, "a", 1);
	assert_slice(notes_cursor(&notes), "x 1\nb 1 x\na 3 x\n");
}

static void
numbers_are_read_word_by_word(void **state)
{
	struct rp_slice value = RP_SLICE("12 -7 x 99999999999999999999");

	(void)state;
	assert_int_equal(note_number(&value, 1), 12);
	assert_int_equal(note_number(&value, 1), -7);
	assert_int_equal(note_number(&value, 1), 1);
	assert_int_equal(note_number(&value, 1), 1);
	assert_int_equal(note_number(&value, 1), 1);
}

static void
a_link_is_found_by_its_relation(void **state)
{
	const struct rp_slice several =
		RP_LIT("<https://h/a,b;c?x=1>; rel=\"next\", <https://h/p>;title=\"a, "
	               "<b>; rel=next\" ; "
	               "REL=prev\n<https://h/z>; rel=\"last up\"");

	(void)state;
	assert_slice(link_find(several, "next"), "https://h/a,b;c?x=1");
	assert_slice(link_find(several, "prev"), "https://h/p");
	assert_slice(link_find(several, "up"), "https://h/z");
	assert_slice(link_find(several, "first"), "");
	assert_slice(link_find(RP_SLICE("<https://h/a"), "next"), "");
	assert_slice(link_find(RP_SLICE("<a>;;;=;rel"), "next"), "");
	assert_slice(link_find(RP_SLICE("<a>; rel=\"next"), "next"), "a");
	assert_slice(link_find(RP_SLICE(""), "next"), "");
}

static void
only_links_to_the_same_server_are_followed(void **state)
{
	const struct rp_slice root = RP_LIT("https://h.example");

	(void)state;
	assert_true(link_is_below(RP_SLICE("https://h.example/api?x=1"), root));
	assert_true(link_is_below(RP_SLICE("https://H.example/api"), root));
	assert_false(link_is_below(RP_SLICE("https://h.example.evil/api"), root));
	assert_false(link_is_below(RP_SLICE("https://h.example@evil/api"), root));
	assert_false(link_is_below(RP_SLICE("https://h.example:444/api"), root));
	assert_false(link_is_below(RP_SLICE("http://h.example/api"), root));
	assert_false(link_is_below(RP_SLICE("https://h.example/a\r\nb"), root));
	assert_false(link_is_below(RP_SLICE(""), root));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_noted_last_counts),
		cmocka_unit_test(of_another_version_or_of_rubbish_nothing_is_kept),
		cmocka_unit_test(what_cannot_be_a_line_is_not_noted),
		cmocka_unit_test(the_oldest_of_a_name_are_forgotten),
		cmocka_unit_test(numbers_are_read_word_by_word),
		cmocka_unit_test(a_link_is_found_by_its_relation),
		cmocka_unit_test(only_links_to_the_same_server_are_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
