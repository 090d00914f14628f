/*
 * What addresses of X mean.
 */
#include "core/base/url-parts.h"

#include "core/base/ascii.h"

#define ID_MAX_DIGITS 19
#define HANDLE_MAX 20 /* 15 today, accounts from the first years have up to 20 */

static const struct rp_slice x_hosts[] = { RP_LIT("twitter.com"), RP_LIT("x.com") };

/* These also answer below a host of one letter: d.fxtwitter.com. */
static const struct rp_slice embed_fixers[] = {
	RP_LIT("fxtwitter.com"),  RP_LIT("vxtwitter.com"), RP_LIT("fixupx.com"),
	RP_LIT("fixvx.com"),      RP_LIT("twittpr.com"),   RP_LIT("pxtwitter.com"),
	RP_LIT("ayytwitter.com"), RP_LIT("twitter64.com"),
};

static const struct rp_slice mirrors[] = { RP_LIT("xcancel.com"), RP_LIT("twiiit.com") };

/* Stands where a handle should, when whoever made the link did not know it. */
static const struct rp_slice nobodies[] = { RP_LIT("i"), RP_LIT("anyuser"), RP_LIT("_") };

/* First parts of paths that are X's own and no account. */
static const struct rp_slice reserved[] = {
	RP_LIT("home"),          RP_LIT("search"),
	RP_LIT("explore"),       RP_LIT("i"),
	RP_LIT("intent"),        RP_LIT("share"),
	RP_LIT("hashtag"),       RP_LIT("settings"),
	RP_LIT("login"),         RP_LIT("logout"),
	RP_LIT("signup"),        RP_LIT("compose"),
	RP_LIT("notifications"), RP_LIT("messages"),
	RP_LIT("tos"),           RP_LIT("privacy"),
	RP_LIT("about"),         RP_LIT("jobs"),
	RP_LIT("download"),      RP_LIT("statuses"),
};

/* The digits at the front, if they can be an id: not too many, and not from 0. */
static bool
get_id(struct rp_slice s, struct rp_slice *id)
{
	size_t n = ascii_digits(s);

	if (n == 0 || n > ID_MAX_DIGITS || s.p[0] == '0')
		return false;
	*id = rp_slice_from(s.p, n);
	return true;
}

/* "ana" or "@ana"; nothing for what is no handle, or nobody's. */
static bool
get_handle(struct rp_slice s, struct rp_slice *handle)
{
	(void)url_take_prefix(&s, "@");
	if (s.n == 0 || s.n > HANDLE_MAX || ASCII_IS_ONE_OF(s, nobodies) ||
	    ASCII_IS_ONE_OF(s, reserved))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_letter(s.p[i]) && !ascii_is_digit(s.p[i]) && s.p[i] != '_')
			return false;
	*handle = s;
	return true;
}

bool
url_is_x(struct rp_slice host)
{
	struct rp_slice fixer, nitter;

	while (url_take_prefix(&host, "www.") || url_take_prefix(&host, "mobile.") ||
	       url_take_prefix(&host, "m."))
		continue;
	nitter = host;
	if (ASCII_IS_ONE_OF(host, x_hosts) || ASCII_IS_ONE_OF(host, mirrors) ||
	    url_take_prefix(&nitter, "nitter."))
		return true;
	fixer = host.n > 2 && host.p[1] == '.' && ascii_is_letter(host.p[0])
	                ? rp_slice_skip(host, 2)
	                : host;
	return ASCII_IS_ONE_OF(fixer, embed_fixers);
}

static bool
is_status(struct rp_slice part)
{
	return url_is_word(part, "status") || url_is_word(part, "statuses");
}

/* The id, and the handle where the path has one. */
static bool
find_post(const struct url_place *at, struct rp_slice *id, struct rp_slice *handle)
{
	const struct rp_slice *part = at->part;

	if (url_is_word(part[0], "i") && url_is_word(part[1], "web") &&
	    is_status(part[2]))
		return get_id(part[3], id);
	if (is_status(part[1]) && get_id(part[2], id)) {
		(void)get_handle(part[0], handle);
		return true;
	}
	if (url_is_word(part[0], "statuses"))
		return get_id(part[1], id);
	return url_is_word(part[0], "intent") &&
	       get_id(url_get_parameter(at->query, "tweet_id"), id);
}

static bool
find_account(const struct url_place *at, struct rp_slice *id, struct rp_slice *handle)
{
	const struct rp_slice *part = at->part;

	if (url_is_word(part[0], "i") && url_is_word(part[1], "user"))
		return get_id(part[2], id);
	if (url_is_word(part[0], "intent") &&
	    (url_is_word(part[1], "user") || url_is_word(part[1], "follow")))
		return get_id(url_get_parameter(at->query, "user_id"), id) ||
		       get_handle(url_get_parameter(at->query, "screen_name"), handle);
	return part[1].n == 0 && get_handle(part[0], handle);
}

static bool
make_account(struct arena *arena, struct rp_slice handle, struct rp_slice *out)
{
	char lower[HANDLE_MAX];

	handle = ascii_lower_into(lower, handle);
	return arena_printf(arena, out, "x:@%.*s?", RP_FMT(handle));
}

bool
url_x_meaning(struct arena *arena, const struct url_place *at, struct url_meaning *out)
{
	struct rp_slice id = { NULL, 0 }, handle = { NULL, 0 };

	if (find_post(at, &id, &handle)) {
		out->kind = URL_POST;
		return arena_printf(arena, &out->key, "x:%.*s", RP_FMT(id)) &&
		       (handle.n == 0 || make_account(arena, handle, &out->author));
	}
	if (!find_account(at, &id, &handle))
		return true;
	out->kind = URL_ACCOUNT;
	return id.n ? arena_printf(arena, &out->author, "x:@%.*s", RP_FMT(id))
	            : make_account(arena, handle, &out->author);
}
