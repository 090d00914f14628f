#include "core/ingest/sink.h"

#include "core/ingest/derive.h"
#include "core/ingest/event.h"

/* Texts and rows of one post and what it refers to; far more than any real one needs. */
enum { SCRATCH_BYTES = 256 << 20 };

enum rp_status
sink_open(struct sink *sink, struct store *store, enum sink_mode mode,
          const struct capture *capture, struct chains *chains, struct tally *tally,
          struct rp_error *err)
{
	*sink = (struct sink){ .store = store,
		               .mode = mode,
		               .capture = *capture,
		               .chains = chains,
		               .tally = tally };
	sink->capture.bytes = 0;
	sink->capture.complete = false;
	sink->capture.records = 0;
	sink->capture.rejected = 0;
	buf_init(&sink->event, KEY_MAX_BYTES);
	sink->hash = sha256_stream_new();
	sink->scratch = arena_new(SCRATCH_BYTES);
	if (sink->hash == NULL || sink->scratch == NULL) {
		sink_done(sink);
		return rp_fail_memory(err);
	}
	return RP_OK;
}

void
sink_done(struct sink *sink)
{
	sink->hash = sha256_stream_free(sink->hash);
	sink->scratch = arena_free(sink->scratch);
	buf_done(&sink->event);
}

enum rp_status
sink_begin(struct sink *sink, struct rp_error *err)
{
	if (sink->capture.id != 0)
		return RP_OK;
	return store_capture_begin(sink->store, &sink->capture, &sink->capture.id, err);
}

static enum rp_status
append(struct sink *sink, const struct segment *segment, struct rp_error *err)
{
	enum rp_status st;

	if (sink->mode == SINK_DERIVES || segment->bytes.n == 0)
		return RP_OK;
	st = store_capture_append(sink->store, sink->capture.id, segment, err);
	if (st != RP_OK)
		return st;
	sha256_stream_add(sink->hash, segment->bytes);
	sink->capture.bytes += segment->bytes.n;
	return RP_OK;
}

enum rp_status
sink_bytes(struct sink *sink, struct rp_slice bytes, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	while (bytes.n > 0 && st == RP_OK) {
		size_t n = bytes.n < SEGMENT_MAX_BYTES ? bytes.n : SEGMENT_MAX_BYTES;
		const struct segment segment = { .offset = sink->capture.bytes,
			                         .bytes = rp_slice_from(bytes.p, n) };

		st = append(sink, &segment, err);
		bytes = rp_slice_skip(bytes, n);
	}
	return st;
}

/* The batch's records into the store; ids and holes are for the segment and the
 * sightings. */
static enum rp_status
put_records(struct sink *sink, const struct batch *batch, int64_t **ids_out,
            struct hole **holes_out, struct rp_error *err)
{
	size_t n = batch->n_records;
	struct record_bytes *records = arena_array(batch->arena, n, sizeof(*records));
	struct hole *holes = arena_array(batch->arena, n, sizeof(*holes));
	int64_t *ids = arena_array(batch->arena, n, sizeof(*ids));
	enum rp_status st;

	if (records == NULL || holes == NULL || ids == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < n; i++) {
		const struct batch_record *record = &batch->records[i];

		records[i].kind = record->kind;
		records[i].bytes = rp_slice_from(batch->bytes.p + record->at, record->n);
	}
	st = store_records_put(sink->store, records, n, ids, err);
	if (st != RP_OK)
		return st;
	for (size_t i = 0; i < n; i++)
		holes[i] = (struct hole){ (uint32_t)batch->records[i].at,
			                  (uint32_t)batch->records[i].n, ids[i] };
	*ids_out = ids;
	*holes_out = holes;
	return RP_OK;
}

static bool
remember_event(struct sink *sink, const struct batch *batch)
{
	if (sink->event.n == 0)
		buf_add(&sink->event, event_of(batch));
	return !buf_failed(&sink->event);
}

static enum rp_status
event_is_told_elsewhere(struct sink *sink, bool *out, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	*out = false;
	if (sink->event.n > 0)
		st = event_is_shared(sink->store, buf_slice(&sink->event),
		                     sink->capture.id, out, err);
	if (st == RP_OK && sink->event.n > 0) {
		sink->looked = !*out;
		sink->looked_at = store_changes(sink->store);
	}
	return st;
}

/*
 * Before a batch: that takes a look at all posts of the event, which is not taken with
 * every batch of ours while nobody else writes.
 */
static enum rp_status
look_elsewhere(struct sink *sink, bool *out, struct rp_error *err)
{
	*out = sink->owes;
	if (sink->owes || (sink->looked && sink->looked_at == store_changes(sink->store)))
		return RP_OK;
	return event_is_told_elsewhere(sink, out, err);
}

