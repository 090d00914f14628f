/*
 * schema.org in JSON-LD: what a page says of itself for search engines.
 */
#include "core/collect/article.h"
#include "core/parse/html-entity.h"
#include "core/parse/json.h"

enum {
	OBJECTS_MAX = 1 << 16, /* looked at in one script; pages have a hundred */
};

/* One script being read. */
struct reading {
	struct article *article;
	struct article_addresses *addresses;
	const struct json_doc *doc;
	bool full;
};

/* ---- repair -------------------------------------------------------------- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* "<!--", "<![CDATA[" and their ends, also behind "//". */
static struct rp_slice
unwrapped(struct rp_slice script)
{
	size_t begin = 0, end = script.n;

	while (begin < end && script.p[begin] != '{' && script.p[begin] != '[')
		begin++;
	/* the "[" of "<![CDATA[" begins nothing */
	if (rp_slice_starts(rp_slice_skip(script, begin), RP_SLICE("[CDATA["))) {
		begin += 7;
		while (begin < end && script.p[begin] != '{' && script.p[begin] != '[')
			begin++;
	}
	if (rp_slice_ends(rp_slice_trim(script), RP_SLICE("]]>")))
		end = rp_slice_find(script, RP_SLICE("]]>"));
	while (end > begin && script.p[end - 1] != (script.p[begin] == '{' ? '}' : ']'))
		end--;
	return rp_slice_trim(rp_slice_from(script.p + begin, end - begin));
}

/* Bare control bytes in strings become blanks, commas before a bracket go. */
static bool
repaired(struct arena *arena, struct rp_slice script, struct rp_slice *out)
{
	const struct rp_slice from = unwrapped(script);
	char *p = arena_alloc(arena, from.n);
	size_t n = 0, comma = SIZE_MAX;
	bool in_string = false;

	if (p == NULL)
		return false;
	for (size_t i = 0; i < from.n; i++) {
		const char c = from.p[i];

		if (in_string && c == '\\' && i + 1 < from.n) {
			p[n++] = c;
			p[n++] = from.p[++i];
			continue;
		}
		if (c == '"')
			in_string = !in_string;
		else if (!in_string && (c == '}' || c == ']') && comma != SIZE_MAX)
			p[comma] = ' ';
		if (!in_string && c == ',')
			comma = n;
		else if (in_string || !is_blank(c))
			comma = SIZE_MAX;
		p[n++] = (unsigned char)c < ' ' ? ' ' : c;
	}
	*out = rp_slice_from(p, n);
	return true;
}

/* ---- values -------------------------------------------------------------- */

static uint32_t
get(const struct reading *r, uint32_t object, const char *name)
{
	return json_get(r->doc, object, rp_slice_str(name));
}

/* A string, as people read it: some sites escape it for HTML as well. */
static struct rp_slice
text(struct reading *r, uint32_t node)
{
	struct rp_slice out = RP_SLICE("");

	if (json_type(r->doc, node) != JSON_STRING)
		return out;
	if (json_text(r->doc, node, r->article->arena, &out, NULL) != RP_OK ||
	    !html_entities_decode(r->article->arena, out, false, &out) ||
	    !arena_copy(r->article->arena, rp_slice_trim(out), &out)) {
		r->full = true;
		return RP_SLICE("");
	}
	return out;
}

/* A string, or a member of the first object of it. */
static struct rp_slice
text_or(struct reading *r, uint32_t node, const char *member)
{
	struct json_each each = json_each(r->doc, node);

	if (json_type(r->doc, node) == JSON_ARRAY)
		node = json_next(&each) ? each.value : JSON_NONE;
	if (json_type(r->doc, node) == JSON_OBJECT)
		node = get(r, node, member);
	return text(r, node);
}

/* "Ana Petit, Bo Li". */
static struct rp_slice
names(struct reading *r, uint32_t node)
{
	struct json_each each = json_each(r->doc, node);
	struct rp_slice all = RP_SLICE(""), one;

	if (json_type(r->doc, node) != JSON_ARRAY)
		return text_or(r, node, "name");
	for (int i = 0; i < 16 && json_next(&each); i++) {
		one = text_or(r, each.value, "name");
		if (all.n > 0 && one.n > 0 &&
		    !arena_join(r->article->arena, all, RP_SLICE(", "), &all))
			r->full = true;
		if (one.n > 0 && !arena_join(r->article->arena, all, one, &all))
			r->full = true;
	}
	return all;
}

static struct rp_time
date(struct reading *r, uint32_t object, const char *name)
{
	const struct date_context context = article_dates(r->article);
	const struct rp_slice written = text(r, get(r, object, name));
	struct rp_time time = RP_TIME_NONE;

	if (written.n > 0 && !date_read(written, &context, &time, NULL))
		return RP_TIME_NONE;
	return time;
}

static bool
is_type(const struct reading *r, uint32_t object, const char *const *types)
{
	const uint32_t node = get(r, object, "@type");
	struct json_each each = json_each(r->doc, node);

	for (size_t i = 0; types[i] != NULL; i++)
		if (json_text_is(r->doc, node, rp_slice_str(types[i])))
			return true;
	while (json_type(r->doc, node) == JSON_ARRAY && json_next(&each))
		for (size_t i = 0; types[i] != NULL; i++)
			if (json_text_is(r->doc, each.value, rp_slice_str(types[i])))
				return true;
	return false;
}

