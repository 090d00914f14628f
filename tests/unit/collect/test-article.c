#include "tests/unit/collect/article-fixture.h"

#define PROSE                                                                             \
	"<p>Un paragraphe de la page, assez long pour qu’il ne soit pas pris pour une " \
	"page d’erreur, avec des mots et encore des mots.</p>"

#define LD(json) "<script type='application/ld+json'>" json "</script>"

/* ---- who, when, where ---------------------------------------------------- */

static void
an_article_is_a_post_by_its_outlet(void **state)
{
	(void)state;
	read_article(
		"<html lang=fr><head><meta property=og:type content=article>"
		"<link rel=canonical "
		"href='HTTPS://WWW.Journal.Example:443/a?b=1&utm_x=2#c'>"
		"<meta property=og:site_name content='Le Journal'>"
		"<meta property=og:title content='Un&nbsp;titre'>"
		"<meta property=article:published_time content=2025-01-23T07:30:00+01:00>"
		"<body><article>" PROSE "</article>",
		"");
	assert_int_equal(batch.n_records, 1);
	assert_int_equal(batch.records[0].n, batch.bytes.n);
	assert_int_equal(batch.records[0].kind, RECORD_MARKUP);
	assert_int_equal(the_post()->kind, KIND_ARTICLE);
	assert_slice(the_post()->key, "press:https://www.journal.example/a?b=1");
	assert_slice(the_post()->author, "press:@journal.example");
	assert_slice(the_account("press:@journal.example")->handle, "journal.example");
	assert_slice(the_account("press:@journal.example")->name, "Le Journal");
	assert_slice(the_post()->title, "Un\u00a0titre");
	assert_time(the_post()->time, "2025-01-23T06:30:00Z s");
	assert_int_equal(the_post()->time.basis, RP_BASIS_ARTICLE);
	assert_slice(batch.observations[0].version.lang, "fr");
}

static void
json_ld_is_read_in_all_its_forms(void **state)
{
	static const char *const scripts[] = {
		"{\"@type\":\"NewsArticle\",\"headline\":\"T\",\"url\":\"https://"
		"j.example/1\"}",
		"[{\"@type\":\"Organization\"},{\"@type\":[\"Thing\",\"NewsArticle\"],"
		"\"headline\":\"T\",\"mainEntityOfPage\":{\"@id\":\"https://j.example/"
		"1\"}}]",
		"{\"@context\":\"x\",\"@graph\":[{\"@type\":\"WebSite\"},{\"@type\":"
		"\"Report\","
		"\"headline\":\"T\",\"url\":\"https://j.example/1\"}]}",
		"<!-- "
		"{\"@type\":\"Article\",\"headline\":\"T\",\"url\":\"https://j.example/"
		"1\",} "
		"-->",
		"//<![CDATA[\n[{\"@type\":\"Article\",\"headline\":\"T\n\",\"url\":"
		"\"https://j.example/1\",},]\n//]]>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++) {
		char page[2000];

		(void)snprintf(page, sizeof(page),
		               "<html><script type=application/ld+json>%s</script>" PROSE,
		               scripts[i]);
		read_article(page, "");
		assert_slice(the_post()->title, "T");
		assert_slice(the_post()->key, "press:https://j.example/1");
	}
	read_article("<html><title>Else</title>" LD("{\"@type\": broken") PROSE, "");
	assert_slice(the_post()->title, "Else");
}

static void
the_earliest_time_counts_and_the_finer_of_two_that_fit(void **state)
{
	(void)state;
	read_article("<html>" LD("{\"@type\":\"Article\",\"datePublished\":\"2025-01-"
	                         "23\"}") "<meta name=date content=2025-01-23T09:00:00Z>"
	                                  "<meta name=dc.date content=2025-01-24>" PROSE,
	             "tz=Europe/Paris\n");
	assert_time(the_post()->time, "2025-01-23T09:00:00Z s");
	read_article("<html>" LD("{\"@type\":\"Article\",\"datePublished\":"
	                         "\"2025-01-23T09:00:00Z\"}") "<meta name=date "
	                                                      "content=2025-01-22T09:00:"
	                                                      "00Z>" PROSE,
	             "");
	assert_time(the_post()->time, "2025-01-22T09:00:00Z s");
}

