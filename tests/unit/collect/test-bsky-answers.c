/*
 * What a server of Bluesky answers when one post or account was asked for.
 */
#define FIXTURE_COLLECTOR "bsky"
#include "x-fixture.h"

#define ANA "did:plc:aaaabbbbccccddddeeeeffff"
#define POST "bsky:" ANA "/3a"
#define CAME INT64_C(1795457914000000)

static void
assert_state(const char *asked, const char *answer, const char *subject,
             enum post_state state)
{
	char options[300];

	(void)snprintf(options, sizeof(options),
	               "asked=%s\nstatus=400\nfetched=2026-11-23T18:18:34Z\n", asked);
	fix.options = options;
	read_text(rp_slice_str(answer));
	fix.options = NULL;
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(fix.batch.n_states, 1);
	assert_slice(fix.batch.states[0].subject, subject);
	assert_int_equal(fix.batch.states[0].state, state);
	assert_int_equal(fix.batch.states[0].as_of, CAME);
	assert_true(fix.batch.states[0].evidence.n > 0);
}

static void
assert_nothing(const char *asked, const char *answer)
{
	char options[300];

	(void)snprintf(options, sizeof(options), "asked=%s\n", asked);
	fix.options = options;
	read_text(rp_slice_str(answer));
	fix.options = NULL;
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(fix.batch.n_states, 0);
}

static void
a_record_that_its_own_server_does_not_find_is_deleted(void **state)
{
	(void)state;
	assert_state(POST,
	             "{\"error\":\"RecordNotFound\",\"message\":\"Could not locate "
	             "record: at://" ANA "/app.bsky.feed.post/3a\"}",
	             POST, STATE_DELETED);
	assert_state(POST, "{\"error\":\"RecordNotFound\"}", POST, STATE_DELETED);
}

static void
a_post_that_is_not_shown_is_unavailable(void **state)
{
	(void)state;
	assert_state(POST, "{\"error\":\"NotFound\",\"message\":\"Post not found\"}",
	             POST, STATE_UNAVAILABLE);
}

static void
an_error_of_the_servers_own_says_nothing_of_what_was_asked_for(void **state)
{
	(void)state;
	assert_nothing(POST, "{\"error\":\"InternalServerError\",\"message\":\"oops\"}");
	assert_nothing(POST, "{\"error\":\"RateLimitExceeded\"}");
	assert_nothing("bsky:@" ANA, "{\"error\":\"InvalidRequest\",\"message\":\"x\"}");
}

static void
the_status_of_a_repository_is_that_of_its_account(void **state)
{
	static const struct {
		const char *status;
		enum post_state state;
	} is[] = { { "takendown", STATE_SUSPENDED },
		   { "suspended", STATE_SUSPENDED },
		   { "deactivated", STATE_UNAVAILABLE },
		   { "deleted", STATE_DELETED } };
	char answer[200];

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(*is); i++) {
		(void)snprintf(answer, sizeof(answer),
		               "{\"did\":\"" ANA "\",\"active\":false,\"status\":\"%s\"}",
		               is[i].status);
		assert_state("bsky:@" ANA, answer, "bsky:@" ANA, is[i].state);
	}
	assert_state("bsky:@" ANA, "{\"did\":\"" ANA "\",\"active\":true,\"rev\":\"3l\"}",
	             "bsky:@" ANA, STATE_LIVE);
	assert_nothing("bsky:@" ANA,
	               "{\"did\":\"" ANA "\",\"active\":false,\"status\":\"throttled\"}");
}

static void
an_account_that_is_refused_by_name_is_told_so(void **state)
{
	(void)state;
	assert_state("bsky:@" ANA, "{\"error\":\"RepoTakendown\"}", "bsky:@" ANA,
	             STATE_SUSPENDED);
	assert_state("bsky:@" ANA, "{\"error\":\"RepoNotFound\"}", "bsky:@" ANA,
	             STATE_UNAVAILABLE);
	assert_state("bsky:@" ANA,
	             "{\"error\":\"InvalidRequest\",\"message\":\"Profile not found\"}",
	             "bsky:@" ANA, STATE_UNAVAILABLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_record_that_its_own_server_does_not_find_is_deleted),
		SPEC(a_post_that_is_not_shown_is_unavailable),
		SPEC(an_error_of_the_servers_own_says_nothing_of_what_was_asked_for),
		SPEC(the_status_of_a_repository_is_that_of_its_account),
		SPEC(an_account_that_is_refused_by_name_is_told_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