static const char *const article_types[] = {
	"Article",
	"NewsArticle",
	"ReportageNewsArticle",
	"AnalysisNewsArticle",
	"OpinionNewsArticle",
	"BackgroundNewsArticle",
	"ReviewNewsArticle",
	"AskPublicNewsArticle",
	"AdvertiserContentArticle",
	"BlogPosting",
	"LiveBlogPosting",
	"SocialMediaPosting",
	"Report",
	NULL,
};

/* ---- objects ------------------------------------------------------------- */

static void
keep(struct rp_slice *have, struct rp_slice more)
{
	if (have->n == 0)
		*have = more;
}

static bool
is_false(const struct reading *r, uint32_t node)
{
	const struct rp_slice no = RP_SLICE("false");

	return json_type(r->doc, node) == JSON_FALSE ||
	       (json_type(r->doc, node) == JSON_STRING &&
	        rp_slice_eq_nocase(json_raw_text(r->doc, node), no));
}

static void
read_update(struct reading *r, uint32_t object)
{
	struct article *article = r->article;
	struct article_update *list, update = {
		.headline = text(r, get(r, object, "headline")),
		.text = text(r, get(r, object, "articleBody")),
		.url = text_or(r, get(r, object, "url"), "@id"),
		.time = date(r, object, "datePublished"),
	};

	keep(&update.headline, text(r, get(r, object, "name")));
	if ((update.text.n == 0 && update.headline.n == 0) ||
	    article->n_updates >= ARTICLE_MAX_UPDATES)
		return;
	list = arena_room(article->arena, article->updates, article->n_updates,
	                  &article->room_updates, sizeof(*list));
	if (list == NULL) {
		r->full = true;
		return;
	}
	article->updates = list;
	list[article->n_updates++] = update;
}

static void
read_updates(struct reading *r, uint32_t node)
{
	struct json_each each = json_each(r->doc, node);

	if (json_type(r->doc, node) == JSON_OBJECT)
		read_update(r, node);
	while (json_type(r->doc, node) == JSON_ARRAY && !r->full && json_next(&each))
		read_update(r, each.value);
}

static void
read_article(struct reading *r, uint32_t object)
{
	struct article *article = r->article;
	struct rp_time modified = date(r, object, "dateModified");

	article->is_article = true;
	keep(&article->title, text(r, get(r, object, "headline")));
	keep(&article->title, text(r, get(r, object, "name")));
	keep(&article->byline, names(r, get(r, object, "author")));
	keep(&article->publisher, text_or(r, get(r, object, "publisher"), "name"));
	keep(&article->lang, text_or(r, get(r, object, "inLanguage"), "alternateName"));
	keep(&article->told_body, text(r, get(r, object, "articleBody")));
	keep(&r->addresses->linked, text_or(r, get(r, object, "url"), "@id"));
	keep(&r->addresses->linked,
	     text_or(r, get(r, object, "mainEntityOfPage"), "@id"));
	article_published(article, date(r, object, "datePublished"));
	if (rp_time_known(modified) &&
	    (!rp_time_known(article->modified) || modified.hi > article->modified.hi))
		article->modified = modified;
	if (is_false(r, get(r, object, "isAccessibleForFree")))
		article->paywalled = true;
	read_updates(r, get(r, object, "liveBlogUpdate"));
}

/* Objects of the script, those of its arrays and of "@graph": the first article is the
 * page's, others are those it recommends. */
static void
read_objects(struct reading *r)
{
	static const char *const pages[] = { "WebPage", NULL };
	bool met = r->article->is_article;
	uint32_t node = JSON_ROOT;

	for (int i = 0; i < OBJECTS_MAX && node < r->doc->n && !r->full; i++) {
		const struct json_node *at = &r->doc->nodes[node];

		if (at->type == JSON_OBJECT && !met && is_type(r, node, article_types)) {
			read_article(r, node);
			met = true;
		}
		if (at->type == JSON_OBJECT && is_type(r, node, pages) && !met)
			keep(&r->addresses->linked, text(r, get(r, node, "url")));
		/* into arrays, the root and what has a graph; past all else */
		if (at->type == JSON_ARRAY ||
		    (at->type == JSON_OBJECT && get(r, node, "@graph") != JSON_NONE))
			node++;
		else if (at->flags & JSON_KEY)
			node++;
		else
			node = at->next;
	}
}

enum rp_status
article_read_json(struct article *article, struct rp_slice script,
                  struct article_addresses *addresses, struct rp_error *err)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct reading r = { .article = article, .addresses = addresses, .doc = &doc };
	struct rp_slice better = rp_slice_trim(script);
	enum rp_status st = json_parse(&doc, better, err);

	if (st == RP_BAD_ITEM) {
		if (!repaired(article->arena, script, &better))
			return rp_fail(err, RP_BAD_ITEM, "a page with too much in it");
		st = json_parse(&doc, better, err);
	}
	if (st == RP_BAD_ITEM)
		return RP_OK;
	if (st != RP_OK)
		return st;
	read_objects(&r);
	return r.full ? rp_fail(err, RP_BAD_ITEM, "a page with too much in it") : RP_OK;
}
