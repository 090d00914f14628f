/*
 * Local ids: the same post has another one on every server, and an answer of a server
 * does not say whose they are.  The setting "url" does; else the pages of accounts that
 * are called by their bare name, which only those of the server itself are.
 */
#include "core/collect/masto.h"

static bool
take_scheme(struct rp_slice *url)
{
	size_t n = rp_slice_starts(*url, RP_SLICE("https://"))  ? 8
	           : rp_slice_starts(*url, RP_SLICE("http://")) ? 7
	                                                        : 0;

	*url = rp_slice_skip(*url, n);
	return n > 0;
}

struct rp_slice
masto_host_of(struct masto *masto, struct rp_slice url)
{
	struct rp_slice host = RP_SLICE("");
	char *lower;

	if (!take_scheme(&url))
		return host;
	url.n = rp_slice_find_byte(url, '/');
	if (url.n == 0 || rp_slice_find_byte(url, '!') < url.n ||
	    rp_slice_find_byte(url, '@') < url.n)
		return host;
	if (!arena_copy(masto->value->arena, url, &host)) {
		masto->value->full = true;
		return RP_SLICE("");
	}
	lower = arena_alloc(masto->value->arena, host.n);
	if (lower == NULL) {
		masto->value->full = true;
		return RP_SLICE("");
	}
	for (size_t i = 0; i < host.n; i++)
		lower[i] = host.p[i] >= 'A' && host.p[i] <= 'Z' ? (char)(host.p[i] + 32)
		                                                : host.p[i];
	return rp_slice_from(lower, host.n);
}

void
masto_learn_host(struct masto *masto, struct rp_slice host)
{
	if (host.n == 0 || masto->host_known == HOST_TOLD ||
	    masto->host_known == HOST_SEVERAL)
		return;
	if (masto->host_known == HOST_SEEN) {
		/* A file out of several servers: then nobody knows. */
		if (!rp_slice_eq(host, buf_slice(&masto->host)))
			masto->host_known = HOST_SEVERAL;
		return;
	}
	buf_clear(&masto->host);
	buf_add(&masto->host, host);
	if (!buf_failed(&masto->host))
		masto->host_known = HOST_SEEN;
}

struct rp_slice
masto_local_key(struct masto *masto, struct rp_slice host, struct rp_slice id)
{
	struct rp_slice native;

	if (host.n == 0 || id.n == 0)
		return RP_SLICE("");
	native = value_joined(masto->value, host, RP_SLICE("!"));
	return value_key(masto->value, PLATFORM_MASTO,
	                 value_joined(masto->value, native, id));
}

static bool
is_id(struct rp_slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') &&
		    !(s.p[i] >= 'a' && s.p[i] <= 'z') &&
		    !(s.p[i] >= 'A' && s.p[i] <= 'Z') && s.p[i] != '-' && s.p[i] != '_')
			return false;
	return s.n > 0;
}

/* A page shows a post under the id that it has where the page is, though the name in it
 * be somebody's elsewhere. */
struct rp_slice
masto_page_key(struct masto *masto, struct rp_slice url)
{
	struct rp_slice host = masto_host_of(masto, url), rest = url, name;

	if (host.n == 0)
		return host;
	(void)take_scheme(&rest);
	(void)rp_slice_cut(&rest, '/');
	name = rp_slice_cut(&rest, '/');
	rest.n = rp_slice_find_byte(rest, '#');
	rest.n = rp_slice_find_byte(rest, '?');
	if (name.n < 2 || name.p[0] != '@' || !is_id(rest))
		return RP_SLICE("");
	return masto_local_key(masto, host, rest);
}

void
masto_add_local(struct masto *masto, const struct masto_local *local)
{
	struct masto_local *list =
		arena_room(masto->value->arena, masto->locals, masto->n_locals,
	                   &masto->room_locals, sizeof(*list));

	if (list == NULL) {
		masto->value->full = true;
		return;
	}
	masto->locals = list;
	masto->locals[masto->n_locals++] = *local;
}

static void
add_edge(struct observation *o, struct observed_edge *edges, enum edge_type type,
         struct rp_slice parent)
{
	if (parent.n == 0)
		return;
	edges[o->n_edges++] = (struct observed_edge){ type, ORIGIN_PLATFORM, parent };
}

static void
resolve(struct masto *masto, const struct masto_local *local, struct rp_slice host)
{
	struct observation *o = &masto->value->lists->observations[local->observation];
	struct arena *arena = masto->value->arena;
	struct observed_edge *edges = arena_array(arena, o->n_edges + 2, sizeof(*edges));
	struct rp_slice *alias = arena_array(arena, 1, sizeof(*alias));

	if (edges == NULL || alias == NULL) {
		masto->value->full = true;
		return;
	}
	if (o->n_edges > 0)
		memcpy(edges, o->edges, o->n_edges * sizeof(*edges));
	o->edges = edges;
	add_edge(o, edges, EDGE_REPLY, masto_local_key(masto, host, local->reply));
	add_edge(o, edges, EDGE_QUOTE, masto_local_key(masto, host, local->quote));
	*alias = masto_local_key(masto, host, local->id);
	if (alias->n > 0 && !rp_slice_eq(*alias, o->post.key)) {
		o->aliases = alias;
		o->n_aliases = 1;
	}
}

void
masto_resolve_locals(struct masto *masto)
{
	struct rp_slice host = buf_slice(&masto->host), copy = RP_SLICE("");

	if (masto->host_known == HOST_SEEN || masto->host_known == HOST_TOLD) {
		if (!arena_copy(masto->value->arena, host, &copy))
			masto->value->full = true;
		for (size_t i = 0; i < masto->n_locals && !masto->value->full; i++)
			resolve(masto, &masto->locals[i], copy);
	}
	masto->locals = NULL;
	masto->n_locals = masto->room_locals = 0;
}
