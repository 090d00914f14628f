#include "core/base/url.h"

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

#define IS_ONE_OF(word, list) is_one_of((word), (list), sizeof(list) / sizeof(*(list)))

/* A web address taken apart; the host without user, port and final dot. */
struct address {
	struct rp_slice host;
	struct rp_slice rest; /* from the first "/", "?" or "#" on */
};

/* What the path of an address on X says. */
struct place {
	struct rp_slice part[4]; /* the first parts of the path, empty ones left out */
	struct rp_slice query;   /* without "?" */
};

static bool
is_word(struct rp_slice s, const char *word)
{
	return rp_slice_eq_nocase(s, rp_slice_str(word));
}

static bool
is_one_of(struct rp_slice word, const struct rp_slice *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rp_slice_eq_nocase(word, list[i]))
			return true;
	return false;
}

static bool
starts_nocase(struct rp_slice s, struct rp_slice prefix)
{
	return s.n >= prefix.n &&
	       rp_slice_eq_nocase(rp_slice_from(s.p, prefix.n), prefix);
}

static bool
take_prefix(struct rp_slice *s, const char *prefix)
{
	if (!starts_nocase(*s, rp_slice_str(prefix)))
		return false;
	*s = rp_slice_skip(*s, strlen(prefix));
	return true;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Up to the first of these bytes. */
static struct rp_slice
until_any(struct rp_slice s, const char *bytes)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == '\0' || strchr(bytes, s.p[n]) == NULL))
		n++;
	return rp_slice_from(s.p, n);
}

static size_t
count_digits(struct rp_slice s)
{
	size_t n = 0;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	return n;
}

/* The digits at the front, if they can be an id: not too many, and not from 0. */
static bool
get_id(struct rp_slice s, struct rp_slice *id)
{
	size_t n = count_digits(s);

	if (n == 0 || n > ID_MAX_DIGITS || s.p[0] == '0')
		return false;
	*id = rp_slice_from(s.p, n);
	return true;
}

/* "ana" or "@ana"; nothing for what is no handle, or nobody's. */
static bool
get_handle(struct rp_slice s, struct rp_slice *handle)
{
	(void)take_prefix(&s, "@");
	if (s.n == 0 || s.n > HANDLE_MAX || IS_ONE_OF(s, nobodies) ||
	    IS_ONE_OF(s, reserved))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_letter(s.p[i]) && !is_digit(s.p[i]) && s.p[i] != '_')
			return false;
	*handle = s;
	return true;
}

/* Would a person take this for a host?  "x.com" yes; "U.S.", "1.5", "masto:" no. */
static bool
looks_like_host(struct rp_slice host)
{
	struct rp_slice rest = host, part = { NULL, 0 };
	int parts = 0;

	for (; rest.p; parts++) {
		part = rp_slice_cut(&rest, '.');
		if (part.n == 0)
			return false;
		for (size_t i = 0; i < part.n; i++)
			if (!is_letter(part.p[i]) && !is_digit(part.p[i]) &&
			    part.p[i] != '-' && part.p[i] != '_' &&
			    (unsigned char)part.p[i] < 0x80)
				return false;
	}
	return parts > 1 && part.n > 1 && !is_digit(part.p[0]);
}

/* "user@Host:80" without user, port and final dot.  false: the port is none. */
static bool
get_host(struct rp_slice authority, struct rp_slice *host)
{
	struct rp_slice port;
	size_t at;

	while ((at = rp_slice_find_byte(authority, '@')) < authority.n)
		authority = rp_slice_skip(authority, at + 1);
	if (authority.n && authority.p[0] == '[') /* an IPv6 address has colons inside */
		port = rp_slice_skip(authority, rp_slice_find_byte(authority, ']') + 1);
	else
		port = rp_slice_skip(authority, rp_slice_find_byte(authority, ':'));
	*host = rp_slice_from(authority.p, authority.n - port.n);
	if (host->n && host->p[host->n - 1] == '.')
		host->n--;
	return port.n == 0 ||
	       (port.p[0] == ':' && count_digits(rp_slice_skip(port, 1)) == port.n - 1);
}

static bool
has_blank(struct rp_slice s)
{
	return until_any(s, " \t\r\n").n < s.n;
}

/*
 * Without a scheme more is asked of it, since any word may stand where a URL is expected:
 * a key, an e-mail address, a sentence (which has blanks).
 */
static bool
get_address(struct rp_slice url, bool blanks, struct address *out)
{
	bool scheme = take_prefix(&url, "https:/") || take_prefix(&url, "http:/") ||
	              take_prefix(&url, "//");
	struct rp_slice authority;

	while (scheme && take_prefix(&url, "/"))
		continue;
	authority = until_any(url, "/?#");
	if (until_any(authority, " \t\r\n\"<>").n < authority.n)
		return false;
	if (!get_host(authority, &out->host) || out->host.n == 0)
		return false;
	if (!scheme && (blanks || !looks_like_host(out->host) ||
	                rp_slice_find_byte(authority, '@') < authority.n))
		return false;
	out->rest = rp_slice_skip(url, authority.n);
	return true;
}

