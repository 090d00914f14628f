#include "core/collect/transcript-label.h"

#include "core/base/utf8.h"
#include "core/collect/transcript-words.h"

enum {
	NAME_MAX_BYTES = 60,
	NAME_MAX_WORDS = 6,
	LABEL_MAX_BYTES = 200, /* roles included */
	HOURS_MAX = 999,
};

/* ---- time codes -----------------------------------------------------------------------
 */

/* One to three digits at the front. */
static size_t
take_digits(struct rp_slice s, int64_t *value)
{
	size_t n = 0;

	*value = 0;
	while (n < s.n && n < 4 && s.p[n] >= '0' && s.p[n] <= '9')
		*value = *value * 10 + (s.p[n++] - '0');
	return n < 4 ? n : 0;
}

/* "12:33", "01:12:33", fractions of a second skipped; 0 when it is none. */
static size_t
take_clock(struct rp_slice s, int64_t *seconds_out)
{
	int64_t parts[3], ignored;
	size_t at = 0, count = 0;

	for (;;) {
		size_t n = take_digits(rp_slice_skip(s, at), &parts[count]);

		if (n == 0 || (count > 0 && (n != 2 || parts[count] > 59)))
			return 0;
		at += n;
		count++;
		if (count == 3 || at >= s.n || s.p[at] != ':')
			break;
		at++;
	}
	if (count < 2 || parts[0] > (count == 3 ? HOURS_MAX : 59))
		return 0;
	if (at + 1 < s.n && (s.p[at] == '.' || s.p[at] == ',') && s.p[at + 1] >= '0' &&
	    s.p[at + 1] <= '9')
		at += 1 + take_digits(rp_slice_skip(s, at + 1), &ignored);
	*seconds_out = count == 3 ? parts[0] * 3600 + parts[1] * 60 + parts[2]
	                          : parts[0] * 60 + parts[1];
	return at;
}

size_t
label_time_code(struct rp_slice text, int64_t *seconds_out)
{
	const bool bracket = text.n > 0 && (text.p[0] == '[' || text.p[0] == '(');
	size_t n = take_clock(rp_slice_skip(text, bracket), seconds_out);

	if (n == 0 || !bracket)
		return n;
	if (n + 1 >= text.n || text.p[n + 1] != (text.p[0] == '[' ? ']' : ')'))
		return 0;
	return n + 2;
}

/* ---- the line, from left to right -----------------------------------------------------
 */

struct cursor {
	struct rp_slice line;
	size_t at;
};

static struct rp_slice
rest_of(const struct cursor *c)
{
	return rp_slice_skip(c->line, c->at);
}

