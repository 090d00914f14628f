/*
 * Listings of X: how far they were read, and what that covers.
 */
#include "tests/unit/collect/fetch-fixture.h"

extern const struct fetcher_ops x_fetcher;

#define BEGINNING (INT64_C(1142899200) * RP_SECOND)

static uint64_t
id_at(int64_t time)
{
	return (uint64_t)(time / 1000 - INT64_C(1288834974657)) << 22;
}

static int64_t
time_of(uint64_t id)
{
	return ((int64_t)(id >> 22) + INT64_C(1288834974657)) * 1000;
}

/* ---- one answer after the other -------------------------------------------- */

/* A page of posts by 7, newest first as they are given; 0 ends them. */
static char pages[8][4096];

static const char *
page(int at, const char *next, const uint64_t *ids)
{
	char *p = pages[at];
	size_t n = (size_t)snprintf(p, 4096, "{\"data\":[");

	for (; *ids != 0; ids++)
		n += (size_t)snprintf(
			p + n, 4096 - n,
			"{\"id\":\"%llu\",\"text\":\"t\",\"author_id\":\"7\"}%s",
			(unsigned long long)*ids, ids[1] ? "," : "");
	(void)snprintf(p + n, 4096 - n, "],\"meta\":{\"result_count\":1%s%s%s}}",
	               next ? ",\"next_token\":\"" : "", next ? next : "",
	               next ? "\"" : "");
	return p;
}
#define PAGE(at, next, ...) page(at, next, (const uint64_t[]){ __VA_ARGS__, 0 })

static void
assert_param(size_t request, const char *name, uint64_t id)
{
	char want[80];

	(void)snprintf(want, sizeof(want), "&%s=%llu&", name, (unsigned long long)id);
	assert_has(fix.log[request], want);
}

static void
since_is_the_first_page_s_newest_once_the_last_is_stored(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, PAGE(0, "t1", ID(9), ID(8)));
	answer("pagination_token=t1", 200, PAGE(1, NULL, ID(7), ID(6)));
	assert_run(RP_END);
	assert_int_equal(fix.loop.units, 4);
	assert_string_equal(fix.loop.format, "x");
	again();
	answer("since_id=", 200, "{\"meta\":{\"result_count\":0}}");
	assert_run(RP_END);
	assert_param(0, "since_id", ID(9));
	assert_has_not(fix.log[0], "until_id");
}

/* Others may become visible late, behind it. */
static void
five_seconds_less_where_that_post_was_young(void **state)
{
	const int64_t made = ((int64_t)(ID(9) >> 22) + INT64_C(1288834974657)) * 1000;

	(void)state;
	for (unsigned s = 58; s <= 62; s += 4) {
		begin(&x_fetcher, "account=id:7\n");
		fix.loop.now = made + s * RP_SECOND;
		answer("/tweets?", 200, PAGE(0, NULL, ID(9)));
		assert_run(RP_END);
		again();
		answer("since_id=", 200, "{\"meta\":{\"result_count\":0}}");
		assert_run(RP_END);
		assert_param(0, "since_id", ID(9) - (s < 60 ? UINT64_C(5000) << 22 : 0));
	}
}

static void
a_pass_that_was_broken_off_is_finished_before_a_new_one(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	fix.loop.most = 2;
	answer("/tweets?", 200, PAGE(0, "t1", ID(19), ID(18)));
	answer("pagination_token=t1", 200, PAGE(1, "t2", ID(17), ID(16)));
	assert_run(RP_OK);
	again();
	fix.loop.most = 0;
	answer("pagination_token=t2", 200, PAGE(2, NULL, ID(15)));
	assert_run(RP_END);
	again();
	answer("since_id=", 200, PAGE(3, NULL, ID(20)));
	assert_run(RP_END);
	assert_param(0, "since_id", ID(19));
}

static void
a_token_that_is_refused_gives_way_to_ids(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, PAGE(0, "old", ID(19), ID(18)));
	answer("pagination_token=old", 400,
	       "{\"errors\":[{\"parameters\":{\"pagination_token\":[\"old\"]},"
	       "\"message\":\"The `pagination_token` is invalid\"}],\"title\":\"Invalid "
	       "Request\"}");
	answer("until_id=", 200, PAGE(1, NULL, ID(17)));
	assert_run(RP_END);
	assert_param(2, "until_id", ID(18));
	assert_has_not(fix.log[2], "pagination_token");
	assert_false(covered(fix.loop.n_covered - 1)->gap);
}

