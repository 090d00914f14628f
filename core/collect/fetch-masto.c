/*
 * Posts of an instance of Mastodon, or of what speaks its language: of accounts, of tags,
 * and the threads around them.
 */
#include "core/collect/fetch-masto.h"

#include "core/base/ascii.h"
#include "core/base/url.h"

#include <stdarg.h>
#include <stdlib.h>

enum {
	RUN_BYTES = 16 << 20,
	URL_BYTES = 64 << 10,
	PAGES = 100000,
	EMPTY_PAGES = 10,
	ID_MAX = 100,
};

/* ---- words of the network --------------------------------------------------- */

bool
masto_is_id(struct rp_slice id)
{
	for (size_t i = 0; i < id.n; i++)
		if (!ascii_is_letter(id.p[i]) && !ascii_is_digit(id.p[i]) &&
		    id.p[i] != '-' && id.p[i] != '_')
			return false;
	return id.n > 0 && id.n <= ID_MAX;
}

struct rp_slice
masto_id_key(struct fetcher *f, struct rp_slice id)
{
	struct rp_slice key = RP_SLICE("");

	if (!arena_printf(f->api.arena, &key, "masto:%.*s!%.*s", (int)f->host.n,
	                  f->host.p, (int)id.n, id.p))
		return RP_SLICE("");
	return key;
}

bool
masto_is_new(struct fetcher *f, const char *what, struct rp_slice id)
{
	struct rp_slice key;
	bool fresh = false;

	return arena_join(f->arena, rp_slice_str(what), id, &key) &&
	       map_put(f->asked, key, 0, &fresh) != NULL && fresh;
}

/* ---- jobs ------------------------------------------------------------------- */

void
masto_keep(struct fetch_taken *taken)
{
	taken->keep = true;
	taken->format = RP_SLICE("masto");
}

void
masto_drop(struct fetcher *f)
{
	jobs_drop(&f->jobs);
	f->paging = paging_free(f->paging);
	f->from_newest = false;
}

void
masto_give_up(struct fetcher *f, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	trouble_add(&f->trouble, format, args);
	va_end(args);
	masto_drop(f);
}

/* ---- a run ------------------------------------------------------------------ */

static struct fetcher *
masto_close(struct fetcher *f)
{
	if (f != NULL) {
		f->paging = paging_free(f->paging);
		f->asked = map_free(f->asked);
		notes_done(&f->notes);
		buf_done(&f->url);
		buf_done(&f->parents);
		trouble_done(&f->trouble);
		api_done(&f->api);
		f->arena = arena_free(f->arena);
	}
	free(f);
	return NULL;
}

static enum rp_status
masto_open(const struct source *source, struct rp_slice cursor,
           const struct archive_view *view, int64_t now, struct fetcher **out,
           struct rp_error *err)
{
	struct fetcher *f = calloc(1, sizeof(*f));
	enum rp_status st;

	if (f == NULL)
		return rp_fail_memory(err);
	f->view = view;
	f->now = now;
	f->arena = arena_new(RUN_BYTES);
	f->asked = map_new();
	f->jobs.arena = f->threads.arena = f->arena;
	notes_init(&f->notes, "masto 1", cursor);
	buf_init(&f->url, URL_BYTES);
	buf_init(&f->parents, URL_BYTES);
	trouble_init(&f->trouble);
	st = api_init(&f->api, err);
	if (st == RP_OK && (f->arena == NULL || f->asked == NULL))
		st = rp_fail_memory(err);
	if (st == RP_OK)
		st = masto_read_settings(f, &source->settings, err);
	if (st != RP_OK) {
		masto_close(f);
		return st;
	}
	*out = f;
	return RP_OK;
}

/* ---- asking and taking ------------------------------------------------------ */

static void
ask_status(struct fetcher *f, struct rp_slice id, const char *what)
{
	buf_add(&f->url, f->instance);
	buf_add_str(&f->url, "/api/v1/statuses/");
	url_escape(&f->url, id, "");
	buf_add_str(&f->url, what);
}

static bool
is_held(struct fetcher *f, struct rp_slice id)
{
	const struct rp_slice key = masto_id_key(f, id);

	return f->view != NULL && f->view->held != NULL && key.n > 0 &&
	       f->view->held(f->view->context, "masto", key) == HOLDING_HELD;
}

