/*
 * From nodes to what a writer gets.
 */
#ifndef RIPOSTE_CORE_THREAD_EMIT_H
#define RIPOSTE_CORE_THREAD_EMIT_H

#include "core/thread/build.h"
#include "core/thread/look.h"

/*
 * The n nodes named in `order`, in that order, as an array in the view's arena.  Parents
 * that are not among them become VIEW_NO_NODE.
 */
enum rp_status emit_nodes(struct tree *tree, struct looker *looker, const size_t *order,
                          size_t n, struct view_node **out,
                          struct rp_error *err) RP_MUST_USE;

/* What is missing: each ghost of the view, and the ceiling if it was met. */
enum rp_status emit_why(const struct graph *graph, const struct view_node *nodes,
                        size_t n, struct arena *arena, const struct view_why **out,
                        size_t *n_out, struct rp_error *err) RP_MUST_USE;

#endif
