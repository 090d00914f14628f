/*
 * What the specs of Bluesky and Mastodon share: settings made by hand, a made-up server,
 * and lines of what was asked and told.
 */
#ifndef RIPOSTE_TESTS_UNIT_COLLECT_NETWORKS_FIXTURE_H
#define RIPOSTE_TESTS_UNIT_COLLECT_NETWORKS_FIXTURE_H

#include "tests/support/fetch-loop.h"

#include <stdio.h>
#include <stdlib.h>

enum { SETTINGS_MOST = 16 };

#define NOW (INT64_C(1795457914) * RP_SECOND)

/* What the made-up server says. */
struct reply {
	int status;
	const char *link, *etag;
	bool cut; /* over the ceiling */
	struct rp_buf body;
};

struct loop {
	const struct fetcher_ops *ops;
	struct setting settings[SETTINGS_MOST];
	struct source source;
	struct archive_view view;
	int64_t now;
	void (*serve)(struct rp_slice url, const struct fetch_request *request,
	              struct reply *out);
	void (*kept)(const struct fetch_taken *taken, struct rp_slice body);
	void (*covered)(int64_t from, int64_t until); /* once it is kept */
	struct rp_buf cursor;                         /* as it was stored last */
	struct rp_buf asked; /* lines: what was asked for in the last run */
	struct rp_buf told;  /* lines: coverage, looks and options of it */
	struct rp_error err;
	struct reply reply;
	size_t answers; /* of all runs */
};

static struct loop loop;

static inline const struct setting_row *
row_of(const char *name)
{
	const struct setting_row *rows[] = { loop.ops->settings, source_settings };

	for (size_t i = 0; i < 2; i++)
		for (const struct setting_row *row = rows[i]; row->name != NULL; row++)
			if (strcmp(row->name, name) == 0)
				return row;
	fail_msg("there is no setting %s", name);
	abort();
}

static inline void
set_number(const char *name, const char *value, int64_t number)
{
	struct section *section = &loop.source.settings;

	assert_true(section->n < SETTINGS_MOST);
	loop.settings[section->n++] = (struct setting){ .row = row_of(name),
		                                        .value = rp_slice_str(value),
		                                        .number = number,
		                                        .line = 1 };
}

static inline void
set(const char *name, const char *value)
{
	set_number(name, value, strcmp(value, "yes") == 0);
}

static inline void
loop_done(void)
{
	buf_done(&loop.cursor);
	buf_done(&loop.asked);
	buf_done(&loop.told);
	buf_done(&loop.reply.body);
}

static inline void
loop_begin(const char *collector)
{
	loop_done();
	loop = (struct loop){ .ops = fetcher_find(rp_slice_str(collector)), .now = NOW };
	assert_non_null(loop.ops);
	loop.source.name = RP_SLICE("test");
	loop.source.settings.settings = loop.settings;
	loop.source.settings.tables[0] = source_settings;
	loop.source.settings.tables[1] = loop.ops->settings;
	buf_init(&loop.cursor, 1 << 20);
	buf_init(&loop.asked, 4 << 20);
	buf_init(&loop.told, 4 << 20);
	buf_init(&loop.reply.body, 4 << 20);
}

/* A value may have line ends in it, as one has that was folded. */
static inline struct rp_slice
reply_header(const struct fetch_answer *answer, const char *name)
{
	(void)answer;
	if (strcmp(name, "Link") == 0)
		return rp_slice_str(loop.reply.link);
	if (strcmp(name, "ETag") == 0)
		return rp_slice_str(loop.reply.etag);
	return RP_SLICE("");
}

static inline void
serve_reply(const struct fetch_request *request, struct fetch_answer *out)
{
	buf_add(&loop.asked, request->url);
	buf_add_byte(&loop.asked, '\n');
	loop.answers++;
	buf_clear(&loop.reply.body);
	loop.reply.status = 200;
	loop.reply.cut = false;
	loop.reply.link = loop.reply.etag = "";
	loop.serve(request->url, request, &loop.reply);
	out->status = loop.reply.status;
	out->cut = loop.reply.cut;
	out->body = buf_slice(&loop.reply.body);
	out->header = reply_header;
}

