#include "core/collect/transcript-lines.h"

#define BYTE_ORDER_MARK RP_SLICE("\xef\xbb\xbf")

/* Old Macs ended lines with \r alone. */
char
line_end_of(struct rp_slice head)
{
	return rp_slice_find_byte(head, '\n') == head.n &&
	                       rp_slice_find_byte(head, '\r') < head.n
	               ? '\r'
	               : '\n';
}

struct rp_slice
text_without_mark(struct rp_slice head)
{
	return rp_slice_starts(head, BYTE_ORDER_MARK) ? rp_slice_skip(head, 3) : head;
}

struct rp_slice
line_without_tail(struct rp_slice line)
{
	struct rp_slice trimmed = rp_slice_trim(line);

	return trimmed.n == 0
	               ? rp_slice_from(line.p, 0)
	               : rp_slice_from(line.p, (size_t)(trimmed.p + trimmed.n - line.p));
}

bool
line_is_heading(struct rp_slice line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == '#')
		n++;
	if (n > 0 && n < line.n)
		return line.p[n] == ' ' || line.p[n] == '\t';
	for (n = 0; n < line.n && (line.p[n] == '-' || line.p[n] == '='); n++)
		;
	return n >= 3 && n == line.n;
}

void
line_count(struct roster *roster, struct rp_slice line)
{
	struct rp_slice text = line_without_tail(line);
	struct label label;

	if (text.n == 0)
		return;
	label = label_read(text, true);
	roster_count(roster, &label);
}
