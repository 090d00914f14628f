#include "core/base/time.h"
#include "core/query/query.h"
#include "tests/support/spec.h"

#include <stdlib.h>
#include <string.h>

static const struct rp_slice nadella_accounts[] = { RP_LIT("x:@satyanadella?"),
	                                            RP_LIT("spoken:@Satya Nadella") };
static const struct rp_slice nadella_aliases[] = { RP_LIT("Satya") };
static const struct rp_slice ana_accounts[] = { RP_LIT("x:@1") };
static const struct rp_slice ana_aliases[] = { RP_LIT("the boss") };
static const struct person list[] = {
	{ .name = RP_LIT("Ana \xc3\x89toile"),
	  .accounts = ana_accounts,
	  .n_accounts = 1,
	  .aliases = ana_aliases,
	  .n_aliases = 1 },
	{ .name = RP_LIT("Bo"), .aliases = ana_aliases, .n_aliases = 1 },
	{ .name = RP_LIT("Satya Nadella"),
	  .short_name = RP_LIT("Nadella"),
	  .accounts = nadella_accounts,
	  .n_accounts = 2,
	  .aliases = nadella_aliases,
	  .n_aliases = 1 },
};
static const struct people people = { list, 3 };

struct fixture {
	struct arena *arena;
	struct zone *zone;
	struct query_context context;
	struct filter filter;
	struct rp_error err;
};

static int64_t
us(const char *text)
{
	struct rp_time t;

	assert_true(rp_time_read(rp_slice_str(text), RP_BASIS_USER, &t));
	return t.lo;
}

static int
set_up(void **state)
{
	static struct fixture f;

	f = (struct fixture){ .arena = arena_new(16 << 20) };
	assert_non_null(f.arena);
	assert_ok(zone_open(RP_SLICE("Europe/Zurich"), &f.zone, &f.err), f.err);
	f.context = (struct query_context){ .people = &people,
		                            .zone = f.zone,
		                            .now = us("2025-03-31T10:20:30Z") };
	*state = &f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	zone_close(f->zone);
	arena_free(f->arena);
	return 0;
}

static const struct filter *
parsed(struct fixture *f, const char *text)
{
	assert_ok(query_parse(rp_slice_str(text), &f->context, f->arena, &f->filter,
	                      &f->err),
	          f->err);
	return &f->filter;
}

static void
assert_refused(struct fixture *f, const char *text, const char *words)
{
	assert_int_equal(query_parse(rp_slice_str(text), &f->context, f->arena,
	                             &f->filter, &f->err),
	                 RP_BAD_USAGE);
	if (strstr(f->err.text, words) == NULL)
		fail_msg("\"%s\": no \"%s\" in \"%s\"", text, words, f->err.text);
	assert_null(strchr(f->err.text, '\n'));
}

static void
an_empty_query_is_every_post_oldest_first(void **state)
{
	const struct filter *filter = parsed(*state, "  \t ");

	assert_int_equal(filter->n_terms, 0);
	assert_int_equal(filter->n_authors, 0);
	assert_int_equal(filter->platforms, 0);
	assert_int_equal(filter->order, ORDER_TIME);
	assert_true(filter->since == RP_TIME_UNKNOWN);
	assert_true(filter->until == RP_TIME_UNKNOWN);
	assert_int_equal(filter->limit, 0);
}

static void
words_phrases_and_beginnings_of_words_are_looked_for_or_left_out(void **state)
{
	const struct filter *filter =
		parsed(*state, "money -crypto \"good for\"stargat* -\"no way\" it's");

	assert_int_equal(filter->n_terms, 6);
	assert_slice(filter->terms[0].text, "money");
	assert_false(filter->terms[0].negated);
	assert_slice(filter->terms[1].text, "crypto");
	assert_true(filter->terms[1].negated);
	assert_slice(filter->terms[2].text, "good for");
	assert_slice(filter->terms[3].text, "stargat");
	assert_true(filter->terms[3].prefix);
	assert_slice(filter->terms[4].text, "no way");
	assert_true(filter->terms[4].negated);
	assert_slice(filter->terms[5].text, "it's");
}

static void
colons_that_belong_to_writing_make_no_operator(void **state)
{
	const struct filter *filter =
		parsed(*state, "http://example.invalid/a 10:30 breaking: \"col:x\"");

	assert_int_equal(filter->n_terms, 4);
	assert_slice(filter->terms[0].text, "http://example.invalid/a");
	assert_slice(filter->terms[1].text, "10:30");
	assert_slice(filter->terms[2].text, "breaking");
	assert_slice(filter->terms[3].text, "col:x");
}

