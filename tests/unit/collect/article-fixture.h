/*
 * What the specs of articles share: a page is read as a whole, and asked about.  Finding
 * quotations is another file's affair: here one is what stands between « and », by "Ana
 * Petit" where her name is in the block too.
 */
#ifndef RIPOSTE_TESTS_UNIT_COLLECT_ARTICLE_FIXTURE_H
#define RIPOSTE_TESTS_UNIT_COLLECT_ARTICLE_FIXTURE_H

#include "core/collect/article.h"
#include "tests/support/memory-reader.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>

static struct arena *arena;
static struct collector *collector;
static struct batch batch;
static struct rp_error err;
static struct rp_buf seen_blocks; /* "KIND text\n" of the last article */

/* The double of core/collect/press.c. */
enum rp_status
press_quotations(struct arena *memory, const struct press_article *article,
                 const struct press_block *blocks, size_t n_blocks,
                 const struct press_quotation **out, size_t *n_out, struct rp_error *e)
{
	static const char kinds[] = "phlbqcf";
	const struct rp_slice open = RP_SLICE("«"), shut = RP_SLICE("»");
	const struct rp_slice ana = RP_SLICE("Ana Petit");
	struct press_quotation *list = arena_array(memory, n_blocks, sizeof(*list));

	(void)article;
	(void)e;
	assert_non_null(list);
	*n_out = 0;
	*out = list;
	buf_clear(&seen_blocks);
	for (size_t i = 0; i < n_blocks; i++) {
		const struct rp_slice text = blocks[i].text;
		const size_t a = rp_slice_find(text, open), b = rp_slice_find(text, shut);

		buf_add_byte(&seen_blocks, kinds[blocks[i].kind]);
		buf_add_byte(&seen_blocks, ' ');
		buf_add(&seen_blocks, text);
		buf_add_byte(&seen_blocks, '\n');
		if (a < b && b < text.n)
			list[(*n_out)++] = (struct press_quotation){
				.text = rp_slice_from(text.p + a + 2, b - a - 2),
				.speaker = rp_slice_find(text, ana) < text.n
				                   ? ana
				                   : RP_SLICE(""),
				.time = RP_TIME_NONE,
				.block = i,
			};
	}
	return RP_OK;
}

static inline int
begin(void **state)
{
	(void)state;
	buf_init(&seen_blocks, 64 << 20);
	arena = arena_new(256 << 20);
	return arena == NULL;
}

static inline int
finish(void **state)
{
	(void)state;
	if (collector != NULL)
		collector = article_collector.close(collector);
	arena = arena_free(arena);
	buf_done(&seen_blocks);
	return 0;
}

/* `batch` is what it says, until the next one is read. */
static inline void
read_bytes(struct rp_slice page, const char *options)
{
	static struct memory_reader from;
	const struct input input = { .name = RP_SLICE("page.html"),
		                     .reader = { memory_read, &from },
		                     .options = rp_slice_str(options) };

	if (collector != NULL)
		collector = article_collector.close(collector);
	arena_reset(arena);
	from = (struct memory_reader){ page, 1000, RP_OK };
	batch = (struct batch){ .arena = arena };
	assert_ok(article_collector.open(&input, &collector, &err), err);
	assert_ok(article_collector.next(collector, &batch, &err), err);
	assert_true(rp_slice_eq(batch.bytes, page));
}

static inline void
read_article(const char *page, const char *options)
{
	read_bytes(rp_slice_str(page), options);
	if (batch.n_rejects > 0)
		fail_msg("rejected: %.*s", RP_FMT(batch.rejects[0].reason));
	assert_true(batch.n_observations > 0);
}

static inline const struct post *
the_post(void)
{
	return &batch.observations[0].post;
}

static inline struct rp_slice
the_text(void)
{
	return batch.observations[0].version.text;
}

/* The observation of that key; fails when there is none. */
static inline const struct observation *
the_observation(const char *key)
{
	for (size_t i = 0; i < batch.n_observations; i++)
		if (rp_slice_eq(batch.observations[i].post.key, rp_slice_str(key)))
			return &batch.observations[i];
	fail_msg("no post %s", key);
	return &batch.observations[0];
}

static inline const struct account *
the_account(const char *key)
{
	for (size_t i = 0; i < batch.n_accounts; i++)
		if (rp_slice_eq(batch.accounts[i].key, rp_slice_str(key)))
			return &batch.accounts[i];
	fail_msg("no account %s", key);
	return &batch.accounts[0];
}

/* "LO..HI PRECISION" */
static inline void
assert_time_at(struct rp_time time, const char *wanted, const char *file, int line)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 200);
	rp_time_write(&text, time.lo, RP_PRECISION_S);
	if (time.hi != time.lo) {
		buf_add_str(&text, "..");
		rp_time_write(&text, time.hi, RP_PRECISION_S);
	}
	buf_printf(&text, " %s", rp_precision_name(time.precision));
	assert_slice_at(buf_slice(&text), rp_slice_str(wanted), file, line);
}
#define assert_time(time, wanted) assert_time_at((time), (wanted), __FILE__, __LINE__)

/* "quote x:1; link x:2" */
static inline void
assert_edges_at(const struct observation *seen, const char *wanted, const char *file,
                int line)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 1 << 16);
	for (size_t i = 0; i < seen->n_edges; i++)
		buf_printf(&text, "%s%s %.*s", i ? "; " : "",
		           edge_type_name(seen->edges[i].type),
		           RP_FMT(seen->edges[i].parent));
	assert_slice_at(buf_slice(&text), rp_slice_str(wanted), file, line);
}
#define assert_edges(seen, wanted) assert_edges_at((seen), (wanted), __FILE__, __LINE__)

#endif
