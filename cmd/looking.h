/*
 * Inside of `riposte fill` and `riposte recheck`: single posts, and the ways of asking
 * for them, each of which is one or more sources that are made up and asked like any
 * other.
 */
#ifndef RIPOSTE_CMD_LOOKING_H
#define RIPOSTE_CMD_LOOKING_H

#include "cmd/collecting.h"
#include "core/base/jsonw.h"
#include "core/ingest/wants.h"

/* In the order in which they are tried: what is free before what costs, what is sure
 * before what is not. */
enum way { WAY_EMBED, WAY_BSKY, WAY_MASTO, WAY_PRESS, WAY_X, WAY_WAYBACK };
enum { WAYS = WAY_WAYBACK + 1 };

#define WAY(way) (1U << (unsigned)(way))

/* "x-embed": as looks and made sources ("fill:x-embed") have it. */
const char *way_name(enum way way);

/* One post that is looked for. */
struct sought {
	struct want want;
	struct rp_slice ask_as; /* the key that who is asked has it under; empty: that */
	struct rp_slice
		held_as; /* the archive has it under this key; empty: it has not */
	unsigned asked;  /* bits of ways, in this run */
	bool found;      /* somebody had it: */
	enum way by;
	bool gone;     /* somebody said that it is */
	bool answered; /* who was asked knew something of it */
};

struct looking {
	struct collecting run; /* run.made */
	struct sought *list;
	size_t n;
	bool again;   /* ask, whatever was asked before */
	bool recheck; /* the posts are held: they are asked for all the same */
	struct source_run told[WAYS]; /* sums; end: the worst */
	size_t asked[WAYS];
	size_t withheld; /* that X's API was not asked for, for want of --budget */
};

/* ---- looking-ways.c ------------------------------------------------------------- */

/* Sources that ask for something, made for one pass. */
struct made_way {
	struct source source; /* first: a gather_source has its address */
	enum way way;
	size_t *who; /* places in looking.list */
	size_t n;
	struct rp_slice cursor;
};
struct made_ways {
	struct made_way **list;
	size_t n, room;
};

/* X's API is asked with a token and a budget alone. */
bool looking_may_buy(struct looking *looking);

/* May this post be asked for that way now? */
enum rp_status looking_may_ask(struct looking *looking, const struct sought *sought,
                               enum way way, bool *out, struct rp_error *err) RP_MUST_USE;

/* The sources of a pass; those posts are `asked` by then. */
enum rp_status looking_make(struct looking *looking, unsigned ways, struct made_ways *out,
                            struct rp_error *err) RP_MUST_USE;

/* ---- looking-page.c ------------------------------------------------------------- */

/* The cursor of a source that asks for an article which is held: only if it changed. */
enum rp_status looking_write_cursor(struct looking *looking, struct made_way *made,
                                    const struct want *want,
                                    struct rp_error *err) RP_MUST_USE;

/* ---- looking.c ------------------------------------------------------------------ */

/* What the options say, over inv->config, which may be empty. */
int looking_configure(struct looking *looking);
/* Let go of all; gives exit_status, or does not return where a signal ended it. */
int looking_done(struct looking *looking, int exit_status);

/* The wants, at most `most` of them, become what is looked for. */
enum rp_status looking_for(struct looking *looking, const struct wants *wants,
                           size_t most, struct rp_error *err) RP_MUST_USE;

/*
 * --dry-run: a line a post with the ways that would be tried.  --estimate: what X's API
 * may cost at the most.  Gives an exit status.
 */
int looking_foresee(struct looking *looking, unsigned ways, bool costs);

/* Ask those of these ways for all that was not found yet; RP_END: stopped. */
enum rp_status looking_pass(struct looking *looking, unsigned ways,
                            struct rp_error *err) RP_MUST_USE;

/* "12 requests, $0.05" of all ways. */
void looking_add_costs(const struct looking *looking, struct rp_buf *out);
/* The member "ways" of a summary. */
void looking_ways_json(const struct looking *looking, struct jsonw *json);
/* Of what failed or must wait, if nothing came of it all. */
int looking_trouble(const struct looking *looking);

#endif
