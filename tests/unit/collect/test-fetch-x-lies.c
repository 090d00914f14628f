/*
 * Answers of X that are none, or not all of one, and look like it: what they do not prove
 * is not covered, and nothing is bought again and again because of them.
 */
#include "tests/unit/collect/fetch-fixture.h"

extern const struct fetcher_ops x_fetcher;

#define NOTHING "{\"meta\":{\"result_count\":0}}"
#define SICK                                                                             \
	"{\"title\":\"Service Unavailable\",\"detail\":\"Service "                       \
	"Unavailable\",\"type\":"                                                        \
	"\"https://api.twitter.com/2/problems/service-unavailable\"}"

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

/* Posts by 7, newest first as they are given, 0 ends them; then the rest of the answer.
 */
static char pages[8][2048];

static const char *
page(int at, const char *rest, const uint64_t *ids)
{
	size_t n = (size_t)snprintf(pages[at], sizeof(pages[at]), "{\"data\":[");

	for (; *ids != 0; ids++)
		n += (size_t)snprintf(pages[at] + n, sizeof(pages[at]) - n,
		                      "{\"id\":\"%llu\",\"author_id\":\"7\"}%s",
		                      (unsigned long long)*ids, ids[1] ? "," : "");
	(void)snprintf(pages[at] + n, sizeof(pages[at]) - n, "]%s}", rest);
	return pages[at];
}
#define PAGE(at, rest, ...) page(at, rest, (const uint64_t[]){ __VA_ARGS__, 0 })
#define NEXT(token) ",\"meta\":{\"next_token\":" token "}"
#define LAST ",\"meta\":{}"

static void
assert_param(size_t request, const char *name, uint64_t id)
{
	char want[80];

	(void)snprintf(want, sizeof(want), "&%s=%llu&", name, (unsigned long long)id);
	assert_has(fix.log[request], want);
}

/* In this run. */
static bool
is_covered(int64_t at)
{
	for (size_t i = 0; i < fix.loop.n_covered; i++)
		if (!covered(i)->gap && covered(i)->from <= at && at < covered(i)->until)
			return true;
	return false;
}

/* ---- the same again and again ---------------------------------------------- */

static unsigned tokens;

static void
serve_the_same(const char *url, struct reply *out)
{
	(void)url;
	buf_printf(&out->body,
	           "{\"data\":[{\"id\":\"%llu\",\"author_id\":\"7\"},{\"id\":\"%llu\","
	           "\"author_id\":\"7\"}],\"meta\":{\"result_count\":2,\"next_token\":"
	           "\"t%u\"}}",
	           (unsigned long long)ID(9), (unsigned long long)ID(8), tokens++);
}

static void
a_page_that_comes_again_under_a_new_token_is_bought_twice_at_the_most(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	fix.loop.serve = serve_the_same;
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 2);
	assert_has(fix.loop.remark, "repeat");
	assert_true(is_covered(time_of(ID(8))));
	assert_false(is_covered(time_of(ID(8)) - 1));
	assert_true(covered(fix.loop.n_covered - 1)->gap);
}

static void
and_in_later_runs_once_until_it_lets_the_new_through(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	fix.loop.serve = serve_the_same;
	assert_run(RP_END);
	for (int run = 2; run <= 3; run++) {
		assert_run(RP_END);
		assert_int_equal(fix.loop.requests, 1);
	}
	fix.loop.serve = serve_script;
	again();
	answer("since_id=", 200, PAGE(0, LAST, ID(10)));
	assert_run(RP_END);
	assert_param(0, "since_id", ID(9));
	assert_has_not(fix.log[0], "until_id");
}

static void
so_are_posts_of_others_under_ever_new_tokens(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:8\n");
	fix.loop.serve = serve_the_same;
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 1);
	assert_false(is_covered(time_of(ID(8))));
}

static void
runs_that_get_somewhere_are_none_in_vain(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	for (uint64_t run = 0; run < 5; run++) {
		again();
		answer("/tweets?", 200, PAGE(0, NEXT("\"a\""), ID(29 - 2 * run)));
		answer("token=a&", 200, PAGE(1, NEXT("\"a\""), ID(28 - 2 * run)));
		assert_run(RP_END);
	}
	again();
	answer("until_id=", 200, PAGE(2, LAST, ID(1)));
	answer("since_id=", 200, NOTHING);
	assert_run(RP_END);
	assert_param(0, "until_id", ID(20));
}

