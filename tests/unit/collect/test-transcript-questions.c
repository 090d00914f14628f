/* Questions and answers of transcripts. */
#include "tests/unit/collect/transcript-fixture.h"

static void
an_answer_label_replies_to_the_question_before_it(void **state)
{
	(void)state;
	given(RP_SLICE("Q: Is it real?\n"
	               "A: It is.\n"
	               "A: Very.\n"
	               "Q. Tell me more.\n"
	               "A. No.\n"
	               "Question\xc2\xa0: Why\xc2\xa0?\n"
	               "R\xc3\xa9ponse\xc2\xa0: Because.\n"),
	      "event=e\nspeaker=Satya Nadella\n");
	assert_turns("1 e/Q: Is it real?\n"
	             "2 Satya Nadella: It is.\n"
	             "3 Satya Nadella: Very.\n"
	             "4 e/Q: Tell me more.\n"
	             "5 Satya Nadella: No.\n"
	             "6 e/Question: Why\xc2\xa0?\n"
	             "7 Satya Nadella: Because.\n");
	assert_edges("2>1\n3>1\n5>4\n7>6\n");
	assert_contexts("2<Is it real?\n3<Is it real?\n5<Tell me more.\n"
	                "7<Why\xc2\xa0?\n");
}

static void
whoever_speaks_first_after_a_moderators_question_answers_it(void **state)
{
	(void)state;
	TALK("Moderator: Welcome.\n"
	     "Ana Petit: Thanks.\n"
	     "Moderator: Is there a \"bubble?\" (Laughter.)\n"
	     "Ana Petit: No.\n"
	     "Bob Roe: Yes.\n"
	     "Audience Member 2: Which?\n"
	     "Moderator: Please wait.\n"
	     "Bob Roe: Mine.\n");
	assert_edges("4>3\n8>6\n");
	assert_contexts("2<Welcome.\n4<Is there a \"bubble?\" (Laughter.)\n8<Which?\n");
}

static void
what_comes_after_the_answer_has_no_question(void **state)
{
	(void)state;
	TALK("MODERATOR: Is it real, Ana?\n"
	     "AUDIENCE: (APPLAUSE)\n"
	     "ANA PETIT: It is.\n"
	     "BOB ROE: Fine weather.\n"
	     "ANA PETIT: Indeed.\n"
	     "CYD DOE: Lunch now.\n");
	assert_contexts("3<Is it real, Ana?\n");
	assert_edges("3>1\n");
}

static void
a_question_by_a_person_is_context_and_no_stated_edge(void **state)
{
	(void)state;
	TALK("Becky Quick: Is the money there?\n"
	     "Satya Nadella: I'm good for my $80 billion.\n"
	     "Becky Quick: Fine.\n"
	     "Satya Nadella: Yes.\n");
	assert_edges("");
	assert_contexts("2<Is the money there?\n");
}

/* The last words of a long question are the question. */
static void
a_long_question_is_cut_from_its_front(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 1 << 20);
	buf_add_str(&text, "Q: ");
	for (int i = 0; i < 1000; i++)
		buf_add_str(&text, "b\xc3\xa9\xc3\xa9 ");
	buf_add_str(&text, "why?\nA: So.\n");
	given(buf_slice(&text), "event=e\n");
	assert_true(got.contexts.n < 2010);
	assert_true(rp_slice_starts(buf_slice(&got.contexts),
	                            RP_SLICE("2<\xe2\x80\xa6"
	                                     "b\xc3\xa9\xc3\xa9 b")));
	assert_true(rp_slice_ends(buf_slice(&got.contexts), RP_SLICE(" why?\n")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_label_replies_to_the_question_before_it),
		cmocka_unit_test(
			whoever_speaks_first_after_a_moderators_question_answers_it),
		cmocka_unit_test(what_comes_after_the_answer_has_no_question),
		cmocka_unit_test(a_question_by_a_person_is_context_and_no_stated_edge),
		cmocka_unit_test(a_long_question_is_cut_from_its_front),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
