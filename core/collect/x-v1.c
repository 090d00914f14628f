/*
 * Posts of the API v1.1 in its modes (classic and compatibility "text", extended
 * "full_text", streams with "extended_tweet"), the web's wrapper around the same object
 * ("legacy"), and what embeds are made of (with "parent", "quoted_tweet",
 * "mediaDetails").
 */
#include "core/collect/x-archive.h"

#include "core/base/url.h"

enum v1 {
	ID,
	ID_STR,
	CREATED_AT,
	TEXT,
	FULL_TEXT,
	EXTENDED_TWEET,
	TRUNCATED,
	RANGE,
	ENTITIES,
	EXTENDED_ENTITIES,
	REPLY_ID,
	REPLY_ID_STR,
	REPLY_USER,
	REPLY_USER_STR,
	REPLY_HANDLE,
	USER,
	USER_ID,
	DELETED_AT,
	QUOTED_ID,
	QUOTED_ID_STR,
	QUOTED,
	QUOTED_LINK,
	IS_QUOTE,
	REPOSTED,
	REPOSTED_RESULT,
	LANG,
	CONVERSATION,
	EDIT_HISTORY,
	EDIT_INFO,
	WITHHELD_IN,
	WITHHELD_COPYRIGHT,
	WITHHELD_SCOPE,
	PARENT,
	EMBED_QUOTED,
	EMBED_EDITS,
	EMBED_MEDIA,
	EMBED_NOTE,
	V1_NAMES
};

static const struct rp_slice v1_names[V1_NAMES] = {
	[ID] = RP_LIT("id"),
	[ID_STR] = RP_LIT("id_str"),
	[CREATED_AT] = RP_LIT("created_at"),
	[TEXT] = RP_LIT("text"),
	[FULL_TEXT] = RP_LIT("full_text"),
	[EXTENDED_TWEET] = RP_LIT("extended_tweet"),
	[TRUNCATED] = RP_LIT("truncated"),
	[RANGE] = RP_LIT("display_text_range"),
	[ENTITIES] = RP_LIT("entities"),
	[EXTENDED_ENTITIES] = RP_LIT("extended_entities"),
	[REPLY_ID] = RP_LIT("in_reply_to_status_id"),
	[REPLY_ID_STR] = RP_LIT("in_reply_to_status_id_str"),
	[REPLY_USER] = RP_LIT("in_reply_to_user_id"),
	[REPLY_USER_STR] = RP_LIT("in_reply_to_user_id_str"),
	[REPLY_HANDLE] = RP_LIT("in_reply_to_screen_name"),
	[USER] = RP_LIT("user"),
	[USER_ID] = RP_LIT("user_id_str"),
	[DELETED_AT] = RP_LIT("deleted_at"),
	[QUOTED_ID] = RP_LIT("quoted_status_id"),
	[QUOTED_ID_STR] = RP_LIT("quoted_status_id_str"),
	[QUOTED] = RP_LIT("quoted_status"),
	[QUOTED_LINK] = RP_LIT("quoted_status_permalink"),
	[IS_QUOTE] = RP_LIT("is_quote_status"),
	[REPOSTED] = RP_LIT("retweeted_status"),
	[REPOSTED_RESULT] = RP_LIT("retweeted_status_result"),
	[LANG] = RP_LIT("lang"),
	[CONVERSATION] = RP_LIT("conversation_id_str"),
	[EDIT_HISTORY] = RP_LIT("edit_history"),
	[EDIT_INFO] = RP_LIT("edit_info"),
	[WITHHELD_IN] = RP_LIT("withheld_in_countries"),
	[WITHHELD_COPYRIGHT] = RP_LIT("withheld_copyright"),
	[WITHHELD_SCOPE] = RP_LIT("withheld_scope"),
	/* of embeds alone */
	[PARENT] = RP_LIT("parent"),
	[EMBED_QUOTED] = RP_LIT("quoted_tweet"),
	[EMBED_EDITS] = RP_LIT("edit_control"),
	[EMBED_MEDIA] = RP_LIT("mediaDetails"),
	[EMBED_NOTE] = RP_LIT("note_tweet"),
};

