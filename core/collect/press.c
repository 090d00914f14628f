#include "core/collect/press.h"

#include "core/collect/press-apart.h"
#include "core/collect/press-build.h"
#include "core/collect/press-interview.h"
#include "core/collect/press-japanese.h"
#include "core/collect/press-place.h"
#include "core/collect/press-shape.h"

enum {
	WORK_BYTES = 1 << 28, /* beside the caller's arena, while one article is read */
	APART_MAX = 100,      /* blocks set apart that are compared with the text */
	LINES_MAX = 12,       /* blocks above the text in which headlines stand */
	LINE_BYTES = 200,
	TRIES_MAX = 20000, /* pairs of marks that are looked at closely */
};

struct work {
	struct arena *arena, *scratch;
	const struct press_article *article;
	struct press_text text;
	struct press_people people;
	struct press_mentions mentions;
	struct press_apart *apart;
	bool *kept;
	struct press_sayer sayer;
	uint32_t interviewee;
	struct press_japanese japanese;
	struct press_found *found;
	size_t n_found, room;
	struct press_quotation *out;
	size_t n_out;
};

static enum rp_status
full(struct rp_error *err)
{
	return rp_fail(err, RP_BAD_ITEM,
	               "the article is too long to be read for quotations");
}

static bool
is_corner(const struct work *w, size_t span)
{
	return w->text.spans[span].mark == 0x300c;
}

static enum press_block_kind
kind_of(const struct work *w, size_t span)
{
	return w->text.blocks[w->text.spans[span].block].kind;
}

static bool
is_apart(const struct work *w, size_t span)
{
	const struct press_span *s = &w->text.spans[span];

	return w->apart[s->block].whole;
}

/* Which spans can be quotations, by what stands in them and right beside them. */
static bool
sift(struct work *w)
{
	bool related = false;
	size_t block = SIZE_MAX;

	w->kept = arena_array(w->scratch, w->text.n_spans + 1, sizeof(*w->kept));
	if (w->kept == NULL)
		return false;
	for (size_t s = 0; s < w->text.n_spans; s++) {
		enum press_shape shape = press_shape_of(&w->text, s);

		if (w->text.spans[s].block != block) {
			block = w->text.spans[s].block;
			related = press_shape_is_furniture(&w->text, block);
		}
		if (related || kind_of(w, s) == PRESS_CAPTION)
			w->kept[s] = false;
		else if (is_apart(w, s) || is_corner(w, s))
			w->kept[s] = w->text.span_first[s] < w->text.span_beyond[s];
		else if (kind_of(w, s) == PRESS_HEADING)
			w->kept[s] = false;
		else
			w->kept[s] = shape >= SHAPE_PHRASE ||
			             (shape == SHAPE_SHORT &&
			              press_shape_is_framed(&w->text, s));
	}
	press_text_sentences(&w->text, w->kept);
	return true;
}

static void
cut_incises(struct work *w, struct press_found *f)
{
	size_t at = w->text.span_first[f->span] + 1;
	size_t end = w->text.span_beyond[f->span] - 1;
	size_t from, beyond;

	while (f->n_cuts < CUTS_MAX && at < end &&
	       press_incise(&w->sayer, at, end, &from, &beyond)) {
		/* "(il marque un silence)" does not tell who. */
		if (!f->told && w->text.tokens[from].sign != SIGN_OPEN) {
			f->say = press_say_incise(&w->sayer, from, beyond);
			f->told = true;
		}
		f->cut_from[f->n_cuts] = from;
		/* The comma behind it goes with it; a full stop ends the first part. */
		if (beyond < end && w->text.tokens[beyond].sign != SIGN_STOP &&
		    w->text.tokens[beyond].sign != SIGN_MARK &&
		    w->text.tokens[beyond].sign != SIGN_WORD)
			beyond++;
		f->cut_beyond[f->n_cuts++] = beyond;
		at = beyond;
	}
}

