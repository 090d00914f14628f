/* The names of sources, at a glance. */
#include "core/base/buf.h"
#include "core/config/settings.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/riposte-names.XXXXXX";
static struct arena *arena;
static struct config_names names;

static enum rp_status
glance(const char *text)
{
	FILE *file = fopen(path, "w");

	arena_reset(arena);
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
	return config_names(arena, path, &names);
}

/* "a b c" */
static void
assert_names(const char *wanted)
{
	CLEANUP(buf_done) struct rp_buf got;

	buf_init(&got, 1 << 10);
	for (size_t i = 0; i < names.n; i++)
		buf_printf(&got, "%s%.*s", i > 0 ? " " : "", RP_FMT(names.names[i]));
	buf_add_byte(&got, '\0');
	assert_string_equal(got.p, wanted);
}

static void
sources_are_named_in_order_however_they_are_written(void **state)
{
	(void)state;
	assert_int_equal(
		glance("[http]\ncontact = a\n[source b]\n  [ source  c ] ; words\n"
	               "\t[source a]\r\nurl = x"),
		RP_OK);
	assert_names("a b c");
	assert_true(names.changed > 0);
}

static void
brackets_in_values_and_comments_are_no_sections(void **state)
{
	(void)state;
	assert_int_equal(glance("[source b]\nurl = http://[::1]/[source x]\n"
	                        "# [source y]\n; [source z]\n"),
	                 RP_OK);
	assert_names("b");
}

static void
a_file_that_has_no_sources_or_begins_oddly_is_not_told(void **state)
{
	(void)state;
	assert_int_equal(glance(""), RP_NOT_FOUND);
	assert_int_equal(glance("[http]\ncontact = a\n"), RP_NOT_FOUND);
	assert_int_equal(glance("\xef\xbb\xbf[source a]\n[source b]\n"), RP_NOT_FOUND);
	assert_int_equal(glance("[source a]\n[source b"), RP_NOT_FOUND);
	assert_int_equal(config_names(arena, "/nowhere/at/all", &names), RP_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sources_are_named_in_order_however_they_are_written),
		cmocka_unit_test(brackets_in_values_and_comments_are_no_sections),
		cmocka_unit_test(a_file_that_has_no_sources_or_begins_oddly_is_not_told),
	};
	int failed, fd = mkstemp(path);

	if (fd < 0)
		return 99;
	(void)close(fd);
	arena = arena_new(1 << 20);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	(void)unlink(path);
	return failed;
}
