/*
 * What addresses of Bluesky and Mastodon mean.
 */
#include "core/base/url-parts.h"

#include "core/base/ascii.h"

enum { RKEY_MAX = 512, NAME_MAX_BYTES = 300, HOST_MAX = 260, MASTO_ID_MAX = 26 };

/* Bluesky's own, and those that show its posts inside of chats. */
static const struct rp_slice bsky_hosts[] = {
	RP_LIT("bsky.app"),   RP_LIT("www.bsky.app"), RP_LIT("main.bsky.dev"),
	RP_LIT("fxbsky.app"), RP_LIT("vxbsky.app"),   RP_LIT("bskyx.app"),
};

/* Sites with "/@name/" in their paths that are no Mastodon. */
static const struct rp_slice not_masto[] = {
	RP_LIT("medium.com"),     RP_LIT("www.tiktok.com"),  RP_LIT("tiktok.com"),
	RP_LIT("m.tiktok.com"),   RP_LIT("www.youtube.com"), RP_LIT("youtube.com"),
	RP_LIT("m.youtube.com"),  RP_LIT("www.threads.com"), RP_LIT("www.threads.net"),
	RP_LIT("threads.com"),    RP_LIT("threads.net"),     RP_LIT("substack.com"),
	RP_LIT("www.flickr.com"), RP_LIT("odysee.com"),      RP_LIT("t.me"),
};

/* The bytes at the front that are letters, digits, or one of `others`. */
static struct rp_slice
run_of(struct rp_slice s, const char *others)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != '\0' &&
	       (ascii_is_letter(s.p[n]) || ascii_is_digit(s.p[n]) ||
	        strchr(others, s.p[n])))
		n++;
	return rp_slice_from(s.p, n);
}

static bool
is_did(struct rp_slice s)
{
	const struct rp_slice whole = s;

	return (url_take_prefix(&s, "did:plc:") || url_take_prefix(&s, "did:web:")) &&
	       s.n > 0 && rp_slice_starts(whole, RP_SLICE("did:")) &&
	       run_of(s, ".:_-%").n == s.n;
}

/* A host name: that is what handles are there. */
static bool
is_handle(struct rp_slice s)
{
	return s.n > 0 && s.n <= NAME_MAX_BYTES && run_of(s, ".-").n == s.n &&
	       rp_slice_find_byte(s, '.') < s.n && s.p[0] != '.';
}

/* A record key, without what a sentence has put behind it. */
static bool
get_rkey(struct rp_slice s, struct rp_slice *rkey)
{
	*rkey = run_of(s, "._:~-");
	while (rkey->n && (rkey->p[rkey->n - 1] == '.' || rkey->p[rkey->n - 1] == ':'))
		rkey->n--;
	return rkey->n > 0 && rkey->n <= RKEY_MAX;
}

/* "a", the lower case of `name`, and "b" in the arena. */
static bool
join_lower(struct arena *arena, const char *a, struct rp_slice name, struct rp_slice b,
           struct rp_slice *out)
{
	char *lower = arena_alloc(arena, name.n);

	if (lower == NULL)
		return false;
	return arena_join(arena, rp_slice_str(a), ascii_lower_into(lower, name), out) &&
	       arena_join(arena, *out, b, out);
}

/* Of a DID the case counts. */
static bool
bsky_names(struct arena *arena, struct rp_slice who, struct rp_slice rkey,
           struct url_meaning *out)
{
	const bool did = is_did(who);
	struct rp_slice repository;

	out->kind = rkey.n ? URL_POST : URL_ACCOUNT;
	if (did ? !arena_join(arena, RP_SLICE("bsky:@"), who, &out->author)
	        : !join_lower(arena, "bsky:@", who, RP_SLICE("?"), &out->author))
		return false;
	if (rkey.n == 0)
		return true;
	return (did ? arena_join(arena, RP_SLICE("bsky:"), who, &repository)
	            : join_lower(arena, "bsky:", who, RP_SLICE(""), &repository)) &&
	       arena_join(arena, repository, RP_SLICE("/"), &out->key) &&
	       arena_join(arena, out->key, rkey, &out->key);
}

bool
url_bsky_meaning(struct arena *arena, const struct url_address *address,
                 const struct url_place *at, struct url_meaning *out)
{
	const struct rp_slice *part = at->part;
	struct rp_slice rkey = { NULL, 0 };

	if (!url_is_word(part[0], "profile") ||
	    !(is_did(part[1]) ||
	      (is_handle(part[1]) && ASCII_IS_ONE_OF(address->host, bsky_hosts))))
		return true;
	if (part[2].n && !(url_is_word(part[2], "post") && get_rkey(part[3], &rkey)))
		return true;
	return bsky_names(arena, part[1], rkey, out);
}

