#include "core/base/jsonw.h"
#include "tests/support/spec.h"

static void
assert_quoted(struct rp_slice text, const char *json)
{
	CLEANUP(buf_done) struct rp_buf buf;

	buf_init(&buf, 1000);
	jsonw_string(&buf, text);
	assert_slice(buf_slice(&buf), json);
}

static void
commas_are_put_where_they_belong(void **state)
{
	CLEANUP(buf_done) struct rp_buf buf;
	struct jsonw w = jsonw_to(&buf);

	(void)state;
	buf_init(&buf, 1000);
	jsonw_object(&w);
	jsonw_field_int(&w, "v", 1);
	jsonw_key(&w, "posts");
	jsonw_array(&w);
	jsonw_object(&w);
	jsonw_end_object(&w);
	jsonw_array(&w);
	jsonw_end_array(&w);
	jsonw_int(&w, INT64_MIN);
	jsonw_null(&w);
	jsonw_raw(&w, RP_SLICE("1.50"));
	jsonw_text(&w, RP_SLICE("x"));
	jsonw_end_array(&w);
	jsonw_field_bool(&w, "b", false);
	jsonw_field_text(&w, "t", RP_SLICE(""));
	jsonw_field_text_or_null(&w, "u", RP_SLICE(""));
	jsonw_field_text_or_null(&w, "w", RP_SLICE("y"));
	jsonw_field_null(&w, "n");
	jsonw_key_text(&w, RP_SLICE("a\"b"));
	jsonw_bool(&w, true);
	jsonw_end_object(&w);
	jsonw_next_line(&w);
	jsonw_int(&w, 2);
	assert_slice(
		buf_slice(&buf),
		"{\"v\":1,\"posts\":[{},[],-9223372036854775808,null,1.50,\"x\"],"
		"\"b\":false,\"t\":\"\",\"u\":null,\"w\":\"y\",\"n\":null,\"a\\\"b\":"
		"true}\n2");
}

static void
a_buffer_may_be_emptied_between_two_values(void **state)
{
	CLEANUP(buf_done) struct rp_buf buf;
	struct jsonw w = jsonw_to(&buf);

	(void)state;
	buf_init(&buf, 100);
	jsonw_array(&w);
	jsonw_int(&w, 1);
	buf_clear(&buf);
	jsonw_int(&w, 2);
	assert_slice(buf_slice(&buf), ",2");
}

static void
what_json_a_terminal_or_a_script_would_act_on_is_escaped(void **state)
{
	(void)state;
	assert_quoted(RP_SLICE("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
	assert_quoted(RP_SLICE("\b\f\n\r\t\0\x1b\x7f"),
	              "\"\\b\\f\\n\\r\\t\\u0000\\u001b\\u007f\"");
	assert_quoted(RP_SLICE("\xc2\x80\xc2\x9f\xc2\xa0"), "\"\\u0080\\u009f\xc2\xa0\"");
	assert_quoted(RP_SLICE("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae\xe2\x81\xa6"),
	              "\"\\u2028\\u2029\\u202e\\u2066\"");
}

static void
other_text_stays_and_damage_becomes_the_replacement_character(void **state)
{
	(void)state;
	assert_quoted(RP_SLICE(""), "\"\"");
	assert_quoted(rp_slice_from(NULL, 0), "\"\"");
	assert_quoted(RP_SLICE("d\xc3\xa9j\xc3\xa0 \xf0\x9f\x98\x80"),
	              "\"d\xc3\xa9j\xc3\xa0 \xf0\x9f\x98\x80\"");
	assert_quoted(RP_SLICE("a\xff\xe2\x82"), "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
	assert_quoted(RP_SLICE("\xed\xa0\x80"),
	              "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_are_put_where_they_belong),
		cmocka_unit_test(a_buffer_may_be_emptied_between_two_values),
		cmocka_unit_test(
			what_json_a_terminal_or_a_script_would_act_on_is_escaped),
		cmocka_unit_test(
			other_text_stays_and_damage_becomes_the_replacement_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
