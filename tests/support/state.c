#include "tests/support/state.h"

#include "core/base/hash.h"
#include "storage/store.h"

#include <err.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- looking at files ---- */

struct rp_slice
file_map(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat about;
	void *p;

	if (fd < 0 || fstat(fd, &about) != 0)
		err(99, "%s", path);
	if (about.st_size == 0) {
		(void)close(fd);
		return rp_slice_from("", 0);
	}
	p = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	(void)close(fd);
	if (p == MAP_FAILED)
		err(99, "%s", path);
	return rp_slice_from(p, (size_t)about.st_size);
}

void
file_unmap(struct rp_slice bytes)
{
	void *p;

	memcpy(&p, &bytes.p, sizeof(p));
	if (bytes.n > 0)
		(void)munmap(p, bytes.n);
}

const char *
file_path(const char *place, const char *name, char room[PATH_BYTES])
{
	(void)snprintf(room, PATH_BYTES, "%s/%s", place, name);
	return room;
}

uint64_t
file_hash(const char *place, const char *name)
{
	char room[PATH_BYTES];
	struct rp_slice bytes;
	uint64_t hash;

	if (access(file_path(place, name, room), F_OK) != 0)
		return 0;
	bytes = file_map(room);
	hash = hash_stable(bytes);
	file_unmap(bytes);
	return hash ? hash : 1;
}

/* ---- looking at archives ---- */

static int64_t
ask(sqlite3 *db, const char *question, int64_t without)
{
	sqlite3_stmt *stmt = NULL;
	int64_t answer = without;

	if (sqlite3_prepare_v2(db, question, -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		answer = sqlite3_column_int64(stmt, 0);
	(void)sqlite3_finalize(stmt);
	return answer;
}

static uint64_t
hash_pages(sqlite3 *db)
{
	sqlite3_int64 n = 0;
	unsigned char *pages = sqlite3_serialize(db, "main", &n, 0);
	uint64_t hash = 0;

	if (pages != NULL)
		hash = hash_stable(rp_slice_from((const char *)pages, (size_t)n));
	sqlite3_free(pages);
	return hash;
}

struct state
archive_state(const char *path)
{
	struct state state = { .opened = true };
	sqlite3 *db = NULL;
	int64_t pages;

	if (access(path, F_OK) != 0)
		return state;
	state.opened =
		sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK;
	if (state.opened) {
		/* What is in the log is read from there; that is quicker. */
		(void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		pages = ask(db, "PRAGMA page_count", -1);
		state.opened = pages >= 0;
		if (pages > 0)
			state.hash = hash_pages(db);
		if (pages > 0 && ask(db, "SELECT count(*) FROM sqlite_schema", -1) < 0)
			state.opened = false;
		state.posts =
			(uint64_t)ask(db, "SELECT count(*) FROM post WHERE kind <> 0", 0);
	}
	(void)sqlite3_close(db);
	return state;
}

static void
tell(void *context, const char *sentence)
{
	(void)context;
	fprintf(stderr, "  %s\n", sentence);
}

bool
archive_sound(const char *path)
{
	struct rp_error error = { .status = RP_OK };
	CLEANUP(store_close) struct store *store = NULL;
	struct stat about;
	enum rp_status st;

	if (stat(path, &about) != 0 || about.st_size == 0)
		return true;
	st = store_sqlite_open(path, STORE_READ, &store, NULL, &error);
	if (st == RP_OK)
		st = store_verify(store, true, tell, NULL, &error);
	if (st != RP_OK)
		fprintf(stderr, "  %s\n", error.text);
	return st == RP_OK;
}
