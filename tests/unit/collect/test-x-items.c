/*
 * A stream cut into values.  Each text is read in chunks of several sizes and with
 * several lengths of batches: what comes out must be the same, and the bytes of the
 * batches must be the text.
 */
#include "core/collect/items.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>

struct source {
	struct rp_slice text;
	size_t at, chunk;
	enum rp_status at_end;
};

static enum rp_status
source_read(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct source *source = context;
	size_t n = source->text.n - source->at;

	if (n == 0)
		return source->at_end == RP_END
		               ? RP_END
		               : rp_fail(err, source->at_end, "the disk is on fire");
	n = n < size ? n : size;
	n = n < source->chunk ? n : source->chunk;
	memcpy(into, source->text.p + source->at, n);
	source->at += n;
	*n_out = n;
	return RP_OK;
}

/* Arrays to be opened; none, but for one test. */
static const struct rp_slice opened[] = { RP_LIT("items"), RP_LIT("more") };
static size_t n_opened;

/* All that was found, one a line: kind, line, offset+bytes, and the value itself. */
static void
note(struct rp_buf *out, const struct item *item)
{
	static const char *const kinds[] = { "value", "garbage", "cut", "long" };

	buf_printf(out, "%s %u:%u+%u ", kinds[item->kind], (unsigned)item->line,
	           (unsigned)item->offset, (unsigned)item->bytes);
	buf_add(out, item->value);
	buf_add_byte(out, '\n');
}

static void
cut(struct rp_slice text, size_t chunk, size_t batch_max, size_t item_max,
    enum rp_status at_end, struct rp_buf *found, struct rp_buf *batches)
{
	struct source source = { text, 0, chunk, at_end };
	struct reader reader = { source_read, &source };
	CLEANUP(buf_done) struct rp_buf bytes;
	struct items items;
	struct item item;
	struct rp_error err;
	enum rp_status st;

	buf_init(&bytes, 1 << 24);
	assert_ok(items_init(&items, &reader, batch_max, item_max, &err), err);
	items_open(&items, opened, n_opened);
	for (;;) {
		items_begin(&items);
		assert_int_equal(items.offset, bytes.n);
		while ((st = items_next(&items, &item, &err)) == RP_OK) {
			note(found, &item);
			if (item.value.n > 0)
				assert_ptr_equal(item.value.p, items.window + item.at);
		}
		assert_int_equal(st, RP_END);
		if (items_bytes(&items).n == 0)
			break;
		buf_printf(batches, "%zu ", items_bytes(&items).n);
		buf_add(&bytes, items_bytes(&items));
	}
	assert_true(rp_slice_eq(buf_slice(&bytes), text));
	assert_int_equal(items.broken, at_end == RP_BAD_SOURCE);
	items_done(&items);
}

static void
assert_cut_at(struct rp_slice text, size_t batch_max, size_t item_max,
              enum rp_status at_end, const char *expected)
{
	static const size_t chunks[] = { 4096, 7, 3, 2, 1 };
	CLEANUP(buf_done) struct rp_buf first, found, first_batches, batches;

	buf_init(&first, 1 << 20);
	buf_init(&found, 1 << 20);
	buf_init(&first_batches, 1 << 20);
	buf_init(&batches, 1 << 20);
	for (size_t i = 0; i < sizeof(chunks) / sizeof(*chunks); i++) {
		buf_clear(&found);
		buf_clear(&batches);
		cut(text, chunks[i], batch_max, item_max, at_end, &found, &batches);
		assert_slice(buf_slice(&found), expected);
		if (i == 0)
			buf_add(&first_batches, buf_slice(&batches));
		if (!rp_slice_eq(buf_slice(&first_batches), buf_slice(&batches)))
			fail_msg("batches of %zu read by %zu: %.*s, by %zu: %.*s",
			         batch_max, chunks[0], RP_FMT(buf_slice(&first_batches)),
			         chunks[i], RP_FMT(buf_slice(&batches)));
	}
}

static void
assert_cut(const char *text, const char *expected)
{
	static const size_t lengths[] = { 1 << 16, 40, 13, 5, 1 };

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
		assert_cut_at(rp_slice_str(text), lengths[i], 1 << 16, RP_END, expected);
}

