#include "core/thread/build.h"

#include <stdlib.h>

/* Clocks of two platforms may be this far apart before we call it a contradiction. */
#define SKEW_ALLOWED (5 * RP_MINUTE)

/* ---- times
 * ----------------------------------------------------------------------------- */

/* A link that says that the child came after the parent. */
static bool
orders(const struct link *link)
{
	return link_holds(link) && link->edge.parent != VIEW_NO_NODE;
}

/* Children of every node, by those links: those of i are list[start[i] .. start[i + 1]).
 */
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
	/* Counts two places on, sums one place on: filling moves them where they belong.
	 */
	for (size_t i = 0; i < tree->n; i++)
		for (size_t k = 0; k < tree->nodes[i].n_links; k++)
			if (orders(&tree->nodes[i].links[k])) {
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
			if (orders(&tree->nodes[i].links[k]))
				out->list[out->start[tree->nodes[i].links[k].edge.parent +
				                     1]++] = i;
	return RP_OK;
}

static bool
is_exact(const struct node *node)
{
	return rp_time_exact(node->vertex->post.time);
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

/* A bound to hand on, from the node that knows it; sorted so that the tightest is first.
 */
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

			if (flood->done[child] || is_exact(&tree->nodes[child]))
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

			if (!orders(&node->links[k]) || flood->done[parent] ||
			    is_exact(&tree->nodes[parent]))
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

		if (!orders(link))
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

	if (is_exact(node)) {
		node->time_conflict = contradiction(tree, node) > SKEW_ALLOWED;
	} else {
		gap = excess(node->time.lo, node->time.hi);
		node->time_conflict = gap > SKEW_ALLOWED;
		if (gap > 0)
			node->time = *stated;
	}
	/* Of a time that nobody stated, a lower bound says little: such posts come last.
	 */
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
		if (is_exact(node))
			continue;
		tighten_below(node, vertex->after, vertex->bounds_precision);
		tighten_above(node, vertex->before, vertex->bounds_precision);
	}
	st = tighten(tree, err);
	for (size_t i = 0; st == RP_OK && i < tree->n; i++)
		settle(tree, &tree->nodes[i]);
	return st;
}

/* ---- order
 * ----------------------------------------------------------------------------- */

/* What nodes are sorted by, taken out of them once. */
struct place {
	uint64_t at;   /* unknown last */
	int precision; /* finer first; intervals after what is exact */
	struct rp_slice key;
	size_t node;
};

static struct place
place_of(const struct tree *tree, size_t i)
{
	const struct node *node = &tree->nodes[i];
	enum rp_precision precision = node->vertex->post.time.precision;
	struct place place = { .at = UINT64_MAX,
		               .precision = (int)precision,
		               .key = node->vertex->post.key,
		               .node = i };
	int64_t shown = node->shown;

	if (precision == RP_PRECISION_UNKNOWN)
		place.precision = RP_PRECISION_YEAR + 1;
	if (shown == RP_TIME_UNKNOWN)
		return place;
	place.at = (uint64_t)shown - (uint64_t)INT64_MIN;
	if (is_exact(node))
		return place;
	place.precision += RP_PRECISION_YEAR + 1;
	/* "After 05:57:27" is after every exact time inside that second. */
	if (shown == node->time.lo && shown % RP_SECOND == 0)
		place.at += RP_SECOND - 1;
	return place;
}

/* Turns of one event in their own order: spoken:EVENT/9 before spoken:EVENT/10. */
static int
cmp_place_keys(struct rp_slice a, struct rp_slice b)
{
	size_t same = 0;

	while (same < a.n && same < b.n && a.p[same] == b.p[same])
		same++;
	if (key_platform(a) == PLATFORM_SPOKEN && key_platform(b) == PLATFORM_SPOKEN) {
		struct rp_slice rest_a = rp_slice_skip(a, same);
		struct rp_slice rest_b = rp_slice_skip(b, same);

		if (rp_slice_find_byte(rest_a, '/') == rest_a.n &&
		    rp_slice_find_byte(rest_b, '/') == rest_b.n && a.n != b.n)
			return a.n < b.n ? -1 : 1;
	}
	return rp_slice_cmp(a, b);
}

static int
cmp_place(const void *pa, const void *pb)
{
	const struct place *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->precision != b->precision)
		return a->precision - b->precision;
	return cmp_place_keys(a->key, b->key);
}

