#include "core/collect/press-interview.h"

#include "core/base/utf8.h"

enum {
	QUESTION_BYTES = 500,
	TURN_BYTES = 200,  /* of a question that is none by its sign */
	ADVERT_BYTES = 20, /* lines between a question and its answer */
	HEAD_BLOCKS = 8,   /* before the first question, that can name who answers */
	LABEL_TOKENS = 8,  /* "I. M.-D. :" */
	INITIALS_MAX = 6,
	ADVERTS_MAX = 3,
	PEOPLE_MAX = 500, /* whose initials are compared */
};

static const struct press_token *
token(const struct press_people *p, size_t i)
{
	return press_token(p->text, i);
}

/* A paragraph that is a question, or a label and a question. */
static bool
is_question(const struct press_text *t, size_t b)
{
	size_t first = t->block_first[b], beyond = t->block_first[b + 1];
	const struct press_token *last;

	if (beyond <= first || t->blocks[b].text.n > QUESTION_BYTES)
		return false;
	last = &t->tokens[beyond - 1];
	return last->sign == SIGN_STOP && last->span == PRESS_NO_SPAN &&
	       t->blocks[b].text.p[last->at] == '?' &&
	       t->tokens[first].span == PRESS_NO_SPAN;
}

/* All of it stands between marks, but for a label. */
static bool
is_answer(const struct press_text *t, size_t b)
{
	size_t first = t->block_first[b], beyond = t->block_first[b + 1];

	return beyond > first + 4 && t->tokens[beyond - 1].span != PRESS_NO_SPAN &&
	       t->tokens[first].span == t->tokens[beyond - 1].span;
}

/* A line of the article's own, and an answer behind it. */
static bool
is_turn(const struct press_text *t, size_t b)
{
	size_t next = b + 1, first = t->block_first[b], beyond = t->block_first[b + 1];

	if (beyond <= first || t->blocks[b].text.n > TURN_BYTES ||
	    t->tokens[first].span != PRESS_NO_SPAN ||
	    t->tokens[beyond - 1].sign != SIGN_STOP)
		return false;
	while (next < t->n_blocks && next <= b + ADVERTS_MAX &&
	       t->blocks[next].text.n < ADVERT_BYTES)
		next++;
	return next < t->n_blocks && is_answer(t, next);
}

bool
press_interview_question(const struct press_text *t, size_t b)
{
	return is_question(t, b) || (is_turn(t, b) && b > 0 && is_answer(t, b - 1));
}

static bool
calls_itself(const struct press_text *t, size_t b)
{
	static const char *const words[] = { "interview",   "entretien",   "intervista",
		                             "entrevista",  "recueillis",  "gesprach",
		                             "interviewed", "conversation" };

	for (size_t i = t->block_first[b]; i < t->block_first[b + 1]; i++)
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (t->tokens[i].sign == SIGN_WORD &&
			    rp_slice_eq(t->tokens[i].folded, rp_slice_str(words[k])))
				return true;
	return false;
}

/* The first person named in a block; sure ones only. */
static uint32_t
named_in(const struct press_people *p, size_t b, bool sure)
{
	const struct press_text *t = p->text;

	for (size_t i = t->block_first[b]; i < t->block_first[b + 1];) {
		struct press_name name;
		uint32_t who;

		if (t->tokens[i].span != PRESS_NO_SPAN || !press_name_at(p, i, &name)) {
			i++;
			continue;
		}
		who = name.organisation ? PRESS_UNKNOWN : press_person_of(p, &name);
		if (who < p->n && (p->people[who].sure || !sure))
			return who;
		i = name.beyond;
	}
	return PRESS_UNKNOWN;
}

