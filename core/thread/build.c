#include "core/thread/build.h"

#include <stdlib.h>

/* ---- which posts
 * ----------------------------------------------------------------------- */

/* What a repost passes on: of several the smallest key.  A repost of a repost stays. */
static struct vertex *
original_of(const struct graph *graph, const struct vertex *vertex)
{
	const struct link *best = NULL;

	if (vertex->post.kind != KIND_REPOST)
		return NULL;
	for (size_t i = 0; i < vertex->n_links; i++) {
		const struct link *link = &vertex->links[i];
		const struct vertex *parent = graph_held(graph, link->parent_id);

		if (link->edge.type != EDGE_REPOST || link->edge.impossible ||
		    link->edge.cyclic || link->edge.origin == ORIGIN_INFERRED ||
		    parent == NULL || parent->set == 0 ||
		    parent->post.kind == KIND_REPOST)
			continue;
		if (best == NULL ||
		    rp_slice_cmp(link->edge.parent_key, best->edge.parent_key) < 0)
			best = link;
	}
	return best != NULL ? graph_held(graph, best->parent_id) : NULL;
}

static int
cmp_key(const void *pa, const void *pb)
{
	const struct node *a = pa, *b = pb;

	return rp_slice_cmp(a->vertex->post.key, b->vertex->post.key);
}

static bool
is_node(const struct graph *graph, const struct vertex *vertex, bool all)
{
	return vertex->folded == NULL &&
	       (all ? vertex->set != 0 : graph_has(graph, vertex));
}

/* `node` of a vertex is 0 here for "chosen", until the numbers are known. */
static void
choose(struct graph *graph, bool all, struct tree *tree)
{
	const struct mute *mutes = graph->mutes.items;

	for (size_t i = 0; i < graph->vertices.n; i++) {
		struct vertex *vertex = graph_at(graph, i);

		vertex->folded = original_of(graph, vertex);
		if (!is_node(graph, vertex, all))
			continue;
		vertex->node = 0;
		tree->nodes[tree->n++] = (struct node){ .vertex = vertex };
	}
	for (size_t i = 0; !all && i < graph->mutes.n; i++) {
		struct vertex *child = mutes[i].child;

		if (child->node != VIEW_NO_NODE || !graph_has(graph, mutes[i].parent))
			continue;
		child->node = 0;
		tree->nodes[tree->n++] =
			(struct node){ .vertex = child, .quoted_by = true };
	}
}

static enum rp_status
number_nodes(struct graph *graph, bool all, struct tree *tree, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	tree->nodes = arena_array(tree->scratch, graph->vertices.n, sizeof(*tree->nodes));
	if (tree->nodes == NULL)
		return rp_fail_memory(err);
	choose(graph, all, tree);
	if (tree->n > 1)
		qsort(tree->nodes, tree->n, sizeof(*tree->nodes), cmp_key);
	for (size_t i = 0; st == RP_OK && i < tree->n; i++) {
		struct node *node = &tree->nodes[i];

		node->vertex->node = i;
		node->first_repost = node->last_repost = RP_TIME_UNKNOWN;
		st = graph_links(graph, node->vertex, err);
		node->links = node->vertex->links;
		node->n_links = node->vertex->n_links;
	}
	return st;
}

/* By the original, then in the order of their time. */
static int
cmp_fold(const void *pa, const void *pb)
{
	const struct vertex *a = *(struct vertex *const *)pa;
	const struct vertex *b = *(struct vertex *const *)pb;

	if (a->folded->node != b->folded->node)
		return a->folded->node < b->folded->node ? -1 : 1;
	if (a->post.time.lo != b->post.time.lo)
		return a->post.time.lo < b->post.time.lo ? -1 : 1;
	return rp_slice_cmp(a->post.key, b->post.key);
}

static void
count_repost(struct node *node, struct vertex *const *fold)
{
	const int64_t at = (*fold)->post.time.lo;

	if (node->n_reposts++ == 0)
		node->reposts = fold;
	/* Sorted, unknown first. */
	if (node->first_repost == RP_TIME_UNKNOWN)
		node->first_repost = at;
	node->last_repost = at;
}

