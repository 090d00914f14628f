#include "core/collect/press-subject.h"

#include "core/collect/press-institution.h"

enum {
	SENTENCE_MAX = 300, /* tokens looked at on each side */
	SUBJECT_MAX = 30,   /* between the verb and its subject behind it */
	CALLED_MAX = 200,   /* mentions looked back for an institution */
	PHRASE_MAX = 10,    /* words of "a former engineer of the company" */
};

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
const struct press_mention *
press_mention_at(const struct press_sayer *s, size_t i)
{
	size_t at = press_mention_after(s->mentions, i);

	return at < s->mentions->n && s->mentions->list[at].first == i
	               ? &s->mentions->list[at]
	               : NULL;
}

bool
press_ends_adverb(struct rp_slice word)
{
	return rp_slice_ends(word, RP_SLICE("ly")) ||
	       rp_slice_ends(word, RP_SLICE("ment")) ||
	       rp_slice_ends(word, RP_SLICE("mente"));
}

/* A verb of saying stands here, and no noun that looks like one. */
bool
press_is_cue(const struct press_sayer *s, size_t i, size_t from)
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
	    !press_is(before, WORD_AUX) &&
	    (press_is(before, WORD_DEF) || press_is(t, WORD_NOUNISH)) &&
	    !rp_slice_eq(before->folded, RP_SLICE("l'")) &&
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
	       (press_ends_adverb(before->folded) && before->n > 4);
}

struct press_say
press_nobody(void)
{
	return (struct press_say){ .person = PRESS_UNKNOWN, .nobody = true };
}

/* "[Lattimer]", behind "Lattimer Semiconductor": what it was called first, if it is not
 * called so before that. */
static const struct press_mention *
whole_name(const struct press_sayer *s, const struct press_mention *m)
{
	struct rp_slice word = token(s, m->name_first)->folded;

	if (m->kind != MENTION_NAME || m->name_beyond != m->name_first + 1 || word.n < 4)
		return NULL;
	for (size_t k = 0; k < s->mentions->n && k < CALLED_MAX; k++) {
		const struct press_mention *other = &s->mentions->list[k];

		if (other->first >= m->first)
			return NULL;
		if ((other->kind != MENTION_NAME && other->kind != MENTION_PERSON) ||
		    other->name_beyond <= other->name_first ||
		    !rp_slice_eq(token(s, other->name_first)->folded, word))
			continue;
		return other->name_beyond - other->name_first > 1 ? other : NULL;
	}
	return NULL;
}

static struct rp_slice
mention_name(const struct press_sayer *s, const struct press_mention *m)
{
	const struct press_mention *whole = whole_name(s, m);

	if (whole != NULL)
		m = whole;
	return press_text_slice(s->text, m->name_beyond ? m->name_first : m->first,
	                        m->name_beyond ? m->name_beyond : m->beyond);
}

/* "the authority": the one named before that is called so. */
static const struct press_mention *
institution_called(const struct press_sayer *s, size_t noun)
{
	struct rp_slice word = token(s, noun)->folded;

	if (word.n < 4 || !press_institution_in(s->text, noun, noun + 1))
		return NULL;
	for (size_t k = press_mention_after(s->mentions, noun), steps = 0;
	     k-- > 0 && steps < CALLED_MAX; steps++) {
		const struct press_mention *m = &s->mentions->list[k];

		if (m->kind != MENTION_NAME || m->name_beyond - m->name_first < 2)
			continue;
		for (size_t i = m->name_first; i < m->name_beyond; i++)
			if (rp_slice_eq(token(s, i)->folded, word))
				return m;
	}
	return NULL;
}

/* An organisation is what the sentence before is about, in the same paragraph. */
static bool
spoke_of_company(const struct press_sayer *s, const struct press_mention *m)
{
	int64_t sentence = token(s, m->first)->sentence, last = s->focus.company_sentence;
	size_t first = s->text->block_first[token(s, m->first)->block];

	return last >= 0 && last < sentence && last + 1 >= sentence &&
	       (int64_t)token(s, first)->sentence <= last;
}

/* "a spokeswoman for the council" */
static void
speak_for(const struct press_sayer *s, const struct press_mention *m,
          struct press_say *say)
{
	static const char *const words[] = { "spokes", "porte-parole", "sprecher",
		                             "portavo" };
	const struct press_mention *whom = NULL, *company = s->focus.company;
	bool speaks = false;

