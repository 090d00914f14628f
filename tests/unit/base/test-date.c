#include "core/base/date.h"
#include "tests/support/spec.h"

#include <stdlib.h>

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

static struct zone *zurich;

struct row {
	const char *text, *want;
	enum rp_precision precision;
};

/* What is written for the instant; good until the next call. */
static const char *
written(int64_t us)
{
	static char text[64];
	CLEANUP(buf_done) struct rp_buf buf;

	buf_init(&buf, sizeof(text) - 1);
	rp_time_write(&buf, us, RP_PRECISION_US);
	(void)memcpy(text, buf.n ? buf.p : "", buf.n);
	text[buf.n] = '\0';
	return text;
}

static struct rp_time
read_in(const struct zone *zone, const char *text, unsigned *flags)
{
	struct date_context context = { zone, RP_BASIS_ARTICLE };
	struct rp_time t = RP_TIME_NONE;

	if (!date_read(rp_slice_str(text), &context, &t, flags))
		fail_msg("cannot read \"%s\"", text);
	assert_int_equal(t.basis, RP_BASIS_ARTICLE);
	return t;
}

/* Without a zone to fall back on: the text tells all. */
static void
assert_reads(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned flags = 99;
		struct rp_time t = read_in(NULL, rows[i].text, &flags);

		if (!rp_time_exact(t) || t.precision != rows[i].precision ||
		    strcmp(written(t.lo), rows[i].want) != 0)
			fail_msg("\"%s\" is %s with precision %s", rows[i].text,
			         written(t.lo), rp_precision_name(t.precision));
		if (flags & (DATE_NO_ZONE | DATE_UNKNOWN_ZONE))
			fail_msg("\"%s\": flags %u", rows[i].text, flags);
	}
}

/* In Davos. */
static void
assert_reads_there(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct rp_time t = read_in(zurich, rows[i].text, NULL);

		if (t.precision != rows[i].precision ||
		    strcmp(written(t.lo), rows[i].want) != 0)
			fail_msg("\"%s\" is %s with precision %s", rows[i].text,
			         written(t.lo), rp_precision_name(t.precision));
	}
}

static void
assert_between(struct rp_time t, const char *lo, const char *hi)
{
	assert_string_equal(written(t.lo), lo);
	assert_string_equal(written(t.hi), hi);
}

#define MIN RP_PRECISION_MIN
#define SEC RP_PRECISION_S
#define MS RP_PRECISION_MS
#define US RP_PRECISION_US
#define DAY RP_PRECISION_DAY

