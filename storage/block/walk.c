#include "storage/block/walk.h"

#include "storage/block/value.h"

#include <stdlib.h>

enum {
	SCHEMA_MAX = 64 << 20,
	WALK_MAX_COLUMNS = 1 << 18,
	WALK_MAX_MARKED = 4 << 20, /* offsets kept in all marks together */
};

/* An open container. */
struct level {
	const uint8_t *tags;
	uint32_t class, list;
	uint32_t n, next;
	const uint32_t *work;    /* which values are read; NULL: all */
	uint32_t node;           /* in the tree, when there is one */
	const struct node *like; /* the entry it is like */
	uint32_t member;         /* its next one there */
	uint32_t entry;          /* its own number, when it is one */
	bool is_entry;           /* to be kept when it is complete */
	bool block_base;
};

/* ---- setting up ---- */

static enum rp_status
damaged(struct rp_error *err)
{
	return rp_fail(err, RP_CORRUPT, "a block does not hold together");
}

/* The lengths of all columns, once they are known to be there. */
static bool
read_lengths(struct walk *walk, struct column in, struct column streams[2])
{
	uint64_t length;

	for (uint32_t i = 0; i < walk->n_columns; i++) {
		struct column *from;

		if (!column_number(&in, &length))
			return false;
		from = &streams[length & 1];
		if (length >> 1 > (size_t)(from->end - from->at))
			return false;
		walk->columns[i].at = walk->starts[i] = from->at;
		walk->columns[i].end = from->at += length >> 1;
	}
	return streams[0].at == streams[0].end && streams[1].at == streams[1].end;
}

static enum rp_status
read_directory(struct walk *walk, struct rp_slice numbers, struct rp_slice texts,
               struct rp_error *err)
{
	struct column in = { (const uint8_t *)numbers.p, (const uint8_t *)numbers.p };
	struct column streams[2] = { in, in }, directory;
	uint64_t n, length;

	if (numbers.n > 0)
		in.end += numbers.n;
	if (texts.n > 0) {
		streams[1].at = (const uint8_t *)texts.p;
		streams[1].end = streams[1].at + texts.n;
	}
	if (!column_number(&in, &n) || n < COLUMNS_FIXED || n > WALK_MAX_COLUMNS)
		return damaged(err);
	directory = in;
	for (uint64_t i = 0; i < n; i++)
		if (!column_number(&in, &length))
			return damaged(err);
	streams[0] = in;
	walk->n_columns = (uint32_t)n;
	walk->columns = calloc(n, sizeof(*walk->columns));
	walk->starts = calloc(n, sizeof(*walk->starts));
	if (walk->columns == NULL || walk->starts == NULL)
		return rp_fail_memory(err);
	return read_lengths(walk, directory, streams) ? RP_OK : damaged(err);
}

enum rp_status
walk_init(struct walk *walk, const struct shapes *shapes, enum shape shape,
          struct rp_slice numbers, struct rp_slice texts, uint32_t n_records,
          struct rp_error *err)
{
	*walk = (struct walk){ .shape = shape, .met = COLUMNS_FIXED };
	walk->roots[0] = walk->roots[1] = NONE;
	if (!schema_init(&walk->schema, shapes, SCHEMA_MAX))
		return rp_fail_memory(err);
	tree_init(&walk->spare, &walk->schema, NULL);
	walk->places = malloc(TREE_MAX_NODES * sizeof(*walk->places));
	walk->open = malloc(TREE_MAX_DEPTH * sizeof(*walk->open));
	if (walk->places == NULL || walk->open == NULL)
		return rp_fail_memory(err);
	walk->marks = calloc(n_records / WALK_STEP + 1u, sizeof(*walk->marks));
	if (walk->marks == NULL)
		return rp_fail_memory(err);
	return read_directory(walk, numbers, texts, err);
}

void
walk_done(struct walk *walk)
{
	schema_done(&walk->schema);
	for (uint32_t i = 0; i < walk->n_marks; i++)
		free(walk->marks[i].at);
	free(walk->marks);
	free(walk->columns);
	free(walk->starts);
	free(walk->styles);
	free(walk->places);
	free(walk->entries);
	free(walk->open);
	tree_done(&walk->spare);
}

/* ---- marks ---- */

/* Columns not met yet stand at their beginning.  Without memory there is no mark. */
static void
mark(struct walk *walk)
{
	struct walk_mark *mark = &walk->marks[walk->n_marks];

	if (walk->marked + walk->met > WALK_MAX_MARKED)
		return;
	mark->at = malloc(walk->met * sizeof(*mark->at));
	if (mark->at == NULL)
		return;
	for (uint32_t i = 0; i < walk->met; i++)
		mark->at[i] = (uint32_t)(walk->columns[i].at - walk->starts[i]);
	mark->n = walk->met;
	mark->entry = walk->entry;
	walk->marked += walk->met;
	walk->n_marks++;
}

