/*
 * ActivityPub objects and activities as posts.
 */
#define FIXTURE_COLLECTOR "masto"
#include "x-fixture.h"

#include "core/base/buf.h"

#define PUBLIC "\"to\":[\"https://www.w3.org/ns/activitystreams#Public\"],\"cc\":[]"
#define ANA "https://s.example/users/ana"
#define NOTE(id, more)                                                                   \
	"{\"id\":\"" ANA "/statuses/" id "\",\"type\":\"Note\",\"attributedTo\":\"" ANA  \
	"\","                                                                            \
	"\"published\":\"2026-01-21T09:15:02Z\"," PUBLIC "," more "}"

static void
a_note_is_the_post_that_the_api_shows(void **state)
{
	unsigned char print[FINGERPRINT_BYTES];
	struct version version;

	(void)state;
	READ(NOTE("11",
	          "\"content\":\"<p>see</p>\",\"contentMap\":{\"fr\":\"<p>see</"
	          "p>\"},\"summary\":"
	          "\"cw\",\"url\":\"https://s.example/@ana/11\",\"attachment\":{\"type\":"
	          "\"Document\",\"mediaType\":\"image/png\",\"url\":"
	          "\"/media_attachments/files/1/x.png\"}"));
	assert_slice(seen(0)->version.lang, "fr");
	version = seen(0)->version;
	version_fingerprint(&version, seen(0)->post.author);
	memcpy(print, version.fingerprint, sizeof(print));
	READ("{\"id\":\"11\",\"created_at\":\"2026-01-21T09:15:02.000Z\",\"visibility\":"
	     "\"public\","
	     "\"uri\":\"" ANA
	     "/statuses/11\",\"content\":\"<p>see</p>\",\"spoiler_text\":\"cw\","
	     "\"account\":{\"acct\":\"ana\",\"url\":\"https://s.example/@ana\"},"
	     "\"media_attachments\":[{\"url\":\"https://f.example/media_attachments/"
	     "files/1/x.png\"}]}");
	version = seen(0)->version;
	version_fingerprint(&version, seen(0)->post.author);
	assert_memory_equal(print, version.fingerprint, sizeof(print));
	assert_slice(seen(0)->post.key, "masto:" ANA "/statuses/11");
}

static void
a_create_is_its_note_and_an_update_another_wording(void **state)
{
	(void)state;
	READ("{\"type\":\"OrderedCollection\",\"totalItems\":9,\"orderedItems\":[{\"id\":"
	     "\"" ANA "/statuses/11/activity\",\"type\":\"Create\",\"actor\":\"" ANA
	     "\"," PUBLIC ",\"object\":" NOTE(
		     "11", "\"content\":\"one\",\"inReplyTo\":\"https://o.example/"
			   "9\"") "},{\"type\":\"Update\",\"actor\":\"" ANA
	                          "\",\"object\":" NOTE(
					  "11", "\"content\":\"two\",\"updated\":"
						"\"2026-01-21T09:30:00Z\"") "}]}");
	assert_int_equal(n_seen(), 2);
	assert_int_equal(fix.batch.n_records, 2);
	assert_edge(seen(0), 0, EDGE_REPLY, "masto:https://o.example/9");
	assert_slice(seen(0)->post.author, "masto:@" ANA);
	assert_slice(seen(1)->version.text, "two");
	assert_int_equal(seen(1)->version.as_of, INT64_C(1768987800000000));
	assert_int_equal(seen(1)->post.time.lo, INT64_C(1768986902000000));
}

