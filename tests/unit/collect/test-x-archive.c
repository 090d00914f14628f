/*
 * What is particular to the archives that X hands out: whose posts they are, what their
 * texts alone tell, the long ones joined with note-tweet.js, and what was deleted.
 */
#include "tests/unit/collect/x-fixture.h"

#define OWNER "account=1001\nhandle=ana\nname=Ana\n"

static struct source notes;

/* A file with its owner told, and note-tweet.js beside it, which may be NULL. */
static void
read_beside(const char *text, const char *beside)
{
	const struct collector_ops *x = collector_find(RP_SLICE("x"));
	char *copy = beside ? strdup(beside) : NULL;
	struct input input = { .name = RP_SLICE("tweets.js"),
		               .options = RP_SLICE(OWNER),
		               .reader = { source_read, &fix.source } };

	close_source();
	arena_reset(fix.arena);
	fix.source = (struct source){ strdup(text), strlen(text), 0, 0, RP_END };
	notes = (struct source){ copy, beside ? strlen(beside) : 0, 0, 7, RP_END };
	if (beside != NULL)
		input.beside = (struct reader){ source_read, &notes };
	assert_ok(x->open(&input, &fix.collector, &fix.err), fix.err);
	free(copy);
	assert_ok(next_batch(), fix.err);
}

#define POSTS(...) "window.YTD.tweets.part0 = [" __VA_ARGS__ "]"
#define ID_1 "1881763690705846273" /* 2025-01-21 18:00:00 */
#define AT_1 "\"created_at\":\"Tue Jan 21 18:00:00 +0000 2025\""
#define POST(text, more)                                                                 \
	"{\"tweet\":{\"id_str\":\"" ID_1 "\"," AT_1 ",\"full_text\":\"" text             \
	"\",\"display_text_range\":[\"0\",\"9\"]" more "}}"
#define MENTION(name, id, at)                                                            \
	"\"user_mentions\":[{\"screen_name\":\"" name "\",\"id_str\":\"" id              \
	"\",\"indices\":[\"" at "\",\"20\"]}]"

static void
posts_without_an_author_are_the_owners(void **state)
{
	(void)state;
	read_beside(POSTS(POST("one &amp; two", "")), NULL);
	assert_slice(seen(0)->post.author, "x:@1001");
	assert_slice(seen(0)->version.text, "one & two");
	assert_int_equal(fix.batch.n_accounts, 1);
	assert_slice(fix.batch.accounts[0].handle, "ana");
	READ(POSTS(POST("one", "")));
	assert_slice(seen(0)->post.author, "");
	assert_int_equal(fix.batch.n_accounts, 0);
}

static void
the_mentions_in_front_of_a_reply_are_hidden_whatever_the_range_says(void **state)
{
	(void)state;
	read_beside(POSTS(POST("@bob no", ",\"in_reply_to_status_id_str\":\"5\","
	                                  "\"entities\":{" MENTION("bob", "2", "0") "}")),
	            NULL);
	assert_slice(seen(0)->version.text, "no");
	assert_edge(seen(0), 0, EDGE_REPLY, "x:5");
}

static void
a_repost_is_told_by_its_text_and_its_original_by_the_media_alone(void **state)
{
	(void)state;
	read_beside(
		POSTS(POST("RT @carol: look https://t.co/a",
	                   ",\"entities\":{" MENTION(
				   "Carol", "3", "3") "},"
	                                              "\"extended_entities\":{\"media\":["
	                                              "{\"id_str\":\"7\","
	                                              "\"source_status_id_str\":\"55\","
	                                              "\"source_user_id_str\":\"3\"}]}")),
		NULL);
	assert_int_equal(seen(0)->post.kind, KIND_REPOST);
	assert_slice(seen(0)->edges[0].parent, "x:55");
	assert_int_equal(seen(0)->edges[0].origin, ORIGIN_DERIVED);
	assert_slice(ghost("x:55")->post.author, "x:@3");

	read_beside(POSTS(POST("RT @carol: words",
	                       ",\"entities\":{" MENTION("carol", "3", "3") "}")),
	            NULL);
	assert_int_equal(seen(0)->post.kind, KIND_REPOST);
	assert_int_equal(seen(0)->n_edges, 0);

	/* Somebody else's film in it: which post that is nobody knows. */
	read_beside(
		POSTS(POST("RT @carol: film",
	                   ",\"entities\":{" MENTION(
				   "carol", "3", "3") "},"
	                                              "\"extended_entities\":{\"media\":["
	                                              "{\"id_str\":\"7\","
	                                              "\"source_status_id_str\":\"55\","
	                                              "\"source_user_id_str\":\"4\"}]}")),
		NULL);
	assert_int_equal(seen(0)->n_edges, 0);

	read_beside(POSTS(POST("RT @carol: typed", "")), NULL);
	assert_int_equal(seen(0)->post.kind, KIND_POST);
}

