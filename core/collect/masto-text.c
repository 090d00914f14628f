/*
 * The words of a post out of its HTML.
 */
#include "core/collect/masto.h"

#include "core/parse/html.h"

static bool
has_class(const struct html_link *link, const char *word)
{
	struct rp_slice rest = link->classes;

	while (rest.p != NULL)
		if (rp_slice_eq(rp_slice_cut(&rest, ' '), rp_slice_str(word)))
			return true;
	return false;
}

static struct rp_slice
shown_by(const struct html_text *html, const struct html_link *link)
{
	return rp_slice_from(html->text.p + link->at, link->n);
}

/* "@ana", whose server the reader does not see. */
static bool
is_bare_mention(struct rp_slice shown)
{
	return shown.n > 1 && shown.p[0] == '@' &&
	       rp_slice_find_byte(rp_slice_skip(shown, 1), '@') == shown.n - 1 &&
	       rp_slice_find_byte(shown, ' ') == shown.n;
}

/* Of a name as a post shows it: by the people it says it mentions, else by the link. */
static struct rp_slice
server_of(struct masto *masto, const struct masto_post *post, struct rp_slice href,
          struct rp_slice shown)
{
	struct rp_slice name = rp_slice_skip(shown, 1);
	const struct masto_mention *by_name = NULL;

	for (size_t i = 0; i < post->n_mentions; i++) {
		const struct masto_mention *to = &post->mentions[i];
		size_t at = rp_slice_find_byte(to->handle, '@');

		if (at == to->handle.n ||
		    !rp_slice_eq_nocase(rp_slice_from(to->handle.p, at), name))
			continue;
		if (rp_slice_eq(to->href, href))
			return rp_slice_skip(to->handle, at + 1);
		/* The page that is linked is not the actor that is named; of several of
		 * one name nobody can say which. */
		if (by_name != NULL)
			return masto_host_of(masto, href);
		by_name = to;
	}
	return by_name != NULL ? rp_slice_skip(by_name->handle, name.n + 1)
	                       : masto_host_of(masto, href);
}

static struct rp_slice
with_servers(struct masto *masto, const struct masto_post *post,
             const struct html_text *html)
{
	CLEANUP(buf_done) struct rp_buf out;
	size_t at = 0, looked = 0;

	buf_init(&out, 2 * RECORD_MAX_BYTES);
	for (size_t i = 0; i < html->n_links && looked < MASTO_MENTIONS_MAX; i++) {
		const struct html_link *link = &html->links[i];
		struct rp_slice shown = shown_by(html, link), server;

		if (link->at < at || !has_class(link, "mention") ||
		    has_class(link, "hashtag") || !is_bare_mention(shown))
			continue;
		looked++;
		server = server_of(masto, post, link->href, shown);
		if (server.n == 0)
			continue;
		buf_add(&out, rp_slice_from(html->text.p + at, link->at + link->n - at));
		buf_add_byte(&out, '@');
		buf_add(&out, server);
		at = link->at + link->n;
	}
	if (at == 0)
		return html->text;
	buf_add(&out, rp_slice_skip(html->text, at));
	return value_copy(masto->value, &out);
}

static void
keep_links(struct masto *masto, const struct html_text *html, struct masto_words *out)
{
	out->links = arena_array(masto->value->arena, html->n_links, sizeof(*out->links));
	if (out->links == NULL) {
		masto->value->full = true;
		return;
	}
	for (size_t i = 0; i < html->n_links; i++)
		if (!has_class(&html->links[i], "mention") &&
		    !has_class(&html->links[i], "hashtag"))
			out->links[out->n_links++] = html->links[i].href;
}

/* The link in the paragraph that stands for a quotation where quotes are not known. */
static enum rp_status
find_quoted(struct masto *masto, struct rp_slice content, struct rp_slice *out,
            struct rp_error *err)
{
	struct html html;
	uint32_t node = 0, inside;
	enum rp_status st;

	if (rp_slice_find(content, RP_SLICE("quote-inline")) == content.n)
		return RP_OK;
	st = html_parse(masto->value->arena, content, RP_SLICE("utf-8"), &html, err);
	if (st != RP_OK)
		return st;
	while (node != HTML_NONE && !html_has_word(&html, node, "class", "quote-inline"))
		node = html_after(&html, node, 0);
	if (node == HTML_NONE)
		return RP_OK;
	for (inside = node; inside != HTML_NONE && out->n == 0;
	     inside = html_after(&html, inside, node))
		if (rp_slice_eq(html.nodes[inside].name, RP_SLICE("a")))
			*out = html_get(&html, inside, "href");
	return RP_OK;
}

enum rp_status
masto_words(struct masto *masto, const struct masto_post *post, struct masto_words *out,
            struct rp_error *err)
{
	struct value *value = masto->value;
	struct rp_slice content = value_text(value, post->content), words;
	struct rp_slice warning = rp_slice_trim(post->warning);
	struct html_text html = { .text = RP_SLICE("") };
	enum rp_status st = RP_OK;

	*out = (struct masto_words){ .text = RP_SLICE("") };
	if (content.n > 0)
		st = html_fragment_text(value->arena, content, &html, err);
	if (st == RP_OK && content.n > 0)
		st = find_quoted(masto, content, &out->quoted, err);
	if (st != RP_OK)
		return st;
	words = with_servers(masto, post, &html);
	keep_links(masto, &html, out);
	if (warning.n > 0 && words.n > 0)
		warning = value_joined(value, warning, RP_SLICE("\n\n"));
	out->text = warning.n > 0 ? value_joined(value, warning, words) : words;
	return RP_OK;
}