static void
say_credit(struct work *w, struct press_found *f)
{
	const struct press_span *span = &w->text.spans[f->span];
	const struct press_apart *apart = &w->apart[span->block];
	size_t from, beyond;

	if (apart->credit == PRESS_NO_BLOCK)
		return;
	from = w->text.block_first[apart->credit];
	beyond = w->text.block_first[apart->credit + 1];
	if (apart->credit == span->end_block)
		from = w->text.span_beyond[f->span];
	press_focus_advance(&w->sayer.focus, from);
	f->say = press_say_credit(&w->sayer, from, beyond);
	if (f->say.person == PRESS_UNKNOWN && f->say.name.n == 0)
		f->say = (struct press_say){ .person = PRESS_UNKNOWN,
			                     .from = from,
			                     .beyond = beyond };
	if (kind_of(w, f->span) != PRESS_PULL_QUOTE)
		press_say_note(&w->sayer, &f->say, from);
}

static void
say_japanese(struct work *w, struct press_found *f)
{
	struct press_japanese_say say =
		press_japanese_say(&w->japanese, &w->text.spans[f->span]);

	f->say = (struct press_say){
		.person = PRESS_UNKNOWN,
		.name = say.name,
		.role = say.role,
		.certainty = say.name.n > 0 ? say.certainty : PRESS_NOBODY,
		.framed = say.framed,
		.tight = say.framed,
	};
}

/* Answers of an interview are whose it is, and labels are no names. */
static void
say_answer(struct work *w, struct press_found *f)
{
	const struct press_text *t = &w->text;
	const struct press_span *span = &t->spans[f->span];
	size_t from = t->block_first[span->block], first = t->span_first[f->span];
	bool label;
	uint32_t who = press_interview_label(&w->people, from, first, &label);

	if (label && who == PRESS_UNKNOWN)
		who = w->interviewee;
	if (!label && (w->interviewee == PRESS_UNKNOWN || first != from ||
	               (first > 0 && t->tokens[first - 1].sign == SIGN_COLON) ||
	               t->span_beyond[f->span] != t->block_first[span->end_block + 1]))
		return;
	if (!label)
		who = w->interviewee;
	f->say = (struct press_say){
		.person = who,
		.certainty = PRESS_MEDIUM,
		.framed = true,
		.tight = true,
	};
	if (who == PRESS_UNKNOWN)
		f->say.name = press_interview_titled(&w->people, from, first,
		                                     w->article->title);
	press_say_note(&w->sayer, &f->say, first);
}

/* Is what was found a quotation, now that its frame is known? */
static bool
holds_up(const struct work *w, const struct press_found *f)
{
	const struct press_span *span = &w->text.spans[f->span];
	enum press_shape shape;

	if (is_corner(w, f->span))
		return f->say.framed || span->end_block != span->block ||
		       span->end - span->text > 60;
	if (f->set_apart || f->n_cuts > 0)
		return true;
	shape = press_shape_of(&w->text, f->span);
	/* "une affiche proclame : « … »": nobody says it. */
	if (f->say.nobody && press_shape_is_label(&w->text, f->span) &&
	    press_shape_is_inscribed(&w->text, f->say.from, f->say.beyond))
		return false;
	if (shape == SHAPE_SHORT)
		return f->say.framed;
	if (shape == SHAPE_PHRASE)
		return f->say.framed || f->say.certainty >= PRESS_MEDIUM;
	return f->say.framed || f->say.certainty >= PRESS_MEDIUM ||
	       !press_shape_is_label(&w->text, f->span);
}

/* No full stop ends it: its sentence, or what was said, is not over.  Where the comma or
 * full stop always stands within the marks, that tells nothing. */
static bool
speech_goes_on(const struct press_text *t, size_t span)
{
	size_t first = t->span_first[span], beyond = t->span_beyond[span];

	if (t->tongue->habits & HABIT_JOINS)
		return true;
	return beyond - first > 2 && t->tokens[beyond - 2].sign != SIGN_STOP;
}

