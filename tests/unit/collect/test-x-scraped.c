/*
 * Posts as snscrape, twscrape, gallery-dl and Zeeschuimer wrote them.  All are made up;
 * ids decode to the times they print.
 */
#include "tests/unit/collect/x-fixture.h"

#include <stdio.h>

/* The post of that key. */
static const struct observation *
find(const char *key)
{
	for (size_t k = 0; k < fix.batch.n_observations; k++)
		if (fix.o[k].post.kind != KIND_GHOST &&
		    rp_slice_eq(fix.o[k].post.key, rp_slice_str(key)))
			return &fix.o[k];
	fail_msg("no post %s", key);
	abort();
}

#define SNSCRAPE "\"_type\":\"snscrape.modules.twitter.Tweet\","
#define SNS_USER(id, name)                                                               \
	"{\"_type\":\"snscrape.modules.twitter.User\",\"username\":\"" name              \
	"\",\"id\":" id ",\"displayname\":\"The " name " &amp; co\"}"
#define WHEN "\"date\":\"2018-10-10T20:19:24+00:00\","

static void
a_post_of_snscrape_is_read_whole(void **state)
{
	const struct observation *o;
	const struct account *account;

	(void)state;
	READ("{" SNSCRAPE
	     "\"url\":\"https://twitter.com/ada/status/1050118621198921728\"," WHEN
	     "\"rawContent\":\"To make &amp; mend https://t.co/AbCdEfGhIj "
	     "https://t.co/MeDiAmEdIa\",\"renderedContent\":\"…\","
	     "\"id\":1050118621198921728,\"user\":" SNS_USER(
		     "1001",
		     "ada") ",\"conversationId\":1050118000000000000,\"lang\":\"en\","
	                    "\"links\":[{\"text\":\"example.org/a\",\"url\":\"https://"
	                    "example.org/a\","
	                    "\"tcourl\":\"https://t.co/"
	                    "AbCdEfGhIj\",\"indices\":[21,44]}],"
	                    "\"media\":[{\"_type\":\"snscrape.modules.twitter.Photo\","
	                    "\"fullUrl\":\"https://pbs.twimg.com/media/x\"}],"
	                    "\"mentionedUsers\":null,\"retweetedTweet\":null,"
	                    "\"quotedTweet\":null,"
	                    "\"inReplyToTweetId\":1050118000000000001,"
	                    "\"inReplyToUser\":" SNS_USER("2002", "bob") "}\n");
	o = seen(0);
	assert_int_equal(o->post.kind, KIND_POST);
	assert_slice(o->post.key, "x:1050118621198921728");
	assert_slice(o->post.author, "x:@1001");
	assert_slice(o->post.conversation, "x:1050118000000000000");
	assert_slice(o->version.text, "To make & mend https://example.org/a");
	assert_slice(o->version.lang, "en");
	assert_int_equal(o->post.time.lo, INT64_C(1539202764211000));
	assert_int_equal(o->post.time.basis, RP_BASIS_PLATFORM);
	assert_edge(o, 0, EDGE_REPLY, "x:1050118000000000001");
	assert_slice(ghost("x:1050118000000000001")->post.author, "x:@2002");
	assert_int_equal(fix.batch.records[0].kind, RECORD_JSON);
	account = &fix.batch.accounts[0];
	assert_slice(account->key, "x:@1001");
	assert_slice(account->handle, "ada");
	assert_slice(account->name, "The ada & co");
	assert_int_equal(fix.batch.n_rejects, 0);
}

static void
an_older_snscrape_has_other_names(void **state)
{
	(void)state;
	READ("{" SNSCRAPE "\"content\":\"hello\"," WHEN
	     "\"id\":1050118621198921728,\"user\":" SNS_USER("1001", "ada") "}");
	assert_slice(seen(0)->post.key, "x:1050118621198921728");
	assert_slice(seen(0)->version.text, "hello");
	READ("{\"url\":\"https://twitter.com/ada/status/1050118621198921728\"," WHEN
	     "\"content\":\"a https://t.co/AbCdEfGhIj b\",\"renderedContent\":\"a b\","
	     "\"id\":1050118621198921728,\"user\":" SNS_USER(
		     "1001",
		     "ada") ",\"outlinks\":["
	                    "\"https://example.org/a\"],\"tcooutlinks\":[\"https://t.co/"
	                    "AbCdEfGhIj\"]}");
	assert_slice(seen(0)->version.text, "a https://example.org/a b");
}

