/*
 * Posts of the API v1.1.  All are made up; ids decode to the times they print.
 */
#include "tests/unit/collect/x-fixture.h"

#include <stdio.h>

#define USER(id, name)                                                                   \
	"\"user\":{\"id\":" id ",\"id_str\":\"" id "\",\"screen_name\":\"" name          \
	"\",\"name\":\"The " name "\"}"
#define POST(id)                                                                         \
	"{\"id_str\":\"" id "\",\"created_at\":\"Wed Nov 19 10:05:00 +0000 2025\","
#define ADA USER("1001", "ada")
#define BOB USER("2002", "bob")

static void
a_classic_post_is_read_whole(void **state)
{
	const struct observation *o;

	(void)state;
	READ("{\"created_at\":\"Wed Oct 10 20:19:24 +0000 "
	     "2018\",\"id\":1050118621198921700,"
	     "\"id_str\":\"1050118621198921728\",\"text\":\"To make &amp; mend\","
	     "\"truncated\":false,\"entities\":{\"urls\":[]},\"lang\":\"en\"," ADA "}\n");
	assert_int_equal(fix.batch.n_observations, 1);
	o = seen(0);
	assert_int_equal(o->post.kind, KIND_POST);
	assert_slice(o->post.key, "x:1050118621198921728");
	assert_slice(o->post.author, "x:@1001");
	assert_slice(o->post.conversation, "");
	assert_slice(o->version.text, "To make & mend");
	assert_slice(o->version.text_raw, "To make &amp; mend");
	assert_slice(o->version.lang, "en");
	assert_slice(o->version.native, "");
	assert_int_equal(o->version.as_of, RP_TIME_UNKNOWN);
	assert_false(o->version.truncated);
	/* Milliseconds of the id, confirmed by what was printed. */
	assert_int_equal(o->post.time.lo, INT64_C(1539202764211000));
	assert_int_equal(o->post.time.basis, RP_BASIS_PLATFORM);
	assert_int_equal(o->version.printed.lo, INT64_C(1539202764000000));
	assert_int_equal(o->version.printed.precision, RP_PRECISION_S);
	assert_int_equal(o->n_edges, 0);
}

static void
the_record_is_the_post_object_and_the_rest_is_skeleton(void **state)
{
	const char *post = POST("1") "\"text\":\"one\"," ADA "}";
	char text[400];

	(void)state;
	(void)snprintf(text, sizeof(text), "\n  %s \r\n\n%s\n", post, post);
	READ(text);
	assert_int_equal(fix.batch.n_records, 2);
	assert_int_equal(fix.batch.records[0].at, 3);
	assert_int_equal(fix.batch.records[0].kind, RECORD_X1_POST);
	assert_slice(record_of(seen(0)), post);
	assert_slice(bytes_of(seen(0)), post);
	assert_slice(record_of(seen(1)), post);
	assert_int_equal(seen(1)->record, 1);
}

static void
a_text_that_needs_no_cleaning_has_no_raw_twin(void **state)
{
	(void)state;
	READ(POST("1") "\"full_text\":\"as it is\"," ADA "}");
	assert_slice(seen(0)->version.text, "as it is");
	assert_slice(seen(0)->version.text_raw, "");
}

static void
an_account_is_seen_with_its_handle_at_the_time_of_the_post(void **state)
{
	const struct account *account;

	(void)state;
	READ("{\"id_str\":\"1050118621198921728\",\"text\":\"\"," ADA "}");
	assert_int_equal(fix.batch.n_accounts, 1);
	account = &fix.batch.accounts[0];
	assert_slice(account->key, "x:@1001");
	assert_slice(account->handle, "ada");
	assert_slice(account->name, "The ada");
	assert_int_equal(account->first, INT64_C(1539202764211000));
	assert_int_equal(account->last, account->first);
}

