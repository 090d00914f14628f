#include "core/collect/press-apart.h"

#include "core/base/utf8.h"

enum {
	CREDIT_BYTES = 160, /* of a line that says whose a quotation is */
	OUTSIDE_BYTES = 12, /* outside the marks of a block that is one quotation */
};

static bool
is_dash(int32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == '~';
}

/* Behind " — " near the end of a block: where the credit begins; text.n: nowhere. */
static size_t
inner_credit(struct rp_slice text)
{
	size_t floor = text.n > CREDIT_BYTES ? text.n - CREDIT_BYTES : 1;

	for (size_t i = text.n; i-- > floor;) {
		size_t n;
		int32_t c, before, after;

		if (((unsigned char)text.p[i] & 0xc0) == 0x80)
			continue;
		c = utf8_next(rp_slice_skip(text, i), &n);
		if (!is_dash(c))
			continue;
		before = press_before(text, i);
		after = press_at(text, i + n);
		if (!press_is_blank(before) || !press_is_blank(after))
			continue;
		{
			struct rp_slice body = press_trim(rp_slice_from(text.p, i));
			int32_t last = press_before(body, body.n);
			struct rp_slice credit = press_trim(rp_slice_skip(text, i + n));
			int32_t end = press_before(credit, credit.n);

			if ((last == '.' || last == '!' || last == '?' ||
			     last == 0x2026 || press_is_mark(last)) &&
			    utf8_letter(press_at(credit, 0)) == UTF8_UPPER &&
			    end != '!' && end != '?')
				return i;
		}
		return text.n;
	}
	return text.n;
}

/* "— Ana Petit, sur X": a line that is a credit by its own looks. */
static bool
looks_like_credit(struct rp_slice text, bool dash_needed)
{
	size_t n, words = 0;
	bool dash;

	text = press_trim(text);
	if (text.n == 0 || text.n > CREDIT_BYTES)
		return false;
	dash = is_dash(utf8_next(text, &n));
	if (dash_needed && !dash)
		return false;
	while (text.n > 0 &&
	       (is_dash(utf8_next(text, &n)) || press_is_blank(press_at(text, 0))))
		text = rp_slice_skip(text, n);
	if (utf8_letter(press_at(text, 0)) != UTF8_UPPER)
		return false;
	for (size_t i = 0; i < text.n; i += n) {
		int32_t c = utf8_next(rp_slice_skip(text, i), &n);

		if (press_is_mark(c) && c != '\'' && c != 0x2019)
			return false;
		if (c == ':' || c == '!' || c == '?')
			return false;
		if (c == '.' && i + n < text.n && press_is_blank(press_at(text, i + n)) &&
		    i > 3 && !dash)
			return false;
		words += c == ' ';
	}
	return dash || (words <= 9 && press_before(text, text.n) != '.');
}

static size_t
find_credit(const struct press_block *blocks, size_t n_blocks, size_t b)
{
	bool apart =
		blocks[b].kind == PRESS_BLOCKQUOTE || blocks[b].kind == PRESS_PULL_QUOTE;

	if (b + 1 >= n_blocks)
		return PRESS_NO_BLOCK;
	if (blocks[b + 1].kind == PRESS_CREDIT)
		return b + 1;
	if ((blocks[b + 1].kind == PRESS_PARAGRAPH ||
	     blocks[b + 1].kind == blocks[b].kind) &&
	    looks_like_credit(blocks[b + 1].text,
	                      !apart || blocks[b + 1].kind == PRESS_PARAGRAPH))
		return b + 1;
	return PRESS_NO_BLOCK;
}

/* One span takes up the whole block, but for a full stop. */
static bool
fills(struct rp_slice text, const struct press_span *span, size_t end)
{
	size_t outside = 0;

	if (span->end_block != span->block)
		return false;
	for (size_t i = 0; i < end && i < text.n; i++)
		if ((i < span->at || i >= span->beyond) && text.p[i] != ' ' &&
		    text.p[i] != '.')
			outside++;
	return outside <= 1;
}

