#include "core/parse/archive.h"

#include "core/base/lazy.h"
#include "core/base/pack.h"
#include "core/parse/archive-zip.h"
#include "core/parse/folder.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BLOCK_MIN = 4 << 10, /* after a jump: most entries are jumped over */
	BLOCK_MAX = 128 << 10,
	PACKED_STEP = 64, /* 45 bytes of bzip2 can be 45 MB: it is asked in between */
};

/* clang-format off */
#define FUNCTIONS(X)                                                                     \
	X(archive_read_new) X(archive_read_free) X(archive_read_support_format_tar)      \
	X(archive_read_support_format_zip_seekable) X(archive_read_set_callback_data)    \
	X(archive_read_set_read_callback) X(archive_read_set_seek_callback)              \
	X(archive_read_set_skip_callback) X(archive_read_open1)                          \
	X(archive_read_next_header) X(archive_read_data_block) X(archive_error_string)   \
	X(archive_set_error) X(archive_entry_pathname) X(archive_entry_filetype)         \
	X(archive_entry_hardlink) X(archive_entry_symlink) X(archive_entry_size)         \
	X(archive_entry_size_is_set) X(archive_entry_sparse_count)                       \
	X(archive_entry_is_encrypted) X(archive_read_support_filter_xz)                   \
	X(archive_read_support_filter_bzip2) X(archive_filter_bytes)
/* clang-format on */

static struct {
	FUNCTIONS(LAZY_MEMBER)
} lib;
static const char *const lib_names[] = { FUNCTIONS(LAZY_NAME) };

struct entries {
	struct folder *folder; /* or: */
	struct archive *archive;
	bool zip;
	bool packed;    /* with xz or bzip2, which the library unpacks */
	int fd;         /* borrowed */
	uint64_t begin; /* of the archive in the file */
	uint64_t end;   /* what is added while we read is no part of it */
	uint64_t at;    /* the next byte for the library */
	size_t step;    /* how much of them at once */
	char *chunk;
	struct instream *stream; /* a compressed tar; else NULL */
	locale_t locale;         /* with UTF-8; 0: not to be had */
	size_t n;                /* entries so far */
	bool encrypted;          /* the current one */
	uint64_t came;           /* bytes out of the file: for this entry, or in all */
	uint64_t given;          /* bytes out of the library, likewise */
	struct rp_error why;     /* of a read that failed */
	struct rp_slice block;   /* of the entry, not yet given */
	uint64_t block_end;      /* ... where it ends in the entry */
	struct rp_error damage;  /* ... and what there is behind it */
};

/* ---- bytes for the library ------------------------------------------------------ */

static la_ssize_t
failed(struct entries *e, struct archive *archive)
{
	lib.archive_set_error(archive, EIO, "%s", e->why.text);
	return -1;
}

#define BOMB "more than %d bytes come out of each of its bytes: a bomb, read no further"

/* What it made of all that it was given before. */
static bool
too_much_unpacked(struct entries *e, struct archive *archive)
{
	const la_int64_t out = lib.archive_filter_bytes(archive, 0);

	if (out <= ENTRY_RATIO_FREE || (uint64_t)out / ENTRY_RATIO_MAX <= e->came)
		return false;
	(void)rp_fail(&e->why, RP_BAD_SOURCE, BOMB, ENTRY_RATIO_MAX);
	return true;
}

static la_ssize_t
read_file(struct archive *archive, void *context, const void **out)
{
	struct entries *e = context;
	const size_t step = e->packed ? PACKED_STEP : e->step;
	size_t size = e->end - e->at < step ? (size_t)(e->end - e->at) : step;
	ssize_t n;

	*out = e->chunk;
	do
		n = size > 0 ? pread(e->fd, e->chunk, size, (off_t)e->at) : 0;
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		(void)rp_fail_errno(&e->why, RP_FAILED, errno, "cannot be read");
		return failed(e, archive);
	}
	e->at += (uint64_t)n;
	e->came += (uint64_t)n;
	if (e->packed)
		return too_much_unpacked(e, archive) ? failed(e, archive) : n;
	e->step = e->step < BLOCK_MAX ? e->step * 2 : BLOCK_MAX;
	return n;
}

