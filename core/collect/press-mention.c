#include "core/collect/press-mention.h"

#include "core/collect/press-institution.h"

enum {
	ROLE_LEAD = 5,  /* words between an article and what somebody is */
	ROLE_TAIL = 14, /* words behind it */
};

static const struct press_token *
token(const struct press_people *p, size_t i)
{
	return press_token(p->text, i);
}

static bool
is_sign(const struct press_people *p, size_t i, enum press_sign sign)
{
	return i < p->text->n && token(p, i)->sign == sign;
}

static bool
is_genitive(const struct press_token *t)
{
	return t->sign == SIGN_WORD && t->n <= 4 && t->folded.n >= 2 &&
	       t->folded.p[t->folded.n - 1] == 's' &&
	       !(t->folded.p[0] >= 'a' && t->folded.p[0] <= 'z');
}

static bool
same_place(const struct press_people *p, size_t a, size_t b)
{
	return b < p->text->n && token(p, a)->block == token(p, b)->block &&
	       token(p, a)->span == token(p, b)->span;
}

static bool
is_verb(const struct press_token *t)
{
	return press_is(t, WORD_CUE) &&
	       !press_is(t, WORD_NOUNISH | WORD_ROLE | WORD_PREP) && !t->capital;
}

/* What a role goes on with: "PDG [de Tesla et de SpaceX]"; the token behind it. */
static size_t
role_end(const struct press_people *p, size_t role)
{
	size_t i = role + 1;

	for (; i < role + ROLE_TAIL && same_place(p, role, i); i++) {
		const struct press_token *t = token(p, i);

		if (t->sign == SIGN_OTHER && t->n == 1)
			continue; /* & */
		if (t->sign != SIGN_WORD || is_verb(t) || t->inverted)
			break;
		if (press_is(t, WORD_AUX) && !press_is(t, WORD_PREP | WORD_DEF))
			break;
		if (press_is(t, WORD_HE | WORD_SHE | WORD_DAY))
			break;
		if (!t->capital && press_is(t, WORD_SMALL) &&
		    !press_is(t, WORD_PREP | WORD_DEF | WORD_PARTICLE)) {
			const struct press_token *next = token(p, i + 1);

			/* "and" goes on only before something like it. */
			if (next->n > 3 ||
			    !(next->capital || press_is(next, WORD_ROLE | WORD_PARTICLE)))
				break;
		}
		if (press_is(t, WORD_WHERE) && !press_is(t, WORD_PARTICLE) && t->n > 2 &&
		    !(i == role + 1 && token(p, i + 1)->capital &&
		      rp_slice_eq(t->folded, RP_SLICE("chez"))))
			break; /* "sur", "dans": where it was said */
		if (t->capital && press_is(t, WORD_GIVEN_ANY) && i > role &&
		    i + 1 < p->text->n && token(p, i + 1)->capital)
			break; /* the name itself */
	}
	/* No preposition or article at the end. */
	while (i > role + 1 && press_is(token(p, i - 1), WORD_SMALL) &&
	       !token(p, i - 1)->capital)
		i--;
	return i;
}

