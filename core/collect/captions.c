#include "core/collect/captions.h"

#include "core/collect/captions-link.h"
#include "core/collect/captions-names.h"
#include "core/collect/captions-speech.h"
#include "core/collect/cue-charset.h"
#include "core/collect/cue-page.h"
#include "core/collect/cue-rolling.h"
#include "core/collect/event-page.h"
#include "core/collect/options.h"
#include "core/collect/transcript-turn.h"
#include "core/collect/whole.h"

#include <stdlib.h>

enum {
	HEAD_BYTES = 64 << 10,
	BATCH_TURNS = 2000,
	KEPT_BYTES = 16 << 20, /* options, the event's name */
	LANG_BYTES = 40,
	CHAPTERS_MAX = 10000,
};

struct collector {
	struct whole whole;
	struct arena *kept;
	struct event event;
	struct roster *roster;
	struct conversation conversation;
	struct cue_charset charset;
	struct cues cues;
	int64_t *chapters;
	size_t n_chapters;
	struct speech *speech;
	struct speech_turn turn; /* the next one */
	bool has_turn, any_turn;
	size_t given;  /* everything before was handed out */
	size_t reject; /* the next one */
	bool done;
};

/* ---- opening --------------------------------------------------------------------------
 */

static int
captions_sniff(struct rp_slice head, const struct input *input)
{
	CLEANUP(cue_charset_done) struct cue_charset charset;
	int sure = 0;

	if (!cue_charset_read(head, options_charset(input->options), &charset))
		return 0;
	if (cue_format_of(charset.text, &sure) == CUE_HTML)
		return cue_page_sniff(charset.text, input->options);
	return sure;
}

static struct collector *
captions_close(struct collector *c)
{
	if (c == NULL)
		return NULL;
	speech_free(c->speech);
	cues_done(&c->cues);
	cue_charset_done(&c->charset);
	whole_done(&c->whole);
	conversation_done(&c->conversation);
	roster_free(c->roster);
	arena_free(c->kept);
	free(c);
	return NULL;
}

static struct collector *
new_collector(struct reader reader)
{
	struct collector *c = calloc(1, sizeof(*c));

	if (c == NULL) {
		rp_memory_refuse();
		return NULL;
	}
	whole_init(&c->whole, reader);
	conversation_init(&c->conversation);
	c->conversation.event = &c->event;
	c->kept = arena_new(KEPT_BYTES);
	c->roster = roster_new();
	return c->kept && c->roster ? c : captions_close(c);
}

static int
cmp_times(const void *pa, const void *pb)
{
	const int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;

	return (a > b) - (a < b);
}

static enum rp_status
read_chapters(struct collector *c, struct rp_slice options, struct rp_error *err)
{
	struct rp_slice rest = options, key, value;

	c->chapters = arena_array(c->kept, CHAPTERS_MAX, sizeof(*c->chapters));
	if (c->chapters == NULL)
		return rp_fail_memory(err);
	while (options_next(&rest, &key, &value) && c->n_chapters < CHAPTERS_MAX)
		if (rp_slice_eq(key, RP_SLICE("chapter")) &&
		    options_offset(value, &c->chapters[c->n_chapters]) != 0)
			c->n_chapters++;
	qsort(c->chapters, c->n_chapters, sizeof(*c->chapters), cmp_times);
	return RP_OK;
}

static enum cue_format
format_of(const struct collector *c)
{
	struct rp_slice head = c->charset.text;
	int sure;

	head.n = head.n < HEAD_BYTES ? head.n : HEAD_BYTES;
	return cue_format_of(head, &sure);
}

/* What the file says of its language, where nobody else does. */
static enum rp_status
take_language(struct collector *c, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf ignored;

	buf_init(&ignored, 256);
	if (c->event.lang.n != 0 || c->cues.lang.n == 0 || c->cues.lang.n > LANG_BYTES ||
	    options_add(&ignored, RP_SLICE("lang"), c->cues.lang, NULL) != RP_OK)
		return RP_OK;
	return arena_copy(c->kept, c->cues.lang, &c->event.lang) ? RP_OK
	                                                         : rp_fail_memory(err);
}

