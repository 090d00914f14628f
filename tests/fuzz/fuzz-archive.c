/*
 * Any bytes as a zip and as a tar file: listed, chosen from, and read.  Whatever they
 * are: no more comes out of them than the limits allow, and reading ends.
 */
#include "core/base/file.h"
#include "core/collect/bundle.h"
#include "core/parse/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool good, const char *wrong)
{
	if (good)
		return;
	(void)fprintf(stderr, "fuzz-archive: %s\n", wrong);
	abort();
}

static uint64_t
read_entry(struct entries *entries)
{
	static char chunk[1 << 16];
	uint64_t total = 0;
	size_t n = 0;

	while (entries_read(entries, chunk, sizeof(chunk), &n, NULL) == RP_OK) {
		require(n > 0 && n <= sizeof(chunk), "an odd number of bytes");
		total += n;
	}
	return total;
}

static void
read_entries(struct entries *entries, size_t size)
{
	const uint64_t most = ENTRY_RATIO_FREE + (size + (1 << 20)) * ENTRY_RATIO_MAX;
	struct entry entry;
	size_t n = 0;

	while (entries_next(entries, &entry, NULL) == RP_OK) {
		require(entry.name.n <= ENTRY_NAME_MAX, "a name that is too long");
		require(entry.kind != ENTRY_FILE || entry.name.n > 0, "no name");
		require(n++ < ENTRIES_MAX, "too many entries");
		if (entry.kind == ENTRY_FILE && n < 50)
			require(read_entry(entries) <= most, "more than the limit");
	}
	require(entries_rewind(entries, NULL) != RP_END, "an end before the beginning");
}

static void
read_bundle(int fd, enum bundle_kind kind)
{
	CLEANUP(bundle_close) struct bundle *bundle = NULL;
	struct bundle_member member;
	char bytes[100];
	size_t n;

	if (bundle_open(fd, kind, &bundle, NULL) != RP_OK)
		return;
	for (int i = 0; i < 50 && bundle_next(bundle, &member, NULL) == RP_OK; i++) {
		struct reader reader = bundle_reader(bundle);

		(void)reader.read(reader.context, bytes, sizeof(bytes), &n, NULL);
		require(bundle_again(bundle, NULL) != RP_END,
		        "an end instead of a member");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(entries_close) struct entries *zip = NULL, *tar = NULL;
	const struct rp_slice bytes = rp_slice_from((const char *)data, size);
	int fd;

	if (file_nameless(&fd, NULL) != RP_OK)
		return 0;
	if (file_write(fd, bytes, NULL) == RP_OK && lseek(fd, 0, SEEK_SET) == 0) {
		(void)archive_is_tar(bytes);
		if (archive_is_zip(fd) && entries_open_zip(fd, &zip, NULL) == RP_OK)
			read_entries(zip, size);
		(void)lseek(fd, 0, SEEK_SET);
		read_bundle(fd, BUNDLE_ZIP);
		(void)lseek(fd, 0, SEEK_SET);
		if (entries_open_tar(fd, &tar, NULL) == RP_OK)
			read_entries(tar, size);
		(void)lseek(fd, 0, SEEK_SET);
		read_bundle(fd, BUNDLE_TAR);
	}
	zip = entries_close(zip);
	tar = entries_close(tar);
	(void)close(fd);
	return 0;
}
