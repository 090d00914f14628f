/*
 * Posts that an article shows: whole copies of them, frames that load them, and what is
 * left of both where scripts were stripped.
 */
#include "core/base/url.h"
#include "core/collect/article.h"

enum {
	EMBED_MAX_NODES = 1024,           /* below one copy; a dozen is usual */
	PLACEHOLDER_MAX_BYTES = 64 << 10, /* of markup in an attribute */
	PLACEHOLDERS_MAX = 256,
};

struct finding {
	struct article *article;
	const struct html *html;
	bool *gone; /* NULL: a fragment of its own */
	int placeholders;
	struct rp_error *err;
};

static enum rp_status
full(struct finding *f)
{
	return rp_fail(f->err, RP_BAD_ITEM, "a page with too much in it");
}

/* ---- which post ---------------------------------------------------------- */

/* The last link below a node that leads to a post of that platform;
 * PLATFORM_NONE: any. */
static bool
last_post(struct finding *f, uint32_t top, enum platform platform,
          struct url_meaning *out)
{
	struct url_meaning meaning;
	int n = 0;

	*out = (struct url_meaning){ .kind = URL_OTHER };
	for (uint32_t node = html_after(f->html, top, top);
	     node != HTML_NONE && n < EMBED_MAX_NODES;
	     node = html_after(f->html, node, top), n++) {
		if (!html_is(f->html, node, "a"))
			continue;
		if (!url_meaning(f->article->arena, html_get(f->html, node, "href"),
		                 &meaning))
			return false;
		if (meaning.kind == URL_POST &&
		    (platform == PLATFORM_NONE || key_platform(meaning.key) == platform))
			*out = meaning;
	}
	return true;
}

static bool
address_post(struct finding *f, struct rp_slice address, struct url_meaning *out)
{
	*out = (struct url_meaning){ .kind = URL_OTHER };
	return address.n == 0 || url_meaning(f->article->arena, address, out);
}

/* "2001" of "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=2001". */
static struct rp_slice
parameter(struct rp_slice address, const char *name)
{
	struct rp_slice rest =
		rp_slice_skip(address, rp_slice_find_byte(address, '?') + 1);

	while (rest.n > 0) {
		struct rp_slice value = rp_slice_cut(&rest, '&');

		if (rp_slice_eq(rp_slice_cut(&value, '='), rp_slice_str(name)))
			return value;
	}
	return RP_SLICE("");
}

static bool
is_id(struct rp_slice id)
{
	for (size_t i = 0; i < id.n; i++)
		if (id.p[i] < '0' || id.p[i] > '9')
			return false;
	return id.n > 0 && id.n < 20 && id.p[0] != '0';
}

/* The id in an attribute, where the markup is an element made for X posts. */
static struct rp_slice
id_of(const struct html *html, uint32_t node)
{
	static const char *const attributes[] = { "data-tweet-id", "data-tweetid",
		                                  "data-twitter-tweet-id" };
	struct rp_slice source = html_get(html, node, "src"), id;

	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
		id = rp_slice_trim(html_get(html, node, attributes[i]));
		if (is_id(id))
			return id;
	}
	if (source.n == 0)
		source = html_get(html, node, "data-src");
	id = parameter(source, "id");
	if (is_id(id) && article_has(source, "twitter.com/embed/"))
		return id;
	return RP_SLICE("");
}

/* "did:plc:abc/3lgz" of "at://did:plc:abc/app.bsky.feed.post/3lgz". */
static bool
bluesky_key(struct arena *arena, struct rp_slice uri, struct rp_slice *key,
            struct rp_slice *author)
{
	const struct rp_slice front = RP_SLICE("at://");
	struct rp_slice rest = rp_slice_skip(uri, front.n), did, native;

