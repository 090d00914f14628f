#include "core/parse/html.h"
#include "tests/support/spec.h"

#include <stdlib.h>

static struct arena *arena;
static struct html html;
static struct rp_error err;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(400 << 20);
	return arena == NULL;
}

static int
finish(void **state)
{
	(void)state;
	arena = arena_free(arena);
	return 0;
}

/* From memory of exactly its size, so that a sanitizer sees a byte read past its end. */
static enum rp_status
read_page(struct rp_slice page, const char *encoding)
{
	char *copy = malloc(page.n + 1);
	enum rp_status st;

	assert_non_null(copy);
	if (page.n > 0)
		memcpy(copy + 1, page.p, page.n);
	st = html_parse(arena, rp_slice_from(copy + 1, page.n), rp_slice_str(encoding),
	                &html, &err);
	free(copy);
	return st;
}

static struct rp_slice
text_of(const char *page)
{
	struct html_text text;

	assert_ok(read_page(rp_slice_str(page), "utf-8"), err);
	assert_true(html_text(arena, &html, 0, &text));
	return text.text;
}

static uint32_t
find(const char *name)
{
	uint32_t node = 0;

	while (node != HTML_NONE &&
	       !rp_slice_eq(html.nodes[node].name, rp_slice_str(name)))
		node = html_after(&html, node, 0);
	return node;
}

/* ---- texts --------------------------------------------------------------- */

static void
blocks_stand_apart_and_blanks_collapse(void **state)
{
	(void)state;
	assert_slice(text_of("<p>Il  dit\n non.</p><p>Elle<br>part.</p>"),
	             "Il dit non.\n\nElle\npart.");
	assert_slice(text_of("<div><div><h1>A</h1></div></div>\n<section>b "
	                     "<b>c</b>d</section>"),
	             "A\n\nb cd");
	assert_slice(text_of("a<br><br><br>b"), "a\n\nb");
	assert_slice(text_of("<p>dix&nbsp;000&#8239;$</p>"), "dix\u00a0000\u202f$");
	assert_slice(text_of("<pre>a  b\n\nc</pre>"), "a b\n\nc");
	assert_slice(text_of("<table><tr><td>a<td>b<tr><td>c</table>"), "a b\nc");
	assert_slice(text_of(""), "");
}

static void
lists_and_quotations_are_marked(void **state)
{
	(void)state;
	assert_slice(text_of("x<ul><li>a<li>b</ul>y"), "x\n\n- a\n- b\n\ny");
	assert_slice(text_of("x<blockquote><p>a<br>b</p><p>c</blockquote>y"),
	             "x\n\n> a\n> b\n\n> c\n\ny");
	assert_slice(text_of("<p>Il dit <q>non</q>."), "Il dit “non”.");
}

static void
what_is_not_shown_is_no_text(void **state)
{
	(void)state;
	assert_slice(
		text_of("<title>t</title>a<script>if (1 < 2) x = '<p>no';</script>"
	                "<style>p{}</style><template><p>no</template>"
	                "<noscript><p>no</noscript><p hidden>no</p><!-- no "
	                "--><textarea>no"
	                "</textarea><iframe><p>no</iframe><svg><text>no</text></svg>b"),
		"ab");
	assert_slice(text_of("<script>var s = \"</scr\" + \"ipt>\";</script>b"), "b");
	assert_slice(text_of("<SCRIPT>x</ScRiPt >b"), "b");
	assert_slice(text_of("a<script>never ends"), "a");
	assert_slice(text_of("a<!-- never ends"), "a");
	assert_slice(text_of("a<!-->b<!--->c<!-- > -- > --!>d"), "abcd");
	assert_slice(text_of("<?php x ?><!DOCTYPE html>a</ b>c"), "ac");
}

static void
what_only_looks_like_a_tag_is_text(void **state)
{
	(void)state;
	assert_slice(text_of("1 < 2 <3 a<>b <"), "1 < 2 <3 a<>b <");
	assert_slice(text_of("a</>b"), "ab");
}

