/*
 * WebVTT, as its specification's parser reads it, but that a comma may stand for the dot,
 * and that segments of a stream (HLS) may follow one another in one file: each has its
 * header, and X-TIMESTAMP-MAP says how its times lie to those of the first.  A cue that
 * reaches over the end of a segment stands in both, and is one.
 */
#include "core/collect/cue-markup.h"
#include "core/collect/cue.h"

#define MARK RP_SLICE("\xef\xbb\xbf")
#define ARROW RP_SLICE("-->")

enum {
	LINES_MARKED = 32,
	SEGMENT_CUES = 8, /* that the end of a segment can fall into */
};

/* MPEG's clock has 90 ticks a millisecond and begins anew after 2^33 of them. */
#define CLOCK_MS ((INT64_C(1) << 33) / 90)

bool
cue_is_vtt(struct rp_slice head)
{
	const struct rp_slice word = RP_LIT("WEBVTT");
	struct rp_slice text =
		rp_slice_starts(head, MARK) ? rp_slice_skip(head, 3) : head;

	if (!rp_slice_starts(text, word))
		return false;
	return text.n == word.n || memchr(" \t\r\n", text.p[word.n], 4) != NULL;
}

static bool
has_arrow(struct rp_slice line)
{
	return rp_slice_find(line, ARROW) < line.n;
}

/* ---- the text of a cue ----------------------------------------------------------------
 */

/* A cue being taken apart at its voices. */
struct reading {
	struct cues *cues;
	const struct cue *whole;
	struct rp_buf *text;
	struct rp_slice speaker; /* in the arena */
	size_t from;             /* of the part at work, in the file */
	size_t line_at;          /* in the text */
	uint32_t line, marked;
	size_t first_word;
	bool ruby;  /* inside of <rt> */
	bool added; /* a part of the cue */
};

/* The part up to `end` is a cue, if it says something or is the only one. */
static bool
end_part(struct reading *r, size_t end, bool last)
{
	const bool says = rp_slice_trim(buf_slice(r->text)).n > 0;
	struct cue *cue;

	if (says || (last && !r->added)) {
		cue = cue_add(r->cues);
		if (cue == NULL)
			return false;
		*cue = *r->whole;
		cue->at = (uint32_t)r->from;
		cue->n = (uint32_t)(end - r->from);
		cue->speaker = r->speaker;
		cue->marked = r->marked;
		cue->word = (uint32_t)r->first_word;
		cue->n_words = (uint32_t)(r->cues->n_words - r->first_word);
		if (buf_failed(r->text) ||
		    !cue_set_text(r->cues, cue, buf_slice(r->text)))
			return false;
		r->added = true;
		r->from = end;
	}
	r->first_word = r->cues->n_words;
	r->marked = 0;
	r->line = 0;
	r->line_at = 0;
	buf_clear(r->text);
	return true;
}

/* "<v.loud Satya Nadella>": the name stands behind the first blank. */
static bool
begin_voice(struct reading *r, const struct markup *tag)
{
	CLEANUP(buf_done) struct rp_buf name;
	struct cue cue = { .line = 0 };
	size_t at = 0;

	buf_init(&name, tag->inside.n * 3 + 8);
	while (at < tag->inside.n && memchr(" \t\r\n\f", tag->inside.p[at], 5) == NULL)
		at++;
	markup_decode(&name, rp_slice_skip(tag->inside, at));
	if (buf_failed(&name) || !cue_set_speaker(r->cues, &cue, buf_slice(&name)))
		return false;
	r->speaker = cue.speaker;
	return true;
}

static void
mark_line(struct reading *r)
{
	if (r->line < LINES_MARKED)
		r->marked |= UINT32_C(1) << r->line;
}

/* "<00:00:01.690>": the word before the first one of a line begins with the cue. */
static bool
begin_word(struct reading *r, int64_t ms)
{
	const bool first =
		r->line >= LINES_MARKED || (r->marked & UINT32_C(1) << r->line) == 0;

	if (first && r->text->n > r->line_at &&
	    !cue_add_word(r->cues, r->line_at, r->whole->start_ms))
		return false;
	mark_line(r);
	return cue_add_word(r->cues, r->text->n, ms);
}