enum web {
	WEB_LEGACY,
	WEB_CORE,
	WEB_REST_ID,
	WEB_NOTE,
	WEB_EDITS,
	WEB_QUOTED,
	WEB_TWEET,
	WEB_NAMES
};

static const struct rp_slice web_names[WEB_NAMES] = {
	[WEB_LEGACY] = RP_LIT("legacy"),
	[WEB_CORE] = RP_LIT("core"),
	[WEB_REST_ID] = RP_LIT("rest_id"),
	[WEB_NOTE] = RP_LIT("note_tweet"),
	[WEB_EDITS] = RP_LIT("edit_control"),
	[WEB_QUOTED] = RP_LIT("quoted_status_result"),
	[WEB_TWEET] = RP_LIT("tweet"),
};

/* Ids of which two different ones make a post unusable. */
#define IDENTITY                                                                         \
	(UINT64_C(1) << ID | UINT64_C(1) << ID_STR | UINT64_C(1) << REPLY_ID |           \
	 UINT64_C(1) << REPLY_ID_STR | UINT64_C(1) << REPLY_USER |                       \
	 UINT64_C(1) << REPLY_USER_STR | UINT64_C(1) << USER | UINT64_C(1) << USER_ID |  \
	 UINT64_C(1) << QUOTED_ID | UINT64_C(1) << QUOTED_ID_STR)

/* The object of a post, and what stands around it in the web's wrapper. */
struct parts {
	uint32_t at[V1_NAMES];
	uint32_t rest_id, user, note, edits, quoted;
};

void
x1_names(struct x_names *names)
{
	json_names_init(&names->v1, v1_names, V1_NAMES);
	json_names_init(&names->web, web_names, WEB_NAMES);
}

/* object.A.B of a list of names that ends with an empty one. */
static uint32_t
path(const struct json_doc *doc, uint32_t node, const char *const *names)
{
	for (; *names != NULL; names++)
		node = json_get(doc, node, rp_slice_str(*names));
	return node;
}

static void
unwrap(struct x_value *value, uint32_t node, struct parts *parts, uint32_t *post_out)
{
	static const char *const user[] = { "user_results", "result", NULL };
	static const char *const note[] = { "note_tweet_results", "result", NULL };
	static const char *const later[] = { "edit_control_initial", "edit_tweet_ids",
		                             NULL };
	static const char *const quoted[] = { "result", NULL };
	const struct json_doc *doc = value->doc;
	uint32_t at[WEB_NAMES];

	(void)json_pick(doc, node, &value->names->web, at);
	/* "TweetWithVisibilityResults" has one more around it. */
	if (json_absent(doc, at[WEB_LEGACY]) && !json_absent(doc, at[WEB_TWEET])) {
		*post_out = at[WEB_TWEET]; /* as X's own archive files wrap them */
		(void)json_pick(doc, at[WEB_TWEET], &value->names->web, at);
	}
	if (json_absent(doc, at[WEB_LEGACY]))
		return;
	*post_out = at[WEB_LEGACY];
	parts->rest_id = at[WEB_REST_ID];
	parts->user = path(doc, at[WEB_CORE], user);
	parts->note = path(doc, at[WEB_NOTE], note);
	parts->quoted = path(doc, at[WEB_QUOTED], quoted);
	parts->edits = path(doc, at[WEB_EDITS], later + 1);
	if (json_absent(doc, parts->edits))
		parts->edits = path(doc, at[WEB_EDITS], later);
}

static enum rp_status
open_post(struct x_value *value, uint32_t node, struct parts *parts, struct rp_error *err)
{
	const struct json_doc *doc = value->doc;
	uint32_t post = node;

	parts->rest_id = parts->user = parts->note = JSON_NONE;
	parts->edits = parts->quoted = JSON_NONE;
	if (json_pick(doc, post, &value->names->v1, parts->at) & IDENTITY)
		return rp_fail(err, RP_BAD_ITEM,
		               "an id or author stands twice, and different");
	/* Some put an id of their own beside the web's wrapper. */
	if (!json_absent(doc, parts->at[ID_STR]) ||
	    (!json_absent(doc, parts->at[ID]) &&
	     (!json_absent(doc, parts->at[TEXT]) ||
	      json_absent(doc, json_get(doc, node, RP_SLICE("legacy"))))))
		return RP_OK;
	unwrap(value, node, parts, &post);
	if (post != node &&
	    (json_pick(doc, post, &value->names->v1, parts->at) & IDENTITY))
		return rp_fail(err, RP_BAD_ITEM,
		               "an id or author stands twice, and different");
	return RP_OK;
}

