/*
 * Feeds, asked again and again.
 */
#include "core/collect/fetch-feed-read.h"
#include "tests/support/fake-web.h"
#include "tests/support/random.h"

extern const struct fetcher_ops feed_fetcher;

#define FEED "[source f]\ncollector = feed\nurl = https://b.example/feed\n"

static struct fake_web web;
static struct fake_answer says; /* to everybody */

static void
say(const struct fetch_request *request, struct fake_answer *out)
{
	(void)request;
	*out = says;
	if (out->status == 0)
		out->status = 200;
}

static enum rp_status
run(void)
{
	return fake_run(&web, &feed_fetcher, FEED);
}

#define RSS(items)                                                                       \
	"<rss version=\"2.0\"><channel><title>t</title>" items "</channel></rss>"
#define ITEM(id, day)                                                                    \
	"<item><guid>" id "</guid><description>w</description>"                          \
	"<pubDate>" day " Dec 2025 00:00:00 GMT</pubDate></item>"

/* ---- what changed ------------------------------------------------------------ */

static void
what_the_server_said_to_tell_changes_by_is_sent_back_as_it_was(void **state)
{
	(void)state;
	says = (struct fake_answer){ .body = RSS(ITEM("1", "01")),
		                     .headers =
		                             "ETag: W/\"a-gzip\"\nLast-Modified: Mon, 05 "
		                             "Jan 2026 10:00:00 GMT\n" };
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://b.example/feed\n");
	assert_int_equal(web.n_kept, 1);
	assert_string_equal(fake_text(&web.kept),
	                    "https://b.example/feed feed\nurl=https://b.example/feed\n");
	says = (struct fake_answer){ .status = 304 };
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://b.example/feed (if)\n");
	assert_int_equal(web.n_kept, 0);
	assert_non_null(strstr(fake_text(&web.cursor),
	                       "etag=W/\"a-gzip\"\nmodified=Mon, 05 "
	                       "Jan 2026 10:00:00 GMT\n"));
}

static void
the_same_bytes_are_unchanged_and_make_no_capture(void **state)
{
	(void)state;
	says = (struct fake_answer){ .body = RSS(ITEM("1", "01")),
		                     .headers = "ETag: 1\n" };
	assert_int_equal(run(), RP_OK);
	says.headers = "ETag: 2\n";
	assert_int_equal(run(), RP_OK);
	assert_int_equal(web.n_kept, 0);
	says.body = RSS(ITEM("1", "01") ITEM("0", "01"));
	assert_int_equal(run(), RP_OK);
	assert_int_equal(web.n_kept, 1);
}

static void
once_a_week_everything_is_asked_for(void **state)
{
	(void)state;
	says = (struct fake_answer){ .body = RSS(ITEM("1", "01")),
		                     .headers = "ETag: 1\n" };
	assert_int_equal(run(), RP_OK);
	web.now += 6 * RP_DAY;
	says.status = 304;
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://b.example/feed (if)\n");
	web.now += 2 * RP_DAY;
	says.status = 200;
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://b.example/feed\n");
}

static void
a_304_that_nobody_asked_for_is_an_error_for_now(void **state)
{
	(void)state;
	says = (struct fake_answer){ .status = 304 };
	assert_int_equal(run(), RP_RETRY_LATER);
	assert_string_equal(web.err.text,
	                    "https://b.example/feed answered 304 to a question "
	                    "without a condition");
}

/* ---- where it is -------------------------------------------------------------- */

static void
a_move_for_good_is_believed_when_two_runs_were_told_the_same(void **state)
{
	(void)state;
	says = (struct fake_answer){ .body = RSS(ITEM("1", "01")),
		                     .url = "https://new.example/feed",
		                     .moved_for_good = true };
	assert_int_equal(run(), RP_OK);
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://b.example/feed\n");
	says = (struct fake_answer){ .body = RSS(ITEM("1", "01")) };
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://new.example/feed\n");
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://new.example/feed\n");
	says.status = 404;
	assert_int_equal(run(), RP_RETRY_LATER);
	assert_string_equal(fake_text(&web.asked),
	                    "https://new.example/feed\nhttps://b.example/feed\n");
}

