#include "tests/unit/parse/fixture.h"

#include <stdio.h>

static void
assert_id(const char *json, const char *id)
{
	struct rp_slice got;

	assert_ok(parse(rp_slice_str(json)), fix.err);
	assert_ok(json_id(&fix.doc, JSON_ROOT, fix.arena, &got, &fix.err), fix.err);
	assert_slice(got, id);
}

static void
assert_no_id(const char *json)
{
	struct rp_slice got = RP_SLICE("untouched");

	assert_ok(parse(rp_slice_str(json)), fix.err);
	assert_int_equal(json_id(&fix.doc, JSON_ROOT, fix.arena, &got, &fix.err),
	                 RP_BAD_ITEM);
	assert_slice(got, "untouched");
}

static void
an_id_comes_out_as_it_was_written_whatever_its_size(void **state)
{
	(void)state;
	assert_id("9007199254740993", "9007199254740993");
	assert_id("9223372036854775807", "9223372036854775807");
	assert_id("9223372036854775808", "9223372036854775808");
	assert_id("18446744073709551616", "18446744073709551616");
	assert_id("-1", "-1");
	assert_id("\"007\"", "007");
	assert_id("\"7\"", "7");
	assert_id("\" 7\"", " 7");
	assert_id("\"\\u0037\"", "7");
	assert_id("\"did:plc:abc\"", "did:plc:abc");
}

static void
what_could_be_two_ids_at_once_is_none(void **state)
{
	struct rp_slice got;

	(void)state;
	assert_no_id("7.0");
	assert_no_id("7e0");
	assert_no_id("-0");
	assert_no_id("\"\"");
	assert_no_id("\"a\\ud800\"");
	assert_no_id("\"a\xff\"");
	assert_no_id("true");
	assert_no_id("null");
	assert_no_id("{}");
	assert_no_id("[\"7\"]");
	assert_int_equal(json_id(&fix.doc, JSON_NONE, fix.arena, &got, &fix.err),
	                 RP_BAD_ITEM);
}

static void
a_text_without_escapes_is_not_copied(void **state)
{
	(void)state;
	assert_reads("[\"d\xc3\xa9j\xc3\xa0 vu\"]");
	assert_text(1, "d\xc3\xa9j\xc3\xa0 vu");
	assert_ptr_equal(text_of(1).p, fix.copy + 2);
	assert_int_equal(arena_used(fix.arena), 0);
}

static void
escapes_become_the_characters_they_stand_for(void **state)
{
	(void)state;
	assert_reads(
		"\"\\\"\\\\\\/\\b\\f\\n\\r\\t|\\u0041\\u00e9\\u20AC\\uFFFF|\xc3\xa9\"");
	assert_text(0, "\"\\/\b\f\n\r\t|A\xc3\xa9\xe2\x82\xac\xef\xbf\xbf|\xc3\xa9");
	assert_reads("\"\\ud83d\\ude00\\uDBFF\\uDFFF\\ud800\\udc00\"");
	assert_text(0, "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf\xf0\x90\x80\x80");
	assert_false(json_damaged(&fix.doc, 0));
}

static void
nul_characters_are_part_of_the_text(void **state)
{
	(void)state;
	assert_reads("\"a\\u0000b\"");
	assert_text(0, "a\0b");
	assert_false(json_damaged(&fix.doc, 0));
}

static void
assert_damaged(struct rp_slice json, const char *text)
{
	assert_ok(parse(json), fix.err);
	assert_true(json_damaged(&fix.doc, 0));
	assert_true(fix.doc.flags & JSON_DAMAGED);
	assert_slice(text_of(0), text);
	assert_true(rp_slice_eq(json_span(&fix.doc, 0), json));
}

#define FFFD "\xef\xbf\xbd"

