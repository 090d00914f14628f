#include "core/collect/transcript-lines.h"

#include "core/collect/options.h"

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

/* ---- recognising ----------------------------------------------------------------------
 */

/* Text, and none of the formats that look like it. */
static bool
is_plain_text(struct rp_slice head)
{
	struct rp_slice text = rp_slice_trim(head), behind;

	if (text.n == 0 || rp_slice_find_byte(head, '\0') < head.n)
		return false;
	if (text.p[0] == '{' || text.p[0] == '<' ||
	    rp_slice_starts(text, RP_SLICE("WEBVTT")))
		return false;
	behind = rp_slice_trim(rp_slice_skip(text, 1));
	if (text.p[0] == '[' && behind.n > 0 &&
	    (behind.p[0] == '{' || behind.p[0] == '"' || behind.p[0] == '['))
		return false;
	return rp_slice_find(head, RP_SLICE("-->")) == head.n;
}

static bool
user_says_so(struct rp_slice options)
{
	return options_get(options, RP_SLICE("event")).n != 0 ||
	       options_get(options, RP_SLICE("speaker")).n != 0;
}

int
transcript_sniff(struct rp_slice head, const struct input *input)
{
	CLEANUP(roster_free) struct roster *roster = roster_new();
	struct rp_slice text = text_without_mark(head), rest = text;
	const char line_end = line_end_of(text);
	const bool told = user_says_so(input->options);
	size_t found = 0;

	if (roster == NULL || !is_plain_text(text) ||
	    roster_read_options(roster, input->options, NULL) != RP_OK)
		return 0;
	while (rest.n > 0)
		line_count(roster, rp_slice_cut(&rest, line_end));
	rest = text;
	if (roster_is_monologue(roster))
		return 30;
	while (rest.n > 0 && found < 2) {
		struct rp_slice line = rp_slice_cut(&rest, line_end);
		struct label label = label_read(rp_slice_trim(line), true);

		found += roster_judge(roster, &label, true, told && found == 0) ==
		         VERDICT_SPEAKER;
	}
	if (told && found > 0)
		return 60;
	return found >= 2 ? 40 : 0;
}
