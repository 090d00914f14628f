/*
 * A source that asks X's embeds, which need no token and cost nothing: single posts, by
 * their ids, and from there upwards, to what they answer.
 *
 *	1. the JSON that pages with an embedded post are made of
 *	2. where that has nothing to say, oEmbed: the text alone, of at most 280
 *characters
 *
 * What neither shows is not deleted: it may be sensitive, protected, withheld, or the
 * endpoint in a mood.  So the outcome of such a look is "nothing", never "gone".  Answers
 * to a post are not to be had here.  The cursor is what is still to be asked for:
 *
 *	{"v":1,"next":[["19…",2],["18…",0]]}     an id, and how many steps up it is
 *
 * See docs/formats/x-api.md.
 */
#include "core/collect/fetch-embed.h"

#include "core/base/jsonw.h"
#include "core/base/map.h"
#include "core/base/url.h"
#include "core/collect/fetcher.h"
#include "core/model/key.h"
#include "core/parse/json.h"

#include <stdlib.h>

enum {
	WANTS_MAX = 1000, /* in one run */
	CLIMB_MOST = 1000,
	ARENA_MAX = 16 << 20,
	CURSOR_MAX = 1 << 20,
	ANSWER_MAX = 4 << 20,
};

/* clang-format off */
static const struct setting_row settings[] = {
	{ .name = "id", .type = SETTING_TEXT, .several = true,
	  .help = "a single post: its address, id or key" },
	{ .name = "account", .type = SETTING_TEXT, .several = true,
	  .help = "whose posts, or what they answer, may be missing: a name, or id:N" },
	{ .name = "missing", .type = SETTING_YES, .otherwise = "no",
	  .help = "ask for what these accounts' posts refer to and is not held" },
	{ .name = "recheck", .type = SETTING_YES, .otherwise = "no",
	  .help = "ask for posts of `id` though they are held" },
	{ .name = "climb", .type = SETTING_NUMBER, .otherwise = "20", .high = CLIMB_MOST,
	  .help = "how many steps up from a post" },
	{ .name = "base", .type = SETTING_URL,
	  .otherwise = "https://cdn.syndication.twimg.com", .help = "where the JSON is" },
	{ .name = "oembed", .type = SETTING_URL, .otherwise = "https://publish.x.com",
	  .help = "where oEmbed is" },
	{ .name = NULL },
};
/* clang-format on */

struct want {
	struct rp_slice id;
	int64_t up; /* steps from what the user named */
};

struct fetcher {
	struct arena *arena, *scratch;
	const struct source *source;
	const struct archive_view *view; /* or NULL */
	struct want *wants;
	size_t n, room, at;
	struct map *known; /* ids of wants */
	bool begun;        /* what the settings and the archive name is among them */
	bool second;       /* oEmbed's turn */
	struct json_doc doc;
	struct rp_buf url, cursor, options;
	struct look look;
};

/* ---- what is wanted -------------------------------------------------------- */

/* 1 to 19 digits, no zero in front. */
static bool
is_id(struct rp_slice id)
{
	uint64_t number;

	return id.n > 0 && id.n <= 19 && id.p[0] != '0' && rp_slice_u64(id, &number) &&
	       number <= INT64_MAX;
}

static bool
is_held(struct fetcher *f, struct rp_slice id)
{
	struct rp_slice key;

	return f->view != NULL && key_make(f->scratch, PLATFORM_X, id, &key) &&
	       f->view->held(f->view->context, "x-embed", key) != HOLDING_NONE;
}

static enum rp_status
want(struct fetcher *f, struct rp_slice id, int64_t up, bool anyway, struct rp_error *err)
{
	struct want *grown;
	struct rp_slice copy;

	if (!is_id(id) || f->n >= WANTS_MAX || map_get(f->known, id) != NULL ||
	    (!anyway && is_held(f, id)))
		return RP_OK;
	grown = arena_room(f->arena, f->wants, f->n, &f->room, sizeof(*grown));
	if (grown == NULL || !arena_copy(f->arena, id, &copy) ||
	    map_put(f->known, copy, 0, NULL) == NULL)
		return rp_fail_memory(err);
	f->wants = grown;
	f->wants[f->n++] = (struct want){ copy, up };
	return RP_OK;
}

