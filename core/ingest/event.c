#include "core/ingest/event.h"

#include "core/base/map.h"
#include "core/base/utf8.h"
#include "core/ingest/align.h"
#include "core/ingest/captures.h"
#include "core/ingest/derive.h"
#include "core/ingest/stored.h"

#include <stdlib.h>

enum {
	BATCH_BYTES = 128 << 20, /* as an import's */
	TURNS_BYTES = 1 << 30,   /* of all renditions, as far as they are compared */
};

/* One capture that tells of the event. */
struct telling {
	struct capture capture;
	int64_t last_at;         /* when it came last */
	struct rp_slice options; /* those that count */
	struct rendition rendition;
	size_t room;
};

struct event {
	struct store *store;
	struct rp_slice root;
	struct arena *arena;   /* the tellings and their turns */
	struct arena *batch;   /* what is being read */
	struct arena *scratch; /* for derive_batch(), and texts while they are folded */
	struct chains chains;  /* likewise; no platform edits what was said aloud */
	int64_t *posts;
	size_t n_posts, room_posts;
	struct map *captures; /* ids of those that tell of it */
	struct telling *tellings;
	size_t n, room;
};

static void
event_done(struct event *event)
{
	event->arena = arena_free(event->arena);
	event->batch = arena_free(event->batch);
	event->scratch = arena_free(event->scratch);
	event->captures = map_free(event->captures);
	chains_done(&event->chains);
}
DEFINE_CLEANUP_DONE(struct event, event_done);

static enum rp_status
event_init(struct event *event, struct store *store, struct rp_slice root,
           struct rp_error *err)
{
	*event = (struct event){ .store = store,
		                 .root = root,
		                 .arena = arena_new(TURNS_BYTES),
		                 .batch = arena_new(BATCH_BYTES),
		                 .scratch = arena_new(BATCH_BYTES),
		                 .captures = map_new() };
	if (event->arena == NULL || event->batch == NULL || event->scratch == NULL ||
	    event->captures == NULL)
		return rp_fail_memory(err);
	return RP_OK;
}

/* ---- who tells of it -----------------------------------------------------------
 */

struct rp_slice
event_of(const struct batch *batch)
{
	for (size_t i = 0; i < batch->n_observations; i++)
		if (batch->observations[i].post.kind == KIND_SPOKEN)
			return batch->observations[i].post.conversation;
	return RP_SLICE("");
}

static enum rp_status
find_posts(struct event *event, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CONVERSATION, .key = event->root };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(event->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		if (row.post.kind != KIND_SPOKEN)
			continue;
		event->posts = arena_room(event->arena, event->posts, event->n_posts,
		                          &event->room_posts, sizeof(*event->posts));
		if (event->posts == NULL)
			return rp_fail_memory(err);
		event->posts[event->n_posts++] = row.post.id;
	}
	return st == RP_END ? RP_OK : st;
}

static bool
add_capture(struct event *event, int64_t id)
{
	struct rp_slice key = rp_slice_from((const char *)&id, sizeof(id));

	if (map_get(event->captures, key) != NULL)
		return true;
	return arena_copy(event->arena, key, &key) &&
	       map_put(event->captures, key, 0, NULL) != NULL;
}

