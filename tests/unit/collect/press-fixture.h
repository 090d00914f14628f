/*
 * An article in a string, for the tests of what is quoted in it: a line is a block, "> "
 * a block quotation, "| " a pull quote, "= " a credit line, "# " a heading.
 */
#ifndef RIPOSTE_TESTS_UNIT_COLLECT_PRESS_FIXTURE_H
#define RIPOSTE_TESTS_UNIT_COLLECT_PRESS_FIXTURE_H

#include "core/base/buf.h"
#include "core/collect/press.h"
#include "tests/support/spec.h"

enum { FIXTURE_BLOCKS = 40 };

static struct arena *arena;
static struct rp_buf story;
static const struct press_quotation *found;
static size_t n_found;

static void
read_article(const char *lang, const char *text)
{
	struct press_block blocks[FIXTURE_BLOCKS];
	struct press_article article = { .lang = rp_slice_str(lang),
		                         .published = INT64_C(1769000000000000) };
	struct rp_slice rest = rp_slice_str(text);
	static const char marks[] = "#>|=";
	static const enum press_block_kind kinds[] = { PRESS_HEADING, PRESS_BLOCKQUOTE,
		                                       PRESS_PULL_QUOTE, PRESS_CREDIT };
	size_t n = 0;
	struct rp_error err;

	while (rest.n > 0 && n < FIXTURE_BLOCKS) {
		struct rp_slice line = rp_slice_cut(&rest, '\n');
		const char *mark =
			line.n > 1 && line.p[1] == ' ' ? strchr(marks, line.p[0]) : NULL;

		blocks[n] = (struct press_block){ .text = line };
		if (mark != NULL && *mark != '\0') {
			blocks[n].kind = kinds[mark - marks];
			blocks[n].text = rp_slice_skip(line, 2);
		}
		n++;
	}
	arena_reset(arena);
	assert_ok(press_quotations(arena, &article, blocks, n, &found, &n_found, &err),
	          err);
}

/* Each quotation as "text (speaker)", one a line. */
static void
expect(const char *lang, const char *text, const char *expected)
{
	read_article(lang, text);
	buf_clear(&story);
	for (size_t i = 0; i < n_found; i++) {
		buf_add(&story, found[i].text);
		buf_printf(&story, " (%.*s)\n", RP_FMT(found[i].speaker));
	}
	assert_slice(buf_slice(&story), expected);
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	buf_init(&story, 1 << 20);
	return arena == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	arena = arena_free(arena);
	buf_done(&story);
	return 0;
}

#endif
