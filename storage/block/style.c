#include "storage/block/style.h"

/* ---- telling a style ---- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The blanks before the node of this number. */
static struct rp_slice
blanks_before(const struct json_doc *doc, uint32_t at)
{
	size_t end = at, begin = end;

	while (begin > 0 && is_blank(doc->text.p[begin - 1]))
		begin--;
	return rp_slice_from(doc->text.p + begin, end - begin);
}

/* What the escapes of a document have in common, seen at their backslashes. */
static uint8_t
escapes_of(struct rp_slice text)
{
	const char *p = text.p, *end = text.p + text.n;
	unsigned escapes = 0;

	while ((p = memchr(p, '\\', (size_t)(end - p))) != NULL && end - p >= 6) {
		if (p[1] == '/')
			escapes |= STYLE_SLASH;
		if (p[1] == 'u') {
			for (int i = 2; i < 6; i++)
				if (p[i] >= 'A' && p[i] <= 'F')
					escapes |= STYLE_UPPER;
			if (p[2] != '0' || p[3] != '0' || p[4] >= '8')
				escapes |= STYLE_ASCII;
			else if (memcmp(p + 4, "3c", 2) == 0 ||
			         memcmp(p + 4, "3C", 2) == 0 ||
			         memcmp(p + 4, "3e", 2) == 0 ||
			         memcmp(p + 4, "3E", 2) == 0 ||
			         memcmp(p + 4, "26", 2) == 0)
				escapes |= STYLE_HTML;
		}
		p += 2;
	}
	return (uint8_t)escapes;
}

/* Lines are broken: by how much are they indented? */
static bool
indent_of(const struct json_doc *doc, struct rp_slice first, struct style *style)
{
	const struct json_node *root = &doc->nodes[JSON_ROOT];
	struct rp_slice last = blanks_before(doc, root->at + root->n - 1);
	size_t at = rp_slice_find_byte(last, '\n');
	size_t inner, outer;

	style->crlf = first.p[0] == '\r';
	inner = first.n - style->crlf - 1u;
	if (at == last.n || inner == 0)
		return false;
	outer = last.n - at - 1;
	if (inner > UINT8_MAX || outer >= inner)
		return false;
	style->indent = (uint8_t)first.p[first.n - 1];
	style->unit = (uint8_t)(inner - outer);
	style->base = (uint8_t)outer;
	return style->indent == ' ' || style->indent == '\t';
}

/* What the first containers show: how they are separated, and how empty ones look. */
static void
containers_of(const struct json_doc *doc, struct style *style)
{
	bool comma = false, empty = false, array = false;

	for (uint32_t i = 0; i < doc->n && !(comma && empty && array); i++) {
		const struct json_node *node = &doc->nodes[i];
		uint32_t first = i + 1, second;

		if (node->type < JSON_ARRAY)
			continue;
		if (node->next == first) {
			style->empty = node->n > 2;
			empty = true;
			continue;
		}
		if (node->type == JSON_ARRAY && !array) {
			struct rp_slice gap = blanks_before(doc, doc->nodes[first].at);

			style->flat_arrays = style->indent != 0 &&
			                     rp_slice_find_byte(gap, '\n') == gap.n;
			if (style->flat_arrays)
				style->inside = gap.n > 0;
			array = true;
		}
		if (node->type == JSON_OBJECT)
			first++;
		second = doc->nodes[first].next;
		if (second < node->next && !comma) {
			struct rp_slice gap = blanks_before(doc, doc->nodes[second].at);

			if (rp_slice_find_byte(gap, '\n') == gap.n) {
				style->after_comma = gap.n > 0;
				comma = true;
			}
		}
	}
}

bool
style_of(const struct json_doc *doc, struct style *out)
{
	const struct json_node *root = &doc->nodes[JSON_ROOT], *key = NULL;
	struct rp_slice first;

	*out = (struct style){ .array = root->type == JSON_ARRAY };
	if (root->type < JSON_ARRAY || root->next == 1 || root->at != 0 ||
	    root->n != doc->text.n)
		return false;
	first = blanks_before(doc, doc->nodes[1].at);
	if (rp_slice_find_byte(first, '\n') < first.n) {
		if (!indent_of(doc, first, out))
			return false;
	} else {
		out->inside = first.n > 0;
	}
	for (uint32_t i = 1; i < doc->n && key == NULL; i++)
		if (doc->nodes[i].flags & JSON_KEY)
			key = &doc->nodes[i];
	if (key != NULL) {
		out->before_colon = is_blank(doc->text.p[key->at + key->n]);
		out->after_colon = blanks_before(doc, key[1].at).n > 0;
	}
	containers_of(doc, out);
	out->escapes = escapes_of(doc->text);
	return true;
}

