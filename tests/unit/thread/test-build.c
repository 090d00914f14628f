/* What belongs to a thread, and who is below whom. */
#include "tests/unit/thread/given.h"

#include <stdio.h>

/* ---- ghosts
 * ---------------------------------------------------------------------------- */

static void
a_reply_to_a_post_we_lack_stands_below_its_ghost(void **state)
{
	struct given *g = *state;
	struct thread_view view;
	const struct view_node *ghost;

	put(g->s, (struct said){ .key = "x:1881923570458304780",
	                         .by = "x:@44196397",
	                         .text = "They don't actually have the money",
	                         .reply_to = "x:1881830103858172059" });
	view = thread_of(g, "x:1881923570458304780");

	expect_order(view, "x:1881830103858172059 x:1881923570458304780");
	assert_slice(view.root, "x:1881830103858172059");
	ghost = &view.nodes[0];
	assert_int_equal(ghost->p.post.kind, KIND_GHOST);
	assert_int_equal(ghost->p.state, STATE_NEVER_SEEN);
	assert_int_equal(ghost->p.n_versions, 0);
	assert_int_equal(ghost->turn, 0);
	assert_true(ghost->p.time.lo ==
	            INT64_C(1737498234129000)); /* 2025-01-21T22:23:54.129Z */
	assert_int_equal(ghost->p.time.basis, RP_BASIS_ID);
	assert_int_equal(view.nodes[1].depth, 1);
	assert_int_equal(view.nodes[1].via.type, EDGE_REPLY);
}

static void
a_thread_with_a_ghost_says_why_it_is_not_complete(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:20", .by = "x:@1", .reply_to = "x:10" });
	put_ghost(g->s, "x:10", "x:@openai?");
	view = thread_of(g, "x:20");

	assert_false(view.complete);
	assert_int_equal(view.n_why, 1);
	assert_int_equal(view.why[0].code, WHY_GHOST_PARENT);
	assert_slice(view.why[0].key, "x:10");
	assert_slice(view.why[0].text, "a post by @openai is not in the archive");
}

static void
a_thread_without_ghosts_is_complete(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "a" });
	put(g->s, (struct said){ .key = "x:20", .by = "x:@2", .reply_to = "x:10" });
	assert_true(thread_of(g, "x:20").complete);
}

static void
a_post_takes_the_place_of_its_ghost_when_it_arrives(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:1002", .by = "x:@2", .reply_to = "x:1001" });
	put(g->s, (struct said){ .key = "x:1003", .by = "x:@1", .reply_to = "x:1002" });
	put(g->s,
	    (struct said){
		    .key = "x:1001", .by = "x:@1", .text = "so", .reply_to = "x:1000" });
	view = thread_of(g, "x:1003");

	expect_order(view, "x:1000 x:1001 x:1002 x:1003");
	assert_int_equal(view.nodes[1].p.post.kind, KIND_POST);
	assert_slice(view.root, "x:1000");
}

static void
a_thread_can_be_asked_for_by_its_ghost(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "x:20", .by = "x:@1", .reply_to = "x:10" });
	expect_order(thread_of(g, "x:10"), "x:10 x:20");
}

static void
what_nobody_ever_referred_to_is_not_found(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:20", .by = "x:@1", .reply_to = "x:10" });
	assert_int_equal(
		thread_view(g->s, RP_SLICE("x:30"), NULL, g->arena, &view, &g->err),
		RP_NOT_FOUND);
}

/* ---- conversations
 * --------------------------------------------------------------------- */

static void
orphans_of_a_conversation_hang_on_its_root(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "root" });
	put(g->s, (struct said){ .key = "x:30",
	                         .by = "x:@2",
	                         .conversation = "x:10",
	                         .reply_to = "x:20" });
	put(g->s, (struct said){ .key = "x:40", .by = "x:@3", .conversation = "x:10" });
	view = thread_of(g, "x:40");

	expect_order(view, "x:10 x:20 x:30 x:40");
	assert_string_equal(parent_in(view, "x:20"), "x:10");
	assert_int_equal(node_in(view, "x:20")->via.type, EDGE_CONV);
	assert_string_equal(parent_in(view, "x:30"), "x:20");
	assert_string_equal(parent_in(view, "x:40"), "x:10");
}

