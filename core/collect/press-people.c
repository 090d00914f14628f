#include "core/collect/press-people.h"

#include "core/collect/press-institution.h"

enum { NAME_MAX_WORDS = 7 };

static const struct press_token *
token(const struct press_people *p, size_t i)
{
	return press_token(p->text, i);
}

/* Nothing but a blank between tokens i and i + 1. */
static bool
adjoin(const struct press_people *p, size_t i)
{
	const struct press_token *a = token(p, i), *b = token(p, i + 1);

	return a->block == b->block && b->at >= a->at + a->n &&
	       b->at - (a->at + a->n) <= 3 && b->sign == SIGN_WORD;
}

/* "[Chinese] regulators", "[Reached] Wednesday": words that have a capital as they would
 * in any sentence. */
static bool
is_adjective(const struct press_people *p, size_t i)
{
	static const char *const ends[] = {
		"ese", "ish", "ian", "rican", "rman", "ench"
	};
	const struct press_token *t = token(p, i), *next = token(p, i + 1);

	if (p->text->tongue != &press_english || !adjoin(p, i))
		return false;
	if (t->first && rp_slice_ends(t->folded, RP_SLICE("ed")) &&
	    press_is(next, WORD_DAY | WORD_PREP | WORD_DEF))
		return true;
	if (next->capital || press_is(next, WORD_SMALL | WORD_CUE | WORD_AUX) ||
	    t->acronym)
		return false;
	for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++)
		if (rp_slice_ends(t->folded, rp_slice_str(ends[k])))
			return true;
	return false;
}

/* A word with a capital that can be part of a name. */
static bool
is_name_word(const struct press_people *p, size_t i, bool begins)
{
	const struct press_token *t = token(p, i);
	bool may = rp_slice_eq(t->folded, RP_SLICE("may"));

	if (t->sign != SIGN_WORD || !t->capital || t->folded.n == 0)
		return false;
	if (begins && t->n == 1 && t->first)
		return false;
	if (rp_slice_starts(t->folded, RP_SLICE("@")))
		return false;
	if (begins && is_adjective(p, i))
		return false;
	if (press_is(t, WORD_GIVEN_ANY) && t->n > 2)
		return true;
	/* Masayoshi Son */
	if (!begins && i > 0 && !t->first && t->n > 2 && !press_is(t, WORD_DAY) &&
	    press_is(token(p, i - 1), WORD_GIVEN_ANY))
		return true;
	if (press_is(t, WORD_SMALL | WORD_HE | WORD_SHE | WORD_THEY | WORD_DAY) &&
	    !(may && !begins) && !(press_is(t, WORD_PARTICLE) && t->capital && !t->first))
		return false;
	if (begins && t->first && press_is(t, WORD_ACCORDING | WORD_FOR | WORD_PREP))
		return false;
	if (press_is(t, WORD_MR | WORD_MRS) && begins)
		return false;
	if (begins && press_is(t, WORD_COMPANY) && !press_is(t, WORD_ORG) &&
	    (t->first || (p->text->tongue->habits & HABIT_NOUNS) ||
	     !press_institution_in(p->text, i, i + 1)))
		return false;
	if (begins && t->first && press_is(t, WORD_PEOPLE))
		return false;
	/* "NEW YORK — Investors heard" */
	if (begins && i > 0 && press_is(t, WORD_PEOPLE) &&
	    token(p, i - 1)->sign == SIGN_DASH)
		return false;
	/* "Habló Norma Etchegaray." */
	if (begins && t->first && press_is(t, WORD_CUE) && adjoin(p, i) &&
	    press_is(token(p, i + 1), WORD_GIVEN_ANY) && token(p, i + 1)->capital)
		return false;
	if (begins && (p->text->tongue->habits & HABIT_NOUNS) &&
	    press_is(t,
	             WORD_COMPANY | WORD_STAGE | WORD_WORK | WORD_PEOPLE | WORD_PLEDGE))
		return false;
	if (begins && t->first && p->lower != NULL &&
	    map_get(p->lower, t->folded) != NULL)
		return false;
	/* "L’", "D’" */
	return t->folded.p[t->folded.n - 1] != '\'';
}

static bool
is_particle(const struct press_people *p, size_t i)
{
	const struct press_token *t = token(p, i);

	return t->sign == SIGN_WORD && press_is(t, WORD_PARTICLE) && !t->first &&
	       !t->capital;
}

