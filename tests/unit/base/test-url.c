#include "core/base/url.h"
#include "tests/support/in-arena.h"
#include "tests/support/spec.h"

#include <stdlib.h>

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

static struct url_meaning
meaning_of(const char *url)
{
	struct url_meaning meaning;

	assert_true(url_meaning(arena, rp_slice_str(url), &meaning));
	return meaning;
}

static void
assert_meaning(const char *url, enum url_kind kind, const char *key, const char *author)
{
	struct url_meaning meaning = meaning_of(url);

	if (meaning.kind != kind || !rp_slice_eq(meaning.key, rp_slice_str(key)) ||
	    !rp_slice_eq(meaning.author, rp_slice_str(author)))
		fail_msg("%s: kind %d, key \"%.*s\", author \"%.*s\"", url,
		         (int)meaning.kind, RP_FMT(meaning.key), RP_FMT(meaning.author));
}

/* All of them one post by Ana. */
static void
assert_anas_post(const char *const *urls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_meaning(urls[i], URL_POST, "x:1881923570458304780", "x:@ana_b?");
}

static void
assert_other(const char *const *urls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_meaning(urls[i], URL_OTHER, "", "");
}

static void
every_host_that_shows_a_post_leads_to_its_key(void **state)
{
	static const char *const urls[] = {
		"https://x.com/ana_b/status/1881923570458304780",
		"http://x.com/ana_b/status/1881923570458304780",
		"https://twitter.com/ana_b/status/1881923570458304780",
		"https://www.twitter.com/ana_b/status/1881923570458304780",
		"https://mobile.twitter.com/ana_b/status/1881923570458304780",
		"https://m.x.com/ana_b/status/1881923570458304780",
		"HTTPS://Mobile.X.COM/Ana_B/Status/1881923570458304780",
		"x.com/ana_b/status/1881923570458304780",
		"Twitter.com/ana_b/status/1881923570458304780",
		"//x.com/ana_b/status/1881923570458304780",
		"https://fxtwitter.com/ana_b/status/1881923570458304780",
		"https://d.fxtwitter.com/ana_b/status/1881923570458304780/en",
		"https://c.vxtwitter.com/ana_b/status/1881923570458304780",
		"https://fixupx.com/ana_b/status/1881923570458304780",
		"https://fixvx.com/ana_b/status/1881923570458304780",
		"https://g.twittpr.com/ana_b/status/1881923570458304780",
		"https://pxtwitter.com/ana_b/status/1881923570458304780",
		"https://ayytwitter.com/ana_b/status/1881923570458304780",
		"https://twitter64.com/ana_b/status/1881923570458304780",
		"https://nitter.net/ana_b/status/1881923570458304780#m",
		"http://nitter.example.onion:8080/ana_b/status/1881923570458304780#m",
		"https://xcancel.com/ana_b/status/1881923570458304780",
		"twiiit.com/ana_b/status/1881923570458304780",
	};

	(void)state;
	assert_anas_post(urls, COUNT(urls));
}

static void
ports_users_and_final_dots_do_not_hide_a_host(void **state)
{
	static const char *const urls[] = {
		"https://x.com:443/ana_b/status/1881923570458304780",
		"http://twitter.com:80/ana_b/status/1881923570458304780",
		"x.com:443/ana_b/status/1881923570458304780",
		"https://x.com./ana_b/status/1881923570458304780",
		"https://x.com.:443/ana_b/status/1881923570458304780",
		"https://x.com:/ana_b/status/1881923570458304780",
		"https://user:secret@x.com/ana_b/status/1881923570458304780",
		"https:/x.com/ana_b/status/1881923570458304780",
		"  https://x.com/ana_b/status/1881923570458304780\r\n",
	};

	(void)state;
	assert_anas_post(urls, COUNT(urls));
}

