/*
 * What a value of the stream is, and which parts of it are records.
 *
 * Detection is per value, by the members it has.  A record of its own becomes: a v1.1
 * post with the posts inside it; a flattened v2 post likewise; of a v2 page each post,
 * user, medium, poll and place.  All the rest is the skeleton.
 */
#include "core/collect/x-archive.h"

enum include {
	INCLUDE_TWEETS,
	INCLUDE_POSTS,
	INCLUDE_USERS,
	INCLUDE_MEDIA,
	INCLUDE_POLLS,
	INCLUDE_PLACES,
	INCLUDE_NAMES
};

static const struct rp_slice include_names[INCLUDE_NAMES] = {
	[INCLUDE_TWEETS] = RP_LIT("tweets"), [INCLUDE_POSTS] = RP_LIT("posts"),
	[INCLUDE_USERS] = RP_LIT("users"),   [INCLUDE_MEDIA] = RP_LIT("media"),
	[INCLUDE_POLLS] = RP_LIT("polls"),   [INCLUDE_PLACES] = RP_LIT("places"),
};

/* clang-format off */
/* Members by which we tell what a value is. */
enum {
	X_SHAPE_DATA, X_SHAPE_INCLUDES, X_SHAPE_META, X_SHAPE_ERRORS, X_SHAPE_STATUSES,
	X_SHAPE_TWARC, X_SHAPE_ID, X_SHAPE_ID_STR, X_SHAPE_TEXT, X_SHAPE_FULL_TEXT,
	X_SHAPE_USER, X_SHAPE_USERNAME, X_SHAPE_LEGACY, X_SHAPE_TWEET, X_SHAPE_DELETE,
	X_SHAPE_TITLE, X_SHAPE_TYPE, X_SHAPE_AUTHOR_ID, X_SHAPE_EDITS, X_SHAPE_EDITS_NEW,
	X_SHAPE_RAW_CONTENT, X_SHAPE_CONTENT, X_SHAPE_ITEM_ID, X_SHAPE_FROM, X_SHAPE_COLLECTED,
	X_SHAPE_TYPENAME, X_SHAPE_HTML, X_SHAPE_URL,
	X_SHAPES
};

static const struct rp_slice shape_names[X_SHAPES] = {
	[X_SHAPE_DATA] = RP_LIT("data"),
	[X_SHAPE_INCLUDES] = RP_LIT("includes"),
	[X_SHAPE_META] = RP_LIT("meta"),
	[X_SHAPE_ERRORS] = RP_LIT("errors"),
	[X_SHAPE_STATUSES] = RP_LIT("statuses"),
	[X_SHAPE_TWARC] = RP_LIT("__twarc"),
	[X_SHAPE_ID] = RP_LIT("id"),
	[X_SHAPE_ID_STR] = RP_LIT("id_str"),
	[X_SHAPE_TEXT] = RP_LIT("text"),
	[X_SHAPE_FULL_TEXT] = RP_LIT("full_text"),
	[X_SHAPE_USER] = RP_LIT("user"),
	[X_SHAPE_USERNAME] = RP_LIT("username"),
	[X_SHAPE_LEGACY] = RP_LIT("legacy"),
	[X_SHAPE_TWEET] = RP_LIT("tweet"),
	[X_SHAPE_DELETE] = RP_LIT("delete"),
	[X_SHAPE_TITLE] = RP_LIT("title"),
	[X_SHAPE_TYPE] = RP_LIT("type"),
	[X_SHAPE_AUTHOR_ID] = RP_LIT("author_id"),
	[X_SHAPE_EDITS] = RP_LIT("edit_history_tweet_ids"),
	[X_SHAPE_EDITS_NEW] = RP_LIT("edit_history_post_ids"),
	[X_SHAPE_RAW_CONTENT] = RP_LIT("rawContent"),
	[X_SHAPE_CONTENT] = RP_LIT("content"),
	[X_SHAPE_ITEM_ID] = RP_LIT("item_id"),
	[X_SHAPE_FROM] = RP_LIT("source_platform"),
	[X_SHAPE_COLLECTED] = RP_LIT("timestamp_collected"),
	[X_SHAPE_TYPENAME] = RP_LIT("__typename"),
	[X_SHAPE_HTML] = RP_LIT("html"),
	[X_SHAPE_URL] = RP_LIT("url"),
};
/* clang-format on */

