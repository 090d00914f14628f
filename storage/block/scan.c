#include "storage/block/scan.h"

struct scanner {
	const char *p, *end;
	uint32_t at; /* code points before p */
	bool word;   /* the byte before p belongs to a word */
	struct arena *arena;
	struct candidates *out;
	uint32_t cap;
};

static bool
is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

uint32_t
scan_length(struct rp_slice text)
{
	uint32_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += !continues(text.p[i]);
	return n;
}

size_t
scan_offset(struct rp_slice text, uint32_t n)
{
	size_t i = 0;

	for (; i < text.n; i++)
		if (!continues(text.p[i]) && n-- == 0)
			break;
	return i;
}

/* The code point at p, not checked: the text need not be UTF-8. */
static uint32_t
wide_at(const char *p, const char *end, size_t *n_out)
{
	unsigned char lead = (unsigned char)*p;
	size_t n = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
	uint32_t code = lead & (0x7fu >> n);

	if (n > (size_t)(end - p))
		n = (size_t)(end - p);
	for (size_t i = 1; i < n; i++)
		code = code << 6 | ((unsigned char)p[i] & 0x3f);
	*n_out = n;
	return code;
}

/* Roughly what no hashtag goes on behind: punctuation, symbols, emoji. */
static bool
ends_tag(uint32_t code)
{
	return code < 0xc0 || (code >= 0x2000 && code < 0x2c00) ||
	       (code >= 0x3000 && code < 0x3040 && (code < 0x3005 || code > 0x3007)) ||
	       (code >= 0xfe00 && code <= 0xff0f) || (code >= 0xff1a && code < 0xff21) ||
	       code >= 0x1f000;
}

static const char *
tag_end(const char *p, const char *end)
{
	size_t n;

	while (p < end) {
		if ((unsigned char)*p < 0x80) {
			if (!is_word(*p))
				break;
			p++;
		} else {
			if (ends_tag(wide_at(p, end, &n)))
				break;
			p += n;
		}
	}
	return p;
}

static const char *
word_end(const char *p, const char *end, size_t max)
{
	const char *from = p;

	while (p < end && is_word(*p) && (size_t)(p - from) < max)
		p++;
	return p;
}

/* Letters, and perhaps a dot or "_" and one or two more. */
static const char *
cashtag_end(const char *p, const char *end)
{
	const char *from = p;

	while (p < end && ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z') && p - from < 6)
		p++;
	return p;
}

static const char *
url_end(const char *p, const char *end)
{
	struct rp_slice rest = rp_slice_from(p, (size_t)(end - p));
	size_t scheme = rp_slice_starts(rest, RP_SLICE("https://"))  ? 8
	                : rp_slice_starts(rest, RP_SLICE("http://")) ? 7
	                                                             : 0;

	if (scheme == 0)
		return p;
	rest = rp_slice_skip(rest, scheme);
	if (rp_slice_starts(rest, RP_SLICE("t.co/")))
		return word_end(rest.p + 5, end, 64);
	for (p = rest.p; p < end && (unsigned char)*p > ' ' && (unsigned char)*p < 0x7f;)
		p++;
	return p;
}

static bool
grow(struct scanner *s)
{
	uint32_t cap = s->cap ? s->cap * 2 : 8;
	struct candidate *more =
		arena_grow(s->arena, s->out->found, s->cap, cap, sizeof(*more));

	if (more == NULL)
		return false;
	s->out->found = more;
	s->cap = cap;
	return true;
}

/* The candidate begins at p; `sign` bytes of it are not its text. */
static void
note(struct scanner *s, enum entity_kind kind, size_t sign, const char *to)
{
	struct rp_slice whole = rp_slice_from(s->p, (size_t)(to - s->p));
	uint32_t length = scan_length(whole);

	if (s->out->n < (uint32_t)SCAN_MAX && (s->out->n < s->cap || grow(s)))
		s->out->found[s->out->n++] = (struct candidate){
			.kind = kind,
			.start = s->at,
			.end = s->at + length,
			.text = rp_slice_skip(whole, sign),
		};
	s->at += length;
	s->p = to;
	s->word = true;
}

/* One candidate, or one code point. */
static void
step(struct scanner *s)
{
	const char *to = s->p;
	size_t n;

	if (s->p[0] == '@' && !s->word &&
	    (to = word_end(s->p + 1, s->end, 20)) > s->p + 1) {
		note(s, ENTITY_MENTION, 1, to);
	} else if (s->p[0] == '#' && !s->word &&
	           (to = tag_end(s->p + 1, s->end)) > s->p + 1) {
		note(s, ENTITY_TAG, 1, to);
	} else if (s->p[0] == '$' && !s->word &&
	           (to = cashtag_end(s->p + 1, s->end)) > s->p + 1) {
		note(s, ENTITY_CASHTAG, 1, to);
	} else if (s->p[0] == 'h' && (to = url_end(s->p, s->end)) > s->p) {
		note(s, ENTITY_URL, 0, to);
	} else if ((unsigned char)s->p[0] < 0x80) {
		s->word = is_word(*s->p++);
		s->at++;
	} else {
		/* The wide forms of the signs, as Japanese keyboards make them. */
		uint32_t code = wide_at(s->p, s->end, &n);

		if (code == 0xff20 && (to = word_end(s->p + n, s->end, 20)) > s->p + n) {
			note(s, ENTITY_MENTION, n, to);
		} else if (code == 0xff03 &&
		           (to = tag_end(s->p + n, s->end)) > s->p + n) {
			note(s, ENTITY_TAG, n, to);
		} else {
			s->at += scan_length(rp_slice_from(s->p, n));
			s->p += n;
			s->word = false;
		}
	}
}

const struct candidates *
scan_text(struct arena *arena, struct rp_slice text)
{
	struct candidates *out = arena_alloc(arena, sizeof(*out));
	struct scanner s = { .p = text.p, .arena = arena, .out = out };

	if (out == NULL)
		return NULL;
	out->text = text;
	if (text.n > 0)
		for (s.end = text.p + text.n; s.p < s.end;)
			step(&s);
	out->length = s.at;
	return out;
}
