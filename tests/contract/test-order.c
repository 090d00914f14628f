/*
 * What is learned adds up to the same, whatever the order in which it comes; and every
 * store gives what the one in memory gives.
 */
#include "tests/contract/dump.h"
#include "tests/contract/random.h"

enum { CHANGES = 60, ORDERS = 12, SEEDS = 6 };

static void
make_all(struct world *world, const struct change *changes, const size_t *order,
         uint64_t *seed)
{
	world_open(world, chosen_backend);
	world_begin(world);
	world_facts(world);
	for (size_t i = 0; i < CHANGES; i++) {
		if (random_next(seed) % 8 == 0) { /* batches of any size */
			world_commit(world);
			world_begin(world);
		}
		world_change(world, &changes[order[i]]);
		if (random_next(seed) % 8 == 0) /* the same once more */
			world_change(world, &changes[order[i]]);
	}
	world_commit(world);
}

static void
shuffle(size_t *order, uint64_t *seed)
{
	for (size_t i = CHANGES - 1; i > 0; i--) {
		size_t j = random_next(seed) % (i + 1), kept = order[i];

		order[i] = order[j];
		order[j] = kept;
	}
}

static void
fill_changes(struct change *changes, size_t *order, uint64_t seed)
{
	for (size_t i = 0; i < CHANGES; i++) {
		changes[i] = random_change(&seed, CHANGE_DERIVED);
		order[i] = i;
	}
}

static void
the_order_in_which_things_are_learned_does_not_matter(void **state)
{
	struct change changes[CHANGES];
	size_t order[CHANGES];

	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		CLEANUP(world_close) struct world first = { .fresh = false };
		uint64_t chance = seed;
		struct sha256 digest;
		const char *want;

		fill_changes(changes, order, seed);
		make_all(&first, changes, order, &chance);
		want = dump(&first.f);
		assert_ok(store_text_digest(first.f.store, &digest, &first.f.err),
		          first.f.err);
		for (int i = 0; i < ORDERS; i++) {
			CLEANUP(world_close) struct world other = { .fresh = false };
			struct sha256 same;

			shuffle(order, &chance);
			make_all(&other, changes, order, &chance);
			assert_same_dump(
				dump(&other.f), want,
				text(&other.f, "seed %d, order %d", (int)seed, i).p);
			assert_ok(store_text_digest(other.f.store, &same, &other.f.err),
			          other.f.err);
			assert_true(sha256_eq(&digest, &same));
		}
	}
}

/* ---- against the store in memory --------------------------------------------- */

static void
ignore_finding(void *context, const char *sentence)
{
	(void)context;
	print_error("%s\n", sentence);
}

static void
compare(struct world *world, struct world *oracle, uint64_t seed, int step)
{
	const char *where = text(&world->f, "seed %d, step %d", (int)seed, step).p;
	uint64_t chance = seed * 1000 + (uint64_t)step;

	assert_same_dump(dump(&world->f), dump(&oracle->f), where);
	for (int i = 0; i < 10; i++) {
		struct filter filter = random_filter(&oracle->f, &chance);

		assert_string_equal(posts(&world->f, filter), posts(&oracle->f, filter));
	}
	for (int i = 0; i < 3; i++) {
		const char *const keys[] = { "x:100", "ANA", "x:101" };
		const enum scan_of scans[] = { SCAN_CONVERSATION, SCAN_HANDLE_USERS,
			                       SCAN_STATES };

		assert_string_equal(rows(&world->f, scans[i], 0, keys[i]),
		                    rows(&oracle->f, scans[i], 0, keys[i]));
	}
}

static void
both_end(struct world *world, struct world *oracle, bool keep)
{
	if (keep) {
		world_commit(world);
		world_commit(oracle);
	} else {
		world_rollback(world);
		world_rollback(oracle);
	}
	world_begin(world);
	world_begin(oracle);
}

static void
live(uint64_t seed, int steps)
{
	CLEANUP(world_close) struct world world = { .fresh = false };
	CLEANUP(world_close) struct world oracle = { .fresh = false };
	uint64_t chance = seed;

	world_open(&world, chosen_backend);
	world_open(&oracle, backend_find("memory"));
	world_begin(&world);
	world_begin(&oracle);
	for (int step = 0; step < steps; step++) {
		struct change change = random_change(&chance, CHANGE_KINDS);

		world_change(&world, &change);
		world_change(&oracle, &change);
		assert_int_equal(world.fresh, oracle.fresh);
		if (random_next(&chance) % 12 == 0)
			both_end(&world, &oracle, random_next(&chance) % 3 != 0);
		if (random_next(&chance) % 10 == 0)
			compare(&world, &oracle, seed, step);
	}
	world_commit(&world);
	world_commit(&oracle);
	reopen(&world.f);
	compare(&world, &oracle, seed, steps);
	assert_ok(store_verify(world.f.store, true, ignore_finding, NULL, &world.f.err),
	          world.f.err);
}

static void
a_random_life_gives_what_it_gives_in_memory(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 12; seed++)
		live(seed, 150);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		cmocka_unit_test(the_order_in_which_things_are_learned_does_not_matter),
		cmocka_unit_test(a_random_life_gives_what_it_gives_in_memory),
	};

	return CONTRACT_RUN(argc, argv, "order", specs);
}