typedef enum rp_status (*post_reader)(struct x_value *, uint32_t, struct rp_error *);

bool
x_record(struct x_value *value, uint32_t node, enum record_kind kind)
{
	struct batch_record *record =
		x_add(value->batch, &value->batch->records, sizeof(*record));

	if (record == NULL)
		return false;
	record->at = value->at + value->doc->nodes[node].at;
	record->n = value->doc->nodes[node].n;
	record->kind = kind;
	value->record = node;
	return true;
}

/* A post and those inside it, however deep: a list instead of recursion. */
static void
read_posts(struct x_value *value, uint32_t node, enum record_kind kind, post_reader read)
{
	size_t before = value->batch->observations.n;
	struct rp_error why;
	enum rp_status st;
	uint32_t next;

	if (!x_record(value, node, kind))
		return;
	value->queue.n = 0;
	x_embedded(value, node);
	for (size_t i = 0; i < value->queue.n && !value->batch->full; i++) {
		next = ((const uint32_t *)value->queue.items)[i];
		st = read(value, next, &why);
		if (st != RP_OK)
			x_reject(value, next, why.text);
	}
	/* Nothing in it can be read: it stays where it is, as bytes. */
	if (value->batch->observations.n == before)
		value->batch->records.n--;
}

static void
read_page_user(struct x_value *value, uint32_t node)
{
	struct x_user user;
	struct rp_error why;

	if (x_user(value, node, &user, &why) != RP_OK)
		return; /* no post is lost with it; its bytes are in the skeleton */
	if (user.id.n == 0 || !x_record(value, node, RECORD_X2_USER))
		return;
	x_account(value, user.id, user.handle, user.name);
}

static void
unknown_shape(struct x_value *value, uint32_t node)
{
	CLEANUP(buf_done) struct rp_buf members;
	struct json_each each = json_each(value->doc, node);
	struct rp_error why;

	buf_init(&members, 240);
	for (int i = 0; i < 12 && json_next(&each) && each.key != JSON_NONE; i++)
		buf_printf(&members, "%s%.*s", i ? ", " : "",
		           json_raw_text(value->doc, each.key).n > 40
		                   ? 40
		                   : (int)json_raw_text(value->doc, each.key).n,
		           json_raw_text(value->doc, each.key).p);
	(void)rp_fail(&why, RP_BAD_ITEM, "unknown shape: %s%.*s",
	              members.n ? "an object with " : "no object with members",
	              RP_FMT(buf_slice(&members)));
	x_reject(value, node, why.text);
}

/* An element of "data". */
static void
read_datum(struct x_value *value, uint32_t node)
{
	const struct json_doc *doc = value->doc;
	uint32_t at[X_SHAPES];

	(void)json_pick(doc, node, &value->names->shape, at);
	if (at[X_SHAPE_TEXT] != JSON_NONE || !json_absent(doc, at[X_SHAPE_AUTHOR_ID]) ||
	    !json_absent(doc, at[X_SHAPE_EDITS]) ||
	    !json_absent(doc, at[X_SHAPE_EDITS_NEW]))
		read_posts(value, node, RECORD_X2_POST, x2_post);
	else if (!json_absent(doc, at[X_SHAPE_USERNAME]))
		read_page_user(value, node);
	else
		unknown_shape(value, node);
}

static void
read_include(struct x_value *value, enum include include, uint32_t array)
{
	const struct json_doc *doc = value->doc;
	struct json_each each = json_each(doc, array);

	if (json_type(doc, array) != JSON_ARRAY)
		return;
	while (json_next(&each) && !value->batch->full)
		switch (include) {
		case INCLUDE_TWEETS:
		case INCLUDE_POSTS:
			read_datum(value, each.value);
			break;
		case INCLUDE_USERS:
			read_page_user(value, each.value);
			break;
		case INCLUDE_MEDIA:
		case INCLUDE_POLLS:
		case INCLUDE_PLACES:
		case INCLUDE_NAMES:
			if (json_type(doc, each.value) == JSON_OBJECT)
				(void)x_record(value, each.value, RECORD_X2_OTHER);
			break;
		}
}

static void
read_data(struct x_value *value, uint32_t data)
{
	struct json_each each = json_each(value->doc, data);

	if (json_type(value->doc, data) == JSON_OBJECT) {
		read_datum(value, data);
		return;
	}
	while (json_next(&each) && !value->batch->full)
		read_datum(value, each.value);
}

