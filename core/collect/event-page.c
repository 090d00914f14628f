#include "core/collect/event-page.h"

#include "core/base/time.h"
#include "core/collect/options.h"
#include "core/parse/html-entity.h"
#include "core/parse/html.h"
#include "core/parse/json.h"

enum {
	ARENA_BYTES = 192 << 20, /* as for articles */
	PEOPLE_MAX = 50,
	PARTS_MAX = 8,
	TEXT_BYTES = 1000,
};

/* What was found; slices in the arena. */
struct found {
	struct rp_slice title, url, place, start, published, lang;
	struct rp_slice people[PEOPLE_MAX];
	size_t n_people;
};

struct making {
	struct arena *arena;
	const struct json_doc *doc;
	struct found event, video;
	size_t n_events, n_videos;
	struct found page; /* what it says of itself, elsewhere */
	bool full;
};

/* ---- values ---------------------------------------------------------------------------
 */

static uint32_t
get(const struct making *m, uint32_t object, const char *name)
{
	return json_get(m->doc, object, rp_slice_str(name));
}

static struct rp_slice
text(struct making *m, uint32_t node)
{
	struct rp_slice out = RP_SLICE("");

	if (json_type(m->doc, node) != JSON_STRING)
		return out;
	if (json_text(m->doc, node, m->arena, &out, NULL) != RP_OK ||
	    !html_entities_decode(m->arena, out, false, &out) ||
	    !arena_copy(m->arena, rp_slice_trim(out), &out)) {
		m->full = true;
		return RP_SLICE("");
	}
	return out;
}

static bool
is_type(const struct making *m, uint32_t object, const char *const *types)
{
	const uint32_t node = get(m, object, "@type");
	struct json_each each = json_each(m->doc, node);

	for (size_t i = 0; types[i] != NULL; i++)
		if (json_text_is(m->doc, node, rp_slice_str(types[i])))
			return true;
	while (json_type(m->doc, node) == JSON_ARRAY && json_next(&each))
		for (size_t i = 0; types[i] != NULL; i++)
			if (json_text_is(m->doc, each.value, rp_slice_str(types[i])))
				return true;
	return false;
}

static void
keep(struct rp_slice *have, struct rp_slice more)
{
	if (have->n == 0)
		*have = more;
}

/* ---- places and people ----------------------------------------------------------------
 */

static void
join(struct making *m, struct rp_slice *all, struct rp_slice one)
{
	if (one.n == 0 || rp_slice_find(*all, one) < all->n)
		return;
	if (all->n > 0 && !arena_join(m->arena, *all, RP_SLICE(", "), all))
		m->full = true;
	if (!arena_join(m->arena, *all, one, all))
		m->full = true;
}

/* "Congress Hall, Davos" */
static void
read_place(struct making *m, uint32_t node, struct rp_slice *out)
{
	static const char *const nowhere[] = { "VirtualLocation", NULL };
	const uint32_t address = get(m, node, "address");

	if (json_type(m->doc, node) == JSON_STRING) {
		join(m, out, text(m, node));
		return;
	}
	if (is_type(m, node, nowhere))
		return;
	join(m, out, text(m, get(m, node, "name")));
	if (json_type(m->doc, address) == JSON_STRING)
		join(m, out, text(m, address));
	join(m, out, text(m, get(m, address, "addressLocality")));
}

static void
read_places(struct making *m, uint32_t node, struct rp_slice *out)
{
	struct json_each each = json_each(m->doc, node);

	if (json_type(m->doc, node) != JSON_ARRAY)
		read_place(m, node, out);
	else
		for (int i = 0; i < PARTS_MAX && out->n == 0 && json_next(&each); i++)
			read_place(m, each.value, out);
}

static void
read_person(struct making *m, uint32_t node, struct found *found)
{
	static const char *const persons[] = { "Person", NULL };
	const bool plain = json_type(m->doc, node) == JSON_STRING;
	struct rp_slice name = RP_SLICE("");

	if (plain || get(m, node, "@type") == JSON_NONE || is_type(m, node, persons))
		name = text(m, plain ? node : get(m, node, "name"));
	for (size_t i = 0; i < found->n_people; i++)
		if (rp_slice_eq(found->people[i], name))
			return;
	if (name.n > 0 && found->n_people < PEOPLE_MAX)
		found->people[found->n_people++] = name;
}

