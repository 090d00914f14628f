#include "storage/block/share.h"

#include "core/base/hash.h"
#include "storage/block/again.h"

#include <stdlib.h>

enum {
	WORTH_BYTES = 8, /* what a reference costs, with what it makes differ */
	ENTRIES_MAX_NODES = 256 << 10, /* the decoder holds them all */
};

/* Objects with the same hash; those alike as the first was found to be are entries. */
struct group {
	uint64_t hash;
	uint32_t count; /* 0: a free slot */
	uint32_t first; /* its node; NONE: not met yet */
	uint32_t used;  /* times it was referred to */
};

/* Hashes of what an object holds: of all, and of all but what varies. */
struct hashes {
	uint64_t all, lasting; /* lasting 0: not worth it */
};

struct sharing {
	struct plan *plan;
	size_t n;
	struct group *groups;
	size_t mask;
	struct hashes *hashes; /* of every node */
	size_t entered;        /* nodes in entries */
};

static bool
is_object(unsigned tag)
{
	return tag == TAG_OBJECT || tag == TAG_ENTRY || tag == TAG_LIKE ||
	       tag == TAG_SAME;
}

static bool
is_container(unsigned tag)
{
	return tag == TAG_ARRAY || is_object(tag);
}

static bool
varies(const struct sharing *s, uint32_t at)
{
	return s->plan->schema.all_places[s->plan->nodes[at].place].varies;
}

/* ---- hashes ---- */

static uint64_t
mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static uint64_t
hash_of_value(const struct sharing *s, uint32_t at)
{
	const struct node *node = &s->plan->nodes[at];
	struct rp_slice text = plan_written(s->plan, node);

	if (is_container(node->tag))
		return s->hashes[at].all;
	return mix(node->tag, text.n > 0 ? hash_stable(text) : 0);
}

/* From the inside out: what is inside stands behind. */
static void
hash_record(struct sharing *s, const struct planned *record)
{
	struct node *nodes = s->plan->nodes;

	for (uint32_t i = record->first + record->n; i-- > record->first;) {
		struct hashes h = { mix(nodes[i].class, nodes[i].list), 0 };
		uint64_t worth = 0;

		if (!is_container(nodes[i].tag))
			continue;
		h.lasting = h.all;
		for (uint32_t k = i + 1; k < nodes[i].next; k = nodes[k].next) {
			uint64_t value = hash_of_value(s, k);

			h.all = mix(h.all, value);
			if (varies(s, k))
				continue;
			h.lasting = mix(h.lasting, value);
			worth += is_container(nodes[k].tag)
			                 ? nodes[k].number
			                 : plan_written(s->plan, &nodes[k]).n;
		}
		nodes[i].number = worth;
		if (worth < WORTH_BYTES || nodes[i].tag == TAG_ARRAY ||
		    i == record->first)
			h.lasting = 0;
		s->hashes[i] = h;
	}
}

static struct group *
find_group(const struct sharing *s, uint64_t hash)
{
	size_t at = hash & s->mask;

	while (s->groups[at].count > 0 && s->groups[at].hash != hash)
		at = (at + 1) & s->mask;
	return &s->groups[at];
}

static bool
make_groups(struct sharing *s)
{
	const struct plan *plan = s->plan;
	size_t objects = 0;

	for (size_t i = 0; i < s->n; i++)
		hash_record(s, &plan->records[i]);
	for (uint32_t i = 0; i < plan->n_nodes; i++)
		objects += s->hashes[i].lasting != 0;
	for (s->mask = 64; s->mask < objects * 2; s->mask *= 2)
		;
	s->groups = calloc(s->mask--, sizeof(*s->groups));
	if (s->groups == NULL)
		return false;
	for (uint32_t i = 0; i < plan->n_nodes; i++) {
		struct group *group;

		if (s->hashes[i].lasting == 0)
			continue;
		group = find_group(s, s->hashes[i].lasting);
		if (group->count++ == 0) {
			group->hash = s->hashes[i].lasting;
			group->first = NONE;
		}
	}
	return true;
}

/* ---- comparing ---- */

/* Two values with all that is in them: node by node, the rest follows from the tags. */
static bool
same(const struct sharing *s, uint32_t a, uint32_t b)
{
	const struct node *nodes = s->plan->nodes;
	uint32_t n = nodes[a].next - a;

	if (n != nodes[b].next - b)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		const struct node *x = &nodes[a + i], *y = &nodes[b + i];

		if (x->place != y->place || x->class != y->class ||
		    x->next - a != y->next - b)
			return false;
		if (is_object(x->tag) ? !is_object(y->tag) || x->list != y->list
		                      : x->tag != y->tag)
			return false;
		if (!rp_slice_eq(plan_written(s->plan, x), plan_written(s->plan, y)))
			return false;
	}
	return true;
}

