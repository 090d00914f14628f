/*
 * Posts of the API v2, out of a page or flattened (with the posts they refer to inside),
 * in the platform's older words ("tweet") and its newer ones ("post").
 */
#include "core/collect/x.h"

#include "core/base/ascii.h"

enum v2 {
	ID,
	TEXT,
	AUTHOR_ID,
	CONVERSATION,
	CREATED_AT,
	REPLY_USER,
	LANG,
	REFERENCES,
	REFERENCES_NEW,
	EDITS,
	EDITS_NEW,
	RANGE,
	ENTITIES,
	ATTACHMENTS,
	NOTE,
	NOTE_NEW,
	AUTHOR,
	REPLY_USER_OBJECT,
	WITHHELD,
	V2_NAMES
};

static const struct rp_slice v2_names[V2_NAMES] = {
	[ID] = RP_LIT("id"),
	[TEXT] = RP_LIT("text"),
	[AUTHOR_ID] = RP_LIT("author_id"),
	[CONVERSATION] = RP_LIT("conversation_id"),
	[CREATED_AT] = RP_LIT("created_at"),
	[REPLY_USER] = RP_LIT("in_reply_to_user_id"),
	[LANG] = RP_LIT("lang"),
	[REFERENCES] = RP_LIT("referenced_tweets"),
	[REFERENCES_NEW] = RP_LIT("referenced_posts"),
	[EDITS] = RP_LIT("edit_history_tweet_ids"),
	[EDITS_NEW] = RP_LIT("edit_history_post_ids"),
	[RANGE] = RP_LIT("display_text_range"),
	[ENTITIES] = RP_LIT("entities"),
	[ATTACHMENTS] = RP_LIT("attachments"),
	[NOTE] = RP_LIT("note_tweet"),
	[NOTE_NEW] = RP_LIT("note_post"),
	[AUTHOR] = RP_LIT("author"),
	[REPLY_USER_OBJECT] = RP_LIT("in_reply_to_user"),
	[WITHHELD] = RP_LIT("withheld"),
};

/* Ids of which two different ones make a post unusable. */
#define IDENTITY                                                                         \
	(UINT64_C(1) << ID | UINT64_C(1) << AUTHOR_ID | UINT64_C(1) << REPLY_USER |      \
	 UINT64_C(1) << REFERENCES | UINT64_C(1) << REFERENCES_NEW |                     \
	 UINT64_C(1) << EDITS | UINT64_C(1) << EDITS_NEW)

void
x2_names(struct x_names *names)
{
	json_names_init(&names->v2, v2_names, V2_NAMES);
}

/* ---- what a page includes -------------------------------------------------- */

/* "@name" in lower case, or "p" and the id of a poll, "t" and that of a post. */
static struct rp_slice
index_key(struct x_value *value, enum x2_kind kind, struct rp_slice name)
{
	char *key = arena_alloc(value->batch->arena, name.n + 1);

	if (key == NULL) {
		value->batch->full = true;
		return RP_SLICE("");
	}
	key[0] = (char)kind;
	(void)ascii_lower_into(key + 1, name);
	return rp_slice_from(key, name.n + 1);
}

static void
index_array(struct x_value *value, const char *array, enum x2_kind kind, const char *name)
{
	struct json_each each = json_each(
		value->doc, json_get(value->doc, value->includes, rp_slice_str(array)));
	struct rp_slice text;

	while (json_next(&each) && !value->batch->full) {
		text = x_text(value,
		              json_get(value->doc, each.value, rp_slice_str(name)));
		if (text.n > 0 && map_put(value->index, index_key(value, kind, text),
		                          each.value, NULL) == NULL)
			value->batch->full = true;
	}
}

