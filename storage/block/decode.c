/*
 * Reading a block: any bytes may come, and what is not a block, or was changed, is told
 * and never crashes or grows beyond what the head says and the streams can hold.
 */
#include "storage/block/head.h"
#include "storage/block/known.h"
#include "storage/block/predict.h"
#include "storage/block/value.h"
#include "storage/block/walk.h"

#include <stdlib.h>

enum { SCRATCH_MAX = 64 << 20 };

struct block {
	struct head head;
	struct rp_slice bytes;
	struct rp_buf numbers, texts; /* decompressed; empty where stored */
	struct walk walk;
	struct tree tree;
	struct arena *scratch;
	struct rp_buf record;
};

/* ---- values ---- */

static bool
set_text(struct tree *tree, struct node *node, const char *p, size_t n)
{
	char *copy = arena_alloc(tree->scratch, n);

	if (copy == NULL)
		return false;
	memcpy(copy, p, n);
	node->p = copy;
	node->n = (uint32_t)n;
	node->state = NODE_KNOWN;
	return true;
}

static bool
set_snowflake(struct tree *tree, uint32_t at, struct rp_slice prefix)
{
	struct node *node = &tree->nodes[at];
	bool of_block = at == tree->base_node || node->block_base ||
	                node->tag == TAG_ANCHORED || node->tag == TAG_BARE_ANCHORED;
	int64_t base = of_block ? tree->block_base : tree->base;
	uint64_t time = (uint64_t)base + (uint64_t)unzigzag(node->number);
	char text[2 + DIGITS_MAX];

	if (prefix.n > 0)
		memcpy(text, prefix.p, prefix.n);
	return set_text(tree, node, text,
	                prefix.n +
	                        value_put_digits(text + prefix.n,
	                                         time << SNOWFLAKE_TIME_SHIFT | node->n));
}

static bool
set_slice(struct node *node, struct rp_slice text)
{
	node->p = text.p;
	node->n = (uint32_t)text.n;
	node->state = NODE_KNOWN;
	return true;
}

/* What a node with a coded value is; see read_value() in walk.c for what is there. */
static bool
evaluate(struct tree *tree, uint32_t at)
{
	struct node *node = &tree->nodes[at];
	char text[DATE_MAX], key[2];
	struct rp_slice found;
	unsigned tag = node->tag;

	switch (tag) {
	case TAG_DIGITS:
		return set_text(tree, node, text, value_put_digits(text, node->number));
	case TAG_INTEGER:
		return set_text(tree, node, text,
		                value_put_integer(text, unzigzag(node->number)));
	case TAG_SNOWFLAKE:
	case TAG_BARE_SNOWFLAKE:
	case TAG_ANCHORED:
	case TAG_BARE_ANCHORED:
		return set_snowflake(tree, at, RP_SLICE(""));
	case TAG_MEDIA_KEY:
		key[0] = node->p[0];
		key[1] = '_';
		return set_snowflake(tree, at, rp_slice_from(key, 2));
	case TAG_PARTS:
		return known_expand(tree, at, rp_slice_from(node->p, node->n), &found) &&
		       set_slice(node, found);
	default:
		break;
	}
	if (tag < TAG_PREDICTED)
		return set_text(
			tree, node, text,
			value_put_date(text, tag - TAG_DATE, (uint32_t)node->number));
	return predict(tree, at, (tag - TAG_PREDICTED) % OPS_MAX, &found) &&
	       set_slice(node, found);
}

/* ---- opening ---- */

static enum rp_status
check_whole(struct rp_slice bytes, struct rp_error *err)
{
	size_t n = bytes.n - CHECKSUM_BYTES;

	if (hash_stable(rp_slice_from(bytes.p, n)) != head_read_u64(bytes.p + n))
		return rp_fail(err, RP_CORRUPT, "a block does not have its checksum");
	return RP_OK;
}

/* A stream's bytes: in the block itself, or decompressed into the buffer. */
static enum rp_status
open_stream(struct block_codec *codec, struct rp_slice frame,
            const struct head_stream *stream, bool stored, const struct pack_dict *dict,
            struct rp_buf *buf, struct rp_slice *out, struct rp_error *err)
{
	enum rp_status st;

	*out = frame;
	if (stored)
		return frame.n == stream->bytes
		               ? RP_OK
		               : rp_fail(err, RP_CORRUPT, "a stream of another length");
	st = unpack(codec->packer, dict, frame, (size_t)stream->bytes, buf, err);
	*out = buf_slice(buf);
	return st;
}

static enum rp_status
check_dicts(const struct head *head, const struct block_dicts *dicts,
            struct rp_error *err)
{
	bool numbers = (head->flags & HEAD_NUMBERS_DICT) != 0;
	bool texts = (head->flags & HEAD_TEXTS_DICT) != 0;

	if ((numbers && (dicts == NULL || dicts->numbers == NULL ||
	                 dicts->numbers_hash != head->numbers.dict)) ||
	    (texts && (dicts == NULL || dicts->texts == NULL ||
	               dicts->texts_hash != head->texts.dict)))
		return rp_fail(err, RP_NOT_FOUND, "a block needs another dictionary");
	return RP_OK;
}

static enum rp_status
open_streams(struct block *block, struct block_codec *codec,
             const struct block_dicts *dicts, struct rp_slice *numbers,
             struct rp_slice *texts, struct rp_error *err)
{
	const struct head *head = &block->head;
	struct rp_slice frames = rp_slice_skip(block->bytes, head->length);
	enum rp_status st;

