#include "core/collect/fetch-web.h"

#include "core/base/ascii.h"
#include "core/base/buf.h"
#include "core/base/url.h"
#include "core/parse/html.h"

enum {
	HEAD_BYTES = 1024, /* in which a page shows that it is one */
};

/* ---- statuses ------------------------------------------------------------ */

enum web_kind
web_kind(const struct fetch_answer *answer)
{
	switch (answer->status) {
	case 200:
	case 203:
	case 226:
		return WEB_BODY;
	case 304:
		return WEB_SAME;
	case 404:
		return WEB_MISSING;
	case 408:
	case 425:
	case 429:
		return WEB_AGAIN;
	case 410:
		return WEB_GONE;
	default:
		if (answer->status >= 500 && answer->status < 600)
			return WEB_AGAIN;
		return answer->status >= 400 && answer->status < 500 ? WEB_REFUSED
		                                                     : WEB_ODD;
	}
}

enum rp_status
web_fail(const struct fetch_answer *answer, struct rp_error *err)
{
	switch (answer->status) {
	case 404:
		return rp_fail(err, RP_RETRY_LATER, "there is nothing at %.*s (404)",
		               RP_FMT(answer->url));
	case 410:
		return rp_fail(err, RP_BAD_SOURCE, "%.*s is gone for good (410)",
		               RP_FMT(answer->url));
	case 401:
	case 407:
		return rp_fail(err, RP_BAD_SOURCE, "%.*s asks for a password (%d)",
		               RP_FMT(answer->url), answer->status);
	case 451:
		return rp_fail(err, RP_BAD_SOURCE,
		               "%.*s is withheld for legal reasons (451)",
		               RP_FMT(answer->url));
	default:
		return rp_fail(err,
		               web_kind(answer) == WEB_REFUSED ? RP_BAD_SOURCE
		                                               : RP_RETRY_LATER,
		               "%.*s answered with status %d", RP_FMT(answer->url),
		               answer->status);
	}
}

enum rp_status
web_still_gone(struct rp_slice url, int64_t now, struct rp_error *err)
{
	enum rp_status st =
		rp_fail(err, RP_BAD_SOURCE,
	                "%.*s is gone for good, as its server said (410); only "
	                "a source of another name asks for it again",
	                RP_FMT(url));

	if (err != NULL && now <= INT64_MAX - WEB_GONE_REST)
		err->retry_at = now + WEB_GONE_REST;
	return st;
}

/* ---- pages --------------------------------------------------------------- */

bool
web_is_html(struct rp_slice body)
{
	static const char *const tags[] = { "<!doctype html", "<html", "<head", "<body" };
	struct rp_slice head = { body.p, body.n < HEAD_BYTES ? body.n : HEAD_BYTES };

	for (; head.n > 0; head = rp_slice_skip(head, 1)) {
		head = rp_slice_skip(head, rp_slice_find_byte(head, '<'));
		for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++)
			if (rp_slice_starts_nocase(head, rp_slice_str(tags[i])))
				return true;
		if (rp_slice_starts(head, RP_SLICE("<rss")) ||
		    rp_slice_starts(head, RP_SLICE("<feed")) ||
		    rp_slice_starts(head, RP_SLICE("<rdf")))
			return false;
	}
	return false;
}

/* ---- feeds that pages name ----------------------------------------------- */

static bool
is_feed_link(const struct html *html, uint32_t node)
{
	static const char *const types[] = { "application/rss+xml",
		                             "application/atom+xml",
		                             "application/feed+json" };
	const struct rp_slice type = rp_slice_trim(html_get(html, node, "type"));

	if (!html_is(html, node, "link") ||
	    !html_has_word(html, node, "rel", "alternate"))
		return false;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (rp_slice_eq_nocase(type, rp_slice_str(types[i])))
			return true;
	return false;
}

bool
web_find_feed(struct arena *arena, const struct fetch_answer *answer,
              struct rp_slice *out)
{
	struct html html;
	struct rp_error why;

	*out = RP_SLICE("");
	if (html_parse(arena, answer->body, answer->charset, &html, &why) != RP_OK)
		return why.status == RP_BAD_ITEM;
	for (uint32_t node = 0; node != HTML_NONE; node = html_after(&html, node, 0))
		if (is_feed_link(&html, node) && out->n == 0 &&
		    !url_resolve(arena, answer->url, html_get(&html, node, "href"), out))
			return false;
	return arena_copy(arena, *out, out);
}

/* ---- headers ------------------------------------------------------------- */

int64_t
web_max_age(const struct fetch_answer *answer)
{
	const struct rp_slice name = RP_LIT("max-age=");
	struct rp_slice rest = answer->header(answer, "Cache-Control"), part;
	uint64_t seconds;

	while (rest.n > 0) {
		part = rp_slice_trim(rp_slice_cut(&rest, ','));
		if (!rp_slice_starts_nocase(part, name))
			continue;
		part = rp_slice_skip(part, name.n);
		if (ascii_digits(part) != part.n || !rp_slice_u64(part, &seconds))
			return 0;
		return seconds < RP_DAY / RP_SECOND ? (int64_t)seconds * RP_SECOND
		                                    : RP_DAY;
	}
	return 0;
}

bool
web_is_noted(struct rp_slice noted, struct rp_slice url)
{
	bool same = noted.n == url.n;

	for (size_t i = 0; i < url.n && same; i++)
		same = noted.p[i] == url.p[i] || noted.p[i] == '*';
	return same;
}

void
web_line(struct rp_buf *out, const char *key, struct rp_slice value)
{
	if (value.n > 0)
		buf_printf(out, "%s=%.*s\n", key, RP_FMT(value));
}
