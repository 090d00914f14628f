/*
 * Tags that look at all records: what comes again, and what is out of the ordinary.
 */
#include "storage/block/emit.h"

#include <stdlib.h>

enum {
	IDS_BITS = 14,
	IDS_SEEN = 1 << IDS_BITS,

	/* A place whose value is out of the ordinary once in so many times has its tags
	   in a column of their own, so that templates do not multiply. */
	OWN_COLUMN_ONE_IN = 64,
};

static void
count_tags(struct emitter *e)
{
	const struct plan *plan = e->plan;

	memset(e->counts, 0, plan->schema.n_places * sizeof(*e->counts));
	for (size_t i = 0; i < e->n; i++)
		for (uint32_t k = 1; k < plan->records[i].n; k++) {
			const struct node *node =
				&plan->nodes[plan->records[i].first + k];

			e->counts[node->place][node->tag]++;
		}
}

/* A few digits among other texts are texts too: one tag less. */
static bool
digits_are_text(const uint32_t *counts)
{
	return counts[TAG_STRING] > 0 && counts[TAG_DIGITS] <= 4 * counts[TAG_STRING];
}

static void
decide_place(struct emitter *e, uint32_t place)
{
	const uint32_t *counts = e->counts[place];
	struct place *p = &e->plan->schema.all_places[place];
	uint32_t all = 0, most = 0;

	for (int tag = 0; tag < TAGS; tag++) {
		all += counts[tag];
		if (counts[tag] > most)
			most = counts[tag];
	}
	/* What varies is read by itself where the rest of its object is not. */
	p->own_column =
		p->varies ? all > most
			  : all - most > 1 && (all - most) * OWN_COLUMN_ONE_IN >= all;
}

static void
unify_tags(struct emitter *e)
{
	const struct plan *plan = e->plan;

	for (size_t i = 0; i < e->n; i++)
		for (uint32_t k = 1; k < plan->records[i].n; k++) {
			struct node *node = &plan->nodes[plan->records[i].first + k];
			uint32_t *counts = e->counts[node->place];
			unsigned was = node->tag;

			if ((was == TAG_EMPTY_STRING && counts[TAG_STRING] > 0) ||
			    (was == TAG_DIGITS && digits_are_text(counts))) {
				node->tag = TAG_STRING;
				counts[was]--;
				counts[TAG_STRING]++;
			}
		}
}

/*
 * Where the same ids come again, as those of a post with many replies do, they are better
 * told in a way that looks the same in every record.  Repeats are found by a table that
 * forgets: what matters is those that come soon.
 */
static void
anchor_ids(struct emitter *e)
{
	struct plan *plan = e->plan;
	uint32_t n = plan->schema.n_places;
	uint64_t *seen = calloc(IDS_SEEN, sizeof(*seen));
	uint32_t *repeats = calloc(n + 1u, sizeof(*repeats));

	e->failed = e->failed || seen == NULL || repeats == NULL;
	for (uint32_t i = 0; !e->failed && i < plan->n_nodes; i++) {
		const struct node *node = &plan->nodes[i];
		uint64_t id = node->number ^ (uint64_t)node->place << 48;
		uint64_t *slot =
			&seen[id * UINT64_C(0x9e3779b97f4a7c15) >> (64 - IDS_BITS)];

		if (node->tag != TAG_SNOWFLAKE && node->tag != TAG_BARE_SNOWFLAKE)
			continue;
		repeats[node->place] += *slot == id;
		*slot = id;
	}
	for (uint32_t i = 0; !e->failed && i < plan->n_nodes; i++) {
		struct node *node = &plan->nodes[i];
		const uint32_t *counts =
			node->place != NONE ? e->counts[node->place] : NULL;

		if (node->tag != TAG_SNOWFLAKE && node->tag != TAG_BARE_SNOWFLAKE)
			continue;
		if (repeats[node->place] * 3 >=
		    counts[TAG_SNOWFLAKE] + counts[TAG_BARE_SNOWFLAKE])
			node->tag = node->tag == TAG_SNOWFLAKE ? TAG_ANCHORED
			                                       : TAG_BARE_ANCHORED;
	}
	free(seen);
	free(repeats);
}

void
emit_decide(struct emitter *e)
{
	count_tags(e);
	anchor_ids(e);
	count_tags(e);
	unify_tags(e);
	for (uint32_t i = 0; i < e->plan->schema.n_places; i++)
		decide_place(e, i);
}
