/*
 * Texts: references, control characters, ends of lines.
 */
#include "core/parse/xml-inside.h"

#include "core/base/utf8.h"
#include "core/parse/html-entity.h"

enum {
	NAME_MAX_BYTES = 64,  /* longer ones are no entity's */
	ENTITY_MAX_DEPTH = 4, /* entities made of entities made of entities */
};

/* Characters that XML cannot have, tabs and newlines being those it can. */
static bool
is_control(unsigned char c)
{
	return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

bool
xml_is_plain(struct rp_slice raw, bool cdata)
{
	for (size_t i = 0; i < raw.n; i++) {
		const unsigned char c = (unsigned char)raw.p[i];

		if (is_control(c) || c == '\r' || (c == '&' && !cdata))
			return false;
	}
	return true;
}

/* "&name;" at the front: the name, empty when it is none. */
static struct rp_slice
reference_name(struct rp_slice s)
{
	for (size_t i = 1; i < s.n && i < NAME_MAX_BYTES; i++) {
		const char c = s.p[i];

		if (c == ';')
			return rp_slice_from(s.p + 1, i - 1);
		if (c == '&' || c == '<' || (unsigned char)c <= ' ')
			break;
	}
	return RP_SLICE("");
}

static const struct xml_entity *
entity_find(const struct xml *xml, struct rp_slice name)
{
	for (uint32_t i = 0; i < xml->n_entities; i++)
		if (rp_slice_eq(xml->entities[i].name, name))
			return &xml->entities[i];
	return NULL;
}

/* HTML's, XML's five among them, and numbers; how many bytes it took, 0: none. */
static size_t
add_known(struct rp_buf *out, struct rp_slice s)
{
	struct html_entity known;
	const size_t n = html_entity_read(s, false, &known);

	/* Without ";" it is the next parameter of an address: "?a=1&copy=2". */
	if (n == 0 || s.p[n - 1] != ';')
		return 0;
	for (size_t i = 0; i < known.n; i++)
		if (known.codes[i] >= 0x20 || known.codes[i] == '\t' ||
		    known.codes[i] == '\n' || known.codes[i] == '\r')
			utf8_add(out, known.codes[i]);
	return n;
}

/* A text that is being read, and the one its entity stands in. */
struct level {
	struct rp_slice rest;
};

/* Go into an entity of the document's own; false: over a limit. */
static bool
enter(struct xml *xml, struct level *levels, int *depth, const struct xml_entity *entity)
{
	if (*depth + 1 == ENTITY_MAX_DEPTH || ++xml->expansions > XML_MAX_EXPANSIONS ||
	    (xml->expanded += entity->raw.n) > XML_MAX_EXPANDED) {
		xml->refused = true;
		return false;
	}
	levels[++*depth].rest = entity->raw;
	return true;
}

static void
add_stretch(struct rp_buf *out, struct rp_slice *rest, bool cdata)
{
	size_t n = 0;

	while (n < rest->n && !is_control((unsigned char)rest->p[n]) &&
	       rest->p[n] != '\r' && (cdata || rest->p[n] != '&'))
		n++;
	buf_add(out, rp_slice_from(rest->p, n));
	*rest = rp_slice_skip(*rest, n);
	if (rest->n == 0 || rest->p[0] == '&')
		return;
	if (rest->p[0] == '\r' && !(rest->n > 1 && rest->p[1] == '\n'))
		buf_add_byte(out, '\n');
	*rest = rp_slice_skip(*rest, 1);
}

void
xml_add_text(struct xml *xml, struct rp_buf *out, struct rp_slice raw, bool cdata)
{
	struct level levels[ENTITY_MAX_DEPTH] = { { .rest = raw } };
	const struct xml_entity *entity;
	struct rp_slice name;
	int depth = 0;
	size_t n;

	while (depth >= 0 && !xml->refused) {
		struct rp_slice *rest = &levels[depth].rest;

		if (rest->n == 0) {
			depth--;
			continue;
		}
		if (cdata || rest->p[0] != '&') {
			add_stretch(out, rest, cdata);
			continue;
		}
		name = reference_name(*rest);
		entity = entity_find(xml, name);
		n = entity ? 0 : add_known(out, *rest);
		if (entity != NULL) {
			*rest = rp_slice_skip(*rest, name.n + 2);
			(void)enter(xml, levels, &depth, entity);
		} else if (n > 0) {
			*rest = rp_slice_skip(*rest, n);
		} else {
			xml_note(xml, "\"&\" that begins no known reference");
			buf_add_byte(out, '&');
			*rest = rp_slice_skip(*rest, 1);
		}
	}
}
