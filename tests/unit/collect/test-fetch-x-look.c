/*
 * Single posts of X: parents, roots, what was edited; never one that is held.
 */
#include "tests/unit/collect/fetch-fixture.h"

extern const struct fetcher_ops x_fetcher;

#define NOTHING "{\"meta\":{\"result_count\":0}}"
#define PROBLEM(type) "\"type\":\"https://api.twitter.com/2/problems/" type "\""
#define NOT_FOUND(id)                                                                    \
	"{\"resource_type\":\"tweet\",\"resource_id\":\"" id "\",\"value\":\"" id        \
	"\",\"parameter\":\"ids\",\"title\":\"Not Found Error\",\"detail\":\"Could not " \
	"find tweet with ids: [" id "].\"," PROBLEM("resource-not-found") "}"

/* An answer to an answer: only the first one is in the page. */
#define REPLY                                                                            \
	"{\"data\":[{\"id\":\"30\",\"author_id\":\"7\",\"conversation_id\":\"10\","      \
	"\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":\"20\"}]}],"             \
	"\"includes\":{\"tweets\":[{\"id\":\"20\",\"author_id\":\"8\","                  \
	"\"conversation_id\":\"10\",\"referenced_tweets\":[{\"type\":\"replied_to\","    \
	"\"id\":\"15\"}]}]},\"meta\":{}}"

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

static enum look_outcome
outcome(const char *key)
{
	for (size_t i = 0; i < fix.loop.n_looks; i++)
		if (strcmp(fix.loop.look_keys[i], key) == 0)
			return fix.loop.looks[i].outcome;
	fail_msg("%s was not looked up", key);
	return LOOK_NOTHING;
}

static void
missing_parents_and_roots_are_asked_for_by_id(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nroots=yes\n");
	shelve("", "", "");
	answer("/users/7/tweets", 200, REPLY);
	answer("/2/tweets?ids=10,15&", 200,
	       "{\"data\":[{\"id\":\"15\",\"conversation_id\":\"10\",\"referenced_"
	       "tweets\":[{\"type\":\"replied_to\",\"id\":\"10\"}]},{\"id\":\"10\","
	       "\"conversation_id\":\"10\"}]}");
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 2);
	assert_int_equal(outcome("x:15"), LOOK_FOUND);
	assert_has(fix.loop.options, "asked=x:10\nasked=x:15\n");
	assert_int_equal(fix.loop.reserved, 102);
	assert_int_equal(fix.loop.units, 3);
}

static void
without_roots_nobody_is_asked_for(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	shelve("", "", "x:44");
	answer("/users/7/tweets", 200, REPLY);
	assert_run(RP_END);
}

static void
what_is_held_or_gone_is_not_bought_again(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nroots=yes\nid=77\n");
	shelve(" x:10 x:77 ", " x:15 ", "");
	answer("/users/7/tweets", 200, REPLY);
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 1);
}

static void
unless_it_is_to_be_checked_again(void **state)
{
	(void)state;
	begin(&x_fetcher, "id=x:77\nid=https://twitter.com/a/status/78\nrecheck=yes\n");
	shelve(" x:77 x:78 ", "", "");
	answer("/2/tweets?ids=77,78&", 200,
	       "{\"data\":[{\"id\":\"78\"}],\"errors\":[" NOT_FOUND("77") "]}");
	assert_run(RP_END);
	assert_int_equal(outcome("x:77"), LOOK_GONE);
	assert_int_equal(outcome("x:78"), LOOK_FOUND);
}

static void
ghosts_of_the_archive_are_asked_for(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nroots=yes\n");
	shelve("", "", "x:41 bsky:did:plc:a/1 x:42");
	answer("/users/7/tweets", 200, NOTHING);
	answer("/2/tweets?ids=41,42&", 200, "{\"data\":[{\"id\":\"41\"}]}");
	assert_run(RP_END);
	/* In neither list: that says nothing. */
	assert_int_equal(outcome("x:42"), LOOK_NOTHING);
}

static void
a_hundred_at_a_time_and_each_once(void **state)
{
	static char many[250 * 8];
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 250; i++)
		n += (size_t)snprintf(many + n, sizeof(many) - n, "x:%d ",
		                      1000 + i % 230);
	begin(&x_fetcher, "account=id:7\nroots=yes\n");
	shelve("", "", many);
	answer("/users/7/tweets", 200, NOTHING);
	answer("/2/tweets?ids=1000,", 200, "{\"errors\":[" NOT_FOUND("1000") "]}");
	answer("/2/tweets?ids=1100,", 200, "{\"errors\":[" NOT_FOUND("1100") "]}");
	answer("/2/tweets?ids=1200,", 200, "{\"errors\":[" NOT_FOUND("1200") "]}");
	assert_run(RP_END);
	assert_int_equal(fix.loop.n_looks, 230);
	assert_int_equal(fix.loop.units, 0);
}

static void
a_problem_with_404_is_an_answer_to_a_look_up(void **state)
{
	(void)state;
	begin(&x_fetcher, "id=24\n");
	answer("/2/tweets?ids=24&", 404, NOT_FOUND("24"));
	assert_run(RP_END);
	assert_int_equal(outcome("x:24"), LOOK_GONE);
	assert_int_equal(fix.loop.kept, 1);
	/* Without one it is an outage. */
	begin(&x_fetcher, "id=24\n");
	answer("/2/tweets?ids=24&", 404, "");
	assert_run(RP_RETRY_LATER);
	assert_int_equal(fix.loop.n_looks, 0);
}

