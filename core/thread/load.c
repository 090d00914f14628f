#include "core/thread/load.h"

#include "core/thread/set.h"

void *
list_add(struct list *list, struct arena *arena, size_t size)
{
	if (list->n == list->cap) {
		size_t cap = list->cap ? 2 * list->cap : 64;
		void *items = arena_grow(arena, list->items, list->cap, cap, size);

		if (items == NULL)
			return NULL;
		list->items = items;
		list->cap = cap;
	}
	return (char *)list->items + size * list->n++;
}

static bool
push_vertex(struct graph *graph, struct list *list, struct vertex *vertex)
{
	struct vertex **at = list_add(list, graph->scratch, sizeof(struct vertex *));

	if (at != NULL)
		*at = vertex;
	return at != NULL;
}

/* ---- vertices
 * -------------------------------------------------------------------------- */

struct vertex *
graph_held(const struct graph *graph, int64_t post)
{
	const uint32_t *at = map_get(graph->by_id, graph_id_key(&post));

	return at != NULL ? graph_at(graph, *at) : NULL;
}

/* vertex->post is filled in. */
enum rp_status
graph_add_vertex(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	vertex->after = vertex->before = RP_TIME_UNKNOWN;
	vertex->node = VIEW_NO_NODE;
	if (map_put(graph->by_id, graph_id_key(&vertex->post.id),
	            (uint32_t)graph->vertices.n, NULL) == NULL ||
	    !push_vertex(graph, &graph->vertices, vertex))
		return rp_fail_memory(err);
	return authors_find(graph->authors, vertex->post.author, &vertex->author, err);
}

bool
graph_has_room(struct graph *graph)
{
	if (graph->vertices.n < graph->ceiling)
		return true;
	graph->limited = true;
	return false;
}

enum rp_status
graph_vertex(struct graph *graph, int64_t post, struct vertex **out, struct rp_error *err)
{
	struct vertex *vertex = graph_held(graph, post);
	enum rp_status st;

	*out = vertex;
	if (vertex != NULL || !graph_has_room(graph))
		return RP_OK;
	vertex = arena_alloc(graph->scratch, sizeof(*vertex));
	if (vertex == NULL)
		return rp_fail_memory(err);
	st = store_post_by_id(graph->store, post, graph->arena, &vertex->post, err);
	if (st == RP_NOT_FOUND)
		return RP_OK;
	if (st == RP_OK)
		st = graph_add_vertex(graph, vertex, err);
	if (st == RP_OK)
		*out = vertex;
	return st;
}

enum rp_status
graph_links(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	if (vertex->has_links)
		return RP_OK;
	vertex->has_links = true;
	return links_read(graph->store, &vertex->post, graph->arena, &vertex->links,
	                  &vertex->n_links, err);
}

/* ---- sets
 * ------------------------------------------------------------------------------ */

struct speaker {
	uint64_t set, author;
};

bool
graph_has_spoken(const struct graph *graph, size_t set, size_t author)
{
	const struct speaker key = { set, author };

	return map_get(graph->spoke, rp_slice_from((const char *)&key, sizeof(key))) !=
	       NULL;
}

static bool
note_speaker(struct graph *graph, const struct vertex *vertex)
{
	struct speaker *key;

	if (vertex->author == 0 || vertex->post.kind == KIND_REPOST ||
	    graph_has_spoken(graph, vertex->set, vertex->author))
		return true;
	key = arena_alloc(graph->scratch, sizeof(*key));
	if (key == NULL)
		return false;
	*key = (struct speaker){ vertex->set, vertex->author };
	return map_put(graph->spoke, rp_slice_from((const char *)key, sizeof(*key)), 1,
	               NULL) != NULL;
}

enum rp_status
graph_add_to_set(struct graph *graph, struct vertex *vertex, uint32_t set,
                 struct rp_error *err)
{
	if (vertex == NULL || vertex->set != 0)
		return RP_OK;
	vertex->set = set;
	if (!note_speaker(graph, vertex) || !push_vertex(graph, &graph->queue, vertex))
		return rp_fail_memory(err);
	return RP_OK;
}

size_t
graph_joined(struct graph *graph, size_t set)
{
	struct set *sets = graph->sets.items;

	while (sets[set].joined != set)
		set = sets[set].joined = sets[sets[set].joined].joined;
	return set;
}

