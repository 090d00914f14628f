/*
 * From a record to an observation, the same whatever it came in: a view, a list of
 * records, a repository.
 */
#include "core/collect/bsky.h"

#include "core/base/ascii.h"

enum { MEDIA_MAX = 64 }; /* 20 in a gallery today */

#define POST "app.bsky.feed.post"
#define REPOST "app.bsky.feed.repost"

bool
bsky_is(const struct bsky *bsky, uint32_t node, const char *nsid)
{
	struct rp_slice type = RP_SLICE("");

	if (json_type(bsky->value->doc, node) == JSON_STRING)
		type = json_raw_text(bsky->value->doc, node);
	type.n = rp_slice_find_byte(type, '#');
	return rp_slice_eq(type, rp_slice_str(nsid));
}

struct rp_slice
bsky_key(struct bsky *bsky, const struct at_uri *uri)
{
	struct rp_slice native;

	if (!rp_slice_eq(uri->collection, RP_SLICE(POST)) &&
	    !rp_slice_eq(uri->collection, RP_SLICE(REPOST)))
		return RP_SLICE("");
	native = value_joined(bsky->value, uri->authority, RP_SLICE("/"));
	return value_key(bsky->value, PLATFORM_BSKY,
	                 value_joined(bsky->value, native, uri->rkey));
}

struct rp_slice
bsky_account(struct bsky *bsky, uint32_t node, int64_t as_of)
{
	struct value *value = bsky->value;
	struct rp_slice did, handle, key;
	uint32_t at[BSKY_NAMES];

	(void)json_pick(value->doc, node, &bsky->names, at);
	did = value_word(value, at[BSKY_DID]);
	handle = value_word(value, at[BSKY_HANDLE]);
	if (!at_did_valid(did))
		return RP_SLICE("");
	/* "handle.invalid" is what servers show of one that does not resolve. */
	if (!at_handle_valid(handle) || rp_slice_eq(handle, RP_SLICE("handle.invalid")))
		handle = RP_SLICE("");
	key = value_account_key(value, PLATFORM_BSKY, did);
	value_account(value, key, handle, value_text(value, at[BSKY_DISPLAY_NAME]),
	              as_of);
	return key;
}

/* ---- what it refers to ------------------------------------------------------ */

/* A post by its strongRef, and, as its address names the author, whose it is. */
static struct rp_slice
referred(struct bsky *bsky, uint32_t node, uint32_t reference)
{
	struct value *value = bsky->value;
	struct at_uri uri;
	struct rp_slice key;

	if (!at_uri_read(
		    value_word(value, json_get(value->doc, reference, RP_SLICE("uri"))),
		    &uri))
		return RP_SLICE("");
	key = bsky_key(bsky, &uri);
	if (at_did_valid(uri.authority))
		value_ghost(value, node, key,
		            value_account_key(value, PLATFORM_BSKY, uri.authority));
	return key;
}

static void
add_reply(struct bsky *bsky, uint32_t node, uint32_t reply, struct value_edges *edges,
          struct observation *o)
{
	const struct json_doc *doc = bsky->value->doc;
	struct rp_slice root =
		referred(bsky, node, json_get(doc, reply, RP_SLICE("root")));

	value_refer(edges, EDGE_REPLY,
	            referred(bsky, node, json_get(doc, reply, RP_SLICE("parent"))));
	/* A post that answers nothing is the root of what answers it. */
	o->post.conversation = root.n > 0 ? root : o->post.key;
}

/* "record" is a strongRef, one deeper beside media; other things than posts can be
 * embedded and are no quote. */
static void
add_quote(struct bsky *bsky, uint32_t node, uint32_t embed, struct value_edges *edges)
{
	const struct json_doc *doc = bsky->value->doc;
	uint32_t record = json_get(doc, embed, RP_SLICE("record"));
	uint32_t inner = json_get(doc, record, RP_SLICE("record"));

	value_refer(edges, EDGE_QUOTE,
	            referred(bsky, node,
	                     json_type(doc, inner) == JSON_OBJECT ? inner : record));
}