static la_int64_t
skip_file(struct archive *archive, void *context, la_int64_t skip)
{
	struct entries *e = context;
	uint64_t left = e->end - e->at;

	(void)archive;
	if (skip < 0)
		return 0;
	if ((uint64_t)skip < left)
		left = (uint64_t)skip;
	e->at += left;
	e->step = BLOCK_MIN;
	return (la_int64_t)left;
}

static la_int64_t
seek_file(struct archive *archive, void *context, la_int64_t offset, int whence)
{
	struct entries *e = context;
	int64_t from = 0;

	if (whence == SEEK_CUR)
		from = (int64_t)(e->at - e->begin);
	else if (whence == SEEK_END)
		from = (int64_t)(e->end - e->begin);
	if ((offset > 0 && from > INT64_MAX - offset) || from + offset < 0 ||
	    (uint64_t)(from + offset) > e->end - e->begin) {
		(void)rp_fail(&e->why, RP_BAD_SOURCE,
		              "damaged: it points to a place behind its end");
		return failed(e, archive);
	}
	e->at = e->begin + (uint64_t)(from + offset);
	e->step = BLOCK_MIN;
	return from + offset;
}

static la_ssize_t
read_compressed(struct archive *archive, void *context, const void **out)
{
	struct entries *e = context;
	size_t n = 0;
	enum rp_status st = instream_read(e->stream, e->chunk, BLOCK_MAX, &n, &e->why);

	*out = e->chunk;
	if (st == RP_END) {
		e->why.status = RP_OK;
		return 0;
	}
	if (st != RP_OK)
		return failed(e, archive);
	e->given += n;
	if (e->given > ENTRY_RATIO_FREE &&
	    e->given / ENTRY_RATIO_MAX > e->end - e->begin) {
		(void)rp_fail(&e->why, RP_BAD_SOURCE, BOMB, ENTRY_RATIO_MAX);
		return failed(e, archive);
	}
	return (la_ssize_t)n;
}

/* ---- opening -------------------------------------------------------------------- */

/* What the library says, or what our own functions told it. */
static enum rp_status
damaged(struct entries *e, struct rp_error *err)
{
	const char *text = lib.archive_error_string(e->archive);

	if (e->why.status != RP_OK)
		return rp_fail(err, e->why.status, "%s", e->why.text);
	if (e->packed && e->n == 0)
		return rp_fail(
			err, RP_BAD_SOURCE,
			"no tar file can be read in it (%s); unpack it, and import "
			"what comes out",
			text ? text : "unreadable");
	return rp_fail(err, RP_BAD_SOURCE, "damaged: %s", text ? text : "unreadable");
}

static enum rp_status
open_stream(struct entries *e, struct rp_error *err)
{
	enum rp_status st;

	e->stream = instream_close(e->stream);
	if (lseek(e->fd, (off_t)e->begin, SEEK_SET) < 0)
		return rp_fail_errno(err, RP_FAILED, errno, "cannot be read again");
	st = instream_open(e->fd, NULL, NULL, &e->stream, err);
	if (st == RP_OK && instream_format(e->stream) == INSTREAM_PLAIN)
		e->stream = instream_close(e->stream);
	return st;
}

static int
support_filters(struct archive *a)
{
	const int xz = lib.archive_read_support_filter_xz(a);
	const int bzip2 = lib.archive_read_support_filter_bzip2(a);

	/* A warning: with another program's help, which is not asked for. */
	return xz == ARCHIVE_OK && bzip2 == ARCHIVE_OK ? ARCHIVE_OK : ARCHIVE_FATAL;
}

static enum rp_status
open_archive(struct entries *e, struct rp_error *err)
{
	struct archive *a = lib.archive_read_new();
	int st;

	e->archive = a;
	if (a == NULL)
		return rp_fail_memory(err);
	if (e->zip)
		st = lib.archive_read_support_format_zip_seekable(a);
	else
		st = lib.archive_read_support_format_tar(a);
	if (st == ARCHIVE_OK && e->packed)
		st = support_filters(a);
	if (st == ARCHIVE_OK)
		st = lib.archive_read_set_callback_data(a, e);
	if (st == ARCHIVE_OK)
		st = lib.archive_read_set_read_callback(a, e->stream ? read_compressed
		                                                     : read_file);
	if (st == ARCHIVE_OK && e->zip)
		st = lib.archive_read_set_seek_callback(a, seek_file);
	if (st == ARCHIVE_OK && e->stream == NULL && !e->packed)
		st = lib.archive_read_set_skip_callback(a, skip_file);
	if (st == ARCHIVE_OK)
		st = lib.archive_read_open1(a);
	return st == ARCHIVE_OK || st == ARCHIVE_WARN ? RP_OK : damaged(e, err);
}

