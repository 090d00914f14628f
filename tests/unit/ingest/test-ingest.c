/*
 * From files to what the archive knows, over the store in memory and the real importers.
 */
#include "core/ingest/compare.h"
#include "core/ingest/ingest.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <unistd.h>

struct fixture {
	struct store *store;
	struct ingest *ingest;
	struct arena *arena;
	struct tally tally;
};

static void
open_ingest(struct fixture *f)
{
	const struct ingest_options options = { .kind = "import",
		                                .program = "test",
		                                .now = 1000 };

	f->ingest = ingest_new(f->store, &options);
	assert_non_null(f->ingest);
}

static int
setup(void **state)
{
	static struct fixture f;
	struct rp_error err;

	f = (struct fixture){ .arena = arena_new(1 << 24) };
	if (store_memory_open(&f.store, &err) != RP_OK)
		return -1;
	open_ingest(&f);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	ingest_free(f->ingest);
	store_close(f->store);
	arena_free(f->arena);
	return 0;
}

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
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static enum rp_status
take_in(struct fixture *f, const char *text, struct rp_error *err)
{
	struct import_file file = { .name = RP_SLICE("test.jsonl"),
		                    .fd = file_of(rp_slice_str(text)) };
	enum rp_status st = ingest_file(f->ingest, &file, err);

	close(file.fd);
	f->tally = *ingest_tally(f->ingest);
	return st;
}

static void
import(struct fixture *f, const char *text)
{
	struct rp_error err;

	assert_ok(take_in(f, text, &err), err);
}

static struct post
held(struct fixture *f, const char *key)
{
	struct rp_error err;
	struct post post;

	assert_ok(store_post_get(f->store, rp_slice_str(key), f->arena, &post, &err),
	          err);
	return post;
}

static size_t
count(struct fixture *f, const struct scan *scan)
{
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	struct rp_error err;
	size_t n = 0;

	assert_ok(store_scan(f->store, scan, &it, &err), err);
	while (store_next(it, &row, &err) == RP_OK)
		n++;
	return n;
}

#define ANA                                                                              \
	"\"author_id\":\"1\",\"author\":{\"id\":\"1\",\"username\":\"ana\",\"name\":"    \
	"\"Ana\"}"
#define REPLY_TO(id) "\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":\"" id "\"}]"

static void
a_reply_that_arrives_first_leaves_a_ghost_which_the_parent_then_fills(void **state)
{
	struct fixture *f = *state;

	import(f, "{\"id\":\"20\",\"text\":\"no, you\"," ANA "," REPLY_TO("10") "}\n");
	assert_int_equal(held(f, "x:10").kind, KIND_GHOST);
	assert_int_equal(f->tally.ghosts, 1);

	import(f, "{\"id\":\"10\",\"text\":\"you started it\"," ANA "}\n");
	assert_int_equal(held(f, "x:10").kind, KIND_POST);
	assert_int_equal(f->tally.ghosts, 0);
	assert_int_equal(f->tally.fresh, 2);
}

static void
the_same_post_in_other_bytes_is_the_same_and_another_word_is_a_version(void **state)
{
	struct fixture *f = *state;

	import(f, "{\"id\":\"10\",\"text\":\"one\"," ANA "}\n");
	import(f, "{\"text\":\"one\",\"id\":\"10\", " ANA
	          ",\"public_metrics\":{\"like_count\":7}}\n");
	assert_int_equal(f->tally.same, 1);
	import(f, "{\"id\":\"10\",\"text\":\"one more\"," ANA "}\n");
	assert_int_equal(f->tally.versions, 1);
	assert_int_equal(f->tally.records, 3);
	assert_int_equal(
		count(f, &(struct scan){ .of = SCAN_VERSIONS, .id = held(f, "x:10").id }),
		2);
	assert_int_equal(count(f, &(struct scan){ .of = SCAN_SIGHTINGS,
	                                          .id = held(f, "x:10").id }),
	                 3);
}

static void
the_very_same_file_is_noted_and_not_read_again(void **state)
{
	static const char file[] =
		"{\"id\":\"10\",\"text\":\"one\"," ANA "}\n{\"broken\n";
	struct fixture *f = *state;

	import(f, file);
	assert_int_equal(f->tally.rejected, 1);
	import(f, file);
	assert_int_equal(f->tally.records, 4);
	assert_int_equal(f->tally.same, 1);
	assert_int_equal(f->tally.rejected, 2);
	assert_int_equal(count(f, &(struct scan){ .of = SCAN_CAPTURES }), 1);
	assert_int_equal(count(f, &(struct scan){ .of = SCAN_SIGHTINGS,
	                                          .id = held(f, "x:10").id }),
	                 1);
}

