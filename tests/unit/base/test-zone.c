#include "core/base/buf.h"
#include "core/base/time.h"
#include "core/base/zone-rule.h"
#include "core/base/zone.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZURICH_RULE "CET-1CEST,M3.5.0,M10.5.0/3"

/* A zone file made for one test, in a folder that $TZDIR names. */
static char folder[] = "/tmp/riposte-zones-XXXXXX";

struct type {
	int offset_s, name_at;
};

struct made {
	char version;
	int n_times, n_types;
	const char *rule;
	int n_leaps;
	int64_t times[4];
	int indices[4];
	struct type types[3];
	char names[16];
};

/* Local mean time until 1894, then Zurich's one hour, by rule since 1996. */
static const struct made alps = {
	.version = '2',
	.n_times = 3,
	.n_types = 3,
	.rule = "\n" ZURICH_RULE "\n",
	.times = { -2385246848, 828234000, 846378000 },
	.indices = { 1, 2, 1 },
	.types = { { 2048, 0 }, { 3600, 4 }, { 7200, 8 } },
	.names = "LMT\0CET\0CEST",
};

static void
add_number(struct rp_buf *buf, int64_t value, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--)
		buf_add_byte(buf, (char)((uint64_t)value >> (8 * i) & 0xff));
}

static void
add_part(struct rp_buf *buf, const struct made *made, int time_bytes)
{
	buf_add_str(buf, "TZif");
	buf_add_byte(buf, made->version);
	buf_add(buf, rp_slice_from((const char[15]){ 0 }, 15));
	add_number(buf, 0, 8);
	add_number(buf, made->n_leaps, 4);
	add_number(buf, made->n_times, 4);
	add_number(buf, made->n_types, 4);
	add_number(buf, sizeof(made->names), 4);
	for (int i = 0; i < made->n_times; i++)
		add_number(buf, made->times[i], time_bytes);
	for (int i = 0; i < made->n_times; i++)
		add_number(buf, made->indices[i], 1);
	for (int i = 0; i < made->n_types; i++) {
		add_number(buf, made->types[i].offset_s, 4);
		add_number(buf, 0, 1);
		add_number(buf, made->types[i].name_at, 1);
	}
	buf_add(buf, rp_slice_from(made->names, sizeof(made->names)));
	for (int i = 0; i < made->n_leaps; i++)
		buf_add(buf,
		        rp_slice_from((const char[12]){ 0 }, (size_t)time_bytes + 4));
}

static void
save(const char *name, struct rp_slice bytes)
{
	char path[256];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
	assert_int_equal(fclose(file), 0);
}

static void
make(const char *name, const struct made *made)
{
	CLEANUP(buf_done) struct rp_buf buf;

	buf_init(&buf, 4096);
	add_part(&buf, made, 4);
	add_part(&buf, made, 8);
	buf_add_str(&buf, made->rule);
	assert_false(buf_failed(&buf));
	save(name, buf_slice(&buf));
}

static struct zone *
opened(const char *name)
{
	struct rp_error err;
	struct zone *zone = NULL;

	assert_ok(zone_open(rp_slice_str(name), &zone, &err), err);
	return zone;
}

static enum rp_status
refused(const char *name)
{
	struct rp_error err = { .text = "" };
	struct zone *zone = NULL;
	enum rp_status status = zone_open(rp_slice_str(name), &zone, &err);

	assert_int_not_equal(status, RP_OK);
	assert_null(zone);
	assert_int_not_equal(err.text[0], '\0');
	return status;
}

/* A wall clock with a rule of its own. */
static struct zone *
ruled(const char *rule)
{
	struct zone *zone;

	assert_int_equal(setenv("TZ", rule, 1), 0);
	zone = opened("local");
	assert_int_equal(unsetenv("TZ"), 0);
	assert_slice(zone_name(zone), rule);
	return zone;
}

static int64_t
us_of(const char *text)
{
	struct rp_time t;

	if (!rp_time_read(rp_slice_str(text), RP_BASIS_USER, &t))
		fail_msg("no time: %s", text);
	return t.lo;
}

