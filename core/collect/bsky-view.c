/*
 * What a value of the stream is, and the posts in it.
 *
 * Every answer of a server is made of the same views, in whatever they are wrapped
 * (feeds, threads, search results, lists of records), so a value is walked from its first
 * node to its last, which is the order of its bytes, and what looks like a view is read
 * where it stands.  No recursion: threads are as deep as their authors made them.
 *
 *	{"uri","author","record"}         a post as somebody sees it: a record
 *	{"uri","value"}                   a record of a repository: a record
 *	{"uri","notFound":true}           not shown: a state
 *	{"uri","blocked":true}            not shown: a state
 *	{"post":…,"reason":{"by"}}        the post was passed on: a record, the reason
 *	{"did","handle"}                  an account
 *	{"error","message":"… at://…"}    not there: a state, see bsky-state.c
 *	{"did","active","status"}         of a repository: a state of the account
 *	{"$type":"app.bsky.feed.post"}    a record alone; the setting "url" says which
 */
#include "core/collect/bsky.h"

#include "core/base/url.h"
#include "core/collect/options.h"

static const struct rp_slice names[BSKY_NAMES] = {
	[BSKY_TYPE] = RP_LIT("$type"),
	[BSKY_URI] = RP_LIT("uri"),
	[BSKY_CID] = RP_LIT("cid"),
	[BSKY_AUTHOR] = RP_LIT("author"),
	[BSKY_RECORD] = RP_LIT("record"),
	[BSKY_VALUE] = RP_LIT("value"),
	[BSKY_POST] = RP_LIT("post"),
	[BSKY_REASON] = RP_LIT("reason"),
	[BSKY_NOT_FOUND] = RP_LIT("notFound"),
	[BSKY_BLOCKED] = RP_LIT("blocked"),
	[BSKY_TEXT] = RP_LIT("text"),
	[BSKY_CREATED_AT] = RP_LIT("createdAt"),
	[BSKY_INDEXED_AT] = RP_LIT("indexedAt"),
	[BSKY_DID] = RP_LIT("did"),
	[BSKY_HANDLE] = RP_LIT("handle"),
	[BSKY_DISPLAY_NAME] = RP_LIT("displayName"),
	[BSKY_ERROR] = RP_LIT("error"),
	[BSKY_MESSAGE] = RP_LIT("message"),
	[BSKY_BY] = RP_LIT("by"),
	[BSKY_EMBED] = RP_LIT("embed"),
	[BSKY_EMBEDS] = RP_LIT("embeds"),
	[BSKY_REPLY] = RP_LIT("reply"),
	[BSKY_FACETS] = RP_LIT("facets"),
	[BSKY_LANGS] = RP_LIT("langs"),
	[BSKY_SUBJECT] = RP_LIT("subject"),
	[BSKY_POSTS] = RP_LIT("posts"),
	[BSKY_FEED] = RP_LIT("feed"),
	[BSKY_RECORDS] = RP_LIT("records"),
	[BSKY_THREAD] = RP_LIT("thread"),
	[BSKY_ACTIVE] = RP_LIT("active"),
	[BSKY_STATUS] = RP_LIT("status"),
};

/* The feed item that the walk is in: its reason is told of its post. */
struct feed_item {
	uint32_t end;            /* node behind it */
	uint32_t reason;         /* JSON_NONE: none */
	struct rp_slice subject; /* the post's key */
	struct rp_slice author;  /* and whose it is */
};

void
bsky_init(struct bsky *bsky, struct rp_slice options)
{
	*bsky = (struct bsky){ .address = options_get(options, RP_SLICE("url")),
		               .asked = options_get(options, RP_SLICE("asked")) };
	json_names_init(&bsky->names, names, BSKY_NAMES);
}

static bool
is_object(const struct bsky *bsky, uint32_t node)
{
	return json_type(bsky->value->doc, node) == JSON_OBJECT;
}

static bool
is_true(const struct bsky *bsky, uint32_t node)
{
	return json_type(bsky->value->doc, node) == JSON_TRUE;
}

