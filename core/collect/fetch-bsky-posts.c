/*
 * Single posts: those that followed ones answer or quote and that are missing, and
 * whether one that is not shown was deleted.
 *
 * A post that a view leaves out may be deleted, blocked, hidden, or of an account that is
 * suspended.  Only the author's own server says which.
 */
#include "core/collect/fetch-bsky.h"

enum { POSTS_A_REQUEST = 25, MISSING_MOST = 100 };

struct collecting {
	struct fetcher *f;
	struct rp_buf uris; /* lines */
	size_t n;
};

static void
add_batch(struct collecting *to)
{
	if (to->n > 0)
		(void)jobs_insert(&to->f->jobs, true, JOB_POSTS, buf_slice(&to->uris),
		                  RP_SLICE(""));
	buf_clear(&to->uris);
	to->n = 0;
}

static void
add_uri(struct collecting *to, struct rp_slice uri)
{
	buf_add(&to->uris, uri);
	buf_add_byte(&to->uris, '\n');
	if (++to->n == POSTS_A_REQUEST)
		add_batch(to);
}

static void
tell_missing(void *context, struct rp_slice key)
{
	struct collecting *to = context;
	struct rp_slice uri = bsky_key_uri(to->f->api.arena, key);

	/* A view names posts by DID: of others it could not be told which came. */
	if (bsky_uri_key(to->f->api.arena, uri).n == 0)
		return;
	add_uri(to, uri);
}

void
bsky_find_missing(struct fetcher *f, struct rp_slice subject)
{
	struct collecting to = { .f = f };

	buf_init(&to.uris, RECORD_MAX_BYTES);
	if (f->view != NULL && f->view->missing != NULL)
		f->view->missing(f->view->context, subject, MISSING_MOST, tell_missing,
		                 &to);
	add_batch(&to);
	buf_done(&to.uris);
	bsky_drop(f);
}

enum rp_status
bsky_add_posts(struct fetcher *f, const struct section *section, struct rp_error *err)
{
	struct collecting to = { .f = f };
	const struct setting *setting = NULL;
	struct rp_slice uri;

	buf_init(&to.uris, RECORD_MAX_BYTES);
	while ((setting = section_next(section, "id", setting)) != NULL) {
		uri = bsky_key_uri(f->arena, setting->value);
		if (bsky_uri_key(f->arena, uri).n == 0)
			break;
		add_uri(&to, uri);
	}
	add_batch(&to);
	buf_done(&to.uris);
	return setting == NULL ? RP_OK
	                       : rp_fail(err, RP_BAD_CONFIG,
	                                 "id: \"%.*s\" is no key of a post of Bluesky, "
	                                 "bsky:DID/RKEY",
	                                 RP_FMT(setting->value));
}

void
bsky_ask_posts(struct fetcher *f, const struct fetch_job *job)
{
	struct rp_slice rest = job->subject;

	bsky_url(f, f->base, "app.bsky.feed.getPosts", "uris", rp_slice_cut(&rest, '\n'));
	while (rest.n > 0)
		bsky_parameter(f, "uris", rp_slice_cut(&rest, '\n'));
}

/* Is it among the posts of the answer? */
static bool
came(struct fetcher *f, uint32_t array, struct rp_slice uri)
{
	struct json_each each = json_each(&f->api.doc, array);

	while (json_next(&each))
		if (rp_slice_eq(api_word(&f->api, each.value, "uri"), uri))
			return true;
	return false;
}

/* A server without views (an account's own is one) leaves the posts' own to ask. */
static void
ask_owners(struct fetcher *f, struct rp_slice uris)
{
	while (uris.n > 0)
		(void)jobs_insert(&f->jobs, true, JOB_RECORD, rp_slice_cut(&uris, '\n'),
		                  RP_SLICE(""));
}

void
bsky_take_posts(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                struct fetch_taken *taken)
{
	uint32_t array = json_get(&f->api.doc, JSON_ROOT, RP_SLICE("posts"));
	struct rp_slice rest = job->subject, uri;

	if (reply != API_OK) {
		ask_owners(f, job->subject);
		bsky_give_up(f, "posts are refused%.*s",
		             RP_FMT(api_says(&f->api, "message")));
		return;
	}
	if (json_type(&f->api.doc, array) != JSON_ARRAY) {
		taken->then = FETCH_AGAIN;
		return;
	}
	bsky_keep(taken);
	while (rest.n > 0) {
		uri = rp_slice_cut(&rest, '\n');
		if (came(f, array, uri))
			taken_look(taken, bsky_uri_key(f->api.arena, uri), "bsky",
			           LOOK_FOUND);
		else
			(void)jobs_insert(&f->jobs, true, JOB_RECORD, uri, RP_SLICE(""));
	}
	bsky_drop(f);
}

void
bsky_take_record(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                 struct fetch_taken *taken)
{
	struct rp_slice key = bsky_uri_key(f->api.arena, job->subject);
	struct at_uri uri;
	const bool gone = rp_slice_eq(api_word(&f->api, JSON_ROOT, "error"),
	                              RP_SLICE("RecordNotFound"));

	if (f->api.doc.n > 0) {
		bsky_keep(taken);
		taken->options = api_options(&f->api, "asked", key);
	}
	taken_look(taken, key, "bsky",
	           reply == API_OK ? LOOK_FOUND
	           : gone          ? LOOK_GONE
	                           : LOOK_NOTHING);
	/* Not the record but the account is the trouble. */
	if (reply != API_OK && !gone && at_uri_read(job->subject, &uri))
		(void)jobs_insert(&f->jobs, true, JOB_STATUS, uri.authority,
		                  RP_SLICE(""));
	bsky_drop(f);
}
