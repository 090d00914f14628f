/* The back-and-forth between people. */
#include "tests/unit/thread/given.h"

#include <stdio.h>

static const struct rp_slice musk_accounts[] = { RP_LIT("x:@44196397") };
static const struct rp_slice altman_accounts[] = { RP_LIT("x:@sama?") };
static const struct rp_slice nadella_accounts[] = { RP_LIT("x:@satyanadella?") };
static const struct rp_slice nadella_aliases[] = { RP_LIT("Satya") };

static const struct person musk = { .name = RP_LIT("Elon Musk"),
	                            .short_name = RP_LIT("Musk"),
	                            .accounts = musk_accounts,
	                            .n_accounts = 1 };
static const struct person altman = { .name = RP_LIT("Sam Altman"),
	                              .short_name = RP_LIT("Altman"),
	                              .accounts = altman_accounts,
	                              .n_accounts = 1 };
static const struct person nadella = { .name = RP_LIT("Satya Nadella"),
	                               .short_name = RP_LIT("Nadella"),
	                               .accounts = nadella_accounts,
	                               .n_accounts = 1,
	                               .aliases = nadella_aliases,
	                               .n_aliases = 1 };
static const struct person *const three[] = { &musk, &altman, &nadella };
static const struct person *const two[] = { &musk, &altman };

static enum rp_status
ask(struct given *g, const struct exchange_request *request, struct exchange_view *out)
{
	enum rp_status st;

	assert_ok(store_begin_read(g->s, &g->err), g->err);
	st = exchange_view(g->s, request, &g->people, g->arena, out, &g->err);
	store_rollback(g->s);
	return st;
}

static struct exchange_view
exchange_of(struct given *g, const struct person *const *people, size_t n)
{
	const struct exchange_request request = { .people = people,
		                                  .n_people = n,
		                                  .since = RP_TIME_UNKNOWN,
		                                  .until = RP_TIME_UNKNOWN };
	struct exchange_view view = { 0 };

	assert_ok(ask(g, &request, &view), g->err);
	return view;
}

#define OPENAI "x:1881830103858172059"
#define MUSK_1 "x:1881923570458304780"
#define MUSK_2 "x:1881944244480565497"
#define CLIP "x:1882085592135237737"
#define REMARK "spoken:davos-2025-cnbc/1"
#define ALTMAN "x:1882106524090482701"
#define MUSK_3 "x:1882303826214162580"
#define NADELLA "x:1882350000000000000"
#define MUSK_4 "x:1882396566851666397"

static void
put_stargate(struct given *g)
{
	put(g->s, (struct said){ .key = MUSK_1,
	                         .by = "x:@44196397",
	                         .handle = "elonmusk",
	                         .text = "They don't actually have the money",
	                         .reply_to = OPENAI });
	put_ghost(g->s, OPENAI, "x:@openai?");
	put(g->s, (struct said){ .key = MUSK_2,
	                         .by = "x:@44196397",
	                         .text = "SoftBank has well under $10B secured.",
	                         .reply_to = MUSK_1 });
	put(g->s, (struct said){ .key = CLIP,
	                         .by = "x:@123",
	                         .handle = "ns123abc",
	                         .text = "a clip" });
	put(g->s, (struct said){ .key = REMARK,
	                         .kind = KIND_SPOKEN,
	                         .by = "spoken:@SATYA NADELLA",
	                         .at = "2025-01-21T23:00Z",
	                         .until = "2025-01-22T22:59:59.999999Z",
	                         .text = "all I know is, I'm good for my $80 billion",
	                         .not_before = MUSK_2,
	                         .not_after = CLIP });
	put(g->s, (struct said){ .key = ALTMAN,
	                         .by = "x:@1605",
	                         .handle = "sama",
	                         .text = "wrong, as you surely know.",
	                         .reply_to = MUSK_2 });
	put(g->s,
	    (struct said){ .key = MUSK_3,
	                   .by = "x:@44196397",
	                   .text = "On the other hand, Satya definitely does have it",
	                   .quote_of = CLIP });
	put(g->s, (struct said){ .key = MUSK_4,
	                         .by = "x:@44196397",
	                         .text = "(laughs)",
	                         .reply_to = NADELLA });
	put_ghost(g->s, NADELLA, "x:@satyanadella?");
}

