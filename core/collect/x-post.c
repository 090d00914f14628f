/*
 * From a post as one vintage writes it to an observation, the same for all vintages: two
 * files that show the same post must come to the same version of it.
 */
#include "core/collect/x-archive.h"

/* X allows six wordings.  A history without end would merge strangers' posts. */
enum { EDITS_MAX = 64 };

/* An hour from the first wording at most; a minute more, for clocks of several servers.
 */
#define EDITS_WITHIN (INT64_C(61) * 60 * RP_SECOND)

/* 30 March 2017, when X began to hide the mentions in front of replies. */
#define MENTIONS_HIDDEN_SINCE (INT64_C(1490832000) * RP_SECOND)

/* Each edit has a later id than the one before, and was made in the time X gives for it.
 */
static bool
is_history(const struct rp_slice *ids, size_t n)
{
	const struct rp_time first = key_time(ids[0]), last = key_time(ids[n - 1]);

	for (size_t i = 1; i < n; i++)
		if (!key_is_later_id(ids[i], ids[i - 1]))
			return false;
	return !rp_time_known(last) ||
	       (rp_time_known(first) && last.lo - first.lo <= EDITS_WITHIN);
}

/* Which ids the post had; its key is made of the first. */
static enum rp_status
read_edits(struct x_value *value, const struct x_post *post, struct observation *o,
           struct rp_error *err)
{
	size_t n = 0, most = x_count(value->doc, post->edits);
	struct json_each each = json_each(value->doc, post->edits);
	struct rp_slice *ids, id;
	enum rp_status st;
	bool mine = false;

	o->post.key = x_key(value, post->id);
	if (most < 2 || most > EDITS_MAX || (ids = x_slices(value, most)) == NULL)
		return RP_OK;
	while (json_next(&each)) {
		st = x_id(value, each.value, "edit history", &id, err);
		if (st != RP_OK)
			return st;
		mine |= rp_slice_eq(id, post->id);
		if (id.n > 0)
			ids[n++] = x_key(value, id);
	}
	/* A history that the post itself is not in is somebody else's; others are made
	 * up. */
	if (!mine || value->batch->full || !is_history(ids, n))
		return RP_OK;
	if (!rp_slice_eq(ids[0], o->post.key)) {
		o->version.native = o->post.key;
		o->post.key = ids[0];
	}
	o->aliases = ids + 1;
	o->n_aliases = n - 1;
	return RP_OK;
}

/* X names a conversation by the edit that began it; we by the post. */
static struct rp_slice
conversation(struct x_value *value, const struct x_post *post,
             const struct observation *o)
{
	struct rp_slice key = x_key(value, post->conversation);

	for (size_t i = 0; i < o->n_aliases; i++)
		if (rp_slice_eq(key, o->aliases[i]))
			return o->post.key;
	return key;
}

static void
read_range(struct x_value *value, const struct x_post *post, struct x_words *words)
{
	struct json_each each = json_each(value->doc, post->range);

	if (json_type(value->doc, post->range) != JSON_ARRAY)
		return;
	if (json_next(&each) && json_int64(value->doc, each.value, &words->from) &&
	    json_next(&each))
		(void)json_int64(value->doc, each.value, &words->to);
	if (words->from < 0)
		words->from = words->to = -1;
	/* X's own archives have "0" there, whatever is hidden. */
	if (words->from == 0 && !post->ranged)
		words->from = -1;
}

static bool
is_reply(const struct x_post *post)
{
	for (size_t i = 0; i < post->n_references; i++)
		if (post->references[i].type == EDGE_REPLY)
			return true;
	return false;
}

/*
 * Of a reposted post that is not here, its author is the first mention of "RT @name: …".
 */
static void
name_reposted(struct x_value *value, struct x_post *post,
              const struct x_gathered *gathered, struct rp_slice text)
{
	struct rp_slice rest = rp_slice_skip(text, 4);

	if (post->kind != KIND_REPOST || value->queue.n > 1 ||
	    gathered->n_mentions == 0 || gathered->ids[0].n == 0 ||
	    !rp_slice_starts(text, RP_SLICE("RT @")))
		return;
	rest.n = rp_slice_find_byte(rest, ':');
	if (!rp_slice_eq_nocase(rest, gathered->handles[0]))
		return;
	for (size_t i = 0; i < post->n_references; i++)
		if (post->references[i].type == EDGE_REPOST)
			post->references[i].author =
				x_account_key(value, gathered->ids[0]);
}

/* What the post says, or the one it passes on. */
static void
clean_text(struct x_value *value, const struct x_post *said,
           const struct x_gathered *gathered, struct rp_time time,
           struct version *version)
{
	struct x_words words = { .text = said->note ? said->note->text
		                                    : x_text(value, said->text),
		                 .links = gathered->links,
		                 .n_links = gathered->n_links,
		                 .handles = gathered->handles,
		                 .n_handles = gathered->n_mentions,
		                 .cut = said->cut };
	bool cut = false;

	words.from = words.to = -1;
	if (said->note == NULL)
		read_range(value, said, &words);
	words.reply = !said->ranged && is_reply(said) &&
	              (!rp_time_known(time) || time.lo >= MENTIONS_HIDDEN_SINCE);
	if (!x_text_clean(&words, value->batch->arena, &version->text, &cut))
		value->batch->full = true;
	version->truncated = cut || said->cut;
	version->damaged = json_damaged(value->doc, said->text);
}