static void
assert_wall(const struct zone *zone, const char *wall, enum zone_fit fit, const char *utc)
{
	int64_t us = 0;
	enum zone_fit got = zone_to_utc(zone, us_of(wall), &us);
	CLEANUP(buf_done) struct rp_buf buf;

	buf_init(&buf, 100);
	rp_time_write(&buf, us, RP_PRECISION_S);
	assert_slice(buf_slice(&buf), utc);
	assert_int_equal(got, fit);
}

static void
assert_bounds(const struct zone *zone, const char *wall, const char *lo, const char *hi)
{
	int64_t first = 0, last = 0;

	(void)zone_to_bounds(zone, us_of(wall), &first, &last);
	assert_true(first == us_of(lo));
	assert_true(last == us_of(hi));
}

static void
assert_offset(const struct zone *zone, const char *utc, int want_s, const char *want_name)
{
	const char *name;

	assert_int_equal(zone_offset_s(zone, us_of(utc), &name), want_s);
	assert_string_equal(name, want_name);
	assert_int_equal(zone_offset_s(zone, us_of(utc), NULL), want_s);
}

static void
assert_zurich(const struct zone *zone)
{
	assert_wall(zone, "2026-01-21 10:30", ZONE_FITS, "2026-01-21T09:30:00Z");
	assert_wall(zone, "2022-05-24 10:30", ZONE_FITS, "2022-05-24T08:30:00Z");
	assert_wall(zone, "2026-03-29 02:30", ZONE_GAP, "2026-03-29T01:30:00Z");
	assert_wall(zone, "2026-10-25 02:30", ZONE_TWICE, "2026-10-25T00:30:00Z");
	assert_bounds(zone, "2026-01-21 10:30", "2026-01-21T09:30Z", "2026-01-21T09:30Z");
	assert_bounds(zone, "2026-03-29 02:30", "2026-03-29T00:30Z", "2026-03-29T01:30Z");
	assert_bounds(zone, "2026-10-25 02:30", "2026-10-25T00:30Z", "2026-10-25T01:30Z");
	assert_offset(zone, "2025-01-22T15:19Z", 3600, "CET");
	assert_offset(zone, "2022-05-24T08:30Z", 7200, "CEST");
}

static void
davos_is_one_hour_ahead_in_january_and_two_in_may(void **state)
{
	CLEANUP(zone_close) struct zone *zone = opened("Test/Alps");

	(void)state;
	assert_slice(zone_name(zone), "Test/Alps");
	assert_zurich(zone);
}

static void
the_zones_of_this_machine_agree(void **state)
{
	struct zone *zone = NULL;

	(void)state;
	assert_int_equal(setenv("TZDIR", "", 1), 0);
	if (access("/usr/share/zoneinfo/Europe/Zurich", R_OK) == 0) {
		zone = opened("Europe/Zurich");
		assert_zurich(zone);
		(void)zone_close(zone);
	}
	assert_int_equal(setenv("TZDIR", folder, 1), 0);
	if (zone == NULL)
		skip();
}

static void
the_edges_of_a_gap_and_of_a_doubled_hour_are_sharp(void **state)
{
	CLEANUP(zone_close) struct zone *zone = opened("Test/Alps");

	(void)state;
	assert_wall(zone, "2026-03-29 01:59:59", ZONE_FITS, "2026-03-29T00:59:59Z");
	assert_wall(zone, "2026-03-29 02:00:00", ZONE_GAP, "2026-03-29T01:00:00Z");
	assert_wall(zone, "2026-03-29 02:59:59", ZONE_GAP, "2026-03-29T01:59:59Z");
	assert_wall(zone, "2026-03-29 03:00:00", ZONE_FITS, "2026-03-29T01:00:00Z");
	assert_wall(zone, "2026-10-25 01:59:59", ZONE_FITS, "2026-10-24T23:59:59Z");
	assert_wall(zone, "2026-10-25 02:00:00", ZONE_TWICE, "2026-10-25T00:00:00Z");
	assert_wall(zone, "2026-10-25 02:59:59", ZONE_TWICE, "2026-10-25T00:59:59Z");
	assert_wall(zone, "2026-10-25 03:00:00", ZONE_FITS, "2026-10-25T02:00:00Z");
}