static void
the_stargate_exchange_reads_in_order(void **state)
{
	struct given *g = *state;
	struct exchange_view view;

	put_stargate(g);
	view = exchange_of(g, three, 3);

	expect_order(view, OPENAI " " MUSK_1 " " MUSK_2 " " REMARK " " ALTMAN " " MUSK_3
	                          " " NADELLA " " MUSK_4);
	assert_int_equal(view.n_turns, 5);
	assert_ptr_equal(view.turns[0].author.person, &musk);
	assert_int_equal(view.turns[0].n_nodes, 2);
	assert_ptr_equal(view.turns[1].author.person, &nadella);
	assert_int_equal(view.turns[1].answers, 0);
	assert_ptr_equal(view.turns[2].author.person, &altman);
	assert_int_equal(view.turns[2].answers, 1);
	assert_ptr_equal(view.turns[3].author.person, &musk);
	assert_slice(view.turns[3].via, "@ns123abc");
	assert_int_equal(view.turns[3].via_posts, 1);
	assert_int_equal(view.turns[3].answers, 0);
	assert_ptr_equal(view.turns[4].author.person, &musk);
	assert_ptr_equal(view.last_word, &musk);
	assert_false(view.last_word_undetermined);
	assert_int_equal(view.n_why, 2);
}

static void
what_the_press_quotes_is_no_turn_and_ties_nothing_together(void **state)
{
	struct given *g = *state;
	const struct exchange_request request = { .people = two,
		                                  .n_people = 2,
		                                  .since = RP_TIME_UNKNOWN,
		                                  .until = RP_TIME_UNKNOWN };
	struct exchange_view view;

	put(g->s, (struct said){ .key = "press:https://j.example/a",
	                         .kind = KIND_ARTICLE,
	                         .text = "a",
	                         .at = "2025-01-23T06:30:00Z",
	                         .quote_of = MUSK_1 });
	put(g->s, (struct said){ .key = "press:https://j.example/a#q1",
	                         .kind = KIND_PRESS_QUOTE,
	                         .by = "spoken:@Sam Altman",
	                         .text = "faux",
	                         .at = "2025-01-23",
	                         .conversation = "press:https://j.example/a" });
	put(g->s,
	    (struct said){ .key = MUSK_1, .by = "x:@44196397", .text = "no money" });
	assert_int_equal(ask(g, &request, &view), RP_NOT_FOUND);
	put_stargate(g);
	assert_int_equal(exchange_of(g, three, 3).n_turns, 5);
}

static void
bounds_put_the_remark_between_the_posts_they_name(void **state)
{
	struct given *g = *state;
	struct exchange_view view;
	const struct view_node *remark;

	put_stargate(g);
	view = exchange_of(g, three, 3);

	remark = node_in(view, REMARK);
	assert_true(remark->p.time.lo == INT64_C(1737525447374000)); /* 05:57:27.374 */
	assert_true(remark->p.time.hi == INT64_C(1737559147281000)); /* 15:19:07.281 */
	assert_int_equal(remark->p.time.precision, RP_PRECISION_MS);
	assert_false(remark->p.time_conflict);
}

static void
latency_counts_from_the_end_of_the_turn_answered(void **state)
{
	struct given *g = *state;
	struct exchange_view view;

	put_stargate(g);
	view = exchange_of(g, three, 3);

	assert_true(view.turns[2].latency_lo == INT64_C(38690474000)); /* 10:44:50.474 */
	assert_true(view.turns[2].latency_hi == view.turns[2].latency_lo);
	assert_false(view.turns[2].before_bound_only);
	assert_true(view.turns[0].latency_lo == RP_TIME_UNKNOWN);
}

