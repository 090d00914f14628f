/*
 * Posts of the API v2: pages, streams, flattened.  All are made up; the ids of the pages
 * decode to the times they print.
 */
#include "tests/unit/collect/x-fixture.h"

#define ADA_2025 "1991085290367127556" /* 2025-11-19 10:05:00 */
#define BOB_2025 "1991086298396754121" /* 10:09:00 */
#define ROOT "1991084030679187473"
#define TWARC                                                                            \
	",\"__twarc\":{\"url\":\"u\",\"retrieved_at\":\"2025-11-20T00:00:00+00:00\"}"
#define DATA(post) "{\"data\":[" post "]" TWARC "}\n"

static void
a_page_gives_its_posts_and_users_as_records(void **state)
{
	static const enum record_kind kinds[] = { RECORD_X2_POST,  RECORD_X2_USER,
		                                  RECORD_X2_POST,  RECORD_X2_OTHER,
		                                  RECORD_X2_OTHER, RECORD_X2_OTHER };
	const struct account *account;

	(void)state;
	READ("{\"data\":[{\"id\":\"" BOB_2025 "\",\"text\":\"@ada agreed\",\"author_id\":"
	     "\"2002\",\"conversation_id\":\"" ROOT "\",\"created_at\":"
	     "\"2025-11-19T10:09:00.000Z\",\"in_reply_to_user_id\":\"1001\",\"lang\":"
	     "\"en\","
	     "\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":\"" ADA_2025
	     "\"}]}],"
	     "\"includes\":{\"users\":[{\"id\":\"2002\",\"name\":\"Bob\",\"username\":"
	     "\"bob\"}"
	     "],\"tweets\":[{\"id\":\"" ADA_2025
	     "\",\"text\":\"no\",\"author_id\":\"1001\"}],"
	     "\"media\":[{\"media_key\":\"3_1\"}],\"polls\":[{\"id\":\"1\"}],"
	     "\"places\":[{\"id\":\"2\"}],\"topics\":[{\"id\":\"3\"}]},\"meta\":{}" TWARC
	     "}\n");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(fix.batch.n_records, 6);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(fix.batch.records[i].kind, kinds[i]);
	assert_int_equal(n_seen(), 2);
	assert_slice(seen(0)->post.author, "x:@2002");
	assert_slice(seen(0)->post.conversation, "x:" ROOT);
	assert_edge(seen(0), 0, EDGE_REPLY, "x:" ADA_2025);
	assert_slice(ghost("x:" ADA_2025)->post.author, "x:@1001");
	assert_int_equal(seen(0)->version.as_of, INT64_C(1763596800000000));
	assert_int_equal(seen(0)->version.printed.precision, RP_PRECISION_S);
	assert_int_equal(seen(0)->post.time.precision, RP_PRECISION_MS);
	account = &fix.batch.accounts[0];
	assert_slice(account->handle, "bob");
	assert_int_equal(account->first, INT64_C(1763596800000000));
}

static void
names_are_shown_without_their_escapes(void **state)
{
	(void)state;
	READ(DATA("{\"id\":\"1\",\"text\":\"a\",\"author\":{\"id\":\"9\",\"username\":"
	          "\"ada\",\"name\":\"Ada &amp; Co &amp;lt;\"}}"));
	assert_slice(fix.batch.accounts[0].name, "Ada & Co &lt;");
}

