/* What is kept of collecting: overwritten, never derived, of this archive alone. */
#include "tests/contract/contract.h"

static void
put_source(struct fixture *f, struct source_state state)
{
	assert_ok(store_source_put(f->store, &state, &f->err), f->err);
}

static struct source_state
source(const char *name, const char *cursor)
{
	return (struct source_state){ .name = rp_slice_str(name),
		                      .collector = RP_SLICE("x"),
		                      .cursor = rp_slice_str(cursor),
		                      .due = RP_TIME_UNKNOWN,
		                      .tried = RP_TIME_UNKNOWN,
		                      .worked = RP_TIME_UNKNOWN };
}

static void
cover(struct fixture *f, const char *name, const char *subject,
      const struct coverage *list, size_t n)
{
	assert_ok(store_coverage_set(f->store, rp_slice_str(name), rp_slice_str(subject),
	                             list, n, &f->err),
	          f->err);
}

static void
tell_run(struct fixture *f, struct source_run told)
{
	assert_ok(store_source_run_put(f->store, &told, &f->err), f->err);
}

static int64_t
spend(struct fixture *f, struct spending spending)
{
	int64_t id = 0;

	assert_ok(store_spending_put(f->store, &spending, &id, &f->err), f->err);
	assert_true(id > 0);
	return id;
}

static int64_t
spent(struct fixture *f, const char *name, int64_t since)
{
	int64_t micro = -1;

	assert_ok(
		store_spending_sum(f->store, rp_slice_str(name), since, &micro, &f->err),
		f->err);
	return micro;
}

static void
look(struct fixture *f, const char *key, const char *way, enum look_outcome outcome)
{
	const struct look put = { rp_slice_str(key), rp_slice_str(way), 7, outcome, 1 };

	assert_ok(store_look_put(f->store, &put, &f->err), f->err);
}

/* Something of everything. */
static void
collect(struct fixture *f)
{
	const struct coverage seen = { .from = 10, .until = 20, .run = 1 };
	int64_t run = put_run(f, 1);

	put_source(f, source("musk", "c1"));
	cover(f, "musk", "x:@44196397", &seen, 1);
	tell_run(f, (struct source_run){ .run = run, .source = RP_SLICE("musk") });
	spend(f, (struct spending){ .run = run,
	                            .source = RP_SLICE("musk"),
	                            .what = RP_SLICE("x.post"),
	                            .micro = 5 });
	look(f, "x:20", "x", LOOK_GONE);
}

static void
assert_collected(struct fixture *f)
{
	assert_string_equal(rows(f, SCAN_SOURCES, 0, ""), "musk c1");
	assert_string_equal(rows(f, SCAN_COVERAGE, 0, ""), "musk x:@44196397 10..20");
	assert_string_equal(rows(f, SCAN_SOURCE_RUNS, 0, ""), "1 musk done");
	assert_string_equal(rows(f, SCAN_SPENDING, 0, ""), "musk x.post 5");
	assert_string_equal(rows(f, SCAN_LOOKS, 0, ""), "x:20 x 1");
}

/* ---- sources ----------------------------------------------------------------- */

static void
where_a_source_stands_is_read_back_whole(void **state)
{
	struct fixture *f = *state;
	const struct source_state put = { .name = RP_SLICE("musk\0é"),
		                          .collector = RP_SLICE("x"),
		                          .cursor = RP_SLICE("since=1\n\0\xff"),
		                          .due = 5,
		                          .tried = -4,
		                          .worked = RP_TIME_UNKNOWN,
		                          .failures = UINT32_MAX,
		                          .paused = true,
		                          .trouble = RP_SLICE("HTTP 503") };
	struct source_state got;

	begin(f);
	put_source(f, put);
	commit(f);
	reopen(f);

	assert_ok(store_source_get(f->store, put.name, f->arena, &got, &f->err), f->err);
	assert_true(rp_slice_eq(got.name, put.name));
	assert_true(rp_slice_eq(got.collector, put.collector));
	assert_true(rp_slice_eq(got.cursor, put.cursor));
	assert_true(rp_slice_eq(got.trouble, put.trouble));
	assert_int_equal(got.due, 5);
	assert_int_equal(got.tried, -4);
	assert_int_equal(got.worked, RP_TIME_UNKNOWN);
	assert_int_equal(got.failures, UINT32_MAX);
	assert_true(got.paused);
}

