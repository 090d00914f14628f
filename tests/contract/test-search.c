/* Words in texts: what is found and what is not. */
#include "tests/contract/contract.h"

static struct filter
terms(struct fixture *f, size_t n, const struct filter_term *list)
{
	struct filter filter = FILTER_ALL;

	(void)f;
	filter.terms = list;
	filter.n_terms = n;
	filter.order = ORDER_KEY;
	return filter;
}

static const char *
search(struct fixture *f, const char *words)
{
	const struct filter_term term = { rp_slice_str(words), false, false };

	return posts(f, terms(f, 1, &term));
}

static const char *
search_prefix(struct fixture *f, const char *words)
{
	const struct filter_term term = { rp_slice_str(words), true, false };

	return posts(f, terms(f, 1, &term));
}

static void
put_three(struct fixture *f)
{
	begin(f);
	say(f, "x:1", "x:@1", "SoftBank has well under $10B secured.");
	say(f, "x:2", "x:@2", "wrong, as you surely know: Stargate is under way");
	say(f, "x:3", "x:@1", "Élan à Zürich, l'été; don't");
	commit(f);
	reopen(f);
}

/* ---- words ------------------------------------------------------------------- */

static void
a_word_is_found_in_any_case_with_or_without_accents(void **state)
{
	struct fixture *f = *state;

	put_three(f);
	assert_string_equal(search(f, "softbank"), "x:1");
	assert_string_equal(search(f, "SOFTBANK"), "x:1");
	assert_string_equal(search(f, "under"), "x:1, x:2");
	assert_string_equal(search(f, "elan"), "x:3");
	assert_string_equal(search(f, "ÉLAN"), "x:3");
	assert_string_equal(search(f, "zurich"), "x:3");
	assert_string_equal(search(f, "Zu\xcc\x88rich"), "x:3"); /* u, then the dots */
	assert_string_equal(search(f, "ete"), "x:3");
	assert_string_equal(search(f, "sécured"), "x:1");
}

static void
a_word_is_found_whole_only(void **state)
{
	struct fixture *f = *state;

	put_three(f);
	assert_string_equal(search(f, "soft"), "");
	assert_string_equal(search(f, "bank"), "");
	assert_string_equal(search(f, "10"), "");
	assert_string_equal(search(f, "10B"), "x:1");
	assert_string_equal(search(f, "secured."), "x:1");
	assert_string_equal(search(f, "$10b"), "x:1");
}

static void
words_end_at_what_is_neither_letter_nor_digit(void **state)
{
	struct fixture *f = *state;

	begin(f);
	say(f, "x:1", "", "snake_case, it's e-mail #hashtag @someone a/b");
	say(f, "x:2", "", "rocket\xf0\x9f\x9a\x80launch \xe2\x80\x9cquoted\xe2\x80\x9d");
	say(f, "x:3", "",
	    "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82, "
	    "\xe4\xb8\x96\xe7\x95\x8c");
	commit(f);

	assert_string_equal(search(f, "snake"), "x:1");
	assert_string_equal(search(f, "case"), "x:1");
	assert_string_equal(search(f, "s"), "x:1");
	assert_string_equal(search(f, "mail"), "x:1");
	assert_string_equal(search(f, "hashtag"), "x:1");
	assert_string_equal(search(f, "#hashtag"), "x:1");
	assert_string_equal(search(f, "someone"), "x:1");
	assert_string_equal(search(f, "launch"), "x:2");
	assert_string_equal(search(f, "quoted"), "x:2");
	assert_string_equal(search(f, "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"),
	                    "x:3");
	assert_string_equal(search(f, "\xe4\xb8\x96\xe7\x95\x8c"), "x:3");
	assert_string_equal(search(f, "\xe4\xb8\x96"), ""); /* one word of two signs */
}

