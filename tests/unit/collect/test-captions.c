/* Who speaks in captions, when, and what is said but once. */
#include "tests/unit/collect/captions-fixture.h"

#include "core/collect/captions-link.h"

#include <stdio.h>

#define VTT "WEBVTT\n\n"

/* ---- captions that roll ---------------------------------------------------------------
 */

/* As YouTube makes them: "no" is said twice, and shown five times. */
#define ROLLING                                                                          \
	VTT "00:00:00.469 --> 00:00:03.169 align:start position:0%\n \n"                 \
	    "so<00:00:01.469><c> the</c><00:00:01.620><c> test</c>\n\n"                  \
	    "00:00:03.169 --> 00:00:03.179 align:start position:0%\nso the test\n \n\n"  \
	    "00:00:03.179 --> 00:00:05.000 align:start position:0%\nso the test\n"       \
	    "is<00:00:03.500><c> simple</c>\n\n"                                         \
	    "00:00:05.000 --> 00:00:05.010 align:start position:0%\nis simple\n \n\n"    \
	    "00:00:05.010 --> 00:00:06.000 align:start position:0%\nis simple\nno\n\n"   \
	    "00:00:06.000 --> 00:00:06.010 align:start position:0%\nno\n \n\n"           \
	    "00:00:06.010 --> 00:00:07.000 align:start position:0%\nno\nno\n\n"          \
	    "00:00:07.000 --> 00:00:07.010 align:start position:0%\nno\n \n\n"           \
	    "00:00:07.010 --> 00:00:09.000 align:start position:0%\nno\n[Music]\n"

static void
rolling_captions_say_each_thing_once(void **state)
{
	(void)state;
	CAPTIONS(ROLLING);
	assert_turns("1 : so the test is simple no no\n");
}

static void
so_they_do_when_they_were_made_into_subrip(void **state)
{
	(void)state;
	CAPTIONS("1\n00:00:00,469 --> 00:00:03,169\nso the test\n\n"
	         "2\n00:00:03,169 --> 00:00:03,179\nso the test\n\n"
	         "3\n00:00:03,179 --> 00:00:05,000\nso the test\nis simple\n\n"
	         "4\n00:00:05,000 --> 00:00:05,010\nis simple\n\n"
	         "5\n00:00:05,010 --> 00:00:06,000\nis simple\nno\n\n"
	         "6\n00:00:06,000 --> 00:00:06,010\nno\n\n"
	         "7\n00:00:06,010 --> 00:00:07,000\nno\nno\n\n"
	         "8\n00:00:07,000 --> 00:00:07,010\nno\n");
	assert_turns("1 : so the test is simple no no\n");
}

static void
what_people_say_twice_is_said_twice(void **state)
{
	(void)state;
	CAPTIONS("1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n"
	         "2\n00:00:02,000 --> 00:00:03,000\nNo.\n\n"
	         "3\n00:00:03,000 --> 00:00:04,000\nNo.\nNever.\n\n"
	         "4\n00:00:04,000 --> 00:00:05,000\nI said\nno.\n");
	assert_turns("1 : No. No. No. Never. I said no.\n");
}

/* ---- who speaks -----------------------------------------------------------------------
 */

static void
labels_in_the_text_name_speakers(void **state)
{
	(void)state;
	CAPTIONS(VTT "00:01.000 --> 00:02.000\nSATYA NADELLA: One thing:\n\n"
	             "00:02.000 --> 00:03.000\nthis.\nHere is the point: that.\n\n"
	             "00:03.000 --> 00:04.000\nQ: Is it?\nNADELLA: It is.\n\n"
	             "00:04.000 --> 00:05.000\n>> Bob Roe: Hm. >> Nadella: Yes.\n");
	assert_turns("1 Satya Nadella: One thing: this. Here is the point: that.\n"
	             "2 e/Q: Is it?\n3 Satya Nadella: It is.\n4 Bob Roe: Hm.\n"
	             "5 Satya Nadella: Yes.\n");
	assert_edges("3>2\n");
}

