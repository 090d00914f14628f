#include "storage/block/shape.h"

#include <stdlib.h>

struct row_op {
	uint8_t op, arg;
	const char *path;
};

struct row {
	uint8_t shape;
	const char *key; /* "*": of every member without a row, and of elements */
	uint8_t rank, object, array;
	struct row_op ops[OPS_MAX];
};

/*
 * Paths: names and places in arrays, separated by dots, beginning at the object (or
 * array) that holds the value.  "^" goes to the container around it, "$" begins at the
 * innermost post instead, "#" is the element with our own place in our own list.
 *
 * Those who read a block without us have the same table in riposte-archive(5).
 */
/* clang-format off */
static const struct row rows[] = {
	/* ---- by name alone: in records of every kind ---- */
	{ SHAPE_ANY, "id", RANK_ID, 0, 0, { { 0 } } },
	{ SHAPE_ANY, "id_str", RANK_ID_TOO, 0, 0, { { OP_SAME, 0, "id" } } },
	{ SHAPE_ANY, "screen_name", RANK_ID_TOO, 0, 0, { { 0 } } },
	{ SHAPE_ANY, "username", RANK_ID_TOO, 0, 0, { { 0 } } },
	{ SHAPE_ANY, "created_at", RANK_LATE, 0, 0,
	  { { OP_DATE, 0, "id" }, { OP_DATE, 1, "id" }, { OP_DATE, 2, "id" } } },
	{ SHAPE_ANY, "text", RANK_TEXT, 0, 0, { { 0 } } },
	{ SHAPE_ANY, "entities", RANK_PLAIN, SHAPE_ENTITIES, 0, { { 0 } } },
	{ SHAPE_ANY, "display_url", RANK_LATE, 0, 0,
	  { { OP_DISPLAY, 0, "expanded_url" }, { OP_DISPLAY, 1, "expanded_url" },
	    { OP_PICTURE, 0, "url" } } },
	{ SHAPE_ANY, "unwound_url", RANK_LATE, 0, 0,
	  { { OP_SAME, 0, "expanded_url" }, { OP_HTTPS, 0, "expanded_url" } } },
	{ SHAPE_ANY, "user", RANK_PLAIN, SHAPE_X1_USER, 0, { { 0 } } },
	{ SHAPE_ANY, "preview_image_url", RANK_PLAIN, 0, 0, { { 0 } } },

	/* ---- X, v1.1 and the user's own archive ---- */
	{ SHAPE_X1_POST, "tweet", RANK_PLAIN, SHAPE_X1_POST, 0, { { 0 } } },
	{ SHAPE_X1_POST, "retweeted_status", RANK_PLAIN, SHAPE_X1_POST, 0, { { 0 } } },
	{ SHAPE_X1_POST, "quoted_status", RANK_PLAIN, SHAPE_X1_POST, 0, { { 0 } } },
	{ SHAPE_X1_POST, "user", RANK_PLAIN, SHAPE_X1_USER, 0, { { 0 } } },
	{ SHAPE_X1_POST, "text", RANK_TEXT, 0, 0, { { OP_REPOST, 0, NULL } } },
	{ SHAPE_X1_POST, "full_text", RANK_TEXT, 0, 0, { { OP_REPOST, 0, NULL } } },
	{ SHAPE_X1_POST, "extended_entities", RANK_PLAIN, SHAPE_TWIN, 0, { { 0 } } },
	{ SHAPE_X1_POST, "display_text_range", RANK_PLAIN, 0, SHAPE_RANGE, { { 0 } } },
	{ SHAPE_X1_POST, "edit_info", RANK_PLAIN, SHAPE_EDITS, 0, { { 0 } } },
	{ SHAPE_X1_POST, "in_reply_to_screen_name", RANK_REPLY, 0, 0,
	  { { OP_SAME, 0, "entities.user_mentions.0.screen_name" },
	    { OP_SAME, 0, "user.screen_name" } } },
	{ SHAPE_X1_POST, "in_reply_to_user_id", RANK_REPLY, 0, 0,
	  { { OP_SAME, 0, "entities.user_mentions.0.id" },
	    { OP_SAME, 0, "user.id" } } },
	{ SHAPE_X1_POST, "quoted_status_id", RANK_LATE, 0, 0,
	  { { OP_SAME, 0, "quoted_status.id" } } },
	{ SHAPE_X1_POST, "retweet_count", RANK_LATE, 0, 0,
	  { { OP_SAME, 0, "retweeted_status.retweet_count" } } },
	{ SHAPE_X1_POST, "lang", RANK_LATE, 0, 0,
	  { { OP_SAME, 0, "retweeted_status.lang" } } },

	{ SHAPE_RANGE, "*", RANK_LATE, 0, 0, { { OP_LENGTH, 0, NULL } } },

	{ SHAPE_EDITS, "initial", RANK_PLAIN, SHAPE_EDITS, 0, { { 0 } } },
	{ SHAPE_EDITS, "editTweetIds", RANK_PLAIN, 0, SHAPE_OWN_IDS, { { 0 } } },
	{ SHAPE_EDITS, "editableUntil", RANK_LATE, 0, 0,
	  { { OP_HOUR, 1, "$id" }, { OP_HALF_HOUR, 1, "$id" },
	    { OP_HOUR, 1, "editTweetIds.0" }, { OP_HALF_HOUR, 1, "editTweetIds.0" } } },
	{ SHAPE_EDITS, "editable_until", RANK_LATE, 0, 0,
	  { { OP_HOUR, 1, "$id" }, { OP_HALF_HOUR, 1, "$id" },
	    { OP_HOUR, 1, "$edit_history_tweet_ids.0" },
	    { OP_HALF_HOUR, 1, "$edit_history_tweet_ids.0" } } },
	{ SHAPE_OWN_IDS, "*", RANK_ID_TOO, 0, 0, { { OP_SAME, 0, "$id" } } },

	/* ---- entities of either ---- */
	{ SHAPE_ENTITIES, "*", RANK_PLAIN, SHAPE_ENTITIES, SHAPE_ENTITY_LIST, { { 0 } } },
	{ SHAPE_ENTITY_LIST, "*", RANK_PLAIN, SHAPE_ENTITY, 0, { { 0 } } },
	{ SHAPE_ENTITY, "indices", RANK_PLAIN, 0, SHAPE_INDICES, { { 0 } } },
	{ SHAPE_ENTITY, "start", RANK_START, 0, 0,
	  { { OP_START, 0, NULL }, { OP_START, 1, NULL }, { OP_START, 2, NULL },
	    { OP_START_LAST, 0, NULL } } },
	{ SHAPE_ENTITY, "end", RANK_NAME, 0, 0, { { OP_END, 0, NULL } } },
	{ SHAPE_ENTITY, "screen_name", RANK_NAME, 0, 0, { { OP_ENTITY, 0, NULL } } },
	{ SHAPE_ENTITY, "username", RANK_NAME, 0, 0, { { OP_ENTITY, 0, NULL } } },
	{ SHAPE_ENTITY, "text", RANK_NAME, 0, 0, { { OP_ENTITY, 0, NULL } } },
	{ SHAPE_ENTITY, "tag", RANK_NAME, 0, 0, { { OP_ENTITY, 0, NULL } } },
	{ SHAPE_ENTITY, "url", RANK_NAME, 0, 0, { { OP_ENTITY, 0, NULL } } },
	{ SHAPE_ENTITY, "normalized_text", RANK_LATE, 0, 0, { { OP_SLICE, 0, NULL } } },
	{ SHAPE_ENTITY, "expanded_url", RANK_REPLY, 0, 0, { { OP_SAME, 0, "url" } } },
	{ SHAPE_ENTITY, "media_key", RANK_LATE, 0, 0,
	  { { OP_SAME, 0, "$attachments.media_keys.0" } } },
	{ SHAPE_INDICES, "*", RANK_START, 0, 0,
	  { { OP_START, 0, NULL }, { OP_START, 1, NULL }, { OP_START, 2, NULL },
	    { OP_START_LAST, 0, NULL }, { OP_END, 0, NULL } } },
	{ SHAPE_TWIN, "*", RANK_TWIN, SHAPE_TWIN, SHAPE_TWIN,
	  { { OP_TWIN, 0, NULL }, { OP_FIRST_TWIN, 0, NULL } } },
	{ SHAPE_TWIN, "id_str", RANK_LAST, 0, 0, { { OP_SAME, 0, "id" } } },
	{ SHAPE_TWIN, "media_url_https", RANK_LAST, 0, 0,
	  { { OP_HTTPS, 0, "media_url" }, { OP_TWIN, 0, NULL } } },

	/* ---- X, v1.1 users ---- */
	{ SHAPE_X1_USER, "url", RANK_TEXT, 0, 0, { { 0 } } },
	{ SHAPE_X1_USER, "description", RANK_TEXT, 0, 0, { { 0 } } },

	/* ---- X, v2 ---- */
	{ SHAPE_X2_POST, "entities", RANK_PLAIN, SHAPE_ENTITIES, 0, { { 0 } } },
	{ SHAPE_X2_POST, "text", RANK_TEXT, 0, 0, { { 0 } } },
	{ SHAPE_X2_POST, "conversation_id", RANK_LATE, 0, 0,
	  { { OP_SAME, 0, "id" }, { OP_SAME, 0, "referenced_tweets.0.id" } } },
	{ SHAPE_X2_POST, "in_reply_to_user_id", RANK_REPLY, 0, 0,
	  { { OP_SAME, 0, "entities.mentions.0.id" }, { OP_SAME, 0, "author_id" } } },
	{ SHAPE_X2_POST, "edit_history_tweet_ids", RANK_PLAIN, 0, SHAPE_OWN_IDS,
	  { { 0 } } },
	{ SHAPE_X2_POST, "edit_controls", RANK_PLAIN, SHAPE_EDITS, 0, { { 0 } } },
	{ SHAPE_X2_POST, "created_at", RANK_LATE, 0, 0,
	  { { OP_DATE, 1, "id" }, { OP_DATE, 3, "id" } } },

	{ SHAPE_X2_USER, "url", RANK_TEXT, 0, 0, { { 0 } } },
	{ SHAPE_X2_USER, "description", RANK_TEXT, 0, 0, { { 0 } } },
	{ SHAPE_X2_USER, "entities", RANK_PLAIN, SHAPE_ENTITIES, 0, { { 0 } } },
};
/* clang-format on */

