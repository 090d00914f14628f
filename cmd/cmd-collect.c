/*
 * riposte collect: ask the sources that are due.
 */
#include "cmd/collecting.h"
#include "cmd/config.h"
#include "cmd/report.h"
#include "cmd/signals.h"
#include "core/base/lock.h"

#include <stdlib.h>

enum { SCRATCH_BYTES = 64 << 20 };

/* Whether nothing is due, without a trace, as most runs find it.  No: nobody knows. */
static bool
is_idle(struct collecting *run)
{
	CLEANUP(store_close) struct store *store = NULL;
	struct rp_error err = { .status = RP_OK };

	return collecting_has_archive(run) &&
	       store_sqlite_open(run->inv->archive, STORE_GLANCE, &store, NULL, &err) ==
	               RP_OK &&
	       collecting_plan(run, store, false, &err) == RP_OK && run->n == 0 &&
	       store_sqlite_unchanged(store);
}

/* For a look at what is due; no archive is none that knows of it. */
static enum rp_status
look(struct collecting *run, struct rp_error *err)
{
	struct invocation *inv = run->inv;
	enum rp_status st = RP_NOT_FOUND;

	if (collecting_has_archive(run))
		st = store_sqlite_open(inv->archive, STORE_READ, &inv->store, NULL, err);
	/* One that was only being made, when that was killed, is undone by who looks. */
	if (st == RP_CORRUPT && !collecting_has_archive(run))
		st = RP_NOT_FOUND;
	/* An older one is converted by who may write; of a newer one he tells. */
	if (st == RP_NOT_FOUND || st == RP_BAD_CONFIG)
		st = RP_OK;
	else if (st != RP_OK)
		rp_error_where(err, "%s", inv->archive);
	return st == RP_OK ? collecting_plan(run, inv->store, true, err) : st;
}

static enum rp_status
open_to_write(struct collecting *run, struct rp_error *err)
{
	const enum rp_status st = collecting_open(run, err);

	/* Another collect may have been there in between. */
	return st == RP_OK ? collecting_plan(run, run->inv->store, false, err) : st;
}

static int
nothing_due(const struct collecting *run)
{
	static const struct tally nothing;

	collecting_summarise(run, &nothing);
	return finish_output(stdout, EXIT_DONE);
}

static int
collect(struct collecting *run)
{
	CLEANUP(lock_free) struct lock *lock = NULL;
	const bool dry = option(&run->inv->options, "dry-run") != NULL;
	const bool estimate = option(&run->inv->options, "estimate") != NULL;
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;
	int exit_status;

	st = collecting_configure(run, &err);
	if (st == RP_OK && run->inv->n_operands == 0 && !dry && !estimate && is_idle(run))
		return nothing_due(run);
	if (st == RP_OK)
		st = look(run, &err);
	if (st != RP_OK)
		return err.status == RP_BAD_USAGE ? report_usage(run->inv, "%s", err.text)
		                                  : report_error(&err);
	if (dry || estimate)
		return collecting_foresee(run, estimate);
	if (run->n == 0)
		return nothing_due(run);
	if ((exit_status = collecting_lock(run, &lock)) != EXIT_DONE)
		return exit_status;
	if (open_to_write(run, &err) != RP_OK)
		return report_error(&err);
	if (run->n == 0)
		return nothing_due(run);
	return finish_output(stdout, collecting_run(run));
}

int
cmd_collect(struct invocation *inv)
{
	const struct options *options = &inv->options;
	CLEANUP(arena_free) struct arena *arena = arena_new(CONFIG_CEILING_BYTES);
	CLEANUP(arena_free) struct arena *scratch = arena_new(SCRATCH_BYTES);
	struct collecting run = {
		.inv = inv,
		.arena = arena,
		.scratch = scratch,
		.clock = { .start = inv->now,
		           .mono_ms = rp_monotonic_ms(),
		           .frozen = getenv("RIPOSTE_NOW") != NULL },
		.verbose = option(options, "verbose") != NULL,
		.quiet = option(options, "quiet") != NULL,
		.json = option(options, "json") != NULL,
		.kind = "collect",
	};
	struct config config;
	struct rp_error err = { .status = RP_OK };
	int exit_status;

	if (arena == NULL || scratch == NULL) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	if (collect_idle(inv))
		return finish_output(stdout, EXIT_DONE);
	if (config_load(inv, arena, &config, &err) != RP_OK)
		return report_error(&err);
	inv->config = &config;
	exit_status = collect(&run);
	secrets_free(run.secrets);
	if (signals_stop(NULL)) {
		inv->store = store_close(inv->store);
		signals_end();
	}
	return exit_status;
}