/* Particles behind token i that lead to another part of the name: how many. */
static size_t
particles_after(const struct press_people *p, size_t first, size_t i)
{
	size_t n = 0;
	bool loose = false;

	while (n < 3 && adjoin(p, i + n) && is_particle(p, i + n + 1)) {
		loose |= press_is(token(p, i + n + 1), WORD_PREP | WORD_DEF);
		n++;
	}
	if (n == 0 || !adjoin(p, i + n) || !is_name_word(p, i + n + 1, false))
		return 0;
	/* "Satya Nadella de Microsoft" is no name, "Ursula von der Leyen" is one. */
	if (loose && (i != first || !press_is(token(p, first), WORD_GIVEN_ANY)))
		return 0;
	return n;
}

/* A role with a capital inside a run of them: what follows is the name. */
static bool
is_role_inside(const struct press_people *p, size_t i, size_t first)
{
	const struct press_token *t = token(p, i);

	if (!press_is(t, WORD_ROLE) || press_is(t, WORD_GIVEN_ANY))
		return false;
	if (i > first && press_is(token(p, i - 1), WORD_GIVEN_ANY))
		return !t->capital;
	return true;
}

static bool
has_company(const struct press_people *p, size_t first, size_t beyond)
{
	for (size_t i = first; i < beyond; i++)
		if (press_is(token(p, i), WORD_ORG) ||
		    (press_is(token(p, i), WORD_COMPANY) && i + 1 == beyond))
			return true;
	return press_is(token(p, first), WORD_PLACE) && beyond - first > 1;
}

/* "Pendlerin [Jördis Wendland]": by the noun's end. */
static bool
is_german_trade(const struct press_token *t)
{
	static const char *const ends[] = {
		"erin", "orin",   "istin", "entin", "antin", "er",     "or",   "ist",
		"ent",  "ant",    "mann",  "frau",  "arzt",  "arztin", "wirt", "wirtin",
		"koch", "kochin", "rat",   "ratin", "chef",  "chefin"
	};

	for (size_t i = 0; t->n >= 6 && i < sizeof(ends) / sizeof(*ends); i++)
		if (rp_slice_ends(t->folded, rp_slice_str(ends[i])))
			return true;
	return false;
}

/* "Tesla Elon Musk": where the given name stands. */
static size_t
given_inside(const struct press_people *p, size_t first, size_t beyond)
{
	if (press_is(token(p, first), WORD_GIVEN_ANY) || beyond - first < 3)
		return first;
	/* "il segretario della Fabi, [Lando Maria Sileoni]" */
	if (first > 0 && token(p, first - 1)->sign == SIGN_COMMA &&
	    !token(p, first)->acronym)
		return first;
	if ((p->text->tongue->habits & HABIT_NOUNS) && is_german_trade(token(p, first)))
		return first + 1;
	/* "Labour TD Mairéad Considine": behind the letters of an office. */
	for (size_t k = beyond - 2; k > first; k--)
		if (token(p, k - 1)->acronym && token(p, k - 1)->n <= 5 &&
		    !token(p, k)->acronym)
			return k;
	for (size_t k = first + 1; k + 1 < beyond; k++)
		if (press_is(token(p, k), WORD_GIVEN_ANY) && token(p, k - 1)->n > 2 &&
		    !is_particle(p, k - 1))
			return k;
	return first;
}

static uint8_t
gender_of_token(const struct press_token *t, unsigned man, unsigned woman)
{
	if (press_is(t, man) && !press_is(t, woman))
		return PRESS_MAN;
	if (press_is(t, woman) && !press_is(t, man))
		return PRESS_WOMAN;
	return PRESS_ANYONE;
}

static bool
is_title(const struct press_token *t)
{
	return t->sign == SIGN_WORD && press_is(t, WORD_MR | WORD_MRS) &&
	       (t->capital || t->n > 3);
}

/* Mike ["Moose"] Halvorsen */
static bool
is_nickname(const struct press_people *p, size_t i)
{
	const struct press_token *open = token(p, i), *close = token(p, i + 2);

	return open->sign == SIGN_MARK && close->sign == SIGN_MARK &&
	       press_is(token(p, i - 1), WORD_GIVEN_ANY) &&
	       open->block == token(p, i - 1)->block &&
	       token(p, i + 1)->sign == SIGN_WORD && token(p, i + 1)->capital &&
	       close->block == open->block && token(p, i + 3)->block == open->block &&
	       is_name_word(p, i + 3, false);
}

