/*
 * From what a batch says to what the archive knows: new, same, or a new version.
 */
#ifndef RIPOSTE_CORE_INGEST_DERIVE_H
#define RIPOSTE_CORE_INGEST_DERIVE_H

#include "core/collect/collector.h"
#include "core/ingest/chains.h"

/*
 * Write the derived rows of one batch.  record_ids: the store's handle of each batch
 * record. Counts are added to the tally.  chains: of the run or rebuild, borrowed.
 * scratch is reset as needed.  Inside a transaction.
 */
enum rp_status derive_batch(struct store *store, const struct batch *batch,
                            int64_t capture, const int64_t *record_ids,
                            struct chains *chains, struct arena *scratch,
                            struct tally *tally, struct rp_error *err) RP_MUST_USE;

#endif
