#include "core/collect/press-shape.h"

enum {
	FEW = 4,       /* fewer words are no speech by themselves */
	PHRASE = 6,    /* up to so many, in lower case, without a full stop */
	TITLE_MAX = 9, /* words of a title */
	BOX_LINES = 6, /* of a list of other articles */
	BOX_BYTES = 180,
	WORK_BACK = 3, /* tokens before the mark that can say what it names */
};

static const struct press_token *
token(const struct press_text *t, size_t i)
{
	return press_token(t, i);
}

struct count {
	size_t words, capitals, small, first, last;
	bool stop;  /* . ! ? … ends it */
	bool comma; /* within the marks, as Americans put it */
};

static struct count
count_words(const struct press_text *t, size_t span)
{
	struct count c = { 0 };
	size_t from = t->span_first[span], beyond = t->span_beyond[span];

	for (size_t i = from; i < beyond; i++) {
		const struct press_token *x = token(t, i);

		if (x->sign != SIGN_WORD)
			continue;
		if (x->folded.n > 0 && x->folded.p[x->folded.n - 1] == '\'')
			continue;
		if (c.words == 0)
			c.first = i;
		c.last = i;
		c.words++;
		if (x->capital)
			c.capitals++;
		else if (press_is(x, WORD_SMALL) || x->n <= 3)
			c.small++;
	}
	for (size_t i = beyond; i-- > from;) {
		if (token(t, i)->sign == SIGN_MARK)
			continue;
		c.stop = token(t, i)->sign == SIGN_STOP;
		c.comma = token(t, i)->sign == SIGN_COMMA;
		break;
	}
	return c;
}

/* "dit que le rapport « fera l’objet d’un examen »", "un roman « de combat »": no title.
 */
static bool
says_of_work(const struct press_text *t, size_t span)
{
	static const char *const that[] = { "que", "qu'", "that", "dass", "che" };
	size_t first = t->span_first[span];
	const struct press_token *word = token(t, first + 1);

	if (word->sign != SIGN_WORD || word->capital)
		return false;
	if (press_is(word, WORD_PREP) && !press_is(word, WORD_DEF))
		return true;
	for (size_t back = 1; back <= 8 && back <= first; back++) {
		const struct press_token *x = token(t, first - back);

		if (x->block != word->block || x->sign == SIGN_STOP)
			return false;
		for (size_t k = 0; k < sizeof(that) / sizeof(*that); k++)
			if (rp_slice_eq(x->folded, rp_slice_str(that[k])) &&
			    press_is(token(t, first - back - 1), WORD_CUE))
				return true;
	}
	return false;
}

/* "le livre « … »", "dubbed “…”": it names something. */
static bool
names_work(const struct press_text *t, size_t span)
{
	size_t first = t->span_first[span];

	if (says_of_work(t, span))
		return false;
	/* "Stichwort: „…“" */
	if (first > 1 && token(t, first - 1)->sign == SIGN_COLON &&
	    press_is(token(t, first - 2), WORD_WORK) &&
	    !press_is(token(t, first - 2), WORD_CUE | WORD_PLEDGE | WORD_STAGE))
		return true;
	for (size_t back = 1; back <= WORK_BACK && back <= first; back++) {
		const struct press_token *x = token(t, first - back);

		if (x->block != token(t, first)->block || x->sign == SIGN_COLON ||
		    x->sign == SIGN_STOP)
			return false;
		if (x->sign == SIGN_WORD && press_is(x, WORD_WORK) &&
		    (!press_is(x, WORD_CUE) || back == 1))
			return true;
		if (x->sign == SIGN_WORD && press_is(x, WORD_CUE))
			return false;
	}
	return false;
}

/* Dwayne “The Rock” Johnson */
static bool
is_nickname(const struct press_text *t, size_t span, const struct count *c)
{
	size_t first = t->span_first[span], beyond = t->span_beyond[span];

	return c->words <= 3 && first > 0 && beyond < t->n &&
	       token(t, first - 1)->capital && token(t, beyond)->capital &&
	       token(t, first - 1)->block == token(t, beyond)->block && !c->stop &&
	       press_is(token(t, first - 1), WORD_GIVEN_ANY);
}

