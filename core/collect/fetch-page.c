/*
 * Pages by their addresses: articles of the press, and transcripts of events.
 *
 * Each page has a place of its own in the cursor and is asked for only if it changed. One
 * that fails does not keep the others from being asked; what it failed with is what the
 * source ends with.
 */
#include "core/base/url.h"
#include "core/collect/fetch-web.h"
#include "core/collect/options.h"
#include "core/collect/validators.h"
#include "core/model/key.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	RUN_BYTES = 16 << 20,
	TEXT_BYTES = 16 << 20,
	PAGES_MAX = 1000, /* the cursor has a place for each, and is written that often */
};

static const int64_t missing_at_most = 30 * RP_DAY;

/* So many runs in a row something else stands there: somebody should have a look. */
enum { BLOCKED_MOST = 5 };

/* clang-format off */
static const struct setting_row press_settings[] = {
	{ "url", SETTING_URL, .several = true, .needed = true,
	  .help = "address of an article; asked for again while it changes" },
	{ NULL, SETTING_TEXT, .help = NULL },
};

static const struct setting_row transcript_settings[] = {
	{ "url", SETTING_URL, .needed = true,
	  .help = "address of a transcript: a page, a text, captions" },
	{ "event", SETTING_TEXT, .help = "name of the event; default: the source's" },
	{ "title", SETTING_TEXT, .help = "title of the event" },
	{ "place", SETTING_TEXT, .help = "where it was" },
	{ "date", SETTING_TEXT, .help = "its day there: 2025-01-22" },
	{ "start", SETTING_TEXT, .help = "when it began: 2025-01-22 16:10, on the clocks of tz" },
	{ "not_before", SETTING_TEXT, .help = "it was said then at the earliest: a time, or a post" },
	{ "not_after", SETTING_TEXT, .help = "it was said then at the latest" },
	{ "speaker", SETTING_TEXT, .several = true, .help = "who speaks" },
	{ NULL, SETTING_TEXT, .help = NULL },
};
/* clang-format on */

/* Settings of an event that go to the importer as they are. */
static const char *const event_keys[] = { "title",   "place",      "date",
	                                  "start",   "tz",         "lang",
	                                  "speaker", "not_before", "not_after" };

struct web_page {
	struct rp_slice url;
	struct validators validators;
	int64_t missing;  /* since when it is not there; unknown: it is */
	bool gone;        /* for good */
	bool put_off;     /* busy; asked once more behind the others */
	uint64_t text;    /* bytes to be read on what was kept last; 0: unknown */
	uint64_t blocked; /* runs in a row in which something else stood there */
};

struct fetcher {
	const struct source *source;
	bool transcript;
	struct arena *arena;
	struct web_page *pages;
	size_t n, at;           /* at: the one under way */
	size_t *order, n_order; /* of the questions: those put off come twice */
	struct rp_buf settings; /* lines for the importer, but for the url */
	struct rp_buf options, cursor;
	struct rp_error trouble; /* the first; status RP_OK: none */
};

/* ---- opening ------------------------------------------------------------- */

static struct fetcher *
page_close(struct fetcher *f)
{
	if (f == NULL)
		return NULL;
	buf_done(&f->settings);
	buf_done(&f->options);
	buf_done(&f->cursor);
	arena_free(f->arena);
	free(f);
	return NULL;
}

static enum rp_status
add_setting(struct fetcher *f, const char *key, struct rp_slice value,
            struct rp_error *err)
{
	struct rp_error why = { .status = RP_OK };
	enum rp_status st;

	if (value.n == 0)
		return RP_OK;
	st = options_add(&f->settings, rp_slice_str(key), value, &why);
	if (st == RP_BAD_USAGE)
		st = RP_BAD_CONFIG;
	return st == RP_OK ? RP_OK : rp_fail(err, st, "%s", why.text);
}

static enum rp_status
add_all(struct fetcher *f, const char *name, const char *key, struct rp_error *err)
{
	const struct section *section = &f->source->settings;
	const struct setting *setting = NULL;
	enum rp_status st = RP_OK;

	while (st == RP_OK && (setting = section_next(section, name, setting)) != NULL)
		st = add_setting(f, key, setting->value, err);
	return st;
}

