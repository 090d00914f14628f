/*
 * Opening and closing an archive file: whose it is, how it is set up, how it is made.
 */
#include "storage/sqlite/sqlite.h"

#include "core/base/file.h"
#include "storage/sqlite/sources.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const struct store_ops sqlite_ops;

/* ---- opening ---- */

static void
free_store(struct sqlite_store *s)
{
	unsigned char id[LOG_ID_BYTES];
	const bool left = log_is_left(s, id);

	sql_forget_all(s);
	pending_free(s);
	sealed_free(s);
	texts_free(s);
	dictionary_forget_all(s);
	packer_free(s->packer);
	buf_done(&s->text);
	(void)sqlite3_close(s->db);
	if (left)
		log_set_aside(s, id);
	free(s->path);
	free(s);
}

static void
sqlite_close(struct store *store)
{
	free_store(sqlite_store_of(store));
}

char *
sqlite_plain_path(const char *path)
{
	size_t n = strlen(path);
	char *plain = malloc(n + 3);

	if (plain == NULL)
		return NULL;
	memcpy(plain, "./", 2);
	memcpy(plain + (path[0] == '/' ? 0 : 2), path, n + 1);
	return plain;
}

/*
 * file:PATH?immutable=1: SQLite then needs neither locks nor a log.  Every byte that
 * could mean something in a URI, or is not ASCII, is escaped.
 */
static bool
immutable_uri(const char *path, struct rp_buf *out)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";

	buf_add_str(out, path[0] == '/' ? "file://" : "file:");
	for (const char *at = path; *at != '\0'; at++)
		if (strchr(plain, *at) != NULL)
			buf_add_byte(out, *at);
		else
			buf_printf(out, "%%%02x", (unsigned)(unsigned char)*at);
	buf_add(out, rp_slice_from("?immutable=1", sizeof("?immutable=1")));
	return !buf_failed(out);
}

static void
configure(struct sqlite_store *s)
{
	/* clang-format off */
	static const struct { int option, value; } options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	};
	/* clang-format on */

	(void)sqlite3_extended_result_codes(s->db, 1);
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		(void)sqlite3_db_config(s->db, options[i].option, options[i].value, NULL);
	(void)sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, VALUE_MAX_BYTES);
	(void)sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
	(void)sqlite3_limit(s->db, SQLITE_LIMIT_WORKER_THREADS, 0);
	(void)sqlite3_busy_handler(s->db, transact_wait, s);
}