static void
lines_are_cut_where_they_end(void **state)
{
	(void)state;
	assert_cut("{\"a\":1}\n{\"b\":2}\n",
	           "value 1:0+7 {\"a\":1}\nvalue 2:8+7 {\"b\":2}\n");
	assert_cut("{\"a\":1}\r\n\r\n\n  {\"b\":2}  ",
	           "value 1:0+7 {\"a\":1}\nvalue 4:14+7 {\"b\":2}\n");
}

static void
a_byte_order_mark_belongs_to_the_file(void **state)
{
	(void)state;
	assert_cut("\xef\xbb\xbf{\"a\":1}\n{\"b\":2}\n",
	           "value 1:3+7 {\"a\":1}\nvalue 2:11+7 {\"b\":2}\n");
	assert_cut("\xef\xbb\xbf", "");
}

static void
an_empty_input_has_no_values(void **state)
{
	(void)state;
	assert_cut("", "");
	assert_cut(" \n\n\t", "");
	assert_cut("[]", "");
	assert_cut("[\n]\n", "");
}

static void
a_broken_line_costs_that_line_alone(void **state)
{
	(void)state;
	assert_cut("{\"a\":1}\n{\"b\":[\n\"}\n{\"c\":3}\n",
	           "value 1:0+7 {\"a\":1}\nvalue 2:8+6 {\"b\":[\n"
	           "garbage 3:15+2 \"}\nvalue 4:18+7 {\"c\":3}\n");
	/* The first line too: the next one begins a value of its own. */
	assert_cut("{\"a\":\"1\n{\"b\":2}\n{\"c\":3}\n",
	           "value 1:0+7 {\"a\":\"1\nvalue 2:8+7 {\"b\":2}\nvalue 3:16+7 "
	           "{\"c\":3}\n");
	assert_cut("a log line\n{\"b\":2}\n",
	           "garbage 1:0+10 a log line\nvalue 2:11+7 {\"b\":2}\n");
}

/* As a writer breaks one line of a document; but what follows are lines of their own. */
static void
a_broken_first_line_may_end_like_an_open_value(void **state)
{
	static const char *const ends[] = { "\"b\":", "\"b\":[", "\"b\":{", "\"b\":1," };
	char text[100], expected[200];

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		unsigned n = (unsigned)strlen(ends[i]) + 1;

		(void)snprintf(text, sizeof(text), "{%s\n{\"c\":3}\n{\"d\":4}\n",
		               ends[i]);
		(void)snprintf(expected, sizeof(expected),
		               "value 1:0+%u {%s\nvalue 2:%u+7 {\"c\":3}\n"
		               "value 3:%u+7 {\"d\":4}\n",
		               n, ends[i], n + 1, n + 9);
		assert_cut(text, expected);
	}
	assert_cut("{\"b\":\n{\"c\":3} ", "value 1:0+5 {\"b\":\nvalue 2:6+7 {\"c\":3}\n");
	assert_cut("{\r\n{\"c\":3}\r\n\r\n{", "value 1:0+1 {\nvalue 2:3+7 {\"c\":3}\ncut "
	                                      "4:14+1 {\n");
	assert_cut("[[[\n{\"b\":\n{\"c\":3}\n",
	           "value 1:0+3 [[[\nvalue 2:4+5 {\"b\":\nvalue 3:10+7 {\"c\":3}\n");
}

static void
a_document_with_an_object_a_line_stays_one(void **state)
{
	static const char *const documents[] = {
		"{\"data\":[\n{\"a\":1}\n]}",
		"{\"data\":[\n{\"a\":1},\n{\"b\":2}\n]}",
		"{\"data\":\n{\"a\":1}\n}",
		"{\"data\":\n{\"a\":1}}",
		"{\"data\":\n{\"a\":1}\n,\"b\":\n{\"c\":3}\n}",
		"{\"data\":[\n\n{\"a\":1},\n{\"b\":2}\n]}",
	};
	char expected[200];

	(void)state;
	for (size_t i = 0; i < sizeof(documents) / sizeof(*documents); i++) {
		(void)snprintf(expected, sizeof(expected), "value 1:0+%zu %s\n",
		               strlen(documents[i]), documents[i]);
		assert_cut(documents[i], expected);
	}
	assert_cut("[{\"a\":[\n{\"b\":2}\n]}]", "value 1:1+17 {\"a\":[\n{\"b\":2}\n]}\n");
	assert_cut("[[1],\n{\"a\":1}]", "value 1:1+3 [1]\nvalue 2:6+7 {\"a\":1}\n");
	assert_cut("[\n[\n{\"a\":1}\n]]", "value 2:2+11 [\n{\"a\":1}\n]\n");
}