/* ---- less than was asked for ----------------------------------------------- */

static void
posts_that_are_counted_and_not_there_are_asked_for_again(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, "{\"meta\":{\"result_count\":100}}");
	answer("/tweets?", 200, PAGE(0, LAST, ID(9)));
	assert_run(RP_END);
	assert_int_equal(fix.loop.agains, 1);
	assert_int_equal(fix.loop.units, 1);
}

static void
counted_and_not_there_twice_they_are_a_gap(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nquery=q\n");
	answer("/users/7/tweets?", 200, "{\"meta\":{\"result_count\":100}}");
	answer("/users/7/tweets?", 200, "{\"meta\":{\"result_count\":100}}");
	answer("/search/", 200, NOTHING);
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 3);
	assert_true(covered(0)->gap);
	assert_true(covered(0)->until == NOW);
	assert_has(fix.loop.remark, "counts more posts");
	/* The next run begins where nothing was read. */
	again();
	answer("/users/7/tweets?", 200, PAGE(0, LAST, ID(9)));
	answer("/search/", 200, NOTHING);
	assert_run(RP_END);
	assert_has_not(fix.log[0], "_id=");
	assert_true(is_covered(time_of(ID(1))));
}

static void
a_page_with_fewer_posts_than_it_counts_proves_nothing(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200,
	       PAGE(0, ",\"meta\":{\"result_count\":3,\"next_token\":\"t\"}", ID(9),
	            ID(1)));
	assert_run(RP_END);
	assert_int_equal(fix.loop.kept, 1);
	assert_int_equal(fix.loop.units, 2);
	assert_false(is_covered(time_of(ID(5))));
	again();
	answer("/tweets?", 200, PAGE(1, LAST, ID(9), ID(5), ID(1)));
	assert_run(RP_END);
	assert_true(is_covered(time_of(ID(5))));
}

static void
a_count_that_no_page_can_have_is_that_of_all_pages(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, PAGE(0, ",\"meta\":{\"result_count\":101}", ID(9)));
	assert_run(RP_END);
	assert_true(is_covered(time_of(ID(1))));
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, PAGE(0, ",\"meta\":{\"result_count\":100}", ID(9)));
	assert_run(RP_END);
	assert_false(is_covered(time_of(ID(1))));
}

static void
nor_does_one_whose_server_says_that_it_is_ill(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200,
	       PAGE(0, ",\"errors\":[" SICK "],\"meta\":{\"result_count\":2}", ID(9),
	            ID(8)));
	assert_run(RP_END);
	assert_int_equal(fix.loop.units, 2);
	assert_has(fix.loop.remark, "in full");
	assert_false(is_covered(time_of(ID(5))));
	again();
	answer("/tweets?", 200, "{\"errors\":[" SICK "],\"meta\":{\"result_count\":0}}");
	answer("/tweets?", 200, PAGE(1, LAST, ID(9), ID(8), ID(5)));
	assert_run(RP_END);
	assert_true(is_covered(time_of(ID(5))));
}

/* It says that of what the page's posts refer to. */
static void
problems_of_single_posts_and_people_are_no_illness(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nroots=no\n");
	answer("/tweets?", 200,
	       PAGE(0,
	            ",\"errors\":[{\"value\":\"20\",\"resource_type\":\"tweet\",\"type\":"
	            "\"https://api.twitter.com/2/problems/resource-not-found\"},"
	            "{\"resource_id\":\"5\",\"resource_type\":\"user\",\"type\":"
	            "\"https://api.twitter.com/2/problems/odd\"}],\"meta\":{}",
	            ID(9)));
	assert_run(RP_END);
	assert_true(is_covered(time_of(ID(5))));
}

/* ---- no word about what comes next ----------------------------------------- */