static void
nothing_at_all_said_twice_is_an_answer_to_a_look_up(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nid=24\nconversation=25\n");
	answer("/2/tweets?ids=25&", 200, "{}");
	answer("/2/tweets?ids=25&", 200, "{}");
	answer("/2/users/7/tweets", 200, NOTHING);
	answer("query=conversation_id%3A25&", 200, NOTHING);
	answer("/2/tweets?ids=24&", 200, "{}");
	answer("/2/tweets?ids=24&", 200, "{\"data\":[{\"id\":\"24\"}]}");
	assert_run(RP_END);
	assert_int_equal(outcome("x:25"), LOOK_NOTHING);
	assert_int_equal(outcome("x:24"), LOOK_FOUND);
	assert_int_equal(fix.loop.agains, 2);
}

static void
a_conversation_is_searched_by_its_root_whichever_post_names_it(void **state)
{
	(void)state;
	begin(&x_fetcher, "conversation=https://x.com/ada/status/30\n");
	answer("/2/tweets?ids=30&", 200,
	       "{\"data\":[{\"id\":\"30\",\"conversation_id\":\"10\"}]}");
	answer("query=conversation_id%3A10&", 200, NOTHING);
	answer("/2/tweets?ids=10&", 200, "{\"data\":[{\"id\":\"10\"}]}");
	assert_run(RP_END);
	assert_string_equal(fix.loop.covered[0].subject, "conversation:x:10");
	again();
	answer("query=conversation_id%3A10&", 200, NOTHING);
	assert_run(RP_END);
}

static void
one_whose_post_is_gone_is_searched_by_that(void **state)
{
	(void)state;
	begin(&x_fetcher, "conversation=30\n");
	answer("/2/tweets?ids=30&", 200, "{\"errors\":[" NOT_FOUND("30") "]}");
	answer("query=conversation_id%3A30&", 200, NOTHING);
	assert_run(RP_END);
	assert_int_equal(outcome("x:30"), LOOK_GONE);
}

/* ---- edits ----------------------------------------------------------------- */

#define EDITABLE                                                                         \
	"{\"data\":[{\"id\":\"30\",\"author_id\":\"7\",\"edit_controls\":{"              \
	"\"is_edit_eligible\":true,\"editable_until\":\"2025-11-20T12:30:00.000Z\"}},"   \
	"{\"id\":\"29\",\"author_id\":\"7\",\"edit_controls\":{\"is_edit_eligible\":"    \
	"true,\"editable_until\":\"2025-11-20T11:30:00.000Z\"}},{\"id\":\"28\","         \
	"\"author_id\":\"7\",\"edit_controls\":{\"is_edit_eligible\":true,"              \
	"\"editable_until\":\"9999-11-20T11:30:00.000Z\"}}],\"meta\":{}}"

static void
what_could_be_edited_is_looked_at_once_more(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\n");
	shelve(" x:30 ", "", "");
	answer("/users/7/tweets", 200, EDITABLE);
	assert_run(RP_END);
	again();
	fix.loop.now = NOW + 20 * RP_MINUTE;
	answer("/users/7/tweets", 200, NOTHING);
	assert_run(RP_END);
	again();
	fix.loop.now = NOW + 40 * RP_MINUTE;
	answer("/users/7/tweets", 200, NOTHING);
	answer("/2/tweets?ids=30&", 200, "{\"data\":[{\"id\":\"30\"}]}");
	assert_run(RP_END);
	again();
	answer("/users/7/tweets", 200, NOTHING);
	assert_run(RP_END);
}

static void
a_post_in_the_words_of_today_has_parents_too(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nroots=yes\nvocabulary=post\n");
	shelve("", "", "");
	answer("/users/7/tweets", 200,
	       "{\"data\":[{\"id\":\"30\",\"referenced_posts\":[{\"type\":\"replied_to\","
	       "\"id\":\"20\"}]}],\"includes\":{\"posts\":[{\"id\":\"20\","
	       "\"referenced_posts\":[{\"type\":\"quoted\",\"id\":\"5\"}]}]},\"meta\":{}"
	       "}");
	answer("/2/tweets?ids=5&post.fields", 200, "{\"data\":[{\"id\":\"5\"}]}");
	assert_run(RP_END);
}

static void
a_parent_that_the_page_says_is_gone_is_not_asked_for(void **state)
{
	(void)state;
	begin(&x_fetcher, "account=id:7\nroots=yes\n");
	shelve("", "", "");
	answer("/users/7/tweets", 200,
	       "{\"data\":[{\"id\":\"30\",\"referenced_tweets\":[{\"type\":\"quoted\","
	       "\"id\":\"20\"}]}],\"errors\":[" NOT_FOUND("20") "],\"meta\":{}}");
	assert_run(RP_END);
	assert_int_equal(fix.loop.requests, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(missing_parents_and_roots_are_asked_for_by_id),
		cmocka_unit_test(without_roots_nobody_is_asked_for),
		cmocka_unit_test(what_is_held_or_gone_is_not_bought_again),
		cmocka_unit_test(unless_it_is_to_be_checked_again),
		cmocka_unit_test(ghosts_of_the_archive_are_asked_for),
		cmocka_unit_test(a_hundred_at_a_time_and_each_once),
		cmocka_unit_test(a_problem_with_404_is_an_answer_to_a_look_up),
		cmocka_unit_test(nothing_at_all_said_twice_is_an_answer_to_a_look_up),
		cmocka_unit_test(
			a_conversation_is_searched_by_its_root_whichever_post_names_it),
		cmocka_unit_test(one_whose_post_is_gone_is_searched_by_that),
		cmocka_unit_test(what_could_be_edited_is_looked_at_once_more),
		cmocka_unit_test(a_post_in_the_words_of_today_has_parents_too),
		cmocka_unit_test(a_parent_that_the_page_says_is_gone_is_not_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, clean);
}
