/*
 * The text of an X post made readable: what it says, without what X put around it.
 *
 *	1. What X hides goes: the mentions in front of a reply, and behind the text the
 *	   links to the post's own media, to the post it quotes, and to itself.
 *	2. Every t.co link becomes the address its author wrote (expanded_url, not where
 *	   a crawl ended up: that changes with time).
 *	3. &amp; &lt; &gt; are decoded, once, outside of those addresses.
 *	4. Blanks at both ends go; newlines inside stay.
 *
 * X counts offsets in code points of the text as it came, still escaped.  Files that
 * passed through other tools count otherwise or wrong, so no offset is believed before
 * the link's own text stands there; else UTF-16 is tried, then the text is searched, and
 * what is not found is left out.  A display range is believed only when it hides mentions
 * in front and links behind, and nothing else.
 *
 * Links to the post's own media are taken out in the middle of a text too: they say no
 * more than the list of media, and every vintage writes their addresses differently.
 */
#ifndef RIPOSTE_CORE_COLLECT_X_TEXT_H
#define RIPOSTE_CORE_COLLECT_X_TEXT_H

#include "core/base/arena.h"
#include "core/base/slice.h"

enum x_link_use {
	X_LINK_SAID,  /* the author's: expanded */
	X_LINK_QUOTE, /* to the quoted post: hidden at the end */
	X_LINK_SELF, /* to this post: hidden at the end; "… https://t.co/x" marks a cut */
	X_LINK_MEDIA, /* hidden everywhere */
};

struct x_link {
	int64_t start;       /* as told, in code points; -1: not told */
	struct rp_slice url; /* as it stands in the text: "https://t.co/AbCdEfGhIj" */
	struct rp_slice expanded; /* empty: not told, then url stays */
	enum x_link_use use;
};

struct x_words {
	struct rp_slice text; /* as it came, JSON decoded, still escaped */
	struct x_link *links; /* sorted here */
	size_t n_links;
	const struct rp_slice *handles; /* of the accounts it mentions */
	size_t n_handles;
	int64_t from, to; /* display range in code points; -1: not told */
	bool reply;       /* no range is told, and mentions in front may be hidden */
	bool cut;         /* the source says that there is more of it */
};

/*
 * *out is in the arena or a part of words->text.  *cut_out: the text ends in "…" and a
 * link to the post itself, so there is more of it.  false when the arena is full.
 *
 * Linear in the text and its links.
 */
bool x_text_clean(struct x_words *words, struct arena *arena, struct rp_slice *out,
                  bool *cut_out) RP_MUST_USE;

/* &amp; &lt; &gt; decoded, once; *out may be `text` itself.  false: the arena is full. */
bool x_text_unescape(struct rp_slice text, struct arena *arena,
                     struct rp_slice *out) RP_MUST_USE;

#endif
