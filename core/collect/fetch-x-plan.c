/*
 * The settings of a source that asks X: what is to be followed.
 */
#include "core/base/ascii.h"
#include "core/base/url.h"
#include "core/collect/fetch-x.h"
#include "core/model/key.h"

/* clang-format off */
const struct setting_row fetch_x_settings[] = {
	{ .name = "account", .type = SETTING_TEXT, .several = true,
	  .help = "whose posts: a name, or id:N" },
	{ .name = "query", .type = SETTING_TEXT, .several = true,
	  .help = "a search in X's own words" },
	{ .name = "conversation", .type = SETTING_TEXT, .several = true,
	  .help = "all answers below a post: its address, id or key" },
	{ .name = "quotes", .type = SETTING_TEXT, .several = true,
	  .help = "all posts that quote one: its address, id or key" },
	{ .name = "id", .type = SETTING_TEXT, .several = true,
	  .help = "a single post: its address, id or key" },
	{ .name = "archive", .type = SETTING_YES, .otherwise = "no",
	  .help = "search everything since 2006, not the last seven days" },
	{ .name = "since", .type = SETTING_TIME,
	  .help = "how far back the first run goes" },
	{ .name = "exclude", .type = SETTING_WORD, .words = "replies|retweets",
	  .several = true, .help = "what of an account is left out" },
	{ .name = "vocabulary", .type = SETTING_WORD, .words = "auto|tweet|post",
	  .otherwise = "auto", .help = "which words X is asked in" },
	{ .name = "roots", .type = SETTING_YES, .otherwise = "no",
	  .help = "ask for missing parents and roots by their ids" },
	{ .name = "edits", .type = SETTING_YES, .otherwise = "yes",
	  .help = "look again at posts once they cannot be edited any more" },
	{ .name = "recheck", .type = SETTING_YES, .otherwise = "no",
	  .help = "ask for posts of `id` though they are held" },
	{ .name = "long_queries", .type = SETTING_YES, .otherwise = "no",
	  .help = "the contract with X allows 4096 characters" },
	{ .name = "base", .type = SETTING_URL, .otherwise = "https://api.x.com",
	  .help = "where the API is" },
	{ .name = NULL },
};
/* clang-format on */

static enum rp_status
no_sense(const char *name, struct rp_slice value, struct rp_error *err)
{
	return rp_fail(err, RP_BAD_CONFIG, "%s: \"%.*s\" names no post of X", name,
	               RP_FMT(value));
}

/* "1881…", "x:1881…", "https://x.com/elonmusk/status/1881…" */
static enum rp_status
read_post_id(struct fetcher *x, const char *name, struct rp_slice value,
             struct rp_slice *id_out, struct rp_error *err)
{
	struct url_meaning meaning;
	struct rp_slice id = value;
	uint64_t number;

	if (rp_slice_starts(id, RP_SLICE("x:")))
		id = rp_slice_skip(id, 2);
	if (fx_is_id(id, &number)) {
		*id_out = id;
		return RP_OK;
	}
	if (!url_meaning(x->arena, value, &meaning))
		return rp_fail_memory(err);
	id = key_native(meaning.key);
	if (meaning.kind != URL_POST || key_platform(meaning.key) != PLATFORM_X ||
	    !fx_is_id(id, &number))
		return no_sense(name, value, err);
	*id_out = id;
	return RP_OK;
}

static bool
is_handle(struct rp_slice name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!ascii_is_letter(name.p[i]) && !ascii_is_digit(name.p[i]) &&
		    name.p[i] != '_')
			return false;
	return name.n > 0 && name.n <= 15;
}

/* "elonmusk", "@elonmusk", "id:44196397", "x:@44196397" */
static enum rp_status
plan_account(struct fetcher *x, struct fx_list *list, struct rp_slice value,
             struct rp_error *err)
{
	char *lower = arena_alloc(x->arena, value.n);
	struct rp_slice id = RP_SLICE("");
	uint64_t number;

	if (lower == NULL)
		return rp_fail_memory(err);
	if (rp_slice_starts(value, RP_SLICE("id:")))
		id = rp_slice_skip(value, 3);
	else if (rp_slice_starts(value, RP_SLICE("x:@")))
		id = rp_slice_skip(value, 3);
	else if (rp_slice_starts(value, RP_SLICE("@")))
		value = rp_slice_skip(value, 1);
	list->by_id = fx_is_id(id, &number);
	if (list->by_id) {
		list->name = list->id = id;
		return RP_OK;
	}
	list->name = ascii_lower_into(lower, value);
	if (!is_handle(list->name))
		return rp_fail(err, RP_BAD_CONFIG, "account: \"%.*s\" is no name at X",
		               RP_FMT(value));
	return RP_OK;
}

static size_t
characters(struct rp_slice text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += ((unsigned char)text.p[i] & 0xc0) != 0x80;
	return n;
}

static enum rp_status
plan_query(const struct fetcher *x, struct fx_list *list, struct rp_slice value,
           struct rp_error *err)
{
	const bool longer = section_number(&x->source->settings, "long_queries", 0) != 0;
	const size_t most = longer ? 4096 : x->archive ? 1024 : 512;