	st = open_stream(codec, rp_slice_from(frames.p, head->numbers.packed),
	                 &head->numbers, (head->flags & HEAD_NUMBERS_STORED) != 0,
	                 head->flags & HEAD_NUMBERS_DICT ? dicts->numbers : NULL,
	                 &block->numbers, numbers, err);
	if (st != RP_OK)
		return st;
	frames = rp_slice_skip(frames, head->numbers.packed);
	return open_stream(codec, rp_slice_from(frames.p, head->texts.packed),
	                   &head->texts, (head->flags & HEAD_TEXTS_STORED) != 0,
	                   head->flags & HEAD_TEXTS_DICT ? dicts->texts : NULL,
	                   &block->texts, texts, err);
}

static enum rp_status
open_block(struct block *block, struct block_codec *codec,
           const struct block_dicts *dicts, struct rp_error *err)
{
	struct rp_slice numbers, texts;
	enum rp_status st = head_read(block->bytes, &block->head, err);

	if (st == RP_OK)
		st = check_whole(block->bytes, err);
	if (st == RP_OK)
		st = check_dicts(&block->head, dicts, err);
	if (st == RP_OK)
		st = open_streams(block, codec, dicts, &numbers, &texts, err);
	if (st != RP_OK)
		return st;
	return walk_init(&block->walk, codec->shapes,
	                 shape_of_kind((enum record_kind)block->head.kind), numbers,
	                 texts, (uint32_t)block->head.n, err);
}

enum rp_status
block_open(struct block_codec *codec, struct rp_slice bytes,
           const struct block_dicts *dicts, struct block **out, struct rp_error *err)
{
	CLEANUP(block_close) struct block *block = calloc(1, sizeof(*block));
	enum rp_status st;

	if (block == NULL)
		return rp_fail_memory(err);
	block->bytes = bytes;
	buf_init(&block->numbers, SIZE_MAX / 2);
	buf_init(&block->texts, SIZE_MAX / 2);
	buf_init(&block->record, RECORD_MAX_BYTES);
	block->scratch = arena_new(SCRATCH_MAX);
	if (block->scratch == NULL)
		return rp_fail_memory(err);
	st = open_block(block, codec, dicts, err);
	if (st != RP_OK)
		return st;
	tree_init(&block->tree, &block->walk.schema, block->scratch);
	block->tree.evaluate = evaluate;
	block->tree.block_base = (int64_t)block->head.base;
	*out = block;
	block = NULL;
	return RP_OK;
}

struct block *
block_close(struct block *block)
{
	if (block == NULL)
		return NULL;
	walk_done(&block->walk);
	tree_done(&block->tree);
	arena_free(block->scratch);
	buf_done(&block->numbers);
	buf_done(&block->texts);
	buf_done(&block->record);
	free(block);
	return NULL;
}

uint32_t
block_count(const struct block *block)
{
	return (uint32_t)block->head.n;
}

enum record_kind
block_kind(const struct block *block)
{
	return (enum record_kind)block->head.kind;
}

/* ---- records ---- */

static enum rp_status
read_record(struct block *block, uint32_t index, struct rp_slice *out,
            struct rp_error *err)
{
	struct walked walked = { .is_tree = false };
	enum rp_status st;

	tree_clear(&block->tree);
	st = walk_to(&block->walk, index, &block->tree, &walked, err);
	*out = walked.bytes;
	if (st != RP_OK || !walked.is_tree)
		return st;
	(void)tree_complete(&block->tree);
	buf_clear(&block->record);
	if (!style_write(&walked.style, &block->tree, &block->record))
		return rp_fail(err, RP_CORRUPT, "a record of a block cannot be made");
	*out = buf_slice(&block->record);
	return RP_OK;
}

enum rp_status
block_get(struct block *block, uint32_t index, struct rp_buf *out, struct rp_error *err)
{
	struct rp_slice record;
	enum rp_status st = read_record(block, index, &record, err);

	if (st != RP_OK)
		return st;
	if (record.n > block->head.bytes || record.n > RECORD_MAX_BYTES)
		return rp_fail(err, RP_CORRUPT, "a record longer than its block");
	if (record.n > out->ceiling - out->n)
		return rp_fail(err, RP_BAD_ITEM, "no room for %zu bytes of a record",
		               record.n);
	buf_add(out, record);
	return buf_failed(out) ? rp_fail_memory(err) : RP_OK;
}

enum rp_status
block_verify(struct block *block, struct rp_error *err)
{
	uint32_t n = block_count(block);
	struct sha256 *hashes = calloc(n, sizeof(*hashes)), root;
	const char *stored =
		block->bytes.p + block->bytes.n - CHECKSUM_BYTES - SHA256_BYTES;
	enum rp_status st = hashes != NULL ? RP_OK : rp_fail_memory(err);
	struct rp_slice record;

	for (uint32_t i = 0; st == RP_OK && i < n; i++) {
		st = read_record(block, i, &record, err);
		if (st == RP_OK)
			hashes[i] = sha256_of(record);
	}
	if (st == RP_OK) {
		root = head_root(hashes, n);
		if (memcmp(root.bytes, stored, SHA256_BYTES) != 0)
			st = rp_fail(err, RP_CORRUPT,
			             "records of a block do not have their hash");
	}
	free(hashes);
	return st;
}