bool
style_valid(const struct style *style)
{
	const uint8_t truths[] = { style->array,       style->before_colon,
		                   style->after_colon, style->after_comma,
		                   style->inside,      style->empty,
		                   style->flat_arrays, style->crlf };

	for (size_t i = 0; i < sizeof(truths); i++)
		if (truths[i] > 1)
			return false;
	return style->escapes <= STYLE_ESCAPES &&
	       (style->indent == 0 || style->indent == ' ' || style->indent == '\t');
}

/* ---- escaping ---- */

static char *
put_unit(char *to, const struct style *style, uint32_t unit)
{
	const char *digits =
		style->escapes & STYLE_UPPER ? "0123456789ABCDEF" : "0123456789abcdef";

	*to++ = '\\';
	*to++ = 'u';
	for (int shift = 12; shift >= 0; shift -= 4)
		*to++ = digits[unit >> shift & 15];
	return to;
}

static char *
put_code(char *to, const struct style *style, uint32_t code)
{
	if (code < 0x10000)
		return put_unit(to, style, code);
	to = put_unit(to, style, 0xd7c0 + (code >> 10));
	return put_unit(to, style, 0xdc00 | (code & 0x3ff));
}

/* A code point of valid UTF-8; what is not is taken byte by byte. */
static uint32_t
code_at(const unsigned char *p, size_t left, size_t *n_out)
{
	size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc0 ? 2 : 1;
	uint32_t code = p[0] & (n == 1 ? 0xffu : 0x7fu >> n);

	if (n > left)
		n = left;
	for (size_t i = 1; i < n; i++)
		code = code << 6 | (p[i] & 0x3fu);
	*n_out = n;
	return code;
}

static char *
put_special(char *to, const struct style *style, unsigned char c)
{
	static const char letters[] = "btn.fr";

	if (c == '"' || c == '\\' || (c == '/' && (style->escapes & STYLE_SLASH))) {
		*to++ = '\\';
		*to++ = (char)c;
	} else if (c >= '\b' && c <= '\r' && c != '\v') {
		*to++ = '\\';
		*to++ = letters[c - '\b'];
	} else if (c < 0x20 ||
	           (style->escapes & STYLE_HTML && (c == '<' || c == '>' || c == '&'))) {
		to = put_unit(to, style, c);
	} else {
		*to++ = (char)c;
	}
	return to;
}

enum { ESCAPED_MAX = 12, CHUNK = 4096 };

/* Does this byte stand for itself in every style?  All of ASCII but " & / < > \\. */
static bool
is_plain(unsigned char c)
{
	static const uint64_t plain[4] = { UINT64_C(0xafff7fbb00000000),
		                           UINT64_C(0xffffffffefffffff), 0, 0 };

	return (plain[c >> 6] >> (c & 63) & 1) != 0;
}

void
style_escape(const struct style *style, struct rp_slice text, struct rp_buf *out)
{
	const unsigned char *p = (const unsigned char *)text.p, *end;
	bool ascii = (style->escapes & STYLE_ASCII) != 0;
	size_t n;

	if (text.n == 0)
		return;
	for (end = p + text.n; p < end;) {
		size_t left = (size_t)(end - p) < CHUNK ? (size_t)(end - p) : CHUNK;
		const unsigned char *stop = p + left;
		char *to = buf_reserve(out, left * ESCAPED_MAX / 2 + ESCAPED_MAX), *from;

		if (to == NULL)
			return;
		from = to;
		while (p < stop) {
			if (is_plain(*p)) {
				do
					*to++ = (char)*p++;
				while (p < stop && is_plain(*p));
			} else if (*p < 0x80) {
				to = put_special(to, style, *p++);
			} else if (!ascii) {
				*to++ = (char)*p++;
			} else {
				to = put_code(to, style,
				              code_at(p, (size_t)(end - p), &n));
				p += n;
			}
		}
		out->n += (size_t)(to - from);
	}
}

/* ---- writing ---- */

struct writer {
	const struct style *style;
	struct rp_buf *out;
	unsigned depth; /* levels of indentation */
};

static void
put(struct writer *w, const char *p, size_t n)
{
	char *to = buf_reserve(w->out, n);

	if (to == NULL || n == 0)
		return;
	memcpy(to, p, n);
	w->out->n += n;
}

static void
put_str(struct writer *w, const char *s)
{
	put(w, s, strlen(s));
}

static bool
breaks_lines(const struct writer *w, bool array)
{
	return w->style->indent != 0 && !(array && w->style->flat_arrays);
}

