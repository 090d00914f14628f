/*
 * Posts of Bluesky: feeds of accounts, threads, quotes, searches; and of an account's own
 * server its records.
 */
#include "core/collect/fetch-bsky.h"

#include "core/base/url.h"

#include <stdarg.h>
#include <stdlib.h>

enum {
	RUN_BYTES = 16 << 20,
	URL_BYTES = 64 << 10,
	PAGES = 100000, /* of one list; a run's pages are gather's affair */
	EMPTY_PAGES = 10,
};

/* ---- words of the network --------------------------------------------------- */

void
bsky_url(struct fetcher *f, struct rp_slice root, const char *method, const char *name,
         struct rp_slice value)
{
	buf_clear(&f->url);
	buf_add(&f->url, root);
	buf_printf(&f->url, "/xrpc/%s?%s=", method, name);
	url_escape(&f->url, value, "");
}

void
bsky_parameter(struct fetcher *f, const char *name, struct rp_slice value)
{
	buf_printf(&f->url, "&%s=", name);
	url_escape(&f->url, value, "");
}

struct rp_slice
bsky_uri_key(struct arena *arena, struct rp_slice text)
{
	struct rp_slice key = RP_SLICE("");
	struct at_uri uri;

	if (!at_uri_read(text, &uri) || !at_did_valid(uri.authority) ||
	    (!rp_slice_eq(uri.collection, RP_SLICE("app.bsky.feed.post")) &&
	     !rp_slice_eq(uri.collection, RP_SLICE("app.bsky.feed.repost"))) ||
	    !arena_printf(arena, &key, "bsky:%.*s/%.*s", (int)uri.authority.n,
	                  uri.authority.p, (int)uri.rkey.n, uri.rkey.p))
		return RP_SLICE("");
	return key_valid(key) ? key : RP_SLICE("");
}

struct rp_slice
bsky_key_uri(struct arena *arena, struct rp_slice key)
{
	struct rp_slice rest = key_native(key), who = rp_slice_cut(&rest, '/');
	struct rp_slice text = RP_SLICE("");
	struct at_uri uri;

	if (key_platform(key) != PLATFORM_BSKY || key_is_account(key) ||
	    !arena_printf(arena, &text, "at://%.*s/app.bsky.feed.post/%.*s", (int)who.n,
	                  who.p, (int)rest.n, rest.p))
		return RP_SLICE("");
	return at_uri_read(text, &uri) ? text : RP_SLICE("");
}

struct rp_slice
bsky_did_key(struct arena *arena, struct rp_slice did)
{
	struct rp_slice key = RP_SLICE("");

	if (!key_make_account(arena, PLATFORM_BSKY, did, &key))
		return RP_SLICE("");
	return key;
}

/* ---- jobs ------------------------------------------------------------------- */

void
bsky_keep(struct fetch_taken *taken)
{
	taken->keep = true;
	taken->format = RP_SLICE("bsky");
}

void
bsky_drop(struct fetcher *f)
{
	jobs_drop(&f->jobs);
	f->paging = paging_free(f->paging);
}

void
bsky_give_up(struct fetcher *f, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	trouble_add(&f->trouble, format, args);
	va_end(args);
	bsky_drop(f);
}

/* ---- a run ------------------------------------------------------------------ */

static struct fetcher *
bsky_close(struct fetcher *f)
{
	if (f != NULL) {
		f->paging = paging_free(f->paging);
		f->asked = map_free(f->asked);
		notes_done(&f->notes);
		buf_done(&f->url);
		buf_done(&f->etag);
		trouble_done(&f->trouble);
		api_done(&f->api);
		f->arena = arena_free(f->arena);
	}
	free(f);
	return NULL;
}

static enum rp_status
bsky_open(const struct source *source, struct rp_slice cursor,
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
	notes_init(&f->notes, "bsky 1", cursor);
	buf_init(&f->url, URL_BYTES);
	buf_init(&f->etag, NOTE_MAX_BYTES);
	trouble_init(&f->trouble);
	st = api_init(&f->api, err);
	if (st == RP_OK && (f->arena == NULL || f->asked == NULL))
		st = rp_fail_memory(err);
	if (st == RP_OK)
		st = bsky_read_settings(f, &source->settings, err);
	if (st != RP_OK) {
		bsky_close(f);
		return st;
	}
	*out = f;
	return RP_OK;
}

