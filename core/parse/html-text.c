#include "core/parse/html.h"

#include "core/base/ascii.h"
#include "core/base/buf.h"
#include "core/parse/html-element.h"

enum {
	TEXT_MAX_BYTES = 4 * HTML_MAX_BYTES,
	QUOTE_MAX_DEPTH = 8, /* deeper ones are marked as this deep */
};

struct writer {
	struct arena *arena;
	const struct html *html;
	uint32_t top;
	struct rp_buf out;
	bool fragment; /* classes of Mastodon are known */
	bool space;    /* a blank is due before the next word */
	int lines;     /* newlines that are due before it */
	bool item;     /* ... and a mark of a list */
	int quotes, pre;
	struct html_link *links;
	size_t n_links, room_links;
	size_t open_link; /* 1 + its index; 0: none */
};

static void
add_blank(struct writer *w)
{
	w->space = true;
}

static void
add_lines(struct writer *w, int n)
{
	w->lines = w->lines > n ? w->lines : n;
	w->space = false;
}

static void
add_quote_marks(struct writer *w)
{
	const int n = w->quotes < QUOTE_MAX_DEPTH ? w->quotes : QUOTE_MAX_DEPTH;

	for (int i = 0; i < n; i++)
		buf_add_str(&w->out, "> ");
}

/* What is due before a word. */
static void
settle(struct writer *w)
{
	const bool first = w->out.n == 0;

	if (first)
		add_quote_marks(w);
	for (int i = 0; i < w->lines && !first; i++) {
		buf_add_byte(&w->out, '\n');
		/* the empty line between belongs to the quotation only inside of it */
		if (i + 1 == w->lines)
			add_quote_marks(w);
	}
	if (w->item)
		buf_add_str(&w->out, "- ");
	else if (w->space && w->lines == 0 && !first)
		buf_add_byte(&w->out, ' ');
	w->item = w->space = false;
	w->lines = 0;
}

static void
add_text(struct writer *w, struct rp_slice text)
{
	while (text.n > 0) {
		size_t n = 0;

		while (n < text.n && !ascii_is_blank(text.p[n]))
			n++;
		if (n > 0) {
			settle(w);
			buf_add(&w->out, rp_slice_from(text.p, n));
		} else {
			n = 1;
			if (w->pre > 0 && text.p[0] == '\n')
				add_lines(w, w->lines + 1 < 2 ? w->lines + 1 : 2);
			else if (w->lines == 0)
				add_blank(w);
		}
		text = rp_slice_skip(text, n);
	}
}

/* ---- links --------------------------------------------------------------- */

static bool
has_invisible(const struct html *html, uint32_t link)
{
	uint32_t node = html_after(html, link, link);

	for (; node != HTML_NONE; node = html_after(html, node, link))
		if (html_has_word(html, node, "class", "invisible"))
			return true;
	return false;
}

static bool
begin_link(struct writer *w, uint32_t node)
{
	struct html_link link = { .href = rp_slice_trim(html_get(w->html, node, "href")),
		                  .classes = html_get(w->html, node, "class"),
		                  .rel = html_get(w->html, node, "rel") };
	struct html_link *longer;

	if (link.href.n == 0 || w->open_link != 0)
		return true;
	longer = arena_room(w->arena, w->links, w->n_links, &w->room_links,
	                    sizeof(*w->links));
	if (longer == NULL)
		return false;
	w->links = longer;
	/* where its first word will stand; what is due stands before */
	link.at = SIZE_MAX;
	w->links[w->n_links++] = link;
	w->open_link = w->n_links;
	return true;
}

static void
end_link(struct writer *w)
{
	struct html_link *link;

	if (w->open_link == 0)
		return;
	link = &w->links[w->open_link - 1];
	if (link->at == SIZE_MAX)
		link->at = w->out.n;
	link->n = w->out.n - link->at;
	w->open_link = 0;
}

/* A word of a link: it begins where the first one does. */
static void
add_visible(struct writer *w, struct rp_slice text)
{
	struct html_link *link = w->open_link ? &w->links[w->open_link - 1] : NULL;

	if (link != NULL && link->at == SIZE_MAX && rp_slice_trim(text).n > 0) {
		while (ascii_is_blank(text.p[0])) {
			add_text(w, rp_slice_from(text.p, 1));
			text = rp_slice_skip(text, 1);
		}
		settle(w);
		link->at = w->out.n;
	}
	add_text(w, text);
}

/* ---- elements ------------------------------------------------------------ */