/* Small words that may stand between an article and a role. */
static bool
is_former(const struct press_token *t)
{
	static const char *const words[] = { "ancien", "ancienne", "premier", "premiere",
		                             "tout",   "toute",    "tres",    "autre",
		                             "meme",   "seul",     "then",    "first",
		                             "one",    "other",    "most" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (rp_slice_eq(t->folded, rp_slice_str(words[i])))
			return true;
	return false;
}

/* From i on, after an article perhaps, what somebody is: the token of it, or 0. */
static size_t
find_role(const struct press_people *p, size_t i, size_t lead)
{
	for (size_t k = i; k <= i + lead && same_place(p, i, k); k++) {
		const struct press_token *t = token(p, k);

		if (t->sign != SIGN_WORD)
			return 0;
		if (press_is(t, WORD_ROLE) &&
		    !(press_is(t, WORD_GIVEN_ANY) && t->capital))
			return k + 1;
		if (press_is(t, WORD_PREP | WORD_HE | WORD_SHE) ||
		    (k > i && press_is(t, WORD_SMALL) && !t->capital && !is_former(t)) ||
		    (is_verb(t) && k > i))
			return 0;
	}
	return 0;
}

/* A name follows that means somebody, and is set off: "le patron de Tesla, Elon Musk,".
 */
static bool
name_follows(const struct press_people *p, size_t i, struct press_name *name)
{
	uint32_t who;

	if (i >= p->text->n || !press_name_at(p, i, name) || name->organisation)
		return false;
	who = press_person_of(p, name);
	return who < p->n;
}

static void
set_name(const struct press_people *p, struct press_mention *m,
         const struct press_name *name)
{
	m->kind = MENTION_PERSON;
	m->person = press_person_of(p, name);
	m->name_first = (uint32_t)name->first;
	m->name_beyond = (uint32_t)name->beyond;
	m->beyond = (uint32_t)name->beyond;
	if (name->gender != PRESS_ANYONE)
		m->gender = name->gender;
}

static bool
is_number_word(const struct press_people *p, size_t i)
{
	const struct press_token *t = token(p, i);

	return t->sign == SIGN_WORD && t->folded.n > 0 && t->folded.p[0] >= '0' &&
	       t->folded.p[0] <= '9';
}

/* What follows a name between commas: "Ana Petit, patronne d’Exemple SA,". */
static void
take_apposition(const struct press_people *p, struct press_mention *m)
{
	size_t i = m->beyond, from, role, end;
	bool bracket;

	if (!is_sign(p, i, SIGN_COMMA) && !is_sign(p, i, SIGN_OPEN))
		return;
	bracket = is_sign(p, i, SIGN_OPEN);
	from = i + 1;
	if (from >= p->text->n || !same_place(p, i, from))
		return;
	/* ", 39 ans, pharmacienne": behind the age */
	if (is_number_word(p, from)) {
		size_t behind = from + 1;

		if (is_sign(p, behind, SIGN_WORD) && is_sign(p, behind + 1, SIGN_COMMA))
			behind++;
		if (is_sign(p, behind, SIGN_COMMA) && same_place(p, i, behind + 1))
			from = behind + 1;
	}
	role = find_role(p, from, ROLE_LEAD);
	if (role == 0) {
		if (!bracket)
			return;
		/* "(Tesla)" */
		for (end = from; end < from + 6 && same_place(p, i, end); end++)
			if (is_sign(p, end, SIGN_CLOSE)) {
				m->beyond = (uint32_t)end + 1;
				return;
			}
		return;
	}
	end = role_end(p, role - 1);
	if (m->kind != MENTION_ROLE) {
		m->role_first = (uint32_t)from;
		m->role_beyond = (uint32_t)end;
	}
	m->beyond = (uint32_t)end;
	if (press_is(token(p, role - 1), WORD_FEMALE))
		m->gender = PRESS_WOMAN;
	if (bracket && is_sign(p, end, SIGN_CLOSE))
		m->beyond++;
}

/* "élu" is a man, since there is "élue". */
static bool
has_female_form(const struct press_people *p, struct rp_slice word)
{
	char female[40];
	const uint32_t *is;

	if (word.n >= sizeof(female))
		return false;
	memcpy(female, word.p, word.n);
	female[word.n] = 'e';
	is = map_get(p->text->words, rp_slice_from(female, word.n + 1));
	return is != NULL && (*is & WORD_FEMALE);
}

/* What the article and the noun's end tell: "la ministre", "l’éleveur". */
static uint8_t
role_gender(const struct press_people *p, const struct press_token *article,
            const struct press_token *role)
{
	static const char *const he[] = { "le", "el", "il", "der", "un", "ein" };
	static const char *const she[] = { "la", "die", "une", "una", "eine" };

	if (press_is(role, WORD_FEMALE))
		return PRESS_WOMAN;
	for (size_t i = 0; i < sizeof(he) / sizeof(*he); i++)
		if (rp_slice_eq(article->folded, rp_slice_str(he[i])))
			return PRESS_MAN;
	for (size_t i = 0; i < sizeof(she) / sizeof(*she); i++)
		if (rp_slice_eq(article->folded, rp_slice_str(she[i])))
			return PRESS_WOMAN;
	return rp_slice_eq(article->folded, RP_SLICE("l'")) &&
	                       (rp_slice_ends(role->folded, RP_SLICE("eur")) ||
	                        has_female_form(p, role->folded))
	               ? PRESS_MAN
	               : PRESS_ANYONE;
}

/* "the suspect's lawyer": somebody else than the suspect. */
static bool
has_owner(const struct press_people *p, size_t from, size_t beyond)
{
	for (size_t i = from; i < beyond; i++)
		if (is_genitive(token(p, i)) && i > from &&
		    !press_is(token(p, i - 1), WORD_COMPANY))
			return true;
	return false;
}

/* "ce retraité": he who was told of before. */
static bool
is_this(const struct press_token *t)
{
	return rp_slice_eq(t->folded, RP_SLICE("ce")) ||
	       rp_slice_eq(t->folded, RP_SLICE("cet")) ||
	       rp_slice_eq(t->folded, RP_SLICE("cette"));
}

/* "ce dernier", "the latter": whoever was named last. */
static bool
is_latter(const struct press_token *t, const struct press_token *next)
{
	static const char *const words[] = { "dernier", "derniere",  "latter",
		                             "ultimo",  "letzterer", "meme" };

	if (!is_this(t) && !press_is(t, WORD_DEF | WORD_INDEF))
		return rp_slice_eq(t->folded, RP_SLICE("celui-ci")) ||
		       rp_slice_eq(t->folded, RP_SLICE("celle-ci"));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (rp_slice_eq(next->folded, rp_slice_str(words[i])))
			return is_this(t) || i == 2 || i == 5;
	return false;
}

static bool
speaks_for(const struct press_people *p, size_t role)
{
	static const char *const words[] = { "spokes", "porte-parole", "sprecher",
		                             "portavo" };

	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (rp_slice_starts(token(p, role)->folded, rp_slice_str(words[k])))
			return true;
	return false;
}

/* "a spokesperson for [the Department of Enterprise]": it is the department that speaks.
 */
static bool
find_whom(const struct press_people *p, size_t from, size_t beyond,
          struct press_mention *m)
{
	for (size_t i = from; i < beyond + 4 && same_place(p, from, i); i++) {
		size_t end = press_institution_lower(p->text, i);
		struct press_name name;

		if (i >= beyond && press_is(token(p, i), WORD_PREP | WORD_DEF) &&
		    end == i)
			continue;
		if (i >= beyond && !press_is(token(p, i - 1), WORD_PREP | WORD_DEF))
			return false;
		if (end == i && press_institution_compound(p->text, i))
			end = press_institution_end(p->text, i, i + 1);
		if (end > i) {
			name = (struct press_name){ .first = i, .beyond = end };
		} else if (token(p, i)->first || !press_name_at(p, i, &name) ||
		           press_is(token(p, name.first), WORD_DAY | WORD_MEDIA) ||
		           press_person_of(p, &name) != PRESS_UNKNOWN) {
			continue;
		}
		if ((press_is(token(p, name.first), WORD_PLACE) ||
		     ((p->text->tongue->habits & HABIT_NOUNS) && end == i &&
		      press_is(token(p, i - 1), WORD_DEF))) &&
		    name.beyond - name.first == 1)
			continue;
		m->kind = MENTION_NAME;
		m->role_first = m->role_beyond = 0;
		m->name_first = (uint32_t)name.first;
		m->name_beyond = (uint32_t)name.beyond;
		m->beyond = (uint32_t)(name.beyond > beyond ? name.beyond : beyond);
		return true;
	}
	return false;
}

/* "l’Agence de l’énergie [(AIE)], Ana Petit" */
static size_t
behind_bracket(const struct press_people *p, size_t i)
{
	if (is_sign(p, i, SIGN_OPEN) && is_sign(p, i + 2, SIGN_CLOSE) &&
	    is_sign(p, i + 3, SIGN_COMMA) && same_place(p, i, i + 3))
		return i + 3;
	return i;
}

/* "le gestionnaire du réseau électrique [RTE]", "le constructeur [Valdor]": its name
 * stands at the end, beside no preposition. */
static bool
ends_in_name(const struct press_people *p, size_t role, size_t end,
             struct press_mention *m)
{
	size_t at = end - 1;

	if (end <= role || (p->text->tongue->habits & HABIT_NOUNS))
		return false;
	while (at > role && token(p, at - 1)->capital)
		at--;
	if (at < role || !token(p, at)->capital ||
	    press_is(token(p, at), WORD_PLACE | WORD_ROLE | WORD_DAY | WORD_SMALL) ||
	    token(p, at - 1)->sign != SIGN_WORD || token(p, at - 1)->capital ||
	    press_is(token(p, at - 1),
	             WORD_PREP | WORD_DEF | WORD_INDEF | WORD_SMALL | WORD_PARTICLE) ||
	    (at == role && p->text->tongue == &press_english))
		return false;
	m->kind = MENTION_NAME;
	m->role_first = m->role_beyond = 0;
	m->name_first = (uint32_t)at;
	m->name_beyond = (uint32_t)end;
	return true;
}

/* Words that lead to a phrase, and own nothing. */
static bool
is_link(const struct press_token *t)
{
	static const char *const words[] = { "y",   "et",  "e",   "ou",  "o",
		                             "que", "qui", "en",  "ne",  "and",
		                             "or",  "but", "who", "und", "oder" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (rp_slice_eq(t->folded, rp_slice_str(words[i])))
			return true;
	return false;
}

/* A phrase that begins at i and says what somebody is. */
static bool
role_mention(const struct press_people *p, size_t i, struct press_mention *m)
{
	const struct press_token *t = token(p, i);
	bool definite = press_is(t, WORD_DEF), indefinite = press_is(t, WORD_INDEF);
	bool owned = press_is(t, WORD_SMALL) && !definite && !indefinite;
	struct press_name name;
	size_t role, end;

	if (press_is(t, WORD_PREP) && !definite)
		return false;
	if (owned &&
	    (t->n > 5 || is_link(t) || press_is(t, WORD_HE | WORD_SHE | WORD_THEY)))
		return false;
	role = find_role(p, i,
	                 definite || indefinite || owned || t->capital ? ROLE_LEAD : 2);
	if (role == 0)
		return false;
	if (!definite && !indefinite && !owned && press_is(t, WORD_CUE | WORD_AUX) &&
	    !press_is(t, WORD_ROLE))
		return false;
	/* "juge Ana Petit", behind a quotation: a verb */
	if (role == i + 1 && !t->capital && press_is(t, WORD_CUE))
		return false;
	end = role_end(p, role - 1);
	m->role_first = (uint32_t)(definite || indefinite || owned ? i + 1 : i);
	m->role_beyond = (uint32_t)end;
	m->beyond = (uint32_t)end;
	m->gender = role_gender(p, t, token(p, role - 1));
	for (size_t k = role; k <= end; k++) {
		/* The name can begin before what was taken for the role's end. */
		size_t at = k == end ? behind_bracket(p, k) : k;

		at += k == end && is_sign(p, at, SIGN_COMMA);

		/* "the minister, the Rev Ana Petit" */
		if (at > k && press_is(token(p, at), WORD_DEF) &&
		    same_place(p, at, at + 1) && token(p, at + 1)->capital)
			at++;
		if (at >= p->text->n || !same_place(p, i, at))
			break;
		if (k < end &&
		    press_is(token(p, k - 1), WORD_PREP | WORD_DEF | WORD_COMPANY))
			continue;
		if (!name_follows(p, at, &name) ||
		    name.first != at + (name.title ? 1 : 0))
			continue;
		/* not the second half of "Tidy Robotics" */
		if (at == k && at > role && token(p, at - 1)->capital &&
		    !press_is(token(p, at - 1), WORD_ROLE) &&
		    !press_is(token(p, at), WORD_GIVEN_ANY))
			continue;
		if (at > k && name.beyond - name.first < 2 && !name.title &&
		    !(owned && press_is(token(p, at), WORD_GIVEN_ANY) &&
		      is_sign(p, name.beyond, SIGN_COMMA)))
			continue;
		m->role_beyond = (uint32_t)k;
		set_name(p, m, &name);
		return true;
	}
	if (speaks_for(p, role - 1) && find_whom(p, i, end, m))
		return true;
	if (!definite && !indefinite && !owned)
		return false;
	if (definite && ends_in_name(p, role, end, m))
		return true;
	m->kind = (definite || is_this(t)) && !has_owner(p, i, role) ? MENTION_ROLE
	                                                             : MENTION_SOMEBODY;
	return true;
}

/* "l’association [La Ville à vélo] réclame" */
static bool
called_with_article(const struct press_people *p, size_t i, struct press_mention *m)
{
	size_t end = i + 1;

	if (!same_place(p, i - 1, i) || !token(p, i)->capital ||
	    !press_is(token(p, i), WORD_DEF))
		return false;
	while (end < i + 5 && same_place(p, i, end) && token(p, end)->sign == SIGN_WORD &&
	       token(p, end)->capital)
		end++;
	if (end == i + 1)
		return false;
	if (press_is(token(p, end), WORD_PREP) && same_place(p, i, end + 2) &&
	    token(p, end + 1)->sign == SIGN_WORD &&
	    !press_is(token(p, end + 1), WORD_SMALL) &&
	    press_is(token(p, end + 2), WORD_CUE | WORD_AUX))
		end += 2;
	m->kind = MENTION_NAME;
	m->name_first = (uint32_t)i;
	m->name_beyond = m->beyond = (uint32_t)end;
	return true;
}

static bool
is_the(const struct press_token *t)
{
	return rp_slice_eq(t->folded, RP_SLICE("the")) ||
	       rp_slice_eq(t->folded, RP_SLICE("le")) ||
	       rp_slice_eq(t->folded, RP_SLICE("la"));
}

/* "the Spaniard", "the Dubliner", "la Grisonne": somebody told before, by where they come
 * from. */
static bool
demonym_mention(const struct press_people *p, size_t i, struct press_mention *m)
{
	static const char *const english[] = { "iard", "ian", "ean",   "er",  "ese",
		                               "ard",  "ite", "woman", "man", "ander" };
	static const char *const french[] = { "ais",  "aise",  "ois", "oise",
		                              "ien",  "ienne", "ain", "aine",
		                              "onne", "and",   "ande" };
	const struct press_token *t = token(p, i + 1), *next = token(p, i + 2);
	bool after = i > 0 && press_is(token(p, i - 1), WORD_CUE);
	bool is_french = p->text->tongue == &press_french;
	const char *const *ends = is_french ? french : english;
	size_t n = is_french ? sizeof(french) / sizeof(*french)
	                     : sizeof(english) / sizeof(*english);

	if ((!is_french && p->text->tongue != &press_english) ||
	    !same_place(p, i, i + 1) || !is_the(token(p, i)) || !t->capital ||
	    t->acronym || t->n < 5 || t->sign != SIGN_WORD ||
	    press_is(t, WORD_MEDIA | WORD_ORG | WORD_STAGE | WORD_COMPANY | WORD_ROLE))
		return false;
	if (next->sign != SIGN_WORD
	            ? !after
	            : next->capital || !press_is(next, WORD_CUE | WORD_AUX))
		return false;
	for (size_t k = 0; k < n; k++)
		if (rp_slice_ends(t->folded, rp_slice_str(ends[k]))) {
			m->kind = MENTION_ROLE;
			m->beyond = (uint32_t)i + 2;
			if (is_french)
				m->gender =
					rp_slice_eq(token(p, i)->folded, RP_SLICE("la"))
						? PRESS_WOMAN
						: PRESS_MAN;
			return true;
		}
	return false;
}

static bool
small_mention(const struct press_people *p, size_t i, struct press_mention *m)
{
	const struct press_token *t = token(p, i), *next = token(p, i + 1);

	/* "La préfecture, elle, promet" */
	if (press_is(t, WORD_HE | WORD_SHE) && i > 0 && is_sign(p, i - 1, SIGN_COMMA) &&
	    is_sign(p, i + 1, SIGN_COMMA))
		return false;
	if (press_is(t, WORD_HE | WORD_SHE)) {
		m->kind = MENTION_PRONOUN;
		m->gender = press_is(t, WORD_HE) ? PRESS_MAN : PRESS_WOMAN;
		return true;
	}
	if (rp_slice_eq(t->folded, RP_SLICE("it")) && press_is(next, WORD_CUE)) {
		m->kind = MENTION_COMPANY;
		return true;
	}
	/* "[Its last report] described the school as “…”" */
	if (rp_slice_eq(t->folded, RP_SLICE("its")))
		for (size_t k = i + 1; k < i + 4 && same_place(p, i, k); k++)
			if (press_is(token(p, k), WORD_STAGE | WORD_PLEDGE) ||
			    rp_slice_eq(token(p, k)->folded, RP_SLICE("report"))) {
				m->kind = MENTION_COMPANY;
				m->beyond = (uint32_t)k + 1;
				return true;
			}
	if (press_is(t, WORD_THEY) || press_is(t, WORD_PEOPLE)) {
		m->kind = MENTION_SOMEBODY;
		m->plural = true;
		return true;
	}
	if (press_is(t, WORD_DEF | WORD_INDEF) && same_place(p, i, i + 1)) {
		size_t k = i + 1;

		/* "l'entreprise américaine", "the US carmaker" */
		for (; k < i + 4 && same_place(p, i, k); k++) {
			if (token(p, k)->sign != SIGN_WORD ||
			    press_is(token(p, k), WORD_PREP | WORD_CUE) ||
			    press_is(token(p, k), WORD_DEF))
				return false;
			/* "the Bank of Tayside" is a name. */
			if (press_is(token(p, k), WORD_COMPANY | WORD_PEOPLE) &&
			    token(p, k)->capital &&
			    !(p->text->tongue->habits & HABIT_NOUNS))
				return false;
			if (press_is(token(p, k), WORD_COMPANY | WORD_PEOPLE) &&
			    !token(p, k)->acronym)
				break;
		}
		if (k == i + 4 || !same_place(p, i, k))
			return false;
		m->beyond = (uint32_t)k + 1;
		if (called_with_article(p, k + 1, m))
			return true;
		m->kind = press_is(t, WORD_DEF) && press_is(token(p, k), WORD_COMPANY)
		                  ? MENTION_COMPANY
		                  : MENTION_SOMEBODY;
		return true;
	}
	return false;
}

/* "told [the BBC]": who hears it. */
static bool
is_told(const struct press_token *t)
{
	static const char *const words[] = { "told",     "tell",     "tells",
		                             "telling",  "informed", "assured",
		                             "reminded", "thanked",  "emailed" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (t->sign == SIGN_WORD &&
		    rp_slice_eq(t->folded, rp_slice_str(words[i])))
			return true;
	return false;
}

/* "citando [un vecchio allenatore]", "désignant [sa nièce]": what somebody does to it. */
static bool
is_gerund(const struct press_people *p, const struct press_token *t)
{
	const struct press_tongue *tongue = p->text->tongue;

	if (t->sign != SIGN_WORD || t->capital || t->n < 6 ||
	    press_is(t, WORD_SMALL | WORD_ROLE))
		return false;
	if (tongue == &press_french)
		return rp_slice_ends(t->folded, RP_SLICE("ant"));
	return (tongue == &press_italian || tongue == &press_spanish) &&
	       (rp_slice_ends(t->folded, RP_SLICE("ando")) ||
	        rp_slice_ends(t->folded, RP_SLICE("endo")));
}

/* A preposition stands before it, perhaps with an article between. */
static bool
is_governed(const struct press_people *p, size_t i)
{
	for (size_t back = 1; back <= 4 && back <= i; back++) {
		const struct press_token *before = token(p, i - back);

		if (before->block != token(p, i)->block || before->sign != SIGN_WORD ||
		    press_is(before, WORD_ACCORDING))
			return false;
		if (press_is(before, WORD_PREP) || (back <= 2 && is_told(before)) ||
		    (back == 1 && is_gerund(p, before)))
			return true;
		if (!press_is(before,
		              WORD_DEF | WORD_INDEF | WORD_STAGE | WORD_COMPANY) ||
		    press_is(before, WORD_CUE))
			return false;
	}
	return false;
}

/* "a Western diplomat": no name begins there. */
static bool
after_indefinite(const struct press_people *p, size_t i)
{
	return i > 0 && token(p, i - 1)->block == token(p, i)->block &&
	       press_is(token(p, i - 1), WORD_INDEF) &&
	       !press_is(token(p, i - 1), WORD_PREP | WORD_DEF);
}

/* "le parquet fédéral", "der Tourismusverband" */
static bool
institution_mention(const struct press_people *p, size_t i, struct press_mention *m)
{
	size_t first = press_is(token(p, i), WORD_DEF) ? i + 1 : i;
	size_t beyond = press_institution_lower(p->text, first);

	if (!same_place(p, i, first))
		return false;
	if (beyond == first && press_institution_compound(p->text, first))
		beyond = press_institution_end(p->text, first, first + 1);
	if (beyond == first || (first == i && i > 0 && same_place(p, i - 1, i) &&
	                        press_is(token(p, i - 1), WORD_INDEF)))
		return false;
	m->kind = MENTION_NAME;
	m->name_first = (uint32_t)first;
	m->name_beyond = m->beyond = (uint32_t)beyond;
	return true;
}

/* "Un jubilado lloraba.": somebody of whom the sentence is. */
static bool
stranger(const struct press_people *p, size_t i, struct press_mention *m)
{
	static const char *const ends[] = { "er",    "or",    "ist",  "ian",   "man",
		                            "eur",   "euse",  "iere", "ienne", "ien",
		                            "ista",  "ero",   "era",  "ante",  "iste",
		                            "tore",  "trice", "dor",  "dora",  "ant",
		                            "woman", "ado",   "erin", "lado" };
	const struct press_token *t = token(p, i), *noun = token(p, i + 1);

	if (!t->first || !press_is(t, WORD_INDEF) || press_is(t, WORD_PREP | WORD_DEF) ||
	    !same_place(p, i, i + 1) || noun->sign != SIGN_WORD || noun->n < 4 ||
	    press_is(noun, WORD_SMALL | WORD_CUE | WORD_STAGE | WORD_WORK | WORD_DAY |
	                           WORD_SIGN | WORD_PLEDGE) ||
	    (noun->capital && !(p->text->tongue->habits & HABIT_NOUNS)))
		return false;
	for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++)
		if (rp_slice_ends(noun->folded, rp_slice_str(ends[k]))) {
			m->kind = MENTION_SOMEBODY;
			m->beyond = (uint32_t)i + 2;
			return true;
		}
	return false;
}

/* "EirGrid", "OpenAI" */
static bool
has_capital_inside(const struct press_people *p, const struct press_token *t)
{
	struct rp_slice text = p->text->blocks[t->block].text;

	for (size_t i = t->at + 1; i < t->at + t->n && i < text.n; i++)
		if (text.p[i] >= 'A' && text.p[i] <= 'Z')
			return true;
	return false;
}

static bool read_mention(const struct press_people *p, size_t i, struct press_mention *m);

/* "Musk's lawyer": he is no subject. */
static bool
mention_at(const struct press_people *p, size_t i, struct press_mention *m)
{
	if (!read_mention(p, i, m))
		return false;
	if (m->kind != MENTION_ROLE && m->beyond < p->text->n &&
	    is_genitive(token(p, m->beyond)))
		m->governed = true;
	return true;
}

/* "In a statement [it] praised", "In an interview [she] said" */
static bool
is_subject(const struct press_token *t)
{
	static const char *const words[] = { "it", "he", "she", "il" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (rp_slice_eq(t->folded, rp_slice_str(words[i])))
			return true;
	return false;
}

static bool
read_mention(const struct press_people *p, size_t i, struct press_mention *m)
{
	const struct press_token *t = token(p, i);
	struct press_name name;

	*m = (struct press_mention){ .first = (uint32_t)i,
		                     .beyond = (uint32_t)i + 1,
		                     .person = PRESS_UNKNOWN };
	if (t->sign != SIGN_WORD)
		return false;
	m->governed = is_governed(p, i);
	if (t->folded.n > 1 && t->folded.p[0] == '@') {
		m->kind = MENTION_ACCOUNT;
		return true;
	}
	if (is_latter(t, token(p, i + 1))) {
		m->kind = MENTION_PRONOUN;
		m->latter = true;
		m->beyond = (uint32_t)i +
		            (rp_slice_find_byte(t->folded, '-') < t->folded.n ? 1 : 2);
		return true;
	}
	if (institution_mention(p, i, m) || demonym_mention(p, i, m))
		return true;
	if (role_mention(p, i, m)) {
		take_apposition(p, m);
		return true;
	}
	m->beyond = (uint32_t)i + 1;
	m->role_first = m->role_beyond = 0;
	if (press_name_at(p, i, &name) && name.first >= i) {
		set_name(p, m, &name);
		if (name.organisation || m->person == PRESS_UNKNOWN)
			m->kind =
				after_indefinite(p, i) ? MENTION_SOMEBODY : MENTION_NAME;
		/* "Consultada por …": a word at the head of a sentence, and never else.
		 */
		if (m->kind == MENTION_NAME && name.beyond - name.first == 1 &&
		    t->first && !t->acronym && !has_capital_inside(p, t) &&
		    !press_is(t, WORD_ORG | WORD_PLACE | WORD_MEDIA) &&
		    !(p->text->tongue->habits & HABIT_NOUNS) &&
		    map_get(p->upper, t->folded) == NULL &&
		    (press_is(token(p, i + 1), WORD_PREP | WORD_SMALL) ||
		     token(p, i + 1)->sign != SIGN_WORD) &&
		    !press_is(token(p, i + 1), WORD_CUE | WORD_AUX))
			return false;
		/* "a Department of Health spokesperson" */
		if (name.organisation && same_place(p, i, name.beyond) &&
		    speaks_for(p, name.beyond)) {
			m->kind = MENTION_NAME;
			m->beyond++;
			return true;
		}
		if (m->person < p->n || m->person == PRESS_SEVERAL)
			take_apposition(p, m);
		return true;
	}
	if (small_mention(p, i, m)) {
		if (is_subject(t))
			m->governed = false;
		return true;
	}
	return stranger(p, i, m);
}

static void
note_role(struct press_people *p, const struct press_mention *m)
{
	struct press_person *who;

	if (m->kind != MENTION_PERSON || m->person >= p->n)
		return;
	who = &p->people[m->person];
	if (m->gender != PRESS_ANYONE && who->gender == PRESS_ANYONE)
		who->gender = m->gender;
	if (m->role_beyond <= m->role_first)
		return;
	who->sure = true;
	if (who->role.n > 0)
		return;
	who->role_first = m->role_first;
	who->role_beyond = m->role_beyond;
	who->role = press_text_slice(p->text, m->role_first, m->role_beyond);
}

/* "Una Laidlaw said she had": she is a woman. */
static void
note_gender(struct press_people *p, const struct press_mention *m,
            const struct press_mention *pronoun)
{
	if (pronoun->kind != MENTION_PRONOUN || m->kind != MENTION_PERSON ||
	    m->person >= p->n || m->governed ||
	    p->people[m->person].gender != PRESS_ANYONE ||
	    pronoun->first > m->beyond + 4u ||
	    token(p, m->first)->sentence != token(p, pronoun->first)->sentence ||
	    token(p, m->first)->span != token(p, pronoun->first)->span)
		return;
	for (size_t i = m->beyond; i < pronoun->first; i++)
		if (press_is(token(p, i), WORD_CUE)) {
			p->people[m->person].gender = pronoun->gender;
			return;
		}
}

bool
press_mentions_read(struct arena *arena, struct press_people *people,
                    struct press_mentions *out)
{
	*out = (struct press_mentions){ 0 };
	for (size_t i = 0; i < people->text->n;) {
		struct press_mention m, *list;

		if (!mention_at(people, i, &m)) {
			i++;
			continue;
		}
		list = arena_room(arena, out->list, out->n, &out->room, sizeof(*list));
		if (list == NULL)
			return false;
		out->list = list;
		list[out->n++] = m;
		note_role(people, &m);
		if (out->n > 1)
			note_gender(people, &list[out->n - 2], &m);
		i = m.beyond;
	}
	return true;
}

size_t
press_mention_after(const struct press_mentions *mentions, size_t i)
{
	size_t low = 0, high = mentions->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (mentions->list[middle].first < i)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
