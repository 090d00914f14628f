#include "core/collect/collector.h"
#include "core/collect/options.h"
#include "core/collect/transcript-event.h"
#include "tests/support/spec.h"

#include <stdlib.h>

static struct rp_buf options;
static struct rp_error err;

static void
assert_refused(const char *key, const char *value, const char *why)
{
	assert_int_equal(
		options_add(&options, rp_slice_str(key), rp_slice_str(value), &err),
		RP_BAD_USAGE);
	assert_string_equal(err.text, why);
}

static void
assert_sidecar_refused(const char *text, const char *why)
{
	assert_int_equal(options_add_sidecar(&options, rp_slice_str(text), &err),
	                 RP_BAD_CONFIG);
	assert_string_equal(err.text, why);
}

static struct event
event_of(const char *text)
{
	struct event event;

	assert_ok(event_read(rp_slice_str(text), &event, &err), err);
	return event;
}

/* In microseconds; "" is unknown. */
static int64_t
at(const char *text)
{
	struct rp_time time = RP_TIME_NONE;

	if (*text != '\0')
		assert_true(rp_time_read(rp_slice_str(text), RP_BASIS_EVENT, &time));
	return time.lo;
}

static void
assert_time(struct rp_time time, const char *lo, const char *hi,
            enum rp_precision precision)
{
	assert_true(time.lo == at(lo));
	assert_true(time.hi == at(hi));
	assert_int_equal(time.precision, precision);
	assert_int_equal(time.basis, RP_BASIS_EVENT);
}

static void
a_command_line_wins_over_the_sidecar_before_it(void **state)
{
	(void)state;
	assert_ok(options_add_sidecar(&options,
	                              RP_SLICE("[event]\n"
	                                       "id = davos\n"
	                                       "title = A = B: a talk\n"
	                                       "tz = Europe/Zurich\n"
	                                       "not_before = x:1881944244480565497\n"
	                                       "[speaker NADELLA]\n"
	                                       "person = Satya Nadella\n"
	                                       "[speaker Larry Fink]\n"),
	                              &err),
	          err);
	assert_ok(options_add(&options, RP_SLICE("event"), RP_SLICE("davos-2025"), &err),
	          err);
	assert_slice(buf_slice(&options), "event=davos\n"
	                                  "title=A = B: a talk\n"
	                                  "tz=Europe/Zurich\n"
	                                  "not_before=x:1881944244480565497\n"
	                                  "speaker=NADELLA\n"
	                                  "speaker.NADELLA.person=Satya Nadella\n"
	                                  "speaker=Larry Fink\n"
	                                  "event=davos-2025\n");
	assert_slice(options_get(buf_slice(&options), RP_SLICE("event")), "davos-2025");
	assert_slice(options_get(buf_slice(&options), RP_SLICE("title")),
	             "A = B: a talk");
	assert_slice(options_get(buf_slice(&options), RP_SLICE("place")), "");
	assert_slice(options_speaker_label(RP_SLICE("speaker.J.D. Vance.person")),
	             "J.D. Vance");
}

static void
what_makes_no_sense_is_named_by_key_and_value(void **state)
{
	(void)state;
	assert_refused("dat", "x", "unknown key \"dat\"");
	assert_refused("title", "", "title without a value");
	assert_refused("title", "a\nb", "title is not one line of UTF-8");
	assert_refused("title", "\xff", "title is not one line of UTF-8");
	assert_refused("date", "22/01/25",
	               "date \"22/01/25\" is no date; write 2025-01-22");
	assert_refused("date", "2025-02-30",
	               "date \"2025-02-30\" is no date; write 2025-01-22");
	assert_refused("date", "0000-01-01",
	               "date \"0000-01-01\" is not within the years 1000 to 9998");
	assert_refused("start", "9999-12-31 23:00",
	               "start \"9999-12-31 23:00\" is not within the years 1000 to 9998");
	assert_refused("start", "16:10",
	               "start \"16:10\" is no time; write 2025-01-22 16:10, or the day");
	assert_refused("not_after", "soon",
	               "not_after \"soon\" is neither a time nor the key of a post");
	assert_refused("not_after", "x:@elonmusk?",
	               "not_after \"x:@elonmusk?\" is neither a time nor the key of a "
	               "post");
	assert_refused("tz", "Europe/Davos",
	               "tz \"Europe/Davos\" is no time zone; write Europe/Zurich");
	assert_refused("url", "davos", "url \"davos\" is no web address");
	assert_refused("lang", "fr CH", "lang \"fr CH\" is no language; write fr-CH");
	assert_refused("event", "@davos", "event \"@davos\" is no name for an event");
	assert_refused("speaker.a=b.person", "c", "a speaker's name cannot have a =");
	assert_int_equal(options.n, 0);
}

