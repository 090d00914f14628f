/*
 * UTF-8 as bytes: what utf8.h promises that needs no table of characters.  Widths and
 * what a terminal may see are in utf8-show.c, copies to compare in utf8-fold.c.
 */
#include "core/base/utf8.h"

/*
 * The Unicode Standard, table 3-7: the second byte is the one that tells overlong forms,
 * surrogates and what lies above U+10FFFF; all later ones are 80..BF.
 */
static inline int32_t
decode(const unsigned char *p, size_t n, size_t *n_out)
{
	unsigned char lead = p[0], low = 0x80, high = 0xbf;
	int32_t c = lead;
	size_t need = 1;

	if (lead >= 0xc2 && lead <= 0xdf) {
		need = 2;
		c = lead & 0x1f;
	} else if (lead >= 0xe0 && lead <= 0xef) {
		need = 3;
		c = lead & 0x0f;
		low = lead == 0xe0 ? 0xa0 : 0x80;
		high = lead == 0xed ? 0x9f : 0xbf;
	} else if (lead >= 0xf0 && lead <= 0xf4) {
		need = 4;
		c = lead & 0x07;
		low = lead == 0xf0 ? 0x90 : 0x80;
		high = lead == 0xf4 ? 0x8f : 0xbf;
	} else if (lead >= 0x80) {
		c = -1;
	}

	for (size_t i = 1; i < need; i++) {
		if (i == n || p[i] < low || p[i] > high) {
			*n_out = i;
			return -1;
		}
		c = c << 6 | (p[i] & 0x3f);
		low = 0x80;
		high = 0xbf;
	}
	*n_out = need;
	return c;
}

/* How many bytes at the front are ASCII. */
static inline size_t
ascii_run(const unsigned char *p, size_t n)
{
	size_t i = 0;
	uint64_t eight;

	for (; n - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, p + i, sizeof(eight));
		if (eight & UINT64_C(0x8080808080808080))
			break;
	}
	while (i < n && p[i] < 0x80)
		i++;
	return i;
}

int32_t
utf8_next(struct rp_slice s, size_t *n_out)
{
	return decode((const unsigned char *)s.p, s.n, n_out);
}

/* How many bytes at the front are valid. */
static size_t
valid_run(struct rp_slice s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0, n;

	while (i < s.n) {
		if (p[i] < 0x80)
			i += ascii_run(p + i, s.n - i);
		else if (decode(p + i, s.n - i, &n) < 0)
			break;
		else
			i += n;
	}
	return i;
}

bool
utf8_valid(struct rp_slice s)
{
	return valid_run(s) == s.n;
}

void
utf8_add(struct rp_buf *out, int32_t code_point)
{
	uint32_t c = (uint32_t)code_point;
	char bytes[4];
	size_t n;

	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = 0xfffd;

	if (c < 0x80) {
		buf_add_byte(out, (char)c);
		return;
	}
	n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--) {
		bytes[i] = (char)(0x80 | (c & 0x3f));
		c >>= 6;
	}
	bytes[0] = (char)((0xf00u >> n & 0xf0u) | c);
	buf_add(out, rp_slice_from(bytes, n));
}

bool
utf8_repair(struct rp_buf *out, struct rp_slice s)
{
	bool whole = true;

	while (s.n) {
		size_t n = valid_run(s);

		buf_add(out, rp_slice_from(s.p, n));
		s = rp_slice_skip(s, n);
		if (s.n == 0)
			break;
		(void)utf8_next(s, &n);
		buf_add_str(out, UTF8_REPLACEMENT);
		s = rp_slice_skip(s, n);
		whole = false;
	}
	return whole;
}

/* Walk over at most *count code points, take them off *count, and say where that ended.
 */
static size_t
walk(struct rp_slice s, size_t *count)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0, left = *count, n;

	while (i < s.n && left > 0) {
		if (p[i] < 0x80) {
			n = ascii_run(p + i, s.n - i < left ? s.n - i : left);
			left -= n;
		} else {
			(void)decode(p + i, s.n - i, &n);
			left--;
		}
		i += n;
	}
	*count = left;
	return i;
}

size_t
utf8_length(struct rp_slice s)
{
	size_t left = SIZE_MAX;

	(void)walk(s, &left);
	return SIZE_MAX - left;
}

size_t
utf8_offset(struct rp_slice s, size_t index)
{
	return walk(s, &index);
}