/* Two objects but for what varies; *whole_out says that this is the same too. */
static bool
alike(const struct sharing *s, uint32_t a, uint32_t b, bool *whole_out)
{
	const struct node *nodes = s->plan->nodes;
	uint32_t i = a + 1, k = b + 1;

	*whole_out = true;
	if (nodes[a].class != nodes[b].class || nodes[a].list != nodes[b].list)
		return false;
	for (; i < nodes[a].next; i = nodes[i].next, k = nodes[k].next) {
		if (same(s, i, k))
			continue;
		if (!varies(s, i))
			return false;
		*whole_out = false;
	}
	return true;
}

/* ---- referring ---- */

static void
refer(struct sharing *s, uint32_t at, uint32_t to, bool whole)
{
	struct node *nodes = s->plan->nodes;
	uint32_t k = to + 1;

	nodes[at].tag = whole ? TAG_SAME : TAG_LIKE;
	nodes[at].number = to;
	if (whole)
		plan_omit(s->plan, at + 1, nodes[at].next);
	for (uint32_t i = at + 1; !whole && i < nodes[at].next;
	     i = nodes[i].next, k = nodes[k].next) {
		if (!varies(s, i)) {
			plan_omit(s->plan, i, nodes[i].next);
		} else if (nodes[i].tag == TAG_INTEGER && nodes[k].tag == TAG_INTEGER) {
			nodes[i].state = NODE_CHANGE;
			nodes[i].list = k;
		}
	}
}

static void
share_record(struct sharing *s, const struct planned *record)
{
	const struct node *nodes = s->plan->nodes;

	for (uint32_t i = record->first; i < record->first + record->n; i++) {
		struct group *group;
		bool whole;

		if (nodes[i].state == NODE_OMITTED || s->hashes[i].lasting == 0)
			continue;
		group = find_group(s, s->hashes[i].lasting);
		if (group->count < 2)
			continue;
		if (group->first == NONE) {
			if (s->entered + (nodes[i].next - i) > ENTRIES_MAX_NODES)
				continue;
			s->entered += nodes[i].next - i;
			group->first = i;
		} else if (alike(s, i, group->first, &whole)) {
			refer(s, i, group->first, whole);
			group->used++;
		}
	}
}

/* ---- what comes of it ---- */

static void
forget(struct plan *plan)
{
	for (uint32_t i = 0; i < plan->n_nodes; i++) {
		struct node *node = &plan->nodes[i];

		if (is_object(node->tag))
			node->tag = TAG_OBJECT;
		else if (node->state == NODE_CHANGE)
			node->list = NONE;
		if (node->state >= NODE_OMITTED)
			node->state = NODE_KNOWN;
		node->block_base = false;
	}
}

static void
count_from_block_base(struct plan *plan, uint32_t object)
{
	for (uint32_t i = object + 1; i < plan->nodes[object].next; i++)
		plan->nodes[i].block_base = true;
}

/* Entries are numbered in their class; a reference says how many came since. */
static bool
number_entries(struct sharing *s)
{
	struct plan *plan = s->plan;
	uint32_t *entries = calloc(plan->schema.n_classes + 1u, sizeof(*entries));

	if (entries == NULL)
		return false;
	for (size_t k = 0; k <= s->mask; k++)
		if (s->groups[k].used > 0)
			plan->nodes[s->groups[k].first].tag = TAG_ENTRY;
	for (size_t r = 0; r < s->n; r++)
		for (uint32_t k = 0; k < plan->records[r].n; k++) {
			uint32_t i = plan->records[r].first + k;
			struct node *node = &plan->nodes[i];

			if (node->state == NODE_OMITTED || !is_object(node->tag) ||
			    node->tag == TAG_OBJECT)
				continue;
			count_from_block_base(plan, i);
			if (node->tag == TAG_ENTRY)
				node->number = entries[node->class]++;
			else
				node->number = entries[node->class] - 1 -
				               plan->nodes[node->number].number;
		}
	free(entries);
	return true;
}

bool
share_objects(struct plan *plan, size_t n)
{
	struct sharing s = { .plan = plan, .n = n };
	bool ok;

	forget(plan);
	if (!again_find(plan, n))
		return false;
	s.hashes = calloc(plan->n_nodes + 1u, sizeof(*s.hashes));
	ok = s.hashes != NULL && make_groups(&s);
	if (ok) {
		for (size_t i = 0; i < n; i++)
			if (plan->records[i].again == 0)
				share_record(&s, &plan->records[i]);
		ok = number_entries(&s);
	}
	free(s.hashes);
	free(s.groups);
	return ok;
}
