/*
 * A disk that loses its power: what may be on it after any of the requests that a program
 * made (journal.h), when only what was synced is sure to be.
 *
 * Stricter than any one file system: a file's bytes are safe by a sync of that file, its
 * name by a sync of the directory it is in, and neither by anything else.  What is
 * overwritten is either old or new (or garbage, when a cut is to tear); what lies beside
 * it stays.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_DISK_H
#define RIPOSTE_TESTS_SUPPORT_DISK_H

#include "core/base/cleanup.h"
#include "core/base/slice.h"
#include "tests/support/journal.h"

/* What became of the requests that were not synced. */
enum cut {
	CUT_NOTHING,    /* survived: none of them */
	CUT_SUBSET,     /* any of them, whatever their order */
	CUT_TORN,       /* the same, and of some any sectors, and garbage in others */
	CUT_ALL,        /* they were done */
	CUT_NO_ENTRIES, /* all bytes, but no name */
	CUT_NO_DATA,    /* all names, but no bytes */
	CUTS,
};

/* One request; name and data are borrowed. */
struct request {
	struct journal_record head;
	struct rp_slice name, data;
};

/* The next one off the front of a journal; false at its end.  Ends the program when it is
 * cut off. */
bool request_next(struct rp_slice *journal, struct request *out);

struct disk;

/* Empty, or with the files of a directory, all of them synced.  Ends the program where it
 * cannot be made, like all that follows. */
struct disk *disk_new(const char *directory_or_null);
struct disk *disk_free(struct disk *disk);
DEFINE_CLEANUP(struct disk *, disk_free);

/* Has the request made: its data must stay where it is as long as the disk does. */
void disk_request(struct disk *disk, const struct request *request);

/*
 * Make directory `place` hold what is on the disk after a cut here, and nothing else.
 * The same seed gives the same.  Returns a hash of it all.
 */
uint64_t disk_cut(struct disk *disk, enum cut cut, uint64_t seed, const char *place);

/* Calls look for each file in `place` itself, but for riposte's temporary ones. */
void disk_walk(const char *place, void (*look)(void *context, const char *name),
               void *context);

#endif
