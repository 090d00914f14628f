/* Which lines of a transcript have a speaker in front, and who that is. */
#include "tests/unit/collect/transcript-fixture.h"

static void
labels_come_in_many_forms(void **state)
{
	(void)state;
	TALK("Larry Fink, BlackRock: one\n"
	     "**Satya Nadella:** two\n"
	     "**Satya Nadella**: three\n"
	     "> MR. FINK: four\n"
	     "Jean-Luc O\xe2\x80\x99Neill (CNBC): five\n"
	     "Ursula von der Leyen\xc2\xa0: six\n"
	     "Von der Leyen\xe2\x80\xaf: seven\n"
	     "\xc3\x89LODIE DE LA TOUR - Le Monde: eight\n"
	     "J.D. VANCE: nine\n"
	     "THE PRESIDENT: ten\n"
	     "PRIME MINISTER CARNEY: eleven\n"
	     "\xe6\x9d\x8e\xe5\xbc\xba\xef\xbc\x9atwelve\n"
	     "Larry Fink:\n"
	     "thirteen\n"
	     "\xe6\x9d\x8e\xe5\xbc\xba\xef\xbc\x9a fourteen\n");
	assert_turns("1 Larry Fink: one\n"
	             "2 Satya Nadella: two\n"
	             "3 Satya Nadella: three\n"
	             "4 Larry Fink: four\n"
	             "5 Jean-Luc O\xe2\x80\x99Neill: five\n"
	             "6 Ursula von der Leyen: six\n"
	             "7 Ursula von der Leyen: seven\n"
	             "8 \xc3\x89lodie de la Tour: eight\n"
	             "9 J.D. Vance: nine\n"
	             "10 e/The President: ten\n"
	             "11 Prime Minister Carney: eleven\n"
	             "12 \xe6\x9d\x8e\xe5\xbc\xba: twelve\n"
	             "13 Larry Fink: thirteen\n"
	             "14 \xe6\x9d\x8e\xe5\xbc\xba: fourteen\n");
}

static void
time_codes_stand_before_or_behind_a_name(void **state)
{
	(void)state;
	given(RP_SLICE("[00:00:05] Larry Fink: one\n"
	               "Satya Nadella (00:30): two\n"
	               "00:01:00 Larry Fink\n"
	               "three\n"
	               "\n"
	               "00:01:30\n"
	               "and more\n"
	               "\n"
	               "Speaker 1 | 01:40 - 01:50\n"
	               "four\n"
	               "Larry Fink: five\n"
	               "[00:00:01] Larry Fink: six\n"
	               "[99:99:99] Larry Fink: seven\n"),
	      "event=e\nstart=2025-01-22 16:00\ntz=Europe/Zurich\n");
	assert_turns("1 Larry Fink: one\n"
	             "2 Satya Nadella: two\n"
	             "3 Larry Fink: three\nand more\n"
	             "4 e/Speaker 1: four\n"
	             "5 Larry Fink: five\n"
	             "6 Larry Fink: six\n"
	             "7 Larry Fink: seven\n");
	assert_times("1 2025-01-22T15:00:05.000000Z..2025-01-22T15:00:05.000000Z\n"
	             "2 2025-01-22T15:00:30.000000Z..2025-01-22T15:00:30.000000Z\n"
	             "3 2025-01-22T15:01:00.000000Z..2025-01-22T15:01:00.000000Z\n"
	             "4 2025-01-22T15:01:40.000000Z..2025-01-22T15:01:40.000000Z\n"
	             "5 2025-01-22T15:01:40.000000Z..\n"
	             "6 2025-01-22T15:01:40.000000Z..\n"
	             "7 2025-01-22T15:01:40.000000Z..\n");
}

static void
a_surname_or_given_name_is_the_person_met_before(void **state)
{
	(void)state;
	TALK("SATYA NADELLA: one\n"
	     "Nadella: two\n"
	     "Satya: three\n"
	     "Elon Musk: four\n"
	     "Kimbal Musk: five\n"
	     "Musk: six\n"
	     "Elon: seven\n");
	assert_turns("1 Satya Nadella: one\n"
	             "2 Satya Nadella: two\n"
	             "3 Satya Nadella: three\n"
	             "4 Elon Musk: four\n"
	             "5 Kimbal Musk: five\n"
	             "6 Musk: six\n"
	             "7 Elon Musk: seven\n");
}