static void
the_address_of_another_post_is_a_link_to_it(void **state)
{
	const struct observation *o;

	(void)state;
	/* An entity's, written out, twice, without blanks around; not its own. */
	READ(DATA("{\"id\":\"" BOB_2025 "\",\"text\":\"see https://t.co/a "
	          "(x.com/eve/status/70) https://x.com/i/web/status/70, "
	          "\\u898bhttps://fxtwitter.com/bob/status/71/photo/1. "
	          "https://x.com/bob/status/" BOB_2025 " a/status/8\",\"entities\":{"
	          "\"urls\":[{\"start\":4,\"end\":18,\"url\":\"https://t.co/a\","
	          "\"expanded_url\":\"https://twitter.com/Ada/status/" ADA_2025
	          "?s=20\"}]}}"));
	o = seen(0);
	assert_int_equal(o->n_edges, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(o->edges[i].type, EDGE_LINK);
		assert_int_equal(o->edges[i].origin, ORIGIN_DERIVED);
	}
	assert_slice(o->edges[0].parent, "x:" ADA_2025);
	assert_slice(o->edges[1].parent, "x:70");
	assert_slice(o->edges[2].parent, "x:71");
	assert_slice(ghost("x:" ADA_2025)->post.author, "x:@ada?");
	/* It is answered, or quoted, already. */
	READ(DATA("{\"id\":\"" BOB_2025 "\",\"text\":\"x.com/ada/status/70 "
	          "x.com/ada/status/71\",\"referenced_tweets\":[{\"type\":\"replied_"
	          "to\",\"id\":\"70\"},{\"type\":\"quoted\",\"id\":\"71\"}]}"));
	assert_int_equal(seen(0)->n_edges, 2);
	/* A repost says nothing of its own. */
	READ(DATA("{\"id\":\"" BOB_2025 "\",\"text\":\"RT @ada: x.com/ada/status/71\","
	          "\"referenced_tweets\":[{\"type\":\"retweeted\",\"id\":\"70\"}]}"));
	assert_int_equal(seen(0)->n_edges, 1);
}

static void
a_repost_has_the_whole_text_of_the_post_in_the_page(void **state)
{
	struct version cut, whole;

	(void)state;
#define REPOST                                                                           \
	"{\"data\":{\"id\":\"30\",\"text\":\"RT @bob: look "                             \
	"h\\u2026\",\"author_id\":\"9\","                                                \
	"\"entities\":{\"mentions\":[{\"start\":3,\"end\":7,\"username\":\"bob\","       \
	"\"id\":"                                                                        \
	"\"2002\"}]},\"referenced_tweets\":[{\"type\":\"retweeted\",\"id\":\"20\"}]}"
	READ(REPOST
	     ",\"includes\":{\"posts\":[{\"id\":\"20\",\"text\":\"look here @ada "
	     "https://t.co/a\",\"author_id\":\"2002\",\"entities\":{\"mentions\":[{"
	     "\"start\":10,\"end\":14,\"username\":\"ada\"}],\"urls\":[{\"start\":15,"
	     "\"end\":29,\"url\":\"https://t.co/a\",\"expanded_url\":\"http://a\"}]}}"
	     "]}}");
	assert_int_equal(n_seen(), 2);
	whole = seen(0)->version;
	assert_slice(whole.text, "RT @bob: look here @ada http://a");
	assert_slice(whole.mentions, "x:@2002 bob\nx:@ada? ada\n");
	assert_false(whole.truncated);
	/* Without it, it is a cut form of that. */
	READ(REPOST "}");
	cut = seen(0)->version;
	assert_true(cut.truncated);
	assert_slice(cut.text, "RT @bob: look h\xe2\x80\xa6");
	whole.text = RP_SLICE("RT @bob: look here @ada http://a");
	assert_true(version_is_cut_of(&cut, &whole));
}

static void
records_are_in_order_wherever_the_members_stand(void **state)
{
	(void)state;
	READ("{\"includes\":{\"tweets\":[{\"id\":\"1\",\"text\":\"a\"}]},\"data\":{"
	     "\"id\":\"2\","
	     "\"text\":\"b\"}}\n");
	assert_int_equal(fix.batch.n_records, 2);
	assert_true(fix.batch.records[0].at < fix.batch.records[1].at);
	assert_slice(seen(0)->post.key, "x:1");
	assert_slice(bytes_of(seen(1)), "{\"id\":\"2\",\"text\":\"b\"}");
	assert_int_equal(seen(0)->version.as_of, RP_TIME_UNKNOWN);
}