enum rp_status
entries_rewind(struct entries *e, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	if (e->folder != NULL) {
		folder_rewind(e->folder);
		return RP_OK;
	}
	if (e->archive != NULL)
		(void)lib.archive_read_free(e->archive);
	e->archive = NULL;
	e->at = e->begin;
	e->step = BLOCK_MIN;
	e->n = 0;
	e->came = e->given = 0;
	e->why.status = RP_OK;
	if (!e->zip && !e->packed)
		st = open_stream(e, err);
	return st == RP_OK ? open_archive(e, err) : st;
}

struct entries *
entries_close(struct entries *e)
{
	if (e != NULL) {
		folder_close(e->folder);
		if (e->archive != NULL)
			(void)lib.archive_read_free(e->archive);
		instream_close(e->stream);
		if (e->locale != (locale_t)0)
			freelocale(e->locale);
		free(e->chunk);
	}
	free(e);
	return NULL;
}

static bool
begins_packed(int fd, off_t begin)
{
	char head[10];
	const ssize_t n = pread(fd, head, sizeof(head), begin);

	return n > 0 && archive_is_packed(rp_slice_from(head, (size_t)n));
}

static enum rp_status
open_file(int fd, bool zip, struct entries **out, struct rp_error *err)
{
	CLEANUP(entries_close) struct entries *e = NULL;
	const off_t begin = lseek(fd, 0, SEEK_CUR);
	struct stat info;
	enum rp_status st;

	if (begin < 0 || fstat(fd, &info) != 0 || info.st_size < begin)
		return rp_fail(err, RP_BAD_SOURCE, "cannot be read at any place");
	st = lazy_load(LIBARCHIVE_SONAME, lib_names, &lib, sizeof(lib), err);
	if (st == RP_OK && zip)
		st = zip_check(fd, (uint64_t)begin, (uint64_t)info.st_size, err);
	if (st != RP_OK)
		return st;
	if ((e = calloc(1, sizeof(*e))) == NULL || (e->chunk = malloc(BLOCK_MAX)) == NULL)
		return rp_fail_memory(err);
	e->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	e->fd = fd;
	e->zip = zip;
	e->begin = (uint64_t)begin;
	e->end = (uint64_t)info.st_size;
	e->packed = !zip && begins_packed(fd, begin);
	if ((st = entries_rewind(e, err)) != RP_OK)
		return st;
	*out = e;
	e = NULL;
	return RP_OK;
}

enum rp_status
entries_open_zip(int fd, struct entries **out, struct rp_error *err)
{
	return open_file(fd, true, out, err);
}

enum rp_status
entries_open_tar(int fd, struct entries **out, struct rp_error *err)
{
	return open_file(fd, false, out, err);
}

enum rp_status
entries_open_folder(int fd, struct entries **out, struct rp_error *err)
{
	struct entries *e = calloc(1, sizeof(*e));
	enum rp_status st;

	if (e == NULL)
		return rp_fail_memory(err);
	st = folder_open(fd, &e->folder, err);
	if (st != RP_OK) {
		entries_close(e);
		return st;
	}
	*out = e;
	return RP_OK;
}

/* ---- reading -------------------------------------------------------------------- */

