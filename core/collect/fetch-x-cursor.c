/*
 * The cursor of a source that asks X, as a line of JSON:
 *
 *	{"v":1,"words":"tweet",
 *	 "lists":[{"of":"account:ada","id":"1001","since":"19…","seen":176…,
 *	           "top":"19…","low":"19…","began":176…,"read":300,"token":"b26v"}],
 *	 "edits":[["19…",176…]]}
 *
 * Times are microseconds, ids text.  top to token are of a pass that is under way.
 * Listings that the settings do not name now are kept, so that leaving one out for a
 * while costs nothing.  Whatever makes no sense is as if it were not there.
 */
#include "core/base/jsonw.h"
#include "core/collect/fetch-x.h"

#include <stdio.h>

enum { CURSOR_MAX = 4 << 20, DORMANT_MAX = 1 << 20 };

static const char *const kinds[] = {
	[FX_ACCOUNT] = "account",
	[FX_QUERY] = "query",
	[FX_CONVERSATION] = "conversation",
	[FX_QUOTES] = "quotes",
};

static struct rp_slice
name_of(struct rp_buf *words, const struct fx_list *list)
{
	buf_clear(words);
	buf_printf(words, "%s:%s", kinds[list->kind], list->by_id ? "id:" : "");
	buf_add(words, list->name);
	return buf_slice(words);
}

/* ---- in -------------------------------------------------------------------- */

static uint64_t
read_id(struct fetcher *x, uint32_t node, const char *name, int64_t now)
{
	uint64_t id;

	if (!fx_is_id(fx_text(x, node, name), &id) || id > fx_id_at(now + RP_DAY))
		return 0;
	return id;
}

static int64_t
read_time(struct fetcher *x, uint32_t node, const char *name)
{
	int64_t time;

	if (!json_int64(&x->doc, json_get(&x->doc, node, rp_slice_str(name)), &time) ||
	    time < FX_BEGINNING || time > x->now + RP_DAY)
		return RP_TIME_UNKNOWN;
	return time;
}

static enum rp_status
read_pass(struct fetcher *x, struct fx_list *list, uint32_t node, struct rp_error *err)
{
	const struct rp_slice token = fx_text(x, node, "token");
	int64_t read = 0, stuck = 0;

	list->began = read_time(x, node, "began");
	list->top = read_id(x, node, "top", x->now);
	if (list->top < list->since)
		list->began = RP_TIME_UNKNOWN;
	if (list->began == RP_TIME_UNKNOWN) {
		list->top = 0;
		return RP_OK;
	}
	list->low = read_id(x, node, "low", x->now);
	(void)json_int64(&x->doc, json_get(&x->doc, node, RP_SLICE("read")), &read);
	(void)json_int64(&x->doc, json_get(&x->doc, node, RP_SLICE("stuck")), &stuck);
	list->read = read > 0 ? (uint64_t)read : 0;
	list->stuck = stuck > 0 && stuck < 100 ? (unsigned)stuck : 0;
	if (token.n <= FX_TOKEN_MAX && !arena_copy(x->arena, token, &list->token))
		return rp_fail_memory(err);
	return RP_OK;
}

/* Since when without a time, or a time without an id, is half a truth: both or none. */
static enum rp_status
read_list(struct fetcher *x, struct fx_list *list, uint32_t node, struct rp_error *err)
{
	const struct rp_slice id = fx_text(x, node, "id");
	uint64_t number;

	if (list->id.n == 0 && fx_is_id(id, &number) &&
	    !arena_copy(x->arena, id, &list->id))
		return rp_fail_memory(err);
	list->since = read_id(x, node, "since", x->now);
	list->seen = read_time(x, node, "seen");
	return read_pass(x, list, node, err);
}

static struct fx_list *
find(struct fetcher *x, struct rp_slice of)
{
	for (size_t i = 0; i < x->n_lists; i++)
		if (rp_slice_eq(name_of(&x->words, &x->lists[i]), of))
			return &x->lists[i];
	return NULL;
}

/* As it was, for a later day. */
static void
keep_dormant(struct fetcher *x, uint32_t node, struct rp_buf *dormant)
{
	const struct rp_slice span = json_span(&x->doc, node);

	if (json_type(&x->doc, node) != JSON_OBJECT || dormant->n + span.n > DORMANT_MAX)
		return;
	buf_add_str(dormant, dormant->n ? "," : "");
	buf_add(dormant, span);
}

