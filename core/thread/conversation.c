/*
 * What the platform itself groups: posts that name the same root.
 */
#include "core/thread/set.h"

/* A conversation's root that not even a ghost stands for: we make one, with no handle. */
static enum rp_status
make_root(struct graph *graph, struct rp_slice key, struct vertex **out,
          struct rp_error *err)
{
	struct vertex *vertex;

	*out = NULL;
	if (!graph_has_room(graph))
		return RP_OK;
	vertex = arena_alloc(graph->scratch, sizeof(*vertex));
	if (vertex == NULL || !arena_copy(graph->arena, key, &vertex->post.key))
		return rp_fail_memory(err);
	vertex->post.id = -(int64_t)graph->vertices.n - 1;
	vertex->post.time = key_time(key);
	vertex->has_links = true;
	*out = vertex;
	return graph_add_vertex(graph, vertex, err);
}

/* A repost's conversation is its own affair. */
static enum rp_status
add_members(struct graph *graph, struct rp_slice key, uint32_t set, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CONVERSATION, .key = key };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	CLEANUP(buf_done) struct rp_buf ids;
	union scan_row row;
	enum rp_status st = store_scan(graph->store, &scan, &iter, err);

	buf_init(&ids, SIZE_MAX);
	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK)
		if (row.post.kind != KIND_REPOST)
			buf_add(&ids, graph_id_key(&row.post.id));
	if (st != RP_END)
		return st;
	if (buf_failed(&ids))
		return rp_fail_memory(err);
	st = RP_OK;
	for (size_t i = 0; st == RP_OK && i < ids.n / sizeof(int64_t); i++) {
		struct vertex *member;
		int64_t id;

		memcpy(&id, ids.p + i * sizeof(id), sizeof(id));
		st = graph_vertex(graph, id, &member, err);
		if (st == RP_OK)
			st = graph_add_to_set(graph, member, set, err);
	}
	return st;
}

/* Members may name a root by any of its keys. */
enum rp_status
graph_follow_as_root(struct graph *graph, const struct vertex *vertex,
                     struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_ALIASES, .id = vertex->post.id };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st = add_members(graph, vertex->post.key, vertex->set, err);

	if (st != RP_OK || vertex->post.id < 0)
		return st;
	st = store_scan(graph->store, &scan, &iter, err);
	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK)
		st = add_members(graph, row.key, vertex->set, err);
	return st == RP_END ? RP_OK : st;
}

/*
 * A post is the root of a conversation if it does not say it belongs to another one: then
 * that other one counts, and those who call this post their root keep to themselves.
 */
static enum rp_status
find_root(struct graph *graph, struct rp_slice key, struct vertex **out,
          struct rp_error *err)
{
	struct post post, claimed;
	enum rp_status st = store_post_get(graph->store, key, graph->scratch, &post, err);

	*out = NULL;
	if (st == RP_NOT_FOUND)
		return make_root(graph, key, out, err);
	if (st != RP_OK)
		return st;
	if (post.kind != KIND_REPOST && post.conversation.n > 0 &&
	    !rp_slice_eq(post.conversation, post.key)) {
		st = store_post_get(graph->store, post.conversation, graph->scratch,
		                    &claimed, err);
		if (st == RP_NOT_FOUND || (st == RP_OK && claimed.id != post.id))
			return RP_OK;
		if (st != RP_OK)
			return st;
	}
	return graph_vertex(graph, post.id, out, err);
}

/* The conversation a post says it is in: its root and, through it, its other members. */
static enum rp_status
follow_conversation(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	struct rp_slice key = vertex->post.conversation;
	const uint32_t *held = map_get(graph->conversations, key);
	struct vertex *root = NULL;
	enum rp_status st;

	if (held != NULL) {
		root = *held > 0 ? graph_at(graph, *held - 1) : NULL;
		vertex->root = root != vertex ? root : NULL;
		return RP_OK;
	}
	st = find_root(graph, key, &root, err);
	if (st != RP_OK)
		return st;
	if (map_put(graph->conversations, key,
	            root != NULL
	                    ? *map_get(graph->by_id, graph_id_key(&root->post.id)) + 1
	                    : 0,
	            NULL) == NULL)
		return rp_fail_memory(err);
	vertex->root = root != vertex ? root : NULL;
	if (root == NULL)
		return add_members(graph, key, vertex->set, err);
	return graph_add_to_set(graph, root, vertex->set, err);
}

enum rp_status
graph_follow_conversations(struct graph *graph, struct vertex *vertex,
                           struct rp_error *err)
{
	struct rp_slice key = vertex->post.conversation;
	enum rp_status st;

	if (key.n == 0 || rp_slice_eq(key, vertex->post.key))
		return graph_follow_as_root(graph, vertex, err);
	st = follow_conversation(graph, vertex, err);
	/* Of another conversation, or of one whose root denies it. */
	if (st != RP_OK || vertex->root != NULL ||
	    *map_get(graph->conversations, key) == 0)
		return st;
	return graph_follow_as_root(graph, vertex, err);
}
