/* Who answers, quotes, reposts whom. */
#include "tests/contract/contract.h"

static struct edge
edge(int64_t child, int64_t parent, enum edge_type type, enum edge_origin origin)
{
	return (struct edge){ .child = child,
		              .parent = parent,
		              .type = type,
		              .origin = origin,
		              .confidence_percent = 100 };
}

static void
see_edge(struct fixture *f, const union scan_row *row, void *context)
{
	struct edge *out = context;

	*out = row->edge;
	assert_true(arena_copy(f->arena, row->edge.child_key, &out->child_key));
	assert_true(arena_copy(f->arena, row->edge.parent_key, &out->parent_key));
	assert_true(arena_copy(f->arena, row->edge.rule, &out->rule));
}

static struct edge
last_edge(struct fixture *f, enum scan_of of, int64_t post)
{
	const struct scan scan = { .of = of, .id = post };
	struct edge got = { 0 };

	each_row(f, &scan, see_edge, &got);
	return got;
}

static void
an_edge_is_seen_from_both_ends_with_every_field(void **state)
{
	struct fixture *f = *state;
	int64_t child, parent;

	begin(f);
	child = say(f, "x:2", "x:@1", "answer");
	parent = put_ghost(f, "x:1");
	put_edge(f, (struct edge){ .child = child,
	                           .parent = parent,
	                           .type = EDGE_RESPONDS,
	                           .origin = ORIGIN_INFERRED,
	                           .confidence_percent = 88,
	                           .rule = RP_SLICE("responds-1") });
	commit(f);

	reopen(f);
	for (int up = 0; up < 2; up++) {
		struct edge got = last_edge(f, up ? SCAN_PARENTS : SCAN_CHILDREN,
		                            up ? child : parent);

		assert_int_equal(got.child, child);
		assert_int_equal(got.parent, parent);
		assert_slice(got.child_key, "x:2");
		assert_slice(got.parent_key, "x:1");
		assert_int_equal(got.type, EDGE_RESPONDS);
		assert_int_equal(got.origin, ORIGIN_INFERRED);
		assert_int_equal(got.confidence_percent, 88);
		assert_slice(got.rule, "responds-1");
	}
	assert_string_equal(rows(f, SCAN_CHILDREN, child, ""), "");
	assert_string_equal(rows(f, SCAN_PARENTS, parent, ""), "");
}

static void
an_edge_between_two_ghosts_is_an_edge(void **state)
{
	struct fixture *f = *state;
	int64_t a, b;

	begin(f);
	a = put_ghost(f, "x:1");
	b = put_ghost(f, "x:2");
	put_reply(f, b, a);
	commit(f);

	assert_string_equal(rows(f, SCAN_PARENTS, b, ""), "reply x:1");
	assert_int_equal(stats_of(f).edges[EDGE_REPLY], 1);
}

static void
parents_come_by_type_origin_and_key(void **state)
{
	struct fixture *f = *state;
	int64_t child, a, b, c;

	begin(f);
	child = put_ghost(f, "x:9");
	c = put_ghost(f, "x:3");
	b = put_ghost(f, "x:20");
	a = put_ghost(f, "x:1");
	put_edge(f, edge(child, a, EDGE_SAME_AS, ORIGIN_PLATFORM));
	put_edge(f, edge(child, b, EDGE_QUOTE, ORIGIN_PLATFORM));
	put_edge(f, edge(child, c, EDGE_QUOTE, ORIGIN_PLATFORM));
	put_edge(f, edge(child, a, EDGE_QUOTE, ORIGIN_DERIVED));
	put_edge(f, edge(child, c, EDGE_REPLY, ORIGIN_USER_PIN));
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_PARENTS, child, ""),
	                    "reply x:3, quote x:20, quote x:3, quote x:1, same_as x:1");
}

static void
children_come_by_time_key_and_type(void **state)
{
	struct fixture *f = *state;
	int64_t parent, a, b, c, d;

	begin(f);
	parent = put_ghost(f, "x:1");
	a = put_post(f, (struct post){ .key = RP_SLICE("x:5"), .time = at(10) });
	b = put_post(f, (struct post){ .key = RP_SLICE("x:4"), .time = at(10) });
	c = put_ghost(f, "x:2");
	d = put_post(f, (struct post){ .key = RP_SLICE("x:9"), .time = at(-10) });
	put_reply(f, c, parent);
	put_edge(f, edge(a, parent, EDGE_LINK, ORIGIN_DERIVED));
	put_edge(f, edge(a, parent, EDGE_QUOTE, ORIGIN_PLATFORM));
	put_reply(f, b, parent);
	put_reply(f, d, parent);
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_CHILDREN, parent, ""),
	                    "x:9 reply, x:4 reply, x:5 quote, x:5 link, x:2 reply");
}

static void
children_move_when_their_time_is_learned(void **state)
{
	struct fixture *f = *state;
	int64_t parent, late;
	struct post post;

	begin(f);
	parent = put_ghost(f, "x:1");
	late = put_ghost(f, "x:2");
	put_reply(f, late, parent);
	put_reply(f, put_post(f, (struct post){ .key = RP_SLICE("x:3"), .time = at(10) }),
	          parent);
	assert_string_equal(rows(f, SCAN_CHILDREN, parent, ""), "x:3 reply, x:2 reply");
	post = get_post(f, "x:2");
	post.time = at(5);
	put_post(f, post);
	commit(f);

	assert_string_equal(rows(f, SCAN_CHILDREN, parent, ""), "x:2 reply, x:3 reply");
}