static enum rp_status
read_lists(struct fetcher *x, struct rp_error *err)
{
	struct json_each each =
		json_each(&x->doc, json_get(&x->doc, JSON_ROOT, RP_SLICE("lists")));
	CLEANUP(buf_done) struct rp_buf dormant;
	struct fx_list *list;
	enum rp_status st;

	buf_init(&dormant, DORMANT_MAX + 1);
	while (json_next(&each)) {
		list = find(x, fx_text(x, each.value, "of"));
		if (list == NULL) {
			keep_dormant(x, each.value, &dormant);
			continue;
		}
		st = read_list(x, list, each.value, err);
		if (st != RP_OK)
			return st;
	}
	if (!arena_copy(x->arena, buf_slice(&dormant), &x->dormant))
		return rp_fail_memory(err);
	return RP_OK;
}

static enum rp_status
read_edits(struct fetcher *x, struct rp_error *err)
{
	struct json_each each =
		json_each(&x->doc, json_get(&x->doc, JSON_ROOT, RP_SLICE("edits")));
	struct json_each pair;
	struct rp_slice id;
	uint64_t number;
	int64_t until;

	while (json_next(&each) && x->n_watched < FX_EDITS_MAX) {
		pair = json_each(&x->doc, each.value);
		if (!json_next(&pair) ||
		    json_id(&x->doc, pair.value, x->scratch, &id, NULL) != RP_OK ||
		    !fx_is_id(id, &number) || !json_next(&pair) ||
		    !json_int64(&x->doc, pair.value, &until) || until < FX_BEGINNING ||
		    until > x->now + RP_DAY)
			continue;
		if (!fx_watch(x, id, until))
			return rp_fail_memory(err);
	}
	return RP_OK;
}

enum rp_status
fx_cursor_read(struct fetcher *x, struct rp_slice text, struct rp_error *err)
{
	enum rp_status st;
	int64_t version = 0;

	if (text.n == 0 || text.n > CURSOR_MAX || json_parse(&x->doc, text, err) != RP_OK)
		return RP_OK;
	(void)json_int64(&x->doc, json_get(&x->doc, JSON_ROOT, RP_SLICE("v")), &version);
	if (version != 1)
		return RP_OK;
	if (!x->vocabulary_set &&
	    rp_slice_eq(fx_text(x, JSON_ROOT, "words"), RP_SLICE("post")))
		x->vocabulary = FX_POST;
	st = read_lists(x, err);
	return st == RP_OK ? read_edits(x, err) : st;
}

/* ---- out ------------------------------------------------------------------- */

static void
field_id(struct jsonw *w, const char *name, uint64_t id)
{
	char digits[24];

	if (id == 0)
		return;
	(void)snprintf(digits, sizeof(digits), "%llu", (unsigned long long)id);
	jsonw_field_text(w, name, rp_slice_str(digits));
}

static void
field_time(struct jsonw *w, const char *name, int64_t time)
{
	if (time != RP_TIME_UNKNOWN)
		jsonw_field_int(w, name, time);
}

static void
write_list(struct fetcher *x, struct jsonw *w, const struct fx_list *list)
{
	jsonw_object(w);
	jsonw_field_text(w, "of", name_of(&x->words, list));
	if (list->kind != FX_QUERY && list->id.n > 0)
		jsonw_field_text(w, "id", list->id);
	field_id(w, "since", list->since);
	field_time(w, "seen", list->seen);
	if (list->began != RP_TIME_UNKNOWN) {
		field_id(w, "top", list->top);
		field_id(w, "low", list->low);
		field_time(w, "began", list->began);
		jsonw_field_int(w, "read", (int64_t)list->read);
		if (list->stuck > 0)
			jsonw_field_int(w, "stuck", list->stuck);
		if (list->token.n > 0)
			jsonw_field_text(w, "token", list->token);
	}
	jsonw_end_object(w);
}

static void
write_edits(const struct fetcher *x, struct jsonw *w)
{
	jsonw_key(w, "edits");
	jsonw_array(w);
	for (size_t i = 0; i < x->n_watched; i++) {
		jsonw_array(w);
		jsonw_text(w, x->watched[i].id);
		jsonw_int(w, x->watched[i].until);
		jsonw_end_array(w);
	}
	jsonw_end_array(w);
}

enum rp_status
fx_cursor_write(struct fetcher *x, struct rp_error *err)
{
	struct jsonw w = jsonw_to(&x->cursor);

	buf_clear(&x->cursor);
	jsonw_object(&w);
	jsonw_field_int(&w, "v", 1);
	jsonw_field_text(&w, "words",
	                 rp_slice_str(x->vocabulary == FX_POST ? "post" : "tweet"));
	jsonw_key(&w, "lists");
	jsonw_array(&w);
	for (size_t i = 0; i < x->n_lists; i++)
		write_list(x, &w, &x->lists[i]);
	if (x->dormant.n > 0)
		jsonw_raw(&w, x->dormant);
	jsonw_end_array(&w);
	if (x->n_watched > 0)
		write_edits(x, &w);
	jsonw_end_object(&w);
	return buf_failed(&x->cursor) ? rp_fail_memory(err) : RP_OK;
}
