/*
 * Links: a post's edges to its parents, in the order in which they make a primary one.
 */
#ifndef RIPOSTE_CORE_THREAD_LINK_H
#define RIPOSTE_CORE_THREAD_LINK_H

#include "core/model/view.h"
#include "storage/store.h"

struct vertex;

struct link {
	struct view_edge edge;
	int64_t parent_id;
	struct vertex *parent; /* NULL: not loaded; see load.h */
};

/* Inferred edges below this are shown and never followed. */
enum { LINK_SURE_PERCENT = 70 };

/*
 * What an edge is good for, smaller is better: a pin, reply, quote, confirmed by the
 * user, link, sure inference, conversation; LINK_RANK_NEVER: no primary parent.
 */
enum { LINK_RANK_CONV = 6, LINK_RANK_NEVER = 7 };
int link_rank(const struct view_edge *edge);

/* By rank, origin, confidence, parent's key, type:
 * the same whatever order they came in. */
int link_cmp(const void *a, const void *b);

/* May be somebody's primary parent: not impossible, not cyclic, of a type that can. */
bool link_holds(const struct link *link);

/*
 * All edges of which the post is the child, sorted by link_cmp(); impossible ones, and
 * those of a post to itself, are marked.  An EDGE_LINK to a post that another edge before
 * it names is left out.  Links and their texts live in the arena.
 */
enum rp_status links_read(struct store *store, const struct post *post,
                          struct arena *arena, struct link **out, size_t *n_out,
                          struct rp_error *err) RP_MUST_USE;

/*
 * The edges for a writer, `primary` first, the others as sorted; primary may be n (none).
 * The caller has set edge.parent.
 */
bool links_show(const struct link *links, size_t n, size_t primary, struct arena *arena,
                struct view_post *out) RP_MUST_USE;

#endif
