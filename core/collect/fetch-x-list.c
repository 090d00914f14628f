/*
 * Listings: how far they were read, what is covered by that, what was missed.
 *
 * Covered is a stretch only when every page of it was had.  So after each page it is what
 * lies between that page's oldest post and the moment the pass began; after the last one
 * it reaches back to where the pass before it began.
 */
#include "core/collect/fetch-x.h"
#include "core/model/key.h"

#include <stdio.h>

#define REPEATED "X's pages repeat what is known"
#define EMPTY_END "X listed nothing, as it sometimes does where something is excluded"

enum { PAGES_MOST = 2000, EMPTY_MOST = 10, STUCK_MOST = 3 };

/* Ids are in order but for some seconds. */
#define SLACK (UINT64_C(5000) << 22)

/* ---- what coverage is of --------------------------------------------------- */

struct rp_slice
fx_subject(struct fetcher *x, const struct fx_list *list)
{
	struct rp_slice subject = RP_SLICE("");

	buf_clear(&x->words);
	switch (list->kind) {
	case FX_ACCOUNT:
		buf_printf(&x->words, "x:@%.*s%s%s", RP_FMT(list->id),
		           x->no_replies ? " without replies" : "",
		           x->no_reposts ? " without reposts" : "");
		break;
	case FX_QUERY:
		buf_add_str(&x->words, "query:");
		buf_add(&x->words, list->id);
		break;
	case FX_CONVERSATION:
		buf_printf(&x->words, "conversation:x:%.*s", RP_FMT(list->id));
		break;
	case FX_QUOTES:
		buf_printf(&x->words, "quotes:x:%.*s", RP_FMT(list->id));
		break;
	}
	(void)!arena_copy(x->scratch, buf_slice(&x->words), &subject);
	return subject;
}

static void
cover(struct fetcher *x, const struct fx_list *list, struct fetch_taken *taken,
      int64_t from, int64_t until, const char *why)
{
	struct coverage *c = &taken->coverage[taken->n_coverage];

	if (from >= until || taken->n_coverage == FETCH_COVERAGE_MAX)
		return;
	*c = (struct coverage){ .subject = fx_subject(x, list),
		                .from = from,
		                .until = until,
		                .gap = why != NULL,
		                .why = rp_slice_str(why) };
	taken->n_coverage++;
}

/* Where the pass began to be of use: when the one before it began; for the first one as
 * far back as was asked for. */
static int64_t
wanted_from(const struct fetcher *x, const struct fx_list *list)
{
	uint64_t root;

	if (list->seen != RP_TIME_UNKNOWN)
		return list->seen;
	if (x->horizon != RP_TIME_UNKNOWN && list->kind != FX_QUOTES)
		return x->horizon;
	if ((list->kind == FX_CONVERSATION || list->kind == FX_QUOTES) &&
	    fx_is_id(list->id, &root))
		return fx_time_of(root);
	if (list->kind == FX_ACCOUNT)
		return FX_BEGINNING;
	/* Nobody asked for more than a search gives by itself. */
	return x->archive ? list->began - 30 * RP_DAY : fx_reach(x, list, list->began);
}

/* The newest that X lists of an account, whatever it is asked for. */
static uint64_t
listed_most(const struct fetcher *x, const struct fx_list *list)
{
	if (list->kind != FX_ACCOUNT)
		return UINT64_MAX;
	return x->no_replies ? 800 : 3200;
}

/* The last page came.  A list as long as X's go was cut off there, perhaps. */
static void
cover_whole(struct fetcher *x, const struct fx_list *list, struct fetch_taken *taken)
{
	const uint64_t most = listed_most(x, list);
	const int64_t reach = fx_reach(x, list, list->began);
	int64_t from = wanted_from(x, list);
	const char *why = "a search of X reaches back seven days: seven-day limit";
	int64_t seen = from > reach ? from : reach;

	if (list->read > most - most / 16 && fx_time_of(list->low) > seen) {
		why = x->no_replies ? "more posts than X lists without replies (800)"
		                    : "more posts than X lists (3200)";
		taken->remark = rp_slice_str(why);
		seen = fx_time_of(list->low);
	}
	cover(x, list, taken, from, seen, why);
	cover(x, list, taken, seen, list->began, NULL);
}

