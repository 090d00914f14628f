/*
 * Web addresses taken apart: for url.c and its neighbours.
 */
#ifndef RIPOSTE_CORE_BASE_URL_PARTS_H
#define RIPOSTE_CORE_BASE_URL_PARTS_H

#include "core/base/url.h"

/* The host without user, port and final dot. */
struct url_address {
	bool is_http; /* without s */
	struct rp_slice host;
	struct rp_slice port; /* digits; may be empty */
	struct rp_slice rest; /* from the first "/", "?" or "#" on */
};

enum { URL_PARTS = 5 };

/* What the path says. */
struct url_place {
	struct rp_slice
		part[URL_PARTS]; /* the first parts of the path, empty ones left out */
	struct rp_slice query;   /* without "?" */
};

bool url_is_word(struct rp_slice s, const char *word); /* whatever the case */
bool url_take_prefix(struct rp_slice *s, const char *prefix);

/* Up to the first of these bytes. */
struct rp_slice url_until_any(struct rp_slice s, const char *bytes);

/*
 * Without a scheme more is asked of it, since any word may stand where a URL is expected:
 * a key, an e-mail address, a sentence (which has blanks).
 */
bool url_get_address(struct rp_slice url, bool blanks, struct url_address *out);

/* Of what stands behind the host. */
struct url_place url_get_place(struct rp_slice rest);

/* The value of a parameter, or nothing.  "&" may have come as "&amp;". */
struct rp_slice url_get_parameter(struct rp_slice query, const char *name);

/*
 * As browsers take what stands in an attribute: without blanks around it and without line
 * ends and tabs inside.  *out is empty for what no address can hold.
 */
bool url_tidy(struct arena *arena, struct rp_slice url, struct rp_slice *out);

/* url_clean() without what only single sites have equal. */
bool url_strip(struct arena *arena, struct rp_slice tidied, struct rp_slice *out);

/* ---- what the networks' addresses mean; false when the arena is full ------- */

bool url_is_x(struct rp_slice host);
bool url_x_meaning(struct arena *arena, const struct url_place *at,
                   struct url_meaning *out);

/* Leave *out as it is when the address is none of theirs. */
bool url_bsky_meaning(struct arena *arena, const struct url_address *address,
                      const struct url_place *at, struct url_meaning *out);
bool url_masto_meaning(struct arena *arena, const struct url_address *address,
                       const struct url_place *at, struct url_meaning *out);

/* "at://did:plc:abc/app.bsky.feed.post/3lgz…", any record of a repository, or all of it.
 * URL_OTHER for records that are no posts. */
bool url_at_meaning(struct arena *arena, struct rp_slice uri, struct url_meaning *out);

#endif