/* The longest text there is, with the entities and the range that belong to it. */
static void
choose_text(struct x_value *value, const struct parts *parts, struct x_post *post)
{
	const struct json_doc *doc = value->doc;
	uint32_t longer = parts->at[EXTENDED_TWEET], inner[V1_NAMES];
	bool truncated = false;

	post->text = parts->at[FULL_TEXT];
	if (json_absent(doc, post->text))
		post->text = parts->at[TEXT];
	post->range = parts->at[RANGE];
	post->entities = parts->at[ENTITIES];
	post->media = parts->at[EXTENDED_ENTITIES];
	(void)json_bool(doc, parts->at[TRUNCATED], &truncated);
	if (!json_absent(doc, parts->note)) {
		post->text = json_get(doc, parts->note, RP_SLICE("text"));
		post->entities = json_get(doc, parts->note, RP_SLICE("entity_set"));
		truncated = false;
	} else if (json_type(doc, longer) == JSON_OBJECT) {
		(void)json_pick(doc, longer, &value->names->v1, inner);
		post->text = inner[FULL_TEXT];
		post->range = inner[RANGE];
		post->entities = inner[ENTITIES];
		if (!json_absent(doc, inner[EXTENDED_ENTITIES]))
			post->media = inner[EXTENDED_ENTITIES];
		truncated = false;
	}
	/* Embeds say that there is more, by an id, and not what. */
	post->cut = truncated || !json_absent(doc, json_get(doc, parts->at[EMBED_NOTE],
	                                                    RP_SLICE("id")));
	/* "entities" has the first of several media, "extended_entities" all of them. */
	post->media = json_get(doc, post->media, RP_SLICE("media"));
	if (json_absent(doc, post->media))
		post->media = parts->at[EMBED_MEDIA];
	if (json_absent(doc, post->media))
		post->media = json_get(doc, parts->at[ENTITIES], RP_SLICE("media"));
}

static enum rp_status
read_author(struct x_value *value, const struct parts *parts, struct x_post *post,
            struct rp_error *err)
{
	uint32_t node =
		json_absent(value->doc, parts->user) ? parts->at[USER] : parts->user;
	struct x_user user;
	enum rp_status st;

	st = x_user(value, node, &user, err);
	if (st == RP_OK && user.id.n == 0)
		st = x_id(value, parts->at[USER_ID], "user_id_str", &user.id, err);
	if (st != RP_OK)
		return st;
	/* X's own archive files leave it out: all of their posts are by one account. */
	if (user.id.n == 0 && !json_absent(value->doc, node))
		return rp_fail(err, RP_BAD_ITEM, "\"user\" has no id");
	post->author = user.id;
	x_account(value, user.id, user.handle, user.name);
	x_archive_author(value, post);
	return RP_OK;
}

static enum rp_status
read_reply(struct x_value *value, const struct parts *parts, struct x_post *post,
           struct rp_error *err)
{
	struct rp_slice parent, author, handle;
	enum rp_status st;

	st = x_twin_id(value, parts->at[REPLY_ID_STR], parts->at[REPLY_ID],
	               "in_reply_to_status_id", &parent, err);
	if (st == RP_OK)
		st = x_twin_id(value, parts->at[REPLY_USER_STR], parts->at[REPLY_USER],
		               "in_reply_to_user_id", &author, err);
	/* A user without a status is somebody addressed, not answered. */
	if (st != RP_OK || parent.n == 0)
		return st;
	handle = x_text(value, parts->at[REPLY_HANDLE]);
	if (handle.n > 0)
		x_account(value, author, handle, RP_SLICE(""));
	x_refer(post, EDGE_REPLY, parent, x_account_key(value, author));
	return RP_OK;
}

