#include "core/collect/press-words.h"

#include "core/collect/press-text.h"

enum { GUESS_BYTES = 1 << 14 /* of the text tell its language */ };

/* clang-format off */
static const char *const er_endings[] = {
	"e", "ent", "a", "erent", "ait", "aient", "er", "ant", "ee", "es", "ees", "era",
};
static const char *const en_endings[] = { "", "s", "ed", "ing" };
static const char *const en_mute_endings[] = { "e", "es", "ed", "ing" };
static const char *const de_endings[] = { "t", "te", "ten", "en", "et", "ete" };
static const char *const ar_endings[] = {
	"a", "o", "aba", "an", "aron", "ado", "ando", "aban", "ar", "aria",
};
static const char *const are_endings[] = {
	"a", "o", "ava", "ano", "ato", "ando", "arono", "ata", "are", "avano",
};
static const struct {
	const char *tag, *words; /* with blanks around each */
} telling[] = {
	{ "en", " the and of to that is with was for it " },
	{ "fr", " le les des et une est dans pour que du " },
	{ "de", " der die und das ist nicht mit ein den auf " },
	{ "es", " el los que del las una por con se y " },
	{ "it", " il che di della gli per una non del sono " },
	{ "", " o os nao uma em com och att som det er ikke w nie na het een van " },
};
/* clang-format on */

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static const struct press_tongue *const tongues[] = {
	&press_english, &press_french, &press_german, &press_spanish, &press_italian,
};

const struct press_tongue *
press_tongue_find(struct rp_slice tag)
{
	for (size_t i = 0; i < LENGTH(tongues); i++)
		if (tag.n >= 2 && (tag.n == 2 || tag.p[2] == '-' || tag.p[2] == '_') &&
		    rp_slice_eq_nocase(rp_slice_from(tag.p, 2),
		                       rp_slice_str(tongues[i]->tag)))
			return tongues[i];
	return NULL;
}

static bool
learn(struct map *words, struct rp_slice word, unsigned is)
{
	bool fresh;
	uint32_t *value = map_put(words, word, is, &fresh);

	if (value == NULL)
		return false;
	*value |= is;
	return true;
}

static bool
learn_form(struct arena *arena, struct map *words, struct rp_slice stem,
           const char *ending, unsigned is)
{
	struct rp_slice form;

	return arena_join(arena, stem, rp_slice_str(ending), &form) &&
	       learn(words, form, is);
}

static bool
learn_forms(struct arena *arena, struct map *words, struct rp_slice stem,
            const char *const *endings, size_t n, unsigned is)
{
	for (size_t i = 0; i < n; i++)
		if (!learn_form(arena, words, stem, endings[i], is))
			return false;
	return true;
}

/* "argue" has no "argueed", "reply" is "replied". */
static bool
learn_english(struct arena *arena, struct map *words, struct rp_slice verb, unsigned is)
{
	struct rp_slice stem = rp_slice_from(verb.p, verb.n - 1);

	if (verb.p[verb.n - 1] == 'e')
		return learn_forms(arena, words, stem, en_mute_endings,
		                   LENGTH(en_mute_endings), is);
	if (verb.p[verb.n - 1] == 'y' && !strchr("aeo", verb.p[verb.n - 2]))
		return learn(words, verb, is) &&
		       learn_form(arena, words, stem, "ies", is) &&
		       learn_form(arena, words, stem, "ied", is) &&
		       learn_form(arena, words, verb, "ing", is);
	return learn_forms(arena, words, verb, en_endings, LENGTH(en_endings), is);
}

static bool
learn_german(struct arena *arena, struct map *words, struct rp_slice stem, unsigned is)
{
	struct rp_slice past;

	return learn_forms(arena, words, stem, de_endings, LENGTH(de_endings), is) &&
	       arena_join(arena, RP_SLICE("ge"), stem, &past) &&
	       learn_form(arena, words, past, "t", is);
}

static bool
learn_word(struct arena *arena, struct map *words, const struct press_row *row,
           struct rp_slice word)
{
	switch (row->forms) {
	case FORMS_ER:
		return learn_forms(arena, words, word, er_endings, LENGTH(er_endings),
		                   row->is);
	case FORMS_EN:
		return learn_english(arena, words, word, row->is);
	case FORMS_DE:
		return learn_german(arena, words, word, row->is);
	case FORMS_AR:
		return learn_forms(arena, words, word, ar_endings, LENGTH(ar_endings),
		                   row->is);
	case FORMS_ARE:
		return learn_forms(arena, words, word, are_endings, LENGTH(are_endings),
		                   row->is);
	case FORMS_AS_IS:
		break;
	}
	return learn(words, word, row->is);
}

static bool
learn_rows(struct arena *arena, struct map *words, const struct press_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct rp_slice rest = rp_slice_str(rows[i].words);

		while (rest.n > 0) {
			struct rp_slice word = rp_slice_cut(&rest, ' ');

			if (word.n > 1 || rows[i].forms == FORMS_AS_IS)
				if (word.n > 0 &&
				    !learn_word(arena, words, &rows[i], word))
					return false;
		}
	}
	return true;
}

struct map *
press_words_load(struct arena *arena, const struct press_tongue *tongue)
{
	struct map *words = map_new();

	if (words == NULL)
		return NULL;
	if (!learn_rows(arena, words, press_common_rows, press_n_common_rows) ||
	    !learn_rows(arena, words, press_given_rows, press_n_given_rows) ||
	    !learn_rows(arena, words, tongue->rows, tongue->n_rows))
		return map_free(words);
	return words;
}

const struct press_tongue *
press_guess_tongue(const struct press_block *blocks, size_t n_blocks)
{
	size_t counts[LENGTH(telling)] = { 0 }, best = 0, read = 0;

	for (size_t b = 0; b < n_blocks && read < GUESS_BYTES; b++) {
		struct rp_slice rest = blocks[b].text;

		if (rest.n > GUESS_BYTES)
			rest.n = GUESS_BYTES;
		read += rest.n;
		while (rest.n > 0) {
			struct rp_slice word = rp_slice_cut(&rest, ' ');
			char padded[16] = " ";

			if (word.n == 0 || word.n > 8)
				continue;
			memcpy(padded + 1, word.p, word.n);
			padded[word.n + 1] = ' ';
			for (size_t i = 0; i < LENGTH(telling); i++)
				if (strstr(telling[i].words, padded) != NULL)
					counts[i]++;
		}
	}
	for (size_t i = 1; i < LENGTH(telling); i++)
		if (counts[i] > counts[best])
			best = i;
	if (counts[best] == 0 || telling[best].tag[0] == '\0')
		return counts[best] ? &press_other : &press_english;
	return press_tongue_find(rp_slice_str(telling[best].tag));
}
