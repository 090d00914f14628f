/*
 * Memory with one lifetime: a batch of posts, a thread view.  Everything allocated from
 * an arena dies in one arena_reset() or arena_free(); nothing is freed by itself.
 *
 * An arena has a ceiling, so that a hostile feed meets NULL (and becomes RP_BAD_ITEM)
 * instead of an empty machine.
 */
#ifndef RIPOSTE_CORE_BASE_ARENA_H
#define RIPOSTE_CORE_BASE_ARENA_H

#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

struct arena;

/* An empty arena that will hold at most ceiling_bytes; NULL when out of memory. */
struct arena *arena_new(size_t ceiling_bytes) RP_MUST_USE;
struct arena *arena_free(struct arena *arena);
DEFINE_CLEANUP(struct arena *, arena_free);

/*
 * Zeroed memory, aligned for any type; NULL at the ceiling or when out of memory.
 * size 0 gives a valid pointer to nothing.
 */
void *arena_alloc(struct arena *arena, size_t size) RP_MUST_USE;

/* The same for n objects; NULL also when n * size overflows. */
void *arena_array(struct arena *arena, size_t n, size_t size) RP_MUST_USE;

/*
 * A longer copy of an array that was allocated from this arena; the old one is left
 * behind until the reset, so grow by doubling, which wastes at most the array's own size.
 */
void *arena_grow(struct arena *arena, void *old, size_t old_n, size_t new_n,
                 size_t size) RP_MUST_USE;

/* Room for one more in a list of n that doubles: the list, perhaps elsewhere.  NULL when
 * the arena is full; list and *room are then as they were. */
void *arena_room(struct arena *arena, void *list, size_t n, size_t *room,
                 size_t size) RP_MUST_USE;

/*
 * A copy that lives as long as the arena, with a NUL behind it for convenience.
 * false when there is no room; *out is then left as it was.  Empty slices copy to empty.
 */
bool arena_copy(struct arena *arena, struct rp_slice from,
                struct rp_slice *out) RP_MUST_USE;

/* a and b as one text, with a NUL behind it; false when there is no room. */
bool arena_join(struct arena *arena, struct rp_slice a, struct rp_slice b,
                struct rp_slice *out) RP_MUST_USE;

/* printf into the arena; false when there is no room. */
bool arena_printf(struct arena *arena, struct rp_slice *out, const char *format, ...)
	RP_PRINTF(3, 4) RP_MUST_USE;

/* Forget everything, keep the largest block for the next round. */
void arena_reset(struct arena *arena);

/* Bytes handed out since the last reset, padding included. */
size_t arena_used(const struct arena *arena);

#endif
