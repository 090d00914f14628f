/*
 * HTML as a tree that cannot hurt: read leniently, as browsers do, without network,
 * scripts or entities from elsewhere, and copied into an arena.
 *
 * Walk it with first, next and parent and never by recursion: how deep it nests,
 * strangers choose.
 */
#ifndef RIPOSTE_CORE_PARSE_HTML_H
#define RIPOSTE_CORE_PARSE_HTML_H

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/base/slice.h"

enum {
	HTML_MAX_BYTES = 16 << 20,
	HTML_MAX_DEPTH = 512, /* deeper elements are read as children of the last */
	HTML_MAX_NODES = 1 << 20,
};

struct html_attribute {
	struct rp_slice name, value; /* name in lower case; value without entities */
};

struct html_node {
	struct rp_slice name; /* of an element, in lower case; empty: a text */
	struct rp_slice text; /* of a text, without entities */
	const struct html_attribute *attributes;
	uint32_t n_attributes;
	uint32_t parent, first, next; /* HTML_NONE: there is none */
};

#define HTML_NONE UINT32_MAX

/* nodes[0] is the root, an element without a name. */
struct html {
	const struct html_node *nodes;
	uint32_t n;
	bool cut;     /* deeper or more than the limits: something was left out */
	bool damaged; /* bytes that fit no encoding were replaced */
};

/*
 * Read a page or a fragment.  encoding: what the HTTP header said; empty: nobody did.  In
 * order: byte order mark, `encoding`, <meta charset> in the first 1,024 bytes, UTF-8 if
 * the bytes are that, windows-1252.  All texts come out as UTF-8.
 *
 * The tree depends on the bytes alone, so that a page read again years later on another
 * machine says the same.  Time is linear; memory some six times the page, for tags close
 * upon each other more.
 *
 * RP_BAD_ITEM     too long, or the arena is full
 */
enum rp_status html_parse(struct arena *arena, struct rp_slice bytes,
                          struct rp_slice encoding, struct html *out,
                          struct rp_error *err) RP_MUST_USE;

/* An element of that name. */
bool html_is(const struct html *html, uint32_t node, const char *name);

/* The value of an attribute; empty when there is none. */
struct rp_slice html_get(const struct html *html, uint32_t node, const char *attribute);

/* Is `word` among the blank-separated words of an attribute ("class")?  ASCII case does
 * not count. */
bool html_has_word(const struct html *html, uint32_t node, const char *attribute,
                   const char *word);

/* The node behind this one in the order of the text, within the subtree of `top`: the
 * first child, else what follows; HTML_NONE at the end. */
uint32_t html_after(const struct html *html, uint32_t node, uint32_t top);

/* The same, but not into the node. */
uint32_t html_beyond(const struct html *html, uint32_t node, uint32_t top);

/* A link in a text. */
struct html_link {
	struct rp_slice href; /* as written */
	struct rp_slice classes, rel;
	size_t at, n; /* where it stands in the text */
};

struct html_text {
	struct rp_slice text;
	const struct html_link *links;
	size_t n_links;
};

/*
 * The text below a node, as people read it: blanks collapsed, one newline for <br>, an
 * empty line between blocks, "- " before list items, "> " before lines of a quotation,
 * “ and ” around <q>; nothing of script, style, template, noscript, of forms, of titles,
 * of what is marked hidden.  No-break spaces stay.
 *
 * false: the arena is full.
 */
bool html_text(struct arena *arena, const struct html *html, uint32_t node,
               struct html_text *out) RP_MUST_USE;

/*
 * The text of a fragment as feeds and Mastodon have it: html_parse() and html_text() in
 * one.  What stands in elements of class "invisible" is in the href anyway: where a link
 * has such parts, its text is its href.  Elements of class "quote-inline" are left out.
 */
enum rp_status html_fragment_text(struct arena *arena, struct rp_slice fragment,
                                  struct html_text *out,
                                  struct rp_error *err) RP_MUST_USE;

#endif
