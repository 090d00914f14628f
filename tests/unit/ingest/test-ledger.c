/* Money: what may be spent still, and what counts as spent. */
#include "core/ingest/collect.h"
#include "tests/support/spec.h"

#define DOLLAR INT64_C(1000000)

struct fixture {
	struct store *store;
	struct ingest *ingest;
	struct rp_error err;
};

/* 2026-03-31T23:00:00Z */
#define LATE_IN_MARCH INT64_C(1774998000000000)

static void
begin_run(struct fixture *f)
{
	const struct ingest_options options = { .kind = "collect",
		                                .program = "test",
		                                .now = LATE_IN_MARCH };

	ingest_free(f->ingest);
	f->ingest = ingest_new(f->store, &options);
	assert_non_null(f->ingest);
}

static int
setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){ .store = NULL };
	if (store_memory_open(&f.store, &f.err) != RP_OK)
		return -1;
	begin_run(&f);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	ingest_free(f->ingest);
	store_close(f->store);
	return 0;
}

/* `source` wants to spend so much at a time. */
static struct spending
wants(const char *source, int64_t micro, int64_t at)
{
	return (struct spending){ .source = rp_slice_str(source),
		                  .payer = RP_SLICE("x"),
		                  .what = RP_SLICE("x.post"),
		                  .at = at,
		                  .units = 100,
		                  .micro = micro };
}

static enum rp_status
reserve(struct fixture *f, struct spending spending, char per, int64_t micro)
{
	const struct budget budget = { micro, per };

	return ledger_reserve(f->ingest, &spending, &budget, NULL, &f->err);
}

static enum rp_status
reserve_of_all(struct fixture *f, struct spending spending, char per, int64_t micro)
{
	const struct budget budget = { micro, per };

	return ledger_reserve(f->ingest, &spending, NULL, &budget, &f->err);
}

static int64_t
spent(struct fixture *f, const char *source)
{
	int64_t micro = -1;

	assert_ok(ledger_sum(f->store, rp_slice_str(source), INT64_MIN, &micro, &f->err),
	          f->err);
	return micro;
}

static void
what_is_reserved_is_noted_before_it_is_spent(void **state)
{
	struct fixture *f = *state;
	const struct budget none = { .per = 0 };
	struct spending spending = wants("musk", DOLLAR, LATE_IN_MARCH);

	assert_ok(ledger_reserve(f->ingest, &spending, &none, NULL, &f->err), f->err);
	assert_true(spending.id > 0 && spending.run > 0 && !spending.settled);

	store_rollback(f->store); /* it is committed */
	assert_int_equal(spent(f, "musk"), DOLLAR);
}

static void
a_budget_of_nothing_lets_nothing_be_spent(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(reserve(f, wants("musk", 1, LATE_IN_MARCH), 'm', 0), RP_END);
	assert_int_equal(reserve_of_all(f, wants("musk", 1, LATE_IN_MARCH), 'r', 0),
	                 RP_END);
	assert_int_equal(spent(f, "musk"), 0);
}

static void
a_budget_is_used_up_to_its_last_cent_and_no_further(void **state)
{
	struct fixture *f = *state;

	assert_ok(reserve(f, wants("musk", DOLLAR, LATE_IN_MARCH), 'r', 2 * DOLLAR),
	          f->err);
	assert_int_equal(
		reserve(f, wants("musk", DOLLAR + 1, LATE_IN_MARCH), 'r', 2 * DOLLAR),
		RP_END);
	assert_string_equal(f->err.text,
	                    "the budget of musk, $2.00 a run, has $1.00 left; the next "
	                    "request may cost $1.000001");
	assert_ok(reserve(f, wants("musk", DOLLAR, LATE_IN_MARCH), 'r', 2 * DOLLAR),
	          f->err);
	assert_int_equal(reserve(f, wants("musk", 1, LATE_IN_MARCH), 'r', 2 * DOLLAR),
	                 RP_END);
	assert_int_equal(spent(f, "musk"), 2 * DOLLAR);
}

