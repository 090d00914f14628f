/*
 * The insides of thread_view() that others need: tests a lower ceiling, exchanges copies.
 */
#ifndef RIPOSTE_CORE_THREAD_VIEW_H
#define RIPOSTE_CORE_THREAD_VIEW_H

#include "core/thread/build.h"

/* All of the thread around a key but its times and order.  Everything lives in scratch,
 * texts in the authors' arena; graph_done() also after a failure. */
enum rp_status thread_tree(struct authors *authors, struct rp_slice key, size_t ceiling,
                           struct arena *scratch, struct graph *graph, struct tree *out,
                           struct rp_error *err) RP_MUST_USE;

enum rp_status thread_view_limited(struct store *store, struct rp_slice key,
                                   size_t ceiling, const struct people *people,
                                   struct arena *arena, struct thread_view *out,
                                   struct rp_error *err) RP_MUST_USE;

/*
 * Set copy_of: nearly the same text within 48 hours (of the threes of words of both, four
 * in five are common), by posts that state neither a reply nor a quotation.  The earliest
 * is the original.  Texts of fewer than three words are nobody's copies.
 */
enum rp_status mark_copies(struct view_node *nodes, size_t n, struct arena *scratch,
                           struct rp_error *err) RP_MUST_USE;

#endif
