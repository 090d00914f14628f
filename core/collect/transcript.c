#include "core/collect/transcript.h"

#include "core/collect/options.h"
#include "core/collect/transcript-lines.h"
#include "core/collect/transcript-roster.h"
#include "core/collect/transcript-text.h"
#include "core/collect/transcript-turn.h"
#include "core/collect/transcript-words.h"

#include <stdlib.h>

enum {
	HEAD_BYTES = 64 << 10,
	AHEAD_BYTES = 64 << 10, /* how far labels are counted before they are judged */
	READ_BYTES = 128 << 10,
	BATCH_BYTES = 8 << 20,
	BATCH_RECORDS = 2000,
	KEPT_BYTES = 16 << 20, /* options, the event's name */
};

/* What the line before belongs to. */
enum stretch {
	STRETCH_NONE, /* nobody's words */
	STRETCH_TURN,
	STRETCH_DOUBTFUL,
	STRETCH_TOO_LONG,
};

/* Positions are counted from the start of the input. */
struct collector {
	struct reader reader;
	struct arena *kept;
	struct event event;
	struct roster *roster;
	struct conversation conversation;
	struct rp_buf window; /* the input from `base` on, as far as it was read */
	uint64_t base;
	uint64_t at;          /* everything before was looked at */
	uint64_t given_to;    /* everything before was handed out */
	uint64_t counted_to;  /* labels of the lines before were counted */
	uint64_t searched_to; /* the line at counted_to does not end before */
	uint64_t line;        /* number of the line at `at` */
	bool line_begins, after_blank;
	bool ended, done, met_turn, met_reject;
	bool broken; /* it ended when it should not have */

	enum stretch stretch;
	uint64_t start, end, start_line;
	bool has_words;     /* something stands behind the label */
	struct label label; /* its slices are stale */
	bool person;
	struct rp_buf who, note;
	struct foreign_lines foreign;
};

/* ---- reading --------------------------------------------------------------------------
 */

/* Up to `size` more bytes into the window. */
static enum rp_status
read_more(struct collector *c, size_t size, struct rp_error *err)
{
	char *into = buf_reserve(&c->window, size);
	enum rp_status st;
	size_t n = 0;

	if (into == NULL)
		return rp_fail_memory(err);
	st = c->reader.read(c->reader.context, into, size, &n, err);
	if (st == RP_OK) {
		c->window.n += n;
		return RP_OK;
	}
	if (st != RP_END && st != RP_BAD_SOURCE)
		return st;
	c->ended = true;
	c->broken = st == RP_BAD_SOURCE;
	return RP_OK;
}

static struct rp_slice
window_from(const struct collector *c, uint64_t from)
{
	return rp_slice_skip(buf_slice(&c->window), (size_t)(from - c->base));
}

static enum rp_status
read_head(struct collector *c, const struct input *input, struct rp_error *err)
{
	struct rp_slice head, text;
	enum rp_status st = RP_OK;

	while (st == RP_OK && c->window.n < HEAD_BYTES && !c->ended)
		st = read_more(c, HEAD_BYTES - c->window.n, err);
	if (st != RP_OK)
		return st;
	head = buf_slice(&c->window);
	text = text_without_mark(head);
	c->at = head.n - text.n;
	c->conversation.line_end = line_end_of(text);
	if (!event_settle(&c->event, c->kept, input->name, head))
		return rp_fail_memory(err);
	c->conversation.event_id = c->event.id;
	return RP_OK;
}

static struct collector *
transcript_close(struct collector *c)
{
	if (c == NULL)
		return NULL;
	arena_free(c->kept);
	roster_free(c->roster);
	conversation_done(&c->conversation);
	buf_done(&c->window);
	buf_done(&c->who);
	buf_done(&c->note);
	buf_done(&c->foreign.room);
	free(c);
	return NULL;
}

static struct collector *
new_collector(struct reader reader)
{
	struct collector *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->reader = reader;
	c->line = 1;
	c->line_begins = c->after_blank = true;
	conversation_init(&c->conversation);
	c->conversation.event = &c->event;
	buf_init(&c->window, SEGMENT_MAX_BYTES);
	buf_init(&c->who, 1024);
	buf_init(&c->note, 1024);
	buf_init(&c->foreign.room, FOREIGN_LINE_BYTES);
	c->kept = arena_new(KEPT_BYTES);
	c->roster = roster_new();
	return c->kept && c->roster ? c : transcript_close(c);
}

static enum rp_status
transcript_open(const struct input *input, struct collector **out, struct rp_error *err)
{
	struct collector *c = new_collector(input->reader);
	struct rp_slice options;
	enum rp_status st;

	if (c == NULL)
		return rp_fail_memory(err);
	if (!arena_copy(c->kept, input->options, &options) ||
	    !arena_copy(c->kept, options_charset(options), &c->foreign.charset))
		st = rp_fail_memory(err);
	else if ((st = event_read(options, &c->event, err)) == RP_OK &&
	         (st = roster_read_options(c->roster, options, err)) == RP_OK)
		st = read_head(c, input, err);
	c->conversation.charset = c->foreign.charset;
	if (st == RP_OK)
		*out = c;
	else
		transcript_close(c);
	return st;
}

