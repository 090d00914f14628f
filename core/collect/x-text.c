#include "core/collect/x-text.h"

#include "core/base/ascii.h"
#include "core/base/utf8.h"

#include <stdlib.h>

enum {
	/* For links that are not where they are said to be: so many bytes are searched in
	 * all. */
	SEARCH_MAX = 4 << 20,
	/* A post has room for 280 letters or 140 characters twice as wide, 25 of them for
	 * "… " and a link.  X cuts between words, mostly. */
	CUT_MIN_WIDTH = 200,
};

/* A link where it really stands. */
struct place {
	size_t at, n; /* bytes */
	const struct x_link *link;
	bool gone; /* hidden */
};

struct cleaning {
	const struct x_words *words;
	struct rp_slice text;
	struct place *places; /* in order, not overlapping */
	size_t n_places;
	size_t from, to; /* bytes that are shown */
};

/* ---- finding the links ----------------------------------------------------- */

/* A position that only moves forward, counted in one of the units that tools use. */
struct cursor {
	size_t at; /* bytes */
	int64_t count;
	bool utf16;
};

static size_t
advance(struct cursor *cursor, struct rp_slice text, int64_t count)
{
	size_t n;
	int32_t c;

	while (cursor->count < count && cursor->at < text.n) {
		if ((unsigned char)text.p[cursor->at] < 0x80) {
			cursor->at++;
			cursor->count++;
			continue;
		}
		c = utf8_next(rp_slice_skip(text, cursor->at), &n);
		cursor->at += n;
		cursor->count += cursor->utf16 && c > 0xffff ? 2 : 1;
	}
	return cursor->at;
}

static bool
stands_at(struct rp_slice text, size_t at, struct rp_slice url)
{
	return at <= text.n && text.n - at >= url.n &&
	       rp_slice_eq_nocase(rp_slice_from(text.p + at, url.n), url);
}

static int
by_start(const void *a, const void *b)
{
	const struct x_link *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static int
by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	/* Several entities for one span: the one that says most about it first. */
	if (x->link->use != y->link->use)
		return x->link->use > y->link->use ? -1 : 1;
	return rp_slice_cmp(x->link->expanded, y->link->expanded);
}

/* Behind the link found last, so that two equal links are not one. */
static bool
search(struct cleaning *c, const struct x_link *link, size_t *budget, size_t *at_out)
{
	size_t from = 0, found;
	struct rp_slice rest;

	if (c->n_places > 0)
		from = c->places[c->n_places - 1].at + c->places[c->n_places - 1].n;
	for (;;) {
		rest = rp_slice_skip(c->text, from);
		if (rest.n > *budget)
			return false;
		*budget -= rest.n;
		found = rp_slice_find(rest, link->url);
		if (found < rest.n) {
			*at_out = from + found;
			return true;
		}
		if (from == 0)
			return false;
		from = 0;
	}
}

static void
place_links(struct cleaning *c)
{
	struct cursor points = { 0, 0, false }, units = { 0, 0, true };
	size_t budget = SEARCH_MAX, at;

	qsort(c->words->links, c->words->n_links, sizeof(struct x_link), by_start);
	for (size_t i = 0; i < c->words->n_links; i++) {
		const struct x_link *link = &c->words->links[i];

		if (link->url.n == 0)
			continue;
		at = advance(&points, c->text, link->start);
		if (link->start < 0 || !stands_at(c->text, at, link->url)) {
			at = advance(&units, c->text, link->start);
			if ((link->start < 0 || !stands_at(c->text, at, link->url)) &&
			    !search(c, link, &budget, &at))
				continue;
		}
		c->places[c->n_places++] = (struct place){ at, link->url.n, link, false };
	}
}

static void
drop_overlaps(struct cleaning *c)
{
	size_t kept = 0, end = 0;

	qsort(c->places, c->n_places, sizeof(struct place), by_place);
	for (size_t i = 0; i < c->n_places; i++) {
		if (kept > 0 && c->places[i].at < end)
			continue;
		end = c->places[i].at + c->places[i].n;
		c->places[kept++] = c->places[i];
	}
	c->n_places = kept;
}

static size_t
skip_blanks(struct rp_slice text, size_t at)
{
	while (at < text.n && ascii_is_blank(text.p[at]))
		at++;
	return at;
}

static bool
is_handle_byte(char c)
{
	return ascii_is_digit(c) || ascii_is_letter(c) || c == '_';
}

/* How long X takes a text to be, roughly. */
static size_t
width(struct rp_slice text)
{
	size_t sum = 0, n;

	for (; text.n > 0; text = rp_slice_skip(text, n))
		sum += utf8_next(text, &n) >= 0x1100 ? 2 : 1;
	return sum;
}