/* into += more - less, as far as they count what posts were told. */
static void
count_told(struct tally *into, const struct tally *more, const struct tally *less)
{
	into->records += more->records - less->records;
	into->fresh += more->fresh - less->fresh;
	into->same += more->same - less->same;
	into->versions += more->versions - less->versions;
	into->ghosts += more->ghosts - less->ghosts;
}

/* The event as a whole; the tally learns what this capture told more than before. */
static enum rp_status
derive_event(struct sink *sink, struct rp_error *err)
{
	struct tally told = { 0 };
	enum rp_status st = event_derive(sink->store, buf_slice(&sink->event),
	                                 sink->capture.id, &told, err);

	if (st != RP_OK)
		return st;
	count_told(sink->tally, &told, &sink->told);
	sink->capture.records += told.records - sink->told.records;
	sink->told = told;
	return RP_OK;
}

static enum rp_status
pay(struct sink *sink, struct rp_error *err)
{
	const bool owes = sink->owes;

	sink->owes = false;
	return owes ? derive_event(sink, err) : RP_OK;
}

/* What a batch says, its records being put. */
static enum rp_status
derive(struct sink *sink, const struct batch *batch, const int64_t *ids,
       struct rp_error *err)
{
	const struct tally before = *sink->tally;
	struct batch rejects = *batch;
	bool elsewhere;
	enum rp_status st;

	if (!remember_event(sink, batch))
		return rp_fail_memory(err);
	if ((st = look_elsewhere(sink, &elsewhere, err)) != RP_OK)
		return st;
	sink->owes = elsewhere;
	if (elsewhere)
		rejects.n_observations = rejects.n_accounts = 0;
	st = derive_batch(sink->store, &rejects, sink->capture.id, ids, sink->chains,
	                  sink->scratch, sink->tally, err);
	if (elsewhere)
		return st;
	count_told(&sink->told, sink->tally, &before);
	sink->told.records -= sink->tally->rejected - before.rejected;
	return st;
}

enum rp_status
sink_batch(struct sink *sink, const struct batch *batch, struct rp_error *err)
{
	struct segment segment = { .offset = batch->offset,
		                   .bytes = batch->bytes,
		                   .n_holes = batch->n_records };
	uint64_t records = sink->tally->records, rejected = sink->tally->rejected;
	struct hole *holes = NULL;
	int64_t *ids = NULL;
	enum rp_status st;

	if ((st = put_records(sink, batch, &ids, &holes, err)) != RP_OK)
		return st;
	segment.holes = holes;
	if ((st = append(sink, &segment, err)) != RP_OK)
		return st;
	st = derive(sink, batch, ids, err);
	sink->capture.records += sink->tally->records - records;
	sink->capture.rejected += sink->tally->rejected - rejected;
	return st;
}

enum rp_status
sink_settle(struct sink *sink, struct rp_error *err)
{
	bool elsewhere = sink->owes;
	enum rp_status st = RP_OK;

	if (!elsewhere)
		st = event_is_told_elsewhere(sink, &elsewhere, err);
	sink->owes = elsewhere;
	return st == RP_OK ? pay(sink, err) : st;
}

enum rp_status
sink_unread(struct sink *sink, bool broken, uint64_t bytes, struct rp_error *err)
{
	const struct rp_slice told = collector_unread(sink->capture.options);
	const struct reject reject = {
		.capture = sink->capture.id,
		.bytes = bytes,
		.reason = told.n > 0             ? told
		          : broken && bytes == 0 ? RP_SLICE(REASON_BROKEN_OFF)
		                                 : RP_SLICE(REASON_UNKNOWN),
	};

	sink->capture.records = sink->capture.rejected = 1;
	sink->tally->records++;
	sink->tally->rejected++;
	return store_reject_put(sink->store, &reject, err);
}

enum rp_status
sink_update(struct sink *sink, bool complete, struct rp_error *err)
{
	struct tally counted = { 0 };
	bool elsewhere = false;
	enum rp_status st = pay(sink, err);

	sink->capture.complete = complete;
	sink->capture.sha256 = sha256_stream_peek(sink->hash);
	if (st == RP_OK)
		st = store_capture_update(sink->store, &sink->capture, err);
	/* Now that all of it is known, so is whether it is held under other options. */
	if (st == RP_OK && complete)
		st = event_is_told_elsewhere(sink, &elsewhere, err);
	return st == RP_OK && elsewhere
	               ? event_derive(sink->store, buf_slice(&sink->event),
	                              sink->capture.id, &counted, err)
	               : st;
}
