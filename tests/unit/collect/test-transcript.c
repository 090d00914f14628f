/* Turns of transcripts, what is known of them, strange bytes and sizes. */
#include "tests/unit/collect/transcript-fixture.h"

#include <stdio.h>

/* ---- turns ----------------------------------------------------------------------------
 */

static void
each_labelled_paragraph_is_a_turn(void **state)
{
	(void)state;
	TALK("A talk in Davos, 2025\n"
	     "\n"
	     "LARRY FINK: Good morning.\n"
	     "SATYA NADELLA: Good   morning,\n"
	     "  Larry.\n"
	     "\n"
	     "It is cold.\n"
	     "\n"
	     "LARRY FINK: It is.\n");
	assert_turns("1 Larry Fink: Good morning.\n"
	             "2 Satya Nadella: Good morning, Larry.\nIt is cold.\n"
	             "3 Larry Fink: It is.\n");
	assert_slice(buf_slice(&got.records),
	             "LARRY FINK: Good morning.|"
	             "SATYA NADELLA: Good   morning,\n  Larry.\n\nIt is cold.|"
	             "LARRY FINK: It is.|");
	assert_rejects("");
}

static void
what_the_server_says_of_its_encoding_is_believed_of_what_is_no_utf_8(void **state)
{
	static const struct {
		const char *type, *text, *turns;
	} rows[] = {
		{ "windows-1252",
		  "\xc9LISE MARTIN: L\x92\xe9t\xe9 ?\nBO LI: Oui.\n\xc9LISE MARTIN: "
		  "Non.\n",
		  "1 \xc3\x89lise Martin: L\xe2\x80\x99\xc3\xa9t\xc3\xa9 ?\n"
		  "2 Bo Li: Oui.\n3 \xc3\x89lise Martin: Non.\n" },
		{ "gb2312",
		  "ANA ROE: \xcb\xfb\xcb\xb5\xa3\xba\xba\xc3\xa1\xa3\nBO LI: Oui.\nANA "
		  "ROE: "
		  "Yes.\n",
		  "1 Ana Roe: "
		  "\xe4\xbb\x96\xe8\xaf\xb4\xef\xbc\x9a\xe5\xa5\xbd\xe3\x80\x82\n"
		  "2 Bo Li: Oui.\n3 Ana Roe: Yes.\n" },
		/* It says so of everything it has. */
		{ "iso-8859-1", "ANA ROE: \xc3\xa9t\xc3\xa9.\nBO LI: Oui.\n",
		  "1 Ana Roe: \xc3\xa9t\xc3\xa9.\n2 Bo Li: Oui.\n" },
	};
	char options[100];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		(void)snprintf(options, sizeof(options),
		               "event=e\nhttp.type=text/plain; "
		               "charset=%s\n",
		               rows[i].type);
		given(rp_slice_str(rows[i].text), options);
		assert_turns(rows[i].turns);
		assert_false(got.first.version.damaged);
	}
}

static void
a_turn_knows_what_is_known_of_its_event(void **state)
{
	(void)state;
	given(RP_SLICE("Satya Nadella: I'm good for my $80 billion."),
	      "event=davos-2025-cnbc\ntitle=CNBC in Davos\nplace=Davos\n"
	      "tz=Europe/Zurich\ndate=2025-01-22\nlang=en\n"
	      "url=https://example.invalid/davos\n"
	      "not_before=x:1881944244480565497\nnot_after=x:1882085592135237737\n");
	assert_int_equal(got.n, 1);
	assert_slice(got.first.post.key, "spoken:davos-2025-cnbc/1");
	assert_slice(got.first.post.author, "spoken:@Satya Nadella");
	assert_slice(got.first.post.title, "CNBC in Davos");
	assert_slice(got.first.post.place, "Davos");
	assert_slice(got.first.post.zone, "Europe/Zurich");
	assert_slice(got.first.post.url, "https://example.invalid/davos");
	assert_slice(got.first.post.not_before, "x:1881944244480565497");
	assert_slice(got.first.post.not_after, "x:1882085592135237737");
	assert_slice(got.first.version.lang, "en");
	assert_int_equal(got.first.post.time.precision, RP_PRECISION_DAY);
	assert_times("1 2025-01-21T23:00:00.000000Z..2025-01-22T22:59:59.999999Z\n");
}

