/* Statuses, accounts and wordings as a Mastodon instance gives them. */
#include "tests/support/mock-masto.h"

#include <stdlib.h>

/* "bo@other.example": name and host; those without one are at home. */
static struct rp_slice
host_of(const struct mock *m, struct rp_slice acct)
{
	size_t at = rp_slice_find_byte(acct, '@');

	return at < acct.n
	               ? rp_slice_skip(acct, at + 1)
	               : rp_slice_str(mock_setting(m, "masto-host", "social.example"));
}

static struct rp_slice
name_of(struct rp_slice acct)
{
	return rp_slice_from(acct.p, rp_slice_find_byte(acct, '@'));
}

void
masto_put_account(struct mock *m, const struct mock_request *r,
                  const struct mock_thing *account, struct jsonw *w)
{
	struct rp_slice acct = account->texts[M_NAME], host = host_of(m, acct);
	struct rp_slice name = name_of(acct);
	size_t opened;

	opened = mock_open(w);
	jsonw_field_text(w, "id", account->id);
	jsonw_field_text(w, "username", name);
	jsonw_field_text(w, "acct", acct);
	jsonw_field_text(w, "display_name", account->texts[M_DISPLAY]);
	jsonw_field_bool(w, "locked", account->flags[M_PROTECTED]);
	jsonw_field_bool(w, "bot", false);
	jsonw_field_bool(w, "group", false);
	jsonw_field_text(w, "created_at",
	                 account->time == RP_TIME_UNKNOWN
	                         ? RP_SLICE("2022-11-05T00:00:00.000Z")
	                         : mock_time(r, account->time - account->time % RP_DAY,
	                                     RP_PRECISION_MS));
	jsonw_field_text(w, "note",
	                 mock_print(r, "<p>%.*s</p>", RP_FMT(account->texts[M_BIO])));
	jsonw_field_text(w, "url",
	                 mock_print(r, "https://%.*s/@%.*s", RP_FMT(host), RP_FMT(name)));
	jsonw_field_text(
		w, "uri",
		mock_print(r, "https://%.*s/users/%.*s", RP_FMT(host), RP_FMT(name)));
	if (account->flags[M_SUSPENDED])
		jsonw_field_bool(w, "suspended", true);
	mock_close(w, opened, account->raws[M_EXTRA]);
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}

/* "@bo@other.example", "@ana": how much of the text, 0 for none. */
static size_t
mention_length(struct rp_slice text)
{
	size_t n = 1, host;

	while (n < text.n && is_name(text.p[n]) && (text.p[n] & 0x80) == 0)
		n++;
	if (n == 1)
		return 0;
	if (n < text.n && text.p[n] == '@') {
		host = n + 1;
		while (host < text.n && (is_name(text.p[host]) || text.p[host] == '-' ||
		                         text.p[host] == '.'))
			host++;
		while (text.p[host - 1] == '.')
			host--;
		n = host;
	}
	return n;
}

static size_t
tag_length(struct rp_slice text)
{
	size_t n = 1;

	while (n < text.n && is_name(text.p[n]))
		n++;
	return n > 1 ? n : 0;
}

static size_t
link_length(struct rp_slice text)
{
	size_t n = 0;

	if (!rp_slice_starts(text, RP_SLICE("https://")))
		return 0;
	while (n < text.n && strchr(" \n\t\"<>", text.p[n]) == NULL)
		n++;
	while (n > 0 && strchr(".,;:!?)", text.p[n - 1]) != NULL)
		n--;
	return n;
}

static void
put_mention(struct mock *m, struct rp_slice acct, struct rp_buf *out)
{
	struct rp_slice name = name_of(acct);

	buf_printf(
		out,
		"<span class=\"h-card\" translate=\"no\"><a href=\"https://%.*s/@%.*s\" "
		"class=\"u-url mention\">@<span>%.*s</span></a></span>",
		RP_FMT(host_of(m, acct)), RP_FMT(name), RP_FMT(name));
}

