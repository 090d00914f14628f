#include "cmd/seen.h"

#include <stdlib.h>

enum { SEEN_CEILING = 1 << 30 };

struct seen {
	struct store *store;
	struct arena *arena;
	struct capture *captures; /* by id */
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

static enum rp_status
add_capture(struct seen *seen, const struct capture *capture, struct rp_error *err)
{
	void *list = seen->captures;
	struct capture copy = *capture;

	if (!make_room(seen->arena, &list, seen->n, &seen->room, sizeof(copy)))
		return rp_fail_memory(err);
	seen->captures = list;
	copy.options = (struct rp_slice){ NULL, 0 };
	if (!arena_copy(seen->arena, capture->name, &copy.name) ||
	    !arena_copy(seen->arena, capture->format, &copy.format))
		return rp_fail_memory(err);
	seen->captures[seen->n++] = copy;
	return RP_OK;
}

enum rp_status
seen_new(struct store *store, struct seen **out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	CLEANUP(seen_free) struct seen *seen = calloc(1, sizeof(*seen));
	union scan_row row;
	enum rp_status st;

	if (seen == NULL)
		return rp_fail_memory(err);
	seen->store = store;
	seen->arena = arena_new(SEEN_CEILING);
	if (seen->arena == NULL)
		return rp_fail_memory(err);
	st = store_scan(store, &scan, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		st = add_capture(seen, &row.capture, err);
	if (st != RP_END)
		return st;
	*out = seen;
	seen = NULL;
	return RP_OK;
}

struct seen *
seen_free(struct seen *seen)
{
	if (seen != NULL)
		arena_free(seen->arena);
	free(seen);
	return NULL;
}

static int
by_id(const void *key, const void *element)
{
	const int64_t *id = key;
	const struct capture *capture = element;

	return (*id > capture->id) - (*id < capture->id);
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
seen_of_post(const struct seen *seen, int64_t post, struct arena *arena,
             struct view_seen *out, struct rp_error *err)
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
		const struct capture *found;

		/* Sightings come by capture. */
		if (i > 0 && out->sightings[i - 1].capture == id)
			continue;
		found = seen->n ? bsearch(&id, seen->captures, seen->n, sizeof(*found),
		                          by_id)
		                : NULL;
		if (found == NULL)
			return rp_fail(err, RP_CORRUPT,
			               "a post was seen in a capture that is not there");
		captures[out->n_captures++] = *found;
		widen(out, found->at);
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
