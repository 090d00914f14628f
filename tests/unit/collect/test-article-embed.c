#include "tests/unit/collect/article-fixture.h"

#define PAGE(body) "<html><link rel=canonical href=https://j.example/x><article>" body

static void
an_embedded_x_post_is_a_post_with_its_text(void **state)
{
	const struct observation *seen;

	(void)state;
	read_article(
		PAGE("<p>Avant.</p><blockquote class=\"twitter-tweet\"><p lang=\"en\" "
	             "dir=\"ltr\">"
	             "<a "
	             "href=\"https://twitter.com/OpenAI?ref_src=twsrc%5Etfw\">@OpenAI</"
	             "a> R&amp;D "
	             "&lt;3<br>see <a "
	             "href=\"https://t.co/abcdefghij\">https://t.co/abcdefghij</a> <a "
	             "href=\"https://t.co/klmnopqrst\">pic.twitter.com/klm</a></"
	             "p>&mdash; Elon "
	             "(the one) \u2014 Musk (@elonmusk) <a "
	             "href=\"https://twitter.com/elonmusk/status/"
	             "1881923570458304780?ref_src=x\">"
	             "January 22, 2025</a></blockquote><p>Après.</p>"),
		"");
	seen = the_observation("x:1881923570458304780");
	assert_int_equal(seen->post.kind, KIND_POST);
	assert_slice(seen->post.author, "x:@elonmusk?");
	assert_slice(the_account("x:@elonmusk?")->handle, "elonmusk");
	assert_slice(the_account("x:@elonmusk?")->name, "Elon (the one) — Musk");
	assert_slice(seen->version.text, "@OpenAI R&D <3\nsee https://t.co/abcdefghij");
	assert_slice(seen->version.text_raw,
	             "@OpenAI R&amp;D &lt;3\nsee https://t.co/abcdefghij "
	             "https://t.co/klmnopqrst");
	assert_slice(seen->version.lang, "en");
	assert_time(seen->post.time, "2025-01-22T04:35:18Z ms");
	assert_int_equal(seen->post.time.basis, RP_BASIS_ID);
	assert_edges(&batch.observations[0], "quote x:1881923570458304780");
	assert_slice(the_text(), "Avant.\n\nAprès.");
}

static void
what_a_short_link_shows_is_what_it_says(void **state)
{
	(void)state;
	read_article(
		PAGE("<blockquote class=twitter-tweet><p><a href=https://t.co/abcdefghij>"
	             "example.org/whole</a> <a "
	             "href=https://t.co/klmnopqrst>example.org/cut…"
	             "</a></p>— A (@ada) <a href=https://x.com/ada/status/2001>x</a>"
	             "</blockquote>"),
		"");
	assert_slice(the_observation("x:2001")->version.text,
	             "example.org/whole https://t.co/klmnopqrst");
}

static void
the_oldest_copies_tell_parent_and_time(void **state)
{
	const struct observation *seen;

	(void)state;
	read_article(PAGE("<blockquote class=\"twitter-tweet\" "
	                  "data-in-reply-to=\"171800000000000000\" "
	                  "lang=\"ja\"><p>@<a href=\"https://twitter.com/bob\">bob</a> "
	                  "hi</p>&mdash; Ada "
	                  "(@ada) <a "
	                  "href=\"https://twitter.com/ada/status/171819345629519873\" "
	                  "data-datetime=\"2012-02-21T05:38:41+00:00\">2月 21, "
	                  "2012</a></blockquote>"),
	             "");
	seen = the_observation("x:171819345629519873");
	assert_slice(seen->version.text, "@bob hi");
	assert_slice(seen->version.lang, "ja");
	assert_time(seen->version.printed, "2012-02-21T05:38:41Z s");
	assert_edges(seen, "reply x:171800000000000000");
}

static void
a_copy_without_class_and_script_is_known_by_its_signature(void **state)
{
	(void)state;
	read_article(
		PAGE("<blockquote><p>text</p>- Ada (@ada) <a "
	             "href=https://twitter.com/ada/"
	             "statuses/2001>1 Jan</a></blockquote><blockquote><p>Cité, voir <a "
	             "href=https://x.com/bob/status/2002>là</a>.</p></blockquote>"),
		"");
	assert_slice(the_observation("x:2001")->version.text, "text");
	assert_slice(the_text(), "> Cité, voir là.");
	assert_edges(&batch.observations[0], "quote x:2001; link x:2002");
}

static void
an_empty_copy_leaves_a_ghost(void **state)
{
	const struct observation *seen;

	(void)state;
	read_article(PAGE("<p>A.</p><blockquote class=twitter-tweet><p></p><a "
	                  "href=https://twitter.com/ada/status/2001></a></blockquote>"),
	             "");
	seen = the_observation("x:2001");
	assert_int_equal(seen->post.kind, KIND_GHOST);
	assert_slice(seen->post.author, "x:@ada?");
}

