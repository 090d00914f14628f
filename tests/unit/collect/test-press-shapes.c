#include "tests/unit/collect/press-fixture.h"

static void
titles_nicknames_and_single_words_are_no_quotations(void **state)
{
	(void)state;
	expect("fr",
	       "Le livre « la Fin du monde tel que nous le voyons » parle de « bulle "
	       "».\n",
	       "");
	expect("en", "Dwayne “The Spark” Miller wrote a book, “The Long Watch.”\n", "");
	expect("en", "The plan, dubbed “the Great Wall of Alderby” by locals, is late.\n",
	       "");
	expect("en", "Another “miracle” battery came out.\n", "");
}

static void
short_words_count_where_a_verb_stands_beside_them(void **state)
{
	(void)state;
	expect("fr", "« Faux », répond Ana Petit.\n", "Faux (Ana Petit)\n");
	expect("en", "Ana Petit said the attack was “entirely preventable”.\n",
	       "entirely preventable (Ana Petit)\n");
	expect("fr", "Ana Petit a qualifié le projet de « pure folie ».\n",
	       "pure folie (Ana Petit)\n");
}

static void
a_pull_quote_has_its_credit(void **state)
{
	(void)state;
	expect("fr", "Un paragraphe.\n| Personne ne paiera pour ça.\n= Bo Li, sur X\n",
	       "Personne ne paiera pour ça. (Bo Li)\n");
	assert_int_equal(found[0].platform, PLATFORM_X);
	assert_int_equal(found[0].certainty, PRESS_HIGH);
}

static void
a_pull_quote_that_repeats_the_body_is_not_told_twice(void **state)
{
	(void)state;
	expect("fr",
	       "| Personne ne paiera pour ça\n= Bo Li\nOn l’entend partout : « Personne "
	       "ne "
	       "paiera pour ça, jamais. »\n",
	       "Personne ne paiera pour ça, jamais. (Bo Li)\n");
	expect("en",
	       "Lead times are longer than they were a year ago.\n| Lead times are "
	       "longer "
	       "than they were\n",
	       "");
}

static void
a_block_quotation_belongs_to_what_introduces_it(void **state)
{
	(void)state;
	expect("en",
	       "In a memo, Satya Nadella wrote:\n> We will keep building.\n> All of "
	       "us.\n",
	       "We will keep building.\nAll of us. (Satya Nadella)\n");
	expect("en",
	       "A paragraph.\n> We will keep building. — Satya Nadella, on LinkedIn\n",
	       "We will keep building. (Satya Nadella)\n");
}

static void
headings_are_not_quoted(void **state)
{
	(void)state;
	expect("fr",
	       "# « On ne quittera pas nos maisons », dit Ana Petit\nUn paragraphe.\n",
	       "");
}

static void
nothing_comes_of_nothing(void **state)
{
	(void)state;
	expect("", "", "");
	expect("fr", "«»\n« »\n«.»\n", "");
}

static void
the_language_is_guessed_where_nobody_tells_it(void **state)
{
	(void)state;
	expect("",
	       "Le projet est une folie pour les uns et une chance pour les autres.\n« "
	       "Il "
	       "est trop tard », a dit Ana Petit.\n",
	       "Il est trop tard (Ana Petit)\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(titles_nicknames_and_single_words_are_no_quotations),
		cmocka_unit_test(short_words_count_where_a_verb_stands_beside_them),
		cmocka_unit_test(a_pull_quote_has_its_credit),
		cmocka_unit_test(a_pull_quote_that_repeats_the_body_is_not_told_twice),
		cmocka_unit_test(a_block_quotation_belongs_to_what_introduces_it),
		cmocka_unit_test(headings_are_not_quoted),
		cmocka_unit_test(nothing_comes_of_nothing),
		cmocka_unit_test(the_language_is_guessed_where_nobody_tells_it),
	};

	return cmocka_run_group_tests_name("press-shapes", tests, set_up, tear_down);
}
