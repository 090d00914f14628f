#include "tests/support/disk.h"

#include "core/base/buf.h"
#include "core/base/hash.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SECTOR = 512,
	NAMES = 64,
	PATH_BYTES = 4096,
	BEFORE = 1000, /* numbers of files that were there before; a journal's are smaller
	                */
};

struct file {
	struct rp_buf bytes; /* that are safe */
	struct request *pending;
	size_t n, room;
};

/* A name, and what it stands for: 0 nothing, or a file, or a directory. */
struct entry {
	char *name;
	uint32_t file;
	bool directory;
};

struct entries {
	struct entry list[NAMES];
	size_t n;
};

struct disk {
	struct file *files; /* by id - 1 */
	size_t n_files;
	struct entries safe;
	struct request *pending; /* of directories */
	size_t n, room;

	/* For one image after the other. */
	struct entries cut;
	struct rp_buf bytes;
};

static void *
must(void *p)
{
	if (p == NULL)
		err(99, "disk");
	return p;
}

bool
request_next(struct rp_slice *journal, struct request *out)
{
	const size_t head = sizeof(out->head);

	if (journal->n == 0)
		return false;
	if (journal->n < head)
		errx(99, "a journal that ends early");
	memcpy(&out->head, journal->p, head);
	*journal = rp_slice_skip(*journal, head);
	if (journal->n < (size_t)out->head.name_bytes + out->head.data_bytes)
		errx(99, "a journal that ends early");
	out->name = rp_slice_from(journal->p, out->head.name_bytes);
	*journal = rp_slice_skip(*journal, out->name.n);
	out->data = rp_slice_from(journal->p, out->head.data_bytes);
	*journal = rp_slice_skip(*journal, out->data.n);
	return true;
}

/* ---- chance ---- */