/* A few words, but a sentence by themselves: « On verra. » */
static bool
is_sentence(const struct press_text *t, size_t span, const struct count *c)
{
	size_t first = t->span_first[span];
	const struct press_token *before =
		first > 0 ? token(t, first - 1) : &press_no_token;

	return c->words > 1 && c->stop && token(t, c->first)->capital &&
	       (before->block != token(t, first)->block || before->sign == SIGN_STOP ||
	        before->sign == SIGN_MARK || before->sign == SIGN_COLON);
}

/* A sentence between sentences, whose full stop stands behind the mark. */
static bool
stands_alone(const struct press_text *t, size_t span, const struct count *c)
{
	size_t first = t->span_first[span], beyond = t->span_beyond[span];
	const struct press_token *before =
		first > 0 ? token(t, first - 1) : &press_no_token;
	const struct press_token *after = token(t, beyond);

	return c->words >= FEW && token(t, c->first)->capital &&
	       before->block == token(t, first)->block && before->sign == SIGN_STOP &&
	       after->block == before->block && after->sign == SIGN_STOP;
}

bool
press_shape_is_label(const struct press_text *t, size_t span)
{
	struct count c = count_words(t, span);
	size_t block = t->spans[span].block;

	/* "El leonés no cede. “Si hace falta, regaremos con velas”." */
	if (stands_alone(t, span, &c))
		return false;
	return !c.stop && !c.comma &&
	       c.words <= (token(t, c.first)->capital ? TITLE_MAX : PHRASE) &&
	       !(t->span_first[span] == t->block_first[block] &&
	         t->span_beyond[span] == t->block_first[block + 1]);
}

bool
press_shape_is_inscribed(const struct press_text *t, size_t from, size_t beyond)
{
	static const char *const words[] = {
		"placard",    "banner",      "poster",     "sign",       "plaque",
		"graffiti",   "sticker",     "pancarte",   "banderole",  "affiche",
		"panneau",    "plakat",      "schild",     "aufschrift", "transparent",
		"pancarta",   "cartel",      "striscion",  "cartello",   "cartelli",
		"scritta",    "inscription", "placards",   "banners",    "posters",
		"signs",      "pancartes",   "banderoles", "affiches",   "panneaux",
		"plakate",    "schilder",    "pancartas",  "carteles",   "striscione",
		"striscioni", "lire",        "leerse",
	};

	for (size_t i = from; i < beyond; i++)
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (token(t, i)->sign == SIGN_WORD &&
			    rp_slice_eq(token(t, i)->folded, rp_slice_str(words[k])))
				return true;
	return false;
}

/* clang-format off */
/* Lines above what is beside the article. */
static const char *const boxes[] = {
	"à lire aussi", "a lire aussi", "lire aussi", "à voir aussi", "sur le même sujet", "pour aller plus loin",
	"read more", "read next", "related", "related stories", "related articles", "more on this story",
	"for subscribers", "most read", "recommended", "see also", "mehr zum thema", "lesen sie auch",
	"lesen sie mehr", "auch interessant", "leggi anche", "ti potrebbe interessare", "più letti",
	"más información", "lea también", "te puede interesar", "le puede interesar", "relacionado", "関連記事",
	"commentaires", "comments", "kommentare", "leserkommentare", "comentarios", "commenti",
};
/* clang-format on */

static bool
is_box_line(struct rp_slice text)
{
	text = press_trim(text);
	while (text.n > 0 && (text.p[text.n - 1] == ':' || text.p[text.n - 1] == ' '))
		text.n--;
	text = press_trim(text);
	for (size_t i = 0; i < sizeof(boxes) / sizeof(*boxes); i++)
		if (rp_slice_eq_nocase(text, rp_slice_str(boxes[i])))
			return true;
	return rp_slice_eq(text, RP_SLICE("À LIRE AUSSI")) ||
	       rp_slice_eq(text, RP_SLICE("À lire aussi"));
}

