/*
 * Answers of servers, with all that goes with them, over both stores: rows A04, K01 of
 * the project's table of hostile inputs.
 */
#include "core/ingest/collect.h"
#include "storage/backend.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct fixture {
	struct store *store;
	struct ingest *ingest;
	struct arena *arena;
	char path[64];
	struct tally told;
};

/* A store whose commits fail while `broken`: what a killed program leaves behind. */
static struct {
	const struct store_ops *real;
	struct store_ops ops;
	bool broken;
	size_t commits;
} killed;

static enum rp_status
commit(struct store *store, struct rp_error *err)
{
	if (killed.broken) {
		killed.real->rollback(store);
		return rp_fail(err, RP_FAILED, "killed");
	}
	killed.commits++;
	return killed.real->commit(store, err);
}

static int
begin(void **state, struct fixture *f)
{
	const struct ingest_options options = { .kind = "collect",
		                                .program = "test",
		                                .now = 1000 };

	killed.real = f->store->ops;
	killed.ops = *f->store->ops;
	killed.ops.commit = commit;
	killed.broken = false;
	killed.commits = 0;
	f->store->ops = &killed.ops;
	f->arena = arena_new(1 << 26);
	f->ingest = ingest_new(f->store, &options);
	*state = f;
	return f->arena != NULL && f->ingest != NULL ? 0 : -1;
}

static int
setup_memory(void **state)
{
	static struct fixture f;
	struct rp_error err;

	f = (struct fixture){ .store = NULL };
	return store_memory_open(&f.store, &err) == RP_OK ? begin(state, &f) : -1;
}

static int
setup_sqlite(void **state)
{
	static struct fixture f;
	struct rp_error err;

	f = (struct fixture){ .path = "/tmp/riposte-page-XXXXXX" };
	if (mkdtemp(f.path) == NULL)
		return -1;
	strcat(f.path, "/a.db");
	return store_sqlite_open(f.path, STORE_CREATE, &f.store, NULL, &err) == RP_OK
	               ? begin(state, &f)
	               : -1;
}

static int
teardown(void **state)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct fixture *f = *state;
	char path[80];

	ingest_free(f->ingest);
	store_close(f->store);
	arena_free(f->arena);
	for (size_t i = 0; f->path[0] != '\0' && i < 3; i++) {
		(void)snprintf(path, sizeof(path), "%s%s", f->path, ends[i]);
		(void)unlink(path);
	}
	if (f->path[0] != '\0') {
		*strrchr(f->path, '/') = '\0';
		return rmdir(f->path);
	}
	return 0;
}

#define ANA                                                                              \
	"\"author_id\":\"1\",\"author\":{\"id\":\"1\",\"username\":\"ana\",\"name\":"    \
	"\"Ana\"}"
#define ONE "{\"id\":\"10\",\"text\":\"one\"," ANA "}\n"
#define TWO "{\"id\":\"20\",\"text\":\"two\"," ANA "}\n"

static struct ingest_page
page_of(const char *body)
{
	return (struct ingest_page){ .name = RP_SLICE("https://api.example/posts"),
		                     .format = RP_SLICE("x"),
		                     .body = rp_slice_str(body),
		                     .at = 2000 };
}

static void
take_in(struct fixture *f, const struct ingest_page *page, const struct ingest_with *with)
{
	struct rp_error err;

	assert_ok(ingest_page(f->ingest, page, with, &f->told, &err), err);
}

static size_t
count(struct fixture *f, enum scan_of of)
{
	const struct scan scan = { .of = of };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	struct rp_error err;
	size_t n = 0;

	assert_ok(store_scan(f->store, &scan, &it, &err), err);
	while (store_next(it, &row, &err) == RP_OK)
		n++;
	return n;
}

