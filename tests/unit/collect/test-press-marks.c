#include "tests/unit/collect/press-fixture.h"

#include <stdlib.h>

static void
each_language_has_its_own_marks(void **state)
{
	(void)state;
	expect("fr", "Ana Petit dit : « Rien ne va plus ici. »\n",
	       "Rien ne va plus ici. (Ana Petit)\n");
	expect("fr-CH", "Ana Petit dit: «Rien ne va ‹plus› ici.»\n",
	       "Rien ne va ‹plus› ici. (Ana Petit)\n");
	expect("en", "“Nothing works here now,” Ana Petit said.\n",
	       "Nothing works here now, (Ana Petit)\n");
	expect("en-GB", "‘Nothing works here now,’ Ana Petit said.\n",
	       "Nothing works here now, (Ana Petit)\n");
	expect("de", "„Hier geht gar nichts mehr“, sagte Ana Petit.\n",
	       "Hier geht gar nichts mehr (Ana Petit)\n");
	expect("de", "»Hier geht gar nichts mehr«, sagte Ana Petit.\n",
	       "Hier geht gar nichts mehr (Ana Petit)\n");
	expect("it", "«Qui non funziona niente», dice Ana Petit.\n",
	       "Qui non funziona niente (Ana Petit)\n");
	expect("es", "“Aquí no funciona nada”, dijo Ana Petit.\n",
	       "Aquí no funciona nada (Ana Petit)\n");
	expect("sv", "”Här fungerar ingenting alls”, sade Ana Petit.\n",
	       "Här fungerar ingenting alls (Ana Petit)\n");
	expect("pl", "„Nic tu nie działa”, powiedziała Ana Petit.\n",
	       "Nic tu nie działa (Ana Petit)\n");
	expect("en", "\"Nothing works here now,\" Ana Petit said.\n",
	       "Nothing works here now, (Ana Petit)\n");
	expect("en", "``Nothing works here now,'' Ana Petit said.\n",
	       "Nothing works here now, (Ana Petit)\n");
	expect("fr", "<<Rien ne va plus ici>>, dit Ana Petit.\n",
	       "Rien ne va plus ici (Ana Petit)\n");
}

static void
blanks_inside_the_marks_are_not_part_of_it(void **state)
{
	(void)state;
	expect("fr",
	       "Ana Petit dit\xc2\xa0: «\xe2\x80\xafRien ne va\xc2\xa0!\xe2\x80\xaf»\n",
	       "Rien ne va\xc2\xa0! (Ana Petit)\n");
}

static void
an_apostrophe_neither_opens_nor_closes(void **state)
{
	(void)state;
	expect("en", "‘We’d have said the workers’ fund wasn’t ours,’ Ana Petit said.\n",
	       "We’d have said the workers’ fund wasn’t ours, (Ana Petit)\n");
	expect("en", "'They don't have the money since the '90s,' Ana Petit said.\n",
	       "They don't have the money since the '90s, (Ana Petit)\n");
	expect("en", "It's the Joneses' house, and that's all there is to it.\n", "");
}

static void
an_inch_is_no_mark(void **state)
{
	(void)state;
	expect("en", "He is 5' 10\" tall and his screen has 27\" of glass.\n", "");
}

static void
quotations_inside_another_stay_inside(void **state)
{
	(void)state;
	expect("en", "“My mother told me: ‘You can’t eat the view,’” Ana Petit said.\n",
	       "My mother told me: ‘You can’t eat the view,’ (Ana Petit)\n");
	expect("fr",
	       "Ana Petit dit : « Il m’a dit “attends la marée” et il est parti. »\n",
	       "Il m’a dit “attends la marée” et il est parti. (Ana Petit)\n");
	expect("fr", "Ana Petit dit : « Il a crié « au feu » et il est parti. »\n",
	       "Il a crié « au feu » et il est parti. (Ana Petit)\n");
}

static void
elisions_and_insertions_are_kept(void **state)
{
	(void)state;
	expect("fr",
	       "Ana Petit nuance : « Tout dépend […] de [l’énergie], (...) sic. »\n",
	       "Tout dépend […] de [l’énergie], (...) sic. (Ana Petit)\n");
}

static void
paragraphs_with_a_mark_in_front_go_on(void **state)
{
	(void)state;
	expect("en",
	       "Ana Petit told the hall: “The letter came on a Monday.\n"
	       "“I read it to the dog.\n"
	       "“So I left.”\n",
	       "The letter came on a Monday.\nI read it to the dog.\nSo I left. (Ana "
	       "Petit)\n");
	expect("fr",
	       "Ana Petit raconte : « Le vent s’est levé.\n"
	       "» Nous avons creusé. »\n",
	       "Le vent s’est levé.\nNous avons creusé. (Ana Petit)\n");
}

static void
a_mark_that_nothing_closes_opens_nothing(void **state)
{
	(void)state;
	expect("en",
	       "“this one was never closed, said nobody\n"
	       "A second paragraph.\nA third one.\nA fourth one.\n"
	       "“But this one is closed,” Ana Petit said.\n",
	       "But this one is closed, (Ana Petit)\n");
	expect("en", "An “open one. “The second is whole,” Ana Petit said.\n",
	       "The second is whole, (Ana Petit)\n");
}

static void
megabytes_of_marks_take_no_longer_than_megabytes(void **state)
{
	enum { BYTES = 2 << 20, PIECES = 64 };
	static const char *const units[] = { "«", "\"", "“a b c d”, dit «", "'s' ",
		                             "‘a’ " };
	char *text = malloc(BYTES);
	struct press_block blocks[PIECES];
	struct press_article article = { .lang = RP_LIT("en"),
		                         .published = RP_TIME_UNKNOWN };
	struct rp_error err;

	(void)state;
	assert_non_null(text);
	for (size_t u = 0; u < sizeof(units) / sizeof(*units); u++) {
		size_t unit = strlen(units[u]), n = BYTES / PIECES / unit * unit;

		for (size_t b = 0; b < PIECES; b++) {
			char *at = text + b * (BYTES / PIECES);

			for (size_t i = 0; i < n; i += unit)
				memcpy(at + i, units[u], unit);
			blocks[b] = (struct press_block){ .text = { at, n } };
		}
		arena_reset(arena);
		assert_ok(press_quotations(arena, &article, blocks, PIECES, &found,
		                           &n_found, &err),
		          err);
	}
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_language_has_its_own_marks),
		cmocka_unit_test(blanks_inside_the_marks_are_not_part_of_it),
		cmocka_unit_test(an_apostrophe_neither_opens_nor_closes),
		cmocka_unit_test(an_inch_is_no_mark),
		cmocka_unit_test(quotations_inside_another_stay_inside),
		cmocka_unit_test(elisions_and_insertions_are_kept),
		cmocka_unit_test(paragraphs_with_a_mark_in_front_go_on),
		cmocka_unit_test(a_mark_that_nothing_closes_opens_nothing),
		cmocka_unit_test(megabytes_of_marks_take_no_longer_than_megabytes),
	};

	return cmocka_run_group_tests_name("press-marks", tests, set_up, tear_down);
}
