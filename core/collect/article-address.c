#include "core/collect/article.h"

static bool
is_web(struct rp_slice address)
{
	return rp_slice_starts(address, RP_SLICE("https://")) ||
	       rp_slice_starts(address, RP_SLICE("http://"));
}

/* Where the path begins. */
static size_t
path_at(struct rp_slice address)
{
	const size_t host = rp_slice_find(address, RP_SLICE("://")) + 3;
	size_t at = host < address.n ? host : address.n;

	while (at < address.n && address.p[at] != '/' && address.p[at] != '?' &&
	       address.p[at] != '#')
		at++;
	return at;
}

struct rp_slice
article_host(struct rp_slice address)
{
	size_t begin = rp_slice_find(address, RP_SLICE("://")) + 3;
	struct rp_slice host;

	if (!is_web(address))
		return RP_SLICE("");
	host = rp_slice_from(address.p + begin, path_at(address) - begin);
	begin = rp_slice_find_byte(host, '@');
	if (begin < host.n)
		host = rp_slice_skip(host, begin + 1);
	host.n = rp_slice_find_byte(host, ':');
	return host;
}

struct rp_slice
article_site(struct rp_slice address)
{
	static const struct rp_slice fronts[] = { RP_LIT("www."), RP_LIT("m."),
		                                  RP_LIT("mobile."), RP_LIT("amp.") };
	struct rp_slice host = article_host(address);

	for (size_t i = 0; i < sizeof(fronts) / sizeof(*fronts); i++)
		if (rp_slice_starts(host, fronts[i]))
			return rp_slice_skip(host, fronts[i].n);
	return host;
}

bool
article_is_home_page(struct rp_slice address)
{
	struct rp_slice path = rp_slice_skip(address, path_at(address));

	return path.n == 0 || rp_slice_eq(path, RP_SLICE("/"));
}
