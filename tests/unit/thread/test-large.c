/*
 * Sizes that strangers choose: nothing recurses, nothing is quadratic.  A tenth of what
 * is promised is tried here; RIPOSTE_TEST_POSTS=100000 tries all of it.
 */
#include "tests/unit/thread/given.h"

#include <stdio.h>
#include <stdlib.h>

static size_t
posts(void)
{
	const char *asked = getenv("RIPOSTE_TEST_POSTS");

	return asked != NULL ? strtoul(asked, NULL, 10) : 10000;
}

/* The i-th post is about its parent, said by one of a thousand. */
typedef void make_post(size_t i, struct said *said, char parent[32]);

static void
in_a_chain(size_t i, struct said *said, char parent[32])
{
	snprintf(parent, 32, "x:%zu", 1000000 + i - 1);
	said->reply_to = parent;
}

static void
in_a_star(size_t i, struct said *said, char parent[32])
{
	(void)i;
	snprintf(parent, 32, "x:1000000");
	said->reply_to = parent;
}

static void
in_a_conversation(size_t i, struct said *said, char parent[32])
{
	(void)i;
	snprintf(parent, 32, "x:1000000");
	said->conversation = parent;
}

static void
in_quotations(size_t i, struct said *said, char parent[32])
{
	(void)i;
	snprintf(parent, 32, "x:1000000");
	said->quote_of = parent;
}

/* Two-way streets: each post answers its neighbours, the last one the first. */
static void
in_a_ring(size_t i, struct said *said, char parent[32])
{
	snprintf(parent, 32, "masto:%zu", 1000000 + i % (posts() - 1) + 1);
	said->reply_to = parent;
}

static void
put_many(struct given *g, const char *platform, make_post *make)
{
	assert_ok(store_begin(g->s, &g->err), g->err);
	for (size_t i = 0; i < posts(); i++) {
		char key[48], author[48], text[48], parent[32];
		struct said said = { .key = key, .by = author, .text = text };

		snprintf(key, sizeof(key), "%s:%zu", platform, 1000000 + i);
		snprintf(author, sizeof(author), "%s:@%zu", platform, i % 1000);
		snprintf(text, sizeof(text), "post number %zu", i);
		if (i > 0)
			make(i, &said, parent);
		put_open(g->s, said);
	}
	assert_ok(store_commit(g->s, &g->err), g->err);
}

static void
a_chain_is_as_deep_as_it_is_long(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put_many(g, "x", in_a_chain);
	view = thread_of(g, "x:1000007");
	assert_int_equal(view.n_nodes, posts());
	assert_int_equal(view.nodes[posts() - 1].depth, posts() - 1);
	assert_slice(view.root, "x:1000000");
}

static void
a_post_with_many_answers_shows_them_all(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put_many(g, "x", in_a_star);
	view = thread_of(g, "x:1000007");
	assert_int_equal(view.n_nodes, posts());
	assert_int_equal(view.nodes[posts() - 1].depth, 1);
}

static void
a_conversation_shows_all_its_members(void **state)
{
	struct given *g = *state;

	put_many(g, "x", in_a_conversation);
	assert_int_equal(thread_of(g, "x:1000007").n_nodes, posts());
}

static void
a_post_with_many_mute_quotations_names_them_all(void **state)
{
	struct given *g = *state;

	put_many(g, "x", in_quotations);
	assert_int_equal(thread_of(g, "x:1000000").n_nodes, posts());
	assert_int_equal(thread_of(g, "x:1000007").n_nodes, 1);
}

static void
a_ring_of_all_posts_is_cut_once(void **state)
{
	struct given *g = *state;
	struct thread_view view;
	size_t top = 0, cut = 0;

	put_many(g, "masto", in_a_ring);
	view = thread_of(g, "masto:1000001");
	for (size_t i = 0; i < view.n_nodes; i++) {
		top += view.nodes[i].parent == VIEW_NO_NODE;
		for (size_t k = 0; k < view.nodes[i].p.n_edges; k++)
			cut += view.nodes[i].p.edges[k].cyclic;
	}
	assert_int_equal(view.n_nodes, posts() - 1);
	assert_int_equal(top, 1);
	assert_int_equal(cut, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_chain_is_as_deep_as_it_is_long),
		SPEC(a_post_with_many_answers_shows_them_all),
		SPEC(a_conversation_shows_all_its_members),
		SPEC(a_post_with_many_mute_quotations_names_them_all),
		SPEC(a_ring_of_all_posts_is_cut_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
