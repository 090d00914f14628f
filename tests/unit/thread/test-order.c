/* When things were said, in which order they are shown, and what is one turn. */
#include "tests/unit/thread/given.h"

#define DAY_1 "2025-01-01"

/* ---- times
 * ----------------------------------------------------------------------------- */

static void
an_interval_lies_after_its_parent_and_before_its_child(void **state)
{
	struct given *g = *state;
	struct thread_view view;
	const struct view_node *between;

	put(g->s, (struct said){ .key = "x:10", .at = DAY_1 "T10:00:00Z", .by = "x:@1" });
	put(g->s, (struct said){
			  .key = "x:20", .at = DAY_1, .by = "x:@2", .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:30",
	                         .at = DAY_1 "T12:00:00Z",
	                         .by = "x:@1",
	                         .reply_to = "x:20" });
	view = thread_of(g, "x:20");

	between = node_in(view, "x:20");
	assert_true(between->p.time.lo == view.nodes[0].p.time.lo);
	assert_true(between->p.time.hi == node_in(view, "x:30")->p.time.lo);
	assert_int_equal(between->p.post.time.precision, RP_PRECISION_DAY);
	assert_false(between->p.time_conflict);
}

static void
bounds_pass_through_posts_without_a_time(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){
			  .key = "masto:1", .at = DAY_1 "T10:00:00Z", .by = "masto:@1" });
	put(g->s,
	    (struct said){ .key = "masto:2", .by = "masto:@2", .reply_to = "masto:1" });
	put(g->s,
	    (struct said){ .key = "masto:3", .by = "masto:@1", .reply_to = "masto:2" });
	put(g->s, (struct said){ .key = "masto:4",
	                         .at = DAY_1 "T12:00:00Z",
	                         .by = "masto:@1",
	                         .reply_to = "masto:3" });
	view = thread_of(g, "masto:1");

	for (size_t i = 1; i < 3; i++) {
		assert_true(view.nodes[i].p.time.lo == view.nodes[0].p.time.lo);
		assert_true(view.nodes[i].p.time.hi == view.nodes[3].p.time.lo);
		assert_false(rp_time_known(view.nodes[i].p.post.time));
	}
}

static void
who_attests_a_remark_bounds_it_from_above(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "spoken:e/1",
	                         .kind = KIND_SPOKEN,
	                         .at = DAY_1,
	                         .by = "spoken:@Ann" });
	put(g->s, (struct said){ .key = "x:30",
	                         .at = DAY_1 "T12:00:00Z",
	                         .by = "x:@1",
	                         .attests = "spoken:e/1" });
	view = thread_of(g, "spoken:e/1");

	expect_order(view, "spoken:e/1");
	assert_true(view.nodes[0].p.time.hi == INT64_C(1735732800000000));
}

static void
what_an_article_quotes_was_said_before_it(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "press:https://j.example/a",
	                         .kind = KIND_ARTICLE,
	                         .text = "a",
	                         .at = "2025-01-23T06:30:00Z" });
	put(g->s, (struct said){ .key = "press:https://j.example/a#q1",
	                         .kind = KIND_PRESS_QUOTE,
	                         .text = "q",
	                         .at = "2025-01-21T06:30:00Z",
	                         .until = "2025-01-23T06:30:00Z",
	                         .conversation = "press:https://j.example/a" });
	view = thread_of(g, "press:https://j.example/a");
	assert_string_equal(parent_in(view, "press:https://j.example/a#q1"),
	                    "press:https://j.example/a");
	assert_true(node_in(view, "press:https://j.example/a#q1")->p.time.lo <
	            node_in(view, "press:https://j.example/a#q1")->p.time.hi);
}

static void
contradicting_bounds_keep_the_stated_time_and_say_so(void **state)
{
	struct given *g = *state;
	struct thread_view view;
	const struct view_node *node;

	put(g->s,
	    (struct said){ .key = "x:30", .at = "2025-01-03T12:00:00Z", .by = "x:@1" });
	put(g->s, (struct said){ .key = "spoken:e/1",
	                         .kind = KIND_SPOKEN,
	                         .at = DAY_1,
	                         .by = "spoken:@Ann",
	                         .not_before = "x:30" });
	view = thread_of(g, "spoken:e/1");

	node = node_in(view, "spoken:e/1");
	assert_true(node->p.time_conflict);
	assert_true(node->p.time.lo == node->p.post.time.lo);
	assert_true(node->p.time.hi == node->p.post.time.hi);
}

