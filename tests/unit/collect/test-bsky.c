/*
 * What servers of Bluesky answer, and records, as posts.
 */
#define FIXTURE_COLLECTOR "bsky"
#include "x-fixture.h"

#include "core/base/buf.h"

#define ANA "did:plc:aaaabbbbccccddddeeeeffff"
#define BO "did:plc:bbbbccccddddeeeeffffgggg"

/* A view of a post by ana: its record key, the record's other members, indexedAt. */
#define VIEW(rkey, record, indexed)                                                      \
	"{\"uri\":\"at://" ANA "/app.bsky.feed.post/" rkey "\",\"cid\":\"bafy1\","       \
	"\"author\":{\"did\":\"" ANA "\",\"handle\":\"ana.example\","                    \
	"\"displayName\":\"Ana\"},\"record\":{\"$type\":\"app.bsky.feed.post\"," record  \
	"},\"indexedAt\":\"" indexed "\"}"

#define SAID(text) "\"text\":\"" text "\",\"createdAt\":\"2026-01-21T10:12:00.000Z\""
#define SEEN "2026-01-21T10:12:01.100Z"

static void
a_view_is_a_post_of_its_author_at_the_time_that_it_claims(void **state)
{
	const struct observation *o;

	(void)state;
	READ("{\"posts\":[" VIEW("3a", SAID("Non.") ",\"langs\":[\"fr\",\"en\"]",
	                         SEEN) "]}");

	o = seen(0);
	assert_int_equal(n_seen(), 1);
	assert_slice(o->post.key, "bsky:" ANA "/3a");
	assert_slice(o->post.author, "bsky:@" ANA);
	assert_slice(o->post.conversation, "bsky:" ANA "/3a");
	assert_slice(o->version.text, "Non.");
	assert_slice(o->version.lang, "fr");
	assert_int_equal(o->post.time.lo, INT64_C(1768990320000000));
	assert_int_equal(o->post.time.basis, RP_BASIS_PLATFORM);
	assert_int_equal(fix.batch.n_accounts, 1);
	assert_slice(fix.batch.accounts[0].handle, "ana.example");
	assert_slice(fix.batch.accounts[0].name, "Ana");
	assert_true(rp_slice_starts(bytes_of(o), RP_SLICE("{\"uri\"")));
}

static void
a_time_later_than_it_was_seen_or_that_nobody_can_read_is_when_it_was_seen(void **state)
{
	static const char *const claims[] = { "2030-01-01T00:00:00Z",
		                              "2026-00-21T10:12:00Z", "",
		                              "1969-12-31T23:59:59Z" };
	char text[1000];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		(void)snprintf(text, sizeof(text),
		               VIEW("3a", "\"text\":\"a\",\"createdAt\":\"%s\"", SEEN),
		               claims[i]);
		READ(text);
		assert_int_equal(seen(0)->post.time.lo, INT64_C(1768990321100000));
	}
	READ(VIEW("3a", "\"text\":\"a\",\"createdAt\":\"2020-01-01T00:00:00Z\"", SEEN));
	assert_int_equal(seen(0)->post.time.lo, INT64_C(1577836800000000));
}

