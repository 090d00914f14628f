#include "core/thread/meeting.h"

/* A remark this close to the exchange belongs to it, whatever it answers. */
#define REMARK_WINDOW (14 * RP_DAY)

/* ---- their posts
 * ----------------------------------------------------------------------- */

/* Account keys of one person, as a filter takes them. */
static bool
add_key(struct list *keys, struct arena *scratch, struct rp_slice key)
{
	struct rp_slice *at = list_add(keys, scratch, sizeof(*at));

	if (at != NULL)
		*at = key;
	return at != NULL;
}

/* Ghosts may be known by a handle alone, though the person's account is a number. */
static enum rp_status
add_handles(struct graph *graph, struct rp_slice account, struct list *keys,
            struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_HANDLES, .key = account };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st = store_scan(graph->store, &scan, &iter, err);

	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		struct rp_slice key;

		if (row.account.handle.n == 0)
			continue;
		if (!key_make_handle(graph->scratch, key_platform(account),
		                     row.account.handle, &key) ||
		    !add_key(keys, graph->scratch, key))
			return rp_fail_memory(err);
	}
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
find_keys(struct graph *graph, const struct person *person, struct list *keys,
          struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; st == RP_OK && i < person->n_accounts; i++) {
		if (!add_key(keys, graph->scratch, person->accounts[i]))
			return rp_fail_memory(err);
		if (!key_is_handle_only(person->accounts[i]))
			st = add_handles(graph, person->accounts[i], keys, err);
	}
	return st;
}

static enum rp_status
find_posts(struct graph *graph, const struct filter *filter, struct rp_buf *ids,
           struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_POSTS, .filter = filter };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st = store_scan(graph->store, &scan, &iter, err);

	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		size_t author;

		st = authors_find(graph->authors, row.post.author, &author, err);
		if (st != RP_OK)
			return st;
		if (graph->authors->list[author].asked != 0)
			buf_add(ids, rp_slice_from((const char *)&row.post.id,
			                           sizeof(row.post.id)));
	}
	if (st != RP_END)
		return st;
	return buf_failed(ids) ? rp_fail_memory(err) : RP_OK;
}

static struct filter
window_of(const struct exchange_request *request)
{
	struct filter filter = FILTER_ALL;

	filter.since = request->since;
	filter.until = request->until;
	filter.order = ORDER_KEY;
	return filter;
}

static enum rp_status
find_written(struct graph *graph, const struct exchange_request *request,
             const struct person *person, struct rp_buf *ids, struct rp_error *err)
{
	struct filter_authors authors = { 0 };
	struct filter filter = window_of(request);
	struct list keys = { 0 };
	enum rp_status st = find_keys(graph, person, &keys, err);

	if (st != RP_OK || keys.n == 0)
		return st;
	authors.keys = keys.items;
	authors.n = keys.n;
	filter.authors = &authors;
	filter.n_authors = 1;
	filter.ghosts = true;
	return find_posts(graph, &filter, ids, err);
}

/* ---- their threads
 * --------------------------------------------------------------------- */

/* What the press has them say was said elsewhere: it is no part of what they said to each
 * other. */
static bool
is_asked(const struct graph *graph, const struct vertex *vertex)
{
	return graph->authors->list[vertex->author].asked != 0 &&
	       vertex->post.kind != KIND_PRESS_QUOTE;
}

/* Load what a remark is tied to and show it together with it. */
static enum rp_status
tie(struct graph *graph, const struct vertex *remark, int64_t post, struct rp_error *err)
{
	struct vertex *other;
	enum rp_status st = graph_vertex(graph, post, &other, err);

	if (st != RP_OK || other == NULL || other->post.kind == KIND_ARTICLE ||
	    other->post.kind == KIND_PRESS_QUOTE)
		return st;
	st = graph_want(graph, other, err);
	if (st == RP_OK && other->set != 0)
		graph_join(graph, remark->set, other->set);
	return st;
}

static enum rp_status
tie_bound(struct graph *graph, const struct vertex *remark, struct rp_slice key,
          struct rp_error *err)
{
	struct post post;
	enum rp_status st;

