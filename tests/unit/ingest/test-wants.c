/* Which single posts are worth asking for, and who may be asked. */
#include "core/ingest/collect.h"
#include "core/ingest/wants.h"
#include "tests/support/archive.h"
#include "tests/support/spec.h"

struct fixture {
	struct store *store;
	struct arena *arena;
	struct wants wants;
	struct rp_error err;
};

static int
setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){ .arena = arena_new(1 << 26) };
	f.wants.arena = f.arena;
	*state = &f;
	return f.arena != NULL && store_memory_open(&f.store, &f.err) == RP_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	store_close(f->store);
	arena_free(f->arena);
	return 0;
}

static void
expect(const struct fixture *f, const char *keys)
{
	char text[1000] = "";

	for (size_t i = 0; i < f->wants.n; i++) {
		const struct rp_slice key = f->wants.list[i].key;

		if (i > 0)
			strcat(text, " ");
		strncat(text, key.p, key.n);
	}
	assert_string_equal(text, keys);
}

static void
answered_posts_come_before_quoted_ones_and_new_ones_before_old_ones(void **state)
{
	struct fixture *f = *state;

	put(f->store,
	    (struct said){
		    .key = "x:100", .by = "x:@1", .text = "a", .reply_to = "x:9" });
	put(f->store,
	    (struct said){
		    .key = "x:101", .by = "x:@1", .text = "b", .reply_to = "x:50" });
	put(f->store,
	    (struct said){
		    .key = "x:102", .by = "x:@1", .text = "c", .quote_of = "x:60" });
	put(f->store,
	    (struct said){
		    .key = "x:103", .by = "x:@1", .text = "d", .quote_of = "x:9" });
	assert_ok(wants_ghosts(f->store, &f->wants, &f->err), f->err);
	wants_order(&f->wants);
	expect(f, "x:50 x:9 x:60");
}

static void
what_no_server_has_is_not_wanted(void **state)
{
	struct fixture *f = *state;

	put(f->store, (struct said){ .key = "x:100",
	                             .by = "x:@1",
	                             .text = "a",
	                             .reply_to = "spoken:e/1" });
	put(f->store,
	    (struct said){
		    .key = "x:101", .by = "x:@1", .text = "b", .reply_to = "said:x:1" });
	put(f->store, (struct said){ .key = "x:102",
	                             .by = "x:@1",
	                             .text = "c",
	                             .reply_to = "press:https://a.example/b#q1" });
	put(f->store,
	    (struct said){
		    .key = "x:103", .by = "x:@1", .text = "d", .reply_to = "x:abc" });
	put(f->store, (struct said){ .key = "x:104",
	                             .by = "x:@1",
	                             .text = "e",
	                             .reply_to = "press:https://a.example/b" });
	put(f->store, (struct said){ .key = "x:105",
	                             .by = "x:@1",
	                             .text = "f",
	                             .reply_to = "x:99999999999999999999" });
	assert_ok(wants_ghosts(f->store, &f->wants, &f->err), f->err);
	wants_order(&f->wants);
	expect(f, "press:https://a.example/b");
}

static void
of_a_thread_only_its_own_are_wanted_and_the_named_post_itself(void **state)
{
	struct fixture *f = *state;

	put(f->store, (struct said){ .key = "x:100",
	                             .by = "x:@1",
	                             .text = "a",
	                             .reply_to = "x:9",
	                             .conversation = "x:9" });
	put(f->store, (struct said){ .key = "x:101",
	                             .by = "x:@1",
	                             .text = "b",
	                             .reply_to = "x:50",
	                             .conversation = "x:50" });
	assert_ok(wants_around(f->store, RP_SLICE("x:100"), &f->wants, &f->err), f->err);
	expect(f, "x:9");
	assert_ok(wants_around(f->store, RP_SLICE("x:777"), &f->wants, &f->err), f->err);
	assert_ok(wants_around(f->store, RP_SLICE("x:9"), &f->wants, &f->err), f->err);
	wants_order(&f->wants);
	expect(f, "x:777 x:9");
	assert_true(f->wants.list[0].named);
	assert_true(f->wants.list[1].named);
}

