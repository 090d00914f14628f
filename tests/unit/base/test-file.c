#include "core/base/file.h"
#include "tests/support/spec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Each test runs in an empty directory of its own, which is the current one. */
struct scratch {
	char path[64];
	mode_t umask;
};

static int
enter_scratch(void **state)
{
	struct scratch *scratch = calloc(1, sizeof(*scratch));

	assert_non_null(scratch);
	(void)snprintf(scratch->path, sizeof(scratch->path), "/tmp/riposte-test-XXXXXX");
	assert_non_null(mkdtemp(scratch->path));
	scratch->umask = umask(022);
	*state = scratch;
	return chdir(scratch->path);
}

static int
leave_scratch(void **state)
{
	struct scratch *scratch = *state;
	char command[100];
	int result;

	(void)umask(scratch->umask);
	(void)snprintf(command, sizeof(command), "rm -rf %s", scratch->path);
	result = chdir("/") == 0 ? system(command) : -1;
	free(scratch);
	return result;
}

static void
put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
assert_holds(const char *path, const char *text)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { 0 };

	buf_init(&out, 1000);
	assert_ok(file_read(path, &out, &err), err);
	assert_slice(buf_slice(&out), text);
}

static mode_t
mode_of(const char *path)
{
	struct stat is;

	assert_int_equal(lstat(path, &is), 0);
	return is.st_mode & 07777;
}

static size_t
entries_in(const char *path)
{
	DIR *directory = opendir(path);
	size_t n = 0;

	assert_non_null(directory);
	while (readdir(directory))
		n++;
	(void)closedir(directory);
	return n - 2; /* "." and ".." */
}

static enum rp_status
write_file(const char *path, bool replace, const char *text, struct rp_error *err)
{
	struct new_file *file = NULL;
	enum rp_status st = new_file_open(path, replace, &file, err);

	if (st != RP_OK)
		return st;
	(void)fputs(text, new_file_stream(file));
	return new_file_commit(file, err);
}

static void
a_whole_file_is_read_up_to_the_ceiling(void **state)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { 0 };

	(void)state;
	put("five", "12345");
	buf_init(&out, 7);
	buf_add_str(&out, "> ");
	assert_ok(file_read("five", &out, &err), err);
	assert_slice(buf_slice(&out), "> 12345");

	buf_clear(&out);
	buf_add_str(&out, ">> ");
	assert_int_equal(file_read("five", &out, &err), RP_BAD_ITEM);
	assert_slice(buf_slice(&out), ">> ");
	assert_false(buf_failed(&out));
}

static void
a_file_whose_size_says_nothing_is_read_to_its_end(void **state)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { 0 };

	(void)state;
	if (access("/proc/self/status", R_OK) != 0)
		return;
	buf_init(&out, 1 << 20);
	assert_ok(file_read("/proc/self/status", &out, &err), err);
	assert_true(out.n > 100);
}

static void
what_is_no_file_is_not_read_and_does_not_hang(void **state)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { 0 };

	(void)state;
	buf_init(&out, 1000);
	assert_int_equal(file_read("nothing", &out, &err), RP_NOT_FOUND);
	assert_int_equal(file_read(".", &out, &err), RP_BAD_ITEM);
	assert_int_equal(file_read("/dev/zero", &out, &err), RP_BAD_ITEM);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(file_read("pipe", &out, &err), RP_BAD_ITEM);
	assert_int_equal(out.n, 0);
}

static void
a_new_file_has_no_name_before_it_is_complete(void **state)
{
	struct new_file *file;
	struct rp_error err = { 0 };

	(void)state;
	assert_ok(new_file_open("out", false, &file, &err), err);
	(void)fputs("all of it", new_file_stream(file));
	assert_int_equal(access("out", F_OK), -1);
	assert_ok(new_file_commit(file, &err), err);
	assert_holds("out", "all of it");
	assert_int_equal(entries_in("."), 1);
}

static void
a_dropped_file_leaves_nothing_behind(void **state)
{
	struct new_file *file;
	struct rp_error err = { 0 };

	(void)state;
	assert_ok(new_file_open("out", false, &file, &err), err);
	(void)fputs("half of", new_file_stream(file));
	assert_int_equal(entries_in("."), 1);
	assert_null(new_file_abort(file));
	assert_int_equal(entries_in("."), 0);
	assert_null(new_file_abort(NULL));
}

static void
files_and_directories_are_private_whatever_the_umask(void **state)
{
	static const mode_t umasks[] = { 0, 022, 0777 };
	struct rp_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(umasks) / sizeof(umasks[0]); i++) {
		char path[100];

		(void)snprintf(path, sizeof(path), "a%zu/b//c/file", i);
		(void)umask(umasks[i]);
		assert_ok(file_make_parents(path, &err), err);
		assert_ok(write_file(path, false, "x", &err), err);
		(void)umask(022);
		assert_int_equal(mode_of(path), 0600);
		*strrchr(path, '/') = '\0';
		assert_int_equal(mode_of(path), 0700);
		path[2] = '\0';
		assert_int_equal(mode_of(path), 0700);
	}
}

static void
an_existing_file_is_replaced_only_when_asked(void **state)
{
	struct rp_error err = { 0 };

	(void)state;
	put("out", "old");
	assert_int_equal(write_file("out", false, "new", &err), RP_BAD_USAGE);
	assert_non_null(strstr(err.text, "out exists already"));
	assert_holds("out", "old");
	assert_ok(write_file("out", true, "new", &err), err);
	assert_holds("out", "new");
	assert_int_equal(mode_of("out"), 0600);
	assert_int_equal(entries_in("."), 1);
}

