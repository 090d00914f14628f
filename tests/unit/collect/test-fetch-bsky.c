/*
 * What is asked of Bluesky besides lists: handles, threads, single posts, records.
 */
#include "networks-fixture.h"

#include "core/base/cleanup.h"

#define ANA "did:plc:aaaabbbbccccddddeeeeffff"
#define BO "did:plc:bbbbccccddddeeeeffffgggg"
#define URI(who, rkey) "at://" who "/app.bsky.feed.post/" rkey
#define VIEW(who, rkey, count)                                                           \
	"{\"uri\":\"" URI(who, rkey) "\",\"author\":{\"did\":\"" who "\"},"              \
				     "\"record\":{\"text\":\"x\",\"createdAt\":\"2026-"  \
				     "01-21T10:12:00Z\"},"                               \
				     "\"replyCount\":" count "}"
#define TREE(post, more)                                                                 \
	"{\"$type\":\"app.bsky.feed.defs#threadViewPost\",\"post\":" post more "}"
#define PDS                                                                              \
	{                                                                                \
		"plc.directory/" BO, 200,                                                \
			"{\"id\":\"" BO                                                  \
			"\",\"service\":[{\"id\":\"#x\",\"serviceEndpoint\":"            \
			"\"https://"                                                     \
			"no.example\"},{\"id\":\"#atproto_pds\",\"serviceEndpoint\":"    \
			"\"https://pds.example/\"}]}"                                    \
	}
#define NO_FEED                                                                          \
	{                                                                                \
		"getAuthorFeed", 200, "{\"feed\":[]}"                                    \
	}

static const char *missing, *missing_to; /* keys: of a ghost, and of what refers to it */

static enum holding
held(void *context, const char *way, struct rp_slice key)
{
	(void)context;
	(void)way;
	(void)key;
	return HOLDING_NONE;
}

static void
tell_missing(void *context, struct rp_slice subject, size_t most,
             void (*tell_it)(void *to, struct rp_slice key), void *to)
{
	(void)context;
	(void)most;
	if (missing != NULL && rp_slice_eq(subject, rp_slice_str(missing_to)))
		tell_it(to, rp_slice_str(missing));
}

static void
begin(const struct canned *answers)
{
	canned = answers;
	missing = NULL;
	missing_to = "bsky:@" ANA;
	loop_begin("bsky");
	loop.serve = serve_canned;
	loop.view.held = held;
	loop.view.missing = tell_missing;
}

/* ---- handles ---------------------------------------------------------------- */

static void
a_handle_is_asked_for_once_a_day(void **state)
{
	static const struct canned answers[] = {
		{ "resolveHandle?handle=ana.example", 200, "{\"did\":\"" ANA "\"}" },
		NO_FEED,
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", "@Ana.Example");
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("resolveHandle"), 1);
	loop.now += RP_HOUR;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("resolveHandle"), 0);
	loop.now += RP_DAY;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("resolveHandle"), 1);
}

static void
a_handle_that_passed_to_somebody_else_is_told_and_the_account_is_still_followed(
	void **state)
{
	static const struct canned before[] = { { "resolveHandle", 200,
		                                  "{\"did\":\"" ANA "\"}" },
		                                NO_FEED,
		                                { NULL, 0, NULL } };
	static const struct canned after[] = { { "resolveHandle", 200,
		                                 "{\"did\":\"" BO "\"}" },
		                               NO_FEED,
		                               { NULL, 0, NULL } };

	(void)state;
	begin(before);
	set("account", "ana.example");
	assert_ok(run(0), loop.err);
	canned = after;
	loop.now += 2 * RP_DAY;
	assert_ok(run(0), loop.err);
	assert_told("no longer that of " ANA);
	assert_int_equal(times_asked("actor=did%3Aplc%3Aaaaabbbbccccddddeeeeffff"), 1);
}

