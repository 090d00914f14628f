#include "core/parse/xml.h"

#include "core/base/ascii.h"
#include "core/parse/markup.h"
#include "core/parse/xml-inside.h"

#include "core/base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

void
xml_note(struct xml *xml, const char *what)
{
	if (xml->broken_told)
		return;
	xml->broken_told = true;
	snprintf(xml->broken, sizeof(xml->broken), "%s", what);
}

static struct rp_slice
rest_of(const struct xml *xml)
{
	return rp_slice_skip(xml->text, xml->at);
}

static bool
is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
	       (unsigned char)c >= 0x80;
}

/* ---- tags ---------------------------------------------------------------- */

/* The value of an attribute at *at, and step behind it; false: its quote is never closed.
 */
static bool
read_value(struct xml *xml, struct rp_slice s, size_t *at, struct rp_slice *out)
{
	const size_t begin = *at;
	size_t n;

	if (begin < s.n && (s.p[begin] == '"' || s.p[begin] == '\'')) {
		n = rp_slice_find_byte(rp_slice_skip(s, begin + 1), s.p[begin]);
		*out = rp_slice_from(s.p + begin + 1, n);
		*at = begin + n + 2;
		return *at <= s.n;
	}
	xml_note(xml, "an attribute without quotes");
	for (n = begin; n < s.n && !markup_is_blank(s.p[n]) && s.p[n] != '>';)
		n++;
	*out = rp_slice_from(s.p + begin, n - begin);
	*at = n;
	return true;
}

static size_t
skip_blanks(struct rp_slice s, size_t at)
{
	while (at < s.n && markup_is_blank(s.p[at]))
		at++;
	return at;
}

static size_t
name_end(struct rp_slice s, size_t at)
{
	while (at < s.n && !markup_is_blank(s.p[at]) &&
	       strchr("=/><\"'", s.p[at]) == NULL)
		at++;
	return at;
}

/* One attribute at *at.  RP_END: the text is over before it is. */
static enum rp_status
read_attribute(struct xml *xml, struct rp_slice s, size_t *at, struct rp_error *err)
{
	const size_t begin = *at;
	struct xml_attribute *a;

	*at = name_end(s, begin);
	if (*at == begin) { /* '"', "'" or "=" where a name should be */
		xml_note(xml, "an attribute without a name");
		*at = begin + 1;
		return RP_OK;
	}
	if (xml->n_attributes == XML_MAX_ATTRIBUTES)
		return rp_fail(err, RP_BAD_ITEM, "an element of more than %d attributes",
		               XML_MAX_ATTRIBUTES);
	a = &xml->attributes[xml->n_attributes++];
	xml_split_name(rp_slice_from(s.p + begin, *at - begin), &a->prefix, &a->name);
	a->raw = RP_SLICE("");
	*at = skip_blanks(s, *at);
	if (*at == s.n || s.p[*at] != '=') {
		xml_note(xml, "an attribute without a value");
		return RP_OK;
	}
	*at = skip_blanks(s, *at + 1);
	return read_value(xml, s, at, &a->raw) ? RP_OK : RP_END;
}

/* Attributes up to the end of the tag, which is stepped behind. */
static enum rp_status
read_attributes(struct xml *xml, struct rp_slice s, size_t *at, bool *empty_out,
                struct rp_error *err)
{
	const size_t begin = *at;
	enum rp_status st = RP_OK;

	xml->n_attributes = 0;
	*empty_out = false;
	while (st == RP_OK) {
		*at = skip_blanks(s, *at);
		if (*at - begin > XML_MAX_TAG_BYTES)
			return rp_fail(err, RP_BAD_ITEM, "a tag of more than %d bytes",
			               XML_MAX_TAG_BYTES);
		if (*at >= s.n)
			return RP_END;
		if (s.p[*at] == '>') {
			(*at)++;
			return RP_OK;
		}
		if (s.p[*at] == '<') {
			xml_note(xml, "a tag without its \">\"");
			return RP_OK;
		}
		*empty_out = s.p[*at] == '/';
		if (*empty_out)
			(*at)++;
		else
			st = read_attribute(xml, s, at, err);
	}
	return st;
}

/* Elements of HTML that have no end tag, where markup was not escaped. */
static bool
is_void(struct rp_slice name)
{
	static const struct rp_slice names[] = { RP_LIT("br"), RP_LIT("hr"),
		                                 RP_LIT("img"), RP_LIT("input"),
		                                 RP_LIT("wbr") };

	return ASCII_IS_ONE_OF(name, names);
}

/* The text ends inside of something: all that is open ends here. */
static enum rp_status
cut_off(struct xml *xml)
{
	xml_note(xml, "the text ends in the middle of the document");
	xml->at = xml->text.n;
	return RP_END;
}

static void
close_to(struct xml *xml, uint32_t depth, size_t at, bool implied)
{
	xml->to_close = depth;
	xml->closing = xml->depth > depth;
	xml->implied = implied;
	xml->close_at = at;
	xml->close_end = xml->at;
}