static void
a_file_that_came_into_being_meanwhile_is_not_replaced(void **state)
{
	struct new_file *file;
	struct rp_error err = { 0 };

	(void)state;
	assert_ok(new_file_open("out", false, &file, &err), err);
	put("out", "somebody else's");
	assert_int_equal(new_file_commit(file, &err), RP_BAD_USAGE);
	assert_holds("out", "somebody else's");
	assert_int_equal(entries_in("."), 1);
}

static void
links_directories_and_devices_are_never_written_to(void **state)
{
	struct rp_error err = { 0 };

	(void)state;
	put("target", "old");
	assert_int_equal(symlink("target", "link"), 0);
	assert_int_equal(symlink("nowhere", "dangling"), 0);
	assert_int_equal(mkdir("directory", 0700), 0);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	for (int replace = 0; replace < 2; replace++) {
		assert_int_equal(write_file("link", replace, "new", &err), RP_BAD_USAGE);
		assert_int_equal(write_file("dangling", replace, "new", &err),
		                 RP_BAD_USAGE);
		assert_int_equal(write_file("directory", replace, "new", &err),
		                 RP_BAD_USAGE);
		assert_int_equal(write_file("directory/", replace, "new", &err),
		                 RP_BAD_USAGE);
		assert_int_equal(write_file("pipe", replace, "new", &err), RP_BAD_USAGE);
		assert_int_equal(write_file("", replace, "new", &err), RP_BAD_USAGE);
	}
	assert_holds("target", "old");
	assert_int_equal(entries_in("."), 5);
	assert_int_equal(entries_in("directory"), 0);
}

/* The limit stands in for a full disk, which needs a mount. */
static void
a_write_that_fails_is_told_and_leaves_the_old_file(void **state)
{
	char text[5000];
	struct rlimit limit, small;
	struct rp_error err = { 0 };

	(void)state;
	put("out", "old");
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small = limit;
	small.rlim_cur = 100;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(write_file("out", true, text, &err), RP_FAILED);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	(void)signal(SIGXFSZ, SIG_DFL);

	assert_string_equal(err.text, "cannot write out: File too large");
	assert_holds("out", "old");
	assert_int_equal(entries_in("."), 1);
}

static void
odd_names_are_only_names(void **state)
{
	static char longest[256], longer[257], far[6000];
	const char *names[] = { "-rf", "%s%n", "a\nb", "'; rm -rf .", longest };
	struct rp_error err = { 0 };

	(void)state;
	memset(longest, 'n', sizeof(longest) - 1);
	memset(longer, 'n', sizeof(longer) - 1);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_ok(write_file(names[i], false, names[i], &err), err);
		assert_holds(names[i], names[i]);
	}
	assert_int_equal(write_file(longer, false, "x", &err), RP_FAILED);
	assert_non_null(strstr(err.text, strerror(ENAMETOOLONG)));

	for (size_t i = 0; i + 1 < sizeof(far); i++)
		far[i] = i % 2 ? '/' : '.';
	assert_int_equal(write_file(far, false, "x", &err), RP_BAD_USAGE);
	far[sizeof(far) - 2] = 'x';
	assert_int_equal(write_file(far, false, "x", &err), RP_FAILED);
	assert_non_null(strstr(err.text, strerror(ENAMETOOLONG)));
	assert_int_equal(entries_in("."), 5);
}

static void
parents_that_exist_are_left_and_a_file_in_the_way_is_told(void **state)
{
	struct rp_error err = { 0 };

	(void)state;
	assert_int_equal(mkdir("there", 0750), 0);
	assert_ok(file_make_parents("there/new/file", &err), err);
	assert_int_equal(mode_of("there"), 0750);
	assert_ok(file_make_parents("file", &err), err);
	assert_ok(file_make_parents("/tmp/file", &err), err);
	assert_ok(file_make_parents("//tmp/file", &err), err);
	assert_ok(file_make_parents("", &err), err);
	assert_int_equal(access("file", F_OK), -1);

	put("plain", "x");
	assert_int_equal(file_make_parents("plain/file", &err), RP_FAILED);
	assert_string_equal(err.text, "cannot make the directory plain: Not a directory");
	assert_int_equal(file_make_parents("plain/deeper/file", &err), RP_FAILED);
}

/* In a process of its own, which cannot say anything but its exit status. */
static void
no_file_is_opened_as_a_closed_standard_descriptor(void **state)
{
	int status;

	(void)state;
	for (int which = 1; which < 8; which++) {
		pid_t child = fork();

		assert_true(child >= 0);
		if (child == 0) {
			for (int fd = 0; fd <= 2; fd++)
				if (which & 1 << fd)
					(void)close(fd);
			file_guard_standard_descriptors();
			_exit(open("new", O_RDWR | O_CREAT, 0600) > 2 ? 0 : 1);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
}

#define in_scratch(test)                                                                 \
	cmocka_unit_test_setup_teardown(test, enter_scratch, leave_scratch)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_scratch(a_whole_file_is_read_up_to_the_ceiling),
		in_scratch(a_file_whose_size_says_nothing_is_read_to_its_end),
		in_scratch(what_is_no_file_is_not_read_and_does_not_hang),
		in_scratch(a_new_file_has_no_name_before_it_is_complete),
		in_scratch(a_dropped_file_leaves_nothing_behind),
		in_scratch(files_and_directories_are_private_whatever_the_umask),
		in_scratch(an_existing_file_is_replaced_only_when_asked),
		in_scratch(a_file_that_came_into_being_meanwhile_is_not_replaced),
		in_scratch(links_directories_and_devices_are_never_written_to),
		in_scratch(a_write_that_fails_is_told_and_leaves_the_old_file),
		in_scratch(odd_names_are_only_names),
		in_scratch(parents_that_exist_are_left_and_a_file_in_the_way_is_told),
		in_scratch(no_file_is_opened_as_a_closed_standard_descriptor),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
