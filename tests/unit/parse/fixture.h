/*
 * What the JSON specs share: a document, an arena, and a copy of each text in memory of
 * exactly its size, so that a sanitizer sees the first byte read past its end.
 */
#ifndef RIPOSTE_TESTS_UNIT_PARSE_FIXTURE_H
#define RIPOSTE_TESTS_UNIT_PARSE_FIXTURE_H

#include "core/parse/json.h"
#include "tests/support/spec.h"

#include <stdlib.h>

struct fixture {
	struct json_doc doc;
	struct arena *arena;
	struct rp_error err;
	char *copy;
};

static struct fixture fix;

static inline int
begin(void **state)
{
	(void)state;
	memset(&fix, 0, sizeof(fix));
	json_init(&fix.doc);
	fix.arena = arena_new(64 << 20);
	return fix.arena == NULL;
}

static inline int
finish(void **state)
{
	(void)state;
	json_done(&fix.doc);
	fix.arena = arena_free(fix.arena);
	free(fix.copy);
	fix.copy = NULL;
	return 0;
}

#define SPEC(test) cmocka_unit_test_setup_teardown(test, begin, finish)

static inline enum rp_status
parse(struct rp_slice text)
{
	free(fix.copy);
	fix.copy = malloc(text.n ? text.n : 1);
	assert_non_null(fix.copy);
	if (text.n)
		memcpy(fix.copy, text.p, text.n);
	return json_parse(&fix.doc, rp_slice_from(fix.copy, text.n), &fix.err);
}

#define assert_reads(literal) assert_ok(parse(RP_SLICE(literal)), fix.err)
#define assert_refuses(literal) assert_int_equal(parse(RP_SLICE(literal)), RP_BAD_ITEM)

/* The decoded text of the only string of a document. */
static inline struct rp_slice
text_of(uint32_t node)
{
	struct rp_slice text = RP_SLICE("");

	assert_ok(json_text(&fix.doc, node, fix.arena, &text, &fix.err), fix.err);
	return text;
}

#define assert_text(node, literal)                                                       \
	assert_true(rp_slice_eq(text_of(node), RP_SLICE(literal)))

#endif