static void
find_links(struct bsky *bsky, const struct bsky_words *words, uint32_t embed,
           struct post_links *links)
{
	const struct json_doc *doc = bsky->value->doc;
	struct arena *arena = bsky->value->arena;
	uint32_t external = json_get(doc, embed, RP_SLICE("external"));
	uint32_t media = json_get(doc, embed, RP_SLICE("media"));
	bool fits = true;

	for (size_t i = 0; i < words->n_links && fits; i++)
		fits = links_add(links, arena, words->links[i]);
	if (json_absent(doc, external))
		external = json_get(doc, media, RP_SLICE("external"));
	fits = fits && links_find(links, arena, words->text) &&
	       links_add(
		       links, arena,
		       value_word(bsky->value, json_get(doc, external, RP_SLICE("uri"))));
	bsky->value->full |= !fits;
}

/* ---- what is in it ---------------------------------------------------------- */

/* The hash of a blob: {"ref":{"$link":CID}}, in old records {"cid":CID}. */
static struct rp_slice
blob(struct bsky *bsky, uint32_t node)
{
	struct value *value = bsky->value;
	uint32_t ref = json_get(value->doc, node, RP_SLICE("ref"));
	struct rp_slice cid =
		value_word(value, json_get(value->doc, ref, RP_SLICE("$link")));

	return cid.n > 0 ? cid
	                 : value_word(value, json_get(value->doc, node, RP_SLICE("cid")));
}

static void
add_media(struct bsky *bsky, uint32_t embed, struct rp_slice *list, size_t *n)
{
	static const struct rp_slice arrays[] = { RP_LIT("images"), RP_LIT("items") };
	const struct json_doc *doc = bsky->value->doc;
	struct rp_slice cid = blob(bsky, json_get(doc, embed, RP_SLICE("video")));

	if (cid.n > 0 && *n < MEDIA_MAX)
		list[(*n)++] = cid;
	for (size_t i = 0; i < 2; i++) {
		struct json_each each = json_each(doc, json_get(doc, embed, arrays[i]));

		while (json_next(&each) && *n < MEDIA_MAX) {
			cid = blob(bsky, json_get(doc, each.value, RP_SLICE("image")));
			if (cid.n > 0)
				list[(*n)++] = cid;
		}
	}
}

static struct rp_slice
media(struct bsky *bsky, uint32_t embed)
{
	struct rp_slice list[MEDIA_MAX];
	size_t n = 0;

	add_media(bsky, embed, list, &n);
	add_media(bsky, json_get(bsky->value->doc, embed, RP_SLICE("media")), list, &n);
	return value_lines(bsky->value, list, n);
}

/* Seen before it was written, or nobody can say when it was written. */
static struct rp_time
time_of(struct rp_time claimed, struct rp_time indexed, struct rp_slice key)
{
	if (rp_time_known(claimed) && claimed.lo < 0)
		claimed = RP_TIME_NONE;
	if (!rp_time_known(claimed))
		return rp_time_known(indexed) ? indexed : key_time(key);
	return rp_time_known(indexed) && claimed.lo > indexed.hi ? indexed : claimed;
}

static void
read_words(struct bsky *bsky, const uint32_t *at, struct observation *o,
           struct bsky_words *words)
{
	struct value *value = bsky->value;
	struct rp_slice raw = value_text(value, at[BSKY_TEXT]);
	struct json_each each = json_each(value->doc, at[BSKY_LANGS]);

	bsky_words(bsky, raw, at[BSKY_FACETS], words);
	o->version.text = words->text;
	if (!rp_slice_eq(words->text, raw))
		o->version.text_raw = raw;
	o->version.mentions = words->mentions;
	o->version.damaged = json_damaged(value->doc, at[BSKY_TEXT]);
	if (json_next(&each))
		o->version.lang = value_word(value, each.value);
	o->version.media = media(bsky, at[BSKY_EMBED]);
}

/* A record is its repository's, whatever a view says; known by a handle, it is whose
 * handle that is. */
