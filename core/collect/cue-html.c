/*
 * Transcripts in HTML: of podcasts, <cite>Kevin:</cite><time>0:09</time><p>…</p>, of
 * players, <span class="speaker">Kevin</span><span class="time">0:09</span>, and pages
 * with the speaker in bold at the front of a paragraph, or with "Name: …".
 *
 * A paragraph, or a line of it, is a cue, and a turn of its own where a speaker stands
 * before it.  Which of them belong to the transcript is asked later (cue-page.h).
 */
#include "core/collect/cue-markup.h"
#include "core/collect/cue.h"

#include "core/base/utf8.h"
#include "core/collect/transcript-label.h"

enum { LABEL_MAX = 200 };

struct reading {
	struct cues *cues;
	struct rp_buf *text; /* of the paragraph */
	struct rp_buf label; /* of a <cite>, <b> or <strong> */
	struct rp_buf time;
	struct rp_buf *into;    /* which of them */
	struct rp_slice hidden; /* inside of this element nothing is shown */
	size_t from;            /* where the paragraph, or its speaker, begins */
	bool cited;             /* the label is a <cite>'s: no colon needed */
	bool bold;              /* the label is in bold, and at the front */
	bool heading;           /* inside of <h1> to <h6> */
	uint32_t spans;         /* open inside of a name or a time */
};

static bool
is_one_of(const struct markup *piece, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (markup_is(piece, names[i]))
			return true;
	return false;
}

static bool
is_block(const struct markup *piece)
{
	static const char *const names[] = { "p",       "div", "li", "ul",   "ol",
		                             "section", "h1",  "h2", "h3",   "h4",
		                             "h5",      "h6",  "tr", "td",   "blockquote",
		                             "article", "dt",  "dd", "main", "table" };

	return is_one_of(piece, names, sizeof(names) / sizeof(*names));
}

static bool
is_heading(const struct markup *piece)
{
	return piece->name.n == 2 && (piece->name.p[0] | 0x20) == 'h' &&
	       piece->name.p[1] >= '1' && piece->name.p[1] <= '6';
}

static bool
is_hidden(const struct markup *piece)
{
	static const char *const names[] = {
		"script", "style",  "head",  "template", "noscript", "title", "nav",
		"footer", "header", "aside", "form",     "button",   "svg",   "figure",
	};

	return is_one_of(piece, names, sizeof(names) / sizeof(*names));
}

/* Without the colon behind it. */
static struct rp_slice
bare_label(struct rp_slice label)
{
	static const struct rp_slice no_break[] = { RP_LIT("\xc2\xa0"),
		                                    RP_LIT("\xe2\x80\xaf") };

	label = rp_slice_trim(label);
	if (rp_slice_ends(label, RP_SLICE(":")))
		label.n--;
	for (size_t i = 0; i < 2; i++)
		if (rp_slice_ends(label, no_break[i]))
			label.n -= no_break[i].n;
	return rp_slice_trim(label);
}

static void
clear(struct reading *r, size_t at)
{
	buf_clear(r->text);
	buf_clear(&r->label);
	buf_clear(&r->time);
	r->into = r->text;
	r->cited = r->bold = false;
	r->from = at;
}

/* No-break spaces beside blanks hold words apart, and are blanks; one alone belongs to a
 * French colon. */
static void
even_blanks(struct rp_buf *text)
{
	char *const p = text->p;

	for (size_t i = 0; i + 1 < text->n; i++) {
		const bool after = i > 0 && p[i - 1] == ' ';
		const struct rp_slice behind = rp_slice_from(p + i + 2, text->n - i - 2);

		if (p[i] == '\xc2' && p[i + 1] == '\xa0' &&
		    (after || rp_slice_starts(behind, RP_SLICE(" ")) ||
		     rp_slice_starts(behind, RP_SLICE("\xc2\xa0"))))
			p[i] = p[i + 1] = ' ';
	}
}

/* The paragraph is over: a cue, if it says something. */
static bool
end_paragraph(struct reading *r, size_t end)
{
	struct rp_slice text;
	struct cue *cue;
	int64_t ms;

	even_blanks(r->text);
	text = rp_slice_trim(buf_slice(r->text));
	if (text.n == 0) {
		/* A <cite> or a name in bold stands for what comes behind it. */
		if (r->label.n == 0)
			clear(r, end);
		r->into = r->text;
		return true;
	}
	cue = cue_add(r->cues);
	if (cue == NULL || buf_failed(r->text))
		return false;
	cue->at = (uint32_t)r->from;
	cue->n = (uint32_t)(end - r->from);
	if (cue_time_read(rp_slice_trim(buf_slice(&r->time)), true, &ms) != 0)
		cue->start_ms = ms;
	cue->turn = r->label.n > 0;
	cue->heading = r->heading;
	if (!cue_set_text(r->cues, cue, text) ||
	    !cue_set_speaker(r->cues, cue, bare_label(buf_slice(&r->label))))
		return false;
	clear(r, end);
	return true;
}

/* "Is Europe too late?" in bold is no speaker. */
static bool
is_name(struct rp_slice text)
{
	char line[LABEL_MAX + 4];
	const struct rp_slice name = bare_label(text);
	struct label label;

	if (name.n == 0 || name.n > LABEL_MAX)
		return false;
	memcpy(line, name.p, name.n);
	memcpy(line + name.n, ": x", 3);
	label = label_read(rp_slice_from(line, name.n + 3), true);
	return label.sort != LABEL_NONE && label.sort != LABEL_REMARK &&
	       label.text_at == name.n + 2;
}

