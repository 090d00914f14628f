/* The header "Link" of HTTP: <https://h/a?max_id=1>; rel="next", <…>; rel=prev */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_LINK_H
#define RIPOSTE_CORE_COLLECT_FETCH_LINK_H

#include "core/base/slice.h"

#include <stdbool.h>

/*
 * The address whose "rel" has this word among its own; empty: there is none.  Several
 * links in one header, several headers joined by commas or line ends, parameters in any
 * order, quoted or not.  Linear.
 */
struct rp_slice link_find(struct rp_slice header, const char *rel);

/* Does it begin with this root ("https://h"), and go on with a path? */
bool link_is_below(struct rp_slice url, struct rp_slice root);

#endif
