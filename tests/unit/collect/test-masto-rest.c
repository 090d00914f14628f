/*
 * Statuses of Mastodon's API as posts.
 */
#define FIXTURE_COLLECTOR "masto"
#include "x-fixture.h"

#define ACCOUNT                                                                          \
	"\"account\":{\"id\":\"1\",\"username\":\"ana\",\"acct\":\"ana\",\"display_"     \
	"name\":"                                                                        \
	"\"Ana\",\"url\":\"https://s.example/@ana\"}"
#define STATUS(id, more)                                                                 \
	"{\"id\":\"" id "\",\"created_at\":\"2026-01-21T09:15:02.000Z\",\"visibility\":" \
	"\"public\",\"uri\":\"https://s.example/users/ana/statuses/" id "\",\"url\":"    \
	"\"https://s.example/@ana/" id "\"," ACCOUNT "," more "}"

static void
a_status_is_a_post_under_its_uri_with_its_local_id_for_an_alias(void **state)
{
	const struct observation *o;

	(void)state;
	READ(STATUS("11", "\"content\":\"<p>Pas d&#39;accord.<br "
	                  "/>Non.</p>\",\"language\":\"fr\""));
	o = seen(0);
	assert_slice(o->post.key, "masto:https://s.example/users/ana/statuses/11");
	assert_int_equal(o->n_aliases, 1);
	assert_slice(o->aliases[0], "masto:s.example!11");
	assert_slice(o->post.author, "masto:@https://s.example/users/ana");
	assert_slice(o->post.url, "https://s.example/@ana/11");
	assert_slice(o->version.text, "Pas d'accord.\nNon.");
	assert_slice(o->version.lang, "fr");
	assert_int_equal(o->post.time.lo, INT64_C(1768986902000000));
	assert_int_equal(o->post.time.precision, RP_PRECISION_S);
	assert_slice(fix.batch.accounts[0].handle, "ana@s.example");
	assert_slice(fix.batch.accounts[0].name, "Ana");
}

static void
a_warning_stands_before_the_text(void **state)
{
	(void)state;
	READ(STATUS("11", "\"content\":\"<p>text</p>\",\"spoiler_text\":\"politics\""));
	assert_slice(seen(0)->version.text, "politics\n\ntext");
	READ(STATUS("11", "\"content\":\"\",\"spoiler_text\":\"politics\""));
	assert_slice(seen(0)->version.text, "politics");
}

static void
an_author_is_known_by_the_uri_or_the_status_or_the_page_or_the_handle(void **state)
{
	static const char *const statuses[][2] = {
		{ "\"uri\":\"https://h.example/ap/users/7/statuses/"
		  "1\",\"account\":{\"acct\":"
		  "\"ana\",\"url\":\"https://h.example/@ana\",\"uri\":\"https://"
		  "h.example/u/7\"}",
		  "masto:@https://h.example/u/7" },
		{ "\"uri\":\"https://h.example/ap/users/7/statuses/"
		  "1\",\"account\":{\"acct\":"
		  "\"ana\",\"url\":\"https://h.example/@ana\"}",
		  "masto:@https://h.example/ap/users/7" },
		{ "\"uri\":\"https://p.example/objects/"
		  "5\",\"account\":{\"acct\":\"Bo@p.example\","
		  "\"url\":\"https://p.example/users/bo\"}",
		  "masto:@https://p.example/users/bo" },
		{ "\"uri\":\"https://p.example/objects/"
		  "5\",\"account\":{\"acct\":\"Bo@P.example\","
		  "\"url\":\"https://p.example/@bo\"}",
		  "masto:@bo@p.example?" },
		/* A status that lies on another server than its author is not his. */
		{ "\"uri\":\"https://evil.example/users/x/statuses/"
		  "5\",\"account\":{\"acct\":"
		  "\"bo@p.example\",\"url\":\"https://p.example/@bo\"}",
		  "masto:@bo@p.example?" },
	};
	char text[1000];

	(void)state;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		(void)snprintf(text, sizeof(text),
		               "{\"id\":\"1\",\"content\":\"a\",\"created_at\":"
		               "\"2026-01-21T09:15:02Z\",%s}",
		               statuses[i][0]);
		READ(text);
		assert_slice(seen(0)->post.author, statuses[i][1]);
	}
}