static struct rp_slice
author_of(struct bsky *bsky, const struct at_uri *uri)
{
	struct rp_slice key = RP_SLICE("");

	if (at_did_valid(uri->authority))
		return value_account_key(bsky->value, PLATFORM_BSKY, uri->authority);
	if (!key_make_handle(bsky->value->arena, PLATFORM_BSKY, uri->authority, &key))
		bsky->value->full = true;
	return key;
}

static void
read_post(struct bsky *bsky, const struct bsky_record *record, const uint32_t *at,
          struct observation *o, struct value_edges *edges, struct post_links *links)
{
	struct bsky_words words;

	o->post.kind = KIND_POST;
	read_words(bsky, at, o, &words);
	add_reply(bsky, record->node, at[BSKY_REPLY], edges, o);
	add_quote(bsky, record->node, at[BSKY_EMBED], edges);
	find_links(bsky, &words, at[BSKY_EMBED], links);
}

/* Addresses of pages name the author by handle: "bsky:HANDLE/RKEY" is the same post. */
static void
add_alias(struct bsky *bsky, const struct bsky_record *record, struct observation *o)
{
	struct at_uri uri = record->uri;
	struct rp_slice *alias;
	char *lower;

	if (!at_handle_valid(record->handle) || !at_did_valid(uri.authority))
		return;
	alias = arena_array(bsky->value->arena, 1, sizeof(*alias));
	lower = arena_alloc(bsky->value->arena, record->handle.n);
	if (alias == NULL || lower == NULL) {
		bsky->value->full = true;
		return;
	}
	uri.authority = ascii_lower_into(lower, record->handle);
	*alias = bsky_key(bsky, &uri);
	if (alias->n == 0)
		return;
	o->aliases = alias;
	o->n_aliases = 1;
}

enum rp_status
bsky_record(struct bsky *bsky, const struct bsky_record *record, struct rp_error *err)
{
	struct value *value = bsky->value;
	struct observation o = { .version.as_of = RP_TIME_UNKNOWN };
	struct value_edges edges = { .n = 0 };
	struct post_links links = { .n = 0 };
	uint32_t at[BSKY_NAMES];
	bool repost;

	(void)json_pick(value->doc, record->record, &bsky->names, at);
	repost = bsky_is(bsky, at[BSKY_TYPE], REPOST);
	if (bsky_is(bsky, at[BSKY_TYPE], "app.bsky.actor.profile"))
		value_account(value, author_of(bsky, &record->uri), RP_SLICE(""),
		              value_text(value, at[BSKY_DISPLAY_NAME]), RP_TIME_UNKNOWN);
	if (!repost && !bsky_is(bsky, at[BSKY_TYPE], POST))
		return RP_OK;
	o.post.key = bsky_key(bsky, &record->uri);
	if (o.post.key.n == 0)
		return rp_fail(err, RP_BAD_ITEM, "its address is not that of a post");
	if (!repost && json_type(value->doc, at[BSKY_TEXT]) != JSON_STRING)
		return rp_fail(err, RP_BAD_ITEM, "\"text\" is %s",
		               json_absent(value->doc, at[BSKY_TEXT]) ? "missing"
		                                                      : "not a text");
	o.post.author = author_of(bsky, &record->uri);
	o.version.printed = value_time(value, at[BSKY_CREATED_AT]);
	o.post.time = time_of(o.version.printed, record->indexed, o.post.key);
	o.version.as_of = bsky_as_of(bsky, record->indexed);
	if (repost) {
		o.post.kind = KIND_REPOST;
		value_refer(&edges, EDGE_REPOST,
		            referred(bsky, record->node, at[BSKY_SUBJECT]));
	} else {
		read_post(bsky, record, at, &o, &edges, &links);
	}
	add_alias(bsky, record, &o);
	if (!value_observed(value, record->node, &o, edges.list, edges.n, &links))
		return RP_OK;
	if (o.version.as_of > bsky->latest)
		bsky->latest = o.version.as_of;
	return RP_OK;
}
