#include "tests/unit/parse/fixture.h"

/* Feed in pieces of `piece` bytes; what was said last, and the value's bounds. */
static enum json_split
feed(struct json_splitter *split, struct rp_slice text, size_t piece)
{
	enum json_split said = JSON_SPLIT_MORE;
	size_t used;

	json_splitter_init(split);
	while (text.n > 0 && said == JSON_SPLIT_MORE) {
		said = json_split(split,
		                  rp_slice_from(text.p, piece < text.n ? piece : text.n),
		                  &used);
		text = rp_slice_skip(text, used);
	}
	return said;
}

static void
assert_split(const char *text, const char *value)
{
	struct rp_slice all = rp_slice_str(text);
	struct json_splitter split;
	enum json_split said;

	for (size_t piece = 1; piece <= all.n; piece++) {
		said = feed(&split, all, piece);
		if (said == JSON_SPLIT_MORE)
			said = json_split_finish(&split);
		assert_int_equal(said, JSON_SPLIT_END);
		assert_slice(rp_slice_from(all.p + split.begin,
		                           (size_t)(split.fed - split.begin)),
		             value);
	}
}

static void
a_value_is_cut_out_of_a_stream_whatever_the_chunks(void **state)
{
	(void)state;
	assert_split(" \n{\"a\":[1,{}],\"b\":\"}\"}{\"c\":2}",
	             "{\"a\":[1,{}],\"b\":\"}\"}");
	assert_split("[[],[[]]],3", "[[],[[]]]");
	assert_split("\"a\\\"]\\\\\"]", "\"a\\\"]\\\\\"");
	assert_split("{\"\\\\\\\"{\":\"\xc3\xa9[\"},", "{\"\\\\\\\"{\":\"\xc3\xa9[\"}");
	assert_split("-1.5e3,2", "-1.5e3");
	assert_split("true]", "true");
	assert_split("null\n", "null");
	assert_split("12", "12");
	assert_split("rubbish {}", "rubbish");
}

static void
punctuation_between_values_is_not_taken(void **state)
{
	struct json_splitter split;
	size_t used = 99;

	(void)state;
	for (const char *p = ",:]}"; *p != '\0'; p++) {
		char text[] = { ' ', *p };

		json_splitter_init(&split);
		assert_int_equal(json_split(&split, rp_slice_from(text, 2), &used),
		                 JSON_SPLIT_STRAY);
		assert_int_equal(used, 1);
	}
}

static void
a_stream_that_breaks_off_is_told_from_one_that_ends(void **state)
{
	struct json_splitter split;

	(void)state;
	assert_int_equal(feed(&split, RP_SLICE("{\"a\":1"), 3), JSON_SPLIT_MORE);
	assert_int_equal(json_split_finish(&split), JSON_SPLIT_MORE);
	assert_int_equal(feed(&split, RP_SLICE("\"a\\"), 3), JSON_SPLIT_MORE);
	assert_int_equal(json_split_finish(&split), JSON_SPLIT_MORE);
	assert_int_equal(feed(&split, RP_SLICE("  \n"), 3), JSON_SPLIT_MORE);
	assert_int_equal(json_split_finish(&split), JSON_SPLIT_STRAY);
	assert_int_equal(feed(&split, RP_SLICE("17"), 1), JSON_SPLIT_MORE);
	assert_int_equal(json_split_finish(&split), JSON_SPLIT_END);
	assert_int_equal(split.begin, 0);
	assert_int_equal(split.fed, 2);
}

static void
a_value_of_any_length_and_depth_is_skipped_in_constant_memory(void **state)
{
	struct json_splitter split;
	size_t used;
	char text[1000];

	(void)state;
	json_splitter_init(&split);
	memset(text, '[', sizeof(text));
	for (int i = 0; i < 1000; i++)
		assert_int_equal(
			json_split(&split, rp_slice_from(text, sizeof(text)), &used),
			JSON_SPLIT_MORE);
	memset(text, ']', sizeof(text));
	for (int i = 0; i < 999; i++)
		assert_int_equal(
			json_split(&split, rp_slice_from(text, sizeof(text)), &used),
			JSON_SPLIT_MORE);
	assert_int_equal(json_split(&split, rp_slice_from(text, sizeof(text)), &used),
	                 JSON_SPLIT_END);
	assert_int_equal(split.fed, 2000000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_value_is_cut_out_of_a_stream_whatever_the_chunks),
		SPEC(punctuation_between_values_is_not_taken),
		SPEC(a_stream_that_breaks_off_is_told_from_one_that_ends),
		SPEC(a_value_of_any_length_and_depth_is_skipped_in_constant_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