static void
read_includes(struct x_value *value)
{
	struct json_each each = json_each(value->doc, value->includes);
	uint32_t at[INCLUDE_NAMES];
	int include;

	if (json_type(value->doc, value->includes) != JSON_OBJECT)
		return;
	(void)json_pick(value->doc, value->includes, &value->names->includes, at);
	while (json_next(&each)) {
		include = json_name(value->doc, each.key, &value->names->includes);
		/* Where a name stands twice the last one counts, as everywhere. */
		if (include >= 0 && at[include] == each.value)
			read_include(value, (enum include)include, each.value);
	}
}

static void
read_page(struct x_value *value, const uint32_t *at)
{
	uint32_t data = at[X_SHAPE_DATA];

	value->includes = at[X_SHAPE_INCLUDES];
	value->indexed = false;
	/* Records are in the order of their bytes, and members in any. */
	if (value->includes < data)
		read_includes(value);
	read_data(value, data);
	if (value->includes > data)
		read_includes(value);
	/* Those that name nothing (a limit, a broken stream) are no lost record either.
	 */
	(void)x_problems(value, at[X_SHAPE_ERRORS]);
}

/* One problem, for a whole request. */
static void
read_answer(struct x_value *value, uint32_t node)
{
	if (x_problems(value, node) == 0)
		x_reject(value, node,
		         "an error answer without data, which names no post or account");
}

static void
read_statuses(struct x_value *value, uint32_t statuses)
{
	struct json_each each = json_each(value->doc, statuses);

	while (json_next(&each) && !value->batch->full)
		read_posts(value, each.value, RECORD_X1_POST, x1_post);
}

/* A notice in a stream of v1.1 posts: {"delete":{"status":{"id_str":"1"},…}}. */
static bool
read_delete(struct x_value *value, uint32_t notice)
{
	const struct json_doc *doc = value->doc;
	uint32_t status = json_get(doc, notice, RP_SLICE("status"));
	struct state_note *note;
	struct rp_slice id;
	int64_t ms;

	if (x_twin_id(value, json_get(doc, status, RP_SLICE("id_str")),
	              json_get(doc, status, RP_SLICE("id")), "id", &id, NULL) != RP_OK ||
	    id.n == 0)
		return false;
	note = x_add(value->batch, &value->batch->states, sizeof(*note));
	if (note == NULL)
		return true;
	note->subject = x_key(value, id);
	note->state = STATE_DELETED;
	note->as_of = value->as_of;
	if (json_int64(doc, json_get(doc, notice, RP_SLICE("timestamp_ms")), &ms) &&
	    ms > 0 && ms < INT64_MAX / 1000)
		note->as_of = ms * 1000;
	note->evidence = RP_SLICE("delete notice in a stream");
	return true;
}

/* What Zeeschuimer wraps around the web's wrapper of a post: when, and from where. */
static bool
read_browsed(struct x_value *value, const uint32_t *at)
{
	const struct rp_slice from = x_text(value, at[X_SHAPE_FROM]);
	int64_t ms;

	if (json_absent(value->doc, at[X_SHAPE_ITEM_ID]) ||
	    (!rp_slice_eq(from, RP_SLICE("twitter.com")) &&
	     !rp_slice_eq(from, RP_SLICE("x.com"))) ||
	    json_type(value->doc, at[X_SHAPE_DATA]) != JSON_OBJECT)
		return false;
	if (json_int64(value->doc, at[X_SHAPE_COLLECTED], &ms) && ms > 0 &&
	    ms < INT64_MAX / 1000)
		value->as_of = ms * 1000;
	read_posts(value, at[X_SHAPE_DATA], RECORD_X1_POST, x1_post);
	return true;
}

/*
 * What embeds say instead of a post: a tombstone, or nothing at all.  Why they do not
 * show it nobody can tell from that, so it is no state of the post either.
 */
static bool
is_silence(struct x_value *value, uint32_t node, uint32_t typename)
{
	struct json_each each = json_each(value->doc, node);

	return json_text_is(value->doc, typename, RP_SLICE("TweetTombstone")) ||
	       (value->is_answer && !json_next(&each));
}

