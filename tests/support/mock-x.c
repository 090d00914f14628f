/* The X API v2 of `mock`: who may ask what, and lists of posts. */
#include "tests/support/mock-x.h"

#include "core/base/base64.h"

#include <inttypes.h>
#include <stdlib.h>

#define IDS "since_id until_id start_time end_time"
#define SEARCH "query max_results next_token pagination_token sort_order " IDS

enum kind {
	LOOKUP,
	ONE,
	USERS,
	USERNAMES,
	USER,
	USERNAME,
	TIMELINE,
	MENTIONS,
	RECENT,
	ALL,
	QUOTES,
	REPOSTS,
	COUNTS,
	USAGE
};

/* The endpoints; "*" is an id or a name. */
static const struct endpoint {
	const char *path;
	enum kind kind;
	const char *params;
	int limit, least, most, size;
} endpoints[] = {
	{ "/2/tweets", LOOKUP, "ids", 3500, 0, 0, 0 },
	{ "/2/tweets/search/recent", RECENT, SEARCH, 450, 10, 100, 10 },
	{ "/2/tweets/search/all", ALL, SEARCH, 300, 10, 500, 10 },
	{ "/2/tweets/counts/recent", COUNTS, "granularity " SEARCH, 300, 0, 0, 0 },
	{ "/2/tweets/counts/all", COUNTS, "granularity " SEARCH, 300, 0, 0, 0 },
	{ "/2/tweets/*", ONE, "", 450, 0, 0, 0 },
	{ "/2/tweets/*/quote_tweets", QUOTES, "max_results pagination_token exclude", 75,
	  10, 100, 10 },
	{ "/2/tweets/*/retweets", REPOSTS, "max_results pagination_token", 75, 1, 100,
	  100 },
	{ "/2/users/by", USERNAMES, "usernames", 300, 0, 0, 0 },
	{ "/2/users/by/username/*", USERNAME, "", 300, 0, 0, 0 },
	{ "/2/users", USERS, "ids", 300, 0, 0, 0 },
	{ "/2/users/*", USER, "", 300, 0, 0, 0 },
	{ "/2/users/*/tweets", TIMELINE, "max_results pagination_token exclude " IDS,
	  10000, 5, 100, 10 },
	{ "/2/users/*/mentions", MENTIONS, "max_results pagination_token " IDS, 450, 5,
	  100, 10 },
	{ "/2/usage/tweets", USAGE, "days usage.fields", 50, 0, 0, 0 },
};

/* What "*" stands for; false when the path is another. */
static bool
path_is(const char *pattern, const char *path, struct rp_slice *star)
{
	for (; *pattern != '\0'; pattern++) {
		size_t n;

		if (*pattern != '*') {
			if (*path++ != *pattern)
				return false;
			continue;
		}
		n = strcspn(path, "/");
		*star = rp_slice_from(path, n);
		path += n;
	}
	return *path == '\0';
}

static bool
word_in(const char *words, const char *word)
{
	struct rp_slice rest = rp_slice_str(words);

	while (rest.n > 0)
		if (rp_slice_eq(rp_slice_cut(&rest, ' '), rp_slice_str(word)))
			return true;
	return false;
}

static bool
any_field(const char *name)
{
	return word_in("tweet.fields post.fields expansions user.fields media.fields "
	               "poll.fields place.fields",
	               name);
}

/* The new names are known, or only they. */
static bool
speaks(const struct mock *m, bool post)
{
	const char *vocabulary = mock_setting(m, "x-vocabulary", "tweet");

	return strcmp(vocabulary, "both") == 0 ||
	       strcmp(vocabulary, post ? "post" : "tweet") == 0;
}

/* A parameter that does not exist here, or a value of one of the lists. */
static bool
unknown(struct x_call *c, const struct endpoint *e)
{
	for (size_t i = 0; i < c->r->n; i++) {
		const char *name = c->r->names[i], *value = c->r->values[i], *bad;

		if (!any_field(name) && !word_in(e->params, name)) {
			x_invalid(c, name, value, "is not one of the known parameters");
			return true;
		}
		if ((strcmp(name, "tweet.fields") == 0 && !speaks(c->m, false)) ||
		    (strcmp(name, "post.fields") == 0 && !speaks(c->m, true))) {
			x_invalid(c, name, value, "is not one of the known parameters");
			return true;
		}
		bad = any_field(name)
		              ? x_bad_value(c->r, name, value, speaks(c->m, false),
		                            speaks(c->m, true))
		              : NULL;
		if (bad != NULL) {
			x_invalid(c, name, bad, "is not one of the known values");
			return true;
		}
	}
	return false;
}

static void
usage(struct x_call *c)
{
	buf_printf(&c->a->body,
	           "{\"data\":{\"project_id\":\"1\",\"project_cap\":\"3000000\","
	           "\"project_usage\":\"%u\",\"cap_reset_day\":23}}",
	           *mock_counter(c->m, c->m->counts, "billed-posts"));
}

