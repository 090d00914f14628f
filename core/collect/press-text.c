#include "core/collect/press-text.h"

#include "core/base/utf8.h"

enum {
	WORD_MAX_BYTES = 200, /* longer ones are no words */
	BLOCK_MAX_BYTES = UINT32_MAX >> 1,
};

/* clang-format off */
static const char *const abbreviations[] = {
	"m", "mm", "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "lt", "sgt", "st",
	"inc", "corp", "ltd", "jr", "sr", "vs", "etc", "nr", "bzw", "usw", "ing", "avv", "dott", "sig",
	"sra", "dra", "lic", "rev", "hon", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "av", "bd", "env",
	"pr", "mme", "mlle", "mio", "mrd", "evtl", "sog", "ca", "capt", "maj",
};

/* Before an apostrophe, in French and Italian. */
static const char *const elided[] = {
	"l", "d", "qu", "n", "s", "j", "c", "m", "t", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu",
	"dell", "all", "nell", "sull", "dall", "un", "quest", "coll", "dov", "com", "cos", "anch", "nient",
	"tutt", "bell", "quell", "presqu", "entr", "v", "aujourd",
};

static const char *const inverted[] = { "il", "elle", "on", "ils", "elles" };

/* What German titles end in, whatever stands in front. */
static const char *const german_roles[] = {
	"chef", "chefin", "minister", "ministerin", "prasident", "prasidentin", "sprecher",
	"sprecherin", "experte", "expertin", "grunder", "grunderin", "forscher", "forscherin",
	"professor", "professorin", "vorstand", "kanzler", "kanzlerin", "leiter", "leiterin",
	"okonom", "okonomin", "analyst", "analystin", "unternehmer", "milliardar", "manager",
	"stadtrat", "stadtratin", "gemeinderat", "kantonsrat", "bademeister", "meister", "meisterin",
	"anwalt", "anwaltin", "trainer", "trainerin", "arzt", "arztin", "lehrer", "lehrerin", "besitzer",
	"vorsitzende", "vorsitzender", "direktor", "direktorin", "sekretar", "sekretarin",
};

/* clang-format on */

const struct press_token press_no_token = {
	.block = UINT32_MAX,
	.span = PRESS_NO_SPAN,
	.sentence = UINT32_MAX,
	.sign = SIGN_OTHER,
};

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static bool
is_hyphen(int32_t c)
{
	return c == '-' || c == 0x2010 || c == 0x2011 || c == 0xad;
}

static bool
is_apostrophe(int32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x2bc;
}

static bool
in_word(int32_t c)
{
	return utf8_is_word(c) || c == '_' || (c >= 0x300 && c <= 0x36f);
}

/* What is being read. */
struct reading {
	struct arena *arena;
	struct press_text *text;
	struct rp_slice block;
	size_t block_index;
};

static bool
fold_word(struct arena *arena, struct rp_slice word, struct rp_slice *out)
{
	bool plain = true;

	for (size_t i = 0; i < word.n && plain; i++)
		plain = (word.p[i] & 0x80) == 0 &&
		        !(word.p[i] >= 'A' && word.p[i] <= 'Z');
	if (plain) {
		*out = word;
		return true;
	}
	/* "à" is no "a", nor "él" an "el". */
	if (rp_slice_eq(word, RP_SLICE("À")))
		word = RP_SLICE("à");
	if (rp_slice_eq(word, RP_SLICE("È")))
		word = RP_SLICE("è");
	if (rp_slice_eq(word, RP_SLICE("Él")))
		word = RP_SLICE("él");
	if (rp_slice_eq(word, RP_SLICE("à")) || rp_slice_eq(word, RP_SLICE("è")) ||
	    rp_slice_eq(word, RP_SLICE("él"))) {
		*out = word;
		return true;
	}
	return utf8_fold(arena, word, out);
}

static struct press_token *
add_token(struct reading *r, enum press_sign sign, size_t at, size_t n)
{
	struct press_text *t = r->text;
	struct press_token *tokens;

	if (t->n >= PRESS_MAX_TOKENS)
		return NULL;
	tokens = arena_room(r->arena, t->tokens, t->n, &t->room, sizeof(*tokens));
	if (tokens == NULL)
		return NULL;
	t->tokens = tokens;
	tokens[t->n] = (struct press_token){
		.block = (uint32_t)r->block_index,
		.at = (uint32_t)at,
		.n = (uint32_t)n,
		.sign = (uint8_t)sign,
		.span = PRESS_NO_SPAN,
	};
	return &tokens[t->n++];
}