static void
a_phrase_is_its_words_in_a_row(void **state)
{
	struct fixture *f = *state;

	put_three(f);
	assert_string_equal(search(f, "well under"), "x:1");
	assert_string_equal(search(f, "under well"), "");
	assert_string_equal(search(f, "well secured"), "");
	assert_string_equal(search(f, "as you, surely KNOW stargate"), "x:2");
	assert_string_equal(search(f, "don't"), "x:3");
	assert_string_equal(search(f, "l'ete"), "x:3");
	assert_string_equal(search(f, "secured wrong"), ""); /* of two posts */
}

static void
a_prefix_is_the_start_of_the_last_word(void **state)
{
	struct fixture *f = *state;

	put_three(f);
	assert_string_equal(search_prefix(f, "soft"), "x:1");
	assert_string_equal(search_prefix(f, "s"), "x:1, x:2");
	assert_string_equal(search_prefix(f, "stargate"), "x:2");
	assert_string_equal(search_prefix(f, "stargates"), "");
	assert_string_equal(search_prefix(f, "bank"), "");
	assert_string_equal(search_prefix(f, "well und"), "x:1");
	assert_string_equal(search_prefix(f, "we under"), "");
	assert_string_equal(search_prefix(f, "ÉL"), "x:3");
}

static void
every_term_must_hold_and_a_negated_one_must_not(void **state)
{
	struct fixture *f = *state;
	const struct filter_term both[] = { { RP_SLICE("under"), false, false },
		                            { RP_SLICE("star"), true, false } };
	const struct filter_term without[] = { { RP_SLICE("under"), false, false },
		                               { RP_SLICE("star"), true, true } };
	const struct filter_term none[] = { { RP_SLICE("under"), false, true } };
	const struct filter_term contrary[] = { { RP_SLICE("under"), false, false },
		                                { RP_SLICE("under"), false, true } };

	put_three(f);
	assert_string_equal(posts(f, terms(f, 2, both)), "x:2");
	assert_string_equal(posts(f, terms(f, 2, without)), "x:1");
	assert_string_equal(posts(f, terms(f, 1, none)), "x:3");
	assert_string_equal(posts(f, terms(f, 2, contrary)), "");
}

static void
a_term_without_a_word_stands_nowhere(void **state)
{
	struct fixture *f = *state;
	const struct filter_term not_that[] = { { RP_SLICE("!?"), false, true } };
	const char *const empty[] = { "", " ", "!?", "\"", "*", "\xf0\x9f\x9a\x80" };

	put_three(f);
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
		assert_string_equal(search(f, empty[i]), "");
		assert_string_equal(search_prefix(f, empty[i]), "");
	}
	assert_string_equal(posts(f, terms(f, 1, not_that)), "x:1, x:2, x:3");
}

static void
query_languages_have_no_power_here(void **state)
{
	struct fixture *f = *state;
	const char *const hostile[] = {
		"softbank OR stargate",
		"softbank AND secured",
		"NOT softbank",
		"NEAR(softbank secured)",
		"text:softbank",
		"so* x",
		"^softbank x",
		"softbank\" OR \"a",
		"-softbank -a",
		"{a}:b",
		"'; DROP TABLE posts",
		"a + b",
		"(((",
		"\"\"\"",
		"col : \"x",
	};

	put_three(f);
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		assert_string_equal(search(f, hostile[i]), "");
		assert_string_equal(search_prefix(f, hostile[i]), "");
	}
	begin(f);
	say(f, "x:4", "", "softbank or stargate; near softbank");
	commit(f);
	assert_string_equal(search(f, "softbank OR stargate"), "x:4");
	assert_string_equal(search(f, "NEAR softbank"), "x:4");
}