static void
answer(struct x_call *c, const struct endpoint *e, struct rp_slice star)
{
	struct x_listing listing = {
		.least = e->least, .most = e->most, .size = e->size, .star = star
	};

	switch (e->kind) {
	case LOOKUP:
	case ONE:
		x_lookup(c, star, e->kind == ONE);
		return;
	case USERS:
	case USER:
		x_users(c, star, "ids", e->kind == USER);
		return;
	case USERNAMES:
	case USERNAME:
		x_users(c, star, "usernames", e->kind == USERNAME);
		return;
	case TIMELINE:
		x_timeline(c, &listing, false);
		return;
	case MENTIONS:
		x_timeline(c, &listing, true);
		return;
	case RECENT:
	case ALL:
		x_search(c, &listing, e->kind == RECENT);
		return;
	case QUOTES:
	case REPOSTS:
		x_around(c, &listing, e->kind == QUOTES);
		return;
	case COUNTS:
		x_counts(c);
		return;
	case USAGE:
		usage(c);
	}
}

static const char *
param_or(const struct mock_request *r, const char *name)
{
	const char *value = mock_param(r, name);

	return value != NULL ? value : "";
}

/* false: an answer was made. */
static bool
allowed(struct x_call *c, const struct endpoint *e)
{
	int64_t reset;
	int limit = mock_number(c->m, "x-limit", e->limit);
	int left = mock_rate(c->m, e->path, limit, 900, &reset);
	int cap = mock_number(c->m, "x-cap", -1);

	mock_header(c->a, "x-rate-limit-limit", "%d", limit);
	mock_header(c->a, "x-rate-limit-remaining", "%d", left < 0 ? 0 : left);
	mock_header(c->a, "x-rate-limit-reset", "%" PRId64, reset);
	mock_header(c->a, "api-version", "2.166");
	if (x_fails(c, mock_setting(c->m, "x-fail", "")))
		return false;
	if (!x_authorized(c))
		return false;
	if (left < 0)
		return !x_fails(c, "rate");
	if (cap >= 0 &&
	    *mock_counter(c->m, c->m->counts, "billed-posts") >= (uint32_t)cap)
		return !x_fails(c, "cap");
	return true;
}

void
mock_x(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	struct x_call *c = arena_alloc(r->arena, sizeof(*c));
	struct rp_slice star = RP_SLICE("");
	const char *vocabulary;

	if (c == NULL)
		abort();
	c->m = m;
	c->r = r;
	c->a = a;
	c->w = jsonw_to(&a->body);
	c->fields = mock_param(r, "post.fields") != NULL ? param_or(r, "post.fields")
	                                                 : param_or(r, "tweet.fields");
	vocabulary = mock_setting(
		m, "x-answer",
		!speaks(m, false) || mock_param(r, "post.fields") != NULL ? "post"
									  : "tweet");
	c->post = strcmp(vocabulary, "post") == 0;
	c->expansions = param_or(r, "expansions");
	c->user_fields = param_or(r, "user.fields");
	c->media_fields = param_or(r, "media.fields");
	c->poll_fields = param_or(r, "poll.fields");
	buf_init(&c->errors, 16 << 20);
	for (size_t i = 0; i < sizeof(endpoints) / sizeof(*endpoints); i++) {
		if (!path_is(endpoints[i].path, r->path, &star))
			continue;
		if (allowed(c, &endpoints[i]) && !unknown(c, &endpoints[i]))
			answer(c, &endpoints[i], star);
		buf_done(&c->errors);
		return;
	}
	/* Paths that do not exist have no body. */
	a->status = 404;
	buf_done(&c->errors);
}

/* The key and secret, in base64, for a token that stays the same. */
void
mock_x_token(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	CLEANUP(buf_done) struct rp_buf given;
	const char *sent = r->authorization;
	struct rp_slice want = mock_print(r, "%s:%s", mock_setting(m, "x-key", "key"),
	                                  mock_setting(m, "x-secret", "secret"));

	buf_init(&given, 4096);
	if (strcmp(r->path, "/token") != 0 || strcmp(r->method, "POST") != 0) {
		a->status = 404;
		return;
	}
	if (sent == NULL || strncmp(sent, "Basic ", 6) != 0 ||
	    !base64_read(&given, rp_slice_str(sent + 6), true) ||
	    !rp_slice_eq(buf_slice(&given), want) ||
	    rp_slice_find(r->body, RP_SLICE("grant_type=client_credentials")) ==
	            r->body.n) {
		a->status = 403;
		buf_add_str(&a->body, "{\"errors\":[{\"code\":99,\"message\":\"Unable to "
		                      "verify your credentials\",\"label\":"
		                      "\"authenticity_token_error\"}]}");
		return;
	}
	buf_printf(&a->body, "{\"token_type\":\"bearer\",\"access_token\":\"%s\"}",
	           mock_setting(m, "x-token", "AAAAmock%3Dtoken"));
}