/* A blank, also one of those that French puts before a colon; 0 when there is none. */
static size_t
blank_at(struct rp_slice s)
{
	if (s.n > 0 && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
		return 1;
	if (rp_slice_starts(s, RP_SLICE("\xc2\xa0")))
		return 2;
	return rp_slice_starts(s, RP_SLICE("\xe2\x80\xaf")) ? 3 : 0;
}

static void
skip_blanks(struct cursor *c)
{
	size_t n;

	while ((n = blank_at(rest_of(c))) > 0)
		c->at += n;
}

static size_t
blank_before_end(struct rp_slice s)
{
	for (size_t n = 1; n <= 3 && n <= s.n; n++)
		if (blank_at(rp_slice_skip(s, s.n - n)) == n)
			return n;
	return 0;
}

static struct rp_slice
trim_blanks(struct rp_slice s)
{
	size_t n;

	while ((n = blank_at(s)) > 0)
		s = rp_slice_skip(s, n);
	while ((n = blank_before_end(s)) > 0)
		s.n -= n;
	return s;
}

/* Blanks, and marks of Markdown and of captions: "> ", ">> ", "**", "_". */
static void
skip_decoration(struct cursor *c)
{
	for (;;) {
		skip_blanks(c);
		if (c->at == c->line.n ||
		    !(c->line.p[c->at] == '*' || c->line.p[c->at] == '_' ||
		      c->line.p[c->at] == '>'))
			return;
		c->at++;
	}
}

/* "[99:99:99]": meant as a time code, and none. */
static size_t
broken_code(struct rp_slice s)
{
	size_t n = 1;

	if (s.n == 0 || s.p[0] != '[')
		return 0;
	while (n < s.n && ((s.p[n] >= '0' && s.p[n] <= '9') || s.p[n] == ':' ||
	                   s.p[n] == '.' || s.p[n] == '-'))
		n++;
	return n > 1 && n < s.n && s.p[n] == ']' ? n + 1 : 0;
}

static void
skip_code(struct cursor *c, struct label *label)
{
	int64_t seconds;
	size_t n = label_time_code(rest_of(c), &seconds);

	if (n > 0)
		label->offset_s = seconds;
	else
		n = broken_code(rest_of(c));
	if (n == 0)
		return;
	c->at += n;
	skip_decoration(c);
	if (rp_slice_starts(rest_of(c), RP_SLICE("- ")))
		c->at++;
	skip_decoration(c);
}

static size_t
bracket_end(struct rp_slice s)
{
	return rp_slice_find_byte(s, s.p[0] == '(' ? ')' : ']');
}

/*
 * Where the colon of the label is, brackets passed over.  line.n: none, or too far away.
 * The colon of "https:", "10:30" and "a:b" has no blank behind it.
 */
static size_t
find_colon(const struct cursor *c, size_t *behind_out)
{
	struct rp_slice s = rest_of(c);

	for (size_t i = 0; i < s.n && i < LABEL_MAX_BYTES; i++) {
		struct rp_slice here = rp_slice_skip(s, i);
		size_t n = s.p[i] == ':'                                     ? 1
		           : rp_slice_starts(here, RP_SLICE("\xef\xbc\x9a")) ? 3
		                                                             : 0;

		if (s.p[i] == '(' || s.p[i] == '[') {
			size_t end = bracket_end(here);

			if (end == here.n)
				break;
			i += end;
		} else if (n > 0) {
			struct rp_slice behind = rp_slice_skip(here, n);

			if (n == 1 && behind.n > 0 && blank_at(behind) == 0 &&
			    behind.p[0] != '*' && behind.p[0] != '_')
				break;
			*behind_out = c->at + i + n;
			return c->at + i;
		}
	}
	return c->line.n;
}

/* ---- what stands before the colon -----------------------------------------------------
 */

static void
take_bracket(struct rp_slice bracket, struct label *label)
{
	int64_t seconds;

	if (label_time_code(bracket, &seconds) == bracket.n)
		label->offset_s = seconds;
	else if (word_tells_of_interpreter(bracket))
		label->note = bracket;
	else
		label->has_role = true;
}

/* Brackets end the name: "(through interpreter)", "(12:33)", "[CNBC]". */
static void
take_brackets(struct rp_slice *s, struct label *label)
{
	size_t name_ends = s->n;

	for (size_t at = 0; at < s->n; at++) {
		struct rp_slice bracket = rp_slice_skip(*s, at);

		if (bracket.p[0] != '(' && bracket.p[0] != '[')
			continue;
		if (name_ends == s->n)
			name_ends = at;
		bracket.n = bracket_end(bracket) + 1;
		if (at + bracket.n > s->n)
			break;
		take_bracket(bracket, label);
		at += bracket.n - 1;
	}
	s->n = name_ends;
}

struct letters {
	size_t upper, lower, other;
};

/* Letters, and what stands between them in names: "O'Neill", "J.D.", "Jean-Luc". */
static bool
count_letters(struct rp_slice word, struct letters *letters, enum utf8_letter *first)
{
	for (size_t i = 0, n; i < word.n; i += n) {
		int32_t c = utf8_next(rp_slice_skip(word, i), &n);
		enum utf8_letter letter = utf8_letter(c);

		if (i == 0)
			*first = letter;
		letters->upper += letter == UTF8_UPPER;
		letters->lower += letter == UTF8_LOWER;
		letters->other += letter == UTF8_OTHER_LETTER;
		if (letter != UTF8_NO_LETTER || (c >= 0x300 && c <= 0x36f))
			continue;
		if (i > 0 && ((c >= '0' && c <= '9') || c == '.' || c == '\'' ||
		              c == '-' || c == 0x2019 || c == '&'))
			continue;
		return false;
	}
	return true;
}

static bool
is_number(struct rp_slice word)
{
	uint64_t ignored;

	return rp_slice_u64(word.p[0] == '#' ? rp_slice_skip(word, 1) : word, &ignored);
}

/* Each word capitalised, a particle, or a number at the end. */
static bool
read_name(struct rp_slice name, struct label *label)
{
	struct rp_slice rest = name;
	struct letters letters = { 0 };
	bool named = false;

	label->name = name;
	while (rest.n > 0) {
		struct rp_slice word = rp_slice_cut(&rest, ' ');
		enum utf8_letter first = UTF8_NO_LETTER;

		if (word.n == 0)
			continue;
		label->words++;
		if (is_number(word) && named && rest.n == 0)
			continue;
		if (!count_letters(word, &letters, &first))
			return false;
		if (first == UTF8_UPPER || first == UTF8_OTHER_LETTER)
			named = true;
		else if (!word_is_particle(word))
			return false;
	}
	label->capitals = letters.upper >= 2 && letters.lower == 0 && letters.other == 0;
	return named && label->words <= NAME_MAX_WORDS && name.n <= NAME_MAX_BYTES;
}

/* "PRIME MINISTER" of "PRIME MINISTER CARNEY"; a title alone is the name. */
static void
take_title(struct rp_slice *name, struct label *label)
{
	struct rp_slice rest = *name, next = rest;
	size_t n = 0;

	for (int i = 0; i < 4; i++) {
		struct rp_slice word = rp_slice_cut(&next, ' ');
		const struct rp_slice behind =
			rp_slice_from(next.p, rp_slice_find_byte(next, ' '));

		/* "M. le président Latombe" */
		if (next.n == 0 ||
		    (!word_is_title(word) &&
		     !(i > 0 && word_is_article(word) && word_is_title(behind))))
			break;
		n = (size_t)(next.p - name->p);
		rest = next;
	}
	label->title = rp_slice_trim(rp_slice_from(name->p, n));
	*name = rp_slice_trim(rest);
}

/* "Question 2" is a question; "Moderate" no moderator. */
static enum label_sort
sort_of(struct rp_slice text, struct label *label)
{
	enum label_sort sort = word_sort(text);
	struct rp_slice name = text;

	if (sort != LABEL_NAME) {
		(void)read_name(text, label); /* how it is written */
		label->words = 1;
		return sort;
	}
	take_title(&name, label);
	return read_name(name, label) ? LABEL_NAME : LABEL_NONE;
}

/* "audience" is a word, "Audience" a label. */
static bool
begins_like_a_name(struct rp_slice text)
{
	size_t n;
	enum utf8_letter first;

	if (text.n == 0)
		return false;
	first = utf8_letter(utf8_next(text, &n));
	return first == UTF8_UPPER || first == UTF8_OTHER_LETTER ||
	       word_is_particle(rp_slice_from(text.p, rp_slice_find_byte(text, ' ')));
}

/* "Larry Fink, BlackRock", "Larry Fink - BlackRock": without the role. */
static bool
take_role(struct rp_slice *text, struct label *label)
{
	static const struct rp_slice separators[] = { RP_LIT(","), RP_LIT(" - "),
		                                      RP_LIT(" \xe2\x80\x93 "),
		                                      RP_LIT(" \xe2\x80\x94 ") };

	for (size_t i = 0; i < sizeof(separators) / sizeof(*separators); i++) {
		size_t at = rp_slice_find(*text, separators[i]);

		const struct rp_slice role =
			trim_blanks(rp_slice_skip(*text, at + separators[i].n));

		/* "Nobody came. – And then": a sentence. */
		if (i > 0 && at < text->n && text->p[at - 1] == '.')
			return false;
		if (at < text->n && word_begins_clause(rp_slice_from(
					    role.p, rp_slice_find_byte(role, ' '))))
			return false;
		label->has_role |= at < text->n;
		text->n = at;
	}
	return true;
}

static bool
read_before_colon(struct rp_slice before, struct label *label)
{
	struct rp_slice text = trim_blanks(before);

	while (text.n > 0 && (text.p[text.n - 1] == '*' || text.p[text.n - 1] == '_'))
		text = trim_blanks(rp_slice_from(text.p, text.n - 1));
	if (!utf8_valid(text) || !begins_like_a_name(text))
		return false;
	take_brackets(&text, label);
	if (!take_role(&text, label))
		return false;
	text = trim_blanks(text);
	label->sort = text.n > 0 ? sort_of(text, label) : LABEL_NONE;
	return label->sort != LABEL_NONE;
}

/* ---- the forms ------------------------------------------------------------------------
 */

static bool
read_colon_form(struct cursor c, struct label *label)
{
	struct label found = *label;
	size_t behind, colon = find_colon(&c, &behind);

	if (colon == c.line.n)
		return false;
	if (!read_before_colon(rp_slice_from(c.line.p + c.at, colon - c.at), &found))
		return false;
	c.at = behind;
	while (c.at < c.line.n && (c.line.p[c.at] == '*' || c.line.p[c.at] == '_'))
		c.at++;
	skip_blanks(&c);
	found.text_at = c.at;
	*label = found;
	return true;
}

/* "M. Arthur Mensch, président de Mistral AI. – Merci": as parliaments have it. */
static bool
read_dash_form(struct cursor c, struct label *label)
{
	static const struct rp_slice dashes[] = { RP_LIT(". \xe2\x80\x93"),
		                                  RP_LIT(". \xe2\x80\x94"),
		                                  RP_LIT(". -") };
	struct rp_slice text = rest_of(&c);
	struct label found = *label;

	text.n = text.n < LABEL_MAX_BYTES ? text.n : LABEL_MAX_BYTES;
	for (size_t i = 0; i < sizeof(dashes) / sizeof(*dashes); i++) {
		const size_t at = rp_slice_find(text, dashes[i]);
		const size_t behind = c.at + at + dashes[i].n;

		if (at == text.n || blank_at(rp_slice_skip(c.line, behind)) == 0)
			continue;
		if (!read_before_colon(rp_slice_from(text.p, at), &found) ||
		    (found.sort == LABEL_NAME && found.title.n == 0))
			return false;
		c.at = behind;
		skip_blanks(&c);
		found.text_at = c.at;
		*label = found;
		return true;
	}
	return false;
}

/* "Q. Is it?", "A. It is."; "Q    Is it?", as the White House has it. */
static size_t
letter_length(struct rp_slice s)
{
	const size_t blank = blank_at(rp_slice_skip(s, 1));
	struct rp_slice behind;

	if (s.n < 3 || !(s.p[0] == 'Q' || s.p[0] == 'A' || s.p[0] == 'R'))
		return 0;
	if (s.p[1] == '.')
		return blank_at(rp_slice_skip(s, 2)) > 0 ? 2 : 0;
	if (blank == 0)
		return 0;
	behind = rp_slice_skip(s, 1 + blank);
	if (s.p[1] == '\t' || blank_at(behind) > 0)
		return 1;
	return s.p[0] == 'Q' && behind.n > 0 &&
	                       ((behind.p[0] >= 'A' && behind.p[0] <= 'Z') ||
	                        behind.p[0] == '(')
	               ? 1
	               : 0;
}

static bool
read_letter_form(struct cursor c, struct label *label)
{
	struct rp_slice s = rest_of(&c);
	const size_t n = letter_length(s);

	if (n == 0)
		return false;
	label->sort = s.p[0] == 'Q' ? LABEL_QUESTION : LABEL_ANSWER;
	label->name = rp_slice_from(s.p, 1);
	label->words = 1;
	c.at += n;
	skip_blanks(&c);
	label->text_at = c.at;
	return true;
}

/* "Satya Nadella  00:12": the time cut off the end; a blank alone is not enough for one
 * word, "Davos 10:30". */
static void
take_code_behind(struct rp_slice *text, struct label *label)
{
	size_t at = text->n, name = 0;
	int64_t seconds;

	while (at > 0 && text->n - at < 12 &&
	       blank_before_end(rp_slice_from(text->p, at)) == 0)
		at--;
	name = trim_blanks(rp_slice_from(text->p, at)).n;
	if (name == 0 || rp_slice_find_byte(*text, ',') < name ||
	    take_clock(rp_slice_skip(*text, at), &seconds) != text->n - at ||
	    (at - name < 2 && rp_slice_find_byte(*text, ' ') >= name))
		return;
	text->n = name;
	label->offset_s = seconds;
}

/* "00:12:33 Satya Nadella", "Satya Nadella  00:12" and "Speaker 1 | 00:00 - 00:16": all
 * of the line. */
static bool
read_alone_form(struct cursor c, struct label *label)
{
	struct label found = *label;
	struct rp_slice text = rest_of(&c);
	size_t bar = rp_slice_find_byte(text, '|');
	int64_t seconds;

	if (bar < text.n) {
		struct rp_slice times = trim_blanks(rp_slice_skip(text, bar + 1));

		if (label_time_code(times, &seconds) == 0)
			return false;
		found.offset_s = seconds;
		text.n = bar;
	} else if (found.offset_s < 0) {
		take_code_behind(&text, &found);
	}
	if (found.offset_s < 0 || !read_before_colon(text, &found) ||
	    found.sort == LABEL_REMARK)
		return false;
	found.text_at = c.line.n;
	*label = found;
	return true;
}

struct label
label_read(struct rp_slice line, bool whole)
{
	struct label label = { .sort = LABEL_NONE, .offset_s = -1 };
	struct cursor c = { line, 0 };

	if (c.line.n > LABEL_LINE_BYTES) {
		c.line.n = LABEL_LINE_BYTES;
		whole = false;
	}
	skip_decoration(&c);
	skip_code(&c, &label);
	if (read_dash_form(c, &label) || read_colon_form(c, &label) ||
	    read_letter_form(c, &label) || (whole && read_alone_form(c, &label)))
		return label;
	label.sort = LABEL_NONE;
	return label;
}

struct rp_slice
label_last_word(struct rp_slice name)
{
	size_t from = name.n;

	while (from > 0 && name.p[from - 1] != ' ')
		from--;
	return rp_slice_skip(name, from);
}
