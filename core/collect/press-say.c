#include "core/collect/press-say.h"

enum {
	SENTENCE_MAX = 300, /* tokens looked at on each side */
	AFTER_MAX = 16,     /* between the mark and the verb behind it */
	SUBJECT_MAX = 30,   /* between the verb and its subject behind it */
	PHRASE_MAX = 10,    /* words of "a former engineer of the company" */
	INCISE_MAX = 26,
};

static const struct press_token *
token(const struct press_sayer *s, size_t i)
{
	return press_token(s->text, i);
}

static bool
is_sign(const struct press_sayer *s, size_t i, enum press_sign sign)
{
	return i < s->text->n && token(s, i)->sign == sign;
}

static bool
is_word(const struct press_sayer *s, size_t i, unsigned word)
{
	return i < s->text->n && token(s, i)->sign == SIGN_WORD &&
	       press_is(token(s, i), word);
}

/* In a quotation: not the article's own words. */
static bool
is_quoted(const struct press_sayer *s, size_t i)
{
	return !s->inside && token(s, i)->span != PRESS_NO_SPAN &&
	       s->kept[token(s, i)->span];
}

void
press_sentence(const struct press_text *text, size_t i, size_t *from, size_t *beyond)
{
	const struct press_token *t = &text->tokens[i];
	size_t a = i, b = i + 1;

	while (a > 0 && i - a < SENTENCE_MAX && text->tokens[a - 1].block == t->block &&
	       text->tokens[a - 1].sentence == t->sentence)
		a--;
	while (b < text->n && b - i < SENTENCE_MAX && text->tokens[b].block == t->block &&
	       text->tokens[b].sentence == t->sentence)
		b++;
	*from = a;
	*beyond = b;
}

/* The mention that begins at token i, or NULL. */
static const struct press_mention *
mention_at(const struct press_sayer *s, size_t i)
{
	size_t at = press_mention_after(s->mentions, i);

	return at < s->mentions->n && s->mentions->list[at].first == i
	               ? &s->mentions->list[at]
	               : NULL;
}

static bool
ends_adverb(struct rp_slice word)
{
	return rp_slice_ends(word, RP_SLICE("ly")) ||
	       rp_slice_ends(word, RP_SLICE("ment")) ||
	       rp_slice_ends(word, RP_SLICE("mente"));
}

/* A verb of saying stands here, and no noun that looks like one. */
static bool
is_cue(const struct press_sayer *s, size_t i, size_t from)
{
	const struct press_token *t = token(s, i), *before;

	if (t->sign != SIGN_WORD || is_quoted(s, i))
		return false;
	/* Whatever it means: "s’amuse-t-elle". */
	if (token(s, i + 1)->inverted && !press_is(t, WORD_AUX | WORD_SMALL))
		return true;
	if (i > from && rp_slice_eq(t->folded, RP_SLICE("garde")) &&
	    rp_slice_eq(token(s, i - 1)->folded, RP_SLICE("en")))
		return true;
	if (!press_is(t, WORD_CUE))
		return false;
	if (t->capital && !t->first)
		return false;
	if (i == from)
		return true;
	before = token(s, i - 1);
	if (before->sign == SIGN_WORD && press_is(before, WORD_DEF | WORD_INDEF) &&
	    !press_is(before, WORD_AUX) && !rp_slice_eq(before->folded, RP_SLICE("l'")) &&
	    !rp_slice_eq(before->folded, RP_SLICE("lo")) &&
	    !rp_slice_eq(before->folded, RP_SLICE("le")))
		return false;
	if (!press_is(t, WORD_NOUNISH))
		return true;
	if (before->sign != SIGN_WORD)
		return before->sign == SIGN_COMMA || before->sign == SIGN_MARK ||
		       before->sign == SIGN_DASH;
	if (i + 1 < s->text->n && token(s, i + 1)->inverted)
		return true;
	return press_is(before, WORD_AUX | WORD_HE | WORD_SHE | WORD_THEY | WORD_ROLE |
	                                WORD_COMPANY | WORD_PEOPLE) ||
	       (before->capital && !press_is(before, WORD_SMALL)) ||
	       rp_slice_eq(before->folded, RP_SLICE("s'")) ||
	       rp_slice_eq(before->folded, RP_SLICE("se")) ||
	       (ends_adverb(before->folded) && before->n > 4);
}