/* ---- stretches ------------------------------------------------------------------------
 */

static enum rp_status
end_turn(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	struct rp_slice bytes = window_from(c, c->start);
	const struct turn turn = {
		.sort = c->label.sort,
		.who = buf_slice(&c->who),
		.person = c->person,
		.note = buf_slice(&c->note),
		.offset_us = c->label.offset_s >= 0 ? c->label.offset_s * RP_SECOND
		                                    : TURN_NO_OFFSET,
		.words_at = c->label.text_at,
		.bytes = rp_slice_from(bytes.p, (size_t)(c->end - c->start)),
		.offset = c->start,
	};

	return turn_add(&c->conversation, &turn, lists, err);
}

static enum rp_status
reject_stretch(struct collector *c, struct batch_lists *lists, const char *reason,
               struct rp_error *err)
{
	c->met_reject = true;
	c->conversation.n++;
	return batch_reject(lists, c->start, c->end - c->start, c->start_line, reason,
	                    err);
}

/* What was open ends before the line at c->at. */
static enum rp_status
end_stretch(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	const enum stretch was = c->stretch;

	c->stretch = STRETCH_NONE;
	switch (was) {
	case STRETCH_NONE:
		return RP_OK;
	case STRETCH_TURN:
		return end_turn(c, lists, err);
	case STRETCH_DOUBTFUL:
		return reject_stretch(c, lists,
		                      "a label that comes once may be no speaker; name "
		                      "speakers with --speaker",
		                      err);
	case STRETCH_TOO_LONG:
		return reject_stretch(c, lists, "the turn is too long", err);
	}
	return RP_OK;
}

/* Who speaks from here on. */
static enum rp_status
remember_speaker(struct collector *c, const struct label *label, struct arena *arena,
                 struct rp_error *err)
{
	struct rp_slice name;
	enum rp_status st = roster_name(c->roster, label, arena, &name, &c->person, err);

	if (st != RP_OK)
		return st;
	buf_clear(&c->who);
	buf_clear(&c->note);
	buf_add(&c->who, name);
	buf_add(&c->note, label->note);
	return buf_failed(&c->who) || buf_failed(&c->note) ? rp_fail_memory(err) : RP_OK;
}

static enum rp_status
begin_stretch(struct collector *c, enum stretch stretch, const struct label *label,
              struct rp_slice line, struct batch_lists *lists, struct rp_error *err)
{
	enum rp_status st = end_stretch(c, lists, err);

	if (st != RP_OK)
		return st;
	c->stretch = stretch;
	c->start = c->at;
	c->end = c->at + line.n;
	c->start_line = c->line;
	c->has_words = label->text_at < line.n;
	c->label = *label;
	if (stretch != STRETCH_TURN)
		return RP_OK;
	c->met_turn = true;
	return remember_speaker(c, label, lists->arena, err);
}

/* ---- lines ----------------------------------------------------------------------------
 */

/* A text without labels, of which the user says whose it is. */
static bool
is_monologue(const struct collector *c, const struct label *label)
{
	return c->stretch == STRETCH_NONE && label->sort == LABEL_NONE &&
	       roster_is_monologue(c->roster);
}

static enum verdict
judge(const struct collector *c, struct label *label, struct rp_slice line)
{
	if (line_is_heading(line) || (c->after_blank && text_is_colophon(line)))
		return VERDICT_REMARK;
	if (is_monologue(c, label) && !text_is_stage_direction(line)) {
		label->sort = LABEL_ANSWER;
		return VERDICT_SPEAKER;
	}
	return roster_judge(c->roster, label, c->after_blank, !c->met_turn);
}

/* line: without its end; the front of it when it is longer than whole tells. */
static enum rp_status
take_line(struct collector *c, struct rp_slice line, bool whole,
          struct batch_lists *lists, struct rp_error *err)
{
	struct rp_slice text = line_without_tail(line);
	enum rp_status st = RP_OK;
	struct label label;

	if (whole && text.n == 0) {
		c->after_blank = true;
		return RP_OK;
	}
	label = line_label(&c->foreign, text, whole);
	if (c->at >= c->counted_to)
		roster_count(c->roster, &label);
	switch (judge(c, &label, text)) {
	case VERDICT_TEXT:
		if (c->has_words && whole && text_is_stage_direction(text))
			break;
		c->has_words = true;
		c->end = c->at + text.n;
		break;
	case VERDICT_REMARK:
		st = end_stretch(c, lists, err);
		break;
	case VERDICT_SPEAKER:
		st = begin_stretch(c, STRETCH_TURN, &label, text, lists, err);
		break;
	case VERDICT_DOUBTFUL:
		st = begin_stretch(c, STRETCH_DOUBTFUL, &label, text, lists, err);
		break;
	}
	c->after_blank = false;
	return st;
}

/*
 * The window holds one record at most: one that grows longer is given up, one that is
 * followed by megabytes of nothing is over.
 */
