#include "core/ingest/ingest.h"

#include "core/ingest/captures.h"
#include "core/ingest/run.h"
#include "core/ingest/sink.h"
#include "core/ingest/stored.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

/* One batch with everything its records say; a single record may be 16 MiB long. */
enum {
	BATCH_BYTES = 128 << 20,

	TEXTS_BYTES = 1 << 20, /* name and options of a capture */

	TIDY_LOOSE_RECORDS = 150000,
	TIDY_RECORDS = 4096, /* a quarter of a second */
	TIDY_MS = 1000,
};

struct ingest *
ingest_new(struct store *store, const struct ingest_options *options)
{
	struct ingest *ingest = calloc(1, sizeof(*ingest));

	if (ingest == NULL)
		return NULL;
	ingest->store = store;
	ingest->options = *options;
	ingest->refusals = rp_memory_refusals();
	ingest->batch = arena_new(BATCH_BYTES);
	return ingest->batch ? ingest : ingest_free(ingest);
}

struct ingest *
ingest_free(struct ingest *ingest)
{
	if (ingest != NULL) {
		arena_free(ingest->batch);
		chains_done(&ingest->chains);
		map_free(ingest->sizes);
		pages_free(ingest->pages);
		noted_free(ingest->noted);
		arena_free(ingest->kept);
	}
	free(ingest);
	return NULL;
}

const struct tally *
ingest_tally(const struct ingest *ingest)
{
	return &ingest->tally;
}

enum rp_status
run_begin(struct ingest *ingest, struct rp_error *err)
{
	const struct run run = { .kind = rp_slice_str(ingest->options.kind),
		                 .program = rp_slice_str(ingest->options.program),
		                 .started = ingest->options.now,
		                 .ended = RP_TIME_UNKNOWN,
		                 .pid = getpid() };
	enum rp_status st = store_begin(ingest->store, err);

	if (st == RP_OK && ingest->run == 0)
		st = store_run_begin(ingest->store, &run, &ingest->run, err);
	return st;
}

enum rp_status
run_finish(struct ingest *ingest, enum rp_status st, struct rp_error *err)
{
	if (st == RP_OK && rp_memory_refusals() > ingest->refusals)
		st = rp_fail_memory(err);
	if (st == RP_OK)
		st = store_commit(ingest->store, err);
	if (st == RP_OK) {
		ingest->run_kept = true;
		return RP_OK;
	}
	store_rollback(ingest->store);
	if (!ingest->run_kept)
		ingest->run = 0;
	return st;
}

static int64_t
time_of(const struct ingest *ingest)
{
	const struct ingest_options *options = &ingest->options;

	return options->clock != NULL ? options->clock(options->context) : options->now;
}

#define KEPT "(kept; see \"riposte stats --rejected\")"

static enum rp_status
only_reject(struct rp_slice name, const struct reject *reject, struct rp_error *err)
{
	if (reject->line > 0)
		rp_error_where(err, "%.*s:%" PRIu64, RP_FMT(name), reject->line);
	if (rp_slice_eq(reject->reason, RP_SLICE(REASON_UNKNOWN)))
		return rp_fail(err, RP_BAD_SOURCE,
		               REASON_UNKNOWN
		               " (kept); --as NAME says what it is, \"riposte help "
		               "import\" lists the names");
	return rp_fail(err, RP_BAD_SOURCE, "%.*s " KEPT, RP_FMT(reject->reason));
}

static enum rp_status
tell_rejects(struct ingest *ingest, struct rp_slice name, const struct capture *capture,
             bool nothing_read, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_REJECTS, .id = capture->id };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(ingest->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		if (row.reject.capture != capture->id)
			break;
		if (capture->records == 1 && nothing_read)
			return only_reject(name, &row.reject, err);
		if (ingest->options.rejected == NULL ||
		    !ingest->options.rejected(ingest->options.context, name, &row.reject))
			break;
	}
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
stop_at_a_post(void *context, const struct batch *batch, struct rp_error *err)
{
	(void)context;
	(void)err;
	return batch->n_observations > 0 ? RP_NOT_FOUND : RP_OK;
}

/*
 * Does a capture of which no record could be read name posts all the same, as a list
 * does?  They are not counted: it is read again.  RP_NOT_FOUND: it does.
 */