static void
chevrons_and_dashes_are_somebody_without_a_name(void **state)
{
	(void)state;
	CAPTIONS(VTT "00:01.000 --> 00:02.000\n>> Is it? >> It is.\n\n"
	             "00:02.000 --> 00:03.000\nStill me.\n&gt;&gt; Me, too.\n");
	assert_turns("1 : Is it?\n2 : It is. Still me.\n3 : Me, too.\n");
	assert_contexts("2<Is it?\n");
	CAPTIONS(VTT "00:01.000 --> 00:02.000\n- Hello.\n- Hi.\n\n"
	             "00:02.000 --> 00:03.000\n-5 degrees.\n");
	assert_turns("1 : Hello.\n2 : Hi. -5 degrees.\n");
}

static void
who_shares_a_cue_shares_its_bytes(void **state)
{
	(void)state;
	CAPTIONS(VTT "00:01.000 --> 00:02.000\n>> a >> b >> c\n\n"
	             "00:02.000 --> 00:03.000\nd >> e\n");
	assert_turns("1 : a\n2 : b\n3 : c d\n4 : e\n");
	assert_records("00:01.000 --> 00:02.000\n>> a >> b >> c|"
	               "00:01.000 --> 00:02.000\n>> a >> b >> c|"
	               "\n\n00:02.000 --> 00:03.000\nd >> e|"
	               "00:02.000 --> 00:03.000\nd >> e|");
}

static void
silence_ends_a_turn(void **state)
{
	(void)state;
	CAPTIONS(VTT "00:01.000 --> 00:02.000\nOne.\n\n00:04.500 --> 00:05.000\nTwo.\n\n"
	             "00:07.600 --> 00:08.000\nThree.\n");
	assert_turns("1 : One. Two.\n2 : Three.\n");
	CAPTIONS(VTT
	         "00:01.000 --> 00:02.000\n<v Ana>One.\n\n"
	         "00:05.900 --> 00:06.000\nTwo.\n\n00:10.000 --> 00:11.000\nThree.\n");
	assert_turns("1 Ana: One. Two.\n2 Ana: Three.\n");
}

static void
chapters_end_turns(void **state)
{
	(void)state;
	CAPTIONS_WITH(VTT
	              "00:01.000 --> 00:02.000\nOne.\n\n00:02.000 --> 00:03.000\nTwo.\n",
	              "chapter=0:01.5 Second\nchapter=0 First\n");
	assert_turns("1 : One.\n2 : Two.\n");
}

static void
the_only_speaker_says_it_all(void **state)
{
	(void)state;
	CAPTIONS_WITH(VTT
	              "00:01.000 --> 00:02.000\nOne.\n\n00:02.000 --> 00:03.000\nTwo.\n",
	              "speaker=Ana Petit\n");
	assert_turns("1 Ana Petit: One. Two.\n");
}

static void
labels_mean_the_persons_that_the_options_say(void **state)
{
	(void)state;
	CAPTIONS_WITH(VTT "00:01.000 --> 00:02.000\n<v Speaker 1>One.\n\n"
	                  "00:02.000 --> 00:03.000\n<v SN>Two.\n",
	              "speaker.SN.person=Satya Nadella\n");
	assert_turns("1 e/Speaker 1: One.\n2 Satya Nadella: Two.\n");
	CAPTIONS_WITH("1\n00:00:01,000 --> 00:00:02,000\nSpeaker 1: Is it?\n"
	              "Speaker 2: It is.\nModerator: Thanks.\n",
	              "speaker.Speaker 1.person=Ana Petit\n"
	              "speaker.MODERATOR.person=Jo Roe\n");
	assert_turns("1 Ana Petit: Is it?\n2 e/Speaker 2: It is.\n3 Jo Roe: Thanks.\n");
}

static void
music_and_applause_are_left_out(void **state)
{
	(void)state;
	CAPTIONS(VTT "00:01.000 --> 00:02.000\n[Music]\n\n"
	             "00:02.000 --> 00:03.000\nOne [inaudible].\n[Applause]\n\n"
	             "00:03.000 --> 00:04.000\n[inaudible]\n");
	assert_turns("1 : One [inaudible]. [inaudible]\n");
}

