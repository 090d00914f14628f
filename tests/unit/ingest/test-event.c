/*
 * What it takes to read a transcript of many turns: the rows that the store is asked for.
 */
#include "core/ingest/ingest.h"
#include "storage/backend.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <unistd.h>

enum { FEW = 4000, MANY = 2 * FEW }; /* turns; several batches of each */

/* The store in memory, with its rows counted. */
static struct {
	const struct store_ops *real;
	struct store_ops ops;
	size_t rows;
} counted;

static enum rp_status
count_row(struct store_iter *iter, union scan_row *row_out, struct rp_error *err)
{
	counted.rows++;
	return counted.real->next(iter, row_out, err);
}

static struct store *
open_counted(void)
{
	struct store *store;
	struct rp_error err;

	assert_ok(store_memory_open(&store, &err), err);
	counted.real = store->ops;
	counted.ops = *store->ops;
	counted.ops.next = count_row;
	counted.rows = 0;
	store->ops = &counted.ops;
	return store;
}

/* turns, of which every hundredth is told in `other` words. */
static int
transcript_of(size_t turns, const char *other)
{
	FILE *file = tmpfile();
	int fd;

	assert_non_null(file);
	for (size_t i = 0; i < turns; i++)
		fprintf(file, "%s: These are the words of turn %zu%s.\n\n",
		        i % 2 ? "Ana Alpha" : "Ben Beta", i, i % 100 == 50 ? other : "");
	fflush(file);
	fd = dup(fileno(file));
	fclose(file);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static struct tally
import(struct store *store, size_t turns, const char *other)
{
	const struct ingest_options options = { .kind = "import",
		                                .program = "test",
		                                .now = 1000 };
	struct import_file file = { .name = RP_SLICE("talk.txt"),
		                    .fd = transcript_of(turns, other),
		                    .as = RP_SLICE("transcript"),
		                    .options = RP_SLICE("event=talk\n") };
	struct ingest *ingest = ingest_new(store, &options);
	struct tally tally;
	struct rp_error err;

	assert_non_null(ingest);
	assert_ok(ingest_file(ingest, &file, &err), err);
	assert_ok(ingest_close(ingest, &tally, &err), err);
	close(file.fd);
	return tally;
}

static size_t
rows_for_one(size_t turns)
{
	CLEANUP(store_close) struct store *store = open_counted();

	assert_int_equal(import(store, turns, "").fresh, turns);
	return counted.rows;
}

static size_t
rows_for_the_second(size_t turns)
{
	CLEANUP(store_close) struct store *store = open_counted();
	struct tally tally;

	import(store, turns, "");
	counted.rows = 0;
	tally = import(store, turns, ", in the end");
	assert_int_equal(tally.records, turns);
	assert_int_equal(tally.same, turns - turns / 100);
	assert_int_equal(tally.versions, turns / 100);
	return counted.rows;
}

static void
twice_the_turns_of_a_transcript_ask_for_twice_the_rows(void **state)
{
	(void)state;
	assert_true(10 * rows_for_one(MANY) < 21 * rows_for_one(FEW));
}

static void
and_so_they_do_when_another_transcript_tells_of_the_event(void **state)
{
	(void)state;
	assert_true(10 * rows_for_the_second(MANY) < 21 * rows_for_the_second(FEW));
}

static bool
stop_at_once(void *context)
{
	return ++*(int *)context > 1;
}

static void
what_was_read_before_a_stop_is_kept_and_told(void **state)
{
	CLEANUP(store_close) struct store *store = open_counted();
	int asked = 0;
	const struct ingest_options options = { .kind = "import",
		                                .program = "test",
		                                .now = 1000,
		                                .stop = stop_at_once,
		                                .context = &asked };
	struct import_file file = { .name = RP_SLICE("talk.txt"),
		                    .fd = transcript_of(FEW, ", in the end"),
		                    .as = RP_SLICE("transcript"),
		                    .options = RP_SLICE("event=talk\n") };
	struct ingest *ingest = ingest_new(store, &options);
	struct tally tally;
	struct rp_error err;

	(void)state;
	import(store, FEW, "");
	assert_non_null(ingest);
	assert_int_equal(ingest_file(ingest, &file, &err), RP_END);
	assert_ok(ingest_close(ingest, &tally, &err), err);
	close(file.fd);
	assert_int_equal(tally.records, tally.same + tally.versions + tally.fresh);
	assert_true(tally.records > 0 && tally.records < FEW);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twice_the_turns_of_a_transcript_ask_for_twice_the_rows),
		cmocka_unit_test(
			and_so_they_do_when_another_transcript_tells_of_the_event),
		cmocka_unit_test(what_was_read_before_a_stop_is_kept_and_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
