/*
 * Verbs of saying, and whose they are: the parts that frames are made of.
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_SUBJECT_H
#define RIPOSTE_CORE_COLLECT_PRESS_SUBJECT_H

#include "core/collect/press-say.h"

static inline const struct press_token *
token(const struct press_sayer *s, size_t i)
{
	return press_token(s->text, i);
}

static inline bool
is_sign(const struct press_sayer *s, size_t i, enum press_sign sign)
{
	return i < s->text->n && token(s, i)->sign == sign;
}

static inline bool
is_word(const struct press_sayer *s, size_t i, unsigned word)
{
	return i < s->text->n && token(s, i)->sign == SIGN_WORD &&
	       press_is(token(s, i), word);
}

/* In a quotation: not the article's own words. */
static inline bool
is_quoted(const struct press_sayer *s, size_t i)
{
	return !s->inside && token(s, i)->span != PRESS_NO_SPAN &&
	       s->kept[token(s, i)->span];
}

/* The mention that begins at token i, or NULL. */
const struct press_mention *press_mention_at(const struct press_sayer *s, size_t i);

/* A verb of saying stands here, and no noun that looks like one. */
bool press_is_cue(const struct press_sayer *s, size_t i, size_t from);

struct press_say press_nobody(void);
/* Whom a mention means, as a speaker. */
struct press_say press_speaker(const struct press_sayer *s,
                               const struct press_mention *m);

/* Whoever is spoken of there. */
struct press_say press_spoken_of(const struct press_sayer *s, enum press_gender gender);

bool press_holds(const struct press_sayer *s, size_t from, size_t beyond, unsigned word);
/* A mention that can be a subject, from there on: the first, or the last before beyond.
 */
const struct press_mention *press_find_mention(const struct press_sayer *s, size_t from,
                                               size_t beyond, bool last, bool governed);

/* The subject in front of a verb: the nearest, or behind a comma the sentence's own. */
const struct press_mention *press_subject_before(const struct press_sayer *s, size_t from,
                                                 size_t verb);

/* An article opens a phrase that is no mention: "le Texan", "un habitué des lieux". */
struct press_say press_phrase(const struct press_sayer *s, size_t i, size_t end);

bool press_opens_phrase(const struct press_sayer *s, size_t i);
/* The subject behind a verb: "a déclaré mardi à CNBC le patron de Microsoft". */
bool press_subject_after(const struct press_sayer *s, size_t verb, size_t end,
                         struct press_say *out);

bool press_find_according(const struct press_sayer *s, size_t from, size_t end,
                          struct press_say *out);
bool press_ends_adverb(struct rp_slice word);
#endif
