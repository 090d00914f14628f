/*
 * What the platform says of posts and accounts it does not show.  Made-up entries.
 */
#include "tests/unit/collect/x-fixture.h"

#define TWARC ",\"__twarc\":{\"retrieved_at\":\"2025-11-20T00:00:00+00:00\"}"
#define PROBLEM(type) "\"type\":\"https://api.twitter.com/2/problems/" type "\""

static void
assert_state(size_t i, const char *subject, enum post_state state, const char *evidence)
{
	assert_true(i < fix.batch.n_states);
	assert_slice(fix.batch.states[i].subject, subject);
	assert_int_equal(fix.batch.states[i].state, state);
	assert_contains(fix.batch.states[i].evidence, evidence);
}

/* One entry beside a post. */
static void
read_problem(const char *entry)
{
	char text[1000];

	(void)snprintf(text, sizeof(text),
	               "{\"data\":{\"id\":\"1\",\"text\":\"\"},\"errors\":[{%s}]" TWARC
	               "}\n",
	               entry);
	READ(text);
	assert_int_equal(fix.batch.n_rejects, 0);
}

static void
a_post_that_is_not_found_is_deleted(void **state)
{
	(void)state;
	read_problem(
		"\"resource_type\":\"tweet\",\"resource_id\":\"24\",\"value\":\"24\","
		"\"parameter\":\"ids\",\"title\":\"Not Found Error\",\"detail\":\"Could "
		"not "
		"find tweet with ids: [24].\"," PROBLEM("resource-not-found"));
	assert_int_equal(fix.batch.n_states, 1);
	assert_state(0, "x:24", STATE_DELETED, "Could not find tweet with ids: [24].");
	assert_int_equal(fix.batch.states[0].as_of, INT64_C(1763596800000000));
}

static void
so_is_one_that_another_refers_to(void **state)
{
	(void)state;
	read_problem(
		"\"resource_type\":\"tweet\",\"resource_id\":\"24\",\"value\":\"24\","
		"\"parameter\":\"referenced_tweets.id\",\"section\":\"includes\","
		"\"title\":"
		"\"Not Found Error\"," PROBLEM("resource-not-found"));
	assert_state(0, "x:24", STATE_DELETED, "Not Found Error");
	/* The newest form tells less. */
	read_problem("\"resource_type\":\"post\",\"value\":\"24\",\"title\":\"Not Found "
	             "Error\","
	             "\"detail\":\"d\",\"type\":\"https://api.x.com/2/problems/"
	             "resource-not-found\"");
	assert_state(0, "x:24", STATE_DELETED, "d");
	read_problem("\"parameter\":\"referenced_posts\",\"value\":\"24\",\"title\":"
	             "\"Not Found "
	             "Error\"," PROBLEM("resource-not-found"));
	assert_state(0, "x:24", STATE_DELETED, "Not Found");
}

static void
a_suspended_user_is_suspended_though_the_type_says_not_found(void **state)
{
	(void)state;
	read_problem("\"parameter\":\"entities.mentions.username\",\"resource_id\":"
	             "\"Some_One\","
	             "\"value\":\"Some_One\",\"detail\":\"User has been suspended: "
	             "[Some_One].\","
	             "\"title\":\"Forbidden\",\"resource_type\":\"user\"," PROBLEM(
			     "resource-not-found"));
	assert_int_equal(fix.batch.n_states, 1);
	assert_state(0, "x:@some_one?", STATE_SUSPENDED, "User has been suspended");
	read_problem("\"parameter\":\"author_id\",\"value\":\"44196397\",\"title\":"
	             "\"Forbidden\","
	             "\"detail\":\"\",\"resource_type\":\"user\"," PROBLEM(
			     "resource-not-found"));
	assert_state(0, "x:@44196397", STATE_SUSPENDED, "Forbidden");
}

static void
a_handle_of_digits_is_still_a_handle(void **state)
{
	(void)state;
	read_problem(
		"\"parameter\":\"usernames\",\"value\":\"1337\",\"title\":\"Forbidden\","
		"\"resource_type\":\"user\"," PROBLEM("resource-not-found"));
	assert_state(0, "x:@1337?", STATE_SUSPENDED, "Forbidden");
}

static void
a_user_that_is_not_found_is_gone_and_a_name_only_out_of_use(void **state)
{
	(void)state;
	read_problem(
		"\"parameter\":\"in_reply_to_user_id\",\"value\":\"77\",\"title\":\"Not "
		"Found Error\",\"resource_type\":\"user\"," PROBLEM(
			"resource-not-found"));
	assert_state(0, "x:@77", STATE_DELETED, "Not Found");
	read_problem("\"parameter\":\"username\",\"value\":\"ada\",\"title\":\"Not Found "
	             "Error\","
	             "\"resource_type\":\"user\"," PROBLEM("resource-not-found"));
	assert_state(0, "x:@ada?", STATE_UNAVAILABLE, "Not Found");
}