static void
the_newer_words_say_the_same(void **state)
{
	static const char *const texts[] = {
		"{\"data\":[{\"id\":\"3\",\"text\":\"s\",\"note_tweet\":{\"text\":"
		"\"long\"},"
		"\"edit_history_tweet_ids\":[\"2\",\"3\"],\"referenced_tweets\":[{"
		"\"type\":"
		"\"quoted\",\"id\":\"1\"}]},{\"id\":\"4\",\"text\":\"RT\",\"referenced_"
		"tweets\":"
		"[{\"type\":\"retweeted\",\"id\":\"1\"}]}],\"includes\":{\"tweets\":[{"
		"\"id\":"
		"\"1\",\"text\":\"one\"}]}}",
		"{\"data\":[{\"id\":\"3\",\"text\":\"s\",\"note_post\":{\"text\":"
		"\"long\"},"
		"\"edit_history_post_ids\":[\"2\",\"3\"],\"referenced_posts\":[{\"type\":"
		"\"quoted\",\"id\":\"1\"}]},{\"id\":\"4\",\"text\":\"RT\",\"referenced_"
		"posts\":"
		"[{\"type\":\"reposted\",\"id\":\"1\"}]}],\"includes\":{\"posts\":[{"
		"\"id\":"
		"\"1\",\"text\":\"one\"}]}}",
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		READ(texts[i]);
		assert_int_equal(n_seen(), 3);
		assert_slice(seen(0)->post.key, "x:2");
		assert_slice(seen(0)->version.native, "x:3");
		assert_slice(seen(0)->version.text, "long");
		assert_edge(seen(0), 0, EDGE_QUOTE, "x:1");
		assert_int_equal(seen(1)->post.kind, KIND_REPOST);
		assert_edge(seen(1), 0, EDGE_REPOST, "x:1");
		assert_slice(seen(2)->post.key, "x:1");
	}
}

static void
a_null_member_is_a_missing_one(void **state)
{
	(void)state;
	READ(DATA("{\"id\":\"1\",\"text\":\"a\",\"author_id\":null,\"conversation_id\":"
	          "null,"
	          "\"referenced_tweets\":null,\"entities\":null,\"note_post\":null,"
	          "\"edit_history_post_ids\":null,\"attachments\":null,\"lang\":null}"));
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_slice(seen(0)->version.text, "a");
	assert_slice(seen(0)->post.author, "");
}

static void
a_reply_hides_its_mentions_since_2017(void **state)
{
	(void)state;
	READ(DATA("{\"id\":\"" BOB_2025
	          "\",\"text\":\"@ada no\",\"entities\":{\"mentions\":[{"
	          "\"start\":0,\"end\":4,\"username\":\"ada\",\"id\":\"1001\"}]},"
	          "\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":\"1\"}]}"));
	assert_slice(seen(0)->version.text, "no");
	assert_slice(seen(0)->version.text_raw, "@ada no");
	assert_slice(seen(0)->version.mentions, "x:@1001 ada\n");
	/* 2015: then they were typed. */
	READ(DATA("{\"id\":\"580317706794213376\",\"text\":\"@ada no\",\"entities\":{"
	          "\"mentions\":[{\"start\":0,\"end\":4,\"username\":\"ada\"}]},"
	          "\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":\"1\"}]}"));
	assert_slice(seen(0)->version.text, "@ada no");
}

static void
a_mention_without_an_id_is_looked_up_in_the_page(void **state)
{
	(void)state;
	READ("{\"data\":{\"id\":\"1\",\"text\":\"@Ada "
	     "@bob\",\"entities\":{\"mentions\":[{"
	     "\"start\":0,\"end\":4,\"username\":\"Ada\"},{\"start\":5,\"end\":9,"
	     "\"username\":"
	     "\"Bob\"}]}},\"includes\":{\"users\":[{\"id\":\"1001\",\"username\":\"ADA\","
	     "\"name\":\"A\"}]}}\n");
	assert_slice(seen(0)->version.mentions, "x:@1001 Ada\nx:@bob? Bob\n");
}

