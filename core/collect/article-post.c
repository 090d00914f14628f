/*
 * Posts out of an article: itself, its quotations, the updates of a live blog, and the
 * posts of others that it shows.
 */
#include "core/base/url.h"
#include "core/collect/article.h"
#include "core/collect/links.h"

enum {
	HASH_DIGITS = 16,
	ADDRESS_MAX_BYTES =
		KEY_MAX_BYTES - 64, /* its quotations have more in their keys */
	SHORT_BODY_BYTES = 1500,
	/* Searched for quotations, which takes fifty times the room;
	 * articles have 20 KB. */
	QUOTING_MAX_BYTES = 3 << 20,
};

struct writing {
	struct article *article;
	struct batch_lists *lists;
	struct arena *arena; /* the lists' */
	size_t record;
	uint32_t bytes;
	struct rp_slice key, author; /* the article's */
	size_t text_bytes;           /* of its text */
	struct rp_error *err;
};

static enum rp_status
full(struct writing *w)
{
	return rp_fail(w->err, RP_BAD_ITEM, "an article with too much in it");
}

/* ---- keys ---------------------------------------------------------------- */

static bool
hash_digits(struct arena *arena, struct rp_slice bytes, struct rp_slice *out)
{
	const struct sha256 hash = sha256_of(bytes);
	char hex[SHA256_HEX + 1];

	sha256_hex(&hash, hex);
	return arena_copy(arena, rp_slice_from(hex, HASH_DIGITS), out);
}

/* "press:URL", or of a page without address what its bytes are. */
static bool
article_key(struct writing *w, struct rp_slice bytes)
{
	struct rp_slice native;

	if (w->article->address.n > 0 && w->article->address.n <= ADDRESS_MAX_BYTES) {
		if (!key_make(w->arena, PLATFORM_PRESS, w->article->address, &w->key))
			return false;
		if (key_valid(w->key))
			return true;
	}
	w->article->address = RP_SLICE(""); /* nobody could ask for it by that */
	return hash_digits(w->arena, bytes, &native) &&
	       arena_join(w->arena, RP_SLICE("sha256:"), native, &native) &&
	       key_make(w->arena, PLATFORM_PRESS, native, &w->key);
}

static bool
add_account(struct writing *w, struct rp_slice key, struct rp_slice handle,
            struct rp_slice name)
{
	struct account *account = batch_add_account(w->lists);

	if (account == NULL)
		return false;
	account->key = key;
	account->handle = handle;
	account->name = name;
	account->first = account->last = RP_TIME_UNKNOWN;
	return true;
}

/* The outlet: by the host of its pages, else by its name; of a text that names neither,
 * who wrote it. */
static bool
article_author(struct writing *w)
{
	const struct rp_slice publisher = w->article->publisher;
	struct rp_slice host = article_site(w->article->address);

	if (host.n == 0)
		host = publisher.n > 0 ? publisher : w->article->byline;
	if (host.n == 0)
		return true;
	if (!key_make_account(w->arena, PLATFORM_PRESS, host, &w->author))
		return false;
	if (!key_valid(w->author)) {
		w->author = RP_SLICE("");
		return true;
	}
	return add_account(w, w->author, article_site(w->article->address),
	                   publisher.n > 0 ? publisher : host);
}

/* ---- observations -------------------------------------------------------- */

/* One more, of the record; its key is a copy in the lists' arena. */
static struct observation *
observe(struct writing *w, struct rp_slice key, enum post_kind kind)
{
	struct observation *seen = batch_add_observation(w->lists);

	if (seen == NULL)
		return NULL;
	seen->post.key = key;
	seen->post.kind = kind;
	seen->post.time = RP_TIME_NONE;
	seen->version.printed = RP_TIME_NONE;
	seen->version.as_of = w->article->as_of;
	seen->record = w->record;
	seen->bytes = w->bytes;
	return seen;
}

/* All blocks as one text. */
static bool
body_text(struct writing *w, struct rp_slice *out)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, RECORD_MAX_BYTES);
	for (size_t i = 0; i < w->article->n_blocks; i++) {
		const struct press_block *block = &w->article->blocks[i];

		if (text.n > 0)
			buf_add_str(&text, "\n\n");
		if (block->kind == PRESS_LIST_ITEM)
			buf_add_str(&text, "- ");
		else if (block->kind == PRESS_BLOCKQUOTE ||
		         block->kind == PRESS_PULL_QUOTE)
			buf_add_str(&text, "> ");
		buf_add(&text, block->text);
	}
	return !buf_failed(&text) && arena_copy(w->arena, buf_slice(&text), out);
}