	if (key.n == 0)
		return RP_OK;
	st = store_post_get(graph->store, key, graph->scratch, &post, err);
	if (st == RP_NOT_FOUND)
		return RP_OK;
	return st == RP_OK ? tie(graph, remark, post.id, err) : st;
}

static enum rp_status
tie_remarks(struct graph *graph, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	/* Both lists may grow on the way. */
	for (size_t i = 0; st == RP_OK && i < graph->vertices.n; i++) {
		const struct vertex *vertex = graph_at(graph, i);

		if (vertex->post.kind != KIND_SPOKEN || !graph_has(graph, vertex) ||
		    !is_asked(graph, vertex))
			continue;
		st = tie_bound(graph, vertex, vertex->post.not_before, err);
		if (st == RP_OK)
			st = tie_bound(graph, vertex, vertex->post.not_after, err);
	}
	for (size_t i = 0; st == RP_OK && i < graph->attests.n; i++) {
		const struct attest attest = ((struct attest *)graph->attests.items)[i];

		if (graph_has(graph, attest.what) && is_asked(graph, attest.what))
			st = tie(graph, attest.what, attest.by, err);
	}
	return st;
}

static enum rp_status
want_all(struct graph *graph, const struct rp_buf *ids, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; st == RP_OK && i < ids->n / sizeof(int64_t); i++) {
		struct vertex *vertex;
		int64_t id;

		memcpy(&id, ids->p + i * sizeof(id), sizeof(id));
		st = graph_vertex(graph, id, &vertex, err);
		if (st == RP_OK && vertex != NULL)
			st = graph_want(graph, vertex, err);
	}
	return st;
}

static enum rp_status
load_remarks(struct graph *graph, const struct exchange_request *request,
             struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf ids;
	struct filter filter = window_of(request);
	enum rp_status st;

	buf_init(&ids, SIZE_MAX);
	filter.platforms = 1u << PLATFORM_SPOKEN;
	st = find_posts(graph, &filter, &ids, err);
	return st == RP_OK ? want_all(graph, &ids, err) : st;
}

/*
 * Where two of them meet, one is not the one with most posts: so that one's need not be
 * walked through.
 */
enum rp_status
meeting_load(struct graph *graph, const struct exchange_request *request,
             struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf most, ids;
	enum rp_status st = RP_OK;

	buf_init(&most, SIZE_MAX);
	buf_init(&ids, SIZE_MAX);
	for (size_t i = 0; st == RP_OK && i < request->n_people; i++) {
		buf_clear(&ids);
		st = find_written(graph, request, request->people[i], &ids, err);
		if (st != RP_OK)
			break;
		if (ids.n > most.n) {
			const struct rp_buf other = most;

			most = ids;
			ids = other;
		}
		st = want_all(graph, &ids, err);
	}
	if (st == RP_OK)
		st = load_remarks(graph, request, err);
	return st == RP_OK ? tie_remarks(graph, err) : st;
}

/* ---- who is heard
 * ---------------------------------------------------------------------- */

static bool
in_window(const struct exchange_request *request, struct rp_time time)
{
	int64_t lo = time.lo != RP_TIME_UNKNOWN ? time.lo : time.hi;
	int64_t hi = time.hi != RP_TIME_UNKNOWN ? time.hi : time.lo;

	if (request->since != RP_TIME_UNKNOWN && hi < request->since)
		return false;
	return request->until == RP_TIME_UNKNOWN ||
	       (lo != RP_TIME_UNKNOWN && lo < request->until);
}

/* Of each set, by its stand-in: one of the people in it, and whether there is another. */
struct met {
	size_t one;
	bool two;
};

static void
count_people(struct tree *tree, const struct exchange_request *request, struct met *met)
{
	struct graph *graph = tree->graph;

	for (size_t i = 0; i < tree->n; i++) {
		const struct vertex *vertex = tree->nodes[i].vertex;
		size_t asked = graph->authors->list[vertex->author].asked;
		struct met *here = &met[graph_joined(graph, vertex->set)];

		if (!is_asked(graph, vertex) || !in_window(request, tree->nodes[i].time))
			continue;
		here->two |= here->one != 0 && here->one != asked;
		here->one = asked;
	}
}

