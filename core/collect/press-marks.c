#include "core/collect/press-marks.h"

#include "core/base/utf8.h"

enum {
	LEVELS_MAX = 16,      /* deeper ones are no quotations any more */
	PARAGRAPHS_MAX = 64,  /* of one quotation, each with a mark in front */
	AHEAD_MAX = 3,        /* paragraphs in which a quotation must close */
	APOSTROPHE_MAX = 200, /* bytes looked at behind "workers’" */
};

enum {
	GUILLEMET_LEFT = 0xab,
	GUILLEMET_RIGHT = 0xbb,
	SINGLE_6 = 0x2018,
	SINGLE_9 = 0x2019,
	SINGLE_LOW = 0x201a,
	DOUBLE_6 = 0x201c,
	DOUBLE_9 = 0x201d,
	DOUBLE_LOW = 0x201e,
	ANGLE_LEFT = 0x2039,
	ANGLE_RIGHT = 0x203a,
	TICKS = '`',   /* stands for ``, two bytes */
	LESSES = '<',  /* for << */
	WIDE = 0xff02, /* the ASCII mark of East Asian typewriters */
};

struct open_mark {
	int32_t mark;
	size_t block, at, text;
};

struct scan {
	struct arena *arena;
	const struct press_block *blocks;
	size_t n_blocks, block;
	struct open_mark open[LEVELS_MAX];
	size_t depth, carried;
	struct press_span *spans;
	size_t n, room;
	size_t last_single; /* where an ASCII apostrophe could close, the last such */
};

bool
press_is_blank(int32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0 ||
	       (c >= 0x2000 && c <= 0x200b) || c == 0x202f || c == 0x205f ||
	       c == 0x2060 || c == 0x3000 || c == 0xfeff;
}

bool
press_is_mark(int32_t c)
{
	return c == '"' || c == '\'' || c == GUILLEMET_LEFT || c == GUILLEMET_RIGHT ||
	       (c >= SINGLE_6 && c <= 0x201f) || c == ANGLE_LEFT || c == ANGLE_RIGHT ||
	       (c >= 0x300c && c <= 0x300f) || c == WIDE;
}

int32_t
press_before(struct rp_slice s, size_t at)
{
	size_t from = at, n;

	if (at == 0)
		return 0;
	do
		from--;
	while (from > 0 && at - from < 4 && ((unsigned char)s.p[from] & 0xc0) == 0x80);
	return utf8_next(rp_slice_from(s.p + from, at - from), &n);
}

int32_t
press_at(struct rp_slice s, size_t at)
{
	size_t n;

	return at < s.n ? utf8_next(rp_slice_skip(s, at), &n) : 0;
}

struct rp_slice
press_trim(struct rp_slice s)
{
	size_t n;

	while (s.n > 0 && press_is_blank(utf8_next(s, &n)))
		s = rp_slice_skip(s, n);
	while (s.n > 0 && press_is_blank(press_before(s, s.n)))
		do
			s.n--;
		while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80);
	return s;
}

/* A quotation may begin behind it. */
static bool
opens_room(int32_t before)
{
	return before == 0 || press_is_blank(before) || before == '(' || before == '[' ||
	       before == '-' || before == '/' || before == ':' || before == '=' ||
	       (before >= 0x2010 && before <= 0x2015) ||
	       (press_is_mark(before) && before != '"');
}

/* Letters and digits: what a mark may stand before. */
static bool
is_text(int32_t c)
{
	return c != 0 && !press_is_blank(c);
}

static bool
closes(int32_t open, int32_t c, int32_t before)
{
	switch (open) {
	case DOUBLE_LOW:
		return c == DOUBLE_6 || c == DOUBLE_9 || c == '"';
	case SINGLE_LOW:
		return c == SINGLE_6 || c == SINGLE_9;
	case DOUBLE_6:
		return c == DOUBLE_9 || (c == '"' && !press_is_blank(before));
	case DOUBLE_9:
		return c == DOUBLE_9;
	case GUILLEMET_LEFT:
		return c == GUILLEMET_RIGHT;
	case GUILLEMET_RIGHT:
		return c == GUILLEMET_LEFT ||
		       (c == GUILLEMET_RIGHT && !press_is_blank(before));
	case ANGLE_LEFT:
		return c == ANGLE_RIGHT;
	case ANGLE_RIGHT:
		return c == ANGLE_LEFT;
	case 0x300c:
		return c == 0x300d;
	case 0x300e:
		return c == 0x300f;
	case SINGLE_6:
		return c == SINGLE_9;
	case LESSES:
		return c == '>';
	case TICKS:
		return c == '\'';
	case '"':
		return c == '"' || c == DOUBLE_9;
	default:
		return c == open;
	}
}

