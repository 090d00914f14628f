/* The REST API of the mock of a Mastodon instance: who may ask what, lists, threads. */
#include "tests/support/mock-masto.h"

#include <inttypes.h>
#include <stdlib.h>

enum { ANCESTORS = 40, DESCENDANTS = 60, DEPTH = 20 };

static void
refuse(struct mock_answer *a, int status, const char *text)
{
	a->status = status;
	buf_clear(&a->body);
	buf_printf(&a->body, "{\"error\":\"%s\"}", text);
}

static bool
has_paging(const struct mock_request *r)
{
	return mock_param(r, "max_id") != NULL || mock_param(r, "min_id") != NULL ||
	       mock_param(r, "since_id") != NULL || mock_param(r, "page") != NULL;
}

/* Two limits; the headers tell of the one that is nearer. */
static bool
allowed(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	int limit = mock_number(m, "masto-limit", 300);
	int64_t reset, reset2;
	int left = mock_rate(m, "masto", limit, 300, &reset);

	if (has_paging(r)) {
		int limit2 = mock_number(m, "masto-paging-limit", 300);
		int left2 = mock_rate(m, "masto paging", limit2, 900, &reset2);

		if (left2 < left) {
			left = left2;
			limit = limit2;
			reset = reset2;
		}
	}
	mock_header(a, "X-RateLimit-Limit", "%d", limit);
	mock_header(a, "X-RateLimit-Remaining", "%d", left < 0 ? 0 : left);
	mock_header(a, "X-RateLimit-Reset", "%.*s",
	            RP_FMT(mock_time(r, reset * RP_SECOND, RP_PRECISION_US)));
	if (left < 0)
		refuse(a, 429, "Too many requests");
	else if (mock_on(m, "masto-locked") && r->authorization == NULL)
		refuse(a, 401, "This API requires an authenticated user");
	return a->status == 200;
}

static bool
id_less(struct rp_slice a, struct rp_slice b)
{
	return a.n != b.n ? a.n < b.n : rp_slice_cmp(a, b) < 0;
}

struct wish {
	const struct mock_request *r;
	struct rp_slice author, tag;
	const char *since, *min;
};

static bool
within(const struct wish *wish, const struct mock_thing *post)
{
	return (wish->since == NULL || id_less(rp_slice_str(wish->since), post->id)) &&
	       (wish->min == NULL || id_less(rp_slice_str(wish->min), post->id));
}

static bool
is_true(const struct mock_request *r, const char *name)
{
	const char *value = mock_param(r, name);

	return value != NULL && (strcmp(value, "true") == 0 || strcmp(value, "1") == 0);
}

/* Replies to others go; those to oneself stay. */
static bool
unwanted_reply(const struct mock *m, const struct mock_thing *post)
{
	const struct mock_thing *parent = mock_find(m, post->texts[M_REPLY]);

	return post->texts[M_REPLY].n > 0 &&
	       !rp_slice_eq(mock_text(parent, M_BY), post->texts[M_BY]);
}

static bool
by_author(const struct mock *m, const struct mock_thing *post, const void *context)
{
	const struct wish *wish = context;
	const struct mock_thing *by = mock_find(m, wish->author);

	if (!rp_slice_eq(post->texts[M_BY], wish->author) || !masto_visible(m, post) ||
	    !within(wish, post))
		return false;
	if (is_true(wish->r, "pinned") &&
	    !rp_slice_eq(mock_text(by, M_PINNED), post->key))
		return false;
	if (is_true(wish->r, "exclude_reblogs") && post->texts[M_REPOST].n > 0)
		return false;
	if (is_true(wish->r, "only_media") && post->raws[M_MEDIA].n == 0)
		return false;
	return !is_true(wish->r, "exclude_replies") || !unwanted_reply(m, post);
}

static bool
tagged(const struct mock *m, const struct mock_thing *post, const void *context)
{
	const struct wish *wish = context;
	struct rp_slice text = post->texts[M_TEXT], tag = wish->tag;

	if (!masto_visible(m, post) || !within(wish, post) || post->texts[M_REPOST].n > 0)
		return false;
	if (tag.n == 0)
		return true;
	for (size_t i = 0; i + tag.n < text.n; i++)
		if (text.p[i] == '#' &&
		    rp_slice_eq_nocase(rp_slice_from(text.p + i + 1, tag.n), tag))
			return true;
	return false;
}