static void
an_empty_page_with_a_token_is_no_end(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, "{\"meta\":{\"result_count\":0,\"next_token\":\"a\"}}");
	answer("token=a&", 200, "{\"meta\":{\"result_count\":0,\"next_token\":\"b\"}}");
	answer("token=b&", 200, PAGE(0, NULL, ID(3)));
	assert_run(RP_END);
	assert_int_equal(fix.loop.units, 1);
	again();
	answer("since_id=", 200, "{\"meta\":{\"result_count\":0}}");
	assert_run(RP_END);
	assert_param(0, "since_id", ID(3));
}

static void
tokens_that_go_in_circles_end_in_a_gap_that_is_tried_again(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nsince=2025-11-20T00:00:00Z\n");
	answer("/tweets?", 200, PAGE(0, "a", ID(19)));
	answer("token=a&", 200, PAGE(1, "b", ID(18)));
	answer("token=b&", 200, PAGE(2, "a", ID(17)));
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 3);
	assert_true(covered(fix.loop.n_covered - 1)->gap);
	assert_true(covered(fix.loop.n_covered - 1)->until == time_of(ID(17)));
	assert_true(strlen(fix.loop.remark) > 0);
	/* ... by ids, since tokens did not help. */
	again();
	answer("until_id=", 200, PAGE(3, NULL, ID(16)));
	assert_run(RP_END);
	assert_param(0, "until_id", ID(17));
	assert_false(covered(0)->gap);
}

static void
what_is_in_the_way_three_times_lets_the_new_through(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	for (int run = 0; run < 3; run++) {
		again();
		answer("/tweets?", 200, PAGE(0, "a", ID(19)));
		answer("token=a&", 200, PAGE(1, "a", ID(18)));
		assert_run(RP_END);
	}
	again();
	answer("since_id=", 200, PAGE(2, NULL, ID(20)));
	assert_run(RP_END);
	assert_param(0, "since_id", ID(19));
}

static void
a_post_out_of_next_year_does_not_move_us(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, PAGE(0, NULL, id_at(NOW + 365 * RP_DAY), ID(5)));
	assert_run(RP_END);
	again();
	answer("since_id=", 200, "{\"meta\":{\"result_count\":0}}");
	assert_run(RP_END);
	assert_param(0, "since_id", ID(5));
}

static void
posts_of_others_do_not_move_us(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	(void)snprintf(
		pages[0], sizeof(pages[0]),
		"{\"data\":[{\"id\":\"%llu\",\"author_id\":\"8\"},{\"id\":\"%llu\","
		"\"author_id\":\"7\"}],\"meta\":{}}",
		(unsigned long long)ID(50), (unsigned long long)ID(5));
	answer("/tweets?", 200, pages[0]);
	assert_run(RP_END);
	again();
	answer("since_id=", 200, "{\"meta\":{\"result_count\":0}}");
	assert_run(RP_END);
	assert_param(0, "since_id", ID(5));
}

static void
a_page_in_disorder_lowers_nothing_that_was_not_read(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	fix.loop.most = 1;
	answer("/tweets?", 200, PAGE(0, "t", ID(20), ID(3), ID(19)));
	assert_run(RP_OK);
	again();
	fix.loop.most = 0;
	answer("token=t", 400, "{\"errors\":[{\"message\":\"pagination_token\"}]}");
	answer("until_id=", 200, PAGE(1, NULL, ID(18), ID(3)));
	assert_run(RP_END);
	assert_param(1, "until_id", ID(20));
}

static void
a_server_that_ignores_our_bound_is_left_where_it_passes_it(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, PAGE(0, NULL, ID(9)));
	assert_run(RP_END);
	again();
	answer("since_id=", 200, PAGE(1, "x", ID(11), ID(9)));
	answer("token=x", 200, PAGE(2, "y", ID(7), ID(6)));
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 2);
}

/* ---- coverage -------------------------------------------------------------- */

static void
covered_is_from_pass_to_pass(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, PAGE(0, NULL, ID(9)));
	assert_run(RP_END);
	assert_string_equal(covered(0)->subject, "x:@7");
	assert_true(covered(0)->from == BEGINNING && covered(0)->until == NOW);
	again();
	fix.loop.now = NOW + RP_HOUR;
	answer("since_id=", 200, "{\"meta\":{\"result_count\":0}}");
	assert_run(RP_END);
	assert_true(covered(0)->from == NOW && covered(0)->until == NOW + RP_HOUR);
	assert_int_equal(fix.loop.n_covered, 1);
}

