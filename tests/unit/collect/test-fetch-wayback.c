/*
 * Copies of posts and pages in the Wayback Machine.
 */
#include "tests/support/fake-web.h"

extern const struct fetcher_ops wayback_fetcher;

#define W(id) "[source w]\ncollector = wayback\nid = " id "\n"
#define POST "x:1881923570458304780"
#define URL "https://twitter.com/ada/status/1881923570458304780"
#define HEAD "[[\"timestamp\",\"original\",\"mimetype\",\"statuscode\"]"
#define TWEET                                                                            \
	"{\"data\":{\"id\":\"1881923570458304780\",\"text\":\"no\",\"author_id\":\"1\"}" \
	"}"

static struct fake_web web;
static const char *lists[8]; /* what the index says, one after the other */
static unsigned n_lists;
static struct fake_answer copy;

static void
serve(const struct fetch_request *request, struct fake_answer *out)
{
	if (rp_slice_find(request->url, RP_SLICE("/cdx/")) < request->url.n) {
		assert_true(n_lists < 8);
		out->body = lists[n_lists] ? lists[n_lists] : "[]";
		n_lists++;
		return;
	}
	*out = copy;
	if (out->status == 0)
		out->status = 200;
}

static enum rp_status
run(const char *settings)
{
	n_lists = 0;
	return fake_run(&web, &wayback_fetcher, settings);
}

static void
a_post_is_looked_for_in_the_index_and_its_copy_kept_with_its_date(void **state)
{
	(void)state;
	lists[0] = HEAD ",[\"20250122050607\",\"" URL
			"?s=20\",\"application/json\",\"200\"]]";
	copy.body = TWEET;
	assert_int_equal(run(W("https://x.com/Ada/status/1881923570458304780")), RP_OK);
	assert_string_equal(
		fake_text(&web.asked),
		"https://web.archive.org/cdx/search/cdx?url=twitter.com/ada/status/"
		"1881923570458304780&matchType=prefix&output=json&fl=timestamp,original,"
		"mimetype,statuscode&filter=statuscode:200&collapse=digest&limit=200&"
		"showResumeKey=true\n"
		"https://web.archive.org/web/20250122050607id_/" URL "?s=20\n");
	assert_string_equal(fake_text(&web.kept),
	                    "https://web.archive.org/web/20250122050607id_/" URL
	                    "?s=20 x\nasked=" POST "\nas_of=2025-01-22T05:06:07Z\n");
	assert_string_equal(fake_text(&web.looks), POST " wayback 0\n");
}

static void
the_time_is_that_of_the_copy_one_was_led_to(void **state)
{
	(void)state;
	lists[0] = HEAD ",[\"20250122050607\",\"" URL "\",\"application/json\",\"200\"]]";
	copy.body = TWEET;
	copy.url = "https://web.archive.org/web/20250123000000id_/" URL;
	assert_int_equal(run(W("https://x.com/ada/status/1881923570458304780")), RP_OK);
	assert_non_null(strstr(fake_text(&web.kept), "as_of=2025-01-23T00:00:00Z\n"));
}

static void
without_an_author_the_addresses_that_do_without_are_tried(void **state)
{
	(void)state;
	assert_int_equal(run(W(POST)), RP_OK);
	assert_int_equal(web.n_asked, 3);
	assert_non_null(
		strstr(fake_text(&web.asked), "url=twitter.com/i/web/status/1881"));
	assert_non_null(strstr(fake_text(&web.asked), "url=twitter.com/i/status/1881"));
	assert_non_null(strstr(fake_text(&web.asked), "url=x.com/i/status/1881"));
	assert_string_equal(fake_text(&web.looks), POST " wayback 2\n");
	assert_int_equal(web.n_kept, 0);
}

static void
copies_of_other_posts_and_rubbish_are_passed_over(void **state)
{
	(void)state;
	lists[0] = HEAD
		",[\"20250122050607\",\"https://twitter.com/ada/status/"
		"18819235704583047801\",\"application/json\",\"200\"],"
		"[\"20250122050607\",\"https://twitter.com/ada/status//\",\"text/html\","
		"\"200\"],[\"20251399000000\",\"" URL
		"\",\"application/json\",\"200\"],[\"2025\",\"" URL
		"\",\"text/html\",\"200\"],[1,2],{},null,"
		"[\"20250122050607\",\"file:///etc/passwd\",\"text/html\",\"200\"],"
		"[\"20250122050608\",\"https://mobile.twitter.com/ADA/status/"
		"1881923570458304780%22\",\"application/json\",\"200\"]]";
	copy.body = TWEET;
	assert_int_equal(run(W("https://x.com/ada/status/1881923570458304780")), RP_OK);
	assert_int_equal(web.n_asked, 2);
	assert_non_null(strstr(fake_text(&web.asked), "/web/20250122050608id_/"));
}

