/*
 * Posts of an account, or with a tag.
 *
 * The first run reads the newest page and notes its newest post, the top, and the page
 * behind it.  From then on what is newer is read forward from the top (min_id), page
 * after page, so that there is no middle that could be forgotten; and what is older
 * backward (max_id) until it ends, page after page too, over as many runs as it takes.
 *
 * What a server puts in behind the top later (posts it heard of late) is seen neither
 * way: only the contexts of followed threads show that.
 */
#include "core/collect/fetch-masto.h"

#include "core/base/ascii.h"
#include "core/base/url.h"

#include <inttypes.h>

enum { LIMIT = 40, DIGITS_OF_TIME = 17, VAIN_RUNS = 3 };

/* What stands on a page. */
struct page_seen {
	size_t n;
	struct rp_slice first, newest; /* ids; the newest that can be believed */
	struct rp_slice last;          /* the oldest, where ids can be compared */
	int64_t newest_at, oldest_at;
	bool known; /* the top or something older is on it */
};

/* Whose posts the list's are; empty: anybody's. */
static struct rp_slice
owner_of(struct rp_slice list)
{
	const struct rp_slice account = RP_LIT("account:");

	return rp_slice_starts(list, account) ? rp_slice_skip(list, account.n)
	                                      : RP_SLICE("");
}

static void
ask_first(struct fetcher *f, struct rp_slice list)
{
	struct rp_slice owner = owner_of(list);

	buf_add(&f->url, f->instance);
	if (owner.n > 0) {
		buf_add_str(&f->url, "/api/v1/accounts/");
		url_escape(&f->url, owner, "");
		buf_add_str(&f->url, "/statuses");
	} else {
		buf_add_str(&f->url, "/api/v1/timelines/tag/");
		buf_add(&f->url, rp_slice_skip(list, 4));
	}
	buf_printf(&f->url, "?limit=%d", LIMIT);
}

/* The newest post that was seen; empty: none. */
static struct rp_slice
top_of(struct fetcher *f, struct rp_slice list, int64_t *at)
{
	struct rp_slice value = notes_get(&f->notes, "top", list);

	*at = note_number(&value, RP_TIME_UNKNOWN);
	return masto_is_id(value) ? value : RP_SLICE("");
}

/* The page to go on with backward; empty: all was read. */
static struct rp_slice
behind(struct fetcher *f, struct rp_slice list, int64_t *edge)
{
	struct rp_slice value = notes_get(&f->notes, "back", list);

	*edge = note_number(&value, RP_TIME_UNKNOWN);
	return *edge != RP_TIME_UNKNOWN && link_is_below(value, f->instance)
	               ? value
	               : RP_SLICE("");
}

void
masto_ask_list(struct fetcher *f, const struct fetch_job *job)
{
	struct rp_slice top;
	int64_t ignored;

	if (job->kind == JOB_BACK) {
		buf_add(&f->url, behind(f, job->subject, &ignored));
	} else if (f->go_on.n > 0) {
		buf_add(&f->url, f->go_on);
	} else {
		top = top_of(f, job->subject, &ignored);
		ask_first(f, job->subject);
		if (top.n > 0)
			buf_add_str(&f->url, "&min_id=");
		url_escape(&f->url, top, "");
	}
}

/* ---- one page --------------------------------------------------------------- */

static bool
is_number(struct rp_slice id)
{
	uint64_t ignored;

	return rp_slice_u64(id, &ignored);
}

/* Ids made of a time can be compared; others cannot. */
static int
cmp_ids(struct rp_slice a, struct rp_slice b)
{
	return a.n != b.n ? (a.n > b.n) - (a.n < b.n) : rp_slice_cmp(a, b);
}

/* An id of next year would make us wait until then for anything newer. */
static bool
is_believable(struct rp_slice id, int64_t at)
{
	uint64_t number;

	if (!rp_slice_u64(id, &number) || id.n < DIGITS_OF_TIME)
		return true;
	return (int64_t)(number >> 16) <= (at + RP_DAY) / 1000;
}

