/* All of a transaction or nothing of it. */
#include "tests/contract/dump.h"
#include "tests/contract/random.h"

#include <stdio.h>

static void
a_rolled_back_transaction_leaves_nothing_of_any_kind(void **state)
{
	CLEANUP(world_close) struct world world;
	const char *before, *empty;

	(void)state;
	world_open(&world, chosen_backend);
	empty = dump(&world.f);
	world_begin(&world);
	world_facts(&world);
	for (int kind = 0; kind < CHANGE_DROP; kind++)
		world_change(&world,
		             &(struct change){ (enum change_kind)kind, { 1, 5, 2, 4 } });
	assert_string_not_equal(dump(&world.f), empty);
	world_rollback(&world);
	assert_same_dump(dump(&world.f), empty, "nothing was there before");

	world_begin(&world);
	world_facts(&world);
	world_commit(&world);
	before = dump(&world.f);
	for (int kind = 0; kind < CHANGE_KINDS; kind++) {
		world_begin(&world);
		world_change(&world,
		             &(struct change){ (enum change_kind)kind, { 1, 5, 2, 4 } });
		world_rollback(&world);
		reopen(&world.f);
		assert_same_dump(dump(&world.f), before, "facts were there before");
	}
}

static void
every_change_of_what_was_there_is_rolled_back(void **state)
{
	CLEANUP(world_close) struct world world;

	(void)state;
	world_open(&world, chosen_backend);
	world_begin(&world);
	world_facts(&world);
	world_commit(&world);
	for (uint64_t seed = 1; seed <= 40; seed++) {
		uint64_t kept = seed, junk = seed + 1000;
		const char *before;

		world_begin(&world);
		for (int i = 0; i < 5; i++) {
			struct change change = random_change(&kept, CHANGE_DROP);

			world_change(&world, &change);
		}
		world_commit(&world);
		before = dump(&world.f);

		world_begin(&world);
		for (int i = 0; i < 25; i++) {
			struct change change = random_change(&junk, CHANGE_KINDS);

			world_change(&world, &change);
		}
		world_rollback(&world);
		assert_same_dump(dump(&world.f), before, "after a rollback");
	}
	reopen(&world.f);
}

static void
what_was_rolled_back_may_be_put_again(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 3; i++) {
		int64_t post, record;

		begin(f);
		record = put_record(f, RP_SLICE("{\"id\":1}"));
		post = say(f, "x:1", "x:@1", "hello");
		put_alias(f, "x:2", post);
		put_sighting(f, (struct sighting){
					post, 0,
					put_capture(f, put_run(f, 1), "c", RP_SLICE("c")),
					record, 0, 8, 0 });
		put_account(f, "x:@1", "ana", "Ana", 1, 2);
		if (i < 2)
			store_rollback(f->store);
		else
			commit(f);
	}
	reopen(f);
	assert_string_equal(rows(f, SCAN_CONVERSATION, 0, "x:1"), "");
	assert_slice(get_post(f, "x:2").key, "x:1");
	assert_int_equal(stats_of(f).posts, 1);
	assert_int_equal(stats_of(f).captures, 1);
	assert_int_equal(stats_of(f).sightings, 1);
}

static void
words_of_a_rolled_back_post_are_not_found(void **state)
{
	struct fixture *f = *state;
	const struct filter_term term = { RP_SLICE("hello"), false, false };
	struct filter filter = FILTER_ALL;

	filter.terms = &term;
	filter.n_terms = 1;
	begin(f);
	say(f, "x:1", "", "hello");
	assert_string_equal(posts(f, filter), "x:1"); /* inside it sees its own */
	store_rollback(f->store);
	assert_string_equal(posts(f, filter), "");
	begin(f);
	say(f, "x:2", "", "hello");
	commit(f);
	assert_string_equal(posts(f, filter), "x:2");
}

static void
a_transaction_that_does_nothing_is_fine(void **state)
{
	struct fixture *f = *state;

	begin(f);
	commit(f);
	begin(f);
	store_rollback(f->store);
	store_rollback(f->store); /* none is open: nothing happens */
	assert_ok(store_begin_read(f->store, &f->err), f->err);
	assert_string_equal(rows(f, SCAN_POSTS, 0, ""), "");
	commit(f);
	assert_ok(store_begin_read(f->store, &f->err), f->err);
	store_rollback(f->store);
	begin(f);
	put_ghost(f, "x:1");
	commit(f);
	assert_string_equal(rows(f, SCAN_POSTS, 0, ""), "x:1");
}

static void
closing_rolls_back_what_is_open(void **state)
{
	struct fixture *f = *state;

	begin(f);
	put_ghost(f, "x:1");
	commit(f);
	begin(f);
	put_ghost(f, "x:2");
	if (!f->backend->durable)
		return; /* and close without a leak */
	reopen(f);
	assert_string_equal(rows(f, SCAN_POSTS, 0, ""), "x:1");
}

