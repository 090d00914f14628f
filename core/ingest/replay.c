/*
 * Captures read again: into the archive they are in (rebuild), or into another (replay).
 */
#include "core/ingest/captures.h"
#include "core/ingest/ingest.h"
#include "core/ingest/sink.h"
#include "core/ingest/stored.h"

enum { REPLAY_BATCH_BYTES = 128 << 20 }; /* as an import's */

struct replay {
	struct store *from, *into;
	enum sink_mode mode;
	struct arena *arena;
	struct chains chains;
	struct tally tally;
	int64_t run;              /* in `into`, while replaying */
	struct captures captures; /* all of `from` */
	int64_t *new_ids;         /* theirs in `into`; 0: not there yet */
};

static enum rp_status
replay_batch(void *context, const struct batch *batch, struct rp_error *err)
{
	struct sink *sink = context;

	return batch->arena != NULL ? sink_batch(sink, batch, err)
	                            : sink_bytes(sink, batch->bytes, err);
}

/* When it came again says which options count for its event: event.h. */
static enum rp_status
copy_agains(struct replay *replay, int64_t capture, int64_t copy, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_AGAIN, .id = capture };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(replay->from, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		if ((st = store_capture_again(replay->into, copy, replay->run,
		                              row.again.at, err)) != RP_OK)
			return st;
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
replay_capture(struct replay *replay, size_t index, struct rp_error *err)
{
	const struct capture *capture = &replay->captures.list[index];
	const size_t container = captures_find(&replay->captures, capture->inside);
	const bool is_inside = container < replay->captures.n;
	const struct stored stored = {
		.store = replay->from,
		.capture = capture,
		.options = capture->options,
		.broken = captures_broke_off(
			capture, is_inside ? &replay->captures.list[container] : NULL),
	};
	CLEANUP(sink_done) struct sink sink;
	struct capture again = *capture;
	enum rp_status st;

	again.id = replay->new_ids[index];
	if (replay->mode == SINK_KEEPS) {
		again.run = replay->run;
		again.inside = is_inside ? replay->new_ids[container] : 0;
	}
	if ((st = sink_open(&sink, replay->into, replay->mode, &again, &replay->chains,
	                    &replay->tally, err)) != RP_OK)
		return st;
	if ((st = sink_begin(&sink, err)) == RP_OK && replay->mode == SINK_KEEPS)
		st = copy_agains(replay, capture->id, sink.capture.id, err);
	if (st == RP_OK)
		st = stored_read(&stored, replay->arena, replay_batch, &sink, err);
	if (st == RP_OK && rp_slice_eq(capture->format, RP_SLICE("unknown")))
		st = sink_unread(&sink, stored.broken, capture->bytes, err);
	if (st == RP_OK && replay->mode == SINK_DERIVES)
		st = sink_settle(&sink, err);
	else if (st == RP_OK)
		st = sink_update(&sink, capture->complete, err);
	replay->new_ids[index] = sink.capture.id;
	return st;
}

static enum rp_status
list_captures(struct replay *replay, struct arena *list, struct rp_error *err)
{
	enum rp_status st = captures_list(replay->from, list, &replay->captures, err);

	if (st != RP_OK)
		return st;
	replay->new_ids = arena_array(list, replay->captures.n, sizeof(*replay->new_ids));
	if (replay->new_ids == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < replay->captures.n; i++)
		replay->new_ids[i] =
			replay->mode == SINK_DERIVES ? replay->captures.list[i].id : 0;
	return RP_OK;
}

static enum rp_status
replay_captures(struct replay *replay, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	replay->tally = (struct tally){ 0 };
	for (size_t i = 0; i < replay->captures.n && st == RP_OK; i++)
		st = replay_capture(replay, i, err);
	return st;
}

/* Once as they came; if that shows two people's posts as one, again with all posts known
 * before the first chain of edits is followed. */
static enum rp_status
replay_all(struct replay *replay, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *list = arena_new(SIZE_MAX / 2);
	const size_t refusals = rp_memory_refusals();
	enum rp_status st;

	if (list == NULL)
		return rp_fail_memory(err);
	if ((st = list_captures(replay, list, err)) == RP_OK)
		st = replay_captures(replay, err);
	if (st == RP_OK && replay->chains.doubtful) {
		replay->mode = SINK_DERIVES;
		replay->chains.later = true;
		if ((st = store_drop_derived(replay->into, err)) == RP_OK &&
		    (st = replay_captures(replay, err)) == RP_OK)
			st = chains_apply(&replay->chains, replay->into, err);
	}
	chains_done(&replay->chains);
	/* As in run_finish(): what was read without memory is not what is there. */
	return st == RP_OK && rp_memory_refusals() > refusals ? rp_fail_memory(err) : st;
}

enum rp_status
ingest_rebuild(struct store *store, uint64_t *records_out, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(REPLAY_BATCH_BYTES);
	struct replay replay = {
		.from = store, .into = store, .mode = SINK_DERIVES, .arena = arena
	};
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	if ((st = store_begin(store, err)) == RP_OK &&
	    (st = store_drop_derived(store, err)) == RP_OK &&
	    (st = replay_all(&replay, err)) == RP_OK)
		st = store_commit(store, err);
	if (st != RP_OK) {
		store_rollback(store);
		return st;
	}
	*records_out = replay.tally.records;
	return RP_OK;
}

enum rp_status
ingest_replay(struct store *from, struct store *into, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(REPLAY_BATCH_BYTES);
	struct replay replay = {
		.from = from, .into = into, .mode = SINK_KEEPS, .arena = arena
	};
	const struct run run = { .kind = RP_SLICE("replay"), .ended = RP_TIME_UNKNOWN };
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	if ((st = store_begin(into, err)) == RP_OK &&
	    (st = store_run_begin(into, &run, &replay.run, err)) == RP_OK &&
	    (st = replay_all(&replay, err)) == RP_OK)
		st = store_commit(into, err);
	if (st != RP_OK)
		store_rollback(into);
	return st;
}
