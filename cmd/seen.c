#include "cmd/seen.h"

#include "core/base/map.h"

#include <stdlib.h>

enum { SEEN_CEILING = 1 << 30 };

/* A capture, and when it came first and last. */
struct looked {
	struct capture capture;
	int64_t first, last;
};

struct seen {
	struct store *store;
	struct arena *arena;
	struct map *places;      /* of ids in captures */
	struct looked *captures; /* those asked for so far */
	size_t n, room;
};

/* Room for one more in an array that lives in an arena; false when there is none. */
static bool
make_room(struct arena *arena, void **list, size_t n, size_t *room, size_t size)
{
	size_t more = *room ? *room * 2 : 16;
	void *grown;

	if (n < *room)
		return true;
	grown = arena_grow(arena, *list, n, more, size);
	if (grown == NULL)
		return false;
	*list = grown;
	*room = more;
	return true;
}

/* Its bytes, or those of the compressed file it came out of, may have come again. */
static enum rp_status
widen_by_agains(struct store *store, int64_t capture, struct looked *looked,
                struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_AGAIN, .id = capture };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		looked->first =
			row.again.at < looked->first ? row.again.at : looked->first;
		looked->last = row.again.at > looked->last ? row.again.at : looked->last;
	}
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
add_capture(struct seen *seen, const struct capture *capture, struct rp_error *err)
{
	const struct rp_slice key =
		rp_slice_from((const char *)&capture->id, sizeof(capture->id));
	void *list = seen->captures;
	struct looked copy = { *capture, capture->at, capture->at };
	struct rp_slice kept;
	enum rp_status st = widen_by_agains(seen->store, capture->id, &copy, err);

	if (st == RP_OK && capture->inside != 0)
		st = widen_by_agains(seen->store, capture->inside, &copy, err);
	if (st != RP_OK)
		return st;

	if (!make_room(seen->arena, &list, seen->n, &seen->room, sizeof(copy)))
		return rp_fail_memory(err);
	seen->captures = list;
	if (!arena_copy(seen->arena, capture->name, &copy.capture.name) ||
	    !arena_copy(seen->arena, capture->format, &copy.capture.format) ||
	    !arena_copy(seen->arena, capture->options, &copy.capture.options) ||
	    !arena_copy(seen->arena, key, &kept) ||
	    map_put(seen->places, kept, (uint32_t)seen->n, NULL) == NULL)
		return rp_fail_memory(err);
	seen->captures[seen->n++] = copy;
	return RP_OK;
}

enum rp_status
seen_new(struct store *store, struct seen **out, struct rp_error *err)
{
	CLEANUP(seen_free) struct seen *seen = calloc(1, sizeof(*seen));

	if (seen == NULL)
		return rp_fail_memory(err);
	seen->store = store;
	seen->arena = arena_new(SEEN_CEILING);
	seen->places = map_new();
	if (seen->arena == NULL || seen->places == NULL)
		return rp_fail_memory(err);
	*out = seen;
	seen = NULL;
	return RP_OK;
}

struct seen *
seen_free(struct seen *seen)
{
	if (seen != NULL) {
		map_free(seen->places);
		arena_free(seen->arena);
	}
	free(seen);
	return NULL;
}

static enum rp_status
find_capture(struct seen *seen, int64_t id, const struct looked **out,
             struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES, .id = id };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	const uint32_t *place =
		map_get(seen->places, rp_slice_from((const char *)&id, sizeof(id)));
	union scan_row row;
	enum rp_status st = RP_OK;

	if (place == NULL) {
		st = store_scan(seen->store, &scan, &it, err);
		if (st == RP_OK)
			st = store_next(it, &row, err);
		if (st == RP_END || (st == RP_OK && row.capture.id != id))
			return rp_fail(err, RP_CORRUPT,
			               "a post was seen in a capture that is not there");
		if (st == RP_OK)
			st = add_capture(seen, &row.capture, err);
		if (st != RP_OK)
			return st;
	}
	*out = &seen->captures[place != NULL ? *place : seen->n - 1];
	return RP_OK;
}

static enum rp_status
load_sightings(const struct seen *seen, int64_t post, struct arena *arena,
               struct view_seen *out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_SIGHTINGS, .id = post };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	struct sighting *list = NULL;
	union scan_row row;
	size_t n = 0, room = 0;
	enum rp_status st = store_scan(seen->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		void *grown = list;

		if (!make_room(arena, &grown, n, &room, sizeof(*list)))
			return rp_fail_memory(err);
		list = grown;
		list[n++] = row.sighting;
	}
	out->sightings = list;
	out->n_sightings = n;
	return st == RP_END ? RP_OK : st;
}

/* A capture widens the time in which we looked. */
static void
widen(struct view_seen *out, int64_t at)
{
	if (at == RP_TIME_UNKNOWN)
		return;
	if (out->first == RP_TIME_UNKNOWN || at < out->first)
		out->first = at;
	if (out->last == RP_TIME_UNKNOWN || at > out->last)
		out->last = at;
}

enum rp_status
seen_of_post(struct seen *seen, int64_t post, struct arena *arena, struct view_seen *out,
             struct rp_error *err)
{
	struct capture *captures;
	enum rp_status st;

	*out = (struct view_seen){ .first = RP_TIME_UNKNOWN, .last = RP_TIME_UNKNOWN };
	st = load_sightings(seen, post, arena, out, err);
	if (st != RP_OK)
		return st;
	captures = arena_array(arena, out->n_sightings, sizeof(*captures));
	if (captures == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < out->n_sightings; i++) {
		const int64_t id = out->sightings[i].capture;
		const struct looked *found;

		/* Sightings come by capture. */
		if (i > 0 && out->sightings[i - 1].capture == id)
			continue;
		st = find_capture(seen, id, &found, err);
		if (st != RP_OK)
			return st;
		captures[out->n_captures++] = found->capture;
		widen(out, found->first);
		widen(out, found->last);
	}
	out->captures = captures;
	return RP_OK;
}

enum rp_status
seen_aliases(struct store *store, int64_t post, struct arena *arena,
             const struct rp_slice **out, size_t *n_out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_ALIASES, .id = post };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	struct rp_slice *list = NULL;
	union scan_row row;
	size_t n = 0, room = 0;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		void *grown = list;

		if (!make_room(arena, &grown, n, &room, sizeof(*list)))
			return rp_fail_memory(err);
		list = grown;
		if (!arena_copy(arena, row.key, &list[n++]))
			return rp_fail_memory(err);
	}
	*out = list;
	*n_out = n;
	return st == RP_END ? RP_OK : st;
}