/* An event must have a name that stays when the page changes. */
static enum rp_status
open_event(struct fetcher *f, struct rp_error *err)
{
	const struct rp_slice event = section_text(&f->source->settings, "event");
	enum rp_status st =
		add_setting(f, "event", event.n > 0 ? event : f->source->name, err);

	for (size_t i = 0; st == RP_OK && i < sizeof(event_keys) / sizeof(*event_keys);
	     i++)
		st = add_all(f, event_keys[i], event_keys[i], err);
	return st == RP_OK ? add_all(f, "roster", "speaker", err) : st;
}

static enum rp_status
open_settings(struct fetcher *f, struct rp_error *err)
{
	enum rp_status st;

	if (f->transcript)
		return open_event(f, err);
	st = add_all(f, "tz", "tz", err);
	return st == RP_OK ? add_all(f, "lang", "lang", err) : st;
}

static enum rp_status
open_pages(struct fetcher *f, struct rp_error *err)
{
	const struct section *section = &f->source->settings;
	const struct setting *setting = NULL;

	while ((setting = section_next(section, "url", setting)) != NULL)
		f->n++;
	if (f->n == 0 || f->n > PAGES_MAX)
		return rp_fail(err, RP_BAD_CONFIG,
		               f->n ? "more than %d urls" : "url is missing", PAGES_MAX);
	f->pages = arena_array(f->arena, f->n, sizeof(*f->pages));
	f->order = arena_array(f->arena, 2 * f->n, sizeof(*f->order));
	if (f->pages == NULL || f->order == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < f->n; i++) {
		setting = section_next(section, "url", i > 0 ? setting : NULL);
		f->pages[i] = (struct web_page){ .url = setting->value,
			                         .missing = RP_TIME_UNKNOWN };
		f->order[f->n_order++] = i;
	}
	return RP_OK;
}

/* ---- the cursor ------------------------------------------------------------ */

/*
 * "page=URL", then lines of that page.  Addresses come in the order of the settings as a
 * rule: the search begins behind the last one.
 */
static struct web_page *
find_page(struct fetcher *f, struct rp_slice url, size_t *from)
{
	for (size_t i = 0; i < f->n; i++) {
		struct web_page *page = &f->pages[(*from + i) % f->n];

		if (web_is_noted(url, page->url)) {
			*from += i + 1;
			return page;
		}
	}
	return NULL;
}

static void
read_cursor(struct fetcher *f, struct rp_slice text)
{
	struct rp_slice key, value;
	struct web_page *page = NULL;
	size_t from = 0;
	uint64_t time;

	while (options_next(&text, &key, &value)) {
		if (rp_slice_eq(key, RP_SLICE("page")))
			page = find_page(f, value, &from);
		else if (page == NULL || validators_line(&page->validators, key, value))
			continue;
		else if (rp_slice_eq(key, RP_SLICE("gone")))
			page->gone = true;
		else if (rp_slice_eq(key, RP_SLICE("missing")) &&
		         rp_slice_u64(value, &time) && time <= INT64_MAX)
			page->missing = (int64_t)time;
		else if (rp_slice_eq(key, RP_SLICE("text")))
			(void)!rp_slice_u64(value, &page->text);
		else if (rp_slice_eq(key, RP_SLICE("blocked")))
			(void)!rp_slice_u64(value, &page->blocked);
	}
}

static enum rp_status
put_cursor(struct fetcher *f, struct fetch_taken *taken, struct rp_error *err)
{
	buf_clear(&f->cursor);
	for (size_t i = 0; i < f->n; i++) {
		const struct web_page *page = &f->pages[i];

		web_line(&f->cursor, "page", page->url);
		validators_write(&page->validators, &f->cursor);
		if (page->missing != RP_TIME_UNKNOWN)
			buf_printf(&f->cursor, "missing=%" PRId64 "\n", page->missing);
		if (page->text > 0)
			buf_printf(&f->cursor, "text=%" PRIu64 "\n", page->text);
		if (page->blocked > 0)
			buf_printf(&f->cursor, "blocked=%" PRIu64 "\n", page->blocked);
		if (page->gone)
			buf_add_str(&f->cursor, "gone=1\n");
	}
	taken->has_cursor = true;
	taken->cursor = buf_slice(&f->cursor);
	return buf_failed(&f->cursor) ? rp_fail_memory(err) : RP_OK;
}

