/*
 * Random things to do to a store, the same in every store for the same seed.
 *
 * A change names everything by number (key 3, capture 2 of those made so far), so it can
 * be made in several stores whose handles differ.
 */
#ifndef RIPOSTE_TESTS_CONTRACT_RANDOM_H
#define RIPOSTE_TESTS_CONTRACT_RANDOM_H

#include "tests/contract/contract.h"

uint64_t random_next(uint64_t *seed);

enum change_kind {
	/* derived: may be made in any order, with the same result */
	CHANGE_SHOW,  /* a capture shows a post: post, version, sighting, perhaps an edge
	               */
	CHANGE_REFER, /* a post is referred to */
	CHANGE_EDIT,  /* a key turns out to be an edit of another */
	CHANGE_ACCOUNT, /* an account is shown */
	CHANGE_STATE,   /* somebody says what became of a post or an account */
	CHANGE_INFER,   /* an edge is inferred */
	CHANGE_DERIVED, /* number of those */

	CHANGE_ALIAS = CHANGE_DERIVED, /* any key becomes an alias of any other */
	CHANGE_RUN,
	CHANGE_RUN_END,
	CHANGE_CAPTURE, /* with records in it */
	CHANGE_AGAIN,
	CHANGE_REJECT,
	CHANGE_DROP, /* everything derived */
	CHANGE_KINDS,
};

struct change {
	enum change_kind kind;
	uint64_t n[4]; /* what it is about; taken modulo whatever there is */
};

struct change random_change(uint64_t *seed, unsigned kinds);

/* A store and the handles given out so far. */
enum { WORLD_MAX = 2000 };
struct world {
	struct fixture f;
	struct {
		int64_t runs[WORLD_MAX];
		bool open[WORLD_MAX];
		int64_t captures[WORLD_MAX];
		size_t capture_run[WORLD_MAX];
		int64_t records[WORLD_MAX];
		size_t n_runs, n_captures, n_records;
	} now, then; /* then: when the transaction began */
	bool fresh;  /* what the last version put said */
};

void world_open(struct world *world, const struct backend *backend);
void world_close(struct world *world);
DEFINE_CLEANUP_DONE(struct world, world_close);

void world_begin(struct world *world);
void world_commit(struct world *world);
void world_rollback(struct world *world);

/* Makes a change in the open transaction. */
void world_change(struct world *world, const struct change *change);

/* Run, captures and records that derived changes can be about. */
void world_facts(struct world *world);

/* A filter over what random changes put; lives in the fixture's arena. */
struct filter random_filter(struct fixture *f, uint64_t *seed);

#endif
