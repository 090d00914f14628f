/*
 * Encoding a block.
 *
 *	offset  size  meaning
 *	0       4     "RPBK"
 *	4       1     version: 1
 *	5       1     kind of its records (enum record_kind)
 *	6       1     bits: 1 numbers, 2 texts need a dictionary; 4 numbers, 8 texts are
 *	              not compressed
 *	7       8     hash of the dictionary of numbers, little-endian; where bit 1 is set
 *	..      8     the same of texts; bit 2
 *	..      n     seven numbers: records; bytes of all records; base of times;
 *	              numbers' bytes and packed bytes; texts' bytes and packed bytes
 *	..      n     the stream of numbers: a frame as in pack.c, or its bytes
 *	..      n     the stream of texts
 *	-40     32    SHA-256 over the SHA-256s of the records in their order
 *	-8      8     XXH3 of everything before, little-endian
 *
 * A number is seven bits a byte, the lowest first; the high bit says that more follow.  A
 * signed one has its sign in the lowest bit (0, -1, 1, -2, ...).
 *
 * The stream of numbers begins with the number of columns, and for each column its length
 * times two, plus one when it is in the stream of texts.  The columns follow, each in its
 * stream, numbered in the order in which reading all records meets them, behind five that
 * every block has: forms of records, styles, templates, keys, plain bytes.
 *
 *	record    := its form: 0 length, bytes in column 4 | 1 bytes up to a NUL there
 *	             | 2 the root container, told after the record before, in its style
 *	             | style + 3, where style may be one more than there were: it follows
 *	             in column 1, as the bytes of struct style; then the root container
 *	container := number of its template, in the column of its class; where that is one
 *	             more than there were: the template follows in column 2; then each
 *	             value, as its tag says
 *	template  := object: number of its key list; where that is one more than there
 *	             were: how many keys, and each key up to a NUL in column 3
 *	             array: how many elements
 *	             then a tag a value (enum tag), 0: it is in the place's tag column
 *	             where the tag is "like" or "same": how many entries of the class came
 *	             since the one meant, in the place's entry column; then for "like" the
 *	             members that vary (schema.h), a number as the change of the entry's
 *	value     := nothing, for words, empty ones and what is predicted
 *	             | text up to a NUL | number | three numbers of an id (milliseconds,
 *	             signed, since those of the record's own id, or in that since the
 *	             base; worker; sequence) | a digit and those | four bytes of seconds
 *	             since 1970, the highest first
 *
 * In a record told after another, a container with the template's keys (or number of
 * elements) in both is paired with that, as are their values in their order.  "Again" is
 * the pair's value as it was written, with all in it: what was predicted is predicted
 * anew.  "Change" is a signed number, to be added to the pair's.  Such records have the
 * same id, and at most 31 stand behind one in full, so that one is read without many.
 *
 * What is predicted, and how, is in shape.c, predict.c and entity.c.  A class is told by
 * where a container stands: schema.c.  The same in many words: riposte-archive(5),
 * BLOCKS.
 */
#include "storage/block/emit.h"
#include "storage/block/head.h"
#include "storage/block/share.h"

#include <stdlib.h>

enum { LARGE_BYTES = 4 << 20 };

struct encoding {
	struct block_codec *codec;
	const struct block_input *input;
	struct plan plan;
	struct emitter emitter;
	struct rp_buf numbers, texts, packed;
	struct sha256 *hashes;
	size_t total;
};

static enum rp_status
check_input(const struct block_input *input, size_t *total_out, struct rp_error *err)
{
	size_t total = 0;

	if (input->n == 0 || input->n > BLOCK_MAX_RECORDS)
		return rp_fail(err, RP_BAD_ITEM, "a block of %zu records", input->n);
	for (size_t i = 0; i < input->n; i++) {
		if (input->records[i].n > RECORD_MAX_BYTES)
			return rp_fail(err, RP_BAD_ITEM, "a record of %zu bytes",
			               input->records[i].n);
		total += input->records[i].n;
	}
	if (total > BLOCK_MAX_BYTES)
		return rp_fail(err, RP_BAD_ITEM, "a block of %zu bytes", total);
	*total_out = total;
	return RP_OK;
}