static void
a_move_that_is_not_for_good_or_changes_its_mind_is_not_believed(void **state)
{
	(void)state;
	says = (struct fake_answer){ .body = RSS(ITEM("1", "01")),
		                     .url = "https://new.example/feed" };
	for (int i = 0; i < 3; i++)
		assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://b.example/feed\n");
	says.moved_for_good = true;
	assert_int_equal(run(), RP_OK);
	says.url = "https://other.example/feed";
	assert_int_equal(run(), RP_OK);
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://b.example/feed\n");
}

static void
what_is_gone_for_good_is_not_asked_again(void **state)
{
	(void)state;
	says = (struct fake_answer){ .status = 410 };
	assert_int_equal(run(), RP_BAD_SOURCE);
	assert_int_equal(run(), RP_BAD_SOURCE);
	assert_int_equal(web.n_asked, 0);
	assert_string_equal(web.err.text,
	                    "https://b.example/feed is gone for good, as its server said "
	                    "(410); only a source of another name asks for it "
	                    "again");
}

static void
what_is_missing_for_a_month_needs_somebody(void **state)
{
	(void)state;
	says = (struct fake_answer){ .status = 404 };
	assert_int_equal(run(), RP_RETRY_LATER);
	web.now += 29 * RP_DAY;
	assert_int_equal(run(), RP_RETRY_LATER);
	web.now += 2 * RP_DAY;
	assert_int_equal(run(), RP_BAD_SOURCE);
}

static void
every_status_has_its_meaning(void **state)
{
	static const struct {
		int status;
		enum rp_status st;
		enum fetch_then then;
	} rows[] = {
		{ 204, RP_RETRY_LATER, FETCH_DONE }, { 206, RP_RETRY_LATER, FETCH_DONE },
		{ 301, RP_RETRY_LATER, FETCH_DONE }, { 401, RP_BAD_SOURCE, FETCH_DONE },
		{ 403, RP_BAD_SOURCE, FETCH_DONE },  { 418, RP_BAD_SOURCE, FETCH_DONE },
		{ 429, RP_OK, FETCH_AGAIN },         { 451, RP_BAD_SOURCE, FETCH_DONE },
		{ 500, RP_OK, FETCH_AGAIN },         { 503, RP_OK, FETCH_AGAIN },
		{ 599, RP_OK, FETCH_AGAIN },         { 999, RP_RETRY_LATER, FETCH_DONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		says = (struct fake_answer){ .status = rows[i].status, .body = "x" };
		assert_int_equal(run(), rows[i].st);
		assert_int_equal(web.then, rows[i].then);
		assert_int_equal(web.n_kept, 0);
	}
}

/* ---- what is no feed ------------------------------------------------------------ */

static void
serve_page(const struct fetch_request *request, struct fake_answer *out)
{
	if (rp_slice_ends(request->url, RP_SLICE("/rss.xml"))) {
		out->body = RSS(ITEM("1", "01"));
		return;
	}
	out->headers = "Content-Type: text/html\n";
	out->body = "<!doctype html><html><head><title>Blog</title><link rel=stylesheet "
		    "href=/s><link rel='alternate' type='application/rss+xml' "
		    "href='/rss.xml'></head><body>Hello</body></html>";
}

static void
a_page_that_names_its_feed_leads_to_it_and_is_no_post(void **state)
{
	(void)state;
	web.serve = serve_page;
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked),
	                    "https://b.example/feed\nhttps://b.example/rss.xml\n");
	assert_string_equal(
		fake_text(&web.kept),
		"https://b.example/rss.xml feed\nurl=https://b.example/rss.xml\n");
	assert_string_equal(fake_text(&web.remark),
	                    "url is a page; write the address of its feed\n");
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://b.example/rss.xml\n");
}

