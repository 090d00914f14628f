/*
 * What is to be known of HTML's elements by their names.
 */
#ifndef RIPOSTE_CORE_PARSE_HTML_ELEMENT_H
#define RIPOSTE_CORE_PARSE_HTML_ELEMENT_H

#include "core/base/slice.h"

enum html_element {
	HTML_VOID = 1 << 0,       /* has no content and no end tag */
	HTML_RAW = 1 << 1,        /* its content is text, as it stands */
	HTML_RAW_TEXT = 1 << 2,   /* ... with entities */
	HTML_CLOSES_P = 1 << 3,   /* a paragraph that is open ends before it */
	HTML_BLOCK = 1 << 4,      /* set apart from the text around it */
	HTML_FORMATTING = 1 << 5, /* its end tag ends no block around which it stands */
	HTML_SCOPE = 1 << 6,      /* what is open outside of it stays open */
	HTML_HIDDEN = 1 << 7,     /* nothing in it is text of the page */
	HTML_ITEM = 1 << 8,       /* on a line of its own, no empty line between */
	HTML_CELL = 1 << 9,
	HTML_LIST = 1 << 10, /* items that are open outside of it stay open */
};

/* 0 for those that are not known. */
unsigned html_element(struct rp_slice name);

#endif
