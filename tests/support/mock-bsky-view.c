/* Views of Bluesky's AppView: authors, posts with what they embed, threads. */
#include "tests/support/mock-bsky.h"

#include <stdlib.h>

static void
put_empty(struct jsonw *w, const char *name)
{
	jsonw_key(w, name);
	jsonw_array(w);
	jsonw_end_array(w);
}

void
bsky_put_author(struct bsky *b, const struct mock_thing *account)
{
	struct jsonw *w = &b->w;
	size_t opened = mock_open(w);

	jsonw_field_text(w, "did", account->id);
	jsonw_field_text(w, "handle", account->texts[M_NAME]);
	if (account->texts[M_DISPLAY].n > 0)
		jsonw_field_text(w, "displayName", account->texts[M_DISPLAY]);
	put_empty(w, "labels");
	mock_close(w, opened, account->raws[M_EXTRA]);
}

static void
put_author_of(struct bsky *b, const struct mock_thing *post)
{
	const struct mock_thing *by = bsky_author(b, post);

	if (by != NULL) {
		bsky_put_author(b, by);
		return;
	}
	jsonw_object(&b->w);
	jsonw_field_text(&b->w, "did", bsky_did(post));
	jsonw_field_text(&b->w, "handle", RP_SLICE("handle.invalid"));
	jsonw_end_object(&b->w);
}

/* The later of a time that is claimed and now would be a lie: then it is now. */
static struct rp_slice
indexed(const struct bsky *b, const struct mock_thing *post)
{
	int64_t now = mock_now(b->m), at = post->time;

	return mock_time(b->r, at == RP_TIME_UNKNOWN || at > now ? now : at,
	                 RP_PRECISION_MS);
}

/* Replies that were deleted go on being counted. */
static void
put_counts(struct bsky *b, const struct mock_thing *post)
{
	int replies = 0, reposts = 0, quotes = 0;

	if (mock_on(b->m, "bsky-no-counts"))
		return;
	for (size_t i = 0; i < b->m->n; i++) {
		const struct mock_thing *t = b->m->things[i];

		replies += rp_slice_eq(t->texts[M_REPLY], post->key);
		reposts += rp_slice_eq(t->texts[M_REPOST], post->key);
		quotes += rp_slice_eq(t->texts[M_QUOTE], post->key);
	}
	jsonw_field_int(&b->w, "replyCount", replies);
	jsonw_field_int(&b->w, "repostCount", reposts);
	jsonw_field_int(&b->w, "likeCount", 0);
	jsonw_field_int(&b->w, "quoteCount", quotes);
}

static void
put_images(struct bsky *b, const struct mock_thing *post)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct json_each each;
	struct jsonw *w = &b->w;

	jsonw_object(w);
	jsonw_field_text(w, "$type", RP_SLICE("app.bsky.embed.images#view"));
	jsonw_key(w, "images");
	jsonw_array(w);
	if (json_parse(&doc, post->raws[M_MEDIA], NULL) == RP_OK) {
		each = json_each(&doc, JSON_ROOT);
		while (json_next(&each)) {
			uint32_t alt = json_get(&doc, each.value, RP_SLICE("alt"));

			jsonw_object(w);
			jsonw_field_text(w, "thumb",
			                 RP_SLICE("https://cdn.example/t.jpg"));
			jsonw_field_text(w, "fullsize",
			                 RP_SLICE("https://cdn.example/f.jpg"));
			jsonw_key(w, "alt");
			jsonw_raw(w, alt != JSON_NONE ? json_span(&doc, alt)
			                              : RP_SLICE("\"\""));
			jsonw_end_object(w);
		}
	}
	jsonw_end_array(w);
	jsonw_end_object(w);
}

/* What is quoted: the post, or that it is gone, blocked, taken away by its author. */
static void
put_quoted(struct bsky *b, const struct mock_thing *post)
{
	struct rp_slice key = post->texts[M_QUOTE];
	const struct mock_thing *quoted = mock_find(b->m, key);
	struct jsonw *w = &b->w;

	jsonw_object(w);
	if (rp_slice_eq(post->texts[M_STATUS], RP_SLICE("detached"))) {
		jsonw_field_text(w, "$type",
		                 RP_SLICE("app.bsky.embed.record#viewDetached"));
		jsonw_field_text(w, "uri", bsky_uri(b, key));
		jsonw_field_bool(w, "detached", true);
	} else if (!bsky_visible(b, quoted)) {
		jsonw_field_text(w, "$type",
		                 RP_SLICE("app.bsky.embed.record#viewNotFound"));
		jsonw_field_text(w, "uri", bsky_uri(b, key));
		jsonw_field_bool(w, "notFound", true);
	} else if (quoted->flags[M_BLOCKED]) {
		jsonw_field_text(w, "$type",
		                 RP_SLICE("app.bsky.embed.record#viewBlocked"));
		jsonw_field_text(w, "uri", bsky_uri(b, key));
		jsonw_field_bool(w, "blocked", true);
		jsonw_key(w, "author");
		jsonw_object(w);
		jsonw_field_text(w, "did", bsky_did(quoted));
		jsonw_end_object(w);
	} else {
		jsonw_field_text(w, "$type",
		                 RP_SLICE("app.bsky.embed.record#viewRecord"));
		jsonw_field_text(w, "uri", bsky_uri(b, key));
		jsonw_field_text(w, "cid", bsky_cid(b, key));
		jsonw_key(w, "author");
		put_author_of(b, quoted);
		jsonw_key(w, "value");
		bsky_put_record(b, quoted, w);
		put_empty(w, "labels");
		put_empty(w, "embeds");
		jsonw_field_text(w, "indexedAt", indexed(b, quoted));
	}
	jsonw_end_object(w);
}

