/*
 * Copies of posts and pages in the Wayback Machine, for what is not to be had where it
 * was: `riposte fill`.
 *
 * Of each thing that is wanted the index is asked first, under each address it may have
 * been copied at, and then for the copies themselves, those in JSON first, which have all
 * of a post; what is a page of X has little in it.  That nothing is found says nothing:
 * most was never copied.
 */
#include "core/collect/fetch-wayback.h"

#include "core/base/url.h"
#include "core/collect/fetch-web.h"
#include "core/model/key.h"

#include <stdlib.h>

enum {
	RUN_BYTES = 64 << 20,
	TEXT_BYTES = 1 << 20,
	ADDRESSES_MAX = 4,
	INDEX_PAGES = 5,
	LONG_ID = 15, /* digits from which on no other id begins with it */
};

/* clang-format off */
static const struct setting_row settings[] = {
	{ "id", SETTING_TEXT, .several = true,
	  .help = "what is wanted: x:ID, or the address of a post or page" },
	{ "copies", SETTING_NUMBER, .otherwise = "1", .low = 1, .high = 100,
	  .help = "copies of each that are taken, if they differ" },
	{ "base", SETTING_URL, .otherwise = "https://web.archive.org",
	  .help = "address of the Wayback Machine" },
	{ NULL, SETTING_TEXT, .help = NULL },
};
/* clang-format on */

struct want {
	struct rp_slice key; /* of a post of X; empty: it is a page */
	struct rp_slice address[ADDRESSES_MAX];
	size_t n_addresses;
	bool prefix; /* what begins with an address may be it, too */
};

struct fetcher {
	struct arena *arena; /* of the run */
	struct arena *own;   /* of the want under way */
	struct rp_slice base;
	size_t copies; /* of each */
	struct want *wants;
	size_t n, at;

	size_t address; /* of the want, that the index is asked for */
	unsigned pages; /* of the index */
	struct wayback_list list;
	bool listed;        /* the copies are asked for now: */
	size_t copy, taken; /* which one; how many were taken */
	bool found, refused;

	struct rp_buf url, options;
};

/* ---- what is wanted --------------------------------------------------------- */

static bool
add_address(struct fetcher *f, struct want *want, const char *host, struct rp_slice who,
            struct rp_slice id)
{
	return arena_printf(f->arena, &want->address[want->n_addresses++],
	                    "%s/%.*s/status/%.*s", host, RP_FMT(who), RP_FMT(id));
}

/* X's own archive addresses have the author in them; where nobody knows him there are two
 * that do without. */
static bool
add_post(struct fetcher *f, struct want *want, struct rp_slice author)
{
	const struct rp_slice id = key_native(want->key);
	struct rp_slice who = key_native(author);

	want->prefix = id.n >= LONG_ID;
	if (who.n > 2 && key_is_handle_only(author)) {
		who = rp_slice_from(who.p + 1, who.n - 2);
		return add_address(f, want, "twitter.com", who, id) &&
		       add_address(f, want, "x.com", who, id);
	}
	return add_address(f, want, "twitter.com", RP_SLICE("i/web"), id) &&
	       add_address(f, want, "twitter.com", RP_SLICE("i"), id) &&
	       add_address(f, want, "x.com", RP_SLICE("i"), id);
}

static enum rp_status
add_want(struct fetcher *f, struct rp_slice id, struct rp_error *err)
{
	struct want *want = &f->wants[f->n++];
	struct url_meaning meaning = { .kind = URL_NOT_URL };
	bool fits;

	*want = (struct want){ .prefix = false };
	if (key_platform(id) == PLATFORM_X && key_valid(id) && !key_is_account(id)) {
		meaning.key = id;
		meaning.kind = URL_POST;
	} else if (!url_meaning(f->arena, id, &meaning)) {
		return rp_fail_memory(err);
	}
	if (meaning.kind == URL_NOT_URL)
		return rp_fail(err, RP_BAD_CONFIG,
		               "id \"%.*s\" is neither x:ID nor an address", RP_FMT(id));
	if (meaning.kind == URL_POST && key_platform(meaning.key) == PLATFORM_X) {
		want->key = meaning.key;
		fits = add_post(f, want, meaning.author);
	} else {
		fits = url_clean(f->arena, id, &want->address[want->n_addresses++]);
		if (fits && want->address[0].n == 0)
			want->address[0] = id;
	}
	return fits ? RP_OK : rp_fail_memory(err);
}

