/*
 * From a post as one language writes it to an observation, the same for both: a file of
 * the API and an export that show the same post must come to the same version of it.
 */
#include "core/collect/masto.h"

#include "core/base/url.h"

struct rp_slice
masto_key(struct masto *masto, struct rp_slice uri)
{
	return value_key(masto->value, PLATFORM_MASTO, uri);
}

struct rp_slice
masto_address_key(struct masto *masto, struct rp_slice address)
{
	struct url_meaning meaning = { .kind = URL_OTHER };

	if (!url_meaning(masto->value->arena, address, &meaning))
		masto->value->full = true;
	return meaning.kind == URL_POST ? meaning.key : masto_key(masto, address);
}

void
masto_add_media(struct masto_post *post, struct rp_slice url)
{
	/* Each server has a store of its own, and an export a folder; the place inside
	 * is that of the first. */
	size_t store = rp_slice_find(url, RP_SLICE("media_attachments/files/"));

	if (store < url.n)
		url = rp_slice_skip(url, store);
	if (url.n > 0 && post->n_media < MASTO_MEDIA_MAX)
		post->media[post->n_media++] = url;
}

struct rp_slice
masto_poll(struct masto *masto, uint32_t options, const char *member)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct masto_each each = masto_each(masto->value->doc, options);
	uint32_t node;

	buf_init(&out, RECORD_MAX_BYTES);
	while (masto_next(&each, &node)) {
		struct rp_slice text =
			value_text(masto->value, json_get(masto->value->doc, node,
		                                          rp_slice_str(member)));

		for (size_t i = 0; i < text.n; i++)
			buf_add_byte(&out, text.p[i] == '\n' ? ' ' : text.p[i]);
		buf_add_byte(&out, '\n');
	}
	return value_copy(masto->value, &out);
}

/* Other posts that the text has the address of. */
static void
find_links(struct masto *masto, const struct masto_words *words, struct post_links *links)
{
	struct arena *arena = masto->value->arena;
	bool fits = true;

	for (size_t i = 0; i < words->n_links && fits; i++)
		fits = links_add(links, arena, words->links[i]);
	masto->value->full |= !fits || !links_find(links, arena, words->text);
}

/* "RE: …" counts where nothing else tells what is quoted. */
static void
add_quote(struct masto *masto, const struct masto_post *post,
          const struct masto_words *words, struct value_edges *edges)
{
	if (post->quote.n > 0)
		value_refer(edges, EDGE_QUOTE, masto_key(masto, post->quote));
	else if (post->local_quote.n == 0 && words->quoted.n > 0)
		value_refer(edges, EDGE_QUOTE, masto_address_key(masto, words->quoted));
}

static struct rp_slice
mention_lines(struct masto *masto, const struct masto_post *post)
{
	CLEANUP(buf_done) struct rp_buf out;

	buf_init(&out, RECORD_MAX_BYTES);
	for (size_t i = 0; i < post->n_mentions; i++) {
		buf_add(&out, post->mentions[i].key);
		buf_add_byte(&out, ' ');
		buf_add(&out, post->mentions[i].handle);
		buf_add_byte(&out, '\n');
	}
	return value_copy(masto->value, &out);
}

/* A boost says nothing of its own; what it passes on is a post by itself. */
static enum rp_status
read_words(struct masto *masto, struct masto_post *post, struct observation *o,
           struct value_edges *edges, struct post_links *links, struct rp_error *err)
{
	struct value *value = masto->value;
	struct masto_words words;
	struct rp_slice raw;
	enum rp_status st = masto_words(masto, post, &words, err);

	if (st != RP_OK)
		return st;
	raw = value_text(value, post->content);
	o->version.text = words.text;
	if (!rp_slice_eq(words.text, raw))
		o->version.text_raw = raw;
	o->version.damaged = json_damaged(value->doc, post->content);
	o->version.lang = post->lang;
	o->version.mentions = mention_lines(masto, post);
	o->version.media = value_lines(value, post->media, post->n_media);
	o->version.poll = post->poll;
	add_quote(masto, post, &words, edges);
	find_links(masto, &words, links);
	return RP_OK;
}

static void
describe(struct masto *masto, const struct masto_post *post, struct observation *o)
{
	o->post.kind = post->kind;
	o->post.key = masto_key(masto, post->uri);
	o->post.author = post->author;
	o->post.time = post->made;
	o->post.title = post->title;
	/* The address of the page, where it is not the id. */
	if (!rp_slice_eq(post->url, post->uri) &&
	    rp_slice_starts(post->url, RP_SLICE("http")))
		o->post.url = post->url;
	o->version.printed = rp_time_known(post->changed) ? post->changed : post->made;
	o->version.as_of = o->version.printed.lo;
	if (!post->of_history && masto->value->as_of > o->version.as_of)
		o->version.as_of = masto->value->as_of; /* unknown is the smallest */
}

enum rp_status
masto_observe(struct masto *masto, struct masto_post *post, struct rp_error *err)
{
	struct observation o = { .record = 0 };
	struct masto_local local = { .id = post->local_id,
		                     .reply = post->local_reply,
		                     .quote = post->local_quote };
	struct value_edges edges = { .n = 0 };
	struct post_links links = { .n = 0 };
	enum rp_status st;

	describe(masto, post, &o);
	if (o.post.key.n == 0)
		return rp_fail(err, RP_BAD_ITEM, "no id that could be its key");
	value_refer(&edges, EDGE_REPLY, masto_key(masto, post->reply));
	value_refer(&edges, EDGE_REPOST, masto_key(masto, post->reposted));
	if (post->kind != KIND_REPOST &&
	    (st = read_words(masto, post, &o, &edges, &links, err)) != RP_OK)
		return st;
	local.observation = masto->value->lists->n_observations;
	if (!value_observed(masto->value, post->node, &o, edges.list, edges.n, &links))
		return RP_OK;
	if (local.id.n > 0 || local.reply.n > 0 || local.quote.n > 0)
		masto_add_local(masto, &local);
	return RP_OK;
}
