/*
 * Feeds that networks, and programs in front of them, make of their posts: an entry is
 * the post whose address it has.  An entry of somebody's blog that links to a post is
 * none of it: the feed has to be at home on the host of its links.
 */
#include "core/collect/feed-post.h"

#include "core/base/url.h"
#include "core/parse/html.h"

/* The feed says that it belongs to the host of the address. */
static bool
is_at_home(const struct feed *feed, struct rp_slice address)
{
	const struct rp_slice host = feed_host(address);

	return host.n > 0 && (rp_slice_eq_nocase(host, feed_host(feed->link)) ||
	                      rp_slice_eq_nocase(host, feed_host(feed->self)));
}

/* Nitter runs on hosts that nobody can list: "/ada/status/1991085290367127556#m". */
static bool
x_meaning(struct arena *arena, struct rp_slice link, struct url_meaning *out)
{
	struct rp_slice address;

	if (!rp_slice_ends(link, RP_SLICE("#m")) ||
	    rp_slice_find(link, RP_SLICE("/status/")) == link.n)
		return true;
	return arena_join(arena, RP_SLICE("https://x.com"), feed_path(link), &address) &&
	       url_meaning(arena, address, out);
}

/* "Ada Lovelace / @ada" of the channel, for its own posts. */
static struct rp_slice
name_in_title(struct rp_slice title, struct rp_slice handle)
{
	const size_t at = rp_slice_find(title, RP_SLICE(" / @"));

	return at < title.n && rp_slice_eq_nocase(rp_slice_skip(title, at + 4), handle)
	               ? rp_slice_from(title.p, at)
	               : RP_SLICE("");
}

static struct rp_slice
without_at(struct rp_slice handle)
{
	return rp_slice_starts(handle, RP_SLICE("@")) ? rp_slice_skip(handle, 1) : handle;
}

/* The post it quotes is named at the end of the text, behind a line. */
static bool
take_quoted(struct arena *arena, struct feed_native *post)
{
	const size_t quote = rp_slice_find(post->html, RP_SLICE("<blockquote>"));
	struct html_text read;
	size_t line;

	if (quote == post->html.n)
		return true;
	if (html_fragment_text(arena, rp_slice_skip(post->html, quote), &read, NULL) !=
	    RP_OK)
		return false;
	for (size_t i = read.n_links; i > 0 && post->quoted.n == 0; i--) {
		struct url_meaning meaning = { .kind = URL_OTHER };

		if (!x_meaning(arena, read.links[i - 1].href, &meaning))
			return false;
		if (meaning.kind == URL_POST)
			post->quoted = meaning.key;
	}
	line = rp_slice_find(post->html, RP_SLICE("<hr"));
	post->html.n = line < quote ? line : quote;
	return true;
}

static bool
nitter(struct arena *arena, const struct feed *feed, const struct feed_entry *entry,
       struct feed_native *out)
{
	out->host = feed_host(entry->link);
	out->handle = without_at(entry->author.name);
	out->name = name_in_title(feed->title.value, out->handle);
	out->html = entry->summary.value.n ? entry->summary.value : entry->content.value;
	return take_quoted(arena, out);
}

/* "@ana.example - Ana" of the channel. */
static void
bluesky(const struct feed *feed, struct feed_native *out)
{
	const struct rp_slice title = feed->title.value;
	const size_t at = rp_slice_find(title, RP_SLICE(" - "));

	if (at == title.n || !rp_slice_starts(title, RP_SLICE("@")))
		return;
	out->handle = rp_slice_from(title.p + 1, at - 1);
	out->name = rp_slice_skip(title, at + 3);
}

/* What the entry's guid or link names. */
static bool
meaning_of(struct arena *arena, const struct feed *feed, const struct feed_entry *entry,
           struct url_meaning *out)
{
	if (rp_slice_starts(entry->id, RP_SLICE("at://did:")))
		return url_meaning(arena, entry->id, out);
	if (!feed_is_web(entry->link))
		return true;
	if (!x_meaning(arena, entry->link, out))
		return false;
	return out->kind == URL_POST || !is_at_home(feed, entry->link) ||
	       url_meaning(arena, entry->link, out);
}

bool
feed_native(struct arena *arena, const struct feed *feed, const struct feed_entry *entry,
            struct feed_native *out)
{
	struct url_meaning meaning = { .kind = URL_OTHER };

	*out = (struct feed_native){ .key = RP_SLICE("") };
	if (!meaning_of(arena, feed, entry, &meaning))
		return false;
	if (meaning.kind != URL_POST || meaning.key.n == 0)
		return true;
	out->key = meaning.key;
	out->author = meaning.author;
	if (key_platform(meaning.key) == PLATFORM_X)
		return nitter(arena, feed, entry, out);
	if (key_platform(meaning.key) == PLATFORM_BSKY)
		bluesky(feed, out);
	return true;
}
