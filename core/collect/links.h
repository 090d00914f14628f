/*
 * Posts that a text has the address of, on any network: they become edges of type link.
 */
#ifndef RIPOSTE_CORE_COLLECT_LINKS_H
#define RIPOSTE_CORE_COLLECT_LINKS_H

#include "core/collect/collector.h"

/* Long lists of addresses are no conversation. */
enum { LINKS_MAX = 32 };

struct post_link {
	struct rp_slice key;
	struct rp_slice author; /* account key the address names; may be empty */
};

/* Each post once, in the order of the text.  Zeroed to begin with. */
struct post_links {
	struct post_link list[LINKS_MAX];
	size_t n;
};

/* An address that the source tells apart from the text (an entity, an href): a link when
 * it is that of a post.  false: the arena is full. */
bool links_add(struct post_links *links, struct arena *arena,
               struct rp_slice address) RP_MUST_USE;

/*
 * Addresses written out in a text.  A text without any costs one look at each of its
 * slashes.  false: the arena is full.
 */
bool links_find(struct post_links *links, struct arena *arena,
                struct rp_slice text) RP_MUST_USE;

/* The next word of a text that may be the address of a post; *rest goes behind it. */
bool links_next(struct rp_slice *rest, struct rp_slice *address_out);

/*
 * Derived edges behind those that *o has, but for links to itself, to one of its aliases,
 * and to posts that it answers, quotes or links to already.  false: the arena is full.
 *
 * An author that an address names is all we may ever learn of the other post: `ghosts`
 * (room for LINKS_MAX) gets an observation of each such post, to be put behind *o in the
 * batch.
 */
bool links_become_edges(const struct post_links *links, struct arena *arena,
                        struct observation *o, struct observation *ghosts,
                        size_t *n_ghosts_out) RP_MUST_USE;

#endif