static void
addressed_without_a_reference_is_no_reply(void **state)
{
	(void)state;
	READ(DATA("{\"id\":\"1\",\"text\":\"@ada "
	          "hello\",\"in_reply_to_user_id\":\"1001\"}"));
	assert_int_equal(seen(0)->n_edges, 0);
	assert_int_equal(fix.batch.n_observations, 1);
	assert_slice(seen(0)->version.text, "@ada hello");
}

static void
a_post_may_answer_and_quote_at_once(void **state)
{
	(void)state;
	READ(DATA("{\"id\":\"3\",\"text\":\"see "
	          "https://t.co/q\",\"in_reply_to_user_id\":\"9\","
	          "\"entities\":{\"urls\":[{\"start\":4,\"end\":18,\"url\":\"https://"
	          "t.co/q\","
	          "\"expanded_url\":\"https://x.com/Eve/status/"
	          "1\"}]},\"referenced_tweets\":[{"
	          "\"type\":\"quoted\",\"id\":\"1\"},{\"type\":\"replied_to\",\"id\":"
	          "\"2\"},"
	          "{\"type\":\"invented\",\"id\":\"4\"}]}"));
	assert_int_equal(seen(0)->n_edges, 2);
	assert_edge(seen(0), 0, EDGE_QUOTE, "x:1");
	assert_edge(seen(0), 1, EDGE_REPLY, "x:2");
	assert_slice(ghost("x:1")->post.author, "x:@eve?");
	assert_slice(ghost("x:2")->post.author, "x:@9");
	assert_slice(seen(0)->version.text, "see");
}

static void
the_author_of_a_reposted_post_stands_in_front_of_it(void **state)
{
	(void)state;
	READ(DATA("{\"id\":\"3\",\"text\":\"RT @Ada: "
	          "so\",\"entities\":{\"mentions\":[{\"start\":"
	          "3,\"end\":7,\"username\":\"ada\",\"id\":\"1001\"}]},\"referenced_"
	          "tweets\":[{"
	          "\"type\":\"retweeted\",\"id\":\"1\"}]}"));
	assert_slice(ghost("x:1")->post.author, "x:@1001");
	assert_slice(seen(0)->version.text, "RT @Ada: so");
}

static void
edits_are_versions_of_one_post(void **state)
{
	(void)state;
	READ("{\"data\":[{\"id\":\"1991084030679187473\",\"text\":\"frist\","
	     "\"conversation_id\":"
	     "\"1991084030679187473\",\"edit_history_tweet_ids\":["
	     "\"1991084030679187473\","
	     "\"1991085290367127556\"]}],\"includes\":{\"tweets\":[{\"id\":"
	     "\"1991085290367127556\",\"text\":\"first "
	     "https://t.co/s\",\"conversation_id\":"
	     "\"1991085290367127556\",\"created_at\":\"2025-11-19T10:05:00.000Z\","
	     "\"entities\":{"
	     "\"urls\":[{\"start\":6,\"end\":20,\"url\":\"https://t.co/"
	     "s\",\"expanded_url\":"
	     "\"https://twitter.com/i/web/status/1991085290367127556\"}]},"
	     "\"edit_history_tweet_ids\":[\"1991084030679187473\","
	     "\"1991085290367127556\"]}]}}");
	for (size_t i = 0; i < 2; i++) {
		assert_slice(seen(i)->post.key, "x:1991084030679187473");
		assert_int_equal(seen(i)->n_aliases, 1);
		assert_slice(seen(i)->aliases[0], "x:1991085290367127556");
		/* The platform counts each edit as a conversation of its own. */
		assert_slice(seen(i)->post.conversation, "x:1991084030679187473");
		assert_int_equal(seen(i)->post.time.lo, seen(0)->post.time.lo);
	}
	assert_slice(seen(0)->version.native, "");
	assert_slice(seen(1)->version.native, "x:1991085290367127556");
	/* The link to itself is X's, and this text is not cut. */
	assert_slice(seen(1)->version.text, "first");
	assert_false(seen(1)->version.truncated);
}