static const char *
lines_of(struct fixture *f, const char *all, const char *first_word)
{
	struct rp_slice rest = rp_slice_str(all), copy = RP_SLICE("");
	CLEANUP(buf_done) struct rp_buf kept;

	buf_init(&kept, (size_t)1 << 26);
	while (rest.n > 0) {
		struct rp_slice line = rp_slice_cut(&rest, '\n');

		if (rp_slice_starts(line, rp_slice_str(first_word))) {
			buf_add(&kept, line);
			buf_add_byte(&kept, '\n');
		}
	}
	assert_true(arena_copy(f->arena, buf_slice(&kept), &copy));
	return copy.p;
}

static void
dropping_what_is_derived_keeps_the_facts_and_it_can_be_made_again(void **state)
{
	CLEANUP(world_close) struct world world;
	static const char *const facts[] = { "run ", "capture ", "bytes ", "  again " };
	struct fixture *f = &world.f;
	const char *before = NULL, *after;
	struct sha256 digest, again;

	(void)state;
	world_open(&world, chosen_backend);
	world_begin(&world);
	world_facts(&world);
	world_change(&world, &(struct change){ CHANGE_AGAIN, { 1, 2, 3, 4 } });
	world_commit(&world);
	for (int round = 0; round < 2; round++) {
		uint64_t seed = 7;

		world_begin(&world);
		world_change(&world, &(struct change){ CHANGE_REJECT, { 1, 2, 3, 4 } });
		for (int i = 0; i < 100; i++) {
			struct change change = random_change(&seed, CHANGE_DERIVED);

			world_change(&world, &change);
		}
		world_commit(&world);
		if (round == 0) {
			before = dump(f);
			assert_ok(store_text_digest(f->store, &digest, &f->err), f->err);
			world_begin(&world);
			assert_ok(store_drop_derived(f->store, &f->err), f->err);
			world_commit(&world);
			reopen(f);
			after = dump(f);
			for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
				assert_same_dump(lines_of(f, after, facts[i]),
				                 lines_of(f, before, facts[i]), facts[i]);
			assert_string_equal(rows(f, SCAN_POSTS, 0, ""), "");
			assert_string_equal(rows(f, SCAN_ACCOUNTS, 0, ""), "");
			assert_int_equal(stats_of(f).sightings, 0);
			assert_int_equal(stats_of(f).rejected, 0);
			assert_int_equal(stats_of(f).versions, 0);
			assert_int_equal(find_post(f, "x:100"), RP_NOT_FOUND);
		}
	}
	reopen(f);
	assert_same_dump(dump(f), before, "made again");
	assert_ok(store_text_digest(f->store, &again, &f->err), f->err);
	assert_true(sha256_eq(&digest, &again));
}

static void
a_backup_has_what_the_snapshot_has_and_nothing_that_came_later(void **state)
{
	struct fixture *f = *state;
	struct fixture copy = *f;
	const char *before;
	char path[350];
	FILE *file;

	begin(f);
	(void)say(f, "x:1", "x:@1", "held");
	commit(f);
	before = dump(f);
	(void)snprintf(path, sizeof(path), "%s/copy", f->directory);
	assert_ok(store_begin_read(f->store, &f->err), f->err);
	if (!f->backend->durable) {
		assert_int_equal(store_backup(f->store, path, &f->err), RP_BAD_USAGE);
		store_rollback(f->store);
		return;
	}
	file = fopen(path, "wb");
	assert_non_null(file);
	(void)fclose(file);
	assert_ok(store_backup(f->store, path, &f->err), f->err);
	store_rollback(f->store);
	begin(f);
	(void)say(f, "x:2", "x:@1", "later");
	commit(f);

	assert_ok(f->backend->open(path, &copy.store, &f->err), f->err);
	assert_same_dump(dump(&copy), before, "copied");
	copy.store = store_close(copy.store);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		cmocka_unit_test(a_rolled_back_transaction_leaves_nothing_of_any_kind),
		cmocka_unit_test(every_change_of_what_was_there_is_rolled_back),
		SPEC(what_was_rolled_back_may_be_put_again),
		SPEC(words_of_a_rolled_back_post_are_not_found),
		SPEC(a_transaction_that_does_nothing_is_fine),
		SPEC(closing_rolls_back_what_is_open),
		SPEC(a_backup_has_what_the_snapshot_has_and_nothing_that_came_later),
		cmocka_unit_test(
			dropping_what_is_derived_keeps_the_facts_and_it_can_be_made_again),
	};

	return CONTRACT_RUN(argc, argv, "transactions", specs);
}
