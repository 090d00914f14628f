/*
 * What the text writers share: a page that wraps, and the words for times, people, edges
 * and states.
 *
 * All text of strangers goes through utf8_show() here, so that no escape sequence and no
 * forged row reaches a terminal.  No line is wider than the page.
 */
#ifndef RIPOSTE_CORE_RENDER_TEXT_H
#define RIPOSTE_CORE_RENDER_TEXT_H

#include "core/render/writer.h"

/* Wider than this, lines are hard to read, whatever the terminal. */
enum { PAGE_MIN_COLUMNS = 20, PAGE_MAX_COLUMNS = 110 };

enum tint { TINT_NONE, TINT_DIM, TINT_NAME, TINT_MARK, TINT_GHOST };

/* The day that was printed last: it is printed again when it changes. */
struct text_day {
	bool known;
	int64_t day; /* from 1970, on the reader's clocks */
	int year;
};

/* Lines on their way out; a row is handed to the stream at each page_flush(). */
struct page {
	FILE *out;
	const struct style *style;
	size_t columns;
	size_t column;         /* where the next character goes, from 0 */
	size_t indent;         /* where wrapped lines go on */
	struct rp_buf buf;     /* the rows not yet handed to the stream */
	struct rp_buf scratch; /* one piece of text, as a terminal may see it */
	struct rp_buf note;    /* for building pieces; see page_note() */
	struct text_day day;
	struct zone *event; /* the zone opened last */
	struct rp_slice event_name;
	struct rp_slice place; /* the place named last */
};

void page_init(struct page *page, FILE *out, const struct style *style);
void page_done(struct page *page); /* flushes */
DEFINE_CLEANUP_DONE(struct page, page_done);
void page_flush(struct page *page);

/* Wrapped lines start at that column; at most half a page is given away. */
void page_indent(struct page *page, size_t column);
void page_newline(struct page *page);           /* to column 0 */
void page_to(struct page *page, size_t column); /* blanks up to there; no way back */

/* Words of ours, wrapped; a piece that starts with a blank may lose it to a
 * line's end. */
void page_words(struct page *page, enum tint tint, const char *words);
/* What was built in page->note by means of ours and utf8_show(); empties it. */
void page_note(struct page *page, enum tint tint);
/* Words flush right on this line where they fit, else on the next. */
void page_note_right(struct page *page, enum tint tint);
/* Text of strangers with its own line breaks; "(no text)" in words when it is empty. */
void page_text(struct page *page, enum tint tint, struct rp_slice text);

/* Start a further note behind "; " in page->note. */
void note_next(struct page *page);

/* ---- times (text-time.c) ------------------------------------------------- */

/*
 * "22 Jan 04:35", "<=15:19", "21 Jan ~22:23", "22 Jan", "time unknown": no more digits
 * than are known, in the reader's zone; the day only when it is not the one in *day
 * (NULL: always, with the year and all digits).  zone_name: the event's own, for whole
 * days.
 */
void when_add(struct page *page, struct rp_buf *out, struct text_day *day,
              struct rp_time time, struct rp_slice zone_name);

/* "That day", "that minute": an interval nothing has narrowed, or one exact instant. */
bool when_is_whole(struct rp_time time);

/* An instant with its date and all digits its precision has. */
void when_add_full(struct page *page, struct rp_buf *out, int64_t us,
                   enum rp_precision precision);

/* The zone all times are in, by the name the reader chose;
 * else as clocks call it then. */
void when_add_zone(struct page *page, struct rp_buf *out, int64_t us);

/* "22 Jan 10:00-12:00", "22 Jan 10:00 - 23 Jan 12:00". */
void when_add_span(struct page *page, struct rp_buf *out, int64_t from, int64_t until);

/* "22-23 Jan 2025, Europe/Paris". */
void when_add_range(struct page *page, struct rp_buf *out, int64_t first, int64_t last);

/* "CET <=16:19" when the event's clocks show something else than the reader's. */
bool when_add_there(struct page *page, struct rp_buf *out, struct rp_time time,
                    struct rp_slice zone_name);

/* "12 s", "4 min", "10 h 45 min", "3 days 4 h", to the nearest. */
void duration_add(struct rp_buf *out, int64_t us);

/* The day of an instant on the reader's clocks, from 1970. */
int64_t when_day(const struct page *page, int64_t us, int *year_out);
/* The instant a time is shown by: its last bound, the middle of a whole day. */
int64_t when_instant(struct rp_time time);

/* ---- people, edges, states (text-label.c) -------------------------------- */

/* "Musk", else "@handle", else the name, else the key; "somebody" for nobody. */
void author_add_short(struct rp_buf *out, const struct view_author *author);
/* "Elon Musk @elonmusk", with the account's key when the handle could deceive. */
void author_add_long(struct rp_buf *out, const struct view_author *author);
void person_add(struct rp_buf *out, const struct person *person);

/* '>' '"' '@' ':' '~' '+' '!', see riposte-threads(7); ' ' for an edge of no mark. */
char edge_mark(const struct view_edge *edge);
/* The mark of what a node stands below, or answers outside this view; ' ': nothing. */
char node_mark(const struct view_node *node);
/* "answers", "quotes", … and, of the parent's side, "answered by", … */
const char *edge_verb(enum edge_type type);
const char *edge_verb_passive(enum edge_type type);

/* "[not in the archive] @OpenAI, x:188…; account suspended". */
void ghost_add(struct rp_buf *out, const struct view_post *post);

/* What a post says, an article's headline before it; of one that is all pictures, how
 * many. */
void page_said(struct page *page, const struct view_post *post);

/* Which version of its parent a reply was made to, where that is not the last. */
void note_answered(struct page *page, const struct view_node *node);

/* Into page->note: edited, deleted, cut short, damaged; nothing for the usual. */
void note_state(struct page *page, const struct view_post *post);
/* Into page->note: where it was said, and the clock there, when that is news. */
void note_place(struct page *page, const struct post *post, struct rp_time time);
/* Into page->note: its thread leaves the post's time no room. */
void note_conflict(struct page *page, const struct view_post *post);
/* Into page->note: reposts, copies, conflicts, edges that are not the one followed. */
void note_node(struct page *page, const struct view_node *nodes,
               const struct view_node *node);

/* "Not complete: …", a line each; gaps are told by page_coverage(). */
void page_why(struct page *page, const struct view_why *why, size_t n);
/* How well the view was followed, and where not: a line or two. */
void page_coverage(struct page *page, const struct view_coverage *coverage);
/* Three parts over the width of the page, or below each other.  All were built by us. */
void page_header(struct page *page, struct rp_slice left, struct rp_slice middle,
                 struct rp_slice right);

/* ---- the writers' functions ---------------------------------------------- */

void text_post(FILE *out, const struct style *style, struct post_list *list,
               const struct view_post *post);
void text_thread(FILE *out, const struct style *style, const struct thread_view *view);
void text_exchange(FILE *out, const struct style *style,
                   const struct exchange_view *view);
void text_show(FILE *out, const struct style *style, const struct view_post *post,
               const struct view_seen *seen, const struct state_note *states,
               size_t n_states);

#endif