static void
from_a_person_is_from_all_their_accounts_and_their_voice(void **state)
{
	static const char *const queries[] = { "from:\"Satya Nadella\"", "from:nadella",
		                               "FROM:SATYA", "from:\"satya  nadella\"" };

	for (int i = 0; i < 4; i++) {
		const struct filter *filter = parsed(*state, queries[i]);

		assert_int_equal(filter->n_authors, 1);
		assert_int_equal(filter->authors[0].n, 2);
		assert_slice(filter->authors[0].keys[0], "x:@satyanadella?");
		assert_slice(filter->authors[0].keys[1], "spoken:@Satya Nadella");
	}
	assert_slice(parsed(*state, "-from:\"ana etoile\"")->authors[0].keys[0], "x:@1");
	assert_true(parsed(*state, "-from:\"ana etoile\"")->authors[0].negated);
	assert_refused(*state, "from:\"the boss\"", "column 1: several people");
}

static void
from_somebody_else_is_a_handle_a_speaker_or_an_account(void **state)
{
	const struct filter *filter = parsed(*state, "from:@ElonMusk from:sama");

	assert_int_equal(filter->n_authors, 2);
	assert_int_equal(filter->authors[0].n, 1);
	assert_slice(filter->authors[0].keys[0], "x:@elonmusk?");
	assert_int_equal(filter->authors[1].n, 2);
	assert_slice(filter->authors[1].keys[0], "x:@sama?");
	assert_slice(filter->authors[1].keys[1], "spoken:@sama");

	filter = parsed(*state, "from:x:@44196397");
	assert_int_equal(filter->authors[0].n, 1);
	assert_slice(filter->authors[0].keys[0], "x:@44196397");

	filter = parsed(*state, "from:\"Larry Ellison\"");
	assert_int_equal(filter->authors[0].n, 1);
	assert_slice(filter->authors[0].keys[0], "spoken:@Larry Ellison");

	filter = parsed(*state, "from:journal.example");
	assert_int_equal(filter->authors[0].n, 3);
	assert_slice(filter->authors[0].keys[1], "press:@journal.example");
}

static void
platforms_add_up_and_can_be_left_out(void **state)
{
	assert_int_equal(parsed(*state, "on:x on:spoken")->platforms,
	                 1 << PLATFORM_X | 1 << PLATFORM_SPOKEN);
	assert_int_equal(parsed(*state, "on:X on:Spoken")->platforms,
	                 parsed(*state, "on:x on:spoken")->platforms);
	assert_int_equal(parsed(*state, "-on:x")->platforms & (1 << PLATFORM_X), 0);
	assert_true(parsed(*state, "-on:x")->platforms & (1 << PLATFORM_SPOKEN));
	assert_refused(*state, "on:x -on:x", "no platform");
	assert_refused(*state, "a on:usenet", "column 3: there is no platform");
}

static void
dates_are_those_of_the_readers_calendar(void **state)
{
	const struct filter *filter =
		parsed(*state, "since:2025-01-20 until:2025-01-24T12:00Z");

	assert_true(filter->since == us("2025-01-19T23:00:00Z"));
	assert_true(filter->until == us("2025-01-24T12:00:00Z"));
	filter = parsed(*state,
	                "since:2025-01-20 since:2025-01-10 until:2026 until:2025-07");
	assert_true(filter->since == us("2025-01-19T23:00:00Z"));
	assert_true(filter->until == us("2025-06-30T22:00:00Z"));
	filter = parsed(*state, "since:\"2 days ago\"");
	assert_true(filter->since == us("2025-03-28T23:00:00Z"));
}

static void
dates_can_be_said_in_words(void **state)
{
	static const struct {
		const char *words, *instant;
	} rows[] = {
		{ "today", "2025-03-30T22:00:00Z" },
		{ "Yesterday", "2025-03-29T23:00:00Z" }, /* the clocks went forward */
		{ "30 minutes ago", "2025-03-31T09:50:30Z" },
		{ "1 hour ago", "2025-03-31T09:20:30Z" },
		{ "0 days ago", "2025-03-30T22:00:00Z" },
		{ "2  weeks ago", "2025-03-16T23:00:00Z" },
		{ "1 month ago", "2025-02-27T23:00:00Z" },
		{ "4 years ago", "2021-03-30T22:00:00Z" },
		{ " 2025 ", "2024-12-31T23:00:00Z" },
		{ "2025-01-22 04:35", "2025-01-22T03:35:00Z" },
		{ "2025-01-22T04:35:00-05:00", "2025-01-22T09:35:00Z" },
	};
	struct fixture *f = *state;
	int64_t got = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_ok(query_date(rp_slice_str(rows[i].words), &f->context, &got,
		                     &f->err),
		          f->err);
		if (got != us(rows[i].instant))
			fail_msg("\"%s\" is not %s", rows[i].words, rows[i].instant);
	}
}

