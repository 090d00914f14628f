#include "core/parse/xml.h"

#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SHOWN_MAX_BYTES = 64 << 20 };

/* A copy of exactly the text's size, so that a sanitizer sees what is read past it. */
static struct xml *xml;
static struct rp_buf shown;
static char *copy;
static struct rp_error err;

static int
begin(void **state)
{
	(void)state;
	buf_init(&shown, SHOWN_MAX_BYTES);
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	xml = xml_close(xml);
	buf_done(&shown);
	free(copy);
	copy = NULL;
	return 0;
}

static void
open_as(struct rp_slice text, struct rp_slice encoding)
{
	xml = xml_close(xml);
	free(copy);
	copy = malloc(text.n ? text.n : 1);
	assert_non_null(copy);
	memcpy(copy, text.p, text.n);
	assert_ok(xml_open(rp_slice_from(copy, text.n), encoding, &xml, &err), err);
}

/* All tokens in a row: <name>, text, </name>, and </name*> where nobody wrote it. */
static enum rp_status
show_all(void)
{
	struct xml_token token;
	enum rp_status st;

	buf_clear(&shown);
	while ((st = xml_next(xml, &token, &err)) == RP_OK) {
		assert_true(token.at <= token.end);
		if (token.kind == XML_TEXT) {
			buf_add(&shown, token.text);
			continue;
		}
		buf_add_str(&shown, token.kind == XML_END ? "</" : "<");
		if (token.space.n > 0) {
			buf_add_byte(&shown, '{');
			buf_add(&shown, token.space);
			buf_add_byte(&shown, '}');
		}
		buf_add(&shown, token.name);
		buf_add_str(&shown, token.implied ? "*>" : ">");
	}
	return st;
}

static void
reads(struct rp_slice text, const char *expected)
{
	open_as(text, RP_SLICE(""));
	if (show_all() != RP_END)
		fail_msg("%s", err.text);
	assert_slice(buf_slice(&shown), expected);
}

#define READS(text, expected) reads(RP_SLICE(text), expected)

static void
refuses(struct rp_slice text)
{
	open_as(text, RP_SLICE(""));
	assert_int_equal(show_all(), RP_BAD_ITEM);
}

static void
elements_and_texts_come_in_order(void **state)
{
	(void)state;
	READS("<?xml version='1.0'?>\n<a>one<b x='1'/><!-- no --><c>two</c></a>\n",
	      "<a>one<b></b><c>two</c></a>");
	assert_null(xml_broken(xml));
}

static void
a_namespace_is_known_by_its_address(void **state)
{
	(void)state;
	READS("<a xmlns='u:1' xmlns:p='u:2'><p:b><c xmlns=''/></p:b><c/></a>",
	      "<{u:1}a><{u:2}b><c></c></{u:2}b><{u:1}c></{u:1}c></{u:1}a>");
	READS("<r><p:x xmlns:p='u:1'/><p:x/></r>",
	      "<r><{u:1}x></{u:1}x><{p}x></{p}x></r>");
}

static void
a_prefix_everybody_knows_needs_no_declaration(void **state)
{
	(void)state;
	READS("<r><dc:creator>Bo</dc:creator></r>",
	      "<r><{http://purl.org/dc/elements/1.1/}creator>Bo"
	      "</{http://purl.org/dc/elements/1.1/}creator></r>");
	assert_non_null(xml_broken(xml));
}

static void
references_are_resolved(void **state)
{
	(void)state;
	READS("<a>&lt;b&gt; &amp;amp; &#233;&#xE9;&eacute; &quot;&apos;</a>",
	      "<a><b> &amp; \xc3\xa9\xc3\xa9\xc3\xa9 \"'</a>");
	assert_null(xml_broken(xml));
	READS("<a>it&#146;s</a>", "<a>it\xe2\x80\x99s</a>");
}

static void
a_raw_ampersand_stands_for_itself(void **state)
{
	(void)state;
	READS("<a>?a=1&b=2&copy=3 & &unheard; R&D</a>",
	      "<a>?a=1&b=2&copy=3 & &unheard; R&D</a>");
	assert_non_null(xml_broken(xml));
}

