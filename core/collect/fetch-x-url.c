/*
 * Requests to X: which path, which fields in which words, from where to where.
 *
 * Bounds are ids, always, since ids and times together are refused; only what lies before
 * the first id with a time in it (November 2010) has to be asked for by times.
 */
#include "core/base/url.h"
#include "core/collect/fetch-x.h"

#define EPOCH_MS INT64_C(1288834974657)
#define LAST_COUNTER UINT64_C(29700859247)

static const char *const fields[] = {
	[FX_TWEET] =
		"tweet.fields=article,attachments,author_id,community_id,conversation_id,"
		"created_at,display_text_range,edit_controls,edit_history_tweet_ids,"
		"entities,geo,in_reply_to_user_id,lang,note_tweet,possibly_sensitive,"
		"public_metrics,referenced_tweets,reply_settings,source,withheld"
		"&expansions=author_id,in_reply_to_user_id,referenced_tweets.id,"
		"referenced_tweets.id.author_id,"
		"referenced_tweets.id.attachments.media_keys,"
		"entities.mentions.username,attachments.media_keys,attachments.poll_ids,"
		"edit_history_tweet_ids",
	[FX_POST] =
		"post.fields=article,attachments,community_id,conversation_id,created_at,"
		"display_text_range,edit_controls,entities,geo,lang,note_post,"
		"possibly_sensitive,public_metrics,reply_settings,source,withheld"
		"&expansions=author_id,in_reply_to_user_id,referenced_posts,"
		"entities.mentions.username,attachments.media_keys,attachments.poll_ids,"
		"edit_history_post_ids",
};

#define USER_FIELDS                                                                      \
	"user.fields=created_at,description,name,profile_image_url,protected,"           \
	"public_metrics,username,verified,verified_type,withheld"
#define OTHER_FIELDS                                                                     \
	"&media.fields=alt_text,duration_ms,height,media_key,preview_image_url,type,"    \
	"url,variants,width"                                                             \
	"&poll.fields=duration_minutes,end_datetime,id,options,voting_status"

/* ---- ids and times --------------------------------------------------------- */

uint64_t
fx_id_at(int64_t time)
{
	const int64_t ms = time == RP_TIME_UNKNOWN ? 0 : time / 1000;

	if (ms <= EPOCH_MS)
		return 0;
	if (ms - EPOCH_MS >= INT64_MAX >> 22)
		return INT64_MAX;
	return (uint64_t)(ms - EPOCH_MS) << 22;
}

int64_t
fx_time_of(uint64_t id)
{
	if (id <= LAST_COUNTER)
		return FX_BEGINNING;
	return ((int64_t)(id >> 22) + EPOCH_MS) * 1000;
}

/* What is asked for once more is paid once more, on another day. */
uint64_t
fx_since(const struct fx_list *list)
{
	const uint64_t late = UINT64_C(5000) << 22; /* five seconds of ids */
	const uint64_t since = list->since;

	if (since <= LAST_COUNTER ||
	    (list->seen != RP_TIME_UNKNOWN && list->seen - fx_time_of(since) > RP_MINUTE))
		return since;
	return since - LAST_COUNTER > late ? since - late : LAST_COUNTER;
}

/*
 * The list of a post's quotes takes no bound: all of a page is paid for whenever it is
 * asked for.  Once it was read a search has what is new; unless that is too long ago.
 */
static bool
is_search(const struct fetcher *x, const struct fx_list *list, int64_t now)
{
	const int64_t at = list->began != RP_TIME_UNKNOWN ? list->began : now;

	if (list->kind != FX_QUOTES)
		return list->kind != FX_ACCOUNT;
	return list->since > 0 && list->seen != RP_TIME_UNKNOWN &&
	       (x->archive || at - list->seen < 7 * RP_DAY - RP_HOUR);
}

int64_t
fx_reach(const struct fetcher *x, const struct fx_list *list, int64_t now)
{
	if (!is_search(x, list, now) || x->archive || now < FX_BEGINNING + 7 * RP_DAY)
		return FX_BEGINNING;
	return now - 7 * RP_DAY;
}

/* ---- parameters ------------------------------------------------------------ */

static void
add_parameter(struct rp_buf *url, const char *name, struct rp_slice value)
{
	buf_printf(url, "&%s=", name);
	url_escape(url, value, "");
}

static void
add_id(struct rp_buf *url, const char *name, uint64_t id)
{
	if (id > 0)
		buf_printf(url, "&%s=%llu", name, (unsigned long long)id);
}

static void
add_time(struct rp_buf *url, const char *name, int64_t time)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 64);
	rp_time_write(&text, time, RP_PRECISION_S);
	add_parameter(url, name, buf_slice(&text));
}

/* Where a pass ends: what is known, or as far back as the settings say. */
static uint64_t
lower_bound(const struct fetcher *x, const struct fx_list *list, int64_t now)
{
	const uint64_t since = list->since ? fx_since(list) : fx_id_at(x->horizon);

	/* Some minutes less than it reaches: the request takes its time. */
	if (list->unbounded ||
	    (fx_reach(x, list, now) > FX_BEGINNING &&
	     fx_time_of(since) < fx_reach(x, list, now) + 5 * RP_MINUTE))
		return 0;
	return since;
}

