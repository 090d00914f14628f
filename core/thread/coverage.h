/*
 * How well a view's accounts and conversations were followed in the view's time.
 */
#ifndef RIPOSTE_CORE_THREAD_COVERAGE_H
#define RIPOSTE_CORE_THREAD_COVERAGE_H

#include "core/thread/look.h"

/*
 * The coverage of a view's finished nodes; each gap in it becomes one more reason why the
 * view is not complete.  Everything lives in the looker's arena.
 *
 * Reads what the archive has of coverage once; without any, nothing but that there is
 * none.
 */
enum rp_status coverage_view(struct looker *looker, const struct view_node *nodes,
                             size_t n, struct view_coverage *out,
                             const struct view_why **why, size_t *n_why,
                             struct rp_error *err) RP_MUST_USE;

#endif
