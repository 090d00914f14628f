/*
 * Captions read as a collector reads them, and told in a few lines: "1 Ana Petit: text".
 */
#ifndef RIPOSTE_TESTS_UNIT_COLLECT_CAPTIONS_FIXTURE_H
#define RIPOSTE_TESTS_UNIT_COLLECT_CAPTIONS_FIXTURE_H

#include "core/base/buf.h"
#include "core/base/utf8.h"
#include "core/collect/captions.h"
#include "core/collect/transcript.h"
#include "tests/support/memory-reader.h"
#include "tests/support/spec.h"

#include <stdio.h>

/* Of one file, gathered over its batches. */
static struct {
	struct rp_buf turns, edges, contexts, rejects, records, times, urls, bytes;
	size_t n, n_batches;
	char lang[40];
	bool damaged;
} got;

static inline void
clear(void)
{
	struct rp_buf *const bufs[] = { &got.turns,   &got.edges, &got.contexts,
		                        &got.rejects, &got.times, &got.records,
		                        &got.urls,    &got.bytes };

	for (size_t i = 0; i < sizeof(bufs) / sizeof(*bufs); i++) {
		buf_done(bufs[i]);
		buf_init(bufs[i], 256 << 20);
	}
	got.n = got.n_batches = 0;
	got.lang[0] = '\0';
	got.damaged = false;
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
	const struct rp_slice n = ordinal_of(seen->post.key);
	const struct rp_slice who = rp_slice_skip(key_native(seen->post.author), 1);

	assert_int_equal(seen->post.kind, KIND_SPOKEN);
	assert_true(key_valid(seen->post.key));
	assert_true(seen->post.author.n == 0 || key_valid(seen->post.author));
	assert_true(utf8_valid(seen->version.text) && seen->version.text.n > 0);
	assert_true(seen->offset + seen->bytes <= record->n);
	buf_printf(&got.turns, "%.*s %.*s: ", RP_FMT(n), RP_FMT(who));
	buf_add(&got.turns, seen->version.text);
	buf_add_byte(&got.turns, '\n');
	if (seen->n_edges > 0)
		buf_printf(&got.edges, "%.*s>%.*s\n", RP_FMT(n),
		           RP_FMT(ordinal_of(seen->edges[0].parent)));
	if (seen->post.context.n > 0)
		buf_printf(&got.contexts, "%.*s<%.*s\n", RP_FMT(n),
		           RP_FMT(seen->post.context));
	buf_printf(&got.times, "%.*s ", RP_FMT(n));
	rp_time_write(&got.times, seen->post.time.lo, RP_PRECISION_MS);
	buf_add_str(&got.times, rp_time_exact(seen->post.time) ? "\n" : " or later\n");
	buf_printf(&got.urls, "%.*s\n", RP_FMT(seen->post.url));
	buf_add(&got.records,
	        rp_slice_from(batch->bytes.p + record->at + seen->offset, seen->bytes));
	buf_add_byte(&got.records, '|');
	got.damaged |= seen->version.damaged;
	(void)snprintf(got.lang, sizeof(got.lang), "%.*s", RP_FMT(seen->version.lang));
	got.n++;
}

static inline void
gather(const struct batch *batch)
{
	size_t end = 0;

	assert_int_equal(batch->offset, got.bytes.n);
	for (size_t i = 0; i < batch->n_records; i++) {
		assert_true(batch->records[i].at >= end);
		end = batch->records[i].at + batch->records[i].n;
		assert_true(end <= batch->bytes.n);
		assert_int_equal(batch->records[i].kind, RECORD_TURN);
	}
	for (size_t i = 0; i < batch->n_observations; i++)
		gather_one(&batch->observations[i], batch);
	for (size_t i = 0; i < batch->n_rejects; i++)
		buf_printf(&got.rejects, "%llu+%llu: %.*s\n",
		           (unsigned long long)batch->rejects[i].offset,
		           (unsigned long long)batch->rejects[i].bytes,
		           RP_FMT(batch->rejects[i].reason));
	buf_add(&got.bytes, batch->bytes);
	got.n_batches++;
}

static inline void
read_as(const struct collector_ops *ops, struct rp_slice text, const char *options)
{
	struct memory_reader from = { text, 0, RP_OK };
	const struct input input = { .name = RP_SLICE("talk.txt"),
		                     .reader = { memory_read, &from },
		                     .options = rp_slice_str(options) };
	CLEANUP(arena_free) struct arena *arena = arena_new(128 << 20);
	struct collector *collector;
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	clear();
	assert_ok(ops->open(&input, &collector, &err), err);
	for (;;) {
		struct batch batch = { .arena = arena };

		arena_reset(arena);
		st = ops->next(collector, &batch, &err);
		if (st != RP_OK)
			break;
		gather(&batch);
	}
	ops->close(collector);
	assert_int_equal(st, RP_END);
	assert_true(rp_slice_eq(buf_slice(&got.bytes), text));
	assert_false(buf_failed(&got.turns));
}

static inline int
sure_of(struct rp_slice text)
{
	const struct input input = { .name = RP_SLICE("x") };

	return captions_collector.sniff(text, &input);
}

#define CAPTIONS(text) read_as(&captions_collector, RP_SLICE(text), "event=e\n")
#define CAPTIONS_WITH(text, options)                                                     \
	read_as(&captions_collector, RP_SLICE(text), "event=e\n" options)
#define assert_turns(expected) assert_slice(buf_slice(&got.turns), expected)
#define assert_edges(expected) assert_slice(buf_slice(&got.edges), expected)
#define assert_contexts(expected) assert_slice(buf_slice(&got.contexts), expected)
#define assert_rejects(expected) assert_slice(buf_slice(&got.rejects), expected)
#define assert_times(expected) assert_slice(buf_slice(&got.times), expected)
#define assert_urls(expected) assert_slice(buf_slice(&got.urls), expected)
#define assert_records(expected) assert_slice(buf_slice(&got.records), expected)

#endif
