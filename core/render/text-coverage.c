/* The line below a thread or an exchange that says how well it was followed. */
#include "core/render/text.h"

#include "core/base/utf8.h"

enum { NAMED = 3 }; /* of each list; then how many more there are */

/* "@a", "@a and @b", "@a, @b and 7 others" */
static void
add_labels(struct rp_buf *out, const struct rp_slice *labels, size_t n)
{
	const size_t named = n <= NAMED ? n : NAMED - 1;

	for (size_t i = 0; i < named; i++) {
		if (i > 0)
			buf_add_str(out, i + 1 == n ? " and " : ", ");
		utf8_show(out, labels[i], true);
	}
	if (n > named)
		buf_printf(out, " and %zu others", n - named);
}

/* A part of the line behind "; ". */
static void
add_part(struct page *page, bool *first, const struct rp_slice *labels, size_t n,
         const char *words)
{
	if (n == 0)
		return;
	if (!*first)
		note_next(page);
	*first = false;
	add_labels(&page->note, labels, n);
	buf_add_str(&page->note, words);
}

static void
add_gaps(struct page *page, bool *first, const struct view_gap *gaps, size_t n)
{
	for (size_t i = 0; i < n && i < NAMED; i++) {
		if (!*first)
			note_next(page);
		*first = false;
		buf_add_str(&page->note, "gap: ");
		utf8_show(&page->note, gaps[i].label, true);
		buf_add_byte(&page->note, ' ');
		when_add_span(page, &page->note, gaps[i].from, gaps[i].until);
		buf_add_str(&page->note, " (");
		utf8_show(&page->note, gaps[i].why, true);
		buf_add_byte(&page->note, ')');
	}
	if (n > NAMED)
		buf_printf(&page->note, "; %zu more gaps (see riposte gaps)", n - NAMED);
}

void
page_coverage(struct page *page, const struct view_coverage *coverage)
{
	bool first = true;

	page_indent(page, 2);
	buf_add_str(&page->note, "coverage: ");
	if (!coverage->ever) {
		buf_add_str(&page->note,
		            "imported files; no source follows these accounts");
	} else if (coverage->n_stretches == 0) {
		buf_add_str(&page->note, "no source followed these accounts at that "
		                         "time");
	} else {
		add_part(page, &first, coverage->whole, coverage->n_whole, " whole");
		add_part(page, &first, coverage->partly, coverage->n_partly, " in part");
		add_part(page, &first, coverage->unfollowed, coverage->n_unfollowed,
		         " not followed");
		add_gaps(page, &first, coverage->gaps, coverage->n_gaps);
	}
	page->column = page->indent; /* the first line is not indented */
	page_note(page, TINT_DIM);
	page_newline(page);
	page_flush(page);
}
