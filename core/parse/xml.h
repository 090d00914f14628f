/*
 * XML as strangers write it: a reader that is asked for one token after the other.
 *
 * Nothing is fetched and nothing is expanded that could hurt: no external entity, no DTD
 * from elsewhere, no parameter entity.  Entities of the document's own are expanded up to
 * a limit; HTML's names are known without a declaration.  What is not well-formed is read
 * as far as it makes sense: raw "&" and "<", attributes without quotes, end tags that are
 * missing or too many, undeclared prefixes that everybody knows, text around the root.
 * xml_broken() tells that there was such a thing.
 *
 *	st = xml_open(bytes, RP_SLICE(""), &xml, err);
 *	while (st == RP_OK && (st = xml_next(xml, &token, err)) == RP_OK)
 *		if (token.kind == XML_ELEMENT && rp_slice_eq(token.name, …))
 *			… xml_attribute(xml, "href") …
 *
 * A reader of our own, since libxml2's gives nothing at all of a short document that has
 * one error, mends by closing the wrong elements, does not say at which byte an element
 * begins, and takes quadratic time for attributes.
 */
#ifndef RIPOSTE_CORE_PARSE_XML_H
#define RIPOSTE_CORE_PARSE_XML_H

#include "core/base/buf.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

enum {
	XML_MAX_BYTES = 16 << 20,      /* what a record may have */
	XML_MAX_DEPTH = 256,           /* elements open at the same time */
	XML_MAX_ATTRIBUTES = 256,      /* of one element */
	XML_MAX_TAG_BYTES = 256 << 10, /* of one tag; no text stands in attributes */
	XML_MAX_SPACES = 256,          /* namespaces declared at the same time */
	XML_MAX_ENTITIES = 256,        /* declared by the document */
	XML_MAX_EXPANSIONS = 10000,    /* of such entities in all */
	XML_MAX_EXPANDED = 1 << 20,    /* bytes that they become in all */
};

#define XML_SPACE "http://www.w3.org/XML/1998/namespace" /* of xml:lang, xml:base */

enum xml_kind {
	XML_ELEMENT, /* a start tag */
	XML_END,     /* every element has one, also <a/> and those that were not closed */
	XML_TEXT,    /* text or CDATA; one text may come in several pieces */
};

/* Slices are good until the next xml_next(). */
struct xml_token {
	enum xml_kind kind;
	struct rp_slice space; /* namespace; the prefix itself where nobody declared it;
	                          empty: none */
	struct rp_slice name;  /* without prefix, as written */
	struct rp_slice text;  /* UTF-8, references resolved, no control characters */
	uint32_t depth;        /* of the element, or of the one the text is in; root: 1 */
	size_t at, end;        /* where it stands, for xml_source() */
	bool implied;          /* an end that nobody wrote */
};

struct xml;

/*
 * bytes     borrowed until xml_close()
 * encoding  what the HTTP header said; empty: nobody did
 *
 * In order: byte order mark, `encoding`, the XML declaration, UTF-8; if the bytes do not
 * fit, UTF-8, then windows-1252.  UTF-16 and UTF-32 are also known without a mark.
 *
 * RP_BAD_ITEM  too long
 */
enum rp_status xml_open(struct rp_slice bytes, struct rp_slice encoding, struct xml **out,
                        struct rp_error *err) RP_MUST_USE;
struct xml *xml_close(struct xml *xml);
DEFINE_CLEANUP(struct xml *, xml_close);

/*
 * RP_END       the root is closed, or the text is over
 * RP_BAD_ITEM  over one of the limits above
 *
 * Linear in the text.
 */
enum rp_status xml_next(struct xml *xml, struct xml_token *out,
                        struct rp_error *err) RP_MUST_USE;

/*
 * An attribute of the element that xml_next() gave last; good until the next one.  The
 * first is for those without prefix.  Empty when there is none.  Case counts.
 */
struct rp_slice xml_attribute(struct xml *xml, const char *name);
struct rp_slice xml_attribute_in(struct xml *xml, const char *space, const char *name);

/*
 * What is in the element that xml_next() gave last, its end included: all texts in it;
 * or its markup, as a fragment of HTML (no prefixes, no attributes with a prefix); or
 * nothing.  *end_out, which may be NULL, is the end.
 */
enum rp_status xml_text_in(struct xml *xml, struct rp_buf *out, struct xml_token *end_out,
                           struct rp_error *err) RP_MUST_USE;
enum rp_status xml_markup_in(struct xml *xml, struct rp_buf *out,
                             struct xml_token *end_out, struct rp_error *err) RP_MUST_USE;
enum rp_status xml_skip(struct xml *xml, struct xml_token *end_out,
                        struct rp_error *err) RP_MUST_USE;

/* The first thing that was not well-formed so far, as a sentence; NULL: nothing. */
const char *xml_broken(const struct xml *xml);

/* The text ended before the root element did. */
bool xml_is_cut(const struct xml *xml);

/* The bytes did not fit their encoding: something was replaced, or another was taken. */
bool xml_damaged(const struct xml *xml);

/* The name of the encoding that was taken: "utf-8", "windows-1252". */
struct rp_slice xml_encoding(const struct xml *xml);

/*
 * The byte of the input at which a place in the text stands; SIZE_MAX when that cannot be
 * told (encodings of several bytes other than UTF-8).  Ask in ascending order: then all
 * questions together are linear.
 */
size_t xml_source(struct xml *xml, size_t at);

#endif
