/* Opening archives: made, found, refused, shared, read where nothing can be written. */
#include "core/base/file.h"
#include "tests/unit/sqlite/sample.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct test {
	struct place place;
	struct rp_error err;
};

static int
setup(void **state)
{
	struct test *test = calloc(1, sizeof(*test));

	assert_non_null(test);
	place_make(&test->place);
	*state = test;
	return 0;
}

static int
teardown(void **state)
{
	struct test *test = *state;

	(void)chmod(test->place.directory, 0700);
	place_remove(&test->place);
	free(test);
	return 0;
}

static enum rp_status
try_open(struct test *test, const char *path, enum store_mode mode)
{
	struct store *store = NULL;
	enum rp_status st;

	test->err = (struct rp_error){ 0 };
	st = store_sqlite_open(path, mode, &store, NULL, &test->err);
	store_close(store);
	return st;
}

static void
write_file(const char *path, struct rp_slice bytes)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
	(void)close(fd);
}

static unsigned
mode_of(const char *path)
{
	struct stat about;

	assert_int_equal(stat(path, &about), 0);
	return (unsigned)about.st_mode & 0777;
}

static bool
is_there(const char *path, const char *suffix)
{
	char name[700];

	(void)snprintf(name, sizeof(name), "%s%s", path, suffix);
	return access(name, F_OK) == 0;
}

/* ---- making ---- */

static void
an_archive_is_its_owners_alone_whatever_the_umask(void **state)
{
	struct test *test = *state;
	char path[600], directory[400];
	struct store *store = NULL;
	bool created = false;
	mode_t old = umask(0);

	(void)snprintf(directory, sizeof(directory), "%s/new", test->place.directory);
	(void)snprintf(path, sizeof(path), "%s/archive", directory);
	assert_ok(store_sqlite_open(path, STORE_CREATE, &store, &created, &test->err),
	          test->err);
	assert_ok(store_begin(store, &test->err), test->err);
	(void)umask(old);

	assert_true(created);
	assert_int_equal(mode_of(path), 0600);
	assert_int_equal(mode_of(directory), 0700);
	assert_true(is_there(path, "-wal"));
	(void)strcat(path, "-wal");
	assert_int_equal(mode_of(path), 0600);
	store_close(store);
	path[strlen(path) - 4] = '\0';
	assert_false(is_there(path, "-wal")); /* nothing beside a closed archive */
	assert_false(is_there(path, "-shm"));
	(void)unlink(path);
	(void)rmdir(directory);
}

static void
an_archive_is_made_once(void **state)
{
	struct test *test = *state;
	struct store *store = NULL;
	bool created = false;

	sample_make(test->place.path);
	assert_ok(store_sqlite_open(test->place.path, STORE_CREATE, &store, &created,
	                            &test->err),
	          test->err);
	assert_false(created);
	store_close(store);
}

static void
an_empty_file_left_behind_becomes_an_archive_but_is_none(void **state)
{
	struct test *test = *state;

	write_file(test->place.path, RP_SLICE(""));
	assert_int_equal(try_open(test, test->place.path, STORE_READ), RP_CORRUPT);
	assert_int_equal(try_open(test, test->place.path, STORE_WRITE), RP_CORRUPT);
	assert_non_null(strstr(test->err.text, "not a riposte archive"));
	assert_ok(try_open(test, test->place.path, STORE_CREATE), test->err);
	assert_ok(try_open(test, test->place.path, STORE_READ), test->err);
}

static void
whoever_is_killed_making_one_leaves_what_the_next_can_make(void **state)
{
	struct test *test = *state;

	for (long us = 0; us < 6000; us += 150) {
		struct timespec nap = { 0, us * 1000 };
		pid_t child = fork();
		int how;

		assert_true(child >= 0);
		if (child == 0) {
			struct store *store = NULL;

			if (store_sqlite_open(test->place.path, STORE_CREATE, &store,
			                      NULL, NULL) == RP_OK)
				(void)pause();
			_exit(1);
		}
		(void)nanosleep(&nap, NULL);
		(void)kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &how, 0), child);
		assert_ok(try_open(test, test->place.path, STORE_CREATE), test->err);
		assert_ok(try_open(test, test->place.path, STORE_READ), test->err);
		(void)unlink(test->place.path);
	}
}

/* ---- finding and refusing ---- */

