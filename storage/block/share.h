/*
 * Objects that stand in a block more than once: the user of each of her posts, but for
 * her counts.  Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_SHARE_H
#define RIPOSTE_STORAGE_BLOCK_SHARE_H

#include "storage/block/plan.h"

/*
 * Find them among all planned records: of those alike the first becomes an entry, the
 * others refer to it and most of their nodes are omitted.  May be called again after
 * records were given up.  False: out of memory.
 */
bool share_objects(struct plan *plan, size_t n) RP_MUST_USE;

#endif
