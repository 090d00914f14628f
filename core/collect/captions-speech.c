#include "core/collect/captions-speech.h"

#include "core/base/map.h"
#include "core/collect/captions-marks.h"
#include "core/collect/captions-names.h"
#include "core/collect/transcript-words.h"

#include <stdlib.h>

enum {
	GAP_MS = 4000,         /* of somebody who is known */
	GAP_UNKNOWN_MS = 2500, /* of somebody who is not */
	PAUSE_MS = 700,        /* between sentences that have no other sign */
	WORD_MS = 1000,        /* no word takes longer */
	SENTENCE_WORDS = 40,
	CHANGES_MAX = 64, /* of speakers in one cue */
	NAMES_BYTES = 64 << 20,
	TURN_BYTES = 8 << 20, /* of words; a longer turn is cut in two */
};

/* A line of a cue, or what of it one person says. */
struct piece {
	const struct cue *cue;
	struct rp_slice text;
	int64_t start_ms, end_ms;
	bool first; /* of its cue */
	bool mark;  /* ">>", "- " */
	bool named; /* the next four are told */
	struct rp_slice who, note;
	bool person;
	enum label_sort sort;
};

struct speech {
	struct speech_facts facts;
	struct arena *names, *scratch;
	struct map *known; /* names, so that each is kept once */
	bool voices;       /* the format names speakers */
	bool labels;       /* lines do */
	bool marks;        /* ">>" or dashes tell of changes */
	bool plain;        /* no punctuation: pauses make sentences */
	size_t cue;        /* being taken apart */
	size_t at;         /* in its text */
	uint32_t word, changes;
	struct piece next;
	bool has_next;
	size_t record_at, record_end; /* of the last record */
	struct piece who;             /* speaks now; its names alone are used */
	bool other;
	struct rp_buf words;
	uint32_t line_words;
	int64_t last_start_ms, last_end_ms;
};

/* ---- labels -----------------------------------------------------------------
 */

static bool
is_label(const struct speech *s, const struct label *label, bool behind_mark)
{
	switch (label->sort) {
	case LABEL_NONE:
	case LABEL_REMARK:
		return false;
	case LABEL_QUESTION:
	case LABEL_ANSWER:
	case LABEL_ASKER:
	case LABEL_NOBODY:
		return true;
	case LABEL_NAME:
		break;
	}
	return behind_mark || label->capitals || roster_is_sure(s->facts.roster, label);
}

/* ---- names ----------------------------------------------------------------------------
 */

/* The one copy of a name. */
static bool
keep(struct speech *s, struct rp_slice text, struct rp_slice *out)
{
	*out = RP_SLICE("");
	if (text.n == 0)
		return true;
	if (map_get(s->known, text) == NULL) {
		if (!arena_copy(s->names, text, out))
			return false;
		return map_put(s->known, *out, (uint32_t)map_count(s->known), NULL) !=
		       NULL;
	}
	*out = map_key(s->known, *map_get(s->known, text));
	return true;
}

static enum rp_status
name_piece(struct speech *s, struct piece *piece, const struct label *label,
           struct rp_error *err)
{
	struct rp_slice name;
	enum rp_status st;

	arena_reset(s->scratch);
	st = roster_name(s->facts.roster, label, s->scratch, &name, &piece->person, err);
	if (st != RP_OK)
		return st;
	piece->named = true;
	piece->sort = label->sort;
	return keep(s, name, &piece->who) && keep(s, label->note, &piece->note)
	               ? RP_OK
	               : rp_fail_memory(err);
}

static enum rp_status
name_voice(struct speech *s, struct piece *piece, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf room;
	struct label label;

	buf_init(&room, 4 * CUE_NAME_BYTES);
	if (!name_label(s->facts.roster, piece->cue->speaker, &room, &label))
		return rp_fail_memory(err);
	return name_piece(s, piece, &label, err);
}

/* ---- pieces ---------------------------------------------------------------------------
 */

