/*
 * Real posts through the importer: how many there are, and that the same post in other
 * bytes is the same.  Argument: the directory of the data sets; empty: skipped (77).
 */
#include "core/base/buf.h"
#include "core/base/map.h"
#include "core/collect/collector.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { SKIPPED = 77 };

static int failures;

/* What a file came to. */
struct sum {
	const char *file;
	uint64_t posts, edges, states, rejects;
};

static const struct sum expected[] = {
	{ "tweets-threads/germanwings-crash.tweets.jsonl", 4489, 4035, 0, 0 },
	{ "tweets-threads/rumoureval2017-dev.tweets.jsonl", 281, 258, 0, 0 },
	{ "tweets-v1-extended/tweets.json", 5, 3, 0, 0 },
	{ "tweets-v2/2sets.jsonl", 282, 188, 1, 0 },
	{ "tweets-v2/noflat.jsonl", 166, 118, 1, 0 },
	{ "tweets-v2/edited.jsonl", 3, 0, 0, 0 },
	{ "tweets-v2/edited_before.jsonl", 3, 0, 0, 0 },
	{ "tweets-v2/edited_after.jsonl", 3, 0, 0, 0 },
	{ "tweets-v2/quoted_edit.jsonl", 4, 4, 0, 0 },
	{ "tweets-v2/streaming_output_with_error.jsonl", 11, 4, 0, 1 },
};

static void
check(bool good, const char *where, const char *what)
{
	if (good)
		return;
	(void)fprintf(stderr, "%s: %s\n", where, what);
	failures++;
}

static enum rp_status
file_source(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	(void)err;
	*n_out = fread(into, 1, size, context);
	return *n_out ? RP_OK : RP_END;
}

/* Everything a version and its post say, as one text: equal texts, equal posts. */
static struct rp_slice
told(struct arena *arena, const struct observation *o)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct version version = o->version;
	struct rp_slice copy = RP_SLICE("");
	const struct rp_slice fields[] = { o->post.author,   o->post.conversation,
		                           version.native,   version.text,
		                           version.text_raw, version.lang,
		                           version.mentions, version.media,
		                           version.poll };

	buf_init(&out, 1 << 20);
	version_fingerprint(&version, o->post.author);
	buf_add(&out,
	        rp_slice_from((const char *)version.fingerprint, FINGERPRINT_BYTES));
	buf_printf(&out, "%d %" PRId64 " %d %" PRId64 "|", (int)o->post.kind,
	           o->post.time.lo, (int)o->post.time.basis, version.printed.lo);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		buf_add(&out, fields[i]);
		buf_add_byte(&out, '|');
	}
	for (size_t i = 0; i < o->n_edges; i++)
		buf_printf(&out, "%d %.*s|", (int)o->edges[i].type,
		           RP_FMT(o->edges[i].parent));
	if (!arena_copy(arena, buf_slice(&out), &copy))
		abort();
	return copy;
}

/* Every post's key and what is told of it, to compare with a later file. */
struct known {
	struct arena *arena;
	struct map *keys;
	struct rp_slice *told;
	size_t n;
	bool compare; /* instead of learning */
};

static void
know(struct known *known, const struct observation *o, const char *file)
{
	struct rp_slice key = RP_SLICE("");
	uint32_t *found = map_get(known->keys, o->post.key);

	if (known->compare) {
		check(found != NULL, file, "a post that the other file has not");
		if (found != NULL)
			check(rp_slice_eq(known->told[*found], told(known->arena, o)),
			      file, "a post that differs from the other file's");
		return;
	}
	if (!arena_copy(known->arena, o->post.key, &key) ||
	    map_put(known->keys, key, (uint32_t)known->n, NULL) == NULL)
		abort();
	known->told[known->n++] = told(known->arena, o);
}

static void
check_spans(const struct batch *b, const char *file)
{
	for (size_t i = 0; i < b->n_observations; i++) {
		const struct observation *o = &b->observations[i];
		const struct batch_record *record = &b->records[o->record];

		check(o->record < b->n_records && o->offset + o->bytes <= record->n &&
		              b->bytes.p[record->at + o->offset] == '{' &&
		              b->bytes.p[record->at + o->offset + o->bytes - 1] == '}',
		      file, "a post whose bytes are no object");
	}
}

static void
read_file(const char *directory, const struct sum *want, struct known *known)
{
	const struct collector_ops *x = collector_find(RP_SLICE("x"));
	CLEANUP(arena_free) struct arena *arena = arena_new(64 << 20);
	char path[4096];
	struct input input = { .name = RP_SLICE("x"), .reader = { file_source, NULL } };
	struct batch b = { .arena = arena };
	struct collector *collector = NULL;
	struct sum sum = { .file = want->file };
	uint64_t end = 0;

	(void)snprintf(path, sizeof(path), "%s/%s", directory, want->file);
	input.reader.context = fopen(path, "rb");
	check(input.reader.context != NULL, path, "cannot be opened");
	if (input.reader.context == NULL || x->open(&input, &collector, NULL) != RP_OK)
		return;
	while (x->next(collector, &b, NULL) == RP_OK) {
		check(b.offset == end, want->file, "a gap between batches");
		end += b.bytes.n;
		check_spans(&b, want->file);
		for (size_t i = 0; i < b.n_observations; i++) {
			sum.edges += b.observations[i].n_edges;
			if (b.observations[i].post.kind == KIND_GHOST)
				continue;
			sum.posts++;
			if (known != NULL)
				know(known, &b.observations[i], want->file);
		}
		sum.states += b.n_states;
		sum.rejects += b.n_rejects;
		arena_reset(arena);
	}
	x->close(collector);
	(void)fclose(input.reader.context);
	(void)printf("%s: %" PRIu64 " posts, %" PRIu64 " edges, %" PRIu64
	             " states, %" PRIu64 " rejects\n",
	             want->file, sum.posts, sum.edges, sum.states, sum.rejects);
	check(sum.posts == want->posts && sum.edges == want->edges &&
	              sum.states == want->states && sum.rejects == want->rejects,
	      want->file, "other numbers than these were expected");
}

int
main(int argc, char **argv)
{
	struct known known = { .arena = arena_new(64 << 20), .keys = map_new() };

	if (argc < 2 || argv[1][0] == '\0')
		return SKIPPED;
	known.told = calloc(expected[0].posts, sizeof(*known.told));
	if (known.arena == NULL || known.keys == NULL || known.told == NULL)
		return 1;
	read_file(argv[1], &expected[0], &known);
	known.compare = true;
	read_file(argv[1], &expected[1], &known);
	for (size_t i = 2; i < sizeof(expected) / sizeof(*expected); i++)
		read_file(argv[1], &expected[i], NULL);
	map_free(known.keys);
	arena_free(known.arena);
	free(known.told);
	return failures != 0;
}
