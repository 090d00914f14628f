/*
 * Reading the columns of a block, record by record: over a record, or into a tree.
 * Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_WALK_H
#define RIPOSTE_STORAGE_BLOCK_WALK_H

#include "storage/block/column.h"
#include "storage/block/style.h"
#include "storage/block/tree.h"

/* A place to go back to is kept for every so-manieth record. */
enum { WALK_STEP = 16 };

struct walk_mark {
	uint32_t *at; /* offsets of the first n columns */
	uint32_t n;
	uint32_t entry; /* the next one */
};

/* A member of an object: which one, and its node. */
struct member {
	uint32_t index, node;
};

/* An object that later ones are like: its nodes, which count from the first of them. */
struct entry {
	const struct node *nodes; /* NULL: not complete */
	const uint8_t *tags;      /* of its template */
	struct member *varying;   /* those that are stored of each that is like it */
	uint32_t n_varying;
};

/* The form of a record: they are read when the block is opened. */
struct walk_form {
	uint32_t form;
	uint32_t n;     /* FORM_BYTES: its length */
	uint32_t first; /* the record in full that it is told after, or itself */
};

struct level;

struct walk {
	struct schema schema;
	enum shape shape; /* of the records */
	struct column *columns;
	const uint8_t **starts; /* of the columns */
	uint32_t n_columns;
	uint32_t met;      /* columns, so far */
	uint32_t roots[2]; /* classes of roots that are objects, arrays */
	struct style *styles;
	uint32_t n_styles, cap_styles;

	struct entry *entries;
	uint32_t n_entries, cap_entries;
	uint32_t entry;    /* the next one, which may be known already */
	struct tree spare; /* entries of records that are stepped over */

	uint32_t record; /* the next one */
	uint32_t n_records;
	struct walk_form *forms;

	/* The record before, as read, where the next one is told after it. */
	struct tree body, next_body;
	uint32_t body_of; /* NONE: of none */
	struct walk_mark *marks;
	uint32_t n_marks;
	size_t marked; /* offsets in all of them */

	struct level *open; /* containers, while a record is read */
	uint32_t *places;   /* of one key list; room for TREE_MAX_NODES */
};

/* What a record turned out to be. */
struct walked {
	bool is_tree;
	struct style style;    /* of a tree */
	struct rp_slice bytes; /* of what is none */
};

/*
 * Set up over the two streams, which stay borrowed.  RP_CORRUPT: the directory does not
 * fit them.
 */
enum rp_status walk_init(struct walk *walk, const struct shapes *shapes, enum shape shape,
                         struct rp_slice numbers, struct rp_slice texts,
                         uint32_t n_records, struct rp_error *err) RP_MUST_USE;
void walk_done(struct walk *walk);

/*
 * Go to a record and read it.  RP_CORRUPT: what is there cannot be.  The tree's values
 * are still to be evaluated (value of NODE_CODED).
 */
enum rp_status walk_to(struct walk *walk, uint32_t record, struct tree *tree,
                       struct walked *out, struct rp_error *err) RP_MUST_USE;

#endif