/* The parameters of the request but for the place in the list. */
static void
put_link(const struct mock_request *r, const char *name, struct rp_slice id,
         const char *rel, struct rp_buf *out)
{
	buf_printf(out, "%s<http://%s%s?", out->n > 0 ? ", " : "", r->host, r->full);
	for (size_t i = 0; i < r->n; i++)
		if (strstr(r->names[i], "_id") == NULL)
			buf_printf(out, "%s=%s&", r->names[i], r->values[i]);
	buf_printf(out, "%s=%.*s>; rel=\"%s\"", name, RP_FMT(id), rel);
}

/* Only after a full page is there said to be more: of the faults some say so too. */
static void
put_links(const struct mock *m, const struct mock_request *r,
          const struct mock_page *page, struct mock_list all, size_t limit,
          struct mock_answer *a)
{
	CLEANUP(buf_done) struct rp_buf links;
	const struct mock_list *posts = &page->posts;
	bool faulty = r->fault != NULL && r->fault->paging[0] != '\0';

	buf_init(&links, 1 << 16);
	if (page->has_next && faulty && (page->next == 0 || page->next > all.n))
		put_link(r, "max_id", mock_print(r, "%u", 100000 - m->serial), "next",
		         &links);
	else if (faulty ? page->has_next : posts->n >= limit)
		put_link(r, "max_id", all.at[page->next - 1]->id, "next", &links);
	if (posts->n > 0)
		put_link(r, "min_id", posts->at[0]->id, "prev", &links);
	if (links.n > 0)
		mock_header(a, "Link", "%.*s", RP_FMT(buf_slice(&links)));
}

/* Behind the post that is named, or where it would be. */
static size_t
start_after(struct mock_list all, struct rp_slice max)
{
	size_t i = 0;

	while (i < all.n && !rp_slice_eq(all.at[i]->id, max))
		i++;
	if (i < all.n)
		return i + 1;
	for (i = 0; i < all.n && !id_less(all.at[i]->id, max);)
		i++;
	return i;
}

static void
put_timeline(struct mock *m, const struct mock_request *r, struct mock_answer *a,
             struct wish *wish, mock_filter filter)
{
	struct jsonw w = jsonw_to(&a->body);
	int64_t limit = mock_param_int(r, "limit", 20);
	struct mock_list all;
	struct mock_page page;
	const char *max = mock_param(r, "max_id");
	size_t start = 0;

	limit = limit < 1 ? 20 : limit > 40 ? 40 : limit;
	wish->r = r;
	wish->since = mock_param(r, "since_id");
	wish->min = mock_param(r, "min_id");
	all = mock_posts(m, r->arena, "masto", filter, wish);
	/* The ids of pages that are empty for ever are short (put_links()). */
	if (max != NULL && r->fault != NULL && strlen(max) < 7)
		start = MOCK_BEYOND;
	else if (max != NULL)
		start = start_after(all, rp_slice_str(max));
	/* Forward without a gap: those right above the one that is known. */
	else if (wish->min != NULL && all.n > (size_t)limit)
		start = all.n - (size_t)limit;
	page = mock_page(r, all, start, (size_t)limit);
	jsonw_array(&w);
	for (size_t i = 0; i < page.posts.n; i++)
		masto_put_status(m, r, page.posts.at[i], false, &w);
	jsonw_end_array(&w);
	put_links(m, r, &page, all, (size_t)limit, a);
}

/* ---- threads */

static void
collect_ancestors(struct mock *m, const struct mock_thing *post, struct mock_list *list)
{
	for (int i = 0; i < ANCESTORS; i++) {
		struct mock_thing *parent = mock_find(m, post->texts[M_REPLY]);

		if (!masto_visible(m, parent))
			return;
		list->at[list->n++] = parent;
		post = parent;
	}
}

