/*
 * Where people meet: the posts of some persons, and the threads in which at least two of
 * them have a word.
 */
#ifndef RIPOSTE_CORE_THREAD_MEETING_H
#define RIPOSTE_CORE_THREAD_MEETING_H

#include "core/thread/build.h"
#include "core/thread/thread.h"

/*
 * Load them into the graph, whose authors know whom we ask for and which follows their
 * mute quotations.  Threads are tied further than identity ties them, since here nothing
 * is fused but only shown together:
 *
 * - a remark to the posts that bound it, and to those that attest it;
 * - a mute quotation by one of the people to the quoted thread, if any of them is there.
 */
enum rp_status meeting_load(struct graph *graph, const struct exchange_request *request,
                            struct rp_error *err) RP_MUST_USE;

/*
 * Which nodes are theirs, said where at least two of them meet and in the time asked for;
 * ghosts are not.  And remarks made up to 14 days before or after.  Needs tree_times().
 * *n_out: how many, 0 when they never met.
 */
enum rp_status meeting_heard(struct tree *tree, const struct exchange_request *request,
                             bool **heard_out, size_t *n_out,
                             struct rp_error *err) RP_MUST_USE;

#endif
