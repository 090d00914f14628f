/*
 * Feeds, quotes and searches: newest first, page by page.
 *
 * A walk goes down from the newest post until it has passed the newest one of the walk
 * before and everything on a page is known; the first one, and one every `sweep`, to the
 * end, since posts with a date of the past are put in anywhere.  One that does not come
 * to its end is noted with the page to go on with, and comes to it in the next run,
 * before a new one begins: what lies in its middle is never taken for seen.  One that the
 * server leads nowhere, or to an end above where the walk before came, is begun anew by
 * the next runs.
 *
 * How far down a page reaches its newest post says, not its oldest: any post can claim to
 * be from long ago.
 */
#include "core/collect/fetch-bsky.h"

#include "core/base/url.h"

#include <inttypes.h>

/* A server's trouble is taken for that of a noted page after so many times. */
enum { FAILURES = 2 };

/* Walks that led nowhere, and pages of one by which it came no further, before it is left
 * to the next sweep. */
enum { VAIN_WALKS = 3, VAIN_PAGES = 20 };

enum list_kind { LIST_FEED, LIST_QUOTES, LIST_QUERY };

/* Where a walk is. */
struct walk {
	int64_t top;            /* its newest post */
	int64_t edge;           /* all from here up to the top was read */
	int64_t deep;           /* to the end, whatever is known: begun then; 0: not */
	struct rp_slice cursor; /* the next page, percent-encoded; empty: the first */
};

/* What stands on a page. */
struct page_seen {
	size_t n;
	int64_t newest; /* later pages have nothing newer */
	int64_t last;   /* the last one's, if that is held; unknown otherwise */
	bool known;     /* all of it is held */
	bool met;       /* the newest one of the walk before is on it */
};

static enum list_kind
kind_of(struct rp_slice list, struct rp_slice *what)
{
	*what = list;
	if (rp_slice_eq(rp_slice_cut(what, ':'), RP_SLICE("feed")))
		return LIST_FEED;
	return rp_slice_starts(list, RP_SLICE("quotes:")) ? LIST_QUOTES : LIST_QUERY;
}

static int64_t
noted_time(struct fetcher *f, const char *name, struct rp_slice list)
{
	struct rp_slice value = notes_get(&f->notes, name, list);

	return note_number(&value, RP_TIME_UNKNOWN);
}

static bool
is_due(struct fetcher *f, struct rp_slice list)
{
	const int64_t deep = noted_time(f, "deep", list);

	return deep == RP_TIME_UNKNOWN || deep > f->now || f->now - deep >= f->sweep;
}

/* The walk that is under way, or a new one. */
static struct walk
find_walk(struct fetcher *f, struct rp_slice list)
{
	struct rp_slice value = notes_get(&f->notes, "walk", list);
	struct walk walk = { .top = note_number(&value, RP_TIME_UNKNOWN) };

	walk.edge = note_number(&value, RP_TIME_UNKNOWN);
	walk.deep = note_number(&value, 0);
	walk.cursor = value;
	if (walk.edge != RP_TIME_UNKNOWN && url_is_escaped(value))
		return walk;
	return (struct walk){ .top = RP_TIME_UNKNOWN,
		              .edge = RP_TIME_UNKNOWN,
		              .deep = is_due(f, list) ? f->now : 0 };
}

static void
note_walk(struct fetcher *f, struct rp_slice list, const struct walk *walk,
          struct rp_slice cursor)
{
	CLEANUP(buf_done) struct rp_buf value;

	buf_init(&value, NOTE_MAX_BYTES);
	buf_printf(&value, "%" PRId64 " %" PRId64 " %" PRId64 " ", walk->top, walk->edge,
	           walk->deep);
	url_escape(&value, cursor, "");
	if (buf_failed(&value))
		notes_drop(&f->notes, "walk", list);
	else
		notes_set(&f->notes, "walk", list, buf_slice(&value));
}

void
bsky_ask_list(struct fetcher *f, const struct fetch_job *job)
{
	const struct walk walk = find_walk(f, job->subject);
	struct rp_slice what;

	switch (kind_of(job->subject, &what)) {
	case LIST_FEED:
		bsky_url(f, f->base, "app.bsky.feed.getAuthorFeed", "actor", what);
		break;
	case LIST_QUOTES:
		bsky_url(f, f->base, "app.bsky.feed.getQuotes", "uri", what);
		break;
	case LIST_QUERY:
		buf_clear(&f->url);
		buf_add(&f->url, f->base);
		buf_add_str(&f->url, "/xrpc/app.bsky.feed.searchPosts?sort=latest&q=");
		buf_add(&f->url, what);
		break;
	}
	buf_add_str(&f->url, "&limit=100");
	if (walk.cursor.n > 0) {
		buf_add_str(&f->url, "&cursor=");
		buf_add(&f->url, walk.cursor);
	} else if (walk.deep == 0) {
		buf_add(&f->etag, notes_get(&f->notes, "etag", job->subject));
	}
}

