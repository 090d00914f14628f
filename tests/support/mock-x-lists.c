/* Look-ups, timelines, searches of the mock of X. */
#include "tests/support/mock-x.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

static void
shown(struct x_call *c, struct mock_thing *post)
{
	char key[64];

	if (c->shown.n < X_SET)
		c->shown.at[c->shown.n++] = post;
	/* The same post within a day is charged once; tests do not take longer. */
	(void)snprintf(key, sizeof(key), "%.*s", RP_FMT(post->key));
	if ((*mock_counter(c->m, c->m->billed, key))++ == 0)
		mock_count(c->m, "billed-posts", 1);
}

static void
put_errors(struct x_call *c)
{
	if (c->errors.n == 0)
		return;
	jsonw_key(&c->w, "errors");
	jsonw_array(&c->w);
	jsonw_raw(&c->w, buf_slice(&c->errors));
	jsonw_end_array(&c->w);
}

static void
bill_includes(struct x_call *c)
{
	mock_count(c->m, "included-posts", (unsigned)c->posts.n);
	if (mock_on(c->m, "x-includes-billed"))
		mock_count(c->m, "billed-posts", (unsigned)c->posts.n);
}

/* What can be seen in a list without a word about the rest. */
static bool
visible(const struct mock *m, const struct mock_thing *post)
{
	const struct mock_thing *by = mock_find(m, post->texts[M_BY]);

	return !post->flags[M_DELETED] && !post->flags[M_HIDDEN] &&
	       !post->flags[M_BLOCKED] && !post->flags[M_PROTECTED] &&
	       !x_superseded(post) &&
	       (by == NULL || (!by->flags[M_PROTECTED] && !by->flags[M_SUSPENDED] &&
	                       !by->flags[M_DELETED]));
}

static bool
ids_good(struct x_call *c, const char *name, const char *list, size_t longest,
         bool number)
{
	struct rp_slice rest = rp_slice_str(list);
	size_t n = 0;

	while (rest.n > 0 || n == 0) {
		struct rp_slice one = rp_slice_cut(&rest, ',');
		bool good = one.n > 0 && one.n <= longest;

		for (size_t i = 0; good && i < one.n; i++)
			good = number ? isdigit((unsigned char)one.p[i]) != 0
			              : isalnum((unsigned char)one.p[i]) ||
			                        one.p[i] == '_';
		if (!good || ++n > 100) {
			x_invalid(c, name, mock_print(c->r, "%.*s", RP_FMT(one)).p,
			          n > 100 ? "has more than 100 values" : "is not valid");
			return false;
		}
	}
	return true;
}

/* A single look-up that finds nothing: 200 with errors, or 404 with one. */
static void
missed(struct x_call *c)
{
	if (mock_number(c->m, "x-miss", 200) != 404)
		return;
	c->a->status = 404;
	buf_clear(&c->a->body);
	buf_add(&c->a->body, buf_slice(&c->errors));
}

void
x_lookup(struct x_call *c, struct rp_slice id, bool one)
{
	const char *asked = mock_param(c->r, "ids");
	const char *list = one ? mock_print(c->r, "%.*s", RP_FMT(id)).p : asked;
	struct rp_slice rest = rp_slice_str(list);

	if (!ids_good(c, one ? "id" : "ids", list != NULL ? list : "", 19, true))
		return;
	jsonw_object(&c->w);
	while (rest.n > 0) {
		struct rp_slice value = rp_slice_cut(&rest, ',');
		struct mock_thing *post = mock_find2(c->m, "x", value);

		/* Neither there nor missed: nobody said anything about it. */
		if (post != NULL && post->flags[M_BLOCKED])
			continue;
		if (x_trouble(c, post, false, value, one ? "id" : "ids", "data"))
			continue;
		if (c->shown.n == 0) {
			jsonw_key(&c->w, "data");
			if (!one)
				jsonw_array(&c->w);
		}
		shown(c, post);
		x_put_post(c, post, true);
	}
	if (c->shown.n > 0 && !one)
		jsonw_end_array(&c->w);
	if (c->shown.n > 0)
		x_put_includes(c);
	put_errors(c);
	jsonw_end_object(&c->w);
	bill_includes(c);
	if (one && c->shown.n == 0)
		missed(c);
}

