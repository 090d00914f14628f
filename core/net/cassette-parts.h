/* What writing and reading a cassette share.  Inside of this room. */
#ifndef RIPOSTE_CORE_NET_CASSETTE_PARTS_H
#define RIPOSTE_CORE_NET_CASSETTE_PARTS_H

#include "core/base/arena.h"
#include "core/base/map.h"
#include "core/net/cassette.h"

#include <stdio.h>

#define CASSETTE_MAGIC "riposte cassette 1"

enum {
	CASSETTE_MAX = 1 << 30,
	CASSETTE_ARENA_MAX = 256 << 20,
};

struct exchange {
	struct rp_slice ask; /* the lines that say what was asked */
	struct http_answer answer;
	struct rp_error problem; /* status RP_OK: there was an answer */
	uint32_t next;           /* number of the next of the same ask; 0: none */
};

struct cassette {
	FILE *file; /* recording */
	struct arena *arena;
	/* Playing: */
	struct rp_buf bytes;
	struct exchange *exchanges; /* number 1 is the first; 0 is none */
	size_t n, room;
	struct map *map; /* ask: the number of what comes next; 0: none is left */
};

/* The lines that say what is asked, by which it is found. */
void cassette_ask(struct rp_buf *out, const struct http_request *request);

#endif