static void
without_a_date_the_time_is_unknown(void **state)
{
	(void)state;
	TALK("Satya Nadella: When was this?\n");
	assert_false(rp_time_known(got.first.post.time));
	assert_times("1 ..\n");
}

static void
an_event_without_a_name_is_called_after_the_file(void **state)
{
	(void)state;
	given(RP_SLICE("LARRY FINK: One.\nSATYA NADELLA: Two.\n"), "");
	assert_true(rp_slice_starts(got.first.post.key, RP_SLICE("spoken:talk-")));
	assert_true(rp_slice_ends(got.first.post.key, RP_SLICE("/1")));
}

/* ---- strange bytes --------------------------------------------------------------------
 */

static void
invalid_bytes_are_shown_as_damage_and_kept(void **state)
{
	(void)state;
	TALK("ANA PETIT: caf\xe9 \xed\xa0\x80 and\0nul\nBOB ROE: fine\n");
	assert_true(got.damaged);
	assert_true(rp_slice_eq(buf_slice(&got.turns),
	                        RP_SLICE("1 Ana Petit: caf\xef\xbf\xbd "
	                                 "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd "
	                                 "and\0nul\n2 Bob Roe: fine\n")));
	assert_true(rp_slice_eq(
		buf_slice(&got.records),
		RP_SLICE("ANA PETIT: caf\xe9 \xed\xa0\x80 and\0nul|BOB ROE: fine|")));
}

static void
lines_end_as_on_any_system(void **state)
{
	(void)state;
	TALK("\xef\xbb\xbf"
	     "ANA PETIT: one\r\n\r\ntwo\r\nBOB ROE: three\r\n");
	assert_turns("1 Ana Petit: one\ntwo\n2 Bob Roe: three\n");
	TALK("ANA PETIT: one\r\rtwo\rBOB ROE: three");
	assert_turns("1 Ana Petit: one\ntwo\n2 Bob Roe: three\n");
}

static void
a_file_without_speakers_is_one_reject(void **state)
{
	(void)state;
	TALK("Some text.\nAnd more.\n");
	assert_int_equal(got.n, 0);
	assert_rejects("0+21 line 1: no labels of speakers in it\n");
	TALK("\0\0\xff\xfe\x80");
	assert_rejects("0+5 line 1: no labels of speakers in it\n");
	TALK("");
	assert_rejects("");
	assert_int_equal(got.n_batches, 0);
}

static void
a_source_that_breaks_off_leaves_what_came_before(void **state)
{
	(void)state;
	assert_int_equal(read_with(RP_SLICE("ANA PETIT: one\nBOB ROE: tw"), "event=e\n",
	                           0, RP_BAD_SOURCE),
	                 RP_END);
	assert_turns("1 Ana Petit: one\n2 Bob Roe: tw\n");
	assert_rejects(
		"26+0 line 2: the compressed data is damaged or ends early here\n");
	assert_int_equal(
		read_with(RP_SLICE("ANA PETIT: one\n"), "event=e\n", 0, RP_FAILED),
		RP_FAILED);
	assert_int_equal(read_with(RP_SLICE(""), "event=e\n", 0, RP_BAD_SOURCE), RP_END);
	assert_rejects("0+0 line 1: the compressed data is damaged or ends early here\n");
}

static void
options_that_make_no_sense_open_nothing(void **state)
{
	(void)state;
	assert_int_equal(read_with(RP_SLICE("x"), "start=noon\n", 0, RP_OK),
	                 RP_BAD_USAGE);
	assert_int_equal(read_with(RP_SLICE("x"), "colour=red\n", 0, RP_OK),
	                 RP_BAD_USAGE);
	assert_string_equal(err.text, "unknown key \"colour\"");
}