static void
a_root_that_is_not_even_referred_to_is_shown_as_a_ghost(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "x:30", .by = "x:@2", .conversation = "x:10" });
	put(g->s, (struct said){ .key = "x:40", .by = "x:@3", .conversation = "x:10" });
	expect_order(thread_of(g, "x:40"), "x:10 x:30 x:40");
	expect_order(thread_of(g, "x:10"), "x:10 x:30 x:40");
}

static void
a_real_parent_replaces_the_conversation_edge(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "root" });
	put(g->s, (struct said){ .key = "x:40",
	                         .by = "x:@3",
	                         .conversation = "x:10",
	                         .reply_to = "x:30" });
	put(g->s, (struct said){ .key = "x:30",
	                         .by = "x:@2",
	                         .conversation = "x:10",
	                         .reply_to = "x:10" });
	view = thread_of(g, "x:10");

	assert_int_equal(node_in(view, "x:30")->via.type, EDGE_REPLY);
	assert_int_equal(node_in(view, "x:30")->p.n_edges, 1);
}

static void
the_reply_chain_wins_over_a_contradicting_conversation(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .conversation = "x:10" });
	put(g->s, (struct said){ .key = "x:11", .by = "x:@1", .conversation = "x:11" });
	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@2",
	                         .conversation = "x:11",
	                         .reply_to = "x:10" });
	view = thread_of(g, "x:10");

	assert_string_equal(parent_in(view, "x:20"), "x:10");
	assert_slice(node_in(view, "x:20")->p.post.conversation, "x:11");
}

static void
an_edited_root_is_found_by_any_of_its_ids(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "first" });
	put_alias(g->s, "x:12", "x:10");
	put(g->s, (struct said){ .key = "x:20", .by = "x:@2", .conversation = "x:12" });
	put(g->s, (struct said){ .key = "x:21", .by = "x:@3", .conversation = "x:10" });
	put(g->s, (struct said){ .key = "x:22", .by = "x:@4", .reply_to = "x:12" });

	expect_order(thread_of(g, "x:10"), "x:10 x:20 x:21 x:22");
	expect_order(thread_of(g, "x:12"), "x:10 x:20 x:21 x:22");
	expect_order(thread_of(g, "x:20"), "x:10 x:20 x:21 x:22");
}

/* ---- impossible edges and cycles
 * ------------------------------------------------------- */

static void
a_reply_to_a_younger_post_is_kept_and_not_followed(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){
			  .key = "x:10", .by = "x:@1", .text = "a", .reply_to = "x:20" });
	put(g->s, (struct said){ .key = "x:20", .by = "x:@2", .text = "b" });
	view = thread_of(g, "x:10");

	expect_order(view, "x:10");
	assert_int_equal(view.nodes[0].p.n_edges, 1);
	assert_true(view.nodes[0].p.edges[0].impossible);
	assert_slice(view.nodes[0].p.edges[0].parent_key, "x:20");
	expect_order(thread_of(g, "x:20"), "x:20");
}

static void
a_reply_to_itself_is_a_post_of_its_own(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .reply_to = "x:10" });
	view = thread_of(g, "x:10");

	expect_order(view, "x:10");
	assert_true(view.nodes[0].p.edges[0].cyclic);
}

static void
a_ring_of_replies_is_cut_once_and_shows_each_post_once(void **state)
{
	struct given *g = *state;
	struct thread_view view;
	size_t cut = 0;

	put(g->s, (struct said){ .key = "bsky:a/1",
	                         .at = "2025-01-01T10:00Z",
	                         .by = "bsky:@a",
	                         .reply_to = "bsky:a/3" });
	put(g->s, (struct said){ .key = "bsky:a/2",
	                         .at = "2025-01-01T11:00Z",
	                         .by = "bsky:@b",
	                         .reply_to = "bsky:a/1" });
	put(g->s, (struct said){ .key = "bsky:a/3",
	                         .at = "2025-01-01T12:00Z",
	                         .by = "bsky:@c",
	                         .reply_to = "bsky:a/2" });
	view = thread_of(g, "bsky:a/2");

	/* The edge whose parent is later than the child by most goes. */
	expect_order(view, "bsky:a/1 bsky:a/2 bsky:a/3");
	for (size_t i = 0; i < view.n_nodes; i++)
		cut += view.nodes[i].p.edges[0].cyclic;
	assert_int_equal(cut, 1);
	assert_true(node_in(view, "bsky:a/1")->p.edges[0].cyclic);
}

