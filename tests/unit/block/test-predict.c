#include "storage/block/predict.h"
#include "storage/block/scan.h"
#include "storage/block/value.h"
#include "tests/support/spec.h"

#include <stdlib.h>

enum { NODES = 40 };

/*
 * A tree in which nothing is known: every text is asked for, and asking is counted.  A
 * prediction that went in a circle would never come back.
 */
static unsigned depth, deepest, asked;

static bool
ask_further(struct tree *tree, uint32_t node)
{
	struct rp_slice text;

	assert_true(++depth <= RANKS * RANK_DEPTHS);
	if (depth > deepest)
		deepest = depth;
	asked++;
	for (unsigned i = 0; i < predict_count(tree, node); i++)
		(void)predict(tree, node, i, &text);
	depth--;
	tree->nodes[node].p = "http://t.co/580317556516483072";
	tree->nodes[node].n = 30;
	tree->nodes[node].state = NODE_KNOWN;
	return true;
}

/* An object with members of these names, each asked for anew. */
static void
ask_all(struct tree *tree)
{
	for (uint32_t i = 0; i < tree->n; i++) {
		struct rp_slice text;

		for (uint32_t k = 0; k < tree->n; k++)
			if (!tag_is_container(tree->nodes[k].tag))
				tree->nodes[k].state = NODE_CODED;
		tree->n_scans = 0;
		if (tree->nodes[i].state == NODE_CODED)
			(void)tree_text(tree, i, UINT32_MAX, &text);
	}
}

static uint32_t
add(struct tree *tree, uint32_t parent, uint32_t place, uint32_t index, enum tag tag)
{
	struct node *node = tree_add(tree, parent, place, index, tag);

	assert_non_null(node);
	for (uint32_t at = parent; at != NONE; at = tree->nodes[at].parent)
		tree->nodes[at].next = tree->n;
	return tree->n - 1;
}

/* Every name a rule knows, three posts deep, as a text and as a list of objects. */
static void
add_object(struct tree *tree, uint32_t parent, uint32_t place, uint32_t index,
           uint32_t class, const struct shapes *shapes, unsigned levels)
{
	struct schema *schema = tree->schema;
	uint32_t object = add(tree, parent, place, index, TAG_OBJECT), n = 0;

	tree->nodes[object].class = class;
	for (uint32_t key = 1; key < shapes_n_keys(shapes); key++) {
		uint32_t at = schema_place(schema, class, shapes_key_name(shapes, key));
		const struct rule *rule = schema->all_places[at].rule;

		assert_int_not_equal(at, NONE);
		if (levels > 0 && rule->object != 0) {
			add_object(tree, object, at, n++,
			           schema_class_at(schema, at, false), shapes,
			           levels - 1);
		} else if (levels > 0 && rule->array != 0) {
			uint32_t list = schema_class_at(schema, at, true);
			uint32_t element = schema->classes[list].element;
			uint32_t array = add(tree, object, at, n++, TAG_ARRAY);

			tree->nodes[array].class = list;
			if (schema->all_places[element].rule->object != 0)
				add_object(tree, array, element, 0,
				           schema_class_at(schema, element, false),
				           shapes, levels - 1);
			add(tree, array, element, 1, TAG_STRING);
			add(tree, array, element, 2, TAG_STRING);
		} else {
			add(tree, object, at, n++, TAG_STRING);
		}
	}
}

static void
no_prediction_goes_in_a_circle(void **state)
{
	struct shapes *shapes = shapes_new();

	(void)state;
	assert_non_null(shapes);
	for (int kind = 1; kind < RECORD_KINDS; kind++) {
		CLEANUP(arena_free) struct arena *scratch = arena_new(512 << 20);
		struct schema schema;
		struct tree tree;

		assert_true(schema_init(&schema, shapes, 64 << 20));
		tree_init(&tree, &schema, scratch);
		tree.evaluate = ask_further;
		add_object(&tree, NONE, NONE, 0,
		           schema_root(&schema, shape_of_kind((enum record_kind)kind),
		                       false),
		           shapes, 2);
		ask_all(&tree);
		tree_done(&tree);
		schema_done(&schema);
	}
	assert_true(asked > 1000 && deepest > 2);
	shapes_free(shapes);
}

static void
dates_come_back_as_they_were_read(void **state)
{
	static const uint32_t times[] = { 0,          1,          951782400, 951868799,
		                          1427193461, 1456704000, UINT32_MAX };

	(void)state;
	for (unsigned form = 0; form < DATE_FORMS; form++)
		for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
			char text[DATE_MAX];
			size_t n = value_put_date(text, form, times[i]);
			unsigned found;
			uint32_t seconds;

			assert_true(value_date(rp_slice_from(text, n), &found, &seconds));
			assert_int_equal(found, form);
			assert_int_equal(seconds, times[i]);
		}
}

static void
an_id_says_when_it_was_made(void **state)
{
	char text[DATE_MAX];
	uint32_t seconds;

	(void)state;
	assert_true(value_id_seconds(580317556516483072u, &seconds));
	assert_slice(rp_slice_from(text, value_put_date(text, 0, seconds)),
	             "Tue Mar 24 10:37:41 +0000 2015");
	assert_false(value_id_seconds(12, &seconds));
}

static void
numbers_that_would_come_back_otherwise_are_not_taken(void **state)
{
	static const char *const others[] = { "",
		                              "007",
		                              "-0",
		                              "+1",
		                              "1 ",
		                              "0x1",
		                              "1.0",
		                              "9223372036854775808",
		                              "99999999999999999999" };
	uint64_t number;
	int64_t integer;

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_false(value_digits(rp_slice_str(others[i]), &number));
		assert_false(value_integer(rp_slice_str(others[i]), &integer));
	}
	assert_true(value_digits(RP_SLICE("9223372036854775807"), &number));
	assert_true(value_integer(RP_SLICE("-9223372036854775807"), &integer));
	assert_false(value_digits(RP_SLICE("-1"), &number));
}

static void
entities_are_found_where_people_would_look(void **state)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	const struct candidates *found = scan_text(
		arena, RP_SLICE("\xf0\x9f\x98\x80 @ana: me@example.org #caf\xc3\xa9! "
	                        "https://t.co/aB1\xe2\x80\xa6 $TSLA"));

	(void)state;
	assert_non_null(found);
	assert_int_equal(found->n, 4);
	assert_int_equal(found->found[0].kind, ENTITY_MENTION);
	assert_int_equal(found->found[0].start, 2);
	assert_int_equal(found->found[0].end, 6);
	assert_slice(found->found[0].text, "ana");
	assert_slice(found->found[1].text, "caf\xc3\xa9");
	assert_slice(found->found[2].text, "https://t.co/aB1");
	assert_slice(found->found[3].text, "TSLA");
	assert_int_equal(found->found[3].end, found->length);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_prediction_goes_in_a_circle),
		cmocka_unit_test(dates_come_back_as_they_were_read),
		cmocka_unit_test(an_id_says_when_it_was_made),
		cmocka_unit_test(numbers_that_would_come_back_otherwise_are_not_taken),
		cmocka_unit_test(entities_are_found_where_people_would_look),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
