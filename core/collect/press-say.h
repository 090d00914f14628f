/*
 * Who says it: the frames in which sentences put a quotation and its speaker.
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_SAY_H
#define RIPOSTE_CORE_COLLECT_PRESS_SAY_H

#include "core/collect/press-focus.h"

struct press_say {
	uint32_t person;      /* index, or PRESS_UNKNOWN */
	struct rp_slice name; /* of one who is no person of the register */
	struct rp_slice role;
	enum press_certainty certainty;
	bool framed;         /* a verb, a colon or the like brings it */
	bool tight;          /* right beside it */
	bool after;          /* by what follows it */
	bool nobody;         /* said by somebody whom the text does not name */
	size_t from, beyond; /* tokens of the words that bring it */
};

struct press_sayer {
	const struct press_text *text;
	struct press_people *people;
	const struct press_mentions *mentions;
	const bool *kept;
	bool inside; /* between the marks, for what cuts into a quotation */
	struct press_focus focus;
	struct press_say last; /* of the quotation before */
	size_t last_block;
};

/* Of the quotations in their order. */
struct press_say press_say_of(struct press_sayer *s, size_t span);

/* Words that cut into a quotation, from..beyond within the marks ("glisse-t-il,"): where
 * the next one begins at or after `at`; false: there is none. */
bool press_incise(const struct press_sayer *s, size_t at, size_t end, size_t *from,
                  size_t *beyond);
struct press_say press_say_incise(struct press_sayer *s, size_t from, size_t beyond);

/* Note who spoke at token i: what follows may depend on it. */
void press_say_note(struct press_sayer *s, const struct press_say *say, size_t i);

/* A line below a quotation: "Elon Musk, sur X". */
struct press_say press_say_credit(struct press_sayer *s, size_t from, size_t beyond);

/* The sentence that a token is in: its first token, and what follows its last. */
void press_sentence(const struct press_text *text, size_t i, size_t *from,
                    size_t *beyond);

#endif
