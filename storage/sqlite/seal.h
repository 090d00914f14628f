/*
 * Packing records together, inside: a window of records on its way into blocks.
 *
 *	seal.c       which records, and their move from one home to the other
 *	seal-pack.c  blocks and dictionaries made of them
 */
#ifndef RIPOSTE_STORAGE_SQLITE_SEAL_H
#define RIPOSTE_STORAGE_SQLITE_SEAL_H

#include "core/base/map.h"
#include "core/base/spool.h"
#include "core/parse/json.h"
#include "storage/sqlite/sqlite.h"

enum {
	/* Far apart, a poll of a timeline is some hundred records: the wider the window,
	 * the more bodies of one post stand together. */
	WINDOW_RECORDS = 32768,
	WINDOW_BYTES = 128 << 20,       /* as read, and one record more */
	WINDOW_PACKED_BYTES = 16 << 20, /* as they are kept so far, the same */
	WINDOW_MEMORY_BYTES = 2 << 20,  /* more of what was read is on disk meanwhile */

	/* Of a block, or of what dictionaries learn from. */
	SEALING_SOME_BYTES = 12 << 20,
};

struct sealing_record {
	int64_t id;
	enum record_kind kind;
	struct sha256 hash;
	uint64_t at;           /* in sealing.bytes */
	size_t n;              /* bytes */
	uint32_t author;       /* the first record by the same one */
	uint32_t group;        /* the first record of the same post */
	uint32_t block, place; /* where it goes */
	bool back;             /* it was read there, and is what it was */
};

/* Made plain, and perhaps once more with dictionaries that are new. */
enum { ATTEMPTS = 2 };

struct sealing_block {
	enum record_kind kind;
	size_t first, n; /* in sealing.order */
	size_t bytes;
	size_t at[ATTEMPTS], end[ATTEMPTS]; /* in sealing.data */
	unsigned attempt;                   /* the one that is kept */
};

/* The dictionaries for blocks of a kind: in the archive, or made here. */
struct sealing_pair {
	int64_t numbers_id, texts_id; /* 0: not in the archive */
	struct rp_buf numbers, texts; /* of new ones; empty: none are */
};

struct sealing {
	struct sqlite_store *s;
	bool tight;
	size_t most;                    /* records; at most WINDOW_RECORDS */
	struct sealing_record *records; /* consecutive ids */
	uint32_t *order; /* indexes of records, in the order in which they are packed */
	size_t n;
	struct spool bytes;
	uint64_t packed_bytes;   /* what they took so far */
	struct rp_buf one;       /* the record that is being read */
	struct rp_buf some;      /* those that are being packed */
	struct json_doc doc;     /* to find ids with */
	struct map *groups;      /* id of a post to the first record of it */
	struct map *authors;     /* likewise */
	struct arena *group_ids; /* the keys of both */
	struct sealing_block *blocks;
	size_t n_blocks;
	struct rp_buf data[ATTEMPTS];
	struct sealing_pair pairs[RECORD_KINDS];
	struct block_codec *codec;
};

/* Author and group of w->records[w->n], whose bytes are in w->one. */
enum rp_status sealing_group(struct sealing *w, struct rp_error *err) RP_MUST_USE;

/* Blocks out of w->records: everything that needs no transaction. */
enum rp_status sealing_pack(struct sealing *w, struct rp_error *err) RP_MUST_USE;

/* What is to be stored of a block. */
static inline struct rp_slice
sealing_data(const struct sealing *w, const struct sealing_block *block)
{
	return rp_slice_from(w->data[block->attempt].p + block->at[block->attempt],
	                     block->end[block->attempt] - block->at[block->attempt]);
}

#endif
