/*
 * What the specs of sealed blocks share: records in, the same records out.
 */
#ifndef RIPOSTE_TESTS_UNIT_BLOCK_PACK_BLOCK_H
#define RIPOSTE_TESTS_UNIT_BLOCK_PACK_BLOCK_H

#include "storage/block/block.h"
#include "tests/support/spec.h"

/* One block of these records. */
static inline void
encode_block(enum record_kind kind, const struct rp_slice *records, size_t n,
             struct rp_buf *out, struct block_stats *stats)
{
	CLEANUP(block_codec_free) struct block_codec *codec = block_codec_new();
	struct block_input input = {
		.kind = kind, .records = records, .n = n, .level = 3
	};
	struct rp_error err = { .status = RP_OK };

	buf_init(out, 256 << 20);
	assert_non_null(codec);
	assert_ok(block_encode(codec, &input, out, stats, &err), err);
}

/* The same bytes come back, in order and out of it. */
static inline void
assert_block_holds(struct rp_slice bytes, const struct rp_slice *records, size_t n)
{
	CLEANUP(block_codec_free) struct block_codec *codec = block_codec_new();
	CLEANUP(block_close) struct block *block = NULL;
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { .status = RP_OK };

	buf_init(&out, RECORD_MAX_BYTES);
	assert_ok(block_open(codec, bytes, NULL, &block, &err), err);
	assert_int_equal(block_count(block), n);
	for (size_t round = 0; round < 2; round++)
		for (size_t i = 0; i < n; i++) {
			size_t at = round == 0 ? i : (i * 7919 + n / 2) % n;

			buf_clear(&out);
			assert_ok(block_get(block, (uint32_t)at, &out, &err), err);
			assert_slice_at(buf_slice(&out), records[at], __FILE__, __LINE__);
		}
	assert_ok(block_verify(block, &err), err);
}

static inline struct block_stats
assert_comes_back(enum record_kind kind, const struct rp_slice *records, size_t n)
{
	CLEANUP(buf_done) struct rp_buf block;
	struct block_stats stats;

	encode_block(kind, records, n, &block, &stats);
	assert_int_equal(stats.failed, 0);
	assert_block_holds(buf_slice(&block), records, n);
	return stats;
}

/* A few posts that look like those of X, each a bit different. */
static inline void
add_posts(struct rp_buf *out, struct rp_slice *records, size_t n)
{
	size_t at = out->n;

	for (size_t i = 0; i < n; i++) {
		unsigned long long id = 580317556516483072u + i * 7777777777u;
		unsigned long long user = i % 3 ? 2280470022u + i % 7 : id - 99999999999u;

		buf_printf(
			out,
			"{\"created_at\":\"Tue Mar 24 10:37:41 +0000 2015\",\"id\":%llu,"
			"\"id_str\":\"%llu\",\"text\":\"@ana%zu look: http:\\/\\/t.co\\/"
			"LYe0i8A%02zu #caf\\u00e9 "
			"\\ud83d\\ude00\",\"favorite_count\":%zu,"
			"\"in_reply_to_screen_name\":%s,\"truncated\":%s,\"user\":{"
			"\"id\":"
			"%llu,\"id_str\":\"%llu\",\"screen_name\":\"ben%zu\",\"url\":"
			"null},"
			"\"entities\":{\"user_mentions\":[{\"screen_name\":\"ana%zu\","
			"\"indices\":[0,%d],\"id\":%zu}],\"urls\":[{\"url\":\"http:\\/\\/"
			"t.co\\/LYe0i8A%02zu\",\"expanded_url\":\"http:\\/\\/www.example."
			"org\\/some\\/longer\\/path\\/%zu\",\"display_url\":\"example.org"
			"\\/some\\/longer\\/p\\u2026\",\"indices\":[%d,%d]}]},\"lang\":"
			"\"en\"}",
			id, id, i % 10, i % 90 + 10, i * i, i % 2 ? "\"ana\"" : "null",
			i % 5 ? "false" : "true", user, user, i % 7, i % 10, 5, i * 31,
			i % 90 + 10, i, 12, 34);
	}
	/* The buffer no longer moves: cut it up. */
	for (size_t i = 0; i < n; i++) {
		struct rp_slice rest = rp_slice_skip(buf_slice(out), at + 1);
		size_t next = rp_slice_find(rest, RP_SLICE("{\"created_at\""));

		records[i] = rp_slice_from(out->p + at, next + 1);
		at += next + 1;
	}
}

#endif
