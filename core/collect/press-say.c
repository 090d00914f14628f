#include "core/collect/press-say.h"

#include "core/collect/press-subject.h"

enum {
	AFTER_MAX = 16, /* tokens between the mark and the verb behind it */
	HOME_MAX = 8,   /* of "au siège du régulateur" */
};

/* "A Bercy, on fait savoir que": whoever sits there. */
static bool
say_on_behalf(const struct press_sayer *s, size_t from, size_t verb,
              struct press_say *out)
{
	static const char *const at[] = { "a", "à", "au", "chez" };
	size_t name = from + 1 + is_word(s, from + 1, WORD_DEF);
	const struct press_mention *m;
	bool prep = false;

	for (size_t i = 0; i < sizeof(at) / sizeof(*at); i++)
		prep |= rp_slice_eq(token(s, from)->folded, rp_slice_str(at[i]));
	m = prep ? press_mention_at(s, name) : NULL;
	if (m == NULL)
		m = prep ? press_mention_at(s, from + 1) : NULL;
	if (m == NULL || m->kind != MENTION_NAME || m->beyond + 2u > verb ||
	    !is_sign(s, m->beyond, SIGN_COMMA) ||
	    !rp_slice_eq(token(s, m->beyond + 1)->folded, RP_SLICE("on")))
		return false;
	*out = press_speaker(s, m);
	return out->name.n > 0;
}