static void
what_is_no_feed_is_an_error_and_not_a_feed_without_news(void **state)
{
	static const struct {
		const char *body, *why;
	} rows[] = {
		{ "<html><title>Just a moment...</title></html>",
		  "a page that asks whether we are human, where a feed was asked for" },
		{ "<html><title>Log in - B</title><form></form></html>",
		  "a login page, where a feed was asked for" },
		{ "<!DOCTYPE html><title>Maintenance</title>",
		  "a page about maintenance, where a feed was asked for" },
		{ "<html><title>Blog</title></html>",
		  "https://b.example/feed is a page and no feed, and names none" },
		{ "{\"error\":\"no\"}", "https://b.example/feed is no feed" },
		{ "", "https://b.example/feed is no feed" },
		{ "<a", "https://b.example/feed is no feed" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		says = (struct fake_answer){ .body = rows[i].body };
		assert_int_equal(run(), RP_RETRY_LATER);
		assert_string_equal(web.err.text, rows[i].why);
		assert_int_equal(web.n_kept, 0);
	}
}

static void
a_feed_that_may_have_ended_too_early_is_asked_for_again(void **state)
{
	(void)state;
	says = (struct fake_answer){ .body = "<rss version=\"2.0\"><channel>" ITEM("1",
		                                                                   "01"),
		                     .unverified_end = true };
	assert_int_equal(run(), RP_OK);
	assert_int_equal(web.then, FETCH_AGAIN);
	assert_int_equal(web.n_kept, 0);
}

static void
a_feed_that_is_cut_is_kept_and_told_so_wherever_the_cut_falls(void **state)
{
	static const char *const bodies[] = {
		"<rss version=\"2.0\"><channel><title>t</title>" ITEM("1", "01"),
		"<rss version=\"2.0\"><channel><item><guid>1</guid><descr",
		"{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id",
		"<rss ver",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		buf_clear(&web.cursor);
		says = (struct fake_answer){ .body = bodies[i], .cut = true };
		assert_int_equal(run(), RP_OK);
		assert_int_equal(web.n_kept, 1);
		assert_string_equal(fake_text(&web.remark),
		                    "it is longer than max_body, and was cut\n");
		assert_string_equal(fake_text(&web.covered), "");
	}
}

/* ---- how often ------------------------------------------------------------------- */

static int64_t
minutes_until_next(void)
{
	return (web.not_before - (web.now - RP_SECOND) + 30 * RP_SECOND) / RP_MINUTE;
}

static void
the_feed_and_its_server_say_how_often_it_may_be_asked(void **state)
{
	(void)state;
	says = (struct fake_answer){ .body = RSS("") };
	assert_int_equal(run(), RP_OK);
	assert_int_equal(minutes_until_next(), 15);
	says = (struct fake_answer){ .body = RSS("<ttl>60</ttl>") };
	assert_int_equal(run(), RP_OK);
	assert_int_equal(minutes_until_next(), 60);
	says.headers = "Cache-Control: public, max-age=7200\n";
	says.body = RSS("<ttl>60</ttl><x/>");
	assert_int_equal(run(), RP_OK);
	assert_int_equal(minutes_until_next(), 120);
	says = (struct fake_answer){
		.body = "<rss version=\"2.0\" xmlns:sy=\"http://purl.org/rss/1.0/modules/"
			"syndication/\"><channel><sy:updatePeriod>daily</sy:updatePeriod>"
			"<sy:updateFrequency>4</sy:updateFrequency></channel></rss>"
	};
	assert_int_equal(run(), RP_OK);
	assert_int_equal(minutes_until_next(), 360);
	says.headers = "Cache-Control: max-age=99999999999999999999\n";
	says.body = RSS("<ttl>99999999</ttl>");
	assert_int_equal(run(), RP_OK);
	assert_int_equal(minutes_until_next(), 24 * 60);
}

static void
hours_and_days_that_are_to_be_left_out_are(void **state)
{
	const struct feed_look look = { .not_hours = 1u << 12 | 1u << 13,
		                        .not_days = 1u << 1 };
	const struct feed_look never = { .not_hours = 0xffffff };
	/* Monday, 5 January 2026, 12:00, and the Tuesday after it. */
	const int64_t monday = INT64_C(1767614400) * RP_SECOND;

	(void)state;
	assert_true(feed_allowed(&look, monday) == monday + 12 * RP_HOUR);
	assert_true(feed_allowed(&look, monday + RP_DAY) ==
	            monday + RP_DAY + 2 * RP_HOUR);
	assert_true(feed_allowed(&never, monday) == monday + 7 * RP_DAY);
}

/* ---- what was missed --------------------------------------------------------------- */

/*
 * A feed of entries 1 to `newest`, ten on a page; entry n is of minute n of 2025.
 */
static struct {
	unsigned newest;
	enum blog_kind { PLAIN, WORDPRESS, ATOM, JSON, NITTER } kind;
	struct rp_buf body, headers;
	bool seen[4000];
} blog;

static const char *const kinds[] = { "plain", "wordpress", "atom", "json", "nitter" };

static void
add_entry(unsigned n)
{
	const unsigned hour = n / 60 % 24, day = 1 + n / 1440;

	if (blog.kind == ATOM)
		buf_printf(&blog.body,
		           "<entry><id>e%u.</id><updated>2025-01-%02uT%02u:%02u:00Z"
		           "</updated></entry>",
		           n, day, hour, n % 60);
	else if (blog.kind == JSON)
		buf_printf(&blog.body,
		           "{\"id\":\"e%u.\",\"content_text\":\"w\",\"date_published\":"
		           "\"2025-01-%02uT%02u:%02u:00Z\"},",
		           n, day, hour, n % 60);
	else
		buf_printf(&blog.body,
		           "<item><guid>e%u.</guid><pubDate>%02u Jan 2025 "
		           "%02u:%02u:00 GMT</pubDate></item>",
		           n, day, hour, n % 60);
}

/* "&page=3", "cursor=30": how many are newer than this page. */
static unsigned
skipped(struct rp_slice url)
{
	const size_t at = rp_slice_find(url, RP_SLICE("="));
	uint64_t number = 0;

	(void)rp_slice_u64(rp_slice_skip(url, at + 1), &number);
	if (blog.kind == WORDPRESS)
		return number > 0 ? ((unsigned)number - 1) * 10 : 0;
	return number > 0 ? blog.newest - (unsigned)number : 0;
}

static void
serve_blog(const struct fetch_request *request, struct fake_answer *out)
{
	const unsigned skip = skipped(request->url);
	const unsigned top = blog.newest > skip ? blog.newest - skip : 0;
	const unsigned end = top > 10 ? top - 10 : 0;

	buf_clear(&blog.body);
	buf_clear(&blog.headers);
	if (blog.kind == ATOM)
		buf_printf(&blog.body,
		           "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>f</id>"
		           "%s%u%s",
		           end ? "<link rel=\"next\" href=\"/feed?at=" : "<!--", end,
		           end ? "\"/>" : "-->");
	else if (blog.kind == JSON)
		buf_printf(&blog.body,
		           "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":"
		           "\"t\",\"%s\":\"/feed?at=%u\",\"items\":[",
		           end ? "next_url" : "_", end);
	else
		buf_printf(&blog.body, "<rss version=\"2.0\"><channel><title>t</title>%s",
		           blog.kind == WORDPRESS
		                   ? "<generator>https://wordpress.org/?v=6"
		                     "</generator>"
		                   : "");
	if (blog.kind == NITTER && end > 0)
		buf_printf(&blog.headers, "Min-Id: %u\n", end);
	for (unsigned n = top; n > end; n--)
		add_entry(n);
	if (blog.kind == JSON) {
		blog.body.n--; /* the last comma */
		buf_add_str(&blog.body, "]}");
	} else
		buf_add_str(&blog.body,
		            blog.kind == ATOM ? "</feed>" : "</channel></rss>");
	buf_add_byte(&blog.headers, '\0');
	buf_add_byte(&blog.body, '\0');
	out->body = blog.body.p;
	out->headers = blog.headers.p;
	if (top == 0)
		out->status = 404;
}

static void
keep_blog(const struct fetch_answer *answer, const struct fetch_taken *taken)
{
	char id[16];

	(void)taken;
	for (unsigned n = 1; n <= blog.newest; n++) {
		snprintf(id, sizeof(id), "e%u.", n);
		if (rp_slice_find(answer->body, rp_slice_str(id)) < answer->body.n)
			blog.seen[n] = true;
	}
}

static void
blog_of(enum blog_kind kind, unsigned newest)
{
	blog.kind = kind;
	blog.newest = newest;
	memset(blog.seen, 0, sizeof(blog.seen));
	web.serve = serve_blog;
	web.keep = keep_blog;
	buf_clear(&web.cursor);
}

/* How many of the entries after `from` were missed. */
static unsigned
holes(unsigned from)
{
	unsigned n = 0;

	for (unsigned i = from; i <= blog.newest; i++)
		n += !blog.seen[i];
	return n;
}

static void
entries_that_left_the_feed_are_found_on_its_older_pages(void **state)
{
	(void)state;
	for (enum blog_kind kind = WORDPRESS; kind <= NITTER; kind++) {
		blog_of(kind, 10);
		web.now = INT64_C(1767614400) * RP_SECOND;
		assert_int_equal(run(), RP_OK);
		assert_int_equal(web.n_asked, 1);
		blog.newest = 35;
		assert_int_equal(run(), RP_OK);
		if (holes(1) != 0)
			fail_msg("%s: %u were missed", kinds[kind], holes(1));
		assert_int_equal(web.n_asked, 3);
		assert_non_null(
			strstr(fake_text(&web.covered), "1767614400-1767614401\n"));
	}
}

static void
without_older_pages_what_was_missed_is_a_gap(void **state)
{
	(void)state;
	blog_of(PLAIN, 10);
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.covered), "1735689960-1767614400\n");
	blog.newest = 35;
	web.now = INT64_C(1767614400) * RP_SECOND;
	assert_int_equal(run(), RP_OK);
	assert_int_equal(web.n_asked, 1);
	assert_int_equal(holes(1), 15);
	assert_int_equal(run(), RP_OK);
	assert_int_equal(web.n_kept, 0);
}