static enum rp_status
read_cues(struct collector *c, struct rp_error *err)
{
	struct speech_facts facts = { .cues = &c->cues,
		                      .roster = c->roster,
		                      .chapters = c->chapters,
		                      .n_chapters = c->n_chapters };
	const enum cue_format format = format_of(c);
	struct page_speech speech;
	enum rp_status st;

	facts.joins = format == CUE_PODCAST_JSON;
	facts.paragraphs = format == CUE_HTML;
	if (!cues_init(&c->cues, c->charset.text))
		return rp_fail_memory(err);
	if ((st = cues_read(&c->cues, format, err)) != RP_OK ||
	    (st = take_language(c, err)) != RP_OK)
		return st;
	cue_charset_place(&c->charset, &c->cues);
	if (format == CUE_VTT || format == CUE_SRT)
		cues_unroll(&c->cues);
	if ((format == CUE_VTT || format == CUE_SRT) && !cues_take_names(&c->cues))
		return rp_fail_memory(err);
	if (format == CUE_HTML && !cues_keep_speech(&c->cues, c->roster, &speech))
		return rp_fail_memory(err);
	c->speech = speech_new(&facts);
	return c->speech != NULL ? RP_OK : rp_fail_memory(err);
}

static enum rp_status
next_turn(struct collector *c, struct rp_error *err)
{
	enum rp_status st = speech_next(c->speech, &c->turn, err);

	c->has_turn = st == RP_OK;
	c->any_turn = c->any_turn || c->has_turn;
	return st == RP_END ? RP_OK : st;
}

/* Longer than whole_next() gives at once: it goes by unread. */
static bool
is_too_long(const struct collector *c)
{
	return c->whole.bytes.n > RECORD_MAX_BYTES || !c->whole.over;
}

static enum rp_status
read_bytes(struct collector *c, struct rp_slice told, struct rp_error *err)
{
	const enum rp_status st = whole_read(&c->whole, err);

	if (st != RP_OK || is_too_long(c))
		return st;
	return cue_charset_read(buf_slice(&c->whole.bytes), told, &c->charset)
	               ? RP_OK
	               : rp_fail_memory(err);
}

/* The settings; what a page says of the event counts less. */
static enum rp_status
read_settings(struct collector *c, struct rp_slice given, struct rp_slice *out,
              struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf all;
	enum rp_status st = RP_OK;

	buf_init(&all, KEPT_BYTES / 2);
	if (!is_too_long(c) && format_of(c) == CUE_HTML)
		st = event_page_settings(buf_slice(&c->whole.bytes), EVENT_PAGE_ITSELF,
		                         given, &all, err);
	buf_add(&all, given);
	if (st == RP_OK &&
	    (buf_failed(&all) || !arena_copy(c->kept, buf_slice(&all), out)))
		st = rp_fail_memory(err);
	return st;
}

static enum rp_status
read_file(struct collector *c, const struct input *input, struct rp_error *err)
{
	struct rp_slice options;
	enum rp_status st;

	if ((st = options_check(input->options, err)) != RP_OK ||
	    (st = read_bytes(c, options_charset(input->options), err)) != RP_OK ||
	    (st = read_settings(c, input->options, &options, err)) != RP_OK ||
	    (st = event_read(options, &c->event, err)) != RP_OK ||
	    (st = roster_read_options(c->roster, options, err)) != RP_OK ||
	    (st = read_chapters(c, options, err)) != RP_OK)
		return st;
	if (!event_settle(&c->event, c->kept, input->name, buf_slice(&c->whole.bytes)))
		return rp_fail_memory(err);
	c->conversation.event_id = c->event.id;
	if (is_too_long(c))
		return RP_OK;
	st = read_cues(c, err);
	return st == RP_OK ? next_turn(c, err) : st;
}

