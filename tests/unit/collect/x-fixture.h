/*
 * What the specs of importers of JSON share: a text run through the collector as one
 * batch, in memory of exactly its size, and the observations that came of it.
 *
 * Of X posts, unless FIXTURE_COLLECTOR names another before this is included.
 */
#ifndef RIPOSTE_TESTS_UNIT_COLLECT_X_FIXTURE_H
#define RIPOSTE_TESTS_UNIT_COLLECT_X_FIXTURE_H

#include "core/collect/collector.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>

#ifndef FIXTURE_COLLECTOR
#define FIXTURE_COLLECTOR "x"
#endif

struct source {
	char *text;
	size_t n, at;
	size_t chunk;          /* bytes a read; 0: all there is */
	enum rp_status at_end; /* RP_END, or RP_BAD_SOURCE */
};

struct fixture {
	struct source source;
	struct collector *collector;
	struct arena *arena;
	struct batch batch;
	struct rp_error err;
	const struct observation *o; /* batch.observations */
	const char *options;
	const char *name; /* of the file; NULL: x.jsonl */
};

static struct fixture fix;

static inline enum rp_status
source_read(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct source *source = context;
	size_t n = source->n - source->at;

	if (n == 0)
		return source->at_end == RP_END
		               ? RP_END
		               : rp_fail(err, source->at_end, "unexpected end of data");
	if (n > size)
		n = size;
	if (source->chunk && n > source->chunk)
		n = source->chunk;
	memcpy(into, source->text + source->at, n);
	source->at += n;
	*n_out = n;
	return RP_OK;
}

static inline void
close_source(void)
{
	const struct collector_ops *x = collector_find(RP_SLICE(FIXTURE_COLLECTOR));

	if (fix.collector != NULL)
		fix.collector = x->close(fix.collector);
	free(fix.source.text);
	fix.source.text = NULL;
}

static inline void
open_source(struct rp_slice text, size_t chunk, enum rp_status at_end)
{
	struct input input = { .name = rp_slice_str(fix.name ? fix.name : "x.jsonl"),
		               .reader = { source_read, &fix.source },
		               .options = rp_slice_str(fix.options) };

	close_source();
	arena_reset(fix.arena);
	fix.source = (struct source){ malloc(text.n + 1), text.n, 0, chunk, at_end };
	assert_non_null(fix.source.text);
	if (text.n > 0)
		memcpy(fix.source.text, text.p, text.n);
	assert_ok(collector_find(RP_SLICE(FIXTURE_COLLECTOR))
	                  ->open(&input, &fix.collector, &fix.err),
	          fix.err);
}

static inline enum rp_status
next_batch(void)
{
	enum rp_status st;

	arena_reset(fix.arena);
	fix.batch = (struct batch){ .arena = fix.arena };
	st = collector_find(RP_SLICE(FIXTURE_COLLECTOR))
	             ->next(fix.collector, &fix.batch, &fix.err);
	fix.o = fix.batch.observations;
	return st;
}

/* The first batch of a text: all of it, for texts as short as ours. */
static inline void
read_text(struct rp_slice text)
{
	open_source(text, 0, RP_END);
	assert_ok(next_batch(), fix.err);
	assert_int_equal(fix.batch.bytes.n, text.n);
}

#define READ(literal) read_text(rp_slice_str(literal))

/* The i-th post that is no ghost. */
static inline const struct observation *
seen(size_t i)
{
	for (size_t k = 0; k < fix.batch.n_observations; k++)
		if (fix.o[k].post.kind != KIND_GHOST && i-- == 0)
			return &fix.o[k];
	fail_msg("there are not that many posts");
	abort(); /* fail_msg() does not come back, which gcc is not told */
}

static inline size_t
n_seen(void)
{
	size_t n = 0;

	for (size_t k = 0; k < fix.batch.n_observations; k++)
		n += fix.o[k].post.kind != KIND_GHOST;
	return n;
}

/* The only ghost of that key. */
static inline const struct observation *
ghost(const char *key)
{
	for (size_t k = 0; k < fix.batch.n_observations; k++)
		if (fix.o[k].post.kind == KIND_GHOST &&
		    rp_slice_eq(fix.o[k].post.key, rp_slice_str(key)))
			return &fix.o[k];
	fail_msg("no ghost %s", key);
	abort();
}

/* The bytes of the record an observation was made from, and its own part of them. */
static inline struct rp_slice
record_of(const struct observation *o)
{
	const struct batch_record *record = &fix.batch.records[o->record];

	assert_true(o->record < fix.batch.n_records);
	return rp_slice_from(fix.batch.bytes.p + record->at, record->n);
}

static inline struct rp_slice
bytes_of(const struct observation *o)
{
	return rp_slice_from(record_of(o).p + o->offset, o->bytes);
}

static inline void
assert_edge(const struct observation *o, size_t i, enum edge_type type,
            const char *parent)
{
	assert_true(i < o->n_edges);
	assert_int_equal(o->edges[i].type, type);
	assert_int_equal(o->edges[i].origin, ORIGIN_PLATFORM);
	assert_slice(o->edges[i].parent, parent);
}

static inline void
assert_contains(struct rp_slice text, const char *part)
{
	if (*part != '\0' && rp_slice_find(text, rp_slice_str(part)) == text.n)
		fail_msg("\"%.*s\" lacks \"%s\"", RP_FMT(text), part);
}

/* One value, no post, one reject whose reason says `part`. */
static inline void
assert_rejected(const char *text, const char *part)
{
	READ(text);
	assert_int_equal(fix.batch.n_rejects, 1);
	assert_int_equal(n_seen(), 0);
	assert_int_equal(fix.batch.n_records, 0);
	assert_contains(fix.batch.rejects[0].reason, part);
}

static inline int
begin(void **state)
{
	(void)state;
	memset(&fix, 0, sizeof(fix));
	fix.arena = arena_new(256 << 20);
	return fix.arena == NULL;
}

static inline int
finish(void **state)
{
	(void)state;
	close_source();
	fix.arena = arena_free(fix.arena);
	return 0;
}

#define SPEC(test) cmocka_unit_test_setup_teardown(test, begin, finish)

#endif
