/*
 * What X's embeds and look-ups answer, read again by the importer: from a capture and
 * what is noted with it, as rebuild does.
 */
#include "tests/unit/collect/x-fixture.h"

#define ASKED "asked=x:1991086298396754121\nfetched=2025-11-20T12:00:00Z\n"

static void
read_answer_of(const char *options, const char *text)
{
	fix.options = options;
	READ(text);
	fix.options = "";
}

static const struct observation *
post_of(const char *key)
{
	for (size_t i = 0; i < fix.batch.n_observations; i++)
		if (rp_slice_eq(fix.batch.observations[i].post.key, rp_slice_str(key)) &&
		    fix.batch.observations[i].post.kind != KIND_GHOST)
			return &fix.batch.observations[i];
	fail_msg("no %s", key);
	abort();
}

#define ADA "\"user\":{\"id_str\":\"1001\",\"name\":\"Ada\",\"screen_name\":\"ada\"}"
#define BOB "\"user\":{\"id_str\":\"2002\",\"name\":\"Bob\",\"screen_name\":\"bob\"}"

static void
an_embed_brings_a_post_its_parent_and_what_it_quotes(void **state)
{
	(void)state;
	read_answer_of(
		ASKED,
		"{\"__typename\":\"Tweet\",\"lang\":\"en\",\"created_at\":\"2025-11-"
		"19T10:"
		"09:00.000Z\",\"display_text_range\":[5,11],\"entities\":[],\"id_str\":"
		"\"1991086298396754121\",\"text\":\"@bob agreed\"," ADA
		",\"in_reply_to_status_id_str\":\"1991085290367127556\",\"in_reply_to_"
		"user_"
		"id_str\":\"2002\",\"in_reply_to_screen_name\":\"bob\",\"edit_control\":{"
		"\"edit_tweet_ids\":[\"1991086298396754121\"],\"edits_remaining\":\"5\"},"
		"\"parent\":{\"id_str\":\"1991085290367127556\",\"text\":\"I "
		"disagree\"," BOB "},\"quoted_tweet\":{\"id_str\":"
		"\"1990170510773133312\",\"text\":\"first\"," BOB "}}");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(fix.batch.n_records, 1);
	assert_slice(post_of("x:1991086298396754121")->version.text, "agreed");
	assert_slice(post_of("x:1991086298396754121")->post.author, "x:@1001");
	assert_int_equal(post_of("x:1991086298396754121")->n_edges, 2);
	assert_slice(post_of("x:1991085290367127556")->version.text, "I disagree");
	assert_slice(post_of("x:1990170510773133312")->post.author, "x:@2002");
}

static void
one_that_was_edited_has_its_first_id(void **state)
{
	(void)state;
	read_answer_of(ASKED,
	               "{\"__typename\":\"Tweet\",\"id_str\":\"1991086298396754121\","
	               "\"text\":\"t\"," ADA
	               ",\"isEdited\":true,\"edit_control\":{\"edit_tweet_ids\":["
	               "\"1991086298396754000\",\"1991086298396754121\"]}}");
	assert_slice(post_of("x:1991086298396754000")->version.native,
	             "x:1991086298396754121");
}

static void
a_long_one_is_known_to_be_cut(void **state)
{
	(void)state;
	read_answer_of(ASKED,
	               "{\"__typename\":\"Tweet\",\"id_str\":\"1991086298396754121\","
	               "\"text\":\"a long\"," ADA
	               ",\"note_tweet\":{\"id\":\"Tm90ZQ==\"}}");
	assert_true(post_of("x:1991086298396754121")->version.truncated);
}

static void
one_without_a_user_is_a_post_of_nobody_known(void **state)
{
	(void)state;
	read_answer_of(ASKED, "{\"__typename\":\"Tweet\",\"id_str\":"
	                      "\"1991086298396754121\",\"text\":\"t\"}");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_slice(post_of("x:1991086298396754121")->post.author, "");
}

static void
tombstones_and_silence_say_nothing(void **state)
{
	static const char *const silent[] = {
		"{\"__typename\":\"TweetTombstone\",\"tombstone\":{\"text\":{\"rtl\":"
		"false,"
		"\"text\":\"This Post was deleted by the Post author. Learn more\"}}}",
		"{\"__typename\":\"TweetTombstone\",\"tombstone\":{}}",
		"{\"__typename\":\"TweetTombstone\"}",
		"{}",
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		read_answer_of(ASKED, silent[i]);
		assert_int_equal(fix.batch.n_rejects, 0);
		assert_int_equal(fix.batch.n_states, 0);
		assert_int_equal(fix.batch.n_observations, 0);
	}
	/* In a file of somebody's own it is no answer to anything. */
	READ("{}");
	assert_int_equal(fix.batch.n_rejects, 1);
}