static void
links_are_whole_where_the_text_shows_their_beginning_and_mentions_name_accounts(
	void **state)
{
	(void)state;
	READ(VIEW(
		"3a",
		SAID("élan 🚀 see example.org/x/lo... and this, @bo.example") ","
									     "\"facets\":"
									     "["
									     "{\"index\":"
									     "{\"byteStar"
									     "t\":15,"
									     "\"byteEnd\""
									     ":34},"
									     "\"features"
									     "\":[{\"$"
									     "type\":"
									     "\"app.bsky."
									     "richtext."
									     "facet#"
									     "link\","
									     "\"uri\":"
									     "\"https://"
									     "example."
									     "org/x/"
									     "long\"}]},"
									     "{\"index\":"
									     "{\"byteStar"
									     "t\":39,"
									     "\"byteEnd\""
									     ":43},"
									     "\"features"
									     "\":[{\"$"
									     "type\":"
									     "\"app.bsky."
									     "richtext."
									     "facet#"
									     "link\","
									     "\"uri\":"
									     "\"https://"
									     "example."
									     "org/y\"}]},"
									     "{\"index\":"
									     "{\"byteStar"
									     "t\":45,"
									     "\"byteEnd\""
									     ":56},"
									     "\"features"
									     "\":[{\"$"
									     "type\":"
									     "\"app.bsky."
									     "richtext."
									     "facet#"
									     "mention\","
									     "\"did\":"
									     "\"" BO
									     "\"}]}]",
		SEEN));
	assert_slice(seen(0)->version.text,
	             "élan 🚀 see https://example.org/x/long and this, @bo.example");
	assert_slice(seen(0)->version.text_raw,
	             "élan 🚀 see example.org/x/lo... and this, @bo.example");
	assert_slice(seen(0)->version.mentions, "bsky:@" BO " bo.example\n");
}

static void
a_facet_that_fits_no_text_is_left_out_and_the_text_stays(void **state)
{
	static const char *const broken[] = {
		"{\"byteStart\":0,\"byteEnd\":99}",
		"{\"byteStart\":5,\"byteEnd\":5}",
		"{\"byteStart\":6,\"byteEnd\":2}",
		"{\"byteStart\":1,\"byteEnd\":3}",
		"{\"byteStart\":-1,\"byteEnd\":3}",
		"{\"byteStart\":1e0,\"byteEnd\":3}",
		"{\"byteEnd\":3}",
		"[0,3]",
		"null",
	};
	char text[1000];

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		(void)snprintf(text, sizeof(text),
		               VIEW("3a",
		                    SAID("é.fr see") ",\"facets\":[{\"index\":%s,"
		                                     "\"features\":[{\"uri\":\"https://"
		                                     "é.fr/long\"}]}]",
		                    SEEN),
		               broken[i]);
		READ(text);
		assert_slice(seen(0)->version.text, "é.fr see");
	}
	/* Two that overlap: the first counts. */
	READ(VIEW("3a",
	          SAID("a.org/b...c") ",\"facets\":["
	                              "{\"index\":{\"byteStart\":2,\"byteEnd\":11},"
	                              "\"features\":[{\"uri\":\"https://b\"}]},"
	                              "{\"index\":{\"byteStart\":0,\"byteEnd\":10},"
	                              "\"features\":[{\"uri\":\"https://a.org/bcd\"}]}]",
	          SEEN));
	assert_slice(seen(0)->version.text, "https://a.org/bcdc");
}

static void
a_reply_names_its_parent_and_the_root_and_whose_they_are(void **state)
{
	(void)state;
	READ(VIEW("3c",
	          SAID("no") ",\"reply\":{\"root\":{\"uri\":\"at://" BO
	                     "/app.bsky.feed.post/"
	                     "3a\",\"cid\":\"c\"},\"parent\":{\"uri\":\"at://" ANA
	                     "/app.bsky.feed.post/3b\",\"cid\":\"c\"}}",
	          SEEN));
	assert_int_equal(seen(0)->n_edges, 1);
	assert_edge(seen(0), 0, EDGE_REPLY, "bsky:" ANA "/3b");
	assert_slice(seen(0)->post.conversation, "bsky:" BO "/3a");
	assert_slice(ghost("bsky:" BO "/3a")->post.author, "bsky:@" BO);
	assert_slice(ghost("bsky:" ANA "/3b")->post.author, "bsky:@" ANA);
}

