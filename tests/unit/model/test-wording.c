/* Versions, which are forms of wordings: told more or less fully, cut or whole. */
#include "core/model/post.h"
#include "tests/support/spec.h"

#define ELLIPSIS "\xe2\x80\xa6"
#define ADA RP_SLICE("x:@1")

enum { MOST = 4 };

static struct version
by(struct rp_slice author, struct version version)
{
	version_fingerprint(&version, author);
	return version;
}

struct read_out {
	struct arena *arena;
	const struct version *list;
	uint32_t n;
};

static int
setup(void **state)
{
	static struct read_out out;

	out.arena = arena_new(1 << 20);
	*state = &out;
	return out.arena != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
	arena_free(((struct read_out *)*state)->arena);
	return 0;
}

/* The same whichever way round they come. */
static void
read_out(struct read_out *out, const struct version *forms, size_t n)
{
	struct version turned[MOST];
	const struct version *other;
	uint32_t n_other;

	assert_true(n <= MOST);
	for (size_t i = 0; i < n; i++)
		turned[i] = forms[n - 1 - i];
	assert_true(wordings(out->arena, forms, n, ADA, &out->list, &out->n));
	assert_true(wordings(out->arena, turned, n, ADA, &other, &n_other));
	assert_int_equal(n_other, out->n);
	for (size_t i = 0; i < n_other; i++) {
		assert_true(rp_slice_eq(other[i].text, out->list[i].text));
		assert_true(rp_slice_eq(other[i].media, out->list[i].media));
		assert_int_equal(other[i].as_of, out->list[i].as_of);
	}
}

static void
words_without_an_author_are_those_of_the_author(void **state)
{
	struct read_out *out = *state;
	const struct version forms[] = {
		by(RP_SLICE(""), (struct version){ .text = RP_LIT("no"), .as_of = 9 }),
		by(ADA, (struct version){ .text = RP_LIT("no"), .as_of = 3 }),
	};

	read_out(out, forms, 2);
	assert_int_equal(out->n, 1);
	assert_true(version_is_by(&out->list[0], ADA));
	assert_int_equal(out->list[0].as_of, 9);
}

static void
words_of_a_handle_are_those_of_the_account(void **state)
{
	struct read_out *out = *state;
	const struct version forms[] = {
		by(RP_SLICE("x:@ada?"), (struct version){ .text = RP_LIT("no") }),
		by(ADA, (struct version){ .text = RP_LIT("no") }),
	};

	read_out(out, forms, 2);
	assert_int_equal(out->n, 1);
	assert_true(version_is_by(&out->list[0], ADA));
}

static void
the_same_words_of_another_author_are_another_wording(void **state)
{
	struct read_out *out = *state;
	const struct version forms[] = {
		by(RP_SLICE("x:@2"), (struct version){ .text = RP_LIT("no") }),
		by(ADA, (struct version){ .text = RP_LIT("no") }),
	};

	read_out(out, forms, 2);
	assert_int_equal(out->n, 2);
}

static void
a_form_that_lists_media_is_the_plain_one_told_in_full(void **state)
{
	struct read_out *out = *state;
	const struct version forms[] = {
		by(ADA, (struct version){ .text = RP_LIT("look https://t.co/a") }),
		by(ADA, (struct version){ .text = RP_LIT("look"),
		                          .text_raw = RP_LIT("look https://t.co/a"),
		                          .mentions = RP_LIT("x:@2 bob\n") }),
		by(ADA, (struct version){ .text = RP_LIT("look https://t.co/a"),
		                          .media = RP_LIT("3_1\n") }),
	};

	read_out(out, forms, 3);
	assert_int_equal(out->n, 1);
	assert_slice(out->list[0].text, "look");
	assert_slice(out->list[0].media, "3_1\n");
	assert_slice(out->list[0].mentions, "x:@2 bob\n");
}

/* A page shows an answer without the names in front of it. */
static void
an_answer_is_one_with_and_without_whom_it_answers(void **state)
{
	struct read_out *out = *state;
	const struct version forms[] = {
		by(ADA, (struct version){ .text = RP_LIT("no, never"),
		                          .text_raw = RP_LIT("@bob no,\nnever") }),
		by(RP_SLICE("x:@ada?"), (struct version){ .text = RP_LIT("no,\nnever") }),
	};

	read_out(out, forms, 2);
	assert_int_equal(out->n, 1);
	assert_slice(out->list[0].text, "no, never");
	assert_slice(out->list[0].text_raw, "@bob no,\nnever");
}