static enum rp_status
id_of_embedded(struct x_value *value, uint32_t node, struct rp_slice *out,
               struct rp_error *err)
{
	struct parts inner;
	enum rp_status st = open_post(value, node, &inner, err);

	if (st != RP_OK)
		return st;
	return x_twin_id(value,
	                 json_absent(value->doc, inner.at[ID_STR]) ? inner.rest_id
	                                                           : inner.at[ID_STR],
	                 inner.at[ID], "id", out, err);
}

/* The web writes a tombstone where a post is gone; it tells nothing that can be kept. */
static uint32_t
if_post(const struct json_doc *doc, uint32_t node)
{
	if (json_absent(doc, json_get(doc, node, RP_SLICE("id_str"))) &&
	    json_absent(doc, json_get(doc, node, RP_SLICE("id"))) &&
	    json_absent(doc, json_get(doc, node, RP_SLICE("legacy"))) &&
	    json_absent(doc, json_get(doc, node, RP_SLICE("tweet"))))
		return JSON_NONE;
	return node;
}

/* The quoted post is gone or was left out: only its address tells which it is. */
static void
refer_by_address(struct x_value *value, const struct parts *parts, struct x_post *post)
{
	uint32_t link =
		json_get(value->doc, parts->at[QUOTED_LINK], RP_SLICE("expanded"));
	struct url_meaning meaning;
	bool quotes = false;

	if (!json_bool(value->doc, parts->at[IS_QUOTE], &quotes) || !quotes)
		return;
	if (!url_meaning(value->batch->arena, x_text(value, link), &meaning))
		value->batch->full = true;
	else if (meaning.kind == URL_POST && key_platform(meaning.key) == PLATFORM_X)
		x_refer(post, EDGE_QUOTE, key_native(meaning.key), meaning.author);
}

/*
 * A repost says nothing of its own: what it answers or quotes are the original's edges,
 * copied by the platform.
 */
static enum rp_status
read_embedded(struct x_value *value, const struct parts *parts, struct x_post *post,
              struct rp_error *err)
{
	const struct json_doc *doc = value->doc;
	uint32_t reposted = parts->at[REPOSTED], quoted = parts->at[QUOTED];
	struct rp_slice id = RP_SLICE("");
	enum rp_status st;

	if (json_absent(doc, reposted))
		reposted = json_get(doc, parts->at[REPOSTED_RESULT], RP_SLICE("result"));
	if (json_absent(doc, quoted))
		quoted = parts->quoted;
	if (json_absent(doc, quoted))
		quoted = parts->at[EMBED_QUOTED];
	quoted = if_post(doc, quoted);
	if (if_post(doc, parts->at[PARENT]) != JSON_NONE)
		x_embedded(value, parts->at[PARENT]);
	if (quoted != JSON_NONE)
		x_embedded(value, quoted);
	if (!json_absent(doc, reposted)) {
		st = id_of_embedded(value, reposted, &id, err);
		if (st != RP_OK)
			return st;
		post->kind = KIND_REPOST;
		post->reposted = reposted;
		x_embedded(value, reposted);
		x_refer(post, EDGE_REPOST, id, RP_SLICE(""));
		return RP_OK;
	}
	st = read_reply(value, parts, post, err);
	if (st == RP_OK)
		st = x_twin_id(value, parts->at[QUOTED_ID_STR], parts->at[QUOTED_ID],
		               "quoted_status_id", &id, err);
	if (st == RP_OK && id.n == 0 && quoted != JSON_NONE)
		st = id_of_embedded(value, quoted, &id, err);
	if (st == RP_OK && id.n == 0)
		refer_by_address(value, parts, post);
	else if (st == RP_OK)
		x_refer(post, EDGE_QUOTE, id, RP_SLICE(""));
	return st;
}