static void
a_quote_is_a_quote_also_beside_pictures_and_other_embeds_are_none(void **state)
{
	(void)state;
	READ(VIEW(
		"3a",
		SAID("look") ",\"embed\":{\"$type\":\"app.bsky.embed.record\",\"record\":"
			     "{\"uri\":\"at://" BO
			     "/app.bsky.feed.post/3q\",\"cid\":\"c\"}}",
		SEEN));
	assert_edge(seen(0), 0, EDGE_QUOTE, "bsky:" BO "/3q");
	READ(VIEW(
		"3a",
		SAID("look") ",\"embed\":{\"$type\":\"app.bsky.embed.recordWithMedia\","
			     "\"record\":{\"record\":{\"uri\":\"at://" BO
			     "/app.bsky.feed.post/3q\"}},\"media\":{\"images\":["
			     "{\"alt\":\"b\",\"image\":{\"ref\":{\"$link\":\"bafkb\"}}},"
			     "{\"alt\":\"a\",\"image\":{\"cid\":\"bafka\"}}]}}",
		SEEN));
	assert_edge(seen(0), 0, EDGE_QUOTE, "bsky:" BO "/3q");
	assert_slice(seen(0)->version.media, "bafka\nbafkb\n");
	READ(VIEW(
		"3a",
		SAID("look") ",\"embed\":{\"$type\":\"app.bsky.embed.record\",\"record\":"
			     "{\"uri\":\"at://" BO "/app.bsky.feed.generator/mutuals\"}}",
		SEEN));
	assert_int_equal(seen(0)->n_edges, 0);
	READ(VIEW("3a",
	          SAID("look") ",\"embed\":{\"$type\":\"app.bsky.embed.new\",\"x\":1}",
	          SEEN));
	assert_slice(seen(0)->version.text, "look");
}

static void
the_quoted_post_in_a_view_is_a_post_and_one_that_is_gone_a_state(void **state)
{
	(void)state;
	READ("{\"uri\":\"at://" ANA "/app.bsky.feed.post/3a\",\"author\":{\"did\":\"" ANA
	     "\"},\"record\":{\"$type\":\"app.bsky.feed.post\"," SAID(
		     "look") "},\"indexedAt\":\"" SEEN
	                     "\",\"embed\":{\"$type\":\"app.bsky.embed.record#view\","
	                     "\"record\":{\"$type\":\"app.bsky.embed.record#viewRecord\","
	                     "\"uri\":\"at://" BO
	                     "/app.bsky.feed.post/3q\",\"author\":{\"did\":\"" BO
	                     "\",\"handle\":\"handle.invalid\",\"displayName\":\"Bo\"},"
	                     "\"value\":{\"$type\":"
	                     "\"app.bsky.feed.post\"," SAID(
				     "AI") "},\"indexedAt\":\"" SEEN "\",\"embeds\":["
	                                   "{\"record\":{\"uri\":\"at://" ANA
	                                   "/app.bsky.feed.post/"
	                                   "3g\",\"notFound\":true}}]}}}");
	assert_int_equal(n_seen(), 2);
	assert_int_equal(fix.batch.n_records, 1);
	assert_slice(seen(1)->post.key, "bsky:" BO "/3q");
	assert_slice(seen(1)->version.text, "AI");
	assert_slice(fix.batch.accounts[1].handle, "");
	assert_int_equal(fix.batch.n_states, 1);
	assert_slice(fix.batch.states[0].subject, "bsky:" ANA "/3g");
	assert_int_equal(fix.batch.states[0].state, STATE_UNAVAILABLE);
	assert_int_equal(fix.batch.states[0].as_of, INT64_C(1768990321100000));
}

static void
who_passed_a_post_on_made_a_repost(void **state)
{
	(void)state;
	READ("{\"feed\":[{\"reason\":{\"$type\":\"app.bsky.feed.defs#reasonRepost\","
	     "\"by\":"
	     "{\"did\":\"" BO "\",\"handle\":\"bo.example\"},\"uri\":\"at://" BO
	     "/app.bsky.feed.repost/3r\",\"indexedAt\":\"2026-01-21T11:00:00.000Z\"},"
	     "\"post\":" VIEW("3a", SAID("Non."), SEEN) "},{\"post\":" VIEW(
		     "3b", SAID("pinned"),
		     SEEN) ",\"reason\":{\"$type\":\"app.bsky.feed.defs#reasonPin\"}}]}");
	assert_int_equal(n_seen(), 3);
	assert_int_equal(seen(0)->post.kind, KIND_REPOST);
	assert_slice(seen(0)->post.key, "bsky:" BO "/3r");
	assert_slice(seen(0)->post.author, "bsky:@" BO);
	assert_edge(seen(0), 0, EDGE_REPOST, "bsky:" ANA "/3a");
	assert_int_equal(seen(0)->post.time.lo, INT64_C(1768993200000000));
	assert_slice(seen(2)->post.key, "bsky:" ANA "/3b");
}

