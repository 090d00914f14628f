/*
 * What holds for every thread, whatever came in, in whatever order: tried on made-up ones
 * of forty posts on two platforms, with quotations, reposts, ghosts, rings, edits.
 * RIPOSTE_TEST_WORLDS=1000 tries more of them.
 */
#include "tests/unit/thread/given.h"

#include <stdio.h>
#include <stdlib.h>

enum { POSTS = 40, ORDERS = 4, KEY_BYTES = 24 };

/* One thing learned: a post, an edit's id, a handle. */
struct piece {
	struct said said;
	const char *alias;
	const char *handle;
};

struct world {
	uint64_t seed;
	char keys[POSTS][KEY_BYTES], edits[POSTS][KEY_BYTES], texts[POSTS][KEY_BYTES];
	char times[POSTS][32];
	struct piece pieces[3 * POSTS];
	size_t n;
};

static uint32_t
draw(struct world *w, uint32_t below)
{
	w->seed ^= w->seed << 13;
	w->seed ^= w->seed >> 7;
	w->seed ^= w->seed << 17;
	return (uint32_t)(w->seed >> 33) % below;
}

static const char *const accounts[][2] = {
	{ "x:@1", "bsky:@did:a" },    { "x:@2", "bsky:@did:b" },
	{ "x:@3", "bsky:@did:c" },    { "x:@4", "bsky:@did:d" },
	{ "x:@ann?", "bsky:@did:e" }, { NULL, NULL },
};

/* Mostly an earlier post, now and then a later one; now and then by its edit's id. */
static const char *
draw_parent(struct world *w, uint32_t i)
{
	uint32_t other = i > 0 && draw(w, 8) > 0 ? draw(w, i) : draw(w, POSTS);

	return draw(w, 10) == 0 ? w->edits[other] : w->keys[other];
}

static void
make_post(struct world *w, uint32_t i)
{
	struct said *said = &w->pieces[w->n++].said;
	bool bsky = w->keys[i][0] == 'b';

	*said = (struct said){ .key = w->keys[i], .text = w->texts[i] };
	said->by = accounts[draw(w, 6)][bsky];
	said->at = draw(w, 8) > 0 ? w->times[i] : draw(w, 2) ? "2025-01-01" : NULL;
	if (draw(w, 3) > 0)
		said->reply_to = draw_parent(w, i);
	if (draw(w, 4) == 0)
		said->quote_of = draw_parent(w, i);
	if (draw(w, 10) == 0)
		said->link_to = draw_parent(w, i);
	if (draw(w, 12) == 0)
		said->same_as = draw_parent(w, i);
	if (draw(w, 4) == 0)
		said->conversation = draw_parent(w, i);
	if (draw(w, 8) == 0) {
		said->kind = KIND_REPOST;
		said->repost_of = draw_parent(w, i);
	}
}

/* A fifth of the posts never arrive: ghosts, if somebody refers to them. */
static void
make_world(struct world *w, uint64_t seed)
{
	*w = (struct world){ .seed = seed * UINT64_C(0x9e3779b97f4a7c15) + 1 };
	for (uint32_t i = 0; i < POSTS; i++) {
		bool bsky = draw(w, 3) == 0;

		snprintf(w->keys[i], KEY_BYTES, bsky ? "bsky:d/%u" : "x:%u", 1000 + i);
		snprintf(w->edits[i], KEY_BYTES, bsky ? "bsky:d/%u" : "x:%u", 1500 + i);
		snprintf(w->texts[i], KEY_BYTES, "text number %u", draw(w, POSTS));
		snprintf(w->times[i], sizeof(w->times[i]), "2025-01-01T%02u:%02u:00Z",
		         i / 4, draw(w, 60));
	}
	for (uint32_t i = 0; i < POSTS; i++) {
		if (draw(w, 5) > 0)
			make_post(w, i);
		if (draw(w, 6) == 0)
			w->pieces[w->n++] = (struct piece){ .said.key = w->keys[i],
				                            .alias = w->edits[i] };
	}
	if (draw(w, 2) == 0)
		w->pieces[w->n++] = (struct piece){ .said.by = "x:@2", .handle = "ann" };
}

static void
shuffle(struct world *w)
{
	for (size_t i = w->n; i > 1; i--) {
		size_t k = draw(w, (uint32_t)i);
		struct piece piece = w->pieces[i - 1];

		w->pieces[i - 1] = w->pieces[k];
		w->pieces[k] = piece;
	}
}