/* ---- one page --------------------------------------------------------------- */

/* Where a post stands in a list: when it claims to be from, unless it was seen before. */
static int64_t
place_of(struct fetcher *f, uint32_t post, uint32_t reason)
{
	uint32_t record = json_get(&f->api.doc, post, RP_SLICE("record"));
	int64_t claimed, seen;

	if (!json_absent(&f->api.doc, json_get(&f->api.doc, reason, RP_SLICE("by"))))
		return api_time(&f->api, reason, "indexedAt");
	claimed = api_time(&f->api, record, "createdAt");
	seen = api_time(&f->api, post, "indexedAt");
	if (claimed == RP_TIME_UNKNOWN || (seen != RP_TIME_UNKNOWN && seen < claimed))
		return seen;
	return claimed;
}

static struct rp_slice
uri_of(struct fetcher *f, uint32_t post, uint32_t reason)
{
	struct rp_slice uri = api_word(&f->api, reason, "uri");

	return uri.n > 0 ? uri : api_word(&f->api, post, "uri");
}

static bool
is_held(struct fetcher *f, struct rp_slice uri)
{
	struct rp_slice key = bsky_uri_key(f->api.arena, uri);

	return f->view == NULL || key.n == 0 ||
	       f->view->held(f->view->context, "bsky", key) == HOLDING_HELD;
}

static bool
is_pinned(struct fetcher *f, uint32_t reason)
{
	return json_text_is(&f->api.doc, json_get(&f->api.doc, reason, RP_SLICE("$type")),
	                    RP_SLICE("app.bsky.feed.defs#reasonPin"));
}

static void
look_at_page(struct fetcher *f, uint32_t array, int64_t frontier, int64_t at,
             struct page_seen *seen)
{
	struct json_each each = json_each(&f->api.doc, array);
	struct rp_slice uri;
	uint32_t post, reason;
	int64_t time;
	bool held;

	*seen = (struct page_seen){ .newest = RP_TIME_UNKNOWN,
		                    .last = RP_TIME_UNKNOWN,
		                    .known = true };
	for (; json_next(&each); seen->n++) {
		post = json_get(&f->api.doc, each.value, RP_SLICE("post"));
		reason = json_get(&f->api.doc, each.value, RP_SLICE("reason"));
		post = post == JSON_NONE ? each.value : post;
		uri = uri_of(f, post, reason);
		paging_item(f->paging, uri);
		held = is_held(f, uri);
		seen->known = seen->known && held;
		time = place_of(f, post, reason);
		/* A pinned post stands in front, and one of the future is nowhere. */
		if (time == RP_TIME_UNKNOWN || time > at || is_pinned(f, reason))
			continue;
		if (seen->newest == RP_TIME_UNKNOWN || time > seen->newest)
			seen->newest = time;
		seen->met = seen->met || time == frontier;
		seen->last = held ? time : RP_TIME_UNKNOWN;
	}
}

/* Whose posts they are, for the coverage. */
static struct rp_slice
subject_of(struct fetcher *f, struct rp_slice list)
{
	struct rp_slice what, key, subject = RP_SLICE("");

	switch (kind_of(list, &what)) {
	case LIST_FEED:
		return bsky_did_key(f->api.arena, what);
	case LIST_QUOTES:
		key = bsky_uri_key(f->api.arena, what);
		return arena_join(f->api.arena, RP_SLICE("quotes:"), key, &subject)
		               ? subject
		               : RP_SLICE("");
	case LIST_QUERY:
		return list;
	}
	return subject;
}

/* The walk is over: with the next one it need not come down here again. */
static void
end_walk(struct fetcher *f, struct rp_slice list, const struct walk *walk)
{
	if (walk->deep != 0)
		notes_set_number(&f->notes, "deep", list, walk->deep);
	if (walk->top != RP_TIME_UNKNOWN)
		notes_set_number(&f->notes, "top", list, walk->top);
	notes_drop(&f->notes, "walk", list);
	notes_drop(&f->notes, "vain", list);
}

/* It leads nowhere: the next one begins at the top again and comes down to the same
 * place, unless that was tried often enough. */
