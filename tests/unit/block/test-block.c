#include "core/base/arena.h"
#include "tests/unit/block/pack-block.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Every one comes back, alone, and all of them together. */
#define assert_all_come_back(kind, records)                                              \
	do {                                                                             \
		for (size_t nth = 0; nth < COUNT(records); nth++)                        \
			(void)assert_comes_back(kind, &(records)[nth], 1);               \
		(void)assert_comes_back(kind, records, COUNT(records));                  \
	} while (0)

static void
posts_come_back_byte_for_byte_and_are_taken_apart(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_slice records[300];
	struct block_stats stats;

	(void)state;
	buf_init(&text, 1 << 20);
	add_posts(&text, records, 300);
	stats = assert_comes_back(RECORD_X1_POST, records, 300);
	assert_int_equal(stats.taken_apart, 300);
	assert_int_equal(stats.failed, 0);
	assert_true(stats.bytes_out < stats.bytes_in / 20);
}

static void
json_comes_back_however_it_is_spaced(void **state)
{
	static const struct rp_slice records[] = {
		RP_LIT("{\"a\":1,\"b\":[1,2],\"c\":{},\"d\":[],\"e\":{\"f\":null}}"),
		RP_LIT("{\"a\": 1, \"b\": [1, 2], \"c\": {}, \"d\": [], \"e\": {\"f\": "
		       "null}}"),
		RP_LIT("{ \"a\" : 1, \"b\" : [ 1, 2 ], \"c\" : { }, \"d\" : [ ] }"),
		RP_LIT("{\n\t\"a\": 1,\n\t\"b\": [\n\t\t1,\n\t\t2\n\t],\n\t\"c\": {}\n}"),
		RP_LIT("{\n  \"a\" : 1,\n  \"b\" : [ 1, 2 ],\n  \"c\" : [ {\n    \"d\" : "
		       "1\n  } ]\n}"),
		RP_LIT("{\n      \"a\" : \"1\",\n      \"b\" : [\n        \"1\"\n      "
		       "]\n    }"),
		RP_LIT("{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}"),
		RP_LIT("{\"a\":1, \"b\":2,\"c\" :3}"),
		RP_LIT("{\"a\":1,\n\"b\":2}"),
		RP_LIT(" {\"a\":1}"),
		RP_LIT("{\"a\":1}\r\n"),
		RP_LIT("[{\"a\":1},{\"a\":2}]"),
		RP_LIT("[\n\t{\n\t\t\"a\": true\n\t}\n]"),
		RP_LIT("{\"a\"\n:1}"),
		RP_LIT("{\n\"a\":1\n}"),
	};
	struct block_stats stats;

	(void)state;
	assert_all_come_back(RECORD_X1_POST, records);
	stats = assert_comes_back(RECORD_X1_POST, records, 7);
	assert_int_equal(stats.taken_apart, 7);
}

static void
strings_come_back_however_they_are_escaped(void **state)
{
	static const struct rp_slice records[] = {
		RP_LIT("{\"a\":\"http:\\/\\/x.org\\/\",\"b\":\"http://x.org/\"}"),
		RP_LIT("{\"a\":\"caf\\u00e9\",\"b\":\"caf\xc3\xa9\",\"c\":\"\\u00E9\"}"),
		RP_LIT("{\"a\":\"\\ud83d\\ude00 \\uD83D\\uDE00\"}"),
		RP_LIT("{\"a\":\"\\ud83d alone\",\"b\":\"\\ude00\\ud83d\"}"),
		RP_LIT("{\"a\":\"\\u0000 and \\u0001\\u001f\\u007f\x7f\"}"),
		RP_LIT("{\"a\":\"\\b\\f\\n\\r\\t\\\"\\\\\\u0008\\u000a\"}"),
		RP_LIT("{\"a\":\"\\u003ca href=\\\"x\\\"\\u003e \\u0026amp;\"}"),
		RP_LIT("{\"a\":\"<a> & b\",\"b\":\"\\u003c\"}"),
		RP_LIT("{\"a\":\"\xff\xfe not UTF-8\",\"b\":\"\xed\xa0\xbd\"}"),
		RP_LIT("{\"a\":\"\xf0\x9f\x98\x80\",\"\xc3\xa9\":\"\\u0041\"}"),
		RP_LIT("{\"\\u0069d\":1,\"id\":1,\"id_str\":\"1\"}"),
		RP_LIT("{\"\":\"\",\"a\":\"\",\"b_str\":\"\"}"),
		RP_LIT("{\"a\":\"\x01 is not JSON\"}"),
		RP_LIT("{\"a\":\"http://x.org/\\u0001/\\u0002\",\"id\":12345}"),
	};

	(void)state;
	assert_all_come_back(RECORD_X1_POST, records);
	assert_all_come_back(RECORD_X2_OTHER, records);
}