/* ---- size -----------------------------------------------------------------------------
 */

/* n bytes of `fill` in front of which stands `front` and behind which `back`. */
static void
make_long(struct rp_buf *text, const char *front, size_t n, char fill, const char *back)
{
	buf_init(text, 256 << 20);
	buf_add_str(text, front);
	assert_non_null(buf_reserve(text, n));
	memset(text->p + text->n, fill, n);
	text->n += n;
	buf_add_str(text, back);
	assert_false(buf_failed(text));
}

static void
a_turn_longer_than_a_record_is_rejected_and_kept(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	make_long(&text, "ANA PETIT: one\nBOB ROE: ", 20 << 20, 'x',
	          "\n\nANA PETIT: two\n");
	assert_int_equal(read_with(buf_slice(&text), "event=e\n", 0, RP_OK), RP_END);
	assert_true(rp_slice_eq(buf_slice(&got.bytes), buf_slice(&text)));
	assert_turns("1 Ana Petit: one\n3 Ana Petit: two\n");
	assert_rejects("15+20971529 line 2: the turn is too long\n");
}

static void
megabytes_without_a_line_or_a_word_pass_through(void **state)
{
	CLEANUP(buf_done) struct rp_buf text, blank;

	(void)state;
	make_long(&text, "", 40 << 20, 'x', "");
	assert_int_equal(read_with(buf_slice(&text), "event=e\n", 0, RP_OK), RP_END);
	assert_true(rp_slice_eq(buf_slice(&got.bytes), buf_slice(&text)));
	assert_int_equal(got.n_rejects, 1);
	assert_true(got.largest < 9 << 20);

	make_long(&blank, "ANA PETIT: one\n", 17 << 20, '\n', "ANA PETIT: two\n");
	assert_int_equal(read_with(buf_slice(&blank), "event=e\n", 0, RP_OK), RP_END);
	assert_true(rp_slice_eq(buf_slice(&got.bytes), buf_slice(&blank)));
	assert_turns("1 Ana Petit: one\n2 Ana Petit: two\n");
}

static void
many_turns_come_in_many_batches(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 64 << 20);
	for (int i = 0; i < 5000; i++)
		buf_printf(&text, "%s: turn %d\n\n", i % 2 ? "ANA PETIT" : "Bob Roe", i);
	given(buf_slice(&text), "event=e\n");
	assert_int_equal(got.n, 5000);
	assert_int_equal(got.n_records, 5000);
	assert_int_equal(got.n_batches, 3);
	assert_true(rp_slice_ends(buf_slice(&got.turns),
	                          RP_SLICE("5000 Ana Petit: turn 4999\n")));
}

/* ---- recognising ----------------------------------------------------------------------
 */

static int
sniff(const char *text, const char *options)
{
	const struct input input = { .name = RP_SLICE("talk.txt"),
		                     .options = rp_slice_str(options) };

	return transcript_collector.sniff(rp_slice_str(text), &input);
}

static void
two_labels_or_one_and_the_users_word_make_a_transcript(void **state)
{
	(void)state;
	assert_true(sniff("Q: Is it?\nA: It is.\n", "") > 0);
	assert_true(sniff("Intro\n\nLarry Fink: One.\n\nSatya Nadella: Two.\n", "") > 0);
	assert_true(sniff("[00:12:33] Larry Fink: One.\n[00:12:34] Fink: Two.\n", "") >
	            0);
	assert_int_equal(sniff("Satya Nadella: One.\n", ""), 0);
	assert_true(sniff("Satya Nadella: One.\n", "event=davos\n") > 0);
	assert_true(sniff("Nadella: One.\n", "speaker=Satya Nadella\n") > 0);
	assert_int_equal(sniff("Nothing here.\n", "event=davos\n"), 0);
	assert_true(sniff("Thank you.\n", "speaker=Satya Nadella\n") > 0);
}

