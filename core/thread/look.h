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
	struct rp_buf
		captures; /* handle and time of each, by handle; read when asked for */
	bool has_captures;
};

void looker_init(struct looker *looker, struct authors *authors, struct arena *arena);
void looker_done(struct looker *looker);
DEFINE_CLEANUP_DONE(struct looker, looker_done);

/* Everything of out but the edges.  The texts of post must live in the looker's arena. */
enum rp_status look_at(struct looker *looker, const struct post *post,
                       struct view_post *out, struct rp_error *err) RP_MUST_USE;

#endif
