/*
 * Inside of the importer of feeds: what feed.c, which makes batches, needs of the files
 * that make posts of entries.
 *
 * feed-key.c makes keys, feed-network.c finds the posts of other platforms behind
 * entries, feed-text.c the text and its links, feed-post.c the post.
 *
 * Functions that are bool are false when the arena is full.
 */
#ifndef RIPOSTE_CORE_COLLECT_FEED_POST_H
#define RIPOSTE_CORE_COLLECT_FEED_POST_H

#include "core/base/zone.h"
#include "core/collect/feed.h"
#include "core/collect/links.h"
#include "core/collect/lists.h"

extern const struct collector_ops feed_collector;

/* What all entries of a feed share. */
struct feed_source {
	const struct feed *feed;
	struct rp_slice identity; /* "#" is %23 in it */
	struct rp_slice author;   /* account of who says what nobody signed */
	const struct zone *zone;  /* of times without one; NULL: not known */
	int64_t as_of;            /* when the feed was so; RP_TIME_UNKNOWN: not told */
	struct arena *scratch;    /* with the entry; what a post keeps is elsewhere */
};

/* ---- feed-key.c ------------------------------------------------------------- */

/*
 * What entries of this feed are known under: Atom's id, else the address the feed gives
 * as its own, else `url`, else the page it goes with, else its title.
 * Never the name of the file: the same bytes must say the same.
 */
bool feed_identity(struct arena *arena, const struct feed *feed, struct rp_slice url,
                   struct rp_slice *out) RP_MUST_USE;

/* "feed:IDENTITY#ID"; an id that no key can hold stands as the SHA-256 of it. */
bool feed_key(struct arena *arena, struct rp_slice identity, struct rp_slice id,
              struct rp_slice *out) RP_MUST_USE;

/* The key of an entry: by its id, else its link, else title and date, else its text. */
bool feed_entry_key(struct arena *arena, struct rp_slice identity,
                    const struct feed_entry *entry, struct rp_slice *out) RP_MUST_USE;

/* "feed:@IDENTITY#NAME"; without a name that of the feed, "feed:@IDENTITY". */
bool feed_author_key(struct arena *arena, struct rp_slice identity, struct rp_slice name,
                     struct rp_slice *out) RP_MUST_USE;

/* ---- feed-network.c --------------------------------------------------------- */

/* A post of another platform whose feed this is. */
struct feed_native {
	struct rp_slice key;    /* empty: it is an entry of its own */
	struct rp_slice author; /* account key */
	struct rp_slice handle, name;
	struct rp_slice quoted; /* key of the post it quotes; may be empty */
	struct rp_slice html;   /* its words, without that post's */
	struct rp_slice base;   /* what links in it are relative to */
	struct rp_slice host;   /* addresses there stand for those of x.com; may be empty
	                         */
};

bool feed_native(struct arena *arena, const struct feed *feed,
                 const struct feed_entry *entry, struct feed_native *out) RP_MUST_USE;

/* ---- feed-text.c ------------------------------------------------------------ */

struct feed_words {
	struct rp_slice text;
	struct post_links links; /* posts that it has the address of */
};

/* The text of a post as people read it; native may be NULL.  Keys are made in the arena,
 * all else in `scratch`. */
bool feed_words(struct arena *arena, struct arena *scratch,
                const struct feed_entry *entry, const struct feed_native *native,
                struct feed_words *out) RP_MUST_USE;

/* ---- feed-post.c ------------------------------------------------------------ */

struct feed_source feed_source(const struct feed *feed, const struct zone *zone,
                               struct arena *scratch);

/*
 * One post, its author, its edges; what `record` is of the batch is up to the caller, and
 * that the ghosts (room for LINKS_MAX) come behind it.
 */
bool feed_post(struct batch_lists *lists, const struct feed_source *source,
               const struct feed_entry *entry, struct observation *out,
               struct observation *ghosts, size_t *n_ghosts_out) RP_MUST_USE;

#endif
