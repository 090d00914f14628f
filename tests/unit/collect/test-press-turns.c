#include "tests/unit/collect/press-fixture.h"

static void
institutions_are_named_in_full(void **state)
{
	(void)state;
	expect("en",
	       "The Department of Enterprise said it was “reviewing all agreements "
	       "now”.\n",
	       "reviewing all agreements now (Department of Enterprise)\n");
	expect("en",
	       "A spokesperson for the Department for Environment, Food and Rural "
	       "Affairs "
	       "said: “We sympathise with those affected.”\n",
	       "We sympathise with those affected. (Department for Environment, Food and "
	       "Rural Affairs)\n");
	expect("fr",
	       "Le parquet fédéral ajoute que « la saisie dépasse les cent millions ».\n",
	       "la saisie dépasse les cent millions (parquet fédéral)\n");
	expect("fr",
	       "L’Office fédéral de l’énergie rappelle que « tout sera contrôlé deux "
	       "fois ».\n",
	       "tout sera contrôlé deux fois (Office fédéral de l’énergie)\n");
	expect("es",
	       "El Ayuntamiento de Daroca confía en «llegar a un acuerdo antes del "
	       "verano».\n",
	       "llegar a un acuerdo antes del verano (Ayuntamiento de Daroca)\n");
	expect("de",
	       "Das Landratsamt Ostallgäu teilte mit, man prüfe „alle Wege zu einer "
	       "Lösung“.\n",
	       "alle Wege zu einer Lösung (Landratsamt Ostallgäu)\n");
}

static void
the_authority_is_the_one_named_before(void **state)
{
	(void)state;
	expect("en",
	       "Teign Harbour Authority wants the building.\n"
	       "In a statement, the authority said it had “acted in line with the "
	       "lease”.\n",
	       "acted in line with the lease (Teign Harbour Authority)\n");
}

static void
organisations_speak_whole(void **state)
{
	(void)state;
	expect("en",
	       "Norse & Western, the rival line, said it would “be delighted to carry "
	       "anybody left”.\n",
	       "be delighted to carry anybody left (Norse & Western)\n");
	expect("en",
	       "Calder Ferries will open a call centre.\nCalder said on Monday that it "
	       "had hired 40 people. “We have tested your patience,” a spokesperson "
	       "said.\n",
	       "We have tested your patience, (Calder Ferries)\n");
	expect("fr",
	       "Orvane qualifie ce chiffre de « provisoire et très largement "
	       "explicable ». Le groupe rappelle avoir repris Duval Industrie « dans un "
	       "état que personne ne décrit ».\n",
	       "provisoire et très largement explicable (Orvane)\n"
	       "dans un état que personne ne décrit (Orvane)\n");
	expect("de",
	       "Das Vorhaben stehe „in keiner Verbindung zum Verkauf“, teilte die "
	       "Lüdtke Maritim SE mit.\n",
	       "in keiner Verbindung zum Verkauf (Lüdtke Maritim SE)\n");
}

static void
epithets_mean_who_is_spoken_of(void **state)
{
	(void)state;
	expect("en",
	       "Ana Petit oversees the ports. “We have been patient for long,” the "
	       "Spaniard said.\n",
	       "We have been patient for long, (Ana Petit)\n");
	expect("fr",
	       "Ana Petit préside la Fédération du lait. Puis, se tournant vers le "
	       "préfet : « Vous nous aviez promis un tunnel. »\n",
	       "Vous nous aviez promis un tunnel. (Ana Petit)\n");
	expect("en",
	       "Bo Li sued Ana Petit. “My hens know more than that board does.” That "
	       "was Petit’s verdict on Monday.\n",
	       "My hens know more than that board does. (Ana Petit)\n");
}

static void
who_is_told_is_not_who_speaks(void **state)
{
	(void)state;
	expect("en",
	       "Moira Drummond was rung in May.\n“He was polite,” the retired cook told "
	       "BBC "
	       "Scotland.\n",
	       "He was polite, (Moira Drummond)\n");
}

static void
the_person_behind_a_person_is_unnamed_too(void **state)
{
	(void)state;
	expect("en",
	       "Ana Petit ruled in May.\nA person close to the couple had doubts. “They "
	       "could’ve "
	       "bought Malibu,” the person said.\n",
	       "They could’ve bought Malibu, ()\n");
	expect("fr",
	       "Ana Petit rit. Les investisseurs saluent, selon les mots d’un analyste, "
	       "« une "
	       "décision rationnelle et bien explosive ».\n",
	       "une décision rationnelle et bien explosive ()\n");
}

