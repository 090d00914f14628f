#include "core/config/secrets.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OTHERS_WRITE = 022 };

/* May somebody else put another file in its place?  In a directory such as /tmp, where
 * only owners may rename, they cannot, but we do not want it there either. */
static enum rp_status
check_directory(const char *directory, bool innermost, struct rp_error *err)
{
	struct stat is;

	if (stat(directory, &is) != 0)
		return rp_fail_errno(err, RP_BAD_CONFIG, errno, "%s", directory);
	if (is.st_uid != 0 && is.st_uid != geteuid())
		return rp_fail(err, RP_BAD_CONFIG,
		               "%s belongs to somebody else (user %u), who could replace "
		               "what is in it: put the secret elsewhere",
		               directory, (unsigned)is.st_uid);
	if ((is.st_mode & OTHERS_WRITE) != 0 && (innermost || !(is.st_mode & S_ISVTX)))
		return rp_fail(
			err, RP_BAD_CONFIG,
			"others may write to the directory of the secret: chmod go-w "
			"%s",
			directory);
	return RP_OK;
}

/* The directory of path as it really is, and all above it. */
static enum rp_status
check_directories(const char *path, struct rp_error *err)
{
	char *copy = strdup(path), *last, *real;
	bool innermost = true;
	enum rp_status st = RP_OK;

	if (copy == NULL)
		return rp_fail_memory(err);
	last = strrchr(copy, '/');
	if (last != NULL)
		last[last == copy] = '\0';
	real = realpath(last != NULL ? copy : ".", NULL);
	if (real == NULL)
		st = rp_fail_errno(err, RP_BAD_CONFIG, errno, "%s", path);
	while (st == RP_OK && real[0] != '\0') {
		st = check_directory(real, innermost, err);
		innermost = false;
		last = strrchr(real, '/');
		*(last == real && real[1] != '\0' ? last + 1 : last) = '\0';
	}
	free(real);
	free(copy);
	return st;
}

static enum rp_status
check_file(int fd, const char *path, bool strict, struct rp_error *err)
{
	struct stat is;

	if (fstat(fd, &is) != 0)
		return rp_fail_errno(err, RP_BAD_CONFIG, errno, "cannot read %s", path);
	if (!S_ISREG(is.st_mode))
		return rp_fail(err, RP_BAD_CONFIG, "%s is not a regular file", path);
	if (!strict)
		return RP_OK;
	if (is.st_uid != geteuid())
		return rp_fail(err, RP_BAD_CONFIG,
		               "%s belongs to user %u, and we are user %u: chown %u %s",
		               path, (unsigned)is.st_uid, (unsigned)geteuid(),
		               (unsigned)geteuid(), path);
	if ((is.st_mode & 0177) != 0)
		return rp_fail(err, RP_BAD_CONFIG,
		               "%s may be used by others (mode %04o): chmod 600 %s", path,
		               (unsigned)(is.st_mode & 07777), path);
	return RP_OK;
}

static enum rp_status
read_all(int fd, const char *path, char *into, size_t room, size_t *n_out,
         struct rp_error *err)
{
	size_t n = 0;

	while (n < room) {
		ssize_t got = read(fd, into + n, room - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return rp_fail_errno(err, RP_BAD_CONFIG, errno, "cannot read %s",
			                     path);
		if (got == 0)
			break;
		n += (size_t)got;
	}
	*n_out = n;
	return RP_OK;
}

enum rp_status
secret_file_read(const char *path, bool strict, char *into, size_t room, size_t *n_out,
                 struct rp_error *err)
{
	enum rp_status st = strict ? check_directories(path, err) : RP_OK;
	int fd;

	if (st != RP_OK)
		return st;
	/* Not blocking: it may be a pipe. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
	if (fd < 0 && errno == ELOOP)
		return rp_fail(err, RP_BAD_CONFIG,
		               "%s is a symbolic link: write where the file really is",
		               path);
	if (fd < 0)
		return errno == ENOENT
		               ? rp_fail(err, RP_BAD_CONFIG,
		                         "there is no file %.300s: write the token into "
		                         "it, with \"install -m 600 /dev/stdin %.300s\"",
		                         path, path)
		               : rp_fail_errno(err, RP_BAD_CONFIG, errno,
		                               "cannot open %s", path);
	st = check_file(fd, path, strict, err);
	if (st == RP_OK)
		st = read_all(fd, path, into, room, n_out, err);
	(void)close(fd);
	return st;
}
