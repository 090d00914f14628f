/*
 * JSON Feed 1 and 1.1.
 */
#include "core/collect/feed.h"

#include "core/base/url-join.h"
#include "core/base/utf8.h"
#include "core/parse/json.h"

struct walk {
	struct arena *arena;
	struct json_doc doc;
	struct rp_slice url;
	bool full;
};

static struct rp_slice
text_of(struct walk *w, uint32_t object, const char *name)
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
id_of(struct walk *w, uint32_t object)
{
	const uint32_t node = json_get(&w->doc, object, RP_SLICE("id"));

	if (json_type(&w->doc, node) == JSON_NUMBER)
		return json_span(&w->doc, node);
	return rp_slice_trim(text_of(w, object, "id"));
}

static struct rp_slice
address_of(struct walk *w, uint32_t object, const char *name)
{
	struct rp_slice url = rp_slice_trim(text_of(w, object, name));

	if (url.n > 0 && !url_join(w->arena, w->url, url, &url))
		w->full = true;
	return url;
}

/* Of authors (1.1) or author (1.0). */
static struct feed_person
person_of(struct walk *w, uint32_t object)
{
	struct json_each each =
		json_each(&w->doc, json_get(&w->doc, object, RP_SLICE("authors")));
	uint32_t author = json_get(&w->doc, object, RP_SLICE("author"));

	if (json_next(&each) && each.key == JSON_NONE)
		author = each.value;
	return (struct feed_person){ .name = rp_slice_trim(text_of(w, author, "name")),
		                     .uri = address_of(w, author, "url") };
}

static bool
is_nobody(const struct feed_person *person)
{
	return person->name.n + person->email.n + person->uri.n == 0;
}

static struct feed_entry
read_entry(struct walk *w, uint32_t item, const struct feed *feed)
{
	const struct rp_slice html = text_of(w, item, "content_html");
	struct feed_entry e = {
		.id = id_of(w, item),
		.link = address_of(w, item, "url"),
		.title = { .value = rp_slice_trim(text_of(w, item, "title")) },
		.content = { .value = html, .html = html.n > 0, .base = w->url },
		.summary = { .value = text_of(w, item, "summary") },
		.author = person_of(w, item),
		.published = text_of(w, item, "date_published"),
		.updated = text_of(w, item, "date_modified"),
		.lang = text_of(w, item, "language"),
		.at = w->doc.nodes[item].at,
		.n = w->doc.nodes[item].n,
	};

	if (html.n == 0)
		e.content.value = text_of(w, item, "content_text");
	if (e.link.n == 0)
		e.link = address_of(w, item, "external_url");
	if (url_is_web(e.link))
		e.content.base = e.link;
	if (is_nobody(&e.author))
		e.author = feed->author;
	if (e.lang.n == 0)
		e.lang = feed->lang;
	return e;
}

static enum rp_status
read_all(struct walk *w, size_t lead, struct feed *out, struct rp_error *err)
{
	const struct rp_slice version = text_of(w, JSON_ROOT, "version");
	const uint32_t items = json_get(&w->doc, JSON_ROOT, RP_SLICE("items"));
	struct json_each each = json_each(&w->doc, items);
	size_t room = 0;

	if (rp_slice_find(version, RP_SLICE("jsonfeed.org/version/")) == version.n ||
	    json_type(&w->doc, items) != JSON_ARRAY)
		return rp_fail(err, RP_BAD_ITEM, "no feed: not a JSON Feed");
	out->self = address_of(w, JSON_ROOT, "feed_url");
	if (!url_is_web(w->url))
		w->url = out->self;
	out->link = address_of(w, JSON_ROOT, "home_page_url");
	out->title.value = rp_slice_trim(text_of(w, JSON_ROOT, "title"));
	out->subtitle.value = rp_slice_trim(text_of(w, JSON_ROOT, "description"));
	out->author = person_of(w, JSON_ROOT);
	out->lang = text_of(w, JSON_ROOT, "language");
	while (json_next(&each)) {
		struct feed_entry *list =
			arena_room(w->arena, out->entries, out->n_entries, &room,
		                   sizeof(*out->entries));

		if (list == NULL)
			w->full = true;
		if (w->full)
			return rp_fail(err, RP_BAD_ITEM,
			               "takes more memory than a feed may have");
		out->entries = list;
		list[out->n_entries] = read_entry(w, each.value, out);
		list[out->n_entries++].at += lead;
	}
	return RP_OK;
}

enum rp_status
feed_read_json(struct arena *arena, struct rp_slice bytes, struct rp_slice url,
               struct feed *out, struct rp_error *err)
{
	struct walk w = { .arena = arena, .url = url };
	const size_t lead = json_bom(bytes);
	enum rp_status st;

	*out = (struct feed){ .format = FEED_JSON, .encoding = RP_SLICE("utf-8") };
	json_init(&w.doc);
	st = json_parse(&w.doc, rp_slice_skip(bytes, lead), err);
	if (st == RP_OK)
		st = read_all(&w, lead, out, err);
	if (st == RP_OK)
		out->damaged = (w.doc.flags & JSON_DAMAGED) != 0;
	json_done(&w.doc);
	return st;
}
