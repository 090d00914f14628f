#include "storage/block/again.h"

#include "storage/block/column.h"

#include <stdlib.h>

/* A count that moved at least once in so many times is always written as a change: a
 * nought costs less than another template. */
enum { MOVES_ONE_IN = 8 };

/* How often both bodies have a number at a place, and another one. */
struct count {
	uint32_t both, moved;
};

struct finding {
	struct plan *plan;
	uint32_t *twins; /* of every node: its like in the record before, or NONE */
	bool *same;      /* and whether that is written the same, with all in it */
	struct count *counts;
};

static bool
written_same(const struct plan *plan, const struct node *a, const struct node *b)
{
	return a->tag == b->tag &&
	       rp_slice_eq(plan_written(plan, a), plan_written(plan, b));
}

static bool
are_numbers(const struct node *a, const struct node *b)
{
	return a->tag == TAG_INTEGER && b->tag == TAG_INTEGER;
}

/* ---- pairs ---- */

/* Pair the members of two containers; false: there are more of one. */
static bool
pair_members(struct finding *f, uint32_t at, uint32_t twin)
{
	const struct node *nodes = f->plan->nodes, *a = &nodes[at], *b = &nodes[twin];
	uint32_t i = at + 1, k = twin + 1;

	if (a->tag != b->tag || a->class != b->class || a->list != b->list)
		return false;
	for (; i < a->next && k < b->next; i = nodes[i].next, k = nodes[k].next)
		;
	if (i < a->next || k < b->next)
		return false;
	for (i = at + 1, k = twin + 1; i < a->next; i = nodes[i].next, k = nodes[k].next)
		f->twins[i] = k;
	return true;
}

static void
count_move(struct finding *f, uint32_t at)
{
	const struct node *nodes = f->plan->nodes, *a = &nodes[at],
			  *b = &nodes[f->twins[at]];

	if (!are_numbers(a, b))
		return;
	f->counts[a->place].both++;
	f->counts[a->place].moved += a->number != b->number;
}

/* False: the record tells of something else, or tells it differently. */
static bool
pair_record(struct finding *f, const struct planned *record, const struct planned *before)
{
	const struct node *nodes = f->plan->nodes;
	uint32_t id = record->base_node;

	if (record->n == 0 || before->n == 0 || record->style != before->style ||
	    id == NONE || before->base_node == NONE)
		return false;
	f->twins[record->first] = before->first;
	for (uint32_t i = record->first; i < record->first + record->n; i++) {
		if (f->twins[i] == NONE)
			continue;
		if (tag_is_container(nodes[i].tag) && !pair_members(f, i, f->twins[i]))
			f->twins[i] = NONE;
	}
	return f->twins[record->first] != NONE && f->twins[id] == before->base_node &&
	       rp_slice_eq(rp_slice_from(nodes[id].p, nodes[id].n),
	                   rp_slice_from(nodes[before->base_node].p,
	                                 nodes[before->base_node].n));
}

static void
find_records(struct finding *f, size_t n)
{
	struct planned *records = f->plan->records;

	for (size_t r = 1; r < n; r++) {
		struct planned *record = &records[r];

		if (records[r - 1].again + 1u == AGAIN_MAX ||
		    !pair_record(f, record, &records[r - 1]))
			continue;
		record->again = records[r - 1].again + 1;
		for (uint32_t i = record->first; i < record->first + record->n; i++)
			if (f->twins[i] != NONE)
				count_move(f, i);
	}
}

/* ---- what is written ---- */

/* From the inside out: what is inside stands behind. */
static void
compare_record(struct finding *f, const struct planned *record)
{
	const struct node *nodes = f->plan->nodes;
	const uint32_t first = record->first;

	for (uint32_t i = first + 1; i < first + record->n; i++) {
		const struct count *c = &f->counts[nodes[i].place];
		uint32_t twin = f->twins[i];

		f->same[i] = twin != NONE &&
		             written_same(f->plan, &nodes[i], &nodes[twin]) &&
		             !(are_numbers(&nodes[i], &nodes[twin]) &&
		               c->moved * MOVES_ONE_IN >= c->both);
	}
	for (uint32_t i = first + record->n - 1; i > first; i--)
		if (!f->same[i])
			f->same[nodes[i].parent] = false;
}

static void
mark_record(struct finding *f, const struct planned *record)
{
	struct node *nodes = f->plan->nodes;

	nodes[record->first].state = NODE_PAIRED;
	for (uint32_t i = record->first + 1; i < record->first + record->n; i++) {
		uint32_t twin = f->twins[i];

		if (f->same[i]) {
			nodes[i].state = NODE_AGAIN;
			plan_omit(f->plan, i + 1, nodes[i].next);
			i = nodes[i].next - 1;
		} else if (twin != NONE && tag_is_container(nodes[i].tag)) {
			nodes[i].state = NODE_PAIRED;
		} else if (twin != NONE && are_numbers(&nodes[i], &nodes[twin])) {
			nodes[i].state = NODE_CHANGE;
			nodes[i].list = twin;
		}
	}
}

bool
again_find(struct plan *plan, size_t n)
{
	struct finding f = {
		.plan = plan,
		.twins = malloc((plan->n_nodes + 1u) * sizeof(*f.twins)),
		.same = malloc((plan->n_nodes + 1u) * sizeof(*f.same)),
		.counts = calloc(plan->schema.n_places + 1u, sizeof(*f.counts)),
	};
	bool ok = f.twins != NULL && f.same != NULL && f.counts != NULL;

	for (uint32_t i = 0; ok && i < plan->n_nodes; i++)
		f.twins[i] = NONE;
	for (size_t r = 0; r < n; r++)
		plan->records[r].again = 0;
	if (ok)
		find_records(&f, n);
	for (size_t r = 0; ok && r < n; r++)
		if (plan->records[r].again > 0) {
			compare_record(&f, &plan->records[r]);
			mark_record(&f, &plan->records[r]);
		}
	free(f.twins);
	free(f.same);
	free(f.counts);
	return ok;
}
