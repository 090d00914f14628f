#include "core/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PIECE_BYTES = 64 << 10,
	PATH_SHOWN = 160, /* of a path in an error: the end says more than the start */
	NAME_TRIES = 16,
};

static const char *
shown(const char *path)
{
	size_t n = strlen(path);

	if (n <= PATH_SHOWN)
		return path;
	path += n - PATH_SHOWN;
	while (((unsigned char)*path & 0xc0) == 0x80) /* not inside a character */
		path++;
	return path;
}

/* All that fd still has, appended to out, whose ceiling it must not pass. */
static enum rp_status
read_rest(int fd, const char *path, struct rp_buf *out, struct rp_error *err)
{
	for (;;) {
		size_t room = out->ceiling - out->n;
		char beyond, *at = &beyond;
		ssize_t got;

		if (room > PIECE_BYTES)
			room = PIECE_BYTES;
		if (room > 0 && (at = buf_reserve(out, room)) == NULL)
			return rp_fail_memory(err);
		got = read(fd, at, room > 0 ? room : 1);
		if (got == 0)
			return RP_OK;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return rp_fail_errno(err, RP_FAILED, errno, "cannot read %s",
			                     shown(path));
		if (room == 0)
			return rp_fail(err, RP_BAD_ITEM, "%s is larger than %zu bytes",
			               shown(path), out->ceiling);
		out->n += (size_t)got;
	}
}

enum rp_status
file_read(const char *path, struct rp_buf *out, struct rp_error *err)
{
	/* Not blocking: a pipe nobody writes to would never open. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	size_t before = out->n;
	struct stat is;
	enum rp_status st;

	if (fd < 0)
		return rp_fail_errno(err,
		                     errno == ENOENT || errno == ENOTDIR ? RP_NOT_FOUND
		                                                         : RP_FAILED,
		                     errno, "cannot open %s", shown(path));
	if (fstat(fd, &is) != 0)
		st = rp_fail_errno(err, RP_FAILED, errno, "cannot read %s", shown(path));
	else if (!S_ISREG(is.st_mode))
		st = rp_fail(err, RP_BAD_ITEM, "%s is not a regular file", shown(path));
	else
		st = read_rest(fd, path, out, err);
	if (st != RP_OK)
		out->n = before;
	(void)close(fd);
	return st;
}

struct new_file {
	char *path;       /* as given, for errors */
	const char *name; /* its last part */
	int directory;
	char temporary[40]; /* its name there; empty: none to remove */
	char *beside;       /* the same with its directory as given; NULL until made */
	bool replace;
	FILE *stream;
};

FILE *
new_file_stream(struct new_file *file)
{
	return file->stream;
}

const char *
new_file_temporary(const struct new_file *file)
{
	return file->beside;
}

struct new_file *
new_file_abort(struct new_file *file)
{
	if (file == NULL)
		return NULL;
	if (file->stream)
		(void)fclose(file->stream);
	if (file->temporary[0])
		(void)unlinkat(file->directory, file->temporary, 0);
	if (file->directory >= 0)
		(void)close(file->directory);
	free(file->path);
	free(file->beside);
	free(file);
	return NULL;
}

/* The directory above path; what happens later happens there, even if it is moved. */
static enum rp_status
open_directory(struct new_file *file, struct rp_error *err)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	char *slash = strrchr(file->path, '/');

	file->name = slash ? slash + 1 : file->path;
	if (file->name[0] == '\0' || strcmp(file->name, ".") == 0 ||
	    strcmp(file->name, "..") == 0)
		return rp_fail(err, RP_BAD_USAGE, "\"%s\" is not the name of a file",
		               shown(file->path));
	if (slash == NULL) {
		file->directory = open(".", flags);
	} else if (slash == file->path) {
		file->directory = open("/", flags);
	} else {
		*slash = '\0';
		file->directory = open(file->path, flags);
		*slash = '/';
	}
	if (file->directory < 0)
		return rp_fail_errno(err, RP_FAILED, errno,
		                     "cannot open the directory of %s",
		                     shown(file->path));
	return RP_OK;
}

/* Only a plain file may be replaced: not a link, not a device, not a directory. */
static enum rp_status
check_target(const struct new_file *file, struct rp_error *err)
{
	struct stat is;

	if (fstatat(file->directory, file->name, &is, AT_SYMLINK_NOFOLLOW) != 0) {
		if (errno == ENOENT)
			return RP_OK;
		return rp_fail_errno(err, RP_FAILED, errno, "cannot write %s",
		                     shown(file->path));
	}
	if (!file->replace)
		return rp_fail(err, RP_BAD_USAGE, "%s exists already", shown(file->path));
	if (S_ISLNK(is.st_mode))
		return rp_fail(err, RP_BAD_USAGE,
		               "%s is a symbolic link; name the file itself",
		               shown(file->path));
	if (!S_ISREG(is.st_mode))
		return rp_fail(err, RP_BAD_USAGE, "%s exists and is not a regular file",
		               shown(file->path));
	return RP_OK;
}