bool
press_shape_is_furniture(const struct press_text *t, size_t block)
{
	size_t first = t->block_first[block];

	/* A reader's question: "@Momo31 : …" */
	if (first < t->block_first[block + 1] &&
	    rp_slice_starts(token(t, first)->folded, RP_SLICE("@")) &&
	    token(t, first + 1)->sign == SIGN_COLON)
		return true;
	for (size_t back = 1; back <= BOX_LINES && back <= block; back++) {
		if (is_box_line(t->blocks[block - back].text))
			return true;
		if (t->blocks[block - back].text.n > BOX_BYTES)
			return false;
	}
	return false;
}

static bool
behind_colon(const struct press_text *t, size_t span)
{
	size_t first = t->span_first[span];

	return first > 0 && token(t, first - 1)->sign == SIGN_COLON;
}

/* "traiter le projet de « … »": what it is called, not its name. */
static bool
is_called(const struct press_text *t, size_t first)
{
	if (first > 0 && press_is(token(t, first - 1), WORD_WORK))
		return false;
	for (size_t back = 1; back <= 8 && back <= first; back++) {
		const struct press_token *x = token(t, first - back);

		if (x->block != token(t, first)->block || x->sign == SIGN_STOP)
			return false;
		if (press_is(x, WORD_CALL) && !press_is(x, WORD_PREP | WORD_WORK))
			return true;
	}
	return false;
}

static bool
follows_word(const struct press_text *t, size_t span)
{
	size_t first = t->span_first[span];
	const struct press_token *before =
		first > 0 ? token(t, first - 1) : &press_no_token;

	/* "d’« affichage »" */
	if (first > 1 && before->sign == SIGN_MARK && before->n <= 3 &&
	    token(t, first - 2)->n == 1 && token(t, first - 2)->sign == SIGN_WORD)
		before = token(t, first - 2);
	return before->block == token(t, first)->block && before->sign == SIGN_WORD;
}

/* One or two words inside a sentence of the article, and no answer by themselves: "as
 * “heavily redacted”", « un principe dit de « double anonymat » ». */
static bool
is_scare(const struct press_text *t, size_t span)
{
	static const char *const before[] = { "as",   "als", "du",     "dit",
		                              "dite", "des", "unless", "if" };
	size_t first = t->span_first[span];
	struct count c = count_words(t, span);
	const struct press_token *x, *back;

	if (c.words > 3 || first < 2 || !follows_word(t, span))
		return false;
	x = token(t, first - 1);
	if (c.words == 3)
		return rp_slice_eq(x->folded, RP_SLICE("du"));
	back = token(t, first - 2);
	if (c.words == 1 && !token(t, c.first)->capital)
		return true;
	if (rp_slice_eq(x->folded, RP_SLICE("de")))
		x = back;
	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		if (rp_slice_eq(x->folded, rp_slice_str(before[i])))
			return true;
	return false;
}

enum press_shape
press_shape_of(const struct press_text *t, size_t span)
{
	struct count c = count_words(t, span);
	bool capitals = c.words > 1 && c.capitals + c.small == c.words &&
	                c.capitals * 2 >= c.words && !(t->tongue->habits & HABIT_NOUNS);

	if (c.words == 0 || is_nickname(t, span, &c))
		return SHAPE_NONE;
	if ((!c.stop || capitals) && c.words <= TITLE_MAX && names_work(t, span) &&
	    !is_called(t, t->span_first[span]))
		return SHAPE_NONE;
	if (!c.stop && capitals && c.words <= TITLE_MAX && c.capitals > 1 &&
	    (c.comma ? c.capitals > 2 && !press_shape_is_framed(t, span)
	             : !behind_colon(t, span)))
		return SHAPE_NONE;
	if (is_scare(t, span))
		return SHAPE_NONE;
	if (c.words < FEW && c.stop && capitals && c.capitals == c.words &&
	    follows_word(t, span))
		return SHAPE_NONE; /* the company's “Trust Hub.” */
	if (c.words < FEW)
		return is_sentence(t, span, &c) ? SHAPE_SPEECH : SHAPE_SHORT;
	if (c.words <= PHRASE && !c.stop && !c.comma && !token(t, c.first)->capital)
		return SHAPE_PHRASE;
	return SHAPE_SPEECH;
}