	*key = RP_SLICE("");
	if (!rp_slice_starts(uri, front))
		return true;
	did = rp_slice_cut(&rest, '/');
	if (!rp_slice_starts(did, RP_SLICE("did:")) ||
	    !rp_slice_eq(rp_slice_cut(&rest, '/'), RP_SLICE("app.bsky.feed.post")) ||
	    rest.n == 0)
		return true;
	if (!arena_join(arena, did, RP_SLICE("/"), &native) ||
	    !arena_join(arena, native, rest, &native) ||
	    !key_make(arena, PLATFORM_BSKY, native, key) ||
	    !key_make_account(arena, PLATFORM_BSKY, did, author))
		return false;
	return true;
}

/* ---- what it shows ------------------------------------------------------- */

static bool
add_embed(struct finding *f, const struct article_embed *embed)
{
	struct article *article = f->article;
	struct article_embed *list;

	if (!key_valid(embed->key) || article->n_embeds >= ARTICLE_MAX_EMBEDS)
		return true;
	for (size_t i = 0; i < article->n_embeds; i++)
		if (rp_slice_eq(article->embeds[i].key, embed->key)) {
			if (article->embeds[i].text.n == 0)
				article->embeds[i] = *embed;
			return true;
		}
	list = arena_room(article->arena, article->embeds, article->n_embeds,
	                  &article->room_embeds, sizeof(*list));
	if (list == NULL)
		return false;
	article->embeds = list;
	list[article->n_embeds++] = *embed;
	return true;
}

/* Bluesky's copy: the text is its first paragraph, the handle is in brackets behind. */
static bool
read_bluesky(struct finding *f, uint32_t node, struct article_embed *embed)
{
	const struct rp_slice note = RP_SLICE("[image or embed]");
	struct html_text text;

	for (uint32_t at = html_after(f->html, node, node); at != HTML_NONE;
	     at = html_after(f->html, at, node)) {
		if (!html_is(f->html, at, "p"))
			continue;
		if (!html_text(f->article->arena, f->html, at, &text))
			return false;
		embed->text = rp_slice_trim(text.text);
		embed->lang = html_get(f->html, at, "lang");
		if (rp_slice_ends(embed->text, note)) {
			embed->text.n -= note.n;
			embed->text = rp_slice_trim(embed->text);
		}
		break;
	}
	return article_read_signature(f->article, f->html, node, embed);
}

/* sure: the element is made for a copy; else there is one where its writer is named. */
static bool
show(struct finding *f, uint32_t node, struct article_embed *embed, bool sure)
{
	struct article_embed copy = *embed;

	copy.printed = RP_TIME_NONE;
	if (key_platform(embed->key) == PLATFORM_X &&
	    !article_read_x(f->article, f->html, node, &copy))
		return false;
	if (sure || copy.handle.n > 0)
		*embed = copy;
	if (sure && key_platform(embed->key) == PLATFORM_BSKY &&
	    !read_bluesky(f, node, embed))
		return false;
	if (f->gone != NULL)
		f->gone[node] = true;
	return add_embed(f, embed);
}

/* ---- the forms ----------------------------------------------------------- */

/* A <blockquote> of one of the platforms, or the rest of one: its last link leads to a
 * post, and the writer's handle stands in brackets. */
static bool
read_blockquote(struct finding *f, uint32_t node)
{
	struct article_embed embed = { .printed = RP_TIME_NONE };
	const bool x = html_has_word(f->html, node, "class", "twitter-tweet") ||
	               html_has_word(f->html, node, "class", "twitter-video") ||
	               html_has_word(f->html, node, "class", "twitter-tweet-rendered");
	const struct rp_slice masto = html_get(f->html, node, "data-embed-url");
	const bool other = html_get(f->html, node, "data-bluesky-uri").n > 0 ||
	                   html_has_word(f->html, node, "class", "mastodon-embed");
	struct url_meaning meaning;

	if (!bluesky_key(f->article->arena, html_get(f->html, node, "data-bluesky-uri"),
	                 &embed.key, &embed.author))
		return false;
	if (embed.key.n > 0)
		return show(f, node, &embed, true);
	if (!last_post(f, node, x ? PLATFORM_X : PLATFORM_NONE, &meaning))
		return false;
	if (meaning.kind != URL_POST && masto.n > 0 && !address_post(f, masto, &meaning))
		return false;
	if (meaning.kind != URL_POST)
		return true;
	embed.key = meaning.key;
	embed.author = meaning.author;
	if (!x && !other) {
		struct article_embed signature = embed;

		if (!article_read_signature(f->article, f->html, node, &signature))
			return false;
		if (signature.handle.n == 0)
			return true;
	}
	return show(f, node, &embed, true);
}

