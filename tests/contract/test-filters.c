/* Which posts a filter takes, and in which order. */
#include "tests/contract/contract.h"

/* ---- authors ----------------------------------------------------------------- */

static const char *
by(struct fixture *f, size_t n, const struct rp_slice *keys, bool negated)
{
	const struct filter_authors authors = { keys, n, negated };
	struct filter filter = FILTER_ALL;

	filter.authors = &authors;
	filter.n_authors = 1;
	filter.order = ORDER_KEY;
	return posts(f, filter);
}

static void
put_authors(struct fixture *f)
{
	begin(f);
	say(f, "x:1", "x:@7", "by id");
	say(f, "x:2", "x:@elonmusk?", "by handle alone");
	say(f, "x:3", "x:@8", "somebody else");
	say(f, "x:4", "", "nobody knows");
	say(f, "masto:5", "masto:@7", "the same handle elsewhere");
	put_account(f, "x:@7", "ElonMusk", "Elon", 10, 20);
	put_account(f, "x:@7", "mars_king", "Elon", 21, 30);
	put_account(f, "masto:@7", "elonmusk", "Not him", 10, 20);
	put_account(f, "x:@8", "elonmusk_", "Fan", 10, 20);
	commit(f);
	reopen(f);
}

static void
posts_are_found_by_the_key_of_their_author(void **state)
{
	struct fixture *f = *state;
	const struct rp_slice seven = RP_LIT("x:@7"),
			      two[] = { RP_LIT("x:@8"), RP_LIT("masto:@7") };

	put_authors(f);
	assert_string_equal(by(f, 1, &seven, false), "x:1");
	assert_string_equal(by(f, 2, two, false), "masto:5, x:3");
	assert_string_equal(by(f, 0, NULL, false), "");
	assert_string_equal(by(f, 1, &seven, true), "masto:5, x:2, x:3, x:4");
	assert_string_equal(by(f, 0, NULL, true), "masto:5, x:1, x:2, x:3, x:4");
}

static void
a_handle_finds_who_has_it_or_once_had_it_on_that_platform(void **state)
{
	struct fixture *f = *state;
	const struct rp_slice once = RP_LIT("x:@elonmusk?"),
			      now = RP_LIT("x:@mars_king?"),
			      other = RP_LIT("masto:@elonmusk?"),
			      nobody = RP_LIT("x:@elon?"), odd = RP_LIT("x:@?");

	put_authors(f);
	assert_string_equal(by(f, 1, &once, false), "x:1, x:2");
	assert_string_equal(by(f, 1, &now, false), "x:1");
	assert_string_equal(by(f, 1, &other, false), "masto:5");
	assert_string_equal(by(f, 1, &nobody, false), "");
	assert_string_equal(by(f, 1, &odd, false), "");
	assert_string_equal(by(f, 1, &once, true), "masto:5, x:3, x:4");
}

static void
every_condition_on_authors_must_hold(void **state)
{
	struct fixture *f = *state;
	const struct rp_slice seven = RP_LIT("x:@7"),
			      both[] = { RP_LIT("x:@7"), RP_LIT("x:@8") };
	const struct filter_authors conditions[] = { { both, 2, false },
		                                     { &seven, 1, true } };
	struct filter filter = FILTER_ALL;

	put_authors(f);
	filter.authors = conditions;
	filter.n_authors = 2;
	assert_string_equal(posts(f, filter), "x:3");
}

/* ---- platforms, kinds -------------------------------------------------------- */

static void
platforms_are_told_apart_by_key(void **state)
{
	struct fixture *f = *state;
	struct filter filter = FILTER_ALL;

	begin(f);
	say(f, "x:1", "", "a");
	say(f, "bsky:did:plc:abc/3lgz", "", "a");
	say(f, "spoken:davos/1", "", "a");
	say(f, "press:https://example.org/", "", "a");
	commit(f);

	filter.order = ORDER_KEY;
	filter.platforms = 1u << PLATFORM_X;
	assert_string_equal(posts(f, filter), "x:1");
	filter.platforms |= 1u << PLATFORM_SPOKEN;
	assert_string_equal(posts(f, filter), "spoken:davos/1, x:1");
	filter.platforms = 1u << PLATFORM_MASTO;
	assert_string_equal(posts(f, filter), "");
	filter.platforms = 0;
	assert_string_equal(posts(f, filter),
	                    "bsky:did:plc:abc/3lgz, press:https://example.org/, "
	                    "spoken:davos/1, x:1");
}