static struct capture
last_capture(struct fixture *f)
{
	const struct scan scan = { .of = SCAN_CAPTURES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	struct capture capture = { .id = 0 };
	union scan_row row;
	struct rp_error err;

	assert_ok(store_scan(f->store, &scan, &it, &err), err);
	while (store_next(it, &row, &err) == RP_OK) {
		capture = row.capture;
		assert_true(arena_copy(f->arena, row.capture.options, &capture.options));
		assert_true(arena_copy(f->arena, row.capture.format, &capture.format));
	}
	return capture;
}

static struct source_state
where_is(struct fixture *f, const char *source)
{
	struct source_state state = { .cursor = RP_SLICE("none") };
	struct rp_error err;

	(void)!store_source_get(f->store, rp_slice_str(source), f->arena, &state, &err);
	return state;
}

static const struct source_state ana = { .name = RP_LIT("ana"),
	                                 .collector = RP_LIT("x"),
	                                 .cursor = RP_LIT("after 10") };

/* ---- once ---------------------------------------------------------------------- */

static void
posts_and_cursor_are_there_together(void **state)
{
	const struct ingest_page page = page_of(ONE TWO);
	struct fixture *f = *state;

	take_in(f, &page, &(struct ingest_with){ .states = &ana, .n_states = 1 });
	assert_int_equal(f->told.fresh, 2);
	assert_int_equal(f->told.captures, 1);
	assert_int_equal(count(f, SCAN_CAPTURES), 1);
	assert_int_equal(killed.commits, 1);
	assert_slice(where_is(f, "ana").cursor, "after 10");
	assert_int_equal(last_capture(f).at, 2000);
	assert_true(last_capture(f).complete);
}

static void
killed_before_it_is_committed_nothing_of_it_is_there(void **state)
{
	const struct ingest_page page = page_of(ONE);
	const struct ingest_with with = { .states = &ana, .n_states = 1 };
	struct fixture *f = *state;
	struct rp_error err;

	killed.broken = true;
	assert_int_equal(ingest_page(f->ingest, &page, &with, NULL, &err), RP_FAILED);
	assert_int_equal(count(f, SCAN_CAPTURES), 0);
	assert_int_equal(count(f, SCAN_RUNS), 0);
	assert_slice(where_is(f, "ana").cursor, "none");

	killed.broken = false;
	take_in(f, &page, &with);
	assert_int_equal(f->told.fresh, 1);
	assert_int_equal(ingest_tally(f->ingest)->records, 1);
}

static void
the_same_page_twice_is_one_capture_that_came_again(void **state)
{
	struct ingest_page page = page_of(ONE TWO);
	struct fixture *f = *state;

	page.options = RP_SLICE("fetched=2026-01-05T12:00:00Z\n");
	take_in(f, &page, NULL);
	page.options = RP_SLICE("fetched=2026-01-05T12:15:00Z\nhttp.etag=\"b\"\n");
	page.name = RP_SLICE("https://api.example/posts?since=1");
	take_in(f, &page, NULL);
	assert_int_equal(count(f, SCAN_CAPTURES), 1);
	assert_int_equal(f->told.same, 2);
	assert_int_equal(f->told.records, 2);
	assert_int_equal(f->told.fresh, 0);
}

static void
the_same_answer_to_another_question_is_another_capture_but_only_once(void **state)
{
	static const struct rp_slice options[] = { RP_LIT("asked=x:1\nstatus=404\n"),
		                                   RP_LIT("asked=x:2\nstatus=404\n"),
		                                   RP_LIT("asked=x:3\nstatus=404\n") };
	struct ingest_page page = page_of("{\"title\":\"Not Found\"}");
	struct fixture *f = *state;

	for (size_t i = 0; i < 6; i++) {
		page.options = options[i % 3];
		take_in(f, &page, NULL);
	}
	assert_int_equal(count(f, SCAN_CAPTURES), 3);
}

/* ---- what cannot be read ------------------------------------------------------- */

static void
bytes_that_nobody_reads_are_kept_with_one_reject(void **state)
{
	struct ingest_page page = page_of("\x01\x02 nothing of ours \x7f");
	struct fixture *f = *state;

	page.format = RP_SLICE("");
	take_in(f, &page, NULL);
	assert_slice(last_capture(f).format, "unknown");
	assert_int_equal(f->told.records, 1);
	assert_int_equal(f->told.rejected, 1);
	assert_int_equal(count(f, SCAN_REJECTS), 1);
	assert_int_equal(last_capture(f).bytes, page.body.n);
}

static void
a_page_that_was_cut_is_a_capture_that_is_not_complete(void **state)
{
	struct ingest_page page = page_of(ONE "{\"id\":\"20\",\"te");
	struct fixture *f = *state;

	page.cut = true;
	take_in(f, &page, NULL);
	assert_int_equal(f->told.fresh, 1);
	assert_int_equal(f->told.rejected, 1);
	assert_false(last_capture(f).complete);
	assert_int_equal(last_capture(f).bytes, page.body.n);

	take_in(f, &page, NULL);
	assert_int_equal(count(f, SCAN_CAPTURES), 1);
	assert_int_equal(f->told.same, 1);
}

static void
an_empty_answer_is_kept_too(void **state)
{
	struct ingest_page page = page_of("");
	struct fixture *f = *state;

	page.format = RP_SLICE("");
	take_in(f, &page, NULL);
	assert_int_equal(count(f, SCAN_CAPTURES), 1);
	assert_int_equal(last_capture(f).bytes, 0);
	assert_true(last_capture(f).complete);
}

static void
rebuilt_it_says_the_same(void **state)
{
	struct ingest_page page = page_of(ONE "{\"id\":\"20\",\"te");
	struct fixture *f = *state;
	uint64_t records = 0;
	struct rp_error err;
	size_t rejects;

	page.cut = true;
	take_in(f, &page, NULL);
	page = page_of("\x01 nobody's");
	page.format = RP_SLICE("");
	take_in(f, &page, NULL);
	rejects = count(f, SCAN_REJECTS);
	assert_ok(ingest_rebuild(f->store, &records, &err), err);
	assert_int_equal(records, 3);
	assert_int_equal(count(f, SCAN_REJECTS), rejects);
}

/* ---- large, and of events ------------------------------------------------------ */

static void
thirty_megabytes_are_one_transaction(void **state)
{
	enum { POSTS = 300, WORDS = 100000 };
	struct fixture *f = *state;
	struct ingest_page page;
	struct rp_buf body;

	buf_init(&body, 64 << 20);
	for (int i = 0; i < POSTS; i++) {
		buf_printf(&body, "{\"id\":\"%d\",\"text\":\"", 1000 + i);
		for (int j = 0; j < WORDS / 10; j++)
			buf_add_str(&body, "ten bytes ");
		buf_add_str(&body, "\"," ANA "}\n");
	}
	assert_false(buf_failed(&body));
	page = page_of("");
	page.body = buf_slice(&body);
	take_in(f, &page, NULL);
	assert_int_equal(f->told.fresh, POSTS);
	assert_int_equal(killed.commits, 1);
	buf_done(&body);
}

#define SPEECH "NADELLA: I'm good for my $80 billion.\n\nHOST: All right.\n"

static void
an_event_that_two_pages_tell_of_is_derived_with_the_page(void **state)
{
	struct ingest_page page = page_of(SPEECH);
	struct fixture *f = *state;

	page.format = RP_SLICE("transcript");
	page.options = RP_SLICE("event=davos\ndate=2025-01-22\n");
	take_in(f, &page, NULL);
	assert_int_equal(f->told.fresh, 2);
	page.body = RP_SLICE("\n" SPEECH);
	take_in(f, &page, NULL);
	assert_int_equal(count(f, SCAN_CAPTURES), 2);
	assert_int_equal(f->told.records, 2);
	assert_int_equal(f->told.same, 2);
}

static void
a_transcript_read_as_before_the_last_time_is_read_anew(void **state)
{
	struct ingest_page page = page_of(SPEECH);
	struct fixture *f = *state;

	page.format = RP_SLICE("transcript");
	page.options = RP_SLICE("event=davos\ndate=2025-01-22\n");
	take_in(f, &page, NULL);
	page.at = 3000;
	take_in(f, &page, NULL);
	assert_int_equal(count(f, SCAN_CAPTURES), 1);
	page.at = 4000;
	page.options = RP_SLICE("event=davos\ndate=2025-01-23\n");
	take_in(f, &page, NULL);
	page.at = 5000;
	page.options = RP_SLICE("event=davos\ndate=2025-01-22\n");
	take_in(f, &page, NULL);
	assert_int_equal(count(f, SCAN_CAPTURES), 3);
}

/* ---- notes --------------------------------------------------------------------- */

static void
a_thousand_sources_without_news_are_one_transaction(void **state)
{
	struct fixture *f = *state;
	struct rp_error err;
	char name[16];

	for (int i = 0; i < 1000; i++) {
		const int n = snprintf(name, sizeof(name), "s%03d", i);
		const struct rp_slice source = rp_slice_from(name, (size_t)n);
		const struct source_state where = { .name = source, .cursor = source };
		const struct source_run told = { .source = source };

		assert_ok(ingest_note(f->ingest,
		                      &(struct ingest_with){ .states = &where,
		                                             .n_states = 1,
		                                             .runs = &told,
		                                             .n_runs = 1 },
		                      &err),
		          err);
	}
	assert_int_equal(killed.commits, 0);
	assert_ok(ingest_flush(f->ingest, &err), err);
	assert_ok(ingest_flush(f->ingest, &err), err);
	assert_int_equal(killed.commits, 1);
	assert_int_equal(count(f, SCAN_SOURCES), 1000);
	assert_int_equal(count(f, SCAN_SOURCE_RUNS), 1000);
	assert_slice(where_is(f, "s777").cursor, "s777");
}

static void
what_waits_goes_in_front_of_the_next_page(void **state)
{
	const struct source_state before = { .name = RP_LIT("ana"),
		                             .collector = RP_LIT("x"),
		                             .cursor = RP_LIT("after 5") };
	const struct ingest_page page = page_of(ONE);
	struct fixture *f = *state;
	struct rp_error err;

	assert_ok(ingest_note(f->ingest,
	                      &(struct ingest_with){ .states = &before, .n_states = 1 },
	                      &err),
	          err);
	take_in(f, &page, &(struct ingest_with){ .states = &ana, .n_states = 1 });
	assert_int_equal(killed.commits, 1);
	assert_slice(where_is(f, "ana").cursor, "after 10");
}

static void
what_was_not_committed_still_waits(void **state)
{
	struct fixture *f = *state;
	struct rp_error err;

	assert_ok(ingest_note(f->ingest,
	                      &(struct ingest_with){ .states = &ana, .n_states = 1 },
	                      &err),
	          err);
	killed.broken = true;
	assert_int_equal(ingest_flush(f->ingest, &err), RP_FAILED);
	killed.broken = false;
	assert_ok(ingest_flush(f->ingest, &err), err);
	assert_slice(where_is(f, "ana").cursor, "after 10");
}

static void
the_run_of_a_note_is_the_run_under_way(void **state)
{
	struct fixture *f = *state;
	const struct scan scan = { .of = SCAN_SOURCE_RUNS };
	const struct source_run told = { .source = RP_SLICE("ana"), .requests = 3 };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	struct rp_error err;

	take_in(f, NULL, &(struct ingest_with){ .runs = &told, .n_runs = 1 });
	assert_ok(store_scan(f->store, &scan, &it, &err), err);
	assert_ok(store_next(it, &row, &err), err);
	assert_true(row.source_run.run > 0);
	assert_int_equal(row.source_run.requests, 3);
}

#define SPECS(name)                                                                      \
	cmocka_unit_test_setup_teardown(name, setup_memory, teardown),                   \
		cmocka_unit_test_setup_teardown(name, setup_sqlite, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPECS(posts_and_cursor_are_there_together),
		SPECS(killed_before_it_is_committed_nothing_of_it_is_there),
		SPECS(the_same_page_twice_is_one_capture_that_came_again),
		SPECS(the_same_answer_to_another_question_is_another_capture_but_only_once),
		SPECS(bytes_that_nobody_reads_are_kept_with_one_reject),
		SPECS(a_page_that_was_cut_is_a_capture_that_is_not_complete),
		SPECS(an_empty_answer_is_kept_too),
		SPECS(rebuilt_it_says_the_same),
		SPECS(thirty_megabytes_are_one_transaction),
		SPECS(an_event_that_two_pages_tell_of_is_derived_with_the_page),
		SPECS(a_transcript_read_as_before_the_last_time_is_read_anew),
		SPECS(a_thousand_sources_without_news_are_one_transaction),
		SPECS(what_waits_goes_in_front_of_the_next_page),
		SPECS(what_was_not_committed_still_waits),
		SPECS(the_run_of_a_note_is_the_run_under_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
