/*
 * X's copies of posts in pages, of three generations:
 *
 *	2013 on		<p lang> in the <blockquote>, a link to the post behind it
 *	2013, 2014	lang is on the <blockquote>
 *	2011, 2012	data-in-reply-to there, and data-datetime on the link
 *
 * The text is put back into the form the platform's own interface has it in, so that the
 * same post from there is the same wording: "&", "<" and ">" escaped, t.co links as such.
 */
#include "core/base/ascii.h"
#include "core/base/url.h"
#include "core/collect/article.h"
#include "core/collect/x-text.h"

enum {
	SIGNATURE_MAX_BYTES = 2048,
	SIGNATURE_MAX_NODES = 1024,
	POST_MAX_BYTES = 256 << 10,
	POST_LINKS_MAX = 1024,
};

static bool
is_handle_byte(char c)
{
	return ascii_is_digit(c) || ascii_is_letter(c) || c == '_' || c == '.' ||
	       c == '-';
}

/* ---- "— Name (@handle) date" --------------------------------------------- */

/* Without the dash in front, however it was written. */
static struct rp_slice
without_dash(struct rp_slice name)
{
	static const struct rp_slice dashes[] = { RP_LIT("—"), RP_LIT("–"), RP_LIT("--"),
		                                  RP_LIT("-") };

	name = rp_slice_trim(name);
	for (size_t i = 0; i < sizeof(dashes) / sizeof(*dashes); i++)
		if (rp_slice_starts(name, dashes[i]))
			return rp_slice_trim(rp_slice_skip(name, dashes[i].n));
	return name;
}

/* "Ada L (UK)" and "ada" of "— Ada L (UK) (@ada) "; the last brackets count. */
static bool
read_name(struct arena *arena, struct rp_slice text, struct article_embed *embed)
{
	size_t at = text.n, end;

	while (at >= 2 && !(text.p[at - 2] == '(' && text.p[at - 1] == '@'))
		at--;
	if (at < 2)
		return true;
	for (end = at; end < text.n && is_handle_byte(text.p[end]); end++)
		;
	if (end == at || end == text.n || text.p[end] != ')' || end - at > 253)
		return true;
	return arena_copy(arena, rp_slice_from(text.p + at, end - at), &embed->handle) &&
	       arena_copy(arena, without_dash(rp_slice_from(text.p, at - 2)),
	                  &embed->name);
}

/* All text below the node, but for its paragraphs. */
bool
article_read_signature(struct article *article, const struct html *html, uint32_t top,
                       struct article_embed *embed)
{
	CLEANUP(buf_done) struct rp_buf text;
	uint32_t node = html_after(html, top, top);

	buf_init(&text, SIGNATURE_MAX_BYTES);
	for (int n = 0; node != HTML_NONE && n < SIGNATURE_MAX_NODES; n++) {
		if (buf_failed(&text))
			break;
		if (html->nodes[node].name.n == 0)
			buf_add(&text, html->nodes[node].text);
		/* some editors put the signature into a paragraph of its own */
		if (html_is(html, node, "p") && text.n == 0)
			node = html_beyond(html, node, top);
		else
			node = html_after(html, node, top);
		if (rp_slice_trim(buf_slice(&text)).n == 0)
			buf_clear(&text);
	}
	return read_name(article->arena, buf_slice(&text), embed);
}

/* ---- the text ------------------------------------------------------------ */

struct post_text {
	struct arena *arena;
	const struct html *html;
	struct rp_buf raw;
	struct x_link links[POST_LINKS_MAX];
	size_t n_links;
	bool space; /* a blank is due */
	bool full;
};

static void
add_escaped(struct post_text *t, struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++) {
		const char c = text.p[i];

		if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
			t->space = true;
			continue;
		}
		if (t->space && t->raw.n > 0 && t->raw.p[t->raw.n - 1] != '\n')
			buf_add_byte(&t->raw, ' ');
		t->space = false;
		if (c == '&')
			buf_add_str(&t->raw, "&amp;");
		else if (c == '<')
			buf_add_str(&t->raw, "&lt;");
		else if (c == '>')
			buf_add_str(&t->raw, "&gt;");
		else
			buf_add_byte(&t->raw, c);
	}
}

