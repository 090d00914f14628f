#include "core/collect/cue.h"

#include "core/base/utf8.h"
#include "core/collect/cue-markup.h"

#include <stdlib.h>

enum {
	SCRATCH_BYTES = 64 << 20,
	YEAR_S = 366 * 24 * 3600,
	REJECTS_MAX = 100000, /* the last one reaches over all that follow */
};

bool
cues_init(struct cues *cues, struct rp_slice bytes)
{
	*cues = (struct cues){ .bytes = bytes, .arena = arena_new(CUE_TEXT_BYTES) };
	buf_init(&cues->scratch, SCRATCH_BYTES);
	return cues->arena != NULL;
}

void
cues_done(struct cues *cues)
{
	cues->arena = arena_free(cues->arena);
	buf_done(&cues->scratch);
	free(cues->list);
	free(cues->words);
	free(cues->rejects);
	*cues = (struct cues){ .n = 0 };
}

/* One more in a list that doubles, outside of the arena: a million cues are copied in
 * place. */
static void *
grow(void *list, size_t *room, size_t n, size_t size)
{
	size_t more = *room ? *room * 2 : 64;
	void *longer;

	if (n < *room)
		return list;
	longer = realloc(list, more * size);
	if (longer == NULL) {
		rp_memory_refuse();
		return NULL;
	}
	*room = more;
	return longer;
}

struct cue *
cue_add(struct cues *cues)
{
	struct cue *list = grow(cues->list, &cues->room, cues->n, sizeof(*cues->list));

	if (list == NULL)
		return NULL;
	cues->list = list;
	list[cues->n] = (struct cue){ .start_ms = CUE_NO_TIME,
		                      .end_ms = CUE_NO_TIME,
		                      .word = (uint32_t)cues->n_words };
	return &list[cues->n++];
}

bool
cue_add_word(struct cues *cues, size_t at, int64_t ms)
{
	struct cue_word *words =
		grow(cues->words, &cues->words_room, cues->n_words, sizeof(*cues->words));

	if (words == NULL)
		return false;
	cues->words = words;
	words[cues->n_words++] = (struct cue_word){ (uint32_t)at, ms };
	return true;
}

bool
cue_reject(struct cues *cues, size_t at, size_t n, size_t line, const char *reason)
{
	struct cue_reject *rejects, *last;

	if (cues->n_rejects > 0) {
		last = &cues->rejects[cues->n_rejects - 1];
		if ((last->reason == reason && last->at + last->n + 4 >= at) ||
		    cues->n_rejects == REJECTS_MAX) {
			last->n = (uint32_t)(at + n - last->at);
			return true;
		}
	}
	rejects = grow(cues->rejects, &cues->rejects_room, cues->n_rejects,
	               sizeof(*cues->rejects));
	if (rejects == NULL)
		return false;
	cues->rejects = rejects;
	rejects[cues->n_rejects++] =
		(struct cue_reject){ (uint32_t)at, (uint32_t)n, (uint32_t)line, reason };
	return true;
}

bool
cue_set_text(struct cues *cues, struct cue *cue, struct rp_slice bytes)
{
	CLEANUP(buf_done) struct rp_buf repaired;
	const bool nuls = rp_slice_find_byte(bytes, '\0') < bytes.n;

	buf_init(&repaired, 3 * bytes.n);
	if (bytes.n > CUE_MAX_BYTES / 3)
		return cue_reject(cues, cue->at, cue->n, cue->line,
		                  "a cue too long to be one");
	if (!nuls && utf8_valid(bytes))
		return arena_copy(cues->arena, bytes, &cue->text);
	cue->damaged = true;
	for (struct rp_slice rest = bytes; rest.p != NULL;) {
		utf8_repair(&repaired, rp_slice_cut(&rest, '\0'));
		if (rest.p != NULL)
			buf_add_str(&repaired, UTF8_REPLACEMENT);
	}
	return !buf_failed(&repaired) &&
	       arena_copy(cues->arena, buf_slice(&repaired), &cue->text);
}