/* Titles that men and women have. */
static bool
is_office(const struct press_token *t)
{
	static const char *const words[] = {
		"rev",   "cllr",      "pc",      "sgt",    "insp",      "supt", "capt",
		"cdr",   "col",       "lt",      "gen",    "dr",        "dr.",  "prof",
		"prof.", "professor", "docteur", "maitre", "me",        "rev.", "hon.",
		"pr",    "avv.",      "ing.",    "doctor", "professeur"
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (rp_slice_eq(t->folded, rp_slice_str(words[i])))
			return true;
	return false;
}

/* "Legal [&] General" */
static bool
is_ampersand(const struct press_people *p, size_t i)
{
	return token(p, i)->sign == SIGN_OTHER && token(p, i)->n == 1 &&
	       token(p, i)->block == token(p, i - 1)->block &&
	       p->text->blocks[token(p, i)->block].text.p[token(p, i)->at] == '&' &&
	       token(p, i + 1)->block == token(p, i)->block && i + 1 < p->text->n &&
	       is_name_word(p, i + 1, false);
}

/* The run of capitals from i on; roles in it move the beginning of the name. */
static size_t
run_of_capitals(const struct press_people *p, size_t i, struct press_name *out)
{
	size_t beyond = i, words = 0;

	while (words < NAME_MAX_WORDS) {
		size_t n;

		if (!is_name_word(p, beyond, beyond == out->first && !out->title))
			break;
		if (is_role_inside(p, beyond, out->first)) {
			bool goes_on =
				adjoin(p, beyond) && is_name_word(p, beyond + 1, false);

			/* "Dolores Iglesias Rey": a surname */
			if (!goes_on && words > 1 && token(p, beyond)->capital &&
			    press_is(token(p, out->first), WORD_GIVEN_ANY)) {
				beyond++;
				break;
			}
			if (!goes_on)
				break;
			beyond++;
			out->first = beyond;
			words = 0;
			continue;
		}
		words++;
		beyond++;
		if (is_ampersand(p, beyond)) {
			out->organisation = true;
			beyond += 2;
			if (!adjoin(p, beyond - 1))
				break;
			continue;
		}
		if (is_nickname(p, beyond)) {
			beyond += 3;
			continue;
		}
		if (!adjoin(p, beyond - 1))
			break;
		n = particles_after(p, out->first, beyond - 1);
		beyond += n;
	}
	return beyond;
}

bool
press_name_at(const struct press_people *p, size_t i, struct press_name *out)
{
	size_t given;

	if (i >= p->text->n)
		return false;
	*out = (struct press_name){ .role_first = i, .first = i };
	if (is_title(token(p, i)) && adjoin(p, i)) {
		out->title = true;
		if (!is_office(token(p, i)))
			out->gender = gender_of_token(token(p, i), WORD_MR, WORD_MRS);
		out->first = out->role_first = i + 1;
		while (is_particle(p, out->first) && adjoin(p, out->first))
			out->first++;
		out->role_first = out->first;
	}
	out->beyond = run_of_capitals(p, out->first, out);
	if (out->title && out->role_first > i + 1)
		out->first = i + 1; /* "M. de Villepin" */
	if (out->beyond <= out->first)
		return false;
	if (out->organisation)
		return true;
	/* "Breathe Easy UK" */
	if (!out->title && out->beyond - out->first > 1 &&
	    !press_is(token(p, out->first), WORD_GIVEN_ANY) &&
	    !token(p, out->first)->acronym && token(p, out->beyond - 1)->acronym &&
	    token(p, out->beyond - 1)->n >= 2 && token(p, out->beyond - 1)->n <= 4) {
		out->organisation = true;
		return true;
	}
	given = given_inside(p, out->first, out->beyond);
	if (given == out->first && !out->title &&
	    !press_is(token(p, given), WORD_GIVEN_ANY) &&
	    press_institution_in(p->text, out->first, out->beyond)) {
		size_t end = press_institution_end(p->text, out->first, out->beyond);

		if (end > out->beyond || out->beyond - out->first > 1) {
			out->beyond = end;
			out->organisation = true;
			return true;
		}
	}
	out->first = given;
	if (out->gender == PRESS_ANYONE)
		out->gender = gender_of_token(token(p, out->first), WORD_MAN, WORD_WOMAN);
	if (out->first > 0 && !out->title &&
	    press_is(token(p, out->first - 1), WORD_COMPANY) &&
	    !press_is(token(p, out->first), WORD_GIVEN_ANY)) {
		out->organisation = true;
		return true;
	}
	out->organisation =
		!out->title &&
		(has_company(p, out->first, out->beyond) ||
	         (out->beyond - out->first > 1 && token(p, out->first)->acronym &&
	          token(p, out->first)->n > 2 && !token(p, out->beyond - 1)->acronym)) &&
		!(press_is(token(p, out->first), WORD_GIVEN_ANY) &&
	          !(out->first > 0 && press_is(token(p, out->first - 1), WORD_DEF) &&
	            !(p->text->tongue->habits & HABIT_NOUNS)) &&
	          out->beyond - out->first == 2 &&
	          !press_is(token(p, out->beyond - 1), WORD_COMPANY));
	return true;
}

/* The words of a name, folded, with blanks. */
static bool
fold_name(const struct press_people *p, size_t first, size_t beyond, struct rp_slice *out)
{
	*out = RP_SLICE("");
	for (size_t i = first; i < beyond; i++) {
		struct rp_slice word = token(p, i)->folded;

		if (i > first && !arena_join(p->arena, *out, RP_SLICE(" "), out))
			return false;
		if (!arena_join(p->arena, *out, word, out))
			return false;
	}
	return true;
}

/* Where the surname begins: the last word with what belongs to it. */
static size_t
surname_at(const struct press_people *p, size_t first, size_t beyond)
{
	size_t at = beyond - 1;

	while (at > first + 1 && press_is(token(p, at - 1), WORD_PARTICLE))
		at--;
	return at;
}

static bool
learn_person(struct press_people *p, const struct press_name *name, bool sure)
{
	struct rp_slice folded, last;
	struct press_person *people;
	uint32_t *at;
	bool fresh;
	size_t surname = surname_at(p, name->first, name->beyond);

	if (!fold_name(p, name->first, name->beyond, &folded))
		return false;
	at = map_put(p->full, folded, (uint32_t)p->n, &fresh);
	if (at == NULL)
		return false;
	if (!fresh) {
		p->people[*at].sure |= sure;
		return true;
	}
	people = arena_room(p->arena, p->people, p->n, &p->room, sizeof(*people));
	if (people == NULL)
		return false;
	p->people = people;
	people[p->n] = (struct press_person){
		.name = press_text_slice(p->text, name->first, name->beyond),
		.first = (uint32_t)name->first,
		.same_surname = PRESS_UNKNOWN,
		.gender = name->gender,
		.sure = sure,
	};
	last = token(p, name->beyond - 1)->folded;
	if (surname < name->beyond - 1 && !fold_name(p, surname, name->beyond, &folded))
		return false;
	for (int i = 0; i < (surname < name->beyond - 1 ? 2 : 1); i++) {
		at = map_put(p->surnames, i ? folded : last, (uint32_t)p->n, &fresh);
		if (at == NULL)
			return false;
		if (!fresh && *at != p->n && people[p->n].same_surname == PRESS_UNKNOWN) {
			people[p->n].same_surname = *at;
			*at = (uint32_t)p->n;
		}
	}
	if (name->beyond - name->first > 1) {
		at = map_put(p->givens, token(p, name->first)->folded, (uint32_t)p->n,
		             &fresh);
		if (at == NULL)
			return false;
		if (!fresh)
			*at = PRESS_SEVERAL;
	}
	p->n++;
	return true;
}

/* "the shearer [Pita Ropata]": by the noun's end. */
static bool
is_trade(const struct press_token *t)
{
	static const char *const ends[] = { "er",   "or",   "ist",  "ian",
		                            "eur",  "euse", "iste", "ienne",
		                            "ista", "tore", "dora", "dor" };

	if (t->sign != SIGN_WORD || t->capital || t->n < 6 ||
	    press_is(t, WORD_SMALL | WORD_COMPANY | WORD_WORK | WORD_STAGE | WORD_PREP))
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (rp_slice_ends(t->folded, rp_slice_str(ends[i])))
			return true;
	return false;
}

/* "El párroco, [Teófilo Jiménez], replica": set off behind what somebody is. */
static bool
is_set_off(const struct press_people *p, const struct press_name *name)
{
	const struct press_token *noun, *article;

	if (name->first < 3 || name->beyond - name->first < 2 ||
	    token(p, name->first - 1)->sign != SIGN_COMMA ||
	    token(p, name->beyond)->sign != SIGN_COMMA)
		return false;
	noun = token(p, name->first - 2);
	article = token(p, name->first - 3);
	return noun->block == token(p, name->first)->block && noun->sign == SIGN_WORD &&
	       (!noun->capital || (p->text->tongue->habits & HABIT_NOUNS)) &&
	       !press_is(noun, WORD_COMPANY | WORD_WORK | WORD_SMALL | WORD_STAGE) &&
	       !press_institution_in(p->text, name->first - 2, name->first - 1) &&
	       (press_is(article, WORD_DEF) || is_trade(noun)) &&
	       !press_is(token(p, name->first), WORD_PLACE) &&
	       !press_institution_in(p->text, name->first, name->beyond);
}

/* What stands beside it makes a person of it. */
static bool
looks_like_person(const struct press_people *p, const struct press_name *name)
{
	const struct press_token *before =
		name->first > 0 ? token(p, name->first - 1) : &press_no_token;
	const struct press_token *after = token(p, name->beyond);

	if (before->block != token(p, name->first)->block)
		before = &press_no_token;
	if (name->title || press_is(token(p, name->first), WORD_GIVEN_ANY) ||
	    name->first > name->role_first)
		return true;
	if (press_is(before, WORD_ROLE | WORD_CUE) || is_trade(before) ||
	    is_set_off(p, name))
		return true;
	return press_is(after, WORD_CUE) && !press_is(after, WORD_PREP);
}

/* How words are written where no sentence begins. */
static bool
learn_cases(struct press_people *p)
{
	struct map *lower = map_new(), *upper = map_new();
	bool good = lower != NULL && upper != NULL;

	p->lower = NULL; /* what is being read is not looked up */
	for (size_t i = 0; good && i < p->text->n; i++) {
		const struct press_token *t = token(p, i);

		if (t->sign != SIGN_WORD)
			continue;
		if (!t->capital && t->folded.n > 2)
			good = map_put(lower, t->folded, 1, NULL) != NULL;
		else if (t->capital && !t->first)
			good = map_put(upper, t->folded, 1, NULL) != NULL;
	}
	p->lower = lower;
	p->upper = upper;
	return good;
}

/* "A. É.": letters that stand for somebody, or for a newspaper. */
static bool
is_initials(const struct press_people *p, const struct press_name *name)
{
	for (size_t i = name->first; i < name->beyond; i++) {
		const struct press_token *t = token(p, i);

		if (t->sign == SIGN_WORD && !t->acronym && t->n > 3)
			return false;
		if (t->n > 6 ||
		    (t->n > 2 && rp_slice_find_byte(t->folded, '.') == t->folded.n))
			return false;
	}
	return true;
}

/* A given name behind "son", "fille": of somebody's family. */
static bool
is_relative(const struct press_people *p, size_t i)
{
	const struct press_token *before = i > 0 ? token(p, i - 1) : &press_no_token;

	/* "his widow, Morag," */
	if (before->sign == SIGN_COMMA && i > 1 && token(p, i + 1)->sign == SIGN_COMMA)
		before = token(p, i - 2);
	return press_is(token(p, i), WORD_GIVEN_ANY) && before->sign == SIGN_WORD &&
	       before->block == token(p, i)->block && press_is(before, WORD_ROLE) &&
	       (!before->capital || (p->text->tongue->habits & HABIT_NOUNS));
}

/* First those with given names, then the titles before single ones. */
static bool
learn_names(struct press_people *p, bool single)
{
	size_t i = 0;

	while (i < p->text->n) {
		struct press_name name;
		size_t words;

		if (p->n >= PRESS_PEOPLE_MAX)
			return true;
		if (!press_name_at(p, i, &name)) {
			i++;
			continue;
		}
		words = name.beyond - name.first;
		if (!name.organisation && words > 1 && !single &&
		    !is_initials(p, &name) && !is_particle(p, name.first) &&
		    /* "Di Vito", after "Mauro Di Vito" */
		    (!(p->text->tongue->habits & HABIT_NOUNS) ||
		     looks_like_person(p, &name)) &&
		    !(press_is(token(p, name.first), WORD_PARTICLE) &&
		      press_person_of(p, &name) < p->n) &&
		    !learn_person(p, &name, looks_like_person(p, &name)))
			return false;
		if (single && (name.title || name.first > name.role_first) &&
		    !name.organisation && words == 1) {
			uint32_t who = press_person_of(p, &name);

			if (who == PRESS_UNKNOWN && !learn_person(p, &name, true))
				return false;
			if (who < p->n && p->people[who].gender == PRESS_ANYONE)
				p->people[who].gender = name.gender;
		}
		/* "her son Craig" */
		if (single && words == 1 && !name.title && is_relative(p, name.first) &&
		    press_person_of(p, &name) == PRESS_UNKNOWN &&
		    !learn_person(p, &name, true))
			return false;
		/* Called by the surname alone: a person. */
		if (single && words == 1 && !name.organisation) {
			uint32_t who = press_person_of(p, &name);

			if (who < p->n && press_has_surname(p, &name, who) &&
			    p->people[who].name.n > token(p, name.first)->n)
				p->people[who].sure = true;
		}
		i = name.beyond;
	}
	return true;
}

bool
press_people_read(struct arena *arena, struct press_text *text, struct press_people *out)
{
	*out = (struct press_people){ .arena = arena, .text = text };
	out->full = map_new();
	out->surnames = map_new();
	out->givens = map_new();
	return out->full != NULL && out->surnames != NULL && out->givens != NULL &&
	       learn_cases(out) && learn_names(out, false) && learn_names(out, true);
}

void
press_people_done(struct press_people *p)
{
	p->full = map_free(p->full);
	p->surnames = map_free(p->surnames);
	p->givens = map_free(p->givens);
	p->lower = map_free(p->lower);
	p->upper = map_free(p->upper);
}

/* Among people of one surname: the only one told before, of that gender. */
static uint32_t
one_of_them(const struct press_people *p, uint32_t at, const struct press_name *name)
{
	uint32_t found = PRESS_UNKNOWN, any = PRESS_UNKNOWN;
	unsigned steps = 0;

	for (; at < p->n && steps < 64; at = p->people[at].same_surname, steps++) {
		const struct press_person *person = &p->people[at];

		if (name->title && name->gender != PRESS_ANYONE &&
		    person->gender != PRESS_ANYONE && person->gender != name->gender)
			continue;
		any = any == PRESS_UNKNOWN ? at : PRESS_SEVERAL;
		if (person->first <= name->first)
			found = found == PRESS_UNKNOWN ? at : PRESS_SEVERAL;
	}
	return found != PRESS_UNKNOWN ? found : any;
}

uint32_t
press_person_of(const struct press_people *p, const struct press_name *name)
{
	struct rp_slice folded;
	const uint32_t *at;

	if (!fold_name(p, name->first, name->beyond, &folded))
		return PRESS_UNKNOWN;
	at = map_get(p->full, folded);
	if (at != NULL && name->beyond - name->first > 1)
		return *at;
	if (name->organisation)
		return PRESS_UNKNOWN;
	at = map_get(p->surnames, folded);
	if (at != NULL)
		return p->people[*at].same_surname == PRESS_UNKNOWN
		               ? *at
		               : one_of_them(p, *at, name);
	/* "Musks", the genitive of German. */
	if ((p->text->tongue->habits & HABIT_NOUNS) && folded.n > 3 &&
	    folded.p[folded.n - 1] == 's') {
		at = map_get(p->surnames, rp_slice_from(folded.p, folded.n - 1));
		if (at != NULL)
			return *at;
	}
	if (name->beyond - name->first == 1) {
		at = map_get(p->givens, folded);
		if (at != NULL && (*at >= p->n || p->people[*at].sure ||
		                   press_is(token(p, name->first), WORD_GIVEN_ANY)))
			return *at;
	}
	return PRESS_UNKNOWN;
}

bool
press_has_surname(const struct press_people *p, const struct press_name *name,
                  uint32_t person)
{
	struct rp_slice surname = press_text_slice(p->text, name->first, name->beyond);

	return surname.n > 0 && person < p->n &&
	       rp_slice_ends(p->people[person].name, surname);
}