static void
read_people(struct making *m, uint32_t node, struct found *found)
{
	struct json_each each = json_each(m->doc, node);

	if (json_type(m->doc, node) != JSON_ARRAY)
		read_person(m, node, found);
	else
		for (int i = 0; i < PEOPLE_MAX && json_next(&each); i++)
			read_person(m, each.value, found);
}

/* ---- objects --------------------------------------------------------------------------
 */

static void
read_object(struct making *m, uint32_t object, struct found *found)
{
	const uint32_t publication = get(m, object, "publication");
	struct json_each each = json_each(m->doc, publication);

	keep(&found->title, text(m, get(m, object, "name")));
	keep(&found->url, text(m, get(m, object, "url")));
	keep(&found->start, text(m, get(m, object, "startDate")));
	keep(&found->start, text(m, get(m, publication, "startDate")));
	if (json_type(m->doc, publication) == JSON_ARRAY && json_next(&each))
		keep(&found->start, text(m, get(m, each.value, "startDate")));
	keep(&found->published, text(m, get(m, object, "uploadDate")));
	keep(&found->published, text(m, get(m, object, "datePublished")));
	keep(&found->lang, text(m, get(m, object, "inLanguage")));
	read_places(m, get(m, object, "location"), &found->place);
	read_people(m, get(m, object, "performer"), found);
	read_people(m, get(m, object, "actor"), found);
}

/* Parts of an event are no events of the page: past them. */
static void
read_objects(struct making *m)
{
	static const char *const events[] = {
		"Event",         "BroadcastEvent",   "EducationEvent",
		"BusinessEvent", "PublicationEvent", NULL
	};
	static const char *const videos[] = { "VideoObject", "AudioObject",
		                              "PodcastEpisode", "Episode", NULL };
	uint32_t node = JSON_ROOT;

	while (node < m->doc->n && !m->full) {
		const bool object = json_type(m->doc, node) == JSON_OBJECT;

		if (object && is_type(m, node, events)) {
			if (m->n_events++ == 0)
				read_object(m, node, &m->event);
			node = m->doc->nodes[node].next;
		} else if (object && is_type(m, node, videos)) {
			if (m->n_videos++ == 0)
				read_object(m, node, &m->video);
			node = m->doc->nodes[node].next;
		} else {
			node++;
		}
	}
}

/* A script that cannot be read says nothing. */
static enum rp_status
read_script(struct making *m, struct rp_slice script, struct rp_error *err)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	const enum rp_status st = json_parse(&doc, rp_slice_trim(script), err);

	if (st != RP_OK)
		return st == RP_BAD_ITEM ? RP_OK : st;
	m->doc = &doc;
	read_objects(m);
	m->doc = NULL;
	return RP_OK;
}

static enum rp_status
read_page(struct making *m, struct rp_slice page, struct rp_error *err)
{
	struct html html;
	enum rp_status st = html_parse(m->arena, page, RP_SLICE(""), &html, err);

	if (st != RP_OK)
		return st == RP_BAD_ITEM ? RP_OK : st;
	for (uint32_t i = 0; st == RP_OK && i < html.n; i++) {
		const struct html_node *node = &html.nodes[i];

		if (html_is(&html, i, "script") && node->first != HTML_NONE &&
		    html_has_word(&html, i, "type", "application/ld+json"))
			st = read_script(m, html.nodes[node->first].text, err);
		else if (html_is(&html, i, "html"))
			keep(&m->page.lang, html_get(&html, i, "lang"));
		else if (html_is(&html, i, "link") &&
		         html_has_word(&html, i, "rel", "canonical"))
			keep(&m->page.url, html_get(&html, i, "href"));
		else if (html_is(&html, i, "meta") &&
		         html_has_word(&html, i, "property", "og:title"))
			keep(&m->page.title, html_get(&html, i, "content"));
	}
	return st;
}

/* ---- settings -------------------------------------------------------------------------
 */

struct writing {
	struct rp_slice told;
	struct rp_buf *options;
};

