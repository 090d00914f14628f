/*
 * An article's blocks as words and signs, each with what it can be, its sentence, and the
 * quotation it stands in.
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_TEXT_H
#define RIPOSTE_CORE_COLLECT_PRESS_TEXT_H

#include "core/collect/press-marks.h"
#include "core/collect/press-words.h"

enum press_sign {
	SIGN_WORD,
	SIGN_STOP, /* . ! ? …, where they end a sentence or may */
	SIGN_COMMA,
	SIGN_COLON,
	SIGN_SEMICOLON,
	SIGN_DASH,
	SIGN_OPEN, /* ( and [ */
	SIGN_CLOSE,
	SIGN_MARK,
	SIGN_OTHER,
};

#define PRESS_NO_SPAN UINT32_MAX

struct press_token {
	struct rp_slice folded; /* words only; elided ones keep their apostrophe */
	uint32_t block, at, n;
	uint32_t is;       /* enum press_word */
	uint32_t span;     /* in which it stands, or PRESS_NO_SPAN */
	uint32_t sentence; /* of the narration; a quotation is within one */
	uint8_t sign;
	bool capital, acronym;
	bool inverted; /* "-t-il" */
	bool first;    /* of its sentence */
	bool marked;   /* stands between marks of any kind */
};

struct press_text {
	const struct press_block *blocks;
	size_t n_blocks;
	const struct press_tongue *tongue;
	struct map *words;
	struct press_span *spans;
	size_t n_spans;
	struct press_token *tokens;
	size_t n, room;
	size_t *block_first; /* index of a block's first token; n_blocks + 1 of them */
	size_t *span_first, *span_beyond; /* tokens between the marks */
};

enum {
	PRESS_MAX_TOKENS = 1 << 20, /* no article has a million words: what follows is
	                               not looked at */
};

/* false: the arena is full. */
bool press_text_read(struct arena *arena, struct press_text *text) RP_MUST_USE;

/* Number the sentences anew, the spans being final (`kept`: which are quotations). */
void press_text_sentences(struct press_text *text, const bool *kept);

/* What stands behind the last one: no word, in no block. */
extern const struct press_token press_no_token;

static inline const struct press_token *
press_token(const struct press_text *text, size_t i)
{
	return i < text->n ? &text->tokens[i] : &press_no_token;
}

static inline bool
press_is(const struct press_token *t, unsigned word)
{
	return (t->is & word) != 0;
}

/* Is it a word of the array?  Both are folded. */
#define PRESS_LISTED(word, array)                                                        \
	press_listed((word), (array), sizeof(array) / sizeof(*(array)))

static inline bool
press_listed(struct rp_slice word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rp_slice_eq(word, rp_slice_str(list[i])))
			return true;
	return false;
}

/* "a person said …", before "the person": an indefinite article and the same noun in this
 * block, before token i. */
bool press_unnamed_before(const struct press_text *text, size_t i);

/* The printed text of tokens from..beyond of one block. */
struct rp_slice press_text_slice(const struct press_text *text, size_t from,
                                 size_t beyond);

/* Which language most of the words are of. */
const struct press_tongue *press_guess_tongue(const struct press_block *blocks,
                                              size_t n_blocks);

#endif
