/*
 * The tokens of a page: tags, texts, and nothing of comments and declarations.  Any bytes
 * are tokens of some kind, as in browsers; each byte is looked at a bounded number of
 * times.
 */
#ifndef RIPOSTE_CORE_PARSE_HTML_SCAN_H
#define RIPOSTE_CORE_PARSE_HTML_SCAN_H

#include "core/parse/html.h"

enum {
	HTML_MAX_ATTRIBUTES = 256, /* of one element; pages have ten */
};

enum html_token_kind {
	HTML_TEXT,
	HTML_BEGIN,
	HTML_END,
	HTML_OVER, /* the end of the page */
};

struct html_token {
	enum html_token_kind kind;
	struct rp_slice name; /* BEGIN, END: in lower case */
	struct rp_slice text; /* TEXT */
	const struct html_attribute *attributes;
	uint32_t n_attributes;
};

struct html_scan {
	struct arena *arena;
	struct rp_slice page; /* UTF-8; tokens point into it */
	size_t at;
	struct rp_slice raw; /* the element whose content is text up to its end tag */
	bool raw_entities;   /* ... with entities (title, textarea) */
	bool cut;            /* attributes were left out */
};

/* false: the arena is full. */
bool html_scan_next(struct html_scan *scan, struct html_token *out) RP_MUST_USE;

/* What follows a begin tag is text up to the end tag of that name. */
void html_scan_raw(struct html_scan *scan, struct rp_slice name, bool entities);

#endif
