/*
 * Accounts as people write them, as keys.
 */
#ifndef RIPOSTE_CORE_IDENTITY_ACCOUNT_H
#define RIPOSTE_CORE_IDENTITY_ACCOUNT_H

#include "core/base/arena.h"
#include "core/base/slice.h"

/*
 * "x:@20571756" and other keys as they are, "x:@SatyaNadella" as "x:@satyanadella?".
 * Empty when it names no account.  false when the arena is full.
 */
bool account_key(struct arena *arena, struct rp_slice written,
                 struct rp_slice *out) RP_MUST_USE;

#endif
