/*
 * Whose log is it?  SQLite takes in whatever write-ahead log has the archive's name with
 * "-wal" behind it, also one that was copied there from beside another archive: it writes
 * that one's pages over ours.  Nothing in its format tells; so every transaction of ours
 * changes the page with the archive's id (SQL_ARCHIVE_TOUCH), and a log that begins with
 *a transaction without that page, or with another id in it, is refused.
 *
 * A log is read here as SQLite does when it recovers one: frames count as long as salts
 * and checksums are right, and up to one that ends a transaction.  What does not count
 * there is no trouble here.
 *
 *	log    0  4  magic 377f0682, or ..83: words of checksums with the big end first
 *	       4  4  version 3007000        8  4  bytes of a page       12  4  (not used)
 *	      16  8  salts                 24  8  checksums of the above
 *	frame  0  4  number of the page     4  4  not 0: ends a transaction
 *	       8  8  salts                 16  8  checksums of log and frames up to here
 *	      24     the page
 *
 * All numbers have their big end first.
 */
#include "storage/sqlite/sqlite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	LOG_HEAD = 32,
	FRAME_HEAD = 24,
	LOG_MAGIC = 0x377f0682,
	LOG_VERSION = 3007000,
	PAGE_MIN = 512,
	PAGE_MAX = 65536,

	/* The first table of an archive is `archive`, of one row. */
	ID_PAGE = 2,
	ID_BYTES = LOG_ID_BYTES,
	LEAF_OF_TABLE = 0x0d,
	BLOB_OF_ID = 12 + 2 * ID_BYTES, /* as a record's head says it */
};

static uint32_t
big(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool
read_at(int fd, unsigned char *into, size_t n, off_t at)
{
	while (n > 0) {
		ssize_t got = pread(fd, into, n, at);

		if (got <= 0)
			return false;
		into += got;
		n -= (size_t)got;
		at += got;
	}
	return true;
}

/* The id in a page that looks as ours with the id does; NULL: it does not. */
static const unsigned char *
id_of(const unsigned char *page, size_t size)
{
	size_t at = (size_t)page[5 + 3] << 8 | page[5 + 4];

	if (page[0] != LEAF_OF_TABLE || page[3] != 0 || page[4] != 1)
		return NULL;
	/* Length of the record, row number, head: three bytes, of them the id's first. */
	for (int i = 0; i < 2; i++) {
		while (at < size && page[at] >= 128)
			at++;
		at++;
	}
	if (at + 3 + ID_BYTES > size || page[at] != 3 || page[at + 1] != BLOB_OF_ID)
		return NULL;
	return page + at + 3;
}

struct log {
	int fd;
	bool big_words; /* of checksums */
	size_t page_bytes;
	unsigned char salts[8];
	uint32_t sums[2];
};

static void
add_sums(struct log *log, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i + 8 <= n; i += 8) {
		uint32_t a = big(p + i), b = big(p + i + 4);

		if (!log->big_words) {
			a = __builtin_bswap32(a);
			b = __builtin_bswap32(b);
		}
		log->sums[0] += a + log->sums[1];
		log->sums[1] += b + log->sums[0];
	}
}

static bool
sums_are(const struct log *log, const unsigned char *p)
{
	return log->sums[0] == big(p) && log->sums[1] == big(p + 4);
}

/* False: SQLite finds nothing in it either. */
static bool
begin_log(struct log *log)
{
	unsigned char head[LOG_HEAD];

	if (!read_at(log->fd, head, sizeof(head), 0) ||
	    (big(head) | 1) != (LOG_MAGIC | 1) || big(head + 4) != LOG_VERSION)
		return false;
	log->big_words = (big(head) & 1) != 0;
	log->page_bytes = big(head + 8);
	memcpy(log->salts, head + 16, sizeof(log->salts));
	add_sums(log, head, 24);
	return sums_are(log, head + 24) && log->page_bytes >= PAGE_MIN &&
	       log->page_bytes <= PAGE_MAX &&
	       (log->page_bytes & (log->page_bytes - 1)) == 0;
}

/* Does its first transaction have the page with this id, or is there none?  *read_out:
 * it has that page, with this or another id. */
static bool
log_fits(struct log *log, const unsigned char *id, unsigned char *frame, bool *read_out)
{
	off_t at = LOG_HEAD;

	for (;; at += (off_t)(FRAME_HEAD + log->page_bytes)) {
		const unsigned char *page = frame + FRAME_HEAD, *has;

		if (!read_at(log->fd, frame, FRAME_HEAD + log->page_bytes, at) ||
		    memcmp(frame + 8, log->salts, sizeof(log->salts)) != 0)
			return true;
		add_sums(log, frame, 8);
		add_sums(log, page, log->page_bytes);
		if (!sums_are(log, frame + 16))
			return true;
		has = big(frame) == ID_PAGE ? id_of(page, log->page_bytes) : NULL;
		*read_out = has != NULL;
		if (has != NULL)
			return memcmp(has, id, ID_BYTES) == 0;
		if (big(frame + 4) != 0)
			return false;
	}
}

