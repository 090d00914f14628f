#include "core/thread/load.h"

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

static struct rp_slice
id_key(const int64_t *id)
{
	return rp_slice_from((const char *)id, sizeof(*id));
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
	const uint32_t *at = map_get(graph->by_id, id_key(&post));

	return at != NULL ? graph_at(graph, *at) : NULL;
}

/* vertex->post is filled in. */
static enum rp_status
add_vertex(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	vertex->after = vertex->before = RP_TIME_UNKNOWN;
	vertex->node = VIEW_NO_NODE;
	if (map_put(graph->by_id, id_key(&vertex->post.id), (uint32_t)graph->vertices.n,
	            NULL) == NULL ||
	    !push_vertex(graph, &graph->vertices, vertex))
		return rp_fail_memory(err);
	return authors_find(graph->authors, vertex->post.author, &vertex->author, err);
}

static bool
has_room(struct graph *graph)
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
	if (vertex != NULL || !has_room(graph))
		return RP_OK;
	vertex = arena_alloc(graph->scratch, sizeof(*vertex));
	if (vertex == NULL)
		return rp_fail_memory(err);
	st = store_post_by_id(graph->store, post, graph->arena, &vertex->post, err);
	if (st == RP_NOT_FOUND)
		return RP_OK;
	if (st == RP_OK)
		st = add_vertex(graph, vertex, err);
	if (st == RP_OK)
		*out = vertex;
	return st;
}

/* A conversation's root that not even a ghost stands for: we make one, with no handle. */
static enum rp_status
make_root(struct graph *graph, struct rp_slice key, struct vertex **out,
          struct rp_error *err)
{
	struct vertex *vertex;

	*out = NULL;
	if (!has_room(graph))
		return RP_OK;
	vertex = arena_alloc(graph->scratch, sizeof(*vertex));
	if (vertex == NULL || !arena_copy(graph->arena, key, &vertex->post.key))
		return rp_fail_memory(err);
	vertex->post.id = -(int64_t)graph->vertices.n - 1;
	vertex->post.time = key_time(key);
	vertex->has_links = true;
	*out = vertex;
	return add_vertex(graph, vertex, err);
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

static bool
has_spoken(const struct graph *graph, size_t set, size_t author)
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
	    has_spoken(graph, vertex->set, vertex->author))
		return true;
	key = arena_alloc(graph->scratch, sizeof(*key));
	if (key == NULL)
		return false;
	*key = (struct speaker){ vertex->set, vertex->author };
	return map_put(graph->spoke, rp_slice_from((const char *)key, sizeof(*key)), 1,
	               NULL) != NULL;
}

static enum rp_status
add_to_set(struct graph *graph, struct vertex *vertex, uint32_t set, struct rp_error *err)
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

enum tie { TIE_NONE, TIE_SET, TIE_QUOTATION };

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
				st = add_to_set(graph, parent, vertex->set, err);
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

struct child {
	int64_t id;
	enum edge_type type;
	enum tie tie;
	bool attests;
};

/* The rows first: what is done with each asks the store again. */
static enum rp_status
read_children(struct graph *graph, int64_t post, struct rp_buf *out, struct rp_error *err)
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
	return add_to_set(graph, other, vertex->set, err);
}

static enum rp_status
follow_children(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf rows;
	enum rp_status st;

	buf_init(&rows, SIZE_MAX);
	if (vertex->post.id < 0)
		return RP_OK;
	st = read_children(graph, vertex->post.id, &rows, err);
	for (size_t i = 0; st == RP_OK && i < rows.n / sizeof(struct child); i++)
		st = follow_child(graph, vertex, (const struct child *)(void *)rows.p + i,
		                  err);
	return st;
}

/* ---- conversations
 * --------------------------------------------------------------------- */

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
			buf_add(&ids, id_key(&row.post.id));
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
			st = add_to_set(graph, member, set, err);
	}
	return st;
}

/* Members may name a root by any of its keys. */
static enum rp_status
follow_as_root(struct graph *graph, const struct vertex *vertex, struct rp_error *err)
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
	            root != NULL ? *map_get(graph->by_id, id_key(&root->post.id)) + 1 : 0,
	            NULL) == NULL)
		return rp_fail_memory(err);
	vertex->root = root != vertex ? root : NULL;
	if (root == NULL)
		return add_members(graph, key, vertex->set, err);
	return add_to_set(graph, root, vertex->set, err);
}

static enum rp_status
follow_conversations(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	bool member = vertex->post.conversation.n > 0;
	enum rp_status st = RP_OK;

	if (member)
		st = follow_conversation(graph, vertex, err);
	/* Of another conversation, or of one whose root denies it. */
	if (st != RP_OK ||
	    (member && !rp_slice_eq(vertex->post.conversation, vertex->post.key) &&
	     (vertex->root != NULL ||
	      *map_get(graph->conversations, vertex->post.conversation) == 0)))
		return st;
	return follow_as_root(graph, vertex, err);
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
		st = follow_as_root(graph, vertex, err);
	else if (st == RP_OK)
		st = follow_conversations(graph, vertex, err);
	return st == RP_OK ? read_bounds(graph, vertex, err) : st;
}

