/*
 * Any bytes as a feed: its batches give the bytes back, posts and rejects lie inside of
 * them, and the second reading is the same.  The first line of the input, when it begins
 * with "!", is the options, ";" for the ends of their lines.
 */
#include "core/base/utf8.h"
#include "core/collect/feed-post.h"
#include "tests/support/memory-reader.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool truth, const char *what)
{
	if (truth)
		return;
	(void)fprintf(stderr, "fuzz-feed: %s\n", what);
	abort();
}

static void
add_observation(const struct batch *batch, const struct observation *seen,
                struct rp_buf *story)
{
	const struct batch_record *record = &batch->records[seen->record];

	require(seen->record < batch->n_records, "a post without a record");
	require(key_valid(seen->post.key), "key");
	require(!key_is_account(seen->post.key), "key of an account");
	require(seen->post.author.n == 0 || key_valid(seen->post.author), "author");
	require(utf8_valid(seen->version.text), "text");
	require(utf8_valid(seen->post.url), "url");
	require(seen->offset + seen->bytes <= record->n, "bytes");
	buf_add(story, seen->post.key);
	buf_add(story, seen->post.author);
	buf_add(story, seen->version.text);
	for (size_t i = 0; i < seen->n_edges; i++) {
		require(key_valid(seen->edges[i].parent), "parent");
		buf_add(story, seen->edges[i].parent);
	}
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
	for (size_t i = 0; i < batch->n_accounts; i++)
		require(utf8_valid(batch->accounts[i].name), "name");
	buf_add(bytes, batch->bytes);
	for (size_t i = 0; i < batch->n_rejects; i++) {
		require(batch->rejects[i].offset + batch->rejects[i].bytes <= bytes->n,
		        "a reject outside");
		buf_printf(story, "!%llu ", (unsigned long long)batch->rejects[i].offset);
	}
}

/* What was read, told in one text; false when the options are refused. */
static bool
read_all(struct rp_slice text, struct rp_slice options, size_t piece,
         struct rp_buf *story)
{
	struct memory_reader from = { text, piece, RP_OK };
	const struct input input = { .name = RP_SLICE("feed.xml"),
		                     .reader = { memory_read, &from },
		                     .options = options };
	CLEANUP(arena_free) struct arena *arena = arena_new(64 << 20);
	CLEANUP(buf_done) struct rp_buf bytes;
	struct collector *collector;
	struct rp_error err;
	enum rp_status st;

	buf_init(&bytes, 1 << 24);
	(void)feed_collector.sniff(text, &input);
	if (feed_collector.open(&input, &collector, &err) != RP_OK)
		return false;
	for (;;) {
		struct batch batch = { .arena = arena };

		arena_reset(arena);
		st = feed_collector.next(collector, &batch, &err);
		if (st != RP_OK)
			break;
		add_batch(&batch, &bytes, story);
	}
	require(st == RP_END, "it gave up");
	require(rp_slice_eq(buf_slice(&bytes), text), "the bytes do not come back");
	feed_collector.close(collector);
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
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
	if (!read_all(text, buf_slice(&options), 0, &whole))
		return 0;
	require(read_all(text, buf_slice(&options), 3, &pieces), "refused in pieces");
	require(rp_slice_eq(buf_slice(&whole), buf_slice(&pieces)),
	        "pieces make a difference");
	return 0;
}