/* ---- one view --------------------------------------------------------------- */

/* The address of a view, its author named by DID where the view tells that. */
static bool
address_of(struct bsky *bsky, const uint32_t *at, struct at_uri *out)
{
	struct value *value = bsky->value;
	struct rp_slice did;

	if (!at_uri_read(value_word(value, at[BSKY_URI]), out))
		return false;
	did = value_word(value, json_get(value->doc, at[BSKY_AUTHOR], RP_SLICE("did")));
	if (!at_did_valid(out->authority) && at_did_valid(did))
		out->authority = did;
	return true;
}

static void
not_shown(struct bsky *bsky, const uint32_t *at, const char *evidence)
{
	struct at_uri uri;

	if (address_of(bsky, at, &uri))
		value_state(bsky->value, bsky_key(bsky, &uri), STATE_UNAVAILABLE,
		            RP_TIME_UNKNOWN, rp_slice_str(evidence));
}

/* Views that stand in an embed are read behind the view they are in.  The only members
 * that hold any are these; what they hold is walked, so that their depth is nobody's
 * concern. */
static void
queue_embedded(struct bsky *bsky, uint32_t embed)
{
	const struct json_doc *doc = bsky->value->doc;
	uint32_t at[BSKY_NAMES], node = embed, end;

	if (json_type(doc, embed) < JSON_ARRAY)
		return;
	for (end = doc->nodes[embed].next; node < end && !bsky->value->full; node++) {
		if (!is_object(bsky, node))
			continue;
		(void)json_pick(doc, node, &bsky->names, at);
		if (is_object(bsky, at[BSKY_VALUE]) && !json_absent(doc, at[BSKY_URI]))
			value_queue(bsky->value, &bsky->queue, node);
		else if (is_true(bsky, at[BSKY_NOT_FOUND]))
			not_shown(bsky, at, "notFound");
		else if (is_true(bsky, at[BSKY_BLOCKED]))
			not_shown(bsky, at, "blocked");
	}
}

/* One view or listed record.  Embedded ones in it are in the queue already: their own
 * embeds lie inside those of the outermost. */
static void
read_view(struct bsky *bsky, uint32_t node)
{
	struct value *value = bsky->value;
	struct bsky_record record = { .node = node };
	uint32_t at[BSKY_NAMES];
	struct rp_error why;
	int64_t seen;

	(void)json_pick(value->doc, node, &bsky->names, at);
	record.record =
		is_object(bsky, at[BSKY_RECORD]) ? at[BSKY_RECORD] : at[BSKY_VALUE];
	record.indexed = value_time(value, at[BSKY_INDEXED_AT]);
	record.handle = value_word(
		value, json_get(value->doc, at[BSKY_AUTHOR], RP_SLICE("handle")));
	if (rp_slice_eq(record.handle, RP_SLICE("handle.invalid")))
		record.handle = RP_SLICE("");
	if (!address_of(bsky, at, &record.uri)) {
		value_reject(value, node, "\"uri\" is no address of a record");
		return;
	}
	if (bsky_record(bsky, &record, &why) != RP_OK)
		value_reject(value, node, why.text);
	seen = rp_time_known(record.indexed) ? record.indexed.lo : RP_TIME_UNKNOWN;
	(void)bsky_account(bsky, at[BSKY_AUTHOR], seen);
}

static void
read_views(struct bsky *bsky, uint32_t node, const uint32_t *at)
{
	size_t before = bsky->value->lists->n_observations;

	if (!value_record(bsky->value, node, RECORD_JSON))
		return;
	bsky->queue = (struct value_queue){ .n = 0 };
	read_view(bsky, node);
	queue_embedded(bsky, at[BSKY_EMBED]);
	queue_embedded(bsky, at[BSKY_EMBEDS]);
	for (size_t i = 0; i < bsky->queue.n && !bsky->value->full; i++)
		read_view(bsky, bsky->queue.nodes[i]);
	if (bsky->value->lists->n_observations == before)
		value_no_record(bsky->value);
}

/* ---- a post passed on ------------------------------------------------------- */