static void
numbers_keep_the_form_they_are_written_in(void **state)
{
	static const struct rp_slice records[] = {
		RP_LIT("{\"id\":0,\"a\":-0,\"b\":-0.0,\"c\":1.0,\"d\":1e400,\"e\":1E+2}"),
		RP_LIT("{\"id\":18446744073709551616,\"id_str\":"
		       "\"18446744073709551616\"}"),
		RP_LIT("{\"id\":18446744073709551615,\"id_str\":"
		       "\"18446744073709551615\"}"),
		RP_LIT("{\"id\":9223372036854775807,\"a\":-9223372036854775807}"),
		RP_LIT("{\"id\":9223372036854775808,\"a\":-9223372036854775808}"),
		RP_LIT("{\"id\":\"007\",\"id_str\":\"7\",\"a\":\"0\",\"b\":\"-1\",\"c\":"
		       "\" 7\"}"),
		RP_LIT("{\"id\":7,\"id_str\":\"007\"}"),
		RP_LIT("{\"id\":\"580317556516483072\",\"id_str\":580317556516483072}"),
		RP_LIT("{\"id\":580317556516483072,\"id_str\":\"580317556516483072\"}"),
		RP_LIT("{\"id\":580317556516483072,\"id_str\":\"580317556516483073\"}"),
		RP_LIT("{\"id\":5.80317556516483072e17,\"id_str\":"
		       "\"580317556516483072\"}"),
		RP_LIT("{\"id\":1,\"a\":580317556516483072,\"b\":\"3_"
		       "580317556516483072\"}"),
		RP_LIT("{\"id\":580317556516483072,\"a\":1,\"b\":\"1\",\"c\":\"3_1\"}"),
		RP_LIT("{\"a\":123456789012345678901234567890,\"b\":0.1e-400}"),
		RP_LIT("{\"id_str\":\"580317556516483072\",\"a\":"
		       "\"580317556516483999\"}"),
	};

	(void)state;
	assert_all_come_back(RECORD_X1_POST, records);
	assert_all_come_back(RECORD_X2_POST, records);
}

static void
dates_that_do_not_follow_from_the_id_come_back(void **state)
{
	static const struct rp_slice records[] = {
		RP_LIT("{\"id\":580317556516483072,\"created_at\":\"Tue Mar 24 10:37:41 "
		       "+0000 2015\"}"),
		RP_LIT("{\"id\":580317556516483072,\"created_at\":\"Wed Mar 24 10:37:41 "
		       "+0000 2015\"}"),
		RP_LIT("{\"id\":580317556516483072,\"created_at\":\"Tue Mar 24 10:37:42 "
		       "+0000 2015\"}"),
		RP_LIT("{\"id\":\"580317556516483072\",\"created_at\":\"2015-03-24T10:37:"
		       "41.000Z\"}"),
		RP_LIT("{\"id\":\"580317556516483072\",\"created_at\":\"2015-03-24T10:37:"
		       "41.001Z\"}"),
		RP_LIT("{\"id\":1,\"created_at\":\"Mon Feb 29 00:00:00 +0000 2016\"}"),
		RP_LIT("{\"id\":1,\"created_at\":\"Sun Feb 29 00:00:00 +0000 2015\"}"),
		RP_LIT("{\"id\":1,\"created_at\":\"2013-06-01 03:16:04 +0000\"}"),
		RP_LIT("{\"id\":1,\"created_at\":\"2013-06-01T24:00:00Z\"}"),
		RP_LIT("{\"id\":1,\"created_at\":\"1969-12-31T23:59:59Z\"}"),
		RP_LIT("{\"id\":1,\"created_at\":\"1970-01-01T00:00:00Z\"}"),
		RP_LIT("{\"id\":1,\"created_at\":\"2106-02-07T06:28:15Z\"}"),
		RP_LIT("{\"id\":1,\"created_at\":\"2106-02-07T06:28:16Z\"}"),
		RP_LIT("{\"id\":1,\"created_at\":\"9999-99-99T99:99:99Z\"}"),
		RP_LIT("{\"id\":9223372036854775807,\"created_at\":\"2000-02-29T12:00:00."
		       "000Z\"}"),
	};

	(void)state;
	assert_all_come_back(RECORD_X1_POST, records);
	assert_all_come_back(RECORD_X2_POST, records);
}

