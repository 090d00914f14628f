#include "storage/block/entity.h"

#include "storage/block/scan.h"
#include "storage/block/value.h"

/* Entities of longer texts are not looked for. */
enum { SCAN_MAX_BYTES = 64 << 10 };

static bool
number_out(const struct asking *a, uint32_t number, struct rp_slice *out)
{
	char digits[DIGITS_MAX];

	size_t n = value_put_digits(digits, number);

	return arena_copy(a->tree->scratch, rp_slice_from(digits, n), out);
}

static const struct candidates *
candidates_of(struct tree *tree, uint32_t node, unsigned rank)
{
	const struct candidates *found;
	struct rp_slice text;

	if (!tree_text(tree, node, rank, &text))
		return NULL;
	for (uint32_t i = 0; i < tree->n_scans; i++)
		if (tree->scans[i].node == node)
			return tree->scans[i].found;
	if (text.n > SCAN_MAX_BYTES)
		return NULL;
	found = scan_text(tree->scratch, text);
	if (found == NULL)
		return NULL;
	if (tree->n_scans < (uint32_t)TREE_MAX_SCANS)
		tree->n_scans++;
	tree->scans[tree->next_scan % TREE_MAX_SCANS].node = node;
	tree->scans[tree->next_scan++ % TREE_MAX_SCANS].found = found;
	return found;
}

uint32_t
entity_text(const struct tree *tree, uint32_t post)
{
	uint32_t text = tree_member(tree, post, KEY_FULL_TEXT);

	return text != NONE ? text : tree_member(tree, post, KEY_TEXT);
}

/* What an entity is and stands in. */
struct entity {
	uint32_t object;
	uint32_t n; /* which of its kind, by its place in its list */
	enum entity_kind kind;
	const struct candidates *in;
};

static bool
kind_of_list(uint32_t key, enum entity_kind *out)
{
	switch (key) {
	case KEY_USER_MENTIONS:
	case KEY_MENTIONS:
		*out = ENTITY_MENTION;
		return true;
	case KEY_HASHTAGS:
		*out = ENTITY_TAG;
		return true;
	case KEY_SYMBOLS:
	case KEY_CASHTAGS:
		*out = ENTITY_CASHTAG;
		return true;
	case KEY_URLS:
	case KEY_MEDIA:
		*out = ENTITY_URL;
		return true;
	default:
		return false;
	}
}

/*
 * The text a list of entities belongs to: beside "entities", or, where that has lists for
 * several texts (of a user: description, url), the text of that name.
 */
static uint32_t
text_of_list(const struct tree *tree, uint32_t list)
{
	uint32_t in = tree->nodes[list].parent, around;

	if (in == NONE || tree->nodes[in].parent == NONE)
		return NONE;
	around = tree->nodes[in].parent;
	if (tree->nodes[in].key == KEY_ENTITIES)
		return entity_text(tree, around);
	if (tree->nodes[around].key == KEY_ENTITIES && tree->nodes[around].parent != NONE)
		return tree_member(tree, tree->nodes[around].parent, tree->nodes[in].key);
	return NONE;
}

static bool
find_entity(const struct asking *a, struct entity *out)
{
	const struct tree *tree = a->tree;
	uint32_t object = tree->nodes[a->node].parent, list;

	if (object != NONE && tree->nodes[object].tag == TAG_ARRAY)
		object = tree->nodes[object].parent; /* we are one of "indices" */
	if (object == NONE || tree->nodes[object].parent == NONE)
		return false;
	list = tree->nodes[object].parent;
	if (tree->nodes[list].tag != TAG_ARRAY ||
	    !kind_of_list(tree->nodes[list].key, &out->kind))
		return false;
	out->object = object;
	out->n = tree->nodes[object].index;
	out->in = candidates_of(a->tree, text_of_list(tree, list), a->rank);
	return out->in != NULL;
}

/* The n-th of its kind; NONE: the last one. */
static const struct candidate *
nth(const struct entity *e, uint32_t n)
{
	const struct candidate *last = NULL;

	for (uint32_t i = 0; i < e->in->n; i++) {
		const struct candidate *c = &e->in->found[i];

		if (c->kind != e->kind)
			continue;
		if (n == 0)
			return c;
		n--;
		last = c;
	}
	return n > SCAN_MAX ? last : NULL;
}

static bool
entity_number(const struct asking *a, const struct entity *e, uint32_t key,
              uint32_t index, uint64_t *out)
{
	struct tree *tree = a->tree;
	uint32_t at = tree_member(tree, e->object, key);
	struct rp_slice text;

	if (at == NONE)
		at = tree_element(tree, tree_member(tree, e->object, KEY_INDICES), index);
	return tree_text(tree, at, a->rank, &text) && value_digits(text, out);
}

/* The candidate that begins where the record says that this entity does. */
static const struct candidate *
at_start(const struct asking *a, const struct entity *e)
{
	uint64_t start;

	if (!entity_number(a, e, KEY_START, 0, &start))
		return NULL;
	for (uint32_t i = 0; i < e->in->n; i++)
		if (e->in->found[i].kind == e->kind && e->in->found[i].start == start)
			return &e->in->found[i];
	return NULL;
}

bool
entity_predict(const struct asking *a, struct rp_slice *out)
{
	const struct candidate *c = NULL;
	struct entity e;

	if (!find_entity(a, &e))
		return false;
	switch (a->op->op) {
	case OP_START:
		c = nth(&e, e.n + a->op->arg);
		break;
	case OP_START_LAST:
		c = nth(&e, NONE);
		break;
	default:
		c = at_start(a, &e);
	}
	if (c == NULL)
		return false;
	if (a->op->op == OP_ENTITY) {
		*out = c->text;
		return true;
	}
	return number_out(a, a->op->op == OP_END ? c->end : c->start, out);
}

bool
entity_slice(const struct asking *a, struct rp_slice *out)
{
	const struct tree *tree = a->tree;
	struct entity e = { .object = tree->nodes[a->node].parent };
	struct rp_slice text;
	uint64_t start, end;
	size_t from;

	if (tree->nodes[e.object].parent == NONE ||
	    !tree_text(a->tree, text_of_list(tree, tree->nodes[e.object].parent), a->rank,
	               &text) ||
	    !entity_number(a, &e, KEY_START, 0, &start) ||
	    !entity_number(a, &e, KEY_END, 1, &end) || end < start || end > text.n ||
	    text.n > SCAN_MAX_BYTES)
		return false;
	from = scan_offset(text, (uint32_t)start);
	text = rp_slice_skip(text, from);
	*out = rp_slice_from(text.p, scan_offset(text, (uint32_t)(end - start + 1)));
	return true;
}

bool
entity_length(const struct asking *a, struct rp_slice *out)
{
	const struct tree *tree = a->tree;
	uint32_t array = tree->nodes[a->node].parent;
	const struct candidates *in;

	if (tree->nodes[a->node].index == 0) {
		*out = RP_SLICE("0");
		return true;
	}
	if (tree->nodes[array].parent == NONE)
		return false;
	in = candidates_of(a->tree, entity_text(tree, tree->nodes[array].parent),
	                   a->rank);
	return in != NULL && number_out(a, in->length, out);
}
