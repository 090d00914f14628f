/*
 * Members of a value as texts, ids and keys, and what is learned of accounts.
 */
#include "core/collect/x.h"

enum user_name {
	USER_ID,
	USER_ID_STR,
	USER_REST_ID,
	USER_USERNAME,
	USER_SCREEN_NAME,
	USER_NAME,
	USER_LEGACY,
	USER_CORE,
	USER_PROTECTED,
	USER_WITHHELD,
	USER_WITHHELD_IN,
	USER_NAMES
};

static const struct rp_slice user_names[USER_NAMES] = {
	[USER_ID] = RP_LIT("id"),
	[USER_ID_STR] = RP_LIT("id_str"),
	[USER_REST_ID] = RP_LIT("rest_id"),
	[USER_USERNAME] = RP_LIT("username"),
	[USER_SCREEN_NAME] = RP_LIT("screen_name"),
	[USER_NAME] = RP_LIT("name"),
	[USER_LEGACY] = RP_LIT("legacy"),
	[USER_CORE] = RP_LIT("core"),
	[USER_PROTECTED] = RP_LIT("protected"),
	[USER_WITHHELD] = RP_LIT("withheld"),
	[USER_WITHHELD_IN] = RP_LIT("withheld_in_countries"),
};

void *
x_add(struct x_batch *batch, struct x_list *list, size_t size)
{
	void *grown;
	size_t cap;

	if (list->n == list->cap) {
		cap = list->cap ? list->cap * 2 : 16;
		grown = arena_grow(batch->arena, list->items, list->n, cap, size);
		if (grown == NULL) {
			batch->full = true;
			return NULL;
		}
		list->items = grown;
		list->cap = cap;
	}
	return memset((char *)list->items + list->n++ * size, 0, size);
}

struct rp_slice
x_text(struct x_value *value, uint32_t node)
{
	struct rp_slice text = RP_SLICE("");

	if (json_type(value->doc, node) == JSON_STRING &&
	    json_text(value->doc, node, value->batch->arena, &text, NULL) != RP_OK)
		value->batch->full = true;
	return text;
}

/* Whole seconds, though some write them with ".000". */
struct rp_time
x_time(struct x_value *value, uint32_t node)
{
	struct rp_slice text = x_text(value, node);
	struct rp_time time = RP_TIME_NONE;

	if (!rp_time_read_x(text, &time) &&
	    rp_time_read(text, RP_BASIS_PLATFORM, &time) &&
	    time.precision < RP_PRECISION_S && time.lo % RP_SECOND == 0)
		time.precision = RP_PRECISION_S;
	return time;
}

struct rp_slice
x_joined(struct x_value *value, struct rp_slice a, struct rp_slice b)
{
	struct rp_slice out = RP_SLICE("");

	if (!arena_join(value->batch->arena, a, b, &out))
		value->batch->full = true;
	return out;
}

struct rp_slice
x_key(struct x_value *value, struct rp_slice id)
{
	return id.n ? x_joined(value, RP_SLICE("x:"), id) : id;
}

struct rp_slice
x_account_key(struct x_value *value, struct rp_slice id)
{
	return id.n ? x_joined(value, RP_SLICE("x:@"), id) : id;
}

struct rp_slice
x_handle_key(struct x_value *value, struct rp_slice handle)
{
	struct rp_slice key = RP_SLICE("");

	if (handle.n > 0 &&
	    !key_make_handle(value->batch->arena, PLATFORM_X, handle, &key))
		value->batch->full = true;
	return key;
}

bool
x_is_word(struct rp_slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f)
			return false;
	return s.n > 0 && s.n <= KEY_MAX_BYTES - 8;
}

enum rp_status
x_id(struct x_value *value, uint32_t node, const char *name, struct rp_slice *out,
     struct rp_error *err)
{
	struct rp_error why = { 0 };
	enum rp_status st;

	*out = RP_SLICE("");
	if (json_absent(value->doc, node))
		return RP_OK;
	st = json_id(value->doc, node, value->batch->arena, out, &why);
	if (st != RP_OK)
		return rp_fail(err, st, "\"%s\": %s", name, why.text);
	/* "@" would make an account of a post. */
	if (!x_is_word(*out) || out->p[0] == '@')
		return rp_fail(err, RP_BAD_ITEM, "\"%s\" cannot be part of a key", name);
	return RP_OK;
}

enum rp_status
x_twin_id(struct x_value *value, uint32_t text, uint32_t number, const char *name,
          struct rp_slice *out, struct rp_error *err)
{
	return x_id(value, json_absent(value->doc, text) ? number : text, name, out, err);
}

void
x_reject(struct x_value *value, uint32_t node, const char *reason)
{
	struct reject *reject =
		x_add(value->batch, &value->batch->rejects, sizeof(*reject));

	if (reject == NULL)
		return;
	reject->offset = value->offset + value->doc->nodes[node].at;
	reject->bytes = value->doc->nodes[node].n;
	reject->line = value->line;
	if (!arena_copy(value->batch->arena, rp_slice_str(reason), &reject->reason))
		value->batch->full = true;
}