static bool
is_citing(const struct press_sayer *s, size_t verb)
{
	static const char *const words[] = { "cite",    "citait",  "quoted",  "quotes",
		                             "cited",   "zitiert", "citato",  "cita",
		                             "citando", "citant",  "quoting", "citing" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (rp_slice_eq(token(s, verb)->folded, rp_slice_str(words[i])))
			return true;
	return false;
}

/* "She [said] the company felt “Q”": what is thought within what is said. */
static size_t
outer_verb(const struct press_sayer *s, size_t from, size_t verb)
{
	static const char *const inner[] = { "felt",   "feels",    "thought",  "thinks",
		                             "knew",   "believed", "believes", "sees",
		                             "seen",   "expects",  "expected", "estimait",
		                             "jugeait" };
	bool thinks = false;

	for (size_t i = 0; i < sizeof(inner) / sizeof(*inner); i++)
		thinks |= rp_slice_eq(token(s, verb)->folded, rp_slice_str(inner[i]));
	for (size_t i = verb; thinks && i-- > from && is_sign(s, i, SIGN_WORD);)
		if (press_is_cue(s, i, from))
			return i;
	return verb;
}

/* "regulators, who oversee [the supplier], said": not what is said by. */
static bool
has_comma(const struct press_sayer *s, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (is_sign(s, i, SIGN_COMMA))
			return true;
	return false;
}

/* "Puis, se [tournant] vers le préfet :" */
static bool
turns_to(const struct press_sayer *s, size_t from, size_t m)
{
	static const char *const ends[] = { "ant", "ing", "endo", "ando" };

	for (size_t i = m; i-- > from && m - i <= 3;)
		for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++)
			if (is_sign(s, i, SIGN_WORD) && token(s, i)->n > 5 &&
			    rp_slice_ends(token(s, i)->folded, rp_slice_str(ends[k])))
				return true;
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
	/* "Réponse du cabinet : « Q »" */
	if (colon && is_word(s, from, WORD_PLEDGE) && is_word(s, from + 1, WORD_PREP) &&
	    from + 3 == end && press_mention_at(s, from + 2) == NULL &&
	    !is_word(s, from + 2, WORD_ROLE)) {
		*out = press_nobody();
		out->framed = true;
		return true;
	}
	for (size_t i = end; i-- > from && verb == end;)
		if (press_is_cue(s, i, from))
			verb = i;
	*out = (struct press_say){ .person = PRESS_UNKNOWN };
	if (verb < end && press_find_according(s, verb, end, out))
		return true;
	if (verb < end)
		verb = outer_verb(s, from, verb);
	if (verb < end) {
		if (say_on_behalf(s, from, verb, out))
			return true;
		m = press_subject_before(s, from, verb);
		/* "Elle a cité le géologue : « Q »" */
		if (is_citing(s, verb)) {
			const struct press_mention *cited =
				press_find_mention(s, verb + 1, end, false, false);

			if (cited != NULL && cited->kind != MENTION_NAME) {
				*out = press_speaker(s, cited);
				return true;
			}
		}
		/* "Cinquante, rectifie Ana Petit, « Q »" */
		if (m != NULL && m->kind == MENTION_NAME && verb > from &&
		    is_sign(s, verb - 1, SIGN_COMMA)) {
			const struct press_mention *behind =
				press_mention_at(s, verb + 1);

			if (behind != NULL && behind->kind == MENTION_PERSON &&
			    behind->beyond <= end)
				m = behind;
		}
		if (m != NULL) {
			*out = press_speaker(s, m);
			return true;
		}
		for (size_t i = from; i + 1 < verb; i++)
			if (press_opens_phrase(s, i) &&
			    (i == from ||
			     (!is_word(s, i - 1, WORD_PREP) && !has_comma(s, i, verb)))) {
				*out = press_phrase(s, i, verb);
				return true;
			}
		if (press_subject_after(s, verb, end, out))
			return true;
	} else if (!colon) {
		return false;
	}
	if (press_holds(s, from, end, WORD_SIGN)) {
		*out = press_nobody();
		out->framed = true;
		return true;
	}
	if (press_find_according(s, from, end, out))
		return true;
	if (colon) {
		m = press_find_mention(s, from, end, false, false);
		if (m != NULL && m->kind == MENTION_PRONOUN) {
			const struct press_mention *near =
				press_find_mention(s, from, end, true, false);

			/* "Elle a financé un pilote, où le maire, Bo Li, sourit : « Q »"
			 */
			if (near->kind == MENTION_PERSON && near->person < s->people->n &&
			    verb == end)
				m = near;
		}
		if (m != NULL && m->kind == MENTION_SOMEBODY && m->plural &&
		    verb == end) {
			const struct press_mention *near =
				press_find_mention(s, from, end, true, false);

			/* "residents' chairman Bo Li had his own view: Q" */
			if (near->kind == MENTION_PERSON)
				m = near;
		}
		if (m == NULL || m->kind == MENTION_NAME)
			m = press_find_mention(s, from, end, true, true);
		/* "Consultada por LA NACION, fue lacónica: «Q»" */
		if (m != NULL && verb == end &&
		    (m->kind == MENTION_NAME ||
		     (m->kind == MENTION_PERSON && m->governed &&
		      m->person < s->people->n && !s->people->people[m->person].sure))) {
			*out = press_spoken_of(s, PRESS_ANYONE);
			if ((out->person == PRESS_UNKNOWN && !m->governed) ||
			    (!m->governed && token(s, m->first)->first))
				*out = press_speaker(s, m);
			return true;
		}
		/* "Puis, se tournant vers son voisin : « Q »" */
		if (m != NULL && m->governed && verb == end &&
		    (m->kind == MENTION_SOMEBODY ||
		     (m->kind == MENTION_ROLE && turns_to(s, from, m->first)))) {
			*out = press_spoken_of(s, PRESS_ANYONE);
			return true;
		}
		if (m != NULL) {
			*out = press_speaker(s, m);
			return true;
		}
	}
	if (is_word(s, from, WORD_INDEF) && (verb < end || colon)) {
		*out = press_phrase(s, from, end);
		return true;
	}
	if (!colon && !(s->text->tongue->habits & HABIT_SILENT) && verb == end)
		return false;
	*out = press_spoken_of(s, PRESS_ANYONE);
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
	m = press_mention_at(s, i + 1);
	if (m == NULL || m->kind != MENTION_PERSON)
		return false;
	behind = m->beyond;
	if (is_sign(s, i, SIGN_DASH) && behind < end && !is_sign(s, behind, SIGN_STOP) &&
	    !is_sign(s, behind, SIGN_COMMA) && !is_sign(s, behind, SIGN_OPEN))
		return false;
	*out = press_speaker(s, m);
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
		"which", "that",  "though", "although", "because", "car",   "sans",
		"sin",   "senza", "ohne",   "without",
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

	/* "s’émerveille", "a souri" */
	while (i + 1 < end && (is_word(s, i, WORD_AUX) ||
	                       rp_slice_eq(token(s, i)->folded, RP_SLICE("s'")) ||
	                       rp_slice_eq(token(s, i)->folded, RP_SLICE("se"))))
		i++;
	m = press_mention_at(s, i);
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
		m = press_mention_at(s, i + 1);
		if (m == NULL || m->governed ||
		    (m->kind != MENTION_PERSON && m->kind != MENTION_ROLE) ||
		    m->beyond > end ||
		    (m->kind == MENTION_PERSON && m->name_first > i + 2u))
			return false;
	}
	*out = press_speaker(s, m);
	if (out->certainty > PRESS_MEDIUM)
		out->certainty = PRESS_MEDIUM;
	return true;
}

