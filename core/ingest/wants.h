/*
 * Single posts worth asking for: those that others refer to and that are not held, and
 * those that are held and may have changed.
 */
#ifndef RIPOSTE_CORE_INGEST_WANTS_H
#define RIPOSTE_CORE_INGEST_WANTS_H

#include "storage/store.h"

struct want {
	struct rp_slice key;
	struct rp_slice author; /* key of the account; empty: unknown */
	struct rp_slice url;    /* where it was read, if not where its key says */
	enum edge_type by;      /* of a ghost: the strongest that leads to it */
	bool named;             /* by the user: whatever else leads to it */
	bool due;       /* of a post: it could be edited when it was seen last, and
	                   no longer can */
	int64_t looked; /* of a post: when it was last seen, or asked for; unknown: never
	                 */
};

/* Texts live in the arena. */
struct wants {
	struct want *list;
	size_t n, room;
	struct arena *arena;
};

/*
 * Every ghost that can be asked for by its key: answered ones first, then quoted ones,
 * reposts and links; of each the newest ids first.  Speeches and entries of feeds cannot
 * be.  Reads every ghost of the archive, and the edges that lead to it.
 */
enum rp_status wants_ghosts(struct store *store, struct wants *out,
                            struct rp_error *err) RP_MUST_USE;

/*
 * The same of what hangs together with a post, or a conversation, of that key; first the
 * post itself, where it is not held.
 */
enum rp_status wants_around(struct store *store, struct rp_slice key, struct wants *out,
                            struct rp_error *err) RP_MUST_USE;

/* Take out what comes twice, and put all in order. */
void wants_order(struct wants *wants);

/*
 * Posts that match and whose platform can be asked for them: those first that could be
 * edited when they were last seen, then those that were not looked at for longest.
 */
enum rp_status wants_posts(struct store *store, const struct filter *filter, int64_t now,
                           struct wants *out, struct rp_error *err) RP_MUST_USE;

/*
 * May somebody be asked for it?  Never again where it was found, after a month where it
 * was said to be gone, after a week where nothing was said.
 */
enum rp_status wants_may_ask(struct store *store, struct rp_slice key,
                             struct rp_slice way, int64_t now, bool *out,
                             struct rp_error *err) RP_MUST_USE;

/* What came of asking, if that was at `since` or later.  RP_NOT_FOUND: nobody did. */
enum rp_status wants_looked(struct store *store, struct rp_slice key, struct rp_slice way,
                            int64_t since, enum look_outcome *out,
                            struct rp_error *err) RP_MUST_USE;

#endif
