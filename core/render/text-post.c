/*
 * Posts one by one: a row of a timeline or of what a search found, and all there is about
 * a single post.
 */
#include "core/render/answer.h"
#include "core/render/text.h"

#include "core/base/utf8.h"

#include <inttypes.h>

enum {
	ROW_WHEN_COLUMNS = 8,
	ROW_TEXT_AT = 10,
	LABEL_COLUMNS = 10,
	CHILDREN_SHOWN = 10,
	NAME_SHOWN = 140
};

/* ---- a row --------------------------------------------------------------- */

static int64_t
day_of(const struct page *page, struct rp_time time, int *year)
{
	int64_t us = when_instant(time);

	return us == RP_TIME_UNKNOWN ? INT64_MAX : when_day(page, us, year);
}

static void
add_day(struct page *page, struct post_list *list, int64_t us)
{
	when_add_full(page, &page->note, us, RP_PRECISION_DAY);
	if (us == RP_TIME_UNKNOWN || list->has_zone)
		return;
	buf_add_str(&page->note, ", ");
	when_add_zone(page, &page->note, us);
	list->has_zone = true;
}

/*
 * "22 Jan 2025" on a line of its own, when the day is another than above; the first of
 * them tells the zone: "22 Jan 2025, Europe/Paris".
 */
static void
day_heading(struct page *page, struct post_list *list, const struct view_post *post)
{
	int year = 0;
	int64_t day = day_of(page, post->time, &year);

	if (!list->has_day || list->day != day) {
		if (list->n > 0)
			page_newline(page);
		add_day(page, list, when_instant(post->time));
		page_note(page, TINT_MARK);
		page_newline(page);
	}
	list->has_day = true;
	list->day = day;
	page->day = (struct text_day){ true, day, year };
}

/* How it is tied to something before it; what that is, `show` and `thread` tell. */
static char
post_mark(const struct view_post *post)
{
	for (size_t i = 0; i < post->n_edges; i++) {
		const struct view_edge *edge = &post->edges[i];

		if (!edge->impossible && !edge->cyclic && edge->type != EDGE_CONV)
			return edge_mark(edge);
	}
	return ' ';
}

static void
put_row_head(struct page *page, const struct view_post *post)
{
	const char mark[] = { post_mark(post), ' ', '\0' };
	struct rp_time time = post->time;
	size_t width;

	page_indent(page, ROW_TEXT_AT);
	if (rp_time_known(time) && !page->style->utc) {
		when_add(page, &page->note, &page->day, time, post->post.zone);
		width = utf8_width(buf_slice(&page->note));
		page_to(page, width < ROW_WHEN_COLUMNS ? ROW_WHEN_COLUMNS - width : 0);
	} else if (rp_time_known(time)) {
		when_add(page, &page->note, NULL, time, post->post.zone);
	}
	page_note(page, TINT_DIM);
	page_to(page, page->column < ROW_TEXT_AT ? ROW_TEXT_AT : page->column + 2);
	if (post->post.kind == KIND_GHOST) {
		ghost_add(&page->note, post);
		page_note(page, TINT_GHOST);
	} else {
		if (mark[0] != ' ')
			page_words(page, TINT_MARK, mark);
		author_add_long(&page->note, &post->author);
		page_note(page, TINT_NAME);
		utf8_show(&page->note, post->post.key, true);
		page_note_right(page, TINT_DIM);
	}
	page_newline(page);
}

/* "RT @ana: " in front of a repost's own words is said by "reposts". */
static struct rp_slice
without_rt(struct rp_slice text)
{
	size_t colon = rp_slice_find(text, RP_SLICE(": "));

	if (!rp_slice_starts(text, RP_SLICE("RT @")) || colon == text.n)
		return text;
	return rp_slice_skip(text, colon + 2);
}

/* "reposts @ana: " and what she said; where it is not held, as far as the repost
 * has it. */
