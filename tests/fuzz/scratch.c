#include "tests/fuzz/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void
require(bool truth, const char *what)
{
	if (truth)
		return;
	(void)fprintf(stderr, "fuzz: %s\n", what);
	abort();
}

static char directory[64], path[80];

static void
remove_files(void)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
	char name[96];

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, endings[i]);
		(void)unlink(name);
	}
}

static void
remove_all(void)
{
	remove_files();
	(void)rmdir(directory);
}

struct store *
scratch_open(void)
{
	struct rp_error err = { .status = RP_OK };
	struct store *store = NULL;

	if (directory[0] == '\0') {
		(void)snprintf(directory, sizeof(directory), "%s/riposte-fuzz-XXXXXX",
		               access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
		require(mkdtemp(directory) != NULL, "no scratch directory");
		(void)snprintf(path, sizeof(path), "%s/archive", directory);
		(void)atexit(remove_all);
	}
	remove_files();
	require(store_sqlite_open(path, STORE_CREATE, &store, NULL, &err) == RP_OK,
	        err.text);
	return store;
}

enum rp_status
scratch_bytes(struct store *store, int64_t capture, struct rp_buf *out,
              struct rp_error *err)
{
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	const struct scan scan = { .of = SCAN_CAPTURE_BYTES, .id = capture };
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &iter, err);

	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK)
		buf_add(out, row.bytes);
	return st == RP_END ? RP_OK : st;
}
