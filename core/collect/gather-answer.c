/*
 * What an answer means to its source, and what of it is stored.
 */
#include "core/base/time.h"
#include "core/collect/gather-line.h"
#include "core/config/secret.h"
#include "core/net/retry.h"

#include <stdio.h>
#include <string.h>

static const char HIDES[] = "its answer has our own secret in it, in pieces: nothing of "
			    "it is kept (get another "
			    "token, and tell whoever runs the server)";

static struct rp_slice
find_header(const struct fetch_answer *answer, const char *name)
{
	return http_header(answer->headers, name);
}

/* ---- our own secrets, sent back to us ------------------------------------------ */

static bool
has_secret(const struct gather *gather, struct rp_slice text)
{
	return gather->options.secrets != NULL &&
	       secrets_in(gather->options.secrets, text);
}

/* The text, or a copy of it with asterisks over them. */
static struct rp_slice
masked(const struct gather *gather, struct rp_slice text, struct rp_buf *copy)
{
	if (!has_secret(gather, text))
		return text;
	buf_clear(copy);
	buf_add(copy, text);
	if (!buf_failed(copy))
		(void)secrets_mask(gather->options.secrets, copy->p, copy->n);
	return buf_slice(copy);
}

/* ---- to be stored -------------------------------------------------------------- */

static void
count(struct source_run *told, const struct tally *tally)
{
	told->captures += tally->captures;
	told->records += tally->records;
	told->fresh += tally->fresh;
	told->same += tally->same;
	told->versions += tally->versions;
	told->rejected += tally->rejected;
}

static enum rp_status
make_page(struct line *line, const struct fetch_answer *answer,
          const struct fetch_taken *taken, bool was_masked, struct page *out,
          struct rp_error *err)
{
	struct gather *gather = line->gather;
	const struct rp_slice name = taken->name.n > 0 ? taken->name : line->request.url;
	enum rp_status st;

	buf_clear(&line->options);
	buf_add(&line->options, taken->options);
	st = answer_options(&line->options, line->request.url, answer->headers,
	                    was_masked, err);
	if (st == RP_OK && buf_failed(&line->options))
		st = rp_fail_memory(err);
	if (st == RP_OK && gather->options.secrets != NULL)
		(void)secrets_mask(gather->options.secrets, line->options.p,
		                   line->options.n);
	*out = (struct page){ .name = masked(gather, name, &line->name),
		              .format = taken->format,
		              .options = buf_slice(&line->options),
		              .body = answer->body,
		              .at = answer->at,
		              .cut = answer->cut };
	return st;
}

/* *fresh_out: it is another one than before. */
static enum rp_status
note_cursor(struct line *line, const struct fetch_taken *taken, bool *fresh_out,
            struct rp_error *err)
{
	struct source_state *state = &line->source->state;

	*fresh_out = taken->has_cursor && !rp_slice_eq(taken->cursor, state->cursor);
	if (!*fresh_out)
		return RP_OK;
	buf_clear(&line->cursor);
	buf_add(&line->cursor, taken->cursor);
	if (buf_failed(&line->cursor))
		return rp_fail_memory(err);
	if (line->gather->options.secrets != NULL)
		(void)secrets_mask(line->gather->options.secrets, line->cursor.p,
		                   line->cursor.n);
	state->cursor = buf_slice(&line->cursor);
	return RP_OK;
}

/* The subject of what was covered may be an address that has a secret in it. */
static void
mask_subject(const struct line *line, struct rp_slice *subject)
{
	const struct rp_slice text = *subject;
	char *copy;

	if (!has_secret(line->gather, text))
		return;
	copy = arena_alloc(line->texts, text.n);
	*subject = rp_slice_from(copy, copy != NULL ? text.n : 0);
	if (copy == NULL)
		return;
	memcpy(copy, text.p, text.n);
	(void)secrets_mask(line->gather->options.secrets, copy, text.n);
}

