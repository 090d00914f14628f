/*
 * One record as a flat array of nodes, in the order of its bytes: what the encoder makes
 * of JSON, what the decoder makes JSON of, and what predictions look at.  Private to this
 * room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_TREE_H
#define RIPOSTE_STORAGE_BLOCK_TREE_H

#include "core/base/arena.h"
#include "storage/block/schema.h"

enum {
	TREE_MAX_NODES = 1 << 16, /* larger records are kept as they are */
	TREE_MAX_DEPTH = 512,
	TREE_MAX_SCANS = 8,   /* texts of one record whose entities are remembered */
	TREE_MAX_STEPS = 512, /* members looked at for one: a stranger chooses them */
};

enum node_state {
	NODE_CODED,   /* decoder: the value is in `number` or in p, n, as the tag says */
	NODE_KNOWN,   /* p, n is the text */
	NODE_NO_TEXT, /* container, word, or a string nobody predicts from */
	/* Those of the encoder alone. */
	NODE_OMITTED, /* inside what is like, or the same as, another */
	NODE_CHANGE,  /* a number, written as change from that of node `list` */
	NODE_AGAIN,   /* as in the record before */
	NODE_PAIRED,  /* a container that the record before has too, its values differ */
};

struct node {
	const char *p;
	uint64_t number; /* decoder: see value.h */
	uint32_t n;
	uint32_t parent; /* NONE: the root */
	uint32_t next;   /* the node after this value and all inside it */
	uint32_t place;  /* NONE: the root */
	uint32_t key;    /* of the place; KEY_NONE: an element, or the root */
	uint32_t class;  /* container: its class */
	uint32_t list;   /* object: its key list */
	uint32_t index;  /* among its siblings */
	uint8_t tag;     /* enum tag */
	uint8_t state;   /* enum node_state */
	uint8_t rank;    /* see tree_rank() */
	uint8_t posts;   /* how many posts it is nested in */
	bool block_base; /* its times count from the block's base, not the record's */
};

struct candidates; /* see scan.h */

struct tree {
	struct schema *schema;
	struct node *nodes;
	uint32_t n, cap;
	struct arena *scratch; /* what is made up while predicting; lives as the record */
	/* Decoder: make the text of a node in state NODE_CODED; false: damaged. */
	bool (*evaluate)(struct tree *tree, uint32_t node);
	int64_t block_base; /* milliseconds in the block's first snowflake */
	int64_t base;       /* the same of this record's own id */
	uint32_t base_node; /* that id; NONE: there is none */
	uint32_t n_scans, next_scan;
	struct {
		uint32_t node;
		const struct candidates *found;
	} scans[TREE_MAX_SCANS];
};

void tree_init(struct tree *tree, struct schema *schema, struct arena *scratch);
void tree_done(struct tree *tree);

/* The nodes of another tree.  False: out of memory. */
bool tree_copy(struct tree *tree, const struct tree *from) RP_MUST_USE;

/* Forget the record. */
void tree_clear(struct tree *tree);

/*
 * One more node behind the last one; state and value are left to the caller.  NULL: too
 * many, or out of memory.  parent NONE makes the root.
 */
struct node *tree_add(struct tree *tree, uint32_t parent, uint32_t place, uint32_t index,
                      enum tag tag) RP_MUST_USE;

/* All nodes are there: find the record's own id.  False: there is no time in it. */
bool tree_complete(struct tree *tree);

static inline bool
tag_is_container(unsigned tag)
{
	return tag == TAG_OBJECT || tag == TAG_ARRAY;
}

/* The first member of this name, or NONE; far ones are not found. */
uint32_t tree_member(const struct tree *tree, uint32_t object, uint32_t key);

/* The n-th element, or NONE. */
uint32_t tree_element(const struct tree *tree, uint32_t array, uint32_t n);

/*
 * The text of a scalar, for a prediction of a node of the given rank: false when it has
 * none, or is not of a lower rank.  `node` may be NONE.
 */
bool tree_text(struct tree *tree, uint32_t node, unsigned rank, struct rp_slice *out);

#endif