/*
 * "RT @name: " and the whole text of the original, of which the repost itself has but the
 * first 140 characters.  Without the original that is all there is.
 */
static void
pass_on(struct x_value *value, struct x_post *post, struct x_gathered *outer,
        struct rp_slice raw, struct version *version)
{
	struct x_gathered inner;
	size_t colon = rp_slice_find(raw, RP_SLICE(": "));

	if (!rp_slice_starts(raw, RP_SLICE("RT @")) || colon == raw.n)
		return;
	if (post->original == NULL) {
		version->truncated |= rp_slice_ends(raw, RP_SLICE("\xe2\x80\xa6"));
		return;
	}
	x_gather(value, post->original, &inner);
	if (value->batch->full)
		return;
	clean_text(value, post->original, &inner,
	           post_x_time(x_key(value, post->original->id), post->original->printed),
	           version);
	version->text = x_joined(value, rp_slice_from(raw.p, colon + 2), version->text);
	outer->n_mentions = outer->n_mentions > 0;
	version->mentions = x_joined(value, x_mention_lines(value, outer),
	                             x_mention_lines(value, &inner));
}

static enum rp_status
read_text(struct x_value *value, struct x_post *post, struct observation *o,
          struct rp_error *err)
{
	struct version *version = &o->version;
	struct x_gathered gathered;
	struct rp_slice raw;

	if (json_type(value->doc, post->text) != JSON_STRING)
		return rp_fail(err, RP_BAD_ITEM, "\"text\" is %s",
		               json_absent(value->doc, post->text) ? "missing"
		                                                   : "not a text");
	x_gather(value, post, &gathered);
	if (value->batch->full)
		return RP_OK;
	raw = post->note ? post->note->text : x_text(value, post->text);
	name_reposted(value, post, &gathered, raw);
	clean_text(value, post, &gathered, o->post.time, version);
	x_links(value, post, &gathered, o);
	version->mentions = x_mention_lines(value, &gathered);
	if (post->kind == KIND_REPOST)
		pass_on(value, post, &gathered, raw, version);
	if (!rp_slice_eq(version->text, raw))
		version->text_raw = raw;
	return RP_OK;
}

static void
add_edges(struct x_value *value, const struct x_post *post, struct observation *o)
{
	struct observed_edge *edges;

	if (post->n_references == 0)
		return;
	edges = arena_array(value->batch->arena, post->n_references, sizeof(*edges));
	if (edges == NULL) {
		value->batch->full = true;
		return;
	}
	for (size_t i = 0; i < post->n_references; i++)
		edges[i] = (struct observed_edge){
			.type = post->references[i].type,
			.origin = post->references[i].type == EDGE_LINK ||
			                          post->references[i].derived
			                  ? ORIGIN_DERIVED
			                  : ORIGIN_PLATFORM,
			.parent = post->references[i].id.n
			                  ? x_key(value, post->references[i].id)
			                  : post->references[i].key,
		};
	o->edges = edges;
	o->n_edges = post->n_references;
}

/* A reference that tells who wrote the other post is all we may ever learn of that. */
static void
add_ghosts(struct x_value *value, const struct x_post *post,
           const struct observation *child)
{
	struct observation *ghost;

	for (size_t i = 0; i < child->n_edges; i++) {
		if (post->references[i].author.n == 0)
			continue;
		ghost = x_add(value->batch, &value->batch->observations, sizeof(*ghost));
		if (ghost == NULL)
			return;
		ghost->post.kind = KIND_GHOST;
		ghost->post.key = child->edges[i].parent;
		ghost->post.author = post->references[i].author;
		ghost->post.time = key_time(ghost->post.key);
		ghost->version.printed = RP_TIME_NONE;
		ghost->version.as_of = value->as_of;
		ghost->record = child->record;
		ghost->offset = child->offset;
		ghost->bytes = child->bytes;
	}
}

enum rp_status
x_observe(struct x_value *value, struct x_post *post, struct rp_error *err)
{
	const struct json_node *node = &value->doc->nodes[post->node];
	struct observation o = {
		.post = { .kind = post->kind },
		.version = { .printed = post->printed, .as_of = value->as_of },
		.record = value->batch->records.n - 1,
		.offset = node->at - value->doc->nodes[value->record].at,
		.bytes = node->n,
	};
	struct observation *added;
	enum rp_status st;

	if (post->id.n == 0)
		return rp_fail(err, RP_BAD_ITEM, "\"id\" is missing");
	st = read_edits(value, post, &o, err);
	if (st != RP_OK)
		return st;
	o.post.author = x_account_key(value, post->author);
	/* The printed time is that of the edit, the post's that of its first wording. */
	o.post.time = post_x_time(o.post.key,
	                          o.version.native.n ? RP_TIME_NONE : post->printed);
	o.post.conversation = conversation(value, post, &o);
	o.version.lang = post->lang;
	o.version.media = x_media(value, post->media);
	o.version.poll = x_poll(value, post->poll);
	st = read_text(value, post, &o, err);
	if (st != RP_OK)
		return st;
	add_edges(value, post, &o);
	if (rp_time_known(o.post.time) && o.post.time.lo > value->latest)
		value->latest = o.post.time.lo;
	if (value->latest > value->batch->latest)
		value->batch->latest = value->latest;

	added = x_add(value->batch, &value->batch->observations, sizeof(o));
	if (added != NULL) {
		*added = o;
		add_ghosts(value, post, &o);
	}
	return RP_OK;
}