static void
the_elements_of_an_array_come_one_by_one(void **state)
{
	(void)state;
	assert_cut("[{\"a\":1},{\"b\":2} , {\"c\":3}]\n",
	           "value 1:1+7 {\"a\":1}\nvalue 1:9+7 {\"b\":2}\nvalue 1:19+7 "
	           "{\"c\":3}\n");
	assert_cut("[\n  {\n  \"a\": 1\n  },\n  {\n  \"b\": 2\n  }\n]\n",
	           "value 2:4+14 {\n  \"a\": 1\n  }\nvalue 5:22+14 {\n  \"b\": 2\n  }\n");
	assert_cut("[[1],{\"a\":1}]", "value 1:1+3 [1]\nvalue 1:5+7 {\"a\":1}\n");
}

static void
an_array_with_an_element_a_line_is_cut_by_lines(void **state)
{
	(void)state;
	assert_cut("[\n{\"a\":1},\n{\"b\":[,\n{\"c\":3}\n]\n",
	           "value 2:2+7 {\"a\":1}\nvalue 3:11+6 {\"b\":[\n"
	           "value 4:19+7 {\"c\":3}\n");
	assert_cut("[{\"a\":1},\n{\"b\":2}];\n",
	           "value 1:1+7 {\"a\":1}\nvalue 2:10+7 {\"b\":2}\n");
}

static void
values_may_take_many_lines_or_share_one(void **state)
{
	(void)state;
	assert_cut("{\n \"a\": 1\n}\n{\n \"b\": \"}\"\n}\n",
	           "value 1:0+11 {\n \"a\": 1\n}\nvalue 4:12+13 {\n \"b\": \"}\"\n}\n");
	assert_cut("{\"a\":1}{\"b\":2} {\"c\":3}",
	           "value 1:0+7 {\"a\":1}\nvalue 1:7+7 {\"b\":2}\nvalue 1:15+7 "
	           "{\"c\":3}\n");
	assert_cut("{\"data\":[\n{\"a\":1},\n{\"b\":2}]}\n",
	           "value 1:0+28 {\"data\":[\n{\"a\":1},\n{\"b\":2}]}\n");
	assert_cut("{\"a\":1}\r{\"b\":2}\r",
	           "value 1:0+7 {\"a\":1}\nvalue 1:8+7 {\"b\":2}\n");
}

static void
the_wrapper_of_the_account_archive_is_passed_over(void **state)
{
	(void)state;
	assert_cut("window.YTD.tweets.part0 = [ {\n\"a\" : 1\n}, {\n\"b\" : 2\n} ];\n",
	           "value 1:28+11 {\n\"a\" : 1\n}\nvalue 3:41+11 {\n\"b\" : 2\n}\n");
	assert_cut("window.YTD", "garbage 1:0+10 window.YTD\n");
}

static void
what_the_end_cuts_off_is_told(void **state)
{
	(void)state;
	assert_cut("{\"a\":1}\n{\"b\":", "value 1:0+7 {\"a\":1}\ncut 2:8+5 {\"b\":\n");
	assert_cut("{\"a\":1}\n{\"b\":2}",
	           "value 1:0+7 {\"a\":1}\nvalue 2:8+7 {\"b\":2}\n");
	assert_cut("[{\"a\":1},{\"b\":2", "value 1:1+7 {\"a\":1}\ncut 1:9+6 {\"b\":2\n");
	assert_cut("{\n\"a\": 1\n", "cut 1:0+8 {\n\"a\": 1\n");
}

static void
a_reader_that_loses_the_rest_ends_the_input(void **state)
{
	(void)state;
	assert_cut_at(RP_SLICE("{\"a\":1}\n{\"b\":2}\n"), 100, 100, RP_BAD_SOURCE,
	              "value 1:0+7 {\"a\":1}\nvalue 2:8+7 {\"b\":2}\n");
	assert_cut_at(RP_SLICE("{\"a\":1}\n{\"b\":"), 100, 100, RP_BAD_SOURCE,
	              "value 1:0+7 {\"a\":1}\ncut 2:8+5 {\"b\":\n");
}