enum { ROWS = sizeof(rows) / sizeof(rows[0]), KEYS_MAX = 192 };

/* Rules for names that no row has, behind those of the rows. */
enum { RULE_NONE = ROWS, RULE_STEM, RULE_STEM_HTTPS, RULES };

struct shapes {
	struct map *keys;
	struct rule rules[RULES];
	uint16_t by_key[SHAPES][KEYS_MAX]; /* rule + 1; 0: no row */
	uint16_t wild[SHAPES];
};

static const struct rp_slice named[KEY_NAMED] = {
	[KEY_NONE] = RP_LIT(""),
	[KEY_ID] = RP_LIT("id"),
	[KEY_ID_STR] = RP_LIT("id_str"),
	[KEY_TEXT] = RP_LIT("text"),
	[KEY_FULL_TEXT] = RP_LIT("full_text"),
	[KEY_ENTITIES] = RP_LIT("entities"),
	[KEY_EXTENDED_ENTITIES] = RP_LIT("extended_entities"),
	[KEY_INDICES] = RP_LIT("indices"),
	[KEY_START] = RP_LIT("start"),
	[KEY_END] = RP_LIT("end"),
	[KEY_USER] = RP_LIT("user"),
	[KEY_SCREEN_NAME] = RP_LIT("screen_name"),
	[KEY_USERNAME] = RP_LIT("username"),
	[KEY_USER_MENTIONS] = RP_LIT("user_mentions"),
	[KEY_MENTIONS] = RP_LIT("mentions"),
	[KEY_HASHTAGS] = RP_LIT("hashtags"),
	[KEY_SYMBOLS] = RP_LIT("symbols"),
	[KEY_CASHTAGS] = RP_LIT("cashtags"),
	[KEY_URLS] = RP_LIT("urls"),
	[KEY_MEDIA] = RP_LIT("media"),
	[KEY_URL] = RP_LIT("url"),
	[KEY_RETWEETED_STATUS] = RP_LIT("retweeted_status"),
};

