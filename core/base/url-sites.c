/*
 * One address for pages that have several, where the site tells which belong together.
 */
#include "core/base/url-parts.h"

#include "core/base/ascii.h"

enum { CODE_MAX = 64 };

/* Letters, digits, "_" and "-" from the front: what these sites make their ids of. */
static bool
get_code(struct rp_slice s, struct rp_slice *code)
{
	size_t n = 0;

	while (n < s.n && (ascii_is_letter(s.p[n]) || ascii_is_digit(s.p[n]) ||
	                   s.p[n] == '_' || s.p[n] == '-'))
		n++;
	*code = rp_slice_from(s.p, n);
	return n > 0 && n <= CODE_MAX;
}

/* "90", "90s", "1m30s", "1h2m3s"; 0 for anything else. */
static int64_t
seconds_of(struct rp_slice s)
{
	enum { MOST_DIGITS = 7 };
	int64_t total = 0;

	while (s.n) {
		const size_t digits = ascii_digits(s);
		uint64_t value;
		int64_t unit = 1;

		if (digits > MOST_DIGITS ||
		    !rp_slice_u64(rp_slice_from(s.p, digits), &value))
			return 0;
		s = rp_slice_skip(s, digits);
		if (s.n && (s.p[0] == 'h' || s.p[0] == 'm' || s.p[0] == 's'))
			unit = s.p[0] == 'h' ? 3600 : s.p[0] == 'm' ? 60 : 1;
		else if (s.n)
			return 0;
		s = rp_slice_skip(s, 1);
		total += (int64_t)value * unit;
	}
	return total;
}

static struct rp_slice
bare_host(struct rp_slice host)
{
	while (url_take_prefix(&host, "www.") || url_take_prefix(&host, "m.") ||
	       url_take_prefix(&host, "mobile.") || url_take_prefix(&host, "music."))
		continue;
	return host;
}

static bool
youtube(struct arena *arena, struct rp_slice host, const struct url_address *address,
        struct rp_slice *out, int64_t *at_s)
{
	const struct url_place at = url_get_place(address->rest);
	const struct rp_slice *part = at.part;
	struct rp_slice id = { NULL, 0 }, start;

	if (url_is_word(host, "youtu.be"))
		id = part[0];
	else if (url_is_word(part[0], "watch") && part[1].n == 0)
		id = url_get_parameter(at.query, "v");
	else if (url_is_word(part[0], "shorts") || url_is_word(part[0], "live") ||
	         url_is_word(part[0], "embed") || url_is_word(part[0], "v"))
		id = part[1];
	if (!get_code(id, &id))
		return true;
	start = url_get_parameter(at.query, "t");
	if (start.n == 0)
		start = url_get_parameter(at.query, "start");
	if (start.n == 0) { /* "#t=90" */
		start = rp_slice_skip(address->rest,
		                      rp_slice_find_byte(address->rest, '#') + 1);
		if (!url_take_prefix(&start, "t="))
			start.n = 0;
	}
	*at_s = seconds_of(start);
	return arena_join(arena, RP_SLICE("https://www.youtube.com/watch?v="), id, out);
}

/* "…/urn:li:activity:ID", "/posts/ana_words-activity-ID-AbCd" */
static bool
linkedin(struct arena *arena, const struct url_place *at, struct rp_slice *out)
{
	static const char *const kinds[] = { "activity", "ugcPost", "share" };
	struct rp_slice name = { NULL, 0 };

	for (size_t i = 0; i < URL_PARTS; i++)
		if (url_is_word(at->part[i], "update") ||
		    url_is_word(at->part[i], "posts"))
			name = i + 1 < URL_PARTS ? at->part[i + 1] : name;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const size_t where = rp_slice_find(name, rp_slice_str(kinds[i]));
		struct rp_slice id = rp_slice_skip(name, where + strlen(kinds[i]) + 1);

		id.n = ascii_digits(id);
		if (where == name.n || id.n == 0 || id.n > CODE_MAX)
			continue;
		return arena_printf(arena, out,
		                    "https://www.linkedin.com/feed/update/urn:li:%s:%.*s",
		                    kinds[i], RP_FMT(id));
	}
	return true;
}

/* "/@ana/post/CODE", "/@ana/video/ID": names in lower case, nothing behind the code. */
static bool
named(struct arena *arena, const char *site, const char *kind, const struct url_place *at,
      struct rp_slice *out)
{
	char lower[CODE_MAX];
	struct rp_slice name = at->part[0], code;

	if (name.n < 2 || name.n > CODE_MAX || name.p[0] != '@' ||
	    !url_is_word(at->part[1], kind) || !get_code(at->part[2], &code))
		return true;
	name = ascii_lower_into(lower, name);
	return arena_printf(arena, out, "https://www.%s/%.*s/%s/%.*s", site, RP_FMT(name),
	                    kind, RP_FMT(code));
}

/* "/p/CODE", "/reel/CODE", "/tv/CODE", "/ana/p/CODE" */
static bool
instagram(struct arena *arena, const struct url_place *at, struct rp_slice *out)
{
	static const struct rp_slice kinds[] = { RP_LIT("p"), RP_LIT("reel"),
		                                 RP_LIT("reels"), RP_LIT("tv") };
	const struct rp_slice *part = at->part;
	struct rp_slice code;

	if (!ASCII_IS_ONE_OF(part[0], kinds))
		part++;
	if (!ASCII_IS_ONE_OF(part[0], kinds) || !get_code(part[1], &code))
		return true;
	return arena_printf(arena, out, "https://www.instagram.com/p/%.*s/",
	                    RP_FMT(code));
}

/* Its pages for telephones are the same pages; what names a post stays in the query. */
static bool
facebook(struct arena *arena, struct rp_slice *clean)
{
	struct url_address address;

	return !url_get_address(*clean, false, &address) ||
	       arena_join(arena, RP_SLICE("https://www.facebook.com"), address.rest,
	                  clean);
}

bool
url_clean_at(struct arena *arena, struct rp_slice url, struct rp_slice *out,
             int64_t *at_s_out)
{
	struct url_address address;
	struct url_place at;
	struct rp_slice host, canonical = { NULL, 0 };
	bool fits = true;

	*at_s_out = 0;
	if (!url_tidy(arena, url, &url) || !url_strip(arena, url, out))
		return false;
	if (out->n == 0 || !url_get_address(url, false, &address))
		return true;
	host = bare_host(address.host);
	at = url_get_place(address.rest);
	if (url_is_word(host, "youtube.com") || url_is_word(host, "youtu.be") ||
	    url_is_word(host, "youtube-nocookie.com"))
		fits = youtube(arena, host, &address, &canonical, at_s_out);
	else if (url_is_word(host, "linkedin.com"))
		fits = linkedin(arena, &at, &canonical);
	else if (url_is_word(host, "threads.net") || url_is_word(host, "threads.com"))
		fits = named(arena, "threads.com", "post", &at, &canonical);
	else if (url_is_word(host, "tiktok.com"))
		fits = named(arena, "tiktok.com", "video", &at, &canonical);
	else if (url_is_word(host, "instagram.com"))
		fits = instagram(arena, &at, &canonical);
	else if (url_is_word(host, "facebook.com") ||
	         url_is_word(host, "mbasic.facebook.com"))
		fits = facebook(arena, out);
	if (canonical.n)
		*out = canonical;
	return fits;
}

bool
url_clean(struct arena *arena, struct rp_slice url, struct rp_slice *out)
{
	int64_t ignored;

	return url_clean_at(arena, url, out, &ignored);
}
