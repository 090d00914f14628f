/*
 * Not libxml2: its reader compares each attribute of an element with all before it (350
 * KB take 5 s), and which tree a page becomes differs between its releases, while an
 * archive that is rebuilt elsewhere must say the same.
 */
#include "core/parse/html.h"

#include "core/base/ascii.h"
#include "core/base/charset.h"
#include "core/base/utf8.h"
#include "core/parse/html-element.h"
#include "core/parse/html-scan.h"

/* ---- encoding ------------------------------------------------------------ */

enum { META_BYTES = 1024 };

static bool
is_encoding_byte(char c)
{
	return ascii_is_digit(c) || ascii_is_letter(c) || c == '-' || c == '_' ||
	       c == ':' || c == '.';
}

/* "charset=NAME" in a <meta> at the front, in either of its forms. */
static struct rp_slice
meta_encoding(struct rp_slice bytes)
{
	struct rp_slice head = { bytes.p, bytes.n < META_BYTES ? bytes.n : META_BYTES };
	bool meta = false;
	size_t n = 0;

	for (size_t i = 0; i < head.n; i++) {
		struct rp_slice here = rp_slice_skip(head, i);

		if (here.p[0] == '<')
			meta = here.n > 5 && rp_slice_eq_nocase(rp_slice_from(here.p, 5),
			                                        RP_SLICE("<meta"));
		if (!meta || here.n < 8 ||
		    !rp_slice_eq_nocase(rp_slice_from(here.p, 7), RP_SLICE("charset")))
			continue;
		here = rp_slice_trim(rp_slice_skip(here, 7));
		if (here.n == 0 || here.p[0] != '=')
			continue;
		here = rp_slice_trim(rp_slice_skip(here, 1));
		if (here.n > 0 && (here.p[0] == '"' || here.p[0] == '\''))
			here = rp_slice_trim(rp_slice_skip(here, 1));
		while (n < here.n && is_encoding_byte(here.p[n]))
			n++;
		return rp_slice_from(here.p, n);
	}
	return RP_SLICE("");
}

/* Could be read as ASCII to find the <meta> in, so it is not that. */
static bool
is_wide(struct rp_slice name)
{
	return name.n >= 6 &&
	       (rp_slice_eq_nocase(rp_slice_from(name.p, 6), RP_SLICE("utf-16")) ||
	        rp_slice_eq_nocase(rp_slice_from(name.p, 6), RP_SLICE("utf-32")));
}

/* Strictly, or else with replacements; false: no such encoding. */
static bool
read_as(struct rp_buf *out, struct rp_slice bytes, struct rp_slice name, bool *damaged)
{
	if (name.n == 0)
		return false;
	*damaged = false;
	if (charset_read(out, bytes, name, true))
		return true;
	*damaged = true;
	return !buf_failed(out) && charset_read(out, bytes, name, false);
}

static bool
decode(struct rp_buf *out, struct rp_slice bytes, struct rp_slice encoding, bool *damaged)
{
	const struct rp_slice utf8 = RP_SLICE("utf-8");
	size_t mark = 0;
	struct rp_slice marked = charset_of_mark(bytes, &mark);
	struct rp_slice meta = meta_encoding(bytes);

	if (marked.n > 0)
		return read_as(out, rp_slice_skip(bytes, mark), marked, damaged);
	if (read_as(out, bytes, encoding, damaged) ||
	    read_as(out, bytes, is_wide(meta) ? utf8 : meta, damaged))
		return true;
	*damaged = false;
	return !buf_failed(out) &&
	       (charset_read(out, bytes, utf8, true) ||
	        charset_read(out, bytes, RP_SLICE("windows-1252"), false));
}

/* A copy in the arena, without the NULs, as browsers leave them out. */
static bool
copy_page(struct arena *arena, struct rp_slice from, struct rp_slice *out)
{
	char *p = arena_alloc(arena, from.n);
	size_t n = 0;

	if (p == NULL)
		return false;
	for (size_t i = 0; i < from.n; i++)
		if (from.p[i] != '\0')
			p[n++] = from.p[i];
	*out = rp_slice_from(p, n);
	return true;
}

/* ---- tree ---------------------------------------------------------------- */

struct open {
	struct rp_slice name;
	unsigned is;
	uint32_t node, last; /* its last child; HTML_NONE: none */
};

struct tree {
	struct html_node *nodes;
	uint32_t n, room;
	struct open open[HTML_MAX_DEPTH + 1]; /* [0] is the root */
	size_t depth;
	uint64_t beyond;         /* elements that are open deeper than that */
	uint16_t open_alike[64]; /* how many are, by what alike() says of their names */
	bool cut;
};

