#include "core/collect/press-focus.h"

#include "core/collect/press-institution.h"

enum {
	STEPS = 4,       /* stamps of one sentence */
	ROLES_MAX = 500, /* people whose roles are compared */
	LINE_BYTES = 100,
	BACK_MAX = 60, /* tokens looked back in a sentence */
	UNSURE = 10 * STEPS,
	NEAR = STEPS / 2, /* a man known to be one, so near, before somebody unknown */
};

/* clang-format off */
/* Words for those who lead something: the same for whom they mean. */
static const char *const leaders[] = {
	"patron", "patronne", "pdg", "dg", "ceo", "boss", "chief", "head", "chef", "chefin", "dirigeant",
	"dirigeante", "directeur", "directrice", "executive", "vorstandschef", "konzernchef", "jefe",
	"jefa", "consejero", "amministratore", "capo", "numero", "president", "presidente",
};
/* clang-format on */

static const struct press_token *
token(const struct press_focus *f, size_t i)
{
	return press_token(f->people->text, i);
}

static void
stamp(struct press_focus *f, uint32_t person, int64_t when)
{
	size_t oldest = 0;

	for (size_t i = 0; i < f->n; i++) {
		if (f->seen[i].person == person) {
			f->seen[i].count++;
			f->seen[i].block = f->block;
			if (f->seen[i].stamp < when)
				f->seen[i].stamp = when;
			return;
		}
		if (f->seen[i].stamp < f->seen[oldest].stamp)
			oldest = i;
	}
	if (f->n < FOCUS_PEOPLE)
		oldest = f->n++;
	f->seen[oldest].count = 1;
	f->seen[oldest].block = f->block;
	f->seen[oldest].person = person;
	f->seen[oldest].stamp = when;
}

static enum press_gender
gender_of(const struct press_focus *f, uint32_t person)
{
	return f->people->people[person].gender;
}

/* Among whom to look: also those without a name, whom nobody can be. */
enum choice {
	ANYBODY,
	NAMED,
	WITHOUT_ROLE, /* of whom the article does not tell what they are */
};

/* Somebody whose role the article tells. */
static bool
has_role(const struct press_focus *f, uint32_t person)
{
	const struct press_person *who = &f->people->people[person];

	return who->role_beyond > who->role_first;
}

/* At the beginning of a paragraph "she" is whom the article is about, rather than
 * somebody who was named once in the one before. */
static uint32_t
protagonist(const struct press_focus *f, enum press_gender gender, size_t at)
{
	size_t best = at;

	/* The sentence before was about that one. */
	if (f->sentence - f->seen[at].stamp / STEPS < 2)
		return f->seen[at].person;
	for (size_t i = 0; i < f->n; i++) {
		const struct press_person *who = &f->people->people[f->seen[i].person];

		if (who->gender == gender && who->sure &&
		    f->seen[i].person == f->protagonist &&
		    f->seen[i].count > 2 * f->seen[at].count)
			best = i;
	}
	return f->seen[best].person;
}

static uint32_t
pick(const struct press_focus *f, enum press_gender gender, enum choice choice,
     int64_t *sentence_out)
{
	int64_t best = INT64_MIN, when_found = INT64_MIN;
	uint32_t found = PRESS_UNKNOWN;
	size_t at = 0;

	for (size_t i = 0; i < f->n; i++) {
		enum press_gender of = gender_of(f, f->seen[i].person);
		int64_t when = f->seen[i].stamp;

		if ((gender != PRESS_ANYONE && of != PRESS_ANYONE && of != gender) ||
		    (choice == WITHOUT_ROLE && has_role(f, f->seen[i].person)))
			continue;
		if (gender != PRESS_ANYONE && of == gender)
			when += NEAR;
		/* Two words with capitals may be a ballet. */
		if (!f->people->people[f->seen[i].person].sure)
			when -= UNSURE;
		if (when > best) {
			best = when;
			when_found = f->seen[i].stamp;
			found = f->seen[i].person;
			at = i;
			if (sentence_out != NULL)
				*sentence_out = f->seen[i].stamp / STEPS;
		}
	}
	if (found != PRESS_UNKNOWN && gender != PRESS_ANYONE &&
	    f->seen[at].block < f->block)
		found = protagonist(f, gender, at);
	/* Somebody unnamed has come in since. */
	if (choice == ANYBODY && f->nobody > when_found &&
	    (gender == PRESS_ANYONE || f->nobody_gender == PRESS_ANYONE ||
	     f->nobody_gender == gender))
		return PRESS_UNKNOWN;
	return found;
}