void
x_users(struct x_call *c, struct rp_slice value, const char *parameter, bool one)
{
	bool by_name = strcmp(parameter, "usernames") == 0;
	const char *asked = mock_param(c->r, parameter);
	const char *list = one ? mock_print(c->r, "%.*s", RP_FMT(value)).p : asked;
	struct rp_slice rest = rp_slice_str(list);
	const char *what = one ? (by_name ? "username" : "id") : parameter;
	size_t n = 0;

	if (!ids_good(c, what, list != NULL ? list : "", by_name ? 15 : 19, !by_name))
		return;
	jsonw_object(&c->w);
	while (rest.n > 0) {
		struct rp_slice each = rp_slice_cut(&rest, ',');
		struct mock_thing *user = by_name ? mock_named(c->m, "x", each)
		                                  : mock_find2(c->m, "x", each);

		if (user != NULL && user->kind != MOCK_ACCOUNT)
			user = NULL;
		if (x_trouble(c, user, true, each, what, "data"))
			continue;
		if (n++ == 0) {
			jsonw_key(&c->w, "data");
			if (!one)
				jsonw_array(&c->w);
		}
		x_put_user(c, user);
	}
	if (n > 0 && !one)
		jsonw_end_array(&c->w);
	put_errors(c);
	jsonw_end_object(&c->w);
	mock_count(c->m, "billed-users", (unsigned)n);
	if (one && n == 0)
		missed(c);
}

static bool
time_param(struct x_call *c, const char *name, int64_t *out)
{
	const char *value = mock_param(c->r, name);
	struct rp_time time;

	if (value == NULL)
		return true;
	if (strlen(value) != 20 || value[19] != 'Z' ||
	    !rp_time_read(rp_slice_str(value), RP_BASIS_PLATFORM, &time)) {
		x_invalid(c, name, value, "is not a valid RFC3339 date-time");
		return false;
	}
	*out = time.lo;
	return true;
}

static bool
id_param(struct x_call *c, const char *name, struct rp_slice *out)
{
	const char *value = mock_param(c->r, name);

	if (value == NULL)
		return true;
	*out = rp_slice_str(value);
	return ids_good(c, name, value, 19, true);
}

static bool
bounds(struct x_call *c, struct x_listing *l)
{
	int64_t size = mock_param_int(c->r, "max_results",
	                              mock_param(c->r, "max_results") ? -1 : l->size);

	l->after = RP_TIME_UNKNOWN;
	l->before = INT64_MAX;
	if (size < l->least || size > l->most) {
		x_invalid(c, "max_results", mock_param(c->r, "max_results"),
		          mock_print(c->r, "is not between %d and %d", l->least, l->most)
		                  .p);
		return false;
	}
	l->size = (int)size;
	return time_param(c, "start_time", &l->after) &&
	       time_param(c, "end_time", &l->before) &&
	       id_param(c, "since_id", &l->since) && id_param(c, "until_id", &l->until);
}

static bool
id_less(struct rp_slice a, struct rp_slice b)
{
	return a.n != b.n ? a.n < b.n : rp_slice_cmp(a, b) < 0;
}

static bool
within(const struct x_listing *l, const struct mock_thing *post)
{
	if (l->since.n > 0 && !id_less(l->since, post->id))
		return false;
	if (l->until.n > 0 && !id_less(post->id, l->until))
		return false;
	return post->time >= l->after && post->time < l->before;
}

struct wish {
	const struct x_listing *listing;
	struct rp_slice author, key;
	const char *query, *exclude;
	enum mock_text edge;
};

static bool
excluded(const struct wish *wish, const struct mock_thing *post)
{
	return (x_listed(wish->exclude, "replies") && post->texts[M_REPLY].n > 0) ||
	       (x_listed(wish->exclude, "retweets") && post->texts[M_REPOST].n > 0);
}

static bool
by_author(const struct mock *m, const struct mock_thing *post, const void *context)
{
	const struct wish *wish = context;

	return rp_slice_eq(post->texts[M_BY], wish->author) && visible(m, post) &&
	       !excluded(wish, post) && within(wish->listing, post);
}

static bool
mentioning(const struct mock *m, const struct mock_thing *post, const void *context)
{
	const struct wish *wish = context;
	struct rp_slice text = post->texts[M_TEXT], name = wish->key;

	if (!visible(m, post) || !within(wish->listing, post))
		return false;
	for (size_t i = 0; i + name.n < text.n; i++)
		if (text.p[i] == '@' &&
		    rp_slice_eq_nocase(rp_slice_from(text.p + i + 1, name.n), name))
			return true;
	return false;
}