static enum rp_status
fold_reposts(struct tree *tree, struct rp_error *err)
{
	const struct graph *graph = tree->graph;
	struct vertex **folds =
		arena_array(tree->scratch, graph->vertices.n, sizeof(*folds));
	size_t n = 0;

	if (folds == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < graph->vertices.n; i++) {
		struct vertex *vertex = graph_at(graph, i);

		if (vertex->folded != NULL && vertex->set != 0 &&
		    vertex->folded->node != VIEW_NO_NODE)
			folds[n++] = vertex;
	}
	if (n > 1)
		qsort(folds, n, sizeof(*folds), cmp_fold);
	for (size_t i = 0; i < n; i++)
		count_repost(&tree->nodes[folds[i]->folded->node], &folds[i]);
	return RP_OK;
}

/* ---- primary parents
 * ------------------------------------------------------------------- */

/* What refers to a repost refers to the post it passes on. */
static struct vertex *
stand_in(struct vertex *vertex)
{
	return vertex != NULL && vertex->folded != NULL ? vertex->folded : vertex;
}

static void
find_parents(struct tree *tree, struct node *node)
{
	for (size_t i = 0; i < node->n_links; i++) {
		struct link *link = &node->links[i];

		link->parent = stand_in(graph_held(tree->graph, link->parent_id));
		link->edge.parent =
			link->parent != NULL ? link->parent->node : VIEW_NO_NODE;
		if (link->parent == node->vertex)
			link->edge.cyclic = true;
	}
}

static void
pick_primary(struct node *node)
{
	size_t i = 0;

	while (i < node->n_links && (!link_holds(&node->links[i]) ||
	                             node->links[i].edge.parent == VIEW_NO_NODE))
		i++;
	node->primary = i;
	node->parent = i < node->n_links ? node->links[i].edge.parent : VIEW_NO_NODE;
}

/* A ghost says nothing of its conversation, but who replied to it was in the same. */
static void
teach_ghosts(struct tree *tree)
{
	for (size_t i = 0; i < tree->n; i++) {
		struct node *node = &tree->nodes[i];
		struct vertex *root = stand_in(node->vertex->root);

		for (size_t k = 0; root != NULL && k < node->n_links; k++) {
			struct vertex *parent = node->links[k].parent;

			if (node->links[k].edge.type != EDGE_REPLY ||
			    !link_holds(&node->links[k]) || parent == NULL ||
			    parent == root || parent->post.kind != KIND_GHOST ||
			    parent->post.conversation.n > 0)
				continue;
			if (parent->root == NULL ||
			    rp_slice_cmp(root->post.key, parent->root->post.key) < 0)
				parent->root = root;
		}
	}
}

/* Whoever has no parent hangs on the root of the conversation. */
static enum rp_status
hang_on_root(struct tree *tree, struct node *node, struct rp_error *err)
{
	struct vertex *root = stand_in(node->vertex->root);
	struct link *links;

	if (node->parent != VIEW_NO_NODE || root == NULL || root == node->vertex ||
	    root->node == VIEW_NO_NODE ||
	    key_is_later_id(root->post.key, node->vertex->post.key))
		return RP_OK;
	links = arena_grow(tree->scratch, node->links, node->n_links, node->n_links + 1,
	                   sizeof(*links));
	if (links == NULL)
		return rp_fail_memory(err);
	links[node->n_links++] = (struct link){
		.edge = { .type = EDGE_CONV,
		          .origin = ORIGIN_DERIVED,
		          .confidence_percent = 100,
		          .parent_key = root->post.key,
		          .parent = root->node },
		.parent_id = root->post.id,
		.parent = root,
	};
	qsort(links, node->n_links, sizeof(*links), link_cmp);
	node->links = links;
	pick_primary(node);
	return RP_OK;
}

/* ---- cycles
 * ---------------------------------------------------------------------------- */

/* How much later the parent says it is; the least for what cannot be told. */
static int64_t
lateness(const struct tree *tree, const struct node *node)
{
	int64_t parent = tree->nodes[node->parent].vertex->post.time.lo;
	int64_t child = node->vertex->post.time.lo, gap;

	if (parent == RP_TIME_UNKNOWN || child == RP_TIME_UNKNOWN ||
	    __builtin_sub_overflow(parent, child, &gap))
		return INT64_MIN;
	return gap;
}

