/* Stretches of time that a source saw, or missed, noted in any order. */
#include "core/ingest/collect.h"
#include "tests/support/spec.h"

struct fixture {
	struct store *store;
	struct rp_error err;
	struct rp_buf told;
};

static int
setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){ .store = NULL };
	buf_init(&f.told, 1 << 16);
	if (store_memory_open(&f.store, &f.err) != RP_OK)
		return -1;
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	store_close(f->store);
	buf_done(&f->told);
	return 0;
}

static void
note(struct fixture *f, struct coverage more)
{
	more.source = RP_SLICE("musk");
	if (more.subject.n == 0)
		more.subject = RP_SLICE("x:@1");
	assert_ok(store_begin(f->store, &f->err), f->err);
	assert_ok(coverage_note(f->store, &more, &f->err), f->err);
	assert_ok(store_commit(f->store, &f->err), f->err);
}

static void
seen(struct fixture *f, int64_t from, int64_t until)
{
	note(f, (struct coverage){ .from = from, .until = until });
}

static void
missed(struct fixture *f, int64_t from, int64_t until, const char *why)
{
	note(f, (struct coverage){ .from = from,
	                           .until = until,
	                           .gap = true,
	                           .why = rp_slice_str(why) });
}

/* "1-5, gap 5-9 (why)": of one subject. */
static const char *
held(struct fixture *f, const char *subject)
{
	const struct scan scan = { .of = SCAN_COVERAGE };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st;

	buf_clear(&f->told);
	assert_ok(store_scan(f->store, &scan, &it, &f->err), f->err);
	while ((st = store_next(it, &row, &f->err)) == RP_OK) {
		const struct coverage *c = &row.coverage;

		if (!rp_slice_eq(c->subject, rp_slice_str(subject)))
			continue;
		buf_printf(&f->told, "%s%s", f->told.n > 0 ? ", " : "",
		           c->gap ? "gap " : "");
		if (c->from == RP_TIME_UNKNOWN)
			buf_add_str(&f->told, "ever");
		else
			buf_printf(&f->told, "%lld", (long long)c->from);
		buf_printf(&f->told, "-%lld", (long long)c->until);
		if (c->gap)
			buf_printf(&f->told, " (%.*s)", RP_FMT(c->why));
	}
	assert_int_equal(st, RP_END);
	buf_add_byte(&f->told, '\0');
	return f->told.p;
}

#define assert_held(f, want) assert_string_equal(held(f, "x:@1"), want)

/* ---- what comes of two ---- */

static void
stretches_that_touch_or_overlap_are_one(void **state)
{
	struct fixture *f = *state;

	seen(f, 10, 20);
	seen(f, 20, 30);
	assert_held(f, "10-30");
	seen(f, 5, 12);
	assert_held(f, "5-30");
	seen(f, 40, 50);
	assert_held(f, "5-30, 40-50");
	seen(f, 0, 60);
	assert_held(f, "0-60");
}

static void
what_was_seen_takes_a_gap_away_or_the_part_of_it(void **state)
{
	struct fixture *f = *state;

	missed(f, 10, 30, "limit");
	seen(f, 15, 20);
	assert_held(f, "gap 10-15 (limit), 15-20, gap 20-30 (limit)");
	seen(f, 25, 40);
	assert_held(f, "gap 10-15 (limit), 15-20, gap 20-25 (limit), 25-40");
	seen(f, 0, 100);
	assert_held(f, "0-100");
}

static void
a_gap_is_only_where_nothing_was_seen(void **state)
{
	struct fixture *f = *state;

	seen(f, 10, 20);
	seen(f, 30, 40);
	missed(f, 0, 50, "limit");
	assert_held(f, "gap 0-10 (limit), 10-20, gap 20-30 (limit), 30-40, "
	               "gap 40-50 (limit)");
	missed(f, 12, 18, "later");
	assert_held(f, "gap 0-10 (limit), 10-20, gap 20-30 (limit), 30-40, "
	               "gap 40-50 (limit)");
}

static void
gaps_of_different_reasons_stand_beside_one_another(void **state)
{
	struct fixture *f = *state;

	missed(f, 10, 20, "limit");
	missed(f, 15, 30, "broken off");
	assert_held(f, "gap 10-20 (limit), gap 20-30 (broken off)");
	missed(f, 0, 40, "limit");
	assert_held(f, "gap 0-20 (limit), gap 20-30 (broken off), gap 30-40 (limit)");
}

