#include "core/collect/transcript-roster.h"

#include "core/base/buf.h"
#include "core/base/map.h"
#include "core/base/utf8.h"
#include "core/collect/options.h"
#include "core/collect/transcript-words.h"

#include <stdlib.h>

enum {
	ROSTER_BYTES = 8 << 20,
	PEOPLE_MAX = 10000,
	WORDS_MAX = 50000,    /* whose repetition is noticed */
	SHORT_TEXT = 12,      /* with fewer labels, that they repeat cannot be asked */
	NAME_BYTES = 1 << 16, /* one name, folded and joined */
	SEVERAL = UINT32_MAX >> 1,
};

struct speaker {
	struct rp_slice name, folded;
};

struct roster {
	struct arena *arena;
	struct arena *scratch;
	struct map *counts;  /* folded last word of labels: how often */
	uint32_t labels;     /* lines with a name */
	bool labelled_lines; /* there was a label, perhaps nobody's */
	struct speaker *people;
	size_t n, room;
	size_t listed;
	struct map *full, *surname, *given; /* folded: index, or SEVERAL */
	struct map *labelled;               /* label of the options: index */
};

struct roster *
roster_new(void)
{
	struct roster *r = calloc(1, sizeof(*r));

	if (r == NULL) {
		rp_memory_refuse();
		return NULL;
	}
	r->arena = arena_new(ROSTER_BYTES);
	r->scratch = arena_new(NAME_BYTES);
	r->counts = map_new();
	r->full = map_new();
	r->surname = map_new();
	r->given = map_new();
	r->labelled = map_new();
	if (r->arena == NULL || r->scratch == NULL || r->counts == NULL ||
	    r->full == NULL || r->surname == NULL || r->given == NULL ||
	    r->labelled == NULL)
		return roster_free(r);
	return r;
}

struct roster *
roster_free(struct roster *r)
{
	if (r == NULL)
		return NULL;
	arena_free(r->arena);
	arena_free(r->scratch);
	map_free(r->counts);
	map_free(r->full);
	map_free(r->surname);
	map_free(r->given);
	map_free(r->labelled);
	free(r);
	return NULL;
}

bool
roster_is_monologue(const struct roster *roster)
{
	return roster->listed == 1 && !roster->labelled_lines;
}

/* In the scratch arena, or empty. */
static struct rp_slice
fold(const struct roster *r, struct rp_slice text)
{
	struct rp_slice folded;

	return utf8_fold(r->scratch, text, &folded) ? folded : RP_SLICE("");
}

static struct rp_slice
first_word(struct rp_slice name)
{
	return rp_slice_from(name.p, rp_slice_find_byte(name, ' '));
}

/* A word that two people share is nobody's. */
static bool
put_word(struct map *map, struct rp_slice word, uint32_t who)
{
	bool fresh;
	uint32_t *value = map_put(map, word, who, &fresh);

	if (value != NULL && *value != who)
		*value = SEVERAL;
	return value != NULL;
}

/*
 * Keep a full name.  A roster that is full learns nobody new: later labels then stand for
 * themselves.
 */
static enum rp_status
add_person(struct roster *r, struct rp_slice name, uint32_t *who_out,
           struct rp_error *err)
{
	struct speaker person;
	bool fresh;
	uint32_t *known;

	if (!utf8_fold(r->arena, name, &person.folded) ||
	    !arena_copy(r->arena, name, &person.name) || r->n == PEOPLE_MAX)
		return RP_NOT_FOUND;
	known = map_put(r->full, person.folded, (uint32_t)r->n, &fresh);
	if (known == NULL)
		return rp_fail_memory(err);
	*who_out = *known;
	if (!fresh)
		return RP_OK;
	if (r->n == r->room) {
		size_t room = r->room ? r->room * 2 : 16;
		struct speaker *more =
			arena_grow(r->arena, r->people, r->n, room, sizeof(*more));

		if (more == NULL)
			return rp_fail_memory(err);
		r->people = more;
		r->room = room;
	}
	r->people[r->n++] = person;
	if (!put_word(r->surname, label_last_word(person.folded), *who_out) ||
	    !put_word(r->given, first_word(person.folded), *who_out))
		return rp_fail_memory(err);
	return RP_OK;
}

/* A full roster, from the options alone, is a mistake to be told. */
static enum rp_status
add_listed(struct roster *r, struct rp_slice name, uint32_t *who, struct rp_error *err)
{
	enum rp_status st = add_person(r, name, who, err);

	if (st == RP_NOT_FOUND)
		return rp_fail(err, RP_BAD_USAGE, "too many speakers");
	return st;
}