static struct press_say
nobody(void)
{
	return (struct press_say){ .person = PRESS_UNKNOWN, .nobody = true };
}

static struct rp_slice
mention_name(const struct press_sayer *s, const struct press_mention *m)
{
	return press_text_slice(s->text, m->name_beyond ? m->name_first : m->first,
	                        m->name_beyond ? m->name_beyond : m->beyond);
}

/* Whom a mention means, as a speaker. */
static struct press_say
speaker(const struct press_sayer *s, const struct press_mention *m)
{
	struct press_say say = { .person = PRESS_UNKNOWN, .certainty = PRESS_HIGH };

	if (m->role_beyond > m->role_first)
		say.role = press_text_slice(s->text, m->role_first, m->role_beyond);
	switch ((enum press_mention_kind)m->kind) {
	case MENTION_PERSON:
		say.person = m->person < s->people->n ? m->person : PRESS_UNKNOWN;
		break;
	case MENTION_NAME:
		/* A capital stands for a government: nobody. */
		if (!press_is(token(s, m->name_first), WORD_PLACE) ||
		    m->name_beyond - m->name_first > 1)
			say.name = mention_name(s, m);
		break;
	case MENTION_ACCOUNT:
		say.name = mention_name(s, m);
		break;
	case MENTION_PRONOUN:
		say.person = m->latter ? s->focus.latest
		                       : press_focus_pick(&s->focus, m->gender, NULL);
		if (say.person < s->people->n &&
		    s->people->people[say.person].gender == PRESS_ANYONE)
			s->people->people[say.person].gender = m->gender;
		say.certainty = PRESS_MEDIUM;
		break;
	case MENTION_ROLE:
		say.person = press_focus_role(&s->focus, m);
		say.certainty = PRESS_MEDIUM;
		break;
	case MENTION_COMPANY:
		if (s->focus.company != NULL)
			say.name = mention_name(s, s->focus.company);
		say.certainty = PRESS_MEDIUM;
		break;
	case MENTION_SOMEBODY:
		break;
	}
	say.framed = true;
	if (say.person == PRESS_UNKNOWN && say.name.n == 0) {
		say.nobody = true;
		say.certainty = PRESS_NOBODY;
	}
	return say;
}

/* Whoever is spoken of there. */
static struct press_say
spoken_of(const struct press_sayer *s, enum press_gender gender)
{
	struct press_say say = { .person = press_focus_pick(&s->focus, gender, NULL),
		                 .framed = true };

	say.certainty = say.person == PRESS_UNKNOWN ? PRESS_NOBODY : PRESS_MEDIUM;
	return say;
}

static bool
holds(const struct press_sayer *s, size_t from, size_t beyond, unsigned word)
{
	for (size_t i = from; i < beyond; i++)
		if (is_word(s, i, word) && !is_quoted(s, i))
			return true;
	return false;
}

/* A mention that can be a subject, from there on: the first, or the last before beyond.
 */
static const struct press_mention *
find_mention(const struct press_sayer *s, size_t from, size_t beyond, bool last,
             bool governed)
{
	const struct press_mention *found = NULL;

	for (size_t k = press_mention_after(s->mentions, from);
	     k < s->mentions->n && s->mentions->list[k].first < beyond; k++) {
		const struct press_mention *m = &s->mentions->list[k];

		if (is_quoted(s, m->first) || (m->governed && !governed))
			continue;
		if (m->kind == MENTION_NAME && !token(s, m->first)->capital)
			continue;
		found = m;
		if (!last)
			break;
	}
	return found;
}

