/*
 * The thread as a page: times in a gutter, posts indented below what they answer.
 *
 *	21 Jan ~22:23  [not in the archive] @OpenAI, x:1881830103858172059
 *	 22 Jan 04:35    > Elon Musk @elonmusk
 *	                   They don't actually have the money
 *
 * Depth is a stranger's choice: past INDENT_LEVELS it is told in a number, so that a
 * chain of a hundred thousand answers stays on the page and costs no more a line.
 */
#include "core/render/text.h"

#include "core/base/utf8.h"

#include <inttypes.h>

enum { INDENT_LEVELS = 10, INDENT_COLUMNS = 2, GUTTER_GAP = 2, TREE_MIN_COLUMNS = 44 };

struct thread_page {
	struct page page;
	const struct thread_view *view;
	size_t gutter; /* columns for times; 0: they stand behind the names */
	uint32_t levels;
};

static bool
is_ghost(const struct view_node *node)
{
	return node->p.post.kind == KIND_GHOST;
}

static void
lay_out(struct thread_page *t)
{
	struct page *page = &t->page;
	struct text_day day = { .known = false };
	size_t tree;

	for (size_t i = 0; i < t->view->n_nodes; i++) {
		const struct view_node *node = &t->view->nodes[i];
		size_t width;

		buf_clear(&page->note);
		when_add(page, &page->note, &day, node->p.time, node->p.post.zone);
		width = utf8_width(buf_slice(&page->note));
		t->gutter = width > t->gutter ? width : t->gutter;
	}
	buf_clear(&page->note);
	if (t->gutter + GUTTER_GAP + TREE_MIN_COLUMNS > page->columns)
		t->gutter = 0;
	tree = page->columns - (t->gutter ? t->gutter + GUTTER_GAP : 0);
	/* At most a third of the tree is indentation. */
	t->levels = (uint32_t)(tree / 3 / INDENT_COLUMNS);
	if (t->levels > INDENT_LEVELS)
		t->levels = INDENT_LEVELS;
}

static void
header(struct thread_page *t)
{
	CLEANUP(buf_done) struct rp_buf left;
	CLEANUP(buf_done) struct rp_buf middle;
	CLEANUP(buf_done) struct rp_buf right;
	int64_t first = RP_TIME_UNKNOWN, last = RP_TIME_UNKNOWN;
	size_t ghosts = 0, posts;

	buf_init(&left, 1 << 20);
	buf_init(&middle, 1 << 20);
	buf_init(&right, 1 << 20);
	for (size_t i = 0; i < t->view->n_nodes; i++) {
		int64_t us = when_instant(t->view->nodes[i].p.time);

		ghosts += is_ghost(&t->view->nodes[i]);
		if (us == RP_TIME_UNKNOWN)
			continue;
		if (first == RP_TIME_UNKNOWN || us < first)
			first = us;
		if (last == RP_TIME_UNKNOWN || us > last)
			last = us;
	}
	posts = t->view->n_nodes - ghosts;
	buf_add_str(&left, "thread ");
	utf8_show(&left, t->view->root, true);
	when_add_range(&t->page, &middle, first, last);
	buf_printf(&right, "%zu post%s", posts, posts == 1 ? "" : "s");
	if (ghosts > 0)
		buf_printf(&right, " + %zu ghost%s", ghosts, ghosts == 1 ? "" : "s");
	page_header(&t->page, buf_slice(&left), buf_slice(&middle), buf_slice(&right));
}

static size_t
tree_column(const struct thread_page *t, const struct view_node *node)
{
	uint32_t level = node->depth < t->levels ? node->depth : t->levels;

	return (t->gutter ? t->gutter + GUTTER_GAP : 0) + (size_t)level * INDENT_COLUMNS;
}

static void
put_when(struct thread_page *t, const struct view_node *node)
{
	struct page *page = &t->page;

	when_add(page, &page->note, &page->day, node->p.time, node->p.post.zone);
	if (t->gutter > 0)
		page_to(page, t->gutter - utf8_width(buf_slice(&page->note)));
	page_note(page, TINT_DIM);
}

