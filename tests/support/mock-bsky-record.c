/* Records of Bluesky: uris, cids, facets, replies and embeds. */
#include "tests/support/mock-bsky.h"

#include "core/base/hash.h"

#include <stdlib.h>

struct rp_slice
bsky_did(const struct mock_thing *post)
{
	return rp_slice_from(post->id.p, rp_slice_find_byte(post->id, '/'));
}

struct rp_slice
bsky_rkey(const struct mock_thing *post)
{
	return rp_slice_skip(post->id, rp_slice_find_byte(post->id, '/') + 1);
}

struct mock_thing *
bsky_author(const struct bsky *b, const struct mock_thing *post)
{
	return mock_find2(b->m, "bsky", bsky_did(post));
}

static const char *
collection(const struct mock_thing *post)
{
	return post != NULL && post->texts[M_REPOST].n > 0 ? "app.bsky.feed.repost"
	                                                   : "app.bsky.feed.post";
}

/* Also of posts that no line has. */
struct rp_slice
bsky_uri(const struct bsky *b, struct rp_slice key)
{
	struct rp_slice id = rp_slice_skip(key, strlen("bsky:"));
	size_t slash = rp_slice_find_byte(id, '/');

	return mock_print(b->r, "at://%.*s/%s/%.*s", (int)slash, id.p,
	                  collection(mock_find(b->m, key)),
	                  RP_FMT(rp_slice_skip(id, slash + 1)));
}

static struct rp_slice
base32(const struct bsky *b, const unsigned char *bytes, size_t n)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	char text[96];
	size_t at = 0;
	unsigned held = 0, bits = 0;

	for (size_t i = 0; i < n; i++) {
		held = (held << 8 | bytes[i]) & 0xffff;
		for (bits += 8; bits >= 5; bits -= 5)
			text[at++] = letters[held >> (bits - 5) & 31];
	}
	if (bits > 0)
		text[at++] = letters[held << (5 - bits) & 31];
	return mock_print(b->r, "b%.*s", (int)at, text);
}

/* Of the wording: another text is another version. */
struct rp_slice
bsky_cid(const struct bsky *b, struct rp_slice key)
{
	const struct mock_thing *post = mock_find(b->m, key);
	struct rp_slice text = mock_print(b->r, "%.*s\n%.*s\n%.*s", RP_FMT(key),
	                                  RP_FMT(mock_text(post, M_TEXT)),
	                                  RP_FMT(mock_text(post, M_TIME)));
	struct sha256 hash = sha256_of(text);
	unsigned char bytes[4 + SHA256_BYTES] = { 0x01, 0x71, 0x12, 0x20 };

	memcpy(bytes + 4, hash.bytes, SHA256_BYTES);
	return base32(b, bytes, sizeof(bytes));
}

struct mock_thing *
bsky_account(const struct bsky *b, struct rp_slice actor)
{
	if (rp_slice_starts(actor, RP_SLICE("did:")))
		return mock_find2(b->m, "bsky", actor);
	if (rp_slice_eq(actor, RP_SLICE("handle.invalid")))
		return NULL;
	return mock_named(b->m, "bsky", actor);
}

struct mock_thing *
bsky_at(const struct bsky *b, const char *uri)
{
	struct rp_slice rest = rp_slice_str(uri), authority;
	const struct mock_thing *account;

	if (!rp_slice_starts(rest, RP_SLICE("at://")))
		return NULL;
	rest = rp_slice_skip(rest, 5);
	authority = rp_slice_cut(&rest, '/');
	(void)rp_slice_cut(&rest, '/');
	account = bsky_account(b, authority);
	if (account != NULL)
		authority = account->id;
	return mock_find2(b->m, "bsky",
	                  mock_print(b->r, "%.*s/%.*s", RP_FMT(authority), RP_FMT(rest)));
}

bool
bsky_visible(const struct bsky *b, const struct mock_thing *post)
{
	const struct mock_thing *by;

	if (post == NULL || post->kind != MOCK_POST || post->flags[M_DELETED] ||
	    post->flags[M_HIDDEN])
		return false;
	by = bsky_author(b, post);
	return by == NULL || (!by->flags[M_DELETED] && !by->flags[M_SUSPENDED] &&
	                      by->texts[M_STATUS].n == 0);
}

static void
put_ref(const struct bsky *b, const char *name, struct rp_slice key, struct jsonw *w)
{
	jsonw_key(w, name);
	jsonw_object(w);
	jsonw_field_text(w, "uri", bsky_uri(b, key));
	jsonw_field_text(w, "cid", bsky_cid(b, key));
	jsonw_end_object(w);
}

static struct rp_slice
root_of(const struct bsky *b, const struct mock_thing *post)
{
	struct rp_slice key = post->key;

	for (int steps = 0; steps < 10000; steps++) {
		if (post->texts[M_ROOT].n > 0)
			return post->texts[M_ROOT];
		if (post->texts[M_REPLY].n == 0)
			break;
		key = post->texts[M_REPLY];
		post = mock_find(b->m, key);
		if (post == NULL)
			break;
	}
	return key;
}

/* ---- facets: links, mentions and tags, counted in bytes */

static size_t
word(struct rp_slice text, const char *more)
{
	size_t n = 0;

	while (n < text.n && ((text.p[n] >= 'a' && text.p[n] <= 'z') ||
	                      (text.p[n] >= 'A' && text.p[n] <= 'Z') ||
	                      (text.p[n] >= '0' && text.p[n] <= '9') ||
	                      (text.p[n] & 0x80) != 0 || strchr(more, text.p[n]) != NULL))
		n++;
	while (n > 0 && strchr(".,;:!?)", text.p[n - 1]) != NULL)
		n--;
	return n;
}

