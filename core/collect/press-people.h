/*
 * Who is named in an article: full names, and who a surname or a given name means.
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_PEOPLE_H
#define RIPOSTE_CORE_COLLECT_PRESS_PEOPLE_H

#include "core/collect/press-text.h"

enum press_gender { PRESS_ANYONE, PRESS_MAN, PRESS_WOMAN };

#define PRESS_UNKNOWN UINT32_MAX
#define PRESS_SEVERAL (UINT32_MAX - 1)

struct press_person {
	struct rp_slice name; /* the fullest form */
	struct rp_slice role; /* as printed */
	uint32_t role_first, role_beyond;
	uint32_t first;        /* token of the first mention */
	uint32_t same_surname; /* another one; PRESS_UNKNOWN: none */
	uint8_t gender;
	bool sure; /* a person, not two words with capitals */
};

struct press_people {
	struct arena *arena;
	struct press_text *text;
	struct press_person *people;
	size_t n, room;
	struct map *full, *surnames, *givens;
	struct map *upper; /* words with a capital inside a sentence */
	struct map *lower; /* words that the article also writes without a capital */
};

enum { PRESS_PEOPLE_MAX = 5000 };

/* Tokens first..beyond are a name, those from role_first..first what it follows. */
struct press_name {
	size_t role_first, first, beyond;
	bool title, organisation;
	uint8_t gender;
};

/* A name begins at token i, or a role that stands right before one ("CEO Ana Petit"). */
bool press_name_at(const struct press_people *people, size_t i, struct press_name *out);

/* false: the arena is full, or there is no memory.  Maps are the caller's to free with
 * press_people_done(), also then. */
bool press_people_read(struct arena *arena, struct press_text *text,
                       struct press_people *out) RP_MUST_USE;
void press_people_done(struct press_people *people);

/* Does that person's name end in these words? */
bool press_has_surname(const struct press_people *people, const struct press_name *name,
                       uint32_t person);

/*
 * Whom a name means at that place: an index, PRESS_SEVERAL when it cannot be told, or
 * PRESS_UNKNOWN.
 */
uint32_t press_person_of(const struct press_people *people,
                         const struct press_name *name);

#endif
