/*
 * What X's API is asked for, and what is done about everything that is no page.
 */
#include "tests/unit/collect/fetch-fixture.h"

extern const struct fetcher_ops x_fetcher;

#define EMPTY "{\"meta\":{\"result_count\":0}}"
#define ADA "{\"data\":[{\"id\":\"1001\",\"name\":\"Ada\",\"username\":\"Ada\"}]}"
#define PROBLEM(type) "\"type\":\"https://api.twitter.com/2/problems/" type "\""

static int
clean(void **state)
{
	(void)state;
	buf_done(&fix.loop.cursor);
	buf_done(&fix.loop.reply.body);
	memset(&fix, 0, sizeof(fix));
	return 0;
}

/* ---- names ----------------------------------------------------------------- */

static void
a_name_is_looked_up_once_and_remembered(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=Ada\n");
	answer("/2/users/by?usernames=ada&", 200, ADA);
	answer("/2/users/1001/tweets?max_results=100&", 200, EMPTY);
	assert_run(RP_END);
	assert_int_equal(fix.loop.kept, 2);
	assert_int_equal(fix.loop.units, 1);
	again();
	answer("/2/users/1001/tweets?", 200, EMPTY);
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 1);
}

static void
a_name_nobody_has_is_told_and_the_others_go_on(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=ada\naccount=nobody\n");
	answer("/2/users/by?usernames=ada,nobody", 200,
	       "{\"data\":[{\"id\":\"1001\",\"username\":\"ada\"}],\"errors\":[{"
	       "\"value\":\"nobody\",\"detail\":\"Could not find user with usernames: "
	       "[nobody].\",\"resource_type\":\"user\",\"parameter\":"
	       "\"usernames\"," PROBLEM("resource-not-found") "}]}");
	answer("/2/users/1001/tweets", 200, EMPTY);
	assert_run(RP_BAD_SOURCE);
	assert_has(fix.loop.err.text, "nobody");
	assert_int_equal(fix.loop.n_looks, 2);
	assert_string_equal(fix.loop.look_keys[0], "x:@1001");
	assert_string_equal(fix.loop.look_keys[1], "x:@nobody?");
	assert_int_equal(fix.loop.looks[1].outcome, LOOK_GONE);
}

static void
an_account_may_be_given_by_its_id(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:44196397\nexclude=replies\n");
	answer("/2/users/44196397/tweets?max_results=100&exclude=replies&", 200, EMPTY);
	assert_run(RP_END);
	assert_string_equal(covered(0)->subject, "x:@44196397 without replies");
}

static void
settings_that_make_no_sense_are_named(void **state)
{
	static const char *const bad[] = { "account=not a name\n",
		                           "query=\n",
		                           "conversation=https://example.org/\n",
		                           "id=007\n",
		                           "quotes=x:ada\n",
		                           "" };
	static const char *const word[] = { "account", "query",  "conversation",
		                            "id",      "quotes", "nothing" };

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		begin(&x_fetcher, bad[i]);
		assert_run(RP_BAD_CONFIG);
		assert_has(fix.loop.err.text, word[i]);
	}
}

static void
a_query_longer_than_x_takes_is_refused_before_it_is_asked(void **state)
{
	static char settings[2000];

	(void)state;
	(void)snprintf(settings, sizeof(settings), "query=%0513d\n", 0);
	begin(&x_fetcher, settings);
	assert_run(RP_BAD_CONFIG);
	assert_has(fix.loop.err.text, "513 characters, and X takes 512");
	(void)snprintf(settings, sizeof(settings), "query=%0513d\narchive=yes\n", 0);
	begin(&x_fetcher, settings);
	answer("/2/tweets/search/all?", 200, EMPTY);
	assert_run(RP_END);
}