static bool
take_tag(struct reading *r, const struct markup *tag)
{
	const struct rp_slice inner = rp_slice_from(tag->source.p + 1, tag->source.n - 2);
	const size_t at = (size_t)(tag->source.p - r->cues->bytes.p);
	const bool open = tag->kind == MARKUP_OPEN;
	int64_t ms;

	if (open && cue_time_read(inner, false, &ms) == inner.n)
		return begin_word(r, ms + r->cues->shift_ms);
	if (markup_is(tag, "v")) {
		if (!end_part(r, open ? at : at + tag->source.n, false))
			return false;
		r->speaker = RP_SLICE("");
		return !open || begin_voice(r, tag);
	}
	if (markup_is(tag, "rt"))
		r->ruby = open;
	else if (open && rp_slice_eq(inner, RP_SLICE("c")))
		mark_line(r);
	return true;
}

/* Text with its line ends made one. */
static void
take_text(struct reading *r, struct rp_slice text)
{
	struct cue_lines lines = { .bytes = text };
	bool any = false;

	if (r->ruby)
		return;
	while (cue_line(&lines)) {
		markup_decode(r->text, lines.line);
		any = lines.line.n + lines.at < lines.next;
		if (any) {
			buf_add_byte(r->text, '\n');
			r->line++;
			r->line_at = r->text->n;
		}
	}
}

static bool
read_text(struct cues *cues, const struct cue *whole)
{
	struct rp_slice rest =
		rp_slice_from(cues->bytes.p + whole->payload_at, whole->payload_n);
	struct reading r = { .cues = cues,
		             .whole = whole,
		             .text = &cues->scratch,
		             .from = whole->at,
		             .first_word = cues->n_words };
	struct markup piece;

	buf_clear(r.text);
	while (markup_next(&rest, &piece)) {
		if (piece.kind == MARKUP_TEXT)
			take_text(&r, piece.source);
		else if (piece.kind != MARKUP_OTHER && !take_tag(&r, &piece))
			return false;
	}
	return end_part(&r, whole->at + whole->n, true);
}

/* ---- blocks ---------------------------------------------------------------------------
 */

/* In a stream its segments have one clock. */
static void
shift(const struct cues *cues, struct cue *cue)
{
	if (cue->start_ms + cues->shift_ms < 0)
		return;
	cue->start_ms += cues->shift_ms;
	cue->end_ms += cues->shift_ms;
}

/* The cue that was read last stood in the segment before. */
static bool
is_repeated(const struct cues *cues)
{
	const struct cue *const last = &cues->list[cues->n - 1];

	for (size_t i = 1; i <= SEGMENT_CUES && i < cues->n; i++)
		if (last[-(ptrdiff_t)i].start_ms == last->start_ms &&
		    last[-(ptrdiff_t)i].end_ms == last->end_ms &&
		    rp_slice_eq(last[-(ptrdiff_t)i].text, last->text))
			return true;
	return false;
}

/* Up to a blank line or one with an arrow; where the last line of it ends. */
static size_t
pass_block(struct cue_lines *lines, size_t end)
{
	struct cue_lines ahead = *lines;

	while (cue_line(&ahead) && ahead.line.n > 0 && !has_arrow(ahead.line)) {
		end = ahead.at + ahead.line.n;
		*lines = ahead;
	}
	return end;
}

/* The cue whose times stand in the line. */
static bool
read_cue(struct cues *cues, struct cue_lines *lines, size_t at)
{
	struct cue cue = { .at = (uint32_t)at, .line = lines->number };
	const bool good = cue_times_read(lines->line, false, &cue);
	size_t end = lines->at + lines->line.n;

	cue.payload_at = (uint32_t)lines->next;
	end = pass_block(lines, end);
	if (!good)
		return cue_reject(cues, at, end - at, cue.line,
		                  "a cue whose times cannot be read");
	if (end < cue.payload_at)
		cue.payload_at = (uint32_t)end;
	cue.payload_n = (uint32_t)(end - cue.payload_at);
	cue.n = (uint32_t)(end - at);
	shift(cues, &cue);
	if (!read_text(cues, &cue))
		return false;
	if (cues->n_maps > 1 && is_repeated(cues))
		cues->n--;
	return true;
}

