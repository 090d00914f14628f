/*
 * Runs of three words: how much two texts have in common, whatever was put in between.
 */
#ifndef RIPOSTE_CORE_BASE_THREES_H
#define RIPOSTE_CORE_BASE_THREES_H

#include "core/base/arena.h"
#include "core/base/slice.h"

struct threes {
	uint64_t *hashes; /* sorted, each once */
	size_t n;         /* 0: fewer than three words */
};

/* folded: as utf8_fold() leaves it, single blanks between words.  false: arena full. */
bool threes_read(struct rp_slice folded, struct arena *arena,
                 struct threes *out) RP_MUST_USE;

/* How many both have. */
size_t threes_common(const struct threes *a, const struct threes *b);

#endif
