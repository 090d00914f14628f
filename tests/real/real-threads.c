/*
 * Real reply threads, with their trees as ground truth.
 *
 *	real-threads REAL-DATA	exit status 77 when REAL-DATA is empty
 *
 * Every tree with one root is one thread: each of its posts once, under the parent the
 * tree says.  With a tenth of the inner posts left out, every post that is held is still
 * shown, and those whose parent is missing stand below a ghost that has a date.
 */
#include "core/base/file.h"
#include "core/base/map.h"
#include "core/ingest/ingest.h"
#include "core/parse/json.h"
#include "core/thread/thread.h"
#include "tests/support/spec.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FILE_MAX = 64 << 20, SKIPPED = 77 };

static struct arena *memory; /* files and keys, for the whole run */
static struct rp_slice posts_text, trees_text;
static struct map *left_out; /* ids not imported */

static struct rp_slice
read_all(const char *folder, const char *name)
{
	struct rp_error err = { .status = RP_OK };
	struct rp_slice path, copy = RP_SLICE("");
	struct rp_buf text;

	buf_init(&text, FILE_MAX);
	if (!arena_printf(memory, &path, "%s/tweets-threads/%s", folder, name))
		abort();
	if (file_read(path.p, &text, &err) != RP_OK) {
		fprintf(stderr, "%s\n", err.text);
		exit(SKIPPED);
	}
	if (!arena_copy(memory, buf_slice(&text), &copy))
		abort();
	buf_done(&text);
	return copy;
}

/* ---- importing, all or a part ------------------------------------------------- */

static bool
is_left_out(struct rp_slice line)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct rp_error err;
	struct rp_slice id;

	if (map_count(left_out) == 0 || line.n == 0)
		return false;
	assert_ok(json_parse(&doc, line, &err), err);
	assert_ok(json_id(&doc, json_get(&doc, JSON_ROOT, RP_SLICE("id_str")), memory,
	                  &id, &err),
	          err);
	return map_get(left_out, id) != NULL;
}

static int
open_input(void)
{
	struct rp_slice rest = posts_text;
	FILE *file = tmpfile();

	assert_non_null(file);
	while (rest.n > 0) {
		struct rp_slice line = rp_slice_cut(&rest, '\n');

		if (is_left_out(line))
			continue;
		fwrite(line.p, 1, line.n, file);
		fputc('\n', file);
	}
	fflush(file);
	rewind(file);
	return fileno(file);
}

static struct store *
import(struct tally *tally)
{
	const struct ingest_options options = { .kind = "import",
		                                .program = "test",
		                                .now = 1 };
	struct rp_error err = { .status = RP_OK };
	struct store *store = NULL;
	struct ingest *ingest;
	struct import_file file = { .name = RP_SLICE("posts"), .fd = open_input() };

	assert_ok(store_memory_open(&store, &err), err);
	ingest = ingest_new(store, &options);
	assert_non_null(ingest);
	assert_ok(ingest_file(ingest, &file, &err), err);
	assert_ok(ingest_close(ingest, tally, &err), err);
	close(file.fd);
	return store;
}

/* ---- trees
 * ----------------------------------------------------------------------------- */

struct tree {
	struct map
		*parents; /* id -> index of its parent among these ids + 1; 0: a root */
	size_t roots;
};

static struct rp_slice
key_of(struct rp_slice id)
{
	struct rp_slice key;

	assert_true(key_make(memory, PLATFORM_X, id, &key));
	return key;
}

/* {"id": {child: {...}, child: []}}: members nest;
 * a stack of open objects by their end. */
static struct tree
read_tree(const struct json_doc *doc)
{
	struct tree tree = { map_new(), 0 };
	uint32_t at = json_get(doc, JSON_ROOT, RP_SLICE("structure"));
	uint32_t end = doc->nodes[at].next, ends[600];
	uint32_t ids[600];
	size_t depth = 0;

	assert_non_null(tree.parents);
	for (at++; at < end; at++) {
		struct rp_slice id;
		struct rp_error err;

		while (depth > 0 && at >= ends[depth - 1])
			depth--;
		if (!(doc->nodes[at].flags & JSON_KEY))
			continue;
		assert_ok(json_text(doc, at, memory, &id, &err), err);
		assert_true(arena_copy(memory, id, &id));
		assert_non_null(map_put(tree.parents, id,
		                        depth > 0 ? ids[depth - 1] + 1 : 0, NULL));
		tree.roots += depth == 0;
		assert_true(depth < 600);
		ids[depth] = (uint32_t)map_count(tree.parents) - 1;
		ends[depth++] = doc->nodes[at + 1].next;
	}
	return tree;
}

static const struct view_node *
node_of(const struct thread_view *view, struct rp_slice key)
{
	for (size_t i = 0; i < view->n_nodes; i++)
		if (rp_slice_eq(view->nodes[i].p.post.key, key))
			return &view->nodes[i];
	return NULL;
}

static bool
is_held(const struct view_node *node)
{
	return node != NULL && node->p.post.kind != KIND_GHOST;
}

