/*
 * What a source asks for next, or again.
 */
#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/collect/gather-line.h"
#include "core/net/retry.h"

/* ---- whose token was refused --------------------------------------------------- */

void
line_refuse_payer(struct line *line)
{
	struct gather *gather = line->gather;
	const struct gather_source **list;

	if (line->source->token.n == 0)
		return;
	list = arena_room(gather->arena, gather->refused, gather->n_refused,
	                  &gather->refused_room, sizeof(*list));
	if (list == NULL)
		return; /* they will find out by themselves */
	gather->refused = list;
	list[gather->n_refused++] = line->source;
}

static const struct gather_source *
who_was_refused(const struct line *line)
{
	const struct gather *gather = line->gather;

	for (size_t i = 0; i < gather->n_refused; i++)
		if (rp_slice_eq(gather->refused[i]->token, line->source->token))
			return gather->refused[i];
	return NULL;
}

/*
 * One source at a time has a request under way with a token: if it is refused, the others
 * need not hear that for themselves.  http would have them wait for each other all the
 * same.
 */
static bool
is_its_turn(struct line *line)
{
	const struct gather *gather = line->gather;

	for (unsigned i = 0; i < gather->n_lines; i++) {
		const struct line *other = &gather->lines[i];

		if (other == line || !other->request.authorised ||
		    (other->does != LINE_ASKS && other->does != LINE_HELD) ||
		    !rp_slice_eq(other->source->token, line->source->token))
			continue;
		if (other->does == LINE_ASKS || line->does != LINE_HELD ||
		    other->turn < line->turn)
			return false;
	}
	return true;
}

static void
hold(struct line *line)
{
	if (line->does != LINE_HELD)
		line->turn = line->gather->turns++;
	line->does = LINE_HELD;
}

/* ---- what comes next ----------------------------------------------------------- */

/* It must outlive take(): it may have to be asked again. */
static bool
copy_request(struct line *line, const struct fetch_request *from)
{
	struct fetch_request *to = &line->request;

	arena_reset(line->texts);
	line->leads_to = RP_SLICE("");
	*to = *from;
	if (!arena_copy(line->texts, from->url, &to->url))
		return false;
	for (size_t i = 0; i < from->n_headers; i++)
		if (!arena_copy(line->texts, from->headers[i].value,
		                &to->headers[i].value))
			return false;
	return true;
}

static void
end_without_request(struct line *line, enum rp_status st, const struct rp_error *err)
{
	if (st != RP_END && err->retry_at > line->not_before)
		line->not_before = err->retry_at;
	switch (st) {
	case RP_END:
		line_end(line, SOURCE_DONE, "%.*s", RP_FMT(buf_slice(&line->remark)));
		return;
	case RP_RETRY_LATER:
		line_end(line, SOURCE_LATER, "%s", err->text);
		return;
	case RP_BAD_SOURCE:
	case RP_BAD_CONFIG:
	case RP_BAD_USAGE:
	case RP_BAD_ITEM:
	case RP_NOT_FOUND:
		line_end(line, SOURCE_FAILED, "%s", err->text);
		return;
	case RP_OK:
	case RP_CORRUPT:
	case RP_FAILED:
		break;
	}
	gather_fail(line->gather, st, err);
}

static unsigned
most_answers(const struct line *line)
{
	const int64_t pages = section_number(&line->source->source->settings, "pages",
	                                     line->gather->options.pages);

	return pages > 0 && pages < UINT32_MAX ? (unsigned)pages
	                                       : line->gather->options.pages;
}

/* false: there is none, and the source has ended. */
static bool
find_next(struct line *line)
{
	const struct gather_hooks *hooks = line->gather->hooks;
	struct rp_error err = { .status = RP_OK };
	struct fetch_request request = { .price = NULL };
	enum rp_status st;

	if (line->answers >= most_answers(line)) {
		line_end(line, SOURCE_STOPPED,
		         "stopped after %u answers, the most of one run; goes on from "
		         "there",
		         line->answers);
		return false;
	}
	st = line->source->ops->next(line->fetcher, hooks->now(hooks->context), &request,
	                             &err);
	if (st != RP_OK) {
		end_without_request(line, st, &err);
		return false;
	}
	line->tries = 0;
	if (!copy_request(line, &request)) {
		line_end(line, SOURCE_FAILED, "a request that is too long");
		return false;
	}
	if (hooks->asking == NULL ||
	    hooks->asking(hooks->context, line->source, &line->request))
		return true;
	line_end(line, SOURCE_DONE, "%s", "");
	return false;
}

