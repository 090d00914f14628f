#include "storage/memory/memory.h"

#include <assert.h>

const struct record_row *
memory_record(const struct memory *memory, int64_t record)
{
	if (record <= 0 || (uint64_t)record > memory->tables[RECORDS].n)
		return NULL;
	return ROW(memory, RECORDS, struct record_row, (size_t)record - 1);
}

const struct capture_row *
memory_capture(const struct memory *memory, int64_t capture)
{
	if (capture <= 0 || (uint64_t)capture > memory->tables[CAPTURES].n)
		return NULL;
	return ROW(memory, CAPTURES, struct capture_row, (size_t)capture - 1);
}

/* ---- runs -------------------------------------------------------------------- */

/* For asserts, which a release build has none of. */
__attribute__((unused)) static bool
run_is_open(const struct memory *memory, int64_t run)
{
	return run > 0 && (uint64_t)run <= memory->tables[RUNS].n &&
	       ROW(memory, RUNS, struct run_row, (size_t)run - 1)->run.open;
}

enum rp_status
memory_run_begin(struct store *store, const struct run *run, int64_t *id_out,
                 struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct run copy = *run;
	struct run_row *row;

	if (!memory_copy_texts(memory->arena, &memory_run_texts, &copy, NULL))
		return rp_fail_memory(err);
	row = table_add(&memory->tables[RUNS]);
	if (row == NULL)
		return rp_fail_memory(err);
	copy.id = (int64_t)memory->tables[RUNS].n;
	copy.ended = RP_TIME_UNKNOWN;
	copy.open = true;
	copy.link = 0;
	copy.previous = copy.hash = (struct sha256){ 0 };
	row->run = copy;
	*id_out = copy.id;
	return RP_OK;
}

enum rp_status
memory_run_hash(struct memory *memory, const struct run *run, struct sha256 *out,
                struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_RUN_PARTS, .id = run->id };

	return memory_hash_parts(memory, run, &scan, out, err);
}

enum rp_status
memory_run_end(struct store *store, int64_t run, int64_t ended, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct table *runs = &memory->tables[RUNS];
	uint64_t closed = 0;
	struct run_row row;
	struct run_row *change;
	enum rp_status st;

	assert(run_is_open(memory, run));
	row = *ROW(memory, RUNS, struct run_row, (size_t)run - 1);
	for (size_t i = 0; i < runs->n; i++) {
		const struct run_row *other = ROW(memory, RUNS, struct run_row, i);

		if (other->closed > closed) {
			closed = other->closed;
			row.run.previous = other->run.hash;
		}
	}
	row.closed = closed + 1;
	row.run.ended = ended;
	row.run.open = false;
	row.run.link = (int64_t)row.closed;
	st = memory_run_hash(memory, &row.run, &row.run.hash, err);
	if (st != RP_OK)
		return st;
	change = table_change(runs, (size_t)run - 1);
	if (change == NULL)
		return rp_fail_memory(err);
	*change = row;
	return RP_OK;
}

/* ---- captures ---------------------------------------------------------------- */

enum rp_status
memory_capture_begin(struct store *store, const struct capture *capture, int64_t *id_out,
                     struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct capture copy = *capture;
	struct capture_row *row;

	assert(run_is_open(memory, capture->run));
	if (!memory_copy_texts(memory->arena, &memory_capture_texts, &copy, NULL))
		return rp_fail_memory(err);
	row = table_add(&memory->tables[CAPTURES]);
	if (row == NULL)
		return rp_fail_memory(err);
	copy.id = (int64_t)memory->tables[CAPTURES].n;
	copy.bytes = copy.records = copy.rejected = 0;
	copy.complete = false;
	copy.sha256 = (struct sha256){ 0 };
	row->capture = copy;
	*id_out = copy.id;
	return RP_OK;
}

__attribute__((unused)) static bool
holes_match(const struct memory *memory, const struct segment *segment)
{
	for (size_t i = 0; i < segment->n_holes; i++) {
		const struct hole *hole = &segment->holes[i];
		const struct record_row *record = memory_record(memory, hole->record);

		if (record == NULL ||
		    !rp_slice_eq(record->bytes,
		                 rp_slice_from(segment->bytes.p + hole->at, hole->n)))
			return false;
	}
	return true;
}