bool
url_at_meaning(struct arena *arena, struct rp_slice uri, struct url_meaning *out)
{
	struct rp_slice rest = rp_slice_skip(url_until_any(uri, "?#"), 5);
	struct rp_slice who = rp_slice_cut(&rest, '/');
	struct rp_slice collection = rp_slice_cut(&rest, '/'), rkey = { NULL, 0 };

	if (!is_did(who) && !is_handle(who))
		return true;
	out->kind = URL_OTHER;
	if (collection.n && !(rp_slice_eq(collection, RP_SLICE("app.bsky.feed.post")) &&
	                      get_rkey(rest, &rkey)))
		return true;
	return bsky_names(arena, who, rkey, out);
}

/* ---- Mastodon -------------------------------------------------------------- */

static bool
is_name(struct rp_slice s)
{
	return s.n > 0 && s.n <= NAME_MAX_BYTES && run_of(s, "_.-").n == s.n;
}

static bool
is_masto_id(struct rp_slice s)
{
	return s.n > 0 && s.n <= MASTO_ID_MAX && run_of(s, "").n == s.n;
}

/* "host" or "host:3000", in lower case. */
static bool
masto_host(struct arena *arena, const struct url_address *address, struct rp_slice *out)
{
	const char *usual = address->is_http ? "80" : "443";

	if (!join_lower(arena, "", address->host, RP_SLICE(""), out))
		return false;
	if (address->port.n == 0 || rp_slice_eq(address->port, rp_slice_str(usual)))
		return true;
	return arena_join(arena, *out, RP_SLICE(":"), out) &&
	       arena_join(arena, *out, address->port, out);
}

/* Of a uri: its author is what stands before "/statuses/". */
static bool
masto_uri(struct arena *arena, const struct url_address *address, const char *users,
          struct rp_slice name, struct rp_slice id, struct url_meaning *out)
{
	struct rp_slice host, actor;

	out->kind = URL_POST;
	return masto_host(arena, address, &host) &&
	       arena_printf(arena, &actor, "http%s://%.*s/%s/%.*s",
	                    address->is_http ? "" : "s", RP_FMT(host), users,
	                    RP_FMT(name)) &&
	       arena_join(arena, RP_SLICE("masto:@"), actor, &out->author) &&
	       arena_printf(arena, &out->key, "masto:%.*s/statuses/%.*s", RP_FMT(actor),
	                    RP_FMT(id));
}

/* Of a page: `who` is "name" or "name@elsewhere", or nobody. */
static bool
masto_page(struct arena *arena, const struct url_address *address, struct rp_slice who,
           struct rp_slice id, struct url_meaning *out)
{
	const bool remote = rp_slice_find_byte(who, '@') < who.n;
	struct rp_slice host, name;

	out->kind = URL_POST;
	if (!masto_host(arena, address, &host) ||
	    !arena_printf(arena, &out->key, "masto:%.*s!%.*s", RP_FMT(host), RP_FMT(id)))
		return false;
	if (who.n == 0)
		return true;
	return join_lower(arena, "masto:@", who, RP_SLICE(""), &name) &&
	       (remote || (arena_join(arena, name, RP_SLICE("@"), &name) &&
	                   arena_join(arena, name, host, &name))) &&
	       arena_join(arena, name, RP_SLICE("?"), &out->author);
}

/* "@ana", "@ana@elsewhere.example" */
static bool
get_who(struct rp_slice part, struct rp_slice *who)
{
	struct rp_slice rest, name;

	if (!url_take_prefix(&part, "@"))
		return false;
	*who = rest = part;
	name = rp_slice_cut(&rest, '@');
	return is_name(name) && (rest.p == NULL || is_handle(rest));
}

bool
url_masto_meaning(struct arena *arena, const struct url_address *address,
                  const struct url_place *at, struct url_meaning *out)
{
	const struct rp_slice *part = at->part;
	struct rp_slice who = { NULL, 0 };

	if (address->host.n + address->port.n > HOST_MAX)
		return true;
	if (url_is_word(part[0], "users") && url_is_word(part[2], "statuses") &&
	    is_name(part[1]) && is_masto_id(part[3]) && part[4].n == 0)
		return masto_uri(arena, address, "users", part[1], part[3], out);
	if (url_is_word(part[0], "ap") && url_is_word(part[1], "users") &&
	    url_is_word(part[3], "statuses") && is_masto_id(part[2]) &&
	    is_masto_id(part[4]))
		return masto_uri(arena, address, "ap/users", part[2], part[4], out);

	if (url_is_word(part[0], "web") || url_is_word(part[0], "deck"))
		part++; /* the two ways in which it shows itself */
	if (part > at->part && url_is_word(part[0], "statuses") && is_masto_id(part[1]))
		return masto_page(arena, address, who, part[1], out);
	if (!get_who(part[0], &who) || ASCII_IS_ONE_OF(address->host, not_masto))
		return true;
	if (part[1].n && ascii_digits(part[1]) == part[1].n && is_masto_id(part[1]))
		return masto_page(arena, address, who, part[1], out);
	if ((url_is_word(part[1], "statuses") || url_is_word(part[1], "posts")) &&
	    is_masto_id(part[2]))
		return masto_page(arena, address, who, part[2], out);
	return true;
}