static void
describe(struct entries *e, struct archive_entry *from, struct entry *out)
{
	const char *name = lib.archive_entry_pathname(from);

	*out = (struct entry){
		.name = rp_slice_str(name),
		.kind = ENTRY_OTHER,
		.size = ENTRY_SIZE_UNKNOWN,
		.encrypted = lib.archive_entry_is_encrypted(from) != 0,
	};
	e->encrypted = out->encrypted;
	if (out->name.n > ENTRY_NAME_MAX)
		out->name = RP_SLICE("");
	if (lib.archive_entry_size_is_set(from) && lib.archive_entry_size(from) >= 0)
		out->size = (uint64_t)lib.archive_entry_size(from);
	if (lib.archive_entry_filetype(from) == AE_IFDIR)
		out->kind = ENTRY_FOLDER;
	else if (lib.archive_entry_filetype(from) == AE_IFREG && out->name.n > 0 &&
	         lib.archive_entry_hardlink(from) == NULL &&
	         lib.archive_entry_symlink(from) == NULL &&
	         lib.archive_entry_sparse_count(from) == 0)
		out->kind = ENTRY_FILE;
}

/*
 * The library turns names that are said to be UTF-8 into those of the program's locale,
 * and loses them where that has no such letters: ours has none.
 */
static int
next_header(struct entries *e, struct archive_entry **out)
{
	const locale_t before =
		e->locale != (locale_t)0 ? uselocale(e->locale) : (locale_t)0;
	const int st = lib.archive_read_next_header(e->archive, out);

	if (before != (locale_t)0)
		(void)uselocale(before);
	return st;
}

enum rp_status
entries_next(struct entries *e, struct entry *out, struct rp_error *err)
{
	struct archive_entry *entry;
	int st;

	if (e->folder != NULL)
		return folder_next(e->folder, out, err);
	if (e->n == ENTRIES_MAX)
		return rp_fail(err, RP_BAD_SOURCE, "more than %d entries are in it",
		               (int)ENTRIES_MAX);
	st = next_header(e, &entry);
	if (st == ARCHIVE_EOF)
		return RP_END;
	if (st != ARCHIVE_OK && st != ARCHIVE_WARN)
		return damaged(e, err);
	e->n++;
	e->block = RP_SLICE("");
	e->block_end = 0;
	e->damage.status = RP_OK;
	if (e->stream == NULL && !e->packed)
		e->came = e->given = 0;
	describe(e, entry, out);
	return RP_OK;
}

/*
 * A sum that is wrong is told of with the last bytes of an entry: they are given, then
 * the damage.
 */
static enum rp_status
next_block(struct entries *e, struct rp_error *err)
{
	const void *p = NULL;
	size_t n = 0;
	la_int64_t at = 0;
	const int st = lib.archive_read_data_block(e->archive, &p, &n, &at);

	if (st == ARCHIVE_EOF)
		return RP_END;
	if (st != ARCHIVE_OK)
		(void)damaged(e, &e->damage);
	else if (n > 0 && (at < 0 || (uint64_t)at != e->block_end))
		(void)rp_fail(&e->damage, RP_BAD_SOURCE, "damaged: it has holes");
	else if (e->stream == NULL && !e->packed && (e->given += n) > ENTRY_RATIO_FREE &&
	         e->given / ENTRY_RATIO_MAX > e->came)
		(void)rp_fail(&e->damage, RP_BAD_SOURCE, BOMB, ENTRY_RATIO_MAX);
	if (st < ARCHIVE_WARN || p == NULL || (uint64_t)at != e->block_end)
		n = 0;
	e->block = rp_slice_from(p, n);
	e->block_end += n;
	return n == 0 && e->damage.status != RP_OK
	               ? rp_fail(err, e->damage.status, "%s", e->damage.text)
	               : RP_OK;
}

enum rp_status
entries_read(struct entries *e, char *into, size_t size, size_t *n_out,
             struct rp_error *err)
{
	enum rp_status st = RP_OK;

	if (e->folder != NULL)
		return folder_read(e->folder, into, size, n_out, err);
	if (e->encrypted)
		return rp_fail(
			err, RP_BAD_SOURCE,
			"is encrypted; unpack it with its password, and import the "
			"folder");
	while (st == RP_OK && e->block.n == 0)
		st = e->damage.status == RP_OK
		             ? next_block(e, err)
		             : rp_fail(err, e->damage.status, "%s", e->damage.text);
	if (st != RP_OK)
		return st;
	if (size > e->block.n)
		size = e->block.n;
	memcpy(into, e->block.p, size);
	e->block = rp_slice_skip(e->block, size);
	*n_out = size;
	return RP_OK;
}
