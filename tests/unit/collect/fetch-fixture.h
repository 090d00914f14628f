/*
 * A server out of a script: which answer to which address, in the order of the asking.
 */
#ifndef RIPOSTE_TESTS_UNIT_COLLECT_FETCH_FIXTURE_H
#define RIPOSTE_TESTS_UNIT_COLLECT_FETCH_FIXTURE_H

#include "core/collect/options.h"
#include "tests/support/fetch-loop.h"

#include <stdio.h>
#include <stdlib.h>

/* 2025-11-20T12:00:00Z, some hours after the ids below were made. */
#define NOW (INT64_C(1763640000) * RP_SECOND)
/* 2025-11-20T06:00:00Z and later, a minute from one to the next. */
#define ID0 UINT64_C(1991385960000000000)
#define ID(n) (ID0 + (uint64_t)(n) * ((UINT64_C(60000)) << 22))

enum { LINES_MAX = 32, STRETCHES_MAX = 64, LOOKS_MAX = FETCH_LOOKS_MAX * 4 };

struct line {
	const char *when; /* part of the address */
	int status;
	const char *body;
	const char *type; /* NULL: application/json */
	bool used;
};

struct reply {
	int status;
	const char *type;
	bool cut;
	struct rp_buf body;
};

struct stretch {
	char subject[128], why[200];
	int64_t from, until;
	bool gap;
};

static struct {
	struct line lines[LINES_MAX];
	size_t n;
	char log[LINES_MAX * 2][1 << 12];
	size_t n_log;
	/* The source, and what came of its last run. */
	struct {
		const struct fetcher_ops *ops;
		const char *settings; /* "account=ada\nroots=yes\n" */
		struct archive_view *view;
		void (*serve)(const char *url, struct reply *out);
		int64_t now;
		unsigned most; /* answers; 0: to the end */
		struct rp_buf cursor;
		struct reply reply;

		unsigned requests, kept, agains;
		uint64_t units, reserved;
		char url[1 << 14], options[1 << 14], remark[200], format[20];
		struct stretch covered[STRETCHES_MAX];
		size_t n_covered;
		struct look looks[LOOKS_MAX];
		char look_keys[LOOKS_MAX][64];
		size_t n_looks;
		int64_t not_before;
		bool payer_refused;
		struct rp_error err;
	} loop;
} fix;

static inline void
copy_text(char *to, size_t size, struct rp_slice text)
{
	const size_t n = text.n < size ? text.n : size - 1;

	if (n > 0)
		memcpy(to, text.p, n);
	to[n] = '\0';
}

static void
serve_script(const char *url, struct reply *out)
{
	if (fix.n_log < LINES_MAX * 2)
		copy_text(fix.log[fix.n_log++], sizeof(fix.log[0]), rp_slice_str(url));
	for (size_t i = 0; i < fix.n; i++) {
		struct line *line = &fix.lines[i];

		if (line->used || strstr(url, line->when) == NULL)
			continue;
		line->used = true;
		out->status = line->status;
		out->type = line->type;
		buf_add_str(&out->body, line->body);
		return;
	}
	fail_msg("nobody expected %.300s", url);
}

static inline void
answer(const char *when, int status, const char *body)
{
	assert_true(fix.n < LINES_MAX);
	fix.lines[fix.n++] =
		(struct line){ .when = when, .status = status, .body = body };
}

static void
begin(const struct fetcher_ops *ops, const char *settings)
{
	buf_done(&fix.loop.cursor);
	buf_done(&fix.loop.reply.body);
	memset(&fix, 0, sizeof(fix));
	fix.loop.ops = ops;
	fix.loop.settings = settings;
	fix.loop.now = NOW;
	fix.loop.serve = serve_script;
	buf_init(&fix.loop.cursor, 8 << 20);
	buf_init(&fix.loop.reply.body, 32 << 20);
}

/* The same source again; what is answered is forgotten, the cursor is not. */
static inline void
again(void)
{
	fix.n = fix.n_log = 0;
}

/* ---- a run ------------------------------------------------------------------- */

static void
serve_reply(const struct fetch_request *request, struct fetch_answer *out)
{
	struct reply *reply = &fix.loop.reply;

	fix.loop.requests++;
	fix.loop.reserved += request->most_units;
	copy_text(fix.loop.url, sizeof(fix.loop.url), request->url);
	buf_clear(&reply->body);
	reply->status = 200;
	reply->type = NULL;
	reply->cut = false;
	fix.loop.serve(fix.loop.url, reply);
	out->status = reply->status;
	out->body = buf_slice(&reply->body);
	out->cut = reply->cut;
	out->type = rp_slice_str(reply->type ? reply->type : "application/json");
}

static void
note_capture(const struct fetch_taken *taken)
{
	fix.loop.kept++;
	/* A rebuild reads them again, and believes none that make no sense. */
	assert_ok(options_check(taken->options, &fix.loop.err), fix.loop.err);
	copy_text(fix.loop.options, sizeof(fix.loop.options), taken->options);
	copy_text(fix.loop.format, sizeof(fix.loop.format), taken->format);
}

