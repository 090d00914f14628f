#include "core/collect/transcript-lines.h"

#include "core/base/charset.h"
#include "core/base/utf8.h"

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

enum { LABEL_FRONT = 300 }; /* bytes of a line in which its label stands */

static bool
decode(struct foreign_lines *foreign, struct rp_slice text)
{
	buf_clear(&foreign->room);
	return charset_read(&foreign->room, text, foreign->charset, false) &&
	       !buf_failed(&foreign->room);
}

struct label
line_label(struct foreign_lines *foreign, struct rp_slice text, bool whole)
{
	const size_t front = text.n < LABEL_FRONT ? text.n : LABEL_FRONT;
	struct label label;
	size_t n = 0;

	if (foreign->charset.n == 0 || utf8_valid(text) ||
	    !decode(foreign, rp_slice_from(text.p, n)))
		return label_read(text, whole);
	/* How many bytes the part before the text has. */
	(void)decode(foreign, rp_slice_from(text.p, front));
	label = label_read(buf_slice(&foreign->room), whole && front == text.n);
	while (n < front && decode(foreign, rp_slice_from(text.p, n)) &&
	       foreign->room.n < label.text_at)
		n++;
	(void)decode(foreign, rp_slice_from(text.p, front));
	label.text_at = n;
	return label;
}

void
line_count(struct roster *roster, struct foreign_lines *foreign, struct rp_slice line)
{
	struct rp_slice text = line_without_tail(line);
	struct label label;

	if (text.n == 0)
		return;
	label = line_label(foreign, text, true);
	roster_count(roster, &label);
}
