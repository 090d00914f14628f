/*
 * What a page says of itself, in order of trust: JSON-LD, OpenGraph, <meta>, microdata,
 * <time>; what is only printed comes last.
 */
#include "core/base/url.h"
#include "core/collect/article.h"

enum {
	PRINTED_MAX_BYTES = 200, /* a line with a date; longer ones are prose */
	SAVED_FROM_BYTES = 2048,
};

static void
keep(struct rp_slice *have, struct rp_slice more)
{
	more = rp_slice_trim(more);
	if (have->n == 0)
		*have = more;
}

/* ---- dates --------------------------------------------------------------- */

static bool
is_within(struct rp_time inner, struct rp_time outer)
{
	return inner.lo != RP_TIME_UNKNOWN && outer.lo != RP_TIME_UNKNOWN &&
	       inner.lo >= outer.lo && inner.hi <= outer.hi;
}

void
article_published(struct article *article, struct rp_time time)
{
	struct rp_time *have = &article->published;

	if (!rp_time_known(time))
		return;
	if (!rp_time_known(*have) || is_within(time, *have))
		*have = time;
	else if (!is_within(*have, time) && time.hi < have->hi)
		*have = time;
}

static bool
read_date(const struct article *article, struct rp_slice text, struct rp_time *out)
{
	const struct date_context context = article_dates(article);

	return text.n > 0 && date_read(rp_slice_trim(text), &context, out, NULL);
}

/* ---- <meta> -------------------------------------------------------------- */

enum meta {
	META_TITLE,
	META_BYLINE,
	META_PUBLISHER,
	META_LANG,
	META_PUBLISHED,
	META_MODIFIED,
	META_ADDRESS,
	META_TYPE,
	META_KINDS,
};

/* By "property", "name" or "itemprop". */
/* clang-format off */
static const struct {
	const char *name;
	enum meta means;
} metas[] = {
	{ "og:title", META_TITLE },
	{ "twitter:title", META_TITLE },
	{ "dc.title", META_TITLE },
	{ "headline", META_TITLE },
	{ "author", META_BYLINE },
	{ "article:author", META_BYLINE },
	{ "dc.creator", META_BYLINE },
	{ "parsely-author", META_BYLINE },
	{ "sailthru.author", META_BYLINE },
	{ "og:site_name", META_PUBLISHER },
	{ "application-name", META_PUBLISHER },
	{ "dc.publisher", META_PUBLISHER },
	{ "og:locale", META_LANG },
	{ "dc.language", META_LANG },
	{ "article:published_time", META_PUBLISHED },
	{ "article:published", META_PUBLISHED },
	{ "article.published", META_PUBLISHED },
	{ "og:article:published_time", META_PUBLISHED },
	{ "datepublished", META_PUBLISHED },
	{ "date", META_PUBLISHED },
	{ "pubdate", META_PUBLISHED },
	{ "publish-date", META_PUBLISHED },
	{ "dc.date", META_PUBLISHED },
	{ "dc.date.issued", META_PUBLISHED },
	{ "dcterms.created", META_PUBLISHED },
	{ "parsely-pub-date", META_PUBLISHED },
	{ "sailthru.date", META_PUBLISHED },
	{ "article:modified_time", META_MODIFIED },
	{ "og:updated_time", META_MODIFIED },
	{ "datemodified", META_MODIFIED },
	{ "og:url", META_ADDRESS },
	{ "og:type", META_TYPE },
};
/* clang-format on */

/* What a page has of each, in the order of the page, the first of all names. */
struct told {
	struct rp_slice first[META_KINDS];
	struct rp_slice canonical, base, heading, title, html_lang;
	struct {
		struct rp_slice href, lang;
	} alternates[ARTICLE_MAX_TRANSLATIONS];
	size_t n_alternates;
	struct rp_time timed; /* of the first <time> */
	const bool *beside;   /* nodes that tell of something else */
	struct article_addresses addresses;
};

/* ---- what tells of something else ----------------------------------------- */

static bool
begins_other(const struct html *html, uint32_t node)
{
	static const char *const names[] = { "aside", "nav", "blockquote", "dialog" };
	static const char *const classes[] = { "related",   "comments", "recirc",
		                               "outbrain",  "taboola",  "lire-aussi",
		                               "read-more", "also-read" };
	const struct rp_slice class = html_get(html, node, "class");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (html_is(html, node, names[i]))
			return true;
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (article_has(class, classes[i]))
			return true;
	return false;
}

/* The posts that it shows, teasers of other articles, the foot of the page; children
 * stand behind their parents.  The foot of an article is its own. */
static bool *
find_beside(struct article *article, const struct html *html, const bool *gone)
{
	bool *beside = arena_array(article->arena, html->n, sizeof(*beside));
	bool *inside = arena_array(article->arena, html->n, sizeof(*inside));

	if (beside == NULL || inside == NULL)
		return NULL;
	for (uint32_t i = 1; i < html->n; i++) {
		const uint32_t parent = html->nodes[i].parent;

		inside[i] = inside[parent] || html_is(html, i, "article");
		beside[i] = beside[parent] || gone[i] || begins_other(html, i) ||
		            (!inside[i] && html_is(html, i, "footer"));
	}
	return beside;
}

