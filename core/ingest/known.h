/*
 * The posts that a batch has met: what the store holds of each, asked once.
 *
 * A post and its parent mostly come in one batch, and a parent has many answers.  What
 * goes into the store goes through here too, so that the copies stay true; lives as long
 * as the batch.
 */
#ifndef RIPOSTE_CORE_INGEST_KNOWN_H
#define RIPOSTE_CORE_INGEST_KNOWN_H

#include "core/base/map.h"
#include "storage/store.h"

struct known {
	struct store *store;
	struct arena *arena; /* the batch's: owns the posts and their texts */
	struct map *index;   /* key, or alias, to place in posts */
	struct post *posts;
	size_t n, cap;
};

/* arena: borrowed, not reset before known_done(). */
enum rp_status known_init(struct known *known, struct store *store, struct arena *arena,
                          struct rp_error *err) RP_MUST_USE;
void known_done(struct known *known);
DEFINE_CLEANUP_DONE(struct known, known_done);

/*
 * As store_post_get(), into the batch's arena.  key: borrowed for as long as the batch.
 * *out is written only on RP_OK; RP_NOT_FOUND is without words.
 */
enum rp_status known_get(struct known *known, struct rp_slice key, struct post *out,
                         struct rp_error *err) RP_MUST_USE;

/* As store_post_put(); post->id is set.  Its texts live as long as the batch. */
enum rp_status known_put(struct known *known, struct post *post,
                         struct rp_error *err) RP_MUST_USE;

/* As store_alias_put(), after which posts may have become one: nothing is known. */
enum rp_status known_alias(struct known *known, struct rp_slice alias, int64_t post,
                           struct rp_error *err) RP_MUST_USE;

#endif
