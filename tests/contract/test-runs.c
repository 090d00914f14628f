/* Runs, the chain over them, and verify. */
#include "tests/contract/contract.h"

struct seen_runs {
	struct run list[16];
	size_t n;
};

static void
see_run(struct fixture *f, const union scan_row *row, void *context)
{
	struct seen_runs *seen = context;
	struct run *run = &seen->list[seen->n++];

	*run = row->run;
	assert_true(arena_copy(f->arena, row->run.kind, &run->kind));
	assert_true(arena_copy(f->arena, row->run.program, &run->program));
}

static struct seen_runs
all_runs(struct fixture *f)
{
	const struct scan scan = { .of = SCAN_RUNS };
	struct seen_runs seen = { .n = 0 };

	each_row(f, &scan, see_run, &seen);
	return seen;
}

struct seen_captures {
	struct capture list[16];
	size_t n;
};

static void
see_capture(struct fixture *f, const union scan_row *row, void *context)
{
	struct seen_captures *seen = context;
	struct capture *capture = &seen->list[seen->n++];

	*capture = row->capture;
	assert_true(arena_copy(f->arena, row->capture.name, &capture->name));
	assert_true(arena_copy(f->arena, row->capture.format, &capture->format));
	assert_true(arena_copy(f->arena, row->capture.options, &capture->options));
}

struct again_count {
	int64_t run;
	size_t n;
};

static void
count_again(struct fixture *f, const union scan_row *row, void *context)
{
	struct again_count *count = context;

	(void)f;
	count->n += row->again.run == count->run;
}

/*
 * What a run's hash must be, from what the store tells: its captures by id, then those it
 * met again, by id, each as often as it did.
 */
static struct sha256
expected_hash(struct fixture *f, const struct run *run)
{
	CLEANUP(run_hasher_free) struct run_hasher *hasher = run_hasher_new(run);
	const struct scan captures = { .of = SCAN_CAPTURES };
	struct seen_captures seen = { .n = 0 };

	each_row(f, &captures, see_capture, &seen);
	for (size_t i = 0; i < seen.n; i++)
		if (seen.list[i].run == run->id)
			run_hasher_capture(hasher, &seen.list[i], false);
	for (size_t i = 0; i < seen.n; i++) {
		const struct scan again = { .of = SCAN_AGAIN, .id = seen.list[i].id };
		struct again_count count = { run->id, 0 };

		each_row(f, &again, count_again, &count);
		for (size_t j = 0; j < count.n; j++)
			run_hasher_capture(hasher, &seen.list[i], true);
	}
	return run_hasher_end(hasher);
}

static struct sha256
head(struct fixture *f)
{
	char id[33];
	struct sha256 hash;

	assert_ok(store_identity(f->store, id, &hash, &f->err), f->err);
	return hash;
}

static void
assert_hash(struct sha256 got, struct sha256 want)
{
	assert_memory_equal(got.bytes, want.bytes, SHA256_BYTES);
}

static void
a_run_is_open_until_it_ends_and_keeps_every_field(void **state)
{
	struct fixture *f = *state;
	const struct run run = { .id = 77,
		                 .kind = RP_SLICE("collect"),
		                 .program = RP_SLICE("riposte 0.1.0"),
		                 .started = -5,
		                 .ended = 9,
		                 .pid = 4711,
		                 .hash = { { 1 } } };
	struct seen_runs seen;
	int64_t id;

	begin(f);
	assert_ok(store_run_begin(f->store, &run, &id, &f->err), f->err);
	commit(f);
	reopen(f);
	seen = all_runs(f);
	assert_int_equal(seen.n, 1);
	assert_int_equal(seen.list[0].id, id);
	assert_slice(seen.list[0].kind, "collect");
	assert_slice(seen.list[0].program, "riposte 0.1.0");
	assert_int_equal(seen.list[0].started, -5);
	assert_true(seen.list[0].ended == RP_TIME_UNKNOWN);
	assert_int_equal(seen.list[0].pid, 4711);
	assert_true(seen.list[0].open);
	assert_hash(head(f), (struct sha256){ 0 });

	begin(f);
	end_run(f, id, 1234);
	commit(f);
	reopen(f);
	seen = all_runs(f);
	assert_int_equal(seen.list[0].ended, 1234);
	assert_false(seen.list[0].open);
	assert_hash(head(f), seen.list[0].hash);
}

