/*
 * The importer as a whole: recognising, batching, and what cannot be read.
 */
#include "tests/unit/collect/x-fixture.h"

#include "core/base/buf.h"
#include "core/parse/json.h"

#include <sys/resource.h>

static int
sure_of(const char *head)
{
	struct input input = { .name = RP_SLICE("f") };

	return collector_find(RP_SLICE("x"))->sniff(rp_slice_str(head), &input);
}

static void
it_is_sure_of_posts_and_takes_other_json_when_nobody_else_does(void **state)
{
	struct input input = { .name = RP_SLICE("f") };

	(void)state;
	assert_int_equal(sure_of("{\"id_str\":\"1\",\"text\""), 90);
	assert_int_equal(sure_of("\xef\xbb\xbf\n[\n {\"author_id\": \"1"), 90);
	assert_int_equal(
		sure_of("window.YTD.tweets.part0 = [ {\n\"tweet\" : {\"id_str\""), 90);
	assert_int_equal(sure_of("a log line\n{\"id_str\":\"1\"}"), 30);
	assert_int_equal(sure_of("{\"what\":\"is this\"}"), 10);
	assert_int_equal(sure_of("SATYA NADELLA: All I know is"), 0);
	assert_int_equal(sure_of(""), 0);
	assert_null(collector_find(RP_SLICE("y")));
	assert_ptr_equal(collector_sniff(RP_SLICE("{\"id_str\""), &input),
	                 collector_find(RP_SLICE("x")));
}

static void
a_value_of_unknown_shape_tells_its_members(void **state)
{
	(void)state;
	assert_rejected("{\"ident\":\"1\",\"body\":\"a\"}\n",
	                "unknown shape: an object with ident, body");
	assert_rejected("{}", "unknown shape");
	assert_rejected("[[1]]", "unknown shape");
	assert_int_equal(fix.batch.rejects[0].line, 1);
}

static void
each_value_is_recognised_by_itself(void **state)
{
	(void)state;
	READ("{\"id_str\":\"1\",\"text\":\"a\",\"user\":{\"id_str\":\"9\"}}\n"
	     "{\"data\":[{\"id\":\"2\",\"text\":\"b\"}]}\n"
	     "{\"id\":\"3\",\"text\":\"c\"}\n"
	     "{\"statuses\":[{\"id_str\":\"4\",\"text\":\"d\",\"user\":{\"id_str\":\"9\"}"
	     "}]}\n"
	     "{\"limit\":{\"track\":3}}\n");
	assert_int_equal(n_seen(), 4);
	assert_int_equal(fix.batch.n_rejects, 1);
	assert_int_equal(fix.batch.rejects[0].line, 5);
}

static void
a_bad_line_is_one_reject_with_its_place(void **state)
{
	(void)state;
	READ("{\"id\":\"1\",\"text\":\"a\"}\n\n{\"id\":\"2\",\"te\n{\"id\":\"3\","
	     "\"text\":\"c\"}\n");
	assert_int_equal(n_seen(), 2);
	assert_int_equal(fix.batch.n_rejects, 1);
	assert_int_equal(fix.batch.rejects[0].line, 3);
	assert_int_equal(fix.batch.rejects[0].offset, 23);
	assert_int_equal(fix.batch.rejects[0].bytes, 13);
}

static void
garbage_in_one_stretch_is_one_reject(void **state)
{
	(void)state;
	READ("<html>\n<p>come back "
	     "later</p>\n\n</html>\n{\"id\":\"1\",\"text\":\"\"}\nbye\n");
	assert_int_equal(n_seen(), 1);
	assert_int_equal(fix.batch.n_rejects, 2);
	assert_int_equal(fix.batch.rejects[0].offset, 0);
	assert_int_equal(fix.batch.rejects[0].bytes, 38);
	assert_int_equal(fix.batch.rejects[1].line, 6);
	READ("[{\"id\":\"1\",\"text\":\"\"}, 'x', 1,\n2 ]");
	assert_int_equal(fix.batch.n_rejects, 1);
	assert_slice(rp_slice_from(fix.batch.bytes.p + fix.batch.rejects[0].offset,
	                           fix.batch.rejects[0].bytes),
	             "'x', 1,\n2");
}