static void
look_at_page(struct fetcher *f, struct rp_slice list, struct rp_slice top, int64_t at,
             struct page_seen *seen)
{
	struct json_each each = json_each(&f->api.doc, JSON_ROOT);
	struct rp_slice id;
	int64_t made, disorder = 0;

	*seen = (struct page_seen){ .newest_at = RP_TIME_UNKNOWN,
		                    .oldest_at = RP_TIME_UNKNOWN };
	while (json_next(&each)) {
		id = api_word(&f->api, each.value, "id");
		if (!masto_is_id(id))
			continue;
		made = api_time(&f->api, each.value, "created_at");
		if (seen->n++ == 0)
			seen->first = id;
		if (seen->last.n == 0 || !is_number(id) || !is_number(seen->last) ||
		    cmp_ids(id, seen->last) < 0)
			seen->last = id;
		seen->known = seen->known ||
		              (is_number(id) && is_number(top) && cmp_ids(id, top) <= 0);
		if (is_believable(id, at) &&
		    (seen->newest.n == 0 ||
		     (is_number(id) && cmp_ids(id, seen->newest) > 0)))
			seen->newest = id;
		if (made != RP_TIME_UNKNOWN && made <= at && made > seen->newest_at)
			seen->newest_at = made;
		if (made != RP_TIME_UNKNOWN &&
		    (seen->oldest_at == RP_TIME_UNKNOWN || made < seen->oldest_at))
			seen->oldest_at = made;
		if (made != RP_TIME_UNKNOWN && made <= at &&
		    made - seen->oldest_at > disorder)
			disorder = made - seen->oldest_at;
		masto_note_status(f, each.value, owner_of(list));
	}
	/* As far as posts of this page stand above older ones, those of the next may. */
	if (seen->oldest_at != RP_TIME_UNKNOWN)
		seen->oldest_at += disorder;
}

static void
note_top(struct fetcher *f, struct rp_slice list, const struct page_seen *seen,
         int64_t at)
{
	struct rp_slice value, top;
	int64_t before;

	top = top_of(f, list, &before);
	if (seen->newest.n == 0 ||
	    (is_number(top) && is_number(seen->newest) && cmp_ids(seen->newest, top) < 0))
		return;
	if (seen->newest_at > before)
		before = seen->newest_at;
	if (before == RP_TIME_UNKNOWN)
		before = at;
	if (arena_printf(f->api.arena, &value, "%" PRId64 " %.*s", before,
	                 (int)seen->newest.n, seen->newest.p))
		notes_set(&f->notes, "top", list, value);
}

static void
note_behind(struct fetcher *f, struct rp_slice list, int64_t edge, struct rp_slice url)
{
	struct rp_slice value;

	if (url.n == 0 || !arena_printf(f->api.arena, &value, "%" PRId64 " %.*s", edge,
	                                (int)url.n, url.p))
		notes_drop(&f->notes, "back", list);
	else
		notes_set(&f->notes, "back", list, value);
}

/* The address of what is older than a page. */
static struct rp_slice
behind_last(struct fetcher *f, struct rp_slice list, const struct page_seen *seen)
{
	struct rp_slice made = RP_SLICE("");

	buf_clear(&f->url);
	ask_first(f, list);
	buf_add_str(&f->url, "&max_id=");
	url_escape(&f->url, seen->last, "");
	return arena_copy(f->api.arena, buf_slice(&f->url), &made) ? made : RP_SLICE("");
}

/* It goes on further down than behind the oldest post of the page. */
static bool
leaps(struct rp_slice url, const struct page_seen *seen)
{
	const struct rp_slice name = RP_LIT("max_id=");
	size_t at = rp_slice_find(url, name), n = 0;
	struct rp_slice id;

	if (at == url.n || !is_number(seen->last))
		return false;
	id = rp_slice_skip(url, at + name.n);
	n = ascii_digits(id);
	return n > 0 && cmp_ids(rp_slice_from(id.p, n), seen->last) < 0;
}

/* The next older page: the server's address of it; made by us where it gives none at all
 * to anything, or leaves posts out; empty: there is none. */
