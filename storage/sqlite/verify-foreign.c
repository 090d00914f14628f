/* Whether what was taken over from other archives is what these vouch for. */
#include "storage/sqlite/sqlite.h"

/* A capture that has the bytes its archive told of. */
static enum rp_status
check_capture(struct findings *findings, const struct foreign_run *run,
              const struct capture *told, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	struct capture held = { .bytes = 0 };
	enum rp_status st = sql_open(findings->s, SQL_CAPTURE_GET, &get, err);

	if (st != RP_OK || told->id == 0)
		return st;
	sql_bind_int(&get, 1, told->id);
	if ((st = sql_step(&get, err)) == RP_OK)
		st = row_capture(&get, &held, err);
	if (st != RP_OK && st != RP_END)
		return st;
	if (st == RP_END || held.bytes != told->bytes ||
	    !sha256_eq(&held.sha256, &told->sha256))
		findings_add(findings,
		             "capture %lld is not the one that run %lld of archive %s "
		             "took in (%.*s)",
		             (long long)told->id, (long long)run->number, run->archive,
		             RP_FMT(told->name));
	return RP_OK;
}

static enum rp_status
check_parts(struct findings *findings, const struct foreign_run *run, struct sha256 *out,
            struct rp_error *err)
{
	CLEANUP(run_hasher_free) struct run_hasher *hasher = run_hasher_new(&run->run);
	CLEANUP(sql_done) struct sql rows = { 0 };
	struct row_sum sum;
	struct run_part part;
	enum rp_status st = sql_open(findings->s, SQL_SCAN_FOREIGN_PARTS, &rows, err);

	row_sum_init(&sum);
	if (hasher == NULL)
		return rp_fail_memory(err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&rows, 1, run->run.id);
	while ((st = sql_step(&rows, err)) == RP_OK &&
	       (st = row_part(&rows, &part, err)) == RP_OK) {
		if (row_sum_of_part(&sum, run->run.id, sql_int(&rows, 13), &part) !=
		    sql_int(&rows, 12))
			findings_add(findings,
			             "what run %lld of archive %s took in fails its "
			             "check at place %lld",
			             (long long)run->number, run->archive,
			             (long long)sql_int(&rows, 13));
		run_hasher_part(hasher, &part);
		if (part.kind != PART_RUN &&
		    (st = check_capture(findings, run, &part.capture, err)) != RP_OK)
			return st;
	}
	*out = run_hasher_end(hasher);
	return st == RP_END ? RP_OK : st;
}

/* Is the run there whose hash this one says comes before it? */
static enum rp_status
has_before(struct findings *findings, const struct foreign_run *run, bool *out,
           struct rp_error *err)
{
	static const struct sha256 none;
	CLEANUP(sql_done) struct sql get = { 0 };
	char archive[ARCHIVE_ID_BYTES];
	enum rp_status st = sql_open(findings->s, SQL_FOREIGN_RUN_BEFORE, &get, err);

	*out = run->run.open ||
	       (run->run.link == 1 && sha256_eq(&run->run.previous, &none));
	if (st != RP_OK || *out || run->run.link <= 1)
		return st;
	archive_id_bytes(run->archive, archive);
	sql_bind_slice(&get, 1, rp_slice_from(archive, sizeof(archive)));
	sql_bind_int(&get, 2, run->run.link - 1);
	sql_bind_hash(&get, 3, &run->run.previous);
	if ((st = sql_step(&get, err)) == RP_OK)
		*out = sql_int(&get, 0) != 0;
	return st;
}

static enum rp_status
verify_foreign_run(struct findings *findings, const struct sql *row, struct row_sum *sum,
                   struct rp_error *err)
{
	struct foreign_run run;
	struct sha256 hash;
	bool before = false;
	enum rp_status st = row_foreign_run(row, &run, err);

	if (st != RP_OK)
		return st;
	if (row_sum_of_foreign_run(sum, &run) != sql_int(row, 9))
		findings_add(findings, "run %lld of archive %s fails its check",
		             (long long)run.number, run.archive);
	if ((st = has_before(findings, &run, &before, err)) != RP_OK ||
	    (st = check_parts(findings, &run, &hash, err)) != RP_OK)
		return st;
	if (!before)
		findings_add(findings,
		             "the chain of runs of archive %s is broken before run %lld",
		             run.archive, (long long)run.number);
	if (!sha256_eq(&hash, &run.run.hash))
		findings_add(findings,
		             "run %lld of archive %s or one of its captures is not what "
		             "its hash says",
		             (long long)run.number, run.archive);
	return RP_OK;
}

static enum rp_status
verify_lost_parts(struct findings *findings, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rows = { 0 };
	enum rp_status st = sql_open(findings->s, SQL_FOREIGN_PARTS_LOST, &rows, err);

	if (st != RP_OK)
		return st;
	while ((st = sql_step(&rows, err)) == RP_OK)
		findings_add(findings,
		             "run %lld of another archive is not there, but what it "
		             "took in is",
		             (long long)sql_int(&rows, 0));
	return st == RP_END ? RP_OK : st;
}

enum rp_status
verify_foreign(struct findings *findings, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rows = { 0 };
	struct row_sum sum;
	enum rp_status st;

	row_sum_init(&sum);
	if (findings->s->version < 3)
		return RP_OK;
	st = sql_open(findings->s, SQL_SCAN_FOREIGN_RUNS, &rows, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&rows, 1, INT64_MIN);
	while ((st = sql_step(&rows, err)) == RP_OK) {
		struct rp_error why = { 0 };
		enum rp_status one = verify_foreign_run(findings, &rows, &sum, &why);

		if (one == RP_CORRUPT)
			findings_add(findings, "%s", why.text);
		else if (one != RP_OK)
			return rp_fail(err, one, "%s", why.text);
	}
	return st == RP_END ? verify_lost_parts(findings, err) : st;
}
