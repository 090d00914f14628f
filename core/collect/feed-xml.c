/*
 * RSS, RDF and Atom.
 */
#include "core/collect/feed-xml.h"

#include "core/base/url-join.h"

struct entries {
	struct feed_entry *list;
	size_t n, room;
};

/* What is said of an element by those around it. */
static enum rp_status
scope_enter(struct feed_walk *w, const struct feed_scope *outer, struct feed_scope *own,
            struct rp_error *err)
{
	const struct rp_slice lang = xml_attribute_in(w->xml, XML_SPACE, "lang");
	const struct rp_slice base = xml_attribute_in(w->xml, XML_SPACE, "base");

	*own = *outer;
	if (lang.n > 0 && !arena_copy(w->arena, rp_slice_trim(lang), &own->lang))
		return feed_full(err);
	if (base.n > 0 && (!url_join(w->arena, outer->base, base, &own->base) ||
	                   !arena_copy(w->arena, own->base, &own->base)))
		return feed_full(err);
	return RP_OK;
}

/* ---- entries ------------------------------------------------------------------------
 */

/* Everything in an element that is a field of `into`. */
static enum rp_status
read_entry(struct feed_walk *w, const struct xml_token *start,
           const struct feed_scope *outer, struct feed_entry *into, struct rp_error *err)
{
	const size_t at = xml_source(w->xml, start->at);
	struct feed_person of_source = { .name = RP_SLICE("") };
	struct feed_scope scope;
	struct xml_token token;
	struct rp_slice about = xml_attribute_in(w->xml, FEED_RDF_SPACE, "about");
	size_t end;
	enum rp_status st;

	if (about.n > 0 && !arena_copy(w->arena, rp_slice_trim(about), &about))
		return feed_full(err);
	st = scope_enter(w, outer, &scope, err);
	if (st != RP_OK)
		return st;
	into->lang = scope.lang;
	while ((st = xml_next(w->xml, &token, err)) == RP_OK) {
		if (token.kind == XML_END && token.depth <= start->depth)
			break;
		if (token.kind != XML_ELEMENT)
			continue;
		if (feed_field_of(&token) == FIELD_SOURCE)
			st = feed_read_source(w, &of_source, err);
		else
			st = feed_read_field(w, &token, &scope, into, err);
		if (st != RP_OK)
			return st;
	}
	if (st != RP_OK)
		return st;
	if (into->id.n == 0)
		into->id = about;
	if (into->author.name.n + into->author.email.n + into->author.uri.n == 0)
		into->author = of_source;
	end = xml_source(w->xml, token.end);
	into->cut = token.implied && xml_is_cut(w->xml);
	if (at != SIZE_MAX && end != SIZE_MAX && end > at) {
		into->at = at;
		into->n = end - at;
	}
	return RP_OK;
}

static enum rp_status
add_entry(struct feed_walk *w, const struct xml_token *start,
          const struct feed_scope *scope, struct entries *entries, struct rp_error *err)
{
	struct feed_entry *list = arena_room(w->arena, entries->list, entries->n,
	                                     &entries->room, sizeof(*entries->list));

	if (list == NULL)
		return feed_full(err);
	entries->list = list;
	list[entries->n] = (struct feed_entry){ .n = 0 };
	return read_entry(w, start, scope, &list[entries->n++], err);
}

/* ---- the feed -----------------------------------------------------------------------
 */

/* What is in the root, or in a channel: entries, and fields of `head`. */
static enum rp_status read_level(struct feed_walk *w, const struct xml_token *start,
                                 const struct feed_scope *outer, bool is_root,
                                 struct feed_entry *head, struct entries *entries,
                                 struct rp_error *err);

static enum rp_status
read_child(struct feed_walk *w, const struct xml_token *token,
           const struct feed_scope *scope, bool is_root, struct feed_entry *head,
           struct entries *entries, struct rp_error *err)
{
	const enum feed_field field = feed_field_of(token);

	if (field == FIELD_ENTRY)
		return add_entry(w, token, scope, entries, err);
	if (field == FIELD_CHANNEL && is_root)
		return read_level(w, token, scope, false, head, entries, err);
	return feed_read_field(w, token, scope, head, err);
}

static enum rp_status
read_level(struct feed_walk *w, const struct xml_token *start,
           const struct feed_scope *outer, bool is_root, struct feed_entry *head,
           struct entries *entries, struct rp_error *err)
{
	const uint32_t depth = start->depth;
	struct feed_scope scope;
	struct xml_token token;
	enum rp_status st = scope_enter(w, outer, &scope, err);

