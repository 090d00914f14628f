/*
 * What was said once more by the same bytes.
 *
 * An answer that comes again byte for byte is no new capture: a row notes when it came.
 * What it says of the moment in which it was fetched (that a post is gone, that it is
 * there) it said then, too: "gone, back, gone" is three answers in two captures.  These
 * rows are facts, and what follows from them is worked out when it is looked at, so that
 * there is nothing that a rebuild could make otherwise.
 *
 * What a file says of a time of its own is not so any later because the file is read
 * again.
 */
#ifndef RIPOSTE_CORE_THREAD_AGAIN_H
#define RIPOSTE_CORE_THREAD_AGAIN_H

#include "storage/store.h"

/* When a capture that said something of `as_of` said it last: as_of, unless the bytes are
 * an answer of that moment and came again later.  Reads the capture's row and its agains.
 */
enum rp_status again_last(struct store *store, int64_t capture, int64_t as_of,
                          int64_t *last_out, struct rp_error *err) RP_MUST_USE;

/*
 * All notes about a subject, each at every time it was made, by (as_of, state, evidence),
 * unknown times first.  In the arena.
 */
enum rp_status state_notes(struct store *store, struct rp_slice subject,
                           struct arena *arena, struct state_note **out, size_t *n_out,
                           struct rp_error *err) RP_MUST_USE;

#endif
