#include "core/collect/feed-fields.h"

/*
 * Namespaces that matter, each by the beginnings that its addresses were seen with.
 * RSS and Atom are one: feeds take elements of the one into the other.
 */
enum space {
	SPACE_CORE,
	SPACE_CONTENT,
	SPACE_DC,
	SPACE_DCTERMS,
	SPACE_THR,
	SPACE_XHTML,
	SPACE_ITUNES,
	SPACE_FEEDBURNER,
	SPACE_OTHER
};

static const struct {
	enum space space;
	struct rp_slice start;
} spaces[] = {
	{ SPACE_CONTENT, RP_LIT("http://purl.org/rss/1.0/modules/content") },
	{ SPACE_OTHER, RP_LIT("http://purl.org/rss/1.0/modules/") },
	{ SPACE_CORE, RP_LIT("http://purl.org/rss/") },
	{ SPACE_CORE, RP_LIT("http://purl.org/net/rss") },
	{ SPACE_CORE, RP_LIT("http://my.netscape.com/") },
	{ SPACE_CORE, RP_LIT("http://channel.netscape.com/rdf/simple/") },
	{ SPACE_CORE, RP_LIT("http://backend.userland.com/") },
	{ SPACE_CORE, RP_LIT("http://blogs.law.harvard.edu/tech/rss") },
	{ SPACE_CORE, RP_LIT("http://cyber.law.harvard.edu/rss") },
	{ SPACE_CORE, RP_LIT("http://www.rssboard.org/rss-specification") },
	{ SPACE_CORE, RP_LIT("http://www.w3.org/1999/02/22-rdf-syntax-ns#") },
	{ SPACE_CORE, RP_LIT("http://www.w3.org/2005/atom") },
	{ SPACE_CORE, RP_LIT("http://purl.org/atom/") },
	{ SPACE_CORE, RP_LIT("http://example.com/newformat#") },
	{ SPACE_CORE, RP_LIT("http://example.com/necho") },
	{ SPACE_CORE, RP_LIT("http://purl.org/echo/") },
	{ SPACE_CORE, RP_LIT("uri/of/echo/namespace#") },
	{ SPACE_CORE, RP_LIT("http://purl.org/pie/") },
	{ SPACE_DC, RP_LIT("http://purl.org/dc/elements/") },
	{ SPACE_DCTERMS, RP_LIT("http://purl.org/dc/terms/") },
	{ SPACE_THR, RP_LIT("http://purl.org/syndication/thread/1.0") },
	{ SPACE_XHTML, RP_LIT("http://www.w3.org/1999/xhtml") },
	{ SPACE_ITUNES, RP_LIT("http://www.itunes.com/dtds/podcast") },
	{ SPACE_FEEDBURNER, RP_LIT("http://rssnamespace.org/feedburner/ext/") },
};

