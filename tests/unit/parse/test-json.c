#include "tests/unit/parse/fixture.h"

/* The same bytes many times over; the caller frees. */
static struct rp_slice
repeat(const char *unit, size_t times)
{
	size_t n = strlen(unit);
	char *p = malloc(n * times + 1);

	assert_non_null(p);
	for (size_t i = 0; i < times; i++)
		memcpy(p + i * n, unit, n);
	return rp_slice_from(p, n * times);
}

static void
release(struct rp_slice s)
{
	union {
		const char *borrowed;
		char *owned;
	} u = { s.p };

	free(u.owned);
}

static void
assert_node(uint32_t i, enum json_type type, const char *span, uint32_t next)
{
	assert_int_equal(json_type(&fix.doc, i), type);
	assert_slice(json_span(&fix.doc, i), span);
	assert_int_equal(fix.doc.nodes[i].next, next);
}

static void
every_value_knows_the_bytes_it_was_written_as(void **state)
{
	(void)state;
	assert_reads(" {\"a\" : [1.50, \"x\\n\"],\t\"b\":{},\"c\":null,\"d\":true }\n");
	assert_int_equal(fix.doc.n, 11);
	assert_node(0, JSON_OBJECT,
	            "{\"a\" : [1.50, \"x\\n\"],\t\"b\":{},\"c\":null,\"d\":true }", 11);
	assert_node(1, JSON_STRING, "\"a\"", 2);
	assert_node(2, JSON_ARRAY, "[1.50, \"x\\n\"]", 5);
	assert_node(3, JSON_NUMBER, "1.50", 4);
	assert_node(4, JSON_STRING, "\"x\\n\"", 5);
	assert_node(6, JSON_OBJECT, "{}", 7);
	assert_node(8, JSON_NULL, "null", 9);
	assert_node(10, JSON_TRUE, "true", 11);
	assert_true(fix.doc.nodes[1].flags & JSON_KEY);
	assert_false(fix.doc.nodes[4].flags & JSON_KEY);
}

static void
a_walk_sees_members_and_elements_and_steps_over_what_is_inside(void **state)
{
	struct json_each each;

	(void)state;
	assert_reads("{\"a\":[[1],2],\"b\":3}");
	each = json_each(&fix.doc, JSON_ROOT);
	assert_true(json_next(&each));
	assert_slice(json_raw_text(&fix.doc, each.key), "a");
	assert_slice(json_span(&fix.doc, each.value), "[[1],2]");
	assert_true(json_next(&each));
	assert_slice(json_raw_text(&fix.doc, each.key), "b");
	assert_false(json_next(&each));

	each = json_each(&fix.doc, json_get(&fix.doc, JSON_ROOT, RP_SLICE("a")));
	assert_true(json_next(&each));
	assert_int_equal(each.key, JSON_NONE);
	assert_slice(json_span(&fix.doc, each.value), "[1]");
	assert_true(json_next(&each));
	assert_slice(json_span(&fix.doc, each.value), "2");
	assert_false(json_next(&each));

	each = json_each(&fix.doc, json_get(&fix.doc, JSON_ROOT, RP_SLICE("b")));
	assert_false(json_next(&each));
	each = json_each(&fix.doc, JSON_NONE);
	assert_false(json_next(&each));
}

static void
a_value_may_stand_alone_with_blanks_around_it(void **state)
{
	(void)state;
	assert_reads("7");
	assert_reads(" \r\n\t\"\" ");
	assert_slice(json_span(&fix.doc, JSON_ROOT), "\"\"");
	assert_reads("null");
	assert_refuses("");
	assert_refuses("  ");
	assert_refuses("1 2");
	assert_refuses("{} {}");
}

static void
a_refusal_says_what_and_at_which_byte(void **state)
{
	(void)state;
	assert_refuses("{\"a\":1,}");
	assert_int_equal(fix.doc.error_at, 7);
	assert_string_equal(fix.err.text, "not JSON: no name in quotes, at byte 7");
	assert_int_equal(fix.doc.n, 0);
	assert_int_equal(json_get(&fix.doc, JSON_ROOT, RP_SLICE("a")), JSON_NONE);
	assert_refuses("[\"a\tb\"]");
	assert_int_equal(fix.doc.error_at, 3);
	assert_refuses("[1,[2,3]");
	assert_int_equal(fix.doc.error_at, 8);
	assert_int_equal(json_parse(&fix.doc, RP_SLICE("["), NULL), RP_BAD_ITEM);
}

