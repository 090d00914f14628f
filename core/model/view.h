/*
 * Views: what a writer is handed.  Finished, in order, asking for nothing more.
 *
 * Built in an arena by core/thread and cmd; every slice lives in that arena.
 */
#ifndef RIPOSTE_CORE_MODEL_VIEW_H
#define RIPOSTE_CORE_MODEL_VIEW_H

#include "core/model/capture.h"
#include "core/model/person.h"
#include "core/model/post.h"
#include "core/model/source.h"

#define VIEW_NO_NODE SIZE_MAX

struct view_author {
	struct rp_slice key; /* account key; empty: unknown */
	struct rp_slice handle, name;
	const struct person *person; /* NULL: nobody we know */
	enum post_state state;       /* what is said of the account; live: nothing */
};

struct view_edge {
	enum edge_type type;
	enum edge_origin origin;
	int confidence_percent; /* 100 unless inferred */
	struct rp_slice rule;
	struct rp_slice parent_key;
	size_t parent; /* node index, VIEW_NO_NODE when the parent is not in this view */
	bool impossible; /* parent's id is later than the child's: kept, not followed */
	bool cyclic;     /* dropped from the structure to break a cycle */
};

/* One post in a view: its shown version, and its place. */
struct view_post {
	struct post post;       /* post.time is the stated one */
	struct rp_time time;    /* ... narrowed by parents, children, attesting posts */
	bool time_conflict;     /* they empty the interval; the stated one is kept */
	struct version version; /* the wording shown; text empty for ghosts */
	uint32_t n_versions;    /* wordings known; ghosts 0 */
	const struct version *versions; /* all of them, oldest first: see wordings() */
	const struct rp_slice *edits; /* its later ids, as the platform says, in order */
	size_t n_edits;
	struct view_author author;
	enum post_state state;
	/* Gone: the last moment a source showed it, and the first it was said to be gone;
	 * RP_TIME_UNKNOWN where nobody told, or it is there. */
	int64_t seen_until, gone_by;
	const struct view_edge *edges; /* stated and inferred, primary first */
	size_t n_edges;
	/* Of a repost in a list: what it passes on, as far as we know it; else NULL. */
	const struct view_post *passed_on;
};

/* Looking-related facts about one post: `show` and `export` only. */
struct view_seen {
	int64_t first, last;            /* when we read it: captures' times */
	const struct capture *captures; /* each once, by first sighting */
	size_t n_captures;
	const struct sighting *sightings;
	size_t n_sightings;
	const struct edge *children; /* who answers, quotes, reposts it; keys are set */
	size_t n_children;
	const struct rp_slice *aliases; /* its other keys, bytewise */
	size_t n_aliases;
};

/* Which version of its parent a reply was made to, where that is not the last. */
struct view_answered {
	uint32_t n; /* from 1, by the platform's ids; 0: the last, or not known */
	struct rp_slice key;           /* the id it stood under */
	const struct version *version; /* NULL: its wording is not held */
};

struct view_node {
	struct view_post p;
	size_t parent; /* node index of the primary parent; VIEW_NO_NODE: top level */
	struct view_edge via; /* the primary edge; meaningless without a parent */
	struct view_answered answered;
	uint32_t depth; /* 0: top level */
	uint32_t turn;  /* from 1; 0: in no turn (ghosts) */
	int64_t shown;  /* sort instant; RP_TIME_UNKNOWN sorts last */
	const struct view_author *reposters; /* of the reposts folded into it, by time */
	size_t n_reposts;
	int64_t first_repost, last_repost;
	size_t copy_of; /* node index of the first copy; VIEW_NO_NODE: none */
	bool quoted_by; /* a known-mute quotation: shown, does not join the threads */
};

/* Why a thread is not complete. */
enum view_why_code { WHY_GHOST_PARENT, WHY_GAP, WHY_TRUNCATED_ANSWER, WHY_LIMIT };
const char *view_why_name(enum view_why_code code);

struct view_why {
	enum view_why_code code;
	struct rp_slice key;  /* of the post it is about; may be empty */
	struct rp_slice text; /* one sentence */
};

/* A gap in what sources saw of a view's time, as far as it lies in it. */
struct view_gap {
	struct rp_slice label; /* "@handle", "the conversation", what else was followed */
	int64_t from, until;
	struct rp_slice why;
};

/*
 * How well the accounts of a view, and its conversations, were followed in its time:
 * whole by some source, or all of them together; with gaps that are known; in part, with
 * nothing known of the rest; not at all.  Labels are in the order of the view.
 */
struct view_coverage {
	int64_t from, until; /* the view's time; RP_TIME_UNKNOWN, both: it has none */
	const struct rp_slice *whole, *partly, *unfollowed;
	size_t n_whole, n_partly, n_unfollowed; /* the last: accounts alone */
	const struct view_gap *gaps;            /* that no other source fills */
	size_t n_gaps;
	const struct coverage
		*stretches; /* that reach into it, as the archive has them */
	size_t n_stretches;
	bool ever; /* one of them was followed at some time */
};

struct thread_view {
	struct rp_slice root; /* the thread's id: its smallest key by (time, key) */
	bool complete;
	const struct view_why *why;
	size_t n_why;
	struct view_coverage coverage;
	const struct view_node *nodes; /* in display order */
	size_t n_nodes;
};

/* Consecutive posts of one author. */
struct view_turn {
	uint32_t n; /* from 1 */
	struct view_author author;
	const size_t *nodes; /* node indices, in order */
	size_t n_nodes;
	struct rp_time first, last; /* of its first and last post */
	uint32_t answers;           /* turn it answers; 0: none in this exchange */
	bool before_bound_only; /* latency is an upper bound: an interval is involved */
	struct rp_slice via; /* "@ns123abc" and the like when others stand between; may be
	                        empty */
	uint32_t via_posts;
	int64_t latency_lo,
		latency_hi; /* microseconds; RP_TIME_UNKNOWN when it answers nothing */
};

struct exchange_view {
	const struct person *const *people; /* as asked for */
	size_t n_people;
	bool complete;
	const struct view_why *why;
	size_t n_why;
	struct view_coverage coverage;
	const struct view_turn *turns;
	size_t n_turns;
	const struct view_node
		*nodes; /* in display order: the turns' posts and the ghosts between */
	size_t n_nodes;
	const struct person *last_word; /* NULL: nobody, or undetermined */
	bool last_word_undetermined;
};

#endif
