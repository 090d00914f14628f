#include "core/collect/captions-names.h"

enum { NAME_BYTES = 100, LEAST_CUES = 3 };

/* "Satya Nadella: Only if": how long the name is; 0: there is none. */
static size_t
name_length(struct rp_slice text)
{
	const size_t at = rp_slice_find(text, RP_SLICE(": "));

	if (at == 0 || at == text.n || at > NAME_BYTES ||
	    rp_slice_find_byte(text, '\n') < at || text.p[0] == '@' || text.p[0] == '-' ||
	    text.p[0] == '>' || text.p[0] == '[')
		return 0;
	return at;
}

static bool
names_everybody(const struct cues *cues)
{
	size_t cues_with_text = 0, named = 0;

	for (size_t i = 0; i < cues->n; i++) {
		const struct cue *cue = &cues->list[i];

		if (cue->speaker.n != 0 || cue->n_words != 0)
			return false;
		cues_with_text += cue->text.n > 0;
		named += name_length(cue->text) != 0;
	}
	return named >= LEAST_CUES && named >= cues_with_text - cues_with_text / 10;
}

void
cues_take_names(struct cues *cues)
{
	if (!names_everybody(cues))
		return;
	for (size_t i = 0; i < cues->n; i++) {
		struct cue *cue = &cues->list[i];
		const size_t n = name_length(cue->text);

		if (n == 0)
			continue;
		cue->speaker = rp_slice_trim(rp_slice_from(cue->text.p, n));
		cue->text = rp_slice_trim(rp_slice_skip(cue->text, n + 1));
	}
}
