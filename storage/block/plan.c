#include "storage/block/plan.h"

#include "storage/block/known.h"
#include "storage/block/predict.h"
#include "storage/block/value.h"

#include <stdlib.h>

enum {
	TEXTS_MAX =
		256 << 20, /* arena of unescaped texts: never longer than the records */
	SCRATCH_MAX = 64 << 20,
	PARTS_MIN = 12, /* shorter addresses are not worth a look */
};

bool
plan_init(struct plan *plan, const struct shapes *shapes, enum record_kind kind,
          size_t n_records)
{
	*plan = (struct plan){ .doc = JSON_DOC_INIT, .shape = shape_of_kind(kind) };
	plan->texts = arena_new(TEXTS_MAX);
	plan->scratch = arena_new(SCRATCH_MAX);
	plan->records = calloc(n_records, sizeof(*plan->records));
	plan->places = malloc(TREE_MAX_NODES * sizeof(*plan->places));
	buf_init(&plan->parts, TEXTS_MAX);
	buf_init(&plan->again, SIZE_MAX / 2);
	plan->roots[0] = plan->roots[1] = NONE;
	return schema_init(&plan->schema, shapes, TEXTS_MAX) && plan->texts != NULL &&
	       plan->scratch != NULL && plan->records != NULL && plan->places != NULL &&
	       (tree_init(&plan->tree, &plan->schema, plan->scratch), true);
}

void
plan_done(struct plan *plan)
{
	schema_done(&plan->schema);
	tree_done(&plan->tree);
	json_done(&plan->doc);
	arena_free(plan->texts);
	arena_free(plan->scratch);
	buf_done(&plan->parts);
	buf_done(&plan->again);
	free(plan->places);
	free(plan->records);
	free(plan->nodes);
	free(plan->styles);
}

/* ---- the tree ---- */

static bool
is_list(const struct key_list *list, const uint32_t *places, uint32_t n)
{
	return list->n == n && memcmp(list->places, places, n * sizeof(*places)) == 0;
}

/* The key list of an object, made when it is new; NONE: out of memory. */
static uint32_t
find_list(struct plan *plan, uint32_t class, uint32_t object)
{
	struct json_each each = json_each(&plan->doc, object);
	struct schema *schema = &plan->schema;
	struct class *c;
	uint32_t n = 0, after = 0;

	while (json_next(&each)) {
		plan->places[n] = schema_next_key(schema, class, &after,
		                                  json_raw_text(&plan->doc, each.key));
		if (plan->places[n++] == NONE)
			return NONE;
	}
	c = &schema->classes[class];
	if (c->last_list == NONE ||
	    !is_list(&schema->lists[c->last_list], plan->places, n)) {
		uint32_t list = schema_find_list(schema, plan->places, n);

		if (list == NONE)
			list = schema_add_list(schema, class, plan->places, n);
		schema->classes[class].last_list = list;
	}
	return schema->classes[class].last_list;
}

/* Would this text, which has no escapes, have some in this style? */
static bool
wants_escapes(const struct style *style, struct rp_slice text)
{
	uint8_t e = style->escapes;

	if ((e & (STYLE_ASCII | STYLE_SLASH | STYLE_HTML)) == 0)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if ((c >= 0x80 && (e & STYLE_ASCII)) || (c == '/' && (e & STYLE_SLASH)) ||
		    ((c == '<' || c == '>' || c == '&') && (e & STYLE_HTML)))
			return true;
	}
	return false;
}

/* Comes a string back from its text?  *out is the text then. */
static bool
text_of_string(struct plan *plan, const struct style *style, uint32_t i,
               struct rp_slice *out)
{
	struct rp_slice raw = json_raw_text(&plan->doc, i);

	*out = raw;
	if (plan->doc.nodes[i].flags & JSON_DAMAGED)
		return false;
	if ((plan->doc.nodes[i].flags & JSON_ESCAPED) == 0)
		return !wants_escapes(style, raw);
	if (json_text(&plan->doc, i, plan->texts, out, NULL) != RP_OK ||
	    memchr(out->p, 0, out->n) != NULL)
		return false;
	buf_clear(&plan->again);
	style_escape(style, *out, &plan->again);
	return rp_slice_eq(buf_slice(&plan->again), raw);
}

/* The tag of a value by its type alone, and its text. */
static void
set_value(struct plan *plan, const struct style *style, uint32_t i, struct node *node)
{
	static const uint8_t words[] = {
		[JSON_NULL] = TAG_NULL,
		[JSON_FALSE] = TAG_FALSE,
		[JSON_TRUE] = TAG_TRUE,
	};
	struct rp_slice text;

	switch (plan->doc.nodes[i].type) {
	case JSON_NUMBER:
		node->tag = TAG_NUMBER;
		node->state = NODE_KNOWN;
		text = json_span(&plan->doc, i);
		break;
	case JSON_STRING:
		node->tag = TAG_STRING;
		node->state = NODE_KNOWN;
		if (!text_of_string(plan, style, i, &text)) {
			text = json_raw_text(&plan->doc, i);
			node->tag = TAG_RAW_STRING;
			node->state = NODE_NO_TEXT;
		}
		if (text.n == 0)
			node->tag = TAG_EMPTY_STRING;
		break;
	case JSON_ARRAY:
	case JSON_OBJECT:
		return;
	default:
		node->tag = words[json_type(&plan->doc, i)];
		return;
	}
	node->p = text.p;
	node->n = (uint32_t)text.n;
}

