/* What between marks is nobody's speech: titles, nicknames, words held at arm's length.
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_SHAPE_H
#define RIPOSTE_CORE_COLLECT_PRESS_SHAPE_H

#include "core/collect/press-text.h"

enum press_shape {
	SHAPE_NONE,   /* no quotation */
	SHAPE_SHORT,  /* a word or three: one only where a verb stands right beside it */
	SHAPE_PHRASE, /* a piece of a sentence: one when the text says whose */
	SHAPE_SPEECH,
};

enum press_shape press_shape_of(const struct press_text *text, size_t span);

/* Words that could be in someone's mouth stand right beside a span: a colon, a verb of
 * saying, a comma and a verb. */
/* A line of a box or a list beside the article: "Mehr zum Thema", and what follows it. */
bool press_shape_is_furniture(const struct press_text *text, size_t block);

/* The words from..beyond tell of a banner, a plaque: what is written there. */
bool press_shape_is_inscribed(const struct press_text *text, size_t from, size_t beyond);

/* No more than a few words, no sentence, and not alone: what something is called. */
bool press_shape_is_label(const struct press_text *text, size_t span);

bool press_shape_is_framed(const struct press_text *text, size_t span);

#endif
