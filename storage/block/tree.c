#include "storage/block/tree.h"

#include "storage/block/value.h"

#include <stdlib.h>

void
tree_init(struct tree *tree, struct schema *schema, struct arena *scratch)
{
	*tree = (struct tree){ .schema = schema, .scratch = scratch, .base_node = NONE };
}

void
tree_done(struct tree *tree)
{
	free(tree->nodes);
	tree->nodes = NULL;
	tree->n = tree->cap = 0;
}

void
tree_clear(struct tree *tree)
{
	tree->n = 0;
	tree->n_scans = tree->next_scan = 0;
	tree->base_node = NONE;
	tree->base = tree->block_base;
	arena_reset(tree->scratch);
}

static bool
grow(struct tree *tree)
{
	uint32_t cap = tree->cap ? tree->cap * 2 : 256;
	struct node *nodes;

	if (tree->cap >= (uint32_t)TREE_MAX_NODES)
		return false;
	nodes = realloc(tree->nodes, cap * sizeof(*nodes));
	if (nodes == NULL)
		return false;
	tree->nodes = nodes;
	tree->cap = cap;
	return true;
}

bool
tree_copy(struct tree *tree, const struct tree *from)
{
	while (tree->cap < from->n)
		if (!grow(tree))
			return false;
	if (from->n > 0)
		memcpy(tree->nodes, from->nodes, from->n * sizeof(*from->nodes));
	tree->n = from->n;
	return true;
}

/*
 * The rank of a value: that of its place, and among equals the deeper post first.  The
 * second of two indices may look at the first.
 */
static unsigned
rank_of(const struct schema *schema, const struct place *place, uint32_t index,
        unsigned posts)
{
	unsigned depth = posts < RANK_DEPTHS ? posts : RANK_DEPTHS - 1u;
	unsigned rank = place->rule->rank;

	if (index > 0 && schema->classes[place->class].shape == SHAPE_INDICES)
		rank++;
	return rank * RANK_DEPTHS + (RANK_DEPTHS - 1u - depth);
}

struct node *
tree_add(struct tree *tree, uint32_t parent, uint32_t place, uint32_t index, enum tag tag)
{
	const struct schema *schema = tree->schema;
	struct node *node;
	unsigned posts = 0;

	if (tree->n == tree->cap && !grow(tree))
		return NULL;
	if (parent != NONE) {
		const struct node *in = &tree->nodes[parent];

		posts = in->posts;
		if (posts < RANK_DEPTHS &&
		    shape_is_post((enum shape)schema->classes[in->class].shape))
			posts++;
	}
	node = &tree->nodes[tree->n];
	*node = (struct node){
		.parent = parent,
		.next = tree->n + 1,
		.place = place,
		.class = NONE,
		.list = NONE,
		.index = index,
		.tag = (uint8_t)tag,
		.state = NODE_NO_TEXT,
		.posts = (uint8_t)posts,
	};
	if (place != NONE) {
		const struct place *p = &schema->all_places[place];

		node->rank = (uint8_t)rank_of(schema, p, index, posts);
		node->key = p->key;
	}
	tree->n++;
	return node;
}

bool
tree_complete(struct tree *tree)
{
	uint32_t object = 0;
	struct rp_slice text;
	uint64_t id;

	/* {"tweet": {...}}: the record is what is inside. */
	if (tree->n > 1 && tree->nodes[1].tag == TAG_OBJECT &&
	    tree->nodes[1].next == tree->n)
		object = 1;
	tree->base_node = tree_member(tree, object, KEY_ID);
	if (tree->base_node == NONE)
		tree->base_node = tree_member(tree, object, KEY_ID_STR);
	if (!tree_text(tree, tree->base_node, UINT32_MAX, &text) ||
	    !value_digits(text, &id) || id < SNOWFLAKE_MIN)
		return false;
	tree->base = snowflake_time(id);
	return true;
}

uint32_t
tree_member(const struct tree *tree, uint32_t object, uint32_t key)
{
	uint32_t end, at, steps = 0;

	if (object == NONE || tree->nodes[object].tag != TAG_OBJECT)
		return NONE;
	end = tree->nodes[object].next;
	for (at = object + 1; at < end && steps < (uint32_t)TREE_MAX_STEPS;
	     at = tree->nodes[at].next, steps++)
		if (tree->nodes[at].key == key)
			return at;
	return NONE;
}

uint32_t
tree_element(const struct tree *tree, uint32_t array, uint32_t n)
{
	uint32_t end, at;

	if (array == NONE || tree->nodes[array].tag != TAG_ARRAY ||
	    n >= (uint32_t)TREE_MAX_STEPS)
		return NONE;
	end = tree->nodes[array].next;
	for (at = array + 1; at < end; at = tree->nodes[at].next)
		if (n-- == 0)
			return at;
	return NONE;
}

bool
tree_text(struct tree *tree, uint32_t node, unsigned rank, struct rp_slice *out)
{
	const struct node *at;

	if (node == NONE || tree->nodes[node].rank >= rank)
		return false;
	at = &tree->nodes[node];
	if (at->state == NODE_CODED && !tree->evaluate(tree, node))
		return false;
	at = &tree->nodes[node];
	if (at->state != NODE_KNOWN)
		return false;
	*out = rp_slice_from(at->p, at->n);
	return true;
}
