/* Sealed records: windows that follow one another, whole blocks, every record and hash.
 */
#include "storage/sqlite/sqlite.h"

struct walk {
	struct findings *findings;
	int64_t next;            /* no record before this one may come any more */
	int64_t records, blocks; /* in all windows */
};

static void
tell(const struct walk *walk, int64_t first, const char *what)
{
	findings_add(walk->findings, "sealed records from %lld on: %s", (long long)first,
	             what);
}

static enum rp_status
check_blocks(struct walk *walk, const struct sealed_window *window, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(walk->findings->s, SQL_BLOCK_SUMS, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, window->block);
	sql_bind_int(&get, 2, window->block + window->blocks - 1);
	st = sql_step(&get, err);
	if (st == RP_OK && sql_int(&get, 2) != window->blocks)
		tell(walk, window->first, "blocks of theirs are missing");
	else if (st == RP_OK && sql_int(&get, 1) != window->n)
		tell(walk, window->first,
		     "their blocks hold more or fewer than they are");
	return st;
}

static enum rp_status
check_record(struct walk *walk, int64_t record, struct rp_buf *bytes,
             struct rp_error *err)
{
	struct sqlite_store *s = walk->findings->s;
	struct rp_error why = { 0 };
	struct sha256 hash;
	bool listed = false;
	enum rp_status st;

	buf_clear(bytes);
	st = sealed_read(s, record, bytes, NULL, &why);
	if (st == RP_CORRUPT) {
		findings_add(walk->findings, "record %lld: %s", (long long)record,
		             why.text);
		return RP_OK;
	}
	if (st != RP_OK)
		return rp_fail(err, st, "%s", why.text);
	hash = sha256_of(buf_slice(bytes));
	st = sealed_is_listed(s, &hash, record, &listed, err);
	if (st == RP_OK && !listed)
		findings_add(walk->findings,
		             "record %lld: its bytes do not have the hash that is listed",
		             (long long)record);
	return st;
}

/* RP_END: its window is damaged, and that was told. */
static enum rp_status
enter(struct walk *walk, int64_t record, struct rp_error *err)
{
	struct rp_error why = { 0 };
	enum rp_status st = sealed_enter(walk->findings->s, record, &why);

	if (st == RP_OK)
		return st;
	if (st != RP_CORRUPT && st != RP_NOT_FOUND)
		return rp_fail(err, st, "%s", why.text);
	if (st == RP_CORRUPT)
		findings_add(walk->findings, "%s", why.text);
	else
		tell(walk, record, "they are not found");
	return RP_END;
}

/* By blocks: to read one record costs nearly as much as to read all of its.  A damaged
 * tree can give another row to who looks for this one: hence the look at each. */
static enum rp_status
check_records(struct walk *walk, const struct sealed_window *window, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf bytes;
	struct sqlite_store *s = walk->findings->s;
	enum rp_status st = RP_OK;

	buf_init(&bytes, RECORD_MAX_BYTES);
	for (int64_t i = 0; st == RP_OK && i < window->n; i++) {
		const int64_t id = window->first + i;

		st = enter(walk, id, err);
		if (st == RP_OK &&
		    verify_part_has(walk->findings->part, sealed_block_of(s, id)))
			st = check_record(walk, id, &bytes, err);
	}
	return st;
}

static enum rp_status
check_window(struct walk *walk, const struct sealed_window *window, struct rp_error *err)
{
	struct rp_error why = { 0 };
	enum rp_status st;

	if (sealed_check(window, &why) != RP_OK) {
		findings_add(walk->findings, "%s", why.text);
		return RP_OK;
	}
	if (window->first < walk->next)
		tell(walk, window->first, "they were sealed before");
	walk->next = window->first + window->n;
	walk->records += window->n;
	walk->blocks += window->blocks;
	st = enter(walk, window->first, err);
	if (st == RP_OK)
		st = check_blocks(walk, window, err);
	if (st == RP_OK)
		st = check_records(walk, window, err);
	return st == RP_END ? RP_OK : st;
}

/* Blocks and hashes that belong to no record. */
static enum rp_status
check_count(struct walk *walk, enum sql_id id, int64_t wanted, const char *what,
            struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(walk->findings->s, id, &get, err);

	if (st == RP_OK)
		st = sql_step(&get, err);
	if (st == RP_OK && sql_int(&get, 0) != wanted)
		findings_add(walk->findings, "%s of sealed records: %lld, not %lld", what,
		             (long long)sql_int(&get, 0), (long long)wanted);
	return st;
}

enum rp_status
verify_sealed(struct findings *findings, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rows = { 0 };
	struct walk walk = { .findings = findings, .next = 1 };
	enum rp_status st;

	if (findings->s->version < 2)
		return RP_OK;
	st = sql_open(findings->s, SQL_SEALED_SCAN, &rows, err);
	if (st != RP_OK)
		return st;
	while ((st = sql_step(&rows, err)) == RP_OK) {
		const struct sealed_window window = sealed_row(&rows);

		st = check_window(&walk, &window, err);
		if (st != RP_OK)
			return st;
	}
	if (st == RP_END)
		st = check_count(&walk, SQL_BLOCK_COUNT, walk.blocks, "blocks", err);
	return st == RP_OK ? check_count(&walk, SQL_SEALED_HASH_COUNT, walk.records,
	                                 "hashes", err)
	                   : st;
}
