/*
 * Another archive taken into this one.
 *
 * Captures come first: those whose bytes are held and would be read the same are noted to
 * have come then, too, the others are read again, out of the other archive, by the
 * collector that read them there.  What was seen when is a set then, and what follows
 * from it does not depend on which archive was merged into which.  Runs come after them,
 * as their archive tells them.  What an archive knows of its collecting (sources,
 * coverage, money, look-ups) is its own, and is not taken over.
 */
#ifndef RIPOSTE_CORE_INGEST_MERGE_H
#define RIPOSTE_CORE_INGEST_MERGE_H

#include "core/ingest/ingest.h"

struct merge_tally {
	uint64_t captures; /* taken, or noted to have come again */
	uint64_t runs;
	uint64_t damaged; /* captures and runs that could not be taken, each told */
};

/*
 * Take in all that `other` has.  Everything is part of the run of `ingest`, which is not
 * begun when nothing is new.
 *
 * other    borrowed, opened for reading; may be an older copy of the same archive, or the
 *          archive itself
 * tell     told of each capture or run that is damaged there: of such a capture all is
 *          taken that comes before the damage, of a chain of runs what comes before it
 *
 * RP_OK       done, but for what was told
 * RP_END      stopped between two batches because options.stop said so
 * RP_CORRUPT  what `other` says it has cannot be read, or ours; the batch under way was
 *             rolled back
 * RP_FAILED, RP_RETRY_LATER  likewise
 *
 * Stopped or killed anywhere, the next time takes what is missing.  Memory: one batch and
 * some hundred bytes for each capture and run of both.
 */
enum rp_status ingest_merge(struct ingest *ingest, struct store *other,
                            store_finding *tell, void *context,
                            struct merge_tally *tally_out,
                            struct rp_error *err) RP_MUST_USE;

#endif
