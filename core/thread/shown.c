/*
 * Times of posts outside of their threads.
 */
#include "core/base/map.h"
#include "core/thread/view.h"

#include <stdlib.h>

struct shown_times {
	struct store *store;
	struct arena *arena; /* of the list and its keys */
	struct map *places;  /* post's key -> index into list */
	struct shown_time *list;
	size_t n, cap;
};

struct shown_times *
shown_times_new(struct store *store)
{
	struct shown_times *times = calloc(1, sizeof(*times));

	if (times == NULL)
		return NULL;
	times->store = store;
	times->arena = arena_new(SIZE_MAX / 2);
	times->places = map_new();
	if (times->arena == NULL || times->places == NULL)
		return shown_times_free(times);
	return times;
}

struct shown_times *
shown_times_free(struct shown_times *times)
{
	if (times != NULL) {
		map_free(times->places);
		arena_free(times->arena);
	}
	free(times);
	return NULL;
}

static bool
remember(struct shown_times *times, struct rp_slice key, struct shown_time shown)
{
	if (map_get(times->places, key) != NULL)
		return true;
	if (times->n == times->cap) {
		const size_t cap = times->cap ? 2 * times->cap : 64;
		struct shown_time *grown = arena_grow(times->arena, times->list, times->n,
		                                      cap, sizeof(*grown));

		if (grown == NULL)
			return false;
		times->list = grown;
		times->cap = cap;
	}
	if (!arena_copy(times->arena, key, &key) ||
	    map_put(times->places, key, (uint32_t)times->n, NULL) == NULL)
		return false;
	times->list[times->n++] = shown;
	return true;
}

/* Of the posts of one thread; who merely quotes it is seen whole only in its own. */
static bool
remember_all(struct shown_times *times, const struct tree *tree)
{
	for (size_t i = 0; i < tree->n; i++) {
		const struct node *node = &tree->nodes[i];

		if (!node_is_exact(node) && !node->quoted_by &&
		    !remember(times, node->vertex->post.key, node_shown(node)))
			return false;
	}
	return true;
}

static enum rp_status
load_thread(struct shown_times *times, struct rp_slice key, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new(SIZE_MAX);
	CLEANUP(authors_done) struct authors authors = { 0 };
	CLEANUP(graph_done) struct graph graph = { 0 };
	struct tree tree;
	enum rp_status st;

	if (scratch == NULL)
		return rp_fail_memory(err);
	st = authors_init(&authors, times->store, NULL, scratch, err);
	if (st == RP_OK)
		st = thread_tree(&authors, key, THREAD_MAX_NODES, scratch, &graph, &tree,
		                 err);
	if (st == RP_OK)
		st = tree_times(&tree, err);
	if (st != RP_OK)
		return st;
	return remember_all(times, &tree) ? RP_OK : rp_fail_memory(err);
}

enum rp_status
shown_times_get(struct shown_times *times, const struct post *post,
                struct shown_time *out, struct rp_error *err)
{
	const int64_t lo = post->time.lo;
	const struct shown_time stated = { .time = post->time,
		                           .at = lo != RP_TIME_UNKNOWN ? lo
		                                                       : post->time.hi };
	const uint32_t *place;
	enum rp_status st;

	*out = stated;
	if (rp_time_exact(post->time))
		return RP_OK;
	place = map_get(times->places, post->key);
	if (place == NULL) {
		st = load_thread(times, post->key, err);
		if (st != RP_OK)
			return st;
		place = map_get(times->places, post->key);
	}
	/* A repost is no node of the thread it belongs to. */
	if (place == NULL)
		return remember(times, post->key, stated) ? RP_OK : rp_fail_memory(err);
	*out = times->list[*place];
	return RP_OK;
}
