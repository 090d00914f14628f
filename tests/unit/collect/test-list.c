#include "core/base/buf.h"
#include "core/collect/list.h"
#include "tests/support/memory-reader.h"
#include "tests/support/read-batches.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>

extern const struct collector_ops list_collector;

/* What a list was read as, gathered over its batches. */
static struct reading {
	struct rp_buf posts;   /* "KEY AUTHOR\n" */
	struct rp_buf records; /* their bytes, each with "|" behind */
	struct rp_buf rejects; /* "OFFSET+BYTES line LINE: reason\n" */
	struct rp_buf bytes;
	size_t n_batches;
} got;

static void
clear(void)
{
	struct rp_buf *const bufs[] = { &got.posts, &got.records, &got.rejects,
		                        &got.bytes };

	for (size_t i = 0; i < sizeof(bufs) / sizeof(*bufs); i++) {
		buf_done(bufs[i]);
		buf_init(bufs[i], 64 << 20);
	}
	got.n_batches = 0;
}

static void
gather(const struct batch *batch)
{
	size_t end = 0;

	assert_true(batch->offset == got.bytes.n);
	buf_add(&got.bytes, batch->bytes);
	got.n_batches++;
	for (size_t i = 0; i < batch->n_records; i++) {
		const struct batch_record *record = &batch->records[i];

		assert_true(record->at >= end && record->n > 0);
		end = record->at + record->n;
		assert_true(end <= batch->bytes.n);
		assert_int_equal(record->kind, RECORD_LINE);
		buf_add(&got.records,
		        rp_slice_from(batch->bytes.p + record->at, record->n));
		buf_add_byte(&got.records, '|');
	}
	for (size_t i = 0; i < batch->n_observations; i++) {
		const struct observation *seen = &batch->observations[i];

		assert_int_equal(seen->post.kind, KIND_GHOST);
		assert_true(key_valid(seen->post.key) && !key_is_account(seen->post.key));
		assert_true(seen->record < batch->n_records);
		buf_add(&got.posts, seen->post.key);
		buf_add_byte(&got.posts, ' ');
		buf_add(&got.posts, seen->post.author);
		buf_add_byte(&got.posts, '\n');
	}
	for (size_t i = 0; i < batch->n_rejects; i++)
		buf_printf(&got.rejects, "%llu+%llu line %llu: %.*s\n",
		           (unsigned long long)batch->rejects[i].offset,
		           (unsigned long long)batch->rejects[i].bytes,
		           (unsigned long long)batch->rejects[i].line,
		           RP_FMT(batch->rejects[i].reason));
}

/* In pieces of so many bytes. */
static void
read_in_pieces(struct rp_slice text, size_t piece)
{
	struct memory_reader from = { text, piece, RP_OK };
	const struct input input = { .name = RP_SLICE("list.txt"),
		                     .reader = { memory_read, &from } };

	clear();
	read_batches(&list_collector, &input, gather);
	assert_true(rp_slice_eq(buf_slice(&got.bytes), text));
}

static void
read_list(const char *text)
{
	read_in_pieces(rp_slice_str(text), 7);
}

static void
each_address_in_a_line_names_a_post(void **state)
{
	(void)state;
	read_list("# my links\n"
	          "https://x.com/Ana/status/20 said, and https://x.com/bo/status/21\r\n"
	          "\n"
	          "- [a post](https://bsky.app/profile/did:plc:abc/post/3lgz24abcde2k)\n"
	          "just prose, and https://example.org/\n"
	          "https://social.example/@ana/115");
	assert_slice(buf_slice(&got.posts), "x:20 x:@ana?\n"
	                                    "x:21 x:@bo?\n"
	                                    "bsky:did:plc:abc/3lgz24abcde2k "
	                                    "bsky:@did:plc:abc\n"
	                                    "masto:social.example!115 "
	                                    "masto:@ana@social.example?\n");
	assert_slice(
		buf_slice(&got.records),
		"https://x.com/Ana/status/20 said, and https://x.com/bo/status/21|"
		"- [a post](https://bsky.app/profile/did:plc:abc/post/3lgz24abcde2k)|"
		"https://social.example/@ana/115|");
	assert_slice(buf_slice(&got.rejects), "");
}

static void
ids_one_a_line_are_posts_on_x(void **state)
{
	(void)state;
	read_list("\xef\xbb\xbf"
	          "1881923570458304780\n  1881923570458304781  \r\n12345\n"
	          "01881923570458304780\n99999999999999999999\n"
	          "1881923570458304782 with words\n");
	assert_slice(buf_slice(&got.posts),
	             "x:1881923570458304780 \nx:1881923570458304781 \n");
	read_list("tweet_id\n20\n\"21\"\nnone\n");
	assert_slice(buf_slice(&got.posts), "x:20 \nx:21 \n");
	read_list("id\n20\n1881923570458304780\n");
	assert_slice(buf_slice(&got.posts), "x:1881923570458304780 \n");
}

static void
keys_one_a_line_are_posts(void **state)
{
	(void)state;
	read_list("x:20\nbsky:did:plc:abc/3lgz24abcde2k\n"
	          "masto:https://social.example/users/ana/statuses/1\n"
	          "x:@44196397\nspoken:davos/1\nx:abc\nratio x:12\n");
	assert_slice(buf_slice(&got.posts),
	             "x:20 \nbsky:did:plc:abc/3lgz24abcde2k \n"
	             "masto:https://social.example/users/ana/statuses/1 \n");
}

