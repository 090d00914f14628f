/*
 * X's embeds: the number that has to stand beside an id, the way up from a post, and that
 * nothing they do not show is called deleted.
 */
#include "core/collect/fetch-embed.h"

#include "tests/unit/collect/fetch-fixture.h"

extern const struct fetcher_ops x_embed_fetcher;

static int
clean(void **state)
{
	(void)state;
	buf_done(&fix.loop.cursor);
	buf_done(&fix.loop.reply.body);
	memset(&fix, 0, sizeof(fix));
	memset(&shelf, 0, sizeof(shelf));
	return 0;
}

static void
a_token_is_what_javascript_makes_of_the_id(void **state)
{
	static const struct {
		uint64_t id;
		const char *token;
	} known[] = {
		{ 20, "6dq1a2xwd93" },
		{ UINT64_C(29700859247), "4cpz7ioa439" },
		{ UINT64_C(463440424141459456), "14fxvks611f" },
		{ UINT64_C(1050118621198921728), "2jn1m8zmk1" },
		{ UINT64_C(1346889436626259968), "39jdlu2hpym" },
		{ UINT64_C(2000000000000000000), "4uj6o5owj98" },
	};
	CLEANUP(buf_done) struct rp_buf out;

	(void)state;
	buf_init(&out, 100);
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		buf_clear(&out);
		embed_token(&out, known[i].id);
		assert_slice(buf_slice(&out), known[i].token);
	}
	for (uint64_t id = 0; id < UINT64_C(9000000000000000000); id = id * 3 + 1) {
		buf_clear(&out);
		embed_token(&out, id);
		assert_true(out.n < 60);
	}
}

#define POST(id, more)                                                                   \
	"{\"__typename\":\"Tweet\",\"id_str\":\"" id "\",\"text\":\"t\"" more "}"
#define REPLIES(id) ",\"in_reply_to_status_id_str\":\"" id "\""
#define TOMBSTONE "{\"__typename\":\"TweetTombstone\",\"tombstone\":{}}"

static void
the_way_is_up_and_what_came_along_is_not_asked_for(void **state)
{
	(void)state;
	begin(&x_embed_fetcher, "id=x:400\n");
	answer("https://cdn.syndication.twimg.com/tweet-result?id=400&lang=en&token=",
	       200,
	       POST("400", REPLIES("300") ",\"parent\":" POST("300", REPLIES("200"))));
	answer("id=200&", 200, POST("200", ""));
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 2);
	assert_string_equal(fix.loop.options, "asked=x:200\n");
	assert_string_equal(fix.loop.format, "x");
	assert_int_equal(fix.loop.looks[1].outcome, LOOK_FOUND);
}

static void
it_goes_up_so_far_and_no_further(void **state)
{
	(void)state;
	begin(&x_embed_fetcher, "id=400\nclimb=1\n");
	answer("id=400&", 200, POST("400", REPLIES("300")));
	answer("id=300&", 200, POST("300", REPLIES("200")));
	assert_run(RP_END);
	begin(&x_embed_fetcher, "id=400\nclimb=0\n");
	answer("id=400&", 200, POST("400", REPLIES("300")));
	assert_run(RP_END);
	/* Round in circles. */
	begin(&x_embed_fetcher, "id=400\n");
	answer("id=400&", 200, POST("400", REPLIES("300")));
	answer("id=300&", 200, POST("300", REPLIES("400")));
	assert_run(RP_END);
}

static void
killed_on_the_way_up_it_goes_on(void **state)
{
	(void)state;
	begin(&x_embed_fetcher, "id=400\n");
	shelve("", "", "");
	fix.loop.most = 1;
	answer("id=400&", 200, POST("400", REPLIES("300")));
	assert_run(RP_OK);
	again();
	shelve(" x:400 ", "", "");
	fix.loop.most = 0;
	answer("id=300&", 200, POST("300", ""));
	assert_run(RP_END);
}

