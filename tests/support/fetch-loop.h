/*
 * A fetcher driven to its end as gather does it, without a network and without an
 * archive: a function is the server, another one is told what the fetcher made of each
 * answer, and the cursor is kept from run to run.
 *
 * The fixtures of the specs are made of it: fake-web.h, and fetch-fixture.h and
 * networks-fixture.h of tests/unit/collect.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_FETCH_LOOP_H
#define RIPOSTE_TESTS_SUPPORT_FETCH_LOOP_H

#include "core/base/buf.h"
#include "core/collect/fetcher.h"
#include "tests/support/spec.h"

enum { FETCH_LOOP_MOST = 4000 };

struct fetch_loop {
	const struct fetcher_ops *ops;
	const struct source *source;
	const struct archive_view *view;
	/* The answer to a request; it begins as a 200 of whom was asked, with nothing in
	 * it.  What it points to lives until the next one. */
	void (*serve)(const struct fetch_request *request, struct fetch_answer *out);
	/* What came of it; before the cursor is stored. */
	void (*took)(const struct fetch_request *request,
	             const struct fetch_answer *answer, const struct fetch_taken *taken);
	int64_t *now, pace; /* so much later after each answer */
	unsigned most;      /* answers, after which it is killed; 0: to the end */
	/* So often in a row the same is asked for; 0: the run ends where it would be. */
	unsigned patience;
	struct rp_buf *cursor;
	struct rp_error *err;
};

static inline const struct setting_row *
fetch_loop_settings(struct rp_slice name)
{
	const struct fetcher_ops *ops = fetcher_find(name);

	return ops != NULL ? ops->settings : NULL;
}

/* A header of those that answer->headers has, as "Name: value\n" lines; may be NULL. */
static inline struct rp_slice
fetch_loop_header(const struct fetch_answer *answer, const char *name)
{
	struct rp_slice rest = rp_slice_str(answer->headers ? answer->headers : ""), line;

	while (rest.n > 0) {
		line = rp_slice_cut(&rest, '\n');
		if (rp_slice_eq_nocase(rp_slice_cut(&line, ':'), rp_slice_str(name)))
			return rp_slice_trim(line);
	}
	return RP_SLICE("");
}

/* One request and its answer. */
static inline enum rp_status
fetch_loop_turn(const struct fetch_loop *loop, struct fetcher *fetcher,
                enum fetch_then *then)
{
	CLEANUP(buf_done) struct rp_buf url;
	struct fetch_request request = { .price = NULL };
	struct fetch_taken taken = { .then = FETCH_ON };
	struct fetch_answer answer = { .status = 200, .header = fetch_loop_header };
	enum rp_status st = loop->ops->next(fetcher, *loop->now, &request, loop->err);

	buf_init(&url, 1 << 20);
	if (st != RP_OK)
		return st;
	/* take() may write over what next() has lent. */
	buf_add(&url, request.url);
	request.url = answer.url = buf_slice(&url);
	loop->serve(&request, &answer);
	answer.at = *loop->now;
	st = loop->ops->take(fetcher, &answer, &taken, loop->err);
	loop->took(&request, &answer, &taken);
	if (taken.has_cursor) {
		buf_clear(loop->cursor);
		buf_add(loop->cursor, taken.cursor);
	}
	*loop->now += loop->pace;
	*then = taken.then;
	return st;
}

static inline enum rp_status
fetch_loop_open(const struct fetch_loop *loop, struct fetcher **out)
{
	CLEANUP(buf_done) struct rp_buf cursor; /* of which nothing may be borrowed */

	buf_init(&cursor, 8 << 20);
	buf_add(&cursor, buf_slice(loop->cursor));
	return loop->ops->open(loop->source, buf_slice(&cursor), loop->view, *loop->now,
	                       out, loop->err);
}

/*
 * One run.  RP_END: there was nothing more to ask; RP_OK: the fetcher was done, or was
 * killed, or there was no patience; RP_RETRY_LATER: also when it ran out.
 */
static inline enum rp_status
fetch_loop_run(const struct fetch_loop *loop)
{
	struct fetcher *fetcher = NULL;
	enum fetch_then then = FETCH_ON;
	unsigned again = 0;
	enum rp_status st;

	loop->err->text[0] = '\0';
	st = fetch_loop_open(loop, &fetcher);
	if (st != RP_OK)
		return st;
	for (unsigned n = 0; st == RP_OK && then != FETCH_DONE; n++) {
		assert_true(n < FETCH_LOOP_MOST);
		if (loop->most > 0 && n == loop->most)
			break;
		st = fetch_loop_turn(loop, fetcher, &then);
		again = then == FETCH_AGAIN ? again + 1 : 0;
		if (again > 0 && loop->patience == 0)
			break;
		if (st == RP_OK && again > 0 && again >= loop->patience)
			st = RP_RETRY_LATER;
	}
	loop->ops->close(fetcher);
	return st;
}

#endif