static void
dates_of_feeds_are_read_with_their_everyday_mistakes(void **state)
{
	static const struct row rows[] = {
		{ "Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21.000000Z", SEC },
		{ "Thu, 01 Jan 99 19:48:21 GMT", "1999-01-01T19:48:21.000000Z", SEC },
		{ "Thu, 01 Jan 2004 00:00 GMT", "2004-01-01T00:00:00.000000Z", MIN },
		{ "Fri,24 Nov 2023 18:28:36 -0000", "2023-11-24T18:28:36.000000Z", SEC },
		{ "Mon, 13 Feb, 2012 06:28:00 UTC", "2012-02-13T06:28:00.000000Z", SEC },
		{ "Thu Aug 30 2012 17:26:16 +0200", "2012-08-30T15:26:16.000000Z", SEC },
		{ "Mon, 26 January 2004 16:31:00 ET", "2004-01-26T21:31:00.000000Z",
		  SEC },
		{ "Mon, 26 July 2004 16:31:00 ET", "2004-07-26T20:31:00.000000Z", SEC },
		{ "Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00.000000Z",
		  SEC },
		{ "Wed, 19 Aug 2009 18:28:00 GMT-01:01", "2009-08-19T19:29:00.000000Z",
		  SEC },
		{ "Wed, 19 Aug 2009 18:28:00 -01:01", "2009-08-19T19:29:00.000000Z",
		  SEC },
		{ "Thu, 30 Apr 2015 08:57:00 MEST", "2015-04-30T06:57:00.000000Z", SEC },
		{ "Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00.000000Z", SEC },
		{ "2004-07-08 23:56:58 -00:20", "2004-07-09T00:16:58.000000Z", SEC },
		{ "2003-12-31T10:14:55+08:00", "2003-12-31T02:14:55.000000Z", SEC },
		{ "2003-12-31T10:14:55.1+08:00", "2003-12-31T02:14:55.100000Z", MS },
		{ "2003-12-31T10:14:55.123456789Z", "2003-12-31T10:14:55.123456Z", US },
		{ "2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55.000000Z", SEC },
		{ "mer., 21 janv. 2026 09:00:00 +0100", "2026-01-21T08:00:00.000000Z",
		  SEC },
		{ "1768986000", "2026-01-21T09:00:00.000000Z", SEC },
		{ "1768986000000", "2026-01-21T09:00:00.000000Z", MS },
		{ "1768986000.25", "2026-01-21T09:00:00.250000Z", MS },
		{ "Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37.000000Z", SEC },
		{ "Wed Jan 21 2026 10:32:00 GMT+0100 (Central European Standard Time)",
		  "2026-01-21T09:32:00.000000Z", SEC },
		{ "Wed, 21 Jan 2026 10:32:00 +0100 (CET)", "2026-01-21T09:32:00.000000Z",
		  SEC },
		{ "Wed, 21 Jan 2026 10:32:00 (CET)", "2026-01-21T09:32:00.000000Z", SEC },
		{ "WED, 21 JAN 2026 10:32:00 A", "2026-01-21T10:32:00.000000Z", SEC },
		{ "20260121T103000Z", "2026-01-21T10:30:00.000000Z", SEC },
		{ "2026-01-21T10:30\xe2\x88\x92"
		  "05:00",
		  "2026-01-21T15:30:00.000000Z", MIN },
		{ "2026-01-21T10Z", "2026-01-21T10:00:00.000000Z", RP_PRECISION_HOUR },
		{ " \n2026-01-21T10:30:00Z\t", "2026-01-21T10:30:00.000000Z", SEC },
		{ "2026-07-21 10:32 Europe/Zurich", "2026-07-21T08:32:00.000000Z", MIN },
	};

	(void)state;
	assert_reads(rows, COUNT(rows));
}

