#include "tests/fuzz/collector.h"

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

/* ---- what holds for every batch ------------------------------------------ */

static void
check_post(const struct post *post)
{
	require(key_valid(post->key) && !key_is_account(post->key), "key");
	require(post->author.n == 0 ||
	                (key_valid(post->author) && key_is_account(post->author)),
	        "author");
	require(post->conversation.n == 0 || key_valid(post->conversation),
	        "conversation");
	require(utf8_valid(post->url) && utf8_valid(post->title) &&
	                utf8_valid(post->context),
	        "text about a post");
	require(post->time.lo == RP_TIME_UNKNOWN || post->time.hi == RP_TIME_UNKNOWN ||
	                post->time.lo <= post->time.hi,
	        "time");
}

static void
check_observation(const struct batch *batch, const struct observation *seen)
{
	const struct batch_record *record = &batch->records[seen->record];

	require(seen->record < batch->n_records, "a post outside of the records");
	require(seen->offset <= record->n && seen->bytes <= record->n - seen->offset,
	        "a post outside of its record");
	check_post(&seen->post);
	require(utf8_valid(seen->version.text) && utf8_valid(seen->version.text_raw),
	        "text");
	require(seen->post.kind != KIND_SPOKEN || seen->version.text.n > 0, "silence");
	for (size_t i = 0; i < seen->n_edges; i++)
		require(key_valid(seen->edges[i].parent), "parent");
	for (size_t i = 0; i < seen->n_aliases; i++)
		require(key_valid(seen->aliases[i]), "alias");
}

/* `whole` begins where the batch does. */
static void
check_bytes(const struct batch *batch, struct rp_slice whole)
{
	size_t end = 0;

	require(batch->bytes.n <= SEGMENT_MAX_BYTES, "a batch that is too long");
	require(rp_slice_starts(whole, batch->bytes), "other bytes");
	for (size_t i = 0; i < batch->n_records; i++) {
		require(batch->records[i].n > 0, "an empty record");
		require(batch->records[i].at >= end, "records overlap");
		require(batch->records[i].at <= batch->bytes.n &&
		                batch->records[i].n <=
		                        batch->bytes.n - batch->records[i].at,
		        "a record outside of the bytes");
		end = batch->records[i].at + batch->records[i].n;
	}
}

static void
check_batch(const struct batch *batch, struct rp_slice whole)
{
	check_bytes(batch, rp_slice_skip(whole, (size_t)batch->offset));
	for (size_t i = 0; i < batch->n_observations; i++)
		check_observation(batch, &batch->observations[i]);
	for (size_t i = 0; i < batch->n_accounts; i++)
		require(key_valid(batch->accounts[i].key) &&
		                utf8_valid(batch->accounts[i].name),
		        "account");
	for (size_t i = 0; i < batch->n_states; i++)
		require(key_valid(batch->states[i].subject), "subject");
	for (size_t i = 0; i < batch->n_rejects; i++) {
		const struct reject *reject = &batch->rejects[i];

		require(reject->offset <= whole.n &&
		                reject->bytes <= whole.n - reject->offset,
		        "a reject outside");
		require(reject->reason.n > 0, "a reject without a reason");
	}
}

/* ---- what was read, told in one text ------------------------------------- */

static void
tell(const struct batch *batch, struct rp_buf *story)
{
	for (size_t i = 0; i < batch->n_observations; i++) {
		const struct observation *seen = &batch->observations[i];
		const struct batch_record *record = &batch->records[seen->record];

		buf_printf(story, "%llu+%zu ",
		           (unsigned long long)(batch->offset + record->at), record->n);
		buf_add(story, seen->post.key);
		buf_add(story, seen->post.author);
		buf_add(story, seen->version.text);
		buf_add(story, seen->post.context);
		for (size_t k = 0; k < seen->n_edges; k++)
			buf_add(story, seen->edges[k].parent);
	}
	for (size_t i = 0; i < batch->n_rejects; i++)
		buf_printf(story, "!%llu ", (unsigned long long)batch->rejects[i].offset);
}

