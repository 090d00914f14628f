/*
 * Feeds, asked politely: what did not change is not sent, what moved is followed, what is
 * gone is left alone, and entries that fell out of the feed before it was read are looked
 * for on its older pages.
 */
#include "core/collect/fetch-feed.h"

#include "core/collect/fetch-web.h"
#include "core/net/retry.h"

#include <stdlib.h>

enum {
	RUN_BYTES = 64 << 20, /* addresses and headers of a run, the tree of a page */
	CURSOR_BYTES = 1 << 20,
	PASS_PAGES = 40, /* of one pass */
	MOVED_RUNS = 2,  /* so often the same is said before it is believed */
};

static const int64_t
	floor_interval = 15 * RP_MINUTE,
	missing_at_most = 30 * RP_DAY,
	/* A timer that is early once, and on time then, must not skip a turn. */
	slack = 30 * RP_SECOND;

#define WHY_GAP "entries had left the feed before it was read again"
#define IS_CUT "it is longer than max_body, and was cut"
#define WHY_DOUBT "the feed does not show whether entries had left it"

/* clang-format off */
static const struct setting_row settings[] = {
	{ "url", SETTING_URL, .needed = true,
	  .help = "address of a feed (RSS, Atom, JSON Feed), or of a page that names one" },
	{ "history", SETTING_YES, .otherwise = "no",
	  .help = "read the older pages, too, the first time" },
	{ NULL, SETTING_TEXT, .help = NULL },
};
/* clang-format on */

struct fetcher {
	const struct source *source;
	struct arena *arena;
	struct zone *zone;
	struct feed_cursor cursor;
	struct paging *paging; /* of the pass under way in this run */
	struct rp_slice asked; /* of the request under way */
	struct rp_slice named; /* a feed that a page named in this run, not proved yet */
	struct rp_buf options, text, subject;
	bool searched, home_again, over;
	bool met; /* the feed as it is now was read in this run */
};

/* ---- opening ------------------------------------------------------------- */

static struct fetcher *
feed_close(struct fetcher *f)
{
	if (f == NULL)
		return NULL;
	paging_free(f->paging);
	buf_done(&f->options);
	buf_done(&f->text);
	buf_done(&f->subject);
	zone_close(f->zone);
	arena_free(f->arena);
	free(f);
	return NULL;
}

static enum rp_status
open_settings(struct fetcher *f, struct rp_slice cursor, struct rp_error *err)
{
	const struct section *section = &f->source->settings;
	const struct rp_slice url = section_text(section, "url");
	const struct rp_slice zone = section_text(section, "tz");
	enum rp_status st = RP_OK;

	if (url.n == 0)
		return rp_fail(err, RP_BAD_CONFIG, "url is missing");
	if (zone.n > 0)
		st = zone_open(zone, &f->zone, err);
	if (st == RP_NOT_FOUND)
		return rp_fail(err, RP_BAD_CONFIG, "tz \"%.*s\" is no time zone",
		               RP_FMT(zone));
	if (st != RP_OK)
		return st;
	if (!arena_copy(f->arena, cursor, &cursor))
		return rp_fail_memory(err);
	feed_cursor_read(&f->cursor, cursor, url);
	buf_printf(&f->subject, "feed:%.*s", RP_FMT(url));
	return RP_OK;
}

static enum rp_status
feed_open(const struct source *source, struct rp_slice cursor,
          const struct archive_view *view, int64_t now, struct fetcher **out,
          struct rp_error *err)
{
	struct fetcher *f = calloc(1, sizeof(*f));
	enum rp_status st;

	(void)view;
	(void)now;
	if (f == NULL)
		return rp_fail_memory(err);
	f->source = source;
	f->arena = arena_new(RUN_BYTES);
	f->paging = paging_new(PASS_PAGES, 1);
	buf_init(&f->options, CURSOR_BYTES);
	buf_init(&f->text, CURSOR_BYTES);
	buf_init(&f->subject, CURSOR_BYTES);
	st = f->arena != NULL && f->paging != NULL ? open_settings(f, cursor, err)
	                                           : rp_fail_memory(err);
	if (st == RP_OK)
		*out = f;
	else
		feed_close(f);
	return st;
}

