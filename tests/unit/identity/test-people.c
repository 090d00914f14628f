#include "core/identity/people.h"
#include "tests/support/spec.h"

static struct arena *arena;
static struct people people;
static struct people_index *people_list;
static struct rp_error err;

static const char stargate[] = "[Satya Nadella]\n"
			       "short = Nadella\n"
			       "account = x:@SatyaNadella\n"
			       "account = x:@20571756\n"
			       "account = bsky:@did:plc:abc\n"
			       "role = patron de Microsoft; 2014-\n"
			       "[Élodie Petit]\n"
			       "short = Petit\n"
			       "account = bsky:@Elodie.example\n"
			       "account = masto:@Elodie@S.example\n"
			       "account = masto:@https://s.example/users/elodie\n"
			       "alias = la patronne\n"
			       "[Elon Musk]\n"
			       "short = Musk\n"
			       "account = x:@elonmusk\n"
			       "alias = Chief Twit\n"
			       "[Kimbal Musk]\n"
			       "short = Musk\n"
			       "account = x:@kimbal\n";

static void
given(const char *text)
{
	people_list = people_index_free(people_list);
	arena_reset(arena);
	assert_ok(people_read(arena, rp_slice_str(text), &people, &err), err);
	people_list = people_index_new(&people);
	assert_non_null(people_list);
}

static void
assert_refused(const char *text, const char *why)
{
	arena_reset(arena);
	assert_int_equal(people_read(arena, rp_slice_str(text), &people, &err),
	                 RP_BAD_CONFIG);
	assert_string_equal(err.text, why);
}

static void
assert_found(const char *typed, const char *name)
{
	const struct person *person = NULL;

	assert_ok(people_find(people_list, rp_slice_str(typed), &person, &err), err);
	assert_slice(person->name, name);
}

static void
assert_is(const struct person *person, const char *name)
{
	if (name == NULL) {
		assert_null(person);
		return;
	}
	assert_non_null(person);
	assert_slice(person->name, name);
}

static void
a_person_has_what_the_file_says_in_its_order(void **state)
{
	const struct person *nadella;

	(void)state;
	given(stargate);
	assert_int_equal(people.n, 4);
	nadella = &people.list[2];
	assert_slice(nadella->name, "Satya Nadella");
	assert_slice(nadella->short_name, "Nadella");
	assert_slice(nadella->accounts[0], "x:@satyanadella?");
	assert_slice(nadella->accounts[1], "x:@20571756");
	assert_slice(nadella->accounts[2], "bsky:@did:plc:abc");
	assert_int_equal(nadella->n_roles, 1);
	assert_slice(nadella->roles[0], "patron de Microsoft; 2014-");
	assert_slice(people.list[3].accounts[0], "bsky:@elodie.example?");
	assert_slice(people.list[3].accounts[1], "masto:@elodie@s.example?");
	assert_slice(people.list[3].accounts[2], "masto:@https://s.example/users/elodie");
}

static void
people_come_sorted_by_name(void **state)
{
	(void)state;
	given(stargate);
	assert_slice(people.list[0].name, "Elon Musk");
	assert_slice(people.list[1].name, "Kimbal Musk");
	assert_slice(people.list[3].name, "Élodie Petit");
}

static void
what_a_person_says_aloud_is_filed_under_their_names(void **state)
{
	const struct person *musk;

	(void)state;
	given(stargate);
	musk = &people.list[0];
	assert_int_equal(musk->n_accounts, 3);
	assert_slice(musk->accounts[1], "spoken:@Elon Musk");
	/* Not "Musk", which is Kimbal's too. */
	assert_slice(musk->accounts[2], "spoken:@Chief Twit");
}