static void
what_is_not_there_is_not_found(void **state)
{
	struct test *test = *state;
	char below[400];

	assert_int_equal(try_open(test, test->place.path, STORE_READ), RP_NOT_FOUND);
	assert_int_equal(try_open(test, test->place.path, STORE_WRITE), RP_NOT_FOUND);
	assert_int_equal(try_open(test, "", STORE_READ), RP_NOT_FOUND);
	assert_false(is_there(test->place.path, ""));
	sample_make(test->place.path);
	(void)snprintf(below, sizeof(below), "%s/x", test->place.path);
	assert_int_equal(try_open(test, below, STORE_READ), RP_NOT_FOUND);
	assert_int_equal(try_open(test, below, STORE_CREATE), RP_FAILED);
}

static void
what_is_no_archive_is_refused(void **state)
{
	struct test *test = *state;
	sqlite3 *db = NULL;

	for (int mode = STORE_READ; mode <= STORE_CREATE; mode++) {
		/* That was written a moment ago: then there is no glance at it. */
		if (mode == STORE_GLANCE)
			continue;
		assert_int_equal(
			try_open(test, test->place.directory, (enum store_mode)mode),
			RP_CORRUPT);
		write_file(test->place.path, RP_SLICE("just a text, and no database at "
		                                      "all, however long it may be"));
		assert_int_equal(try_open(test, test->place.path, (enum store_mode)mode),
		                 RP_CORRUPT);
		assert_non_null(strstr(test->err.text, "not a riposte archive"));
		(void)unlink(test->place.path);
		assert_int_equal(sqlite3_open(test->place.path, &db), SQLITE_OK);
		assert_int_equal(
			sqlite3_exec(db, "CREATE TABLE post(id)", NULL, NULL, NULL),
			SQLITE_OK);
		(void)sqlite3_close(db);
		assert_int_equal(try_open(test, test->place.path, (enum store_mode)mode),
		                 RP_CORRUPT);
		assert_non_null(strstr(test->err.text, "another program"));
	}
}

static void
an_archive_of_a_newer_riposte_says_which_version_it_is(void **state)
{
	struct test *test = *state;
	sqlite3 *db = NULL;

	sample_make(test->place.path);
	assert_int_equal(sqlite3_open(test->place.path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA user_version=7", NULL, NULL, NULL),
	                 SQLITE_OK);
	(void)sqlite3_close(db);
	assert_int_equal(try_open(test, test->place.path, STORE_READ), RP_BAD_CONFIG);
	assert_non_null(strstr(test->err.text, "version 7"));
	assert_int_equal(try_open(test, test->place.path, STORE_CREATE), RP_BAD_CONFIG);
}

static void
a_schema_that_is_not_ours_to_the_letter_is_refused(void **state)
{
	struct test *test = *state;
	static const char *const changes[] = {
		"CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM run; END",
		"CREATE VIEW v AS SELECT * FROM run",
		"CREATE TABLE more(x)",
		"CREATE INDEX slow ON post(more)",
		"DROP INDEX post_time",
		"ALTER TABLE run ADD COLUMN x TEXT",
		"DROP TABLE state",
		"ALTER TABLE alias RENAME TO other",
		"CREATE VIRTUAL TABLE f USING fts5(x)",
		"PRAGMA writable_schema=1; UPDATE sqlite_schema SET sql=sql||' '",
	};

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		sqlite3 *db = NULL;

		sample_make(test->place.path);
		assert_int_equal(sqlite3_open(test->place.path, &db), SQLITE_OK);
		if (sqlite3_exec(db, changes[i], NULL, NULL, NULL) != SQLITE_OK)
			fail_msg("%s: %s", changes[i], sqlite3_errmsg(db));
		(void)sqlite3_close(db);
		if (try_open(test, test->place.path, STORE_READ) != RP_CORRUPT)
			fail_msg("opened in spite of: %s", changes[i]);
		assert_int_equal(try_open(test, test->place.path, STORE_CREATE),
		                 RP_CORRUPT);
		(void)unlink(test->place.path);
	}
}

