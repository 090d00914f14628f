/*
 * What is asked of an instance of Mastodon besides lists: threads, single posts,
 * wordings.
 */
#include "networks-fixture.h"

#include "core/base/cleanup.h"

#define HOST "https://social.example"
#define STATUS(id, parent, count, more)                                                  \
	"{\"id\":\"" id "\",\"uri\":\"" HOST "/users/ana/statuses/" id                   \
	"\",\"content\":\"x\",\"created_at\":\"2026-01-21T10:12:00.000Z\","              \
	"\"in_reply_to_id\":" parent ",\"replies_count\":" count                         \
	",\"account\":{\"id\":\"7\",\"acct\":\"ana\"}" more "}"
#define CONTEXT(above, below) "{\"ancestors\":[" above "],\"descendants\":[" below "]}"
#define NOTHING CONTEXT("", "")

static void
begin(const struct canned *answers)
{
	canned = answers;
	loop_begin("masto");
	loop.serve = serve_canned;
	set("instance", HOST);
}

static void
a_thread_is_the_post_and_its_context_and_goes_on_at_cut_branches(void **state)
{
	static const struct canned answers[] = {
		{ "statuses/1/context", 200,
		  CONTEXT("", STATUS("2", "\"1\"", "1", "") "," STATUS("3", "\"2\"", "2",
		                                                       "")) },
		{ "statuses/3/context", 200,
		  CONTEXT("", STATUS("4", "\"3\"", "0", "") "," STATUS("5", "\"3\"", "0",
		                                                       "")) },
		{ "statuses/1", 200, STATUS("1", "null", "1", "") },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("thread", HOST "/@ana/1");
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/context"), 2);
	assert_told("seen conversation:masto:" HOST "/users/ana/statuses/1");
	/* Killed before the branch was read, it is asked for by the next run. */
	begin(answers);
	set("thread", HOST "/@ana/1");
	assert_ok(run(2), loop.err);
	assert_int_equal(times_asked("/context"), 1);
	assert_false(was_told("seen conversation:"));
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/context"), 2);
	/* Counts that stay what they were say nothing new. */
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/context"), 1);
}

static void
a_redirect_says_nothing_of_a_post_or_an_account(void **state)
{
	static const struct canned answers[] = {
		{ "/api/", 302, "{\"error\":\"x\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", "ana");
	set("thread", HOST "/@ana/1");
	set("id", HOST "/@ana/2");
	assert_int_equal(run(0), RP_BAD_SOURCE);
	assert_false(was_told("look"));
	assert_false(was_told("asked="));
	assert_told("sends us elsewhere (status 302)");
	assert_false(was_told("does not know"));
}

static void
a_branch_that_is_not_shown_is_a_gap_of_its_thread(void **state)
{
	static const struct canned answers[] = {
		{ "statuses/1/context", 200,
		  CONTEXT("", STATUS("2", "\"1\"", "1", "") "," STATUS("3", "\"1\"", "2",
		                                                       "")) },
		{ "statuses/2/context", 404, "{\"error\":\"Record not found\"}" },
		{ "statuses/3/context", 200, NOTHING },
		{ "statuses/1", 200, STATUS("1", "null", "2", "") },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("thread", HOST "/@ana/1");
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/context"), 3);
	assert_told("gap conversation:masto:" HOST "/users/ana/statuses/1");
	assert_false(was_told("seen conversation:"));
}

static void
a_thread_entered_in_its_middle_is_read_from_its_root(void **state)
{
	static const struct canned answers[] = {
		{ "statuses/2/context", 200, CONTEXT(STATUS("1", "null", "1", ""), "") },
		{ "statuses/1/context", 200, CONTEXT("", STATUS("2", "\"1\"", "0", "")) },
		{ "statuses/2", 200, STATUS("2", "\"1\"", "0", "") },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("thread", "masto:social.example!2");
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("statuses/1/context"), 1);
}

static void
sixty_answers_without_a_login_are_a_gap(void **state)
{
	static char body[60 * 400];
	static struct canned answers[] = {
		{ "/context", 200, body },
		{ "statuses/1", 200, STATUS("1", "null", "90", "") },
		{ NULL, 0, NULL },
	};
	size_t n;

	(void)state;
	n = (size_t)snprintf(body, sizeof(body), "{\"ancestors\":[],\"descendants\":[");
	for (int i = 0; i < 60; i++)
		n += (size_t)snprintf(body + n, sizeof(body) - n,
		                      "%s{\"id\":\"a%d\",\"in_reply_to_id\":\"1\"}",
		                      i ? "," : "", i);
	(void)snprintf(body + n, sizeof(body) - n, "]}");
	begin(answers);
	set("thread", "1");
	assert_ok(run(0), loop.err);
	assert_told("gap conversation:");
	assert_told("60 answers at the most");
}

static void
a_post_that_is_not_shown_is_told_by_its_status(void **state)
{
	static struct canned answers[] = {
		{ "statuses/1", 404, "{\"error\":\"Record not found\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	for (answers[0].status = 404; answers[0].status <= 410; answers[0].status += 6) {
		begin(answers);
		set("thread", "1");
		assert_int_equal(run(0), RP_BAD_SOURCE);
		assert_told("asked=masto:social.example!1");
		assert_told(answers[0].status == 404
		                    ? "look masto:social.example!1 nothing"
		                    : "look masto:social.example!1 gone");
	}
}

static void
a_post_of_another_instance_has_to_be_named_by_its_address_here(void **state)
{
	(void)state;
	begin(NULL);
	set("thread", "https://elsewhere.example/@bo/9");
	assert_int_equal(run(0), RP_BAD_CONFIG);
	assert_true(has(rp_slice_str(loop.err.text), "the address it has there"));
}

/* ---- edits ------------------------------------------------------------------ */

static const struct canned edited[] = {
	{ "/lookup", 200, "{\"id\":\"7\",\"acct\":\"ana\"}" },
	{ "/history", 200,
	  "[{\"content\":\"y\",\"created_at\":\"2026-01-21T10:12:00.000Z\"}]" },
	{ "min_id", 200, "[]" },
	{ "/accounts/7/statuses", 200,
	  "[" STATUS("9", "\"1\"", "0",
	             ",\"edited_at\":\"2026-01-21T10:15:00.000Z\"") "]" },
	{ NULL, 0, NULL },
};

static void
what_an_edited_post_said_before_is_asked_for_once(void **state)
{
	(void)state;
	begin(edited);
	set("account", "ana");
	set_number("since", "2026", NOW);
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("statuses/9/history"), 1);
	assert_told("url=" HOST "/users/ana/statuses/9");
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/history"), 0);
}

static void
a_kill_before_that_forgets_nothing(void **state)
{
	(void)state;
	begin(edited);
	set("account", "ana");
	set_number("since", "2026", NOW);
	assert_ok(run(2), loop.err);
	assert_int_equal(times_asked("/history"), 0);
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/history"), 1);
}

static void
history_can_be_left_alone(void **state)
{
	(void)state;
	begin(edited);
	set("account", "ana");
	set_number("history", "no", 0);
	set_number("since", "2026", NOW);
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/history"), 0);
}

/* ---- answers to the account's own posts -------------------------------------- */

static void
answers_to_posts_of_a_followed_account_are_read_for_a_week(void **state)
{
	static const struct canned answers[] = {
		{ "/lookup", 200, "{\"id\":\"7\",\"acct\":\"ana\"}" },
		{ "statuses/9/context", 200, NOTHING },
		{ "min_id", 200, "[]" },
		{ "/accounts/7/statuses", 200,
		  "[" STATUS("9", "null", "1", "") "," STATUS("8", "null", "0", "") "]" },
		{ "statuses/8/context", 200, NOTHING },
		{ NULL, 0, NULL },
	};
	struct rp_time made;

	(void)state;
	begin(answers);
	set("account", "ana");
	assert_true(rp_time_read(RP_SLICE("2026-01-21T10:12:00Z"), RP_BASIS_USER, &made));
	set_number("since", "2026", made.lo);
	loop.now = made.lo + RP_DAY;
	assert_ok(run(0), loop.err);
	/* The list told that nobody answered the other one yet. */
	assert_int_equal(times_asked("9/context"), 1);
	assert_int_equal(times_asked("8/context"), 0);
	loop.now += RP_HOUR; /* not that often */
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/context"), 0);
	loop.now += RP_DAY;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("9/context"), 1);
	assert_int_equal(times_asked("8/context"), 1);
	loop.now += 6 * RP_DAY;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/context"), 0);
}

static void
tell_missing(void *context, struct rp_slice subject, size_t most,
             void (*tell_it)(void *to, struct rp_slice key), void *to)
{
	(void)context;
	(void)most;
	assert_slice(subject, "masto:@ana@social.example?");
	tell_it(to, RP_SLICE("masto:social.example!5"));
	tell_it(to, RP_SLICE("masto:social.example!6"));
	tell_it(to, RP_SLICE("masto:elsewhere.example!7"));
	tell_it(to, RP_SLICE("masto:https://elsewhere.example/users/bo/statuses/7"));
}

static void
posts_that_it_answers_are_asked_for_with_the_way_up(void **state)
{
	static const struct canned answers[] = {
		{ "/lookup", 200, "{\"id\":\"7\",\"acct\":\"ana\"}" },
		{ "/accounts/7/statuses", 200, "[]" },
		{ "statuses?id%5B%5D=5&id%5B%5D=6", 200,
		  "[" STATUS("5", "\"4\"", "0", "") "," STATUS("8", "null", "0",
		                                               "") "]" },
		{ "statuses/5/context", 200, CONTEXT(STATUS("4", "null", "1", ""), "") },
		{ "statuses/5", 200, STATUS("5", "\"4\"", "0", "") },
		{ "statuses/6", 404, "{\"error\":\"Record not found\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", "ana");
	loop.view.missing = tell_missing;
	assert_ok(run(0), loop.err);
	assert_told("look masto:social.example!5 found");
	assert_told("look masto:social.example!6 nothing");
	assert_int_equal(times_asked("/context"), 1);
	assert_int_equal(times_asked("elsewhere"), 0);
	/* The one that was left out was asked for itself, and no other. */
	assert_int_equal(times_asked("statuses/6"), 1);
	assert_int_equal(times_asked("statuses/"), 2);
	assert_false(was_told("masto:social.example!8"));
}

static void
a_server_that_gives_one_post_at_a_time_is_asked_so_for_a_week(void **state)
{
	static const struct canned answers[] = {
		{ "/lookup", 200, "{\"id\":\"7\",\"acct\":\"ana\"}" },
		{ "/accounts/7/statuses", 200, "[]" },
		{ "statuses?id", 404, "{\"error\":\"Not Found\"}" },
		{ "statuses/5", 200, STATUS("5", "null", "0", "") },
		{ "statuses/6", 404, "{\"error\":\"Record not found\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", "ana");
	loop.view.missing = tell_missing;
	assert_ok(run(0), loop.err);
	assert_told("look masto:social.example!5 found");
	assert_told("look masto:social.example!6 nothing");
	loop.now += 2 * RP_DAY;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("statuses?id"), 0);
	assert_int_equal(times_asked("statuses/5"), 1);
	loop.now += 7 * RP_DAY;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("statuses?id"), 1);
}

static void
an_account_that_is_not_known_here_is_named(void **state)
{
	static const struct canned answers[] = {
		{ "/lookup", 404, "<html>" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", "bo@elsewhere.example");
	assert_int_equal(run(0), RP_BAD_SOURCE);
	assert_true(has(rp_slice_str(loop.err.text), "bo@elsewhere.example"));
}

static void
a_suspended_account_is_gone(void **state)
{
	static const struct canned answers[] = {
		{ "/lookup", 200, "{\"id\":\"7\",\"uri\":\"" HOST "/users/ana\"}" },
		{ "/statuses", 410, "{\"error\":\"Gone\"}" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("account", "ana");
	assert_int_equal(run(0), RP_BAD_SOURCE);
	assert_told("asked=masto:@" HOST "/users/ana");
	assert_told("look masto:@" HOST "/users/ana gone");
}

static void
a_timeline_that_is_locked_does_not_keep_others_from_being_read(void **state)
{
	static const struct canned answers[] = {
		{ "/tag/locked", 401,
		  "{\"error\":\"This method requires an authenticated "
		  "user\"}" },
		{ "/tag/open", 200, "[]" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("tag", "locked");
	set("tag", "open");
	assert_ok(run(0), loop.err);
	assert_told("only to those who have logged in");
	assert_int_equal(times_asked("/tag/open"), 1);
}

static void
a_tag_is_a_list_of_its_own(void **state)
{
	static const struct canned answers[] = {
		{ "/api/v1/timelines/tag/Z%C3%BCri?limit=40", 200, "[]" },
		{ NULL, 0, NULL },
	};

	(void)state;
	begin(answers);
	set("tag", "#Z\xc3\xbcri");
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_thread_is_the_post_and_its_context_and_goes_on_at_cut_branches),
		cmocka_unit_test(a_redirect_says_nothing_of_a_post_or_an_account),
		cmocka_unit_test(a_branch_that_is_not_shown_is_a_gap_of_its_thread),
		cmocka_unit_test(a_thread_entered_in_its_middle_is_read_from_its_root),
		cmocka_unit_test(sixty_answers_without_a_login_are_a_gap),
		cmocka_unit_test(a_post_that_is_not_shown_is_told_by_its_status),
		cmocka_unit_test(
			a_post_of_another_instance_has_to_be_named_by_its_address_here),
		cmocka_unit_test(what_an_edited_post_said_before_is_asked_for_once),
		cmocka_unit_test(a_kill_before_that_forgets_nothing),
		cmocka_unit_test(history_can_be_left_alone),
		cmocka_unit_test(
			answers_to_posts_of_a_followed_account_are_read_for_a_week),
		cmocka_unit_test(posts_that_it_answers_are_asked_for_with_the_way_up),
		cmocka_unit_test(
			a_server_that_gives_one_post_at_a_time_is_asked_so_for_a_week),
		cmocka_unit_test(an_account_that_is_not_known_here_is_named),
		cmocka_unit_test(a_suspended_account_is_gone),
		cmocka_unit_test(
			a_timeline_that_is_locked_does_not_keep_others_from_being_read),
		cmocka_unit_test(a_tag_is_a_list_of_its_own),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	loop_done();
	return failed;
}