/* A name nobody has, opened for writing; -1 and errno. */
static int
create_temporary(struct new_file *file)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	unsigned long long number;
	int fd;

	for (int i = 0; i < NAME_TRIES; i++) {
		if (getentropy(&number, sizeof(number)) != 0)
			return -1;
		(void)snprintf(file->temporary, sizeof(file->temporary),
		               ".riposte-%016llx.tmp", number);
		fd = openat(file->directory, file->temporary, flags, 0600);
		if (fd >= 0)
			return fd;
		file->temporary[0] = '\0';
		if (errno != EEXIST)
			return -1;
	}
	return -1;
}

static enum rp_status
open_temporary(struct new_file *file, struct rp_error *err)
{
	int fd = create_temporary(file);

	if (fd < 0)
		return rp_fail_errno(err, RP_FAILED, errno, "cannot write %s",
		                     shown(file->path));
	/* A umask like 0777 would leave nothing of 0600. */
	if (fchmod(fd, 0600) == 0)
		file->stream = fdopen(fd, "w");
	if (file->stream == NULL) {
		enum rp_status st = rp_fail_errno(err, RP_FAILED, errno,
		                                  "cannot write %s", shown(file->path));

		(void)close(fd);
		return st;
	}
	return RP_OK;
}

static enum rp_status
name_temporary(struct new_file *file, struct rp_error *err)
{
	size_t n = (size_t)(file->name - file->path);

	file->beside = malloc(n + sizeof(file->temporary));
	if (file->beside == NULL)
		return rp_fail_memory(err);
	memcpy(file->beside, file->path, n);
	memcpy(file->beside + n, file->temporary, sizeof(file->temporary));
	return RP_OK;
}

enum rp_status
new_file_open(const char *path, bool replace, struct new_file **out, struct rp_error *err)
{
	struct new_file *file = calloc(1, sizeof(*file));
	enum rp_status st;

	if (file == NULL)
		return rp_fail_memory(err);
	file->directory = -1;
	file->replace = replace;
	file->path = strdup(path);
	st = file->path ? open_directory(file, err) : rp_fail_memory(err);
	if (st == RP_OK)
		st = check_target(file, err);
	if (st == RP_OK)
		st = open_temporary(file, err);
	if (st == RP_OK)
		st = name_temporary(file, err);
	if (st != RP_OK) {
		(void)new_file_abort(file);
		return st;
	}
	*out = file;
	return RP_OK;
}

static int
sync_fd(int fd)
{
	int result;

	do
		result = fsync(fd);
	while (result != 0 && errno == EINTR);
	return result;
}

/* Some file systems have nothing to sync in a directory, and say so. */
static int
sync_directory(int fd)
{
	if (sync_fd(fd) != 0 && errno != EINVAL && errno != ENOTSUP)
		return -1;
	return 0;
}

/*
 * Why an earlier write failed: stdio forgets, so ask again, for more than the last block
 * of the file has room.  What this writes is thrown away with the rest.
 */
static int
reason_again(int fd)
{
	static const char nothing[8192];

	for (int i = 0; i < 2; i++)
		if (write(fd, nothing, sizeof(nothing)) < 0)
			return errno;
	return EIO;
}

/* Everything written and on the disk, and the stream closed; -1 and errno otherwise. */
static int
finish_stream(struct new_file *file)
{
	int wrong = ferror(file->stream) ? reason_again(fileno(file->stream)) : 0;

	if (fflush(file->stream) != 0 ||
	    (wrong == 0 && sync_fd(fileno(file->stream)) != 0))
		wrong = errno;
	if (fclose(file->stream) != 0 && wrong == 0)
		wrong = errno;
	file->stream = NULL;
	errno = wrong;
	return wrong ? -1 : 0;
}

/*
 * link() refuses a name that came into being meanwhile, rename() does not; but not every
 * file system has links.
 */
