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
	assert_int_equal(seen.list[0].link, 1);
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

/* ---- runs of other archives --------------------------------------------------- */

#define ARCHIVE_A "aaaa0000000000000000000000000000"
#define ARCHIVE_B "bbbb0000000000000000000000000000"

/* A run of another archive, and the one capture it took in or met again. */
struct foreign {
	struct foreign_run run;
	struct run_part part;
};

/* Its hash is right; without a link it is open. */
static struct foreign
foreign_run(struct fixture *f, const char *archive, int64_t link,
            const struct foreign *before, struct run_part part)
{
	struct foreign made = { .part = part };
	CLEANUP(run_hasher_free) struct run_hasher *hasher = NULL;

	(void)f;
	made.run = (struct foreign_run){
		.run = { .kind = RP_SLICE("import"),
		         .program = RP_SLICE("riposte 0.1.0"),
		         .started = 10 * link,
		         .ended = link > 0 ? 10 * link + 1 : RP_TIME_UNKNOWN,
		         .pid = 7,
		         .open = link == 0,
		         .link = link },
		.number = link + 100,
	};
	memcpy(made.run.archive, archive, ARCHIVE_ID + 1);
	if (before != NULL)
		made.run.run.previous = before->run.run.hash;
	hasher = run_hasher_new(&made.run.run);
	assert_non_null(hasher);
	run_hasher_part(hasher, &part);
	made.run.run.hash = run_hasher_end(hasher);
	return made;
}

static int64_t
put_foreign(struct fixture *f, const struct foreign *foreign, int64_t taken_by)
{
	struct foreign_run run = foreign->run;
	int64_t id = 0;

	run.taken_by = taken_by;
	assert_ok(store_foreign_run_put(f->store, &run, &id, &f->err), f->err);
	assert_ok(store_foreign_part_put(f->store, id, &foreign->part, &f->err), f->err);
	return id;
}

/* What the other archive tells of a capture whose bytes are "bytes". */
static struct run_part
part_of(enum run_part_kind kind, int64_t capture, int64_t at, int64_t seen)
{
	return (struct run_part){
		.kind = kind,
		.seen = seen,
		.capture = { .id = capture,
		             .name = RP_SLICE("their name"),
		             .format = RP_SLICE("x"),
		             .options = RP_SLICE("tz=UTC\n"),
		             .at = at,
		             .bytes = 5,
		             .complete = true,
		             .sha256 = sha256_of(RP_SLICE("bytes")),
		             .records = 3,
		             .rejected = 1 },
	};
}

static void
see_foreign(struct fixture *f, const union scan_row *row, void *context)
{
	struct foreign_run *out = context;

	*out = row->foreign;
	assert_true(arena_copy(f->arena, row->foreign.run.kind, &out->run.kind));
	assert_true(arena_copy(f->arena, row->foreign.run.program, &out->run.program));
}

static void
see_part(struct fixture *f, const union scan_row *row, void *context)
{
	struct run_part *out = context;

	*out = row->part;
	assert_true(
		arena_copy(f->arena, row->part.capture.options, &out->capture.options));
}

static void
a_run_of_another_archive_is_kept_as_that_one_tells_it(void **state)
{
	struct fixture *f = *state;
	const struct scan runs = { .of = SCAN_FOREIGN_RUNS };
	struct scan parts = { .of = SCAN_FOREIGN_PARTS };
	struct foreign_run got = { .number = 0 };
	struct foreign put;
	struct run_part part;
	int64_t run, capture;

	begin(f);
	run = put_run(f, 1);
	capture = put_capture(f, run, "our name", RP_SLICE("bytes"));
	put = foreign_run(f, ARCHIVE_A, 1, NULL, part_of(PART_AGAIN, capture, 4, 6));
	parts.id = put_foreign(f, &put, run);
	end_run(f, run, 2);
	commit(f);

	reopen(f);
	each_row(f, &runs, see_foreign, &got);
	assert_string_equal(got.archive, ARCHIVE_A);
	assert_int_equal(got.number, 101);
	assert_int_equal(got.taken_by, run);
	assert_slice(got.run.kind, "import");
	assert_slice(got.run.program, "riposte 0.1.0");
	assert_int_equal(got.run.started, 10);
	assert_int_equal(got.run.ended, 11);
	assert_int_equal(got.run.pid, 7);
	assert_int_equal(got.run.link, 1);
	assert_false(got.run.open);
	assert_hash(got.run.hash, put.run.run.hash);
	each_row(f, &parts, see_part, &part);
	assert_int_equal(part.capture.id, capture);
	assert_int_equal(part.capture.at, 4);
	assert_int_equal(part.capture.records, 3);
	assert_slice(part.capture.options, "tz=UTC\n");
	assert_string_equal(rows(f, SCAN_FOREIGN_PARTS, parts.id, ""),
	                    "again their name@6");
	assert_string_equal(verify(f, true), "");
}