static void
entities_that_do_not_fit_their_text_come_back(void **state)
{
	static const struct rp_slice records[] = {
		RP_LIT("{\"text\":\"@ana "
		       "hi\",\"entities\":{\"user_mentions\":[{\"indices\":[0,4],"
		       "\"screen_name\":\"ana\"}]}}"),
		RP_LIT("{\"text\":\"@ana "
		       "hi\",\"entities\":{\"user_mentions\":[{\"indices\":[\"0\",\"4\"],"
		       "\"screen_name\":\"ana\"}]}}"),
		RP_LIT("{\"text\":\"@ana "
		       "hi\",\"entities\":{\"user_mentions\":[{\"indices\":[0,\"4\"],"
		       "\"screen_name\":\"Ana\"}]}}"),
		RP_LIT("{\"text\":\"@ana "
		       "hi\",\"entities\":{\"user_mentions\":[{\"indices\":[1,5,9],"
		       "\"screen_name\":\"bo\"}]}}"),
		RP_LIT("{\"text\":\"@ana "
		       "hi\",\"entities\":{\"user_mentions\":[{\"indices\":[],\"screen_"
		       "name\":null}]}}"),
		RP_LIT("{\"text\":\"@ana "
		       "hi\",\"entities\":{\"user_mentions\":{\"indices\":[0,4]}}}"),
		RP_LIT("{\"text\":\"@ana "
		       "hi\",\"entities\":[{\"user_mentions\":[{\"indices\":[0,4]}]}]}"),
		RP_LIT("{\"text\":7,\"entities\":{\"user_mentions\":[{\"indices\":[[0],{"
		       "\"a\":4}]}]}}"),
		RP_LIT("{\"entities\":{\"hashtags\":[{\"start\":0,\"end\":4,\"tag\":"
		       "\"x\"}]}}"),
		RP_LIT("{\"text\":\"#x #x "
		       "#x\",\"entities\":{\"hashtags\":[{\"start\":6,\"end\":8,\"tag\":"
		       "\"x\"},{\"start\":0,\"end\":2,\"tag\":\"x\"},{\"start\":\"3\","
		       "\"end\":5,\"tag\":\"x\"}]}}"),
		RP_LIT("{\"text\":\"\xf0\x9f\x98\x80 \xe2\x80\xa6 \xef\xbc\x83t\xc3\xa4g "
		       "$ABC "
		       "https://t.co/"
		       "abc\",\"entities\":{\"hashtags\":[{\"start\":4,\"end\":8,\"tag\":"
		       "\"t\xc3\xa4g\"}],\"cashtags\":[{\"start\":9,\"end\":13,\"tag\":"
		       "\"ABC\"}],\"urls\":[{\"start\":14,\"end\":30,\"url\":\"https://"
		       "t.co/abc\"}]}}"),
		RP_LIT("{\"text\":\"Ana lives in "
		       "Rome\",\"entities\":{\"annotations\":[{\"start\":13,\"end\":16,"
		       "\"normalized_text\":\"Rome\"},{\"start\":99,\"end\":3,"
		       "\"normalized_text\":\"x\"},{\"start\":4294967296,\"end\":"
		       "4294967299,\"normalized_text\":\"x\"}]}}"),
		RP_LIT("{\"full_text\":\"x "
		       "https://t.co/"
		       "a\",\"display_text_range\":[0,16],\"entities\":{\"media\":[{"
		       "\"url\":\"https://t.co/"
		       "a\",\"indices\":[2,16],\"media_url\":\"http://p.x/"
		       "a.jpg\",\"media_url_https\":\"https://p.x/"
		       "a.jpg\"}]},\"extended_entities\":{\"media\":[{\"url\":\"https://"
		       "t.co/a\",\"indices\":[2,16],\"media_url\":\"http://p.x/"
		       "a.jpg\",\"media_url_https\":\"https://p.x/"
		       "a.jpg\"},{\"url\":\"https://t.co/a\",\"indices\":[2,16]}]}}"),
		RP_LIT("{\"extended_entities\":{\"media\":[{\"url\":\"x\"}]}}"),
		RP_LIT("{\"entities\":{\"url\":{\"urls\":[{\"url\":\"x\",\"indices\":[0,"
		       "1]}]},\"description\":{\"urls\":[]}},\"url\":\"x\"}"),
	};

	(void)state;
	assert_all_come_back(RECORD_X1_POST, records);
	assert_all_come_back(RECORD_X2_POST, records);
	assert_all_come_back(RECORD_X2_USER, records);
	assert_all_come_back(RECORD_X2_OTHER, records);
}