static bool
is_shown(const struct writer *w, uint32_t node, unsigned is)
{
	const struct html_node *at = &w->html->nodes[node];

	if (node == w->top)
		return true;
	if (is & HTML_HIDDEN)
		return false;
	for (uint32_t i = 0; i < at->n_attributes; i++)
		if (rp_slice_eq(at->attributes[i].name, RP_SLICE("hidden")) &&
		    !rp_slice_eq_nocase(at->attributes[i].value, RP_SLICE("until-found")))
			return false;
	return !w->fragment || !html_has_word(w->html, node, "class", "quote-inline");
}

/* From what stands before, or behind. */
static void
set_apart(struct writer *w, unsigned is)
{
	if (is & HTML_BLOCK)
		add_lines(w, 2);
	else if (is & HTML_ITEM)
		add_lines(w, 1);
	else if (is & HTML_CELL)
		add_blank(w);
}

static void
begin_block(struct writer *w, uint32_t node, unsigned is)
{
	if (html_is(w->html, node, "br"))
		add_lines(w, w->lines + 1 < 2 ? w->lines + 1 : 2);
	else
		set_apart(w, is);
	if (html_is(w->html, node, "li"))
		w->item = true;
	w->pre += html_is(w->html, node, "pre");
	w->quotes += html_is(w->html, node, "blockquote");
	if (html_is(w->html, node, "q"))
		add_visible(w, RP_SLICE("“"));
}

/* False: the arena is full.  *into_out: its content is to be read. */
static bool
begin_node(struct writer *w, uint32_t node, bool *into_out)
{
	const unsigned is = html_element(w->html->nodes[node].name);

	*into_out = is_shown(w, node, is);
	if (!*into_out)
		return true;
	begin_block(w, node, is);
	if (!html_is(w->html, node, "a"))
		return true;
	if (w->fragment && w->open_link == 0 && has_invisible(w->html, node)) {
		if (!begin_link(w, node))
			return false;
		add_visible(w, rp_slice_trim(html_get(w->html, node, "href")));
		end_link(w);
		*into_out = false;
		return true;
	}
	return begin_link(w, node);
}

static void
end_node(struct writer *w, uint32_t node)
{
	const unsigned is = html_element(w->html->nodes[node].name);

	if (html_is(w->html, node, "a"))
		end_link(w);
	if (html_is(w->html, node, "q"))
		add_text(w, RP_SLICE("”"));
	set_apart(w, is);
	if (html_is(w->html, node, "li"))
		w->item = false;
	w->pre -= html_is(w->html, node, "pre");
	w->quotes -= html_is(w->html, node, "blockquote");
}

/* Up from a node that is done to the next one behind it, ending what ends between. */
static uint32_t
go_on(struct writer *w, uint32_t node)
{
	const struct html_node *nodes = w->html->nodes;

	while (node != w->top && nodes[node].next == HTML_NONE) {
		node = nodes[node].parent;
		if (nodes[node].name.n > 0)
			end_node(w, node);
	}
	return node == w->top ? HTML_NONE : nodes[node].next;
}

static bool
write_tree(struct writer *w)
{
	const struct html_node *nodes = w->html->nodes;
	uint32_t node = w->top;
	bool into;

	while (node != HTML_NONE) {
		into = false;
		if (node == 0)
			into = true;
		else if (nodes[node].name.n == 0)
			add_visible(w, nodes[node].text);
		else if (!begin_node(w, node, &into))
			return false;
		if (into && nodes[node].first != HTML_NONE) {
			node = nodes[node].first;
			continue;
		}
		if (into && node != 0)
			end_node(w, node);
		node = go_on(w, node);
	}
	return true;
}

static bool
write_text(struct arena *arena, const struct html *html, uint32_t node, bool fragment,
           struct html_text *out)
{
	struct writer w = {
		.arena = arena, .html = html, .top = node, .fragment = fragment
	};
	bool ok;

	buf_init(&w.out, TEXT_MAX_BYTES);
	ok = write_tree(&w) && !buf_failed(&w.out);
	end_link(&w);
	ok = ok && arena_copy(arena, buf_slice(&w.out), &out->text);
	buf_done(&w.out);
	out->links = w.links;
	out->n_links = w.n_links;
	return ok;
}

bool
html_text(struct arena *arena, const struct html *html, uint32_t node,
          struct html_text *out)
{
	return write_text(arena, html, node, false, out);
}

enum rp_status
html_fragment_text(struct arena *arena, struct rp_slice fragment, struct html_text *out,
                   struct rp_error *err)
{
	struct html html;
	enum rp_status st = html_parse(arena, fragment, RP_SLICE("utf-8"), &html, err);

	if (st == RP_OK && !write_text(arena, &html, 0, true, out))
		return rp_fail(err, RP_BAD_ITEM, "a fragment with too much in it");
	return st;
}
