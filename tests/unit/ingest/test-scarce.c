/*
 * Imports into the store in memory, and what is read back, when memory runs out on the
 * way: all of it, or an error and nothing half done.
 */
#include "core/ingest/compare.h"
#include "core/ingest/ingest.h"
#include "tests/support/scarce.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <unistd.h>

enum { FILES_MAX = 16 };

/* Files as they come, and what an archive of them amounts to. */
struct scene {
	struct import_file files[FILES_MAX];
	size_t n;
	struct rp_buf whole;
	struct store *kept; /* an archive made with enough memory */
	enum rp_status (*step)(struct scene *scene, struct rp_buf *out,
	                       struct rp_error *err);
	size_t findings;
};

static int
file_of(struct rp_slice bytes)
{
	FILE *file = tmpfile();
	int fd;

	assert_non_null(file);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
	fflush(file);
	fd = dup(fileno(file));
	fclose(file);
	return fd;
}

static void
add_file(struct scene *scene, const char *name, const char *options, const char *text)
{
	scene->files[scene->n++] =
		(struct import_file){ .name = rp_slice_str(name),
		                      .fd = file_of(rp_slice_str(text)),
		                      .options = rp_slice_str(options) };
}

#define ANA "\"author\":{\"id\":\"1\",\"username\":\"ana\",\"name\":\"Ana\"}"

static void
add_files(struct scene *scene)
{
	add_file(scene, "posts.jsonl", "",
	         "{\"id\":\"10\",\"text\":\"you started it\",\"author_id\":\"1\"," ANA
	         ",\"conversation_id\":\"9\",\"edit_history_tweet_ids\":[\"8\",\"10\"]}\n"
	         "{\"id\":\"20\",\"text\":\"no, you \\u00e9 @ana\",\"author_id\":\"2\","
	         "\"entities\":{\"mentions\":[{\"start\":10,\"end\":14,\"username\":"
	         "\"ana\","
	         "\"id\":\"1\"}]},\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":"
	         "\"10\"},{\"type\":\"quoted\",\"id\":\"7\"}]}\n"
	         "{\"id\":\"21\",\"author_id\":{}}\nnot JSON\n");
	add_file(scene, "again.jsonl", "",
	         "{\"id\":\"10\",\"text\":\"you started this\",\"author_id\":\"1\"," ANA
	         ",\"edit_history_tweet_ids\":[\"8\",\"10\",\"11\"]}\n"
	         "{\"id\":\"11\",\"text\":\"you started that\",\"author_id\":\"1\","
	         "\"edit_history_tweet_ids\":[\"8\",\"10\",\"11\"]}\n"
	         "{\"delete\":{\"status\":{\"id_str\":\"20\"},\"timestamp_ms\":"
	         "\"1449010000000\"}}\n");
	add_file(scene, "talk.txt",
	         "event=talk\ndate=2025-03-04\ntz=UTC\nspeaker=Ana Petit\n",
	         "ANA PETIT: Is it done?\n\nBob Kauf: It is.\n\nAna: "
	         "Good.\n\n(Applause.)\n");
	add_file(scene, "posts.jsonl", "", "{\"id\":\"10\",\"text\":\"you\"}\n");
	add_file(scene, "nothing.bin", "", "nobody can read this\n");
	scene->files[3].fd = dup(scene->files[0].fd); /* the very same again */
}

static enum rp_status
import(struct scene *scene, struct store *store, struct rp_error *err)
{
	const struct ingest_options how = { .kind = "import",
		                            .program = "test",
		                            .now = 1000 };
	struct ingest *ingest = ingest_new(store, &how);
	enum rp_status st = RP_OK, closed;

	if (ingest == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < scene->n && (st == RP_OK || st == RP_BAD_SOURCE); i++) {
		(void)lseek(scene->files[i].fd, 0, SEEK_SET);
		st = ingest_file(ingest, &scene->files[i], err);
	}
	closed = ingest_close(ingest, NULL, err);
	return st == RP_OK || st == RP_BAD_SOURCE ? closed : st;
}

/* ---- what an archive amounts to ----------------------------------------------- */

