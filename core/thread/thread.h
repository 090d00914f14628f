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

/* Posts looked at for one view at most; above it the view ends with WHY_LIMIT. */
enum { THREAD_MAX_NODES = 250000 };

/*
 * All three only read.  For one picture of an archive that somebody else writes to, call
 * them between store_begin_read() and store_rollback().  Everything in a view lives in
 * the arena, but persons, which stay the caller's.  RP_FAILED also when the arena is
 * full.
 */

/*
 * The thread around one post: everything tied to it by stated edges and the platform's
 * conversation, ghosts included.  key may be an alias, a repost's (then the thread of
 * what it passes on) or that of a conversation.  people may be NULL.
 *
 * Who quotes the thread without having a word in it, and without an answer from it, is a
 * node `quoted_by` and nothing of what hangs on it is there.  Asked for itself such a
 * quotation is a thread of its own, and the quoted post is in its edges alone.
 *
 * RP_NOT_FOUND  the archive does not even have a reference to it
 *
 * A look-up, edges both ways, versions and states a post, handles an account: about 20 us
 * a post on disk, 5 in memory, and 1 KB of arena and its texts.  To know whether a
 * quotation joins, the quoted thread is loaded too.
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
 * order, others contracted to "via".  In it are
 *
 * - their posts in every thread in which at least two of them have a word;
 * - their remarks made up to 14 days before or after those;
 * - outside of the turns (turn == 0), the ghosts they answer or quote, and the post of
 *   somebody else that began a thread, if they answer it.
 *
 * An account given by handle stands for every account that has or had this handle.
 * Speakers are known by a person's name, short name and aliases.  A person that is also
 * in `people` need not be the same object; authors point to the one that was asked for.
 *
 * RP_NOT_FOUND  no two of them meet
 *
 * Walks through the threads of all but the one with most posts.
 */
enum rp_status exchange_view(struct store *store, const struct exchange_request *request,
                             const struct people *people, struct arena *arena,
                             struct exchange_view *out, struct rp_error *err) RP_MUST_USE;

/* When a post is shown to have been made. */
struct shown_time {
	struct rp_time time; /* narrowed by parents, children, attesting posts, bounds */
	int64_t at;          /* the instant it is sorted by; RP_TIME_UNKNOWN: last */
	bool conflict; /* they leave nothing of the interval; it is the stated one */
};

/*
 * Times of posts outside of their threads, as their threads show them.  An exact time is
 * what it is; for another the thread is loaded, once for all posts of it.
 */
struct shown_times;
struct shown_times *shown_times_new(struct store *store) RP_MUST_USE; /* NULL: memory */
struct shown_times *shown_times_free(struct shown_times *times);
DEFINE_CLEANUP(struct shown_times *, shown_times_free);
enum rp_status shown_times_get(struct shown_times *times, const struct post *post,
                               struct shown_time *out, struct rp_error *err) RP_MUST_USE;

/* Where a post stands among others by time: what is less precise after what is more. */
struct place {
	uint64_t at; /* UINT64_MAX: unknown, after all */
	int precision;
	struct rp_slice key; /* the post's */
};
struct place place_of(const struct post *post, const struct shown_time *shown);
int place_cmp(const struct place *a, const struct place *b);

/*
 * One post with everything a writer wants: versions, author, state, edges, primary first
 * (no parents looked up).  post is as the store gave it; its texts are copied.  For
 * timeline, search, show and export; the nodes of thread_view() are the same, but that
 * their times are narrowed: see shown_times_get().
 */
enum rp_status post_view(struct store *store, const struct post *post,
                         const struct people *people, struct arena *arena,
                         struct view_post *out, struct rp_error *err) RP_MUST_USE;

#endif