static void
an_announce_is_a_repost_whose_original_may_be_inside(void **state)
{
	(void)state;
	READ("{\"id\":\"" ANA
	     "/statuses/12/activity\",\"type\":\"Announce\",\"actor\":\"" ANA
	     "\",\"published\":\"2026-01-21T10:00:00Z\"," PUBLIC
	     ",\"object\":\"https://o.example/users/bo/statuses/9\"}");
	assert_int_equal(seen(0)->post.kind, KIND_REPOST);
	assert_slice(seen(0)->post.key, "masto:" ANA "/statuses/12/activity");
	assert_edge(seen(0), 0, EDGE_REPOST,
	            "masto:https://o.example/users/bo/statuses/9");
	READ("{\"id\":\"https://s.example/"
	     "3\",\"type\":\"Announce\",\"actor\":{\"type\":\"Person\","
	     "\"id\":\"" ANA "\",\"preferredUsername\":\"ana\",\"name\":\"Ana\"}," PUBLIC
	     ",\"object\":{\"type\":\"Article\",\"url\":\"https://o.example/"
	     "post\",\"name\":"
	     "\"Headline\",\"content\":\"The "
	     "original\",\"attributedTo\":{\"type\":\"Person\","
	     "\"name\":\"Bo\",\"url\":\"https://o.example/bo\"}," PUBLIC "}}");
	assert_edge(seen(0), 0, EDGE_REPOST, "masto:https://o.example/post");
	assert_int_equal(seen(1)->post.kind, KIND_ARTICLE);
	assert_slice(seen(1)->post.title, "Headline");
	assert_slice(seen(1)->post.author, "masto:@https://o.example/bo");
	assert_slice(fix.batch.accounts[0].handle, "ana@s.example");
	/* Communities pass on whole activities: the note in it is read, and is
	 * no repost. */
	READ("{\"id\":\"https://c.example/4\",\"type\":\"Announce\",\"actor\":\"https://"
	     "c.example/c\"," PUBLIC ",\"object\":{\"type\":\"Create\",\"actor\":\"" ANA
	     "\",\"object\":" NOTE("13", "\"content\":\"x\"") "}}");
	assert_int_equal(n_seen(), 1);
	assert_int_equal(seen(0)->post.kind, KIND_POST);
}

static void
what_is_addressed_to_few_is_counted_and_not_taken_for_a_post(void **state)
{
	static const char *const readers[][2] = {
		{ "\"to\":[\"https://www.w3.org/ns/activitystreams#Public\"]", "yes" },
		{ "\"to\":\"as:Public\"", "yes" },
		{ "\"to\":[\"" ANA "/followers\"],\"cc\":[\"Public\"]", "yes" },
		{ "\"sensitive\":false", "no" },
		{ "\"to\":[\"" ANA "/followers\"],\"cc\":[]", "no" },
		{ "\"to\":[],\"cc\":[]", "no" },
		{ "\"to\":null", "no" },
		{ "\"cc\":[\"https://o.example/users/bo\"]", "no" },
	};
	char text[1000];

	(void)state;
	for (size_t i = 0; i < sizeof(readers) / sizeof(*readers); i++) {
		(void)snprintf(text, sizeof(text),
		               "{\"id\":\"https://s.example/1\",\"type\":\"Note\","
		               "\"content\":\"psst\",%s}",
		               readers[i][0]);
		READ(text);
		assert_int_equal(n_seen(), readers[i][1][0] == 'y');
		assert_int_equal(fix.batch.n_rejects, readers[i][1][0] == 'n');
	}
	/* What the activity says counts for a note that says nothing. */
	READ("{\"type\":\"Create\",\"actor\":\"" ANA "\"," PUBLIC
	     ",\"object\":{\"id\":\"https://s.example/1\",\"type\":\"Note\","
	     "\"content\":\"all\"}}");
	assert_int_equal(n_seen(), 1);
	assert_rejected("{\"type\":\"Create\",\"actor\":\"" ANA
	                "\",\"object\":{\"id\":\"https://s.example/1\",\"type\":"
	                "\"Note\",\"content\":\"psst\"}}",
	                "nothing says");
	assert_rejected(
		"{\"type\":\"Create\",\"actor\":\"" ANA "\",\"to\":[\"" ANA
		"/followers\"],\"object\":{\"id\":\"https://s.example/1\",\"type\":"
		"\"Note\",\"content\":\"psst\"}}",
		"not public");
	assert_rejected(
		"{\"id\":\"https://s.example/2\",\"type\":\"Announce\",\"actor\":\"" ANA
		"\",\"to\":[\"" ANA "/followers\"],\"object\":\"https://s.example/1\"}",
		"not public");
}