static void
what_it_does_not_show_oembed_may_and_nothing_is_deleted(void **state)
{
	static const struct {
		int status;
		const char *body;
	} mute[] = { { 200, "{}" },
		     { 200, TOMBSTONE },
		     { 404, "" },
		     { 404, "<html>" },
		     { 403, "" } };

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		begin(&x_embed_fetcher, "id=400\n");
		answer("tweet-result?id=400&", mute[i].status, mute[i].body);
		answer("https://publish.x.com/"
		       "oembed?url=https%3A%2F%2Fx.com%2Fi%2Fstatus%"
		       "2F400&omit_script=1&dnt=true&hide_thread=true",
		       404, "");
		assert_run(RP_END);
		assert_int_equal(fix.loop.n_looks, 2);
		assert_int_equal(fix.loop.looks[0].outcome, LOOK_NOTHING);
		assert_int_equal(fix.loop.looks[1].outcome, LOOK_NOTHING);
		/* A tombstone is a capture: it says something, though not that. */
		assert_int_equal(fix.loop.kept, i == 1);
	}
	begin(&x_embed_fetcher, "id=400\n");
	answer("tweet-result?id=400&", 200, "{}");
	answer("/oembed?", 200, "{\"html\":\"<blockquote>\",\"url\":\"u\"}");
	assert_run(RP_END);
	assert_int_equal(fix.loop.looks[1].outcome, LOOK_FOUND);
	assert_int_equal(fix.loop.kept, 1);
}

static void
another_post_than_the_one_asked_for_is_none(void **state)
{
	(void)state;
	begin(&x_embed_fetcher, "id=400\n");
	answer("id=400&", 200, POST("399", REPLIES("1")));
	answer("/oembed?", 403, "{\"error\":\"Sorry\"}");
	assert_run(RP_END);
	assert_int_equal(fix.loop.kept, 0);
}

static void
weak_moments_are_tried_again(void **state)
{
	static const int weak[] = { 429, 500, 503 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		begin(&x_embed_fetcher, "id=400\n");
		answer("id=400&", weak[i], "");
		answer("id=400&", 200, "<html>captcha</html>");
		answer("id=400&", 200, POST("400", ""));
		assert_run(RP_END);
		assert_int_equal(fix.loop.agains, 2);
	}
	begin(&x_embed_fetcher, "id=400\n");
	answer("id=400&", 418, "");
	assert_run(RP_RETRY_LATER);
}

static void
ghosts_of_the_archive_are_asked_for_and_what_is_held_is_not(void **state)
{
	(void)state;
	begin(&x_embed_fetcher, "account=ada\nmissing=yes\nid=50\n");
	shelve(" x:50 ", "", "x:41 masto:h!1");
	answer("id=41&", 200, POST("41", REPLIES("50")));
	assert_run(RP_END);
	begin(&x_embed_fetcher, "account=ada\n");
	assert_run(RP_BAD_CONFIG);
	begin(&x_embed_fetcher, "id=ada\n");
	assert_run(RP_BAD_CONFIG);
}

static void
a_cursor_that_is_garbage_counts_as_none(void **state)
{
	static const char *const garbage[] = { "[", "{\"v\":1,\"next\":[[\"a\",1],7]}",
		                               "{\"v\":1,\"next\":[[\"7\"]]}",
		                               "{\"v\":1,\"next\":[[\"8\",-1]]}",
		                               "{\"v\":2,\"next\":[[\"7\",1]]}" };

	(void)state;
	for (size_t i = 0; i < sizeof(garbage) / sizeof(*garbage); i++) {
		begin(&x_embed_fetcher, "id=400\n");
		buf_init(&fix.loop.cursor, 1 << 20);
		buf_add_str(&fix.loop.cursor, garbage[i]);
		answer("id=400&", 200, POST("400", ""));
		assert_run(RP_END);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_is_what_javascript_makes_of_the_id),
		cmocka_unit_test(the_way_is_up_and_what_came_along_is_not_asked_for),
		cmocka_unit_test(it_goes_up_so_far_and_no_further),
		cmocka_unit_test(killed_on_the_way_up_it_goes_on),
		cmocka_unit_test(what_it_does_not_show_oembed_may_and_nothing_is_deleted),
		cmocka_unit_test(another_post_than_the_one_asked_for_is_none),
		cmocka_unit_test(weak_moments_are_tried_again),
		cmocka_unit_test(
			ghosts_of_the_archive_are_asked_for_and_what_is_held_is_not),
		cmocka_unit_test(a_cursor_that_is_garbage_counts_as_none),
	};

	return cmocka_run_group_tests(tests, NULL, clean);
}