static void
a_reply_has_a_parent_whose_author_is_known(void **state)
{
	const struct observation *parent;

	(void)state;
	READ(POST("1991086298396754121") "\"text\":\"@bob "
	                                 "agreed\",\"in_reply_to_status_id\":"
	                                 "1991085290367127500,"
	                                 "\"in_reply_to_status_id_str\":"
	                                 "\"1991085290367127556\","
	                                 "\"in_reply_to_user_id_str\":\"2002\",\"in_"
	                                 "reply_to_screen_name\":\"bob\","
	                                 "\"display_text_range\":[5,11],\"entities\":{"
	                                 "\"user_mentions\":[{\"id_str\":"
	                                 "\"2002\",\"screen_name\":\"bob\",\"indices\":["
	                                 "0,4]}]}," ADA "}");
	assert_int_equal(seen(0)->n_edges, 1);
	assert_edge(seen(0), 0, EDGE_REPLY, "x:1991085290367127556");
	assert_slice(seen(0)->version.text, "agreed");
	assert_slice(seen(0)->version.mentions, "x:@2002 bob\n");
	parent = ghost("x:1991085290367127556");
	assert_slice(parent->post.author, "x:@2002");
	assert_int_equal(parent->post.time.basis, RP_BASIS_ID);
	/* His handle is known, but not since when: it is no news of him. */
	assert_int_equal(fix.batch.n_accounts, 2);
	assert_slice(fix.batch.accounts[0].handle, "bob");
	assert_int_equal(fix.batch.accounts[0].last, RP_TIME_UNKNOWN);
}

static void
who_is_only_addressed_is_not_answered(void **state)
{
	(void)state;
	READ(POST("1") "\"text\":\"@bob hello\",\"in_reply_to_status_id_str\":null,"
	               "\"in_reply_to_user_id_str\":\"2002\"," ADA "}");
	assert_int_equal(seen(0)->n_edges, 0);
	assert_int_equal(fix.batch.n_observations, 1);
	assert_slice(seen(0)->version.text, "@bob hello");
}

static void
mentions_that_were_typed_are_kept_when_no_range_hides_them(void **state)
{
	(void)state;
	READ(POST("1") "\"text\":\"@bob no\",\"in_reply_to_status_id_str\":\"7\","
	               "\"entities\":{\"user_mentions\":[{\"id_str\":\"2002\","
	               "\"screen_name\":\"bob\",\"indices\":[0,4]}]}," ADA "}");
	assert_slice(seen(0)->version.text, "@bob no");
}

static void
a_quoted_post_is_a_post_of_its_own_inside_the_record(void **state)
{
	const char *quoted = POST("20") "\"text\":\"first\"," BOB "}";
	char text[800];

	(void)state;
	(void)snprintf(
		text, sizeof(text),
		POST("30") "\"text\":\"look https://t.co/q\",\"is_quote_status\":true,"
			   "\"entities\":{\"urls\":[{\"url\":\"https://t.co/q\","
			   "\"expanded_url\":\"https://twitter.com/bob/status/20\","
			   "\"indices\":[5,19]}]},\"quoted_status_id_str\":\"20\","
			   "\"quoted_status\":%s," ADA "}\n",
		quoted);
	READ(text);
	assert_int_equal(n_seen(), 2);
	assert_int_equal(fix.batch.n_records, 1);
	assert_edge(seen(0), 0, EDGE_QUOTE, "x:20");
	assert_slice(seen(0)->version.text, "look");
	assert_slice(seen(1)->post.key, "x:20");
	assert_slice(seen(1)->post.author, "x:@2002");
	assert_slice(bytes_of(seen(1)), quoted);
	assert_int_equal(seen(1)->record, 0);
}

static void
a_quoted_post_that_is_gone_leaves_its_author_in_the_link(void **state)
{
	(void)state;
	READ(POST("30") "\"text\":\"look https://t.co/q\",\"is_quote_status\":true,"
	                "\"entities\":{\"urls\":[{\"url\":\"https://t.co/q\","
	                "\"expanded_url\":\"https://twitter.com/Bob/status/20\","
	                "\"indices\":[5,19]}]},\"quoted_status_id_str\":\"20\"," ADA "}");
	assert_slice(ghost("x:20")->post.author, "x:@bob?");
}

static void
a_quoted_post_that_only_the_permalink_names_is_quoted(void **state)
{
	(void)state;
	READ(POST("30") "\"full_text\":\"look\",\"is_quote_status\":true,\"quoted_status_"
	                "permalink\":{\"url\":\"https://t.co/q\",\"expanded\":"
	                "\"https://twitter.com/Bob/status/20\"}," ADA "}");
	assert_int_equal(seen(0)->n_edges, 1);
	assert_edge(seen(0), 0, EDGE_QUOTE, "x:20");
	assert_slice(ghost("x:20")->post.author, "x:@bob?");
	READ(POST(
		"30") "\"full_text\":\"look\",\"is_quote_status\":false,\"quoted_status_"
	              "permalink\":{\"expanded\":\"https://x.com/b/status/20\"}," ADA
	              "}");
	assert_int_equal(seen(0)->n_edges, 0);
}