static void
the_sidecar_says_who_is_meant_by_a_label(void **state)
{
	(void)state;
	given(RP_SLICE("Boss: one\nFink: two\nOther: three\n\nBoss: four\n"),
	      "event=e\nspeaker=Boss\nspeaker.Boss.person=Satya Nadella\n"
	      "speaker=Larry Fink\n");
	assert_turns("1 Satya Nadella: one\n"
	             "2 Larry Fink: two Other: three\n"
	             "3 Satya Nadella: four\n");
}

static void
a_text_without_labels_belongs_to_the_one_speaker_the_user_names(void **state)
{
	(void)state;
	given(RP_SLICE("# Remarks\n\n(Applause.)\n\nThank you.\n\nIt is cold.\n"
	               "# End\nYes.\n"),
	      "event=e\nspeaker=Satya Nadella\n");
	assert_turns("1 Satya Nadella: Thank you.\nIt is cold.\n2 Satya Nadella: Yes.\n");
	/* With labels in it, what stands before them is nobody's. */
	given(RP_SLICE("In Davos.\n\nQ: Cold?\nA: Yes.\n"),
	      "event=e\nspeaker=Satya Nadella\n");
	assert_turns("1 e/Q: Cold?\n2 Satya Nadella: Yes.\n");
	/* And of two speakers it could be either. */
	given(RP_SLICE("Thank you.\n"), "event=e\nspeaker=A B\nspeaker=C D\n");
	assert_int_equal(got.n, 0);
}

/* ---- what is no label -----------------------------------------------------------------
 */

static void
words_before_a_colon_are_not_always_a_speaker(void **state)
{
	(void)state;
	TALK("Ana Petit: I say.\n"
	     "Here is the point: it works.\n"
	     "First: we do it at\n"
	     "10:30 on\n"
	     "https://example.invalid/ and\n"
	     "1:1, John 3:16 and\n"
	     "Look: that is all.\n"
	     "Bob Roe: Yes.\n");
	assert_turns(
		"1 Ana Petit: I say. Here is the point: it works. First: we do it at "
		"10:30 on https://example.invalid/ and 1:1, John 3:16 and Look: "
		"that is all.\n"
		"2 Bob Roe: Yes.\n");
}

static void
remarks_about_the_transcript_are_nobodys_words(void **state)
{
	(void)state;
	TALK("Note: recorded in Davos.\n"
	     "\n"
	     "Ana Petit: I say.\n"
	     "\n"
	     "# Questions\n"
	     "\n"
	     "All questions were on paper.\n"
	     "\n"
	     "Bob Roe: Yes.\n"
	     "\n"
	     "Source: a newspaper\n"
	     "of that day\n");
	assert_turns("1 Ana Petit: I say.\n"
	             "2 Bob Roe: Yes.\n");
	assert_rejects("");
}

static void
a_label_that_comes_once_in_a_long_talk_is_doubtful(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	size_t at;

	(void)state;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < 10; i++)
		buf_add_str(&text, "Ana Petit: I say.\nBob Roe: You do.\n\n");
	at = text.n;
	buf_add_str(&text, "Climate Change: it is here.\n");
	buf_add_str(&text, "It stays.\n");
	buf_add_str(&text, "Ana Petit: So it is.\n\nMoney: we have it.\n");
	given(buf_slice(&text), "event=e\n");
	assert_int_equal(got.n, 21);
	assert_true(
		rp_slice_ends(buf_slice(&got.turns),
	                      RP_SLICE("20 Bob Roe: You do.\n"
	                               "22 Ana Petit: So it is.\nMoney: we have it.\n")));
	buf_clear(&text);
	buf_printf(&text,
	           "%zu+37 line 31: a label that comes once may be no speaker; name "
	           "speakers with --speaker\n",
	           at);
	assert_true(rp_slice_eq(buf_slice(&got.rejects), buf_slice(&text)));
}

static void
naming_a_doubtful_speaker_moves_no_other_turn(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < 10; i++)
		buf_add_str(&text, "Ana Petit: I say.\nBob Roe: You do.\n\n");
	buf_add_str(&text, "Jane Doe: Me too.\n\nAna Petit: Good.\n");
	given(buf_slice(&text), "event=e\n");
	assert_true(
		rp_slice_ends(buf_slice(&got.turns), RP_SLICE("22 Ana Petit: Good.\n")));
	given(buf_slice(&text), "event=e\nspeaker=Jane Doe\n");
	assert_true(
		rp_slice_ends(buf_slice(&got.turns),
	                      RP_SLICE("21 Jane Doe: Me too.\n22 Ana Petit: Good.\n")));
	assert_rejects("");
}