/* Shown without its scheme, and cut after thirty letters. */
static void
put_link(struct rp_slice url, struct rp_buf *out)
{
	struct rp_slice shown = rp_slice_skip(url, 8);
	size_t cut = shown.n > 30 ? 30 : shown.n;

	buf_add_str(out, "<a href=\"");
	mock_html(out, url);
	buf_add_str(out,
	            "\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">"
	            "<span class=\"invisible\">https://</span><span class=\"");
	buf_add_str(out, cut < shown.n ? "ellipsis\">" : "\">");
	mock_html(out, rp_slice_from(shown.p, cut));
	buf_add_str(out, "</span><span class=\"invisible\">");
	mock_html(out, rp_slice_skip(shown, cut));
	buf_add_str(out, "</span></a>");
}

/* A line of plain text as HTML. */
static void
put_words(struct mock *m, struct rp_slice text, struct rp_buf *out)
{
	char before = ' ';

	while (text.n > 0) {
		size_t n = link_length(text);

		if (n > 0) {
			put_link(rp_slice_from(text.p, n), out);
		} else if (text.p[0] == '@' && !is_name(before) &&
		           (n = mention_length(text)) > 0) {
			put_mention(m, rp_slice_from(text.p + 1, n - 1), out);
		} else if (text.p[0] == '#' && !is_name(before) && before != '&' &&
		           (n = tag_length(text)) > 0) {
			buf_printf(out,
			           "<a href=\"https://%s/tags/%.*s\" class=\"mention "
			           "hashtag\" "
			           "rel=\"tag\">#<span>%.*s</span></a>",
			           mock_setting(m, "masto-host", "social.example"),
			           (int)n - 1, text.p + 1, (int)n - 1, text.p + 1);
		} else if (text.p[0] == '\n') {
			n = 1;
			buf_add_str(out, "<br />");
		} else {
			n = 1;
			mock_html(out, rp_slice_from(text.p, 1));
		}
		before = text.p[n - 1];
		text = rp_slice_skip(text, n);
	}
}

/* Paragraphs part at blank lines. */
static struct rp_slice
content(struct mock *m, const struct mock_request *r, struct rp_slice text)
{
	CLEANUP(buf_done) struct rp_buf html;
	struct rp_slice copy = RP_SLICE("");

	buf_init(&html, 1 << 20);
	while (text.n > 0) {
		size_t n = rp_slice_find(text, RP_SLICE("\n\n"));

		buf_add_str(&html, "<p>");
		put_words(m, rp_slice_from(text.p, n), &html);
		buf_add_str(&html, "</p>");
		text = rp_slice_skip(text, n + 2);
	}
	if (!arena_copy(r->arena, buf_slice(&html), &copy))
		abort();
	return copy;
}

static void
put_mentions(struct mock *m, const struct mock_request *r, struct rp_slice text,
             struct jsonw *w)
{
	jsonw_key(w, "mentions");
	jsonw_array(w);
	for (size_t i = 0; i < text.n; i++) {
		struct rp_slice rest = rp_slice_skip(text, i), acct;
		const struct mock_thing *account;
		size_t n = rest.p[0] == '@' ? mention_length(rest) : 0;

		if (n == 0)
			continue;
		acct = rp_slice_from(rest.p + 1, n - 1);
		account = mock_named(m, "masto", acct);
		if (account != NULL) {
			jsonw_object(w);
			jsonw_field_text(w, "id", account->id);
			jsonw_field_text(w, "username", name_of(acct));
			jsonw_field_text(w, "url",
			                 mock_print(r, "https://%.*s/@%.*s",
			                            RP_FMT(host_of(m, acct)),
			                            RP_FMT(name_of(acct))));
			jsonw_field_text(w, "acct", acct);
			jsonw_end_object(w);
		}
		i += n - 1;
	}
	jsonw_end_array(w);
}