static enum rp_status
keep_short(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	if (c->end - c->start > RECORD_MAX_BYTES)
		c->stretch = STRETCH_TOO_LONG;
	else if (c->at - c->start > RECORD_MAX_BYTES)
		return end_stretch(c, lists, err);
	return RP_OK;
}

/*
 * Count the labels of the lines that end within the next 64 KiB, so that a speaker is
 * known by their second label when the first one comes.  false: more has to be read
 * before.
 */
static bool
look_ahead(struct collector *c)
{
	const uint64_t have = c->base + c->window.n, want = c->at + AHEAD_BYTES;
	const uint64_t limit = have < want ? have : want;

	if (have < want && !c->ended)
		return false;
	if (c->counted_to < c->at)
		c->counted_to = c->searched_to = c->at;
	while (c->counted_to < limit) {
		struct rp_slice line = window_from(c, c->counted_to);
		struct rp_slice rest = window_from(c, c->searched_to);
		size_t n;

		rest.n = (size_t)(limit - c->searched_to);
		n = rp_slice_find_byte(rest, c->conversation.line_end);
		c->searched_to += n;
		if (n == rest.n && !(c->ended && limit == have))
			break;
		line_count(
			c->roster, &c->foreign,
			rp_slice_from(line.p, (size_t)(c->searched_to - c->counted_to)));
		c->counted_to = c->searched_to += n < rest.n;
	}
	return true;
}

/*
 * Look at the next line, or at a part of one that is long.  *more_out: nothing can be
 * said before more was read.
 */
static enum rp_status
step(struct collector *c, struct batch_lists *lists, bool *more_out, struct rp_error *err)
{
	struct rp_slice rest = window_from(c, c->at), piece;
	enum rp_status st = RP_OK;
	size_t n;
	bool found;

	*more_out = c->line_begins ? !look_ahead(c) : rest.n == 0 && !c->ended;
	if (*more_out || rest.n == 0)
		return RP_OK;
	n = rp_slice_find_byte(rest, c->conversation.line_end);
	found = n < rest.n;
	piece = rp_slice_from(rest.p, n);
	if (c->line_begins)
		st = take_line(c, piece, n <= AHEAD_BYTES && (found || c->ended), lists,
		               err);
	else if (line_without_tail(piece).n > 0)
		c->end = c->at + line_without_tail(piece).n;
	c->at += n + found;
	c->line += found;
	c->line_begins = found;
	return st == RP_OK && c->stretch != STRETCH_NONE ? keep_short(c, lists, err) : st;
}

/* ---- batches --------------------------------------------------------------------------
 */

/* Everything before is settled, and can be handed out. */
static uint64_t
settled_to(const struct collector *c)
{
	return c->stretch == STRETCH_TURN || c->stretch == STRETCH_DOUBTFUL ? c->start
	                                                                    : c->at;
}

static bool
is_full(const struct collector *c, const struct batch_lists *lists)
{
	return settled_to(c) - c->base >= BATCH_BYTES ||
	       lists->n_records >= BATCH_RECORDS || lists->n_rejects >= BATCH_RECORDS;
}

static enum rp_status
end_input(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	enum rp_status st = end_stretch(c, lists, err);

	c->done = true;
	if (st == RP_OK && c->broken) {
		c->met_reject = true;
		st = batch_reject(lists, c->at, 0, c->line, REASON_BROKEN_OFF, err);
	}
	if (st == RP_OK && c->conversation.n == 0 && !c->met_reject && c->at > 0)
		st = batch_reject(lists, 0, c->at, 1, "no labels of speakers in it", err);
	return st;
}

static enum rp_status
fill(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	enum rp_status st = RP_OK;
	bool more;

	while (st == RP_OK && !is_full(c, lists)) {
		st = step(c, lists, &more, err);
		if (st != RP_OK)
			return st;
		if (more)
			st = read_more(c, READ_BYTES, err);
		else if (c->ended && c->at == c->base + c->window.n)
			return end_input(c, lists, err);
	}
	return st;
}

static enum rp_status
transcript_next(struct collector *c, struct batch *batch, struct rp_error *err)
{
	struct batch_lists lists = { .arena = batch->arena };
	enum rp_status st;

	buf_drop(&c->window, (size_t)(c->given_to - c->base));
	c->base = lists.offset = c->given_to;
	if (c->done)
		return RP_END;
	st = fill(c, &lists, err);
	if (st != RP_OK)
		return st;

	c->given_to = settled_to(c);
	batch_finish(&lists, batch);
	batch->bytes = rp_slice_from(c->window.p, (size_t)(c->given_to - c->base));
	return batch->bytes.n == 0 && batch->n_rejects == 0 ? RP_END : RP_OK;
}

const struct collector_ops transcript_collector = {
	.name = "transcript",
	.summary = "what was said aloud, one label a speaker (Name: …)",
	.events = true,
	.sniff = transcript_sniff,
	.open = transcript_open,
	.next = transcript_next,
	.close = transcript_close,
};