static enum tag
tag_of_container(const struct json_doc *doc, uint32_t i)
{
	bool empty = doc->nodes[i].next == i + 1;

	if (json_type(doc, i) == JSON_ARRAY)
		return empty ? TAG_EMPTY_ARRAY : TAG_ARRAY;
	if (json_type(doc, i) == JSON_OBJECT)
		return empty ? TAG_EMPTY_OBJECT : TAG_OBJECT;
	return TAG_NULL; /* no container: set_value() will say */
}

/* Add the value at node i of the document; false: out of memory. */
static bool
add_value(struct plan *plan, const struct style *style, uint32_t i, uint32_t parent,
          uint32_t index)
{
	struct schema *schema = &plan->schema;
	enum tag tag = tag_of_container(&plan->doc, i);
	uint32_t place = NONE, class = NONE, list = NONE;
	struct node *node;

	if (parent != NONE)
		place = schema_nth_place(schema, plan->tree.nodes[parent].class,
		                         plan->tree.nodes[parent].list, index);
	if (tag_is_container(tag)) {
		class = parent == NONE ? plan->roots[tag == TAG_ARRAY]
		                       : schema_class_at(schema, place, tag == TAG_ARRAY);
		if (class != NONE && tag == TAG_OBJECT)
			list = find_list(plan, class, i);
		if (class == NONE || (tag == TAG_OBJECT && list == NONE))
			return false;
	}
	node = tree_add(&plan->tree, parent, place, index, tag);
	if (node == NULL)
		return false;
	node->class = class;
	node->list = list;
	set_value(plan, style, i, node);
	return true;
}

static bool
build(struct plan *plan, const struct style *style)
{
	const struct json_doc *doc = &plan->doc;
	struct {
		uint32_t node, end, members;
	} open[TREE_MAX_DEPTH];
	struct tree *tree = &plan->tree;
	size_t depth = 0;

	for (uint32_t i = 0; i < doc->n; i++) {
		uint32_t parent = NONE, index = 0;

		while (depth > 0 && i >= open[depth - 1].end)
			tree->nodes[open[--depth].node].next = tree->n;
		if (doc->nodes[i].flags & JSON_KEY)
			continue;
		if (depth > 0) {
			parent = open[depth - 1].node;
			index = open[depth - 1].members++;
		}
		if (!add_value(plan, style, i, parent, index))
			return false;
		if (!tag_is_container(tree->nodes[tree->n - 1].tag))
			continue;
		if (depth == TREE_MAX_DEPTH)
			return false;
		open[depth].node = tree->n - 1;
		open[depth].end = doc->nodes[i].next;
		open[depth++].members = 0;
	}
	while (depth > 0)
		tree->nodes[open[--depth].node].next = tree->n;
	return true;
}

/* ---- tags ---- */

static bool
is_predicted(struct plan *plan, uint32_t i)
{
	struct node *node = &plan->tree.nodes[i];
	struct rp_slice text = rp_slice_from(node->p, node->n), guess;
	unsigned count = predict_count(&plan->tree, i);

	for (unsigned k = 0; k < count; k++) {
		if (!predict(&plan->tree, i, k, &guess) || !rp_slice_eq(guess, text))
			continue;
		node->tag = (uint8_t)((node->tag == TAG_NUMBER ? TAG_BARE_PREDICTED
		                                               : TAG_PREDICTED) +
		                      k);
		return true;
	}
	return false;
}

static void
form_of_number(struct node *node)
{
	int64_t number;

	if (!value_integer(rp_slice_from(node->p, node->n), &number))
		return;
	node->number = (uint64_t)number;
	node->tag = number >= (int64_t)SNOWFLAKE_MIN ? TAG_BARE_SNOWFLAKE : TAG_INTEGER;
}

