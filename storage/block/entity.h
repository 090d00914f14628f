/*
 * Predictions of what stands beside a text: offsets, names and addresses of its entities.
 * Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_ENTITY_H
#define RIPOSTE_STORAGE_BLOCK_ENTITY_H

#include "storage/block/tree.h"

/* What all predictions are given. */
struct asking {
	struct tree *tree;
	uint32_t node;
	unsigned rank;
	const struct rule_op *op;
};

/* Start, end or text of the entity a value belongs to. */
bool entity_predict(const struct asking *a, struct rp_slice *out);

/* The piece of the text between the start and the end beside a value. */
bool entity_slice(const struct asking *a, struct rp_slice *out);

/* Code points of the text beside the array a value is in; 0 for its first element. */
bool entity_length(const struct asking *a, struct rp_slice *out);

/* The node of a post's text, or NONE. */
uint32_t entity_text(const struct tree *tree, uint32_t post);

#endif