static void
a_source_that_was_never_asked_is_not_found(void **state)
{
	struct fixture *f = *state;
	struct source_state got;

	begin(f);
	put_source(f, source("musk", ""));
	commit(f);

	assert_int_equal(
		store_source_get(f->store, RP_SLICE("mus"), f->arena, &got, &f->err),
		RP_NOT_FOUND);
	assert_int_equal(
		store_source_get(f->store, RP_SLICE(""), f->arena, &got, &f->err),
		RP_NOT_FOUND);
}

static void
where_a_source_stands_is_overwritten(void **state)
{
	struct fixture *f = *state;

	begin(f);
	put_source(f, source("musk", "one"));
	put_source(f, source("ana", ""));
	put_source(f, source("musk", "two"));
	commit(f);
	reopen(f);

	assert_string_equal(rows(f, SCAN_SOURCES, 0, ""), "ana , musk two");
}

/* ---- coverage ---------------------------------------------------------------- */

static void
coverage_comes_by_source_subject_and_time(void **state)
{
	struct fixture *f = *state;
	const struct coverage early = { .from = RP_TIME_UNKNOWN, .until = -5 };
	const struct coverage two[] = { { .from = 1, .until = 5 },
		                        { .from = 5,
		                          .until = 9,
		                          .gap = true,
		                          .why = RP_SLICE("3,200 newest only") } };

	begin(f);
	cover(f, "musk", "x:@1", two, 2);
	cover(f, "musk", "query:grok", &early, 1);
	cover(f, "ana", "x:@1", two, 1);
	commit(f);
	reopen(f);

	assert_string_equal(rows(f, SCAN_COVERAGE, 0, ""),
	                    text(f,
	                         "ana x:@1 1..5, musk query:grok %lld..-5, "
	                         "musk x:@1 1..5, musk x:@1 5..9 gap",
	                         (long long)RP_TIME_UNKNOWN)
	                            .p);
	assert_string_equal(rows(f, SCAN_COVERAGE, 0, "ana"), "ana x:@1 1..5");
	assert_string_equal(rows(f, SCAN_COVERAGE, 0, "an"), "");
}

static void
coverage_that_is_set_takes_the_place_of_what_was_there(void **state)
{
	struct fixture *f = *state;
	const struct coverage old[] = { { .from = 1, .until = 5 },
		                        { .from = 7, .until = 9 } };
	const struct coverage now = { .from = 1, .until = 9 };

	begin(f);
	cover(f, "musk", "x:@1", old, 2);
	cover(f, "musk", "x:@2", old, 2);
	commit(f);
	begin(f);
	cover(f, "musk", "x:@1", &now, 1);
	cover(f, "musk", "x:@2", NULL, 0);
	commit(f);

	assert_string_equal(rows(f, SCAN_COVERAGE, 0, "musk"), "musk x:@1 1..9");
}

static void
see_coverage(struct fixture *f, const union scan_row *row, void *context)
{
	struct coverage *out = context;

	*out = row->coverage;
	assert_true(arena_copy(f->arena, row->coverage.why, &out->why));
}

static void
why_there_is_a_gap_and_which_run_found_it_are_kept(void **state)
{
	struct fixture *f = *state;
	const struct scan scan = { .of = SCAN_COVERAGE };
	const struct coverage gap = { .from = 1,
		                      .until = 2,
		                      .gap = true,
		                      .why = RP_SLICE("seven-day limit"),
		                      .run = 3 };
	struct coverage got = { .run = 0 };

	begin(f);
	cover(f, "musk", "x:@1", &gap, 1);
	commit(f);

	each_row(f, &scan, see_coverage, &got);
	assert_true(rp_slice_eq(got.why, gap.why));
	assert_int_equal(got.run, 3);
}

/* ---- runs of sources --------------------------------------------------------- */

static void
see_source_run(struct fixture *f, const union scan_row *row, void *context)
{
	struct source_run *out = context;

	*out = row->source_run;
	assert_true(arena_copy(f->arena, row->source_run.source, &out->source));
	assert_true(arena_copy(f->arena, row->source_run.why, &out->why));
}