/* “A,” he said. “B.” is one utterance. */
static bool
goes_on(const struct work *w, const struct press_found *last, const struct press_found *f)
{
	const struct press_text *t = &w->text;
	size_t from = t->span_beyond[last->span], to = t->span_first[f->span];
	const struct press_token *between = &t->tokens[to - 1];
	size_t cues = 0;
	bool comma;

	if (last->set_apart || f->set_apart || to <= from + 1 || !last->say.after ||
	    !last->say.tight || is_corner(w, f->span) ||
	    t->spans[last->span].end_block != t->spans[f->span].block ||
	    last->say.beyond < to || last->say.from < from)
		return false;
	comma = between->sign == SIGN_COMMA || between->sign == SIGN_DASH;
	if (!comma && !(between->sign == SIGN_STOP && speech_goes_on(t, last->span)))
		return false;
	if (!comma && f->say.after && f->say.tight)
		return false;
	for (size_t i = from; i < to; i++) {
		const struct press_token *x = &t->tokens[i];

		cues += comma && press_is(x, WORD_CUE) && !press_is(x, WORD_NOUNISH);
		if (i > from && x[-1].sign == SIGN_STOP && i < to - 1 && x->first)
			return false;
	}
	return cues <= 1 && to - from <= 40;
}

static bool
add_found(struct work *w, const struct press_found *f)
{
	struct press_found *list =
		arena_room(w->scratch, w->found, w->n_found, &w->room, sizeof(*list));

	if (list == NULL)
		return false;
	w->found = list;
	list[w->n_found++] = *f;
	return true;
}

static bool
find_one(struct work *w, size_t span)
{
	struct press_found f = { .span = span, .say = { .person = PRESS_UNKNOWN } };

	f.set_apart = is_apart(w, span);
	if (is_corner(w, span)) {
		say_japanese(w, &f);
	} else {
		say_credit(w, &f);
		if (f.say.person == PRESS_UNKNOWN && f.say.name.n == 0)
			cut_incises(w, &f);
		if (!f.told && f.say.person == PRESS_UNKNOWN && f.say.name.n == 0) {
			struct press_say credit = f.say;

			f.say = press_say_of(&w->sayer, span);
			if (f.say.person == PRESS_UNKNOWN &&
			    credit.beyond > credit.from) {
				f.say.from = credit.from;
				f.say.beyond = credit.beyond;
			}
		}
	}
	if (!is_corner(w, span) && !f.set_apart)
		say_answer(w, &f);
	f.joins = w->n_found > 0 && goes_on(w, &w->found[w->n_found - 1], &f);
	if (!f.joins && !holds_up(w, &f)) {
		w->kept[span] = false;
		return true;
	}
	if (f.joins) {
		struct press_say say = w->found[w->n_found - 1].say;

		say.beyond = say.beyond > f.say.beyond ? say.beyond : f.say.beyond;
		f.say = say;
		press_say_note(&w->sayer, &f.say, w->text.span_first[span]);
		f.say.after = false;
	}
	return add_found(w, &f);
}

/* A paragraph's first words, told whose only by the quotation behind them. */
static void
look_ahead(struct work *w)
{
	for (size_t i = w->n_found; i-- > 1;) {
		struct press_found *f = &w->found[i - 1];
		const struct press_found *next = &w->found[i];

		if (f->say.certainty != PRESS_NOBODY || f->say.framed || f->say.nobody ||
		    f->set_apart || next->say.certainty == PRESS_NOBODY ||
		    is_corner(w, f->span) || is_corner(w, next->span) ||
		    w->text.spans[f->span].end_block != w->text.spans[next->span].block)
			continue;
		if (w->text.span_first[next->span] > w->text.span_beyond[f->span] + 1u)
			continue;
		f->say.person = next->say.person;
		f->say.name = next->say.name;
		f->say.role = next->say.role;
		f->say.certainty = PRESS_LOW;
	}
}

static struct rp_slice
narration(const struct press_text *t, size_t from, size_t beyond)
{
	return from < beyond ? press_text_slice(t, from, beyond) : RP_SLICE("");
}

