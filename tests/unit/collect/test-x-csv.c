/*
 * tweets.csv of old archives: rows, cells and what they say.
 */
#include "core/collect/collector.h"
#include "tests/support/spec.h"

#include <stdlib.h>

static struct {
	struct rp_slice text;
	size_t at, chunk;
	struct collector *collector;
	struct arena *arena;
	struct batch batch;
} csv;

static const struct collector_ops *
ops(void)
{
	return collector_find(RP_SLICE("x-archive"));
}

static enum rp_status
read_source(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	size_t n = csv.text.n - csv.at;

	(void)context;
	(void)err;
	n = n < size ? n : size;
	n = n < csv.chunk ? n : csv.chunk;
	if (n == 0)
		return RP_END;
	memcpy(into, csv.text.p + csv.at, n);
	csv.at += n;
	*n_out = n;
	return RP_OK;
}

static void
read_rows(const char *text, size_t chunk)
{
	const struct input input = { .name = RP_SLICE("tweets.csv"),
		                     .options = RP_SLICE("account=1001\nhandle=ana\n"),
		                     .reader = { read_source, NULL } };
	struct rp_error err;

	if (csv.collector != NULL)
		ops()->close(csv.collector);
	arena_reset(csv.arena);
	csv.text = rp_slice_str(text);
	csv.at = 0;
	csv.chunk = chunk;
	csv.batch = (struct batch){ .arena = csv.arena };
	assert_ok(ops()->open(&input, &csv.collector, &err), err);
	assert_ok(ops()->next(csv.collector, &csv.batch, &err), err);
	assert_int_equal(csv.batch.bytes.n, csv.text.n);
}

#define HEADER                                                                           \
	"\"tweet_id\",\"in_reply_to_status_id\",\"in_reply_to_user_id\",\"timestamp\","  \
	"\"source\",\"text\",\"retweeted_status_id\",\"retweeted_status_user_id\","      \
	"\"retweeted_status_timestamp\",\"expanded_urls\"\r\n"

static const struct observation *
seen(size_t i)
{
	for (size_t k = 0; k < csv.batch.n_observations; k++)
		if (csv.batch.observations[k].post.kind != KIND_GHOST && i-- == 0)
			return &csv.batch.observations[k];
	fail_msg("there are not that many posts");
	abort();
}

static void
a_row_is_a_post_of_the_owner_with_its_line_breaks_and_quotes(void **state)
{
	(void)state;
	for (size_t chunk = 1; chunk < 2000; chunk = chunk * 3 + 1) {
		read_rows(HEADER "\"918239532981669888\",\"\",\"\",\"2017-10-11 22:18:59 "
		                 "+0000\",\"web\",\"one\ntwo, \"\"three\"\" &amp; four\","
		                 "\"\",\"\",\"\",\"\"\r\n",
		          chunk);
		assert_int_equal(csv.batch.n_records, 1);
		assert_slice(seen(0)->post.key, "x:918239532981669888");
		assert_slice(seen(0)->post.author, "x:@1001");
		assert_slice(seen(0)->version.text, "one\ntwo, \"three\" & four");
		assert_int_equal(seen(0)->version.printed.precision, RP_PRECISION_S);
		assert_int_equal(csv.batch.records[0].kind, RECORD_LINE);
		assert_int_equal(csv.batch.n_rejects, 0);
	}
}

static void
replies_reposts_and_links_are_told_by_their_columns(void **state)
{
	(void)state;
	read_rows(HEADER "\"9\",\"5\",\"2\",\"\",\"\",\"@bob http://t.co/x\",\"\",\"\","
	                 "\"\",\"http://example.org/\"\n"
	                 "\"8\",\"\",\"\",\"\",\"\",\"RT @c: hi\",\"6\",\"3\",\"\",\"\"",
	          1000);
	assert_slice(seen(0)->edges[0].parent, "x:5");
	assert_slice(seen(0)->version.text, "@bob http://example.org/");
	assert_int_equal(seen(1)->post.kind, KIND_REPOST);
	assert_slice(seen(1)->edges[0].parent, "x:6");
	assert_int_equal(csv.batch.n_observations, 4);
}

static void
a_row_without_an_id_and_a_file_without_a_header_are_rejected(void **state)
{
	(void)state;
	read_rows(HEADER "oops,1\n\"7\",\"\",\"\",\"\",\"\",\"good\"\n", 1000);
	assert_int_equal(csv.batch.n_rejects, 1);
	assert_int_equal(csv.batch.rejects[0].line, 2);
	assert_slice(seen(0)->version.text, "good");
	read_rows("a,b\n", 1000);
	assert_int_equal(csv.batch.n_rejects, 1);
}

static void
it_is_recognised_by_its_header(void **state)
{
	(void)state;
	assert_true(ops()->sniff(RP_SLICE(HEADER), NULL) > 90);
	assert_true(ops()->sniff(RP_SLICE("tweet_id,text\n"), NULL) == 0);
}

static int
begin(void **state)
{
	(void)state;
	csv.arena = arena_new(64 << 20);
	return csv.arena == NULL;
}

static int
finish(void **state)
{
	(void)state;
	if (csv.collector != NULL)
		csv.collector = ops()->close(csv.collector);
	csv.arena = arena_free(csv.arena);
	return 0;
}

#define SPEC(test) cmocka_unit_test_setup_teardown(test, begin, finish)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_row_is_a_post_of_the_owner_with_its_line_breaks_and_quotes),
		SPEC(replies_reposts_and_links_are_told_by_their_columns),
		SPEC(a_row_without_an_id_and_a_file_without_a_header_are_rejected),
		SPEC(it_is_recognised_by_its_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