static void
a_reply_names_a_local_id_of_the_server_that_the_file_is_from(void **state)
{
	(void)state;
	READ("{\"ancestors\":[],\"descendants\":[{\"id\":\"5\",\"uri\":\"https://"
	     "o.example/1\","
	     "\"content\":\"a\",\"in_reply_to_id\":\"4\",\"created_at\":\"2026-01-21T09:"
	     "15:02Z\","
	     "\"account\":{\"acct\":\"bo@o.example\",\"url\":\"https://o.example/"
	     "@bo\"}}," STATUS("11",
	                       "\"content\":\"<p>b</p>\",\"in_reply_to_id\":\"5\"") "]}");
	assert_edge(seen(0), 0, EDGE_REPLY, "masto:s.example!4");
	assert_slice(seen(0)->aliases[0], "masto:s.example!5");
	assert_edge(seen(1), 0, EDGE_REPLY, "masto:s.example!5");
}

static void
the_server_may_be_told_and_out_of_two_it_is_none(void **state)
{
	const char *text =
		"{\"id\":\"5\",\"uri\":\"https://o.example/1\",\"content\":\"a\","
		"\"in_reply_to_id\":\"4\",\"created_at\":\"2026-01-21T09:15:02Z\","
		"\"account\":{\"acct\":\"bo@o.example\",\"url\":\"https://o.example/"
		"@bo\"}}";

	(void)state;
	READ(text);
	assert_int_equal(seen(0)->n_edges, 0);
	assert_int_equal(seen(0)->n_aliases, 0);
	fix.options = "url=https://S.example/api/v1/timelines/public\n";
	READ(text);
	assert_edge(seen(0), 0, EDGE_REPLY, "masto:s.example!4");
	fix.options = NULL;
	READ(STATUS(
		"11",
		"\"content\":\"a\"") "\n{\"id\":\"5\",\"uri\":\"https://o.example/1\","
	                             "\"content\":\"a\",\"in_reply_to_id\":\"4\","
	                             "\"created_at\":\"2026-01-21T09:15:02Z\","
	                             "\"account\":{\"acct\":\"bo\",\"url\":\"https://"
	                             "o.example/@bo\"}}\n");
	assert_int_equal(seen(1)->n_edges, 0);
}

static void
a_boost_passes_a_post_on_that_is_read_too(void **state)
{
	(void)state;
	READ("{\"id\":\"12\",\"uri\":\"https://s.example/users/ana/statuses/12/"
	     "activity\","
	     "\"content\":\"<p>AI</"
	     "p>\",\"created_at\":\"2026-01-21T10:00:00.000Z\"," ACCOUNT
	     ",\"reblog\":{\"id\":\"9\",\"uri\":\"https://o.example/users/bo/statuses/"
	     "9\","
	     "\"content\":\"<p>AI</"
	     "p>\",\"created_at\":\"2026-01-20T18:00:00.000Z\",\"account\":"
	     "{\"acct\":\"bo@o.example\",\"url\":\"https://o.example/@bo\"}}}");
	assert_int_equal(n_seen(), 2);
	assert_int_equal(fix.batch.n_records, 1);
	assert_int_equal(seen(0)->post.kind, KIND_REPOST);
	assert_slice(seen(0)->version.text, "");
	assert_edge(seen(0), 0, EDGE_REPOST,
	            "masto:https://o.example/users/bo/statuses/9");
	assert_slice(seen(1)->version.text, "AI");
	assert_slice(seen(1)->aliases[0], "masto:s.example!9");
}