static void
tell_time(const struct work *w, size_t from, size_t beyond, struct rp_time *out)
{
	const struct date_context context = { w->article->zone, RP_BASIS_ARTICLE };
	struct rp_time time;

	if (!rp_time_known(*out) && from < beyond &&
	    date_find_relative(narration(&w->text, from, beyond), w->article->published,
	                       &context, &time))
		*out = time;
}

static void
tell_where_and_when(const struct work *w, const struct press_found *f,
                    struct press_quotation *q)
{
	const struct press_text *t = &w->text;
	size_t first = t->span_first[f->span], beyond = t->span_beyond[f->span];
	size_t from, end, unused;
	struct press_place place = { .platform = PLATFORM_NONE };

	press_sentence(t, first, &from, &unused);
	press_sentence(t, beyond - 1, &unused, &end);
	if (f->say.beyond > f->say.from) {
		press_place_find(&w->sayer, f->say.from, f->say.beyond, &place);
		if (f->say.from >= beyond || f->say.beyond <= first)
			tell_time(w, f->say.from, f->say.beyond, &q->time);
	}
	press_place_find(&w->sayer, from, first, &place);
	press_place_find(&w->sayer, beyond, end, &place);
	for (size_t i = 0; i < f->n_cuts; i++) {
		press_place_find(&(struct press_sayer){ .text = t,
		                                        .mentions = &w->mentions,
		                                        .kept = w->kept,
		                                        .inside = true },
		                 f->cut_from[i], f->cut_beyond[i], &place);
		tell_time(w, f->cut_from[i], f->cut_beyond[i], &q->time);
	}
	tell_time(w, from, first, &q->time);
	tell_time(w, beyond, end, &q->time);
	/* The sentence before may have said it, when it names a medium. */
	if (place.rank == 0 && from > t->block_first[t->tokens[first].block]) {
		size_t a, b;
		struct press_place before = { .platform = PLATFORM_NONE };

		press_sentence(t, from - 1, &a, &b);
		press_place_find(&w->sayer, a, b, &before);
		if (before.rank >= PRESS_RANK_MEDIA)
			place = before;
	}
	q->venue = place.venue;
	q->platform = place.platform;
}

static void
tell_speaker(const struct work *w, const struct press_found *f, struct press_quotation *q)
{
	q->certainty = f->say.certainty;
	q->role = f->say.role;
	if (f->say.person < w->people.n) {
		const struct press_person *who = &w->people.people[f->say.person];

		q->speaker = who->name;
		if (who->role.n > 0)
			q->role = who->role;
	} else {
		q->speaker = f->say.name;
	}
	if (q->speaker.n == 0)
		q->certainty = PRESS_NOBODY;
}

/* A line by itself, as between paragraphs. */
static bool
fills_block(const struct work *w, const struct press_found *f)
{
	const struct press_text *t = &w->text;
	size_t block = t->spans[f->span].block;

	return !f->joins && t->spans[f->span].end_block == block &&
	       t->span_first[f->span] == t->block_first[block] &&
	       t->span_beyond[f->span] == t->block_first[block + 1];
}

/* A line without a full stop, as headlines are where nothing marks them. */
static bool
in_line(const struct work *w, const struct press_found *f)
{
	const struct press_text *t = &w->text;
	size_t block = t->spans[f->span].block, beyond = t->block_first[block + 1];

	return !f->joins && block < LINES_MAX && t->blocks[block].text.n < LINE_BYTES &&
	       t->span_first[f->span] > t->block_first[block] &&
	       t->tokens[beyond - 1].sign != SIGN_STOP && f->say.beyond <= beyond;
}

/* Words of the article itself, drawn out: no quotation. */
static bool
repeats_narration(struct work *w, struct rp_slice folded, bool *full_out)
{
	for (size_t b = 0; b < w->text.n_blocks; b++) {
		struct rp_slice text;

		if (w->text.blocks[b].kind != PRESS_PARAGRAPH &&
		    w->text.blocks[b].kind != PRESS_LIST_ITEM)
			continue;
		if (w->text.blocks[b].text.n < folded.n)
			continue;
		if (!press_build_folded(w->scratch, w->text.blocks[b].text, &text)) {
			*full_out = true;
			return false;
		}
		if (rp_slice_find(text, folded) < text.n)
			return true;
	}
	return false;
}