static void
a_gap_ends_where_the_newer_half_of_the_feed_begins(void **state)
{
	(void)state;
	blog_of(PLAIN, 10);
	web.now = INT64_C(1735690300) * RP_SECOND;
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.covered), "1735689960-1735690300\n");
	blog.newest = 35;
	web.now = INT64_C(1735692000) * RP_SECOND;
	assert_int_equal(run(), RP_OK);
	/* The 31st is of 00:31:00; those before it may be there for ever. */
	assert_string_equal(fake_text(&web.covered),
	                    "1735691460-1735692000\n1735690300-1735691460 gap\n");
}

/* Entry 1 of 2025-01-01 at its front, however many come. */
static void
serve_pinned(const struct fetch_request *request, struct fake_answer *out)
{
	serve_blog(request, out);
	buf_clear(&blog.headers);
	buf_add_str(
		&blog.headers,
		"<rss version=\"2.0\"><channel><item><guid>pinned</guid><pubDate>01 Jan "
		"2024 00:00:00 GMT</pubDate></item>");
	buf_add_str(&blog.headers, strstr(out->body, "<item>"));
	buf_add_byte(&blog.headers, '\0');
	out->body = blog.headers.p;
	out->headers = NULL;
}

static void
an_entry_that_is_pinned_does_not_hide_a_gap(void **state)
{
	(void)state;
	blog_of(PLAIN, 10);
	web.serve = serve_pinned;
	web.now = INT64_C(1735690300) * RP_SECOND;
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.covered), "1735690020-1735690300\n");
	blog.newest = 35;
	web.now = INT64_C(1735692000) * RP_SECOND;
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.covered),
	                    "1735691520-1735692000\n1735690300-1735691520 gap\n");
}

