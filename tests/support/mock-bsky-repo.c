/* The servers of Bluesky's accounts, and the directory that says which one is whose. */
#include "tests/support/mock-bsky.h"

#include <inttypes.h>
#include <stdlib.h>

void
bsky_resolve(struct bsky *b)
{
	const char *handle = mock_param(b->r, "handle");
	const struct mock_thing *account =
		handle != NULL ? bsky_account(b, rp_slice_str(handle)) : NULL;

	if (account == NULL || account->flags[M_DELETED]) {
		bsky_error(b, 400, "InvalidRequest", "Unable to resolve handle");
		return;
	}
	jsonw_object(&b->w);
	jsonw_field_text(&b->w, "did", account->id);
	jsonw_end_object(&b->w);
}

/* Whose repository; false: an answer was made. */
static bool
repo_of(struct bsky *b, const char *param, const struct mock_thing **out)
{
	const char *repo = mock_param(b->r, param);
	struct rp_slice status;

	*out = repo != NULL ? bsky_account(b, rp_slice_str(repo)) : NULL;
	if (*out == NULL || (*out)->kind != MOCK_ACCOUNT || (*out)->flags[M_DELETED]) {
		bsky_error(
			b, 400,
			strcmp(param, "did") == 0 ? "RepoNotFound" : "InvalidRequest",
			mock_print(b->r, "Could not find repo: %s", repo ? repo : "").p);
		return false;
	}
	status = (*out)->texts[M_STATUS];
	if (strcmp(param, "did") == 0 || (status.n == 0 && !(*out)->flags[M_SUSPENDED]))
		return true;
	if (rp_slice_eq(status, RP_SLICE("takendown")))
		bsky_error(b, 400, "RepoTakendown", "Repo has been taken down");
	else if (rp_slice_eq(status, RP_SLICE("deactivated")))
		bsky_error(b, 400, "RepoDeactivated", "Repo has been deactivated");
	else
		bsky_error(b, 400, "RepoSuspended", "Repo has been suspended");
	return false;
}

static bool
is_of(const struct mock_thing *post, const char *collection)
{
	return strcmp(collection, post->texts[M_REPOST].n > 0
	                                  ? "app.bsky.feed.repost"
	                                  : "app.bsky.feed.post") == 0;
}

static void
put_record(struct bsky *b, const struct mock_thing *post)
{
	jsonw_object(&b->w);
	jsonw_field_text(&b->w, "uri", bsky_uri(b, post->key));
	jsonw_field_text(&b->w, "cid", bsky_cid(b, post->key));
	jsonw_key(&b->w, "value");
	bsky_put_record(b, post, &b->w);
	jsonw_end_object(&b->w);
}

void
bsky_get_record(struct bsky *b)
{
	const char *collection = mock_param(b->r, "collection");
	const char *rkey = mock_param(b->r, "rkey"), *cid = mock_param(b->r, "cid");
	const struct mock_thing *account, *post = NULL;

	if (!repo_of(b, "repo", &account))
		return;
	if (collection != NULL && rkey != NULL)
		post = mock_find2(b->m, "bsky",
		                  mock_print(b->r, "%.*s/%s", RP_FMT(account->id), rkey));
	if (post == NULL || post->flags[M_DELETED] || post->flags[M_HIDDEN] ||
	    !is_of(post, collection) ||
	    (cid != NULL && !rp_slice_eq(bsky_cid(b, post->key), rp_slice_str(cid)))) {
		bsky_error(b, 400, "RecordNotFound",
		           mock_print(b->r, "Could not locate record: at://%.*s/%s/%s",
		                      RP_FMT(account->id), collection ? collection : "",
		                      rkey ? rkey : "")
		                   .p);
		return;
	}
	put_record(b, post);
}

struct wish {
	const struct mock_thing *account;
	const char *collection;
};

static bool
in_repo(const struct mock *m, const struct mock_thing *post, const void *context)
{
	const struct wish *wish = context;

	(void)m;
	return !post->flags[M_DELETED] && !post->flags[M_HIDDEN] &&
	       rp_slice_eq(bsky_did(post), wish->account->id) &&
	       is_of(post, wish->collection);
}

