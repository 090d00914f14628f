#include "core/collect/gather.h"

#include "core/base/time.h"
#include "core/collect/gather-line.h"
#include "core/config/secret.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
	SIDE_BY_SIDE = 16,
	PAGES = 500,
	PATIENCE_MS = 60000,
	LOOK_MS = 100, /* for a signal, at least so often */
	REQUEST_BYTES = 1 << 20,
	WORDS_BYTES = 1000,
	SHARED_BYTES = 1 << 28,
	BODY_BYTES = 1 << 30, /* http has a lower ceiling */
};

/* ---- the end of a source ------------------------------------------------------- */

static struct rp_slice
keep(struct gather *gather, struct rp_slice text)
{
	struct rp_slice kept = RP_SLICE("");

	if (!arena_copy(gather->options.arena, text, &kept))
		(void)rp_fail_memory(NULL);
	return kept;
}

/* What is said of it must not have our secrets in it either. */
static struct rp_slice
keep_words(struct gather *gather, char *words)
{
	const size_t n = strlen(words);

	if (gather->options.secrets != NULL)
		(void)secrets_mask(gather->options.secrets, words, n);
	return keep(gather, rp_slice_from(words, n));
}

static void
settle_state(struct gather_source *source)
{
	struct source_state *state = &source->state;
	const struct source_run *told = &source->told;

	switch (told->end) {
	case SOURCE_DONE:
		state->worked = told->ended;
		state->failures = 0;
		state->trouble = RP_SLICE("");
		break;
	case SOURCE_STOPPED:
		break;
	case SOURCE_LATER:
	case SOURCE_FAILED:
		state->failures += state->failures < UINT32_MAX;
		state->trouble = told->why;
		break;
	}
}

/* What nobody asked for is paid all the same: whoever pays is to know. */
static void
add_surplus(const struct line *line, char *words, size_t size)
{
	const size_t n = strlen(words);

	if (line->surplus > 0)
		(void)snprintf(words + n, size - n,
		               "%s%" PRIu64 " more of %s came than were asked for, and "
		               "count",
		               n > 0 ? "; " : "", line->surplus, line->surplus_of);
}

/* Nobody was reached by what is reserved: it costs nothing. */
static void
release(struct line *line)
{
	struct gather *gather = line->gather;
	const struct fetch_taken nothing = { .then = FETCH_DONE };
	struct rp_error err = { .status = RP_OK };
	struct tally tally;
	enum rp_status st;

	if (!line->reserved || line->reached > 0)
		return;
	line->reserved = false;
	st = gather->hooks->store(gather->hooks->context, line->source, NULL, &nothing,
	                          &tally, &err);
	if (st != RP_OK)
		gather_fail(gather, st, &err);
}

void
line_end(struct line *line, enum source_end end, const char *format, ...)
{
	struct gather *gather = line->gather;
	struct gather_source *source = line->source;
	struct rp_error err = { .status = RP_OK };
	char words[WORDS_BYTES];
	enum rp_status st;
	va_list args;

	va_start(args, format);
	(void)vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	add_surplus(line, words, sizeof(words));
	source->told.end = end;
	source->told.ended = gather->hooks->now(gather->hooks->context);
	source->told.why = keep_words(gather, words);
	source->state.cursor = keep(gather, source->state.cursor);
	settle_state(source);
	release(line);
	if (line->fetcher != NULL)
		line->fetcher = source->ops->close(line->fetcher);
	line->does = LINE_FREE;
	st = gather->hooks->ended(gather->hooks->context, source, line->not_before, &err);
	if (st != RP_OK)
		gather_fail(gather, st, &err);
}

void
gather_fail(struct gather *gather, enum rp_status st, const struct rp_error *err)
{
	if (gather->failed != RP_OK)
		return;
	gather->failed = st;
	gather->why = *err;
}

/* ---- its beginning ------------------------------------------------------------- */

static void
line_done(struct line *line)
{
	if (line->fetcher != NULL)
		line->fetcher = line->source->ops->close(line->fetcher);
	arena_free(line->texts);
	buf_done(&line->cursor);
	buf_done(&line->remark);
	buf_done(&line->body);
	buf_done(&line->options);
	buf_done(&line->name);
}

static bool
line_init(struct line *line, struct gather *gather)
{
	*line = (struct line){ .gather = gather, .texts = arena_new(REQUEST_BYTES) };
	buf_init(&line->cursor, BODY_BYTES);
	buf_init(&line->remark, WORDS_BYTES);
	buf_init(&line->body, BODY_BYTES);
	buf_init(&line->options, REQUEST_BYTES);
	buf_init(&line->name, REQUEST_BYTES);
	return line->texts != NULL;
}

/* A cursor of another collector, before the source was set up anew, says nothing. */
static void
prepare(struct gather_source *source, int64_t now)
{
	const struct rp_slice collector = rp_slice_str(source->ops->name);

	source->told = (struct source_run){ .source = source->source->name,
		                            .began = now,
		                            .ended = now };
	if (!rp_slice_eq(source->state.collector, collector))
		source->state.cursor = RP_SLICE("");
	source->state.name = source->source->name;
	source->state.collector = collector;
	source->state.tried = now;
}

