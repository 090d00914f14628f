/*
 * The text of an article out of the page around it, block by block.
 */
#include "core/collect/article.h"

#include "core/base/ascii.h"
#include "core/parse/html-element.h"

enum {
	BLOCK_MAX_BYTES = 1 << 20,
	KIND_MAX_DEPTH = 16, /* how far up an element may tell what a block is */
	QUOTE_MAX_DEPTH = 5, /* the same, of a line that belongs to a quotation */
	QUOTE_MAX_SIBLINGS = 8,
};

struct body {
	struct article *article;
	const struct html *html;
	const bool *gone;
	uint32_t top;
	struct rp_buf text; /* of the block being read */
	uint32_t first;     /* the node in which its text begins */
	bool space;
	int breaks; /* <br> since the last word */
	bool full;
};

static bool
is_one_of(const struct html *html, uint32_t node, const char *const *names)
{
	for (; *names != NULL; names++)
		if (html_is(html, node, *names))
			return true;
	return false;
}

/* A part of any word of "class" or "id". */
static bool
class_has(const struct html *html, uint32_t node, const char *const *parts)
{
	const struct rp_slice classes = html_get(html, node, "class");
	const struct rp_slice id = html_get(html, node, "id");

	for (; *parts != NULL; parts++) {
		const struct rp_slice part = rp_slice_str(*parts);

		if (rp_slice_find(classes, part) < classes.n ||
		    rp_slice_find(id, part) < id.n)
			return true;
	}
	return false;
}

static const char *const pull_quote_classes[] = {
	"pullquote", "pull-quote", "pull_quote", "exergue",
	"citation",  "blockquote", NULL,
};

static bool
is_pull_quote(const struct html *html, uint32_t node)
{
	static const char *const holders[] = { "aside", "figure", "div", "blockquote",
		                               NULL };

	return is_one_of(html, node, holders) &&
	       (class_has(html, node, pull_quote_classes) ||
	        html_has_word(html, node, "class", "quote"));
}

/* Within what is set apart as a quotation. */
static bool
in_quote(const struct html *html, uint32_t node)
{
	for (int n = 0; n < QUOTE_MAX_DEPTH && node != 0 && node != HTML_NONE; n++) {
		node = html->nodes[node].parent;
		if (node == HTML_NONE)
			return false;
		if (html_is(html, node, "blockquote") || is_pull_quote(html, node))
			return true;
	}
	return false;
}

/* Right behind a quotation, in one element with it. */
static bool
follows_quote(const struct html *html, uint32_t node)
{
	uint32_t at = html->nodes[html->nodes[node].parent].first;
	bool quote = false;

	for (int n = 0; n < QUOTE_MAX_SIBLINGS && at != HTML_NONE && at != node; n++) {
		if (html->nodes[at].name.n > 0)
			quote = html_is(html, at, "blockquote");
		at = html->nodes[at].next;
	}
	return quote && at == node;
}

/* The line that says whose a quotation is, by its element. */
static bool
is_credit(const struct html *html, uint32_t node)
{
	static const char *const names[] = { "cite", "footer", "figcaption", NULL };

	return is_one_of(html, node, names);
}

/* The same, by its class. */
static bool
is_called_credit(const struct html *html, uint32_t node)
{
	static const char *const classes[] = { "author",      "credit", "source",
		                               "attribution", "cite",   "byline",
		                               "speaker",     NULL };

	return class_has(html, node, classes) && !html_is(html, node, "blockquote") &&
	       !is_pull_quote(html, node) &&
	       (in_quote(html, node) || follows_quote(html, node));
}

