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

/* Takes in all that the command names; context is that of the options. */
typedef int taking_all(const struct invocation *inv, struct ingest *ingest,
                       void *context);

/*
 * A run from its beginning to its end: what `all` takes in; then what is loose is packed,
 * and one line (or object) says what came.  options: all but program, now and stop.
 * Gives the exit status; does not come back after a signal.
 */
int taking_run(struct invocation *inv, const struct ingest_options *options,
               struct progress *progress, taking_all *all);

#endif
