/*
 * Mentions, hashtags, cashtags and addresses in a text, as candidates for the entities
 * that a record lists beside it.  A candidate need not be one, and a missed one only
 * costs bytes: nothing here decides what a post says.  Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_SCAN_H
#define RIPOSTE_STORAGE_BLOCK_SCAN_H

#include "core/base/arena.h"
#include "core/base/slice.h"

enum entity_kind { ENTITY_MENTION, ENTITY_TAG, ENTITY_CASHTAG, ENTITY_URL };

struct candidate {
	enum entity_kind kind;
	uint32_t start, end;  /* code points; the sign in front counts */
	struct rp_slice text; /* without the sign */
};

struct candidates {
	struct rp_slice text;
	uint32_t length; /* code points */
	uint32_t n;
	struct candidate *found; /* in the order of the text */
};

enum { SCAN_MAX = 512 }; /* further candidates are not seen */

/* NULL: the arena is full. */
const struct candidates *scan_text(struct arena *arena, struct rp_slice text) RP_MUST_USE;

/* Where the n-th code point begins, or the length in bytes. */
size_t scan_offset(struct rp_slice text, uint32_t n);

/* Code points: bytes that do not continue one. */
uint32_t scan_length(struct rp_slice text);

#endif
