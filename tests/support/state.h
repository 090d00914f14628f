/*
 * What is in the files that a cut left (cut.c).  Ends the program where one cannot be
 * read.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_STATE_H
#define RIPOSTE_TESTS_SUPPORT_STATE_H

#include "core/base/slice.h"

#include <stdint.h>

enum { PATH_BYTES = 4096 };

/* PLACE/NAME, in room. */
const char *file_path(const char *place, const char *name, char room[PATH_BYTES]);

/* All of a file, to be given back. */
struct rp_slice file_map(const char *path);
void file_unmap(struct rp_slice bytes);

/* 0: it is not there. */
uint64_t file_hash(const char *place, const char *name);

/* What an archive amounts to. */
struct state {
	uint64_t hash; /* of its pages; 0: none, or an empty file */
	uint64_t posts;
	bool opened; /* as far as SQLite is concerned */
};

/* Opens it, which recovers it. */
struct state archive_state(const char *path);

/* Is it, as riposte sees it, with every record hashed?  What is wrong goes to stderr. */
bool archive_sound(const char *path);

#endif
