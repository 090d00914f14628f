/*
 * From loaded posts to trees: reposts folded, one primary parent a node, no cycles; then
 * times, order and turns.
 *
 * Nodes are numbered by key, bytewise, so that nothing depends on how they were met.
 * Everything here is iterative: depth is a stranger's choice.
 */
#ifndef RIPOSTE_CORE_THREAD_BUILD_H
#define RIPOSTE_CORE_THREAD_BUILD_H

#include "core/thread/load.h"
#include "core/thread/thread.h"

struct node {
	struct vertex *vertex;
	struct link *links; /* the vertex's, and a CONV link where nothing better is */
	size_t n_links;
	size_t parent;  /* node; VIEW_NO_NODE: top level */
	size_t primary; /* which link; n_links: none */
	bool quoted_by;
	struct vertex *const *reposts; /* folded into it, by (time, key) */
	size_t n_reposts;
	int64_t first_repost, last_repost;
	/* by tree_times() */
	struct rp_time time;
	int64_t shown;
	bool time_conflict;
	/* by tree_order_threads() */
	uint32_t depth;
	/* by tree_turns() */
	uint32_t turn;
};

struct tree {
	struct graph *graph;
	struct arena *scratch;
	struct node *nodes;
	size_t n;
};

/*
 * all: every loaded set; otherwise the wanted ones and, as leaves, those who quote them
 * mutely.
 */
enum rp_status tree_build(struct graph *graph, bool all, struct tree *out,
                          struct rp_error *err) RP_MUST_USE;

/* The smallest node by (stated time, key) that is not a mute quotation. */
size_t tree_root(const struct tree *tree);

/* Tighten intervals by what is known of parents, children and attesting posts. */
enum rp_status tree_times(struct tree *tree, struct rp_error *err) RP_MUST_USE;

/*
 * Node numbers in display order, n of them, in scratch memory; needs tree_times().
 * threads: depth first, answers under what they answer; time: by time alone.  In neither
 * does a node come before its parent.
 */
enum rp_status tree_order_threads(struct tree *tree, size_t **out,
                                  struct rp_error *err) RP_MUST_USE;
enum rp_status tree_order_time(struct tree *tree, size_t **out,
                               struct rp_error *err) RP_MUST_USE;

/*
 * Number the turns, from 1 in time order.  by_time as tree_order_time() gave it.  A turn
 * is of one voice: of a person where we know one, else of an account.  Ghosts, reposts
 * and mute quotations are in no turn, nor is a node that is not `heard`: it does not
 * interrupt anybody either.  heard may be NULL: all are.
 */
enum rp_status tree_turns(struct tree *tree, const size_t *by_time, const bool *heard,
                          struct rp_error *err) RP_MUST_USE;

/* Whose post it is, comparable: a person or an account; NULL: nobody known. */
const void *node_voice(const struct tree *tree, const struct node *node);

/* One instant is stated for it. */
static inline bool
node_is_exact(const struct node *node)
{
	return rp_time_exact(node->vertex->post.time);
}

static inline struct shown_time
node_shown(const struct node *node)
{
	return (struct shown_time){ node->time, node->shown, node->time_conflict };
}

/* It answers, quotes or links what it stands below:
 * not a mere member of a conversation. */
static inline bool
node_answers(const struct node *node)
{
	return node->parent != VIEW_NO_NODE &&
	       node->links[node->primary].edge.type != EDGE_CONV;
}

/* The link that makes it stand where it stands; NULL at top level. */
static inline const struct link *
node_primary(const struct node *node)
{
	return node->primary < node->n_links ? &node->links[node->primary] : NULL;
}

#endif