/* Since May 2026 searches do not find reposts. */
static bool
found(const struct mock *m, const struct mock_thing *post, const void *context)
{
	const struct wish *wish = context;

	return visible(m, post) && post->texts[M_REPOST].n == 0 &&
	       within(wish->listing, post) && x_matches(m, post, wish->query);
}

static bool
edged(const struct mock *m, const struct mock_thing *post, const void *context)
{
	const struct wish *wish = context;

	return visible(m, post) && rp_slice_eq(post->texts[wish->edge], wish->key) &&
	       !excluded(wish, post);
}

static void
put_meta(struct x_call *c, const struct mock_page *page, struct rp_slice token,
         size_t start)
{
	const struct mock_list *posts = &page->posts;
	bool lies = c->r->fault != NULL && strcmp(c->r->fault->paging, "total") == 0;

	jsonw_key(&c->w, "meta");
	jsonw_object(&c->w);
	if (posts->n > 0) {
		jsonw_field_text(&c->w, "newest_id", posts->at[0]->id);
		jsonw_field_text(&c->w, "oldest_id", posts->at[posts->n - 1]->id);
	}
	jsonw_field_int(&c->w, "result_count", (int64_t)(lies ? page->total : posts->n));
	if (token.n > 0)
		jsonw_field_text(&c->w, "next_token", token);
	if (start > 0 && strstr(c->r->path, "/users/") != NULL)
		jsonw_field_text(&c->w, "previous_token", RP_SLICE("77qpymm88g5h9vqk"));
	jsonw_end_object(&c->w);
}

static void
put_list(struct x_call *c, struct x_listing *l, struct mock_list all)
{
	const char *token = mock_param(c->r, "pagination_token");
	struct mock_page page;
	size_t start = 0;

	if (token == NULL)
		token = mock_param(c->r, "next_token");
	if (token != NULL && !mock_token_read(rp_slice_str(token), all, &start)) {
		x_invalid(c, "next_token", token, "is not valid");
		return;
	}
	page = mock_page(c->r, all, start, (size_t)l->size);
	jsonw_object(&c->w);
	if (page.posts.n > 0) {
		jsonw_key(&c->w, "data");
		jsonw_array(&c->w);
		for (size_t i = 0; i < page.posts.n; i++) {
			shown(c, page.posts.at[i]);
			x_put_post(c, page.posts.at[i], true);
		}
		jsonw_end_array(&c->w);
		x_put_includes(c);
	}
	put_errors(c);
	put_meta(c, &page, mock_token(c->r, &page, all), start);
	jsonw_end_object(&c->w);
	bill_includes(c);
}

void
x_timeline(struct x_call *c, struct x_listing *l, bool mentions)
{
	struct mock_thing *user = mock_find2(c->m, "x", l->star);
	const char *exclude = mock_param(c->r, "exclude");
	struct wish wish = { .listing = l, .exclude = exclude ? exclude : "" };
	struct mock_list all;
	size_t depth = mentions || x_listed(wish.exclude, "replies") ? 800 : 3200;

	if (!ids_good(c, "id", mock_print(c->r, "%.*s", RP_FMT(l->star)).p, 19, true) ||
	    !bounds(c, l))
		return;
	/* Of whom nothing may be shown: errors alone. */
	if (x_trouble(c, user, true, l->star, "id",
	              user != NULL && user->flags[M_PROTECTED] ? "includes" : "data")) {
		jsonw_object(&c->w);
		put_errors(c);
		jsonw_end_object(&c->w);
		return;
	}
	/* Ids win over times. */
	if (l->since.n > 0)
		l->after = RP_TIME_UNKNOWN;
	if (l->until.n > 0)
		l->before = INT64_MAX;
	wish.author = user->key;
	wish.key = user->texts[M_NAME];
	all = mock_posts(c->m, c->r->arena, "x", mentions ? mentioning : by_author,
	                 &wish);
	all.n = all.n < depth ? all.n : depth;
	put_list(c, l, all);
}