static enum rp_status
start_tag(struct xml *xml, struct xml_token *out, struct rp_error *err)
{
	const struct rp_slice s = xml->text;
	const size_t begin = xml->at;
	struct xml_open_element *element;
	struct rp_slice prefix;
	size_t at = name_end(s, begin + 1);
	enum rp_status st;
	bool empty;

	if (xml->depth == XML_MAX_DEPTH)
		return rp_fail(err, RP_BAD_ITEM, "elements nest more than %d deep",
		               XML_MAX_DEPTH);
	element = &xml->open[xml->depth];
	element->written = rp_slice_from(s.p + begin + 1, at - begin - 1);
	st = read_attributes(xml, s, &at, &empty, err);
	if (st == RP_END)
		return cut_off(xml);
	if (st != RP_OK)
		return st;
	xml->at = at;
	xml->depth++;
	xml->rooted = true;
	arena_reset(xml->values);
	st = xml_declare_spaces(xml, err);
	if (st != RP_OK)
		return st;
	xml_split_name(element->written, &prefix, &element->name);
	element->space = xml_space_of(xml, prefix);
	*out = (struct xml_token){ .kind = XML_ELEMENT,
		                   .space = element->space,
		                   .name = element->name,
		                   .depth = xml->depth,
		                   .at = begin,
		                   .end = at };
	if (empty || is_void(element->written))
		close_to(xml, xml->depth - 1, at, false);
	return RP_OK;
}

static void
end_tag(struct xml *xml)
{
	const struct rp_slice s = xml->text;
	const size_t begin = xml->at, end = name_end(s, begin + 2);
	const struct rp_slice written = rp_slice_from(s.p + begin + 2, end - begin - 2);
	const size_t behind = skip_blanks(s, end);
	uint32_t depth = xml->depth;

	xml->at = behind < s.n && s.p[behind] == '>' ? behind + 1 : end;
	if (xml->at == end)
		xml_note(xml, "an end tag without its \">\"");
	while (depth > 0 && !rp_slice_eq(xml->open[depth - 1].written, written))
		depth--;
	for (uint32_t i = xml->depth; depth == 0 && i > 0; i--)
		if (rp_slice_eq_nocase(xml->open[i - 1].written, written))
			depth = i;
	if (depth == 0 && !is_void(written))
		xml_note(xml, "an end tag that ends nothing");
	if (depth == 0)
		return;
	if (depth < xml->depth || !rp_slice_eq(xml->open[depth - 1].written, written))
		xml_note(xml, "an element without an end tag");
	close_to(xml, depth - 1, begin, false);
}

/* The next of the ends that are due. */
static void
give_end(struct xml *xml, struct xml_token *out)
{
	const struct xml_open_element *element = &xml->open[xml->depth - 1];
	const bool last = xml->depth - 1 == xml->to_close;

	*out = (struct xml_token){ .kind = XML_END,
		                   .space = element->space,
		                   .name = element->name,
		                   .depth = xml->depth,
		                   .at = xml->close_at,
		                   .end = last ? xml->close_end : xml->close_at,
		                   .implied = xml->implied || !last };
	while (xml->n_spaces > 0 && xml->spaces[xml->n_spaces - 1].depth == xml->depth)
		xml->n_spaces--;
	xml->n_attributes = 0;
	xml->depth--;
	xml->closing = !last;
}

/* ---- texts and what is between ------------------------------------------- */

/* The text of a token; false: nothing is left of it. */
static bool
give_text(struct xml *xml, struct xml_token *out, struct rp_slice raw, bool cdata,
          size_t begin)
{
	*out = (struct xml_token){ .kind = XML_TEXT,
		                   .text = raw,
		                   .depth = xml->depth,
		                   .at = begin,
		                   .end = xml->at };
	if (!xml_is_plain(raw, cdata)) {
		buf_clear(&xml->piece);
		xml_add_text(xml, &xml->piece, raw, cdata);
		out->text = buf_slice(&xml->piece);
	}
	if (xml->depth > 0)
		return out->text.n > 0;
	if (rp_slice_trim(out->text).n > 0)
		xml_note(xml, "text outside of the root element");
	return false;
}

static bool
is_tag(struct rp_slice s)
{
	if (s.n < 2 || s.p[0] != '<')
		return false;
	return is_name_start(s.p[1]) || s.p[1] == '!' || s.p[1] == '?' ||
	       (s.p[1] == '/' && s.n > 2 && is_name_start(s.p[2]));
}

/* Up to the next tag; a "<" that begins none is text. */
static bool
read_text(struct xml *xml, struct xml_token *out)
{
	const size_t begin = xml->at;
	size_t at = begin;

	do {
		if (at > begin || xml->text.p[at] == '<') {
			if (at < xml->text.n)
				xml_note(xml, "\"<\" that begins no tag");
			at++;
		}
		at += rp_slice_find_byte(rp_slice_skip(xml->text, at), '<');
	} while (at < xml->text.n && !is_tag(rp_slice_skip(xml->text, at)));
	xml->at = at < xml->text.n ? at : xml->text.n;
	return give_text(xml, out, rp_slice_from(xml->text.p + begin, xml->at - begin),
	                 false, begin);
}

