#include "core/parse/json.h"

#include "core/base/utf8.h"
#include "core/parse/json-bytes.h"

#include <stdlib.h>

/*
 * The state of one parse.  It lives in registers: nothing that is not inlined may be
 * handed its address.
 *
 * Open containers need no stack: while one is open its `next` holds the node of the
 * container around it.
 */
struct scan {
	const char *p;
	const char *start, *end;
	struct json_node *nodes;
	uint32_t n, cap;
	uint32_t inside; /* the innermost open container, or JSON_NONE */
	uint32_t depth;
	uint32_t flags;      /* of all nodes */
	char closer;         /* what ends the innermost container; 0 without one */
	const char *problem; /* what is wrong at p; NULL as long as nothing is */
};

#define ALWAYS_INLINE inline __attribute__((always_inline))

static const char out_of_memory[] = "out of memory";

/* Room for at least one more node; what is wrong, or NULL. */
static __attribute__((noinline)) const char *
grow(struct json_doc *doc)
{
	uint32_t cap = doc->cap ? doc->cap * 2 : 512;
	struct json_node *nodes;

	if (doc->cap >= (uint32_t)JSON_MAX_NODES)
		return "too many values in one record";
	nodes = realloc(doc->nodes, cap * sizeof(*nodes));
	if (nodes == NULL)
		return out_of_memory;
	doc->nodes = nodes;
	doc->cap = cap;
	return NULL;
}

static ALWAYS_INLINE bool
add_node(struct scan *s, struct json_doc *doc, enum json_type type, uint32_t flags,
         const char *from)
{
	if (s->n == s->cap) {
		s->problem = grow(doc);
		if (s->problem != NULL)
			return false;
		s->nodes = doc->nodes;
		s->cap = doc->cap;
	}
	s->nodes[s->n] = (struct json_node){
		.at = (uint32_t)(from - s->start),
		.n = (uint32_t)(s->p - from),
		.next = s->n + 1,
		.type = (uint8_t)type,
		.flags = (uint8_t)flags,
	};
	s->n++;
	s->flags |= flags;
	return true;
}

static ALWAYS_INLINE bool
problem(struct scan *s, const char *words)
{
	s->problem = words;
	return false;
}

/* The byte to look at; 0, which means nothing in JSON, at the end. */
static ALWAYS_INLINE char
peek(const struct scan *s)
{
	return s->p < s->end ? *s->p : '\0';
}

/* None or a single space is what nearly all writers put between two tokens. */
static ALWAYS_INLINE void
skip_blanks(struct scan *s)
{
	if ((unsigned char)peek(s) > ' ')
		return;
	if (peek(s) == ' ')
		s->p++;
	if ((unsigned char)peek(s) <= ' ')
		s->p = json_blanks_end(s->p, s->end);
}

/* Where a string was followed to. */
struct string_rest {
	const char *p;
	uint32_t flags;
	const char *problem; /* at p; NULL: p is at the closing quote */
};

/* p is at a backslash. */
static void
scan_escape(struct string_rest *rest, const char *end)
{
	uint32_t code;
	size_t n;

	rest->flags |= JSON_ESCAPED;
	switch (end - rest->p < 2 ? '\0' : rest->p[1]) {
	case 'u':
		code = json_u_escape(rest->p, end, &n);
		if (code == UINT32_MAX) {
			rest->problem = "\\u without four hex digits";
			return;
		}
		if (json_is_surrogate(code))
			rest->flags |= JSON_DAMAGED;
		rest->p += n;
		return;
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't':
		rest->p += 2;
		return;
	default:
		rest->problem = "a backslash that escapes nothing";
	}
}

/* Is this byte one that continues a UTF-8 sequence? */
static bool
continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/*
 * The first byte of ASCII from p on, or end.  *damaged_out is set, and never cleared,
 * when what stands before it is not UTF-8.
 *
 * Takes letters of two and three bytes by itself, which is most of what people write;
 * the rare lead bytes with rules of their own are left to utf8_next().  Not inlined, so
 * that texts without such letters do not pay for it.
 */
