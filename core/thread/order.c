#include "core/thread/build.h"

#include <stdlib.h>

struct place
place_of(const struct post *post, const struct shown_time *shown)
{
	enum rp_precision precision = post->time.precision;
	struct place place = { .at = UINT64_MAX,
		               .precision = (int)precision,
		               .key = post->key };

	if (precision == RP_PRECISION_UNKNOWN)
		place.precision = RP_PRECISION_YEAR + 1;
	if (shown->at == RP_TIME_UNKNOWN)
		return place;
	place.at = (uint64_t)shown->at - (uint64_t)INT64_MIN;
	if (rp_time_exact(post->time))
		return place;
	place.precision += RP_PRECISION_YEAR + 1;
	/* "After 05:57:27" is after every exact time inside that second; a stated day
	 * begins with its first instant. */
	if (shown->at == shown->time.lo && shown->at % RP_SECOND == 0 &&
	    (shown->at != post->time.lo || post->time.precision <= RP_PRECISION_S))
		place.at += RP_SECOND - 1;
	return place;
}

static size_t
count_digits(struct rp_slice s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

/*
 * Turns of one event in their own order: spoken:EVENT/9 and spoken:EVENT/9.c0ffee00
 * before spoken:EVENT/10.  Else as the store lists posts of one time.
 */
static int
cmp_place_keys(struct rp_slice a, struct rp_slice b)
{
	size_t same = 0;

	while (same < a.n && same < b.n && a.p[same] == b.p[same])
		same++;
	if (key_platform(a) == PLATFORM_SPOKEN && key_platform(b) == PLATFORM_SPOKEN) {
		struct rp_slice rest_a = rp_slice_skip(a, same);
		struct rp_slice rest_b = rp_slice_skip(b, same);
		size_t digits_a = count_digits(rest_a), digits_b = count_digits(rest_b);

		if (rp_slice_find_byte(rest_a, '/') == rest_a.n &&
		    rp_slice_find_byte(rest_b, '/') == rest_b.n)
			return digits_a == digits_b  ? rp_slice_cmp(a, b)
			       : digits_a < digits_b ? -1
			                             : 1;
	}
	if (a.n != b.n)
		return a.n < b.n ? -1 : 1;
	return rp_slice_cmp(a, b);
}

int
place_cmp(const struct place *a, const struct place *b)
{
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->precision != b->precision)
		return a->precision - b->precision;
	return cmp_place_keys(a->key, b->key);
}

/* A node and its place, taken out of it once. */
struct placed {
	struct place place;
	size_t node;
};

static int
cmp_placed(const void *a, const void *b)
{
	return place_cmp(&((const struct placed *)a)->place,
	                 &((const struct placed *)b)->place);
}

/* Node numbers by time, parents not minded. */
static enum rp_status
sort_nodes(struct tree *tree, size_t **out, struct rp_error *err)
{
	struct placed *places = arena_array(tree->scratch, tree->n, sizeof(*places));
	size_t *sorted = arena_array(tree->scratch, tree->n, sizeof(*sorted));

	if (places == NULL || sorted == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < tree->n; i++) {
		const struct shown_time shown = node_shown(&tree->nodes[i]);

		places[i].place = place_of(&tree->nodes[i].vertex->post, &shown);
		places[i].node = i;
	}
	if (tree->n > 1)
		qsort(places, tree->n, sizeof(*places), cmp_placed);
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