/* The next t.co link in text from *at on, which becomes where it stands; its length. */
static size_t
find_bare(struct rp_slice text, size_t *at)
{
	const struct rp_slice mark = RP_SLICE("://t.co/");
	size_t from = *at, scheme, found, end;

	for (;; from = end) {
		found = from + rp_slice_find(rp_slice_skip(text, from), mark);
		if (found == text.n)
			return 0;
		end = found + mark.n;
		while (end < text.n && is_handle_byte(text.p[end]) && text.p[end] != '_')
			end++;
		scheme = stands_at(text, found - 4, RP_SLICE("http"))    ? 4
		         : stands_at(text, found - 5, RP_SLICE("https")) ? 5
		                                                         : 0;
		if (scheme > 0 && found - scheme >= from && end > found + mark.n) {
			*at = found - scheme;
			return end - *at;
		}
	}
}

/* "… https://t.co/x", and nothing else. */
static bool
is_cut_at(const struct cleaning *c, size_t at, size_t n)
{
	struct rp_slice before = rp_slice_trim(rp_slice_from(c->text.p, at));

	return skip_blanks(c->text, at + n) == c->text.n &&
	       rp_slice_ends(before, RP_SLICE("\xe2\x80\xa6")) &&
	       (c->words->cut || width(before) >= CUT_MIN_WIDTH);
}

/* Links that no entity tells of, behind those that are placed.  false: arena full. */
static bool
place_bare(struct cleaning *c, struct arena *arena)
{
	struct x_link *links;
	struct place *places;
	size_t most = 0, n = c->n_places, next = 0, at, length;

	for (at = 0; (length = find_bare(c->text, &at)) > 0; at += length)
		most++;
	if (most == 0)
		return true;
	links = arena_array(arena, most, sizeof(*links));
	places = arena_array(arena, c->n_places + most, sizeof(*places));
	if (links == NULL || places == NULL)
		return false;
	for (size_t i = 0; i < c->n_places; i++)
		places[i] = c->places[i];
	for (at = 0; (length = find_bare(c->text, &at)) > 0; at += length) {
		while (next < c->n_places && places[next].at + places[next].n <= at)
			next++;
		if (next < c->n_places && places[next].at < at + length)
			continue;
		*links = (struct x_link){ .url = rp_slice_from(c->text.p + at, length),
			                  .use = is_cut_at(c, at, length) ? X_LINK_SELF
			                                                  : X_LINK_SAID };
		places[n++] = (struct place){ at, length, links++, false };
	}
	c->places = places;
	c->n_places = n;
	qsort(places, n, sizeof(*places), by_place);
	return true;
}

/* ---- what is hidden -------------------------------------------------------- */

static bool
is_mentioned(const struct x_words *words, struct rp_slice handle)
{
	for (size_t i = 0; i < words->n_handles; i++)
		if (rp_slice_eq_nocase(words->handles[i], handle))
			return true;
	return false;
}

/*
 * Behind the "@name "s at the front: of those that are mentioned in the post's own list,
 * or, with any, of whatever looks like one (a suspended account is in no list).
 */
static size_t
mentions_end(const struct cleaning *c, bool any)
{
	enum { MENTIONS_MAX = 64 }; /* X allows 50 */
	size_t at = 0, end, sign;

	for (int i = 0; i < MENTIONS_MAX; i++) {
		struct rp_slice rest = rp_slice_skip(c->text, at);

		sign = rp_slice_starts(rest, RP_SLICE("@")) ? 1
		       : rp_slice_starts(rest, RP_SLICE("\xef\xbc\xa0")) /* full width */
		               ? 3
		               : 0;
		for (end = at + sign; end < c->text.n && is_handle_byte(c->text.p[end]);)
			end++;
		if (sign == 0 || end == at + sign || end == c->text.n ||
		    !ascii_is_blank(c->text.p[end]))
			break;
		if (!any && !is_mentioned(c->words, rp_slice_from(c->text.p + at + sign,
		                                                  end - at - sign)))
			break;
		at = skip_blanks(c->text, end);
	}
	return at;
}

/* From `at` on there are only links and blanks. */
static bool
only_links_from(const struct cleaning *c, size_t at)
{
	for (size_t i = 0; i < c->n_places; i++) {
		if (c->places[i].at < at)
			continue;
		if (skip_blanks(c->text, at) < c->places[i].at)
			return false;
		at = c->places[i].at + c->places[i].n;
	}
	return skip_blanks(c->text, at) == c->text.n;
}

static bool
begins_token(struct rp_slice text, size_t at)
{
	return ascii_is_blank(text.p[at]) || (at > 0 && ascii_is_blank(text.p[at - 1]));
}

static void
hide_mentions(struct cleaning *c)
{
	size_t at, end;

	if (c->words->from > 0) {
		at = utf8_offset(c->text, (size_t)c->words->from);
		end = mentions_end(c, true);
		/* Mentions behind the range's start were typed. */
		if (at == end || (at < end && begins_token(c->text, at)))
			c->from = at;
		return;
	}
	if (c->words->from == 0 || !c->words->reply)
		return;
	at = mentions_end(c, false);
	if (!only_links_from(c, at) || c->n_places > 0)
		c->from = at;
}

