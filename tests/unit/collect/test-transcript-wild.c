/* Transcripts as press offices, parliaments and machines write them. */
#include "tests/unit/collect/transcript-fixture.h"

static void
the_white_house_asks_without_a_colon(void **state)
{
	(void)state;
	TALK("     MS. MILLER:  Good afternoon.  (Laughter.)\n"
	     "\n"
	     "     Q    Thank you.  What did he say?\n"
	     "\n"
	     "     MS. MILLER:  Nothing new.\n"
	     "\n"
	     "Q And on tariffs?\n"
	     "\n"
	     "     THE PRESIDENT:  We did very well.  Very well.\n"
	     "\n"
	     "     MS. MILLER:  Q fever is no question.\n"
	     "Q & A is over.\n"
	     "\n"
	     "                 END            1:45 P.M. EST\n");
	assert_turns("1 Ms. Miller: Good afternoon. (Laughter.)\n"
	             "2 e/Q: Thank you. What did he say?\n"
	             "3 Ms. Miller: Nothing new.\n"
	             "4 e/Q: And on tariffs?\n"
	             "5 e/The President: We did very well. Very well.\n"
	             "6 Ms. Miller: Q fever is no question. Q & A is over.\n");
	assert_edges("3>2\n5>4\n");
}

static void
a_parliament_puts_a_dash_behind_the_name(void **state)
{
	(void)state;
	TALK("M. le pr\xc3\xa9sident Philippe Latombe. \xe2\x80\x93 Bonjour.\n"
	     "\n"
	     "M. Arthur Mensch, pr\xc3\xa9sident de Mistral AI. \xe2\x80\x94 Merci.\n"
	     "\n"
	     "(Applaudissements.)\n"
	     "\n"
	     "Mme Catherine Morin-Desailly, rapporteure. - Quel mod\xc3\xa8le ?\n"
	     "\n"
	     "M. Mensch. \xe2\x80\x93 Il y a trois choses : les licences, le cloud.\n"
	     "Personne. \xe2\x80\x93 Rien : tout.\n"
	     "\n"
	     "Mme la pr\xc3\xa9sidente : Je vous remercie.\n"
	     "\n"
	     "La s\xc3\xa9"
	     "ance est lev\xc3\xa9"
	     "e \xc3\xa0 dix-huit heures.\n");
	assert_turns("1 Philippe Latombe: Bonjour.\n"
	             "2 Arthur Mensch: Merci.\n"
	             "3 Catherine Morin-Desailly: Quel mod\xc3\xa8le ?\n"
	             "4 Arthur Mensch: Il y a trois choses : les licences, le cloud. "
	             "Personne. \xe2\x80\x93 Rien : tout.\n"
	             "5 e/Mme la pr\xc3\xa9sidente: Je vous remercie.\n");
	assert_contexts("4<Quel mod\xc3\xa8le ?\n");
}

static void
a_machine_puts_the_time_behind_the_name(void **state)
{
	(void)state;
	given(RP_SLICE("Davos briefing\n"
	               "Wed, Jan 21, 2026 10:02AM \xe2\x80\xa2 31:12\n"
	               "\n"
	               "SPEAKERS\n"
	               "Satya Nadella, Larry Fink, Speaker 3\n"
	               "\n"
	               "Larry Fink  00:00\n"
	               "Is this a bubble?\n"
	               "\n"
	               "Satya Nadella  00:12\n"
	               "Davos 10:30\n"
	               "is one test: does it diffuse?\n"
	               "\n"
	               "Speaker 3  01:03:00\n"
	               "Thank you all.\n"
	               "\n"
	               "Transcribed by https://otter.example\n"),
	      "event=e\nstart=2026-01-21T09:00:00Z\n");
	assert_turns("1 Larry Fink: Is this a bubble?\n"
	             "2 Satya Nadella: Davos 10:30 is one test: does it diffuse?\n"
	             "3 e/Speaker 3: Thank you all.\n");
	assert_times("1 2026-01-21T09:00:00.000000Z..2026-01-21T09:00:00.000000Z\n"
	             "2 2026-01-21T09:00:12.000000Z..2026-01-21T09:00:12.000000Z\n"
	             "3 2026-01-21T10:03:00.000000Z..2026-01-21T10:03:00.000000Z\n");
}

static void
an_office_is_somebody_in_its_event_alone(void **state)
{
	(void)state;
	TALK("THE PRIME MINISTER: one\n"
	     "MR. PRESIDENT: two\n"
	     "MR. KING: three\n"
	     "PRESIDENT XI: four\n");
	assert_turns("1 e/The Prime Minister: one\n"
	             "2 e/Mr. President: two\n"
	             "3 Mr. King: three\n"
	             "4 President Xi: four\n");
	given(RP_SLICE("THE PRESIDENT: one\n"),
	      "event=e\nspeaker.THE PRESIDENT.person=Guy Parmelin\n");
	assert_turns("1 Guy Parmelin: one\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_white_house_asks_without_a_colon),
		cmocka_unit_test(a_parliament_puts_a_dash_behind_the_name),
		cmocka_unit_test(a_machine_puts_the_time_behind_the_name),
		cmocka_unit_test(an_office_is_somebody_in_its_event_alone),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
