/*
 * Memory that runs out where a test says so.  Linked into a program, these malloc(),
 * calloc(), realloc(), aligned_alloc() and posix_memalign() take the place of libc's, for
 * the program and for every library it uses.
 *
 * A place is the way down to an allocation: the last calls within the program, and the
 * last one of a library.  What an allocation that fails leads to depends on little else,
 * so that tests need not fail each of hundreds of thousands.
 *
 * Programs are told by the environment, and count from the start of main():
 *
 *	SCARCE=N		the N-th allocation fails
 *	SCARCE=N+		and all behind it, too
 *	SCARCE_PLACES=FILE	none fails; FILE gets a line for each place: the number
 *				of the first allocation there, and a name that it
 *				has in every run
 */
#ifndef RIPOSTE_TESTS_SUPPORT_SCARCE_H
#define RIPOSTE_TESTS_SUPPORT_SCARCE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Calls act(context) with all the memory it wants, then once for each place where it asks
 * for some, which then fails: that one, and in a second round all behind it as well.
 * `fails` tells act whether one does.  step: every step-th place only.  Gives the number
 * of calls with a failure.
 */
size_t scarce_each(size_t step, void (*act)(void *context, bool fails), void *context);

/* Enough memory for a while, inside of act: what looks at the damage. */
void scarce_pause(void);

#endif