static void
until_the_last_page_covered_is_what_was_read(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	fix.loop.most = 1;
	answer("/tweets?", 200, PAGE(0, "t", ID(9), ID(8)));
	assert_run(RP_OK);
	assert_int_equal(fix.loop.n_covered, 1);
	assert_true(covered(0)->from == time_of(ID(8)) && covered(0)->until == NOW);
}

static void
a_search_that_slept_for_a_week_drops_its_bound_and_names_the_hole(void **state)
{
	(void)state;
	begin(&x_fetcher, "query=davos\n");
	answer("/2/tweets/search/recent", 200, PAGE(0, NULL, ID(9)));
	assert_run(RP_END);
	again();
	fix.loop.now = NOW + 10 * RP_DAY;
	answer("/2/tweets/search/recent", 200, "{\"meta\":{\"result_count\":0}}");
	assert_run(RP_END);
	assert_has_not(fix.log[0], "since_id");
	assert_has_not(fix.log[0], "start_time");
	assert_int_equal(fix.loop.n_covered, 2);
	assert_string_equal(covered(0)->subject, "query:davos");
	assert_true(covered(0)->gap);
	assert_has(covered(0)->why, "seven-day limit");
	assert_true(covered(0)->from == NOW && covered(0)->until == NOW + 3 * RP_DAY);
	assert_true(covered(1)->from == NOW + 3 * RP_DAY);
}

static void
so_does_one_that_was_broken_off_and_slept(void **state)
{
	(void)state;
	begin(&x_fetcher, "query=davos\n");
	fix.loop.most = 1;
	answer("/2/tweets/search/recent", 200, PAGE(0, "t", ID(9)));
	assert_run(RP_OK);
	again();
	fix.loop.most = 0;
	fix.loop.now = NOW + 10 * RP_DAY;
	answer("/2/tweets/search/recent", 200, "{\"meta\":{\"result_count\":0}}");
	assert_run(RP_END);
	assert_has_not(fix.log[0], "until_id");
	assert_has_not(fix.log[0], "next_token");
}

static void
posts_older_than_a_search_reaches_do_not_start_it_over(void **state)
{
	(void)state;
	begin(&x_fetcher, "query=davos\n");
	answer("/2/tweets/search/recent", 200, PAGE(0, "t", 30));
	answer("next_token=t", 200, PAGE(1, "t", 30));
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 2);
}

static void
a_bound_that_x_finds_too_old_is_dropped_once(void **state)
{
	(void)state;
	begin(&x_fetcher, "query=davos\n");
	answer("/2/tweets/search/recent", 200, PAGE(0, NULL, ID(9)));
	assert_run(RP_END);
	again();
	answer("since_id", 400,
	       "{\"errors\":[{\"parameters\":{\"since_id\":[\"1\"]},\"message\":\"'since_"
	       "id' "
	       "must be a tweet id created after\"}],\"title\":\"Invalid Request\"}");
	answer("/2/tweets/search/recent", 200, PAGE(1, NULL, ID(10), ID(9)));
	assert_run(RP_END);
	assert_has_not(fix.log[1], "since_id");
}

/* So many pages of so many posts each, a minute from one to the next. */
static void
serve_pages(uint64_t n_pages, uint64_t each)
{
	static char body[1 << 16], when[LINES_MAX + 1][40];
	size_t n;

	assert_true(n_pages <= LINES_MAX);
	for (uint64_t p = 0; p < n_pages; p++) {
		n = (size_t)snprintf(body, sizeof(body), "{\"data\":[");
		for (uint64_t i = 0; i < each; i++)
			n += (size_t)snprintf(
				body + n, sizeof(body) - n,
				"%s{\"id\":\"%llu\",\"author_id\":\"7\"}", i ? "," : "",
				(unsigned long long)(ID(0) -
			                             (p * each + i) *
			                                     (UINT64_C(60000) << 22)));
		(void)snprintf(body + n, sizeof(body) - n,
		               p < n_pages - 1 ? "],\"meta\":{\"next_token\":\"t%d\"}}"
		                               : "],\"meta\":{}}",
		               (int)p);
		(void)snprintf(when[p], sizeof(when[p]), p ? "token=t%d&" : "/tweets?",
		               (int)p - 1);
		answer(when[p], 200, strdup(body));
	}
	assert_run(RP_END);
	for (size_t i = 0; i < fix.n; i++)
		free((char *)(uintptr_t)fix.lines[i].body);
}