static struct html_node *
add_node(struct tree *tree)
{
	struct open *in = &tree->open[tree->depth];
	struct html_node *node;

	if (tree->n >= tree->room) {
		tree->cut = true;
		return NULL;
	}
	node = &tree->nodes[tree->n];
	*node = (struct html_node){ .parent = in->node,
		                    .first = HTML_NONE,
		                    .next = HTML_NONE };
	if (in->last == HTML_NONE)
		tree->nodes[in->node].first = tree->n;
	else
		tree->nodes[in->last].next = tree->n;
	in->last = tree->n++;
	return node;
}

/* Which names are surely not open is known without a search. */
static unsigned
alike(struct rp_slice name)
{
	return name.n == 0 ? 0 : ((unsigned char)name.p[0] * 5U + (unsigned)name.n) % 64;
}

static void
close_some(struct tree *tree, size_t n)
{
	for (; n > 0; n--)
		tree->open_alike[alike(tree->open[tree->depth--].name)]--;
}

/* How many of the open elements end when the innermost of that name does; 0: there is
 * none inside of the next one that is any of `within`. */
static size_t
find_open(const struct tree *tree, struct rp_slice name, unsigned within)
{
	if (tree->open_alike[alike(name)] == 0)
		return 0;
	for (size_t i = tree->depth; i > 0; i--) {
		if (rp_slice_eq(tree->open[i].name, name))
			return tree->depth - i + 1;
		if (tree->open[i].is & within)
			return 0;
	}
	return 0;
}

static void
close_open(struct tree *tree, const char *name, unsigned within)
{
	close_some(tree, find_open(tree, rp_slice_str(name), within));
}

static bool
is_one_of(struct rp_slice name, const char *a, const char *b, const char *c)
{
	return rp_slice_eq(name, rp_slice_str(a)) || rp_slice_eq(name, rp_slice_str(b)) ||
	       rp_slice_eq(name, rp_slice_str(c));
}

/* What ends because this begins, though nothing says so. */
static void
close_implied(struct tree *tree, struct rp_slice name, unsigned is)
{
	if (tree->beyond > 0)
		return;
	if (is & HTML_CLOSES_P)
		close_open(tree, "p", HTML_SCOPE);
	if (rp_slice_eq(name, RP_SLICE("a")))
		close_open(tree, "a", HTML_SCOPE | HTML_BLOCK);
	else if (rp_slice_eq(name, RP_SLICE("li")))
		close_open(tree, "li", HTML_LIST | HTML_SCOPE);
	else if (is_one_of(name, "dt", "dd", "dd")) {
		close_open(tree, "dt", HTML_LIST | HTML_SCOPE);
		close_open(tree, "dd", HTML_LIST | HTML_SCOPE);
	} else if (is_one_of(name, "option", "optgroup", "option"))
		close_open(tree, "option", HTML_BLOCK | HTML_SCOPE);
	else if (rp_slice_eq(name, RP_SLICE("body")))
		close_open(tree, "head", 0);
	if (is_one_of(name, "tr", "td", "th") ||
	    is_one_of(name, "tbody", "thead", "tfoot")) {
		close_open(tree, "td", HTML_LIST);
		close_open(tree, "th", HTML_LIST);
		close_open(tree, "caption", HTML_LIST);
	}
	if (rp_slice_eq(name, RP_SLICE("tr")) ||
	    is_one_of(name, "tbody", "thead", "tfoot"))
		close_open(tree, "tr", HTML_LIST);
	if (is_one_of(name, "tbody", "thead", "tfoot")) {
		close_open(tree, "tbody", HTML_LIST);
		close_open(tree, "thead", HTML_LIST);
	}
}

static void
begin_element(struct tree *tree, struct html_scan *scan, const struct html_token *token)
{
	const unsigned is = html_element(token->name);
	struct html_node *node;

	close_implied(tree, token->name, is);
	if (is & (HTML_RAW | HTML_RAW_TEXT))
		html_scan_raw(scan, token->name, is & HTML_RAW_TEXT);
	node = add_node(tree);
	if (node == NULL)
		return;
	node->name = token->name;
	node->attributes = token->attributes;
	node->n_attributes = token->n_attributes;
	if (is & HTML_VOID)
		return;
	if (tree->depth == HTML_MAX_DEPTH) {
		tree->beyond++;
		tree->cut = true;
		return;
	}
	tree->open_alike[alike(token->name)]++;
	tree->open[++tree->depth] = (struct open){
		.name = token->name, .is = is, .node = tree->n - 1, .last = HTML_NONE
	};
}