static void
add_bounds(struct fetcher *x, const struct fx_list *list, int64_t now)
{
	const uint64_t since = lower_bound(x, list, now);
	const bool by_time = since == 0 && list->since == 0 && x->archive &&
	                     is_search(x, list, now) && x->horizon != RP_TIME_UNKNOWN;

	if (!is_search(x, list, now) && list->kind == FX_QUOTES)
		return;
	if (by_time)
		add_time(&x->url, "start_time", x->horizon);
	add_id(&x->url, "since_id", since);
	if (list->token.n > 0 || list->low == 0)
		return;
	if (by_time)
		add_time(&x->url, "end_time", fx_time_of(list->low) + RP_SECOND);
	else
		add_id(&x->url, "until_id", list->low);
}

static void
add_fields(struct fetcher *x)
{
	buf_printf(&x->url, "&%s&" USER_FIELDS OTHER_FIELDS, fields[x->vocabulary]);
}

/* ---- the three kinds of requests ------------------------------------------- */

static void
add_list_path(struct fetcher *x, const struct fx_list *list, bool search)
{
	static const char *const operators[] = {
		[FX_CONVERSATION] = "conversation_id%3A",
		[FX_QUOTES] = "quotes_of_tweet_id%3A",
		[FX_QUERY] = "",
	};

	buf_add(&x->url, x->base);
	if (search) {
		buf_printf(&x->url, "/2/tweets/search/%s?max_results=%d&query=%s",
		           x->archive ? "all" : "recent", FX_PAGE_POSTS,
		           operators[list->kind]);
		url_escape(&x->url, list->id, "");
		return;
	}
	switch (list->kind) {
	case FX_ACCOUNT:
		buf_printf(&x->url, "/2/users/%.*s/tweets?max_results=%d",
		           RP_FMT(list->id), FX_PAGE_POSTS);
		if (x->no_replies || x->no_reposts)
			buf_printf(&x->url, "&exclude=%s%s%s",
			           x->no_replies ? "replies" : "",
			           x->no_replies && x->no_reposts ? "," : "",
			           x->no_reposts ? "retweets" : "");
		break;
	case FX_QUOTES:
		buf_printf(&x->url, "/2/tweets/%.*s/quote_tweets?max_results=%d",
		           RP_FMT(list->id), FX_PAGE_POSTS);
		break;
	case FX_QUERY:
	case FX_CONVERSATION:
		break; /* searches */
	}
}

static void
request_list(struct fetcher *x, int64_t now, struct fetch_request *out)
{
	const struct fx_list *list = &x->lists[x->list];
	const bool search = is_search(x, list, now);

	add_list_path(x, list, search);
	add_bounds(x, list, now);
	if (list->token.n > 0)
		add_parameter(&x->url, search ? "next_token" : "pagination_token",
		              list->token);
	add_fields(x);
	out->price = "x.post";
	out->most_units = FX_PAGE_POSTS;
	if (search && x->archive)
		out->spacing_ms = 1000;
}

static void
request_look(struct fetcher *x, struct fetch_request *out)
{
	buf_add(&x->url, x->base);
	buf_add_str(&x->url, "/2/tweets?ids=");
	for (size_t i = 0; i < x->n_asking; i++) {
		buf_add_str(&x->url, i ? "," : "");
		buf_add(&x->url, map_key(x->wants, x->asked + i));
	}
	add_fields(x);
	out->price = "x.post";
	out->most_units = x->n_asking;
}

struct fx_list *
fx_nameless(struct fetcher *x, size_t i)
{
	for (size_t at = 0; at < x->n_lists; at++) {
		struct fx_list *list = &x->lists[at];

		if (list->kind == FX_ACCOUNT && list->id.n == 0 && !list->done &&
		    i-- == 0)
			return list;
	}
	return NULL;
}

static void
request_users(struct fetcher *x, struct fetch_request *out)
{
	const struct fx_list *list;

	buf_add(&x->url, x->base);
	buf_add_str(&x->url, "/2/users/by?usernames=");
	for (size_t i = 0; i < x->n_asking && (list = fx_nameless(x, i)) != NULL; i++) {
		buf_add_str(&x->url, i ? "," : "");
		buf_add(&x->url, list->name);
	}
	buf_add_str(&x->url, "&" USER_FIELDS);
	out->price = "x.user";
	out->most_units = x->n_asking;
}

enum rp_status
fx_request(struct fetcher *x, int64_t now, struct fetch_request *out,
           struct rp_error *err)
{
	*out = (struct fetch_request){ .authorised = true, .max_bytes = JSON_MAX_BYTES };
	buf_clear(&x->url);
	if (x->asking == FX_LIST)
		request_list(x, now, out);
	else if (x->asking == FX_LOOK)
		request_look(x, out);
	else
		request_users(x, out);
	if (buf_failed(&x->url))
		return rp_fail_memory(err);
	out->url = buf_slice(&x->url);
	return RP_OK;
}