static void
values_that_are_too_long_go_by_as_bytes(void **state)
{
	static const size_t batches[] = { 200, 30, 12, 5 };
	const char *lines =
		"{\"a\":1}\n{\"b\":\"xxxxxxxxxxxxxxxxxxxxxxxxx\"}\n{\"c\":3}\n";
	const char *array = "[{\"a\":1},{\"b\":\"xxxxxxxxxxxxxxxxxxxxxxxxx\"},{\"c\":3}]";

	(void)state;
	for (size_t i = 0; i < sizeof(batches) / sizeof(*batches); i++) {
		assert_cut_at(rp_slice_str(lines), batches[i], 10, RP_END,
		              "value 1:0+7 {\"a\":1}\nlong 2:8+33 \nvalue 3:42+7 "
		              "{\"c\":3}\n");
		assert_cut_at(rp_slice_str(array), batches[i], 10, RP_END,
		              "value 1:1+7 {\"a\":1}\nlong 1:9+33 \nvalue 1:43+7 "
		              "{\"c\":3}\n");
	}
	/* The first one, before it is known how the file is cut. */
	assert_cut_at(RP_SLICE("{\"b\":\"xxxxxxxxxxxxx\"}\n{\"c\":3}\n"), 16, 10, RP_END,
	              "long 1:0+21 \nvalue 2:22+7 {\"c\":3}\n");
	assert_cut_at(RP_SLICE("{\"b\":\"xxxxxxxxxxxxx"), 16, 10, RP_END,
	              "long 1:0+19 \n");
}

static void
a_batch_ends_before_the_value_that_would_be_too_much(void **state)
{
	CLEANUP(buf_done) struct rp_buf found, batches;

	(void)state;
	buf_init(&found, 1000);
	buf_init(&batches, 1000);
	cut(RP_SLICE("{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n{\"d\":\"456789\"}\n"), 4096, 20,
	    50, RP_END, &found, &batches);
	assert_slice(buf_slice(&batches), "16 8 15 ");
}

static void
a_value_put_back_comes_again(void **state)
{
	const char *texts[] = { "{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n",
		                "[{\"a\":1},{\"b\":2},{\"c\":3}]" };
	struct items items;
	struct item item;
	struct rp_error err;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct source source = { rp_slice_str(texts[i]), 0, 99, RP_END };
		struct reader reader = { source_read, &source };

		assert_ok(items_init(&items, &reader, 100, 100, &err), err);
		items_begin(&items);
		assert_int_equal(items_next(&items, &item, &err), RP_OK);
		assert_int_equal(items_next(&items, &item, &err), RP_OK);
		assert_slice(item.value, "{\"b\":2}");
		items_back(&items, &item);
		items_begin(&items);
		assert_int_equal(items_next(&items, &item, &err), RP_OK);
		assert_slice(item.value, "{\"b\":2}");
		assert_int_equal(item.line, i == 0 ? 2 : 1);
		assert_int_equal(items_next(&items, &item, &err), RP_OK);
		assert_slice(item.value, "{\"c\":3}");
		assert_int_equal(items_next(&items, &item, &err), RP_END);
		items_done(&items);
	}
}

static void
a_reader_that_fails_stops_everything(void **state)
{
	struct source source = { RP_SLICE("{\"a\":1}\n"), 0, 3, RP_FAILED };
	struct reader reader = { source_read, &source };
	struct items items;
	struct item item;
	struct rp_error err;
	enum rp_status st;

	(void)state;
	assert_ok(items_init(&items, &reader, 100, 100, &err), err);
	items_begin(&items);
	while ((st = items_next(&items, &item, &err)) == RP_OK)
		;
	assert_int_equal(st, RP_FAILED);
	items_done(&items);
}