static void
how_a_source_fared_in_a_run_is_read_back_whole(void **state)
{
	struct fixture *f = *state;
	const struct scan scan = { .of = SCAN_SOURCE_RUNS };
	const struct source_run put = { 4,
		                        RP_SLICE("musk"),
		                        -1,
		                        2,
		                        3,
		                        4,
		                        5,
		                        6,
		                        7,
		                        8,
		                        9,
		                        10,
		                        11,
		                        12,
		                        SOURCE_LATER,
		                        RP_SLICE("HTTP 429") };
	struct source_run got = { .run = 0 };

	begin(f);
	tell_run(f, put);
	commit(f);
	reopen(f);

	each_row(f, &scan, see_source_run, &got);
	assert_true(rp_slice_eq(got.source, put.source));
	assert_true(rp_slice_eq(got.why, put.why));
	got.source = put.source;
	got.why = put.why;
	assert_int_equal(got.run, 4);
	assert_int_equal(got.began, -1);
	assert_int_equal(got.ended, 2);
	assert_int_equal(got.requests, 3);
	assert_int_equal(got.unchanged, 4);
	assert_int_equal(got.captures, 5);
	assert_int_equal(got.records, 6);
	assert_int_equal(got.fresh, 7);
	assert_int_equal(got.same, 8);
	assert_int_equal(got.versions, 9);
	assert_int_equal(got.rejected, 10);
	assert_int_equal(got.bytes_in, 11);
	assert_int_equal(got.spent_micro, 12);
	assert_int_equal(got.end, SOURCE_LATER);
}

static void
runs_of_sources_come_from_a_run_on_and_the_last_word_counts(void **state)
{
	struct fixture *f = *state;

	begin(f);
	tell_run(f, (struct source_run){ .run = 2, .source = RP_SLICE("musk") });
	tell_run(f, (struct source_run){ .run = 1, .source = RP_SLICE("musk") });
	tell_run(f, (struct source_run){ .run = 2, .source = RP_SLICE("ana") });
	tell_run(f, (struct source_run){
			    .run = 2, .source = RP_SLICE("musk"), .end = SOURCE_FAILED });
	commit(f);

	assert_string_equal(rows(f, SCAN_SOURCE_RUNS, 0, ""),
	                    "1 musk done, 2 ana done, 2 musk failed");
	assert_string_equal(rows(f, SCAN_SOURCE_RUNS, 2, ""),
	                    "2 ana done, 2 musk failed");
}

/* ---- money ------------------------------------------------------------------- */

static void
spending_is_summed_by_source_and_from_a_time_on(void **state)
{
	struct fixture *f = *state;

	begin(f);
	spend(f, (struct spending){ .source = RP_SLICE("a"), .at = 10, .micro = 1 });
	spend(f, (struct spending){ .source = RP_SLICE("a"), .at = 20, .micro = 20 });
	spend(f, (struct spending){ .source = RP_SLICE("b"), .at = 20, .micro = 300 });
	commit(f);
	reopen(f);

	assert_int_equal(spent(f, "a", RP_TIME_UNKNOWN), 21);
	assert_int_equal(spent(f, "a", 20), 20);
	assert_int_equal(spent(f, "a", 21), 0);
	assert_int_equal(spent(f, "", 11), 320);
	assert_int_equal(spent(f, "c", 0), 0);
}

static void
spending_of_one_run_is_summed_whatever_its_times(void **state)
{
	struct fixture *f = *state;
	int64_t micro;

	begin(f);
	spend(f, (struct spending){
			 .run = 1, .source = RP_SLICE("a"), .at = 90, .micro = 1 });
	spend(f, (struct spending){
			 .run = 2, .source = RP_SLICE("a"), .at = 10, .micro = 20 });
	spend(f, (struct spending){
			 .run = 2, .source = RP_SLICE("b"), .at = -5, .micro = 300 });
	commit(f);

	assert_ok(store_spending_run_sum(f->store, RP_SLICE("a"), 2, &micro, &f->err),
	          f->err);
	assert_int_equal(micro, 20);
	assert_ok(store_spending_run_sum(f->store, RP_SLICE(""), 2, &micro, &f->err),
	          f->err);
	assert_int_equal(micro, 320);
	assert_ok(store_spending_run_sum(f->store, RP_SLICE(""), 3, &micro, &f->err),
	          f->err);
	assert_int_equal(micro, 0);
}

