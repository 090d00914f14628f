#include "core/base/url.h"

#include "core/base/ascii.h"
#include "core/base/url-parts.h"

static bool
has_blank(struct rp_slice s)
{
	return url_until_any(s, " \t\r\n").n < s.n;
}

/* "/web/20250122id_/https://x.com/…" at the Wayback Machine: the URL inside. */
static bool
peel_wayback(const struct url_address *address, struct rp_slice *inner)
{
	struct rp_slice rest = address->rest, flags;

	if (!url_is_word(address->host, "web.archive.org") ||
	    !url_take_prefix(&rest, "/web/"))
		return false;
	flags = url_until_any(rest, "/");
	flags = rp_slice_skip(flags, ascii_digits(flags));
	(void)url_take_prefix(&flags, "*");
	while (flags.n && (ascii_is_letter(flags.p[0]) || flags.p[0] == '_'))
		flags = rp_slice_skip(flags, 1);
	if (flags.n ==
	    0) /* the whole part was a time; otherwise the URL begins at once */
		rest = rp_slice_skip(rest, url_until_any(rest, "/").n + 1);
	*inner = rest;
	return true;
}

static bool
meaning_of(struct arena *arena, const struct url_address *address,
           struct url_meaning *out)
{
	const struct url_place place = url_get_place(address->rest);

	if (url_is_x(address->host))
		return url_x_meaning(arena, &place, out);
	/* The other networks' paths all have parts. */
	if (place.part[1].n == 0)
		return true;
	return url_bsky_meaning(arena, address, &place, out) &&
	       (out->kind != URL_OTHER || url_masto_meaning(arena, address, &place, out));
}

bool
url_meaning(struct arena *arena, struct rp_slice url, struct url_meaning *out)
{
	struct url_meaning meaning = { .kind = URL_NOT_URL };
	struct url_address address;
	bool blanks;

	url = rp_slice_trim(url);
	/* "<URL>", as RFC 3986 would have it in running text. */
	if (rp_slice_starts(url, RP_SLICE("<")) && rp_slice_ends(url, RP_SLICE(">")))
		url = rp_slice_from(url.p + 1, url.n - 2);
	blanks = has_blank(url);
	if (!blanks && rp_slice_starts(url, RP_SLICE("at://"))) {
		if (!url_at_meaning(arena, url, &meaning))
			return false;
		*out = meaning;
		return true;
	}
	while (url_get_address(url, blanks, &address)) {
		meaning.kind = URL_OTHER;
		if (peel_wayback(&address, &url))
			continue;
		if (!meaning_of(arena, &address, &meaning))
			return false;
		break;
	}
	*out = meaning;
	return true;
}
