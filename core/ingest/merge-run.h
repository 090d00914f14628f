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
	bool *grows;     /* whether the first n_alike of ours, which were there before,
	                    may still grow: no other capture is the same as such a one */
	size_t *alike; /* of each of them, the next that reads the same; n_alike: none */
	size_t n_alike;
	bool copies;      /* both are copies of one archive, or the archive itself */
	struct map *held; /* how one of ours is read (see merge-same.c) to its place */
};

/* Say that something is damaged. */
void merging_tell(struct merging *m, const char *format, ...) RP_PRINTF(2, 3);

/* The captures first, then the runs. */
enum rp_status merge_captures(struct merging *m, struct rp_error *err) RP_MUST_USE;
enum rp_status merge_runs(struct merging *m, struct rp_error *err) RP_MUST_USE;

/* ---- merge-same.c ---- */

/*
 * List our captures, and how each reads.  One that is not complete, of a run that is not
 * closed, may get more bytes and another hash at any moment: it is no one's equal, for
 * what a closed run has noted of it would be wrong by then.  A killed run's is not told
 * from it; what came back of it into a run that closes is found instead the next time.
 */
enum rp_status merging_list_ours(struct merging *m, struct rp_error *err) RP_MUST_USE;

/*
 * How one of theirs reads, in the arena of both, and the one of ours that reads the
 * same, or NULL.
 */
enum rp_status merging_find_same(struct merging *m, size_t index,
                                 struct rp_slice *how_out, const struct capture **out,
                                 struct rp_error *err) RP_MUST_USE;

/*
 * Is it one of ours that may still grow, as it is in a copy of this archive?  Nothing is
 * new then, and nothing to be noted of it.
 */
bool merging_is_itself(const struct merging *m, const struct capture *their);

/* One that was taken is ours, and the one that reads so. */
enum rp_status merging_remember(struct merging *m, const struct capture *capture,
                                struct rp_slice how, struct rp_error *err) RP_MUST_USE;

/* For each capture the place of the one inside of it; as many as there are: none.  NULL:
 * out of memory. */
size_t *merging_list_inner(struct arena *arena, const struct captures *all);

/* What is inside of a compressed file; NULL: nothing, or it is no such file. */
const struct capture *merging_pair_inner(const struct captures *all, const size_t *inner,
                                         size_t index);

/* The compressed file one of theirs came out of; NULL: none, or it was not taken. */
const struct capture *merging_container(const struct merging *m, size_t index);

/* ---- merge-times.c ---- */

/* Note the times at which theirs came and that are not known of ours: a transaction. */
enum rp_status merging_note_times(struct merging *m, const struct capture *their,
                                  const struct capture *our, bool *noted_out,
                                  struct rp_error *err) RP_MUST_USE;

bool merging_stopped(const struct merging *m);

#endif