static void
reposts_replies_and_quotes_come_back(void **state)
{
	static const struct rp_slice records[] = {
		RP_LIT("{\"id\":580317556516483073,\"text\":\"RT @ana: "
		       "hello\",\"retweeted_status\":{\"id\":580317556516483072,\"text\":"
		       "\"hello\",\"user\":{\"id\":5,\"screen_name\":\"ana\"}},\"user\":{"
		       "\"id\":6,\"screen_name\":\"ben\"}}"),
		RP_LIT("{\"id\":1,\"text\":\"RT @ana: something "
		       "else\",\"retweeted_status\":{\"text\":\"hello\",\"user\":{"
		       "\"screen_name\":\"ana\"}}}"),
		RP_LIT("{\"text\":\"a\",\"retweeted_status\":{\"text\":\"b\",\"retweeted_"
		       "status\":{\"text\":\"c\",\"retweeted_status\":{\"text\":\"d\","
		       "\"retweeted_status\":{\"text\":\"e\",\"retweeted_status\":{"
		       "\"text\":\"f\"}}}}}}"),
		RP_LIT("{\"id\":7,\"in_reply_to_user_id\":5,\"in_reply_to_user_id_str\":"
		       "\"5\",\"in_reply_to_screen_name\":\"ana\",\"entities\":{\"user_"
		       "mentions\":[{\"id\":5,\"id_str\":\"5\",\"screen_name\":\"ana\"}]}"
		       "}"),
		RP_LIT("{\"id\":\"5\",\"conversation_id\":\"5\",\"edit_history_tweet_"
		       "ids\":[\"5\"],\"author_id\":\"5\",\"in_reply_to_user_id\":"
		       "\"5\"}"),
		RP_LIT("{\"id\":\"6\",\"conversation_id\":\"5\",\"edit_history_tweet_"
		       "ids\":[\"5\",\"6\",7],\"referenced_tweets\":[{\"type\":"
		       "\"quoted\",\"id\":\"5\"}]}"),
		RP_LIT("{\"id\":\"1577318900085186562\",\"edit_controls\":{\"edits_"
		       "remaining\":\"5\",\"editable_until\":\"2022-10-04T15:55:05."
		       "000Z\"},\"created_at\":\"2022-10-04T15:25:05.000Z\"}"),
		RP_LIT("{\"user\":{\"id\":9,\"screen_name\":\"a\",\"profile_banner_url\":"
		       "\"https://x.org/b/9999/1\",\"x_url\":\"http://a/"
		       "b\",\"x_url_https\":\"https://a/b\"}}"),
	};

	(void)state;
	assert_all_come_back(RECORD_X1_POST, records);
	assert_all_come_back(RECORD_X2_POST, records);
}

/*
 * The same author over and over, with counts that change, and posts of his reposted: an
 * object like an earlier one is stored as a reference to it.
 */