static unsigned
word_is(const struct press_text *t, struct rp_slice folded)
{
	const uint32_t *is = map_get(t->words, folded);
	size_t from = folded.n;

	if (is != NULL)
		return *is;
	while (from > 0 && folded.p[from - 1] != '-')
		from--;
	if (from > 0) {
		is = map_get(t->words, rp_slice_skip(folded, from));
		if (is != NULL && (*is & WORD_ROLE))
			return *is & (WORD_ROLE | WORD_FEMALE);
	}
	if (t->tongue->habits & HABIT_NOUNS)
		for (size_t i = 0; i < LENGTH(german_roles); i++) {
			struct rp_slice role = rp_slice_str(german_roles[i]);

			if (rp_slice_ends(folded, role))
				return WORD_ROLE |
				       (rp_slice_ends(role, RP_SLICE("in")) ? WORD_FEMALE
				                                            : 0);
		}
	return 0;
}

static bool
add_word(struct reading *r, size_t at, size_t n, bool is_inverted)
{
	struct rp_slice word = rp_slice_from(r->block.p + at, n);
	struct press_token *token = add_token(r, SIGN_WORD, at, n);
	struct rp_slice rest;
	bool upper = n > 1;
	size_t step;

	if (token == NULL)
		return r->text->n >= PRESS_MAX_TOKENS;
	if (n > WORD_MAX_BYTES)
		return true;
	if (!fold_word(r->arena, word, &token->folded))
		return false;
	if (is_apostrophe(press_before(word, word.n)) && token->folded.n > 0) {
		size_t last = token->folded.n;

		while (last > 0 && !((unsigned char)token->folded.p[last - 1] < 0x80 &&
		                     token->folded.p[last - 1] != '\''))
			last--;
		if (!arena_join(r->arena, rp_slice_from(token->folded.p, last),
		                RP_SLICE("'"), &token->folded))
			return false;
	}
	token->inverted = is_inverted;
	token->is = word_is(r->text, token->folded);
	/* "A Genève": a capital without its accent */
	if (rp_slice_eq(word, RP_SLICE("A")) && r->text->tongue == &press_french)
		token->is = WORD_PREP | WORD_WHERE | WORD_SMALL;
	token->capital = utf8_letter(utf8_next(word, &step)) == UTF8_UPPER;
	for (rest = word; rest.n > 0 && upper; rest = rp_slice_skip(rest, step))
		upper = utf8_letter(utf8_next(rest, &step)) != UTF8_LOWER;
	token->acronym = upper && token->capital;
	return true;
}

/* "glisse-t-il": where the pronoun begins; n when there is none. */
static size_t
find_inverted(struct rp_slice word, size_t *verb_n)
{
	size_t n, last = 0, before_last = 0;

	for (size_t i = 0; i < word.n; i += n)
		if (is_hyphen(utf8_next(rp_slice_skip(word, i), &n))) {
			before_last = last;
			last = i;
		}
	if (last == 0)
		return word.n;
	(void)utf8_next(rp_slice_skip(word, last), &n);
	if (!PRESS_LISTED(rp_slice_skip(word, last + n), inverted))
		return word.n;
	*verb_n = last;
	if (before_last > 0) {
		size_t hyphen;

		(void)utf8_next(rp_slice_skip(word, before_last), &hyphen);
		if (last == before_last + hyphen + 1 &&
		    word.p[before_last + hyphen] == 't')
			*verb_n = before_last;
	}
	return last + n;
}

static bool
split_word(struct reading *r, size_t at, size_t n)
{
	struct rp_slice word = rp_slice_from(r->block.p + at, n);
	size_t verb_n = 0, pronoun = find_inverted(word, &verb_n);

	if (pronoun < n)
		return add_word(r, at, verb_n, false) &&
		       add_word(r, at + pronoun, n - pronoun, true);
	return add_word(r, at, n, false);
}

/* An apostrophe within letters: 1 the word goes on, 2 it ends behind it, 3 before it. */
static int
apostrophe(struct rp_slice before, struct rp_slice after)
{
	char lower[8];
	size_t n;

	if (!in_word(after.n ? utf8_next(after, &n) : 0))
		return 3;
	if ((after.p[0] == 's' || after.p[0] == 'S') &&
	    !in_word(after.n > 1 ? utf8_next(rp_slice_skip(after, 1), &n) : 0))
		return 3;
	if (before.n > sizeof(lower) - 1)
		return 1;
	for (size_t i = 0; i < before.n; i++)
		lower[i] =
			(char)(before.p[i] >= 'A' && before.p[i] <= 'Z' ? before.p[i] + 32
		                                                        : before.p[i]);
	if (!PRESS_LISTED(rp_slice_from(lower, before.n), elided))
		return 1;
	if (rp_slice_eq(rp_slice_from(lower, before.n), RP_SLICE("aujourd")))
		return 1;
	/* "D’Angelo" is a name. */
	return before.n == 1 && before.p[0] == 'D' &&
	                       utf8_letter(utf8_next(after, &n)) == UTF8_UPPER
	               ? 1
	               : 2;
}