static void
a_repost_is_a_post_of_its_own_that_says_nothing(void **state)
{
	(void)state;
	READ(POST("30") "\"full_text\":\"RT @bob: I &lt;3 this and so on an\\u2026\","
	                "\"in_reply_to_status_id_str\":\"9\",\"quoted_status_id_str\":"
	                "\"10\","
	                "\"retweeted_status\":" POST(
				"20") "\"full_text\":\"I &lt;3 this and "
	                              "so on and on\"," BOB "}," ADA "}");
	assert_int_equal(n_seen(), 2);
	assert_int_equal(seen(0)->post.kind, KIND_REPOST);
	/* The whole text of what it passes on, of which it has the first 140 itself. */
	assert_slice(seen(0)->version.text, "RT @bob: I <3 this and so on and on");
	assert_slice(seen(0)->version.text_raw,
	             "RT @bob: I &lt;3 this and so on an\xe2\x80\xa6");
	assert_false(seen(0)->version.truncated);
	assert_int_equal(seen(0)->n_edges, 1);
	assert_edge(seen(0), 0, EDGE_REPOST, "x:20");
	assert_int_equal(seen(1)->post.kind, KIND_POST);
	assert_slice(seen(1)->version.text, "I <3 this and so on and on");
}

static void
a_post_in_a_post_in_a_post_is_found(void **state)
{
	(void)state;
	READ("{\"id_str\":\"3\",\"text\":\"RT\",\"retweeted_status\":{\"id_str\":\"2\","
	     "\"text\":\"two\",\"quoted_status_id_str\":\"1\",\"quoted_status\":{"
	     "\"id_str\":\"1\",\"text\":\"one\"," ADA "}," BOB "}," ADA "}");
	assert_int_equal(n_seen(), 3);
	assert_slice(seen(2)->post.key, "x:1");
	assert_edge(seen(1), 0, EDGE_QUOTE, "x:1");
	assert_int_equal(fix.batch.n_records, 1);
}

static void
the_long_text_of_a_stream_is_taken_with_its_own_entities(void **state)
{
	(void)state;
	READ(POST("1") "\"text\":\"a long text th\\u2026 "
	               "https://t.co/x\",\"truncated\":true,"
	               "\"entities\":{\"urls\":[{\"url\":\"https://t.co/"
	               "x\",\"expanded_url\":"
	               "\"https://twitter.com/i/web/status/1\",\"indices\":[16,30]}]},"
	               "\"extended_tweet\":{\"full_text\":\"a long text that goes on "
	               "https://t.co/"
	               "y\",\"display_text_range\":[0,24],\"entities\":{\"urls\":[],"
	               "\"media\":[{\"id_str\":\"77\",\"url\":\"https://t.co/"
	               "y\",\"indices\":[25,39]}]}"
	               ",\"extended_entities\":{\"media\":[{\"id_str\":\"78\"},{\"id_"
	               "str\":\"77\"}]}}"
	               "," ADA "}");
	assert_slice(seen(0)->version.text, "a long text that goes on");
	assert_slice(seen(0)->version.media, "77\n78\n");
	assert_false(seen(0)->version.truncated);
}

static void
a_cut_text_says_so(void **state)
{
	(void)state;
	READ(POST(
		"1") "\"text\":\"a long text th\\u2026 "
	             "https://t.co/x\",\"truncated\":true,"
	             "\"entities\":{\"urls\":[{\"url\":\"https://t.co/"
	             "x\",\"expanded_url\":"
	             "\"https://twitter.com/i/web/status/1\",\"indices\":[16,30]}]}," ADA
	             "}");
	assert_slice(seen(0)->version.text, "a long text th\xe2\x80\xa6");
	assert_true(seen(0)->version.truncated);
}

static void
all_media_are_listed_once_and_in_order(void **state)
{
	(void)state;
	READ(POST("1") "\"text\":\"pics "
	               "https://t.co/m\",\"entities\":{\"media\":[{\"id_str\":"
	               "\"9\",\"url\":\"https://t.co/m\",\"indices\":[5,19]}]},"
	               "\"extended_entities\":{\"media\":[{\"id_str\":\"9\"},{\"id_str\":"
	               "\"10\"},{\"id_str\":\"9\"}]}," ADA "}");
	assert_slice(seen(0)->version.media, "10\n9\n");
	assert_slice(seen(0)->version.text, "pics");
}