static void
a_history_that_runs_backwards_or_for_longer_than_x_allows_is_ignored(void **state)
{
	static const char *const chains[] = {
		"[\"1991085290367127556\",\"1991084030679187473\"]", /* later first */
		"[\"1991085290367127556\",\"1991085290367127556\"]",
		"[\"1991069000000000000\",\"1991085290367127556\"]", /* 65 minutes */
		"[\"20\",\"1991085290367127556\"]", /* 2006, by any account */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(chains) / sizeof(chains[0]); i++) {
		char page[300];

		(void)snprintf(page, sizeof(page),
		               "{\"data\":[{\"id\":\"1991085290367127556\",\"text\":"
		               "\"a\",\"edit_history_tweet_ids\":%s}]}",
		               chains[i]);
		READ(page);
		assert_slice(seen(0)->post.key, "x:1991085290367127556");
		assert_slice(seen(0)->version.native, "");
		assert_int_equal(seen(0)->n_aliases, 0);
	}
}

static void
a_long_post_without_its_note_is_marked_as_cut(void **state)
{
	(void)state;
	READ(DATA("{\"id\":\"1\",\"text\":\"so it begins\\u2026 "
	          "https://t.co/s\",\"entities\":{"
	          "\"urls\":[{\"start\":14,\"end\":28,\"url\":\"https://t.co/s\","
	          "\"expanded_url\":\"https://twitter.com/i/web/status/1\"}]}}"));
	assert_slice(seen(0)->version.text, "so it begins\xe2\x80\xa6");
	assert_true(seen(0)->version.truncated);
}

static void
a_note_is_the_whole_text_with_entities_of_its_own(void **state)
{
	(void)state;
	READ(DATA(
		"{\"id\":\"" BOB_2025 "\",\"text\":\"@ada so it\\u2026 https://t.co/s\","
		"\"display_text_range\":[5,11],\"entities\":{\"urls\":[{\"start\":12,"
		"\"end\":26,"
		"\"url\":\"https://t.co/s\",\"expanded_url\":\"https://twitter.com/i/web/"
		"status/" BOB_2025
		"\"}]},\"note_tweet\":{\"text\":\"@ada so it &gt; https://"
		"t.co/a\",\"entities\":{\"urls\":[{\"start\":16,\"end\":30,\"url\":"
		"\"https://t.co/a\",\"expanded_url\":\"http://a\"}]}}}"));
	assert_slice(seen(0)->version.text, "so it > http://a");
	assert_false(seen(0)->version.truncated);
}

static void
media_are_known_by_the_number_that_all_vintages_know(void **state)
{
	(void)state;
	READ(DATA(
		"{\"id\":\"1\",\"text\":\"pics https://t.co/m\",\"entities\":{\"urls\":[{"
		"\"start\":5,\"end\":19,\"url\":\"https://t.co/m\",\"expanded_url\":"
		"\"https://x.com/a/status/1/photo/1\",\"display_url\":\"pic.x.com/m\","
		"\"media_key\":\"3_99\"},{\"start\":5,\"end\":19,\"url\":\"https://t.co/"
		"m\","
		"\"expanded_url\":\"https://x.com/a/status/1/photo/"
		"1\",\"media_key\":\"3_11\"}"
		"]},\"attachments\":{\"media_keys\":[\"3_99\",\"16_11\"]}}"));
	assert_slice(seen(0)->version.media, "11\n99\n");
	assert_slice(seen(0)->version.text, "pics");
}

static void
the_options_of_a_poll_belong_to_the_wording(void **state)
{
	const char *options =
		"\"options\":[{\"position\":1,\"label\":\"yes\",\"votes\":1},"
		"{\"position\":2,\"label\":\"n\\no\",\"votes\":0}]";
	char text[500];

	(void)state;
	(void)snprintf(
		text, sizeof(text),
		"{\"data\":{\"id\":\"1\",\"text\":\"?\",\"attachments\":{\"poll_ids\":["
		"\"7\"]}},\"includes\":{\"polls\":[{\"id\":\"7\",%s}]}}",
		options);
	READ(text);
	assert_slice(seen(0)->version.poll, "yes\nn o\n");
	(void)snprintf(
		text, sizeof(text),
		"{\"id\":\"1\",\"text\":\"?\",\"attachments\":{\"poll_ids\":[\"7\"],"
		"\"poll\":{\"id\":\"7\",%s}}}",
		options);
	READ(text);
	assert_slice(seen(0)->version.poll, "yes\nn o\n");
}