static enum rp_status
connect(struct sqlite_store *s, const char *name, int flags, struct rp_error *err)
{
	int rc;

	sql_forget_all(s);
	(void)sqlite3_close(s->db);
	s->db = NULL;
	/* Counting its memory costs SQLite a lock each time; refused once it runs, no
	 * matter. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	rc = sqlite3_open_v2(name, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (s->db == NULL)
		return rp_fail_memory(err);
	if (rc != SQLITE_OK)
		return sql_fail(s, rc, err);
	configure(s);
	return RP_OK;
}

static enum rp_status
look_at_path(const char *path, struct rp_error *err)
{
	struct stat about;

	if (stat(path, &about) != 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return rp_fail(err, RP_NOT_FOUND, "there is no archive at %s",
			               path);
		return rp_fail_errno(err, RP_FAILED, errno, "cannot open %s", path);
	}
	if (!S_ISREG(about.st_mode))
		return rp_fail(err, RP_CORRUPT,
		               "not a riposte archive, not even a file: %s", path);
	return RP_OK;
}

bool
sqlite_has_unfinished(const struct sqlite_store *s, const char *suffix)
{
	struct stat about;
	struct rp_buf name;
	bool has;

	buf_init(&name, 1 << 16);
	buf_add_str(&name, s->path);
	buf_add_str(&name, suffix);
	buf_add_byte(&name, '\0');
	has = !buf_failed(&name) && stat(name.p, &about) == 0 && about.st_size > 0;
	buf_done(&name);
	return has;
}

static enum rp_status
read_immutable(struct sqlite_store *s, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf uri;
	enum rp_status st;

	buf_init(&uri, 1 << 20);
	if (!immutable_uri(s->path, &uri))
		return rp_fail_memory(err);
	st = connect(s, uri.p, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
	return st == RP_OK ? transact_look(s, err) : st;
}

/*
 * On media where no log can be made beside the archive, or on a full disk, what is in the
 * file is read as it stands.  Not when there is a log with changes that we cannot take
 * in: that would show an older state without a word.
 */
static enum rp_status
check_immutable(struct sqlite_store *s, struct rp_error *err)
{
	if (sqlite_has_unfinished(s, "-wal") || sqlite_has_unfinished(s, "-journal"))
		return rp_fail(
			err, RP_FAILED,
			"the archive has unfinished changes beside it and cannot be "
			"written here; copy it with its -wal file to where it can");
	return read_immutable(s, err);
}

/* SHMOPEN and SHMSIZE: the -shm cannot be made, mostly because the disk is full.  Nobody
 * else has it then: theirs would be as large as is wanted. */
static bool
needs_immutable(struct sqlite_store *s)
{
	int extended = sqlite3_extended_errcode(s->db), code = extended & 0xff;

	return code == SQLITE_CANTOPEN || code == SQLITE_READONLY ||
	       code == SQLITE_PERM || extended == SQLITE_IOERR_SHMOPEN ||
	       extended == SQLITE_IOERR_SHMSIZE;
}

/* Where it may, a reader opens for writing too, so that it leaves no empty log behind. */
static enum rp_status
open_to_read(struct sqlite_store *s, struct rp_error *err)
{
	enum rp_status st = connect(s, s->path, SQLITE_OPEN_READWRITE, err);

	if (st != RP_OK)
		return st;
	st = log_check(s, err);
	if (st != RP_OK)
		return st;
	st = transact_look(s, err);
	if ((st == RP_FAILED || st == RP_NOT_FOUND) && needs_immutable(s))
		return check_immutable(s, err);
	return st == RP_OK ? sql_exec(s, "PRAGMA cache_size=-16384", err) : st;
}

static enum rp_status
open_to_glance(struct sqlite_store *s, struct rp_error *err)
{
	if (!glance_possible(s))
		return rp_fail(err, RP_RETRY_LATER, "somebody is at work on the archive");
	return read_immutable(s, err);
}

static enum rp_status
refuse_read_only(struct sqlite_store *s, struct rp_error *err)
{
	if (sqlite3_db_readonly(s->db, "main") == 0)
		return RP_OK;
	if (access(s->path, W_OK) != 0)
		return rp_fail_errno(err, RP_FAILED, errno,
		                     "the archive cannot be written");
	return rp_fail(err, RP_FAILED, "the archive cannot be written");
}

static enum rp_status
use_log(struct sqlite_store *s, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql set = { 0 };
	enum rp_status st;

	st = sql_open_text(s, RP_SLICE("PRAGMA journal_mode=WAL"), &set, err);
	if (st == RP_OK)
		st = sql_step(&set, err);
	if (st == RP_OK && !rp_slice_eq(sql_slice(&set, 0), RP_SLICE("wal")))
		return rp_fail(err, RP_FAILED,
		               "no write-ahead log can be kept where the archive is");
	return st;
}

/*
 * All of the schema or none of it: whoever is killed in between leaves an empty database,
 * which the next one takes over.  Somebody else may have been faster.
 *
 * There is no log yet: what ends a transaction is that its journal is removed, and only
 * EXTRA has that on the disk before SQLite says so.
 */
static enum rp_status
create(struct sqlite_store *s, bool *created_out, struct rp_error *err)
{
	bool empty = false;
	enum rp_status st;

	st = sql_exec(s,
	              "PRAGMA page_size=8192; PRAGMA synchronous=EXTRA; "
	              "BEGIN EXCLUSIVE",
	              err);
	if (st != RP_OK)
		return st;
	st = schema_check(s, &empty, err);
	if (st == RP_OK && empty)
		st = schema_create(s, err);
	if (st == RP_OK)
		st = sql_exec(s, "COMMIT", err);
	if (st == RP_OK)
		*created_out = empty;
	else
		transact_rollback(&s->base);
	return st;
}

/* Whoever is killed in between leaves the older format, which the next one migrates. */
static enum rp_status
migrate(struct sqlite_store *s, struct rp_error *err)
{
	bool empty = false;
	enum rp_status st = sql_exec(s, "BEGIN EXCLUSIVE", err);

	if (st != RP_OK)
		return st;
	st = schema_check(s, &empty, err); /* somebody else may have been faster */
	if (st == RP_OK && s->version < SCHEMA_VERSION)
		st = schema_migrate(s, err);
	if (st == RP_OK)
		st = sql_exec(s, sql_texts[SQL_ARCHIVE_TOUCH], err);
	if (st == RP_OK)
		st = sql_exec(s, "COMMIT", err);
	if (st != RP_OK)
		transact_rollback(&s->base);
	return st;
}

static enum rp_status
open_to_write(struct sqlite_store *s, enum store_mode mode, bool *created_out,
              struct rp_error *err)
{
	bool empty = false;
	enum rp_status st = connect(s, s->path, SQLITE_OPEN_READWRITE, err);

	if (st == RP_OK)
		st = refuse_read_only(s, err);
	if (st == RP_OK)
		st = log_check(s, err);
	if (st == RP_OK)
		st = schema_check(s, &empty, err);
	if (st == RP_OK && empty)
		st = mode == STORE_CREATE
		             ? create(s, created_out, err)
		             : rp_fail(err, RP_CORRUPT,
		                       "not a riposte archive: the file is empty");
	if (st == RP_OK)
		st = use_log(s, err);
	if (st == RP_OK)
		st = sql_exec(s,
		              "PRAGMA synchronous=FULL; PRAGMA mmap_size=0; "
		              "PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=4000; "
		              "PRAGMA journal_size_limit=33554432; "
		              "PRAGMA secure_delete=FAST; PRAGMA cell_size_check=ON",
		              err);
	if (st == RP_OK && s->version < SCHEMA_VERSION)
		st = migrate(s, err);
	return st;
}

/*
 * While another program makes the archive, or gives it its log, SQLite says at once that
 * it is busy, and does not ask its busy handler.
 */
static enum rp_status
open_patiently(struct sqlite_store *s, enum store_mode mode, bool *created_out,
               struct rp_error *err)
{
	const int64_t end = rp_monotonic_ms() + BUSY_WAIT_MS;
	const struct timespec nap = { .tv_nsec = 10000000 };
	enum rp_status st;

	while ((st = open_to_write(s, mode, created_out, err)) == RP_RETRY_LATER &&
	       rp_monotonic_ms() < end)
		(void)nanosleep(&nap, NULL);
	return st;
}

/* The mode does not depend on the umask; SQLite gives its log files that of the archive.
 */
static enum rp_status
make_file(const char *path, struct rp_error *err)
{
	int fd;

	enum rp_status st = file_make_parents(path, err);

	if (st != RP_OK)
		return st;
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST
		               ? RP_OK
		               : rp_fail_errno(err, RP_FAILED, errno,
		                               "cannot make the archive %s", path);
	if (fchmod(fd, 0600) != 0)
		st = rp_fail_errno(err, RP_FAILED, errno, "cannot make the archive %s",
		                   path);
	(void)close(fd);
	return st;
}

enum rp_status
store_sqlite_open(const char *path, enum store_mode mode, struct store **out,
                  bool *created_out, struct rp_error *err)
{
	struct sqlite_store *s;
	bool created = false;
	enum rp_status st = RP_OK;

	if (path[0] == '\0')
		return rp_fail(err, RP_NOT_FOUND, "the archive's name is empty");
	if (mode == STORE_CREATE)
		st = make_file(path, err);
	if (st == RP_OK)
		st = look_at_path(path, err);
	if (st != RP_OK)
		return st;
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		return rp_fail_memory(err);
	s->base.ops = &sqlite_ops;
	s->read_only = mode == STORE_READ || mode == STORE_GLANCE;
	buf_init(&s->text, SIZE_MAX / 2);
	s->path = sqlite_plain_path(path);
	st = s->path != NULL ? RP_OK : rp_fail_memory(err);
	if (st == RP_OK)
		st = mode == STORE_READ     ? open_to_read(s, err)
		     : mode == STORE_GLANCE ? open_to_glance(s, err)
		                            : open_patiently(s, mode, &created, err);
	if (st != RP_OK) {
		free_store(s);
		return st;
	}
	if (created_out != NULL)
		*created_out = created;
	*out = &s->base;
	return RP_OK;
}

static const struct store_ops sqlite_ops = {
	.name = "sqlite",
	.close = sqlite_close,
	.begin = transact_begin,
	.commit = transact_commit,
	.rollback = transact_rollback,
	.run_begin = facts_run_begin,
	.run_end = facts_run_end,
	.foreign_run_put = foreign_run_put,
	.foreign_part_put = foreign_part_put,
	.foreign_run_drop = foreign_run_drop,
	.capture_begin = facts_capture_begin,
	.capture_append = facts_capture_append,
	.capture_update = facts_capture_update,
	.capture_again = facts_capture_again,
	.capture_find = facts_capture_find,
	.capture_find_prefix = facts_capture_find_prefix,
	.records_put = records_put,
	.record_get = records_get,
	.sighting_put = derived_sighting_put,
	.reject_put = facts_reject_put,
	.source_get = sources_get,
	.source_put = sources_put,
	.coverage_set = sources_coverage_set,
	.source_run_put = sources_run_put,
	.spending_put = sources_spending_put,
	.spending_sum = sources_spending_sum,
	.spending_run_sum = sources_spending_run_sum,
	.look_put = sources_look_put,
	.post_get = derived_post_get,
	.post_by_id = derived_post_by_id,
	.post_put = derived_post_put,
	.alias_put = merge_alias_put,
	.version_put = derived_version_put,
	.edge_put = derived_edge_put,
	.account_put = derived_account_put,
	.state_put = derived_state_put,
	.drop_derived = derived_drop,
	.posts_drop = drop_posts,
	.scan = sqlite_scan_open,
	.next = sqlite_scan_next,
	.iter_close = sqlite_scan_close,
	.changes = transact_changes,
	.file_bytes = sqlite_file_bytes,
	.used_bytes = sqlite_used_bytes,
	.text_digest = words_digest,
	.stats = sqlite_stats,
	.verify = sqlite_verify,
	.compact = seal_compact,
	.shrink = seal_shrink,
	.identity = facts_identity,
	.backup = sqlite_backup,
};
