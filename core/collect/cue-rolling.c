/*
 * As YouTube makes them, three kinds of cue in turn:
 *
 *	so<00:00:01.469><c> the</c><00:00:01.620><c> test</c>	what is being said
 *	so the test						10 ms: it is finished
 *	so the test						it is carried up, and
 *	is<00:00:03.500><c> simple</c>				the next one begins
 *
 * and the same without marks, when it was made into SubRip.
 */
#include "core/collect/cue-rolling.h"

enum {
	FLASH_MS = 50,     /* so short is no cue to be read */
	BESIDE_MS = 250,   /* the one begins when the other ends */
	CARRIED_MS = 2000, /* so much later nothing is carried up any more */
	LINES_MARKED = 32,
	TAIL = 2,
	PROOF = 8,
};

/* A line's worth of text. */
static struct rp_slice
line_at(struct rp_slice text, size_t *at)
{
	struct rp_slice rest = rp_slice_skip(text, *at), line = rp_slice_cut(&rest, '\n');

	*at += line.n + 1;
	return rp_slice_trim(line);
}

/* The first and the last line that says something; false: none does. */
static bool
ends_of(struct rp_slice text, struct rp_slice *first, struct rp_slice *last)
{
	bool any = false;

	for (size_t at = 0; at < text.n;) {
		struct rp_slice line = line_at(text, &at);

		if (line.n == 0)
			continue;
		if (!any)
			*first = line;
		*last = line;
		any = true;
	}
	return any;
}

static bool
is_flash(const struct cue *cue)
{
	return cue->end_ms != CUE_NO_TIME && cue->end_ms - cue->start_ms <= FLASH_MS;
}

/*
 * Does the file roll?  At least every second cue begins with the line the one before
 * ended with, and is a flash or brings a new line below it.  Without flashes and marks of
 * words a few such cues are no proof.
 */
static bool
rolls(const struct cues *cues)
{
	struct rp_slice before = RP_SLICE(""), first, last;
	size_t n = 0, carried = 0;
	bool proof = false;

	for (size_t i = 0; i < cues->n; i++) {
		const struct cue *cue = &cues->list[i];

		if (cue->start_ms == CUE_NO_TIME || !ends_of(cue->text, &first, &last))
			continue;
		n++;
		proof = proof || is_flash(cue) || cue->marked != 0;
		carried += before.n > 0 && rp_slice_eq(first, before) &&
		           (is_flash(cue) || last.p != first.p);
		before = last;
	}
	return n >= 2 && carried > 0 && carried * 2 >= n - 1 && (proof || n >= PROOF);
}

/* What was said last. */
struct tail {
	struct rp_slice lines[TAIL]; /* the latest first */
	struct cue *cue;             /* it came from; NULL: none yet */
};

static bool
is_marked(const struct cue *cue, uint32_t line)
{
	return line < LINES_MARKED && (cue->marked & UINT32_C(1) << line) != 0;
}

static bool
in_tail(const struct tail *tail, struct rp_slice line)
{
	for (size_t i = 0; i < TAIL; i++)
		if (tail->lines[i].n > 0 && rp_slice_eq(line, tail->lines[i]))
			return true;
	return false;
}

/* Where a line stands in its cue. */
enum stand {
	STANDS_ABOVE,  /* others stand below it */
	STANDS_ALONE,  /* first and last */
	STANDS_RAISED, /* below it there is room for a new one, empty so far */
	STANDS_BELOW,  /* last, where what is new comes in */
};

/* Has this line been shown before? */
static bool
is_carried(const struct tail *tail, const struct cue *cue, struct rp_slice line,
           enum stand stand)
{
	int64_t since;

	if (tail->cue == NULL || tail->cue->end_ms == CUE_NO_TIME || !in_tail(tail, line))
		return false;
	since = cue->start_ms - tail->cue->end_ms;
	if (since > CARRIED_MS)
		return false;
	if (is_flash(cue))
		return true;
	return stand == STANDS_ALONE ? since <= BESIDE_MS : stand != STANDS_BELOW;
}

static void
remember(struct tail *tail, struct rp_slice line, struct cue *cue)
{
	tail->lines[1] = tail->lines[0];
	tail->lines[0] = line;
	tail->cue = cue;
}

/* Words that stand before `from` are no part of the text any more. */
static void
cut_front(const struct cues *cues, struct cue *cue, size_t from)
{
	while (cue->n_words > 0 && cues->words[cue->word].at < from) {
		cue->word++;
		cue->n_words--;
	}
	for (uint32_t i = 0; i < cue->n_words; i++)
		cues->words[cue->word + i].at -= (uint32_t)from;
	cue->text = rp_slice_skip(cue->text, from);
}

static enum stand
stand_of(bool is_last, bool at_end, uint32_t i)
{
	if (!is_last)
		return STANDS_ABOVE;
	if (!at_end)
		return STANDS_RAISED;
	return i > 0 ? STANDS_BELOW : STANDS_ALONE;
}

/* New lines stand at the end of a cue, carried ones at its front. */
static void
unroll(const struct cues *cues, struct cue *cue, struct tail *tail)
{
	const struct rp_slice text = cue->text;
	struct rp_slice first, last, line;
	size_t at = 0, from = text.n;

	if (!ends_of(text, &first, &last))
		return;
	for (uint32_t i = 0; at < text.n; i++) {
		const size_t begin = at;

		line = line_at(text, &at);
		if (line.n == 0)
			continue;
		if (from == text.n && !is_marked(cue, i) &&
		    is_carried(tail, cue, line,
		               stand_of(line.p == last.p, at > text.n, i)))
			continue;
		if (from == text.n)
			from = begin;
		remember(tail, line, cue);
	}
	if (from == text.n && tail->cue->end_ms < cue->end_ms)
		tail->cue->end_ms = cue->end_ms;
	cut_front(cues, cue, from);
}

void
cues_unroll(struct cues *cues)
{
	struct tail tail = { .cue = NULL };

	if (!rolls(cues))
		return;
	for (size_t i = 0; i < cues->n; i++)
		if (cues->list[i].start_ms != CUE_NO_TIME)
			unroll(cues, &cues->list[i], &tail);
}
