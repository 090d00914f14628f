/*
 * Run a command a few times and print what it took: the least wall and CPU milliseconds,
 * the most memory in kilobytes.
 *
 *	measure RUNS COMMAND [ARGUMENT...]
 *
 * Its output goes to /dev/null.  Exit status 1 when the command failed.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct cost {
	double wall_ms, cpu_ms;
	long rss_kb;
};

static double
ms(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static int
run(char **argv, struct cost *cost)
{
	struct timespec begin, end;
	struct rusage usage;
	int status;
	pid_t child;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	child = fork();
	if (child == 0) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, STDOUT_FILENO);
		execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) < 0)
		return 1;
	clock_gettime(CLOCK_MONOTONIC, &end);
	cost->wall_ms = (double)(end.tv_sec - begin.tv_sec) * 1e3 +
	                (double)(end.tv_nsec - begin.tv_nsec) / 1e6;
	cost->cpu_ms = ms(usage.ru_utime) + ms(usage.ru_stime);
	cost->rss_kb = usage.ru_maxrss;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int
main(int argc, char **argv)
{
	int runs = argc > 2 ? atoi(argv[1]) : 0;
	struct cost best = { 1e18, 1e18, 0 };

	if (runs < 1) {
		fputs("usage: measure RUNS COMMAND [ARGUMENT...]\n", stderr);
		return 64;
	}
	for (int i = 0; i < runs; i++) {
		struct cost cost;

		if (run(argv + 2, &cost) != 0)
			return 1;
		if (cost.wall_ms < best.wall_ms)
			best.wall_ms = cost.wall_ms;
		if (cost.cpu_ms < best.cpu_ms)
			best.cpu_ms = cost.cpu_ms;
		if (cost.rss_kb > best.rss_kb)
			best.rss_kb = cost.rss_kb;
	}
	printf("%.2f %.2f %ld\n", best.wall_ms, best.cpu_ms, best.rss_kb);
	return 0;
}
