#include "core/parse/folder.h"

#include "core/base/arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMES_MAX = 256 << 20 };

struct found {
	struct rp_slice name; /* "data/tweets.js"; a NUL behind it */
	enum entry_kind kind;
	uint64_t size;
};

struct folder {
	int root;    /* borrowed */
	int current; /* the file being read; -1: none */
	struct arena *names;
	struct found *list; /* by name */
	size_t n, room, next;
};

struct folder *
folder_close(struct folder *folder)
{
	if (folder != NULL) {
		if (folder->current >= 0)
			(void)close(folder->current);
		arena_free(folder->names);
	}
	free(folder);
	return NULL;
}

/* ---- listing -------------------------------------------------------------------- */

static enum rp_status
add_found(struct folder *folder, int dir, struct rp_slice above, const char *name,
          struct rp_error *err)
{
	struct found *found;
	struct rp_slice path;
	struct stat info;

	if (folder->n == ENTRIES_MAX)
		return rp_fail(err, RP_BAD_SOURCE, "more than %d files are in it",
		               (int)ENTRIES_MAX);
	/* Gone since it was listed: it is not there. */
	if (fstatat(dir, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
		return RP_OK;
	folder->list = arena_room(folder->names, folder->list, folder->n, &folder->room,
	                          sizeof(*folder->list));
	if (folder->list == NULL ||
	    !arena_printf(folder->names, &path, "%.*s%s%s", (int)above.n,
	                  above.n ? above.p : "", above.n ? "/" : "", name))
		return rp_fail_memory(err);
	found = &folder->list[folder->n++];
	*found = (struct found){ path, ENTRY_OTHER, (uint64_t)info.st_size };
	if (S_ISDIR(info.st_mode))
		found->kind = ENTRY_FOLDER;
	else if (S_ISREG(info.st_mode))
		found->kind = ENTRY_FILE;
	return RP_OK;
}

static enum rp_status
list_one(struct folder *folder, struct rp_slice path, struct rp_error *err)
{
	int fd = openat(folder->root, path.n ? path.p : ".",
	                O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	enum rp_status st = RP_OK;
	struct dirent *one;

	if (dir == NULL) {
		st = rp_fail_errno(err, RP_BAD_SOURCE, errno, "%.*s cannot be listed",
		                   RP_FMT(path.n ? path : RP_SLICE("it")));
		if (fd >= 0)
			(void)close(fd);
		return st;
	}
	while (st == RP_OK && (one = readdir(dir)) != NULL)
		if (strcmp(one->d_name, ".") != 0 && strcmp(one->d_name, "..") != 0)
			st = add_found(folder, fd, path, one->d_name, err);
	(void)closedir(dir);
	return st;
}

static size_t
depth_of(struct rp_slice path)
{
	size_t depth = 0;

	for (size_t i = 0; i < path.n; i++)
		depth += path.p[i] == '/';
	return depth;
}

static int
by_name(const void *a, const void *b)
{
	return rp_slice_cmp(((const struct found *)a)->name,
	                    ((const struct found *)b)->name);
}

/* The list is its own queue: folders are listed in the order in which they were found. */
static enum rp_status
list_all(struct folder *folder, struct rp_error *err)
{
	enum rp_status st = list_one(folder, RP_SLICE(""), err);

	for (size_t i = 0; st == RP_OK && i < folder->n; i++) {
		if (folder->list[i].kind != ENTRY_FOLDER)
			continue;
		if (depth_of(folder->list[i].name) >= ENTRY_FOLDERS_DEEP)
			return rp_fail(err, RP_BAD_SOURCE,
			               "folders in it are more than %d deep",
			               (int)ENTRY_FOLDERS_DEEP);
		st = list_one(folder, folder->list[i].name, err);
	}
	if (st == RP_OK && folder->n > 0)
		qsort(folder->list, folder->n, sizeof(*folder->list), by_name);
	return st;
}

enum rp_status
folder_open(int fd, struct folder **out, struct rp_error *err)
{
	struct folder *folder = calloc(1, sizeof(*folder));
	enum rp_status st;

	if (folder == NULL)
		return rp_fail_memory(err);
	folder->root = fd;
	folder->current = -1;
	folder->names = arena_new(NAMES_MAX);
	st = folder->names != NULL ? list_all(folder, err) : rp_fail_memory(err);
	if (st != RP_OK) {
		folder_close(folder);
		return st;
	}
	*out = folder;
	return RP_OK;
}

/* ---- reading -------------------------------------------------------------------- */

void
folder_rewind(struct folder *folder)
{
	folder->next = 0;
}

enum rp_status
folder_next(struct folder *folder, struct entry *out, struct rp_error *err)
{
	const struct found *found;

	(void)err;
	if (folder->current >= 0)
		(void)close(folder->current);
	folder->current = -1;
	if (folder->next == folder->n)
		return RP_END;
	found = &folder->list[folder->next++];
	*out = (struct entry){ .name = found->name,
		               .kind = found->kind,
		               .size = found->size };
	if (found->name.n > ENTRY_NAME_MAX)
		out->kind = ENTRY_OTHER;
	return RP_OK;
}

/* What was listed as a file may be something else by now: looked at again, once open. */
static enum rp_status
open_current(struct folder *folder, struct rp_error *err)
{
	const struct found *found = &folder->list[folder->next - 1];
	struct stat info;

	folder->current =
		openat(folder->root, found->name.p,
	               O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (folder->current < 0)
		return rp_fail_errno(err, RP_BAD_SOURCE, errno, "cannot be opened");
	if (fstat(folder->current, &info) != 0 || !S_ISREG(info.st_mode))
		return rp_fail(err, RP_BAD_SOURCE, "is no file any more");
	return RP_OK;
}

enum rp_status
folder_read(struct folder *folder, char *into, size_t size, size_t *n_out,
            struct rp_error *err)
{
	enum rp_status st = RP_OK;
	ssize_t n;

	if (folder->next == 0)
		return RP_END;
	if (folder->current < 0)
		st = open_current(folder, err);
	if (st != RP_OK)
		return st;
	do
		n = read(folder->current, into, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return rp_fail_errno(err, RP_BAD_SOURCE, errno, "cannot be read");
	if (n == 0)
		return RP_END;
	*n_out = (size_t)n;
	return RP_OK;
}