static void
other_peoples_json_dialects_are_rejected(void **state)
{
	static const char *const texts[] = {
		"{'id':'1','text':''}",           "{\"id\":\"1\",\"text\":\"\",}",
		"{\"id\":\"1\" /* x */}",         "{\"id\":01,\"text\":\"\"}",
		"{\"id\":+1,\"text\":\"\"}",      "{\"id\":NaN,\"text\":\"\"}",
		"{\"id\":0x10,\"text\":\"\"}",    "\xff\xfe{\x22",
		"{\"id\":\"1\",\"text\":\"\n\"}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		READ(texts[i]);
		assert_int_equal(n_seen(), 0);
		assert_true(fix.batch.n_rejects >= 1);
	}
}

static void
a_source_that_breaks_off_is_told_once(void **state)
{
	(void)state;
	open_source(RP_SLICE("{\"id\":\"1\",\"text\":\"\"}\n{\"id\":\"2\",\"te"), 5,
	            RP_BAD_SOURCE);
	assert_ok(next_batch(), fix.err);
	assert_int_equal(n_seen(), 1);
	assert_int_equal(fix.batch.n_rejects, 1);
	assert_contains(fix.batch.rejects[0].reason,
	                "compressed data is damaged or ends early");
	assert_int_equal(fix.batch.rejects[0].offset, 21);
	assert_int_equal(next_batch(), RP_END);

	/* Between two records: nothing is cut, and yet something is missing. */
	open_source(RP_SLICE("{\"id\":\"1\",\"text\":\"\"}\n"), 0, RP_BAD_SOURCE);
	assert_ok(next_batch(), fix.err);
	assert_int_equal(n_seen(), 1);
	assert_int_equal(fix.batch.n_rejects, 1);
	assert_contains(fix.batch.rejects[0].reason,
	                "the compressed data is damaged or ends early here");
	assert_int_equal(fix.batch.rejects[0].bytes, 0);
	assert_int_equal(next_batch(), RP_END);
}

static void
a_reader_that_fails_ends_the_run_behind_what_was_whole(void **state)
{
	(void)state;
	open_source(RP_SLICE("{\"id\":\"1\",\"text\":\"\"}\n{\"id\":\"2\",\"te"), 0,
	            RP_FAILED);
	assert_ok(next_batch(), fix.err);
	assert_int_equal(n_seen(), 1);
	assert_int_equal(fix.batch.n_rejects, 0);
	assert_int_equal(next_batch(), RP_FAILED);
	assert_int_equal(next_batch(), RP_FAILED);

	open_source(RP_SLICE("{\"id\":\"2\",\"te"), 0, RP_FAILED);
	assert_int_equal(next_batch(), RP_FAILED);
}

static void
nothing_at_all_is_the_end(void **state)
{
	(void)state;
	open_source(RP_SLICE(""), 0, RP_END);
	assert_int_equal(next_batch(), RP_END);
	assert_int_equal(next_batch(), RP_END);
}

/* What batches say, added up; their bytes must follow on one another. */
static void
tell_batches(struct rp_buf *out, struct rp_slice text, size_t chunk)
{
	uint64_t end = 0;
	size_t last;

	open_source(text, chunk, RP_END);
	while (next_batch() == RP_OK) {
		const struct batch *b = &fix.batch;

		assert_int_equal(b->offset, end);
		end += b->bytes.n;
		assert_true(rp_slice_eq(b->bytes,
		                        rp_slice_from(text.p + b->offset, b->bytes.n)));
		last = 0;
		for (size_t i = 0; i < b->n_records; i++) {
			assert_true(b->records[i].at >= last);
			last = b->records[i].at + b->records[i].n;
			assert_true(last <= b->bytes.n);
		}
		for (size_t i = 0; i < b->n_observations; i++)
			buf_printf(out, "%.*s %.*s %zu %u+%u\n",
			           RP_FMT(b->observations[i].post.key),
			           RP_FMT(b->observations[i].version.text),
			           b->observations[i].record, b->observations[i].offset,
			           b->observations[i].bytes);
		for (size_t i = 0; i < b->n_rejects; i++)
			buf_printf(out, "%u+%u %.*s\n", (unsigned)b->rejects[i].offset,
			           (unsigned)b->rejects[i].bytes,
			           RP_FMT(b->rejects[i].reason));
		buf_printf(out, "batch of %zu: %zu records\n", b->bytes.n, b->n_records);
	}
	assert_int_equal(end, text.n);
}