static int64_t
end_of(const struct speech *s, const struct cue *cue)
{
	int64_t last;

	if (cue->n_words == 0)
		return cue->end_ms != CUE_NO_TIME ? cue->end_ms : cue->start_ms;
	last = s->facts.cues->words[cue->word + cue->n_words - 1].ms + WORD_MS;
	return cue->end_ms == CUE_NO_TIME || last < cue->end_ms ? last : cue->end_ms;
}

/* When what stands at s->at of the cue is said. */
static int64_t
start_of(struct speech *s, const struct cue *cue)
{
	const struct cue_word *words = s->facts.cues->words;

	while (s->word < cue->n_words && words[cue->word + s->word].at <= s->at)
		s->word++;
	return s->word == 0 ? cue->start_ms : words[cue->word + s->word - 1].ms;
}

/* The mark at the front of a line taken off; how long it is. */
static size_t
take_mark(struct speech *s, struct rp_slice line)
{
	size_t n = s->voices ? 0 : mark_chevrons(line);

	if (n == 0 && !s->voices && !s->labels)
		n = mark_dash(line);
	if (n == 0 || s->changes >= CHANGES_MAX)
		return 0;
	s->changes++;
	s->marks = true;
	return n;
}

/* What stands at s->at, up to the end of the line or the next mark. */
static enum rp_status
read_line(struct speech *s, struct piece *piece, struct rp_error *err)
{
	struct rp_slice rest = rp_slice_skip(piece->cue->text, s->at);
	struct rp_slice line = rp_slice_from(rest.p, rp_slice_find_byte(rest, '\n'));
	const size_t mark = take_mark(s, line);
	struct label label;

	piece->start_ms = start_of(s, piece->cue);
	piece->end_ms = end_of(s, piece->cue);
	piece->first = s->at == 0;
	piece->mark = mark != 0;
	line = rp_slice_skip(line, mark);
	s->at += mark;
	if (!s->voices && s->changes < CHANGES_MAX)
		line.n = mark_next(line);
	s->at += line.n;
	if (s->at < piece->cue->text.n && piece->cue->text.p[s->at] == '\n')
		s->at++;
	while (s->at < piece->cue->text.n && piece->cue->text.p[s->at] == ' ')
		s->at++;
	piece->text = rp_slice_trim(line);
	if (piece->cue->speaker.n != 0)
		return name_voice(s, piece, err);
	if (s->voices)
		return RP_OK;
	label = label_read(piece->text, true);
	if (s->changes > CHANGES_MAX || !is_label(s, &label, piece->mark))
		return RP_OK;
	s->changes += !piece->mark;
	piece->text = rp_slice_trim(rp_slice_skip(piece->text, label.text_at));
	return name_piece(s, piece, &label, err);
}

/* RP_END: there are no more. */
static enum rp_status
read_piece(struct speech *s, struct rp_error *err)
{
	const struct cues *cues = s->facts.cues;
	enum rp_status st;

	while (s->cue < cues->n) {
		const struct cue *cue = &cues->list[s->cue];

		if (s->at >= cue->text.n) {
			s->cue++;
			s->at = 0;
			s->word = s->changes = 0;
			continue;
		}
		s->next = (struct piece){ .cue = cue };
		st = read_line(s, &s->next, err);
		if (st != RP_OK)
			return st;
		if (s->next.text.n == 0 && !s->next.named)
			continue;
		if (text_is_stage_direction(s->next.text))
			continue;
		s->has_next = true;
		return RP_OK;
	}
	s->has_next = false;
	return RP_END;
}

/* ---- the file as a whole --------------------------------------------------------------
 */

static bool
ends_sentence(char c)
{
	return c == '.' || c == '?' || c == '!' || c == ',' || c == ';';
}