uint32_t
x2_included(struct x_value *value, enum x2_kind kind, struct rp_slice name)
{
	uint32_t *node;

	if (json_absent(value->doc, value->includes))
		return JSON_NONE;
	if (!value->indexed) { /* few pages ever need it */
		value->indexed = true;
		map_clear(value->index);
		index_array(value, "users", X2_BY_HANDLE, "username");
		index_array(value, "polls", X2_BY_POLL_ID, "id");
		index_array(value, "tweets", X2_BY_POST_ID, "id");
		index_array(value, "posts", X2_BY_POST_ID, "id");
	}
	node = map_get(value->index, index_key(value, kind, name));
	return node ? *node : JSON_NONE;
}

/* ---- one post -------------------------------------------------------------- */

/* The member under its older name, else under the newer one. */
static uint32_t
either(const struct json_doc *doc, const uint32_t *at, enum v2 older, enum v2 newer)
{
	return json_absent(doc, at[older]) ? at[newer] : at[older];
}

static bool
has_text(const struct json_doc *doc, uint32_t node)
{
	return json_type(doc, json_get(doc, node, RP_SLICE("text"))) == JSON_STRING;
}

static bool
reference_type(const struct json_doc *doc, uint32_t node, enum edge_type *out)
{
	if (json_text_is(doc, node, RP_SLICE("replied_to")))
		*out = EDGE_REPLY;
	else if (json_text_is(doc, node, RP_SLICE("quoted")))
		*out = EDGE_QUOTE;
	else if (json_text_is(doc, node, RP_SLICE("retweeted")) ||
	         json_text_is(doc, node, RP_SLICE("reposted")))
		*out = EDGE_REPOST;
	else
		return false;
	return true;
}

static enum rp_status
read_references(struct x_value *value, const uint32_t *at, struct rp_slice replied_author,
                struct x_post *post, struct rp_error *err)
{
	const struct json_doc *doc = value->doc;
	struct json_each each =
		json_each(doc, either(doc, at, REFERENCES, REFERENCES_NEW));
	struct rp_slice id;
	enum edge_type type = EDGE_REPLY;
	enum rp_status st;
	uint32_t node;

	while (json_next(&each)) {
		if (!reference_type(doc, json_get(doc, each.value, RP_SLICE("type")),
		                    &type))
			continue;
		st = json_get_unique(doc, each.value, RP_SLICE("id"), &node, err);
		if (st == RP_OK)
			st = x_id(value, node, "id of a reference", &id, err);
		if (st != RP_OK)
			return st;
		x_refer(post, type, id,
		        type == EDGE_REPLY ? replied_author : RP_SLICE(""));
		if (type == EDGE_REPOST)
			post->kind = KIND_REPOST;
		if (!has_text(doc, each.value))
			continue;
		x_embedded(value, each.value);
		if (type == EDGE_REPOST)
			post->reposted = each.value;
	}
	return RP_OK;
}

/* Flattened posts carry their author, and that of the parent, and what those pinned. */
static enum rp_status
read_person(struct x_value *value, uint32_t node, struct rp_slice *id,
            struct rp_error *err)
{
	struct x_user user;
	enum rp_status st;
	uint32_t pinned;

	if (json_type(value->doc, node) != JSON_OBJECT)
		return RP_OK;
	st = x_user(value, node, &user, err);
	if (st != RP_OK)
		return st;
	x_account(value, user.id, user.handle, user.name);
	if (id->n == 0)
		*id = user.id;
	pinned = json_get(value->doc, node, RP_SLICE("pinned_tweet"));
	if (has_text(value->doc, pinned))
		x_embedded(value, pinned);
	return RP_OK;
}

static enum rp_status
read_people(struct x_value *value, const uint32_t *at, struct x_post *post,
            struct rp_slice *replied_out, struct rp_error *err)
{
	enum rp_status st;

	st = x_id(value, at[AUTHOR_ID], "author_id", &post->author, err);
	if (st == RP_OK)
		st = read_person(value, at[AUTHOR], &post->author, err);
	if (st == RP_OK)
		st = x_id(value, at[REPLY_USER], "in_reply_to_user_id", replied_out, err);
	if (st == RP_OK)
		st = read_person(value, at[REPLY_USER_OBJECT], replied_out, err);
	return st;
}