static void
a_printed_date_is_the_last_resort(void **state)
{
	(void)state;
	read_article("<html><p>Publié le 23 janvier 2025 à 10h32</p>" PROSE,
	             "tz=Europe/Paris\n");
	assert_time(the_post()->time, "2025-01-23T09:32:00Z min");
	read_article("<html><p>Publié le 23 janvier 2025</p><time "
	             "datetime=2025-01-22T10:00Z>hier</time>" PROSE,
	             "");
	assert_time(the_post()->time, "2025-01-22T10:00:00Z min");
	read_article("<html>" PROSE, "");
	assert_false(rp_time_known(the_post()->time));
}

static void
dates_of_something_else_are_none_of_the_article(void **state)
{
	static const char *const pages[] = {
		"<html><article>" PROSE
		"<blockquote class=twitter-tweet><p>wrong</p>&mdash; Ana "
		"(@ana) <a href=https://twitter.com/ana/status/1882106524090482701>March "
		"3, "
		"2019</a></blockquote></article>",
		"<html><article>" PROSE
		"<aside><time datetime=2011-01-01>1 January 2011</time>"
		"</aside></article><footer><time datetime=2010-02-02>2 February "
		"2010</time>",
		"<html>" PROSE
		"<nav><p>3 March 2019</p></nav><div class='box related-stories'>"
		"<meta itemprop=datePublished content=2012-01-01><p>4 March "
		"2019</p></div>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		read_article(pages[i], "");
		assert_false(rp_time_known(the_post()->time));
	}
	read_article("<html><article>" PROSE "<footer>Posted on 3 March 2019</footer>",
	             "tz=UTC\n");
	assert_time(the_post()->time, "2019-03-03T00:00:00Z..2019-03-03T23:59:59Z day");
}

static void
a_day_is_a_day_of_the_publishers_zone(void **state)
{
	const char *page = "<html><meta name=date content=2025-01-23>" PROSE;

	(void)state;
	read_article(page, "tz=Europe/Paris\n");
	assert_time(the_post()->time, "2025-01-22T23:00:00Z..2025-01-23T22:59:59Z day");
	read_article(page, "");
	assert_time(the_post()->time, "2025-01-22T10:00:00Z..2025-01-24T11:59:59Z day");
}

static void
the_address_is_the_pages_own_and_no_home_page(void **state)
{
	(void)state;
	read_article("<html><link rel=canonical href=/a/b><meta property=og:url "
	             "content=https://j.example/x>" PROSE,
	             "");
	assert_slice(the_post()->key, "press:https://j.example/a/b");
	read_article("<html><link rel=canonical href=https://j.example/><meta "
	             "property=og:url content=https://j.example/x>" PROSE,
	             "");
	assert_slice(the_post()->key, "press:https://j.example/x");
	read_article("<html><link rel=canonical href=https://other.example/y><meta "
	             "property=og:url content=https://j.example/x>" PROSE,
	             "");
	assert_slice(the_post()->key, "press:https://j.example/x");
	read_article("<!DOCTYPE html>\n<!-- saved from url=(0022)https://j.example/saved "
	             "-->\n<html>" PROSE,
	             "");
	assert_slice(the_post()->key, "press:https://j.example/saved");
	read_article("<html><link rel=canonical href='javascript:alert(1)'>" PROSE, "");
	assert_int_equal(the_post()->key.n, strlen("press:sha256:") + 16);
	assert_true(rp_slice_starts(the_post()->key, RP_SLICE("press:sha256:")));
	assert_int_equal(the_post()->author.n, 0);
}

static void
an_address_that_is_no_key_is_none(void **state)
{
	char page[4096];

	(void)state;
	for (int n = 1900; n < 2100; n += 10) {
		(void)snprintf(
			page, sizeof(page),
			"<html><link rel=canonical href=https://j.example/%0*d><p>«Un» a "
			"dit Ana Petit.</p>" PROSE,
			n, 1);
		read_article(page, "");
		for (size_t i = 0; i < batch.n_observations; i++)
			assert_true(key_valid(batch.observations[i].post.key));
		assert_int_equal(batch.n_observations, 2);
	}
	assert_true(rp_slice_starts(the_post()->key, RP_SLICE("press:sha256:")));
	assert_int_equal(the_post()->url.n, 0);
}

static void
what_the_user_says_wins(void **state)
{
	(void)state;
	read_article("<html lang=en><title>t</title><meta name=date content=2020-01-01>"
	             "<link rel=canonical href=https://j.example/x>" PROSE,
	             "url=https://k.example/y?fbclid=1\ntitle=T\ndate=2025-01-23\n"
	             "tz=Europe/Paris\nlang=fr\n");
	assert_slice(the_post()->key, "press:https://k.example/y");
	assert_slice(the_post()->title, "T");
	assert_time(the_post()->time, "2025-01-22T23:00:00Z..2025-01-23T22:59:59Z day");
	assert_slice(batch.observations[0].version.lang, "fr");
}