static enum rp_status
captions_open(const struct input *input, struct collector **out, struct rp_error *err)
{
	struct collector *c = new_collector(input->reader);
	enum rp_status st;

	if (c == NULL)
		return rp_fail_memory(err);
	st = read_file(c, input, err);
	if (st == RP_OK)
		*out = c;
	else
		captions_close(c);
	return st;
}

/* ---- batches --------------------------------------------------------------------------
 */

/* A turn that said nothing left no record that its followers could share. */
static bool
is_in_last_record(const struct batch_lists *lists, const struct speech_turn *said)
{
	const struct batch_record *last;
	const size_t at = said->at - (size_t)lists->offset;

	if (!said->shared || lists->n_records == 0)
		return false;
	last = &lists->records[lists->n_records - 1];
	return at >= last->at && at + said->n <= last->at + last->n;
}

static enum rp_status
add_turn(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	const struct speech_turn *said = &c->turn;
	struct turn turn = {
		.sort = said->sort,
		.who = said->who,
		.person = said->person,
		.other = said->other,
		.note = said->note,
		.offset_us = TURN_NO_OFFSET,
		.bytes = rp_slice_from(c->whole.bytes.p + said->at, said->n),
		.offset = said->at,
		.shared = is_in_last_record(lists, said),
		.words = said->words,
		.damaged = said->damaged,
		.url = c->event.url,
	};

	if (said->start_ms != CUE_NO_TIME) {
		turn.offset_us = (said->start_ms - c->event.anchor_ms) * 1000;
		if (!link_at(lists->arena, c->event.url, said->start_ms, &turn.url))
			return rp_fail_memory(err);
	}
	return turn_add(&c->conversation, &turn, lists, err);
}

/* Those of the bytes before `end`. */
static enum rp_status
add_rejects(struct collector *c, size_t end, struct batch_lists *lists,
            struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (; st == RP_OK && c->reject < c->cues.n_rejects; c->reject++) {
		const struct cue_reject *reject = &c->cues.rejects[c->reject];

		if (reject->at >= end || reject->at + (size_t)reject->n > end)
			break;
		st = batch_reject(lists, reject->at, reject->n, reject->line,
		                  reject->reason, err);
	}
	return st;
}

static enum rp_status
end_input(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	c->done = true;
	if (c->whole.broken)
		st = batch_reject(lists, c->whole.bytes.n, 0, 0, REASON_BROKEN_OFF, err);
	else if (!c->any_turn && c->cues.n_rejects == 0 && c->whole.bytes.n > 0)
		st = batch_reject(lists, 0, c->whole.bytes.n, 1, "no captions in it",
		                  err);
	return st;
}

static enum rp_status
captions_next(struct collector *c, struct batch *batch, struct rp_error *err)
{
	struct batch_lists lists = { .arena = batch->arena, .offset = c->given };
	size_t end = c->whole.bytes.n;
	struct rp_slice ignored;
	enum rp_status st = RP_OK;

	if (c->speech == NULL)
		return whole_next(&c->whole, batch, &lists, &ignored, err);
	if (c->done)
		return RP_END;
	while (st == RP_OK && c->has_turn &&
	       (lists.n_observations < BATCH_TURNS || c->turn.shared)) {
		st = add_turn(c, &lists, err);
		if (st == RP_OK)
			st = next_turn(c, err);
	}
	if (c->has_turn)
		end = c->turn.at;
	if (st == RP_OK)
		st = add_rejects(c, end, &lists, err);
	if (st == RP_OK && !c->has_turn)
		st = end_input(c, &lists, err);
	if (st != RP_OK)
		return st;
	batch_finish(&lists, batch);
	batch->bytes = rp_slice_from(c->whole.bytes.p + c->given, end - c->given);
	c->given = end;
	return batch->bytes.n == 0 && batch->n_rejects == 0 ? RP_END : RP_OK;
}

const struct collector_ops captions_collector = {
	.name = "captions",
	.summary = "captions: WebVTT, SRT, json3, srv, transcripts of podcasts",
	.events = true,
	.sniff = captions_sniff,
	.open = captions_open,
	.next = captions_next,
	.close = captions_close,
};
