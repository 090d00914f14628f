/*
 * A server out of a script: which answer to which address, in the order of the asking.
 */
#ifndef RIPOSTE_TESTS_UNIT_COLLECT_FETCH_FIXTURE_H
#define RIPOSTE_TESTS_UNIT_COLLECT_FETCH_FIXTURE_H

#include "tests/support/fetch-loop.h"

#include <stdio.h>
#include <stdlib.h>

/* 2025-11-20T12:00:00Z, some hours after the ids below were made. */
#define NOW (INT64_C(1763640000) * RP_SECOND)
/* 2025-11-20T06:00:00Z and later, a minute from one to the next. */
#define ID0 UINT64_C(1991385960000000000)
#define ID(n) (ID0 + (uint64_t)(n) * ((UINT64_C(60000)) << 22))

struct line {
	const char *when; /* part of the address */
	int status;
	const char *body;
	const char *type;
	bool used;
};

enum { LINES_MAX = 32 };

static struct {
	struct loop loop;
	struct line lines[LINES_MAX];
	size_t n;
	char log[LINES_MAX * 2][1 << 12];
	size_t n_log;
} fix;

static void
serve_script(void *context, const char *url, struct loop_reply *out)
{
	(void)context;
	if (fix.n_log < LINES_MAX * 2)
		loop_copy(fix.log[fix.n_log++], sizeof(fix.log[0]), rp_slice_str(url));
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
	memset(&fix, 0, sizeof(fix));
	fix.loop.ops = ops;
	fix.loop.settings = settings;
	fix.loop.now = NOW;
	fix.loop.serve = serve_script;
}

/* The same source again; what is answered is forgotten, the cursor is not. */
static inline void
again(void)
{
	fix.n = fix.n_log = 0;
}

static void
assert_run(enum rp_status want)
{
	const enum rp_status st = loop_run(&fix.loop);

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
shelf_held(void *context, struct rp_slice key)
{
	char word[80];

	(void)context;
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

static inline const struct loop_gap *
covered(size_t i)
{
	if (i >= fix.loop.n_covered)
		fail_msg("only %zu stretches of coverage", fix.loop.n_covered);
	return &fix.loop.covered[i];
}

#endif
