#include "storage/block/head.h"
#include "tests/unit/block/pack-block.h"

#include <stdlib.h>

enum { RECORDS = 6 };

/*
 * Read whatever these bytes are.  With the checksum made right again, so that what lies
 * behind it is met too, other bytes may come back, but nothing else may happen.
 */
static void
read_damaged(struct block_codec *codec, struct rp_slice bytes,
             const struct rp_slice *records, bool checked)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct block *block = NULL;
	enum rp_status st = block_open(codec, bytes, NULL, &block, NULL);

	buf_init(&out, 1 << 20);
	assert_true(st == RP_OK || st == RP_CORRUPT || st == RP_NOT_FOUND);
	for (uint32_t i = 0; block != NULL && i < block_count(block); i++) {
		buf_clear(&out);
		st = block_get(block, i, &out, NULL);
		assert_true(st == RP_OK || st == RP_CORRUPT || st == RP_BAD_ITEM);
		if (st == RP_OK && checked) {
			assert_true(i < RECORDS);
			assert_true(rp_slice_eq(buf_slice(&out), records[i]));
		}
	}
	block_close(block);
}

static void
make_checksum_right(struct rp_buf *block)
{
	uint64_t sum = hash_stable(rp_slice_from(block->p, block->n - CHECKSUM_BYTES));

	block->n -= CHECKSUM_BYTES;
	head_write_u64(block, sum);
}

static void
small_block(struct rp_buf *text, struct rp_slice *records, struct rp_buf *block)
{
	buf_init(text, 1 << 20);
	add_posts(text, records, RECORDS - 1);
	records[RECORDS - 1] = RP_SLICE("plain\0text");
	encode_block(RECORD_X1_POST, records, RECORDS, block, NULL);
}

static void
every_flipped_bit_is_told(void **state)
{
	CLEANUP(block_codec_free) struct block_codec *codec = block_codec_new();
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf bytes;
	struct rp_slice records[RECORDS];

	(void)state;
	small_block(&text, records, &bytes);
	for (size_t bit = 0; bit < bytes.n * 8; bit++) {
		bytes.p[bit / 8] = (char)(bytes.p[bit / 8] ^ 1 << bit % 8);
		read_damaged(codec, buf_slice(&bytes), records, true);
		bytes.p[bit / 8] = (char)(bytes.p[bit / 8] ^ 1 << bit % 8);
	}
}

static void
every_cut_is_told(void **state)
{
	CLEANUP(block_codec_free) struct block_codec *codec = block_codec_new();
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf bytes;
	struct rp_slice records[RECORDS];
	struct block *block = NULL;

	(void)state;
	small_block(&text, records, &bytes);
	for (size_t n = 0; n < bytes.n; n++) {
		/* A copy of its own size: whoever reads on is seen by the sanitizer. */
		char *copy = malloc(n ? n : 1);

		assert_non_null(copy);
		memcpy(copy, bytes.p, n);
		assert_int_equal(
			block_open(codec, rp_slice_from(copy, n), NULL, &block, NULL),
			RP_CORRUPT);
		free(copy);
	}
	buf_add_byte(&bytes, 0);
	assert_int_equal(block_open(codec, buf_slice(&bytes), NULL, &block, NULL),
	                 RP_CORRUPT);
}

static void
damage_with_a_right_checksum_does_no_harm(void **state)
{
	CLEANUP(block_codec_free) struct block_codec *codec = block_codec_new();
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf bytes;
	struct rp_slice records[RECORDS];

	(void)state;
	small_block(&text, records, &bytes);
	for (size_t bit = 0; bit < (bytes.n - CHECKSUM_BYTES) * 8; bit++) {
		bytes.p[bit / 8] = (char)(bytes.p[bit / 8] ^ 1 << bit % 8);
		make_checksum_right(&bytes);
		read_damaged(codec, buf_slice(&bytes), records, false);
		bytes.p[bit / 8] = (char)(bytes.p[bit / 8] ^ 1 << bit % 8);
	}
}

static void
a_record_that_is_not_what_was_sealed_is_found_by_verify(void **state)
{
	CLEANUP(block_codec_free) struct block_codec *codec = block_codec_new();
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf bytes;
	CLEANUP(block_close) struct block *block = NULL;
	struct rp_slice records[RECORDS];
	struct rp_error err = { .status = RP_OK };
	char *root;

	(void)state;
	small_block(&text, records, &bytes);
	root = bytes.p + bytes.n - CHECKSUM_BYTES - SHA256_BYTES;
	root[5] = (char)(root[5] ^ 1);
	make_checksum_right(&bytes);
	assert_ok(block_open(codec, buf_slice(&bytes), NULL, &block, &err), err);
	assert_int_equal(block_verify(block, &err), RP_CORRUPT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_flipped_bit_is_told),
		cmocka_unit_test(every_cut_is_told),
		cmocka_unit_test(damage_with_a_right_checksum_does_no_harm),
		cmocka_unit_test(a_record_that_is_not_what_was_sealed_is_found_by_verify),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