static void
what_we_may_not_see_is_protected(void **state)
{
	(void)state;
	read_problem("\"resource_type\":\"tweet\",\"resource_id\":\"24\",\"parameter\":"
	             "\"ids\","
	             "\"title\":\"Authorization Error\",\"detail\":\"Sorry, you are not "
	             "authorized "
	             "to see the Tweet with ids: [24].\"," PROBLEM(
			     "not-authorized-for-resource"));
	assert_state(0, "x:24", STATE_PROTECTED, "Sorry");
	read_problem("\"resource_type\":\"user\",\"value\":\"77\",\"parameter\":"
	             "\"in_reply_to_user_id\",\"title\":\"Authorization Error\"," PROBLEM(
			     "not-authorized-for-resource"));
	assert_state(0, "x:@77", STATE_PROTECTED, "Authorization");
}

static void
other_states_have_types_of_their_own(void **state)
{
	(void)state;
	read_problem("\"resource_type\":\"tweet\",\"value\":\"24\"," PROBLEM(
		"disallowed-resource"));
	assert_state(0, "x:24", STATE_WITHHELD, "");
	read_problem("\"resource_type\":\"tweet\",\"value\":\"24\"," PROBLEM(
		"resource-unavailable"));
	assert_state(0, "x:24", STATE_UNAVAILABLE, "");
}

static void
trouble_with_fields_rights_servers_and_media_says_nothing(void **state)
{
	static const char *const types[] = { "not-authorized-for-field",
		                             "field-unauthorized", "internal-error",
		                             "field-hydration-failure",
		                             "rate-limit-exceeded" };
	char entry[300];

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		(void)snprintf(
			entry, sizeof(entry),
			"\"resource_type\":\"tweet\",\"value\":\"24\"," PROBLEM("%s"),
			types[i]);
		read_problem(entry);
		assert_int_equal(fix.batch.n_states, 0);
	}
	read_problem("\"resource_type\":\"media\",\"value\":\"3_1\",\"parameter\":"
	             "\"attachments.media_keys\"," PROBLEM("resource-not-found"));
	assert_int_equal(fix.batch.n_states, 0);
	read_problem("\"resource_type\":\"tweet\"," PROBLEM("resource-not-found"));
	assert_int_equal(fix.batch.n_states, 0);
	read_problem("\"resource_type\":\"tweet\",\"value\":{}," PROBLEM(
		"resource-not-found"));
	assert_int_equal(fix.batch.n_states, 0);
}

static void
an_answer_of_errors_alone_holds_states(void **state)
{
	(void)state;
	READ("{\"errors\":[{\"resource_type\":\"tweet\",\"value\":\"24\",\"parameter\":"
	     "\"ids\","
	     "\"title\":\"Not Found Error\"," PROBLEM(
		     "resource-not-found") "}]" TWARC "}\n"
	                                   "{\"errors\":[],\"data\":[]}\n");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(fix.batch.n_records, 0);
	assert_state(0, "x:24", STATE_DELETED, "Not Found");
	/* A look-up of one post may answer like this. */
	READ("{\"value\":\"24\",\"detail\":\"Could not find tweet with id: "
	     "[24].\",\"title\":"
	     "\"Not Found "
	     "Error\",\"resource_type\":\"tweet\",\"parameter\":\"id\",\"resource_id\":"
	     "\"24\"," PROBLEM("resource-not-found") "}\n");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_state(0, "x:24", STATE_DELETED, "Could not find");
}

static void
errors_that_name_no_post_are_passed_over(void **state)
{
	(void)state;
	READ("{\"errors\":[{\"title\":\"x\"}]}\n"
	     "{\"errors\":[{\"code\":144,\"message\":\"No status found with that "
	     "ID.\"}]}\n"
	     "{\"title\":\"Invalid Request\",\"detail\":\"d\",\"type\":\"t\","
	     "\"errors\":[{\"message\":\"m\"}]}\n");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(fix.batch.n_states, 0);
}

static void
an_answer_to_the_whole_request_is_rejected(void **state)
{
	(void)state;
	assert_rejected(
		"{\"title\":\"Too Many Requests\",\"detail\":\"Too Many Requests\","
		"\"type\":\"about:blank\",\"status\":429}",
		"error answer without data");
}

static void
absence_never_means_deletion(void **state)
{
	(void)state;
	READ("{\"data\":[{\"id\":\"2\",\"text\":\"\",\"referenced_tweets\":[{\"type\":"
	     "\"replied_to\",\"id\":\"1\"}]}],\"includes\":{}}\n{\"meta\":{\"result_"
	     "count\":0}}\n");
	assert_int_equal(fix.batch.n_states, 0);
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		SPEC(a_post_that_is_not_found_is_deleted),
		SPEC(so_is_one_that_another_refers_to),
		SPEC(a_suspended_user_is_suspended_though_the_type_says_not_found),
		SPEC(a_handle_of_digits_is_still_a_handle),
		SPEC(a_user_that_is_not_found_is_gone_and_a_name_only_out_of_use),
		SPEC(what_we_may_not_see_is_protected),
		SPEC(other_states_have_types_of_their_own),
		SPEC(trouble_with_fields_rights_servers_and_media_says_nothing),
		SPEC(an_answer_of_errors_alone_holds_states),
		SPEC(errors_that_name_no_post_are_passed_over),
		SPEC(an_answer_to_the_whole_request_is_rejected),
		SPEC(absence_never_means_deletion),
	};

	return cmocka_run_group_tests_name("x-errors", specs, NULL, NULL);
}