uint32_t
press_focus_pick(const struct press_focus *f, enum press_gender gender,
                 int64_t *sentence_out)
{
	return pick(f, gender, ANYBODY, sentence_out);
}

uint32_t
press_focus_namesake(const struct press_focus *f, const struct press_mention *m)
{
	struct press_name name = { .first = m->name_first, .beyond = m->name_beyond };
	uint32_t best = PRESS_UNKNOWN, block = token(f, m->first)->block;
	bool together = false;

	for (uint32_t i = 0; i < f->people->n && i < ROLES_MAX; i++) {
		const struct press_person *who = &f->people->people[i];

		if (who->first >= m->first || !who->sure ||
		    !press_has_surname(f->people, &name, i))
			continue;
		/* Whoever this paragraph tells of in full, else who came first: others of
		 * the family are called by their given names. */
		if (token(f, who->first)->block == block)
			return i;
		if (best == PRESS_UNKNOWN) {
			best = i;
			continue;
		}
		/* Named together, they are equals. */
		together |= token(f, who->first)->sentence ==
		            token(f, f->people->people[best].first)->sentence;
		if (who->first < f->people->people[best].first)
			best = i;
	}
	return together ? PRESS_UNKNOWN : best;
}

static bool
is_leader(struct rp_slice word)
{
	for (size_t i = 0; i < sizeof(leaders) / sizeof(*leaders); i++)
		if (rp_slice_eq(word, rp_slice_str(leaders[i])))
			return true;
	return false;
}

/* The part of "microsoft-chef" behind the hyphen, or in front of it. */
static struct rp_slice
half(struct rp_slice word, bool front)
{
	size_t at = rp_slice_find_byte(word, '-');

	if (at == word.n)
		return front ? RP_SLICE("") : word;
	return front ? rp_slice_from(word.p, at) : rp_slice_skip(word, at + 1);
}

/* "kanzler" is also in "bundeskanzler". */
static bool
same_role(struct rp_slice a, struct rp_slice b)
{
	return rp_slice_eq(a, b) || (a.n > 4 && rp_slice_ends(b, a)) ||
	       (b.n > 4 && rp_slice_ends(a, b));
}

