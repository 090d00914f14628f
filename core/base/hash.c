#include "core/base/hash.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

struct sha256_stream {
	EVP_MD_CTX *ctx;
	EVP_MD_CTX *peek; /* kept between peeks: a context costs an allocation */
};

struct sha256
sha256_of(struct rp_slice bytes)
{
	struct sha256 hash;

	/* Only a broken libcrypto fails here, and then no hash can be trusted. */
	if (EVP_Digest(bytes.n ? bytes.p : "", bytes.n, hash.bytes, NULL, EVP_sha256(),
	               NULL) != 1)
		abort();
	return hash;
}

struct sha256_stream *
sha256_stream_new(void)
{
	struct sha256_stream *stream = calloc(1, sizeof(*stream));

	if (stream == NULL)
		return NULL;
	stream->ctx = EVP_MD_CTX_new();
	stream->peek = EVP_MD_CTX_new();
	if (stream->ctx == NULL || stream->peek == NULL ||
	    EVP_DigestInit_ex(stream->ctx, EVP_sha256(), NULL) != 1)
		return sha256_stream_free(stream);
	return stream;
}

struct sha256_stream *
sha256_stream_free(struct sha256_stream *stream)
{
	if (stream != NULL) {
		EVP_MD_CTX_free(stream->ctx);
		EVP_MD_CTX_free(stream->peek);
	}
	free(stream);
	return NULL;
}

void
sha256_stream_add(struct sha256_stream *stream, struct rp_slice bytes)
{
	if (bytes.n && EVP_DigestUpdate(stream->ctx, bytes.p, bytes.n) != 1)
		abort();
}

struct sha256
sha256_stream_peek(const struct sha256_stream *stream)
{
	struct sha256 hash;

	if (EVP_MD_CTX_copy_ex(stream->peek, stream->ctx) != 1 ||
	    EVP_DigestFinal_ex(stream->peek, hash.bytes, NULL) != 1)
		abort();
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

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
sha256_from_hex(struct rp_slice hex, struct sha256 *out)
{
	struct sha256 hash;

	if (hex.n != SHA256_HEX)
		return false;
	for (size_t i = 0; i < SHA256_BYTES; i++) {
		int high = hex_digit(hex.p[2 * i]);
		int low = hex_digit(hex.p[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		hash.bytes[i] = (unsigned char)(high << 4 | low);
	}
	*out = hash;
	return true;
}

uint64_t
hash_stable(struct rp_slice bytes)
{
	return XXH3_64bits(bytes.n ? bytes.p : "", bytes.n);
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
