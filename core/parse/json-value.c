/*
 * From nodes to values: texts decoded, members found by name, ids and counts.
 */
#include "core/parse/json.h"

#include "core/base/utf8.h"
#include "core/parse/json-bytes.h"

#include <assert.h>

/* The raw text of a string, taken in units. */
struct reader {
	const char *p, *end;
	char unit[4]; /* UTF-8 of the last escape or damage read */
};

static char
unescape(char letter)
{
	switch (letter) {
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default: /* the quote, the backslash and the slash stand for themselves */
		return letter;
	}
}

/* Any code point but a surrogate. */
static struct rp_slice
encode(uint32_t code, char unit[4])
{
	static const unsigned char leads[] = { 0, 0x00, 0xc0, 0xe0, 0xf0 };
	size_t n = 1u + (code >= 0x80) + (code >= 0x800) + (code >= 0x10000);

	for (size_t i = n - 1; i > 0; i--, code >>= 6)
		unit[i] = (char)(0x80 | (code & 0x3f));
	unit[0] = (char)(leads[n] | code);
	return rp_slice_from(unit, n);
}

static struct rp_slice
read_escape(struct reader *r)
{
	uint32_t code;
	size_t n;

	if (r->p[1] != 'u') {
		r->unit[0] = unescape(r->p[1]);
		r->p += 2;
		return rp_slice_from(r->unit, 1);
	}
	code = json_u_escape(r->p, r->end, &n);
	r->p += n;
	if (json_is_surrogate(code))
		return RP_SLICE(UTF8_REPLACEMENT);
	return encode(code, r->unit);
}

/* The next piece of the decoded text; empty at the end.  Good until the next call. */
static struct rp_slice
read_piece(struct reader *r)
{
	const char *from = r->p;
	int32_t code_point;
	size_t n;

	r->p = json_plain_end(r->p, r->end);
	if (r->p != from || r->p == r->end)
		return rp_slice_from(from, (size_t)(r->p - from));
	if (*r->p == '\\')
		return read_escape(r);
	code_point = utf8_next(rp_slice_from(r->p, (size_t)(r->end - r->p)), &n);
	r->p += n;
	return code_point < 0 ? RP_SLICE(UTF8_REPLACEMENT) : rp_slice_from(from, n);
}

static struct reader
reader_of(struct rp_slice raw)
{
	return (struct reader){ .p = raw.p, .end = raw.p + raw.n };
}

/* Decode into out, which may be NULL; comes back with the size. */
static size_t
decode(struct rp_slice raw, char *out)
{
	struct reader r = reader_of(raw);
	struct rp_slice piece;
	size_t n = 0;

	for (; (piece = read_piece(&r)).n > 0; n += piece.n)
		if (out != NULL)
			memcpy(out + n, piece.p, piece.n);
	return n;
}

static bool
is_literal(const struct json_node *string)
{
	return (string->flags & (JSON_ESCAPED | JSON_DAMAGED)) == 0;
}

/* Room for the decoded text.  Nothing is longer than it is written but a damaged byte. */
static size_t
decoded_most(const struct json_node *string, struct rp_slice raw)
{
	return string->flags & JSON_DAMAGED ? decode(raw, NULL) : raw.n;
}

bool
json_text_is(const struct json_doc *doc, uint32_t node, struct rp_slice text)
{
	struct rp_slice raw, piece;
	struct reader r;

	if (json_type(doc, node) != JSON_STRING)
		return false;
	raw = json_raw_text(doc, node);
	if (is_literal(&doc->nodes[node]))
		return rp_slice_eq(raw, text);
	for (r = reader_of(raw); (piece = read_piece(&r)).n > 0;) {
		if (!rp_slice_starts(text, piece))
			return false;
		text = rp_slice_skip(text, piece.n);
	}
	return text.n == 0;
}

static bool
same_text(struct rp_slice a, struct rp_slice b)
{
	struct reader ra = reader_of(a), rb = reader_of(b);
	struct rp_slice pa = { NULL, 0 }, pb = { NULL, 0 };
	size_t n;

	for (;;) {
		if (pa.n == 0)
			pa = read_piece(&ra);
		if (pb.n == 0)
			pb = read_piece(&rb);
		n = pa.n < pb.n ? pa.n : pb.n;
		if (n == 0)
			return pa.n == pb.n;
		if (memcmp(pa.p, pb.p, n) != 0)
			return false;
		pa = rp_slice_skip(pa, n);
		pb = rp_slice_skip(pb, n);
	}
}

