/*
 * What is inside of a zip or tar file, or of a folder: its entries one after the other,
 * each as a stream.
 *
 * Nothing is unpacked, and no name in an archive ever becomes the name of a file.  What
 * an archive says about sizes is not believed: what counts are the bytes that come out.
 *
 *	st = entries_open_zip(fd, &entries, err);
 *	while ((st = entries_next(entries, &entry, err)) == RP_OK)
 *		while ((st = entries_read(entries, chunk, size, &n, err)) == RP_OK)
 *			...
 */
#ifndef RIPOSTE_CORE_PARSE_ARCHIVE_H
#define RIPOSTE_CORE_PARSE_ARCHIVE_H

#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

enum {
	ENTRIES_MAX = 1 << 20,       /* of one archive; the largest have some 100,000 */
	ENTRY_NAME_MAX = 4096,       /* longer ones are ENTRY_OTHER */
	ENTRY_RATIO_MAX = 200,       /* bytes out of one byte; posts come to 20 */
	ENTRY_RATIO_FREE = 32 << 20, /* bytes, before the ratio counts */
	ENTRY_FOLDERS_DEEP = 32,     /* below a folder */
};

enum entry_kind {
	ENTRY_FILE,
	ENTRY_FOLDER,
	ENTRY_OTHER, /* a link, a device, a file with holes: never read */
};

#define ENTRY_SIZE_UNKNOWN UINT64_MAX

struct entry {
	struct rp_slice name; /* as written there; until the next entries_next() */
	enum entry_kind kind;
	uint64_t size; /* as told there, or ENTRY_SIZE_UNKNOWN */
	bool encrypted;
};

struct entries;

/*
 * Does a zip begin at the descriptor's place, or one end at the end of the file (there
 * may be other things in front)?  false for what cannot be read at any place.
 */
bool archive_is_zip(int fd);

/* Does one seem to end near the end of the file, wherever fd stands in it and whatever
 * comes behind? */
bool archive_has_zip(int fd);

/* Is this the beginning of an xz or bzip2 file? */
bool archive_is_packed(struct rp_slice head);

/* Is this the beginning of a tar file, decompressed? */
bool archive_is_tar(struct rp_slice head);

/*
 * A regular file from where fd stands; fd is borrowed.  RP_BAD_SOURCE: it ends early, or
 * its directory is larger than 64 MiB.  RP_BAD_CONFIG: libarchive is not on this machine.
 */
enum rp_status entries_open_zip(int fd, struct entries **out,
                                struct rp_error *err) RP_MUST_USE;

/* The same, plain or compressed: as pack.h reads, or with xz or bzip2. */
enum rp_status entries_open_tar(int fd, struct entries **out,
                                struct rp_error *err) RP_MUST_USE;

/* Everything below a directory, by name; symbolic links are not followed. */
enum rp_status entries_open_folder(int fd, struct entries **out,
                                   struct rp_error *err) RP_MUST_USE;

struct entries *entries_close(struct entries *entries);
DEFINE_CLEANUP(struct entries *, entries_close);

/* RP_END after the last.  RP_BAD_SOURCE: damaged from here on, or too many. */
enum rp_status entries_next(struct entries *entries, struct entry *out,
                            struct rp_error *err) RP_MUST_USE;

/*
 * Up to `size` (not 0) more bytes of the entry, at least one.  RP_END behind the last.
 * RP_BAD_SOURCE: damaged (a checksum tells it at the end only), encrypted, or more comes
 * out of it than ENTRY_RATIO_MAX allows.
 */
enum rp_status entries_read(struct entries *entries, char *into, size_t size,
                            size_t *n_out, struct rp_error *err) RP_MUST_USE;

/* Begin again before the first. */
enum rp_status entries_rewind(struct entries *entries, struct rp_error *err) RP_MUST_USE;

#endif