static void
a_search_says_its_words_and_the_old_names_of_fields(void **state)
{
	(void)state;
	begin(&x_fetcher, "query=(from:a to:b) OR \"c d\"\n");
	answer("/2/tweets/search/recent?max_results=100&query="
	       "%28from%3Aa%20to%3Ab%29%20OR%20%22c%20d%22&",
	       200, EMPTY);
	assert_run(RP_END);
	assert_has(fix.log[0], "&tweet.fields=");
	assert_has(fix.log[0], "note_tweet");
	assert_has(fix.log[0], "referenced_tweets.id.author_id");
	assert_has_not(fix.log[0], "non_public_metrics");
	assert_has_not(fix.log[0], "_time=");
}

/* ---- two vocabularies ------------------------------------------------------ */

#define OLD_WORDS                                                                        \
	"{\"errors\":[{\"parameters\":{\"tweet.fields\":[\"article\"]},\"message\":"     \
	"\"The query parameter [tweet.fields] is unknown\"}],\"title\":\"Invalid "       \
	"Request\"," PROBLEM("invalid-request") "}"

static void
where_our_words_are_refused_the_others_are_tried_and_remembered(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("tweet.fields=", 400, OLD_WORDS);
	answer("post.fields=", 200, EMPTY);
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 2);
	assert_int_equal(fix.loop.kept, 1);
	assert_has(fix.log[1],
	           "expansions=author_id,in_reply_to_user_id,referenced_posts");
	again();
	answer("post.fields=", 200, EMPTY);
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 1);
}

static void
they_are_tried_once_and_not_for_ever(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("tweet.fields=", 400, OLD_WORDS);
	answer("post.fields=", 400,
	       "{\"errors\":[{\"message\":\"post.fields\"}],\"title\":\"Invalid "
	       "Request\"}");
	assert_run(RP_BAD_SOURCE);
	assert_int_equal(fix.loop.requests, 2);
	assert_has(fix.loop.err.text, "post.fields");
}

static void
who_chose_the_words_keeps_them(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nvocabulary=tweet\n");
	answer("tweet.fields=", 400, OLD_WORDS);
	assert_run(RP_BAD_SOURCE);
	assert_int_equal(fix.loop.requests, 1);
}

/* ---- everything that is no page -------------------------------------------- */

static void
assert_answer(int status, const char *body, enum rp_status want, const char *says)
{
	begin(&x_fetcher, "account=id:7\n");
	for (int i = 0; i < 4; i++)
		answer("/2/users/7/tweets", status, body);
	assert_run(want);
	assert_has(fix.loop.err.text, says);
	assert_int_equal(fix.loop.cursor.n, 0);
	assert_int_equal(fix.loop.kept, 0);
	assert_int_equal(fix.loop.units, 0);
}

static void
a_token_refused_stops_the_source(void **state)
{
	(void)state;
	assert_answer(401,
	              "{\"title\":\"Unauthorized\",\"type\":\"about:blank\",\"status\":"
	              "401,\"detail\":\"Unauthorized\"}",
	              RP_BAD_SOURCE, "token (401: Unauthorized)");
	assert_answer(400, "{\"errors\":[{\"code\":89,\"message\":\"Invalid token\"}]}",
	              RP_BAD_SOURCE, "token");
	assert_int_equal(fix.loop.requests, 1);
	assert_true(fix.loop.payer_refused);
}

static void
no_credits_stop_it_though_the_limits_are_not_reached(void **state)
{
	(void)state;
	assert_answer(402,
	              "{\"title\":\"CreditsDepleted\",\"detail\":\"no credits\"," PROBLEM(
			      "credits") "}",
	              RP_BAD_SOURCE, "credits");
	assert_int_equal(fix.loop.requests, 1);
}

static void
what_the_token_may_not_do_is_said_in_x_s_words(void **state)
{
	(void)state;
	assert_answer(403,
	              "{\"title\":\"Client Forbidden\",\"reason\":\"client-not-"
	              "enrolled\",\"detail\":\"When authenticating\"," PROBLEM(
			      "client-forbidden") "}",
	              RP_BAD_SOURCE, "When authenticating");
	assert_answer(403,
	              "{\"errors\":[{\"title\":\"Unsupported Authentication\",\"detail\":"
	              "\"not app-only\"," PROBLEM("unsupported-authentication") "}]}",
	              RP_BAD_SOURCE, "not app-only");
}

