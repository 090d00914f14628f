/*
 * Files of our own: whole reads with a ceiling, and writes that are there completely or
 * not at all.
 */
#ifndef RIPOSTE_CORE_BASE_FILE_H
#define RIPOSTE_CORE_BASE_FILE_H

#include "core/base/buf.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

#include <stdio.h>

/*
 * Append a whole file to out.  RP_NOT_FOUND: no such file.  RP_BAD_ITEM: larger than
 * out's ceiling, or not a regular file.  RP_FAILED: cannot be read.  out is as it was
 * then.
 */
enum rp_status file_read(const char *path, struct rp_buf *out,
                         struct rp_error *err) RP_MUST_USE;

/*
 * A file that gets its name only when it is complete: written as ".riposte-*.tmp" beside
 * it, then fsync, rename, fsync of the directory.  Mode 0600 whatever the umask.  What a
 * killed process leaves behind is at most such a temporary file.
 */
struct new_file;

/*
 * RP_BAD_USAGE: path exists and replace is false (also when it came into being until the
 * commit), or is a symbolic link, a directory, a device: only a regular file is replaced.
 * RP_FAILED: its directory cannot be written.
 */
enum rp_status new_file_open(const char *path, bool replace, struct new_file **out,
                             struct rp_error *err) RP_MUST_USE;
FILE *new_file_stream(struct new_file *file); /* write here; owned by file */
/*
 * The temporary file's path, for a library that wants to open it itself, while nothing is
 * written to the stream; owned by file.
 */
const char *new_file_temporary(const struct new_file *file);
/*
 * Everything is on disk under its name when this returns RP_OK.  RP_FAILED: something
 * could not be written (the text has the path and why), and path is as it was; only when
 * the directory itself cannot be synced, the complete file has its name but a power cut
 * may undo that.  Frees file in any case.
 */
enum rp_status new_file_commit(struct new_file *file, struct rp_error *err) RP_MUST_USE;
/* Drop it: the temporary file is removed.  NULL is fine. */
struct new_file *new_file_abort(struct new_file *file);
DEFINE_CLEANUP(struct new_file *, new_file_abort);

/*
 * An empty file for as long as it is open, in $TMPDIR or /var/tmp (which is on a disk,
 * where /tmp may be memory).  The caller closes it.  RP_FAILED: cannot be made there.
 */
enum rp_status file_nameless(int *fd_out, struct rp_error *err) RP_MUST_USE;

/* All of bytes behind what was written to such a file.  RP_FAILED: the disk. */
enum rp_status file_write(int fd, struct rp_slice bytes,
                          struct rp_error *err) RP_MUST_USE;

/*
 * Make every missing directory above path, 0700 whatever the umask, and have them on the
 * disk. Those that exist are left as they are.
 */
enum rp_status file_make_parents(const char *path, struct rp_error *err) RP_MUST_USE;

/*
 * Point descriptors 0-2 at /dev/null when they are closed, so that no database is ever
 * opened as standard output; writing to that is an error then.  For main(), before
 * anything is opened.
 */
void file_guard_standard_descriptors(void);

#endif
