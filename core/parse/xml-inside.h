/*
 * Inside of the XML reader: what its files share.
 *
 * xml-open.c finds the encoding, xml-text.c resolves references, xml-space.c
 * knows namespaces, xml.c reads tags.
 */
#ifndef RIPOSTE_CORE_PARSE_XML_INSIDE_H
#define RIPOSTE_CORE_PARSE_XML_INSIDE_H

#include "core/base/arena.h"
#include "core/parse/xml.h"

struct xml_attribute {
	struct rp_slice prefix, name;
	struct rp_slice raw; /* the value as written, without its quotes */
};

struct xml_entity {
	struct rp_slice name, raw;
};

struct xml_space {
	struct rp_slice prefix, uri;
	uint32_t depth; /* of the element that declared it */
};

struct xml_open_element {
	struct rp_slice written; /* with prefix, in the text */
	struct rp_slice space, name;
};

struct xml {
	struct rp_slice text;    /* UTF-8 for the most part: borrowed, or `converted` */
	struct rp_buf converted; /* empty where the input could be taken as it is */
	struct rp_slice encoding;
	size_t lead;    /* bytes of the input before the text: its mark */
	bool countable; /* one code point of the text for each byte of the input */
	bool damaged, broken_told;
	char broken[96];

	size_t at; /* everything before was looked at */
	uint32_t depth;
	struct xml_open_element open[XML_MAX_DEPTH];
	uint32_t to_close;     /* ends that are still to be given: all above this depth */
	bool closing, implied; /* ... and whether somebody wrote them */
	size_t close_at, close_end;
	bool rooted, over;

	struct xml_attribute attributes[XML_MAX_ATTRIBUTES];
	uint32_t n_attributes;
	struct xml_space spaces[XML_MAX_SPACES];
	uint32_t n_spaces;
	struct xml_entity entities[XML_MAX_ENTITIES];
	uint32_t n_entities;
	uint32_t expansions;
	size_t expanded;
	bool refused; /* an entity went over the limits */

	struct arena *kept;   /* namespaces that had references in them */
	struct arena *values; /* of attributes, until the next element */
	struct rp_buf piece;  /* the text of the token */

	size_t source_text, source_bytes; /* where xml_source() was asked last */
};

/* Note that something was not well-formed; the first one stays. */
void xml_note(struct xml *xml, const char *what);

/* ---- xml-open.c ------------------------------------------------------------ */

/* Find the encoding and fill in text, encoding, lead, countable, damaged. */
enum rp_status xml_decode(struct xml *xml, struct rp_slice bytes,
                          struct rp_slice encoding, struct rp_error *err) RP_MUST_USE;

/* Read the document type that begins at xml->at, and step behind it. */
void xml_doctype(struct xml *xml);

/* ---- xml-space.c ----------------------------------------------------------- */

void xml_split_name(struct rp_slice written, struct rp_slice *prefix,
                    struct rp_slice *name);

/* What the attributes of the element that begins at xml->depth declare. */
enum rp_status xml_declare_spaces(struct xml *xml, struct rp_error *err) RP_MUST_USE;

/* The namespace that a prefix stands for. */
struct rp_slice xml_space_of(struct xml *xml, struct rp_slice prefix);

/* ---- xml-text.c ------------------------------------------------------------ */

/* Append a text with its references resolved (cdata: as it is), without control
 * characters, and with "\n" for all ends of lines. */
void xml_add_text(struct xml *xml, struct rp_buf *out, struct rp_slice raw, bool cdata);

/* Has it anything that xml_add_text() would change? */
bool xml_is_plain(struct rp_slice raw, bool cdata);

#endif
