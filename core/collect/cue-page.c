#include "core/collect/cue-page.h"

#include "core/base/utf8.h"
#include "core/collect/options.h"
#include "core/collect/transcript-words.h"

enum {
	HEADING_BYTES = 200,
	SURE = 85,         /* more than a page that says it is an article */
	SURE_OF_PART = 70, /* times, and nothing around them */
	PERHAPS = 45,      /* less than any page */
	LEAST_CALLED = 3,  /* labels where a heading says "transcript" */
	LEAST = 4,         /* ... and where none does */
};

/* What a paragraph is. */
enum paragraph {
	PARAGRAPH_TEXT,
	PARAGRAPH_SPEAKER,
	PARAGRAPH_NOBODY, /* a heading, a remark: what comes behind it is nobody's */
	PARAGRAPH_DOUBTFUL,
};

/* "Podcast transcript", "Transcription", "Full transcript of the talk". */
static bool
says_transcript(struct rp_slice heading)
{
	CLEANUP(arena_free) struct arena *room = arena_new(1 << 14);
	static const char *const words[] = {
		"transcript",    "wortprotokoll", "trascrizione",
		"transcripcion", "compte rendu",  "\xe6\x96\x87\xe5\xad\x97\xe7\xa8\xbf"
	};
	struct rp_slice folded;

	if (heading.n > HEADING_BYTES || room == NULL ||
	    !utf8_fold(room, heading, &folded))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (rp_slice_find(folded, rp_slice_str(words[i])) < folded.n)
			return true;
	return false;
}

/* The label that a paragraph begins with. */
static struct label
label_of(const struct cue *cue)
{
	return label_read(cue->text, true);
}

/* Without what stands between a label and the words. */
static struct rp_slice
without_colon(struct rp_slice s)
{
	static const struct rp_slice ends[] = {
		RP_LIT(":"),
		RP_LIT("*"),
		RP_LIT("_"),
		RP_LIT(" "),
		RP_LIT("\t"),
		RP_LIT("\n"),
		RP_LIT("\r"),
		RP_LIT("\xc2\xa0"),       /* no-break space */
		RP_LIT("\xe2\x80\xaf"),   /* narrow */
		RP_LIT(". -"),            /* with a dash */
		RP_LIT(". \xe2\x80\x93"), /* with longer ones */
		RP_LIT(". \xe2\x80\x94"),
		RP_LIT("\xef\xbc\x9a"), /* a wide colon */
	};
	size_t before;

	do {
		before = s.n;
		for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
			if (rp_slice_ends(s, ends[i]))
				s.n -= ends[i].n;
	} while (s.n < before);
	return s;
}

/* All of the label: "Robin Pomeroy, host, Radio Davos". */
static struct rp_slice
speaker_of(struct rp_slice text, const struct label *label)
{
	const struct rp_slice begin = label->title.n > 0 ? label->title : label->name;

	if (label->sort == LABEL_QUESTION || label->sort == LABEL_ANSWER)
		return label->name;
	return without_colon(
		rp_slice_from(begin.p, (size_t)(text.p + label->text_at - begin.p)));
}

static enum paragraph
judge(const struct roster *roster, const struct cue *cue, const struct label *label)
{
	if (cue->heading || text_is_colophon(cue->text))
		return PARAGRAPH_NOBODY;
	if (cue->speaker.n > 0)
		return PARAGRAPH_SPEAKER;
	switch (roster_judge(roster, label, true, false)) {
	case VERDICT_TEXT:
		return PARAGRAPH_TEXT;
	case VERDICT_SPEAKER:
		return PARAGRAPH_SPEAKER;
	case VERDICT_DOUBTFUL:
		return PARAGRAPH_DOUBTFUL;
	case VERDICT_REMARK:
		break;
	}
	return PARAGRAPH_NOBODY;
}

static bool
take_label(struct cues *cues, struct cue *cue, const struct label *label)
{
	if (cue->speaker.n > 0)
		return true;
	if (!cue_set_speaker(cues, cue, speaker_of(cue->text, label)))
		return false;
	cue->turn = cue->speaker.n > 0;
	cue->text = rp_slice_trim(rp_slice_skip(cue->text, label->text_at));
	if (label->offset_s >= 0 && cue->start_ms == CUE_NO_TIME)
		cue->start_ms = label->offset_s * 1000;
	return true;
}