static void
add_row(struct rp_buf *out, enum scan_of of, const union scan_row *row)
{
	switch (of) {
	case SCAN_POSTS:
	case SCAN_CONVERSATION:
		buf_printf(out, "%.*s %.*s\n", RP_FMT(row->post.key),
		           RP_FMT(row->post.author));
		break;
	case SCAN_VERSIONS:
		buf_printf(out, "%.*s\n", RP_FMT(row->version.text));
		break;
	case SCAN_PARENTS:
	case SCAN_CHILDREN:
		buf_printf(out, "%.*s -> %.*s\n", RP_FMT(row->edge.child_key),
		           RP_FMT(row->edge.parent_key));
		break;
	case SCAN_ACCOUNTS:
	case SCAN_HANDLES:
	case SCAN_HANDLE_USERS:
		buf_printf(out, "%.*s %.*s\n", RP_FMT(row->account.key),
		           RP_FMT(row->account.handle));
		break;
	case SCAN_ALIASES:
		buf_add(out, row->key);
		break;
	case SCAN_CAPTURE_BYTES:
		buf_add(out, row->bytes);
		break;
	case SCAN_STATES:
	case SCAN_SIGHTINGS:
	case SCAN_RUNS:
	case SCAN_RUN_PARTS:
	case SCAN_FOREIGN_RUNS:
	case SCAN_FOREIGN_PARTS:
	case SCAN_CAPTURES:
	case SCAN_AGAIN:
	case SCAN_REJECTS:
	case SCAN_SOURCES:
	case SCAN_COVERAGE:
	case SCAN_SOURCE_RUNS:
	case SCAN_SPENDING:
	case SCAN_LOOKS:
	case SCAN_GHOSTS:
		buf_printf(out, "one of %d\n", (int)of);
		break;
	}
}

static enum rp_status
scan_all(struct store *store, const struct scan *scan, struct rp_buf *out,
         struct rp_error *err)
{
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		add_row(out, scan->of, &row);
	if (st == RP_END && buf_failed(out))
		return rp_fail_memory(err);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
read_back(struct scene *scene, struct rp_buf *out, struct rp_error *err)
{
	static const struct filter_term terms[] = { { .text = RP_LIT("Start\xc3\xa9"
		                                                     "d"),
		                                      .prefix = true },
		                                    { .text = RP_LIT("you started") },
		                                    { .text = RP_LIT("that"),
		                                      .negated = true } };
	static const struct rp_slice ana[] = { RP_LIT("x:@ana?"), RP_LIT("x:@1") };
	static const struct filter_authors authors[] = { { .keys = ana, .n = 2 } };
	struct filter words = FILTER_ALL, by = FILTER_ALL, latest = FILTER_ALL;
	const struct scan scans[] = {
		{ .of = SCAN_POSTS },
		{ .of = SCAN_POSTS, .filter = &words },
		{ .of = SCAN_POSTS, .filter = &by },
		{ .of = SCAN_POSTS, .filter = &latest },
		{ .of = SCAN_CONVERSATION, .key = RP_SLICE("x:9") },
		{ .of = SCAN_VERSIONS, .id = 1 },
		{ .of = SCAN_ALIASES, .id = 1 },
		{ .of = SCAN_PARENTS, .id = 3 },
		{ .of = SCAN_CHILDREN, .id = 1 },
		{ .of = SCAN_STATES, .key = RP_SLICE("x:20") },
		{ .of = SCAN_SIGHTINGS, .id = 1 },
		{ .of = SCAN_ACCOUNTS },
		{ .of = SCAN_HANDLES, .key = RP_SLICE("x:@1") },
		{ .of = SCAN_HANDLE_USERS, .key = RP_SLICE("ANA") },
		{ .of = SCAN_RUNS },
		{ .of = SCAN_CAPTURES },
		{ .of = SCAN_AGAIN, .id = 1 },
		{ .of = SCAN_CAPTURE_BYTES, .id = 1 },
		{ .of = SCAN_REJECTS },
	};
	enum rp_status st = RP_OK;

	words.terms = terms;
	words.n_terms = 3;
	by.authors = authors;
	by.n_authors = 1;
	latest.order = ORDER_TIME_DOWN;
	latest.ghosts = true;
	latest.limit = 3;
	for (size_t i = 0; i < sizeof(scans) / sizeof(scans[0]) && st == RP_OK; i++)
		st = scan_all(scene->kept, &scans[i], out, err);
	return st;
}

static void
tell(void *context, const char *sentence)
{
	struct scene *scene = context;

	(void)sentence;
	scene->findings++;
}

static enum rp_status
import_anew(struct scene *scene, struct rp_buf *out, struct rp_error *err)
{
	CLEANUP(store_close) struct store *store = NULL;
	const struct scan posts = { .of = SCAN_POSTS };
	enum rp_status st = store_memory_open(&store, err);

	if (st == RP_OK)
		st = import(scene, store, err);
	return st == RP_OK ? scan_all(store, &posts, out, err) : st;
}

static enum rp_status
rebuild(struct scene *scene, struct rp_buf *out, struct rp_error *err)
{
	const struct scan posts = { .of = SCAN_POSTS };
	uint64_t records;
	enum rp_status st = ingest_rebuild(scene->kept, &records, err);

	return st == RP_OK ? scan_all(scene->kept, &posts, out, err) : st;
}

static enum rp_status
replay_and_compare(struct scene *scene, struct rp_buf *out, struct rp_error *err)
{
	CLEANUP(store_close) struct store *made = NULL;
	enum rp_status st = store_memory_open(&made, err);

	(void)out;
	if (st == RP_OK)
		st = ingest_replay(scene->kept, made, err);
	return st == RP_OK ? compare_derived(scene->kept, made, tell, scene, err) : st;
}

static enum rp_status
verify(struct scene *scene, struct rp_buf *out, struct rp_error *err)
{
	struct store_stats stats;
	enum rp_status st = store_verify(scene->kept, true, tell, scene, err);

	if (st == RP_OK && (st = store_stats(scene->kept, &stats, err)) == RP_OK)
		buf_printf(out, "%llu posts\n", (unsigned long long)stats.posts);
	return st;
}

/* ---- each place ---------------------------------------------------------------- */

static void
act(void *context, bool fails)
{
	struct scene *scene = context;
	CLEANUP(buf_done) struct rp_buf out;
	const size_t refusals = rp_memory_refusals();
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	buf_init(&out, SIZE_MAX);
	st = scene->step(scene, &out, &err);
	scarce_pause();
	if (!fails) {
		assert_ok(st, err);
		buf_add(&scene->whole, buf_slice(&out));
	} else if (st != RP_OK && st != RP_FAILED) {
		/* Who asks sees that it is perhaps not so. */
		assert_true(rp_memory_refusals() > refusals);
	} else if (st == RP_OK && rp_memory_refusals() == refusals) {
		assert_true(rp_slice_eq(buf_slice(&out), buf_slice(&scene->whole)));
		assert_int_equal(scene->findings, 0);
	}
	scene->findings = 0;
}

static void
everywhere(struct scene *scene,
           enum rp_status (*step)(struct scene *scene, struct rp_buf *out,
                                  struct rp_error *err))
{
	struct rp_error err;
	CLEANUP(buf_done) struct rp_buf after;

