/*
 * Any bytes through the importer of X posts, read in chunks of a size that the first byte
 * chooses, which also says whether they are somebody's archive, and then note-tweet.js
 * beside themselves.  Whatever they are: the batches give the bytes back, and all that is
 * said of them lies inside of them.
 */
#include "core/base/utf8.h"
#include "core/collect/x.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA = 32 << 10 };
/* So small that short inputs meet them. */
static const struct x_limits small = { 600, 5, 900 };

struct source {
	struct rp_slice rest;
	size_t chunk;
	bool breaks_off;
};

static enum rp_status
source_read(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct source *source = context;
	size_t n = source->rest.n < size ? source->rest.n : size;

	if (n > source->chunk)
		n = source->chunk;
	if (n == 0)
		return source->breaks_off ? rp_fail(err, RP_BAD_SOURCE, "broken")
		                          : RP_END;
	memcpy(into, source->rest.p, n);
	source->rest = rp_slice_skip(source->rest, n);
	*n_out = n;
	return RP_OK;
}

static void
require(bool good, const char *wrong)
{
	if (good)
		return;
	(void)fprintf(stderr, "fuzz-x: %s\n", wrong);
	abort();
}

static void
check_observation(const struct batch *b, const struct observation *o)
{
	const struct batch_record *record;

	require(o->record < b->n_records, "a post outside of the records");
	record = &b->records[o->record];
	require(o->offset <= record->n && o->bytes <= record->n - o->offset,
	        "a post outside of its record");
	require(key_valid(o->post.key) && !key_is_account(o->post.key), "a bad key");
	require(o->post.author.n == 0 ||
	                (key_valid(o->post.author) && key_is_account(o->post.author)),
	        "a bad author");
	require(utf8_valid(o->version.text), "a text that is not UTF-8");
	for (size_t i = 0; i < o->n_edges; i++)
		require(key_valid(o->edges[i].parent), "a bad parent");
	for (size_t i = 0; i < o->n_aliases; i++)
		require(key_valid(o->aliases[i]), "a bad alias");
}

static void
check_batch(const struct batch *b, struct rp_slice whole)
{
	size_t end = 0;

	require(b->bytes.n <= SEGMENT_MAX_BYTES, "a batch that is too long");
	for (size_t i = 0; i < b->n_records; i++) {
		require(b->records[i].at >= end, "records out of order");
		require(b->records[i].at <= b->bytes.n &&
		                b->records[i].n <= b->bytes.n - b->records[i].at,
		        "a record outside of the bytes");
		end = b->records[i].at + b->records[i].n;
	}
	for (size_t i = 0; i < b->n_observations; i++)
		check_observation(b, &b->observations[i]);
	for (size_t i = 0; i < b->n_accounts; i++)
		require(key_valid(b->accounts[i].key), "a bad account");
	for (size_t i = 0; i < b->n_states; i++)
		require(key_valid(b->states[i].subject), "a bad subject");
	for (size_t i = 0; i < b->n_rejects; i++)
		require(b->rejects[i].offset <= whole.n &&
		                b->rejects[i].bytes <= whole.n - b->rejects[i].offset &&
		                b->rejects[i].reason.n > 0 && b->rejects[i].line > 0,
		        "a bad reject");
}

static void
read_all(struct rp_slice whole, size_t chunk, bool breaks_off, bool owned)
{
	const struct collector_ops *x = collector_find(RP_SLICE("x"));
	CLEANUP(arena_free) struct arena *arena = arena_new(ARENA);
	struct source source = { whole, chunk, breaks_off };
	struct source beside = { whole, chunk, false };
	struct input input = { .name = RP_SLICE("-"),
		               .reader = { source_read, &source } };
	struct batch batch = { .arena = arena };
	struct collector *collector = NULL;
	uint64_t end = 0;

	if (owned) {
		input.options = RP_SLICE("account=1\nhandle=ana\nname=Ana\n");
		input.beside = (struct reader){ source_read, &beside };
	}
	require(x_open_limited(&input, &small, &collector, NULL) == RP_OK,
	        "it does not open");
	while (x->next(collector, &batch, NULL) == RP_OK) {
		require(batch.offset == end, "a gap between batches");
		require(rp_slice_eq(batch.bytes,
		                    rp_slice_from(whole.p + end, batch.bytes.n)),
		        "other bytes");
		end += batch.bytes.n;
		check_batch(&batch, whole);
		arena_reset(arena);
	}
	require(end == whole.n, "bytes are missing");
	x->close(collector);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t chunks[] = { SIZE_MAX, 1, 2, 3, 7, 64 };
	struct rp_slice text = rp_slice_from((const char *)data, size);
	struct input input = { .name = RP_SLICE("-") };
	unsigned how;

	if (size == 0)
		return 0;
	how = data[0];
	text = rp_slice_skip(text, 1);
	(void)collector_sniff(text, &input);
	read_all(text, chunks[how % 6], how & 64, how & 128);
	return 0;
}