static enum rp_status
open(const struct source *source, struct rp_slice cursor, bool transcript,
     struct fetcher **out, struct rp_error *err)
{
	struct fetcher *f = calloc(1, sizeof(*f));
	enum rp_status st;

	if (f == NULL)
		return rp_fail_memory(err);
	f->source = source;
	f->transcript = transcript;
	f->arena = arena_new(RUN_BYTES);
	buf_init(&f->settings, TEXT_BYTES);
	buf_init(&f->options, TEXT_BYTES);
	buf_init(&f->cursor, TEXT_BYTES);
	st = f->arena != NULL && arena_copy(f->arena, cursor, &cursor)
	             ? open_settings(f, err)
	             : rp_fail_memory(err);
	if (st == RP_OK)
		st = open_pages(f, err);
	if (st != RP_OK) {
		page_close(f);
		return st;
	}
	read_cursor(f, cursor);
	*out = f;
	return RP_OK;
}

static enum rp_status
press_open(const struct source *source, struct rp_slice cursor,
           const struct archive_view *view, int64_t now, struct fetcher **out,
           struct rp_error *err)
{
	(void)view;
	(void)now;
	return open(source, cursor, false, out, err);
}

static enum rp_status
transcript_open(const struct source *source, struct rp_slice cursor,
                const struct archive_view *view, int64_t now, struct fetcher **out,
                struct rp_error *err)
{
	(void)view;
	(void)now;
	return open(source, cursor, true, out, err);
}

/* ---- asking -------------------------------------------------------------- */

/* The first trouble is the one that is told. */
static enum rp_status
ending(const struct fetcher *f, struct rp_error *err)
{
	return rp_fail(err, f->trouble.status, "%s", f->trouble.text);
}

static enum rp_status
page_next(struct fetcher *f, int64_t now, struct fetch_request *out, struct rp_error *err)
{
	struct web_page *page;

	while (f->at < f->n_order && f->pages[f->order[f->at]].gone)
		f->at++;
	if (f->at == f->n_order && f->n_order > 0 && f->trouble.status == RP_OK &&
	    f->n == 1 && f->pages[0].gone)
		return web_still_gone(f->pages[0].url, now, err);
	if (f->at == f->n_order)
		return f->trouble.status == RP_OK ? RP_END : ending(f, err);
	page = &f->pages[f->order[f->at]];
	*out = (struct fetch_request){ .url = page->url,
		                       .robots = true,
		                       .redirects = true };
	validators_ask(&page->validators, now, out);
	return RP_OK;
}

/* ---- what an answer is ------------------------------------------------------ */

/* "a PDF": what no importer of ours reads; NULL: it may be read. */
static const char *
foreign(const struct fetch_answer *answer)
{
	static const struct {
		const char *begins, *what;
	} types[] = {
		{ "application/pdf", "a PDF" },
		{ "image/", "a picture" },
		{ "video/", "a video" },
		{ "audio/", "a recording" },
		{ "font/", "a font" },
		{ "application/zip", "a zip file" },
		{ "application/msword", "a document of Word" },
		{ "application/vnd.", "a document of an office program" },
	};
	static const struct {
		const char *begins, *what;
	} bytes[] = {
		{ "%PDF-", "a PDF" },
		{ "PK\003\004", "a zip file" },
		{ "\x89PNG", "a picture" },
		{ "\xff\xd8\xff", "a picture" },
		{ "GIF8", "a picture" },
		{ "\x7f"
		  "ELF",
		  "a program" },
	};

	for (size_t i = 0; i < sizeof(bytes) / sizeof(*bytes); i++)
		if (rp_slice_starts(answer->body, rp_slice_str(bytes[i].begins)))
			return bytes[i].what;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (rp_slice_starts(answer->type, rp_slice_str(types[i].begins)) &&
		    !web_is_html(answer->body))
			return types[i].what;
	return NULL;
}