/* ---- opening ------------------------------------------------------------- */

static struct fetcher *
wayback_close(struct fetcher *f)
{
	if (f == NULL)
		return NULL;
	buf_done(&f->url);
	buf_done(&f->options);
	arena_free(f->arena);
	arena_free(f->own);
	free(f);
	return NULL;
}

static enum rp_status
open_settings(struct fetcher *f, const struct section *section, struct rp_error *err)
{
	const struct setting *setting = NULL;
	enum rp_status st = RP_OK;
	size_t n = 0;

	f->base = section_text(section, "base");
	f->copies = (size_t)section_number(section, "copies", 1);
	while ((setting = section_next(section, "id", setting)) != NULL)
		n++;
	f->wants = arena_array(f->arena, n, sizeof(*f->wants));
	if (f->wants == NULL)
		return rp_fail_memory(err);
	while (st == RP_OK && (setting = section_next(section, "id", setting)) != NULL)
		st = add_want(f, setting->value, err);
	return st;
}

/* What was looked for is noted by post, and not to be asked for is fill's affair: there
 * is no cursor. */
static enum rp_status
wayback_open(const struct source *source, struct rp_slice cursor,
             const struct archive_view *view, int64_t now, struct fetcher **out,
             struct rp_error *err)
{
	struct fetcher *f = calloc(1, sizeof(*f));
	enum rp_status st;

	(void)cursor;
	(void)view;
	(void)now;
	if (f == NULL)
		return rp_fail_memory(err);
	f->arena = arena_new(RUN_BYTES);
	f->own = arena_new(RUN_BYTES);
	buf_init(&f->url, TEXT_BYTES);
	buf_init(&f->options, TEXT_BYTES);
	st = f->arena != NULL && f->own != NULL ? open_settings(f, &source->settings, err)
	                                        : rp_fail_memory(err);
	if (st == RP_OK)
		*out = f;
	else
		wayback_close(f);
	return st;
}

/* ---- asking -------------------------------------------------------------- */

static enum rp_status
wayback_next(struct fetcher *f, int64_t now, struct fetch_request *out,
             struct rp_error *err)
{
	const struct want *want = &f->wants[f->at];

	(void)now;
	if (f->at == f->n)
		return RP_END;
	if (f->listed)
		wayback_copy_url(&f->url, f->base, &f->list.copies[f->copy]);
	else
		wayback_question(&f->url, f->base, want->address[f->address],
		                 want->prefix, f->list.resume);
	*out = (struct fetch_request){ .url = buf_slice(&f->url), .redirects = true };
	return buf_failed(&f->url) ? rp_fail_memory(err) : RP_OK;
}

/* ---- what came ------------------------------------------------------------- */

/* This one is done with, one way or the other. */
static void
end_want(struct fetcher *f, struct fetch_taken *taken)
{
	const struct want *want = &f->wants[f->at];

	taken_look(taken, want->key, "wayback", f->found ? LOOK_FOUND : LOOK_NOTHING);
	f->at++;
	f->address = f->copy = f->taken = 0;
	f->pages = 0;
	f->listed = f->found = false;
	f->list = (struct wayback_list){ .n = 0 };
	arena_reset(f->own);
	taken->then = f->at < f->n ? FETCH_ON : FETCH_DONE;
}

/* Those in JSON first, of each kind the older first. */
static int
copy_cmp(const void *left, const void *right)
{
	const struct wayback_copy *a = left, *b = right;
	const int order = rp_slice_cmp(a->timestamp, b->timestamp);

	if (a->json != b->json)
		return a->json ? -1 : 1;
	return order != 0 ? order : rp_slice_cmp(a->original, b->original);
}

