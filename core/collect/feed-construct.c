/*
 * Texts of feeds, in all the ways in which they can be written.
 */
#include "core/collect/feed-xml.h"

#include "core/base/ascii.h"
#include "core/base/base64.h"
#include "core/base/charset.h"
#include "core/base/utf8.h"
#include "core/parse/html-entity.h"

enum { TAG_MAX_BYTES = 4096 }; /* of one that shows that a text is HTML */

bool
feed_is_html_type(struct rp_slice type)
{
	return rp_slice_eq_nocase(type, RP_SLICE("html")) ||
	       rp_slice_starts_nocase(type, RP_SLICE("text/html")) ||
	       rp_slice_eq_nocase(type, RP_SLICE("xhtml")) ||
	       rp_slice_ends(type, RP_SLICE("xhtml+xml"));
}

/* Bytes that were put into letters: pictures and the like. */
static bool
is_binary_type(struct rp_slice type)
{
	return rp_slice_find_byte(type, '/') < type.n &&
	       !rp_slice_starts_nocase(type, RP_SLICE("text/")) &&
	       !rp_slice_starts_nocase(type, RP_SLICE("multipart/")) &&
	       !rp_slice_ends(type, RP_SLICE("xml"));
}

/* How the text of the element is written, as its attributes tell. */
static enum feed_mode
mode_of(struct feed_walk *w, const struct xml_token *token, bool *html_out)
{
	const struct rp_slice type = rp_slice_trim(xml_attribute(w->xml, "type"));
	const struct rp_slice mode = xml_attribute(w->xml, "mode");
	const bool markup = rp_slice_eq_nocase(type, RP_SLICE("xhtml")) ||
	                    rp_slice_ends(type, RP_SLICE("xml"));

	*html_out = feed_is_html_type(type);
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

/* "<b>", "</b>", "<!--"; *end is where the next ">" stands, looked up when it is passed.
 */
static bool
is_tag(struct rp_slice text, size_t at, size_t *end)
{
	const char next = text.p[at + 1];

	if (!ascii_is_letter(next) && next != '/' && next != '!')
		return false;
	if (*end <= at)
		*end = at + rp_slice_find_byte(rp_slice_skip(text, at), '>');
	return *end < text.n && *end - at < TAG_MAX_BYTES;
}

static bool
is_reference(struct rp_slice text, size_t at)
{
	struct html_entity known;
	size_t n;

	if (!ascii_is_letter(text.p[at + 1]) && text.p[at + 1] != '#')
		return false;
	n = html_entity_read(rp_slice_skip(text, at), false, &known);
	return n > 0 && text.p[at + n - 1] == ';';
}

/* Tags, or references, as only HTML has them. */
static bool
looks_like_html(struct rp_slice text)
{
	size_t end = 0;

	for (size_t i = 0; i + 2 < text.n; i++)
		if ((text.p[i] == '<' && is_tag(text, i, &end)) ||
		    (text.p[i] == '&' && is_reference(text, i)))
			return true;
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

/* Bytes as no text has them: those of a picture. */
static bool
is_binary(struct rp_slice bytes)
{
	for (size_t i = 0; i < bytes.n; i++)
		if ((unsigned char)bytes.p[i] < ' ' &&
		    strchr("\t\n\r", bytes.p[i]) == NULL)
			return true;
	return memchr(bytes.p, '\0', bytes.n) != NULL;
}

static enum rp_status
take_base64(struct feed_walk *w, struct feed_text *out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf bytes;
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&bytes, w->text.n);
	buf_init(&text, 3 * w->text.n);
	(void)base64_read(&bytes, buf_slice(&w->text), false);
	if (buf_failed(&bytes))
		return feed_full(err);
	if (bytes.n == 0 || is_binary(buf_slice(&bytes)))
		return RP_OK;
	if (utf8_valid(buf_slice(&bytes)))
		buf_add(&text, buf_slice(&bytes));
	else
		(void)charset_read(&text, buf_slice(&bytes), RP_SLICE("windows-1252"),
		                   false);
	if (buf_failed(&text) ||
	    !arena_copy(w->arena, rp_slice_trim(buf_slice(&text)), &out->value))
		return feed_full(err);
	out->html |= looks_like_html(out->value);
	return RP_OK;
}

static enum rp_status
read_construct(struct feed_walk *w, const struct feed_scope *scope, enum feed_mode mode,
               bool html, struct feed_text *out, struct rp_error *err)
{
	const struct rp_slice base = xml_attribute_in(w->xml, XML_SPACE, "base");
	enum rp_status st;

	*out = (struct feed_text){ .base = scope->base, .html = html };
	if (base.n > 0 && (!feed_address(w->arena, scope->base, base, &out->base) ||
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

enum rp_status
feed_read_text(struct feed_walk *w, const struct xml_token *token,
               const struct feed_scope *scope, struct feed_text *into,
               struct rp_error *err)
{
	struct feed_text text;
	bool html;
	enum feed_mode mode = mode_of(w, token, &html);
	enum rp_status st = read_construct(w, scope, mode, html, &text, err);

	if (st == RP_OK && text.value.n > 0 && into->value.n == 0)
		*into = text;
	return st;
}

enum rp_status
feed_read_html(struct feed_walk *w, const struct feed_scope *scope, enum feed_mode mode,
               struct feed_text *into, struct rp_error *err)
{
	struct feed_text text;
	enum rp_status st = read_construct(w, scope, mode, true, &text, err);

	text.html = true;
	if (st == RP_OK && text.value.n > 0)
		*into = text;
	return st;
}
