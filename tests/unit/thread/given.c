#include "tests/unit/thread/given.h"

#include <inttypes.h>
#include <stdlib.h>

open_store *given_store = store_memory_open;

int
given_setup(void **state)
{
	struct given *g = calloc(1, sizeof(*g));

	if (g == NULL || (g->arena = arena_new(SIZE_MAX)) == NULL)
		return -1;
	assert_ok(given_store(&g->s, &g->err), g->err);
	*state = g;
	return 0;
}

int
given_teardown(void **state)
{
	struct given *g = *state;

	store_close(g->s);
	arena_free(g->arena);
	free(g);
	return 0;
}

struct thread_view
thread_of(struct given *g, const char *key)
{
	struct thread_view view = { 0 };

	assert_ok(store_begin_read(g->s, &g->err), g->err);
	assert_ok(thread_view(g->s, rp_slice_str(key), &g->people, g->arena, &view,
	                      &g->err),
	          g->err);
	store_rollback(g->s);
	return view;
}

const struct view_node *
node_of(const struct view_node *nodes, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (rp_slice_eq(nodes[i].p.post.key, rp_slice_str(key)))
			return &nodes[i];
	fail_msg("%s is not in the view", key);
	return NULL;
}

const char *
parent_of(const struct view_node *nodes, const struct view_node *node)
{
	return node->parent == VIEW_NO_NODE ? "" : nodes[node->parent].p.post.key.p;
}

void
expect_keys(const struct view_node *nodes, size_t n, const char *expected)
{
	CLEANUP(buf_done) struct rp_buf keys;

	buf_init(&keys, SIZE_MAX);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_add_byte(&keys, ' ');
		buf_add(&keys, nodes[i].p.post.key);
	}
	assert_slice(buf_slice(&keys), expected);
}

static void
add(struct rp_buf *out, struct rp_slice text)
{
	buf_add(out, text);
	buf_add_byte(out, '|');
}

static void
add_int(struct rp_buf *out, int64_t value)
{
	buf_printf(out, "%" PRId64 "|", value);
}

static void
add_place(struct rp_buf *out, size_t place)
{
	add_int(out, place == VIEW_NO_NODE ? -1 : (int64_t)place);
}

static void
add_time(struct rp_buf *out, struct rp_time time)
{
	add_int(out, time.lo);
	add_int(out, time.hi);
	add_int(out, time.precision);
	add_int(out, time.basis);
}

static void
add_edge(struct rp_buf *out, const struct view_edge *edge)
{
	buf_printf(out, "\n  %s %s %d%% ", edge_type_name(edge->type),
	           edge_origin_name(edge->origin), edge->confidence_percent);
	add(out, edge->rule);
	add(out, edge->parent_key);
	add_place(out, edge->parent);
	add_int(out, edge->impossible);
	add_int(out, edge->cyclic);
}

static void
add_version(struct rp_buf *out, const struct version *version)
{
	buf_add_str(out, "\n  v ");
	add(out, rp_slice_from((const char *)version->fingerprint, FINGERPRINT_BYTES));
	add(out, version->native);
	add(out, version->text);
	add(out, version->text_raw);
	add(out, version->lang);
	add(out, version->mentions);
	add(out, version->media);
	add(out, version->poll);
	add_int(out, version->as_of);
	add_int(out, version->truncated);
}

static void
add_post(struct rp_buf *out, const struct view_post *p)
{
	add(out, p->post.key);
	add_int(out, p->post.kind);
	add(out, p->post.author);
	add_time(out, p->post.time);
	add(out, p->post.conversation);
	add(out, p->author.key);
	add(out, p->author.handle);
	add(out, p->author.name);
	add_int(out, p->state);
	add_int(out, p->seen_until);
	add_int(out, p->gone_by);
	add_int(out, p->n_versions);
	for (size_t i = 0; i < p->n_versions; i++)
		add_version(out, &p->versions[i]);
	for (size_t i = 0; i < p->n_edits; i++)
		add(out, p->edits[i]);
	for (size_t i = 0; i < p->n_edges; i++)
		add_edge(out, &p->edges[i]);
}

static void
add_node(struct rp_buf *out, const struct view_node *node)
{
	add_post(out, &node->p);
	buf_add_str(out, "\n  n ");
	add_place(out, node->parent);
	add_int(out, node->parent != VIEW_NO_NODE ? (int)node->via.type : -1);
	add_int(out, node->depth);
	add_int(out, node->answered.n);
	add(out, node->answered.key);
	if (node->answered.version != NULL)
		add(out, node->answered.version->text);
	add_int(out, node->turn);
	add_time(out, node->p.time);
	add_int(out, node->shown);
	add_int(out, node->p.time_conflict);
	add_int(out, (int64_t)node->n_reposts);
	add_int(out, node->first_repost);
	add_int(out, node->last_repost);
	add_place(out, node->copy_of);
	add_int(out, node->quoted_by);
	buf_add_byte(out, '\n');
}

void
dump_thread(struct rp_buf *out, const struct thread_view *view)
{
	add(out, view->root);
	add_int(out, view->complete);
	for (size_t i = 0; i < view->n_why; i++) {
		add(out, rp_slice_str(view_why_name(view->why[i].code)));
		add(out, view->why[i].key);
		add(out, view->why[i].text);
	}
	buf_add_byte(out, '\n');
	for (size_t i = 0; i < view->n_nodes; i++)
		add_node(out, &view->nodes[i]);
	assert_false(buf_failed(out));
}