static void
elements_with_only_an_id_are_ghosts(void **state)
{
	(void)state;
	read_article(
		PAGE("<p>A.</p><twitter-widget data-tweet-id=2001></twitter-widget><div "
	             "data-tweet-id=2002><p>Ce contenu est bloqué.</p></div><iframe "
	             "src='https://platform.twitter.com/embed/"
	             "Tweet.html?dnt=true&amp;id=2003'>"
	             "</iframe><amp-twitter data-tweetid=2004></amp-twitter><div "
	             "class=consent "
	             "data-src='https://x.com/ada/status/2005'>Accepter</div><div "
	             "data-tweet-id='2006 or 1=1'></div>"),
		"");
	assert_edges(
		&batch.observations[0],
		"quote x:2001; quote x:2002; quote x:2003; quote x:2004; quote x:2005");
	assert_int_equal(the_observation("x:2002")->post.kind, KIND_GHOST);
	assert_slice(the_text(), "A.");
}

static void
a_placeholder_keeps_the_markup_for_later(void **state)
{
	(void)state;
	read_article(
		PAGE("<p>A.</p><div class=consent data-content=\"&lt;blockquote "
	             "class=&quot;twitter-tweet&quot;&gt;&lt;p&gt;text&lt;/p&gt;— A "
	             "(@ada) &lt;a "
	             "href=&quot;https://x.com/ada/status/2001&quot;&gt;x&lt;/a&gt;&lt;/"
	             "blockquote"
	             "&gt;\">Accepter</div><template><blockquote "
	             "class=twitter-tweet><p>two</p>— B "
	             "(@bob) <a "
	             "href=https://x.com/bob/status/2002>x</a></blockquote></template>"
	             "<noscript><blockquote class=twitter-tweet><p>three</p>— B (@bob) "
	             "<a "
	             "href=https://x.com/bob/status/2003>x</a></blockquote></noscript>"),
		"");
	assert_slice(the_observation("x:2001")->version.text, "text");
	assert_slice(the_observation("x:2002")->version.text, "two");
	assert_slice(the_observation("x:2003")->version.text, "three");
	assert_slice(the_text(), "A.");
}

static void
an_embedded_bluesky_post_has_its_did(void **state)
{
	const struct observation *seen;

	(void)state;
	read_article(
		PAGE("<blockquote class=\"bluesky-embed\" "
	             "data-bluesky-uri=\"at://did:plc:abc/"
	             "app.bsky.feed.post/3lgz2abcdef2k\" data-bluesky-cid=\"bafy\"><p "
	             "lang=\"fr\">Un "
	             "mot<br><br><a "
	             "href=\"https://bsky.app/profile/did:plc:abc/post/3lgz\">[image or "
	             "embed]</a></p>&mdash; Ana (<a "
	             "href=\"https://bsky.app/profile/did:plc:abc\">"
	             "@ana.example</a>) <a "
	             "href=\"https://bsky.app/profile/did:plc:abc/post/"
	             "3lgz2abcdef2k\">22 janvier</a></blockquote>"),
		"");
	seen = the_observation("bsky:did:plc:abc/3lgz2abcdef2k");
	assert_slice(seen->post.author, "bsky:@did:plc:abc");
	assert_slice(seen->version.text, "Un mot");
	assert_slice(the_account("bsky:@did:plc:abc")->handle, "ana.example");
	assert_slice(the_account("bsky:@did:plc:abc")->name, "Ana");
	assert_edges(&batch.observations[0], "quote bsky:did:plc:abc/3lgz2abcdef2k");
}

static void
an_embedded_mastodon_post_shows_no_text(void **state)
{
	(void)state;
	read_article(PAGE("<p>A.</p><blockquote class=\"mastodon-embed\" "
	                  "data-embed-url=\"https://"
	                  "m.example/@ana/113870000000000001/embed\"><a "
	                  "href=\"https://m.example/@ana/"
	                  "113870000000000001\">Post by @ana@m.example View on "
	                  "Mastodon</a></blockquote>"
	                  "<iframe class=mastodon-embed "
	                  "src=https://m.example/@bo/113870000000000002/"
	                  "embed></iframe>"),
	             "");
	assert_edges(&batch.observations[0],
	             "quote masto:m.example!113870000000000001; quote "
	             "masto:m.example!113870000000000002");
	assert_int_equal(the_observation("masto:m.example!113870000000000001")->post.kind,
	                 KIND_GHOST);
	assert_slice(the_text(), "A.");
}

static void
a_post_shown_twice_is_one(void **state)
{
	(void)state;
	read_article(PAGE("<p>A.</p><div data-tweet-id=2001></div><blockquote "
	                  "class=twitter-tweet><p>text</p>— A (@ada) <a "
	                  "href=https://x.com/ada/status/2001>x</a></blockquote>"),
	             "");
	assert_edges(&batch.observations[0], "quote x:2001");
	assert_slice(the_observation("x:2001")->version.text, "text");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_embedded_x_post_is_a_post_with_its_text),
		cmocka_unit_test(what_a_short_link_shows_is_what_it_says),
		cmocka_unit_test(the_oldest_copies_tell_parent_and_time),
		cmocka_unit_test(
			a_copy_without_class_and_script_is_known_by_its_signature),
		cmocka_unit_test(an_empty_copy_leaves_a_ghost),
		cmocka_unit_test(elements_with_only_an_id_are_ghosts),
		cmocka_unit_test(a_placeholder_keeps_the_markup_for_later),
		cmocka_unit_test(an_embedded_bluesky_post_has_its_did),
		cmocka_unit_test(an_embedded_mastodon_post_shows_no_text),
		cmocka_unit_test(a_post_shown_twice_is_one),
	};

	return cmocka_run_group_tests_name("article-embed", tests, begin, finish);
}
