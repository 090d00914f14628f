/*
 * What a value of the stream is, and which parts of it are records.
 *
 * A value is walked from its first node to its last, the order of its bytes, without
 * recursion: answers of servers, contexts, pages of an outbox are only wrapped around
 * statuses and activities.  Each of those is a record with all that is inside it.
 */
#include "core/collect/masto.h"

#include "core/collect/options.h"

/* clang-format off */
static const struct rp_slice rest_names[REST_NAMES] = {
	[REST_ID] = RP_LIT("id"),
	[REST_URI] = RP_LIT("uri"),
	[REST_URL] = RP_LIT("url"),
	[REST_CREATED] = RP_LIT("created_at"),
	[REST_EDITED] = RP_LIT("edited_at"),
	[REST_ACCOUNT] = RP_LIT("account"),
	[REST_CONTENT] = RP_LIT("content"),
	[REST_SPOILER] = RP_LIT("spoiler_text"),
	[REST_VISIBILITY] = RP_LIT("visibility"),
	[REST_LANGUAGE] = RP_LIT("language"),
	[REST_REPLY] = RP_LIT("in_reply_to_id"),
	[REST_REBLOG] = RP_LIT("reblog"),
	[REST_QUOTE] = RP_LIT("quote"),
	[REST_MEDIA] = RP_LIT("media_attachments"),
	[REST_MENTIONS] = RP_LIT("mentions"),
	[REST_POLL] = RP_LIT("poll"),
	[REST_ACCT] = RP_LIT("acct"),
	[REST_USERNAME] = RP_LIT("username"),
	[REST_DISPLAY_NAME] = RP_LIT("display_name"),
	[REST_ANCESTORS] = RP_LIT("ancestors"),
	[REST_STATUSES] = RP_LIT("statuses"),
	[REST_ACCOUNTS] = RP_LIT("accounts"),
	[REST_ERROR] = RP_LIT("error"),
};

static const struct rp_slice ap_names[AP_NAMES] = {
	[AP_TYPE] = RP_LIT("type"),
	[AP_ID] = RP_LIT("id"),
	[AP_URL] = RP_LIT("url"),
	[AP_ACTOR] = RP_LIT("actor"),
	[AP_AUTHOR] = RP_LIT("attributedTo"),
	[AP_OBJECT] = RP_LIT("object"),
	[AP_PUBLISHED] = RP_LIT("published"),
	[AP_UPDATED] = RP_LIT("updated"),
	[AP_TO] = RP_LIT("to"),
	[AP_CC] = RP_LIT("cc"),
	[AP_REPLY] = RP_LIT("inReplyTo"),
	[AP_CONTENT] = RP_LIT("content"),
	[AP_CONTENT_MAP] = RP_LIT("contentMap"),
	[AP_SUMMARY] = RP_LIT("summary"),
	[AP_NAME] = RP_LIT("name"),
	[AP_ATTACHMENT] = RP_LIT("attachment"),
	[AP_TAG] = RP_LIT("tag"),
	[AP_QUOTE] = RP_LIT("quote"),
	[AP_QUOTE_URI] = RP_LIT("quoteUri"),
	[AP_QUOTE_URL] = RP_LIT("quoteUrl"),
	[AP_QUOTE_MISSKEY] = RP_LIT("_misskey_quote"),
	[AP_ONE_OF] = RP_LIT("oneOf"),
	[AP_ANY_OF] = RP_LIT("anyOf"),
	[AP_DELETED] = RP_LIT("deleted"),
	[AP_USERNAME] = RP_LIT("preferredUsername"),
};
/* clang-format on */

void
masto_init(struct masto *masto, struct rp_slice name, struct rp_slice options)
{
	*masto = (struct masto){
		.address = options_get(options, RP_SLICE("url")),
		.asked = options_get(options, RP_SLICE("asked")),
		.gone = rp_slice_eq(options_get(options, RP_SLICE("status")),
		                    RP_SLICE("410")),
	};
	masto->server = rp_slice_starts(name, RP_SLICE("https://")) ||
	                                rp_slice_starts(name, RP_SLICE("http://"))
	                        ? name
	                        : masto->address;
	json_names_init(&masto->rest, rest_names, REST_NAMES);
	json_names_init(&masto->ap, ap_names, AP_NAMES);
	buf_init(&masto->host, KEY_MAX_BYTES);
}

void
masto_done(struct masto *masto)
{
	buf_done(&masto->host);
}

enum shape { SHAPE_WRAPPER, SHAPE_STATUS, SHAPE_ACCOUNT, SHAPE_ACTIVITY, SHAPE_OTHER };

static enum shape
shape_of(struct masto *masto, uint32_t node)
{
	const struct json_doc *doc = masto->value->doc;
	uint32_t at[REST_NAMES], ap[AP_NAMES];
	struct rp_slice type;

	(void)json_pick(doc, node, &masto->rest, at);
	if (json_type(doc, at[REST_ACCOUNT]) == JSON_OBJECT &&
	    json_type(doc, at[REST_CONTENT]) == JSON_STRING)
		return SHAPE_STATUS;
	if (!json_absent(doc, at[REST_ACCT]) && !json_absent(doc, at[REST_USERNAME]))
		return SHAPE_ACCOUNT;
	(void)json_pick(doc, node, &masto->ap, ap);
	if (json_absent(doc, ap[AP_TYPE]))
		return SHAPE_WRAPPER;
	type = masto_type(masto, node);
	if (masto_says_something(type))
		return SHAPE_ACTIVITY;
	/* Likes and follows: what they carry is told of, not shown. */
	return !json_absent(doc, ap[AP_ACTOR]) && !json_absent(doc, ap[AP_OBJECT])
	               ? SHAPE_OTHER
	               : SHAPE_WRAPPER;
}