/* The first and the last paragraph with a speaker; false: there is none. */
static bool
find_speech(const struct cues *cues, struct roster *roster, size_t *first, size_t *last)
{
	bool any = false;

	for (size_t i = 0; i < cues->n; i++) {
		const struct label label = label_of(&cues->list[i]);

		if (!cues->list[i].heading && cues->list[i].speaker.n == 0)
			roster_count(roster, &label);
	}
	for (size_t i = 0; i < cues->n; i++) {
		const struct label label = label_of(&cues->list[i]);

		if (judge(roster, &cues->list[i], &label) != PARAGRAPH_SPEAKER)
			continue;
		*first = any ? *first : i;
		*last = i;
		any = true;
	}
	return any;
}

static void
note_speaker(struct page_speech *out, const struct cue *cue, struct rp_slice *one)
{
	struct rp_slice rest = cue->speaker;
	const struct rp_slice name = rp_slice_cut(&rest, ',');

	out->labelled++;
	out->timed += cue->start_ms != CUE_NO_TIME;
	if (one->n == 0)
		*one = name;
	out->several = out->several || !rp_slice_eq(name, *one);
}

static void
drop_headings(struct cues *cues)
{
	size_t kept = 0;

	for (size_t i = 0; i < cues->n; i++)
		if (!cues->list[i].heading)
			cues->list[kept++] = cues->list[i];
	cues->n = kept;
}

bool
cues_keep_speech(struct cues *cues, struct roster *roster, struct page_speech *out)
{
	struct rp_slice one = RP_SLICE("");
	bool speaks = false, good = true;
	size_t kept = 0, first = 0, last = 0;

	*out = (struct page_speech){ .labelled = 0 };
	if (!find_speech(cues, roster, &first, &last)) {
		drop_headings(cues);
		return true;
	}
	for (size_t i = 0; good && i < cues->n; i++) {
		struct cue cue = cues->list[i];
		const struct label label = label_of(&cue);
		const enum paragraph is = judge(roster, &cue, &label);
		const bool amidst = speaks || (i > first && i < last);

		out->called = out->called || (cue.heading && says_transcript(cue.text));
		speaks = is == PARAGRAPH_SPEAKER || (speaks && is == PARAGRAPH_TEXT);
		if (speaks) {
			if (is == PARAGRAPH_SPEAKER) {
				good = take_label(cues, &cue, &label);
				note_speaker(out, &cue, &one);
			}
			out->kept += cue.text.n;
			cues->list[kept++] = cue;
			continue;
		}
		out->left += cue.text.n;
		if (is == PARAGRAPH_DOUBTFUL && amidst)
			good = cue_reject(cues, cue.at, cue.n, 0,
			                  "a label that comes once may be no speaker; "
			                  "name speakers with --speaker");
		else if (is == PARAGRAPH_TEXT && amidst)
			good = cue_reject(cues, cue.at, cue.n, 0,
			                  "a paragraph behind a heading, without a "
			                  "speaker");
	}
	cues->n = kept;
	return good;
}

/* An interview, edited and with a headline, is the newspaper's. */
static bool
is_news(struct rp_slice head)
{
	return rp_slice_find(head, RP_SLICE("NewsArticle\"")) < head.n;
}

int
cue_page_sniff(struct rp_slice head, struct rp_slice options)
{
	CLEANUP(roster_free) struct roster *roster = roster_new();
	CLEANUP(cues_done) struct cues cues;
	struct page_speech speech;

	if (!cues_init(&cues, head) || roster == NULL ||
	    roster_read_options(roster, options, NULL) != RP_OK ||
	    cues_read(&cues, CUE_HTML, NULL) != RP_OK ||
	    !cues_keep_speech(&cues, roster, &speech) || speech.labelled == 0)
		return 0;
	if (speech.several && (speech.called || speech.timed == speech.labelled) &&
	    speech.labelled >= LEAST_CALLED)
		return SURE;
	if (speech.several && speech.labelled >= LEAST && speech.kept > speech.left &&
	    !is_news(head))
		return SURE;
	if (speech.timed > 0 && speech.kept > speech.left)
		return SURE_OF_PART;
	return options_get(options, RP_SLICE("event")).n > 0 ||
	                       options_get(options, RP_SLICE("speaker")).n > 0
	               ? PERHAPS
	               : 0;
}