/* To the posts it shows, and to itself in other languages. */
static bool
stated_edges(struct writing *w, struct observation *seen)
{
	const struct article *article = w->article;
	struct observed_edge *edges = arena_array(
		w->arena, article->n_embeds + article->n_translations, sizeof(*edges));

	if (edges == NULL)
		return false;
	for (size_t i = 0; i < article->n_embeds; i++)
		edges[i] = (struct observed_edge){ .type = EDGE_QUOTE,
			                           .origin = ORIGIN_PLATFORM,
			                           .parent = article->embeds[i].key };
	seen->n_edges = article->n_embeds;
	for (size_t i = 0; i < article->n_translations; i++) {
		struct observed_edge *edge = &edges[seen->n_edges];

		*edge = (struct observed_edge){ .type = EDGE_SAME_AS,
			                        .origin = ORIGIN_PLATFORM };
		if (!key_make(w->arena, PLATFORM_PRESS, article->translations[i],
		              &edge->parent))
			return false;
		seen->n_edges += key_valid(edge->parent);
	}
	seen->edges = edges;
	return true;
}

/* And to those it links to, of which an address may tell the author. */
static bool
link_edges(struct writing *w, struct observation *seen)
{
	const struct article *article = w->article;
	const size_t record = seen->record;
	struct post_links links = { .n = 0 };
	struct observation ghosts[LINKS_MAX], *ghost;
	size_t n = 0;

	for (size_t i = 0; i < article->n_links; i++)
		if (!links_add(&links, w->arena, article->links[i]))
			return false;
	if (!links_find(&links, w->arena, seen->version.text) ||
	    !links_become_edges(&links, w->arena, seen, ghosts, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		ghost = batch_add_observation(w->lists);
		if (ghost == NULL)
			return false;
		*ghost = ghosts[i];
		ghost->record = record;
		ghost->bytes = w->bytes;
	}
	return true;
}

static enum rp_status
observe_article(struct writing *w)
{
	const struct article *article = w->article;
	struct observation *seen = observe(w, w->key, KIND_ARTICLE);

	if (seen == NULL)
		return full(w);
	seen->post.author = w->author;
	seen->post.time = article->published;
	seen->post.title = article->title;
	seen->post.url = article->address;
	seen->version.lang = article->lang;
	seen->version.printed = article->published;
	if (seen->version.as_of == RP_TIME_UNKNOWN && rp_time_exact(article->modified))
		seen->version.as_of = article->modified.lo;
	seen->version.damaged = article->damaged;
	if (!body_text(w, &seen->version.text) || !stated_edges(w, seen))
		return full(w);
	w->text_bytes = seen->version.text.n;
	seen->version.truncated =
		article->paywalled && seen->version.text.n < SHORT_BODY_BYTES;
	return link_edges(w, seen) ? RP_OK : full(w);
}

static enum rp_status
observe_embed(struct writing *w, const struct article_embed *embed)
{
	const bool told = embed->text.n > 0;
	struct observation *seen = observe(w, embed->key, told ? KIND_POST : KIND_GHOST);
	struct observed_edge *reply;

	if (seen == NULL)
		return full(w);
	seen->post.author = embed->author;
	seen->post.time = key_platform(embed->key) == PLATFORM_X
	                          ? post_x_time(embed->key, embed->printed)
	                          : key_time(embed->key);
	seen->version.text = embed->text;
	seen->version.text_raw = embed->text_raw;
	seen->version.lang = told ? embed->lang : RP_SLICE("");
	seen->version.printed = embed->printed;
	seen->version.as_of = RP_TIME_UNKNOWN; /* a copy, of nobody knows when */
	seen->version.truncated = embed->cut;
	if (embed->parent.n > 0 && told) {
		reply = arena_alloc(w->arena, sizeof(*reply));
		if (reply == NULL)
			return full(w);
		*reply = (struct observed_edge){ .type = EDGE_REPLY,
			                         .origin = ORIGIN_PLATFORM,
			                         .parent = embed->parent };
		seen->edges = reply;
		seen->n_edges = 1;
	}
	if (embed->author.n > 0 && embed->handle.n > 0 &&
	    !add_account(w, embed->author, embed->handle, embed->name))
		return full(w);
	return RP_OK;
}

/* ---- updates of a live blog ---------------------------------------------- */

/* The address of its own with the fragment, unless that could be a quotation's ("q1");
 * else what it says. */
static bool
update_key(struct writing *w, const struct article_update *update, struct rp_slice *out)
{
	const size_t at = rp_slice_find_byte(update->url, '#');
	struct rp_slice fragment = rp_slice_skip(update->url, at), native = RP_SLICE("");

	if (update->url.n > 0 &&
	    !url_clean(w->arena, rp_slice_from(update->url.p, at), &native))
		return false;
	if (native.n > 0 && !rp_slice_starts(fragment, RP_SLICE("#q")) &&
	    (fragment.n > 1 || !rp_slice_eq(native, w->article->address))) {
		if (!arena_join(w->arena, native, fragment, &native) ||
		    !key_make(w->arena, PLATFORM_PRESS, native, out))
			return false;
		if (key_valid(*out))
			return true;
	}
	return arena_printf(w->arena, &native, "%lld ", (long long)update->time.lo) &&
	       arena_join(w->arena, native, update->headline, &native) &&
	       arena_join(w->arena, native,
	                  update->headline.n > 0 ? RP_SLICE("") : update->text,
	                  &native) &&
	       hash_digits(w->arena, native, &native) &&
	       arena_join(w->arena, RP_SLICE("#u"), native, &native) &&
	       arena_join(w->arena, w->key, native, out);
}

static enum rp_status
observe_update(struct writing *w, const struct article_update *update)
{
	struct observation *seen;
	struct rp_slice key;

	if (!update_key(w, update, &key) || (seen = observe(w, key, KIND_POST)) == NULL)
		return full(w);
	seen->post.author = w->author;
	seen->post.time = update->time;
	seen->post.title = update->headline;
	seen->post.conversation = w->key;
	seen->version.text = update->text.n > 0 ? update->text : update->headline;
	seen->version.lang = w->article->lang;
	seen->version.printed = update->time;
	return RP_OK;
}

/* ---- quotations ---------------------------------------------------------- */

/* A day ends, as far as an article tells of it, when that comes out. */
static struct rp_time
by_then(struct rp_time day, struct rp_time published)
{
	if (rp_time_known(published) && published.hi < day.hi &&
	    (day.lo == RP_TIME_UNKNOWN || published.hi >= day.lo))
		day.hi = published.hi;
	return day;
}

/* The day the text tells; else it was said by the time the article came out. */
static struct rp_time
quotation_time(const struct article *article, const struct press_quotation *quotation)
{
	struct rp_time time = article->published;

	if (rp_time_known(quotation->time))
		return by_then(quotation->time, time);
	if (!rp_time_known(time))
		return RP_TIME_NONE;
	time.lo = RP_TIME_UNKNOWN;
	time.basis = RP_BASIS_ARTICLE;
	if (time.precision < RP_PRECISION_DAY)
		time.precision = RP_PRECISION_DAY;
	return time;
}

static enum rp_status
observe_quotation(struct writing *w, const struct press_quotation *quotation, size_t n)
{
	struct observation *seen;
	struct rp_slice suffix, key;

	if (!arena_printf(w->arena, &suffix, "#q%zu", n) ||
	    !arena_join(w->arena, w->key, suffix, &key) ||
	    (seen = observe(w, key, KIND_PRESS_QUOTE)) == NULL)
		return full(w);
	seen->post.time = quotation_time(w->article, quotation);
	seen->post.conversation = w->key;
	seen->post.place = quotation->venue;
	seen->post.context = quotation->context;
	seen->post.url = w->article->address;
	seen->version.text = quotation->text;
	seen->version.lang = w->article->lang;
	if (quotation->speaker.n == 0)
		return RP_OK;
	if (!key_make_account(w->arena, PLATFORM_SPOKEN, quotation->speaker,
	                      &seen->post.author))
		return full(w);
	if (!key_valid(seen->post.author)) {
		seen->post.author = RP_SLICE("");
		return RP_OK;
	}
	return add_account(w, seen->post.author, RP_SLICE(""), quotation->speaker)
	               ? RP_OK
	               : full(w);
}

static enum rp_status
observe_quotations(struct writing *w)
{
	const struct article *article = w->article;
	const struct press_article known = {
		.lang = article->lang,
		.title = article->title,
		.author = article->byline,
		.published = article->published.lo != RP_TIME_UNKNOWN
		                     ? article->published.lo
		                     : article->published.hi,
		.zone = article->zone,
	};
	const struct press_quotation *quotations = NULL;
	const char *const too_long = "too long to be searched for quotations";
	size_t n = 0;
	enum rp_status st;

	/* the article itself is worth keeping */
	if (w->text_bytes > QUOTING_MAX_BYTES)
		return batch_reject(w->lists, 0, 0, 1, too_long, w->err);
	st = press_quotations(article->arena, &known, article->blocks, article->n_blocks,
	                      &quotations, &n, w->err);
	if (st == RP_BAD_ITEM)
		return batch_reject(w->lists, 0, 0, 1, too_long, w->err);
	for (size_t i = 0; st == RP_OK && i < n; i++)
		st = observe_quotation(w, &quotations[i], i + 1);
	return st;
}

enum rp_status
article_observe(struct article *article, struct rp_slice bytes, struct batch_lists *lists,
                struct rp_error *err)
{
	struct writing w = { .article = article,
		             .lists = lists,
		             .arena = lists->arena,
		             .record = lists->n_records - 1,
		             .bytes = (uint32_t)bytes.n,
		             .err = err };
	enum rp_status st;

	if (!article_key(&w, bytes) || !article_author(&w))
		return full(&w);
	st = observe_article(&w);
	for (size_t i = 0; st == RP_OK && i < article->n_embeds; i++)
		st = observe_embed(&w, &article->embeds[i]);
	for (size_t i = 0; st == RP_OK && i < article->n_updates; i++)
		st = observe_update(&w, &article->updates[i]);
	return st == RP_OK ? observe_quotations(&w) : st;
}