static void
the_same_edge_is_kept_once_for_each_origin(void **state)
{
	struct fixture *f = *state;
	int64_t a, b;

	begin(f);
	a = put_ghost(f, "x:1");
	b = put_ghost(f, "x:2");
	for (int i = 0; i < 2; i++) {
		put_edge(f, edge(b, a, EDGE_REPLY, ORIGIN_PLATFORM));
		put_edge(f, edge(b, a, EDGE_REPLY, ORIGIN_DERIVED));
		put_edge(f, edge(b, a, EDGE_QUOTE, ORIGIN_PLATFORM));
		put_edge(f, edge(a, b, EDGE_REPLY, ORIGIN_PLATFORM));
	}
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_PARENTS, b, ""),
	                    "reply x:1, reply x:1, quote x:1");
	assert_string_equal(rows(f, SCAN_PARENTS, a, ""), "reply x:2");
	assert_int_equal(stats_of(f).edges[EDGE_REPLY], 3);
	assert_int_equal(stats_of(f).edges[EDGE_QUOTE], 1);
	assert_int_equal(stats_of(f).edges[EDGE_LINK], 0);
}

static void
of_two_inferences_the_surer_is_kept_and_of_two_as_sure_the_smaller_rule(void **state)
{
	struct fixture *f = *state;
	struct edge guess = { .type = EDGE_RESPONDS, .origin = ORIGIN_INFERRED };
	const struct {
		int percent;
		const char *rule, *kept;
	} puts[] = {
		{ 50, "b", "b" }, { 40, "a", "b" }, { 60, "z", "z" },
		{ 60, "y", "y" }, { 60, "z", "y" },
	};

	begin(f);
	guess.child = put_ghost(f, "x:2");
	guess.parent = put_ghost(f, "x:1");
	for (size_t i = 0; i < sizeof(puts) / sizeof(puts[0]); i++) {
		guess.confidence_percent = puts[i].percent;
		guess.rule = rp_slice_str(puts[i].rule);
		put_edge(f, guess);
		assert_slice(last_edge(f, SCAN_PARENTS, guess.child).rule, puts[i].kept);
	}
	commit(f);

	assert_int_equal(last_edge(f, SCAN_CHILDREN, guess.parent).confidence_percent,
	                 60);
	assert_int_equal(stats_of(f).edges[EDGE_RESPONDS], 1);
}

static void
a_post_may_say_that_it_answers_itself(void **state)
{
	struct fixture *f = *state;
	int64_t post;

	begin(f);
	post = put_ghost(f, "x:1");
	put_reply(f, post, post);
	commit(f);

	assert_string_equal(rows(f, SCAN_PARENTS, post, ""), "reply x:1");
	assert_string_equal(rows(f, SCAN_CHILDREN, post, ""), "x:1 reply");
}

static void
edges_of_a_merged_post_are_moved_and_doubles_among_them_kept_once(void **state)
{
	struct fixture *f = *state;
	int64_t first, second, parent, child;

	begin(f);
	first = put_ghost(f, "x:1");
	second = put_ghost(f, "x:2");
	parent = put_ghost(f, "x:0");
	child = put_ghost(f, "x:9");
	put_reply(f, first, parent);
	put_reply(f, second, parent);
	put_reply(f, child, first);
	put_reply(f, child, second);
	put_edge(f, edge(child, second, EDGE_QUOTE, ORIGIN_PLATFORM));
	put_alias(f, "x:2", first);
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_PARENTS, first, ""), "reply x:0");
	assert_string_equal(rows(f, SCAN_CHILDREN, first, ""), "x:9 reply, x:9 quote");
	assert_string_equal(rows(f, SCAN_CHILDREN, parent, ""), "x:1 reply");
	assert_string_equal(rows(f, SCAN_PARENTS, child, ""), "reply x:1, quote x:1");
	assert_int_equal(stats_of(f).edges[EDGE_REPLY], 2);
}

static void
edges_between_two_posts_that_are_one_become_one_to_itself(void **state)
{
	struct fixture *f = *state;
	int64_t first, second;

	begin(f);
	first = put_ghost(f, "x:1");
	second = put_ghost(f, "x:2");
	put_reply(f, second, first);
	put_reply(f, first, second);
	put_reply(f, second, second);
	put_alias(f, "x:2", first);
	commit(f);

	assert_string_equal(rows(f, SCAN_PARENTS, first, ""), "reply x:1");
	assert_string_equal(rows(f, SCAN_CHILDREN, first, ""), "x:1 reply");
	assert_int_equal(stats_of(f).edges[EDGE_REPLY], 1);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(an_edge_is_seen_from_both_ends_with_every_field),
		SPEC(an_edge_between_two_ghosts_is_an_edge),
		SPEC(parents_come_by_type_origin_and_key),
		SPEC(children_come_by_time_key_and_type),
		SPEC(children_move_when_their_time_is_learned),
		SPEC(the_same_edge_is_kept_once_for_each_origin),
		SPEC(of_two_inferences_the_surer_is_kept_and_of_two_as_sure_the_smaller_rule),
		SPEC(a_post_may_say_that_it_answers_itself),
		SPEC(edges_of_a_merged_post_are_moved_and_doubles_among_them_kept_once),
		SPEC(edges_between_two_posts_that_are_one_become_one_to_itself),
	};

	return CONTRACT_RUN(argc, argv, "edges", specs);
}