/* "> Elon Musk @elonmusk", or the ghost's words. */
static void
put_head(struct thread_page *t, const struct view_node *node)
{
	struct page *page = &t->page;
	const size_t at = tree_column(t, node);
	char mark[] = { node_mark(node), ' ', '\0' };

	page_indent(page, at + 2);
	if (t->gutter > 0)
		put_when(t, node);
	page_to(page, at);
	if (node->depth > t->levels) {
		buf_printf(&page->note, "[depth %" PRIu32 "] ", node->depth);
		page_note(page, TINT_DIM);
	}
	if (node->quoted_by)
		page_words(page, TINT_MARK, "quoted by ");
	else if (mark[0] != ' ')
		page_words(page, TINT_MARK, mark);
	if (is_ghost(node)) {
		ghost_add(&page->note, &node->p);
		page_note(page, TINT_GHOST);
	} else {
		author_add_long(&page->note, &node->p.author);
		page_note(page, TINT_NAME);
	}
	if (t->gutter == 0) {
		page_words(page, TINT_NONE, "  ");
		put_when(t, node);
	}
	page_newline(page);
}

static void
put_copy(struct thread_page *t, const struct view_node *node)
{
	struct page *page = &t->page;

	page_to(page, page->indent);
	buf_add_str(&page->note, "(the same words as ");
	author_add_short(&page->note, &t->view->nodes[node->copy_of].p.author);
	buf_add_str(&page->note, ", ");
	utf8_show(&page->note, t->view->nodes[node->copy_of].p.post.key, true);
	buf_add_byte(&page->note, ')');
	page_note(page, TINT_DIM);
	page_newline(page);
}

static void
put_node(struct thread_page *t, const struct view_node *node)
{
	struct page *page = &t->page;

	put_head(t, node);
	/* that of what an article quotes is in the article, above */
	if (node->p.post.context.n > 0 && node->p.post.kind != KIND_PRESS_QUOTE) {
		page_to(page, page->indent);
		buf_add_str(&page->note, "asked: ");
		utf8_show(&page->note, node->p.post.context, true);
		page_note(page, TINT_DIM);
		page_newline(page);
	}
	if (!is_ghost(node) && node->copy_of != VIEW_NO_NODE) {
		put_copy(t, node);
	} else if (!is_ghost(node)) {
		page_to(page, page->indent);
		page_said(page, &node->p);
		page_newline(page);
	}
	if (!is_ghost(node)) {
		note_place(page, &node->p.post, node->p.time);
		note_state(page, &node->p);
	}
	note_node(page, t->view->nodes, node);
	if (page->note.n > 0) {
		page_to(page, page->indent);
		page_note(page, TINT_DIM);
		page_newline(page);
	}
	page_flush(page);
}

/* Is anybody to be asked for a post that is missing?  Of one that was said to be gone the
 * Wayback Machine. */
static bool
can_be_filled(const struct view_why *why)
{
	switch (key_platform(why->key)) {
	case PLATFORM_X:
	case PLATFORM_BSKY:
	case PLATFORM_MASTO:
	case PLATFORM_PRESS:
		return why->code == WHY_GHOST_PARENT;
	case PLATFORM_NONE:
	case PLATFORM_FEED:
	case PLATFORM_SPOKEN:
	case PLATFORM_SAID:
		break;
	}
	return false;
}

static void
put_next_step(struct page *page, const struct thread_view *view)
{
	size_t i = 0;

	while (i < view->n_why && !can_be_filled(&view->why[i]))
		i++;
	if (i == view->n_why || view->root.n == 0)
		return;
	page_indent(page, 2);
	buf_add_str(&page->note, "to look for it: riposte fill ");
	utf8_show(&page->note, view->root, true);
	page->column = page->indent;
	page_note(page, TINT_DIM);
	page_newline(page);
	page_flush(page);
}

void
text_thread(FILE *out, const struct style *style, const struct thread_view *view)
{
	struct thread_page t = { .view = view };

	page_init(&t.page, out, style);
	lay_out(&t);
	header(&t);
	for (size_t i = 0; i < view->n_nodes; i++)
		put_node(&t, &view->nodes[i]);
	page_why(&t.page, view->why, view->n_why);
	put_next_step(&t.page, view);
	page_coverage(&t.page, &view->coverage);
	page_done(&t.page);
}
