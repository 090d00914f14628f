#include "core/ingest/peek.h"

#include <stdlib.h>

enum { HEAD_BYTES = 64 << 10 };

struct peek {
	struct reader source;
	char head[HEAD_BYTES];
	size_t n, given;
	enum rp_status ended; /* what the source said while the head was fetched */
	struct rp_error why;
};

struct peek *
peek_new(struct reader source)
{
	struct peek *peek = calloc(1, sizeof(*peek));

	if (peek != NULL)
		peek->source = source;
	return peek;
}

struct peek *
peek_free(struct peek *peek)
{
	free(peek);
	return NULL;
}

enum rp_status
peek_fill(struct peek *peek, struct rp_error *err)
{
	while (peek->n < HEAD_BYTES && peek->ended == RP_OK) {
		size_t n = 0;

		peek->ended =
			peek->source.read(peek->source.context, peek->head + peek->n,
		                          HEAD_BYTES - peek->n, &n, &peek->why);
		if (peek->ended == RP_OK)
			peek->n += n;
	}
	if (peek->ended == RP_OK || peek->ended == RP_END || peek->ended == RP_BAD_SOURCE)
		return RP_OK;
	if (err != NULL)
		*err = peek->why;
	return peek->ended;
}

struct rp_slice
peek_head(const struct peek *peek)
{
	return rp_slice_from(peek->head, peek->n);
}

static enum rp_status
read_on(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct peek *peek = context;
	size_t left = peek->n - peek->given;

	if (left > 0) {
		*n_out = left < size ? left : size;
		memcpy(into, peek->head + peek->given, *n_out);
		peek->given += *n_out;
		return RP_OK;
	}
	if (peek->ended != RP_OK) {
		if (err != NULL && peek->ended != RP_END)
			*err = peek->why;
		return peek->ended;
	}
	return peek->source.read(peek->source.context, into, size, n_out, err);
}

struct reader
peek_reader(struct peek *peek)
{
	return (struct reader){ read_on, peek };
}
