/*
 * Edits: which ids are wordings of one post.
 *
 * A platform lists the ids that a post has had; such a chain makes one post of them,
 * under the smallest.  It is believed of one author's posts only: where posts that are
 * held under two of its ids have two authors, the chain is left out and both stay.  Which
 * chains that leaves must not depend on what came first, and a chain may come long before
 * the post that proves it wrong.  Two posts that were made one cannot be taken apart
 * again, so when that turns out everything is read anew, and this time the chains are
 * kept until every post is known.
 */
#ifndef RIPOSTE_CORE_INGEST_CHAINS_H
#define RIPOSTE_CORE_INGEST_CHAINS_H

#include "core/base/map.h"
#include "core/ingest/known.h"

struct chains {
	bool later;       /* keep them for chains_apply() instead of following them */
	bool doubtful;    /* what was followed or left out may be so only by its order */
	struct map *kept; /* ids, one a line; NULL: none yet */
	struct arena *arena; /* of those */
};

void chains_done(struct chains *chains);
DEFINE_CLEANUP_DONE(struct chains, chains_done);

/*
 * Is the chain to be followed now?  ids: its n keys, ascending; author: of the post that
 * came with it, may be empty.  *follow_out is false for one that is kept or left out.
 * Sets chains->doubtful where another order of arrival might have had another answer.
 */
enum rp_status chains_judge(struct chains *chains, struct known *known,
                            const struct rp_slice *ids, size_t n, struct rp_slice author,
                            bool *follow_out, struct rp_error *err) RP_MUST_USE;

/*
 * A held post and one more record of it: by somebody else?  Then chains may have been
 * followed, or left out, that would not be now.
 */
enum rp_status chains_recheck(struct chains *chains, struct store *store,
                              const struct post *held, const struct post *more,
                              struct rp_error *err) RP_MUST_USE;

/* Make one post of all ids and `post`, which is in the store and gets the key and handle
 * of that one post. */
enum rp_status chains_join(struct known *known, const struct rp_slice *ids, size_t n,
                           struct post *post, struct rp_error *err) RP_MUST_USE;

/* Follow what was kept, as far as it is to be believed.  Inside a transaction. */
enum rp_status chains_apply(struct chains *chains, struct store *store,
                            struct rp_error *err) RP_MUST_USE;

#endif