static void
read_named(struct article *article, struct told *told, struct rp_slice name,
           struct rp_slice content)
{
	struct rp_time time;

	for (size_t i = 0; i < sizeof(metas) / sizeof(*metas); i++) {
		if (!rp_slice_eq_nocase(name, rp_slice_str(metas[i].name)))
			continue;
		if (metas[i].means == META_PUBLISHED &&
		    read_date(article, content, &time))
			article_published(article, time);
		if (metas[i].means == META_MODIFIED &&
		    read_date(article, content, &time) &&
		    (!rp_time_known(article->modified) || time.hi > article->modified.hi))
			article->modified = time;
		keep(&told->first[metas[i].means], content);
	}
}

static void
read_meta(struct article *article, struct told *told, const struct html *html,
          uint32_t node)
{
	const struct rp_slice content = html_get(html, node, "content");

	read_named(article, told, html_get(html, node, "property"), content);
	read_named(article, told, html_get(html, node, "name"), content);
	if (!told->beside[node])
		read_named(article, told, html_get(html, node, "itemprop"), content);
}

/* ---- elements ------------------------------------------------------------ */

static bool
text_below(struct article *article, const struct html *html, uint32_t node,
           struct rp_slice *out)
{
	struct html_text text;

	if (out->n > 0)
		return true;
	if (!html_text(article->arena, html, node, &text))
		return false;
	*out = rp_slice_trim(text.text);
	for (size_t i = 0; i < out->n; i++)
		if (out->p[i] == '\n') {
			out->n = i;
			break;
		}
	return true;
}

static void
read_time(struct article *article, struct told *told, const struct html *html,
          uint32_t node)
{
	const struct rp_slice prop = html_get(html, node, "itemprop");
	const struct rp_slice text = html_get(html, node, "datetime");
	struct rp_time time;

	if (told->beside[node] || !read_date(article, text, &time))
		return;
	if (rp_slice_eq_nocase(prop, RP_SLICE("datePublished")))
		article_published(article, time);
	else if (!rp_slice_eq_nocase(prop, RP_SLICE("dateModified")) &&
	         !rp_time_known(told->timed))
		told->timed = time;
}

static void
read_link(struct told *told, const struct html *html, uint32_t node)
{
	const struct rp_slice href = html_get(html, node, "href");
	const struct rp_slice lang = html_get(html, node, "hreflang");

	if (html_has_word(html, node, "rel", "canonical"))
		keep(&told->canonical, href);
	if (html_has_word(html, node, "rel", "alternate") && lang.n >= 2 &&
	    lang.p[0] != 'x' && told->n_alternates < ARTICLE_MAX_TRANSLATIONS) {
		told->alternates[told->n_alternates].href = href;
		told->alternates[told->n_alternates++].lang = lang;
	}
}

static struct rp_slice
script_text(const struct html *html, uint32_t node)
{
	const uint32_t child = html->nodes[node].first;

	return child == HTML_NONE ? RP_SLICE("") : html->nodes[child].text;
}

static enum rp_status
read_element(struct article *article, struct told *told, const struct html *html,
             uint32_t node, struct rp_error *err)
{
	bool fits = true;

	if (html_is(html, node, "script")) {
		if (rp_slice_find(html_get(html, node, "type"), RP_SLICE("ld+json")) <
		    html_get(html, node, "type").n)
			return article_read_json(article, script_text(html, node),
			                         &told->addresses, err);
	} else if (html_is(html, node, "meta"))
		read_meta(article, told, html, node);
	else if (html_is(html, node, "link")) {
		read_link(told, html, node);
	} else if (html_is(html, node, "base"))
		keep(&told->base, html_get(html, node, "href"));
	else if (html_is(html, node, "html"))
		keep(&told->html_lang, html_get(html, node, "lang"));
	else if (html_is(html, node, "time"))
		read_time(article, told, html, node);
	else if (html_is(html, node, "h1"))
		fits = text_below(article, html, node, &told->heading);
	else if (html_is(html, node, "title"))
		fits = text_below(article, html, node, &told->title);
	return fits ? RP_OK : rp_fail(err, RP_BAD_ITEM, "a page with too much in it");
}

/* ---- putting it together ------------------------------------------------- */

/* "<!-- saved from url=(0042)https://journal.example/2025/01/23/x -->", as browsers put
 * it in front of what they save. */
static struct rp_slice
saved_from(struct rp_slice page)
{
	struct rp_slice head = { page.p,
		                 page.n < SAVED_FROM_BYTES ? page.n : SAVED_FROM_BYTES };
	size_t at = rp_slice_find(head, RP_SLICE("saved from url=(")), n = 0;

	head = rp_slice_skip(head, at);
	head = rp_slice_skip(head, rp_slice_find_byte(head, ')') + 1);
	while (n < head.n && (unsigned char)head.p[n] > ' ')
		n++;
	return rp_slice_from(head.p, n);
}

