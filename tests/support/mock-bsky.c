/* The AppView of the mock of Bluesky: feeds, threads, posts, searches. */
#include "tests/support/mock-bsky.h"

#include <inttypes.h>
#include <stdlib.h>

void
bsky_error(struct bsky *b, int status, const char *error, const char *message)
{
	struct jsonw w = jsonw_to(&b->a->body);

	buf_clear(&b->a->body);
	b->a->status = status;
	jsonw_object(&w);
	jsonw_field_text(&w, "error", rp_slice_str(error));
	jsonw_field_text(&w, "message", rp_slice_str(message));
	jsonw_end_object(&w);
}

bool
bsky_limit(struct bsky *b, int otherwise, size_t *out)
{
	int64_t limit =
		mock_param(b->r, "limit") ? mock_param_int(b->r, "limit", -1) : otherwise;

	if (limit < 1 || limit > 100) {
		bsky_error(b, 400, "InvalidRequest",
		           limit < 1 ? "Error: limit can not be less than 1"
		                     : "Error: limit can not be greater than 100");
		return false;
	}
	*out = (size_t)limit;
	return true;
}

/* "1768986360000__bafyrei...": the time and the cid of the last item. */
static struct rp_slice
cursor_after(struct bsky *b, const struct mock_page *page, struct mock_list all)
{
	const struct mock_thing *last;

	if (page->next == 0 || page->next > all.n)
		return mock_token(b->r, page, all);
	last = all.at[page->next - 1];
	return mock_print(b->r, "%" PRId64 "__%.*s", last->made / 1000,
	                  RP_FMT(bsky_cid(b, last->key)));
}

/* Where a page begins; false: 500, as the AppView has it for what it cannot read. */
static bool
start_of(struct bsky *b, struct mock_list all, size_t *out)
{
	const char *cursor = mock_param(b->r, "cursor");
	struct rp_slice cid = rp_slice_str(cursor);
	size_t bar = rp_slice_find(cid, RP_SLICE("__"));

	*out = 0;
	if (cursor == NULL)
		return true;
	if (cursor[0] == 'z' && mock_token_read(cid, all, out))
		return true;
	if (bar == cid.n || strspn(cursor, "-0123456789") != bar) {
		bsky_error(b, 500, "InternalServerError", "Internal Server Error");
		return false;
	}
	cid = rp_slice_skip(cid, bar + 2);
	for (size_t i = 0; i < all.n; i++)
		if (rp_slice_eq(bsky_cid(b, all.at[i]->key), cid)) {
			*out = i + 1;
			return true;
		}
	while (*out < all.n && all.at[*out]->made / 1000 >= atoll(cursor))
		++*out;
	return true;
}

/* A full page has a cursor, the last one too. */
static void
put_cursor(struct bsky *b, const struct mock_page *page, struct mock_list all,
           size_t limit)
{
	struct mock_page last = *page;

	if (!page->has_next && page->next > all.n)
		last.next = all.n;
	if (page->has_next || (page->posts.n > 0 && page->posts.n >= limit))
		jsonw_field_text(&b->w, "cursor", cursor_after(b, &last, all));
}

struct wish {
	struct bsky *b;
	const struct mock_thing *actor;
	struct rp_slice key;
	const char *filter;
};

static bool
in_feed(const struct mock *m, const struct mock_thing *post, const void *context)
{
	const struct wish *wish = context;
	const char *filter = wish->filter;

	(void)m;
	if (!rp_slice_eq(bsky_did(post), wish->actor->id) || !bsky_visible(wish->b, post))
		return false;
	/* A repost of what is gone is not shown. */
	if (post->texts[M_REPOST].n > 0)
		return bsky_visible(wish->b, mock_find(m, post->texts[M_REPOST]));
	if (strcmp(filter, "posts_no_replies") == 0)
		return post->texts[M_REPLY].n == 0;
	if (strcmp(filter, "posts_with_media") == 0)
		return post->raws[M_MEDIA].n > 0;
	if (strcmp(filter, "posts_with_video") == 0)
		return false;
	return true;
}