static void
what_stands_behind_the_id_does_not_matter(void **state)
{
	static const char *const urls[] = {
		"https://x.com/ana_b/status/1881923570458304780/",
		"https://x.com/ana_b/status/1881923570458304780?s=20&t=AbCd_1",
		"https://x.com/ana_b/status/1881923570458304780?ref_src=twsrc%5Etfw#m",
		"https://x.com/ana_b/status/1881923570458304780#?s=1",
		"https://x.com/ana_b/status/1881923570458304780/photo/1",
		"https://x.com/ana_b/status/1881923570458304780/video/1?s=20",
		"https://x.com/ana_b/status/1881923570458304780/history",
		"https://x.com/ana_b/status/1881923570458304780/quotes",
		"https://x.com/ana_b/statuses/1881923570458304780/analytics",
		"https://x.com/ana_b/status/1881923570458304780%22",
		"https://x.com/ana_b/status/1881923570458304780&quot;",
		"https://x.com/ana_b/status/1881923570458304780.",
		"https://x.com/ana_b/status/1881923570458304780\xe2\x80\xa6",
		"https://x.com//ana_b//status//1881923570458304780//",
		"https://x.com/@ana_b/status/1881923570458304780",
		"https://twitter.com/#!/ana_b/status/1881923570458304780",
		"https://twitter.com#!/ana_b/status/1881923570458304780?s=20",
		"http://twitter.com/?lang=fr#!/Ana_B/statuses/1881923570458304780#x",
	};

	(void)state;
	assert_anas_post(urls, COUNT(urls));
}

static void
a_post_without_a_named_author_is_known_by_its_id(void **state)
{
	static const char *const urls[] = {
		"https://x.com/i/web/status/123",
		"https://twitter.com/i/web/status/123?s=20",
		"https://x.com/i/status/123",
		"https://twitter.com/statuses/123",
		"https://twitter.com/anyuser/status/123",
		"https://twitter.com/_/status/123",
		"https://x.com/I/Status/123",
		"https://x.com/home/status/123",
		"https://x.com/%40ana/status/123",
		"https://x.com/ana-b/status/123",
		"https://x.com/a23456789012345678901/status/123",
		"https://x.com/intent/like?tweet_id=123",
		"https://twitter.com/intent/retweet?related=ana&amp;tweet_id=123&x=1",
		"https://twitter.com/intent/favorite?tweet_id=123#m",
		"https://nitter.net/i/status/123",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(urls); i++)
		assert_meaning(urls[i], URL_POST, "x:123", "");
}

static void
a_page_kept_by_the_wayback_machine_is_the_page_itself(void **state)
{
	static const char *const urls[] = {
		"https://web.archive.org/web/20250122043518/https://x.com/ana_b/status/"
		"1881923570458304780",
		"https://web.archive.org/web/20250122043518id_/https://twitter.com/ana_b/"
		"status/1881923570458304780",
		"web.archive.org/web/2025im_/http://twitter.com:80/Ana_B/status/"
		"1881923570458304780?s=20",
		"http://web.archive.org/web/*/twitter.com/ana_b/status/"
		"1881923570458304780",
		"http://web.archive.org/web/2025*/twitter.com/ana_b/status/"
		"1881923570458304780",
		"https://web.archive.org/web/https:/x.com/ana_b/status/"
		"1881923570458304780",
		"https://web.archive.org/web/2025/x.com/ana_b/status/1881923570458304780",
		"https://web.archive.org/web/2025if_/https://web.archive.org/web/2024id_/"
		"https://mobile.twitter.com/ana_b/status/1881923570458304780/photo/1",
		"https://web.archive.org/web/2011/http://twitter.com/#!/ana_b/status/"
		"1881923570458304780",
		"https://web.archive.org/web/2025/https://x.com/ana_b/status/"
		"1881923570458304780%22",
		"https://twitter.com/#%21/ana_b/status/1881923570458304780",
		"<https://x.com/ana_b/status/1881923570458304780>",
	};
	static const char *const others[] = {
		"https://web.archive.org/",
		"https://web.archive.org/web/",
		"https://web.archive.org/web/2025",
		"https://web.archive.org/web/2025/",
		"https://web.archive.org/web/2025/https%3A%2F%2Fx.com%2Fana%2Fstatus%2F1",
		"https://web.archive.org/web/2025/https://example.org/ana/status/1",
		"https://web.archive.org/web/2025/mailto:ana@x.com",
		"https://web.archive.org/save/https://x.com/ana/status/1",
		"https://example.org/web/2025/https://x.com/ana/status/1",
	};

	(void)state;
	assert_anas_post(urls, COUNT(urls));
	assert_other(others, COUNT(others));
}

