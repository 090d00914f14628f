/* A small archive with every kind of fact in it, for tests that damage it. */
#ifndef RIPOSTE_TESTS_UNIT_SQLITE_SAMPLE_H
#define RIPOSTE_TESTS_UNIT_SQLITE_SAMPLE_H

#include "storage/store.h"
#include "tests/support/spec.h"

/* A directory of the test's own, and a path in it. */
struct place {
	char directory[200];
	char path[240];
};
void place_make(struct place *place);
void place_remove(struct place *place);

/*
 * Make the sample at path: runs open and closed, captures complete, cut off and met
 * again, records with a dictionary and without, rejects, posts with words.
 */
void sample_make(const char *path);

/*
 * Every fact as text, appended to out.  RP_CORRUPT and the like: what the store said when
 * it noticed that something is wrong.
 */
enum rp_status sample_facts(struct store *store, struct rp_buf *out,
                            struct rp_error *err);

enum { SAMPLE_RECORDS = 1100 };

#endif