static void
a_clip_that_attests_the_remark_makes_its_quotation_an_answer(void **state)
{
	struct given *g = *state;
	struct exchange_view view;

	put_stargate(g);
	put_edge(g->s, CLIP, REMARK, EDGE_ATTESTS, ORIGIN_PLATFORM, 100);
	view = exchange_of(g, three, 3);

	assert_int_equal(view.turns[3].answers, 2);
	assert_slice(view.turns[3].via, "@ns123abc");
	assert_true(view.turns[3].latency_lo < view.turns[3].latency_hi);
}

static void
everybody_else_is_contracted_to_via(void **state)
{
	struct given *g = *state;
	struct exchange_view view;

	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@44196397",
	                         .at = "2025-01-01T10:00Z" });
	put(g->s, (struct said){ .key = "x:11",
	                         .by = "x:@7",
	                         .at = "2025-01-01T10:01Z",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:12",
	                         .by = "x:@8",
	                         .handle = "bob",
	                         .at = "2025-01-01T10:02Z",
	                         .reply_to = "x:11" });
	put(g->s, (struct said){ .key = "x:13",
	                         .by = "x:@1605",
	                         .handle = "sama",
	                         .at = "2025-01-01T10:03Z",
	                         .reply_to = "x:12" });
	view = exchange_of(g, two, 2);

	expect_order(view, "x:10 x:13");
	assert_int_equal(view.turns[1].answers, 1);
	assert_slice(view.turns[1].via, "@bob");
	assert_int_equal(view.turns[1].via_posts, 2);
}

static void
others_in_between_do_not_split_a_turn(void **state)
{
	struct given *g = *state;
	struct exchange_view view;

	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@44196397",
	                         .at = "2025-01-01T10:00Z" });
	put(g->s, (struct said){ .key = "x:11",
	                         .by = "x:@7",
	                         .at = "2025-01-01T10:01Z",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:12",
	                         .by = "x:@44196397",
	                         .at = "2025-01-01T10:02Z",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:13",
	                         .by = "x:@1605",
	                         .handle = "sama",
	                         .at = "2025-01-01T10:03Z",
	                         .reply_to = "x:12" });
	view = exchange_of(g, two, 2);

	assert_int_equal(view.n_turns, 2);
	assert_int_equal(view.turns[0].n_nodes, 2);
}

static void
a_mute_quotation_of_the_other_person_is_a_turn(void **state)
{
	struct given *g = *state;
	struct exchange_view view;

	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@44196397",
	                         .at = "2025-01-01T10:00Z" });
	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@1605",
	                         .handle = "sama",
	                         .at = "2025-01-01T11:00Z",
	                         .quote_of = "x:10" });
	put(g->s, (struct said){ .key = "x:30",
	                         .by = "x:@9",
	                         .at = "2025-01-01T12:00Z",
	                         .quote_of = "x:10" });
	view = exchange_of(g, two, 2);

	expect_order(view, "x:10 x:20");
	assert_int_equal(view.turns[1].answers, 1);
}

static void
threads_with_only_one_of_them_are_left_out(void **state)
{
	struct given *g = *state;
	struct exchange_view view;

	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@44196397",
	                         .at = "2025-01-01T10:00Z" });
	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@1605",
	                         .handle = "sama",
	                         .at = "2025-01-01T11:00Z",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:30",
	                         .by = "x:@44196397",
	                         .at = "2025-01-01T12:00Z" });
	put(g->s,
	    (struct said){ .key = "x:40", .by = "x:@1605", .at = "2025-01-01T12:00Z" });
	view = exchange_of(g, two, 2);

	expect_order(view, "x:10 x:20");
	assert_ptr_equal(view.last_word, &altman);
}

static void
people_who_never_met_have_no_exchange(void **state)
{
	struct given *g = *state;
	const struct exchange_request request = { .people = two,
		                                  .n_people = 2,
		                                  .since = RP_TIME_UNKNOWN,
		                                  .until = RP_TIME_UNKNOWN };
	struct exchange_view view;

	put(g->s, (struct said){ .key = "x:30",
	                         .by = "x:@44196397",
	                         .at = "2025-01-01T12:00Z" });
	put(g->s, (struct said){ .key = "x:40",
	                         .by = "x:@1605",
	                         .handle = "sama",
	                         .at = "2025-01-01T12:00Z" });
	assert_int_equal(ask(g, &request, &view), RP_NOT_FOUND);
}