/* The subject in front of a verb: the nearest, or behind a comma the sentence's own. */
static const struct press_mention *
subject_before(const struct press_sayer *s, size_t from, size_t verb)
{
	size_t i = verb;
	const struct press_mention *near, *first;

	while (i > from && is_word(s, i - 1, WORD_AUX | WORD_SMALL) &&
	       !is_word(s, i - 1, WORD_HE | WORD_SHE | WORD_THEY))
		i--;
	near = find_mention(s, from, verb, true, false);
	if (near == NULL)
		return NULL;
	if (i > from && is_sign(s, i - 1, SIGN_COMMA) && near->beyond + 1 < i) {
		first = find_mention(s, from, verb, false, false);
		if (first->kind == MENTION_PERSON || near->kind == MENTION_NAME)
			return first;
	}
	/* "Altman, whom Musk had sued, said" is told above; "Musk, the AFP reports". */
	if (near->kind == MENTION_NAME) {
		first = find_mention(s, from, verb, false, false);
		if (first->kind == MENTION_PERSON && near->beyond < i)
			return first;
	}
	return near;
}

/* "an engineer of the company, Ana Petit": the name that may follow a phrase. */
static const struct press_mention *
name_behind_phrase(const struct press_sayer *s, size_t i, size_t end)
{
	for (size_t k = i + 1; k < end && k < i + PHRASE_MAX; k++) {
		const struct press_mention *m;

		if (is_sign(s, k, SIGN_STOP) || is_sign(s, k, SIGN_MARK) ||
		    is_sign(s, k, SIGN_COLON))
			return NULL;
		if (!is_sign(s, k, SIGN_COMMA))
			continue;
		m = mention_at(s, k + 1);
		return m != NULL && m->kind == MENTION_PERSON ? m : NULL;
	}
	return NULL;
}

/* Nouns of what is no person: "la délégation", "le document". */
static bool
is_thing(const struct press_sayer *s, size_t i)
{
	static const char *const ends[] = { "tion",  "sion", "ment", "isme",
		                            "ism",   "erie", "port", "ung",
		                            "zione", "cion", "ness" };

	if (is_word(s, i, WORD_STAGE | WORD_PLEDGE))
		return true;
	for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++)
		if (rp_slice_ends(token(s, i)->folded, rp_slice_str(ends[k])))
			return true;
	return false;
}

/* An article opens a phrase that is no mention: "le Texan", "un habitué des lieux". */
static struct press_say
phrase(const struct press_sayer *s, size_t i, size_t end)
{
	const struct press_mention *m = name_behind_phrase(s, i, end);
	const struct press_token *t = token(s, i);
	struct rp_slice la = RP_SLICE("la"), le = RP_SLICE("le");

	/* "sa collègue Mathilde Roy", whatever the noun */
	for (size_t k = i + 2; m == NULL && k < i + 5 && k < end; k++) {
		if (!is_sign(s, k - 1, SIGN_WORD) ||
		    is_word(s, k - 1, WORD_PREP | WORD_CUE))
			break;
		m = mention_at(s, k);
		if (m != NULL && (m->kind != MENTION_PERSON || m->governed ||
		                  m->name_beyond - m->name_first < 2))
			m = NULL;
	}
	if (m != NULL)
		return speaker(s, m);
	if (is_thing(s, i + 1) || press_is(t, WORD_INDEF) || !press_is(t, WORD_DEF) ||
	    is_word(s, i + 1, WORD_INDEF)) {
		struct press_say say = nobody();

		say.framed = true;
		return say;
	}
	return spoken_of(s, rp_slice_eq(t->folded, la)   ? PRESS_WOMAN
	                    : rp_slice_eq(t->folded, le) ? PRESS_MAN
	                                                 : PRESS_ANYONE);
}