static void
batches_are_the_same_however_the_bytes_come_in(void **state)
{
	static const size_t chunks[] = { 4096, 7, 3, 2, 1 };
	CLEANUP(buf_done) struct rp_buf text, first, other;

	(void)state;
	buf_init(&text, 1 << 22);
	buf_init(&first, 1 << 22);
	buf_init(&other, 1 << 22);
	for (int i = 0; i < 20000; i++)
		buf_printf(&text,
		           i % 50 ? "{\"id\":\"%d\",\"text\":\"t%d\"}\r\n"
		                  : "{\"id\":\"%d\",\"text\":%d}\nx\n",
		           i, i);
	tell_batches(&first, buf_slice(&text), 0);
	/* 19,600 posts, 16,000 a batch. */
	assert_contains(buf_slice(&first), "16000 records");
	assert_contains(buf_slice(&first), "3600 records");
	for (size_t i = 0; i < sizeof(chunks) / sizeof(*chunks); i++) {
		buf_clear(&other);
		tell_batches(&other, buf_slice(&text), chunks[i]);
		assert_true(rp_slice_eq(buf_slice(&first), buf_slice(&other)));
	}
}

/* A line of `n` bytes between two posts, made as it is read. */
struct flood {
	uint64_t at, n;
};

static const char flood_head[] =
	"{\"id\":\"1\",\"text\":\"\"}\n{\"id\":\"2\",\"text\":\"";
static const char flood_tail[] = "\"}\n{\"id\":\"3\",\"text\":\"\"}\n";

static enum rp_status
flood_read(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct flood *f = context;
	uint64_t head = sizeof(flood_head) - 1, tail = sizeof(flood_tail) - 1;
	size_t n = 0;

	(void)err;
	for (; n < size && f->at < head + f->n + tail; f->at++)
		into[n++] = f->at < head          ? flood_head[f->at]
		            : f->at < head + f->n ? 'x'
		                                  : flood_tail[f->at - head - f->n];
	*n_out = n;
	return n ? RP_OK : RP_END;
}

static void
a_line_of_100_mb_goes_by_in_little_memory(void **state)
{
	struct flood flood = { 0, 100 << 20 };
	struct input input = { .name = RP_SLICE("x"), .reader = { flood_read, &flood } };
	struct rusage before, after;
	uint64_t bytes = 0;
	size_t posts = 0, rejects = 0;

	(void)state;
	(void)getrusage(RUSAGE_SELF, &before);
	assert_ok(collector_find(RP_SLICE("x"))->open(&input, &fix.collector, &fix.err),
	          fix.err);
	while (next_batch() == RP_OK) {
		assert_true(fix.batch.bytes.n <= SEGMENT_MAX_BYTES);
		bytes += fix.batch.bytes.n;
		posts += n_seen();
		rejects += fix.batch.n_rejects;
		if (fix.batch.n_rejects > 0) {
			assert_int_equal(fix.batch.rejects[0].offset, 21);
			assert_int_equal(fix.batch.rejects[0].line, 2);
			assert_int_equal(fix.batch.rejects[0].bytes,
			                 sizeof(flood_head) - 1 - 21 + flood.n + 2);
			assert_contains(fix.batch.rejects[0].reason, "too long");
		}
	}
	(void)getrusage(RUSAGE_SELF, &after);
	assert_int_equal(bytes, sizeof(flood_head) + sizeof(flood_tail) - 2 + flood.n);
	assert_int_equal(posts, 2);
	assert_int_equal(rejects, 1);
	assert_true(after.ru_maxrss - before.ru_maxrss < 64 << 10);
}