static void
read_one(struct masto *masto, uint32_t node, enum shape shape)
{
	struct rp_error why;
	enum rp_status st = RP_OK;

	if (shape == SHAPE_STATUS)
		st = masto_status(masto, node, &why);
	else if (shape == SHAPE_ACTIVITY)
		st = masto_activity(masto, node, &why);
	else if (shape == SHAPE_ACCOUNT)
		(void)masto_rest_account(masto, node, RP_SLICE(""), RP_TIME_UNKNOWN);
	if (st != RP_OK)
		value_reject(masto->value, node, why.text);
}

/* A status or activity and those inside it. */
static void
read_record(struct masto *masto, uint32_t node, enum shape shape)
{
	struct batch_lists *lists = masto->value->lists;
	const size_t observations = lists->n_observations, accounts = lists->n_accounts;
	uint32_t inside;

	if (!value_record(masto->value, node, RECORD_JSON))
		return;
	masto->queue = (struct value_queue){ .n = 0 };
	read_one(masto, node, shape);
	for (size_t i = 0; i < masto->queue.n && !masto->value->full; i++) {
		inside = masto->queue.nodes[i];
		read_one(masto, inside, shape_of(masto, inside));
	}
	/* What says nothing stays where it is, as bytes; so do private posts. */
	if (lists->n_observations == observations &&
	    (lists->n_accounts == accounts || shape == SHAPE_STATUS))
		value_no_record(masto->value);
}

/*
 * {"error":"Record not found"}: of the status or account that was asked for.  404 is said
 * of what is private, deleted or unknown alike; 410 is not.
 */
static bool
read_error(struct masto *masto, uint32_t error)
{
	struct value *value = masto->value;
	struct rp_slice words = value_text(value, error), key = masto->asked;
	enum post_state state = STATE_UNAVAILABLE;

	if (key_platform(key) != PLATFORM_MASTO && masto->address.n > 0)
		key = masto_address_key(masto, masto->address);
	if (words.n == 0 || key_platform(key) != PLATFORM_MASTO)
		return false;
	if (masto->gone)
		state = key_is_account(key) ? STATE_SUSPENDED : STATE_DELETED;
	value_state(value, key, state, value->as_of, words);
	return true;
}

/* Nothing was in it: an answer without posts, or nothing of this network at all. */
static void
judge_empty(struct masto *masto)
{
	const struct json_doc *doc = masto->value->doc;
	uint32_t at[REST_NAMES], ap[AP_NAMES];

	(void)json_pick(doc, JSON_ROOT, &masto->rest, at);
	(void)json_pick(doc, JSON_ROOT, &masto->ap, ap);
	if (!json_absent(doc, at[REST_ERROR]) && read_error(masto, at[REST_ERROR]))
		return;
	if (!json_absent(doc, at[REST_ANCESTORS]) ||
	    !json_absent(doc, at[REST_STATUSES]) ||
	    !json_absent(doc, at[REST_ACCOUNTS]) || !json_absent(doc, ap[AP_TYPE]) ||
	    (json_type(doc, JSON_ROOT) == JSON_ARRAY && doc->n == 1))
		return;
	value_reject(masto->value, JSON_ROOT,
	             "no post, activity or account of Mastodon or ActivityPub");
}

static void
walk(struct masto *masto)
{
	const struct json_doc *doc = masto->value->doc;
	uint32_t node = JSON_ROOT;
	enum shape shape;

	while (node < doc->n && !masto->value->full) {
		if (json_type(doc, node) != JSON_OBJECT) {
			node++;
			continue;
		}
		shape = shape_of(masto, node);
		if (shape == SHAPE_WRAPPER) {
			node++;
			continue;
		}
		if (shape != SHAPE_OTHER)
			read_record(masto, node, shape);
		node = doc->nodes[node].next;
	}
}

/* What was asked names the server, and so does the setting. */
static void
learn_told_host(struct masto *masto)
{
	struct rp_slice host;

	if (masto->server.n == 0 || masto->host_known == HOST_TOLD)
		return;
	host = masto_host_of(masto, masto->server);
	masto_learn_host(masto, host);
	if (host.n > 0 && masto->host_known == HOST_SEEN)
		masto->host_known = HOST_TOLD;
}

void
masto_read(struct masto *masto, struct value *value)
{
	const struct batch_lists before = *value->lists;
	const struct batch_lists *lists = value->lists;
	const size_t locals = masto->n_locals;

	masto->value = value;
	learn_told_host(masto);
	walk(masto);
	if (lists->n_observations == before.n_observations &&
	    lists->n_states == before.n_states &&
	    lists->n_accounts == before.n_accounts &&
	    lists->n_rejects == before.n_rejects)
		judge_empty(masto);
	if (!value->full)
		return;
	masto->n_locals = locals; /* it is taken back, */
	if (locals == 0) {        /* and alone in its batch the arena is begun anew */
		masto->locals = NULL;
		masto->room_locals = 0;
	}
}
