#include "core/collect/transcript-label.h"

#include "core/collect/transcript-name.h"

enum {
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

static void
skip_blanks(struct cursor *c)
{
	size_t n;

	while ((n = label_blank(rest_of(c))) > 0)
		c->at += n;
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
			size_t end = label_bracket(here);

			if (end == here.n)
				break;
			i += end;
		} else if (n > 0) {
			struct rp_slice behind = rp_slice_skip(here, n);

			if (n == 1 && behind.n > 0 && label_blank(behind) == 0 &&
			    behind.p[0] != '*' && behind.p[0] != '_')
				break;
			*behind_out = c->at + i + n;
			return c->at + i;
		}
	}
	return c->line.n;
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
	if (!label_read_name(rp_slice_from(c.line.p + c.at, colon - c.at), &found))
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

		if (at == text.n || label_blank(rp_slice_skip(c.line, behind)) == 0)
			continue;
		if (!label_read_name(rp_slice_from(text.p, at), &found) ||
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
	const size_t blank = label_blank(rp_slice_skip(s, 1));
	struct rp_slice behind;

	if (s.n < 3 || !(s.p[0] == 'Q' || s.p[0] == 'A' || s.p[0] == 'R'))
		return 0;
	if (s.p[1] == '.')
		return label_blank(rp_slice_skip(s, 2)) > 0 ? 2 : 0;
	if (blank == 0)
		return 0;
	behind = rp_slice_skip(s, 1 + blank);
	if (s.p[1] == '\t' || label_blank(behind) > 0)
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
	       label_blank_behind(rp_slice_from(text->p, at)) == 0)
		at--;
	name = label_trim(rp_slice_from(text->p, at)).n;
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
		struct rp_slice times = label_trim(rp_slice_skip(text, bar + 1));

		if (label_time_code(times, &seconds) == 0)
			return false;
		found.offset_s = seconds;
		text.n = bar;
	} else if (found.offset_s < 0) {
		take_code_behind(&text, &found);
	}
	if (found.offset_s < 0 || !label_read_name(text, &found) ||
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