/* The quotation that says the same; NULL: none. */
static struct press_quotation *
same_before(struct work *w, const struct press_found *f, size_t upto)
{
	for (size_t i = 0; i < upto; i++) {
		const struct press_found *other = &w->found[i];

		if (other == f || other->text.n == 0 || other->folded.n == 0)
			continue;
		if (rp_slice_eq(other->folded, f->folded) ||
		    (f->folded.n > 12 &&
		     (rp_slice_find(other->folded, f->folded) < other->folded.n ||
		      (other->folded.n > 40 &&
		       rp_slice_find(f->folded, other->folded) < f->folded.n))))
			return &w->out[i];
	}
	return NULL;
}

static void
give_credit(struct press_quotation *to, const struct press_quotation *from)
{
	if (to->speaker.n == 0) {
		to->speaker = from->speaker;
		to->certainty = from->certainty;
		to->role = from->role;
	}
	if (to->venue.n == 0)
		to->venue = from->venue;
	if (to->platform == PLATFORM_NONE)
		to->platform = from->platform;
}

/* Which of them were told already: pull quotes, and what is printed twice. */
static bool
drop_repeated(struct work *w)
{
	CLEANUP(map_free) struct map *seen = map_new();
	size_t apart = 0;
	bool no_room = false;

	if (seen == NULL)
		return false;
	for (size_t i = 0; i < w->n_found; i++) {
		struct press_found *f = &w->found[i];

		if (!f->joins && f->text.n > 0 &&
		    !press_build_folded(w->scratch, f->text, &f->folded))
			return false;
	}
	for (size_t i = 0; i < w->n_found; i++) {
		struct press_found *f = &w->found[i];
		struct press_quotation *same;

		if ((!f->set_apart && !fills_block(w, f) && !in_line(w, f)) ||
		    f->text.n == 0 || apart++ >= APART_MAX)
			continue;
		same = same_before(w, f, w->n_found);
		if (same != NULL) {
			give_credit(same, &w->out[i]);
			f->text.n = 0;
		} else if (kind_of(w, f->span) == PRESS_PULL_QUOTE &&
		           repeats_narration(w, f->folded, &no_room)) {
			f->text.n = 0;
		}
		if (no_room)
			return false;
	}
	for (size_t i = 0; i < w->n_found; i++) {
		struct press_found *f = &w->found[i];
		uint32_t *at;
		bool fresh;

		if (f->text.n == 0 || f->joins || f->folded.n < 16)
			continue;
		at = map_put(seen, f->folded, (uint32_t)i, &fresh);
		if (at == NULL)
			return false;
		if (!fresh) {
			give_credit(&w->out[*at], &w->out[i]);
			f->text.n = 0;
		}
	}
	return true;
}

static bool
make(struct work *w)
{
	size_t n = 0, head = 0;

	w->out = arena_array(w->arena, w->n_found + 1, sizeof(*w->out));
	if (w->out == NULL)
		return false;
	for (size_t i = 0; i < w->n_found; i++) {
		struct press_found *f = &w->found[i];
		struct press_quotation *q = &w->out[i];

		if (!press_build_text(w->arena, &w->text, f, &f->text))
			return false;
		if (f->joins) {
			q = &w->out[head];
			if (!arena_join(w->arena, q->text, RP_SLICE(" "), &q->text) ||
			    !arena_join(w->arena, q->text, f->text, &q->text))
				return false;
			w->found[head].text = q->text;
			f->text.n = 0;
			continue;
		}
		head = i;
		*q = (struct press_quotation){
			.text = f->text,
			.time = RP_TIME_NONE,
			.block = w->text.spans[f->span].block,
			.at = w->text.spans[f->span].at,
		};
		tell_speaker(w, f, q);
		tell_where_and_when(w, f, q);
		if (!press_build_context(w->arena, &w->text, f, f->text, &q->context))
			return false;
	}
	if (!drop_repeated(w))
		return false;
	for (size_t i = 0; i < w->n_found; i++)
		if (w->found[i].text.n > 0)
			w->out[n++] = w->out[i];
	w->n_out = n;
	return true;
}