static void
an_edited_post_goes_under_its_first_id(void **state)
{
	const struct observation *o;

	(void)state;
	READ(POST("1991085290367127556") "\"text\":\"new\",\"edit_history\":{\"edit_"
	                                 "tweet_ids\":[\"1991084030679187473\","
	                                 "\"1991085290367127556\"]}," ADA "}");
	o = seen(0);
	assert_slice(o->post.key, "x:1991084030679187473");
	assert_slice(o->version.native, "x:1991085290367127556");
	assert_int_equal(o->n_aliases, 1);
	assert_slice(o->aliases[0], "x:1991085290367127556");
	/* The post is as old as its first wording. */
	assert_int_equal(o->post.time.lo, key_time(o->post.key).lo);
	assert_int_equal(o->version.printed.lo, INT64_C(1763546700000000));

	READ(POST("8") "\"full_text\":\"x\",\"edit_info\":{\"initial\":{\"editTweetIds\":"
	               "[\"8\"]}}," ADA "}");
	assert_slice(seen(0)->post.key, "x:8");
	assert_int_equal(seen(0)->n_aliases, 0);
	READ(POST("8") "\"full_text\":\"x\",\"edit_info\":{\"edit\":{"
	               "\"editControlInitial\":"
	               "{\"editTweetIds\":[\"7\",\"8\"]}}}," ADA "}");
	assert_slice(seen(0)->post.key, "x:7");
}

static void
a_history_without_the_post_in_it_is_ignored(void **state)
{
	(void)state;
	READ(POST(
		"8") "\"text\":\"x\",\"edit_history\":{\"edit_tweet_ids\":[\"1\",\"2\"]},"
	             "" ADA "}");
	assert_slice(seen(0)->post.key, "x:8");
	assert_int_equal(seen(0)->n_aliases, 0);
}

static void
the_web_wraps_the_same_object(void **state)
{
	(void)state;
	READ("{\"__typename\":\"Tweet\",\"rest_id\":\"30\",\"core\":{\"user_results\":{"
	     "\"result\":{\"rest_id\":\"1001\",\"legacy\":{\"screen_name\":\"ada\","
	     "\"name\":"
	     "\"Ada\"}}}},\"legacy\":{\"full_text\":\"short\",\"created_at\":\"Wed Nov "
	     "19 "
	     "10:05:00 +0000 "
	     "2025\",\"conversation_id_str\":\"30\",\"quoted_status_id_str\":"
	     "\"20\",\"id_str\":\"30\"},\"note_tweet\":{\"note_tweet_results\":{"
	     "\"result\":{"
	     "\"text\":\"the whole text\",\"entity_set\":{}}}},\"quoted_status_result\":{"
	     "\"result\":{\"__typename\":\"TweetWithVisibilityResults\",\"tweet\":{"
	     "\"rest_id\":"
	     "\"20\",\"core\":{\"user_results\":{\"result\":{\"rest_id\":\"2002\","
	     "\"core\":{"
	     "\"screen_name\":\"bob\",\"name\":\"Bob\"}}}},\"legacy\":{\"full_text\":"
	     "\"q\"}}}}"
	     "}");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(n_seen(), 2);
	assert_slice(seen(0)->version.text, "the whole text");
	assert_slice(seen(0)->post.author, "x:@1001");
	assert_slice(seen(0)->post.conversation, "x:30");
	assert_edge(seen(0), 0, EDGE_QUOTE, "x:20");
	assert_slice(seen(1)->post.key, "x:20");
	assert_slice(seen(1)->post.author, "x:@2002");
	assert_slice(fix.batch.accounts[1].handle, "bob");
}

