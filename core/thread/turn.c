#include "core/base/map.h"
#include "core/thread/build.h"

/* Own posts this close together are one turn though they answer nothing. */
#define TURN_PAUSE (30 * RP_MINUTE)

/* Where a voice stands while we walk through time. */
struct voice {
	size_t last;      /* node; its latest post */
	bool interrupted; /* somebody addressed it since */
};

struct voices {
	struct tree *tree;
	struct map *by_owner; /* bytes of node_voice() -> index */
	const void **owners;  /* one a node, so that the map can borrow them */
	struct voice *list;
	size_t n;
	size_t floor; /* node; who spoke aloud last, be it somebody not asked for */
	uint32_t turns;
};

static bool
replies(const struct node *node)
{
	for (size_t k = 0; k < node->n_links; k++)
		if ((node->links[k].edge.type == EDGE_REPLY ||
		     node->links[k].edge.type == EDGE_QUOTE) &&
		    node->links[k].edge.origin != ORIGIN_INFERRED)
			return true;
	return false;
}

static bool
soon_after(const struct node *before, const struct node *node)
{
	int64_t gap;

	return before->shown != RP_TIME_UNKNOWN && node->shown != RP_TIME_UNKNOWN &&
	       !__builtin_sub_overflow(node->shown, before->shown, &gap) &&
	       gap <= TURN_PAUSE;
}

static bool
is_spoken(const struct node *node)
{
	return node->vertex->post.kind == KIND_SPOKEN;
}

/* Aloud, everybody hears everybody: whoever speaks in between ends a turn. */
static bool
kept_the_floor(const struct voices *voices, const struct node *before,
               const struct node *node)
{
	return !is_spoken(before) || !is_spoken(node) ||
	       before == &voices->tree->nodes[voices->floor];
}

/* The node goes on with the turn of `before`, the same voice's post before it. */
static bool
goes_on(const struct voices *voices, const struct node *before, const struct node *node)
{
	const struct tree *tree = voices->tree;

	if (node_answers(node) && tree->nodes[node->parent].turn == before->turn)
		return true;
	if (node_answers(node) && node_answers(before) && node->parent == before->parent)
		return true;
	return !replies(node) && soon_after(before, node) &&
	       kept_the_floor(voices, before, node);
}

static struct voice *
voice_of(struct voices *voices, const struct node *node, bool *fresh)
{
	const void **owner = &voices->owners[node - voices->tree->nodes];
	const struct rp_slice key = { (const char *)owner, sizeof(*owner) };
	uint32_t *at;

	*owner = node_voice(voices->tree, node);
	at = map_put(voices->by_owner, key, (uint32_t)voices->n, fresh);
	if (at == NULL)
		return NULL;
	voices->n += *fresh;
	return &voices->list[*at];
}

static bool
interrupt(struct voices *voices, const struct node *node)
{
	const struct node *parent;
	struct voice *voice;
	bool fresh;

	if (!node_answers(node))
		return true;
	parent = &voices->tree->nodes[node->parent];
	if (parent->turn == 0 ||
	    node_voice(voices->tree, parent) == node_voice(voices->tree, node))
		return true;
	voice = voice_of(voices, parent, &fresh);
	if (voice != NULL)
		voice->interrupted = true;
	return voice != NULL;
}

static bool
is_in_turn(const struct node *node)
{
	return !node->quoted_by && node->vertex->post.kind != KIND_GHOST &&
	       node->vertex->post.kind != KIND_REPOST;
}

static bool
take_turn(struct voices *voices, size_t i)
{
	struct node *node = &voices->tree->nodes[i];
	const struct node *before;
	struct voice *voice;
	bool fresh = true;

	if (node_voice(voices->tree, node) == NULL) {
		node->turn = ++voices->turns; /* nobody known: a turn by itself */
		return true;
	}
	voice = voice_of(voices, node, &fresh);
	if (voice == NULL)
		return false;
	before = fresh ? NULL : &voices->tree->nodes[voice->last];
	if (before != NULL && !voice->interrupted && goes_on(voices, before, node))
		node->turn = before->turn;
	else
		node->turn = ++voices->turns;
	*voice = (struct voice){ .last = i };
	return true;
}

enum rp_status
tree_turns(struct tree *tree, const size_t *by_time, const bool *heard,
           struct rp_error *err)
{
	CLEANUP(map_free) struct map *by_owner = map_new();
	struct voices voices = { .tree = tree, .by_owner = by_owner };

	voices.owners = arena_array(tree->scratch, tree->n, sizeof(*voices.owners));
	voices.list = arena_array(tree->scratch, tree->n, sizeof(*voices.list));
	if (by_owner == NULL || voices.owners == NULL || voices.list == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < tree->n; i++) {
		struct node *node = &tree->nodes[by_time[i]];

		if (is_in_turn(node) && (heard == NULL || heard[by_time[i]]) &&
		    (!interrupt(&voices, node) || !take_turn(&voices, by_time[i])))
			return rp_fail_memory(err);
		if (is_spoken(node))
			voices.floor = by_time[i];
	}
	return RP_OK;
}
