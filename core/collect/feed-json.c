/*
 * JSON Feed 1 and 1.1.
 */
#include "core/collect/feed-json.h"

#include "core/base/utf8.h"

static struct rp_slice
text_of(struct feed_json *w, uint32_t object, const char *name)
{
	const uint32_t node = json_get(&w->doc, object, rp_slice_str(name));
	struct rp_slice text = RP_SLICE("");

	if (json_type(&w->doc, node) != JSON_STRING)
		return text;
	if (json_text(&w->doc, node, w->arena, &text, NULL) != RP_OK)
		w->full = true;
	return text;
}

/* Numbers are seen: they are taken as they are written. */
static struct rp_slice
id_of(struct feed_json *w, uint32_t object)
{
	const uint32_t node = json_get(&w->doc, object, RP_SLICE("id"));

	if (json_type(&w->doc, node) == JSON_NUMBER)
		return json_span(&w->doc, node);
	return rp_slice_trim(text_of(w, object, "id"));
}

static struct rp_slice
address_of(struct feed_json *w, uint32_t object, const char *name)
{
	struct rp_slice url = rp_slice_trim(text_of(w, object, name));

	if (url.n > 0 && !feed_address(w->arena, w->url, url, &url))
		w->full = true;
	return url;
}

/* Of authors (1.1) or author (1.0). */
static struct feed_person
person_of(struct feed_json *w, uint32_t object)
{
	struct json_each each =
		json_each(&w->doc, json_get(&w->doc, object, RP_SLICE("authors")));
	uint32_t author = json_get(&w->doc, object, RP_SLICE("author"));

	if (json_next(&each) && each.key == JSON_NONE)
		author = each.value;
	return (struct feed_person){ .name = rp_slice_trim(text_of(w, author, "name")),
		                     .uri = address_of(w, author, "url") };
}

static struct feed_entry
read_entry(struct feed_json *w, uint32_t item)
{
	const struct rp_slice html = text_of(w, item, "content_html");
	struct feed_entry e = {
		.id = id_of(w, item),
		.link = address_of(w, item, "url"),
		.about = address_of(w, item, "external_url"),
		.title = { .value = rp_slice_trim(text_of(w, item, "title")) },
		.content = { .value = html, .html = html.n > 0, .base = w->url },
		.summary = { .value = text_of(w, item, "summary") },
		.author = person_of(w, item),
		.published = text_of(w, item, "date_published"),
		.updated = text_of(w, item, "date_modified"),
		.lang = text_of(w, item, "language"),
		.at = w->lead + w->doc.nodes[item].at,
		.n = w->doc.nodes[item].n,
	};

	if (html.n == 0)
		e.content.value = text_of(w, item, "content_text");
	if (feed_is_web(e.link))
		e.content.base = e.link;
	return e;
}

enum rp_status
feed_json_begin(struct feed_json *w, struct arena *arena, struct rp_slice bytes,
                struct rp_slice url, struct feed *out, struct rp_error *err)
{
	uint32_t items;
	enum rp_status st;

	w->arena = arena;
	w->url = url;
	w->lead = json_bom(bytes);
	st = json_parse(&w->doc, rp_slice_skip(bytes, w->lead), err);
	if (st != RP_OK)
		return st;
	items = json_get(&w->doc, JSON_ROOT, RP_SLICE("items"));
	if (rp_slice_find(text_of(w, JSON_ROOT, "version"),
	                  RP_SLICE("jsonfeed.org/version/")) ==
	            text_of(w, JSON_ROOT, "version").n ||
	    json_type(&w->doc, items) != JSON_ARRAY)
		return rp_fail(err, RP_BAD_ITEM, "no feed: not a JSON Feed");
	w->items = json_each(&w->doc, items);
	out->format = FEED_JSON;
	out->encoding = RP_SLICE("utf-8");
	out->self = address_of(w, JSON_ROOT, "feed_url");
	if (!feed_is_web(w->url))
		w->url = out->self;
	out->link = address_of(w, JSON_ROOT, "home_page_url");
	out->title.value = rp_slice_trim(text_of(w, JSON_ROOT, "title"));
	out->subtitle.value = rp_slice_trim(text_of(w, JSON_ROOT, "description"));
	out->author = person_of(w, JSON_ROOT);
	out->lang = text_of(w, JSON_ROOT, "language");
	out->damaged = (w->doc.flags & JSON_DAMAGED) != 0;
	return w->full ? feed_full(err) : RP_OK;
}

enum rp_status
feed_json_next(struct feed_json *w, struct arena *arena, struct feed_entry *out,
               struct rp_error *err)
{
	if (!json_next(&w->items))
		return RP_END;
	w->arena = arena;
	*out = read_entry(w, w->items.value);
	return w->full ? feed_full(err) : RP_OK;
}