static enum rp_status
find_captures(struct event *event, int64_t post, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_SIGHTINGS, .id = post };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(event->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		if (!add_capture(event, row.sighting.capture))
			return rp_fail_memory(err);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
look_around(struct event *event, int64_t capture, struct rp_error *err)
{
	enum rp_status st = find_posts(event, err);

	if (st == RP_OK && !add_capture(event, capture))
		st = rp_fail_memory(err);
	for (size_t i = 0; st == RP_OK && i < event->n_posts; i++)
		st = find_captures(event, event->posts[i], err);
	return st;
}

enum rp_status
event_is_shared(struct store *store, struct rp_slice root, int64_t capture, bool *out,
                struct rp_error *err)
{
	CLEANUP(event_done) struct event event = { 0 };
	enum rp_status st = event_init(&event, store, root, err);

	if (st == RP_OK)
		st = look_around(&event, capture, err);
	if (st == RP_OK)
		*out = map_count(event.captures) > 1;
	return st;
}

/* ---- what they say -------------------------------------------------------------
 */

static enum rp_status
list_tellings(struct event *event, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(event->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		const int64_t id = row.capture.id;
		struct telling *telling;

		if (map_get(event->captures,
		            rp_slice_from((const char *)&id, sizeof(id))) == NULL)
			continue;
		event->tellings = arena_room(event->arena, event->tellings, event->n,
		                             &event->room, sizeof(*event->tellings));
		if (event->tellings == NULL)
			return rp_fail_memory(err);
		telling = &event->tellings[event->n++];
		*telling = (struct telling){ .capture = row.capture };
		if (!arena_copy(event->arena, row.capture.name, &telling->capture.name) ||
		    !arena_copy(event->arena, row.capture.format,
		                &telling->capture.format) ||
		    !arena_copy(event->arena, row.capture.options,
		                &telling->capture.options))
			return rp_fail_memory(err);
	}
	if (st != RP_END)
		return st;
	st = RP_OK;
	for (size_t i = 0; st == RP_OK && i < event->n; i++)
		st = captures_last_at(event->store, &event->tellings[i].capture,
		                      &event->tellings[i].last_at, err);
	return st;
}

/* Said later; at the same moment, by their bytes. */
static bool
counts_more(const struct telling *a, const struct telling *b)
{
	return a->last_at != b->last_at
	               ? a->last_at > b->last_at
	               : rp_slice_cmp(a->capture.options, b->capture.options) > 0;
}

static void
settle_options(struct event *event)
{
	for (size_t i = 0; i < event->n; i++) {
		const struct telling *best = &event->tellings[i];

		for (size_t k = 0; best->capture.complete && k < event->n; k++) {
			const struct telling *other = &event->tellings[k];

			if (other->capture.complete &&
			    sha256_eq(&other->capture.sha256, &best->capture.sha256) &&
			    counts_more(other, best))
				best = other;
		}
		event->tellings[i].options = best->capture.options;
	}
}

struct reading {
	struct event *event;
	struct telling *telling;
	struct tally *tally;
	struct map *places; /* of its turns, by what they say they are */
};

static bool
read_turn(struct event *event, const struct observation *seen, struct turn *out)
{
	struct rp_slice folded;

	arena_reset(event->scratch);
	*out = (struct turn){ .stated = seen->post.key, .author = seen->post.author };
	if (!utf8_fold(event->scratch, seen->version.text, &folded) ||
	    !arena_copy(event->arena, out->stated, &out->stated) ||
	    !arena_copy(event->arena, out->author, &out->author) ||
	    !threes_read(folded, event->arena, &out->threes))
		return false;
	out->words = sha256_of(folded);
	return true;
}

static enum rp_status
read_turns(void *context, const struct batch *batch, struct rp_error *err)
{
	struct reading *reading = context;
	struct rendition *r = &reading->telling->rendition;

	for (size_t i = 0; i < batch->n_observations; i++) {
		r->turns = arena_room(reading->event->arena, r->turns, r->n,
		                      &reading->telling->room, sizeof(*r->turns));
		if (r->turns == NULL ||
		    !read_turn(reading->event, &batch->observations[i], &r->turns[r->n]))
			return rp_fail_memory(err);
		r->n++;
	}
	return RP_OK;
}

static enum rp_status
read_telling(struct reading *reading, stored_take *take, struct rp_error *err)
{
	const struct stored stored = { .store = reading->event->store,
		                       .capture = &reading->telling->capture,
		                       .options = reading->telling->options };

	return stored_read(&stored, reading->event->batch, take, reading, err);
}

/* ---- which turns are the same --------------------------------------------------
 */

/* The one with most turns first: the others are parts of it. */
static int
cmp_telling(const void *pa, const void *pb)
{
	const struct telling *a = pa, *b = pb;
	int d;

	if (a->rendition.n != b->rendition.n)
		return a->rendition.n > b->rendition.n ? -1 : 1;
	d = memcmp(a->capture.sha256.bytes, b->capture.sha256.bytes,
	           sizeof(a->capture.sha256.bytes));
	return d != 0 ? d : rp_slice_cmp(a->options, b->options);
}

static enum rp_status
align_tellings(struct event *event, struct rp_error *err)
{
	const struct rendition **list =
		arena_array(event->arena, event->n, sizeof(struct rendition *));

	if (list == NULL)
		return rp_fail_memory(err);
	qsort(event->tellings, event->n, sizeof(*event->tellings), cmp_telling);
	for (size_t i = 0; i < event->n; i++)
		list[i] = &event->tellings[i].rendition;
	return align(list, event->n, event->arena, err);
}

/* The key of a turn that says it is `stated`; itself for what is no turn that was read.
 */
static struct rp_slice
key_of(const struct rendition *r, struct rp_slice stated, const struct map *places)
{
	const uint32_t *at = map_get(places, stated);

	return at != NULL ? r->turns[*at].key : stated;
}

static bool
rename_turn(const struct rendition *r, const struct map *places, struct arena *arena,
            struct observation *seen)
{
	struct observed_edge *edges = arena_array(arena, seen->n_edges, sizeof(*edges));

	if (edges == NULL)
		return false;
	seen->post.key = key_of(r, seen->post.key, places);
	for (size_t i = 0; i < seen->n_edges; i++) {
		edges[i] = seen->edges[i];
		edges[i].parent = key_of(r, edges[i].parent, places);
	}
	seen->edges = edges;
	return true;
}

/* Records are held already: putting them again tells their handles. */
static enum rp_status
record_ids(struct event *event, const struct batch *batch, int64_t **out,
           struct rp_error *err)
{
	struct record_bytes *records =
		arena_array(batch->arena, batch->n_records, sizeof(*records));

	*out = arena_array(batch->arena, batch->n_records, sizeof(**out));
	if (records == NULL || *out == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < batch->n_records; i++)
		records[i] = (struct record_bytes){
			batch->records[i].kind,
			rp_slice_from(batch->bytes.p + batch->records[i].at,
			              batch->records[i].n)
		};
	return store_records_put(event->store, records, batch->n_records, *out, err);
}

static enum rp_status
derive_turns(void *context, const struct batch *batch, struct rp_error *err)
{
	const struct reading *reading = context;
	const struct rendition *r = &reading->telling->rendition;
	struct observation *seen =
		arena_array(batch->arena, batch->n_observations, sizeof(*seen));
	struct batch renamed = *batch;
	int64_t *ids;
	enum rp_status st = record_ids(reading->event, batch, &ids, err);

	if (seen == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < batch->n_observations; i++) {
		seen[i] = batch->observations[i];
		if (!rename_turn(r, reading->places, batch->arena, &seen[i]))
			return rp_fail_memory(err);
	}
	renamed.observations = seen;
	renamed.n_rejects = 0;
	return st == RP_OK ? derive_batch(reading->event->store, &renamed,
	                                  reading->telling->capture.id, ids,
	                                  &reading->event->chains,
	                                  reading->event->scratch, reading->tally, err)
	                   : st;
}

static enum rp_status
derive_telling(struct reading *reading, struct rp_error *err)
{
	const struct rendition *r = &reading->telling->rendition;
	CLEANUP(map_free) struct map *places = map_new();

	if (places == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < r->n; i++)
		if (map_put(places, r->turns[i].stated, (uint32_t)i, NULL) == NULL)
			return rp_fail_memory(err);
	reading->places = places;
	return read_telling(reading, derive_turns, err);
}

/* This capture last, so that its tally is what it adds to the others. */
static enum rp_status
derive_tellings(struct event *event, int64_t last, struct tally *tally,
                struct rp_error *err)
{
	struct tally ignored = { 0 };
	enum rp_status st = RP_OK;

	for (int round = 0; round < 2; round++)
		for (size_t i = 0; st == RP_OK && i < event->n; i++) {
			const bool is_last = event->tellings[i].capture.id == last;
			struct reading reading = { event, &event->tellings[i],
				                   is_last ? tally : &ignored, NULL };

			if (is_last == (round == 1))
				st = derive_telling(&reading, err);
		}
	return st;
}

enum rp_status
event_derive(struct store *store, struct rp_slice root, int64_t capture,
             struct tally *tally, struct rp_error *err)
{
	CLEANUP(event_done) struct event event = { 0 };
	enum rp_status st = event_init(&event, store, root, err);

	if (st == RP_OK)
		st = look_around(&event, capture, err);
	if (st == RP_OK)
		st = list_tellings(&event, err);
	if (st != RP_OK)
		return st;
	settle_options(&event);
	for (size_t i = 0; st == RP_OK && i < event.n; i++) {
		struct reading reading = { &event, &event.tellings[i], tally, NULL };

		st = read_telling(&reading, read_turns, err);
	}
	if (st == RP_OK)
		st = align_tellings(&event, err);
	if (st == RP_OK)
		st = store_posts_drop(store, event.posts, event.n_posts, err);
	return st == RP_OK ? derive_tellings(&event, capture, tally, err) : st;
}
