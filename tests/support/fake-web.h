/*
 * A fetcher driven as gather does it, against a server that is a function: what was
 * asked, kept and told, and the cursor from run to run.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_FAKE_WEB_H
#define RIPOSTE_TESTS_SUPPORT_FAKE_WEB_H

#include "tests/support/fetch-loop.h"

#include <stdio.h>

/* What the server says; texts live until the next answer. */
struct fake_answer {
	int status; /* 0: 200 */
	const char *body;
	size_t body_bytes;   /* 0: strlen */
	const char *headers; /* "Name: value\n" lines */
	const char *url;     /* who answered; NULL: who was asked */
	bool moved_for_good, cut, unverified_end;
};

struct fake_web {
	void (*serve)(const struct fetch_request *request, struct fake_answer *out);
	const struct archive_view *view;
	int64_t now;           /* a second later after each answer */
	unsigned killed_after; /* so many answers; 0: not */

	/* Of the last run. */
	struct rp_buf asked;   /* a line each: URL, and " (if)" when it was conditional */
	struct rp_buf kept;    /* names and options of captures, "NAME FORMAT\nKEY=…" */
	struct rp_buf covered; /* "FROM-UNTIL" or "FROM-UNTIL gap", in seconds */
	struct rp_buf remark, looks;
	unsigned n_asked, n_kept;
	enum fetch_then then;
	struct rp_error err;
	int64_t not_before;
	/* Told each capture; may be NULL. */
	void (*keep)(const struct fetch_answer *answer, const struct fetch_taken *taken);

	struct rp_buf cursor; /* from run to run */
};

static inline void
fake_web_init(struct fake_web *web)
{
	*web = (struct fake_web){ .now = INT64_C(1767614400) * RP_SECOND };
	buf_init(&web->asked, 1 << 20);
	buf_init(&web->kept, 1 << 20);
	buf_init(&web->covered, 1 << 20);
	buf_init(&web->remark, 1 << 20);
	buf_init(&web->looks, 1 << 20);
	buf_init(&web->cursor, 1 << 20);
}

static inline void
fake_web_done(struct fake_web *web)
{
	buf_done(&web->asked);
	buf_done(&web->kept);
	buf_done(&web->covered);
	buf_done(&web->remark);
	buf_done(&web->looks);
	buf_done(&web->cursor);
}

static inline const char *
fake_text(struct rp_buf *buf)
{
	static char text[4][1 << 16];
	static unsigned turn;
	char *out = text[turn++ % 4];

	assert_true(buf->n < sizeof(text[0]));
	memcpy(out, buf->n > 0 ? buf->p : "", buf->n);
	out[buf->n] = '\0';
	return out;
}

/* Content-Type, taken apart. */
static inline void
fake_type(struct fetch_answer *answer)
{
	const struct rp_slice mark = RP_LIT("charset=");
	struct rp_slice type = fetch_loop_header(answer, "Content-Type");

	answer->type = rp_slice_trim(rp_slice_cut(&type, ';'));
	type = rp_slice_trim(type);
	if (rp_slice_starts(type, mark))
		answer->charset = rp_slice_skip(type, mark.n);
}

static inline bool
fake_has_header(const struct fetch_request *request, const char *name)
{
	for (size_t i = 0; i < request->n_headers; i++)
		if (strcmp(request->headers[i].name, name) == 0)
			return true;
	return false;
}

/* The one that runs: its functions are told of no other. */
static struct fake_web *fake_running;

static inline void
fake_serve(const struct fetch_request *request, struct fetch_answer *out)
{
	struct fake_web *web = fake_running;
	struct fake_answer said = { .status = 200 };

	web->n_asked++;
	buf_printf(&web->asked, "%.*s%s\n", RP_FMT(request->url),
	           request->n_headers > 0 ? " (if)" : "");
	web->serve(request, &said);
	if (said.status != 0)
		out->status = said.status;
	if (said.url != NULL)
		out->url = rp_slice_str(said.url);
	if (said.body != NULL)
		out->body = rp_slice_from(said.body, said.body_bytes ? said.body_bytes
		                                                     : strlen(said.body));
	out->moved_for_good = said.moved_for_good;
	out->cut = said.cut;
	out->unverified_end = said.unverified_end;
	out->headers = said.headers;
	fake_type(out);
}

static inline void
fake_took(const struct fetch_request *request, const struct fetch_answer *answer,
          const struct fetch_taken *taken)
{
	struct fake_web *web = fake_running;

	if (taken->keep) {
		buf_add(&web->kept, taken->name.n > 0 ? taken->name : request->url);
		buf_printf(&web->kept, " %.*s\n%.*s", RP_FMT(taken->format),
		           RP_FMT(taken->options));
		web->n_kept++;
		if (web->keep != NULL)
			web->keep(answer, taken);
	}
	for (size_t i = 0; i < taken->n_coverage; i++)
		buf_printf(&web->covered, "%lld-%lld%s\n",
		           (long long)(taken->coverage[i].from / RP_SECOND),
		           (long long)(taken->coverage[i].until / RP_SECOND),
		           taken->coverage[i].gap ? " gap" : "");
	for (size_t i = 0; i < taken->n_looks; i++)
		buf_printf(&web->looks, "%.*s %.*s %d\n", RP_FMT(taken->looks[i].key),
		           RP_FMT(taken->looks[i].way), (int)taken->looks[i].outcome);
	if (taken->remark.n > 0)
		buf_printf(&web->remark, "%.*s\n", RP_FMT(taken->remark));
	if (taken->not_before != 0)
		web->not_before = taken->not_before;
	web->then = taken->then;
}

/* A run of the source that this section describes, until it is to ask for the same
 * again. */
static inline enum rp_status
fake_run(struct fake_web *web, const struct fetcher_ops *ops, const char *settings)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 24);
	struct config config;
	struct fetch_loop loop = { .ops = ops,
		                   .view = web->view,
		                   .serve = fake_serve,
		                   .took = fake_took,
		                   .now = &web->now,
		                   .pace = RP_SECOND,
		                   .most = web->killed_after,
		                   .cursor = &web->cursor,
		                   .err = &web->err };

	fake_running = web;
	buf_clear(&web->asked);
	buf_clear(&web->kept);
	buf_clear(&web->covered);
	buf_clear(&web->remark);
	buf_clear(&web->looks);
	web->n_asked = web->n_kept = 0;
	web->not_before = 0;
	assert_ok(config_read_text(arena, "c", rp_slice_str(settings),
	                           fetch_loop_settings, &config, &web->err),
	          web->err);
	loop.source = &config.sources[0];
	return fetch_loop_run(&loop);
}

#endif
