/*
 * Articles of the press: pages as a browser saves them, and texts copied out of them.
 */
#include "core/collect/article.h"

#include "core/base/charset.h"
#include "core/base/url.h"
#include "core/collect/cue.h"
#include "core/collect/options.h"
#include "core/collect/whole.h"

#include <stdlib.h>

enum {
	/* A page of 16 MB that is all tags has a tree of 100. */
	ARENA_BYTES = 192 << 20,
	LEAST_TEXT_BYTES = 120, /* of a page that does not say that it is an article */
	SNIFF_BYTES = 4096,
};

struct collector {
	struct whole whole;
	struct arena *arena; /* of what was read; until the next batch */
	struct rp_buf options;
	struct zone *zone;
};

/* ---- what the user says -------------------------------------------------- */

static struct rp_slice
option(const struct article *article, const char *key)
{
	return options_get(article->options, rp_slice_str(key));
}

/* What has to be known before the page is read. */
static bool
apply_settings(struct article *article)
{
	const struct date_context context = { article->zone, RP_BASIS_USER };
	struct rp_slice when = option(article, "start");
	const struct rp_slice address = option(article, "url");

	if (when.n == 0)
		when = option(article, "date");
	if (when.n > 0 && !date_read(when, &context, &article->published, NULL))
		article->published = RP_TIME_NONE;
	article->title = option(article, "title");
	article->lang = option(article, "lang");
	return address.n == 0 || url_clean(article->arena, address, &article->address);
}

/* The settings win over what the page said. */
static bool
override_page(struct article *article, const struct article *told)
{
	if (told->title.n > 0)
		article->title = told->title;
	if (told->lang.n > 0)
		article->lang = told->lang;
	if (told->address.n > 0)
		article->address = told->address;
	if (rp_time_known(told->published))
		article->published = told->published;
	return true;
}

/* ---- reading ------------------------------------------------------------- */

static enum rp_status
too_much(struct rp_error *err)
{
	return rp_fail(err, RP_BAD_ITEM, "a page with too much in it");
}

static enum rp_status
read_page(struct article *article, struct rp_slice bytes, struct rp_error *err)
{
	struct html html;
	enum rp_status st = html_parse(article->arena, bytes,
	                               options_charset(article->options), &html, err);
	bool *gone;

	if (st != RP_OK)
		return st;
	article->damaged = html.damaged;
	gone = arena_array(article->arena, html.n, sizeof(*gone));
	if (gone == NULL)
		return too_much(err);
	st = article_read_embeds(article, &html, gone, err);
	if (st == RP_OK)
		st = article_read_meta(article, bytes, &html, gone, err);
	if (st == RP_OK && !article_read_body(article, &html, gone))
		st = too_much(err);
	return st;
}

static struct rp_slice
without_front(struct rp_slice bytes)
{
	size_t mark = 0;

	(void)charset_of_mark(bytes, &mark);
	return rp_slice_trim(rp_slice_skip(bytes, mark));
}

/* By its mark, else by its bytes. */
static enum rp_status
read_text(struct article *article, struct rp_slice bytes, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	size_t mark = 0;
	struct rp_slice name = charset_of_mark(bytes, &mark), copy;
	const struct rp_slice front = without_front(bytes);

	buf_init(&text, 3 * (size_t)RECORD_MAX_BYTES);
	if (rp_slice_starts(front, RP_SLICE("WEBVTT")) || cue_is_srt(front))
		return rp_fail(err, RP_BAD_ITEM, "captions, no article");

	bytes = rp_slice_skip(bytes, mark);
	if (name.n == 0)
		name = options_charset(article->options);
	if (name.n == 0)
		name = charset_guess(bytes);
	if (!charset_read(&text, bytes, name, true)) {
		article->damaged = true;
		(void)charset_read(&text, bytes, name, false);
	}
	if (buf_failed(&text) || !arena_copy(article->arena, buf_slice(&text), &copy) ||
	    !article_read_text(article, copy))
		return too_much(err);
	article->is_article = true; /* nobody saves an error as a text */
	return RP_OK;
}

/* Where `tag` stands near the front, whatever its case. */
static bool
has_tag(struct rp_slice bytes, const char *tag)
{
	struct rp_slice head = { bytes.p, bytes.n < SNIFF_BYTES ? bytes.n : SNIFF_BYTES };

	for (; head.n > 0; head = rp_slice_skip(head, 1)) {
		head = rp_slice_skip(head, rp_slice_find_byte(head, '<'));
		if (head.n > 0 && rp_slice_starts_nocase(head, rp_slice_str(tag)))
			return true;
	}
	return false;
}

