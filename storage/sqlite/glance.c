/*
 * Reading an archive without a trace beside it.
 *
 * Whoever opens an archive with a log makes FILE-wal and FILE-shm, and the last one
 * removes them: a dozen writes, so that a program that only wants to know if there is
 * something to do would wake a disk every few minutes.
 *
 * Without a log there is nobody at work, and all that is known stands in the file. Who
 * comes in between begins a log, and puts it into the file in the end: the file then has
 * another time or size, and what was read of it must not be believed.
 */
#include "storage/sqlite/sqlite.h"

#include <time.h>

/* Within so many seconds a file can change and keep its time, as clocks of file systems
 * tick. */
enum { SETTLED_S = 2 };

static bool
is_settled(const struct stat *about)
{
	struct timespec now;

	return clock_gettime(CLOCK_REALTIME, &now) == 0 &&
	       about->st_mtim.tv_sec < now.tv_sec - SETTLED_S;
}

static bool
is_same(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

bool
glance_possible(struct sqlite_store *s)
{
	return !sqlite_has_unfinished(s, "-wal") &&
	       !sqlite_has_unfinished(s, "-journal") && stat(s->path, &s->seen) == 0 &&
	       is_settled(&s->seen);
}

bool
store_sqlite_unchanged(const struct store *store)
{
	const struct sqlite_store *s = (const struct sqlite_store *)store;
	struct stat now;

	return stat(s->path, &now) == 0 && now.st_ino == s->seen.st_ino &&
	       now.st_dev == s->seen.st_dev && now.st_size == s->seen.st_size &&
	       is_same(&now.st_mtim, &s->seen.st_mtim) &&
	       is_same(&now.st_ctim, &s->seen.st_ctim);
}
