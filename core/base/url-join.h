/*
 * Addresses that are written relative to another one (RFC 3986, section 5.2).
 */
#ifndef RIPOSTE_CORE_BASE_URL_JOIN_H
#define RIPOSTE_CORE_BASE_URL_JOIN_H

#include "core/base/arena.h"
#include "core/base/slice.h"

/* Begins with a scheme ("https:", "mailto:"). */
bool url_is_absolute(struct rp_slice url);

/* "http://…" or "https://…", any case, with something behind it. */
bool url_is_web(struct rp_slice url);

/* "example.org:8080" of "https://bo@example.org:8080/x"; empty when there is none. */
struct rp_slice url_host(struct rp_slice url);

/*
 * What `reference` means in a document whose address is `base`: an absolute reference is
 * given back as it is, as is one without a base that is absolute.  Dot segments of the
 * others are removed.  Blanks at both ends are not part of an address.  false: the arena
 * is full.
 */
bool url_join(struct arena *arena, struct rp_slice base, struct rp_slice reference,
              struct rp_slice *out) RP_MUST_USE;

#endif
