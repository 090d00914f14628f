/*
 * One element of a feed in XML: links, persons, ids.
 */
#include "core/collect/feed-xml.h"

enum rp_status
feed_full(struct rp_error *err)
{
	return rp_fail(err, RP_BAD_ITEM, "takes more memory than a feed may have");
}

/* All texts in the element, in the arena, without blanks around them. */
static enum rp_status
plain_text(struct feed_walk *w, struct rp_slice *out, struct rp_error *err)
{
	enum rp_status st;

	buf_clear(&w->text);
	st = xml_text_in(w->xml, &w->text, NULL, err);
	if (st != RP_OK)
		return st;
	return arena_copy(w->arena, rp_slice_trim(buf_slice(&w->text)), out)
	               ? RP_OK
	               : feed_full(err);
}

/* The first one that says something counts. */
static enum rp_status
first_text(struct feed_walk *w, struct rp_slice *into, struct rp_error *err)
{
	struct rp_slice text;
	enum rp_status st = plain_text(w, &text, err);

	if (st == RP_OK && into->n == 0)
		*into = text;
	return st;
}

/* ---- persons ------------------------------------------------------------- */

static void
complete(struct feed_person *person, const struct feed_person *more)
{
	if (person->name.n == 0)
		person->name = more->name;
	if (person->email.n == 0)
		person->email = more->email;
	if (person->uri.n == 0)
		person->uri = more->uri;
}

/* One of the elements of a person. */
static enum rp_status
read_part(struct feed_walk *w, const struct xml_token *token, struct feed_person *person,
          struct rp_error *err)
{
	switch ((int)feed_field_of(token)) {
	case FIELD_NAME:
	case FIELD_TITLE:
		return first_text(w, &person->name, err);
	case FIELD_EMAIL:
		return first_text(w, &person->email, err);
	case FIELD_URI:
	case FIELD_LINK:
		return first_text(w, &person->uri, err);
	default:
		return xml_skip(w->xml, NULL, err);
	}
}

/* <author>: name, address and page in elements, or one text that has them all. */
static enum rp_status
read_person(struct feed_walk *w, const struct xml_token *start,
            struct feed_person *person, struct rp_error *err)
{
	struct feed_person own = { .name = RP_SLICE("") }, written;
	const uint32_t depth = start->depth;
	struct rp_slice text;
	struct xml_token token;
	enum rp_status st;

	buf_clear(&w->text);
	while ((st = xml_next(w->xml, &token, err)) == RP_OK) {
		if (token.kind == XML_END && token.depth <= depth)
			break;
		if (token.kind == XML_TEXT) {
			buf_add(&w->text, token.text);
			continue;
		}
		st = read_part(w, &token, &own, err);
		if (st != RP_OK)
			return st;
		buf_clear(&w->text);
	}
	if (st != RP_OK)
		return st;
	if (!arena_copy(w->arena, rp_slice_trim(buf_slice(&w->text)), &text))
		return feed_full(err);
	written = feed_person_read(own.name.n ? own.name : text);
	if (own.name.n > 0 && written.email.n > 0 && written.name.n > 0)
		own.name = written.name;
	complete(&own, &written);
	complete(person, &own);
	return RP_OK;
}

static enum rp_status
read_creator(struct feed_walk *w, struct feed_person *person, struct rp_error *err)
{
	struct feed_person written;
	struct rp_slice text;
	enum rp_status st = plain_text(w, &text, err);

	if (st != RP_OK)
		return st;
	written = feed_person_read(text);
	complete(person, &written);
	return RP_OK;
}

enum rp_status
feed_read_source(struct feed_walk *w, struct feed_person *author, struct rp_error *err)
{
	struct xml_token token;
	enum rp_status st;
	uint32_t depth = 0;

	/* The depth of <source> is that of its end:
	 * one less than that of its children. */
	while ((st = xml_next(w->xml, &token, err)) == RP_OK) {
		if (depth == 0)
			depth = token.kind == XML_ELEMENT ? token.depth - 1 : token.depth;
		if (token.kind == XML_END && token.depth <= depth)
			return RP_OK;
		if (token.kind != XML_ELEMENT)
			continue;
		if (feed_field_of(&token) == FIELD_AUTHOR)
			st = read_person(w, &token, author, err);
		else
			st = xml_skip(w->xml, NULL, err);
		if (st != RP_OK)
			return st;
	}
	return st;
}

/* ---- links and ids ------------------------------------------------------- */

static bool
is_text_type(struct rp_slice type)
{
	return type.n == 0 || feed_is_html_type(type) ||
	       rp_slice_starts_nocase(type, RP_SLICE("text/"));
}

/* Can this be the page of an entry?  Rel and type are those of <link>. */
static bool
is_page(struct rp_slice rel, struct rp_slice type)
{
	return (rel.n == 0 || rp_slice_eq_nocase(rel, RP_SLICE("alternate"))) &&
	       is_text_type(type);
}

