#include "core/parse/html-scan.h"

#include "core/base/ascii.h"
#include "core/parse/html-entity.h"
#include "core/parse/markup.h"

static char
at_byte(const struct html_scan *scan, size_t at)
{
	return at < scan->page.n ? scan->page.p[at] : '\0';
}

/* Where `c` stands from there on; the end of the page when it does not. */
static size_t
find(const struct html_scan *scan, size_t from, char c)
{
	return from + rp_slice_find_byte(rp_slice_skip(scan->page, from), c);
}

/* The text itself when it has no capitals, else a copy. */
static bool
lower(struct arena *arena, struct rp_slice s, struct rp_slice *out)
{
	char *copy;
	size_t i = 0;

	while (i < s.n && ascii_lower(s.p[i]) == s.p[i])
		i++;
	*out = s;
	if (i == s.n)
		return true;
	copy = arena_alloc(arena, s.n);
	if (copy == NULL)
		return false;
	*out = ascii_lower_into(copy, s);
	return true;
}

/* ---- attributes ---------------------------------------------------------- */

static void
skip_blanks(struct html_scan *scan)
{
	while (scan->at < scan->page.n && markup_is_blank(scan->page.p[scan->at]))
		scan->at++;
}

/* Up to a blank, ">", or "=" and "/" where they end it. */
static struct rp_slice
take_name(struct html_scan *scan)
{
	const size_t begin = scan->at;
	char c;

	/* a "=" at its front belongs to the name */
	for (scan->at++; scan->at < scan->page.n; scan->at++) {
		c = scan->page.p[scan->at];
		if (markup_is_blank(c) || c == '>' || c == '=' || c == '/')
			break;
	}
	return rp_slice_from(scan->page.p + begin, scan->at - begin);
}

static struct rp_slice
take_value(struct html_scan *scan)
{
	const char quote = at_byte(scan, scan->at);
	size_t begin = scan->at, end;

	if (quote == '"' || quote == '\'') {
		end = find(scan, ++begin, quote);
		scan->at = end < scan->page.n ? end + 1 : end;
	} else {
		for (end = begin; end < scan->page.n; end++)
			if (markup_is_blank(scan->page.p[end]) ||
			    scan->page.p[end] == '>')
				break;
		scan->at = end;
	}
	return rp_slice_from(scan->page.p + begin, end - begin);
}

/* One attribute; an empty name: the tag is over. */
static void
take_attribute(struct html_scan *scan, struct html_attribute *out)
{
	*out = (struct html_attribute){ .name = { NULL, 0 } };
	for (;;) {
		skip_blanks(scan);
		if (at_byte(scan, scan->at) != '/' || scan->at >= scan->page.n)
			break;
		scan->at++;
	}
	if (scan->at >= scan->page.n || scan->page.p[scan->at] == '>')
		return;
	out->name = take_name(scan);
	skip_blanks(scan);
	if (at_byte(scan, scan->at) != '=')
		return;
	scan->at++;
	skip_blanks(scan);
	out->value = take_value(scan);
}

/* All of a tag, from behind its name to behind its ">". */
static bool
take_attributes(struct html_scan *scan, struct html_token *token)
{
	struct html_attribute seen[HTML_MAX_ATTRIBUTES], one;
	struct html_attribute *kept;
	uint32_t n = 0;

	for (take_attribute(scan, &one); one.name.n > 0; take_attribute(scan, &one)) {
		if (n < HTML_MAX_ATTRIBUTES)
			seen[n++] = one;
		else
			scan->cut = true;
	}
	if (scan->at < scan->page.n)
		scan->at++;
	kept = arena_array(scan->arena, n, sizeof(*kept));
	if (kept == NULL)
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (!lower(scan->arena, seen[i].name, &kept[i].name) ||
		    !html_entities_decode(scan->arena, seen[i].value, true,
		                          &kept[i].value))
			return false;
	token->attributes = kept;
	token->n_attributes = n;
	return true;
}

/* ---- tokens -------------------------------------------------------------- */