static void
a_thread_is_its_posts_and_what_is_not_shown_of_it(void **state)
{
	(void)state;
	READ("{\"thread\":{\"$type\":\"app.bsky.feed.defs#threadViewPost\","
	     "\"post\":" VIEW(
		     "3b", SAID("two"),
		     SEEN) ",\"parent\":{\"$type\":\"app.bsky.feed.defs#notFoundPost\","
	                   "\"uri\":\"at://" BO "/app.bsky.feed.post/"
	                   "3a\",\"notFound\":true},\"replies\":[{\"post\":" VIEW(
				   "3c", SAID("three"),
				   SEEN) ",\"replies\":[{\"$type\":"
	                                 "\"app.bsky.feed.defs#blockedPost\",\"uri\":"
	                                 "\"at://" BO "/app.bsky.feed.post/"
	                                 "3d\",\"blocked\":true,\"author\":{\"did\":\"" BO
	                                 "\"}}]}]}}");
	assert_int_equal(n_seen(), 2);
	assert_int_equal(fix.batch.n_records, 2);
	assert_int_equal(fix.batch.n_states, 2);
	assert_slice(fix.batch.states[0].subject, "bsky:" BO "/3a");
	assert_slice(fix.batch.states[0].evidence, "notFound");
	assert_slice(fix.batch.states[1].evidence, "blocked");
}

static void
threads_may_be_as_deep_as_json_is_read(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	enum { DEEP = 250 };

	(void)state;
	buf_init(&text, 1 << 20);
	buf_add_str(&text, "{\"thread\":");
	for (int i = 0; i < DEEP; i++)
		buf_printf(&text, "{\"post\":%s,\"replies\":[",
		           VIEW("3b", SAID("a"), SEEN));
	for (int i = 0; i < DEEP; i++)
		buf_add_str(&text, "]}");
	buf_add_str(&text, "}");
	read_text(buf_slice(&text));
	assert_int_equal(n_seen(), DEEP);
}

static void
listed_records_are_posts_and_reposts_and_nothing_else(void **state)
{
	(void)state;
	READ("{\"records\":[{\"uri\":\"at://" ANA
	     "/app.bsky.feed.post/3a\",\"cid\":\"c\","
	     "\"value\":{\"$type\":\"app.bsky.feed.post\"," SAID(
		     "Non.") "}},"
	                     "{\"uri\":\"at://" ANA
	                     "/app.bsky.feed.like/3l\",\"value\":{\"$type\":"
	                     "\"app.bsky.feed.like\",\"subject\":{\"uri\":\"at://" BO
	                     "/app.bsky.feed.post/3q\"}}},{\"uri\":\"at://" ANA
	                     "/app.bsky.feed.repost/"
	                     "3r\",\"value\":{\"$type\":\"app.bsky.feed.repost\","
	                     "\"subject\":{\"uri\":\"at://" BO
	                     "/app.bsky.feed.post/3q\"},\"createdAt\":"
	                     "\"2026-01-21T10:12:00Z\"}}],\"cursor\":\"3a\"}");
	assert_int_equal(n_seen(), 2);
	assert_int_equal(fix.batch.n_records, 2);
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_slice(seen(0)->post.author, "bsky:@" ANA);
	assert_int_equal(seen(1)->post.kind, KIND_REPOST);
	assert_edge(seen(1), 0, EDGE_REPOST, "bsky:" BO "/3q");
	READ("{\"records\":[]}");
	assert_int_equal(fix.batch.n_rejects, 0);
}

