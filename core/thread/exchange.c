#include "core/thread/coverage.h"
#include "core/thread/emit.h"
#include "core/thread/meeting.h"
#include "core/thread/view.h"

/*
 * Going up from a node: the first of the people's posts, and who stands between.  What is
 * shown though it is in no turn (a ghost, the post that began it all) ends the way: the
 * reader sees what was answered.
 */
struct way {
	size_t up;  /* node; VIEW_NO_NODE: it leads to none of them */
	size_t via; /* the nearest of the others; VIEW_NO_NODE: nobody between */
	uint32_t n_via;
};

struct exchange {
	const struct exchange_request *request;
	struct authors *authors;
	struct looker *looker;
	struct tree *tree;
	size_t *by_time;
	bool *heard; /* nodes that are in turns */
	bool *shown; /* these, and the ghosts and beginnings they answer */
	struct way *ways;
	size_t *order; /* shown nodes by time */
	size_t n_order;
	uint32_t n_turns;
};

/* ---- what is shown
 * --------------------------------------------------------------------- */

/* A post of somebody else that began a thread and is answered here. */
static bool
is_beginning(const struct exchange *x, const struct node *node, const struct link *link)
{
	const struct node *parent = &x->tree->nodes[link->edge.parent];

	return link->edge.type == EDGE_REPLY && link == node_primary(node) &&
	       parent->parent == VIEW_NO_NODE &&
	       x->authors->list[parent->vertex->author].asked == 0;
}

static void
show_answered(struct exchange *x, const struct node *node)
{
	for (size_t k = 0; k < node->n_links; k++) {
		const struct link *link = &node->links[k];

		if (!link_holds(link) || link->edge.parent == VIEW_NO_NODE ||
		    link->edge.type == EDGE_CONV)
			continue;
		if (link->parent->post.kind == KIND_GHOST || is_beginning(x, node, link))
			x->shown[link->edge.parent] = true;
	}
}

static enum rp_status
choose_shown(struct exchange *x, struct rp_error *err)
{
	struct tree *tree = x->tree;

	x->shown = arena_array(tree->scratch, tree->n, sizeof(*x->shown));
	x->order = arena_array(tree->scratch, tree->n, sizeof(*x->order));
	if (x->shown == NULL || x->order == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < tree->n; i++)
		if (x->heard[i]) {
			x->shown[i] = true;
			show_answered(x, &tree->nodes[i]);
		}
	for (size_t i = 0; i < tree->n; i++)
		if (x->shown[x->by_time[i]])
			x->order[x->n_order++] = x->by_time[i];
	return RP_OK;
}

/* ---- who answers whom
 * ------------------------------------------------------------------ */

/* What somebody else's post leads to: a remark it attests, else what it answers. */
static size_t
parent_on_the_way(const struct exchange *x, size_t i)
{
	const struct node *node = &x->tree->nodes[i];

	for (size_t k = 0; !x->heard[i] && k < node->n_links; k++) {
		const struct view_edge *edge = &node->links[k].edge;

		if (edge->type == EDGE_ATTESTS && edge->parent != VIEW_NO_NODE &&
		    x->heard[edge->parent])
			return edge->parent;
	}
	return node_answers(node) ? node->parent : VIEW_NO_NODE;
}

static enum rp_status
find_ways(struct exchange *x, struct rp_error *err)
{
	x->ways = arena_array(x->tree->scratch, x->tree->n, sizeof(*x->ways));
	if (x->ways == NULL)
		return rp_fail_memory(err);
	/* In time order parents come first, so each way is one step on from
	 * its parent's. */
	for (size_t i = 0; i < x->tree->n; i++) {
		size_t node = x->by_time[i], parent = parent_on_the_way(x, node);
		struct way way = { VIEW_NO_NODE, VIEW_NO_NODE, 0 };

		if (parent != VIEW_NO_NODE && x->heard[parent]) {
			way.up = parent;
		} else if (parent != VIEW_NO_NODE && !x->shown[parent] &&
		           x->tree->nodes[parent].vertex->post.kind != KIND_GHOST) {
			way.up = x->ways[parent].up;
			way.via = parent;
			way.n_via = x->ways[parent].n_via + 1;
		}
		x->ways[node] = way;
	}
	return RP_OK;
}

/* ---- turns
 * ----------------------------------------------------------------------------- */

