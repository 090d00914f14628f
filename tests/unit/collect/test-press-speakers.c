#include "tests/unit/collect/press-fixture.h"

static void
the_verb_stands_before_or_behind(void **state)
{
	(void)state;
	expect("fr", "Ana Petit assure que « tout sera prêt en mai ».\n",
	       "tout sera prêt en mai (Ana Petit)\n");
	expect("fr", "« Tout sera prêt en mai », assure Ana Petit.\n",
	       "Tout sera prêt en mai (Ana Petit)\n");
	expect("en", "“All will be ready,” Ana Petit said.\n",
	       "All will be ready, (Ana Petit)\n");
	expect("en", "“All will be ready,” said Ana Petit.\n",
	       "All will be ready, (Ana Petit)\n");
	expect("fr", "Ana Petit, patronne d’Exemple SA : « Tout sera prêt en mai. »\n",
	       "Tout sera prêt en mai. (Ana Petit)\n");
	expect("fr", "« Tout sera prêt en mai » (Ana Petit, ministre).\n",
	       "Tout sera prêt en mai (Ana Petit)\n");
	expect("fr", "Selon Ana Petit, « tout sera prêt en mai ».\n",
	       "tout sera prêt en mai (Ana Petit)\n");
	expect("en", "According to Ana Petit, “all will be ready by May”.\n",
	       "all will be ready by May (Ana Petit)\n");
	expect("de", "Laut Ana Petit ist „alles im Mai schon fertig“.\n",
	       "alles im Mai schon fertig (Ana Petit)\n");
	expect("es", "Según Ana Petit, «todo estará listo en mayo».\n",
	       "todo estará listo en mayo (Ana Petit)\n");
	expect("it", "Secondo Ana Petit, «tutto sarà pronto a maggio».\n",
	       "tutto sarà pronto a maggio (Ana Petit)\n");
}

static void
what_cuts_into_a_quotation_is_cut_out(void **state)
{
	(void)state;
	expect("fr", "Ana Petit rit.\n« On verra, glisse-t-elle, quand il sera là. »\n",
	       "On verra quand il sera là. (Ana Petit)\n");
	expect("fr", "« On verra, a glissé mardi Ana Petit. Ou pas. »\n",
	       "On verra. Ou pas. (Ana Petit)\n");
	expect("es", "«Ya veremos —dijo Ana Petit— cuando llegue el día.»\n",
	       "Ya veremos cuando llegue el día. (Ana Petit)\n");
}

static void
one_utterance_in_two_pairs_of_marks_is_one_quotation(void **state)
{
	(void)state;
	expect("en", "“We will see,” Ana Petit said. “Or we will not.”\n",
	       "We will see, Or we will not. (Ana Petit)\n");
	expect("de", "„Wir werden sehen“, sagte Ana Petit, „ob er kommt.“\n",
	       "Wir werden sehen ob er kommt. (Ana Petit)\n");
	expect("fr", "« Nous verrons bien ça », dit Ana Petit. « Ou pas du tout. »\n",
	       "Nous verrons bien ça Ou pas du tout. (Ana Petit)\n");
	/* Its sentence is over: two, but for English. */
	expect("fr", "« Nous verrons bien. », dit Ana Petit. « Ou pas du tout. »\n",
	       "Nous verrons bien. (Ana Petit)\nOu pas du tout. (Ana Petit)\n");
}

static void
a_surname_or_a_title_means_the_full_name(void **state)
{
	(void)state;
	expect("en",
	       "OpenAI CEO Sam Altman spoke on Monday.\n“We are building it,” Altman "
	       "said.\n“It is going well,” Mr. Altman added.\n",
	       "We are building it, (Sam Altman)\nIt is going well, (Sam Altman)\n");
	expect("de",
	       "Kommissionspräsidentin Ursula von der Leyen kam.\n„Das ist ein guter "
	       "Tag“, "
	       "sagte von der Leyen.\n",
	       "Das ist ein guter Tag (Ursula von der Leyen)\n");
}

static void
a_role_means_who_has_it(void **state)
{
	(void)state;
	expect("fr",
	       "Satya Nadella, PDG de Microsoft, a croisé Elon Musk, patron de Tesla.\n"
	       "« Mes milliards sont là », a dit le patron de Microsoft.\n"
	       "« Pas les tiens, les leurs », a répondu le patron de Tesla.\n",
	       "Mes milliards sont là (Satya Nadella)\nPas les tiens, les leurs (Elon "
	       "Musk)\n");
	expect("en",
	       "Microsoft CEO Satya Nadella met Tesla boss Elon Musk.\n“I’m good for "
	       "it,” "
	       "the Microsoft chief said.\n",
	       "I’m good for it, (Satya Nadella)\n");
	expect("de",
	       "Satya Nadella, Chef von Microsoft, traf Elon Musk.\n„Das Geld ist längst "
	       "da“, sagte der Microsoft-Chef.\n",
	       "Das Geld ist längst da (Satya Nadella)\n");
}

