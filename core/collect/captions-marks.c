#include "core/collect/captions-marks.h"

#include "core/base/utf8.h"

static bool
is_blank(struct rp_slice s, size_t at)
{
	return at >= s.n || s.p[at] == ' ' || s.p[at] == '\t';
}

size_t
mark_chevrons(struct rp_slice line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == '>')
		n++;
	if (n < 2)
		return 0;
	while (n < line.n && is_blank(line, n))
		n++;
	return n;
}

size_t
mark_dash(struct rp_slice line)
{
	static const struct rp_slice dashes[] = { RP_LIT("-"), RP_LIT("\xe2\x80\x93"),
		                                  RP_LIT("\xe2\x80\x94") };
	size_t step;

	for (size_t i = 0; i < sizeof(dashes) / sizeof(*dashes); i++) {
		size_t n = dashes[i].n;

		if (!rp_slice_starts(line, dashes[i]) || n == line.n)
			continue;
		if (!is_blank(line, n))
			return utf8_letter(utf8_next(rp_slice_skip(line, n), &step)) !=
			                       UTF8_NO_LETTER
			               ? n
			               : 0;
		while (n < line.n && is_blank(line, n))
			n++;
		return n;
	}
	return 0;
}

size_t
mark_next(struct rp_slice line)
{
	for (size_t i = 1; i + 1 < line.n; i++)
		if (line.p[i] == '>' && line.p[i + 1] == '>' && is_blank(line, i - 1))
			return i;
	return line.n;
}