bool
json_same(const struct json_doc *doc, uint32_t a, uint32_t b)
{
	enum json_type type = json_type(doc, a);

	if (type != json_type(doc, b))
		return false;
	if (rp_slice_eq(json_span(doc, a), json_span(doc, b)))
		return true;
	if (type != JSON_STRING ||
	    (is_literal(&doc->nodes[a]) && is_literal(&doc->nodes[b])))
		return false;
	return same_text(json_raw_text(doc, a), json_raw_text(doc, b));
}

static struct json_each
members(const struct json_doc *doc, uint32_t object)
{
	return json_each(doc, json_type(doc, object) == JSON_OBJECT ? object : JSON_NONE);
}

uint32_t
json_get(const struct json_doc *doc, uint32_t object, struct rp_slice name)
{
	struct json_each each = members(doc, object);
	uint32_t found = JSON_NONE;

	while (json_next(&each))
		if (json_text_is(doc, each.key, name))
			found = each.value;
	return found;
}

enum rp_status
json_get_unique(const struct json_doc *doc, uint32_t object, struct rp_slice name,
                uint32_t *value_out, struct rp_error *err)
{
	struct json_each each = members(doc, object);
	uint32_t found = JSON_NONE;

	while (json_next(&each)) {
		if (!json_text_is(doc, each.key, name))
			continue;
		if (found != JSON_NONE && !json_same(doc, found, each.value))
			return rp_fail(err, RP_BAD_ITEM, "\"%.*s\" twice, and different",
			               RP_FMT(name));
		found = each.value;
	}
	*value_out = found;
	return RP_OK;
}

/*
 * Where to look for a name first.  Length and three bytes tell nearly all names of posts
 * apart; the table is ours, so no stranger can make them collide.
 */
static inline unsigned
slot_of(struct rp_slice name)
{
	uint32_t mix = (uint32_t)name.n;

	if (name.n > 0) {
		mix = mix << 8 | (unsigned char)name.p[0];
		mix = mix << 8 | (unsigned char)name.p[name.n / 2];
		mix = mix << 8 | (unsigned char)name.p[name.n - 1];
	}
	return mix * UINT32_C(2654435761) >> 24;
}

static inline uint64_t
length_bit(struct rp_slice name)
{
	return UINT64_C(1) << (name.n < 63 ? name.n : 63);
}

static inline int
find_name(const struct json_names *table, struct rp_slice name)
{
	unsigned slot;
	int i;

	/* Of the many members of a post we want few, and most differ in this already. */
	if ((table->lengths & length_bit(name)) == 0)
		return -1;
	for (slot = slot_of(name); table->slots[slot] != 0; slot = (slot + 1) & 255) {
		i = table->slots[slot] - 1;
		if (rp_slice_eq(table->names[i], name))
			return i;
	}
	return -1;
}

void
json_names_init(struct json_names *table, const struct rp_slice *names, size_t n)
{
	unsigned slot;

	assert(n <= JSON_MAX_NAMES);
	*table = (struct json_names){ .names = names, .n = (uint32_t)n };
	for (size_t i = 0; i < n; i++) {
		assert(find_name(table, names[i]) < 0);
		slot = slot_of(names[i]);
		while (table->slots[slot] != 0)
			slot = (slot + 1) & 255;
		table->slots[slot] = (uint8_t)(i + 1);
		table->lengths |= length_bit(names[i]);
	}
}

/* Not inlined: hardly any key has an escape, and all would pay for its registers. */
static __attribute__((noinline)) int
find_escaped_name(const struct json_doc *doc, uint32_t key,
                  const struct json_names *table)
{
	for (uint32_t i = 0; i < table->n; i++)
		if (json_text_is(doc, key, table->names[i]))
			return (int)i;
	return -1;
}

static inline int
name_of(const struct json_doc *doc, uint32_t key, const struct json_names *table)
{
	return is_literal(&doc->nodes[key]) ? find_name(table, json_raw_text(doc, key))
	                                    : find_escaped_name(doc, key, table);
}