static void
put_repost(struct page *page, const struct view_post *post)
{
	const struct view_post *original = post->passed_on;
	const bool held = original != NULL && original->post.kind != KIND_GHOST;

	if (original == NULL) {
		page_said(page, post);
		return;
	}
	page_words(page, TINT_DIM, "reposts ");
	if (!held && post->version.text.n == 0) {
		ghost_add(&page->note, original);
		page_note(page, TINT_GHOST);
		return;
	}
	author_add_short(&page->note, &original->author);
	page_note(page, TINT_NAME);
	page_words(page, TINT_NONE, ": ");
	if (held)
		page_said(page, original);
	else
		page_text(page, TINT_NONE, without_rt(post->version.text));
}

void
text_post(FILE *out, const struct style *style, struct post_list *list,
          const struct view_post *post)
{
	CLEANUP(page_done) struct page page;

	page_init(&page, out, style);
	day_heading(&page, list, post);
	put_row_head(&page, post);
	if (post->post.kind != KIND_GHOST) {
		page_to(&page, page.indent);
		if (post->post.kind == KIND_REPOST)
			put_repost(&page, post);
		else
			page_said(&page, post);
		page_newline(&page);
	}
	note_place(&page, &post->post, post->time);
	note_conflict(&page, post);
	if (post->post.kind != KIND_GHOST)
		note_state(&page, post);
	if (page.note.n > 0) {
		page_to(&page, page.indent);
		page_note(&page, TINT_DIM);
		page_newline(&page);
	}
	list->n++;
}

/* ---- everything ---------------------------------------------------------- */

static void
label(struct page *page, const char *words)
{
	page_indent(page, 0);
	page_words(page, TINT_DIM, words);
	page_indent(page, LABEL_COLUMNS);
	page_to(page, LABEL_COLUMNS);
}

/* A label and what was built in page->note, if anything was. */
static void
field(struct page *page, const char *words)
{
	if (page->note.n == 0)
		return;
	label(page, words);
	page_note(page, TINT_NONE);
	page_newline(page);
}

static void
field_text(struct page *page, const char *words, struct rp_slice text)
{
	utf8_show(&page->note, text, true);
	field(page, words);
}

/* All bounds with all their digits, and who says so. */
static void
add_time(struct page *page, struct rp_time time, struct rp_slice zone)
{
	static const char *const basis[] = {
		[RP_BASIS_UNKNOWN] = "",
		[RP_BASIS_PLATFORM] = " (the platform says)",
		[RP_BASIS_ID] = " (read out of the id)",
		[RP_BASIS_EVENT] = " (from the event)",
		[RP_BASIS_ARTICLE] = " (from the article)",
		[RP_BASIS_CAPTURE] = " (from when it was read)",
		[RP_BASIS_USER] = " (you said so)",
	};

	if (!rp_time_known(time)) {
		buf_add_str(&page->note, "time unknown");
		return;
	}
	if (when_is_whole(time)) {
		when_add(page, &page->note, NULL, time, zone);
	} else if (time.lo == time.hi) {
		when_add_full(page, &page->note, time.lo, time.precision);
	} else if (time.lo == RP_TIME_UNKNOWN) {
		buf_add_str(&page->note, "not after ");
		when_add_full(page, &page->note, time.hi, RP_PRECISION_S);
	} else if (time.hi == RP_TIME_UNKNOWN) {
		buf_add_str(&page->note, "not before ");
		when_add_full(page, &page->note, time.lo, RP_PRECISION_S);
	} else {
		buf_add_str(&page->note, "between ");
		when_add_full(page, &page->note, time.lo, RP_PRECISION_S);
		buf_add_str(&page->note, " and ");
		when_add_full(page, &page->note, time.hi, RP_PRECISION_S);
	}
	buf_add_str(&page->note, basis[time.basis]);
}

static void
show_author(struct page *page, const struct view_author *author)
{
	if (author->key.n == 0 && author->handle.n == 0)
		buf_add_str(&page->note, "unknown");
	else
		author_add_long(&page->note, author);
	if (author->key.n > 0) {
		buf_add_str(&page->note, " (");
		utf8_show(&page->note, author->key, true);
		buf_add_byte(&page->note, ')');
	}
	field(page, "author");
}

