/*
 * Captures read again: into the archive they are in (rebuild), or into another (replay).
 */
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
	struct capture *captures; /* all of `from`, by id */
	int64_t *new_ids;         /* theirs in `into`; 0: not there yet */
	size_t n;
};

/* The place of a capture in the list, or n. */
static size_t
find_capture(const struct replay *replay, int64_t id)
{
	size_t low = 0, high = replay->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (replay->captures[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < replay->n && replay->captures[low].id == id ? low : replay->n;
}

static enum rp_status
replay_batch(void *context, const struct batch *batch, struct rp_error *err)
{
	struct sink *sink = context;

	return batch->arena != NULL ? sink_batch(sink, batch, err)
	                            : sink_bytes(sink, batch->bytes, err);
}

static enum rp_status
replay_capture(struct replay *replay, size_t index, struct rp_error *err)
{
	const struct capture *capture = &replay->captures[index];
	const size_t container = find_capture(replay, capture->inside);
	const struct stored stored = {
		.store = replay->from,
		.capture = capture,
		.options = capture->options,
		.broken = container < replay->n && replay->captures[container].complete &&
		          !capture->complete,
	};
	CLEANUP(sink_done) struct sink sink;
	struct capture again = *capture;
	enum rp_status st;

	again.id = replay->new_ids[index];
	if (replay->mode == SINK_KEEPS) {
		again.run = replay->run;
		again.inside = container < replay->n ? replay->new_ids[container] : 0;
	}
	if ((st = sink_open(&sink, replay->into, replay->mode, &again, &replay->chains,
	                    &replay->tally, err)) != RP_OK)
		return st;
	if ((st = sink_begin(&sink, err)) == RP_OK)
		st = stored_read(&stored, replay->arena, replay_batch, &sink, err);
	if (st == RP_OK && rp_slice_eq(capture->format, RP_SLICE("unknown")))
		st = sink_unread(&sink, stored.broken, capture->bytes, err);
	if (st == RP_OK && replay->mode == SINK_KEEPS)
		st = sink_update(&sink, capture->complete, err);
	replay->new_ids[index] = sink.capture.id;
	return st;
}

static enum rp_status
copy_capture(struct arena *arena, const struct capture *from, struct capture *out,
             struct rp_error *err)
{
	*out = *from;
	if (!arena_copy(arena, from->name, &out->name) ||
	    !arena_copy(arena, from->format, &out->format) ||
	    !arena_copy(arena, from->options, &out->options))
		return rp_fail_memory(err);
	return RP_OK;
}

/* Listed before any is read: writing beside a scan of the same table is asking for
 * trouble. */
static enum rp_status
list_captures(struct replay *replay, struct arena *list, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	size_t room = 0;
	enum rp_status st = store_scan(replay->from, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		if (replay->n == room) {
			room = room ? room * 2 : 64;
			replay->captures = arena_grow(list, replay->captures, replay->n,
			                              room, sizeof(*replay->captures));
			if (replay->captures == NULL)
				return rp_fail_memory(err);
		}
		st = copy_capture(list, &row.capture, &replay->captures[replay->n], err);
		replay->n++;
	}
	if (st != RP_END)
		return st;
	replay->new_ids = arena_array(list, replay->n, sizeof(*replay->new_ids));
	if (replay->new_ids == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < replay->n; i++)
		replay->new_ids[i] =
			replay->mode == SINK_DERIVES ? replay->captures[i].id : 0;
	return RP_OK;
}

static enum rp_status
replay_captures(struct replay *replay, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	replay->tally = (struct tally){ 0 };
	for (size_t i = 0; i < replay->n && st == RP_OK; i++)
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