/* "<b>Name:</b>", or "<b>Name</b>:" or "<b>Name</b><br>": a label; else it is text. */
static void
end_bold(struct reading *r, struct rp_slice behind)
{
	const bool colon =
		rp_slice_ends(rp_slice_trim(buf_slice(&r->label)), RP_SLICE(":"));
	const struct rp_slice rest = rp_slice_trim(behind);

	r->into = r->text;
	r->bold = false;
	if (!r->heading && is_name(buf_slice(&r->label)) &&
	    (colon || rp_slice_starts(rest, RP_SLICE(":")) ||
	     rp_slice_starts(rest, RP_SLICE("<br")) ||
	     rp_slice_starts(rest, RP_SLICE("</p"))))
		return;
	buf_add(r->text, buf_slice(&r->label));
	buf_clear(&r->label);
}

static bool
take_bold(struct reading *r, const struct markup *piece, struct rp_slice behind)
{
	const bool front = rp_slice_trim(buf_slice(r->text)).n == 0 && r->label.n == 0;

	if (piece->kind == MARKUP_OPEN && front && r->into == r->text) {
		r->into = &r->label;
		r->bold = true;
	} else if (piece->kind == MARKUP_CLOSE && r->bold) {
		end_bold(r, rp_slice_from(behind.p, behind.n < 64 ? behind.n : 64));
	}
	return true;
}

/* "Kevin:" of a cite ends what was said before. */
static bool
take_cite(struct reading *r, const struct markup *piece, size_t at)
{
	if (piece->kind == MARKUP_CLOSE) {
		r->into = r->text;
		return true;
	}
	if (!end_paragraph(r, at))
		return false;
	clear(r, at);
	r->into = &r->label;
	r->cited = true;
	return true;
}

/* The name or the time in a span that says so. */
static bool
take_span(struct reading *r, const struct markup *piece, size_t at)
{
	const struct rp_slice classes = markup_get(piece, "class");
	const bool open = piece->kind == MARKUP_OPEN;

	if (open && rp_slice_find(classes, RP_SLICE("speaker")) < classes.n) {
		r->spans = 0;
		return take_cite(r, piece, at);
	}
	if (open && rp_slice_find(classes, RP_SLICE("time")) < classes.n &&
	    r->into == r->text && rp_slice_trim(buf_slice(r->text)).n == 0) {
		r->into = &r->time;
		r->spans = 0;
	} else if (open && r->into != r->text) {
		r->spans++;
	} else if (!open && r->into != r->text && !r->bold && r->spans-- == 0) {
		r->into = r->text;
	}
	return true;
}

static void
take_text(struct reading *r, struct rp_slice text)
{
	/* The colon behind a name in bold is no part of what they say. */
	if (r->into == r->text && r->text->n == 0 && r->label.n > 0 &&
	    rp_slice_starts(rp_slice_trim(text), RP_SLICE(":")))
		text = rp_slice_skip(rp_slice_trim(text), 1);
	if (r->into->n + text.n <= LABEL_MAX || r->into == r->text)
		markup_decode(r->into, text);
}

static bool
take_tag(struct reading *r, const struct markup *piece, struct rp_slice behind, size_t at)
{
	const bool open = piece->kind == MARKUP_OPEN;

	if (markup_is(piece, "cite"))
		return take_cite(r, piece, at);
	if (markup_is(piece, "span"))
		return take_span(r, piece, at);
	if (markup_is(piece, "b") || markup_is(piece, "strong"))
		return take_bold(r, piece, behind);
	if (markup_is(piece, "time")) {
		if (rp_slice_trim(buf_slice(r->text)).n == 0)
			r->into = open ? &r->time : r->text;
	} else if (is_block(piece)) {
		if (!end_paragraph(r, open ? at : at + piece->source.n))
			return false;
		r->heading = open && is_heading(piece);
	} else if (markup_is(piece, "br")) {
		return end_paragraph(r, at);
	}
	return true;
}

static bool
take(struct reading *r, const struct markup *piece, struct rp_slice behind)
{
	const size_t at = (size_t)(piece->source.p - r->cues->bytes.p);

	if (r->hidden.n != 0) {
		if (piece->kind == MARKUP_CLOSE &&
		    rp_slice_eq_nocase(piece->name, r->hidden))
			r->hidden = RP_SLICE("");
		return true;
	}
	if (piece->kind == MARKUP_TEXT)
		take_text(r, piece->source);
	else if (piece->kind == MARKUP_OPEN && !piece->empty && is_hidden(piece))
		r->hidden = piece->name;
	else if (piece->kind != MARKUP_OTHER)
		return take_tag(r, piece, behind, at);
	return true;
}

enum rp_status
cue_read_html(struct cues *cues, struct rp_error *err)
{
	struct rp_slice rest = cues->bytes;
	struct reading r = { .cues = cues, .text = &cues->scratch };
	struct markup piece;
	bool good = true;

	buf_init(&r.label, 4096);
	buf_init(&r.time, 4096);
	clear(&r, 0);
	while (good && markup_next(&rest, &piece))
		good = take(&r, &piece, rest);
	good = good && end_paragraph(&r, cues->bytes.n);
	buf_done(&r.label);
	buf_done(&r.time);
	return good ? RP_OK : rp_fail_memory(err);
}
