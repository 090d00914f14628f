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
#include "core/base/buf.h"
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
	struct rp_slice key;    /* "x:1881923570458304780" */
	struct rp_slice author; /* account key, handles lower case; may be empty */
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
 * Bluesky: /profile/WHO/post/RKEY and /profile/WHO at its hosts, at any host when WHO is
 * a DID, and at://WHO/app.bsky.feed.post/RKEY.  Known by a handle, a post is
 * "bsky:ana.example/RKEY", which is no identity: an alias of the post once its author's
 * DID is known, whose handle that was.
 *
 * Mastodon: the uri of a post (https://HOST/users/NAME/statuses/ID, also with a letter in
 * ID, and https://HOST/ap/users/N/statuses/N) is its key.  Its page
 * (https://HOST/@NAME/ID,
 * /@NAME@ELSEWHERE/ID, /@NAME/statuses/ID or posts/ID, /web/statuses/ID) is
 * "masto:HOST!ID": which uri that is only the server knows, since names may be written in
 * another case and newer accounts have a number, and a post from elsewhere has another
 * uri altogether.  The author of a page is "masto:@name@host?".
 *
 * Nothing is percent-decoded.  Keys are made in the arena.  false, and *out untouched,
 * when the arena is full.
 */
bool url_meaning(struct arena *arena, struct rp_slice url,
                 struct url_meaning *out) RP_MUST_USE;

/*
 * The address of a page, the same for all who link to it: https where http was written,
 * unless a port tells them apart; the host in lower case, no port that goes without
 * saying, no fragment, none of utm_*, fbclid, gclid, xtor,
 * at_medium, at_campaign, ref, s and cmpid; an empty path is "/", line ends and tabs
 * inside are left out, blanks are %20.  Where one site has several addresses for a page
 * there is one: youtu.be, shorts, live, embeds and mobile pages of YouTube
 * (https://www.youtube.com/watch?v=ID), posts of LinkedIn
 * (https://www.linkedin.com/feed/update/urn:li:activity:ID), Threads, Instagram, TikTok
 * and Facebook.  Everything else is as it was written; cleaned twice is cleaned once.
 *
 * *out is empty for what is no whole address of http or https.  false: the arena is full.
 */
bool url_clean(struct arena *arena, struct rp_slice url,
               struct rp_slice *out) RP_MUST_USE;

/*
 * What a reference means in a document at `base` (RFC 3986, 5.2, without dots in the
 * path).  *out is empty unless it is an address of http or https: javascript: and data:
 * never are, nor is a relative one without a base.  false: the arena is full.
 */
bool url_resolve(struct arena *arena, struct rp_slice base, struct rp_slice reference,
                 struct rp_slice *out) RP_MUST_USE;

/* The same; *at_s_out: where in a video it begins ("t=1m30s"), 0 where that is not told.
 */
bool url_clean_at(struct arena *arena, struct rp_slice url, struct rp_slice *out,
                  int64_t *at_s_out) RP_MUST_USE;

/* ---- url-escape.c ---------------------------------------------------------------- */

/* Percent-encoded: all but letters, digits, -._~ and what is in `also` ("" or "/:"). */
void url_escape(struct rp_buf *out, struct rp_slice text, const char *also);
/* "%C3" */
void url_escape_byte(struct rp_buf *out, char byte);
/* Can it be what came of that, with nothing in `also`?  For what is read out of a
 * cursor. */
bool url_is_escaped(struct rp_slice text);

/* The address of a server's root: http or https, a host, perhaps a port, a path; no user,
 * query or fragment.  For addresses that a stranger names. */
bool url_is_root(struct rp_slice url);

#endif