static void
what_is_refused_leaves_no_run_behind(void **state)
{
	struct fixture *f = *state;
	const struct scan runs = { .of = SCAN_RUNS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;

	assert_int_equal(reserve(f, wants("musk", 2, LATE_IN_MARCH), 'd', 1), RP_END);
	assert_ok(store_scan(f->store, &runs, &it, &f->err), f->err);
	assert_int_equal(store_next(it, &row, &f->err), RP_END);
}

static void
a_source_does_not_pay_for_another_one(void **state)
{
	struct fixture *f = *state;

	assert_ok(reserve(f, wants("ana", 5, LATE_IN_MARCH), 'd', 5), f->err);
	assert_ok(reserve(f, wants("musk", 5, LATE_IN_MARCH), 'd', 5), f->err);
}

static void
the_budget_of_the_run_is_for_all_sources_together(void **state)
{
	struct fixture *f = *state;

	assert_ok(reserve_of_all(f, wants("ana", 5, LATE_IN_MARCH), 'r', 9), f->err);
	assert_int_equal(reserve_of_all(f, wants("musk", 5, LATE_IN_MARCH), 'r', 9),
	                 RP_END);
	assert_non_null(strstr(f->err.text, "all sources"));
	begin_run(f);
	assert_ok(reserve_of_all(f, wants("musk", 5, LATE_IN_MARCH), 'r', 9), f->err);
}

static void
a_run_that_was_killed_has_spent_what_it_reserved(void **state)
{
	struct fixture *f = *state;

	assert_ok(reserve(f, wants("musk", 5, LATE_IN_MARCH), 'd', 9), f->err);
	begin_run(f);
	assert_int_equal(reserve(f, wants("musk", 5, LATE_IN_MARCH), 'd', 9), RP_END);
	assert_int_equal(reserve(f, wants("musk", 5, LATE_IN_MARCH), 'm', 9), RP_END);
	assert_ok(reserve(f, wants("musk", 5, LATE_IN_MARCH), 'r', 9), f->err);
}

static void
what_turned_out_cheaper_leaves_more(void **state)
{
	struct fixture *f = *state;
	const struct budget budget = { 9, 'd' };
	struct spending spending = wants("musk", 9, LATE_IN_MARCH);
	int64_t id;

	assert_ok(ledger_reserve(f->ingest, &spending, &budget, NULL, &f->err), f->err);
	spending.micro = 2;
	spending.settled = true;
	assert_ok(store_begin(f->store, &f->err), f->err);
	assert_ok(store_spending_put(f->store, &spending, &id, &f->err), f->err);
	assert_ok(store_commit(f->store, &f->err), f->err);

	assert_int_equal(reserve(f, wants("musk", 8, LATE_IN_MARCH), 'd', 9), RP_END);
	assert_ok(reserve(f, wants("musk", 7, LATE_IN_MARCH), 'd', 9), f->err);
}

static void
days_and_months_end_where_they_end_in_utc(void **state)
{
	struct fixture *f = *state;

	assert_ok(reserve(f, wants("musk", 5, LATE_IN_MARCH), 'm', 9), f->err);
	assert_int_equal(
		reserve(f, wants("musk", 5, LATE_IN_MARCH + RP_HOUR - 1), 'd', 9),
		RP_END);
	assert_ok(reserve(f, wants("musk", 5, LATE_IN_MARCH + RP_HOUR), 'd', 9), f->err);
	assert_int_equal(reserve(f, wants("musk", 5, LATE_IN_MARCH), 'm', 9), RP_END);
	assert_int_equal(
		reserve(f, wants("musk", 5, LATE_IN_MARCH + 2 * RP_HOUR), 'm', 9),
		RP_END);
	assert_ok(reserve(f, wants("musk", 4, LATE_IN_MARCH + 2 * RP_HOUR), 'm', 9),
	          f->err);
}

static void
a_clock_set_back_by_seven_months_frees_no_budget(void **state)
{
	struct fixture *f = *state;
	const int64_t back = LATE_IN_MARCH - 210 * RP_DAY;

	assert_ok(reserve(f, wants("musk", 5, LATE_IN_MARCH), 'm', 9), f->err);
	assert_int_equal(reserve(f, wants("musk", 5, back), 'm', 9), RP_END);
	assert_int_equal(reserve(f, wants("musk", 5, back), 'd', 9), RP_END);
}

static void
clocks_at_the_ends_of_time_do_no_harm(void **state)
{
	static const int64_t clocks[] = {
		INT64_MIN, INT64_MIN + 1, -1, 0, INT64_C(253402300799000000), INT64_MAX
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		begin_run(f);
		assert_ok(reserve(f, wants("musk", 1, clocks[i]), 'd', 100), f->err);
		assert_ok(reserve(f, wants("musk", 1, clocks[i]), 'm', 100), f->err);
	}
	assert_int_equal(reserve(f, wants("musk", INT64_MAX, 0), 'd', DOLLAR), RP_END);
}

int
main(void)
{
#define SPEC(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest specs[] = {
		SPEC(what_is_reserved_is_noted_before_it_is_spent),
		SPEC(a_budget_of_nothing_lets_nothing_be_spent),
		SPEC(a_budget_is_used_up_to_its_last_cent_and_no_further),
		SPEC(what_is_refused_leaves_no_run_behind),
		SPEC(a_source_does_not_pay_for_another_one),
		SPEC(the_budget_of_the_run_is_for_all_sources_together),
		SPEC(a_run_that_was_killed_has_spent_what_it_reserved),
		SPEC(what_turned_out_cheaper_leaves_more),
		SPEC(days_and_months_end_where_they_end_in_utc),
		SPEC(a_clock_set_back_by_seven_months_frees_no_budget),
		SPEC(clocks_at_the_ends_of_time_do_no_harm),
	};

	return cmocka_run_group_tests_name("ingest-ledger", specs, NULL, NULL);
}
