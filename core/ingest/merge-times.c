/*
 * When captures came: the times that another archive knows are noted of ours.
 */
#include "core/ingest/event.h"
#include "core/ingest/merge-run.h"
#include "core/ingest/stored.h"

enum { ROOT_MAX = 1 << 20 }; /* the key of an event, far more than it needs */

/* All that is to be noted of one of ours. */
struct times {
	int64_t *list;
	size_t n, room;
};

static bool
add_time(struct arena *arena, struct times *times, int64_t at)
{
	for (size_t i = 0; i < times->n; i++)
		if (times->list[i] == at)
			return true;
	if (times->n == times->room) {
		size_t room = times->room ? times->room * 2 : 16;

		times->list = arena_grow(arena, times->list, times->n, room,
		                         sizeof(*times->list));
		if (times->list == NULL)
			return false;
		times->room = room;
	}
	times->list[times->n++] = at;
	return true;
}

static enum rp_status
list_times(struct store *store, const struct capture *capture, struct arena *arena,
           struct times *times, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_AGAIN, .id = capture->id };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	bool good = add_time(arena, times, capture->at);
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (good && st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		good = add_time(arena, times, row.again.at);
	if (!good)
		return rp_fail_memory(err);
	return st == RP_END ? RP_OK : st;
}

struct root {
	struct arena *arena;
	struct rp_slice key;
};

/* One batch is enough. */
static enum rp_status
see_root(void *context, const struct batch *batch, struct rp_error *err)
{
	struct root *root = context;

	if (!arena_copy(root->arena, event_of(batch), &root->key))
		return rp_fail_memory(err);
	return root->key.n > 0 ? RP_END : RP_OK;
}

/* What came out of one of ours, if anything did; itself, if it is no compressed file. */
static const struct capture *
what_is_read(const struct merging *m, const struct capture *our)
{
	const struct capture *end = m->ours.list + m->ours.n;

	if (!rp_slice_eq(our->format, RP_SLICE("raw")))
		return our;
	for (const struct capture *c = our + 1; c < end; c++)
		if (c->inside == our->id)
			return c;
	return NULL;
}

/* Its options may count now, and did not before. */
static enum rp_status
derive_event(struct merging *m, const struct capture *our, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(ROOT_MAX);
	const struct collector_ops *ops = collector_find(our->format);
	const struct stored stored = { .store = m->ingest->store,
		                       .capture = our,
		                       .options = our->options };
	struct root root = { .arena = arena };
	struct tally counted = { 0 };
	bool shared = false;
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	if (ops == NULL || !ops->events || !our->complete)
		return RP_OK;
	st = stored_read(&stored, m->batch, see_root, &root, err);
	if ((st != RP_OK && st != RP_END) || root.key.n == 0)
		return st == RP_END ? RP_OK : st;
	st = event_is_shared(m->ingest->store, root.key, our->id, &shared, err);
	return st == RP_OK && shared
	               ? event_derive(m->ingest->store, root.key, our->id, &counted, err)
	               : st;
}

static enum rp_status
put_times(struct merging *m, const struct capture *our, const struct times *times,
          size_t known, struct rp_error *err)
{
	enum rp_status st = run_begin(m->ingest, err);

	for (size_t i = known; st == RP_OK && i < times->n; i++)
		st = store_capture_again(m->ingest->store, our->id, m->ingest->run,
		                         times->list[i], err);
	if (st == RP_OK && (our = what_is_read(m, our)) != NULL)
		st = derive_event(m, our, err);
	return run_finish(m->ingest, st, err);
}

/* Of ours and of all that read the same: what was imported anew is several of them. */
static enum rp_status
list_known(const struct merging *m, const struct capture *our, struct arena *arena,
           struct times *times, struct rp_error *err)
{
	size_t at = (size_t)(our - m->ours.list);
	enum rp_status st = list_times(m->ingest->store, our, arena, times, err);

	while (st == RP_OK && at < m->n_alike && (at = m->alike[at]) < m->n_alike)
		st = list_times(m->ingest->store, &m->ours.list[at], arena, times, err);
	return st;
}

enum rp_status
merging_note_times(struct merging *m, const struct capture *their,
                   const struct capture *our, bool *noted_out, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(SIZE_MAX / 2);
	struct times times = { 0 };
	size_t known;
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	st = list_known(m, our, arena, &times, err);
	known = times.n;
	if (st == RP_OK)
		st = list_times(m->other, their, arena, &times, err);
	*noted_out = times.n > known;
	return st == RP_OK && *noted_out ? put_times(m, our, &times, known, err) : st;
}