static void
numbers_follow_the_grammar_and_keep_their_text(void **state)
{
	static const char *const good[] = {
		"0",        "-0",      "1e308", "1e999", "10",
		"0.1e-400", "-1.5E+7", "0e0",   "1E-1",  "18446744073709551616"
	};
	static const char *const bad[] = { "00",       "+1",  ".5",          "1.",  "NaN",
		                           "Infinity", "01",  "-",           "1e",  "1e+",
		                           "1.e1",     "-.5", "0x10",        "1_0", "-a",
		                           "1.5.",     "--1", "\xef\xbc\x91" };
	struct rp_slice digits = repeat("7", 10000);

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_ok(parse(rp_slice_str(good[i])), fix.err);
		assert_slice(json_span(&fix.doc, JSON_ROOT), good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(parse(rp_slice_str(bad[i])), RP_BAD_ITEM);
	assert_ok(parse(digits), fix.err);
	assert_int_equal(fix.doc.nodes[0].n, 10000);
	assert_true(fix.doc.nodes[0].flags & JSON_INTEGER);
	release(digits);
}

static void
a_record_cut_off_at_any_byte_is_refused(void **state)
{
	struct rp_slice whole =
		RP_SLICE("{\"id\":12,\"t\":\"a\\ud83d\\ude00\\\"\xc3\xa9\","
	                 "\"x\":[true,null,-1.5e3,{}]}");

	(void)state;
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(parse(rp_slice_from(whole.p, n)), RP_BAD_ITEM);
	assert_ok(parse(whole), fix.err);
}

static void
what_is_nearly_json_is_refused(void **state)
{
	(void)state;
	assert_refuses("// x\n1");
	assert_refuses("[1/**/]");
	assert_refuses("[1,]");
	assert_refuses("[,1]");
	assert_refuses("[1 2]");
	assert_refuses("[1}");
	assert_refuses("{\"a\":1]");
	assert_refuses("{'a':1}");
	assert_refuses("{a:1}");
	assert_refuses("{\"a\" 1}");
	assert_refuses("{\"a\":1 \"b\":2}");
	assert_refuses("{\"a\":}");
	assert_refuses("{1:1}");
	assert_refuses("window.X = []");
	assert_refuses("[1]\f");
	assert_refuses("[\xe2\x80\xa8]");
	assert_refuses("nul");
	assert_refuses("nulll");
	assert_refuses("True");
	assert_refuses("1\r2");
	assert_reads("[1]\r");
	assert_refuses("\0");
	assert_refuses("[\"\0\"]");
	assert_refuses("+AFs-1+AF0-"); /* UTF-7 */
	assert_refuses("\xff\xfe[\0]\0");
}

static void
escapes_are_those_of_the_grammar(void **state)
{
	(void)state;
	assert_reads("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00Af\"");
	assert_refuses("\"\\a\"");
	assert_refuses("\"\\'\"");
	assert_refuses("\"\\u12g4\"");
	assert_refuses("\"\\u12\"");
	assert_refuses("\"\\U0041\"");
	assert_refuses("\"\\\"");
	assert_refuses("\"\\");
	assert_refuses("\"\\\xc3\xa9\"");
	assert_refuses("\"\\ud83d\\u\"");
}

static void
a_byte_order_mark_belongs_to_the_file(void **state)
{
	struct rp_slice file = RP_SLICE("\xef\xbb\xbf{}");

	(void)state;
	assert_int_equal(parse(file), RP_BAD_ITEM);
	assert_int_equal(json_bom(file), 3);
	assert_ok(parse(rp_slice_skip(file, json_bom(file))), fix.err);
	assert_int_equal(json_bom(RP_SLICE("\xef\xbb")), 0);
}

static void
brackets_nest_512_deep_and_no_deeper(void **state)
{
	struct rp_slice deep = repeat("[", 100000), objects = repeat("{\"a\":", 100000);
	char both[2 * JSON_MAX_DEPTH + 2];

	(void)state;
	memset(both, '[', JSON_MAX_DEPTH + 1);
	memset(both + JSON_MAX_DEPTH + 1, ']', JSON_MAX_DEPTH + 1);
	assert_ok(parse(rp_slice_from(both + 1, 2 * (size_t)JSON_MAX_DEPTH)), fix.err);
	assert_int_equal(parse(rp_slice_from(both, sizeof(both))), RP_BAD_ITEM);
	assert_int_equal(fix.doc.error_at, JSON_MAX_DEPTH);
	assert_int_equal(parse(deep), RP_BAD_ITEM);
	assert_int_equal(parse(objects), RP_BAD_ITEM);
	release(deep);
	release(objects);
}

static void
a_record_over_16_mib_is_refused_unread(void **state)
{
	struct rp_slice text = repeat(" ", (size_t)JSON_MAX_BYTES + 1);
	union {
		const char *borrowed;
		char *owned;
	} u = { text.p };

	(void)state;
	u.owned[0] = '"';
	u.owned[text.n - 2] = '"';
	assert_int_equal(json_parse(&fix.doc, text, &fix.err), RP_BAD_ITEM);
	assert_non_null(strstr(fix.err.text, "too long"));
	text.n--;
	assert_ok(json_parse(&fix.doc, text, &fix.err), fix.err);
	assert_int_equal(fix.doc.nodes[0].n, JSON_MAX_BYTES);
	release(text);
}

static void
a_record_of_too_many_values_is_refused(void **state)
{
	struct rp_slice text = repeat("0,", (size_t)JSON_MAX_NODES + 10);
	union {
		const char *borrowed;
		char *owned;
	} u = { text.p };

	(void)state;
	u.owned[0] = '[';
	u.owned[1] = ' ';
	assert_int_equal(json_parse(&fix.doc, text, &fix.err), RP_BAD_ITEM);
	assert_non_null(strstr(fix.err.text, "too many values"));
	release(text);
}

static void
a_document_is_used_again_without_new_memory(void **state)
{
	const struct json_node *nodes;

	(void)state;
	assert_reads("[1,2,3,4,5,6,7]");
	nodes = fix.doc.nodes;
	assert_reads("{\"\\ud800\":1}");
	assert_true(fix.doc.flags & JSON_DAMAGED);
	assert_refuses("[1,\"\\ud800\"");
	assert_int_equal(fix.doc.n, 0);
	assert_int_equal(fix.doc.flags, 0);
	assert_reads("[]");
	assert_ptr_equal(fix.doc.nodes, nodes);
	assert_int_equal(fix.doc.n, 1);
	assert_int_equal(fix.doc.flags, 0);
	assert_int_equal(fix.doc.cap, 512);
}

/* 16 bytes and 8 bytes are taken at a time; what ends the run must be seen in
 * each place. */
static void
the_end_of_a_run_is_seen_at_every_offset(void **state)
{
	static const char *const ends[] = { "\"", "\\n\"", "\xc3\xa9\"", "\x1f",
		                            "\x7f\"" };
	char text[80];
	size_t n;

	(void)state;
	for (size_t e = 0; e < sizeof(ends) / sizeof(ends[0]); e++)
		for (size_t run = 0; run < 50; run++) {
			n = strlen(ends[e]);
			text[0] = '"';
			memset(text + 1, run & 1 ? '!' : '~', run);
			memcpy(text + 1 + run, ends[e], n);
			assert_int_equal(parse(rp_slice_from(text, 1 + run + n)),
			                 ends[e][0] == '\x1f' ? RP_BAD_ITEM : RP_OK);
			if (ends[e][0] == '\x1f')
				assert_int_equal(fix.doc.error_at, run + 1);
			else
				assert_int_equal(fix.doc.nodes[0].n, 1 + run + n);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(every_value_knows_the_bytes_it_was_written_as),
		SPEC(a_walk_sees_members_and_elements_and_steps_over_what_is_inside),
		SPEC(a_value_may_stand_alone_with_blanks_around_it),
		SPEC(a_refusal_says_what_and_at_which_byte),
		SPEC(numbers_follow_the_grammar_and_keep_their_text),
		SPEC(a_record_cut_off_at_any_byte_is_refused),
		SPEC(what_is_nearly_json_is_refused),
		SPEC(escapes_are_those_of_the_grammar),
		SPEC(a_byte_order_mark_belongs_to_the_file),
		SPEC(brackets_nest_512_deep_and_no_deeper),
		SPEC(a_record_over_16_mib_is_refused_unread),
		SPEC(a_record_of_too_many_values_is_refused),
		SPEC(a_document_is_used_again_without_new_memory),
		SPEC(the_end_of_a_run_is_seen_at_every_offset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
