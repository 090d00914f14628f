/*
 * Inside of bundle.c: which of the entries are read, and in which order.
 */
#ifndef RIPOSTE_CORE_COLLECT_BUNDLE_PLAN_H
#define RIPOSTE_CORE_COLLECT_BUNDLE_PLAN_H

#include "core/base/arena.h"
#include "core/collect/bundle.h"

struct bundle_entry;

struct bundle_promise {
	struct rp_slice name; /* of the entry */
	uint64_t count;
	bool posts; /* are what is counted */
	bool kept;  /* there is such an entry */
};

/* An archive of some platform's, somewhere in the bundle. */
struct bundle_group {
	enum bundle_layout { LAYOUT_X, LAYOUT_X_OLD, LAYOUT_MASTODON } layout;
	struct rp_slice covers; /* the folder it is in, with the slash, or empty */
	struct rp_slice base;   /* what its layout's names begin behind */
	struct rp_slice options;
	bool has_posts; /* in its better form */
	/* What its manifest says is in it, of what is read. */
	struct bundle_promise *promises;
	size_t n_promises;
	/* The file that tells best who it is of, until plan_choose(); NULL: none. */
	const struct bundle_entry *owner;
};

struct bundle_entry {
	struct rp_slice name; /* without "./" in front */
	uint64_t size;
	size_t index;               /* in the archive */
	struct bundle_group *group; /* NULL: of none */
	int rank;
	struct rp_slice as;
	unsigned gives, wants;
	bool chosen;
	enum bundle_left_as left; /* if not chosen */
	const char *why;
	bool twin;         /* another of that name stands before it */
	uint64_t promised; /* posts, by the manifest; UINT64_MAX: it is silent */
};

struct bundle_plan {
	struct arena *arena;
	struct bundle_entry *entries;
	size_t n, room;
	struct bundle_group *groups;
	size_t n_groups;
};

/* Find the archives of platforms among the entries, and to which each entry belongs. */
enum rp_status plan_groups(struct bundle_plan *plan, struct rp_error *err) RP_MUST_USE;

/* Take down what a group's manifest promises; a text that is no manifest, nothing. */
enum rp_status plan_promise(struct bundle_plan *plan, struct bundle_group *group,
                            struct rp_slice text, struct rp_error *err) RP_MUST_USE;

/* Choose, and bring what is chosen to the front, in order; how many. */
enum rp_status plan_choose(struct bundle_plan *plan, size_t *n_out,
                           struct rp_error *err) RP_MUST_USE;

#endif