/* The key's number, made when it is new; KEYS_MAX on no memory. */
static uint32_t
need_key(struct shapes *shapes, struct rp_slice name)
{
	uint32_t *value =
		map_put(shapes->keys, name, (uint32_t)map_count(shapes->keys), NULL);

	return value != NULL ? *value : (uint32_t)KEYS_MAX;
}

static bool
compile_path(struct shapes *shapes, const char *text, struct path *out)
{
	struct rp_slice rest = rp_slice_str(text);
	uint32_t key;

	*out = (struct path){ .n = 0 };
	if (rp_slice_starts(rest, RP_SLICE("$"))) {
		out->from_post = true;
		rest = rp_slice_skip(rest, 1);
	}
	for (; rp_slice_starts(rest, RP_SLICE("^")); rest = rp_slice_skip(rest, 1))
		out->up++;
	while (rest.n > 0) {
		struct rp_slice name = rp_slice_cut(&rest, '.');

		if (out->n == PATH_MAX_KEYS)
			return false;
		if (rp_slice_eq(name, RP_SLICE("#")))
			key = STEP_SAME_INDEX;
		else if (name.p[0] >= '0' && name.p[0] <= '9')
			key = (uint32_t)STEP_INDEX | (uint32_t)(name.p[0] - '0');
		else
			key = need_key(shapes, name);
		if (key == (uint32_t)KEYS_MAX)
			return false;
		out->keys[out->n++] = (uint16_t)key;
	}
	return true;
}

