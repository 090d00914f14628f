/*
 * Listings: how far they were read, what is covered by that, what was missed.
 *
 * Covered is a stretch only when every page of it was had.  So after each page it is what
 * lies between that page's oldest post and the moment the pass began; after the last one
 * it reaches back to where the pass before it began.
 */
#include "core/collect/fetch-x.h"
#include "core/model/key.h"

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
	const int64_t low = list->low ? fx_time_of(list->low) : list->began;
	const int64_t from = wanted_from(x, list);

	cover(x, list, taken, low > from ? low : from, list->began, NULL);
	if (why == NULL && from > FX_BEGINNING)
		why = "not read yet";
	if (why != NULL)
		cover(x, list, taken, from, low, why);
}

/* ---- a pass ---------------------------------------------------------------- */

static void
forget_pass(struct fx_list *list)
{
	list->began = RP_TIME_UNKNOWN;
	list->top = list->low = list->read = 0;
	list->stuck = 0;
	list->asked_below = false;
	list->token = RP_SLICE("");
	list->paging = paging_free(list->paging);
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
	list->paging = paging_free(list->paging);
	if (!without_bound) {
		list->token_failed = true;
		return;
	}
	list->unbounded = true;
	forget_pass(list);
}

/* What a page's posts say about how far we are. */
struct span {
	size_t n;       /* posts, of whatever sort */
	size_t counted; /* those that may be of this listing */
	uint64_t newest, oldest;
	bool in_order; /* newest first */
};

static struct span
span_of(struct fetcher *x, const struct fx_list *list, int64_t at)
{
	/* A clock that is wrong by a day is thinkable; a post out of next year is not. */
	const uint64_t latest = fx_id_at(at + RP_DAY);
	struct fx_posts posts = fx_posts(x);
	struct span span = { .in_order = true };
	struct fx_post post;
	uint64_t last = UINT64_MAX;

	while (fx_post_next(&posts, &post) && !post.included) {
		span.n++;
		if (post.number > latest ||
		    (list->kind == FX_ACCOUNT && post.author.n > 0 &&
		     !rp_slice_eq(post.author, list->id)))
			continue;
		if (post.number > last && post.number - last > SLACK)
			span.in_order = false;
		last = post.number;
		if (span.counted == 0 || post.number < span.oldest)
			span.oldest = post.number;
		if (post.number > span.newest)
			span.newest = post.number;
		span.counted++;
	}
	return span;
}

static enum rp_status
begin_pass(struct fx_list *list, const struct span *span, int64_t at,
           struct rp_error *err)
{
	if (list->began == RP_TIME_UNKNOWN) {
		list->began = at;
		list->top = list->since;
		list->low = list->read = 0;
	}
	/* The newest of the first page that has a post: empty ones may come before it. */
	if (list->low == 0 && span->newest > list->top)
		list->top = span->newest;
	if (list->paging == NULL)
		list->paging = paging_new(PAGES_MOST, EMPTY_MOST);
	return list->paging != NULL ? RP_OK : rp_fail_memory(err);
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

/* Pages follow one another downwards.  One that is in disorder proves nothing about what
 * lies below its newest post; too high costs a repeat, too low a hole. */
static void
go_down(const struct fetcher *x, struct fx_list *list, const struct span *span)
{
	list->read += used_up(x, list, span);
	list->asked_below = list->asked_below && span->n == 0;
	if (span->counted == 0)
		return;
	if (span->in_order)
		list->low = span->oldest;
	else if (list->low == 0 || span->newest > list->low)
		list->low = span->newest;
}

static enum rp_status
keep_token(struct fetcher *x, struct fx_list *list, struct rp_slice next,
           struct rp_error *err)
{
	list->token = RP_SLICE("");
	if (next.n <= FX_TOKEN_MAX && !arena_copy(x->arena, next, &list->token))
		return rp_fail_memory(err);
	return RP_OK;
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
 * way three times stays a gap, so that what is new gets through. */
static void
break_off(struct fetcher *x, struct fx_list *list, const char *why,
          struct fetch_taken *taken)
{
	cover_part(x, list, taken, why);
	taken->remark = rp_slice_str(why);
	list->token = RP_SLICE("");
	list->done = true;
	if (++list->stuck < STUCK_MOST)
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
	list->paging = paging_free(list->paging);
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

enum rp_status
fx_list_take(struct fetcher *x, const struct fetch_answer *answer,
             struct fetch_taken *taken, struct rp_error *err)
{
	struct fx_list *list = &x->lists[x->list];
	const uint32_t meta = json_get(&x->doc, JSON_ROOT, RP_SLICE("meta"));
	const struct rp_slice next = fx_text(x, meta, "next_token");
	const struct span span = span_of(x, list, answer->at);
	const uint64_t since = fx_since(list);
	enum paging_verdict verdict;
	enum rp_status st;

	st = begin_pass(list, &span, answer->at, err);
	if (st == RP_OK)
		st = keep_token(x, list, next, err);
	if (st != RP_OK)
		return st;
	go_down(x, list, &span);
	verdict = paging_next(list->paging, answer->body, span.n, next);
	if (next.n == 0 || (span.counted > 0 && span.newest < since))
		verdict = PAGING_END;
	if (verdict == PAGING_ON)
		cover_part(x, list, taken, NULL);
	else if (verdict == PAGING_END && !list->asked_below &&
	         is_doubtful_end(x, list, &span))
		doubt_end(x, list, taken);
	else if (verdict == PAGING_END)
		end_pass(x, list, taken);
	else
		break_off(x, list, paging_why(verdict), taken);
	taken->units = span.n;
	return RP_OK;
}

enum rp_status
fx_list_gone(struct fetcher *x, const struct fetch_answer *answer,
             struct fetch_taken *taken, struct rp_error *err)
{
	struct fx_list *list = &x->lists[x->list];
	const struct span none = { .n = 0 };
	enum rp_status st = begin_pass(list, &none, answer->at, err);

	if (st != RP_OK)
		return st;
	cover_part(x, list, taken, "X does not show it");
	taken->remark = RP_SLICE("X does not show it");
	if (list->read == 0)
		forget_pass(list);
	list->done = true;
	return RP_OK;
}