/* What stands in a page beside its article. */
static bool
is_beside(const struct html *html, uint32_t node)
{
	static const char *const names[] = { "nav",    "footer",   "form",     "script",
		                             "style",  "template", "noscript", "iframe",
		                             "button", "select",   "textarea", "svg",
		                             "title",  "header",   "dialog",   "time",
		                             "video",  "audio",    "canvas",   "object",
		                             NULL };
	static const char *const classes[] = {
		"newsletter", "lire-aussi", "read-more", "readmore", "also-read",
		"related",    "share",      "social",    "cookie",   "consent",
		"comments",   "breadcrumb", "advert",    "sponsor",  "promo",
		"recirc",     "outbrain",   "taboola",   "byline",   "author-",
		"metadata",   "toolbar",    "subscribe", "tag-list", "sr-only",
		NULL
	};

	if (html_is(html, node, "aside"))
		return !is_pull_quote(html, node) && !in_quote(html, node);
	return (is_one_of(html, node, names) || class_has(html, node, classes)) &&
	       !(is_credit(html, node) && in_quote(html, node)) &&
	       !is_called_credit(html, node);
}

/* ---- where it is --------------------------------------------------------- */

/*
 * How much text of paragraphs is below each node.  Children stand behind their parents,
 * so that one pass backwards adds it all up.
 */
static uint32_t *
weigh(struct article *article, const struct html *html)
{
	uint32_t *weight = arena_array(article->arena, html->n, sizeof(*weight));
	bool *prose = arena_array(article->arena, html->n, sizeof(*prose));

	if (weight == NULL || prose == NULL)
		return NULL;
	for (uint32_t i = 1; i < html->n; i++) {
		const struct html_node *node = &html->nodes[i];

		prose[i] = html_is(html, i, "p") || html_is(html, i, "blockquote") ||
		           (prose[node->parent] && !is_beside(html, i));
		if (node->name.n == 0 && prose[i])
			weight[i] = (uint32_t)rp_slice_trim(node->text).n;
	}
	for (uint32_t i = html->n - 1; i > 0; i--)
		weight[html->nodes[i].parent] += weight[i];
	return weight;
}

/* The heaviest element of a kind; HTML_NONE: there is none that has any text. */
static uint32_t
heaviest(const struct html *html, const uint32_t *weight,
         bool is(const struct html *html, uint32_t node))
{
	uint32_t best = HTML_NONE;

	for (uint32_t i = 1; i < html->n; i++)
		if (weight[i] > 0 && is(html, i) &&
		    (best == HTML_NONE || weight[i] > weight[best]))
			best = i;
	return best;
}

static bool
is_told(const struct html *html, uint32_t node)
{
	return html_has_word(html, node, "itemprop", "articleBody");
}

static bool
is_article(const struct html *html, uint32_t node)
{
	return html_is(html, node, "article");
}

static bool
is_main(const struct html *html, uint32_t node)
{
	return html_is(html, node, "main") || html_is(html, node, "body");
}

/* The first of these that has most of the page's prose; else the whole page. */
static uint32_t
find_body(const struct html *html, const uint32_t *weight)
{
	bool (*const kinds[])(const struct html *, uint32_t) = { is_told, is_article,
		                                                 is_main };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const uint32_t best = heaviest(html, weight, kinds[i]);

		if (best != HTML_NONE && weight[best] >= weight[0] / 3)
			return best;
	}
	return 0;
}

/* ---- blocks -------------------------------------------------------------- */

/* Up from where a block's text begins: the innermost element that says what it is. */
static enum press_block_kind
kind_of(const struct body *b, struct rp_slice *cite)
{
	static const char *const headings[] = {
		"h1", "h2", "h3", "h4", "h5", "h6", NULL
	};
	enum press_block_kind kind = PRESS_PARAGRAPH;
	bool credit = false, quote = false;
	int n = 0;

	for (uint32_t at = b->first; at != b->top && at != 0 && n < KIND_MAX_DEPTH;
	     at = b->html->nodes[at].parent, n++) {
		if (is_called_credit(b->html, at))
			return PRESS_CREDIT;
		if (is_credit(b->html, at))
			credit = true;
		if (html_is(b->html, at, "blockquote")) {
			*cite = html_get(b->html, at, "cite");
			quote = true;
		}
		if (is_pull_quote(b->html, at))
			return credit                             ? PRESS_CREDIT
			       : quote || kind == PRESS_PARAGRAPH ? PRESS_PULL_QUOTE
			                                          : kind;
		if (quote && kind == PRESS_PARAGRAPH)
			kind = credit ? PRESS_CREDIT : PRESS_BLOCKQUOTE;
		else if (is_one_of(b->html, at, headings) && kind == PRESS_PARAGRAPH)
			kind = PRESS_HEADING;
		else if (html_is(b->html, at, "li") && kind == PRESS_PARAGRAPH)
			kind = PRESS_LIST_ITEM;
		else if (html_is(b->html, at, "figcaption") && kind == PRESS_PARAGRAPH)
			kind = PRESS_CAPTION;
	}
	return kind;
}