/* A conversation's edge is our own making and goes first. */
static int
weakness(const struct node *node)
{
	const struct view_edge *edge = &node->links[node->primary].edge;

	return edge->type == EDGE_CONV ? ORIGIN_INFERRED + 1 : (int)edge->origin;
}

static bool
is_weaker(const struct tree *tree, size_t a, size_t b)
{
	const struct node *na = &tree->nodes[a], *nb = &tree->nodes[b];

	if (weakness(na) != weakness(nb))
		return weakness(na) > weakness(nb);
	if (lateness(tree, na) != lateness(tree, nb))
		return lateness(tree, na) > lateness(tree, nb);
	return a > b; /* numbered by key */
}

/* Cut the weakest edge of the cycle through `at`; its child looks for another parent. */
static size_t
cut_cycle(struct tree *tree, size_t at)
{
	size_t weakest = at;

	for (size_t i = tree->nodes[at].parent; i != at; i = tree->nodes[i].parent)
		if (is_weaker(tree, i, weakest))
			weakest = i;
	tree->nodes[weakest].links[tree->nodes[weakest].primary].edge.cyclic = true;
	pick_primary(&tree->nodes[weakest]);
	return weakest;
}

/*
 * Every node has one parent, so a strongly connected part is a plain ring and all rings
 * of a round are apart.  New ones can only run through a node whose parent changed.
 */
static enum rp_status
break_cycles(struct tree *tree, struct rp_error *err)
{
	size_t *walked = arena_array(tree->scratch, tree->n, sizeof(*walked));
	size_t *changed = arena_array(tree->scratch, tree->n, sizeof(*changed));
	size_t n_changed = tree->n, walk = 0;

	if (walked == NULL || changed == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < tree->n; i++)
		changed[i] = i;
	while (n_changed > 0) {
		size_t n = n_changed, round = walk;

		n_changed = 0;
		for (size_t i = 0; i < n; i++) {
			size_t at = changed[i];

			walk++;
			while (at != VIEW_NO_NODE && walked[at] <= round) {
				walked[at] = walk;
				at = tree->nodes[at].parent;
			}
			if (at != VIEW_NO_NODE && walked[at] == walk)
				changed[n_changed++] = cut_cycle(tree, at);
		}
	}
	return RP_OK;
}

/* ---- all of it
 * ------------------------------------------------------------------------- */

enum rp_status
tree_build(struct graph *graph, bool all, struct tree *out, struct rp_error *err)
{
	enum rp_status st;

	*out = (struct tree){ .graph = graph, .scratch = graph->scratch };
	st = number_nodes(graph, all, out, err);
	if (st != RP_OK)
		return st;
	if ((st = fold_reposts(out, err)) != RP_OK)
		return st;
	for (size_t i = 0; i < out->n; i++) {
		find_parents(out, &out->nodes[i]);
		pick_primary(&out->nodes[i]);
	}
	teach_ghosts(out);
	for (size_t i = 0; st == RP_OK && i < out->n; i++)
		st = hang_on_root(out, &out->nodes[i], err);
	return st == RP_OK ? break_cycles(out, err) : st;
}

size_t
tree_root(const struct tree *tree)
{
	size_t best = VIEW_NO_NODE;
	uint64_t best_at = UINT64_MAX;

	for (size_t i = 0; i < tree->n; i++) {
		const struct node *node = &tree->nodes[i];
		int64_t lo = node->vertex->post.time.lo;
		/* Unknown sorts last: shift so that it does. */
		uint64_t at = lo == RP_TIME_UNKNOWN ? UINT64_MAX
		                                    : (uint64_t)lo - (uint64_t)INT64_MIN;

		if (node->quoted_by || (best != VIEW_NO_NODE && at >= best_at))
			continue;
		best = i;
		best_at = at;
	}
	return best;
}

const void *
node_voice(const struct tree *tree, const struct node *node)
{
	size_t at = node->vertex->author;
	const struct author *author = &tree->graph->authors->list[at];

	if (at == 0)
		return NULL;
	return author->view.person != NULL ? (const void *)author->view.person
	                                   : (const void *)author;
}
