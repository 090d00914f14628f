/*
 * Platform URLs and the keys they stand for.
 *
 * Every form in which people pass posts around maps to the one key of the post: host
 * spellings, mobile hosts, embed fixers, Nitter instances, Wayback prefixes, tracking
 * parameters. Nothing here touches the network.
 */
#ifndef RIPOSTE_CORE_BASE_URL_H
#define RIPOSTE_CORE_BASE_URL_H

#include "core/base/arena.h"
#include "core/base/slice.h"

enum url_kind {
	URL_OTHER,   /* a web address we know nothing about */
	URL_POST,    /* key is set, author perhaps ("x:@elonmusk?") */
	URL_ACCOUNT, /* author is set: "x:@elonmusk?", or "x:@44196397" where the id is
	                told */
	URL_NOT_URL, /* no web address at all */
};

struct url_meaning {
	enum url_kind kind;
	struct rp_slice key; /* "x:1881923570458304780" */
	struct rp_slice
		author; /* account key the URL names, handles lower case; may be empty */
};

/*
 * What a URL names.  The scheme may be missing ("x.com/a/status/1") where the rest could
 * be nothing else; keys, e-mail addresses and sentences are URL_NOT_URL.
 *
 * X's hosts: twitter.com and x.com with www., mobile., m.; the embed fixers; nitter.*,
 * xcancel.com, twiiit.com; whatever the port.  A page at
 * web.archive.org/web/<time><flags>/ is the page it is a copy of.
 *
 * Posts: /U/status/ID, /U/statuses/ID, /i/web/status/ID, /i/status/ID, /statuses/ID, each
 * with photo, video, history or rubbish behind it (the id ends at the first byte that is
 * no digit), /#!/U/status/ID, and /intent/like?tweet_id=ID.  Other queries and fragments
 * say nothing.  ID has 1 to 19 digits and does not begin with 0.  U is the author unless
 * it is i, anyuser, _, a page of X, or no handle.
 *
 * Accounts: /U, /i/user/ID, /intent/user and /intent/follow with user_id or screen_name.
 * Everything else of X is URL_OTHER, as are t.co and the media hosts.
 *
 * Nothing is percent-decoded.  Keys are made in the arena.  false, and *out untouched,
 * when the arena is full.
 */
bool url_meaning(struct arena *arena, struct rp_slice url,
                 struct url_meaning *out) RP_MUST_USE;

#endif
