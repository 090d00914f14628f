#include "core/base/spool.h"

#include "core/base/file.h"
#include "tests/support/spec.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
add(struct spool *spool, const char *text)
{
	struct rp_error err;

	assert_int_equal(spool_add(spool, rp_slice_str(text), &err), RP_OK);
}

static void
assert_holds(const struct spool *spool, uint64_t at, const char *text)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err;

	buf_init(&out, 100);
	buf_add_str(&out, "> ");
	assert_int_equal(spool_read(spool, at, strlen(text), &out, &err), RP_OK);
	assert_int_equal(out.n, strlen(text) + 2);
	assert_memory_equal(out.p + 2, text, strlen(text));
}

static void
what_is_put_aside_comes_back_from_memory_and_from_disk(void **state)
{
	CLEANUP(spool_done) struct spool spool;

	(void)state;
	spool_init(&spool, 10);
	add(&spool, "12345");
	add(&spool, "");
	assert_false(spool.on_disk);
	add(&spool, "abcdefgh"); /* no room beside the first */
	assert_true(spool.on_disk);
	add(&spool, "x");
	add(&spool, "more than there is room for");
	add(&spool, "y");
	assert_int_equal(spool.n, 42);
	assert_holds(&spool, 0, "12345");
	assert_holds(&spool, 5, "");
	assert_holds(&spool, 5, "abcdefgh");
	assert_holds(&spool, 13, "x");
	assert_holds(&spool, 14, "more than there is room for");
	assert_holds(&spool, 41, "y");
}

static void
without_a_place_for_the_file_it_says_so(void **state)
{
	CLEANUP(spool_done) struct spool spool;
	struct rp_error err;

	(void)state;
	spool_init(&spool, 2);
	assert_int_equal(setenv("TMPDIR", "/nowhere", 1), 0);
	assert_int_equal(spool_add(&spool, RP_SLICE("abc"), &err), RP_FAILED);
	assert_int_equal(unsetenv("TMPDIR"), 0);
	assert_int_equal(spool.n, 0);
	add(&spool, "abc");
	assert_holds(&spool, 0, "abc");
}

static void
a_full_disk_is_told_with_its_place(void **state)
{
	const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct rp_error err;

	(void)state;
	if (full < 0)
		skip();
	assert_int_equal(setenv("TMPDIR", "/small", 1), 0);
	assert_int_equal(file_write(full, RP_SLICE("abc"), &err), RP_FAILED);
	assert_int_equal(unsetenv("TMPDIR"), 0);
	assert_non_null(strstr(err.text, " in /small: "));
	assert_int_equal(file_write(full, RP_SLICE("abc"), &err), RP_FAILED);
	assert_non_null(strstr(err.text, " in /var/tmp: "));
	(void)close(full);
}

static void
a_file_that_was_cut_short_is_told(void **state)
{
	CLEANUP(spool_done) struct spool spool;
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err;

	(void)state;
	buf_init(&out, 100);
	spool_init(&spool, 1);
	add(&spool, "abc");
	assert_int_equal(ftruncate(spool.fd, 2), 0);
	assert_int_equal(spool_read(&spool, 0, 3, &out, &err), RP_FAILED);
	assert_int_equal(out.n, 0);
}

int
main(void)
{
	static const struct CMUnitTest specs[] = {
		cmocka_unit_test(what_is_put_aside_comes_back_from_memory_and_from_disk),
		cmocka_unit_test(without_a_place_for_the_file_it_says_so),
		cmocka_unit_test(a_file_that_was_cut_short_is_told),
		cmocka_unit_test(a_full_disk_is_told_with_its_place),
	};

	return cmocka_run_group_tests_name("spool", specs, NULL, NULL);
}
