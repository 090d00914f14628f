/*
 * Runs that are open: under way, or killed, which nobody can tell from outside.  They
 * have no link in the chain, so that what they took in is vouched for by nothing yet.
 */
#ifndef RIPOSTE_CMD_OPEN_RUNS_H
#define RIPOSTE_CMD_OPEN_RUNS_H

#include "core/base/buf.h"
#include "storage/store.h"

struct open_runs {
	uint64_t n;
	int64_t since; /* when the first of them began; RP_TIME_UNKNOWN: none */
};

/* Reads every run. */
enum rp_status open_runs_count(struct store *store, struct open_runs *out,
                               struct rp_error *err) RP_MUST_USE;

/* "2 runs, the first of 2026-01-05T12:00:00Z, under way or killed". */
void open_runs_text(struct rp_buf *out, const struct open_runs *runs);

#endif