static void
what_a_request_did_cost_takes_the_place_of_the_most_it_could(void **state)
{
	struct fixture *f = *state;
	struct spending spending = { .source = RP_SLICE("a"),
		                     .payer = RP_SLICE("x"),
		                     .what = RP_SLICE("x.post"),
		                     .at = 10,
		                     .units = 100,
		                     .micro = 500000 };

	begin(f);
	spending.id = spend(f, spending);
	spend(f, (struct spending){ .source = RP_SLICE("b"),
	                            .what = RP_SLICE("x.user"),
	                            .micro = 1 });
	commit(f);
	begin(f);
	spending.units = 3;
	spending.micro = 15000;
	spending.settled = true;
	assert_int_equal(spend(f, spending), spending.id);
	commit(f);

	assert_string_equal(rows(f, SCAN_SPENDING, 0, ""), "a x.post 15000, b x.user 1");
	assert_string_equal(rows(f, SCAN_SPENDING, spending.id + 1, ""), "b x.user 1");
	assert_int_equal(spent(f, "", 0), 15001);
}

/* ---- look-ups ---------------------------------------------------------------- */

static void
the_last_look_by_a_way_counts(void **state)
{
	struct fixture *f = *state;

	begin(f);
	look(f, "x:20", "x-embed", LOOK_NOTHING);
	look(f, "x:20", "x", LOOK_GONE);
	look(f, "x:3", "x", LOOK_FOUND);
	look(f, "bsky:did:plc:a/3k", "bsky", LOOK_FOUND);
	look(f, "x:20", "x-embed", LOOK_FOUND);
	commit(f);
	reopen(f);

	assert_string_equal(rows(f, SCAN_LOOKS, 0, "x:20"), "x:20 x 1, x:20 x-embed 0");
	assert_string_equal(rows(f, SCAN_LOOKS, 0, "x:2"), "");
	assert_string_equal(
		rows(f, SCAN_LOOKS, 0, ""),
		"bsky:did:plc:a/3k bsky 0, x:20 x 1, x:20 x-embed 0, x:3 x 0");
}

/* ---- all of it --------------------------------------------------------------- */

static void
what_is_derived_is_dropped_without_it(void **state)
{
	struct fixture *f = *state;

	begin(f);
	collect(f);
	commit(f);
	begin(f);
	assert_ok(store_drop_derived(f->store, &f->err), f->err);
	commit(f);
	compact(f, true);
	reopen(f);

	assert_collected(f);
}

static void
it_is_rolled_back_with_the_transaction(void **state)
{
	struct fixture *f = *state;
	const struct coverage other = { .from = 90, .until = 99 };

	begin(f);
	collect(f);
	commit(f);
	begin(f);
	put_source(f, source("musk", "c2"));
	cover(f, "musk", "x:@44196397", &other, 1);
	tell_run(f, (struct source_run){
			    .run = 1, .source = RP_SLICE("musk"), .end = SOURCE_FAILED });
	spend(f, (struct spending){ .source = RP_SLICE("musk"), .micro = 1 });
	look(f, "x:20", "x", LOOK_FOUND);
	store_rollback(f->store);

	assert_collected(f);
}

/* ---- ghosts ------------------------------------------------------------------ */

static void
refer(struct fixture *f, int64_t child, const char *ghost, enum edge_type type)
{
	put_edge(f, (struct edge){ .child = child,
	                           .parent = find_post(f, ghost) == RP_OK
	                                             ? get_post(f, ghost).id
	                                             : put_ghost(f, ghost),
	                           .type = type,
	                           .confidence_percent = 100 });
}

static int64_t
put_in(struct fixture *f, const char *key, const char *author, const char *conversation)
{
	return put_post(f, (struct post){ .key = rp_slice_str(key),
	                                  .kind = KIND_POST,
	                                  .author = rp_slice_str(author),
	                                  .time = RP_TIME_NONE,
	                                  .conversation = rp_slice_str(conversation) });
}