static bool
is_block(struct rp_slice line, struct rp_slice word)
{
	return rp_slice_starts(line, word) &&
	       (line.n == word.n || line.p[word.n] == ' ' || line.p[word.n] == '\t');
}

/* "LOCAL:00:00:00.000,MPEGTS:900000", in any order. */
static void
read_map(struct cues *cues, struct rp_slice map)
{
	int64_t local_ms = 0, ms;
	uint64_t ticks = 0;
	bool any = false;

	while (map.n > 0) {
		struct rp_slice value = rp_slice_cut(&map, ',');
		const struct rp_slice key = rp_slice_trim(rp_slice_cut(&value, ':'));

		value = rp_slice_trim(value);
		if (rp_slice_eq(key, RP_SLICE("MPEGTS")))
			any = rp_slice_u64(value, &ticks) && ticks < UINT64_C(1) << 33;
		else if (rp_slice_eq(key, RP_SLICE("LOCAL")) &&
		         cue_time_read(value, true, &local_ms) == 0)
			return;
	}
	if (!any)
		return;
	ms = (int64_t)(ticks / 90) - local_ms;
	if (cues->n_maps++ == 0)
		cues->map_ms = ms;
	cues->shift_ms = ms - cues->map_ms;
	if (cues->shift_ms < -CLOCK_MS / 2)
		cues->shift_ms += CLOCK_MS;
	else if (cues->shift_ms > CLOCK_MS / 2)
		cues->shift_ms -= CLOCK_MS;
}

/* What stands behind the word, before the first empty line; an arrow ends it as well. */
static bool
read_header(struct cues *cues, struct cue_lines *lines)
{
	const struct rp_slice map = RP_LIT("X-TIMESTAMP-MAP=");
	struct cue_lines ahead;

	for (ahead = *lines; cue_line(&ahead) && ahead.line.n > 0; *lines = ahead) {
		struct rp_slice value = ahead.line, key = rp_slice_cut(&value, ':');

		if (has_arrow(ahead.line))
			break;
		if (rp_slice_starts(ahead.line, map))
			read_map(cues, rp_slice_skip(ahead.line, map.n));
		if (rp_slice_eq(key, RP_SLICE("Language")) &&
		    !arena_copy(cues->arena, rp_slice_trim(value), &cues->lang))
			return false;
	}
	return true;
}

/* A block that begins with this line. */
static bool
read_block(struct cues *cues, struct cue_lines *lines)
{
	const size_t at = lines->at, number = lines->number;
	const struct rp_slice first = lines->line;
	struct cue_lines ahead = *lines;
	size_t end;

	if (has_arrow(first))
		return read_cue(cues, lines, at);
	if (cue_line(&ahead) && has_arrow(ahead.line)) {
		*lines = ahead;
		return read_cue(cues, lines, at);
	}
	if (cue_is_vtt(first))
		return read_header(cues, lines);
	end = pass_block(lines, at + first.n);
	if (is_block(first, RP_SLICE("NOTE")) || is_block(first, RP_SLICE("STYLE")) ||
	    is_block(first, RP_SLICE("REGION")))
		return true;
	return cue_reject(cues, at, end - at, number, "a cue without times");
}

enum rp_status
cue_read_vtt(struct cues *cues, struct rp_error *err)
{
	struct cue_lines lines = { .bytes = cues->bytes };

	(void)cue_line(&lines);
	if (!read_header(cues, &lines))
		return rp_fail_memory(err);
	while (cue_line(&lines))
		if (lines.line.n > 0 && !read_block(cues, &lines))
			return rp_fail_memory(err);
	return RP_OK;
}
