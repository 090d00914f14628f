#include "core/base/url.h"
#include "tests/support/in-arena.h"
#include "tests/support/spec.h"

#include <stdlib.h>

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

static struct rp_slice
clean(const char *url)
{
	struct rp_slice out;

	assert_true(url_clean(arena, rp_slice_str(url), &out));
	return out;
}

static void
addresses_of_one_page_become_one(void **state)
{
	static const struct {
		const char *url, *want;
	} rows[] = {
		{ "https://example.org/a", "https://example.org/a" },
		{ "HTTPS://Example.ORG/A?B=c", "https://example.org/A?B=c" },
		{ "https://example.org:443/a", "https://example.org/a" },
		{ "http://example.org/a", "https://example.org/a" },
		{ "HTTP://example.org", "https://example.org/" },
		{ "http://example.org:80/a", "https://example.org/a" },
		{ "http://example.org:/a", "https://example.org/a" },
		{ "http://example.org:8080/a", "http://example.org:8080/a" },
		{ "https://example.org:80/a", "https://example.org:80/a" },
		{ "http://[::1]/a", "https://[::1]/a" },
		{ "http://Bo:80@example.org/a", "https://Bo:80@example.org/a" },
		{ "http://example.org:443/a", "http://example.org:443/a" },
		{ "https://example.org", "https://example.org/" },
		{ "https://example.org?a=1", "https://example.org/?a=1" },
		{ "https://example.org/a#q1", "https://example.org/a" },
		{ "https://example.org/a#xtor=AL-32", "https://example.org/a" },
		{ "https://example.org/a?utm_source=x&utm_medium=y",
		  "https://example.org/a" },
		{ "https://example.org/a?id=1&UTM_Source=x&b=2",
		  "https://example.org/a?id=1&b=2" },
		{ "https://example.org/a?fbclid=1&gclid=2&xtor=3&at_medium=4&at_campaign="
		  "5&ref=6&s=20&cmpid=7",
		  "https://example.org/a" },
		{ "https://example.org/a?refs=1&ss=2&as=3",
		  "https://example.org/a?refs=1&ss=2&as=3" },
		{ "https://example.org/a?", "https://example.org/a" },
		{ "https://example.org/a/../b//c/", "https://example.org/a/../b//c/" },
		{ "https://example.org/%C3%A9", "https://example.org/%C3%A9" },
		{ "https://example.org/\xc3\xa9", "https://example.org/\xc3\xa9" },
		{ " \nhttps://example.org/a b\n/c\t ", "https://example.org/a%20b/c" },
		{ "https://Bo:Secret@Example.org/a", "https://Bo:Secret@example.org/a" },
		{ "https://[::1]:8080/a", "https://[::1]:8080/a" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct rp_slice once = clean(rows[i].url), twice;

		assert_slice(once, rows[i].want);
		assert_true(url_clean(arena, once, &twice));
		assert_slice(twice, rows[i].want);
	}
}

static void
what_is_no_whole_address_of_the_web_becomes_nothing(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"example.org/a",
		"/a",
		"//example.org/a",
		"javascript:alert(1)",
		"javascript://example.org/%0aalert(1)",
		"java\nscript:alert(1)",
		"data:text/html,a",
		"mailto:ana@example.org",
		"ftp://example.org/a",
		"https:",
		"https://",
		"https:///a",
		"https://:/a",
		"https://b.::/a",
		"https://b:80:80/a",
		"https://b:x/a",
		"https://:443/a",
		"https://bo@/a",
		"https://bo@:80/a",
		"https:a",
		"https://example.org/\x01",
		"https://example.org/\xff",
		"1https://example.org/",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_slice(clean(texts[i]), "");
}

#define BASE "https://a.example/b/c/d;p?q"

static struct rp_slice
resolve(const char *base, const char *reference)
{
	struct rp_slice out;

	assert_true(
		url_resolve(arena, rp_slice_str(base), rp_slice_str(reference), &out));
	return out;
}

/* RFC 3986, 5.4. */
static void
relative_addresses_are_resolved(void **state)
{
	static const struct {
		const char *reference, *want;
	} rows[] = {
		{ "g", "https://a.example/b/c/g" },
		{ "./g", "https://a.example/b/c/g" },
		{ "g/", "https://a.example/b/c/g/" },
		{ "/g", "https://a.example/g" },
		{ "//g", "https://g" },
		{ "?y", "https://a.example/b/c/d;p?y" },
		{ "g?y", "https://a.example/b/c/g?y" },
		{ "#s", "https://a.example/b/c/d;p?q#s" },
		{ "g#s", "https://a.example/b/c/g#s" },
		{ "g?y#s", "https://a.example/b/c/g?y#s" },
		{ ";x", "https://a.example/b/c/;x" },
		{ "", "https://a.example/b/c/d;p?q" },
		{ ".", "https://a.example/b/c/" },
		{ "./", "https://a.example/b/c/" },
		{ "..", "https://a.example/b/" },
		{ "../", "https://a.example/b/" },
		{ "../g", "https://a.example/b/g" },
		{ "../..", "https://a.example/" },
		{ "../../g", "https://a.example/g" },
		{ "../../../../g", "https://a.example/g" },
		{ "/./g", "https://a.example/g" },
		{ "/../g", "https://a.example/g" },
		{ "g.", "https://a.example/b/c/g." },
		{ "..g", "https://a.example/b/c/..g" },
		{ "./../g", "https://a.example/b/g" },
		{ "./g/.", "https://a.example/b/c/g/" },
		{ "g/./h", "https://a.example/b/c/g/h" },
		{ "g/../h", "https://a.example/b/c/h" },
		{ "g?y/../x", "https://a.example/b/c/g?y/../x" },
		{ "g//h/../i", "https://a.example/b/c/g//i" },
		{ " \ng h\n", "https://a.example/b/c/g%20h" },
		{ "http://other.example/../x", "http://other.example/x" },
		{ "HTTP://Other.example", "HTTP://Other.example" },
		{ "a:b", "" },
		{ "javascript:alert(1)", "" },
		{ " java\tscript:alert(1)", "" },
		{ "data:text/html,x", "" },
		{ "mailto:ana@example.org", "" },
		{ "https:g", "" },
		{ "g\x01", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_slice(resolve(BASE, rows[i].reference), rows[i].want);
	assert_slice(resolve("https://a.example", "g"), "https://a.example/g");
	assert_slice(resolve("https://a.example", "../g"), "https://a.example/g");
	assert_slice(resolve("", "g"), "");
	assert_slice(resolve("file:///etc/", "passwd"), "");
	assert_slice(resolve("", "https://a.example/x"), "https://a.example/x");
}

static void
pages_with_several_addresses_have_one(void **state)
{
	static const struct {
		const char *url, *want;
		int64_t at_s;
	} rows[] = {
		{ "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90s",
		  "https://www.youtube.com/watch?v=dQw4w9WgXcQ", 90 },
		{ "https://youtu.be/\rdQw4w9\nWgXcQ?t=1h::ry",
		  "https://www.youtube.com/watch?v=dQw4w9WgXcQ", 0 },
		{ "https://youtu.be/dQw4w9WgXcQ?t=1m30s&si=AbC",
		  "https://www.youtube.com/watch?v=dQw4w9WgXcQ", 90 },
		{ "https://m.youtube.com/shorts/dQw4w9WgXcQ",
		  "https://www.youtube.com/watch?v=dQw4w9WgXcQ", 0 },
		{ "https://youtube.com/live/dQw4w9WgXcQ?feature=share",
		  "https://www.youtube.com/watch?v=dQw4w9WgXcQ", 0 },
		{ "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=42",
		  "https://www.youtube.com/watch?v=dQw4w9WgXcQ", 42 },
		{ "https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=1h2m3",
		  "https://www.youtube.com/watch?v=dQw4w9WgXcQ", 3723 },
		{ "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=99999999999",
		  "https://www.youtube.com/watch?v=dQw4w9WgXcQ", 0 },
		{ "https://www.youtube.com/@wef", "https://www.youtube.com/@wef", 0 },
		{ "https://www.linkedin.com/posts/ana_words-activity-7284-AbCd?utm_a=b",
		  "https://www.linkedin.com/feed/update/urn:li:activity:7284", 0 },
		{ "https://www.linkedin.com/embed/feed/update/urn:li:share:7284",
		  "https://www.linkedin.com/feed/update/urn:li:share:7284", 0 },
		{ "https://www.threads.net/@Ana/post/C8AbC?xmt=1",
		  "https://www.threads.com/@ana/post/C8AbC", 0 },
		{ "https://www.instagram.com/ana/reel/C8AbC/?igsh=1",
		  "https://www.instagram.com/p/C8AbC/", 0 },
		{ "https://m.tiktok.com/@Ana/video/7284?x=1",
		  "https://www.tiktok.com/@ana/video/7284", 0 },
		{ "https://m.facebook.com/story.php?story_fbid=1&id=2&fbclid=3",
		  "https://www.facebook.com/story.php?story_fbid=1&id=2", 0 },
		{ "https://example.org/a?utm_source=b#c", "https://example.org/a", 0 },
		{ "javascript:alert(1)", "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct rp_slice out;
		int64_t at_s = -1;

		assert_true(url_clean_at(arena, rp_slice_str(rows[i].url), &out, &at_s));
		assert_slice(out, rows[i].want);
		assert_true(at_s == rows[i].at_s);
		assert_slice(clean(rows[i].url), rows[i].want);
	}
}

static void
long_addresses_are_read_once(void **state)
{
	enum { LONG = 3000000 };
	CLEANUP(arena_free) struct arena *roomy = arena_new(64 << 20);
	char *text = malloc(LONG);
	struct rp_slice out, s = { text, LONG };

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < LONG; i++)
		text[i] = "/.."[i % 3];
	assert_true(url_resolve(roomy, RP_SLICE(BASE), s, &out));
	assert_slice(out, "https://a.example/");
	memset(text, '&', LONG);
	memcpy(text, "https://a.example/?", 19);
	assert_true(url_clean(roomy, s, &out));
	assert_true(out.n <= LONG + 2);
	free(text);
}

static void
a_full_arena_is_told(void **state)
{
	CLEANUP(arena_free) struct arena *full = arena_new(1);
	struct rp_slice out;
	int64_t at_s;

	(void)state;
	assert_false(url_clean(full, RP_SLICE("https://a.example/"), &out));
	assert_false(url_resolve(full, RP_SLICE(BASE), RP_SLICE("g"), &out));
	assert_false(url_clean_at(full, RP_SLICE("https://youtu.be/a"), &out, &at_s));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_of_one_page_become_one),
		cmocka_unit_test(what_is_no_whole_address_of_the_web_becomes_nothing),
		cmocka_unit_test(relative_addresses_are_resolved),
		cmocka_unit_test(pages_with_several_addresses_have_one),
		cmocka_unit_test(long_addresses_are_read_once),
		cmocka_unit_test(a_full_arena_is_told),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