static bool
read_all(struct work *w)
{
	struct press_text *t = &w->text;
	size_t tries = 0;

	if (!press_marks(w->scratch, t->blocks, t->n_blocks, &t->spans, &t->n_spans) ||
	    !press_apart_read(w->scratch, t->blocks, t->n_blocks, &t->spans, &t->n_spans,
	                      &w->apart) ||
	    !press_text_read(w->scratch, t) || !sift(w) ||
	    !press_people_read(w->scratch, t, &w->people) ||
	    !press_mentions_read(w->scratch, &w->people, &w->mentions))
		return false;
	w->sayer = (struct press_sayer){ .text = t,
		                         .people = &w->people,
		                         .mentions = &w->mentions,
		                         .kept = w->kept,
		                         .last_block = SIZE_MAX };
	w->sayer.last.person = PRESS_UNKNOWN;
	w->sayer.focus.latest = PRESS_UNKNOWN;
	w->sayer.focus.nobody = INT64_MIN;
	w->sayer.focus.people = &w->people;
	w->sayer.focus.mentions = &w->mentions;
	w->sayer.focus.kept = w->kept;
	w->sayer.focus.subject_sentence = w->sayer.focus.company_sentence = -1;
	w->sayer.focus.name_sentence = -1;
	w->interviewee = press_interview_of(&w->people);
	for (size_t s = 0; s < t->n_spans && w->interviewee != PRESS_UNKNOWN; s++)
		if (t->spans[s].mark != 0 &&
		    press_interview_question(t, t->spans[s].block))
			w->kept[s] = false;
	w->japanese = (struct press_japanese){ .arena = w->arena,
		                               .blocks = t->blocks,
		                               .n_blocks = t->n_blocks };
	for (size_t s = 0; s < t->n_spans && w->n_found < PRESS_MAX_QUOTATIONS; s++) {
		if (!w->kept[s])
			continue;
		if (!find_one(w, s))
			return false;
		if (++tries == TRIES_MAX)
			break;
	}
	look_ahead(w);
	return make(w);
}

/* How many blocks are looked at. */
static size_t
blocks_read(const struct press_block *blocks, size_t n_blocks)
{
	size_t bytes = 0;

	for (size_t b = 0; b < n_blocks; b++) {
		if (blocks[b].text.n > PRESS_MAX_BYTES - bytes)
			return b;
		bytes += blocks[b].text.n;
	}
	return n_blocks;
}

enum rp_status
press_quotations(struct arena *arena, const struct press_article *article,
                 const struct press_block *blocks, size_t n_blocks,
                 const struct press_quotation **out, size_t *n_out, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new(WORK_BYTES);
	CLEANUP(map_free) struct map *words = NULL;
	struct work w = { .arena = arena, .scratch = scratch, .article = article };
	bool done;

	if (scratch == NULL)
		return rp_fail_memory(err);
	w.text.blocks = blocks;
	w.text.n_blocks = blocks_read(blocks, n_blocks);
	w.text.tongue = press_tongue_find(article->lang);
	if (w.text.tongue == NULL)
		w.text.tongue = article->lang.n > 0 && !rp_slice_starts(article->lang,
		                                                        RP_SLICE("und"))
		                        ? &press_other
		                        : press_guess_tongue(blocks, n_blocks);
	words = press_words_load(scratch, w.text.tongue);
	if (words == NULL)
		return full(err);
	w.text.words = words;
	done = read_all(&w);
	press_people_done(&w.people);
	if (!done)
		return full(err);
	*out = w.out;
	*n_out = w.n_out;
	return RP_OK;
}