/* Styles, templates and keys are read once and stay known: their columns only go on. */
static void
go_back(struct walk *walk, uint32_t number)
{
	for (uint32_t i = 0; i < walk->met; i++) {
		if (i == COLUMN_STYLES || i == COLUMN_TEMPLATES || i == COLUMN_KEYS)
			continue;
		walk->columns[i].at = walk->starts[i];
		if (number != NONE && i < walk->marks[number].n)
			walk->columns[i].at += walk->marks[number].at[i];
	}
	walk->record = number == NONE ? 0 : number * WALK_STEP;
	walk->entry = number == NONE ? 0 : walk->marks[number].entry;
}

/* ---- columns ---- */

/* A column of a place, or NULL: there are no more. */
static struct column *
column_of(struct walk *walk, uint32_t place, enum column_use use)
{
	uint32_t *column = &walk->schema.all_places[place].columns[use];

	if (*column == NONE) {
		if (walk->met == walk->n_columns)
			return NULL;
		*column = walk->met++;
	}
	return &walk->columns[*column];
}

static bool
read_number(struct walk *walk, uint32_t place, enum column_use use, uint64_t *out)
{
	struct column *column = column_of(walk, place, use);

	return column != NULL && column_number(column, out);
}

/* ---- templates ---- */

static uint32_t
read_list(struct walk *walk, uint32_t class)
{
	struct column *in = &walk->columns[COLUMN_TEMPLATES];
	const struct numbers *lists = &walk->schema.classes[class].lists;
	uint64_t number, n;

	if (!column_number(in, &number) || number > lists->n)
		return NONE;
	if (number < lists->n)
		return lists->at[number];
	if (!column_number(in, &n) || n == 0 || n > TREE_MAX_NODES)
		return NONE;
	for (uint32_t i = 0; i < n; i++) {
		struct rp_slice key;

		if (!column_text(&walk->columns[COLUMN_KEYS], &key))
			return NONE;
		walk->places[i] = schema_nth_key(&walk->schema, class, i, key);
		if (walk->places[i] == NONE)
			return NONE;
	}
	number = schema_add_list(&walk->schema, class, walk->places, (uint32_t)n);
	walk->schema.classes[class].last_list = (uint32_t)number;
	return (uint32_t)number;
}

static bool
tag_is_valid(uint8_t tag)
{
	return tag <= TAG_SAME || (tag >= TAG_DATE && tag < TAGS);
}

/* A layout that was not met before; NONE: damaged, or out of memory. */
static uint32_t
read_template(struct walk *walk, uint32_t class)
{
	struct column *in = &walk->columns[COLUMN_TEMPLATES];
	uint32_t list = NONE;
	struct rp_slice tags;
	uint64_t n;

	if (walk->schema.classes[class].is_array) {
		if (!column_number(in, &n) || n == 0 || n > TREE_MAX_NODES)
			return NONE;
	} else {
		list = read_list(walk, class);
		if (list == NONE)
			return NONE;
		n = walk->schema.lists[list].n;
	}
	if (!column_bytes(in, n, &tags))
		return NONE;
	for (size_t i = 0; i < n; i++)
		if (!tag_is_valid((uint8_t)tags.p[i]))
			return NONE;
	return schema_add_template(&walk->schema, class, list, (const uint8_t *)tags.p,
	                           (uint32_t)n);
}

/* The template of the next container of a class; `over` it, only what is stored. */
static bool
open_level(struct walk *walk, uint32_t class, bool over, struct level *out)
{
	struct class *c = &walk->schema.classes[class];
	const struct layout *layout;
	uint32_t found;
	uint64_t number;

	if (c->column == NONE) {
		if (walk->met == walk->n_columns)
			return false;
		c->column = walk->met++;
	}
	if (!column_number(&walk->columns[c->column], &number) || number > c->templates.n)
		return false;
	found = number < c->templates.n ? c->templates.at[number]
	                                : read_template(walk, class);
	if (found == NONE)
		return false;
	layout = &walk->schema.templates[found];
	*out = (struct level){ .tags = layout->tags,
		               .class = class,
		               .list = layout->list,
		               .n = over ? layout->n_work : layout->n,
		               .work = over ? layout->work : NULL,
		               .node = NONE };
	return true;
}

/* ---- values ---- */

