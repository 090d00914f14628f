/*
 * Linked into riposte, writes down what it asks of the disk below a directory, and when
 * it takes a transaction for committed (journal.h).
 *
 *	TRACE_JOURNAL=FILE	where; nothing is traced without it
 *	TRACE_ROOT=DIR		of what; an absolute path without links
 *	TRACE_PRAGMAS=SQL	run once an archive is set up for writing
 *
 * By the last one the negative controls get less than synchronous=FULL.
 *
 * The functions of libc below take the place of libc's, for SQLite too: what is written
 * down is what reaches the kernel, the syncs of directories included, whichever layer
 * forgot to ask.  stdio calls none of them; of a file that is written through it, the
 * bytes are read back when it is synced or gets another name, which is when they matter.
 * Maps of memory are not seen: SQLite uses them for the index of its log alone, which is
 * made anew.
 */
#undef _FILE_OFFSET_BITS
#define _GNU_SOURCE
#include "tests/support/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define PUBLIC __attribute__((visibility("default")))

enum { FILES = 256, HIGH_FD = 400, PIECE = 1 << 16 };

struct known {
	dev_t device;
	ino_t inode;
	uint32_t id;
	bool watched;   /* its bytes went through here */
	uint64_t taken; /* how many of them were read back */
};

static struct {
	int journal; /* -1: nothing is traced */
	const char *pragmas;
	char root[PATH_MAX];
	struct known files[FILES];
	size_t n_files;
	uint32_t last_id;
	bool changed; /* since the last acknowledgement */
} trace = { .journal = -1 };

static void
give_up(const char *why)
{
	(void)!syscall(SYS_write, STDERR_FILENO, why, strlen(why));
	_exit(99);
}

static void
note(enum journal_op op, uint32_t file, uint64_t offset, const char *name,
     const void *data, size_t n)
{
	struct journal_record record = {
		.op = op,
		.file = file,
		.offset = offset,
		.name_bytes = (uint32_t)strlen(name),
		.data_bytes = (uint32_t)n,
	};
	char *head = malloc(sizeof(record) + record.name_bytes + n);
	const size_t all = sizeof(record) + record.name_bytes + n;

	if (head == NULL)
		give_up("trace: no memory\n");
	memcpy(head, &record, sizeof(record));
	memcpy(head + sizeof(record), name, record.name_bytes);
	if (n > 0)
		memcpy(head + sizeof(record) + record.name_bytes, data, n);
	if (syscall(SYS_write, trace.journal, head, all) != (long)all)
		give_up("trace: the journal cannot be written\n");
	free(head);
	trace.changed = op != JOURNAL_ACK;
}

/* ---- names ---- */

static bool
link_target(const char *link, char out[PATH_MAX])
{
	ssize_t n = readlink(link, out, PATH_MAX - 1);

	if (n < 0)
		return false;
	out[n] = '\0';
	return true;
}

static bool
fd_path(int fd, char out[PATH_MAX])
{
	char link[40];

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	return link_target(link, out);
}

/* The part of an absolute path below the root: NULL, it is not there, or no matter. */
static const char *
below_root(const char *path)
{
	size_t n = strlen(trace.root), m = strlen(path);

	if (strncmp(path, trace.root, n) != 0 || (path[n] != '/' && path[n] != '\0'))
		return NULL;
	if (m > 4 && strcmp(path + m - 4, "-shm") == 0)
		return NULL;
	return path + n + (path[n] == '/');
}

/* The same of a path as it is given to the system. */
static const char *
name_of(int directory, const char *path, char room[PATH_MAX])
{
	size_t n;

	if (trace.journal < 0)
		return NULL;
	room[0] = '\0';
	if (path[0] != '/' && !(directory == AT_FDCWD ? getcwd(room, PATH_MAX) != NULL
	                                              : fd_path(directory, room)))
		return NULL;
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	n = strlen(room);
	if ((size_t)snprintf(room + n, PATH_MAX - n, "%s%s", path[0] == '/' ? "" : "/",
	                     path) >= PATH_MAX - n)
		return NULL;
	return below_root(room);
}

/* ---- files ---- */

static struct known *
find(const struct stat *about)
{
	for (size_t i = 0; i < trace.n_files; i++)
		if (trace.files[i].inode == about->st_ino &&
		    trace.files[i].device == about->st_dev)
			return &trace.files[i];
	return NULL;
}

