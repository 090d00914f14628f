/*
 * What a word can be in a sentence that brings a quotation: tables, one a language.
 *
 * A table is rows of words; regular verbs are given by their stems, and their forms are
 * made when the table is loaded.  All words are folded (utf8_fold()).
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_WORDS_H
#define RIPOSTE_CORE_COLLECT_PRESS_WORDS_H

#include "core/base/arena.h"
#include "core/base/map.h"

enum press_word {
	WORD_CUE = 1 << 0,     /* "said": somebody says something */
	WORD_NOUNISH = 1 << 1, /* a cue that is a noun behind an article ("demande") */
	WORD_AUX = 1 << 2,     /* "a", "has", "hat": before a cue */
	WORD_PREP = 1 << 3,    /* what follows is no subject */
	WORD_SMALL = 1 << 4,   /* function words: never part of a name */
	WORD_HE = 1 << 5,      /* pronouns as subject */
	WORD_SHE = 1 << 6,
	WORD_THEY = 1 << 7, /* several, or "one": nobody we could name */
	WORD_MR = 1 << 8,   /* titles before a name, no part of it */
	WORD_MRS = 1 << 9,
	WORD_ROLE = 1 << 10,     /* what people are: "patron", "CEO" */
	WORD_FEMALE = 1 << 11,   /* of a role: she is a woman */
	WORD_COMPANY = 1 << 12,  /* "the company": stands for an organisation */
	WORD_PARTICLE = 1 << 13, /* inside names: "von", "de" */
	WORD_DEF = 1 << 14,      /* "the": somebody told before */
	WORD_INDEF = 1 << 15,    /* "a", "this": somebody unnamed */
	WORD_ACCORDING = 1 << 16,
	WORD_FOR = 1 << 17,  /* the same, at the beginning of a sentence only: "pour" */
	WORD_WORK = 1 << 18, /* before a title: "book", "intitulé" */
	WORD_MAN = 1 << 19,  /* given names */
	WORD_WOMAN = 1 << 20,
	WORD_ORG = 1 << 21, /* part of names that are not people's */
	WORD_PLACE = 1 << 22,
	WORD_MEDIA = 1 << 23,  /* where one speaks: CNBC */
	WORD_SIGN = 1 << 24,   /* a banner, a proverb: words of nobody */
	WORD_CALL = 1 << 25,   /* "called it": short words behind it are somebody's */
	WORD_STAGE = 1 << 26,  /* "interview", "panel": places of speech */
	WORD_DAY = 1 << 27,    /* "mardi", "later": between a verb and its subject */
	WORD_PEOPLE = 1 << 28, /* "sources", "people": unnamed */
	WORD_PLEDGE = 1 << 29, /* "his answer": a noun before a colon */
	WORD_WHERE = 1 << 30,  /* prepositions of venues */
};

enum press_forms {
	FORMS_AS_IS,
	FORMS_ER,  /* French: declar-e, -ent, -a, -ait, … */
	FORMS_EN,  /* English: claim, -s, -ed, -ing */
	FORMS_DE,  /* German weak verbs: sag-t, -te, ge-sag-t */
	FORMS_AR,  /* Spanish: afirm-a, -o, -aba */
	FORMS_ARE, /* Italian: afferm-a, -o, -ava, -ato */
};

#define WORD_GIVEN_ANY (WORD_MAN | WORD_WOMAN)

struct press_row {
	unsigned is;
	enum press_forms forms;
	const char *words; /* with blanks between */
};

enum press_habit {
	HABIT_JOINS = 1,  /* "A," he said. "B." is one quotation */
	HABIT_NOUNS = 2,  /* nouns have capitals */
	HABIT_INCISE = 4, /* the incise may stand inside the marks */
	HABIT_SILENT = 8, /* sentences without a subject */
};

struct press_tongue {
	const char *tag;
	unsigned habits;
	const struct press_row *rows;
	size_t n_rows;
};

extern const struct press_tongue press_english, press_french, press_german, press_spanish,
	press_italian, press_other;

/* Names and places that are the same in all of them. */
extern const struct press_row press_common_rows[], press_given_rows[];
extern const size_t press_n_common_rows, press_n_given_rows;

/* The tongue of a BCP 47 tag; NULL for one that we have no table of. */
const struct press_tongue *press_tongue_find(struct rp_slice tag);

/* All forms of a tongue: folded word -> enum press_word.  NULL: the arena is full, or no
 * memory. */
struct map *press_words_load(struct arena *arena,
                             const struct press_tongue *tongue) RP_MUST_USE;

#endif
