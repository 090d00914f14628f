/*
 * Any bytes as a sealed block.  Checksums and compression would keep a fuzzer out, so
 * there are two ways in, told by the first byte: below 128 the rest is the block as it
 * is; else the rest is a kind, the length of the stream of numbers (two bytes), that
 * stream, and the stream of texts, out of which a block with a right checksum is made.
 */
#include "storage/block/head.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { N = 40, OUT_MAX = 1 << 22, SAID_BYTES = 1 << 20 };

static void
require(bool truth, const char *what)
{
	if (truth)
		return;
	(void)fprintf(stderr, "fuzz-block: %s\n", what);
	abort();
}

/* A head that says the streams are stored as they are. */
static void
make_block(struct rp_slice in, struct rp_buf *out)
{
	size_t n = in.n < 3 ? 0 : (unsigned char)in.p[1] + 256u * (unsigned char)in.p[2];
	struct rp_slice numbers = rp_slice_skip(in, 3);
	struct head head = { .flags = HEAD_NUMBERS_STORED | HEAD_TEXTS_STORED, .n = N };

	if (n > numbers.n)
		n = numbers.n;
	head.kind = in.n > 0 ? (uint8_t)((unsigned char)in.p[0] % 6 + 1) : 1;
	head.bytes = SAID_BYTES;
	head.base = 138339000000;
	head.numbers.bytes = head.numbers.packed = n;
	head.texts.bytes = head.texts.packed = numbers.n - n;
	head_write(&head, out);
	buf_add(out, numbers);
	for (int i = 0; i < SHA256_BYTES; i++)
		buf_add_byte(out, 0);
	head_write_u64(out, hash_stable(buf_slice(out)));
}

static void
read_block(struct block_codec *codec, struct rp_slice bytes)
{
	struct rp_error err = { .status = RP_OK };
	struct block *block = NULL;
	enum rp_status st = block_open(codec, bytes, NULL, &block, &err);
	struct rp_buf out;

	require((st == RP_OK) == (block != NULL), "opened and not opened");
	require(st == RP_OK || st == RP_CORRUPT || st == RP_NOT_FOUND, err.text);
	if (block == NULL)
		return;
	buf_init(&out, OUT_MAX);
	for (uint32_t i = 0; i < 2 * block_count(block); i++) {
		size_t before = out.n;

		st = block_get(block, i * 7 % block_count(block), &out, &err);
		require(st == RP_OK || out.n == before, "more after an error");
		require(st == RP_OK || st == RP_CORRUPT || st == RP_BAD_ITEM, err.text);
		if (st == RP_BAD_ITEM)
			buf_clear(&out);
	}
	buf_done(&out);
	block_close(block);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct block_codec *codec;
	struct rp_slice in = rp_slice_from((const char *)data, size);
	CLEANUP(buf_done) struct rp_buf made;

	buf_init(&made, SIZE_MAX / 2);
	if (codec == NULL)
		codec = block_codec_new();
	require(codec != NULL, "out of memory");
	if (size > 0 && data[0] < 128) {
		read_block(codec, rp_slice_skip(in, 1));
	} else {
		make_block(rp_slice_skip(in, 1), &made);
		read_block(codec, buf_slice(&made));
	}
	return 0;
}