static void
a_listing_that_is_nowhere_is_an_outage_and_nobodys_deletion(void **state)
{
	(void)state;
	assert_answer(404,
	              "{\"title\":\"Not Found Error\",\"detail\":\"d\"," PROBLEM(
			      "resource-not-found") "}",
	              RP_RETRY_LATER, "nowhere");
	assert_answer(404, "", RP_RETRY_LATER, "nowhere");
	assert_int_equal(fix.loop.n_covered, 0);
	assert_int_equal(fix.loop.n_looks, 0);
}

static void
too_fast_waits_and_a_cap_ends_it_until_tomorrow(void **state)
{
	(void)state;
	assert_answer(429, "{\"title\":\"Too Many Requests\",\"status\":429}",
	              RP_RETRY_LATER, "");
	assert_int_equal(fix.loop.requests, 4);
	assert_false(fix.loop.payer_refused);
	assert_answer(429,
	              "{\"title\":\"UsageCapExceeded\",\"period\":\"Monthly\",\"detail\":"
	              "\"Usage cap exceeded: Monthly product cap\"," PROBLEM(
			      "usage-capped") "}",
	              RP_RETRY_LATER, "Monthly product cap");
	assert_int_equal(fix.loop.requests, 1);
	assert_true(fix.loop.not_before == NOW + 12 * RP_HOUR);
	assert_true(fix.loop.err.retry_at == fix.loop.not_before);
	assert_true(fix.loop.payer_refused);
}