static void
pauses_make_sentences_where_nothing_else_does(void **state)
{
	(void)state;
	CAPTIONS(VTT "00:01.000 --> 00:02.000\nso this is one\n\n"
	             "00:02.100 --> 00:03.000\nof them\n\n"
	             "00:04.000 --> 00:05.000\nand another\n");
	assert_turns("1 : so this is one of them\nand another\n");
}

/* ---- when -----------------------------------------------------------------------------
 */

#define TWO                                                                              \
	VTT "00:05.000 --> 00:06.000\n<v A B>One.\n\n01:10.250 --> 01:11.000\n<v C "     \
	    "D>Two.\n"

static void
cues_count_from_the_start_behind_the_anchor(void **state)
{
	(void)state;
	CAPTIONS_WITH(TWO, "tz=Europe/Zurich\nstart=2026-01-21 10:30\n");
	assert_times("1 2026-01-21T09:30:05.000Z\n2 2026-01-21T09:31:10.250Z\n");
	CAPTIONS_WITH(TWO, "tz=Europe/Zurich\nstart=2022-05-24 10:30\nanchor=0:05\n");
	assert_times("1 2022-05-24T08:30:00.000Z\n2 2022-05-24T08:31:05.250Z\n");
	CAPTIONS_WITH(TWO, "start=2022-05-24T23:59:00Z\n");
	assert_times("1 2022-05-24T23:59:05.000Z\n2 2022-05-25T00:00:10.250Z\n");
}

static void
without_a_start_there_is_no_more_than_the_day(void **state)
{
	(void)state;
	CAPTIONS_WITH(TWO, "tz=Europe/Zurich\ndate=2026-01-21\n");
	assert_times("1 2026-01-20T23:00:00.000Z or later\n"
	             "2 2026-01-20T23:00:00.000Z or later\n");
	CAPTIONS(TWO);
	assert_times("1  or later\n2  or later\n");
}

static void
times_that_run_backwards_are_left_out(void **state)
{
	(void)state;
	CAPTIONS_WITH(VTT "00:05.000 --> 00:06.000\n<v A B>One.\n\n"
	                  "00:02.000 --> 00:03.000\n<v C D>Two.\n",
	              "start=2025-01-22T10:00:00Z\n");
	assert_times("1 2025-01-22T10:00:05.000Z\n2 2025-01-22T10:00:05.000Z or later\n");
}

static void
links_lead_to_the_second(void **state)
{
	(void)state;
	CAPTIONS_WITH(TWO, "url=https://www.youtube.com/watch?v=x&t=3s&list=y#a\n");
	assert_urls("https://www.youtube.com/watch?v=x&list=y&t=5#a\n"
	            "https://www.youtube.com/watch?v=x&list=y&t=70#a\n");
	CAPTIONS_WITH(TWO, "url=https://youtu.be/x\n");
	assert_urls("https://youtu.be/x?t=5\nhttps://youtu.be/x?t=70\n");
	CAPTIONS_WITH(TWO, "url=https://www.weforum.org/a?t=1\n");
	assert_urls("https://www.weforum.org/a?t=1\nhttps://www.weforum.org/a?t=1\n");
}

/* ---- the same in other forms ----------------------------------------------------------
 */