/* Captions and pages that are transcripts have one importer, texts another. */
static struct rp_slice
format_of(const struct fetcher *f, const struct fetch_answer *answer)
{
	if (!f->transcript)
		return RP_SLICE("article");
	if (web_is_html(answer->body))
		return RP_SLICE("captions");
	return rp_slice_starts(answer->type, RP_SLICE("text/plain"))
	               ? RP_SLICE("transcript")
	               : RP_SLICE("");
}

static enum rp_status
keep(struct fetcher *f, struct web_page *page, const struct fetch_answer *answer,
     const struct web_page_look *look, struct fetch_taken *taken, struct rp_error *err)
{
	page->text = look->text;
	page->blocked = 0;
	buf_clear(&f->options);
	web_line(&f->options, "url", page->url);
	buf_add(&f->options, buf_slice(&f->settings));
	taken->keep = true;
	taken->format = format_of(f, answer);
	taken->options = buf_slice(&f->options);
	if (!f->transcript && look->pay)
		taken->remark = RP_SLICE("an article behind a paywall: perhaps not all "
		                         "of it");
	return buf_failed(&f->options) ? rp_fail_memory(err) : RP_OK;
}

/* What stands there instead; NULL: nothing.  The beginning of an article that we had
 * whole, and that is to be paid for now, is no new wording of it: it has less than half
 * of its text. */
static const char *
in_the_way(const struct fetcher *f, const struct web_page *page,
           const struct web_page_look *look)
{
	if (look->wall != NULL)
		return look->wall;
	return !f->transcript && look->pay && look->text < page->text / 2
	               ? "the beginning of the article, for those who do not pay,"
	               : NULL;
}

static enum rp_status
blocked(struct web_page *page, const char *what, struct rp_slice url,
        struct rp_error *err)
{
	page->blocked++;
	if (page->blocked < BLOCKED_MOST)
		return rp_fail(err, RP_RETRY_LATER, "%s stands at %.*s", what,
		               RP_FMT(url));
	return rp_fail(err, RP_BAD_SOURCE,
	               "%s stands at %.*s, %" PRIu64 " times in a row", what, RP_FMT(url),
	               page->blocked);
}

static enum rp_status
take_body(struct fetcher *f, struct web_page *page, const struct fetch_answer *answer,
          struct fetch_taken *taken, struct rp_error *err)
{
	const char *what = foreign(answer);
	struct web_page_look look;

	page->missing = RP_TIME_UNKNOWN;
	if (what != NULL)
		return rp_fail(err, RP_BAD_SOURCE,
		               "%.*s is %s, which is not read; save its text and import "
		               "that",
		               RP_FMT(answer->url), what);
	look = web_look(answer->body, answer->charset);
	what = in_the_way(f, page, &look);
	if (what != NULL)
		return blocked(page, what, answer->url, err);
	if (rp_slice_trim(answer->body).n == 0)
		return rp_fail(err, RP_RETRY_LATER, "%.*s is empty", RP_FMT(answer->url));
	if (answer->cut)
		return keep(f, page, answer, &look, taken, err);
	if (validators_heard(&page->validators, f->arena, answer) == VALIDATORS_SAME)
		return RP_OK;
	return keep(f, page, answer, &look, taken, err);
}

/* The key of an article; empty: it can have none. */
static enum rp_status
find_key(struct fetcher *f, const struct web_page *page, struct rp_slice *out,
         struct rp_error *err)
{
	struct rp_slice address;

	if (!url_clean(f->arena, page->url, &address) ||
	    !key_make(f->arena, PLATFORM_PRESS, address, out))
		return rp_fail_memory(err);
	if (!key_valid(*out))
		*out = RP_SLICE("");
	return RP_OK;
}

/* Of one that is gone for good its server's word is evidence; that there is nothing at
 * its address may be a mistake. */
static enum rp_status
tell_missing(struct fetcher *f, const struct web_page *page,
             const struct fetch_answer *answer, struct fetch_taken *taken,
             struct rp_error *err)
{
	struct rp_slice key = RP_SLICE("");

