#include "core/collect/transcript-text.h"

#include "core/collect/transcript-label.h"
#include "core/collect/transcript-words.h"

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool
text_is_blank(struct rp_slice line)
{
	return rp_slice_trim(line).n == 0;
}

/* Words with one blank between them. */
static void
add_collapsed(struct rp_buf *out, struct rp_slice text)
{
	size_t from = 0;

	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && !is_blank(text.p[i]))
			continue;
		if (i > from) {
			if (out->n > 0 && out->p[out->n - 1] != '\n')
				buf_add_byte(out, ' ');
			buf_add(out, rp_slice_from(text.p + from, i - from));
		}
		from = i + 1;
	}
}

static bool
is_time_code(struct rp_slice line)
{
	int64_t ignored;
	struct rp_slice text = rp_slice_trim(line);

	return text.n > 0 && label_time_code(text, &ignored) == text.n;
}

static void
add_lines(struct rp_buf *out, struct rp_slice bytes, char line_end, bool directions)
{
	const size_t before = out->n;
	bool paragraph = false;

	while (bytes.n > 0 && !buf_failed(out)) {
		struct rp_slice line = rp_slice_cut(&bytes, line_end);

		if (text_is_blank(line) || is_time_code(line) ||
		    (!directions && text_is_stage_direction(line))) {
			paragraph = out->n > before;
			continue;
		}
		if (paragraph)
			buf_add_byte(out, '\n');
		paragraph = false;
		add_collapsed(out, line);
	}
}

void
text_add_speech(struct rp_buf *out, struct rp_slice bytes, char line_end)
{
	const size_t before = out->n;

	add_lines(out, bytes, line_end, false);
	if (out->n == before)
		add_lines(out, bytes, line_end, true);
}

/* Without one closing quote or blank at the end; the same when there is none. */
static struct rp_slice
without_closer(struct rp_slice s)
{
	static const struct rp_slice closers[] = {
		RP_LIT("\""),
		RP_LIT("'"),
		RP_LIT(" "),
		RP_LIT("\xe2\x80\x9d"),
		RP_LIT("\xe2\x80\x99"),
		RP_LIT("\xc2\xbb"),
		RP_LIT("\xc2\xa0"),
		RP_LIT("\xe2\x80\xaf"),
		RP_LIT("*"),
		RP_LIT("_"),
		RP_LIT("!"),
	};

	for (size_t i = 0; i < sizeof(closers) / sizeof(*closers); i++)
		if (rp_slice_ends(s, closers[i])) {
			s.n -= closers[i].n;
			break;
		}
	return s;
}

/* "(Laughter.)" at the end taken away, but not a bracket that asks. */
static struct rp_slice
without_direction(struct rp_slice s)
{
	size_t open = s.n;

	if (!rp_slice_ends(s, RP_SLICE(")")) && !rp_slice_ends(s, RP_SLICE("]")))
		return s;
	while (open > 0 && s.p[open - 1] != '(' && s.p[open - 1] != '[')
		open--;
	if (open == 0 || !text_is_stage_direction(rp_slice_skip(s, open - 1)))
		return s;
	return rp_slice_from(s.p, open - 1);
}

bool
text_is_question(struct rp_slice speech)
{
	struct rp_slice s = rp_slice_trim(speech), shorter;

	for (;;) {
		if (rp_slice_ends(s, RP_SLICE("?")) ||
		    rp_slice_ends(s, RP_SLICE("\xef\xbc\x9f")))
			return true;
		shorter = without_direction(without_closer(s));
		if (shorter.n == s.n)
			return false;
		s = shorter;
	}
}

bool
text_tail(struct arena *arena, struct rp_slice text, size_t max_bytes,
          struct rp_slice *out)
{
	size_t from;

	if (text.n <= max_bytes)
		return arena_copy(arena, text, out);
	from = text.n - max_bytes;
	while (from < text.n && !is_blank(text.p[from]) && text.n - from > max_bytes / 2)
		from++;
	while (from < text.n && ((unsigned char)text.p[from] & 0xc0) == 0x80)
		from++;
	return arena_join(arena, RP_SLICE("\xe2\x80\xa6"),
	                  rp_slice_trim(rp_slice_skip(text, from)), out);
}
