/*
 * Feeds of Bluesky, page by page: whatever happens in between, every post is seen.
 */
#include "networks-fixture.h"

#include "core/base/cleanup.h"
#include "tests/support/random.h"

#define ANA "did:plc:aaaabbbbccccddddeeeeffff"

enum { POSTS_MOST = 3000 };

/* The author's posts: when each stands in the feed, and whether we have it. */
static struct feed {
	int64_t place[POSTS_MOST];
	bool held[POSTS_MOST];
	bool past[POSTS_MOST];    /* put in with a date of the past */
	size_t order[POSTS_MOST]; /* newest first */
	size_t n;
	size_t page;     /* items on a page, at the most */
	bool overlap;    /* a page begins with the last item of the one before */
	bool ragged;     /* pages are shorter than they could be, or empty */
	int broken;      /* so many answers are no answers */
	bool long_pages; /* over the ceiling */
	bool forgetful;  /* cursors are not understood */
	bool unchanging; /* 304 where it is asked for */
} feed;

static void
sort_feed(void)
{
	size_t k;

	for (size_t i = 0; i < feed.n; i++) {
		for (k = i; k > 0 && feed.place[feed.order[k - 1]] < feed.place[i]; k--)
			feed.order[k] = feed.order[k - 1];
		feed.order[k] = i;
	}
}

static void
post_at(int64_t place)
{
	assert_true(feed.n < POSTS_MOST);
	/* Cursors here know places alone, and an empty page moves them by one. */
	place -= place % 1000;
	for (size_t i = 0; i < feed.n; i++)
		if (feed.place[i] == place) {
			place -= 1000;
			i = (size_t)-1;
		}
	feed.place[feed.n] = place;
	feed.past[feed.n] = false;
	feed.held[feed.n++] = false;
}

static int64_t
place_in(struct rp_slice cursor)
{
	char digits[32] = "";

	if (cursor.n >= sizeof(digits))
		return 0;
	memcpy(digits, cursor.p, cursor.n);
	return strtoll(digits, NULL, 10);
}

static void
write_item(struct rp_buf *out, size_t i, bool first)
{
	buf_printf(out,
	           "%s{\"post\":{\"uri\":\"at://" ANA
	           "/app.bsky.feed.post/p%05zu\",\"cid\":\"c\",\"author\":{\"did\":\"" ANA
	           "\",\"handle\":\"ana.example\"},\"record\":{\"$type\":\"app.bsky.feed."
	           "post\",\"text\":\"%zu\",\"createdAt\":\"",
	           first ? "" : ",", i, i);
	rp_time_write(out, feed.place[i], RP_PRECISION_US);
	buf_add_str(out, "\"},\"indexedAt\":\"");
	rp_time_write(out, feed.place[i], RP_PRECISION_US);
	buf_add_str(out, "\"}}");
}

static void
serve_page(struct rp_slice cursor, struct rp_buf *out)
{
	const int64_t below = cursor.n > 0 ? place_in(cursor) : INT64_MAX;
	size_t most = !feed.ragged           ? feed.page
	              : random_below(6) == 0 ? 0
	                                     : 1 + random_below((uint32_t)feed.page);
	size_t n = 0, i;
	int64_t last = below;

	sort_feed();
	buf_add_str(out, "{\"feed\":[");
	for (i = 0; i < feed.n && n < most; i++) {
		const size_t post = feed.order[i];

		if (feed.place[post] > below ||
		    (feed.place[post] == below && !feed.overlap))
			continue;
		write_item(out, post, n++ == 0);
		last = feed.place[post];
	}
	if (feed.overlap && n == 1 && last == below)
		i = feed.n;
	buf_add_str(out, "]");
	if (i < feed.n || (!feed.ragged && n == most && !feed.overlap))
		buf_printf(out, ",\"cursor\":\"%lld\"",
		           (long long)(n == 0 ? last - 1 : last));
	buf_add_str(out, "}");
}