static void
ghosts_are_left_out_unless_asked_for(void **state)
{
	struct fixture *f = *state;
	const struct scan everything = { .of = SCAN_POSTS };
	struct filter filter = FILTER_ALL;
	size_t n = 0;
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;

	begin(f);
	put_ghost(f, "x:2");
	say(f, "x:3", "", "a");
	put_post(f, (struct post){ .key = RP_SLICE("x:1"), .kind = KIND_REPOST });
	commit(f);

	filter.order = ORDER_KEY;
	assert_string_equal(posts(f, filter), "x:1, x:3");
	filter.ghosts = true;
	assert_string_equal(posts(f, filter), "x:1, x:2, x:3");
	/* Without a filter there is no condition at all, and the order is that of keys.
	 */
	assert_ok(store_scan(f->store, &everything, &iter, &f->err), f->err);
	for (; store_next(iter, &row, &f->err) == RP_OK; n++)
		assert_slice(row.post.key, n == 0 ? "x:1" : n == 1 ? "x:2" : "x:3");
	assert_int_equal(n, 3);
}

/* ---- time -------------------------------------------------------------------- */

static void
put_at(struct fixture *f, const char *key, int64_t lo, int64_t hi)
{
	put_post(f,
	         (struct post){ .key = rp_slice_str(key),
	                        .kind = KIND_POST,
	                        .time = { lo, hi, RP_PRECISION_S, RP_BASIS_PLATFORM } });
}

