/*
 * What a terminal may see, and how much room it takes there.
 *
 * Strangers choose the text, so nothing in it may move the cursor, turn the line around,
 * or hide.  What people really write (emoji of several code points, Persian and Hindi
 * words that need joiners, flags) is recognised and kept.
 */
#include "core/base/utf8.h"

#include <utf8proc.h>

enum {
	ZERO_WIDTH_NON_JOINER = 0x200c,
	ZERO_WIDTH_JOINER = 0x200d,
	TEXT_STYLE = 0xfe0e,
	EMOJI_STYLE = 0xfe0f,
	DOTTED_CIRCLE = 0x25cc,
	BLACK_FLAG = 0x1f3f4,

	/* Hebrew with points and accents needs four marks on a letter, nothing more than
	   five. */
	MARKS_ON_ONE_BASE = 5,
	/* A family of four; a longer chain would be as wide as its author likes. */
	JOINERS_IN_ONE_EMOJI = 3,
	/* The longest emoji has ten; more make a new character, which is at least as
	   safe. */
	CODE_POINTS_IN_ONE_CHARACTER = 16,
	/* A tab goes to the next stop: the most it can take, so that no line gets too
	   long. */
	TAB_COLUMNS = 8,
};

static bool
is_emoji(int32_t c)
{
	return utf8proc_get_property(c)->boundclass ==
	       UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool
is_skin_tone(int32_t c)
{
	return c >= 0x1f3fb && c <= 0x1f3ff;
}

/* Drawn onto the character before it. */
static bool
is_mark(int32_t c)
{
	const utf8proc_property_t *property = utf8proc_get_property(c);

	return property->category == UTF8PROC_CATEGORY_MN ||
	       property->category == UTF8PROC_CATEGORY_ME ||
	       property->boundclass == UTF8PROC_BOUNDCLASS_V ||
	       property->boundclass == UTF8PROC_BOUNDCLASS_T;
}

static bool
is_variation_selector(int32_t c)
{
	return (c >= 0xfe00 && c <= EMOJI_STYLE) || (c >= 0xe0100 && c <= 0xe01ef);
}

/* Emoji, the digits of keycaps, Chinese characters; a letter's are not to be seen. */
static bool
has_variations(int32_t c)
{
	return is_emoji(c) || c == '#' || c == '*' || (c >= '0' && c <= '9') ||
	       c >= 0x2000;
}

/* Controls, and everything that is there without being seen. */
static bool
is_hidden(int32_t c)
{
	const utf8proc_property_t *property = utf8proc_get_property(c);

	switch ((int)property->category) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	case UTF8PROC_CATEGORY_CF: /* but the Arabic number signs, which are drawn */
		return property->boundclass != UTF8PROC_BOUNDCLASS_PREPEND;
	default:
		return property->ignorable || (c >= 0xe0000 && c <= 0xe0fff);
	}
}

/* Arabic, Syriac, the scripts of India, Burmese, Khmer, Mongolian:
 * joiners are spelling. */
static bool
writes_with_joiners(int32_t c)
{
	return ((c >= 0x600 && c < 0x10a0) || (c >= 0x1780 && c < 0x18b0)) &&
	       !is_hidden(c);
}

/* One character as people count them: the bytes it takes and its columns. */
struct character {
	size_t n;
	size_t columns;
	int32_t first; /* -1: not UTF-8 */
};

static size_t
columns_of(int32_t c)
{
	int width;

	if (c < 0)
		return 1; /* shown as U+FFFD */
	if (c == '\t')
		return TAB_COLUMNS;
	width = utf8proc_charwidth(c);
	return width > 0 ? (size_t)width : 0;
}

static struct character
character_at(struct rp_slice s)
{
	struct character is = { 0 };
	int32_t c, before, state = 0;
	size_t n;

	before = is.first = utf8_next(s, &is.n);
	is.columns = columns_of(before);
	for (int i = 1; i < CODE_POINTS_IN_ONE_CHARACTER && is.n < s.n; i++) {
		c = utf8_next(rp_slice_skip(s, is.n), &n);
		if (before < 0 || c < 0 ||
		    utf8proc_grapheme_break_stateful(before, c, &state))
			break;
		if (c == EMOJI_STYLE)
			is.columns = 2;
		else if (!is_mark(c) && !is_emoji(is.first))
			is.columns += columns_of(c);
		is.n += n;
		before = c;
	}
	return is;
}

static inline bool
is_plain(char c)
{
	return c >= 0x20 && c < 0x7f;
}

/* Two ASCII characters in a row: the first can have nothing drawn onto it. */
static inline bool
plain_at(struct rp_slice s)
{
	return is_plain(s.p[0]) && (s.n == 1 || (unsigned char)s.p[1] < 0x80);
}

size_t
utf8_width(struct rp_slice s)
{
	size_t columns = 0;

	while (s.n) {
		struct character is = { 1, 1, 0 };

		if (!plain_at(s))
			is = character_at(s);
		columns += is.columns;
		s = rp_slice_skip(s, is.n);
	}
	return columns;
}

static bool
is_blank(int32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200a && c != 0x2007) || c == 0x205f || c == 0x3000;
}

size_t
utf8_wrap(struct rp_slice s, size_t columns)
{
	size_t at = 0, used = 0, break_at = 0;
	bool in_word = false;

	while (at < s.n) {
		struct character is = character_at(rp_slice_skip(s, at));
		bool blank = is_blank(is.first);

		if (blank && in_word)
			break_at = at;
		if (used + is.columns > columns && at > 0) {
			if (blank && in_word)
				return at;
			return break_at ? break_at : at;
		}
		in_word = !blank;
		used += is.columns;
		at += is.n;
		if (!blank && is.columns == 2)
			break_at = at; /* Chinese and Japanese have no blanks */
	}
	return s.n;
}