/* Decided on the sets as they are now, so that no quotation depends on another's. */
static enum rp_status
tie_quotations(struct graph *graph, const struct met *met, struct rp_error *err)
{
	const struct mute *mutes = graph->mutes.items;
	bool *ties = arena_array(graph->scratch, graph->mutes.n, sizeof(*ties));

	if (ties == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < graph->mutes.n; i++)
		ties[i] = is_asked(graph, mutes[i].child) && mutes[i].child->set != 0 &&
		          met[graph_joined(graph, mutes[i].parent->set)].one != 0;
	for (size_t i = 0; i < graph->mutes.n; i++)
		if (ties[i])
			graph_join(graph, mutes[i].child->set, mutes[i].parent->set);
	return RP_OK;
}

/* From the first to the last of what is heard. */
static void
span_of(const struct tree *tree, const bool *heard, int64_t *first, int64_t *last)
{
	*first = INT64_MAX;
	*last = INT64_MIN;
	for (size_t i = 0; i < tree->n; i++) {
		const struct rp_time *time = &tree->nodes[i].time;
		int64_t lo = time->lo != RP_TIME_UNKNOWN ? time->lo : time->hi;
		int64_t hi = time->hi != RP_TIME_UNKNOWN ? time->hi : time->lo;

		if (!heard[i] || lo == RP_TIME_UNKNOWN)
			continue;
		*first = lo < *first ? lo : *first;
		*last = hi > *last ? hi : *last;
	}
}

/* Both may be the ends of the scale. */
static bool
near(int64_t a, int64_t b)
{
	int64_t gap;

	return !__builtin_sub_overflow(a, b, &gap) && gap <= REMARK_WINDOW;
}

static size_t
hear_remarks(const struct tree *tree, const struct exchange_request *request, bool *heard)
{
	int64_t first, last;
	size_t n = 0;

	span_of(tree, heard, &first, &last);
	for (size_t i = 0; i < tree->n; i++) {
		const struct node *node = &tree->nodes[i];
		int64_t lo = node->time.lo, hi = node->time.hi;

		if (heard[i] || node->vertex->post.kind != KIND_SPOKEN ||
		    !is_asked(tree->graph, node->vertex) || !rp_time_known(node->time) ||
		    !in_window(request, node->time))
			continue;
		if ((hi != RP_TIME_UNKNOWN && !near(first, hi)) ||
		    (lo != RP_TIME_UNKNOWN && !near(lo, last)))
			continue;
		heard[i] = true;
		n++;
	}
	return n;
}

enum rp_status
meeting_heard(struct tree *tree, const struct exchange_request *request, bool **heard_out,
              size_t *n_out, struct rp_error *err)
{
	struct graph *graph = tree->graph;
	struct met *met = arena_array(tree->scratch, graph->sets.n, sizeof(*met));
	bool *heard = arena_array(tree->scratch, tree->n, sizeof(*heard));
	size_t n = 0;
	enum rp_status st;

	if (met == NULL || heard == NULL)
		return rp_fail_memory(err);
	count_people(tree, request, met);
	st = tie_quotations(graph, met, err);
	if (st != RP_OK)
		return st;
	memset(met, 0, graph->sets.n * sizeof(*met));
	count_people(tree, request, met);
	for (size_t i = 0; i < tree->n; i++) {
		const struct vertex *vertex = tree->nodes[i].vertex;

		if (!is_asked(graph, vertex) ||
		    !met[graph_joined(graph, vertex->set)].two ||
		    !in_window(request, tree->nodes[i].time))
			continue;
		heard[i] = vertex->post.kind != KIND_GHOST &&
		           vertex->post.kind != KIND_REPOST;
		n += heard[i];
	}
	if (n > 0)
		n += hear_remarks(tree, request, heard);
	*heard_out = heard;
	*n_out = n;
	return RP_OK;
}
