#include "storage/block/read.h"

#include "storage/block/value.h"

/* ---- columns ---- */

struct column *
read_column(struct walk *walk, uint32_t place, enum column_use use)
{
	uint32_t *column = &walk->schema.all_places[place].columns[use];

	if (*column == NONE) {
		if (walk->met == walk->n_columns)
			return NULL;
		*column = walk->met++;
	}
	return &walk->columns[*column];
}

bool
read_number(struct walk *walk, uint32_t place, enum column_use use, uint64_t *out)
{
	struct column *column = read_column(walk, place, use);

	return column != NULL && column_number(column, out);
}

/* ---- templates ---- */

static uint32_t
read_list(struct walk *walk, uint32_t class)
{
	struct column *in = &walk->columns[COLUMN_TEMPLATES];
	const struct numbers *lists = &walk->schema.classes[class].lists;
	uint32_t after = 0;
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
		walk->places[i] = schema_next_key(&walk->schema, class, &after, key);
		if (walk->places[i] == NONE)
			return NONE;
	}
	number = schema_add_list(&walk->schema, class, walk->places, (uint32_t)n);
	walk->schema.classes[class].last_list = (uint32_t)number;
	return (uint32_t)number;
}

bool
read_tag_is_valid(uint8_t tag)
{
	return tag <= TAG_CHANGE || (tag >= TAG_DATE && tag < TAGS);
}

bool
read_own_tag(struct walk *walk, uint32_t place, uint8_t *out)
{
	struct column *column = read_column(walk, place, USE_TAG);

	return column != NULL && column_byte(column, out) && read_tag_is_valid(*out) &&
	       *out != TAG_OWN_COLUMN;
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
		if (!read_tag_is_valid((uint8_t)tags.p[i]))
			return NONE;
	return schema_add_template(&walk->schema, class, list, (const uint8_t *)tags.p,
	                           (uint32_t)n);
}

bool
read_level(struct walk *walk, uint32_t class, bool over, struct level *out)
{
	struct class *c = &walk->schema.classes[class];
	struct layout *layout;
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
	if (over && layout->met && layout->skips == NULL &&
	    !skip_prepare(walk, class, layout))
		return false;
	layout->met = true;
	*out = (struct level){ .tags = layout->tags,
		               .class = class,
		               .list = layout->list,
		               .n = layout->n,
		               .node = NONE };
	if (over && layout->skips != NULL) {
		out->skips = layout->skips;
		out->n = layout->n_skips;
	} else if (over) {
		out->work = layout->work;
		out->n = layout->n_work;
	}
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
	struct column *column = read_column(walk, place, use);
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
	struct column *column = read_column(walk, place, USE_DATE);
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

bool
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
	case TAG_ANCHORED:
	case TAG_BARE_ANCHORED:
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