static void
put_related(struct bsky *b, const char *name, struct rp_slice key)
{
	const struct mock_thing *post = mock_find(b->m, key);

	jsonw_key(&b->w, name);
	if (bsky_visible(b, post) && !post->flags[M_BLOCKED])
		bsky_put_post(b, post, "app.bsky.feed.defs#postView");
	else
		bsky_put_missing(b, key);
}

static void
put_reply(struct bsky *b, const struct mock_thing *post)
{
	struct rp_slice root = post->texts[M_REPLY];
	const struct mock_thing *at = post;

	if (post->texts[M_REPLY].n == 0)
		return;
	for (int i = 0; at != NULL && at->texts[M_REPLY].n > 0 && i < 10000; i++) {
		root = at->texts[M_ROOT].n > 0 ? at->texts[M_ROOT] : at->texts[M_REPLY];
		at = at->texts[M_ROOT].n > 0 ? NULL : mock_find(b->m, root);
	}
	jsonw_key(&b->w, "reply");
	jsonw_object(&b->w);
	put_related(b, "root", root);
	put_related(b, "parent", post->texts[M_REPLY]);
	jsonw_end_object(&b->w);
}

/* By whom, and when. */
static void
put_reason(struct bsky *b, const struct mock_thing *repost)
{
	jsonw_key(&b->w, "reason");
	jsonw_object(&b->w);
	jsonw_field_text(&b->w, "$type", RP_SLICE("app.bsky.feed.defs#reasonRepost"));
	jsonw_key(&b->w, "by");
	bsky_put_author(b, bsky_author(b, repost));
	jsonw_field_text(&b->w, "uri", bsky_uri(b, repost->key));
	jsonw_field_text(&b->w, "cid", bsky_cid(b, repost->key));
	jsonw_field_text(&b->w, "indexedAt",
	                 mock_time(b->r, repost->time, RP_PRECISION_MS));
	jsonw_end_object(&b->w);
}

static void
put_item(struct bsky *b, const struct mock_thing *item, bool pinned)
{
	const struct mock_thing *post = item;

	if (item->texts[M_REPOST].n > 0)
		post = mock_find(b->m, item->texts[M_REPOST]);
	jsonw_object(&b->w);
	jsonw_key(&b->w, "post");
	bsky_put_post(b, post, NULL);
	put_reply(b, post);
	if (post != item)
		put_reason(b, item);
	if (pinned) {
		jsonw_key(&b->w, "reason");
		jsonw_object(&b->w);
		jsonw_field_text(&b->w, "$type",
		                 RP_SLICE("app.bsky.feed.defs#reasonPin"));
		jsonw_end_object(&b->w);
	}
	jsonw_end_object(&b->w);
}

/* false: an answer was made. */
static bool
actor_of(struct bsky *b, const char *name, const struct mock_thing **out)
{
	const char *actor = mock_param(b->r, name);

	*out = actor != NULL ? bsky_account(b, rp_slice_str(actor)) : NULL;
	if (actor == NULL)
		bsky_error(b, 400, "InvalidRequest",
		           "Error: Params must have the property \"actor\"");
	else if (*out == NULL || (*out)->kind != MOCK_ACCOUNT || (*out)->flags[M_DELETED])
		bsky_error(b, 400, "InvalidRequest", "Profile not found");
	else if ((*out)->flags[M_SUSPENDED])
		bsky_error(b, 400, "AccountTakedown", "Account has been suspended");
	else if ((*out)->texts[M_STATUS].n > 0)
		bsky_error(b, 400, "AccountDeactivated", "Account is deactivated");
	else
		return true;
	return false;
}

