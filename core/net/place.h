/*
 * Where a request goes: an address of the web as libcurl itself reads it, so that what is
 * judged here is what will be asked.  Inside of this room.
 */
#ifndef RIPOSTE_CORE_NET_PLACE_H
#define RIPOSTE_CORE_NET_PLACE_H

#include "core/base/arena.h"
#include "core/net/curl.h"

struct place {
	CURLU *url;
	struct rp_slice text;   /* the whole, without fragment; NUL behind it */
	struct rp_slice origin; /* "https://host:443" */
	bool secure;            /* https */
};

struct place place_none(struct place place);

/*
 * text, or where it leads from `base` (NULL: nowhere).  What it holds lives in the arena,
 * but for the url, which place_none() frees.
 *
 * RP_BAD_USAGE: no address, of something else than http and https, or with a user and
 * password in it; the text of the error does not show it.
 */
enum rp_status place_read(struct arena *arena, const struct place *base,
                          struct rp_slice text, struct place *out,
                          struct rp_error *err) RP_MUST_USE;

enum { HOPS_MAX = 5 };

/* What was asked, as far as redirects go. */
struct journey {
	struct place at;             /* that was just answered */
	struct rp_slice home;        /* the origin that the secret is for */
	struct rp_slice secret;      /* empty: none */
	uint64_t seen[HOPS_MAX + 1]; /* hashes of the addresses so far */
	unsigned hops;
	bool temporary; /* one of the hops was */
};

void journey_begin(struct journey *journey, struct place first, struct rp_slice secret);

/*
 * Go to where a redirect leads.  RP_BAD_SOURCE: not there, see http.h; the journey is as
 * it was.
 */
enum rp_status journey_hop(struct journey *journey, struct arena *arena, int status,
                           struct rp_slice location, struct rp_error *err) RP_MUST_USE;

/* May the secret be sent to where we are? */
bool journey_is_home(const struct journey *journey);

#endif