static void
five_minutes_between_the_clocks_of_two_platforms_are_no_conflict(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .at = DAY_1 "T10:05:00Z", .by = "x:@1" });
	put(g->s, (struct said){ .key = "masto:1",
	                         .at = DAY_1 "T10:00:00Z",
	                         .by = "masto:@1",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "masto:2",
	                         .at = DAY_1 "T09:59:59Z",
	                         .by = "masto:@1",
	                         .reply_to = "x:10" });
	view = thread_of(g, "x:10");

	/* Never before the parent, but with their own times. */
	expect_order(view, "x:10 masto:2 masto:1");
	assert_false(node_in(view, "masto:1")->p.time_conflict);
	assert_true(node_in(view, "masto:2")->p.time_conflict);
	assert_true(node_in(view, "masto:1")->shown < view.nodes[0].shown);
}

/* ---- order
 * ----------------------------------------------------------------------------- */

static void
answers_stand_under_what_they_answer_siblings_by_time(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .at = DAY_1 "T10:00:00Z", .by = "x:@1" });
	put(g->s, (struct said){ .key = "x:12",
	                         .at = DAY_1 "T10:01:00Z",
	                         .by = "x:@2",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:13",
	                         .at = DAY_1 "T10:02:00Z",
	                         .by = "x:@3",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:14",
	                         .at = DAY_1 "T10:03:00Z",
	                         .by = "x:@1",
	                         .reply_to = "x:12" });
	view = thread_of(g, "x:10");

	expect_order(view, "x:10 x:12 x:14 x:13");
	assert_int_equal(view.nodes[2].depth, 2);
	assert_int_equal(view.nodes[3].depth, 1);
}

static void
unknown_times_come_last_and_coarser_ones_after_finer(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){
			  .key = "masto:1", .at = DAY_1 "T00:00:00Z", .by = "masto:@1" });
	put(g->s,
	    (struct said){ .key = "masto:2", .by = "masto:@2", .reply_to = "masto:1" });
	put(g->s, (struct said){ .key = "masto:3",
	                         .at = DAY_1 "T00:00:00.000Z",
	                         .by = "masto:@2",
	                         .reply_to = "masto:1" });
	put(g->s, (struct said){ .key = "masto:4",
	                         .at = DAY_1 "T00:00:00Z",
	                         .by = "masto:@2",
	                         .reply_to = "masto:1" });
	put(g->s, (struct said){ .key = "masto:5",
	                         .at = DAY_1,
	                         .by = "masto:@2",
	                         .reply_to = "masto:1" });
	put(g->s, (struct said){ .key = "masto:6",
	                         .at = DAY_1 "T00:00:00Z",
	                         .by = "masto:@2",
	                         .reply_to = "masto:1" });
	expect_order(thread_of(g, "masto:1"),
	             "masto:1 masto:3 masto:4 masto:6 masto:5 masto:2");
}

static void
a_bound_in_whole_seconds_sorts_after_every_time_in_that_second(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "spoken:e/1",
	                         .kind = KIND_SPOKEN,
	                         .at = DAY_1 "T05:57:27Z",
	                         .until = DAY_1 "T15:19:07Z",
	                         .by = "spoken:@Ann",
	                         .conversation = "x:10" });
	put(g->s, (struct said){ .key = "x:10", .at = DAY_1 "T05:00:00Z", .by = "x:@1" });
	put(g->s, (struct said){ .key = "x:11",
	                         .at = DAY_1 "T05:57:27.374Z",
	                         .by = "x:@1",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:12",
	                         .at = DAY_1 "T05:57:28.000Z",
	                         .by = "x:@1",
	                         .reply_to = "x:10" });
	expect_order(thread_of(g, "x:10"), "x:10 x:11 spoken:e/1 x:12");
}

