/*
 * Is everything derived what it must be?  One archive held against another made from the
 * same captures.
 */
#ifndef RIPOSTE_CORE_INGEST_COMPARE_H
#define RIPOSTE_CORE_INGEST_COMPARE_H

#include "storage/store.h"

/*
 * Compare posts, aliases, versions, edges, states, accounts, sightings (down to the bytes
 * they point at), rejects and the searchable text; handles may differ, keys and contents
 * may not. Each difference is told in a sentence that names the post; at most 20 of them.
 * RP_CORRUPT when there was any.  Both stores are read from front to back once.
 */
enum rp_status compare_derived(struct store *held, struct store *made,
                               store_finding *tell, void *context,
                               struct rp_error *err) RP_MUST_USE;

#endif