static void
since_and_until_leave_out_turns_before_and_after(void **state)
{
	struct given *g = *state;
	struct exchange_request request = { .people = two,
		                            .n_people = 2,
		                            .since = INT64_C(1735729200000000),
		                            .until = INT64_C(1735736400000000) };
	struct exchange_view view = { 0 };

	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@44196397",
	                         .at = "2025-01-01T10:00Z" });
	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@1605",
	                         .handle = "sama",
	                         .at = "2025-01-01T11:00Z",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "x:30",
	                         .by = "x:@44196397",
	                         .at = "2025-01-01T12:00Z",
	                         .reply_to = "x:20" });
	put(g->s, (struct said){ .key = "x:40",
	                         .by = "x:@1605",
	                         .at = "2025-01-01T13:00Z",
	                         .reply_to = "x:30" });
	assert_ok(ask(g, &request, &view), g->err);
	expect_order(view, "x:20 x:30");
	assert_int_equal(view.turns[1].answers, 1);
}

static void
the_last_word_is_undetermined_when_times_overlap(void **state)
{
	struct given *g = *state;
	struct exchange_view view;

	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@44196397",
	                         .at = "2025-01-07T10:00Z" });
	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@1605",
	                         .handle = "sama",
	                         .at = "2025-01-07T22:31Z",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "spoken:speech/1",
	                         .kind = KIND_SPOKEN,
	                         .at = "2025-01-07",
	                         .by = "spoken:@Elon Musk",
	                         .text = "a speech" });
	view = exchange_of(g, two, 2);

	expect_order(view, "spoken:speech/1 x:10 x:20");
	assert_true(view.last_word_undetermined);
	assert_null(view.last_word);

	put(g->s, (struct said){ .key = "press:https://e.invalid/1",
	                         .kind = KIND_ARTICLE,
	                         .at = "2025-01-07T21:00:00Z",
	                         .attests = "spoken:speech/1" });
	view = exchange_of(g, two, 2);
	assert_false(view.last_word_undetermined);
	assert_ptr_equal(view.last_word, &altman);
}

static void
a_remark_weeks_away_is_not_part_of_the_exchange(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@44196397",
	                         .at = "2025-01-07T10:00Z" });
	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@1605",
	                         .handle = "sama",
	                         .at = "2025-01-07T22:31Z",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "spoken:a/1",
	                         .kind = KIND_SPOKEN,
	                         .at = "2025-01-20",
	                         .by = "spoken:@Altman" });
	put(g->s, (struct said){ .key = "spoken:b/1",
	                         .kind = KIND_SPOKEN,
	                         .at = "2025-01-22",
	                         .by = "spoken:@Altman" });
	expect_order(exchange_of(g, two, 2), "x:10 x:20 spoken:a/1");
}

static void
a_person_is_one_voice_on_all_accounts(void **state)
{
	const struct rp_slice accounts[] = { RP_LIT("x:@sama?"),
		                             RP_LIT("bsky:@did:plc:sam") };
	const struct person both = { .name = RP_LIT("Sam Altman"),
		                     .accounts = accounts,
		                     .n_accounts = 2 };
	const struct person *const people[] = { &musk, &both };
	struct given *g = *state;
	struct exchange_view view;

	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@44196397",
	                         .at = "2025-01-07T10:00Z" });
	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@1605",
	                         .handle = "sama",
	                         .at = "2025-01-07T11:00Z",
	                         .reply_to = "x:10" });
	put(g->s, (struct said){ .key = "bsky:did:plc:sam/1",
	                         .by = "bsky:@did:plc:sam",
	                         .at = "2025-01-07T11:01:00Z",
	                         .link_to = "x:10" });
	view = exchange_of(g, people, 2);
	assert_int_equal(view.n_turns, 2);
	assert_int_equal(view.turns[1].n_nodes, 2);
}

