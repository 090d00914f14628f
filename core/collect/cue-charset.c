#include "core/collect/cue-charset.h"

#include "core/base/charset.h"
#include "core/base/utf8.h"

#include <stdlib.h>

enum { MARK_EVERY = 64, ROOM_BYTES = 1 << 14 /* charset_read() writes ahead */ };

void
cue_charset_done(struct cue_charset *charset)
{
	buf_done(&charset->decoded);
	free(charset->marks);
	*charset = (struct cue_charset){ .changed = false };
}

/* UTF-16 by its mark, or by the zeros of two letters; empty: it is none. */
static struct rp_slice
wide_name(struct rp_slice bytes, size_t *mark_out)
{
	const struct rp_slice marked = charset_of_mark(bytes, mark_out);
	const char *const p = bytes.p;

	if (rp_slice_starts(marked, RP_SLICE("utf-16")))
		return marked;
	*mark_out = 0;
	if (marked.n > 0 || bytes.n < 4)
		return RP_SLICE("");
	if (p[0] != '\0' && p[1] == '\0' && p[2] != '\0' && p[3] == '\0')
		return RP_SLICE("utf-16le");
	if (p[0] == '\0' && p[1] != '\0' && p[2] == '\0' && p[3] != '\0')
		return RP_SLICE("utf-16be");
	return RP_SLICE("");
}

static bool
is_page(struct rp_slice bytes)
{
	const struct rp_slice text = rp_slice_trim(bytes);

	return text.n > 0 && text.p[0] == '<';
}

/* How many bytes of the input, from `at` on, this byte of the text stands for: its
 * character's, when it is the first one's. */
static size_t
width(const struct cue_charset *charset, unsigned char byte, size_t at)
{
	const struct rp_slice rest = rp_slice_skip(charset->bytes, at);
	const unsigned char *p = (const unsigned char *)rest.p;

	if ((byte & 0xc0) == 0x80)
		return 0;
	if (charset->widths == CUE_WIDE)
		return byte >= 0xf0 ? 4 : 2;
	if (charset->widths == CUE_ONE || rest.n < 2 || p[0] < 0x81)
		return 1;
	return charset->four && p[1] >= '0' && p[1] <= '9' ? 4 : 2;
}

static bool
make_marks(struct cue_charset *charset)
{
	const struct rp_slice text = charset->text;
	size_t at = charset->front;

	charset->marks = calloc(text.n / MARK_EVERY + 1, sizeof(*charset->marks));
	if (charset->marks == NULL) {
		rp_memory_refuse();
		return false;
	}
	for (size_t i = 0; i < text.n; i++) {
		if (i % MARK_EVERY == 0)
			charset->marks[i / MARK_EVERY] = (uint32_t)at;
		at += width(charset, (unsigned char)text.p[i], at);
	}
	return true;
}

/* What it is in, and how its characters lie; empty: UTF-8, or nobody knows. */
static struct rp_slice
name_of(struct rp_slice told, struct cue_charset *out)
{
	static const char *const doubles[] = { "gb2312", "gbk", "gb18030", "big5",
		                               "euc-kr" };
	enum { DOUBLES = sizeof(doubles) / sizeof(*doubles), OF_GB = 3 };
	const struct rp_slice name = wide_name(out->bytes, &out->front);
	size_t i = 0;

	if (name.n == 0 && utf8_valid(out->bytes))
		return name;
	if (name.n > 0 || rp_slice_starts_nocase(told, RP_SLICE("utf-16"))) {
		out->widths = CUE_WIDE;
		return name.n > 0 ? name : told;
	}
	while (i < DOUBLES && !rp_slice_eq_nocase(told, rp_slice_str(doubles[i])))
		i++;
	if (i < DOUBLES) {
		out->widths = CUE_DOUBLE;
		out->four = i < OF_GB;
		return told;
	}
	if (rp_slice_starts_nocase(told, RP_SLICE("windows-125")) ||
	    rp_slice_starts_nocase(told, RP_SLICE("iso-8859-")))
		return told;
	return is_page(out->bytes) &&
	                       !rp_slice_eq(charset_guess(out->bytes), RP_SLICE("utf-8"))
	               ? RP_SLICE("windows-1252")
	               : RP_SLICE("");
}

bool
cue_charset_read(struct rp_slice bytes, struct rp_slice told, struct cue_charset *out)
{
	struct rp_slice name, body;

	*out = (struct cue_charset){ .bytes = bytes, .text = bytes };
	buf_init(&out->decoded, 3 * bytes.n + ROOM_BYTES);
	name = name_of(told, out);
	if (name.n == 0)
		return true;
	body = rp_slice_skip(bytes, out->front);
	out->changed = true;
	if (!charset_read(&out->decoded, body, name, true)) {
		out->damaged = true;
		out->changed = charset_read(&out->decoded, body, name, false);
	}
	if (!out->changed) { /* nobody knows that name */
		out->damaged = false;
		return true;
	}
	out->text = buf_slice(&out->decoded);
	return !buf_failed(&out->decoded) && make_marks(out);
}

static size_t
place(const struct cue_charset *charset, size_t at)
{
	const struct rp_slice text = charset->text;
	size_t i, found;

	if (at >= text.n)
		return charset->bytes.n;
	i = at / MARK_EVERY * MARK_EVERY;
	found = charset->marks[at / MARK_EVERY];
	for (; i < at; i++)
		found += width(charset, (unsigned char)text.p[i], found);
	return found < charset->bytes.n ? found : charset->bytes.n;
}

static void
move(const struct cue_charset *charset, uint32_t *at, uint32_t *n)
{
	const size_t end = place(charset, (size_t)*at + *n);

	*at = (uint32_t)place(charset, *at);
	*n = (uint32_t)(end - *at);
}

void
cue_charset_place(const struct cue_charset *charset, struct cues *cues)
{
	if (!charset->changed)
		return;
	for (size_t i = 0; i < cues->n; i++) {
		struct cue *cue = &cues->list[i];

		move(charset, &cue->at, &cue->n);
		if (charset->damaged &&
		    rp_slice_find(cue->text, RP_SLICE(UTF8_REPLACEMENT)) < cue->text.n)
			cue->damaged = true;
	}
	for (size_t i = 0; i < cues->n_rejects; i++)
		move(charset, &cues->rejects[i].at, &cues->rejects[i].n);
}