/* Where utf8_show() is. */
struct show {
	struct rp_buf *out;
	int32_t before; /* the code point shown last; 0 at the start of a line */
	int32_t base;   /* what marks are drawn onto; 0: nothing of this text */
	int marks;      /* on that base */
	int joiners;    /* in this emoji */
	bool one_line;
};

static void
show_escaped(struct show *show, int32_t c)
{
	buf_printf(show->out, "\\u{%X}", (unsigned)c);
	show->before = show->base = '}';
	show->marks = show->joiners = 0;
}

static void
show_line_end(struct show *show, char c)
{
	if (!show->one_line)
		buf_add_byte(show->out, c);
	else if (show->before != '\n')
		buf_add_byte(show->out, ' ');
	show->before = '\n'; /* a tab also, so that a run of them is one space */
	show->base = 0;
}

/*
 * Five are drawn, the rest is one U+FFFD.  Without a base they would sit on whatever was
 * printed before this text, so they get one.
 */
static void
show_mark(struct show *show, int32_t c)
{
	if (show->base == 0) {
		utf8_add(show->out, DOTTED_CIRCLE);
		show->base = DOTTED_CIRCLE;
		show->marks = 0;
	}
	if (show->marks < MARKS_ON_ONE_BASE)
		utf8_add(show->out, c);
	else if (show->marks == MARKS_ON_ONE_BASE)
		buf_add_str(show->out, UTF8_REPLACEMENT);
	if (show->marks <= MARKS_ON_ONE_BASE)
		show->marks++;
	show->before = c;
}

static void
show_character(struct show *show, int32_t c)
{
	if (show->before != ZERO_WIDTH_JOINER)
		show->joiners = 0;
	utf8_add(show->out, c);
	show->before = show->base = c;
	show->marks = 0;
}

/* Is the joiner (or non-joiner) c, with `rest` behind it, part of how this is written? */
static bool
joins(const struct show *show, int32_t c, struct rp_slice rest)
{
	size_t n;
	int32_t after = rest.n ? utf8_next(rest, &n) : -1;

	if (after < 0 || show->before == 0)
		return false;
	if (c == ZERO_WIDTH_JOINER && is_emoji(after))
		return is_emoji(show->base) && show->joiners < JOINERS_IN_ONE_EMOJI;
	return writes_with_joiners(show->before) && writes_with_joiners(after);
}

/* Things that are hidden and still belong to what is seen.  false: not one of those. */
static bool
show_hidden(struct show *show, int32_t c, struct rp_slice rest)
{
	if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) {
		if (!joins(show, c, rest))
			return false;
		show->joiners++;
	} else if (!is_variation_selector(c) || show->before != show->base ||
	           !has_variations(show->base)) {
		return false;
	}
	utf8_add(show->out, c);
	show->before = c;
	return true;
}

/* England, Scotland and Wales: a black flag and a word in tags, otherwise never shown. */
static size_t
flag_at(struct rp_slice s)
{
#define TAG(byte) "\xf3\xa0\x81" byte
#define TAGS_GB TAG("\xa7") TAG("\xa2")
#define TAG_CANCEL TAG("\xbf")
	static const struct rp_slice flags[] = {
		RP_LIT("\xf0\x9f\x8f\xb4" TAGS_GB TAG("\xa5") TAG("\xae") TAG("\xa7")
		               TAG_CANCEL),
		RP_LIT("\xf0\x9f\x8f\xb4" TAGS_GB TAG("\xb3") TAG("\xa3") TAG("\xb4")
		               TAG_CANCEL),
		RP_LIT("\xf0\x9f\x8f\xb4" TAGS_GB TAG("\xb7") TAG("\xac") TAG("\xb3")
		               TAG_CANCEL),
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (rp_slice_starts(s, flags[i]))
			return flags[i].n;
	return 0;
}

/* Show the code point at the front of s, or what belongs together;
 * how many bytes it was. */
static size_t
show_next(struct show *show, struct rp_slice s)
{
	size_t n, flag;
	int32_t c = utf8_next(s, &n);

	if (c < 0) {
		show_character(show, 0xfffd);
	} else if (c == '\r' && n < s.n && s.p[n] == '\n') {
		show_line_end(show, '\n');
		n++;
	} else if (c == '\n' || c == '\t') {
		show_line_end(show, (char)c);
	} else if (c == BLACK_FLAG && (flag = flag_at(s)) > 0) {
		show_character(show, c);
		buf_add(show->out, rp_slice_from(s.p + n, flag - n));
		n = flag;
	} else if (is_hidden(c)) {
		if (!show_hidden(show, c, rp_slice_skip(s, n)))
			show_escaped(show, c);
	} else if (is_mark(c)) {
		show_mark(show, c);
	} else if (is_skin_tone(c) && is_emoji(show->before)) {
		utf8_add(show->out, c); /* the emoji stays what joiners and marks see */
		show->before = c;
	} else {
		show_character(show, c);
	}
	return n;
}

void
utf8_show(struct rp_buf *out, struct rp_slice s, bool one_line)
{
	struct show show = { .out = out, .one_line = one_line };

	while (s.n) {
		size_t n = 0;

		while (n < s.n && is_plain(s.p[n]))
			n++;
		if (n > 0) {
			buf_add(out, rp_slice_from(s.p, n));
			show.before = show.base = s.p[n - 1];
			show.marks = show.joiners = 0;
		} else {
			n = show_next(&show, s);
		}
		s = rp_slice_skip(s, n);
	}
}
