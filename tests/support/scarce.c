#include "tests/support/scarce.h"

#include <errno.h>
#include <execinfo.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whose place these take: the sanitizer's, to find what is wrong after a failure, or
 * libc's. */
#ifdef SANITIZED
#define REAL(name) __interceptor_##name
#else
#define REAL(name) __libc_##name
#define __libc_aligned_alloc __libc_memalign
#endif
extern void *REAL(malloc)(size_t size);
extern void *REAL(calloc)(size_t n, size_t size);
extern void *REAL(realloc)(void *old, size_t size);
extern void *REAL(aligned_alloc)(size_t alignment, size_t size);

#define PUBLIC __attribute__((visibility("default")))

enum { FRAMES = 60, OWN_FRAMES = 8, PAGE_BYTES = 4096, PLACES = 1 << 15 };

/* The linker's: where the program's own code is. */
extern const char __executable_start, etext;

static struct {
	atomic_size_t seen; /* allocations since counting began */
	size_t at;          /* the one that fails; 0: none */
	bool onwards;       /* and those behind it */
	bool looking;       /* for places */
	atomic_flag taken;  /* by the thread that notes a place */
	uint64_t places[PLACES];
	struct {
		uint64_t place;
		size_t number;
	} firsts[PLACES];
	size_t n_places;
} scarce;

static _Thread_local bool noting;

static bool
own(const void *code)
{
	return (const char *)code >= &__executable_start && (const char *)code < &etext;
}

/*
 * Frame 0 is here, 1 is short_of_memory(), 2 the function that took malloc()'s place. The
 * same in every run of the program, wherever it and its libraries are loaded.
 */
static uint64_t
place_hash(void)
{
	void *frames[FRAMES];
	int n = backtrace(frames, FRAMES), taken = 0;
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (int i = 3; i < n && taken < OWN_FRAMES; i++) {
		uintptr_t at = (uintptr_t)frames[i] % PAGE_BYTES;

		if (own(frames[i]))
			at = (uintptr_t)frames[i] - (uintptr_t)&__executable_start;
		else if (i > 3)
			continue;
		hash = (hash ^ at) * UINT64_C(0x100000001b3);
		hash ^= hash >> 29;
		taken += own(frames[i]);
	}
	return hash ? hash : 1;
}

static void
note_place(size_t number, uint64_t hash)
{
	size_t slot = hash % PLACES;

	while (scarce.places[slot] != 0 && scarce.places[slot] != hash)
		slot = (slot + 1) % PLACES;
	if (scarce.places[slot] == hash || scarce.n_places >= PLACES / 2)
		return;
	scarce.places[slot] = hash;
	scarce.firsts[scarce.n_places].place = hash;
	scarce.firsts[scarce.n_places++].number = number;
}

/* Not inlined: place_hash() counts the frames. */
static __attribute__((noinline)) bool
short_of_memory(void)
{
	size_t number;

	if (noting || (scarce.at == 0 && !scarce.looking))
		return false;
	number = atomic_fetch_add(&scarce.seen, 1) + 1;
	if (scarce.looking) {
		noting = true;
		while (atomic_flag_test_and_set(&scarce.taken))
			;
		note_place(number, place_hash());
		atomic_flag_clear(&scarce.taken);
		noting = false;
		return false;
	}
	if (number < scarce.at || (number > scarce.at && !scarce.onwards))
		return false;
	errno = ENOMEM;
	return true;
}

PUBLIC void *
malloc(size_t size)
{
	return short_of_memory() ? NULL : REAL(malloc)(size);
}

PUBLIC void *
calloc(size_t n, size_t size)
{
	return short_of_memory() ? NULL : REAL(calloc)(n, size);
}

PUBLIC void *
realloc(void *old, size_t size)
{
	return short_of_memory() ? NULL : REAL(realloc)(old, size);
}

PUBLIC void *
aligned_alloc(size_t alignment, size_t size)
{
	return short_of_memory() ? NULL : REAL(aligned_alloc)(alignment, size);
}

PUBLIC int
posix_memalign(void **out, size_t alignment, size_t size)
{
	void *p = short_of_memory() ? NULL : REAL(aligned_alloc)(alignment, size);

	if (p == NULL)
		return ENOMEM;
	*out = p;
	return 0;
}

static void
count(size_t at, bool onwards, bool looking)
{
	scarce.at = 0;
	scarce.looking = false;
	atomic_store(&scarce.seen, 0);
	scarce.at = at;
	scarce.onwards = onwards;
	scarce.looking = looking;
}

void
scarce_pause(void)
{
	count(0, false, false);
}

/* The unwinder loads what it needs at its first use. */
static void
look_for_places(void)
{
	void *frame;

	(void)backtrace(&frame, 1);
	memset(scarce.places, 0, sizeof(scarce.places));
	scarce.n_places = 0;
	count(0, false, true);
}

size_t
scarce_each(size_t step, void (*act)(void *context, bool fails), void *context)
{
	size_t calls = 0;

	look_for_places();
	act(context, false);
	scarce_pause();
	for (int onwards = 0; onwards < 2; onwards++)
		for (size_t i = 0; i < scarce.n_places; i += step) {
			count(scarce.firsts[i].number, onwards, false);
			act(context, true);
			scarce_pause();
			calls++;
		}
	return calls;
}

/* ---- programs ---------------------------------------------------------------------- */

/* Whatever runs behind main() has its memory: the counts of a coverage build, say. */
static void
write_places(void)
{
	const char *path = getenv("SCARCE_PLACES");
	FILE *out;

	scarce_pause();
	if (path == NULL || (out = fopen(path, "w")) == NULL)
		return;
	for (size_t i = 0; i < scarce.n_places; i++)
		fprintf(out, "%zu %" PRIx64 "\n", scarce.firsts[i].number,
		        scarce.firsts[i].place);
	fclose(out);
}

static __attribute__((constructor)) void
obey_environment(void)
{
	const char *number = getenv("SCARCE");

	if (number == NULL && getenv("SCARCE_PLACES") == NULL)
		return;
	atexit(write_places);
	if (number != NULL)
		count(strtoul(number, NULL, 10), strchr(number, '+') != NULL, false);
	else
		look_for_places();
}
