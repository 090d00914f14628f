/*
 * X's public embeds: tweet-result of the syndication host, and oEmbed.  A post of the
 * world is readable, a tombstone (deleted, protected), without its user (suspended),
 * "{}" (blocked) or 404 (no such line).
 */
#include "tests/support/mock-x.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { TOKEN_DIGITS = 64 };

/* Add one to the last digit; digits that overflow are dropped, the carry goes left. */
static int
round_up(int digits[], int n, double *whole)
{
	while (n > 0 && ++digits[n - 1] == 36)
		n--;
	if (n == 0)
		*whole += 1;
	return n;
}

/* The digits behind the point that tell x from its neighbours, as JavaScript has them. */
static int
fraction_digits(double x, int digits[], double *whole)
{
	double part = x - *whole, delta = (nextafter(x, INFINITY) - x) / 2;
	int n = 0;

	if (delta < DBL_TRUE_MIN)
		delta = DBL_TRUE_MIN;
	if (part < delta)
		return 0;
	do {
		part *= 36;
		delta *= 36;
		digits[n] = (int)part;
		part -= digits[n++];
		if ((part > 0.5 || (part == 0.5 && digits[n - 1] % 2 != 0)) &&
		    part + delta > 1)
			return round_up(digits, n, whole);
	} while (part >= delta && n < TOKEN_DIGITS);
	return n;
}

/* id / 1e15 * pi in base 36, without its zeros and its point. */
static void
token_of(const char *id, char out[2 * TOKEN_DIGITS])
{
	static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	double x = strtod(id, NULL) / 1e15 * 3.14159265358979323846, whole = floor(x);
	int digits[TOKEN_DIGITS], n = fraction_digits(x, digits, &whole), at = 0;
	char before[TOKEN_DIGITS];
	int m = 0;

	for (uint64_t w = (uint64_t)whole; w > 0 && m < TOKEN_DIGITS; w /= 36)
		before[m++] = letters[w % 36];
	while (m > 0)
		if (before[--m] != '0')
			out[at++] = before[m];
	for (int i = 0; i < n; i++)
		if (digits[i] != 0)
			out[at++] = letters[digits[i]];
	out[at] = '\0';
}

struct embed {
	struct mock *m;
	const struct mock_request *r;
	struct jsonw w;
};

static void
put_pair(struct jsonw *w, const char *name, size_t from, size_t to)
{
	jsonw_key(w, name);
	jsonw_array(w);
	jsonw_int(w, (int64_t)from);
	jsonw_int(w, (int64_t)to);
	jsonw_end_array(w);
}

static void
put_entity(struct embed *e, const struct x_entity *x)
{
	const struct mock_thing *user;

	jsonw_object(&e->w);
	put_pair(&e->w, "indices", x->start, x->end);
	if (x->kind == X_HASHTAG) {
		jsonw_field_text(&e->w, "text", x->value);
	} else if (x->kind == X_URL) {
		jsonw_field_text(&e->w, "display_url", x->value);
		jsonw_field_text(&e->w, "expanded_url", x->value);
		jsonw_field_text(&e->w, "url", x->url);
	} else {
		user = mock_named(e->m, "x", x->value);
		jsonw_field_text(&e->w, "id_str",
		                 user != NULL ? user->id : RP_SLICE("0"));
		jsonw_field_text(&e->w, "name", mock_text(user, M_DISPLAY));
		jsonw_field_text(&e->w, "screen_name", x->value);
	}
	jsonw_end_object(&e->w);
}

static void
put_entities(struct embed *e, const struct x_text *text)
{
	static const char *const names[] = { "user_mentions", "urls", "hashtags" };

	jsonw_key(&e->w, "entities");
	if (mock_on(e->m, "embed-no-entities")) {
		jsonw_array(&e->w);
		jsonw_end_array(&e->w);
		return;
	}
	jsonw_object(&e->w);
	for (int kind = X_MENTION; kind <= X_HASHTAG; kind++) {
		jsonw_key(&e->w, names[kind]);
		jsonw_array(&e->w);
		for (size_t i = 0; i < text->n; i++)
			if (text->at[i].kind == (enum x_kind)kind)
				put_entity(e, &text->at[i]);
		jsonw_end_array(&e->w);
	}
	jsonw_key(&e->w, "symbols");
	jsonw_array(&e->w);
	jsonw_end_array(&e->w);
	jsonw_end_object(&e->w);
}

static void
put_user(struct embed *e, const struct mock_thing *user)
{
	if (user == NULL || user->flags[M_SUSPENDED])
		return;
	jsonw_key(&e->w, "user");
	jsonw_object(&e->w);
	jsonw_field_text(&e->w, "id_str", user->id);
	jsonw_field_text(&e->w, "name", user->texts[M_DISPLAY]);
	jsonw_field_text(&e->w, "screen_name", user->texts[M_NAME]);
	jsonw_field_text(&e->w, "profile_image_url_https",
	                 RP_SLICE("https://pbs.twimg.com/p.jpg"));
	jsonw_field_bool(&e->w, "verified", false);
	jsonw_field_bool(&e->w, "is_blue_verified", false);
	jsonw_field_text(&e->w, "profile_image_shape", RP_SLICE("Circle"));
	jsonw_end_object(&e->w);
}

