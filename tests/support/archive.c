#include "tests/support/archive.h"

#include "tests/support/spec.h"

static struct rp_error error;

static struct rp_time
time_of(const struct said *said)
{
	struct rp_time time = key_time(rp_slice_str(said->key)), until;

	if (said->at == NULL)
		return time;
	if (!rp_time_read(rp_slice_str(said->at), RP_BASIS_PLATFORM, &time))
		fail_msg("no time: %s", said->at);
	if (said->until != NULL) {
		if (!rp_time_read(rp_slice_str(said->until), RP_BASIS_EVENT, &until))
			fail_msg("no time: %s", said->until);
		time.hi = until.hi;
		time.basis = RP_BASIS_EVENT;
	}
	return time;
}

/* Insert, or merge with what is known. */
static int64_t
put_post(struct store *store, const struct post *post)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	struct post held;
	int64_t id;
	enum rp_status st = store_post_get(store, post->key, arena, &held, &error);

	if (st == RP_NOT_FOUND) {
		assert_ok(store_post_put(store, post, &id, &error), error);
		return id;
	}
	assert_ok(st, error);
	if (post_merge(&held, post))
		assert_ok(store_post_put(store, &held, &id, &error), error);
	return held.id;
}

static int64_t
put_reference(struct store *store, const char *key, const char *by)
{
	const struct post ghost = { .key = rp_slice_str(key),
		                    .author = rp_slice_str(by),
		                    .time = key_time(rp_slice_str(key)) };

	return put_post(store, &ghost);
}

static void
put_parent(struct store *store, int64_t child, const char *parent, enum edge_type type)
{
	struct edge edge = { .child = child, .type = type, .confidence_percent = 100 };

	if (parent == NULL)
		return;
	edge.origin = type == EDGE_LINK ? ORIGIN_DERIVED : ORIGIN_PLATFORM;
	edge.parent = put_reference(store, parent, NULL);
	assert_ok(store_edge_put(store, &edge, &error), error);
}

static void
put_wording(struct store *store, int64_t post, const struct said *said)
{
	struct version version = {
		.post = post,
		.native = rp_slice_str(said->edit),
		.text = rp_slice_str(said->text),
		.printed = RP_TIME_NONE,
		.as_of = said->as_of != 0 ? said->as_of : RP_TIME_UNKNOWN,
		.truncated = said->cut,
	};
	int64_t id;

	version_fingerprint(&version, rp_slice_str(said->by));
	assert_ok(store_version_put(store, &version, &id, NULL, &error), error);
}

int64_t
put_open(struct store *store, struct said said)
{
	const struct post post = {
		.key = rp_slice_str(said.key),
		.kind = said.kind != KIND_GHOST ? said.kind : KIND_POST,
		.author = rp_slice_str(said.by),
		.time = time_of(&said),
		.conversation = rp_slice_str(said.conversation),
		.context = rp_slice_str(said.context),
		.not_before = rp_slice_str(said.not_before),
		.not_after = rp_slice_str(said.not_after),
	};
	int64_t id = put_post(store, &post);

	put_wording(store, id, &said);
	if (said.edit != NULL)
		assert_ok(store_alias_put(store, rp_slice_str(said.edit), id, &error),
		          error);
	put_parent(store, id, said.reply_to, EDGE_REPLY);
	put_parent(store, id, said.quote_of, EDGE_QUOTE);
	put_parent(store, id, said.repost_of, EDGE_REPOST);
	put_parent(store, id, said.link_to, EDGE_LINK);
	put_parent(store, id, said.attests, EDGE_ATTESTS);
	put_parent(store, id, said.same_as, EDGE_SAME_AS);
	if (said.handle != NULL || said.name != NULL) {
		const struct account account = { .key = post.author,
			                         .handle = rp_slice_str(said.handle),
			                         .name = rp_slice_str(said.name),
			                         .first = RP_TIME_UNKNOWN,
			                         .last = RP_TIME_UNKNOWN };

		assert_ok(store_account_put(store, &account, &error), error);
	}
	return id;
}

int64_t
put(struct store *store, struct said said)
{
	int64_t id;

	assert_ok(store_begin(store, &error), error);
	id = put_open(store, said);
	assert_ok(store_commit(store, &error), error);
	return id;
}

int64_t
put_ghost(struct store *store, const char *key, const char *by)
{
	int64_t id;

	assert_ok(store_begin(store, &error), error);
	id = put_reference(store, key, by);
	assert_ok(store_commit(store, &error), error);
	return id;
}

void
put_alias(struct store *store, const char *alias, const char *key)
{
	assert_ok(store_begin(store, &error), error);
	assert_ok(store_alias_put(store, rp_slice_str(alias),
	                          put_reference(store, key, NULL), &error),
	          error);
	assert_ok(store_commit(store, &error), error);
}

void
put_edge(struct store *store, const char *child, const char *parent, enum edge_type type,
         enum edge_origin origin, int confidence_percent)
{
	struct edge edge = { .type = type,
		             .origin = origin,
		             .confidence_percent = confidence_percent };

	assert_ok(store_begin(store, &error), error);
	edge.child = put_reference(store, child, NULL);
	edge.parent = put_reference(store, parent, NULL);
	assert_ok(store_edge_put(store, &edge, &error), error);
	assert_ok(store_commit(store, &error), error);
}

void
put_handle(struct store *store, const char *account, const char *handle, const char *name,
           int64_t first, int64_t last)
{
	const struct account row = { .key = rp_slice_str(account),
		                     .handle = rp_slice_str(handle),
		                     .name = rp_slice_str(name),
		                     .first = first,
		                     .last = last };

	assert_ok(store_begin(store, &error), error);
	assert_ok(store_account_put(store, &row, &error), error);
	assert_ok(store_commit(store, &error), error);
}

void
put_state(struct store *store, const char *subject, enum post_state state, int64_t as_of)
{
	const struct state_note note = { .subject = rp_slice_str(subject),
		                         .state = state,
		                         .as_of = as_of };

	assert_ok(store_begin(store, &error), error);
	assert_ok(store_state_put(store, &note, &error), error);
	assert_ok(store_commit(store, &error), error);
}