	if (st != RP_OK)
		return st;
	if (head->lang.n == 0)
		head->lang = scope.lang;
	while ((st = xml_next(w->xml, &token, err)) == RP_OK) {
		if (token.kind == XML_END && token.depth <= depth)
			return RP_OK;
		if (token.kind != XML_ELEMENT)
			continue;
		st = read_child(w, &token, &scope, is_root, head, entries, err);
		if (st != RP_OK)
			return st;
	}
	return st == RP_END ? RP_OK : st;
}

/* The root element, which must be a feed's. */
static enum rp_status
find_root(struct xml *xml, struct xml_token *root, struct rp_error *err)
{
	enum rp_status st;

	do
		st = xml_next(xml, root, err);
	while (st == RP_OK && root->kind != XML_ELEMENT);
	if (st == RP_END)
		return rp_fail(err, RP_BAD_ITEM, "no feed: there is no element in it");
	if (st != RP_OK)
		return st;
	switch ((int)feed_field_of(root)) {
	case FIELD_RSS:
	case FIELD_RDF:
	case FIELD_FEED:
	case FIELD_CHANNEL:
		return RP_OK;
	case FIELD_HTML:
		return rp_fail(err, RP_BAD_ITEM, "a page (HTML), no feed");
	default:
		return rp_fail(err, RP_BAD_ITEM, "no feed: its root element is <%.*s>",
		               RP_FMT(root->name));
	}
}

/* What entries have of the feed: an author, a language, a base for their links. */
static enum rp_status
inherit(struct feed_walk *w, struct feed *feed, struct rp_error *err)
{
	const struct rp_slice base = url_is_web(feed->link) ? feed->link : feed->self;

	for (size_t i = 0; i < feed->n_entries; i++) {
		struct feed_entry *e = &feed->entries[i];

		if (e->author.name.n + e->author.email.n + e->author.uri.n == 0)
			e->author = feed->author;
		if (e->lang.n == 0)
			e->lang = feed->lang;
		if (e->link.n > 0 && !url_is_absolute(e->link) &&
		    !url_join(w->arena, base, e->link, &e->link))
			return feed_full(err);
		if (e->link.n == 0 && e->id_is_link)
			e->link = e->id;
	}
	return RP_OK;
}

static enum rp_status
describe(struct feed_walk *w, const struct feed_entry *head,
         const struct entries *entries, struct feed *out, struct rp_error *err)
{
	const char *broken = xml_broken(w->xml);
	struct rp_slice copy;

	out->id = out->format == FEED_ATOM ? head->id : RP_SLICE("");
	out->self = w->self;
	out->link = head->link;
	out->title = head->title;
	out->subtitle = head->summary.value.n ? head->summary : head->content;
	out->author = head->author;
	out->updated = head->updated;
	out->published = head->published;
	out->lang = head->lang;
	out->generator = w->generator;
	out->entries = entries->list;
	out->n_entries = entries->n;
	out->cut = xml_is_cut(w->xml);
	out->damaged = xml_damaged(w->xml);
	if (!arena_copy(w->arena, xml_encoding(w->xml), &out->encoding))
		return feed_full(err);
	if (broken != NULL) {
		if (!arena_copy(w->arena, rp_slice_str(broken), &copy))
			return feed_full(err);
		out->broken = copy.p;
	}
	return inherit(w, out, err);
}

static enum rp_status
read_all(struct feed_walk *w, struct feed *out, struct rp_error *err)
{
	const struct feed_scope outer = { .base = w->url };
	struct feed_entry head = { .n = 0 };
	struct entries entries = { .n = 0 };
	struct xml_token root;
	enum rp_status st = find_root(w->xml, &root, err), rest;

	if (st != RP_OK)
		return st;
	out->format = feed_field_of(&root) == FIELD_FEED ? FEED_ATOM : FEED_RSS;
	st = read_level(w, &root, &outer, true, &head, &entries, err);
	/* What is behind the root, so that it is told. */
	rest = st;
	while (rest == RP_OK)
		rest = xml_next(w->xml, &root, err);
	if (st == RP_OK && rest != RP_END)
		st = rest;
	return st == RP_OK ? describe(w, &head, &entries, out, err) : st;
}

enum rp_status
feed_read_xml(struct arena *arena, struct rp_slice bytes, struct rp_slice encoding,
              struct rp_slice url, struct feed *out, struct rp_error *err)
{
	struct feed_walk w = { .arena = arena, .url = url };
	enum rp_status st;

	*out = (struct feed){ .n_entries = 0 };
	st = xml_open(bytes, encoding, &w.xml, err);
	if (st != RP_OK)
		return st;
	buf_init(&w.text, (size_t)XML_MAX_BYTES * 4);
	st = read_all(&w, out, err);
	buf_done(&w.text);
	xml_close(w.xml);
	return st;
}
