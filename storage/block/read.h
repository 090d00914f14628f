/*
 * What walking is made of: single columns, templates, values, and the way through the
 * containers of a record.  All give false (NULL, NONE) where what is there cannot be.
 * Private to the three files that walk.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_READ_H
#define RIPOSTE_STORAGE_BLOCK_READ_H

#include "storage/block/walk.h"

/* An open container. */
struct level {
	const uint8_t *tags;
	uint32_t class, list;
	uint32_t n, next;
	const struct member *varying; /* the values of one that is like an entry */
	const struct skip *skips;     /* how to step over them, if that is known, */
	const uint32_t *work;         /* or which of them are read; NULL: all */
	uint32_t node;                /* in the tree, when there is one */
	const struct node *like; /* the entry, or the record before, that it is like */
	uint32_t member;         /* its next one there */
	uint32_t end;            /* behind all of them */
	uint32_t entry;          /* its own number, when it is one */
	bool again;              /* what is the same is said by tags */
	uint8_t tag;             /* of the next value, if it was read; else 0 */
	bool is_entry;           /* to be kept when it is complete */
	bool block_base;
};

/* A column of a place, or NULL: there are no more. */
struct column *read_column(struct walk *walk, uint32_t place, enum column_use use);

bool read_number(struct walk *walk, uint32_t place, enum column_use use, uint64_t *out);

bool read_tag_is_valid(uint8_t tag);

/* The tag that a template leaves to the place's column. */
bool read_own_tag(struct walk *walk, uint32_t place, uint8_t *out);

/* The template of the next container of a class; `over` it, only what is stored. */
bool read_level(struct walk *walk, uint32_t class, bool over, struct level *out);

/* Over a value, or into a node. */
bool read_value(struct walk *walk, uint32_t place, uint8_t tag, struct node *node);

/* A template that was read once: how to step over its values.  False: out of memory. */
bool skip_prepare(struct walk *walk, uint32_t class, struct layout *layout) RP_MUST_USE;

/* Over values, up to the first that must be looked at.  False: they are not there. */
bool skip_values(struct walk *walk, struct level *level);

/*
 * Over a record's containers, or into a tree: descend.c.
 *
 * before  the record before, if this one is told after it
 */
bool read_tree(struct walk *walk, bool is_array, const struct tree *before,
               struct tree *tree);

#endif
