/*
 * The way through the containers of one record.
 */
#include "storage/block/read.h"

#include <stdlib.h>

/* A container in the tree, if there is one. */
static bool
add_container(struct tree *tree, struct level *level, uint32_t parent, uint32_t place,
              uint32_t index, enum tag tag)
{
	struct node *node;

	if (tree == NULL)
		return true;
	node = tree_add(tree, parent, place, index, tag);
	if (node == NULL)
		return false;
	node->class = level->class;
	node->list = level->list;
	node->block_base = level->block_base;
	level->node = tree->n - 1;
	return true;
}

/* A container that the record before has too, at this node. */
static void
pair(const struct node *nodes, uint32_t at, enum tag tag, struct level *level)
{
	if (nodes[at].tag != tag || nodes[at].class != level->class ||
	    nodes[at].list != level->list)
		return;
	level->like = nodes;
	level->member = at + 1;
	level->end = nodes[at].next;
	level->again = true;
}

static bool
open_root(struct walk *walk, bool is_array, const struct tree *before, struct tree *tree,
          struct level *out)
{
	enum tag tag = is_array ? TAG_ARRAY : TAG_OBJECT;
	uint32_t *root = &walk->roots[is_array];

	if (*root == NONE)
		*root = schema_root(&walk->schema, walk->shape, is_array);
	if (*root == NONE || !read_level(walk, *root, tree == NULL, out))
		return false;
	if (before != NULL)
		pair(before->nodes, 0, tag, out);
	return add_container(tree, out, NONE, NONE, 0, tag);
}

/* ---- entries ---- */

/* A number for an object that begins; its nodes come when it is complete. */
static bool
new_entry(struct walk *walk, const struct level *level)
{
	if (walk->n_entries == walk->cap_entries) {
		uint32_t cap = walk->cap_entries ? walk->cap_entries * 2 : 32;
		struct entry *more = realloc(walk->entries, cap * sizeof(*more));

		if (more == NULL)
			return false;
		walk->entries = more;
		walk->cap_entries = cap;
	}
	walk->entries[walk->n_entries] = (struct entry){ .tags = level->tags };
	return schema_note(&walk->schema, &walk->schema.classes[level->class].entries,
	                   walk->n_entries++);
}

static bool
keep_varying(struct walk *walk, struct entry *entry)
{
	const struct node *nodes = entry->nodes;
	const struct key_list *list = &walk->schema.lists[nodes[0].list];
	uint32_t index = 0;

	entry->varying =
		arena_array(walk->schema.arena, list->n, sizeof(*entry->varying));
	if (entry->varying == NULL)
		return false;
	for (uint32_t i = 1; i < nodes[0].next; i = nodes[i].next, index++)
		if (walk->schema.all_places[list->places[index]].varies)
			entry->varying[entry->n_varying++] = (struct member){ index, i };
	return true;
}

static bool
keep_entry(struct walk *walk, const struct tree *tree, const struct level *level)
{
	uint32_t first = level->node, n = tree->n - first;
	struct node *nodes = arena_array(walk->schema.arena, n, sizeof(*nodes));

	if (nodes == NULL)
		return false;
	memcpy(nodes, tree->nodes + first, n * sizeof(*nodes));
	for (uint32_t i = 0; i < n; i++) {
		nodes[i].next -= first;
		nodes[i].parent -= first;
	}
	walk->entries[level->entry].nodes = nodes;
	return keep_varying(walk, &walk->entries[level->entry]);
}

/* The entry of a class that so many came after, as of now. */
static const struct entry *
find_entry(const struct walk *walk, uint32_t class, uint64_t since)
{
	const struct numbers *entries = &walk->schema.classes[class].entries;
	uint32_t n = entries->n;

	while (n > 0 && entries->at[n - 1] >= walk->entry)
		n--; /* known from an earlier reading, but still to come in this one */
	if (since >= n || walk->entries[entries->at[n - 1 - since]].nodes == NULL)
		return NULL;
	return &walk->entries[entries->at[n - 1 - since]];
}

