/*
 * What is told of answers of servers, and what readers make of it.
 */
#include "core/collect/collector.h"
#include "core/collect/options.h"
#include "tests/support/memory-reader.h"
#include "tests/support/read-batches.h"
#include "tests/support/spec.h"

static struct rp_buf options;
static struct rp_error err;

static int64_t
at(const char *text)
{
	struct rp_time time;

	assert_true(rp_time_read(rp_slice_str(text), RP_BASIS_CAPTURE, &time));
	return time.lo;
}

static void
assert_refused(const char *key, const char *value, const char *why)
{
	assert_int_equal(
		options_add(&options, rp_slice_str(key), rp_slice_str(value), &err),
		RP_BAD_USAGE);
	assert_string_equal(err.text, why);
}

static void
assert_taken(const char *key, const char *value)
{
	assert_ok(options_add(&options, rp_slice_str(key), rp_slice_str(value), &err),
	          err);
}

static void
how_an_answer_came_is_checked_as_all_settings_are(void **state)
{
	(void)state;
	assert_taken("fetched", "2026-01-05T12:00:00.123456Z");
	assert_taken("as_of", "2021-03-04T05:06:07Z");
	assert_taken("asked", "x:1881923570458304780");
	assert_taken("asked", "masto:@https://m.example/users/ana");
	assert_taken("status", "404");
	assert_taken("masked", "1");
	assert_taken("http.date", "Mon, 05 Jan 2026 12:00:00 GMT");
	assert_taken("http.type", "text/html; charset=\"UTF-8\"");
	assert_taken("http.etag", "W/\"a-gzip\"");
	assert_taken("http.url", "https://blog.example/feed");
	assert_taken("http.address", "2001:db8::7");
	assert_taken("http.certificate",
	             "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
	assert_refused("fetched", "2026-01-05",
	               "fetched \"2026-01-05\" is no time; write 2026-01-05T12:00:00Z");
	assert_refused("fetched", "2026-01-05T12:00:00+01:00",
	               "fetched \"2026-01-05T12:00:00+01:00\" is no time; write "
	               "2026-01-05T12:00:00Z");
	assert_refused("asked", "nobody", "asked \"nobody\" is no key");
	assert_refused("status", "007", "status \"007\" is no status of HTTP");
	assert_refused("status", "2000", "status \"2000\" is no status of HTTP");
	assert_refused("masked", "no", "masked \"no\" can only be 1");
	assert_refused("http.url", "file:///etc/passwd",
	               "http.url \"file:///etc/passwd\" is no web address");
	assert_refused("http.address", "localhost",
	               "http.address \"localhost\" is no address of a network");
	assert_refused("http.certificate", "abc",
	               "http.certificate \"abc\" is no SHA-256");
	assert_refused("http.cookie", "a=b", "unknown key \"http.cookie\"");
}

static void
nobody_can_say_of_a_file_that_a_server_sent_it(void **state)
{
	(void)state;
	assert_int_equal(options_add_sidecar(&options,
	                                     RP_SLICE("[event]\n"
	                                              "fetched = 2026-01-05T12:00:00Z\n"),
	                                     &err),
	                 RP_BAD_CONFIG);
	assert_string_equal(err.text, "line 2: unknown key \"fetched\"");
}

static void
what_a_header_says_in_odd_bytes_becomes_a_line_or_is_left_out(void **state)
{
	static char long_value[1500];

	(void)state;
	assert_ok(options_add_found(&options, RP_SLICE("http.server"),
	                            RP_SLICE("a\tb\rc"), &err),
	          err);
	assert_ok(options_add_found(&options, RP_SLICE("http.date"), RP_SLICE("\xff\xfe"),
	                            &err),
	          err);
	assert_slice(buf_slice(&options), "http.server=a b c\n");
	memset(long_value, 'a', sizeof(long_value));
	memcpy(long_value, "https://a.example/", 18);
	assert_ok(options_add_found(&options, RP_SLICE("http.url"),
	                            rp_slice_from(long_value, sizeof(long_value)), &err),
	          err);
	assert_slice(buf_slice(&options), "http.server=a b c\n");
}

static void
the_same_bytes_are_the_same_whenever_and_from_wherever_they_came(void **state)
{
	const char *all =
		"url=https://a.example/\nstatus=404\nfetched=2026-01-05T12:00:00Z\n"
		"http.date=x\nhttp.address=192.0.2.7\nevent.made=e\ndamaged=cut\n";

	(void)state;
	assert_slice(collector_given(rp_slice_str(all)),
	             "url=https://a.example/\nstatus=404\n");
	assert_slice(collector_given(RP_SLICE("fetched=2026-01-05T12:00:00Z\n")), "");
	assert_slice(collector_given(RP_SLICE("asked=x:1\n")), "asked=x:1\n");
	assert_slice(collector_given(RP_SLICE("")), "");
}

static void
a_copy_of_old_is_as_old_as_it_says_and_an_answer_as_new_as_it_came(void **state)
{
	(void)state;
	assert_true(options_as_of(RP_SLICE("title=x\n")) == RP_TIME_UNKNOWN);
	assert_true(options_as_of(RP_SLICE("fetched=2026-01-05T12:00:00Z\n")) ==
	            at("2026-01-05T12:00:00Z"));
	assert_true(options_as_of(RP_SLICE("as_of=2021-03-04T05:06:07Z\n"
	                                   "fetched=2026-01-05T12:00:00Z\n")) ==
	            at("2021-03-04T05:06:07Z"));
	assert_true(options_as_of(RP_SLICE("fetched=yesterday\n")) == RP_TIME_UNKNOWN);
}

static void
the_encoding_is_a_parameter_of_the_type(void **state)
{
	(void)state;
	assert_slice(charset_of_type(RP_SLICE("text/html; charset=ISO-8859-1")),
	             "ISO-8859-1");
	assert_slice(charset_of_type(RP_SLICE("text/xml;q=1; Charset=\"utf-8\" ")),
	             "utf-8");
	assert_slice(charset_of_type(RP_SLICE("text/html")), "");
	assert_slice(charset_of_type(RP_SLICE("text/html;;;charset=")), "");
	assert_slice(charset_of_type(RP_SLICE("")), "");
}

/* ---- readers ------------------------------------------------------------- */

static int64_t seen_as_of, state_as_of;
static struct rp_slice seen_text;
static char text_of[400];

static void
look(const struct batch *batch)
{
	for (size_t i = 0; i < batch->n_observations; i++) {
		const struct observation *seen = &batch->observations[i];

		if (seen->post.kind == KIND_GHOST)
			continue;
		seen_as_of = seen->version.as_of;
		assert_true(seen->version.text.n < sizeof(text_of));
		memcpy(text_of, seen->version.text.p, seen->version.text.n);
		seen_text = rp_slice_from(text_of, seen->version.text.n);
	}
	for (size_t i = 0; i < batch->n_states; i++)
		state_as_of = batch->states[i].as_of;
}

/* The one post of these bytes, of an answer that came at noon. */
static void
read(const char *format, const char *text, const char *more)
{
	struct memory_reader memory = { .left = rp_slice_str(text) };
	struct input input = { .name = RP_SLICE("https://a.example/x"),
		               .reader = { memory_read, &memory } };

	buf_clear(&options);
	buf_add_str(&options, more);
	buf_add_str(&options, "fetched=2026-01-05T12:00:00Z\n");
	input.options = buf_slice(&options);
	seen_as_of = state_as_of = 0;
	read_batches(collector_find(rp_slice_str(format)), &input, look);
}

#define NOON at("2026-01-05T12:00:00Z")

static void
a_post_was_so_when_the_answer_came(void **state)
{
	(void)state;
	read("x", "{\"data\":{\"id\":\"1\",\"text\":\"a\",\"author_id\":\"2\"}}", "");
	assert_true(seen_as_of == NOON);
	read("x", "[{\"id\":\"1\",\"text\":\"a\",\"author_id\":\"2\"}]", "");
	assert_true(seen_as_of == NOON);
	read("masto",
	     "[{\"id\":\"1\",\"uri\":\"https://m.example/users/a/statuses/"
	     "1\",\"created_at\":"
	     "\"2026-01-01T00:00:00Z\",\"content\":\"<p>a</"
	     "p>\",\"visibility\":\"public\","
	     "\"account\":{\"acct\":\"a\",\"url\":\"https://m.example/@a\"}}]",
	     "");
	assert_true(seen_as_of == NOON);
	read("bsky",
	     "{\"posts\":[{\"uri\":\"at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/"
	     "app.bsky.feed.post/3kaaaaaaaaa2a\",\"author\":{\"did\":\"did:plc:"
	     "aaaaaaaaaaaaaaaaaaaaaaaa\",\"handle\":\"a.example\"},\"record\":{\"$type\":"
	     "\"app.bsky.feed.post\",\"text\":\"a\",\"createdAt\":\"2026-01-01T00:00:"
	     "00Z\"},"
	     "\"indexedAt\":\"2026-01-01T00:00:00Z\"}]}",
	     "");
	assert_true(seen_as_of == NOON);
	read("feed",
	     "<rss version=\"2.0\"><channel><title>t</title><item><guid>1</guid>"
	     "<description>a</description></item></channel></rss>",
	     "");
	assert_true(seen_as_of == NOON);
	read("article",
	     "<!doctype html><meta property=og:type content=article><article><p>She said "
	     "it "
	     "is what it is and nothing else would come of it, whatever others may say "
	     "of "
	     "it.</p></article>",
	     "url=https://a.example/x\n");
	assert_true(seen_as_of == NOON);
	read("transcript", "ANA: It is so.\n", "event=e\n");
	assert_true(seen_as_of == NOON);
}

static void
what_the_platform_says_of_a_post_was_so_when_it_said_it(void **state)
{
	(void)state;
	read("x",
	     "{\"errors\":[{\"resource_id\":\"1\",\"resource_type\":\"tweet\",\"title\":"
	     "\"Not "
	     "Found Error\",\"type\":\"https://api.twitter.com/2/problems/"
	     "resource-not-found\"}]}",
	     "");
	assert_true(state_as_of == NOON);
}

static void
a_copy_out_of_an_archive_was_so_when_that_took_it(void **state)
{
	(void)state;
	read("x", "{\"data\":{\"id\":\"1\",\"text\":\"a\",\"author_id\":\"2\"}}",
	     "as_of=2021-03-04T05:06:07Z\n");
	assert_true(seen_as_of == at("2021-03-04T05:06:07Z"));
}

static void
the_header_tells_the_encoding_of_feeds_and_pages(void **state)
{
	const char *utf8 =
		"<rss version=\"2.0\"><channel><title>t</title><item><guid>1"
		"</guid><description>\xd0\xb0</description></item></channel></rss>";
	const char *feed =
		"<rss version=\"2.0\"><channel><title>t</title><item><guid>1"
		"</guid><description>\xc1</description></item></channel></rss>";
	const char *page =
		"<!doctype html><article><p>\xc1 she said it is what it is and "
		"nothing else would come of it, whatever others may say of it, and "
		"that is that then.</p></article>";

	(void)state;
	read("feed", feed, "http.type=text/xml; charset=koi8-r\n");
	assert_slice(seen_text, "\xd0\xb0");
	read("feed", utf8, "http.type=text/xml; charset=nonsense\n");
	assert_slice(seen_text, "\xd0\xb0");
	read("article", page, "http.type=text/html; charset=koi8-r\n");
	assert_true(rp_slice_starts(seen_text, RP_SLICE("\xd0\xb0")));
}

static int
set_up(void **state)
{
	(void)state;
	buf_init(&options, 1 << 16);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	buf_done(&options);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(how_an_answer_came_is_checked_as_all_settings_are),
		TEST(nobody_can_say_of_a_file_that_a_server_sent_it),
		TEST(what_a_header_says_in_odd_bytes_becomes_a_line_or_is_left_out),
		TEST(the_same_bytes_are_the_same_whenever_and_from_wherever_they_came),
		TEST(a_copy_of_old_is_as_old_as_it_says_and_an_answer_as_new_as_it_came),
		TEST(the_encoding_is_a_parameter_of_the_type),
		TEST(a_post_was_so_when_the_answer_came),
		TEST(what_the_platform_says_of_a_post_was_so_when_it_said_it),
		TEST(a_copy_out_of_an_archive_was_so_when_that_took_it),
		TEST(the_header_tells_the_encoding_of_feeds_and_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