static void
of_two_ways_a_text_came_in_one_is_kept(void **state)
{
	struct read_out *out = *state;
	const struct version forms[] = {
		by(ADA, (struct version){ .text = RP_LIT("no"),
		                          .text_raw = RP_LIT("@bob no") }),
		by(ADA, (struct version){ .text = RP_LIT("no"),
		                          .text_raw = RP_LIT("@bob @eve no") }),
		by(RP_SLICE(""), (struct version){ .text = RP_LIT("no") }),
	};

	read_out(out, forms, 3);
	assert_int_equal(out->n, 1);
	assert_slice(out->list[0].text_raw, "@bob @eve no");
}

static void
other_media_are_another_wording_and_the_plain_form_is_either(void **state)
{
	struct read_out *out = *state;
	const struct version forms[] = {
		by(ADA, (struct version){ .text = RP_LIT("a"), .media = RP_LIT("1\n") }),
		by(ADA, (struct version){ .text = RP_LIT("a") }),
		by(ADA, (struct version){ .text = RP_LIT("a"), .media = RP_LIT("2\n") }),
	};

	read_out(out, forms, 3);
	assert_int_equal(out->n, 2);
}

static void
a_form_that_lists_some_of_the_media_is_lesser_if_both_print_one_time(void **state)
{
	struct read_out *out = *state;
	const struct rp_time at = { 9, 9, RP_PRECISION_S, RP_BASIS_PLATFORM };
	const struct rp_time later = { 10, 10, RP_PRECISION_S, RP_BASIS_PLATFORM };
	struct version two = { .text = RP_LIT("a"),
		               .media = RP_LIT("1\n2\n4\n"),
		               .printed = at };
	struct version one = { .text = RP_LIT("a"),
		               .media = RP_LIT("2\n4\n"),
		               .printed = at };
	struct version forms[] = { by(ADA, one), by(ADA, two) };

	read_out(out, forms, 2);
	assert_int_equal(out->n, 1);
	assert_slice(out->list[0].media, "1\n2\n4\n");

	one.printed = later; /* an edit that took one away */
	forms[0] = by(ADA, one);
	read_out(out, forms, 2);
	assert_int_equal(out->n, 2);

	one.printed = at;
	one.media = RP_SLICE("2\n3\n");
	forms[0] = by(ADA, one);
	read_out(out, forms, 2);
	assert_int_equal(out->n, 2);
}

static void
the_same_words_under_two_ids_are_two_wordings(void **state)
{
	struct read_out *out = *state;
	const struct version forms[] = {
		by(ADA, (struct version){ .text = RP_LIT("a") }),
		by(RP_SLICE(""),
		   (struct version){ .text = RP_LIT("a"), .native = RP_LIT("x:8") }),
	};

	read_out(out, forms, 2);
	assert_int_equal(out->n, 2);
}

static void
of_texts_cut_at_different_lengths_the_longest_is_kept(void **state)
{
	struct read_out *out = *state;
	const struct version forms[] = {
		by(ADA, (struct version){ .text = RP_LIT("RT @a: one two" ELLIPSIS),
		                          .truncated = true }),
		by(ADA, (struct version){ .text = RP_LIT("RT @a: one" ELLIPSIS),
		                          .truncated = true }),
		by(ADA, (struct version){ .text = RP_LIT("RT @a: one t" ELLIPSIS) }),
	};

	read_out(out, forms, 3);
	assert_int_equal(out->n, 1);
	assert_slice(out->list[0].text, "RT @a: one two" ELLIPSIS);
}

static void
an_edit_that_takes_an_ellipsis_out_is_another_wording(void **state)
{
	struct read_out *out = *state;
	const struct version forms[] = {
		by(ADA, (struct version){ .text = RP_LIT("no" ELLIPSIS) }),
		by(ADA, (struct version){ .text = RP_LIT("no, never"),
		                          .native = RP_LIT("x:8") }),
	};

	read_out(out, forms, 2);
	assert_int_equal(out->n, 2);
}

#define SPEC(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(words_without_an_author_are_those_of_the_author),
		SPEC(words_of_a_handle_are_those_of_the_account),
		SPEC(the_same_words_of_another_author_are_another_wording),
		SPEC(a_form_that_lists_media_is_the_plain_one_told_in_full),
		SPEC(a_form_that_lists_some_of_the_media_is_lesser_if_both_print_one_time),
		SPEC(an_answer_is_one_with_and_without_whom_it_answers),
		SPEC(of_two_ways_a_text_came_in_one_is_kept),
		SPEC(other_media_are_another_wording_and_the_plain_form_is_either),
		SPEC(the_same_words_under_two_ids_are_two_wordings),
		SPEC(of_texts_cut_at_different_lengths_the_longest_is_kept),
		SPEC(an_edit_that_takes_an_ellipsis_out_is_another_wording),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