static void
a_flattened_post_carries_the_others_inside(void **state)
{
	const char *parent =
		"{\"type\":\"replied_to\",\"id\":\"2\",\"text\":\"two\","
		"\"author_id\":\"2002\",\"author\":{\"id\":\"2002\",\"username\":"
		"\"bob\",\"name\":\"Bob\"},\"referenced_tweets\":[{\"type\":"
		"\"quoted\",\"id\":\"1\"}]}";
	char text[900];

	(void)state;
	(void)snprintf(
		text, sizeof(text),
		"{\"id\":\"3\",\"text\":\"@bob "
		"three\",\"author_id\":\"1001\",\"author\":{"
		"\"id\":\"1001\",\"username\":\"ada\",\"name\":\"Ada\",\"pinned_tweet\":{"
		"\"id\":\"9\",\"text\":\"pinned\"}},\"in_reply_to_user\":{\"id\":"
		"\"2002\","
		"\"username\":\"bob\",\"name\":\"Bob\"},\"referenced_tweets\":[%s]" TWARC
		"}\n",
		parent);
	READ(text);
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(fix.batch.n_records, 1);
	assert_int_equal(n_seen(), 3);
	assert_slice(seen(0)->post.author, "x:@1001");
	assert_edge(seen(0), 0, EDGE_REPLY, "x:2");
	assert_slice(seen(1)->post.key, "x:9");
	assert_slice(seen(2)->post.key, "x:2");
	assert_slice(bytes_of(seen(2)), parent);
	assert_edge(seen(2), 0, EDGE_QUOTE, "x:1");
	assert_int_equal(seen(2)->version.as_of, INT64_C(1763596800000000));
	assert_slice(ghost("x:2")->post.author, "x:@2002");
}

static void
what_could_not_be_flattened_is_an_empty_object(void **state)
{
	(void)state;
	READ("{\"id\":\"3\",\"text\":\"three\",\"author_id\":\"1001\",\"author\":{},"
	     "\"in_reply_to_user\":{},\"attachments\":{},\"referenced_tweets\":[{"
	     "\"type\":"
	     "\"replied_to\",\"id\":\"2\"}]}\n");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_slice(seen(0)->post.author, "x:@1001");
	assert_edge(seen(0), 0, EDGE_REPLY, "x:2");
}

static void
a_stream_has_one_post_a_line_and_the_rules_it_matched(void **state)
{
	(void)state;
	READ("{\"data\":{\"id\":\"1\",\"text\":\"a\"},\"matching_rules\":[{\"id\":\"5\"}]"
	     "}\r\n"
	     "\r\n{\"data\":{\"id\":\"2\",\"text\":\"b\"},\"matching_rules\":[]}\r\n"
	     "{\"data\": {\"author_id\": \"10211");
	assert_int_equal(n_seen(), 2);
	assert_int_equal(fix.batch.n_rejects, 1);
	assert_int_equal(fix.batch.rejects[0].line, 4);
	assert_contains(fix.batch.rejects[0].reason, "middle of this record");
}

static void
an_empty_page_is_no_mistake(void **state)
{
	static const char *const pages[] = {
		"{\"meta\":{\"result_count\":0}}",
		"{\"data\":[],\"meta\":{\"newest_id\":\"\",\"result_count\":0}}",
		"{\"data\":null}",
		"{\"includes\":{}}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		READ(pages[i]);
		assert_int_equal(fix.batch.n_rejects, 0);
		assert_int_equal(fix.batch.n_records, 0);
	}
}