bool
cue_set_speaker(struct cues *cues, struct cue *cue, struct rp_slice name)
{
	char text[CUE_NAME_BYTES];
	struct rp_slice rest = rp_slice_trim(name);
	size_t n = 0, step;
	bool blank = false;

	cue->speaker = RP_SLICE("");
	if (rest.n > sizeof(text) || !utf8_valid(rest))
		return true;
	for (; rest.n > 0; rest = rp_slice_skip(rest, step)) {
		const int32_t c = utf8_next(rest, &step);

		if (c <= 0x20 || (c >= 0x7f && c <= 0x9f)) {
			blank = n > 0;
			continue;
		}
		if (blank)
			text[n++] = ' ';
		blank = false;
		memcpy(text + n, rest.p, step);
		n += step;
	}
	/* It becomes a part of keys, in which "@" begins an account. */
	if (n == 0 || text[0] == '@')
		return true;
	return arena_copy(cues->arena, rp_slice_from(text, n), &cue->speaker);
}

void
cues_cut_overlaps(struct cues *cues)
{
	for (size_t i = 0; i + 1 < cues->n; i++) {
		struct cue *cue = &cues->list[i];
		const int64_t next = cue[1].start_ms;

		if (cue->start_ms == CUE_NO_TIME || next < cue->start_ms)
			continue;
		if (cue->end_ms == CUE_NO_TIME || cue->end_ms > next)
			cue->end_ms = next;
	}
}

/* ---- times ----------------------------------------------------------------------------
 */

/* Digits at the front, as a number; how many. */
static size_t
read_digits(struct rp_slice text, size_t max, int64_t *out)
{
	size_t n = 0;

	*out = 0;
	while (n < text.n && n < max && text.p[n] >= '0' && text.p[n] <= '9')
		*out = *out * 10 + (text.p[n++] - '0');
	return n;
}

static bool
is_at(struct rp_slice text, size_t at, char c)
{
	return at < text.n && text.p[at] == c;
}

/* The digits behind the dot, as milliseconds. */
static size_t
read_fraction(struct rp_slice text, bool lenient, int64_t *ms_out)
{
	size_t n = read_digits(text, 10, ms_out);

	if (n == 0 || n > 3 || (n < 3 && !lenient))
		return 0;
	for (size_t i = n; i < 3; i++)
		*ms_out *= 10;
	return n;
}

size_t
cue_time_read(struct rp_slice text, bool lenient, int64_t *ms_out)
{
	int64_t part[3] = { 0 }, ms = 0;
	size_t at, n, parts = 1;

	at = read_digits(text, 10, &part[0]);
	if (at == 0 || at > 9)
		return 0;
	n = at;
	while (parts < 3 && is_at(text, at, ':')) {
		const size_t digits =
			read_digits(rp_slice_skip(text, at + 1), 3, &part[parts]);

		if (digits > 2 || digits == 0 || (digits < 2 && !lenient) ||
		    part[parts] > 59)
			return 0;
		at += 1 + digits;
		parts++;
	}
	if (parts == 1 || (parts == 2 && (part[0] > 59 || (n != 2 && !lenient))))
		return 0;
	if (is_at(text, at, '.') || is_at(text, at, ',')) {
		n = read_fraction(rp_slice_skip(text, at + 1), lenient, &ms);
		if (n == 0)
			return 0;
		at += 1 + n;
	} else if (!lenient) {
		return 0;
	}
	if (parts == 2)
		*ms_out = (part[0] * 60 + part[1]) * 1000 + ms;
	else
		*ms_out = ((part[0] * 60 + part[1]) * 60 + part[2]) * 1000 + ms;
	return at;
}

