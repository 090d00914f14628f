#include "core/base/time.h"
#include "tests/support/spec.h"

#include <stdlib.h>

#define READ_BASIS RP_BASIS_ARTICLE

/* What is written for the instant with that precision; good until the next call. */
static const char *
written(int64_t us, enum rp_precision precision)
{
	static char text[64];
	CLEANUP(buf_done) struct rp_buf buf;

	buf_init(&buf, sizeof(text) - 1);
	rp_time_write(&buf, us, precision);
	assert_false(buf_failed(&buf));
	(void)memcpy(text, buf.n ? buf.p : "", buf.n);
	text[buf.n] = '\0';
	return text;
}

static struct rp_time
read_time(const char *text)
{
	struct rp_time t = RP_TIME_NONE;

	if (!rp_time_read(rp_slice_str(text), READ_BASIS, &t))
		fail_msg("cannot read \"%s\"", text);
	assert_int_equal(t.basis, READ_BASIS);
	return t;
}

static void
assert_reads(const char *text, const char *want, enum rp_precision precision)
{
	struct rp_time t = read_time(text);

	assert_true(rp_time_exact(t));
	assert_string_equal(written(t.lo, RP_PRECISION_US), want);
	assert_int_equal(t.precision, precision);
}

static void
assert_refuses(const char *text)
{
	struct rp_time t = { 1, 2, RP_PRECISION_HOUR, RP_BASIS_USER };

	if (rp_time_read(rp_slice_str(text), READ_BASIS, &t))
		fail_msg("read \"%s\" as %s", text, written(t.lo, RP_PRECISION_US));
	assert_true(t.lo == 1 && t.hi == 2 && t.precision == RP_PRECISION_HOUR &&
	            t.basis == RP_BASIS_USER);
}

static void
a_time_is_read_to_the_precision_it_was_written_with(void **state)
{
	(void)state;
	assert_reads("2025-01-22T04:35:18.303Z", "2025-01-22T04:35:18.303000Z",
	             RP_PRECISION_MS);
	assert_reads("2025-01-22T04:35:18.3Z", "2025-01-22T04:35:18.300000Z",
	             RP_PRECISION_MS);
	assert_reads("2025-01-22T04:35:18.303123999Z", "2025-01-22T04:35:18.303123Z",
	             RP_PRECISION_US);
	assert_reads("2025-01-22t04:35:18z", "2025-01-22T04:35:18.000000Z",
	             RP_PRECISION_S);
	assert_reads("2025-01-22T04:35Z", "2025-01-22T04:35:00.000000Z",
	             RP_PRECISION_MIN);
	assert_reads("2025-01-22T04Z", "2025-01-22T04:00:00.000000Z", RP_PRECISION_HOUR);
}

static void
an_offset_leads_to_utc_and_its_absence_means_utc(void **state)
{
	(void)state;
	assert_reads("2025-01-22T00:35:18+01:00", "2025-01-21T23:35:18.000000Z",
	             RP_PRECISION_S);
	assert_reads("2025-01-22 00:35:18 +0545", "2025-01-21T18:50:18.000000Z",
	             RP_PRECISION_S);
	assert_reads("2025-12-31T23:30-08", "2026-01-01T07:30:00.000000Z",
	             RP_PRECISION_MIN);
	assert_reads("2025-01-22T04:35:18-00:00", "2025-01-22T04:35:18.000000Z",
	             RP_PRECISION_S);
	assert_reads("2025-01-22 04:35:18", "2025-01-22T04:35:18.000000Z",
	             RP_PRECISION_S);
}