static void
authors_who_come_again_come_back_with_their_counts(void **state)
{
	enum { N = 40 };
	static const char *const whole[] = { "\"\"", "null", "\"http:\\/\\/a\"" };
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_slice records[N], rest;
	struct block_stats stats;

	(void)state;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < N; i++) {
		buf_printf(&text, "{\"id\":%d,\"n_count\":%d,\"user\":{\"id\":", i + 7,
		           i);
		buf_printf(
			&text,
			"%llu,\"name\":\"A person of some name %d\",\"url\":%s,"
			"\"followers_count\":%s,\"statuses_count\":%d,\"public_metrics\":"
			"{\"a\":%d},\"created_at\":\"Tue Mar 24 10:37:41 +0000 2015\"},",
			580317556516483072u + (unsigned long long)(i % 3), i % 3,
			whole[i % 3],
			i % 7 == 6 ? "null"
			: i % 5    ? "12"
				   : "\"12\"",
			i / 9 * 1000 - 2000, i % 2);
		buf_printf(
			&text,
			"\"retweeted_status\":{\"id\":580317556516483099,\"text\":\"to "
			"be "
			"repeated\",\"retweet_count\":%d,\"user\":{\"id\":%d,\"name\":"
			"\"One "
			"of the others\",\"list\":[{\"name\":\"the same in both\"}]}}}\n",
			i * i, i % 2);
	}
	rest = buf_slice(&text);
	for (int i = 0; i < N; i++)
		records[i] = rp_slice_cut(&rest, '\n');
	stats = assert_comes_back(RECORD_X1_POST, records, N);
	assert_int_equal(stats.taken_apart, N);
	stats = assert_comes_back(RECORD_X2_OTHER, records, N);
	assert_int_equal(stats.taken_apart, N);
}

static void
a_key_that_stands_twice_comes_back_twice(void **state)
{
	static const struct rp_slice records[] = {
		RP_LIT("{\"id\":1,\"id\":2,\"id_str\":\"2\",\"id_str\":\"1\"}"),
		RP_LIT("{\"id\":1,\"id\":1,\"id\":580317556516483072}"),
		RP_LIT("{\"id\":580317556516483072,\"id\":{\"id\":580317556516483099}}"),
		RP_LIT("{\"user\":{\"id\":1},\"user\":{\"id\":2},\"user\":[]}"),
		RP_LIT("{\"text\":\"@a\",\"text\":\"#b\",\"entities\":{},\"entities\":{"
		       "\"hashtags\":[{\"text\":\"b\",\"indices\":[0,2],\"indices\":[1,2]"
		       "}]}}"),
	};

	(void)state;
	assert_all_come_back(RECORD_X1_POST, records);
}

static void
records_that_are_no_json_come_back(void **state)
{
	static const struct rp_slice records[] = {
		RP_LIT(""),
		RP_LIT("ANA: I never said that.\n"),
		RP_LIT("BEN:\r\n  You did, at 14:05.\r\n"),
		RP_LIT("\0\0\0"),
		RP_LIT("a\0b"),
		RP_LIT("{"),
		RP_LIT("{}"),
		RP_LIT("[]"),
		RP_LIT("null"),
		RP_LIT("\"text\""),
		RP_LIT("17"),
		RP_LIT("{\"a\":1}{\"a\":1}"),
		RP_LIT("\xef\xbb\xbf{\"a\":1}"),
		RP_LIT("{\"a\":1,}"),
	};
	CLEANUP(buf_done) struct rp_buf noise;
	struct rp_slice one;
	uint32_t seed = 1;

	(void)state;
	assert_all_come_back(RECORD_TURN, records);
	assert_all_come_back(RECORD_X1_POST, records);
	buf_init(&noise, 1 << 20);
	for (int i = 0; i < 100000; i++) {
		seed = seed * 1664525 + 1013904223;
		buf_add_byte(&noise, (char)(seed >> 24));
	}
	one = buf_slice(&noise);
	assert_comes_back(RECORD_TEXT, &one, 1);
}

/* The pattern n times, with its number for "%". */
static void
repeat(struct rp_buf *out, const char *pattern, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (const char *p = pattern; *p != '\0'; p++)
			if (*p == '%')
				buf_printf(out, "%zu", i);
			else
				buf_add_byte(out, *p);
}