static struct known *
find_fd(int fd)
{
	struct stat about;

	if (trace.journal < 0 || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
		return NULL;
	return find(&about);
}

static struct known *
learn(const struct stat *about, bool fresh)
{
	struct known *file = find(about);

	if (file != NULL && !fresh)
		return file;
	if (file == NULL && trace.n_files == FILES)
		give_up("trace: too many files\n");
	if (file == NULL)
		file = &trace.files[trace.n_files++];
	*file = (struct known){ .device = about->st_dev,
		                .inode = about->st_ino,
		                .id = ++trace.last_id };
	return file;
}

static void
note_open(int fd, const char *name, bool fresh, int flags)
{
	struct stat about;
	const struct known *file;
	uint32_t before = trace.last_id;

	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
		return;
	file = learn(&about, fresh);
	if (file->id > before)
		note(fresh ? JOURNAL_CREATE : JOURNAL_FOUND, file->id, 0, name, "", 0);
	if ((flags & O_TRUNC) != 0 && !fresh)
		note(JOURNAL_TRUNCATE, file->id, 0, "", "", 0);
}

/* What was written behind our back. */
static void
read_back(struct known *file, const char *path)
{
	static char piece[PIECE];
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
	ssize_t n;

	while (fd >= 0 && (n = pread(fd, piece, sizeof(piece), (off_t)file->taken)) > 0) {
		note(JOURNAL_WRITE, file->id, file->taken, "", piece, (size_t)n);
		file->taken += (uint64_t)n;
	}
	if (fd >= 0)
		(void)syscall(SYS_close, fd);
}

static int
open_at(int directory, const char *path, int flags, mode_t mode)
{
	char room[PATH_MAX];
	const char *name = name_of(directory, path, room);
	struct stat about;
	const bool fresh = name != NULL && (flags & O_CREAT) != 0 &&
	                   fstatat(directory, path, &about, AT_SYMLINK_NOFOLLOW) != 0;
	int fd = (int)syscall(SYS_openat, directory, path, flags, mode);

	if (fd >= 0 && name != NULL)
		note_open(fd, name, fresh, flags);
	return fd;
}

#define OPEN(function, directory, ...)                                                   \
	PUBLIC int function(__VA_ARGS__ const char *path, int flags, ...)                \
	{                                                                                \
		mode_t mode = 0;                                                         \
		va_list more;                                                            \
                                                                                         \
		va_start(more, flags);                                                   \
		if ((flags & (O_CREAT | O_TMPFILE)) != 0)                                \
			mode = va_arg(more, mode_t);                                     \
		va_end(more);                                                            \
		return open_at(directory, path, flags, mode);                            \
	}                                                                                \
	struct semicolon_wanted_here

#define AT int at,
OPEN(open, AT_FDCWD, );
OPEN(open64, AT_FDCWD, );
OPEN(openat, at, AT);
OPEN(openat64, at, AT);

/* ---- bytes ---- */

static ssize_t
wrote(int fd, const void *bytes, ssize_t n, off_t offset)
{
	const int why = errno;
	struct known *file = n > 0 ? find_fd(fd) : NULL;

	if (file != NULL) {
		file->watched = true;
		if (offset < 0)
			offset = lseek(fd, 0, SEEK_CUR) - n;
		note(JOURNAL_WRITE, file->id, (uint64_t)offset, "", bytes, (size_t)n);
	}
	errno = why;
	return n;
}

PUBLIC ssize_t
write(int fd, const void *bytes, size_t n)
{
	return wrote(fd, bytes, syscall(SYS_write, fd, bytes, n), -1);
}

PUBLIC ssize_t
pwrite(int fd, const void *bytes, size_t n, off_t offset)
{
	return wrote(fd, bytes, syscall(SYS_pwrite64, fd, bytes, n, offset), offset);
}

PUBLIC ssize_t
pwrite64(int fd, const void *bytes, size_t n, off64_t offset)
{
	return pwrite(fd, bytes, n, offset);
}

PUBLIC int
ftruncate(int fd, off_t size)
{
	int result = (int)syscall(SYS_ftruncate, fd, size);
	const struct known *file = result == 0 ? find_fd(fd) : NULL;

	if (file != NULL)
		note(JOURNAL_TRUNCATE, file->id, (uint64_t)size, "", "", 0);
	return result;
}

PUBLIC int
ftruncate64(int fd, off64_t size)
{
	return ftruncate(fd, size);
}

static int
synced(int fd, int result)
{
	char path[PATH_MAX];
	struct stat about;
	struct known *file;
	const char *name;

	if (result != 0 || trace.journal < 0 || fstat(fd, &about) != 0 ||
	    !fd_path(fd, path))
		return result;
	name = below_root(path);
	if (S_ISDIR(about.st_mode) && name != NULL)
		note(JOURNAL_SYNC_DIRECTORY, 0, 0, name, "", 0);
	file = S_ISREG(about.st_mode) ? find(&about) : NULL;
	if (file != NULL && !file->watched)
		read_back(file, path);
	if (file != NULL)
		note(JOURNAL_SYNC, file->id, 0, "", "", 0);
	return result;
}

PUBLIC int
fsync(int fd)
{
	return synced(fd, (int)syscall(SYS_fsync, fd));
}

PUBLIC int
fdatasync(int fd)
{
	return synced(fd, (int)syscall(SYS_fdatasync, fd));
}

/* ---- directories ---- */

PUBLIC int
unlinkat(int directory, const char *path, int flags)
{
	char room[PATH_MAX];
	const char *name = name_of(directory, path, room);
	int result = (int)syscall(SYS_unlinkat, directory, path, flags);

	if (result == 0 && name != NULL)
		note(JOURNAL_UNLINK, 0, 0, name, "", 0);
	return result;
}

PUBLIC int
unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}

