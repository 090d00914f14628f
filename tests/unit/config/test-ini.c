#include "core/base/buf.h"
#include "core/config/ini.h"
#include "tests/support/spec.h"

#include <stdio.h>

static struct arena *arena;
static struct ini ini;
static struct rp_error err;

static enum rp_status
read_ini(const char *text)
{
	arena_reset(arena);
	return ini_read(arena, rp_slice_str(text), &ini, &err);
}

static void
assert_entry(size_t i, const char *section, const char *key, const char *value,
             uint32_t line)
{
	assert_true(i < ini.n);
	assert_slice(ini.entries[i].section, section);
	assert_slice(ini.entries[i].key, key);
	assert_slice(ini.entries[i].value, value);
	assert_int_equal(ini.entries[i].line, line);
}

static void
assert_refused(const char *text, const char *why)
{
	assert_int_equal(read_ini(text), RP_BAD_CONFIG);
	assert_string_equal(err.text, why);
}

static void
a_repeated_key_is_two_entries_in_the_order_of_the_text(void **state)
{
	(void)state;
	assert_ok(read_ini("[Satya Nadella]\n"
	                   "account = x:@satyanadella\n"
	                   "\n"
	                   "account=x:@20571756\n"),
	          err);
	assert_int_equal(ini.n, 3);
	assert_entry(0, "Satya Nadella", "", "", 1);
	assert_entry(1, "Satya Nadella", "account", "x:@satyanadella", 2);
	assert_entry(2, "Satya Nadella", "account", "x:@20571756", 4);
}

static void
files_from_windows_are_read_like_others(void **state)
{
	(void)state;
	assert_ok(read_ini("\xef\xbb\xbf[a]\r\nk = v\r\n\r\nl: w\r\n"), err);
	assert_entry(0, "a", "", "", 1);
	assert_entry(1, "a", "k", "v", 2);
	assert_entry(2, "a", "l", "w", 4);
}

static void
an_indented_line_is_a_line_of_its_own(void **state)
{
	(void)state;
	assert_ok(read_ini("[a]\n  k = v\n\tk = w\n"), err);
	assert_entry(1, "a", "k", "v", 2);
	assert_entry(2, "a", "k", "w", 3);
}

static void
comments_are_left_out_and_lines_still_counted(void **state)
{
	(void)state;
	assert_ok(read_ini("# one\n; two\nk = a;b ; c\n[s] ; d\nr = patron; 2014-\n"),
	          err);
	assert_entry(0, "", "k", "a;b", 3);
	assert_entry(1, "s", "", "", 4);
	assert_entry(2, "s", "r", "patron; 2014-", 5);
}

static void
a_missing_value_is_an_empty_one(void **state)
{
	(void)state;
	assert_ok(read_ini("k =\n"), err);
	assert_entry(0, "", "k", "", 1);
	assert_ok(read_ini(""), err);
	assert_int_equal(ini.n, 0);
}

static void
the_name_of_a_section_may_be_long(void **state)
{
	const char *name = "speaker Ursula von der Leyen, President of the European "
			   "Commission (through interpreter)";
	char text[200];

	(void)state;
	(void)snprintf(text, sizeof(text), "[ %s ]\nperson = x\n", name);
	assert_ok(read_ini(text), err);
	assert_entry(1, name, "person", "x", 2);
}

static void
what_cannot_be_read_is_named_by_its_line(void **state)
{
	(void)state;
	assert_refused("[a]\nk = v\nnonsense\n",
	               "line 3: neither a [section] nor a key = value");
	assert_refused("[a\n", "line 1: a section without its ]");
	assert_refused("[ ]\n", "line 1: a section without a name");
	assert_refused("[a]b]\n",
	               "line 1: there is something behind the ] of the section");
	assert_refused("\n= v\n", "line 2: a value without a key");
	assert_refused("k = \xff\n", "line 1: not valid UTF-8");
	assert_int_equal(ini_read(arena, RP_SLICE("a = b\nk = \0v\n"), &ini, &err),
	                 RP_BAD_CONFIG);
	assert_string_equal(err.text, "line 2: holds a NUL byte");
}

static void
a_line_of_a_megabyte_is_refused_in_one_sentence(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 2 << 20);
	buf_add_str(&text, "[a]\nk = ");
	while (text.n < 1 << 20)
		buf_add_str(&text, "xxxxxxxxxxxxxxxx");
	arena_reset(arena);
	assert_int_equal(ini_read(arena, buf_slice(&text), &ini, &err), RP_BAD_CONFIG);
	assert_non_null(strstr(err.text, "line 2: longer than "));
}

static void
a_file_larger_than_the_arena_is_refused(void **state)
{
	CLEANUP(arena_free) struct arena *small = arena_new(100);

	(void)state;
	assert_int_equal(ini_read(small, RP_SLICE("[a]\nk = v\n"), &ini, &err),
	                 RP_BAD_CONFIG);
	assert_string_equal(err.text, "line 1: the file is too large");
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return arena == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	arena = arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_repeated_key_is_two_entries_in_the_order_of_the_text),
		cmocka_unit_test(files_from_windows_are_read_like_others),
		cmocka_unit_test(an_indented_line_is_a_line_of_its_own),
		cmocka_unit_test(comments_are_left_out_and_lines_still_counted),
		cmocka_unit_test(a_missing_value_is_an_empty_one),
		cmocka_unit_test(the_name_of_a_section_may_be_long),
		cmocka_unit_test(what_cannot_be_read_is_named_by_its_line),
		cmocka_unit_test(a_line_of_a_megabyte_is_refused_in_one_sentence),
		cmocka_unit_test(a_file_larger_than_the_arena_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