static struct rp_slice
older(struct fetcher *f, struct rp_slice list, const struct page_seen *seen,
      const struct fetch_answer *answer)
{
	struct rp_slice header = answer->header(answer, "Link");
	struct rp_slice url = link_find(header, "next");

	if (link_is_below(url, f->instance) && !leaps(url, seen))
		return url;
	/* A server that stops behind a whole page is asked for what comes then. */
	if (seen->n == 0 || (header.n > 0 && url.n == 0 && seen->n < LIMIT))
		return RP_SLICE("");
	return behind_last(f, list, seen);
}

/* ---- forward ---------------------------------------------------------------- */

/* The newest page of a list that was never read. */
static void
begin(struct fetcher *f, struct fetch_job *job, const struct page_seen *seen,
      const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct rp_slice url = older(f, job->subject, seen, answer);
	int64_t edge = seen->oldest_at;

	if (edge == RP_TIME_UNKNOWN || edge > answer->at)
		edge = answer->at;
	if (seen->n > 0)
		note_top(f, job->subject, seen, answer->at);
	taken_cover(taken, job->more, edge, answer->at);
	if (f->since != RP_TIME_UNKNOWN && edge <= f->since)
		url = RP_SLICE("");
	if (url.n > 0)
		taken_gap(taken, job->more, f->since, edge, "not read yet");
	note_behind(f, job->subject, edge, url);
	masto_drop(f);
}

/* The address of the page that is newer than this one. */
static struct rp_slice
newer(struct fetcher *f, struct rp_slice list, const struct page_seen *seen,
      const struct fetch_answer *answer)
{
	struct rp_slice url = link_find(answer->header(answer, "Link"), "prev");
	struct rp_slice made = RP_SLICE("");

	if (seen->n == 0)
		return made;
	if (link_is_below(url, f->instance) && is_believable(seen->first, answer->at))
		return arena_copy(f->arena, url, &made) ? made : RP_SLICE("");
	buf_clear(&f->url);
	ask_first(f, list);
	buf_add_str(&f->url, "&min_id=");
	url_escape(&f->url, seen->newest.n > 0 ? seen->newest : seen->first, "");
	return arena_copy(f->arena, buf_slice(&f->url), &made) ? made : RP_SLICE("");
}

static void
forward(struct fetcher *f, struct fetch_job *job, const struct page_seen *seen,
        int64_t from, const struct fetch_answer *answer, struct fetch_taken *taken)
{
	enum paging_verdict verdict;
	struct rp_slice url = newer(f, job->subject, seen, answer);

	verdict = paging_next(f->paging, answer->body, seen->n, url);
	note_top(f, job->subject, seen, answer->at);
	/* Something older than what was asked for: the server gives its newest posts
	 * whatever it is asked, and these are all since then. */
	if (seen->known || verdict == PAGING_END) {
		taken_cover(taken, job->more, from, answer->at);
		masto_drop(f);
		return;
	}
	if (verdict == PAGING_ON) {
		taken_cover(taken, job->more, from, seen->newest_at);
		f->go_on = url;
		return;
	}
	taken_gap(taken, job->more, from, answer->at, paging_why(verdict));
	masto_drop(f);
}

/* ---- backward --------------------------------------------------------------- */

/* Pages that lead nowhere: the next runs try again from here, but not for ever. */
static void
note_vain(struct fetcher *f, struct rp_slice list, const struct page_seen *seen,
          int64_t edge)
{
	struct rp_slice value = notes_get(&f->notes, "vain", list), url;
	const int64_t runs = note_number(&value, 0) + 1;
	int64_t ignored;

	url = seen->n > 0 ? behind_last(f, list, seen) : behind(f, list, &ignored);
	if (runs >= VAIN_RUNS || !arena_copy(f->api.arena, url, &url))
		url = RP_SLICE("");
	note_behind(f, list, edge, url);
	if (url.n > 0)
		notes_set_number(&f->notes, "vain", list, runs);
	else
		notes_drop(&f->notes, "vain", list);
}