/* The window of a recent search, in times and in ids. */
static bool
in_window(struct x_call *c, const struct x_listing *l)
{
	int64_t now = mock_now(c->m), oldest = now - 7 * RP_DAY;
	struct rp_time since = rp_time_from_x_id(l->since);

	if (l->since.n > 0 && since.lo < oldest) {
		x_invalid(c, "since_id", mock_param(c->r, "since_id"),
		          "must be a tweet id created after 7 days ago");
		return false;
	}
	if (l->after != RP_TIME_UNKNOWN && l->after < oldest) {
		x_invalid(c, "start_time", mock_param(c->r, "start_time"),
		          "must be on or after 7 days ago");
		return false;
	}
	return true;
}

static bool
mixed(struct x_call *c)
{
	static const char *const ids[] = { "since_id", "until_id" };
	bool times = mock_param(c->r, "start_time") || mock_param(c->r, "end_time");

	for (int i = 0; i < 2; i++)
		if (times && mock_param(c->r, ids[i]) != NULL) {
			x_invalid(c, ids[i], mock_param(c->r, ids[i]),
			          "cannot be combined with start_time or end_time");
			return true;
		}
	return false;
}

/* Also what counts ask: false when an answer was made. */
static bool
search_bounds(struct x_call *c, struct x_listing *l, bool recent)
{
	const char *query = mock_param(c->r, "query");
	const char *wrong = query != NULL && *query != '\0'
	                            ? x_bad_query(query, recent ? 512 : 1024)
	                            : "is not between 1 and 4096 characters";
	int64_t now = mock_now(c->m);

	if (wrong != NULL) {
		x_invalid(c, "query", query != NULL ? query : "", wrong);
		return false;
	}
	if (mixed(c) || !bounds(c, l) || (recent && !in_window(c, l)))
		return false;
	if (l->before != INT64_MAX && l->before > now - 10 * RP_SECOND) {
		x_invalid(c, "end_time", mock_param(c->r, "end_time"),
		          "must be a minimum of 10 seconds prior to the request time");
		return false;
	}
	if (l->after == RP_TIME_UNKNOWN && l->since.n == 0)
		l->after = now - (recent ? 7 : 30) * RP_DAY;
	return true;
}

void
x_search(struct x_call *c, struct x_listing *l, bool recent)
{
	struct wish wish = { .listing = l,
		             .query = mock_param(c->r, "query"),
		             .exclude = "" };
	struct mock_list all;

	if (!search_bounds(c, l, recent))
		return;
	all = mock_posts(c->m, c->r->arena, "x", found, &wish);
	put_list(c, l, all);
}

void
x_around(struct x_call *c, struct x_listing *l, bool quotes)
{
	const char *exclude = mock_param(c->r, "exclude");
	struct wish wish = { .listing = l,
		             .exclude = exclude ? exclude : "",
		             .edge = quotes ? M_QUOTE : M_REPOST };

	if (!bounds(c, l))
		return;
	wish.key = mock_print(c->r, "x:%.*s", RP_FMT(l->star));
	put_list(c, l, mock_posts(c->m, c->r->arena, "x", edged, &wish));
}

void
x_counts(struct x_call *c)
{
	bool recent = strstr(c->r->path, "recent") != NULL;
	struct x_listing l = { .least = 0, .most = 500, .size = 10 };
	struct wish wish = { .listing = &l,
		             .query = mock_param(c->r, "query"),
		             .exclude = "" };
	struct mock_list all;

	if (!search_bounds(c, &l, recent))
		return;
	all = mock_posts(c->m, c->r->arena, "x", found, &wish);
	jsonw_object(&c->w);
	jsonw_key(&c->w, "data");
	jsonw_array(&c->w);
	jsonw_object(&c->w);
	jsonw_field_text(&c->w, "start", mock_time(c->r, l.after, RP_PRECISION_MS));
	jsonw_field_text(&c->w, "end", mock_time(c->r, mock_now(c->m), RP_PRECISION_MS));
	jsonw_field_int(&c->w, x_word(c, "tweet_count", "post_count"), (int64_t)all.n);
	jsonw_end_object(&c->w);
	jsonw_end_array(&c->w);
	jsonw_key(&c->w, "meta");
	jsonw_object(&c->w);
	jsonw_field_int(&c->w, x_word(c, "total_tweet_count", "total_post_count"),
	                (int64_t)all.n);
	jsonw_end_object(&c->w);
	jsonw_end_object(&c->w);
	mock_count(c->m, "billed-counts", 1);
}
