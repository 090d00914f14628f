/*
 * Any bytes as a page: a tree that can be walked to its end, and texts that are UTF-8.
 */
#include "core/base/utf8.h"
#include "core/parse/html.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool truth)
{
	if (!truth)
		abort();
}

static void
check_tree(const struct html *html)
{
	uint32_t met = 0;

	for (uint32_t node = 0; node != HTML_NONE; node = html_after(html, node, 0)) {
		const struct html_node *at = &html->nodes[node];

		/* in the order of the page, and each one once */
		require(node == met++ && utf8_valid(at->name) && utf8_valid(at->text));
		require(at->name.n == 0 || at->text.n == 0);
		for (uint32_t i = 0; i < at->n_attributes; i++)
			require(utf8_valid(at->attributes[i].name) &&
			        utf8_valid(at->attributes[i].value));
	}
	require(met == html->n);
}

static void
check_text(const struct html_text *text)
{
	size_t at = 0;

	require(utf8_valid(text->text));
	for (size_t i = 0; i < text->n_links; i++) {
		require(text->links[i].at >= at);
		at = text->links[i].at + text->links[i].n;
		require(at <= text->text.n);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 26);
	const struct rp_slice page = { (const char *)data, size };
	struct rp_error err = { .status = RP_OK };
	struct html_text text;
	struct html html;

	if (html_parse(arena, page, RP_SLICE(""), &html, &err) == RP_OK) {
		check_tree(&html);
		if (html_text(arena, &html, 0, &text))
			check_text(&text);
	}
	if (html_fragment_text(arena, page, &text, &err) == RP_OK)
		check_text(&text);
	return 0;
}
