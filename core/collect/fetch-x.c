/*
 * A source that asks X's API v2: who is asked for next, and what an answer leads to.
 */
#include "core/collect/fetch-x.h"

#include "core/model/key.h"

#include <stdlib.h>

enum { ARENA_MAX = 64 << 20, SCRATCH_MAX = 64 << 20, TEXT_MAX = 8 << 20 };

/* ---- opening --------------------------------------------------------------- */

static struct fetcher *
x_close(struct fetcher *x)
{
	if (x == NULL)
		return NULL;
	for (size_t i = 0; i < x->n_lists; i++)
		fx_list_forget_pages(&x->lists[i]);
	json_done(&x->doc);
	buf_done(&x->url);
	buf_done(&x->cursor);
	buf_done(&x->options);
	buf_done(&x->words);
	map_free(x->wants);
	arena_free(x->scratch);
	arena_free(x->arena);
	free(x);
	return NULL;
}

static struct fetcher *
x_new(const struct source *source, const struct archive_view *view, int64_t now)
{
	struct fetcher *x = calloc(1, sizeof(*x));

	if (x == NULL)
		return NULL;
	x->source = source;
	x->view = view;
	x->now = now;
	json_init(&x->doc);
	buf_init(&x->url, TEXT_MAX);
	buf_init(&x->cursor, TEXT_MAX);
	buf_init(&x->options, TEXT_MAX);
	buf_init(&x->words, TEXT_MAX);
	x->arena = arena_new(ARENA_MAX);
	x->scratch = arena_new(SCRATCH_MAX);
	x->wants = map_new();
	if (x->arena == NULL || x->scratch == NULL || x->wants == NULL)
		return x_close(x);
	return x;
}

static enum rp_status
x_open(const struct source *source, struct rp_slice cursor,
       const struct archive_view *view, int64_t now, struct fetcher **out,
       struct rp_error *err)
{
	struct fetcher *x = x_new(source, view, now);
	enum rp_status st;

	if (x == NULL)
		return rp_fail_memory(err);
	st = fx_plan(x, err);
	if (st == RP_OK)
		st = fx_cursor_read(x, cursor, err);
	if (st == RP_OK)
		st = fx_plan_looks(x, err);
	if (st != RP_OK) {
		x_close(x);
		return st;
	}
	*out = x;
	return RP_OK;
}

/* ---- who is next ----------------------------------------------------------- */

static bool
ask_users(struct fetcher *x)
{
	size_t n = 0;

	while (n < FX_PAGE_POSTS && fx_nameless(x, n) != NULL)
		n++;
	if (n == 0)
		return false;
	x->asking = FX_USERS;
	x->n_asking = n;
	return true;
}

static bool
ask_posts(struct fetcher *x, size_t until)
{
	if (x->asked >= until)
		return false;
	x->asking = FX_LOOK;
	x->n_asking = until - x->asked;
	if (x->n_asking > FX_PAGE_POSTS)
		x->n_asking = FX_PAGE_POSTS;
	return true;
}

static bool
ask_list(struct fetcher *x, int64_t now)
{
	for (size_t i = 0; i < x->n_lists; i++)
		if (!x->lists[i].done && x->lists[i].id.n > 0) {
			x->asking = FX_LIST;
			x->list = i;
			fx_list_begin(x, &x->lists[i], now);
			return true;
		}
	return false;
}

static bool
ask(struct fetcher *x, int64_t now)
{
	if (x->asking != FX_NOTHING || ask_users(x) || ask_posts(x, x->first) ||
	    ask_list(x, now))
		return true;
	fx_want_singles(x);
	fx_want_due(x, now);
	fx_want_missing(x);
	return ask_posts(x, map_count(x->wants));
}

static enum rp_status
x_next(struct fetcher *x, int64_t now, struct fetch_request *out, struct rp_error *err)
{
	if (ask(x, now))
		return fx_request(x, now, out, err);
	if (x->trouble.status != RP_OK)
		return rp_fail(err, x->trouble.status, "%s", x->trouble.text);
	return RP_END;
}

