/*
 * The first half of encoding: records become trees, and every value gets the tag that
 * says how it will be written.  Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_PLAN_H
#define RIPOSTE_STORAGE_BLOCK_PLAN_H

#include "core/base/buf.h"
#include "core/parse/json.h"
#include "storage/block/style.h"
#include "storage/block/tree.h"

enum {
	PLAN_MAX_RECORD = 4 << 20, /* longer records are kept as they are */
	PLAN_MAX_NODES = 2 << 20,  /* of all records; those behind likewise */
};

/* A record that was taken apart (n > 0), or not. */
struct planned {
	uint32_t first, n; /* its nodes */
	uint32_t style;
	uint32_t base_node; /* of those: its own id, or NONE */
	int64_t base;
	bool own_base;  /* else that of the block counts, which is known at the end */
	uint32_t again; /* records since the one in full it is told after; 0: that one */
};

struct plan {
	struct schema schema;
	struct tree tree;
	struct json_doc doc;
	struct arena *texts;   /* unescaped strings, of all records */
	struct arena *scratch; /* of one record */
	struct rp_buf parts;   /* shortened texts, of all records */
	struct rp_buf again;   /* a record or a string written again, to compare */
	uint32_t *places;      /* keys of one object; room for TREE_MAX_NODES */
	uint32_t roots[2];     /* classes of roots that are objects, arrays */
	enum shape shape;
	bool has_base; /* tree.block_base is set */
	bool own_base; /* and the present record's */

	struct planned *records;
	struct node *nodes; /* of all records, which parent and next count through */
	uint32_t n_nodes, cap_nodes;
	struct style *styles;
	uint32_t n_styles, cap_styles;
};

/* False: out of memory. */
bool plan_init(struct plan *plan, const struct shapes *shapes, enum record_kind kind,
               size_t n_records) RP_MUST_USE;
void plan_done(struct plan *plan);

/* One more record, as number i.  bytes: borrowed.  False: out of memory. */
bool plan_record(struct plan *plan, size_t i, struct rp_slice bytes) RP_MUST_USE;

/* The nodes of an object whose values are told elsewhere. */
static inline void
plan_omit(struct plan *plan, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		plan->nodes[i].state = NODE_OMITTED;
}

/* The shortened text of a node with TAG_PARTS. */
static inline struct rp_slice
plan_parts(const struct plan *plan, const struct node *node)
{
	return rp_slice_from(plan->parts.p + (node->number >> 24),
	                     (size_t)(node->number & 0xffffff));
}

/* What is written for a value, besides its tag. */
static inline struct rp_slice
plan_written(const struct plan *plan, const struct node *node)
{
	if (node->tag == TAG_PARTS)
		return plan_parts(plan, node);
	return node->tag >= TAG_PREDICTED ? RP_SLICE("")
	                                  : rp_slice_from(node->p, node->n);
}

#endif