#define LINK(url, expanded)                                                              \
	",\"entities\":{\"urls\":[{\"url\":\"" url "\",\"expanded_url\":\"" expanded     \
	"\",\"indices\":[\"4\",\"9\"]}]}"

static void
the_address_of_a_post_at_the_end_is_a_quotation(void **state)
{
	(void)state;
	read_beside(
		POSTS(POST("see https://t.co/q",
	                   LINK("https://t.co/q", "https://twitter.com/bob/status/77"))),
		NULL);
	assert_int_equal(seen(0)->edges[0].type, EDGE_QUOTE);
	assert_int_equal(seen(0)->edges[0].origin, ORIGIN_DERIVED);
	assert_slice(seen(0)->edges[0].parent, "x:77");
	assert_slice(seen(0)->version.text, "see");

	read_beside(
		POSTS(POST("see https://t.co/q there",
	                   LINK("https://t.co/q", "https://twitter.com/bob/status/77"))),
		NULL);
	assert_int_equal(seen(0)->edges[0].type, EDGE_LINK);
}

#define TEN "abcdefghi "
#define FIFTY TEN TEN TEN TEN TEN
#define LONG FIFTY FIFTY FIFTY FIFTY FIFTY
#define NOTE(time, text)                                                                 \
	"{\"noteTweet\":{\"noteTweetId\":\"1\",\"createdAt\":\"2025-01-21T18:00:" time   \
	"Z\",\"core\":{\"text\":\"" text                                                 \
	"\",\"urls\":[{\"shortUrl\":\"https://t.co/n\","                                 \
	"\"expandedUrl\":\"https://example.org/\"}]}}}"
#define NOTES(...) "window.YTD.note_tweet.part0 = [" __VA_ARGS__ "]"

static void
a_long_post_gets_its_whole_text_from_the_file_beside(void **state)
{
	(void)state;
	read_beside(
		POSTS(POST("@bob " LONG "x &amp; \\u2026",
	                   ",\"in_reply_to_status_id_str\":\"5\",\"entities\":{" MENTION(
				   "bob", "2", "0") "}")),
		NOTES(NOTE("02.000", "other") "," NOTE("00.400", LONG
	                                               "x & the end https://t.co/n")));
	assert_slice(seen(0)->version.text, LONG "x & the end https://example.org/");
	assert_int_equal(seen(0)->version.truncated, false);
}

static void
a_long_text_that_is_escaped_already_says_the_same(void **state)
{
	(void)state;
	read_beside(POSTS(POST(LONG "x &amp; \\u2026", "")),
	            NOTES(NOTE("00.400", LONG "x &amp; the end https://t.co/n")));
	assert_slice(seen(0)->version.text, LONG "x & the end https://example.org/");
}

static void
a_long_post_stays_cut_where_two_texts_fit_or_none(void **state)
{
	(void)state;
	read_beside(POSTS(POST(LONG "\\u2026", "")),
	            NOTES(NOTE("00.400", LONG "one") "," NOTE("00.500", LONG "two")));
	assert_slice(seen(0)->version.text, LONG "\xe2\x80\xa6");
	assert_int_equal(seen(0)->version.truncated, true);
	read_beside(POSTS(POST(LONG "\\u2026", "")), NOTES(NOTE("09.000", LONG "one")));
	assert_int_equal(seen(0)->version.truncated, true);
	read_beside(POSTS(POST("and so on\\u2026", "")), NULL);
	assert_int_equal(seen(0)->version.truncated, false);
}

