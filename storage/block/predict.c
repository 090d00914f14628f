#include "storage/block/predict.h"

#include "storage/block/entity.h"
#include "storage/block/scan.h"
#include "storage/block/value.h"

enum {
	SHORT_PATH_MAX = 15, /* of an address as it is shown */
	REPOST_MAX = 140,    /* code points; longer ones are cut */
	HALF_HOUR = 1800,
};

static const struct rp_slice ellipsis = RP_LIT("\xe2\x80\xa6");

/* ---- where to look ---- */

unsigned
predict_count(const struct tree *tree, uint32_t node)
{
	uint32_t place = tree->nodes[node].place;

	return place == NONE ? 0 : tree->schema->all_places[place].rule->n;
}

uint32_t
predict_post(const struct tree *tree, uint32_t node)
{
	uint32_t at = tree->nodes[node].parent;

	while (at != NONE && tree->nodes[at].parent != NONE) {
		uint32_t class = tree->nodes[at].class;

		if (shape_is_post((enum shape)tree->schema->classes[class].shape))
			return at;
		at = tree->nodes[at].parent;
	}
	return at == NONE ? 0 : at;
}

bool
predict_id(struct tree *tree, uint32_t object, unsigned rank, struct rp_slice *out)
{
	return tree_text(tree, tree_member(tree, object, KEY_ID), rank, out) ||
	       tree_text(tree, tree_member(tree, object, KEY_ID_STR), rank, out);
}

/* The place of the nearest element around a node in its array. */
static uint32_t
own_index(const struct tree *tree, uint32_t node)
{
	while (node != NONE && tree->nodes[node].parent != NONE &&
	       tree->nodes[tree->nodes[node].parent].tag != TAG_ARRAY)
		node = tree->nodes[node].parent;
	return node == NONE ? 0 : tree->nodes[node].index;
}

static uint32_t
follow(const struct asking *a, const struct path *path)
{
	const struct tree *tree = a->tree;
	uint32_t at = path->from_post ? predict_post(tree, a->node)
	                              : tree->nodes[a->node].parent;

	for (unsigned i = 0; i < path->up && at != NONE; i++)
		at = tree->nodes[at].parent;
	for (unsigned i = 0; i < path->n && at != NONE; i++) {
		uint32_t key = path->keys[i], object = at;

		if (key == STEP_SAME_INDEX)
			at = tree_element(tree, at, own_index(tree, a->node));
		else if (key >= STEP_INDEX)
			at = tree_element(tree, at, key - STEP_INDEX);
		else
			at = tree_member(tree, at, key);
		if (at == NONE && key == KEY_ID)
			at = tree_member(tree, object, KEY_ID_STR);
	}
	return at;
}

static bool
text_at(const struct asking *a, struct rp_slice *out)
{
	return tree_text(a->tree, follow(a, &a->op->path), a->rank, out);
}

/* The member whose name ours goes on from. */
static bool
text_of_stem(const struct asking *a, struct rp_slice *out)
{
	const struct node *node = &a->tree->nodes[a->node];
	uint32_t stem = a->tree->schema->all_places[node->place].stem;

	if (stem == KEY_NONE)
		return false;
	return tree_text(a->tree, tree_member(a->tree, node->parent, stem), a->rank, out);
}

/* ---- making texts ---- */

static bool
copy_out(const struct asking *a, const char *p, size_t n, struct rp_slice *out)
{
	char *copy = arena_alloc(a->tree->scratch, n);

	if (copy == NULL)
		return false;
	memcpy(copy, p, n);
	*out = rp_slice_from(copy, n);
	return true;
}

static bool
join(const struct asking *a, struct rp_slice first, struct rp_slice second,
     struct rp_slice *out)
{
	return arena_join(a->tree->scratch, first, second, out);
}

static bool
https(const struct asking *a, struct rp_slice text, struct rp_slice *out)
{
	if (!rp_slice_starts(text, RP_SLICE("http://")))
		return false;
	return join(a, RP_SLICE("https"), rp_slice_skip(text, 4), out);
}

static bool
date(const struct asking *a, uint32_t later, struct rp_slice *out)
{
	char text[DATE_MAX];
	struct rp_slice id;
	uint32_t seconds;
	uint64_t number;

	if (!text_at(a, &id) || !value_digits(id, &number) ||
	    !value_id_seconds(number, &seconds) || seconds > UINT32_MAX - later)
		return false;
	return copy_out(a, text, value_put_date(text, a->op->arg, seconds + later), out);
}