static void
dates_of_newspapers_are_read_in_five_languages(void **state)
{
	static const struct row rows[] = {
		{ "Publié le 21 janvier 2026 à 10h32", "2026-01-21T09:32:00.000000Z",
		  MIN },
		{ "Publi\x65\xcc\x81 le mercredi 21 janvier 2026 \xc3\xa0 10\xe2\x80\xafh"
		  "\xe2\x80\xaf"
		  "32",
		  "2026-01-21T09:32:00.000000Z", MIN },
		{ "Publié le 21 janvier 2026 à 10h32, modifié le 22 janvier 2026 à "
		  "08h00",
		  "2026-01-21T09:32:00.000000Z", MIN },
		{ "Mis à jour le 1er août 2025 à 8h", "2025-08-01T06:00:00.000000Z",
		  RP_PRECISION_HOUR },
		{ "Updated 3:07 PM ET, Tue January 20, 2026",
		  "2026-01-20T20:07:00.000000Z", MIN },
		{ "Published Jan. 20, 2026 at 3:07 p.m. EST",
		  "2026-01-20T20:07:00.000000Z", MIN },
		{ "First published on Tue 20 Jan 2026 05.00 EST",
		  "2026-01-20T10:00:00.000000Z", MIN },
		{ "January 20, 2026 / 12:05 AM", "2026-01-19T23:05:00.000000Z", MIN },
		{ "20 Jan 2026 09:30h - 09:50h", "2026-01-20T08:30:00.000000Z", MIN },
		{ "20 Jan 2026 09:30\xe2\x80\x93"
		  "09:50",
		  "2026-01-20T08:30:00.000000Z", MIN },
		{ "20 January 2026, 11:30 to 12:30 pm", "2026-01-20T10:30:00.000000Z",
		  MIN },
		{ "20 janvier 2026 de 10h à 11h30", "2026-01-20T09:00:00.000000Z",
		  RP_PRECISION_HOUR },
		{ "Mittwoch, den 21. Jänner 2026, 10.32 Uhr",
		  "2026-01-21T09:32:00.000000Z", MIN },
		{ "10.32 Uhr, 21. März 2026", "2026-03-21T09:32:00.000000Z", MIN },
		{ "21.01.2026 10:32 Uhr", "2026-01-21T09:32:00.000000Z", MIN },
		{ "Di, 20. Jan. 2026 10 Uhr", "2026-01-20T09:00:00.000000Z",
		  RP_PRECISION_HOUR },
		{ "miércoles, 21 de enero de 2026 a las 10:32",
		  "2026-01-21T09:32:00.000000Z", MIN },
		{ "21 ene. 2026 10:32 a. m.", "2026-01-21T09:32:00.000000Z", MIN },
		{ "mercoledì 21 gennaio 2026 alle ore 10.32",
		  "2026-01-21T09:32:00.000000Z", MIN },
		{ "mar. 20 janv. 2026 10:32", "2026-01-20T09:32:00.000000Z", MIN },
		{ "20 mar 2026 10:32", "2026-03-20T09:32:00.000000Z", MIN },
		{ "21/01/2026 10:32", "2026-01-21T09:32:00.000000Z", MIN },
		{ "01/21/2026 10:32", "2026-01-21T09:32:00.000000Z", MIN },
		{ "21 décembre 2025", "2025-12-20T23:00:00.000000Z", DAY },
		{ "15 févr. 2025", "2025-02-14T23:00:00.000000Z", DAY },
		{ "5 agosto 2025", "2025-08-04T22:00:00.000000Z", DAY },
		{ "Wed, Jan 21, 2026, 10:32 AM", "2026-01-21T09:32:00.000000Z", MIN },
		{ "21 January 2026 10.32am GMT", "2026-01-21T10:32:00.000000Z", MIN },
		{ "January 21st, 2026 at 12:05 am", "2026-01-20T23:05:00.000000Z", MIN },
		{ "21-Jan-2026 10:32", "2026-01-21T09:32:00.000000Z", MIN },
		{ "2026.01.21 10:32", "2026-01-21T09:32:00.000000Z", MIN },
		{ "1/21/26, 10:32 PM", "2026-01-21T21:32:00.000000Z", MIN },
		{ "10:32 21.01.2026", "2026-01-21T09:32:00.000000Z", MIN },
		{ "Tue Jan 20 10:32:00 CET 2026", "2026-01-20T09:32:00.000000Z", SEC },
		{ "2026-01-21T10:32:00.5+01:00[Europe/Zurich]",
		  "2026-01-21T09:32:00.500000Z", MS },
		{ "2026-01-21 10:32:00.123456+00", "2026-01-21T10:32:00.123456Z", US },
		{ "2026-01-21t10:32:00z", "2026-01-21T10:32:00.000000Z", SEC },
		{ "Publié le 21.01.26 à 10h32", "2026-01-21T09:32:00.000000Z", MIN },
		{ "Mis en ligne le 21 janvier 2026 à 10 heures 32",
		  "2026-01-21T09:32:00.000000Z", MIN },
		{ "Published: 21 January 2026 | Updated: 22 January 2026",
		  "2026-01-20T23:00:00.000000Z", DAY },
		{ "Last updated on January 21, 2026", "2026-01-20T23:00:00.000000Z",
		  DAY },
		{ "Mercredi 21 janvier 2026 - 10:32", "2026-01-21T09:32:00.000000Z",
		  MIN },
		{ "Jan 20, 2026, 3:07 PM UTC+1", "2026-01-20T14:07:00.000000Z", MIN },
		{ "21. Jan. 2026 um 10:32 Uhr MEZ", "2026-01-21T09:32:00.000000Z", MIN },
		{ "21/01/2026 a las 10:32 h", "2026-01-21T09:32:00.000000Z", MIN },
		{ "Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24.000000Z", SEC },
		{ "2012-01-31 10:46:53 +0000", "2012-01-31T10:46:53.000000Z", SEC },
		{ "31 dicembre 2025", "2025-12-30T23:00:00.000000Z", DAY },
		{ "Januar 2026", "2025-12-31T23:00:00.000000Z", RP_PRECISION_MONTH },
		{ "2026", "2025-12-31T23:00:00.000000Z", RP_PRECISION_YEAR },
	};

	(void)state;
	assert_reads_there(rows, COUNT(rows));
}