static void
fail_walk(struct fetcher *f, struct rp_slice list, const struct walk *walk)
{
	const int64_t walks = noted_time(f, "vain", list);
	const int64_t n = walks > 0 && walks <= VAIN_WALKS ? walks + 1 : 1;

	if (n >= VAIN_WALKS) {
		end_walk(f, list, walk);
		notes_set_number(&f->notes, "deep", list, f->now);
		return;
	}
	notes_set_number(&f->notes, "vain", list, n);
	notes_drop(&f->notes, "walk", list);
}

/* Pages that bring a walk no further are counted over its runs. */
static enum paging_verdict
judge_progress(struct fetcher *f, struct rp_slice list, bool sank,
               enum paging_verdict verdict)
{
	const int64_t before = noted_time(f, "stuck", list);
	const int64_t pages = before > 0 && before < VAIN_PAGES ? before + 1 : 1;

	if (verdict == PAGING_ON && !sank && pages >= VAIN_PAGES)
		verdict = PAGING_LOOP;
	if (verdict == PAGING_ON && !sank)
		notes_set_number(&f->notes, "stuck", list, pages);
	else
		notes_drop(&f->notes, "stuck", list);
	return verdict;
}

/* Down to where a page brought the walk: for a list that ends, or ends for us, all there
 * is. */
static void
cover(const struct fetcher *f, const struct walk *walk, struct rp_slice subject,
      int64_t above, bool all, struct fetch_taken *taken)
{
	if (f->since != RP_TIME_UNKNOWN && (all || walk->edge < f->since))
		taken_cover(taken, subject, f->since, above);
	else if (all)
		taken_cover_all(taken, subject, above);
	else
		taken_cover(taken, subject, walk->edge, above);
}

/* How far down the page brings the walk: to the newest one of the walk before, where that
 * is on it; it may be deleted, but a list that ends with what was held ends below. */
static int64_t
edge_of(const struct walk *walk, const struct page_seen *seen, int64_t frontier,
        bool ended)
{
	int64_t edge = walk->edge;

	if (seen->newest != RP_TIME_UNKNOWN && seen->newest < edge)
		edge = seen->newest;
	if (frontier == RP_TIME_UNKNOWN || frontier >= edge)
		return edge;
	if (seen->met ||
	    (ended && seen->last != RP_TIME_UNKNOWN && seen->last <= frontier))
		return frontier;
	return edge;
}

/* One more page of the walk, whose next one is `cursor`; true: there is none. */
static bool
step(struct fetcher *f, struct rp_slice list, struct walk *walk,
     const struct page_seen *seen, struct rp_slice cursor, enum paging_verdict verdict,
     struct fetch_taken *taken)
{
	const struct rp_slice subject = subject_of(f, list);
	const int64_t frontier = noted_time(f, "top", list), above = walk->edge;
	const int64_t bottom = frontier != RP_TIME_UNKNOWN ? frontier : f->since;
	bool passed, old, whole;
	const char *why;

	walk->edge = edge_of(walk, seen, frontier, verdict == PAGING_END);
	verdict = judge_progress(f, list, walk->edge < above, verdict);
	passed = frontier != RP_TIME_UNKNOWN && walk->edge <= frontier;
	old = f->since != RP_TIME_UNKNOWN && walk->edge < f->since;
	whole = verdict == PAGING_END &&
	        (frontier == RP_TIME_UNKNOWN || (passed && walk->deep != 0));
	cover(f, walk, subject, above, whole, taken);
	if (whole || old || (passed && verdict == PAGING_END) ||
	    (passed && seen->known && walk->deep == 0 && verdict == PAGING_ON)) {
		end_walk(f, list, walk);
		return true;
	}
	if (verdict == PAGING_ON) {
		taken_gap(taken, subject, bottom, walk->edge, "not read yet");
		note_walk(f, list, walk, cursor);
		return false;
	}
	why = verdict == PAGING_END ? "the list ended before what it had listed earlier"
	                            : paging_why(verdict);
	taken->remark = rp_slice_str(why);
	taken_gap(taken, subject, bottom, walk->edge, why);
	fail_walk(f, list, walk);
	return true;
}

/* ---- answers that are none -------------------------------------------------- */

/* A noted page that the server cannot read any more: from the top again, down to where
 * the last walk came. */
static bool
lost_place(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
           const struct fetch_answer *answer, struct fetch_taken *taken)
{
	bool lost = reply == API_REFUSED && answer->status == 400;

	if (notes_get(&f->notes, "walk", job->subject).n == 0 || job->restarted)
		return false;
	if (reply == API_AGAIN && answer->status == 500)
		lost = ++job->failures >= FAILURES;
	if (!lost)
		return false;
	job->restarted = true;
	job->failures = 0;
	notes_drop(&f->notes, "walk", job->subject);
	f->paging = paging_free(f->paging);
	taken->remark = RP_SLICE("the server does not know any more where we were: read "
	                         "from the top again");
	return true;
}

