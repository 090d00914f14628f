#include "storage/block/emit.h"

#include "storage/block/column.h"
#include "storage/block/value.h"

#include <stdlib.h>

enum { ARENA_MAX = 256 << 20 };

bool
emitter_init(struct emitter *e, struct plan *plan, const struct rp_slice *records,
             size_t n)
{
	const struct schema *schema = &plan->schema;

	*e = (struct emitter){ .plan = plan, .records = records, .n = n };
	e->templates = map_new();
	e->arena = arena_new(ARENA_MAX);
	e->counts = calloc(schema->n_places + 1u, sizeof(*e->counts));
	e->list_numbers = malloc((schema->n_lists + 1u) * sizeof(*e->list_numbers));
	e->n_lists = malloc((schema->n_classes + 1u) * sizeof(*e->n_lists));
	e->tags = malloc(TREE_MAX_NODES);
	return e->templates != NULL && e->arena != NULL && e->counts != NULL &&
	       e->list_numbers != NULL && e->n_lists != NULL && e->tags != NULL;
}

void
emitter_done(struct emitter *e)
{
	for (uint32_t i = 0; i < e->cap_columns; i++)
		buf_done(&e->columns[i]);
	free(e->columns);
	free(e->is_text);
	map_free(e->templates);
	arena_free(e->arena);
	free(e->counts);
	free(e->list_numbers);
	free(e->n_lists);
	free(e->tags);
}

/* ---- columns ---- */

static bool
grow_columns(struct emitter *e)
{
	uint32_t cap = e->cap_columns ? e->cap_columns * 2 : 256;
	struct rp_buf *columns = realloc(e->columns, cap * sizeof(*columns));
	bool *is_text;

	if (columns == NULL)
		return false;
	e->columns = columns;
	is_text = realloc(e->is_text, cap * sizeof(*is_text));
	if (is_text == NULL)
		return false;
	e->is_text = is_text;
	for (; e->cap_columns < cap; e->cap_columns++)
		buf_init(&e->columns[e->cap_columns], SIZE_MAX / 2);
	return true;
}

/* The number of a new column; 0, which takes what is lost anyhow, without memory. */
static uint32_t
new_column(struct emitter *e, bool is_text)
{
	if (e->n_columns == e->cap_columns && !grow_columns(e)) {
		e->failed = true;
		return 0;
	}
	buf_clear(&e->columns[e->n_columns]);
	e->is_text[e->n_columns] = is_text;
	return e->n_columns++;
}

static struct rp_buf *
column_of(struct emitter *e, uint32_t place, enum column_use use)
{
	struct place *p = &e->plan->schema.all_places[place];

	if (p->columns[use] == NONE)
		p->columns[use] = new_column(e, use == USE_TEXT || use == USE_RAW);
	return &e->columns[p->columns[use]];
}

/* ---- templates ---- */

static void
emit_list(struct emitter *e, uint32_t class, uint32_t list)
{
	struct rp_buf *out = &e->columns[COLUMN_TEMPLATES];
	const struct key_list *l = &e->plan->schema.lists[list];

	if (e->list_numbers[list] != NONE) {
		column_add_number(out, e->list_numbers[list]);
		return;
	}
	column_add_number(out, e->n_lists[class]);
	e->list_numbers[list] = e->n_lists[class]++;
	column_add_number(out, l->n);
	for (uint32_t i = 0; i < l->n; i++)
		column_add_text(&e->columns[COLUMN_KEYS],
		                e->plan->schema.all_places[l->places[i]].name);
}

/* Number of a template in its class, written where it is new. */
static uint32_t
template_number(struct emitter *e, const struct node *node, uint32_t n)
{
	struct schema *schema = &e->plan->schema;
	struct rp_buf *out = &e->columns[COLUMN_TEMPLATES];
	uint32_t head[2] = { node->class, node->list };
	struct rp_slice id = RP_SLICE("");
	uint32_t *number;
	bool fresh;

	if (!arena_join(e->arena, rp_slice_from((const char *)head, sizeof(head)),
	                rp_slice_from((const char *)e->tags, n), &id)) {
		e->failed = true;
		return 0;
	}
	number = map_put(e->templates, id, schema->classes[node->class].templates.n,
	                 &fresh);
	if (number == NULL) {
		e->failed = true;
		return 0;
	}
	if (!fresh)
		return *number;
	schema->classes[node->class].templates.n++;
	if (node->list != NONE)
		emit_list(e, node->class, node->list);
	else
		column_add_number(out, n);
	buf_add(out, rp_slice_from((const char *)e->tags, n));
	return *number;
}