static void
quoted_and_reposted_posts_inside_are_posts_too(void **state)
{
	(void)state;
	READ("{" SNSCRAPE "\"rawContent\":\"so true https://t.co/QuOtEdQuOt\"," WHEN
	     "\"id\":1050118621198921728,\"user\":" SNS_USER(
		     "1001",
		     "ada") ",\"links\":[{\"url\":\"https://twitter.com/bob/status/"
	                    "1050118000000000001\","
	                    "\"tcourl\":\"https://t.co/"
	                    "QuOtEdQuOt\"}],\"quotedTweet\":{" SNSCRAPE
	                    "\"rawContent\":\"it "
	                    "is\",\"id\":1050118000000000001,\"user\":" SNS_USER(
				    "2002",
				    "bob") "}}\n"
	                                   "{" SNSCRAPE "\"rawContent\":\"RT @bob: it is "
	                                   "a lon…\"," WHEN "\"id\":1050118621198921729,"
	                                   "\"user\":" SNS_USER(
						   "1001",
						   "ada") ",\"retweetedTweet\":{" SNSCRAPE
	                                                  "\"rawContent\":\"it is a long "
	                                                  "text\",\"id\":"
	                                                  "1050118000000000002,"
	                                                  "\"user\":" SNS_USER(
								  "2002", "bob") "}}\n");
	assert_slice(seen(0)->version.text, "so true");
	assert_edge(seen(0), 0, EDGE_QUOTE, "x:1050118000000000001");
	assert_slice(find("x:1050118000000000001")->version.text, "it is");
	assert_int_equal(find("x:1050118621198921729")->post.kind, KIND_REPOST);
	assert_slice(find("x:1050118621198921729")->version.text,
	             "RT @bob: it is a long text");
	assert_edge(find("x:1050118621198921729"), 0, EDGE_REPOST,
	            "x:1050118000000000002");
	assert_slice(find("x:1050118000000000002")->post.author, "x:@2002");
}

static void
a_post_of_twscrape_is_read_by_its_text_ids(void **state)
{
	(void)state;
	READ("{\"id\":1050118621198921700,\"id_str\":\"1050118621198921728\","
	     "\"url\":\"https://x.com/ada/status/1050118621198921728\","
	     "\"date\":\"2018-10-10 20:19:24+00:00\",\"user\":{\"id\":1001,\"id_str\":"
	     "\"1001\",\"username\":\"ada\",\"displayname\":\"Ada\"},\"lang\":\"en\","
	     "\"rawContent\":\"@bob no https://t.co/MeDiAmEdIa\",\"conversationId\":1,"
	     "\"conversationIdStr\":\"1050118000000000000\",\"mentionedUsers\":[{\"id\":"
	     "2002,\"username\":\"bob\",\"displayname\":\"Bob\"}],\"links\":[],\"media\":"
	     "{"
	     "\"photos\":[{\"url\":\"https://pbs.twimg.com/media/x\"}],\"videos\":[],"
	     "\"animated\":[]},\"retweetedTweet\":null,\"quotedTweet\":null,"
	     "\"inReplyToTweetId\":1050118000000000000,\"inReplyToTweetIdStr\":"
	     "\"1050118000000000001\",\"inReplyToUser\":{\"id\":2002,\"username\":"
	     "\"bob\",\"displayname\":\"Bob\"},"
	     "\"_type\":\"snscrape.modules.twitter.Tweet\"}");
	assert_slice(seen(0)->post.key, "x:1050118621198921728");
	assert_slice(seen(0)->post.conversation, "x:1050118000000000000");
	assert_slice(seen(0)->version.text, "no");
	assert_slice(seen(0)->version.mentions, "x:@2002 bob\n");
	assert_edge(seen(0), 0, EDGE_REPLY, "x:1050118000000000001");
	assert_int_equal(seen(0)->post.time.lo, INT64_C(1539202764211000));
}

