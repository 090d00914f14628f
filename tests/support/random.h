/*
 * Numbers that look random and are the same every time: made-up corpora are made of them.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_RANDOM_H
#define RIPOSTE_TESTS_SUPPORT_RANDOM_H

#include <stdint.h>

static uint64_t random_state = 1;

static inline uint32_t
random_below(uint32_t n)
{
	random_state = random_state * UINT64_C(6364136223846793005) +
	               UINT64_C(1442695040888963407);
	return (uint32_t)((random_state >> 33) % n);
}

#endif