static bool
has_own_column(const struct emitter *e, const struct node *nodes, uint32_t at)
{
	return nodes[nodes[at].parent].state != NODE_PAIRED &&
	       e->plan->schema.all_places[nodes[at].place].own_column;
}

static uint8_t
tag_in_template(const struct emitter *e, const struct node *nodes, uint32_t at)
{
	if (has_own_column(e, nodes, at))
		return TAG_OWN_COLUMN;
	if (nodes[nodes[at].parent].state != NODE_PAIRED)
		return nodes[at].tag;
	return nodes[at].state == NODE_AGAIN    ? TAG_AGAIN
	       : nodes[at].state == NODE_CHANGE ? TAG_CHANGE
	                                        : nodes[at].tag;
}

static void
emit_container(struct emitter *e, const struct node *nodes, uint32_t at)
{
	const struct node *node = &nodes[at];
	struct class *class = &e->plan->schema.classes[node->class];
	uint32_t n = 0, number;

	for (uint32_t i = at + 1; i < node->next; i = nodes[i].next)
		e->tags[n++] = tag_in_template(e, nodes, i);
	if (class->column == NONE)
		class->column = new_column(e, false);
	number = template_number(e, node, n);
	column_add_number(&e->columns[class->column], number);
}

/* ---- values ---- */

static void
emit_snowflake(struct emitter *e, const struct node *node, int64_t base)
{
	column_add_number(column_of(e, node->place, USE_TIME),
	                  zigzag(snowflake_time(node->number) - base));
	column_add_number(column_of(e, node->place, USE_WORKER),
	                  node->number >> SNOWFLAKE_WORKER_SHIFT & SNOWFLAKE_WORKER_MASK);
	column_add_number(column_of(e, node->place, USE_SEQUENCE),
	                  node->number & SNOWFLAKE_SEQUENCE_MASK);
}

static void
emit_date(struct emitter *e, const struct node *node)
{
	struct rp_buf *out = column_of(e, node->place, USE_DATE);

	for (int shift = 24; shift >= 0; shift -= 8)
		column_add_byte(out, (uint8_t)(node->number >> shift & 0xff));
}

static void
emit_value(struct emitter *e, const struct node *node, int64_t base)
{
	struct rp_slice text = rp_slice_from(node->p, node->n);

	switch (node->tag) {
	case TAG_STRING:
		column_add_text(column_of(e, node->place, USE_TEXT), text);
		break;
	case TAG_PARTS:
		column_add_text(column_of(e, node->place, USE_TEXT),
		                plan_parts(e->plan, node));
		break;
	case TAG_RAW_STRING:
	case TAG_NUMBER:
		column_add_text(column_of(e, node->place, USE_RAW), text);
		break;
	case TAG_DIGITS:
		column_add_number(column_of(e, node->place, USE_INTEGER), node->number);
		break;
	case TAG_INTEGER:
		column_add_number(column_of(e, node->place, USE_INTEGER),
		                  zigzag((int64_t)node->number));
		break;
	case TAG_MEDIA_KEY:
		column_add_number(column_of(e, node->place, USE_INTEGER),
		                  (uint64_t)(node->p[0] - '0'));
		emit_snowflake(e, node, base);
		break;
	case TAG_ANCHORED:
	case TAG_BARE_ANCHORED:
		emit_snowflake(e, node, e->plan->tree.block_base);
		break;
	case TAG_SNOWFLAKE:
	case TAG_BARE_SNOWFLAKE:
		emit_snowflake(e, node, base);
		break;
	default:
		if (node->tag >= TAG_DATE && node->tag < TAG_PREDICTED)
			emit_date(e, node);
	}
}

/* ---- records ---- */

static void
emit_style(struct emitter *e, uint32_t style)
{
	column_add_number(&e->columns[COLUMN_STYLE], FORM_STYLES + style);
	if (style < e->styles_met)
		return;
	buf_add(&e->columns[COLUMN_STYLES],
	        rp_slice_from((const char *)&e->plan->styles[style], STYLE_BYTES));
	e->styles_met++;
}