static void
form_of_string(struct plan *plan, uint32_t i)
{
	struct node *node = &plan->tree.nodes[i];
	struct rp_slice text = rp_slice_from(node->p, node->n);
	size_t before = plan->parts.n;
	unsigned form;
	uint32_t seconds;

	if (value_digits(text, &node->number)) {
		node->tag = node->number >= SNOWFLAKE_MIN ? TAG_SNOWFLAKE : TAG_DIGITS;
	} else if (text.n > 2 && text.p[1] == '_' && text.p[0] >= '0' &&
	           text.p[0] <= '9' &&
	           value_digits(rp_slice_skip(text, 2), &node->number) &&
	           node->number >= SNOWFLAKE_MIN) {
		node->tag = TAG_MEDIA_KEY;
	} else if (value_date(text, &form, &seconds)) {
		node->tag = (uint8_t)(TAG_DATE + form);
		node->number = seconds;
	} else if (text.n >= PARTS_MIN && rp_slice_starts(text, RP_SLICE("http")) &&
	           node->rank >= RANK_PLAIN * RANK_DEPTHS &&
	           known_shorten(&plan->tree, i, text, &plan->parts)) {
		node->tag = TAG_PARTS;
		node->number = (uint64_t)before << 24 | (plan->parts.n - before);
	}
}

static void
choose_tags(struct plan *plan)
{
	for (uint32_t i = 0; i < plan->tree.n; i++) {
		unsigned tag = plan->tree.nodes[i].tag;

		if (tag != TAG_STRING && tag != TAG_NUMBER)
			continue;
		if (is_predicted(plan, i))
			continue;
		if (tag == TAG_NUMBER)
			form_of_number(&plan->tree.nodes[i]);
		else
			form_of_string(plan, i);
	}
}

/* ---- records ---- */

/* The number of a style, NONE: out of memory. */
static uint32_t
find_style(struct plan *plan, const struct style *style)
{
	for (uint32_t i = plan->n_styles; i > 0; i--)
		if (memcmp(&plan->styles[i - 1], style, sizeof(*style)) == 0)
			return i - 1;
	if (plan->n_styles == plan->cap_styles) {
		uint32_t cap = plan->cap_styles ? plan->cap_styles * 2 : 16;
		struct style *more = realloc(plan->styles, cap * sizeof(*more));

		if (more == NULL)
			return NONE;
		plan->styles = more;
		plan->cap_styles = cap;
	}
	plan->styles[plan->n_styles] = *style;
	return plan->n_styles++;
}

static bool
keep_nodes(struct plan *plan, struct planned *record)
{
	const struct tree *tree = &plan->tree;

	if (plan->cap_nodes - plan->n_nodes < tree->n) {
		uint32_t cap = plan->cap_nodes ? plan->cap_nodes : 1024;
		struct node *more;

		while (cap - plan->n_nodes < tree->n)
			cap *= 2;
		more = realloc(plan->nodes, cap * sizeof(*more));
		if (more == NULL)
			return false;
		plan->nodes = more;
		plan->cap_nodes = cap;
	}
	memcpy(plan->nodes + plan->n_nodes, tree->nodes, tree->n * sizeof(*tree->nodes));
	for (uint32_t i = 0; i < tree->n; i++) {
		struct node *node = &plan->nodes[plan->n_nodes + i];

		node->next += plan->n_nodes;
		if (node->parent != NONE)
			node->parent += plan->n_nodes;
	}
	record->first = plan->n_nodes;
	record->n = tree->n;
	record->own_base = plan->own_base;
	record->base = tree->base;
	record->base_node =
		tree->base_node == NONE ? NONE : plan->n_nodes + tree->base_node;
	plan->n_nodes += tree->n;
	return true;
}

/* Times in a block are counted from its first id that has one. */
static void
find_base(struct plan *plan)
{
	struct tree *tree = &plan->tree;

	plan->own_base = tree_complete(tree);
	if (!plan->own_base || plan->has_base)
		return;
	plan->has_base = true;
	tree->block_base = tree->base;
}

static bool
need_root(struct plan *plan, bool array)
{
	if (plan->roots[array] == NONE)
		plan->roots[array] = schema_root(&plan->schema, plan->shape, array);
	return plan->roots[array] != NONE;
}

bool
plan_record(struct plan *plan, size_t i, struct rp_slice bytes)
{
	struct planned *record = &plan->records[i];
	size_t parts = plan->parts.n;
	struct style style;

	*record = (struct planned){ .n = 0 };
	if (bytes.n > PLAN_MAX_RECORD || bytes.n == 0 ||
	    (bytes.p[0] != '{' && bytes.p[0] != '[') ||
	    json_parse(&plan->doc, bytes, NULL) != RP_OK ||
	    plan->doc.n > TREE_MAX_NODES ||
	    plan->doc.n > (uint32_t)PLAN_MAX_NODES - plan->n_nodes ||
	    !style_of(&plan->doc, &style))
		return true;
	tree_clear(&plan->tree);
	plan->schema.full = false;
	if (!need_root(plan, style.array) || !build(plan, &style))
		return plan->schema.full;
	find_base(plan);
	choose_tags(plan);
	buf_clear(&plan->again);
	if (!style_write(&style, &plan->tree, &plan->again) ||
	    !rp_slice_eq(buf_slice(&plan->again), bytes)) {
		plan->parts.n = parts;
		return !buf_failed(&plan->again);
	}
	record->style = find_style(plan, &style);
	return record->style != NONE && keep_nodes(plan, record);
}
