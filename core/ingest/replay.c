/*
 * Captures read again: into the archive they are in (rebuild), or into another (replay).
 */
#include "core/ingest/ingest.h"
#include "core/ingest/sink.h"

enum { REPLAY_BATCH_BYTES = 128 << 20 }; /* as an import's */

struct stored_bytes {
	struct store_iter *it;
	struct rp_slice left;
	bool broken; /* the compressed file it came out of breaks off here */
};

static enum rp_status
read_stored(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct stored_bytes *from = context;
	union scan_row row;
	enum rp_status st;

	while (from->left.n == 0) {
		st = store_next(from->it, &row, err);
		if (st == RP_END && from->broken)
			return rp_fail(err, RP_BAD_SOURCE,
			               "the compressed data ends early");
		if (st != RP_OK)
			return st;
		from->left = row.bytes;
	}
	*n_out = from->left.n < size ? from->left.n : size;
	memcpy(into, from->left.p, *n_out);
	from->left = rp_slice_skip(from->left, *n_out);
	return RP_OK;
}

static enum rp_status
run_collector(const struct collector_ops *ops, const struct input *input,
              struct sink *sink, struct arena *arena, struct rp_error *err)
{
	struct collector *collector;
	enum rp_status st = ops->open(input, &collector, err);

	while (st == RP_OK) {
		struct batch batch = { .arena = arena };

		arena_reset(arena);
		st = ops->next(collector, &batch, err);
		if (st != RP_OK)
			break;
		st = sink_batch(sink, &batch, err);
		if (st != RP_OK) {
			ops->close(collector);
			return st;
		}
	}
	ops->close(collector);
	return st == RP_END ? RP_OK : st;
}

struct replay {
	struct store *from, *into;
	enum sink_mode mode;
	struct arena *arena;
	struct tally tally;
	int64_t run;              /* in `into`, while replaying */
	struct capture *captures; /* all of `from`, by id */
	int64_t *new_ids;         /* theirs in `into` */
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
replay_raw(struct sink *sink, struct reader reader, struct rp_error *err)
{
	static char chunk[1 << 17];
	enum rp_status st;
	size_t n;

	while ((st = reader.read(reader.context, chunk, sizeof(chunk), &n, err)) ==
	       RP_OK) {
		st = sink_bytes(sink, rp_slice_from(chunk, n), err);
		if (st != RP_OK)
			return st;
	}
	return st == RP_END || st == RP_BAD_SOURCE ? RP_OK : st;
}

static enum rp_status
replay_capture(struct replay *replay, size_t index, struct rp_error *err)
{
	const struct capture *capture = &replay->captures[index];
	const size_t container = find_capture(replay, capture->inside);
	const struct scan scan = { .of = SCAN_CAPTURE_BYTES, .id = capture->id };
	const struct collector_ops *ops = collector_find(capture->format);
	struct stored_bytes bytes = { .it = NULL };
	const struct input input = { .name = capture->name,
		                     .options = capture->options,
		                     .reader = { read_stored, &bytes } };
	CLEANUP(sink_done) struct sink sink;
	struct capture again = *capture;
	enum rp_status st;

	bytes.broken = container < replay->n && replay->captures[container].complete &&
	               !capture->complete;
	if (replay->mode == SINK_KEEPS) {
		again.id = 0;
		again.run = replay->run;
		again.inside = container < replay->n ? replay->new_ids[container] : 0;
	}
	if ((st = sink_open(&sink, replay->into, replay->mode, &again, &replay->tally,
	                    err)) != RP_OK)
		return st;
	if ((st = sink_begin(&sink, err)) != RP_OK ||
	    (st = store_scan(replay->from, &scan, &bytes.it, err)) != RP_OK)
		return st;
	if (ops != NULL)
		st = run_collector(ops, &input, &sink, replay->arena, err);
	else
		st = replay_raw(&sink, input.reader, err);
	store_iter_close(bytes.it);
	if (st == RP_OK && rp_slice_eq(capture->format, RP_SLICE("unknown")))
		st = sink_unread(&sink, bytes.broken, capture->bytes, err);
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
	return replay->new_ids ? RP_OK : rp_fail_memory(err);
}

static enum rp_status
replay_all(struct replay *replay, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *list = arena_new(SIZE_MAX / 2);
	enum rp_status st;

	if (list == NULL)
		return rp_fail_memory(err);
	st = list_captures(replay, list, err);
	for (size_t i = 0; i < replay->n && st == RP_OK; i++)
		st = replay_capture(replay, i, err);
	return st;
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