int
json_name(const struct json_doc *doc, uint32_t key, const struct json_names *table)
{
	return name_of(doc, key, table);
}

uint64_t
json_pick(const struct json_doc *doc, uint32_t object, const struct json_names *table,
          uint32_t *values)
{
	struct json_each each = members(doc, object);
	uint64_t conflicts = 0;
	int i;

	for (uint32_t k = 0; k < table->n; k++)
		values[k] = JSON_NONE;
	while (json_next(&each)) {
		i = name_of(doc, each.key, table);
		if (i < 0)
			continue;
		if (values[i] != JSON_NONE && !json_same(doc, values[i], each.value))
			conflicts |= UINT64_C(1) << i;
		values[i] = each.value;
	}
	return conflicts;
}

enum rp_status
json_text(const struct json_doc *doc, uint32_t node, struct arena *arena,
          struct rp_slice *out, struct rp_error *err)
{
	struct rp_slice raw;
	size_t n;
	char *text;

	if (json_type(doc, node) != JSON_STRING)
		return rp_fail(err, RP_BAD_ITEM, "not a text");
	raw = json_raw_text(doc, node);
	if (is_literal(&doc->nodes[node])) {
		*out = raw;
		return RP_OK;
	}
	n = decoded_most(&doc->nodes[node], raw);
	text = arena_alloc(arena, n);
	if (text == NULL)
		return rp_fail(err, RP_BAD_ITEM, "a text of %zu bytes does not fit", n);
	*out = rp_slice_from(text, decode(raw, text));
	return RP_OK;
}

bool
json_add_text(const struct json_doc *doc, uint32_t node, struct rp_buf *out)
{
	struct rp_slice raw;
	size_t n;
	char *at;

	if (json_type(doc, node) != JSON_STRING)
		return false;
	raw = json_raw_text(doc, node);
	n = decode(raw, NULL);
	at = buf_reserve(out, n);
	if (at != NULL)
		out->n += decode(raw, at);
	return true;
}

static enum rp_status
number_id(const struct json_doc *doc, uint32_t node, struct rp_slice *out,
          struct rp_error *err)
{
	struct rp_slice digits = json_span(doc, node);

	if ((doc->nodes[node].flags & JSON_INTEGER) == 0 ||
	    rp_slice_eq(digits, RP_SLICE("-0")))
		return rp_fail(err, RP_BAD_ITEM, "the number %.*s as an id",
		               digits.n > 40 ? 40 : (int)digits.n, digits.p);
	*out = digits;
	return RP_OK;
}

enum rp_status
json_id(const struct json_doc *doc, uint32_t node, struct arena *arena,
        struct rp_slice *out, struct rp_error *err)
{
	if (json_type(doc, node) == JSON_NUMBER)
		return number_id(doc, node, out, err);
	if (json_type(doc, node) != JSON_STRING)
		return rp_fail(err, RP_BAD_ITEM, "an id that is neither text nor number");
	if (json_damaged(doc, node))
		return rp_fail(err, RP_BAD_ITEM, "an id that is not valid text");
	if (doc->nodes[node].n == 2)
		return rp_fail(err, RP_BAD_ITEM, "an empty id");
	return json_text(doc, node, arena, out, err);
}

bool
json_int64(const struct json_doc *doc, uint32_t node, int64_t *out)
{
	enum json_type type = json_type(doc, node);
	struct rp_slice digits;
	uint64_t value;
	bool minus;

	if (type == JSON_NUMBER)
		digits = json_span(doc, node);
	else if (type == JSON_STRING)
		digits = json_raw_text(doc, node);
	else
		return false;
	minus = rp_slice_starts(digits, RP_SLICE("-"));
	if (!rp_slice_u64(rp_slice_skip(digits, minus), &value) ||
	    value > (uint64_t)INT64_MAX + minus)
		return false;
	*out = minus ? (int64_t)(0 - value) : (int64_t)value;
	return true;
}

bool
json_bool(const struct json_doc *doc, uint32_t node, bool *out)
{
	enum json_type type = json_type(doc, node);

	if (type != JSON_TRUE && type != JSON_FALSE)
		return false;
	*out = type == JSON_TRUE;
	return true;
}
