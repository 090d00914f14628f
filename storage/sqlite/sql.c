#include "storage/sqlite/sqlite.h"

#include <errno.h>
#include <string.h>

static enum rp_status
prepare(struct sqlite_store *s, struct rp_slice text, unsigned flags, sqlite3_stmt **out,
        struct rp_error *err)
{
	int rc = sqlite3_prepare_v3(s->db, text.p, (int)text.n, flags, out, NULL);

	return rc == SQLITE_OK ? RP_OK : sql_fail(s, rc, err);
}

/*
 * After some errors SQLite has rolled back by itself; what came next would then be
 * committed statement by statement.
 */
static bool
transaction_is_lost(const struct sqlite_store *s)
{
	return s->base.transaction == TRANSACTION_WRITE &&
	       sqlite3_get_autocommit(s->db) != 0;
}

static void
sql_set(struct sql *out, struct sqlite_store *s, sqlite3_stmt *stmt, int id)
{
	out->store = s;
	out->stmt = stmt;
	out->id = id;
	out->failed = SQLITE_OK;
	buf_init(&out->unpacked, VALUE_MAX_BYTES);
}

enum rp_status
sql_open(struct sqlite_store *s, enum sql_id id, struct sql *out, struct rp_error *err)
{
	sqlite3_stmt *stmt = s->idle[id];

	if (transaction_is_lost(s))
		return rp_fail(err, RP_FAILED, "the transaction was rolled back before");
	if (stmt == NULL) {
		enum rp_status st = prepare(s, rp_slice_str(sql_texts[id]),
		                            SQLITE_PREPARE_PERSISTENT, &stmt, err);

		if (st != RP_OK)
			return st;
	}
	s->idle[id] = NULL;
	sql_set(out, s, stmt, (int)id);
	return RP_OK;
}

enum rp_status
sql_open_text(struct sqlite_store *s, struct rp_slice text, struct sql *out,
              struct rp_error *err)
{
	sqlite3_stmt *stmt;
	enum rp_status st = prepare(s, text, 0, &stmt, err);

	if (st == RP_OK)
		sql_set(out, s, stmt, -1);
	return st;
}

void
sql_again(struct sql *sql)
{
	(void)sqlite3_reset(sql->stmt);
	sql->failed = SQLITE_OK;
}

/* Iterators over the same thing can be open at once: one of their statements is kept. */
void
sql_done(struct sql *sql)
{
	if (sql->stmt == NULL)
		return;
	if (sql->id >= 0 && sql->store->idle[sql->id] == NULL) {
		(void)sqlite3_reset(sql->stmt);
		sql->store->idle[sql->id] = sql->stmt;
	} else {
		(void)sqlite3_finalize(sql->stmt);
	}
	sql->stmt = NULL;
	buf_done(&sql->unpacked);
}

void
sql_forget_all(struct sqlite_store *s)
{
	for (size_t i = 0; i < SQL_STATEMENTS; i++) {
		(void)sqlite3_finalize(s->idle[i]);
		s->idle[i] = NULL;
	}
}

static void
bound(struct sql *sql, int rc)
{
	if (rc != SQLITE_OK && sql->failed == SQLITE_OK)
		sql->failed = rc;
}

void
sql_bind_int(struct sql *sql, int at, int64_t value)
{
	bound(sql, sqlite3_bind_int64(sql->stmt, at, value));
}

void
sql_bind_null(struct sql *sql, int at)
{
	bound(sql, sqlite3_bind_null(sql->stmt, at));
}

/* A NULL pointer would be bound as NULL, whatever the length. */
void
sql_bind_slice(struct sql *sql, int at, struct rp_slice bytes)
{
	bound(sql, sqlite3_bind_blob64(sql->stmt, at, bytes.n ? bytes.p : "", bytes.n,
	                               SQLITE_STATIC));
}

void
sql_bind_copy(struct sql *sql, int at, struct rp_slice bytes)
{
	bound(sql, sqlite3_bind_blob64(sql->stmt, at, bytes.n ? bytes.p : "", bytes.n,
	                               SQLITE_TRANSIENT));
}