/* Count the labels before any is judged; is there punctuation? */
static void
look_over(struct speech *s)
{
	const struct cues *cues = s->facts.cues;
	size_t blanks = 0, signs = 0;

	for (size_t i = 0; i < cues->n; i++)
		s->voices = s->voices || cues->list[i].speaker.n != 0;
	for (size_t i = 0; i < cues->n; i++) {
		struct rp_slice rest = cues->list[i].text;

		for (size_t k = 0; k < rest.n; k++) {
			blanks += rest.p[k] == ' ' || rest.p[k] == '\n';
			signs += ends_sentence(rest.p[k]);
		}
		while (!s->voices && rest.n > 0) {
			struct rp_slice line = rp_slice_trim(rp_slice_cut(&rest, '\n'));
			const struct label label = label_read(
				rp_slice_skip(line, mark_chevrons(line)), true);

			roster_count(s->facts.roster, &label);
		}
	}
	s->plain = signs * SENTENCE_WORDS < blanks;
}

/* Does any line name a speaker, or tell that they change? */
static void
look_for_speakers(struct speech *s)
{
	const struct cues *cues = s->facts.cues;

	for (size_t i = 0; !s->voices && i < cues->n; i++) {
		struct rp_slice rest = cues->list[i].text;

		while (rest.n > 0) {
			struct rp_slice line = rp_slice_trim(rp_slice_cut(&rest, '\n'));
			const size_t n = mark_chevrons(line);
			const struct label label =
				label_read(rp_slice_skip(line, n), true);

			s->labels = s->labels || is_label(s, &label, n != 0);
			s->marks = s->marks || n != 0 || mark_next(line) < line.n;
		}
	}
	for (size_t i = 0; !s->voices && !s->labels && !s->marks && i < cues->n; i++) {
		struct rp_slice rest = cues->list[i].text;

		while (rest.n > 0 && !s->marks)
			s->marks =
				mark_dash(rp_slice_trim(rp_slice_cut(&rest, '\n'))) != 0;
	}
}

/* The options name one speaker, and nothing in the file anybody: it is them. */
static enum rp_status
name_only_speaker(struct speech *s, struct rp_error *err)
{
	const struct label label = { .sort = LABEL_ANSWER, .offset_s = -1 };
	struct rp_slice name;
	bool person;
	enum rp_status st;

	if (s->voices || s->labels || s->marks)
		return RP_OK;
	st = roster_name(s->facts.roster, &label, s->scratch, &name, &person, err);
	if (st != RP_OK || !person)
		return st;
	s->who = (struct piece){ .named = true, .person = true, .sort = LABEL_ANSWER };
	return keep(s, name, &s->who.who) ? RP_OK : rp_fail_memory(err);
}

struct speech *
speech_new(const struct speech_facts *facts)
{
	struct speech *s = calloc(1, sizeof(*s));

	if (s == NULL) {
		rp_memory_refuse();
		return NULL;
	}
	s->facts = *facts;
	s->names = arena_new(NAMES_BYTES);
	s->scratch = arena_new(1 << 20);
	s->known = map_new();
	s->last_start_ms = s->last_end_ms = CUE_NO_TIME;
	buf_init(&s->words, TURN_BYTES + CUE_MAX_BYTES + 16);
	if (s->names == NULL || s->scratch == NULL || s->known == NULL)
		return speech_free(s);
	look_over(s);
	look_for_speakers(s);
	if (name_only_speaker(s, NULL) != RP_OK || read_piece(s, NULL) == RP_FAILED)
		return speech_free(s);
	return s;
}

struct speech *
speech_free(struct speech *s)
{
	if (s == NULL)
		return NULL;
	arena_free(s->names);
	arena_free(s->scratch);
	map_free(s->known);
	buf_done(&s->words);
	free(s);
	return NULL;
}

/* ---- turns ----------------------------------------------------------------------------
 */

/* Does a chapter begin between the last piece and this one? */
static bool
begins_chapter(const struct speech *s, int64_t start_ms)
{
	size_t low = 0, high = s->facts.n_chapters;

	if (start_ms == CUE_NO_TIME || s->last_start_ms == CUE_NO_TIME)
		return false;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (s->facts.chapters[middle] <= s->last_start_ms)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->facts.n_chapters && s->facts.chapters[low] <= start_ms;
}

