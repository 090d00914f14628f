/*
 * The inner loops of the JSON files, private to this room: runs of bytes that mean
 * nothing, and hex digits.
 */
#ifndef RIPOSTE_CORE_PARSE_JSON_BYTES_H
#define RIPOSTE_CORE_PARSE_JSON_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* JSON_PORTABLE takes the other path on purpose, so that it is tested too. */
#if defined(__SSE2__) && !defined(JSON_PORTABLE)
#define JSON_SSE2
#include <emmintrin.h>
#endif

static inline bool
json_is_plain(char c)
{
	return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80 && c != '"' &&
	       c != '\\';
}

static inline bool
json_is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/*
 * How many of the bytes at p, a whole stride of them, are plain: inside a string they
 * stand for themselves.  Less than the stride when one is not.
 */
#ifdef JSON_SSE2
enum { JSON_STRIDE = 16 };

static inline size_t
json_plain_in_stride(const char *p)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
	/* As signed bytes all of 0x80 to 0xff are below 0x20 too. */
	__m128i special =
		_mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
	                     _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
	                                  _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
	unsigned mask = (unsigned)_mm_movemask_epi8(special);

	return mask == 0 ? (size_t)JSON_STRIDE : (size_t)__builtin_ctz(mask);
}
#else
enum { JSON_STRIDE = 8 };

/* The high bit of every byte of v that is zero (and perhaps of others behind one). */
static inline uint64_t
json_zero_bytes(uint64_t v)
{
	return (v - UINT64_C(0x0101010101010101)) & ~v & UINT64_C(0x8080808080808080);
}

static inline size_t
json_plain_in_stride(const char *p)
{
	uint64_t v;
	size_t n = 0;

	memcpy(&v, p, sizeof(v));
	if (((v | json_zero_bytes(v & UINT64_C(0xe0e0e0e0e0e0e0e0)) |
	      json_zero_bytes(v ^ UINT64_C(0x2222222222222222)) |
	      json_zero_bytes(v ^ UINT64_C(0x5c5c5c5c5c5c5c5c))) &
	     UINT64_C(0x8080808080808080)) == 0)
		return JSON_STRIDE;
	while (n < (size_t)JSON_STRIDE && json_is_plain(p[n]))
		n++;
	return n;
}
#endif

/* The first byte from p on that is not plain, or end. */
static inline const char *
json_plain_end(const char *p, const char *end)
{
	size_t n;

	while (end - p >= (ptrdiff_t)JSON_STRIDE) {
		n = json_plain_in_stride(p);
		p += n;
		if (n < (size_t)JSON_STRIDE)
			return p;
	}
	while (p < end && json_is_plain(*p))
		p++;
	return p;
}

static inline const char *
json_blanks_end(const char *p, const char *end)
{
	while (p < end && json_is_blank(*p))
		p++;
	return p;
}

/* 0 to 15, or 16 for what is no hex digit. */
static inline uint32_t
json_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0');
	c = (char)(c | 0x20);
	if (c >= 'a' && c <= 'f')
		return (uint32_t)(c - 'a') + 10;
	return 16;
}

/* The value of four hex digits, or UINT32_MAX when they are not or are cut off. */
static inline uint32_t
json_hex4(const char *p, const char *end)
{
	uint32_t code = 0, digit;

	if (end - p < 4)
		return UINT32_MAX;
	for (int i = 0; i < 4; i++) {
		digit = json_hex_digit(p[i]);
		if (digit > 15)
			return UINT32_MAX;
		code = code << 4 | digit;
	}
	return code;
}

/*
 * A \u escape whose backslash is at p: the code point it stands for, a pair joined;
 * *n_out is 6, or 12 for a pair.  Half a pair gives the surrogate's own value;
 * UINT32_MAX: no escape.
 */
static inline uint32_t
json_u_escape(const char *p, const char *end, size_t *n_out)
{
	uint32_t code = json_hex4(p + 2, end), low;

	*n_out = 6;
	if (code < 0xd800 || code > 0xdbff || end - p < 12 || p[6] != '\\' || p[7] != 'u')
		return code;
	low = json_hex4(p + 8, end);
	if (low < 0xdc00 || low > 0xdfff)
		return code;
	*n_out = 12;
	return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
}

static inline bool
json_is_surrogate(uint32_t code)
{
	return code >= 0xd800 && code <= 0xdfff;
}

#endif