static bool
compile_row(struct shapes *shapes, size_t i)
{
	const struct row *row = &rows[i];
	struct rule *rule = &shapes->rules[i];
	uint32_t key;

	rule->rank = row->rank;
	rule->object = row->object;
	rule->array = row->array;
	for (size_t k = 0; k < OPS_MAX && row->ops[k].op != OP_NONE; k++) {
		rule->ops[k].op = row->ops[k].op;
		rule->ops[k].arg = row->ops[k].arg;
		if (!compile_path(shapes, row->ops[k].path, &rule->ops[k].path))
			return false;
		rule->n++;
	}
	if (strcmp(row->key, "*") == 0) {
		shapes->wild[row->shape] = (uint16_t)(i + 1);
		return true;
	}
	key = need_key(shapes, rp_slice_str(row->key));
	if (key == (uint32_t)KEYS_MAX)
		return false;
	shapes->by_key[row->shape][key] = (uint16_t)(i + 1);
	return true;
}

struct shapes *
shapes_new(void)
{
	struct shapes *shapes = calloc(1, sizeof(*shapes));

	if (shapes == NULL)
		return NULL;
	shapes->keys = map_new();
	if (shapes->keys == NULL)
		return shapes_free(shapes);
	for (size_t i = 0; i < KEY_NAMED; i++)
		if (need_key(shapes, named[i]) != i)
			return shapes_free(shapes);
	for (size_t i = 0; i < ROWS; i++)
		if (!compile_row(shapes, i))
			return shapes_free(shapes);
	shapes->rules[RULE_NONE].rank = RANK_PLAIN;
	shapes->rules[RULE_STEM] =
		(struct rule){ RANK_LATER, 0, 0, 1, { { .op = OP_STEM } } };
	shapes->rules[RULE_STEM_HTTPS] =
		(struct rule){ RANK_LATER, 0, 0, 1, { { .op = OP_STEM_HTTPS } } };
	return shapes;
}

struct shapes *
shapes_free(struct shapes *shapes)
{
	if (shapes != NULL)
		map_free(shapes->keys);
	free(shapes);
	return NULL;
}

uint32_t
shapes_key(const struct shapes *shapes, struct rp_slice name)
{
	const uint32_t *found = map_get(shapes->keys, name);

	return found != NULL ? *found : (uint32_t)KEY_NONE;
}

uint32_t
shapes_n_keys(const struct shapes *shapes)
{
	return (uint32_t)map_count(shapes->keys);
}

struct rp_slice
shapes_key_name(const struct shapes *shapes, uint32_t key)
{
	return map_key(shapes->keys, key);
}

const struct rule *
shapes_rule(const struct shapes *shapes, enum shape shape, uint32_t key,
            struct rp_slice name)
{
	uint16_t row = 0;

	if (key < shapes_n_keys(shapes)) {
		row = shapes->by_key[shape][key];
		if (row == 0 && shapes->wild[shape] == 0)
			row = shapes->by_key[SHAPE_ANY][key];
	}
	if (row == 0)
		row = shapes->wild[shape];
	if (row != 0)
		return &shapes->rules[row - 1];
	if (rp_slice_ends(name, RP_SLICE("_https")))
		return &shapes->rules[RULE_STEM_HTTPS];
	if (shape_stem(name).n > 0)
		return &shapes->rules[RULE_STEM];
	return &shapes->rules[RULE_NONE];
}

enum shape
shape_of_kind(enum record_kind kind)
{
	switch (kind) {
	case RECORD_X1_POST:
		return SHAPE_X1_POST;
	case RECORD_X2_POST:
		return SHAPE_X2_POST;
	case RECORD_X2_USER:
		return SHAPE_X2_USER;
	case RECORD_X2_OTHER:
	case RECORD_TURN:
	case RECORD_TEXT:
	case RECORD_JSON:
	case RECORD_MARKUP:
	case RECORD_LINE:
	case RECORD_CBOR:
		break;
	}
	return SHAPE_ANY;
}

bool
shape_is_shared(enum shape shape)
{
	return shape == SHAPE_X1_POST || shape == SHAPE_X1_USER;
}

bool
shape_is_post(enum shape shape)
{
	return shape == SHAPE_X1_POST || shape == SHAPE_X2_POST;
}

bool
shape_varies(struct rp_slice name)
{
	static const struct rp_slice names[] = {
		RP_LIT("indices"),
		RP_LIT("start"),
		RP_LIT("end"),
		RP_LIT("public_metrics"),
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (rp_slice_eq(name, names[i]))
			return true;
	return rp_slice_ends(name, RP_SLICE("_count")) ||
	       rp_slice_ends(name, RP_SLICE("Count"));
}

struct rp_slice
shape_stem(struct rp_slice name)
{
	static const struct rp_slice endings[] = { RP_LIT("_str"), RP_LIT("_https") };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (name.n > endings[i].n && rp_slice_ends(name, endings[i]))
			return rp_slice_from(name.p, name.n - endings[i].n);
	return RP_SLICE("");
}