/* What was read of it so far, and what not; why: as it will not be read in this run. */
static void
cover_part(struct fetcher *x, const struct fx_list *list, struct fetch_taken *taken,
           const char *why)
{
	const int64_t at = list->low ? fx_time_of(list->low) : list->began;
	const int64_t low = at < list->began ? at : list->began;
	const int64_t from = wanted_from(x, list);

	cover(x, list, taken, low > from ? low : from, list->began, NULL);
	if (why == NULL && from > FX_BEGINNING)
		why = "not read yet";
	if (why != NULL)
		cover(x, list, taken, from, low, why);
}

/* ---- a pass ---------------------------------------------------------------- */

void
fx_list_forget_pages(struct fx_list *list)
{
	list->paging = paging_free(list->paging);
	list->met = map_free(list->met);
}

static void
forget_pass(struct fx_list *list)
{
	list->began = RP_TIME_UNKNOWN;
	list->top = list->low = list->read = 0;
	list->stuck = 0;
	list->asked_below = false;
	list->token = RP_SLICE("");
	fx_list_forget_pages(list);
}

void
fx_list_begin(const struct fetcher *x, struct fx_list *list, int64_t now)
{
	/* Of an earlier run only: one that is under way is as far back as it says. */
	if (list->paging != NULL || list->began == RP_TIME_UNKNOWN || list->low == 0 ||
	    fx_reach(x, list, now) == FX_BEGINNING ||
	    fx_time_of(list->low) >= fx_reach(x, list, now) + 5 * RP_MINUTE)
		return;
	/* `seen` stays: from there to where a search reaches there will be a gap. */
	list->since = list->top > list->since ? list->top : list->since;
	forget_pass(list);
}

void
fx_list_retry(struct fx_list *list, bool without_bound)
{
	list->token = RP_SLICE("");
	fx_list_forget_pages(list);
	if (!without_bound) {
		list->token_failed = true;
		return;
	}
	list->unbounded = true;
	forget_pass(list);
}

/* What a page's posts say about how far we are. */
struct span {
	size_t n;     /* posts, of whatever sort */
	size_t fresh; /* those of this listing that were not met before */
	/* Of those that may be of this listing and are not ahead of the clock; there are
	 * none: 0, and more than any. */
	uint64_t newest, oldest;
	bool in_order; /* newest first */
};

/* A clock that is wrong by a day is thinkable; a post out of next year is not. */
static bool
is_of_list(const struct fx_list *list, const struct fx_post *post, int64_t at)
{
	return post->number <= fx_id_at(at + RP_DAY) &&
	       (list->kind != FX_ACCOUNT || post->author.n == 0 ||
	        rp_slice_eq(post->author, list->id));
}

/* Not met before?  Without memory it counts as met: we had better stop. */
static bool
is_fresh(struct fetcher *x, struct fx_list *list, uint64_t number)
{
	struct rp_slice key;
	bool fresh = false;

	if (number >= list->floor ||
	    map_get(list->met, rp_slice_from((const char *)&number, sizeof(number))) !=
	            NULL ||
	    !arena_copy(x->arena, rp_slice_from((const char *)&number, sizeof(number)),
	                &key))
		return false;
	return map_put(list->met, key, 0, &fresh) != NULL && fresh;
}

/* One that is ahead of the clock moves nothing: to have it again costs less than what
 * would be taken for read because of it. */
static void
widen(struct span *span, uint64_t number, uint64_t *last)
{
	if (number > *last && number - *last > SLACK)
		span->in_order = false;
	*last = number;
	if (number < span->oldest)
		span->oldest = number;
	if (number > span->newest)
		span->newest = number;
}

static struct span
span_of(struct fetcher *x, struct fx_list *list, int64_t at)
{
	struct fx_posts posts = fx_posts(x);
	struct span span = { .oldest = UINT64_MAX, .in_order = true };
	struct fx_post post;
	uint64_t last = UINT64_MAX;

	while (fx_post_next(&posts, &post) && !post.included) {
		span.n++;
		if (!is_of_list(list, &post, at))
			continue;
		span.fresh += is_fresh(x, list, post.number);
		if (post.number <= fx_id_at(at))
			widen(&span, post.number, &last);
	}
	return span;
}

