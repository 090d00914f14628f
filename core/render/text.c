#include "core/render/text.h"

#include "core/base/utf8.h"

#include <assert.h>

enum { TEXT_CEILING = 128 << 20 }; /* a record of 16 MiB, shown at 6 bytes a byte */

static const char *const tints[] = {
	[TINT_NONE] = "",         [TINT_DIM] = "\x1b[2m",    [TINT_NAME] = "\x1b[1m",
	[TINT_MARK] = "\x1b[36m", [TINT_GHOST] = "\x1b[33m",
};

void
page_init(struct page *page, FILE *out, const struct style *style)
{
	*page = (struct page){ .out = out, .style = style, .columns = style->columns };
	if (page->columns < PAGE_MIN_COLUMNS)
		page->columns = PAGE_MIN_COLUMNS;
	if (page->columns > PAGE_MAX_COLUMNS)
		page->columns = PAGE_MAX_COLUMNS;
	buf_init(&page->buf, TEXT_CEILING);
	buf_init(&page->scratch, TEXT_CEILING);
	buf_init(&page->note, TEXT_CEILING);
}

void
page_done(struct page *page)
{
	page_flush(page);
	page->event = zone_close(page->event);
	buf_done(&page->buf);
	buf_done(&page->scratch);
	buf_done(&page->note);
}

void
page_flush(struct page *page)
{
	if (page->buf.n > 0)
		fwrite(page->buf.p, 1, page->buf.n, page->out);
	buf_clear(&page->buf);
}

void
page_indent(struct page *page, size_t column)
{
	page->indent = column > page->columns / 2 ? page->columns / 2 : column;
}

void
page_newline(struct page *page)
{
	/* Blanks that led nowhere. */
	while (page->buf.n > 0 && page->buf.p[page->buf.n - 1] == ' ')
		page->buf.n--;
	buf_add_byte(&page->buf, '\n');
	page->column = 0;
}

void
page_to(struct page *page, size_t column)
{
	while (page->column < column && page->column < page->columns) {
		buf_add_byte(&page->buf, ' ');
		page->column++;
	}
}

static void
put(struct page *page, enum tint tint, struct rp_slice s)
{
	bool tinted = page->style->colour && tint != TINT_NONE;
	size_t n = s.n;

	while (n > 0 && s.p[n - 1] == ' ')
		n--;
	tinted = tinted && n > 0;
	if (tinted)
		buf_add_str(&page->buf, tints[tint]);
	buf_add(&page->buf, rp_slice_from(s.p, n));
	if (tinted)
		buf_add_str(&page->buf, "\x1b[0m");
	buf_add(&page->buf, rp_slice_skip(s, n));
	page->column += utf8_width(s);
}

/* Between the n-th byte and the one before it there is no place to break. */
static bool
inside_word(struct rp_slice s, size_t n)
{
	size_t last = n;

	if (n == 0 || n >= s.n || s.p[n] == ' ' || s.p[n - 1] == ' ')
		return false;
	do
		last--;
	while (last > 0 && ((unsigned char)s.p[last] & 0xc0) == 0x80);
	return utf8_width(rp_slice_from(s.p + last, n - last)) < 2;
}

static struct rp_slice
skip_blanks(struct rp_slice s)
{
	while (s.n > 0 && s.p[0] == ' ')
		s = rp_slice_skip(s, 1);
	return s;
}

/* One line of shown text, wrapped to page->indent. */
static void
flow(struct page *page, enum tint tint, struct rp_slice s)
{
	while (s.n > 0) {
		size_t room =
			page->column < page->columns ? page->columns - page->column : 0;
		size_t n = room > 0 ? utf8_wrap(s, room) : 0;
		struct rp_slice head = rp_slice_from(s.p, n);

		if (page->column > page->indent &&
		    (n == 0 || inside_word(s, n) || utf8_width(head) > room)) {
			page_newline(page);
			s = skip_blanks(s);
		} else {
			put(page, tint, head);
			s = rp_slice_skip(s, n);
			if (s.n == 0)
				break;
			s = skip_blanks(s);
			if (s.n > 0)
				page_newline(page);
		}
		if (s.n > 0)
			page_to(page, page->indent);
	}
}

void
page_words(struct page *page, enum tint tint, const char *words)
{
	flow(page, tint, rp_slice_str(words));
}

void
page_note(struct page *page, enum tint tint)
{
	flow(page, tint, buf_slice(&page->note));
	buf_clear(&page->note);
}

void
page_note_right(struct page *page, enum tint tint)
{
	const size_t width = utf8_width(buf_slice(&page->note));

	if (width == 0)
		return;
	if (page->column + 2 + width > page->columns) {
		page_newline(page);
		page_to(page, page->indent);
	}
	if (page->column + width < page->columns)
		page_to(page, page->columns - width);
	page_note(page, tint);
}

void
page_text(struct page *page, enum tint tint, struct rp_slice text)
{
	struct rp_slice rest;
	size_t empty = 0;
	bool any = false;

	buf_clear(&page->scratch);
	utf8_show(&page->scratch, text, false);
	for (size_t i = 0; i < page->scratch.n; i++)
		if (page->scratch.p[i] == '\t')
			page->scratch.p[i] = ' ';
	rest = rp_slice_trim(buf_slice(&page->scratch));
	if (rest.n == 0) {
		page_words(page, TINT_DIM,
		           buf_failed(&page->scratch) ? "(text too long to show)"
		                                      : "(no text)");
		return;
	}
	while (rest.n > 0) {
		struct rp_slice line = skip_blanks(rp_slice_cut(&rest, '\n'));

		/* Empty lines in a row are one. */
		if (line.n == 0) {
			empty++;
			continue;
		}
		if (any)
			page_newline(page);
		if (any && empty > 0)
			page_newline(page);
		page_to(page, page->indent);
		flow(page, tint, line);
		any = true;
		empty = 0;
	}
}

void
note_next(struct page *page)
{
	if (page->note.n > 0)
		buf_add_str(&page->note, "; ");
}

void
page_why(struct page *page, const struct view_why *why, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (why[i].code == WHY_GAP)
			continue;
		page_indent(page, 2);
		buf_add_str(&page->note, "not complete: ");
		utf8_show(&page->note, why[i].text, true);
		if (why[i].key.n > 0) {
			buf_add_str(&page->note, " (");
			utf8_show(&page->note, why[i].key, true);
			buf_add_byte(&page->note, ')');
		}
		page->column = page->indent; /* the first line is not indented */
		page_note(page, TINT_DIM);
		page_newline(page);
		page_flush(page);
	}
}

void
page_header(struct page *page, struct rp_slice left, struct rp_slice middle,
            struct rp_slice right)
{
	const size_t widths[] = { utf8_width(left), utf8_width(middle),
		                  utf8_width(right) };
	const size_t sum = widths[0] + widths[1] + widths[2];

	page_indent(page, 2);
	if (sum + 4 > page->columns) {
		flow(page, TINT_NAME, left);
		page_newline(page);
		page_to(page, 2);
		flow(page, TINT_DIM, middle);
		page_words(page, TINT_DIM, ", ");
		flow(page, TINT_DIM, right);
	} else {
		put(page, TINT_NAME, left);
		page_to(page, widths[0] + (page->columns - sum) / 2);
		put(page, TINT_DIM, middle);
		page_to(page, page->columns - widths[2]);
		put(page, TINT_DIM, right);
	}
	page_newline(page);
}
