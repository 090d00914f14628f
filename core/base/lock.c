#include "core/base/lock.h"

#include "core/base/slice.h"
#include "core/base/time.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	HOLDER_BYTES = 64,
	/* Between having it and having said so. */
	LOOKS = 20,
	LOOK_MS = 5,
	/* Somebody removes the file again and again: not our user. */
	OPENINGS = 10,
};

struct lock {
	int fd;
};

static enum rp_status
open_file(const char *path, int flags, int *fd_out, struct rp_error *err)
{
	/* O_NONBLOCK: of a pipe that lies there we want to say so. */
	int fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
	struct stat is;

	if (fd < 0)
		return rp_fail_errno(err, errno == ENOENT ? RP_NOT_FOUND : RP_FAILED,
		                     errno, "cannot open the lock %.200s", path);
	if (fstat(fd, &is) != 0 || !S_ISREG(is.st_mode)) {
		(void)close(fd);
		return rp_fail(err, RP_FAILED, "%.200s is no regular file", path);
	}
	*fd_out = fd;
	return RP_OK;
}

/* RP_RETRY_LATER: somebody else has it. */
static enum rp_status
lock_file(int fd, const char *path, struct rp_error *err)
{
	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK)
			return rp_fail(err, RP_RETRY_LATER, "%.200s is locked", path);
		if (errno != EINTR)
			return rp_fail_errno(err, RP_FAILED, errno, "cannot lock %.200s",
			                     path);
	}
	return RP_OK;
}

/* Is what we locked still what others will find there? */
static bool
is_there(int fd, const char *path)
{
	struct stat ours, theirs;

	return fstat(fd, &ours) == 0 && lstat(path, &theirs) == 0 &&
	       ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
}

/* "4711 1764500000000000\n"; false: nobody has written it yet. */
static bool
read_holder(int fd, struct lock_holder *out)
{
	char text[HOLDER_BYTES];
	const ssize_t n = pread(fd, text, sizeof(text), 0);
	struct rp_slice rest = rp_slice_from(text, n > 0 ? (size_t)n : 0);
	struct rp_slice pid = rp_slice_cut(&rest, ' ');
	uint64_t number, since;

	if (rest.n == 0 || rest.p[rest.n - 1] != '\n')
		return false;
	rest.n--;
	if (!rp_slice_u64(pid, &number) || number == 0 || number > INT32_MAX ||
	    !rp_slice_u64(rest, &since) || since > INT64_MAX)
		return false;
	/* Left behind by one that was killed. */
	if (kill((pid_t)number, 0) != 0 && errno == ESRCH)
		return false;
	*out = (struct lock_holder){ (int64_t)number, (int64_t)since };
	return true;
}

static void
find_holder(int fd, struct lock_holder *out)
{
	const struct timespec wait = { .tv_nsec = LOOK_MS * 1000000L };

	*out = (struct lock_holder){ 0, RP_TIME_UNKNOWN };
	for (int i = 0; i < LOOKS && !read_holder(fd, out); i++)
		(void)nanosleep(&wait, NULL);
}

static enum rp_status
sign(int fd, const char *path, int64_t now, struct rp_error *err)
{
	char text[HOLDER_BYTES];
	const int n = snprintf(text, sizeof(text), "%ld %" PRId64 "\n", (long)getpid(),
	                       now > 0 ? now : 0);

	(void)fchmod(fd, 0600);
	if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)n, 0) != n)
		return rp_fail_errno(err, RP_FAILED, errno, "cannot write %.200s", path);
	return RP_OK;
}

/* RP_END: it was, but the file has another name by now, or none. */
static enum rp_status
try_to_take(const char *path, int64_t now, struct lock *lock,
            struct lock_holder *holder_out, struct rp_error *err)
{
	enum rp_status st = open_file(path, O_RDWR | O_CREAT, &lock->fd, err);

	if (st == RP_NOT_FOUND)
		return rp_fail(err, RP_FAILED, "%s", err->text);
	if (st != RP_OK)
		return st;
	st = lock_file(lock->fd, path, err);
	if (st == RP_RETRY_LATER)
		find_holder(lock->fd, holder_out);
	if (st == RP_OK && !is_there(lock->fd, path))
		st = RP_END;
	if (st == RP_OK)
		st = sign(lock->fd, path, now, err);
	if (st != RP_OK) {
		(void)close(lock->fd);
		lock->fd = -1;
	}
	return st;
}

enum rp_status
lock_take(const char *path, int64_t now, struct lock **out,
          struct lock_holder *holder_out, struct rp_error *err)
{
	struct lock *lock = malloc(sizeof(*lock));
	enum rp_status st = RP_END;

	if (lock == NULL)
		return rp_fail_memory(err);
	lock->fd = -1;
	for (int i = 0; i < OPENINGS && st == RP_END; i++)
		st = try_to_take(path, now, lock, holder_out, err);
	if (st == RP_END)
		st = rp_fail(err, RP_FAILED, "%.200s is removed again and again", path);
	if (st != RP_OK) {
		lock_free(lock);
		return st;
	}
	*out = lock;
	return RP_OK;
}

enum rp_status
lock_look(const char *path, struct lock_holder *holder_out, struct rp_error *err)
{
	enum rp_status st;
	int fd = -1;

	if ((st = open_file(path, O_RDONLY, &fd, err)) != RP_OK)
		return st;
	/* Shared: two who look do not take each other for a holder. */
	if (flock(fd, LOCK_SH | LOCK_NB) == 0)
		st = rp_fail(err, RP_NOT_FOUND, "%.200s is free", path);
	else if (errno == EWOULDBLOCK)
		find_holder(fd, holder_out);
	else
		st = rp_fail_errno(err, RP_FAILED, errno, "cannot look at %.200s", path);
	(void)close(fd);
	return st;
}

struct lock *
lock_free(struct lock *lock)
{
	if (lock != NULL && lock->fd >= 0) {
		/* Nobody is to read of us who comes after us. */
		if (ftruncate(lock->fd, 0) != 0)
			(void)lseek(lock->fd, 0, SEEK_SET);
		(void)close(lock->fd);
	}
	free(lock);
	return NULL;
}