static void
entities_are_characters(void **state)
{
	(void)state;
	assert_slice(
		text_of("&amp;lt; &eacute;&#233;&#xE9;&#Xe9; &laquo;&raquo; &hellip;"),
		"&lt; éééé «» …");
	assert_slice(text_of("&eacute &notit; &notin; &ampx &foo; & &; &# &#x; &#;"),
	             "é ¬it; ∉ &x &foo; & &; &# &#x; &#;");
	assert_slice(text_of("&#146;&#0;&#xD800;&#x110000;&#99999999999999999999;"),
	             "’\uFFFD\uFFFD\uFFFD\uFFFD");
	assert_slice(text_of("&nGt;&CounterClockwiseContourIntegral;&zwnj;&AElig"),
	             "≫⃒∳\u200cÆ");
	assert_ok(read_page(RP_SLICE("<a href='?a=1&copy=2&amp;b&copy;&copyx'>"), ""),
	          err);
	assert_slice(html_get(&html, 1, "href"), "?a=1&copy=2&b©&copyx");
}

static void
links_know_where_they_stand(void **state)
{
	struct html_text text;

	(void)state;
	assert_ok(
		read_page(RP_SLICE("a <a href=' /x ' class=u rel=nofollow> b <b>c</b></a>"
	                           "<p><a href=y>d</a><a href=z><img></a><a>e</a>"),
	                  ""),
		err);
	assert_true(html_text(arena, &html, 0, &text));
	assert_slice(text.text, "a b c\n\nde");
	assert_int_equal(text.n_links, 3);
	assert_slice(text.links[0].href, "/x");
	assert_slice(text.links[0].classes, "u");
	assert_slice(text.links[0].rel, "nofollow");
	assert_slice(rp_slice_from(text.text.p + text.links[0].at, text.links[0].n),
	             "b c");
	assert_slice(rp_slice_from(text.text.p + text.links[1].at, text.links[1].n), "d");
	assert_int_equal(text.links[2].n, 0);
}

static void
mastodon_hides_parts_of_links_and_the_address_of_a_quotation(void **state)
{
	struct html_text text;

	(void)state;
	assert_ok(html_fragment_text(
			  arena,
			  RP_SLICE("<p class=\"quote-inline\">RE: https://e.example/1</p>"
	                           "<p>see <a href=\"https://e.example/long/way\">"
	                           "<span class=\"invisible\">https://</span>"
	                           "<span class=\"ellipsis\">e.example/lo</span>"
	                           "<span class=\"invisible\">ng/way</span></a>!</p>"),
			  &text, &err),
	          err);
	assert_slice(text.text, "see https://e.example/long/way!");
	assert_int_equal(text.n_links, 1);
	assert_slice(rp_slice_from(text.text.p + text.links[0].at, text.links[0].n),
	             "https://e.example/long/way");
}

/* ---- trees --------------------------------------------------------------- */

static void
names_are_in_lower_case_and_the_first_attribute_counts(void **state)
{
	(void)state;
	assert_ok(
		read_page(RP_SLICE("<DIV ID=One id=two DATA-Url = 'x y' checked/>"), ""),
		err);
	assert_slice(html.nodes[1].name, "div");
	assert_slice(html_get(&html, 1, "id"), "One");
	assert_slice(html_get(&html, 1, "data-url"), "x y");
	assert_slice(html_get(&html, 1, "checked"), "");
	assert_slice(html_get(&html, 1, "class"), "");
}

static void
words_of_an_attribute_are_found_in_any_case(void **state)
{
	(void)state;
	assert_ok(read_page(RP_SLICE("<p class=' Twitter-Tweet\nx '>"), ""), err);
	assert_true(html_has_word(&html, 1, "class", "twitter-tweet"));
	assert_true(html_has_word(&html, 1, "class", "x"));
	assert_false(html_has_word(&html, 1, "class", "tweet"));
	assert_false(html_has_word(&html, 1, "id", "x"));
}

