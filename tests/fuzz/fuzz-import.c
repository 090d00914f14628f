/*
 * Any bytes in, the same bytes out: through the importer into the store in memory and the
 * one on disk, before and after packing; out of the one on disk the one in memory can be
 * made again, and neither finds anything damaged.  The first byte says what the file is
 * read as, and how it is packed.
 */
#include "core/base/file.h"
#include "core/ingest/compare.h"
#include "core/ingest/ingest.h"
#include "tests/fuzz/scratch.h"

#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
finding(void *context, const char *sentence)
{
	(void)context;
	require(false, sentence);
}

static enum rp_status
import(struct store *store, struct rp_slice bytes, const char *as)
{
	const struct ingest_options options = { .kind = "import",
		                                .program = "riposte fuzz",
		                                .now = 1700000000000000 };
	CLEANUP(ingest_free) struct ingest *ingest = ingest_new(store, &options);
	struct import_file file = { .name = RP_SLICE("any"), .as = rp_slice_str(as) };
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	require(ingest != NULL, "out of memory");
	require(file_nameless(&file.fd, &err) == RP_OK, err.text);
	require(file_write(file.fd, bytes, &err) == RP_OK, err.text);
	require(lseek(file.fd, 0, SEEK_SET) == 0, "lseek");
	st = ingest_file(ingest, &file, &err);
	require(st == RP_OK || st == RP_BAD_SOURCE, err.text);
	(void)close(file.fd);
	require(ingest_close(ingest, NULL, &err) == RP_OK, err.text);
	ingest = NULL;
	return st;
}

/* A file that is refused as a whole is not kept; any other one is. */
static void
bytes_are_there(struct store *store, struct rp_slice bytes, enum rp_status was)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	CLEANUP(buf_done) struct rp_buf out;
	const struct sha256 hash = sha256_of(bytes);
	char hex[SHA256_HEX + 1];
	struct rp_error err = { .status = RP_OK };
	struct store_stats stats;
	struct capture capture;
	enum rp_status st;

	buf_init(&out, SIZE_MAX / 2);
	sha256_hex(&hash, hex);
	st = store_capture_find_prefix(store, rp_slice_str(hex), arena, &capture, &err);
	if (st == RP_NOT_FOUND && was == RP_BAD_SOURCE) {
		require(store_stats(store, &stats, &err) == RP_OK, err.text);
		require(stats.captures == 0, "half of a file is kept");
		return;
	}
	require(st == RP_OK, err.text);
	require(scratch_bytes(store, capture.id, &out, &err) == RP_OK, err.text);
	require(rp_slice_eq(buf_slice(&out), bytes), "other bytes");
}

static void
pack_all(struct store *store, bool tight)
{
	const struct compact_options options = { .tight = tight };
	struct compact_tally tally = { 0 };
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	while ((st = store_compact(store, &options, &tally, &err)) == RP_OK)
		;
	require(st == RP_END, err.text);
}

static void
nothing_is_damaged(struct store *store)
{
	struct rp_error err = { .status = RP_OK };

	require(store_verify(store, true, finding, NULL, &err) == RP_OK, err.text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const formats[] = { "x", "x", "x", "transcript" };
	CLEANUP(store_close) struct store *plain = NULL;
	CLEANUP(store_close) struct store *disk = NULL;
	CLEANUP(store_close) struct store *again = NULL;
	struct rp_slice bytes;
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	if (size < 2)
		return 0;
	bytes = rp_slice_from((const char *)data + 1, size - 1);
	require(store_memory_open(&plain, &err) == RP_OK, err.text);
	disk = scratch_open();
	st = import(plain, bytes, data[0] & 8 ? "" : formats[data[0] % 4]);
	require(import(disk, bytes, data[0] & 8 ? "" : formats[data[0] % 4]) == st,
	        "one store takes it, the other does not");
	bytes_are_there(plain, bytes, st);
	bytes_are_there(disk, bytes, st);
	pack_all(disk, (data[0] & 16) != 0);
	bytes_are_there(disk, bytes, st);
	nothing_is_damaged(plain);
	nothing_is_damaged(disk);
	require(store_memory_open(&again, &err) == RP_OK, err.text);
	require(ingest_replay(disk, again, &err) == RP_OK, err.text);
	require(compare_derived(plain, again, finding, NULL, &err) == RP_OK, err.text);
	return 0;
}
