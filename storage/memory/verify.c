#include "storage/memory/memory.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

struct verify {
	struct memory *memory;
	store_finding *tell;
	void *context;
	uint64_t findings;
};

static void finding(struct verify *verify, const char *format, ...) RP_PRINTF(2, 3);

static void
finding(struct verify *verify, const char *format, ...)
{
	char sentence[512];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	verify->findings++;
	verify->tell(verify->context, sentence);
}

/* ---- captures ---------------------------------------------------------------- */

static void
verify_holes(struct verify *verify, const struct segment_row *segment)
{
	for (size_t i = 0; i < segment->n_holes; i++) {
		const struct record_row *record =
			memory_record(verify->memory, segment->holes[i].record);

		if (record == NULL || record->bytes.n != segment->holes[i].n)
			finding(verify,
			        "Capture %" PRId64 ": the hole at byte %" PRIu64
			        " does not fit its record.",
			        segment->capture, segment->offset + segment->holes[i].at);
	}
}

/* Appends came in order, so the segments of a capture stand in order too. */
static void
verify_segments(struct verify *verify)
{
	struct memory *memory = verify->memory;

	for (size_t c = 0; c < memory->tables[CAPTURES].n; c++) {
		const struct capture_row *row =
			ROW(memory, CAPTURES, struct capture_row, c);

		if (row->capture.bytes != row->held)
			finding(verify,
			        "Capture %zu (%.*s) should have %" PRIu64
			        " bytes and has %" PRIu64 ".",
			        c + 1, RP_FMT(row->capture.name), row->capture.bytes,
			        row->held);
	}
	for (size_t i = 0; i < memory->tables[SEGMENTS].n; i++)
		verify_holes(verify, ROW(memory, SEGMENTS, struct segment_row, i));
}

static enum rp_status
hash_capture(struct memory *memory, int64_t capture, struct sha256 *out,
             struct rp_error *err)
{
	CLEANUP(sha256_stream_free) struct sha256_stream *stream = sha256_stream_new();
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	const struct scan scan = { .of = SCAN_CAPTURE_BYTES, .id = capture };
	union scan_row row;
	enum rp_status st;

	if (stream == NULL)
		return rp_fail_memory(err);
	st = store_scan(&memory->store, &scan, &iter, err);
	if (st != RP_OK)
		return st;
	while ((st = store_next(iter, &row, err)) == RP_OK)
		sha256_stream_add(stream, row.bytes);
	*out = sha256_stream_peek(stream);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
verify_data(struct verify *verify, struct verify_part part, struct rp_error *err)
{
	struct memory *memory = verify->memory;

	for (size_t i = 0; i < memory->tables[RECORDS].n; i++) {
		const struct record_row *row = ROW(memory, RECORDS, struct record_row, i);
		struct sha256 now;

		if (!verify_part_has(part, (int64_t)i + 1))
			continue;
		now = sha256_of(row->bytes);
		if (!sha256_eq(&now, &row->sha256))
			finding(verify, "Record %zu fails its check.", i + 1);
	}
	for (size_t i = 0; i < memory->tables[CAPTURES].n; i++) {
		const struct capture *capture =
			&ROW(memory, CAPTURES, struct capture_row, i)->capture;
		struct sha256 now;
		enum rp_status st;

		if (!verify_part_has(part, capture->id))
			continue;
		st = hash_capture(memory, capture->id, &now, err);
		if (st == RP_FAILED)
			return st;
		if (capture->bytes > 0 &&
		    (st != RP_OK || !sha256_eq(&now, &capture->sha256)))
			finding(verify, "Capture %zu (%.*s) fails its check.", i + 1,
			        RP_FMT(capture->name));
	}
	return RP_OK;
}

/* ---- the chain --------------------------------------------------------------- */

static const struct run *
closed_run(const struct memory *memory, uint64_t closed)
{
	for (size_t i = 0; i < memory->tables[RUNS].n; i++) {
		const struct run_row *row = ROW(memory, RUNS, struct run_row, i);

		if (row->closed == closed)
			return &row->run;
	}
	return NULL;
}

static enum rp_status
verify_chain(struct verify *verify, struct rp_error *err)
{
	struct sha256 previous = { 0 };
	const struct run *run;

	for (uint64_t i = 1; (run = closed_run(verify->memory, i)) != NULL; i++) {
		struct sha256 now;
		enum rp_status st = memory_run_hash(verify->memory, run, &now, err);

		if (st != RP_OK)
			return st;
		if (!sha256_eq(&run->previous, &previous))
			finding(verify, "Run %" PRId64 " does not follow the one before.",
			        run->id);
		if (!sha256_eq(&run->hash, &now))
			finding(verify, "Run %" PRId64 " fails its check.", run->id);
		previous = run->hash;
	}
	return RP_OK;
}

static void
verify_part(struct verify *verify, const struct foreign_run *run,
            const struct capture *told)
{
	const struct capture_row *held = memory_capture(verify->memory, told->id);

	if (told->id != 0 && (held == NULL || held->capture.bytes != told->bytes ||
	                      !sha256_eq(&held->capture.sha256, &told->sha256)))
		finding(verify,
		        "Capture %" PRId64 " is not the one that run %" PRId64
		        " of archive %s took in.",
		        told->id, run->number, run->archive);
}

static enum rp_status
verify_foreign_run(struct verify *verify, const struct foreign_run *run,
                   struct rp_error *err)
{
	const struct memory *memory = verify->memory;
	const struct scan parts = { .of = SCAN_FOREIGN_PARTS, .id = run->run.id };
	struct sha256 now;
	enum rp_status st =
		memory_hash_parts(verify->memory, &run->run, &parts, &now, err);

	if (st != RP_OK)
		return st;
	if (!memory_has_run_before(memory, run))
		finding(verify,
		        "Run %" PRId64 " of archive %s does not follow the one before.",
		        run->number, run->archive);
	if (!sha256_eq(&run->run.hash, &now))
		finding(verify, "Run %" PRId64 " of archive %s fails its check.",
		        run->number, run->archive);
	for (size_t i = 0; i < memory->tables[FOREIGN_PARTS].n; i++) {
		const struct part_row *row =
			ROW(memory, FOREIGN_PARTS, struct part_row, i);

		if (row->run == run->run.id && row->part.kind != PART_RUN)
			verify_part(verify, run, &row->part.capture);
	}
	return RP_OK;
}

static enum rp_status
verify_foreign(struct verify *verify, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; st == RP_OK && i < verify->memory->tables[FOREIGN_RUNS].n;
	     i++) {
		const struct foreign_run *run =
			ROW(verify->memory, FOREIGN_RUNS, struct foreign_run, i);

		if (run->run.id != 0)
			st = verify_foreign_run(verify, run, err);
	}
	return st;
}

enum rp_status
memory_verify(struct store *store, struct verify_part part, store_finding *tell,
              void *context, struct rp_error *err)
{
	struct verify verify = { memory_of(store), tell, context, 0 };
	enum rp_status st;

	verify_segments(&verify);
	st = verify_chain(&verify, err);
	if (st == RP_OK)
		st = verify_foreign(&verify, err);
	if (st == RP_OK)
		st = verify_data(&verify, part, err);
	if (st == RP_OK && verify.findings > 0)
		return rp_fail(err, RP_CORRUPT, "%" PRIu64 " findings", verify.findings);
	return st;
}
