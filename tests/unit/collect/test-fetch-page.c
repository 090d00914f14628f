/*
 * Articles and transcripts by their addresses.
 */
#include "tests/support/fake-web.h"

extern const struct fetcher_ops press_fetcher, transcript_fetcher;

#define PRESS                                                                            \
	"[source p]\ncollector = press\nurl = https://a.example/1\nurl = "               \
	"https://a.example/2\ntz = Europe/Zurich\n"
#define TALK                                                                             \
	"[source davos]\ncollector = transcript\nurl = https://t.example/t\n"            \
	"title = A talk\ndate = 2025-01-22\ntz = Europe/Zurich\nspeaker = Ana\n"         \
	"speaker = Bo\n"
#define PAGE "<!doctype html><title>News</title><article><p>Words.</p></article>"

static struct fake_web web;
static struct fake_answer first, second; /* of /1, and of everything else */

static void
serve(const struct fetch_request *request, struct fake_answer *out)
{
	*out = rp_slice_ends(request->url, RP_SLICE("/1")) ? first : second;
	if (out->status == 0)
		out->status = 200;
}

static void
each_page_is_handed_to_the_importer_with_what_the_settings_say(void **state)
{
	(void)state;
	first = second = (struct fake_answer){ .body = PAGE };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	assert_string_equal(fake_text(&web.kept),
	                    "https://a.example/1 article\nurl=https://a.example/1\n"
	                    "tz=Europe/Zurich\n"
	                    "https://a.example/2 article\nurl=https://a.example/2\n"
	                    "tz=Europe/Zurich\n");
}

static void
a_transcript_has_its_event_from_the_settings_and_a_name_that_stays(void **state)
{
	(void)state;
	second = (struct fake_answer){ .body = "ANA: Yes.\n",
		                       .headers = "Content-Type: text/plain\n" };
	assert_int_equal(fake_run(&web, &transcript_fetcher, TALK), RP_OK);
	assert_string_equal(fake_text(&web.kept),
	                    "https://t.example/t transcript\nurl=https://t.example/t\n"
	                    "event=davos\ntitle=A talk\ndate=2025-01-22\n"
	                    "tz=Europe/Zurich\nspeaker=Ana\nspeaker=Bo\n");
	second = (struct fake_answer){ .body = PAGE };
	assert_int_equal(fake_run(&web, &transcript_fetcher, TALK), RP_OK);
	assert_true(rp_slice_starts(buf_slice(&web.kept),
	                            RP_SLICE("https://t.example/t captions\n")));
	second = (struct fake_answer){ .body = "WEBVTT\n\n",
		                       .headers = "Content-Type: text/vtt\n" };
	assert_int_equal(fake_run(&web, &transcript_fetcher, TALK), RP_OK);
	assert_true(rp_slice_starts(buf_slice(&web.kept),
	                            RP_SLICE("https://t.example/t \n")));
}

static void
a_setting_that_makes_no_sense_is_named(void **state)
{
	(void)state;
	assert_int_equal(fake_run(&web, &transcript_fetcher,
	                          "[source d]\ncollector = transcript\nurl = "
	                          "https://t.example/t\ndate = soon\n"),
	                 RP_BAD_CONFIG);
	assert_string_equal(web.err.text, "date \"soon\" is no date; write 2025-01-22");
}

static void
a_page_is_asked_for_only_if_it_changed(void **state)
{
	(void)state;
	first = (struct fake_answer){ .body = PAGE, .headers = "ETag: \"1\"\n" };
	second = (struct fake_answer){ .body = PAGE };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	first = (struct fake_answer){ .status = 304 };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	assert_string_equal(fake_text(&web.asked),
	                    "https://a.example/1 (if)\nhttps://a.example/2\n");
	assert_int_equal(web.n_kept, 0);
}

static void
a_page_that_fails_does_not_keep_the_others_from_being_read(void **state)
{
	(void)state;
	first = (struct fake_answer){ .status = 403 };
	second = (struct fake_answer){ .body = PAGE };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_BAD_SOURCE);
	assert_string_equal(web.err.text, "https://a.example/1 answered with status 403");
	assert_int_equal(web.n_kept, 1);
}

