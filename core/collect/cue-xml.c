/*
 * YouTube's captions in XML: srv1 (<text start="18.64" dur="3.24">, escaped twice), srv2
 * (<text t="18640" d="3240">), srv3 (<p t="" d=""> with <s t=""> inside).
 */
#include "core/collect/cue-markup.h"
#include "core/collect/cue.h"

enum { DIGITS_MAX = 12 };

struct reading {
	struct cues *cues;
	struct cue cue; /* the element that is open */
	bool open, good;
	size_t n_words;
};

static bool
read_ms(struct rp_slice digits, int64_t *out)
{
	uint64_t value;

	if (digits.n > DIGITS_MAX || !rp_slice_u64(digits, &value))
		return false;
	*out = (int64_t)value;
	return true;
}

/* The times of a <text> or <p>; false: they are none. */
static bool
read_times(const struct markup *tag, struct cue *cue)
{
	int64_t lasts;

	if (cue_seconds_read(markup_get(tag, "start"), &cue->start_ms)) {
		if (cue_seconds_read(markup_get(tag, "dur"), &lasts))
			cue->end_ms = cue->start_ms + lasts;
		return true;
	}
	if (!read_ms(markup_get(tag, "t"), &cue->start_ms))
		return false;
	if (read_ms(markup_get(tag, "d"), &lasts))
		cue->end_ms = cue->start_ms + lasts;
	return true;
}

static bool
end_cue(struct reading *r, size_t end)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct cue *added;

	buf_init(&text, CUE_TEXT_BYTES);
	if (!r->open)
		return true;
	r->open = false;
	r->cue.n = (uint32_t)(end - r->cue.at);
	if (!r->good)
		return cue_reject(r->cues, r->cue.at, r->cue.n, 0,
		                  "a cue whose times cannot be read");
	markup_decode(&text, buf_slice(&r->cues->scratch));
	if (buf_failed(&text))
		return false;
	if (rp_slice_trim(buf_slice(&text)).n == 0) {
		r->cues->n_words = r->n_words;
		return true;
	}
	added = cue_add(r->cues);
	if (added == NULL)
		return false;
	r->cue.word = (uint32_t)r->n_words;
	r->cue.n_words = (uint32_t)(r->cues->n_words - r->n_words);
	*added = r->cue;
	return cue_set_text(r->cues, added, buf_slice(&text));
}

static bool
begin_cue(struct reading *r, const struct markup *tag, size_t at)
{
	if (!end_cue(r, at))
		return false;
	r->cue = (struct cue){ .start_ms = CUE_NO_TIME,
		               .end_ms = CUE_NO_TIME,
		               .at = (uint32_t)at };
	r->good = read_times(tag, &r->cue);
	r->n_words = r->cues->n_words;
	r->open = true;
	buf_clear(&r->cues->scratch);
	return !tag->empty || end_cue(r, at + tag->source.n);
}

/* <s t="239">: a word, so long after its <p>. */
static bool
begin_word(struct reading *r, const struct markup *tag)
{
	int64_t offset = 0;

	if (!r->open || !r->good)
		return true;
	(void)read_ms(markup_get(tag, "t"), &offset);
	return cue_add_word(r->cues, r->cues->scratch.n, r->cue.start_ms + offset);
}

static bool
take(struct reading *r, const struct markup *piece)
{
	const size_t at = (size_t)(piece->source.p - r->cues->bytes.p);
	const bool is_cue = markup_is(piece, "p") || markup_is(piece, "text");

	switch (piece->kind) {
	case MARKUP_TEXT:
		if (r->open)
			markup_decode(&r->cues->scratch, piece->source);
		return !buf_failed(&r->cues->scratch);
	case MARKUP_OPEN:
		if (is_cue)
			return begin_cue(r, piece, at);
		if (markup_is(piece, "br"))
			buf_add_byte(&r->cues->scratch, '\n');
		return !markup_is(piece, "s") || begin_word(r, piece);
	case MARKUP_CLOSE:
		return !is_cue || end_cue(r, at + piece->source.n);
	case MARKUP_OTHER:
		break;
	}
	return true;
}

enum rp_status
cue_read_xml(struct cues *cues, struct rp_error *err)
{
	struct rp_slice rest = cues->bytes;
	struct reading r = { .cues = cues };
	struct markup piece;

	while (markup_next(&rest, &piece))
		if (!take(&r, &piece))
			return rp_fail_memory(err);
	if (!end_cue(&r, cues->bytes.n))
		return rp_fail_memory(err);
	cues_cut_overlaps(cues);
	return RP_OK;
}