	for (size_t i = m->first; i < m->beyond + 3u; i++) {
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			speaks |= rp_slice_starts(token(s, i)->folded,
			                          rp_slice_str(words[k]));
		/* "a spokeswoman for the company" */
		if (speaks && company != NULL && i > m->first &&
		    is_word(s, i, WORD_COMPANY) && is_word(s, i - 1, WORD_DEF)) {
			say->person = PRESS_UNKNOWN;
			say->name = mention_name(s, company);
			return;
		}
		/* "a council spokesperson" */
		if (!speaks && i > m->first && institution_called(s, i) != NULL)
			whom = institution_called(s, i);
		if (speaks && whom != NULL) {
			say->person = PRESS_UNKNOWN;
			say->name = mention_name(s, whom);
			return;
		}
		if (speaks && is_word(s, i, WORD_DEF) && is_word(s, i - 1, WORD_PREP) &&
		    institution_called(s, i + 1) != NULL) {
			say->person = PRESS_UNKNOWN;
			say->name = mention_name(s, institution_called(s, i + 1));
			return;
		}
		if (is_sign(s, i, SIGN_COMMA) || is_sign(s, i, SIGN_STOP))
			break;
	}
	/* "…, teilte eine Sprecherin mit", behind a sentence on the ministry */
	if (speaks && say->person == PRESS_UNKNOWN && s->focus.company != NULL &&
	    is_word(s, m->first, WORD_INDEF) && spoke_of_company(s, m))
		say->name = mention_name(s, s->focus.company);
}

/* "Le groupe invoque la chute des volumes.  Il évoque …": where it stands for things,
 * too. */
static bool
is_company_now(const struct press_sayer *s, const struct press_mention *m, int64_t when)
{
	int64_t sentence = token(s, m->first)->sentence, last = s->focus.company_sentence;

	return s->text->tongue != &press_english && s->focus.company != NULL &&
	       last > when && last + 1 >= sentence &&
	       token(s, s->text->block_first[token(s, m->first)->block])->sentence <=
	               last;
}

/* "Quant à Ana Petit, elle annonçait": the only one named in front of the pronoun. */
static uint32_t
named_before(const struct press_sayer *s, const struct press_mention *m)
{
	uint32_t found = PRESS_UNKNOWN, sentence = token(s, m->first)->sentence;

	for (size_t k = press_mention_after(s->mentions, m->first), steps = 0;
	     k-- > 0 && steps < CALLED_MAX; steps++) {
		const struct press_mention *other = &s->mentions->list[k];

		if (token(s, other->first)->sentence != sentence)
			break;
		if (is_quoted(s, other->first) || other->kind == MENTION_NAME)
			continue;
		if (other->kind != MENTION_PERSON || other->person >= s->people->n ||
		    found != PRESS_UNKNOWN)
			return PRESS_UNKNOWN;
		found = other->person;
	}
	return found < s->people->n && m->gender != PRESS_ANYONE &&
	                       s->people->people[found].sure &&
	                       s->people->people[found].gender == m->gender
	               ? found
	               : PRESS_UNKNOWN;
}

/* "The chair of Harrow Rail has …", at the head of an article: whom the next paragraph
 * begins with, told in full for the first time. */
static uint32_t
told_next(const struct press_sayer *s, const struct press_mention *m)
{
	const struct press_text *t = s->text;
	uint32_t block = token(s, m->first)->block;
	const struct press_mention *next;

	if (s->focus.n > 1 || !token(s, m->first)->first || block + 1u >= t->n_blocks ||
	    t->blocks[block + 1].kind != PRESS_PARAGRAPH)
		return PRESS_UNKNOWN;
	next = press_mention_at(s, t->block_first[block + 1]);
	if (next == NULL || next->kind != MENTION_PERSON || next->governed ||
	    next->person >= s->people->n || next->name_beyond - next->name_first < 2 ||
	    !s->people->people[next->person].sure ||
	    s->people->people[next->person].first < next->first ||
	    (m->gender != PRESS_ANYONE && next->gender != PRESS_ANYONE &&
	     m->gender != next->gender))
		return PRESS_UNKNOWN;
	return next->person;
}

