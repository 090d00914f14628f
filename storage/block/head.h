/*
 * A block's head and its checksums; drawn in encode.c.  Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_HEAD_H
#define RIPOSTE_STORAGE_BLOCK_HEAD_H

#include "storage/block/block.h"
#include "storage/block/schema.h"

enum {
	HEAD_NUMBERS_DICT = 1,
	HEAD_TEXTS_DICT = 2,
	HEAD_NUMBERS_STORED = 4, /* not compressed */
	HEAD_TEXTS_STORED = 8,
	HEAD_FLAGS = 15,

	BLOCK_VERSION = 1,
	CHECKSUM_BYTES = 8,
};

/* A stream, or rather its frame. */
struct head_stream {
	uint64_t bytes, packed;
	uint64_t dict;
};

struct head {
	uint8_t kind, flags;
	uint64_t n, bytes;
	uint64_t base;
	struct head_stream numbers, texts;
	size_t length; /* of the head itself */
};

void head_write(const struct head *head, struct rp_buf *out);

/* RP_CORRUPT: no block, or numbers that cannot be. */
enum rp_status head_read(struct rp_slice bytes, struct head *out,
                         struct rp_error *err) RP_MUST_USE;

/* The hash over a block's records: SHA-256 of their SHA-256s, one behind the other. */
struct sha256 head_root(const struct sha256 *hashes, size_t n);

void head_write_u64(struct rp_buf *out, uint64_t value);
uint64_t head_read_u64(const char *p);

/* All that is kept from one block to the next. */
struct block_codec {
	struct shapes *shapes;
	struct packer *packer;
};

#endif