static void
mistakes_in_a_sidecar_are_named_by_their_line(void **state)
{
	(void)state;
	assert_sidecar_refused("[event]\nstart = noon\n",
	                       "line 2: start \"noon\" is no time; write 2025-01-22 "
	                       "16:10, or the day");
	assert_sidecar_refused("[event]\n\nsubject = x\n",
	                       "line 3: unknown key \"subject\"");
	assert_sidecar_refused("[event]\nspeaker = x\n",
	                       "line 2: unknown key \"speaker\"");
	assert_sidecar_refused("[speaker A]\nrole = x\n", "line 2: unknown key \"role\"");
	assert_sidecar_refused("[evnt]\n",
	                       "line 1: there are [event] and [speaker NAME], no [evnt]");
	assert_sidecar_refused("a = b\n",
	                       "line 1: there are [event] and [speaker NAME], no []");
	assert_sidecar_refused("[event\n", "line 1: a section without its ]");
}

static void
without_zone_files_a_zone_is_a_matter_of_configuration(void **state)
{
	(void)state;
	setenv("TZDIR", "/nonexistent", 1);
	assert_int_equal(
		options_add(&options, RP_SLICE("tz"), RP_SLICE("Europe/Zurich"), &err),
		RP_BAD_CONFIG);
	unsetenv("TZDIR");
	assert_non_null(strstr(err.text, "no time zones on this machine"));
}

static void
a_date_is_the_calendar_day_of_the_place(void **state)
{
	struct event event = event_of("date=2025-01-22\ntz=Europe/Zurich\n");

	(void)state;
	assert_time(event_turn_time(&event, true, 0, false), "2025-01-21T23:00:00Z",
	            "2025-01-22T22:59:59.999999Z", RP_PRECISION_DAY);
	/* Clocks went forward that night: a day of 23 hours. */
	event = event_of("date=2026-03-29\ntz=Europe/Zurich\n");
	assert_time(event_turn_time(&event, true, 0, false), "2026-03-28T23:00:00Z",
	            "2026-03-29T21:59:59.999999Z", RP_PRECISION_DAY);
}

static void
a_date_without_a_zone_is_that_day_anywhere_on_earth(void **state)
{
	struct event event = event_of("date=2025-01-22\n");

	(void)state;
	assert_time(event_turn_time(&event, true, 0, false), "2025-01-21T10:00:00Z",
	            "2025-01-23T11:59:59.999999Z", RP_PRECISION_DAY);
}

static void
a_start_that_is_only_a_day_is_that_day(void **state)
{
	struct event start = event_of("start=2025-01-22\ntz=Europe/Zurich\n");
	struct event date = event_of("date=2025-01-22\ntz=Europe/Zurich\n");

	(void)state;
	assert_false(start.has_start);
	assert_int_equal(start.when.lo, date.when.lo);
	assert_int_equal(start.when.hi, date.when.hi);
}