static void
a_post_that_is_withheld_somewhere_says_so(void **state)
{
	(void)state;
	READ("{\"id_str\":\"30\",\"text\":\"a\",\"withheld_in_countries\":[\"DE\"],"
	     "\"withheld_scope\":\"status\",\"user\":{\"id_str\":\"9\",\"protected\":"
	     "true,"
	     "\"withheld_in_countries\":[]}}\n"
	     "{\"id_str\":\"31\",\"text\":\"a\",\"withheld_copyright\":true," ADA "}\n");
	assert_int_equal(fix.batch.n_states, 3);
	assert_slice(fix.batch.states[0].subject, "x:@9");
	assert_int_equal(fix.batch.states[0].state, STATE_PROTECTED);
	assert_slice(fix.batch.states[1].subject, "x:30");
	assert_slice(fix.batch.states[1].evidence, "withheld in DE");
	assert_slice(fix.batch.states[2].evidence, "withheld, after a copyright claim");
}

static void
a_tombstone_inside_is_no_post(void **state)
{
	(void)state;
	READ("{\"rest_id\":\"30\",\"core\":{\"user_results\":{\"result\":{\"rest_id\":"
	     "\"1001\"}"
	     "}},\"legacy\":{\"full_text\":\"x\",\"quoted_status_id_str\":\"20\"},"
	     "\"quoted_status_result\":{\"result\":{\"__typename\":\"TweetTombstone\"}}"
	     "}");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(n_seen(), 1);
	assert_edge(seen(0), 0, EDGE_QUOTE, "x:20");
}

static void
an_envelope_of_statuses_holds_posts(void **state)
{
	(void)state;
	READ("{\"statuses\":[" POST("1") "\"text\":\"a\"," ADA "}," POST(
		"2") "\"text\":\"b\"," BOB "}],\"search_metadata\":{\"count\":2}}\n");
	assert_int_equal(n_seen(), 2);
	assert_int_equal(fix.batch.n_records, 2);
	assert_int_equal(fix.batch.n_rejects, 0);
}

static void
an_array_of_posts_on_a_line_is_read_too(void **state)
{
	(void)state;
	READ(POST("1") "\"text\":\"a\"," ADA "}\n[" POST("2") "\"text\":\"b\"," BOB
	                                                      "}]\n");
	assert_int_equal(n_seen(), 2);
	assert_int_equal(fix.batch.n_records, 2);
}

static void
a_delete_notice_says_that_a_post_is_gone(void **state)
{
	(void)state;
	READ("{\"delete\":{\"status\":{\"id\":1234,\"id_str\":\"1234\",\"user_id\":3,"
	     "\"user_id_str\":\"3\"},\"timestamp_ms\":\"1449010000000\"}}\n");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(fix.batch.n_states, 1);
	assert_slice(fix.batch.states[0].subject, "x:1234");
	assert_int_equal(fix.batch.states[0].state, STATE_DELETED);
	assert_int_equal(fix.batch.states[0].as_of, INT64_C(1449010000000000));
}

static void
ids_are_texts_and_never_numbers(void **state)
{
	static const char *const ids[] = { "9007199254740993",
		                           "9223372036854775807",
		                           "9223372036854775808",
		                           "18446744073709551616",
		                           "-1",
		                           "7" };
	char text[200], key[40];

	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		(void)snprintf(text, sizeof(text), "{\"id\":%s,\"text\":\"\"," ADA "}",
		               ids[i]);
		(void)snprintf(key, sizeof(key), "x:%s", ids[i]);
		READ(text);
		assert_slice(seen(0)->post.key, key);
	}
	READ("{\"id_str\":\"007\",\"text\":\"\"," ADA "}");
	assert_slice(seen(0)->post.key, "x:007");
	assert_rejected("{\"id\":7.0,\"text\":\"\"," ADA "}", "\"id\"");
	assert_rejected("{\"id\":7e0,\"text\":\"\"," ADA "}", "\"id\"");
}

static void
what_cannot_be_an_id_rejects_the_post_and_names_the_member(void **state)
{
	(void)state;
	assert_rejected("{\"id_str\":{},\"text\":\"\"," ADA "}", "\"id\"");
	assert_rejected("{\"id_str\":true,\"text\":\"\"," ADA "}", "\"id\"");
	assert_rejected("{\"id_str\":\"\",\"text\":\"\"," ADA "}", "\"id\"");
	assert_rejected("{\"id_str\":\"a\\u0000b\",\"text\":\"\"," ADA "}", "\"id\"");
	assert_rejected("{\"id_str\":\"\\ud800\",\"text\":\"\"," ADA "}", "\"id\"");
	assert_rejected("{\"id_str\":\"@9\",\"text\":\"\"," ADA "}", "\"id\"");
	assert_rejected("{\"id\":null,\"text\":\"\"," ADA "}", "\"id\"");
	assert_rejected(POST("1") "\"text\":\"\",\"in_reply_to_status_id\":[1]," ADA "}",
	                "\"in_reply_to_status_id\"");
	assert_rejected(POST("1") "\"text\":\"\",\"user\":{\"id_str\":[]}}", "author");
}