void
graph_join(struct graph *graph, size_t a, size_t b)
{
	a = graph_joined(graph, a);
	b = graph_joined(graph, b);
	/* The smaller number stands for both: path halving keeps the walks short. */
	graph_set(graph, a > b ? a : b)->joined = a > b ? b : a;
}

/* ---- edges
 * ----------------------------------------------------------------------------- */

static enum tie
tie_of(enum edge_type type, enum edge_origin origin, struct rp_slice child,
       struct rp_slice parent)
{
	if (origin == ORIGIN_INFERRED || type == EDGE_ATTESTS)
		return TIE_NONE;
	if (type == EDGE_LINK && key_platform(parent) == PLATFORM_PRESS)
		return TIE_NONE;
	if (key_is_later_id(parent, child) || rp_slice_eq(parent, child))
		return TIE_NONE;
	if (origin == ORIGIN_PLATFORM || origin == ORIGIN_DERIVED)
		return type == EDGE_QUOTE || type == EDGE_LINK ? TIE_QUOTATION : TIE_SET;
	return TIE_SET;
}

static bool
repost_refers(const struct vertex *child, enum edge_type type)
{
	return child->post.kind == KIND_REPOST && type != EDGE_REPOST;
}

static bool
add_quotation(struct graph *graph, uint32_t set, int64_t child, int64_t parent)
{
	struct quotation *quotation = arena_alloc(graph->scratch, sizeof(*quotation));

	if (quotation == NULL)
		return false;
	*quotation =
		(struct quotation){ child, parent, graph_set(graph, set)->quotations };
	graph_set(graph, set)->quotations = quotation;
	return true;
}

static enum rp_status
follow_parents(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	enum rp_status st = graph_links(graph, vertex, err);

	for (size_t i = 0; st == RP_OK && i < vertex->n_links; i++) {
		const struct link *link = &vertex->links[i];
		struct vertex *parent;

		if (repost_refers(vertex, link->edge.type))
			continue;
		switch (tie_of(link->edge.type, link->edge.origin, vertex->post.key,
		               link->edge.parent_key)) {
		case TIE_SET:
			st = graph_vertex(graph, link->parent_id, &parent, err);
			if (st == RP_OK)
				st = graph_add_to_set(graph, parent, vertex->set, err);
			break;
		case TIE_QUOTATION:
			if (!add_quotation(graph, vertex->set, vertex->post.id,
			                   link->parent_id))
				return rp_fail_memory(err);
			break;
		case TIE_NONE:
			break;
		}
	}
	return st;
}

/* The rows first: what is done with each asks the store again. */
enum rp_status
graph_children(struct graph *graph, int64_t post, struct rp_buf *out,
               struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CHILDREN, .id = post };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st = store_scan(graph->store, &scan, &iter, err);

	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		const struct edge *edge = &row.edge;
		const struct child child = {
			.id = edge->child,
			.type = edge->type,
			.tie = tie_of(edge->type, edge->origin, edge->child_key,
			              edge->parent_key),
			.attests = edge->type == EDGE_ATTESTS &&
			           (edge->origin != ORIGIN_INFERRED ||
			            edge->confidence_percent >= LINK_SURE_PERCENT),
		};

		buf_add(out, rp_slice_from((const char *)&child, sizeof(child)));
	}
	if (st != RP_END)
		return st;
	return buf_failed(out) ? rp_fail_memory(err) : RP_OK;
}

static void
bound_above(struct vertex *vertex, struct rp_time time)
{
	int64_t at = time.hi;

	if (at == RP_TIME_UNKNOWN ||
	    (vertex->before != RP_TIME_UNKNOWN && vertex->before <= at))
		return;
	vertex->before = at;
	vertex->bounds_precision = time.precision;
}

static void
bound_below(struct vertex *vertex, struct rp_time time)
{
	if (time.lo == RP_TIME_UNKNOWN || vertex->after >= time.lo)
		return;
	vertex->after = time.lo;
	vertex->bounds_precision = time.precision;
}

/* Who reports a remark does so after it was made. */
static enum rp_status
note_attest(struct graph *graph, struct vertex *vertex, int64_t by, struct rp_error *err)
{
	struct attest *attest =
		list_add(&graph->attests, graph->scratch, sizeof(*attest));
	struct post post;
	enum rp_status st;

	if (attest == NULL)
		return rp_fail_memory(err);
	*attest = (struct attest){ vertex, by };
	st = store_post_by_id(graph->store, by, graph->scratch, &post, err);
	if (st == RP_OK)
		bound_above(vertex, post.time);
	return st == RP_NOT_FOUND ? RP_OK : st;
}