/* "Lire aussi : …" is no part of what is told. */
static bool
is_pointer(struct rp_slice text)
{
	static const struct rp_slice fronts[] = {
		RP_LIT("Lire aussi"),     RP_LIT("À lire"),      RP_LIT("A lire"),
		RP_LIT("Lire également"), RP_LIT("Voir aussi"),  RP_LIT("Read more"),
		RP_LIT("Read also"),      RP_LIT("Also read"),   RP_LIT("READ MORE"),
		RP_LIT("LIRE AUSSI"),     RP_LIT("See also"),    RP_LIT("Lesen Sie auch"),
		RP_LIT("Mehr zum Thema"), RP_LIT("Leggi anche"), RP_LIT("Lee también"),
		RP_LIT("Mehr:"),          RP_LIT("Don’t miss:"), RP_LIT("Don't miss:"),
		RP_LIT("Also read:"),     RP_LIT("Más:"),        RP_LIT("Related:"),
	};

	for (size_t i = 0; text.n < 300 && i < sizeof(fronts) / sizeof(*fronts); i++)
		if (rp_slice_starts(text, fronts[i]))
			return true;
	return false;
}

bool
article_add_block(struct article *article, enum press_block_kind kind,
                  struct rp_slice text, struct rp_slice cite)
{
	struct press_block *list, block = { .kind = kind, .cite = cite };

	text = rp_slice_trim(text);
	if (text.n == 0 || article->n_blocks >= ARTICLE_MAX_BLOCKS)
		return true;
	list = arena_room(article->arena, article->blocks, article->n_blocks,
	                  &article->room_blocks, sizeof(*list));
	if (list == NULL || !arena_copy(article->arena, text, &block.text))
		return false;
	article->blocks = list;
	list[article->n_blocks++] = block;
	return true;
}

static void
end_block(struct body *b)
{
	const struct rp_slice text = rp_slice_trim(buf_slice(&b->text));
	struct rp_slice cite = RP_SLICE("");
	enum press_block_kind kind;

	if (text.n > 0) {
		kind = kind_of(b, &cite);
		if (!is_pointer(text) &&
		    !(kind == PRESS_HEADING && rp_slice_eq(text, b->article->title)) &&
		    !article_add_block(b->article, kind, text, cite))
			b->full = true;
	}
	b->full |= buf_failed(&b->text);
	buf_clear(&b->text);
	b->space = false;
	b->breaks = 0;
}

/* Blanks collapse, soft hyphens and zero-width blanks go. */
static void
add_text(struct body *b, struct rp_slice text)
{
	static const struct rp_slice soft = RP_LIT("\xc2\xad"), none = RP_LIT("\u200b");

	while (text.n > 0) {
		size_t n = 1;

		if (ascii_is_blank(text.p[0]))
			b->space = true;
		else if (rp_slice_starts(text, soft))
			n = soft.n;
		else if (rp_slice_starts(text, none))
			n = none.n;
		else {
			if (b->space && b->text.n > 0)
				buf_add_byte(&b->text, ' ');
			b->space = false;
			b->breaks = 0;
			buf_add_byte(&b->text, text.p[0]);
		}
		text = rp_slice_skip(text, n);
	}
}

