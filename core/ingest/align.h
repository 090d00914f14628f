/*
 * Which turns of several renditions of one event are one post.
 *
 * The same speaker, and three in five of the shorter text's runs of three words are in
 * the other; as many turns as possible, in order.  The first rendition's turns keep their
 * keys; a turn of another one gets the key of its like, or one of its own, from its key
 * and its words: "spoken:EVENT/7.5bd0c7e1".
 */
#ifndef RIPOSTE_CORE_INGEST_ALIGN_H
#define RIPOSTE_CORE_INGEST_ALIGN_H

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/threes.h"

struct turn {
	struct rp_slice stated; /* its key in its rendition */
	struct rp_slice key;    /* its key; set by align() */
	struct rp_slice author;
	struct sha256 words; /* of the folded text */
	struct threes threes;
};

struct rendition {
	struct turn *turns; /* in order */
	size_t n;
};

/* Everything is borrowed; keys may be made in the arena.  RP_FAILED: out of memory. */
enum rp_status align(const struct rendition *const *renditions, size_t n,
                     struct arena *arena, struct rp_error *err) RP_MUST_USE;

#endif
