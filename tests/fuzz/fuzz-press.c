/*
 * Any text as an article: a line is a block, its first byte says of which kind.  What
 * comes out is text of the article, in order, the same a second time.  The first line
 * is the language.
 */
#include "core/base/utf8.h"
#include "core/collect/press.h"

#include <stdio.h>
#include <stdlib.h>

enum { BLOCKS_MAX = 2000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool truth, const char *what)
{
	if (truth)
		return;
	(void)fprintf(stderr, "fuzz-press: %s\n", what);
	abort();
}

static size_t
read_blocks(struct rp_slice text, struct press_block *blocks)
{
	size_t n = 0;

	while (text.n > 0 && n < BLOCKS_MAX) {
		struct rp_slice line = rp_slice_cut(&text, '\n');
		static const char kinds[] = " #*>|-=";
		const char *kind = line.n > 0 ? strchr(kinds, line.p[0]) : NULL;

		if (line.n == 0)
			continue;
		blocks[n] = (struct press_block){ .text = line };
		if (kind != NULL && *kind != '\0') {
			blocks[n].kind = (enum press_block_kind)(kind - kinds);
			blocks[n].text = rp_slice_skip(line, 1);
		}
		n++;
	}
	return n;
}

static void
check(const struct press_quotation *q, size_t n, size_t n_blocks)
{
	for (size_t i = 0; i < n; i++) {
		require(q[i].text.n > 0 && utf8_valid(q[i].text), "text");
		require(utf8_valid(q[i].speaker) && utf8_valid(q[i].role), "speaker");
		require(utf8_valid(q[i].context) && utf8_valid(q[i].venue), "context");
		require((q[i].speaker.n > 0) == (q[i].certainty != PRESS_NOBODY),
		        "certainty");
		require(q[i].block < n_blocks, "block");
		require(i == 0 || q[i].block > q[i - 1].block ||
		                (q[i].block == q[i - 1].block && q[i].at >= q[i - 1].at),
		        "order");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(64 << 20);
	CLEANUP(buf_done) struct rp_buf text;
	static struct press_block blocks[BLOCKS_MAX];
	struct press_article article = { .published = INT64_C(1769000000000000) };
	const struct press_quotation *first, *second;
	size_t n, n_first, n_second;
	struct rp_slice rest;
	struct rp_error err;

	buf_init(&text, 1 << 24);
	(void)utf8_repair(&text, rp_slice_from((const char *)data, size));
	rest = buf_slice(&text);
	article.lang = rp_slice_cut(&rest, '\n');
	n = read_blocks(rest, blocks);
	if (press_quotations(arena, &article, blocks, n, &first, &n_first, &err) != RP_OK)
		return 0;
	check(first, n_first, n);
	require(press_quotations(arena, &article, blocks, n, &second, &n_second, &err) ==
	                        RP_OK &&
	                n_first == n_second,
	        "not the same again");
	for (size_t i = 0; i < n_first; i++)
		require(rp_slice_eq(first[i].text, second[i].text) &&
		                rp_slice_eq(first[i].speaker, second[i].speaker),
		        "not the same again");
	return 0;
}