static void
author_feed(struct bsky *b)
{
	const char *filter = mock_param(b->r, "filter"), *pins;
	struct wish wish = { .b = b, .filter = filter != NULL ? filter : "" };
	struct mock_list all;
	struct mock_page page;
	size_t limit, start;
	const struct mock_thing *pinned;

	if (!actor_of(b, "actor", &wish.actor) || !bsky_limit(b, 50, &limit))
		return;
	all = mock_posts(b->m, b->r->arena, "bsky", in_feed, &wish);
	if (!start_of(b, all, &start))
		return;
	page = mock_page(b->r, all, start, limit);
	pins = mock_param(b->r, "includePins");
	pinned = mock_find(b->m, wish.actor->texts[M_PINNED]);
	jsonw_object(&b->w);
	jsonw_key(&b->w, "feed");
	jsonw_array(&b->w);
	if (pins != NULL && strcmp(pins, "true") == 0 && start == 0 && pinned != NULL)
		put_item(b, pinned, true);
	for (size_t i = 0; i < page.posts.n; i++)
		put_item(b, page.posts.at[i], false);
	jsonw_end_array(&b->w);
	put_cursor(b, &page, all, limit);
	jsonw_end_object(&b->w);
}

static void
post_thread(struct bsky *b)
{
	const char *uri = mock_param(b->r, "uri");
	const struct mock_thing *post = uri != NULL ? bsky_at(b, uri) : NULL;
	int64_t depth = mock_param_int(b->r, "depth", 6);
	int64_t height = mock_param_int(b->r, "parentHeight", 80);
	int most = mock_number(b->m, "bsky-depth", 1000);

	if (depth < 0 || depth > 1000 || height < 0 || height > 1000) {
		bsky_error(b, 400, "InvalidRequest",
		           "Error: depth can not be greater than 1000");
	} else if (!bsky_visible(b, post)) {
		bsky_error(
			b, 400, "NotFound",
			mock_print(b->r, "Post not found: %s", uri != NULL ? uri : "").p);
	} else {
		jsonw_object(&b->w);
		jsonw_key(&b->w, "thread");
		if (post->flags[M_BLOCKED])
			bsky_put_missing(b, post->key);
		else
			bsky_put_thread(b, post, (int)height,
			                depth < most ? (int)depth : most);
		jsonw_end_object(&b->w);
	}
}

/* Those that are gone are left out. */
static void
posts(struct bsky *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->r->n; i++)
		n += strcmp(b->r->names[i], "uris") == 0;
	if (n < 1 || n > 25) {
		bsky_error(b, 400, "InvalidRequest",
		           "Error: uris must not have more than 25 elements");
		return;
	}
	jsonw_object(&b->w);
	jsonw_key(&b->w, "posts");
	jsonw_array(&b->w);
	for (size_t i = b->r->n; i-- > 0;) {
		const struct mock_thing *post = strcmp(b->r->names[i], "uris") == 0
		                                        ? bsky_at(b, b->r->values[i])
		                                        : NULL;

		if (bsky_visible(b, post) && !post->flags[M_BLOCKED])
			bsky_put_post(b, post, NULL);
	}
	jsonw_end_array(&b->w);
	jsonw_end_object(&b->w);
}

static void
put_list(struct bsky *b, struct mock_list all, size_t limit, bool total)
{
	struct mock_page page;
	size_t start;

	if (!start_of(b, all, &start))
		return;
	page = mock_page(b->r, all, start, limit);
	jsonw_object(&b->w);
	if (mock_param(b->r, "uri") != NULL)
		jsonw_field_text(&b->w, "uri", rp_slice_str(mock_param(b->r, "uri")));
	jsonw_key(&b->w, "posts");
	jsonw_array(&b->w);
	for (size_t i = 0; i < page.posts.n; i++)
		bsky_put_post(b, page.posts.at[i], NULL);
	jsonw_end_array(&b->w);
	put_cursor(b, &page, all, limit);
	if (total)
		jsonw_field_int(&b->w, "hitsTotal", (int64_t)page.total);
	jsonw_end_object(&b->w);
}

static bool
quoting(const struct mock *m, const struct mock_thing *post, const void *context)
{
	const struct wish *wish = context;

	(void)m;
	return rp_slice_eq(post->texts[M_QUOTE], wish->key) &&
	       bsky_visible(wish->b, post);
}

