/* Whether the facts are what was written: row by row, record by record. */
#include "storage/sqlite/sqlite.h"

enum rp_status
verify_archive_row(struct findings *findings, struct rp_error *err)
{
	struct row_sum sum;
	CLEANUP(sql_done) struct sql rows = { 0 };
	size_t n = 0;
	enum rp_status st;

	row_sum_init(&sum);
	st = sql_open(findings->s, SQL_ARCHIVE_GET, &rows, err);
	if (st != RP_OK)
		return st;
	while ((st = sql_step(&rows, err)) == RP_OK) {
		n++;
		if (row_sum_of_archive(&sum, sql_slice(&rows, 0)) != sql_int(&rows, 1))
			findings_add(findings, "the archive's id fails its check");
	}
	if (st == RP_END && n != 1)
		findings_add(findings, "the archive has %zu ids instead of one", n);
	return st == RP_END ? RP_OK : st;
}

/* ---- runs ---- */

enum rp_status
verify_runs(struct findings *findings, struct rp_error *err)
{
	struct row_sum sum;
	CLEANUP(sql_done) struct sql rows = { 0 };
	struct run run;
	enum rp_status st;

	row_sum_init(&sum);
	st = sql_open(findings->s, SQL_SCAN_RUNS, &rows, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&rows, 1, INT64_MIN);
	while ((st = sql_step(&rows, err)) == RP_OK) {
		struct rp_error why = { 0 };

		if (row_run(&rows, &run, &why) != RP_OK)
			findings_add(findings, "%s", why.text);
		else if (row_sum_of_run(&sum, &run, sql_int(&rows, 6)) !=
		         sql_int(&rows, 9))
			findings_add(findings, "run %lld fails its check",
			             (long long)run.id);
	}
	return st == RP_END ? RP_OK : st;
}

