/*
 * The exchange as a page: turn, when, how it is tied to what stands above, who, what.
 *
 *	1  22 Jan 04:35  > Musk     They don't actually have the money
 *	          05:57             SoftBank has well under $10B secured. ...
 *	3         16:42  > Altman   wrong, as you surely know. ...  10 h 45 min after 1
 *
 * Where that leaves too little room for the text, it goes below.
 */
#include "core/render/text.h"

#include "core/base/utf8.h"

#include <inttypes.h>

enum { NAME_MAX_COLUMNS = 18, TEXT_MIN_COLUMNS = 26, GAP = 2 };

struct exchange_page {
	struct page page;
	const struct exchange_view *view;
	size_t when_at, mark_at, text_at; /* columns */
	size_t when_width;
	bool stacked;       /* text below, not beside */
	uint32_t last_turn; /* of the row above */
};

static size_t
digits(size_t n)
{
	size_t width = 1;

	for (; n >= 10; n /= 10)
		width++;
	return width;
}

static bool
is_ghost(const struct view_node *node)
{
	return node->p.post.kind == KIND_GHOST;
}

/* The widest "when" and the widest name decide where columns stand. */
static void
lay_out(struct exchange_page *x)
{
	struct page *page = &x->page;
	struct text_day day = { .known = false };
	size_t name_width = 0;

	for (size_t i = 0; i < x->view->n_nodes; i++) {
		const struct view_node *node = &x->view->nodes[i];
		size_t width;

		buf_clear(&page->note);
		when_add(page, &page->note, &day, node->p.time, node->p.post.zone);
		width = utf8_width(buf_slice(&page->note));
		x->when_width = width > x->when_width ? width : x->when_width;
		if (is_ghost(node))
			continue;
		buf_clear(&page->note);
		author_add_short(&page->note, &node->p.author);
		width = utf8_width(buf_slice(&page->note));
		name_width = width > name_width ? width : name_width;
	}
	buf_clear(&page->note);
	if (name_width > NAME_MAX_COLUMNS)
		name_width = NAME_MAX_COLUMNS;
	x->when_at = digits(x->view->n_turns) + GAP;
	x->mark_at = x->when_at + x->when_width + GAP;
	x->text_at = x->mark_at + 2 + name_width + GAP;
	/* No line is indented further than half a page. */
	x->stacked = x->text_at + TEXT_MIN_COLUMNS > page->columns ||
	             x->text_at > page->columns / 2;
}

static void
header(struct exchange_page *x)
{
	CLEANUP(buf_done) struct rp_buf left;
	CLEANUP(buf_done) struct rp_buf middle;
	CLEANUP(buf_done) struct rp_buf right;
	const struct exchange_view *view = x->view;
	int64_t first = RP_TIME_UNKNOWN, last = RP_TIME_UNKNOWN;
	size_t ghosts = 0;

	buf_init(&left, 1 << 20);
	buf_init(&middle, 1 << 20);
	buf_init(&right, 1 << 20);
	for (size_t i = 0; i < view->n_people; i++) {
		buf_add_str(&left, i == 0 ? "between " : ", ");
		person_add(&left, view->people[i]);
	}
	for (size_t i = 0; i < view->n_nodes; i++) {
		int64_t us = when_instant(view->nodes[i].p.time);

		ghosts += is_ghost(&view->nodes[i]);
		if (us == RP_TIME_UNKNOWN || view->nodes[i].turn == 0)
			continue;
		if (first == RP_TIME_UNKNOWN || us < first)
			first = us;
		if (last == RP_TIME_UNKNOWN || us > last)
			last = us;
	}
	when_add_range(&x->page, &middle, first, last);
	buf_printf(&right, "%zu turn%s", view->n_turns, view->n_turns == 1 ? "" : "s");
	if (ghosts > 0)
		buf_printf(&right, " + %zu ghost%s", ghosts, ghosts == 1 ? "" : "s");
	page_header(&x->page, buf_slice(&left), buf_slice(&middle), buf_slice(&right));
}

