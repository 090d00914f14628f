#include "core/base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 8 * 1024, ALIGN = sizeof(max_align_t) };

struct block {
	struct block *older;
	size_t size; /* bytes behind this header */
	size_t used;
	max_align_t data[]; /* flexible: keeps data aligned for any type */
};

struct arena {
	struct block *newest;
	size_t ceiling;
	size_t used; /* over all blocks */
};

struct arena *
arena_new(size_t ceiling_bytes)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (arena != NULL)
		arena->ceiling = ceiling_bytes;
	else
		rp_memory_refuse();
	return arena;
}

static void
free_blocks(struct block *block)
{
	while (block != NULL) {
		struct block *older = block->older;

		free(block);
		block = older;
	}
}

struct arena *
arena_free(struct arena *arena)
{
	if (arena != NULL)
		free_blocks(arena->newest);
	free(arena);
	return NULL;
}

static size_t
block_size(const struct arena *arena, size_t at_least)
{
	size_t size = arena->newest ? arena->newest->size * 2 : (size_t)FIRST_BLOCK;

#ifdef ARENA_EXACT /* in tests: see tests/support/meson.build */
	size = at_least;
#endif
	/* The caller sees to it that at_least does not pass the ceiling. */
	if (size > arena->ceiling - arena->used)
		size = arena->ceiling - arena->used;
	return size < at_least ? at_least : size;
}

static bool
add_block(struct arena *arena, size_t at_least)
{
	size_t size = block_size(arena, at_least);
	struct block *block;

	if (size > SIZE_MAX - sizeof(*block))
		return false;
	block = malloc(sizeof(*block) + size);
	if (block == NULL) {
		rp_memory_refuse();
		return false;
	}
	block->older = arena->newest;
	block->size = size;
	block->used = 0;
	arena->newest = block;
	return true;
}

/* As arena_alloc(), but what is in it is anything. */
static char *
take(struct arena *arena, size_t size)
{
	size_t padded;
	char *at;

	if (size > SIZE_MAX - (size_t)ALIGN)
		return NULL;
	padded = (size + (size_t)ALIGN - 1) / (size_t)ALIGN * (size_t)ALIGN;
	if (padded > arena->ceiling - arena->used)
		return NULL;
	if (arena->newest == NULL || padded > arena->newest->size - arena->newest->used)
		if (!add_block(arena, padded))
			return NULL;
	at = (char *)arena->newest->data + arena->newest->used;
	arena->newest->used += padded;
	arena->used += padded;
	return at;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	char *at = take(arena, size);

	return at ? memset(at, 0, size) : NULL;
}

void *
arena_array(struct arena *arena, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		return NULL;
	return arena_alloc(arena, n * size);
}

void *
arena_grow(struct arena *arena, void *old, size_t old_n, size_t new_n, size_t size)
{
	char *bigger;

	if (size != 0 && new_n > SIZE_MAX / size)
		return NULL;
	bigger = take(arena, new_n * size);
	if (bigger == NULL)
		return NULL;
	if (old_n > 0)
		memcpy(bigger, old, old_n * size);
	memset(bigger + old_n * size, 0, (new_n - old_n) * size);
	return bigger;
}

bool
arena_copy(struct arena *arena, struct rp_slice from, struct rp_slice *out)
{
	char *copy;

	if (from.n == 0) {
		*out = RP_SLICE("");
		return true;
	}
	if (from.n == SIZE_MAX)
		return false;
	copy = take(arena, from.n + 1);
	if (copy == NULL)
		return false;
	memcpy(copy, from.p, from.n);
	copy[from.n] = '\0';
	*out = rp_slice_from(copy, from.n);
	return true;
}

bool
arena_join(struct arena *arena, struct rp_slice a, struct rp_slice b,
           struct rp_slice *out)
{
	char *text;

	if (a.n > SIZE_MAX - 1 - b.n)
		return false;
	text = take(arena, a.n + b.n + 1);
	if (text == NULL)
		return false;
	if (a.n > 0)
		memcpy(text, a.p, a.n);
	if (b.n > 0)
		memcpy(text + a.n, b.p, b.n);
	text[a.n + b.n] = '\0';
	*out = rp_slice_from(text, a.n + b.n);
	return true;
}

bool
arena_printf(struct arena *arena, struct rp_slice *out, const char *format, ...)
{
	va_list args;
	char *text;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		return false;
	text = take(arena, (size_t)n + 1);
	if (text == NULL)
		return false;
	va_start(args, format);
	(void)vsnprintf(text, (size_t)n + 1, format, args);
	va_end(args);
	*out = rp_slice_from(text, (size_t)n);
	return true;
}

void
arena_reset(struct arena *arena)
{
	if (arena->newest != NULL) {
		/* Blocks only grow, so the newest is the largest. */
		free_blocks(arena->newest->older);
		arena->newest->older = NULL;
		arena->newest->used = 0;
	}
	arena->used = 0;
}

size_t
arena_used(const struct arena *arena)
{
	return arena->used;
}

void *
arena_room(struct arena *arena, void *list, size_t n, size_t *room, size_t size)
{
	const size_t more = *room ? *room * 2 : 16;

	if (n < *room)
		return list;
	list = arena_grow(arena, list, n, more, size);
	if (list != NULL)
		*room = more; /* else who goes on would write behind the old list */
	return list;
}
