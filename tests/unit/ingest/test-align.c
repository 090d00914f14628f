/* Which turns of two transcripts are one. */
#include "core/base/utf8.h"
#include "core/ingest/align.h"
#include "tests/support/spec.h"

#include <stdio.h>

static struct arena *arena;
static char got[4096];

/* "A hello there" is said by A; a NULL ends the list. */
static struct rendition
rendition_of(const char *const *lines)
{
	struct rendition r = { .turns = arena_array(arena, 20, sizeof(struct turn)) };

	assert_non_null(r.turns);
	for (; lines[r.n] != NULL; r.n++) {
		struct turn *turn = &r.turns[r.n];
		struct rp_slice folded;

		turn->author = rp_slice_from(lines[r.n], 1);
		assert_true(arena_printf(arena, &turn->stated, "%zu", r.n + 1));
		assert_true(utf8_fold(arena, rp_slice_str(lines[r.n] + 2), &folded));
		assert_true(threes_read(folded, arena, &turn->threes));
		turn->words = sha256_of(folded);
	}
	return r;
}

/* The keys of the second's turns, the eight digits as "*". */
static const char *
aligned(const char *const *first, const char *const *second)
{
	struct rendition a = rendition_of(first), b = rendition_of(second);
	const struct rendition *const both[] = { &a, &b };
	struct rp_error err;
	size_t n = 0;

	assert_ok(align(both, 2, arena, &err), err);
	got[0] = '\0';
	for (size_t i = 0; i < b.n; i++) {
		struct rp_slice key = b.turns[i].key;
		size_t dot = rp_slice_find_byte(key, '.');

		n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%.*s%s",
		                      i > 0 ? " " : "", (int)dot, key.p,
		                      dot < key.n ? ".*" : "");
		if (dot < key.n)
			assert_int_equal(key.n - dot, 9);
	}
	return got;
}

#define LINES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
turns_keep_their_keys_though_others_come_in_between(void **state)
{
	(void)state;
	assert_string_equal(aligned(LINES("M welcome", "M is it there", "N it is mine",
	                                  "M thank you", "N yes"),
	                            LINES("M is it there", "N it is mine", "A applause",
	                                  "M thank you")),
	                    "2 3 3.* 4");
}

static void
most_of_the_words_make_the_same_turn_of_the_same_speaker(void **state)
{
	(void)state;
	assert_string_equal(
		aligned(LINES("N i am good for my 80 billion dollars this year"),
	                LINES("N i am good for my eighty billion dollars this year")),
		"1");
	assert_string_equal(
		aligned(LINES("N look i am good for my 80 billion dollars again this "
	                      "year"),
	                LINES("N i am good for my 80 billion dollars this year")),
		"1");
	assert_string_equal(
		aligned(LINES("N i am good for my 80 billion dollars this year"),
	                LINES("N i am good for nothing but my 80 dollars this year")),
		"1.*");
	assert_string_equal(
		aligned(LINES("N i am good for my 80 billion dollars this year"),
	                LINES("M i am good for my 80 billion dollars this year")),
		"1.*");
}

static void
short_turns_are_the_same_only_word_for_word(void **state)
{
	(void)state;
	assert_string_equal(aligned(LINES("N yes", "N no"), LINES("N no", "N yes")),
	                    "2 2.*");
	assert_string_equal(aligned(LINES("N yes we"), LINES("N yes i")), "1.*");
}

static void
two_who_say_the_same_in_the_same_place_are_two(void **state)
{
	static const char *const first[] = { "A one", NULL };
	struct rendition a = rendition_of(first);
	struct rendition b = rendition_of(LINES("B thank you"));
	struct rendition c = rendition_of(LINES("C thank you"));
	const struct rendition *const all[] = { &a, &b, &c };
	struct rp_error err;

	(void)state;
	assert_ok(align(all, 3, arena, &err), err);
	assert_false(rp_slice_eq(b.turns[0].key, c.turns[0].key));
}

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(16 << 20);
	return arena == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	arena = arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(turns_keep_their_keys_though_others_come_in_between),
		cmocka_unit_test(
			most_of_the_words_make_the_same_turn_of_the_same_speaker),
		cmocka_unit_test(short_turns_are_the_same_only_word_for_word),
		cmocka_unit_test(two_who_say_the_same_in_the_same_place_are_two),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