static void
hide_by_range(struct cleaning *c)
{
	size_t at;

	if (c->words->to < 0 || c->words->to < c->words->from)
		return;
	at = utf8_offset(c->text, (size_t)c->words->to);
	if (at < c->from || !only_links_from(c, at))
		return;
	for (size_t i = 0; i < c->n_places; i++)
		if (c->places[i].at >= at)
			c->places[i].gone = true;
	c->to = at;
}

static bool
is_all_blank(struct rp_slice text, size_t from, size_t to)
{
	return skip_blanks(rp_slice_from(text.p, to), from) == to;
}

/* Links that X added at the end; and whether they tell of a cut. */
static bool
hide_added_links(struct cleaning *c)
{
	struct rp_slice before;
	bool cut = false;
	size_t end = c->text.n;

	for (size_t i = c->n_places; i-- > 0;) {
		struct place *place = &c->places[i];

		if (place->link->use == X_LINK_MEDIA)
			place->gone = true;
		if (!is_all_blank(c->text, place->at + place->n, end))
			continue;
		if (place->link->use == X_LINK_SAID && !place->gone)
			continue;
		before = rp_slice_trim(rp_slice_from(c->text.p, place->at));
		if (place->link->use == X_LINK_SELF &&
		    rp_slice_ends(before, RP_SLICE("\xe2\x80\xa6")))
			cut = true;
		place->gone = true;
		end = place->at;
	}
	return cut;
}

/* ---- putting it together --------------------------------------------------- */

static bool
is_address(struct rp_slice expanded)
{
	for (size_t i = 0; i < expanded.n; i++)
		if ((unsigned char)expanded.p[i] <= ' ' || expanded.p[i] == 0x7f)
			return false;
	return expanded.n > 0;
}

static char *
put(char *into, struct rp_slice s)
{
	if (s.n > 0)
		memcpy(into, s.p, s.n);
	return into + s.n;
}

/* &amp; &lt; &gt; decoded: a single pass, so that "&amp;lt;" says "&lt;". */
static char *
put_unescaped(char *into, struct rp_slice s)
{
	size_t at;

	while ((at = rp_slice_find_byte(s, '&')) < s.n) {
		into = put(into, rp_slice_from(s.p, at));
		s = rp_slice_skip(s, at);
		if (rp_slice_starts(s, RP_SLICE("&lt;"))) {
			*into++ = '<';
			s = rp_slice_skip(s, 4);
		} else if (rp_slice_starts(s, RP_SLICE("&gt;"))) {
			*into++ = '>';
			s = rp_slice_skip(s, 4);
		} else {
			*into++ = '&';
			s = rp_slice_skip(s,
			                  rp_slice_starts(s, RP_SLICE("&amp;")) ? 5 : 1);
		}
	}
	return put(into, s);
}

static bool
put_together(const struct cleaning *c, struct arena *arena, struct rp_slice *out)
{
	size_t most = c->to - c->from, at = c->from;
	char *begin, *into;

	for (size_t i = 0; i < c->n_places; i++)
		most += c->places[i].link->expanded.n;
	begin = into = arena_alloc(arena, most + 1);
	if (begin == NULL)
		return false;
	for (size_t i = 0; i < c->n_places; i++) {
		const struct place *place = &c->places[i];

		if (place->at < at || place->at + place->n > c->to)
			continue;
		into = put_unescaped(into, rp_slice_from(c->text.p + at, place->at - at));
		at = place->at + place->n;
		if (!place->gone)
			into = put(into, is_address(place->link->expanded)
			                         ? place->link->expanded
			                         : place->link->url);
		else if (into > begin && into[-1] == ' ' && at < c->to &&
		         c->text.p[at] == ' ')
			at++;
	}
	into = put_unescaped(into, rp_slice_from(c->text.p + at, c->to - at));
	*out = rp_slice_trim(rp_slice_from(begin, (size_t)(into - begin)));
	return true;
}

bool
x_text_unescape(struct rp_slice text, struct arena *arena, struct rp_slice *out)
{
	char *begin;

	*out = text;
	if (rp_slice_find_byte(text, '&') == text.n)
		return true;
	begin = arena_alloc(arena, text.n);
	if (begin == NULL)
		return false;
	*out = rp_slice_from(begin, (size_t)(put_unescaped(begin, text) - begin));
	return true;
}

bool
x_text_clean(struct x_words *words, struct arena *arena, struct rp_slice *out,
             bool *cut_out)
{
	struct cleaning c = { .words = words, .text = words->text, .to = words->text.n };

	*cut_out = false;
	if (words->n_links > 0) {
		c.places = arena_array(arena, words->n_links, sizeof(struct place));
		if (c.places == NULL)
			return false;
		place_links(&c);
		drop_overlaps(&c);
	}
	if (!place_bare(&c, arena))
		return false;
	hide_mentions(&c);
	hide_by_range(&c);
	*cut_out = hide_added_links(&c);
	if (c.n_places == 0 && rp_slice_find_byte(c.text, '&') == c.text.n) {
		*out = rp_slice_trim(rp_slice_from(c.text.p + c.from, c.to - c.from));
		return true;
	}
	return put_together(&c, arena, out);
}
