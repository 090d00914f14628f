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
	URL_ACCOUNT, /* author is set */
	URL_NOT_URL, /* no web address at all */
};

struct url_meaning {
	enum url_kind kind;
	struct rp_slice key; /* "x:1881923570458304780" */
	struct rp_slice
		author; /* account key the URL names, handles lower case; may be empty */
};

/*
 * What a URL names.  Scheme-less forms ("x.com/a/status/1") are accepted.  X's forms:
 * hosts twitter.com and x.com with www., mobile., m.; the embed fixers; nitter.*,
 * xcancel.com, twiiit.com; web.archive.org/web/<digits><flags>_/ is peeled first; paths
 * /U/status/ID, /U/statuses/ID, /i/web/status/ID, /i/status/ID, /statuses/ID, each with
 * photo, video, history and the like behind it, and /#!/U/status/ID.  Query and fragment
 * are dropped; /intent/like?tweet_id=ID names a post.  The user parts i, anyuser and _
 * are no author. Keys are made in the arena.  false when the arena is full.
 */
bool url_meaning(struct arena *arena, struct rp_slice url,
                 struct url_meaning *out) RP_MUST_USE;

#endif
