/*
 * The chains of runs that an archive has: its own, and those of archives merged into it.
 */
#ifndef RIPOSTE_CMD_CHAIN_H
#define RIPOSTE_CMD_CHAIN_H

#include "cmd/command.h"

/*
 * "stats --chain": the archive's id, the hash of its last run, and of every other archive
 * the id and the hashes of those runs on which none follows.  Gives the exit status.
 */
int chain_print(struct invocation *inv, bool json);

#endif