static void
a_handle_of_nobody_is_told_and_the_others_are_still_read(void **state)
{
	static const struct canned answers[] = {
		{ "handle=nobody.example", 400,
		  "{\"error\":\"InvalidRequest\",\"message\":\"Unable to resolve "
		  "handle\"}" },
		NO_FEED,
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", "nobody.example");
	set("account", ANA);
	assert_ok(run(0), loop.err);
	assert_told("remark there is no account nobody.example");
	assert_int_equal(times_asked("getAuthorFeed"), 1);
	/* Alone it is the whole source. */
	begin(answers);
	set("account", "nobody.example");
	assert_int_equal(run(0), RP_BAD_SOURCE);
	assert_true(has(rp_slice_str(loop.err.text), "nobody.example"));
}

static void
a_setting_that_makes_no_sense_is_named(void **state)
{
	(void)state;
	begin(NULL);
	assert_int_equal(run(0), RP_BAD_CONFIG);
	set("account", "no handle");
	assert_int_equal(run(0), RP_BAD_CONFIG);
	assert_true(has(rp_slice_str(loop.err.text), "no handle"));
	begin(NULL);
	set("thread", "https://example.org/");
	assert_int_equal(run(0), RP_BAD_CONFIG);
}

/* ---- other lists ------------------------------------------------------------ */

static void
quotes_and_searches_are_lists_like_any_other(void **state)
{
	static const struct canned answers[] = {
		{ "resolveHandle", 200, "{\"did\":\"" ANA "\"}" },
		{ "getQuotes?uri=at%3A%2F%2Fdid%3Aplc%3Aaaaabbbbccccddddeeeeffff%2Fapp."
		  "bsky."
		  "feed.post%2F3a&limit=100",
		  200, "{\"posts\":[" VIEW(BO, "3q", "0") "]}" },
		{ "searchPosts?sort=latest&q=ai&limit=100&cursor=25", 200,
		  "{\"posts\":[" VIEW(BO, "3s", "0") "]}" },
		{ "searchPosts?sort=latest&q=ai&limit=100", 200,
		  "{\"posts\":[" VIEW(BO, "3t", "0") "],\"cursor\":\"25\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("quotes", "https://bsky.app/profile/ana.example/post/3a");
	set("query", "ai");
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("searchPosts"), 2);
	assert_told("seen quotes:bsky:" ANA "/3a");
	assert_told("seen query:ai");
}

/* ---- lists that are refused ------------------------------------------------- */

static void
a_search_without_a_login_is_refused_in_a_sentence(void **state)
{
	static const struct canned answers[] = {
		{ "searchPosts?sort=latest&q=ai%20act", 403,
		  "<html>Request forbidden by administrative rules</html>" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("query", "ai act");
	assert_int_equal(run(0), RP_BAD_SOURCE);
	assert_true(has(rp_slice_str(loop.err.text), "without a login"));
}

static void
an_account_that_is_not_shown_is_asked_of_its_own_server(void **state)
{
	static const struct canned answers[] = {
		{ "getAuthorFeed", 400,
		  "{\"error\":\"InvalidRequest\",\"message\":\"Profile not found\"}" },
		PDS,
		{ "pds.example/xrpc/com.atproto.sync.getRepoStatus", 200,
		  "{\"did\":\"" BO "\",\"active\":false,\"status\":\"takendown\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", BO);
	set_number("roots", "no", 0);
	assert_int_equal(run(0), RP_BAD_SOURCE);
	assert_told("asked=bsky:@" BO);
	assert_told("look bsky:@" BO " gone");
}

/* ---- single posts ----------------------------------------------------------- */

static void
a_missing_post_that_is_not_shown_is_asked_of_its_authors_server(void **state)
{
	static const struct canned answers[] = {
		NO_FEED,
		{ "getPosts?uris=at%3A%2F%2F", 200, "{\"posts\":[]}" },
		PDS,
		{ "pds.example/xrpc/com.atproto.repo.getRecord", 400,
		  "{\"error\":\"RecordNotFound\",\"message\":\"Could not locate record: "
		  "at://x\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", ANA);
	missing = "bsky:" BO "/3mcw";
	assert_ok(run(0), loop.err);
	assert_told("asked=bsky:" BO "/3mcw");
	assert_told("look bsky:" BO "/3mcw gone");
	assert_int_equal(times_asked("no.example"), 0);
}

/* An account's own server, asked as if it had views. */
static void
where_no_posts_are_shown_their_authors_servers_are_asked(void **state)
{
	static const struct canned answers[] = {
		NO_FEED,
		{ "getPosts", 400,
		  "{\"error\":\"InvalidRequest\",\"message\":\"No service configured "
		  "for app.bsky.feed.getPosts\"}" },
		PDS,
		{ "pds.example/xrpc/com.atproto.repo.getRecord", 400,
		  "{\"error\":\"RecordNotFound\",\"message\":\"Could not locate record: "
		  "at://x\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", ANA);
	missing = "bsky:" BO "/3mcw";
	assert_ok(run(0), loop.err);
	assert_told("look bsky:" BO "/3mcw gone");
}

static void
a_missing_post_that_comes_is_found(void **state)
{
	static const struct canned answers[] = {
		NO_FEED,
		{ "getPosts", 200, "{\"posts\":[" VIEW(BO, "3mcw", "0") "]}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", ANA);
	missing = "bsky:" BO "/3mcw";
	assert_ok(run(0), loop.err);
	assert_told("look bsky:" BO "/3mcw found");
	assert_int_equal(times_asked("/"), 2);
}

static void
a_server_that_is_no_address_is_not_asked(void **state)
{
	static const struct canned answers[] = {
		NO_FEED,
		{ "getPosts", 200, "{\"posts\":[]}" },
		{ "plc.directory/" BO, 200,
		  "{\"id\":\"" BO "\",\"service\":[{\"id\":\"#atproto_pds\","
		  "\"serviceEndpoint\":\"file:///etc/passwd\"}]}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", ANA);
	missing = "bsky:" BO "/3mcw";
	assert_ok(run(0), loop.err);
	assert_told("look bsky:" BO "/3mcw nothing");
}

static void
a_post_that_a_thread_refers_to_is_asked_for_too(void **state)
{
	static const struct canned answers[] = {
		{ "getPostThread", 200,
		  "{\"thread\":" TREE(VIEW(ANA, "3root", "0"), ",\"replies\":[]") "}" },
		{ "getPosts", 200, "{\"posts\":[" VIEW(BO, "3mcw", "0") "]}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("thread", URI(ANA, "3root"));
	missing = "bsky:" BO "/3mcw";
	missing_to = "bsky:" ANA "/3root";
	assert_ok(run(0), loop.err);
	assert_told("look bsky:" BO "/3mcw found");
}

/* ---- threads ---------------------------------------------------------------- */

static void
a_thread_goes_on_where_the_tree_was_cut(void **state)
{
	static const struct canned answers[] = {
		{ "3root&", 200,
		  "{\"thread\":" TREE(
			  VIEW(ANA, "3root", "2"),
			  ",\"replies\":[" TREE(VIEW(BO, "3cut", "4"), "") "," TREE(
				  VIEW(BO, "3leaf", "0"), "") "]") "}" },
		{ "3cut&", 200,
		  "{\"thread\":" TREE(VIEW(BO, "3cut", "4"),
		                      ",\"replies\":[" TREE(VIEW(ANA, "3end", "0"),
		                                            ",\"replies\":[]") "]") "}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("thread", "https://bsky.app/profile/" ANA "/post/3root");
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("getPostThread"), 2);
	assert_told("seen conversation:bsky:" ANA "/3root");
	/* Killed before its last part came, it is not covered. */
	begin(answers);
	set("thread", URI(ANA, "3root"));
	assert_ok(run(1), loop.err);
	assert_false(was_told("seen conversation:"));
}

static void
a_branch_that_is_not_shown_is_a_gap_of_its_thread(void **state)
{
	static const struct canned answers[] = {
		{ "3root&", 200,
		  "{\"thread\":" TREE(
			  VIEW(ANA, "3root", "1"),
			  ",\"replies\":[" TREE(VIEW(BO, "3cut", "4"), "") "]") "}" },
		{ "3cut&", 400, "{\"error\":\"NotFound\"}" },
		PDS,
		{ "getRecord", 400, "{\"error\":\"RecordNotFound\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("thread", URI(ANA, "3root"));
	assert_ok(run(0), loop.err);
	assert_told("gap conversation:bsky:" ANA "/3root");
	assert_told("some of its branches are not shown");
	assert_false(was_told("seen conversation:"));
}

static void
answers_that_are_counted_and_not_shown_are_asked_for_once(void **state)
{
	static const struct canned answers[] = {
		{ "3root&", 200,
		  "{\"thread\":" TREE(VIEW(ANA, "3root", "1"),
		                      ",\"replies\":[" TREE(VIEW(BO, "3gone", "1"),
		                                            ",\"replies\":[]") "]") "}" },
		{ "3gone&", 200,
		  "{\"thread\":" TREE(VIEW(BO, "3gone", "1"), ",\"replies\":[]") "}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("thread", URI(ANA, "3root"));
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("getPostThread"), 2);
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("getPostThread"), 1);
	assert_told("seen conversation:bsky:" ANA "/3root");
}

static void
a_thread_entered_in_its_middle_is_read_from_its_root(void **state)
{
	static const struct canned answers[] = {
		{ "3mid&", 200,
		  "{\"thread\":" TREE(
			  "{\"uri\":\"" URI(
				  BO, "3mid") "\",\"record\":{\"createdAt\":"
					      "\"2026-01-21T10:12:00Z\",\"reply\":{"
					      "\"root\":{\"uri\":\"" URI(
						      ANA,
						      "3root") "\"}}},\"replyCount\":0}",
			  "") "}" },
		{ "3root&", 200,
		  "{\"thread\":" TREE(VIEW(ANA, "3root", "0"), ",\"replies\":[]") "}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("thread", URI(BO, "3mid"));
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("3root&"), 1);
	assert_told("seen conversation:bsky:" ANA "/3root");
}

static void
a_thread_that_is_not_shown_may_be_deleted_which_its_own_server_knows(void **state)
{
	static const struct canned answers[] = {
		{ "getPostThread", 400,
		  "{\"error\":\"NotFound\",\"message\":\"Post not found\"}" },
		PDS,
		{ "getRecord", 400, "{\"error\":\"RecordNotFound\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("thread", URI(BO, "3root"));
	assert_ok(run(0), loop.err);
	assert_told("look bsky:" BO "/3root gone");
}

/* ---- records ---------------------------------------------------------------- */

static void
records_are_read_forward_and_from_where_the_last_run_came(void **state)
{
	static const struct canned answers[] = {
		NO_FEED,
		PDS,
		{ "collection=app.bsky.feed.post&limit=100&reverse=true&cursor=3b", 200,
		  "{\"records\":[]}" },
		{ "collection=app.bsky.feed.post&limit=100&reverse=true", 200,
		  "{\"records\":[{\"uri\":\"" URI(BO, "3a") "\",\"value\":{}}],"
		                                            "\"cursor\":\"3b\"}" },
		{ "feed.repost", 200, "{\"records\":[]}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", BO);
	set("records", "yes");
	set_number("roots", "no", 0);
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("feed.post&"), 2);
	loop.now += RP_HOUR;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("feed.post&"), 1);
	assert_int_equal(times_asked("plc.directory"), 0);
	loop.now += 8 * RP_DAY;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("feed.post&"), 2);
}

static void
records_that_were_all_listed_cover_from_the_oldest_key_on(void **state)
{
	static const struct canned answers[] = {
		NO_FEED,
		PDS,
		{ "feed.post&limit=100&reverse=true&cursor=3mbgjwy7yc224", 200,
		  "{\"records\":[]}" },
		/* 2026-01-02T09:00:00Z; one key that somebody thought up */
		{ "feed.post&limit=100&reverse=true", 200,
		  "{\"records\":[{\"uri\":\"" URI(BO, "0") "\"},{\"uri\":\"" URI(
			  BO, "3mbgjrmkt2223") "\"}],\"cursor\":\"3mbgjwy7yc224\"}" },
		{ "feed.repost", 200, "{\"records\":[]}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", BO);
	set("records", "yes");
	set_number("roots", "no", 0);
	/* The feed, the directory, a page of posts, the end of them; then reposts. */
	assert_ok(run(4), loop.err);
	assert_false(was_told("seen"));
	loop.now += RP_HOUR;
	assert_ok(run(0), loop.err);
	assert_told("seen bsky:@" BO " -28113514-3600 ");
}

static void
a_redirect_says_nothing_of_an_account(void **state)
{
	static const struct canned answers[] = {
		{ "/xrpc/", 302, "{\"error\":\"x\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", "did:plc:aaaabbbbccccddddeeeeffff");
	set_number("roots", "no", 0);
	assert_int_equal(run(0), RP_BAD_SOURCE);
	assert_false(was_told("look"));
	assert_false(was_told("asked="));
	assert_told("sends us elsewhere (status 302)");
}

static void
answers_that_are_no_json_are_asked_for_again_and_again(void **state)
{
	static const char *const bodies[] = {
		"",   "null", "<html>login</html>", "[1", "{\"feed\":[]} x", "7",
		"[]", "{}",   "{\"errors\":[]}"
	};
	struct canned answers[] = { { "", 200, "" }, { NULL, 0, NULL } };

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		answers[0].body = bodies[i];
		begin(answers);
		set("account", ANA);
		assert_int_equal(run(0), RP_RETRY_LATER);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_handle_is_asked_for_once_a_day),
		cmocka_unit_test(
			a_handle_that_passed_to_somebody_else_is_told_and_the_account_is_still_followed),
		cmocka_unit_test(
			a_handle_of_nobody_is_told_and_the_others_are_still_read),
		cmocka_unit_test(a_setting_that_makes_no_sense_is_named),
		cmocka_unit_test(a_search_without_a_login_is_refused_in_a_sentence),
		cmocka_unit_test(an_account_that_is_not_shown_is_asked_of_its_own_server),
		cmocka_unit_test(
			a_missing_post_that_is_not_shown_is_asked_of_its_authors_server),
		cmocka_unit_test(
			where_no_posts_are_shown_their_authors_servers_are_asked),
		cmocka_unit_test(a_missing_post_that_comes_is_found),
		cmocka_unit_test(a_server_that_is_no_address_is_not_asked),
		cmocka_unit_test(a_post_that_a_thread_refers_to_is_asked_for_too),
		cmocka_unit_test(quotes_and_searches_are_lists_like_any_other),
		cmocka_unit_test(a_thread_goes_on_where_the_tree_was_cut),
		cmocka_unit_test(a_branch_that_is_not_shown_is_a_gap_of_its_thread),
		cmocka_unit_test(
			answers_that_are_counted_and_not_shown_are_asked_for_once),
		cmocka_unit_test(a_thread_entered_in_its_middle_is_read_from_its_root),
		cmocka_unit_test(
			a_thread_that_is_not_shown_may_be_deleted_which_its_own_server_knows),
		cmocka_unit_test(
			records_are_read_forward_and_from_where_the_last_run_came),
		cmocka_unit_test(
			records_that_were_all_listed_cover_from_the_oldest_key_on),
		cmocka_unit_test(a_redirect_says_nothing_of_an_account),
		cmocka_unit_test(answers_that_are_no_json_are_asked_for_again_and_again),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	loop_done();
	return failed;
}
