#include "core/collect/links.h"

#include "core/base/url.h"

/* In each address of a post, from a slash on. */
static const struct rp_slice marks[] = {
	RP_LIT("/status"), /* X, and the uris of Mastodon */
	RP_LIT("/@"),
	RP_LIT("/post/"),
	RP_LIT("/app.bsky.feed.post/"),
};

static bool
is_marked(struct rp_slice s)
{
	for (size_t at; (at = rp_slice_find_byte(s, '/')) < s.n;
	     s = rp_slice_skip(s, at + 1))
		for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
			if (rp_slice_starts(rp_slice_skip(s, at), marks[i]))
				return true;
	return false;
}

bool
links_add(struct post_links *links, struct arena *arena, struct rp_slice address)
{
	struct url_meaning meaning;

	if (links->n == LINKS_MAX)
		return true;
	if (!url_meaning(arena, address, &meaning))
		return false;
	if (meaning.kind != URL_POST || !key_valid(meaning.key))
		return true;
	for (size_t i = 0; i < links->n; i++)
		if (rp_slice_eq(links->list[i].key, meaning.key))
			return true;
	links->list[links->n++] = (struct post_link){ meaning.key, meaning.author };
	return true;
}

/* Scripts without blanks run right up to it, so that it begins with its scheme, if it has
 * one. */
bool
links_next(struct rp_slice *rest, struct rp_slice *out)
{
	static const char *const around = "\"'()<>[]{}";
	struct rp_slice word;
	size_t n, scheme;

	while (rest->n > 0) {
		for (n = 0; n < rest->n && (unsigned char)rest->p[n] > ' ' &&
		            strchr(around, rest->p[n]) == NULL;)
			n++;
		word = rp_slice_from(rest->p, n);
		*rest = rp_slice_skip(*rest, n + 1);
		if (!is_marked(word))
			continue;
		scheme = rp_slice_find(word, RP_SLICE("http"));
		if (scheme == word.n)
			scheme = rp_slice_find(word, RP_SLICE("at://"));
		*out = scheme < word.n ? rp_slice_skip(word, scheme) : word;
		return true;
	}
	return false;
}

bool
links_find(struct post_links *links, struct arena *arena, struct rp_slice text)
{
	struct rp_slice address;

	if (!is_marked(text))
		return true; /* as nearly all texts: not worth a look at each word */
	while (links->n < LINKS_MAX && links_next(&text, &address))
		if (!links_add(links, arena, address))
			return false;
	return true;
}

static bool
is_known(const struct observation *o, struct rp_slice key)
{
	if (rp_slice_eq(key, o->post.key))
		return true;
	for (size_t i = 0; i < o->n_aliases; i++)
		if (rp_slice_eq(key, o->aliases[i]))
			return true;
	for (size_t i = 0; i < o->n_edges; i++)
		if (rp_slice_eq(key, o->edges[i].parent))
			return true;
	return false;
}

static struct observation
ghost_of(const struct post_link *link, const struct observation *child)
{
	struct observation ghost = {
		.post = { .kind = KIND_GHOST, .key = link->key, .author = link->author },
		.version = { .printed = RP_TIME_NONE, .as_of = child->version.as_of },
		.record = child->record,
		.offset = child->offset,
		.bytes = child->bytes,
	};

	ghost.post.time = key_time(link->key);
	return ghost;
}

bool
links_become_edges(const struct post_links *links, struct arena *arena,
                   struct observation *o, struct observation *ghosts,
                   size_t *n_ghosts_out)
{
	struct observed_edge *edges;
	size_t n = o->n_edges, n_ghosts = 0;

	*n_ghosts_out = 0;
	if (links->n == 0)
		return true;
	edges = arena_array(arena, o->n_edges + links->n, sizeof(*edges));
	if (edges == NULL)
		return false;
	if (o->n_edges)
		memcpy(edges, o->edges, o->n_edges * sizeof(*edges));
	for (size_t i = 0; i < links->n; i++) {
		const struct post_link *link = &links->list[i];

		if (is_known(o, link->key))
			continue;
		edges[n++] =
			(struct observed_edge){ EDGE_LINK, ORIGIN_DERIVED, link->key };
		if (link->author.n)
			ghosts[n_ghosts++] = ghost_of(link, o);
	}
	o->edges = edges;
	o->n_edges = n;
	*n_ghosts_out = n_ghosts;
	return true;
}