void
x_account(struct x_value *value, struct rp_slice id, struct rp_slice handle,
          struct rp_slice name)
{
	struct account *account;

	if (id.n == 0)
		return;
	account = x_add(value->batch, &value->batch->accounts, sizeof(*account));
	if (account == NULL)
		return;
	account->key = x_account_key(value, id);
	account->handle = handle;
	account->name = name;
	/* A mere mention must not pass for the latest that is known of an account. */
	account->first = account->last = name.n ? value->as_of : RP_TIME_UNKNOWN;
}

static void
user_states(struct x_value *value, const uint32_t *at, struct rp_slice id)
{
	uint32_t countries = at[USER_WITHHELD_IN];
	bool closed = false;

	if (json_absent(value->doc, countries))
		countries = json_get(value->doc, at[USER_WITHHELD],
		                     RP_SLICE("country_codes"));
	x_withheld(value, x_account_key(value, id), countries, JSON_NONE);
	if (json_bool(value->doc, at[USER_PROTECTED], &closed) && closed)
		x_state(value, x_account_key(value, id), STATE_PROTECTED,
		        RP_SLICE("protected"));
}

enum rp_status
x_user(struct x_value *value, uint32_t node, struct x_user *out, struct rp_error *err)
{
	uint32_t at[USER_NAMES], inner[USER_NAMES];
	uint64_t twice = json_pick(value->doc, node, &value->names->user, at);
	enum rp_status st;

	*out = (struct x_user){ .id = RP_SLICE("") };
	if (twice & (1u << USER_ID | 1u << USER_ID_STR | 1u << USER_REST_ID))
		return rp_fail(err, RP_BAD_ITEM, "the author has two different ids");
	st = x_twin_id(value,
	               json_absent(value->doc, at[USER_REST_ID]) ? at[USER_ID_STR]
	                                                         : at[USER_REST_ID],
	               at[USER_ID], "id of the author", &out->id, err);
	if (st != RP_OK)
		return st;
	/* The web's wrapper keeps the names one deeper, in one of two places. */
	for (int i = 0; i < 2 && json_absent(value->doc, at[USER_USERNAME]) &&
	                json_absent(value->doc, at[USER_SCREEN_NAME]);
	     i++) {
		(void)json_pick(value->doc, at[i ? USER_CORE : USER_LEGACY],
		                &value->names->user, inner);
		at[USER_SCREEN_NAME] = inner[USER_SCREEN_NAME];
		at[USER_NAME] = json_absent(value->doc, at[USER_NAME]) ? inner[USER_NAME]
		                                                       : at[USER_NAME];
	}
	out->handle = x_text(value, json_absent(value->doc, at[USER_USERNAME])
	                                    ? at[USER_SCREEN_NAME]
	                                    : at[USER_USERNAME]);
	if (!x_text_unescape(x_text(value, at[USER_NAME]), value->batch->arena,
	                     &out->name))
		value->batch->full = true;
	if (!x_is_word(out->handle))
		out->handle = RP_SLICE("");
	user_states(value, at, out->id);
	return RP_OK;
}

void
x_refer(struct x_post *post, enum edge_type type, struct rp_slice id,
        struct rp_slice author)
{
	if (id.n == 0 || post->n_references == X_REFERENCES_MAX)
		return;
	post->references[post->n_references].type = type;
	post->references[post->n_references].id = id;
	post->references[post->n_references].author = author;
	post->n_references++;
}

void
x_refer_key(struct x_post *post, enum edge_type type, struct rp_slice key,
            struct rp_slice author)
{
	if (key_platform(key) == PLATFORM_X) {
		x_refer(post, type, key_native(key), author);
		return;
	}
	if (post->n_references == X_REFERENCES_MAX)
		return;
	post->references[post->n_references].type = type;
	post->references[post->n_references].id = RP_SLICE("");
	post->references[post->n_references].key = key;
	post->references[post->n_references].author = author;
	post->n_references++;
}

void
x_embedded(struct x_value *value, uint32_t node)
{
	uint32_t *next = x_add(value->batch, &value->queue, sizeof(*next));

	if (next != NULL)
		*next = node;
}

size_t
x_count(const struct json_doc *doc, uint32_t array)
{
	struct json_each each = json_each(doc, array);
	size_t n = 0;

	while (json_next(&each))
		n++;
	return n;
}

struct rp_slice *
x_slices(struct x_value *value, size_t n)
{
	struct rp_slice *list = arena_array(value->batch->arena, n, sizeof(*list));

	if (list == NULL)
		value->batch->full = true;
	return list;
}

void
x_user_names(struct x_names *names)
{
	json_names_init(&names->user, user_names, USER_NAMES);
}