static void
years_before_and_behind_the_table_are_known_too(void **state)
{
	CLEANUP(zone_close) struct zone *zone = opened("Test/Alps");

	(void)state;
	assert_offset(zone, "1800-01-01T00:00Z", 2048, "LMT");
	assert_offset(zone, "1950-07-01T00:00Z", 3600, "CET");
	assert_offset(zone, "1996-03-31T00:59:59Z", 3600, "CET");
	assert_offset(zone, "1996-03-31T01:00:00Z", 7200, "CEST");
	assert_offset(zone, "1996-10-27T01:00:00Z", 3600, "CET");
	assert_offset(zone, "2026-07-01T00:00Z", 7200, "CEST");
	assert_offset(zone, "2400-07-01T00:00Z", 7200, "CEST");
	assert_offset(zone, "9999-12-31T23:59Z", 3600, "CET");
	assert_wall(zone, "1894-06-01 00:00", ZONE_GAP, "1894-05-31T23:25:52Z");
	assert_wall(zone, "2400-03-26 02:30", ZONE_GAP, "2400-03-26T01:30:00Z");
}

static void
a_table_without_a_rule_ends_in_its_last_offset(void **state)
{
	struct made made = alps;
	struct zone *zone;

	(void)state;
	made.rule = "\n\n";
	make("Test/Ended", &made);
	zone = opened("Test/Ended");
	assert_offset(zone, "2026-07-01T00:00Z", 3600, "CET");
	(void)zone_close(zone);

	made.n_times = 0;
	make("Test/Ended", &made);
	zone = opened("Test/Ended");
	assert_offset(zone, "2026-07-01T00:00Z", 2048, "LMT");
	(void)zone_close(zone);
}

static void
utc_needs_no_zone_files(void **state)
{
	struct zone *zone;

	(void)state;
	assert_int_equal(setenv("TZDIR", "/nowhere/at/all", 1), 0);
	zone = opened("UTC");
	assert_offset(zone, "2026-07-01T00:00Z", 0, "UTC");
	assert_wall(zone, "2026-03-29 02:30", ZONE_FITS, "2026-03-29T02:30:00Z");
	assert_slice(zone_name(zone), "UTC");
	(void)zone_close(zone);
	assert_int_equal(setenv("TZDIR", folder, 1), 0);
}

static void
a_zone_that_is_missing_is_never_taken_for_utc(void **state)
{
	struct rp_error err;
	struct zone *zone = NULL;

	(void)state;
	assert_int_equal(zone_open(RP_SLICE("Europe/Davos"), &zone, &err), RP_NOT_FOUND);
	assert_non_null(strstr(err.text, "Europe/Davos"));

	assert_int_equal(setenv("TZDIR", "/nowhere/at/all", 1), 0);
	assert_int_equal(zone_open(RP_SLICE("Test/Alps"), &zone, &err), RP_NOT_FOUND);
	assert_non_null(strstr(err.text, "/nowhere/at/all is missing"));
	assert_int_equal(setenv("TZDIR", folder, 1), 0);
	assert_null(zone);
}

static void
names_that_lead_elsewhere_are_refused(void **state)
{
	static const char *const names[] = {
		"",
		"/etc/localtime",
		"../Test/Alps",
		"Test/../Test/Alps",
		"Test//Alps",
		"Test/Alps/",
		"./Test/Alps",
		"Test",
		"Test/Alps\n",
		"CET-1CEST",
		"a b",
	};
	char name[] = "Test/Alps\0x";
	struct rp_error err;
	struct zone *zone = NULL;
	char longer[300];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_int_equal(refused(names[i]), RP_NOT_FOUND);
	assert_int_equal(zone_open(rp_slice_from(name, sizeof(name) - 1), &zone, &err),
	                 RP_NOT_FOUND);
	memset(longer, 'a', sizeof(longer));
	assert_int_equal(zone_open(rp_slice_from(longer, sizeof(longer)), &zone, &err),
	                 RP_NOT_FOUND);
}