static size_t
facet(const struct bsky *b, struct rp_slice rest, char before, const char **type,
      const char **name, struct rp_slice *value)
{
	const struct mock_thing *account;
	size_t n;

	if (rp_slice_starts(rest, RP_SLICE("https://"))) {
		n = word(rest, ":/.?&=-_~%#+@");
		*type = "app.bsky.richtext.facet#link";
		*name = "uri";
		*value = rp_slice_from(rest.p, n);
		return n;
	}
	if (before != ' ' && before != '\n' && before != '(')
		return 0;
	if (rest.p[0] == '@') {
		n = word(rp_slice_skip(rest, 1), ".-");
		account = bsky_account(b, rp_slice_from(rest.p + 1, n));
		*type = "app.bsky.richtext.facet#mention";
		*name = "did";
		*value = account != NULL ? account->id : RP_SLICE("");
		return account != NULL ? n + 1 : 0;
	}
	n = rest.p[0] == '#' ? word(rp_slice_skip(rest, 1), "_") : 0;
	*type = "app.bsky.richtext.facet#tag";
	*name = "tag";
	*value = rp_slice_from(rest.p + 1, n);
	return n > 0 ? n + 1 : 0;
}

static void
put_facets(const struct bsky *b, struct rp_slice text, struct jsonw *w)
{
	bool any = false;

	for (size_t i = 0; i < text.n; i++) {
		const char *type, *name;
		struct rp_slice value;
		size_t n = facet(b, rp_slice_skip(text, i), i > 0 ? text.p[i - 1] : ' ',
		                 &type, &name, &value);

		if (n == 0)
			continue;
		if (!any) {
			jsonw_key(w, "facets");
			jsonw_array(w);
			any = true;
		}
		jsonw_object(w);
		jsonw_key(w, "index");
		jsonw_object(w);
		jsonw_field_int(w, "byteStart", (int64_t)i);
		jsonw_field_int(w, "byteEnd", (int64_t)(i + n));
		jsonw_end_object(w);
		jsonw_key(w, "features");
		jsonw_array(w);
		jsonw_object(w);
		jsonw_field_text(w, "$type", rp_slice_str(type));
		jsonw_field_text(w, name, value);
		jsonw_end_object(w);
		jsonw_end_array(w);
		jsonw_end_object(w);
		i += n - 1;
	}
	if (any)
		jsonw_end_array(w);
}

/* ---- embeds: a quotation, pictures, or both */

static void
put_images(const struct mock_thing *post, struct jsonw *w)
{
	jsonw_object(w);
	jsonw_field_text(w, "$type", RP_SLICE("app.bsky.embed.images"));
	jsonw_key(w, "images");
	jsonw_raw(w, post->raws[M_MEDIA]);
	jsonw_end_object(w);
}

static void
put_quote(const struct bsky *b, const struct mock_thing *post, struct jsonw *w)
{
	jsonw_object(w);
	jsonw_field_text(w, "$type", RP_SLICE("app.bsky.embed.record"));
	put_ref(b, "record", post->texts[M_QUOTE], w);
	jsonw_end_object(w);
}

static void
put_embed(const struct bsky *b, const struct mock_thing *post, struct jsonw *w)
{
	bool quote = post->texts[M_QUOTE].n > 0, images = post->raws[M_MEDIA].n > 0;

	if (!quote && !images)
		return;
	jsonw_key(w, "embed");
	if (quote && images) {
		jsonw_object(w);
		jsonw_field_text(w, "$type", RP_SLICE("app.bsky.embed.recordWithMedia"));
		jsonw_key(w, "record");
		put_quote(b, post, w);
		jsonw_key(w, "media");
		put_images(post, w);
		jsonw_end_object(w);
	} else if (quote) {
		put_quote(b, post, w);
	} else {
		put_images(post, w);
	}
}

/* As the client wrote it: any time, in any form. */
static struct rp_slice
claimed(const struct bsky *b, const struct mock_thing *post)
{
	return post->texts[M_TIME].n > 0 ? post->texts[M_TIME]
	                                 : mock_time(b->r, post->time, RP_PRECISION_MS);
}

void
bsky_put_record(const struct bsky *b, const struct mock_thing *post, struct jsonw *w)
{
	size_t opened = mock_open(w);

	jsonw_field_text(w, "$type", rp_slice_str(collection(post)));
	jsonw_field_text(w, "createdAt", claimed(b, post));
	if (post->texts[M_REPOST].n > 0) {
		put_ref(b, "subject", post->texts[M_REPOST], w);
		mock_close(w, opened, post->raws[M_EXTRA]);
		return;
	}
	jsonw_field_text(w, "text", post->texts[M_TEXT]);
	if (post->texts[M_LANG].n > 0) {
		jsonw_key(w, "langs");
		jsonw_array(w);
		jsonw_text(w, post->texts[M_LANG]);
		jsonw_end_array(w);
	}
	if (post->texts[M_REPLY].n > 0) {
		jsonw_key(w, "reply");
		jsonw_object(w);
		put_ref(b, "root", root_of(b, post), w);
		put_ref(b, "parent", post->texts[M_REPLY], w);
		jsonw_end_object(w);
	}
	put_embed(b, post, w);
	put_facets(b, post->texts[M_TEXT], w);
	mock_close(w, opened, post->raws[M_EXTRA]);
}