static void
put_parent_names(struct embed *e, const struct mock_thing *post)
{
	const struct mock_thing *parent = mock_find(e->m, post->texts[M_REPLY]);
	struct rp_slice to =
		post->texts[M_TO].n ? post->texts[M_TO] : mock_text(parent, M_BY);

	if (post->texts[M_REPLY].n > 2)
		jsonw_field_text(&e->w, "in_reply_to_status_id_str",
		                 rp_slice_skip(post->texts[M_REPLY], 2));
	if (to.n > 2) {
		jsonw_field_text(&e->w, "in_reply_to_user_id_str", rp_slice_skip(to, 2));
		jsonw_field_text(&e->w, "in_reply_to_screen_name",
		                 mock_text(mock_find(e->m, to), M_NAME));
	}
}

static void
put_edits(struct embed *e, struct mock_thing *post)
{
	const struct mock_thing *first = x_first(e->m, post);

	jsonw_key(&e->w, "edit_control");
	jsonw_object(&e->w);
	jsonw_key(&e->w, "edit_tweet_ids");
	jsonw_array(&e->w);
	jsonw_text(&e->w, first->id);
	if (first != post)
		jsonw_text(&e->w, post->id);
	jsonw_end_array(&e->w);
	jsonw_field_text(&e->w, "editable_until_msecs",
	                 mock_print(e->r, "%" PRId64, (first->time + RP_HOUR) / 1000));
	jsonw_field_bool(&e->w, "is_edit_eligible", post->texts[M_REPLY].n == 0);
	jsonw_field_text(&e->w, "edits_remaining", RP_SLICE("5"));
	jsonw_end_object(&e->w);
	jsonw_field_bool(&e->w, "isEdited", first != post);
	jsonw_field_bool(&e->w, "isStaleEdit", x_superseded(post));
}

/* The members all kinds of posts have; the object stays open. */
static void
put_base(struct embed *e, struct mock_thing *post)
{
	CLEANUP(x_text_done) struct x_text text;

	x_text_init(&text);
	x_text_of(e->m, e->r, post, false, &text);
	jsonw_object(&e->w);
	jsonw_field_text(&e->w, "lang",
	                 post->texts[M_LANG].n ? post->texts[M_LANG] : RP_SLICE("en"));
	jsonw_field_text(
		&e->w, "created_at",
		mock_time(e->r, post->time - post->time % RP_SECOND, RP_PRECISION_MS));
	put_pair(&e->w, "display_text_range", text.from, text.to);
	put_entities(e, &text);
	jsonw_field_text(&e->w, "id_str", post->id);
	jsonw_field_text(&e->w, "text", buf_slice(&text.text));
	put_user(e, mock_find(e->m, post->texts[M_BY]));
	put_edits(e, post);
	put_parent_names(e, post);
	if (text.cut) {
		jsonw_key(&e->w, "note_tweet");
		jsonw_object(&e->w);
		jsonw_field_text(&e->w, "id", RP_SLICE("Tm90ZQ=="));
		jsonw_end_object(&e->w);
	}
	jsonw_field_int(&e->w, "favorite_count", 2);
}

static bool
readable(const struct mock *m, const struct mock_thing *post)
{
	const struct mock_thing *by = mock_find(m, mock_text(post, M_BY));

	return post != NULL && !post->flags[M_DELETED] && !post->flags[M_HIDDEN] &&
	       !post->flags[M_PROTECTED] &&
	       (by == NULL || (!by->flags[M_PROTECTED] && !by->flags[M_DELETED]));
}

static void
put_around(struct embed *e, const char *name, struct rp_slice key)
{
	struct mock_thing *post = mock_find(e->m, key);

	if (!readable(e->m, post))
		return;
	jsonw_key(&e->w, name);
	put_base(e, post);
	jsonw_field_int(&e->w, "reply_count", 1);
	jsonw_field_int(&e->w, "retweet_count", 0);
	jsonw_end_object(&e->w);
}

static void
tombstone(const struct mock_thing *post, struct mock_answer *a)
{
	if (!post->flags[M_DELETED])
		buf_add_str(&a->body,
		            "{\"__typename\":\"TweetTombstone\",\"tombstone\":{}}");
	else
		buf_add_str(&a->body,
		            "{\"__typename\":\"TweetTombstone\",\"tombstone\":{\"text\":{"
		            "\"rtl\":false,\"text\":\"This Post was deleted by the Post "
		            "author. Learn more\"}}}");
}