/* ---- asking -------------------------------------------------------------- */

static bool
is_believed(const struct fetcher *f)
{
	return f->cursor.moved.n > 0 && f->cursor.moves >= MOVED_RUNS && !f->home_again;
}

/* The address the feed is asked at. */
static struct rp_slice
home(const struct fetcher *f)
{
	if (f->named.n > 0)
		return f->named;
	if (f->cursor.named.n > 0 && !f->home_again)
		return f->cursor.named;
	return is_believed(f) ? f->cursor.moved : f->cursor.url;
}

static enum rp_status
feed_next(struct fetcher *f, int64_t now, struct fetch_request *out, struct rp_error *err)
{
	if (f->over)
		return RP_END;
	if (f->cursor.gone)
		return web_still_gone(f->cursor.url, now, err);
	f->asked = f->cursor.page.n > 0 ? f->cursor.page : home(f);
	*out = (struct fetch_request){ .url = f->asked,
		                       .robots = true,
		                       .redirects = true };
	if (f->cursor.page.n == 0)
		validators_ask(&f->cursor.validators, now, out);
	return RP_OK;
}

/* ---- what an answer leads to ------------------------------------------------ */

static enum rp_status
put_cursor(struct fetcher *f, struct fetch_taken *taken, struct rp_error *err)
{
	buf_clear(&f->text);
	feed_cursor_write(&f->cursor, &f->text);
	taken->has_cursor = true;
	taken->cursor = buf_slice(&f->text);
	return buf_failed(&f->text) ? rp_fail_memory(err) : RP_OK;
}

/* The document becomes a capture. */
static enum rp_status
keep(struct fetcher *f, struct fetch_taken *taken, struct rp_error *err)
{
	const struct section *section = &f->source->settings;

	buf_clear(&f->options);
	web_line(&f->options, "url", f->named.n > 0 ? f->named : f->cursor.url);
	web_line(&f->options, "tz", section_text(section, "tz"));
	web_line(&f->options, "lang", section_text(section, "lang"));
	taken->keep = true;
	taken->format = RP_SLICE("feed");
	taken->options = buf_slice(&f->options);
	return buf_failed(&f->options) ? rp_fail_memory(err) : RP_OK;
}

/* Up to when it says what there was. */
static int64_t
latest(const struct fetch_answer *answer)
{
	return answer->at - answer->ahead;
}

/* By a clock that does not run nobody knows since when: it stays as it was. */
static void
note_seen(struct feed_cursor *c, int64_t at)
{
	if (at >= HTTP_OLDEST_NOW)
		c->seen = at;
}

/* What was known ends here: everything up to `at` was looked at. */
static void
settle(struct fetcher *f, const struct feed_ids *known, int64_t at)
{
	f->cursor.known = *known;
	note_seen(&f->cursor, at);
	f->cursor.page = RP_SLICE("");
	f->cursor.fresh.n = 0;
}

/* One that an earlier run began: what is new since comes next. */
static void
end_pass(struct fetcher *f, struct fetch_taken *taken)
{
	const struct feed_ids fresh = f->cursor.fresh;

	settle(f, &fresh, f->cursor.began);
	taken->then = f->met ? FETCH_DONE : FETCH_ON;
}

static void
note_move(struct fetcher *f, const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct feed_cursor *c = &f->cursor;
	struct rp_slice to;

	if (is_believed(f) && !answer->moved_for_good)
		return;
	if (!answer->moved_for_good || !arena_copy(f->arena, answer->url, &to)) {
		c->moved = RP_SLICE("");
		c->moves = 0;
		return;
	}
	c->moves = rp_slice_eq(c->moved, to) ? c->moves + 1 : 1;
	c->moved = to;
	taken->remark = RP_SLICE("it has moved for good; write its new address as url");
}