static void
fill_in(const struct line *line, struct fetch_taken *taken,
        const struct fetch_answer *answer)
{
	const int64_t latest = answer->at - answer->ahead;

	for (size_t i = 0; i < taken->n_coverage; i++) {
		struct coverage *coverage = &taken->coverage[i];

		coverage->source = line->source->source->name;
		if (!coverage->gap && coverage->until > latest)
			coverage->until = latest;
		mask_subject(line, &taken->coverage[i].subject);
	}
	for (size_t i = 0; i < taken->n_looks; i++)
		taken->looks[i].at = answer->at;
}

static enum rp_status
store(struct line *line, const struct fetch_answer *answer, struct fetch_taken *taken,
      bool was_masked, struct rp_error *err)
{
	const struct gather_hooks *hooks = line->gather->hooks;
	struct tally tally = { .captures = 0 };
	struct page page;
	bool moved_on;
	enum rp_status st = note_cursor(line, taken, &moved_on, err);

	fill_in(line, taken, answer);
	if (st == RP_OK && taken->keep)
		st = make_page(line, answer, taken, was_masked, &page, err);
	if (st != RP_OK || (!taken->keep && !moved_on && !line->reserved &&
	                    taken->n_coverage == 0 && taken->n_looks == 0))
		return st;
	st = hooks->store(hooks->context, line->source, taken->keep ? &page : NULL, taken,
	                  &tally, err);
	if (st != RP_OK)
		return st;
	line->reserved = false;
	count(&line->source->told, &tally);
	if (line->source->ops->stored != NULL)
		line->source->ops->stored(line->fetcher, &tally);
	return RP_OK;
}

/* ---- what it means ------------------------------------------------------------- */

static void
remember(struct line *line, const struct fetch_taken *taken)
{
	const struct fetch_request *request = &line->request;

	if (request->price != NULL && taken->units > request->most_units) {
		line->surplus += taken->units - request->most_units;
		line->surplus_of = request->price;
	}
	if (taken->not_before > line->not_before)
		line->not_before = taken->not_before;
	if (taken->remark.n > 0) {
		buf_clear(&line->remark);
		buf_add(&line->remark, taken->remark);
	}
}

static void
again(struct line *line, const struct fetch_answer *answer)
{
	const struct gather_hooks *hooks = line->gather->hooks;
	char words[64];

	(void)snprintf(words, sizeof(words), "answered HTTP %d", answer->status);
	line_again(line, answer->status,
	           retry_after(find_header(answer, "Retry-After"),
	                       find_header(answer, "Date"), hooks->now(hooks->context)),
	           answer->status == 200
	                   ? "answered something else than what was asked for"
	                   : words);
}

static void
go_on(struct line *line, const struct fetch_answer *answer,
      const struct fetch_taken *taken, enum rp_status st, const struct rp_error *err)
{
	if (st == RP_RETRY_LATER) {
		if (err->retry_at > line->not_before)
			line->not_before = err->retry_at;
		line_end(line, SOURCE_LATER, "%s", err->text);
	} else if (st != RP_OK)
		line_end(line, SOURCE_FAILED, "%s", err->text);
	else if (taken->then == FETCH_DONE)
		line_end(line, SOURCE_DONE, "%.*s", RP_FMT(buf_slice(&line->remark)));
	else if (taken->then == FETCH_AGAIN)
		again(line, answer);
	else
		line->does = LINE_READY;
}

static bool
payer_is_refused(const struct line *line, const struct fetch_answer *answer,
                 const struct fetch_taken *taken)
{
	return taken->payer_refused || (line->request.authorised &&
	                                (answer->status == 401 || answer->status == 402));
}