/* "10 h 45 min after 1", "at most 9 h 22 min after 1", "0 s to 10 h 44 min after 1". */
static void
note_latency(struct page *page, const struct view_turn *turn)
{
	if (turn->via.n > 0) {
		note_next(page);
		buf_add_str(&page->note, "via ");
		utf8_show(&page->note, turn->via, true);
		if (turn->via_posts > 1)
			buf_printf(&page->note, " (%" PRIu32 " posts)", turn->via_posts);
	}
	if (turn->answers == 0)
		return;
	if (turn->via.n > 0)
		buf_add_str(&page->note, ", ");
	else
		note_next(page);
	if (turn->latency_hi == RP_TIME_UNKNOWN) {
		buf_printf(&page->note, "answers %" PRIu32, turn->answers);
		return;
	}
	if (turn->before_bound_only) {
		buf_add_str(&page->note, "at most ");
	} else if (turn->latency_lo != turn->latency_hi &&
	           turn->latency_lo != RP_TIME_UNKNOWN) {
		duration_add(&page->note, turn->latency_lo);
		buf_add_str(&page->note, " to ");
	}
	duration_add(&page->note, turn->latency_hi);
	buf_printf(&page->note, " after %" PRIu32, turn->answers);
}

static void
note_last_word(struct exchange_page *x)
{
	struct page *page = &x->page;

	if (x->view->last_word == NULL && !x->view->last_word_undetermined)
		return;
	note_next(page);
	buf_add_str(&page->note, "last word: ");
	if (x->view->last_word_undetermined)
		buf_add_str(&page->note, "undetermined");
	else
		person_add(&page->note, x->view->last_word);
}

/* Names are cut to their column, so that a long one cannot push the text around. */
static void
put_name(struct exchange_page *x, const struct view_author *author)
{
	struct page *page = &x->page;
	const size_t room = x->text_at - x->mark_at - 2 - GAP;
	struct rp_slice name;

	author_add_short(&page->note, author);
	name = buf_slice(&page->note);
	if (!x->stacked && utf8_width(name) > room) {
		size_t n = room > 1 ? utf8_wrap(name, room - 1) : 0;

		page->note.n = n;
		buf_add_str(&page->note, "\xe2\x80\xa6");
	}
	page_note(page, TINT_NAME);
}

/* Turn, when and mark: what every row begins with. */
static void
begin_row(struct exchange_page *x, const struct view_node *node, bool opens_turn)
{
	struct page *page = &x->page;
	char mark[] = { node_mark(node), ' ', '\0' };
	size_t width;

	page_indent(page, x->stacked ? 2 : x->mark_at + 2);
	if (opens_turn)
		buf_printf(&page->note, "%" PRIu32, node->turn);
	page_note(page, TINT_NAME);
	when_add(page, &page->note, &page->day, node->p.time, node->p.post.zone);
	width = utf8_width(buf_slice(&page->note));
	page_to(page, x->when_at + (x->stacked ? 0 : x->when_width - width));
	page_note(page, TINT_DIM);
	if (x->stacked)
		page_words(page, TINT_NONE, "  ");
	else
		page_to(page, x->mark_at);
	/* Within a turn the author answers himself: nothing to point out. */
	if (node->turn != 0 && !opens_turn)
		mark[0] = ' ';
	if (mark[0] != ' ' || (!x->stacked && !is_ghost(node)))
		page_words(page, TINT_MARK, mark);
}

static void
put_text(struct exchange_page *x, const struct view_node *node)
{
	struct page *page = &x->page;

	page_indent(page, x->stacked ? 2 : x->text_at);
	if (x->stacked && page->column > 0)
		page_newline(page);
	page_to(page, page->indent);
	page_said(page, &node->p);
}

static void
put_row(struct exchange_page *x, const struct view_node *node, bool last)
{
	struct page *page = &x->page;
	const bool opens_turn = node->turn != 0 && node->turn != x->last_turn;

	begin_row(x, node, opens_turn);
	if (is_ghost(node)) {
		ghost_add(&page->note, &node->p);
		page_note(page, TINT_GHOST);
	} else {
		if (opens_turn || node->turn == 0)
			put_name(x, &node->p.author);
		put_text(x, node);
		note_place(page, &node->p.post, node->p.time);
		note_state(page, &node->p);
		note_answered(page, node);
	}
	if (opens_turn && node->turn <= x->view->n_turns)
		note_latency(page, &x->view->turns[node->turn - 1]);
	if (last)
		note_last_word(x);
	page_note_right(page, TINT_DIM);
	page_newline(page);
	page_flush(page);
	if (node->turn != 0)
		x->last_turn = node->turn;
}

void
text_exchange(FILE *out, const struct style *style, const struct exchange_view *view)
{
	struct exchange_page x = { .view = view };

	page_init(&x.page, out, style);
	lay_out(&x);
	header(&x);
	for (size_t i = 0; i < view->n_nodes; i++)
		put_row(&x, &view->nodes[i], i + 1 == view->n_nodes);
	page_why(&x.page, view->why, view->n_why);
	page_coverage(&x.page, &view->coverage);
	page_done(&x.page);
}