/* ---- streams ---- */

/* One stream as a frame, or as it is where that is no longer. */
static enum rp_status
pack_stream(struct encoding *e, struct packer *packer, const struct pack_dict *dict,
            struct rp_slice bytes, uint8_t stored_flag, struct head *head,
            struct head_stream *stream, struct rp_error *err)
{
	size_t before = e->packed.n;
	enum rp_status st = pack(packer, dict, e->input->level, bytes, &e->packed, err);

	if (st != RP_OK)
		return st;
	if (e->packed.n - before >= bytes.n) {
		e->packed.n = before;
		buf_add(&e->packed, bytes);
		head->flags |= stored_flag;
	}
	stream->bytes = bytes.n;
	stream->packed = e->packed.n - before;
	return buf_failed(&e->packed) ? rp_fail_memory(err) : RP_OK;
}

/* To pack megabytes takes tens of them to work in: those are given back at once, before
 * the block is read again. */
static enum rp_status
pack_streams(struct encoding *e, struct head *head, struct rp_error *err)
{
	static const struct block_dicts none = { .numbers = NULL };
	const struct block_dicts *dicts = e->input->dicts ? e->input->dicts : &none;
	CLEANUP(packer_free)
	struct packer *own = e->total > LARGE_BYTES ? packer_new() : NULL;
	struct packer *packer = own != NULL ? own : e->codec->packer;
	enum rp_status st;

	buf_clear(&e->packed);
	if (dicts->numbers != NULL) {
		head->flags |= HEAD_NUMBERS_DICT;
		head->numbers.dict = dicts->numbers_hash;
	}
	if (dicts->texts != NULL) {
		head->flags |= HEAD_TEXTS_DICT;
		head->texts.dict = dicts->texts_hash;
	}
	st = pack_stream(e, packer, dicts->numbers, buf_slice(&e->numbers),
	                 HEAD_NUMBERS_STORED, head, &head->numbers, err);
	if (st == RP_OK)
		st = pack_stream(e, packer, dicts->texts, buf_slice(&e->texts),
		                 HEAD_TEXTS_STORED, head, &head->texts, err);
	return st;
}

/* The whole block, appended. */
static enum rp_status
write_block(struct encoding *e, struct rp_buf *out, struct block_stats *stats,
            struct rp_error *err)
{
	struct head head = {
		.kind = (uint8_t)e->input->kind,
		.n = e->input->n,
		.bytes = e->total,
		.base = (uint64_t)e->plan.tree.block_base,
	};
	size_t before = out->n;
	struct sha256 root;
	enum rp_status st;

	buf_clear(&e->numbers);
	buf_clear(&e->texts);
	if (!share_objects(&e->plan, e->input->n) ||
	    !emit_all(&e->emitter, &e->numbers, &e->texts))
		return rp_fail_memory(err);
	st = pack_streams(e, &head, err);
	if (st != RP_OK)
		return st;
	head_write(&head, out);
	buf_add(out, buf_slice(&e->packed));
	root = head_root(e->input->hashes ? e->input->hashes : e->hashes, e->input->n);
	buf_add(out, rp_slice_from((const char *)root.bytes, SHA256_BYTES));
	if (!buf_failed(out))
		head_write_u64(out, hash_stable(rp_slice_skip(buf_slice(out), before)));
	if (buf_failed(out))
		return rp_fail(err, RP_BAD_ITEM, "no room for a block");
	stats->numbers = head.numbers.bytes;
	stats->texts = head.texts.bytes;
	stats->numbers_packed = head.numbers.packed;
	stats->texts_packed = head.texts.packed;
	stats->columns = e->emitter.n_columns;
	stats->templates = (uint32_t)map_count(e->emitter.templates);
	stats->bytes_out = out->n - before;
	return RP_OK;
}