static bool
cut_holes(struct arena *arena, const struct segment *segment, struct segment_row *row)
{
	char *skeleton = arena_alloc(arena, segment->bytes.n);
	struct hole *holes = arena_array(arena, segment->n_holes, sizeof(*holes));
	size_t from = 0, n = 0;

	if (skeleton == NULL || holes == NULL)
		return false;
	for (size_t i = 0; i <= segment->n_holes; i++) {
		bool last = i == segment->n_holes;
		size_t to = last ? segment->bytes.n : segment->holes[i].at;

		if (to > from)
			memcpy(skeleton + n, segment->bytes.p + from, to - from);
		n += to - from;
		if (last)
			break;
		holes[i] = segment->holes[i];
		from = to + holes[i].n;
	}
	row->skeleton = rp_slice_from(skeleton, n);
	row->holes = holes;
	row->n_holes = segment->n_holes;
	return true;
}

enum rp_status
memory_capture_append(struct store *store, int64_t capture, const struct segment *segment,
                      struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct segment_row cut = { .capture = capture,
		                   .offset = segment->offset,
		                   .bytes = segment->bytes.n };
	struct capture_row *row =
		table_change(&memory->tables[CAPTURES], (size_t)capture - 1);
	struct segment_row *stored;

	if (row == NULL)
		return rp_fail_memory(err);
	assert(segment->offset == row->held && !row->capture.complete);
	assert(holes_match(memory, segment));
	if (!cut_holes(memory->arena, segment, &cut))
		return rp_fail_memory(err);
	stored = table_add(&memory->tables[SEGMENTS]);
	if (stored == NULL)
		return rp_fail_memory(err);
	*stored = cut;
	row->held += segment->bytes.n;
	return RP_OK;
}

enum rp_status
memory_capture_update(struct store *store, const struct capture *capture,
                      struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct capture_row *row =
		table_change(&memory->tables[CAPTURES], (size_t)capture->id - 1);

	if (row == NULL)
		return rp_fail_memory(err);
	assert(run_is_open(memory, row->capture.run));
	if (capture->options.n > 0 &&
	    !rp_slice_eq(capture->options, row->capture.options) &&
	    !arena_copy(memory->arena, capture->options, &row->capture.options))
		return rp_fail_memory(err);
	row->capture.bytes = capture->bytes;
	row->capture.sha256 = capture->sha256;
	row->capture.complete = capture->complete;
	row->capture.records = capture->records;
	row->capture.rejected = capture->rejected;
	return RP_OK;
}

enum rp_status
memory_capture_again(struct store *store, int64_t capture, int64_t run, int64_t at,
                     struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct again_row *row;

	assert(memory_capture(memory, capture) != NULL && run_is_open(memory, run));
	row = table_add(&memory->tables[AGAIN]);
	if (row == NULL)
		return rp_fail_memory(err);
	*row = (struct again_row){ capture, run, at };
	return RP_OK;
}

static enum rp_status
hand_out(const struct capture *capture, struct arena *arena, struct capture *out,
         struct rp_error *err)
{
	struct capture copy = *capture;

	if (!memory_copy_texts(arena, &memory_capture_texts, &copy, NULL))
		return rp_fail_memory(err);
	*out = copy;
	return RP_OK;
}

enum rp_status
memory_capture_find(struct store *store, const struct sha256 *sha256, struct arena *arena,
                    struct capture *out, struct rp_error *err)
{
	const struct memory *memory = memory_of(store);

	for (size_t i = 0; i < memory->tables[CAPTURES].n; i++) {
		const struct capture *capture =
			&ROW(memory, CAPTURES, struct capture_row, i)->capture;

		if (capture->complete && sha256_eq(&capture->sha256, sha256))
			return hand_out(capture, arena, out, err);
	}
	return rp_fail(err, RP_NOT_FOUND, "no capture has this hash");
}

