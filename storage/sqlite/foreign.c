/* Runs of other archives, taken over, and what their hashes are made of. */
#include "storage/sqlite/sqlite.h"

void
archive_id_hex(struct rp_slice id, char out[ARCHIVE_ID + 1])
{
	for (size_t i = 0; i < ARCHIVE_ID_BYTES; i++) {
		out[2 * i] = "0123456789abcdef"[(unsigned char)id.p[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[(unsigned char)id.p[i] & 15];
	}
	out[ARCHIVE_ID] = '\0';
}

void
archive_id_bytes(const char hex[ARCHIVE_ID + 1], char out[ARCHIVE_ID_BYTES])
{
	for (size_t i = 0; i < ARCHIVE_ID_BYTES; i++) {
		int high = hex[2 * i], low = hex[2 * i + 1];

		high -= high <= '9' ? '0' : 'a' - 10;
		low -= low <= '9' ? '0' : 'a' - 10;
		out[i] = (char)(unsigned char)(high * 16 + low);
	}
}

/* An archive of an older format has no runs of others. */
enum rp_status
parts_open(struct sqlite_store *s, int64_t run, struct sql out[PARTS_STATEMENTS],
           size_t *n_out, struct rp_error *err)
{
	static const enum sql_id parts[PARTS_STATEMENTS] = { SQL_RUN_CAPTURES,
		                                             SQL_RUN_AGAINS,
		                                             SQL_RUN_TAKEN };
	const size_t n = s->version < 3 ? 2 : 3;
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < n && st == RP_OK; i++) {
		st = sql_open(s, parts[i], &out[i], err);
		if (st == RP_OK)
			sql_bind_int(&out[i], 1, run);
	}
	*n_out = n;
	return st;
}

static enum rp_status
next_number(struct sql *get, int64_t *out, struct rp_error *err)
{
	enum rp_status st = sql_step(get, err);

	if (st == RP_OK)
		*out = sql_int(get, 0);
	return st;
}

enum rp_status
foreign_run_put(struct store *store, const struct foreign_run *run, int64_t *id_out,
                struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql next = { 0 };
	CLEANUP(sql_done) struct sql put = { 0 };
	char archive[ARCHIVE_ID_BYTES];
	struct foreign_run row = *run;
	struct row_sum sum;
	enum rp_status st = sql_open(s, SQL_FOREIGN_RUN_NEXT, &next, err);

	row_sum_init(&sum);
	archive_id_bytes(run->archive, archive);
	if (st == RP_OK)
		st = next_number(&next, &row.run.id, err);
	if (st == RP_OK)
		st = sql_open(s, SQL_FOREIGN_RUN_INSERT, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, row.run.id);
	sql_bind_int(&put, 2, row.taken_by);
	sql_bind_slice(&put, 3, rp_slice_from(archive, sizeof(archive)));
	sql_bind_int(&put, 4, row.number);
	sql_bind_slice(&put, 5, row.run.kind);
	sql_bind_slice(&put, 6, row.run.program);
	sql_bind_int(&put, 7, row.run.started);
	sql_bind_int(&put, 8, row.run.ended);
	sql_bind_int(&put, 9, row.run.pid);
	if (row.run.open)
		sql_bind_null(&put, 10);
	else
		sql_bind_int(&put, 10, row.run.link);
	sql_bind_hash(&put, 11, &row.run.previous);
	sql_bind_hash(&put, 12, &row.run.hash);
	sql_bind_int(&put, 13, row_sum_of_foreign_run(&sum, &row));
	st = sql_run(&put, err);
	if (st == RP_OK)
		*id_out = row.run.id;
	return st;
}

static void
bind_part(struct sql *put, const struct run_part *part, const char *archive)
{
	const bool is_run = part->kind == PART_RUN;
	const struct capture *c = &part->capture;

	sql_bind_int(put, 3, part->kind);
	sql_bind_int(put, 4, c->id);
	sql_bind_slice(put, 5,
	               is_run ? rp_slice_from(archive, ARCHIVE_ID_BYTES) : c->name);
	sql_bind_slice(put, 6, c->format);
	sql_bind_slice(put, 7, c->options);
	sql_bind_int(put, 8, c->at);
	sql_bind_int(put, 9, part->seen);
	sql_bind_int(put, 10, is_run ? part->link : (int64_t)c->bytes);
	sql_bind_int(put, 11, c->complete ? 1 : 0);
	sql_bind_hash(put, 12, is_run ? &part->hash : &c->sha256);
	sql_bind_int(put, 13, (int64_t)c->records);
	sql_bind_int(put, 14, (int64_t)c->rejected);
}

enum rp_status
foreign_part_put(struct store *store, int64_t run, const struct run_part *part,
                 struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql next = { 0 };
	CLEANUP(sql_done) struct sql put = { 0 };
	char archive[ARCHIVE_ID_BYTES];
	struct row_sum sum;
	struct run_part row = *part;
	int64_t place = 0;
	enum rp_status st = sql_open(s, SQL_FOREIGN_PART_NEXT, &next, err);

	row_sum_init(&sum);
	if (part->kind == PART_RUN)
		row.capture = (struct capture){ .id = 0 };
	else
		row.capture.run = row.capture.inside = 0;
	if (part->kind == PART_RUN)
		archive_id_bytes(part->archive, archive);
	if (st != RP_OK)
		return st;
	sql_bind_int(&next, 1, run);
	if ((st = next_number(&next, &place, err)) == RP_OK)
		st = sql_open(s, SQL_FOREIGN_PART_INSERT, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, run);
	sql_bind_int(&put, 2, place);
	bind_part(&put, &row, archive);
	sql_bind_int(&put, 15, row_sum_of_part(&sum, run, place, &row));
	return sql_run(&put, err);
}

enum rp_status
foreign_run_drop(struct store *store, int64_t run, struct rp_error *err)
{
	static const enum sql_id drops[] = { SQL_FOREIGN_RUN_DELETE,
		                             SQL_FOREIGN_PARTS_DELETE };
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < 2 && st == RP_OK; i++) {
		CLEANUP(sql_done) struct sql drop = { 0 };

		st = sql_open(sqlite_store_of(store), drops[i], &drop, err);
		if (st != RP_OK)
			return st;
		sql_bind_int(&drop, 1, run);
		st = sql_run(&drop, err);
	}
	return st;
}