static struct store *
archive_of(const struct world *w)
{
	struct rp_error err;
	struct store *s = NULL;

	assert_ok(given_store(&s, &err), err);
	for (size_t i = 0; i < w->n; i++) {
		const struct piece *piece = &w->pieces[i];

		if (piece->handle != NULL)
			put_handle(s, piece->said.by, piece->handle, "", 1, 2);
		else if (piece->alias != NULL)
			put_alias(s, piece->alias, piece->said.key);
		else
			put(s, piece->said);
	}
	return s;
}

static enum rp_status
view_of(struct store *s, const char *key, struct arena *arena, struct thread_view *out)
{
	struct rp_error err;
	enum rp_status st = thread_view(s, rp_slice_str(key), NULL, arena, out, &err);

	if (st != RP_NOT_FOUND)
		assert_ok(st, err);
	return st;
}

/* The threads around all posts of the archive, as one text. */
static void
dump_all(struct store *s, const struct world *w, struct rp_buf *out)
{
	for (size_t i = 0; i < POSTS; i++) {
		CLEANUP(arena_free) struct arena *arena = arena_new(SIZE_MAX);
		struct thread_view view;

		if (view_of(s, w->keys[i], arena, &view) == RP_OK)
			dump_thread(out, &view);
	}
}

typedef void check_world(struct world *w, struct store *s);

static uint64_t
worlds(void)
{
	const char *asked = getenv("RIPOSTE_TEST_WORLDS");

	return asked != NULL ? strtoul(asked, NULL, 10) : 10;
}

static void
in_every_world(check_world *check)
{
	for (uint64_t seed = 1; seed <= worlds(); seed++) {
		struct world *w = malloc(sizeof(*w));
		struct store *s;

		assert_non_null(w);
		make_world(w, seed);
		s = archive_of(w);
		check(w, s);
		store_close(s);
		free(w);
	}
}

/* ---- what holds
 * ------------------------------------------------------------------------ */

static void
check_order_of_arrival(struct world *w, struct store *s)
{
	CLEANUP(buf_done) struct rp_buf first, again;

	buf_init(&first, SIZE_MAX);
	buf_init(&again, SIZE_MAX);
	dump_all(s, w, &first);
	for (size_t i = 0; i < ORDERS; i++) {
		struct store *other;

		shuffle(w);
		other = archive_of(w);
		buf_clear(&again);
		dump_all(other, w, &again);
		store_close(other);
		if (!rp_slice_eq(buf_slice(&first), buf_slice(&again)))
			fail_msg("another order of arrival gives another "
			         "view:\n%.*s\n%.*s",
			         (int)first.n, first.p, (int)again.n, again.p);
	}
}

static void
the_order_of_arrival_does_not_show(void **state)
{
	(void)state;
	in_every_world(check_order_of_arrival);
}

/* Whether a node of an earlier view, which compared all of its nodes. */
static bool
is_known(const struct world *w, size_t i, struct rp_buf *known)
{
	struct rp_buf key;
	bool found;

	buf_init(&key, SIZE_MAX);
	buf_printf(&key, " %s ", w->keys[i]);
	found = rp_slice_find(buf_slice(known), buf_slice(&key)) < known->n;
	buf_done(&key);
	return found;
}

static void
compare_views(struct store *s, const struct thread_view *view, struct arena *arena,
              struct rp_buf *known)
{
	CLEANUP(buf_done) struct rp_buf first, again;

	buf_init(&first, SIZE_MAX);
	buf_init(&again, SIZE_MAX);
	dump_thread(&first, view);
	for (size_t i = 0; i < view->n_nodes; i++) {
		const char *key = view->nodes[i].p.post.key.p;
		struct thread_view other;

		if (view->nodes[i].quoted_by)
			continue;
		assert_int_equal(view_of(s, key, arena, &other), RP_OK);
		buf_clear(&again);
		dump_thread(&again, &other);
		if (!rp_slice_eq(buf_slice(&first), buf_slice(&again)))
			fail_msg("%s gives another view", key);
		buf_printf(known, " %s ", key);
	}
}

static void
check_start(struct world *w, struct store *s)
{
	CLEANUP(buf_done) struct rp_buf known;

	buf_init(&known, SIZE_MAX);
	for (size_t i = 0; i < POSTS; i++) {
		CLEANUP(arena_free) struct arena *arena = arena_new(SIZE_MAX);
		struct thread_view view;

		if (!is_known(w, i, &known) &&
		    view_of(s, w->keys[i], arena, &view) == RP_OK)
			compare_views(s, &view, arena, &known);
	}
}

static void
a_thread_is_the_same_from_each_of_its_posts(void **state)
{
	(void)state;
	in_every_world(check_start);
}