static void
an_account_is_named_by_its_handle_or_its_id(void **state)
{
	(void)state;
	assert_meaning("https://x.com/Ana_B", URL_ACCOUNT, "", "x:@ana_b?");
	assert_meaning("https://x.com/@Ana_B/?lang=fr", URL_ACCOUNT, "", "x:@ana_b?");
	assert_meaning("mobile.twitter.com/Ana_B#top", URL_ACCOUNT, "", "x:@ana_b?");
	assert_meaning("http://twitter.com/#!/Ana_B", URL_ACCOUNT, "", "x:@ana_b?");
	assert_meaning("https://x.com/ABCDEFGHIJKLMNOPQRST", URL_ACCOUNT, "",
	               "x:@abcdefghijklmnopqrst?");
	assert_meaning("https://x.com/2025", URL_ACCOUNT, "", "x:@2025?");
	assert_meaning("https://x.com/i/user/44196397", URL_ACCOUNT, "", "x:@44196397");
	assert_meaning("https://twitter.com/intent/user?user_id=44196397", URL_ACCOUNT,
	               "", "x:@44196397");
	assert_meaning("https://twitter.com/intent/user?screen_name=Ana_B", URL_ACCOUNT,
	               "", "x:@ana_b?");
	assert_meaning("https://x.com/intent/follow?a=b&screen_name=Ana_B", URL_ACCOUNT,
	               "", "x:@ana_b?");
}

static void
pages_of_x_that_are_neither_post_nor_account_are_just_urls(void **state)
{
	static const char *const urls[] = {
		"https://x.com",
		"https://x.com/",
		"x.com",
		"https://x.com/home",
		"https://x.com/Search?q=from%3Aana",
		"https://x.com/i",
		"https://x.com/_",
		"https://x.com/i/article/123",
		"https://x.com/i/spaces/1DXxyRYNejbKM",
		"https://x.com/i/events/123",
		"https://x.com/i/bookmarks",
		"https://x.com/i/lists/123",
		"https://x.com/i/user/ana",
		"https://x.com/hashtag/Stargate",
		"https://x.com/intent/tweet?text=https://x.com/ana/status/1",
		"https://x.com/intent/like",
		"https://x.com/intent/like?tweet_id=",
		"https://x.com/intent/user?screen_name=",
		"https://x.com/ana/lists/friends",
		"https://x.com/ana/status/",
		"https://x.com/ana/status//",
		"https://x.com/ana/status/abc",
		"https://x.com/ana/status/-1",
		"https://x.com/ana/status/0",
		"https://x.com/ana/status/0123",
		"https://x.com/ana/status/12345678901234567890",
		"https://twitter.com/ana/status/https://pbs.twimg.com/media/1.jpg",
		"https://x.com/ABCDEFGHIJKLMNOPQRSTU",
		"https://x.com/robots.txt",
		"https://x.com/@",
		"https://x.com/search#!/ana/status/1",
	};

	(void)state;
	assert_other(urls, COUNT(urls));
}

static void
hosts_that_only_look_like_x_are_other_hosts(void **state)
{
	static const char *const urls[] = {
		"https://x.com.example.org/ana/status/1",
		"https://notx.com/ana/status/1",
		"https://x.com@example.org/ana/status/1",
		"https://x.com:pass@example.org/ana/status/1",
		"https://example.org/x.com/ana/status/1",
		"https://example.org/?u=https://x.com/ana/status/1",
		"https://example.org#https://x.com/ana/status/1",
		"https://ab.fxtwitter.com/ana/status/1",
		"https://d.x.com/ana/status/1",
		"https://nitter/ana/status/1",
		"https://\xd1\x85.com/ana/status/1",
		"https://x.com../ana/status/1",
		"https://xn--x-0mb.com/ana/status/1",
		"https://[::1]:8080/ana/status/1",
		"https://t.co/AbCdEfGhIj",
		"https://pic.twitter.com/AbCdEfGhIj",
		"https://pbs.twimg.com/media/AbC.jpg?name=orig",
		"https://example.org",
		"example.org/page",
		"http://localhost:8080/",
	};

	(void)state;
	assert_other(urls, COUNT(urls));
}