	list->name = list->id = value;
	if (value.n == 0)
		return rp_fail(err, RP_BAD_CONFIG, "query: it is empty");
	if (characters(value) > most)
		return rp_fail(err, RP_BAD_CONFIG,
		               "query: it has %zu characters, and X takes %zu",
		               characters(value), most);
	return RP_OK;
}

static enum rp_status
plan_list(struct fetcher *x, struct fx_list *list, struct rp_slice value,
          struct rp_error *err)
{
	enum rp_status st = RP_OK;

	list->seen = list->began = RP_TIME_UNKNOWN;
	switch (list->kind) {
	case FX_ACCOUNT:
		return plan_account(x, list, value, err);
	case FX_QUERY:
		return plan_query(x, list, value, err);
	case FX_CONVERSATION:
		return read_post_id(x, "conversation", value, &list->name, err);
	case FX_QUOTES:
		st = read_post_id(x, "quotes", value, &list->name, err);
		list->id = list->name;
		return st;
	}
	return st;
}

static const char *const list_settings[] = {
	[FX_ACCOUNT] = "account",
	[FX_QUERY] = "query",
	[FX_CONVERSATION] = "conversation",
	[FX_QUOTES] = "quotes",
};
enum { LIST_SETTINGS = sizeof(list_settings) / sizeof(*list_settings) };

static bool
is_listed(const struct fetcher *x, const struct fx_list *list)
{
	for (size_t i = 0; i < x->n_lists; i++)
		if (x->lists[i].kind == list->kind &&
		    rp_slice_eq(x->lists[i].name, list->name))
			return true;
	return false;
}

static enum rp_status
plan_lists(struct fetcher *x, struct rp_error *err)
{
	const struct section *section = &x->source->settings;
	const struct setting *setting = NULL;
	struct fx_list list;
	enum rp_status st;
	size_t n = 0;

	for (int i = 0; i < LIST_SETTINGS; i++)
		while ((setting = section_next(section, list_settings[i], setting)) !=
		       NULL)
			n++;
	x->lists = arena_array(x->arena, n, sizeof(*x->lists));
	if (x->lists == NULL)
		return rp_fail_memory(err);
	for (int i = 0; i < LIST_SETTINGS; i++)
		while ((setting = section_next(section, list_settings[i], setting)) !=
		       NULL) {
			list = (struct fx_list){ .kind = (enum fx_kind)i };
			st = plan_list(x, &list, setting->value, err);
			if (st != RP_OK)
				return st;
			if (!is_listed(x, &list))
				x->lists[x->n_lists++] = list;
		}
	return RP_OK;
}

/* Those that name a conversation come before all listings: they tell its root. */
enum rp_status
fx_plan_looks(struct fetcher *x, struct rp_error *err)
{
	const struct setting *setting = NULL;
	struct rp_slice id, *grown;
	enum rp_status st;
	size_t room = 0;

	for (size_t i = 0; i < x->n_lists; i++)
		if (x->lists[i].kind == FX_CONVERSATION && x->lists[i].id.n == 0)
			fx_want(x, x->lists[i].name, true);
	x->first = map_count(x->wants);
	while ((setting = section_next(&x->source->settings, "id", setting)) != NULL) {
		st = read_post_id(x, "id", setting->value, &id, err);
		if (st != RP_OK)
			return st;
		grown = arena_room(x->arena, x->singles, x->n_singles, &room,
		                   sizeof(*grown));
		if (grown == NULL)
			return rp_fail_memory(err);
		x->singles = grown;
		x->singles[x->n_singles++] = id;
	}
	return RP_OK;
}

static void
plan_words(struct fetcher *x)
{
	const struct section *section = &x->source->settings;
	const struct rp_slice vocabulary = section_text(section, "vocabulary");
	const struct setting *setting = NULL;

	while ((setting = section_next(section, "exclude", setting)) != NULL) {
		x->no_replies |= rp_slice_eq(setting->value, RP_SLICE("replies"));
		x->no_reposts |= rp_slice_eq(setting->value, RP_SLICE("retweets"));
	}
	x->vocabulary_set = rp_slice_eq(vocabulary, RP_SLICE("tweet")) ||
	                    rp_slice_eq(vocabulary, RP_SLICE("post"));
	if (rp_slice_eq(vocabulary, RP_SLICE("post")))
		x->vocabulary = FX_POST;
}

enum rp_status
fx_plan(struct fetcher *x, struct rp_error *err)
{
	const struct section *section = &x->source->settings;
	enum rp_status st;

	x->base = section_text(section, "base");
	x->archive = section_number(section, "archive", 0) != 0;
	x->roots = section_number(section, "roots", 0) != 0;
	x->edits = section_number(section, "edits", 1) != 0;
	x->recheck = section_number(section, "recheck", 0) != 0;
	x->horizon = section_number(section, "since", RP_TIME_UNKNOWN);
	plan_words(x);
	st = plan_lists(x, err);
	if (st == RP_OK && x->n_lists == 0 && section_next(section, "id", NULL) == NULL)
		return rp_fail(err, RP_BAD_CONFIG,
		               "it follows nothing: give it an account, query, "
		               "conversation, quotes or id");
	return st;
}