static void
read_attachments(struct x_value *value, uint32_t attachments, struct x_post *post)
{
	const struct json_doc *doc = value->doc;
	struct json_each each;

	post->media = json_get(doc, attachments, RP_SLICE("media_keys"));
	if (json_absent(doc, post->media))
		post->media = json_get(doc, attachments, RP_SLICE("media"));
	post->poll = json_get(doc, attachments, RP_SLICE("poll")); /* flattened */
	each = json_each(doc, json_get(doc, attachments, RP_SLICE("poll_ids")));
	if (json_absent(doc, post->poll) && json_next(&each))
		post->poll = x2_included(value, X2_BY_POLL_ID, x_text(value, each.value));
}

static void
choose_text(struct x_value *value, const uint32_t *at, struct x_post *post)
{
	const struct json_doc *doc = value->doc;
	uint32_t note = either(doc, at, NOTE, NOTE_NEW);
	uint32_t text = json_get(doc, note, RP_SLICE("text"));

	post->text = at[TEXT];
	post->range = at[RANGE];
	post->entities = at[ENTITIES];
	if (json_absent(doc, text))
		return;
	/* The range is one of the shorter text; its beginning holds for both. */
	post->text = text;
	post->entities = json_get(doc, note, RP_SLICE("entities"));
}

static void
read_withheld(struct x_value *value, uint32_t node, const struct x_post *post)
{
	const struct json_doc *doc = value->doc;

	x_withheld(value,
	           x_withheld_key(value, post, json_get(doc, node, RP_SLICE("scope"))),
	           json_get(doc, node, RP_SLICE("country_codes")),
	           json_get(doc, node, RP_SLICE("copyright")));
}

static enum rp_status
read_post(struct x_value *value, uint32_t node, uint32_t *at, struct x_post *post,
          struct rp_error *err)
{
	struct rp_slice replied = RP_SLICE("");
	enum rp_status st;

	*post = (struct x_post){ .node = node, .kind = KIND_POST, .reposted = JSON_NONE };
	if (json_pick(value->doc, node, &value->names->v2, at) & IDENTITY)
		return rp_fail(err, RP_BAD_ITEM,
		               "an id, author or parent stands twice, and different");
	st = x_id(value, at[ID], "id", &post->id, err);
	if (st == RP_OK)
		st = x_id(value, at[CONVERSATION], "conversation_id", &post->conversation,
		          err);
	if (st == RP_OK)
		st = read_people(value, at, post, &replied, err);
	if (st == RP_OK)
		st = read_references(value, at, x_account_key(value, replied), post, err);
	if (st != RP_OK)
		return st;
	post->printed = x_time(value, at[CREATED_AT]);
	post->lang = x_text(value, at[LANG]);
	post->edits = either(value->doc, at, EDITS, EDITS_NEW);
	read_attachments(value, at[ATTACHMENTS], post);
	choose_text(value, at, post);
	return RP_OK;
}

/* The post that a repost passes on, which is read for itself as well. */
static void
read_original(struct x_value *value, struct x_post *post, struct x_post *original)
{
	size_t queued = value->queue.n, known = value->batch->accounts.n,
	       states = value->batch->states.n;
	uint32_t at[V2_NAMES];

	if (post->kind == KIND_REPOST && post->reposted == JSON_NONE &&
	    post->n_references == 1)
		post->reposted =
			x2_included(value, X2_BY_POST_ID, post->references[0].id);
	if (has_text(value->doc, post->reposted) &&
	    read_post(value, post->reposted, at, original, NULL) == RP_OK)
		post->original = original;
	value->queue.n = queued;
	value->batch->accounts.n = known;
	value->batch->states.n = states;
}

enum rp_status
x2_post(struct x_value *value, uint32_t node, struct rp_error *err)
{
	struct x_post post, original;
	uint32_t at[V2_NAMES];
	enum rp_status st = read_post(value, node, at, &post, err);

	if (st != RP_OK)
		return st;
	read_original(value, &post, &original);
	st = x_observe(value, &post, err);
	if (st == RP_OK)
		read_withheld(value, at[WITHHELD], &post);
	return st;
}