/* Depth first; worlds are small and their threads no deeper than DEPTH here. */
static void
collect_descendants(struct mock *m, const struct mock_thing *post, int depth, size_t most,
                    struct mock_list *list)
{
	for (size_t i = 0; i < m->n && depth < DEPTH; i++) {
		struct mock_thing *reply = m->things[i];

		if (!rp_slice_eq(reply->texts[M_REPLY], post->key) ||
		    !masto_visible(m, reply) || list->n >= most)
			continue;
		list->at[list->n++] = reply;
		collect_descendants(m, reply, depth + 1, most, list);
	}
}

static void
put_context(struct mock *m, const struct mock_request *r, const struct mock_thing *post,
            struct mock_answer *a)
{
	struct mock_list up = { arena_array(r->arena, ANCESTORS + 1, sizeof(*up.at)), 0 };
	struct mock_list down = { arena_array(r->arena, m->n + 1, sizeof(*down.at)), 0 };
	struct jsonw w = jsonw_to(&a->body);

	if (up.at == NULL || down.at == NULL)
		abort();
	collect_ancestors(m, post, &up);
	collect_descendants(m, post, 0, DESCENDANTS, &down);
	jsonw_object(&w);
	jsonw_key(&w, "ancestors");
	jsonw_array(&w);
	for (size_t i = up.n; i-- > 0;)
		masto_put_status(m, r, up.at[i], false, &w);
	jsonw_end_array(&w);
	jsonw_key(&w, "descendants");
	jsonw_array(&w);
	for (size_t i = 0; i < down.n; i++)
		masto_put_status(m, r, down.at[i], false, &w);
	jsonw_end_array(&w);
	jsonw_end_object(&w);
}

/* ---- end points */

static void
account(struct mock *m, const struct mock_request *r, struct mock_answer *a,
        const struct mock_thing *who, const char *rest)
{
	struct jsonw w = jsonw_to(&a->body);

	if (who == NULL || who->kind != MOCK_ACCOUNT || who->flags[M_HIDDEN]) {
		refuse(a, 404, "Record not found");
	} else if (who->flags[M_DELETED]) {
		refuse(a, 410, "Gone");
	} else if (strcmp(rest, "/statuses") == 0) {
		struct wish wish = { .author = who->key };

		put_timeline(m, r, a, &wish, by_author);
	} else if (*rest == '\0') {
		masto_put_account(m, r, who, &w);
	} else {
		refuse(a, 404, "Record not found");
	}
}

static void
status(struct mock *m, const struct mock_request *r, struct mock_answer *a,
       const struct mock_thing *post, const char *rest)
{
	struct jsonw w = jsonw_to(&a->body);

	if (!masto_visible(m, post)) {
		refuse(a, 404, "Record not found");
	} else if (*rest == '\0') {
		masto_put_status(m, r, post, false, &w);
	} else if (strcmp(rest, "/context") == 0) {
		put_context(m, r, post, a);
	} else if (strcmp(rest, "/history") == 0 &&
	           mock_number(m, "masto-edits", 1) != 0) {
		jsonw_array(&w);
		masto_put_history(m, r, post, &w);
		jsonw_end_array(&w);
	} else if (strcmp(rest, "/quotes") == 0) {
		refuse(a, 401, "This method requires an authenticated user");
	} else {
		refuse(a, 404, "Record not found");
	}
}

static void
statuses(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	struct jsonw w = jsonw_to(&a->body);

	jsonw_array(&w);
	for (size_t i = 0; i < r->n; i++) {
		const struct mock_thing *post =
			strcmp(r->names[i], "id[]") == 0
				? mock_find2(m, "masto", rp_slice_str(r->values[i]))
				: NULL;

		if (masto_visible(m, post))
			masto_put_status(m, r, post, false, &w);
	}
	jsonw_end_array(&w);
}

/* An id, and what follows it. */
static struct mock_thing *
thing_at(struct mock *m, const char *path, const char **rest_out)
{
	size_t n = strcspn(path, "/");

	*rest_out = path + n;
	return mock_find2(m, "masto", rp_slice_from(path, n));
}