static void
a_date_alone_is_a_span_from_its_first_to_its_last_microsecond(void **state)
{
	/* clang-format off */
	static const struct {
		const char *text, *lo, *hi;
		enum rp_precision precision;
	} rows[] = {
		{ "2025-01-22", "2025-01-22T00:00:00.000000Z", "2025-01-22T23:59:59.999999Z", RP_PRECISION_DAY },
		{ "2024-02",    "2024-02-01T00:00:00.000000Z", "2024-02-29T23:59:59.999999Z", RP_PRECISION_MONTH },
		{ "2025-12",    "2025-12-01T00:00:00.000000Z", "2025-12-31T23:59:59.999999Z", RP_PRECISION_MONTH },
		{ "2025",       "2025-01-01T00:00:00.000000Z", "2025-12-31T23:59:59.999999Z", RP_PRECISION_YEAR },
		{ "9999",       "9999-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z", RP_PRECISION_YEAR },
		{ "0000-02-29", "0000-02-29T00:00:00.000000Z", "0000-02-29T23:59:59.999999Z", RP_PRECISION_DAY },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct rp_time t = read_time(rows[i].text);

		assert_string_equal(written(t.lo, RP_PRECISION_US), rows[i].lo);
		assert_string_equal(written(t.hi, RP_PRECISION_US), rows[i].hi);
		assert_int_equal(t.precision, rows[i].precision);
		assert_string_equal(written(t.lo, t.precision), rows[i].text);
		assert_string_equal(written(t.hi, t.precision), rows[i].text);
	}
}

static void
what_is_no_time_is_refused_and_never_1970(void **state)
{
	static const char *const texts[] = {
		"",
		"0",
		"now",
		"1737520518",
		"1e18",
		"-0001-01-01",
		"+2025-01-01",
		"10000-01-01",
		"10000-01-01T00:00:00Z",
		"2025-00-01",
		"2025-13-01",
		"2025-01-00",
		"2025-02-29",
		"2025-02-30",
		"1900-02-29",
		"2025-04-31",
		"2025-01-22T24:00:00Z",
		"2025-01-22T04:60Z",
		"2025-01-22T04:35:61Z",
		"2025-01-22T12:00:60Z",
		"2025-01-22T04:35:18.Z",
		"2025-01-22T04:35:18Z ",
		" 2025-01-22",
		"2025-01-22 ",
		"2025-01-22T",
		"2025-01-22T04:35 ",
		"2025-01-22T4:35Z",
		"2025-1-2",
		"2025-",
		"2025-01-",
		"2025-01T04:35Z",
		"2025-01-22T04:35:18ZZ",
		"2025-01-22T04:35:18+24:00",
		"2025-01-22T04:35:18+01:60",
		"2025-01-22T04:35:18+1:00",
		"2025-01-22T04:35:18+01:",
		"2025-01-22T04:35:18CET",
		"2025-01-22T23+0120",
		"9999-12-31T23:59:59-00:01",
		"0000-01-01T00:00:00+00:01",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_refuses(texts[i]);
}

static void
a_leap_second_reads_as_the_second_before_it(void **state)
{
	(void)state;
	assert_reads("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000000Z",
	             RP_PRECISION_S);
	assert_reads("2017-01-01T00:59:60.5+01:00", "2016-12-31T23:59:59.000000Z",
	             RP_PRECISION_S);
	assert_reads("1969-12-31T23:59:60Z", "1969-12-31T23:59:59.000000Z",
	             RP_PRECISION_S);
}

static void
the_dates_of_x_are_read_in_both_forms(void **state)
{
	/* clang-format off */
	static const struct { const char *text, *want; } rows[] = {
		{ "Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24Z" },
		{ "Sat Feb 18 12:33:11 +0000 2023", "2023-02-18T12:33:11Z" },
		{ "Tue Mar 21 20:50:14 +0000 2006", "2006-03-21T20:50:14Z" },
		{ "Tue Mar 21 20:50:14 -0130 2006", "2006-03-21T22:20:14Z" },
		{ "2012-01-31 10:46:53 +0000",      "2012-01-31T10:46:53Z" },
		{ "2015-01-24 02:02:37 +0000",      "2015-01-24T02:02:37Z" },
	};
	/* clang-format on */
	struct rp_time t;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_true(rp_time_read_x(rp_slice_str(rows[i].text), &t));
		assert_true(rp_time_exact(t));
		assert_string_equal(written(t.lo, t.precision), rows[i].want);
		assert_int_equal(t.precision, RP_PRECISION_S);
		assert_int_equal(t.basis, RP_BASIS_PLATFORM);
	}
}