static enum rp_status
read_link(struct feed_walk *w, const struct feed_scope *scope, struct feed_entry *into,
          struct rp_error *err)
{
	const struct rp_slice rel = rp_slice_trim(xml_attribute(w->xml, "rel"));
	const struct rp_slice type = rp_slice_trim(xml_attribute(w->xml, "type"));
	struct rp_slice href = rp_slice_trim(xml_attribute(w->xml, "href")), text;
	const struct rp_slice base = xml_attribute_in(w->xml, XML_SPACE, "base");
	const bool page = is_page(rel, type);
	const bool self = rp_slice_eq_nocase(rel, RP_SLICE("self"));
	struct rp_slice own = scope->base;
	enum rp_status st;

	if ((base.n > 0 && (!feed_address(w->arena, scope->base, base, &own) ||
	                    !arena_copy(w->arena, own, &own))) ||
	    !arena_copy(w->arena, href, &href))
		return feed_full(err);
	st = plain_text(w, &text, err);
	if (st != RP_OK)
		return st;
	if (href.n == 0)
		href = text;
	if (href.n == 0)
		return RP_OK;
	if (!feed_address(w->arena, own, href, &href))
		return feed_full(err);
	if (page && into->link.n == 0)
		into->link = href;
	if (self && w->self.n == 0 && feed_is_web(href))
		w->self = href;
	return RP_OK;
}

static enum rp_status
read_guid(struct feed_walk *w, struct feed_entry *into, struct rp_error *err)
{
	const struct rp_slice permalink =
		rp_slice_trim(xml_attribute(w->xml, "isPermaLink"));
	const bool is_link = !rp_slice_eq_nocase(permalink, RP_SLICE("false"));
	struct rp_slice text;
	enum rp_status st = plain_text(w, &text, err);

	if (st != RP_OK || into->id.n > 0)
		return st;
	into->id = text;
	into->id_is_link = is_link && feed_is_web(text);
	return RP_OK;
}

static enum rp_status
read_reply_to(struct feed_walk *w, const struct feed_scope *scope,
              struct feed_entry *into, struct rp_error *err)
{
	struct feed_reply reply = {
		.ref = rp_slice_trim(xml_attribute(w->xml, "ref")),
		.href = rp_slice_trim(xml_attribute(w->xml, "href")),
		.source = rp_slice_trim(xml_attribute(w->xml, "source")),
	};

	if (!arena_copy(w->arena, reply.ref, &reply.ref) ||
	    !arena_copy(w->arena, reply.href, &reply.href) ||
	    !arena_copy(w->arena, reply.source, &reply.source) ||
	    !feed_address(w->arena, scope->base, reply.href, &reply.href) ||
	    !feed_address(w->arena, scope->base, reply.source, &reply.source))
		return feed_full(err);
	if (into->replies == NULL)
		into->replies = arena_array(w->arena, FEED_REPLIES_MAX, sizeof(reply));
	if (into->replies == NULL)
		return feed_full(err);
	if (reply.ref.n + reply.href.n > 0 && into->n_replies < FEED_REPLIES_MAX)
		into->replies[into->n_replies++] = reply;
	return xml_skip(w->xml, NULL, err);
}

/* ---- one element --------------------------------------------------------- */

/* Only what a name and a page are made of is left to others. */
enum rp_status
feed_read_field(struct feed_walk *w, const struct xml_token *token,
                const struct feed_scope *scope, struct feed_entry *into,
                struct rp_error *err)
{
	switch ((int)feed_field_of(token)) {
	case FIELD_TITLE:
		return feed_read_text(w, token, scope, &into->title, err);
	case FIELD_CONTENT:
		return feed_read_text(w, token, scope, &into->content, err);
	case FIELD_DESCRIPTION:
		return feed_read_text(w, token, scope, &into->description, err);
	case FIELD_SUBTITLE:
	case FIELD_SUMMARY:
		return feed_read_text(w, token, scope, &into->summary, err);
	case FIELD_ENCODED:
		return feed_read_html(w, scope, MODE_HTML, &into->content, err);
	case FIELD_INLINE:
		return feed_read_html(w, scope, MODE_MARKUP, &into->content, err);
	case FIELD_AUTHOR:
		return read_person(w, token, &into->author, err);
	case FIELD_CREATOR:
		return read_creator(w, &into->author, err);
	case FIELD_LINK:
		return read_link(w, scope, into, err);
	case FIELD_ORIGIN:
		into->link = RP_SLICE("");
		return first_text(w, &into->link, err);
	case FIELD_GUID:
		return read_guid(w, into, err);
	case FIELD_ID:
		return first_text(w, &into->id, err);
	case FIELD_REPLY_TO:
		return read_reply_to(w, scope, into, err);
	case FIELD_PUBLISHED:
	case FIELD_DATE:
		return first_text(w, &into->published, err);
	case FIELD_UPDATED:
		return first_text(w, &into->updated, err);
	case FIELD_CREATED:
		return first_text(w, &into->created, err);
	case FIELD_LANGUAGE:
		into->lang = RP_SLICE("");
		return first_text(w, &into->lang, err);
	case FIELD_GENERATOR:
		return first_text(w, &w->generator, err);
	default:
		return xml_skip(w->xml, NULL, err);
	}
}