static void
what_its_own_server_says_is_gone_is_gone(void **state)
{
	(void)state;
	READ("{\"type\":\"Delete\",\"actor\":\"" ANA "\"," PUBLIC
	     ",\"object\":{\"id\":\"" ANA "/statuses/"
	     "11\",\"type\":\"Tombstone\",\"deleted\":\"2026-02-01T00:00:00Z\"}}");
	assert_int_equal(fix.batch.n_states, 1);
	assert_slice(fix.batch.states[0].subject, "masto:" ANA "/statuses/11");
	assert_int_equal(fix.batch.states[0].state, STATE_DELETED);
	assert_int_equal(fix.batch.states[0].as_of, INT64_C(1769904000000000));
	READ("{\"type\":\"Tombstone\",\"id\":\"https://s.example/1\"}");
	assert_int_equal(fix.batch.n_states, 1);
	assert_int_equal(fix.batch.states[0].as_of, RP_TIME_UNKNOWN);
	READ("{\"type\":\"Delete\",\"actor\":\"" ANA "\",\"object\":\"" ANA "\"}");
	assert_slice(fix.batch.states[0].subject, "masto:@" ANA);
	READ("{\"type\":\"Undo\",\"actor\":\"" ANA
	     "\",\"object\":{\"type\":\"Announce\",\"id\":\"" ANA
	     "/statuses/12/activity\"}}");
	assert_slice(fix.batch.states[0].subject, "masto:" ANA "/statuses/12/activity");
	assert_rejected("{\"type\":\"Delete\",\"actor\":\"https://evil.example/users/"
	                "x\",\"object\":\"" ANA "/statuses/11\"}",
	                "somebody else's");
}

static void
a_quote_is_found_under_each_of_its_names(void **state)
{
	static const char *const quotes[] = {
		"\"quote\":\"https://o.example/9\"",
		"\"quoteUri\":\"https://o.example/9\"",
		"\"quoteUrl\":\"https://o.example/9\"",
		"\"_misskey_quote\":\"https://o.example/9\"",
		"\"quote\":{\"type\":\"Tombstone\"},\"quoteUrl\":\"https://o.example/9\"",
	};
	char text[1000];

	(void)state;
	for (size_t i = 0; i < sizeof(quotes) / sizeof(*quotes); i++) {
		(void)snprintf(text, sizeof(text), NOTE("11", "\"content\":\"a\",%s"),
		               quotes[i]);
		READ(text);
		assert_int_equal(seen(0)->n_edges, 1);
		assert_edge(seen(0), 0, EDGE_QUOTE, "masto:https://o.example/9");
	}
}

static void
a_value_may_stand_bare_or_in_an_array_or_as_an_object(void **state)
{
	(void)state;
	READ("{\"id\":\"https://s.example/"
	     "1\",\"type\":[\"Note\",\"x\"],\"content\":\"a\","
	     "\"attributedTo\":[{\"type\":\"Person\",\"id\":\"" ANA
	     "\"}],\"inReplyTo\":[{\"id\":"
	     "\"https://o.example/9\"}],\"url\":[{\"type\":\"Link\",\"href\":"
	     "\"https://s.example/p/1\"}],\"tag\":{\"type\":\"Mention\",\"href\":"
	     "\"https://o.example/users/bo\",\"name\":\"@bo@o.example\"}," PUBLIC "}");
	assert_slice(seen(0)->post.author, "masto:@" ANA);
	assert_edge(seen(0), 0, EDGE_REPLY, "masto:https://o.example/9");
	assert_slice(seen(0)->post.url, "https://s.example/p/1");
	assert_slice(seen(0)->version.mentions,
	             "masto:@https://o.example/users/bo bo@o.example\n");
}

static void
a_question_is_a_post_with_its_options(void **state)
{
	(void)state;
	READ("{\"id\":\"https://s.example/"
	     "1\",\"type\":\"Question\",\"content\":\"which?\","
	     "\"attributedTo\":\"" ANA
	     "\",\"oneOf\":[{\"type\":\"Note\",\"name\":\"yes\"},"
	     "{\"type\":\"Note\",\"name\":\"no\"}]," PUBLIC "}");
	assert_int_equal(n_seen(), 1);
	assert_slice(seen(0)->version.poll, "yes\nno\n");
}

