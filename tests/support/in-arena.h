/*
 * For specs of what is made in an arena: one for all of them.
 *
 *	return cmocka_run_group_tests(tests, open_arena, close_arena);
 */
#ifndef RIPOSTE_TESTS_SUPPORT_IN_ARENA_H
#define RIPOSTE_TESTS_SUPPORT_IN_ARENA_H

#include "core/base/arena.h"

static struct arena *arena;

static inline int
open_arena(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return arena ? 0 : -1;
}

static inline int
close_arena(void **state)
{
	(void)state;
	arena = arena_free(arena);
	return 0;
}

#endif
