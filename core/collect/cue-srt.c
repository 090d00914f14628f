/*
 * SubRip.  There is no standard; a line of times begins a cue, and what stands before the
 * next one is its text, empty lines as well.
 */
#include "core/base/charset.h"
#include "core/base/utf8.h"
#include "core/collect/cue-markup.h"
#include "core/collect/cue.h"

#define ARROW RP_SLICE("-->")

enum { HEAD_LINES = 20, CUE_BYTES = 16 << 20 };

static bool
is_number(struct rp_slice line)
{
	struct rp_slice text = rp_slice_trim(line);

	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
	return text.n > 0;
}

bool
cue_is_srt(struct rp_slice head)
{
	struct cue_lines lines = {
		.bytes = rp_slice_starts(head, RP_SLICE("\xef\xbb\xbf"))
		                 ? rp_slice_skip(head, 3)
		                 : head,
	};
	struct cue ignored;

	while (cue_line(&lines) && lines.number <= HEAD_LINES) {
		if (cue_times_read(lines.line, true, &ignored))
			return true;
		if (rp_slice_trim(lines.line).n > 0 && !is_number(lines.line))
			return false;
	}
	return false;
}

/* "{\an8}" */
static void
add_unbraced(struct rp_buf *out, struct rp_slice text)
{
	while (text.n > 0) {
		const size_t at = rp_slice_find(text, RP_SLICE("{\\"));
		struct rp_slice brace = rp_slice_skip(text, at);
		size_t end = 0;

		markup_decode(out, rp_slice_from(text.p, at));
		while (end < brace.n && brace.p[end] != '}' && brace.p[end] != '\n')
			end++;
		text = rp_slice_skip(brace, end + (end < brace.n && brace.p[end] == '}'));
	}
}

/* Marks left out, line ends made one. */
static void
add_text(struct rp_buf *out, struct rp_slice bytes)
{
	struct cue_lines lines = { .bytes = bytes };
	struct markup piece;

	while (cue_line(&lines)) {
		struct rp_slice rest = lines.line;

		if (out->n > 0)
			buf_add_byte(out, '\n');
		while (markup_next(&rest, &piece))
			if (piece.kind == MARKUP_TEXT)
				add_unbraced(out, piece.source);
	}
}

/* A cue under way. */
struct reading {
	struct cues *cues;
	bool latin; /* not UTF-8: as Windows had it */
	bool open, bad;
	struct cue cue;
};

static bool
set_text(struct reading *r, struct rp_slice payload, struct cue *cue)
{
	CLEANUP(buf_done) struct rp_buf decoded;
	struct rp_buf *text = &r->cues->scratch;

	buf_init(&decoded, CUE_BYTES * 3);
	buf_clear(text);
	if (r->latin && !utf8_valid(payload) &&
	    charset_read(&decoded, payload, RP_SLICE("windows-1252"), true))
		payload = buf_slice(&decoded);
	add_text(text, payload);
	return !buf_failed(text) && !buf_failed(&decoded) &&
	       cue_set_text(r->cues, cue, buf_slice(text));
}

/* What was open ends there. */
static bool
end_cue(struct reading *r, size_t end)
{
	const struct rp_slice all = rp_slice_from(r->cues->bytes.p, end);
	struct rp_slice payload = rp_slice_skip(all, r->cue.payload_at);
	struct cue *cue;

	if (!r->open)
		return true;
	r->open = false;
	payload.n = rp_slice_trim(payload).n == 0
	                    ? 0
	                    : (size_t)(rp_slice_trim(payload).p +
	                               rp_slice_trim(payload).n - payload.p);
	end = r->cue.payload_at + payload.n;
	if (r->bad)
		return cue_reject(r->cues, r->cue.at, end - r->cue.at, r->cue.line,
		                  "a cue whose times cannot be read");
	cue = cue_add(r->cues);
	if (cue == NULL)
		return false;
	*cue = r->cue;
	cue->payload_n = (uint32_t)payload.n;
	cue->n = (uint32_t)(end - cue->at);
	return set_text(r, payload, cue);
}

/* Times without an arrow, behind a number: a cue, but a bad one. */
static bool
lost_arrow(struct rp_slice line, bool behind_number)
{
	int64_t ignored;

	return behind_number && cue_time_read(rp_slice_trim(line), true, &ignored) != 0;
}

static bool
take_line(struct reading *r, const struct cue_lines *lines, size_t number_at)
{
	const bool behind_number = number_at < lines->at;
	const bool arrow = rp_slice_find(lines->line, ARROW) < lines->line.n;
	struct cue cue = { .at = (uint32_t)number_at,
		           .line = lines->number,
		           .payload_at = (uint32_t)(lines->at + lines->line.n) };
	const bool good = arrow && cue_times_read(lines->line, true, &cue);

	if (!good && !arrow && !lost_arrow(lines->line, behind_number)) {
		if (r->open || rp_slice_trim(lines->line).n == 0 ||
		    is_number(lines->line))
			return true;
		r->cue = (struct cue){ .at = (uint32_t)lines->at, .line = lines->number };
		r->cue.payload_at = r->cue.at;
		r->open = r->bad = true;
		return true;
	}
	if (!end_cue(r, number_at))
		return false;
	r->cue = cue;
	if (lines->next < r->cues->bytes.n)
		r->cue.payload_at = (uint32_t)lines->next;
	r->open = true;
	r->bad = !good;
	return true;
}

enum rp_status
cue_read_srt(struct cues *cues, struct rp_error *err)
{
	const size_t mark =
		rp_slice_starts(cues->bytes, RP_SLICE("\xef\xbb\xbf")) ? 3 : 0;
	struct cue_lines lines = { .bytes = cues->bytes, .next = mark };
	struct reading r = {
		.cues = cues,
		.latin =
			rp_slice_eq(charset_guess(cues->bytes), RP_SLICE("windows-1252")),
	};
	size_t number_at = SIZE_MAX;

	while (cue_line(&lines)) {
		if (!take_line(&r, &lines, number_at != SIZE_MAX ? number_at : lines.at))
			return rp_fail_memory(err);
		number_at = is_number(lines.line) ? lines.at : SIZE_MAX;
	}
	return end_cue(&r, cues->bytes.n) ? RP_OK : rp_fail_memory(err);
}