static void
one_that_asks_for_history_gets_all_pages_the_first_time(void **state)
{
	(void)state;
	blog_of(ATOM, 95);
	assert_int_equal(fake_run(&web, &feed_fetcher, FEED "history = yes\n"), RP_OK);
	assert_int_equal(web.n_asked, 10);
	assert_int_equal(holes(1), 0);
	assert_int_equal(fake_run(&web, &feed_fetcher, FEED "history = yes\n"), RP_OK);
	assert_int_equal(web.n_asked, 1);
}

static void
pages_that_an_earlier_pass_of_the_run_read_are_no_loop(void **state)
{
	(void)state;
	blog_of(WORDPRESS, 10);
	assert_int_equal(run(), RP_OK);
	blog.newest = 55;
	web.killed_after = 1;
	assert_int_equal(run(), RP_OK);
	web.killed_after = 0;
	blog.newest = 100;
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.remark), "");
	assert_int_equal(holes(1), 0);
}

static void
pages_that_lead_nowhere_are_not_followed_for_ever(void **state)
{
	(void)state;
	says = (struct fake_answer){
		.body = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>f</id><link rel="
			"\"next\" href=\"/feed?again\"/><entry><id>a</id></entry></feed>"
	};
	assert_int_equal(fake_run(&web, &feed_fetcher, FEED "history = yes\n"), RP_OK);
	assert_true(web.n_asked < 4);
}

