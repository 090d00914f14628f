/*
 * Captures read again, and what is told when posts are not what they say.
 */
#include "core/ingest/compare.h"
#include "core/ingest/ingest.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <unistd.h>

static const char posts[] =
	"{\"id\":\"10\",\"text\":\"you started it\",\"author_id\":\"1\","
	"\"author\":{\"id\":\"1\",\"username\":\"ana\",\"name\":\"Ana\"}}\n"
	"{\"id\":\"20\",\"text\":\"no, you\",\"author_id\":\"2\",\"referenced_tweets\":"
	"[{\"type\":\"replied_to\",\"id\":\"10\"}]}\n"
	"not JSON\n";

/* An archive, and another made of its captures. */
struct fixture {
	struct store *held, *made;
	struct rp_buf told;
	struct rp_error err;
};

static void
import(struct store *store, const char *options)
{
	const struct ingest_options how = { .kind = "import",
		                            .program = "test",
		                            .now = 1000 };
	struct ingest *ingest = ingest_new(store, &how);
	struct import_file file = { .name = RP_SLICE("posts.jsonl"),
		                    .options = rp_slice_str(options) };
	FILE *bytes = tmpfile();
	struct rp_error err;

	assert_non_null(ingest);
	assert_non_null(bytes);
	assert_int_equal(fwrite(posts, 1, sizeof(posts) - 1, bytes), sizeof(posts) - 1);
	rewind(bytes);
	file.fd = fileno(bytes);
	assert_ok(ingest_file(ingest, &file, &err), err);
	fclose(bytes);
	assert_ok(ingest_close(ingest, NULL, &err), err);
}

static int
setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){ .held = NULL };
	buf_init(&f.told, 1 << 16);
	assert_ok(store_memory_open(&f.held, &f.err), f.err);
	assert_ok(store_memory_open(&f.made, &f.err), f.err);
	import(f.held, "");
	assert_ok(ingest_replay(f.held, f.made, &f.err), f.err);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	store_close(f->held);
	store_close(f->made);
	buf_done(&f->told);
	return 0;
}

static void
tell(void *context, const char *sentence)
{
	struct fixture *f = context;

	buf_add_str(&f->told, sentence);
	buf_add_byte(&f->told, '\n');
}

/* What was told has these words. */
static void
assert_told(struct fixture *f, const char *words)
{
	buf_clear(&f->told);
	assert_int_equal(compare_derived(f->held, f->made, tell, f, &f->err), RP_CORRUPT);
	if (rp_slice_find(buf_slice(&f->told), rp_slice_str(words)) == f->told.n)
		fail_msg("\"%s\" is not among:\n%.*s", words, (int)f->told.n, f->told.p);
}

static struct post
post_of(struct fixture *f, struct store *store, const char *key, struct arena *arena)
{
	struct post post;

	assert_ok(store_post_get(store, rp_slice_str(key), arena, &post, &f->err),
	          f->err);
	return post;
}

/* Something done to the archive behind the captures' back. */
typedef enum rp_status change(struct fixture *f, struct store *store,
                              const struct post *post);

static enum rp_status
another_post(struct fixture *f, struct store *store, const struct post *post)
{
	struct post other = *post;

	other.id = 0;
	other.key = RP_SLICE("x:15");
	return store_post_put(store, &other, &other.id, &f->err);
}

static enum rp_status
another_author(struct fixture *f, struct store *store, const struct post *post)
{
	struct post other = *post;

	other.author = RP_SLICE("x:@2");
	return store_post_put(store, &other, &other.id, &f->err);
}

static enum rp_status
another_wording(struct fixture *f, struct store *store, const struct post *post)
{
	struct version version = { .post = post->id,
		                   .text = RP_SLICE("somebody started it"),
		                   .printed = RP_TIME_NONE,
		                   .as_of = RP_TIME_UNKNOWN };
	bool fresh;

	version_fingerprint(&version, post->author);
	return store_version_put(store, &version, &version.id, &fresh, &f->err);
}

static enum rp_status
another_id(struct fixture *f, struct store *store, const struct post *post)
{
	return store_alias_put(store, RP_SLICE("x:11"), post->id, &f->err);
}

static enum rp_status
another_edge(struct fixture *f, struct store *store, const struct post *post)
{
	const struct edge edge = { .child = post->id,
		                   .parent = post->id,
		                   .type = EDGE_QUOTE,
		                   .origin = ORIGIN_PLATFORM,
		                   .confidence_percent = 100 };

	return store_edge_put(store, &edge, &f->err);
}

static enum rp_status
another_sighting(struct fixture *f, struct store *store, const struct post *post)
{
	const struct sighting sighting = { .post = post->id,
		                           .capture = 1,
		                           .record = 1,
		                           .offset = 1,
		                           .bytes = 1,
		                           .as_of = 7 };

	return store_sighting_put(store, &sighting, &f->err);
}

static enum rp_status
note(struct fixture *f, struct store *store, struct rp_slice subject)
{
	const struct state_note note = {
		.subject = subject, .state = STATE_DELETED, .as_of = 7, .capture = 1
	};

	return store_state_put(store, &note, &f->err);
}

static enum rp_status
another_state(struct fixture *f, struct store *store, const struct post *post)
{
	return note(f, store, post->key);
}

static enum rp_status
another_state_of_the_author(struct fixture *f, struct store *store,
                            const struct post *post)
{
	return note(f, store, post->author);
}

static enum rp_status
another_handle(struct fixture *f, struct store *store, const struct post *post)
{
	const struct account account = {
		.key = post->author, .handle = RP_SLICE("anna"), .first = 1, .last = 2
	};

	return store_account_put(store, &account, &f->err);
}