static void
the_front_of_an_article_behind_a_paywall_is_marked_as_cut(void **state)
{
	(void)state;
	read_article(
		"<html>" LD("{\"@type\":\"Article\",\"isAccessibleForFree\":\"False\"}")
			PROSE,
		"");
	assert_true(batch.observations[0].version.truncated);
	read_article("<html>" LD("{\"@type\":\"Article\",\"isAccessibleForFree\":true}")
	                     PROSE,
	             "");
	assert_false(batch.observations[0].version.truncated);
}

static void
updates_of_a_live_blog_are_posts_of_their_own(void **state)
{
	const struct observation *seen;

	(void)state;
	read_article(
		"<html>" LD(
			"{\"@type\":\"LiveBlogPosting\",\"url\":\"https://j.example/"
			"live\","
			"\"headline\":\"Direct\",\"liveBlogUpdate\":["
			"{\"@type\":\"BlogPosting\",\"headline\":\"Un\",\"articleBody\":"
			"\"Le premier.\",\"datePublished\":\"2025-01-22T16:00:00+01:00\","
			"\"url\":\"https://j.example/live?utm_x=1#post-1\"},"
			"{\"headline\":\"Deux\",\"datePublished\":\"2025-01-22T17:00:"
			"00Z\"}"
			"]}"),
		"");
	assert_int_equal(batch.n_observations, 3);
	seen = the_observation("press:https://j.example/live#post-1");
	assert_int_equal(seen->post.kind, KIND_POST);
	assert_slice(seen->post.title, "Un");
	assert_slice(seen->version.text, "Le premier.");
	assert_slice(seen->post.conversation, "press:https://j.example/live");
	assert_time(seen->post.time, "2025-01-22T15:00:00Z s");
	assert_true(rp_slice_starts(batch.observations[2].post.key,
	                            RP_SLICE("press:https://j.example/live#u")));
	assert_slice(batch.observations[2].version.text, "Deux");
}

/* ---- the text ------------------------------------------------------------ */

static void
what_stands_beside_an_article_is_no_part_of_it(void **state)
{
	(void)state;
	read_article(
		"<html><body><nav><p>Accueil</p></nav><article><header><h1>T</h1></"
		"header>"
		"<p>Un <b>deux</b><br>trois&shy;quarts.</p><div "
		"class=newsletter-box><p>Non."
		"</p></div><h2>Inter</h2><ul><li>a<li>b</ul><blockquote cite=/c>Cité."
		"</blockquote><aside><p>Non.</p></aside><figure><img><figcaption>Légende"
		"</figcaption></figure><p class=lire-aussi>Non.</p><p>Lire aussi : "
		"non</p>"
		"<form><p>Non.</p></form>" PROSE
		"</article><article><p>Autre.</p></article>"
		"<footer><p>©</p></footer>",
		"");
	assert_slice(
		buf_slice(&seen_blocks),
		"p Un deux troisquarts.\nh Inter\nl a\nl b\nb Cité.\nf Légende\n"
		"p Un paragraphe de la page, assez long pour qu’il ne soit pas pris pour "
		"une page d’erreur, avec des mots et encore des mots.\n");
	assert_true(
		rp_slice_starts(the_text(), RP_SLICE("Un deux troisquarts.\n\nInter\n\n- "
	                                             "a\n\n- b\n\n> Cité.\n\n")));
}

static void
pull_quotes_stay_with_the_line_that_credits_them(void **state)
{
	(void)state;
	read_article(
		"<html><article>" PROSE "<aside class='exergue'><blockquote>Personne ne "
		"paiera.</blockquote><figcaption>Bo Li, sur "
		"X</figcaption></aside><figure "
		"class=pullquote><blockquote><p>Deux.</p><cite>Ana</cite></blockquote>"
		"</figure></article>",
		"");
	assert_true(rp_slice_find(buf_slice(&seen_blocks),
	                          RP_SLICE("q Personne ne paiera.\nc Bo Li, sur X\nq "
	                                   "Deux.\nc Ana\n")) < seen_blocks.n);
}