static void
a_quoted_status_is_read_and_what_stands_for_it_in_the_text_is_not(void **state)
{
	(void)state;
	READ(STATUS("11",
	            "\"content\":\"<p class=\\\"quote-inline\\\">RE: <a href=\\\"https://"
	            "o.example/@bo/9\\\">o.example/@bo/9</a></p><p>no</"
	            "p>\",\"quote\":{\"state\":"
	            "\"accepted\",\"quoted_status\":{\"id\":\"8\",\"uri\":"
	            "\"https://o.example/users/bo/statuses/9\",\"content\":\"<p>AI</p>\","
	            "\"created_at\":\"2026-01-20T18:00:00.000Z\",\"account\":{\"acct\":"
	            "\"bo@o.example\"},\"quote\":null}}"));
	assert_int_equal(n_seen(), 2);
	assert_slice(seen(0)->version.text, "no");
	assert_int_equal(seen(0)->n_edges, 1);
	assert_edge(seen(0), 0, EDGE_QUOTE,
	            "masto:https://o.example/users/bo/statuses/9");
	READ(STATUS("11", "\"content\":\"<p>no</p>\",\"quote\":{\"state\":\"accepted\","
	                  "\"quoted_status_id\":\"8\"}"));
	assert_edge(seen(0), 0, EDGE_QUOTE, "masto:s.example!8");
	/* Where the server knows no quotes, that is the only trace of it. */
	READ(STATUS("11",
	            "\"content\":\"<p class=\\\"quote-inline\\\">RE: <a href=\\\"https://"
	            "o.example/@bo/9\\\">o.example</a></p><p>no</p>\""));
	assert_edge(seen(0), 0, EDGE_QUOTE, "masto:o.example!9");
	READ(STATUS("11", "\"content\":\"<p>no</p>\",\"quote\":{\"state\":\"revoked\","
	                  "\"quoted_status\":null}"));
	assert_int_equal(seen(0)->n_edges, 0);
}

static void
mentions_get_their_server_and_links_are_whole(void **state)
{
	(void)state;
	READ(STATUS(
		"11",
		"\"content\":\"<p><span class=\\\"h-card\\\"><a "
		"href=\\\"https://o.example/@bo\\\""
		" class=\\\"u-url mention\\\">@<span>bo</span></a></span> <a "
		"href=\\\"https://"
		"s.example/@cy\\\" class=\\\"u-url mention\\\">@<span>cy</span></a> see "
		"<a href="
		"\\\"https://ex.org/aaabbb\\\"><span "
		"class=\\\"invisible\\\">https://</span><span "
		"class=\\\"ellipsis\\\">ex.org/aaa</span><span "
		"class=\\\"invisible\\\">bbb</span>"
		"</a> <a class=\\\"mention hashtag\\\" "
		"href=\\\"https://s.example/tags/davos\\\">#"
		"<span>davos</span></a> "
		":blobcat:</p>\",\"mentions\":[{\"id\":\"7\",\"username\":"
		"\"bo\",\"acct\":\"bo@bo.example\",\"url\":\"https://o.example/@bo\"},"
		"{\"username\":\"cy\",\"acct\":\"cy\",\"url\":\"https://s.example/"
		"@cy\"}]"));
	assert_slice(seen(0)->version.text, "@bo@bo.example @cy@s.example see "
	                                    "https://ex.org/aaabbb #davos :blobcat:");
	assert_slice(seen(0)->version.mentions, "masto:@bo@bo.example? bo@bo.example\n"
	                                        "masto:@cy@s.example? cy@s.example\n");
}

static void
media_are_known_by_their_place_on_the_first_server_and_polls_by_their_options(
	void **state)
{
	(void)state;
	READ(STATUS(
		"11",
		"\"content\":\"\",\"media_attachments\":[{\"id\":\"3\",\"url\":"
		"\"https://files.s.example/cache/media_attachments/files/9/x.png\","
		"\"remote_url\":\"https://o.example/system/media_attachments/files/1/"
		"x.png\"},"
		"{\"id\":\"4\",\"url\":\"https://o.example/a.png\",\"remote_url\":null}],"
		"\"poll\":{\"options\":[{\"title\":\"yes\"},{\"title\":\"no\"}]}"));
	assert_slice(seen(0)->version.media,
	             "https://o.example/a.png\nmedia_attachments/files/1/x.png\n");
	assert_slice(seen(0)->version.poll, "yes\nno\n");
}