/* ---- asking and taking ------------------------------------------------------ */

static struct rp_slice
authority_of(struct rp_slice uri)
{
	struct at_uri at = { .rkey = RP_SLICE("") };

	return at_uri_read(uri, &at) ? at.authority : RP_SLICE("");
}

/* Ask the account's own server; false: who that is has to be asked first, or it has none
 * and the job is done. */
static bool
ask_server(struct fetcher *f, const struct fetch_job *job)
{
	struct rp_slice did =
		job->kind == JOB_RECORD ? authority_of(job->subject) : job->subject;
	struct rp_slice server;
	struct at_uri at;
	enum rp_status st = bsky_server(f, did, &server);

	if (st == RP_RETRY_LATER &&
	    jobs_insert(&f->jobs, false, JOB_DOCUMENT, did, RP_SLICE("")) != NULL)
		return false;
	if (st != RP_OK) {
		bsky_drop(f);
		return false;
	}
	if (job->kind == JOB_RECORDS) {
		bsky_ask_records(f, job, server);
	} else if (job->kind == JOB_STATUS) {
		bsky_url(f, server, "com.atproto.sync.getRepoStatus", "did", did);
	} else if (at_uri_read(job->subject, &at)) {
		bsky_url(f, server, "com.atproto.repo.getRecord", "repo", did);
		bsky_parameter(f, "collection", at.collection);
		bsky_parameter(f, "rkey", at.rkey);
	}
	return true;
}

static void
ask_document(struct fetcher *f, struct rp_slice did)
{
	const struct rp_slice web = RP_LIT("did:web:");

	buf_clear(&f->url);
	if (rp_slice_starts(did, web)) {
		buf_add_str(&f->url, "https://");
		buf_add(&f->url, rp_slice_skip(did, web.n));
		buf_add_str(&f->url, "/.well-known/did.json");
		return;
	}
	buf_add(&f->url, f->plc);
	buf_add_byte(&f->url, '/');
	buf_add(&f->url, did);
}

static void
ask_thread(struct fetcher *f, const struct fetch_job *job)
{
	bsky_url(f, f->base, "app.bsky.feed.getPostThread", "uri", job->subject);
	/* Each level is two brackets, and an importer takes 512 of them. */
	buf_add_str(&f->url, "&depth=100&parentHeight=100");
}

/* Write the request of the job under way; false: there is none, look at the next one. */
static bool
ask(struct fetcher *f, struct fetch_job *job)
{
	buf_clear(&f->url);
	buf_clear(&f->etag);
	switch ((enum bsky_job)job->kind) {
	case JOB_RESOLVE:
		bsky_url(f, f->base, "com.atproto.identity.resolveHandle", "handle",
		         job->subject);
		return true;
	case JOB_LIST:
		if (f->paging == NULL)
			f->paging = paging_new(PAGES, EMPTY_PAGES);
		bsky_ask_list(f, job);
		return true;
	case JOB_MISSING:
		bsky_find_missing(f, job->subject);
		return false;
	case JOB_THREAD:
		ask_thread(f, job);
		return true;
	case JOB_POSTS:
		bsky_ask_posts(f, job);
		return true;
	case JOB_DOCUMENT:
		ask_document(f, job->subject);
		return true;
	case JOB_RECORDS:
		if (f->paging == NULL)
			f->paging = paging_new(PAGES, EMPTY_PAGES);
		return ask_server(f, job);
	case JOB_RECORD:
	case JOB_STATUS:
		return ask_server(f, job);
	}
	return false;
}