	if (f->transcript)
		return RP_OK;
	if (find_key(f, page, &key, err) != RP_OK)
		return RP_FAILED;
	if (key.n == 0)
		return RP_OK;
	taken->looks[taken->n_looks++] =
		(struct look){ .key = key,
		               .way = RP_SLICE("press"),
		               .outcome = page->gone ? LOOK_GONE : LOOK_NOTHING };
	if (!page->gone || rp_slice_trim(answer->body).n == 0)
		return RP_OK;
	buf_clear(&f->options);
	web_line(&f->options, "url", page->url);
	web_line(&f->options, "asked", key);
	taken->keep = true;
	taken->format = RP_SLICE("article");
	taken->options = buf_slice(&f->options);
	return buf_failed(&f->options) ? rp_fail_memory(err) : RP_OK;
}

static enum rp_status
take_failure(struct fetcher *f, struct web_page *page, const struct fetch_answer *answer,
             struct fetch_taken *taken, struct rp_error *err)
{
	const enum web_kind kind = web_kind(answer);

	page->gone = kind == WEB_GONE;
	if ((kind == WEB_GONE || kind == WEB_MISSING) &&
	    tell_missing(f, page, answer, taken, err) != RP_OK)
		return RP_FAILED;
	if (kind == WEB_MISSING && page->missing == RP_TIME_UNKNOWN)
		page->missing = answer->at;
	if (kind == WEB_MISSING && answer->at - page->missing > missing_at_most)
		return rp_fail(err, RP_BAD_SOURCE,
		               "there has been nothing at %.*s for a month (404)",
		               RP_FMT(answer->url));
	return web_fail(answer, err);
}

static enum rp_status
take_answer(struct fetcher *f, struct web_page *page, const struct fetch_answer *answer,
            struct fetch_taken *taken, struct rp_error *err)
{
	switch (web_kind(answer)) {
	case WEB_BODY:
		return take_body(f, page, answer, taken, err);
	case WEB_SAME:
		if (validators_heard(&page->validators, f->arena, answer) ==
		    VALIDATORS_SAME)
			return RP_OK;
		return rp_fail(err, RP_RETRY_LATER,
		               "%.*s answered 304 to a question without a condition",
		               RP_FMT(answer->url));
	case WEB_AGAIN:
	case WEB_MISSING:
	case WEB_GONE:
	case WEB_REFUSED:
	case WEB_ODD:
	default:
		return take_failure(f, page, answer, taken, err);
	}
}

/* Busy: behind the others once more, and then as gather waits. */
static enum rp_status
put_off(struct fetcher *f, struct web_page *page, struct fetch_taken *taken)
{
	if (page->put_off || f->at + 1 == f->n_order) {
		taken->then = FETCH_AGAIN;
		return RP_OK;
	}
	page->put_off = true;
	f->order[f->n_order++] = f->order[f->at++];
	taken->then = FETCH_ON;
	return RP_OK;
}

static enum rp_status
page_take(struct fetcher *f, const struct fetch_answer *answer, struct fetch_taken *taken,
          struct rp_error *err)
{
	struct web_page *page = &f->pages[f->order[f->at]];
	struct rp_error why = { .status = RP_OK };
	enum rp_status st;

	if (web_kind(answer) == WEB_AGAIN)
		return put_off(f, page, taken);
	st = take_answer(f, page, answer, taken, &why);
	if (st != RP_OK && st != RP_RETRY_LATER && st != RP_BAD_SOURCE)
		return rp_fail(err, st, "%s", why.text);
	if (st != RP_OK && f->trouble.status == RP_OK)
		f->trouble = why;
	if (f->n == 1 && page->gone)
		taken->not_before = answer->at + WEB_GONE_REST;
	f->at++;
	taken->then = f->at < f->n_order ? FETCH_ON : FETCH_DONE;
	st = put_cursor(f, taken, err);
	if (st != RP_OK || taken->then == FETCH_ON || f->trouble.status == RP_OK)
		return st;
	return ending(f, err);
}

const struct fetcher_ops press_fetcher = {
	.name = "press",
	.summary = "articles of the press, by their addresses",
	.settings = press_settings,
	.open = press_open,
	.next = page_next,
	.take = page_take,
	.close = page_close,
};

const struct fetcher_ops transcript_fetcher = {
	.name = "transcript",
	.summary = "the transcript of an event, by its address",
	.settings = transcript_settings,
	.open = transcript_open,
	.next = page_next,
	.take = page_take,
	.close = page_close,
};