static enum rp_status
follow_child(struct graph *graph, struct vertex *vertex, const struct child *child,
             struct rp_error *err)
{
	struct vertex *other;
	enum rp_status st;

	if (child->attests)
		return note_attest(graph, vertex, child->id, err);
	if (child->tie == TIE_QUOTATION &&
	    !add_quotation(graph, vertex->set, child->id, vertex->post.id))
		return rp_fail_memory(err);
	if (child->tie != TIE_SET)
		return RP_OK;
	st = graph_vertex(graph, child->id, &other, err);
	if (st != RP_OK || other == NULL || repost_refers(other, child->type))
		return st;
	return graph_add_to_set(graph, other, vertex->set, err);
}

static enum rp_status
follow_children(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf rows;
	enum rp_status st;

	buf_init(&rows, SIZE_MAX);
	if (vertex->post.id < 0)
		return RP_OK;
	st = graph_children(graph, vertex->post.id, &rows, err);
	for (size_t i = 0; st == RP_OK && i < rows.n / sizeof(struct child); i++)
		st = follow_child(graph, vertex, (const struct child *)(void *)rows.p + i,
		                  err);
	return st;
}

/* ---- closing a set
 * --------------------------------------------------------------------- */

static enum rp_status
time_of(struct graph *graph, struct rp_slice key, struct rp_time *out,
        struct rp_error *err)
{
	struct post post;
	enum rp_status st = store_post_get(graph->store, key, graph->scratch, &post, err);

	*out = st == RP_OK && rp_time_known(post.time) ? post.time : key_time(key);
	return st == RP_NOT_FOUND ? RP_OK : st;
}

static enum rp_status
read_bounds(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	struct rp_time time;
	enum rp_status st = RP_OK;

	if (vertex->post.not_before.n > 0) {
		st = time_of(graph, vertex->post.not_before, &time, err);
		if (st == RP_OK)
			bound_below(vertex, time);
	}
	if (st == RP_OK && vertex->post.not_after.n > 0) {
		st = time_of(graph, vertex->post.not_after, &time, err);
		if (st == RP_OK)
			bound_above(vertex, time);
	}
	return st;
}

static enum rp_status
expand(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	enum rp_status st = follow_parents(graph, vertex, err);

	if (st == RP_OK)
		st = follow_children(graph, vertex, err);
	if (st == RP_OK && vertex->post.kind == KIND_REPOST)
		st = graph_follow_as_root(graph, vertex, err);
	else if (st == RP_OK)
		st = graph_follow_conversations(graph, vertex, err);
	return st == RP_OK ? read_bounds(graph, vertex, err) : st;
}

enum rp_status
graph_close_set(struct graph *graph, struct vertex *start, struct rp_error *err)
{
	struct set *set;
	enum rp_status st;

	if (start->set != 0)
		return RP_OK;
	set = list_add(&graph->sets, graph->scratch, sizeof(*set));
	if (set == NULL)
		return rp_fail_memory(err);
	*set = (struct set){ .joined = graph->sets.n - 1 };
	st = graph_add_to_set(graph, start, (uint32_t)graph->sets.n - 1, err);
	while (st == RP_OK && graph->expanded < graph->queue.n) {
		struct vertex **queue = graph->queue.items;

		st = expand(graph, queue[graph->expanded++], err);
	}
	return st;
}

/* ---- beginning and end
 * ----------------------------------------------------------------- */

enum rp_status
graph_init(struct graph *graph, struct authors *authors, struct arena *arena,
           struct arena *scratch, size_t ceiling, struct rp_error *err)
{
	*graph = (struct graph){ .store = authors->store,
		                 .authors = authors,
		                 .arena = arena,
		                 .scratch = scratch,
		                 .ceiling = ceiling,
		                 .by_id = map_new(),
		                 .conversations = map_new(),
		                 .spoke = map_new() };
	if (graph->by_id == NULL || graph->conversations == NULL ||
	    graph->spoke == NULL ||
	    list_add(&graph->sets, scratch, sizeof(struct set)) == NULL)
		return rp_fail_memory(err);
	return RP_OK;
}

void
graph_done(struct graph *graph)
{
	graph->by_id = map_free(graph->by_id);
	graph->conversations = map_free(graph->conversations);
	graph->spoke = map_free(graph->spoke);
}