static bool
read_snowflake(struct walk *walk, uint32_t place, struct node *node)
{
	uint64_t time, worker, sequence;

	if (!read_number(walk, place, USE_TIME, &time) ||
	    !read_number(walk, place, USE_WORKER, &worker) ||
	    !read_number(walk, place, USE_SEQUENCE, &sequence))
		return false;
	if (node == NULL)
		return true;
	/* The time is signed and relative: decode.c puts them together. */
	node->number = time;
	node->n = (uint32_t)(worker & 0x3ff) << 12 | (uint32_t)(sequence & 0xfff);
	node->state = NODE_CODED;
	return true;
}

static bool
read_text(struct walk *walk, uint32_t place, enum column_use use, enum node_state state,
          struct node *node)
{
	struct column *column = column_of(walk, place, use);
	struct rp_slice text;

	if (column == NULL || !column_text(column, &text))
		return false;
	if (node != NULL) {
		node->p = text.p;
		node->n = (uint32_t)text.n;
		node->state = (uint8_t)state;
	}
	return true;
}

static bool
read_integer(struct walk *walk, uint32_t place, struct node *node)
{
	uint64_t number;

	if (!read_number(walk, place, USE_INTEGER, &number))
		return false;
	if (node != NULL) {
		node->number = number;
		node->state = NODE_CODED;
	}
	return true;
}

static bool
read_media_key(struct walk *walk, uint32_t place, struct node *node)
{
	static const char digits[] = "0123456789";
	uint64_t digit;

	if (!read_number(walk, place, USE_INTEGER, &digit) || digit > 9)
		return false;
	if (node != NULL)
		node->p = digits + digit;
	return read_snowflake(walk, place, node);
}

static bool
read_date(struct walk *walk, uint32_t place, struct node *node)
{
	struct column *column = column_of(walk, place, USE_DATE);
	struct rp_slice bytes;

	if (column == NULL || !column_bytes(column, 4, &bytes))
		return false;
	if (node == NULL)
		return true;
	for (int i = 0; i < 4; i++)
		node->number = node->number << 8 | (unsigned char)bytes.p[i];
	node->state = NODE_CODED;
	return true;
}

/* Over a value, or into a node. */
static bool
read_value(struct walk *walk, uint32_t place, uint8_t tag, struct node *node)
{
	switch (tag) {
	case TAG_NULL:
	case TAG_TRUE:
	case TAG_FALSE:
	case TAG_EMPTY_OBJECT:
	case TAG_EMPTY_ARRAY:
		return true;
	case TAG_EMPTY_STRING:
		if (node != NULL) {
			node->p = "";
			node->state = NODE_KNOWN;
		}
		return true;
	case TAG_STRING:
		return read_text(walk, place, USE_TEXT, NODE_KNOWN, node);
	case TAG_PARTS:
		return read_text(walk, place, USE_TEXT, NODE_CODED, node);
	case TAG_RAW_STRING:
		return read_text(walk, place, USE_RAW, NODE_NO_TEXT, node);
	case TAG_NUMBER:
		return read_text(walk, place, USE_RAW, NODE_KNOWN, node);
	case TAG_DIGITS:
	case TAG_INTEGER:
		return read_integer(walk, place, node);
	case TAG_SNOWFLAKE:
	case TAG_BARE_SNOWFLAKE:
		return read_snowflake(walk, place, node);
	case TAG_MEDIA_KEY:
		return read_media_key(walk, place, node);
	default:
		break;
	}
	if (tag >= TAG_DATE && tag < TAG_PREDICTED)
		return tag - TAG_DATE < DATE_FORMS && read_date(walk, place, node);
	if (node != NULL)
		node->state = NODE_CODED;
	return tag >= TAG_PREDICTED;
}

/* ---- records ---- */

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

static bool
open_root(struct walk *walk, bool is_array, struct tree *tree, struct level *out)
{
	uint32_t *root = &walk->roots[is_array];

	if (*root == NONE)
		*root = schema_root(&walk->schema, walk->shape, is_array);
	return *root != NONE && open_level(walk, *root, tree == NULL, out) &&
	       add_container(tree, out, NONE, NONE, 0, is_array ? TAG_ARRAY : TAG_OBJECT);
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
	return true;
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
		node->block_base = true;
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

	if (class == NONE || !open_level(walk, class, false, inner))
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
		.block_base = true,
	};
	return add_container(way->tree, inner, parent, place, index, TAG_OBJECT);
}

/* A container, which is another level but for what is the same as an entry. */
static bool
open_container(struct way *way, const struct level *level, uint32_t place, uint32_t index,
               uint8_t tag)
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
		     open_level(way->walk, class, way->tree == NULL, inner);
		inner->block_base = level->block_base;
		ok = ok && add_container(way->tree, inner, level->node, place, index,
		                         (enum tag)tag);
	}
	way->depth += deeper;
	return ok;
}