static bool
add_span(struct scan *s, const struct open_mark *open, size_t end, size_t beyond)
{
	struct press_span *spans;

	/* What was closed inside belongs to this one. */
	while (s->n > 0 && (s->spans[s->n - 1].block > open->block ||
	                    (s->spans[s->n - 1].block == open->block &&
	                     s->spans[s->n - 1].at > open->at)))
		s->n--;
	spans = arena_room(s->arena, s->spans, s->n, &s->room, sizeof(*spans));
	if (spans == NULL)
		return false;
	s->spans = spans;
	spans[s->n++] =
		(struct press_span){ open->mark, open->block, open->at, open->text,
		                     s->block,   end,         beyond };
	return true;
}

static void
push(struct scan *s, int32_t mark, size_t at, size_t n)
{
	if (s->depth < LEVELS_MAX)
		s->open[s->depth++] = (struct open_mark){ mark, s->block, at, at + n };
}

/* Which open mark c closes; the depth when there is none. */
static size_t
closed_by(const struct scan *s, int32_t c, int32_t before)
{
	for (size_t i = s->depth; i-- > 0;)
		if (closes(s->open[i].mark, c, before))
			return i;
	return s->depth;
}

static bool
close_level(struct scan *s, size_t level, size_t at, size_t n)
{
	struct open_mark open = s->open[level];

	s->depth = level;
	return add_span(s, &open, at, at + n);
}

static bool
is_letter(int32_t c)
{
	return utf8_letter(c) != UTF8_NO_LETTER;
}

static bool
is_digit(int32_t c)
{
	return c >= '0' && c <= '9';
}

/* Behind "workers’ " another mark closes before one opens: then this one does not. */
static bool
closes_later(struct rp_slice text, size_t at)
{
	size_t end = text.n - at > APOSTROPHE_MAX ? at + APOSTROPHE_MAX : text.n;
	size_t n;

	for (size_t i = at; i < end; i += n) {
		int32_t c = utf8_next(rp_slice_skip(text, i), &n);

		if (c == SINGLE_6)
			return false;
		if ((c == SINGLE_9 || c == '\'') && !is_letter(press_at(text, i + n)) &&
		    !press_is_blank(press_before(text, i)))
			return true;
	}
	return false;
}

/* ’ and ': an apostrophe, or the end of a quotation. */
static bool
single_closes(const struct scan *s, struct rp_slice text, size_t at, size_t n)
{
	int32_t before = press_before(text, at), after = press_at(text, at + n);

	if (is_letter(after) || is_digit(after) || press_is_blank(before) || before == 0)
		return false;
	if ((before == 's' || before == 'S') && press_is_blank(after)) {
		int32_t next = press_at(text, at + n + 1);

		if (s->depth > 0 && s->open[s->depth - 1].mark != SINGLE_6 &&
		    s->open[s->depth - 1].mark != '\'' &&
		    s->open[s->depth - 1].mark != SINGLE_LOW)
			return false;
		return utf8_letter(next) != UTF8_LOWER || !closes_later(text, at + n);
	}
	return true;
}

/* Before "90s": no quotation. */
static bool
is_decade(struct rp_slice text, size_t at)
{
	return is_digit(press_at(text, at)) && is_digit(press_at(text, at + 1)) &&
	       press_at(text, at + 2) == 's';
}

static bool
single(struct scan *s, struct rp_slice text, int32_t c, size_t at, size_t n)
{
	int32_t before = press_before(text, at), after = press_at(text, at + n);
	size_t level = closed_by(s, c, before);

	if (level < s->depth) {
		if (s->open[level].mark == TICKS) {
			if (c == '\'' && after == '\'')
				return close_level(s, level, at, 2);
			return true;
		}
		if (single_closes(s, text, at, n))
			return close_level(s, level, at, n);
	}
	if (c == SINGLE_9 || !is_text(after) || is_letter(before) || is_digit(before) ||
	    is_decade(text, at + n) || !opens_room(before))
		return true;
	if (c == '\'' && (at >= s->last_single || !is_letter(after)))
		return true;
	if (closed_by(s, SINGLE_9, before) == s->depth ||
	    s->open[s->depth - 1].mark != SINGLE_6)
		push(s, c, at, n);
	return true;
}

