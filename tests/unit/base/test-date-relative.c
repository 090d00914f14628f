#include "core/base/date.h"
#include "tests/support/spec.h"

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

/* Wednesday, 00:30 in Davos and still Tuesday in UTC. */
#define PUBLISHED "2026-01-20T23:30:00Z"

static struct zone *zurich;

static int64_t
instant(const char *text)
{
	struct rp_time t;

	assert_true(rp_time_read(rp_slice_str(text), RP_BASIS_USER, &t));
	return t.lo;
}

static bool
find(const char *text, const struct zone *zone, struct rp_time *out)
{
	struct date_context context = { zone, RP_BASIS_ARTICLE };

	return date_find_relative(rp_slice_str(text), instant(PUBLISHED), &context, out);
}

/* The text means that day in Davos. */
static void
assert_day(const char *text, const char *day)
{
	struct rp_time t, want;
	struct date_context context = { zurich, RP_BASIS_ARTICLE };

	assert_true(date_read(rp_slice_str(day), &context, &want, NULL));
	if (!find(text, zurich, &t))
		fail_msg("nothing found in \"%s\"", text);
	if (t.lo != want.lo || t.hi != want.hi || t.precision != RP_PRECISION_DAY ||
	    t.basis != RP_BASIS_ARTICLE)
		fail_msg("\"%s\" is not %s", text, day);
}

static void
words_name_the_day_before_an_article(void **state)
{
	static const struct {
		const char *text, *day;
	} rows[] = {
		{ "a-t-il dit hier à Davos", "2026-01-20" },
		{ "Hier, le patron a répondu", "2026-01-20" },
		{ "avant-hier, à Davos", "2026-01-19" },
		{ "a déclaré mardi Satya Nadella", "2026-01-20" },
		{ "ce mercredi matin", "2026-01-21" },
		{ "jeudi dernier sur X", "2026-01-15" },
		{ "she said on Tuesday's panel", "2026-01-20" },
		{ "he told CNBC yesterday", "2026-01-20" },
		{ "sagte er am Mittwoch", "2026-01-21" },
		{ "sagte er am Dienstagabend", "2026-01-20" },
		{ "dijo ayer", "2026-01-20" },
		{ "el miércoles pasado", "2026-01-21" },
		{ "ha detto martedì a Davos", "2026-01-20" },
		{ "le 21 janvier, il écrit", "2026-01-21" },
		{ "le 1er janvier, il écrit", "2026-01-01" },
		{ "le 22 janvier, il écrivait", "2025-01-22" },
		{ "mardi 20 janvier 2025, il dit", "2025-01-20" },
		{ "on January 21, he said", "2026-01-21" },
		{ "on Jan. 22, 2025, he said", "2025-01-22" },
		{ "on the 21st of January", "2026-01-21" },
		{ "am Mittwoch, den 14. Januar, in Davos", "2026-01-14" },
		{ "el 14 de enero de 2024", "2024-01-14" },
		{ "le 29 février", "2024-02-29" },
		{ "4,5 milliards, dit-il mardi puis jeudi", "2026-01-20" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_day(rows[i].text, rows[i].day);
}

static void
what_is_to_come_or_no_day_is_left_alone(void **state)
{
	static const char *const texts[] = {
		"",
		"he said in Davos",
		"next Tuesday",
		"mardi prochain",
		"nächsten Dienstag",
		"it may 5 times",
		"Tuesdays are long",
		"le mar. et le ven.",
		"in January 2026",
		"le 45 janvier",
		"3.21 janvier",
		"May 32",
		"March 10:30",
		"\xff\xfe mar",
	};
	struct rp_time t;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		if (find(texts[i], zurich, &t))
			fail_msg("found a day in \"%s\"", texts[i]);
}

static void
without_a_zone_a_word_means_all_the_days_it_may_be(void **state)
{
	struct rp_time t;

	(void)state;
	/* Tuesday in the west, Wednesday in the east. */
	assert_true(find("hier", NULL, &t));
	assert_true(t.lo == instant("2026-01-18T10:00:00Z"));
	assert_true(t.hi == instant("2026-01-21T12:00:00Z") - 1);
	assert_int_equal(t.precision, RP_PRECISION_DAY);
}

static void
an_unknown_day_of_publication_leaves_only_what_names_its_year(void **state)
{
	struct date_context context = { zurich, RP_BASIS_ARTICLE };
	struct rp_time t;

	(void)state;
	assert_false(date_find_relative(RP_SLICE("hier"), RP_TIME_UNKNOWN, &context, &t));
	assert_false(date_find_relative(RP_SLICE("le 21 janvier"), RP_TIME_UNKNOWN,
	                                &context, &t));
	assert_true(date_find_relative(RP_SLICE("le 21 janvier 2026"), RP_TIME_UNKNOWN,
	                               &context, &t));
	assert_true(t.lo == instant("2026-01-20T23:00:00Z"));
}

static int
open_zurich(void **state)
{
	struct rp_error err;

	(void)state;
	return zone_open(RP_SLICE("Europe/Zurich"), &zurich, &err) == RP_OK ? 0 : -1;
}

static int
close_zurich(void **state)
{
	(void)state;
	zurich = zone_close(zurich);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_name_the_day_before_an_article),
		cmocka_unit_test(what_is_to_come_or_no_day_is_left_alone),
		cmocka_unit_test(without_a_zone_a_word_means_all_the_days_it_may_be),
		cmocka_unit_test(
			an_unknown_day_of_publication_leaves_only_what_names_its_year),
	};

	return cmocka_run_group_tests(tests, open_zurich, close_zurich);
}
