/*
 * Posts that a text has the address of: as an entity's, or written out.
 */
#include "core/collect/x.h"

#include "core/base/url.h"

/* In each address of a post. */
static const struct rp_slice status = RP_LIT("/status");

/* Is it this post, whatever edit, or one it answers, quotes or links to already? */
static bool
is_known(const struct x_post *post, const struct observation *o, struct rp_slice key)
{
	if (rp_slice_eq(key, o->post.key))
		return true;
	for (size_t i = 0; i < o->n_aliases; i++)
		if (rp_slice_eq(key, o->aliases[i]))
			return true;
	for (size_t i = 0; i < post->n_references; i++)
		if (rp_slice_eq(key_native(key), post->references[i].id))
			return true;
	return rp_slice_eq(key_native(key), post->id);
}

static void
try_address(struct x_value *value, struct x_post *post, const struct observation *o,
            struct rp_slice address)
{
	struct url_meaning meaning;

	if (!url_meaning(value->batch->arena, address, &meaning))
		value->batch->full = true;
	else if (meaning.kind == URL_POST && !is_known(post, o, meaning.key))
		x_refer(post, EDGE_LINK, key_native(meaning.key), meaning.author);
}

/* The next word that may be the address of a post.  Scripts without blanks run right up
 * to it, so that it begins with its scheme, if it has one. */
static bool
next_address(struct rp_slice *rest, struct rp_slice *out)
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
		if (rp_slice_find(word, status) == word.n)
			continue;
		scheme = rp_slice_find(word, RP_SLICE("http"));
		*out = scheme < word.n ? rp_slice_skip(word, scheme) : word;
		return true;
	}
	return false;
}

void
x_links(struct x_value *value, struct x_post *post, const struct x_gathered *gathered,
        const struct observation *o)
{
	struct rp_slice rest = o->version.text, address;

	if (post->kind == KIND_REPOST)
		return; /* it says nothing of its own */
	for (size_t i = 0; i < gathered->n_links; i++)
		if (gathered->links[i].use == X_LINK_SAID)
			try_address(value, post, o, gathered->links[i].expanded);
	if (rp_slice_find(rest, status) == rest.n)
		return; /* as nearly all texts: not worth a look at each word */
	while (post->n_references < X_REFERENCES_MAX && next_address(&rest, &address))
		try_address(value, post, o, address);
}