static void
quotes(struct bsky *b)
{
	const char *uri = mock_param(b->r, "uri");
	const struct mock_thing *post = uri != NULL ? bsky_at(b, uri) : NULL;
	struct wish wish = { .b = b, .key = post != NULL ? post->key : RP_SLICE("?") };
	size_t limit;

	if (bsky_limit(b, 50, &limit))
		put_list(b, mock_posts(b->m, b->r->arena, "bsky", quoting, &wish), limit,
		         false);
}

/* Words that all stand in the text; `author`, `since`, `until`. */
static bool
matching(const struct mock *m, const struct mock_thing *post, const void *context)
{
	const struct wish *wish = context;
	const struct mock_request *r = wish->b->r;
	struct rp_slice words = rp_slice_str(mock_param(r, "q"));
	struct rp_time since = RP_TIME_NONE, until = RP_TIME_NONE;

	(void)m;
	if (!bsky_visible(wish->b, post) || post->texts[M_REPOST].n > 0 ||
	    (wish->actor != NULL && !rp_slice_eq(bsky_did(post), wish->actor->id)))
		return false;
	(void)rp_time_read(rp_slice_str(mock_param(r, "since")), RP_BASIS_PLATFORM,
	                   &since);
	(void)rp_time_read(rp_slice_str(mock_param(r, "until")), RP_BASIS_PLATFORM,
	                   &until);
	if ((since.lo != RP_TIME_UNKNOWN && post->time < since.lo) ||
	    (until.lo != RP_TIME_UNKNOWN && post->time >= until.lo))
		return false;
	while (words.n > 0) {
		struct rp_slice one = rp_slice_cut(&words, ' '),
				text = post->texts[M_TEXT];
		bool found = false;

		for (size_t i = 0; i + one.n <= text.n && !found; i++)
			found = rp_slice_eq_nocase(rp_slice_from(text.p + i, one.n), one);
		if (!found)
			return false;
	}
	return true;
}

static void
search(struct bsky *b)
{
	const char *off = mock_setting(b->m, "bsky-search", "");
	const char *author = mock_param(b->r, "author");
	struct wish wish = { .b = b };
	size_t limit;

	if (strcmp(off, "off") == 0 ||
	    (strcmp(off, "cursor") == 0 && mock_param(b->r, "cursor") != NULL)) {
		b->a->status = 403;
		b->a->type = "text/html";
		buf_add_str(&b->a->body,
		            "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by "
		            "administrative rules.\n</body></html>\n");
		return;
	}
	if (mock_param(b->r, "q") == NULL) {
		bsky_error(b, 400, "InvalidRequest",
		           "Error: Params must have the property \"q\"");
		return;
	}
	if ((author != NULL && !actor_of(b, "author", &wish.actor)) ||
	    !bsky_limit(b, 25, &limit))
		return;
	put_list(b, mock_posts(b->m, b->r->arena, "bsky", matching, &wish), limit, true);
}

static void
profile(struct bsky *b)
{
	const struct mock_thing *actor;

	if (actor_of(b, "actor", &actor))
		bsky_put_author(b, actor);
}

void
mock_bsky(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	static const struct {
		const char *method;
		void (*answer)(struct bsky *);
	} methods[] = {
		{ "app.bsky.feed.getAuthorFeed", author_feed },
		{ "app.bsky.feed.getPostThread", post_thread },
		{ "app.bsky.feed.getPosts", posts },
		{ "app.bsky.feed.getQuotes", quotes },
		{ "app.bsky.feed.searchPosts", search },
		{ "app.bsky.actor.getProfile", profile },
		{ "com.atproto.identity.resolveHandle", bsky_resolve },
		{ "com.atproto.repo.getRecord", bsky_get_record },
	};
	struct bsky b = { m, r, a, jsonw_to(&a->body) };

	a->validate = true;
	a->weak = true;
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		if (strncmp(r->path, "/xrpc/", 6) == 0 &&
		    strcmp(r->path + 6, methods[i].method) == 0) {
			methods[i].answer(&b);
			return;
		}
	bsky_error(&b, 404, "XRPCNotSupported", "XRPCNotSupported");
}