static void
show_fields(struct page *page, const struct view_post *post)
{
	const struct post *p = &post->post;
	const bool aloud = p->kind == KIND_SPOKEN;

	utf8_show(&page->note, p->key, true);
	page_indent(page, 2);
	page_note(page, TINT_NAME);
	page_newline(page);
	if (p->kind == KIND_GHOST)
		buf_add_str(&page->note, "not in the archive, only referred to");
	else
		buf_add_str(&page->note, post_kind_name(p->kind));
	note_state(page, post);
	field(page, "kind");
	show_author(page, &post->author);
	add_time(page, p->time, p->zone);
	if (post->time_conflict)
		buf_add_str(&page->note, "; time conflict: its thread leaves no room");
	field(page, "time");
	if (post->time.lo != p->time.lo || post->time.hi != p->time.hi) {
		const struct rp_time bounds = { post->time.lo, post->time.hi,
			                        post->time.precision, RP_BASIS_UNKNOWN };

		add_time(page, bounds, p->zone);
		buf_add_str(&page->note, " (by its thread)");
		field(page, "");
	}
	field_text(page, aloud ? "event" : "title", p->title);
	field_text(page, "place", p->place);
	field_text(page, "zone", p->zone);
	field_text(page, "after", p->not_before);
	field_text(page, "before", p->not_after);
	field_text(page, "thread", p->conversation);
	field_text(page, "language", post->version.lang);
	field_text(page, "address", p->url);
	field_text(page, aloud ? "asked" : "context", p->context);
}

/* Older wordings, when there are several; the last is the text above. */
static void
show_wordings(struct page *page, const struct view_post *post)
{
	if (post->n_versions < 2)
		return;
	page_newline(page);
	page_words(page, TINT_MARK, "wordings, oldest first");
	page_newline(page);
	for (uint32_t i = 0; i < post->n_versions; i++) {
		const struct version *v = &post->versions[i];

		buf_printf(&page->note, "%" PRIu32, i + 1);
		if (rp_time_known(v->printed)) {
			buf_add_str(&page->note, ", ");
			when_add_full(page, &page->note, v->printed.lo,
			              v->printed.precision);
		}
		if (v->native.n > 0) {
			buf_add_str(&page->note, ", ");
			utf8_show(&page->note, v->native, true);
		}
		page_indent(page, 2);
		page_to(page, 2);
		page_note(page, TINT_DIM);
		page_newline(page);
		page_indent(page, 4);
		page_to(page, 4);
		page_text(page, TINT_NONE, v->text);
		page_newline(page);
	}
}

static void
show_states(struct page *page, const struct state_note *states, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i == 0) {
			page_newline(page);
			page_indent(page, 0);
			page_words(page, TINT_MARK, "what became of it");
			page_newline(page);
		}
		when_add_full(page, &page->note, states[i].as_of, RP_PRECISION_S);
		buf_printf(&page->note, "  %s", post_state_name(states[i].state));
		if (states[i].evidence.n > 0) {
			buf_add_str(&page->note, ": ");
			utf8_show(&page->note, states[i].evidence, true);
		}
		page_to(page, 2);
		page_indent(page, 4);
		page_note(page, TINT_NONE);
		page_newline(page);
	}
}

static void
show_edge(struct page *page, enum edge_type type, enum edge_origin origin,
          const char *verb, struct rp_slice key)
{
	const struct view_edge edge = { .type = type, .origin = origin };
	const char mark[] = { edge_mark(&edge), ' ', '\0' };

	page_indent(page, 4);
	page_to(page, 2);
	page_words(page, TINT_MARK, mark);
	buf_printf(&page->note, "%s ", verb);
	utf8_show(&page->note, key, true);
}