static __attribute__((noinline)) const char *
wide_end(const char *p, const char *end, bool *damaged_out)
{
	unsigned char lead;
	size_t n;

	for (; p < end && (unsigned char)*p >= 0x80; p += n) {
		lead = (unsigned char)*p;
		if (lead > 0xe0 && lead < 0xf0 && lead != 0xed && end - p >= 3 &&
		    continues(p[1]) && continues(p[2]))
			n = 3;
		else if (lead >= 0xc2 && lead < 0xe0 && end - p >= 2 && continues(p[1]))
			n = 2;
		else if (utf8_next(rp_slice_from(p, (size_t)(end - p)), &n) < 0)
			*damaged_out = true;
	}
	return p;
}

/*
 * A string from a byte on that is not plain.  Not inlined: most strings are plain to
 * their end, and all would pay for the registers this needs.
 */
static __attribute__((noinline)) struct string_rest
rest_of_string(const char *p, const char *end)
{
	struct string_rest rest = { p, 0, NULL };
	bool damaged = false;

	while (rest.problem == NULL) {
		if (rest.p == end)
			rest.problem = "a string without end";
		else if (*rest.p == '"')
			break;
		else if (*rest.p == '\\')
			scan_escape(&rest, end);
		else if ((unsigned char)*rest.p < 0x20)
			rest.problem = "a control character in a string";
		else if ((unsigned char)*rest.p >= 0x80)
			rest.p = wide_end(rest.p, end, &damaged);
		else
			rest.p = json_plain_end(rest.p, end);
	}
	if (damaged)
		rest.flags |= JSON_DAMAGED;
	return rest;
}

/* p is at the opening quote. */
static ALWAYS_INLINE bool
scan_string(struct scan *s, struct json_doc *doc, uint32_t flags)
{
	const char *from = s->p;

	s->p = json_plain_end(from + 1, s->end);
	if (peek(s) != '"') {
		struct string_rest rest = rest_of_string(s->p, s->end);

		s->p = rest.p;
		flags |= rest.flags;
		if (rest.problem != NULL)
			return problem(s, rest.problem);
	}
	s->p++;
	return add_node(s, doc, JSON_STRING, flags, from);
}

static ALWAYS_INLINE bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One digit at least. */
static ALWAYS_INLINE bool
scan_digits(struct scan *s)
{
	if (!is_digit(peek(s)))
		return problem(s, "a digit is missing");
	while (is_digit(peek(s)))
		s->p++;
	return true;
}

static ALWAYS_INLINE bool
scan_number(struct scan *s, struct json_doc *doc)
{
	const char *from = s->p;
	uint32_t flags = JSON_INTEGER;

	if (*s->p == '-')
		s->p++;
	if (peek(s) == '0')
		s->p++; /* a digit behind it is not part of this number */
	else if (!scan_digits(s))
		return false;
	if (peek(s) == '.') {
		flags = 0;
		s->p++;
		if (!scan_digits(s))
			return false;
	}
	if (peek(s) == 'e' || peek(s) == 'E') {
		flags = 0;
		s->p++;
		if (peek(s) == '+' || peek(s) == '-')
			s->p++;
		if (!scan_digits(s))
			return false;
	}
	return add_node(s, doc, JSON_NUMBER, flags, from);
}

static ALWAYS_INLINE bool
scan_word(struct scan *s, struct json_doc *doc, enum json_type type, const char *word,
          size_t n)
{
	const char *from = s->p;

	if ((size_t)(s->end - s->p) < n || memcmp(s->p, word, n) != 0)
		return problem(s, "no value");
	s->p += n;
	return add_node(s, doc, type, 0, from);
}

/* p is at the bracket and goes behind it. */
static ALWAYS_INLINE bool
open_container(struct scan *s, struct json_doc *doc, enum json_type type)
{
	if (s->depth == (uint32_t)JSON_MAX_DEPTH)
		return problem(s, "nested too deep");
	if (!add_node(s, doc, type, 0, s->p))
		return false;
	s->p++;
	s->depth++;
	s->nodes[s->n - 1].next = s->inside;
	s->inside = s->n - 1;
	s->closer = type == JSON_OBJECT ? '}' : ']';
	return true;
}

/* p is at the closing bracket and goes behind it. */
static ALWAYS_INLINE void
close_container(struct scan *s)
{
	struct json_node *node = &s->nodes[s->inside];

	s->p++;
	s->depth--;
	s->inside = node->next;
	node->n = (uint32_t)(s->p - s->start) - node->at;
	node->next = s->n;
	s->closer = '\0';
	if (s->inside != JSON_NONE)
		s->closer = s->nodes[s->inside].type == JSON_OBJECT ? '}' : ']';
}