static void
keys_names_and_sentences_are_no_urls(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"@ana",
		"ana",
		"1881923570458304780",
		"x:1881923570458304780",
		"x:@44196397",
		"x:@ana?",
		"bsky:did:plc:abc/3jzfcijpj2z2a",
		"masto:https://example.org/users/ana/statuses/1",
		"masto:example.org!1",
		"press:https://example.org/a#q1",
		"feed:https://example.org/feed#1",
		"spoken:davos.2025/3",
		"ana@x.com",
		"mailto:ana@x.com",
		"ftp://x.com/ana/status/1",
		"javascript:x.com/ana/status/1",
		"https:",
		"https://",
		"https://:80/",
		"https://x.com:port/ana/status/1",
		"https://a b.com/",
		"https://x.com\"/ana/status/1",
		"x.com is down",
		"x.com/ana/status/1 is gone",
		"U.S.",
		"3.14",
		"1.2.3.4/page",
		"wait...what",
		"/ana/status/1",
		"?x.com/ana/status/1",
		".com/ana",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_meaning(texts[i], URL_NOT_URL, "", "");
}

static void
bytes_that_are_no_text_do_no_harm(void **state)
{
	static const char nul[] = "https://x.com/an\0a/status/12\0"
				  "34";
	struct url_meaning meaning;

	(void)state;
	assert_true(url_meaning(arena, rp_slice_from(nul, sizeof(nul) - 1), &meaning));
	assert_int_equal(meaning.kind, URL_POST);
	assert_slice(meaning.key, "x:12");
	assert_int_equal(meaning.author.n, 0);
	assert_true(url_meaning(arena, rp_slice_from(NULL, 0), &meaning));
	assert_int_equal(meaning.kind, URL_NOT_URL);
	assert_meaning("https://x.com/\xff\xfe/status/1", URL_POST, "x:1", "");
}

/* A megabyte of Wayback inside Wayback, and one of slashes: both in no time. */
static void
a_url_of_a_megabyte_is_read_once(void **state)
{
	static const char prefix[] = "web.archive.org/web/2/";
	size_t n = 50000, each = sizeof(prefix) - 1;
	char *text = malloc(n * each);
	struct url_meaning meaning;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < n; i++)
		memcpy(text + i * each, prefix, each);
	assert_true(url_meaning(arena, rp_slice_from(text, n * each), &meaning));
	assert_int_equal(meaning.kind, URL_OTHER);
	memset(text, '/', n * each);
	assert_true(url_meaning(arena, rp_slice_from(text, n * each), &meaning));
	assert_int_equal(meaning.kind, URL_NOT_URL);
	memcpy(text, "x.com", 5);
	memcpy(text + n * each - 4, "/ana", 4);
	assert_true(url_meaning(arena, rp_slice_from(text, n * each), &meaning));
	assert_slice(meaning.author, "x:@ana?");
	free(text);
}

static void
a_full_arena_is_said_and_the_answer_left_as_it_was(void **state)
{
	CLEANUP(arena_free) struct arena *full = arena_new(1);
	struct url_meaning meaning = { .kind = URL_NOT_URL };

	(void)state;
	assert_false(url_meaning(full, RP_SLICE("https://x.com/ana/status/1"), &meaning));
	assert_int_equal(meaning.kind, URL_NOT_URL);
	assert_false(url_meaning(full, RP_SLICE("https://x.com/ana"), &meaning));
	assert_true(url_meaning(full, RP_SLICE("https://example.org"), &meaning));
	assert_int_equal(meaning.kind, URL_OTHER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_host_that_shows_a_post_leads_to_its_key),
		cmocka_unit_test(ports_users_and_final_dots_do_not_hide_a_host),
		cmocka_unit_test(what_stands_behind_the_id_does_not_matter),
		cmocka_unit_test(a_post_without_a_named_author_is_known_by_its_id),
		cmocka_unit_test(a_page_kept_by_the_wayback_machine_is_the_page_itself),
		cmocka_unit_test(an_account_is_named_by_its_handle_or_its_id),
		cmocka_unit_test(
			pages_of_x_that_are_neither_post_nor_account_are_just_urls),
		cmocka_unit_test(hosts_that_only_look_like_x_are_other_hosts),
		cmocka_unit_test(keys_names_and_sentences_are_no_urls),
		cmocka_unit_test(bytes_that_are_no_text_do_no_harm),
		cmocka_unit_test(a_url_of_a_megabyte_is_read_once),
		cmocka_unit_test(a_full_arena_is_said_and_the_answer_left_as_it_was),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
