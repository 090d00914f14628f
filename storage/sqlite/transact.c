/* Waiting for other programs, and transactions. */
#include "storage/sqlite/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- waiting ---- */

/*
 * SQLite takes ENOLCK for "somebody else has the lock" and would wait for ever on a file
 * system without locks.  Asked of a file of its own: closing any descriptor of the
 * archive would drop the locks SQLite holds on it.
 */
static bool
locks_work_beside(const char *path)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };
	struct rp_buf name;
	bool work = true;
	int fd = -1;

	buf_init(&name, 1 << 16);
	buf_add_str(&name, path);
	while (name.n > 0 && name.p[name.n - 1] != '/')
		name.n--;
	buf_add(&name,
	        rp_slice_from(".riposte-lock-XXXXXX", sizeof(".riposte-lock-XXXXXX")));
	if (!buf_failed(&name))
		fd = mkstemp(name.p);
	if (fd >= 0) {
		(void)unlink(name.p);
		if (fcntl(fd, F_SETLK, &lock) != 0)
			work = errno != ENOLCK && errno != ENOSYS && errno != EOPNOTSUPP;
		(void)close(fd);
	}
	buf_done(&name);
	return work;
}

int
transact_wait(void *context, int times)
{
	struct sqlite_store *s = context;
	struct timespec nap = { 0 };
	int64_t ms = times < 8 ? 1 << times : 100;

	if (times == 0) {
		s->busy_since_ms = rp_monotonic_ms();
		s->no_locks = !s->read_only && !locks_work_beside(s->path);
	}
	if (s->no_locks || rp_monotonic_ms() - s->busy_since_ms >= BUSY_WAIT_MS)
		return 0;
	nap.tv_nsec = (long)ms * 1000000;
	(void)nanosleep(&nap, NULL);
	return 1;
}

/* ---- transactions ---- */

static enum rp_status
run_statement(struct sqlite_store *s, enum sql_id id, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql sql = { 0 };
	enum rp_status st = sql_open(s, id, &sql, err);

	return st == RP_OK ? sql_run(&sql, err) : st;
}

void
transact_rollback(struct store *store)
{
	struct sqlite_store *s = sqlite_store_of(store);

	if (sqlite3_get_autocommit(s->db) == 0)
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	s->no_aliases = s->nothing_sealed = false;
	s->data_version = -1; /* what migrate_look() made meanwhile is gone, too */
	pending_drop(s);
	sealed_forget(s);
	texts_forget(s);
	dictionary_forget_all(s);
}

static enum rp_status
check_still_there(struct sqlite_store *s, struct rp_error *err)
{
	int moved = 0;

	(void)sqlite3_file_control(s->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	return moved ? rp_fail(err, RP_FAILED,
	                       "the archive was moved, removed or replaced while in use")
	             : RP_OK;
}

/* Tables without rows need not be asked again and again: nearly every post has one key,
 * and a young archive has nothing sealed. */
static enum rp_status
look_for_empty_tables(struct sqlite_store *s, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql any = { 0 };
	enum rp_status st = sql_open(s, SQL_ANY, &any, err);

	if (st == RP_OK)
		st = sql_step(&any, err);
	if (st == RP_OK) {
		s->no_aliases = sql_int(&any, 0) == 0;
		s->nothing_sealed = sql_int(&any, 1) == 0;
	}
	return st;
}

/* What was kept of blocks and dictionaries may be gone, and its ids used again, when
 * another program has written. */
static enum rp_status
look_for_changes(struct sqlite_store *s, bool *changed_out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(s, SQL_DATA_VERSION, &get, err);

	if (st == RP_OK)
		st = sql_step(&get, err);
	if (st != RP_OK || sql_int(&get, 0) == s->data_version)
		return st;
	*changed_out = true;
	s->data_version = sql_int(&get, 0);
	sealed_forget(s);
	texts_forget(s);
	dictionary_forget_all(s);
	return RP_OK;
}

enum rp_status
transact_look(struct sqlite_store *s, struct rp_error *err)
{
	bool changed = false;
	enum rp_status st = sql_exec(s, "BEGIN", err);

	if (st == RP_OK)
		st = migrate_look(s, err);
	if (st == RP_OK)
		st = look_for_changes(s, &changed, err);
	return st == RP_OK ? sql_exec(s, "COMMIT", err) : st;
}

/* What has written since the last look may have migrated the archive. */
static enum rp_status
begin_read(struct sqlite_store *s, struct rp_error *err)
{
	bool changed = false;
	enum rp_status st = run_statement(s, SQL_BEGIN_READ, err);

	/* The snapshot is that of the first look, so have it now. */
	if (st == RP_OK)
		st = run_statement(s, SQL_ARCHIVE_GET, err);
	if (st == RP_OK)
		st = look_for_changes(s, &changed, err);
	return st == RP_OK && changed ? migrate_look(s, err) : st;
}

static enum rp_status
begin_write(struct sqlite_store *s, struct rp_error *err)
{
	bool changed = false;
	enum rp_status st;

	if (s->read_only)
		return rp_fail(err, RP_FAILED, "the archive was opened for reading only");
	st = check_still_there(s, err);
	if (st == RP_OK)
		st = run_statement(s, SQL_BEGIN_WRITE, err);
	if (st == RP_OK)
		st = run_statement(s, SQL_ARCHIVE_TOUCH, err);
	if (st == RP_OK)
		st = look_for_empty_tables(s, err);
	return st == RP_OK ? look_for_changes(s, &changed, err) : st;
}

enum rp_status
transact_begin(struct store *store, bool write, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	enum rp_status st = write ? begin_write(s, err) : begin_read(s, err);

	if (st != RP_OK)
		transact_rollback(store);
	return st;
}

enum rp_status
transact_commit(struct store *store, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	enum rp_status st;

	if (sqlite3_get_autocommit(s->db) != 0)
		st = rp_fail(err, RP_FAILED, "the transaction was rolled back before");
	else if ((st = pending_settle(s, err)) == RP_OK)
		st = run_statement(s, SQL_COMMIT, err);
	s->no_aliases = s->nothing_sealed = false;
	if (st != RP_OK)
		transact_rollback(store);
	return st;
}

int64_t
transact_changes(struct store *store)
{
	return sqlite_store_of(store)->data_version;
}