static void
cdata_is_taken_as_it_is(void **state)
{
	(void)state;
	READS("<a>x<![CDATA[<b>&amp;]]>y</a>", "<a>x<b>&amp;y</a>");
	assert_null(xml_broken(xml));
	READS("<a><![CDATA[one <![CDATA[ two]]> three</a>",
	      "<a>one <![CDATA[ two three</a>");
}

static void
control_characters_are_left_out(void **state)
{
	(void)state;
	READS("<a>1\x01\x1b"
	      "2&#27;3\0"
	      "4\r\n5\r6</a>",
	      "<a>1234\n5\n6</a>");
}

static void
attributes_are_read_in_any_quotes(void **state)
{
	struct xml_token token;

	(void)state;
	open_as(RP_SLICE("<a one=\"1 &amp; 2\" two='>' three=3 four xml:lang='fr'/>"),
	        RP_SLICE(""));
	assert_ok(xml_next(xml, &token, &err), err);
	assert_slice(xml_attribute(xml, "one"), "1 & 2");
	assert_slice(xml_attribute(xml, "two"), ">");
	assert_slice(xml_attribute(xml, "three"), "3");
	assert_slice(xml_attribute(xml, "four"), "");
	assert_slice(xml_attribute(xml, "lang"), "");
	assert_slice(xml_attribute_in(xml, XML_SPACE, "lang"), "fr");
}

static void
a_text_cut_off_anywhere_still_ends_every_element(void **state)
{
	static const char whole[] =
		"<?xml version='1.0'?><r><i a='1'>t&amp;</i><i><![CDATA[x]]></i></r>";

	(void)state;
	READS("<r><i>one</i><i>tw", "<r><i>one</i><i>tw</i*></r*>");
	assert_non_null(xml_broken(xml));
	READS("<r><i>one</i><i", "<r><i>one</i></r*>");
	for (size_t n = 0; n < sizeof(whole) - 1; n++) {
		open_as(rp_slice_from(whole, n), RP_SLICE(""));
		assert_int_equal(show_all(), RP_END);
		assert_true(rp_slice_find(buf_slice(&shown), RP_SLICE("<r>")) ==
		                    shown.n ||
		            rp_slice_ends(buf_slice(&shown), RP_SLICE("</r*>")) ||
		            rp_slice_ends(buf_slice(&shown), RP_SLICE("</r>")));
		assert_true(xml_broken(xml) != NULL ||
		            n < sizeof("<?xml version='1.0'?>"));
	}
}

static void
a_missing_end_tag_costs_that_element_alone(void **state)
{
	(void)state;
	READS("<r><i>a <b>bold<br>line</i><i>c</i></r>",
	      "<r><i>a <b>bold<br></br>line</b*></i><i>c</i></r>");
	READS("<r><i>a</x></i></b><i>c</i></r>", "<r><i>a</i><i>c</i></r>");
	READS("<r><Title>a</title></r>", "<r><Title>a</Title></r>");
	assert_non_null(xml_broken(xml));
	READS("<r><i>a</i></r", "<r><i>a</i></r>");
}

static void
a_less_than_sign_in_a_text_is_text(void **state)
{
	(void)state;
	READS("<a>1 < 2 <3 << <b/></a>", "<a>1 < 2 <3 << <b></b></a>");
}

static void
what_stands_around_the_root_is_passed_by(void **state)
{
	(void)state;
	READS("\n junk <!DOCTYPE html><a>x</a> more <b>y</b>", "<a>x</a>");
	assert_non_null(xml_broken(xml));
	READS("", "");
	READS("  \n", "");
}

static void
entities_of_the_document_are_expanded(void **state)
{
	(void)state;
	READS("<!DOCTYPE a [<!-- ' --><!ENTITY who \"Bo &amp; Al\">\n<!ENTITY x "
	      "'&who;!'>]>"
	      "<a>&x; &who;</a>",
	      "<a>Bo & Al! Bo & Al</a>");
}

static void
no_entity_comes_from_elsewhere(void **state)
{
	(void)state;
	READS("<!DOCTYPE a SYSTEM 'http://h.example/a.dtd' [<!ENTITY f SYSTEM "
	      "\"file:///etc/passwd\"><!ENTITY % p SYSTEM 'file:///etc/hosts'> %p;]>"
	      "<a>&f;</a>",
	      "<a>&f;</a>");
}

