/* Runs and their chain, captures, rejected records. */
#include "storage/sqlite/sqlite.h"

#include <assert.h>

static const struct sha256 no_hash;

static enum rp_status
next_id(struct sqlite_store *s, enum sql_id next, int64_t *out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(s, next, &get, err);

	if (st == RP_OK)
		st = sql_step(&get, err);
	if (st == RP_OK)
		*out = sql_int(&get, 0);
	return st;
}

/* ---- runs ---- */

enum rp_status
facts_run_begin(struct store *store, const struct run *run, int64_t *id_out,
                struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql put = { 0 };
	struct row_sum sum;
	struct run row = *run;
	enum rp_status st;

	row_sum_init(&sum);
	row.ended = RP_TIME_UNKNOWN;
	row.previous = row.hash = no_hash;
	st = next_id(s, SQL_RUN_NEXT, &row.id, err);
	if (st == RP_OK)
		st = sql_open(s, SQL_RUN_INSERT, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, row.id);
	sql_bind_slice(&put, 2, row.kind);
	sql_bind_slice(&put, 3, row.program);
	sql_bind_int(&put, 4, row.started);
	sql_bind_int(&put, 5, row.ended);
	sql_bind_int(&put, 6, row.pid);
	sql_bind_hash(&put, 7, &no_hash);
	sql_bind_int(&put, 8, row_sum_of_run(&sum, &row, 0));
	st = sql_run(&put, err);
	if (st == RP_OK)
		*id_out = row.id;
	return st;
}

static enum rp_status
hash_parts(struct sql *rows, struct run_hasher *hasher, struct rp_error *err)
{
	struct run_part part;
	enum rp_status st;

	while ((st = sql_step(rows, err)) == RP_OK) {
		st = row_part(rows, &part, err);
		if (st != RP_OK)
			return st;
		run_hasher_part(hasher, &part);
	}
	return st == RP_END ? RP_OK : st;
}

enum rp_status
facts_run_hash(struct sqlite_store *s, const struct run *run, struct sha256 *out,
               struct rp_error *err)
{
	CLEANUP(run_hasher_free) struct run_hasher *hasher = run_hasher_new(run);
	struct sql rows[PARTS_STATEMENTS] = { { 0 } };
	size_t n = 0;
	enum rp_status st;

	if (hasher == NULL)
		return rp_fail_memory(err);
	st = parts_open(s, run->id, rows, &n, err);
	for (size_t i = 0; i < n && st == RP_OK; i++)
		st = hash_parts(&rows[i], hasher, err);
	for (size_t i = 0; i < PARTS_STATEMENTS; i++)
		sql_done(&rows[i]);
	if (st == RP_OK)
		*out = run_hasher_end(hasher);
	return st;
}

/* The last link of the chain: zeros and 0 while there is none. */
static enum rp_status
chain_head(struct sqlite_store *s, struct sha256 *head_out, int64_t *link_out,
           struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	struct run last;
	enum rp_status st = sql_open(s, SQL_RUN_LAST, &get, err);

	*head_out = no_hash;
	*link_out = 0;
	if (st == RP_OK)
		st = sql_step(&get, err);
	if (st == RP_OK)
		st = row_run(&get, &last, err);
	if (st != RP_OK)
		return st == RP_END ? RP_OK : st;
	*head_out = last.hash;
	*link_out = sql_int(&get, 6);
	return RP_OK;
}

enum rp_status
facts_run_end(struct store *store, int64_t run, int64_t ended, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql get = { 0 };
	CLEANUP(sql_done) struct sql put = { 0 };
	struct row_sum sum;
	struct run row;
	int64_t link;
	enum rp_status st = sql_open(s, SQL_RUN_GET, &get, err);

	row_sum_init(&sum);
	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, run);
	st = sql_step(&get, err);
	if (st == RP_END)
		return rp_fail(err, RP_NOT_FOUND, "no such run");
	if (st == RP_OK)
		st = row_run(&get, &row, err);
	if (st != RP_OK)
		return st;
	assert(row.open);
	row.ended = ended;
	st = chain_head(s, &row.previous, &link, err);
	if (st == RP_OK)
		st = facts_run_hash(s, &row, &row.hash, err);
	if (st == RP_OK)
		st = sql_open(s, SQL_RUN_CLOSE, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, run);
	sql_bind_int(&put, 2, ended);
	sql_bind_int(&put, 3, link + 1);
	sql_bind_hash(&put, 4, &row.previous);
	sql_bind_hash(&put, 5, &row.hash);
	sql_bind_int(&put, 6, row_sum_of_run(&sum, &row, link + 1));
	return sql_run(&put, err);
}