static void
two_line_breaks_part_paragraphs(void **state)
{
	(void)state;
	read_article(
		"<html><meta property=og:type content=article><body>Un<br>deux<br>\n<br>"
		"trois <q>quatre</q>",
		"");
	assert_slice(buf_slice(&seen_blocks), "p Un deux\np trois “quatre”\n");
}

static void
a_shell_that_scripts_fill_is_read_from_the_metadata(void **state)
{
	(void)state;
	read_article(
		"<html>" LD(
			"{\"@type\":\"Article\",\"articleBody\":\"Un d\\u00e9but assez "
			"long.\\n\\nUne suite.\"}") "<body><div id=root></div>",
		"");
	assert_slice(the_text(), "Un début assez long.\n\nUne suite.");
}

static void
quotations_belong_to_their_article_and_are_not_later_than_it(void **state)
{
	const struct observation *seen;

	(void)state;
	read_article("<html lang=fr><meta name=date content=2025-01-23T09:00:00Z><link "
	             "rel=canonical href=https://j.example/x><p>«Un», dit Ana "
	             "Petit.</p><p>«Deux»"
	             "</p>" PROSE,
	             "");
	seen = the_observation("press:https://j.example/x#q1");
	assert_int_equal(seen->post.kind, KIND_PRESS_QUOTE);
	assert_slice(seen->post.author, "spoken:@Ana Petit");
	assert_slice(seen->post.conversation, "press:https://j.example/x");
	assert_slice(seen->version.text, "Un");
	assert_slice(seen->version.lang, "fr");
	assert_time(seen->post.time, "..2025-01-23T09:00:00Z day");
	assert_slice(the_account("spoken:@Ana Petit")->name, "Ana Petit");
	assert_int_equal(the_observation("press:https://j.example/x#q2")->post.author.n,
	                 0);
}

static void
links_to_posts_become_edges_and_others_do_not(void **state)
{
	(void)state;
	read_article("<html><article>" PROSE "<p><a href=https://x.com/sama/status/"
	             "1882106524090482701>là</a> <a href='javascript:x'>a</a> <a "
	             "href='data:,x'>b"
	             "</a> <a href=//x.com/a>c</a> <a href=/d>d</a></p></article>",
	             "");
	assert_edges(&batch.observations[0], "link x:1882106524090482701");
}

static void
translations_say_the_same(void **state)
{
	(void)state;
	read_article(
		"<html lang=fr-CH><link rel=canonical href=https://j.example/fr/a><link "
		"rel=alternate hreflang=fr href=/fr-fr/a><link rel=alternate hreflang=en "
		"href=/en/a?utm_x=1><link rel=alternate hreflang=de href=/><link "
		"rel=alternate hreflang=x-default href=/y><link rel=alternate "
		"type=application/rss+xml href=/feed>" PROSE,
		"");
	assert_edges(&batch.observations[0], "same_as press:https://j.example/en/a");
}

/* ---- texts without markup ------------------------------------------------ */

static void
a_text_has_a_headline_a_front_and_paragraphs(void **state)
{
	(void)state;
	read_article("Le titre de l’article\n\nPar Ana Petit\n23 janvier 2025\n"
	             "https://j.example/a?utm_source=x\n\nUn para-\ngraphe sur "
	             "deux\nlignes.\n\n"
	             "Le second paragraphe, qui doit être assez long pour compter comme "
	             "un texte "
	             "que quelqu’un a écrit, mot après mot.\n",
	             "tz=Europe/Paris\n");
	assert_slice(the_post()->title, "Le titre de l’article");
	assert_slice(the_post()->key, "press:https://j.example/a");
	assert_slice(the_post()->author, "press:@j.example");
	assert_time(the_post()->time, "2025-01-22T23:00:00Z..2025-01-23T22:59:59Z day");
	assert_true(rp_slice_starts(
		the_text(), RP_SLICE("Un para-graphe sur deux lignes.\n\nLe second ")));
}

static void
a_text_without_an_outlet_is_by_who_wrote_it(void **state)
{
	(void)state;
	read_article("Le titre\n\nPar Ana Petit\n\nUn paragraphe.\n\nUn autre.\n", "");
	assert_slice(the_post()->author, "press:@Ana Petit");
	assert_slice(the_account("press:@Ana Petit")->name, "Ana Petit");
}

static void
lines_are_paragraphs_where_no_line_is_empty(void **state)
{
	(void)state;
	read_article("Titre\nUn premier paragraphe assez long pour ne pas être un titre, "
	             "et il "
	             "continue encore.\r\nUn second.\r\n",
	             "");
	assert_slice(
		buf_slice(&seen_blocks),
		"p Un premier paragraphe assez long pour ne pas être un titre, et il "
		"continue encore.\np Un second.\n");
}