	scene->step = step;
	assert_ok(store_memory_open(&scene->kept, &err), err);
	assert_ok(import(scene, scene->kept, &err), err);
	assert_true(scarce_each(1, act, scene) > 10);

	/* Whatever went wrong has left no trace. */
	buf_init(&after, SIZE_MAX);
	assert_ok(replay_and_compare(scene, &after, &err), err);
	assert_ok(verify(scene, &after, &err), err);
}

static void
an_import_is_whole_or_an_error(void **state)
{
	everywhere(*state, import_anew);
}

static void
a_rebuild_is_whole_or_changes_nothing(void **state)
{
	everywhere(*state, rebuild);
}

static void
posts_made_again_are_found_the_same_or_an_error(void **state)
{
	everywhere(*state, replay_and_compare);
}

static void
what_is_read_is_whole_or_an_error(void **state)
{
	everywhere(*state, read_back);
}

static void
a_sound_archive_is_found_sound_or_an_error(void **state)
{
	everywhere(*state, verify);
}

static int
setup(void **state)
{
	static struct scene scene;

	scene = (struct scene){ .n = 0 };
	buf_init(&scene.whole, SIZE_MAX);
	add_files(&scene);
	*state = &scene;
	return 0;
}

static int
teardown(void **state)
{
	struct scene *scene = *state;

	for (size_t i = 0; i < scene->n; i++)
		close(scene->files[i].fd);
	store_close(scene->kept);
	buf_done(&scene->whole);
	return 0;
}

#define SPEC(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(an_import_is_whole_or_an_error),
		SPEC(a_rebuild_is_whole_or_changes_nothing),
		SPEC(posts_made_again_are_found_the_same_or_an_error),
		SPEC(what_is_read_is_whole_or_an_error),
		SPEC(a_sound_archive_is_found_sound_or_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
