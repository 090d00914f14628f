/* Bombs: a few kilobytes on the wire that never end when they are decoded. */
#include "tests/support/evil.h"

#include <string.h>
#include <zlib.h>

enum { PIECE = 64 << 10, PIECES_MAX = 1 << 16 };

static void
bomb_zlib(struct peer *peer, int window)
{
	static unsigned char zeros[1 << 20];
	static _Thread_local unsigned char out[PIECE];
	z_stream z = { .next_in = NULL };

	if (deflateInit2(&z, 9, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		return;
	for (int i = 0; i < PIECES_MAX; i++) {
		z.next_in = zeros;
		z.avail_in = sizeof(zeros);
		do {
			z.next_out = out;
			z.avail_out = sizeof(out);
			deflate(&z, Z_SYNC_FLUSH);
			if (!say(peer, out, sizeof(out) - z.avail_out))
				i = PIECES_MAX;
		} while (z.avail_out == 0);
	}
	deflateEnd(&z);
}

/* Blocks of 128 KB, each one byte and how often (RFC 8878, 3.1.1.2). */
static void
bomb_zstd(struct peer *peer)
{
	static const unsigned char begin[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x68 };
	static const unsigned char block[] = { 0x02, 0x00, 0x10, 'A' };

	say(peer, begin, sizeof(begin));
	for (int i = 0; i < PIECES_MAX; i++)
		if (!say(peer, block, sizeof(block)))
			return;
}

struct bits {
	unsigned char bytes[64];
	size_t n; /* bits */
};

static void
put(struct bits *bits, uint32_t value, unsigned n)
{
	for (unsigned i = 0; i < n; i++, bits->n++) {
		if (bits->n % 8 == 0)
			bits->bytes[bits->n / 8] = 0;
		bits->bytes[bits->n / 8] |=
			(unsigned char)((value >> i & 1) << bits->n % 8);
	}
}

/* 16 MB of one letter in one command; every alphabet has one symbol (RFC 7932, 9). */
static void
put_brotli_block(struct bits *bits)
{
	const uint32_t length = 1 << 24, insert_base = 22594;

	put(bits, 0, 1); /* not the last */
	put(bits, 2, 2); /* six nibbles of */
	put(bits, length - 1, 24);
	put(bits, 0, 1);     /* compressed */
	put(bits, 0, 3);     /* one type of blocks each */
	put(bits, 0, 2 + 4); /* no postfix, no direct distances */
	put(bits, 0, 2);     /* context */
	put(bits, 0, 2);     /* one tree each */
	put(bits, 1, 2 + 2);
	put(bits, 'A', 8); /* the literal */
	put(bits, 1, 2 + 2);
	put(bits, 703, 10); /* the command: the longest insert and copy */
	put(bits, 1, 2 + 2);
	put(bits, 0, 6); /* the distance */
	put(bits, length - insert_base, 24);
	put(bits, 0, 24); /* a copy that nothing is left for */
}

static void
bomb_brotli(struct peer *peer)
{
	struct bits bits = { .n = 0 };

	put(&bits, 0xb, 4); /* a window of 4 MB */
	for (int i = 0; i < PIECES_MAX; i++) {
		size_t whole;

		put_brotli_block(&bits);
		whole = bits.n / 8;
		if (!say(peer, bits.bytes, whole))
			return;
		bits.bytes[0] = bits.bytes[whole];
		bits.n %= 8;
	}
}

void
bomb(struct peer *peer, const char *encoding)
{
	says(peer,
	     "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	     "Content-Encoding: %s\r\nConnection: close\r\n\r\n",
	     encoding);
	if (strcmp(encoding, "gzip") == 0)
		bomb_zlib(peer, 15 + 16);
	else if (strcmp(encoding, "deflate") == 0)
		bomb_zlib(peer, 15);
	else if (strcmp(encoding, "zstd") == 0)
		bomb_zstd(peer);
	else
		bomb_brotli(peer);
}