/* A value of an entry with all that is in it, at another place of a tree. */
static bool
copy_value(struct tree *tree, const struct node *nodes, uint32_t from, uint32_t parent,
           uint32_t place, uint32_t index)
{
	uint32_t first = tree->n;

	for (uint32_t i = from; i < nodes[from].next; i++) {
		const struct node *source = &nodes[i];
		struct node *node;

		if (i == from)
			node = tree_add(tree, parent, place, index,
			                (enum tag)source->tag);
		else
			node = tree_add(tree, first + (source->parent - from),
			                source->place, source->index,
			                (enum tag)source->tag);
		if (node == NULL)
			return false;
		node->p = source->p;
		node->number = source->number;
		node->n = source->n;
		node->class = source->class;
		node->list = source->list;
		node->state = source->state;
		node->block_base = source->block_base;
		node->next = first + (source->next - from);
	}
	return true;
}

/* ---- the way through a record ---- */

/* Where we are; levels are those of walk->open. */
struct way {
	struct walk *walk;
	struct tree *tree;    /* NULL: over it */
	uint32_t depth;       /* levels that are open */
	uint32_t spare_depth; /* since which the tree is the spare one; 0: it is not */
};

static bool
open_entry(struct way *way, uint32_t place, uint32_t parent, uint32_t index,
           struct level *inner)
{
	struct walk *walk = way->walk;
	uint32_t class = schema_class_at(&walk->schema, place, false);

	if (class == NONE || !read_level(walk, class, false, inner))
		return false;
	inner->block_base = true;
	inner->entry = walk->entry++;
	if (inner->entry == walk->n_entries) {
		if (!new_entry(walk, inner))
			return false;
		inner->is_entry = true;
		if (way->tree == NULL) {
			way->tree = &walk->spare;
			way->tree->n = 0;
			way->spare_depth = way->depth + 1;
			parent = NONE;
		}
	}
	return add_container(way->tree, inner, parent, place, index, TAG_OBJECT);
}

static bool
open_like(struct way *way, uint32_t place, uint32_t parent, uint32_t index,
          struct level *inner, bool *deeper)
{
	struct walk *walk = way->walk;
	uint32_t class = schema_class_at(&walk->schema, place, false);
	const struct entry *entry;
	uint64_t since;

	if (class == NONE || !read_number(walk, place, USE_ENTRY, &since))
		return false;
	entry = find_entry(walk, class, since);
	if (entry == NULL)
		return false;
	if (!*deeper)
		return way->tree == NULL ||
		       copy_value(way->tree, entry->nodes, 0, parent, place, index);
	*inner = (struct level){
		.tags = entry->tags,
		.class = class,
		.list = entry->nodes[0].list,
		.n = walk->schema.lists[entry->nodes[0].list].n,
		.node = NONE,
		.like = entry->nodes,
		.member = 1,
		.end = entry->nodes[0].next,
		.block_base = true,
	};
	if (way->tree == NULL) {
		inner->varying = entry->varying;
		inner->n = entry->n_varying;
	}
	return add_container(way->tree, inner, parent, place, index, TAG_OBJECT);
}

/* A container, which is another level but for what is the same as an entry. */
static bool
open_container(struct way *way, const struct level *level, uint32_t place, uint32_t index,
               uint8_t tag, uint32_t twin)
{
	struct level *inner = &way->walk->open[way->depth];
	bool deeper = tag != TAG_SAME, ok;
	uint32_t class;

	if (way->depth == TREE_MAX_DEPTH)
		return false;
	if (tag == TAG_ENTRY) {
		ok = open_entry(way, place, level->node, index, inner);
	} else if (tag == TAG_LIKE || tag == TAG_SAME) {
		ok = open_like(way, place, level->node, index, inner, &deeper);
	} else {
		class = schema_class_at(&way->walk->schema, place, tag == TAG_ARRAY);
		ok = class != NONE &&
		     read_level(way->walk, class, way->tree == NULL, inner);
		inner->block_base = level->block_base;
		if (ok && level->again && twin != NONE)
			pair(level->like, twin, (enum tag)tag, inner);
		ok = ok && add_container(way->tree, inner, level->node, place, index,
		                         (enum tag)tag);
	}
	way->depth += deeper;
	return ok;
}