static void
put_tags(const struct mock_request *r, struct rp_slice text, struct jsonw *w)
{
	jsonw_key(w, "tags");
	jsonw_array(w);
	for (size_t i = 0; i < text.n; i++) {
		size_t n = text.p[i] == '#' ? tag_length(rp_slice_skip(text, i)) : 0;

		if (n == 0)
			continue;
		jsonw_object(w);
		jsonw_field_text(w, "name", rp_slice_from(text.p + i + 1, n - 1));
		jsonw_field_text(w, "url",
		                 mock_print(r, "https://social.example/tags/%.*s",
		                            (int)n - 1, text.p + i + 1));
		jsonw_end_object(w);
		i += n - 1;
	}
	jsonw_end_array(w);
}

bool
masto_visible(const struct mock *m, const struct mock_thing *post)
{
	const struct mock_thing *by = mock_find(m, mock_text(post, M_BY));

	return post != NULL && post->kind == MOCK_POST && !post->flags[M_DELETED] &&
	       !post->flags[M_HIDDEN] && !post->flags[M_PROTECTED] &&
	       (by == NULL || !by->flags[M_SUSPENDED]);
}

/* The state is in "status" of the post that quotes; else what became of the other. */
static void
put_quote(struct mock *m, const struct mock_request *r, const struct mock_thing *post,
          bool nested, struct jsonw *w)
{
	const struct mock_thing *quoted = mock_find(m, post->texts[M_QUOTE]);
	struct rp_slice state = post->texts[M_STATUS];

	jsonw_key(w, "quote");
	if (post->texts[M_QUOTE].n == 0) {
		jsonw_null(w);
		return;
	}
	if (state.n == 0)
		state = masto_visible(m, quoted) ? RP_SLICE("accepted")
		                                 : RP_SLICE("deleted");
	jsonw_object(w);
	jsonw_field_text(w, "state", state);
	if (nested) {
		jsonw_field_text_or_null(w, "quoted_status_id",
		                         quoted != NULL ? quoted->id : RP_SLICE(""));
	} else if (rp_slice_eq(state, RP_SLICE("accepted")) ||
	           rp_slice_starts(state, RP_SLICE("blocked_")) ||
	           rp_slice_starts(state, RP_SLICE("muted_"))) {
		jsonw_key(w, "quoted_status");
		masto_put_status(m, r, quoted, true, w);
	} else {
		jsonw_field_null(w, "quoted_status");
	}
	jsonw_end_object(w);
}

static void
put_counts(struct mock *m, const struct mock_thing *post, struct jsonw *w)
{
	int replies = 0, boosts = 0;

	for (size_t i = 0; i < m->n; i++) {
		if (m->things[i]->kind != MOCK_POST || m->things[i]->flags[M_DELETED])
			continue;
		replies += rp_slice_eq(m->things[i]->texts[M_REPLY], post->key);
		boosts += rp_slice_eq(m->things[i]->texts[M_REPOST], post->key);
	}
	jsonw_field_int(w, "replies_count", replies);
	jsonw_field_int(w, "reblogs_count", boosts);
	jsonw_field_int(w, "favourites_count", 3);
	jsonw_field_int(w, "quotes_count", 0);
}

static void
put_list(struct jsonw *w, const char *name, struct rp_slice raw)
{
	jsonw_key(w, name);
	if (raw.n > 0) {
		jsonw_raw(w, raw);
	} else {
		jsonw_array(w);
		jsonw_end_array(w);
	}
}

static void
put_addresses(struct mock *m, const struct mock_request *r, const struct mock_thing *post,
              struct jsonw *w)
{
	const struct mock_thing *by = mock_find(m, post->texts[M_BY]);
	struct rp_slice acct = mock_text(by, M_NAME), host = host_of(m, acct);
	struct rp_slice name = name_of(acct);
	const char *end = post->texts[M_REPOST].n > 0 ? "/activity" : "";

	jsonw_field_text(w, "uri",
	                 mock_print(r, "https://%.*s/users/%.*s/statuses/%.*s%s",
	                            RP_FMT(host), RP_FMT(name), RP_FMT(post->id), end));
	if (post->texts[M_REPOST].n > 0)
		jsonw_field_null(w, "url");
	else
		jsonw_field_text(w, "url",
		                 mock_print(r, "https://%.*s/@%.*s/%.*s", RP_FMT(host),
		                            RP_FMT(name), RP_FMT(post->id)));
}

