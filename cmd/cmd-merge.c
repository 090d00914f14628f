/*
 * riposte merge: take in other archives.
 */
#include "cmd/report.h"
#include "cmd/signals.h"
#include "cmd/taking.h"
#include "core/ingest/merge.h"

#include <sys/stat.h>
#include <unistd.h>

/* Told by ingest what happens. */
struct listener {
	struct progress progress;
	const char *other; /* the archive under way */
};

static void
show_progress(void *context, const struct tally *tally)
{
	progress_show(&((struct listener *)context)->progress, tally);
}

static void
tell_damage(void *context, const char *sentence)
{
	struct listener *listener = context;
	struct rp_error err = { .status = RP_OK };

	progress_end(&listener->progress);
	rp_error_where(&err, "%s", listener->other);
	(void)rp_fail(&err, RP_CORRUPT, "%s", sentence);
	(void)report_error(&err);
}

static enum rp_status
open_other(const char *path, struct store **out, struct rp_error *err)
{
	rp_error_where(err, "%s", path);
	return store_sqlite_open(path, STORE_READ, out, NULL, err);
}

static int
tell_failure(const struct rp_error *err)
{
	const int exit_status = report_error(err);

	return err->status == RP_NOT_FOUND ? EXIT_IO : exit_status;
}

/* Where there is no archive yet, a name that is wrong must not make one. */
int
check_merge(const struct invocation *inv)
{
	int exit_status = EXIT_DONE;
	struct stat is;

	if (stat(inv->archive, &is) == 0 && is.st_size > 0)
		return EXIT_DONE;
	for (int i = 0; i < inv->n_operands; i++) {
		CLEANUP(store_close) struct store *other = NULL;
		struct rp_error err = { .status = RP_OK };
		int one = EXIT_DONE;

		if (open_other(inv->operands[i], &other, &err) != RP_OK)
			one = tell_failure(&err);
		if (exit_status == EXIT_DONE)
			exit_status = one;
	}
	return exit_status;
}

static enum rp_status
merge_one(const struct invocation *inv, struct ingest *ingest, struct listener *listener,
          struct merge_tally *tally, struct rp_error *err)
{
	CLEANUP(store_close) struct store *other = NULL;
	enum rp_status st = open_other(listener->other, &other, err);

	if (st == RP_OK)
		st = ingest_merge(ingest, other, tell_damage, listener, tally, err);
	if (st == RP_OK && tally->captures + tally->runs + tally->damaged == 0 &&
	    option(&inv->options, "quiet") == NULL) {
		progress_end(&listener->progress);
		report("%s: nothing in it that is not held", listener->other);
	}
	return st;
}

/* What is wrong with one of the others ends it, not the run. */
static bool
ends_run(enum rp_status st)
{
	if (st != RP_OK && rp_memory_refusals() > 0)
		return true;
	return st == RP_FAILED || st == RP_RETRY_LATER || st == RP_END;
}

static int
merge_all(const struct invocation *inv, struct ingest *ingest, void *context)
{
	struct listener *listener = context;
	int exit_status = EXIT_DONE;

	for (int i = 0; i < inv->n_operands; i++) {
		struct merge_tally tally = { .damaged = 0 };
		struct rp_error err = { .status = RP_OK };
		enum rp_status st;
		int one;

		listener->other = inv->operands[i];
		st = merge_one(inv, ingest, listener, &tally, &err);
		if (st == RP_END)
			return exit_status;
		one = st == RP_OK ? EXIT_DONE : tell_failure(&err);
		if (st == RP_OK && tally.damaged > 0)
			one = EXIT_DAMAGED;
		if (exit_status == EXIT_DONE)
			exit_status = one;
		if (ends_run(st))
			return one;
	}
	return exit_status;
}

int
cmd_merge(struct invocation *inv)
{
	const bool quiet = option(&inv->options, "quiet") != NULL;
	struct listener listener = { .other = "" };
	const struct ingest_options options = {
		.kind = "merge",
		.context = &listener,
		.progress = isatty(STDERR_FILENO) && !quiet ? show_progress : NULL,
	};

	return taking_run(inv, &options, &listener.progress, merge_all);
}
