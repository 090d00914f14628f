#include "core/collect/press-subject.h"

enum { INCISE_MAX = 26 /* tokens */ };

/* "…, a-t-il dit, amusé." "…, déplore Ana Petit, fleuriste." */
static bool
ends_in_remark(const struct press_sayer *s, size_t i, size_t end, bool pronoun,
               size_t *stop)
{
	size_t k = i;

	while (k < end && k < i + (pronoun ? 1 : 4) && is_sign(s, k, SIGN_WORD) &&
	       !token(s, k)->capital &&
	       !is_word(s, k, k == i ? WORD_SMALL : WORD_CUE | WORD_AUX))
		k++;
	if (k == i || k + 1 >= end || !is_sign(s, k, SIGN_STOP) ||
	    !token(s, k + 1)->capital || press_ends_adverb(token(s, i)->folded))
		return false;
	*stop = k;
	return true;
}

/* Verb and subject within the marks: "glisse-t-il", "a expliqué Ana Petit". */
static bool
incise_at(const struct press_sayer *s, size_t i, size_t end, size_t *beyond)
{
	size_t k = i;
	bool pronoun = false;
	const struct press_mention *m;

	while (k < end && k < i + 6 && !press_is(token(s, k), WORD_CUE) &&
	       is_sign(s, k, SIGN_WORD) &&
	       (is_word(s, k, WORD_AUX | WORD_DAY) || token(s, k)->inverted ||
	        token(s, k)->folded.n <= 3 || press_ends_adverb(token(s, k)->folded))) {
		pronoun |= token(s, k)->inverted;
		k++;
	}
	if (k >= end || token(s, k)->capital ||
	    !(is_word(s, k, WORD_CUE) || token(s, k + 1)->inverted))
		return false;
	k++;
	if (k < end && token(s, k)->inverted) {
		pronoun = true;
		k++;
	}
	if (!pronoun) {
		while (k < end && is_word(s, k, WORD_DAY) &&
		       press_mention_at(s, k) == NULL)
			k++;
		/* "taglia corto Conti" */
		if (k + 1 < end && is_sign(s, k, SIGN_WORD) &&
		    press_mention_at(s, k) == NULL && !is_word(s, k, WORD_SMALL) &&
		    press_mention_at(s, k + 1) != NULL)
			k++;
		m = k < end ? press_mention_at(s, k) : NULL;
		if (m != NULL && (m->governed || m->beyond > end ||
		                  (m->kind != MENTION_PERSON && m->kind != MENTION_ROLE &&
		                   m->kind != MENTION_SOMEBODY)))
			return false;
		if (m == NULL && !press_opens_phrase(s, k))
			return false;
		k = m != NULL ? m->beyond : k + 1;
	}
	for (; k < end && k < i + INCISE_MAX; k++)
		if (!is_sign(s, k, SIGN_WORD) && !is_sign(s, k, SIGN_OTHER))
			break;
	if (k > end || k >= i + INCISE_MAX)
		return false;
	/* "…, directrice de Citélis, dans un entretien aux Echos." */
	if (is_sign(s, k, SIGN_COMMA) && is_word(s, k + 1, WORD_WHERE | WORD_ACCORDING)) {
		size_t more = k + 1;
		bool stage = is_word(s, more, WORD_ACCORDING);

		while (more < end && more < k + 12 && is_sign(s, more, SIGN_WORD))
			stage |= is_word(s, more++, WORD_STAGE | WORD_MEDIA);
		if (stage && (more == end || is_sign(s, more, SIGN_STOP) ||
		              is_sign(s, more, SIGN_COMMA)))
			k = more;
	}
	if (is_sign(s, k, SIGN_COMMA) && ends_in_remark(s, k + 1, end, pronoun, &k))
		pronoun = true;
	*beyond = k;
	return k == end || is_sign(s, k, SIGN_COMMA) || is_sign(s, k, SIGN_STOP) ||
	       is_sign(s, k, SIGN_DASH) || is_sign(s, k, SIGN_COLON) ||
	       is_sign(s, k, SIGN_SEMICOLON) || is_sign(s, k, SIGN_MARK);
}

bool
press_incise(const struct press_sayer *s, size_t at, size_t end, size_t *from,
             size_t *beyond)
{
	if (!(s->text->tongue->habits & HABIT_INCISE))
		return false;
	for (size_t i = at; i + 1 < end; i++)
		if ((is_sign(s, i, SIGN_COMMA) || is_sign(s, i, SIGN_DASH)) &&
		    incise_at(s, i + 1, end, beyond)) {
			*from = i;
			return true;
		}
	return false;
}