static enum rp_status
add_labelled(struct roster *r, struct rp_slice label, struct rp_slice person,
             struct rp_error *err)
{
	struct rp_slice folded;
	uint32_t who = 0, *value;
	enum rp_status st = add_listed(r, person, &who, err);

	if (st != RP_OK)
		return st;
	if (!utf8_fold(r->arena, label, &folded) ||
	    (value = map_put(r->labelled, folded, who, NULL)) == NULL)
		return rp_fail_memory(err);
	*value = who;
	return RP_OK;
}

/*
 * The labels that stand for a person first, so that "speaker=NADELLA" beside
 * "speaker.NADELLA.person=Satya Nadella" is no second one.
 */
enum rp_status
roster_read_options(struct roster *r, struct rp_slice options, struct rp_error *err)
{
	struct rp_slice rest = options, key, value;
	enum rp_status st = RP_OK;
	uint32_t who;

	while (st == RP_OK && options_next(&rest, &key, &value))
		if (options_speaker_label(key).n != 0)
			st = add_labelled(r, options_speaker_label(key), value, err);
	rest = options;
	while (st == RP_OK && options_next(&rest, &key, &value)) {
		arena_reset(r->scratch);
		if (rp_slice_eq(key, RP_SLICE("speaker")) &&
		    map_get(r->labelled, fold(r, value)) == NULL)
			st = add_listed(r, value, &who, err);
	}
	r->listed = r->n;
	return st;
}

void
roster_count(struct roster *r, const struct label *label)
{
	struct rp_slice word;
	bool fresh;
	uint32_t *count;

	if (label->sort != LABEL_NONE && label->sort != LABEL_REMARK)
		r->labelled_lines = true;
	if (label->sort != LABEL_NAME)
		return;
	r->labels++;
	arena_reset(r->scratch);
	word = fold(r, label_last_word(label->name));
	count = map_get(r->counts, word);
	if (count != NULL) {
		*count += *count < 2;
		return;
	}
	if (map_count(r->counts) < WORDS_MAX && arena_copy(r->arena, word, &word))
		(void)!map_put(r->counts, word, 1, &fresh);
}

/* ---- who is meant ---------------------------------------------------------------------
 */

/* "von der Leyen" of "Ursula von der Leyen". */
static bool
ends_with_words(struct rp_slice name, struct rp_slice words)
{
	return rp_slice_ends(name, words) &&
	       (name.n == words.n || name.p[name.n - words.n - 1] == ' ');
}

/* The person of the roster that a label stands for; SEVERAL: nobody, or not clear. */
static uint32_t
find_person(const struct roster *r, const struct label *label)
{
	struct rp_slice folded = fold(r, label->name);
	const uint32_t *who = map_get(r->labelled, folded);

	if (who == NULL)
		who = map_get(r->full, folded);
	if (who != NULL)
		return *who;
	who = map_get(r->surname, label_last_word(folded));
	if (who != NULL && *who != SEVERAL)
		return (label->words == 1 || word_is_particle(first_word(folded))) &&
		                       ends_with_words(r->people[*who].folded, folded)
		               ? *who
		               : SEVERAL;
	if (who == NULL && label->words == 1 && label->title.n == 0)
		who = map_get(r->given, folded);
	return who != NULL ? *who : SEVERAL;
}

/* A form that prose does not have. */
static bool
is_strong(const struct label *label)
{
	return label->title.n > 0 || label->offset_s >= 0 ||
	       (label->words >= 2 && (label->capitals || label->has_role));
}

static bool
comes_twice(const struct roster *r, const struct label *label)
{
	const uint32_t *count = map_get(r->counts, fold(r, label_last_word(label->name)));

	return count != NULL && *count >= 2;
}

bool
roster_knows(const struct roster *r, const struct label *label)
{
	arena_reset(r->scratch);
	return find_person(r, label) != SEVERAL;
}

bool
roster_is_sure(const struct roster *r, const struct label *label)
{
	arena_reset(r->scratch);
	return is_strong(label) || find_person(r, label) != SEVERAL ||
	       comes_twice(r, label);
}