static enum rp_status
another_reject(struct fixture *f, struct store *store, const struct post *post)
{
	const struct reject reject = { .capture = 1,
		                       .bytes = 3,
		                       .reason = RP_SLICE("no") };

	(void)post;
	return store_reject_put(store, &reject, &f->err);
}

/* clang-format off */
static const struct {
	change *change;
	const char *told_of_more, *told_of_less; /* when it has it, and when it lacks it */
} differences[] = {
	{ another_post,     "the existence of x:15 ", "the absence of x:15 " },
	{ another_author,   "the row of x:10 ",       "the row of x:10 " },
	{ another_wording,  "the text of x:10 ",      "the text of x:10 " },
	{ another_id,       "the other ids of x:10 ", "the other ids of x:10 " },
	{ another_edge,     "the edges of x:10 ",     "the edges of x:10 " },
	{ another_sighting, "the provenance of x:10 ", "the provenance of x:10 " },
	{ another_state,    "the state of x:10 ",     "the state of x:10 " },
	{ another_handle,   "the handles of x:@1 ",   "the handles of x:@1 " },
	{ another_state_of_the_author, "the state of x:@1 ", "the state of x:@1 " },
	{ another_reject,   "the list of rejected records ", "the list of rejected records " },
};
/* clang-format on */

static void
make_difference(struct fixture *f, struct store *store, change *make)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 16);
	const struct post post = post_of(f, store, "x:10", arena);

	assert_ok(store_begin(store, &f->err), f->err);
	assert_ok(make(f, store, &post), f->err);
	assert_ok(store_commit(store, &f->err), f->err);
}

static void
differences_of_every_kind_are_told_by_name(void **state)
{
	for (size_t i = 0; i < sizeof(differences) / sizeof(differences[0]); i++) {
		struct fixture *f = *state;

		make_difference(f, f->held, differences[i].change);
		assert_told(f, differences[i].told_of_more);
		assert_int_equal(teardown(state), 0);
		assert_int_equal(setup(state), 0);

		make_difference(f, f->made, differences[i].change);
		assert_told(f, differences[i].told_of_less);
		assert_int_equal(teardown(state), 0);
		assert_int_equal(setup(state), 0);
	}
}

static void
words_that_are_not_those_of_the_posts_are_told(void **state)
{
	struct fixture *f = *state;

	make_difference(f, f->held, another_wording);
	assert_told(f, "the full-text index ");
}

static void
no_more_than_twenty_differences_are_told(void **state)
{
	struct fixture *f = *state;
	size_t lines = 0;

	assert_ok(store_begin(f->held, &f->err), f->err);
	for (int i = 0; i < 50; i++) {
		char key[16];
		struct post post = { .kind = KIND_GHOST, .time = RP_TIME_NONE };

		(void)snprintf(key, sizeof(key), "x:%d", 100 + i);
		post.key = rp_slice_str(key);
		assert_ok(store_post_put(f->held, &post, &post.id, &f->err), f->err);
	}
	assert_ok(store_commit(f->held, &f->err), f->err);
	assert_told(f, "the existence of x:100 ");
	for (size_t i = 0; i < f->told.n; i++)
		lines += f->told.p[i] == '\n';
	assert_in_range(lines, 20, 21);
}

static void
nothing_is_told_where_nothing_differs(void **state)
{
	struct fixture *f = *state;

	assert_ok(compare_derived(f->held, f->made, tell, f, &f->err), f->err);
	assert_int_equal(f->told.n, 0);
}

/* A capture of a transcript, in an archive that somebody else wrote. */
static void
captures_whose_options_nobody_takes_any_more_are_an_error(void **state)
{
	struct fixture *f = *state;
	const struct run run = { .kind = RP_SLICE("import"), .ended = RP_TIME_UNKNOWN };
	struct capture capture = { .name = RP_SLICE("talk.txt"),
		                   .format = RP_SLICE("transcript"),
		                   .options = RP_SLICE("date=yesterday\n") };
	uint64_t records;

	assert_ok(store_begin(f->held, &f->err), f->err);
	assert_ok(store_run_begin(f->held, &run, &capture.run, &f->err), f->err);
	assert_ok(store_capture_begin(f->held, &capture, &capture.id, &f->err), f->err);
	assert_ok(store_commit(f->held, &f->err), f->err);

	assert_int_equal(ingest_rebuild(f->held, &records, &f->err), RP_BAD_USAGE);
	assert_int_equal(ingest_replay(f->held, f->made, &f->err), RP_BAD_USAGE);
}

static void
the_same_sidecar_is_kept_once(void **state)
{
	struct fixture *f = *state;
	const struct ingest_options how = { .kind = "import",
		                            .program = "test",
		                            .now = 1000 };
	CLEANUP(ingest_free) struct ingest *ingest = ingest_new(f->held, &how);
	const struct rp_slice name = RP_SLICE("talk.txt.riposte.ini");

	assert_ok(ingest_attachment(ingest, name, RP_SLICE("[event]\n"), &f->err),
	          f->err);
	assert_int_equal(ingest_tally(ingest)->captures, 1);
	assert_ok(ingest_attachment(ingest, name, RP_SLICE("[event]\n"), &f->err),
	          f->err);
	assert_int_equal(ingest_tally(ingest)->captures, 1);
}

#define SPEC(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(differences_of_every_kind_are_told_by_name),
		SPEC(words_that_are_not_those_of_the_posts_are_told),
		SPEC(no_more_than_twenty_differences_are_told),
		SPEC(nothing_is_told_where_nothing_differs),
		SPEC(captures_whose_options_nobody_takes_any_more_are_an_error),
		SPEC(the_same_sidecar_is_kept_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