enum rp_status
verify_chain(struct findings *findings, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rows = { 0 };
	struct sha256 last = { 0 }, hash;
	int64_t link = 0;
	struct run run;
	enum rp_status st = sql_open(findings->s, SQL_RUN_CHAIN, &rows, err);

	if (st != RP_OK)
		return st;
	while ((st = sql_step(&rows, err)) == RP_OK) {
		st = row_run(&rows, &run, err);
		if (st == RP_OK)
			st = facts_run_hash(findings->s, &run, &hash, err);
		if (st != RP_OK)
			return st;
		if (sql_int(&rows, 6) != ++link || !sha256_eq(&run.previous, &last))
			findings_add(findings,
			             "the chain of runs is broken before run %lld",
			             (long long)run.id);
		if (!sha256_eq(&run.hash, &hash))
			findings_add(findings,
			             "run %lld or one of its captures is not what its "
			             "hash says",
			             (long long)run.id);
		last = run.hash;
		link = sql_int(&rows, 6);
	}
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
exists(struct sqlite_store *s, enum sql_id get_by_id, int64_t id, bool *out,
       struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(s, get_by_id, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, id);
	st = sql_step(&get, err);
	*out = st == RP_OK;
	return st == RP_END ? RP_OK : st;
}

enum rp_status
verify_agains(struct findings *findings, struct rp_error *err)
{
	struct row_sum sum;
	CLEANUP(sql_done) struct sql rows = { 0 };
	enum rp_status st;

	row_sum_init(&sum);
	st = sql_open(findings->s, SQL_SCAN_AGAINS, &rows, err);
	if (st != RP_OK)
		return st;
	while ((st = sql_step(&rows, err)) == RP_OK)
		if (row_sum_of_again(&sum, sql_int(&rows, 0), sql_int(&rows, 1),
		                     sql_int(&rows, 2),
		                     sql_int(&rows, 3)) != sql_int(&rows, 4))
			findings_add(
				findings,
				"the note that capture %lld came again fails its check",
				(long long)sql_int(&rows, 1));
	return st == RP_END ? RP_OK : st;
}

/* ---- captures ---- */

static enum rp_status
verify_segments(struct findings *findings, int64_t capture, struct rp_error *err)
{
	CLEANUP(splice_done) struct splice splice = { 0 };
	struct rp_slice piece;
	enum rp_status st;

	st = splice_open(findings->s, capture, !verify_part_has(findings->part, capture),
	                 &splice, err);
	while (st == RP_OK)
		st = splice_step(&splice, &piece, err);
	if (st != RP_END)
		return st;
	if (!splice.complete && splice.bytes != splice.offset)
		return rp_fail(err, RP_CORRUPT,
		               "%s: %llu bytes are noted, %llu are there", splice.who,
		               (unsigned long long)splice.bytes,
		               (unsigned long long)splice.offset);
	return RP_OK;
}

static enum rp_status
verify_capture(struct findings *findings, const struct sql *row, struct row_sum *sum,
               struct rp_error *err)
{
	struct capture capture;
	bool has_run = false;
	enum rp_status st = row_capture(row, &capture, err);

	if (st != RP_OK)
		return st;
	if (row_sum_of_capture(sum, &capture) != sql_int(row, 12))
		findings_add(findings, "capture %lld (%.*s) fails its check",
		             (long long)capture.id, RP_FMT(capture.name));
	st = exists(findings->s, SQL_RUN_GET, capture.run, &has_run, err);
	if (st != RP_OK)
		return st;
	if (!has_run)
		findings_add(findings,
		             "capture %lld (%.*s) is of run %lld, which is not there",
		             (long long)capture.id, RP_FMT(capture.name),
		             (long long)capture.run);
	return verify_segments(findings, capture.id, err);
}

enum rp_status
verify_captures(struct findings *findings, struct rp_error *err)
{
	struct row_sum sum;
	CLEANUP(sql_done) struct sql rows = { 0 };
	enum rp_status st;

	row_sum_init(&sum);
	st = sql_open(findings->s, SQL_SCAN_CAPTURES, &rows, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&rows, 1, INT64_MIN);
	while ((st = sql_step(&rows, err)) == RP_OK) {
		struct rp_error why = { 0 };
		enum rp_status one = verify_capture(findings, &rows, &sum, &why);

		if (one == RP_CORRUPT)
			findings_add(findings, "%s", why.text);
		else if (one != RP_OK)
			return rp_fail(err, one, "%s", why.text);
	}
	return st == RP_END ? RP_OK : st;
}

enum rp_status
verify_rejects(struct findings *findings, struct rp_error *err)
{
	struct row_sum sum;
	CLEANUP(sql_done) struct sql rows = { 0 };
	struct reject reject;
	enum rp_status st;

	row_sum_init(&sum);
	st = sql_open(findings->s, SQL_SCAN_REJECTS, &rows, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&rows, 1, INT64_MIN);
	while ((st = sql_step(&rows, err)) == RP_OK) {
		row_reject(&rows, &reject);
		if (row_sum_of_reject(&sum, &reject) != sql_int(&rows, 5))
			findings_add(findings,
			             "a rejected record of capture %lld at byte %llu "
			             "fails its check",
			             (long long)reject.capture,
			             (unsigned long long)reject.offset);
	}
	return st == RP_END ? RP_OK : st;
}

/* ---- records ---- */

enum rp_status
verify_dictionaries(struct findings *findings, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf bytes;
	CLEANUP(sql_done) struct sql rows = { 0 };
	enum rp_status st;

	buf_init(&bytes, VALUE_MAX_BYTES);
	st = sql_open(findings->s, SQL_DICTIONARIES, &rows, err);
	if (st != RP_OK)
		return st;
	while ((st = sql_step(&rows, err)) == RP_OK) {
		struct rp_error why = { 0 };
		enum rp_status one;

		buf_clear(&bytes);
		one = dictionary_bytes(findings->s, &rows, &bytes, &why);
		if (one == RP_CORRUPT)
			findings_add(findings, "dictionary %lld: %s",
			             (long long)sql_int(&rows, 0), why.text);
		else if (one != RP_OK)
			return rp_fail(err, one, "%s", why.text);
	}
	return st == RP_END ? RP_OK : st;
}

/* Neighbours are in the same part, so that their pages are read in one part only. */
enum { NEIGHBOURS = 128 };

/* What can be said of a record without its bytes. */
static enum rp_status
check_record_row(const struct sql *row, struct rp_error *err)
{
	int64_t kind = sql_int(row, 1), bytes = sql_int(row, 2),
		packing = sql_int(row, 4);

	if (kind < RECORD_X1_POST || kind >= RECORD_KINDS)
		return rp_fail(err, RP_CORRUPT, "it is of no known kind");
	if (bytes < 0 || bytes > RECORD_MAX_BYTES)
		return rp_fail(err, RP_CORRUPT, "it cannot be as long as was noted");
	if (packing < PACKING_PLAIN || packing > PACKING_ZSTD)
		return rp_fail(err, RP_CORRUPT,
		               "it is packed in a way that this riposte does not know");
	return RP_OK;
}

enum rp_status
verify_records(struct findings *findings, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf bytes;
	CLEANUP(sql_done) struct sql rows = { 0 };
	enum rp_status st;

	buf_init(&bytes, RECORD_MAX_BYTES);
	st = sql_open(findings->s, SQL_RECORDS, &rows, err);
	if (st != RP_OK)
		return st;
	while ((st = sql_step(&rows, err)) == RP_OK) {
		struct rp_error why = { 0 };
		enum rp_status one = check_record_row(&rows, &why);

		buf_clear(&bytes);
		if (one == RP_OK &&
		    verify_part_has(findings->part, sql_int(&rows, 0) / NEIGHBOURS))
			one = records_unpack_row(findings->s, &rows, &bytes, &why);
		if (one == RP_CORRUPT)
			findings_add(findings, "record %lld: %s",
			             (long long)sql_int(&rows, 0), why.text);
		else if (one != RP_OK)
			return rp_fail(err, one, "%s", why.text);
	}
	return st == RP_END ? RP_OK : st;
}