/* Whom a mention means, as a speaker. */
struct press_say
press_speaker(const struct press_sayer *s, const struct press_mention *m)
{
	struct press_say say = { .person = PRESS_UNKNOWN, .certainty = PRESS_HIGH };

	if (m->role_beyond > m->role_first)
		say.role = press_text_slice(s->text, m->role_first, m->role_beyond);
	switch ((enum press_mention_kind)m->kind) {
	case MENTION_PERSON:
		say.person = m->person < s->people->n ? m->person : PRESS_UNKNOWN;
		if (m->person == PRESS_SEVERAL)
			say.person = press_focus_namesake(&s->focus, m);
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
		say.person = m->latter ? s->focus.latest : named_before(s, m);
		if (say.person == PRESS_UNKNOWN && !m->latter) {
			int64_t when = -1;

			say.person = press_focus_pick(&s->focus, m->gender, &when);
			if (is_company_now(s, m, when)) {
				say.person = PRESS_UNKNOWN;
				say.name = mention_name(s, s->focus.company);
			}
		}
		if (say.person < s->people->n &&
		    s->people->people[say.person].gender == PRESS_ANYONE)
			s->people->people[say.person].gender = m->gender;
		say.certainty = PRESS_MEDIUM;
		break;
	case MENTION_ROLE:
		say.person = press_focus_role(&s->focus, m);
		if (say.person == PRESS_UNKNOWN)
			say.person = told_next(s, m);
		say.certainty = PRESS_MEDIUM;
		break;
	case MENTION_COMPANY:
		if (institution_called(s, m->beyond - 1) != NULL)
			say.name = mention_name(s, institution_called(s, m->beyond - 1));
		else if (s->focus.company != NULL)
			say.name = mention_name(s, s->focus.company);
		say.certainty = PRESS_MEDIUM;
		break;
	case MENTION_SOMEBODY:
		if (!m->plural && is_word(s, m->first, WORD_DEF) &&
		    institution_called(s, m->beyond - 1) != NULL)
			say.name = mention_name(s, institution_called(s, m->beyond - 1));
		break;
	}
	say.framed = true;
	if (m->kind == MENTION_ROLE || m->kind == MENTION_SOMEBODY)
		speak_for(s, m, &say);
	if (say.person == PRESS_UNKNOWN && say.name.n == 0) {
		say.nobody = true;
		say.certainty = PRESS_NOBODY;
	}
	return say;
}

/* Whoever is spoken of there. */
struct press_say
press_spoken_of(const struct press_sayer *s, enum press_gender gender)
{
	struct press_say say = { .person = press_focus_pick(&s->focus, gender, NULL),
		                 .framed = true };

	say.certainty = say.person == PRESS_UNKNOWN ? PRESS_NOBODY : PRESS_MEDIUM;
	return say;
}

bool
press_holds(const struct press_sayer *s, size_t from, size_t beyond, unsigned word)
{
	for (size_t i = from; i < beyond; i++)
		if (is_word(s, i, word) && !is_quoted(s, i))
			return true;
	return false;
}

/* A mention that can be a subject, from there on: the first, or the last before beyond.
 */
const struct press_mention *
press_find_mention(const struct press_sayer *s, size_t from, size_t beyond, bool last,
                   bool governed)
{
	const struct press_mention *found = NULL;

	for (size_t k = press_mention_after(s->mentions, from);
	     k < s->mentions->n && s->mentions->list[k].first < beyond; k++) {
		const struct press_mention *m = &s->mentions->list[k];

		if (is_quoted(s, m->first) || (m->governed && !governed))
			continue;
		if (m->kind == MENTION_NAME && m->name_beyond <= m->name_first)
			continue;
		/* "la Fédération des artisans (Fahm)" */
		if (found != NULL && m->first > 0 &&
		    is_sign(s, m->first - 1, SIGN_OPEN) &&
		    is_sign(s, m->beyond, SIGN_CLOSE))
			continue;
		found = m;
		if (!last)
			break;
	}
	return found;
}

/* A person for certain, not two words with capitals. */
static bool
is_sure(const struct press_sayer *s, const struct press_mention *m)
{
	return m->kind != MENTION_PERSON || m->person >= s->people->n ||
	       s->people->people[m->person].sure;
}