static void
serve(struct rp_slice url, const struct fetch_request *request, struct reply *out)
{
	struct rp_slice cursor = parameter(url, "cursor");

	if (feed.long_pages) {
		out->cut = true;
		buf_add_str(&out->body, "{\"feed\":[");
	} else if (feed.broken > 0) {
		feed.broken--;
		out->status = 502;
		buf_add_str(&out->body, "<html>bad gateway</html>");
	} else if (feed.forgetful && cursor.n > 0) {
		feed.forgetful = false;
		out->status = 400;
		buf_add_str(&out->body, "{\"error\":\"InvalidRequest\"}");
	} else if (feed.unchanging && request->n_headers > 0) {
		out->status = 304;
	} else if (has(url, "getAuthorFeed")) {
		out->etag = "W/\"2a-x\"";
		serve_page(cursor, &out->body);
	} else {
		fail_msg("asked for %.*s", RP_FMT(url));
	}
}

static void
store(const struct fetch_taken *taken, struct rp_slice body)
{
	const struct rp_slice mark = RP_LIT("/app.bsky.feed.post/p");

	assert_slice(taken->format, "bsky");
	while ((body = rp_slice_skip(body, rp_slice_find(body, mark))).n > 0) {
		body = rp_slice_skip(body, mark.n);
		feed.held[strtoul(body.p, NULL, 10)] = true;
	}
}

static enum holding
held(void *context, const char *way, struct rp_slice key)
{
	(void)context;
	(void)way;
	return feed.held[strtoul(key.p + rp_slice_find(key, RP_SLICE("/p")) + 2, NULL,
	                         10)]
	               ? HOLDING_HELD
	               : HOLDING_NONE;
}

/* Whatever is called covered was seen, but for what is put in there later. */
static void
assert_seen(int64_t from, int64_t until)
{
	for (size_t i = 0; i < feed.n; i++)
		if (!feed.held[i] && !feed.past[i] && feed.place[i] >= from &&
		    feed.place[i] < until)
			fail_msg("post %zu is covered and was not seen", i);
}

static void
begin(size_t posts, size_t page)
{
	memset(&feed, 0, sizeof(feed));
	feed.page = page;
	loop_begin("bsky");
	loop.serve = serve;
	loop.kept = store;
	loop.covered = assert_seen;
	loop.view.held = held;
	set("account", ANA);
	set_number("roots", "no", 0);
	for (size_t i = 0; i < posts; i++)
		post_at(NOW - (int64_t)(posts - i) * RP_HOUR);
}

static size_t
missed(void)
{
	size_t n = 0;

	for (size_t i = 0; i < feed.n; i++)
		n += !feed.held[i];
	return n;
}

/* ---- specs ------------------------------------------------------------------ */

static void
the_first_run_goes_down_to_the_first_post(void **state)
{
	(void)state;
	begin(23, 5);
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
	assert_int_equal(times_asked("getAuthorFeed"), 5);
	assert_told("seen bsky:@" ANA);
}

static void
a_last_page_that_is_full_is_followed_by_an_empty_one(void **state)
{
	(void)state;
	begin(10, 5);
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
	assert_int_equal(times_asked("getAuthorFeed"), 3);
}

static void
later_runs_stop_at_a_page_that_is_known(void **state)
{
	(void)state;
	begin(50, 5);
	assert_ok(run(0), loop.err);
	loop.now += RP_HOUR;
	for (int i = 0; i < 7; i++)
		post_at(NOW + i * RP_MINUTE);
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
	assert_int_equal(times_asked("getAuthorFeed"), 3);
}

static void
posts_that_others_led_to_do_not_end_a_walk(void **state)
{
	(void)state;
	begin(20, 5);
	assert_ok(run(0), loop.err);
	loop.now += RP_DAY;
	for (int i = 1; i <= 10; i++)
		post_at(NOW + i * RP_HOUR);
	/* Read in somebody's thread already: a whole page of them. */
	for (size_t i = 25; i < 30; i++)
		feed.held[i] = true;
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
}