static void
assert_gap_below(uint64_t posts, const char *most)
{
	assert_has(fix.loop.remark, most);
	assert_true(covered(fix.loop.n_covered - 2)->gap);
	assert_true(covered(fix.loop.n_covered - 2)->from == BEGINNING);
	assert_has(covered(fix.loop.n_covered - 2)->why, most);
	assert_true(covered(fix.loop.n_covered - 1)->from ==
	            time_of(ID(0) - (posts - 1) * (UINT64_C(60000) << 22)));
}

static void
the_oldest_that_x_lists_is_where_a_gap_ends(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	serve_pages(32, 100);
	assert_int_equal(fix.loop.units, 3200);
	assert_gap_below(3200, "3200");
	begin(&x_fetcher, "account=id:7\nexclude=replies\n");
	serve_pages(8, 100);
	assert_int_equal(fix.loop.units, 800);
	assert_gap_below(800, "800");
}

static void
a_list_that_is_shorter_than_x_s_goes_back_to_the_beginning(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	serve_pages(29, 100);
	assert_true(covered(fix.loop.n_covered - 1)->from == BEGINNING);
	assert_false(covered(fix.loop.n_covered - 1)->gap);
}

/* X counts reposts among the 3,200 that it then leaves out. */
static void
reposts_that_are_left_out_use_the_list_up(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nexclude=retweets\n");
	serve_pages(32, 60);
	assert_gap_below(UINT64_C(32) * 60, "3200");
}

static void
an_empty_end_where_something_is_excluded_is_asked_about_by_ids(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nexclude=retweets\n");
	answer("/tweets?", 200, PAGE(0, "t", ID(9), ID(8)));
	answer("token=t&", 200, "{\"meta\":{\"result_count\":0}}");
	answer("until_id=", 200, PAGE(1, NULL, ID(7)));
	assert_run(RP_END);
	assert_param(2, "until_id", ID(8));
	assert_int_equal(fix.loop.units, 3);
	assert_true(covered(fix.loop.n_covered - 1)->from == BEGINNING);
	/* Nothing there, twice: that is the end. */
	begin(&x_fetcher, "account=id:7\nexclude=retweets\n");
	answer("/tweets?", 200, PAGE(0, "t", ID(9), ID(8)));
	answer("token=t&", 200, "{\"meta\":{\"result_count\":0}}");
	answer("until_id=", 200, "{\"meta\":{\"result_count\":0}}");
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 3);
	assert_true(covered(fix.loop.n_covered - 1)->from == BEGINNING);
}

static void
nothing_at_all_where_something_is_excluded_is_a_gap_until_something_comes(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nexclude=retweets\n");
	answer("/tweets?", 200, "{\"meta\":{\"result_count\":0}}");
	assert_run(RP_END);
	assert_int_equal(fix.loop.n_covered, 1);
	assert_true(covered(0)->gap);
	assert_true(covered(0)->from == BEGINNING && covered(0)->until == NOW);
	assert_has(fix.loop.remark, "excluded");
	again();
	answer("/tweets?", 200, PAGE(0, NULL, ID(9)));
	assert_run(RP_END);
	assert_false(covered(0)->gap);
	assert_true(covered(0)->from == BEGINNING && covered(0)->until == NOW);
	/* From then on nothing new is nothing new. */
	again();
	fix.loop.now = NOW + RP_HOUR;
	answer("since_id=", 200, "{\"meta\":{\"result_count\":0}}");
	assert_run(RP_END);
	assert_int_equal(fix.loop.n_covered, 1);
	assert_false(covered(0)->gap);
}

static void
quotes_are_listed_once_and_then_searched_for(void **state)
{
	(void)state;
	begin(&x_fetcher, "quotes=https://x.com/ada/status/1991086298396754121\n");
	answer("/2/tweets/1991086298396754121/quote_tweets?max_results=100&", 200,
	       PAGE(0, NULL, ID(9)));
	assert_run(RP_END);
	assert_string_equal(covered(0)->subject, "quotes:x:1991086298396754121");
	again();
	answer("/2/tweets/search/"
	       "recent?max_results=100&query=quotes_of_tweet_id%3A1991086298396754121&"
	       "since_id=",
	       200, PAGE(1, "t", ID(12), ID(11)));
	answer("next_token=t", 200, PAGE(2, NULL, ID(10)));
	assert_run(RP_END);
	assert_param(0, "since_id", ID(9));
	/* A list has no bound: it ends where what was seen begins. */
	fix.loop.now += 7 * RP_DAY;
	again();
	answer("/quote_tweets", 200, PAGE(1, "t", ID(14), ID(12)));
	answer("pagination_token=t", 200, PAGE(2, "u", ID(8)));
	assert_run(RP_END);
	assert_has_not(fix.log[0], "since_id");
	for (size_t i = 0; i < fix.loop.n_covered; i++)
		assert_false(covered(i)->gap);
}