static bool
take_tag(struct html_scan *scan, struct html_token *token)
{
	const size_t begin = scan->at;
	char c;

	for (; scan->at < scan->page.n; scan->at++) {
		c = scan->page.p[scan->at];
		if (markup_is_blank(c) || c == '>' || c == '/')
			break;
	}
	return lower(scan->arena, rp_slice_from(scan->page.p + begin, scan->at - begin),
	             &token->name) &&
	       take_attributes(scan, token);
}

static void
skip_to(struct html_scan *scan, char c)
{
	scan->at = find(scan, scan->at, c);
	if (scan->at < scan->page.n)
		scan->at++;
}

/* Behind "<!--": to behind "-->" or "--!>"; "<!-->" and "<!--->" are whole. */
static void
skip_comment(struct html_scan *scan)
{
	size_t begin = scan->at;

	for (;;) {
		const size_t at = find(scan, scan->at, '>');
		const char *p = scan->page.p;

		scan->at = at < scan->page.n ? at + 1 : at;
		if (at >= scan->page.n || at == begin ||
		    (at == begin + 1 && p[begin] == '-'))
			return;
		if (at >= begin + 2 && p[at - 1] == '-' && p[at - 2] == '-')
			return;
		if (at >= begin + 3 && p[at - 1] == '!' && p[at - 2] == '-' &&
		    p[at - 3] == '-')
			return;
	}
}

/* Something begins at this "<"; else it is a character like others. */
static bool
is_markup(const struct html_scan *scan, size_t at)
{
	const char next = at_byte(scan, at + 1);

	return ascii_is_letter(next) || next == '!' || next == '?' ||
	       (next == '/' && at + 2 < scan->page.n);
}

static bool
take_text(struct html_scan *scan, size_t end, bool entities, struct html_token *token)
{
	token->kind = HTML_TEXT;
	token->text = rp_slice_from(scan->page.p + scan->at, end - scan->at);
	scan->at = end;
	return !entities ||
	       html_entities_decode(scan->arena, token->text, false, &token->text);
}

/* The "</name" that ends what is taken as text. */
static size_t
find_raw_end(const struct html_scan *scan)
{
	size_t at = find(scan, scan->at, '<');
	struct rp_slice name;
	char next;

	for (; at < scan->page.n; at = find(scan, at + 1, '<')) {
		name = rp_slice_skip(scan->page, at + 2);
		if (at_byte(scan, at + 1) != '/' || name.n < scan->raw.n)
			continue;
		next = at_byte(scan, at + 2 + scan->raw.n);
		name.n = scan->raw.n;
		if (rp_slice_eq_nocase(name, scan->raw) &&
		    (markup_is_blank(next) || next == '>' || next == '/' || next == '\0'))
			break;
	}
	return at;
}

static bool
take_markup(struct html_scan *scan, struct html_token *token)
{
	const char next = at_byte(scan, scan->at + 1);

	if (ascii_is_letter(next)) {
		scan->at++;
		token->kind = HTML_BEGIN;
		return take_tag(scan, token);
	}
	if (next == '/' && ascii_is_letter(at_byte(scan, scan->at + 2))) {
		scan->at += 2;
		token->kind = HTML_END;
		return take_tag(scan, token);
	}
	scan->at += 2;
	if (next == '!' && at_byte(scan, scan->at) == '-' &&
	    at_byte(scan, scan->at + 1) == '-') {
		scan->at += 2;
		skip_comment(scan);
	} else
		skip_to(scan, '>');
	token->kind = HTML_OVER;
	return true;
}

void
html_scan_raw(struct html_scan *scan, struct rp_slice name, bool entities)
{
	scan->raw = name;
	scan->raw_entities = entities;
}

bool
html_scan_next(struct html_scan *scan, struct html_token *out)
{
	*out = (struct html_token){ .kind = HTML_OVER };
	if (scan->raw.n > 0) {
		const size_t end = find_raw_end(scan);

		scan->raw = RP_SLICE("");
		if (end > scan->at)
			return take_text(scan, end, scan->raw_entities, out);
	}
	while (scan->at < scan->page.n && out->kind == HTML_OVER) {
		size_t end = find(scan, scan->at, '<');

		while (end < scan->page.n && !is_markup(scan, end))
			end = find(scan, end + 1, '<');
		if (end > scan->at)
			return take_text(scan, end, true, out);
		if (!take_markup(scan, out))
			return false;
	}
	return true;
}
