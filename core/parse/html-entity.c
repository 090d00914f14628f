#include "core/parse/html-entity.h"

#include "core/base/ascii.h"
#include "core/base/utf8.h"
#include "core/parse/html-names.h"

enum {
	NAME_MAX_BYTES = 31, /* CounterClockwiseContourIntegral */
	OLD_NAME_MAX_BYTES = 6,
};

/* One row of a list, from its first byte to the one behind its ";". */
struct row {
	struct rp_slice name, codes;
	bool old;
	size_t begin, end;
};

static struct row
row_around(struct rp_slice list, size_t at)
{
	struct row row = { .begin = at, .end = at };
	size_t name = 0;

	while (row.begin > 0 && list.p[row.begin - 1] != ';')
		row.begin--;
	while (list.p[row.end] != ';')
		row.end++;
	while (list.p[row.begin + name] != ' ' && list.p[row.begin + name] != '=')
		name++;
	row.name = rp_slice_from(list.p + row.begin, name);
	row.old = row.name.p[name] == '=';
	row.codes = rp_slice_from(row.name.p + name + 1, row.end - row.begin - name - 1);
	row.end++;
	return row;
}

static bool
find(struct rp_slice name, struct row *out)
{
	struct rp_slice list;
	size_t low = 0, high;
	int order;

	if (name.n == 0 || name.p[0] < 'A' || name.p[0] > 'z')
		return false;
	list = named[name.p[0] - 'A'];
	high = list.n;
	while (low < high) {
		*out = row_around(list, low + (high - low) / 2);
		order = rp_slice_cmp(rp_slice_skip(name, 1), out->name);
		if (order == 0)
			return true;
		if (order < 0)
			high = out->begin;
		else
			low = out->end;
	}
	return false;
}

static int32_t
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return 16;
}

static void
add_row(struct rp_slice codes, struct html_entity *out)
{
	out->n = 0;
	for (size_t i = 0; i < codes.n; i++) {
		if (codes.p[i] == ' ')
			continue;
		if (i == 0 || codes.p[i - 1] == ' ')
			out->codes[out->n++] = 0;
		out->codes[out->n - 1] = out->codes[out->n - 1] * 16 + digit(codes.p[i]);
	}
}

/* Numbers that are bytes of windows-1252 were meant as such; others are nothing. */
static int32_t
repaired(int32_t code)
{
	static const uint16_t windows[32] = {
		0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
		0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
		0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
		0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
	};

	if (code >= 0x80 && code < 0xa0)
		return windows[code - 0x80];
	if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
		return 0xfffd;
	return code;
}

static size_t
read_number(struct rp_slice s, struct html_entity *out)
{
	const bool hex = s.n > 2 && (s.p[2] | 0x20) == 'x';
	const int32_t base = hex ? 16 : 10;
	const size_t first = hex ? 3 : 2;
	size_t at = first;
	int32_t code = 0;

	for (; at < s.n && digit(s.p[at]) < base; at++)
		if (code <= 0x10ffff)
			code = code * base + digit(s.p[at]);
	if (at == first)
		return 0;
	out->n = 1;
	out->codes[0] = repaired(code);
	return at < s.n && s.p[at] == ';' ? at + 1 : at;
}

static bool
is_name_byte(char c)
{
	return ascii_is_digit(c) || ascii_is_letter(c);
}

size_t
html_entity_read(struct rp_slice s, bool in_attribute, struct html_entity *out)
{
	size_t n = 1;
	struct row row;

	if (s.n > 1 && s.p[1] == '#')
		return read_number(s, out);
	while (n < s.n && n <= NAME_MAX_BYTES && is_name_byte(s.p[n]))
		n++;
	if (n < s.n && s.p[n] == ';' && find(rp_slice_from(s.p + 1, n - 1), &row)) {
		add_row(row.codes, out);
		return n + 1;
	}
	for (n = n - 1 < OLD_NAME_MAX_BYTES ? n - 1 : OLD_NAME_MAX_BYTES; n >= 2; n--) {
		if (!find(rp_slice_from(s.p + 1, n), &row) || !row.old)
			continue;
		/* "?a=1&copy=2" is an address, and no sign of copyright */
		if (in_attribute && n + 1 < s.n &&
		    (s.p[n + 1] == '=' || is_name_byte(s.p[n + 1])))
			return 0;
		add_row(row.codes, out);
		return n + 1;
	}
	return 0;
}

bool
html_entities_decode(struct arena *arena, struct rp_slice s, bool in_attribute,
                     struct rp_slice *out)
{
	/* "&nGt;" alone is shorter than what it means: 5 bytes, 6; 64 is the least a
	 * buffer has */
	const size_t room = s.n + s.n / 4 + 64;
	struct rp_buf into = { .cap = room, .ceiling = room };
	struct html_entity entity;
	size_t at = rp_slice_find_byte(s, '&'), used;

	if (at == s.n) {
		*out = s;
		return true;
	}
	into.p = arena_alloc(arena, into.cap);
	if (into.p == NULL)
		return false;
	while (s.n > 0) {
		buf_add(&into, rp_slice_from(s.p, at));
		s = rp_slice_skip(s, at);
		used = s.n > 0 ? html_entity_read(s, in_attribute, &entity) : 0;
		for (size_t i = 0; used > 0 && i < entity.n; i++)
			utf8_add(&into, entity.codes[i]);
		if (used == 0 && s.n > 0) {
			buf_add_byte(&into, '&');
			used = 1;
		}
		s = rp_slice_skip(s, used);
		at = rp_slice_find_byte(s, '&');
	}
	*out = buf_slice(&into);
	return !buf_failed(&into);
}