/* The address without its scheme, www., and most of its path. */
static bool
display(const struct asking *a, struct rp_slice *out)
{
	struct rp_slice rest;
	size_t host, path;

	if (!text_at(a, &rest))
		return false;
	if (rp_slice_starts(rest, RP_SLICE("https://")))
		rest = rp_slice_skip(rest, 8);
	else if (rp_slice_starts(rest, RP_SLICE("http://")))
		rest = rp_slice_skip(rest, 7);
	if (rp_slice_starts(rest, RP_SLICE("www.")))
		rest = rp_slice_skip(rest, 4);
	host = rp_slice_find_byte(rest, '/');
	path = scan_length(rp_slice_skip(rest, host));
	if (path > (size_t)SHORT_PATH_MAX) {
		host += scan_offset(rp_slice_skip(rest, host), SHORT_PATH_MAX);
		return join(a, rp_slice_from(rest.p, host), ellipsis, out);
	}
	if (a->op->arg == 0 && rp_slice_ends(rest, RP_SLICE("/")))
		rest.n--;
	*out = rest;
	return true;
}

static bool
picture(const struct asking *a, struct rp_slice *out)
{
	struct rp_slice url;
	size_t at;

	if (!text_at(a, &url))
		return false;
	for (at = url.n; at > 0 && url.p[at - 1] != '/';)
		at--;
	return at > 0 &&
	       join(a, RP_SLICE("pic.twitter.com/"), rp_slice_skip(url, at), out);
}

/* ---- reposts and twins ---- */

static bool
repost(const struct asking *a, struct rp_slice *out)
{
	struct tree *tree = a->tree;
	uint32_t inner =
		tree_member(tree, tree->nodes[a->node].parent, KEY_RETWEETED_STATUS);
	uint32_t user = tree_member(tree, inner, KEY_USER);
	struct rp_slice name, text, whole;

	if (!tree_text(tree, tree_member(tree, user, KEY_SCREEN_NAME), a->rank, &name) ||
	    !tree_text(tree, entity_text(tree, inner), a->rank, &text) ||
	    !arena_printf(tree->scratch, &whole, "RT @%.*s: ", RP_FMT(name)) ||
	    !join(a, whole, text, &whole))
		return false;
	if (scan_length(whole) <= REPOST_MAX) {
		*out = whole;
		return true;
	}
	whole.n = scan_offset(whole, REPOST_MAX - 1);
	return join(a, whole, ellipsis, out);
}

/* The way from "extended_entities" down to us, taken from "entities". */
static uint32_t
twin_of(const struct asking *a, uint32_t top)
{
	const struct tree *tree = a->tree;
	uint32_t way[8], n = 0, at;

	for (at = a->node; at != top; at = tree->nodes[at].parent) {
		if (n == 8)
			return NONE;
		way[n++] = at;
	}
	at = tree_member(tree, tree->nodes[top].parent, KEY_ENTITIES);
	while (n > 0 && at != NONE) {
		uint32_t step = way[--n], index = tree->nodes[step].index;

		if (tree->nodes[tree->nodes[step].parent].tag != TAG_ARRAY)
			at = tree_member(tree, at, tree->nodes[step].key);
		else if (a->op->op == OP_FIRST_TWIN &&
		         tree->nodes[step].tag == TAG_OBJECT)
			at = tree_element(tree, at, 0);
		else
			at = tree_element(tree, at, index);
	}
	return at;
}

static bool
twin(const struct asking *a, struct rp_slice *out)
{
	const struct tree *tree = a->tree;
	uint32_t top = a->node;

	while (top != NONE && tree->nodes[top].key != KEY_EXTENDED_ENTITIES)
		top = tree->nodes[top].parent;
	if (top == NONE || tree->nodes[top].parent == NONE)
		return false;
	return tree_text(a->tree, twin_of(a, top), a->rank, out);
}

bool
predict(struct tree *tree, uint32_t node, unsigned number, struct rp_slice *out)
{
	const struct node *at = &tree->nodes[node];
	const struct rule *rule;
	struct asking a = { tree, node, at->rank, NULL };
	struct rp_slice text;

	if (number >= predict_count(tree, node))
		return false;
	rule = tree->schema->all_places[at->place].rule;
	a.op = &rule->ops[number];
	switch ((enum op)a.op->op) {
	case OP_SAME:
		return text_at(&a, out);
	case OP_STEM:
		return text_of_stem(&a, out);
	case OP_HTTPS:
		return text_at(&a, &text) && https(&a, text, out);
	case OP_STEM_HTTPS:
		return text_of_stem(&a, &text) && https(&a, text, out);
	case OP_DATE:
		return date(&a, 0, out);
	case OP_HALF_HOUR:
		return date(&a, HALF_HOUR, out);
	case OP_HOUR:
		return date(&a, 2 * HALF_HOUR, out);
	case OP_START:
	case OP_START_LAST:
	case OP_END:
	case OP_ENTITY:
		return entity_predict(&a, out);
	case OP_SLICE:
		return entity_slice(&a, out);
	case OP_DISPLAY:
		return display(&a, out);
	case OP_PICTURE:
		return picture(&a, out);
	case OP_LENGTH:
		return entity_length(&a, out);
	case OP_REPOST:
		return repost(&a, out);
	case OP_TWIN:
	case OP_FIRST_TWIN:
		return twin(&a, out);
	case OP_NONE:
		break;
	}
	return false;
}