static uint64_t
draw(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* ---- names ---- */

static struct entry *
entry_find(struct entries *entries, struct rp_slice name)
{
	for (size_t i = 0; i < entries->n; i++)
		if (rp_slice_eq(rp_slice_str(entries->list[i].name), name))
			return &entries->list[i];
	return NULL;
}

static void
entry_set(struct entries *entries, struct rp_slice name, uint32_t file, bool directory)
{
	struct entry *entry = entry_find(entries, name);

	if (entry == NULL) {
		if (entries->n == NAMES)
			errx(99, "too many names");
		entry = &entries->list[entries->n++];
		entry->name = must(strndup(name.p, name.n));
	}
	entry->file = file;
	entry->directory = directory;
}

static void
entries_copy(struct entries *to, const struct entries *from)
{
	for (size_t i = 0; i < to->n; i++)
		to->list[i].file = 0, to->list[i].directory = false;
	for (size_t i = 0; i < from->n; i++)
		entry_set(to, rp_slice_str(from->list[i].name), from->list[i].file,
		          from->list[i].directory);
}

static void
entries_done(struct entries *entries)
{
	for (size_t i = 0; i < entries->n; i++)
		free(entries->list[i].name);
	entries->n = 0;
}

/* The directory a name is in. */
static struct rp_slice
above(struct rp_slice name)
{
	while (name.n > 0 && name.p[name.n - 1] != '/')
		name.n--;
	return rp_slice_from(name.p, name.n > 0 ? name.n - 1 : 0);
}

static void
name_change(struct entries *entries, const struct request *request)
{
	const uint32_t file = request->head.file;

	switch (request->head.op) {
	case JOURNAL_CREATE:
		entry_set(entries, request->name, file, false);
		break;
	case JOURNAL_MKDIR:
		entry_set(entries, request->name, 0, true);
		break;
	case JOURNAL_UNLINK:
		entry_set(entries, request->name, 0, false);
		break;
	case JOURNAL_RENAME:
		entry_set(entries, request->name, 0, false);
		entry_set(entries, request->data, file, false);
		break;
	case JOURNAL_LINK:
		entry_set(entries, request->data, file, false);
		break;
	default:
		errx(99, "not a request to a directory");
	}
}

/* Is it there, with all directories above it? */
static bool
reachable(struct entries *entries, const char *name)
{
	struct rp_slice up = above(rp_slice_str(name));
	const struct entry *entry;

	for (; up.n > 0; up = above(up)) {
		entry = entry_find(entries, up);
		if (entry == NULL || !entry->directory)
			return false;
	}
	return true;
}

/* ---- bytes ---- */

static void
resize(struct rp_buf *bytes, size_t n)
{
	if (n > bytes->n) {
		char *room = must(buf_reserve(bytes, n - bytes->n));

		memset(room, 0, n - bytes->n);
	}
	bytes->n = n;
}

static void
put_bytes(struct rp_buf *bytes, const struct request *request)
{
	const size_t end = (size_t)request->head.offset + request->data.n;

	if (request->head.op == JOURNAL_TRUNCATE) {
		resize(bytes, (size_t)request->head.offset);
		return;
	}
	if (end > bytes->n)
		resize(bytes, end);
	memcpy(bytes->p + request->head.offset, request->data.p, request->data.n);
}

/* Each sector that the request touches: as it was, as it should be, or garbage. */
static void
tear(struct rp_buf *bytes, const struct request *request, uint64_t *chance)
{
	size_t at = (size_t)request->head.offset;
	const size_t end = at + request->data.n;
	size_t done = 0, n;

	if (end > bytes->n)
		resize(bytes, end);
	for (; at < end; at += n, done += n) {
		n = SECTOR - at % SECTOR;
		if (n > end - at)
			n = end - at;
		switch (draw(chance) % 3) {
		case 0:
			memcpy(bytes->p + at, request->data.p + done, n);
			break;
		case 1:
			for (size_t i = 0; i < n; i++)
				bytes->p[at + i] = (char)draw(chance);
			break;
		default: /* the old bytes */
			break;
		}
	}
}

static void
survive(struct rp_buf *bytes, const struct request *request, enum cut cut,
        uint64_t *chance)
{
	switch (cut) {
	case CUT_ALL:
	case CUT_NO_ENTRIES:
		put_bytes(bytes, request);
		break;
	case CUT_SUBSET:
		if (draw(chance) % 2)
			put_bytes(bytes, request);
		break;
	case CUT_TORN:
		if (draw(chance) % 2 && request->head.op == JOURNAL_WRITE)
			tear(bytes, request, chance);
		else if (draw(chance) % 2)
			put_bytes(bytes, request);
		break;
	case CUT_NOTHING:
	case CUT_NO_DATA:
	case CUTS:
		break;
	}
}

/* ---- requests ---- */

static void
later(struct request **list, size_t *n, size_t *room, const struct request *request)
{
	if (*n == *room) {
		*room = *room ? *room * 2 : 64;
		*list = must(realloc(*list, *room * sizeof(**list)));
	}
	(*list)[(*n)++] = *request;
}

static struct file *
file_of(struct disk *disk, uint32_t id)
{
	if (id == 0)
		errx(99, "a request without a file");
	while (disk->n_files < id) {
		disk->files = must(
			realloc(disk->files, (disk->n_files + 1) * sizeof(*disk->files)));
		disk->files[disk->n_files] = (struct file){ .n = 0 };
		buf_init(&disk->files[disk->n_files++].bytes, SIZE_MAX / 2);
	}
	return &disk->files[id - 1];
}

static void
sync_file(struct file *file)
{
	for (size_t i = 0; i < file->n; i++)
		put_bytes(&file->bytes, &file->pending[i]);
	file->n = 0;
}

static void
sync_directory(struct disk *disk, struct rp_slice directory)
{
	size_t kept = 0;

	for (size_t i = 0; i < disk->n; i++)
		if (rp_slice_eq(above(disk->pending[i].name), directory))
			name_change(&disk->safe, &disk->pending[i]);
		else
			disk->pending[kept++] = disk->pending[i];
	disk->n = kept;
}

/* A file that was there before gets the number that the journal has for it. */
static void
found(struct disk *disk, const struct request *request)
{
	struct entry *entry = entry_find(&disk->safe, request->name);
	struct file *to;

	if (entry == NULL || entry->file <= BEFORE)
		errx(99, "%.*s was not there", (int)request->name.n, request->name.p);
	to = file_of(disk, request->head.file);
	buf_add(&to->bytes, buf_slice(&disk->files[entry->file - 1].bytes));
	entry->file = request->head.file;
}

void
disk_request(struct disk *disk, const struct request *request)
{
	struct file *file;

	switch ((enum journal_op)request->head.op) {
	case JOURNAL_FOUND:
		found(disk, request);
		break;
	case JOURNAL_WRITE:
	case JOURNAL_TRUNCATE:
		file = file_of(disk, request->head.file);
		later(&file->pending, &file->n, &file->room, request);
		break;
	case JOURNAL_SYNC:
		sync_file(file_of(disk, request->head.file));
		break;
	case JOURNAL_SYNC_DIRECTORY:
		sync_directory(disk, request->name);
		break;
	case JOURNAL_CREATE:
		(void)file_of(disk, request->head.file);
		/* fallthrough */
	case JOURNAL_UNLINK:
	case JOURNAL_RENAME:
	case JOURNAL_LINK:
	case JOURNAL_MKDIR:
		later(&disk->pending, &disk->n, &disk->room, request);
		break;
	case JOURNAL_ACK:
	case JOURNAL_END:
		break;
	}
}

/* ---- images ---- */

static bool
is_directory(const char *path)
{
	struct stat about;

	return lstat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static int
remove_one(const char *path, const struct stat *about, int type, struct FTW *where)
{
	(void)about;
	(void)type;
	if (where->level > 0 && remove(path) != 0)
		err(99, "%s", path);
	return 0;
}

static void
write_file(const char *path, struct rp_slice bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n || close(fd) != 0)
		err(99, "%s", path);
}

static int
by_name(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Directories before what is in them. */
static void
cut_names(struct disk *disk, enum cut cut, uint64_t *chance)
{
	const bool some = cut == CUT_SUBSET || cut == CUT_TORN;
	const bool all = cut == CUT_ALL || cut == CUT_NO_DATA;

	entries_copy(&disk->cut, &disk->safe);
	for (size_t i = 0; i < disk->n; i++)
		if (all || (some && draw(chance) % 2))
			name_change(&disk->cut, &disk->pending[i]);
	qsort(disk->cut.list, disk->cut.n, sizeof(disk->cut.list[0]), by_name);
}

static void
cut_file(struct disk *disk, const struct file *file, enum cut cut, uint64_t *chance)
{
	buf_clear(&disk->bytes);
	buf_add(&disk->bytes, buf_slice(&file->bytes));
	for (size_t i = 0; i < file->n; i++)
		survive(&disk->bytes, &file->pending[i], cut, chance);
}

uint64_t
disk_cut(struct disk *disk, enum cut cut, uint64_t seed, const char *place)
{
	char path[PATH_BYTES];
	struct hash_stream hash;
	uint64_t chance = seed;

	if (nftw(place, remove_one, 8, FTW_DEPTH | FTW_PHYS) != 0)
		err(99, "%s", place);
	hash_stream_init(&hash);
	cut_names(disk, cut, &chance);
	for (size_t i = 0; i < disk->cut.n; i++) {
		const struct entry *entry = &disk->cut.list[i];

		if ((!entry->directory && entry->file == 0) ||
		    !reachable(&disk->cut, entry->name))
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", place, entry->name);
		hash_stream_add(&hash,
		                rp_slice_from(entry->name, strlen(entry->name) + 1));
		if (entry->directory && mkdir(path, 0700) != 0)
			err(99, "%s", path);
		if (entry->directory)
			continue;
		cut_file(disk, &disk->files[entry->file - 1], cut, &chance);
		hash_stream_add(&hash, rp_slice_from((const char *)&disk->bytes.n,
		                                     sizeof(disk->bytes.n)));
		hash_stream_add(&hash, buf_slice(&disk->bytes));
		write_file(path, buf_slice(&disk->bytes));
	}
	return hash_stream_end(&hash);
}

void
disk_walk(const char *place, void (*look)(void *context, const char *name), void *context)
{
	char path[PATH_BYTES];
	const struct dirent *entry;
	DIR *stream = opendir(place);

	if (stream == NULL)
		err(99, "%s", place);
	while ((entry = readdir(stream)) != NULL) {
		(void)snprintf(path, sizeof(path), "%s/%s", place, entry->d_name);
		if (!is_directory(path) && strncmp(entry->d_name, ".riposte-", 9) != 0)
			look(context, entry->d_name);
	}
	(void)closedir(stream);
}

/* ---- begin and end ---- */

struct filling {
	struct disk *disk;
	const char *place;
};

static void
take_file(void *context, const char *name)
{
	const struct filling *filling = context;
	char path[PATH_BYTES];
	const size_t known = filling->disk->n_files;
	const uint32_t id = (uint32_t)(known > BEFORE ? known : BEFORE) + 1;
	struct file *file = file_of(filling->disk, id);
	ssize_t n = 1;
	int fd;

	(void)snprintf(path, sizeof(path), "%s/%s", filling->place, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && n > 0) {
		n = read(fd, must(buf_reserve(&file->bytes, 1 << 16)), 1 << 16);
		file->bytes.n += n > 0 ? (size_t)n : 0;
	}
	if (fd < 0 || n < 0)
		err(99, "%s", path);
	(void)close(fd);
	entry_set(&filling->disk->safe, rp_slice_str(name), id, false);
}

struct disk *
disk_new(const char *directory)
{
	struct disk *disk = must(calloc(1, sizeof(*disk)));
	struct filling filling = { .disk = disk, .place = directory };

	buf_init(&disk->bytes, SIZE_MAX / 2);
	if (directory != NULL)
		disk_walk(directory, take_file, &filling);
	return disk;
}

struct disk *
disk_free(struct disk *disk)
{
	for (size_t i = 0; i < disk->n_files; i++) {
		buf_done(&disk->files[i].bytes);
		free(disk->files[i].pending);
	}
	entries_done(&disk->safe);
	entries_done(&disk->cut);
	buf_done(&disk->bytes);
	free(disk->files);
	free(disk->pending);
	free(disk);
	return NULL;
}
