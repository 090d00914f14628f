/*
 * Which element of a feed in XML is which field.
 */
#ifndef RIPOSTE_CORE_COLLECT_FEED_FIELDS_H
#define RIPOSTE_CORE_COLLECT_FEED_FIELDS_H

#include "core/parse/xml.h"

enum feed_field {
	FIELD_NONE,
	FIELD_AUTHOR,
	FIELD_CHANNEL,
	FIELD_CONTENT, /* Atom's */
	FIELD_CREATED,
	FIELD_CREATOR, /* a name, or several elements of one each */
	FIELD_DATE,    /* published, if nothing better says so */
	FIELD_DESCRIPTION,
	FIELD_ENCODED, /* content:encoded */
	FIELD_ENTRY,
	FIELD_GENERATOR,
	FIELD_GUID,
	FIELD_ID,
	FIELD_INLINE, /* the body as markup: xhtml:body */
	FIELD_LANGUAGE,
	FIELD_LINK,
	FIELD_ORIGIN, /* the page's own address, where <link> is one that counts visits */
	FIELD_PUBLISHED,
	FIELD_REPLY_TO,
	FIELD_SOURCE,
	FIELD_SUBTITLE,
	FIELD_SUMMARY,
	FIELD_TITLE,
	FIELD_UPDATED,
	/* inside of an author */
	FIELD_EMAIL,
	FIELD_NAME,
	FIELD_URI,
	/* root elements */
	FIELD_FEED,
	FIELD_HTML,
	FIELD_RDF,
	FIELD_RSS,
};

/* By namespace and name, whose case does not count. */
enum feed_field feed_field_of(const struct xml_token *element);

/* The element is one of Atom's, 0.3 or 1.0, whose texts say how they are written. */
bool feed_is_atom(struct rp_slice space);
bool feed_is_atom_03(struct rp_slice space);

#endif