static enum rp_status
begin_pass(struct fx_list *list, int64_t at, struct rp_error *err)
{
	/* Asked from the top, also where it was before, and nothing came of that: what
	 * is newest is newest now. */
	if (list->began == RP_TIME_UNKNOWN || (list->low == 0 && list->token.n == 0)) {
		list->began = at;
		list->top = list->since;
		list->low = list->read = 0;
	}
	if (list->paging != NULL)
		return RP_OK;
	list->floor = list->low > 0 ? list->low : UINT64_MAX;
	list->paging = paging_new(PAGES_MOST, EMPTY_MOST);
	list->met = map_new();
	return list->paging != NULL && list->met != NULL ? RP_OK : rp_fail_memory(err);
}

/* How many of the newest posts a page used up.  X leaves what we exclude out of a page
 * that it has counted off already: a short page that is not the last one was a full one.
 */
static size_t
used_up(const struct fetcher *x, const struct fx_list *list, const struct span *span)
{
	return list->kind == FX_ACCOUNT && x->no_reposts && list->token.n > 0 &&
	                       span->n < FX_PAGE_POSTS
	               ? FX_PAGE_POSTS
	               : span->n;
}

/* The newest of the first page that has a post.  Empty ones may come before it, and what
 * was posted since they came is read from here on, too. */
static void
set_top(struct fx_list *list, uint64_t newest)
{
	const int64_t made = fx_time_of(newest);

	list->top = list->top > newest ? list->top : newest;
	list->floor = newest + 1;
	list->began = list->began > made ? list->began : made;
}

/* Pages follow one another downwards.  One that is in disorder proves nothing about what
 * lies below its newest post; too high costs a repeat, too low a hole. */
static void
go_down(const struct fetcher *x, struct fx_list *list, const struct span *span)
{
	list->read += used_up(x, list, span);
	list->asked_below = list->asked_below && span->n == 0;
	list->moved = list->moved || span->fresh > 0;
	if (span->newest == 0 || span->fresh == 0)
		return;
	if (list->low == 0)
		set_top(list, span->newest);
	if (span->in_order)
		list->low = span->oldest;
	else if (list->low == 0 || span->newest > list->low)
		list->low = span->newest;
}

/* ---- the way on ------------------------------------------------------------- */

enum way {
	WAY_END,     /* X says that this was the last page */
	WAY_TOKEN,   /* and how the next one is called */
	WAY_UNKNOWN, /* it says nothing that we understand: by ids */
};

static enum way
way_on(struct fetcher *x, struct rp_slice *token_out)
{
	const uint32_t meta = json_get(&x->doc, JSON_ROOT, RP_SLICE("meta"));
	const uint32_t node = json_get(&x->doc, meta, RP_SLICE("next_token"));
	const struct rp_slice token = fx_text(x, meta, "next_token");

	*token_out = RP_SLICE("");
	if (json_type(&x->doc, meta) != JSON_OBJECT)
		return WAY_UNKNOWN;
	if (json_absent(&x->doc, node) ||
	    rp_slice_eq(json_span(&x->doc, node), RP_SLICE("\"\"")))
		return WAY_END;
	if (token.n == 0 || token.n > FX_TOKEN_MAX)
		return WAY_UNKNOWN;
	*token_out = token;
	return WAY_TOKEN;
}

/* All of the page is stored; is what lies below it to be asked for? */
static enum paging_verdict
judge_page(struct fx_list *list, const struct fetch_answer *answer,
           const struct span *span, enum way way, struct rp_slice token)
{
	char low[24];

	(void)snprintf(low, sizeof(low), "%llu", (unsigned long long)list->low);
	if (way == WAY_UNKNOWN)
		token = rp_slice_str(low);
	return paging_next(list->paging, answer->body, span->n, token);
}

static void
end_pass(struct fetcher *x, struct fx_list *list, struct fetch_taken *taken)
{
	cover_whole(x, list, taken);
	list->since = list->top;
	list->seen = list->began;
	/* One of an earlier run: what is new since then comes behind it. */
	list->done = list->began >= x->now;
	forget_pass(list);
}

/* It got nowhere.  The rest is asked for again by the next run, by ids; what was in the
 * way three times stays a gap, so that what is new gets through.  Where nothing was read
 * there is nothing to go on from, and nothing that would be in the way. */