uint32_t
press_interview_of(const struct press_people *p)
{
	const struct press_text *t = p->text;
	size_t questions = 0, answers = 0, turns = 0, first = t->n_blocks;
	bool called = false;
	uint32_t who = PRESS_UNKNOWN;

	for (size_t b = 0; b < t->n_blocks; b++) {
		bool question = is_question(t, b);

		if (b < HEAD_BLOCKS)
			called |= calls_itself(t, b);
		questions += question;
		answers += is_answer(t, b);
		turns += is_turn(t, b);
		if (question && first == t->n_blocks)
			first = b;
	}
	if (questions == 0 || answers == 0 ||
	    (turns + (called ? 1 : 0) < 3 && questions < 2) ||
	    questions + answers + (called ? 2 : 0) < 4)
		return PRESS_UNKNOWN;
	for (size_t i = 0; i < 2 * HEAD_BLOCKS; i++) {
		size_t b = i % HEAD_BLOCKS;

		if (b >= t->n_blocks || b > first ||
		    (t->blocks[b].text.n < 80 && t->blocks[b].kind != PRESS_HEADING &&
		     !calls_itself(t, b)))
			continue; /* a byline */
		who = named_in(p, b, i < HEAD_BLOCKS);
		if (who != PRESS_UNKNOWN)
			return who;
	}
	return PRESS_UNKNOWN;
}

/* Letters with a capital in a word: "M.-D." has two. */
static size_t
initials_of(struct rp_slice word, int32_t *out, size_t room)
{
	size_t n = 0, step;
	bool begins = true;

	for (size_t i = 0; i < word.n && n < room; i += step) {
		int32_t c = utf8_next(rp_slice_skip(word, i), &step);

		if (begins && utf8_letter(c) == UTF8_UPPER)
			out[n++] = c;
		begins = c == '-' || c == ' ' || c == 0x2011 || c == '.' || c == 0xa0;
	}
	return n;
}

/* The letters of a label before a quotation; 0: it is none. */
static size_t
label_letters(const struct press_people *p, size_t from, size_t first, int32_t *out)
{
	size_t n = 0;

	if (first < from + 2 || first - from > LABEL_TOKENS ||
	    token(p, first - 1)->sign != SIGN_COLON)
		return 0;
	for (size_t i = from; i + 1 < first; i++) {
		const struct press_token *t = token(p, i);

		if (t->sign == SIGN_STOP || t->sign == SIGN_DASH)
			continue;
		if (t->sign != SIGN_WORD || !t->capital || !(t->acronym || t->n <= 2) ||
		    t->n > 6)
			return 0;
		n += initials_of(press_text_slice(p->text, i, i + 1), out + n,
		                 INITIALS_MAX - n);
	}
	return n;
}

uint32_t
press_interview_label(const struct press_people *p, size_t from, size_t first,
                      bool *label_out)
{
	int32_t letters[INITIALS_MAX], of[INITIALS_MAX];
	size_t n = label_letters(p, from, first, letters);

	*label_out = n >= 2;
	if (n < 2)
		return PRESS_UNKNOWN;
	for (uint32_t i = 0; i < p->n && i < PEOPLE_MAX; i++)
		if (initials_of(p->people[i].name, of, INITIALS_MAX) == n &&
		    memcmp(of, letters, n * sizeof(*of)) == 0)
			return i;
	return PRESS_UNKNOWN;
}

struct rp_slice
press_interview_titled(const struct press_people *p, size_t from, size_t first,
                       struct rp_slice title)
{
	int32_t letters[INITIALS_MAX], of[INITIALS_MAX];
	size_t n = label_letters(p, from, first, letters), at = 0;

	/* From each word on, as many words as have these initials. */
	while (n >= 2 && at < title.n) {
		size_t end = at;

		for (size_t words = 0; words < n && end < title.n; words++) {
			struct rp_slice name;

			end += rp_slice_find_byte(rp_slice_skip(title, end), ' ');
			name = rp_slice_from(title.p + at, end - at);
			if (initials_of(name, of, INITIALS_MAX) == n &&
			    memcmp(of, letters, n * sizeof(*of)) == 0) {
				while (name.n > 0 && (name.p[name.n - 1] == ',' ||
				                      name.p[name.n - 1] == ':'))
					name.n--;
				return name;
			}
			end++;
		}
		at += rp_slice_find_byte(rp_slice_skip(title, at), ' ') + 1;
	}
	return RP_SLICE("");
}