static bool
is_abbreviation(struct rp_slice word, int32_t after)
{
	char lower[8];
	size_t n;
	int32_t first = utf8_next(word, &n);

	if (n == word.n)
		return utf8_letter(first) == UTF8_UPPER && first != 'X' && first != 'I' &&
		       press_is_blank(after);
	if (word.n >= sizeof(lower))
		return false;
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] == '.') /* "U.S." */
			return word.n <= 5;
		lower[i] = (char)(word.p[i] >= 'A' && word.p[i] <= 'Z' ? word.p[i] + 32
		                                                       : word.p[i]);
	}
	return PRESS_LISTED(rp_slice_from(lower, word.n), abbreviations);
}

/* Read the word that begins at `at`; *next: behind it. */
static bool
read_word(struct reading *r, size_t at, size_t *next)
{
	struct rp_slice s = r->block;
	size_t i = at, n;

	for (; i < s.n; i += n) {
		int32_t c = utf8_next(rp_slice_skip(s, i), &n);
		struct rp_slice after = rp_slice_skip(s, i + n);
		int32_t follows = after.n ? press_at(after, 0) : 0;

		if (in_word(c) || (c == '@' && i == at))
			continue;
		if (is_apostrophe(c)) {
			int how = apostrophe(rp_slice_from(s.p + at, i - at), after);

			if (how == 1)
				continue;
			if (how == 2)
				i += n;
			break;
		}
		if (is_hyphen(c) && in_word(follows))
			continue;
		if ((c == '.' || c == ',') && follows >= '0' && follows <= '9' &&
		    s.p[i - 1] >= '0' && s.p[i - 1] <= '9')
			continue;
		if (c == '.' && in_word(follows) &&
		    utf8_letter(follows) != UTF8_OTHER_LETTER)
			continue;
		if (c == '.' && is_abbreviation(rp_slice_from(s.p + at, i - at), follows))
			i += n;
		break;
	}
	*next = i;
	return split_word(r, at, i - at);
}

static enum press_sign
sign_of(int32_t c)
{
	switch (c) {
	case '.':
	case '!':
	case '?':
	case 0x2026:
	case 0x3002:
	case 0xff01:
	case 0xff1f:
		return SIGN_STOP;
	case ',':
	case 0x3001:
	case 0xff0c:
		return SIGN_COMMA;
	case ':':
	case 0xff1a:
		return SIGN_COLON;
	case ';':
		return SIGN_SEMICOLON;
	case '(':
	case '[':
		return SIGN_OPEN;
	case ')':
	case ']':
		return SIGN_CLOSE;
	default:
		if (c == '-' || (c >= 0x2010 && c <= 0x2015))
			return SIGN_DASH;
		return press_is_mark(c) || c == '`' ? SIGN_MARK : SIGN_OTHER;
	}
}

static bool
read_block(struct reading *r)
{
	size_t n;

	for (size_t i = 0; i < r->block.n; i += n) {
		int32_t c = utf8_next(rp_slice_skip(r->block, i), &n);

		if (press_is_blank(c))
			continue;
		if (in_word(c) || (c == '@' && in_word(press_at(r->block, i + 1)))) {
			size_t next;

			if (!read_word(r, i, &next))
				return false;
			n = next - i;
		} else if (is_apostrophe(c) && r->text->n > 0 &&
		           r->text->tokens[r->text->n - 1].at +
		                           r->text->tokens[r->text->n - 1].n ==
		                   i &&
		           press_at(r->block, i + n) == 's') {
			/* The 's of a genitive. */
			if (!add_word(r, i, n + 1, false))
				return false;
			n += 1;
		} else if (add_token(r, sign_of(c), i, n) == NULL) {
			return r->text->n >= PRESS_MAX_TOKENS;
		}
	}
	return true;
}