/* The change of a number since the entry. */
static bool
read_change(struct walk *walk, uint32_t place, const struct node *was, struct node *node)
{
	uint64_t change;

	if (!read_number(walk, place, USE_CHANGE, &change))
		return false;
	if (node == NULL)
		return true;
	node->number = zigzag(
		(int64_t)((uint64_t)unzigzag(was->number) + (uint64_t)unzigzag(change)));
	node->state = NODE_CODED;
	return true;
}

/* The next value of the innermost level. */
static bool
step(struct way *way)
{
	struct walk *walk = way->walk;
	struct level *level = &walk->open[way->depth - 1];
	uint32_t index = level->work ? level->work[level->next] : level->next;
	uint32_t place =
		schema_nth_place(&walk->schema, level->class, level->list, index);
	const struct node *was = level->like ? &level->like[level->member] : NULL;
	uint8_t tag = level->tags[index];
	struct node *node = NULL;

	level->next++;
	if (was != NULL) {
		uint32_t member = level->member;

		level->member = was->next;
		if (!walk->schema.all_places[place].varies)
			return way->tree == NULL ||
			       copy_value(way->tree, level->like, member, level->node,
			                  place, index);
	}
	if (tag == TAG_OWN_COLUMN) {
		struct column *column = column_of(walk, place, USE_TAG);

		if (column == NULL || !column_byte(column, &tag) || !tag_is_valid(tag) ||
		    tag == TAG_OWN_COLUMN)
			return false;
	}
	if (tag_is_container(tag) || tag == TAG_ENTRY || tag == TAG_LIKE ||
	    tag == TAG_SAME)
		return open_container(way, level, place, index, tag);
	if (way->tree != NULL) {
		node = tree_add(way->tree, level->node, place, index, (enum tag)tag);
		if (node == NULL)
			return false;
		node->block_base = level->block_base;
	}
	if (was != NULL && tag == TAG_INTEGER && was->tag == TAG_INTEGER)
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

static bool
read_tree(struct walk *walk, bool is_array, struct tree *tree)
{
	struct way way = { walk, tree, 1, 0 };
	uint32_t steps = 0;

	if (!open_root(walk, is_array, tree, &walk->open[0]))
		return false;
	while (way.depth > 0) {
		const struct level *level = &walk->open[way.depth - 1];

		if (level->next == level->n ? !close_level(&way)
		                            : steps++ == TREE_MAX_NODES || !step(&way))
			return false;
	}
	return true;
}

static bool
read_style(struct walk *walk, uint64_t number, struct style *out)
{
	struct rp_slice bytes;

	if (number < walk->n_styles) {
		*out = walk->styles[number];
		return true;
	}
	if (number > walk->n_styles ||
	    !column_bytes(&walk->columns[COLUMN_STYLES], STYLE_BYTES, &bytes))
		return false;
	memcpy(out, bytes.p, STYLE_BYTES);
	if (!style_valid(out))
		return false;
	if (walk->n_styles == walk->cap_styles) {
		uint32_t cap = walk->cap_styles ? walk->cap_styles * 2 : 8;
		struct style *more = realloc(walk->styles, cap * sizeof(*more));

		if (more == NULL)
			return false;
		walk->styles = more;
		walk->cap_styles = cap;
	}
	walk->styles[walk->n_styles++] = *out;
	return true;
}

static bool
read_record(struct walk *walk, struct tree *tree, struct walked *out)
{
	struct column *bytes = &walk->columns[COLUMN_BYTES];
	uint64_t form, n;

	if (!column_number(&walk->columns[COLUMN_STYLE], &form))
		return false;
	out->is_tree = form >= FORM_STYLES;
	if (form == FORM_TEXT)
		return column_text(bytes, &out->bytes);
	if (form == FORM_BYTES)
		return column_number(&walk->columns[COLUMN_STYLE], &n) &&
		       column_bytes(bytes, n, &out->bytes);
	return read_style(walk, form - FORM_STYLES, &out->style) &&
	       read_tree(walk, out->style.array, tree);
}

enum rp_status
walk_to(struct walk *walk, uint32_t record, struct tree *tree, struct walked *out,
        struct rp_error *err)
{
	uint32_t nearest = record / WALK_STEP;

	if (nearest >= walk->n_marks)
		nearest = walk->n_marks - 1u; /* NONE when there is none */
	if (record < walk->record ||
	    (nearest != NONE && nearest * WALK_STEP > walk->record))
		go_back(walk, nearest);
	for (;; walk->record++) {
		bool found = walk->record == record;

		if (walk->record == walk->n_marks * WALK_STEP)
			mark(walk);
		if (!read_record(walk, found ? tree : NULL, out)) {
			/* Whatever was read of it must not be gone on from. */
			go_back(walk, NONE);
			return damaged(err);
		}
		if (found)
			break;
	}
	walk->record++;
	return RP_OK;
}