static int64_t
not_before(const struct fetch_answer *answer, const struct feed_look *look)
{
	int64_t wait = floor_interval;
	const int64_t age = web_max_age(answer);

	if (age > wait)
		wait = age;
	if (look != NULL && look->interval > wait)
		wait = look->interval;
	return look != NULL ? feed_allowed(look, answer->at + wait - slack)
	                    : answer->at + wait - slack;
}

/* Older pages are read until one has what is known, or there are no more. */
static enum rp_status
begin_pass(struct fetcher *f, const struct feed_look *look,
           const struct fetch_answer *answer, struct fetch_taken *taken,
           struct rp_error *err)
{
	struct feed_cursor *c = &f->cursor;
	const int64_t at = latest(answer),
		      reached = look->oldest < at ? look->oldest : at;

	taken_cover(taken, buf_slice(&f->subject), reached, at);
	taken_gap(taken, buf_slice(&f->subject), c->seen,
	          reached == RP_TIME_UNKNOWN ? at : reached, WHY_GAP);
	c->fresh = feed_row_ids(&look->row);
	if (look->older.n == 0) {
		settle(f, &c->fresh, at);
		return RP_OK;
	}
	/* Pages that an earlier pass of this run read may come again. */
	paging_free(f->paging);
	f->paging = paging_new(PASS_PAGES, 1);
	if (f->paging == NULL)
		return rp_fail_memory(err);
	(void)paging_next(f->paging, answer->body, look->entries, look->older);
	c->page = look->older;
	c->page_number = 2;
	c->began = at;
	c->reached = reached;
	taken->then = FETCH_ON;
	return RP_OK;
}

static void
remark_on(struct fetcher *f, const struct feed_look *look, struct fetch_taken *taken)
{
	if (f->named.n > 0) {
		f->cursor.named = f->named;
		taken->remark = RP_SLICE("url is a page; write the address of its feed");
	}
	if (look->ended)
		taken->remark = RP_SLICE("the feed says that it has ended");
	if (look->entries == 0)
		taken->remark = RP_SLICE("the feed has no entries");
}

/* What is known stays, and may be met again: until then the time since is a gap. */
static void
doubt(struct fetcher *f, int64_t at, struct fetch_taken *taken)
{
	f->cursor.doubt = true;
	if (f->cursor.seen == RP_TIME_UNKNOWN)
		note_seen(&f->cursor, at);
	else
		taken_gap(taken, buf_slice(&f->subject), f->cursor.seen, at, WHY_DOUBT);
}

/* The feed as it is now. */
static enum rp_status
take_front(struct fetcher *f, const struct fetch_answer *answer,
           const struct feed_look *look, struct fetch_taken *taken, struct rp_error *err)
{
	struct feed_cursor *c = &f->cursor;
	const bool first = c->seen == RP_TIME_UNKNOWN;
	const bool history = section_number(&f->source->settings, "history", 0) != 0;
	const struct feed_ids ids = feed_row_ids(&look->row);

	f->met = true;
	taken->not_before = not_before(answer, look);
	note_move(f, answer, taken);
	remark_on(f, look, taken);
	if (look->cut)
		validators_forget(&c->validators);
	c->doubt = false;
	if (first ? history && look->older.n > 0
	          : look->row.n > 0 && !feed_row_meets(&look->row, &c->known))
		return begin_pass(f, look, answer, taken, err);
	if (look->row.n == 0) {
		doubt(f, latest(answer), taken);
		return RP_OK;
	}
	taken_cover(taken, buf_slice(&f->subject), first ? look->oldest : c->seen,
	            latest(answer));
	settle(f, &ids, latest(answer));
	return RP_OK;
}

