/*
 * DAG-CBOR as JSON: what it is, and what is none.
 */
#include "core/parse/cbor.h"
#include "tests/support/car.h"
#include "tests/support/spec.h"

#define CBOR(literal) rp_slice_from(literal, sizeof(literal) - 1)

static void
assert_json(struct rp_slice bytes, const char *expected)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err;

	buf_init(&out, CBOR_MAX_OUT);
	assert_ok(cbor_to_json(bytes, &out, &err), err);
	assert_slice(buf_slice(&out), expected);
}

static void
assert_refused(struct rp_slice bytes, const char *why)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { .text = "" };

	buf_init(&out, CBOR_MAX_OUT);
	assert_int_equal(cbor_to_json(bytes, &out, &err), RP_BAD_ITEM);
	if (strstr(err.text, why) == NULL)
		fail_msg("\"%s\" lacks \"%s\"", err.text, why);
}

static void
values_come_out_as_the_json_that_servers_show(void **state)
{
	(void)state;
	assert_json(CBOR("\x00"), "0");
	assert_json(CBOR("\x18\x18"), "24");
	assert_json(CBOR("\x1b\xff\xff\xff\xff\xff\xff\xff\xff"), "18446744073709551615");
	assert_json(CBOR("\x20"), "-1");
	assert_json(CBOR("\x3b\xff\xff\xff\xff\xff\xff\xff\xff"),
	            "-18446744073709551616");
	assert_json(CBOR("\xfb\x3f\xf8\0\0\0\0\0\0"), "1.5");
	assert_json(CBOR("\x64"
	                 "a\"\n\x07"),
	            "\"a\\\"\\n\\u0007\"");
	assert_json(CBOR("\x82\xf5\xf6"), "[true,null]");
	assert_json(CBOR("\xa2\x61z\xf4\x62"
	                 "aa\x80"),
	            "{\"z\":false,\"aa\":[]}");
	assert_json(CBOR("\xa0"), "{}");
	assert_json(CBOR("\x44\x01\x02\xff\x00"), "{\"$bytes\":\"AQL/AA\"}");
	assert_json(CBOR("\x40"), "{\"$bytes\":\"\"}");
	assert_json(CBOR("\xd8\x2a\x58\x25\x00\x01\x71\x12\x20"
	                 "01234567890123456789012345678901"),
	            "{\"$link\":"
	            "\"bafyreibqgezdgnbvgy3tqojqgezdgnbvgy3tqojqgezdgnbvgy3tqojqge\"}");
}

static void
what_has_two_ways_to_be_written_is_refused_in_all_but_one(void **state)
{
	(void)state;
	assert_refused(CBOR("\x18\x17"), "longer than it has to be");
	assert_refused(CBOR("\x19\x00\xff"), "longer than it has to be");
	assert_refused(CBOR("\x58\x01z"), "longer than it has to be");
	assert_refused(CBOR("\x9f\xff"), "not told");
	assert_refused(CBOR("\xa2\x62"
	                    "aa\x00\x61z\x00"),
	               "out of order");
	assert_refused(CBOR("\xa2\x61z\x00\x61z\x00"), "out of order");
	assert_refused(CBOR("\xa1\x01\x00"), "key that is no text");
	assert_refused(CBOR("\xf9\x3c\x00"), "there is not");
	assert_refused(CBOR("\xfb\x7f\xf0\0\0\0\0\0\0"), "number that is none");
	assert_refused(CBOR("\xf7"), "there is not");
	assert_refused(CBOR("\xc1\x00"), "unknown tag");
	assert_refused(CBOR("\xd8\x2a\x41\x00"), "link that is none");
	assert_refused(CBOR("\xd8\x2a\x00"), "link that is none");
	assert_refused(CBOR("\x61\xff"), "not UTF-8");
	assert_refused(CBOR("\xa1\x61\xff\x00"), "not UTF-8");
	assert_refused(CBOR("\x00\x00"), "more than one");
}

static void
data_that_ends_early_is_refused_wherever_it_ends(void **state)
{
	const struct rp_slice whole =
		CBOR("\xa3\x61z\x82\x19\x01\x00\xfb\x3f\xf8\0\0\0\0\0\0"
	             "\x62"
	             "aa\x43zzz\x62zz\xd8\x2a\x58\x25\x00\x01\x71\x12\x20"
	             "01234567890123456789012345678901");

	(void)state;
	for (size_t n = 0; n < whole.n; n++)
		assert_refused(rp_slice_from(whole.p, n), "");
	assert_refused(CBOR("\x9b\xff\xff\xff\xff\xff\xff\xff\xff"), "ends early");
	assert_refused(CBOR("\xbb\x7f\xff\xff\xff\xff\xff\xff\xff\x00"), "ends early");
	assert_refused(CBOR("\x7b\xff\xff\xff\xff\xff\xff\xff\xff"), "ends early");
}

static void
nesting_is_read_to_a_depth(void **state)
{
	char deep[CBOR_MAX_DEPTH + 2];
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err;

	(void)state;
	buf_init(&out, CBOR_MAX_OUT);
	memset(deep, 0x81, sizeof(deep));
	deep[CBOR_MAX_DEPTH] = '\0';
	assert_ok(cbor_to_json(rp_slice_from(deep, CBOR_MAX_DEPTH + 1), &out, &err), err);
	deep[CBOR_MAX_DEPTH] = (char)0x81;
	deep[CBOR_MAX_DEPTH + 1] = '\0';
	assert_refused(rp_slice_from(deep, sizeof(deep)), "too deep");
}

static void
what_was_written_as_cbor_is_read_as_it_was(void **state)
{
	CLEANUP(buf_done) struct rp_buf cbor;

	(void)state;
	buf_init(&cbor, 1 << 16);
	assert_true(
		car_encode(RP_SLICE("{\"text\":\"\\u00e9 \\ud83d\\ude80\",\"n\":[0,-300,"
	                            "70000,5000000000],\"$type\":\"x\"}"),
	                   &cbor));
	assert_json(buf_slice(&cbor), "{\"n\":[0,-300,70000,5000000000],\"text\":\"é 🚀\","
	                              "\"$type\":\"x\"}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_out_as_the_json_that_servers_show),
		cmocka_unit_test(
			what_has_two_ways_to_be_written_is_refused_in_all_but_one),
		cmocka_unit_test(data_that_ends_early_is_refused_wherever_it_ends),
		cmocka_unit_test(nesting_is_read_to_a_depth),
		cmocka_unit_test(what_was_written_as_cbor_is_read_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