/* "directrice [générale]": how high somebody is, not what they lead. */
static bool
is_rank(struct rp_slice word)
{
	static const char *const words[] = {
		"general",   "generale",  "executif",  "executive", "adjoint",
		"adjointe",  "delegue",   "deleguee",  "deputy",    "senior",
		"executivo", "ejecutivo", "ejecutiva", "managing",  "national",
		"nationale", "regional",  "regionale", "former",    "ancien",
		"ancienne",  "esecutivo", "delegato",  "delegata",  "nazionale",
		"interim",   "acting",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (rp_slice_eq(word, rp_slice_str(words[i])))
			return true;
	return false;
}

/* How much two words of roles have in common: 4 the same thing led, 2 the same role. */
static int
same_word(const struct press_token *a, const struct press_token *b)
{
	bool role_a = press_is(a, WORD_ROLE), role_b = press_is(b, WORD_ROLE);
	struct rp_slice front_a = half(a->folded, true), front_b = half(b->folded, true);

	if (a->sign != SIGN_WORD || b->sign != SIGN_WORD)
		return 0;
	if (role_a && front_a.n > 0 &&
	    (rp_slice_eq(front_a, b->folded) || rp_slice_eq(front_a, front_b)))
		return 4;
	if (role_b && front_b.n > 0 && rp_slice_eq(front_b, a->folded))
		return 4;
	if (role_a && role_b) {
		if (same_role(half(a->folded, false), half(b->folded, false)))
			return 2;
		return is_leader(half(a->folded, false)) &&
		       is_leader(half(b->folded, false));
	}
	if (!role_a && !role_b && a->n > 1 && !press_is(a, WORD_SMALL) &&
	    !is_rank(a->folded) && rp_slice_eq(a->folded, b->folded))
		return 4;
	return 0;
}

/* "the [Leeds-born] executive" */
static bool
is_origin(struct rp_slice word)
{
	static const char *const ends[] = { "-born", "-based", "-educated", "-trained",
		                            "-raised" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (rp_slice_ends(word, rp_slice_str(ends[i])))
			return true;
	return false;
}

/* "the [Labour] politician", "the [Italian] striker": of which kind, not of what. */
static bool
is_kind(const struct press_focus *f, size_t i)
{
	static const char *const words[] = { "labour",     "conservative", "liberal",
		                             "republican", "democrat",     "democratic",
		                             "green",      "socialist",    "tory",
		                             "swiss",      "french",       "dutch" };
	static const char *const ends[] = { "ian", "ese", "ish", "ican", "rman" };
	struct rp_slice word = token(f, i)->folded;

	if (f->people->text->tongue != &press_english || token(f, i)->acronym ||
	    !press_is(token(f, i + 1), WORD_ROLE))
		return false;
	for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++)
		if (rp_slice_ends(word, rp_slice_str(ends[k])))
			return true;
	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (rp_slice_eq(word, rp_slice_str(words[k])))
			return true;
	return false;
}

/* "[Microsoft]" in "the Microsoft chief": the role says of what. */
static bool
names_something(const struct press_focus *f, const struct press_mention *m)
{
	for (size_t i = m->role_first; i < m->role_beyond; i++) {
		const struct press_token *t = token(f, i);

		if (press_is(t, WORD_ROLE) && half(t->folded, true).n > 0)
			return true;
		if (is_origin(t->folded))
			continue;
		/* "xAI" has no capital in front; "l’Assemblée" may be a place of speech
		 */
		if (t->sign == SIGN_WORD && (t->capital || press_is(t, WORD_ORG)) &&
		    !press_is(t, WORD_ROLE) && !is_kind(f, i) &&
		    (!press_is(t, WORD_SMALL) || press_is(t, WORD_STAGE)))
			return true;
	}
	return false;
}

static int
likeness(const struct press_focus *f, const struct press_mention *m,
         const struct press_person *who)
{
	int led = 0, role = 0;

	for (size_t i = m->role_first; i < m->role_beyond; i++)
		for (size_t k = who->role_first; k < who->role_beyond; k++) {
			int same = same_word(token(f, i), token(f, k));

			if (same == 4)
				led = 4;
			else if (same > role)
				role = same;
		}
	return led + role;
}

static int64_t
stamp_of(const struct press_focus *f, uint32_t person)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->seen[i].person == person)
			return f->seen[i].stamp;
	return INT64_MIN;
}

/* "Jan 21" */
static bool
is_number(const struct press_focus *f, size_t i)
{
	const struct press_token *t = token(f, i);

	return t->folded.n > 0 && t->folded.p[0] >= '0' && t->folded.p[0] <= '9';
}

/* "le commandant [des secours]": a role of its own, not one of the company's. */
static bool
of_unnamed(const struct press_focus *f, const struct press_mention *m)
{
	bool complement = false;

	for (size_t i = m->role_first + 1; i < m->role_beyond; i++) {
		complement |= press_is(token(f, i), WORD_PREP) &&
		              !press_is(token(f, i), WORD_WHERE);
		if (press_is(token(f, i), WORD_COMPANY) || is_number(f, i))
			return false;
	}
	return complement;
}

