#include "core/thread/emit.h"

/* places: where each node of the tree stands in the view. */
static size_t
place_in_view(const size_t *places, size_t node)
{
	return node != VIEW_NO_NODE ? places[node] : VIEW_NO_NODE;
}

static bool
emit_reposters(const struct node *node, const struct authors *authors,
               struct arena *arena, struct view_node *out)
{
	struct view_author *list = arena_array(arena, node->n_reposts, sizeof(*list));

	if (list == NULL)
		return false;
	for (size_t i = 0; i < node->n_reposts; i++)
		list[i] = authors->list[node->reposts[i]->author].view;
	out->reposters = list;
	out->n_reposts = node->n_reposts;
	out->first_repost = node->first_repost;
	out->last_repost = node->last_repost;
	return true;
}

static enum rp_status
emit_node(const struct tree *tree, struct looker *looker, size_t i, const size_t *places,
          struct view_node *out, struct rp_error *err)
{
	const struct node *node = &tree->nodes[i];
	const struct link *primary = node_primary(node);
	struct view_post post;
	enum rp_status st = look_at(looker, &node->vertex->post, &post, err);

	if (st != RP_OK)
		return st;
	for (size_t k = 0; k < node->n_links; k++)
		node->links[k].edge.parent =
			place_in_view(places, node->links[k].edge.parent);
	if (!links_show(node->links, node->n_links, node->primary, looker->arena, &post))
		return rp_fail_memory(err);
	post.time = node->time;
	post.time_conflict = node->time_conflict;
	*out = (struct view_node){
		.p = post,
		.parent = place_in_view(places, node->parent),
		.depth = node->depth,
		.turn = node->turn,
		.shown = node->shown,
		.copy_of = VIEW_NO_NODE,
		.quoted_by = node->quoted_by,
	};
	if (primary != NULL)
		out->via = primary->edge;
	return emit_reposters(node, looker->authors, looker->arena, out)
	               ? RP_OK
	               : rp_fail_memory(err);
}

/* How many of the ids that a post was to have it had at a time. */
static uint32_t
ids_by(const struct view_post *post, int64_t us)
{
	uint32_t n = 1;

	while (n <= post->n_edits && key_time(post->edits[n - 1]).lo <= us)
		n++;
	return n;
}

/* A reply is about what it could see. */
static void
find_answered(const struct view_node *nodes, struct view_node *reply)
{
	const struct view_post *parent;
	const struct rp_time when = reply->p.post.time;
	struct view_answered *out = &reply->answered;

	if (reply->parent == VIEW_NO_NODE || reply->via.type != EDGE_REPLY ||
	    when.lo == RP_TIME_UNKNOWN || when.hi == RP_TIME_UNKNOWN)
		return;
	parent = &nodes[reply->parent].p;
	if (ids_by(parent, when.lo) > parent->n_edits ||
	    ids_by(parent, when.lo) != ids_by(parent, when.hi))
		return;
	out->n = ids_by(parent, when.lo);
	out->key = out->n > 1 ? parent->edits[out->n - 2] : parent->post.key;
	for (uint32_t i = 0; i < parent->n_versions; i++) {
		const struct version *version = &parent->versions[i];

		if (rp_slice_eq(version->native.n ? version->native : parent->post.key,
		                out->key))
			out->version = version;
	}
}

enum rp_status
emit_nodes(struct tree *tree, struct looker *looker, const size_t *order, size_t n,
           struct view_node **out, struct rp_error *err)
{
	struct view_node *nodes = arena_array(looker->arena, n, sizeof(*nodes));
	size_t *places = arena_array(tree->scratch, tree->n, sizeof(*places));
	enum rp_status st = RP_OK;

	if (nodes == NULL || places == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < tree->n; i++)
		places[i] = VIEW_NO_NODE;
	for (size_t i = 0; i < n; i++)
		places[order[i]] = i;
	for (size_t i = 0; st == RP_OK && i < n; i++)
		st = emit_node(tree, looker, order[i], places, &nodes[i], err);
	for (size_t i = 0; st == RP_OK && i < n; i++)
		find_answered(nodes, &nodes[i]);
	*out = nodes;
	return st;
}

/* ---- why it is not complete
 * ------------------------------------------------------------ */

static const char *
said_of(enum post_state state)
{
	switch (state) {
	case STATE_DELETED:
		return "was deleted before it was seen here";
	case STATE_SUSPENDED:
		return "is not in the archive: the account was suspended";
	case STATE_PROTECTED:
		return "is not in the archive: the account is protected";
	case STATE_WITHHELD:
		return "is withheld and not in the archive";
	case STATE_UNAVAILABLE:
		return "is unavailable and not in the archive";
	case STATE_LIVE:
	case STATE_EDITED:
	case STATE_NEVER_SEEN:
		break;
	}
	return "is not in the archive";
}

static bool
tell_ghost(const struct view_node *node, struct arena *arena, struct view_why *out)
{
	const struct view_author *author = &node->p.author;
	struct rp_slice label = RP_LIT(""), who = RP_LIT("a post ");

	out->code = WHY_GHOST_PARENT;
	out->key = node->p.post.key;
	if (author->key.n > 0 &&
	    (!author_label(author, arena, &label) ||
	     !arena_join(arena, RP_SLICE("a post by "), label, &who) ||
	     !arena_join(arena, who, RP_SLICE(" "), &who)))
		return false;
	return arena_join(arena, who, rp_slice_str(said_of(node->p.state)), &out->text);
}

enum rp_status
emit_why(const struct graph *graph, const struct view_node *nodes, size_t n,
         struct arena *arena, const struct view_why **out, size_t *n_out,
         struct rp_error *err)
{
	struct view_why *why;
	size_t n_why = graph->limited;

	for (size_t i = 0; i < n; i++)
		n_why += nodes[i].p.post.kind == KIND_GHOST;
	why = arena_array(arena, n_why, sizeof(*why));
	if (why == NULL)
		return rp_fail_memory(err);
	n_why = 0;
	for (size_t i = 0; i < n; i++)
		if (nodes[i].p.post.kind == KIND_GHOST &&
		    !tell_ghost(&nodes[i], arena, &why[n_why++]))
			return rp_fail_memory(err);
	if (graph->limited) {
		why[n_why].code = WHY_LIMIT;
		if (!arena_printf(arena, &why[n_why++].text,
		                  "more than %zu posts hang together here; the rest is "
		                  "left out",
		                  graph->ceiling))
			return rp_fail_memory(err);
	}
	*out = why;
	*n_out = n_why;
	return RP_OK;
}