static void
the_list_of_deleted_posts_says_so_of_each(void **state)
{
	(void)state;
	READ("window.YTD.deleted_tweets.part0 = [" POST(
		"gone", ",\"deleted_at\":\"Wed Jan 22 18:00:00 +0000 2025\"") "]");
	assert_int_equal(n_seen(), 1);
	assert_int_equal(fix.batch.n_states, 1);
	assert_int_equal(fix.batch.states[0].state, STATE_DELETED);
	assert_slice(fix.batch.states[0].subject, "x:" ID_1);
	assert_true(fix.batch.states[0].as_of == INT64_C(1737568800) * RP_SECOND);
	READ("window.YTD.deleted_tweets.part0 = [" POST("gone", "") "]");
	assert_true(fix.batch.states[0].as_of == RP_TIME_UNKNOWN);
}

static void
headers_are_posts_that_nobody_has_the_words_of(void **state)
{
	(void)state;
	READ("window.YTD.tweet_headers.part0 = [{\"tweet\":{\"tweet_id\":\"" ID_1
	     "\",\"user_id\":\"1001\"," AT_1 "}}]");
	assert_int_equal(n_seen(), 0);
	assert_slice(ghost("x:" ID_1)->post.author, "x:@1001");
	assert_int_equal(fix.batch.n_states, 0);
	READ("window.YTD.deleted_tweet_headers.part0 = [{\"tweet\":{\"tweet_id\":\"" ID_1
	     "\",\"user_id\":\"1001\"," AT_1 ",\"deleted_at\":\"x\"}}]");
	assert_int_equal(fix.batch.n_states, 1);
	assert_true(fix.batch.states[0].as_of == RP_TIME_UNKNOWN);
}

static void
files_about_the_owner_name_the_account_and_reject_nothing(void **state)
{
	(void)state;
	READ("window.__THAR_CONFIG = {\"userInfo\":{\"accountId\":\"1001\",\"userName\":"
	     "\"ana\",\"displayName\":\"Ana\"},\"archiveInfo\":{\"generationDate\":"
	     "\"2026-01-02T03:04:05.000Z\"}}");
	assert_slice(fix.batch.accounts[0].key, "x:@1001");
	assert_true(fix.batch.accounts[0].last != RP_TIME_UNKNOWN);
	READ("window.YTD.account.part0 = [{\"account\":{\"accountId\":\"1001\","
	     "\"username\":\"ana\"}}]");
	assert_slice(fix.batch.accounts[0].handle, "ana");
	READ("window.YTD.screen_name_change.part0 = "
	     "[{\"screenNameChange\":{\"accountId\":"
	     "\"1001\",\"screenNameChange\":{\"changedFrom\":\"old\",\"changedTo\":"
	     "\"ana\"}}}]");
	assert_int_equal(fix.batch.n_accounts, 2);
	READ("var user_details =  {\"screen_name\":\"ana\",\"full_name\":\"Ana\",\"id\":"
	     "\"1001\"}");
	assert_slice(fix.batch.accounts[0].name, "Ana");
	READ(NOTES(NOTE("00.000", "text")));
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(n_seen(), 0);
}

static void
a_month_of_an_archive_before_2018_is_read(void **state)
{
	(void)state;
	READ("Grailbird.data.tweets_2012_01 = \n [ {\n \"id\" : 164298599616876544,\n"
	     "\"id_str\" : \"164298599616876544\",\n\"text\" : \"old\",\n\"created_at\" "
	     ": "
	     "\"2012-01-31 10:46:53 +0000\",\n\"user\" : { \"id_str\" : \"7\", "
	     "\"screen_name\" : \"ana\" }\n} ]");
	assert_slice(seen(0)->post.key, "x:164298599616876544");
	assert_slice(seen(0)->post.author, "x:@7");
	assert_int_equal(fix.batch.n_rejects, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(posts_without_an_author_are_the_owners),
		SPEC(the_mentions_in_front_of_a_reply_are_hidden_whatever_the_range_says),
		SPEC(a_repost_is_told_by_its_text_and_its_original_by_the_media_alone),
		SPEC(the_address_of_a_post_at_the_end_is_a_quotation),
		SPEC(a_long_post_gets_its_whole_text_from_the_file_beside),
		SPEC(a_long_text_that_is_escaped_already_says_the_same),
		SPEC(a_long_post_stays_cut_where_two_texts_fit_or_none),
		SPEC(the_list_of_deleted_posts_says_so_of_each),
		SPEC(headers_are_posts_that_nobody_has_the_words_of),
		SPEC(files_about_the_owner_name_the_account_and_reject_nothing),
		SPEC(a_month_of_an_archive_before_2018_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