static bool
is_sent_by(const struct press_focus *f, const struct press_mention *m)
{
	for (size_t i = m->role_first; i < m->role_beyond; i++)
		if (rp_slice_eq(token(f, i)->folded, RP_SLICE("par")) ||
		    rp_slice_eq(token(f, i)->folded, RP_SLICE("by")))
			return true;
	return false;
}

/* clang-format off */
/* Roles that nobody has at once: those of a trial, those of a match. */
static const struct {
	const char *word;
	char trial, match;
} sides[] = {
	{ "procureur", 1, 0 }, { "procureure", 1, 0 }, { "prosecutor", 1, 0 }, { "fiscal", 1, 0 }, { "pm", 1, 0 },
	{ "staatsanwalt", 1, 0 }, { "staatsanwaltin", 1, 0 }, { "avocat", 2, 0 }, { "avocate", 2, 0 },
	{ "lawyer", 2, 0 }, { "attorney", 2, 0 }, { "solicitor", 2, 0 }, { "barrister", 2, 0 }, { "abogado", 2, 0 },
	{ "abogada", 2, 0 }, { "avvocato", 2, 0 }, { "avvocata", 2, 0 }, { "anwalt", 2, 0 }, { "anwaltin", 2, 0 },
	{ "prevenu", 3, 0 }, { "prevenue", 3, 0 }, { "accuse", 3, 0 }, { "accusee", 3, 0 }, { "defendant", 3, 0 },
	{ "angeklagte", 3, 0 }, { "imputato", 3, 0 }, { "acusado", 3, 0 }, { "juge", 4, 0 }, { "judge", 4, 0 },
	{ "juez", 4, 0 }, { "jueza", 4, 0 }, { "giudice", 4, 0 }, { "richter", 4, 0 }, { "richterin", 4, 0 },
	{ "foreman", 5, 0 }, { "juror", 5, 0 },
	{ "entraineur", 0, 1 }, { "entraineuse", 0, 1 }, { "coach", 0, 1 }, { "technicien", 0, 1 }, { "selectionneur", 0, 1 },
	{ "allenatore", 0, 1 }, { "entrenador", 0, 1 }, { "trainer", 0, 1 }, { "joueur", 0, 2 }, { "joueuse", 0, 2 },
	{ "attaquant", 0, 2 }, { "gardien", 0, 2 }, { "striker", 0, 2 }, { "goalkeeper", 0, 2 }, { "midfielder", 0, 2 },
	{ "defender", 0, 2 }, { "winger", 0, 2 }, { "player", 0, 2 }, { "attaccante", 0, 2 }, { "portiere", 0, 2 },
	{ "delantero", 0, 2 }, { "portero", 0, 2 }, { "jugador", 0, 2 }, { "giocatore", 0, 2 }, { "sturmer", 0, 2 },
	{ "torwart", 0, 2 }, { "spieler", 0, 2 },
};
/* clang-format on */

static size_t
side_of(const struct press_focus *f, size_t from, size_t beyond)
{
	for (size_t i = from; i < beyond; i++)
		for (size_t k = 0; k < sizeof(sides) / sizeof(*sides); k++)
			if (rp_slice_eq(half(token(f, i)->folded, false),
			                rp_slice_str(sides[k].word)))
				return k + 1;
	return 0;
}

/* "le procureur" is not the one whom the text calls the lawyer. */
static bool
is_other_side(const struct press_focus *f, const struct press_mention *m,
              const struct press_person *who)
{
	size_t a = side_of(f, m->role_first, m->role_beyond);
	size_t b = side_of(f, who->role_first, who->role_beyond);

	if (a > 0 && b == 0 && sides[a - 1].trial > 0)
		return who->role_beyond > who->role_first;
	if (a == 0 || b == 0)
		return false;
	return (sides[a - 1].trial && sides[b - 1].trial &&
	        sides[a - 1].trial != sides[b - 1].trial) ||
	       (sides[a - 1].match && sides[b - 1].match &&
	        sides[a - 1].match != sides[b - 1].match);
}