/* A string or number, a word, or the opening of a container. */
static ALWAYS_INLINE bool
scan_value(struct scan *s, struct json_doc *doc)
{
	switch (peek(s)) {
	case '"':
		return scan_string(s, doc, 0);
	case '{':
		return open_container(s, doc, JSON_OBJECT);
	case '[':
		return open_container(s, doc, JSON_ARRAY);
	case 'n':
		return scan_word(s, doc, JSON_NULL, "null", 4);
	case 't':
		return scan_word(s, doc, JSON_TRUE, "true", 4);
	case 'f':
		return scan_word(s, doc, JSON_FALSE, "false", 5);
	default:
		if (peek(s) == '-' || is_digit(peek(s)))
			return scan_number(s, doc);
		return problem(s, s->p == s->end ? "it ends where a value should be"
		                                 : "no value");
	}
}

static ALWAYS_INLINE bool
scan_key(struct scan *s, struct json_doc *doc)
{
	if (peek(s) != '"')
		return problem(s, "no name in quotes");
	if (!scan_string(s, doc, JSON_KEY))
		return false;
	skip_blanks(s);
	if (peek(s) != ':')
		return problem(s, "no colon behind a name");
	s->p++;
	skip_blanks(s);
	return true;
}

/*
 * What stands behind a value: closing brackets, and a comma if more is to come.  True
 * with inside == JSON_NONE when the whole value is complete.  Blanks are skipped at both
 * ends.
 */
static ALWAYS_INLINE bool
scan_between(struct scan *s)
{
	while (s->inside != JSON_NONE) {
		if (peek(s) == ',') {
			s->p++;
			skip_blanks(s);
			return true;
		}
		if (peek(s) != s->closer)
			return problem(s, s->p == s->end ? "it ends inside a bracket"
			                                 : "no comma or closing bracket");
		close_container(s);
		skip_blanks(s);
	}
	return true;
}

/* A value, behind its name where one belongs. */
static ALWAYS_INLINE bool
scan_item(struct scan *s, struct json_doc *doc)
{
	return (s->closer != '}' || scan_key(s, doc)) && scan_value(s, doc);
}

static ALWAYS_INLINE bool
scan_document(struct scan *s, struct json_doc *doc)
{
	skip_blanks(s);
	do {
		if (!scan_item(s, doc))
			return false;
		skip_blanks(s);
		if (s->inside == s->n - 1 && peek(s) != s->closer)
			continue; /* it opened a container: with the first thing inside */
		if (!scan_between(s))
			return false;
	} while (s->inside != JSON_NONE);
	return s->p == s->end || problem(s, "more behind the value");
}

void
json_init(struct json_doc *doc)
{
	*doc = (struct json_doc)JSON_DOC_INIT;
}

void
json_done(struct json_doc *doc)
{
	free(doc->nodes);
	json_init(doc);
}

static enum rp_status
refuse(struct json_doc *doc, const char *words, size_t at, struct rp_error *err)
{
	doc->error_at = (uint32_t)at;
	if (words == out_of_memory)
		return rp_fail_memory(err);
	return rp_fail(err, RP_BAD_ITEM, "not JSON: %s, at byte %zu", words, at);
}

enum rp_status
json_parse(struct json_doc *doc, struct rp_slice text, struct rp_error *err)
{
	struct scan s = {
		.p = text.n ? text.p : "",
		.nodes = doc->nodes,
		.cap = doc->cap,
		.inside = JSON_NONE,
	};

	doc->text = text;
	doc->n = 0;
	doc->flags = 0;
	doc->error_at = 0;
	if (text.n > (size_t)JSON_MAX_BYTES)
		return rp_fail(err, RP_BAD_ITEM, "a record of %zu bytes is too long",
		               text.n);
	s.start = s.p;
	s.end = s.p + text.n;
	if (!scan_document(&s, doc))
		return refuse(doc, s.problem, (size_t)(s.p - s.start), err);
	doc->n = s.n;
	doc->flags = s.flags;
	return RP_OK;
}

size_t
json_bom(struct rp_slice bytes)
{
	return rp_slice_starts(bytes, RP_SLICE("\xef\xbb\xbf")) ? 3 : 0;
}
