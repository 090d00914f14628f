#include "core/thread/link.h"

#include <stdlib.h>

int
link_rank(const struct view_edge *edge)
{
	static const int by_type[] = {
		[EDGE_REPLY] = 1,
		[EDGE_QUOTE] = 2,
		[EDGE_REPOST] = LINK_RANK_NEVER,
		[EDGE_LINK] = 4,
		[EDGE_CONV] = LINK_RANK_CONV,
		[EDGE_ATTESTS] = LINK_RANK_NEVER,
		[EDGE_SAME_AS] = LINK_RANK_NEVER,
		[EDGE_RESPONDS] = 5,
	};
	int rank = by_type[edge->type];

	if (rank == LINK_RANK_NEVER || edge->origin == ORIGIN_PLATFORM ||
	    edge->origin == ORIGIN_DERIVED)
		return rank;
	if (edge->origin == ORIGIN_USER_PIN)
		return 0;
	if (edge->origin == ORIGIN_USER_CONFIRM)
		return 3;
	return edge->confidence_percent >= LINK_SURE_PERCENT ? 5 : LINK_RANK_NEVER;
}

int
link_cmp(const void *pa, const void *pb)
{
	const struct view_edge *a = &((const struct link *)pa)->edge;
	const struct view_edge *b = &((const struct link *)pb)->edge;
	int d = link_rank(a) - link_rank(b);

	if (d == 0)
		d = (int)a->origin - (int)b->origin;
	if (d == 0)
		d = b->confidence_percent - a->confidence_percent;
	if (d == 0)
		d = rp_slice_cmp(a->parent_key, b->parent_key);
	return d ? d : (int)a->type - (int)b->type;
}

bool
link_holds(const struct link *link)
{
	return !link->edge.impossible && !link->edge.cyclic &&
	       link_rank(&link->edge) < LINK_RANK_NEVER;
}

static bool
add_link(struct rp_buf *rows, const struct edge *edge, struct arena *arena)
{
	struct link *link = (void *)buf_reserve(rows, sizeof(*link));

	if (link == NULL)
		return false;
	*link = (struct link){
		.edge = { .type = edge->type,
		          .origin = edge->origin,
		          .confidence_percent = edge->origin == ORIGIN_INFERRED
		                                        ? edge->confidence_percent
		                                        : 100,
		          .parent = VIEW_NO_NODE,
		          .impossible =
		                  key_is_later_id(edge->parent_key, edge->child_key),
		          .cyclic = edge->parent == edge->child },
		.parent_id = edge->parent,
	};
	rows->n += sizeof(*link);
	return arena_copy(arena, edge->rule, &link->edge.rule) &&
	       arena_copy(arena, edge->parent_key, &link->edge.parent_key);
}

/* A link to a post that is answered or quoted as well says nothing more; which of them a
 * source tells of depends on the source. */
static size_t
drop_mere_links(struct link *links, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		bool told = false;

		for (size_t k = 0; k < kept && links[i].edge.type == EDGE_LINK; k++)
			told |= links[k].parent_id == links[i].parent_id;
		if (!told)
			links[kept++] = links[i];
	}
	return kept;
}

enum rp_status
links_read(struct store *store, const struct post *post, struct arena *arena,
           struct link **out, size_t *n_out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_PARENTS, .id = post->id };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	CLEANUP(buf_done) struct rp_buf rows;
	struct link *links;
	union scan_row row;
	enum rp_status st;

	buf_init(&rows, SIZE_MAX);
	st = store_scan(store, &scan, &iter, err);
	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK)
		if (!add_link(&rows, &row.edge, arena))
			return rp_fail_memory(err);
	if (st != RP_END)
		return st;
	links = arena_alloc(arena, rows.n);
	if (links == NULL)
		return rp_fail_memory(err);
	*n_out = rows.n / sizeof(*links);
	if (rows.n > 0)
		memcpy(links, rows.p, rows.n);
	if (*n_out > 1)
		qsort(links, *n_out, sizeof(*links), link_cmp);
	*n_out = drop_mere_links(links, *n_out);
	*out = links;
	return RP_OK;
}

bool
links_show(const struct link *links, size_t n, size_t primary, struct arena *arena,
           struct view_post *out)
{
	struct view_edge *edges = arena_array(arena, n, sizeof(*edges));
	size_t at = 0;

	if (edges == NULL)
		return false;
	if (primary < n)
		edges[at++] = links[primary].edge;
	for (size_t i = 0; i < n; i++)
		if (i != primary)
			edges[at++] = links[i].edge;
	out->edges = edges;
	out->n_edges = n;
	return true;
}
