#include "core/thread/build.h"

#include <stdlib.h>

/* Clocks of two platforms may be this far apart before we call it a contradiction. */
#define SKEW_ALLOWED (5 * RP_MINUTE)

/* A link that says that the child came after the parent.  What an article quotes was said
 * before it, though they are one conversation. */
static bool
orders(const struct node *node, const struct link *link)
{
	return link_holds(link) && link->edge.parent != VIEW_NO_NODE &&
	       !(link->edge.type == EDGE_CONV &&
	         node->vertex->post.kind == KIND_PRESS_QUOTE);
}

/* Children of every node, by those links: those of i are list[start[i] ..
 * start[i + 1]). */
struct children {
	size_t *start, *list;
};

static enum rp_status
find_children(struct tree *tree, struct children *out, struct rp_error *err)
{
	size_t n_links = 0;

	out->start = arena_array(tree->scratch, tree->n + 2, sizeof(*out->start));
	if (out->start == NULL)
		return rp_fail_memory(err);
	/* Counts two places on, sums one place on:
	 * filling moves them where they belong. */
	for (size_t i = 0; i < tree->n; i++)
		for (size_t k = 0; k < tree->nodes[i].n_links; k++)
			if (orders(&tree->nodes[i], &tree->nodes[i].links[k])) {
				out->start[tree->nodes[i].links[k].edge.parent + 2]++;
				n_links++;
			}
	for (size_t i = 2; i < tree->n + 2; i++)
		out->start[i] += out->start[i - 1];
	out->list = arena_array(tree->scratch, n_links, sizeof(*out->list));
	if (out->list == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < tree->n; i++)
		for (size_t k = 0; k < tree->nodes[i].n_links; k++)
			if (orders(&tree->nodes[i], &tree->nodes[i].links[k]))
				out->list[out->start[tree->nodes[i].links[k].edge.parent +
				                     1]++] = i;
	return RP_OK;
}

static void
tighten_below(struct node *node, int64_t lo, enum rp_precision precision)
{
	if (lo == RP_TIME_UNKNOWN || node->time.lo >= lo)
		return;
	node->time.lo = lo;
	node->time.precision = precision;
}

static void
tighten_above(struct node *node, int64_t hi, enum rp_precision precision)
{
	if (hi == RP_TIME_UNKNOWN ||
	    (node->time.hi != RP_TIME_UNKNOWN && node->time.hi <= hi))
		return;
	node->time.hi = hi;
	node->time.precision = precision;
}

/* A bound to hand on, from the node that knows it;
 * sorted so that the tightest is first. */
struct source {
	int64_t at;
	size_t node;
};

static int
cmp_earliest(const void *pa, const void *pb)
{
	const struct source *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->node > b->node) - (a->node < b->node);
}

static int
cmp_latest(const void *pa, const void *pb)
{
	const struct source *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at > b->at ? -1 : 1;
	return (a->node > b->node) - (a->node < b->node);
}

struct flood {
	struct tree *tree;
	struct children children;
	struct source *sources;
	size_t *stack;
	bool *done;
};

static size_t
sort_sources(struct flood *flood, bool below)
{
	size_t n = 0;

	memset(flood->done, 0, flood->tree->n * sizeof(*flood->done));
	for (size_t i = 0; i < flood->tree->n; i++) {
		const struct rp_time *time = &flood->tree->nodes[i].time;
		int64_t at = below ? time->lo : time->hi;

		if (at != RP_TIME_UNKNOWN)
			flood->sources[n++] = (struct source){ at, i };
	}
	if (n > 1)
		qsort(flood->sources, n, sizeof(*flood->sources),
		      below ? cmp_latest : cmp_earliest);
	return n;
}

/* Hand the lower bound of one node down to all intervals below it. */
static void
flood_down(struct flood *flood, const struct source *source)
{
	struct tree *tree = flood->tree;
	enum rp_precision precision = tree->nodes[source->node].time.precision;
	size_t n = 0;

	flood->done[source->node] = true;
	flood->stack[n++] = source->node;
	while (n > 0) {
		size_t at = flood->stack[--n];

		for (size_t k = flood->children.start[at];
		     k < flood->children.start[at + 1]; k++) {
			size_t child = flood->children.list[k];

			if (flood->done[child] || node_is_exact(&tree->nodes[child]))
				continue;
			flood->done[child] = true;
			tighten_below(&tree->nodes[child], source->at, precision);
			flood->stack[n++] = child;
		}
	}
}

