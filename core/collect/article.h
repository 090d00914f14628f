/*
 * Inside of the importer of articles: a page, or a text copied out of one.
 *
 * article.c is the collector.  Of a page article-meta.c (with article-json.c) reads what
 * it says of itself, article-embed.c the posts shown in it, article-body.c its blocks; of
 * a text without markup article-text.c reads all of that.  article-post.c makes posts:
 * the article, its quotations, what is embedded in it.
 *
 * What these find is in the arena or in static storage.  Functions that are bool are
 * false when the arena is full.
 */
#ifndef RIPOSTE_CORE_COLLECT_ARTICLE_H
#define RIPOSTE_CORE_COLLECT_ARTICLE_H

#include "core/base/date.h"
#include "core/base/zone.h"
#include "core/collect/lists.h"
#include "core/collect/press.h"
#include "core/parse/html.h"

extern const struct collector_ops article_collector;

enum {
	ARTICLE_MAX_EMBEDS = 4096,
	ARTICLE_MAX_BLOCKS = 1 << 16,
	ARTICLE_MAX_LINKS = 4096,
	ARTICLE_MAX_UPDATES = 1 << 14,
	ARTICLE_MAX_TRANSLATIONS = 16,
};

/* One entry of a live blog. */
struct article_update {
	struct rp_slice headline, text, url;
	struct rp_time time;
};

/* A post of another platform that the article shows. */
struct article_embed {
	struct rp_slice key;
	struct rp_slice author; /* account key; may be empty */
	struct rp_slice handle, name;
	struct rp_slice text, text_raw, lang; /* empty text: only the key is known */
	struct rp_slice parent;               /* key of the post it answers */
	struct rp_time printed;
	bool cut;
};

struct article {
	struct arena *arena;
	struct rp_slice options;
	int64_t as_of;           /* when the page was so; may be unknown */
	const struct zone *zone; /* the publisher's, as the user says; NULL: not known */

	struct rp_slice address; /* clean; empty: nobody tells */
	struct rp_slice title, byline, publisher, lang;
	struct rp_time published, modified;
	struct rp_slice told_body; /* the body as the metadata has it; may be empty */
	bool is_page;              /* no text without markup */
	bool is_article;           /* it says so itself */
	bool paywalled;            /* "isAccessibleForFree": false */
	bool damaged;

	struct press_block *blocks;
	size_t n_blocks, room_blocks;
	struct rp_slice *links; /* hrefs in the blocks */
	size_t n_links, room_links;
	struct article_embed *embeds;
	size_t n_embeds, room_embeds;
	struct article_update *updates;
	size_t n_updates, room_updates;
	struct rp_slice translations[ARTICLE_MAX_TRANSLATIONS]; /* clean addresses */
	size_t n_translations;
};

/* The context for date_read(): the publisher's zone, basis article. */
static inline struct date_context
article_dates(const struct article *article)
{
	return (struct date_context){ article->zone, RP_BASIS_ARTICLE };
}

static inline bool
article_has(struct rp_slice text, const char *part)
{
	return rp_slice_find(text, rp_slice_str(part)) < text.n;
}

/* One time more that the article is said to be of: the earliest is kept, the finer of two
 * that fit each other. */
void article_published(struct article *article, struct rp_time time);

/* A block more, with blanks trimmed; nothing when it is empty or there are too many. */
bool article_add_block(struct article *article, enum press_block_kind kind,
                       struct rp_slice text, struct rp_slice cite) RP_MUST_USE;

/* Bytes of text in the blocks. */
size_t article_text_bytes(const struct article *article);

/* ---- article-meta.c, article-json.c -------------------------------------- */

/* What the page says of itself; gone: the elements that show posts of others. */
enum rp_status article_read_meta(struct article *article, struct rp_slice page,
                                 const struct html *html, const bool *gone,
                                 struct rp_error *err) RP_MUST_USE;

/* Where else the address of the page may be. */
struct article_addresses {
	struct rp_slice linked; /* JSON-LD: url, mainEntityOfPage */
};

/* One <script type="application/ld+json">; one that cannot be read says nothing. */
enum rp_status article_read_json(struct article *article, struct rp_slice script,
                                 struct article_addresses *addresses,
                                 struct rp_error *err) RP_MUST_USE;

/* ---- article-address.c --------------------------------------------------- */

/* "journal.example" of "https://www.journal.example:8080/x". */
struct rp_slice article_host(struct rp_slice address);
/* The same without "www.", "m.", "mobile." and "amp.". */
struct rp_slice article_site(struct rp_slice address);
bool article_is_home_page(struct rp_slice address);

/* ---- article-embed.c, article-embed-x.c ---------------------------------- */

/* The posts that are shown in the page; gone[node] is set for the elements that show
 * them, which are no text of the article. */
enum rp_status article_read_embeds(struct article *article, const struct html *html,
                                   bool *gone, struct rp_error *err) RP_MUST_USE;

/* The copy of an X post below a node: text, author, time, parent.  key is set. */
bool article_read_x(struct article *article, const struct html *html, uint32_t node,
                    struct article_embed *embed) RP_MUST_USE;

/* "— Name (@handle)" behind the text of a copy; nothing when there is none. */
bool article_read_signature(struct article *article, const struct html *html,
                            uint32_t top, struct article_embed *embed) RP_MUST_USE;

/* ---- article-body.c, article-text.c -------------------------------------- */

bool article_read_body(struct article *article, const struct html *html,
                       const bool *gone) RP_MUST_USE;

/* Paragraphs of a text, by empty lines where it has any, else by lines. */
bool article_add_paragraphs(struct article *article, struct rp_slice text) RP_MUST_USE;

bool article_read_text(struct article *article, struct rp_slice text) RP_MUST_USE;

/* ---- article-sniff.c ----------------------------------------------------- */

/* Is a text without markup, or the front of it, an article? */
bool article_is_text(struct rp_slice head);

/* ---- article-post.c ------------------------------------------------------ */

/* Everything the article says, into the batch; its record is the last one. */
enum rp_status article_observe(struct article *article, struct rp_slice bytes,
                               struct batch_lists *lists,
                               struct rp_error *err) RP_MUST_USE;

#endif
