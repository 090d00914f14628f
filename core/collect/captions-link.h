/*
 * Addresses of recordings, from a moment on.
 */
#ifndef RIPOSTE_CORE_COLLECT_CAPTIONS_LINK_H
#define RIPOSTE_CORE_COLLECT_CAPTIONS_LINK_H

#include "core/base/arena.h"
#include "core/base/slice.h"

/*
 * "https://www.youtube.com/watch?v=ID&t=83": from the second in which `ms` lies.  A "t"
 * that was there gives way, everything else stays as it is; so do addresses of other
 * sites.  false: the arena is full.
 */
bool link_at(struct arena *arena, struct rp_slice url, int64_t ms,
             struct rp_slice *out) RP_MUST_USE;

#endif