enum rp_status
facts_identity(struct store *store, char id_out[ARCHIVE_ID + 1], struct sha256 *head_out,
               struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql get = { 0 };
	struct sha256 head;
	int64_t link;
	enum rp_status st = sql_open(s, SQL_ARCHIVE_GET, &get, err);

	if (st == RP_OK)
		st = sql_step(&get, err);
	if (st == RP_END || (st == RP_OK && sql_slice(&get, 0).n != ARCHIVE_ID_BYTES))
		return rp_fail(err, RP_CORRUPT, "the archive has lost its id");
	if (st == RP_OK)
		st = chain_head(s, &head, &link, err);
	if (st != RP_OK)
		return st;
	archive_id_hex(sql_slice(&get, 0), id_out);
	*head_out = head;
	return RP_OK;
}

/* ---- captures ---- */

enum rp_status
facts_capture_begin(struct store *store, const struct capture *capture, int64_t *id_out,
                    struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql put = { 0 };
	struct row_sum sum;
	struct capture row = *capture;
	enum rp_status st;

	row_sum_init(&sum);
	row.bytes = row.records = row.rejected = 0;
	row.complete = false;
	row.sha256 = no_hash;
	st = next_id(s, SQL_CAPTURE_NEXT, &row.id, err);
	if (st == RP_OK)
		st = sql_open(s, SQL_CAPTURE_INSERT, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, row.id);
	sql_bind_int(&put, 2, row.run);
	sql_bind_int(&put, 3, row.inside);
	sql_bind_slice(&put, 4, row.name);
	sql_bind_slice(&put, 5, row.format);
	sql_bind_slice(&put, 6, row.options);
	sql_bind_int(&put, 7, row.at);
	sql_bind_hash(&put, 8, &row.sha256);
	sql_bind_int(&put, 9, row_sum_of_capture(&sum, &row));
	st = sql_run(&put, err);
	if (st == RP_OK)
		*id_out = row.id;
	return st;
}

enum rp_status
facts_capture_update(struct store *store, const struct capture *capture,
                     struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql get = { 0 };
	CLEANUP(sql_done) struct sql put = { 0 };
	struct row_sum sum;
	struct capture row;
	enum rp_status st = sql_open(s, SQL_CAPTURE_GET, &get, err);

	row_sum_init(&sum);
	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, capture->id);
	st = sql_step(&get, err);
	if (st == RP_END)
		return rp_fail(err, RP_NOT_FOUND, "no such capture");
	if (st == RP_OK)
		st = row_capture(&get, &row, err);
	if (st == RP_OK)
		st = sql_open(s, SQL_CAPTURE_UPDATE, &put, err);
	if (st != RP_OK)
		return st;
	if (capture->options.n > 0)
		row.options = capture->options;
	row.bytes = capture->bytes;
	row.complete = capture->complete;
	row.sha256 = capture->sha256;
	row.records = capture->records;
	row.rejected = capture->rejected;
	sql_bind_int(&put, 1, row.id);
	sql_bind_int(&put, 2, (int64_t)row.bytes);
	sql_bind_int(&put, 3, row.complete ? 1 : 0);
	sql_bind_hash(&put, 4, &row.sha256);
	sql_bind_int(&put, 5, (int64_t)row.records);
	sql_bind_int(&put, 6, (int64_t)row.rejected);
	sql_bind_int(&put, 7, row_sum_of_capture(&sum, &row));
	sql_bind_slice(&put, 8, row.options);
	return sql_run(&put, err);
}