static enum rp_status
read_post_id(struct fetcher *f, struct rp_slice value, struct rp_slice *id_out,
             struct rp_error *err)
{
	struct url_meaning meaning;

	*id_out = value;
	if (rp_slice_starts(value, RP_SLICE("x:")))
		*id_out = rp_slice_skip(value, 2);
	if (is_id(*id_out))
		return RP_OK;
	if (!url_meaning(f->arena, value, &meaning))
		return rp_fail_memory(err);
	*id_out = key_native(meaning.key);
	if (meaning.kind != URL_POST || key_platform(meaning.key) != PLATFORM_X ||
	    !is_id(*id_out))
		return rp_fail(err, RP_BAD_CONFIG, "id: \"%.*s\" names no post of X",
		               RP_FMT(value));
	return RP_OK;
}

static enum rp_status
want_named(struct fetcher *f, bool only_check, struct rp_error *err)
{
	const bool anyway = section_number(&f->source->settings, "recheck", 0) != 0;
	const struct setting *setting = NULL;
	enum rp_status st = RP_OK;
	struct rp_slice id;

	while (st == RP_OK &&
	       (setting = section_next(&f->source->settings, "id", setting)) != NULL) {
		st = read_post_id(f, setting->value, &id, err);
		if (st == RP_OK && !only_check)
			st = want(f, id, 0, anyway, err);
	}
	return st;
}

static void
want_key(void *to, struct rp_slice key)
{
	if (key_platform(key) == PLATFORM_X)
		(void)!want(to, key_native(key), 0, false, NULL);
}

/* "id:44196397", "x:@44196397", "elonmusk" */
static bool
account_key(struct fetcher *f, struct rp_slice value, struct rp_slice *out)
{
	struct rp_slice id = RP_SLICE("");

	if (rp_slice_starts(value, RP_SLICE("id:")) ||
	    rp_slice_starts(value, RP_SLICE("x:@")))
		id = rp_slice_skip(value, 3);
	return is_id(id) ? key_make_account(f->scratch, PLATFORM_X, id, out)
	                 : key_make_handle(f->scratch, PLATFORM_X, value, out);
}

static void
want_missing(struct fetcher *f)
{
	const struct section *section = &f->source->settings;
	const struct setting *setting = NULL;
	struct rp_slice key;

	if (f->view == NULL || section_number(section, "missing", 0) == 0)
		return;
	while ((setting = section_next(section, "account", setting)) != NULL)
		if (f->n < WANTS_MAX && account_key(f, setting->value, &key))
			f->view->missing(f->view->context, key, WANTS_MAX - f->n,
			                 want_key, f);
}

/* ---- the cursor ------------------------------------------------------------ */

static enum rp_status
read_cursor(struct fetcher *f, struct rp_slice text, struct rp_error *err)
{
	struct json_each each, pair;
	struct rp_slice id;
	int64_t version = 0, up;
	enum rp_status st = RP_OK;

	if (text.n == 0 || text.n > CURSOR_MAX || json_parse(&f->doc, text, err) != RP_OK)
		return RP_OK;
	(void)json_int64(&f->doc, json_get(&f->doc, JSON_ROOT, RP_SLICE("v")), &version);
	each = json_each(&f->doc, version == 1
	                                  ? json_get(&f->doc, JSON_ROOT, RP_SLICE("next"))
	                                  : JSON_NONE);
	while (st == RP_OK && json_next(&each)) {
		pair = json_each(&f->doc, each.value);
		if (json_next(&pair) &&
		    json_id(&f->doc, pair.value, f->scratch, &id, NULL) == RP_OK &&
		    json_next(&pair) && json_int64(&f->doc, pair.value, &up) && up >= 0 &&
		    up <= CLIMB_MOST)
			st = want(f, id, up, false, err);
	}
	return st;
}