/* The property: however often it is killed and whatever is posted in between, with pages
 * nothing is missed, and what was read is not read for nothing. */
static void
killed_anywhere_it_goes_on_without_a_hole(void **state)
{

	(void)state;
	for (int round = 0; round < 100; round++) {
		const enum blog_kind kind = WORDPRESS + random_below(4);
		unsigned quiet = 0;

		blog_of(kind, 10);
		assert_int_equal(run(), RP_OK);
		for (int i = 0; i < 12; i++) {
			/* Pages that are counted from the front move away. */
			blog.newest += random_below(kind == WORDPRESS ? 12 : 60);
			web.now += RP_HOUR;
			web.killed_after = 1 + random_below(4);
			assert_int_equal(run(), RP_OK);
		}
		web.killed_after = 0;
		for (int i = 0; i < 3; i++) {
			assert_int_equal(run(), RP_OK);
			quiet = web.n_kept;
		}
		if (holes(1) != 0)
			fail_msg("%s, round %d: %u were missed", kinds[kind], round,
			         holes(1));
		assert_int_equal(quiet, 0);
	}
}

static void
a_cursor_of_another_address_or_of_nonsense_is_none(void **state)
{
	(void)state;
	blog_of(ATOM, 10);
	assert_int_equal(run(), RP_OK);
	assert_int_equal(
		fake_run(&web, &feed_fetcher,
	                 "[source f]\ncollector = feed\nurl = https://c.example/\n"),
		RP_OK);
	assert_int_equal(web.n_kept, 1);
	buf_clear(&web.cursor);
	buf_add_str(&web.cursor,
	            "url=https://b.example/feed\npage=https://b.example/x\n"
	            "began=yesterday\nid=x\nseen=99999999999999999999\n\n=\nfull=-1");
	assert_int_equal(run(), RP_OK);
	assert_string_equal(fake_text(&web.asked), "https://b.example/feed\n");
	assert_int_equal(web.n_kept, 1);
}

static int
set_up(void **state)
{
	(void)state;
	fake_web_init(&web);
	web.serve = say;
	buf_init(&blog.body, 1 << 20);
	buf_init(&blog.headers, 1 << 16);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	fake_web_done(&web);
	buf_done(&blog.body);
	buf_done(&blog.headers);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_the_server_said_to_tell_changes_by_is_sent_back_as_it_was),
		TEST(the_same_bytes_are_unchanged_and_make_no_capture),
		TEST(once_a_week_everything_is_asked_for),
		TEST(a_304_that_nobody_asked_for_is_an_error_for_now),
		TEST(a_move_for_good_is_believed_when_two_runs_were_told_the_same),
		TEST(a_move_that_is_not_for_good_or_changes_its_mind_is_not_believed),
		TEST(what_is_gone_for_good_is_not_asked_again),
		TEST(what_is_missing_for_a_month_needs_somebody),
		TEST(every_status_has_its_meaning),
		TEST(a_page_that_names_its_feed_leads_to_it_and_is_no_post),
		TEST(what_is_no_feed_is_an_error_and_not_a_feed_without_news),
		TEST(a_feed_that_may_have_ended_too_early_is_asked_for_again),
		TEST(a_feed_that_is_cut_is_kept_and_told_so_wherever_the_cut_falls),
		TEST(the_feed_and_its_server_say_how_often_it_may_be_asked),
		TEST(hours_and_days_that_are_to_be_left_out_are),
		TEST(entries_that_left_the_feed_are_found_on_its_older_pages),
		TEST(without_older_pages_what_was_missed_is_a_gap),
		TEST(a_gap_ends_where_the_newer_half_of_the_feed_begins),
		TEST(an_entry_that_is_pinned_does_not_hide_a_gap),
		TEST(one_that_asks_for_history_gets_all_pages_the_first_time),
		TEST(pages_that_an_earlier_pass_of_the_run_read_are_no_loop),
		TEST(pages_that_lead_nowhere_are_not_followed_for_ever),
		TEST(killed_anywhere_it_goes_on_without_a_hole),
		TEST(a_cursor_of_another_address_or_of_nonsense_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
