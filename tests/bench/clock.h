/*
 * The clock of the benchmarks: processor time, of all threads, so that a busy machine
 * disturbs the figures less.
 */
#ifndef RIPOSTE_TESTS_BENCH_CLOCK_H
#define RIPOSTE_TESTS_BENCH_CLOCK_H

#include <time.h>

static inline double
cpu_seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

#endif