/* Who was spoken of last and can have that role. */
static uint32_t
the_other(const struct press_focus *f, const struct press_mention *m)
{
	uint32_t found = PRESS_UNKNOWN;
	int64_t best = INT64_MIN;
	size_t side = side_of(f, m->role_first, m->role_beyond);

	/* Who accuses, judges or serves is introduced as such. */
	if (side > 0 && (sides[side - 1].trial == 1 || sides[side - 1].trial >= 4))
		return PRESS_UNKNOWN;
	for (size_t i = 0; i < f->n; i++) {
		const struct press_person *who = &f->people->people[f->seen[i].person];

		if (!who->sure || f->seen[i].stamp <= best || is_other_side(f, m, who) ||
		    (m->gender != PRESS_ANYONE && who->gender != PRESS_ANYONE &&
		     m->gender != who->gender))
			continue;
		best = f->seen[i].stamp;
		found = f->seen[i].person;
	}
	return found;
}

static bool
speaks_for_others(const struct press_focus *f, const struct press_mention *m)
{
	static const char *const words[] = { "spokes", "porte-parole", "sprecher",
		                             "portavo", "source" };

	for (size_t i = m->role_first; i < m->role_beyond; i++)
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (rp_slice_starts(token(f, i)->folded, rp_slice_str(words[k])))
				return true;
	return false;
}

/* "the chief underwriter of a rival": of somebody unnamed. */
static bool
of_somebody(const struct press_focus *f, const struct press_mention *m)
{
	for (size_t i = m->role_first; i <= m->role_beyond; i++)
		if (press_is(token(f, i), WORD_PREP) &&
		    !press_is(token(f, i), WORD_WHERE) &&
		    press_is(token(f, i + 1), WORD_INDEF) &&
		    !press_is(token(f, i + 1), WORD_PREP | WORD_DEF))
			return true;
	return false;
}

/* "the person", behind "a person close to the couple": still nobody. */
static bool
unnamed_before(const struct press_focus *f, const struct press_mention *m)
{
	size_t role = m->role_beyond;

	while (role > m->role_first && !press_is(token(f, role - 1), WORD_ROLE))
		role--;
	return role > m->role_first && press_unnamed_before(f->people->text, role - 1);
}

/* The word at token i stands in the sentence of token `at`, before that. */
static bool
stands_before(const struct press_focus *f, size_t i, size_t at)
{
	for (size_t k = at; k-- > 0 && at - k < BACK_MAX &&
	                    token(f, k)->block == token(f, at)->block &&
	                    token(f, k)->sentence == token(f, at)->sentence;)
		if (rp_slice_eq(token(f, k)->folded, token(f, i)->folded))
			return true;
	return false;
}

/* "There is no Wi-Fi on Ryanair if Michael O’Leary has his way … the Ryanair boss": of
 * whom the article first spoke together with it. */
static uint32_t
told_with(const struct press_focus *f, const struct press_mention *m)
{
	for (size_t k = 0; k < f->n; k++) {
		uint32_t person = f->seen[k].person;
		const struct press_person *who = &f->people->people[person];

		if (!who->sure || has_role(f, person) || who->first > m->first ||
		    (m->gender != PRESS_ANYONE && who->gender != PRESS_ANYONE &&
		     m->gender != who->gender))
			continue;
		for (size_t i = m->role_first; i < m->role_beyond; i++)
			if (token(f, i)->sign == SIGN_WORD && token(f, i)->capital &&
			    !press_is(token(f, i), WORD_ROLE | WORD_SMALL) &&
			    stands_before(f, i, who->first))
				return person;
	}
	return PRESS_UNKNOWN;
}

/* "the chair of [Harrow Rail]": not who that is. */
static bool
is_led(const struct press_focus *f, const struct press_mention *m, uint32_t person)
{
	struct rp_slice role =
		press_text_slice(f->people->text, m->role_first, m->role_beyond);

	return rp_slice_find(role, f->people->people[person].name) < role.n;
}

