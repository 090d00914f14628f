/*
 * Posts that a text has the address of: as an entity's, or written out.
 */
#include "core/collect/x.h"

#include "core/collect/links.h"

/* Is it this post, whatever edit, or one it answers, quotes or links to already? */
static bool
is_known(const struct x_post *post, const struct observation *o, struct rp_slice key)
{
	if (rp_slice_eq(key, o->post.key))
		return true;
	for (size_t i = 0; i < o->n_aliases; i++)
		if (rp_slice_eq(key, o->aliases[i]))
			return true;
	if (key_platform(key) != PLATFORM_X)
		return false;
	for (size_t i = 0; i < post->n_references; i++)
		if (rp_slice_eq(key_native(key), post->references[i].id))
			return true;
	return rp_slice_eq(key_native(key), post->id);
}

void
x_links(struct x_value *value, struct x_post *post, const struct x_gathered *gathered,
        const struct observation *o)
{
	struct arena *arena = value->batch->arena;
	struct post_links links;
	bool fits = true;

	if (post->kind == KIND_REPOST)
		return; /* it says nothing of its own */
	links.n = 0;
	for (size_t i = 0; i < gathered->n_links && fits; i++)
		if (gathered->links[i].use == X_LINK_SAID)
			fits = links_add(&links, arena, gathered->links[i].expanded);
	if (!fits || !links_find(&links, arena, o->version.text)) {
		value->batch->full = true;
		return;
	}
	for (size_t i = 0; i < links.n; i++)
		if (!is_known(post, o, links.list[i].key))
			x_refer_key(post, EDGE_LINK, links.list[i].key,
			            links.list[i].author);
}