#define GALLERY_USER(id, name)                                                           \
	"{\"id\":" id ",\"name\":\"" name "\",\"nick\":\"The " name "\"}"

static void
a_post_of_gallery_dl_is_read_whatever_its_version_means_by_quote_id(void **state)
{
	(void)state;
	READ("{\"tweet_id\":1050118621198921728,\"retweet_id\":0,\"quote_id\":"
	     "1050118621198921999,\"reply_id\":1050118000000000001,\"conversation_id\":"
	     "1050118000000000000,\"date\":\"2018-10-10 "
	     "20:19:24\",\"author\":" GALLERY_USER(
		     "1001",
		     "ada") ",\"user\":" GALLERY_USER("3003",
	                                              "eve") ",\"lang\":\"en\","
	                                                     "\"mentions\":"
	                                                     "[" GALLERY_USER(
								     "2002",
								     "bob") "],"
	                                                                    "\"content\":"
	                                                                    "\"@bob no\","
	                                                                    "\"category\""
	                                                                    ":\"twitter\""
	                                                                    ",\"num\":1}"
	                                                                    "\n"
	                                                                    "{\"tweet_"
	                                                                    "id\":"
	                                                                    "105011862119"
	                                                                    "8921730,"
	                                                                    "\"quote_"
	                                                                    "id\":"
	                                                                    "105011800000"
	                                                                    "0000001,"
	                                                                    "\"content\":"
	                                                                    "\"old\","
	                                                                    "\"user\""
	                                                                    ":" GALLERY_USER(
										    "100"
										    "1",
										    "ada") "}\n");
	assert_slice(seen(0)->post.key, "x:1050118621198921728");
	assert_slice(seen(0)->post.author, "x:@1001");
	assert_slice(seen(0)->post.conversation, "x:1050118000000000000");
	assert_slice(seen(0)->version.text, "no");
	assert_slice(seen(0)->version.mentions, "x:@2002 bob\n");
	assert_int_equal(seen(0)->n_edges, 1);
	assert_edge(seen(0), 0, EDGE_REPLY, "x:1050118000000000001");
	assert_slice(fix.batch.accounts[0].handle, "ada");
	assert_slice(fix.batch.accounts[0].name, "The ada");
	assert_edge(find("x:1050118621198921730"), 0, EDGE_QUOTE,
	            "x:1050118000000000001");
}

static void
what_gallery_dl_prints_is_read_too(void **state)
{
	(void)state;
	READ("[[2,{\"tweet_id\":1050118621198921728,\"content\":\"a\","
	     "\"author\":" GALLERY_USER(
		     "1001",
		     "ada") "}],\n[3,\"https://pbs.twimg.com/media/x\",{\"tweet_id\":"
	                    "1050118621198921728,\"content\":\"a\","
	                    "\"author\":" GALLERY_USER("1001", "ada") "}]]");
	assert_int_equal(n_seen(), 2);
	assert_slice(seen(1)->post.key, "x:1050118621198921728");
	assert_int_equal(fix.batch.n_rejects, 0);
}

static void
a_repost_of_gallery_dl_is_by_whose_timeline_it_was_on(void **state)
{
	(void)state;
	READ("{\"tweet_id\":1050118621198921728,\"retweet_id\":1050118000000000001,"
	     "\"author\":" GALLERY_USER("2002", "bob") ",\"user\":" GALLERY_USER(
		     "1001",
		     "ada") ",\"content\":\"RT @bob: no\"}\n"
	                    "{\"tweet_id\":1050118621198921729,\"retweet_id\":"
	                    "1050118000000000001,"
	                    "\"author\":" GALLERY_USER(
				    "2002",
				    "bob") ",\"user\":" GALLERY_USER("2002",
	                                                             "bob") ",\"content\""
	                                                                    ":\"RT @bob: "
	                                                                    "no\"}\n");
	assert_int_equal(seen(0)->post.kind, KIND_REPOST);
	assert_slice(seen(0)->post.author, "x:@1001");
	assert_edge(seen(0), 0, EDGE_REPOST, "x:1050118000000000001");
	assert_slice(ghost("x:1050118000000000001")->post.author, "x:@2002");
	assert_slice(find("x:1050118621198921729")->post.author, "");
}