static void
note_taken(const struct fetch_request *request, const struct fetch_answer *answer,
           const struct fetch_taken *taken)
{
	(void)request;
	(void)answer;
	if (taken->keep)
		note_capture(taken);
	fix.loop.agains += taken->then == FETCH_AGAIN;
	fix.loop.units += taken->units;
	if (taken->remark.n > 0)
		copy_text(fix.loop.remark, sizeof(fix.loop.remark), taken->remark);
	fix.loop.payer_refused |= taken->payer_refused;
	if (taken->not_before != 0)
		fix.loop.not_before = taken->not_before;
	for (size_t i = 0; i < taken->n_coverage && fix.loop.n_covered < STRETCHES_MAX;
	     i++) {
		const struct coverage *from = &taken->coverage[i];
		struct stretch *to = &fix.loop.covered[fix.loop.n_covered++];

		*to = (struct stretch){ .from = from->from,
			                .until = from->until,
			                .gap = from->gap };
		copy_text(to->subject, sizeof(to->subject), from->subject);
		copy_text(to->why, sizeof(to->why), from->why);
	}
	for (size_t i = 0; i < taken->n_looks && fix.loop.n_looks < LOOKS_MAX; i++) {
		const size_t to = fix.loop.n_looks++;

		fix.loop.looks[to] = taken->looks[i];
		copy_text(fix.loop.look_keys[to], 64, taken->looks[i].key);
	}
}

static void
forget_run(void)
{
	fix.loop.requests = fix.loop.kept = fix.loop.agains = 0;
	fix.loop.units = fix.loop.reserved = 0;
	fix.loop.n_covered = fix.loop.n_looks = 0;
	fix.loop.remark[0] = fix.loop.options[0] = '\0';
	fix.loop.not_before = 0;
	fix.loop.payer_refused = false;
}

/* From the cursor of the run before.  How it ended: RP_END, or why not; RP_OK: after
 * fix.loop.most answers. */
static enum rp_status
run_source(void)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(CONFIG_CEILING_BYTES);
	CLEANUP(buf_done) struct rp_buf text;
	struct config config;
	struct fetch_loop loop = { .ops = fix.loop.ops,
		                   .view = fix.loop.view,
		                   .serve = serve_reply,
		                   .took = note_taken,
		                   .now = &fix.loop.now,
		                   .most = fix.loop.most,
		                   .patience = 4,
		                   .cursor = &fix.loop.cursor,
		                   .err = &fix.loop.err };
	enum rp_status st;

	forget_run();
	buf_init(&text, 1 << 20);
	buf_printf(&text, "[source s]\ncollector = %s\n", fix.loop.ops->name);
	buf_add_str(&text, fix.loop.settings);
	st = config_read_text(arena, "riposte.conf", buf_slice(&text),
	                      fetch_loop_settings, &config, &fix.loop.err);
	if (st != RP_OK)
		return st;
	loop.source = &config.sources[0];
	return fetch_loop_run(&loop);
}

static inline void
assert_run(enum rp_status want)
{
	const enum rp_status st = run_source();

	if (st != want)
		fail_msg("status %d instead of %d: %s", (int)st, (int)want,
		         fix.loop.err.text);
}

static inline void
assert_has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is not in \"%.600s\"", part, text);
}

static inline void
assert_has_not(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("\"%s\" is in \"%.600s\"", part, text);
}

/* ---- what the archive has -------------------------------------------------- */

static struct {
	const char *held, *gone, *missing; /* " x:1 x:2 " */
} shelf;

static enum holding
shelf_held(void *context, const char *way, struct rp_slice key)
{
	char word[80];

	(void)context;
	(void)way;
	(void)snprintf(word, sizeof(word), " %.*s ", RP_FMT(key));
	if (shelf.held != NULL && strstr(shelf.held, word) != NULL)
		return HOLDING_HELD;
	return shelf.gone != NULL && strstr(shelf.gone, word) != NULL ? HOLDING_GONE
	                                                              : HOLDING_NONE;
}

static void
shelf_missing(void *context, struct rp_slice subject, size_t most,
              void (*tell)(void *to, struct rp_slice key), void *to)
{
	struct rp_slice rest = rp_slice_str(shelf.missing), key;

	(void)context;
	(void)subject;
	for (size_t n = 0; rest.n > 0 && n < most;) {
		key = rp_slice_cut(&rest, ' ');
		if (key.n > 0) {
			tell(to, key);
			n++;
		}
	}
}

static struct archive_view shelf_view = { NULL, shelf_held, shelf_missing };

static inline void
shelve(const char *held, const char *gone, const char *missing)
{
	shelf.held = held;
	shelf.gone = gone;
	shelf.missing = missing;
	fix.loop.view = &shelf_view;
}

/* ---- coverage -------------------------------------------------------------- */

static inline const struct stretch *
covered(size_t i)
{
	if (i >= fix.loop.n_covered)
		fail_msg("only %zu stretches of coverage", fix.loop.n_covered);
	return &fix.loop.covered[i];
}

#endif