static void
a_start_is_read_off_the_clocks_of_the_place(void **state)
{
	struct event event = event_of("start=2025-01-22 16:10\ntz=Europe/Zurich\n");

	(void)state;
	assert_time(event_turn_time(&event, true, 0, false), "2025-01-22T15:10:00Z",
	            "2025-01-22T15:10:00Z", RP_PRECISION_MIN);
	event = event_of("start=2022-05-24 10:30\ntz=Europe/Zurich\n");
	assert_time(event_turn_time(&event, true, 0, false), "2022-05-24T08:30:00Z",
	            "2022-05-24T08:30:00Z", RP_PRECISION_MIN);
	event = event_of("start=2025-01-22T16:10:00+01:00\n");
	assert_time(event_turn_time(&event, true, 0, false), "2025-01-22T15:10:00Z",
	            "2025-01-22T15:10:00Z", RP_PRECISION_S);
	event = event_of("start=2025-01-22 16:10\n");
	assert_time(event_turn_time(&event, true, 0, false), "2025-01-22T02:10:00Z",
	            "2025-01-23T04:10:00Z", RP_PRECISION_MIN);
}

static void
hours_that_clocks_skip_or_show_twice_have_bounds(void **state)
{
	struct event event = event_of("start=2026-03-29 02:30\ntz=Europe/Zurich\n");

	(void)state;
	assert_time(event_turn_time(&event, true, 0, false), "2026-03-29T00:30:00Z",
	            "2026-03-29T01:30:00Z", RP_PRECISION_MIN);
	event = event_of("start=2026-10-25 02:30\ntz=Europe/Zurich\n");
	assert_time(event_turn_time(&event, true, 0, false), "2026-10-25T00:30:00Z",
	            "2026-10-25T01:30:00Z", RP_PRECISION_MIN);
	assert_time(event_turn_time(&event, false, 60 * RP_SECOND, true),
	            "2026-10-25T00:31:00Z", "2026-10-25T01:31:00Z", RP_PRECISION_MIN);
	assert_time(event_turn_time(&event, false, 0, false), "2026-10-25T00:30:00Z", "",
	            RP_PRECISION_MIN);
}

static void
later_turns_come_after_the_start_nobody_says_how_long(void **state)
{
	struct event event = event_of("start=2025-01-22T15:10Z\n");

	(void)state;
	assert_time(event_turn_time(&event, false, 0, false), "2025-01-22T15:10:00Z", "",
	            RP_PRECISION_MIN);
	assert_time(event_turn_time(&event, false, 90 * RP_SECOND, true),
	            "2025-01-22T15:11:30Z", "2025-01-22T15:11:30Z", RP_PRECISION_MIN);
}

static void
bounds_tighten_the_day_and_stand_alone_without_one(void **state)
{
	struct event event = event_of("date=2025-01-22\ntz=Europe/Zurich\n"
	                              "not_before=2025-01-22T05:57:27Z\n"
	                              "not_after=2025-01-22 16:19\n");

	(void)state;
	assert_time(event_turn_time(&event, true, 0, false), "2025-01-22T05:57:27Z",
	            "2025-01-22T15:19:00Z", RP_PRECISION_DAY);
	event = event_of("not_after=2025-01-22T15:19:07Z\n");
	assert_time(event_turn_time(&event, true, 0, false), "", "2025-01-22T15:19:07Z",
	            RP_PRECISION_S);
}

static void
bounds_that_are_posts_are_left_to_whoever_knows_the_posts(void **state)
{
	struct event event = event_of("date=2025-01-22\ntz=Europe/Zurich\n"
	                              "not_before=x:1881944244480565497\n"
	                              "not_after=x:1882085592135237737\n");

	(void)state;
	assert_slice(event.not_before, "x:1881944244480565497");
	assert_slice(event.not_after, "x:1882085592135237737");
	assert_time(event_turn_time(&event, true, 0, false), "2025-01-21T23:00:00Z",
	            "2025-01-22T22:59:59.999999Z", RP_PRECISION_DAY);
}

static void
an_unknown_date_stays_unknown(void **state)
{
	struct event event = event_of("title=x\nnot_before=x:1881944244480565497\n");

	(void)state;
	assert_false(rp_time_known(event_turn_time(&event, false, 7 * RP_SECOND, true)));
	assert_false(rp_time_known(event_turn_time(&event, true, 0, false)));
}