void
sql_bind_text(struct sql *sql, int at, struct rp_slice text)
{
	bound(sql, sqlite3_bind_text64(sql->stmt, at, text.n ? text.p : "", text.n,
	                               SQLITE_STATIC, SQLITE_UTF8));
}

void
sql_bind_hash(struct sql *sql, int at, const struct sha256 *hash)
{
	sql_bind_slice(sql, at, rp_slice_from((const char *)hash->bytes, SHA256_BYTES));
}

/* ---- keys ---- */

/* Digits that come out of the number as they went in. */
static bool
is_number(struct rp_slice digits, int64_t *out)
{
	uint64_t value;

	if (digits.n == 0 || digits.p[0] == '0' || !rp_slice_u64(digits, &value) ||
	    value > INT64_MAX)
		return false;
	*out = (int64_t)value;
	return true;
}

bool
sql_key_number(struct rp_slice key, int64_t *out)
{
	int64_t number;

	if (key.n < 3 || key.p[0] != 'x' || key.p[1] != ':')
		return false;
	if (key.p[2] != '@')
		return is_number(rp_slice_skip(key, 2), out);
	if (!is_number(rp_slice_skip(key, 3), &number))
		return false;
	*out = -number;
	return true;
}

static bool
bind_short_key(struct sql *sql, int at, struct rp_slice key)
{
	int64_t number;

	if (key.n == 0)
		sql_bind_null(sql, at);
	else if (sql_key_number(key, &number))
		sql_bind_int(sql, at, number);
	else
		return false;
	return true;
}

void
sql_bind_key(struct sql *sql, int at, struct rp_slice key)
{
	if (!bind_short_key(sql, at, key))
		sql_bind_slice(sql, at, key);
}

void
sql_bind_key_copy(struct sql *sql, int at, struct rp_slice key)
{
	if (!bind_short_key(sql, at, key))
		sql_bind_copy(sql, at, key);
}

struct rp_slice
sql_key(struct sql *sql, int column, int place)
{
	char *end = sql->keys[place] + KEY_NUMBER_BYTES, *p = end;
	int64_t number;
	uint64_t left;

	if (sqlite3_column_type(sql->stmt, column) != SQLITE_INTEGER)
		return sql_slice(sql, column);
	number = sql_int(sql, column);
	left = number < 0 ? -(uint64_t)number : (uint64_t)number;
	do
		*--p = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (number < 0)
		*--p = '@';
	*--p = ':';
	*--p = 'x';
	return rp_slice_from(p, (size_t)(end - p));
}

/* ---- rows ---- */

enum rp_status
sql_step(struct sql *sql, struct rp_error *err)
{
	int rc = sql->failed;

	if (rc == SQLITE_OK)
		rc = sqlite3_step(sql->stmt);
	if (rc == SQLITE_ROW)
		return RP_OK;
	if (rc == SQLITE_DONE)
		return RP_END;
	return sql_fail(sql->store, rc, err);
}

enum rp_status
sql_run(struct sql *sql, struct rp_error *err)
{
	enum rp_status st;

	do
		st = sql_step(sql, err);
	while (st == RP_OK);
	sql_again(sql);
	return st == RP_END ? RP_OK : st;
}

enum rp_status
sql_number(struct sqlite_store *s, enum sql_id id, int64_t *out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(s, id, &get, err);

	if (st == RP_OK)
		st = sql_step(&get, err);
	if (st == RP_OK)
		*out = sql_int(&get, 0);
	return st;
}

int64_t
sql_int(const struct sql *sql, int column)
{
	return sqlite3_column_int64(sql->stmt, column);
}

bool
sql_is_null(const struct sql *sql, int column)
{
	return sqlite3_column_type(sql->stmt, column) == SQLITE_NULL;
}

struct rp_slice
sql_slice(const struct sql *sql, int column)
{
	const char *p = sqlite3_column_blob(sql->stmt, column);

	return rp_slice_from(p, (size_t)sqlite3_column_bytes(sql->stmt, column));
}

enum rp_status
sql_exec(struct sqlite_store *s, const char *text, struct rp_error *err)
{
	int rc = sqlite3_exec(s->db, text, NULL, NULL, NULL);

	return rc == SQLITE_OK ? RP_OK : sql_fail(s, rc, err);
}

