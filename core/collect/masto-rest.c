/*
 * Statuses as the REST API gives them, and the wordings of one out of its history.
 */
#include "core/collect/masto.h"

/* Other servers know more ways to restrict who reads ("local", "mutuals_only"); one that
 * says nothing of it shows what everybody may see. */
static bool
is_public(struct masto *masto, uint32_t node)
{
	const struct json_doc *doc = masto->value->doc;

	return json_absent(doc, node) || json_text_is(doc, node, RP_SLICE("public")) ||
	       json_text_is(doc, node, RP_SLICE("unlisted"));
}

/* Where a copy is kept is each server's affair: the address of the first counts. */
static void
read_media(struct masto *masto, uint32_t array, struct masto_post *post)
{
	struct value *value = masto->value;
	struct json_each each = json_each(value->doc, array);
	struct rp_slice url;

	while (json_next(&each)) {
		url = value_word(
			value, json_get(value->doc, each.value, RP_SLICE("remote_url")));
		if (url.n == 0)
			url = value_word(
				value, json_get(value->doc, each.value, RP_SLICE("url")));
		masto_add_media(post, url);
	}
}

/* The whole quoted status, or its local id; neither where its author does not want to be
 * quoted, or it is gone. */
static void
read_quote(struct masto *masto, uint32_t quote, struct masto_post *post)
{
	struct value *value = masto->value;
	uint32_t status = json_get(value->doc, quote, RP_SLICE("quoted_status"));

	post->local_quote = value_word(
		value, json_get(value->doc, quote, RP_SLICE("quoted_status_id")));
	if (json_type(value->doc, status) != JSON_OBJECT)
		return;
	value_queue(value, &masto->queue, status);
	post->quote = value_word(value, json_get(value->doc, status, RP_SLICE("uri")));
	if (post->quote.n > 0)
		post->local_quote = RP_SLICE("");
	else
		post->local_quote =
			value_word(value, json_get(value->doc, status, RP_SLICE("id")));
}

static void
read_reblog(struct masto *masto, uint32_t reblog, struct masto_post *post)
{
	if (json_type(masto->value->doc, reblog) != JSON_OBJECT)
		return;
	post->kind = KIND_REPOST;
	post->reposted = value_word(masto->value,
	                            json_get(masto->value->doc, reblog, RP_SLICE("uri")));
	value_queue(masto->value, &masto->queue, reblog);
}

/* A wording out of a history has no id: the setting "url" says of which status. */
static enum rp_status
name_wording(struct masto *masto, struct masto_post *post, struct rp_error *err)
{
	if (masto->address.n == 0)
		return rp_fail(err, RP_BAD_ITEM,
		               "a wording without its status: tell its address with "
		               "--url");
	post->of_history = true;
	post->uri = key_native(masto_address_key(masto, masto->address));
	return RP_OK;
}

/* The server that it came from, by an author who is at home there. */
static enum rp_status
name_local(struct masto *masto, struct masto_post *post, struct rp_slice host,
           struct rp_error *err)
{
	struct rp_slice key = masto_local_key(masto, host, post->local_id);

	if (key.n == 0)
		return rp_fail(err, RP_BAD_ITEM, "\"uri\" is missing");
	post->uri = key_native(key);
	return RP_OK;
}

enum rp_status
masto_status(struct masto *masto, uint32_t node, struct rp_error *err)
{
	struct value *value = masto->value;
	struct masto_post post = { .node = node, .kind = KIND_POST };
	uint32_t at[REST_NAMES];
	enum rp_status st = RP_OK;
	int64_t as_of;

	if (json_pick(value->doc, node, &masto->rest, at) &
	    (1u << REST_ID | 1u << REST_URI | 1u << REST_REPLY | 1u << REST_VISIBILITY))
		return rp_fail(err, RP_BAD_ITEM,
		               "an id, parent or visibility stands twice, and different");
	if (!is_public(masto, at[REST_VISIBILITY]))
		return rp_fail(err, RP_BAD_ITEM, MASTO_NOT_PUBLIC);
	post.uri = value_word(value, at[REST_URI]);
	post.url = value_word(value, at[REST_URL]);
	post.local_id = value_word(value, at[REST_ID]);
	post.made = value_time(value, at[REST_CREATED]);
	post.changed = value_time(value, at[REST_EDITED]);
	as_of = rp_time_known(post.changed) ? post.changed.lo : post.made.lo;
	post.author = masto_rest_account(masto, at[REST_ACCOUNT], post.uri, as_of);
	if (post.uri.n == 0 && post.local_id.n == 0)
		st = name_wording(masto, &post, err);
	else if (post.uri.n == 0)
		st = name_local(masto, &post, masto_host_of(masto, post.url), err);
	if (st != RP_OK)
		return st;
	post.local_reply = value_word(value, at[REST_REPLY]);
	post.lang = value_word(value, at[REST_LANGUAGE]);
	post.warning = value_text(value, at[REST_SPOILER]);
	post.content = at[REST_CONTENT];
	read_reblog(masto, at[REST_REBLOG], &post);
	read_quote(masto, at[REST_QUOTE], &post);
	read_media(masto, at[REST_MEDIA], &post);
	masto_rest_mentions(masto, at[REST_MENTIONS], &post);
	post.poll = masto_poll(
		masto, json_get(value->doc, at[REST_POLL], RP_SLICE("options")), "title");
	return value->full ? RP_OK : masto_observe(masto, &post, err);
}