static void
end_element(struct tree *tree, struct rp_slice name)
{
	const unsigned is = html_element(name);
	unsigned within = HTML_SCOPE;

	if (tree->beyond > 0) {
		tree->beyond--;
		return;
	}
	/* what follows them is text of the page all the same */
	if (is_one_of(name, "body", "html", "html"))
		return;
	if (is & HTML_FORMATTING)
		within |= HTML_BLOCK;
	if (is & HTML_CELL || is_one_of(name, "tr", "tbody", "thead"))
		within = HTML_LIST;
	if (is & HTML_SCOPE && !(is & HTML_CELL))
		within = 0;
	close_some(tree, find_open(tree, name, within));
}

static bool
build(struct arena *arena, struct tree *tree, struct html_scan *scan)
{
	struct html_token token = { .kind = HTML_TEXT };
	size_t tags = 0;
	struct html_node *node;

	/* before each tag a text, and one at the end */
	for (size_t i = 0; i < scan->page.n && tags < HTML_MAX_NODES; i++)
		tags += scan->page.p[i] == '<';
	tags = 2 * tags + 2;
	tree->room = tags < HTML_MAX_NODES ? (uint32_t)tags : HTML_MAX_NODES;
	tree->nodes = arena_array(arena, tree->room, sizeof(*tree->nodes));
	if (tree->nodes == NULL)
		return false;
	tree->nodes[0] = (struct html_node){ .parent = HTML_NONE,
		                             .first = HTML_NONE,
		                             .next = HTML_NONE };
	tree->n = 1;
	tree->open[0].last = HTML_NONE;
	while (token.kind != HTML_OVER && !(tree->n == tree->room && tree->cut)) {
		if (!html_scan_next(scan, &token))
			return false;
		if (token.kind == HTML_BEGIN)
			begin_element(tree, scan, &token);
		else if (token.kind == HTML_END)
			end_element(tree, token.name);
		else if (token.kind == HTML_TEXT && (node = add_node(tree)) != NULL)
			node->text = token.text;
	}
	return true;
}

enum rp_status
html_parse(struct arena *arena, struct rp_slice bytes, struct rp_slice encoding,
           struct html *out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf page;
	struct html_scan scan = { .arena = arena };
	struct tree tree = { .n = 0 };
	bool damaged = false;

	buf_init(&page, 3 * (size_t)HTML_MAX_BYTES);
	if (bytes.n > HTML_MAX_BYTES)
		return rp_fail(err, RP_BAD_ITEM, "a page longer than %d MB",
		               HTML_MAX_BYTES >> 20);
	if (!decode(&page, bytes, encoding, &damaged) || buf_failed(&page) ||
	    !copy_page(arena, buf_slice(&page), &scan.page) ||
	    !build(arena, &tree, &scan))
		return rp_fail(err, RP_BAD_ITEM, "a page with too much in it");
	*out = (struct html){ .nodes = tree.nodes,
		              .n = tree.n,
		              .cut = tree.cut || scan.cut,
		              .damaged = damaged };
	return RP_OK;
}

/* ---- looking at it ------------------------------------------------------- */

bool
html_is(const struct html *html, uint32_t node, const char *name)
{
	return rp_slice_eq(html->nodes[node].name, rp_slice_str(name));
}

struct rp_slice
html_get(const struct html *html, uint32_t node, const char *attribute)
{
	const struct rp_slice name = rp_slice_str(attribute);
	const struct html_node *at = &html->nodes[node];

	for (uint32_t i = 0; i < at->n_attributes; i++)
		if (rp_slice_eq(at->attributes[i].name, name))
			return at->attributes[i].value;
	return RP_SLICE("");
}

bool
html_has_word(const struct html *html, uint32_t node, const char *attribute,
              const char *word)
{
	struct rp_slice rest = html_get(html, node, attribute), one;
	const struct rp_slice wanted = rp_slice_str(word);

	while ((rest = rp_slice_trim(rest)).n > 0) {
		size_t n = 0;

		while (n < rest.n && (unsigned char)rest.p[n] > ' ')
			n++;
		one = rp_slice_from(rest.p, n);
		if (rp_slice_eq_nocase(one, wanted))
			return true;
		rest = rp_slice_skip(rest, n > 0 ? n : 1);
	}
	return false;
}

uint32_t
html_beyond(const struct html *html, uint32_t node, uint32_t top)
{
	while (node != top && node != HTML_NONE) {
		if (html->nodes[node].next != HTML_NONE)
			return html->nodes[node].next;
		node = html->nodes[node].parent;
	}
	return HTML_NONE;
}

uint32_t
html_after(const struct html *html, uint32_t node, uint32_t top)
{
	return html->nodes[node].first != HTML_NONE ? html->nodes[node].first
	                                            : html_beyond(html, node, top);
}