static void
one_that_is_busy_comes_once_more_behind_the_others(void **state)
{
	(void)state;
	first = (struct fake_answer){ .status = 503 };
	second = (struct fake_answer){ .body = PAGE };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	assert_string_equal(fake_text(&web.asked),
	                    "https://a.example/1\nhttps://a.example/2\n"
	                    "https://a.example/1\n");
	assert_int_equal(web.then, FETCH_AGAIN);
	assert_int_equal(web.n_kept, 1);
}

static void
one_that_is_gone_for_good_is_left_out(void **state)
{
	(void)state;
	first = (struct fake_answer){ .status = 410 };
	second = (struct fake_answer){ .body = PAGE };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_BAD_SOURCE);
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://a.example/2\n");
}

static void
what_stands_in_the_way_is_no_article(void **state)
{
	static const struct {
		const char *type, *body, *why;
		enum rp_status st;
	} rows[] = {
		{ "application/pdf", "%PDF-1.7",
		  "https://t.example/t is a PDF, which is not read; save its text and "
		  "import "
		  "that",
		  RP_BAD_SOURCE },
		{ "text/html", "%PDF-1.7",
		  "https://t.example/t is a PDF, which is not read; save its text and "
		  "import "
		  "that",
		  RP_BAD_SOURCE },
		{ "video/mp4", "....ftyp",
		  "https://t.example/t is a video, which is not read; save its text and "
		  "import that",
		  RP_BAD_SOURCE },
		{ "text/html", "<html><title>Sign in | News</title><p>Please</p>",
		  "a login page stands at https://t.example/t", RP_RETRY_LATER },
		{ "text/html",
		  "<html><title>News</title><div class=\"g-recaptcha\"></div>",
		  "a page that asks whether we are human stands at https://t.example/t",
		  RP_RETRY_LATER },
		{ "text/html", " \n", "https://t.example/t is empty", RP_RETRY_LATER },
	};
	char type[80];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		snprintf(type, sizeof(type), "Content-Type: %s\n", rows[i].type);
		second = (struct fake_answer){ .body = rows[i].body, .headers = type };
		assert_int_equal(fake_run(&web, &transcript_fetcher, TALK), rows[i].st);
		assert_string_equal(web.err.text, rows[i].why);
		assert_int_equal(web.n_kept, 0);
	}
}

static void
an_article_about_login_pages_is_an_article(void **state)
{
	static char page[8000];
	size_t n =
		(size_t)snprintf(page, sizeof(page),
	                         "<html><title>Log in: how pages ask</title><form><input "
	                         "type=password></form><article>");

	(void)state;
	while (n < 6000)
		n += (size_t)snprintf(page + n, sizeof(page) - n,
		                      "<p>Words about pages that ask who we are.</p>");
	first = second = (struct fake_answer){ .body = page };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	assert_int_equal(web.n_kept, 2);
}

static void
a_paywall_is_remarked_upon(void **state)
{
	(void)state;
	first = (struct fake_answer){
		.body = "<html>\"isAccessibleForFree\": \"False\""
	};
	second = (struct fake_answer){ .body = "<html>\"isAccessibleForFree\":true" };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	assert_string_equal(fake_text(&web.remark),
	                    "an article behind a paywall: perhaps not all of it\n");
}

#define LONG                                                                             \
	"<p>Words of an article that was there for everybody once, in a long row.</p>"