static void
put_times(struct fixture *f)
{
	begin(f);
	put_at(f, "x:exact", 100, 100);
	put_at(f, "x:span", 50, 150);
	put_at(f, "x:never", RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	put_at(f, "x:by", RP_TIME_UNKNOWN, 80);
	put_at(f, "x:from", 120, RP_TIME_UNKNOWN);
	put_at(f, "x:early", -500, -500);
	commit(f);
	reopen(f);
}

static const char *
between(struct fixture *f, int64_t since, int64_t until)
{
	struct filter filter = FILTER_ALL;

	filter.since = since;
	filter.until = until;
	filter.order = ORDER_KEY;
	return posts(f, filter);
}

static void
since_takes_what_may_be_at_or_after_it(void **state)
{
	struct fixture *f = *state;

	put_times(f);
	assert_string_equal(between(f, 100, RP_TIME_UNKNOWN), "x:exact, x:from, x:span");
	assert_string_equal(between(f, 101, RP_TIME_UNKNOWN), "x:from, x:span");
	assert_string_equal(between(f, 80, RP_TIME_UNKNOWN),
	                    "x:by, x:exact, x:from, x:span");
	assert_string_equal(between(f, 151, RP_TIME_UNKNOWN), "x:from");
	assert_string_equal(between(f, -500, RP_TIME_UNKNOWN),
	                    "x:by, x:early, x:exact, x:from, x:span");
}

static void
until_takes_what_may_be_before_it(void **state)
{
	struct fixture *f = *state;

	put_times(f);
	assert_string_equal(between(f, RP_TIME_UNKNOWN, 100), "x:by, x:early, x:span");
	assert_string_equal(between(f, RP_TIME_UNKNOWN, 101),
	                    "x:by, x:early, x:exact, x:span");
	assert_string_equal(between(f, RP_TIME_UNKNOWN, 50), "x:by, x:early");
	assert_string_equal(between(f, RP_TIME_UNKNOWN, -500), "x:by");
}

static void
since_and_until_together_are_a_span(void **state)
{
	struct fixture *f = *state;

	put_times(f);
	assert_string_equal(between(f, 60, 110), "x:by, x:exact, x:span");
	assert_string_equal(between(f, 90, 100), "x:span");
	assert_string_equal(between(f, 110, 90), "x:span"); /* a span that holds both */
	assert_string_equal(between(f, 1000, 2000), "x:from");
	assert_string_equal(between(f, RP_TIME_UNKNOWN, RP_TIME_UNKNOWN),
	                    "x:by, x:early, x:exact, x:from, x:never, x:span");
}

static void
loose_times_come_apart_from_exact_ones_and_may_lie_anywhere_once_more_is_known(
	void **state)
{
	struct fixture *f = *state;
	struct filter filter = FILTER_ALL;

	put_times(f);
	filter.order = ORDER_KEY;
	filter.times = TIMES_EXACT;
	assert_string_equal(posts(f, filter), "x:early, x:exact");
	filter.times = TIMES_LOOSE;
	assert_string_equal(posts(f, filter), "x:by, x:from, x:never, x:span");
	filter.since = 151;
	assert_string_equal(posts(f, filter), "x:from, x:never");
	filter.until = 160;
	filter.order = ORDER_TIME;
	assert_string_equal(posts(f, filter), "x:from, x:never");
	filter.since = 90;
	filter.until = 110;
	assert_string_equal(posts(f, filter), "x:span, x:never");
	filter.times = TIMES_EXACT;
	assert_string_equal(posts(f, filter), "x:exact");
	filter.order = ORDER_TIME_DOWN;
	filter.since = filter.until = RP_TIME_UNKNOWN;
	assert_string_equal(posts(f, filter), "x:exact, x:early");
}

/* ---- order, limit ------------------------------------------------------------ */

static void
put_for_order(struct fixture *f)
{
	const struct rp_time day = { 20, 90, RP_PRECISION_DAY, RP_BASIS_ARTICLE };

	begin(f);
	put_at(f, "x:1", RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	put_at(f, "x:2", 30, 30);
	put_at(f, "x:3", 20, 20);
	put_at(f, "x:4", -20, -20);
	put_post(f,
	         (struct post){ .key = RP_SLICE("x:0"), .kind = KIND_POST, .time = day });
	put_at(f, "x:5", 20, 20);
	put_at(f, "x:6", RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	put_at(f, "x:10", 0, 0);
	put_at(f, "x:11", 20, 20);
	commit(f);
	reopen(f);
}

static const char *
ordered(struct fixture *f, enum filter_order order, uint64_t limit)
{
	struct filter filter = FILTER_ALL;

	filter.order = order;
	filter.limit = limit;
	return posts(f, filter);
}

static void
posts_come_by_time_precision_and_key_unknown_times_last(void **state)
{
	struct fixture *f = *state;

	put_for_order(f);
	assert_string_equal(ordered(f, ORDER_TIME, 0),
	                    "x:4, x:10, x:3, x:5, x:11, x:0, x:2, x:1, x:6");
}

static void
newest_first_is_the_other_way_round_with_unknown_times_still_last(void **state)
{
	struct fixture *f = *state;

	put_for_order(f);
	assert_string_equal(ordered(f, ORDER_TIME_DOWN, 0),
	                    "x:2, x:0, x:11, x:5, x:3, x:10, x:4, x:6, x:1");
}

static void
keys_sort_bytewise(void **state)
{
	struct fixture *f = *state;

	put_for_order(f);
	begin(f);
	say(f, "bsky:z", "", "a");
	say(f, "x:\xc3\xa9", "", "a");
	say(f, "x:Z", "", "a");
	commit(f);
	assert_string_equal(ordered(f, ORDER_KEY, 0),
	                    "bsky:z, x:0, x:1, x:10, x:11, x:2, x:3, x:4, x:5, x:6, x:Z, "
	                    "x:\xc3\xa9");
}

static void
a_limit_takes_the_first_ones_in_every_order(void **state)
{
	struct fixture *f = *state;

	put_for_order(f);
	assert_string_equal(ordered(f, ORDER_TIME, 2), "x:4, x:10");
	assert_string_equal(ordered(f, ORDER_TIME, 8),
	                    "x:4, x:10, x:3, x:5, x:11, x:0, x:2, x:1");
	assert_string_equal(ordered(f, ORDER_TIME_DOWN, 1), "x:2");
	assert_string_equal(ordered(f, ORDER_TIME_DOWN, 8),
	                    "x:2, x:0, x:11, x:5, x:3, x:10, x:4, x:6");
	assert_string_equal(ordered(f, ORDER_KEY, 3), "x:0, x:1, x:10");
	assert_string_equal(ordered(f, ORDER_KEY, 100),
	                    "x:0, x:1, x:10, x:11, x:2, x:3, x:4, x:5, x:6");
	assert_string_equal(ordered(f, ORDER_KEY, UINT64_MAX),
	                    "x:0, x:1, x:10, x:11, x:2, x:3, x:4, x:5, x:6");
}

static void
all_conditions_work_together(void **state)
{
	struct fixture *f = *state;
	const struct rp_slice author = RP_LIT("x:@ana?");
	const struct filter_authors authors = { &author, 1, false };
	const struct filter_term wanted[] = { { RP_SLICE("gate"), false, false },
		                              { RP_SLICE("shut"), false, true } };
	struct filter filter = { .terms = wanted,
		                 .n_terms = 2,
		                 .authors = &authors,
		                 .n_authors = 1,
		                 .platforms = 1u << PLATFORM_X,
		                 .since = 10,
		                 .until = 100,
		                 .order = ORDER_TIME_DOWN,
		                 .limit = 2 };

	begin(f);
	put_account(f, "x:@1", "Ana", "Ana", 1, 2);
	for (int i = 0; i < 12; i++) {
		struct post post = { .key = text(f, "x:%d", i),
			             .kind = KIND_POST,
			             .author = i % 6 == 5 ? RP_SLICE("x:@2")
			                                  : RP_SLICE("x:@1"),
			             .time = at(i * 10) };

		put_words(f, put_post(f, post), i % 4 == 0 ? "gate shut" : "gate");
	}
	commit(f);

	/* 1 2 3 6 7 9 (10 and 11 are too late, 0 too early) */
	assert_string_equal(posts(f, filter), "x:9, x:7");
	filter.limit = 0;
	assert_string_equal(posts(f, filter), "x:9, x:7, x:6, x:3, x:2, x:1");
}

/* ---- nothing ----------------------------------------------------------------- */

static void
scans_over_an_empty_store_are_empty(void **state)
{
	struct fixture *f = *state;
	const struct filter_term term = { RP_SLICE("word"), false, false };
	struct filter filter = FILTER_ALL;
	struct store_stats stats;

	for (int of = SCAN_POSTS; of <= SCAN_GHOSTS; of++)
		assert_string_equal(rows(f, (enum scan_of)of, 1, "x:1"), "");
	for (int order = ORDER_TIME; order <= ORDER_KEY; order++) {
		filter.order = (enum filter_order)order;
		assert_string_equal(posts(f, filter), "");
	}
	filter.terms = &term;
	filter.n_terms = 1;
	assert_string_equal(posts(f, filter), "");
	assert_int_equal(find_post(f, "x:1"), RP_NOT_FOUND);
	stats = stats_of(f);
	assert_int_equal(stats.posts + stats.ghosts + stats.versions + stats.accounts, 0);
	assert_int_equal(stats.captures + stats.sightings + stats.rejected, 0);
	assert_int_equal(stats.bytes_in, 0);
}

static void
two_iterators_may_be_open_at_once_and_be_left_early(void **state)
{
	struct fixture *f = *state;
	const struct scan all = { .of = SCAN_POSTS };
	CLEANUP(store_iter_close) struct store_iter *outer = NULL;
	union scan_row row;
	size_t pairs = 0;

	begin(f);
	say(f, "x:1", "", "a");
	say(f, "x:2", "", "b");
	say(f, "x:3", "", "c");
	commit(f);
	assert_ok(store_scan(f->store, &all, &outer, &f->err), f->err);
	while (store_next(outer, &row, &f->err) == RP_OK) {
		CLEANUP(store_iter_close) struct store_iter *inner = NULL;

		assert_ok(store_scan(f->store, &all, &inner, &f->err), f->err);
		assert_int_equal(store_next(inner, &row, &f->err), RP_OK);
		assert_slice(row.post.key, "x:1");
		assert_int_equal(store_next(inner, &row, &f->err), RP_OK);
		pairs++;
	}
	assert_int_equal(pairs, 3);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(posts_are_found_by_the_key_of_their_author),
		SPEC(a_handle_finds_who_has_it_or_once_had_it_on_that_platform),
		SPEC(every_condition_on_authors_must_hold),
		SPEC(platforms_are_told_apart_by_key),
		SPEC(ghosts_are_left_out_unless_asked_for),
		SPEC(since_takes_what_may_be_at_or_after_it),
		SPEC(until_takes_what_may_be_before_it),
		SPEC(since_and_until_together_are_a_span),
		SPEC(loose_times_come_apart_from_exact_ones_and_may_lie_anywhere_once_more_is_known),
		SPEC(posts_come_by_time_precision_and_key_unknown_times_last),
		SPEC(newest_first_is_the_other_way_round_with_unknown_times_still_last),
		SPEC(keys_sort_bytewise),
		SPEC(a_limit_takes_the_first_ones_in_every_order),
		SPEC(all_conditions_work_together),
		SPEC(scans_over_an_empty_store_are_empty),
		SPEC(two_iterators_may_be_open_at_once_and_be_left_early),
	};

	return CONTRACT_RUN(argc, argv, "filters", specs);
}
