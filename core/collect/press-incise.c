#include "core/collect/press-subject.h"

enum {
	INCISE_MAX = 26, /* tokens */
	TAIL_MAX = 13,   /* of ", les mains encore noires de graisse" */
	ASIDE_MAX = 9,   /* of "(il marque un silence)" */
};

/* Words that somebody speaking would say, and no remark on how: pronouns, verbs. */
static bool
is_spoken(const struct press_sayer *s, size_t i)
{
	static const char *const words[] = {
		"je",       "j'",  "nous", "vous",  "tu", "c'",   "ca",
		"qu'",      "que", "qui",  "n'",    "ne", "mais", "donc",
		"car",      "io",  "noi",  "non",   "ma", "che",  "yo",
		"nosotros", "no",  "pero", "quand", "si", "me",   "m'",
	};
	static const char *const ends[] = { "ra", "ront", "rai", "rait", "ez", "aient" };
	const struct press_token *t = token(s, i);

	if (t->sign != SIGN_WORD)
		return false;
	if (press_is(t, WORD_AUX | WORD_HE | WORD_SHE | WORD_THEY) &&
	    !press_is(t, WORD_PREP | WORD_DEF))
		return true;
	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (rp_slice_eq(t->folded, rp_slice_str(words[k])))
			return true;
	for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++)
		if (t->n > 4 && !t->capital &&
		    rp_slice_ends(t->folded, rp_slice_str(ends[k])))
			return true;
	return false;
}

/* "…, les mains encore noires de graisse." "…, 46 ans, grutier." "…, avant de rire.":
 * from the comma on nothing but a remark, up to a full stop. */
static bool
ends_in_tail(const struct press_sayer *s, size_t i, size_t end, size_t *stop)
{
	const struct press_token *t = token(s, i);
	bool may = press_is(t, WORD_DEF | WORD_INDEF | WORD_ROLE | WORD_PREP) ||
	           (t->folded.n > 0 && t->folded.p[0] >= '0' && t->folded.p[0] <= '9');
	size_t k = i;

	if (t->sign != SIGN_WORD || t->capital || !may)
		return false;
	for (; k < end && k < i + TAIL_MAX && !is_sign(s, k, SIGN_STOP); k++) {
		if (!is_sign(s, k, SIGN_WORD) && !is_sign(s, k, SIGN_COMMA))
			return false;
		if (is_spoken(s, k))
			return false;
	}
	if (k < i + 2 || k + 1 >= end || !is_sign(s, k, SIGN_STOP) ||
	    !token(s, k + 1)->capital)
		return false;
	*stop = k;
	return true;
}

/* "— cuenta Ana Petit, dueña de la casa —" */
static bool
between_dashes(const struct press_sayer *s, size_t i, size_t end, size_t *beyond)
{
	size_t verb = i + 1;

	/* "—le dijo—" */
	while (verb < end && verb < i + 3 &&
	       (is_word(s, verb, WORD_AUX) ||
	        (is_word(s, verb, WORD_SMALL) && token(s, verb)->n <= 3 &&
	         is_word(s, verb + 1, WORD_CUE))))
		verb++;
	/* "—confiesa—", whatever the verb */
	if (is_sign(s, verb, SIGN_WORD) && !token(s, verb)->capital &&
	    token(s, verb)->n > 3 && is_sign(s, verb + 1, SIGN_DASH) && verb + 2 < end &&
	    !is_word(s, verb, WORD_SMALL)) {
		*beyond = verb + 2;
		return true;
	}
	if (!is_word(s, verb, WORD_CUE) || token(s, verb)->capital)
		return false;
	for (size_t k = verb + 1; k < end && k < i + INCISE_MAX; k++) {
		if (is_sign(s, k, SIGN_STOP))
			return false;
		if (is_sign(s, k, SIGN_DASH)) {
			*beyond = k + 1;
			return true;
		}
	}
	return false;
}

/* "(il marque un silence)" */
static bool
is_aside(const struct press_sayer *s, size_t i, size_t end, size_t *beyond)
{
	if (!is_sign(s, i, SIGN_OPEN) || !is_word(s, i + 1, WORD_HE | WORD_SHE))
		return false;
	for (size_t k = i + 2; k < end && k < i + ASIDE_MAX; k++)
		if (is_sign(s, k, SIGN_CLOSE)) {
			*beyond = k + 1;
			return true;
		}
	return false;
}

/* ", s’esclaffe Mme Roy,": a verb that no table has, and a name. */
static bool
by_name(const struct press_sayer *s, size_t i, size_t end, size_t *beyond)
{
	const struct press_mention *m;
	const struct press_token *verb;

	if (rp_slice_eq(token(s, i)->folded, RP_SLICE("s'")) ||
	    rp_slice_eq(token(s, i)->folded, RP_SLICE("se")) ||
	    rp_slice_eq(token(s, i)->folded, RP_SLICE("si")))
		i++;
	verb = token(s, i);
	m = press_mention_at(s, i + 1);
	if (verb->sign != SIGN_WORD || verb->capital || verb->n < 4 || m == NULL ||
	    press_is(verb, WORD_SMALL | WORD_ROLE | WORD_PREP | WORD_AUX) ||
	    m->kind != MENTION_PERSON || m->governed || m->beyond > end ||
	    (m->name_beyond - m->name_first < 2 && m->name_first == m->first))
		return false;
	if (m->beyond < end && !is_sign(s, m->beyond, SIGN_COMMA) &&
	    !is_sign(s, m->beyond, SIGN_STOP) && !is_sign(s, m->beyond, SIGN_MARK))
		return false;
	*beyond = m->beyond;
	return true;
}

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
	size_t k = i, verb;
	bool pronoun = false;
	const struct press_mention *m;

	if (is_spoken(s, i) && !is_word(s, i, WORD_AUX))
		return false;
	/* ", spiega,": who speaks was told before. */
	/* ", ha raccontato," */
	verb = i + is_word(s, i, WORD_AUX);
	if ((s->text->tongue->habits & HABIT_SILENT) && is_word(s, verb, WORD_CUE) &&
	    !is_word(s, verb, WORD_NOUNISH | WORD_SMALL) && !token(s, verb)->capital &&
	    is_sign(s, verb + 1, SIGN_COMMA) && verb + 2 < end) {
		*beyond = verb + 1;
		return true;
	}
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
	if (is_sign(s, k, SIGN_COMMA) && !ends_in_remark(s, k + 1, end, pronoun, &k))
		(void)ends_in_tail(s, k + 1, end, &k);
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
	for (size_t i = at; i + 1 < end; i++) {
		bool dash = is_sign(s, i, SIGN_DASH);

		*from = i;
		if ((dash && between_dashes(s, i, end, beyond)) ||
		    is_aside(s, i, end, beyond))
			return true;
		if ((dash || is_sign(s, i, SIGN_COMMA)) &&
		    (incise_at(s, i + 1, end, beyond) ||
		     (!dash && by_name(s, i + 1, end, beyond))))
			return true;
	}
	return false;
}
