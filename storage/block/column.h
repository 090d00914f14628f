/*
 * Columns: numbers, or texts, of one place one behind the other.  Written by the encoder
 * into buffers, read by the decoder out of its two streams.  Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_COLUMN_H
#define RIPOSTE_STORAGE_BLOCK_COLUMN_H

#include "core/base/buf.h"
#include "core/base/varint.h"

#include <stdint.h>

/* Those every block has, before those of places.  Stored: do not renumber. */
enum {
	COLUMN_STYLE,     /* numbers: the form of each record */
	COLUMN_STYLES,    /* numbers: styles, where they are first used */
	COLUMN_TEMPLATES, /* numbers: templates, likewise */
	COLUMN_KEYS,      /* texts: names, likewise */
	COLUMN_BYTES,     /* texts: records that are no JSON */
	COLUMNS_FIXED
};

static inline bool
column_is_text(uint32_t column)
{
	return column == COLUMN_KEYS || column == COLUMN_BYTES;
}

/* Which form a record has.  Stored: do not renumber. */
enum {
	FORM_BYTES, /* its length, then its bytes */
	FORM_TEXT,  /* its bytes, without NUL, up to a NUL */
	FORM_AGAIN, /* a tree like the record before, in its style */
	FORM_STYLES /* a tree in the style of this number less FORM_STYLES */
};

/* Of the records of one post that stand behind one another, each this-manieth at least is
 * told in full, so that reading one is not reading all. */
enum { AGAIN_MAX = 32 };

/* ---- writing ---- */

static inline void
column_add_byte(struct rp_buf *column, uint8_t byte)
{
	if (column->n < column->cap)
		column->p[column->n++] = (char)byte;
	else
		buf_add_byte(column, (char)byte);
}

/* Seven bits a byte, the lowest first; the high bit says that more follow. */
static inline void
column_add_number(struct rp_buf *column, uint64_t number)
{
	for (; number >= 0x80; number >>= 7)
		column_add_byte(column, (uint8_t)(number | 0x80));
	column_add_byte(column, (uint8_t)number);
}

static inline void
column_add_text(struct rp_buf *column, struct rp_slice text)
{
	buf_add(column, text);
	column_add_byte(column, 0);
}

/* ---- reading ---- */

struct column {
	const uint8_t *at, *end;
};

static inline bool
column_byte(struct column *column, uint8_t *out)
{
	if (column->at == column->end)
		return false;
	*out = *column->at++;
	return true;
}

/* False: cut off, or longer than any number is. */
static inline bool
column_number(struct column *column, uint64_t *out)
{
	uint64_t number = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		if (column->at == column->end)
			return false;
		number |= (uint64_t)(*column->at & 0x7f) << shift;
		if ((*column->at++ & 0x80) == 0) {
			*out = number;
			return true;
		}
	}
	return false;
}

static inline bool
column_text(struct column *column, struct rp_slice *out)
{
	size_t left = (size_t)(column->end - column->at);
	const uint8_t *nul = left ? memchr(column->at, 0, left) : NULL;

	if (nul == NULL)
		return false;
	*out = rp_slice_from((const char *)column->at, (size_t)(nul - column->at));
	column->at = nul + 1;
	return true;
}

static inline bool
column_skip_number(struct column *column)
{
	const uint8_t *at = column->at;

	for (int i = 0; i < 10 && at < column->end; i++)
		if ((*at++ & 0x80) == 0) {
			column->at = at;
			return true;
		}
	return false;
}

static inline bool
column_skip_text(struct column *column)
{
	size_t left = (size_t)(column->end - column->at);
	const uint8_t *nul = left ? memchr(column->at, 0, left) : NULL;

	if (nul != NULL)
		column->at = nul + 1;
	return nul != NULL;
}

static inline bool
column_skip_bytes(struct column *column, size_t n)
{
	if (n > (size_t)(column->end - column->at))
		return false;
	column->at += n;
	return true;
}

static inline bool
column_bytes(struct column *column, size_t n, struct rp_slice *out)
{
	if (n > (size_t)(column->end - column->at))
		return false;
	*out = rp_slice_from((const char *)column->at, n);
	column->at += n;
	return true;
}

#endif