static void
the_local_zone_is_what_tz_says(void **state)
{
	/* clang-format off */
	static const struct { const char *tz, *name; int july_s; } rows[] = {
		{ "Test/Alps",         "Test/Alps", 7200 },
		{ ":Test/Alps",        "Test/Alps", 7200 },
		{ "CET-1CEST",         "CET-1CEST", 7200 },
		{ "<+0545>-5:45",      "<+0545>-5:45", 20700 },
		{ "Mars/Olympus",      "UTC", 0 },
		{ ":bad",              "UTC", 0 },
		{ ":CET-1CEST",        "UTC", 0 },
		{ ":",                 "UTC", 0 },
		{ "",                  "UTC", 0 },
		{ "/nowhere/at/all",   "UTC", 0 },
		{ "/dev/null",         "UTC", 0 },
		{ "CET-1CEST,garbage", "UTC", 0 },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct zone *zone;

		assert_int_equal(setenv("TZ", rows[i].tz, 1), 0);
		zone = opened("local");
		assert_slice(zone_name(zone), rows[i].name);
		assert_int_equal(zone_offset_s(zone, us_of("2026-07-01"), NULL),
		                 rows[i].july_s);
		assert_int_equal(zone_stands_in(zone),
		                 rows[i].july_s == 0 && rows[i].tz[0] != '\0');
		(void)zone_close(zone);
	}
	assert_int_equal(unsetenv("TZ"), 0);
	(void)zone_close(opened("local"));
}

static void
the_local_zone_has_the_name_its_link_points_to(void **state)
{
	char path[256], target[256];
	struct zone *zone;

	(void)state;
	(void)snprintf(target, sizeof(target), "%s/zoneinfo/Test/Alps", folder);
	(void)snprintf(path, sizeof(path), "%s/localtime", folder);
	make("zoneinfo/Test/Alps", &alps);
	assert_int_equal(symlink(target, path), 0);
	assert_int_equal(setenv("TZ", path, 1), 0);
	zone = opened("local");
	assert_slice(zone_name(zone), "Test/Alps");
	assert_zurich(zone);
	(void)zone_close(zone);

	(void)snprintf(path, sizeof(path), ":%s/Test/Alps", folder);
	assert_int_equal(setenv("TZ", path, 1), 0);
	zone = opened("local");
	assert_slice(zone_name(zone), "local");
	assert_zurich(zone);
	(void)zone_close(zone);
	assert_int_equal(unsetenv("TZ"), 0);
}

static void
rules_of_every_form_are_followed(void **state)
{
	/* clang-format off */
	static const struct { const char *rule, *at; int offset_s; const char *name; } rows[] = {
		{ "EST5EDT",                       "2026-03-08T06:59:59Z", -18000, "EST" },
		{ "EST5EDT",                       "2026-03-08T07:00:00Z", -14400, "EDT" },
		{ "EST5EDT",                       "2026-11-01T06:00:00Z", -18000, "EST" },
		{ "AEST-10AEDT,M10.1.0,M4.1.0/3",  "2026-01-01T00:00:00Z",  39600, "AEDT" },
		{ "AEST-10AEDT,M10.1.0,M4.1.0/3",  "2026-07-01T00:00:00Z",  36000, "AEST" },
		{ "IST-1GMT0,M10.5.0,M3.5.0/1",    "2026-01-01T00:00:00Z",      0, "GMT" },
		{ "IST-1GMT0,M10.5.0,M3.5.0/1",    "2026-07-01T00:00:00Z",   3600, "IST" },
		{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200, "-02" },
		{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600, "-01" },
		{ "IST-2IDT,M3.4.4/26,M10.5.0",    "2026-03-26T23:59:59Z",   7200, "IST" },
		{ "IST-2IDT,M3.4.4/26,M10.5.0",    "2026-03-27T00:00:00Z",  10800, "IDT" },
		{ "AAA0BBB,J60/0,J61/0",           "2024-03-01T00:00:00Z",   3600, "BBB" },
		{ "AAA0BBB,J60/0,J61/0",           "2023-03-01T00:00:00Z",   3600, "BBB" },
		{ "AAA0BBB,J59/0,J60/0",           "2024-02-28T12:00:00Z",   3600, "BBB" },
		{ "AAA0BBB,59/0,60/0",             "2024-02-29T12:00:00Z",   3600, "BBB" },
		{ "AAA0BBB,59/0,60/0",             "2023-03-01T12:00:00Z",   3600, "BBB" },
		{ "EST5EDT,0/0,J365/25",           "2026-01-01T04:59:59Z", -14400, "EDT" },
		{ "EST5EDT,0/0,J365/25",           "2026-01-01T05:00:00Z", -14400, "EDT" },
		{ "EST5EDT,0/0,J365/25",           "2026-07-01T00:00:00Z", -14400, "EDT" },
		{ "AAA0BBB,J1/167,J365/167",       "2026-01-04T00:00:00Z",   3600, "BBB" },
		{ "AAA0BBB,J1/167,J365/167",       "2026-01-07T00:00:00Z",      0, "AAA" },
		{ "LMT-0:34:08",                   "2026-01-01T00:00:00Z",   2048, "LMT" },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		CLEANUP(zone_close) struct zone *zone = ruled(rows[i].rule);

		assert_offset(zone, rows[i].at, rows[i].offset_s, rows[i].name);
	}
}