/* Half of what was to be asked for, where the fetcher can ask for less. */
static bool
ask_for_fewer(struct line *line)
{
	const struct gather_hooks *hooks = line->gather->hooks;
	const struct fetcher_ops *ops = line->source->ops;
	const uint64_t most = line->request.most_units / 2;
	struct fetch_request request = { .price = NULL };
	struct rp_error err = { .status = RP_OK };

	return ops->fewer != NULL && most > 0 && ops->fewer(line->fetcher, most) &&
	       ops->next(line->fetcher, hooks->now(hooks->context), &request, &err) ==
	               RP_OK &&
	       request.most_units <= most && copy_request(line, &request);
}

/* false: it must not be spent, and the source has ended. */
static bool
reserve(struct line *line)
{
	const struct gather_hooks *hooks = line->gather->hooks;
	const struct fetch_request *request = &line->request;
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	if (request->price == NULL || line->reserved || hooks->spend == NULL)
		return true;
	do
		st = hooks->spend(hooks->context, line->source, request->price,
		                  request->most_units, &err);
	while (st == RP_END && ask_for_fewer(line));
	line->reserved = st == RP_OK;
	line->reached = 0;
	if (st == RP_END)
		line_end(line, SOURCE_STOPPED, "%s", err.text);
	else if (st != RP_OK)
		gather_fail(line->gather, st, &err);
	return line->reserved;
}

static void
send(struct line *line)
{
	struct http_header headers[FETCH_HEADERS_MAX];
	const struct fetch_request *from = &line->request;
	struct http_request request = { .url = from->url,
		                        .headers = headers,
		                        .n_headers = from->n_headers,
		                        .max_bytes = from->max_bytes,
		                        .redirects = from->redirects,
		                        .sent_out = &line->sent };
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	for (size_t i = 0; i < from->n_headers; i++)
		headers[i] = (struct http_header){ rp_slice_str(from->headers[i].name),
			                           from->headers[i].value };
	if (line_obeys(line))
		request.may_hop = line_may_hop;
	if (from->authorised)
		request.secret = line->source->token;
	line->tries++;
	line->reached++;
	line->does = LINE_ASKS;
	st = http_add(line->gather->options.http, &request, line_answered, line, &err);
	if (st == RP_OK)
		return;
	line->reached--;
	end_without_request(line, st, &err);
}

void
line_ask(struct line *line)
{
	const struct gather_source *refused;

	if (line->does == LINE_READY && !find_next(line))
		return;
	refused = line->request.authorised ? who_was_refused(line) : NULL;
	if (refused != NULL)
		line_end(line, SOURCE_FAILED, "not asked: its token was refused to %.*s",
		         RP_FMT(refused->source->name));
	else if (line->request.authorised && line->source->token.n > 0 &&
	         !is_its_turn(line))
		hold(line);
	else if (line_may_ask(line) && reserve(line))
		send(line);
}

/* ---- again --------------------------------------------------------------------- */

static uint64_t
jitter(const struct line *line)
{
	const int64_t seed[] = { rp_monotonic_ms(), line->tries,
		                 (int64_t)line->gather->begun };

	return hash_seeded(rp_slice_from((const char *)seed, sizeof(seed))) ^
	       hash_seeded(line->source->source->name);
}

void
line_again(struct line *line, int status, int64_t after_ms, const char *words)
{
	const struct gather_hooks *hooks = line->gather->hooks;
	const struct retry retry = { .tries = line->tries,
		                     .status = status,
		                     .after_ms = after_ms,
		                     .random = jitter(line) };
	const int64_t wait = retry_wait_ms(&retry);
	const int64_t ask_after = wait < 0 ? after_ms : wait;

	if (wait >= 0 && wait <= line->gather->options.patience_ms) {
		line->until = rp_monotonic_ms() + wait;
		line->does = LINE_WAITS;
		return;
	}
	if (ask_after > 0) {
		const int64_t at = hooks->now(hooks->context) + ask_after * 1000;

		line->not_before = at > line->not_before ? at : line->not_before;
	}
	if (line->tries == 1)
		line_end(line, SOURCE_LATER, "%s", words);
	else
		line_end(line, SOURCE_LATER, "%s, %u times", words, line->tries);
}