/* The element in whose content another stands, by name. */
static void
assert_inside(const char *page, const char *inner, const char *outer)
{
	uint32_t node;

	assert_ok(read_page(rp_slice_str(page), ""), err);
	node = find(inner);
	assert_int_not_equal(node, HTML_NONE);
	assert_slice(html.nodes[html.nodes[node].parent].name, outer);
}

static void
tags_left_out_are_understood(void **state)
{
	(void)state;
	assert_inside("<article><p>a<figure>b</article>", "figure", "article");
	assert_inside("<ul><li>a<ul><li>b</ul><li><i>c</ul>", "i", "li");
	assert_inside("<ul><li>a<li><i>b</ul>", "i", "li");
	assert_inside("<table><tr><td><p>a<td><i>b", "i", "td");
	assert_inside("<table><tr><td><table><tr><td>x</table><i>b", "i", "td");
	assert_inside("<dl><dt>a<dd><i>b</dl>", "i", "dd");
	assert_inside("<p>a<b>b<p>c</b><i>", "i", "p");
	assert_inside("<div><a href=x>a<a href=y><i>b</div>", "i", "a");
	assert_inside("<head><meta><body><i>", "i", "body");
	assert_inside("<div>a</span></p></body></html><i>", "i", "div");
	assert_inside("<br></br><img><i>", "i", "");
}

static void
what_stands_behind_is_found_in_the_order_of_the_text(void **state)
{
	uint32_t div, p;

	(void)state;
	assert_ok(read_page(RP_SLICE("<div><p>a</p><i>b</i></div><b>c</b>"), ""), err);
	div = find("div");
	p = find("p");
	assert_slice(html.nodes[html_after(&html, p, div)].text, "a");
	assert_slice(html.nodes[html_beyond(&html, p, div)].name, "i");
	assert_int_equal(html_beyond(&html, find("i"), div), HTML_NONE);
	assert_int_equal(html_beyond(&html, p, p), HTML_NONE);
	assert_slice(html.nodes[html_beyond(&html, find("i"), 0)].name, "b");
}

/* ---- encodings ----------------------------------------------------------- */

static struct rp_slice
text_in(struct rp_slice page, const char *encoding)
{
	struct html_text text;

	assert_ok(read_page(page, encoding), err);
	assert_true(html_text(arena, &html, 0, &text));
	return text.text;
}

static void
the_encoding_is_the_marks_the_headers_the_metas_or_guessed(void **state)
{
	(void)state;
	assert_slice(text_in(RP_SLICE("\xef\xbb\xbf\xc3\xa9"), "windows-1252"), "é");
	assert_slice(text_in(RP_SLICE("\xff\xfe<\0p\0>\0\xe9\0"), ""), "é");
	assert_slice(text_in(RP_SLICE("<meta charset=utf-8>\xe9"), "windows-1252"), "é");
	assert_slice(text_in(RP_SLICE("<meta charset='windows-1252'>\x80"), ""), "€");
	assert_slice(
		text_in(RP_SLICE("<META http-equiv=Content-Type content=\"text/html; "
	                         "charset=windows-1252\">\xc3\xa9"),
	                ""),
		"Ã©");
	assert_slice(text_in(RP_SLICE("<meta charset=utf-16>\xc3\xa9"), ""), "é");
	assert_slice(text_in(RP_SLICE("\xc3\xa9"), ""), "é");
	assert_slice(text_in(RP_SLICE("\xe9"), ""), "é");
	assert_slice(text_in(RP_SLICE("<meta charset=no-such>\xe9"), "nor-this"), "é");
	assert_false(html.damaged);
}

static void
bytes_that_fit_no_encoding_are_replaced_and_told(void **state)
{
	(void)state;
	assert_slice(text_in(RP_SLICE("a\xe9z"), "utf-8"), "a\uFFFDz");
	assert_true(html.damaged);
	assert_slice(text_in(RP_SLICE("a\0b<\0i>c"), ""), "abc");
}

/* ---- limits -------------------------------------------------------------- */

