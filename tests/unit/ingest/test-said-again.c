/*
 * What an answer says it says again when its bytes come again: gone, back and gone.  Over
 * both stores, and the same after a rebuild.
 */
#include "core/ingest/collect.h"
#include "core/thread/again.h"
#include "core/thread/thread.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct fixture {
	struct store *store;
	struct ingest *ingest;
	struct arena *arena;
	char path[64];
};

static int
begin(void **state, struct fixture *f)
{
	const struct ingest_options options = { .kind = "recheck",
		                                .program = "test",
		                                .now = 1000 };

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

	f = (struct fixture){ .path = "/tmp/riposte-again-XXXXXX" };
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

#define SHOWN "{\"data\":[{\"id\":\"10\",\"text\":\"here\",\"author_id\":\"7\"}]}"
#define GONE                                                                             \
	"{\"errors\":[{\"resource_type\":\"tweet\",\"resource_id\":\"10\",\"value\":"    \
	"\"10\",\"parameter\":\"ids\",\"title\":\"Not Found Error\",\"type\":\"https:/"  \
	"/api.x.com/2/problems/resource-not-found\"}]}"

/* The day-th of January 2026 at noon. */
static int64_t
on(int day)
{
	return INT64_C(1767268800000000) + (day - 1) * RP_DAY;
}

static void
answered(struct fixture *f, int day, const char *body, bool asked)
{
	char options[128];
	struct ingest_page page = { .name = RP_SLICE("https://api.example/2/tweets"),
		                    .format = RP_SLICE("x"),
		                    .body = rp_slice_str(body),
		                    .at = on(day) };
	struct rp_error err;

	(void)snprintf(options, sizeof(options), "%sfetched=2026-01-%02dT12:00:00.000Z\n",
	               asked ? "asked=x:10\n" : "", day);
	page.options = rp_slice_str(options);
	assert_ok(ingest_page(f->ingest, &page, NULL, NULL, &err), err);
}

static struct view_post
view_of(struct fixture *f)
{
	struct view_post view = { .state = STATE_LIVE };
	struct rp_error err;
	struct post post;

	assert_ok(store_post_get(f->store, RP_SLICE("x:10"), f->arena, &post, &err), err);
	assert_ok(post_view(f->store, &post, NULL, f->arena, &view, &err), err);
	return view;
}

static size_t
n_notes(struct fixture *f)
{
	struct state_note *notes = NULL;
	struct rp_error err;
	size_t n = 0;

	assert_ok(state_notes(f->store, RP_SLICE("x:10"), f->arena, &notes, &n, &err),
	          err);
	return n;
}

static void
expect(struct fixture *f, enum post_state state, int64_t seen_until, int64_t gone_by)
{
	const struct view_post view = view_of(f);
	uint64_t records;
	struct rp_error err;

	assert_int_equal(view.state, state);
	assert_int_equal(view.seen_until, seen_until);
	assert_int_equal(view.gone_by, gone_by);
	/* Whatever was derived is derived again. */
	assert_ok(ingest_rebuild(f->store, &records, &err), err);
	assert_int_equal(view_of(f).state, state);
	assert_int_equal(view_of(f).seen_until, seen_until);
	assert_int_equal(view_of(f).gone_by, gone_by);
}

static void
gone_and_back_and_gone_by_the_same_bytes_is_gone(void **state)
{
	struct fixture *f = *state;

	answered(f, 1, SHOWN, true);
	answered(f, 2, GONE, true);
	expect(f, STATE_DELETED, on(1), on(2));
	answered(f, 3, SHOWN, true);
	expect(f, STATE_LIVE, RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	answered(f, 4, GONE, true);
	expect(f, STATE_DELETED, on(3), on(4));
	assert_int_equal(n_notes(f), 2);
}

static void
an_unchanged_list_shows_what_is_in_it_again(void **state)
{
	struct fixture *f = *state;

	answered(f, 1, SHOWN, false);
	answered(f, 2, GONE, true);
	answered(f, 5, SHOWN, false);
	expect(f, STATE_LIVE, RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	answered(f, 6, GONE, true);
	answered(f, 8, GONE, true);
	expect(f, STATE_DELETED, on(5), on(6));
	assert_int_equal(n_notes(f), 3);
}

static void
a_ghost_that_is_said_to_be_gone_again_stays_so(void **state)
{
	struct fixture *f = *state;
	static const char *const answer =
		"{\"data\":[{\"id\":\"11\",\"text\":\"yes\",\"author_id\":\"7\","
		"\"referenced_"
		"tweets\":[{\"type\":\"replied_to\",\"id\":\"10\"}]}]}";

	answered(f, 1, answer, false);
	answered(f, 2, GONE, true);
	answered(f, 3, GONE, true);
	expect(f, STATE_DELETED, RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
}

static void
a_file_that_is_read_again_says_nothing_new(void **state)
{
	struct fixture *f = *state;
	struct ingest_page page = { .name = RP_SLICE("old.json"),
		                    .format = RP_SLICE("x"),
		                    .body = RP_SLICE(GONE),
		                    .at = on(2) };
	struct rp_error err;

	answered(f, 1, SHOWN, false);
	assert_ok(ingest_page(f->ingest, &page, NULL, NULL, &err), err);
	page.at = on(4);
	assert_ok(ingest_page(f->ingest, &page, NULL, NULL, &err), err);
	assert_int_equal(n_notes(f), 1);
}

#define BOTH(test)                                                                       \
	cmocka_unit_test_setup_teardown(test, setup_memory, teardown),                   \
		cmocka_unit_test_setup_teardown(test, setup_sqlite, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(gone_and_back_and_gone_by_the_same_bytes_is_gone),
		BOTH(an_unchanged_list_shows_what_is_in_it_again),
		BOTH(a_ghost_that_is_said_to_be_gone_again_stays_so),
		BOTH(a_file_that_is_read_again_says_nothing_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