static void
a_pin_against_the_platforms_edge_is_the_one_to_go(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "bsky:a/1", .by = "bsky:@a", .text = "one" });
	put(g->s,
	    (struct said){ .key = "bsky:a/2", .by = "bsky:@b", .reply_to = "bsky:a/1" });
	put_edge(g->s, "bsky:a/1", "bsky:a/2", EDGE_REPLY, ORIGIN_USER_PIN, 100);
	view = thread_of(g, "bsky:a/1");

	assert_string_equal(parent_in(view, "bsky:a/2"), "bsky:a/1");
	assert_string_equal(parent_in(view, "bsky:a/1"), "");
	assert_true(node_in(view, "bsky:a/1")->p.edges[0].cyclic);
}

static void
a_node_cut_off_a_ring_takes_its_next_parent(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "bsky:a/0",
	                         .at = "2025-01-01T09:00Z",
	                         .by = "bsky:@a" });
	put(g->s, (struct said){ .key = "bsky:a/1",
	                         .at = "2025-01-01T10:00Z",
	                         .by = "bsky:@a",
	                         .reply_to = "bsky:a/2",
	                         .quote_of = "bsky:a/0" });
	put(g->s, (struct said){ .key = "bsky:a/2",
	                         .at = "2025-01-01T11:00Z",
	                         .by = "bsky:@b",
	                         .reply_to = "bsky:a/1" });
	view = thread_of(g, "bsky:a/2");

	expect_order(view, "bsky:a/0 bsky:a/1 bsky:a/2");
	assert_string_equal(parent_in(view, "bsky:a/1"), "bsky:a/0");
	assert_int_equal(node_in(view, "bsky:a/1")->via.type, EDGE_QUOTE);
}

/* ---- primary parents
 * ------------------------------------------------------------------- */

static void
a_reply_outranks_a_quotation_and_a_pin_outranks_both(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "a" });
	put(g->s, (struct said){ .key = "x:11", .by = "x:@1", .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:12", .by = "x:@1", .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@2",
	                         .reply_to = "x:10",
	                         .quote_of = "x:11" });
	view = thread_of(g, "x:10");
	assert_string_equal(parent_in(view, "x:20"), "x:10");
	assert_int_equal(node_in(view, "x:20")->p.n_edges, 2);
	assert_int_equal(node_in(view, "x:20")->p.edges[1].parent,
	                 (size_t)(node_in(view, "x:11") - view.nodes));

	put_edge(g->s, "x:20", "x:12", EDGE_RESPONDS, ORIGIN_USER_PIN, 100);
	view = thread_of(g, "x:10");
	assert_string_equal(parent_in(view, "x:20"), "x:12");
	assert_int_equal(node_in(view, "x:20")->p.n_edges, 3);
}

static void
only_a_sure_inference_makes_a_parent_and_none_joins_threads(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .conversation = "x:10" });
	put(g->s, (struct said){ .key = "x:20", .by = "x:@2", .conversation = "x:10" });
	put(g->s, (struct said){ .key = "x:21", .by = "x:@3", .conversation = "x:10" });
	put(g->s, (struct said){ .key = "x:30", .by = "x:@4", .text = "elsewhere" });
	put_edge(g->s, "x:21", "x:20", EDGE_RESPONDS, ORIGIN_INFERRED, 70);
	put_edge(g->s, "x:20", "x:10", EDGE_RESPONDS, ORIGIN_INFERRED, 69);
	put_edge(g->s, "x:30", "x:10", EDGE_RESPONDS, ORIGIN_INFERRED, 95);
	view = thread_of(g, "x:10");

	expect_order(view, "x:10 x:20 x:21");
	assert_int_equal(node_in(view, "x:21")->via.type, EDGE_RESPONDS);
	assert_string_equal(parent_in(view, "x:21"), "x:20");
	assert_int_equal(node_in(view, "x:20")->via.type, EDGE_CONV);
	assert_int_equal(node_in(view, "x:20")->p.edges[1].confidence_percent, 69);
	expect_order(thread_of(g, "x:30"), "x:30");
}