/* ---- what is none -------------------------------------------------------- */

static void
assert_rejected(struct rp_slice page, const char *reason)
{
	read_bytes(page, "");
	assert_int_equal(batch.n_observations, 0);
	assert_int_equal(batch.n_records, 0);
	assert_int_equal(batch.n_rejects, 1);
	assert_int_equal(batch.rejects[0].bytes, page.n);
	assert_slice(batch.rejects[0].reason, reason);
}

static void
a_page_without_text_is_one_reject(void **state)
{
	(void)state;
	assert_rejected(RP_SLICE("<html><body><div id=root></div><script>x()</script>"),
	                "no text in it: a page that scripts fill, or an error page");
	assert_rejected(
		RP_SLICE("<html><title>404 Not Found</title><center><h1>404</h1></"
	                 "center><hr><center>nginx</center>"),
		"too little text for an article: an error page, or one that scripts "
		"fill");
	assert_rejected(
		RP_SLICE("<html>" LD("{\"@type\":\"Article\",\"isAccessibleForFree\":"
	                             "false}")),
		"no text in it: the article is behind a paywall");
	assert_rejected(RP_SLICE("WEBVTT\n\n00:01.000 --> 00:02.000\nHere we are.\n"),
	                "captions, no article");
	assert_rejected(RP_SLICE("1\n00:00:01,000 --> 00:00:02,000\nHere we are.\n"),
	                "captions, no article");
	assert_rejected(RP_SLICE("A headline, and no more"),
	                "no article: there is nothing in it but a headline and its like");
}

static void
hostile_pages_take_linear_time_and_are_kept(void **state)
{
	static const char *const units[] = {
		"<div>",
		"<p>",
		"<blockquote>",
		"<blockquote class=twitter-tweet>",
		"<a href=https://x.com/a/status/2001>",
		"<aside class=quote><p>x",
		"<meta name=date content=2025-01-01>",
		"<div data-content='<blockquote>'>",
		"<script type=application/ld+json>{\"@graph\":[</script>",
		"<script type=application/ld+json>[{\"@graph\":{}},</script>",
		"<br>x",
		"<iframe src=//platform.twitter.com/embed/Tweet.html?id=1></iframe>",
		"<q>",
	};
	const size_t n = 256 << 10;
	char *page = malloc(n + 64);

	(void)state;
	assert_non_null(page);
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		const size_t length = strlen(units[i]);
		size_t at = 6;

		memcpy(page, "<html>", at);
		for (; at + length <= n; at += length)
			memcpy(page + at, units[i], length);
		read_bytes(rp_slice_from(page, at), "");
		assert_true(batch.n_records + batch.n_rejects == 1);
	}
	free(page);
}

static void
an_article_too_long_to_be_searched_is_kept_without_its_quotations(void **state)
{
	const size_t n = 4 << 20;
	char *page = malloc(n);

	(void)state;
	assert_non_null(page);
	memset(page, 'x', n);
	memcpy(page, "<html><p>«Un» ", 15);
	for (size_t i = 100; i < n; i += 100)
		memcpy(page + i, "<p>", 3);
	read_bytes(rp_slice_from(page, n), "");
	free(page);
	assert_int_equal(batch.n_observations, 1);
	assert_int_equal(batch.n_records, 1);
	assert_int_equal(batch.n_rejects, 1);
	assert_int_equal(batch.rejects[0].bytes, 0);
	assert_slice(batch.rejects[0].reason, "too long to be searched for quotations");
}

/* ---- is it one ----------------------------------------------------------- */

static int
sniff(const char *head)
{
	const struct input input = { .name = RP_SLICE("-") };

	return article_collector.sniff(rp_slice_str(head), &input);
}

static void
pages_are_recognised_articles_surest(void **state)
{
	(void)state;
	assert_true(sniff("<!DOCTYPE html><html><meta property=article:published_time>") >
	            sniff("\xef\xbb\xbf <!doctype HTML><html><p>x"));
	assert_true(sniff("<!doctype HTML><p>x") > 40);
	assert_int_equal(sniff("<?xml version='1.0'?><rss><channel><title>x"), 0);
	assert_int_equal(sniff("{\"a\":\"<html>\"}"), 0);
	assert_int_equal(sniff("a;b;c\n1;2;3\n"), 0);
	assert_int_equal(sniff(""), 0);
}