/* One post of a tree in the view of its thread. */
static void
check_post(const struct tree *tree, size_t i, const struct thread_view *view)
{
	const struct view_node *node = node_of(view, key_of(map_key(tree->parents, i)));
	uint32_t parent = map_value(tree->parents, i);

	assert_non_null(node);
	if (parent == 0)
		return;
	assert_int_not_equal(node->parent, VIEW_NO_NODE);
	assert_slice_at(view->nodes[node->parent].p.post.key,
	                key_of(map_key(tree->parents, parent - 1)), __FILE__, __LINE__);
}

static void
check_each_once(const struct thread_view *view)
{
	CLEANUP(map_free) struct map *seen = map_new();
	bool fresh;

	for (size_t i = 0; i < view->n_nodes; i++) {
		assert_non_null(map_put(seen, view->nodes[i].p.post.key, 0, &fresh));
		assert_true(fresh);
		assert_true(view->nodes[i].parent == VIEW_NO_NODE ||
		            view->nodes[i].parent < i);
	}
}

static void
for_each_tree(struct store *store, void (*check)(struct store *, const struct tree *))
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct rp_slice rest = trees_text;
	struct rp_error err;

	while (rest.n > 0) {
		struct tree tree;

		assert_ok(json_parse(&doc, rp_slice_cut(&rest, '\n'), &err), err);
		tree = read_tree(&doc);
		check(store, &tree);
		map_free(tree.parents);
	}
}

/* ---- the specs
 * -------------------------------------------------------------------------- */

static size_t trees_checked;

static void
check_whole_tree(struct store *store, const struct tree *tree)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(256 << 20);
	struct thread_view view;
	struct rp_error err;

	if (tree->roots != 1)
		return;
	assert_ok(thread_view(store, key_of(map_key(tree->parents, 0)), NULL, arena,
	                      &view, &err),
	          err);
	check_each_once(&view);
	for (size_t i = 0; i < map_count(tree->parents); i++)
		check_post(tree, i, &view);
	trees_checked++;
}

static void
every_tree_is_a_thread_with_each_post_once_under_its_parent(void **state)
{
	CLEANUP(store_close) struct store *store = NULL;
	struct tally tally;

	(void)state;
	store = import(&tally);
	assert_true(tally.fresh >= 4489);
	assert_int_equal(tally.rejected, 0);
	trees_checked = 0;
	for_each_tree(store, check_whole_tree);
	assert_int_equal(trees_checked, 468);
}

static void
check_remaining(struct store *store, const struct tree *tree)
{
	for (size_t i = 0; i < map_count(tree->parents); i++) {
		CLEANUP(arena_free) struct arena *arena = arena_new(256 << 20);
		struct rp_slice id = map_key(tree->parents, i);
		uint32_t parent = map_value(tree->parents, i);
		const struct view_node *node, *above;
		struct thread_view view;
		struct rp_error err;

		if (map_get(left_out, id) != NULL)
			continue;
		assert_ok(thread_view(store, key_of(id), NULL, arena, &view, &err), err);
		node = node_of(&view, key_of(id));
		assert_true(is_held(node));
		if (parent == 0 ||
		    map_get(left_out, map_key(tree->parents, parent - 1)) == NULL)
			continue;
		assert_int_not_equal(node->parent, VIEW_NO_NODE);
		above = &view.nodes[node->parent];
		assert_int_equal(above->p.post.kind, KIND_GHOST);
		assert_true(rp_time_known(above->p.post.time));
		assert_false(view.complete);
	}
}

/* Every tenth post, more or less, that has both a parent and a child. */
static void
choose_left_out(struct store *store, const struct tree *tree)
{
	static uint32_t random = 7;

	(void)store;
	for (size_t i = 0; i < map_count(tree->parents); i++) {
		uint32_t parent = map_value(tree->parents, i);

		if (parent == 0 || map_value(tree->parents, parent - 1) == 0)
			continue;
		random = random * 1664525 + 1013904223;
		if (random >> 16 < 65536 / 10)
			(void)!map_put(left_out, map_key(tree->parents, parent - 1), 0,
			               NULL);
	}
}

static void
without_a_tenth_of_the_inner_posts_every_other_one_is_shown_below_a_dated_ghost(
	void **state)
{
	CLEANUP(store_close) struct store *store = NULL;
	struct tally tally;

	(void)state;
	for_each_tree(NULL, choose_left_out);
	assert_true(map_count(left_out) > 20);
	store = import(&tally);
	for_each_tree(store, check_remaining);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_tree_is_a_thread_with_each_post_once_under_its_parent),
		cmocka_unit_test(
			without_a_tenth_of_the_inner_posts_every_other_one_is_shown_below_a_dated_ghost),
	};

	if (argc < 2 || argv[1][0] == '\0')
		return SKIPPED;
	memory = arena_new(SIZE_MAX / 2);
	left_out = map_new();
	posts_text = read_all(argv[1], "germanwings-crash.tweets.jsonl");
	trees_text = read_all(argv[1], "germanwings-crash.structure.jsonl");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