static void
enter_feed_item(struct bsky *bsky, uint32_t node, const uint32_t *at,
                struct feed_item *item)
{
	const struct json_doc *doc = bsky->value->doc;
	uint32_t post[BSKY_NAMES];
	struct at_uri uri;

	*item = (struct feed_item){ .end = doc->nodes[node].next, .reason = JSON_NONE };
	if (json_absent(doc, json_get(doc, at[BSKY_REASON], RP_SLICE("by"))))
		return;
	(void)json_pick(doc, at[BSKY_POST], &bsky->names, post);
	if (!address_of(bsky, post, &uri))
		return;
	item->reason = at[BSKY_REASON];
	item->subject = bsky_key(bsky, &uri);
	if (at_did_valid(uri.authority))
		item->author =
			value_account_key(bsky->value, PLATFORM_BSKY, uri.authority);
}

/* Somebody passed the post on.  Older servers do not say under which address: then who
 * did it is all that is learned. */
static void
read_reason(struct bsky *bsky, uint32_t node, const struct feed_item *item)
{
	struct value *value = bsky->value;
	struct observed_edge *edge;
	struct observation *o;
	struct rp_time indexed;
	struct rp_slice author;
	struct at_uri uri;
	uint32_t at[BSKY_NAMES];

	(void)json_pick(value->doc, node, &bsky->names, at);
	indexed = value_time(value, at[BSKY_INDEXED_AT]);
	author = bsky_account(bsky, at[BSKY_BY], indexed.lo);
	if (!at_uri_read(value_word(value, at[BSKY_URI]), &uri) ||
	    bsky_key(bsky, &uri).n == 0 || !value_record(value, node, RECORD_JSON))
		return;
	value_ghost(value, node, item->subject, item->author);
	o = value_observe(value, node);
	edge = arena_array(value->arena, 1, sizeof(*edge));
	if (o == NULL || edge == NULL) {
		value->full = true;
		return;
	}
	*edge = (struct observed_edge){ EDGE_REPOST, ORIGIN_PLATFORM, item->subject };
	o->post.kind = KIND_REPOST;
	o->post.key = bsky_key(bsky, &uri);
	o->post.author = author;
	o->post.time = rp_time_known(indexed) ? indexed : key_time(o->post.key);
	o->version.as_of = bsky_as_of(bsky, indexed);
	o->edges = edge;
	o->n_edges = item->subject.n > 0;
}

/* ---- what is no view -------------------------------------------------------- */

/* The address that was told: an at-uri, or a page, whose key has the two parts that
 * count. */
static bool
told_address(struct bsky *bsky, struct at_uri *out)
{
	struct url_meaning meaning = { .kind = URL_OTHER };
	struct rp_slice rest;

	if (at_uri_read(bsky->address, out))
		return true;
	if (!url_meaning(bsky->value->arena, bsky->address, &meaning))
		bsky->value->full = true;
	if (meaning.kind != URL_POST || key_platform(meaning.key) != PLATFORM_BSKY)
		return false;
	rest = key_native(meaning.key);
	out->authority = rp_slice_cut(&rest, '/');
	out->collection = RP_SLICE("app.bsky.feed.post");
	out->rkey = rest;
	return true;
}

/* A record without its address. */
static void
read_bare(struct bsky *bsky, uint32_t node)
{
	struct bsky_record record = { .node = node,
		                      .record = node,
		                      .indexed = RP_TIME_NONE };
	struct value *value = bsky->value;
	struct rp_error why;

	if (!told_address(bsky, &record.uri)) {
		value_reject(value, node,
		             "a record without its address: tell it with --url");
		return;
	}
	if (!value_record(value, node, RECORD_JSON))
		return;
	if (bsky_record(bsky, &record, &why) != RP_OK) {
		value_no_record(value);
		value_reject(value, node, why.text);
	}
}

/* ---- the walk --------------------------------------------------------------- */