static void
the_column_of_a_table_is_found_by_its_title(void **state)
{
	(void)state;
	read_list("date,\"Tweet_ID\",text\n"
	          "2025-01-22,1881923570458304780,\"a, b\"\n"
	          "\"2025, January\",\"1881923570458304781\",c\n"
	          "2025-01-23,20,https://x.com/bo/status/22\n"
	          "short\n");
	assert_slice(buf_slice(&got.posts),
	             "x:1881923570458304780 \nx:1881923570458304781 \nx:20 \n"
	             "x:22 x:@bo?\n");
	read_list("a;id;tweet_id\n1;2;3\n");
	assert_slice(buf_slice(&got.posts), "x:3 \n");
}

static void
an_id_that_was_rounded_is_refused(void **state)
{
	(void)state;
	read_list("tweet_id,text\n1.88192E+18,a\n1881923570458304780,b\n");
	assert_slice(buf_slice(&got.posts), "x:1881923570458304780 \n");
	assert_slice(buf_slice(&got.rejects),
	             "14+13 line 2: a spreadsheet has rounded the id: its last digits "
	             "are gone\n");
}

static void
bookmarks_of_browsers_are_lists(void **state)
{
	static const char text[] =
		"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n"
		"<DT><A HREF=\"https://x.com/ana/status/20?s=20&amp;t=x\" "
		"ADD_DATE=\"1737520518\">Ana on X: a/b</A>\n</DL><p>\n";

	(void)state;
	read_list(text);
	assert_slice(buf_slice(&got.posts), "x:20 x:@ana?\n");
	assert_true(list_collector.sniff(rp_slice_str(text), NULL) >= 70);
}

static void
a_file_that_names_no_post_is_one_reject(void **state)
{
	(void)state;
	read_list("Dear all,\n\nsee https://example.org/\n");
	assert_slice(buf_slice(&got.posts), "");
	assert_slice(buf_slice(&got.rejects),
	             "0+36 line 1: no address or id of a post in it\n");
	read_list("");
	assert_slice(buf_slice(&got.rejects), "");
}

static void
only_what_mostly_names_posts_is_taken_for_a_list(void **state)
{
	static const struct {
		const char *text;
		bool mine;
	} rows[] = {
		{ "https://x.com/ana/status/20\n", true },
		{ "# links\n\nhttps://x.com/ana/status/20 a\nhttps://x.com/a/status/21\n",
		  true },
		{ "1881923570458304780\n1881923570458304781\n", true },
		{ "tweet_id,text\n20,a\n21,b\n", true },
		{ "x:20\nx:21\n", true },
		{ "", false },
		{ "Dear all,\nsee https://x.com/ana/status/20\nand more\nBest", false },
		{ "{\"url\":\"https://x.com/ana/status/20\"}", false },
		{ "<html><a href=\"https://x.com/ana/status/20\">a</a>", false },
		{ "12345\n67890\n", false },
		{ "name,id\nAna,1\nBo,2\n", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if ((list_collector.sniff(rp_slice_str(rows[i].text), NULL) > 0) !=
		    rows[i].mine)
			fail_msg("\"%s\"", rows[i].text);
}

static void
how_the_bytes_arrive_makes_no_difference(void **state)
{
	static const size_t pieces[] = { 1 << 20, 65536, 65537, 4099 };
	enum { LONG = 400000 };
	char *text = malloc(LONG + 64);
	struct rp_buf first;
	size_t n = 0;

	(void)state;
	assert_non_null(text);
	/* One line, longer than a piece, then many. */
	for (int i = 0; n < LONG; i++)
		n += (size_t)snprintf(text + n, 64, "https://x.com/a/status/%d%s",
		                      100000 + i, n < LONG / 2 ? " " : "\n");
	buf_init(&first, 64 << 20);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		read_in_pieces(rp_slice_from(text, n), pieces[i]);
		if (i == 0)
			buf_add(&first, buf_slice(&got.records));
		assert_true(rp_slice_eq(buf_slice(&first), buf_slice(&got.records)));
		assert_true(got.posts.n > LONG / 3);
	}
	buf_done(&first);
	free(text);
}

static void
a_line_without_end_passes_by(void **state)
{
	enum { LONG = 10 << 20 }; /* more than a batch has */
	char *text = malloc(LONG);

	(void)state;
	assert_non_null(text);
	memset(text, '/', LONG);
	memcpy(text + LONG - 30, "\nhttps://x.com/ana/status/1234", 30);
	read_in_pieces(rp_slice_from(text, LONG), 1 << 20);
	assert_slice(buf_slice(&got.posts), "x:1234 x:@ana?\n");
	assert_true(got.n_batches > 1);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_address_in_a_line_names_a_post),
		cmocka_unit_test(ids_one_a_line_are_posts_on_x),
		cmocka_unit_test(keys_one_a_line_are_posts),
		cmocka_unit_test(the_column_of_a_table_is_found_by_its_title),
		cmocka_unit_test(an_id_that_was_rounded_is_refused),
		cmocka_unit_test(bookmarks_of_browsers_are_lists),
		cmocka_unit_test(a_file_that_names_no_post_is_one_reject),
		cmocka_unit_test(only_what_mostly_names_posts_is_taken_for_a_list),
		cmocka_unit_test(how_the_bytes_arrive_makes_no_difference),
		cmocka_unit_test(a_line_without_end_passes_by),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