static void
the_post_that_began_it_is_shown_though_its_author_was_not_asked_for(void **state)
{
	struct given *g = *state;
	struct exchange_view view;

	put(g->s, (struct said){ .key = "x:5",
	                         .by = "x:@4",
	                         .handle = "OpenAI",
	                         .at = "2025-01-07T09:00Z",
	                         .text = "Announcing" });
	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@44196397",
	                         .at = "2025-01-07T10:00Z",
	                         .reply_to = "x:5" });
	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@1605",
	                         .handle = "sama",
	                         .at = "2025-01-07T11:00Z",
	                         .reply_to = "x:10" });
	view = exchange_of(g, two, 2);
	expect_order(view, "x:5 x:10 x:20");
	assert_int_equal(view.nodes[0].turn, 0);
	assert_slice(view.turns[0].via, "");
	assert_true(view.complete);
}

/* One day, one conversation: what came after what is told by the keys alone. */
static void
say_aloud(struct given *g, const char *key, const char *by)
{
	put(g->s, (struct said){ .key = key,
	                         .kind = KIND_SPOKEN,
	                         .by = by,
	                         .at = "2025-01-21T23:00Z",
	                         .until = "2025-01-22T22:59:59.999999Z",
	                         .text = key,
	                         .conversation = "spoken:e/1" });
}

static void
remarks_of_one_event_are_an_exchange_in_the_order_of_the_event(void **state)
{
	static const struct rp_slice ann_keys[] = { RP_LIT("spoken:@Ann") };
	static const struct rp_slice bob_keys[] = { RP_LIT("spoken:@Bob") };
	static const struct person ann = { .name = RP_LIT("Ann"),
		                           .accounts = ann_keys,
		                           .n_accounts = 1 };
	static const struct person bob = { .name = RP_LIT("Bob"),
		                           .accounts = bob_keys,
		                           .n_accounts = 1 };
	static const struct person *const both[] = { &ann, &bob };
	struct given *g = *state;
	struct exchange_view view;

	say_aloud(g, "spoken:e/1", "spoken:@e/Moderator");
	say_aloud(g, "spoken:e/2", "spoken:@Ann");
	say_aloud(g, "spoken:e/9", "spoken:@Ann");
	say_aloud(g, "spoken:e/9.c0ffee00", "spoken:@Bob");
	say_aloud(g, "spoken:e/10", "spoken:@Ann");
	say_aloud(g, "spoken:e/11", "spoken:@e/Moderator");
	say_aloud(g, "spoken:e/12", "spoken:@Ann");
	view = exchange_of(g, both, 2);

	expect_order(view, "spoken:e/2 spoken:e/9 spoken:e/9.c0ffee00 spoken:e/10 "
	                   "spoken:e/12");
	assert_int_equal(view.n_turns, 4);
	assert_int_equal(view.turns[0].n_nodes, 2);
	for (size_t i = 0; i < view.n_turns; i++)
		assert_int_equal(view.turns[i].answers, 0);
	assert_ptr_equal(view.last_word, &ann);
	assert_false(view.last_word_undetermined);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(the_stargate_exchange_reads_in_order),
		SPEC(what_the_press_quotes_is_no_turn_and_ties_nothing_together),
		SPEC(bounds_put_the_remark_between_the_posts_they_name),
		SPEC(latency_counts_from_the_end_of_the_turn_answered),
		SPEC(a_clip_that_attests_the_remark_makes_its_quotation_an_answer),
		SPEC(everybody_else_is_contracted_to_via),
		SPEC(others_in_between_do_not_split_a_turn),
		SPEC(a_mute_quotation_of_the_other_person_is_a_turn),
		SPEC(threads_with_only_one_of_them_are_left_out),
		SPEC(people_who_never_met_have_no_exchange),
		SPEC(since_and_until_leave_out_turns_before_and_after),
		SPEC(the_last_word_is_undetermined_when_times_overlap),
		SPEC(a_remark_weeks_away_is_not_part_of_the_exchange),
		SPEC(a_person_is_one_voice_on_all_accounts),
		SPEC(the_post_that_began_it_is_shown_though_its_author_was_not_asked_for),
		SPEC(remarks_of_one_event_are_an_exchange_in_the_order_of_the_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
