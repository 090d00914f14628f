/*
 * Sources: configured places to collect from, how far we got in each, what of them was
 * seen and what was missed, what every run did there and what it cost.
 *
 * Facts, all of it: nothing here is made again by rebuild.  Plain records without I/O;
 * slices are borrowed from whoever filled them in.
 */
#ifndef RIPOSTE_CORE_MODEL_SOURCE_H
#define RIPOSTE_CORE_MODEL_SOURCE_H

#include "core/base/slice.h"
#include "core/base/time.h"

/* Where a source stands.  Times are microseconds UTC, RP_TIME_UNKNOWN: never. */
struct source_state {
	struct rp_slice name;      /* of its section in the config file */
	struct rp_slice collector; /* "x": what understands the cursor */
	struct rp_slice
		cursor; /* opaque to all but the collector; empty: from the start */
	int64_t due;    /* not to be asked before; unknown: at once */
	int64_t tried, worked;   /* when it was last asked; when that last went well */
	uint32_t failures;       /* in a row, since then */
	bool paused;             /* by the user */
	struct rp_slice trouble; /* what the last run ended with; empty: all well */
};

/*
 * A stretch of time, [from, until), in which a source was seen whole, or was not.  Those
 * of one source and subject do not overlap and are joined where they meet and agree.
 */
struct coverage {
	struct rp_slice source;  /* its name */
	struct rp_slice subject; /* whose posts: an account key, "conversation:KEY",
	                            "feed:…", "query:…"; one source may follow several */
	int64_t from, until;
	bool gap;
	struct rp_slice why; /* of a gap: one sentence, no newline: "more posts than X
	                        lists (3200)" */
	int64_t run;         /* that found it so */
};

/* How a source fared in one run. */
enum source_end {
	SOURCE_DONE,    /* all that is to be had was had */
	SOURCE_STOPPED, /* by a signal, or its budget: goes on where it was */
	SOURCE_LATER,   /* limited, unreachable, broken off: to be tried again */
	SOURCE_FAILED,  /* needs somebody to act: no such account, a token refused */
};
const char *
source_end_name(enum source_end end); /* "done", "stopped", "later", "failed" */

struct source_run {
	int64_t run;
	struct rp_slice source;
	int64_t began, ended;
	uint64_t requests, unchanged; /* answers of a server; 304s among them */
	uint64_t captures, records, fresh, same, versions, rejected;
	uint64_t bytes_in;   /* decoded */
	int64_t spent_micro; /* millionths of a dollar */
	enum source_end end;
	struct rp_slice why; /* one sentence; empty: done without a remark */
};

/*
 * Money spent, or about to be.  Written before a request with all that it may cost, and
 * again with what it did cost: whoever is killed in between has spent the most.
 */
struct spending {
	int64_t id; /* 0: not written yet */
	int64_t run;
	struct rp_slice source;
	struct rp_slice payer; /* whose money: "x", or "x:LABEL" with several tokens */
	struct rp_slice what;  /* row of the price table: "x.post" */
	int64_t at;
	uint64_t units;
	int64_t micro; /* millionths of a dollar, in all */
	bool settled;
};

/* What came of asking for one post, or account, by its id. */
enum look_outcome {
	LOOK_FOUND,
	LOOK_GONE,    /* said to be deleted, suspended, protected, withheld */
	LOOK_NOTHING, /* the one who was asked has nothing to say about it */
};

struct look {
	struct rp_slice key; /* of the post or account */
	struct rp_slice way; /* who was asked: "x", "x-embed", "wayback", "bsky", … */
	int64_t at;
	enum look_outcome outcome;
	int64_t run;
};

#endif