static void
daylight_time_all_year_has_no_gap_at_new_year(void **state)
{
	CLEANUP(zone_close) struct zone *zone = ruled("EST5EDT,0/0,J365/25");

	(void)state;
	assert_wall(zone, "2026-01-01 00:30", ZONE_FITS, "2026-01-01T04:30:00Z");
	assert_wall(zone, "2026-01-01 01:30", ZONE_FITS, "2026-01-01T05:30:00Z");
}

static void
a_rule_that_is_none_is_refused(void **state)
{
	static const char *const rules[] = {
		"",
		"C-1",
		"CET",
		"CET-",
		"CET-25",
		"CET-1:60",
		"CET-1:30:60",
		"CET-1000",
		"<CET-1",
		"<CE>-1",
		"CET-1 ",
		"CET-1CEST,",
		"CET-1CEST,M3.5.0",
		"CET-1CEST,M3.5.0,",
		"CET-1CEST,M0.5.0,M10.5.0",
		"CET-1CEST,M13.5.0,M10.5.0",
		"CET-1CEST,M3.6.0,M10.5.0",
		"CET-1CEST,M3.5.7,M10.5.0",
		"CET-1CEST,M3.5,M10.5.0",
		"CET-1CEST,J0,J365",
		"CET-1CEST,J366,J1",
		"CET-1CEST,366,1",
		"CET-1CEST,M3.5.0/168,M10.5.0",
		"CET-1CEST,M3.5.0,M10.5.0x",
		"CET-1CEST-2x",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJ-1",
		"C\x1b[T-1",
	};
	struct zone_rule rule;

	(void)state;
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (zone_rule_read(rp_slice_str(rules[i]), &rule))
			fail_msg("read \"%s\"", rules[i]);
}

static void
files_that_lie_are_refused(void **state)
{
	struct made made[12];
	size_t n = sizeof(made) / sizeof(*made);

	(void)state;
	for (size_t i = 0; i < n; i++)
		made[i] = alps;
	made[0].version = '\0';
	made[1].n_leaps = 1;
	made[2].times[1] = made[2].times[0];
	made[3].indices[2] = 3;
	made[4].types[1].name_at = 200;
	made[5].types[1].offset_s = 100000;
	made[6].types[1].offset_s = INT32_MIN;
	made[7].names[15] = 'x';
	made[8].names[1] = '\x1b';
	made[9].n_types = made[9].n_times = 0;
	made[10].rule = "\nnonsense\n";
	made[11].rule = ZURICH_RULE;
	for (size_t i = 0; i < n; i++) {
		make("Test/Lies", &made[i]);
		assert_int_equal(refused("Test/Lies"), RP_BAD_CONFIG);
	}
}

/* Read what is whole into the buffer. */
static void
load(struct rp_buf *buf, const char *name)
{
	char path[256];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "rb");
	assert_non_null(file);
	buf->n = fread(buf_reserve(buf, 2000), 1, 2000, file);
	assert_int_equal(fclose(file), 0);
}