/* A link that t.co stands for; the others are text ("@bob", "#davos"). */
static void
add_link(struct post_text *t, struct rp_slice href, struct rp_slice shown)
{
	struct x_link *link = &t->links[t->n_links];

	if (t->n_links >= POST_LINKS_MAX)
		return;
	*link = (struct x_link){ .start = -1, .url = href, .use = X_LINK_SAID };
	if (rp_slice_starts(shown, RP_SLICE("pic.twitter.com/")) ||
	    rp_slice_starts(shown, RP_SLICE("pic.x.com/")))
		link->use = X_LINK_MEDIA;
	else if (rp_slice_find(shown, RP_SLICE("…")) == shown.n &&
	         rp_slice_find(shown, RP_SLICE("://t.co/")) == shown.n)
		link->expanded = shown;
	t->n_links++;
	add_escaped(t, href);
}

static bool
is_short_link(struct rp_slice href)
{
	return rp_slice_starts(href, RP_SLICE("https://t.co/")) ||
	       rp_slice_starts(href, RP_SLICE("http://t.co/"));
}

/* True: all of the node was written. */
static bool
write_node(struct post_text *t, uint32_t node)
{
	const struct rp_slice href = rp_slice_trim(html_get(t->html, node, "href"));
	struct html_text text;

	if (t->html->nodes[node].name.n == 0)
		add_escaped(t, t->html->nodes[node].text);
	else if (html_is(t->html, node, "br")) {
		buf_add_byte(&t->raw, '\n');
		t->space = false;
	} else if (html_is(t->html, node, "a") && is_short_link(href)) {
		if (!html_text(t->arena, t->html, node, &text))
			t->full = true;
		else
			add_link(t, href, rp_slice_trim(text.text));
		return true;
	}
	return false;
}

static bool
write_text(struct post_text *t, uint32_t top, struct article_embed *embed)
{
	struct x_words words = { .from = -1, .to = -1 };
	uint32_t node = html_after(t->html, top, top);

	while (node != HTML_NONE && !t->full)
		node = write_node(t, node) ? html_beyond(t->html, node, top)
		                           : html_after(t->html, node, top);
	if (t->full || buf_failed(&t->raw) ||
	    !arena_copy(t->arena, buf_slice(&t->raw), &words.text))
		return false;
	words.links = t->links;
	words.n_links = t->n_links;
	if (!x_text_clean(&words, t->arena, &embed->text, &embed->cut))
		return false;
	if (!rp_slice_eq(embed->text, words.text))
		embed->text_raw = words.text;
	return true;
}

/* The first paragraph; of a page without attributes and script that is all there is. */
static bool
read_text(struct article *article, const struct html *html, uint32_t top,
          struct article_embed *embed)
{
	struct post_text *t;
	uint32_t node = html_after(html, top, top);
	bool fits;

	while (node != HTML_NONE && !html_is(html, node, "p"))
		node = html_after(html, node, top);
	if (node == HTML_NONE)
		return true;
	embed->lang = html_get(html, node, "lang");
	if (embed->lang.n == 0)
		embed->lang = html_get(html, top, "lang");
	t = arena_alloc(article->arena, sizeof(*t));
	if (t == NULL)
		return false;
	t->arena = article->arena;
	t->html = html;
	buf_init(&t->raw, POST_MAX_BYTES);
	fits = write_text(t, node, embed);
	buf_done(&t->raw);
	return fits;
}

/* Of the oldest generation: which post it answers, and when exactly it was made. */
static bool
read_old(struct article *article, const struct html *html, uint32_t top,
         struct article_embed *embed)
{
	const struct rp_slice parent = html_get(html, top, "data-in-reply-to");
	struct rp_time time;

	for (uint32_t node = html_after(html, top, top); node != HTML_NONE;
	     node = html_after(html, node, top)) {
		const struct rp_slice told = html_get(html, node, "data-datetime");

		if (told.n > 0 && rp_time_read(told, RP_BASIS_PLATFORM, &time))
			embed->printed = time;
	}
	for (size_t i = 0; i < parent.n; i++)
		if (parent.p[i] < '0' || parent.p[i] > '9')
			return true;
	return parent.n == 0 || parent.n > 19 ||
	       key_make(article->arena, PLATFORM_X, parent, &embed->parent);
}

bool
article_read_x(struct article *article, const struct html *html, uint32_t node,
               struct article_embed *embed)
{
	if (!article_read_signature(article, html, node, embed) ||
	    !read_text(article, html, node, embed) ||
	    !read_old(article, html, node, embed))
		return false;
	if (embed->handle.n > 0 &&
	    rp_slice_find_byte(embed->handle, '.') == embed->handle.n &&
	    rp_slice_find_byte(embed->handle, '-') == embed->handle.n)
		return key_make_handle(article->arena, PLATFORM_X, embed->handle,
		                       &embed->author);
	embed->handle = RP_SLICE("");
	return true;
}
