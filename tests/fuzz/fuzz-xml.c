/*
 * Any bytes as XML: reading ends, every element does, in order and inside the text, and
 * what is read as markup is read the same again.
 */
#include "core/base/utf8.h"
#include "core/parse/xml.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool truth, const char *what)
{
	if (truth)
		return;
	(void)fprintf(stderr, "fuzz-xml: %s\n", what);
	abort();
}

static void
check_token(struct xml *xml, const struct xml_token *token, uint32_t *depth, size_t *at)
{
	require(token->at <= token->end, "a token that ends before it begins");
	require(token->at >= *at, "a token before the last one");
	*at = token->at;
	switch (token->kind) {
	case XML_ELEMENT:
		require(token->depth == ++*depth, "depth of an element");
		require(token->depth <= XML_MAX_DEPTH, "too deep");
		require(utf8_valid(token->name) && utf8_valid(token->space), "name");
		require(utf8_valid(xml_attribute(xml, "href")), "attribute");
		require(utf8_valid(xml_attribute_in(xml, XML_SPACE, "lang")), "lang");
		break;
	case XML_END:
		require(token->depth == (*depth)--, "depth of an end");
		break;
	case XML_TEXT:
		require(token->depth == *depth, "depth of a text");
		require(utf8_valid(token->text), "text");
		break;
	}
}

/* Token by token. */
static void
walk(struct rp_slice bytes)
{
	CLEANUP(xml_close) struct xml *xml = NULL;
	struct xml_token token;
	uint32_t depth = 0;
	size_t at = 0, source = 0;
	enum rp_status st = xml_open(bytes, RP_SLICE(""), &xml, NULL);

	require(st == RP_OK, "it does not open");
	while ((st = xml_next(xml, &token, NULL)) == RP_OK) {
		size_t from;

		check_token(xml, &token, &depth, &at);
		from = xml_source(xml, token.at);
		require(from == SIZE_MAX || (from >= source && from <= bytes.n),
		        "a place outside of the input");
		source = from == SIZE_MAX ? source : from;
	}
	require(st == RP_BAD_ITEM || (st == RP_END && depth == 0), "an end is missing");
}

/* The root's inside as markup; false: there is none. */
static bool
markup_of(struct rp_slice bytes, struct rp_buf *out)
{
	CLEANUP(xml_close) struct xml *xml = NULL;
	struct xml_token token;

	require(xml_open(bytes, RP_SLICE(""), &xml, NULL) == RP_OK, "it does not open");
	while (xml_next(xml, &token, NULL) == RP_OK)
		if (token.kind == XML_ELEMENT)
			return xml_markup_in(xml, out, NULL, NULL) == RP_OK;
	return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct rp_slice bytes = rp_slice_from((const char *)data, size);
	CLEANUP(buf_done) struct rp_buf once;

	buf_init(&once, 1 << 26);
	walk(bytes);
	if (markup_of(bytes, &once)) {
		require(utf8_valid(buf_slice(&once)), "markup");
		walk(buf_slice(&once));
	}
	return 0;
}