static void
times_that_contradict_each_other_are_refused(void **state)
{
	struct event event;

	(void)state;
	assert_int_equal(event_read(RP_SLICE("tz=UTC\nnot_before=2025-01-23\n"
	                                     "not_after=2025-01-21\n"),
	                            &event, &err),
	                 RP_BAD_USAGE);
	assert_int_equal(event_read(RP_SLICE("date=2025-01-22\n"
	                                     "not_after=2024-01-21\n"),
	                            &event, &err),
	                 RP_BAD_USAGE);
	assert_int_equal(event_read(RP_SLICE("date=2025-01-22\n"
	                                     "start=2025-03-01T10:00Z\n"),
	                            &event, &err),
	                 RP_BAD_USAGE);
	assert_string_equal(err.text, "start is not on the date");
}

/* The options an unnamed file is read under. */
static void
assert_settled(const char *given, const char *name, const char *head,
               const char *expected)
{
	const struct input input = { .name = rp_slice_str(name),
		                     .options = rp_slice_str(given) };

	buf_clear(&options);
	assert_ok(collector_settle(collector_find(RP_SLICE("transcript")), &input,
	                           rp_slice_str(head), &options, &err),
	          err);
	assert_slice(buf_slice(&options), expected);
	assert_slice(collector_given(buf_slice(&options)), given);
}

static void
an_unnamed_event_is_called_after_its_file_and_first_bytes(void **state)
{
	struct event event;

	(void)state;
	assert_settled("", "/talks/Panel n° 2 (Été).final.txt", "a",
	               "event.made=panel-n-2-ete-ca978112\n");
	assert_settled("title=x\n", "/x/Panel n° 2 (Été).txt", "b",
	               "title=x\nevent.made=panel-n-2-ete-3e23e816\n");
	assert_settled("", "-", "a", "event.made=transcript-ca978112\n");
	assert_ok(event_read(buf_slice(&options), &event, &err), err);
	assert_slice(event.id, "transcript-ca978112");
}

static void
an_event_with_a_name_keeps_it(void **state)
{
	(void)state;
	assert_settled("event=davos\ntitle=x\n", "talk.txt", "a",
	               "event=davos\ntitle=x\n");
}

static void
an_anchor_is_a_place_in_a_recording(void **state)
{
	struct event event;

	(void)state;
	assert_ok(event_read(RP_SLICE("anchor=1:02:03.5\n"), &event, &err), err);
	assert_int_equal(event.anchor_ms, 3723500);
	assert_ok(event_read(RP_SLICE("anchor=90\n"), &event, &err), err);
	assert_int_equal(event.anchor_ms, 90000);
	assert_int_equal(event_read(RP_SLICE("anchor=1:75\n"), &event, &err),
	                 RP_BAD_USAGE);
	assert_int_equal(event_read(RP_SLICE("anchor=noon\n"), &event, &err),
	                 RP_BAD_USAGE);
	assert_int_equal(event_read(RP_SLICE("chapter=One\n"), &event, &err),
	                 RP_BAD_USAGE);
}

static int
set_up(void **state)
{
	(void)state;
	buf_init(&options, 1 << 16);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	buf_done(&options);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_command_line_wins_over_the_sidecar_before_it),
		TEST(what_makes_no_sense_is_named_by_key_and_value),
		TEST(mistakes_in_a_sidecar_are_named_by_their_line),
		TEST(without_zone_files_a_zone_is_a_matter_of_configuration),
		TEST(a_date_is_the_calendar_day_of_the_place),
		TEST(a_date_without_a_zone_is_that_day_anywhere_on_earth),
		TEST(a_start_that_is_only_a_day_is_that_day),
		TEST(a_start_is_read_off_the_clocks_of_the_place),
		TEST(hours_that_clocks_skip_or_show_twice_have_bounds),
		TEST(later_turns_come_after_the_start_nobody_says_how_long),
		TEST(bounds_tighten_the_day_and_stand_alone_without_one),
		TEST(bounds_that_are_posts_are_left_to_whoever_knows_the_posts),
		TEST(an_unknown_date_stays_unknown),
		TEST(times_that_contradict_each_other_are_refused),
		TEST(an_unnamed_event_is_called_after_its_file_and_first_bytes),
		TEST(an_event_with_a_name_keeps_it),
		TEST(an_anchor_is_a_place_in_a_recording),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