/* Names in lower case. */
static const struct {
	enum space space;
	enum feed_field field;
	struct rp_slice name;
} fields[] = {
	{ SPACE_CORE, FIELD_AUTHOR, RP_LIT("author") },
	{ SPACE_CORE, FIELD_CHANNEL, RP_LIT("channel") },
	{ SPACE_CORE, FIELD_CONTENT, RP_LIT("content") },
	{ SPACE_CORE, FIELD_CREATED, RP_LIT("created") },
	{ SPACE_CORE, FIELD_DESCRIPTION, RP_LIT("description") },
	{ SPACE_CORE, FIELD_EMAIL, RP_LIT("email") },
	{ SPACE_CORE, FIELD_ENCODED, RP_LIT("fullitem") },
	{ SPACE_CORE, FIELD_ENTRY, RP_LIT("entry") },
	{ SPACE_CORE, FIELD_ENTRY, RP_LIT("item") },
	{ SPACE_CORE, FIELD_FEED, RP_LIT("feed") },
	{ SPACE_CORE, FIELD_GENERATOR, RP_LIT("generator") },
	{ SPACE_CORE, FIELD_GUID, RP_LIT("guid") },
	{ SPACE_CORE, FIELD_HTML, RP_LIT("html") },
	{ SPACE_CORE, FIELD_ID, RP_LIT("id") },
	{ SPACE_CORE, FIELD_LANGUAGE, RP_LIT("language") },
	{ SPACE_CORE, FIELD_LINK, RP_LIT("link") },
	{ SPACE_CORE, FIELD_AUTHOR, RP_LIT("managingeditor") },
	{ SPACE_CORE, FIELD_NAME, RP_LIT("name") },
	{ SPACE_CORE, FIELD_PUBLISHED, RP_LIT("issued") },
	{ SPACE_CORE, FIELD_PUBLISHED, RP_LIT("pubdate") },
	{ SPACE_CORE, FIELD_PUBLISHED, RP_LIT("published") },
	{ SPACE_CORE, FIELD_RDF, RP_LIT("rdf") },
	{ SPACE_CORE, FIELD_RSS, RP_LIT("rss") },
	{ SPACE_CORE, FIELD_SOURCE, RP_LIT("source") },
	{ SPACE_CORE, FIELD_SUBTITLE, RP_LIT("subtitle") },
	{ SPACE_CORE, FIELD_SUBTITLE, RP_LIT("tagline") },
	{ SPACE_CORE, FIELD_SUMMARY, RP_LIT("abstract") },
	{ SPACE_CORE, FIELD_SUMMARY, RP_LIT("summary") },
	{ SPACE_CORE, FIELD_TITLE, RP_LIT("title") },
	{ SPACE_CORE, FIELD_UPDATED, RP_LIT("lastbuilddate") },
	{ SPACE_CORE, FIELD_UPDATED, RP_LIT("modified") },
	{ SPACE_CORE, FIELD_UPDATED, RP_LIT("updated") },
	{ SPACE_CORE, FIELD_URI, RP_LIT("homepage") },
	{ SPACE_CORE, FIELD_URI, RP_LIT("uri") },
	{ SPACE_CORE, FIELD_URI, RP_LIT("url") },
	{ SPACE_CONTENT, FIELD_ENCODED, RP_LIT("encoded") },
	{ SPACE_DC, FIELD_CREATOR, RP_LIT("author") },
	{ SPACE_DC, FIELD_CREATOR, RP_LIT("creator") },
	{ SPACE_DC, FIELD_DATE, RP_LIT("date") },
	{ SPACE_DC, FIELD_DESCRIPTION, RP_LIT("description") },
	{ SPACE_DC, FIELD_LANGUAGE, RP_LIT("language") },
	{ SPACE_DC, FIELD_TITLE, RP_LIT("title") },
	{ SPACE_DCTERMS, FIELD_CREATED, RP_LIT("created") },
	{ SPACE_DCTERMS, FIELD_PUBLISHED, RP_LIT("issued") },
	{ SPACE_DCTERMS, FIELD_UPDATED, RP_LIT("modified") },
	{ SPACE_THR, FIELD_REPLY_TO, RP_LIT("in-reply-to") },
	{ SPACE_XHTML, FIELD_HTML, RP_LIT("html") },
	{ SPACE_XHTML, FIELD_INLINE, RP_LIT("body") },
	{ SPACE_XHTML, FIELD_INLINE, RP_LIT("div") },
	{ SPACE_ITUNES, FIELD_CREATOR, RP_LIT("author") },
	{ SPACE_FEEDBURNER, FIELD_ORIGIN, RP_LIT("origlink") },
};

static enum space
space_find(struct rp_slice uri)
{
	if (uri.n == 0)
		return SPACE_CORE;
	for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); i++)
		if (rp_slice_starts_nocase(uri, spaces[i].start))
			return spaces[i].space;
	return SPACE_OTHER;
}

enum feed_field
feed_field_of(const struct xml_token *element)
{
	const enum space space = space_find(element->space);

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (fields[i].space == space &&
		    rp_slice_eq_nocase(fields[i].name, element->name))
			return fields[i].field;
	return FIELD_NONE;
}

bool
feed_is_atom_03(struct rp_slice space)
{
	return rp_slice_starts_nocase(space, RP_SLICE("http://purl.org/atom/"));
}

bool
feed_is_atom(struct rp_slice space)
{
	return feed_is_atom_03(space) ||
	       rp_slice_starts_nocase(space, RP_SLICE("http://www.w3.org/2005/atom"));
}
