/*
 * Local ids: the same post has another one on every server, and an answer of a server
 * does not say whose they are.  The setting "url" does; else the pages of accounts that
 * are called by their bare name, which only those of the server itself are.
 */
#include "core/collect/masto.h"

#include "core/base/ascii.h"

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
	const char *usual = rp_slice_starts(url, RP_SLICE("http:")) ? ":80" : ":443";
	struct rp_slice host = RP_SLICE("");
	char *lower;

	if (!take_scheme(&url))
		return host;
	url.n = rp_slice_find_byte(url, '/');
	if (rp_slice_ends(url, rp_slice_str(usual)))
		url.n -= strlen(usual);
	if (url.n == 0 || url.n > MASTO_HOST_MAX ||
	    rp_slice_find_byte(url, '!') < url.n || rp_slice_find_byte(url, '@') < url.n)
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
	return ascii_lower_into(lower, host);
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

static size_t
key_room(struct rp_slice id)
{
	return id.n > 0 ? sizeof("masto:!") + MASTO_HOST_MAX + id.n : 0;
}

void
masto_add_local(struct masto *masto, const struct masto_local *local)
{
	const struct observation *o =
		&masto->value->lists->observations[local->observation];
	struct arena *arena = masto->value->arena;
	struct masto_local *list = arena_room(arena, masto->locals, masto->n_locals,
	                                      &masto->room_locals, sizeof(*list));
	struct masto_local *more;

	if (list == NULL) {
		masto->value->full = true;
		return;
	}
	masto->locals = list;
	more = &list[masto->n_locals];
	*more = *local;
	more->edges = arena_array(arena, o->n_edges + 2, sizeof(*more->edges));
	more->alias = arena_array(arena, 1, sizeof(*more->alias));
	more->keys = arena_alloc(arena, key_room(local->id) + key_room(local->reply) +
	                                        key_room(local->quote));
	if (more->edges == NULL || more->alias == NULL || more->keys == NULL)
		masto->value->full = true;
	else
		masto->n_locals++;
}

/* "masto:HOST!ID" in the room that was made for it. */
static struct rp_slice
put_key(struct masto_local *local, struct rp_slice host, struct rp_slice id)
{
	struct rp_slice key = { local->keys, 0 };

	if (id.n == 0)
		return key;
	memcpy(local->keys, "masto:", 6);
	memcpy(local->keys + 6, host.p, host.n);
	local->keys[6 + host.n] = '!';
	memcpy(local->keys + 7 + host.n, id.p, id.n);
	key.n = 7 + host.n + id.n;
	local->keys += key.n;
	return key_valid(key) ? key : RP_SLICE("");
}

static void
put_edge(struct observation *o, struct masto_local *local, enum edge_type type,
         struct rp_slice parent)
{
	if (parent.n > 0)
		local->edges[o->n_edges++] =
			(struct observed_edge){ type, ORIGIN_PLATFORM, parent };
}

static void
resolve(struct masto_local *local, struct observation *o, struct rp_slice host)
{
	struct rp_slice alias = put_key(local, host, local->id);

	if (o->n_edges > 0)
		memcpy(local->edges, o->edges, o->n_edges * sizeof(*local->edges));
	put_edge(o, local, EDGE_REPLY, put_key(local, host, local->reply));
	put_edge(o, local, EDGE_QUOTE, put_key(local, host, local->quote));
	o->edges = local->edges;
	if (alias.n > 0 && !rp_slice_eq(alias, o->post.key)) {
		*local->alias = alias;
		o->aliases = local->alias;
		o->n_aliases = 1;
	}
}

void
masto_resolve_locals(struct masto *masto)
{
	struct observation *observations = masto->value->lists->observations;

	if (masto->host_known == HOST_SEEN || masto->host_known == HOST_TOLD)
		for (size_t i = 0; i < masto->n_locals; i++)
			resolve(&masto->locals[i],
			        &observations[masto->locals[i].observation],
			        buf_slice(&masto->host));
	masto->locals = NULL;
	masto->n_locals = masto->room_locals = 0;
}