/* No such account, or not shown: asked of its own server. */
static void
refused(struct fetcher *f, struct fetch_job *job, const struct fetch_answer *answer,
        struct fetch_taken *taken)
{
	struct rp_slice what, did;

	/* What it has to say of an account it says with 400; of a search, with 403. */
	if (answer->status == 404 || answer->status == 410) {
		taken->then = FETCH_AGAIN;
		return;
	}
	switch (kind_of(job->subject, &what)) {
	case LIST_QUERY:
		if (answer->status == 401 || answer->status == 403)
			bsky_give_up(f,
			             "this server answers no searches without a login "
			             "(status %d)",
			             answer->status);
		else
			bsky_give_up(f, "the search is refused (status %d)%.*s",
			             answer->status,
			             RP_FMT(api_says(&f->api, "message")));
		return;
	case LIST_QUOTES:
		bsky_give_up(f, "quotes of %.*s are refused (status %d)%.*s",
		             RP_FMT(what), answer->status,
		             RP_FMT(api_says(&f->api, "message")));
		return;
	case LIST_FEED:
		if (f->api.doc.n > 0) {
			bsky_keep(taken);
			taken->options = api_options(&f->api, "asked",
			                             bsky_did_key(f->api.arena, what));
		}
		if (!arena_copy(f->arena, what, &did))
			did = RP_SLICE("");
		bsky_give_up(f, "%.*s is refused (status %d)%.*s", RP_FMT(did),
		             answer->status, RP_FMT(api_says(&f->api, "message")));
		(void)jobs_insert(&f->jobs, false, JOB_STATUS, did, RP_SLICE(""));
	}
}

void
bsky_note_etag(struct fetcher *f, struct rp_slice list, const struct fetch_answer *answer)
{
	enum { ETAG_MAX = 200 };
	struct rp_slice etag = answer->header(answer, "ETag");

	for (size_t i = 0; i < etag.n; i++)
		if ((unsigned char)etag.p[i] < ' ' || (unsigned char)etag.p[i] > 0x7e)
			etag.n = 0;
	notes_set(&f->notes, "etag", list, etag.n < ETAG_MAX ? etag : RP_SLICE(""));
}

static void
take_page(struct fetcher *f, struct fetch_job *job, uint32_t array,
          const struct fetch_answer *answer, struct fetch_taken *taken)
{
	const struct rp_slice list = job->subject;
	struct rp_slice cursor;
	const bool good = api_cursor(&f->api, &cursor);
	struct walk walk = find_walk(f, list);
	const bool first = walk.cursor.n == 0;
	struct page_seen seen;
	enum paging_verdict verdict;

	look_at_page(f, array, noted_time(f, "top", list), answer->at, &seen);
	verdict = paging_next(f->paging, answer->body, seen.n, cursor);
	if (!good)
		verdict = PAGING_ODD;
	bsky_keep(taken);
	job->failures = 0;
	/* Nothing at all, where there was something: proves nothing. */
	if (first && seen.n == 0 && verdict == PAGING_END) {
		bsky_drop(f);
		return;
	}
	if (first) {
		walk.top = seen.newest;
		walk.edge = answer->at;
		job->begun = true;
	}
	notes_drop(&f->notes, "etag", list);
	if (!step(f, list, &walk, &seen, cursor, verdict, taken))
		return;
	if (first)
		bsky_note_etag(f, list, answer);
	if (job->begun)
		bsky_drop(f);
	else /* that was the rest of an older walk: now what is new */
		f->paging = paging_free(f->paging);
}

void
bsky_take_list(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
               const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct rp_slice what;
	uint32_t array =
		json_get(&f->api.doc, JSON_ROOT,
	                 kind_of(job->subject, &what) == LIST_FEED ? RP_SLICE("feed")
	                                                           : RP_SLICE("posts"));
	int64_t top;

	if (reply == API_OK && json_type(&f->api.doc, array) == JSON_ARRAY &&
	    f->paging != NULL) {
		take_page(f, job, array, answer, taken);
	} else if (reply == API_UNCHANGED && f->etag.n > 0) {
		top = noted_time(f, "top", job->subject);
		taken_cover(taken, subject_of(f, job->subject), top, answer->at);
		bsky_drop(f);
	} else if (!lost_place(f, job, reply, answer, taken)) {
		if (reply == API_REFUSED)
			refused(f, job, answer, taken);
		else
			taken->then = FETCH_AGAIN;
	}
}
