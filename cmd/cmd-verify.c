/*
 * riposte verify: is what is stored what was stored?
 *
 * --data also makes everything derived again, in a scratch archive, and compares.
 */
#include "cmd/open-runs.h"
#include "cmd/report.h"
#include "core/ingest/compare.h"
#include "core/ingest/ingest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A directory that goes away with all that SQLite leaves in it. */
struct scratch {
	char directory[512];
	char archive[560];
};

static enum rp_status
scratch_make(struct scratch *scratch, struct rp_error *err)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(scratch->directory, sizeof(scratch->directory),
	               "%.400s/riposte-verify-XXXXXX",
	               tmp != NULL && tmp[0] == '/' ? tmp : "/tmp");
	if (mkdtemp(scratch->directory) == NULL)
		return rp_fail_errno(err, RP_FAILED, errno,
		                     "no scratch directory for the check");
	(void)snprintf(scratch->archive, sizeof(scratch->archive), "%s/archive.db",
	               scratch->directory);
	return RP_OK;
}

static void
scratch_remove(const struct scratch *scratch)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
	char path[600];

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", scratch->archive, endings[i]);
		(void)unlink(path);
	}
	(void)rmdir(scratch->directory);
}

static enum rp_status
verify_derived(struct store *held, size_t *findings, struct rp_error *err)
{
	CLEANUP(store_close) struct store *made = NULL;
	struct scratch scratch;
	enum rp_status st = scratch_make(&scratch, err);

	if (st != RP_OK)
		return st;
	if ((st = store_sqlite_open(scratch.archive, STORE_CREATE, &made, NULL, err)) ==
	            RP_OK &&
	    (st = ingest_replay(held, made, err)) == RP_OK)
		st = compare_derived(held, made, report_finding, findings, err);
	made = store_close(made);
	scratch_remove(&scratch);
	return st;
}

/* What --data asks for; false: its argument is no part. */
static bool
wanted_part(const struct invocation *inv, struct verify_part *out)
{
	const char *text = option(&inv->options, "data");
	unsigned k, of;
	int end = 0;

	*out = (struct verify_part){ 0, 0 };
	if (text == NULL)
		return true;
	*out = (struct verify_part){ 1, 1 };
	if (text[0] == '\0')
		return true;
	if (strspn(text, "0123456789/") != strlen(text) || strlen(text) > 20 ||
	    sscanf(text, "%9u/%9u%n", &k, &of, &end) != 2 || text[end] != '\0' || k < 1 ||
	    k > of)
		return false;
	*out = (struct verify_part){ k, of };
	return true;
}

int
check_verify(const struct invocation *inv)
{
	struct verify_part part;

	if (wanted_part(inv, &part))
		return EXIT_DONE;
	return report_usage(inv,
	                    "--data takes K/N, the K-th of N parts, such as 1/30, not "
	                    "\"%.40s\"",
	                    option(&inv->options, "data"));
}

/* All is well; of what the chain does not vouch for yet, a word. */
static int
tell_sound(const struct invocation *inv, struct verify_part part)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_error err = { .status = RP_OK };
	struct open_runs runs;

	buf_init(&text, 1000);
	if (part.of > 1)
		report("%s: part %u of %u is as it was stored", inv->archive,
		       (unsigned)part.k, (unsigned)part.of);
	else
		report("%s: %s", inv->archive,
		       part.of == 1
		               ? "every record, capture and derived row is as it was "
		                 "stored"
		               : "the structure and the chain of runs are sound (--data "
		                 "re-hashes everything)");
	if (open_runs_count(inv->store, &runs, &err) != RP_OK)
		return report_error(&err);
	if (runs.n == 0)
		return EXIT_DONE;
	open_runs_text(&text, &runs);
	report("%s: outside of the chain: %.*s", inv->archive, RP_FMT(buf_slice(&text)));
	return EXIT_DONE;
}

int
cmd_verify(struct invocation *inv)
{
	struct rp_error err = { .status = RP_OK };
	struct verify_part part;
	size_t findings = 0;
	enum rp_status st;

	(void)wanted_part(inv, &part); /* check_verify() has seen that it is one */
	st = store_verify_part(inv->store, part, report_finding, &findings, &err);
	/* Derived data is made from captures: with damaged ones there is nothing to
	 * compare.  It cannot be made in parts: any capture may speak of any post. */
	if (st == RP_OK && part.k == 1)
		st = verify_derived(inv->store, &findings, &err);
	if ((st != RP_OK && (st != RP_CORRUPT || findings == 0)) ||
	    rp_memory_refusals() > 0)
		return report_error(&err);
	if (findings > 0) {
		report("%s: the archive is damaged: %zu finding%s", inv->archive,
		       findings, findings == 1 ? "" : "s");
		return EXIT_DAMAGED;
	}
	return option(&inv->options, "quiet") == NULL ? tell_sound(inv, part) : EXIT_DONE;
}