static void
a_post_without_a_user_is_by_an_unknown_author(void **state)
{
	(void)state;
	READ("{\"tweet\":{\"id_str\":\"1\",\"full_text\":\"mine\"}}");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_slice(seen(0)->version.text, "mine");
	assert_slice(seen(0)->post.author, "");
	assert_int_equal(fix.batch.n_accounts, 0);
	READ(POST("1") "\"text\":\"\",\"user\":null}");
	assert_slice(seen(0)->post.author, "");
}

static void
a_post_without_text_or_with_an_author_of_no_id_is_rejected(void **state)
{
	(void)state;
	assert_rejected(POST("1") "\"text\":7," ADA "}", "\"text\" is not a text");
	assert_rejected(POST("1") "\"text\":null," ADA "}", "\"text\" is missing");
	assert_rejected(POST("1") "\"full_text\":[]," ADA "}", "\"text\" is not a text");
	assert_rejected("{\"id_str\":\"1\"," ADA "}", "\"text\" is missing");
	assert_rejected(POST("1") "\"text\":\"\",\"user\":{\"name\":\"x\"}}", "\"user\"");
}

static void
names_that_stand_twice_count_once_and_ids_not_at_all(void **state)
{
	(void)state;
	READ(POST("1") "\"text\":\"a\",\"text\":\"b\",\"id_str\":\"1\"," ADA "}");
	assert_slice(seen(0)->version.text, "b");
	assert_rejected("{\"id\":1,\"id\":2,\"text\":\"\"," ADA "}", "twice");
	assert_rejected(POST("1") "\"text\":\"\"," ADA "," BOB "}", "twice");
	assert_rejected(POST("1") "\"text\":\"\",\"in_reply_to_status_id_str\":\"1\","
	                          "\"in_reply_to_status_id_str\":\"2\"," ADA "}",
	                "twice");
	assert_rejected(
		POST("1") "\"text\":\"\",\"user\":{\"id_str\":\"1\",\"id_str\":\"2\"}"
			  "}",
		"different ids");
}

static void
a_bad_post_inside_does_not_spoil_the_one_around_it(void **state)
{
	(void)state;
	READ(POST(
		"2") "\"text\":\"two\",\"quoted_status_id_str\":\"1\",\"quoted_status\":{"
	             "\"id_str\":\"1\",\"text\":{}}," ADA "}");
	assert_int_equal(n_seen(), 1);
	assert_int_equal(fix.batch.n_rejects, 1);
	assert_slice(rp_slice_from(fix.batch.bytes.p + fix.batch.rejects[0].offset,
	                           fix.batch.rejects[0].bytes),
	             "{\"id_str\":\"1\",\"text\":{}}");
}

static void
damaged_texts_are_kept_and_marked(void **state)
{
	(void)state;
	READ(POST("1") "\"text\":\"half \\ud83d a pair\"," ADA "}");
	assert_true(seen(0)->version.damaged);
	assert_slice(seen(0)->version.text, "half \xef\xbf\xbd a pair");
	READ(POST("1") "\"text\":\"not \xff utf8\"," ADA "}");
	assert_true(seen(0)->version.damaged);
	assert_slice(seen(0)->version.text, "not \xef\xbf\xbd utf8");
	READ(POST("1") "\"text\":\"a\\u0000b\"," ADA "}");
	assert_false(seen(0)->version.damaged);
	assert_true(rp_slice_eq(seen(0)->version.text, RP_SLICE("a\0b")));
}

static void
a_time_that_cannot_be_read_is_unknown(void **state)
{
	(void)state;
	READ("{\"id_str\":\"20\",\"created_at\":\"Wed Feb 30 10:05:00 +0000 "
	     "2025\",\"text\":\"\","
	     "" ADA "}");
	assert_false(rp_time_known(seen(0)->post.time));
	assert_false(rp_time_known(seen(0)->version.printed));
	READ("{\"id_str\":\"20\",\"created_at\":\"Tue Mar 21 20:50:14 +0000 "
	     "2006\",\"text\":\"\","
	     "" ADA "}");
	assert_int_equal(seen(0)->post.time.lo, INT64_C(1142974214000000));
}