static int
by_rkey_down(const void *a, const void *b)
{
	return rp_slice_cmp(bsky_rkey(*(struct mock_thing *const *)b),
	                    bsky_rkey(*(struct mock_thing *const *)a));
}

static int
by_rkey_up(const void *a, const void *b)
{
	return by_rkey_down(b, a);
}

/* The cursor is a record key: the first one past it. */
static size_t
start_of(const struct bsky *b, struct mock_list all, bool up)
{
	const char *cursor = mock_param(b->r, "cursor");
	size_t i = 0;

	if (cursor == NULL)
		return 0;
	if (cursor[0] == 'z' && strspn(cursor + 1, "0123456789") == strlen(cursor + 1))
		return strtoul(cursor + 1, NULL, 10);
	for (; i < all.n; i++) {
		int d = rp_slice_cmp(bsky_rkey(all.at[i]), rp_slice_str(cursor));

		if (up ? d > 0 : d < 0)
			break;
	}
	return i;
}

static void
list_records(struct bsky *b)
{
	const char *collection = mock_param(b->r, "collection");
	const char *reverse = mock_param(b->r, "reverse");
	bool up = reverse != NULL && strcmp(reverse, "true") == 0;
	struct wish wish = { .collection = collection != NULL ? collection : "" };
	struct mock_list all;
	struct mock_page page;
	size_t limit;

	if (!repo_of(b, "repo", &wish.account) || !bsky_limit(b, 50, &limit))
		return;
	all = mock_posts(b->m, b->r->arena, "bsky", in_repo, &wish);
	qsort(all.at, all.n, sizeof(*all.at), up ? by_rkey_up : by_rkey_down);
	page = mock_page(b->r, all, start_of(b, all, up), limit);
	jsonw_object(&b->w);
	jsonw_key(&b->w, "records");
	jsonw_array(&b->w);
	for (size_t i = 0; i < page.posts.n; i++)
		put_record(b, page.posts.at[i]);
	jsonw_end_array(&b->w);
	/* The last page has one too, when it is full. */
	if (page.has_next && (page.next == 0 || page.next > all.n))
		jsonw_field_text(&b->w, "cursor", mock_token(b->r, &page, all));
	else if (page.next <= all.n && (page.has_next || page.posts.n >= limit))
		jsonw_field_text(&b->w, "cursor", bsky_rkey(all.at[page.next - 1]));
	jsonw_end_object(&b->w);
}

static void
repo_status(struct bsky *b)
{
	const struct mock_thing *account;
	struct rp_slice status;

	if (!repo_of(b, "did", &account))
		return;
	status = account->texts[M_STATUS];
	if (account->flags[M_SUSPENDED] && status.n == 0)
		status = RP_SLICE("suspended");
	jsonw_object(&b->w);
	jsonw_field_text(&b->w, "did", account->id);
	jsonw_field_bool(&b->w, "active", status.n == 0);
	if (status.n > 0)
		jsonw_field_text(&b->w, "status", status);
	else
		jsonw_field_text(&b->w, "rev", RP_SLICE("3mbzzzzzzzz2a"));
	jsonw_end_object(&b->w);
}

static void
put_document(struct bsky *b, const struct mock_thing *account, struct jsonw *w)
{
	jsonw_object(w);
	jsonw_key(w, "@context");
	jsonw_raw(w, RP_SLICE("[\"https://www.w3.org/ns/did/v1\"]"));
	jsonw_field_text(w, "id", account->id);
	jsonw_key(w, "alsoKnownAs");
	jsonw_array(w);
	jsonw_text(w, mock_print(b->r, "at://%.*s", RP_FMT(account->texts[M_NAME])));
	jsonw_end_array(w);
	jsonw_key(w, "verificationMethod");
	jsonw_array(w);
	jsonw_end_array(w);
	jsonw_key(w, "service");
	jsonw_array(w);
	jsonw_object(w);
	jsonw_field_text(w, "id", RP_SLICE("#atproto_pds"));
	jsonw_field_text(w, "type", RP_SLICE("AtprotoPersonalDataServer"));
	jsonw_field_text(w, "serviceEndpoint",
	                 mock_print(b->r, "http://%s/pds", b->r->host));
	jsonw_end_object(w);
	jsonw_end_array(w);
	jsonw_end_object(w);
}