static void
entities_that_grow_are_refused(void **state)
{
	char text[4096];
	size_t n = 0;

	(void)state;
	n += (size_t)snprintf(text, sizeof(text), "<!DOCTYPE a [<!ENTITY e0 \"lol\">");
	for (int i = 1; i < 10; i++) {
		n += (size_t)snprintf(text + n, sizeof(text) - n, "<!ENTITY e%d \"", i);
		for (int k = 0; k < 10; k++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "&e%d;", i - 1);
		n += (size_t)snprintf(text + n, sizeof(text) - n, "\">");
	}
	n += (size_t)snprintf(text + n, sizeof(text) - n, "]><a>&e9;</a>");
	refuses(rp_slice_from(text, n));
	refuses(RP_SLICE("<!DOCTYPE a [<!ENTITY x \"&x;\">]><a>&x;</a>"));
}

/* `lead`, then n times `unit`, then `end`. */
static struct rp_slice
many(const char *lead, const char *unit, size_t n, const char *end)
{
	static struct rp_buf text;

	buf_done(&text);
	buf_init(&text, SHOWN_MAX_BYTES);
	buf_add_str(&text, lead);
	for (size_t i = 0; i < n; i++)
		buf_add_str(&text, unit);
	buf_add_str(&text, end);
	return buf_slice(&text);
}

static void
a_long_entity_said_often_is_refused(void **state)
{
	struct rp_buf lead;

	(void)state;
	buf_init(&lead, 1 << 20);
	buf_add_str(&lead, "<!DOCTYPE a [<!ENTITY x \"");
	for (int i = 0; i < 60000; i++)
		buf_add_byte(&lead, 'x');
	buf_add(&lead, rp_slice_from("\">]><a>\0", 8));
	refuses(many(lead.p, "&x;", 60000, "</a>"));
	buf_done(&lead);
}

static void
what_has_no_measure_is_refused(void **state)
{
	(void)state;
	refuses(many("", "<a>", 300000, ""));
	refuses(many("<a ", "b='1' ", 1000000, "/>"));
	refuses(many("<a b='", "x", 1000000, "'/>"));
	refuses(many("<a>", "<b xmlns:c='1'>", 300, ""));
}

static void
time_is_linear_whatever_is_left_open(void **state)
{
	static const char *const units[] = { "<a>x</a>", "</b>",   "<!--", "<![CDATA[",
		                             "&x",       "<a b='", "<",    "<br>",
		                             "]]>",      "<?" };
	const clock_t begun = clock();

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		open_as(many("<r>", units[i], 100000, "</r>"), RP_SLICE(""));
		(void)show_all();
	}
	assert_true((clock() - begun) / CLOCKS_PER_SEC < 5);
}

static void
encodings_are_told_by_mark_declaration_or_zeros(void **state)
{
	(void)state;
	READS("\xef\xbb\xbf<a>\xc3\xa9</a>", "<a>\xc3\xa9</a>");
	READS("<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9\x92</a>",
	      "<a>\xc3\xa9\xe2\x80\x99</a>");
	assert_false(xml_damaged(xml));
	READS("\xff\xfe<\0a\0>\0\xe9\0<\0/\0a\0>\0", "<a>\xc3\xa9</a>");
	READS("\0<\0a\0>\0\xe9\0<\0/\0a\0>", "<a>\xc3\xa9</a>");
	open_as(RP_SLICE("<a>\xe9</a>"), RP_SLICE("windows-1252"));
	assert_int_equal(show_all(), RP_END);
	assert_slice(buf_slice(&shown), "<a>\xc3\xa9</a>");
}

static void
bytes_that_fit_no_declaration_are_read_and_told(void **state)
{
	(void)state;
	READS("<?xml version='1.0' encoding='utf-8'?><a>\xe9</a>", "<a>\xc3\xa9</a>");
	assert_true(xml_damaged(xml));
	READS("<?xml version='1.0' encoding='none-such'?><a>\xc3\xa9</a>",
	      "<a>\xc3\xa9</a>");
	assert_true(xml_damaged(xml));
	READS("<?xml version='1.0' encoding='utf-16'?><a>\xc3\xa9</a>",
	      "<a>\xc3\xa9</a>");
}

