/*
 * What HTML and XML have in common.
 */
#ifndef RIPOSTE_CORE_PARSE_MARKUP_H
#define RIPOSTE_CORE_PARSE_MARKUP_H

#include <stdbool.h>

/* What stands between attributes.  HTML counts \f, XML does not, and reads it all the
 * same; \v is a blank in neither. */
static inline bool
markup_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

#endif
