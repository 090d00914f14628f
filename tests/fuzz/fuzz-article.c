/*
 * Any bytes as an article: one batch that gives them back, and keys, texts and edges that
 * the archive takes.  The first line of the input, when it begins with "!", is the
 * options, ";" for the ends of their lines.
 */
#include "core/base/utf8.h"
#include "core/collect/article.h"
#include "tests/support/memory-reader.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool truth, const char *what)
{
	if (truth)
		return;
	(void)fprintf(stderr, "fuzz-article: %s\n", what);
	abort();
}

static void
check_observation(const struct batch *batch, const struct observation *seen)
{
	require(key_valid(seen->post.key), "key");
	require(seen->post.author.n == 0 || key_valid(seen->post.author), "author");
	require(seen->post.conversation.n == 0 || key_valid(seen->post.conversation),
	        "conversation");
	require(utf8_valid(seen->version.text) && utf8_valid(seen->version.text_raw) &&
	                utf8_valid(seen->post.title) && utf8_valid(seen->post.context),
	        "text");
	require(seen->record < batch->n_records, "record");
	require(seen->post.time.lo == RP_TIME_UNKNOWN ||
	                seen->post.time.lo <= seen->post.time.hi,
	        "time");
	for (size_t i = 0; i < seen->n_edges; i++)
		require(key_valid(seen->edges[i].parent), "parent");
}

static void
read_all(struct rp_slice page, struct rp_slice options)
{
	struct memory_reader from = { page, 0, RP_OK };
	const struct input input = { .name = RP_SLICE("page.html"),
		                     .reader = { memory_read, &from },
		                     .options = options };
	CLEANUP(arena_free) struct arena *arena = arena_new(64 << 20);
	struct batch batch = { .arena = arena };
	struct collector *collector = NULL;
	struct rp_error err = { .status = RP_OK };

	(void)article_collector.sniff(page, &input);
	if (article_collector.open(&input, &collector, &err) != RP_OK)
		return;
	if (article_collector.next(collector, &batch, &err) == RP_OK) {
		require(rp_slice_eq(batch.bytes, page), "the bytes");
		require(batch.n_records == 1 || batch.n_rejects == 1, "neither");
		for (size_t i = 0; i < batch.n_observations; i++)
			check_observation(&batch, &batch.observations[i]);
		for (size_t i = 0; i < batch.n_accounts; i++)
			require(key_valid(batch.accounts[i].key), "account");
	}
	collector = article_collector.close(collector);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_slice page = { (const char *)data, size }, options = RP_SLICE("");
	char *copy = malloc(size + 1);

	require(copy != NULL, "memory");
	if (rp_slice_starts(page, RP_SLICE("!"))) {
		options = rp_slice_skip(rp_slice_cut(&page, '\n'), 1);
		memcpy(copy, options.p, options.n);
		for (size_t i = 0; i < options.n; i++)
			if (copy[i] == ';')
				copy[i] = '\n';
		options.p = copy;
		if (page.p == NULL)
			page = RP_SLICE("");
	}
	read_all(page, options);
	free(copy);
	return 0;
}