static enum rp_status
names_none(struct ingest *ingest, int64_t id, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES, .id = id };
	CLEANUP(arena_free) struct arena *texts = arena_new(TEXTS_BYTES);
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	struct captures found = { .n = 0 };
	struct stored stored = { .store = ingest->store };
	union scan_row row;
	enum rp_status st;

	if (texts == NULL)
		return rp_fail_memory(err);
	if ((st = store_scan(ingest->store, &scan, &it, err)) != RP_OK ||
	    (st = store_next(it, &row, err)) != RP_OK ||
	    (st = captures_add(&found, texts, &row.capture, err)) != RP_OK)
		return st;
	if (collector_find(found.list->format) == NULL)
		return RP_OK;
	stored.capture = found.list;
	stored.options = found.list->options;
	return stored_read(&stored, ingest->batch, stop_at_a_post, NULL, err);
}

enum rp_status
run_rejects(struct ingest *ingest, struct rp_slice name, const struct capture *capture,
            struct rp_error *err)
{
	enum rp_status st;
	bool some = false;

	if (capture->rejected > 0 && capture->rejected == capture->records) {
		st = names_none(ingest, capture->id, err);
		if (st != RP_OK && st != RP_NOT_FOUND)
			return st;
		some = st == RP_NOT_FOUND;
	}
	st = RP_OK;
	if (capture->rejected > 0)
		st = tell_rejects(ingest, name, capture, !some, err);
	if (st != RP_OK || some || capture->records == 0 ||
	    capture->rejected < capture->records)
		return st;
	return rp_fail(err, RP_BAD_SOURCE, "no record could be read " KEPT);
}

enum rp_status
ingest_close(struct ingest *ingest, struct tally *tally_out, struct rp_error *err)
{
	uint64_t records;
	enum rp_status st = RP_OK;

	if (ingest->chains.doubtful)
		st = ingest_rebuild(ingest->store, &records, err);
	if (st == RP_OK && ingest->run != 0) {
		if ((st = store_begin(ingest->store, err)) == RP_OK)
			st = store_run_end(ingest->store, ingest->run, time_of(ingest),
			                   err);
		st = run_finish(ingest, st, err);
	}
	if (tally_out != NULL)
		*tally_out = ingest->tally;
	ingest_free(ingest);
	return st;
}

enum rp_status
ingest_attachment(struct ingest *ingest, struct rp_slice name, struct rp_slice bytes,
                  struct rp_error *err)
{
	const struct sha256 hash = sha256_of(bytes);
	const struct capture capture = { .name = name,
		                         .at = ingest->options.now,
		                         .format = RP_SLICE("raw") };
	CLEANUP(sink_done) struct sink sink = { .store = NULL };
	struct capture held;
	enum rp_status st;

	arena_reset(ingest->batch);
	st = store_capture_find(ingest->store, &hash, ingest->batch, &held, err);
	if (st != RP_NOT_FOUND)
		return st;
	if ((st = sink_open(&sink, ingest->store, SINK_KEEPS, &capture, &ingest->chains,
	                    &ingest->tally, err)) != RP_OK)
		return st;
	if ((st = run_begin(ingest, err)) == RP_OK) {
		sink.capture.run = ingest->run;
		if ((st = sink_begin(&sink, err)) == RP_OK &&
		    (st = sink_bytes(&sink, bytes, err)) == RP_OK)
			st = sink_update(&sink, true, err);
	}
	if ((st = run_finish(ingest, st, err)) != RP_OK)
		return st;
	ingest->tally.captures++;
	ingest->tally.bytes_in += bytes.n;
	return RP_OK;
}

enum rp_status
ingest_tidy(struct store *store, bool (*stop)(void *context), void *context,
            struct rp_error *err)
{
	const struct compact_options options = { .hot_min = TIDY_LOOSE_RECORDS,
		                                 .most = TIDY_RECORDS };
	const int64_t end = rp_monotonic_ms() + TIDY_MS;
	struct compact_tally tally = { 0 };
	enum rp_status st = RP_OK;

	while (st == RP_OK && rp_monotonic_ms() < end && !stop(context))
		st = store_compact(store, &options, &tally, err);
	return st == RP_END || st == RP_RETRY_LATER ? RP_OK : st;
}