/*
 * The id in the archive's own file.  False: none there, as in one that is being made.
 * Through SQLite's descriptor: to close one of our own would drop all locks that this
 * process has on the file.
 */
static bool
held_id(struct sqlite_store *s, unsigned char *id_out)
{
	unsigned char head[18] = { 0 };
	unsigned char *page = NULL;
	const unsigned char *id = NULL;
	sqlite3_file *file = NULL;
	size_t size = 0;

	(void)sqlite3_file_control(s->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (file == NULL || file->pMethods == NULL)
		return false;
	if (file->pMethods->xRead(file, head, sizeof(head), 0) == SQLITE_OK)
		size = (size_t)head[16] << 8 | head[17]; /* 1 is 65,536, never ours */
	if (size >= PAGE_MIN)
		page = malloc(size);
	if (page != NULL &&
	    file->pMethods->xRead(file, page, (int)size,
	                          (sqlite3_int64)size * (ID_PAGE - 1)) == SQLITE_OK)
		id = id_of(page, size);
	if (id != NULL)
		memcpy(id_out, id, ID_BYTES);
	free(page);
	return id != NULL;
}

/* The name of its log, with a NUL behind it. */
static bool
log_name(const struct sqlite_store *s, struct rp_buf *out)
{
	buf_init(out, 1 << 16);
	buf_add_str(out, s->path);
	buf_add(out, rp_slice_from("-wal", sizeof("-wal")));
	return !buf_failed(out);
}

/* Is the log at path that of the archive with this id?  RP_NOT_FOUND: of another one.
 * *sure_out: it says so itself. */
static enum rp_status
judge_log(const char *path, const unsigned char *id, bool *sure_out, struct rp_error *err)
{
	struct log log = { .fd = open(path, O_RDONLY | O_CLOEXEC) };
	unsigned char *frame = NULL;
	enum rp_status st = RP_OK;

	*sure_out = false;
	if (log.fd < 0)
		return RP_OK;
	if (begin_log(&log)) {
		frame = malloc(FRAME_HEAD + log.page_bytes);
		if (frame == NULL)
			st = rp_fail_memory(err);
		else if (!log_fits(&log, id, frame, sure_out))
			st = RP_NOT_FOUND;
	}
	free(frame);
	(void)close(log.fd);
	return st;
}

enum rp_status
log_check(struct sqlite_store *s, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf path;
	const char *name = strncmp(s->path, "./", 2) == 0 ? s->path + 2 : s->path;
	unsigned char id[ID_BYTES];
	bool sure;
	enum rp_status st;

	if (!log_name(s, &path))
		return rp_fail_memory(err);
	if (access(path.p, F_OK) != 0 || !held_id(s, id))
		return RP_OK;
	st = judge_log(path.p, id, &sure, err);
	if (st != RP_NOT_FOUND)
		return st;
	return rp_fail(err, RP_CORRUPT,
	               "%s-wal is the log of another archive than %s (mv %s-wal "
	               "%s-wal.other)",
	               name, name, name, name);
}

/* ---- what an archive leaves behind that is no more ------------------------------- */

/* The id of the file that has our name now, through a descriptor of our own: it is not
 * the file that we have locks on. */
static bool
id_at(const char *path, unsigned char *id_out)
{
	unsigned char head[18], *page = NULL;
	const unsigned char *id = NULL;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t size = 0;

	if (fd >= 0 && read_at(fd, head, sizeof(head), 0))
		size = (size_t)head[16] << 8 | head[17];
	if (size >= PAGE_MIN)
		page = malloc(size);
	if (page != NULL && read_at(fd, page, size, (off_t)size * (ID_PAGE - 1)))
		id = id_of(page, size);
	if (id != NULL)
		memcpy(id_out, id, ID_BYTES);
	free(page);
	if (fd >= 0)
		(void)close(fd);
	return id != NULL;
}

bool
log_is_left(struct sqlite_store *s, unsigned char *id_out)
{
	int moved = 0;

	if (s->read_only || s->db == NULL)
		return false;
	(void)sqlite3_file_control(s->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	return moved && held_id(s, id_out);
}

void
log_set_aside(const struct sqlite_store *s, const unsigned char *id)
{
	CLEANUP(buf_done) struct rp_buf path;
	CLEANUP(buf_done) struct rp_buf aside;
	unsigned char there[ID_BYTES];
	bool sure = false;

	buf_init(&aside, 1 << 16);
	if (!log_name(s, &path) || !id_at(s->path, there) ||
	    memcmp(there, id, ID_BYTES) == 0 ||
	    judge_log(path.p, id, &sure, NULL) != RP_OK || !sure)
		return;
	buf_printf(&aside, "%s-wal.of-%02x%02x%02x%02x", s->path, id[0], id[1], id[2],
	           id[3]);
	buf_add_byte(&aside, '\0');
	if (!buf_failed(&aside) && access(aside.p, F_OK) != 0)
		(void)rename(path.p, aside.p);
}