static void
backward(struct fetcher *f, struct fetch_job *job, const struct page_seen *seen,
         const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct rp_slice url = older(f, job->subject, seen, answer);
	enum paging_verdict verdict = paging_next(f->paging, answer->body, seen->n, url);
	int64_t above, edge;
	bool old;

	(void)behind(f, job->subject, &above);
	edge = seen->oldest_at != RP_TIME_UNKNOWN && seen->oldest_at < above
	               ? seen->oldest_at
	               : above;
	old = f->since != RP_TIME_UNKNOWN && edge <= f->since;
	if (f->since != RP_TIME_UNKNOWN && (old || verdict == PAGING_END))
		taken_cover(taken, job->more, f->since, above);
	else if (verdict == PAGING_END)
		taken_cover_all(taken, job->more, above);
	else
		taken_cover(taken, job->more, edge, above);
	if (!old && verdict == PAGING_ON) {
		taken_gap(taken, job->more, f->since, edge, "not read yet");
		note_behind(f, job->subject, edge, url);
		return;
	}
	if (!old && verdict != PAGING_END) {
		taken->remark = rp_slice_str(paging_why(verdict));
		taken_gap(taken, job->more, f->since, edge, paging_why(verdict));
		note_vain(f, job->subject, seen, edge);
	} else {
		note_behind(f, job->subject, edge, RP_SLICE(""));
		notes_drop(&f->notes, "vain", job->subject);
	}
	masto_drop(f);
}

/* ---- answers ---------------------------------------------------------------- */

/* An address that the server gave, or a post it knew, means nothing to it any more. */
static bool
lost_place(struct fetcher *f, struct fetch_job *job, const struct fetch_answer *answer,
           struct fetch_taken *taken)
{
	int64_t ignored;

	if ((answer->status != 400 && answer->status != 422) || job->restarted ||
	    top_of(f, job->subject, &ignored).n == 0)
		return false;
	job->restarted = true;
	job->kind = JOB_FORWARD;
	notes_drop(&f->notes, "top", job->subject);
	notes_drop(&f->notes, "back", job->subject);
	(void)jobs_insert(&f->jobs, true, JOB_BACK, job->subject, job->more);
	f->paging = paging_free(f->paging);
	f->go_on = RP_SLICE("");
	taken->remark = RP_SLICE("the server does not know any more where we were: read "
	                         "from the top again");
	return true;
}

static void
refused(struct fetcher *f, struct fetch_job *job, const struct fetch_answer *answer,
        struct fetch_taken *taken)
{
	/* Whether there is such an account says the look-up of it. */
	if (answer->status == 404) {
		taken->then = FETCH_AGAIN;
		return;
	}
	if (answer->status == 410 && key_is_account(job->more)) {
		if (f->api.doc.n > 0) {
			masto_keep(taken);
			taken->options = api_options(&f->api, "asked", job->more);
		}
		taken_look(taken, job->more, "masto", LOOK_GONE);
	}
	masto_give_up(f, "%.*s does not show %.*s (status %d)", RP_FMT(f->host),
	              RP_FMT(job->subject), answer->status);
}

void
masto_take_list(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct rp_slice top;
	struct page_seen seen;
	int64_t from;

	if (reply == API_REFUSED) {
		if (!lost_place(f, job, answer, taken))
			refused(f, job, answer, taken);
		return;
	}
	if (json_type(&f->api.doc, JSON_ROOT) != JSON_ARRAY || f->paging == NULL) {
		taken->then = FETCH_AGAIN;
		return;
	}
	top = top_of(f, job->subject, &from);
	if (!arena_copy(f->api.arena, top, &top))
		top = RP_SLICE("");
	look_at_page(f, job->subject, top, answer->at, &seen);
	if (seen.n > 0)
		masto_keep(taken);
	if (job->kind == JOB_BACK)
		backward(f, job, &seen, answer, taken);
	else if (top.n == 0)
		begin(f, job, &seen, answer, taken);
	else
		forward(f, job, &seen, from, answer, taken);
}