static void
emit_node(struct emitter *e, const struct planned *record, uint32_t i)
{
	const struct node *nodes = e->plan->nodes, *node = &nodes[i];
	bool of_record = record->own_base && i != record->base_node && !node->block_base;

	if (i > record->first && has_own_column(e, nodes, i))
		column_add_byte(column_of(e, node->place, USE_TAG), node->tag);
	if (node->state == NODE_CHANGE)
		column_add_number(
			column_of(e, node->place, USE_CHANGE),
			zigzag((int64_t)(node->number - nodes[node->list].number)));
	else if (node->tag == TAG_LIKE || node->tag == TAG_SAME)
		column_add_number(column_of(e, node->place, USE_ENTRY), node->number);
	else if (tag_is_container(node->tag) || node->tag == TAG_ENTRY)
		emit_container(e, nodes, i);
	else
		emit_value(e, node, of_record ? record->base : e->plan->tree.block_base);
}

static void
emit_tree(struct emitter *e, const struct planned *record)
{
	if (record->again > 0)
		column_add_number(&e->columns[COLUMN_STYLE], FORM_AGAIN);
	else
		emit_style(e, record->style);
	for (uint32_t i = record->first; i < record->first + record->n; i++)
		if (e->plan->nodes[i].state != NODE_OMITTED &&
		    e->plan->nodes[i].state != NODE_AGAIN)
			emit_node(e, record, i);
}

static void
emit_bytes(struct emitter *e, struct rp_slice record)
{
	struct rp_buf *form = &e->columns[COLUMN_STYLE];
	struct rp_buf *bytes = &e->columns[COLUMN_BYTES];

	if (rp_slice_find_byte(record, '\0') == record.n) {
		column_add_number(form, FORM_TEXT);
		column_add_text(bytes, record);
		return;
	}
	column_add_number(form, FORM_BYTES);
	column_add_number(form, record.n);
	buf_add(bytes, record);
}

/* Numbers of styles are those of their first use, which raw records may have changed. */
static void
renumber_styles(struct emitter *e)
{
	struct plan *plan = e->plan;
	uint32_t n = plan->n_styles, next = 0;
	struct style *styles = calloc(n + 1u, sizeof(*styles));
	uint32_t *numbers = malloc((n + 1u) * sizeof(*numbers));

	if (styles == NULL || numbers == NULL) {
		e->failed = true;
	} else {
		for (uint32_t i = 0; i < n; i++)
			numbers[i] = NONE;
		for (size_t i = 0; i < e->n; i++) {
			struct planned *record = &plan->records[i];

			if (record->n == 0)
				continue;
			if (numbers[record->style] == NONE) {
				styles[next] = plan->styles[record->style];
				numbers[record->style] = next++;
			}
			record->style = numbers[record->style];
		}
		memcpy(plan->styles, styles, next * sizeof(*styles));
		plan->n_styles = next;
	}
	free(styles);
	free(numbers);
}

static void
begin(struct emitter *e)
{
	struct schema *schema = &e->plan->schema;

	e->n_columns = 0;
	e->styles_met = 0;
	for (uint32_t i = 0; i < COLUMNS_FIXED; i++)
		(void)new_column(e, column_is_text(i));
	for (uint32_t i = 0; i < schema->n_places; i++)
		for (int use = 0; use < COLUMN_USES; use++)
			schema->all_places[i].columns[use] = NONE;
	for (uint32_t i = 0; i < schema->n_classes; i++) {
		schema->classes[i].column = NONE;
		schema->classes[i].templates.n = 0;
		e->n_lists[i] = 0;
	}
	for (uint32_t i = 0; i < schema->n_lists; i++)
		e->list_numbers[i] = NONE;
	map_clear(e->templates);
	arena_reset(e->arena);
	if (e->plan->n_styles > 0)
		renumber_styles(e);
}

/* The directory of columns, then those of numbers; those of texts apart. */
static bool
join_columns(const struct emitter *e, struct rp_buf *numbers, struct rp_buf *texts)
{
	column_add_number(numbers, e->n_columns);
	for (uint32_t i = 0; i < e->n_columns; i++)
		column_add_number(numbers, (uint64_t)e->columns[i].n << 1 |
		                                   (e->is_text[i] ? 1 : 0));
	for (uint32_t i = 0; i < e->n_columns; i++) {
		buf_add(e->is_text[i] ? texts : numbers, buf_slice(&e->columns[i]));
		if (buf_failed(&e->columns[i]))
			return false;
	}
	return !buf_failed(numbers) && !buf_failed(texts);
}

bool
emit_all(struct emitter *e, struct rp_buf *numbers, struct rp_buf *texts)
{
	begin(e);
	emit_decide(e);
	if (e->failed)
		return false;
	for (size_t i = 0; i < e->n; i++) {
		if (e->plan->records[i].n > 0)
			emit_tree(e, &e->plan->records[i]);
		else
			emit_bytes(e, e->records[i]);
	}
	return !e->failed && join_columns(e, numbers, texts);
}