static void
what_a_run_is_made_of_comes_in_the_order_of_its_hash(void **state)
{
	struct fixture *f = *state;
	int64_t run, first, second;
	struct foreign a, b, open;

	begin(f);
	first = put_capture(f, put_run(f, 1), "first", RP_SLICE("bytes"));
	run = put_run(f, 2);
	a = foreign_run(f, ARCHIVE_A, 1, NULL, part_of(PART_CAPTURE, first, 4, 4));
	b = foreign_run(f, ARCHIVE_B, 1, NULL, part_of(PART_CAPTURE, first, 5, 5));
	open = foreign_run(f, ARCHIVE_B, 0, NULL, part_of(PART_CAPTURE, first, 5, 5));
	put_foreign(f, &b, run);
	put_foreign(f, &open, run);
	put_foreign(f, &a, run);
	put_again(f, first, run, 9);
	put_again(f, first, run, 8);
	second = put_capture(f, run, "second", RP_SLICE("more"));
	assert_true(second > first);
	commit(f);
	reopen(f);

	assert_non_null(strstr(rows(f, SCAN_RUN_PARTS, run, ""),
	                       ", again first@8, again first@9, run 1 of bbbb, run 1 of "
	                       "aaaa"));
	assert_memory_equal(rows(f, SCAN_RUN_PARTS, run, ""), "second@", 7);
}

static void
a_run_that_took_over_others_vouches_for_them(void **state)
{
	struct fixture *f = *state;
	struct foreign a;
	struct sha256 without;
	int64_t run, capture;

	begin(f);
	run = put_run(f, 1);
	capture = put_capture(f, run, "one", RP_SLICE("bytes"));
	end_run(f, run, 2);
	without = head(f);
	store_rollback(f->store);
	begin(f);
	run = put_run(f, 1);
	capture = put_capture(f, run, "one", RP_SLICE("bytes"));
	a = foreign_run(f, ARCHIVE_A, 1, NULL, part_of(PART_CAPTURE, capture, 4, 4));
	put_foreign(f, &a, run);
	end_run(f, run, 2);
	commit(f);

	assert_true(memcmp(head(f).bytes, without.bytes, SHA256_BYTES) != 0);
	assert_string_equal(verify(f, false), "");
}

static void
a_chain_of_another_archive_that_lacks_a_run_is_named(void **state)
{
	struct fixture *f = *state;
	struct foreign one, two, three;
	int64_t run, capture;

	begin(f);
	run = put_run(f, 1);
	capture = put_capture(f, run, "one", RP_SLICE("bytes"));
	one = foreign_run(f, ARCHIVE_A, 1, NULL, part_of(PART_CAPTURE, capture, 4, 4));
	two = foreign_run(f, ARCHIVE_A, 2, &one, part_of(PART_AGAIN, capture, 4, 5));
	three = foreign_run(f, ARCHIVE_A, 3, &two, part_of(PART_AGAIN, capture, 4, 6));
	put_foreign(f, &one, run);
	put_foreign(f, &three, run);
	commit(f);

	assert_non_null(strstr(verify(f, false), ARCHIVE_A));
	begin(f);
	put_foreign(f, &two, run);
	commit(f);
	assert_string_equal(verify(f, false), "");
}