static void
weak_moments_are_tried_again_and_are_no_empty_page(void **state)
{
	static const struct {
		int status;
		const char *body;
	} weak[] = {
		{ 500, "" },
		{ 503, "<html>down</html>" },
		{ 200, "<!DOCTYPE html><title>Log in" },
		{ 200, "" },
		{ 200, "null" },
		{ 200, "{}" },
		{ 200, "[]" },
		{ 200, "{\"data\":[" },
		{ 200, EMPTY " trailing" },
		{ 200, "{\"errors\":[{\"code\":88,\"message\":\"Rate limit\"}]}" },
		{ 200, "{\"errors\":[{\"title\":\"x\"," PROBLEM("internal-error") "}]}" },
		{ 503, "{\"errors\":[{\"code\":130,\"message\":\"Over capacity\"}]}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(weak) / sizeof(*weak); i++) {
		assert_answer(weak[i].status, weak[i].body, RP_RETRY_LATER, "");
		assert_int_equal(fix.loop.agains, 4);
		assert_int_equal(fix.loop.n_covered, 0);
	}
}

static void
statuses_nobody_expects_are_for_another_run(void **state)
{
	static const int odd[] = { 204, 206, 301, 304, 410, 418, 451, 999 };

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		assert_answer(odd[i], "", RP_RETRY_LATER, "should not");
}

static void
a_byte_order_mark_is_no_reason(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/2/users/7/tweets", 200, "\xef\xbb\xbf" EMPTY);
	assert_run(RP_END);
}

static void
one_query_that_is_refused_leaves_the_others_alone(void **state)
{
	(void)state;
	begin(&x_fetcher, "query=bad (\nquery=good\n");
	answer("query=bad", 400,
	       "{\"errors\":[{\"parameters\":{\"query\":[\"bad (\"]},\"message\":\"no "
	       "viable alternative\"}],\"title\":\"Invalid Request\"}");
	answer("query=good", 200, EMPTY);
	assert_run(RP_BAD_SOURCE);
	assert_has(fix.loop.err.text, "no viable alternative");
	assert_int_equal(fix.loop.kept, 1);
}

static void
an_account_that_is_not_shown_is_a_gap_and_its_problem_is_kept(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\naccount=id:8\n");
	answer("/2/users/7/tweets", 200,
	       "{\"errors\":[{\"resource_type\":\"user\",\"resource_id\":\"7\",\"value\":"
	       "\"7\",\"parameter\":\"id\",\"title\":\"Authorization Error\",\"detail\":"
	       "\"Sorry\"," PROBLEM("not-authorized-for-resource") "}]}");
	answer("/2/users/8/tweets", 200, EMPTY);
	assert_run(RP_END);
	assert_int_equal(fix.loop.kept, 2);
	assert_true(covered(0)->gap);
	assert_string_equal(covered(0)->subject, "x:@7");
	assert_string_equal(covered(0)->why, "X does not show it");
	assert_false(covered(1)->gap);
}

/* ---- the cursor ------------------------------------------------------------ */

#define MAX_ID "9223372036854775807"

static void
a_cursor_that_is_garbage_counts_as_none(void **state)
{
	static const char *const garbage[] = {
		"x",
		"{}",
		"{\"v\":2,\"lists\":[{\"of\":\"account:id:7\",\"since\":\"9\"}]}",
		"{\"v\":1,\"lists\":7,\"edits\":{}}",
		"{\"v\":1,\"lists\":[1,null,{\"of\":7}],\"edits\":[[],[1],[\"a\",1]]}",
		"{\"v\":1,\"lists\":[{\"of\":\"account:id:7\",\"seen\":1,\"began\":9e99}]"
		"}",
		"{\"v\":1,\"lists\":[{\"of\":\"account:id:7\",\"since\":\"" MAX_ID
		"\"}]}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(garbage) / sizeof(*garbage); i++) {
		begin(&x_fetcher, "account=id:7\n");
		buf_init(&fix.loop.cursor, 1 << 20);
		buf_add_str(&fix.loop.cursor, garbage[i]);
		answer("/2/users/7/tweets?max_results=100&tweet.fields", 200, EMPTY);
		assert_run(RP_END);
	}
}

static void
what_is_left_out_for_a_while_is_where_it_was(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=ada\n");
	answer("/2/users/by", 200, ADA);
	answer("/2/users/1001/tweets", 200, EMPTY);
	assert_run(RP_END);
	again();
	fix.loop.settings = "account=id:8\n";
	answer("/2/users/8/tweets", 200, EMPTY);
	assert_run(RP_END);
	again();
	fix.loop.settings = "account=ada\n";
	answer("/2/users/1001/tweets", 200, EMPTY);
	assert_run(RP_END);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_looked_up_once_and_remembered),
		cmocka_unit_test(a_name_nobody_has_is_told_and_the_others_go_on),
		cmocka_unit_test(an_account_may_be_given_by_its_id),
		cmocka_unit_test(settings_that_make_no_sense_are_named),
		cmocka_unit_test(
			a_query_longer_than_x_takes_is_refused_before_it_is_asked),
		cmocka_unit_test(a_search_says_its_words_and_the_old_names_of_fields),
		cmocka_unit_test(
			where_our_words_are_refused_the_others_are_tried_and_remembered),
		cmocka_unit_test(they_are_tried_once_and_not_for_ever),
		cmocka_unit_test(who_chose_the_words_keeps_them),
		cmocka_unit_test(a_token_refused_stops_the_source),
		cmocka_unit_test(no_credits_stop_it_though_the_limits_are_not_reached),
		cmocka_unit_test(what_the_token_may_not_do_is_said_in_x_s_words),
		cmocka_unit_test(
			a_listing_that_is_nowhere_is_an_outage_and_nobodys_deletion),
		cmocka_unit_test(too_fast_waits_and_a_cap_ends_it_until_tomorrow),
		cmocka_unit_test(weak_moments_are_tried_again_and_are_no_empty_page),
		cmocka_unit_test(statuses_nobody_expects_are_for_another_run),
		cmocka_unit_test(a_byte_order_mark_is_no_reason),
		cmocka_unit_test(one_query_that_is_refused_leaves_the_others_alone),
		cmocka_unit_test(
			an_account_that_is_not_shown_is_a_gap_and_its_problem_is_kept),
		cmocka_unit_test(a_cursor_that_is_garbage_counts_as_none),
		cmocka_unit_test(what_is_left_out_for_a_while_is_where_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, clean);
}
