/*
 * Addresses with parts that the record says elsewhere: its id, its author's name, the id
 * of the picture.  Each such part becomes one byte.  Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_KNOWN_H
#define RIPOSTE_STORAGE_BLOCK_KNOWN_H

#include "core/base/buf.h"
#include "storage/block/tree.h"

/*
 * The text of a node with every known part replaced; false when there is none, or the
 * text cannot be written so.  Appended to out.
 */
bool known_shorten(struct tree *tree, uint32_t node, struct rp_slice text,
                   struct rp_buf *out);

/* The way back; false when a part is not known, or the arena is full. */
bool known_expand(struct tree *tree, uint32_t node, struct rp_slice shortened,
                  struct rp_slice *out);

#endif
