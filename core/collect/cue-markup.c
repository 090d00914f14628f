#include "core/collect/cue-markup.h"

#include "core/base/utf8.h"
#include "core/parse/html-entity.h"

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* How long the tag at the front is; 0: there is none. */
static size_t
tag_length(struct rp_slice rest)
{
	size_t i = 1;

	if (rest.n < 3 || !(is_letter(rest.p[1]) || is_digit(rest.p[1]) ||
	                    rest.p[1] == '/' || rest.p[1] == '.'))
		return 0;
	while (i < rest.n && rest.p[i] != '>' && rest.p[i] != '<')
		i++;
	return i < rest.n && rest.p[i] == '>' ? i + 1 : 0;
}

/* "<!-- … -->", "<!DOCTYPE …>", "<?xml …?>": to the end when it is not closed. */
static size_t
other_length(struct rp_slice rest)
{
	struct rp_slice end = RP_SLICE(">");
	size_t at;

	if (rp_slice_starts(rest, RP_SLICE("<!--")))
		end = RP_SLICE("-->");
	else if (rest.n < 2 || (rest.p[1] != '!' && rest.p[1] != '?'))
		return 0;
	at = rp_slice_find(rest, end);
	return at < rest.n ? at + end.n : rest.n;
}

static void
read_tag(struct markup *out)
{
	struct rp_slice in = rp_slice_from(out->source.p + 1, out->source.n - 2);
	size_t n = 0;

	out->kind = in.p[0] == '/' ? MARKUP_CLOSE : MARKUP_OPEN;
	if (out->kind == MARKUP_CLOSE)
		in = rp_slice_skip(in, 1);
	out->empty = rp_slice_ends(in, RP_SLICE("/"));
	if (out->empty)
		in.n--;
	while (n < in.n && (is_letter(in.p[n]) || is_digit(in.p[n])))
		n++;
	out->name = rp_slice_from(in.p, n);
	out->inside = rp_slice_skip(in, n);
}

bool
markup_next(struct rp_slice *rest, struct markup *out)
{
	size_t n;

	*out = (struct markup){ .kind = MARKUP_TEXT };
	if (rest->n == 0)
		return false;
	if (rest->p[0] == '<') {
		if ((n = tag_length(*rest)) != 0) {
			out->source = rp_slice_from(rest->p, n);
			read_tag(out);
		} else if ((n = other_length(*rest)) != 0) {
			out->kind = MARKUP_OTHER;
			out->source = rp_slice_from(rest->p, n);
		}
		if (n != 0) {
			*rest = rp_slice_skip(*rest, n);
			return true;
		}
	}
	n = 1 + rp_slice_find_byte(rp_slice_skip(*rest, 1), '<');
	out->source = rp_slice_from(rest->p, n);
	*rest = rp_slice_skip(*rest, n);
	return true;
}

bool
markup_is(const struct markup *piece, const char *name)
{
	return rp_slice_eq_nocase(piece->name, rp_slice_str(name));
}

/* ---- attributes -----------------------------------------------------------------------
 */

static struct rp_slice
skip_blanks(struct rp_slice s)
{
	size_t n = 0;

	while (n < s.n && is_blank(s.p[n]))
		n++;
	return rp_slice_skip(s, n);
}

/* Cut "name" and its value off the front; false: nothing more. */
static bool
next_attribute(struct rp_slice *rest, struct rp_slice *name, struct rp_slice *value)
{
	struct rp_slice s = skip_blanks(*rest);
	size_t n = 0;

	while (n < s.n && !is_blank(s.p[n]) && s.p[n] != '=')
		n++;
	*name = rp_slice_from(s.p, n);
	*value = RP_SLICE("");
	s = skip_blanks(rp_slice_skip(s, n));
	if (s.n > 0 && s.p[0] == '=') {
		s = skip_blanks(rp_slice_skip(s, 1));
		if (s.n > 0 && (s.p[0] == '"' || s.p[0] == '\'')) {
			const char quote = s.p[0];

			s = rp_slice_skip(s, 1);
			n = rp_slice_find_byte(s, quote);
			*value = rp_slice_from(s.p, n);
			s = rp_slice_skip(s, n + 1);
		} else {
			for (n = 0; n < s.n && !is_blank(s.p[n]); n++)
				;
			*value = rp_slice_from(s.p, n);
			s = rp_slice_skip(s, n);
		}
	} else if (name->n == 0) {
		return false;
	}
	*rest = s;
	return true;
}

struct rp_slice
markup_get(const struct markup *piece, const char *attribute)
{
	struct rp_slice rest = piece->inside, name, value;

	while (next_attribute(&rest, &name, &value))
		if (rp_slice_eq_nocase(name, rp_slice_str(attribute)))
			return value;
	return RP_SLICE("");
}

/* ---- references -----------------------------------------------------------------------
 */

void
markup_decode(struct rp_buf *out, struct rp_slice text)
{
	while (text.n > 0) {
		const size_t at = rp_slice_find_byte(text, '&');
		struct html_entity entity;
		size_t n;

		buf_add(out, rp_slice_from(text.p, at));
		text = rp_slice_skip(text, at);
		if (text.n == 0)
			return;
		n = html_entity_read(text, false, &entity);
		if (n == 0)
			buf_add_byte(out, '&');
		for (size_t i = 0; n != 0 && i < entity.n; i++)
			utf8_add(out, entity.codes[i]);
		text = rp_slice_skip(text, n != 0 ? n : 1);
	}
}
