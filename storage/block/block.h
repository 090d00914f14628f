/*
 * Sealed blocks: many records of one kind, much smaller together than each by itself, and
 * any one of them read without the others.
 *
 * A record is any bytes, in most cases a JSON object of a post.  Those that are JSON are
 * taken apart: keys and structure become templates, each place in them a column, and a
 * value that follows from others ("id_str" from "id", the offsets of a mention from the
 * text) is not stored at all.  What is left is compressed in two streams, numbers and
 * texts.  Everything comes back byte for byte: the encoder decodes what it wrote before
 * it hands it out, and keeps as it is what it could not take apart.
 *
 * The format is drawn in encode.c.
 *
 *	codec = block_codec_new();
 *	st = block_encode(codec, &input, &bytes, &stats, err);
 *	...
 *	st = block_open(codec, bytes, &dicts, &block, err);
 *	if (st == RP_OK)
 *		st = block_get(block, 17, &out, err);
 */
#ifndef RIPOSTE_STORAGE_BLOCK_BLOCK_H
#define RIPOSTE_STORAGE_BLOCK_BLOCK_H

#include "core/base/buf.h"
#include "core/base/hash.h"
#include "core/base/pack.h"
#include "core/model/capture.h"

enum {
	BLOCK_MAX_RECORDS = 4096,
	BLOCK_MAX_BYTES = 64 << 20, /* of all its records */
};

/* Tables and working memory for both directions; one a thread. */
struct block_codec;

struct block_codec *block_codec_new(void) RP_MUST_USE; /* NULL: out of memory */
struct block_codec *block_codec_free(struct block_codec *codec);
DEFINE_CLEANUP(struct block_codec *, block_codec_free);

/*
 * The dictionaries of a kind of records: one for numbers, one for texts, and the hashes
 * of their bytes (hash_stable()), by which a block names them.  NULL: none.
 */
struct block_dicts {
	const struct pack_dict *numbers, *texts;
	uint64_t numbers_hash, texts_hash;
};

struct block_input {
	enum record_kind kind;
	const struct rp_slice *records;
	size_t n;                        /* 1..BLOCK_MAX_RECORDS */
	const struct sha256 *hashes;     /* of the records, or NULL: made here */
	const struct block_dicts *dicts; /* or NULL; made for packing (level > 0) */
	int level; /* 1..19; where there is a dictionary its own level counts */
};

struct block_stats {
	size_t bytes_in, bytes_out;
	size_t numbers, texts; /* bytes of the two streams, before compression */
	size_t numbers_packed, texts_packed;
	uint32_t taken_apart; /* records that became columns */
	uint32_t failed;      /* that should have, but came back as other bytes */
	uint32_t columns, templates;
};

/*
 * Make one block, appended to out.  The same input gives the same bytes.
 *
 * RP_BAD_ITEM  no records, too many or too long ones, or no room below out's ceiling
 * RP_FAILED    out of memory
 *
 * Nothing is appended then.  About 60 MB/s besides zstd, half of it to check the result;
 * memory: about six times the records.
 */
enum rp_status block_encode(struct block_codec *codec, const struct block_input *input,
                            struct rp_buf *out, struct block_stats *stats_out,
                            struct rp_error *err) RP_MUST_USE;

/*
 * Train the two dictionaries out of n records of one kind; appended to the two buffers.
 * For a kind and a source, from records spread over all that will be packed: 20 MB are
 * plenty.  They pay from about 5,000 posts on; the caller compares sizes.
 *
 * RP_NOT_FOUND  too few, or too alike
 */
enum rp_status block_train(struct block_codec *codec, enum record_kind kind,
                           const struct rp_slice *records, size_t n, size_t max_bytes,
                           struct rp_buf *numbers_out, struct rp_buf *texts_out,
                           struct rp_error *err) RP_MUST_USE;

/* What a block needs to be opened. */
struct block_needs {
	enum record_kind kind;
	uint32_t n;
	bool numbers, texts; /* dictionaries */
	uint64_t numbers_hash, texts_hash;
	uint64_t bytes; /* of all its records */
};

/* Reads the head only.  RP_CORRUPT: this is no block. */
enum rp_status block_needs(struct rp_slice bytes, struct block_needs *out,
                           struct rp_error *err) RP_MUST_USE;

struct block;

/*
 * Open a block for reading.  Any bytes may be given.
 *
 * bytes  borrowed until the block is closed
 * dicts  those it needs (others are refused by their hash), or NULL; borrowed likewise
 *
 * RP_CORRUPT    a byte was changed, or this is no block
 * RP_NOT_FOUND  another dictionary is needed
 *
 * Costs the checksum and the decompression of the whole block.
 */
enum rp_status block_open(struct block_codec *codec, struct rp_slice bytes,
                          const struct block_dicts *dicts, struct block **out,
                          struct rp_error *err) RP_MUST_USE;
struct block *block_close(struct block *block);
DEFINE_CLEANUP(struct block *, block_close);

uint32_t block_count(const struct block *block);
enum record_kind block_kind(const struct block *block);

/*
 * One record, appended to out; index < block_count().  Records before it are stepped
 * over, from the nearest of every 16 that was passed before, so reading all in order
 * costs no more than reading each once.
 *
 * RP_CORRUPT   damaged in a way that the checksum did not show: a hostile block
 * RP_BAD_ITEM  no room below out's ceiling
 *
 * Nothing is appended then.
 */
enum rp_status block_get(struct block *block, uint32_t index, struct rp_buf *out,
                         struct rp_error *err) RP_MUST_USE;

/* Read every record and compare their hashes with the one the block holds of them. */
enum rp_status block_verify(struct block *block, struct rp_error *err) RP_MUST_USE;

#endif