static bool
is_told(const struct writing *w, const char *key)
{
	return options_get(w->told, rp_slice_str(key)).n != 0;
}

static enum rp_status
add(const struct writing *w, const char *key, struct rp_slice value, struct rp_error *err)
{
	return is_told(w, key)
	               ? RP_OK
	               : options_add_found(w->options, rp_slice_str(key), value, err);
}

/* By the clocks of the place, of which nobody says where it is, or of the world. */
static enum rp_status
add_start(const struct writing *w, struct rp_slice start, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_time time, before = RP_TIME_NONE;
	int64_t earliest;

	buf_init(&text, TEXT_BYTES);
	if (!rp_time_read(start, RP_BASIS_EVENT, &time))
		return RP_OK;
	(void)rp_time_read(options_get(w->told, RP_SLICE("not_after")), RP_BASIS_EVENT,
	                   &before);
	/* What contradicts what is known is left out; a zone is worth a day at most. */
	earliest = rp_time_exact(time) && !options_time_is_local(start)
	                   ? time.lo
	                   : time.lo + RP_DAY;
	if (before.hi != RP_TIME_UNKNOWN && before.hi < earliest)
		return RP_OK;
	if (!rp_time_exact(time))
		return add(w, "date", start, err);
	/* A day without an hour, as some pages are made. */
	if (options_time_is_local(start) && time.lo % RP_DAY == 0)
		return add(w, "date", rp_slice_from(start.p, 10), err);
	rp_time_write(&text, time.lo, RP_PRECISION_MIN);
	if (options_time_is_local(start) && text.n > 0)
		text.n--; /* the Z */
	return add(w, "start", buf_slice(&text), err);
}

static enum rp_status
add_time(const struct writing *w, const struct found *found, struct rp_error *err)
{
	if (is_told(w, "start") || is_told(w, "date") || is_told(w, "not_before"))
		return RP_OK;
	if (found->start.n > 0)
		return add_start(w, found->start, err);
	return add(w, "not_after", found->published, err);
}

static enum rp_status
add_people(const struct writing *w, const struct found *found, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	if (found->n_people < 2 || is_told(w, "speaker"))
		return RP_OK;
	for (size_t i = 0; st == RP_OK && i < found->n_people; i++)
		st = options_add_found(w->options, RP_SLICE("speaker"), found->people[i],
		                       err);
	return st;
}

static enum rp_status
write_settings(const struct writing *w, const struct found *found, struct rp_error *err)
{
	enum rp_status st;

	if ((st = add(w, "title", found->title, err)) != RP_OK ||
	    (st = add(w, "url", found->url, err)) != RP_OK ||
	    (st = add(w, "place", found->place, err)) != RP_OK ||
	    (st = add(w, "lang", found->lang, err)) != RP_OK ||
	    (st = add_time(w, found, err)) != RP_OK)
		return st;
	return add_people(w, found, err);
}

/* Which of what was found is this page's. */
static struct found *
choose(struct making *m, enum event_page use)
{
	static struct rp_slice const none = RP_LIT("");
	struct found *found = NULL;

	if (m->n_events == 1)
		found = &m->event;
	else if (m->n_events == 0 && m->n_videos == 1 && use != EVENT_PAGE_SESSION)
		found = &m->video;
	else if (use == EVENT_PAGE_ITSELF)
		found = &m->page;
	if (found == NULL)
		return NULL;
	if (!rp_slice_starts(found->url, RP_SLICE("http")))
		found->url = none;
	keep(&found->url, m->page.url);
	if (use != EVENT_PAGE_ITSELF)
		found->lang = none; /* the page's, not the talk's */
	else
		keep(&found->lang, m->page.lang);
	if (use == EVENT_PAGE_ITSELF)
		keep(&found->title, m->page.title);
	return found;
}

enum rp_status
event_page_settings(struct rp_slice page, enum event_page use, struct rp_slice told,
                    struct rp_buf *options, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(ARENA_BYTES);
	const struct writing writing = { .told = told, .options = options };
	struct making m = { .arena = arena };
	const struct found *found;
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	st = read_page(&m, page, err);
	if (st != RP_OK)
		return st;
	found = choose(&m, use);
	return found == NULL || m.full ? RP_OK : write_settings(&writing, found, err);
}