static void
the_unread_middle_of_an_interrupted_walk_is_read_by_the_next_run(void **state)
{
	(void)state;
	begin(20, 5);
	assert_ok(run(0), loop.err);
	loop.now += RP_DAY;
	for (int i = 1; i <= 20; i++)
		post_at(NOW + i * RP_HOUR);
	assert_ok(run(2), loop.err);
	assert_told("gap bsky:@" ANA);
	assert_told("not read yet");
	loop.now += RP_HOUR;
	post_at(loop.now - RP_MINUTE);
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
}

static void
a_post_with_a_date_of_the_past_is_found_by_the_weekly_sweep(void **state)
{
	(void)state;
	begin(40, 5);
	assert_ok(run(0), loop.err);
	post_at(NOW - 30 * RP_HOUR + 1);
	feed.past[feed.n - 1] = true;
	loop.now += RP_DAY;
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 1);
	loop.now += 7 * RP_DAY;
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
}

static void
since_says_how_far_back_the_first_run_goes(void **state)
{
	(void)state;
	begin(40, 5);
	set_number("since", "2026", NOW - 12 * RP_HOUR);
	/* To the first page that is older as a whole. */
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 20);
}

static void
an_unchanged_first_page_costs_no_body_and_counts_as_seen(void **state)
{
	(void)state;
	begin(3, 5);
	assert_ok(run(0), loop.err);
	loop.now += RP_HOUR;
	assert_ok(run(0), loop.err);
	feed.unchanging = true;
	loop.now += RP_HOUR;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("getAuthorFeed"), 1);
	assert_told("seen bsky:@" ANA " -3600-7200");
}

static void
a_cursor_that_the_server_forgot_means_from_the_top_again(void **state)
{
	(void)state;
	begin(30, 5);
	assert_ok(run(3), loop.err);
	feed.forgetful = true;
	assert_ok(run(0), loop.err);
	assert_told("remark the server does not know");
	assert_int_equal(missed(), 0);
}

static void
a_page_that_is_too_long_is_told_with_the_setting_that_says_so(void **state)
{
	(void)state;
	begin(3, 5);
	feed.long_pages = true;
	assert_int_equal(run(0), RP_BAD_SOURCE);
	assert_true(has(rp_slice_str(loop.err.text), "https://public.api.bsky.app is "
	                                             "longer than `max_body`"));
	assert_false(was_told("seen"));
}

static void
a_proxys_page_is_asked_for_again(void **state)
{
	(void)state;
	begin(12, 5);
	feed.broken = 2;
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
}

static void
serve_loop(struct rp_slice url, const struct fetch_request *request, struct reply *out)
{
	static const char *const after[] = { "B", "A" };
	struct rp_slice cursor = parameter(url, "cursor");
	const bool a = cursor.n > 0 && cursor.p[0] == 'A';

	(void)request;
	buf_add_str(&out->body, "{\"feed\":[");
	write_item(&out->body, a ? 0 : 1, true);
	buf_printf(&out->body, "],\"cursor\":\"%s\"}", after[!a]);
}

static void
pages_that_repeat_themselves_end_the_walk_with_a_gap(void **state)
{
	(void)state;
	begin(2, 1);
	loop.serve = serve_loop;
	set_number("since", "2020", NOW - RP_DAY);
	assert_ok(run(0), loop.err);
	assert_true(times_asked("getAuthorFeed") < 6);
	assert_told("gap bsky:@" ANA);
	assert_told("repeat");
}

/* The same posts under ever new cursors; one on top that claims to be from long ago. */
static struct {
	size_t first, n;
	const char *cursor; /* NULL: a new one each time */
	unsigned asked;
	bool back_dated;
} same;

static void
serve_same(struct rp_slice url, const struct fetch_request *request, struct reply *out)
{
	(void)url;
	(void)request;
	buf_add_str(&out->body, "{\"feed\":[");
	for (size_t i = 0; i < same.n; i++)
		write_item(&out->body, same.first + same.n - 1 - i, i == 0);
	if (same.back_dated) {
		buf_add_byte(&out->body, ',');
		write_item(&out->body, 0, true);
	}
	buf_add_str(&out->body, "],\"cursor\":");
	if (same.cursor != NULL)
		buf_add_str(&out->body, same.cursor);
	else
		buf_printf(&out->body, "\"%u\"", ++same.asked);
	buf_add_str(&out->body, "}");
}