/* ---- identity
 * -------------------------------------------------------------------------- */

static void
a_mute_quotation_is_shown_as_quoted_by_and_joins_nothing(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "popular" });
	put(g->s, (struct said){ .key = "x:11", .by = "x:@2", .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:20", .by = "x:@9", .quote_of = "x:10" });
	put(g->s, (struct said){ .key = "x:21", .by = "x:@8", .reply_to = "x:20" });
	view = thread_of(g, "x:10");

	expect_order(view, "x:10 x:11 x:20");
	assert_true(node_in(view, "x:20")->quoted_by);
	assert_string_equal(parent_in(view, "x:20"), "x:10");
	view = thread_of(g, "x:21");
	expect_order(view, "x:20 x:21");
	assert_slice(view.nodes[0].p.edges[0].parent_key, "x:10");
	assert_true(view.nodes[0].p.edges[0].parent == VIEW_NO_NODE);
}

static void
a_quotation_that_the_quoted_side_answered_joins_two_threads(void **state)
{
	struct given *g = *state;
	const char *all = "x:10 x:11 x:12 x:20 x:21 x:22";

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "P" });
	put(g->s, (struct said){ .key = "x:11", .by = "x:@2", .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:12", .by = "x:@3", .reply_to = "x:11" });
	put(g->s, (struct said){ .key = "x:20", .by = "x:@9", .quote_of = "x:10" });
	put(g->s, (struct said){ .key = "x:21", .by = "x:@8", .reply_to = "x:20" });
	put(g->s, (struct said){ .key = "x:22", .by = "x:@2", .reply_to = "x:20" });

	expect_order(thread_of(g, "x:12"), all);
	expect_order(thread_of(g, "x:21"), all);
	assert_slice(thread_of(g, "x:21").root, "x:10");
}

static void
a_quotation_by_somebody_of_the_thread_joins(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "P" });
	put(g->s, (struct said){ .key = "x:11", .by = "x:@2", .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:20", .by = "x:@2", .quote_of = "x:10" });
	put(g->s, (struct said){ .key = "x:30", .by = "x:@1", .link_to = "x:10" });

	expect_order(thread_of(g, "x:10"), "x:10 x:11 x:20 x:30");
	expect_order(thread_of(g, "x:20"), "x:10 x:11 x:20 x:30");
	expect_order(thread_of(g, "x:30"), "x:10 x:11 x:20 x:30");
}

static void
articles_do_not_join_threads(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "press:https://e.invalid/1",
	                         .kind = KIND_ARTICLE,
	                         .at = "2025-01-23",
	                         .attests = "x:10" });
	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@1",
	                         .text = "a",
	                         .link_to = "press:https://e.invalid/1" });
	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@1",
	                         .text = "b",
	                         .link_to = "press:https://e.invalid/1" });
	expect_order(thread_of(g, "x:10"), "x:10");
	expect_order(thread_of(g, "press:https://e.invalid/1"),
	             "press:https://e.invalid/1");
}

static void
one_statement_on_two_platforms_is_one_thread(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@1",
	                         .at = "2025-01-01T10:00:00Z",
	                         .text = "hello" });
	put(g->s, (struct said){ .key = "bsky:a/1",
	                         .by = "bsky:@a",
	                         .at = "2025-01-01T10:00:05Z",
	                         .text = "hello",
	                         .same_as = "x:10" });
	expect_order(thread_of(g, "x:10"), "x:10 bsky:a/1");
}

