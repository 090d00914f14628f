/*
 * What an instance of Mastodon answers when one post or account was asked for, and whose
 * ids those in an answer are.
 */
#define FIXTURE_COLLECTOR "masto"
#include "x-fixture.h"

#define ANA "masto:@https://s.example/users/ana"
#define CAME INT64_C(1795457914000000)

static void
assert_state(const char *asked, int status, const char *answer, enum post_state state)
{
	char options[300];

	(void)snprintf(options, sizeof(options),
	               "asked=%s\nstatus=%d\nfetched=2026-11-23T18:18:34Z\n", asked,
	               status);
	fix.options = options;
	read_text(rp_slice_str(answer));
	fix.options = NULL;
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(fix.batch.n_states, 1);
	assert_slice(fix.batch.states[0].subject, asked);
	assert_int_equal(fix.batch.states[0].state, state);
	assert_int_equal(fix.batch.states[0].as_of, CAME);
}

static void
a_post_that_is_not_found_may_be_private_and_is_unavailable(void **state)
{
	(void)state;
	assert_state("masto:s.example!11", 404, "{\"error\":\"Record not found\"}",
	             STATE_UNAVAILABLE);
}

static void
a_post_that_is_gone_is_deleted_and_an_account_suspended(void **state)
{
	(void)state;
	assert_state("masto:s.example!11", 410, "{\"error\":\"Gone\"}", STATE_DELETED);
	assert_state(ANA, 410, "{\"error\":\"Gone\"}", STATE_SUSPENDED);
	assert_state(ANA, 404, "{\"error\":\"Record not found\"}", STATE_UNAVAILABLE);
}

static void
ids_in_an_answer_are_those_of_the_server_that_was_asked(void **state)
{
	const struct observation *o;

	(void)state;
	fix.name = "https://Here.example/api/v1/accounts/7/statuses?limit=40";
	READ("[{\"id\":\"11\",\"created_at\":\"2026-01-21T09:15:02.000Z\",\"uri\":"
	     "\"https://there.example/users/bo/statuses/5\",\"content\":\"x\","
	     "\"in_reply_to_id\":\"10\",\"account\":{\"id\":\"7\",\"username\":\"bo\","
	     "\"acct\":\"bo@there.example\"}}]");
	fix.name = NULL;
	o = seen(0);
	assert_int_equal(o->n_aliases, 1);
	assert_slice(o->aliases[0], "masto:here.example!11");
	assert_edge(o, 0, EDGE_REPLY, "masto:here.example!10");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_post_that_is_not_found_may_be_private_and_is_unavailable),
		SPEC(a_post_that_is_gone_is_deleted_and_an_account_suspended),
		SPEC(ids_in_an_answer_are_those_of_the_server_that_was_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
