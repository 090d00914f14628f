/*
 * What import and merge have in common: progress while they take things in, and an end.
 */
#ifndef RIPOSTE_CMD_TAKING_H
#define RIPOSTE_CMD_TAKING_H

#include "cmd/command.h"
#include "core/ingest/ingest.h"

#include <time.h>

/* A line that is written over itself, on a terminal only, twice a second at most. */
struct progress {
	bool shown;
	struct timespec last;
};
void progress_show(struct progress *progress, const struct tally *tally);
void progress_end(struct progress *progress); /* wipe it away, if it is there */

/*
 * End the run: close it, pack what is loose, say in one line (or object) what came in.
 * ingest is gone then.  used_before: store_used_bytes() when it began; exit_status: the
 * one so far.  Gives the last one; does not come back after a signal.
 */
int taking_end(struct invocation *inv, struct ingest *ingest, uint64_t used_before,
               int exit_status);

#endif