static void
other_formats_are_no_transcripts(void **state)
{
	(void)state;
	assert_int_equal(sniff("{\"A\": 1}\n{\"A\": 2}\n", "event=e\n"), 0);
	assert_int_equal(sniff("[ {\"id\": \"1\"} ]", "event=e\n"), 0);
	assert_int_equal(sniff("<p>Q: a</p>\n<p>A: b</p>\nQ: a\nA: b\n", "event=e\n"), 0);
	assert_int_equal(sniff("WEBVTT\n\nQ: a\nA: b\n", "event=e\n"), 0);
	assert_int_equal(sniff("1\n00:00:01,000 --> 00:00:02,000\nQ: a\nA: b\n", ""), 0);
	assert_int_equal(sniff("Subject: a\nFrom: b\nTo: c\nDate: d\nTitle: e\n", ""), 0);
	assert_int_equal(sniff("", "event=e\n"), 0);
}

static void
labels_of_programs_are_no_speakers(void **state)
{
	(void)state;
	assert_int_equal(sniff("INFO: It has begun.\nERROR: It has failed.\n", ""), 0);
	assert_int_equal(
		sniff("Parameters: what goes in.\nReturns: what comes out.\n", ""), 0);
	assert_int_equal(
		sniff("Contact Name: Ana\nBag Count: 1 of 1\nBag Size: 9 MB\n", ""), 0);
	assert_int_equal(sniff("Ana Roe: 1\nBob Doe: 2\nAna Roe: 3\nBob Doe: 4\n", ""),
	                 0);
	assert_int_equal(sniff("From: ana@mail.example\nSubject: Us\n\n"
	                       "Ana Roe: We meet.\nBob Doe: We do.\n",
	                       ""),
	                 0);
	assert_int_equal(sniff("#include <a.h>\n/* Ana Roe: We meet. */\n"
	                       "Ana Roe: We meet.\nBob Doe: We do.\n",
	                       ""),
	                 0);
	assert_int_equal(sniff("Ana Roe: This is licensed under no terms.\n"
	                       "Bob Doe: Permission is hereby granted to all.\n",
	                       ""),
	                 0);
	/* Whoever names the event knows better. */
	assert_true(sniff("INFO: It has begun.\n", "event=e\n") > 0);
}

static void
speech_may_have_a_few_other_labels_in_it(void **state)
{
	(void)state;
	assert_true(sniff("Date: 21 January 2026\n\nANA ROE: We meet, all of us.\n\n"
	                  "BOB DOE: We do.\n\nANA ROE: When?\n\nBOB DOE: (Laughs.)\n",
	                  "") > 0);
	assert_true(sniff("Ana Roe  00:12\nWe meet.\n\nBob Doe  00:15\nWe do.\n", "") >
	            0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_labelled_paragraph_is_a_turn),
		cmocka_unit_test(
			what_the_server_says_of_its_encoding_is_believed_of_what_is_no_utf_8),
		cmocka_unit_test(a_turn_knows_what_is_known_of_its_event),
		cmocka_unit_test(without_a_date_the_time_is_unknown),
		cmocka_unit_test(an_event_without_a_name_is_called_after_the_file),
		cmocka_unit_test(invalid_bytes_are_shown_as_damage_and_kept),
		cmocka_unit_test(lines_end_as_on_any_system),
		cmocka_unit_test(a_file_without_speakers_is_one_reject),
		cmocka_unit_test(a_source_that_breaks_off_leaves_what_came_before),
		cmocka_unit_test(options_that_make_no_sense_open_nothing),
		cmocka_unit_test(a_turn_longer_than_a_record_is_rejected_and_kept),
		cmocka_unit_test(megabytes_without_a_line_or_a_word_pass_through),
		cmocka_unit_test(many_turns_come_in_many_batches),
		cmocka_unit_test(two_labels_or_one_and_the_users_word_make_a_transcript),
		cmocka_unit_test(other_formats_are_no_transcripts),
		cmocka_unit_test(labels_of_programs_are_no_speakers),
		cmocka_unit_test(speech_may_have_a_few_other_labels_in_it),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
