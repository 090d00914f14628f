#include "core/thread/thread.h"

#include "core/thread/coverage.h"
#include "core/thread/emit.h"
#include "core/thread/view.h"

/*
 * A key that no row has may still be what posts call their conversation; that reposts
 * call it so does not count, unless there is nobody else.
 */
static enum rp_status
find_member(struct store *store, struct rp_slice key, int64_t *out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CONVERSATION, .key = key };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	int64_t found = 0;
	enum rp_status st = store_scan(store, &scan, &iter, err);

	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		found = row.post.id;
		if (row.post.kind != KIND_REPOST)
			break;
	}
	if (st != RP_OK && st != RP_END)
		return st;
	if (found == 0)
		return rp_fail(err, RP_NOT_FOUND, "%.*s is not in the archive",
		               RP_FMT(key));
	*out = found;
	return RP_OK;
}

static enum rp_status
find_start(struct graph *graph, struct rp_slice key, struct vertex **out,
           struct rp_error *err)
{
	struct post post;
	int64_t id = 0;
	enum rp_status st = store_post_get(graph->store, key, graph->scratch, &post, err);

	if (st == RP_OK)
		id = post.id;
	else if (st == RP_NOT_FOUND)
		st = find_member(graph->store, key, &id, err);
	if (st == RP_OK)
		st = graph_vertex(graph, id, out, err);
	/* Without a read transaction somebody may have merged it away meanwhile. */
	if (st == RP_OK && *out == NULL)
		return rp_fail(err, RP_NOT_FOUND, "%.*s is not in the archive",
		               RP_FMT(key));
	return st;
}

static enum rp_status
arrange(struct tree *tree, size_t **order_out, struct rp_error *err)
{
	size_t *by_time;
	enum rp_status st = tree_times(tree, err);

	if (st == RP_OK)
		st = tree_order_time(tree, &by_time, err);
	if (st == RP_OK)
		st = tree_turns(tree, by_time, NULL, err);
	return st == RP_OK ? tree_order_threads(tree, order_out, err) : st;
}

/* The copies need the texts, and those come with the view: so this is done last. */
static enum rp_status
show(struct tree *tree, struct looker *looker, const size_t *order,
     struct thread_view *out, struct rp_error *err)
{
	struct thread_view view = { .n_nodes = tree->n };
	struct view_node *nodes;
	enum rp_status st = emit_nodes(tree, looker, order, tree->n, &nodes, err);

	if (st == RP_OK)
		st = mark_copies(nodes, tree->n, tree->scratch, err);
	if (st == RP_OK)
		st = emit_why(tree->graph, nodes, tree->n, looker->arena, &view.why,
		              &view.n_why, err);
	if (st == RP_OK)
		st = coverage_view(looker, nodes, tree->n, &view.coverage, &view.why,
		                   &view.n_why, err);
	if (st != RP_OK)
		return st;
	view.nodes = nodes;
	view.root = tree->nodes[tree_root(tree)].vertex->post.key;
	view.complete = view.n_why == 0;
	*out = view;
	return RP_OK;
}

enum rp_status
thread_tree(struct authors *authors, struct rp_slice key, size_t ceiling,
            struct arena *scratch, struct graph *graph, struct tree *out,
            struct rp_error *err)
{
	struct vertex *start = NULL;
	enum rp_status st =
		graph_init(graph, authors, authors->arena, scratch, ceiling, err);

	if (st == RP_OK)
		st = find_start(graph, key, &start, err);
	if (st == RP_OK)
		st = graph_want(graph, start, err);
	return st == RP_OK ? tree_build(graph, false, out, err) : st;
}

enum rp_status
thread_view_limited(struct store *store, struct rp_slice key, size_t ceiling,
                    const struct people *people, struct arena *arena,
                    struct thread_view *out, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new(SIZE_MAX);
	CLEANUP(authors_done) struct authors authors = { 0 };
	CLEANUP(graph_done) struct graph graph = { 0 };
	struct looker looker = { store, &authors, arena };
	struct tree tree;
	size_t *order;
	enum rp_status st;

	if (scratch == NULL)
		return rp_fail_memory(err);
	st = authors_init(&authors, store, people, arena, err);
	if (st == RP_OK)
		st = thread_tree(&authors, key, ceiling, scratch, &graph, &tree, err);
	if (st == RP_OK)
		st = arrange(&tree, &order, err);
	if (st != RP_OK)
		return st;
	return show(&tree, &looker, order, out, err);
}

enum rp_status
thread_view(struct store *store, struct rp_slice key, const struct people *people,
            struct arena *arena, struct thread_view *out, struct rp_error *err)
{
	return thread_view_limited(store, key, THREAD_MAX_NODES, people, arena, out, err);
}
