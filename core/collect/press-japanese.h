/*
 * Speakers in Japanese and Chinese, where words have no blanks between them: by what
 * stands before は, が and 氏, and the verbs behind と.
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_JAPANESE_H
#define RIPOSTE_CORE_COLLECT_PRESS_JAPANESE_H

#include "core/collect/press-marks.h"

struct press_japanese {
	struct arena *arena;
	const struct press_block *blocks;
	size_t n_blocks;
	struct rp_slice last; /* who spoke before */
	struct {
		struct rp_slice name, full;
	} known[64]; /* names looked up */
	size_t n_known;
};

struct press_japanese_say {
	struct rp_slice name, role;
	enum press_certainty certainty;
	bool framed; /* a verb, or と, or a colon brings it */
};

struct press_japanese_say press_japanese_say(struct press_japanese *j,
                                             const struct press_span *span);

/* The sentence around a span, in the text of its first block: bytes from..beyond. */
void press_japanese_sentence(const struct press_block *blocks,
                             const struct press_span *span, size_t *from, size_t *beyond);

#endif
