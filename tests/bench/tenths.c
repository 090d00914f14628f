/*
 * Does work get slower as more of it is done?  Runs a command that reads lines from its
 * standard input and prints how long it takes for each tenth of them.
 *
 *	tenths LINES COMMAND [ARGUMENT...]
 *
 * Its own standard input goes to the command, as fast as that takes it.  Ten lines: wall
 * and CPU milliseconds of the command from the last byte of the tenth before until the
 * last byte of this one was taken; then one more: those from there until it ended, and
 * its greatest memory in kilobytes.  What is in the pipe (64 KB) is the error.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TENTHS = 10, PIECE = 1 << 16 };

struct moment {
	double wall_ms, cpu_ms;
};

struct feeding {
	int to;
	clockid_t clock; /* of the command's CPU time */
	unsigned long long lines, in_tenth;
	struct moment last;
};

static double
ms(struct timespec t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double
wall_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return ms(t);
}

static void
end_tenth(struct feeding *f)
{
	struct moment now = { .wall_ms = wall_ms() };
	struct timespec cpu = { 0 };

	(void)clock_gettime(f->clock, &cpu);
	now.cpu_ms = ms(cpu);
	(void)printf("%.1f %.1f\n", now.wall_ms - f->last.wall_ms,
	             now.cpu_ms - f->last.cpu_ms);
	f->last = now;
	f->in_tenth = 0;
}

static int
give(struct feeding *f, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t written = write(f->to, p, n);

		if (written <= 0)
			return 0;
		p += written;
		n -= (size_t)written;
	}
	return 1;
}

/* Up to the end of a tenth, or all of it. */
static size_t
stretch(struct feeding *f, const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && f->in_tenth < f->lines / TENTHS)
		f->in_tenth += p[i++] == '\n';
	return i;
}

static int
feed(struct feeding *f)
{
	static char piece[PIECE];
	ssize_t got;

	while ((got = read(STDIN_FILENO, piece, PIECE)) > 0)
		for (size_t at = 0; at < (size_t)got;) {
			size_t n = stretch(f, piece + at, (size_t)got - at);

			if (!give(f, piece + at, n))
				return 0;
			at += n;
			if (f->in_tenth == f->lines / TENTHS)
				end_tenth(f);
		}
	return got == 0;
}

static pid_t
start(char **argv, int *to_out)
{
	int ends[2];
	pid_t child = pipe(ends) == 0 ? fork() : -1;

	if (child == 0) {
		(void)dup2(ends[0], STDIN_FILENO);
		(void)close(ends[0]);
		(void)close(ends[1]);
		execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	if (child > 0)
		(void)close(ends[0]);
	*to_out = ends[1];
	return child;
}

int
main(int argc, char **argv)
{
	struct feeding f = { .last = { wall_ms(), 0 } };
	struct rusage usage;
	int status, fed;
	double cpu;
	pid_t child;

	if (argc < 3 || (f.lines = strtoull(argv[1], NULL, 10)) < TENTHS) {
		(void)fputs("usage: tenths LINES COMMAND [ARGUMENT...]\n", stderr);
		return 64;
	}
	child = start(argv + 2, &f.to);
	if (child < 0 || clock_getcpuclockid(child, &f.clock) != 0)
		return 1;
	fed = feed(&f);
	(void)close(f.to);
	if (wait4(child, &status, 0, &usage) < 0)
		return 1;
	cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
	      (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
	(void)printf("%.1f %.1f %ld\n", wall_ms() - f.last.wall_ms, cpu - f.last.cpu_ms,
	             usage.ru_maxrss);
	return fed && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}