static bool
begins_turn(const struct speech *s, const struct piece *piece)
{
	const int64_t gap =
		piece->start_ms != CUE_NO_TIME && s->last_end_ms != CUE_NO_TIME
			? piece->start_ms - s->last_end_ms
			: 0;

	if (piece->mark || (piece->cue->turn && piece->first))
		return true;
	if (piece->named && !rp_slice_eq(piece->who, s->who.who))
		return true;
	if (s->words.n > TURN_BYTES)
		return true;
	return gap >= (s->who.who.n != 0 ? GAP_MS : GAP_UNKNOWN_MS + 1) ||
	       begins_chapter(s, piece->start_ms);
}

/* Does the text join on to what stands before it? */
static bool
joins(const struct speech *s, struct rp_slice text)
{
	return s->facts.joins && memchr(",.;:!?)]%", text.p[0], 9) != NULL;
}

static void
add_words(struct speech *s, const struct piece *piece)
{
	const bool pause = piece->start_ms != CUE_NO_TIME &&
	                   s->last_end_ms != CUE_NO_TIME &&
	                   piece->start_ms - s->last_end_ms > PAUSE_MS;

	if (s->words.n == 0 || piece->text.n == 0)
		s->line_words = 0;
	else if ((s->plain && (pause || s->line_words >= SENTENCE_WORDS)) ||
	         (s->facts.paragraphs && piece->first))
		buf_add_str(&s->words, "\n\n");
	else if (!joins(s, piece->text))
		buf_add_byte(&s->words, ' ');
	if (s->plain && (pause || s->line_words >= SENTENCE_WORDS))
		s->line_words = 0;
	buf_add(&s->words, piece->text);
	for (size_t i = 0; i < piece->text.n; i++)
		s->line_words += piece->text.p[i] == ' ';
	s->line_words++;
}

static void
take_piece(struct speech *s, struct speech_turn *turn, size_t *end)
{
	const struct piece *piece = &s->next;

	add_words(s, piece);
	turn->damaged = turn->damaged || piece->cue->damaged;
	*end = piece->cue->at + (size_t)piece->cue->n;
	if (piece->start_ms != CUE_NO_TIME) {
		s->last_start_ms = piece->start_ms;
		s->last_end_ms = piece->end_ms;
	}
}

/* Who speaks from this piece on. */
static void
change_speaker(struct speech *s, const struct piece *piece)
{
	s->other = piece->mark;
	if (piece->named)
		s->who = *piece;
	else if (piece->mark)
		s->who = (struct piece){ .named = false };
}

/* A cue belongs to the turn that it begins with; who speaks in it later has their words
 * there as well. */
static void
place_turn(struct speech *s, struct speech_turn *turn, size_t at, size_t end)
{
	turn->shared = s->record_end > 0 && end <= s->record_end;
	if (turn->shared) {
		turn->at = at > s->record_at ? at : s->record_at;
		turn->n = end - turn->at;
		return;
	}
	turn->at = at > s->record_end ? at : s->record_end;
	turn->n = end - turn->at;
	s->record_at = turn->at;
	s->record_end = end;
}

enum rp_status
speech_next(struct speech *s, struct speech_turn *out, struct rp_error *err)
{
	struct speech_turn turn;
	enum rp_status st = RP_OK;
	size_t at, end;

	do {
		if (!s->has_next)
			return RP_END;
		at = s->next.cue->at;
		turn = (struct speech_turn){ .start_ms = s->next.start_ms };
		buf_clear(&s->words);
		change_speaker(s, &s->next);
		do {
			take_piece(s, &turn, &end);
			st = read_piece(s, err);
		} while (st == RP_OK && !begins_turn(s, &s->next));
		if (buf_failed(&s->words) || (st != RP_OK && st != RP_END))
			return rp_fail_memory(err);
	} while (s->words.n == 0);
	turn.who = s->who.who;
	turn.person = s->who.person;
	turn.sort = s->who.named ? s->who.sort : LABEL_NONE;
	turn.note = s->who.note;
	turn.other = s->other;
	turn.words = buf_slice(&s->words);
	place_turn(s, &turn, at, end);
	*out = turn;
	return RP_OK;
}