static void
damage_in_a_text_is_marked_shown_and_kept(void **state)
{
	(void)state;
	assert_damaged(RP_SLICE("\"\\ud800\""), FFFD);
	assert_damaged(RP_SLICE("\"a\\ude00\\ud83db\""), "a" FFFD FFFD "b");
	assert_damaged(RP_SLICE("\"\\ud83d\\n\""), FFFD "\n");
	assert_damaged(RP_SLICE("\"\\ud83d\\ud83d\\ude00\""), FFFD "\xf0\x9f\x98\x80");
	assert_damaged(RP_SLICE("\"\\ud83d\\u0041\""), FFFD "A");
	assert_damaged(RP_SLICE("\"\xff\""), FFFD);
	assert_damaged(RP_SLICE("\"\x80x\""), FFFD "x");
	assert_damaged(RP_SLICE("\"\xc0\xaf\""), FFFD FFFD);
	assert_damaged(RP_SLICE("\"\xe0\x80\x80\""), FFFD FFFD FFFD);
	assert_damaged(RP_SLICE("\"\xed\xa0\xbd\xed\xb8\x80\""),
	               FFFD FFFD FFFD FFFD FFFD FFFD);
	assert_damaged(RP_SLICE("\"\xe2\x82\""), FFFD);
	assert_damaged(RP_SLICE("\"\xf0\x9f\x98x\""), FFFD "x");
	assert_damaged(RP_SLICE("\"\xf0\x8f\x98\x80\""), FFFD FFFD FFFD FFFD);
	assert_damaged(RP_SLICE("\"\xf4\x90\x80\x80\""), FFFD FFFD FFFD FFFD);
	assert_damaged(RP_SLICE("\"\xf5\x80\""), FFFD FFFD);
}

static void
only_strings_have_a_text(void **state)
{
	struct rp_slice text;
	CLEANUP(buf_done) struct rp_buf buf;

	(void)state;
	buf_init(&buf, 100);
	assert_reads("[1,\"a\\n\"]");
	assert_int_equal(json_text(&fix.doc, 1, fix.arena, &text, &fix.err), RP_BAD_ITEM);
	assert_int_equal(json_text(&fix.doc, JSON_NONE, fix.arena, &text, &fix.err),
	                 RP_BAD_ITEM);
	assert_false(json_add_text(&fix.doc, 0, &buf));
	assert_true(json_add_text(&fix.doc, 2, &buf));
	assert_slice(buf_slice(&buf), "a\n");
}

static void
a_text_that_does_not_fit_the_arena_is_an_error(void **state)
{
	CLEANUP(arena_free) struct arena *small = arena_new(16);
	struct rp_slice text;

	(void)state;
	assert_reads("\"\\n12345678901234567890123456789012\"");
	assert_int_equal(json_text(&fix.doc, 0, small, &text, &fix.err), RP_BAD_ITEM);
}

static void
a_name_is_found_however_it_is_escaped(void **state)
{
	uint32_t node;

	(void)state;
	assert_reads("{\"idx\":0,\"\\u0069d\":1,\"i\":2}");
	node = json_get(&fix.doc, JSON_ROOT, RP_SLICE("id"));
	assert_slice(json_span(&fix.doc, node), "1");
	assert_int_equal(json_get(&fix.doc, JSON_ROOT, RP_SLICE("idy")), JSON_NONE);
	assert_int_equal(json_get(&fix.doc, node, RP_SLICE("id")), JSON_NONE);
	assert_int_equal(json_get(&fix.doc, JSON_NONE, RP_SLICE("id")), JSON_NONE);
}

static void
of_two_members_with_one_name_the_last_wins_unless_it_must_be_unique(void **state)
{
	uint32_t node = 77;

	(void)state;
	assert_reads("{\"a\":1,\"a\":2,\"b\":\"x\",\"\\u0062\":\"\\u0078\"}");
	node = json_get(&fix.doc, JSON_ROOT, RP_SLICE("a"));
	assert_slice(json_span(&fix.doc, node), "2");
	assert_int_equal(
		json_get_unique(&fix.doc, JSON_ROOT, RP_SLICE("a"), &node, &fix.err),
		RP_BAD_ITEM);
	assert_string_equal(fix.err.text, "\"a\" twice, and different");
	assert_ok(json_get_unique(&fix.doc, JSON_ROOT, RP_SLICE("b"), &node, &fix.err),
	          fix.err);
	assert_slice(json_span(&fix.doc, node), "\"\\u0078\"");
	assert_ok(json_get_unique(&fix.doc, JSON_ROOT, RP_SLICE("c"), &node, &fix.err),
	          fix.err);
	assert_int_equal(node, JSON_NONE);
}