/* Brackets, quotes, newlines and blanks in any order, some behind a broken first line. */
static void
any_bytes_come_out_as_they_went_in(void **state)
{
	static const char broken[] = "{\"b\":\n{\"c\":3}\n";
	static const char letters[] = "{}[]\",:\\ \n\r1a;\xef\xbb\xbf";
	CLEANUP(buf_done) struct rp_buf found, batches, again, batches_again;
	uint64_t random = 88172645463325252u;
	char text[64];
	size_t n, batch_max;

	(void)state;
	buf_init(&found, 1 << 20);
	buf_init(&batches, 1 << 20);
	buf_init(&again, 1 << 20);
	buf_init(&batches_again, 1 << 20);
	for (int round = 0; round < 20000; round++) {
		n = (size_t)round % sizeof(text);
		for (size_t i = 0; i < n; i++) {
			random ^= random << 13;
			random ^= random >> 7;
			random ^= random << 17;
			text[i] = letters[random % (sizeof(letters) - 1)];
		}
		if (round % 2 == 1)
			memcpy(text, broken,
			       n < sizeof(broken) - 1 ? n : sizeof(broken) - 1);
		batch_max = round % 4 < 2 ? 16 : 40;
		buf_clear(&batches);
		buf_clear(&batches_again);
		cut(rp_slice_from(text, n), 99, batch_max, 9, RP_END, &found, &batches);
		cut(rp_slice_from(text, n), 1, batch_max, 9, RP_END, &again,
		    &batches_again);
		assert_true(rp_slice_eq(buf_slice(&batches), buf_slice(&batches_again)));
		assert_true(rp_slice_eq(buf_slice(&found), buf_slice(&again)));
		buf_clear(&found);
		buf_clear(&again);
	}
}

static void
an_object_that_is_too_long_is_opened_at_the_arrays_it_is_known_by(void **state)
{
	static const size_t lengths[] = { 1 << 16, 40, 13, 7 };

	(void)state;
	n_opened = 2;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		/* One that is not is a value, whatever it holds. */
		assert_cut_at(RP_SLICE("{\"items\":[{}]}"), lengths[i], 30, RP_END,
		              "value 1:0+14 {\"items\":[{}]}\n");
		assert_cut_at(RP_SLICE("{\"a\":[1], \"items\" : [{\"x\":1},\n"
		                       "{\"y\":2}],\"b\":{\"c\":\"}]\"},\"n\":12,"
		                       "\"more\":[ ] ,\"items\":[{\"z\":3}]}\n{\"v\":1}"),
		              lengths[i], 30, RP_END,
		              "value 1:21+7 {\"x\":1}\nvalue 2:30+7 {\"y\":2}\n"
		              "value 2:82+7 {\"z\":3}\nvalue 3:92+7 {\"v\":1}\n");
		assert_cut_at(
			RP_SLICE("{\"items\":[{\"long\":\"0123456789012345678901\"},"
		                 "{\"x\":1},{\"y\":"),
			lengths[i], 30, RP_END,
			"long 1:10+33 \nvalue 1:44+7 {\"x\":1}\n"
			"cut 1:52+5 {\"y\":\n");
		/* One without such an array goes by. */
		assert_cut_at(RP_SLICE("{\"other\":[{\"x\":1},{\"y\":2}],\"a\":[1,2,3]}"),
		              lengths[i], 30, RP_END, "long 1:0+39 \n");
	}
	n_opened = 0;
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		cmocka_unit_test(lines_are_cut_where_they_end),
		cmocka_unit_test(a_byte_order_mark_belongs_to_the_file),
		cmocka_unit_test(an_empty_input_has_no_values),
		cmocka_unit_test(a_broken_line_costs_that_line_alone),
		cmocka_unit_test(a_broken_first_line_may_end_like_an_open_value),
		cmocka_unit_test(a_document_with_an_object_a_line_stays_one),
		cmocka_unit_test(the_elements_of_an_array_come_one_by_one),
		cmocka_unit_test(an_array_with_an_element_a_line_is_cut_by_lines),
		cmocka_unit_test(values_may_take_many_lines_or_share_one),
		cmocka_unit_test(the_wrapper_of_the_account_archive_is_passed_over),
		cmocka_unit_test(what_the_end_cuts_off_is_told),
		cmocka_unit_test(a_reader_that_loses_the_rest_ends_the_input),
		cmocka_unit_test(values_that_are_too_long_go_by_as_bytes),
		cmocka_unit_test(a_batch_ends_before_the_value_that_would_be_too_much),
		cmocka_unit_test(a_value_put_back_comes_again),
		cmocka_unit_test(a_reader_that_fails_stops_everything),
		cmocka_unit_test(any_bytes_come_out_as_they_went_in),
		cmocka_unit_test(
			an_object_that_is_too_long_is_opened_at_the_arrays_it_is_known_by),
	};

	return cmocka_run_group_tests_name("x-items", specs, NULL, NULL);
}