/* A stream has lines. */
static void
check_lines(const struct batch *batch)
{
	for (size_t i = 0; i < batch->n_rejects; i++)
		require(batch->rejects[i].line > 0, "a reject without a line");
}

/* To the end; without a story: of a stream. */
static void
read_all(const struct collector_ops *ops, struct collector *collector,
         struct rp_slice whole, size_t arena_bytes, struct rp_buf *story)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(arena_bytes);
	struct rp_error err;
	uint64_t end = 0;
	enum rp_status st;

	for (;;) {
		struct batch batch = { .arena = arena };

		arena_reset(arena);
		st = ops->next(collector, &batch, &err);
		if (st != RP_OK)
			break;
		require(batch.offset == end, "a gap between batches");
		check_batch(&batch, whole);
		end += batch.bytes.n;
		if (story != NULL)
			tell(&batch, story);
		else
			check_lines(&batch);
	}
	require(st == RP_END, "it gave up");
	require(end == whole.n, "bytes are missing");
	ops->close(collector);
}

/* false when the options are refused. */
static bool
tell_all(const struct collector_ops *ops, const char *name, struct rp_slice whole,
         struct rp_slice options, size_t piece, struct rp_buf *story)
{
	struct memory_reader from = { whole, piece, RP_OK };
	const struct input input = { .name = rp_slice_str(name),
		                     .reader = { memory_read, &from },
		                     .options = options };
	struct collector *collector;
	struct rp_error err;

	(void)ops->sniff(whole, &input);
	if (ops->open(&input, &collector, &err) != RP_OK)
		return false;
	read_all(ops, collector, whole, 64 << 20, story);
	return true;
}

int
fuzz_twice(const struct collector_ops *ops, const char *name, const uint8_t *data,
           size_t size)
{
	struct rp_slice text = rp_slice_from((const char *)data, size);
	CLEANUP(buf_done) struct rp_buf options;
	CLEANUP(buf_done) struct rp_buf whole;
	CLEANUP(buf_done) struct rp_buf pieces;

	buf_init(&options, 1 << 20);
	buf_init(&whole, 1 << 26);
	buf_init(&pieces, 1 << 26);
	if (rp_slice_starts(text, RP_SLICE("!"))) {
		buf_add(&options, rp_slice_skip(rp_slice_cut(&text, '\n'), 1));
		for (size_t i = 0; i < options.n; i++)
			if (options.p[i] == ';')
				options.p[i] = '\n';
	}
	if (!tell_all(ops, name, text, buf_slice(&options), 0, &whole))
		return 0;
	require(tell_all(ops, name, text, buf_slice(&options), 3, &pieces),
	        "refused in pieces");
	require(rp_slice_eq(buf_slice(&whole), buf_slice(&pieces)),
	        "pieces make a difference");
	return 0;
}

int
fuzz_in_chunks(const struct fuzz_stream *stream, const uint8_t *data, size_t size)
{
	static const size_t chunks[] = { 0, 1, 2, 3, 7, 64 };
	const struct collector_ops *ops = collector_find(rp_slice_str(stream->collector));
	const struct rp_slice whole =
		rp_slice_skip(rp_slice_from((const char *)data, size), 1);
	const unsigned how = size > 0 ? data[0] : 0;
	const bool told = (how & stream->told) != 0;
	const size_t chunk = chunks[how % 6];
	struct memory_reader from = { whole, chunk, how & 64 ? RP_BAD_SOURCE : RP_OK };
	struct memory_reader beside = { whole, chunk, RP_OK };
	struct input input = { .name = RP_SLICE("-"),
		               .reader = { memory_read, &from },
		               .options = rp_slice_str(told ? stream->options : NULL) };
	struct collector *collector = NULL;

	if (told && stream->beside)
		input.beside = (struct reader){ memory_read, &beside };
	(void)collector_sniff(whole, &input);
	require(stream->open(&input, &collector, NULL) == RP_OK, "it does not open");
	read_all(ops, collector, whole, stream->arena_bytes, NULL);
	return 0;
}