static void
a_broken_date_of_x_is_refused(void **state)
{
	static const char *const texts[] = {
		"",
		"Wed",
		"Wed Okt 10 20:19:24 +0000 2018",
		"Mit Oct 10 20:19:24 +0000 2018",
		"Wed Feb 30 20:19:24 +0000 2018",
		"Wed Oct 10 24:00:00 +0000 2018",
		"Wed Oct 10 20:19 +0000 2018",
		"Wed Oct 10 20:19:24.5 +0000 2018",
		"Wed Oct 10 20:19:24 2018",
		"Wed Oct 10 20:19:24 UTC 2018",
		"Wed Oct 10 20:19:24 +0000 10000",
		"Wed Oct 10 20:19:24 +0000 -001",
		"Wed Oct 10 20:19:24 +0000",
		"2012-01-31",
		"2012-01-31 10:46:53",
		"2012-01-31 10:46:53 UTC",
		"2012-01-31 10:46:53 +0000 ",
		"2012-01-31T10:46:53Z",
	};
	struct rp_time t = RP_TIME_NONE;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (rp_time_read_x(rp_slice_str(texts[i]), &t) || rp_time_known(t))
			fail_msg("read \"%s\"", texts[i]);
}

static void
an_x_id_tells_when_it_was_made(void **state)
{
	/* clang-format off */
	static const struct { const char *id, *want; } rows[] = {
		{ "121963062625443840",  "2011-10-06T15:00:34.751Z" },
		{ "164298599616876544",  "2012-01-31T10:46:53.326Z" },
		{ "242393643154022400",  "2012-09-02T22:48:42.641Z" },
		{ "558807048880521216",  "2015-01-24T02:02:37.243Z" },
		{ "918239532981669888",  "2017-10-11T22:18:59.385Z" },
		{ "1050118621198921728", "2018-10-10T20:19:24.211Z" },
		{ "1260294888811347969", "2020-05-12T19:44:51.296Z" },
		{ "1626922779105759235", "2023-02-18T12:33:11.959Z" },
		{ "1774556622087696431", "2024-03-31T21:57:23.030Z" },
		{ "2000000000000000000", "2025-12-14T00:28:52.860Z" },
		{ "29700859248",         "2010-11-04T01:43:01.738Z" },
		{ "9223372036854775807", "2080-07-10T17:30:30.208Z" },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct rp_time t = rp_time_from_x_id(rp_slice_str(rows[i].id));

		assert_true(rp_time_exact(t));
		assert_string_equal(written(t.lo, t.precision), rows[i].want);
		assert_int_equal(t.precision, RP_PRECISION_MS);
		assert_int_equal(t.basis, RP_BASIS_ID);
	}
}