/* The parent of a node stands before it: so nothing runs in rings, and times do not. */
static void
check_parents(struct world *w, struct store *s)
{
	for (size_t i = 0; i < POSTS; i++) {
		CLEANUP(arena_free) struct arena *arena = arena_new(SIZE_MAX);
		struct thread_view view;

		if (view_of(s, w->keys[i], arena, &view) != RP_OK)
			continue;
		for (size_t k = 0; k < view.n_nodes; k++) {
			const struct view_node *node = &view.nodes[k];

			if (node->parent == VIEW_NO_NODE) {
				assert_int_equal(node->depth, 0);
				continue;
			}
			assert_true(node->parent < k);
			assert_int_equal(node->depth, view.nodes[node->parent].depth + 1);
			assert_false(node->via.impossible || node->via.cyclic);
			assert_true(node->p.edges[0].parent == node->parent);
		}
		for (size_t k = 0; k < view.n_nodes; k++)
			for (size_t l = 0; l < k; l++)
				assert_false(rp_slice_eq(view.nodes[k].p.post.key,
				                         view.nodes[l].p.post.key));
	}
}

static void
no_post_stands_twice_or_before_its_parent(void **state)
{
	(void)state;
	in_every_world(check_parents);
}

/* Either names the same post: a key, or an alias of it. */
static bool
same_post(struct store *s, struct rp_slice key, const char *named, struct arena *arena)
{
	struct rp_error err;
	struct post post;

	assert_ok(store_post_get(s, rp_slice_str(named), arena, &post, &err), err);
	return rp_slice_eq(key, post.key);
}

/* Do both keys name one post? */
static bool
both_name(struct store *s, const char *a, const char *b, struct arena *arena)
{
	struct rp_error err;
	struct post post;

	if (a == NULL || b == NULL)
		return false;
	assert_ok(store_post_get(s, rp_slice_str(a), arena, &post, &err), err);
	return same_post(s, post.key, b, arena);
}

static void
expect_edge(struct store *s, const struct view_post *p, enum edge_type type,
            const char *parent, struct arena *arena)
{
	if (parent == NULL)
		return;
	for (size_t i = 0; i < p->n_edges; i++)
		if (p->edges[i].type == type &&
		    same_post(s, p->edges[i].parent_key, parent, arena))
			return;
	fail_msg("%.*s has lost its %s to %s", RP_FMT(p->post.key), edge_type_name(type),
	         parent);
}

static void
check_edges(struct world *w, struct store *s)
{
	for (size_t i = 0; i < w->n; i++) {
		CLEANUP(arena_free) struct arena *arena = arena_new(SIZE_MAX);
		const struct said *said = &w->pieces[i].said;
		const struct view_node *node;
		struct thread_view view;

		if (said->text == NULL || said->kind == KIND_REPOST)
			continue;
		assert_int_equal(view_of(s, said->key, arena, &view), RP_OK);
		node = node_in(view, said->key);
		assert_int_equal(node->p.post.kind, KIND_POST);
		expect_edge(s, &node->p, EDGE_REPLY, said->reply_to, arena);
		expect_edge(s, &node->p, EDGE_QUOTE, said->quote_of, arena);
		/* A link says nothing beside an answer or a quotation. */
		if (!both_name(s, said->link_to, said->reply_to, arena) &&
		    !both_name(s, said->link_to, said->quote_of, arena))
			expect_edge(s, &node->p, EDGE_LINK, said->link_to, arena);
		expect_edge(s, &node->p, EDGE_SAME_AS, said->same_as, arena);
	}
}

static void
no_held_post_and_no_stated_edge_is_lost(void **state)
{
	(void)state;
	in_every_world(check_edges);
}

static void
check_survivors(struct world *w, struct store *s)
{
	struct store *fewer;

	(void)s;
	shuffle(w);
	w->n -= w->n / 3;
	fewer = archive_of(w);
	check_edges(w, fewer);
	check_parents(w, fewer);
	check_start(w, fewer);
	check_order_of_arrival(w, fewer);
	store_close(fewer);
}

static void
all_this_holds_when_a_third_is_taken_away(void **state)
{
	(void)state;
	in_every_world(check_survivors);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_order_of_arrival_does_not_show),
		cmocka_unit_test(a_thread_is_the_same_from_each_of_its_posts),
		cmocka_unit_test(no_post_stands_twice_or_before_its_parent),
		cmocka_unit_test(no_held_post_and_no_stated_edge_is_lost),
		cmocka_unit_test(all_this_holds_when_a_third_is_taken_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
