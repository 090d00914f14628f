/*
 * A fetcher driven to its end by a server that is a function, without a network and
 * without an archive: what the spec's server answers is handed back, and what the fetcher
 * makes of it is kept to be looked at.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_FETCH_LOOP_H
#define RIPOSTE_TESTS_SUPPORT_FETCH_LOOP_H

#include "core/base/buf.h"
#include "core/collect/fetcher.h"
#include "core/collect/options.h"
#include "tests/support/spec.h"

enum { LOOP_NOTES = 64, LOOP_REQUESTS = 4000 };

struct loop_reply {
	int status;
	const char *type; /* NULL: application/json */
	bool cut;
	struct rp_buf body;
};

struct loop_gap {
	char subject[128], why[200];
	int64_t from, until;
	bool gap;
};

struct loop {
	const struct fetcher_ops *ops;
	const char *settings; /* "account=ada\nroots=yes\n" */
	struct archive_view *view;
	int64_t now;
	void (*serve)(void *context, const char *url, struct loop_reply *out);
	void *context;
	unsigned most; /* answers; 0: to the end */

	struct config config;
	const struct source *source;
	struct rp_buf cursor; /* of the last stored answer */

	/* of the last run */
	unsigned requests, kept, agains;
	uint64_t units, reserved;
	char url[1 << 14], options[1 << 14], remark[200], format[20]; /* the last ones */
	struct loop_gap covered[LOOP_NOTES];
	size_t n_covered;
	struct look looks[FETCH_LOOKS_MAX * 4];
	char look_keys[FETCH_LOOKS_MAX * 4][64];
	size_t n_looks;
	int64_t not_before;
	bool payer_refused;
	struct rp_error err;
};

static inline const struct setting_row *
loop_collector(struct rp_slice name)
{
	const struct fetcher_ops *ops = fetcher_find(name);

	return ops != NULL ? ops->settings : NULL;
}

static inline enum rp_status
loop_settings(struct loop *l, struct arena *arena)
{
	CLEANUP(buf_done) struct rp_buf text;
	enum rp_status st;

	buf_init(&text, 1 << 20);
	buf_printf(&text, "[source s]\ncollector = %s\n", l->ops->name);
	buf_add_str(&text, l->settings);
	st = config_read_text(arena, "riposte.conf", buf_slice(&text), loop_collector,
	                      &l->config, &l->err);
	if (st == RP_OK)
		l->source = config_source(&l->config, RP_SLICE("s"));
	return st;
}

static inline struct rp_slice
loop_header(const struct fetch_answer *answer, const char *name)
{
	(void)answer;
	(void)name;
	return RP_SLICE("");
}

static inline void
loop_copy(char *to, size_t size, struct rp_slice text)
{
	const size_t n = text.n < size ? text.n : size - 1;

	if (n > 0)
		memcpy(to, text.p, n);
	to[n] = '\0';
}

static inline void
loop_keep(struct loop *l, const struct fetch_taken *taken)
{
	l->kept += taken->keep;
	l->units += taken->units;
	if (taken->has_cursor) {
		buf_clear(&l->cursor);
		buf_add(&l->cursor, taken->cursor);
	}
	if (taken->keep) {
		/* A rebuild reads them again, and believes none that make no sense. */
		assert_ok(options_check(taken->options, &l->err), l->err);
		loop_copy(l->options, sizeof(l->options), taken->options);
		loop_copy(l->format, sizeof(l->format), taken->format);
	}
	if (taken->remark.n > 0)
		loop_copy(l->remark, sizeof(l->remark), taken->remark);
	l->payer_refused |= taken->payer_refused;
	if (taken->not_before != 0)
		l->not_before = taken->not_before;
	for (size_t i = 0; i < taken->n_coverage && l->n_covered < LOOP_NOTES; i++) {
		struct loop_gap *c = &l->covered[l->n_covered++];

		*c = (struct loop_gap){ .from = taken->coverage[i].from,
			                .until = taken->coverage[i].until,
			                .gap = taken->coverage[i].gap };
		loop_copy(c->subject, sizeof(c->subject), taken->coverage[i].subject);
		loop_copy(c->why, sizeof(c->why), taken->coverage[i].why);
	}
	for (size_t i = 0; i < taken->n_looks && l->n_looks < FETCH_LOOKS_MAX * 4; i++) {
		l->looks[l->n_looks] = taken->looks[i];
		loop_copy(l->look_keys[l->n_looks], 64, taken->looks[i].key);
		l->n_looks++;
	}
}

/* One request and its answer. */
static inline enum rp_status
loop_once(struct loop *l, struct fetcher *f)
{
	struct fetch_request request;
	struct fetch_taken taken = { .then = FETCH_ON };
	struct loop_reply reply = { .status = 200 };
	struct fetch_answer answer;
	enum rp_status st = l->ops->next(f, l->now, &request, &l->err);

	if (st != RP_OK)
		return st;
	l->requests++;
	l->reserved += request.most_units;
	loop_copy(l->url, sizeof(l->url), request.url);
	buf_init(&reply.body, 32 << 20);
	l->serve(l->context, l->url, &reply);
	answer = (struct fetch_answer){
		.status = reply.status,
		.url = request.url,
		.body = buf_slice(&reply.body),
		.cut = reply.cut,
		.type = rp_slice_str(reply.type ? reply.type : "application/json"),
		.at = l->now,
		.header = loop_header,
	};
	st = l->ops->take(f, &answer, &taken, &l->err);
	loop_keep(l, &taken);
	buf_done(&reply.body);
	if (taken.then == FETCH_AGAIN && ++l->agains >= 4)
		return RP_RETRY_LATER;
	return st;
}

/* From the cursor of the run before.  How it ended: RP_END, or why not; RP_OK: after
 * l->most answers. */
static inline enum rp_status
loop_run(struct loop *l)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(CONFIG_CEILING_BYTES);
	struct fetcher *f;
	enum rp_status st;

	if (l->cursor.ceiling == 0)
		buf_init(&l->cursor, 8 << 20);
	l->requests = l->kept = l->agains = 0;
	l->units = l->reserved = 0;
	l->n_covered = l->n_looks = 0;
	l->remark[0] = l->options[0] = l->err.text[0] = '\0';
	l->not_before = 0;
	l->payer_refused = false;
	st = loop_settings(l, arena);
	if (st != RP_OK)
		return st;
	st = l->ops->open(l->source, buf_slice(&l->cursor), l->view, l->now, &f, &l->err);
	if (st != RP_OK)
		return st;
	do
		st = loop_once(l, f);
	while (st == RP_OK && l->requests < LOOP_REQUESTS &&
	       (l->most == 0 || l->requests < l->most));
	l->ops->close(f);
	return st;
}

#endif