static void
add_node_text(struct body *b, uint32_t node)
{
	if (b->text.n == 0)
		b->first = b->html->nodes[node].parent;
	add_text(b, b->html->nodes[node].text);
	if (b->text.n >= BLOCK_MAX_BYTES / 2)
		end_block(b);
}

static void
add_link(struct body *b, struct rp_slice href)
{
	struct article *article = b->article;
	struct rp_slice *list;

	if (href.n == 0 || article->n_links >= ARTICLE_MAX_LINKS)
		return;
	list = arena_room(article->arena, article->links, article->n_links,
	                  &article->room_links, sizeof(*list));
	if (list == NULL) {
		b->full = true;
		return;
	}
	article->links = list;
	list[article->n_links++] = href;
}

/* The element is a block, or a line of its own. */
static bool
is_block(const struct body *b, uint32_t node)
{
	const unsigned is = html_element(b->html->nodes[node].name);

	if (is & (HTML_BLOCK | HTML_ITEM | HTML_CELL))
		return true;
	return html_is(b->html, node, "cite") &&
	       b->html->nodes[node].parent != HTML_NONE &&
	       html_is(b->html, b->html->nodes[node].parent, "blockquote");
}

static void
begin(struct body *b, uint32_t node)
{
	if (is_block(b, node))
		end_block(b);
	else if (html_is(b->html, node, "br")) {
		b->space = true;
		if (++b->breaks == 2)
			end_block(b);
	} else if (html_is(b->html, node, "q")) {
		if (b->text.n == 0)
			b->first = node;
		add_text(b, RP_SLICE("“"));
	} else if (html_is(b->html, node, "a"))
		add_link(b, rp_slice_trim(html_get(b->html, node, "href")));
}

static void
end(struct body *b, uint32_t node)
{
	if (is_block(b, node))
		end_block(b);
	else if (html_is(b->html, node, "q"))
		add_text(b, RP_SLICE("”"));
}

/* Behind a node that is done, ending what ends there. */
static uint32_t
go_on(struct body *b, uint32_t node)
{
	while (node != b->top && b->html->nodes[node].next == HTML_NONE) {
		node = b->html->nodes[node].parent;
		if (node != b->top)
			end(b, node);
	}
	return node == b->top ? HTML_NONE : b->html->nodes[node].next;
}

static void
read_blocks(struct body *b)
{
	uint32_t node = b->html->nodes[b->top].first;

	while (node != HTML_NONE && !b->full) {
		const struct html_node *at = &b->html->nodes[node];

		if (at->name.n == 0)
			add_node_text(b, node);
		else if (b->gone[node] || is_beside(b->html, node)) {
			if (is_block(b, node))
				end_block(b);
		} else {
			begin(b, node);
			if (at->first != HTML_NONE) {
				node = at->first;
				continue;
			}
			end(b, node);
		}
		node = go_on(b, node);
	}
	end_block(b);
}

/* ---- the metadata's copy ------------------------------------------------- */

size_t
article_text_bytes(const struct article *article)
{
	size_t sum = 0;

	for (size_t i = 0; i < article->n_blocks; i++)
		sum += article->blocks[i].text.n;
	return sum;
}

bool
article_read_body(struct article *article, const struct html *html, const bool *gone)
{
	struct body b = { .article = article, .html = html, .gone = gone };
	const uint32_t *weight = weigh(article, html);

	if (weight == NULL)
		return false;
	b.top = find_body(html, weight);
	buf_init(&b.text, BLOCK_MAX_BYTES);
	read_blocks(&b);
	buf_done(&b.text);
	if (b.full)
		return false;
	/* the page is a shell that scripts fill, or the front of what is told */
	if (article->told_body.n > article_text_bytes(article) * 3 / 2) {
		article->n_blocks = 0;
		return article_add_paragraphs(article, article->told_body);
	}
	return true;
}
