/*
 * One at a time: rows C01, C03 and C07 of the project's table of hostile inputs.
 */
#include "core/base/lock.h"
#include "core/base/time.h"
#include "tests/support/spec.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOW = 1737520518 };

struct fixture {
	char folder[64], path[80];
};

static int
setup(void **state)
{
	static struct fixture f;

	strcpy(f.folder, "/tmp/riposte-lock-XXXXXX");
	if (mkdtemp(f.folder) == NULL)
		return -1;
	(void)snprintf(f.path, sizeof(f.path), "%s/a.db-collect", f.folder);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	(void)unlink(f->path);
	return rmdir(f->folder);
}

static enum rp_status
take(const struct fixture *f, struct lock **out, struct lock_holder *holder)
{
	struct rp_error err;

	return lock_take(f->path, NOW, out, holder, &err);
}

/* Holds the lock until it is killed; is back when it has it. */
static pid_t
child_that_holds(const struct fixture *f)
{
	struct lock *lock = NULL;
	struct lock_holder holder;
	int ready[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		(void)alarm(60);
		if (take(f, &lock, &holder) == RP_OK && write(ready[1], "x", 1) == 1)
			(void)pause();
		_exit(1);
	}
	assert_true(pid > 0);
	(void)close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	(void)close(ready[0]);
	return pid;
}

static void
end(pid_t pid)
{
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void
who_is_refused_learns_who_has_it_and_since_when(void **state)
{
	struct lock_holder holder = { 0, 0 };
	struct lock *lock = NULL;
	const pid_t pid = child_that_holds(*state);

	assert_int_equal(take(*state, &lock, &holder), RP_RETRY_LATER);
	end(pid);
	assert_null(lock);
	assert_int_equal(holder.pid, pid);
	assert_int_equal(holder.since, NOW);
}

static void
it_is_free_when_its_holder_was_killed(void **state)
{
	struct lock_holder holder;
	struct lock *lock = NULL;

	end(child_that_holds(*state));
	assert_int_equal(take(*state, &lock, &holder), RP_OK);
	lock_free(lock);
}

static void
it_is_free_also_if_the_number_of_a_dead_holder_is_somebody_elses_by_now(void **state)
{
	struct fixture *f = *state;
	struct lock_holder holder;
	struct lock *lock = NULL;
	FILE *file = fopen(f->path, "w");

	assert_non_null(file);
	fprintf(file, "%ld 5\n", (long)getpid());
	fclose(file);
	assert_int_equal(take(f, &lock, &holder), RP_OK);
	lock_free(lock);
}

static void
given_back_it_can_be_had_again(void **state)
{
	struct lock_holder holder;
	struct lock *lock = NULL;

	for (int i = 0; i < 2; i++) {
		assert_int_equal(take(*state, &lock, &holder), RP_OK);
		lock = lock_free(lock);
	}
}

static void
two_within_one_process_are_two(void **state)
{
	struct lock_holder holder;
	struct lock *lock = NULL, *other = NULL;

	assert_int_equal(take(*state, &lock, &holder), RP_OK);
	assert_int_equal(take(*state, &other, &holder), RP_RETRY_LATER);
	assert_int_equal(holder.pid, getpid());
	lock_free(lock);
}

static void
looking_takes_nothing(void **state)
{
	struct fixture *f = *state;
	struct lock_holder holder = { 0, 0 };
	struct rp_error err;
	struct lock *lock = NULL;

	assert_int_equal(lock_look(f->path, &holder, &err), RP_NOT_FOUND);
	assert_int_equal(access(f->path, F_OK), -1);
	assert_int_equal(take(f, &lock, &holder), RP_OK);
	assert_ok(lock_look(f->path, &holder, &err), err);
	assert_int_equal(holder.pid, getpid());
	lock_free(lock);
	assert_int_equal(lock_look(f->path, &holder, &err), RP_NOT_FOUND);
}

static void
the_file_is_nobodys_to_read_but_ours_whatever_the_umask(void **state)
{
	static const mode_t masks[] = { 0, 077, 0777 };
	struct fixture *f = *state;
	struct lock_holder holder;
	struct lock *lock = NULL;
	struct stat is;

	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		const mode_t before = umask(masks[i]);

		assert_int_equal(take(f, &lock, &holder), RP_OK);
		lock = lock_free(lock);
		(void)umask(before);
		assert_int_equal(stat(f->path, &is), 0);
		assert_int_equal(is.st_mode & 0777, 0600);
		assert_int_equal(unlink(f->path), 0);
	}
}

static void
no_child_inherits_it(void **state)
{
	struct fixture *f = *state;
	struct lock_holder holder;
	struct lock *lock = NULL;
	pid_t pid;

	assert_int_equal(take(f, &lock, &holder), RP_OK);
	pid = fork();
	if (pid == 0) {
		(void)execlp("sleep", "sleep", "60", (char *)NULL);
		_exit(1);
	}
	lock_free(lock);
	lock = NULL;
	/* Until exec() it has a copy of everything. */
	for (int i = 0; i < 1000 && take(f, &lock, &holder) != RP_OK; i++)
		(void)usleep(5000);
	assert_non_null(lock);
	assert_int_equal(waitpid(pid, NULL, WNOHANG), 0);
	end(pid);
	lock_free(lock);
}

static void
links_and_pipes_in_its_place_are_refused(void **state)
{
	struct fixture *f = *state;
	struct lock_holder holder;
	struct lock *lock = NULL;

	assert_int_equal(symlink("elsewhere", f->path), 0);
	assert_int_equal(take(f, &lock, &holder), RP_FAILED);
	assert_int_equal(unlink(f->path), 0);
	assert_int_equal(mkfifo(f->path, 0600), 0);
	assert_int_equal(take(f, &lock, &holder), RP_FAILED);
}

#define SPEC(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(who_is_refused_learns_who_has_it_and_since_when),
		SPEC(it_is_free_when_its_holder_was_killed),
		SPEC(it_is_free_also_if_the_number_of_a_dead_holder_is_somebody_elses_by_now),
		SPEC(given_back_it_can_be_had_again),
		SPEC(two_within_one_process_are_two),
		SPEC(looking_takes_nothing),
		SPEC(the_file_is_nobodys_to_read_but_ours_whatever_the_umask),
		SPEC(no_child_inherits_it),
		SPEC(links_and_pipes_in_its_place_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