static void
a_copy_of_the_archive_that_went_on_by_itself_follows_on_the_archives_own_runs(
	void **state)
{
	struct fixture *f = *state;
	struct foreign own = { .run = { .number = 0 } }, fork, other;
	char id[ARCHIVE_ID + 1];
	int64_t run, capture;

	begin(f);
	run = put_run(f, 1);
	capture = put_capture(f, run, "one", RP_SLICE("bytes"));
	end_run(f, run, 2);
	assert_ok(store_identity(f->store, id, &own.run.run.hash, &f->err), f->err);
	run = put_run(f, 3);
	fork = foreign_run(f, id, 2, &own, part_of(PART_AGAIN, capture, 4, 5));
	put_foreign(f, &fork, run);
	commit(f);
	assert_string_equal(verify(f, false), "");

	begin(f);
	other = foreign_run(f, ARCHIVE_B, 2, &own, part_of(PART_AGAIN, capture, 4, 5));
	put_foreign(f, &other, run);
	commit(f);
	assert_non_null(strstr(verify(f, false), ARCHIVE_B));
}

static void
what_a_foreign_run_took_in_and_is_not_what_its_hash_says_is_named(void **state)
{
	struct fixture *f = *state;
	struct foreign a;
	int64_t run, capture, other;

	begin(f);
	run = put_run(f, 1);
	capture = put_capture(f, run, "one", RP_SLICE("bytes"));
	a = foreign_run(f, ARCHIVE_A, 1, NULL, part_of(PART_CAPTURE, capture, 4, 4));
	a.part.capture.at = 5;
	put_foreign(f, &a, run);
	commit(f);
	assert_non_null(strstr(verify(f, false), ARCHIVE_A));

	begin(f);
	other = put_capture(f, run, "other", RP_SLICE("other"));
	a = foreign_run(f, ARCHIVE_B, 1, NULL, part_of(PART_CAPTURE, other, 4, 4));
	put_foreign(f, &a, run);
	commit(f);
	assert_non_null(strstr(verify(f, false), ARCHIVE_B)); /* other bytes */
}

static void
a_foreign_run_that_was_open_can_be_dropped_to_be_taken_over_anew(void **state)
{
	struct fixture *f = *state;
	struct foreign open, closed;
	int64_t run, capture, id;

	begin(f);
	run = put_run(f, 1);
	capture = put_capture(f, run, "one", RP_SLICE("bytes"));
	open = foreign_run(f, ARCHIVE_A, 0, NULL, part_of(PART_CAPTURE, capture, 4, 4));
	closed = foreign_run(f, ARCHIVE_A, 1, NULL, part_of(PART_CAPTURE, capture, 4, 4));
	id = put_foreign(f, &open, run);
	commit(f);
	assert_string_equal(rows(f, SCAN_FOREIGN_RUNS, 0, ""), "100 of aaaa");
	assert_string_equal(verify(f, false), "");

	begin(f);
	assert_ok(store_foreign_run_drop(f->store, id, &f->err), f->err);
	store_rollback(f->store);
	assert_string_equal(rows(f, SCAN_FOREIGN_RUNS, 0, ""), "100 of aaaa");
	begin(f);
	assert_ok(store_foreign_run_drop(f->store, id, &f->err), f->err);
	put_foreign(f, &closed, run);
	commit(f);
	reopen(f);
	assert_string_equal(rows(f, SCAN_FOREIGN_RUNS, 0, ""), "101 of aaaa");
	assert_string_equal(verify(f, false), "");
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
		SPEC(a_run_of_another_archive_is_kept_as_that_one_tells_it),
		SPEC(what_a_run_is_made_of_comes_in_the_order_of_its_hash),
		SPEC(a_run_that_took_over_others_vouches_for_them),
		SPEC(a_chain_of_another_archive_that_lacks_a_run_is_named),
		SPEC(a_copy_of_the_archive_that_went_on_by_itself_follows_on_the_archives_own_runs),
		SPEC(what_a_foreign_run_took_in_and_is_not_what_its_hash_says_is_named),
		SPEC(a_foreign_run_that_was_open_can_be_dropped_to_be_taken_over_anew),
	};

	return CONTRACT_RUN(argc, argv, "runs", specs);
}
