/* Queries read when memory runs out on the way: as they are, or out of memory. */
#include "core/query/query.h"
#include "tests/support/scarce.h"
#include "tests/support/spec.h"

static const struct rp_slice ann_accounts[] = { RP_LIT("x:@ann?"),
	                                        RP_LIT("spoken:@Ann") };
static const struct rp_slice ann_aliases[] = { RP_LIT("Ann\xc3\xa9") };
static const struct person list[] = { { .name = RP_LIT("Ann Other"),
	                                .short_name = RP_LIT("Ann"),
	                                .accounts = ann_accounts,
	                                .n_accounts = 2,
	                                .aliases = ann_aliases,
	                                .n_aliases = 1 } };
static const struct people people = { list, 1 };

static const char *const queries[] = {
	"money \"a whole phrase\" stargat* -no from:Ann -from:@bob on:x since:2024-01-01 "
	"until:today",
	"from:Ann\xc3\xa9 from:x:@7 Caf\xc3\xa9",
	"since:\"2 days ago\" a b c d e f g h i j k l m n o p q r s t",
	"from:\"Ann Other\" from:a from:b from:c from:d from:e from:f from:g from:h "
	"from:i",
};

struct reading {
	const char *query;
	const struct zone *zone;
	size_t terms, authors;
};

static void
act(void *context, bool fails)
{
	struct reading *r = context;
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	const struct query_context how = { .people = &people,
		                           .zone = r->zone,
		                           .now = INT64_C(1735689600000000) };
	const size_t refusals = rp_memory_refusals();
	struct rp_error err = { .status = RP_OK };
	struct filter filter = FILTER_ALL;
	enum rp_status st = RP_FAILED;

	if (arena != NULL)
		st = query_parse(rp_slice_str(r->query), &how, arena, &filter, &err);
	scarce_pause();
	if (!fails) {
		assert_ok(st, err);
		r->terms = filter.n_terms;
		r->authors = filter.n_authors;
	} else if (st != RP_OK) {
		assert_int_equal(st, RP_FAILED);
	} else if (rp_memory_refusals() == refusals) {
		assert_int_equal(filter.n_terms, r->terms);
		assert_int_equal(filter.n_authors, r->authors);
	}
}

static void
a_query_is_read_or_out_of_memory(void **state)
{
	CLEANUP(zone_close) struct zone *zone = NULL;
	struct rp_error err;

	(void)state;
	assert_ok(zone_open(RP_SLICE("UTC"), &zone, &err), err);
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		struct reading r = { .query = queries[i], .zone = zone };

		assert_true(scarce_each(1, act, &r) > 5);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(
		a_query_is_read_or_out_of_memory) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
