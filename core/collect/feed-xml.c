/*
 * RSS, RDF and Atom.
 */
#include "core/collect/feed-xml.h"

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
	if (base.n > 0 && (!feed_address(w->arena, outer->base, base, &own->base) ||
	                   !arena_copy(w->arena, own->base, &own->base)))
		return feed_full(err);
	return RP_OK;
}

/* ---- entries ------------------------------------------------------------- */

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
	if (into->summary.value.n == 0)
		into->summary = into->description;
	else if (into->content.value.n == 0)
		into->content = into->description;
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

/* ---- the feed ------------------------------------------------------------ */

static enum rp_status
enter_level(struct feed_walk *w, const struct xml_token *start,
            const struct feed_scope *outer, struct rp_error *err)
{
	enum rp_status st = scope_enter(w, outer, &w->scopes[w->level], err);

	w->depths[w->level] = start->depth;
	if (st == RP_OK && w->head.lang.n == 0)
		w->head.lang = w->scopes[w->level].lang;
	return st;
}

enum rp_status
feed_walk_begin(struct feed_walk *w, struct rp_slice url, bool *atom_out,
                struct rp_error *err)
{
	const struct feed_scope outer = { .base = url };
	struct xml_token root;
	enum rp_status st;

	do
		st = xml_next(w->xml, &root, err);
	while (st == RP_OK && root.kind != XML_ELEMENT);
	if (st == RP_END)
		return rp_fail(err, RP_BAD_ITEM, "no feed: there is no element in it");
	if (st != RP_OK)
		return st;
	*atom_out = feed_field_of(&root) == FIELD_FEED;
	switch ((int)feed_field_of(&root)) {
	case FIELD_RSS:
	case FIELD_RDF:
	case FIELD_FEED:
	case FIELD_CHANNEL:
		return enter_level(w, &root, &outer, err);
	case FIELD_HTML:
		return rp_fail(err, RP_BAD_ITEM, "a page (HTML), no feed");
	default:
		return rp_fail(err, RP_BAD_ITEM, "no feed: its root element is <%.*s>",
		               RP_FMT(root.name));
	}
}

static enum rp_status
take_entry(struct feed_walk *w, const struct xml_token *token, struct arena *arena,
           struct feed_entry *out, struct rp_error *err)
{
	struct arena *const feeds = w->arena;
	enum rp_status st;

	*out = (struct feed_entry){ .n = 0 };
	w->arena = arena;
	st = read_entry(w, token, &w->scopes[w->level], out, err);
	w->arena = feeds;
	return st;
}

enum rp_status
feed_walk_next(struct feed_walk *w, struct arena *arena, struct feed_entry *out,
               struct rp_error *err)
{
	struct xml_token token;
	enum feed_field field;
	enum rp_status st;

	while ((st = xml_next(w->xml, &token, err)) == RP_OK) {
		if (w->level >= 0 && token.kind == XML_END &&
		    token.depth <= w->depths[w->level])
			w->level--;
		if (w->level < 0 || token.kind != XML_ELEMENT)
			continue;
		field = feed_field_of(&token);
		if (field == FIELD_ENTRY)
			return take_entry(w, &token, arena, out, err);
		if (field == FIELD_CHANNEL && w->level == 0) {
			w->level = 1;
			st = enter_level(w, &token, &w->scopes[0], err);
		} else {
			st = feed_read_field(w, &token, &w->scopes[w->level], &w->head,
			                     err);
		}
		if (st != RP_OK)
			return st;
	}
	return st;
}
