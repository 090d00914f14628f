/* Accounts, and the handles and names they had. */
#include "tests/contract/contract.h"

static void
an_account_is_listed_once_with_the_handle_it_used_last(void **state)
{
	struct fixture *f = *state;

	begin(f);
	put_account(f, "x:@7", "new_name", "Ana", 50, 90);
	put_account(f, "x:@7", "old_name", "Ana", 10, 40);
	put_account(f, "x:@3", "bo", "Bo", 1, 1);
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_ACCOUNTS, 0, ""),
	                    "x:@3 bo Bo, x:@7 new_name Ana");
	assert_string_equal(rows(f, SCAN_HANDLES, 0, "x:@7"),
	                    "x:@7 old_name Ana, x:@7 new_name Ana");
	assert_string_equal(rows(f, SCAN_HANDLES, 0, "x:@8"), "");
	assert_int_equal(stats_of(f).accounts, 2);
}

static void
of_handles_used_last_at_one_time_the_bytewise_larger_is_current(void **state)
{
	struct fixture *f = *state;

	begin(f);
	put_account(f, "x:@1", "b", "A", 1, 9);
	put_account(f, "x:@1", "a", "Z", 1, 9);
	put_account(f, "x:@2", "same", "A", 1, 9);
	put_account(f, "x:@2", "same", "B", 1, 9);
	put_account(f, "x:@3", "z", "Z", 1, RP_TIME_UNKNOWN);
	put_account(f, "x:@3", "a", "A", 1, -5);
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_ACCOUNTS, 0, ""),
	                    "x:@1 b A, x:@2 same B, x:@3 a A");
	assert_string_equal(rows(f, SCAN_HANDLES, 0, "x:@1"), "x:@1 a Z, x:@1 b A");
	assert_string_equal(rows(f, SCAN_HANDLES, 0, "x:@3"), "x:@3 z Z, x:@3 a A");
}

static void
see_account(struct fixture *f, const union scan_row *row, void *context)
{
	(void)f;
	*(struct account *)context = row->account;
}

static void
the_same_handle_and_name_widens_its_time_whatever_the_order(void **state)
{
	struct fixture *f = *state;
	const struct scan scan = { .of = SCAN_HANDLES, .key = RP_SLICE("x:@1") };
	struct account got = { 0 };

	begin(f);
	put_account(f, "x:@1", "ana", "Ana", RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	put_account(f, "x:@1", "ana", "Ana", 50, 60);
	put_account(f, "x:@1", "ana", "Ana", 55, 58);
	put_account(f, "x:@1", "ana", "Ana", -40, 41);
	put_account(f, "x:@1", "ana", "Ana", RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	commit(f);

	reopen(f);
	each_row(f, &scan, see_account, &got);
	assert_int_equal(got.first, -40);
	assert_int_equal(got.last, 60);
	assert_true(got.id > 0);
	assert_string_equal(rows(f, SCAN_HANDLES, 0, "x:@1"), "x:@1 ana Ana");
}

static void
a_handle_finds_everyone_who_has_or_had_it_in_any_case(void **state)
{
	struct fixture *f = *state;

	begin(f);
	put_account(f, "x:@2", "ElonMusk", "Elon", 1, 5);
	put_account(f, "x:@1", "elonmusk", "fan", 1, 5);
	put_account(f, "x:@1", "elonmusk", "big fan", 1, 6);
	put_account(f, "x:@1", "renamed", "fan", 7, 9);
	put_account(f, "x:@3", "elonmusk2", "no", 1, 5);
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_HANDLE_USERS, 0, "ELONMUSK"),
	                    "x:@1 renamed fan, x:@2 ElonMusk Elon");
	assert_string_equal(rows(f, SCAN_HANDLE_USERS, 0, "renamed"), "x:@1 renamed fan");
	assert_string_equal(rows(f, SCAN_HANDLE_USERS, 0, "elon"), "");
	assert_string_equal(rows(f, SCAN_HANDLE_USERS, 0, "e%"), "");
	assert_string_equal(rows(f, SCAN_HANDLE_USERS, 0, "elonmusk_"), "");
	assert_string_equal(rows(f, SCAN_HANDLE_USERS, 0, ""), "");
}

static void
an_account_may_have_neither_handle_nor_name(void **state)
{
	struct fixture *f = *state;

	begin(f);
	put_account(f, "x:@1", "", "", RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_ACCOUNTS, 0, ""), "x:@1  ");
	assert_string_equal(rows(f, SCAN_HANDLE_USERS, 0, ""), "");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(an_account_is_listed_once_with_the_handle_it_used_last),
		SPEC(of_handles_used_last_at_one_time_the_bytewise_larger_is_current),
		SPEC(the_same_handle_and_name_widens_its_time_whatever_the_order),
		SPEC(a_handle_finds_everyone_who_has_or_had_it_in_any_case),
		SPEC(an_account_may_have_neither_handle_nor_name),
	};

	return CONTRACT_RUN(argc, argv, "accounts", specs);
}