static void
read_object(struct x_value *value, uint32_t node)
{
	const struct json_doc *doc = value->doc;
	uint32_t at[X_SHAPES];
	struct rp_time retrieved = RP_TIME_NONE;

	(void)json_pick(doc, node, &value->names->shape, at);
	if (rp_time_read(x_text(value, json_get(doc, at[X_SHAPE_TWARC],
	                                        RP_SLICE("retrieved_at"))),
	                 RP_BASIS_CAPTURE, &retrieved))
		value->as_of = retrieved.lo;

	if (value->archive->is_archive && x_archive_value(value, node))
		return;
	if (is_silence(value, node, at[X_SHAPE_TYPENAME]))
		return;
	if (json_type(doc, at[X_SHAPE_HTML]) == JSON_STRING &&
	    json_type(doc, at[X_SHAPE_URL]) == JSON_STRING)
		read_posts(value, node, RECORD_JSON, x_oembed_post);
	else if ((!json_absent(doc, at[X_SHAPE_RAW_CONTENT]) ||
	          !json_absent(doc, at[X_SHAPE_CONTENT])) &&
	         x_is_scraped(value, node))
		read_posts(value, node, RECORD_JSON, x_scraped_post);
	else if (!json_absent(doc, at[X_SHAPE_FULL_TEXT]) ||
	         !json_absent(doc, at[X_SHAPE_ID_STR]) ||
	         (at[X_SHAPE_TEXT] != JSON_NONE && at[X_SHAPE_USER] != JSON_NONE) ||
	         !json_absent(doc, at[X_SHAPE_LEGACY]) ||
	         !json_absent(doc, at[X_SHAPE_TWEET]))
		read_posts(value, node, RECORD_X1_POST, x1_post);
	else if (at[X_SHAPE_TEXT] != JSON_NONE ||
	         (!json_absent(doc, at[X_SHAPE_ID]) &&
	          !json_absent(doc, at[X_SHAPE_AUTHOR_ID])))
		read_posts(value, node, RECORD_X2_POST, x2_post);
	else if (!json_absent(doc, at[X_SHAPE_STATUSES]))
		read_statuses(value, at[X_SHAPE_STATUSES]);
	else if (at[X_SHAPE_DATA] != JSON_NONE && read_browsed(value, at))
		return;
	else if (at[X_SHAPE_DATA] != JSON_NONE || at[X_SHAPE_INCLUDES] != JSON_NONE ||
	         at[X_SHAPE_META] != JSON_NONE || at[X_SHAPE_ERRORS] != JSON_NONE)
		read_page(value, at);
	else if (!json_absent(doc, at[X_SHAPE_DELETE]) &&
	         read_delete(value, at[X_SHAPE_DELETE]))
		return;
	else if (!json_absent(doc, at[X_SHAPE_TITLE]) &&
	         !json_absent(doc, at[X_SHAPE_TYPE]))
		read_answer(value, node);
	else
		unknown_shape(value, node);
}

/* Of an account nobody told the time of, we know that it was so when its youngest post
 * was made. */
static void
date_accounts(const struct x_value *value, size_t from)
{
	struct account *accounts = value->batch->accounts.items;

	for (size_t i = from; i < value->batch->accounts.n; i++)
		if (accounts[i].name.n > 0 && accounts[i].last == RP_TIME_UNKNOWN)
			accounts[i].first = accounts[i].last = value->latest;
}

/* gallery-dl -j: [3, "https://…", {the post}]; the number and the address are its own. */
static bool
is_message(struct x_value *value)
{
	struct json_each each = json_each(value->doc, JSON_ROOT);

	if (!json_next(&each) || json_type(value->doc, each.value) != JSON_NUMBER)
		return false;
	while (json_next(&each))
		if (x_is_scraped(value, each.value))
			return true;
	return false;
}

void
x_read(struct x_value *value)
{
	struct json_each each = json_each(value->doc, JSON_ROOT);
	size_t accounts = value->batch->accounts.n;

	if (json_type(value->doc, JSON_ROOT) != JSON_ARRAY)
		read_object(value, JSON_ROOT);
	else if (is_message(value))
		while (json_next(&each) && !value->batch->full) {
			if (json_type(value->doc, each.value) == JSON_OBJECT)
				read_object(value, each.value);
		}
	else
		while (json_next(&each) && !value->batch->full) {
			value->as_of = value->fetched;
			read_object(value, each.value);
		}
	date_accounts(value, accounts);
}

void
x_shape_names(struct x_names *names)
{
	json_names_init(&names->shape, shape_names, X_SHAPES);
	json_names_init(&names->includes, include_names, INCLUDE_NAMES);
}