static void
two_of_one_surname_are_told_apart_or_left_unknown(void **state)
{
	(void)state;
	expect("fr",
	       "Julie Marchand et Pierre Marchand ne se parlent plus.\n« Je ne "
	       "reviendrai "
	       "pas », jure Julie.\n« Moi non plus, jamais », dit M. Marchand.\n« Chacun "
	       "chez soi », dit Marchand.\n",
	       "Je ne reviendrai pas (Julie Marchand)\nMoi non plus, jamais (Pierre "
	       "Marchand)\nChacun chez soi ()\n");
}

static void
a_pronoun_means_whoever_was_spoken_of(void **state)
{
	(void)state;
	expect("fr",
	       "Elon Musk a vu Christine Lagarde.\n« Elle m’a bien écouté », dit-il.\n« "
	       "Il "
	       "parle beaucoup trop », dit-elle.\n",
	       "Elle m’a bien écouté (Elon Musk)\nIl parle beaucoup trop (Christine "
	       "Lagarde)\n");
}

static void
the_unnamed_stay_unnamed(void **state)
{
	(void)state;
	expect("fr",
	       "Elon Musk est parti.\n« Personne n’y croit », confie un ancien cadre.\n",
	       "Personne n’y croit ()\n");
	expect("en",
	       "Elon Musk left.\n“Nobody believes it any more,” said one investor.\n"
	       "“It is over now,” sources close to the company said.\n",
	       "Nobody believes it any more, ()\nIt is over now, ()\n");
}

static void
a_company_speaks_where_the_text_says_so(void **state)
{
	(void)state;
	expect("en",
	       "Valla cut its outlook.\n“The project remains on track,” the company "
	       "said.\n",
	       "The project remains on track, (Valla)\n");
}

static void
japanese_names_stand_before_their_particles(void **state)
{
	(void)state;
	expect("ja",
	       "米マイクロソフトのサティア・ナデラCEOは「資金は用意できている」と述べた。"
	       "\n"
	       "「投資を続ける」とナデラ氏は語った。\nいわゆる「スターゲート」計画だ。\n",
	       "資金は用意できている (サティア・ナデラ)\n投資を続ける "
	       "(サティア・ナデラ)\n");
}

static void
place_platform_and_day_are_told(void **state)
{
	(void)state;
	read_article("fr", "« Ils n’ont pas l’argent », a écrit lundi Elon Musk sur X.\n"
	                   "« Le mien est là », a répondu Satya Nadella à Davos.\n");
	assert_int_equal(n_found, 2);
	assert_int_equal(found[0].platform, PLATFORM_X);
	assert_slice(found[0].venue, "sur X");
	assert_int_equal(found[0].time.precision, RP_PRECISION_DAY);
	assert_int_equal(found[0].certainty, PRESS_HIGH);
	assert_slice(found[1].venue, "à Davos");
	assert_int_equal(found[1].platform, PLATFORM_NONE);
	assert_false(rp_time_known(found[1].time));
	assert_slice(found[1].context,
	             "« Le mien est là », a répondu Satya Nadella à Davos.");
}

static void
a_letter_x_alone_is_no_platform(void **state)
{
	(void)state;
	read_article("fr", "« Le dossier X est clos », a écrit Ana Petit.\n");
	assert_int_equal(found[0].platform, PLATFORM_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_verb_stands_before_or_behind),
		cmocka_unit_test(what_cuts_into_a_quotation_is_cut_out),
		cmocka_unit_test(one_utterance_in_two_pairs_of_marks_is_one_quotation),
		cmocka_unit_test(a_surname_or_a_title_means_the_full_name),
		cmocka_unit_test(a_role_means_who_has_it),
		cmocka_unit_test(two_of_one_surname_are_told_apart_or_left_unknown),
		cmocka_unit_test(a_pronoun_means_whoever_was_spoken_of),
		cmocka_unit_test(the_unnamed_stay_unnamed),
		cmocka_unit_test(a_company_speaks_where_the_text_says_so),
		cmocka_unit_test(japanese_names_stand_before_their_particles),
		cmocka_unit_test(place_platform_and_day_are_told),
		cmocka_unit_test(a_letter_x_alone_is_no_platform),
	};

	return cmocka_run_group_tests_name("press-speakers", tests, set_up, tear_down);
}