/* CDATA; true: it is the token. */
static bool
read_cdata(struct xml *xml, struct xml_token *out)
{
	const size_t begin = xml->at, open = sizeof("<![CDATA[") - 1;
	struct rp_slice raw = rp_slice_skip(xml->text, begin + open);
	const size_t n = rp_slice_find(raw, RP_SLICE("]]>"));

	if (n == raw.n)
		(void)cut_off(xml);
	else
		xml->at = begin + open + n + 3;
	raw.n = n;
	return give_text(xml, out, raw, true, begin);
}

static void
skip_to(struct xml *xml, const char *end)
{
	const struct rp_slice mark = rp_slice_str(end), rest = rest_of(xml);
	const size_t n = rp_slice_find(rest, mark);

	if (n == rest.n)
		(void)cut_off(xml);
	else
		xml->at += n + mark.n;
}

/* "<!" and "<?": true when it is a token. */
static bool
read_other(struct xml *xml, struct xml_token *out)
{
	const struct rp_slice rest = rest_of(xml);

	if (rp_slice_starts(rest, RP_SLICE("<![CDATA[")))
		return read_cdata(xml, out);
	if (rp_slice_starts(rest, RP_SLICE("<!--")))
		skip_to(xml, "-->");
	else if (rp_slice_starts(rest, RP_SLICE("<?")))
		skip_to(xml, "?>");
	else if (rest.n >= 9 && !xml->rooted &&
	         rp_slice_eq_nocase(rp_slice_from(rest.p, 9), RP_SLICE("<!DOCTYPE")))
		xml_doctype(xml);
	else
		skip_to(xml, ">");
	return false;
}

static enum rp_status
refuse_entities(struct rp_error *err)
{
	return rp_fail(err, RP_BAD_ITEM, "its entities grow beyond all measure");
}

static enum rp_status
end_of_text(struct xml *xml, struct xml_token *out)
{
	xml->over = true;
	if (xml->depth == 0)
		return RP_END;
	(void)cut_off(xml);
	close_to(xml, 0, xml->at, true);
	give_end(xml, out);
	return RP_OK;
}

/* One step; *got_out: it made a token. */
static enum rp_status
step(struct xml *xml, struct xml_token *out, bool *got_out, struct rp_error *err)
{
	const struct rp_slice rest = rest_of(xml);

	*got_out = false;
	if (!is_tag(rest)) {
		*got_out = read_text(xml, out);
	} else if (rest.p[1] == '!' || rest.p[1] == '?') {
		*got_out = read_other(xml, out);
	} else if (xml->rooted && xml->depth == 0) {
		xml_note(xml, "more behind the root element");
		xml->at = xml->text.n;
	} else if (rest.p[1] == '/') {
		end_tag(xml);
	} else {
		enum rp_status st = start_tag(xml, out, err);

		*got_out = st == RP_OK;
		return st == RP_END ? RP_OK : st;
	}
	return RP_OK;
}

enum rp_status
xml_next(struct xml *xml, struct xml_token *out, struct rp_error *err)
{
	enum rp_status st = RP_OK;
	bool got = false;

	while (st == RP_OK && !got) {
		if (xml->closing) {
			give_end(xml, out);
			return RP_OK;
		}
		if (xml->at >= xml->text.n)
			return end_of_text(xml, out);
		st = step(xml, out, &got, err);
		if (st == RP_OK && xml->refused)
			st = refuse_entities(err);
		if (st == RP_OK && buf_failed(&xml->piece))
			st = rp_fail_memory(err);
	}
	return st;
}

/* ---- opening ------------------------------------------------------------- */

struct xml *
xml_close(struct xml *xml)
{
	if (xml == NULL)
		return NULL;
	buf_done(&xml->converted);
	buf_done(&xml->piece);
	arena_free(xml->kept);
	arena_free(xml->values);
	free(xml);
	return NULL;
}

enum rp_status
xml_open(struct rp_slice bytes, struct rp_slice encoding, struct xml **out,
         struct rp_error *err)
{
	struct xml *xml;
	enum rp_status st;

	if (bytes.n > XML_MAX_BYTES)
		return rp_fail(err, RP_BAD_ITEM, "longer than %d bytes", XML_MAX_BYTES);
	xml = calloc(1, sizeof(*xml));
	if (xml == NULL)
		return rp_fail_memory(err);
	buf_init(&xml->converted, (size_t)XML_MAX_BYTES * 4);
	/* All of the text in one piece, and what entities made of it. */
	buf_init(&xml->piece, (size_t)XML_MAX_BYTES * 4 + XML_MAX_EXPANDED);
	xml->kept = arena_new(XML_MAX_BYTES);
	xml->values = arena_new((size_t)2 * XML_MAX_BYTES);
	st = xml->kept && xml->values ? xml_decode(xml, bytes, encoding, err)
	                              : rp_fail_memory(err);
	if (st != RP_OK) {
		xml_close(xml);
		return st;
	}
	*out = xml;
	return RP_OK;
}
