/*
 * ActivityPub: objects, and the activities that carry them.
 *
 *	Create, Update   of a post: the post; of an actor: the account
 *	Announce         a repost, named by the activity's id
 *	Undo             of an Announce: the repost is gone
 *	Delete           of a post or actor by a server of its own: gone
 *	Tombstone        gone
 *
 * Others (likes, follows, …) say nothing of posts.  Public is what is addressed to
 * everybody, in "to" or in "cc"; of a post that has neither, the activity around it says
 * it.  Where nothing does, nobody has said that everybody may read it.
 */
#include "core/collect/masto.h"

static bool
is_post(struct rp_slice type)
{
	static const struct rp_slice types[] = {
		RP_LIT("Note"),  RP_LIT("Question"), RP_LIT("Article"), RP_LIT("Page"),
		RP_LIT("Video"), RP_LIT("Audio"),    RP_LIT("Event"),
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (rp_slice_eq(type, types[i]))
			return true;
	return false;
}

static bool
is(struct rp_slice type, const char *name)
{
	return rp_slice_eq(type, rp_slice_str(name));
}

bool
masto_says_something(struct rp_slice type)
{
	return is_post(type) || masto_is_actor(type) || is(type, "Create") ||
	       is(type, "Update") || is(type, "Announce") || is(type, "Undo") ||
	       is(type, "Delete") || is(type, "Tombstone");
}

struct rp_slice
masto_type(struct masto *masto, uint32_t node)
{
	const struct json_doc *doc = masto->value->doc;
	struct masto_each each = masto_each(doc, json_get(doc, node, RP_SLICE("type")));
	uint32_t first = JSON_NONE;

	(void)masto_next(&each, &first);
	return value_text(masto->value, first);
}

/* An address: the text, the "id" or "href" or "url" of an object, the first of an
 * array. */
static struct rp_slice
address(struct masto *masto, uint32_t node)
{
	static const struct rp_slice names[] = { RP_LIT("id"), RP_LIT("href"),
		                                 RP_LIT("url") };
	const struct json_doc *doc = masto->value->doc;
	struct masto_each each = masto_each(doc, node);
	struct rp_slice found;

	node = JSON_NONE;
	(void)masto_next(&each, &node);
	found = value_word(masto->value, node);
	for (size_t i = 0; i < 3 && found.n == 0; i++) {
		uint32_t member = json_get(doc, node, names[i]);

		each = masto_each(doc, member);
		if (masto_next(&each, &member))
			found = json_type(doc, member) == JSON_OBJECT
			                ? value_word(
						  masto->value,
						  json_get(doc, member, RP_SLICE("href")))
			                : value_word(masto->value, member);
	}
	return found;
}

static bool
names_everybody(struct masto *masto, uint32_t node)
{
	const struct json_doc *doc = masto->value->doc;
	struct masto_each each = masto_each(doc, node);
	uint32_t to;

	while (masto_next(&each, &to))
		if (json_text_is(
			    doc, to,
			    RP_SLICE("https://www.w3.org/ns/activitystreams#Public")) ||
		    json_text_is(doc, to, RP_SLICE("as:Public")) ||
		    json_text_is(doc, to, RP_SLICE("Public")))
			return true;
	return false;
}

/* Of who may read it? */
static bool
is_silent(struct masto *masto, const uint32_t *at)
{
	const struct json_doc *doc = masto->value->doc;

	return json_type(doc, at[AP_TO]) == JSON_MISSING &&
	       json_type(doc, at[AP_CC]) == JSON_MISSING;
}

static bool
is_public(struct masto *masto, const uint32_t *at, const uint32_t *around)
{
	if (around != NULL && is_silent(masto, at))
		return is_public(masto, around, NULL);
	return names_everybody(masto, at[AP_TO]) || names_everybody(masto, at[AP_CC]);
}

static enum rp_status
not_public(struct masto *masto, const uint32_t *at, struct rp_error *err)
{
	return rp_fail(err, RP_BAD_ITEM, "%s",
	               is_silent(masto, at)
	                       ? "not public: nothing says who may read it; kept as "
	                         "bytes only"
	                       : MASTO_NOT_PUBLIC);
}

/* ---- a post ----------------------------------------------------------------- */

/* "content", or the one of a map of languages; of several the first. */
static void
read_content(struct masto *masto, const uint32_t *at, struct masto_post *post)
{
	const struct json_doc *doc = masto->value->doc;
	struct json_each each = json_each(doc, at[AP_CONTENT_MAP]);

	post->content = at[AP_CONTENT];
	if (json_type(doc, at[AP_CONTENT_MAP]) != JSON_OBJECT || !json_next(&each))
		return;
	if (json_absent(doc, post->content))
		post->content = each.value;
	post->lang = value_word(masto->value, each.key);
	if (json_next(&each))
		post->lang = RP_SLICE(""); /* several: it is none of them alone */
}

static void
read_attachments(struct masto *masto, uint32_t array, struct masto_post *post)
{
	struct masto_each each = masto_each(masto->value->doc, array);
	struct rp_slice type;
	uint32_t node;

	while (masto_next(&each, &node)) {
		type = masto_type(masto, node);
		if (is(type, "Document") || is(type, "Image") || is(type, "Video") ||
		    is(type, "Audio"))
			masto_add_media(post,
			                address(masto, json_get(masto->value->doc, node,
			                                        RP_SLICE("url"))));
	}
}

static void
read_quote(struct masto *masto, const uint32_t *at, struct masto_post *post)
{
	static const enum ap_name names[] = { AP_QUOTE, AP_QUOTE_URI, AP_QUOTE_URL,
		                              AP_QUOTE_MISSKEY };

	for (size_t i = 0; i < 4 && post->quote.n == 0; i++)
		if (!is(masto_type(masto, at[names[i]]), "Tombstone"))
			post->quote = address(masto, at[names[i]]);
}

static bool
is_texts(struct masto *masto, const uint32_t *at)
{
	enum json_type type = json_type(masto->value->doc, at[AP_CONTENT]);

	return type <= JSON_NULL || type == JSON_STRING;
}

/* around: the activity that carries it; NULL: none. */
static enum rp_status
read_post(struct masto *masto, uint32_t node, const uint32_t *around,
          struct rp_error *err)
{
	struct value *value = masto->value;
	struct masto_post post = { .node = node, .kind = KIND_POST };
	struct rp_slice type = masto_type(masto, node);
	uint32_t at[AP_NAMES];

	if (json_pick(value->doc, node, &masto->ap, at) &
	    (1u << AP_ID | 1u << AP_AUTHOR | 1u << AP_REPLY | 1u << AP_TO | 1u << AP_CC))
		return rp_fail(err, RP_BAD_ITEM,
		               "an id, author, parent or reader stands twice, and "
		               "different");
	if (!is_public(masto, at, around))
		return not_public(
			masto, around != NULL && is_silent(masto, at) ? around : at, err);
	if (!is_texts(masto, at))
		return rp_fail(err, RP_BAD_ITEM, "\"content\" is not a text");
	post.url = address(masto, at[AP_URL]);
	post.uri = value_word(value, at[AP_ID]);
	if (post.uri.n == 0)
		post.uri = post.url;
	post.made = value_time(value, at[AP_PUBLISHED]);
	post.changed = value_time(value, at[AP_UPDATED]);
	post.author = masto_actor(masto,
	                          json_absent(value->doc, at[AP_AUTHOR]) && around
	                                  ? around[AP_ACTOR]
	                                  : at[AP_AUTHOR],
	                          post.made.lo);
	post.reply = address(masto, at[AP_REPLY]);
	/* Of an article the name is a headline and the summary an abstract. */
	if (is(type, "Note") || is(type, "Question"))
		post.warning = value_text(value, at[AP_SUMMARY]);
	else
		post.title = value_text(value, at[AP_NAME]);
	if (is(type, "Article"))
		post.kind = KIND_ARTICLE;
	read_content(masto, at, &post);
	read_quote(masto, at, &post);
	read_attachments(masto, at[AP_ATTACHMENT], &post);
	masto_tags(masto, at[AP_TAG], &post);
	post.poll = masto_poll(masto,
	                       json_absent(value->doc, at[AP_ONE_OF]) ? at[AP_ANY_OF]
	                                                              : at[AP_ONE_OF],
	                       "name");
	return value->full ? RP_OK : masto_observe(masto, &post, err);
}

/* ---- activities ------------------------------------------------------------- */

static enum rp_status
read_announce(struct masto *masto, uint32_t node, const uint32_t *at,
              struct rp_error *err)
{
	struct value *value = masto->value;
	struct masto_post post = { .node = node,
		                   .kind = KIND_REPOST,
		                   .changed = RP_TIME_NONE };
	struct masto_each each = masto_each(value->doc, at[AP_OBJECT]);
	uint32_t object = JSON_NONE;

	if (!is_public(masto, at, NULL))
		return not_public(masto, at, err);
	(void)masto_next(&each, &object);
	post.uri = value_word(value, at[AP_ID]);
	post.url = address(masto, at[AP_URL]);
	post.made = value_time(value, at[AP_PUBLISHED]);
	post.author = masto_actor(masto, at[AP_ACTOR], post.made.lo);
	if (json_type(value->doc, object) == JSON_OBJECT)
		value_queue(value, &masto->queue, object);
	/* Communities pass whole activities on; those are no posts. */
	if (json_type(value->doc, object) != JSON_OBJECT ||
	    is_post(masto_type(masto, object)))
		post.reposted = address(masto, object);
	if (post.reposted.n == 0)
		return RP_OK;
	return masto_observe(masto, &post, err);
}

/* The post or account that is gone.  Only its own server can say so; a Tombstone that
 * comes alone was asked for there. */
static enum rp_status
read_gone(struct masto *masto, const uint32_t *at, uint32_t object, const char *evidence,
          struct rp_error *err)
{
	struct value *value = masto->value;
	struct rp_slice actor = address(masto, at[AP_ACTOR]),
			gone = address(masto, object);
	struct rp_time when =
		value_time(value, json_get(value->doc, object, RP_SLICE("deleted")));
	struct rp_slice key = masto_key(masto, gone);

	if (gone.n == 0)
		return rp_fail(err, RP_BAD_ITEM, "it does not say what is gone");
	if (actor.n > 0 &&
	    !rp_slice_eq(masto_host_of(masto, actor), masto_host_of(masto, gone)))
		return rp_fail(err, RP_BAD_ITEM,
		               "somebody else's post is said to be gone");
	if (!rp_time_known(when))
		when = value_time(value, at[AP_UPDATED]);
	if (!rp_time_known(when))
		when = value_time(value, at[AP_PUBLISHED]);
	if (rp_slice_eq(actor, gone))
		key = value_account_key(value, PLATFORM_MASTO, gone);
	value_state(value, key, STATE_DELETED, when.lo, rp_slice_str(evidence));
	return RP_OK;
}

static enum rp_status
read_carried(struct masto *masto, const uint32_t *at, struct rp_error *err)
{
	struct value *value = masto->value;
	struct masto_each each = masto_each(value->doc, at[AP_OBJECT]);
	enum rp_status st = RP_OK;
	uint32_t object;

	while (st == RP_OK && masto_next(&each, &object)) {
		struct rp_slice type = masto_type(masto, object);

		if (is_post(type))
			st = read_post(masto, object, at, err);
		else if (masto_is_actor(type))
			(void)masto_actor(masto, object,
			                  value_time(value, at[AP_PUBLISHED]).lo);
	}
	return st;
}

enum rp_status
masto_activity(struct masto *masto, uint32_t node, struct rp_error *err)
{
	struct value *value = masto->value;
	struct rp_slice type = masto_type(masto, node);
	uint32_t at[AP_NAMES], undone;

	if (is_post(type))
		return read_post(masto, node, NULL, err);
	(void)json_pick(value->doc, node, &masto->ap, at);
	if (masto_is_actor(type)) {
		(void)masto_actor(masto, node, value_time(value, at[AP_UPDATED]).lo);
		return RP_OK;
	}
	if (is(type, "Create") || is(type, "Update"))
		return read_carried(masto, at, err);
	if (is(type, "Announce"))
		return read_announce(masto, node, at, err);
	if (is(type, "Delete"))
		return read_gone(masto, at, at[AP_OBJECT], "Delete", err);
	if (is(type, "Tombstone"))
		return read_gone(masto, at, node, "Tombstone", err);
	undone = at[AP_OBJECT];
	if (is(type, "Undo") && is(masto_type(masto, undone), "Announce"))
		return read_gone(masto, at, undone, "Undo", err);
	return RP_OK;
}
