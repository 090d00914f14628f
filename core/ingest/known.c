#include "core/ingest/known.h"

enum rp_status
known_init(struct known *known, struct store *store, struct arena *arena,
           struct rp_error *err)
{
	*known = (struct known){ .store = store, .arena = arena, .index = map_new() };
	return known->index ? RP_OK : rp_fail_memory(err);
}

void
known_done(struct known *known)
{
	known->index = map_free(known->index);
}

/* A place for one more post, not in the index yet. */
static struct post *
next_place(struct known *known)
{
	struct post *more;
	size_t cap;

	if (known->n == known->cap) {
		cap = known->cap ? 2 * known->cap : 256;
		more = arena_grow(known->arena, known->posts, known->n, cap,
		                  sizeof(*more));
		if (more == NULL)
			return NULL;
		known->posts = more;
		known->cap = cap;
	}
	return &known->posts[known->n];
}

/* Under the key that was asked for; asked for by an alias, a post that is known already
 * must not be there twice. */
static enum rp_status
remember(struct known *known, struct rp_slice key, const struct post *post,
         struct rp_error *err)
{
	struct post *place = next_place(known);
	uint32_t *own;
	bool fresh;

	if (place == NULL)
		return rp_fail_memory(err);
	own = map_put(known->index, post->key, (uint32_t)known->n, &fresh);
	if (own == NULL)
		return rp_fail_memory(err);
	if (fresh) {
		*place = *post;
		known->n++;
	} else {
		known->posts[*own] = *post;
	}
	if (!rp_slice_eq(key, post->key) &&
	    map_put(known->index, key, *own, NULL) == NULL)
		return rp_fail_memory(err);
	return RP_OK;
}

enum rp_status
known_get(struct known *known, struct rp_slice key, struct post *out,
          struct rp_error *err)
{
	const uint32_t *at = map_get(known->index, key);
	struct post held;
	enum rp_status st;

	if (at != NULL) {
		*out = known->posts[*at];
		return RP_OK;
	}
	st = store_post_get(known->store, key, known->arena, &held, err);
	if (st == RP_OK)
		st = remember(known, key, &held, err);
	if (st == RP_OK)
		*out = held;
	return st;
}

enum rp_status
known_put(struct known *known, struct post *post, struct rp_error *err)
{
	enum rp_status st = store_post_put(known->store, post, &post->id, err);

	return st == RP_OK ? remember(known, post->key, post, err) : st;
}

enum rp_status
known_alias(struct known *known, struct rp_slice alias, int64_t post,
            struct rp_error *err)
{
	map_clear(known->index);
	known->n = 0;
	return store_alias_put(known->store, alias, post, err);
}