enum { ID, ID_STR, TEXT, USER, N_NAMES };
static const struct rp_slice names[N_NAMES] = {
	[ID] = RP_LIT("id"),
	[ID_STR] = RP_LIT("id_str"),
	[TEXT] = RP_LIT("text"),
	[USER] = RP_LIT("user"),
};

static void
many_names_are_picked_in_one_walk(void **state)
{
	struct json_names table;
	uint32_t at[N_NAMES];

	(void)state;
	json_names_init(&table, names, N_NAMES);
	assert_reads("{\"text\":\"t\",\"other\":{\"user\":1},\"i\\u0064\":1,\"id\":2,"
	             "\"user\":{\"id\":9},\"text\":\"t\",\"\":0}");
	assert_int_equal(json_pick(&fix.doc, JSON_ROOT, &table, at), 1u << ID);
	assert_slice(json_span(&fix.doc, at[ID]), "2");
	assert_int_equal(at[ID_STR], JSON_NONE);
	assert_slice(json_span(&fix.doc, at[USER]), "{\"id\":9}");
	assert_int_equal(at[TEXT], json_get(&fix.doc, JSON_ROOT, RP_SLICE("text")));

	assert_int_equal(json_pick(&fix.doc, at[ID], &table, at), 0);
	assert_int_equal(at[USER], JSON_NONE);
}

static void
a_full_table_finds_each_of_its_names_and_no_other(void **state)
{
	static char text[JSON_MAX_NAMES][8];
	struct rp_slice list[JSON_MAX_NAMES];
	struct json_names table;
	char json[32];

	(void)state;
	for (int i = 0; i < JSON_MAX_NAMES; i++) {
		(void)snprintf(text[i], sizeof(text[i]), "k%dz", 100 + i);
		list[i] = rp_slice_str(text[i]);
	}
	json_names_init(&table, list, JSON_MAX_NAMES);
	for (int i = 0; i < 900; i++) {
		(void)snprintf(json, sizeof(json), "{\"k%dz\":0}", 100 + i);
		assert_ok(parse(rp_slice_str(json)), fix.err);
		assert_int_equal(json_name(&fix.doc, 1, &table),
		                 i < JSON_MAX_NAMES ? i : -1);
	}
}

static void
values_are_the_same_by_what_they_say(void **state)
{
	(void)state;
	assert_reads(
		"[\"a\\u00e9\\n\",\"a\xc3\xa9\\u000a\",\"a\xc3\xa9\",1,1.0,\"1\",[1],"
		"[ 1],true,true]");
	assert_true(json_same(&fix.doc, 1, 2));
	assert_false(json_same(&fix.doc, 1, 3));
	assert_false(json_same(&fix.doc, 3, 1));
	assert_false(json_same(&fix.doc, 4, 5));
	assert_false(json_same(&fix.doc, 4, 6));
	assert_false(json_same(&fix.doc, 7, 9));
	assert_true(json_same(&fix.doc, 11, 12));
	assert_true(json_same(&fix.doc, JSON_NONE, JSON_NONE));
	assert_false(json_same(&fix.doc, 1, JSON_NONE));
}

static bool
number(const char *json, int64_t *out)
{
	assert_ok(parse(rp_slice_str(json)), fix.err);
	return json_int64(&fix.doc, JSON_ROOT, out);
}

