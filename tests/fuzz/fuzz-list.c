/*
 * Any bytes as a list: its batches give the bytes back, records lie inside them, what is
 * named are keys of posts, and how the bytes arrive in pieces makes no difference.
 */
#include "core/base/buf.h"
#include "core/collect/list.h"
#include "tests/support/memory-reader.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct collector_ops list_collector;

static void
require(bool truth, const char *what)
{
	if (truth)
		return;
	(void)fprintf(stderr, "fuzz-list: %s\n", what);
	abort();
}

static void
add_batch(const struct batch *batch, struct rp_buf *bytes, struct rp_buf *story)
{
	size_t end = 0;

	require(batch->offset == bytes->n, "batches do not follow one another");
	for (size_t i = 0; i < batch->n_records; i++) {
		require(batch->records[i].at >= end, "records overlap");
		require(batch->records[i].n > 0, "an empty record");
		end = batch->records[i].at + batch->records[i].n;
		require(end <= batch->bytes.n, "a record outside");
	}
	for (size_t i = 0; i < batch->n_observations; i++) {
		const struct observation *seen = &batch->observations[i];

		require(key_valid(seen->post.key), "key");
		require(!key_is_account(seen->post.key), "an account");
		require(seen->post.author.n == 0 || key_valid(seen->post.author),
		        "author");
		require(seen->record < batch->n_records, "no record");
		buf_add(story, seen->post.key);
		buf_add(story, seen->post.author);
	}
	buf_add(bytes, batch->bytes);
	for (size_t i = 0; i < batch->n_rejects; i++) {
		require(batch->rejects[i].offset + batch->rejects[i].bytes <= bytes->n,
		        "a reject outside");
		buf_printf(story, "!%llu ", (unsigned long long)batch->rejects[i].offset);
	}
}

static void
read_all(struct rp_slice text, size_t piece, struct rp_buf *story)
{
	struct memory_reader from = { text, piece, RP_OK };
	const struct input input = { .name = RP_SLICE("list.txt"),
		                     .reader = { memory_read, &from } };
	CLEANUP(arena_free) struct arena *arena = arena_new(64 << 20);
	CLEANUP(buf_done) struct rp_buf bytes;
	struct collector *collector;
	struct rp_error err;
	enum rp_status st;

	buf_init(&bytes, 1 << 24);
	(void)list_collector.sniff(text, &input);
	require(list_collector.open(&input, &collector, &err) == RP_OK, "not opened");
	for (;;) {
		struct batch batch = { .arena = arena };

		arena_reset(arena);
		st = list_collector.next(collector, &batch, &err);
		if (st != RP_OK)
			break;
		add_batch(&batch, &bytes, story);
	}
	require(st == RP_END, "it gave up");
	require(rp_slice_eq(buf_slice(&bytes), text), "the bytes do not come back");
	list_collector.close(collector);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_slice text = rp_slice_from((const char *)data, size);
	CLEANUP(buf_done) struct rp_buf whole, pieces;

	buf_init(&whole, 1 << 26);
	buf_init(&pieces, 1 << 26);
	read_all(text, 0, &whole);
	read_all(text, 3, &pieces);
	require(rp_slice_eq(buf_slice(&whole), buf_slice(&pieces)),
	        "pieces make a difference");
	return 0;
}
