/*
 * Bytes written as letters, and back.
 */
#include "core/base/base64.h"
#include "tests/support/spec.h"

static struct rp_buf text, bytes;

static void
what_is_written_is_read_as_it_was(void **state)
{
	static const char all[] = "\x00\x01\xfe\xff~?>";

	(void)state;
	for (size_t n = 0; n < sizeof(all); n++) {
		buf_clear(&text);
		buf_clear(&bytes);
		base64_write(&text, rp_slice_from(all, n));
		assert_int_equal(text.n, (n * 4 + 2) / 3);
		assert_true(base64_read(&bytes, buf_slice(&text), true));
		assert_true(rp_slice_eq(buf_slice(&bytes), rp_slice_from(all, n)));
	}
}

static void
the_end_may_be_filled_up(void **state)
{
	(void)state;
	buf_clear(&bytes);
	assert_true(base64_read(&bytes, RP_SLICE("AQL/AA=="), true));
	assert_int_equal(bytes.n, 4);
	assert_memory_equal(bytes.p, "\x01\x02\xff\x00", 4);
}

static void
other_bytes_are_refused_or_passed_over(void **state)
{
	(void)state;
	buf_clear(&bytes);
	assert_false(base64_read(&bytes, RP_SLICE("A!"), true));
	buf_clear(&bytes);
	assert_true(base64_read(&bytes, RP_SLICE("QW5h\r\n IFB=l dGl0"), false));
	assert_slice(buf_slice(&bytes), "Ana Petit");
}

static int
begin(void **state)
{
	(void)state;
	buf_init(&text, 64);
	buf_init(&bytes, 64);
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	buf_done(&text);
	buf_done(&bytes);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_as_it_was),
		cmocka_unit_test(the_end_may_be_filled_up),
		cmocka_unit_test(other_bytes_are_refused_or_passed_over),
	};

	return cmocka_run_group_tests(tests, begin, finish);
}