static void
what_zeeschuimer_saw_is_the_webs_post_at_that_time(void **state)
{
	(void)state;
	READ("{\"nav_index\":\"1:2\",\"item_id\":\"1050118621198921728\","
	     "\"timestamp_collected\":1700000000123,\"source_platform\":\"twitter.com\","
	     "\"source_url\":\"https://x.com/"
	     "\",\"data\":{\"__typename\":\"Tweet\",\"id\":"
	     "1050118621198921700,\"rest_id\":\"1050118621198921728\",\"core\":{"
	     "\"user_results\":{\"result\":{\"rest_id\":\"1001\",\"legacy\":{"
	     "\"screen_name\":\"ada\",\"name\":\"Ada\"}}}},\"legacy\":{\"id_str\":"
	     "\"1050118621198921728\",\"created_at\":\"Wed Oct 10 20:19:24 +0000 "
	     "2018\",\"full_text\":\"hello\",\"user_id_str\":\"1001\"}}}\n"
	     "{\"item_id\":\"7\",\"source_platform\":\"tiktok.com\",\"data\":{\"id\":"
	     "\"7\"}}\n");
	assert_slice(seen(0)->post.key, "x:1050118621198921728");
	assert_slice(seen(0)->post.author, "x:@1001");
	assert_slice(seen(0)->version.text, "hello");
	assert_int_equal(seen(0)->version.as_of, INT64_C(1700000000123000));
	assert_int_equal(fix.batch.n_observations, 1);
	assert_int_equal(fix.batch.n_rejects, 1);
}

static void
ids_that_went_through_floating_point_are_refused(void **state)
{
	(void)state;
	READ("{" SNSCRAPE
	     "\"rawContent\":\"a\",\"id\":1.0501186211989217e18,\"user\":" SNS_USER(
		     "1001",
		     "ada") "}\n"
	                    "{" SNSCRAPE
	                    "\"rawContent\":\"a\",\"id\":1050118621198921700,"
	                    "\"user\":" SNS_USER(
				    "1001",
				    "ada") ",\"url\":\"https://twitter.com/ada/status/"
	                                   "1050118621198921728\"}\n"
	                                   "{\"tweet_id\":1.0501186211989217e18,"
	                                   "\"content\":\"a\"}\n"
	                                   "{" SNSCRAPE "\"rawContent\":\"a\",\"id\":"
	                                   "1050118621198921728,"
	                                   "\"inReplyToTweetId\":1.05e18,"
	                                   "\"user\":" SNS_USER("1001", "ada") "}\n");
	assert_int_equal(fix.batch.n_observations, 0);
	assert_int_equal(fix.batch.n_rejects, 4);
	assert_slice(fix.batch.rejects[1].reason,
	             "\"id\" is not the one in \"url\": its digits were rounded");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_post_of_snscrape_is_read_whole),
		SPEC(an_older_snscrape_has_other_names),
		SPEC(quoted_and_reposted_posts_inside_are_posts_too),
		SPEC(a_post_of_twscrape_is_read_by_its_text_ids),
		SPEC(a_post_of_gallery_dl_is_read_whatever_its_version_means_by_quote_id),
		SPEC(what_gallery_dl_prints_is_read_too),
		SPEC(a_repost_of_gallery_dl_is_by_whose_timeline_it_was_on),
		SPEC(what_zeeschuimer_saw_is_the_webs_post_at_that_time),
		SPEC(ids_that_went_through_floating_point_are_refused),
	};

	return cmocka_run_group_tests_name("x-scraped", tests, NULL, NULL);
}
