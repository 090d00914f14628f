/*
 * The clock of the benchmarks: processor time, of all threads, so that a busy machine
 * disturbs the figures less.
 */
#ifndef RIPOSTE_TESTS_BENCH_CLOCK_H
#define RIPOSTE_TESTS_BENCH_CLOCK_H

#include <stdlib.h>
#include <time.h>

static inline double
cpu_seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Puts them in order. */
static inline double
median(double *times, size_t n)
{
	qsort(times, n, sizeof(*times), by_size);
	return times[n / 2];
}

#endif