static void
a_section_that_comes_again_goes_on_with_the_same_person(void **state)
{
	(void)state;
	given("[A B]\naccount = x:@1\n[C]\n[A B]\naccount = x:@2\naccount = x:@1\n");
	assert_int_equal(people.n, 2);
	assert_slice(people.list[0].accounts[0], "x:@1");
	assert_slice(people.list[0].accounts[1], "x:@2");
	assert_int_equal(people.list[0].n_accounts, 3);
	assert_slice(people.list[1].name, "C");
}

static void
mistakes_in_the_file_are_named_by_line_and_key(void **state)
{
	(void)state;
	assert_refused("[A]\nacount = x:@a\n",
	               "line 2: unknown key \"acount\"; there are short, account, "
	               "alias, role");
	assert_refused("[A]\n\naccount = @a\n",
	               "line 3: account \"@a\" is none; write x:@handle");
	assert_refused("[A]\naccount = x:123\n",
	               "line 2: account \"x:123\" is none; write x:@handle");
	assert_refused("[A]\naccount = x:@?\n",
	               "line 2: account \"x:@?\" is none; write x:@handle");
	assert_refused("[A]\nalias =\n", "line 2: alias without a value");
	assert_refused("[A]\nshort = a\nshort = b\n",
	               "line 3: short is given twice for A");
	assert_refused("[A]\naccount = x:@h\n[B]\naccount = x:@H?\n",
	               "line 4: account x:@H? belongs to A already");
	assert_refused("[A]\nrole = x; 20xx-\n",
	               "line 2: \"20xx-\" are no years of a role; write 2014-, or "
	               "2014-2019");
	assert_refused("[A]\nrole = x; 2014-19\n",
	               "line 2: \"2014-19\" are no years of a role; write 2014-, or "
	               "2014-2019");
	assert_refused("[Ana]\n[ANA]\n", "line 2: [ANA] is [Ana] in another spelling");
	assert_refused("short = a\n", "line 1: short comes before the first [NAME]");
}

static void
the_years_of_a_role_may_be_open_or_missing(void **state)
{
	(void)state;
	given("[A]\nrole = x; 2014-\nrole = x; -2014\nrole = x; 2014-2019\n"
	      "role = x; 2014\nrole = 3D artist\nrole = mother; and 2 more\n");
	assert_int_equal(people.list[0].n_roles, 6);
}

static void
people_are_found_under_everything_they_are_called(void **state)
{
	(void)state;
	given(stargate);
	assert_found("Satya Nadella", "Satya Nadella");
	assert_found("  satya  NADELLA ", "Satya Nadella");
	assert_found("nadella", "Satya Nadella");
	assert_found("elodie petit", "Élodie Petit");
	assert_found("La Patronne", "Élodie Petit");
	assert_found("satyanadella", "Satya Nadella");
	assert_found("@SatyaNadella", "Satya Nadella");
	assert_found("x:@satyanadella", "Satya Nadella");
	assert_found("x:@satyanadella?", "Satya Nadella");
	assert_found("x:@20571756", "Satya Nadella");
	assert_found("@elodie.example", "Élodie Petit");
	assert_found("spoken:@Elon Musk", "Elon Musk");
	assert_found("spoken:@ELON MUSK", "Elon Musk");
}

static void
a_name_that_fits_several_people_lists_them(void **state)
{
	const struct person *person;

	(void)state;
	given(stargate);
	assert_int_equal(people_find(people_list, RP_SLICE("musk"), &person, &err),
	                 RP_BAD_USAGE);
	assert_string_equal(err.text, "\"musk\" may be any of Elon Musk, Kimbal Musk");

	given("[A]\nalias = kim\n[B]\naccount = x:@Kim\n[C]\naccount = bsky:@kim\n");
	assert_int_equal(people_find(people_list, RP_SLICE("Kim"), &person, &err),
	                 RP_BAD_USAGE);
	assert_string_equal(err.text, "\"Kim\" may be any of A, B, C");
	assert_int_equal(people_find(people_list, RP_SLICE("@kim"), &person, &err),
	                 RP_BAD_USAGE);
	assert_string_equal(err.text, "\"@kim\" may be any of B, C");
	assert_found("bsky:@kim", "C");
}