/* The change of a number since the entry, or the record before. */
static bool
read_change(struct walk *walk, uint32_t place, const struct node *was, struct node *node)
{
	uint64_t change;

	if (!read_number(walk, place, USE_CHANGE, &change))
		return false;
	if (node == NULL)
		return true;
	if (was == NULL || was->tag != TAG_INTEGER)
		return false;
	node->tag = TAG_INTEGER;
	node->number = zigzag(
		(int64_t)((uint64_t)unzigzag(was->number) + (uint64_t)unzigzag(change)));
	node->state = NODE_CODED;
	return true;
}

/* Which of its values is the next to be read. */
static uint32_t
next_index(const struct level *level)
{
	if (level->skips != NULL)
		return level->skips[level->next].value;
	if (level->varying != NULL)
		return level->varying[level->next].index;
	return level->work != NULL ? level->work[level->next] : level->next;
}

/* The next value of the innermost level. */
static bool
step(struct way *way)
{
	struct walk *walk = way->walk;
	struct level *level = &walk->open[way->depth - 1];
	uint32_t index = next_index(level);
	uint32_t place =
		schema_nth_place(&walk->schema, level->class, level->list, index);
	const struct node *was = NULL;
	uint32_t twin = NONE;
	uint8_t tag = level->tags[index];
	struct node *node = NULL;

	if (level->varying != NULL)
		level->member = level->varying[level->next].node;
	level->next++;
	if (level->like != NULL && level->member < level->end) {
		twin = level->member;
		was = &level->like[twin];
		level->member = was->next;
		if (level->again ? tag == TAG_AGAIN
		                 : !walk->schema.all_places[place].varies)
			return way->tree == NULL ||
			       copy_value(way->tree, level->like, twin, level->node,
			                  place, index);
	}
	if (tag == TAG_OWN_COLUMN && level->tag != TAG_OWN_COLUMN) {
		tag = level->tag;
		level->tag = TAG_OWN_COLUMN;
	} else if (tag == TAG_OWN_COLUMN && !read_own_tag(walk, place, &tag)) {
		return false;
	}
	if (tag_is_container(tag) || tag == TAG_ENTRY || tag == TAG_LIKE ||
	    tag == TAG_SAME)
		return open_container(way, level, place, index, tag, twin);
	if (way->tree != NULL) {
		node = tree_add(way->tree, level->node, place, index, (enum tag)tag);
		if (node == NULL)
			return false;
		node->block_base = level->block_base;
	}
	if (tag == TAG_CHANGE || (was != NULL && !level->again && tag == TAG_INTEGER &&
	                          was->tag == TAG_INTEGER))
		return read_change(walk, place, was, node);
	return read_value(walk, place, tag, node);
}

/* The innermost level is complete. */
static bool
close_level(struct way *way)
{
	struct level *level = &way->walk->open[way->depth - 1];

	if (way->tree != NULL)
		way->tree->nodes[level->node].next = way->tree->n;
	if (level->is_entry && !keep_entry(way->walk, way->tree, level))
		return false;
	if (way->depth == way->spare_depth) {
		way->tree = NULL;
		way->spare_depth = 0;
	}
	way->depth--;
	return true;
}

bool
read_tree(struct walk *walk, bool is_array, const struct tree *before, struct tree *tree)
{
	struct way way = { walk, tree, 1, 0 };
	uint32_t steps = 0;

	if (!open_root(walk, is_array, before, tree, &walk->open[0]))
		return false;
	while (way.depth > 0) {
		struct level *level = &walk->open[way.depth - 1];

		if (level->skips != NULL && !skip_values(walk, level))
			return false;
		if (level->next == level->n ? !close_level(&way)
		                            : steps++ == TREE_MAX_NODES || !step(&way))
			return false;
	}
	return true;
}