/* Ids up to 29700859247 have no time of their own. */
static void
a_time_is_read_in_the_form_of_the_other_vintage_too(void **state)
{
	static const char *const forms[] = { "2013-11-14T22:13:20.000Z",
		                             "2013-11-14 22:13:20 +0000",
		                             "Thu Nov 14 22:13:20 +0000 2013" };
	static const char *const vintages[] = { "{\"id_str\":\"20\",\"text\":\"\"," ADA,
		                                "{\"id\":\"20\",\"text\":\"\"" };

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		char text[500];

		(void)snprintf(text, sizeof(text), "%s,\"created_at\":\"%s\"}",
		               vintages[i % 2], forms[i / 2]);
		READ(text);
		assert_int_equal(seen(0)->post.time.lo, INT64_C(1384467200000000));
		assert_int_equal(seen(0)->post.time.precision, RP_PRECISION_S);
	}
}

static void
the_same_values_in_other_bytes_are_the_same_version(void **state)
{
	struct version a, b;

	(void)state;
	READ("{\"id_str\":\"5\",\"text\":\"caf\\u00e9 \\/ "
	     "&amp;\",\"user\":{\"id_str\":\"1\"}}");
	a = seen(0)->version;
	version_fingerprint(&a, seen(0)->post.author);
	READ("{ \"user\" : { \"id\" : 1 }, \"text\" : \"caf\xc3\xa9 / &amp;\", \"id\" : "
	     "5 }");
	b = seen(0)->version;
	version_fingerprint(&b, seen(0)->post.author);
	assert_memory_equal(a.fingerprint, b.fingerprint, FINGERPRINT_BYTES);
	assert_slice(seen(0)->post.key, "x:5");
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		SPEC(a_classic_post_is_read_whole),
		SPEC(the_record_is_the_post_object_and_the_rest_is_skeleton),
		SPEC(a_text_that_needs_no_cleaning_has_no_raw_twin),
		SPEC(an_account_is_seen_with_its_handle_at_the_time_of_the_post),
		SPEC(a_reply_has_a_parent_whose_author_is_known),
		SPEC(who_is_only_addressed_is_not_answered),
		SPEC(mentions_that_were_typed_are_kept_when_no_range_hides_them),
		SPEC(a_quoted_post_is_a_post_of_its_own_inside_the_record),
		SPEC(a_quoted_post_that_is_gone_leaves_its_author_in_the_link),
		SPEC(a_quoted_post_that_only_the_permalink_names_is_quoted),
		SPEC(a_repost_is_a_post_of_its_own_that_says_nothing),
		SPEC(a_post_in_a_post_in_a_post_is_found),
		SPEC(the_long_text_of_a_stream_is_taken_with_its_own_entities),
		SPEC(a_cut_text_says_so),
		SPEC(all_media_are_listed_once_and_in_order),
		SPEC(an_edited_post_goes_under_its_first_id),
		SPEC(a_history_without_the_post_in_it_is_ignored),
		SPEC(the_web_wraps_the_same_object),
		SPEC(a_post_that_is_withheld_somewhere_says_so),
		SPEC(a_tombstone_inside_is_no_post),
		SPEC(an_envelope_of_statuses_holds_posts),
		SPEC(an_array_of_posts_on_a_line_is_read_too),
		SPEC(a_delete_notice_says_that_a_post_is_gone),
		SPEC(ids_are_texts_and_never_numbers),
		SPEC(what_cannot_be_an_id_rejects_the_post_and_names_the_member),
		SPEC(a_post_without_a_user_is_by_an_unknown_author),
		SPEC(a_post_without_text_or_with_an_author_of_no_id_is_rejected),
		SPEC(names_that_stand_twice_count_once_and_ids_not_at_all),
		SPEC(a_bad_post_inside_does_not_spoil_the_one_around_it),
		SPEC(damaged_texts_are_kept_and_marked),
		SPEC(a_time_that_cannot_be_read_is_unknown),
		SPEC(a_time_is_read_in_the_form_of_the_other_vintage_too),
		SPEC(the_same_values_in_other_bytes_are_the_same_version),
	};

	return cmocka_run_group_tests_name("x-v1", specs, NULL, NULL);
}
