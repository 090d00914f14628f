/*
 * Character references of HTML: "&eacute;", "&#233;", "&#xE9;", and of old pages
 * "&eacute" without a semicolon.
 */
#ifndef RIPOSTE_CORE_PARSE_HTML_ENTITY_H
#define RIPOSTE_CORE_PARSE_HTML_ENTITY_H

#include "core/base/arena.h"
#include "core/base/slice.h"

struct html_entity {
	int32_t codes[2];
	size_t n;
};

/* The reference at the front of s, which begins with "&": how many bytes it takes; 0: it
 * is none, and means itself. */
size_t html_entity_read(struct rp_slice s, bool in_attribute, struct html_entity *out);

/* All of a text, which is given back as it is when it has none;
 * false: the arena is full. */
bool html_entities_decode(struct arena *arena, struct rp_slice s, bool in_attribute,
                          struct rp_slice *out) RP_MUST_USE;

#endif