/* Room for blanks and a key; NULL when there is none. */
static char *
room(struct writer *w, size_t n)
{
	size_t indent = w->style->base + (size_t)w->depth * w->style->unit;

	return buf_reserve(w->out, n + (w->style->indent ? indent : 0) + 8);
}

static char *
new_line(const struct writer *w, char *to)
{
	size_t n = w->style->base + (size_t)w->depth * w->style->unit;

	if (w->style->crlf)
		*to++ = '\r';
	*to++ = '\n';
	memset(to, w->style->indent, n);
	return to + n;
}

static void
open_container(struct writer *w, bool array)
{
	put(w, array ? "[" : "{", 1);
	if (breaks_lines(w, array))
		w->depth++;
}

static void
close_container(struct writer *w, bool array)
{
	char *to;

	if (breaks_lines(w, array))
		w->depth--;
	to = room(w, 0);
	if (to == NULL)
		return;
	if (breaks_lines(w, array))
		to = new_line(w, to);
	else if (w->style->inside)
		*to++ = ' ';
	*to++ = array ? ']' : '}';
	w->out->n = (size_t)(to - w->out->p);
}

/* What stands before a value in a container: comma, blanks, in an object the key. */
static void
put_gap(struct writer *w, bool array, bool first, struct rp_slice key)
{
	const struct style *s = w->style;
	char *to = room(w, key.n);

	if (to == NULL)
		return;
	if (!first)
		*to++ = ',';
	if (breaks_lines(w, array))
		to = new_line(w, to);
	else if (first ? s->inside : s->after_comma)
		*to++ = ' ';
	if (!array) {
		*to++ = '"';
		if (key.n > 0)
			memcpy(to, key.p, key.n);
		to += key.n;
		*to++ = '"';
		if (s->before_colon)
			*to++ = ' ';
		*to++ = ':';
		if (s->after_colon)
			*to++ = ' ';
	}
	w->out->n = (size_t)(to - w->out->p);
}

static bool
is_bare(unsigned tag)
{
	return tag == TAG_INTEGER || tag == TAG_BARE_SNOWFLAKE || tag == TAG_NUMBER ||
	       tag == TAG_BARE_ANCHORED || tag >= TAG_BARE_PREDICTED;
}

static bool
put_scalar(struct writer *w, struct tree *tree, uint32_t node)
{
	static const char *const words[] = {
		[TAG_NULL] = "null",
		[TAG_TRUE] = "true",
		[TAG_FALSE] = "false",
	};
	unsigned tag = tree->nodes[node].tag;
	struct rp_slice text;

	switch (tag) {
	case TAG_NULL:
	case TAG_TRUE:
	case TAG_FALSE:
		put_str(w, words[tag]);
		return true;
	case TAG_EMPTY_OBJECT:
		put_str(w, w->style->empty ? "{ }" : "{}");
		return true;
	case TAG_EMPTY_ARRAY:
		put_str(w, w->style->empty ? "[ ]" : "[]");
		return true;
	case TAG_RAW_STRING:
		put(w, "\"", 1);
		put(w, tree->nodes[node].p, tree->nodes[node].n);
		put(w, "\"", 1);
		return true;
	default:
		break;
	}
	if (!tree_text(tree, node, UINT32_MAX, &text))
		return false;
	if (is_bare(tag)) {
		put(w, text.p, text.n);
		return true;
	}
	put(w, "\"", 1);
	style_escape(w->style, text, w->out);
	put(w, "\"", 1);
	return true;
}

bool
style_write(const struct style *style, struct tree *tree, struct rp_buf *out)
{
	struct writer w = { style, out, 0 };
	uint32_t open[TREE_MAX_DEPTH];
	size_t depth = 0;

	for (uint32_t i = 0; i < tree->n; i++) {
		const struct node *node = &tree->nodes[i];
		bool in_array;

		while (depth > 0 && i >= tree->nodes[open[depth - 1]].next)
			close_container(&w, tree->nodes[open[--depth]].tag == TAG_ARRAY);
		if (depth > 0) {
			in_array = tree->nodes[open[depth - 1]].tag == TAG_ARRAY;
			put_gap(&w, in_array, node->index == 0,
			        tree->schema->all_places[node->place].name);
		}
		if (tag_is_container(node->tag)) {
			if (depth == TREE_MAX_DEPTH)
				return false;
			open_container(&w, node->tag == TAG_ARRAY);
			open[depth++] = i;
		} else if (!put_scalar(&w, tree, i)) {
			return false;
		}
	}
	while (depth > 0)
		close_container(&w, tree->nodes[open[--depth]].tag == TAG_ARRAY);
	return !buf_failed(out);
}
