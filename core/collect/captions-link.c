#include "core/collect/captions-link.h"

#include "core/base/buf.h"

enum { LINK_BYTES = 8192 };

static bool
is_host(struct rp_slice host)
{
	static const char *const hosts[] = { "youtube.com", "www.youtube.com",
		                             "m.youtube.com", "music.youtube.com",
		                             "youtu.be" };

	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++)
		if (rp_slice_eq_nocase(host, rp_slice_str(hosts[i])))
			return true;
	return false;
}

/* "youtu.be" of "https://youtu.be/ID?t=3". */
static struct rp_slice
host_of(struct rp_slice url)
{
	struct rp_slice rest = url, host;
	size_t n = 0;

	(void)rp_slice_cut(&rest, '/');
	(void)rp_slice_cut(&rest, '/');
	host = rest;
	while (n < host.n && host.p[n] != '/' && host.p[n] != '?' && host.p[n] != '#')
		n++;
	return rp_slice_from(host.p, n);
}

static void
add_parameter(struct rp_buf *out, struct rp_slice parameter, bool *any)
{
	buf_add_byte(out, *any ? '&' : '?');
	buf_add(out, parameter);
	*any = true;
}

bool
link_at(struct arena *arena, struct rp_slice url, int64_t ms, struct rp_slice *out)
{
	CLEANUP(buf_done) struct rp_buf link;
	struct rp_slice query = url, fragment, t;
	bool any = false;

	buf_init(&link, LINK_BYTES);
	*out = url;
	if (ms < 0 || !is_host(host_of(url)))
		return true;
	if (!arena_printf(arena, &t, "t=%lld", (long long)(ms / 1000)))
		return false;
	fragment = query;
	query = rp_slice_cut(&fragment, '#');
	buf_add(&link, rp_slice_cut(&query, '?'));
	while (query.n > 0) {
		struct rp_slice parameter = rp_slice_cut(&query, '&');

		if (parameter.n > 0 && !rp_slice_starts(parameter, RP_SLICE("t=")))
			add_parameter(&link, parameter, &any);
	}
	add_parameter(&link, t, &any);
	if (fragment.p != NULL) {
		buf_add_byte(&link, '#');
		buf_add(&link, fragment);
	}
	return buf_failed(&link) || arena_copy(arena, buf_slice(&link), out);
}
