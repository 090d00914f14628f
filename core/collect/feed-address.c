#include "core/collect/feed.h"

#include "core/base/ascii.h"
#include "core/base/url.h"

/* The length of "scheme:" at the front; 0: there is none. */
static size_t
scheme_length(struct rp_slice url)
{
	for (size_t i = 0; i < url.n; i++) {
		const char c = url.p[i];

		if (c == ':')
			return i > 0 ? i + 1 : 0;
		if (!ascii_is_letter(c) && (i == 0 || strchr("0123456789+-.", c) == NULL))
			return 0;
	}
	return 0;
}

bool
feed_is_web(struct rp_slice url)
{
	const size_t n = scheme_length(url);
	const struct rp_slice scheme = rp_slice_from(url.p, n);

	return (rp_slice_eq_nocase(scheme, RP_SLICE("https:")) ||
	        rp_slice_eq_nocase(scheme, RP_SLICE("http:"))) &&
	       rp_slice_starts(rp_slice_skip(url, n), RP_SLICE("//")) && url.n > n + 2;
}

struct rp_slice
feed_host(struct rp_slice url)
{
	struct rp_slice host = rp_slice_skip(url, scheme_length(url) + 2);
	size_t n = 0;

	if (!feed_is_web(url))
		return RP_SLICE("");
	while (n < host.n && strchr("/?#", host.p[n]) == NULL)
		n++;
	host.n = n;
	n = rp_slice_find_byte(host, '@');
	return n < host.n ? rp_slice_skip(host, n + 1) : host;
}

struct rp_slice
feed_path(struct rp_slice url)
{
	const struct rp_slice host = feed_host(url);

	return host.n > 0 ? rp_slice_skip(url, (size_t)(host.p + host.n - url.p)) : host;
}

bool
feed_address(struct arena *arena, struct rp_slice base, struct rp_slice reference,
             struct rp_slice *out)
{
	struct rp_slice resolved = RP_SLICE("");

	*out = rp_slice_trim(reference);
	if (scheme_length(*out) > 0 || base.n == 0)
		return true;
	if (!url_resolve(arena, base, *out, &resolved))
		return false;
	if (resolved.n > 0)
		*out = resolved;
	return true;
}
