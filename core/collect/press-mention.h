/*
 * Where somebody is mentioned, and as what: by name, by what they are, by a pronoun.
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_MENTION_H
#define RIPOSTE_CORE_COLLECT_PRESS_MENTION_H

#include "core/collect/press-people.h"

enum press_mention_kind {
	MENTION_PERSON,
	MENTION_NAME, /* of something, perhaps of an organisation */
	MENTION_PRONOUN,
	MENTION_ROLE,     /* "the Microsoft chief": somebody told elsewhere */
	MENTION_COMPANY,  /* "the company" */
	MENTION_SOMEBODY, /* "an analyst": nobody we could name */
	MENTION_ACCOUNT,  /* "@sama" */
};

struct press_mention {
	uint32_t first, beyond;           /* tokens, apposition included */
	uint32_t name_first, name_beyond; /* of a name */
	uint32_t role_first, role_beyond; /* of a role; equal: none */
	uint32_t person;                  /* index, PRESS_SEVERAL, PRESS_UNKNOWN */
	uint8_t kind, gender;
	bool governed; /* by a preposition: no subject */
	bool plural;
	bool latter; /* "ce dernier" */
};

struct press_mentions {
	struct press_mention *list;
	size_t n, room;
};

/* All mentions in the order of the text, and the roles of people noted.  false: the arena
 * is full. */
bool press_mentions_read(struct arena *arena, struct press_people *people,
                         struct press_mentions *out) RP_MUST_USE;

/* Index of the first mention that begins at token i or later. */
size_t press_mention_after(const struct press_mentions *mentions, size_t i);

#endif