static void
everything_since_2006_is_searched_by_times_where_ids_have_none(void **state)
{
	(void)state;
	begin(&x_fetcher, "query=davos\narchive=yes\nsince=2008\n");
	answer("/2/tweets/search/"
	       "all?max_results=100&query=davos&start_time=2008-01-01T00%"
	       "3A00%3A00Z&",
	       200, PAGE(0, NULL, 5000));
	assert_run(RP_END);
	assert_has_not(fix.log[0], "_id=");
	begin(&x_fetcher, "query=davos\narchive=yes\nsince=2025-11-01\n");
	answer("/2/tweets/search/all", 200, PAGE(0, NULL, ID(1)));
	assert_run(RP_END);
	assert_param(0, "since_id", id_at(INT64_C(1761955200) * RP_SECOND));
	assert_has_not(fix.log[0], "_time=");
}

static void
a_clock_that_is_wrong_moves_nothing_past_its_end(void **state)
{
	static const int64_t clocks[] = { 0, INT64_C(253402300799) * RP_SECOND,
		                          INT64_C(4294967296) * RP_SECOND };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		begin(&x_fetcher, "account=id:7\nquery=q\n");
		fix.loop.now = clocks[i];
		answer("/users/7/tweets?", 200, PAGE(0, NULL, ID(9)));
		answer("/search/recent?", 200, PAGE(1, NULL, ID(9)));
		assert_run(RP_END);
		for (size_t c = 0; c < fix.loop.n_covered; c++)
			assert_true(covered(c)->from < covered(c)->until);
	}
}

static int
clean(void **state)
{
	(void)state;
	buf_done(&fix.loop.cursor);
	buf_done(&fix.loop.reply.body);
	memset(&fix, 0, sizeof(fix));
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			since_is_the_first_page_s_newest_once_the_last_is_stored),
		cmocka_unit_test(five_seconds_less_where_that_post_was_young),
		cmocka_unit_test(a_pass_that_was_broken_off_is_finished_before_a_new_one),
		cmocka_unit_test(a_token_that_is_refused_gives_way_to_ids),
		cmocka_unit_test(an_empty_page_with_a_token_is_no_end),
		cmocka_unit_test(
			tokens_that_go_in_circles_end_in_a_gap_that_is_tried_again),
		cmocka_unit_test(what_is_in_the_way_three_times_lets_the_new_through),
		cmocka_unit_test(a_post_out_of_next_year_does_not_move_us),
		cmocka_unit_test(posts_of_others_do_not_move_us),
		cmocka_unit_test(a_page_in_disorder_lowers_nothing_that_was_not_read),
		cmocka_unit_test(
			a_server_that_ignores_our_bound_is_left_where_it_passes_it),
		cmocka_unit_test(covered_is_from_pass_to_pass),
		cmocka_unit_test(until_the_last_page_covered_is_what_was_read),
		cmocka_unit_test(
			a_search_that_slept_for_a_week_drops_its_bound_and_names_the_hole),
		cmocka_unit_test(so_does_one_that_was_broken_off_and_slept),
		cmocka_unit_test(posts_older_than_a_search_reaches_do_not_start_it_over),
		cmocka_unit_test(a_bound_that_x_finds_too_old_is_dropped_once),
		cmocka_unit_test(the_oldest_that_x_lists_is_where_a_gap_ends),
		cmocka_unit_test(
			a_list_that_is_shorter_than_x_s_goes_back_to_the_beginning),
		cmocka_unit_test(reposts_that_are_left_out_use_the_list_up),
		cmocka_unit_test(
			an_empty_end_where_something_is_excluded_is_asked_about_by_ids),
		cmocka_unit_test(
			nothing_at_all_where_something_is_excluded_is_a_gap_until_something_comes),
		cmocka_unit_test(quotes_are_listed_once_and_then_searched_for),
		cmocka_unit_test(
			everything_since_2006_is_searched_by_times_where_ids_have_none),
		cmocka_unit_test(a_clock_that_is_wrong_moves_nothing_past_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, clean);
}