static void
turns_of_an_event_keep_their_own_order(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "spoken:e/1",
	                         .kind = KIND_SPOKEN,
	                         .at = DAY_1,
	                         .by = "spoken:@Ann" });
	put(g->s, (struct said){ .key = "spoken:e/10",
	                         .kind = KIND_SPOKEN,
	                         .at = DAY_1,
	                         .by = "spoken:@Ann",
	                         .conversation = "spoken:e/1" });
	put(g->s, (struct said){ .key = "spoken:e/9",
	                         .kind = KIND_SPOKEN,
	                         .at = DAY_1,
	                         .by = "spoken:@Bob",
	                         .conversation = "spoken:e/1" });
	expect_order(thread_of(g, "spoken:e/1"), "spoken:e/1 spoken:e/9 spoken:e/10");
}

/* ---- turns
 * ----------------------------------------------------------------------------- */

static uint32_t
turn_of(const struct thread_view *view, const char *key)
{
	return node_of(view->nodes, view->n_nodes, key)->turn;
}

static void
put_self_thread(struct given *g)
{
	put(g->s, (struct said){ .key = "x:10", .at = DAY_1 "T10:00:00Z", .by = "x:@1" });
	put(g->s, (struct said){ .key = "x:12",
	                         .at = DAY_1 "T10:02:00Z",
	                         .by = "x:@1",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:14",
	                         .at = DAY_1 "T10:04:00Z",
	                         .by = "x:@1",
	                         .reply_to = "x:12" });
	put(g->s, (struct said){ .key = "x:16",
	                         .at = DAY_1 "T10:06:00Z",
	                         .by = "x:@1",
	                         .reply_to = "x:14" });
}

static void
own_replies_are_one_turn_though_somebody_answers_later(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put_self_thread(g);
	put(g->s, (struct said){ .key = "x:20",
	                         .at = DAY_1 "T11:00:00Z",
	                         .by = "x:@2",
	                         .reply_to = "x:12" });
	view = thread_of(g, "x:10");

	assert_int_equal(turn_of(&view, "x:10"), 1);
	assert_int_equal(turn_of(&view, "x:16"), 1);
	assert_int_equal(turn_of(&view, "x:20"), 2);
}

static void
an_answer_in_between_makes_two_turns(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put_self_thread(g);
	put(g->s, (struct said){ .key = "x:13",
	                         .at = DAY_1 "T10:03:00Z",
	                         .by = "x:@2",
	                         .reply_to = "x:12" });
	view = thread_of(g, "x:10");

	assert_int_equal(turn_of(&view, "x:12"), 1);
	assert_int_equal(turn_of(&view, "x:13"), 2);
	assert_int_equal(turn_of(&view, "x:14"), 3);
	assert_int_equal(turn_of(&view, "x:16"), 3);
}

static void
two_answers_to_the_same_post_are_one_turn_whatever_the_gap(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .at = DAY_1 "T10:00:00Z", .by = "x:@1" });
	put(g->s, (struct said){ .key = "x:11",
	                         .at = DAY_1 "T10:01:00Z",
	                         .by = "x:@2",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:12",
	                         .at = DAY_1 "T20:00:00Z",
	                         .by = "x:@2",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:13",
	                         .at = DAY_1 "T20:01:00Z",
	                         .by = "x:@2",
	                         .reply_to = "x:9" });
	view = thread_of(g, "x:10");
	assert_int_equal(turn_of(&view, "x:11"), turn_of(&view, "x:12"));
}

static void
posts_that_answer_nothing_are_one_turn_within_half_an_hour(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put(g->s, (struct said){ .key = "x:10", .at = DAY_1 "T10:00:00Z", .by = "x:@9" });
	put(g->s, (struct said){ .key = "x:11",
	                         .at = DAY_1 "T11:00:00Z",
	                         .by = "x:@1",
	                         .conversation = "x:10" });
	put(g->s, (struct said){ .key = "x:12",
	                         .at = DAY_1 "T11:30:00Z",
	                         .by = "x:@1",
	                         .conversation = "x:10" });
	put(g->s, (struct said){ .key = "x:13",
	                         .at = DAY_1 "T12:00:01Z",
	                         .by = "x:@1",
	                         .conversation = "x:10" });
	view = thread_of(g, "x:10");
	assert_int_equal(turn_of(&view, "x:11"), 2);
	assert_int_equal(turn_of(&view, "x:12"), 2);
	assert_int_equal(turn_of(&view, "x:13"), 3);
}

/* ---- copies
 * ---------------------------------------------------------------------------- */