bool
cue_times_read(struct rp_slice line, bool lenient, struct cue *cue)
{
	static const struct rp_slice arrow = RP_LIT("-->");
	struct rp_slice rest = rp_slice_trim(line);
	size_t n = cue_time_read(rest, lenient, &cue->start_ms);

	if (n == 0)
		return false;
	rest = rp_slice_trim(rp_slice_skip(rest, n));
	if (!rp_slice_starts(rest, arrow))
		return false;
	rest = rp_slice_trim(rp_slice_skip(rest, arrow.n));
	return cue_time_read(rest, lenient, &cue->end_ms) != 0;
}

bool
cue_seconds_read(struct rp_slice text, int64_t *ms_out)
{
	int64_t seconds, ms = 0, digit;
	size_t at = read_digits(text, 10, &seconds);

	if (at == 0 || seconds > YEAR_S)
		return false;
	if (is_at(text, at, '.')) {
		int64_t worth = 100;

		for (at++; read_digits(rp_slice_skip(text, at), 1, &digit) == 1; at++) {
			ms += digit * worth;
			worth /= 10;
		}
	}
	*ms_out = seconds * 1000 + ms;
	return at == text.n;
}

/* ---- lines ----------------------------------------------------------------------------
 */

bool
cue_line(struct cue_lines *lines)
{
	const struct rp_slice bytes = lines->bytes;
	size_t end = lines->next;

	if (end >= bytes.n)
		return false;
	lines->at = end;
	while (end < bytes.n && bytes.p[end] != '\n' && bytes.p[end] != '\r')
		end++;
	lines->line = rp_slice_from(bytes.p + lines->at, end - lines->at);
	end += end < bytes.n;
	if (end < bytes.n && bytes.p[end - 1] == '\r' && bytes.p[end] == '\n')
		end++;
	lines->next = end;
	lines->number++;
	return true;
}

/* ---- which format ---------------------------------------------------------------------
 */

static bool
has(struct rp_slice head, const char *words)
{
	const struct rp_slice needle = rp_slice_str(words);

	return rp_slice_find(head, needle) < head.n;
}

/* Markup: YouTube's XML, or a page with a transcript in it. */
static enum cue_format
markup_format(struct rp_slice head, int *sure_out)
{
	if (has(head, "<timedtext") || has(head, "<transcript>")) {
		*sure_out = 90;
		return CUE_XML;
	}
	*sure_out = 0; /* see cue-page.h */
	return CUE_HTML;
}

enum cue_format
cue_format_of(struct rp_slice head, int *sure_out)
{
	const struct rp_slice bare = rp_slice_starts(head, RP_SLICE("\xef\xbb\xbf"))
	                                     ? rp_slice_skip(head, 3)
	                                     : head;
	const struct rp_slice text = rp_slice_trim(bare);

	*sure_out = 0;
	if (cue_is_vtt(head)) {
		*sure_out = 95;
		return CUE_VTT;
	}
	if (text.n > 0 && text.p[0] == '<')
		return markup_format(text, sure_out);
	if (text.n > 0 && text.p[0] == '{') {
		if (has(text, "\"tStartMs\"") && has(text, "\"events\"")) {
			*sure_out = 90;
			return CUE_JSON3;
		}
		if (has(text, "\"segments\"") && has(text, "\"body\"") &&
		    has(text, "\"startTime\"")) {
			*sure_out = 85;
			return CUE_PODCAST_JSON;
		}
		return CUE_UNKNOWN;
	}
	if (cue_is_srt(head)) {
		*sure_out = 90;
		return CUE_SRT;
	}
	return CUE_UNKNOWN;
}

enum rp_status
cues_read(struct cues *cues, enum cue_format format, struct rp_error *err)
{
	switch (format) {
	case CUE_VTT:
		return cue_read_vtt(cues, err);
	case CUE_SRT:
		return cue_read_srt(cues, err);
	case CUE_JSON3:
		return cue_read_json3(cues, err);
	case CUE_PODCAST_JSON:
		return cue_read_podcast_json(cues, err);
	case CUE_XML:
		return cue_read_xml(cues, err);
	case CUE_HTML:
		return cue_read_html(cues, err);
	case CUE_UNKNOWN:
		break;
	}
	return RP_OK;
}