static void
put_parent(struct mock *m, const struct mock_thing *post, struct jsonw *w)
{
	struct rp_slice parent = post->texts[M_REPLY];
	struct rp_slice by = mock_text(mock_find(m, parent), M_BY);

	jsonw_field_text_or_null(w, "in_reply_to_id",
	                         rp_slice_skip(parent, parent.n ? 6 : 0));
	jsonw_field_text_or_null(w, "in_reply_to_account_id",
	                         rp_slice_skip(by, by.n ? 6 : 0));
}

static void
put_reblog(struct mock *m, const struct mock_request *r, const struct mock_thing *post,
           struct jsonw *w)
{
	const struct mock_thing *original = mock_find(m, post->texts[M_REPOST]);

	jsonw_key(w, "reblog");
	if (original != NULL)
		masto_put_status(m, r, original, false, w);
	else
		jsonw_null(w);
}

void
masto_put_status(struct mock *m, const struct mock_request *r,
                 const struct mock_thing *post, bool nested, struct jsonw *w)
{
	const struct mock_thing *by = mock_find(m, post->texts[M_BY]);
	const struct mock_thing *original = mock_find(m, post->texts[M_REPOST]);
	struct rp_slice text =
		original != NULL ? original->texts[M_TEXT] : post->texts[M_TEXT];
	size_t opened;

	opened = mock_open(w);
	jsonw_field_text(w, "id", post->id);
	jsonw_field_text(w, "created_at", mock_time(r, post->made, RP_PRECISION_MS));
	put_parent(m, post, w);
	jsonw_field_bool(w, "sensitive", false);
	jsonw_field_text(w, "spoiler_text", RP_SLICE(""));
	jsonw_field_text(w, "visibility", RP_SLICE("public"));
	jsonw_field_text_or_null(w, "language", post->texts[M_LANG]);
	put_addresses(m, r, post, w);
	put_counts(m, post, w);
	jsonw_field_text_or_null(w, "edited_at",
	                         post->older != NULL
	                                 ? mock_time(r, post->time, RP_PRECISION_MS)
	                                 : RP_SLICE(""));
	jsonw_field_text(w, "content", content(m, r, text));
	if (!nested)
		put_reblog(m, r, post, w);
	put_quote(m, r, post, nested, w);
	jsonw_key(w, "account");
	if (by != NULL)
		masto_put_account(m, r, by, w);
	else
		jsonw_null(w);
	put_list(w, "media_attachments", post->raws[M_MEDIA]);
	put_mentions(m, r, text, w);
	put_tags(r, text, w);
	put_list(w, "emojis", RP_SLICE(""));
	jsonw_field_null(w, "card");
	jsonw_key(w, "poll");
	if (post->raws[M_POLL].n > 0)
		jsonw_raw(w, post->raws[M_POLL]);
	else
		jsonw_null(w);
	mock_close(w, opened, post->raws[M_EXTRA]);
}

/* Oldest first; wordings are few. */
void
masto_put_history(struct mock *m, const struct mock_request *r,
                  const struct mock_thing *post, struct jsonw *w)
{
	if (post->older != NULL)
		masto_put_history(m, r, post->older, w);
	jsonw_object(w);
	jsonw_field_text(w, "content", content(m, r, post->texts[M_TEXT]));
	jsonw_field_text(w, "spoiler_text", RP_SLICE(""));
	jsonw_field_bool(w, "sensitive", false);
	jsonw_field_text(w, "created_at", mock_time(r, post->time, RP_PRECISION_MS));
	if (mock_find(m, post->texts[M_BY]) != NULL) {
		jsonw_key(w, "account");
		masto_put_account(m, r, mock_find(m, post->texts[M_BY]), w);
	}
	put_list(w, "media_attachments", post->raws[M_MEDIA]);
	put_list(w, "emojis", RP_SLICE(""));
	jsonw_end_object(w);
}