static void
what_is_no_date_is_refused_in_one_line(void **state)
{
	static const char *const texts[] = { "9999-99-99",
		                             "",
		                             "ago",
		                             "days ago",
		                             "x days ago",
		                             "-1 days ago",
		                             "2 days ago or so",
		                             "99999999 days ago",
		                             "2 fortnights ago",
		                             "900000 years ago",
		                             "2025-02-30",
		                             "tomorrow\x1b[2J" };
	struct fixture *f = *state;
	int64_t got;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_int_equal(
			query_date(rp_slice_str(texts[i]), &f->context, &got, &f->err),
			RP_BAD_USAGE);
		assert_non_null(strstr(f->err.text, "is no date"));
		assert_null(strchr(f->err.text, '\x1b'));
	}
	assert_refused(f, "a since:9999-99-99", "column 3: \"9999-99-99\" is no date");
	assert_refused(f, "since:2025-01-24 until:2025-01-20", "not before");
	assert_refused(f, "-since:2025", "cannot be negated");
}

static void
mistakes_are_told_with_their_column(void **state)
{
	assert_refused(*state, "caf\xc3\xa9 \"open", "column 6: the quotation");
	assert_refused(*state, "to:sama", "column 1: there is no operator \"to:\"");
	assert_refused(*state, "to:sama", "from:, on:, since:, until:");
	assert_refused(*state, "a OR b", "column 3: OR comes in a later release");
	assert_refused(*state, "a AND b", "column 3: AND is not needed");
	assert_refused(*state, "(a b)", "column 1: parentheses");
	assert_refused(*state, "a b)", "column 3: parentheses");
	assert_refused(*state, "from:", "needs a name");
	assert_refused(*state, "from:@", "needs a name");
	assert_refused(*state, "a from:\"x", "column 8: the quotation");
	assert_refused(*state, "\xff\xfe", "UTF-8");
}

static void
what_databases_act_on_is_a_word_or_refused(void **state)
{
	static const char *const refused[] = { "\"",   "-",   "*",     "**",
		                               "^",    "--",  "a OR",  "NEAR(a b)",
		                               "\"\"", "...", "col:x", "-*",
		                               "%",    "_" };
	static const char *const words[] = { "'; DROP TABLE posts; --x",
		                             "a%b",
		                             "a_b\\c",
		                             "*a*a*a*",
		                             "it's",
		                             "a-b",
		                             "NEAR",
		                             "NOT",
		                             "{a}",
		                             "a^b",
		                             "x=1" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		assert_refused(f, refused[i], "column");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_true(parsed(f, words[i])->n_terms > 0);
	assert_true(parsed(f, "*a*a*a*")->terms[0].prefix);
}

static void
a_query_of_a_megabyte_or_of_a_thousand_words_is_refused(void **state)
{
	struct fixture *f = *state;
	size_t n = 1 << 20;
	char *text = malloc(n + 1);

	assert_non_null(text);
	memset(text, 'a', n);
	text[n] = '\0';
	assert_refused(f, text, "the limit is");
	text[2000] = '\0';
	assert_int_equal(parsed(f, text)->n_terms, 1);
	for (size_t i = 1; i < 2000; i += 2)
		text[i] = ' ';
	assert_refused(f, text, "more than 200 words");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_query_is_every_post_oldest_first),
		cmocka_unit_test(
			words_phrases_and_beginnings_of_words_are_looked_for_or_left_out),
		cmocka_unit_test(colons_that_belong_to_writing_make_no_operator),
		cmocka_unit_test(
			from_a_person_is_from_all_their_accounts_and_their_voice),
		cmocka_unit_test(from_somebody_else_is_a_handle_a_speaker_or_an_account),
		cmocka_unit_test(platforms_add_up_and_can_be_left_out),
		cmocka_unit_test(dates_are_those_of_the_readers_calendar),
		cmocka_unit_test(dates_can_be_said_in_words),
		cmocka_unit_test(what_is_no_date_is_refused_in_one_line),
		cmocka_unit_test(mistakes_are_told_with_their_column),
		cmocka_unit_test(what_databases_act_on_is_a_word_or_refused),
		cmocka_unit_test(a_query_of_a_megabyte_or_of_a_thousand_words_is_refused),
	};

	return cmocka_run_group_tests_name("query", tests, set_up, tear_down);
}