static void
understand(struct line *line, const struct fetch_answer *answer, bool was_masked)
{
	struct rp_error err = { .status = RP_OK }, why = { .status = RP_OK };
	struct fetch_taken taken = { .then = FETCH_ON };
	enum rp_status st = line->source->ops->take(line->fetcher, answer, &taken, &err);
	enum rp_status stored = RP_OK;

	if (st == RP_FAILED || st == RP_CORRUPT) {
		gather_fail(line->gather, st, &err);
		return;
	}
	if (payer_is_refused(line, answer, &taken))
		line_refuse_payer(line);
	stored = store(line, answer, &taken, was_masked, &why);
	if (stored != RP_OK) {
		gather_fail(line->gather, stored, &why);
		return;
	}
	remember(line, &taken);
	go_on(line, answer, &taken, st, &err);
}

/*
 * How far our clock is ahead of the server's, if it is by more than an hour: what was
 * asked then says nothing of times that have not come yet.  A server whose own clock
 * never ran says nothing of ours.
 */
static int64_t
clock_ahead(const struct gather *gather, const struct http_answer *from)
{
	const struct gather_hooks *hooks = gather->hooks;
	int64_t date;

	if (!http_date(http_header(from, "Date"), &date) || date < HTTP_OLDEST_NOW)
		return 0;
	if (hooks->clock_seen != NULL)
		hooks->clock_seen(hooks->context, from->at, date);
	return from->at > date + RP_HOUR ? from->at - date : 0;
}

static void
take_answer(struct line *line, const struct http_answer *from)
{
	struct gather *gather = line->gather;
	CLEANUP(buf_done) struct rp_buf types;
	struct fetch_answer answer = {
		.status = from->status,
		.url = from->url,
		.moved_for_good = from->moved_for_good,
		.body = masked(gather, from->body, &line->body),
		.cut = from->cut,
		.unverified_end = from->unverified_end,
		.at = from->at,
		.ahead = clock_ahead(gather, from),
		.header = find_header,
		.headers = from,
	};

	buf_init(&types, 1000);
	answer_type(http_header(from, "Content-Type"), &types, &answer.type,
	            &answer.charset);
	line->answers++;
	line->source->told.requests++;
	line->source->told.unchanged += from->status == 304;
	line->source->told.bytes_in += from->body.n;
	if (buf_failed(&line->body)) {
		struct rp_error err = { .status = RP_OK };

		(void)rp_fail_memory(&err);
		gather_fail(gather, RP_FAILED, &err);
		return;
	}
	if (answer_hides_secret(line, answer.body)) {
		line_end(line, SOURCE_FAILED, "%s", HIDES);
		return;
	}
	understand(line, &answer, answer.body.p != from->body.p);
}

static void
no_answer(struct line *line, enum rp_status st, const struct rp_error *err)
{
	if (!line->sent)
		line->reached--;
	if (st == RP_RETRY_LATER && err->retry_at > 0) {
		if (err->retry_at > line->not_before)
			line->not_before = err->retry_at;
		line_end(line, SOURCE_LATER, "%s", err->text);
	} else if (st == RP_RETRY_LATER)
		line_again(line, 0, -1, err->text);
	else if (st == RP_FAILED || st == RP_CORRUPT)
		gather_fail(line->gather, st, err);
	else
		line_end(line, SOURCE_FAILED, "%s", err->text);
}

/* Its site is asked first; the request is made again then, and goes on there. */
static void
ask_where_it_leads(struct line *line, const struct http_answer *answer)
{
	struct rp_error err = { .status = RP_OK };

	line->source->told.requests++;
	if (!arena_copy(line->texts, answer->leads_to, &line->leads_to)) {
		(void)rp_fail_memory(&err);
		gather_fail(line->gather, RP_FAILED, &err);
		return;
	}
	line->does = LINE_WAITS;
	line->until = 0;
}

void
line_answered(void *context, enum rp_status st, const struct http_answer *answer,
              const struct rp_error *err)
{
	struct line *line = context;

	if (st == RP_OK && answer->leads_to.n > 0)
		ask_where_it_leads(line, answer);
	else if (st == RP_OK)
		take_answer(line, answer);
	else
		no_answer(line, st, err);
}
