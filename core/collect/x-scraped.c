/*
 * Posts as scrapers wrote them, each in a form of its own:
 *
 *	snscrape, twscrape   "rawContent" (once "content"), "user", "inReplyToTweetId",
 *	                     "quotedTweet" and "retweetedTweet" inside
 *	gallery-dl           "tweet_id", "content", "author"; one object for each medium
 *
 * Their ids are numbers, exact as long as nobody reads them into floating point: so the
 * digits of the post's address, where there is one, must be those of its id.
 */
#include "core/collect/x.h"

#include "core/base/url.h"

enum scraped {
	TYPE,
	ID,
	ID_STR,
	TWEET_ID,
	URL,
	RAW_CONTENT,
	CONTENT,
	RENDERED,
	DATE,
	USER,
	AUTHOR,
	LANG,
	CONVERSATION_ID,
	CONVERSATION_STR,
	CONVERSATION_OLD,
	REPLY,
	REPLY_STR,
	REPLY_USER,
	REPLY_OLD,
	QUOTED,
	QUOTE_OLD,
	REPOSTED,
	REPOST_OLD,
	MEDIA,
	SCRAPED_NAMES
};

static const struct rp_slice scraped_names[SCRAPED_NAMES] = {
	[TYPE] = RP_LIT("_type"),
	[ID] = RP_LIT("id"),
	[ID_STR] = RP_LIT("id_str"),
	[TWEET_ID] = RP_LIT("tweet_id"),
	[URL] = RP_LIT("url"),
	[RAW_CONTENT] = RP_LIT("rawContent"),
	[CONTENT] = RP_LIT("content"),
	[RENDERED] = RP_LIT("renderedContent"),
	[DATE] = RP_LIT("date"),
	[USER] = RP_LIT("user"),
	[AUTHOR] = RP_LIT("author"),
	[LANG] = RP_LIT("lang"),
	[CONVERSATION_ID] = RP_LIT("conversationId"),
	[CONVERSATION_STR] = RP_LIT("conversationIdStr"),
	[CONVERSATION_OLD] = RP_LIT("conversation_id"),
	[REPLY] = RP_LIT("inReplyToTweetId"),
	[REPLY_STR] = RP_LIT("inReplyToTweetIdStr"),
	[REPLY_USER] = RP_LIT("inReplyToUser"),
	[REPLY_OLD] = RP_LIT("reply_id"),
	[QUOTED] = RP_LIT("quotedTweet"),
	[QUOTE_OLD] = RP_LIT("quote_id"),
	[REPOSTED] = RP_LIT("retweetedTweet"),
	[REPOST_OLD] = RP_LIT("retweet_id"),
	[MEDIA] = RP_LIT("media"),
};

#define IDENTITY                                                                         \
	(UINT64_C(1) << ID | UINT64_C(1) << ID_STR | UINT64_C(1) << TWEET_ID |           \
	 UINT64_C(1) << USER | UINT64_C(1) << AUTHOR | UINT64_C(1) << REPLY |            \
	 UINT64_C(1) << REPLY_STR | UINT64_C(1) << REPLY_OLD |                           \
	 UINT64_C(1) << REPOST_OLD)

void
x_scraped_names(struct x_names *names)
{
	json_names_init(&names->scraped, scraped_names, SCRAPED_NAMES);
}

bool
x_is_scraped(struct x_value *value, uint32_t node)
{
	const struct json_doc *doc = value->doc;
	uint32_t at[SCRAPED_NAMES];

	if (json_type(doc, node) != JSON_OBJECT)
		return false;
	(void)json_pick(doc, node, &value->names->scraped, at);
	if (json_type(doc, at[RAW_CONTENT]) == JSON_STRING)
		return !json_absent(doc, at[ID]) || !json_absent(doc, at[ID_STR]);
	if (json_type(doc, at[CONTENT]) != JSON_STRING)
		return false;
	return !json_absent(doc, at[TWEET_ID]) || !json_absent(doc, at[RENDERED]) ||
	       rp_slice_eq(x_text(value, at[TYPE]),
	                   RP_SLICE("snscrape.modules.twitter.Tweet"));
}

/* Of gallery-dl 0 is none. */
static enum rp_status
id_or_none(struct x_value *value, uint32_t node, const char *name, struct rp_slice *out,
           struct rp_error *err)
{
	enum rp_status st = x_id(value, node, name, out, err);