#define PLAIN                                                                             \
	"Un paragraphe assez long pour être de la prose, avec des mots, et un peu plus " \
	"long que les lignes des manuels.\n\n"

static void
a_text_is_an_article_when_it_says_whose_when_or_lets_speak(void **state)
{
	(void)state;
	assert_int_equal(sniff("Un titre de journal\n\n" PLAIN PLAIN), 0);
	assert_int_equal(sniff("Un titre de journal\n\nPar Ana Petit\n\n" PLAIN PLAIN),
	                 10);
	assert_int_equal(sniff("Un titre de journal\n21 janvier 2026\n\n" PLAIN PLAIN),
	                 10);
	assert_int_equal(
		sniff("Un titre de journal\nhttps://journal.example/2026/un\n\n" PLAIN
	                      PLAIN),
		10);
	assert_int_equal(
		sniff("Un titre de journal\n\n"
	              "« Nous avons besoin de temps », a déclaré Ana Petit, directrice "
	              "de la banque du centre.\n\n"
	              "« Ce n’est pas un divorce », a assuré Ana Petit devant tous "
	              "ceux qui étaient là.\n"),
		10);
	assert_int_equal(sniff("Par Ana Petit\n" PLAIN), 0);
}

static void
a_text_with_signs_of_something_else_is_no_article(void **state)
{
	(void)state;
	assert_int_equal(sniff("Un titre\n========\nPar Ana Petit\n\n" PLAIN PLAIN), 0);
	assert_int_equal(sniff("Un titre de journal\nPar Ana Petit\n\n" PLAIN PLAIN
	                       "License: none of this is anybody's.\n"),
	                 0);
	assert_int_equal(sniff("Un titre de journal\nPar Ana Petit\n\n" PLAIN PLAIN
	                       "int main(void)\n{\n\treturn 0;\n}\n"),
	                 0);
	assert_int_equal(sniff("Un titre de journal\nPar Ana Petit\n\n" PLAIN
	                       "* one\n* two\n* three\n" PLAIN),
	                 0);
	assert_int_equal(sniff("Un titre de journal\nPar Ana Petit\n\n" PLAIN
	                       "Name: one\nSize: two\nType: three\n" PLAIN),
	                 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_article_is_a_post_by_its_outlet),
		cmocka_unit_test(json_ld_is_read_in_all_its_forms),
		cmocka_unit_test(the_earliest_time_counts_and_the_finer_of_two_that_fit),
		cmocka_unit_test(a_printed_date_is_the_last_resort),
		cmocka_unit_test(dates_of_something_else_are_none_of_the_article),
		cmocka_unit_test(a_day_is_a_day_of_the_publishers_zone),
		cmocka_unit_test(the_address_is_the_pages_own_and_no_home_page),
		cmocka_unit_test(an_address_that_is_no_key_is_none),
		cmocka_unit_test(what_the_user_says_wins),
		cmocka_unit_test(
			the_front_of_an_article_behind_a_paywall_is_marked_as_cut),
		cmocka_unit_test(updates_of_a_live_blog_are_posts_of_their_own),
		cmocka_unit_test(what_stands_beside_an_article_is_no_part_of_it),
		cmocka_unit_test(pull_quotes_stay_with_the_line_that_credits_them),
		cmocka_unit_test(two_line_breaks_part_paragraphs),
		cmocka_unit_test(a_shell_that_scripts_fill_is_read_from_the_metadata),
		cmocka_unit_test(
			quotations_belong_to_their_article_and_are_not_later_than_it),
		cmocka_unit_test(links_to_posts_become_edges_and_others_do_not),
		cmocka_unit_test(translations_say_the_same),
		cmocka_unit_test(a_text_has_a_headline_a_front_and_paragraphs),
		cmocka_unit_test(a_text_without_an_outlet_is_by_who_wrote_it),
		cmocka_unit_test(lines_are_paragraphs_where_no_line_is_empty),
		cmocka_unit_test(a_page_without_text_is_one_reject),
		cmocka_unit_test(hostile_pages_take_linear_time_and_are_kept),
		cmocka_unit_test(
			an_article_too_long_to_be_searched_is_kept_without_its_quotations),
		cmocka_unit_test(pages_are_recognised_articles_surest),
		cmocka_unit_test(
			a_text_is_an_article_when_it_says_whose_when_or_lets_speak),
		cmocka_unit_test(a_text_with_signs_of_something_else_is_no_article),
	};

	return cmocka_run_group_tests_name("article", tests, begin, finish);
}
