/*
 * One element of a feed in XML: texts in all the ways they can be written, links,
 * persons, ids.
 */
#include "core/collect/feed-xml.h"

#include "core/base/url-join.h"
#include "core/base/utf8.h"
#include "core/parse/html-entity.h"

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

/* ---- texts --------------------------------------------------------------------------
 */

enum mode { MODE_TEXT, MODE_HTML, MODE_MARKUP, MODE_BASE64, MODE_GUESS };

static int
base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* In place; what is no digit is passed by.  What comes out is made UTF-8 by the caller.
 */
static void
base64_read(struct rp_buf *text)
{
	uint32_t bits = 0;
	size_t to = 0;
	int have = 0;

	for (size_t i = 0; i < text->n; i++) {
		const int digit = base64_digit(text->p[i]);

		if (digit < 0)
			continue;
		bits = bits << 6 | (uint32_t)digit;
		have += 6;
		if (have >= 8) {
			have -= 8;
			text->p[to++] = (char)(unsigned char)(bits >> have & 0xff);
		}
	}
	text->n = to;
}

static bool
starts_nocase(struct rp_slice s, struct rp_slice prefix)
{
	return s.n >= prefix.n &&
	       rp_slice_eq_nocase(rp_slice_from(s.p, prefix.n), prefix);
}

static bool
is_html_type(struct rp_slice type)
{
	return rp_slice_eq_nocase(type, RP_SLICE("html")) ||
	       starts_nocase(type, RP_SLICE("text/html")) ||
	       rp_slice_eq_nocase(type, RP_SLICE("xhtml")) ||
	       rp_slice_ends(type, RP_SLICE("xhtml+xml"));
}

/* Bytes that were put into letters: pictures and the like. */
static bool
is_binary_type(struct rp_slice type)
{
	return rp_slice_find_byte(type, '/') < type.n &&
	       !starts_nocase(type, RP_SLICE("text/")) &&
	       !starts_nocase(type, RP_SLICE("multipart/")) &&
	       !rp_slice_ends(type, RP_SLICE("xml"));
}

/* How the text of the element is written, as its attributes tell. */
static enum mode
mode_of(struct feed_walk *w, const struct xml_token *token, bool *html_out)
{
	const struct rp_slice type = rp_slice_trim(xml_attribute(w->xml, "type"));
	const struct rp_slice mode = xml_attribute(w->xml, "mode");
	const bool markup = rp_slice_eq_nocase(type, RP_SLICE("xhtml")) ||
	                    rp_slice_ends(type, RP_SLICE("xml"));

	*html_out = is_html_type(type);
	if (rp_slice_eq(mode, RP_SLICE("base64")))
		return MODE_BASE64;
	if (rp_slice_eq(mode, RP_SLICE("escaped")))
		return *html_out ? MODE_HTML : type.n > 0 ? MODE_TEXT : MODE_GUESS;
	if (!feed_is_atom(token->space) && type.n == 0)
		return MODE_GUESS;
	if (feed_is_atom_03(token->space))
		return *html_out || markup ? MODE_MARKUP : MODE_GUESS;
	if (markup)
		return MODE_MARKUP;
	if (is_binary_type(type))
		return MODE_BASE64;
	return *html_out ? MODE_HTML : MODE_TEXT;
}