static void
a_record_alone_is_a_post_once_its_address_is_told(void **state)
{
	const char *record = "{\"$type\":\"app.bsky.feed.post\"," SAID("Non.") "}";

	(void)state;
	assert_rejected(record, "--url");
	fix.options = "url=https://bsky.app/profile/" ANA "/post/3a?ref_src=embed\n";
	READ(record);
	assert_slice(seen(0)->post.key, "bsky:" ANA "/3a");
}

static void
an_address_with_a_handle_becomes_one_with_the_id(void **state)
{
	(void)state;
	READ("{\"uri\":\"at://ana.example/app.bsky.feed.post/"
	     "3a\",\"author\":{\"did\":\"" ANA
	     "\",\"handle\":\"ana.example\"},\"record\":{\"$type\":\"app.bsky.feed."
	     "post\"," SAID("Non.") "}}");
	assert_slice(seen(0)->post.key, "bsky:" ANA "/3a");
	READ("{\"uri\":\"at://Ana.example/app.bsky.feed.post/3a\",\"value\":{\"$type\":"
	     "\"app.bsky.feed.post\"," SAID("Non.") "}}");
	assert_slice(seen(0)->post.author, "bsky:@ana.example?");
}

static void
only_a_repository_can_say_that_a_record_is_gone(void **state)
{
	(void)state;
	READ("{\"error\":\"RecordNotFound\",\"message\":\"Could not locate record: "
	     "at://" ANA "/app.bsky.feed.post/3a\"}");
	assert_int_equal(fix.batch.states[0].state, STATE_DELETED);
	assert_slice(fix.batch.states[0].subject, "bsky:" ANA "/3a");
	READ("{\"error\":\"NotFound\",\"message\":\"Post not found: at://" ANA
	     "/app.bsky.feed.post/3a\"}");
	assert_int_equal(fix.batch.states[0].state, STATE_UNAVAILABLE);
	assert_rejected("{\"error\":\"InternalServerError\"}", "no post");
}

static void
what_cannot_be_read_is_a_reject_of_its_own(void **state)
{
	(void)state;
	assert_rejected("{\"uri\":\"https://x.org/1\",\"record\":{\"$type\":"
	                "\"app.bsky.feed.post\"," SAID("a") "}}",
	                "no address");
	assert_rejected("{\"uri\":\"at://" ANA "/app.bsky.feed.post/a b\",\"value\":{}}",
	                "no address");
	assert_rejected("{\"uri\":\"at://" ANA "/app.bsky.feed.post/3a\",\"value\":"
	                "{\"$type\":\"app.bsky.feed.post\",\"text\":7}}",
	                "not a text");
	assert_rejected("{\"uri\":\"at://" ANA "/app.bsky.feed.post/3a\",\"value\":"
	                "{\"$type\":\"app.bsky.feed.post\"}}",
	                "missing");
	assert_rejected("{\"a\":1}", "no post");
	assert_rejected("{\"a\":", "ends in the middle");
	assert_rejected("not found", "no JSON");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_view_is_a_post_of_its_author_at_the_time_that_it_claims),
		SPEC(a_time_later_than_it_was_seen_or_that_nobody_can_read_is_when_it_was_seen),
		SPEC(links_are_whole_where_the_text_shows_their_beginning_and_mentions_name_accounts),
		SPEC(a_facet_that_fits_no_text_is_left_out_and_the_text_stays),
		SPEC(a_reply_names_its_parent_and_the_root_and_whose_they_are),
		SPEC(a_quote_is_a_quote_also_beside_pictures_and_other_embeds_are_none),
		SPEC(the_quoted_post_in_a_view_is_a_post_and_one_that_is_gone_a_state),
		SPEC(who_passed_a_post_on_made_a_repost),
		SPEC(a_thread_is_its_posts_and_what_is_not_shown_of_it),
		SPEC(threads_may_be_as_deep_as_json_is_read),
		SPEC(listed_records_are_posts_and_reposts_and_nothing_else),
		SPEC(a_record_alone_is_a_post_once_its_address_is_told),
		SPEC(an_address_with_a_handle_becomes_one_with_the_id),
		SPEC(only_a_repository_can_say_that_a_record_is_gone),
		SPEC(what_cannot_be_read_is_a_reject_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
