/*
 * Numbers in as few bytes as they need, as they are stored: LEB128, low seven bits first,
 * the eighth bit of a byte says that another follows.  Signed ones are zigzag: 0, -1, 1,
 * -2, … are 0, 1, 2, 3, …
 */
#ifndef RIPOSTE_CORE_BASE_VARINT_H
#define RIPOSTE_CORE_BASE_VARINT_H

#include "core/base/buf.h"

enum { VARINT_MAX_BYTES = 10 };

static inline void
varint_add(struct rp_buf *out, uint64_t value)
{
	for (; value >= 0x80; value >>= 7)
		buf_add_byte(out, (char)(unsigned char)(value | 0x80));
	buf_add_byte(out, (char)(unsigned char)value);
}

/*
 * Read the number at *at and step over it.  false when the bytes end in its middle, or it
 * is longer than 64 bits; *out is then as it was.
 */
static inline bool
varint_take(struct rp_slice bytes, size_t *at, uint64_t *out)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < VARINT_MAX_BYTES; i++) {
		uint64_t byte;

		if (*at >= bytes.n)
			return false;
		byte = (unsigned char)bytes.p[(*at)++];
		if (i == VARINT_MAX_BYTES - 1 && byte > 1)
			return false;
		value |= (byte & 0x7f) << (7 * i);
		if (byte < 0x80) {
			*out = value;
			return true;
		}
	}
	return false;
}

static inline uint64_t
zigzag(int64_t value)
{
	return value < 0 ? ~((uint64_t)value << 1) : (uint64_t)value << 1;
}

static inline int64_t
unzigzag(uint64_t value)
{
	return (int64_t)(value & 1 ? ~(value >> 1) : value >> 1);
}

#endif