static void
json_comes_before_pages_and_old_before_new(void **state)
{
	const char *asked;

	(void)state;
	lists[0] = HEAD ",[\"20200101000000\",\"" URL "\",\"text/html\",\"200\"],"
			"[\"20250202000000\",\"" URL "\",\"application/json\",\"200\"],"
			"[\"20250101000000\",\"" URL "\",\"application/json\",\"200\"]]";
	copy.body = TWEET;
	assert_int_equal(
		run(W("https://x.com/ada/status/1881923570458304780") "copies = 2\n"),
		RP_OK);
	assert_int_equal(web.n_kept, 2);
	asked = fake_text(&web.asked);
	assert_true(strstr(asked, "/web/20250101") < strstr(asked, "/web/20250202"));
	assert_null(strstr(asked, "/web/2020"));
}

static void
a_list_that_goes_on_is_followed_and_no_loop(void **state)
{
	(void)state;
	lists[0] = HEAD ",[],[\"com,twitter)/a+b 20\"]]";
	lists[1] = HEAD ",[\"20250122050607\",\"" URL "\",\"application/json\",\"200\"]]";
	copy.body = TWEET;
	assert_int_equal(run(W("https://x.com/ada/status/1881923570458304780")), RP_OK);
	assert_non_null(strstr(fake_text(&web.asked),
	                       "&resumeKey=com%2Ctwitter%29/a%2Bb%2020\n"));
	assert_int_equal(web.n_kept, 1);
	for (int i = 0; i < 8; i++)
		lists[i] = HEAD ",[],[\"again\"]]";
	assert_int_equal(run(W("https://x.com/ada/status/1881923570458304780")), RP_OK);
	assert_int_equal(web.n_asked, 4);
}

static void
a_copy_that_cannot_be_had_gives_way_to_the_next(void **state)
{
	(void)state;
	lists[0] = HEAD ",[\"20250101000000\",\"" URL "\",\"application/json\",\"200\"],"
			"[\"20250202000000\",\"" URL "\",\"application/json\",\"200\"]]";
	copy.status = 404;
	assert_int_equal(run(W("https://x.com/ada/status/1881923570458304780")), RP_OK);
	assert_int_equal(web.n_asked, 3);
	assert_string_equal(fake_text(&web.looks), POST " wayback 2\n");
}

static void
a_page_of_x_is_kept_and_is_no_find(void **state)
{
	(void)state;
	lists[0] = HEAD ",[\"20250101000000\",\"" URL "\",\"text/html\",\"200\"]]";
	copy.body = "<html><script>";
	assert_int_equal(run(W("https://x.com/ada/status/1881923570458304780")), RP_OK);
	assert_int_equal(web.n_kept, 1);
	assert_string_equal(fake_text(&web.looks), POST " wayback 2\n");
}

static void
a_page_of_the_press_is_an_article_with_its_own_address(void **state)
{
	(void)state;
	lists[0] =
		HEAD ",[\"20250101000000\",\"http://news.example/a?b=c\",\"text/html\","
		     "\"200\"]]";
	copy.body = "<html><p>Words.";
	assert_int_equal(run(W("http://news.example/a?b=c")), RP_OK);
	assert_non_null(strstr(fake_text(&web.asked),
	                       "url=https://news.example/a%3Fb%3Dc&matchType=exact"));
	assert_string_equal(fake_text(&web.kept),
	                    "https://web.archive.org/web/20250101000000id_/http://"
	                    "news.example/a?b=c article\nurl=http://news.example/a?b=c\n"
	                    "as_of=2025-01-01T00:00:00Z\n");
}

static void
an_index_that_is_busy_is_asked_again_and_nothing_is_concluded(void **state)
{
	(void)state;
	lists[0] = "<html>503 Service Unavailable</html>";
	assert_int_equal(run(W(POST)), RP_OK);
	assert_int_equal(web.then, FETCH_AGAIN);
	assert_string_equal(fake_text(&web.looks), "");
}

static void
what_is_no_key_and_no_address_is_named(void **state)
{
	(void)state;
	assert_int_equal(run(W("nonsense")), RP_BAD_CONFIG);
	assert_string_equal(web.err.text,
	                    "id \"nonsense\" is neither x:ID nor an address");
}

static int
set_up(void **state)
{
	(void)state;
	fake_web_init(&web);
	web.serve = serve;
	copy = (struct fake_answer){ .status = 200 };
	memset(lists, 0, sizeof(lists));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	fake_web_done(&web);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_post_is_looked_for_in_the_index_and_its_copy_kept_with_its_date),
		TEST(the_time_is_that_of_the_copy_one_was_led_to),
		TEST(without_an_author_the_addresses_that_do_without_are_tried),
		TEST(copies_of_other_posts_and_rubbish_are_passed_over),
		TEST(json_comes_before_pages_and_old_before_new),
		TEST(a_list_that_goes_on_is_followed_and_no_loop),
		TEST(a_copy_that_cannot_be_had_gives_way_to_the_next),
		TEST(a_page_of_x_is_kept_and_is_no_find),
		TEST(a_page_of_the_press_is_an_article_with_its_own_address),
		TEST(an_index_that_is_busy_is_asked_again_and_nothing_is_concluded),
		TEST(what_is_no_key_and_no_address_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