/* Node numbers by time, parents not minded. */
static enum rp_status
sort_nodes(struct tree *tree, size_t **out, struct rp_error *err)
{
	struct place *places = arena_array(tree->scratch, tree->n, sizeof(*places));
	size_t *sorted = arena_array(tree->scratch, tree->n, sizeof(*sorted));

	if (places == NULL || sorted == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < tree->n; i++)
		places[i] = place_of(tree, i);
	if (tree->n > 1)
		qsort(places, tree->n, sizeof(*places), cmp_place);
	for (size_t i = 0; i < tree->n; i++)
		sorted[i] = places[i].node;
	*out = sorted;
	return RP_OK;
}

/* For each node its first child and its next sibling, in sorted order. */
struct family {
	size_t *first, *next;
	size_t top; /* first of those without a parent */
};

static enum rp_status
find_family(struct tree *tree, const size_t *sorted, struct family *out,
            struct rp_error *err)
{
	out->first = arena_array(tree->scratch, tree->n, sizeof(*out->first));
	out->next = arena_array(tree->scratch, tree->n, sizeof(*out->next));
	out->top = VIEW_NO_NODE;
	if (out->first == NULL || out->next == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < tree->n; i++)
		out->first[i] = VIEW_NO_NODE;
	for (size_t i = tree->n; i-- > 0;) {
		size_t node = sorted[i], parent = tree->nodes[node].parent;
		size_t *head = parent != VIEW_NO_NODE ? &out->first[parent] : &out->top;

		out->next[node] = *head;
		*head = node;
	}
	return RP_OK;
}

enum rp_status
tree_order_threads(struct tree *tree, size_t **out, struct rp_error *err)
{
	struct family family;
	size_t *sorted, *order;
	size_t at, n = 0;
	enum rp_status st = sort_nodes(tree, &sorted, err);

	if (st == RP_OK)
		st = find_family(tree, sorted, &family, err);
	if (st != RP_OK)
		return st;
	order = sorted; /* read for the last time above */
	for (at = family.top; at != VIEW_NO_NODE;) {
		struct node *node = &tree->nodes[at];

		order[n++] = at;
		node->depth = node->parent != VIEW_NO_NODE
		                      ? tree->nodes[node->parent].depth + 1
		                      : 0;
		if (family.first[at] != VIEW_NO_NODE) {
			at = family.first[at];
			continue;
		}
		while (at != VIEW_NO_NODE && family.next[at] == VIEW_NO_NODE)
			at = tree->nodes[at].parent;
		if (at != VIEW_NO_NODE)
			at = family.next[at];
	}
	*out = order;
	return RP_OK;
}

/* A heap of ranks: the smallest first. */
static void
heap_push(size_t *heap, size_t n, size_t rank)
{
	while (n > 0 && heap[(n - 1) / 2] > rank) {
		heap[n] = heap[(n - 1) / 2];
		n = (n - 1) / 2;
	}
	heap[n] = rank;
}

/* n counts what is left after the pop. */
static size_t
heap_pop(size_t *heap, size_t n)
{
	size_t top = heap[0], last = heap[n], at = 0;

	for (;;) {
		size_t child = 2 * at + 1;

		if (child >= n)
			break;
		if (child + 1 < n && heap[child + 1] < heap[child])
			child++;
		if (heap[child] >= last)
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = last;
	return top;
}

/* Always the earliest of those whose parent has been placed. */
enum rp_status
tree_order_time(struct tree *tree, size_t **out, struct rp_error *err)
{
	struct family family;
	size_t *sorted, *rank, *heap, *order;
	size_t n = 0, waiting = 0;
	enum rp_status st = sort_nodes(tree, &sorted, err);

	if (st == RP_OK)
		st = find_family(tree, sorted, &family, err);
	if (st != RP_OK)
		return st;
	rank = arena_array(tree->scratch, tree->n, sizeof(*rank));
	heap = arena_array(tree->scratch, tree->n, sizeof(*heap));
	order = arena_array(tree->scratch, tree->n, sizeof(*order));
	if (rank == NULL || heap == NULL || order == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < tree->n; i++)
		rank[sorted[i]] = i;
	for (size_t at = family.top; at != VIEW_NO_NODE; at = family.next[at])
		heap_push(heap, waiting++, rank[at]);
	while (waiting > 0) {
		size_t node = sorted[heap_pop(heap, --waiting)];

		order[n++] = node;
		for (size_t at = family.first[node]; at != VIEW_NO_NODE;
		     at = family.next[at])
			heap_push(heap, waiting++, rank[at]);
	}
	*out = order;
	return RP_OK;
}