	if (st == RP_OK && rp_slice_eq(*out, RP_SLICE("0")))
		*out = RP_SLICE("");
	return st;
}

/* The number of a file that went through floating point is not that of its address. */
static enum rp_status
check_address(struct x_value *value, uint32_t url, struct rp_slice id,
              struct rp_error *err)
{
	struct url_meaning meaning;

	if (!url_meaning(value->batch->arena, x_text(value, url), &meaning)) {
		value->batch->full = true;
		return RP_OK;
	}
	if (meaning.kind == URL_POST && key_platform(meaning.key) == PLATFORM_X &&
	    !rp_slice_eq(key_native(meaning.key), id))
		return rp_fail(err, RP_BAD_ITEM,
		               "\"id\" is not the one in \"url\": its digits were "
		               "rounded");
	return RP_OK;
}

/* Handle and name stand under other names in each; gallery-dl's "name" is the handle. */
static enum rp_status
read_user(struct x_value *value, uint32_t node, struct rp_slice *id_out,
          struct rp_error *err)
{
	const struct json_doc *doc = value->doc;
	uint32_t handle = json_get(doc, node, RP_SLICE("username"));
	uint32_t name = json_get(doc, node, RP_SLICE("displayname"));
	struct rp_slice word, shown = RP_SLICE("");
	enum rp_status st;

	*id_out = RP_SLICE("");
	if (json_type(doc, node) != JSON_OBJECT)
		return RP_OK;
	if (json_absent(doc, handle)) {
		handle = json_get(doc, node, RP_SLICE("name"));
		name = json_get(doc, node, RP_SLICE("nick"));
	}
	st = x_twin_id(value, json_get(doc, node, RP_SLICE("id_str")),
	               json_get(doc, node, RP_SLICE("id")), "id of the author", id_out,
	               err);
	if (st != RP_OK)
		return st;
	word = x_text(value, handle);
	if (!x_text_unescape(x_text(value, name), value->batch->arena, &shown))
		value->batch->full = true;
	x_account(value, *id_out, x_is_word(word) ? word : RP_SLICE(""), shown);
	return RP_OK;
}

static enum rp_status
read_reply(struct x_value *value, const uint32_t *at, struct x_post *post,
           struct rp_error *err)
{
	struct rp_slice parent, author;
	enum rp_status st;

	st = x_twin_id(value, at[REPLY_STR], at[REPLY], "inReplyToTweetId", &parent, err);
	if (st == RP_OK && parent.n == 0)
		st = id_or_none(value, at[REPLY_OLD], "reply_id", &parent, err);
	if (st == RP_OK)
		st = read_user(value, at[REPLY_USER], &author, err);
	if (st == RP_OK)
		x_refer(post, EDGE_REPLY, parent, x_account_key(value, author));
	return st;
}

/* A post inside, which is read for itself later. */
static enum rp_status
refer_inside(struct x_value *value, uint32_t node, enum edge_type type,
             struct x_post *post, struct rp_error *err)
{
	struct rp_slice id;
	enum rp_status st;

	st = x_twin_id(value, json_get(value->doc, node, RP_SLICE("id_str")),
	               json_get(value->doc, node, RP_SLICE("id")), "id of a post inside",
	               &id, err);
	if (st != RP_OK || id.n == 0)
		return st;
	if (x_is_scraped(value, node))
		x_embedded(value, node);
	x_refer(post, type, id, RP_SLICE(""));
	return RP_OK;
}

/*
 * gallery-dl had the quoted post in "quote_id" once, and has the one that quotes this in
 * it now: nobody quotes what comes later.
 */
static enum rp_status
read_quote_id(struct x_value *value, uint32_t node, struct x_post *post,
              struct rp_error *err)
{
	struct rp_slice id;
	enum rp_status st = id_or_none(value, node, "quote_id", &id, err);

	if (st == RP_OK && id.n > 0 &&
	    key_is_later_id(x_key(value, post->id), x_key(value, id)))
		x_refer(post, EDGE_QUOTE, id, RP_SLICE(""));
	return st;
}

/* gallery-dl shows a repost with its original's author; "user" is whose timeline it was
 * on, if that was asked for, else the author once more. */
static enum rp_status
read_repost_id(struct x_value *value, const uint32_t *at, struct x_post *post,
               struct rp_error *err)
{
	struct rp_slice id, user;
	enum rp_status st = id_or_none(value, at[REPOST_OLD], "retweet_id", &id, err);

