/*
 * Bodies of one post that stand behind one another: what polls find of it, its counts
 * moved.  Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_AGAIN_H
#define RIPOSTE_STORAGE_BLOCK_AGAIN_H

#include "storage/block/plan.h"

/*
 * Find the records that tell of the same id as the one before them, in the same keys, and
 * have the values that are the same left out.  False: out of memory.
 */
bool again_find(struct plan *plan, size_t n) RP_MUST_USE;

#endif