/* Single posts and names are asked for as many at a time as there is money for. */
static bool
x_fewer(struct fetcher *x, uint64_t most_units)
{
	if ((x->asking != FX_LOOK && x->asking != FX_USERS) || most_units == 0)
		return false;
	if (x->n_asking > most_units)
		x->n_asking = (size_t)most_units;
	return true;
}

/* ---- answers --------------------------------------------------------------- */

/* "asked=x:19…\n" for each. */
static void
add_asked(struct fetcher *x, const struct fetch_taken *taken)
{
	buf_clear(&x->options);
	for (size_t i = 0; i < taken->n_looks; i++) {
		buf_add_str(&x->options, "asked=");
		buf_add(&x->options, taken->looks[i].key);
		buf_add_byte(&x->options, '\n');
	}
}

static enum rp_status
keep(struct fetcher *x, const struct fetch_answer *answer, struct fetch_taken *taken,
     struct rp_error *err)
{
	enum rp_status st;

	fx_want_more(x, answer);
	add_asked(x, taken);
	st = fx_cursor_write(x, err);
	if (st != RP_OK)
		return st;
	taken->keep = true;
	taken->format = RP_SLICE("x");
	taken->options = buf_slice(&x->options);
	taken->has_cursor = true;
	taken->cursor = buf_slice(&x->cursor);
	x->asking = FX_NOTHING;
	return RP_OK;
}

static enum rp_status
take_page(struct fetcher *x, const struct fetch_answer *answer, struct fetch_taken *taken,
          struct rp_error *err)
{
	enum rp_status st;

	if (x->asking == FX_LIST)
		st = fx_list_take(x, answer, taken, err);
	else if (x->asking == FX_LOOK)
		st = fx_look_take(x, answer, taken, err);
	else
		st = fx_users_take(x, answer, taken, err);
	return st == RP_OK ? keep(x, answer, taken, err) : st;
}

/* This request never works: what it was for is over in this run, all else goes on. */
static void
give_up(struct fetcher *x, const struct rp_error *why)
{
	struct fx_list *list;

	x->trouble = *why;
	x->trouble.status = RP_BAD_SOURCE;
	if (x->asking == FX_LIST)
		x->lists[x->list].done = true;
	else if (x->asking == FX_LOOK)
		fx_look_over(x);
	else
		while ((list = fx_nameless(x, 0)) != NULL)
			list->done = true;
	x->asking = FX_NOTHING;
}

static enum rp_status
x_take(struct fetcher *x, const struct fetch_answer *answer, struct fetch_taken *taken,
       struct rp_error *err)
{
	struct rp_error why = { .text = "" };
	enum rp_status st;

	switch (fx_judge(x, answer, &taken->not_before, &why)) {
	case FX_PAGE:
		return take_page(x, answer, taken, err);
	case FX_GONE:
		st = fx_list_gone(x, answer, taken, err);
		return st == RP_OK ? keep(x, answer, taken, err) : st;
	case FX_AGAIN:
		taken->then = FETCH_AGAIN;
		return RP_OK;
	case FX_VOCABULARY:
		x->vocabulary = x->vocabulary == FX_TWEET ? FX_POST : FX_TWEET;
		x->vocabulary_tried = true;
		return RP_OK;
	case FX_BAD_TOKEN:
		fx_list_retry(&x->lists[x->list], false);
		return RP_OK;
	case FX_BAD_BOUND:
		fx_list_retry(&x->lists[x->list], true);
		return RP_OK;
	case FX_REFUSED:
		give_up(x, &why);
		return RP_OK;
	case FX_LATER:
		/* A cap is that of the project, whichever source met it. */
		taken->payer_refused = taken->not_before != 0;
		st = rp_fail(err, RP_RETRY_LATER, "%s", why.text);
		if (err != NULL)
			err->retry_at = taken->not_before;
		return st;
	case FX_STOP:
		break;
	}
	taken->payer_refused = true;
	return rp_fail(err, RP_BAD_SOURCE, "%s", why.text);
}

const struct fetcher_ops x_fetcher = {
	.name = "x",
	.summary = "posts, searches and conversations of X, by its API v2",
	.settings = fetch_x_settings,
	.needs_token = true,
	.open = x_open,
	.next = x_next,
	.take = x_take,
	.fewer = x_fewer,
	.close = x_close,
};
