#include "core/base/slice.h"

#include "core/base/ascii.h"

bool
rp_slice_eq_nocase(struct rp_slice a, struct rp_slice b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
			return false;
	return true;
}

bool
rp_slice_starts_nocase(struct rp_slice s, struct rp_slice prefix)
{
	return s.n >= prefix.n &&
	       rp_slice_eq_nocase(rp_slice_from(s.p, prefix.n), prefix);
}

size_t
rp_slice_find_byte(struct rp_slice s, char byte)
{
	const char *at = s.n ? memchr(s.p, byte, s.n) : NULL;

	return at ? (size_t)(at - s.p) : s.n;
}

size_t
rp_slice_find(struct rp_slice s, struct rp_slice needle)
{
	if (needle.n == 0)
		return 0;
	for (size_t i = 0; i + needle.n <= s.n; i++) {
		struct rp_slice rest = rp_slice_skip(s, i);

		i += rp_slice_find_byte(rest, needle.p[0]);
		if (rp_slice_starts(rp_slice_skip(s, i), needle))
			return i;
	}
	return s.n;
}

struct rp_slice
rp_slice_trim(struct rp_slice s)
{
	while (s.n && ascii_is_blank(s.p[0]))
		s = rp_slice_skip(s, 1);
	while (s.n && ascii_is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct rp_slice
rp_slice_cut(struct rp_slice *rest, char separator)
{
	size_t at = rp_slice_find_byte(*rest, separator);
	struct rp_slice part = { rest->p, at };

	if (at == rest->n)
		*rest = (struct rp_slice){ NULL, 0 };
	else
		*rest = rp_slice_skip(*rest, at + 1);
	return part;
}

bool
rp_slice_u64(struct rp_slice s, uint64_t *out)
{
	uint64_t value = 0;

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned)(unsigned char)s.p[i] - '0';

		/* Nineteen of them always fit. */
		if (digit > 9 || (i >= 19 && value > (UINT64_MAX - digit) / 10))
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return true;
}