static enum rp_status
take_name(struct new_file *file, struct rp_error *err)
{
	int at = file->directory;
	enum rp_status st;

	if (!file->replace) {
		if (linkat(at, file->temporary, at, file->name, 0) == 0) {
			(void)unlinkat(at, file->temporary, 0);
			file->temporary[0] = '\0';
			return RP_OK;
		}
		if (errno == EEXIST)
			return rp_fail(err, RP_BAD_USAGE, "%s exists already",
			               shown(file->path));
	}
	st = check_target(file, err);
	if (st != RP_OK)
		return st;
	if (renameat(at, file->temporary, at, file->name) != 0)
		return rp_fail_errno(err, RP_FAILED, errno, "cannot write %s",
		                     shown(file->path));
	file->temporary[0] = '\0';
	return RP_OK;
}

enum rp_status
new_file_commit(struct new_file *file, struct rp_error *err)
{
	CLEANUP(new_file_abort) struct new_file *owned = file;
	enum rp_status st;

	if (finish_stream(owned) != 0)
		return rp_fail_errno(err, RP_FAILED, errno, "cannot write %s",
		                     shown(owned->path));
	st = take_name(owned, err);
	if (st == RP_OK && sync_directory(owned->directory) != 0)
		return rp_fail_errno(err, RP_FAILED, errno,
		                     "cannot write the directory of %s",
		                     shown(owned->path));
	return st;
}

static const char *
nameless_directory(void)
{
	const char *directory = getenv("TMPDIR");

	return directory != NULL && *directory != '\0' ? directory : "/var/tmp";
}

enum rp_status
file_nameless(int *fd_out, struct rp_error *err)
{
	const char *directory = nameless_directory();
	CLEANUP(buf_done) struct rp_buf path;
	int fd;

	buf_init(&path, PATH_MAX);
	buf_printf(&path, "%s/riposte-XXXXXX", directory);
	buf_add_byte(&path, '\0');
	if (buf_failed(&path))
		return rp_fail(err, RP_FAILED, "the name of %s is too long",
		               shown(directory));
	fd = mkstemp(path.p);
	if (fd < 0)
		return rp_fail_errno(err, RP_FAILED, errno,
		                     "cannot make a temporary file in %s",
		                     shown(directory));
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	(void)unlink(path.p);
	*fd_out = fd;
	return RP_OK;
}

enum rp_status
file_write(int fd, struct rp_slice bytes, struct rp_error *err)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno != EINTR)
			return rp_fail_errno(err, RP_FAILED, errno,
			                     "cannot write a temporary file in %s",
			                     shown(nameless_directory()));
		bytes = rp_slice_skip(bytes, n > 0 ? (size_t)n : 0);
	}
	return RP_OK;
}

/* *made_out: it was not there before. */
static int
make_directory(const char *path, bool *made_out)
{
	struct stat is;
	int why;

	*made_out = mkdir(path, 0700) == 0;
	if (*made_out)
		return chmod(path, 0700); /* a umask may have taken some of it */
	why = errno == EEXIST ? ENOTDIR : errno;
	if (stat(path, &is) == 0 && S_ISDIR(is.st_mode))
		return 0;
	errno = why;
	return -1;
}

/* The entry of a new directory is kept by the one above it, which must get to
 * the disk. */
static int
sync_above(char *path)
{
	char *slash = strrchr(path, '/');
	int fd, result;

	if (slash)
		*slash = '\0';
	fd = open(slash == NULL ? "."
	          : path[0]     ? path
	                        : "/",
	          O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (slash)
		*slash = '/';
	if (fd < 0)
		return -1;
	result = sync_directory(fd);
	(void)close(fd);
	return result;
}

enum rp_status
file_make_parents(const char *path, struct rp_error *err)
{
	char *copy;
	enum rp_status st = RP_OK;

	/* Said at once: half of the directories would be made before the system
	 * says so. */
	if (strlen(path) >= PATH_MAX)
		return rp_fail_errno(err, RP_FAILED, ENAMETOOLONG, "cannot make it");
	copy = strdup(path);
	if (copy == NULL)
		return rp_fail_memory(err);
	for (char *end = strchr(copy + (copy[0] == '/'), '/'); end && st == RP_OK;
	     end = strchr(end + 1, '/')) {
		bool made = false;

		if (end[-1] == '/')
			continue;
		*end = '\0';
		if (make_directory(copy, &made) != 0 || (made && sync_above(copy) != 0))
			st = rp_fail_errno(err, RP_FAILED, errno,
			                   "cannot make the directory %s", shown(copy));
		*end = '/';
	}
	free(copy);
	return st;
}

void
file_guard_standard_descriptors(void)
{
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) != -1 || errno != EBADF)
			continue;
		/* The lowest free number is this one.  "/" is the next best thing to hold
		 * it.  What is written to standard output counts: it is not to get lost.
		 */
		if (open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_RDWR) < 0)
			(void)!open("/", O_RDONLY | O_DIRECTORY);
	}
}
