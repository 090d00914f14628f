/*
 * Attributes, the inside of an element, and what else is asked of the reader.
 */
#include "core/parse/xml-inside.h"

#include "core/base/ascii.h"
#include "core/base/utf8.h"

/* ---- attributes ---------------------------------------------------------- */

static struct rp_slice
value_of(struct xml *xml, const struct xml_attribute *a)
{
	struct rp_slice copy = RP_SLICE("");

	if (xml_is_plain(a->raw, false))
		return a->raw;
	buf_clear(&xml->piece);
	xml_add_text(xml, &xml->piece, a->raw, false);
	if (buf_failed(&xml->piece) ||
	    !arena_copy(xml->values, buf_slice(&xml->piece), &copy))
		return RP_SLICE("");
	return copy;
}

struct rp_slice
xml_attribute(struct xml *xml, const char *name)
{
	const struct rp_slice wanted = rp_slice_str(name);

	for (uint32_t i = 0; i < xml->n_attributes; i++)
		if (xml->attributes[i].prefix.n == 0 &&
		    rp_slice_eq(xml->attributes[i].name, wanted))
			return value_of(xml, &xml->attributes[i]);
	return RP_SLICE("");
}

static bool
prefix_means(const struct xml *xml, struct rp_slice prefix, struct rp_slice space)
{
	if (rp_slice_eq(prefix, RP_SLICE("xml")))
		return rp_slice_eq(space, RP_SLICE(XML_SPACE));
	for (uint32_t i = xml->n_spaces; i > 0; i--)
		if (rp_slice_eq(xml->spaces[i - 1].prefix, prefix))
			return rp_slice_eq(xml->spaces[i - 1].uri, space);
	return false;
}

struct rp_slice
xml_attribute_in(struct xml *xml, const char *space, const char *name)
{
	const struct rp_slice wanted = rp_slice_str(name), uri = rp_slice_str(space);

	for (uint32_t i = 0; i < xml->n_attributes; i++) {
		const struct xml_attribute *a = &xml->attributes[i];

		if (a->prefix.n > 0 && rp_slice_eq(a->name, wanted) &&
		    prefix_means(xml, a->prefix, uri))
			return value_of(xml, a);
	}
	return RP_SLICE("");
}

/* ---- the inside ---------------------------------------------------------- */

static void
add_escaped(struct rp_buf *out, struct rp_slice text, bool quoted)
{
	size_t from = 0;

	for (size_t i = 0; i < text.n; i++) {
		const char c = text.p[i];
		const char *as = c == '&'             ? "&amp;"
		                 : c == '<'           ? "&lt;"
		                 : c == '>'           ? "&gt;"
		                 : c == '"' && quoted ? "&quot;"
		                                      : NULL;

		if (as == NULL)
			continue;
		buf_add(out, rp_slice_from(text.p + from, i - from));
		buf_add_str(out, as);
		from = i + 1;
	}
	buf_add(out, rp_slice_skip(text, from));
}

static void
add_tag(struct xml *xml, struct rp_buf *out, const struct xml_token *token)
{
	buf_add_str(out, token->kind == XML_END ? "</" : "<");
	buf_add(out, token->name);
	for (uint32_t i = 0; token->kind == XML_ELEMENT && i < xml->n_attributes; i++) {
		const struct xml_attribute *a = &xml->attributes[i];

		if (a->prefix.n > 0 || rp_slice_eq(a->name, RP_SLICE("xmlns")))
			continue;
		buf_add_byte(out, ' ');
		buf_add(out, a->name);
		buf_add_str(out, "=\"");
		add_escaped(out, value_of(xml, a), true);
		buf_add_byte(out, '"');
	}
	buf_add_byte(out, '>');
}

/* HTML's elements that have no end; "</br>" would be read as another one. */
static bool
is_endless(struct rp_slice name)
{
	static const struct rp_slice names[] = {
		RP_LIT("area"),  RP_LIT("base"), RP_LIT("br"),  RP_LIT("col"),
		RP_LIT("embed"), RP_LIT("hr"),   RP_LIT("img"), RP_LIT("input"),
		RP_LIT("link"),  RP_LIT("meta"), RP_LIT("wbr")
	};

	return ASCII_IS_ONE_OF(name, names);
}

enum inside { INSIDE_NOTHING, INSIDE_TEXT, INSIDE_MARKUP };

static void
add_token(struct xml *xml, struct rp_buf *out, const struct xml_token *token,
          enum inside what)
{
	if (what == INSIDE_NOTHING)
		return;
	if (token->kind == XML_TEXT && what == INSIDE_TEXT)
		buf_add(out, token->text);
	else if (token->kind == XML_TEXT)
		add_escaped(out, token->text, false);
	else if (what == INSIDE_MARKUP &&
	         !(token->kind == XML_END && is_endless(token->name)))
		add_tag(xml, out, token);
}

static enum rp_status
read_inside(struct xml *xml, struct rp_buf *out, enum inside what,
            struct xml_token *end_out, struct rp_error *err)
{
	const uint32_t depth = xml->depth;
	struct xml_token token;
	enum rp_status st;

	while ((st = xml_next(xml, &token, err)) == RP_OK) {
		if (token.kind == XML_END && token.depth <= depth) {
			if (end_out != NULL)
				*end_out = token;
			break;
		}
		add_token(xml, out, &token, what);
	}
	if (st == RP_OK && xml->refused)
		return rp_fail(err, RP_BAD_ITEM, "its entities grow beyond all measure");
	if (st == RP_OK && out != NULL && buf_failed(out))
		return rp_fail(err, RP_BAD_ITEM, "an element with too much text");
	return st;
}

enum rp_status
xml_text_in(struct xml *xml, struct rp_buf *out, struct xml_token *end_out,
            struct rp_error *err)
{
	return read_inside(xml, out, INSIDE_TEXT, end_out, err);
}

enum rp_status
xml_markup_in(struct xml *xml, struct rp_buf *out, struct xml_token *end_out,
              struct rp_error *err)
{
	return read_inside(xml, out, INSIDE_MARKUP, end_out, err);
}

enum rp_status
xml_skip(struct xml *xml, struct xml_token *end_out, struct rp_error *err)
{
	return read_inside(xml, NULL, INSIDE_NOTHING, end_out, err);
}

/* ---- what else is asked -------------------------------------------------- */

const char *
xml_broken(const struct xml *xml)
{
	return xml->broken_told ? xml->broken : NULL;
}

bool
xml_is_cut(const struct xml *xml)
{
	return xml->over && xml->rooted && xml->implied;
}

bool
xml_damaged(const struct xml *xml)
{
	return xml->damaged;
}

struct rp_slice
xml_encoding(const struct xml *xml)
{
	return xml->encoding;
}

size_t
xml_source(struct xml *xml, size_t at)
{
	if (xml->converted.n == 0)
		return xml->lead + at;
	if (!xml->countable)
		return SIZE_MAX;
	if (at < xml->source_text)
		xml->source_text = xml->source_bytes = 0;
	/* Each character of the text was one byte. */
	xml->source_bytes += utf8_length(
		rp_slice_from(xml->text.p + xml->source_text, at - xml->source_text));
	xml->source_text = at;
	return xml->lead + xml->source_bytes;
}
