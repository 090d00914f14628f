/*
 * Which posts: what the search language is parsed into and stores understand.
 *
 * All conditions must hold.  An empty filter takes every post.
 */
#ifndef RIPOSTE_CORE_MODEL_FILTER_H
#define RIPOSTE_CORE_MODEL_FILTER_H

#include "core/model/post.h"

/*
 * Words that must stand in the text of any version; each term may stand in another one.
 * Words are runs of letters and digits; a term without any stands nowhere.
 */
struct filter_term {
	struct rp_slice text; /* a word, or the words of a phrase in order; case and
	                         accents do not matter */
	bool prefix;          /* "stargat*" */
	bool negated;
};

/* Accounts of which one must be the author: keys and, for one person, several of them. */
struct filter_authors {
	const struct rp_slice
		*keys; /* account keys; "x:@name?" matches by handle, now or once */
	size_t n;
	bool negated;
};

/*
 * By (lo, precision, key) with unknown times last, shorter keys first: of numbers that is
 * the order.  DOWN turns all but the unknown round.
 */
enum filter_order { ORDER_TIME, ORDER_TIME_DOWN, ORDER_KEY };

/*
 * An exact time decides by itself whether it lies between two dates.  Of others the store
 * has what is stated, and threads may know more: LOOSE gives every post that may lie
 * between them then, also one without any time, for the caller to decide.
 */
enum filter_times { TIMES_ANY, TIMES_EXACT, TIMES_LOOSE };

struct filter {
	const struct filter_term *terms;
	size_t n_terms;
	const struct filter_authors
		*authors; /* each must hold: from:a from:b finds nothing */
	size_t n_authors;
	unsigned platforms; /* bits 1 << enum platform; 0: any */
	/*
	 * time.hi >= since and time.lo < until; RP_TIME_UNKNOWN: no bound.  A bound that
	 * the post's time lacks is no obstacle, but a post without any time fulfils
	 * neither.
	 */
	int64_t since, until;
	enum filter_times times;
	bool ghosts; /* also posts that are only referred to */
	enum filter_order order;
	uint64_t limit; /* 0: all */
};

#define FILTER_ALL ((struct filter){ .since = RP_TIME_UNKNOWN, .until = RP_TIME_UNKNOWN })

#endif
