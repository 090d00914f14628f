/*
 * An article without markup, as copied out of a page or a file of clippings: a headline,
 * lines that tell who wrote it, when and where, and paragraphs.
 */
#include "core/base/url.h"
#include "core/collect/article.h"

enum {
	FRONT_LINES = 6,       /* of byline, date and address, below the headline */
	FRONT_MAX_BYTES = 160, /* longer lines are prose */
	TITLE_MAX_BYTES = 400,
};

/* An empty line between two that are not. */
static bool
has_empty_lines(struct rp_slice text)
{
	bool after_empty = false, met = false;

	while (text.n > 0) {
		const bool empty = rp_slice_trim(rp_slice_cut(&text, '\n')).n == 0;

		if (!empty && met && after_empty)
			return true;
		met |= !empty;
		after_empty = empty;
	}
	return false;
}

/* Lines of one paragraph into one; a word cut at the end of a line is whole again. */
static void
add_line(struct rp_buf *paragraph, struct rp_slice line)
{
	const bool cut = paragraph->n > 1 && paragraph->p[paragraph->n - 1] == '-' &&
	                 paragraph->p[paragraph->n - 2] != ' ' && line.n > 0 &&
	                 line.p[0] >= 'a' && line.p[0] <= 'z';

	if (paragraph->n > 0 && !cut)
		buf_add_byte(paragraph, ' ');
	for (size_t i = 0; i < line.n; i++) {
		const char c = line.p[i] == '\t' || line.p[i] == '\r' ? ' ' : line.p[i];

		if (c != ' ' || (i > 0 && line.p[i - 1] != ' '))
			buf_add_byte(paragraph, c);
	}
}

static bool
end_paragraph(struct article *article, struct rp_buf *paragraph)
{
	const bool fits = !buf_failed(paragraph) &&
	                  article_add_block(article, PRESS_PARAGRAPH,
	                                    buf_slice(paragraph), RP_SLICE(""));

	buf_clear(paragraph);
	return fits;
}

bool
article_add_paragraphs(struct article *article, struct rp_slice text)
{
	CLEANUP(buf_done) struct rp_buf paragraph;
	const bool by_empty_lines = has_empty_lines(text);

	buf_init(&paragraph, RECORD_MAX_BYTES);
	while (text.n > 0) {
		const struct rp_slice line = rp_slice_trim(rp_slice_cut(&text, '\n'));

		if (line.n > 0)
			add_line(&paragraph, line);
		if ((line.n == 0 || !by_empty_lines) &&
		    !end_paragraph(article, &paragraph))
			return false;
	}
	return end_paragraph(article, &paragraph);
}

static bool
is_byline(struct rp_slice line, struct rp_slice *name)
{
	static const struct rp_slice fronts[] = {
		RP_LIT("Par "), RP_LIT("By "),  RP_LIT("Von "),
		RP_LIT("Por "), RP_LIT("Di "),  RP_LIT("PAR "),
		RP_LIT("BY "),  RP_LIT("par "), RP_LIT("by "),
	};

	for (size_t i = 0; i < sizeof(fronts) / sizeof(*fronts); i++)
		if (rp_slice_starts(line, fronts[i])) {
			*name = rp_slice_trim(rp_slice_skip(line, fronts[i].n));
			return true;
		}
	return false;
}

/* A line that is no prose: true, and what it tells is kept. */
static bool
read_front(struct article *article, struct rp_slice line, bool *full)
{
	const struct date_context context = article_dates(article);
	struct rp_slice name, address = RP_SLICE("");
	struct rp_time time;

	if (rp_slice_starts(line, RP_SLICE("https://")) ||
	    rp_slice_starts(line, RP_SLICE("http://"))) {
		if (rp_slice_find_byte(line, ' ') < line.n)
			return false;
		if (!url_clean(article->arena, line, &address))
			*full = true;
		if (article->address.n == 0 && !article_is_home_page(address))
			article->address = address;
		return true;
	}
	if (line.n > FRONT_MAX_BYTES)
		return false;
	if (date_read(line, &context, &time, NULL)) {
		article_published(article, time);
		return true;
	}
	if (!is_byline(line, &name) || rp_slice_ends(line, RP_SLICE(".")))
		return false;
	article->byline = name;
	return true;
}

bool
article_read_text(struct article *article, struct rp_slice text)
{
	struct rp_slice rest = text, line = RP_SLICE("");
	bool full = false;
	int n = 0;

	while (rest.n > 0 && line.n == 0)
		line = rp_slice_trim(rp_slice_cut(&rest, '\n'));
	if (line.n > 0 && line.n <= TITLE_MAX_BYTES &&
	    !read_front(article, line, &full)) {
		if (article->title.n == 0)
			article->title = line;
	} else if (line.n > TITLE_MAX_BYTES)
		rest = text;
	while (n < FRONT_LINES && rest.n > 0 && !full) {
		struct rp_slice next = rest;

		line = rp_slice_trim(rp_slice_cut(&next, '\n'));
		if (line.n > 0 && (n++, !read_front(article, line, &full)))
			break;
		rest = next;
	}
	return !full && article_add_paragraphs(article, rest);
}