static void
a_speaker_who_comes_late_is_known_by_the_next_label(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < 5000; i++)
		buf_add_str(&text, "Petit: I say.\nRoe: You do.\n\n");
	buf_add_str(&text, "Cooper: Stop.\n\nRoe: No.\n\nCooper: Yes.\n");
	given(buf_slice(&text), "event=e\n");
	assert_true(rp_slice_ends(
		buf_slice(&got.turns),
		RP_SLICE("10001 Cooper: Stop.\n10002 Roe: No.\n10003 Cooper: Yes.\n")));
}

static void
stage_directions_are_no_words_but_where_there_is_nothing_else(void **state)
{
	(void)state;
	TALK("Audience: (APPLAUSE)\n"
	     "Ana Petit: Thank you. (Laughter.)\n"
	     "\n"
	     "[Applause] (Cheers.)\n"
	     "\n"
	     "Really.\n"
	     "(Bell rings.)\n"
	     "XI JINPING (through interpreter): Good.\n"
	     "CANDIDATES:\n(CROSSTALK)\n\n(Bell rings.)\n"
	     "Ana Petit: [inaudible]\n"
	     "Ana Petit: It is\n[inaudible]\nday.\n"
	     "Ana Petit:\n");
	assert_turns("1 e/Audience: (APPLAUSE)\n"
	             "2 Ana Petit: Thank you. (Laughter.)\nReally.\n"
	             "3 Xi Jinping: (through interpreter) Good.\n"
	             "4 e/Candidates: (CROSSTALK)\n"
	             "5 Ana Petit: [inaudible]\n"
	             "6 Ana Petit: It is [inaudible] day.\n");
	assert_slice(
		buf_slice(&got.records),
		"Audience: (APPLAUSE)|"
		"Ana Petit: Thank you. (Laughter.)\n\n[Applause] (Cheers.)\n\nReally.|"
		"XI JINPING (through interpreter): Good.|"
		"CANDIDATES:\n(CROSSTALK)|"
		"Ana Petit: [inaudible]|"
		"Ana Petit: It is\n[inaudible]\nday.|");
}

static void
labels_that_are_no_names_tell_speakers_apart_in_their_event(void **state)
{
	(void)state;
	TALK("Speaker 1 | 00:00 - 00:16\n"
	     "One.\n"
	     "SPEAKER 2 | 00:16 - 00:20\n"
	     "Two.\n"
	     "Speaker 1 | 00:20 - 00:30\n"
	     "Three.\n"
	     "Audience member: Four?\n"
	     "CNBC HOST: Five.\n"
	     "MRS. MAY: Six.\n");
	assert_turns("1 e/Speaker 1: One.\n"
	             "2 e/Speaker 2: Two.\n"
	             "3 e/Speaker 1: Three.\n"
	             "4 e/Audience member: Four?\n"
	             "5 CNBC Host: Five.\n"
	             "6 Mrs. May: Six.\n");
	assert_slice(got.first.post.author, "spoken:@e/Speaker 1");
	assert_slice(got.first.post.conversation, "spoken:e/1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_come_in_many_forms),
		cmocka_unit_test(time_codes_stand_before_or_behind_a_name),
		cmocka_unit_test(a_surname_or_given_name_is_the_person_met_before),
		cmocka_unit_test(the_sidecar_says_who_is_meant_by_a_label),
		cmocka_unit_test(
			a_text_without_labels_belongs_to_the_one_speaker_the_user_names),
		cmocka_unit_test(words_before_a_colon_are_not_always_a_speaker),
		cmocka_unit_test(remarks_about_the_transcript_are_nobodys_words),
		cmocka_unit_test(a_label_that_comes_once_in_a_long_talk_is_doubtful),
		cmocka_unit_test(naming_a_doubtful_speaker_moves_no_other_turn),
		cmocka_unit_test(a_speaker_who_comes_late_is_known_by_the_next_label),
		cmocka_unit_test(
			stage_directions_are_no_words_but_where_there_is_nothing_else),
		cmocka_unit_test(
			labels_that_are_no_names_tell_speakers_apart_in_their_event),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
