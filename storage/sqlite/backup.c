/* A copy of the archive, page by page, as the open snapshot has it. */
#include "storage/sqlite/sqlite.h"

#include <stdlib.h>

/* Which of the two files it was: SQLite tells by the kind of error alone. */
static enum rp_status
fail_copy(struct sqlite_store *s, sqlite3 *to, int code, struct rp_error *err)
{
	const int system = sqlite3_system_errno(to);

	switch (code) {
	case SQLITE_FULL:
		return rp_fail(err, RP_FAILED, "the disk with the copy is full");
	case SQLITE_IOERR_WRITE:
	case SQLITE_IOERR_TRUNCATE:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
		return system != 0
		               ? rp_fail_errno(err, RP_FAILED, system,
		                               "the copy cannot be written")
		               : rp_fail(err, RP_FAILED, "the copy cannot be written: %s",
		                         sqlite3_errstr(code));
	case SQLITE_CORRUPT:
		return rp_fail(err, RP_CORRUPT,
		               "the archive is damaged: not all of its pages are there");
	default:
		return sql_fail(s, code, err);
	}
}

/*
 * SQLite's own backup, in a single step: it reads through the snapshot that is open
 * already, so it neither sees what is committed meanwhile nor starts again because of it.
 * What stands in the log is taken in.  (VACUUM INTO would leave out free pages, but makes
 * every tree anew, cannot run inside of a snapshot, and compact leaves no free pages.)
 */
static enum rp_status
copy_pages(struct sqlite_store *s, sqlite3 *to, struct rp_error *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", s->db, "main");
	int step, rc;

	if (backup == NULL)
		return fail_copy(s, to, sqlite3_extended_errcode(to), err);
	step = sqlite3_backup_step(backup, -1);
	rc = sqlite3_backup_finish(backup);
	if (step == SQLITE_DONE && rc == SQLITE_OK)
		return RP_OK;
	return fail_copy(s, to, rc != SQLITE_OK ? rc : step, err);
}

enum rp_status
sqlite_backup(struct store *store, const char *path, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	char *plain = sqlite_plain_path(path);
	sqlite3 *to = NULL;
	enum rp_status st;
	int rc;

	if (plain == NULL)
		return rp_fail_memory(err);
	rc = sqlite3_open_v2(plain, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
	                     NULL);
	free(plain);
	if (to == NULL)
		return rp_fail_memory(err);
	(void)sqlite3_extended_result_codes(to, 1);
	/* Half of a copy is thrown away, and a whole one synced, by who wants it. */
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(to,
		                  "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; "
		                  "PRAGMA locking_mode=EXCLUSIVE",
		                  NULL, NULL, NULL);
	st = rc == SQLITE_OK ? copy_pages(s, to, err) : fail_copy(s, to, rc, err);
	(void)sqlite3_close(to);
	return st;
}
