/*
 * Who somebody is: accounts of the API, actors of ActivityPub, people mentioned.
 */
#include "core/collect/masto.h"

bool
masto_is_actor(struct rp_slice type)
{
	return rp_slice_eq(type, RP_SLICE("Person")) ||
	       rp_slice_eq(type, RP_SLICE("Service")) ||
	       rp_slice_eq(type, RP_SLICE("Group")) ||
	       rp_slice_eq(type, RP_SLICE("Organization")) ||
	       rp_slice_eq(type, RP_SLICE("Application"));
}

static struct rp_slice
at_host(struct masto *masto, struct rp_slice name, struct rp_slice host)
{
	if (name.n == 0 || host.n == 0)
		return RP_SLICE("");
	return value_joined(masto->value, value_joined(masto->value, name, RP_SLICE("@")),
	                    host);
}

static struct rp_slice
handle_key(struct masto *masto, struct rp_slice handle)
{
	struct rp_slice key = RP_SLICE("");

	if (handle.n > 0 &&
	    !key_make_handle(masto->value->arena, PLATFORM_MASTO, handle, &key))
		masto->value->full = true;
	return key_valid(key) ? key : RP_SLICE("");
}

/* The actor that a status of its own is kept under: "https://h/users/ana" of
 * "https://h/users/ana/statuses/1", "…/ap/users/7" likewise. */
static struct rp_slice
actor_of_status(struct rp_slice uri)
{
	struct rp_slice actor =
		rp_slice_from(uri.p, rp_slice_find(uri, RP_SLICE("/statuses/")));

	return actor.n < uri.n && rp_slice_find(actor, RP_SLICE("/users/")) < actor.n
	               ? actor
	               : RP_SLICE("");
}

static bool
is_actors_page(struct rp_slice url)
{
	return rp_slice_find(url, RP_SLICE("/users/")) < url.n;
}

struct rp_slice
masto_rest_account(struct masto *masto, uint32_t node, struct rp_slice status_uri,
                   int64_t as_of)
{
	struct value *value = masto->value;
	struct rp_slice acct, url, uri, host, key;
	uint32_t at[REST_NAMES];

	(void)json_pick(value->doc, node, &masto->rest, at);
	acct = value_word(value, at[REST_ACCT]);
	url = value_word(value, at[REST_URL]);
	uri = value_word(value, at[REST_URI]);
	host = masto_host_of(masto, url.n ? url : uri.n ? uri : status_uri);
	if (acct.n == 0)
		acct = value_word(value, at[REST_USERNAME]);
	else if (rp_slice_find_byte(acct, '@') == acct.n)
		masto_learn_host(masto, host);
	if (rp_slice_find_byte(acct, '@') == acct.n)
		acct = at_host(masto, acct, host);
	if (uri.n == 0) {
		uri = actor_of_status(status_uri);
		if (url.n > 0 && !rp_slice_eq(masto_host_of(masto, uri), host))
			uri = RP_SLICE("");
	}
	if (uri.n == 0 && is_actors_page(url))
		uri = url;
	key = uri.n > 0 ? value_account_key(value, PLATFORM_MASTO, uri)
	                : handle_key(masto, acct);
	value_account(value, key, acct, value_text(value, at[REST_DISPLAY_NAME]), as_of);
	return key;
}

/* Room for as many as an array may name. */
static bool
make_room(struct masto *masto, uint32_t array, struct masto_post *post)
{
	struct masto_each each = masto_each(masto->value->doc, array);
	uint32_t ignored;
	size_t n = 0;

	while (masto_next(&each, &ignored) && n < MASTO_MENTIONS_MAX)
		n++;
	post->mentions = arena_array(masto->value->arena, n, sizeof(*post->mentions));
	if (post->mentions == NULL)
		masto->value->full = true;
	return post->mentions != NULL;
}

void
masto_rest_mentions(struct masto *masto, uint32_t array, struct masto_post *post)
{
	struct value *value = masto->value;
	struct masto_each each = masto_each(value->doc, array);
	uint32_t at[REST_NAMES], node;

	if (!make_room(masto, array, post))
		return;
	while (post->n_mentions < MASTO_MENTIONS_MAX && masto_next(&each, &node)) {
		struct masto_mention *to = &post->mentions[post->n_mentions];

		(void)json_pick(value->doc, node, &masto->rest, at);
		to->href = value_word(value, at[REST_URL]);
		to->handle = value_word(value, at[REST_ACCT]);
		if (rp_slice_find_byte(to->handle, '@') == to->handle.n)
			to->handle = at_host(masto, to->handle,
			                     masto_host_of(masto, to->href));
		to->key = is_actors_page(to->href)
		                  ? value_account_key(value, PLATFORM_MASTO, to->href)
		                  : handle_key(masto, to->handle);
		post->n_mentions += to->key.n > 0;
	}
}

struct rp_slice
masto_actor(struct masto *masto, uint32_t node, int64_t as_of)
{
	struct value *value = masto->value;
	struct masto_each each = masto_each(value->doc, node);
	struct rp_slice id, handle, key;
	uint32_t at[AP_NAMES];

	if (!masto_next(&each, &node))
		return RP_SLICE("");
	if (json_type(value->doc, node) == JSON_STRING)
		return value_account_key(value, PLATFORM_MASTO, value_word(value, node));
	(void)json_pick(value->doc, node, &masto->ap, at);
	id = value_word(value, at[AP_ID]);
	if (id.n == 0)
		id = value_word(value, at[AP_URL]);
	key = value_account_key(value, PLATFORM_MASTO, id);
	handle = at_host(masto, value_word(value, at[AP_USERNAME]),
	                 masto_host_of(masto, id));
	value_account(value, key, handle, value_text(value, at[AP_NAME]), as_of);
	return key;
}

void
masto_tags(struct masto *masto, uint32_t tags, struct masto_post *post)
{
	struct value *value = masto->value;
	struct masto_each each = masto_each(value->doc, tags);
	uint32_t at[AP_NAMES], node;

	if (!make_room(masto, tags, post))
		return;
	while (post->n_mentions < MASTO_MENTIONS_MAX && masto_next(&each, &node)) {
		struct masto_mention *to = &post->mentions[post->n_mentions];

		if (!rp_slice_eq(masto_type(masto, node), RP_SLICE("Mention")))
			continue;
		(void)json_pick(value->doc, node, &masto->ap, at);
		to->href =
			value_word(value, json_get(value->doc, node, RP_SLICE("href")));
		to->handle = value_word(value, at[AP_NAME]);
		if (rp_slice_starts(to->handle, RP_SLICE("@")))
			to->handle = rp_slice_skip(to->handle, 1);
		if (rp_slice_find_byte(to->handle, '@') == to->handle.n)
			to->handle = at_host(masto, to->handle,
			                     masto_host_of(masto, to->href));
		to->key = value_account_key(value, PLATFORM_MASTO, to->href);
		post->n_mentions += to->key.n > 0;
	}
}
