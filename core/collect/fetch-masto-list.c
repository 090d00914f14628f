/*
 * Posts of an account, or with a tag.
 *
 * The first run reads the newest page and notes its newest post, the top, and the page
 * behind it.  From then on what is newer is read forward from the top (min_id), page
 * after page; and what is older backward (max_id) until it ends, page after page too,
 * over as many runs as it takes.
 *
 * Servers are known to read min_id as since_id, or not at all, and then give the newest
 * page, however much lies below it.  So the top itself is asked for once more, and a page
 * that has neither it nor anything older counts for nothing before the way down from
 * there (max_id) has met it.
 *
 * What a server puts in behind the top later (posts it heard of late) is seen neither
 * way: only the contexts of followed threads show that.
 */
#include "core/collect/fetch-masto.h"

#include "core/base/ascii.h"
#include "core/base/url.h"

#include <inttypes.h>

enum { LIMIT = 40, VAIN_RUNS = 3 };

/* On the way down from a page of new posts to the top. */
struct descent {
	int64_t newest_at;
	struct rp_slice newest; /* the top, once it is done */
	struct rp_slice last;   /* all from here up to the newest was read */
};

static void
ask_first(struct fetcher *f, struct rp_slice list)
{
	struct rp_slice owner = masto_owner(list);

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

static bool
descent_of(struct fetcher *f, struct rp_slice list, struct descent *down)
{
	struct rp_slice value = notes_get(&f->notes, "down", list);

	down->newest_at = note_number(&value, RP_TIME_UNKNOWN);
	down->newest = note_word(&value);
	down->last = note_word(&value);
	return masto_is_id(down->newest) && masto_is_id(down->last);
}

static void
note_descent(struct fetcher *f, struct rp_slice list, const struct descent *down)
{
	struct rp_slice value;

	if (arena_printf(f->api.arena, &value, "%" PRId64 " %.*s %.*s", down->newest_at,
	                 (int)down->newest.n, down->newest.p, (int)down->last.n,
	                 down->last.p))
		notes_set(&f->notes, "down", list, value);
}

/* So that the top comes too, and shows where the page begins.  Of an id that is no number
 * there is none before it. */
static void
ask_from(struct fetcher *f, struct rp_slice top)
{
	uint64_t id;

	buf_add_str(&f->url, "&min_id=");
	if (rp_slice_u64(top, &id) && id > 0)
		buf_printf(&f->url, "%" PRIu64, id - 1);
	else
		url_escape(&f->url, top, "");
}

void
masto_ask_list(struct fetcher *f, const struct fetch_job *job)
{
	struct descent down;
	struct rp_slice top;
	int64_t ignored;

	if (job->kind == JOB_BACK) {
		buf_add(&f->url, behind(f, job->subject, &ignored));
		return;
	}
	ask_first(f, job->subject);
	top = top_of(f, job->subject, &ignored);
	if (descent_of(f, job->subject, &down) && top.n > 0) {
		buf_add_str(&f->url, "&max_id=");
		url_escape(&f->url, down.last, "");
	} else if (top.n > 0 && !f->from_newest) {
		ask_from(f, top);
	}
}

/* ---- one page --------------------------------------------------------------- */

static void
note_top(struct fetcher *f, struct rp_slice list, const struct masto_page *seen,
         int64_t at)
{
	struct rp_slice value, top;
	int64_t before;

	top = top_of(f, list, &before);
	if (seen->newest.n == 0 ||
	    (masto_is_number(top) && masto_is_number(seen->newest) &&
	     masto_cmp_ids(seen->newest, top) < 0))
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
behind_last(struct fetcher *f, struct rp_slice list, const struct masto_page *seen)
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
leaps(struct rp_slice url, const struct masto_page *seen)
{
	const struct rp_slice name = RP_LIT("max_id=");
	size_t at = rp_slice_find(url, name), n = 0;
	struct rp_slice id;

	if (at == url.n || !masto_is_number(seen->last))
		return false;
	id = rp_slice_skip(url, at + name.n);
	n = ascii_digits(id);
	return n > 0 && masto_cmp_ids(rp_slice_from(id.p, n), seen->last) < 0;
}

/* The next older page: the server's address of it; made by us where it gives none at all
 * to anything, or leaves posts out; empty: there is none. */
static struct rp_slice
older(struct fetcher *f, struct rp_slice list, const struct masto_page *seen,
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
begin(struct fetcher *f, struct fetch_job *job, const struct masto_page *seen,
      const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct rp_slice url = older(f, job->subject, seen, answer);
	int64_t edge = seen->edge;

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

/* What lies between the top and a page of new posts is read downward. */
static void
start_down(struct fetcher *f, struct fetch_job *job, const struct masto_page *seen,
           int64_t from, struct fetch_taken *taken)
{
	const struct descent down = { seen->newest_at, seen->newest, seen->last };

	if (down.newest.n == 0) { /* all of it is of the future */
		masto_drop(f);
		return;
	}
	note_descent(f, job->subject, &down);
	f->paging = paging_free(f->paging);
	taken_gap(taken, job->more, from, seen->newest_at, "not read yet");
}

/* The top was met, or is not to be found: go on from the newest post. */
static void
end_down(struct fetcher *f, struct rp_slice list, const struct descent *down, int64_t at)
{
	const struct masto_page seen = { .newest = down->newest,
		                         .newest_at = down->newest_at };

	note_top(f, list, &seen, at);
	notes_drop(&f->notes, "down", list);
	notes_drop(&f->notes, "lost", list);
	f->from_newest = false;
	f->paging = paging_free(f->paging);
}

/* It leads nowhere.  The next run begins it anew; where the list ends above the top, not
 * for ever: that may be deleted, and all that was older. */
static void
fail_down(struct fetcher *f, struct fetch_job *job, const struct descent *down,
          int64_t from, int64_t at, const char *why, bool ended,
          struct fetch_taken *taken)
{
	struct rp_slice value = notes_get(&f->notes, "lost", job->subject);
	const int64_t runs = note_number(&value, 0) + 1;

	taken->remark = rp_slice_str(why);
	taken_gap(taken, job->more, from, down->newest_at, why);
	if (ended && runs >= VAIN_RUNS)
		end_down(f, job->subject, down, at);
	else if (ended)
		notes_set_number(&f->notes, "lost", job->subject, runs);
	notes_drop(&f->notes, "down", job->subject);
	masto_drop(f);
}

static void
go_down(struct fetcher *f, struct fetch_job *job, struct descent *down,
        const struct masto_page *seen, int64_t from, const struct fetch_answer *answer,
        struct fetch_taken *taken)
{
	const bool sinks = !masto_is_number(seen->last) || !masto_is_number(down->last) ||
	                   masto_cmp_ids(seen->last, down->last) < 0;
	enum paging_verdict verdict =
		paging_next(f->paging, answer->body, seen->n, seen->last);

	if (seen->known) {
		taken_cover(taken, job->more, from, down->newest_at);
		end_down(f, job->subject, down, answer->at);
		return;
	}
	if (verdict == PAGING_ON && sinks) {
		down->last = seen->last;
		note_descent(f, job->subject, down);
		taken_gap(taken, job->more, from, down->newest_at, "not read yet");
		return;
	}
	fail_down(f, job, down, from, answer->at,
	          seen->n == 0 ? "the list ended before what it had listed earlier"
	                       : paging_why(verdict == PAGING_ON ? PAGING_LOOP : verdict),
	          seen->n == 0, taken);
}

/* The page goes on from the top upward. */
static void
rise(struct fetcher *f, struct fetch_job *job, struct rp_slice top,
     const struct masto_page *seen, int64_t from, const struct fetch_answer *answer,
     struct fetch_taken *taken)
{
	const bool newer = seen->newest.n > 0 && !rp_slice_eq(seen->newest, top) &&
	                   (!masto_is_number(seen->newest) || !masto_is_number(top) ||
	                    masto_cmp_ids(seen->newest, top) > 0);

	note_top(f, job->subject, seen, answer->at);
	/* Something older than what was asked for: the server gives its newest posts
	 * whatever it is asked, and these are all since then. */
	if (newer && !seen->older) {
		taken_cover(taken, job->more, from, seen->newest_at);
		return;
	}
	taken_cover(taken, job->more, from, answer->at);
	masto_drop(f);
}

static void
forward(struct fetcher *f, struct fetch_job *job, struct rp_slice top,
        const struct masto_page *seen, int64_t from, const struct fetch_answer *answer,
        struct fetch_taken *taken)
{
	struct descent down;

	if (descent_of(f, job->subject, &down)) {
		/* The note is about to be written anew. */
		if (arena_copy(f->api.arena, down.newest, &down.newest) &&
		    arena_copy(f->api.arena, down.last, &down.last))
			go_down(f, job, &down, seen, from, answer, taken);
		else
			taken->then = FETCH_AGAIN;
	} else if (seen->known) {
		rise(f, job, top, seen, from, answer, taken);
	} else if (seen->n > 0) {
		start_down(f, job, seen, from, taken);
	} else if (!f->from_newest) {
		f->from_newest = true; /* not even the top: was it deleted? */
	} else {
		masto_drop(f); /* nothing, where there was something: proves nothing */
	}
}

/* ---- backward --------------------------------------------------------------- */

/* Pages that lead nowhere: the next runs try again from here, but not for ever. */
static void
note_vain(struct fetcher *f, struct rp_slice list, const struct masto_page *seen,
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
backward(struct fetcher *f, struct fetch_job *job, const struct masto_page *seen,
         const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct rp_slice url = older(f, job->subject, seen, answer);
	enum paging_verdict verdict = paging_next(f->paging, answer->body, seen->n, url);
	int64_t above, edge;
	bool old;

	(void)behind(f, job->subject, &above);
	edge = seen->edge != RP_TIME_UNKNOWN && seen->edge < above ? seen->edge : above;
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
	notes_drop(&f->notes, "down", job->subject);
	(void)jobs_insert(&f->jobs, true, JOB_BACK, job->subject, job->more);
	f->paging = paging_free(f->paging);
	f->from_newest = false;
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
	struct masto_page seen;
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
	masto_look_at_page(f, job->subject, job->kind == JOB_BACK ? RP_SLICE("") : top,
	                   answer->at, &seen);
	if (seen.fresh)
		masto_keep(taken);
	if (job->kind == JOB_BACK)
		backward(f, job, &seen, answer, taken);
	else if (top.n == 0)
		begin(f, job, &seen, answer, taken);
	else
		forward(f, job, top, &seen, from, answer, taken);
}