static void
what_is_no_date_is_refused(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"Sun, 99 Jun 2009 10:00:00 GMT",
		"Wed, 19 Aug 2009 25:14:55 GMT",
		"2009-08-19T10:61:00Z",
		"2009-08-19T10:14:55+zz:00",
		"9999-12-31T23:59:59-01:00",
		"01 Xyz 2004 10:00:00 GMT",
		"31 February 2026",
		"30 Feb 2026 10:00 GMT",
		"29 February 2025",
		"2026-02-30",
		"2026-13-01",
		"0999-01-01",
		"10000-01-01",
		"1 January 0999",
		"24:01 1 January 2026",
		"now",
		"January",
		"10:32",
		"21 January",
		"21 2026",
		"20-24 January 2026",
		"20 - 24 January 2026",
		"01/02/2026",
		"21 January 2026 foo",
		"January February 2026",
		"January 20, 2026 10:32 11:32",
		"12",
		"123",
		"17689860001",
		"2026-01-21T10:30:00Z Z",
		"21 January 2026 0:30 pm",
		"21 January 2026 10:32 +24:00",
		"\xff\xfe",
		"2026-01-21T10:30:00+",
		"2026-",
		"2026.01",
		"20 Jan 2026 - 24 Jan 2026",
		"2 hours ago",
		"Today at 10:32",
		"5000000000000000",

		"-1",
		"-2025-01-01",
		"-2025-01-01T10:00:00Z",
		"99999999999999999999",
		"21 janv\xe9 2026",
		"//2026",
		"2026:01:21",
		"Infinity",
		"1e10",
		"(",
		"2026-00-10",
		"2026-01-00",
		"21 January 2026 10:32 Not/AZone/../../etc/passwd/x/y/z/x/y/z/x/y/z",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct date_context context = { zurich, RP_BASIS_USER };
		struct rp_time t = { 1, 2, RP_PRECISION_HOUR, RP_BASIS_EVENT };
		unsigned flags = 77;

		if (date_read(rp_slice_str(texts[i]), &context, &t, &flags))
			fail_msg("read \"%s\" as %s", texts[i], written(t.lo));
		assert_true(t.lo == 1 && t.hi == 2 && flags == 77);
	}
}

static void
a_time_without_a_zone_lies_in_the_hours_when_clocks_somewhere_show_it(void **state)
{
	static const char *const texts[] = {
		"2004-07-08 23:56:58",
		"2004-07-08T23:56:58",
		"Thu Jul  8 23:56:58 2004",
	};
	unsigned flags;
	struct rp_time t;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		t = read_in(NULL, texts[i], &flags);
		assert_between(t, "2004-07-08T09:56:58.000000Z",
		               "2004-07-09T11:56:58.000000Z");
		assert_int_equal(t.precision, SEC);
		assert_int_equal(flags, DATE_NO_ZONE);
	}
	t = read_in(NULL, "2004-07-08 23:56:58.0", &flags);
	assert_int_equal(t.precision, MS);

	t = read_in(NULL, "01 Jan 2004", &flags);
	assert_between(t, "2003-12-31T10:00:00.000000Z", "2004-01-02T11:59:59.999999Z");
	assert_int_equal(t.precision, DAY);
}

static void
a_time_without_a_zone_is_read_in_that_of_its_site(void **state)
{
	unsigned flags;
	struct rp_time t = read_in(zurich, "Sun Jan  4 16:29:06 2004", &flags);

	(void)state;
	assert_string_equal(written(t.lo), "2004-01-04T15:29:06.000000Z");
	assert_true(rp_time_exact(t));
	assert_int_equal(flags, DATE_NO_ZONE);

	t = read_in(zurich, "2026-01-21", &flags);
	assert_between(t, "2026-01-20T23:00:00.000000Z", "2026-01-21T22:59:59.999999Z");
	t = read_in(zurich, "2026-03", &flags);
	assert_between(t, "2026-02-28T23:00:00.000000Z", "2026-03-31T21:59:59.999999Z");
	t = read_in(NULL, "2026-01-21Z", &flags);
	assert_between(t, "2026-01-21T00:00:00.000000Z", "2026-01-21T23:59:59.999999Z");
}