/* Three places where three kinds of files keep the ids of edits. */
static uint32_t
edits_of(struct x_value *value, const struct parts *parts)
{
	static const char *const initial[] = { "initial", "editTweetIds", NULL };
	static const char *const later[] = { "edit", "editControlInitial", "editTweetIds",
		                             NULL };
	const struct json_doc *doc = value->doc;
	uint32_t node = parts->at[EDIT_HISTORY];

	if (!json_absent(doc, parts->edits))
		return parts->edits;
	if (!json_absent(doc, parts->at[EMBED_EDITS]))
		return json_get(doc, parts->at[EMBED_EDITS], RP_SLICE("edit_tweet_ids"));
	if (json_type(doc, node) == JSON_OBJECT)
		node = json_get(doc, node, RP_SLICE("edit_tweet_ids"));
	if (json_absent(doc, node))
		node = path(doc, parts->at[EDIT_INFO], initial);
	if (json_absent(doc, node))
		node = path(doc, parts->at[EDIT_INFO], later);
	return node;
}

static enum rp_status
read_post(struct x_value *value, uint32_t node, struct parts *parts, struct x_post *post,
          struct rp_error *err)
{
	enum rp_status st;

	*post = (struct x_post){
		.node = node, .kind = KIND_POST, .poll = JSON_NONE, .reposted = JSON_NONE
	};
	st = open_post(value, node, parts, err);
	if (st == RP_OK)
		st = x_twin_id(value,
		               json_absent(value->doc, parts->at[ID_STR])
		                       ? parts->rest_id
		                       : parts->at[ID_STR],
		               parts->at[ID], "id", &post->id, err);
	if (st == RP_OK)
		st = read_embedded(value, parts, post, err);
	if (st == RP_OK)
		st = x_id(value, parts->at[CONVERSATION], "conversation_id_str",
		          &post->conversation, err);
	if (st != RP_OK)
		return st;
	if (post->id.n == 0)
		return rp_fail(err, RP_BAD_ITEM, "\"id\" is missing");
	post->printed = x_time(value, parts->at[CREATED_AT]);
	post->lang = x_text(value, parts->at[LANG]);
	post->edits = edits_of(value, parts);
	choose_text(value, parts, post);
	/* Compatibility mode has a range exactly when something is hidden; the archives
	 * that X hands out have none, or one in quotes that hides nothing in front. */
	post->ranged = !value->archive->is_archive ||
	               (json_type(value->doc, post->range) == JSON_ARRAY &&
	                json_type(value->doc, post->range + 1) == JSON_NUMBER);
	if (!json_absent(value->doc, parts->at[REPOSTED]) || parts->quoted != JSON_NONE)
		return RP_OK;
	x_archive_references(value, post, parts->at[EXTENDED_ENTITIES],
	                     !json_absent(value->doc, parts->at[REPLY_ID]) ||
	                             !json_absent(value->doc, parts->at[REPLY_ID_STR]));
	x_archive_note(value, post);
	return RP_OK;
}

/* The post inside a repost, which is read for itself later. */
static void
read_original(struct x_value *value, struct x_post *post, struct x_post *original)
{
	size_t queued = value->queue.n, known = value->batch->accounts.n;
	struct parts parts;

	if (post->reposted != JSON_NONE &&
	    read_post(value, post->reposted, &parts, original, NULL) == RP_OK &&
	    json_type(value->doc, original->text) == JSON_STRING)
		post->original = original;
	value->queue.n = queued;
	value->batch->accounts.n = known;
}

enum rp_status
x1_post(struct x_value *value, uint32_t node, struct rp_error *err)
{
	struct x_post post, original;
	struct parts parts;
	enum rp_status st = read_post(value, node, &parts, &post, err);

	if (st != RP_OK)
		return st;
	read_original(value, &post, &original);
	if (json_type(value->doc, post.text) == JSON_STRING) {
		st = read_author(value, &parts, &post, err);
		if (st != RP_OK)
			return st;
	}
	st = x_observe(value, &post, err);
	if (st == RP_OK)
		x_archive_state(value, &post, parts.at[DELETED_AT]);
	if (st == RP_OK)
		x_withheld(value, x_withheld_key(value, &post, parts.at[WITHHELD_SCOPE]),
		           parts.at[WITHHELD_IN], parts.at[WITHHELD_COPYRIGHT]);
	return st;
}