static void
line_begin(struct line *line, struct gather_source *source)
{
	struct gather *gather = line->gather;
	const int64_t now = gather->hooks->now(gather->hooks->context);
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	prepare(source, now);
	line->source = source;
	line->does = LINE_READY;
	line->reserved = false;
	line->answers = 0;
	line->surplus = 0;
	line->not_before = 0;
	buf_clear(&line->remark);
	if (source->ops->needs_token && source->token.n == 0) {
		line_end(line, SOURCE_FAILED,
		         "it needs a token: write \"token = file:PATH\" into the config "
		         "file (see riposte-config(5))");
		return;
	}
	st = source->ops->open(source->source, source->state.cursor,
	                       gather->hooks->view.held != NULL ? &gather->hooks->view
	                                                        : NULL,
	                       now, &line->fetcher, &err);
	if (st == RP_FAILED)
		gather_fail(gather, st, &err);
	else if (st == RP_RETRY_LATER)
		line_end(line, SOURCE_LATER, "%s", err.text);
	else if (st != RP_OK)
		line_end(line, SOURCE_FAILED, "%s", err.text);
}

/* ---- all of them --------------------------------------------------------------- */

static bool
stopped(const struct gather *gather)
{
	return gather->hooks->stop != NULL && gather->hooks->stop(gather->hooks->context);
}

/* Every line does what it can without waiting; false: nothing is left to do. */
static bool
work(struct gather *gather)
{
	bool busy = false;

	for (unsigned i = 0; i < gather->n_lines && gather->failed == RP_OK; i++) {
		struct line *line = &gather->lines[i];

		while (line->does == LINE_FREE && gather->begun < gather->n &&
		       gather->failed == RP_OK && !stopped(gather)) {
			line_begin(line, &gather->sources[gather->begun++]);
			if (line->does == LINE_READY && gather->failed == RP_OK)
				line_ask(line);
		}
		/* One that could not even begin has no fetcher. */
		if (gather->failed != RP_OK)
			return false;
		if (line->does == LINE_READY || line->does == LINE_HELD ||
		    (line->does == LINE_WAITS && line->until <= rp_monotonic_ms()))
			line_ask(line);
		busy = busy || line->does != LINE_FREE;
	}
	return busy || gather->begun < gather->n;
}

/* Until something may have come, or some line need not wait any longer. */
static int
wait_ms(const struct gather *gather)
{
	const int64_t now = rp_monotonic_ms();
	int64_t wait = LOOK_MS;

	for (unsigned i = 0; i < gather->n_lines; i++) {
		const struct line *line = &gather->lines[i];

		if (line->does == LINE_FREE || line->does == LINE_ASKS ||
		    line->does == LINE_HELD)
			continue;
		if (line->does == LINE_READY || line->until <= now)
			return 0;
		wait = line->until - now < wait ? line->until - now : wait;
	}
	return (int)wait;
}

static void
wait_for_answers(struct gather *gather)
{
	struct rp_error err = { .status = RP_OK };
	const int ms = wait_ms(gather);
	const struct timespec rest = { .tv_nsec = ms * 1000000L };
	enum rp_status st = http_run(gather->options.http, ms, &err);

	/* http has nothing to wait for, but we have. */
	if (st == RP_END && ms > 0)
		(void)nanosleep(&rest, NULL);
	else if (st != RP_OK && st != RP_END)
		gather_fail(gather, st, &err);
}

static enum rp_status
run(struct gather *gather, struct rp_error *err)
{
	bool halt = false;

	while (gather->failed == RP_OK && !(halt = stopped(gather)) && work(gather))
		wait_for_answers(gather);
	for (unsigned i = 0; i < gather->n_lines && gather->failed == RP_OK; i++)
		if (gather->lines[i].does != LINE_FREE)
			line_end(&gather->lines[i], SOURCE_STOPPED,
			         "stopped; goes on from there");
	if (gather->failed != RP_OK) {
		if (err != NULL)
			*err = gather->why;
		return gather->failed;
	}
	return halt ? RP_END : RP_OK;
}

static void
set_defaults(struct gather_options *options)
{
	if (options->side_by_side == 0)
		options->side_by_side = SIDE_BY_SIDE;
	if (options->pages == 0)
		options->pages = PAGES;
	if (options->patience_ms == 0)
		options->patience_ms = PATIENCE_MS;
}

enum rp_status
gather(struct gather_source *sources, size_t n, const struct gather_options *options,
       const struct gather_hooks *hooks, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(SHARED_BYTES);
	struct gather gather = { .sources = sources,
		                 .n = n,
		                 .options = *options,
		                 .hooks = hooks,
		                 .arena = arena };
	enum rp_status st = RP_OK;

	set_defaults(&gather.options);
	for (size_t i = 0; i < n; i++)
		sources[i].told = (struct source_run){ .began = RP_TIME_UNKNOWN };
	gather.lines = calloc(gather.options.side_by_side, sizeof(*gather.lines));
	if (arena == NULL || gather.lines == NULL)
		st = rp_fail_memory(err);
	for (unsigned i = 0; st == RP_OK && i < gather.options.side_by_side; i++) {
		gather.n_lines++;
		if (!line_init(&gather.lines[i], &gather))
			st = rp_fail_memory(err);
	}
	if (st == RP_OK)
		st = run(&gather, err);
	for (unsigned i = 0; i < gather.n_lines; i++)
		line_done(&gather.lines[i]);
	free(gather.lines);
	return st;
}