/* "« Q », répond-on [chez Valdor]", "[au siège du régulateur]" */
static bool
say_at_home(const struct press_sayer *s, size_t on, size_t end, struct press_say *out)
{
	struct rp_slice word = token(s, on)->folded;

	if (!rp_slice_ends(word, RP_SLICE("on")))
		return false;
	for (size_t i = on + 1; i < end && i < on + HOME_MAX; i++) {
		const struct press_mention *m = press_mention_at(s, i);

		if (!is_sign(s, i, SIGN_WORD))
			return false;
		if (m != NULL && m->kind == MENTION_NAME &&
		    is_word(s, i - 1, WORD_PREP)) {
			*out = press_speaker(s, m);
			return out->name.n > 0;
		}
		if (is_word(s, i, WORD_COMPANY) && s->focus.company != NULL &&
		    is_word(s, i - 1, WORD_PREP | WORD_DEF)) {
			struct press_mention company = *s->focus.company;

			*out = press_speaker(s, &company);
			if (out->certainty > PRESS_MEDIUM)
				out->certainty = PRESS_MEDIUM;
			return out->name.n > 0;
		}
	}
	return false;
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
	    (m = press_mention_at(s, i + 1)) != NULL) {
		*out = press_speaker(s, m);
		return true;
	}
	for (verb = i; verb < end && verb < i + AFTER_MAX && loose < 6; verb++) {
		m = press_mention_at(s, verb);
		if (press_is_cue(s, verb, i))
			break;
		if (is_sign(s, verb, SIGN_SEMICOLON) || is_sign(s, verb, SIGN_COLON) ||
		    is_word(s, verb, WORD_ACCORDING))
			return press_find_according(s, i, end, out);
		if (m != NULL && !m->governed && m->beyond > verb + 1)
			verb = m->beyond - 1;
		else if (!is_word(s, verb, WORD_AUX))
			loose++;
	}
	if ((verb >= end || !press_is_cue(s, verb, i)) && say_by_place(s, i, end, out))
		return true;
	if (verb >= end || !press_is_cue(s, verb, i))
		return press_find_according(s, i, end < i + 6 ? end : i + 6, out);
	/* „Q“, hieß es */
	if ((s->text->tongue->habits & HABIT_NOUNS) &&
	    rp_slice_eq(token(s, verb + 1)->folded, RP_SLICE("es"))) {
		*out = press_nobody();
		out->framed = true;
		return true;
	}
	m = press_find_mention(s, i, verb, false, false);
	if (m != NULL && (m->first <= i + 1 || m->beyond + 3 >= verb)) {
		*out = press_speaker(s, m);
		return true;
	}
	if (verb > i && press_opens_phrase(s, i)) {
		*out = press_phrase(s, i, end);
		return true;
	}
	if (token(s, verb + 1)->inverted && say_at_home(s, verb + 1, end, out))
		return true;
	if (press_subject_after(s, verb, end, out))
		return true;
	if (press_holds(s, i, end, WORD_SIGN)) {
		*out = press_nobody();
		out->framed = true;
		return true;
	}
	*out = press_spoken_of(s, PRESS_ANYONE);
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

/* "That was [Petit]’s response when asked." */
static const struct press_mention *
is_answer(const struct press_sayer *s, size_t i, size_t end)
{
	static const char *const words[] = { "that", "this", "such", "so" };
	const struct press_mention *m = press_mention_at(s, i + 2);

	if (m == NULL || m->kind != MENTION_PERSON || m->beyond + 1u >= end ||
	    !is_word(s, i + 1, WORD_AUX) || !is_word(s, m->beyond + 1, WORD_PLEDGE))
		return NULL;
	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (rp_slice_eq(token(s, i)->folded, rp_slice_str(words[k])))
			return m;
	return NULL;
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
	m = is_answer(s, i, end);
	if (m != NULL) {
		*out = press_speaker(s, m);
		out->from = i;
		out->beyond = end;
		return true;
	}
	m = press_mention_at(s, i);
	/* "CNBC’s Jim Cramer said" */
	if (m != NULL && m->kind == MENTION_NAME && m->governed &&
	    press_mention_at(s, m->beyond + 1) != NULL)
		m = press_mention_at(s, m->beyond + 1);
	if (m == NULL || m->beyond >= end)
		return false;
	from = m->beyond;
	while (from < end && from < m->beyond + 3u &&
	       is_word(s, from, WORD_AUX | WORD_DAY))
		from++;
	if (from >= end || !press_is_cue(s, from, i) || end - from > 14)
		return false;
	*out = press_speaker(s, m);
	out->from = i;
	out->beyond = end;
	return true;
}

/* The sentence's subject, without a verb of saying: "Musk called it a « Q »". */
static bool
say_subject(const struct press_sayer *s, size_t from, size_t first, struct press_say *out)
{
	const struct press_mention *m = press_find_mention(s, from, first, false, false);

	const struct press_mention *near =
		press_find_mention(s, from, first, true, false);

	/* "UBS qualifie la mesure de «Q»" */
	if (m != NULL && m->kind == MENTION_NAME && is_word(s, m->beyond, WORD_CALL) &&
	    !is_word(s, m->beyond, WORD_PREP | WORD_SMALL)) {
		*out = press_speaker(s, m);
		return true;
	}
	if (m == NULL || m->kind == MENTION_NAME || m->kind == MENTION_COMPANY)
		return false;
	/* "a la que un crítico despachó como «Q»" */
	if (near != m && near->kind == MENTION_SOMEBODY && near->beyond + 4u >= first &&
	    is_word(s, near->first, WORD_INDEF))
		m = near;
	*out = press_speaker(s, m);
	if (out->certainty > PRESS_MEDIUM)
		out->certainty = PRESS_MEDIUM;
	out->framed = press_holds(s, from, first, WORD_CALL);
	return true;
}