static enum rp_status
write_cursor(struct fetcher *f, struct rp_error *err)
{
	struct jsonw w = jsonw_to(&f->cursor);

	buf_clear(&f->cursor);
	jsonw_object(&w);
	jsonw_field_int(&w, "v", 1);
	jsonw_key(&w, "next");
	jsonw_array(&w);
	for (size_t i = f->at; i < f->n; i++) {
		jsonw_array(&w);
		jsonw_text(&w, f->wants[i].id);
		jsonw_int(&w, f->wants[i].up);
		jsonw_end_array(&w);
	}
	jsonw_end_array(&w);
	jsonw_end_object(&w);
	return buf_failed(&f->cursor) ? rp_fail_memory(err) : RP_OK;
}

/* ---- opening --------------------------------------------------------------- */

static struct fetcher *
embed_close(struct fetcher *f)
{
	if (f == NULL)
		return NULL;
	json_done(&f->doc);
	buf_done(&f->url);
	buf_done(&f->cursor);
	buf_done(&f->options);
	map_free(f->known);
	arena_free(f->scratch);
	arena_free(f->arena);
	free(f);
	return NULL;
}

static enum rp_status
embed_open(const struct source *source, struct rp_slice cursor,
           const struct archive_view *view, int64_t now, struct fetcher **out,
           struct rp_error *err)
{
	struct fetcher *f = calloc(1, sizeof(*f));
	enum rp_status st;

	(void)now;
	if (f == NULL)
		return rp_fail_memory(err);
	f->source = source;
	json_init(&f->doc);
	buf_init(&f->url, 64 << 10);
	buf_init(&f->cursor, CURSOR_MAX);
	buf_init(&f->options, 4096);
	f->arena = arena_new(ARENA_MAX);
	f->scratch = arena_new(ARENA_MAX);
	f->known = map_new();
	st = f->arena && f->scratch && f->known ? want_named(f, true, err)
	                                        : rp_fail_memory(err);
	if (st == RP_OK)
		st = read_cursor(f, cursor, err);
	if (st == RP_OK && section_next(&source->settings, "id", NULL) == NULL &&
	    section_number(&source->settings, "missing", 0) == 0)
		st = rp_fail(err, RP_BAD_CONFIG,
		             "it asks for nothing: give it an id, or missing = yes");
	f->view = view;
	if (st != RP_OK) {
		embed_close(f);
		return st;
	}
	*out = f;
	return RP_OK;
}

/* ---- requests -------------------------------------------------------------- */

static void
write_url(struct fetcher *f, struct rp_slice id)
{
	const struct section *section = &f->source->settings;
	uint64_t number = 0;

	(void)rp_slice_u64(id, &number);
	buf_clear(&f->url);
	buf_add(&f->url, section_text(section, f->second ? "oembed" : "base"));
	if (f->second) {
		buf_printf(&f->url,
		           "/oembed?url=https%%3A%%2F%%2Fx.com%%2Fi%%2Fstatus%%2F%.*s"
		           "&omit_script=1&dnt=true&hide_thread=true",
		           RP_FMT(id));
		return;
	}
	buf_printf(&f->url, "/tweet-result?id=%.*s&lang=en&token=", RP_FMT(id));
	embed_token(&f->url, number);
}

static enum rp_status
embed_next(struct fetcher *f, int64_t now, struct fetch_request *out,
           struct rp_error *err)
{
	enum rp_status st;

	(void)now;
	arena_reset(f->scratch);
	if (!f->begun) {
		f->begun = true;
		st = want_named(f, false, err);
		if (st != RP_OK)
			return st;
		want_missing(f);
	}
	if (f->at >= f->n)
		return RP_END;
	*out = (struct fetch_request){ .max_bytes = ANSWER_MAX, .spacing_ms = 1000 };
	write_url(f, f->wants[f->at].id);
	if (buf_failed(&f->url))
		return rp_fail_memory(err);
	out->url = buf_slice(&f->url);
	return RP_OK;
}

/* ---- answers --------------------------------------------------------------- */

static struct rp_slice
text_of(struct fetcher *f, uint32_t object, const char *name)
{
	const uint32_t node = json_get(&f->doc, object, rp_slice_str(name));
	struct rp_slice text = RP_SLICE("");

	if (json_type(&f->doc, node) == JSON_STRING)
		(void)!json_text(&f->doc, node, f->scratch, &text, NULL);
	return text;
}