static void
a_stretch_may_begin_with_whatever_there_was(void **state)
{
	struct fixture *f = *state;

	missed(f, RP_TIME_UNKNOWN, 10, "3,200 newest only");
	seen(f, 5, 20);
	assert_held(f, "gap ever-5 (3,200 newest only), 5-20");
	seen(f, RP_TIME_UNKNOWN, 6);
	assert_held(f, "ever-20");
}

static void
a_stretch_without_an_end_or_length_says_nothing(void **state)
{
	struct fixture *f = *state;

	seen(f, 10, 10);
	seen(f, 20, 10);
	seen(f, 10, RP_TIME_UNKNOWN);
	missed(f, RP_TIME_UNKNOWN, RP_TIME_UNKNOWN, "nothing is known");
	assert_held(f, "");
	seen(f, INT64_MAX - 1, INT64_MAX);
	seen(f, RP_TIME_UNKNOWN, RP_TIME_UNKNOWN + 1);
	missed(f, RP_TIME_UNKNOWN, INT64_MAX, "all else");
	assert_held(f, "ever--9223372036854775807, gap "
	               "-9223372036854775807-9223372036854775806 (all else), "
	               "9223372036854775806-9223372036854775807");
}

static void
subjects_of_a_source_are_apart(void **state)
{
	struct fixture *f = *state;

	seen(f, 10, 20);
	note(f,
	     (struct coverage){ .subject = RP_SLICE("x:@2"), .from = 15, .until = 30 });

	assert_held(f, "10-20");
	assert_string_equal(held(f, "x:@2"), "15-30");
}

static void
the_run_that_found_it_last_is_kept(void **state)
{
	struct fixture *f = *state;
	const struct scan scan = { .of = SCAN_COVERAGE };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;

	note(f, (struct coverage){ .from = 10, .until = 20, .run = 7 });
	note(f, (struct coverage){ .from = 20, .until = 30, .run = 3 });

	assert_ok(store_scan(f->store, &scan, &it, &f->err), f->err);
	assert_ok(store_next(it, &row, &f->err), f->err);
	assert_int_equal(row.coverage.run, 7);
}

/* ---- any order ---- */

enum { TOLD = 6, UNTIL = 12 };

/* 's' seen, 'g' a gap, '.' nothing is known. */
static void
expect(const struct coverage *list, char out[UNTIL + 1])
{
	for (int64_t t = 0; t < UNTIL; t++) {
		char what = '.';

		for (size_t i = 0; i < TOLD; i++)
			if (list[i].from <= t && t < list[i].until &&
			    (what == '.' || !list[i].gap))
				what = list[i].gap ? 'g' : 's';
		out[t] = what;
	}
	out[UNTIL] = '\0';
}

static void
look(struct fixture *f, char out[UNTIL + 1])
{
	const struct scan scan = { .of = SCAN_COVERAGE };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	int64_t end = INT64_MIN;
	bool gap = false;

	memset(out, '.', UNTIL);
	out[UNTIL] = '\0';
	assert_ok(store_scan(f->store, &scan, &it, &f->err), f->err);
	while (store_next(it, &row, &f->err) == RP_OK) {
		const struct coverage *c = &row.coverage;

		assert_true(c->from >= end); /* in order, apart, and joined */
		assert_true(c->from > end || c->gap != gap);
		end = c->until;
		gap = c->gap;
		memset(out + c->from, c->gap ? 'g' : 's', (size_t)(c->until - c->from));
	}
}

static void
try_order(const struct coverage *list, const size_t *order)
{
	struct fixture *f = NULL;
	char want[UNTIL + 1], got[UNTIL + 1];
	void *state = NULL;

	assert_int_equal(setup(&state), 0);
	f = state;
	for (size_t i = 0; i < TOLD; i++)
		note(f, list[order[i]]);
	expect(list, want);
	look(f, got);
	assert_string_equal(got, want);
	teardown(&state);
}

static void
try_orders(const struct coverage *list, size_t *order, size_t n)
{
	if (n == TOLD) {
		try_order(list, order);
		return;
	}
	for (size_t i = n; i < TOLD; i++) {
		const size_t kept = order[n];

		order[n] = order[i];
		order[i] = kept;
		try_orders(list, order, n + 1);
		order[i] = order[n];
		order[n] = kept;
	}
}