static bool
opens_phrase(const struct press_sayer *s, size_t i)
{
	static const char *const owned[] = { "son",   "sa",   "ses",   "his", "her",
		                             "their", "sein", "seine", "ihr", "ihre",
		                             "su",    "sus",  "suo",   "sua" };

	if (!is_word(s, i, WORD_SMALL) || is_word(s, i - 1, WORD_PREP))
		return false;
	for (size_t k = 0; k < sizeof(owned) / sizeof(*owned); k++)
		if (rp_slice_eq(token(s, i)->folded, rp_slice_str(owned[k])))
			return true;
	/* "l'un d'eux", "one of them" */
	if (is_word(s, i, WORD_INDEF) && is_word(s, i + 1, WORD_PREP))
		return true;
	return is_word(s, i, WORD_DEF | WORD_INDEF) &&
	       !is_word(s, i, WORD_PREP | WORD_AUX) && i + 1 < s->text->n &&
	       token(s, i + 1)->sign == SIGN_WORD &&
	       !is_word(s, i + 1, WORD_SMALL | WORD_STAGE);
}

/* The subject behind a verb: "a déclaré mardi à CNBC le patron de Microsoft". */
static bool
subject_after(const struct press_sayer *s, size_t verb, size_t end, struct press_say *out)
{
	size_t limit = end < verb + SUBJECT_MAX ? end : verb + SUBJECT_MAX;

	for (size_t i = verb + 1; i < limit;) {
		const struct press_mention *m;

		if (is_quoted(s, i) || is_sign(s, i, SIGN_SEMICOLON) ||
		    is_sign(s, i, SIGN_COLON))
			return false;
		m = mention_at(s, i);
		if (m != NULL && !m->governed && !is_word(s, i, WORD_DAY)) {
			*out = speaker(s, m);
			return true;
		}
		if (m != NULL) {
			i = m->beyond;
			continue;
		}
		if (opens_phrase(s, i)) {
			*out = phrase(s, i, end);
			return true;
		}
		i++;
	}
	return false;
}

/* Is it brought by "selon", "according to", "laut", "d’après" at token i?  The name. */
static const struct press_mention *
according_at(const struct press_sayer *s, size_t i, size_t end)
{
	bool d_apres = i > 0 && is_sign(s, i, SIGN_WORD) &&
	               rp_slice_eq(token(s, i)->folded, RP_SLICE("apres")) &&
	               rp_slice_eq(token(s, i - 1)->folded, RP_SLICE("d'"));
	bool pour = is_word(s, i, WORD_FOR) && token(s, i)->first;

	if (is_quoted(s, i) || (!is_word(s, i, WORD_ACCORDING) && !d_apres && !pour))
		return NULL;
	for (size_t k = i + 1; k < end && k < i + 4; k++) {
		const struct press_mention *m = mention_at(s, k);

		if (m != NULL && (!pour || m->kind == MENTION_PERSON ||
		                  m->kind == MENTION_ROLE || m->kind == MENTION_PRONOUN))
			return m;
		if (!is_word(s, k, WORD_SMALL))
			return NULL;
	}
	return NULL;
}

static bool
find_according(const struct press_sayer *s, size_t from, size_t end,
               struct press_say *out)
{
	for (size_t i = from; i < end; i++) {
		const struct press_mention *m = according_at(s, i, end);

		if (m != NULL) {
			*out = speaker(s, m);
			return true;
		}
		if (is_word(s, i, WORD_ACCORDING) && !is_quoted(s, i) && i + 1 < end &&
		    opens_phrase(s, i + 1 + is_word(s, i + 1, WORD_PREP))) {
			*out = phrase(s, i + 1 + is_word(s, i + 1, WORD_PREP), end);
			return true;
		}
	}
	return false;
}

/* What stands before a quotation brings it: "N V que Q", "N : Q". */
static bool
say_before(const struct press_sayer *s, size_t from, size_t end, bool colon,
           struct press_say *out)
{
	const struct press_mention *m;
	size_t verb = end;

