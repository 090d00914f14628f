/* What is kept of collecting, damaged on disk. */
#include "tests/unit/sqlite/sample.h"

#include <sqlite3.h>
#include <stdio.h>

struct told {
	char sentence[512];
};

static void
hear(void *context, const char *sentence)
{
	struct told *told = context;

	(void)snprintf(told->sentence, sizeof(told->sentence), "%s", sentence);
}

/* A row of each table. */
static void
put_all(struct store *store, struct rp_error *err)
{
	const struct coverage seen = { .from = 10, .until = 20 };
	const struct spending spending = { .source = RP_SLICE("musk"), .micro = 5 };
	const struct look look = { .key = RP_SLICE("x:20"), .way = RP_SLICE("x") };
	int64_t id;

	assert_ok(store_source_put(
			  store, &(struct source_state){ .name = RP_SLICE("musk") }, err),
	          *err);
	assert_ok(store_coverage_set(store, RP_SLICE("musk"), RP_SLICE("x:@1"), &seen, 1,
	                             err),
	          *err);
	assert_ok(store_source_run_put(
			  store,
			  &(struct source_run){ .run = 1, .source = RP_SLICE("musk") },
			  err),
	          *err);
	assert_ok(store_spending_put(store, &spending, &id, err), *err);
	assert_ok(store_look_put(store, &look, err), *err);
}

static void
make(const char *path)
{
	CLEANUP(store_close) struct store *store = NULL;
	struct rp_error err;

	assert_ok(store_sqlite_open(path, STORE_CREATE, &store, NULL, &err), err);
	assert_ok(store_begin(store, &err), err);
	put_all(store, &err);
	assert_ok(store_commit(store, &err), err);
}

static void
change(const char *path, const char *sql)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_changes(db), 1);
	(void)sqlite3_close(db);
}

static enum rp_status
verify(const char *path, struct told *told)
{
	CLEANUP(store_close) struct store *store = NULL;
	struct rp_error err;

	told->sentence[0] = '\0';
	assert_ok(store_sqlite_open(path, STORE_READ, &store, NULL, &err), err);
	return store_verify(store, false, hear, told, &err);
}

static void
a_row_that_was_changed_behind_our_back_is_named(void **state)
{
	/* clang-format off */
	static const struct { const char *sql, *told; } changes[] = {
		{ "UPDATE source SET cursor=x'31'", "where source \"musk\" stands fails" },
		{ "UPDATE source SET failures=-1", "source \"musk\" is damaged" },
		{ "UPDATE coverage SET until=30", "coverage of \"x:@1\" by source \"musk\" fails" },
		{ "UPDATE coverage SET until=1", "a stretch of the coverage of \"musk\" is damaged" },
		{ "UPDATE source_run SET fresh=7", "what run 1 made of source \"musk\" fails" },
		{ "UPDATE source_run SET outcome=4", "made of source \"musk\" is damaged" },
		{ "UPDATE spending SET micro=0", "spending 1 fails" },
		{ "UPDATE look SET key=21", "that x:21 was asked for by way of x fails" },
		{ "UPDATE look SET outcome=9", "asking for \"x:20\" is damaged" },
	};
	/* clang-format on */
	(void)state;

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		struct place place;
		struct told told;

		place_make(&place);
		make(place.path);
		assert_int_equal(verify(place.path, &told), RP_OK);
		change(place.path, changes[i].sql);
		assert_int_equal(verify(place.path, &told), RP_CORRUPT);
		place_remove(&place);
		if (strstr(told.sentence, changes[i].told) == NULL)
			fail_msg("%s: %s", changes[i].sql, told.sentence);
	}
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		cmocka_unit_test(a_row_that_was_changed_behind_our_back_is_named),
	};

	return cmocka_run_group_tests_name("sqlite-sources", specs, NULL, NULL);
}