static void
break_off(struct fetcher *x, struct fx_list *list, const char *why,
          struct fetch_taken *taken)
{
	cover_part(x, list, taken, why);
	taken->remark = rp_slice_str(why);
	list->token = RP_SLICE("");
	list->done = true;
	if (list->low == 0) {
		forget_pass(list);
		return;
	}
	list->stuck = list->moved ? 1 : list->stuck + 1;
	if (list->stuck < STUCK_MOST)
		return;
	list->since = list->top;
	list->seen = list->began;
	forget_pass(list);
}

/* Where something is excluded X has answered with an empty page and no way on, though
 * there were older posts: such an end counts only where nothing was to be expected. */
static bool
is_doubtful_end(const struct fetcher *x, const struct fx_list *list,
                const struct span *span)
{
	return list->kind == FX_ACCOUNT && (x->no_replies || x->no_reposts) &&
	       span->n == 0 && (list->low > 0 || list->seen == RP_TIME_UNKNOWN);
}

/* Asked once more, by ids, what lies below; where nothing came at all there is nothing to
 * ask by, and the next run begins anew. */
static void
doubt_end(struct fetcher *x, struct fx_list *list, struct fetch_taken *taken)
{
	fx_list_forget_pages(list);
	if (list->low > 0) {
		list->asked_below = true;
		cover_part(x, list, taken, NULL);
		return;
	}
	cover_part(x, list, taken, EMPTY_END);
	taken->remark = RP_SLICE(EMPTY_END);
	forget_pass(list);
	list->done = true;
}

/* What was read before is reached, whatever X says about further pages. */
static bool
is_passed(const struct fx_list *list, const struct span *span, uint64_t since)
{
	return (span->newest > 0 && span->newest <= since) ||
	       (span->fresh == 0 && list->low > 0 && list->low <= since);
}

/* NULL: nothing stands in the way. */
static const char *
in_the_way(const struct span *span, enum paging_verdict verdict, enum way way)
{
	if (verdict == PAGING_END)
		return NULL;
	if (span->fresh == 0 && (span->n > 0 || way == WAY_UNKNOWN))
		return REPEATED;
	return verdict == PAGING_ON ? NULL : paging_why(verdict);
}

static void
take_list(struct fetcher *x, const struct fetch_answer *answer, const struct span *span,
          enum way way, struct rp_slice token, struct fetch_taken *taken)
{
	struct fx_list *list = &x->lists[x->list];
	const uint64_t since = fx_since(list);
	enum paging_verdict verdict;
	const char *why;

	go_down(x, list, span);
	verdict = judge_page(list, answer, span, way, token);
	if (way == WAY_END || is_passed(list, span, since))
		verdict = PAGING_END;
	why = in_the_way(span, verdict, way);
	if (why != NULL)
		break_off(x, list, why, taken);
	else if (verdict == PAGING_ON)
		cover_part(x, list, taken, NULL);
	else if (!list->asked_below && is_doubtful_end(x, list, span))
		doubt_end(x, list, taken);
	else
		end_pass(x, list, taken);
}

enum rp_status
fx_list_take(struct fetcher *x, const struct fetch_answer *answer,
             struct fetch_taken *taken, struct rp_error *err)
{
	struct fx_list *list = &x->lists[x->list];
	const char *lacks = fx_lacks(x);
	struct rp_slice token;
	const enum way way = way_on(x, &token);
	struct span span;
	enum rp_status st;

	st = begin_pass(list, answer->at, err);
	if (st == RP_OK && !arena_copy(x->arena, token, &list->token))
		st = rp_fail_memory(err);
	if (st != RP_OK)
		return st;
	span = span_of(x, list, answer->at);
	taken->units = fx_count(x);
	/* What is missing may be anywhere: the page is stored, and proves nothing. */
	if (lacks != NULL)
		break_off(x, list, lacks, taken);
	else
		take_list(x, answer, &span, way, token, taken);
	return RP_OK;
}

enum rp_status
fx_list_gone(struct fetcher *x, const struct fetch_answer *answer,
             struct fetch_taken *taken, struct rp_error *err)
{
	struct fx_list *list = &x->lists[x->list];
	enum rp_status st = begin_pass(list, answer->at, err);

	if (st != RP_OK)
		return st;
	cover_part(x, list, taken, "X does not show it");
	taken->remark = RP_SLICE("X does not show it");
	if (list->read == 0)
		forget_pass(list);
	list->done = true;
	return RP_OK;
}