static void
flood_up(struct flood *flood, const struct source *source)
{
	struct tree *tree = flood->tree;
	enum rp_precision precision = tree->nodes[source->node].time.precision;
	size_t n = 0;

	flood->done[source->node] = true;
	flood->stack[n++] = source->node;
	while (n > 0) {
		const struct node *node = &tree->nodes[flood->stack[--n]];

		for (size_t k = 0; k < node->n_links; k++) {
			size_t parent = node->links[k].edge.parent;

			if (!orders(node, &node->links[k]) || flood->done[parent] ||
			    node_is_exact(&tree->nodes[parent]))
				continue;
			flood->done[parent] = true;
			tighten_above(&tree->nodes[parent], source->at, precision);
			flood->stack[n++] = parent;
		}
	}
}

/*
 * The tightest bound goes first and marks what it reaches, so each node is reached once,
 * by the bound that counts.
 */
static enum rp_status
tighten(struct tree *tree, struct rp_error *err)
{
	struct flood flood = { .tree = tree };
	enum rp_status st = find_children(tree, &flood.children, err);
	size_t n;

	if (st != RP_OK)
		return st;
	flood.sources = arena_array(tree->scratch, tree->n, sizeof(*flood.sources));
	flood.stack = arena_array(tree->scratch, tree->n, sizeof(*flood.stack));
	flood.done = arena_array(tree->scratch, tree->n, sizeof(*flood.done));
	if (flood.sources == NULL || flood.stack == NULL || flood.done == NULL)
		return rp_fail_memory(err);
	n = sort_sources(&flood, true);
	for (size_t i = 0; i < n; i++)
		if (!flood.done[flood.sources[i].node])
			flood_down(&flood, &flood.sources[i]);
	n = sort_sources(&flood, false);
	for (size_t i = 0; i < n; i++)
		if (!flood.done[flood.sources[i].node])
			flood_up(&flood, &flood.sources[i]);
	return RP_OK;
}

/* How much later than hi lo is; 0: not at all, or one is unknown. */
static int64_t
excess(int64_t lo, int64_t hi)
{
	int64_t gap;

	if (lo == RP_TIME_UNKNOWN || hi == RP_TIME_UNKNOWN || lo <= hi)
		return 0;
	return __builtin_sub_overflow(lo, hi, &gap) ? INT64_MAX : gap;
}

/* By how much an exact time contradicts its bounds and the posts it answers. */
static int64_t
contradiction(const struct tree *tree, const struct node *node)
{
	int64_t worst = excess(node->vertex->after, node->time.hi);

	if (excess(node->time.lo, node->vertex->before) > worst)
		worst = excess(node->time.lo, node->vertex->before);
	for (size_t k = 0; k < node->n_links; k++) {
		const struct link *link = &node->links[k];
		int64_t gap;

		if (!orders(node, link))
			continue;
		gap = excess(tree->nodes[link->edge.parent].vertex->post.time.lo,
		             node->time.hi);
		if (gap > worst)
			worst = gap;
	}
	return worst;
}

static void
settle(const struct tree *tree, struct node *node)
{
	const struct rp_time *stated = &node->vertex->post.time;
	int64_t gap;

	if (node_is_exact(node)) {
		node->time_conflict = contradiction(tree, node) > SKEW_ALLOWED;
	} else {
		gap = excess(node->time.lo, node->time.hi);
		node->time_conflict = gap > SKEW_ALLOWED;
		if (gap > 0)
			node->time = *stated;
	}
	/* Of a time that nobody stated, a lower bound says little:
	 * such posts come last. */
	node->shown = node->time.lo;
	if (node->time.lo == RP_TIME_UNKNOWN ||
	    (!rp_time_known(*stated) && node->time.hi == RP_TIME_UNKNOWN))
		node->shown = node->time.hi;
}

enum rp_status
tree_times(struct tree *tree, struct rp_error *err)
{
	enum rp_status st;

	for (size_t i = 0; i < tree->n; i++) {
		struct node *node = &tree->nodes[i];
		const struct vertex *vertex = node->vertex;

		node->time = vertex->post.time;
		if (node_is_exact(node))
			continue;
		tighten_below(node, vertex->after, vertex->bounds_precision);
		tighten_above(node, vertex->before, vertex->bounds_precision);
	}
	st = tighten(tree, err);
	for (size_t i = 0; st == RP_OK && i < tree->n; i++)
		settle(tree, &tree->nodes[i]);
	return st;
}
