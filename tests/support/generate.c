/*
 * A made-up corpus: X posts as JSON Lines (v2, one post a line), the same bytes every
 * time.
 *
 *	generate POSTS THREAD-SIZE [SHAPE]
 *
 * Threads of THREAD-SIZE posts one after the other: every post but a thread's first
 * answers an earlier one of its thread, any (SHAPE random), the last (chain) or the first
 * (star).  Ids are snowflakes a second apart, authors a few thousand, words out of few,
 * with the usual fewer used the most.
 */
#include "tests/support/random.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t
id_of(uint64_t post)
{
	/* 1 January 2024 and a second for each. */
	return (UINT64_C(1704067200000) + post * 1000 - UINT64_C(1288834974657)) << 22;
}

static void
print_time(uint64_t post)
{
	uint64_t s = post;

	/* Days of January and on are counted without months:
	 * enough for a made-up corpus. */
	printf("2024-%02u-%02uT%02u:%02u:%02u.000Z", 1 + (unsigned)(s / 86400 / 28 % 12),
	       1 + (unsigned)(s / 86400 % 28), (unsigned)(s / 3600 % 24),
	       (unsigned)(s / 60 % 60), (unsigned)(s % 60));
}

static void
print_text(uint64_t post)
{
	unsigned words = 5 + random_below(25);

	printf("post %" PRIu64, post);
	while (words-- > 0) {
		uint32_t rank =
			random_below(100) < 60 ? random_below(50) : random_below(20000);

		printf(" w%c%c%u", 'a' + (int)(rank % 26), 'a' + (int)(rank / 26 % 26),
		       rank);
	}
}

static uint64_t
parent_of(uint64_t post, uint64_t first, const char *shape)
{
	if (strcmp(shape, "chain") == 0)
		return post - 1;
	if (strcmp(shape, "star") == 0)
		return first;
	return first + random_below((uint32_t)(post - first));
}

int
main(int argc, char **argv)
{
	uint64_t posts = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000;
	uint64_t size = argc > 2 ? strtoull(argv[2], NULL, 10) : 10;

	const char *shape = argc > 3 ? argv[3] : "random";

	for (uint64_t i = 0; i < posts; i++) {
		uint64_t first = i - i % (size ? size : 1);
		uint32_t author = random_below(5000);

		printf("{\"id\":\"%" PRIu64 "\",\"text\":\"", id_of(i));
		print_text(i);
		printf("\",\"author_id\":\"%u\",\"conversation_id\":\"%" PRIu64
		       "\",\"created_at\":\"",
		       1000 + author, id_of(first));
		print_time(i);
		printf("\",\"lang\":\"en\",\"author\":{\"id\":\"%u\",\"username\":\"user%"
		       "u\","
		       "\"name\":\"User %u\"}",
		       1000 + author, author, author);
		if (i != first) {
			uint64_t parent = parent_of(i, first, shape);

			printf(",\"referenced_tweets\":[{\"type\":\"replied_to\",\"id\":"
			       "\"%" PRIu64 "\"}]",
			       id_of(parent));
		}
		puts("}");
	}
	return fflush(stdout) == 0 ? 0 : 1;
}