static void
a_page_that_does_not_say_whether_there_are_more_is_no_last_one(void **state)
{
	static const char *const rests[] = {
		"",
		",\"meta\":[]",
		",\"meta\":\"none\"",
		NEXT("{\"a\":1}"),
		NEXT("[\"t\"]"),
		NEXT("true"),
		NEXT("false"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rests) / sizeof(*rests); i++) {
		begin(&x_fetcher, "account=id:7\n");
		answer("/tweets?", 200, PAGE(0, rests[i], ID(9), ID(8)));
		answer("until_id=", 200, PAGE(1, rests[i], ID(7)));
		answer("until_id=", 200, NOTHING);
		assert_run(RP_END);
		assert_param(1, "until_id", ID(8));
		assert_param(2, "until_id", ID(7));
		assert_has_not(fix.log[2], "pagination_token");
		assert_true(is_covered(time_of(ID(1))));
	}
}

static void
nor_is_one_whose_next_page_has_too_long_a_name(void **state)
{
	static char body[4096];

	(void)state;
	(void)snprintf(body, sizeof(body),
	               "{\"data\":[{\"id\":\"%llu\",\"author_id\":\"7\"}]" NEXT(
			       "\"%03000d\"") "}",
	               (unsigned long long)ID(9), 1);
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, body);
	answer("until_id=", 200, PAGE(1, LAST, ID(7)));
	assert_run(RP_END);
	assert_param(1, "until_id", ID(9));
	assert_true(is_covered(time_of(ID(1))));
}

static void
null_and_an_empty_token_are_an_end(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, PAGE(0, NEXT("null"), ID(9)));
	assert_run(RP_END);
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200, PAGE(0, NEXT("\"\""), ID(9)));
	assert_run(RP_END);
	assert_true(is_covered(time_of(ID(1))));
}

/* ---- ahead of the clock ---------------------------------------------------- */

static void
an_id_of_tonight_does_not_hide_what_is_posted_until_then(void **state)
{
	const uint64_t tonight = id_at(NOW + 23 * RP_HOUR);

	(void)state;
	begin(&x_fetcher, "query=money\n");
	answer("/search/", 200, PAGE(0, LAST, tonight, ID(5)));
	assert_run(RP_END);
	again();
	fix.loop.now = NOW + RP_HOUR;
	answer("/search/", 200, PAGE(1, LAST, tonight, id_at(NOW + RP_MINUTE)));
	assert_run(RP_END);
	assert_param(0, "since_id", ID(5));
	again();
	fix.loop.now = NOW + 24 * RP_HOUR;
	answer("/search/", 200, PAGE(2, LAST, tonight));
	assert_run(RP_END);
	assert_param(0, "since_id", id_at(NOW + RP_MINUTE));
	again();
	answer("/search/", 200, NOTHING);
	assert_run(RP_END);
	assert_param(0, "since_id", tonight);
}

/* ---- more than was asked for ----------------------------------------------- */

static void
what_came_is_counted_also_without_ids(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	answer("/tweets?", 200,
	       "{\"data\":[{\"id\":\"9\"},{\"id\":[]},{},7],\"meta\":{}}");
	assert_run(RP_END);
	assert_int_equal(fix.loop.units, 4);
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
			a_page_that_comes_again_under_a_new_token_is_bought_twice_at_the_most),
		cmocka_unit_test(and_in_later_runs_once_until_it_lets_the_new_through),
		cmocka_unit_test(so_are_posts_of_others_under_ever_new_tokens),
		cmocka_unit_test(runs_that_get_somewhere_are_none_in_vain),
		cmocka_unit_test(
			posts_that_are_counted_and_not_there_are_asked_for_again),
		cmocka_unit_test(counted_and_not_there_twice_they_are_a_gap),
		cmocka_unit_test(a_page_with_fewer_posts_than_it_counts_proves_nothing),
		cmocka_unit_test(a_count_that_no_page_can_have_is_that_of_all_pages),
		cmocka_unit_test(nor_does_one_whose_server_says_that_it_is_ill),
		cmocka_unit_test(problems_of_single_posts_and_people_are_no_illness),
		cmocka_unit_test(
			a_page_that_does_not_say_whether_there_are_more_is_no_last_one),
		cmocka_unit_test(nor_is_one_whose_next_page_has_too_long_a_name),
		cmocka_unit_test(null_and_an_empty_token_are_an_end),
		cmocka_unit_test(
			an_id_of_tonight_does_not_hide_what_is_posted_until_then),
		cmocka_unit_test(what_came_is_counted_also_without_ids),
	};

	return cmocka_run_group_tests(tests, NULL, clean);
}