static void
a_page_of_users_tells_of_accounts(void **state)
{
	(void)state;
	READ("{\"data\":[{\"id\":\"1001\",\"username\":\"ada\",\"name\":\"Ada\"}]" TWARC
	     "}");
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(fix.batch.records[0].kind, RECORD_X2_USER);
	assert_slice(fix.batch.accounts[0].key, "x:@1001");
}

static void
accounts_of_an_undated_page_are_as_old_as_its_youngest_post(void **state)
{
	(void)state;
	READ("{\"data\":[{\"id\":\"" BOB_2025 "\",\"text\":\"\"},{\"id\":\"" ROOT
	     "\",\"text\":\"\"}],\"includes\":{\"users\":[{\"id\":\"1\",\"username\":"
	     "\"a\","
	     "\"name\":\"A\"}]}}");
	assert_int_equal(fix.batch.accounts[0].last, seen(0)->post.time.lo);
}

static void
one_bad_post_of_a_page_is_one_reject(void **state)
{
	(void)state;
	READ("{\"data\":[{\"id\":\"1\",\"text\":\"a\"},{\"id\":{},\"text\":\"b\"},{"
	     "\"id\":\"3\","
	     "\"text\":\"c\"}]}\n");
	assert_int_equal(n_seen(), 2);
	assert_int_equal(fix.batch.n_records, 2);
	assert_int_equal(fix.batch.n_rejects, 1);
	assert_slice(rp_slice_from(fix.batch.bytes.p + fix.batch.rejects[0].offset,
	                           fix.batch.rejects[0].bytes),
	             "{\"id\":{},\"text\":\"b\"}");
	assert_contains(fix.batch.rejects[0].reason, "\"id\"");
}

static void
wrong_types_and_contradictions_reject_the_post(void **state)
{
	(void)state;
	assert_rejected(DATA("{\"id\":\"1\",\"text\":{}}"), "\"text\" is not a text");
	assert_rejected(DATA("{\"id\":\"1\",\"text\":null}"), "\"text\" is missing");
	assert_rejected(DATA("{\"id\":\"1\",\"author_id\":\"2\"}"),
	                "\"text\" is missing");
	assert_rejected(DATA("{\"text\":\"a\"}"), "\"id\" is missing");
	assert_rejected(DATA("{\"id\":\"1\",\"text\":\"\",\"author_id\":false}"),
	                "\"author_id\"");
	assert_rejected(DATA("{\"id\":\"1\",\"text\":\"\",\"conversation_id\":{}}"),
	                "\"conversation_id\"");
	assert_rejected(DATA("{\"id\":\"1\",\"text\":\"\",\"in_reply_to_user_id\":[]}"),
	                "\"in_reply_to_user_id\"");
	assert_rejected(DATA("{\"id\":\"1\",\"id\":\"2\",\"text\":\"\"}"), "twice");
	assert_rejected(
		DATA("{\"id\":\"1\",\"author_id\":\"1\",\"author_id\":\"2\",\"text\":"
	             "\"\"}"),
		"twice");
	assert_rejected(
		DATA("{\"id\":\"3\",\"text\":\"\",\"referenced_tweets\":[{\"type\":"
	             "\"quoted\",\"id\":\"1\",\"id\":\"2\"}]}"),
		"twice");
	assert_rejected(
		DATA("{\"id\":\"3\",\"text\":\"\",\"referenced_tweets\":[{\"type\":"
	             "\"quoted\",\"id\":1.5}]}"),
		"reference");
	assert_rejected(DATA("{\"id\":\"3\",\"text\":\"\",\"edit_history_tweet_ids\":["
	                     "\"1\",{}]}"),
	                "edit history");
}

static void
what_is_no_post_in_a_page_is_told(void **state)
{
	assert_rejected("{\"data\":[{\"start\":\"s\",\"end\":\"e\",\"tweet_count\":3}]}",
	                "start, end, tweet_count");
	(void)state;
}

