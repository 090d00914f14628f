/*
 * What samples have in common: the content of a dictionary chosen by how often its pieces
 * come again.
 *
 * Every run of GRAM bytes is counted, by hash.  The samples are cut into as many parts as
 * pieces fit into the dictionary; from each part in turn comes the piece whose runs are
 * met most often, each counted once, and what is taken is worth nothing from then on.
 */
#include "core/base/pack.h"

#include <stdlib.h>

enum {
	GRAM = 8,       /* bytes read for a run ... */
	GRAM_BYTES = 6, /* ... of which so many count */
	TABLE_BITS = 20,
	PIECE = 400, /* bytes; 200 to 800 make the same size within half a percent */
};

struct common {
	struct rp_slice samples;
	uint32_t *counts; /* of each hash, everywhere */
	uint16_t *inside; /* the same in the window */
};

static uint32_t
hash_at(const struct common *c, size_t at)
{
	uint64_t v = 0;

	/* Byte by byte, so that every machine makes the same dictionary. */
	for (int i = 0; i < GRAM_BYTES; i++)
		v = v << 8 | (unsigned char)c->samples.p[at + (size_t)i];
	return (uint32_t)(v * UINT64_C(0x9e3779b97f4a7c15) >> (64 - TABLE_BITS));
}

/* Where in [from, to) the best piece begins; *score_out 0: there is nothing left. */
static size_t
best_piece(struct common *c, size_t from, size_t to, uint64_t *score_out)
{
	size_t begin = from, best = from;
	uint64_t score = 0;

	*score_out = 0;
	for (size_t at = from; at + GRAM <= to; at++) {
		uint32_t hash = hash_at(c, at);

		if (c->inside[hash]++ == 0)
			score += c->counts[hash];
		if (at - begin >= PIECE - GRAM) {
			hash = hash_at(c, begin++);
			if (--c->inside[hash] == 0)
				score -= c->counts[hash];
		}
		if (score > *score_out) {
			*score_out = score;
			best = begin;
		}
	}
	for (; begin + GRAM <= to; begin++)
		c->inside[hash_at(c, begin)] = 0;
	return best;
}

/* The piece, before what was taken already: the best come last, and are the nearest. */
static size_t
take_piece(struct common *c, size_t at, size_t end, char *content, size_t room)
{
	size_t n = end - at < PIECE ? end - at : PIECE;

	if (n > room)
		n = room;
	for (size_t i = at; i + GRAM <= at + n; i++)
		c->counts[hash_at(c, i)] = 0;
	memcpy(content + room - n, c->samples.p + at, n);
	return room - n;
}

/*
 * Fill `want` bytes from their end; how many at the beginning stay free.
 */
static size_t
fill(struct common *c, char *content, size_t want)
{
	size_t parts = want / PIECE + 1, part = c->samples.n / parts, empty = 0;
	size_t room = want;

	for (size_t i = 0; c->samples.n >= GRAM && i + GRAM <= c->samples.n; i++)
		c->counts[hash_at(c, i)]++;
	for (size_t i = 0; room > 0 && empty < parts; i = (i + 1) % parts) {
		size_t from = i * part, to = i + 1 == parts ? c->samples.n : from + part;
		uint64_t score;
		size_t at = best_piece(c, from, to, &score);

		empty = score == 0 ? empty + 1 : 0;
		if (score > 0)
			room = take_piece(c, at, to, content, room);
	}
	return room;
}

bool
pack_common(struct rp_slice samples, size_t want, struct rp_buf *content)
{
	struct common c = { .samples = samples };
	char *at = buf_reserve(content, want);
	size_t free_bytes = want;
	bool ok;

	c.counts = calloc((size_t)1 << TABLE_BITS, sizeof(*c.counts));
	c.inside = calloc((size_t)1 << TABLE_BITS, sizeof(*c.inside));
	ok = at != NULL && c.counts != NULL && c.inside != NULL;
	if (ok)
		free_bytes = fill(&c, at, want);
	free(c.counts);
	free(c.inside);
	if (!ok)
		return false;
	memmove(at, at + free_bytes, want - free_bytes);
	content->n += want - free_bytes;
	return true;
}