static void
a_run_that_ends_names_the_one_that_closed_before_it_and_hashes_what_it_did(void **state)
{
	struct fixture *f = *state;
	int64_t a, b, c, shared;
	struct seen_runs seen;

	begin(f);
	a = put_run(f, 1);
	shared = put_capture(f, a, "first", RP_SLICE("first bytes"));
	put_capture(f, a, "second", RP_SLICE("second bytes"));
	b = put_run(f, 2);
	put_capture(f, b, "third", RP_SLICE("third bytes"));
	put_again(f, shared, b, 50);
	put_again(f, shared, b, 40);
	end_run(f, b, 60);
	commit(f);
	begin(f);
	c = put_run(f, 3);
	end_run(f, a, 70);
	put_again(f, shared, c, 80);
	end_run(f, c, RP_TIME_UNKNOWN); /* it was killed: closed by another */
	commit(f);

	reopen(f);
	seen = all_runs(f);
	assert_int_equal(seen.n, 3);
	assert_int_equal(seen.list[1].id, b);
	assert_hash(seen.list[1].previous, (struct sha256){ 0 });
	assert_hash(seen.list[0].previous, seen.list[1].hash);
	assert_hash(seen.list[2].previous, seen.list[0].hash);
	assert_hash(head(f), seen.list[2].hash);
	for (size_t i = 0; i < 3; i++)
		assert_hash(seen.list[i].hash, expected_hash(f, &seen.list[i]));
}

static void
a_run_that_did_nothing_is_a_link_too(void **state)
{
	struct fixture *f = *state;
	struct seen_runs seen;

	for (int i = 0; i < 5; i++) {
		begin(f);
		end_run(f, put_run(f, i), i);
		commit(f);
	}
	seen = all_runs(f);
	for (size_t i = 0; i < 5; i++) {
		assert_hash(seen.list[i].hash, expected_hash(f, &seen.list[i]));
		if (i > 0)
			assert_hash(seen.list[i].previous, seen.list[i - 1].hash);
	}
}

static void
an_end_that_is_rolled_back_leaves_the_run_open_and_the_chain_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct sha256 before;
	int64_t a, b;

	begin(f);
	a = put_run(f, 1);
	b = put_run(f, 2);
	end_run(f, a, 5);
	commit(f);
	before = head(f);

	begin(f);
	end_run(f, b, 6);
	store_rollback(f->store);
	assert_hash(head(f), before);
	assert_true(all_runs(f).list[1].open);
	begin(f);
	end_run(f, b, 7);
	commit(f);
	assert_hash(all_runs(f).list[1].previous, before);
}

/* ---- identity ---------------------------------------------------------------- */

static void
an_archive_has_an_id_of_its_own(void **state)
{
	struct fixture *f = *state;
	CLEANUP(fixture_close) struct fixture other;
	char first[33], again[33], second[33];
	struct sha256 hash;

	assert_ok(store_identity(f->store, first, &hash, &f->err), f->err);
	reopen(f);
	assert_ok(store_identity(f->store, again, &hash, &f->err), f->err);
	fixture_open(&other, f->backend);
	assert_ok(store_identity(other.store, second, &hash, &f->err), f->err);

	assert_int_equal(strlen(first), 32);
	assert_int_equal(strspn(first, "0123456789abcdef"), 32);
	assert_string_equal(first, again);
	assert_string_not_equal(first, second);
}

/* ---- verify ------------------------------------------------------------------ */

static void
collect_finding(void *context, const char *sentence)
{
	struct rp_buf *out = context;

	buf_add_str(out, sentence);
	buf_add_byte(out, '\n');
}

/* The findings, "" when there are none. */
static const char *
verify(struct fixture *f, bool data)
{
	struct rp_buf found;
	struct rp_slice copy = RP_SLICE("");
	enum rp_status st;

	buf_init(&found, 100000);
	st = store_verify(f->store, data, collect_finding, &found, &f->err);
	assert_int_equal(st, found.n == 0 ? RP_OK : RP_CORRUPT);
	assert_true(arena_copy(f->arena, buf_slice(&found), &copy));
	buf_done(&found);
	return copy.p;
}