static enum rp_status
close_set(struct graph *graph, struct vertex *start, struct rp_error *err)
{
	struct set *set;
	enum rp_status st;

	if (start->set != 0)
		return RP_OK;
	set = list_add(&graph->sets, graph->scratch, sizeof(*set));
	if (set == NULL)
		return rp_fail_memory(err);
	*set = (struct set){ .joined = graph->sets.n - 1 };
	st = add_to_set(graph, start, (uint32_t)graph->sets.n - 1, err);
	while (st == RP_OK && graph->expanded < graph->queue.n) {
		struct vertex **queue = graph->queue.items;

		st = expand(graph, queue[graph->expanded++], err);
	}
	return st;
}

/* ---- quotations
 * ------------------------------------------------------------------------ */

static enum rp_status
want_set(struct graph *graph, uint32_t set, struct rp_error *err)
{
	uint32_t *at;

	if (graph_set(graph, set)->in)
		return RP_OK;
	graph_set(graph, set)->in = true;
	at = list_add(&graph->waiting, graph->scratch, sizeof(*at));
	if (at == NULL)
		return rp_fail_memory(err);
	*at = set;
	return RP_OK;
}

/* Whether somebody of `set` answered the post. */
static enum rp_status
answered_by(struct graph *graph, const struct vertex *vertex, uint32_t set, bool *out,
            struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf rows;
	const struct child *children;
	enum rp_status st;

	buf_init(&rows, SIZE_MAX);
	st = read_children(graph, vertex->post.id, &rows, err);
	children = (const void *)rows.p;
	*out = false;
	for (size_t i = 0; st == RP_OK && !*out && i < rows.n / sizeof(*children); i++) {
		const struct vertex *answer = graph_held(graph, children[i].id);
		struct post post;
		size_t author = 0;

		if (children[i].tie == TIE_NONE ||
		    (children[i].type != EDGE_REPLY && children[i].type != EDGE_QUOTE))
			continue;
		if (answer != NULL) {
			author = answer->author;
			post.kind = answer->post.kind;
		} else {
			st = store_post_by_id(graph->store, children[i].id,
			                      graph->scratch, &post, err);
			if (st == RP_OK)
				st = authors_find(graph->authors, post.author, &author,
				                  err);
		}
		if (st == RP_OK && post.kind != KIND_REPOST)
			*out = author != 0 && has_spoken(graph, set, author);
	}
	return st;
}

static enum rp_status
note_mute(struct graph *graph, struct vertex *child, struct vertex *parent,
          struct rp_error *err)
{
	struct mute *mute = list_add(&graph->mutes, graph->scratch, sizeof(*mute));
	enum rp_status st;

	if (mute == NULL)
		return rp_fail_memory(err);
	*mute = (struct mute){ child, parent };
	if (!graph->follow_asked || graph->authors->list[child->author].asked == 0)
		return RP_OK;
	st = close_set(graph, child, err);
	return st == RP_OK ? want_set(graph, child->set, err) : st;
}

/* One end at least is in a set that is wanted. */
static enum rp_status
follow_quotation(struct graph *graph, const struct quotation *quotation,
                 struct rp_error *err)
{
	struct vertex *child, *parent;
	bool ties = false;
	enum rp_status st = graph_vertex(graph, quotation->child, &child, err);

	if (st == RP_OK)
		st = graph_vertex(graph, quotation->parent, &parent, err);
	if (st != RP_OK || child == NULL || parent == NULL ||
	    child->post.kind == KIND_REPOST || parent->post.kind == KIND_ARTICLE ||
	    (child->set != 0 && child->set == parent->set))
		return st;
	st = close_set(graph, parent, err);
	if (st != RP_OK || child->set == parent->set)
		return st;
	if (child->author != 0 && has_spoken(graph, parent->set, child->author))
		ties = true;
	else
		st = answered_by(graph, child, parent->set, &ties, err);
	if (st != RP_OK)
		return st;
	if (!ties)
		return note_mute(graph, child, parent, err);
	st = close_set(graph, child, err);
	if (st != RP_OK)
		return st;
	graph_join(graph, child->set, parent->set);
	st = want_set(graph, child->set, err);
	return st == RP_OK ? want_set(graph, parent->set, err) : st;
}

enum rp_status
graph_want(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	enum rp_status st = close_set(graph, vertex, err);

	if (st == RP_OK)
		st = want_set(graph, vertex->set, err);
	while (st == RP_OK && graph->waited < graph->waiting.n) {
		uint32_t set = ((uint32_t *)graph->waiting.items)[graph->waited++];
		const struct quotation *quotation = graph_set(graph, set)->quotations;

		for (; st == RP_OK && quotation != NULL; quotation = quotation->next)
			st = follow_quotation(graph, quotation, err);
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