static void
names_that_mean_something_to_the_database_are_names(void **state)
{
	struct test *test = *state;
	static const char *const names[] = {
		":memory:", "file:x?mode=memory",
		"file:y",   "a%41b",
		"c?d#e&f",  "%s%n%d",
		"-rf",      "g\xff\xfe h\n",
		"'",        "\"; DROP",
	};
	char before[4096];

	assert_non_null(getcwd(before, sizeof(before)));
	assert_int_equal(chdir(test->place.directory), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		sample_make(names[i]);
		assert_true(is_there(names[i], ""));
		assert_ok(try_open(test, names[i], STORE_READ), test->err);
	}
	assert_int_equal(chdir(before), 0);
}

/* ---- sharing ---- */

static uint64_t
posts_in(struct test *test, struct store *store)
{
	struct store_stats stats = { 0 };

	assert_ok(store_stats(store, &stats, &test->err), test->err);
	return stats.posts;
}

static void
a_reader_sees_one_state_while_a_writer_writes_and_waits_for_nobody(void **state)
{
	struct test *test = *state;
	struct store *reader = NULL, *writer = NULL;
	struct post post = { .key = RP_SLICE("x:1"), .kind = KIND_POST };
	int64_t id;

	sample_make(test->place.path);
	assert_ok(store_sqlite_open(test->place.path, STORE_READ, &reader, NULL,
	                            &test->err),
	          test->err);
	assert_ok(store_sqlite_open(test->place.path, STORE_WRITE, &writer, NULL,
	                            &test->err),
	          test->err);
	assert_ok(store_begin_read(reader, &test->err), test->err);
	assert_ok(store_begin(writer, &test->err), test->err);
	assert_ok(store_post_put(writer, &post, &id, &test->err), test->err);
	assert_int_equal(posts_in(test, reader), 60);
	assert_ok(store_commit(writer, &test->err), test->err);

	assert_int_equal(posts_in(test, reader), 60);
	assert_ok(store_commit(reader, &test->err), test->err);
	assert_int_equal(posts_in(test, reader), 61);
	store_close(writer);
	store_close(reader);
}

static void
what_was_opened_to_read_cannot_be_written(void **state)
{
	struct test *test = *state;
	struct store *reader = NULL;

	sample_make(test->place.path);
	assert_ok(store_sqlite_open(test->place.path, STORE_READ, &reader, NULL,
	                            &test->err),
	          test->err);
	assert_int_equal(store_begin(reader, &test->err), RP_FAILED);
	store_close(reader);
	assert_false(is_there(test->place.path, "-wal"));
}

static void
an_archive_replaced_while_it_is_open_is_not_written(void **state)
{
	struct test *test = *state;
	struct store *writer = NULL;
	char other[400];

	(void)snprintf(other, sizeof(other), "%s/other", test->place.directory);
	sample_make(test->place.path);
	sample_make(other);
	assert_ok(store_sqlite_open(test->place.path, STORE_WRITE, &writer, NULL,
	                            &test->err),
	          test->err);
	assert_int_equal(rename(other, test->place.path), 0);
	assert_int_equal(store_begin(writer, &test->err), RP_FAILED);
	assert_non_null(strstr(test->err.text, "replaced"));
	store_close(writer);
}

/* ---- where nothing can be written ---- */

/* In a process that may not write there, even when the tests are root's. */
static enum rp_status
open_as_a_guest(struct test *test, enum store_mode mode)
{
	pid_t child = fork();
	int how;

	assert_true(child >= 0);
	if (child == 0) {
		struct store *store = NULL;
		struct store_stats stats = { 0 };
		enum rp_status st;

		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(100);
		st = store_sqlite_open(test->place.path, mode, &store, NULL, &test->err);
		if (st == RP_OK)
			st = store_stats(store, &stats, &test->err);
		if (st == RP_OK && stats.posts != 60)
			st = RP_BAD_ITEM;
		store_close(store);
		_exit((int)st);
	}
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFEXITED(how));
	return (enum rp_status)WEXITSTATUS(how);
}

static void
an_archive_is_read_where_nothing_can_be_written(void **state)
{
	struct test *test = *state;
	char odd[400];

	(void)snprintf(odd, sizeof(odd), "%s/a%%41b?c#d \xff\n", test->place.directory);
	sample_make(odd);
	(void)snprintf(test->place.path, sizeof(test->place.path), "%.230s", odd);
	assert_int_equal(chmod(odd, 0444), 0);
	assert_int_equal(chmod(test->place.directory, 0555), 0);

	assert_int_equal(open_as_a_guest(test, STORE_READ), RP_OK);
	assert_int_equal(open_as_a_guest(test, STORE_WRITE), RP_FAILED);
	assert_int_equal(open_as_a_guest(test, STORE_CREATE), RP_FAILED);
}