static struct xml_token
find(const char *name)
{
	struct xml_token token;

	while (xml_next(xml, &token, &err) == RP_OK)
		if (token.kind == XML_ELEMENT &&
		    rp_slice_eq(token.name, rp_slice_str(name)))
			return token;
	fail_msg("no <%s>", name);
	return token;
}

static void
the_place_of_an_element_is_that_in_the_file(void **state)
{
	static const char latin[] =
		"<?xml version='1.0' encoding='iso-8859-1'?><r>\xe9\x80<i>\xe9</i></r>";
	struct xml_token token, end;

	(void)state;
	open_as(RP_SLICE("\xef\xbb\xbf<r>\xc3\xa9<i>x</i></r>"), RP_SLICE(""));
	token = find("i");
	assert_int_equal(xml_source(xml, token.at), 8);
	open_as(rp_slice_from(latin, sizeof(latin) - 1), RP_SLICE(""));
	token = find("i");
	assert_ok(xml_skip(xml, &end, &err), err);
	assert_memory_equal(latin + xml_source(xml, token.at), "<i>\xe9</i>", 8);
	assert_int_equal(xml_source(xml, end.end) - xml_source(xml, token.at), 8);
	open_as(RP_SLICE("\xff\xfe<\0r\0/\0>\0"), RP_SLICE(""));
	token = find("r");
	assert_true(xml_source(xml, token.end) == SIZE_MAX);
}

static void
the_inside_of_an_element_is_text_or_markup(void **state)
{
	static const char text[] = "<r xmlns:h='u'><i>a<h:b h:x='1' y='\"2\"'>&lt;c</h:b>"
				   "<br/>d</i><j/>e</r>";
	struct xml_token token;

	(void)state;
	open_as(rp_slice_from(text, sizeof(text) - 1), RP_SLICE(""));
	(void)find("i");
	assert_ok(xml_text_in(xml, &shown, &token, &err), err);
	assert_slice(buf_slice(&shown), "a<cd");
	assert_slice(token.name, "i");
	open_as(rp_slice_from(text, sizeof(text) - 1), RP_SLICE(""));
	(void)find("i");
	buf_clear(&shown);
	assert_ok(xml_markup_in(xml, &shown, NULL, &err), err);
	assert_slice(buf_slice(&shown), "a<b y=\"&quot;2&quot;\">&lt;c</b><br>d");
	(void)find("j");
	buf_clear(&shown);
	assert_ok(xml_text_in(xml, &shown, NULL, &err), err);
	assert_slice(buf_slice(&shown), "");
	assert_ok(xml_next(xml, &token, &err), err);
	assert_slice(token.text, "e");
}

#define SPEC(test) cmocka_unit_test_setup_teardown(test, begin, finish)

int
main(void)
{
	const struct CMUnitTest specs[] = {
		SPEC(elements_and_texts_come_in_order),
		SPEC(a_namespace_is_known_by_its_address),
		SPEC(a_prefix_everybody_knows_needs_no_declaration),
		SPEC(references_are_resolved),
		SPEC(a_raw_ampersand_stands_for_itself),
		SPEC(cdata_is_taken_as_it_is),
		SPEC(control_characters_are_left_out),
		SPEC(attributes_are_read_in_any_quotes),
		SPEC(a_text_cut_off_anywhere_still_ends_every_element),
		SPEC(a_missing_end_tag_costs_that_element_alone),
		SPEC(a_less_than_sign_in_a_text_is_text),
		SPEC(what_stands_around_the_root_is_passed_by),
		SPEC(entities_of_the_document_are_expanded),
		SPEC(no_entity_comes_from_elsewhere),
		SPEC(entities_that_grow_are_refused),
		SPEC(a_long_entity_said_often_is_refused),
		SPEC(what_has_no_measure_is_refused),
		SPEC(time_is_linear_whatever_is_left_open),
		SPEC(encodings_are_told_by_mark_declaration_or_zeros),
		SPEC(bytes_that_fit_no_declaration_are_read_and_told),
		SPEC(the_place_of_an_element_is_that_in_the_file),
		SPEC(the_inside_of_an_element_is_text_or_markup),
	};

	return cmocka_run_group_tests_name("xml", specs, NULL, NULL);
}