static void
describe_repo(struct bsky *b)
{
	const struct mock_thing *account;

	if (!repo_of(b, "repo", &account))
		return;
	jsonw_object(&b->w);
	jsonw_field_text(&b->w, "handle", account->texts[M_NAME]);
	jsonw_field_text(&b->w, "did", account->id);
	jsonw_key(&b->w, "didDoc");
	put_document(b, account, &b->w);
	jsonw_key(&b->w, "collections");
	jsonw_raw(&b->w, RP_SLICE("[\"app.bsky.feed.post\",\"app.bsky.feed.repost\"]"));
	jsonw_field_bool(
		&b->w, "handleIsCorrect",
		!rp_slice_eq(account->texts[M_NAME], RP_SLICE("handle.invalid")));
	jsonw_end_object(&b->w);
}

/* false: too many. */
static bool
allowed(struct bsky *b)
{
	int limit = mock_number(b->m, "bsky-limit", 3000);
	int64_t reset;
	int left = mock_rate(b->m, "pds", limit, 300, &reset);

	mock_header(b->a, "RateLimit-Limit", "%d", limit);
	mock_header(b->a, "RateLimit-Remaining", "%d", left < 0 ? 0 : left);
	mock_header(b->a, "RateLimit-Reset", "%" PRId64, reset);
	mock_header(b->a, "RateLimit-Policy", "%d;w=300", limit);
	if (left >= 0)
		return true;
	mock_header(b->a, "Retry-After", "%" PRId64, reset - mock_now(b->m) / RP_SECOND);
	bsky_error(b, 429, "RateLimitExceeded", "Rate Limit Exceeded");
	return false;
}

void
mock_pds(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	static const struct {
		const char *method;
		void (*answer)(struct bsky *);
	} methods[] = {
		{ "com.atproto.repo.listRecords", list_records },
		{ "com.atproto.repo.getRecord", bsky_get_record },
		{ "com.atproto.repo.describeRepo", describe_repo },
		{ "com.atproto.sync.getRepoStatus", repo_status },
		{ "com.atproto.identity.resolveHandle", bsky_resolve },
	};
	struct bsky b = { m, r, a, jsonw_to(&a->body) };

	a->validate = true;
	a->weak = true;
	if (!allowed(&b))
		return;
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		if (strncmp(r->path, "/xrpc/", 6) == 0 &&
		    strcmp(r->path + 6, methods[i].method) == 0) {
			methods[i].answer(&b);
			return;
		}
	if (strncmp(r->path, "/xrpc/app.bsky.", 15) == 0)
		bsky_error(&b, 400, "InvalidRequest",
		           mock_print(r, "No service configured for %s", r->path + 6).p);
	else
		bsky_error(&b, 404, "XRPCNotSupported", "XRPCNotSupported");
}

/* /did:plc:... */
void
mock_plc(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	struct bsky b = { m, r, a, jsonw_to(&a->body) };
	const char *did = r->path[0] == '/' ? r->path + 1 : r->path;
	const struct mock_thing *account = mock_find2(m, "bsky", rp_slice_str(did));

	a->type = "application/did+ld+json; charset=utf-8";
	if (account == NULL || account->kind != MOCK_ACCOUNT) {
		a->status = 404;
		buf_printf(&a->body, "{\"message\":\"DID not registered: %s\"}", did);
	} else if (account->flags[M_DELETED]) {
		a->status = 410;
		buf_printf(&a->body, "{\"message\":\"DID not available: %s\"}", did);
	} else {
		put_document(&b, account, &b.w);
	}
}