/* Elements and frames that have no more than the post's address. */
static bool
read_frame(struct finding *f, uint32_t node)
{
	static const char *const attributes[] = { "src", "data-src", "data-url",
		                                  "data-href", "data-embed-url" };
	struct article_embed embed = { .printed = RP_TIME_NONE };
	const struct rp_slice id = id_of(f->html, node);
	struct url_meaning meaning;

	if (id.n > 0) {
		if (!key_make(f->article->arena, PLATFORM_X, id, &embed.key))
			return false;
		return show(f, node, &embed, false);
	}
	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
		struct rp_slice address = html_get(f->html, node, attributes[i]);

		if (rp_slice_ends(address, RP_SLICE("/embed")))
			address.n -= 6;
		if (!address_post(f, address, &meaning))
			return false;
		if (meaning.kind != URL_POST)
			continue;
		embed.key = meaning.key;
		embed.author = meaning.author;
		return show(f, node, &embed, false);
	}
	return true;
}

/* What a placeholder keeps for when the reader consents: the markup, escaped. */
static enum rp_status
read_placeholder(struct finding *f, uint32_t node)
{
	static const char *const attributes[] = { "data-content", "data-html", "srcdoc" };
	struct finding inner = { .article = f->article, .err = f->err };
	struct html html;
	enum rp_status st;

	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
		const struct rp_slice markup = html_get(f->html, node, attributes[i]);
		const size_t before = f->article->n_embeds;

		if (markup.n == 0 || markup.n > PLACEHOLDER_MAX_BYTES ||
		    !article_has(markup, "<blockquote") ||
		    f->placeholders >= PLACEHOLDERS_MAX)
			continue;
		f->placeholders++;
		st = html_parse(f->article->arena, markup, RP_SLICE("utf-8"), &html,
		                f->err);
		if (st != RP_OK)
			return st;
		inner.html = &html;
		for (uint32_t at = 1; at < html.n; at++)
			if (html_is(&html, at, "blockquote") &&
			    !read_blockquote(&inner, at))
				return full(f);
		if (f->article->n_embeds > before && f->gone != NULL)
			f->gone[node] = true;
	}
	return RP_OK;
}

enum rp_status
article_read_embeds(struct article *article, const struct html *html, bool *gone,
                    struct rp_error *err)
{
	struct finding f = { .article = article, .html = html, .gone = gone, .err = err };
	uint32_t node = html_after(html, 0, 0);
	enum rp_status st;

	while (node != HTML_NONE) {
		bool fits = true;

		if (html_is(html, node, "blockquote"))
			fits = read_blockquote(&f, node);
		else if (html->nodes[node].n_attributes > 0 &&
		         !html_is(html, node, "a") && !html_is(html, node, "img") &&
		         !html_is(html, node, "script") && !html_is(html, node, "link"))
			fits = read_frame(&f, node);
		if (!fits)
			return full(&f);
		if (!gone[node] && html->nodes[node].n_attributes > 0 &&
		    (st = read_placeholder(&f, node)) != RP_OK)
			return st;
		node = gone[node] ? html_beyond(html, node, 0)
		                  : html_after(html, node, 0);
	}
	return RP_OK;
}
