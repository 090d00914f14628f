/*
 * Inside of merge: what is known of both archives while one is taken into the other.
 */
#ifndef RIPOSTE_CORE_INGEST_MERGE_RUN_H
#define RIPOSTE_CORE_INGEST_MERGE_RUN_H

#include "core/ingest/captures.h"
#include "core/ingest/merge.h"
#include "core/ingest/run.h"

struct merging {
	struct ingest *ingest;
	struct store *other;
	struct arena *arena; /* what is known of both */
	struct arena *batch; /* what is being read */
	store_finding *tell;
	void *context;
	struct merge_tally tally;

	struct captures theirs, ours;
	size_t *inner; /* of each of theirs, the place of the one inside of it */
	struct capture
		waiting; /* ours, complete when the one inside of it is; id 0: none */
	int64_t *taken;  /* of each of theirs, the one of ours with its bytes; 0: none */
	struct map
		*held; /* how one of ours is read (see merge-captures.c) to its place */
};

/* Say that something is damaged. */
void merging_tell(struct merging *m, const char *format, ...) RP_PRINTF(2, 3);

/* The captures first, then the runs. */
enum rp_status merge_captures(struct merging *m, struct rp_error *err) RP_MUST_USE;
enum rp_status merge_runs(struct merging *m, struct rp_error *err) RP_MUST_USE;

bool merging_stopped(const struct merging *m);

#endif
