#include "core/collect/transcript-name.h"

#include "core/base/utf8.h"
#include "core/collect/transcript-words.h"

enum {
	NAME_MAX_BYTES = 60,
	NAME_MAX_WORDS = 6,
};

/* ---- blanks and brackets --------------------------------------------------------------
 */

size_t
label_blank(struct rp_slice s)
{
	if (s.n > 0 && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
		return 1;
	if (rp_slice_starts(s, RP_SLICE("\xc2\xa0")))
		return 2;
	return rp_slice_starts(s, RP_SLICE("\xe2\x80\xaf")) ? 3 : 0;
}

size_t
label_blank_behind(struct rp_slice s)
{
	for (size_t n = 1; n <= 3 && n <= s.n; n++)
		if (label_blank(rp_slice_skip(s, s.n - n)) == n)
			return n;
	return 0;
}

struct rp_slice
label_trim(struct rp_slice s)
{
	size_t n;

	while ((n = label_blank(s)) > 0)
		s = rp_slice_skip(s, n);
	while ((n = label_blank_behind(s)) > 0)
		s.n -= n;
	return s;
}

size_t
label_bracket(struct rp_slice s)
{
	return rp_slice_find_byte(s, s.p[0] == '(' ? ')' : ']');
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
		bracket.n = label_bracket(bracket) + 1;
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
			label_trim(rp_slice_skip(*text, at + separators[i].n));

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

bool
label_read_name(struct rp_slice before, struct label *label)
{
	struct rp_slice text = label_trim(before);

	while (text.n > 0 && (text.p[text.n - 1] == '*' || text.p[text.n - 1] == '_'))
		text = label_trim(rp_slice_from(text.p, text.n - 1));
	if (!utf8_valid(text) || !begins_like_a_name(text))
		return false;
	take_brackets(&text, label);
	if (!take_role(&text, label))
		return false;
	text = label_trim(text);
	label->sort = text.n > 0 ? sort_of(text, label) : LABEL_NONE;
	return label->sort != LABEL_NONE;
}