	if (from >= end)
		return false;
	for (size_t i = end; i-- > from && verb == end;)
		if (is_cue(s, i, from))
			verb = i;
	*out = (struct press_say){ .person = PRESS_UNKNOWN };
	if (verb < end) {
		m = subject_before(s, from, verb);
		if (m != NULL) {
			*out = speaker(s, m);
			return true;
		}
		for (size_t i = from; i < verb; i++)
			if (opens_phrase(s, i) &&
			    (i == from || !is_word(s, i - 1, WORD_PREP))) {
				*out = phrase(s, i, verb);
				return true;
			}
		if (subject_after(s, verb, end, out))
			return true;
	} else if (!colon) {
		return false;
	}
	if (holds(s, from, end, WORD_SIGN)) {
		*out = nobody();
		out->framed = true;
		return true;
	}
	if (find_according(s, from, end, out))
		return true;
	if (colon) {
		m = find_mention(s, from, end, false, false);
		if (m == NULL || m->kind == MENTION_NAME)
			m = find_mention(s, from, end, true, true);
		if (m != NULL && m->kind == MENTION_NAME && verb == end) {
			*out = spoken_of(s, PRESS_ANYONE);
			if (out->person == PRESS_UNKNOWN ||
			    (!m->governed && token(s, m->first)->first))
				*out = speaker(s, m);
			return true;
		}
		if (m != NULL) {
			*out = speaker(s, m);
			return true;
		}
	}
	if (is_word(s, from, WORD_INDEF) && verb < end) {
		*out = phrase(s, from, end);
		return true;
	}
	if (!colon && !(s->text->tongue->habits & HABIT_SILENT) && verb == end)
		return false;
	*out = spoken_of(s, PRESS_ANYONE);
	return true;
}

/* Behind a quotation: "Q (N, role)", "Q — N". */
static bool
say_credit_behind(const struct press_sayer *s, size_t i, size_t end,
                  struct press_say *out)
{
	const struct press_mention *m;
	size_t behind;

	if (i + 1 >= end || !(is_sign(s, i, SIGN_OPEN) || is_sign(s, i, SIGN_DASH)))
		return false;
	m = mention_at(s, i + 1);
	if (m == NULL || m->kind != MENTION_PERSON)
		return false;
	behind = m->beyond;
	if (is_sign(s, i, SIGN_DASH) && behind < end && !is_sign(s, behind, SIGN_STOP) &&
	    !is_sign(s, behind, SIGN_COMMA) && !is_sign(s, behind, SIGN_OPEN))
		return false;
	*out = speaker(s, m);
	return true;
}

/* Words after which the sentence speaks of something else. */
static bool
turns(const struct press_sayer *s, size_t i)
{
	static const char *const words[] = {
		"et",    "mais",  "and",    "but",      "und",     "aber",  "y",
		"pero",  "e",     "ma",     "tandis",   "while",   "avant", "before",
		"puis",  "alors", "when",   "quand",    "qui",     "que",   "who",
		"which", "that",  "though", "although", "because", "car",
	};

	if (!is_sign(s, i, SIGN_WORD))
		return false;
	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (rp_slice_eq(token(s, i)->folded, rp_slice_str(words[k])))
			return true;
	return false;
}