static void
changes_that_cannot_be_read_there_are_not_passed_over(void **state)
{
	struct test *test = *state;
	char shm[400], wal[400];
	pid_t child;
	int how;

	sample_make(test->place.path);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) { /* a writer that ends without a word */
		struct post post = { .key = RP_SLICE("x:1"), .kind = KIND_POST };
		struct store *store = NULL;
		int64_t id;

		if (store_sqlite_open(test->place.path, STORE_WRITE, &store, NULL,
		                      NULL) != RP_OK ||
		    store_begin(store, NULL) != RP_OK ||
		    store_post_put(store, &post, &id, NULL) != RP_OK ||
		    store_commit(store, NULL) != RP_OK)
			_exit(1);
		(void)kill(getpid(), SIGKILL);
	}
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(is_there(test->place.path, "-wal"));
	(void)snprintf(shm, sizeof(shm), "%s-shm", test->place.path);
	(void)snprintf(wal, sizeof(wal), "%s-wal", test->place.path);
	(void)unlink(shm);
	assert_int_equal(chmod(test->place.path, 0444), 0);
	assert_int_equal(chmod(wal, 0444), 0);
	assert_int_equal(chmod(test->place.directory, 0555), 0);

	assert_int_equal(open_as_a_guest(test, STORE_READ), RP_FAILED);
	assert_int_equal(chmod(test->place.directory, 0700), 0);
	assert_int_equal(chmod(test->place.path, 0600), 0);
	assert_int_equal(chmod(wal, 0600), 0);
	assert_ok(try_open(test, test->place.path, STORE_READ), test->err);
}

/* Write a post, and tell which number store_changes() was at. */
static int64_t
write_post(struct test *test, struct store *store, const char *key)
{
	const struct post post = { .key = rp_slice_str(key), .kind = KIND_POST };
	int64_t changes, id;

	assert_ok(store_begin(store, &test->err), test->err);
	changes = store_changes(store);
	assert_ok(store_post_put(store, &post, &id, &test->err), test->err);
	assert_ok(store_commit(store, &test->err), test->err);
	return changes;
}

static void
what_another_program_wrote_is_told_from_what_we_wrote(void **state)
{
	struct test *test = *state;
	CLEANUP(store_close) struct store *ours = NULL, *other = NULL;
	int64_t before;

	assert_ok(store_sqlite_open(test->place.path, STORE_CREATE, &ours, NULL,
	                            &test->err),
	          test->err);
	assert_ok(store_sqlite_open(test->place.path, STORE_WRITE, &other, NULL,
	                            &test->err),
	          test->err);
	before = write_post(test, ours, "x:1");
	assert_int_equal(write_post(test, ours, "x:2"), before);
	write_post(test, other, "x:3");
	assert_int_not_equal(write_post(test, ours, "x:4"), before);
}

#define SPEC(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest specs[] = {
		SPEC(an_archive_is_its_owners_alone_whatever_the_umask),
		SPEC(an_archive_is_made_once),
		SPEC(an_empty_file_left_behind_becomes_an_archive_but_is_none),
		SPEC(whoever_is_killed_making_one_leaves_what_the_next_can_make),
		SPEC(what_is_not_there_is_not_found),
		SPEC(what_is_no_archive_is_refused),
		SPEC(an_archive_of_a_newer_riposte_says_which_version_it_is),
		SPEC(a_schema_that_is_not_ours_to_the_letter_is_refused),
		SPEC(names_that_mean_something_to_the_database_are_names),
		SPEC(a_reader_sees_one_state_while_a_writer_writes_and_waits_for_nobody),
		SPEC(what_another_program_wrote_is_told_from_what_we_wrote),
		SPEC(what_was_opened_to_read_cannot_be_written),
		SPEC(an_archive_replaced_while_it_is_open_is_not_written),
		SPEC(an_archive_is_read_where_nothing_can_be_written),
		SPEC(changes_that_cannot_be_read_there_are_not_passed_over),
	};

	return cmocka_run_group_tests_name("open", specs, NULL, NULL);
}