	if (st != RP_OK || id.n == 0 || rp_slice_eq(id, post->id))
		return st;
	st = read_user(value, at[USER], &user, err);
	if (st != RP_OK)
		return st;
	post->kind = KIND_REPOST;
	x_refer(post, EDGE_REPOST, id, x_account_key(value, post->author));
	post->author = rp_slice_eq(user, post->author) ? RP_SLICE("") : user;
	return RP_OK;
}

static enum rp_status
read_references(struct x_value *value, const uint32_t *at, struct x_post *post,
                struct rp_error *err)
{
	enum rp_status st = RP_OK;

	if (!json_absent(value->doc, at[REPOSTED])) {
		post->kind = KIND_REPOST;
		post->reposted = at[REPOSTED];
		return refer_inside(value, at[REPOSTED], EDGE_REPOST, post, err);
	}
	if (!json_absent(value->doc, at[REPOST_OLD]))
		st = read_repost_id(value, at, post, err);
	if (st != RP_OK || post->kind == KIND_REPOST)
		return st;
	st = read_reply(value, at, post, err);
	if (st == RP_OK && !json_absent(value->doc, at[QUOTED]))
		st = refer_inside(value, at[QUOTED], EDGE_QUOTE, post, err);
	if (st == RP_OK && !json_absent(value->doc, at[QUOTE_OLD]))
		st = read_quote_id(value, at[QUOTE_OLD], post, err);
	return st;
}

static bool
has_media(const struct json_doc *doc, uint32_t media)
{
	struct json_each each = json_each(doc, media);

	if (json_type(doc, media) == JSON_ARRAY)
		return json_next(&each);
	/* twscrape's three lists */
	while (json_type(doc, media) == JSON_OBJECT && json_next(&each))
		if (x_count(doc, each.value) > 0)
			return true;
	return false;
}

static enum rp_status
read_post(struct x_value *value, uint32_t node, struct x_post *post, struct rp_error *err)
{
	const struct json_doc *doc = value->doc;
	uint32_t at[SCRAPED_NAMES];
	struct rp_slice id = RP_SLICE("");
	enum rp_status st;

	*post = (struct x_post){ .node = node,
		                 .kind = KIND_POST,
		                 .edits = JSON_NONE,
		                 .range = JSON_NONE,
		                 .media = JSON_NONE,
		                 .poll = JSON_NONE,
		                 .reposted = JSON_NONE,
		                 .entities = node };
	if (json_pick(doc, node, &value->names->scraped, at) & IDENTITY)
		return rp_fail(err, RP_BAD_ITEM,
		               "an id or author stands twice, and different");
	st = json_absent(doc, at[TWEET_ID])
	             ? x_twin_id(value, at[ID_STR], at[ID], "id", &post->id, err)
	             : x_id(value, at[TWEET_ID], "tweet_id", &post->id, err);
	if (st == RP_OK && json_absent(doc, at[TWEET_ID]))
		st = check_address(value, at[URL], post->id, err);
	if (st == RP_OK)
		st = read_user(value,
		               json_absent(doc, at[AUTHOR]) ? at[USER] : at[AUTHOR],
		               &post->author, err);
	if (st == RP_OK)
		st = read_references(value, at, post, err);
	if (st == RP_OK)
		st = x_twin_id(value, at[CONVERSATION_STR], at[CONVERSATION_ID],
		               "conversationId", &id, err);
	if (st == RP_OK && id.n == 0)
		st = id_or_none(value, at[CONVERSATION_OLD], "conversation_id", &id, err);
	post->conversation = id;
	post->printed = x_time(value, at[DATE]);
	post->lang = x_text(value, at[LANG]);
	post->text = json_absent(doc, at[RAW_CONTENT]) ? at[CONTENT] : at[RAW_CONTENT];
	post->media_apart = has_media(doc, at[MEDIA]);
	return st;
}

enum rp_status
x_scraped_post(struct x_value *value, uint32_t node, struct rp_error *err)
{
	struct x_post post, original;
	enum rp_status st = read_post(value, node, &post, err);

	if (st != RP_OK)
		return st;
	if (post.reposted != JSON_NONE && x_is_scraped(value, post.reposted)) {
		const size_t queued = value->queue.n, known = value->batch->accounts.n;

		if (read_post(value, post.reposted, &original, NULL) == RP_OK)
			post.original = &original;
		value->queue.n = queued;
		value->batch->accounts.n = known;
	}
	return x_observe(value, &post, err);
}