/* open n times, the middle, close n times */
static struct rp_slice
repeated(struct rp_buf *out, const char *open, const char *middle, const char *close,
         size_t n)
{
	buf_init(out, 32 << 20);
	repeat(out, open, n);
	buf_add_str(out, middle);
	repeat(out, close, n);
	assert_false(buf_failed(out));
	return buf_slice(out);
}

static void
deep_and_wide_records_come_back(void **state)
{
	struct rp_buf bufs[8];
	struct rp_slice records[8];

	(void)state;
	records[0] = repeated(&bufs[0], "[", "1", "]", 511);
	records[1] = repeated(&bufs[1], "{\"user\":", "{}", "}", 510);
	records[2] = repeated(&bufs[2], "[", "1", "]", 600);
	records[3] = repeated(&bufs[3], "{\"a\":[", "1", "]}", 250);
	records[4] = repeated(&bufs[4], "", "{\"z\":0", ",\"k%\":1", 600);
	buf_add_byte(&bufs[4], '}');
	records[5] = repeated(&bufs[5], "", "{\"z\":0", ",\"k%_str\":\"1\"", 60000);
	buf_add_byte(&bufs[5], '}');
	records[6] = repeated(&bufs[6], "", "[0", ",%", 100000);
	buf_add_byte(&bufs[6], ']');
	records[7] = repeated(&bufs[7], "", "{\"text\":\"", "@a% http://t.co/x ", 60000);
	buf_add_str(&bufs[7], "\"}");
	for (size_t i = 4; i < 8; i++)
		records[i] = buf_slice(&bufs[i]);
	assert_all_come_back(RECORD_X1_POST, records);
	for (size_t i = 0; i < 8; i++)
		buf_done(&bufs[i]);
}

static void
the_largest_record_comes_back(void **state)
{
	struct rp_slice record;
	char *bytes = malloc(RECORD_MAX_BYTES);

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'x', RECORD_MAX_BYTES);
	memcpy(bytes, "{\"a\":\"", 6);
	memcpy(bytes + RECORD_MAX_BYTES - 2, "\"}", 2);
	record = rp_slice_from(bytes, RECORD_MAX_BYTES);
	assert_comes_back(RECORD_X1_POST, &record, 1);
	record.n = (4 << 20) - 2;
	memcpy(bytes + record.n - 2, "\"}", 2);
	assert_comes_back(RECORD_X1_POST, &record, 1);
	free(bytes);
}

static void
as_many_records_as_a_block_may_hold_come_back(void **state)
{
	struct rp_slice *records = calloc(BLOCK_MAX_RECORDS + 1, sizeof(*records));
	CLEANUP(block_codec_free) struct block_codec *codec = block_codec_new();
	CLEANUP(buf_done) struct rp_buf out;
	struct block_input input = { .kind = RECORD_X1_POST, .level = 3 };

	(void)state;
	for (size_t i = 0; i <= BLOCK_MAX_RECORDS; i++)
		records[i] = i % 3 ? RP_SLICE("{\"id\":1}") : RP_SLICE("plain");
	assert_comes_back(RECORD_X1_POST, records, BLOCK_MAX_RECORDS);
	buf_init(&out, 1 << 20);
	input.records = records;
	input.n = BLOCK_MAX_RECORDS + 1;
	assert_int_equal(block_encode(codec, &input, &out, NULL, NULL), RP_BAD_ITEM);
	input.n = 0;
	assert_int_equal(block_encode(codec, &input, &out, NULL, NULL), RP_BAD_ITEM);
	assert_int_equal(out.n, 0);
	free(records);
}

static void
the_same_records_make_the_same_block(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf first;
	CLEANUP(buf_done) struct rp_buf second;
	struct rp_slice records[50];

	(void)state;
	buf_init(&text, 1 << 20);
	add_posts(&text, records, 50);
	encode_block(RECORD_X1_POST, records, 50, &first, NULL);
	encode_block(RECORD_X1_POST, records, 50, &second, NULL);
	assert_true(rp_slice_eq(buf_slice(&first), buf_slice(&second)));
}