/* ---- checking ---- */

/*
 * Read the block back.  Records that come out as other bytes are to be kept as they are;
 * *failed_out says how many.
 */
static enum rp_status
check_block(struct encoding *e, struct rp_slice bytes, uint32_t *failed_out,
            struct rp_error *err)
{
	CLEANUP(block_close) struct block *block = NULL;
	CLEANUP(buf_done) struct rp_buf record;
	enum rp_status st = block_open(e->codec, bytes, e->input->dicts, &block, err);

	*failed_out = 0;
	buf_init(&record, RECORD_MAX_BYTES);
	if (st != RP_OK)
		return st;
	for (uint32_t i = 0; i < e->input->n; i++) {
		buf_clear(&record);
		st = block_get(block, i, &record, err);
		if (st == RP_FAILED)
			return st;
		if (st == RP_OK && rp_slice_eq(buf_slice(&record), e->input->records[i]))
			continue;
		if (e->plan.records[i].n == 0 && *failed_out == 0)
			return rp_fail(err, RP_FAILED,
			               "a block that cannot be read back");
		*failed_out += e->plan.records[i].n > 0;
		e->plan.records[i].n = 0;
	}
	return RP_OK;
}

static enum rp_status
write_checked(struct encoding *e, struct rp_buf *out, struct block_stats *stats,
              struct rp_error *err)
{
	size_t before = out->n;
	uint32_t failed;
	enum rp_status st;

	do {
		out->n = before;
		st = write_block(e, out, stats, err);
		if (st == RP_OK)
			st = check_block(e, rp_slice_skip(buf_slice(out), before),
			                 &failed, err);
		if (st != RP_OK)
			return st;
		stats->failed += failed;
	} while (failed > 0);
	return RP_OK;
}

/* ---- all of it ---- */

static enum rp_status
encode(struct encoding *e, struct rp_buf *out, struct block_stats *stats,
       struct rp_error *err)
{
	const struct block_input *input = e->input;
	enum rp_status st;

	if (!plan_init(&e->plan, e->codec->shapes, input->kind, input->n))
		return rp_fail_memory(err);
	for (size_t i = 0; i < input->n; i++)
		if (!plan_record(&e->plan, i, input->records[i]))
			return rp_fail_memory(err);
	if (input->hashes == NULL) {
		e->hashes = calloc(input->n, sizeof(*e->hashes));
		if (e->hashes == NULL)
			return rp_fail_memory(err);
		for (size_t i = 0; i < input->n; i++)
			e->hashes[i] = sha256_of(input->records[i]);
	}
	if (!emitter_init(&e->emitter, &e->plan, input->records, input->n))
		return rp_fail_memory(err);
	st = write_checked(e, out, stats, err);
	for (size_t i = 0; i < input->n; i++)
		stats->taken_apart += e->plan.records[i].n > 0;
	return st;
}

enum rp_status
block_encode(struct block_codec *codec, const struct block_input *input,
             struct rp_buf *out, struct block_stats *stats_out, struct rp_error *err)
{
	struct encoding e = { .codec = codec, .input = input };
	struct block_stats stats = { 0 };
	size_t before = out->n;
	enum rp_status st = check_input(input, &e.total, err);

	if (st != RP_OK)
		return st;
	buf_init(&e.numbers, SIZE_MAX / 2);
	buf_init(&e.texts, SIZE_MAX / 2);
	buf_init(&e.packed, SIZE_MAX / 2);
	st = encode(&e, out, &stats, err);
	if (st != RP_OK)
		out->n = before;
	plan_done(&e.plan);
	emitter_done(&e.emitter);
	buf_done(&e.numbers);
	buf_done(&e.texts);
	buf_done(&e.packed);
	free(e.hashes);
	stats.bytes_in = e.total;
	if (st == RP_OK && stats_out != NULL)
		*stats_out = stats;
	return st;
}
