/*
 * Who an article is speaking of at some place: what "he" and "the company" mean there.
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_FOCUS_H
#define RIPOSTE_CORE_COLLECT_PRESS_FOCUS_H

#include "core/collect/press-mention.h"

enum { FOCUS_PEOPLE = 16, FOCUS_OBJECTS = 4 };

struct press_focus {
	struct press_people *people;
	const struct press_mentions *mentions;
	const bool *kept; /* spans that are quotations: what they mention is not seen */
	size_t cursor;    /* the next mention */
	struct {
		uint32_t person, count, block;
		int64_t stamp;
	} seen[FOCUS_PEOPLE];
	size_t n;
	int64_t sentence;                /* being read */
	int64_t subject_sentence;        /* which had its subject */
	uint32_t objects[FOCUS_OBJECTS]; /* people in it who were none */
	size_t n_objects;
	const struct press_mention *company;
	int64_t company_sentence; /* the last one whose subject it was */
	int64_t name_sentence;    /* the last one in which something had a name */
	uint32_t latest;          /* person named last, subject or not */
	int64_t nobody;           /* when somebody unnamed was spoken of */
	uint32_t nobody_block;
	uint32_t block;       /* being read */
	uint32_t protagonist; /* who was told of most */
	enum press_gender nobody_gender;
};

/* Take in all mentions before token `until`; it never goes back. */
void press_focus_advance(struct press_focus *f, size_t until);

/* Somebody spoke there. */
void press_focus_spoke(struct press_focus *f, uint32_t person, uint32_t sentence);

/* Somebody whom the text does not name: "he" is nobody we know then. */
void press_focus_nobody(struct press_focus *f, enum press_gender gender,
                        const struct press_token *at);

/* The one spoken of last, of that gender; PRESS_UNKNOWN: nobody.  *sentence_out, which
 * may be NULL, tells where. */
uint32_t press_focus_pick(const struct press_focus *f, enum press_gender gender,
                          int64_t *sentence_out);

/* Which of several with one surname a name means there. */
uint32_t press_focus_namesake(const struct press_focus *f, const struct press_mention *m);

/* Whom a role means: by what the article says of people, else who is spoken of. */
uint32_t press_focus_role(const struct press_focus *f, const struct press_mention *m);

/* Note what somebody was called, if the article told nothing before. */
void press_focus_called(struct press_focus *f, uint32_t person,
                        const struct press_mention *m);

#endif