/* Captures of the same hash count as one, the first of those that are complete. */
enum rp_status
memory_capture_find_prefix(struct store *store, struct rp_slice hex, struct arena *arena,
                           struct capture *out, struct rp_error *err)
{
	const struct memory *memory = memory_of(store);
	const struct capture *found = NULL;

	for (size_t i = 0; i < memory->tables[CAPTURES].n; i++) {
		const struct capture *capture =
			&ROW(memory, CAPTURES, struct capture_row, i)->capture;
		char whole[SHA256_HEX + 1];

		sha256_hex(&capture->sha256, whole);
		if (!rp_slice_starts(rp_slice_str(whole), hex))
			continue;
		if (found != NULL && !sha256_eq(&found->sha256, &capture->sha256))
			return rp_fail(err, RP_BAD_USAGE,
			               "several captures start with \"%.*s\"",
			               RP_FMT(hex));
		if (found == NULL || (capture->complete && !found->complete))
			found = capture;
	}
	if (found == NULL)
		return rp_fail(err, RP_NOT_FOUND, "no capture starts with \"%.*s\"",
		               RP_FMT(hex));
	return hand_out(found, arena, out, err);
}

/* ---- records, sightings, rejects --------------------------------------------- */

static enum rp_status
put_record(struct memory *memory, const struct record_bytes *record, int64_t *id_out,
           struct rp_error *err)
{
	struct record_row new = { .kind = record->kind, .bytes = record->bytes };
	struct record_row *row;
	size_t at;
	enum rp_status st;

	st = memory_find_same(memory, RECORDS, RECORDS_BY_BYTES, &new, &at, err);
	if (st == RP_OK)
		*id_out = (int64_t)at + 1;
	if (st != RP_NOT_FOUND)
		return st;
	new.sha256 = sha256_of(record->bytes);
	if (!arena_copy(memory->arena, record->bytes, &new.bytes))
		return rp_fail_memory(err);
	row = table_add(&memory->tables[RECORDS]);
	if (row == NULL)
		return rp_fail_memory(err);
	*row = new;
	*id_out = (int64_t)memory->tables[RECORDS].n;
	return RP_OK;
}

enum rp_status
memory_records_put(struct store *store, const struct record_bytes *records, size_t n,
                   int64_t *ids_out, struct rp_error *err)
{
	for (size_t i = 0; i < n; i++) {
		enum rp_status st =
			put_record(memory_of(store), &records[i], &ids_out[i], err);

		if (st != RP_OK)
			return st;
	}
	return RP_OK;
}

enum rp_status
memory_record_get(struct store *store, int64_t record, struct rp_buf *out,
                  struct rp_error *err)
{
	const struct record_row *row = memory_record(memory_of(store), record);

	if (row == NULL)
		return rp_fail(err, RP_NOT_FOUND, "no such record");
	buf_add(out, row->bytes);
	if (buf_failed(out))
		return rp_fail(err, RP_FAILED, "no room for a record of %zu bytes",
		               row->bytes.n);
	return RP_OK;
}

enum rp_status
memory_sighting_put(struct store *store, const struct sighting *sighting,
                    struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct sighting *row;
	size_t at;
	enum rp_status st;

	assert(memory_post(memory, sighting->post) != NULL);
	st = memory_find_same(memory, SIGHTINGS, SIGHTINGS_SAME, sighting, &at, err);
	if (st != RP_NOT_FOUND)
		return st;
	row = table_add(&memory->tables[SIGHTINGS]);
	if (row == NULL)
		return rp_fail_memory(err);
	*row = *sighting;
	return RP_OK;
}

enum rp_status
memory_reject_put(struct store *store, const struct reject *reject, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct reject copy = *reject;
	struct reject *row;

	if (!arena_copy(memory->arena, reject->reason, &copy.reason))
		return rp_fail_memory(err);
	row = table_add(&memory->tables[REJECTS]);
	if (row == NULL)
		return rp_fail_memory(err);
	*row = copy;
	return RP_OK;
}