/* "said the attack was “entirely preventable”" */
static bool
in_reported_speech(const struct press_text *t, size_t first)
{
	const struct press_token *before =
		first > 0 ? token(t, first - 1) : &press_no_token;

	if (before->block != token(t, first)->block || before->sign != SIGN_WORD ||
	    press_is(before, WORD_DEF | WORD_INDEF) ||
	    token(t, first + 2)->sign != SIGN_WORD || before->n <= 1)
		return false;
	for (size_t back = 1; back <= 9 && back <= first; back++) {
		const struct press_token *x = token(t, first - back);

		if (x->block != before->block ||
		    (x->sign != SIGN_WORD && x->sign != SIGN_OTHER) ||
		    press_is(x, WORD_WORK))
			return false;
		if (press_is(x, WORD_CUE) && !press_is(x, WORD_NOUNISH))
			return true;
	}
	return false;
}

/* „A“, sagte sie, „B“: what follows the comma is the rest of it. */
static bool
goes_on(const struct press_text *t, size_t first)
{
	enum press_sign sign = (enum press_sign)token(t, first - 1)->sign;

	bool cue = sign != SIGN_STOP;

	if (sign != SIGN_COMMA && sign != SIGN_DASH && sign != SIGN_STOP)
		return false;
	for (size_t back = 2; back <= 16 && back <= first; back++) {
		const struct press_token *x = token(t, first - back);

		if (x->block != token(t, first)->block || x->sign == SIGN_STOP)
			return false;
		cue |= x->sign == SIGN_WORD && press_is(x, WORD_CUE);
		if (x->sign == SIGN_MARK)
			return cue;
	}
	return false;
}

bool
press_shape_is_framed(const struct press_text *t, size_t span)
{
	size_t first = t->span_first[span], beyond = t->span_beyond[span];
	const struct press_token *before = first > 0 ? token(t, first - 1) : NULL;
	bool comma, inner;

	if (before != NULL && before->block == token(t, first)->block) {
		if (before->sign == SIGN_COLON || goes_on(t, first))
			return true;
		/* « un "trésor" »: the article's own word */
		if (press_is(before, WORD_DEF | WORD_INDEF) &&
		    token(t, beyond - 2)->sign == SIGN_WORD && beyond - first <= 4)
			return false;
		if (before->sign == SIGN_WORD && press_is(before, WORD_CUE) &&
		    !press_is(before, WORD_WORK))
			return true;
		for (size_t back = 1; back <= 6 && back <= first; back++) {
			const struct press_token *x = token(t, first - back);

			if (x->block != before->block || x->sign == SIGN_STOP)
				break;
			if (press_is(x, WORD_CALL) &&
			    !press_is(x, WORD_SMALL | WORD_WORK))
				return true;
		}
	}
	if (in_reported_speech(t, first))
		return true;
	inner = beyond > 1 && token(t, beyond - 2)->sign == SIGN_COMMA;
	comma = inner || (beyond > 1 && token(t, beyond - 2)->sign == SIGN_STOP);
	for (size_t i = beyond; i < t->n && i < beyond + (inner ? 12 : 5); i++) {
		const struct press_token *x = token(t, i);

		if (x->block != token(t, first)->block || x->sign == SIGN_STOP)
			return false;
		if (x->sign == SIGN_COMMA || x->sign == SIGN_DASH)
			comma = true;
		/* „Q“, so Petit */
		if (comma && (t->tongue->habits & HABIT_NOUNS) &&
		    rp_slice_eq(x->folded, RP_SLICE("so")))
			return true;
		if (x->sign == SIGN_WORD && press_is(x, WORD_CUE) &&
		    (comma || i == beyond || press_is(token(t, i - 1), WORD_AUX)))
			return true;
	}
	return false;
}