static void
a_zone_that_nobody_can_know_is_told_and_counts_for_none(void **state)
{
	unsigned flags;
	struct rp_time t = read_in(zurich, "Wed, 21 Jan 2026 10:32:00 IST", &flags);

	(void)state;
	assert_string_equal(written(t.lo), "2026-01-21T09:32:00.000000Z");
	assert_int_equal(flags, DATE_UNKNOWN_ZONE);
	t = read_in(NULL, "Wed, 21 Jan 2026 10:32:00 Mars/Olympus", &flags);
	assert_false(rp_time_exact(t));
	assert_int_equal(flags, DATE_UNKNOWN_ZONE);
}

static void
second_60_and_hour_24_are_clamped(void **state)
{
	unsigned flags;
	struct rp_time t = read_in(NULL, "2016-12-31T23:59:60Z", &flags);

	(void)state;
	assert_string_equal(written(t.lo), "2016-12-31T23:59:59.000000Z");
	assert_int_equal(flags, DATE_CLAMPED);
	t = read_in(NULL, "Wed, 31 Dec 2025 24:00:00 GMT", &flags);
	assert_string_equal(written(t.lo), "2026-01-01T00:00:00.000000Z");
	assert_int_equal(flags, DATE_CLAMPED);
}

static void
a_time_that_clocks_skipped_or_showed_twice_has_bounds(void **state)
{
	unsigned flags;
	struct rp_time t = read_in(zurich, "2026-03-29 02:30", &flags);

	(void)state;
	assert_between(t, "2026-03-29T00:30:00.000000Z", "2026-03-29T01:30:00.000000Z");
	assert_int_equal(flags, DATE_NO_ZONE | DATE_GAP);
	t = read_in(zurich, "2026-10-25 02:30", &flags);
	assert_between(t, "2026-10-25T00:30:00.000000Z", "2026-10-25T01:30:00.000000Z");
	assert_int_equal(flags, DATE_NO_ZONE | DATE_GAP);
}

static void
an_hour_that_begins_within_one_of_utc_has_bounds(void **state)
{
	struct rp_time t = read_in(NULL, "21 Jan 2026 10h +05:30", NULL);

	(void)state;
	assert_between(t, "2026-01-21T04:30:00.000000Z", "2026-01-21T05:29:59.999999Z");
	assert_int_equal(t.precision, RP_PRECISION_HOUR);
}

static void
a_text_that_was_taken_for_a_date_costs_nothing(void **state)
{
	enum { LONG = 10000000 };
	char *text = malloc(LONG);
	struct date_context context = { NULL, RP_BASIS_USER };
	struct rp_time t;

	(void)state;
	assert_non_null(text);
	(void)memset(text, '1', LONG);
	assert_false(date_read(rp_slice_from(text, LONG), &context, &t, NULL));
	(void)memset(text, ',', LONG);
	assert_false(date_read(rp_slice_from(text, LONG), &context, &t, NULL));
	free(text);
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
		cmocka_unit_test(dates_of_feeds_are_read_with_their_everyday_mistakes),
		cmocka_unit_test(dates_of_newspapers_are_read_in_five_languages),
		cmocka_unit_test(what_is_no_date_is_refused),
		cmocka_unit_test(
			a_time_without_a_zone_lies_in_the_hours_when_clocks_somewhere_show_it),
		cmocka_unit_test(a_time_without_a_zone_is_read_in_that_of_its_site),
		cmocka_unit_test(a_zone_that_nobody_can_know_is_told_and_counts_for_none),
		cmocka_unit_test(second_60_and_hour_24_are_clamped),
		cmocka_unit_test(a_time_that_clocks_skipped_or_showed_twice_has_bounds),
		cmocka_unit_test(an_hour_that_begins_within_one_of_utc_has_bounds),
		cmocka_unit_test(a_text_that_was_taken_for_a_date_costs_nothing),
	};

	return cmocka_run_group_tests(tests, open_zurich, close_zurich);
}