/* An office of the state: told of whoever has it, so that nobody of another is meant. */
static bool
is_office(const struct press_focus *f, const struct press_mention *m)
{
	static const char *const words[] = {
		"ministre",        "minister", "ministerin", "prefet",   "prefete",
		"maire",           "mayor",    "ministro",   "ministra", "alcalde",
		"alcaldesa",       "sindaco",  "sindaca",    "prefetto", "burgermeister",
		"burgermeisterin", "landrat",  "landratin",
	};

	for (size_t k = 0;
	     m->role_first < m->role_beyond && k < sizeof(words) / sizeof(*words); k++)
		if (rp_slice_eq(token(f, m->role_first)->folded, rp_slice_str(words[k])))
			return true;
	return false;
}

/* Somebody who leads something, as the article says. */
static bool
leads(const struct press_focus *f, uint32_t person)
{
	const struct press_person *who = &f->people->people[person];

	for (size_t i = who->role_first; i < who->role_beyond; i++)
		if (is_leader(half(token(f, i)->folded, false)))
			return true;
	return false;
}

/* "[ce] spécialiste de la molasse": who was told of before. */
static bool
is_this(const struct press_token *t)
{
	static const char *const words[] = { "ce",   "cet",  "cette",
		                             "este", "esta", "questo" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (rp_slice_eq(t->folded, rp_slice_str(words[i])))
			return true;
	return false;
}

uint32_t
press_focus_role(const struct press_focus *f, const struct press_mention *m)
{
	bool of_something = names_something(f, m);
	uint32_t found = PRESS_UNKNOWN;

	int best = of_something ? 3 : 0;

	if (of_somebody(f, m) || unnamed_before(f, m))
		return PRESS_UNKNOWN;

	for (uint32_t i = 0; i < f->people->n && i < ROLES_MAX; i++) {
		const struct press_person *who = &f->people->people[i];
		int like;

		if (who->role_beyond <= who->role_first ||
		    (m->gender != PRESS_ANYONE && who->gender != PRESS_ANYONE &&
		     m->gender != who->gender))
			continue;
		like = likeness(f, m, who);
		/* Named only later: the role has to be the same, too. */
		if (who->first > m->first && like < 6)
			continue;
		if (like > best || (like == best && found != PRESS_UNKNOWN &&
		                    stamp_of(f, i) > stamp_of(f, found))) {
			best = like;
			found = i;
		}
	}
	/* "le géologue mandaté par le Canton": somebody new. */
	if (found == PRESS_UNKNOWN && of_something && is_sent_by(f, m))
		return PRESS_UNKNOWN;
	if (found == PRESS_UNKNOWN && of_something)
		found = told_with(f, m);
	if (found == PRESS_UNKNOWN && of_something)
		found = pick(f, m->gender, WITHOUT_ROLE, NULL);
	if (found != PRESS_UNKNOWN &&
	    (is_led(f, m, found) || !f->people->people[found].sure))
		return PRESS_UNKNOWN;
	if (found != PRESS_UNKNOWN)
		return found;
	/* Who leads something else, as the article says, is not meant. */
	if (!of_something && of_unnamed(f, m) && !is_this(token(f, m->first)))
		return PRESS_UNKNOWN;
	found = pick(f, m->gender,
	             speaks_for_others(f, m) ||
	                             f->nobody_block == token(f, m->first)->block
	                     ? ANYBODY
	                     : NAMED,
	             NULL);
	if (found < f->people->n && is_office(f, m) && leads(f, found))
		return PRESS_UNKNOWN;
	return found < f->people->n && is_other_side(f, m, &f->people->people[found])
	               ? the_other(f, m)
	               : found;
}

void
press_focus_called(struct press_focus *f, uint32_t person, const struct press_mention *m)
{
	struct press_person *who;

	if (person >= f->people->n || !names_something(f, m))
		return;
	who = &f->people->people[person];
	if (who->role_beyond > who->role_first)
		return;
	who->role_first = m->role_first;
	who->role_beyond = m->role_beyond;
	who->role = press_text_slice(f->people->text, m->role_first, m->role_beyond);
}

void
press_focus_nobody(struct press_focus *f, enum press_gender gender,
                   const struct press_token *at)
{
	f->nobody = (int64_t)at->sentence * STEPS + 2;
	f->nobody_block = at->block;
	f->nobody_gender = gender;
}

/* An organisation for certain. */
static bool
is_organisation(const struct press_focus *f, const struct press_mention *m)
{
	if (press_institution_in(f->people->text, m->name_first, m->name_beyond) ||
	    press_institution_compound(f->people->text, m->name_first))
		return m->name_beyond - m->name_first > 1 ||
		       press_institution_compound(f->people->text, m->name_first);
	for (size_t i = m->name_first; i < m->name_beyond; i++)
		if (press_is(token(f, i), WORD_ORG))
			return true;
	return false;
}

/* "Il professore si chiama [Aurelio Conti]" */
static bool
is_naming(const struct press_focus *f, const struct press_mention *m)
{
	static const char *const words[] = { "chiama", "appelle", "heisst",   "llama",
		                             "called", "named",   "appelait", "hiess" };
	const struct press_token *before;

	if (m->kind != MENTION_PERSON || m->first == 0)
		return false;
	before = token(f, m->first - 1);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (before->block == token(f, m->first)->block &&
		    rp_slice_eq(before->folded, rp_slice_str(words[i])))
			return true;
	return false;
}

/* "Asked whether [he] had spoken to her, Petit said": who comes only then. */
static bool
is_asked(const struct press_focus *f, const struct press_mention *m)
{
	static const char *const words[] = { "asked",      "pressed",    "questioned",
		                             "interroge",  "interrogee", "presse",
		                             "preguntado", "preguntada", "gefragt" };
	size_t i = m->first;

	while (i > 0 && m->first - i < BACK_MAX &&
	       token(f, i - 1)->block == token(f, i)->block &&
	       token(f, i - 1)->sentence == token(f, m->first)->sentence) {
		if (token(f, --i)->sign != SIGN_WORD)
			return false;
	}
	for (size_t k = 0; i < m->first && k < sizeof(words) / sizeof(*words); k++)
		if (rp_slice_eq(token(f, i)->folded, rp_slice_str(words[k])))
			return true;
	return false;
}

static void
take(struct press_focus *f, const struct press_mention *m)
{
	int64_t sentence = token(f, m->first)->sentence;
	bool subject =
		(!m->governed && f->subject_sentence != sentence) || is_naming(f, m);
	uint32_t who = PRESS_UNKNOWN;

	switch ((enum press_mention_kind)m->kind) {
	case MENTION_PERSON:
		if (m->person == PRESS_SEVERAL && subject)
			who = press_focus_namesake(f, m);
		if (m->person < f->people->n &&
		    (subject || f->people->people[m->person].sure))
			who = m->person;
		if (subject && m->person < f->people->n &&
		    !f->people->people[m->person].sure && f->company_sentence != sentence)
			f->company = m;
		break;
	case MENTION_PRONOUN:
		if (is_asked(f, m))
			return;
		who = m->latter ? f->latest : press_focus_pick(f, m->gender, NULL);
		break;
	case MENTION_ROLE:
		who = subject ? press_focus_role(f, m) : PRESS_UNKNOWN;
		press_focus_called(f, who, m);
		if (subject && who == PRESS_UNKNOWN && !names_something(f, m))
			press_focus_nobody(f, m->gender, token(f, m->first));
		break;
	case MENTION_NAME:
		if (!m->governed)
			f->name_sentence = sentence;
		if (m->name_beyond > m->name_first && f->company_sentence != sentence &&
		    !press_is(token(f, m->first), WORD_PLACE | WORD_DAY | WORD_MEDIA) &&
		    !is_number(f, m->beyond) &&
		    (!(f->people->text->tongue->habits & HABIT_NOUNS) ||
		     press_institution_compound(f->people->text, m->name_first) ||
		     m->name_beyond - m->name_first > 1 ||
		     press_is(token(f, m->name_first), WORD_ORG)) &&
		    (f->company == NULL || !m->governed ||
		     press_is(token(f, m->beyond - 1), WORD_ORG)))
			f->company = m;
		if (subject && f->company == m &&
		    (is_organisation(f, m) ||
		     (press_is(token(f, m->beyond), WORD_CUE) &&
		      !press_is(token(f, m->beyond), WORD_NOUNISH))))
			f->company_sentence = sentence;
		return;
	case MENTION_SOMEBODY:
		if (subject && !m->plural && f->name_sentence != sentence)
			press_focus_nobody(f, m->gender, token(f, m->first));
		return;
	case MENTION_COMPANY:
		/* "The supplier, Finlay Systems, said": its name follows. */
		if (subject && f->company != NULL &&
		    token(f, m->beyond)->sign != SIGN_COMMA)
			f->company_sentence = sentence;
		return;
	case MENTION_ACCOUNT:
		return;
	}
	if (who == PRESS_UNKNOWN)
		return;
	if (m->kind == MENTION_PERSON)
		f->latest = who;
	if (subject) {
		f->subject_sentence = sentence;
		stamp(f, who, sentence * STEPS + (is_naming(f, m) ? 3 : 2));
	} else if (f->n_objects < FOCUS_OBJECTS) {
		f->objects[f->n_objects++] = who;
	}
}

/* A sentence is over: who was no subject in it counts like one if there was none. */
static void
end_sentence(struct press_focus *f, int64_t sentence)
{
	bool alone = f->subject_sentence != f->sentence;
	uint32_t most = 0;

	if (sentence == f->sentence)
		return;
	for (size_t i = 0; i < f->n_objects; i++)
		stamp(f, f->objects[i],
		      f->sentence * STEPS + (alone && i == 0 ? 1 : -STEPS));
	f->n_objects = 0;
	f->sentence = sentence;
	f->protagonist = PRESS_UNKNOWN;
	for (size_t i = 0; i < f->n; i++)
		if (f->seen[i].count > most) {
			most = f->seen[i].count;
			f->protagonist = f->seen[i].person;
		}
}

/* A byline, a place and date: a line that is no sentence. */
static bool
is_line(const struct press_focus *f, uint32_t block)
{
	const struct press_text *t = f->people->text;
	size_t beyond = t->block_first[block + 1];

	if (t->blocks[block].kind == PRESS_CAPTION ||
	    t->blocks[block].kind == PRESS_CREDIT ||
	    t->blocks[block].kind == PRESS_PULL_QUOTE)
		return true;
	return t->blocks[block].kind == PRESS_PARAGRAPH &&
	       t->blocks[block].text.n < LINE_BYTES && beyond > t->block_first[block] &&
	       (t->tokens[beyond - 1].sign == SIGN_WORD ||
	        t->tokens[beyond - 1].sign == SIGN_CLOSE) &&
	       t->tokens[t->block_first[block]].sentence ==
	               t->tokens[beyond - 1].sentence &&
	       f->people->n > 1;
}

void
press_focus_advance(struct press_focus *f, size_t until)
{
	for (; f->cursor < f->mentions->n && f->mentions->list[f->cursor].first < until;
	     f->cursor++) {
		const struct press_mention *m = &f->mentions->list[f->cursor];
		uint32_t span = token(f, m->first)->span;

		if (is_line(f, token(f, m->first)->block))
			continue;
		f->block = token(f, m->first)->block;
		if (f->block != f->nobody_block)
			f->nobody = INT64_MIN;
		if (span == PRESS_NO_SPAN) {
			end_sentence(f, token(f, m->first)->sentence);
			take(f, m);
		}
	}
	if (until < f->people->text->n) {
		end_sentence(f, token(f, until)->sentence);
		f->block = token(f, until)->block;
		if (f->block != f->nobody_block)
			f->nobody = INT64_MIN;
	}
}

void
press_focus_spoke(struct press_focus *f, uint32_t person, uint32_t sentence)
{
	stamp(f, person, (int64_t)sentence * STEPS + 3);
}
