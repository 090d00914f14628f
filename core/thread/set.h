/*
 * How a set of posts is closed: between load.c, conversation.c and quotation.c alone.
 */
#ifndef RIPOSTE_CORE_THREAD_SET_H
#define RIPOSTE_CORE_THREAD_SET_H

#include "core/thread/load.h"

/* What an edge ties: nothing, posts into one set, or two sets under conditions. */
enum tie { TIE_NONE, TIE_SET, TIE_QUOTATION };

/* An edge to a child, as much as is needed after its row is gone. */
struct child {
	int64_t id;
	enum edge_type type;
	enum tie tie;
	bool attests;
};

/* Append a struct child for each edge whose parent the post is. */
enum rp_status graph_children(struct graph *graph, int64_t post, struct rp_buf *out,
                              struct rp_error *err) RP_MUST_USE;

/* Below the ceiling; otherwise it is noted that something is missing. */
bool graph_has_room(struct graph *graph);

/* Take in a vertex whose post is filled in. */
enum rp_status graph_add_vertex(struct graph *graph, struct vertex *vertex,
                                struct rp_error *err) RP_MUST_USE;

/* Put a vertex (may be NULL) that is in no set yet into this one, to be expanded. */
enum rp_status graph_add_to_set(struct graph *graph, struct vertex *vertex, uint32_t set,
                                struct rp_error *err) RP_MUST_USE;

/* Whether the author has a post in the set, reposts not counted. */
bool graph_has_spoken(const struct graph *graph, size_t set, size_t author);

/* Put into the vertex's set those who name it, by any of its keys, as their root. */
enum rp_status graph_follow_as_root(struct graph *graph, const struct vertex *vertex,
                                    struct rp_error *err) RP_MUST_USE;

/* The same, and the root it names itself. */
enum rp_status graph_follow_conversations(struct graph *graph, struct vertex *vertex,
                                          struct rp_error *err) RP_MUST_USE;

/* Load the whole set around a vertex; nothing when it is in one. */
enum rp_status graph_close_set(struct graph *graph, struct vertex *start,
                               struct rp_error *err) RP_MUST_USE;

static inline struct rp_slice
graph_id_key(const int64_t *id)
{
	return rp_slice_from((const char *)id, sizeof(*id));
}

#endif