static void
a_value_that_needs_too_much_memory_is_rejected_alone(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	size_t posts = 0, rejects = 0;

	(void)state;
	buf_init(&text, 1 << 20);
	buf_add_str(&text, "{\"id\":\"1\",\"text\":\"\"}\n{\"data\":[");
	for (int i = 0; i < 2000; i++)
		buf_printf(&text, "%s{\"id\":\"%d\",\"text\":\"\"}", i ? "," : "", i);
	buf_add_str(&text, "]}\n{\"id\":\"3\",\"text\":\"\"}\n");
	fix.arena = arena_free(fix.arena);
	fix.arena = arena_new(64 << 10);
	open_source(buf_slice(&text), 0, RP_END);
	while (next_batch() == RP_OK) {
		posts += n_seen();
		rejects += fix.batch.n_rejects;
		if (fix.batch.n_rejects > 0) {
			assert_contains(fix.batch.rejects[0].reason, "memory");
			assert_int_equal(fix.batch.rejects[0].line, 2);
		}
	}
	assert_int_equal(posts, 2);
	assert_int_equal(rejects, 1);
}

static void
posts_nested_to_the_limit_need_no_stack(void **state)
{
	enum { DEEP = JSON_MAX_DEPTH - 2 };
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < DEEP; i++)
		buf_printf(&text,
		           "{\"id_str\":\"%d\",\"text\":\"\",\"user\":{\"id_str\":\"9\"},"
		           "\"quoted_status\":",
		           i);
	buf_add_str(&text, "null");
	for (int i = 0; i < DEEP; i++)
		buf_add_byte(&text, '}');
	read_text(buf_slice(&text));
	assert_int_equal(n_seen(), DEEP);
	assert_int_equal(fix.batch.n_records, 1);
	buf_clear(&text);
	for (int i = 0; i < 100000; i++)
		buf_add_str(&text, "{\"a\":");
	read_text(buf_slice(&text));
	assert_int_equal(fix.batch.n_rejects, 1);
}

static void
a_million_members_are_read_in_linear_time(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 16 << 20);
	buf_add_str(&text, "{\"id\":\"1\",\"text\":\"\"");
	for (int i = 0; i < 1000000; i++)
		buf_add_str(&text, ",\"k\":1");
	buf_add_str(&text, "}");
	read_text(buf_slice(&text));
	assert_int_equal(n_seen(), 1);
	buf_clear(&text);
	buf_add_str(&text,
	            "{\"data\":{\"id\":\"1\",\"text\":\"\"},\"includes\":{\"users\":[]");
	for (int i = 0; i < 1000000; i++)
		buf_printf(&text, ",\"u%d\":[]", i);
	buf_add_str(&text, "}}");
	read_text(buf_slice(&text));
	assert_int_equal(n_seen(), 1);
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		SPEC(it_is_sure_of_posts_and_takes_other_json_when_nobody_else_does),
		SPEC(a_value_of_unknown_shape_tells_its_members),
		SPEC(each_value_is_recognised_by_itself),
		SPEC(a_bad_line_is_one_reject_with_its_place),
		SPEC(garbage_in_one_stretch_is_one_reject),
		SPEC(other_peoples_json_dialects_are_rejected),
		SPEC(a_source_that_breaks_off_is_told_once),
		SPEC(a_reader_that_fails_ends_the_run_behind_what_was_whole),
		SPEC(nothing_at_all_is_the_end),
		SPEC(batches_are_the_same_however_the_bytes_come_in),
		SPEC(a_line_of_100_mb_goes_by_in_little_memory),
		SPEC(a_value_that_needs_too_much_memory_is_rejected_alone),
		SPEC(posts_nested_to_the_limit_need_no_stack),
		SPEC(a_million_members_are_read_in_linear_time),
	};

	return cmocka_run_group_tests_name("x", specs, NULL, NULL);
}