/* A verb that no table has, but where one must be: « Q », grogne Ana Petit. */
static bool
say_by_place(const struct press_sayer *s, size_t i, size_t end, struct press_say *out)
{
	const struct press_mention *m;
	size_t verb;
	struct rp_slice word;

	while (i + 1 < end && is_word(s, i, WORD_AUX))
		i++;
	m = mention_at(s, i);
	verb = m != NULL ? m->beyond : i;
	word = token(s, verb)->folded;

	if (i == 0 || verb >= end || !is_sign(s, verb, SIGN_WORD) || word.n < 4 ||
	    token(s, verb)->capital ||
	    is_word(s, verb, WORD_SMALL | WORD_ROLE | WORD_AUX))
		return false;
	if (m != NULL) {
		if (m->kind != MENTION_PERSON || m->governed ||
		    !(rp_slice_ends(word, RP_SLICE("ed")) ||
		      rp_slice_ends(word, RP_SLICE("s"))) ||
		    !(is_sign(s, verb + 1, SIGN_STOP) ||
		      is_sign(s, verb + 1, SIGN_COMMA)))
			return false;
	} else {
		m = mention_at(s, i + 1);
		if (m == NULL || m->governed || m->kind != MENTION_PERSON ||
		    m->beyond > end || m->name_first > i + 2u)
			return false;
	}
	*out = speaker(s, m);
	if (out->certainty > PRESS_MEDIUM)
		out->certainty = PRESS_MEDIUM;
	return true;
}

/* What follows a quotation tells who: "Q, V N", "Q, N V", "Q, V-t-il". */
static bool
say_after(const struct press_sayer *s, size_t from, size_t end, struct press_say *out)
{
	size_t i = from, verb, loose = 0;
	const struct press_mention *m;

	if (say_credit_behind(s, i, end, out))
		return true;
	while (i < end && (is_sign(s, i, SIGN_COMMA) || is_sign(s, i, SIGN_DASH) ||
	                   is_sign(s, i, SIGN_STOP)))
		i++;
	if (i >= end || turns(s, i))
		return false;
	if (i + 1 < end && rp_slice_eq(token(s, i)->folded, RP_SLICE("so")) &&
	    (m = mention_at(s, i + 1)) != NULL) {
		*out = speaker(s, m);
		return true;
	}
	for (verb = i; verb < end && verb < i + AFTER_MAX && loose < 6; verb++) {
		m = mention_at(s, verb);
		if (is_cue(s, verb, i))
			break;
		if (is_sign(s, verb, SIGN_SEMICOLON) || is_sign(s, verb, SIGN_COLON) ||
		    is_word(s, verb, WORD_ACCORDING))
			return find_according(s, i, end, out);
		if (m != NULL && !m->governed && m->beyond > verb + 1)
			verb = m->beyond - 1;
		else if (!is_word(s, verb, WORD_AUX))
			loose++;
	}
	if ((verb >= end || !is_cue(s, verb, i)) && say_by_place(s, i, end, out))
		return true;
	if (verb >= end || !is_cue(s, verb, i))
		return find_according(s, i, end < i + 6 ? end : i + 6, out);
	m = find_mention(s, i, verb, false, false);
	if (m != NULL && (m->first <= i + 1 || m->beyond + 3 >= verb)) {
		*out = speaker(s, m);
		return true;
	}
	if (subject_after(s, verb, end, out))
		return true;
	if (verb > i && opens_phrase(s, i)) {
		*out = phrase(s, i, end);
		return true;
	}
	if (holds(s, i, end, WORD_SIGN)) {
		*out = nobody();
		out->framed = true;
		return true;
	}
	*out = spoken_of(s, PRESS_ANYONE);
	return true;
}

static size_t
skip_back_to_quotation(const struct press_sayer *s, size_t from, size_t i)
{
	while (i > from && !is_quoted(s, i - 1))
		i--;
	return i;
}

static size_t
next_quotation(const struct press_sayer *s, size_t i, size_t end)
{
	while (i < end && !is_quoted(s, i))
		i++;
	return i;
}