static bool
is_wide(struct rp_slice bytes)
{
	size_t mark = 0;

	return rp_slice_starts(charset_of_mark(bytes, &mark), RP_SLICE("utf-16"));
}

static bool
is_page(struct rp_slice bytes)
{
	static const char *const tags[] = {
		"<!doctype html", "<html",  "<head", "<body", "<article",
		"<meta",          "<title", "<div",  "<p>",   "<p "
	};
	const struct rp_slice front = without_front(bytes);

	if (front.n == 0 || (front.p[0] != '<' && !is_wide(bytes)))
		return false;
	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++)
		if (has_tag(bytes, tags[i]))
			return true;
	return is_wide(bytes) &&
	       memchr(bytes.p, '<', bytes.n < 64 ? bytes.n : 64) != NULL;
}

/* ---- one file ------------------------------------------------------------ */

/* Newlines and other controls of what is shown on one line become blanks. */
static bool
make_line(struct arena *arena, struct rp_slice *text)
{
	char *p = arena_alloc(arena, text->n);
	size_t n = 0;

	if (p == NULL)
		return false;
	for (size_t i = 0; i < text->n; i++) {
		const bool blank = (unsigned char)text->p[i] <= ' ' || text->p[i] == 0x7f;

		if (!blank || (n > 0 && p[n - 1] != ' '))
			p[n++] = blank ? ' ' : text->p[i];
	}
	*text = rp_slice_trim(rp_slice_from(p, n));
	return true;
}

/* What a network shows around its posts is no article, whatever it says. */
static bool
is_of_network(const struct article *article)
{
	struct url_meaning meaning;

	return article->address.n > 0 &&
	       url_meaning(article->arena, article->address, &meaning) &&
	       (meaning.kind == URL_POST || meaning.kind == URL_ACCOUNT) &&
	       (key_platform(meaning.author) == PLATFORM_X ||
	        key_platform(meaning.key) == PLATFORM_X ||
	        key_platform(meaning.key) == PLATFORM_BSKY);
}

/* Why there is nothing to keep of it; NULL: there is. */
static const char *
emptiness(const struct article *article)
{
	const size_t n = article_text_bytes(article);

	if (is_of_network(article))
		return "a page of X or Bluesky, no article";
	if (article->n_embeds > 0 || article->n_updates > 0)
		return NULL;
	if (n > 0 && (article->is_article || n >= LEAST_TEXT_BYTES))
		return NULL;
	if (article->paywalled)
		return "no text in it: the article is behind a paywall";
	if (!article->is_page)
		return "no article: there is nothing in it but a headline and its like";
	return n > 0 ? "too little text for an article: an error page, or one that "
	               "scripts fill"
	             : "no text in it: a page that scripts fill, or an error page";
}

static enum rp_status
read_article(struct article *article, struct rp_slice bytes, struct rp_error *err)
{
	struct article told = *article;
	enum rp_status st;

	if (!apply_settings(&told))
		return too_much(err);
	article->zone = told.zone;
	article->is_page = is_page(bytes);
	st = article->is_page ? read_page(article, bytes, err)
	                      : read_text(article, bytes, err);
	if (st != RP_OK)
		return st;
	if (!override_page(article, &told) ||
	    !make_line(article->arena, &article->title) ||
	    !make_line(article->arena, &article->byline) ||
	    !make_line(article->arena, &article->publisher))
		return too_much(err);
	return RP_OK;
}

/*
 * The server was asked for this very article, and says that it is gone for good (410).
 * That there is nothing at the address (404) may be a mistake.
 */
static bool
is_gone(const struct collector *c, struct rp_slice *key_out)
{
	const struct rp_slice options = buf_slice(&c->options);

	*key_out = options_get(options, RP_SLICE("asked"));
	return key_platform(*key_out) == PLATFORM_PRESS &&
	       rp_slice_eq(options_get(options, RP_SLICE("status")), RP_SLICE("410"));
}

static enum rp_status
take_gone(const struct collector *c, struct rp_slice key, struct batch_lists *lists,
          struct rp_error *err)
{
	struct state_note *note = batch_add_state(lists);