/* A page of a pass. */
static enum rp_status
take_older(struct fetcher *f, const struct fetch_answer *answer,
           const struct feed_look *look, struct fetch_taken *taken)
{
	struct feed_cursor *c = &f->cursor;
	enum paging_verdict verdict =
		paging_next(f->paging, answer->body, look->entries, look->older);

	/* Over a page that proves nothing no other one leads. */
	if (look->row.n == 0)
		c->reached = RP_TIME_UNKNOWN;
	if (c->reached != RP_TIME_UNKNOWN && feed_row_meets(&look->row, &c->known)) {
		taken_cover(taken, buf_slice(&f->subject), c->seen, c->began);
		end_pass(f, taken);
		return RP_OK;
	}
	if (look->oldest < c->reached && look->oldest != RP_TIME_UNKNOWN) {
		taken_cover(taken, buf_slice(&f->subject), look->oldest, c->reached);
		c->reached = look->oldest;
	}
	taken->then = FETCH_ON;
	if (verdict == PAGING_ON && c->page_number < PASS_PAGES) {
		c->page = look->older;
		c->page_number++;
		return RP_OK;
	}
	if (verdict != PAGING_END)
		taken->remark = rp_slice_str(
			paging_why(verdict == PAGING_ON ? PAGING_MOST : verdict));
	end_pass(f, taken);
	return RP_OK;
}

/* ---- what is no feed ------------------------------------------------------- */

/* A page that names its feed: that is asked, once. */
static enum rp_status
take_page(struct fetcher *f, const struct fetch_answer *answer, struct fetch_taken *taken,
          struct rp_error *err)
{
	const char *wall = web_look(answer->body, answer->charset).wall;
	struct rp_slice named = RP_SLICE("");

	if (wall != NULL)
		return rp_fail(err, RP_RETRY_LATER, "%s, where a feed was asked for",
		               wall);
	if (!f->searched && !web_find_feed(f->arena, answer, &named))
		return rp_fail_memory(err);
	if (named.n == 0)
		return rp_fail(err, RP_RETRY_LATER,
		               "%.*s is a page and no feed, and names none",
		               RP_FMT(answer->url));
	f->searched = true;
	f->named = named;
	taken->then = FETCH_ON;
	return RP_OK;
}

/* What was remembered leads nowhere any more: the address of the settings may. */
static bool
go_home(struct fetcher *f, struct fetch_taken *taken)
{
	if (f->cursor.page.n > 0 || f->named.n > 0 ||
	    rp_slice_eq(f->asked, f->cursor.url))
		return false;
	f->home_again = true;
	f->cursor.moved = f->cursor.named = RP_SLICE("");
	f->cursor.moves = 0;
	validators_forget(&f->cursor.validators);
	taken->then = FETCH_ON;
	return true;
}

/* A page of a pass that is not to be had ends it: the gap stays. */
static bool
give_up_pass(struct fetcher *f, struct fetch_taken *taken)
{
	if (f->cursor.page.n == 0)
		return false;
	end_pass(f, taken);
	return true;
}

static enum rp_status
take_failure(struct fetcher *f, const struct fetch_answer *answer,
             struct fetch_taken *taken, struct rp_error *err)
{
	struct feed_cursor *c = &f->cursor;
	const enum web_kind kind = web_kind(answer);
	enum rp_status st;

	if (give_up_pass(f, taken) || go_home(f, taken))
		return put_cursor(f, taken, err);
	c->gone = kind == WEB_GONE;
	if (c->gone)
		taken->not_before = answer->at + WEB_GONE_REST;
	if (kind == WEB_MISSING && c->missing == RP_TIME_UNKNOWN)
		c->missing = answer->at;
	st = put_cursor(f, taken, err);
	if (st != RP_OK)
		return st;
	if (kind == WEB_MISSING && answer->at - c->missing > missing_at_most)
		return rp_fail(err, RP_BAD_SOURCE,
		               "there has been nothing at %.*s for a month (404)",
		               RP_FMT(answer->url));
	return web_fail(answer, err);
}

/* ---- one answer ------------------------------------------------------------ */

