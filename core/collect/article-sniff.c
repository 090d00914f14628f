/*
 * Is a text an article?  Prose is in every manual; an article has paragraphs of it and
 * little else, and tells who wrote it, when or where, or lets people speak.
 */
#include "core/base/charset.h"
#include "core/base/utf8.h"
#include "core/collect/article.h"
#include "core/collect/plain.h"

enum {
	ROOM_BYTES = 32 << 20, /* the quotations of a text need fifty times its size */
	TITLE_LEAST_BYTES = 10,
	TITLE_MAX_BYTES = 250,
	PARAGRAPH_BYTES = 60, /* at least */
	PARAGRAPHS = 2,
	ATTRIBUTED = 2,
	LINE_OF_MANUAL = 84, /* programs' texts are broken at 72 to 80 */
	TITLE_LINES = 5,
};

/* Its lines are those of a page as it was copied: nothing is set apart by signs. */
static bool
is_free_of_signs(const struct plain *plain)
{
	return !plain_is_technical(plain) && plain->underlines == 0 && plain->code <= 1 &&
	       plain->bullets * 5 <= plain->lines && plain->fields * 5 <= plain->lines &&
	       plain->indented * 5 <= plain->lines;
}

/* How much of a text is paragraphs of sentences. */
struct prose {
	size_t bytes, all;
	size_t paragraphs;
};

static struct prose
measure(const struct article *article)
{
	struct prose prose = { 0 };

	for (size_t i = 0; i < article->n_blocks; i++) {
		const struct rp_slice text = article->blocks[i].text;

		prose.all += text.n;
		if (text.n < PARAGRAPH_BYTES || !plain_is_sentence(text))
			continue;
		prose.bytes += text.n;
		prose.paragraphs++;
	}
	return prose;
}

/* A line that is longer than programs' manuals have any. */
static bool
is_unbroken(struct rp_slice text)
{
	while (text.n > 0)
		if (rp_slice_trim(rp_slice_cut(&text, '\n')).n > LINE_OF_MANUAL)
			return true;
	return false;
}

static bool
has_attributed(struct article *article)
{
	const struct press_article known = { .title = article->title,
		                             .published = RP_TIME_UNKNOWN };
	const struct press_quotation *list = NULL;
	size_t n = 0, attributed = 0;

	if (press_quotations(article->arena, &known, article->blocks, article->n_blocks,
	                     &list, &n, NULL) != RP_OK)
		return false;
	for (size_t i = 0; i < n; i++)
		attributed += list[i].speaker.n > 0;
	return attributed >= ATTRIBUTED;
}

static bool
has_title(struct rp_slice text)
{
	const struct rp_slice line =
		rp_slice_trim(rp_slice_from(text.p, rp_slice_find_byte(text, '\n')));

	return line.n >= TITLE_LEAST_BYTES && line.n <= TITLE_MAX_BYTES &&
	       strchr("{[<\"#", line.p[0]) == NULL;
}

static bool
is_article(struct article *article, struct rp_slice text)
{
	struct prose prose;
	bool signed_or_dated;

	if (!article_read_text(article, text))
		return false;
	prose = measure(article);
	if (prose.paragraphs < PARAGRAPHS || prose.bytes * 3 < prose.all * 2)
		return false;
	signed_or_dated = article->byline.n > 0 || article->address.n > 0 ||
	                  rp_time_known(article->published);
	return (signed_or_dated && is_unbroken(text)) || has_attributed(article);
}

bool
article_is_text(struct rp_slice head)
{
	CLEANUP(arena_free) struct arena *arena = NULL;
	CLEANUP(buf_done) struct rp_buf text;
	struct article article = { .published = RP_TIME_NONE, .modified = RP_TIME_NONE };
	const struct plain plain = plain_look(head);

	buf_init(&text, 4 * head.n + 64);
	if (!has_title(head) || !is_free_of_signs(&plain))
		return false;
	arena = arena_new(ROOM_BYTES);
	if (arena == NULL)
		return false;
	article.arena = arena;
	(void)charset_read(
		&text, head,
		utf8_valid(head) ? RP_SLICE("utf-8") : RP_SLICE("windows-1252"), false);
	return !buf_failed(&text) && is_article(&article, buf_slice(&text));
}
