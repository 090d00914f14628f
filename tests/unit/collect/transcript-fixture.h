/*
 * Transcripts read as a collector reads them, and told in a few lines: "1 Ana Petit:
 * text".
 */
#ifndef RIPOSTE_TESTS_UNIT_COLLECT_TRANSCRIPT_FIXTURE_H
#define RIPOSTE_TESTS_UNIT_COLLECT_TRANSCRIPT_FIXTURE_H

#include "core/base/buf.h"
#include "core/base/utf8.h"
#include "core/collect/transcript.h"
#include "tests/support/memory-reader.h"
#include "tests/support/spec.h"

/* What a transcript was read as, gathered over its batches. */
static struct reading {
	struct rp_buf turns;    /* "1 Satya Nadella: text\n" */
	struct rp_buf edges;    /* "2>1\n" */
	struct rp_buf contexts; /* "2<question\n" */
	struct rp_buf rejects;  /* "OFFSET+BYTES line LINE: reason\n" */
	struct rp_buf records;  /* their bytes, each with "|" behind */
	struct rp_buf times;    /* "1 LO..HI\n" */
	struct rp_buf bytes;    /* of all batches */
	size_t n, n_records, n_rejects, n_batches, largest;
	struct observation first; /* slices copied into the arena */
	bool damaged;
} got;

static struct arena *kept;
static struct rp_error err;

static inline void
clear(void)
{
	struct rp_buf *const bufs[] = { &got.turns,   &got.edges,   &got.contexts,
		                        &got.rejects, &got.records, &got.times,
		                        &got.bytes };

	for (size_t i = 0; i < sizeof(bufs) / sizeof(*bufs); i++)
		buf_done(bufs[i]);
	got = (struct reading){ 0 };
	for (size_t i = 0; i < sizeof(bufs) / sizeof(*bufs); i++)
		buf_init(bufs[i], 256 << 20);
}

static inline struct rp_slice
keep(struct rp_slice s)
{
	struct rp_slice copy = { NULL, 0 };

	assert_true(arena_copy(kept, s, &copy));
	return copy;
}

static inline struct rp_slice
ordinal_of(struct rp_slice key)
{
	size_t at = key.n;

	while (at > 0 && key.p[at - 1] != '/')
		at--;
	return rp_slice_skip(key, at);
}

static inline void
gather_one(const struct observation *seen, const struct batch *batch)
{
	const struct batch_record *record = &batch->records[seen->record];
	struct rp_slice n = ordinal_of(seen->post.key);
	struct rp_slice who = rp_slice_skip(key_native(seen->post.author), 1);

	assert_int_equal(seen->post.kind, KIND_SPOKEN);
	assert_true(key_valid(seen->post.key));
	assert_true(seen->post.author.n == 0 || key_valid(seen->post.author));
	assert_true(utf8_valid(seen->version.text));
	assert_int_equal(seen->offset, 0);
	assert_int_equal(seen->bytes, record->n);
	assert_int_equal(record->kind, RECORD_TURN);
	buf_printf(&got.turns, "%.*s %.*s: ", RP_FMT(n), RP_FMT(who));
	buf_add(&got.turns, seen->version.text);
	buf_add_byte(&got.turns, '\n');
	if (seen->n_edges > 0)
		buf_printf(&got.edges, "%.*s>%.*s\n", RP_FMT(n),
		           RP_FMT(ordinal_of(seen->edges[0].parent)));
	if (seen->post.context.n > 0) {
		buf_printf(&got.contexts, "%.*s<", RP_FMT(n));
		buf_add(&got.contexts, seen->post.context);
		buf_add_byte(&got.contexts, '\n');
	}
	buf_printf(&got.times, "%.*s ", RP_FMT(n));
	rp_time_write(&got.times, seen->post.time.lo, RP_PRECISION_US);
	buf_add_str(&got.times, "..");
	rp_time_write(&got.times, seen->post.time.hi, RP_PRECISION_US);
	buf_add_byte(&got.times, '\n');
	buf_add(&got.records, rp_slice_from(batch->bytes.p + record->at, record->n));
	buf_add_byte(&got.records, '|');
	got.damaged |= seen->version.damaged;
	if (got.n++ == 0) {
		got.first = *seen;
		got.first.post.key = keep(seen->post.key);
		got.first.post.author = keep(seen->post.author);
		got.first.post.conversation = keep(seen->post.conversation);
		got.first.post.title = keep(seen->post.title);
		got.first.post.place = keep(seen->post.place);
		got.first.post.zone = keep(seen->post.zone);
		got.first.post.url = keep(seen->post.url);
		got.first.post.not_before = keep(seen->post.not_before);
		got.first.post.not_after = keep(seen->post.not_after);
		got.first.version.lang = keep(seen->version.lang);
	}
}