static void
ghosts_of_an_account_come_newest_first_and_each_once(void **state)
{
	struct fixture *f = *state;
	int64_t one, two, other;

	begin(f);
	one = put_in(f, "x:100", "x:@1", "");
	two = put_in(f, "x:101", "x:@1", "");
	other = put_in(f, "x:102", "x:@2", "");
	refer(f, one, "x:9", EDGE_REPLY);
	refer(f, two, "x:9", EDGE_QUOTE);
	refer(f, two, "x:88", EDGE_REPOST);
	refer(f, one, "x:89", EDGE_LINK);
	refer(f, two, "x:100", EDGE_REPLY);
	refer(f, other, "x:90", EDGE_REPLY);
	commit(f);
	reopen(f);

	assert_string_equal(rows(f, SCAN_GHOSTS, 0, "x:@1"), "x:88, x:9");
	assert_string_equal(rows(f, SCAN_GHOSTS, 0, "x:@3"), "");
	assert_string_equal(rows(f, SCAN_GHOSTS, 0, ""), "");
}

static void
a_handle_stands_for_every_account_of_its_platform_that_had_it(void **state)
{
	struct fixture *f = *state;

	begin(f);
	put_account(f, "x:@1", "Ana", "", 1, 2);
	put_account(f, "x:@1", "AnaNew", "", 3, 4);
	put_account(f, "bsky:@did:plc:a", "ana", "", 1, 2);
	refer(f, put_in(f, "x:100", "x:@1", ""), "x:9", EDGE_REPLY);
	refer(f, put_in(f, "x:101", "x:@ana?", ""), "x:8", EDGE_REPLY);
	refer(f, put_in(f, "bsky:did:plc:a/3k", "bsky:@did:plc:a", ""),
	      "bsky:did:plc:b/3j", EDGE_REPLY);
	commit(f);

	assert_string_equal(rows(f, SCAN_GHOSTS, 0, "x:@ana?"), "x:9, x:8");
	assert_string_equal(rows(f, SCAN_GHOSTS, 0, "x:@ananew?"), "x:9");
	assert_string_equal(rows(f, SCAN_GHOSTS, 0, "x:@ben?"), "");
}

static void
ghosts_of_a_conversation_are_found_from_each_of_its_posts(void **state)
{
	struct fixture *f = *state;
	int64_t reply;

	begin(f);
	put_in(f, "x:50", "x:@1", "x:50");
	reply = put_in(f, "x:100", "x:@1", "x:50");
	put_alias(f, "x:99", reply);
	refer(f, reply, "x:60", EDGE_REPLY);
	refer(f, put_in(f, "x:101", "x:@2", "x:50"), "x:61", EDGE_REPLY);
	refer(f, put_in(f, "x:102", "x:@2", "x:51"), "x:62", EDGE_REPLY);
	refer(f, put_in(f, "x:103", "x:@2", ""), "x:63", EDGE_REPLY);
	commit(f);

	assert_string_equal(rows(f, SCAN_GHOSTS, 0, "x:50"), "x:61, x:60");
	assert_string_equal(rows(f, SCAN_GHOSTS, 0, "x:100"), "x:61, x:60");
	assert_string_equal(rows(f, SCAN_GHOSTS, 0, "x:99"), "x:61, x:60");
	assert_string_equal(rows(f, SCAN_GHOSTS, 0, "x:51"), "x:62");
	assert_string_equal(rows(f, SCAN_GHOSTS, 0, "x:103"), "x:63");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(where_a_source_stands_is_read_back_whole),
		SPEC(a_source_that_was_never_asked_is_not_found),
		SPEC(where_a_source_stands_is_overwritten),
		SPEC(coverage_comes_by_source_subject_and_time),
		SPEC(coverage_that_is_set_takes_the_place_of_what_was_there),
		SPEC(why_there_is_a_gap_and_which_run_found_it_are_kept),
		SPEC(how_a_source_fared_in_a_run_is_read_back_whole),
		SPEC(runs_of_sources_come_from_a_run_on_and_the_last_word_counts),
		SPEC(spending_is_summed_by_source_and_from_a_time_on),
		SPEC(spending_of_one_run_is_summed_whatever_its_times),
		SPEC(what_a_request_did_cost_takes_the_place_of_the_most_it_could),
		SPEC(the_last_look_by_a_way_counts),
		SPEC(what_is_derived_is_dropped_without_it),
		SPEC(it_is_rolled_back_with_the_transaction),
		SPEC(ghosts_of_an_account_come_newest_first_and_each_once),
		SPEC(a_handle_stands_for_every_account_of_its_platform_that_had_it),
		SPEC(ghosts_of_a_conversation_are_found_from_each_of_its_posts),
	};

	return CONTRACT_RUN(argc, argv, "sources", specs);
}