static void
lookup(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	struct rp_slice acct = rp_slice_str(mock_param(r, "acct"));
	const char *home = mock_setting(m, "masto-host", "social.example");
	size_t at;

	if (rp_slice_starts(acct, RP_SLICE("@")))
		acct = rp_slice_skip(acct, 1);
	at = rp_slice_find_byte(acct, '@');
	if (at < acct.n &&
	    rp_slice_eq_nocase(rp_slice_skip(acct, at + 1), rp_slice_str(home)))
		acct.n = at;
	account(m, r, a, mock_named(m, "masto", acct), "");
}

static void
instance(struct mock *m, struct mock_answer *a)
{
	buf_printf(&a->body,
	           "{\"domain\":\"%s\",\"title\":\"Mock\",\"version\":\"4.5.1\","
	           "\"api_versions\":{\"mastodon\":7},\"configuration\":{\"timelines_"
	           "access\":"
	           "{\"live_feeds\":{\"local\":\"public\",\"remote\":\"public\"}}}}",
	           mock_setting(m, "masto-host", "social.example"));
}

static void
object(struct mock *m, const struct mock_request *r, struct mock_answer *a,
       const struct mock_thing *post)
{
	struct jsonw w = jsonw_to(&a->body);
	const struct mock_thing *by = mock_find(m, mock_text(post, M_BY));
	const char *home = mock_setting(m, "masto-host", "social.example");

	if (post != NULL && post->flags[M_DELETED]) {
		a->status = 410;
		return;
	}
	if (!masto_visible(m, post)) {
		refuse(a, 404, "Not Found");
		return;
	}
	a->type = "application/activity+json; charset=utf-8";
	jsonw_object(&w);
	jsonw_field_text(&w, "@context",
	                 RP_SLICE("https://www.w3.org/ns/activitystreams"));
	jsonw_field_text(&w, "id", mock_print(r, "https://%s%s", home, r->path));
	jsonw_field_text(&w, "type", RP_SLICE("Note"));
	jsonw_field_text(&w, "published", mock_time(r, post->made, RP_PRECISION_S));
	jsonw_field_text(&w, "attributedTo",
	                 mock_print(r, "https://%s/users/%.*s", home,
	                            RP_FMT(mock_text(by, M_NAME))));
	jsonw_field_text(&w, "to",
	                 RP_SLICE("https://www.w3.org/ns/activitystreams#Public"));
	jsonw_field_text(&w, "content",
	                 mock_print(r, "<p>%.*s</p>", RP_FMT(post->texts[M_TEXT])));
	jsonw_end_object(&w);
}

static void
api(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	const char *path = r->path + strlen("/api/"), *rest = "";
	struct wish wish = { .r = r };

	if (strcmp(path, "v1/accounts/lookup") == 0) {
		lookup(m, r, a);
	} else if (strncmp(path, "v1/accounts/", 12) == 0) {
		struct mock_thing *who = thing_at(m, path + 12, &rest);

		account(m, r, a, who, rest);
	} else if (strcmp(path, "v1/statuses") == 0) {
		statuses(m, r, a);
	} else if (strncmp(path, "v1/statuses/", 12) == 0) {
		struct mock_thing *post = thing_at(m, path + 12, &rest);

		status(m, r, a, post, rest);
	} else if (strncmp(path, "v1/timelines/tag/", 17) == 0) {
		wish.tag = rp_slice_str(path + 17);
		put_timeline(m, r, a, &wish, tagged);
	} else if (strcmp(path, "v1/timelines/public") == 0) {
		put_timeline(m, r, a, &wish, tagged);
	} else if (strcmp(path, "v2/search") == 0) {
		buf_add_str(&a->body,
		            "{\"accounts\":[],\"statuses\":[],\"hashtags\":[]}");
	} else if (strcmp(path, "v2/instance") == 0 || strcmp(path, "v1/instance") == 0) {
		instance(m, a);
	} else {
		refuse(a, 404, "Not Found");
	}
}

void
mock_masto(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	const char *id = strstr(r->path, "/statuses/");

	if (!allowed(m, r, a))
		return;
	if (strncmp(r->path, "/api/", 5) == 0)
		api(m, r, a);
	else if (strncmp(r->path, "/users/", 7) == 0 && id != NULL)
		object(m, r, a, mock_find2(m, "masto", rp_slice_str(id + 10)));
	else
		mock_html_error(a, 404, "Not Found");
}