static void
an_edit_and_its_history_are_one_post_whichever_comes_first(void **state)
{
	static const char *const files[] = {
		"{\"id\":\"1881923570458304781\",\"text\":\"second\"," ANA "}\n",
		"{\"id\":\"1881923570458304780\",\"text\":\"first\"," ANA
		",\"edit_history_tweet_ids\":[\"1881923570458304780\","
		"\"1881923570458304781\"]}\n",
	};
	CLEANUP(store_close) struct store *other = NULL;
	struct fixture *f = *state, g = { .arena = f->arena };
	struct rp_error err;

	import(f, files[0]);
	import(f, files[1]);
	assert_ok(store_memory_open(&other, &err), err);
	g.store = other;
	open_ingest(&g);
	import(&g, files[1]);
	import(&g, files[0]);
	ingest_free(g.ingest);

	assert_slice(held(f, "x:1881923570458304781").key, "x:1881923570458304780");
	assert_int_equal(held(f, "x:1881923570458304780").time.lo,
	                 held(&g, "x:1881923570458304780").time.lo);
	assert_int_equal(
		count(f, &(struct scan){ .of = SCAN_VERSIONS,
	                                 .id = held(f, "x:1881923570458304780").id }),
		2);
}

static void
what_nobody_can_read_is_kept_with_one_reject_over_all_of_it(void **state)
{
	struct fixture *f = *state;
	struct rp_error err;

	assert_int_equal(take_in(f,
	                         "\x7f"
	                         "ELF and so on",
	                         &err),
	                 RP_BAD_SOURCE);
	assert_int_equal(f->tally.rejected, 1);
	assert_int_equal(count(f, &(struct scan){ .of = SCAN_CAPTURES }), 1);
	assert_int_equal(count(f, &(struct scan){ .of = SCAN_REJECTS }), 1);
}

static void
tell(void *context, const char *sentence)
{
	(void)context;
	print_message("# %s\n", sentence);
}

static void
rebuilding_and_replaying_give_what_the_imports_gave(void **state)
{
	CLEANUP(store_close) struct store *other = NULL;
	struct fixture *f = *state;
	struct rp_error err;
	uint64_t records;

	import(f, "{\"id\":\"20\",\"text\":\"no, you\"," ANA
	          "," REPLY_TO("10") "}\n{broken}\n");
	import(f, "{\"id\":\"10\",\"text\":\"you started it\"," ANA "}\n");
	assert_ok(ingest_close(f->ingest, NULL, &err), err);
	f->ingest = NULL;

	assert_ok(store_memory_open(&other, &err), err);
	assert_ok(ingest_replay(f->store, other, &err), err);
	assert_ok(compare_derived(f->store, other, tell, NULL, &err), err);
	assert_ok(ingest_rebuild(f->store, &records, &err), err);
	assert_int_equal(records, 3);
	assert_ok(compare_derived(f->store, other, tell, NULL, &err), err);
}

/* A gzip file of one stored block: its length, that turned over, the text as it is. */
#define GZIP_HEAD "\037\213\010\0\0\0\0\0\0\003"
#define GZIP_POST                                                                        \
	GZIP_HEAD "\001\051\0\326\377"                                                   \
		  "{\"id\":\"10\",\"text\":\"one\",\"author_id\":\"1\"}\n"
#define GZIP_TALK                                                                        \
	GZIP_HEAD "\001\034\0\343\377"                                                   \
		  "ANA PETIT: one\nBOB ROE: two\n"
#define GZIP_ELF                                                                         \
	GZIP_HEAD "\001\016\0\361\377"                                                   \
		  "\177"                                                                 \
		  "ELF and so on"
#define GOOD_CHECKSUM "\041\042\354\311\051\0\0\0"
#define BAD_CHECKSUM "\0\0\0\0\051\0\0\0"

