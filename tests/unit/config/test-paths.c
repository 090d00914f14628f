#include "core/config/paths.h"
#include "tests/support/spec.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct arena *arena;
static struct rp_error err;
static char scratch[] = "/tmp/riposte-test-XXXXXX";

static const char *
archive(const char *flag)
{
	const char *path = "untouched";

	assert_ok(path_archive(arena, flag, NULL, &path, &err), err);
	return path;
}

static void
make_file(const char *path)
{
	int fd = open(path, O_CREAT | O_WRONLY, 0600);

	assert_true(fd >= 0);
	close(fd);
}

static void
write_config(const char *text)
{
	FILE *file = fopen("riposte.conf", "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
a_flag_beats_the_environment_beats_what_is_here_beats_the_default(void **state)
{
	(void)state;
	assert_string_equal(archive(NULL), "/home/ana/.local/share/riposte/riposte.db");
	setenv("XDG_DATA_HOME", "/data", 1);
	assert_string_equal(archive(NULL), "/data/riposte/riposte.db");
	make_file("riposte.db");
	assert_string_equal(archive(NULL), "./riposte.db");
	setenv("RIPOSTE_ARCHIVE", "file:x?mode=ro", 1);
	assert_string_equal(archive(NULL), "file:x?mode=ro");
	assert_string_equal(archive("a.db"), "a.db");
}

static void
the_config_file_beats_what_is_here_and_counts_behind_the_environment(void **state)
{
	const char *path;

	(void)state;
	make_file("riposte.db");
	write_config("[http]\ncontact = archive\n[source broken]\nat all = \n[archive]\n"
	             "path = posts/a.db\n");
	assert_ok(path_archive(arena, NULL, "./riposte.conf", &path, &err), err);
	assert_string_equal(path, "./posts/a.db");
	assert_ok(path_archive(arena, "b.db", "./riposte.conf", &path, &err), err);
	assert_string_equal(path, "b.db");
	setenv("RIPOSTE_ARCHIVE", "c.db", 1);
	assert_ok(path_archive(arena, NULL, "./riposte.conf", &path, &err), err);
	assert_string_equal(path, "c.db");
	unsetenv("RIPOSTE_ARCHIVE");
	write_config("# [archive] stands below\n[http]\ncontact = a\n[ archive ]\n"
	             "path = d.db\n[source a]\n");
	assert_ok(path_archive(arena, NULL, "./riposte.conf", &path, &err), err);
	assert_string_equal(path, "./d.db");
	write_config("[archive]\n");
	assert_ok(path_archive(arena, NULL, "riposte.conf", &path, &err), err);
	assert_string_equal(path, "./riposte.db");
	write_config("[archive]\npath = ~/a.db\n");
	assert_int_equal(path_archive(arena, NULL, "riposte.conf", &path, &err),
	                 RP_BAD_CONFIG);
	assert_string_equal(err.where, "riposte.conf:2");
	assert_ok(path_archive(arena, NULL, "no.conf", &path, &err), err);
	assert_string_equal(path, "./riposte.db");
}

static void
variables_that_are_empty_or_not_absolute_are_as_good_as_unset(void **state)
{
	const char *path;

	(void)state;
	setenv("RIPOSTE_ARCHIVE", "", 1);
	setenv("XDG_DATA_HOME", "data", 1);
	assert_string_equal(archive(NULL), "/home/ana/.local/share/riposte/riposte.db");
	assert_int_equal(path_archive(arena, "", NULL, &path, &err), RP_BAD_USAGE);
	assert_string_equal(err.text, "--archive needs the name of a file");
}

static void
without_a_home_there_is_no_default(void **state)
{
	const char *path = "untouched";

	(void)state;
	unsetenv("HOME");
	assert_int_equal(path_archive(arena, NULL, NULL, &path, &err), RP_BAD_CONFIG);
	assert_string_equal(
		err.text,
		"neither $XDG_DATA_HOME nor $HOME says where files go: set HOME");
	assert_string_equal(path, "untouched");
}

static void
the_config_file_is_where_the_flag_or_xdg_says(void **state)
{
	const char *path;

	(void)state;
	assert_ok(path_config(arena, NULL, &path, &err), err);
	assert_string_equal(path, "/home/ana/.config/riposte/riposte.conf");
	setenv("XDG_CONFIG_HOME", "/etc/xdg", 1);
	assert_ok(path_config(arena, NULL, &path, &err), err);
	assert_string_equal(path, "/etc/xdg/riposte/riposte.conf");
	assert_ok(path_config(arena, "c", &path, &err), err);
	assert_string_equal(path, "c");
}

static void
people_beside_the_archive_beat_those_beside_the_config(void **state)
{
	const char *path;

	(void)state;
	assert_int_equal(path_people(arena, "riposte.db", "c/riposte.conf", &path, &err),
	                 RP_NOT_FOUND);
	make_file("people.ini");
	assert_ok(path_people(arena, "riposte.db", "riposte.conf", &path, &err), err);
	assert_string_equal(path, "people.ini");
	make_file("riposte.people.ini");
	assert_ok(path_people(arena, "riposte.db", "riposte.conf", &path, &err), err);
	assert_string_equal(path, "riposte.people.ini");
	make_file("riposte.db.people.ini");
	assert_ok(path_people(arena, "./riposte.db", NULL, &path, &err), err);
	assert_string_equal(path, "./riposte.db.people.ini");
}

static int
set_up(void **state)
{
	(void)state;
	unsetenv("RIPOSTE_ARCHIVE");
	unsetenv("XDG_DATA_HOME");
	unsetenv("XDG_CONFIG_HOME");
	setenv("HOME", "/home/ana", 1);
	arena = arena_new(1 << 16);
	return arena == NULL;
}

static int
tear_down(void **state)
{
	static const char *const made[] = { "riposte.db", "people.ini", "riposte.conf",
		                            "riposte.people.ini",
		                            "riposte.db.people.ini" };

	(void)state;
	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++)
		(void)unlink(made[i]);
	arena = arena_free(arena);
	return 0;
}

static int
enter_scratch(void **state)
{
	(void)state;
	return mkdtemp(scratch) == NULL || chdir(scratch) != 0;
}

static int
leave_scratch(void **state)
{
	(void)state;
	return chdir("/") != 0 || rmdir(scratch) != 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_flag_beats_the_environment_beats_what_is_here_beats_the_default),
		TEST(the_config_file_beats_what_is_here_and_counts_behind_the_environment),
		TEST(variables_that_are_empty_or_not_absolute_are_as_good_as_unset),
		TEST(without_a_home_there_is_no_default),
		TEST(the_config_file_is_where_the_flag_or_xdg_says),
		TEST(people_beside_the_archive_beat_those_beside_the_config),
	};

	return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