/* “Q?” Musk asked.  A new sentence by its signs, but it tells who said the last. */
static bool
say_sentence_behind(const struct press_sayer *s, size_t span, struct press_say *out)
{
	size_t i = s->text->span_beyond[span], from, end;
	const struct press_mention *m;

	if (i >= s->text->n || i == 0 || token(s, i)->block != token(s, i - 1)->block ||
	    is_quoted(s, i))
		return false;
	press_sentence(s->text, i, &from, &end);
	if (next_quotation(s, i, end) < end || is_sign(s, end - 1, SIGN_COLON))
		return false;
	m = mention_at(s, i);
	if (m == NULL || m->beyond >= end)
		return false;
	from = m->beyond;
	while (from < end && from < m->beyond + 3u &&
	       is_word(s, from, WORD_AUX | WORD_DAY))
		from++;
	if (from >= end || !is_cue(s, from, i) || end - from > 14)
		return false;
	*out = speaker(s, m);
	out->from = i;
	out->beyond = end;
	return true;
}

/* The sentence's subject, without a verb of saying: "Musk called it a « Q »". */
static bool
say_subject(const struct press_sayer *s, size_t from, size_t first, size_t end,
            struct press_say *out)
{
	const struct press_mention *m = find_mention(s, from, first, false, false);

	(void)end;
	if (m == NULL || m->kind == MENTION_NAME || m->kind == MENTION_COMPANY)
		return false;
	*out = speaker(s, m);
	if (out->certainty > PRESS_MEDIUM)
		out->certainty = PRESS_MEDIUM;
	out->framed = holds(s, from, first, WORD_CALL);
	return true;
}

/* What the paragraph tells: a sentence before it, or who spoke last. */
static struct press_say
say_paragraph(const struct press_sayer *s, size_t from)
{
	const struct press_text *t = s->text;
	size_t block = token(s, from)->block, first = t->block_first[block], a, b;
	struct press_say say = { .person = PRESS_UNKNOWN };
	int64_t sentence = -1;

	if (from == first) {
		if (block == 0 || t->block_first[block - 1] == first ||
		    t->blocks[block].kind == PRESS_HEADING)
			return say;
		if (t->blocks[block - 1].kind != PRESS_PARAGRAPH)
			return say;
		press_sentence(t, first - 1, &a, &b);
		if (next_quotation(s, a, b) < b)
			return say;
		if (!is_sign(s, first - 1, SIGN_COLON) && !holds(s, a, b, WORD_CUE))
			return say;
		if (!say_before(s, a, b - 1, is_sign(s, first - 1, SIGN_COLON), &say))
			return say;
		say.from = a;
		say.beyond = b;
		if (!is_sign(s, first - 1, SIGN_COLON) && say.certainty > PRESS_MEDIUM)
			say.certainty = PRESS_MEDIUM;
		return say;
	}
	say.person = press_focus_pick(&s->focus, PRESS_ANYONE, &sentence);
	press_sentence(t, from - 1, &a, &b);
	say.from = a;
	say.beyond = b;
	if (s->last_block == block && s->last.certainty == PRESS_NOBODY &&
	    s->last.nobody && sentence < (int64_t)token(s, from - 1)->sentence)
		return nobody();
	if (say.person != PRESS_UNKNOWN &&
	    sentence >= (int64_t)token(s, first)->sentence) {
		say.certainty = PRESS_MEDIUM;
		return say;
	}
	if (s->last_block == block && s->last.certainty != PRESS_NOBODY) {
		say = s->last;
		say.framed = say.tight = say.after = false;
		say.from = a;
		say.beyond = b;
		say.certainty = PRESS_LOW;
		return say;
	}
	return (struct press_say){ .person = PRESS_UNKNOWN, .from = a, .beyond = b };
}