/* hi of an exact time is the end of what it names: "10:15:02" lasts a second. */
static int64_t
latest(struct rp_time time)
{
	static const int64_t unit[] = {
		[RP_PRECISION_UNKNOWN] = 1,         [RP_PRECISION_US] = 1,
		[RP_PRECISION_MS] = 1000,           [RP_PRECISION_S] = RP_SECOND,
		[RP_PRECISION_MIN] = RP_MINUTE,     [RP_PRECISION_HOUR] = RP_HOUR,
		[RP_PRECISION_DAY] = RP_DAY,        [RP_PRECISION_MONTH] = 31 * RP_DAY,
		[RP_PRECISION_YEAR] = 366 * RP_DAY,
	};
	int64_t hi;

	if (!rp_time_exact(time))
		return time.hi == RP_TIME_UNKNOWN ? INT64_MAX : time.hi;
	return __builtin_add_overflow(time.hi, unit[time.precision] - 1, &hi) ? INT64_MAX
	                                                                      : hi;
}

static int64_t
between(int64_t from, int64_t to)
{
	int64_t gap;

	if (from == RP_TIME_UNKNOWN || to == RP_TIME_UNKNOWN ||
	    __builtin_sub_overflow(to, from, &gap))
		return RP_TIME_UNKNOWN;
	return gap > 0 ? gap : 0;
}

static void
measure_latency(const struct view_turn *answered, struct view_turn *turn)
{
	turn->latency_lo = between(answered->last.hi, turn->first.lo);
	turn->latency_hi = between(answered->last.lo, turn->first.hi);
	if (turn->latency_lo == RP_TIME_UNKNOWN)
		turn->latency_lo = 0;
	turn->before_bound_only =
		turn->latency_lo == 0 &&
		(!rp_time_exact(answered->last) || !rp_time_exact(turn->first));
}

/* The first post of the turn that leads out of it; else the first with others above. */
static const struct way *
way_out(const struct exchange *x, const struct view_turn *turn)
{
	const struct way *found = NULL;

	for (size_t i = 0; i < turn->n_nodes; i++) {
		const struct way *way = &x->ways[x->order[turn->nodes[i]]];

		if (way->up != VIEW_NO_NODE && x->tree->nodes[way->up].turn != turn->n)
			return way;
		if (found == NULL && way->up == VIEW_NO_NODE && way->via != VIEW_NO_NODE)
			found = way;
	}
	return found;
}

static enum rp_status
tie_turn(const struct exchange *x, struct view_turn *turns, struct view_turn *turn,
         struct rp_error *err)
{
	const struct way *way = way_out(x, turn);

	turn->latency_lo = turn->latency_hi = RP_TIME_UNKNOWN;
	if (way == NULL)
		return RP_OK;
	if (way->up != VIEW_NO_NODE) {
		turn->answers = x->tree->nodes[way->up].turn;
		measure_latency(&turns[turn->answers - 1], turn);
	}
	turn->via_posts = way->n_via;
	if (way->via != VIEW_NO_NODE) {
		size_t author = x->tree->nodes[way->via].vertex->author;

		if (author != 0 && !author_label(&x->authors->list[author].view,
		                                 x->looker->arena, &turn->via))
			return rp_fail_memory(err);
	}
	return RP_OK;
}

/* Places of each turn's posts, one turn after the other. */
static void
hand_out_nodes(const struct exchange *x, const struct view_node *nodes,
               struct view_turn *turns, size_t *places)
{
	size_t at = 0;

	for (size_t i = 0; i < x->n_order; i++)
		if (nodes[i].turn != 0)
			turns[nodes[i].turn - 1].n_nodes++;
	for (uint32_t t = 0; t < x->n_turns; t++) {
		turns[t].n = t + 1;
		turns[t].nodes = &places[at];
		at += turns[t].n_nodes;
		turns[t].n_nodes = 0;
	}
	for (size_t i = 0; i < x->n_order; i++) {
		struct view_turn *turn;

		if (nodes[i].turn == 0)
			continue;
		turn = &turns[nodes[i].turn - 1];
		if (turn->n_nodes == 0) {
			turn->author = nodes[i].p.author;
			turn->first = nodes[i].p.time;
		}
		turn->last = nodes[i].p.time;
		places[(size_t)(turn->nodes - places) + turn->n_nodes++] = i;
	}
}

static enum rp_status
make_turns(struct exchange *x, const struct view_node *nodes, struct exchange_view *view,
           struct rp_error *err)
{
	struct view_turn *turns;
	size_t *places;
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < x->n_order; i++)
		if (nodes[i].turn > x->n_turns)
			x->n_turns = nodes[i].turn;
	turns = arena_array(x->looker->arena, x->n_turns, sizeof(*turns));
	places = arena_array(x->looker->arena, x->n_order, sizeof(*places));
	if (turns == NULL || places == NULL)
		return rp_fail_memory(err);
	hand_out_nodes(x, nodes, turns, places);
	for (uint32_t t = 0; st == RP_OK && t < x->n_turns; t++)
		st = tie_turn(x, turns, &turns[t], err);
	view->turns = turns;
	view->n_turns = x->n_turns;
	return st;
}

/* ---- the last word
 * --------------------------------------------------------------------- */