static void
the_beginning_of_an_article_that_we_had_whole_is_no_wording_of_it(void **state)
{
	(void)state;
	first = (struct fake_answer){ .body = "<html><article>" LONG LONG LONG LONG };
	second = (struct fake_answer){ .body = PAGE };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	assert_int_equal(web.n_kept, 2);
	first = (struct fake_answer){ .body = "<html><article>" LONG
		                              "<p>Subscribe to continue reading.</p>" };
	for (int i = 1; i < 5; i++) {
		assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_RETRY_LATER);
		assert_int_equal(web.n_kept, 0);
	}
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_BAD_SOURCE);
	assert_string_equal(web.err.text,
	                    "the beginning of the article, for those who do not pay, "
	                    "stands at https://a.example/1, 5 times in a row");
	/* One that was shortened, and costs nothing, is a wording; one that is to be paid
	 * for and has most of its text is, too. */
	first = (struct fake_answer){ .body = "<html><article>" LONG LONG LONG
		                              "<p>Subscribe to continue reading.</p>" };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	assert_int_equal(web.n_kept, 1);
	first = (struct fake_answer){ .body = "<html><article>" LONG };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	assert_int_equal(web.n_kept, 1);
}

/* All with 200. */
static void
whoever_asks_whether_we_are_human_is_no_article(void **state)
{
	static const char *const bodies[] = {
		"<html><title>Just a moment...</title>",
		"<html><title>Einen Moment...</title>",
		"<html><title>Pardon Our Interruption</title><p>As you were browsing",
		"<html><title>news.example</title><p>Please enable JS and disable any ad "
		"blocker</p>",
		"<html><title>news.example</title><p>Enable JavaScript and cookies to "
		"continue",
		"<html><title>News</title><p>Our systems have detected unusual traffic "
		"from your computer network",
		"<html><title>Blocked</title><h1>Sorry, you have been blocked</h1>",
		"<html><title>News</title><script>window._cf_chl_opt={}</script>",
		"<html><title>News</title><iframe src=\"/_Incapsula_Resource?a=1\">",
		"<html><title>Sicherheitsüberprüfung – Zeitung</title>",
	};

	(void)state;
	second = (struct fake_answer){ .body = PAGE };
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		first = (struct fake_answer){ .body = bodies[i] };
		(void)fake_run(&web, &press_fetcher, PRESS);
		if (web.err.text[0] == '\0' || strstr(web.err.text, "stands at") == NULL)
			fail_msg("taken for an article: %s", bodies[i]);
	}
}

static void
a_short_article_with_a_box_for_readers_is_one(void **state)
{
	(void)state;
	first = (struct fake_answer){
		.body = "<html><title>Security checks at the "
			"airport</title><article><p>They "
			"are slow.</article><div class=\"g-recaptcha\"><input "
			"type=password>"
	};
	second = (struct fake_answer){ .body = PAGE };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	assert_int_equal(web.n_kept, 2);
}

static void
killed_between_two_pages_it_has_the_first_one_and_asks_for_the_second(void **state)
{
	(void)state;
	first = second = (struct fake_answer){ .body = PAGE, .headers = "ETag: 1\n" };
	web.killed_after = 1;
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	web.killed_after = 0;
	first = (struct fake_answer){ .status = 304 };
	assert_int_equal(fake_run(&web, &press_fetcher, PRESS), RP_OK);
	assert_string_equal(fake_text(&web.asked),
	                    "https://a.example/1 (if)\nhttps://a.example/2\n");
	assert_int_equal(web.n_kept, 1);
}

static int
set_up(void **state)
{
	(void)state;
	fake_web_init(&web);
	web.serve = serve;
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
		TEST(each_page_is_handed_to_the_importer_with_what_the_settings_say),
		TEST(a_transcript_has_its_event_from_the_settings_and_a_name_that_stays),
		TEST(a_setting_that_makes_no_sense_is_named),
		TEST(a_page_is_asked_for_only_if_it_changed),
		TEST(a_page_that_fails_does_not_keep_the_others_from_being_read),
		TEST(one_that_is_busy_comes_once_more_behind_the_others),
		TEST(one_that_is_gone_for_good_is_left_out),
		TEST(what_stands_in_the_way_is_no_article),
		TEST(an_article_about_login_pages_is_an_article),
		TEST(a_paywall_is_remarked_upon),
		TEST(the_beginning_of_an_article_that_we_had_whole_is_no_wording_of_it),
		TEST(whoever_asks_whether_we_are_human_is_no_article),
		TEST(a_short_article_with_a_box_for_readers_is_one),
		TEST(killed_between_two_pages_it_has_the_first_one_and_asks_for_the_second),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
