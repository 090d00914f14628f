/*
 * Inside of the reader of feeds in XML: feed-xml.c walks through the document,
 * feed-field.c reads one element, feed-construct.c those that are texts.
 */
#ifndef RIPOSTE_CORE_COLLECT_FEED_XML_H
#define RIPOSTE_CORE_COLLECT_FEED_XML_H

#include "core/collect/feed-fields.h"
#include "core/collect/feed.h"

#define FEED_RDF_SPACE "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/* What the elements around say: xml:base, absolute as far as known, and xml:lang. */
struct feed_scope {
	struct rp_slice base, lang;
};

enum { FEED_LEVELS = 2 }; /* the root, and a channel in it */

struct feed_walk {
	struct arena *arena; /* where texts go: the entry's, or the feed's */
	struct xml *xml;
	struct rp_buf text; /* of an element */
	struct rp_slice self, generator;
	struct feed_entry head; /* what the feed says of itself */
	struct feed_scope scopes[FEED_LEVELS];
	uint32_t depths[FEED_LEVELS];
	int level; /* that we are in; -1: the root was closed */
};

/* The root element, which must be a feed's; *atom_out: it is Atom's. */
enum rp_status feed_walk_begin(struct feed_walk *w, struct rp_slice url, bool *atom_out,
                               struct rp_error *err) RP_MUST_USE;

/* The next entry into `arena`; w->arena has what the feed says. */
enum rp_status feed_walk_next(struct feed_walk *w, struct arena *arena,
                              struct feed_entry *out, struct rp_error *err) RP_MUST_USE;

/* ---- feed-construct.c ------------------------------------------------------- */

enum feed_mode {
	MODE_TEXT,
	MODE_HTML,   /* escaped */
	MODE_MARKUP, /* as elements */
	MODE_BASE64,
	MODE_GUESS, /* nobody says */
};

/* A text that says itself how it is written; the first one stays. */
enum rp_status feed_read_text(struct feed_walk *w, const struct xml_token *token,
                              const struct feed_scope *scope, struct feed_text *into,
                              struct rp_error *err) RP_MUST_USE;

/* HTML, escaped (content:encoded) or not (xhtml:body); beats what was there. */
enum rp_status feed_read_html(struct feed_walk *w, const struct feed_scope *scope,
                              enum feed_mode mode, struct feed_text *into,
                              struct rp_error *err) RP_MUST_USE;

bool feed_is_html_type(struct rp_slice type);

/* ---- feed-field.c ----------------------------------------------------------- */

/* Read the element, to its end, into what it is a field of; others are passed by. */
enum rp_status feed_read_field(struct feed_walk *w, const struct xml_token *token,
                               const struct feed_scope *scope, struct feed_entry *into,
                               struct rp_error *err) RP_MUST_USE;

/* <source>, where an entry of another feed says what that one says: its author. */
enum rp_status feed_read_source(struct feed_walk *w, struct feed_person *author,
                                struct rp_error *err) RP_MUST_USE;

#endif