/* Whether `turn` answers `other`, or what answers it, and so came after. */
static bool
comes_after(const struct exchange_view *view, const struct view_turn *turn,
            const struct view_turn *other)
{
	/* Each step goes to a turn that began earlier, but forged times may run
	 * in rings. */
	for (size_t steps = 0; turn->answers != 0 && steps <= view->n_turns; steps++) {
		turn = &view->turns[turn->answers - 1];
		if (turn == other)
			return true;
	}
	return false;
}

/* Two remarks of one event came in the order of its transcript, whatever their times. */
static bool
same_event(const struct exchange_view *view, const struct view_turn *a,
           const struct view_turn *b)
{
	const struct post *last_a = &view->nodes[a->nodes[a->n_nodes - 1]].p.post;
	const struct post *last_b = &view->nodes[b->nodes[b->n_nodes - 1]].p.post;

	return last_a->kind == KIND_SPOKEN && last_b->kind == KIND_SPOKEN &&
	       last_a->conversation.n > 0 &&
	       rp_slice_eq(last_a->conversation, last_b->conversation);
}

static void
find_last_word(struct exchange_view *view)
{
	const struct view_turn *last = NULL;

	for (size_t i = view->n_nodes; last == NULL && i-- > 0;)
		if (view->nodes[i].turn != 0)
			last = &view->turns[view->nodes[i].turn - 1];
	if (last == NULL)
		return;
	for (size_t i = 0; i < view->n_turns; i++) {
		const struct view_turn *other = &view->turns[i];

		if (other->author.person == last->author.person ||
		    comes_after(view, last, other) || same_event(view, last, other))
			continue;
		if (last->last.lo == RP_TIME_UNKNOWN ||
		    latest(other->last) > last->last.lo)
			view->last_word_undetermined = true;
	}
	if (!view->last_word_undetermined)
		view->last_word = last->author.person;
}

/* ---- all of it
 * ------------------------------------------------------------------------- */

static enum rp_status
arrange(struct exchange *x, struct rp_error *err)
{
	size_t n;
	enum rp_status st = tree_times(x->tree, err);

	if (st == RP_OK)
		st = meeting_heard(x->tree, x->request, &x->heard, &n, err);
	if (st == RP_OK && n == 0)
		return rp_fail(err, RP_NOT_FOUND,
		               "the archive has nothing between these people");
	if (st == RP_OK)
		st = tree_order_time(x->tree, &x->by_time, err);
	if (st == RP_OK)
		st = tree_turns(x->tree, x->by_time, x->heard, err);
	if (st == RP_OK)
		st = choose_shown(x, err);
	return st == RP_OK ? find_ways(x, err) : st;
}

static enum rp_status
show(struct exchange *x, struct exchange_view *out, struct rp_error *err)
{
	struct exchange_view view = { .people = x->request->people,
		                      .n_people = x->request->n_people,
		                      .n_nodes = x->n_order };
	struct view_node *nodes;
	enum rp_status st;

	st = emit_nodes(x->tree, x->looker, x->order, x->n_order, &nodes, err);
	if (st == RP_OK)
		st = mark_copies(nodes, x->n_order, x->tree->scratch, err);
	if (st == RP_OK)
		st = make_turns(x, nodes, &view, err);
	if (st == RP_OK)
		st = emit_why(x->tree->graph, nodes, x->n_order, x->looker->arena,
		              &view.why, &view.n_why, err);
	if (st == RP_OK)
		st = coverage_view(x->looker, nodes, x->n_order, &view.coverage,
		                   &view.why, &view.n_why, err);
	if (st != RP_OK)
		return st;
	view.nodes = nodes;
	view.complete = view.n_why == 0;
	find_last_word(&view);
	*out = view;
	return RP_OK;
}

enum rp_status
exchange_view(struct store *store, const struct exchange_request *request,
              const struct people *people, struct arena *arena, struct exchange_view *out,
              struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new(SIZE_MAX);
	CLEANUP(authors_done) struct authors authors = { 0 };
	CLEANUP(graph_done) struct graph graph = { 0 };
	struct looker looker = { store, &authors, arena };
	struct tree tree;
	struct exchange x = {
		.request = request, .authors = &authors, .looker = &looker, .tree = &tree
	};
	enum rp_status st;

	if (scratch == NULL)
		return rp_fail_memory(err);
	st = authors_init(&authors, store, people, arena, err);
	authors.asked = request->people;
	authors.n_asked = request->n_people;
	if (st == RP_OK)
		st = graph_init(&graph, &authors, arena, scratch, THREAD_MAX_NODES, err);
	graph.follow_asked = true;
	if (st == RP_OK)
		st = meeting_load(&graph, request, err);
	if (st == RP_OK)
		st = tree_build(&graph, true, &tree, err);
	if (st == RP_OK)
		st = arrange(&x, err);
	if (st != RP_OK)
		return st;
	return show(&x, out, err);
}