static enum rp_status
take_same(struct fetcher *f, const struct fetch_answer *answer, struct fetch_taken *taken,
          struct rp_error *err)
{
	note_move(f, answer, taken);
	if (f->cursor.doubt) {
		doubt(f, latest(answer), taken);
	} else if (f->cursor.seen != RP_TIME_UNKNOWN) {
		taken_cover(taken, buf_slice(&f->subject), f->cursor.seen,
		            latest(answer));
		note_seen(&f->cursor, latest(answer));
	}
	taken->not_before = not_before(answer, NULL);
	return put_cursor(f, taken, err);
}

/* Cut where nothing shows yet what it is: kept, and it proves nothing. */
static enum rp_status
take_stump(struct fetcher *f, const struct fetch_answer *answer,
           struct fetch_taken *taken, struct rp_error *err)
{
	enum rp_status st;

	doubt(f, latest(answer), taken);
	taken->not_before = not_before(answer, NULL);
	taken->remark = RP_SLICE(IS_CUT);
	st = keep(f, taken, err);
	return st == RP_OK ? put_cursor(f, taken, err) : st;
}

static enum rp_status
take_document(struct fetcher *f, const struct fetch_answer *answer,
              struct fetch_taken *taken, struct rp_error *err)
{
	const bool older = f->cursor.page.n > 0;
	const unsigned page = older ? f->cursor.page_number : 1;
	struct feed_look look;
	enum rp_status st;

	if (!older && !answer->cut &&
	    validators_heard(&f->cursor.validators, f->arena, answer) == VALIDATORS_SAME)
		return take_same(f, answer, taken, err);
	st = feed_look(f->arena, answer, f->asked, page, f->zone, &look, err);
	if (st != RP_OK) {
		validators_forget(&f->cursor.validators);
		if (older && st == RP_BAD_ITEM && give_up_pass(f, taken))
			return put_cursor(f, taken, err);
		if (st == RP_BAD_ITEM && answer->cut && !web_is_html(answer->body))
			return take_stump(f, answer, taken, err);
		if (st == RP_BAD_ITEM && web_is_html(answer->body))
			return take_page(f, answer, taken, err);
		return st == RP_BAD_ITEM ? rp_fail(err, RP_RETRY_LATER, "%.*s is no feed",
		                                   RP_FMT(answer->url))
		                         : st;
	}
	if (look.cut && answer->unverified_end && !answer->cut) {
		validators_forget(&f->cursor.validators);
		taken->then = FETCH_AGAIN;
		return RP_OK;
	}
	st = older ? take_older(f, answer, &look, taken)
	           : take_front(f, answer, &look, taken, err);
	f->cursor.missing = RP_TIME_UNKNOWN;
	if (answer->cut)
		taken->remark = RP_SLICE(IS_CUT);
	if (st == RP_OK)
		st = keep(f, taken, err);
	return st == RP_OK ? put_cursor(f, taken, err) : st;
}

static enum rp_status
feed_take(struct fetcher *f, const struct fetch_answer *answer, struct fetch_taken *taken,
          struct rp_error *err)
{
	enum rp_status st;

	taken->then = FETCH_DONE;
	switch (web_kind(answer)) {
	case WEB_BODY:
		st = take_document(f, answer, taken, err);
		break;
	case WEB_AGAIN:
		taken->then = FETCH_AGAIN;
		return RP_OK;
	case WEB_SAME:
		if (f->cursor.page.n == 0 &&
		    validators_heard(&f->cursor.validators, f->arena, answer) ==
		            VALIDATORS_SAME) {
			st = take_same(f, answer, taken, err);
			break;
		}
		return rp_fail(err, RP_RETRY_LATER,
		               "%.*s answered 304 to a question without a condition",
		               RP_FMT(answer->url));
	case WEB_MISSING:
	case WEB_GONE:
	case WEB_REFUSED:
	case WEB_ODD:
	default:
		st = take_failure(f, answer, taken, err);
		break;
	}
	f->over = taken->then == FETCH_DONE;
	return st;
}

const struct fetcher_ops feed_fetcher = {
	.name = "feed",
	.summary = "RSS, Atom and JSON Feed, those of Nitter too",
	.settings = settings,
	.open = feed_open,
	.next = feed_next,
	.take = feed_take,
	.close = feed_close,
};