static void
a_copied_text_names_the_post_it_copies(void **state)
{
	struct given *g = *state;
	struct thread_view view;
	size_t original;

	put(g->s, (struct said){ .key = "x:10",
	                         .at = DAY_1 "T10:00:00Z",
	                         .by = "x:@1",
	                         .conversation = "x:10",
	                         .text = "Softbank has well under ten billion secured" });
	put(g->s,
	    (struct said){ .key = "x:11",
	                   .at = DAY_1 "T11:00:00Z",
	                   .by = "x:@2",
	                   .conversation = "x:10",
	                   .text = "SOFTBANK  has well under ten billion secured" });
	put(g->s, (struct said){ .key = "x:12",
	                         .at = DAY_1 "T11:00:00Z",
	                         .by = "x:@3",
	                         .conversation = "x:10",
	                         .text = "something else was said" });
	put(g->s, (struct said){ .key = "x:13",
	                         .at = "2025-01-05T11:00:00Z",
	                         .by = "x:@4",
	                         .conversation = "x:10",
	                         .text = "Softbank has well under ten billion secured" });
	put(g->s, (struct said){ .key = "x:14",
	                         .at = DAY_1 "T12:00:00Z",
	                         .by = "x:@5",
	                         .reply_to = "x:10",
	                         .text = "Softbank has well under ten billion secured" });
	view = thread_of(g, "x:10");

	original = (size_t)(node_in(view, "x:10") - view.nodes);
	assert_true(node_in(view, "x:11")->copy_of == original);
	assert_true(node_in(view, "x:10")->copy_of == VIEW_NO_NODE);
	assert_true(node_in(view, "x:12")->copy_of == VIEW_NO_NODE);
	assert_true(node_in(view, "x:13")->copy_of == VIEW_NO_NODE);
	assert_true(node_in(view, "x:14")->copy_of == VIEW_NO_NODE);
}

static void
a_post_outside_of_its_thread_has_the_time_it_has_within(void **state)
{
	struct given *g = *state;
	struct shown_times *times = shown_times_new(g->s);
	const struct view_node *node;
	struct thread_view view;
	struct shown_time shown;

	put(g->s,
	    (struct said){ .key = "x:10", .by = "x:@1", .at = "2025-01-22T05:00:00Z" });
	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@2",
	                         .at = "2025-01-22",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:30", .by = "x:@3", .reply_to = "x:20" });
	put(g->s, (struct said){ .key = "x:40",
	                         .by = "x:@1",
	                         .at = "2025-01-22T15:00:00Z",
	                         .reply_to = "x:30" });
	view = thread_of(g, "x:10");
	for (size_t i = 0; i < view.n_nodes; i++) {
		node = &view.nodes[i];
		assert_ok(shown_times_get(times, &node->p.post, &shown, &g->err), g->err);
		assert_true(shown.time.lo == node->p.time.lo);
		assert_true(shown.time.hi == node->p.time.hi);
		assert_true(shown.at == node->shown);
	}
	assert_true(node_in(view, "x:30")->p.time.hi == node_in(view, "x:40")->p.time.lo);
	shown_times_free(times);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(an_interval_lies_after_its_parent_and_before_its_child),
		SPEC(bounds_pass_through_posts_without_a_time),
		SPEC(who_attests_a_remark_bounds_it_from_above),
		SPEC(what_an_article_quotes_was_said_before_it),
		SPEC(contradicting_bounds_keep_the_stated_time_and_say_so),
		SPEC(five_minutes_between_the_clocks_of_two_platforms_are_no_conflict),
		SPEC(answers_stand_under_what_they_answer_siblings_by_time),
		SPEC(unknown_times_come_last_and_coarser_ones_after_finer),
		SPEC(a_bound_in_whole_seconds_sorts_after_every_time_in_that_second),
		SPEC(turns_of_an_event_keep_their_own_order),
		SPEC(own_replies_are_one_turn_though_somebody_answers_later),
		SPEC(an_answer_in_between_makes_two_turns),
		SPEC(two_answers_to_the_same_post_are_one_turn_whatever_the_gap),
		SPEC(posts_that_answer_nothing_are_one_turn_within_half_an_hour),
		SPEC(a_copied_text_names_the_post_it_copies),
		SPEC(a_post_outside_of_its_thread_has_the_time_it_has_within),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