enum rp_status
facts_capture_again(struct store *store, int64_t capture, int64_t run, int64_t at,
                    struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql put = { 0 };
	struct row_sum sum;
	int64_t id;
	enum rp_status st = next_id(s, SQL_AGAIN_NEXT, &id, err);

	row_sum_init(&sum);
	if (st == RP_OK)
		st = sql_open(s, SQL_AGAIN_INSERT, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, id);
	sql_bind_int(&put, 2, capture);
	sql_bind_int(&put, 3, run);
	sql_bind_int(&put, 4, at);
	sql_bind_int(&put, 5, row_sum_of_again(&sum, id, capture, run, at));
	return sql_run(&put, err);
}

enum rp_status
facts_capture_find(struct store *store, const struct sha256 *sha256, struct arena *arena,
                   struct capture *out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	struct capture capture;
	enum rp_status st;

	st = sql_open(sqlite_store_of(store), SQL_CAPTURE_FIND, &get, err);
	if (st != RP_OK)
		return st;
	sql_bind_hash(&get, 1, sha256);
	st = sql_step(&get, err);
	if (st == RP_END)
		return rp_fail(err, RP_NOT_FOUND, "no capture has this hash");
	if (st == RP_OK)
		st = row_capture(&get, &capture, err);
	return st == RP_OK ? capture_to_arena(arena, &capture, out, err) : st;
}

/* The smallest and the largest hash that start with these digits. */
static void
prefix_range(struct rp_slice hex, struct sha256 *from, struct sha256 *to)
{
	memset(from->bytes, 0x00, SHA256_BYTES);
	memset(to->bytes, 0xff, SHA256_BYTES);
	for (size_t i = 0; i < hex.n; i++) {
		int c = hex.p[i], digit = c <= '9' ? c - '0' : c - 'a' + 10;
		int shift = i % 2 ? 0 : 4;

		from->bytes[i / 2] = (unsigned char)(from->bytes[i / 2] | digit << shift);
		to->bytes[i / 2] = (unsigned char)((to->bytes[i / 2] & ~(15 << shift)) |
		                                   digit << shift);
	}
}

/* Captures of the same hash count as one, the first of those that are complete. */
static enum rp_status
check_unique(struct sql *rows, struct rp_slice hex, const struct sha256 *found,
             struct rp_error *err)
{
	struct capture other;
	enum rp_status st;

	while ((st = sql_step(rows, err)) == RP_OK) {
		st = row_capture(rows, &other, err);
		if (st != RP_OK)
			return st;
		if (!sha256_eq(found, &other.sha256))
			return rp_fail(err, RP_BAD_USAGE,
			               "several captures start with \"%.*s\"",
			               RP_FMT(hex));
	}
	return st == RP_END ? RP_OK : st;
}

enum rp_status
facts_capture_find_prefix(struct store *store, struct rp_slice hex, struct arena *arena,
                          struct capture *out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rows = { 0 };
	struct sha256 from, to;
	struct capture found;
	enum rp_status st;

	prefix_range(hex, &from, &to);
	st = sql_open(sqlite_store_of(store), SQL_CAPTURE_FIND_RANGE, &rows, err);
	if (st != RP_OK)
		return st;
	sql_bind_hash(&rows, 1, &from);
	sql_bind_hash(&rows, 2, &to);
	st = sql_step(&rows, err);
	if (st == RP_END)
		return rp_fail(err, RP_NOT_FOUND, "no capture starts with \"%.*s\"",
		               RP_FMT(hex));
	if (st == RP_OK)
		st = row_capture(&rows, &found, err);
	if (st == RP_OK)
		st = capture_to_arena(arena, &found, &found, err);
	if (st == RP_OK)
		st = check_unique(&rows, hex, &found.sha256, err);
	if (st == RP_OK)
		*out = found;
	return st;
}

enum rp_status
facts_reject_put(struct store *store, const struct reject *reject, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	struct row_sum sum;
	enum rp_status st;

	row_sum_init(&sum);
	st = sql_open(sqlite_store_of(store), SQL_REJECT_INSERT, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, reject->capture);
	sql_bind_int(&put, 2, (int64_t)reject->offset);
	sql_bind_int(&put, 3, (int64_t)reject->bytes);
	sql_bind_int(&put, 4, (int64_t)reject->line);
	sql_bind_slice(&put, 5, reject->reason);
	sql_bind_int(&put, 6, row_sum_of_reject(&sum, reject));
	return sql_run(&put, err);
}
