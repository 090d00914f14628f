#include "tests/fuzz/spoken.h"

#include "core/base/utf8.h"
#include "tests/support/memory-reader.h"

#include <stdio.h>
#include <stdlib.h>

static void
require(bool truth, const char *what)
{
	if (truth)
		return;
	(void)fprintf(stderr, "fuzz: %s\n", what);
	abort();
}

static void
add_observation(const struct batch *batch, const struct observation *seen,
                struct rp_buf *story)
{
	const struct batch_record *record = &batch->records[seen->record];

	require(key_valid(seen->post.key), "key");
	require(seen->post.author.n == 0 || key_valid(seen->post.author), "author");
	require(utf8_valid(seen->version.text) && seen->version.text.n > 0, "text");
	require(utf8_valid(seen->post.context), "context");
	require(seen->offset + (size_t)seen->bytes <= record->n, "bytes");
	buf_printf(story, "%llu+%zu ", (unsigned long long)(batch->offset + record->at),
	           record->n);
	buf_add(story, seen->post.key);
	buf_add(story, seen->post.author);
	buf_add(story, seen->version.text);
	buf_add(story, seen->post.context);
	for (size_t i = 0; i < seen->n_edges; i++)
		buf_add(story, seen->edges[i].parent);
}

static void
add_batch(const struct batch *batch, struct rp_buf *bytes, struct rp_buf *story)
{
	size_t end = 0;

	require(batch->offset == bytes->n, "batches do not follow one another");
	for (size_t i = 0; i < batch->n_records; i++) {
		require(batch->records[i].at >= end, "records overlap");
		end = batch->records[i].at + batch->records[i].n;
		require(end <= batch->bytes.n, "a record outside");
	}
	for (size_t i = 0; i < batch->n_observations; i++)
		add_observation(batch, &batch->observations[i], story);
	buf_add(bytes, batch->bytes);
	for (size_t i = 0; i < batch->n_rejects; i++) {
		require(batch->rejects[i].offset + batch->rejects[i].bytes <= bytes->n,
		        "a reject outside");
		buf_printf(story, "!%llu ", (unsigned long long)batch->rejects[i].offset);
	}
}

/* What was read, told in one text; false when the options are refused. */
static bool
read_all(const struct collector_ops *ops, struct rp_slice text, struct rp_slice options,
         size_t piece, struct rp_buf *story)
{
	struct memory_reader from = { text, piece, RP_OK };
	const struct input input = { .name = RP_SLICE("talk.txt"),
		                     .reader = { memory_read, &from },
		                     .options = options };
	CLEANUP(arena_free) struct arena *arena = arena_new(64 << 20);
	CLEANUP(buf_done) struct rp_buf bytes;
	struct collector *collector;
	struct rp_error err;
	enum rp_status st;

	buf_init(&bytes, 1 << 24);
	(void)ops->sniff(text, &input);
	if (ops->open(&input, &collector, &err) != RP_OK)
		return false;
	for (;;) {
		struct batch batch = { .arena = arena };

		arena_reset(arena);
		st = ops->next(collector, &batch, &err);
		if (st != RP_OK)
			break;
		add_batch(&batch, &bytes, story);
	}
	require(st == RP_END, "it gave up");
	require(rp_slice_eq(buf_slice(&bytes), text), "the bytes do not come back");
	ops->close(collector);
	return true;
}

int
spoken_fuzz(const struct collector_ops *ops, const uint8_t *data, size_t size)
{
	struct rp_slice text = rp_slice_from((const char *)data, size);
	CLEANUP(buf_done) struct rp_buf options, whole, pieces;

	buf_init(&options, 1 << 20);
	buf_init(&whole, 1 << 26);
	buf_init(&pieces, 1 << 26);
	if (text.n > 0 && text.p[0] == '!') {
		struct rp_slice line = rp_slice_cut(&text, '\n');

		buf_add(&options, rp_slice_skip(line, 1));
		for (size_t i = 0; i < options.n; i++)
			if (options.p[i] == ';')
				options.p[i] = '\n';
	}
	if (!read_all(ops, text, buf_slice(&options), 0, &whole))
		return 0;
	require(read_all(ops, text, buf_slice(&options), 3, &pieces),
	        "refused in pieces");
	require(rp_slice_eq(buf_slice(&whole), buf_slice(&pieces)),
	        "pieces make a difference");
	return 0;
}
