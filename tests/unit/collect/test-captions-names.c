/* Who speaks where a program for meetings wrote the captions. */
#include "tests/unit/collect/captions-fixture.h"

#define CUE(n, text) "00:00:0" #n ".000 --> 00:00:0" #n ".900\n" text "\n\n"

static void
where_every_cue_has_a_name_a_single_one_is_a_speaker(void **state)
{
	(void)state;
	CAPTIONS(
		"WEBVTT\n\n"
		"1\n" CUE(1, "Larry Fink (BlackRock): Is it a bubble?") "2\n" CUE(
			2,
			"Sat"
			"ya "
			"Nad"
			"ell"
			"a: "
			"One"
			" th"
			"ing"
			": "
			"ene"
			"rgy"
			".") "3\n" CUE(3,
	                               "iPhone de Marie: I was on mute.") "4\n" CUE(4,
	                                                                            "Ana "
	                                                                            "Peti"
	                                                                            "t: "
	                                                                            "Let "
	                                                                            "me "
	                                                                            "add:"
	                                                                            " we "
	                                                                            "act"
	                                                                            "."));
	assert_turns("1 Larry Fink: Is it a bubble?\n"
	             "2 Satya Nadella: One thing: energy.\n"
	             "3 iPhone de Marie: I was on mute.\n"
	             "4 Ana Petit: Let me add: we act.\n");
	assert_contexts("2<Is it a bubble?\n");
}

static void
where_most_cues_have_none_a_colon_names_nobody(void **state)
{
	(void)state;
	CAPTIONS("WEBVTT\n\n" CUE(1, "One thing: energy.") CUE(2, "And another one")
	                 CUE(3, "And then: water.") CUE(4, "That is all."));
	assert_turns("1 : One thing: energy. And another one And then: water. That is "
	             "all.\n");
}

static void
a_surname_in_front_is_turned_round_for_who_is_known(void **state)
{
	(void)state;
	CAPTIONS("WEBVTT\n\n" CUE(1, "<v Smith, John>one</v>") CUE(
		2, "<v Smith, Ana>two</v>") CUE(3, "<v Larry Fink, BlackRock>three"));
	assert_turns("1 Smith, John: one\n2 Smith, Ana: two\n3 Larry Fink: three\n");
	CAPTIONS_WITH("WEBVTT\n\n" CUE(1, "<v Smith, John>one</v>")
	                      CUE(2, "<v Smith, Ana>two</v>"),
	              "speaker=Ana Smith\n");
	assert_turns("1 Smith, John: one\n2 Ana Smith: two\n");
}

static void
who_is_spoken_to_does_not_speak(void **state)
{
	(void)state;
	CAPTIONS("WEBVTT\n\n" CUE(1, ">> ANA PETIT: Welcome.")
	                 CUE(2, ">> Satya, you said energy: why?")
	                         CUE(3, ">> SATYA NADELLA: It is the limit.")
	                                 CUE(4, ">> ANA PETIT, YOU SAID IT: WATER.")
	                                         CUE(5, ">> Bo Li, WHO: We do."));
	assert_turns("1 Ana Petit: Welcome.\n2 : Satya, you said energy: why?\n"
	             "3 Satya Nadella: It is the limit.\n"
	             "4 : ANA PETIT, YOU SAID IT: WATER.\n5 Bo Li: We do.\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(where_every_cue_has_a_name_a_single_one_is_a_speaker),
		cmocka_unit_test(where_most_cues_have_none_a_colon_names_nobody),
		cmocka_unit_test(who_is_spoken_to_does_not_speak),
		cmocka_unit_test(a_surname_in_front_is_turned_round_for_who_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