/* The first of many; all of them are for -v, and for JSON. */
static void
show_children(struct page *page, const struct view_seen *seen)
{
	const size_t n = seen->n_children;
	const bool all = page->style->verbose || n <= CHILDREN_SHOWN + 1;
	const size_t shown = all ? n : CHILDREN_SHOWN;

	for (size_t i = 0; i < shown; i++) {
		const struct edge *e = &seen->children[i];

		show_edge(page, e->type, e->origin, edge_verb_passive(e->type),
		          e->child_key);
		if (rp_slice_eq(e->child_key, e->parent_key))
			buf_add_str(&page->note, ", in a circle");
		page_note(page, TINT_NONE);
		page_newline(page);
		page_flush(page);
	}
	if (shown == n)
		return;
	buf_printf(&page->note, "and %zu more (-v shows all)", n - shown);
	page_to(page, 4);
	page_note(page, TINT_DIM);
	page_newline(page);
}

static void
show_edges(struct page *page, const struct view_post *post, const struct view_seen *seen)
{
	if (post->n_edges + seen->n_children == 0)
		return;
	page_newline(page);
	page_indent(page, 0);
	page_words(page, TINT_MARK, "edges");
	page_newline(page);
	for (size_t i = 0; i < post->n_edges; i++) {
		const struct view_edge *e = &post->edges[i];

		show_edge(page, e->type, e->origin, edge_verb(e->type), e->parent_key);
		if (e->impossible)
			buf_add_str(&page->note, ", which is younger");
		if (e->cyclic)
			buf_add_str(&page->note, ", in a circle");
		page_note(page, TINT_NONE);
		page_newline(page);
	}
	show_children(page, seen);
}

static void
show_answer(struct page *page, const struct capture *capture)
{
	struct answer answer;

	if (!answer_read(capture->options, &answer))
		return;
	answer_line(&page->note, &answer);
	page_to(page, 4);
	page_note(page, TINT_DIM);
	page_newline(page);
}

/* Of an address that was asked for the parameters matter little; JSON has it whole. */
static struct rp_slice
name_to_show(const struct capture *capture)
{
	const struct rp_slice name = capture->name;

	return name.n > NAME_SHOWN && rp_slice_find(name, RP_SLICE("://")) < 8
	               ? rp_slice_from(name.p, NAME_SHOWN)
	               : name;
}

static void
show_seen(struct page *page, const struct view_seen *seen)
{
	for (size_t i = 0; i < seen->n_captures; i++) {
		const struct capture *c = &seen->captures[i];
		char sha256[SHA256_HEX + 1];

		if (i == 0) {
			page_newline(page);
			page_indent(page, 0);
			page_words(page, TINT_MARK, "seen in");
			page_newline(page);
		}
		sha256_hex(&c->sha256, sha256);
		page_indent(page, 4);
		page_to(page, 2);
		when_add_full(page, &page->note, c->at, RP_PRECISION_S);
		buf_printf(&page->note, "  capture %.12s, run %" PRId64 "  ", sha256,
		           c->run);
		utf8_show(&page->note, name_to_show(c), true);
		if (name_to_show(c).n < c->name.n)
			buf_add_str(&page->note, "...");
		page_note(page, TINT_NONE);
		page_newline(page);
		show_answer(page, c);
		page_flush(page);
	}
}

void
text_show(FILE *out, const struct style *style, const struct view_post *post,
          const struct view_seen *seen, const struct state_note *states, size_t n_states)
{
	CLEANUP(page_done) struct page page;

	page_init(&page, out, style);
	show_fields(&page, post);
	for (size_t i = 0; i < seen->n_aliases; i++)
		field_text(&page, i == 0 ? "also" : "", seen->aliases[i]);
	if (post->post.kind != KIND_GHOST) {
		page_newline(&page);
		page_indent(&page, 2);
		page_to(&page, 2);
		page_said(&page, post);
		page_newline(&page);
	}
	page_indent(&page, 0);
	show_wordings(&page, post);
	show_states(&page, states, n_states);
	show_edges(&page, post, seen);
	show_seen(&page, seen);
}
