/*
 * One post made ready for a writer: its wordings, its state, who wrote it.
 */
#ifndef RIPOSTE_CORE_THREAD_LOOK_H
#define RIPOSTE_CORE_THREAD_LOOK_H

#include "core/thread/author.h"

struct looker {
	struct store *store;
	struct authors *authors;
	struct arena *arena; /* of the view */
};

/* Everything of out but the edges.  The texts of post must live in the looker's arena. */
enum rp_status look_at(struct looker *looker, const struct post *post,
                       struct view_post *out, struct rp_error *err) RP_MUST_USE;

#endif