static bool
guillemet(struct scan *s, struct rp_slice text, int32_t c, size_t at, size_t n)
{
	int32_t before = press_before(text, at), after = press_at(text, at + n);
	size_t level = closed_by(s, c, before);

	if (level < s->depth &&
	    !(c == GUILLEMET_LEFT && press_is_blank(before) && is_text(after)))
		return close_level(s, level, at, n);
	if (c == GUILLEMET_LEFT || c == ANGLE_LEFT)
		push(s, c, at, n);
	else if (opens_room(before) && is_letter(after))
		push(s, c, at, n); /* reversed, as in Danish */
	return true;
}

static bool
curly(struct scan *s, struct rp_slice text, int32_t c, size_t at, size_t n)
{
	int32_t before = press_before(text, at), after = press_at(text, at + n);
	size_t level = closed_by(s, c, before);

	if (level < s->depth)
		return close_level(s, level, at, n);
	if (c == DOUBLE_9) {
		if (opens_room(before) && is_text(after))
			push(s, c, at, n);
		return true;
	}
	/* The same mark again: nothing will close the first one. */
	for (size_t i = s->depth; i-- > 0;)
		if (s->open[i].mark == c)
			s->depth = i;
	if (c != DOUBLE_6 || !is_letter(before) || is_letter(after))
		push(s, c, at, n);
	return true;
}

static bool
typewriter(struct scan *s, struct rp_slice text, int32_t c, size_t at, size_t n)
{
	int32_t before = press_before(text, at), after = press_at(text, at + n);
	size_t level = closed_by(s, c, before);
	bool may_open = opens_room(before) || before == '\'' || before == SINGLE_9;

	if (level < s->depth && (!may_open || !is_text(after)))
		return close_level(s, level, at, n);
	if (level < s->depth) {
		if (s->open[level].mark != c)
			push(s, c, at, n);
		else if (press_is_blank(before) && level + 1 == s->depth) {
			/* It opens again: the first was left open. */
			s->depth = level;
			push(s, c, at, n);
		} else
			return close_level(s, level, at, n);
		return true;
	}
	if (may_open && is_text(after))
		push(s, c, at, n);
	return true;
}

static bool
corner(struct scan *s, struct rp_slice text, int32_t c, size_t at, size_t n)
{
	size_t level = closed_by(s, c, press_before(text, at));

	if (level < s->depth)
		return close_level(s, level, at, n);
	if (c == 0x300c || c == 0x300e)
		push(s, c, at, n);
	return true;
}

/* `` and <<, >>: two bytes. */
static bool
doubled(struct scan *s, struct rp_slice text, size_t at)
{
	char c = text.p[at];
	size_t level = closed_by(s, c, press_before(text, at));

	if (c == '>') {
		return level == s->depth || s->open[level].mark != LESSES ||
		       close_level(s, level, at, 2);
	}
	push(s, c, at, 2);
	return true;
}

static bool
one_mark(struct scan *s, struct rp_slice text, int32_t c, size_t at, size_t *n)
{
	switch (c) {
	case '\'':
	case SINGLE_6:
	case SINGLE_9:
		if (c == '\'' && s->depth > 0 && s->open[s->depth - 1].mark == TICKS &&
		    press_at(text, at + 1) == '\'') {
			*n = 2;
			return close_level(s, s->depth - 1, at, 2);
		}
		return single(s, text, c, at, *n);
	case GUILLEMET_LEFT:
	case GUILLEMET_RIGHT:
	case ANGLE_LEFT:
	case ANGLE_RIGHT:
		return guillemet(s, text, c, at, *n);
	case DOUBLE_6:
	case DOUBLE_9:
	case DOUBLE_LOW:
	case SINGLE_LOW:
		return curly(s, text, c, at, *n);
	case '"':
	case WIDE:
		return typewriter(s, text, c, at, *n);
	case '`':
	case '<':
	case '>':
		if (press_at(text, at + 1) != c)
			return true;
		*n = 2;
		return doubled(s, text, at);
	default:
		return c < 0x300c || c > 0x300f || corner(s, text, c, at, *n);
	}
}

static size_t
last_single_end(struct rp_slice text)
{
	for (size_t i = text.n; i-- > 1;)
		if (text.p[i] == '\'' && !press_is_blank(press_before(text, i)) &&
		    !is_letter(press_at(text, i + 1)) && !is_digit(press_at(text, i + 1)))
			return i;
	return 0;
}