static void
a_panel_is_the_same_in_every_form(void **state)
{
	CLEANUP(buf_done) struct rp_buf turns, edges;

	(void)state;
	buf_init(&turns, 1 << 16);
	buf_init(&edges, 1 << 16);
	read_as(&transcript_collector,
	        RP_SLICE("MODERATOR: Is there an AI bubble?\n\n"
	                 "ANA PETIT: Only if nobody uses it & pays. That is my test.\n\n"
	                 "SATYA NADELLA: I agree.\n\nMODERATOR: So there is none.\n\n"
	                 "NADELLA: None.\n"),
	        "event=e\n");
	buf_add(&turns, buf_slice(&got.turns));
	buf_add(&edges, buf_slice(&got.edges));

	CAPTIONS(VTT
	         "00:05.000 --> 00:09.500\n<v MODERATOR>Is there an AI bubble?\n\n"
	         "00:10.000 --> 00:12.000\n<v ANA PETIT>Only if <i>nobody</i>\n"
	         "uses it &amp; pays.\n\n00:12.000 --> 00:14.000\nThat is my test.\n\n"
	         "00:14.000 --> 00:15.000\n<v SATYA NADELLA>I agree.\n\n"
	         "00:15.000 --> 00:16.000\n<v MODERATOR>So there is none.\n\n"
	         "00:16.000 --> 00:17.000\n<v NADELLA>None.\n");
	assert_true(rp_slice_eq(buf_slice(&got.turns), buf_slice(&turns)));
	assert_true(rp_slice_eq(buf_slice(&got.edges), buf_slice(&edges)));

	CAPTIONS("{\"events\":[{\"tStartMs\":5000,\"dDurationMs\":4500,\"segs\":["
	         "{\"utf8\":\">> MODERATOR: Is there an\"},{\"utf8\":\" AI bubble?\"}]},"
	         "{\"tStartMs\":10000,\"dDurationMs\":2000,\"segs\":["
	         "{\"utf8\":\">> ANA PETIT: Only if nobody\\nuses it & pays.\"}]},"
	         "{\"tStartMs\":12000,\"dDurationMs\":2000,\"segs\":["
	         "{\"utf8\":\"That is my test.\"}]},"
	         "{\"tStartMs\":14000,\"dDurationMs\":1000,\"segs\":["
	         "{\"utf8\":\"\\u003e\\u003e SATYA NADELLA: I agree.\"}]},"
	         "{\"tStartMs\":15000,\"dDurationMs\":2000,\"segs\":[{\"utf8\":"
	         "\">> MODERATOR: So there is none. >> NADELLA: None.\"}]}]}");
	assert_true(rp_slice_eq(buf_slice(&got.turns), buf_slice(&turns)));
	assert_true(rp_slice_eq(buf_slice(&got.edges), buf_slice(&edges)));
}

/* ---- size -----------------------------------------------------------------------------
 */

static void
many_cues_are_many_batches(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 16 << 20);
	buf_add_str(&text, VTT);
	for (int i = 0; i < 20000; i++)
		buf_printf(&text, "00:00.000 --> 00:00.001\n<v S%d>a%d\n\n", i % 7, i);
	read_as(&captions_collector, buf_slice(&text), "event=e\n");
	assert_int_equal(got.n, 20000);
	assert_int_equal(got.n_batches, 10);
}

static void
what_is_longer_than_a_record_goes_by_unread(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 20 << 20);
	buf_add_str(&text, VTT "00:00.000 --> 00:00.001\n");
	while (text.n < RECORD_MAX_BYTES + 10)
		buf_add_str(&text, "nothing but words and words and words\n");
	read_as(&captions_collector, buf_slice(&text), "event=e\n");
	assert_int_equal(got.n, 0);
	assert_true(got.rejects.n > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rolling_captions_say_each_thing_once),
		cmocka_unit_test(so_they_do_when_they_were_made_into_subrip),
		cmocka_unit_test(what_people_say_twice_is_said_twice),
		cmocka_unit_test(labels_in_the_text_name_speakers),
		cmocka_unit_test(chevrons_and_dashes_are_somebody_without_a_name),
		cmocka_unit_test(who_shares_a_cue_shares_its_bytes),
		cmocka_unit_test(silence_ends_a_turn),
		cmocka_unit_test(chapters_end_turns),
		cmocka_unit_test(the_only_speaker_says_it_all),
		cmocka_unit_test(labels_mean_the_persons_that_the_options_say),
		cmocka_unit_test(music_and_applause_are_left_out),
		cmocka_unit_test(pauses_make_sentences_where_nothing_else_does),
		cmocka_unit_test(cues_count_from_the_start_behind_the_anchor),
		cmocka_unit_test(without_a_start_there_is_no_more_than_the_day),
		cmocka_unit_test(times_that_run_backwards_are_left_out),
		cmocka_unit_test(links_lead_to_the_second),
		cmocka_unit_test(a_panel_is_the_same_in_every_form),
		cmocka_unit_test(many_cues_are_many_batches),
		cmocka_unit_test(what_is_longer_than_a_record_goes_by_unread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
