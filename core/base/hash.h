/*
 * Hashes: SHA-256 where somebody may later ask for proof, XXH3 where only we look.
 */
#ifndef RIPOSTE_CORE_BASE_HASH_H
#define RIPOSTE_CORE_BASE_HASH_H

#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

enum { SHA256_BYTES = 32, SHA256_HEX = 64 };

struct sha256 {
	unsigned char bytes[SHA256_BYTES];
};

/* Whole input at once. */
struct sha256 sha256_of(struct rp_slice bytes);

/*
 * Input that comes in pieces.  peek() tells the hash so far and may be followed by more.
 * Needs no memory: new() and free() are for who cannot hold one himself.
 */
struct sha256_stream {
	_Alignas(8) unsigned char state[112];
};
void sha256_stream_init(struct sha256_stream *stream);
struct sha256_stream *sha256_stream_new(void) RP_MUST_USE; /* NULL: out of memory */
struct sha256_stream *sha256_stream_free(struct sha256_stream *stream);
DEFINE_CLEANUP(struct sha256_stream *, sha256_stream_free);
void sha256_stream_add(struct sha256_stream *stream, struct rp_slice bytes);
struct sha256 sha256_stream_peek(const struct sha256_stream *stream);

/* 64 lower-case hex digits and a NUL. */
void sha256_hex(const struct sha256 *hash, char out[SHA256_HEX + 1]);

static inline bool
sha256_eq(const struct sha256 *a, const struct sha256 *b)
{
	return memcmp(a->bytes, b->bytes, SHA256_BYTES) == 0;
}

/* XXH3, the same everywhere and forever: may be stored. */
uint64_t hash_stable(struct rp_slice bytes);

/* The same of bytes that come in pieces.  Needs no memory. */
struct hash_stream {
	_Alignas(64) unsigned char state[576];
};
void hash_stream_init(struct hash_stream *stream);
void hash_stream_add(struct hash_stream *stream, struct rp_slice bytes);
uint64_t hash_stream_end(const struct hash_stream *stream);

/* XXH3 with a seed chosen when the process starts: hash tables only, never stored. */
uint64_t hash_seeded(struct rp_slice bytes);

#endif