/* "/web/20250122id_/https://x.com/…" at the Wayback Machine: the URL inside. */
static bool
peel_wayback(const struct address *address, struct rp_slice *inner)
{
	struct rp_slice rest = address->rest, flags;

	if (!is_word(address->host, "web.archive.org") || !take_prefix(&rest, "/web/"))
		return false;
	flags = until_any(rest, "/");
	flags = rp_slice_skip(flags, count_digits(flags));
	(void)take_prefix(&flags, "*");
	while (flags.n && (is_letter(flags.p[0]) || flags.p[0] == '_'))
		flags = rp_slice_skip(flags, 1);
	if (flags.n ==
	    0) /* the whole part was a time; otherwise the URL begins at once */
		rest = rp_slice_skip(rest, until_any(rest, "/").n + 1);
	*inner = rest;
	return true;
}

static bool
is_x(struct rp_slice host)
{
	struct rp_slice fixer;

	while (take_prefix(&host, "www.") || take_prefix(&host, "mobile.") ||
	       take_prefix(&host, "m."))
		continue;
	if (IS_ONE_OF(host, x_hosts) || IS_ONE_OF(host, mirrors) ||
	    starts_nocase(host, RP_SLICE("nitter.")))
		return true;
	fixer = host.n > 2 && host.p[1] == '.' && is_letter(host.p[0])
	                ? rp_slice_skip(host, 2)
	                : host;
	return IS_ONE_OF(fixer, embed_fixers);
}

static struct place
get_place(struct rp_slice rest)
{
	struct place place = { .query = { NULL, 0 } };
	struct rp_slice path = until_any(rest, "?#");
	struct rp_slice query = rp_slice_skip(rest, path.n);
	struct rp_slice fragment;
	size_t n = 0;

	query = until_any(query, "#");
	fragment = rp_slice_skip(rest, path.n + query.n);
	if (path.n <= 1 && (take_prefix(&fragment, "#!") ||
	                    take_prefix(&fragment, "#%21"))) { /* as in 2010 to 2012 */
		path = until_any(fragment, "?#");
		query = until_any(rp_slice_skip(fragment, path.n), "#");
	}
	while (path.p && n < 4) {
		struct rp_slice part = rp_slice_cut(&path, '/');

		if (part.n)
			place.part[n++] = part;
	}
	place.query = rp_slice_skip(query, 1);
	return place;
}

/* The value of a parameter, or nothing.  "&" may have come as "&amp;". */
static struct rp_slice
get_parameter(struct rp_slice query, const char *name)
{
	while (query.p) {
		struct rp_slice value = rp_slice_cut(&query, '&');
		struct rp_slice key;

		(void)take_prefix(&value, "amp;");
		key = rp_slice_cut(&value, '=');
		if (rp_slice_eq(key, rp_slice_str(name)))
			return value;
	}
	return rp_slice_from(NULL, 0);
}

static bool
is_status(struct rp_slice part)
{
	return is_word(part, "status") || is_word(part, "statuses");
}

/* The id, and the handle where the path has one. */
static bool
find_post(const struct place *at, struct rp_slice *id, struct rp_slice *handle)
{
	const struct rp_slice *part = at->part;

	if (is_word(part[0], "i") && is_word(part[1], "web") && is_status(part[2]))
		return get_id(part[3], id);
	if (is_status(part[1]) && get_id(part[2], id)) {
		(void)get_handle(part[0], handle);
		return true;
	}
	if (is_word(part[0], "statuses"))
		return get_id(part[1], id);
	return is_word(part[0], "intent") &&
	       get_id(get_parameter(at->query, "tweet_id"), id);
}

static bool
find_account(const struct place *at, struct rp_slice *id, struct rp_slice *handle)
{
	const struct rp_slice *part = at->part;

	if (is_word(part[0], "i") && is_word(part[1], "user"))
		return get_id(part[2], id);
	if (is_word(part[0], "intent") &&
	    (is_word(part[1], "user") || is_word(part[1], "follow")))
		return get_id(get_parameter(at->query, "user_id"), id) ||
		       get_handle(get_parameter(at->query, "screen_name"), handle);
	return part[1].n == 0 && get_handle(part[0], handle);
}

static bool
make_account(struct arena *arena, struct rp_slice handle, struct rp_slice *out)
{
	char lower[HANDLE_MAX];

	for (size_t i = 0; i < handle.n; i++)
		lower[i] = (char)(handle.p[i] >= 'A' && handle.p[i] <= 'Z'
		                          ? handle.p[i] + ('a' - 'A')
		                          : handle.p[i]);
	return arena_printf(arena, out, "x:@%.*s?", (int)handle.n, lower);
}

static bool
x_meaning(struct arena *arena, const struct place *at, struct url_meaning *out)
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

bool
url_meaning(struct arena *arena, struct rp_slice url, struct url_meaning *out)
{
	struct url_meaning meaning = { .kind = URL_NOT_URL };
	struct address address;
	struct place place;
	bool blanks;

	url = rp_slice_trim(url);
	/* "<URL>", as RFC 3986 would have it in running text. */
	if (rp_slice_starts(url, RP_SLICE("<")) && rp_slice_ends(url, RP_SLICE(">")))
		url = rp_slice_from(url.p + 1, url.n - 2);
	blanks = has_blank(url);
	while (get_address(url, blanks, &address)) {
		meaning.kind = URL_OTHER;
		if (peel_wayback(&address, &url))
			continue;
		if (!is_x(address.host))
			break;
		place = get_place(address.rest);
		if (!x_meaning(arena, &place, &meaning))
			return false;
		break;
	}
	*out = meaning;
	return true;
}