static void
a_long_phrase_and_many_terms_are_fine(void **state)
{
	struct fixture *f = *state;
	CLEANUP(buf_done) struct rp_buf words;
	struct filter_term many[60];

	buf_init(&words, 100000);
	for (int i = 0; i < 2000; i++)
		buf_printf(&words, "word%d ", i % 7);
	begin(f);
	say(f, "x:1", "", text(f, "nothing of it").p);
	buf_add_byte(&words, '\0');
	say(f, "x:2", "", words.p);
	commit(f);

	assert_string_equal(search(f, words.p), "x:2");
	for (size_t i = 0; i < 60; i++)
		many[i] = (struct filter_term){ text(f, "word%zu", i % 7), i % 2, false };
	assert_string_equal(posts(f, terms(f, 60, many)), "x:2");
	many[59].negated = true;
	assert_string_equal(posts(f, terms(f, 60, many)), "");
}

static void
each_term_may_stand_in_another_wording(void **state)
{
	struct fixture *f = *state;
	const struct filter_term both[] = { { RP_SLICE("first"), false, false },
		                            { RP_SLICE("second"), false, false } };
	const struct filter_term gone[] = { { RP_SLICE("first"), false, true } };
	int64_t post;

	begin(f);
	post = say(f, "x:1", "", "the first wording");
	put_words(f, post, "the second one");
	commit(f);

	reopen(f);
	assert_string_equal(search(f, "second"), "x:1");
	assert_string_equal(posts(f, terms(f, 2, both)), "x:1");
	assert_string_equal(search(f, "wording the second"), "");
	assert_string_equal(posts(f, terms(f, 1, gone)), "");
}

static void
only_the_cleaned_text_is_searched(void **state)
{
	struct fixture *f = *state;
	struct version version = { .text = RP_SLICE("clean"),
		                   .text_raw = RP_SLICE("unclean"),
		                   .media = RP_SLICE("media\n"),
		                   .printed = RP_TIME_NONE };

	begin(f);
	version.post = put_post(f, (struct post){ .key = RP_SLICE("x:1"),
	                                          .kind = KIND_POST,
	                                          .title = RP_SLICE("title"),
	                                          .time = RP_TIME_NONE });
	put_version(f, version);
	commit(f);

	assert_string_equal(search(f, "clean"), "x:1");
	assert_string_equal(search(f, "unclean"), "");
	assert_string_equal(search(f, "media"), "");
	assert_string_equal(search(f, "title"), "");
}

static void
words_behind_a_nul_and_between_broken_bytes_are_found(void **state)
{
	struct fixture *f = *state;
	struct version version = { .text = RP_SLICE(
					   "before\0behind \xff between \xc3 end"),
		                   .printed = RP_TIME_NONE };

	begin(f);
	version.post = put_post(f, (struct post){ .key = RP_SLICE("x:1"),
	                                          .kind = KIND_POST,
	                                          .time = RP_TIME_NONE });
	put_version(f, version);
	commit(f);

	reopen(f);
	assert_string_equal(search(f, "before"), "x:1");
	assert_string_equal(search(f, "behind"), "x:1");
	assert_string_equal(search(f, "between"), "x:1");
	assert_string_equal(search(f, "end"), "x:1");
	assert_string_equal(search(f, "before behind"), "x:1");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(a_word_is_found_in_any_case_with_or_without_accents),
		SPEC(a_word_is_found_whole_only),
		SPEC(words_end_at_what_is_neither_letter_nor_digit),
		SPEC(a_phrase_is_its_words_in_a_row),
		SPEC(a_prefix_is_the_start_of_the_last_word),
		SPEC(every_term_must_hold_and_a_negated_one_must_not),
		SPEC(a_term_without_a_word_stands_nowhere),
		SPEC(query_languages_have_no_power_here),
		SPEC(a_long_phrase_and_many_terms_are_fine),
		SPEC(each_term_may_stand_in_another_wording),
		SPEC(only_the_cleaned_text_is_searched),
		SPEC(words_behind_a_nul_and_between_broken_bytes_are_found),
	};

	return CONTRACT_RUN(argc, argv, "search", specs);
}
