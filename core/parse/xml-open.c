/*
 * What comes before the first element: the encoding, and the document type.
 */
#include "core/parse/xml-inside.h"

#include "core/base/charset.h"
#include "core/base/utf8.h"

enum {
	DECLARATION_MAX_BYTES = 1024, /* how far an encoding is looked for */
	WIDEST = 4,                   /* bytes of UTF-8 for a byte of another encoding */
};

/* UTF-16 and UTF-32 show by the zeros around the first "<". */
static struct rp_slice
encoding_by_zeros(struct rp_slice bytes)
{
	static const struct {
		char head[4];
		size_t n;
		struct rp_slice name;
	} forms[] = {
		{ { '<', 0, 0, 0 }, 4, RP_LIT("utf-32le") },
		{ { 0, 0, 0, '<' }, 4, RP_LIT("utf-32be") },
		{ { '<', 0 }, 2, RP_LIT("utf-16le") },
		{ { 0, '<' }, 2, RP_LIT("utf-16be") },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (bytes.n >= 4 && memcmp(bytes.p, forms[i].head, forms[i].n) == 0)
			return forms[i].name;
	return RP_SLICE("");
}

/* What stands in quotes behind `encoding=` in <?xml …?>. */
static struct rp_slice
encoding_declared(struct rp_slice bytes)
{
	struct rp_slice head = bytes;
	size_t quote;

	if (head.n > DECLARATION_MAX_BYTES)
		head.n = DECLARATION_MAX_BYTES;
	head = rp_slice_skip(head, rp_slice_find(head, RP_SLICE("<?xml")));
	head.n = rp_slice_find(head, RP_SLICE("?>"));
	head = rp_slice_skip(head, rp_slice_find(head, RP_SLICE("encoding")));
	head = rp_slice_trim(rp_slice_skip(head, sizeof("encoding") - 1));
	if (!rp_slice_starts(head, RP_SLICE("=")))
		return RP_SLICE("");
	head = rp_slice_trim(rp_slice_skip(head, 1));
	if (head.n == 0 || (head.p[0] != '"' && head.p[0] != '\''))
		return RP_SLICE("");
	quote = rp_slice_find_byte(rp_slice_skip(head, 1), head.p[0]);
	return rp_slice_trim(rp_slice_from(head.p + 1, quote < head.n - 1 ? quote : 0));
}

static bool
is_utf8_name(struct rp_slice name)
{
	return rp_slice_eq_nocase(name, RP_SLICE("utf-8")) ||
	       rp_slice_eq_nocase(name, RP_SLICE("utf8"));
}

/* Names that cannot be true of a text in which "<?xml" or "<" could be read. */
static bool
is_wide_name(struct rp_slice name)
{
	return rp_slice_starts_nocase(name, RP_SLICE("utf-16")) ||
	       rp_slice_starts_nocase(name, RP_SLICE("utf-32")) ||
	       rp_slice_starts_nocase(name, RP_SLICE("utf16")) ||
	       rp_slice_starts_nocase(name, RP_SLICE("ucs-")) ||
	       rp_slice_starts_nocase(name, RP_SLICE("iso-10646-ucs"));
}

static bool
convert(struct xml *xml, struct rp_slice bytes, struct rp_slice name, bool strict)
{
	if (!charset_read(&xml->converted, bytes, name, strict))
		return false;
	xml->text = buf_slice(&xml->converted);
	xml->encoding = name;
	xml->countable = utf8_length(xml->text) == bytes.n;
	return true;
}

/* The bytes as UTF-8, if they are that. */
static bool
take(struct xml *xml, struct rp_slice bytes)
{
	if (!utf8_valid(bytes))
		return false;
	xml->text = bytes;
	xml->encoding = RP_SLICE("utf-8");
	return true;
}

/* What to call the bytes, as far as anybody says. */
static struct rp_slice
encoding_told(struct rp_slice bytes, struct rp_slice header)
{
	struct rp_slice name = encoding_by_zeros(bytes);

	if (name.n > 0)
		return name;
	name = header.n > 0 ? header : encoding_declared(bytes);
	return is_wide_name(name) ? RP_SLICE("") : name;
}

enum rp_status
xml_decode(struct xml *xml, struct rp_slice bytes, struct rp_slice encoding,
           struct rp_error *err)
{
	struct rp_slice name = charset_of_mark(bytes, &xml->lead);
	bool done;

	bytes = rp_slice_skip(bytes, xml->lead);
	if (name.n == 0)
		name = encoding_told(bytes, encoding);
	if (name.n == 0 || is_utf8_name(name))
		done = take(xml, bytes);
	else
		done = convert(xml, bytes, name, true);
	if (!done && !buf_failed(&xml->converted)) {
		xml->damaged = true;
		xml_note(xml, "bytes that do not fit the encoding");
		done = take(xml, bytes) ||
		       convert(xml, bytes, RP_SLICE("windows-1252"), false);
	}
	if (!done || buf_failed(&xml->converted))
		return rp_fail_memory(err);
	return RP_OK;
}

/* ---- the document type --------------------------------------------------- */

static size_t
blanks(struct rp_slice s)
{
	size_t n = 0;

	while (n < s.n && (unsigned char)s.p[n] <= ' ')
		n++;
	return n;
}

/* <!ENTITY name "value">: what names a file or an address has no value, and parameter
 * entities have no use. */
static void
declare_entity(struct xml *xml, struct rp_slice declaration)
{
	struct rp_slice rest = rp_slice_skip(declaration, blanks(declaration)), name;
	size_t n = 0;

	while (n < rest.n && (unsigned char)rest.p[n] > ' ')
		n++;
	name = rp_slice_from(rest.p, n);
	rest = rp_slice_skip(rest, n);
	rest = rp_slice_skip(rest, blanks(rest));
	if (name.n == 0 || rest.n == 0 || (rest.p[0] != '"' && rest.p[0] != '\''))
		return;
	n = rp_slice_find_byte(rp_slice_skip(rest, 1), rest.p[0]);
	if (n + 1 >= rest.n)
		return;
	if (xml->n_entities == XML_MAX_ENTITIES) {
		xml->refused = true;
		return;
	}
	xml->entities[xml->n_entities++] =
		(struct xml_entity){ name, rp_slice_from(rest.p + 1, n) };
}

/* The end of a declaration or of the whole type: its ">", quotes and comments minded. */
static size_t
declaration_end(struct rp_slice s, size_t at, bool *bracket_out)
{
	char quote = 0;

	*bracket_out = false;
	for (; at < s.n; at++) {
		const char c = s.p[at];

		if (quote != 0)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return at;
		else if (c == '[') {
			*bracket_out = true;
			return at;
		}
	}
	return s.n;
}

/* What stands between "[" and "]". */
static size_t
read_subset(struct xml *xml, size_t at)
{
	static const struct rp_slice entity = RP_LIT("<!ENTITY");
	const struct rp_slice s = xml->text;
	bool bracket;
	size_t end;

	while (at < s.n && s.p[at] != ']') {
		struct rp_slice rest = rp_slice_skip(s, at);

		if (rp_slice_starts(rest, RP_SLICE("<!--"))) {
			at += rp_slice_find(rest, RP_SLICE("-->")) + 3;
			continue;
		}
		if (s.p[at] != '<') {
			at++;
			continue;
		}
		end = declaration_end(s, at, &bracket);
		if (rp_slice_starts(rest, entity))
			declare_entity(xml, rp_slice_from(rest.p + entity.n,
			                                  end - at - entity.n));
		at = end + 1;
	}
	return at;
}

void
xml_doctype(struct xml *xml)
{
	const struct rp_slice s = xml->text;
	bool bracket;
	size_t at = declaration_end(s, xml->at, &bracket);

	if (bracket) {
		at = read_subset(xml, at + 1);
		at += rp_slice_find_byte(rp_slice_skip(s, at), '>');
	}
	xml->at = at < s.n ? at + 1 : s.n;
}
