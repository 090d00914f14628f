/*
 * Posts and edges out of the store: all that belongs to a thread, whichever of its posts
 * one starts from.
 *
 * Posts are tied in two steps.  A *set* is what replies, reposts, the platform's
 * conversation and the user's word hold together.  A quotation or link ties two sets only
 * if its author has a word in the quoted set, or if somebody of the quoted set answered
 * it; otherwise it is *mute*: shown as "quoted by".  (Else one popular post would fuse
 * all threads into one.)  Both steps look at sets as a whole and at edges from both
 * ends, so the outcome is the same from everywhere and for every order of arrival.
 *
 * Left out of both: inferred edges, impossible ones, ATTESTS, links to articles, and
 * whatever a repost refers to beside the post it passes on.
 */
#ifndef RIPOSTE_CORE_THREAD_LOAD_H
#define RIPOSTE_CORE_THREAD_LOAD_H

#include "core/thread/author.h"
#include "core/thread/link.h"

struct vertex {
	struct post post;
	size_t author; /* in graph.authors */
	uint32_t set;  /* from 1; 0: met as a neighbour only */
	struct link *links;
	size_t n_links;
	bool has_links;
	struct vertex *root;   /* of its conversation; NULL: none, or itself */
	int64_t after, before; /* bounds by not_before, not_after and attesting posts */
	enum rp_precision bounds_precision;
	struct vertex *folded; /* a repost's original; see build.h */
	size_t node;           /* place in the tree; VIEW_NO_NODE: none */
};

/* A quotation or link from one set to another, seen from either end. */
struct quotation {
	int64_t child, parent;
	struct quotation *next;
};

struct set {
	bool in;       /* wanted: its quotations are followed */
	size_t joined; /* union-find over sets by quotations that tie */
	struct quotation *quotations;
};

struct mute {
	struct vertex *child, *parent;
};

struct attest {
	struct vertex *what;
	int64_t by;
};

/* Growing array in the scratch arena. */
struct list {
	void *items;
	size_t n, cap;
};

struct graph {
	struct store *store;
	struct authors *authors;
	struct arena *arena;       /* of the view: texts */
	struct arena *scratch;     /* all else */
	size_t ceiling;            /* vertices at most */
	bool limited;              /* the ceiling was met: something is missing */
	struct map *by_id;         /* 8 bytes of a handle -> vertex */
	struct map *conversations; /* key -> 1 + vertex of the root; 0: not tied to it */
	struct map *spoke;         /* set and author -> 1 */
	struct list vertices;      /* struct vertex * */
	struct list queue;         /* struct vertex *, to be expanded */
	size_t expanded;           /* of the queue */
	struct list sets;          /* struct set; [0] unused */
	struct list waiting; /* uint32_t, sets whose quotations are to be followed */
	size_t waited;
	struct list mutes;   /* struct mute */
	struct list attests; /* struct attest: attesting posts of what is in a set */
	bool follow_asked;   /* load the sets of mute quotations by people asked for */
};

enum rp_status graph_init(struct graph *graph, struct authors *authors,
                          struct arena *arena, struct arena *scratch, size_t ceiling,
                          struct rp_error *err) RP_MUST_USE;
void graph_done(struct graph *graph);
DEFINE_CLEANUP_DONE(struct graph, graph_done);

/*
 * The vertex of a post, read from the store when it is new; *out is NULL at the ceiling
 * and for a handle without a post.
 */
enum rp_status graph_vertex(struct graph *graph, int64_t post, struct vertex **out,
                            struct rp_error *err) RP_MUST_USE;

/*
 * Load the set of a vertex and all that is tied to it.  Breadth first; each post costs
 * its row, its edges both ways and its author, and at the head of a conversation a look
 * for its members.
 */
enum rp_status graph_want(struct graph *graph, struct vertex *vertex,
                          struct rp_error *err) RP_MUST_USE;

/* The links of a vertex that is in no set; others have them. */
enum rp_status graph_links(struct graph *graph, struct vertex *vertex,
                           struct rp_error *err) RP_MUST_USE;

/* The vertex of a handle, NULL when it was not loaded. */
struct vertex *graph_held(const struct graph *graph, int64_t post);

/* The joined set that stands for this one. */
size_t graph_joined(struct graph *graph, size_t set);
void graph_join(struct graph *graph, size_t a, size_t b);

static inline struct set *
graph_set(const struct graph *graph, size_t set)
{
	return (struct set *)graph->sets.items + set;
}

static inline struct vertex *
graph_at(const struct graph *graph, size_t i)
{
	return ((struct vertex **)graph->vertices.items)[i];
}

/* In a set that is wanted. */
static inline bool
graph_has(const struct graph *graph, const struct vertex *vertex)
{
	return vertex->set != 0 && graph_set(graph, vertex->set)->in;
}

/* Append an item of `size` bytes; NULL when the arena is full. */
void *list_add(struct list *list, struct arena *arena, size_t size) RP_MUST_USE;

#endif