/* Up from a post: those that the answer brought with it are stepped over. */
static enum rp_status
climb(struct fetcher *f, uint32_t post, int64_t up, struct rp_error *err)
{
	const int64_t most = section_number(&f->source->settings, "climb", 20);
	struct rp_slice parent = text_of(f, post, "in_reply_to_status_id_str");

	while (up < most && parent.n > 0) {
		up++;
		post = json_get(&f->doc, post, RP_SLICE("parent"));
		if (!rp_slice_eq(text_of(f, post, "id_str"), parent))
			return want(f, parent, up, false, err);
		parent = text_of(f, post, "in_reply_to_status_id_str");
	}
	return RP_OK;
}

enum says { SAYS_POST, SAYS_NOTHING, SAYS_TOMBSTONE, SAYS_AGAIN, SAYS_LATER };

static enum says
judge_body(struct fetcher *f, const struct fetch_answer *answer, struct rp_slice id)
{
	if (answer->cut || json_parse(&f->doc, answer->body, NULL) != RP_OK ||
	    json_type(&f->doc, JSON_ROOT) != JSON_OBJECT)
		return SAYS_AGAIN;
	if (f->second)
		return text_of(f, JSON_ROOT, "html").n > 0 ? SAYS_POST : SAYS_NOTHING;
	if (rp_slice_eq(text_of(f, JSON_ROOT, "__typename"), RP_SLICE("TweetTombstone")))
		return SAYS_TOMBSTONE;
	return rp_slice_eq(text_of(f, JSON_ROOT, "id_str"), id) ? SAYS_POST
	                                                        : SAYS_NOTHING;
}

static enum says
judge(struct fetcher *f, const struct fetch_answer *answer, struct rp_slice id)
{
	switch (answer->status) {
	case 200:
		return judge_body(f, answer, id);
	case 403:
	case 404:
	case 410:
	case 451:
		return SAYS_NOTHING;
	case 408:
	case 425:
	case 429:
		return SAYS_AGAIN;
	default:
		return answer->status >= 500 && answer->status < 600 ? SAYS_AGAIN
		                                                     : SAYS_LATER;
	}
}

static enum rp_status
tell(struct fetcher *f, enum says says, struct rp_slice id, struct fetch_taken *taken,
     struct rp_error *err)
{
	struct look *look = &taken->looks[0];
	enum rp_status st;

	*look = (struct look){ .way = RP_SLICE("x-embed"),
		               .outcome = says == SAYS_POST ? LOOK_FOUND : LOOK_NOTHING };
	if (!key_make(f->scratch, PLATFORM_X, id, &look->key))
		return rp_fail_memory(err);
	taken->n_looks = 1;
	buf_clear(&f->options);
	buf_printf(&f->options, "asked=%.*s\n", RP_FMT(look->key));
	st = write_cursor(f, err);
	taken->keep = says == SAYS_POST || says == SAYS_TOMBSTONE;
	taken->format = RP_SLICE("x");
	taken->options = buf_slice(&f->options);
	taken->has_cursor = true;
	taken->cursor = buf_slice(&f->cursor);
	return st;
}

static enum rp_status
embed_take(struct fetcher *f, const struct fetch_answer *answer,
           struct fetch_taken *taken, struct rp_error *err)
{
	const struct want asked = f->wants[f->at];
	const enum says says = judge(f, answer, asked.id);
	enum rp_status st = RP_OK;

	arena_reset(f->scratch);
	if (says == SAYS_LATER)
		return rp_fail(err, RP_RETRY_LATER, "X's embeds answer with %d",
		               answer->status);
	if (says == SAYS_AGAIN) {
		taken->then = FETCH_AGAIN;
		return RP_OK;
	}
	if (says == SAYS_POST && !f->second)
		st = climb(f, JSON_ROOT, asked.up, err);
	f->second = says != SAYS_POST && !f->second;
	f->at += !f->second;
	return st == RP_OK ? tell(f, says, asked.id, taken, err) : st;
}

const struct fetcher_ops x_embed_fetcher = {
	.name = "x-embed",
	.summary = "single posts of X and what they answer, without a token",
	.settings = settings,
	.open = embed_open,
	.next = embed_next,
	.take = embed_take,
	.close = embed_close,
};
