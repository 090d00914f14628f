/* Packing records together changes what they take, and nothing else. */
#include "tests/contract/contract.h"
#include "tests/contract/dump.h"
#include "tests/contract/random.h"

/* A page of n posts with these counters, each a record, as a collector would put it. */
static int64_t
put_page(struct fixture *f, int64_t run, unsigned n, unsigned counter)
{
	struct rp_slice whole = RP_SLICE("");
	struct hole holes[300];
	struct segment segment = { .holes = holes, .n_holes = n };
	struct capture capture = { .run = run, .name = RP_SLICE("page.json"), .at = 7 };
	int64_t id = 0;

	assert_true(n <= 300);
	for (unsigned i = 0; i < n; i++) {
		struct rp_slice post = text(
			f,
			"{\"id\":%u,\"id_str\":\"%u\",\"text\":\"words number %u\","
			"\"favorite_count\":%u,\"user\":{\"id\":7,\"name\":\"Ana\"}}",
			1000 + i, 1000 + i, i * i, counter + i);

		holes[i] = (struct hole){ (uint32_t)whole.n, (uint32_t)post.n,
			                  put_record(f, post) };
		assert_true(arena_join(f->arena, whole, post, &whole));
		assert_true(arena_join(f->arena, whole, RP_SLICE("\n"), &whole));
	}
	segment.bytes = whole;
	assert_ok(store_capture_begin(f->store, &capture, &id, &f->err), f->err);
	assert_ok(store_capture_append(f->store, id, &segment, &f->err), f->err);
	complete(f, id, whole);
	return id;
}

static void
what_is_packed_reads_the_same(void **state)
{
	struct fixture *f = *state;
	const char *before;

	begin(f);
	(void)put_page(f, put_run(f, 1), 300, 0);
	commit(f);
	before = dump(f);

	compact(f, false);
	assert_same_dump(dump(f), before, "packed");
	compact(f, true);
	assert_same_dump(dump(f), before, "packed tightly");
	reopen(f);
	if (f->backend->durable)
		assert_same_dump(dump(f), before, "opened again");
}

static void
a_record_that_is_packed_is_not_kept_twice(void **state)
{
	struct fixture *f = *state;
	int64_t first;

	begin(f);
	first = put_record(f, RP_SLICE("{\"id\":1}"));
	commit(f);
	compact(f, false);

	begin(f);
	assert_int_equal(put_record(f, RP_SLICE("{\"id\":1}")), first);
	assert_int_not_equal(put_record(f, RP_SLICE("{\"id\":2}")), first);
	commit(f);
}

static void
records_that_come_later_are_packed_with_those_before(void **state)
{
	struct fixture *f = *state;
	const char *before;

	for (unsigned i = 0; i < 5; i++) {
		begin(f);
		(void)put_page(f, put_run(f, i + 1), 40, 100 * i);
		commit(f);
		before = dump(f);
		compact(f, i % 2 == 1);
		assert_same_dump(dump(f), before, "packed again");
	}
	compact(f, false);
	assert_same_dump(dump(f), before, "at last");
}

static void
a_page_whose_counters_moved_costs_little_more_than_the_counters(void **state)
{
	struct fixture *f = *state;
	uint64_t one, many;

	begin(f);
	(void)put_page(f, put_run(f, 1), 200, 0);
	commit(f);
	compact(f, true);
	one = stats_of(f).payload_bytes;
	for (unsigned i = 1; i < 20; i++) {
		begin(f);
		(void)put_page(f, put_run(f, i + 1), 200, 3 * i);
		commit(f);
	}
	compact(f, true);
	many = stats_of(f).payload_bytes;
	/* Nineteen more pages, which take nineteen times the first where nothing is
	 * packed. */
	if (f->backend->durable)
		assert_true(many < 6 * one);
}

static void
packing_an_empty_archive_is_no_work(void **state)
{
	struct fixture *f = *state;
	const struct compact_options options = { .tight = true };
	struct compact_tally tally = { 0 };

	assert_int_equal(store_compact(f->store, &options, &tally, &f->err), RP_END);
	assert_int_equal(tally.records, 0);
}

static void
fewer_loose_records_than_asked_for_are_left_alone(void **state)
{
	struct fixture *f = *state;
	const struct compact_options options = { .hot_min = 11 };
	struct compact_tally tally = { 0 };

	if (f->backend->packs)
		return; /* there are no loose ones */
	begin(f);
	(void)put_page(f, put_run(f, 1), 10, 0);
	commit(f);
	assert_int_equal(store_compact(f->store, &options, &tally, &f->err), RP_END);

	begin(f);
	(void)put_record(f, RP_SLICE("one more"));
	commit(f);
	assert_int_equal(store_compact(f->store, &options, &tally, &f->err),
	                 f->backend->durable ? RP_OK : RP_END);
}

static void
bytes_of_every_kind_come_back_after_packing(void **state)
{
	static const char *const odd[] = {
		"",
		"{",
		"{}",
		"[1, 2 ,3]",
		"not JSON at all\r\n",
		"{\"id\":\"\\ud800\"}",
		"{\"id\" : 1e400,\n\t\"a\":-0.0}",
		"{\"id\":1,\"id\":2}",
		"\xff\xfe{\"id\":3}",
	};
	struct fixture *f = *state;
	CLEANUP(buf_done) struct rp_buf got;
	int64_t ids[sizeof(odd) / sizeof(odd[0])];

	buf_init(&got, 1000);
	begin(f);
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		ids[i] = put_record(f, rp_slice_str(odd[i]));
	commit(f);
	compact(f, false);
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		buf_clear(&got);
		assert_ok(store_record_get(f->store, ids[i], &got, &f->err), f->err);
		assert_true(rp_slice_eq(buf_slice(&got), rp_slice_str(odd[i])));
	}
}

static void
whatever_was_done_to_an_archive_packing_changes_nothing_of_it(void **state)
{
	CLEANUP(world_close) struct world world;
	struct fixture *f = *state;
	uint64_t seed = 77;

	world_open(&world, f->backend);
	for (unsigned round = 0; round < 12; round++) {
		const char *before;

		world_begin(&world);
		for (unsigned i = 0; i < 25; i++) {
			struct change change = random_change(&seed, CHANGE_KINDS);

			world_change(&world, &change);
		}
		world_commit(&world);
		before = dump(&world.f);
		compact(&world.f, round % 3 == 2);
		assert_same_dump(dump(&world.f), before, "packed");
	}
}

int
main(int argc, char **argv)
{
	static const struct CMUnitTest specs[] = {
		SPEC(what_is_packed_reads_the_same),
		SPEC(a_record_that_is_packed_is_not_kept_twice),
		SPEC(records_that_come_later_are_packed_with_those_before),
		SPEC(a_page_whose_counters_moved_costs_little_more_than_the_counters),
		SPEC(packing_an_empty_archive_is_no_work),
		SPEC(fewer_loose_records_than_asked_for_are_left_alone),
		SPEC(bytes_of_every_kind_come_back_after_packing),
		SPEC(whatever_was_done_to_an_archive_packing_changes_nothing_of_it),
	};

	return CONTRACT_RUN(argc, argv, "compact", specs);
}