static bool
may_ask(struct fixture *f, enum look_outcome outcome, int64_t after)
{
	const struct look look = { .key = RP_SLICE("x:9"),
		                   .way = RP_SLICE("x-embed"),
		                   .at = 1000,
		                   .outcome = outcome,
		                   .run = 1 };
	bool may = false;

	assert_ok(store_begin(f->store, &f->err), f->err);
	assert_ok(store_look_put(f->store, &look, &f->err), f->err);
	assert_ok(store_commit(f->store, &f->err), f->err);
	assert_ok(
		wants_may_ask(f->store, look.key, look.way, 1000 + after, &may, &f->err),
		f->err);
	return may;
}

static void
who_was_asked_is_left_alone_for_a_while(void **state)
{
	struct fixture *f = *state;
	bool may = false;

	assert_ok(
		wants_may_ask(f->store, RP_SLICE("x:9"), RP_SLICE("x"), 0, &may, &f->err),
		f->err);
	assert_true(may);
	assert_false(may_ask(f, LOOK_FOUND, 365 * RP_DAY));
	assert_false(may_ask(f, LOOK_GONE, 30 * RP_DAY - 1));
	assert_true(may_ask(f, LOOK_GONE, 30 * RP_DAY));
	assert_false(may_ask(f, LOOK_NOTHING, 7 * RP_DAY - 1));
	assert_true(may_ask(f, LOOK_NOTHING, 7 * RP_DAY));
	assert_true(may_ask(f, LOOK_NOTHING, -1));
	/* Another one may be asked for the same post. */
	assert_ok(wants_may_ask(f->store, RP_SLICE("x:9"), RP_SLICE("x"), 1001, &may,
	                        &f->err),
	          f->err);
	assert_true(may);
}

static void
looked_at(struct fixture *f, const char *key, int64_t at)
{
	const struct look look = { .key = rp_slice_str(key),
		                   .way = RP_SLICE("x"),
		                   .at = at,
		                   .outcome = LOOK_FOUND,
		                   .run = 1 };

	assert_ok(store_begin(f->store, &f->err), f->err);
	assert_ok(store_look_put(f->store, &look, &f->err), f->err);
	assert_ok(store_commit(f->store, &f->err), f->err);
}

static void
posts_that_could_be_edited_come_first_then_those_not_looked_at_for_longest(void **state)
{
	struct fixture *f = *state;
	const struct filter all = FILTER_ALL;
	const int64_t now = INT64_C(1767268800000000);

	put(f->store, (struct said){ .key = "x:1",
	                             .by = "x:@1",
	                             .text = "a",
	                             .at = "2025-12-31T12:00:00Z" });
	put(f->store, (struct said){ .key = "x:2",
	                             .by = "x:@1",
	                             .text = "b",
	                             .at = "2025-12-31T12:00:00Z" });
	put(f->store, (struct said){ .key = "x:3",
	                             .by = "x:@1",
	                             .text = "c",
	                             .at = "2025-12-31T12:00:00Z" });
	put(f->store, (struct said){ .key = "x:4",
	                             .by = "x:@1",
	                             .text = "d",
	                             .at = "2025-12-31T12:00:00Z" });
	put(f->store, (struct said){ .key = "spoken:e/1", .by = "x:@1", .text = "e" });
	looked_at(f, "x:1", now - 9 * RP_HOUR);
	looked_at(f, "x:2", now - 10 * RP_HOUR);
	looked_at(f, "x:3", now - RP_DAY + RP_MINUTE);
	assert_ok(wants_posts(f->store, &all, now, &f->wants, &f->err), f->err);
	expect(f, "x:3 x:4 x:2 x:1");
	assert_true(f->wants.list[0].due);
	assert_false(f->wants.list[1].due);
}

#define SPEC(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(answered_posts_come_before_quoted_ones_and_new_ones_before_old_ones),
		SPEC(what_no_server_has_is_not_wanted),
		SPEC(of_a_thread_only_its_own_are_wanted_and_the_named_post_itself),
		SPEC(who_was_asked_is_left_alone_for_a_while),
		SPEC(posts_that_could_be_edited_come_first_then_those_not_looked_at_for_longest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