#define OEMBED                                                                           \
	"{\"url\":\"https:\\/\\/twitter.com\\/ada\\/status\\/1991086298396754121\","     \
	"\"author_name\":\"Ada L\",\"author_url\":\"https:\\/\\/twitter.com\\/ada\","    \
	"\"html\":\"\\u003Cblockquote class=\\\"twitter-tweet\\\"\\u003E\\u003Cp "       \
	"lang=\\\"en\\\" dir=\\\"ltr\\\"\\u003Ebread &amp; it&#39;s "                    \
	"gone\\u003C\\/p\\u003E&mdash; Ada L (@ada) \\u003Ca "                           \
	"href=\\\"https:\\/\\/twitter.com\\/ada\\/status\\/1991086298396754121\\\""      \
	"\\u003ENovember 19, 2025\\u003C\\/a\\u003E\\u003C\\/blockquote\\u003E\","       \
	"\"type\":\"rich\",\"cache_age\":\"3153600000\",\"version\":\"1.0\"}"

static void
oembed_has_the_text_and_the_id_has_the_time(void **state)
{
	const struct observation *o;

	(void)state;
	read_answer_of(ASKED, OEMBED);
	assert_int_equal(fix.batch.n_rejects, 0);
	o = post_of("x:1991086298396754121");
	assert_slice(o->version.text, "bread & it's gone");
	assert_slice(o->version.lang, "en");
	assert_slice(o->post.author, "x:@ada?");
	assert_int_equal(o->post.time.basis, RP_BASIS_ID);
	/* As it was when it was fetched. */
	assert_true(o->version.as_of == INT64_C(1763640000) * RP_SECOND);
}

static void
oembed_of_something_else_is_rejected(void **state)
{
	static const char *const other[] = {
		"{\"url\":\"https://youtube.com/watch?v=1\",\"html\":\"<iframe>\"}",
		"{\"url\":\"https://x.com/a/status/1\",\"html\":\"<p>no copy</p>\"}",
		"{\"url\":\"https://x.com/a/status/1\",\"html\":\"<blockquote>\"}",
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		read_answer_of(ASKED, other[i]);
		assert_int_equal(fix.batch.n_rejects, 1);
		assert_int_equal(fix.batch.n_observations, 0);
	}
}

/* ---- errors that name nobody ----------------------------------------------- */

static void
assert_state_of(const char *options, const char *body, const char *subject,
                enum post_state state)
{
	read_answer_of(options, body);
	assert_int_equal(fix.batch.n_states, 1);
	assert_slice(fix.batch.states[0].subject, subject);
	assert_int_equal(fix.batch.states[0].state, state);
	assert_int_equal(fix.batch.n_rejects, 0);
}

static void
an_old_code_is_about_the_one_that_was_asked_for(void **state)
{
	(void)state;
	assert_state_of(ASKED,
	                "{\"errors\":[{\"code\":144,\"message\":\"No status found with "
	                "that ID.\"}]}",
	                "x:1991086298396754121", STATE_DELETED);
	assert_slice(fix.batch.states[0].evidence, "No status found with that ID.");
	assert_true(fix.batch.states[0].as_of == INT64_C(1763640000) * RP_SECOND);
	assert_state_of("asked=x:@7\n",
	                "{\"errors\":[{\"code\":63,\"message\":\"User has been "
	                "suspended.\"}]}",
	                "x:@7", STATE_SUSPENDED);
	assert_state_of("asked=x:5\n", "{\"errors\":[{\"code\":179}]}", "x:5",
	                STATE_PROTECTED);
}

static void
so_is_a_problem_without_a_name(void **state)
{
	(void)state;
	assert_state_of(
		"asked=x:5\nstatus=404\n",
		"{\"title\":\"Not Found Error\",\"detail\":\"d\",\"type\":\"https:"
		"//api.x.com/2/problems/resource-not-found\"}",
		"x:5", STATE_DELETED);
	assert_state_of(
		"asked=x:@ada?\n",
		"{\"title\":\"Not Found Error\",\"detail\":\"d\",\"type\":\"https:"
		"//api.x.com/2/problems/resource-not-found\"}",
		"x:@ada?", STATE_UNAVAILABLE);
}

static void
but_not_when_several_were_asked_for_or_nobody_was(void **state)
{
	static const char *const code = "{\"errors\":[{\"code\":144}]}";

	(void)state;
	read_answer_of("asked=x:5\nasked=x:6\n", code);
	assert_int_equal(fix.batch.n_states, 0);
	read_answer_of("", code);
	assert_int_equal(fix.batch.n_states, 0);
	/* Limits and tokens are about us. */
	read_answer_of("asked=x:5\n",
	               "{\"errors\":[{\"code\":88},{\"code\":89},{\"code\":"
	               "34},{\"code\":130}]}");
	assert_int_equal(fix.batch.n_states, 0);
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		SPEC(an_embed_brings_a_post_its_parent_and_what_it_quotes),
		SPEC(one_that_was_edited_has_its_first_id),
		SPEC(a_long_one_is_known_to_be_cut),
		SPEC(one_without_a_user_is_a_post_of_nobody_known),
		SPEC(tombstones_and_silence_say_nothing),
		SPEC(oembed_has_the_text_and_the_id_has_the_time),
		SPEC(oembed_of_something_else_is_rejected),
		SPEC(an_old_code_is_about_the_one_that_was_asked_for),
		SPEC(so_is_a_problem_without_a_name),
		SPEC(but_not_when_several_were_asked_for_or_nobody_was),
	};

	return cmocka_run_group_tests_name("x-embed", specs, NULL, NULL);
}