/* What the system said; SQLite keeps it in one of three places, or not at all. */
static int
last_errno(struct sqlite_store *s)
{
	int number = sqlite3_system_errno(s->db);
	sqlite3_file *log = NULL;

	if (number == 0)
		(void)sqlite3_file_control(s->db, "main", SQLITE_FCNTL_LAST_ERRNO,
		                           &number);
	if (number == 0)
		(void)sqlite3_file_control(s->db, "main", SQLITE_FCNTL_JOURNAL_POINTER,
		                           &log);
	if (log != NULL && log->pMethods != NULL)
		(void)log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number);
	return number;
}

static enum rp_status
fail_io(struct sqlite_store *s, int code, struct rp_error *err)
{
	int system = last_errno(s);

	if (code == SQLITE_IOERR_NOMEM)
		return rp_fail_memory(err);
	if (system != 0)
		return rp_fail_errno(err, RP_FAILED, system,
		                     "the archive cannot be read or written");
	if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
		return rp_fail(err, RP_FAILED,
		               "the disk did not take what was written to the archive");
	return rp_fail(err, RP_FAILED, "the archive cannot be read or written: %s",
	               sqlite3_errstr(code));
}

static enum rp_status
fail_cannot_open(struct sqlite_store *s, struct rp_error *err)
{
	int system = sqlite3_system_errno(s->db);

	if (system == ENOENT || system == ENOTDIR)
		return rp_fail(err, RP_NOT_FOUND, "there is no archive there");
	if (system != 0)
		return rp_fail_errno(err, RP_FAILED, system,
		                     "the archive cannot be opened");
	return rp_fail(err, RP_FAILED, "the archive cannot be opened: %s",
	               sqlite3_errmsg(s->db));
}

/*
 * Our statements are fixed and the schema has been looked at, so that it is what they
 * meet in the file that they stumble over: full text search says so of its own tables.
 */
static enum rp_status
fail_error(struct sqlite_store *s, struct rp_error *err)
{
	const char *words = sqlite3_errmsg(s->db);

	if (transaction_is_lost(s))
		return rp_fail(err, RP_FAILED, "the transaction was rolled back: %s",
		               words);
	if (strstr(words, "no such module") != NULL)
		return rp_fail(err, RP_FAILED, "this SQLite has no full text search: %s",
		               words);
	return rp_fail(err, RP_CORRUPT, "the archive is damaged: %s", words);
}

enum rp_status
sql_fail(struct sqlite_store *s, int code, struct rp_error *err)
{
	if (s->no_locks)
		return rp_fail(err, RP_FAILED,
		               "this file system has no file locks, so the archive on it "
		               "cannot be written safely");
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return rp_fail(err, RP_RETRY_LATER,
		               "another program is writing the archive");
	case SQLITE_FULL:
		return rp_fail(err, RP_FAILED, "the disk with the archive is full");
	case SQLITE_NOMEM:
		return rp_fail_memory(err);
	case SQLITE_IOERR:
		return fail_io(s, code, err);
	case SQLITE_CANTOPEN:
		return fail_cannot_open(s, err);
	case SQLITE_READONLY:
		return rp_fail(err, RP_FAILED, "the archive is read-only");
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return rp_fail(err, RP_FAILED, "no permission for the archive");
	case SQLITE_PROTOCOL:
		return rp_fail(err, RP_FAILED,
		               "file locks do not work where the archive is");
	case SQLITE_NOTADB:
		return rp_fail(err, RP_CORRUPT, "not a riposte archive");
	case SQLITE_ERROR:
		return fail_error(s, err);
	case SQLITE_CORRUPT:
	case SQLITE_CONSTRAINT: /* indexes and tables contradict one another */
	case SQLITE_MISMATCH:
	case SQLITE_FORMAT:
		return rp_fail(err, RP_CORRUPT, "the archive is damaged: %s",
		               sqlite3_errmsg(s->db));
	default:
		return rp_fail(err, RP_FAILED, "the archive's database failed: %s",
		               sqlite3_errmsg(s->db));
	}
}
