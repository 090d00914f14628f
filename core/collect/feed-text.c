/*
 * The text of an entry as people read it, and the posts that it has the address of.
 */
#include "core/collect/feed-post.h"

#include "core/base/utf8.h"
#include "core/parse/html.h"

/* What an address on a host that stands in front of X is there. */
static bool
canonical(struct arena *arena, struct rp_slice host, struct rp_slice address,
          struct rp_slice *out)
{
	static const struct rp_slice shortened = RP_LIT("/t.co/");
	struct rp_slice path;

	*out = address;
	if (host.n == 0 || !rp_slice_eq_nocase(feed_host(address), host))
		return true;
	path = feed_path(address);
	path.n = rp_slice_find(path, RP_SLICE("#m"));
	if (rp_slice_starts(path, shortened))
		return arena_join(arena, RP_SLICE("https:/"), path, out);
	return arena_join(arena, RP_SLICE("https://x.com"), path, out);
}

/* Nitter cuts addresses for the eye; X's own text has them whole.  "@ada", "#tag" and
 * "$TWTR" are links too. */
static bool
is_cut_address(struct rp_slice shown)
{
	return shown.n > 0 && strchr("@#$", shown.p[0]) == NULL;
}

/* The text with the addresses of its links in their place. */
static bool
with_addresses(struct arena *arena, const struct html_text *read,
               const struct rp_slice *addresses, struct rp_slice *out)
{
	size_t n = read->text.n, at = 0;
	struct rp_slice whole;
	char *copy;

	for (size_t i = 0; i < read->n_links; i++)
		n += addresses[i].n;
	copy = arena_alloc(arena, n + 1);
	if (copy == NULL)
		return false;
	whole = rp_slice_from(copy, 0);
	for (size_t i = 0; i < read->n_links; i++) {
		const struct html_link *link = &read->links[i];

		if (link->at < at ||
		    !is_cut_address(rp_slice_from(read->text.p + link->at, link->n)))
			continue;
		memcpy(copy + whole.n, read->text.p + at, link->at - at);
		whole.n += link->at - at;
		memcpy(copy + whole.n, addresses[i].p, addresses[i].n);
		whole.n += addresses[i].n;
		at = link->at + link->n;
	}
	memcpy(copy + whole.n, read->text.p + at, read->text.n - at);
	whole.n += read->text.n - at;
	*out = whole;
	return true;
}

/* Text of a fragment; the posts it links to are added to out->links. */
static bool
read_html(struct arena *arena, struct arena *scratch, struct rp_slice html,
          struct rp_slice base, struct rp_slice host, struct rp_slice *text_out,
          struct feed_words *out)
{
	struct html_text read;
	struct rp_slice *addresses;

	if (html_fragment_text(scratch, html, &read, NULL) != RP_OK)
		return false;
	*text_out = rp_slice_trim(read.text);
	addresses = arena_array(scratch, read.n_links, sizeof(*addresses));
	if (addresses == NULL)
		return false;
	for (size_t i = 0; i < read.n_links; i++)
		if (!feed_address(scratch, base, read.links[i].href, &addresses[i]) ||
		    !canonical(scratch, host, addresses[i], &addresses[i]) ||
		    !links_add(&out->links, arena, addresses[i]))
			return false;
	if (host.n > 0 && !with_addresses(scratch, &read, addresses, text_out))
		return false;
	*text_out = rp_slice_trim(*text_out);
	return links_find(&out->links, arena, *text_out);
}

static bool
read_part(struct arena *arena, struct arena *scratch, const struct feed_entry *entry,
          const struct feed_text *part, struct rp_slice *text_out, struct feed_words *out)
{
	const struct rp_slice base = part->base.n > 0 ? part->base : entry->link;

	*text_out = rp_slice_trim(part->value);
	return part->html ? read_html(arena, scratch, part->value, base, RP_SLICE(""),
	                              text_out, out)
	                  : links_find(&out->links, arena, part->value);
}

/* Short posts have their own beginning as a title: "Today I…". */
static bool
begins_with(struct rp_slice body, struct rp_slice title)
{
	const bool cut = rp_slice_ends(title, RP_SLICE("\xe2\x80\xa6")) ||
	                 rp_slice_ends(title, RP_SLICE("..."));
	size_t n;

	if (cut)
		title.n -= 3;
	title = rp_slice_trim(title);
	if (!rp_slice_starts(body, title))
		return false;
	body = rp_slice_skip(body, title.n);
	return cut || body.n == 0 || !utf8_is_word(utf8_next(body, &n));
}

bool
feed_words(struct arena *arena, struct arena *scratch, const struct feed_entry *entry,
           const struct feed_native *native, struct feed_words *out)
{
	const struct feed_text *body =
		entry->content.value.n > 0 ? &entry->content : &entry->summary;
	struct feed_words ignored = { .links = { .n = 0 } };
	struct rp_slice title, text;

	*out = (struct feed_words){ .links = { .n = 0 } };
	if (native != NULL && native->html.n > 0)
		return read_html(arena, scratch, native->html, entry->link, native->host,
		                 &out->text, out);
	if (!read_part(arena, scratch, entry, body, &text, out) ||
	    !read_part(arena, scratch, entry, &entry->title, &title, &ignored))
		return false;
	out->text = text;
	if (title.n == 0 || begins_with(text, title) || (native != NULL && text.n > 0))
		return true;
	out->text = title;
	return text.n == 0 || (arena_join(scratch, title, RP_SLICE("\n\n"), &out->text) &&
	                       arena_join(scratch, out->text, text, &out->text));
}
