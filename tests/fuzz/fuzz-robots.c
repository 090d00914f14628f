/*
 * Any bytes as robots.txt, the first line as the path: it is read, the answer is the same
 * each time, and what allows everything is not passed by what forbids less.
 */
#include "core/collect/robots.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool truth)
{
	if (!truth)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(64 << 20);
	struct rp_slice text = rp_slice_from((const char *)data, size);
	struct rp_slice path = rp_slice_cut(&text, '\n');
	struct robots robots;
	bool allows;

	require(arena != NULL && robots_parse(arena, text, &robots));
	require(robots.own.n + robots.others.n <= 2 * size);
	require(robots_delay_ms(&robots) >= 0);
	require(robots_allows(&robots, RP_SLICE("/robots.txt")));
	allows = robots_allows(&robots, path);
	require(allows == robots_allows(&robots, path));
	for (size_t i = 0; i < robots.own.n; i++)
		robots.own.rules[i].allow = true;
	for (size_t i = 0; i < robots.others.n; i++)
		robots.others.rules[i].allow = true;
	require(robots_allows(&robots, path) || path.n > 16000);
	return 0;
}
