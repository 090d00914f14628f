/*
 * The words that dates are written with, in English, French, German, Spanish and Italian.
 */
#ifndef RIPOSTE_CORE_BASE_DATE_WORDS_H
#define RIPOSTE_CORE_BASE_DATE_WORDS_H

#include "core/base/slice.h"

enum date_word_kind {
	DATE_WORD_UNKNOWN,
	DATE_WORD_NOISE,   /* "le", "published", "Uhr" */
	DATE_WORD_MONTH,   /* value 1 to 12 */
	DATE_WORD_WEEKDAY, /* value 0 (Monday) to 6 */
	DATE_WORD_TO,      /* between two times: "bis" */
	DATE_WORD_UPDATE,  /* what follows is another date: "modifié" */
	DATE_WORD_BEFORE,  /* value days before: "hier" */
	DATE_WORD_LATER,   /* the day beside it is to come: "prochain" */
};

struct date_word {
	enum date_word_kind kind;
	int value;
	bool whole; /* written out: "mardi", not "mar" */
	bool weak;  /* a month, or a day of the week in another language: "mar" */
};

/* The letters at the front, at least one; empty when it begins with something else. */
struct rp_slice date_letters(struct rp_slice s);

/* "st" of "1st", "er" of "1er", and the small circle. */
void date_skip_ordinal(struct rp_slice *s);

/* What a word of nothing but letters means, any case, with accents or without. */
struct date_word date_word(struct rp_slice word);

/*
 * "CET", "UTC", "ET".  *offset_s_out counts seconds east of UTC; where daylight saving
 * decides, *name_out is the zone's name, else it is empty.  One letter is one of the
 * military zones, which RFC 2822 has read as UTC, since half the world had them reversed.
 * false for "IST", which is three.
 */
bool date_zone(struct rp_slice word, int *offset_s_out, struct rp_slice *name_out);

#endif