static enum rp_status
bsky_next(struct fetcher *f, int64_t now, struct fetch_request *out, struct rp_error *err)
{
	f->now = now;
	do {
		if (f->jobs.head == NULL)
			return trouble_end(&f->trouble, err);
	} while (!ask(f, f->jobs.head));
	if (buf_failed(&f->url))
		return rp_fail(err, RP_BAD_SOURCE, "an address of a request is too long");
	*out = (struct fetch_request){ .url = buf_slice(&f->url) };
	out->authorised = f->authorised && rp_slice_starts(out->url, f->base);
	if (f->etag.n > 0)
		out->headers[out->n_headers++] =
			(struct fetch_header){ "If-None-Match", buf_slice(&f->etag) };
	return RP_OK;
}

static void
take(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
     const struct fetch_answer *answer, struct fetch_taken *taken)
{
	switch ((enum bsky_job)job->kind) {
	case JOB_RESOLVE:
		bsky_take_resolve(f, job, reply, answer, taken);
		break;
	case JOB_LIST:
		bsky_take_list(f, job, reply, answer, taken);
		break;
	case JOB_THREAD:
		bsky_take_thread(f, job, reply, answer, taken);
		break;
	case JOB_POSTS:
		bsky_take_posts(f, job, reply, taken);
		break;
	case JOB_DOCUMENT:
		bsky_take_document(f, job, reply, taken);
		break;
	case JOB_RECORDS:
		bsky_take_records(f, job, reply, answer, taken);
		break;
	case JOB_RECORD:
		bsky_take_record(f, job, reply, taken);
		break;
	case JOB_STATUS:
		bsky_take_status(f, job, reply, taken);
		break;
	case JOB_MISSING:
		bsky_drop(f);
		break;
	}
}

/* Something of what is followed came. */
static bool
is_what_was_wanted(const struct fetch_job *job, enum api_reply reply,
                   const struct fetch_taken *taken)
{
	return taken->then != FETCH_AGAIN &&
	       (reply == API_OK || reply == API_UNCHANGED) &&
	       (job->kind == JOB_LIST || job->kind == JOB_THREAD ||
	        job->kind == JOB_RECORDS);
}

/* "https://bsky.example" */
static struct rp_slice
server_of(struct rp_slice url)
{
	struct rp_slice rest =
		rp_slice_skip(url, rp_slice_find(url, RP_SLICE("://")) + 3);

	url.n -= rest.n - rp_slice_find_byte(rest, '/');
	return url;
}

static enum rp_status
bsky_take(struct fetcher *f, const struct fetch_answer *answer, struct fetch_taken *taken,
          struct rp_error *err)
{
	struct fetch_job *job = f->jobs.head;
	enum api_reply reply;

	if (job == NULL) {
		taken->then = FETCH_DONE;
		return RP_OK;
	}
	reply = api_read(&f->api, answer);
	/* Only a list that is under way can be told that its place is lost. */
	if (reply == API_AGAIN && job->kind != JOB_LIST && job->kind != JOB_RECORDS)
		taken->then = FETCH_AGAIN;
	else if (reply == API_MOVED && job->kind != JOB_DOCUMENT)
		bsky_give_up(f,
		             "%.*s sends us elsewhere (status %d), which is not "
		             "followed",
		             RP_FMT(server_of(answer->url)), answer->status);
	else if (reply == API_CUT)
		bsky_give_up(f,
		             "an answer of %.*s is longer than `max_body`: nothing of it "
		             "is taken",
		             RP_FMT(server_of(answer->url)));
	else
		take(f, job, reply, answer, taken);
	f->trouble.worked = f->trouble.worked || is_what_was_wanted(job, reply, taken);
	trouble_remark(&f->trouble, taken);
	taken->has_cursor = taken->then != FETCH_AGAIN;
	taken->cursor = notes_cursor(&f->notes);
	if (taken->then == FETCH_AGAIN || f->jobs.head != NULL)
		return RP_OK;
	taken->then = FETCH_DONE;
	return trouble_end(&f->trouble, err) == RP_BAD_SOURCE ? RP_BAD_SOURCE : RP_OK;
}

const struct fetcher_ops bsky_fetcher = {
	.name = "bsky",
	.summary = "posts of Bluesky: accounts, threads, quotes, searches",
	.settings = bsky_settings,
	.open = bsky_open,
	.next = bsky_next,
	.take = bsky_take,
	.close = bsky_close,
};