static void
an_id_that_holds_no_time_gives_none(void **state)
{
	static const char *const ids[] = {
		"",
		"20",
		"29700859247",
		"9223372036854775808",
		"99999999999999999999",
		"-1",
		"1e18",
		"12345678901234567 ",
		"abc",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		assert_false(rp_time_known(rp_time_from_x_id(rp_slice_str(ids[i]))));
}

static void
a_bluesky_record_key_tells_when_it_was_made(void **state)
{
	static const char *const bad[] = {
		"",
		"3jzfcijpj2z2",
		"3jzfcijpj2z2aa",
		"3jzfcijpj2z21",
		"3JZFCIJPJ2Z2A",
		"zzzzzzzzzzzzz",
		"kjzfcijpj2z2a",
		"3jzf-cij-pj2z",
		"self",
		"2222222222222",
	};
	struct rp_time t = rp_time_from_tid(RP_SLICE("3jzfcijpj2z2a"));

	(void)state;
	assert_true(rp_time_exact(t));
	assert_string_equal(written(t.lo, t.precision), "2023-06-30T15:03:01.887007Z");
	assert_int_equal(t.precision, RP_PRECISION_US);
	assert_int_equal(t.basis, RP_BASIS_ID);
	assert_true(rp_time_known(rp_time_from_tid(RP_SLICE("jzzzzzzzzzzzz"))));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(rp_time_known(rp_time_from_tid(rp_slice_str(bad[i]))));
}

static void
a_time_is_written_with_the_digits_its_precision_knows(void **state)
{
	int64_t us = read_time("2025-01-22T15:19:07.654321Z").lo;

	(void)state;
	assert_string_equal(written(us, RP_PRECISION_US), "2025-01-22T15:19:07.654321Z");
	assert_string_equal(written(us, RP_PRECISION_MS), "2025-01-22T15:19:07.654Z");
	assert_string_equal(written(us, RP_PRECISION_S), "2025-01-22T15:19:07Z");
	assert_string_equal(written(us, RP_PRECISION_MIN), "2025-01-22T15:19Z");
	assert_string_equal(written(us, RP_PRECISION_HOUR), "2025-01-22T15Z");
	assert_string_equal(written(us, RP_PRECISION_DAY), "2025-01-22");
	assert_string_equal(written(us, RP_PRECISION_MONTH), "2025-01");
	assert_string_equal(written(us, RP_PRECISION_YEAR), "2025");
	assert_string_equal(written(us, RP_PRECISION_UNKNOWN),
	                    "2025-01-22T15:19:07.654321Z");
	assert_string_equal(written(RP_TIME_UNKNOWN, RP_PRECISION_S), "");
	assert_string_equal(written(-1, RP_PRECISION_US), "1969-12-31T23:59:59.999999Z");
}

/* Every day of 800 years, twice the length of the calendar's cycle, and the far ends. */
static void
the_calendar_leads_back_to_where_it_came_from(void **state)
{
	struct rp_civil c = { .year = -400, .month = 1, .day = 1, .hour = 23 };
	int64_t us, back, first;

	(void)state;
	assert_true(rp_time_from_civil(&c, &first));
	for (us = first; us < first + 2 * 146097 * RP_DAY; us += RP_DAY) {
		c = rp_time_to_civil(us);
		assert_true(rp_time_from_civil(&c, &back));
		assert_true(back == us);
	}
	assert_int_equal(c.year, 399);
	assert_int_equal(c.month, 12);
	assert_int_equal(c.day, 31);

	c = (struct rp_civil){ .year = -9999, .month = 1, .day = 1 };
	assert_true(rp_time_from_civil(&c, &us));
	assert_string_equal(written(us, RP_PRECISION_DAY), "-9999-01-01");
	c.year = 10000;
	assert_false(rp_time_from_civil(&c, &us));
	assert_string_equal(written(INT64_MIN + 1, RP_PRECISION_US),
	                    "-290308-12-21T19:59:05.224193Z");
	assert_string_equal(written(INT64_MAX, RP_PRECISION_US),
	                    "+294247-01-10T04:00:54.775807Z");
	assert_int_equal(rp_time_to_civil(INT64_MIN).year, -290308);
}

static void
fields_out_of_range_are_no_instant(void **state)
{
	static const struct rp_civil bad[] = {
		{ 2025, 0, 1, 0, 0, 0, 0 },      { 2025, 13, 1, 0, 0, 0, 0 },
		{ 2025, 1, 0, 0, 0, 0, 0 },      { 2025, 1, 32, 0, 0, 0, 0 },
		{ 2025, 1, 1, -1, 0, 0, 0 },     { 2025, 1, 1, 24, 0, 0, 0 },
		{ 2025, 1, 1, 0, -1, 0, 0 },     { 2025, 1, 1, 0, 60, 0, 0 },
		{ 2025, 1, 1, 0, 0, -1, 0 },     { 2025, 1, 1, 0, 0, 60, 0 },
		{ 2025, 1, 1, 0, 0, 0, -1 },     { 2025, 1, 1, 0, 0, 0, 1000000 },
		{ INT32_MIN, 1, 1, 0, 0, 0, 0 }, { INT32_MAX, 1, 1, 0, 0, 0, 0 },
	};
	int64_t us = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(rp_time_from_civil(&bad[i], &us));
	assert_int_equal(us, 42);
}

static int64_t
clock_says(void)
{
	struct rp_error err;
	int64_t now = 0;

	assert_int_equal(rp_now(&now, &err), RP_OK);
	return now;
}

static void
the_clock_can_be_set_from_outside(void **state)
{
	struct rp_error err;
	int64_t now;

	(void)state;
	assert_int_equal(setenv("RIPOSTE_NOW", "2026-01-02T03:04:05Z", 1), 0);
	assert_string_equal(written(clock_says(), RP_PRECISION_US),
	                    "2026-01-02T03:04:05.000000Z");
	assert_int_equal(setenv("RIPOSTE_NOW", "9999-12-31", 1), 0);
	assert_string_equal(written(clock_says(), RP_PRECISION_US),
	                    "9999-12-31T00:00:00.000000Z");
	assert_int_equal(setenv("RIPOSTE_NOW", "yesterday", 1), 0);
	assert_int_equal(rp_now(&now, &err), RP_BAD_CONFIG);
	assert_int_equal(setenv("RIPOSTE_NOW", "", 1), 0);
	assert_true(clock_says() > read_time("2024-01-01T00:00Z").lo);
	assert_int_equal(unsetenv("RIPOSTE_NOW"), 0);
	assert_true(clock_says() > read_time("2024-01-01T00:00Z").lo);
}

static void
precision_and_basis_have_names(void **state)
{
	(void)state;
	assert_string_equal(rp_precision_name(RP_PRECISION_US), "us");
	assert_string_equal(rp_precision_name(RP_PRECISION_YEAR), "year");
	assert_string_equal(rp_precision_name(99), "unknown");
	assert_string_equal(rp_basis_name(RP_BASIS_UNKNOWN), "unknown");
	assert_string_equal(rp_basis_name(RP_BASIS_USER), "user");
	assert_string_equal(rp_basis_name(99), "unknown");
}

static void
an_unknown_time_is_not_known_and_one_bound_is_not_exact(void **state)
{
	struct rp_time by = { RP_TIME_UNKNOWN, 5, RP_PRECISION_S, RP_BASIS_ARTICLE };

	(void)state;
	assert_false(rp_time_known(RP_TIME_NONE));
	assert_false(rp_time_exact(RP_TIME_NONE));
	assert_true(rp_time_known(by));
	assert_false(rp_time_exact(by));
	assert_true(rp_time_exact(rp_time_at(0, RP_PRECISION_S, RP_BASIS_USER)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_time_is_read_to_the_precision_it_was_written_with),
		cmocka_unit_test(an_offset_leads_to_utc_and_its_absence_means_utc),
		cmocka_unit_test(
			a_date_alone_is_a_span_from_its_first_to_its_last_microsecond),
		cmocka_unit_test(what_is_no_time_is_refused_and_never_1970),
		cmocka_unit_test(a_leap_second_reads_as_the_second_before_it),
		cmocka_unit_test(the_dates_of_x_are_read_in_both_forms),
		cmocka_unit_test(a_broken_date_of_x_is_refused),
		cmocka_unit_test(an_x_id_tells_when_it_was_made),
		cmocka_unit_test(an_id_that_holds_no_time_gives_none),
		cmocka_unit_test(a_bluesky_record_key_tells_when_it_was_made),
		cmocka_unit_test(a_time_is_written_with_the_digits_its_precision_knows),
		cmocka_unit_test(the_calendar_leads_back_to_where_it_came_from),
		cmocka_unit_test(fields_out_of_range_are_no_instant),
		cmocka_unit_test(the_clock_can_be_set_from_outside),
		cmocka_unit_test(precision_and_basis_have_names),
		cmocka_unit_test(an_unknown_time_is_not_known_and_one_bound_is_not_exact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
