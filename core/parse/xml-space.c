/*
 * Names and namespaces.
 */
#include "core/parse/xml-inside.h"

void
xml_split_name(struct rp_slice written, struct rp_slice *prefix, struct rp_slice *name)
{
	const size_t colon = rp_slice_find_byte(written, ':');

	*prefix = colon < written.n ? rp_slice_from(written.p, colon) : RP_SLICE("");
	*name = colon < written.n ? rp_slice_skip(written, colon + 1) : written;
}

/* Prefixes that everybody knows, declared or not. */
static const struct {
	struct rp_slice prefix, uri;
} well_known[] = {
	{ RP_LIT("xml"), RP_LIT(XML_SPACE) },
	{ RP_LIT("atom"), RP_LIT("http://www.w3.org/2005/Atom") },
	{ RP_LIT("content"), RP_LIT("http://purl.org/rss/1.0/modules/content/") },
	{ RP_LIT("dc"), RP_LIT("http://purl.org/dc/elements/1.1/") },
	{ RP_LIT("dcterms"), RP_LIT("http://purl.org/dc/terms/") },
	{ RP_LIT("itunes"), RP_LIT("http://www.itunes.com/dtds/podcast-1.0.dtd") },
	{ RP_LIT("media"), RP_LIT("http://search.yahoo.com/mrss/") },
	{ RP_LIT("rdf"), RP_LIT("http://www.w3.org/1999/02/22-rdf-syntax-ns#") },
	{ RP_LIT("slash"), RP_LIT("http://purl.org/rss/1.0/modules/slash/") },
	{ RP_LIT("sy"), RP_LIT("http://purl.org/rss/1.0/modules/syndication/") },
	{ RP_LIT("thr"), RP_LIT("http://purl.org/syndication/thread/1.0") },
	{ RP_LIT("wfw"), RP_LIT("http://wellformedweb.org/CommentAPI/") },
	{ RP_LIT("xhtml"), RP_LIT("http://www.w3.org/1999/xhtml") },
};

struct rp_slice
xml_space_of(struct xml *xml, struct rp_slice prefix)
{
	for (uint32_t i = xml->n_spaces; i > 0; i--)
		if (rp_slice_eq(xml->spaces[i - 1].prefix, prefix))
			return xml->spaces[i - 1].uri;
	if (prefix.n == 0)
		return RP_SLICE("");
	for (size_t i = 0; i < sizeof(well_known) / sizeof(*well_known); i++)
		if (rp_slice_eq(prefix, well_known[i].prefix)) {
			if (i > 0)
				xml_note(xml, "a prefix that is not declared");
			return well_known[i].uri;
		}
	xml_note(xml, "a prefix that is not declared");
	return prefix;
}

/* A value with its references resolved, in an arena unless it is plain. */
static bool
value_read(struct xml *xml, struct arena *arena, struct rp_slice raw,
           struct rp_slice *out)
{
	*out = raw;
	if (xml_is_plain(raw, false))
		return true;
	buf_clear(&xml->piece);
	xml_add_text(xml, &xml->piece, raw, false);
	return !buf_failed(&xml->piece) && arena_copy(arena, buf_slice(&xml->piece), out);
}

enum rp_status
xml_declare_spaces(struct xml *xml, struct rp_error *err)
{
	for (uint32_t i = 0; i < xml->n_attributes; i++) {
		const struct xml_attribute *a = &xml->attributes[i];
		const bool unnamed =
			a->prefix.n == 0 && rp_slice_eq(a->name, RP_SLICE("xmlns"));
		struct xml_space *space;

		if (!unnamed && !rp_slice_eq(a->prefix, RP_SLICE("xmlns")))
			continue;
		if (xml->n_spaces == XML_MAX_SPACES)
			return rp_fail(err, RP_BAD_ITEM, "more than %d namespaces",
			               XML_MAX_SPACES);
		space = &xml->spaces[xml->n_spaces++];
		space->prefix = unnamed ? RP_SLICE("") : a->name;
		space->depth = xml->depth;
		if (!value_read(xml, xml->kept, a->raw, &space->uri))
			return rp_fail(err, RP_BAD_ITEM, "too much text in namespaces");
		space->uri = rp_slice_trim(space->uri);
	}
	return RP_OK;
}