/* The subject in front of a verb: the nearest, or behind a comma the sentence's own. */
const struct press_mention *
press_subject_before(const struct press_sayer *s, size_t from, size_t verb)
{
	size_t i = verb;
	const struct press_mention *near, *first;

	while (i > from && is_word(s, i - 1, WORD_AUX | WORD_SMALL) &&
	       !is_word(s, i - 1, WORD_HE | WORD_SHE | WORD_THEY))
		i--;
	near = press_find_mention(s, from, verb, true, false);
	if (near == NULL)
		return NULL;
	if (i > from && is_sign(s, i - 1, SIGN_COMMA) &&
	    (near->beyond + 1 < i || (near->kind != MENTION_PERSON &&
	                              near->kind != MENTION_NAME && near->beyond < i))) {
		first = press_find_mention(s, from, verb, false, false);
		/* "Le syndicat CFDT-Santé, majoritaire, craint" */
		if (near->kind == MENTION_NAME && near->first == first->beyond)
			return near;
		if (first->kind == MENTION_PERSON || near->kind == MENTION_NAME)
			return first;
	}
	/* "Altman, whom Musk had sued, said" is told above; "Musk, the AFP reports". */
	if (near->kind == MENTION_NAME || !is_sure(s, near)) {
		first = press_find_mention(s, from, verb, false, false);
		if (first->kind == MENTION_PERSON && near->beyond < i &&
		    is_sure(s, first))
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
		m = press_mention_at(s, k + 1);
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

static bool
is_plural(const struct press_token *article)
{
	return rp_slice_eq(article->folded, RP_SLICE("les")) ||
	       rp_slice_eq(article->folded, RP_SLICE("los")) ||
	       rp_slice_eq(article->folded, RP_SLICE("las")) ||
	       rp_slice_eq(article->folded, RP_SLICE("gli"));
}

/* An article opens a phrase that is no mention: "le Texan", "un habitué des lieux". */
struct press_say
press_phrase(const struct press_sayer *s, size_t i, size_t end)
{
	const struct press_mention *m = name_behind_phrase(s, i, end);
	const struct press_token *t = token(s, i);
	struct rp_slice la = RP_SLICE("la"), le = RP_SLICE("le");

	/* "sa collègue Mathilde Roy", whatever the noun */
	for (size_t k = i + 2; m == NULL && k < i + 5 && k < end; k++) {
		if (!is_sign(s, k - 1, SIGN_WORD) ||
		    is_word(s, k - 1, WORD_PREP | WORD_CUE))
			break;
		m = press_mention_at(s, k);
		if (m != NULL && (m->kind != MENTION_PERSON || m->governed ||
		                  m->name_beyond - m->name_first < 2))
			m = NULL;
	}
	if (m != NULL)
		return press_speaker(s, m);
	if (is_word(s, i, WORD_DEF) && institution_called(s, i + 1) != NULL)
		return (struct press_say){
			.person = PRESS_UNKNOWN,
			.name = mention_name(s, institution_called(s, i + 1)),
			.certainty = PRESS_MEDIUM,
			.framed = true,
		};
	if (is_thing(s, i + 1) || press_is(t, WORD_INDEF) || !press_is(t, WORD_DEF) ||
	    is_word(s, i + 1, WORD_INDEF) || is_plural(t) ||
	    press_unnamed_before(s->text, i + 1) ||
	    /* "les mots d’un analyste" */
	    (is_word(s, i + 2, WORD_PREP) && is_word(s, i + 3, WORD_INDEF) &&
	     !is_word(s, i + 3, WORD_DEF))) {
		struct press_say say = press_nobody();

		say.framed = true;
		return say;
	}
	return press_spoken_of(s, rp_slice_eq(t->folded, la)   ? PRESS_WOMAN
	                          : rp_slice_eq(t->folded, le) ? PRESS_MAN
	                                                       : PRESS_ANYONE);
}

bool
press_opens_phrase(const struct press_sayer *s, size_t i)
{
	static const char *const owned[] = { "son",   "sa",   "ses",   "his", "her",
		                             "their", "sein", "seine", "ihr", "ihre",
		                             "su",    "sus",  "suo",   "sua" };

	if (!is_word(s, i, WORD_SMALL) ||
	    (is_word(s, i - 1, WORD_PREP) && !is_word(s, i - 1, WORD_ACCORDING)))
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

/* "—cuenta mientras seca un vaso—": what follows is no subject of the verb. */
static bool
is_while(const struct press_token *t)
{
	static const char *const words[] = { "mientras", "mentre", "while",   "tandis",
		                             "pendant",  "before", "wahrend", "bevor",
		                             "antes",    "after",  "quand",   "cuando" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (t->sign == SIGN_WORD &&
		    rp_slice_eq(t->folded, rp_slice_str(words[i])))
			return true;
	return false;
}

/* "[l’]Autorité de la concurrence", "[die] Hagedorn SE": what an article stands before.
 */
static bool
is_body(const struct press_sayer *s, const struct press_mention *m)
{
	return m != NULL && m->kind == MENTION_NAME && !m->governed &&
	       m->name_beyond > m->name_first &&
	       (m->name_beyond - m->name_first > 1 || token(s, m->name_first)->acronym ||
	        press_institution_compound(s->text, m->name_first));
}

/* The subject behind a verb: "a déclaré mardi à CNBC le patron de Microsoft". */
bool
press_subject_after(const struct press_sayer *s, size_t verb, size_t end,
                    struct press_say *out)
{
	size_t limit = end < verb + SUBJECT_MAX ? end : verb + SUBJECT_MAX;

	for (size_t i = verb + 1; i < limit;) {
		const struct press_mention *m;

		if (is_quoted(s, i) || is_sign(s, i, SIGN_SEMICOLON) ||
		    is_sign(s, i, SIGN_COLON) || is_while(token(s, i)))
			return false;
		m = press_mention_at(s, i);
		if (m != NULL && !m->governed &&
		    (!is_word(s, i, WORD_DAY) || is_word(s, i, WORD_DEF))) {
			*out = press_speaker(s, m);
			return true;
		}
		if (m != NULL) {
			i = m->beyond;
			continue;
		}
		if (is_word(s, i, WORD_DEF) && is_body(s, press_mention_at(s, i + 1))) {
			*out = press_speaker(s, press_mention_at(s, i + 1));
			return true;
		}
		if (press_opens_phrase(s, i)) {
			*out = press_phrase(s, i, end);
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
		const struct press_mention *m = press_mention_at(s, k);

		if (m != NULL && (!pour || m->kind == MENTION_PERSON ||
		                  m->kind == MENTION_ROLE || m->kind == MENTION_PRONOUN))
			return m;
		if (!is_word(s, k, WORD_SMALL))
			return NULL;
	}
	return NULL;
}

/* "selon lui", "according to him" */
static bool
object_pronoun(const struct press_sayer *s, size_t i, struct press_say *out)
{
	static const char *const him[] = { "lui", "him", "ihm", "él" };
	static const char *const her[] = { "her", "ihr", "lei" };
	struct rp_slice word = token(s, i)->folded;
	enum press_gender gender = PRESS_ANYONE;

	for (size_t k = 0; k < sizeof(him) / sizeof(*him); k++)
		if (rp_slice_eq(word, rp_slice_str(him[k])))
			gender = PRESS_MAN;
	for (size_t k = 0; k < sizeof(her) / sizeof(*her); k++)
		if (rp_slice_eq(word, rp_slice_str(her[k])) &&
		    is_sign(s, i + 1, SIGN_COMMA))
			gender = PRESS_WOMAN;
	if (gender == PRESS_ANYONE || !is_sign(s, i, SIGN_WORD))
		return false;
	*out = press_spoken_of(s, gender);
	return true;
}

bool
press_find_according(const struct press_sayer *s, size_t from, size_t end,
                     struct press_say *out)
{
	for (size_t i = from; i < end; i++) {
		const struct press_mention *m = according_at(s, i, end);

		if (m != NULL) {
			*out = press_speaker(s, m);
			return true;
		}
		if (is_word(s, i, WORD_ACCORDING) && !is_quoted(s, i) && i + 1 < end &&
		    object_pronoun(s, i + 1 + is_word(s, i + 1, WORD_PREP), out))
			return true;
		if (is_word(s, i, WORD_ACCORDING) && !is_quoted(s, i) && i + 1 < end &&
		    press_opens_phrase(s, i + 1 + is_word(s, i + 1, WORD_PREP))) {
			*out = press_phrase(s, i + 1 + is_word(s, i + 1, WORD_PREP), end);
			return true;
		}
	}
	return false;
}
