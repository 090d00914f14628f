/*
 * The second half of encoding: planned records become columns, columns become the two
 * streams.  Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_EMIT_H
#define RIPOSTE_STORAGE_BLOCK_EMIT_H

#include "storage/block/plan.h"

struct emitter {
	struct plan *plan;
	const struct rp_slice *records;
	size_t n;

	struct rp_buf *columns;
	bool *is_text; /* of each column */
	uint32_t n_columns, cap_columns;

	struct map *templates;    /* class, key list and tags -> number in its class */
	struct arena *arena;      /* keys of that map */
	uint32_t (*counts)[TAGS]; /* how often each place has each tag */
	uint32_t *list_numbers;   /* of each key list in its class; NONE: not met yet */
	uint32_t *n_lists;        /* met, of each class */
	uint32_t styles_met;
	uint8_t *tags; /* of one container; room for TREE_MAX_NODES */
	bool failed;   /* out of memory */
};

/* False: out of memory. */
bool emitter_init(struct emitter *e, struct plan *plan, const struct rp_slice *records,
                  size_t n) RP_MUST_USE;
void emitter_done(struct emitter *e);

/* Before that: the tags of all values, and which of them are not in templates. */
void emit_decide(struct emitter *e);

/* All records, after any of them were planned anew; false: out of memory. */
bool emit_all(struct emitter *e, struct rp_buf *numbers,
              struct rp_buf *texts) RP_MUST_USE;

#endif