static bool
scan_block(struct scan *s, size_t from)
{
	struct rp_slice text = s->blocks[s->block].text;
	size_t n;

	s->last_single = last_single_end(text);
	for (size_t i = from; i < text.n; i += n) {
		int32_t c = utf8_next(rp_slice_skip(text, i), &n);

		if ((press_is_mark(c) || c == '`' || c == '<' || c == '>') &&
		    !one_mark(s, text, c, i, &n))
			return false;
	}
	return true;
}

/* The mark that stands first in a block goes on with what is open: what follows it. */
static size_t
goes_on(int32_t open, struct rp_slice text)
{
	size_t n;
	int32_t c = text.n > 0 ? utf8_next(text, &n) : 0;

	if (c != 0 && (c == open || (open == GUILLEMET_LEFT && c == GUILLEMET_RIGHT)))
		return n;
	return 0;
}

/* In the blocks that follow, it is closed before one of its kind opens. */
static bool
closed_ahead(const struct scan *s, size_t block)
{
	int32_t open = s->open[0].mark;

	for (size_t b = block; b < s->n_blocks && b < block + AHEAD_MAX; b++) {
		struct rp_slice text = s->blocks[b].text;
		size_t n;

		for (size_t i = 0; i < text.n; i += n) {
			int32_t c = utf8_next(rp_slice_skip(text, i), &n);
			int32_t before = press_before(text, i);

			if (!press_is_mark(c) ||
			    (c == SINGLE_9 && is_letter(press_at(text, i + n))))
				continue;
			if (c == '"' && opens_room(before))
				return false;
			if (closes(open, c, before))
				return true;
			if (c == open)
				return false;
		}
	}
	return false;
}

static bool
is_running_text(enum press_block_kind kind)
{
	return kind == PRESS_PARAGRAPH || kind == PRESS_LIST_ITEM ||
	       kind == PRESS_BLOCKQUOTE;
}

/* At a block's end: does what is open go on in the next?  *from: where to read on. */
static bool
carry(struct scan *s, size_t *from)
{
	size_t next = s->block + 1;

	*from = 0;
	if (s->depth == 0)
		return false;
	s->depth = 1;
	if (next >= s->n_blocks || !is_running_text(s->blocks[s->block].kind) ||
	    !is_running_text(s->blocks[next].kind) || s->carried >= PARAGRAPHS_MAX)
		return false;
	*from = goes_on(s->open[0].mark, s->blocks[next].text);
	if (*from > 0)
		return true;
	return s->open[0].mark != '\'' && s->carried < AHEAD_MAX && closed_ahead(s, next);
}

/* Whole sentences behind a mark that nothing closes, up to the end of the paragraph: it
 * was forgotten. */
static bool
end_with_block(struct scan *s)
{
	const struct open_mark *open = &s->open[0];
	struct rp_slice text = s->blocks[s->block].text, rest;
	size_t words = 0;
	int32_t last;

	if (s->depth == 0 || s->carried > 0 || open->block != s->block ||
	    !is_running_text(s->blocks[s->block].kind) ||
	    (open->mark != GUILLEMET_LEFT && open->mark != DOUBLE_6 &&
	     open->mark != DOUBLE_LOW && open->mark != '"'))
		return true;
	rest = press_trim(rp_slice_skip(text, open->text));
	last = press_before(rest, rest.n);
	for (size_t i = 0; i < rest.n; i++)
		words += rest.p[i] == ' ';
	if (words < 3 || utf8_letter(press_at(rest, 0)) != UTF8_UPPER ||
	    (last != '.' && last != '!' && last != '?' && last != 0x2026))
		return true;
	for (size_t i = 0; i < rest.n; i++) {
		int32_t c = press_at(rest, i);

		if (press_is_mark(c) && c != '\'' && c != SINGLE_9)
			return true;
	}
	return add_span(s, open, text.n, text.n);
}

bool
press_marks(struct arena *arena, const struct press_block *blocks, size_t n_blocks,
            struct press_span **out, size_t *n_out)
{
	struct scan s = { .arena = arena, .blocks = blocks, .n_blocks = n_blocks };
	size_t from = 0;

	for (s.block = 0; s.block < n_blocks; s.block++) {
		if (!scan_block(&s, from))
			return false;
		if (carry(&s, &from)) {
			s.carried++;
		} else {
			if (!end_with_block(&s))
				return false;
			s.depth = s.carried = 0;
		}
	}
	*out = s.spans;
	*n_out = s.n;
	return true;
}