/* Read what begins here; the node at which to go on. */
static uint32_t
read_node(struct bsky *bsky, uint32_t node, struct feed_item *item)
{
	const struct json_doc *doc = bsky->value->doc;
	const uint32_t behind = doc->nodes[node].next;
	uint32_t at[BSKY_NAMES];

	if (!is_object(bsky, node))
		return node + 1;
	if (node == item->reason) {
		read_reason(bsky, node, item);
		return behind;
	}
	(void)json_pick(doc, node, &bsky->names, at);
	if (!json_absent(doc, at[BSKY_URI]) &&
	    (is_object(bsky, at[BSKY_RECORD]) || is_object(bsky, at[BSKY_VALUE]))) {
		read_views(bsky, node, at);
		return behind;
	}
	if (is_true(bsky, at[BSKY_NOT_FOUND]) || is_true(bsky, at[BSKY_BLOCKED])) {
		not_shown(bsky, at,
		          is_true(bsky, at[BSKY_NOT_FOUND]) ? "notFound" : "blocked");
		return behind;
	}
	if (bsky_is(bsky, at[BSKY_TYPE], "app.bsky.feed.post") ||
	    bsky_is(bsky, at[BSKY_TYPE], "app.bsky.feed.repost")) {
		read_bare(bsky, node);
		return behind;
	}
	if (is_object(bsky, at[BSKY_POST]))
		enter_feed_item(bsky, node, at, item);
	else if (!json_absent(doc, at[BSKY_DID]) && !json_absent(doc, at[BSKY_HANDLE]))
		(void)bsky_account(bsky, node, RP_TIME_UNKNOWN);
	return node + 1;
}

/* Nothing was in it: an answer without posts, or no answer of this network at all. */
static void
judge_empty(struct bsky *bsky)
{
	const struct json_doc *doc = bsky->value->doc;
	uint32_t at[BSKY_NAMES];

	(void)json_pick(doc, JSON_ROOT, &bsky->names, at);
	if (!json_absent(doc, at[BSKY_ERROR]) && bsky_error(bsky, at))
		return;
	if (!json_absent(doc, at[BSKY_ACTIVE]) && bsky_repo_status(bsky, at))
		return;
	if (!json_absent(doc, at[BSKY_POSTS]) || !json_absent(doc, at[BSKY_FEED]) ||
	    !json_absent(doc, at[BSKY_RECORDS]) || !json_absent(doc, at[BSKY_THREAD]) ||
	    !json_absent(doc, at[BSKY_TYPE]) || !json_absent(doc, at[BSKY_VALUE]))
		return;
	if (json_type(doc, JSON_ROOT) == JSON_ARRAY && doc->n == 1)
		return;
	value_reject(bsky->value, JSON_ROOT, "no post, record or account of Bluesky");
}

int64_t
bsky_as_of(const struct bsky *bsky, struct rp_time indexed)
{
	const int64_t as_of = bsky->value->as_of;

	return as_of > indexed.lo ? as_of : indexed.lo; /* unknown is the smallest */
}

void
bsky_read(struct bsky *bsky, struct value *value)
{
	struct batch_lists *lists = value->lists;
	const size_t observations = lists->n_observations, states = lists->n_states,
		     accounts = lists->n_accounts, rejects = lists->n_rejects;
	struct feed_item item = { .end = 0, .reason = JSON_NONE };
	uint32_t node = JSON_ROOT;

	bsky->value = value;
	bsky->latest = value->as_of;
	while (node < value->doc->n && !value->full) {
		if (node >= item.end)
			item.reason = JSON_NONE;
		node = read_node(bsky, node, &item);
	}
	if (lists->n_observations == observations && lists->n_states == states &&
	    lists->n_accounts == accounts && lists->n_rejects == rejects)
		judge_empty(bsky);
	/* It was so when the youngest post beside it was seen, or later. */
	for (size_t i = states; i < lists->n_states; i++)
		lists->states[i].as_of = bsky->latest;
	for (size_t i = accounts; i < lists->n_accounts; i++)
		if (lists->accounts[i].name.n > 0 &&
		    lists->accounts[i].first == RP_TIME_UNKNOWN)
			lists->accounts[i].first = lists->accounts[i].last = bsky->latest;
}
