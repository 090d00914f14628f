/* Feeds: files of the world, thousands of small ones, and those of Nitter. */
#include "tests/support/mock.h"

#include "core/base/date.h"

#include <stdlib.h>

enum { NITTER_PAGE = 20 };

/* Feed N, always the same until its version goes up: ten items, one more a version. */
static void
many(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	int number = atoi(r->path + strlen("/many/"));
	int of = mock_number(m, "many-changed", 1);
	int version = mock_number(m, "many-version", 0);
	int items = mock_number(m, "many-items", 10);
	struct rp_buf *out = &a->body;
	int64_t first = 1767225600 * RP_SECOND; /* 1 January 2026 */

	if (of > 1 && number % of != 0)
		version = 0;
	a->etag = mock_print(r, "\"many-%d-%d-%d\"", number, version, items);
	a->type = "application/rss+xml; charset=utf-8";
	buf_printf(out,
	           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">"
	           "<channel><title>Feed %d</title><link>https://many-%d.example/</link>"
	           "<description>Number %d</description>\n",
	           number, number, number);
	for (int i = items + version - 1; i >= version; i--) {
		buf_printf(out,
		           "<item><title>Item %d of feed %d</title>"
		           "<link>https://many-%d.example/%d</link>"
		           "<guid isPermaLink=\"false\">many-%d-%d</guid>"
		           "<description>Some words about matter %d.</description>"
		           "<pubDate>",
		           i, number, number, i, number, i, number * 31 + i);
		mock_http_date(out, first + i * RP_HOUR + number * RP_SECOND);
		buf_add_str(out, "</pubDate></item>\n");
	}
	buf_add_str(out, "</channel></rss>\n");
}

static bool
of_author(const struct mock *m, const struct mock_thing *post, const void *context)
{
	(void)m;
	return rp_slice_eq(post->texts[M_BY], *(const struct rp_slice *)context) &&
	       !post->flags[M_DELETED] && !post->flags[M_HIDDEN];
}

static void
put_escaped(struct rp_buf *out, const char *before, struct rp_slice text,
            const char *after)
{
	buf_add_str(out, before);
	mock_html(out, text);
	buf_add_str(out, after);
}

/* The names a reply begins with are not part of its text there. */
static struct rp_slice
shown_text(const struct mock_thing *post)
{
	struct rp_slice text = post->texts[M_TEXT];

	while (post->texts[M_REPLY].n > 0 && rp_slice_starts(text, RP_SLICE("@")) &&
	       rp_slice_find_byte(text, ' ') < text.n)
		text = rp_slice_skip(text, rp_slice_find_byte(text, ' ') + 1);
	return text;
}

/* Of a repost: the original in all but the title. */
static void
put_item(struct mock *m, const struct mock_request *r, const struct mock_thing *owner,
         const struct mock_thing *post, struct rp_buf *out)
{
	const struct mock_thing *shown = mock_find(m, post->texts[M_REPOST]);
	const struct mock_thing *parent = mock_find(m, post->texts[M_REPLY]);
	const struct mock_thing *by, *quoted;
	struct rp_slice link;

	shown = shown != NULL ? shown : post;
	by = mock_find(m, shown->texts[M_BY]);
	quoted = mock_find(m, shown->texts[M_QUOTE]);
	link = mock_print(r, "http://%s/%.*s/status/%.*s#m", r->host,
	                  RP_FMT(mock_text(by, M_NAME)), RP_FMT(shown->id));
	buf_add_str(out, "<item><title>");
	if (shown != post)
		put_escaped(out, "RT by @", owner->texts[M_NAME], ": ");
	else if (post->texts[M_REPLY].n > 0)
		put_escaped(out, "R to @",
		            mock_text(mock_find(m, mock_text(parent, M_BY)), M_NAME),
		            ": ");
	put_escaped(out, "", shown_text(shown), "</title>");
	put_escaped(out, "<dc:creator>@", mock_text(by, M_NAME), "</dc:creator>");
	put_escaped(out, "<description><![CDATA[<p>", shown_text(shown), "</p>");
	if (quoted != NULL) {
		const struct mock_thing *whose = mock_find(m, quoted->texts[M_BY]);

		put_escaped(out, "<hr/><blockquote><b>", mock_text(whose, M_DISPLAY),
		            " (@");
		put_escaped(out, "", mock_text(whose, M_NAME), ")</b>\n<p>");
		put_escaped(out, "", quoted->texts[M_TEXT], "</p><footer>\xe2\x80\x94 ");
		buf_printf(
			out,
			"<cite><a href=\"http://%s/%.*s/status/%.*s#m\">link</a></cite>"
			"</footer></blockquote>",
			r->host, RP_FMT(mock_text(whose, M_NAME)), RP_FMT(quoted->id));
	}
	buf_add_str(out, "]]></description><pubDate>");
	mock_http_date(out, shown->time);
	if (shown->id.n >= 19 && shown->id.p[0] >= '2')
		buf_printf(out, "</pubDate><guid isPermaLink=\"false\">%.*s</guid>",
		           RP_FMT(shown->id));
	else
		buf_printf(out, "</pubDate><guid>%.*s</guid>", RP_FMT(link));
	buf_printf(out, "<link>%.*s</link></item>\n", RP_FMT(link));
}

/* /nitter/NAME/rss?cursor=MIN-ID */
static void
nitter(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	const char *path = r->path + strlen("/nitter/"),
		   *cursor = mock_param(r, "cursor");
	struct mock_thing *user =
		mock_named(m, "x", rp_slice_from(path, strcspn(path, "/")));
	struct mock_list all;
	struct mock_page page;
	size_t start = 0;

	if (user == NULL || user->flags[M_SUSPENDED]) {
		mock_html_error(a, 404, "User not found");
		return;
	}
	all = mock_posts(m, r->arena, "x", of_author, &user->key);
	while (cursor != NULL && start < all.n &&
	       !rp_slice_eq(all.at[start++]->id, rp_slice_str(cursor)))
		;
	page = mock_page(r, all, start, NITTER_PAGE);
	a->type = "application/rss+xml; charset=utf-8";
	if (page.has_next && page.posts.n > 0)
		mock_header(a, "Min-Id", "%.*s",
		            RP_FMT(page.posts.at[page.posts.n - 1]->id));
	buf_add_str(&a->body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss "
	                      "xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:dc=\""
	                      "http://purl.org/dc/elements/1.1/\" version=\"2.0\">"
	                      "<channel>");
	put_escaped(&a->body, "<title>", user->texts[M_DISPLAY], " / @");
	put_escaped(&a->body, "", user->texts[M_NAME], "</title>");
	buf_printf(&a->body, "<link>http://%s/%.*s</link><ttl>40</ttl>\n", r->host,
	           RP_FMT(user->texts[M_NAME]));
	for (size_t i = 0; i < page.posts.n; i++)
		put_item(m, r, user, page.posts.at[i], &a->body);
	buf_add_str(&a->body, "</channel></rss>\n");
}

void
mock_feeds(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	if (strncmp(r->path, "/many/", 6) == 0)
		many(m, r, a);
	else if (strncmp(r->path, "/nitter/", 8) == 0)
		nitter(m, r, a);
	else
		mock_pages(m, r, a);
}