enum verdict
roster_judge(const struct roster *r, const struct label *label, bool starts_paragraph,
             bool first)
{
	switch (label->sort) {
	case LABEL_NONE:
		return VERDICT_TEXT;
	case LABEL_REMARK:
		return starts_paragraph ? VERDICT_REMARK : VERDICT_TEXT;
	case LABEL_QUESTION:
	case LABEL_ANSWER:
	case LABEL_ASKER:
	case LABEL_NOBODY:
		return VERDICT_SPEAKER;
	case LABEL_NAME:
		break;
	}
	if (roster_is_sure(r, label))
		return VERDICT_SPEAKER;
	if (r->labels < SHORT_TEXT) {
		if (label->words >= 2 || label->capitals || first)
			return VERDICT_SPEAKER;
		return starts_paragraph ? VERDICT_DOUBTFUL : VERDICT_TEXT;
	}
	return label->words >= 2 && starts_paragraph ? VERDICT_DOUBTFUL : VERDICT_TEXT;
}

/* ---- names in capitals ----------------------------------------------------------------
 */

/* "JD", "II", "CNBC": no name in capitals, but capitals in a name. */
static bool
stays_in_capitals(struct rp_slice word, bool first)
{
	const char *const consonants = "BCDFGHJKLMNPQRSTVWXZ", *const numerals = "IVX";
	bool letters = true, numeral = !first; /* "XI JINPING" */

	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] == '\0' || strchr(consonants, word.p[i]) == NULL)
			letters = false;
		if (word.p[i] == '\0' || strchr(numerals, word.p[i]) == NULL)
			numeral = false;
	}
	return numeral || (letters && !word_is_title(word));
}

/* Does a word begin behind this byte: "O'NEILL", "JEAN-LUC", "J.D."? */
static bool
begins_part(struct rp_slice word, size_t at)
{
	struct rp_slice before = rp_slice_from(word.p, at);

	if (at == 0 || rp_slice_ends(before, RP_SLICE("-")) ||
	    rp_slice_ends(before, RP_SLICE(".")) || rp_slice_eq(before, RP_SLICE("MC")))
		return true;
	/* "TRUMP'S" has a small one behind. */
	return word.n - at > 1 && (rp_slice_ends(before, RP_SLICE("'")) ||
	                           rp_slice_ends(before, RP_SLICE("\xe2\x80\x99")));
}

static void
add_word(struct rp_buf *out, struct rp_slice word, bool first)
{
	const bool small = !first && word_is_particle(word);

	if (stays_in_capitals(word, first) && !small) {
		buf_add(out, word);
		return;
	}
	for (size_t i = 0, n; i < word.n; i += n) {
		int32_t c = utf8_next(rp_slice_skip(word, i), &n);

		utf8_add(out, begins_part(word, i) && !small ? c : utf8_lower(c));
	}
}

/* Blanks collapsed, and capitals made small behind the first. */
static void
add_words(struct rp_buf *out, struct rp_slice words, bool capitals)
{
	bool first = true;

	while (words.n > 0) {
		struct rp_slice word = rp_slice_cut(&words, ' ');

		if (word.n == 0)
			continue;
		if (out->n > 0)
			buf_add_byte(out, ' ');
		if (capitals)
			add_word(out, word, first);
		else
			buf_add(out, word);
		first = false;
	}
}

enum rp_status
roster_name(struct roster *r, const struct label *label, struct arena *arena,
            struct rp_slice *out, bool *person_out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf name;
	const uint32_t *labelled;
	uint32_t who = SEVERAL;
	enum rp_status st = RP_OK;

	buf_init(&name, NAME_BYTES);
	arena_reset(r->scratch);
	labelled = map_get(r->labelled, fold(r, label->name));
	if (labelled != NULL)
		who = *labelled;
	else if (label->sort == LABEL_ANSWER && r->listed == 1)
		who = 0;
	else if (label->sort == LABEL_NAME)
		who = find_person(r, label);
	*person_out = who != SEVERAL || label->sort == LABEL_NAME;

	if (who == SEVERAL) {
		const bool full = label->words >= 2;

		if (!full)
			add_words(&name, label->title, label->capitals);
		add_words(&name, label->name, label->capitals);
		if (buf_failed(&name))
			return rp_fail_memory(err);
		if (full)
			st = add_person(r, buf_slice(&name), &who, err);
		if (st == RP_NOT_FOUND)
			st = RP_OK;
		if (st != RP_OK)
			return st;
	}
	if (!arena_copy(arena, who == SEVERAL ? buf_slice(&name) : r->people[who].name,
	                out))
		return rp_fail_memory(err);
	return RP_OK;
}
