/*
 * What oEmbed says of a post: the copy of it that pages show, as HTML in JSON, and its
 * address.
 *
 *	{"url":"https://twitter.com/ada/status/19…","author_name":"Ada L",
 *	 "html":"<blockquote class=\"twitter-tweet\">…</blockquote>", …}
 *
 * The text is whole up to 280 characters, and there is no time in it but the id's.
 */
#include "core/base/url.h"
#include "core/collect/article.h"
#include "core/collect/x.h"
#include "core/model/key.h"

static uint32_t
blockquote(const struct html *html)
{
	uint32_t node = 0;

	while (node != HTML_NONE && !html_is(html, node, "blockquote"))
		node = html_after(html, node, 0);
	return node;
}

static enum rp_status
read_copy(struct x_value *value, uint32_t node, struct article_embed *embed,
          struct rp_error *err)
{
	const uint32_t text = json_get(value->doc, node, RP_SLICE("html"));
	struct article article = { .arena = value->batch->arena };
	uint32_t quote;
	struct html html;
	enum rp_status st = html_parse(article.arena, x_text(value, text),
	                               RP_SLICE("utf-8"), &html, err);

	if (st != RP_OK)
		return st;
	quote = blockquote(&html);
	if (quote == HTML_NONE)
		return rp_fail(err, RP_BAD_ITEM, "\"html\" shows no post");
	embed->printed = RP_TIME_NONE;
	if (!article_read_x(&article, &html, quote, embed))
		value->batch->full = true;
	if (embed->text.n == 0)
		return rp_fail(err, RP_BAD_ITEM, "\"html\" has no text");
	return RP_OK;
}

enum rp_status
x_oembed_post(struct x_value *value, uint32_t node, struct rp_error *err)
{
	const uint32_t url = json_get(value->doc, node, RP_SLICE("url"));
	struct url_meaning meaning;
	struct article_embed embed = { .cut = false };
	struct observation *seen;
	enum rp_status st;

	if (!url_meaning(value->batch->arena, x_text(value, url), &meaning)) {
		value->batch->full = true;
		return RP_OK;
	}
	if (meaning.kind != URL_POST || key_platform(meaning.key) != PLATFORM_X)
		return rp_fail(err, RP_BAD_ITEM, "\"url\" is of no post of X");
	st = read_copy(value, node, &embed, err);
	if (st != RP_OK || value->batch->full)
		return st;
	seen = x_add(value->batch, &value->batch->observations, sizeof(*seen));
	if (seen == NULL)
		return RP_OK;
	seen->post.kind = KIND_POST;
	seen->post.key = meaning.key;
	seen->post.author = embed.author.n ? embed.author : meaning.author;
	seen->post.time = post_x_time(meaning.key, embed.printed);
	seen->version.text = embed.text;
	seen->version.text_raw = embed.text_raw;
	seen->version.lang = embed.lang;
	seen->version.printed = embed.printed;
	seen->version.as_of = value->as_of;
	seen->version.truncated = embed.cut;
	seen->record = value->batch->records.n - 1;
	seen->bytes = value->doc->nodes[node].n;
	return RP_OK;
}