/* A paragraph that is nothing but a quotation, behind one whose speaker was told there.
 */
static struct press_say
say_on(const struct press_sayer *s, size_t from, size_t block)
{
	const struct press_text *t = s->text;
	struct press_say say = { .person = PRESS_UNKNOWN };
	uint32_t span = token(s, from)->span;

	if (span == PRESS_NO_SPAN || t->span_first[span] != from ||
	    t->span_beyond[span] < t->block_first[block + 1] ||
	    s->last_block + 1 != block || !s->last.after ||
	    s->last.certainty == PRESS_NOBODY)
		return say;
	say = s->last;
	say.framed = say.tight = say.after = false;
	say.certainty = PRESS_LOW;
	return say;
}

/* A paragraph's quotation, and one sentence behind it: « Q ? » Ana Petit laisse la
 * question en suspens. */
static struct press_say
say_alone(const struct press_sayer *s, size_t span)
{
	const struct press_text *t = s->text;
	size_t i = t->span_beyond[span], block = t->spans[span].end_block, from, end;
	struct press_say say = { .person = PRESS_UNKNOWN };
	const struct press_mention *m;

	if (t->span_first[span] != t->block_first[t->spans[span].block] ||
	    i >= t->block_first[block + 1])
		return say;
	m = press_mention_at(s, i);
	press_sentence(t, i, &from, &end);
	if (m == NULL || m->kind != MENTION_PERSON || m->governed ||
	    end < t->block_first[block + 1] || next_quotation(s, i, end) < end)
		return say;
	say = press_speaker(s, m);
	say.framed = false;
	say.after = true;
	if (say.certainty > PRESS_LOW)
		say.certainty = PRESS_LOW;
	say.from = i;
	say.beyond = end;
	return say;
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
			return say_on(s, from, block);
		if (!is_sign(s, first - 1, SIGN_COLON) && !press_holds(s, a, b, WORD_CUE))
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
		return press_nobody();
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
		struct press_say after;

		/* "son éditeur en ajoute une : « Q », sourit Ana Petit." */
		if (say.person == PRESS_UNKNOWN && say.name.n == 0 &&
		    say_after(s, beyond, next, &after) && after.person != PRESS_UNKNOWN) {
			after.after = after.tight = true;
			after.from = beyond;
			after.beyond = next;
			return after;
		}
		say.tight = true;
	} else if (say_after(s, beyond, next, &say)) {
		say.after = say.tight = true;
		say.from = beyond;
		say.beyond = next;
		return say;
	} else if (say_before(s, near, first, false, &say)) {
		say.tight = first > near && press_is_cue(s, first - 1, near);
	} else if (next == beyond && say_sentence_behind(s, span, &say)) {
		say.after = say.tight = true;
		return say;
	} else if (press_find_according(s, from, first, &say)) {
		say.tight = is_sign(s, first - 1, SIGN_COMMA);
	} else if (next < end && say_after(s, beyond + 1, end, &say) && say.framed) {
		say.after = true;
		say.from = beyond;
		say.beyond = end;
		return say;
	} else if (near > from && say_before(s, from, near, false, &say)) {
		say.tight = false;
	} else if (!say_subject(s, from, first, &say)) {
		say = say_paragraph(s, from);
		return say.person == PRESS_UNKNOWN && say.name.n == 0 && !say.nobody
		               ? say_alone(s, span)
		               : say;
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

struct press_say
press_say_incise(struct press_sayer *s, size_t from, size_t beyond)
{
	struct press_say say;

	press_focus_advance(&s->focus, from);
	s->inside = true;
	if (!say_after(s, from, beyond, &say))
		say = press_spoken_of(s, PRESS_ANYONE);
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
	const struct press_mention *m = press_find_mention(s, from, beyond, false, false);

	if (m == NULL ||
	    (m->kind == MENTION_NAME && press_find_mention(s, from, beyond, true, true)))
		for (size_t i = from; i < beyond; i++) {
			const struct press_mention *at = press_mention_at(s, i);

			if (at != NULL && at->kind == MENTION_PERSON) {
				m = at;
				break;
			}
		}
	if (m == NULL)
		return say;
	say = press_speaker(s, m);
	say.from = from;
	say.beyond = beyond;
	return say;
}