static void
a_full_name_beats_an_alias_of_somebody_else(void **state)
{
	(void)state;
	given("[Sam]\n[Sam Altman]\nalias = Sam\nshort = Altman\n");
	assert_found("sam", "Sam");
}

static void
somebody_who_is_not_listed_is_not_found(void **state)
{
	const struct person *person;

	(void)state;
	given(stargate);
	assert_int_equal(people_find(people_list, RP_SLICE("nobody"), &person, &err),
	                 RP_NOT_FOUND);
	assert_string_equal(err.text, "nobody here is called \"nobody\"");
	assert_int_equal(people_find(people_list, RP_SLICE(""), &person, &err),
	                 RP_NOT_FOUND);
	assert_int_equal(people_find(people_list, RP_SLICE("@"), &person, &err),
	                 RP_NOT_FOUND);
	/* A handle is no name: "@nadella" is some other account. */
	assert_int_equal(people_find(people_list, RP_SLICE("@nadella"), &person, &err),
	                 RP_NOT_FOUND);
}

static void
a_post_belongs_to_the_owner_of_its_account_or_handle(void **state)
{
	(void)state;
	given(stargate);
	assert_is(people_by_account(people_list, RP_SLICE("x:@20571756"), RP_SLICE("")),
	          "Satya Nadella");
	assert_is(people_by_account(people_list, RP_SLICE("x:@44196397"),
	                            RP_SLICE("ElonMusk")),
	          "Elon Musk");
	assert_is(people_by_account(people_list, RP_SLICE("x:@elonmusk?"), RP_SLICE("")),
	          "Elon Musk");
	assert_is(people_by_account(people_list, RP_SLICE("x:@1"), RP_SLICE("")), NULL);
	/* The same handle elsewhere is another account. */
	assert_is(people_by_account(people_list, RP_SLICE("bsky:@did:plc:x"),
	                            RP_SLICE("elonmusk")),
	          NULL);
	assert_is(people_by_account(people_list, RP_SLICE(""), RP_SLICE("")), NULL);
}

static void
a_speaker_is_whoever_alone_is_called_that(void **state)
{
	(void)state;
	given(stargate);
	assert_is(people_by_speaker(people_list, RP_SLICE("SATYA NADELLA")),
	          "Satya Nadella");
	assert_is(people_by_speaker(people_list, RP_SLICE("Petit")), "Élodie Petit");
	assert_is(people_by_speaker(people_list, RP_SLICE("Musk")), NULL);
	assert_is(
		people_by_account(people_list, RP_SLICE("spoken:@Nadella"), RP_SLICE("")),
		"Satya Nadella");
	assert_is(people_by_account(people_list, RP_SLICE("spoken:@Musk"), RP_SLICE("")),
	          NULL);
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return arena == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	people_list = people_index_free(people_list);
	arena = arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_has_what_the_file_says_in_its_order),
		cmocka_unit_test(people_come_sorted_by_name),
		cmocka_unit_test(what_a_person_says_aloud_is_filed_under_their_names),
		cmocka_unit_test(a_section_that_comes_again_goes_on_with_the_same_person),
		cmocka_unit_test(mistakes_in_the_file_are_named_by_line_and_key),
		cmocka_unit_test(the_years_of_a_role_may_be_open_or_missing),
		cmocka_unit_test(people_are_found_under_everything_they_are_called),
		cmocka_unit_test(a_name_that_fits_several_people_lists_them),
		cmocka_unit_test(a_full_name_beats_an_alias_of_somebody_else),
		cmocka_unit_test(somebody_who_is_not_listed_is_not_found),
		cmocka_unit_test(a_post_belongs_to_the_owner_of_its_account_or_handle),
		cmocka_unit_test(a_speaker_is_whoever_alone_is_called_that),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