static void
counts_are_checked(void **state)
{
	int64_t n = 5;
	bool truth = true;

	(void)state;
	assert_false(number("1.0", &n) || number("1e3", &n) || number("\"\"", &n));
	assert_false(number("9223372036854775808", &n) || number("\" 1\"", &n));
	assert_false(number("-9223372036854775809", &n) || number("null", &n));
	assert_false(number("\"-\"", &n) || number("\"--1\"", &n) || number("[1]", &n));
	assert_int_equal(n, 5);
	assert_true(number("9223372036854775807", &n) && n == INT64_MAX);
	assert_true(number("-9223372036854775808", &n) && n == INT64_MIN);
	assert_true(number("\"140\"", &n) && n == 140);
	assert_true(number("-0", &n) && n == 0);

	assert_false(json_bool(&fix.doc, JSON_ROOT, &truth));
	assert_true(truth);
	assert_reads("false");
	assert_true(json_bool(&fix.doc, JSON_ROOT, &truth));
	assert_false(truth);
}

static void
null_and_nothing_are_both_absent(void **state)
{
	(void)state;
	assert_reads("[null,false]");
	assert_true(json_absent(&fix.doc, 1));
	assert_true(json_absent(&fix.doc, JSON_NONE));
	assert_false(json_absent(&fix.doc, 2));
	assert_int_equal(json_type(&fix.doc, JSON_NONE), JSON_MISSING);
	assert_slice(json_span(&fix.doc, JSON_NONE), "");
}

static void
add_number(struct rp_buf *out, unsigned number)
{
	char *at = buf_reserve(out, 5);

	assert_non_null(at);
	for (int i = 4; i >= 0; i--, number >>= 4)
		at[i] = "0123456789abcdef"[number & 15];
	out->n += 5;
}

/* An object of a million members, whose names are numbered or all the same. */
static void
a_million_members(struct rp_slice name, bool numbered, struct rp_buf *text)
{
	buf_clear(text);
	buf_add_byte(text, '{');
	for (unsigned i = 0; i < 1000000; i++) {
		buf_add(text, i ? RP_SLICE(",\"") : RP_SLICE("\""));
		buf_add(text, name);
		if (numbered)
			add_number(text, i);
		buf_add(text, RP_SLICE("\":\""));
		add_number(text, i);
		buf_add_byte(text, '"');
	}
	buf_add_byte(text, '}');
	assert_false(buf_failed(text));
	assert_ok(json_parse(&fix.doc, buf_slice(text), &fix.err), fix.err);
	assert_int_equal(fix.doc.n, 2000001);
}

static void
a_million_members_are_read_and_picked_in_one_go(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct json_names table;
	uint32_t at[N_NAMES];

	(void)state;
	buf_init(&text, 2 * (size_t)JSON_MAX_BYTES); /* so that it is not what refuses */
	json_names_init(&table, names, N_NAMES);
	a_million_members(RP_SLICE(""), true, &text);
	assert_int_equal(json_pick(&fix.doc, JSON_ROOT, &table, at), 0);
	a_million_members(RP_SLICE("id"), false, &text);
	assert_int_equal(json_pick(&fix.doc, JSON_ROOT, &table, at), 1u << ID);
	assert_slice(json_span(&fix.doc, at[ID]), "\"f423f\"");
	a_million_members(RP_SLICE("\\/"), false, &text);
	assert_int_equal(json_pick(&fix.doc, JSON_ROOT, &table, at), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(an_id_comes_out_as_it_was_written_whatever_its_size),
		SPEC(what_could_be_two_ids_at_once_is_none),
		SPEC(a_text_without_escapes_is_not_copied),
		SPEC(escapes_become_the_characters_they_stand_for),
		SPEC(nul_characters_are_part_of_the_text),
		SPEC(damage_in_a_text_is_marked_shown_and_kept),
		SPEC(only_strings_have_a_text),
		SPEC(a_text_that_does_not_fit_the_arena_is_an_error),
		SPEC(a_name_is_found_however_it_is_escaped),
		SPEC(of_two_members_with_one_name_the_last_wins_unless_it_must_be_unique),
		SPEC(many_names_are_picked_in_one_walk),
		SPEC(a_full_table_finds_each_of_its_names_and_no_other),
		SPEC(values_are_the_same_by_what_they_say),
		SPEC(counts_are_checked),
		SPEC(null_and_nothing_are_both_absent),
		SPEC(a_million_members_are_read_and_picked_in_one_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