static void
an_actor_is_an_account_and_likes_are_nothing(void **state)
{
	(void)state;
	READ("{\"@context\":[\"https://www.w3.org/ns/activitystreams\"],\"id\":\"" ANA
	     "\",\"type\":\"Person\",\"preferredUsername\":\"ana\",\"name\":\"Ana\","
	     "\"icon\":{"
	     "\"type\":\"Image\",\"url\":\"avatar.png\"}}");
	assert_int_equal(fix.batch.n_accounts, 1);
	assert_slice(fix.batch.accounts[0].key, "masto:@" ANA);
	assert_slice(fix.batch.accounts[0].handle, "ana@s.example");
	assert_int_equal(fix.batch.n_records, 1);
	READ("{\"type\":\"Like\",\"actor\":\"" ANA
	     "\",\"object\":" NOTE("9", "\"content\":\"x\"") "}");
	assert_int_equal(fix.batch.n_observations, 0);
	assert_int_equal(fix.batch.n_rejects, 0);
	READ("{\"id\":\"likes.json\",\"type\":\"OrderedCollection\",\"orderedItems\":["
	     "\"https://a/1\"]}");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_rejected("{\"id\":\"https://s.example/"
	                "1\",\"type\":\"Note\",\"content\":[1]," PUBLIC "}",
	                "not a text");
	assert_rejected("{\"type\":\"Note\",\"content\":\"a\"," PUBLIC "}", "no id");
}

/* ---- exports that are longer than a record may be ------------------------------- */

enum { NOTES = 40000 }; /* 18 MB */

static void
an_export_longer_than_a_record_is_read_one_activity_at_a_time(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	size_t posts = 0, batches = 0, rejects = 0;
	uint64_t end = 0;

	(void)state;
	buf_init(&text, 64 << 20);
	buf_add_str(
		&text,
		"{\"@context\":[\"https://www.w3.org/ns/activitystreams\",{\"x\":[1]}],"
		"\n\"id\":\"outbox.json\",\"orderedItems\" : [");
	for (int i = 0; i < NOTES; i++)
		buf_printf(&text,
		           "%s{\"type\":\"Create\",\"actor\":\"" ANA "\"," PUBLIC
		           ",\"object\":{"
		           "\"id\":\"" ANA
		           "/statuses/%d\",\"type\":\"Note\",\"attributedTo\":\"" ANA
		           "\",\"published\":\"2026-01-21T09:15:02Z\",\"content\":\"<p>%"
		           "200d</p>\"}}",
		           i ? "," : "", i, i);
	buf_add_str(&text, "],\"totalItems\":[3,{\"a\":\"]\"}],\"items\":[");
	buf_add_str(&text, NOTE("last", "\"content\":\"last\"") "]}\n");
	open_source(buf_slice(&text), 0, RP_END);
	while (next_batch() == RP_OK) {
		assert_int_equal(fix.batch.offset, end);
		end += fix.batch.bytes.n;
		posts += n_seen();
		rejects += fix.batch.n_rejects;
		batches++;
	}
	assert_int_equal(end, text.n);
	assert_int_equal(posts, NOTES + 1);
	assert_int_equal(rejects, 0);
	assert_true(batches > 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_note_is_the_post_that_the_api_shows),
		SPEC(a_create_is_its_note_and_an_update_another_wording),
		SPEC(an_announce_is_a_repost_whose_original_may_be_inside),
		SPEC(what_is_addressed_to_few_is_counted_and_not_taken_for_a_post),
		SPEC(what_its_own_server_says_is_gone_is_gone),
		SPEC(a_quote_is_found_under_each_of_its_names),
		SPEC(a_value_may_stand_bare_or_in_an_array_or_as_an_object),
		SPEC(a_question_is_a_post_with_its_options),
		SPEC(an_actor_is_an_account_and_likes_are_nothing),
		SPEC(an_export_longer_than_a_record_is_read_one_activity_at_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