static struct press_say
find_say(const struct press_sayer *s, size_t span)
{
	size_t first = s->text->span_first[span], beyond = s->text->span_beyond[span];
	size_t from, end, near, next, unused;
	struct press_say say;
	bool colon;

	press_sentence(s->text, first, &from, &unused);
	press_sentence(s->text, beyond - 1, &unused, &end);
	near = skip_back_to_quotation(s, from, first);
	next = next_quotation(s, beyond, end);
	colon = first > from && is_sign(s, first - 1, SIGN_COLON);
	if (colon &&
	    say_before(s, near < first - 1 ? near : from, first - 1, true, &say)) {
		say.tight = true;
	} else if (say_after(s, beyond, next, &say)) {
		say.after = say.tight = true;
		say.from = beyond;
		say.beyond = next;
		return say;
	} else if (say_before(s, near, first, false, &say)) {
		say.tight = first > near && is_cue(s, first - 1, near);
	} else if (next == beyond && say_sentence_behind(s, span, &say)) {
		say.after = say.tight = true;
		return say;
	} else if (find_according(s, from, first, &say)) {
		say.tight = is_sign(s, first - 1, SIGN_COMMA);
	} else if (next < end && say_after(s, beyond + 1, end, &say) && say.framed) {
		say.after = true;
		say.from = beyond;
		say.beyond = end;
		return say;
	} else if (near > from && say_before(s, from, near, false, &say)) {
		say.tight = false;
	} else if (!say_subject(s, from, first, end, &say)) {
		return say_paragraph(s, from);
	}
	say.from = from;
	say.beyond = first;
	return say;
}

void
press_say_note(struct press_sayer *s, const struct press_say *say, size_t i)
{
	s->last = *say;
	if (say->nobody && say->framed)
		press_focus_nobody(&s->focus, PRESS_ANYONE, token(s, i));
	s->last_block = token(s, i)->block;
	if (say->person != PRESS_UNKNOWN)
		press_focus_spoke(&s->focus, say->person, token(s, i)->sentence);
}

struct press_say
press_say_of(struct press_sayer *s, size_t span)
{
	struct press_say say;

	press_focus_advance(&s->focus, s->text->span_first[span]);
	say = find_say(s, span);
	press_say_note(s, &say, s->text->span_first[span]);
	s->last_block = token(s, s->text->span_beyond[span] - 1)->block;
	return say;
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
	    !token(s, k + 1)->capital || ends_adverb(token(s, i)->folded))
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
	        token(s, k)->folded.n <= 3 || ends_adverb(token(s, k)->folded))) {
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
		while (k < end && is_word(s, k, WORD_DAY) && mention_at(s, k) == NULL)
			k++;
		/* "taglia corto Conti" */
		if (k + 1 < end && is_sign(s, k, SIGN_WORD) && mention_at(s, k) == NULL &&
		    !is_word(s, k, WORD_SMALL) && mention_at(s, k + 1) != NULL)
			k++;
		m = k < end ? mention_at(s, k) : NULL;
		if (m != NULL && (m->governed || m->beyond > end ||
		                  (m->kind != MENTION_PERSON && m->kind != MENTION_ROLE &&
		                   m->kind != MENTION_SOMEBODY)))
			return false;
		if (m == NULL && !opens_phrase(s, k))
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

struct press_say
press_say_incise(struct press_sayer *s, size_t from, size_t beyond)
{
	struct press_say say;

	press_focus_advance(&s->focus, from);
	s->inside = true;
	if (!say_after(s, from, beyond, &say))
		say = (struct press_say){ .person = PRESS_UNKNOWN };
	s->inside = false;
	say.after = say.tight = say.framed = true;
	say.from = from;
	say.beyond = beyond;
	press_say_note(s, &say, from);
	return say;
}

struct press_say
press_say_credit(struct press_sayer *s, size_t from, size_t beyond)
{
	struct press_say say = { .person = PRESS_UNKNOWN };
	const struct press_mention *m = find_mention(s, from, beyond, false, false);

	if (m == NULL ||
	    (m->kind == MENTION_NAME && find_mention(s, from, beyond, true, true)))
		for (size_t i = from; i < beyond; i++) {
			const struct press_mention *at = mention_at(s, i);

			if (at != NULL && at->kind == MENTION_PERSON) {
				m = at;
				break;
			}
		}
	if (m == NULL)
		return say;
	say = speaker(s, m);
	say.from = from;
	say.beyond = beyond;
	return say;
}
