/*
 * What the fuzzers of importers of JSON share: any bytes, read in chunks of a size that
 * the first byte chooses.  Whatever they are: the batches give the bytes back, and all
 * that is said of them lies inside of them.
 */
#ifndef RIPOSTE_TESTS_FUZZ_NETWORKS_H
#define RIPOSTE_TESTS_FUZZ_NETWORKS_H

#include "core/base/utf8.h"
#include "core/collect/values.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef enum rp_status open_limited(const struct input *input,
                                    const struct values_limits *limits,
                                    struct collector **out, struct rp_error *err);

struct fuzz_source {
	struct rp_slice rest;
	size_t chunk;
	bool breaks_off;
};

static inline enum rp_status
fuzz_read(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct fuzz_source *source = context;
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

static inline void
fuzz_require(bool good, const char *wrong)
{
	if (good)
		return;
	(void)fprintf(stderr, "fuzz: %s\n", wrong);
	abort();
}

static inline void
fuzz_observation(const struct batch *b, const struct observation *o)
{
	const struct batch_record *record = &b->records[o->record];

	fuzz_require(o->record < b->n_records, "a post outside of the records");
	fuzz_require(o->offset <= record->n && o->bytes <= record->n - o->offset,
	             "a post outside of its record");
	fuzz_require(key_valid(o->post.key) && !key_is_account(o->post.key), "a bad key");
	fuzz_require(o->post.author.n == 0 || (key_valid(o->post.author) &&
	                                       key_is_account(o->post.author)),
	             "a bad author");
	fuzz_require(o->post.conversation.n == 0 || key_valid(o->post.conversation),
	             "a bad conversation");
	fuzz_require(utf8_valid(o->version.text), "a text that is not UTF-8");
	for (size_t i = 0; i < o->n_edges; i++)
		fuzz_require(key_valid(o->edges[i].parent), "a bad parent");
	for (size_t i = 0; i < o->n_aliases; i++)
		fuzz_require(key_valid(o->aliases[i]), "a bad alias");
}

static inline void
fuzz_batch(const struct batch *b, struct rp_slice whole)
{
	size_t end = 0;

	fuzz_require(b->bytes.n <= SEGMENT_MAX_BYTES, "a batch that is too long");
	for (size_t i = 0; i < b->n_records; i++) {
		fuzz_require(b->records[i].at >= end, "records out of order");
		fuzz_require(b->records[i].at <= b->bytes.n &&
		                     b->records[i].n <= b->bytes.n - b->records[i].at,
		             "a record outside of the bytes");
		end = b->records[i].at + b->records[i].n;
	}
	for (size_t i = 0; i < b->n_observations; i++)
		fuzz_observation(b, &b->observations[i]);
	for (size_t i = 0; i < b->n_accounts; i++)
		fuzz_require(key_valid(b->accounts[i].key), "a bad account");
	for (size_t i = 0; i < b->n_states; i++)
		fuzz_require(key_valid(b->states[i].subject), "a bad subject");
	for (size_t i = 0; i < b->n_rejects; i++)
		fuzz_require(b->rejects[i].offset <= whole.n &&
		                     b->rejects[i].bytes <=
		                             whole.n - b->rejects[i].offset &&
		                     b->rejects[i].reason.n > 0,
		             "a bad reject");
}

/* limits: so small that short inputs meet them. */
static inline void
fuzz_all(const uint8_t *data, size_t size, const char *name, open_limited *open,
         const struct values_limits *limits, const char *options)
{
	static const size_t chunks[] = { SIZE_MAX, 1, 2, 3, 7, 64 };
	enum { ARENA = 128 << 10 };
	const struct collector_ops *ops = collector_find(rp_slice_str(name));
	CLEANUP(arena_free) struct arena *arena = arena_new(ARENA);
	struct rp_slice whole = rp_slice_skip(rp_slice_from((const char *)data, size), 1);
	unsigned how = size ? data[0] : 0;
	struct fuzz_source source = { whole, chunks[how % 6], how & 64 };
	struct input input = { .name = RP_SLICE("-"),
		               .reader = { fuzz_read, &source },
		               .options = rp_slice_str(how & 32 ? options : NULL) };
	struct batch batch = { .arena = arena };
	struct collector *collector = NULL;
	uint64_t end = 0;

	(void)collector_sniff(whole, &input);
	fuzz_require(open(&input, limits, &collector, NULL) == RP_OK, "it does not open");
	while (ops->next(collector, &batch, NULL) == RP_OK) {
		fuzz_require(batch.offset == end, "a gap between batches");
		fuzz_require(rp_slice_eq(batch.bytes,
		                         rp_slice_from(whole.p + end, batch.bytes.n)),
		             "other bytes");
		end += batch.bytes.n;
		fuzz_batch(&batch, whole);
		arena_reset(arena);
	}
	fuzz_require(end == whole.n, "bytes are missing");
	ops->close(collector);
}

#endif