/* Which tokens are within which span. */
static bool
place_spans(struct arena *arena, struct press_text *t)
{
	size_t i = 0;

	t->span_first = arena_array(arena, t->n_spans + 1, sizeof(*t->span_first));
	t->span_beyond = arena_array(arena, t->n_spans + 1, sizeof(*t->span_beyond));
	if (t->span_first == NULL || t->span_beyond == NULL)
		return false;
	for (size_t s = 0; s < t->n_spans; s++) {
		const struct press_span *span = &t->spans[s];

		while (i < t->n && (t->tokens[i].block < span->block ||
		                    (t->tokens[i].block == span->block &&
		                     t->tokens[i].at < span->at)))
			i++;
		t->span_first[s] = i;
		while (i < t->n && (t->tokens[i].block < span->end_block ||
		                    (t->tokens[i].block == span->end_block &&
		                     t->tokens[i].at < span->beyond))) {
			t->tokens[i].span = (uint32_t)s;
			t->tokens[i].marked = true;
			i++;
		}
		t->span_beyond[s] = i;
	}
	return true;
}

bool
press_text_read(struct arena *arena, struct press_text *t)
{
	struct reading r = { .arena = arena, .text = t };

	t->block_first = arena_array(arena, t->n_blocks + 1, sizeof(*t->block_first));
	if (t->block_first == NULL)
		return false;
	for (size_t b = 0; b < t->n_blocks; b++) {
		r.block = t->blocks[b].text;
		if (r.block.n > BLOCK_MAX_BYTES)
			r.block.n = 0;
		r.block_index = b;
		t->block_first[b] = t->n;
		if (!read_block(&r))
			return false;
	}
	t->block_first[t->n_blocks] = t->n;
	if (!place_spans(arena, t))
		return false;
	press_text_sentences(t, NULL);
	return true;
}

static bool
quoted(const struct press_token *t, const bool *kept)
{
	return t->span != PRESS_NO_SPAN && (kept == NULL || kept[t->span]);
}

/* Between tokens a and b, its next, a sentence ends. */
static bool
breaks(const struct press_text *t, size_t a, const bool *kept)
{
	const struct press_token *x = &t->tokens[a], *y = x + 1;
	bool in_x = quoted(x, kept), in_y = quoted(y, kept);

	if (x->block != y->block)
		return !(in_x && in_y && x->span == y->span);
	if (in_x && in_y && x->span == y->span)
		return false;
	if (in_x && x->sign == SIGN_MARK && a > 0) {
		const struct press_token *last = x - 1;

		return last->sign == SIGN_STOP &&
		       (y->capital || in_y || y->sign == SIGN_MARK);
	}
	if (x->sign != SIGN_STOP || in_x)
		return false;
	if (y->sign == SIGN_WORD)
		return y->capital ||
		       (y->n > 0 && t->blocks[y->block].text.p[y->at] >= '0' &&
		        t->blocks[y->block].text.p[y->at] <= '9');
	return y->sign == SIGN_MARK || y->sign == SIGN_DASH || y->sign == SIGN_OPEN;
}

void
press_text_sentences(struct press_text *t, const bool *kept)
{
	uint32_t sentence = 0;

	for (size_t i = 0; i < t->n; i++) {
		bool starts = i == 0 || breaks(t, i - 1, kept);

		if (i > 0 && starts)
			sentence++;
		t->tokens[i].sentence = sentence;
		t->tokens[i].first = starts || (i > 0 && t->tokens[i - 1].first &&
		                                t->tokens[i - 1].sign != SIGN_WORD);
	}
}

struct rp_slice
press_text_slice(const struct press_text *t, size_t from, size_t beyond)
{
	const struct press_token *a, *b;

	if (from >= beyond || beyond > t->n)
		return RP_SLICE("");
	a = &t->tokens[from];
	b = &t->tokens[beyond - 1];
	if (a->block != b->block)
		b = &t->tokens[t->block_first[a->block + 1] - 1];
	return rp_slice_from(t->blocks[a->block].text.p + a->at, b->at + b->n - a->at);
}

bool
press_unnamed_before(const struct press_text *t, size_t i)
{
	const struct press_token *noun = press_token(t, i);

	for (size_t back = 2; back < 120 && back <= i; back++) {
		const struct press_token *x = press_token(t, i - back);

		if (x->block != noun->block)
			return false;
		if (x->sign != SIGN_WORD || x->span != PRESS_NO_SPAN ||
		    !rp_slice_eq(x->folded, noun->folded))
			continue;
		for (size_t k = 1; k <= 3 && k <= i - back; k++) {
			const struct press_token *article = press_token(t, i - back - k);

			if (press_is(article, WORD_DEF))
				break;
			if (press_is(article, WORD_INDEF))
				return true;
		}
	}
	return false;
}