	if (note == NULL || !arena_copy(lists->arena, key, &key))
		return rp_fail_memory(err);
	*note = (struct state_note){ .subject = key,
		                     .state = STATE_DELETED,
		                     .as_of = options_as_of(buf_slice(&c->options)),
		                     .evidence = RP_SLICE("410 Gone") };
	return RP_OK;
}

/* Of a page that cannot be read nothing is kept but its bytes. */
static enum rp_status
take(struct collector *c, struct rp_slice bytes, struct batch_lists *lists,
     struct rp_error *err)
{
	struct article article = { .arena = c->arena,
		                   .options = buf_slice(&c->options),
		                   .as_of = options_as_of(buf_slice(&c->options)),
		                   .zone = c->zone,
		                   .published = RP_TIME_NONE,
		                   .modified = RP_TIME_NONE };
	struct batch_lists before = *lists;
	struct rp_error why = { .status = RP_OK };
	struct batch_record *record;
	enum rp_status st = read_article(&article, bytes, &why);

	if (st == RP_OK && emptiness(&article) != NULL)
		return batch_reject(lists, 0, bytes.n, 1, emptiness(&article), err);
	if (st == RP_OK) {
		record = batch_add_record(lists);
		if (record == NULL)
			return rp_fail_memory(err);
		*record = (struct batch_record){ .n = bytes.n, .kind = RECORD_MARKUP };
		st = article_observe(&article, bytes, lists, &why);
	}
	if (st == RP_BAD_ITEM) {
		*lists = before;
		return batch_reject(lists, 0, bytes.n, 1, why.text, err);
	}
	return st == RP_OK ? RP_OK : rp_fail(err, st, "%s", why.text);
}

static struct collector *
article_close(struct collector *c)
{
	if (c == NULL)
		return NULL;
	whole_done(&c->whole);
	arena_free(c->arena);
	buf_done(&c->options);
	zone_close(c->zone);
	free(c);
	return NULL;
}

static enum rp_status
article_open(const struct input *input, struct collector **out, struct rp_error *err)
{
	struct collector *c = calloc(1, sizeof(*c));
	const struct rp_slice zone = options_get(input->options, RP_SLICE("tz"));
	enum rp_status st = options_check(input->options, err);

	if (c == NULL)
		return rp_fail_memory(err);
	whole_init(&c->whole, input->reader);
	buf_init(&c->options, RECORD_MAX_BYTES);
	buf_add(&c->options, input->options);
	c->arena = arena_new(ARENA_BYTES);
	if (st == RP_OK && (c->arena == NULL || buf_failed(&c->options)))
		st = rp_fail_memory(err);
	if (st == RP_OK && zone.n > 0)
		st = zone_open(zone, &c->zone, err);
	if (st == RP_OK)
		st = whole_read(&c->whole, err);
	if (st == RP_OK)
		*out = c;
	else
		article_close(c);
	return st;
}

static enum rp_status
article_next(struct collector *c, struct batch *batch, struct rp_error *err)
{
	struct batch_lists lists;
	struct rp_slice bytes, key;
	enum rp_status st = whole_next(&c->whole, batch, &lists, &bytes, err);

	if (st != RP_OK || bytes.n == 0)
		return st;
	arena_reset(c->arena);
	st = is_gone(c, &key) ? take_gone(c, key, &lists, err)
	                      : take(c, bytes, &lists, err);
	if (st == RP_OK)
		batch_finish(&lists, batch);
	return st;
}

/* ---- is it one ----------------------------------------------------------- */

static int
article_sniff(struct rp_slice head, const struct input *input)
{
	static const char *const signs[] = {
		"\"og:type\" content=\"article\"",
		"NewsArticle",
		"BlogPosting",
		"article:published_time",
		"<article",
		"articleBody",
		"datePublished",
	};

	(void)input;
	if (!is_page(head))
		return article_is_text(without_front(head)) ? 10 : 0;
	if (has_tag(head, "<rss") || has_tag(head, "<feed") || has_tag(head, "<rdf"))
		return 0;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (article_has(head, signs[i]))
			return 80;
	return has_tag(head, "<!doctype html") || has_tag(head, "<html") ? 50 : 15;
}

const struct collector_ops article_collector = {
	.name = "article",
	.summary = "an article of the press, a saved page or a text",
	.sniff = article_sniff,
	.open = article_open,
	.next = article_next,
	.close = article_close,
};