static bool
take_address(struct article *article, struct rp_slice base, struct rp_slice href)
{
	struct rp_slice whole;

	if (article->address.n > 0 || href.n == 0)
		return true;
	if (!url_resolve(article->arena, base, href, &whole))
		return false;
	if (whole.n == 0 || article_is_home_page(whole))
		return true;
	return url_clean(article->arena, whole, &article->address);
}

/* The page's own word, unless it leads to another site than the page came from. */
static bool
read_address(struct article *article, const struct told *told, struct rp_slice page)
{
	const struct rp_slice saved = saved_from(page), open = told->first[META_ADDRESS];
	const struct rp_slice own = saved.n > 0 ? saved : open;
	const struct rp_slice base = told->base.n > 0 ? told->base : own;
	const struct rp_slice there = article_site(told->canonical);

	if (there.n == 0 || own.n == 0 || rp_slice_eq_nocase(there, article_site(own)))
		if (!take_address(article, base, told->canonical))
			return false;
	return take_address(article, base, open) &&
	       take_address(article, base, told->addresses.linked) &&
	       take_address(article, base, saved);
}

/* The same text in other languages; editions for other countries are none. */
static bool
read_translations(struct article *article, const struct told *told)
{
	const struct rp_slice front = { article->lang.p, 2 };
	struct rp_slice address;

	for (size_t i = 0; i < told->n_alternates && article->lang.n >= 2; i++) {
		if (rp_slice_eq_nocase(rp_slice_from(told->alternates[i].lang.p, 2),
		                       front))
			continue;
		if (!url_resolve(article->arena, article->address,
		                 told->alternates[i].href, &address) ||
		    !url_clean(article->arena, address, &address))
			return false;
		if (address.n > 0 && address.n < KEY_MAX_BYTES / 2 &&
		    !article_is_home_page(address) &&
		    !rp_slice_eq(address, article->address))
			article->translations[article->n_translations++] = address;
	}
	return true;
}

/* "fr_FR" is "fr-FR". */
static bool
write_lang(struct arena *arena, struct rp_slice *lang)
{
	char *p = arena_alloc(arena, lang->n);

	if (p == NULL)
		return false;
	for (size_t i = 0; i < lang->n; i++)
		p[i] = (char)(lang->p[i] == '_' ? '-' : lang->p[i]);
	*lang = rp_slice_from(p, lang->n);
	if (lang->n < 2 || lang->n > 35 || rp_slice_find_byte(*lang, ' ') < lang->n)
		*lang = RP_SLICE("");
	return true;
}

/* A name: "https://journal.example/authors/7" is none. */
static struct rp_slice
name_only(struct rp_slice name)
{
	return article_host(name).n > 0 ? RP_SLICE("") : name;
}

/* "Publié le 23 janvier 2025 à 10h32": the first short text that is a date. */
static void
read_printed(struct article *article, const struct told *told, const struct html *html)
{
	struct rp_time time;

	for (uint32_t i = 0; i < html->n && !rp_time_known(article->published); i++) {
		const struct rp_slice text = rp_slice_trim(html->nodes[i].text);

		if (text.n >= 8 && text.n <= PRINTED_MAX_BYTES && !told->beside[i] &&
		    read_date(article, text, &time))
			article_published(article, time);
	}
}

enum rp_status
article_read_meta(struct article *article, struct rp_slice page, const struct html *html,
                  const bool *gone, struct rp_error *err)
{
	struct told told = { .timed = RP_TIME_NONE,
		             .beside = find_beside(article, html, gone) };
	enum rp_status st = RP_OK;

	if (told.beside == NULL)
		return rp_fail(err, RP_BAD_ITEM, "a page with too much in it");
	for (uint32_t node = 1; node < html->n && st == RP_OK; node++)
		if (html->nodes[node].name.n > 0)
			st = read_element(article, &told, html, node, err);
	if (st != RP_OK)
		return st;
	keep(&article->title, told.first[META_TITLE]);
	keep(&article->title, told.heading);
	keep(&article->title, told.title);
	keep(&article->byline, name_only(told.first[META_BYLINE]));
	keep(&article->publisher, told.first[META_PUBLISHER]);
	if (told.html_lang.n > 0)
		article->lang = told.html_lang;
	keep(&article->lang, told.first[META_LANG]);
	if (rp_slice_eq_nocase(told.first[META_TYPE], RP_SLICE("article")))
		article->is_article = true;
	if (!rp_time_known(article->published))
		article_published(article, told.timed);
	read_printed(article, &told, html);
	if (!write_lang(article->arena, &article->lang) ||
	    !read_address(article, &told, page) || !read_translations(article, &told))
		return rp_fail(err, RP_BAD_ITEM, "a page with too much in it");
	return RP_OK;
}
