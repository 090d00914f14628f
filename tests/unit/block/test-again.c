/*
 * Bodies of one post, one behind the other, as polls find them.
 */
#include "storage/block/column.h"
#include "storage/block/head.h"
#include "tests/unit/block/pack-block.h"

#include <stdlib.h>

static uint32_t
random_below(uint32_t n)
{
	static uint32_t seed = 1;

	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

struct counts {
	unsigned likes, reposts, followers, edits;
};

static void
add_body(struct rp_buf *out, unsigned post, const struct counts *c)
{
	unsigned long long id = 580317556516483072u + post * 7777777777u;

	buf_printf(out,
	           "{\"created_at\":\"Tue Mar 24 10:37:41 +0000 2015\",\"id\":%llu,"
	           "\"id_str\":\"%llu\",\"text\":\"@ana look at number %u",
	           id, id, post * 7919);
	for (unsigned i = 0; i < c->edits; i++)
		buf_add_str(out, " x");
	buf_printf(out,
	           "\",\"user\":{\"id\":77,\"name\":\"Ben\",\"followers_count\":%u,"
	           "\"listed_count\":3,\"url\":null},\"retweet_count\":%u,"
	           "\"favorite_count\":%u,\"entities\":{\"user_mentions\":[{"
	           "\"screen_name\":\"ana\",\"indices\":[0,4],\"id\":580317556516483999"
	           "}]}}\n",
	           c->followers, c->reposts, c->likes);
}

static void
cut_lines(struct rp_buf *text, struct rp_slice *records, size_t n)
{
	struct rp_slice rest = buf_slice(text);

	assert_false(buf_failed(text));
	for (size_t i = 0; i < n; i++)
		records[i] = rp_slice_cut(&rest, '\n');
	assert_int_equal(rest.n, 0);
}

static void
polls_of_a_post_cost_next_to_nothing(void **state)
{
	enum { POSTS = 10, POLLS = 100, N = POSTS * POLLS };
	static struct rp_slice records[N];
	CLEANUP(buf_done) struct rp_buf text;
	struct block_stats stats;

	(void)state;
	buf_init(&text, 1 << 20);
	for (unsigned post = 0; post < POSTS; post++) {
		struct counts c = { post * 50, post * 9, 1234, 0 };

		for (unsigned i = 0; i < POLLS; i++) {
			add_body(&text, post, &c);
			c.likes += random_below(4);
			c.reposts += random_below(2);
			c.followers -= random_below(3);
			c.edits += random_below(100) == 0;
		}
	}
	cut_lines(&text, records, N);
	stats = assert_comes_back(RECORD_X1_POST, records, N);
	assert_int_equal(stats.taken_apart, N);
	assert_true(stats.bytes_out < 3 * N);
}

static void
whatever_changes_in_a_post_comes_back(void **state)
{
	static const struct rp_slice bodies[] = {
#define ID "{\"id\":580317556516483072,"
		RP_LIT(ID "\"a\":1}"),
		RP_LIT(ID "\"a\":1}"),
		RP_LIT(ID "\"a\":-9223372036854775807}"),
		RP_LIT(ID "\"a\":9007199254740991}"),
		RP_LIT(ID "\"a\":580317556516483999}"),
		RP_LIT(ID "\"a\":580317556516483999}"),
		RP_LIT(ID "\"a\":\"580317556516483999\"}"),
		RP_LIT(ID "\"a\":null}"),
		RP_LIT(ID "\"a\": null}"),
		RP_LIT(ID "\"a\":[]}"),
		RP_LIT(ID "\"a\":[1,{\"b\":2},\"c\"]}"),
		RP_LIT(ID "\"a\":[1,{\"b\":3},\"c\"]}"),
		RP_LIT(ID "\"a\":[1,{\"b\":3},\"c\",4]}"),
		RP_LIT(ID "\"a\":[1,{\"b\":3,\"d\":{}},\"c\",4]}"),
		RP_LIT(ID "\"a\":{\"b\":580317556516483999,\"b\":580317556516483999}}"),
		RP_LIT(ID "\"a\":{\"b\":580317556516483998,\"b\":580317556516483999}}"),
		RP_LIT(ID "\"b\":1}"),
		RP_LIT("{\"id\":580317556516483073,\"b\":1}"),
		RP_LIT("{\"id\":\"580317556516483073\",\"b\":1}"),
		RP_LIT("not JSON"),
		RP_LIT(ID "\"id\":580317556516483072}"),
		RP_LIT(ID "\"id\":580317556516483072}"),
		RP_LIT(ID "\"id_str\":\"580317556516483072\"}"),
		RP_LIT(ID "\"id_str\":\"580317556516483073\"}"),
		RP_LIT("{\"tweet\":" ID "\"a\":1}}"),
		RP_LIT("{\"tweet\":" ID "\"a\":2}}"),
		RP_LIT("{\"tweet\":7}"),
		RP_LIT("{\"id\":7,\"text\":\"#a\",\"entities\":{\"hashtags\":[{\"text\":"
		       "\"a\",\"indices\":[0,2]}]}}"),
		RP_LIT("{\"id\":7,\"text\":\"b #a\",\"entities\":{\"hashtags\":[{"
		       "\"text\":\"a\",\"indices\":[0,2]}]}}"),
		RP_LIT("{\"id\":7,\"text\":\"b #a\",\"entities\":{\"hashtags\":[{"
		       "\"text\":\"a\",\"indices\":[2,4]}]}}"),
		RP_LIT("{\"id\":7,\"text\":\"b #c\",\"entities\":{\"hashtags\":[{"
		       "\"text\":\"c\",\"indices\":[2,4]}]}}"),
#undef ID
	};
	enum { N = sizeof(bodies) / sizeof(bodies[0]) };
	struct rp_slice records[2 * N];

	(void)state;
	for (size_t i = 0; i < N; i++) {
		records[i] = bodies[i];
		records[2 * N - 1 - i] = bodies[i];
	}
	(void)assert_comes_back(RECORD_X1_POST, records, 2 * N);
	(void)assert_comes_back(RECORD_X2_POST, records, 2 * N);
	(void)assert_comes_back(RECORD_X2_OTHER, records, 2 * N);
}

/* The users in it are the same as those in other posts. */
static void
a_post_that_is_found_again_among_others_comes_back(void **state)
{
	enum { N = 300 };
	static struct rp_slice records[N];
	CLEANUP(buf_done) struct rp_buf text;
	struct counts c = { 0, 0, 0, 0 };

	(void)state;
	buf_init(&text, 1 << 20);
	for (unsigned i = 0; i < N; i++) {
		c.likes += random_below(2);
		c.followers += random_below(2);
		add_body(&text, i % 7 < 4 ? 1 : i, &c);
	}
	cut_lines(&text, records, N);
	assert_int_equal(assert_comes_back(RECORD_X1_POST, records, N).taken_apart, N);
}

/* A block of no columns but the forms of so many records. */
static enum rp_status
open_with_forms(uint64_t first, size_t again)
{
	CLEANUP(block_codec_free) struct block_codec *codec = block_codec_new();
	CLEANUP(block_close) struct block *block = NULL;
	CLEANUP(buf_done) struct rp_buf bytes;
	struct head head = {
		.kind = RECORD_X1_POST,
		.flags = HEAD_NUMBERS_STORED | HEAD_TEXTS_STORED,
		.n = 1 + again,
	};

	head.numbers.bytes = head.numbers.packed = 1 + COLUMNS_FIXED + 1 + again;
	buf_init(&bytes, 1 << 20);
	head_write(&head, &bytes);
	column_add_number(&bytes, COLUMNS_FIXED);
	column_add_number(&bytes, (1 + again) << 1);
	for (uint32_t i = 1; i < COLUMNS_FIXED; i++)
		column_add_number(&bytes, column_is_text(i));
	column_add_number(&bytes, first);
	for (size_t i = 0; i < again; i++)
		column_add_number(&bytes, FORM_AGAIN);
	for (int i = 0; i < SHA256_BYTES; i++)
		buf_add_byte(&bytes, 0);
	head_write_u64(&bytes, hash_stable(buf_slice(&bytes)));
	return block_open(codec, buf_slice(&bytes), NULL, &block, NULL);
}

static void
reading_a_record_needs_few_before_it(void **state)
{
	(void)state;
	assert_int_equal(open_with_forms(FORM_STYLES, 0), RP_OK);
	assert_int_equal(open_with_forms(FORM_STYLES, AGAIN_MAX - 1), RP_OK);
	assert_int_equal(open_with_forms(FORM_STYLES, AGAIN_MAX), RP_CORRUPT);
	assert_int_equal(open_with_forms(FORM_AGAIN, 0), RP_CORRUPT);
	assert_int_equal(open_with_forms(FORM_TEXT, 1), RP_CORRUPT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(polls_of_a_post_cost_next_to_nothing),
		cmocka_unit_test(whatever_changes_in_a_post_comes_back),
		cmocka_unit_test(a_post_that_is_found_again_among_others_comes_back),
		cmocka_unit_test(reading_a_record_needs_few_before_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