static void
every_order_of_noting_gives_the_same(void **state)
{
	uint64_t seed = 1;
	(void)state;

	for (int world = 0; world < 4; world++) {
		struct coverage list[TOLD];
		size_t order[TOLD];

		for (size_t i = 0; i < TOLD; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			list[i] = (struct coverage){
				.from = (int64_t)(seed >> 33) % UNTIL,
				.gap = seed >> 63,
				.why = RP_SLICE("why"),
			};
			list[i].until = list[i].from + (int64_t)(seed >> 40) %
			                                       (UNTIL + 1 - list[i].from);
			order[i] = i;
		}
		try_orders(list, order, 0);
	}
}

static void
a_gap_that_was_not_read_yet_learns_why(void **state)
{
	struct fixture *f = *state;

	missed(f, 1, 9, "not read yet");
	missed(f, 3, 5, "the server's pages repeat themselves");
	missed(f, 2, 8, "not read yet");
	assert_string_equal(held(f, "x:@1"),
	                    "gap 1-3 (not read yet), gap 3-5 (the server's pages repeat "
	                    "themselves), gap 5-9 (not read yet)");
	missed(f, 1, 3, "limit");
	missed(f, 1, 3, "not read yet");
	assert_string_equal(held(f, "x:@1"),
	                    "gap 1-3 (limit), gap 3-5 (the server's pages repeat "
	                    "themselves), gap 5-9 (not read yet)");
}

/* ---- a clock that was ahead ------------------------------------------------------ */

static void
ran(struct fixture *f, int64_t run, int64_t ended)
{
	const struct source_run told = { .run = run,
		                         .source = RP_SLICE("musk"),
		                         .began = ended,
		                         .ended = ended,
		                         .end = SOURCE_DONE };

	assert_ok(store_begin(f->store, &f->err), f->err);
	assert_ok(store_source_run_put(f->store, &told, &f->err), f->err);
	assert_ok(store_commit(f->store, &f->err), f->err);
}

static void
cut_back(struct fixture *f, int64_t now)
{
	assert_ok(store_begin(f->store, &f->err), f->err);
	assert_ok(coverage_cut_back(f->store, now, &f->err), f->err);
	assert_ok(store_commit(f->store, &f->err), f->err);
}

static void
what_was_covered_of_the_future_is_a_gap_since_the_last_run_before(void **state)
{
	struct fixture *f = *state;
	const int64_t hour = RP_HOUR;

	seen(f, 1 * hour, 10 * hour);
	ran(f, 1, 10 * hour);
	seen(f, 10 * hour, 500 * hour);
	ran(f, 2, 500 * hour);
	cut_back(f, 20 * hour);
	assert_string_equal(held(f, "x:@1"),
	                    "3600000000-36000000000, gap 36000000000-72000000000 (the "
	                    "clock of this machine was ahead)");
}

static void
an_hour_ahead_is_granted(void **state)
{
	struct fixture *f = *state;

	seen(f, 1, 5 + RP_HOUR);
	cut_back(f, 5);
	assert_string_equal(held(f, "x:@1"), "1-3600000005");
}

int
main(void)
{
#define SPEC(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest specs[] = {
		SPEC(stretches_that_touch_or_overlap_are_one),
		SPEC(what_was_seen_takes_a_gap_away_or_the_part_of_it),
		SPEC(a_gap_is_only_where_nothing_was_seen),
		SPEC(gaps_of_different_reasons_stand_beside_one_another),
		SPEC(a_gap_that_was_not_read_yet_learns_why),
		SPEC(a_stretch_may_begin_with_whatever_there_was),
		SPEC(a_stretch_without_an_end_or_length_says_nothing),
		SPEC(subjects_of_a_source_are_apart),
		SPEC(the_run_that_found_it_last_is_kept),
		SPEC(what_was_covered_of_the_future_is_a_gap_since_the_last_run_before),
		SPEC(an_hour_ahead_is_granted),
		cmocka_unit_test(every_order_of_noting_gives_the_same),
	};

	return cmocka_run_group_tests_name("ingest-coverage", specs, NULL, NULL);
}
