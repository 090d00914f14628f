#include "cmd/taking.h"

#include "cmd/report.h"
#include "cmd/signals.h"
#include "cmd/tally.h"

void
progress_show(struct progress *progress, const struct tally *tally)
{
	CLEANUP(buf_done) struct rp_buf line;
	struct timespec now;

	buf_init(&line, 1000);
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	if (progress->last.tv_sec != 0 &&
	    (now.tv_sec - progress->last.tv_sec) * 1000 +
	                    (now.tv_nsec - progress->last.tv_nsec) / 1000000 <
	            500)
		return;
	progress->last = now;
	progress->shown = true;
	buf_add_str(&line, "\r\x1b[K");
	tally_number(&line, tally->records);
	buf_add_str(&line, " records, ");
	tally_number(&line, tally->bytes_in >> 20);
	buf_add_str(&line, " MB");
	fwrite(line.p, 1, line.n, stderr);
	fflush(stderr);
}

void
progress_end(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\x1b[K", stderr);
	progress->shown = false;
}

/* Some of the input could be read: what could not is counted with the rejected. */
static int
settle_exit_status(int exit_status, const struct tally *tally)
{
	const bool some_read = tally->records > tally->rejected;

	if (exit_status == EXIT_DONE && tally->rejected > 0)
		return EXIT_REJECTS;
	return exit_status == EXIT_UNREADABLE && some_read ? EXIT_REJECTS : exit_status;
}

/*
 * Has all there is to say been said by a complaint?  Of a file that broke off in its
 * middle the records are in, but "0 captures" would be no sum of what came.
 */
static bool
said_already(const struct tally *tally, int exit_status)
{
	return exit_status != EXIT_DONE &&
	       (tally->captures == 0 || tally->records == tally->rejected);
}

/* One line, if there is anything to say. */
static void
summarise(const struct invocation *inv, const struct tally *tally, int exit_status)
{
	const bool quiet = option(&inv->options, "quiet") != NULL;
	CLEANUP(buf_done) struct rp_buf line;
	struct tally_object object;

	buf_init(&line, 4096);
	if (option(&inv->options, "json") != NULL) {
		tally_object_begin(&object, tally);
		tally_object_end(&object);
	} else if (!said_already(tally, exit_status) && (!quiet || tally->rejected > 0)) {
		tally_text(&line, tally);
		if (buf_failed(&line))
			return; /* finish_output() tells it */
		report("%.*s%s", RP_FMT(buf_slice(&line)),
		       tally->rejected > 0 ? " (kept; see \"riposte stats --rejected\")"
		                           : "");
	}
}

static int
taking_end(struct invocation *inv, struct ingest *ingest, uint64_t used_before,
           int exit_status)
{
	struct rp_error err = { .status = RP_OK };
	struct tally tally = { .captures = 0 };
	uint64_t used;

	/* After a full disk the run cannot be closed either:
	 * the first complaint counts. */
	if (ingest_close(ingest, &tally, &err) != RP_OK)
		return exit_status != EXIT_DONE ? exit_status : report_error(&err);
	/* What came in is there, whatever becomes of this. */
	if (exit_status != EXIT_IO &&
	    ingest_tidy(inv->store, signals_stop, NULL, &err) != RP_OK)
		exit_status = report_error(&err);
	used = store_used_bytes(inv->store);
	tally.bytes_stored = used > used_before ? used - used_before : 0;
	summarise(inv, &tally, exit_status);
	if (signals_stop(NULL)) {
		inv->store = store_close(inv->store);
		signals_end();
	}
	return finish_output(stdout, settle_exit_status(exit_status, &tally));
}

int
taking_run(struct invocation *inv, const struct ingest_options *own,
           struct progress *progress, taking_all *all)
{
	struct ingest_options options = *own;
	const uint64_t used_before = store_used_bytes(inv->store);
	struct rp_error err = { .status = RP_OK };
	struct ingest *ingest;
	int exit_status;

	options.program = "riposte " RIPOSTE_VERSION;
	options.now = inv->now;
	options.stop = signals_stop;
	ingest = ingest_new(inv->store, &options);
	if (ingest == NULL) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	signals_catch();
	exit_status = all(inv, ingest, options.context);
	progress_end(progress);
	return taking_end(inv, ingest, used_before, exit_status);
}