void
mock_embed(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	const char *id = mock_param(r, "id"), *token = mock_param(r, "token");
	struct mock_thing *post = mock_find2(m, "x", rp_slice_str(id));
	struct embed e = { m, r, jsonw_to(&a->body) };
	char want[2 * TOKEN_DIGITS];

	if (post != NULL && post->texts[M_REPOST].n > 0)
		post = mock_find(m, post->texts[M_REPOST]);
	token_of(id != NULL ? id : "", want);
	if (strcmp(r->path, "/tweet-result") != 0 || post == NULL ||
	    (mock_on(m, "embed-token") && token != NULL && strcmp(token, want) != 0)) {
		mock_html_error(a, 404, "Not Found");
	} else if (post->flags[M_BLOCKED] ||
	           (mock_on(m, "embed-token") && token == NULL)) {
		buf_add_str(&a->body, "{}");
	} else if (!readable(m, post)) {
		tombstone(post, a);
	} else {
		put_base(&e, post);
		jsonw_field_text(&e.w, "__typename", RP_SLICE("Tweet"));
		jsonw_field_int(&e.w, "conversation_count", 1);
		put_around(&e, "parent", post->texts[M_REPLY]);
		put_around(&e, "quoted_tweet", post->texts[M_QUOTE]);
		jsonw_end_object(&e.w);
	}
}

static void
put_quotation(struct mock *m, const struct mock_request *r, const struct mock_thing *post,
              struct rp_buf *html)
{
	static const char *const months[] = { "January", "February", "March",
		                              "April",   "May",      "June",
		                              "July",    "August",   "September",
		                              "October", "November", "December" };
	CLEANUP(x_text_done) struct x_text text;
	struct rp_civil at = rp_time_to_civil(post->time);
	const struct mock_thing *by = mock_find(m, post->texts[M_BY]);

	x_text_init(&text);
	x_text_of(m, r, post, false, &text);
	buf_printf(html,
	           "<blockquote class=\"twitter-tweet\" data-dnt=\"true\"><p lang=\"%s\" "
	           "dir=\"ltr\">",
	           post->texts[M_LANG].n ? post->texts[M_LANG].p : "en");
	buf_add(html, buf_slice(&text.text));
	buf_add_str(html, "</p>&mdash; ");
	mock_html(html, mock_text(by, M_DISPLAY));
	buf_printf(html,
	           " (@%.*s) <a href=\"https://twitter.com/%.*s/status/%.*s?ref_src=twsrc"
	           "%%5Etfw\">%s %d, %d</a></blockquote>\n",
	           RP_FMT(mock_text(by, M_NAME)), RP_FMT(mock_text(by, M_NAME)),
	           RP_FMT(post->id), months[at.month - 1], at.day, at.year);
}

void
mock_oembed(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	CLEANUP(buf_done) struct rp_buf html;
	const char *url = mock_param(r, "url");
	const char *id = url != NULL ? strstr(url, "/status/") : NULL;
	const struct mock_thing *post = NULL, *by;
	struct jsonw w = jsonw_to(&a->body);

	buf_init(&html, 1 << 20);
	if (id != NULL && strcmp(mock_setting(m, "oembed", ""), "off") != 0)
		post = mock_find2(m, "x",
		                  rp_slice_from(id + 8, strspn(id + 8, "0123456789")));
	if (post == NULL || post->flags[M_DELETED] || post->flags[M_HIDDEN]) {
		mock_html_error(a, 404, "Not Found");
		return;
	}
	if (!readable(m, post)) {
		a->status = 403;
		buf_add_str(&a->body,
		            "{\"error\":\"Sorry, you are not authorized to see this "
		            "status.\",\"request\":\"/oembed\"}");
		return;
	}
	by = mock_find(m, post->texts[M_BY]);
	put_quotation(m, r, post, &html);
	jsonw_object(&w);
	jsonw_field_text(&w, "url",
	                 mock_print(r, "https://twitter.com/%.*s/status/%.*s",
	                            RP_FMT(mock_text(by, M_NAME)), RP_FMT(post->id)));
	jsonw_field_text(&w, "author_name", mock_text(by, M_DISPLAY));
	jsonw_field_text(
		&w, "author_url",
		mock_print(r, "https://twitter.com/%.*s", RP_FMT(mock_text(by, M_NAME))));
	jsonw_field_text(&w, "html", buf_slice(&html));
	jsonw_field_int(&w, "width", 550);
	jsonw_field_null(&w, "height");
	jsonw_field_text(&w, "type", RP_SLICE("rich"));
	jsonw_field_text(&w, "cache_age", RP_SLICE("3153600000"));
	jsonw_field_text(&w, "provider_name", RP_SLICE("Twitter"));
	jsonw_field_text(&w, "provider_url", RP_SLICE("https://twitter.com"));
	jsonw_field_text(&w, "version", RP_SLICE("1.0"));
	jsonw_end_object(&w);
}