static void
the_same_posts_under_ever_new_cursors_are_asked_for_twice(void **state)
{
	(void)state;
	begin(30, 5);
	loop.serve = serve_same;
	memset(&same, 0, sizeof(same));
	same.first = 20;
	same.n = 10;
	for (int runs = 0; runs < 5; runs++) {
		assert_ok(run(0), loop.err);
		assert_true(times_asked("getAuthorFeed") <= 2);
	}
	loop.serve = serve;
	loop.now += 8 * RP_DAY;
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
}

static void
one_page_a_run_notices_it_too(void **state)
{
	(void)state;
	begin(30, 5);
	loop.serve = serve_same;
	memset(&same, 0, sizeof(same));
	same.first = 20;
	same.n = 10;
	for (int runs = 0; runs < 30 && !was_told("repeat"); runs++)
		(void)run(1);
	assert_told("gap bsky:@" ANA);
	assert_told("repeat");
}

static void
one_post_with_a_date_of_the_past_does_not_carry_a_walk_there(void **state)
{
	(void)state;
	for (int way = 0; way < 2; way++) {
		begin(20, 5);
		assert_ok(run(0), loop.err);
		loop.now += RP_DAY;
		for (int i = 1; i <= 40; i++)
			post_at(NOW + i * RP_MINUTE);
		/* The first of all is taken for one that came now. */
		feed.held[0] = false;
		loop.serve = serve_same;
		memset(&same, 0, sizeof(same));
		same.first = 50;
		same.n = 10;
		same.back_dated = true;
		same.cursor = way == 0 ? "\"same\"" : "{}";
		assert_ok(run(0), loop.err);
		assert_told("gap bsky:@" ANA);
		loop.serve = serve;
		assert_ok(run(0), loop.err);
		assert_int_equal(missed(), 0);
	}
}

static void
a_cursor_that_is_none_is_a_gap_and_no_end(void **state)
{
	static const char *const odd[] = { "[\"x\"]", "{\"a\":1}", "true",
		                           "\"c\\u0000d\"", "\"a b\"" };
	static const char *const none[] = { "null", "\"\"" };

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		begin(30, 5);
		set_number("since", "2020", NOW - 100 * RP_DAY);
		loop.serve = serve_same;
		memset(&same, 0, sizeof(same));
		same.first = 20;
		same.n = 10;
		same.cursor = odd[i];
		assert_ok(run(0), loop.err);
		assert_told("gap bsky:@" ANA);
		assert_told("makes no sense");
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		begin(10, 5);
		loop.serve = serve_same;
		memset(&same, 0, sizeof(same));
		same.n = 10;
		same.cursor = none[i];
		assert_ok(run(0), loop.err);
		assert_false(was_told("gap"));
	}
}

/* Two pages of four posts in two orders: what lies between them is not known to be seen
 * before the second one has come. */
static void
serve_mixed(struct rp_slice url, const struct fetch_request *request, struct reply *out)
{
	static const size_t order[2][2] = { { 3, 0 }, { 2, 1 } };
	const size_t page = parameter(url, "cursor").n > 0;

	(void)request;
	buf_add_str(&out->body, "{\"feed\":[");
	write_item(&out->body, order[page][1], true);
	write_item(&out->body, order[page][0], false);
	buf_printf(&out->body, "]%s}", page == 0 ? ",\"cursor\":\"A\"" : "");
}

static void
a_page_in_disorder_covers_nothing_that_may_be_on_the_next_one(void **state)
{
	(void)state;
	begin(4, 2);
	loop.serve = serve_mixed;
	assert_ok(run(1), loop.err);
	assert_int_equal(missed(), 2);
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
}

static void
serve_empty(struct rp_slice url, const struct fetch_request *request, struct reply *out)
{
	(void)url;
	(void)request;
	buf_add_str(&out->body, "{\"feed\":[]}");
}