static inline void
gather(const struct batch *batch)
{
	size_t end = 0;

	assert_int_equal(batch->offset, got.bytes.n);
	assert_true(batch->bytes.n <= SEGMENT_MAX_BYTES);
	for (size_t i = 0; i < batch->n_records; i++) {
		assert_true(batch->records[i].at >= end);
		end = batch->records[i].at + batch->records[i].n;
		assert_true(end <= batch->bytes.n);
	}
	for (size_t i = 0; i < batch->n_observations; i++)
		gather_one(&batch->observations[i], batch);
	for (size_t i = 0; i < batch->n_rejects; i++)
		buf_printf(&got.rejects, "%llu+%llu line %llu: %.*s\n",
		           (unsigned long long)batch->rejects[i].offset,
		           (unsigned long long)batch->rejects[i].bytes,
		           (unsigned long long)batch->rejects[i].line,
		           RP_FMT(batch->rejects[i].reason));
	buf_add(&got.bytes, batch->bytes);
	got.n_records += batch->n_records;
	got.n_rejects += batch->n_rejects;
	got.n_batches++;
	if (batch->bytes.n > got.largest)
		got.largest = batch->bytes.n;
}

static inline enum rp_status
read_with(struct rp_slice text, const char *options, size_t piece, enum rp_status ending)
{
	struct memory_reader from = { text, piece, ending };
	const struct input input = { .name = RP_SLICE("talk.txt"),
		                     .reader = { memory_read, &from },
		                     .options = rp_slice_str(options) };
	CLEANUP(arena_free) struct arena *arena = arena_new(512 << 20);
	struct collector *collector;
	enum rp_status st;

	clear();
	arena_reset(kept);
	st = transcript_collector.open(&input, &collector, &err);
	if (st != RP_OK)
		return st;
	for (;;) {
		struct batch batch = { .arena = arena };

		arena_reset(arena);
		st = transcript_collector.next(collector, &batch, &err);
		if (st != RP_OK)
			break;
		gather(&batch);
	}
	transcript_collector.close(collector);
	return st;
}

/* Read it whole and in pieces of 7 bytes: both must be the same, and give the bytes back.
 */
static inline void
given(struct rp_slice text, const char *options)
{
	CLEANUP(buf_done) struct rp_buf before;

	assert_int_equal(read_with(text, options, 7, RP_OK), RP_END);
	buf_init(&before, 64 << 20);
	buf_add(&before, buf_slice(&got.turns));
	buf_add(&before, buf_slice(&got.rejects));

	assert_int_equal(read_with(text, options, 0, RP_OK), RP_END);
	assert_true(rp_slice_eq(buf_slice(&got.bytes), text));
	assert_true(rp_slice_starts(buf_slice(&before), buf_slice(&got.turns)));
	assert_true(rp_slice_ends(buf_slice(&before), buf_slice(&got.rejects)));
	assert_false(buf_failed(&got.turns));
}

static inline int
set_up(void **state)
{
	(void)state;
	kept = arena_new(1 << 20);
	return kept == NULL;
}

static inline int
tear_down(void **state)
{
	(void)state;
	clear();
	kept = arena_free(kept);
	return 0;
}

#define TALK(text) given(RP_SLICE(text), "event=e\n")
#define assert_turns(expected) assert_slice(buf_slice(&got.turns), expected)
#define assert_edges(expected) assert_slice(buf_slice(&got.edges), expected)
#define assert_contexts(expected) assert_slice(buf_slice(&got.contexts), expected)
#define assert_rejects(expected) assert_slice(buf_slice(&got.rejects), expected)
#define assert_times(expected) assert_slice(buf_slice(&got.times), expected)

#endif
