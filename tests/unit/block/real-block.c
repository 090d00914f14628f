/*
 * Real records through sealed blocks: every line of every JSON file below a directory
 * comes back byte for byte, whatever it is, under every kind.  Argument: the directory;
 * empty: skipped (77).
 */
#include "core/base/file.h"
#include "storage/block/block.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { SKIPPED = 77, FILE_MAX = 64 << 20, PER_BLOCK = 512, DEPTH_MAX = 8 };

static struct block_codec *codec;
static size_t records_read, records_failed, bytes_in, bytes_out;
static int failures;

static void
complain(const char *path, const char *what)
{
	(void)fprintf(stderr, "%s: %s\n", path, what);
	failures++;
}

static void
check_block(const char *path, struct rp_slice bytes, const struct rp_slice *records,
            size_t n)
{
	CLEANUP(block_close) struct block *block = NULL;
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { .status = RP_OK };

	buf_init(&out, RECORD_MAX_BYTES);
	if (block_open(codec, bytes, NULL, &block, &err) != RP_OK) {
		complain(path, err.text);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		size_t at = (i * 101 + 7) % n;

		buf_clear(&out);
		if (block_get(block, (uint32_t)at, &out, &err) != RP_OK)
			complain(path, err.text);
		else if (!rp_slice_eq(buf_slice(&out), records[at]))
			complain(path, "a record came back as other bytes");
	}
}

static void
seal(const char *path, enum record_kind kind, const struct rp_slice *records, size_t n)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct block_input input = {
		.kind = kind, .records = records, .n = n, .level = 1
	};
	struct block_stats stats;
	struct rp_error err = { .status = RP_OK };

	buf_init(&out, SIZE_MAX / 2);
	if (block_encode(codec, &input, &out, &stats, &err) != RP_OK) {
		complain(path, err.text);
		return;
	}
	records_read += n;
	records_failed += stats.failed;
	bytes_in += stats.bytes_in;
	bytes_out += stats.bytes_out;
	check_block(path, buf_slice(&out), records, n);
}

static void
seal_file(const char *path, enum record_kind kind)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_slice records[PER_BLOCK], rest;
	struct rp_error err = { .status = RP_OK };
	size_t n = 0;

	buf_init(&text, FILE_MAX);
	if (file_read(path, &text, &err) != RP_OK) {
		complain(path, err.text);
		return;
	}
	rest = buf_slice(&text);
	if (rest.n <= RECORD_MAX_BYTES)
		seal(path, kind, &rest, 1);
	while (rest.n > 0) {
		records[n++] = rp_slice_cut(&rest, '\n');
		if (n == PER_BLOCK || rest.n == 0) {
			seal(path, kind, records, n);
			n = 0;
		}
	}
}

static bool
is_json(const char *name)
{
	struct rp_slice s = rp_slice_str(name);

	return rp_slice_ends(s, RP_SLICE(".json")) ||
	       rp_slice_ends(s, RP_SLICE(".jsonl"));
}

static void
seal_below(const char *path, unsigned depth)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	struct stat st;
	char name[4096];

	if (dir == NULL || depth > DEPTH_MAX) {
		complain(path, "cannot be read");
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		if (stat(name, &st) != 0)
			complain(name, "cannot be read");
		else if (S_ISDIR(st.st_mode))
			seal_below(name, depth + 1);
		else if (is_json(entry->d_name))
			for (int kind = 1; kind < RECORD_KINDS; kind++)
				seal_file(name, (enum record_kind)kind);
	}
	(void)closedir(dir);
}

int
main(int argc, char **argv)
{
	if (argc < 2 || argv[1][0] == '\0')
		return SKIPPED;
	codec = block_codec_new();
	if (codec == NULL)
		return 1;
	seal_below(argv[1], 0);
	block_codec_free(codec);
	(void)printf(
		"%zu records, %zu bytes in, %zu out, %zu found wrong while encoding\n",
		records_read, bytes_in, bytes_out, records_failed);
	if (records_failed > 0)
		complain(argv[1], "the encoder had to take back records");
	return failures > 0;
}