static void
reposts_fold_into_the_post_they_pass_on(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "a" });
	put(g->s, (struct said){ .key = "x:20",
	                         .kind = KIND_REPOST,
	                         .by = "x:@2",
	                         .at = "2025-01-01T10:00:00Z",
	                         .repost_of = "x:10" });
	put(g->s, (struct said){ .key = "x:21",
	                         .kind = KIND_REPOST,
	                         .by = "x:@3",
	                         .at = "2025-01-01T11:00:00Z",
	                         .repost_of = "x:10",
	                         .quote_of = "x:5",
	                         .conversation = "x:21" });
	put(g->s, (struct said){ .key = "x:30", .by = "x:@4", .reply_to = "x:21" });
	view = thread_of(g, "x:20");

	expect_order(view, "x:10 x:30");
	assert_int_equal(view.nodes[0].n_reposts, 2);
	assert_slice(view.nodes[0].reposters[0].key, "x:@2");
	assert_slice(view.nodes[0].reposters[1].key, "x:@3");
	assert_true(view.nodes[0].last_repost - view.nodes[0].first_repost == RP_HOUR);
	assert_string_equal(parent_in(view, "x:30"), "x:10");
	assert_slice(view.nodes[1].p.edges[0].parent_key, "x:21");
	expect_order(thread_of(g, "x:10"), "x:10 x:30");
	expect_order(thread_of(g, "x:30"), "x:10 x:30");
}

static void
the_same_id_on_two_platforms_is_two_posts(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "a" });
	put(g->s, (struct said){ .key = "masto:10", .by = "masto:@1", .text = "b" });
	expect_order(thread_of(g, "x:10"), "x:10");
	expect_order(thread_of(g, "masto:10"), "masto:10");
}

static void
a_thread_above_the_ceiling_says_that_something_is_left_out(void **state)
{
	struct given *g = *state;
	struct thread_view view;
	char key[16];

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "a" });
	for (int i = 11; i < 40; i++) {
		snprintf(key, sizeof(key), "x:%d", i);
		put(g->s, (struct said){ .key = key, .by = "x:@2", .reply_to = "x:10" });
	}
	assert_ok(thread_view_limited(g->s, RP_SLICE("x:20"), 20, NULL, g->arena, &view,
	                              &g->err),
	          g->err);
	assert_int_equal(view.n_nodes, 20);
	assert_false(view.complete);
	assert_int_equal(view.why[view.n_why - 1].code, WHY_LIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_reply_to_a_post_we_lack_stands_below_its_ghost),
		SPEC(a_thread_with_a_ghost_says_why_it_is_not_complete),
		SPEC(a_thread_without_ghosts_is_complete),
		SPEC(a_post_takes_the_place_of_its_ghost_when_it_arrives),
		SPEC(a_thread_can_be_asked_for_by_its_ghost),
		SPEC(what_nobody_ever_referred_to_is_not_found),
		SPEC(orphans_of_a_conversation_hang_on_its_root),
		SPEC(a_root_that_is_not_even_referred_to_is_shown_as_a_ghost),
		SPEC(a_real_parent_replaces_the_conversation_edge),
		SPEC(the_reply_chain_wins_over_a_contradicting_conversation),
		SPEC(an_edited_root_is_found_by_any_of_its_ids),
		SPEC(a_reply_to_a_younger_post_is_kept_and_not_followed),
		SPEC(a_reply_to_itself_is_a_post_of_its_own),
		SPEC(a_ring_of_replies_is_cut_once_and_shows_each_post_once),
		SPEC(a_pin_against_the_platforms_edge_is_the_one_to_go),
		SPEC(a_node_cut_off_a_ring_takes_its_next_parent),
		SPEC(a_reply_outranks_a_quotation_and_a_pin_outranks_both),
		SPEC(only_a_sure_inference_makes_a_parent_and_none_joins_threads),
		SPEC(a_mute_quotation_is_shown_as_quoted_by_and_joins_nothing),
		SPEC(a_quotation_that_the_quoted_side_answered_joins_two_threads),
		SPEC(a_quotation_by_somebody_of_the_thread_joins),
		SPEC(articles_do_not_join_threads),
		SPEC(one_statement_on_two_platforms_is_one_thread),
		SPEC(reposts_fold_into_the_post_they_pass_on),
		SPEC(the_same_id_on_two_platforms_is_two_posts),
		SPEC(a_thread_above_the_ceiling_says_that_something_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