/* Write the request of the job under way; false: it asks nothing, and is done. */
static bool
ask(struct fetcher *f, struct fetch_job *job)
{
	buf_clear(&f->url);
	switch ((enum masto_job)job->kind) {
	case JOB_LOOKUP:
		buf_add(&f->url, f->instance);
		buf_add_str(&f->url, "/api/v1/accounts/lookup?acct=");
		url_escape(&f->url, job->subject, "");
		return true;
	case JOB_FORWARD:
	case JOB_BACK:
		if (f->paging == NULL)
			f->paging = paging_new(PAGES, EMPTY_PAGES);
		masto_ask_list(f, job);
		if (f->url.n == 0)
			masto_drop(f);
		return f->url.n > 0;
	case JOB_PARENT:
		/* The thread around another one may have brought it. */
		if (!rp_slice_eq(job->more, RP_SLICE("alone")) &&
		    is_held(f, job->subject))
			break;
		ask_status(f, job->subject, "");
		return true;
	case JOB_STATUS:
		ask_status(f, job->subject, "");
		return true;
	case JOB_PARENTS:
		masto_ask_parents(f, job);
		return true;
	case JOB_CONTEXT:
		ask_status(f, job->subject, "/context");
		return true;
	case JOB_HISTORY:
		ask_status(f, job->subject, "/history");
		return true;
	case JOB_EDITED:
		masto_add_edited(f);
		break;
	case JOB_ROOTS:
		masto_add_roots(f);
		break;
	case JOB_MISSING:
		masto_find_missing(f, job->subject);
		break;
	}
	masto_drop(f);
	return false;
}

static enum rp_status
masto_next(struct fetcher *f, int64_t now, struct fetch_request *out,
           struct rp_error *err)
{
	f->now = now;
	do {
		if (f->jobs.head == NULL)
			return trouble_end(&f->trouble, err);
	} while (!ask(f, f->jobs.head));
	if (buf_failed(&f->url))
		return rp_fail(err, RP_BAD_SOURCE, "an address of a request is too long");
	*out = (struct fetch_request){ .url = buf_slice(&f->url),
		                       .authorised = f->authorised };
	return RP_OK;
}

static void
take(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
     const struct fetch_answer *answer, struct fetch_taken *taken)
{
	switch ((enum masto_job)job->kind) {
	case JOB_LOOKUP:
		masto_take_lookup(f, job, reply, answer, taken);
		break;
	case JOB_FORWARD:
	case JOB_BACK:
		masto_take_list(f, job, reply, answer, taken);
		break;
	case JOB_STATUS:
		masto_take_status(f, job, reply, answer, taken);
		break;
	case JOB_PARENT:
		masto_take_parent(f, job, reply, answer, taken);
		break;
	case JOB_PARENTS:
		masto_take_parents(f, job, reply, taken);
		break;
	case JOB_CONTEXT:
		masto_take_context(f, job, reply, answer, taken);
		break;
	case JOB_HISTORY:
		masto_take_history(f, job, reply, answer, taken);
		break;
	case JOB_EDITED:
	case JOB_ROOTS:
	case JOB_MISSING:
		masto_drop(f);
		break;
	}
}

/* An instance may show some things to everybody and others not: that is told once. */
static void
locked(struct fetcher *f, const struct fetch_answer *answer)
{
	if (f->locked) {
		masto_drop(f);
		return;
	}
	f->locked = true;
	masto_give_up(f,
	              "%.*s shows some of this only to those who have logged in "
	              "(status %d)%.*s",
	              RP_FMT(f->host), answer->status,
	              RP_FMT(api_says(&f->api, "error")));
}

/* Something of what is followed came. */
static bool
is_what_was_wanted(const struct fetch_job *job, enum api_reply reply,
                   const struct fetch_taken *taken)
{
	return taken->then != FETCH_AGAIN &&
	       (reply == API_OK || reply == API_UNCHANGED) && (job->kind != JOB_LOOKUP);
}

static enum rp_status
masto_take(struct fetcher *f, const struct fetch_answer *answer,
           struct fetch_taken *taken, struct rp_error *err)
{
	struct fetch_job *job = f->jobs.head;
	enum api_reply reply;

	if (job == NULL) {
		taken->then = FETCH_DONE;
		return RP_OK;
	}
	reply = api_read(&f->api, answer);
	f->noted = 0;
	if (reply == API_AGAIN || reply == API_UNCHANGED)
		taken->then = FETCH_AGAIN;
	else if (reply == API_REFUSED && (answer->status == 401 || answer->status == 403))
		locked(f, answer);
	else if (reply == API_MOVED)
		masto_give_up(f,
		              "%.*s sends us elsewhere (status %d), which is not "
		              "followed: does `instance` name the server itself?",
		              RP_FMT(f->host), answer->status);
	else if (reply == API_CUT)
		masto_give_up(f,
		              "an answer of %.*s is longer than `max_body`: nothing of "
		              "it is taken",
		              RP_FMT(f->host));
	else
		take(f, job, reply, answer, taken);
	f->trouble.worked = f->trouble.worked || is_what_was_wanted(job, reply, taken);
	if (taken->then != FETCH_AGAIN && f->jobs.head == NULL)
		taken->then = FETCH_DONE;
	trouble_remark(&f->trouble, taken);
	taken->has_cursor = taken->then != FETCH_AGAIN;
	taken->cursor = notes_cursor(&f->notes);
	if (taken->then != FETCH_DONE)
		return RP_OK;
	return trouble_end(&f->trouble, err) == RP_BAD_SOURCE ? RP_BAD_SOURCE : RP_OK;
}

const struct fetcher_ops masto_fetcher = {
	.name = "masto",
	.summary = "posts of Mastodon: accounts, threads and tags of an instance",
	.settings = masto_settings,
	.open = masto_open,
	.next = masto_next,
	.take = masto_take,
	.close = masto_close,
};