/* begin, `unit` as often as fits into n bytes. */
static struct rp_slice
many(const char *first, const char *unit, size_t n)
{
	const size_t length = strlen(unit);
	char *p = malloc(n);
	size_t at = strlen(first);

	assert_non_null(p);
	memcpy(p, first, at);
	for (; at + length <= n; at += length)
		memcpy(p + at, unit, length);
	return rp_slice_from(p, at);
}

static void
survives(const char *first, const char *unit, size_t n)
{
	struct rp_slice page = many(first, unit, n);
	struct html_text text;

	arena_reset(arena);
	assert_ok(read_page(page, "utf-8"), err);
	assert_true(html.n <= HTML_MAX_NODES);
	assert_true(html_text(arena, &html, 0, &text));
	free((char *)(uintptr_t)page.p);
}

static void
strangers_choose_how_deep_and_how_many(void **state)
{
	const size_t n = 1 << 20;

	(void)state;
	survives("", "<div>", n);
	assert_true(html.cut);
	survives("", "<b>x</i>", n);
	survives("<p", " a=b", n);
	assert_true(html.cut);
	survives("<p a=\"", "&amp;", n);
	survives("<p a=\"", "x>", n);
	survives("", "<a", n);
	survives("", "<!--", n);
	survives("", "<script>", n);
	survives("<script>", "</scripts", n);
	survives("", "</p>", n);
	survives("", "&ampamp&#1", n);
	survives("", "<a href=x>", n);
	survives("", "<li><blockquote>x<br>", n);
	survives("", "<", n);
	survives("", "<tr><td>", n);
}

static void
what_is_deeper_than_the_limit_is_still_text(void **state)
{
	struct rp_slice page = many("", "<div>", 5 * 600 + 4);
	char *whole = malloc(page.n + 10);
	struct html_text text;

	(void)state;
	assert_non_null(whole);
	memcpy(whole, page.p, page.n);
	memcpy(whole + page.n, "a</div>b", 8);
	assert_ok(read_page(rp_slice_from(whole, page.n + 8), ""), err);
	assert_true(html.cut);
	assert_true(html_text(arena, &html, 0, &text));
	assert_slice(text.text, "ab");
	free(whole);
	free((char *)(uintptr_t)page.p);
}

static void
a_page_that_is_too_long_or_for_which_there_is_no_room_is_refused(void **state)
{
	struct rp_slice page = many("", "x", HTML_MAX_BYTES + 1);
	struct arena *small = arena_new(1000);

	(void)state;
	assert_non_null(small);
	assert_int_equal(read_page(page, ""), RP_BAD_ITEM);
	page.n = 5000;
	assert_int_equal(html_parse(small, page, RP_SLICE(""), &html, &err), RP_BAD_ITEM);
	arena_free(small);
	free((char *)(uintptr_t)page.p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_stand_apart_and_blanks_collapse),
		cmocka_unit_test(lists_and_quotations_are_marked),
		cmocka_unit_test(what_is_not_shown_is_no_text),
		cmocka_unit_test(what_only_looks_like_a_tag_is_text),
		cmocka_unit_test(entities_are_characters),
		cmocka_unit_test(links_know_where_they_stand),
		cmocka_unit_test(
			mastodon_hides_parts_of_links_and_the_address_of_a_quotation),
		cmocka_unit_test(names_are_in_lower_case_and_the_first_attribute_counts),
		cmocka_unit_test(words_of_an_attribute_are_found_in_any_case),
		cmocka_unit_test(tags_left_out_are_understood),
		cmocka_unit_test(what_stands_behind_is_found_in_the_order_of_the_text),
		cmocka_unit_test(
			the_encoding_is_the_marks_the_headers_the_metas_or_guessed),
		cmocka_unit_test(bytes_that_fit_no_encoding_are_replaced_and_told),
		cmocka_unit_test(strangers_choose_how_deep_and_how_many),
		cmocka_unit_test(what_is_deeper_than_the_limit_is_still_text),
		cmocka_unit_test(
			a_page_that_is_too_long_or_for_which_there_is_no_room_is_refused),
	};

	return cmocka_run_group_tests_name("html", tests, begin, finish);
}