static void
an_edited_status_is_the_wording_of_its_edit_and_a_history_is_all_of_them(void **state)
{
	const char *history =
		"[{\"content\":\"<p>one</p>\",\"spoiler_text\":\"\",\"created_at\":"
		"\"2026-01-21T09:15:02.000Z\"," ACCOUNT "},{\"content\":\"<p>two</p>\","
		"\"spoiler_text\":\"\",\"created_at\":\"2026-01-21T09:30:00."
		"000Z\"," ACCOUNT "}]";

	(void)state;
	READ(STATUS(
		"11",
		"\"content\":\"<p>two</p>\",\"edited_at\":\"2026-01-21T09:30:00.000Z\""));
	assert_int_equal(seen(0)->post.time.lo, INT64_C(1768986902000000));
	assert_int_equal(seen(0)->version.printed.lo, INT64_C(1768987800000000));
	assert_int_equal(seen(0)->version.as_of, INT64_C(1768987800000000));
	READ(history);
	assert_int_equal(fix.batch.n_rejects, 2);
	fix.options = "url=https://s.example/@ana/11\n";
	READ(history);
	assert_int_equal(n_seen(), 2);
	assert_slice(seen(1)->post.key, "masto:s.example!11");
	assert_slice(seen(1)->version.text, "two");
	assert_int_equal(seen(1)->version.as_of, INT64_C(1768987800000000));
}

static void
what_few_may_read_is_counted_and_not_taken_for_a_post(void **state)
{
	(void)state;
	assert_rejected(
		"{\"id\":\"1\",\"uri\":\"https://s.example/1\",\"content\":\"psst\","
		"\"visibility\":\"direct\"," ACCOUNT "}",
		"not public");
	assert_rejected(
		"{\"id\":\"1\",\"uri\":\"https://s.example/1\",\"content\":\"psst\","
		"\"visibility\":\"private\"," ACCOUNT "}",
		"not public");
	READ("{\"id\":\"1\",\"uri\":\"https://s.example/"
	     "1\",\"content\":\"a\",\"visibility\":"
	     "\"unlisted\"," ACCOUNT "}");
	assert_int_equal(n_seen(), 1);
}

static void
ids_are_texts_and_must_not_contradict(void **state)
{
	(void)state;
	READ("{\"id\":\"9xKq\",\"uri\":\"https://s.example/objects/"
	     "9\",\"content\":\"a\"," ACCOUNT "}");
	assert_slice(seen(0)->aliases[0], "masto:s.example!9xKq");
	assert_int_equal(rp_time_known(seen(0)->post.time), false);
	assert_rejected("{\"id\":\"1\",\"uri\":\"https://s.example/1\",\"uri\":"
	                "\"https://s.example/2\",\"content\":\"a\"," ACCOUNT "}",
	                "twice");
	assert_rejected("{\"id\":\"1\",\"uri\":\"@x\",\"content\":\"a\"," ACCOUNT "}",
	                "key");
	assert_rejected("{\"error\":\"Record not found\"}", "no post");
	READ("[]");
	assert_int_equal(fix.batch.n_rejects, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_status_is_a_post_under_its_uri_with_its_local_id_for_an_alias),
		SPEC(a_warning_stands_before_the_text),
		SPEC(an_author_is_known_by_the_uri_or_the_status_or_the_page_or_the_handle),
		SPEC(a_reply_names_a_local_id_of_the_server_that_the_file_is_from),
		SPEC(the_server_may_be_told_and_out_of_two_it_is_none),
		SPEC(a_boost_passes_a_post_on_that_is_read_too),
		SPEC(a_quoted_status_is_read_and_what_stands_for_it_in_the_text_is_not),
		SPEC(mentions_get_their_server_and_links_are_whole),
		SPEC(media_are_known_by_their_place_on_the_first_server_and_polls_by_their_options),
		SPEC(an_edited_status_is_the_wording_of_its_edit_and_a_history_is_all_of_them),
		SPEC(what_few_may_read_is_counted_and_not_taken_for_a_post),
		SPEC(ids_are_texts_and_must_not_contradict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