static void
an_empty_list_where_there_was_one_proves_nothing(void **state)
{
	(void)state;
	begin(12, 5);
	assert_ok(run(0), loop.err);
	loop.serve = serve_empty;
	assert_ok(run(0), loop.err);
	assert_int_equal(loop.told.n, 0);
	loop.serve = serve;
	loop.now += RP_HOUR;
	post_at(NOW + 1);
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
}

/* Killed after any answer, with posts that come in between, whatever the pages are. */
static void
nothing_is_missed_however_often_a_run_is_killed(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < 150; round++) {
		random_state = round + 1;
		begin(random_below(60), 1 + random_below(8));
		feed.ragged = round % 3 == 0;
		feed.overlap = round % 4 == 1 && feed.page > 2 && !feed.ragged;
		for (int runs = 0; runs < 12; runs++) {
			loop.now += RP_HOUR;
			for (uint32_t i = random_below(12); i > 0; i--)
				post_at(loop.now - (int64_t)i * RP_SECOND);
			if (random_below(4) == 0) {
				post_at(loop.now - (int64_t)random_below(300) * RP_HOUR -
				        7);
				feed.past[feed.n - 1] = true;
			}
			feed.broken = random_below(5) == 0;
			feed.forgetful = random_below(9) == 0;
			(void)run(1 + (unsigned)random_below(5));
		}
		loop.now += 8 * RP_DAY; /* for those of the past */
		feed.broken = 0;
		assert_ok(run(0), loop.err);
		assert_ok(run(0), loop.err);
		if (missed() > 0)
			fail_msg("round %u: %zu of %zu were missed", round, missed(),
			         feed.n);
	}
}

static void
a_cursor_of_rubbish_is_none(void **state)
{
	static const char *const rubbish[] = { "",
		                               "bsky",
		                               "bsky 2\nwalk x y\n",
		                               "bsky 1\nwalk feed:" ANA " 1 2 3 4 5 6\n",
		                               "bsky 1\nwalk feed:" ANA " x x x x\n\n \n",
		                               "\xff\xfe",
		                               "bsky 1\ntop feed:" ANA
		                               " 99999999999999999999999\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(rubbish) / sizeof(*rubbish); i++) {
		begin(12, 5);
		buf_add_str(&loop.cursor, rubbish[i]);
		assert_ok(run(0), loop.err);
		assert_int_equal(missed(), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_run_goes_down_to_the_first_post),
		cmocka_unit_test(a_last_page_that_is_full_is_followed_by_an_empty_one),
		cmocka_unit_test(later_runs_stop_at_a_page_that_is_known),
		cmocka_unit_test(posts_that_others_led_to_do_not_end_a_walk),
		cmocka_unit_test(
			the_unread_middle_of_an_interrupted_walk_is_read_by_the_next_run),
		cmocka_unit_test(
			a_post_with_a_date_of_the_past_is_found_by_the_weekly_sweep),
		cmocka_unit_test(since_says_how_far_back_the_first_run_goes),
		cmocka_unit_test(
			an_unchanged_first_page_costs_no_body_and_counts_as_seen),
		cmocka_unit_test(
			a_cursor_that_the_server_forgot_means_from_the_top_again),
		cmocka_unit_test(
			a_page_that_is_too_long_is_told_with_the_setting_that_says_so),
		cmocka_unit_test(a_proxys_page_is_asked_for_again),
		cmocka_unit_test(pages_that_repeat_themselves_end_the_walk_with_a_gap),
		cmocka_unit_test(
			the_same_posts_under_ever_new_cursors_are_asked_for_twice),
		cmocka_unit_test(one_page_a_run_notices_it_too),
		cmocka_unit_test(
			one_post_with_a_date_of_the_past_does_not_carry_a_walk_there),
		cmocka_unit_test(a_cursor_that_is_none_is_a_gap_and_no_end),
		cmocka_unit_test(
			a_page_in_disorder_covers_nothing_that_may_be_on_the_next_one),
		cmocka_unit_test(an_empty_list_where_there_was_one_proves_nothing),
		cmocka_unit_test(nothing_is_missed_however_often_a_run_is_killed),
		cmocka_unit_test(a_cursor_of_rubbish_is_none),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	loop_done();
	return failed;
}