/* Seconds from NOW; of what is since ever, longer ago than anything else. */
static inline long long
from_now(int64_t at)
{
	return at == RP_TIME_UNKNOWN ? -10000000000 : (long long)((at - NOW) / RP_SECOND);
}

static inline void
tell(const struct fetch_taken *taken)
{
	static const char *const outcomes[] = { "found", "gone", "nothing" };
	const struct coverage *c = taken->coverage;

	for (size_t i = 0; i < taken->n_coverage; i++, c++)
		buf_printf(&loop.told, "%s %.*s %lld-%lld %.*s\n",
		           c->gap ? "gap" : "seen", RP_FMT(c->subject), from_now(c->from),
		           from_now(c->until), RP_FMT(c->why));
	for (size_t i = 0; i < taken->n_looks; i++)
		buf_printf(&loop.told, "look %.*s %s\n", RP_FMT(taken->looks[i].key),
		           outcomes[taken->looks[i].outcome]);
	buf_add(&loop.told, taken->options);
	if (taken->remark.n > 0)
		buf_printf(&loop.told, "remark %.*s\n", RP_FMT(taken->remark));
}

static inline void
took(const struct fetch_request *request, const struct fetch_answer *answer,
     const struct fetch_taken *taken)
{
	(void)request;
	tell(taken);
	if (taken->keep && loop.kept != NULL)
		loop.kept(taken, answer->body);
	for (size_t i = 0; i < taken->n_coverage && loop.covered != NULL; i++)
		if (!taken->coverage[i].gap)
			loop.covered(taken->coverage[i].from, taken->coverage[i].until);
}

/*
 * One run, killed after so many answers (0: not at all).  RP_OK, or what the fetcher
 * ended with; RP_RETRY_LATER: the same was to be asked five times over.
 */
static inline enum rp_status
run(unsigned killed_after)
{
	const struct fetch_loop all = { .ops = loop.ops,
		                        .source = &loop.source,
		                        .view = &loop.view,
		                        .serve = serve_reply,
		                        .took = took,
		                        .now = &loop.now,
		                        .most = killed_after,
		                        .patience = 5,
		                        .cursor = &loop.cursor,
		                        .err = &loop.err };
	enum rp_status st;

	buf_clear(&loop.asked);
	buf_clear(&loop.told);
	st = fetch_loop_run(&all);
	return st == RP_END ? RP_OK : st;
}

static inline size_t
times_asked(const char *part)
{
	struct rp_slice rest = buf_slice(&loop.asked), line;
	size_t n = 0;

	while (rest.n > 0) {
		line = rp_slice_cut(&rest, '\n');
		n += rp_slice_find(line, rp_slice_str(part)) < line.n;
	}
	return n;
}

static inline bool
was_told(const char *part)
{
	return rp_slice_find(buf_slice(&loop.told), rp_slice_str(part)) < loop.told.n;
}

#define assert_told(part)                                                                \
	do {                                                                             \
		if (!was_told(part))                                                     \
			fail_msg("not told: %s\nbut:\n%.*s", part, (int)loop.told.n,     \
			         loop.told.p);                                           \
	} while (0)

/* The value of a parameter, as it stands there; empty: it has none. */
static inline struct rp_slice
parameter(struct rp_slice url, const char *name)
{
	struct rp_slice rest = rp_slice_skip(url, rp_slice_find_byte(url, '?') + 1);
	struct rp_slice value, is;

	while (rest.n > 0) {
		value = rp_slice_cut(&rest, '&');
		is = rp_slice_cut(&value, '=');
		if (rp_slice_eq(is, rp_slice_str(name)))
			return value;
	}
	return RP_SLICE("");
}

static inline bool
has(struct rp_slice text, const char *part)
{
	return rp_slice_find(text, rp_slice_str(part)) < text.n;
}

/* Answers written down: the first whose part stands in the address, up to a NULL. */
struct canned {
	const char *part;
	int status;
	const char *body;
};

static const struct canned *canned;

static inline void
serve_canned(struct rp_slice url, const struct fetch_request *request, struct reply *out)
{
	(void)request;
	for (const struct canned *is = canned; is->part != NULL; is++)
		if (has(url, is->part)) {
			out->status = is->status;
			buf_add_str(&out->body, is->body);
			return;
		}
	fail_msg("asked for %.*s", RP_FMT(url));
}

#endif
