#include "core/base/hash.h"

/*
 * The plain functions of libcrypto, which are older than EVP and go on being there: EVP
 * asks for memory at every hash, and a hash has no way to say that there is none.
 */
#define OPENSSL_API_COMPAT 0x10100000L
#include <openssl/sha.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* The libraries' own states, which not everybody needs to see. */
_Static_assert(sizeof(struct sha256_stream) >= sizeof(SHA256_CTX) &&
                       _Alignof(struct sha256_stream) >= _Alignof(SHA256_CTX),
               "the state of SHA-256 does not fit");
_Static_assert(sizeof(struct hash_stream) >= sizeof(XXH3_state_t) &&
                       _Alignof(struct hash_stream) >= _Alignof(XXH3_state_t),
               "the state of XXH3 does not fit");

static SHA256_CTX *
sha256_state(struct sha256_stream *stream)
{
	return (SHA256_CTX *)(void *)stream->state;
}

struct sha256
sha256_of(struct rp_slice bytes)
{
	struct sha256_stream stream;

	sha256_stream_init(&stream);
	sha256_stream_add(&stream, bytes);
	return sha256_stream_peek(&stream);
}

void
sha256_stream_init(struct sha256_stream *stream)
{
	SHA256_Init(sha256_state(stream));
}

struct sha256_stream *
sha256_stream_new(void)
{
	struct sha256_stream *stream = calloc(1, sizeof(*stream));

	if (stream != NULL)
		sha256_stream_init(stream);
	else
		rp_memory_refuse();
	return stream;
}

struct sha256_stream *
sha256_stream_free(struct sha256_stream *stream)
{
	free(stream);
	return NULL;
}

void
sha256_stream_add(struct sha256_stream *stream, struct rp_slice bytes)
{
	if (bytes.n)
		SHA256_Update(sha256_state(stream), bytes.p, bytes.n);
}

struct sha256
sha256_stream_peek(const struct sha256_stream *stream)
{
	struct sha256_stream copy = *stream;
	struct sha256 hash;

	SHA256_Final(hash.bytes, sha256_state(&copy));
	return hash;
}

void
sha256_hex(const struct sha256 *hash, char out[SHA256_HEX + 1])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_BYTES; i++) {
		out[2 * i] = digits[hash->bytes[i] >> 4];
		out[2 * i + 1] = digits[hash->bytes[i] & 15];
	}
	out[SHA256_HEX] = '\0';
}

uint64_t
hash_stable(struct rp_slice bytes)
{
	return XXH3_64bits(bytes.n ? bytes.p : "", bytes.n);
}

static XXH3_state_t *
xxh3_state(struct hash_stream *stream)
{
	return (XXH3_state_t *)(void *)stream->state;
}

void
hash_stream_init(struct hash_stream *stream)
{
	XXH3_INITSTATE(xxh3_state(stream));
	(void)XXH3_64bits_reset(xxh3_state(stream));
}

void
hash_stream_add(struct hash_stream *stream, struct rp_slice bytes)
{
	if (bytes.n)
		(void)XXH3_64bits_update(xxh3_state(stream), bytes.p, bytes.n);
}

uint64_t
hash_stream_end(const struct hash_stream *stream)
{
	return XXH3_64bits_digest((const XXH3_state_t *)(const void *)stream->state);
}

static uint64_t
process_seed(void)
{
	static uint64_t
		seed; /* 0 until first asked for; the program is single-threaded here */

	if (seed == 0 &&
	    getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != (ssize_t)sizeof(seed))
		seed = (uint64_t)time(NULL) * UINT64_C(0x9e3779b97f4a7c15);
	return seed |= 1;
}

uint64_t
hash_seeded(struct rp_slice bytes)
{
	return XXH3_64bits_withSeed(bytes.n ? bytes.p : "", bytes.n, process_seed());
}