/* The captures read again give what is held, in another archive and in this one. */
static void
assert_made_again(struct fixture *f)
{
	CLEANUP(store_close) struct store *other = NULL;
	struct rp_error err;
	uint64_t records;

	assert_ok(store_memory_open(&other, &err), err);
	assert_ok(ingest_replay(f->store, other, &err), err);
	assert_ok(compare_derived(f->store, other, tell, NULL, &err), err);
	assert_ok(ingest_rebuild(f->store, &records, &err), err);
	assert_int_equal(records, f->tally.records);
	assert_ok(compare_derived(f->store, other, tell, NULL, &err), err);
}

static void
broken_compressed_files_replay_and_rebuild_to_the_same(void **state)
{
	static const struct {
		struct rp_slice as, options, bytes;
		uint64_t records;
	} cases[] = {
		{ RP_LIT(""), RP_LIT(""), RP_LIT(GZIP_POST BAD_CHECKSUM), 1 },
		{ RP_LIT("x"), RP_LIT(""), RP_LIT(GZIP_POST BAD_CHECKSUM), 1 },
		{ RP_LIT(""), RP_LIT(""),
		  RP_LIT(GZIP_POST GOOD_CHECKSUM GZIP_POST BAD_CHECKSUM), 2 },
		{ RP_LIT(""), RP_LIT(""), RP_LIT(GZIP_POST GOOD_CHECKSUM "junk"), 2 },
		{ RP_LIT(""), RP_LIT(""), RP_LIT(GZIP_POST), 2 },
		{ RP_LIT("x"), RP_LIT(""), { GZIP_POST, sizeof(GZIP_POST) - 9 }, 1 },
		{ RP_LIT("x"), RP_LIT(""), RP_LIT(GZIP_HEAD), 1 },
		{ RP_LIT(""), RP_LIT(""), RP_LIT(GZIP_ELF BAD_CHECKSUM), 1 },
		{ RP_LIT("transcript"), RP_LIT("event=e\n"), RP_LIT(GZIP_TALK), 3 },
		{ RP_LIT("transcript"), RP_LIT("event=e\n"),
		  RP_LIT(GZIP_TALK BAD_CHECKSUM), 1 },
		{ RP_LIT("transcript"), RP_LIT("event=e\n"), RP_LIT(GZIP_HEAD), 1 },
	};
	struct fixture *f = *state;
	struct rp_error err;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct import_file file = { .name = RP_SLICE("test.gz"),
			                    .as = cases[i].as,
			                    .options = cases[i].options,
			                    .fd = file_of(cases[i].bytes) };

		assert_int_equal(ingest_file(f->ingest, &file, &err),
		                 cases[i].records > 1 ? RP_OK : RP_BAD_SOURCE);
		close(file.fd);
		f->tally = *ingest_tally(f->ingest);
		assert_int_equal(f->tally.records, cases[i].records);
		assert_int_equal(f->tally.rejected, 1);
		assert_ok(ingest_close(f->ingest, NULL, &err), err);
		f->ingest = NULL;
		assert_made_again(f);
		store_close(f->store);
		assert_ok(store_memory_open(&f->store, &err), err);
		open_ingest(f);
	}
}

static void
a_difference_between_captures_and_posts_is_found_and_named(void **state)
{
	CLEANUP(store_close) struct store *other = NULL;
	struct fixture *f = *state;
	struct rp_error err;
	struct post post;

	import(f, "{\"id\":\"10\",\"text\":\"you started it\"," ANA "}\n");
	assert_ok(store_memory_open(&other, &err), err);
	assert_ok(ingest_replay(f->store, other, &err), err);
	post = held(f, "x:10");
	post.author = RP_SLICE("x:@2");
	assert_ok(store_begin(f->store, &err), err);
	assert_ok(store_post_put(f->store, &post, &post.id, &err), err);
	assert_ok(store_commit(f->store, &err), err);
	assert_int_equal(compare_derived(f->store, other, tell, NULL, &err), RP_CORRUPT);
}

#define SPEC(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_reply_that_arrives_first_leaves_a_ghost_which_the_parent_then_fills),
		SPEC(the_same_post_in_other_bytes_is_the_same_and_another_word_is_a_version),
		SPEC(the_very_same_file_is_noted_and_not_read_again),
		SPEC(an_edit_and_its_history_are_one_post_whichever_comes_first),
		SPEC(what_nobody_can_read_is_kept_with_one_reject_over_all_of_it),
		SPEC(rebuilding_and_replaying_give_what_the_imports_gave),
		SPEC(broken_compressed_files_replay_and_rebuild_to_the_same),
		SPEC(a_difference_between_captures_and_posts_is_found_and_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
