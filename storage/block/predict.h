/*
 * What a value probably is.  One function, used by the encoder (is it so?) and by the
 * decoder (then it is this): a pure function of values of the same record with a lower
 * rank.  Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_PREDICT_H
#define RIPOSTE_STORAGE_BLOCK_PREDICT_H

#include "storage/block/tree.h"

/*
 * The prediction of that number for a scalar node; false when there is none.  The text
 * lives in the tree's scratch arena or belongs to another node.
 */
bool predict(struct tree *tree, uint32_t node, unsigned number, struct rp_slice *out);

/* How many predictions there are for a node, the root having none. */
unsigned predict_count(const struct tree *tree, uint32_t node);

/* The innermost post around a node (itself not counted), else the root. */
uint32_t predict_post(const struct tree *tree, uint32_t node);

/* "id" of an object, or "id_str". */
bool predict_id(struct tree *tree, uint32_t object, unsigned rank, struct rp_slice *out);

#endif
