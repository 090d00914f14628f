/*
 * Which quotations tie two sets, and which are mute.  See load.h.
 */
#include "core/thread/set.h"

static enum rp_status
want_set(struct graph *graph, uint32_t set, struct rp_error *err)
{
	uint32_t *at;

	if (graph_set(graph, set)->in)
		return RP_OK;
	graph_set(graph, set)->in = true;
	at = list_add(&graph->waiting, graph->scratch, sizeof(*at));
	if (at == NULL)
		return rp_fail_memory(err);
	*at = set;
	return RP_OK;
}

/* Whether somebody of `set` answered the post. */
static enum rp_status
answered_by(struct graph *graph, const struct vertex *vertex, uint32_t set, bool *out,
            struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf rows;
	const struct child *children;
	enum rp_status st;

	buf_init(&rows, SIZE_MAX);
	st = graph_children(graph, vertex->post.id, &rows, err);
	children = (const void *)rows.p;
	*out = false;
	for (size_t i = 0; st == RP_OK && !*out && i < rows.n / sizeof(*children); i++) {
		const struct vertex *answer = graph_held(graph, children[i].id);
		struct post post;
		size_t author = 0;

		if (children[i].tie == TIE_NONE ||
		    (children[i].type != EDGE_REPLY && children[i].type != EDGE_QUOTE))
			continue;
		if (answer != NULL) {
			author = answer->author;
			post.kind = answer->post.kind;
		} else {
			st = store_post_by_id(graph->store, children[i].id,
			                      graph->scratch, &post, err);
			if (st == RP_OK)
				st = authors_find(graph->authors, post.author, &author,
				                  err);
		}
		if (st == RP_OK && post.kind != KIND_REPOST)
			*out = author != 0 && graph_has_spoken(graph, set, author);
	}
	return st;
}

static enum rp_status
note_mute(struct graph *graph, struct vertex *child, struct vertex *parent,
          struct rp_error *err)
{
	struct mute *mute = list_add(&graph->mutes, graph->scratch, sizeof(*mute));
	enum rp_status st;

	if (mute == NULL)
		return rp_fail_memory(err);
	*mute = (struct mute){ child, parent };
	if (!graph->follow_asked || graph->authors->list[child->author].asked == 0)
		return RP_OK;
	st = graph_close_set(graph, child, err);
	return st == RP_OK ? want_set(graph, child->set, err) : st;
}

/* One end at least is in a set that is wanted. */
static enum rp_status
follow_quotation(struct graph *graph, const struct quotation *quotation,
                 struct rp_error *err)
{
	struct vertex *child, *parent;
	bool ties = false;
	enum rp_status st = graph_vertex(graph, quotation->child, &child, err);

	if (st == RP_OK)
		st = graph_vertex(graph, quotation->parent, &parent, err);
	if (st != RP_OK || child == NULL || parent == NULL ||
	    child->post.kind == KIND_REPOST || parent->post.kind == KIND_ARTICLE ||
	    (child->set != 0 && child->set == parent->set))
		return st;
	st = graph_close_set(graph, parent, err);
	if (st != RP_OK || child->set == parent->set)
		return st;
	if (child->author != 0 && graph_has_spoken(graph, parent->set, child->author))
		ties = true;
	else
		st = answered_by(graph, child, parent->set, &ties, err);
	if (st != RP_OK)
		return st;
	if (!ties)
		return note_mute(graph, child, parent, err);
	st = graph_close_set(graph, child, err);
	if (st != RP_OK)
		return st;
	graph_join(graph, child->set, parent->set);
	st = want_set(graph, child->set, err);
	return st == RP_OK ? want_set(graph, parent->set, err) : st;
}

enum rp_status
graph_want(struct graph *graph, struct vertex *vertex, struct rp_error *err)
{
	enum rp_status st = graph_close_set(graph, vertex, err);

	if (st == RP_OK)
		st = want_set(graph, vertex->set, err);
	while (st == RP_OK && graph->waited < graph->waiting.n) {
		uint32_t set = ((uint32_t *)graph->waiting.items)[graph->waited++];
		const struct quotation *quotation = graph_set(graph, set)->quotations;

		for (; st == RP_OK && quotation != NULL; quotation = quotation->next)
			st = follow_quotation(graph, quotation, err);
	}
	return st;
}