static void
put_quote(struct bsky *b, const struct mock_thing *post)
{
	jsonw_object(&b->w);
	jsonw_field_text(&b->w, "$type", RP_SLICE("app.bsky.embed.record#view"));
	jsonw_key(&b->w, "record");
	put_quoted(b, post);
	jsonw_end_object(&b->w);
}

static void
put_embed(struct bsky *b, const struct mock_thing *post)
{
	bool quote = post->texts[M_QUOTE].n > 0, images = post->raws[M_MEDIA].n > 0;

	if (!quote && !images)
		return;
	jsonw_key(&b->w, "embed");
	if (quote && images) {
		jsonw_object(&b->w);
		jsonw_field_text(&b->w, "$type",
		                 RP_SLICE("app.bsky.embed.recordWithMedia#view"));
		jsonw_key(&b->w, "record");
		put_quote(b, post);
		jsonw_key(&b->w, "media");
		put_images(b, post);
		jsonw_end_object(&b->w);
	} else if (quote) {
		put_quote(b, post);
	} else {
		put_images(b, post);
	}
}

/* `type` is for unions; NULL where only a post can stand. */
void
bsky_put_post(struct bsky *b, const struct mock_thing *post, const char *type)
{
	struct jsonw *w = &b->w;

	jsonw_object(w);
	if (type != NULL)
		jsonw_field_text(w, "$type", rp_slice_str(type));
	jsonw_field_text(w, "uri", bsky_uri(b, post->key));
	jsonw_field_text(w, "cid", bsky_cid(b, post->key));
	jsonw_key(w, "author");
	put_author_of(b, post);
	jsonw_key(w, "record");
	bsky_put_record(b, post, w);
	put_embed(b, post);
	put_counts(b, post);
	jsonw_field_text(w, "indexedAt", indexed(b, post));
	put_empty(w, "labels");
	jsonw_end_object(w);
}

/* Also of a post that is there and blocked. */
void
bsky_put_missing(struct bsky *b, struct rp_slice key)
{
	const struct mock_thing *post = mock_find(b->m, key);
	struct jsonw *w = &b->w;
	bool blocked = bsky_visible(b, post) && post->flags[M_BLOCKED];

	jsonw_object(w);
	jsonw_field_text(w, "$type",
	                 blocked ? RP_SLICE("app.bsky.feed.defs#blockedPost")
	                         : RP_SLICE("app.bsky.feed.defs#notFoundPost"));
	jsonw_field_text(w, "uri", bsky_uri(b, key));
	jsonw_field_bool(w, blocked ? "blocked" : "notFound", true);
	if (blocked) {
		jsonw_key(w, "author");
		jsonw_object(w);
		jsonw_field_text(w, "did", bsky_did(post));
		jsonw_end_object(w);
	}
	jsonw_end_object(w);
}

static void
put_replies(struct bsky *b, const struct mock_thing *post, int down)
{
	jsonw_key(&b->w, "replies");
	jsonw_array(&b->w);
	for (size_t i = 0; i < b->m->n; i++) {
		struct mock_thing *reply = b->m->things[i];

		if (!rp_slice_eq(reply->texts[M_REPLY], post->key) ||
		    !bsky_visible(b, reply))
			continue;
		if (reply->flags[M_BLOCKED])
			bsky_put_missing(b, reply->key);
		else
			bsky_put_thread(b, reply, 0, down - 1);
	}
	jsonw_end_array(&b->w);
}

/* Nested as deep as was asked: the lines are our own. */
void
bsky_put_thread(struct bsky *b, const struct mock_thing *post, int up, int down)
{
	struct rp_slice key = post->texts[M_REPLY];
	const struct mock_thing *parent = mock_find(b->m, key);

	jsonw_object(&b->w);
	jsonw_field_text(&b->w, "$type", RP_SLICE("app.bsky.feed.defs#threadViewPost"));
	jsonw_key(&b->w, "post");
	bsky_put_post(b, post, NULL);
	if (key.n > 0 && up > 0) {
		jsonw_key(&b->w, "parent");
		if (bsky_visible(b, parent) && !parent->flags[M_BLOCKED])
			bsky_put_thread(b, parent, up - 1, -1);
		else
			bsky_put_missing(b, key);
	}
	/* Absent means: not fetched. */
	if (down > 0)
		put_replies(b, post, down);
	jsonw_end_object(&b->w);
}