static void
a_block_without_room_leaves_the_buffer_as_it_was(void **state)
{
	CLEANUP(block_codec_free) struct block_codec *codec = block_codec_new();
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_slice record = RP_SLICE("some text that is kept as it is");
	struct block_input input = { .records = &record, .n = 1, .level = 3 };

	(void)state;
	input.kind = RECORD_TURN;
	buf_init(&out, 20);
	buf_add_str(&out, "kept");
	assert_int_equal(block_encode(codec, &input, &out, NULL, NULL), RP_BAD_ITEM);
	assert_slice(buf_slice(&out), "kept");
}

static void
dictionaries_make_small_blocks_smaller_and_are_asked_for(void **state)
{
	enum { N = 2000, SOME = 64 };
	CLEANUP(block_codec_free) struct block_codec *codec = block_codec_new();
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf plain;
	CLEANUP(buf_done) struct rp_buf packed;
	CLEANUP(buf_done) struct rp_buf numbers;
	CLEANUP(buf_done) struct rp_buf texts;
	CLEANUP(pack_dict_free) struct pack_dict *numbers_dict = NULL;
	CLEANUP(pack_dict_free) struct pack_dict *texts_dict = NULL;
	static struct rp_slice records[N];
	struct block_dicts dicts;
	struct block_input input = { .records = records, .n = SOME, .level = 3 };
	struct block_needs needs;
	struct block *block = NULL;
	struct rp_error err = { .status = RP_OK };

	(void)state;
	buf_init(&text, 8 << 20);
	buf_init(&plain, 1 << 20);
	buf_init(&packed, 1 << 20);
	buf_init(&numbers, 1 << 20);
	buf_init(&texts, 1 << 20);
	add_posts(&text, records, N);
	assert_ok(block_train(codec, RECORD_X1_POST, records, N, 64 << 10, &numbers,
	                      &texts, &err),
	          err);
	numbers_dict = pack_dict_new(buf_slice(&numbers), 3);
	texts_dict = pack_dict_new(buf_slice(&texts), 3);
	dicts = (struct block_dicts){ numbers_dict, texts_dict, 11, 12 };
	input.kind = RECORD_X1_POST;
	assert_ok(block_encode(codec, &input, &plain, NULL, &err), err);
	input.dicts = &dicts;
	assert_ok(block_encode(codec, &input, &packed, NULL, &err), err);
	assert_true(packed.n < plain.n);

	assert_ok(block_needs(buf_slice(&packed), &needs, &err), err);
	assert_true(needs.numbers && needs.texts);
	assert_int_equal(needs.numbers_hash, 11);
	assert_int_equal(needs.texts_hash, 12);
	assert_int_equal(needs.n, SOME);
	assert_int_equal(block_open(codec, buf_slice(&packed), NULL, &block, NULL),
	                 RP_NOT_FOUND);
	dicts.texts_hash = 13;
	assert_int_equal(block_open(codec, buf_slice(&packed), &dicts, &block, NULL),
	                 RP_NOT_FOUND);
	dicts.texts_hash = 12;
	assert_ok(block_open(codec, buf_slice(&packed), &dicts, &block, &err), err);
	assert_ok(block_verify(block, &err), err);
	block_close(block);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(posts_come_back_byte_for_byte_and_are_taken_apart),
		cmocka_unit_test(json_comes_back_however_it_is_spaced),
		cmocka_unit_test(strings_come_back_however_they_are_escaped),
		cmocka_unit_test(numbers_keep_the_form_they_are_written_in),
		cmocka_unit_test(dates_that_do_not_follow_from_the_id_come_back),
		cmocka_unit_test(entities_that_do_not_fit_their_text_come_back),
		cmocka_unit_test(reposts_replies_and_quotes_come_back),
		cmocka_unit_test(authors_who_come_again_come_back_with_their_counts),
		cmocka_unit_test(a_key_that_stands_twice_comes_back_twice),
		cmocka_unit_test(records_that_are_no_json_come_back),
		cmocka_unit_test(deep_and_wide_records_come_back),
		cmocka_unit_test(the_largest_record_comes_back),
		cmocka_unit_test(as_many_records_as_a_block_may_hold_come_back),
		cmocka_unit_test(the_same_records_make_the_same_block),
		cmocka_unit_test(a_block_without_room_leaves_the_buffer_as_it_was),
		cmocka_unit_test(
			dictionaries_make_small_blocks_smaller_and_are_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
