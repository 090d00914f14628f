/*
 * Threads: the tree of who answered whom, and the exchange read out of it.
 *
 * Built from stated edges alone here; nothing depends on the order in which posts
 * arrived. Algorithm and words: riposte-threads(7).
 */
#ifndef RIPOSTE_CORE_THREAD_THREAD_H
#define RIPOSTE_CORE_THREAD_THREAD_H

#include "core/model/person.h"
#include "core/model/view.h"
#include "storage/store.h"

/* Posts held in one view at most; above it the view ends with WHY_LIMIT. */
enum { THREAD_MAX_NODES = 250000 };

/*
 * The thread around one post: everything tied to it by stated edges and the platform's
 * conversation, ghosts included.  key may be an alias.  people may be NULL.
 *
 * RP_NOT_FOUND  the archive does not even have a reference to it
 *
 * One index probe and row a post, its edges and its accounts: about 20 us each.
 */
enum rp_status thread_view(struct store *store, struct rp_slice key,
                           const struct people *people, struct arena *arena,
                           struct thread_view *out, struct rp_error *err) RP_MUST_USE;

struct exchange_request {
	const struct person *const *people; /* two or more */
	size_t n_people;
	int64_t since, until; /* RP_TIME_UNKNOWN: no bound */
};

/*
 * The back-and-forth between people, over all their accounts and threads: their turns in
 * order, others contracted to "via", ghosts they answered.  RP_NOT_FOUND: nothing by any
 * two.
 */
enum rp_status exchange_view(struct store *store, const struct exchange_request *request,
                             const struct people *people, struct arena *arena,
                             struct exchange_view *out, struct rp_error *err) RP_MUST_USE;

/*
 * One post with everything a writer wants: versions, author, state, edges (parents not
 * looked up).  What thread_view() uses for each node; timeline, search, show and export
 * use it too.
 */
enum rp_status post_view(struct store *store, const struct post *post,
                         const struct people *people, struct arena *arena,
                         struct view_post *out, struct rp_error *err) RP_MUST_USE;

#endif