/* Marks and more than marks: a paragraph that tells who speaks, set as a quotation. */
static bool
tells_more(struct rp_slice text, const struct press_span *spans, size_t n)
{
	size_t inside = 0;

	for (size_t i = 0; i < n; i++)
		if (spans[i].end_block == spans[i].block)
			inside += spans[i].beyond - spans[i].at;
	return n > 0 && inside * 3 > text.n && text.n - inside > OUTSIDE_BYTES;
}

struct reading {
	struct arena *arena;
	const struct press_block *blocks;
	size_t n_blocks;
	struct press_span *out;
	size_t n, room;
	struct press_apart *apart;
};

static bool
add(struct reading *r, struct press_span span)
{
	struct press_span *out =
		arena_room(r->arena, r->out, r->n, &r->room, sizeof(*out));

	if (out == NULL)
		return false;
	r->out = out;
	out[r->n++] = span;
	return true;
}

/* A block set apart, with the spans that begin in it. */
static bool
read_apart(struct reading *r, size_t b, const struct press_span *spans, size_t n)
{
	struct rp_slice text = r->blocks[b].text;
	size_t end = inner_credit(text);
	struct press_apart *apart = &r->apart[b];

	if (end < text.n) {
		apart->credit = b;
		apart->credit_at = end;
	} else {
		apart->credit = find_credit(r->blocks, r->n_blocks, b);
	}
	apart->whole = true;
	if (n == 1 && fills(text, &spans[0], end))
		return add(r, spans[0]);
	if (tells_more(rp_slice_from(text.p, end), spans, n)) {
		apart->whole = false;
		for (size_t i = 0; i < n; i++)
			if (!add(r, spans[i]))
				return false;
		return true;
	}
	/* More paragraphs of one block quotation. */
	if (r->n > 0 && b > 0 && r->out[r->n - 1].mark == 0 &&
	    r->out[r->n - 1].end_block == b - 1 && r->apart[b - 1].whole &&
	    r->apart[b - 1].credit == PRESS_NO_BLOCK &&
	    r->blocks[b - 1].kind == r->blocks[b].kind &&
	    r->blocks[b].kind == PRESS_BLOCKQUOTE) {
		r->out[r->n - 1].end_block = b;
		r->out[r->n - 1].end = r->out[r->n - 1].beyond = end;
		r->apart[r->out[r->n - 1].block].credit = apart->credit;
		r->apart[r->out[r->n - 1].block].credit_at = apart->credit_at;
		return true;
	}
	return add(r, (struct press_span){ 0, b, 0, 0, b, end, end });
}

bool
press_apart_read(struct arena *arena, const struct press_block *blocks, size_t n_blocks,
                 struct press_span **spans, size_t *n_spans,
                 struct press_apart **apart_out)
{
	struct reading r = { .arena = arena, .blocks = blocks, .n_blocks = n_blocks };
	size_t i = 0, skip = PRESS_NO_BLOCK;

	r.apart = arena_array(arena, n_blocks + 1, sizeof(*r.apart));
	if (r.apart == NULL)
		return false;
	for (size_t b = 0; b < n_blocks; b++) {
		size_t from = i;

		r.apart[b].credit = PRESS_NO_BLOCK;
		while (i < *n_spans && (*spans)[i].block == b)
			i++;
		if (b == skip)
			continue;
		if (blocks[b].kind == PRESS_BLOCKQUOTE ||
		    blocks[b].kind == PRESS_PULL_QUOTE) {
			if (blocks[b].text.n > 0 &&
			    !read_apart(&r, b, i > from ? *spans + from : NULL, i - from))
				return false;
			skip = r.apart[b].credit;
			continue;
		}
		if (blocks[b].kind == PRESS_CREDIT)
			continue;
		for (size_t k = from; k < i; k++)
			if (!add(&r, (*spans)[k]))
				return false;
		if (i == from + 1 &&
		    fills(blocks[b].text, &(*spans)[from], blocks[b].text.n))
			r.apart[b].credit = find_credit(blocks, n_blocks, b);
	}
	*spans = r.out;
	*n_spans = r.n;
	*apart_out = r.apart;
	return true;
}