static void
a_file_cut_off_or_damaged_anywhere_does_no_harm(void **state)
{
	CLEANUP(buf_done) struct rp_buf buf;
	struct rp_error err;
	int64_t us;

	(void)state;
	buf_init(&buf, 4096);
	load(&buf, "Test/Alps");
	for (size_t i = 0; i < buf.n; i++) {
		save("Test/Cut", rp_slice_from(buf.p, i));
		assert_int_equal(refused("Test/Cut"), RP_BAD_CONFIG);
	}
	for (size_t i = 0; i < buf.n; i++) {
		CLEANUP(zone_close) struct zone *zone = NULL;

		buf.p[i] = (char)(buf.p[i] ^ 0x80);
		save("Test/Flipped", buf_slice(&buf));
		buf.p[i] = (char)(buf.p[i] ^ 0x80);
		if (zone_open(RP_SLICE("Test/Flipped"), &zone, &err) == RP_OK)
			(void)zone_to_utc(zone, us_of("2026-03-29 02:30"), &us);
	}
}

static void
a_huge_file_is_not_read_to_its_end(void **state)
{
	char path[256];

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/Test/Huge", folder);
	save("Test/Huge", RP_SLICE("TZif2"));
	assert_int_equal(truncate(path, INT64_C(1) << 40), 0);
	assert_int_equal(refused("Test/Huge"), RP_NOT_FOUND);
}

static void
the_ends_of_time_have_an_answer(void **state)
{
	CLEANUP(zone_close) struct zone *east = opened("Test/Alps");
	CLEANUP(zone_close) struct zone *west = ruled("EST5EDT");
	int64_t us = 0;

	(void)state;
	assert_int_equal(zone_to_utc(east, RP_TIME_UNKNOWN, &us), ZONE_FITS);
	assert_true(us == RP_TIME_UNKNOWN);
	assert_int_equal(zone_to_utc(east, RP_TIME_UNKNOWN + 1, &us), ZONE_FITS);
	assert_true(us == RP_TIME_UNKNOWN + 1);
	assert_int_equal(zone_to_utc(west, INT64_MAX, &us), ZONE_FITS);
	assert_true(us == INT64_MAX);
	assert_int_equal(zone_offset_s(east, INT64_MIN, NULL), 2048);
	assert_int_equal(zone_offset_s(west, INT64_MIN, NULL), -18000);
	assert_int_equal(zone_offset_s(west, INT64_MAX, NULL), -18000);
	assert_null(zone_close(NULL));
}

static int
make_folder(void **state)
{
	char path[256];

	(void)state;
	if (mkdtemp(folder) == NULL || setenv("TZDIR", folder, 1) != 0)
		return -1;
	static const char *const parts[] = { "Test", "zoneinfo", "zoneinfo/Test" };
	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, parts[i]);
		if (mkdir(path, 0700) != 0)
			return -1;
	}
	make("Test/Alps", &alps);
	return unsetenv("TZ");
}

static int
remove_folder(void **state)
{
	static const char *const parts[] = {
		"Test/Alps",          "Test/Ended",    "Test/Lies", "Test/Cut",
		"Test/Flipped",       "Test/Huge",     "Test",      "localtime",
		"zoneinfo/Test/Alps", "zoneinfo/Test", "zoneinfo",  "",
	};
	char path[256];
	int failed = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, parts[i]);
		failed |= remove(path);
	}
	return failed;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(davos_is_one_hour_ahead_in_january_and_two_in_may),
		cmocka_unit_test(the_zones_of_this_machine_agree),
		cmocka_unit_test(the_edges_of_a_gap_and_of_a_doubled_hour_are_sharp),
		cmocka_unit_test(years_before_and_behind_the_table_are_known_too),
		cmocka_unit_test(a_table_without_a_rule_ends_in_its_last_offset),
		cmocka_unit_test(utc_needs_no_zone_files),
		cmocka_unit_test(a_zone_that_is_missing_is_never_taken_for_utc),
		cmocka_unit_test(names_that_lead_elsewhere_are_refused),
		cmocka_unit_test(the_local_zone_is_what_tz_says),
		cmocka_unit_test(the_local_zone_has_the_name_its_link_points_to),
		cmocka_unit_test(rules_of_every_form_are_followed),
		cmocka_unit_test(daylight_time_all_year_has_no_gap_at_new_year),
		cmocka_unit_test(a_rule_that_is_none_is_refused),
		cmocka_unit_test(files_that_lie_are_refused),
		cmocka_unit_test(a_file_cut_off_or_damaged_anywhere_does_no_harm),
		cmocka_unit_test(a_huge_file_is_not_read_to_its_end),
		cmocka_unit_test(the_ends_of_time_have_an_answer),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