static void
answers_are_the_interviewees(void **state)
{
	(void)state;
	expect("en",
	       "Ngaire Tamihana has found eleven comets from a paddock outside "
	       "Invercargill, and she looks for more.\nTamihana spoke "
	       "to us.\n"
	       "How does it feel?\n“Cold. You feel very cold.”\nDid you know?\n“I "
	       "thought I’d "
	       "sneezed on it.”\nYou turned down a job.\n“Twice. The sheep would miss "
	       "me.”\n",
	       "Cold. You feel very cold. (Ngaire Tamihana)\n"
	       "I thought I’d sneezed on it. (Ngaire Tamihana)\n"
	       "Twice. The sheep would miss me. (Ngaire Tamihana)\n");
}

static void
initials_before_an_answer_are_no_name(void **state)
{
	(void)state;
	expect("fr",
	       "Ana Petit publie un rapport sur l’eau.\nA. E. : N’est-ce pas une usine à "
	       "gaz ?\n"
	       "A. P. : « On m’a dit la même chose du tri. »\n",
	       "On m’a dit la même chose du tri. (Ana Petit)\n");
}

static void
remarks_on_the_speaker_are_cut_with_the_incise(void **state)
{
	(void)state;
	expect("fr",
	       "« On a fait cent kilomètres, lance Ana Petit, les mains encore noires. Y "
	       "a des "
	       "limites. »\n",
	       "On a fait cent kilomètres. Y a des limites. (Ana Petit)\n");
	expect("fr",
	       "« On a la citation, s’esclaffe Mme Petit. Faut pas la repeindre. »\n",
	       "On a la citation. Faut pas la repeindre. (Petit)\n");
	expect("es",
	       "«Pide agua y se va —cuenta Ana Petit, dueña del bar—. De eso no vivo.»\n",
	       "Pide agua y se va. De eso no vivo. (Ana Petit)\n");
	expect("it",
	       "Ana Petit ride. «La direzione è giusta, spiega, ma sono solo parole.»\n",
	       "La direzione è giusta ma sono solo parole. (Ana Petit)\n");
}

static void
banners_and_other_articles_are_not_quoted(void **state)
{
	(void)state;
	expect("fr", "Une affiche proclame : « Touche pas à mon marais ».\n", "");
	expect("fr",
	       "À lire aussi\n« On nous a menti pendant des années » : les oubliés\n",
	       "");
	expect("de", "Stichwort: „Hochwasser Altstadt Passau“.\n", "");
}

static void
a_paragraph_that_only_forgot_its_closing_mark_is_quoted(void **state)
{
	(void)state;
	expect("en",
	       "“I’m a junior,” Ana Petit said. “I’ve got another year.\nIt rained.\n",
	       "I’m a junior, I’ve got another year. (Ana Petit)\n");
}

static void
he_stands_for_an_organisation_in_french(void **state)
{
	(void)state;
	expect("fr",
	       "Ana Petit rit.\nLe groupe Bressol Industries invoque la crise. Dans un "
	       "communiqué, il "
	       "évoque « une décision devenue inévitable ».\n",
	       "une décision devenue inévitable (Bressol Industries)\n");
}

static void
japanese_sentences_may_stand_alone(void **state)
{
	(void)state;
	expect("ja",
	       "「ありがとうより、ごめんねと言いたい」。園長の大森健一さん（66）は黙った"
	       "。\n",
	       "ありがとうより、ごめんねと言いたい (大森健一)\n");
	expect("ja",
	       "修業する西川あゆみさん（27）は元は経理だ。「最初の週は箸も握れませんでし"
	       "た」\n",
	       "最初の週は箸も握れませんでした (西川あゆみ)\n");
	expect("ja", "市の担当者は「決まっていることは何もない」としている。\n",
	       "決まっていることは何もない ()\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(institutions_are_named_in_full),
		cmocka_unit_test(the_authority_is_the_one_named_before),
		cmocka_unit_test(organisations_speak_whole),
		cmocka_unit_test(epithets_mean_who_is_spoken_of),
		cmocka_unit_test(who_is_told_is_not_who_speaks),
		cmocka_unit_test(the_person_behind_a_person_is_unnamed_too),
		cmocka_unit_test(answers_are_the_interviewees),
		cmocka_unit_test(initials_before_an_answer_are_no_name),
		cmocka_unit_test(remarks_on_the_speaker_are_cut_with_the_incise),
		cmocka_unit_test(banners_and_other_articles_are_not_quoted),
		cmocka_unit_test(a_paragraph_that_only_forgot_its_closing_mark_is_quoted),
		cmocka_unit_test(he_stands_for_an_organisation_in_french),
		cmocka_unit_test(japanese_sentences_may_stand_alone),
	};

	return cmocka_run_group_tests_name("press-turns", tests, set_up, tear_down);
}