/* A file gets a name, by one call or the other. */
static int
named(enum journal_op op, long result, const char *from, const char *to)
{
	char path[PATH_MAX];
	struct stat about;
	struct known *file;

	if (result != 0 || from == NULL || to == NULL)
		return (int)result;
	(void)snprintf(path, sizeof(path), "%.*s/%s", PATH_MAX / 2, trace.root, to);
	if (fstatat(AT_FDCWD, path, &about, AT_SYMLINK_NOFOLLOW) == 0) {
		file = learn(&about, false);
		if (!file->watched)
			read_back(file, path);
		note(op, file->id, 0, from, to, strlen(to));
	}
	return (int)result;
}

PUBLIC int
renameat(int from_at, const char *from, int to_at, const char *to)
{
	char from_room[PATH_MAX], to_room[PATH_MAX];
	const char *from_name = name_of(from_at, from, from_room);
	const char *to_name = name_of(to_at, to, to_room);

	return named(JOURNAL_RENAME, syscall(SYS_renameat, from_at, from, to_at, to),
	             from_name, to_name);
}

PUBLIC int
rename(const char *from, const char *to)
{
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

PUBLIC int
linkat(int from_at, const char *from, int to_at, const char *to, int flags)
{
	char from_room[PATH_MAX], to_room[PATH_MAX];
	const char *from_name = name_of(from_at, from, from_room);
	const char *to_name = name_of(to_at, to, to_room);

	return named(JOURNAL_LINK, syscall(SYS_linkat, from_at, from, to_at, to, flags),
	             from_name, to_name);
}

PUBLIC int
mkdir(const char *path, mode_t mode)
{
	char room[PATH_MAX];
	const char *name = name_of(AT_FDCWD, path, room);
	int result = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);

	if (result == 0 && name != NULL)
		note(JOURNAL_MKDIR, 0, 0, name, "", 0);
	return result;
}

/* ---- SQLite, as the program sees it (the linker's --wrap) ---- */

int __real_sqlite3_step(sqlite3_stmt *stmt);
int __wrap_sqlite3_step(sqlite3_stmt *stmt);
int __real_sqlite3_exec(sqlite3 *db, const char *text,
                        int (*row)(void *, int, char **, char **), void *context,
                        char **words);
int __wrap_sqlite3_exec(sqlite3 *db, const char *text,
                        int (*row)(void *, int, char **, char **), void *context,
                        char **words);

/* A statement is done and no transaction open: whatever was written by it, or before, is
 * promised from now on. */
static int
acknowledge(sqlite3 *db, int code)
{
	if ((code == SQLITE_OK || code == SQLITE_DONE) && trace.journal >= 0 &&
	    trace.changed && sqlite3_get_autocommit(db) != 0 &&
	    sqlite3_txn_state(db, NULL) == SQLITE_TXN_NONE)
		note(JOURNAL_ACK, 0, 0, "", "", 0);
	return code;
}

int
__wrap_sqlite3_step(sqlite3_stmt *stmt)
{
	return acknowledge(sqlite3_db_handle(stmt), __real_sqlite3_step(stmt));
}

int
__wrap_sqlite3_exec(sqlite3 *db, const char *text,
                    int (*row)(void *, int, char **, char **), void *context,
                    char **words)
{
	int code = __real_sqlite3_exec(db, text, row, context, words);

	if (code == SQLITE_OK && trace.pragmas != NULL &&
	    strstr(text, "synchronous=FULL") != NULL &&
	    __real_sqlite3_exec(db, trace.pragmas, NULL, NULL, NULL) != SQLITE_OK)
		give_up("trace: TRACE_PRAGMAS are refused\n");
	return acknowledge(db, code);
}

/* ---- begin and end ---- */

static __attribute__((constructor)) void
begin(void)
{
	const char *journal = getenv("TRACE_JOURNAL"), *root = getenv("TRACE_ROOT");
	long fd;

	if (journal == NULL || root == NULL || strlen(root) >= sizeof(trace.root))
		return;
	fd = syscall(SYS_openat, AT_FDCWD, journal,
	             O_WRONLY | O_CREAT | O_APPEND | O_TRUNC | O_CLOEXEC, 0600);
	trace.journal = fcntl((int)fd, F_DUPFD_CLOEXEC, HIGH_FD);
	(void)syscall(SYS_close, fd);
	if (trace.journal < 0)
		give_up("trace: the journal cannot be made\n");
	strcpy(trace.root, root);
	trace.pragmas = getenv("TRACE_PRAGMAS");
}

static __attribute__((destructor)) void
end(void)
{
	if (trace.journal >= 0)
		note(JOURNAL_END, 0, 0, "", "", 0);
}