/* The list of one address is complete: its copies, or the next address. */
static void
end_list(struct fetcher *f, struct fetch_taken *taken)
{
	taken->then = FETCH_ON;
	f->pages = 0;
	f->list.resume = RP_SLICE("");
	if (f->list.n > 0) {
		qsort(f->list.copies, f->list.n, sizeof(*f->list.copies), copy_cmp);
		f->listed = true;
		return;
	}
	f->address++;
	if (f->address == f->wants[f->at].n_addresses)
		end_want(f, taken);
}

static enum rp_status
take_list(struct fetcher *f, const struct fetch_answer *answer, struct fetch_taken *taken,
          struct rp_error *err)
{
	const struct rp_slice before = f->list.resume;
	struct rp_error why = { .status = RP_OK };
	enum rp_status st;

	/* Some sites asked not to be shown. */
	if (web_kind(answer) == WEB_REFUSED || web_kind(answer) == WEB_MISSING) {
		end_list(f, taken);
		return RP_OK;
	}
	if (web_kind(answer) != WEB_BODY)
		return web_fail(answer, err);
	st = wayback_read(f->own, answer->body, f->wants[f->at].key, &f->list, &why);
	if (st == RP_BAD_ITEM) {
		taken->then = FETCH_AGAIN; /* a page that says "busy" */
		return RP_OK;
	}
	if (st != RP_OK)
		return rp_fail(err, st, "%s", why.text);
	taken->then = FETCH_ON;
	if (f->list.resume.n == 0 || ++f->pages == INDEX_PAGES ||
	    rp_slice_eq(before, f->list.resume))
		end_list(f, taken);
	return RP_OK;
}

static bool
is_json(struct rp_slice body)
{
	body = rp_slice_trim(body);
	return rp_slice_starts(body, RP_SLICE("{")) ||
	       rp_slice_starts(body, RP_SLICE("["));
}

static enum rp_status
keep(struct fetcher *f, const struct fetch_answer *answer, struct fetch_taken *taken,
     struct rp_error *err)
{
	const struct want *want = &f->wants[f->at];
	const struct wayback_copy *copy = &f->list.copies[f->copy];
	const bool json = is_json(answer->body);

	buf_clear(&f->options);
	if (!json)
		web_line(&f->options, "url", copy->original);
	web_line(&f->options, "asked", want->key);
	buf_add_str(&f->options, "as_of=");
	if (!wayback_as_of(&f->options, answer->url) &&
	    !wayback_as_of(&f->options, buf_slice(&f->url)))
		return rp_fail(err, RP_BAD_SOURCE, "a copy of no time");
	buf_add_byte(&f->options, '\n');
	taken->keep = true;
	taken->format = json ? RP_SLICE("x") : RP_SLICE("article");
	taken->options = buf_slice(&f->options);
	f->found |= json || want->key.n == 0;
	f->taken++;
	return buf_failed(&f->options) ? rp_fail_memory(err) : RP_OK;
}

static enum rp_status
take_copy(struct fetcher *f, const struct fetch_answer *answer, struct fetch_taken *taken,
          struct rp_error *err)
{
	const enum web_kind kind = web_kind(answer);
	enum rp_status st = RP_OK;

	if (kind == WEB_BODY && rp_slice_trim(answer->body).n > 0)
		st = keep(f, answer, taken, err);
	if (st != RP_OK)
		return st;
	taken->then = FETCH_ON;
	f->copy++;
	if (f->copy == f->list.n || f->taken == f->copies)
		end_want(f, taken);
	return RP_OK;
}

static enum rp_status
wayback_take(struct fetcher *f, const struct fetch_answer *answer,
             struct fetch_taken *taken, struct rp_error *err)
{
	if (web_kind(answer) == WEB_AGAIN) {
		taken->then = FETCH_AGAIN;
		return RP_OK;
	}
	return f->listed ? take_copy(f, answer, taken, err)
	                 : take_list(f, answer, taken, err);
}

const struct fetcher_ops wayback_fetcher = {
	.name = "wayback",
	.summary = "copies of posts and pages in the Wayback Machine",
	.settings = settings,
	.open = wayback_open,
	.next = wayback_next,
	.take = wayback_take,
	.close = wayback_close,
};