static void
assert_note(size_t i, enum post_state state, const char *subject, const char *evidence)
{
	assert_true(i < fix.batch.n_states);
	assert_int_equal(fix.batch.states[i].state, state);
	assert_slice(fix.batch.states[i].subject, subject);
	assert_slice(fix.batch.states[i].evidence, evidence);
}

static void
where_a_post_or_an_account_is_not_shown_is_its_state(void **state)
{
	(void)state;
	READ(DATA("{\"id\":\"1\",\"text\":\"a\",\"author_id\":\"9\",\"withheld\":{"
	          "\"copyright\":true,\"country_codes\":[\"DE\",\"FR\"],\"scope\":"
	          "\"tweet\"}},{\"id\":\"2\",\"text\":\"b\",\"author_id\":\"9\","
	          "\"withheld\":{\"country_codes\":[\"XX\"],\"scope\":\"user\"}},"
	          "{\"id\":\"3\",\"text\":\"c\",\"withheld\":{\"copyright\":false,"
	          "\"country_codes\":[]}}"));
	assert_int_equal(n_seen(), 3);
	assert_int_equal(fix.batch.n_states, 2);
	assert_note(0, STATE_WITHHELD, "x:1",
	            "withheld in DE, FR, after a copyright claim");
	assert_note(1, STATE_WITHHELD, "x:@9", "withheld in XX");
	assert_int_equal(fix.batch.states[0].as_of, INT64_C(1763596800000000));
	READ("{\"data\":[],\"includes\":{\"users\":[{\"id\":\"9\",\"username\":\"ada\","
	     "\"protected\":true},{\"id\":\"8\",\"username\":\"bob\",\"protected\":false,"
	     "\"withheld\":{\"country_codes\":[\"DE\"],\"scope\":\"user\"}}]}}\n");
	assert_int_equal(fix.batch.n_states, 2);
	assert_note(0, STATE_PROTECTED, "x:@9", "protected");
	assert_note(1, STATE_WITHHELD, "x:@8", "withheld in DE");
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		SPEC(a_page_gives_its_posts_and_users_as_records),
		SPEC(names_are_shown_without_their_escapes),
		SPEC(the_address_of_another_post_is_a_link_to_it),
		SPEC(a_repost_has_the_whole_text_of_the_post_in_the_page),
		SPEC(records_are_in_order_wherever_the_members_stand),
		SPEC(the_newer_words_say_the_same),
		SPEC(a_null_member_is_a_missing_one),
		SPEC(a_reply_hides_its_mentions_since_2017),
		SPEC(a_mention_without_an_id_is_looked_up_in_the_page),
		SPEC(addressed_without_a_reference_is_no_reply),
		SPEC(a_post_may_answer_and_quote_at_once),
		SPEC(the_author_of_a_reposted_post_stands_in_front_of_it),
		SPEC(edits_are_versions_of_one_post),
		SPEC(a_history_that_runs_backwards_or_for_longer_than_x_allows_is_ignored),
		SPEC(a_long_post_without_its_note_is_marked_as_cut),
		SPEC(a_note_is_the_whole_text_with_entities_of_its_own),
		SPEC(media_are_known_by_the_number_that_all_vintages_know),
		SPEC(the_options_of_a_poll_belong_to_the_wording),
		SPEC(a_flattened_post_carries_the_others_inside),
		SPEC(what_could_not_be_flattened_is_an_empty_object),
		SPEC(a_stream_has_one_post_a_line_and_the_rules_it_matched),
		SPEC(an_empty_page_is_no_mistake),
		SPEC(a_page_of_users_tells_of_accounts),
		SPEC(accounts_of_an_undated_page_are_as_old_as_its_youngest_post),
		SPEC(one_bad_post_of_a_page_is_one_reject),
		SPEC(wrong_types_and_contradictions_reject_the_post),
		SPEC(what_is_no_post_in_a_page_is_told),
		SPEC(where_a_post_or_an_account_is_not_shown_is_its_state),
	};

	return cmocka_run_group_tests_name("x-v2", specs, NULL, NULL);
}