/* Tags, or references, as only HTML has them. */
static bool
looks_like_html(struct rp_slice text)
{
	for (size_t i = 0; i + 2 < text.n; i++) {
		const char c = text.p[i], next = text.p[i + 1];
		const bool letter =
			(next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
		struct html_entity known;

		if (c == '<' && (letter || next == '/' || next == '!') &&
		    rp_slice_find_byte(rp_slice_from(text.p + i, text.n - i < 4096
		                                                         ? text.n - i
		                                                         : 4096),
		                       '>') < text.n - i)
			return true;
		if (c == '&' && (letter || next == '#')) {
			const size_t n =
				html_entity_read(rp_slice_skip(text, i), false, &known);

			if (n > 0 && text.p[i + n - 1] == ';')
				return true;
		}
	}
	return false;
}

/* w->text is the inside as markup: where no element was in it, it is a text that was
 * escaped once too often. */
static enum rp_status
guess(struct feed_walk *w, struct feed_text *out, struct rp_error *err)
{
	const struct rp_slice markup = buf_slice(&w->text);

	out->html = rp_slice_find_byte(markup, '<') < markup.n;
	if (!arena_copy(w->arena, rp_slice_trim(markup), &out->value))
		return feed_full(err);
	if (out->html)
		return RP_OK;
	if (!html_entities_decode(w->arena, out->value, false, &out->value))
		return feed_full(err);
	out->html = looks_like_html(out->value);
	return RP_OK;
}

static enum rp_status
take_base64(struct feed_walk *w, struct feed_text *out, struct rp_error *err)
{
	struct rp_buf repaired;
	bool fits;

	base64_read(&w->text);
	if (utf8_valid(buf_slice(&w->text)))
		return arena_copy(w->arena, rp_slice_trim(buf_slice(&w->text)),
		                  &out->value)
		               ? RP_OK
		               : feed_full(err);
	buf_init(&repaired, 3 * w->text.n + 1);
	utf8_repair(&repaired, buf_slice(&w->text));
	fits = !buf_failed(&repaired) &&
	       arena_copy(w->arena, buf_slice(&repaired), &out->value);
	buf_done(&repaired);
	return fits ? RP_OK : feed_full(err);
}

static enum rp_status
read_construct(struct feed_walk *w, const struct feed_scope *scope, enum mode mode,
               bool html, struct feed_text *out, struct rp_error *err)
{
	const struct rp_slice base = xml_attribute_in(w->xml, XML_SPACE, "base");
	enum rp_status st;

	*out = (struct feed_text){ .base = scope->base, .html = html };
	if (base.n > 0 && (!url_join(w->arena, scope->base, base, &out->base) ||
	                   !arena_copy(w->arena, out->base, &out->base)))
		return feed_full(err);
	buf_clear(&w->text);
	if (mode == MODE_MARKUP || mode == MODE_GUESS)
		st = xml_markup_in(w->xml, &w->text, NULL, err);
	else
		st = xml_text_in(w->xml, &w->text, NULL, err);
	if (st != RP_OK)
		return st;
	if (mode == MODE_GUESS)
		return guess(w, out, err);
	if (mode == MODE_BASE64)
		return take_base64(w, out, err);
	out->html = html || mode == MODE_MARKUP;
	return arena_copy(w->arena, rp_slice_trim(buf_slice(&w->text)), &out->value)
	               ? RP_OK
	               : feed_full(err);
}

/* better: this one beats what was there. */
static enum rp_status
read_text(struct feed_walk *w, const struct xml_token *token,
          const struct feed_scope *scope, struct feed_text *into, bool better,
          struct rp_error *err)
{
	struct feed_text text;
	bool html;
	enum mode mode = mode_of(w, token, &html);
	enum rp_status st = read_construct(w, scope, mode, html, &text, err);

	if (st == RP_OK && text.value.n > 0 && (better || into->value.n == 0))
		*into = text;
	return st;
}

/* Elements whose text is HTML, escaped (content:encoded) or not (xhtml:body). */
static enum rp_status
read_html(struct feed_walk *w, const struct feed_scope *scope, enum mode mode,
          struct feed_text *into, struct rp_error *err)
{
	struct feed_text text;
	enum rp_status st = read_construct(w, scope, mode, true, &text, err);

	text.html = true;
	if (st == RP_OK && text.value.n > 0)
		*into = text;
	return st;
}

/* ---- persons ------------------------------------------------------------------------
 */

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
		if (token.kind == XML_TEXT)
			buf_add(&w->text, token.text);
		else if (token.kind == XML_ELEMENT)
			st = read_part(w, &token, &own, err);
		if (st != RP_OK)
			return st;
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

	/* The depth of <source> is that of its end: one less than that of its children.
	 */
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

/* ---- links and ids ------------------------------------------------------------------
 */

/* Can this be the page of an entry?  Rel and type are those of <link>. */
static bool
is_page(struct rp_slice rel, struct rp_slice type)
{
	return (rel.n == 0 || rp_slice_eq_nocase(rel, RP_SLICE("alternate"))) &&
	       (type.n == 0 || is_html_type(type) ||
	        starts_nocase(type, RP_SLICE("text/")));
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

	if ((base.n > 0 && (!url_join(w->arena, scope->base, base, &own) ||
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
	if (!url_join(w->arena, own, href, &href))
		return feed_full(err);
	if (page && into->link.n == 0)
		into->link = href;
	if (self && w->self.n == 0 && url_is_absolute(href))
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
	into->id_is_link = is_link && url_is_web(text);
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
	    !url_join(w->arena, scope->base, reply.href, &reply.href) ||
	    !url_join(w->arena, scope->base, reply.source, &reply.source))
		return feed_full(err);
	if (into->replies == NULL)
		into->replies = arena_array(w->arena, FEED_REPLIES_MAX, sizeof(reply));
	if (into->replies == NULL)
		return feed_full(err);
	if (reply.ref.n + reply.href.n > 0 && into->n_replies < FEED_REPLIES_MAX)
		into->replies[into->n_replies++] = reply;
	return xml_skip(w->xml, NULL, err);
}

/* ---- one element --------------------------------------------------------------------
 */

/* Only what a name and a page are made of is left to others. */
enum rp_status
feed_read_field(struct feed_walk *w, const struct xml_token *token,
                const struct feed_scope *scope, struct feed_entry *into,
                struct rp_error *err)
{
	switch ((int)feed_field_of(token)) {
	case FIELD_TITLE:
		return read_text(w, token, scope, &into->title, false, err);
	case FIELD_CONTENT:
		return read_text(w, token, scope, &into->content, false, err);
	case FIELD_DESCRIPTION:
	case FIELD_SUBTITLE:
		return read_text(w, token, scope, &into->summary, false, err);
	case FIELD_SUMMARY:
		return read_text(w, token, scope, &into->summary, true, err);
	case FIELD_ENCODED:
		return read_html(w, scope, MODE_HTML, &into->content, err);
	case FIELD_INLINE:
		return read_html(w, scope, MODE_MARKUP, &into->content, err);
	case FIELD_AUTHOR:
		return read_person(w, token, &into->author, err);
	case FIELD_CREATOR:
		return read_creator(w, &into->author, err);
	case FIELD_LINK:
		return read_link(w, scope, into, err);
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