static void
an_archive_that_was_written_as_it_should_has_no_findings(void **state)
{
	struct fixture *f = *state;
	struct rp_slice bytes = RP_SLICE("[{\"id\":1},{\"id\":2}]");
	struct hole holes[] = { { 1, 8, 0 }, { 10, 8, 0 } };
	struct capture capture = { .name = RP_SLICE("page"), .bytes = bytes.n };
	const struct segment segment = { 0, bytes, holes, 2 };
	int64_t post;

	assert_string_equal(verify(f, true), "");
	begin(f);
	capture.run = put_run(f, 1);
	holes[0].record = put_record(f, RP_SLICE("{\"id\":1}"));
	holes[1].record = put_record(f, RP_SLICE("{\"id\":2}"));
	assert_ok(store_capture_begin(f->store, &capture, &capture.id, &f->err), f->err);
	assert_ok(store_capture_append(f->store, capture.id, &segment, &f->err), f->err);
	complete(f, capture.id, bytes);
	put_capture(f, capture.run, "empty", RP_SLICE(""));
	post = say(f, "x:1", "x:@1", "hello");
	put_reply(f, post, put_ghost(f, "x:0"));
	put_alias(f, "x:2", post);
	put_sighting(f,
	             (struct sighting){ post, 0, capture.id, holes[0].record, 0, 8, 1 });
	commit(f);
	assert_string_equal(verify(f, true), ""); /* the run is still open */
	begin(f);
	end_run(f, capture.run, 2);
	commit(f);

	reopen(f);
	assert_string_equal(verify(f, false), "");
	assert_string_equal(verify(f, true), "");
}

static void
a_capture_that_lies_about_its_length_is_named(void **state)
{
	struct fixture *f = *state;
	struct capture lie = { .bytes = 99, .complete = true };

	begin(f);
	lie.id = put_capture(f, put_run(f, 1), "liar.json", RP_SLICE("0123"));
	lie.sha256 = sha256_of(RP_SLICE("0123"));
	assert_ok(store_capture_update(f->store, &lie, &f->err), f->err);
	commit(f);

	assert_non_null(strstr(verify(f, false), "liar.json"));
}

static void
a_capture_that_lies_about_its_hash_is_named_when_data_are_read(void **state)
{
	struct fixture *f = *state;
	struct capture lie = { .bytes = 4, .complete = true };

	begin(f);
	put_capture(f, put_run(f, 1), "honest.json", RP_SLICE("4567"));
	lie.id = put_capture(f, put_run(f, 1), "liar.json", RP_SLICE("0123"));
	lie.sha256 = sha256_of(RP_SLICE("9999"));
	assert_ok(store_capture_update(f->store, &lie, &f->err), f->err);
	commit(f);

	assert_string_equal(verify(f, false), "");
	assert_non_null(strstr(verify(f, true), "liar.json"));
	assert_null(strstr(verify(f, true), "honest.json"));
}

/* Every capture is in one of three parts. */
static void
a_capture_that_lies_is_named_by_one_part_of_several(void **state)
{
	struct fixture *f = *state;
	struct capture lie = { .bytes = 4, .complete = true };

	lie.sha256 = sha256_of(RP_SLICE("9999"));
	for (int i = 0; i < 4; i++) {
		unsigned found = 0;

		begin(f);
		lie.id = put_capture(f, put_run(f, 1), "liar.json", text(f, "%d123", i));
		assert_ok(store_capture_update(f->store, &lie, &f->err), f->err);
		commit(f);
		for (uint32_t k = 1; k <= 3; k++) {
			CLEANUP(buf_done) struct rp_buf told;
			enum rp_status st;

			buf_init(&told, 100000);
			st = store_verify_part(f->store, (struct verify_part){ k, 3 },
			                       collect_finding, &told, &f->err);
			assert_int_equal(st, told.n == 0 ? RP_OK : RP_CORRUPT);
			for (size_t j = 0; j < told.n; j++)
				found += told.p[j] == '\n';
		}
		assert_int_equal(found, i + 1);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(a_run_is_open_until_it_ends_and_keeps_every_field),
		SPEC(a_run_that_ends_names_the_one_that_closed_before_it_and_hashes_what_it_did),
		SPEC(a_run_that_did_nothing_is_a_link_too),
		SPEC(an_end_that_is_rolled_back_leaves_the_run_open_and_the_chain_as_it_was),
		SPEC(an_archive_has_an_id_of_its_own),
		SPEC(an_archive_that_was_written_as_it_should_has_no_findings),
		SPEC(a_capture_that_lies_about_its_length_is_named),
		SPEC(a_capture_that_lies_about_its_hash_is_named_when_data_are_read),
		SPEC(a_capture_that_lies_is_named_by_one_part_of_several),
	};

	return CONTRACT_RUN(argc, argv, "runs", specs);
}
