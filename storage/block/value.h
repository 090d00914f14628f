/*
 * Texts that are numbers, ids or dates in disguise: from text to bits and back.  Each is
 * taken only when it comes back as the same bytes.  Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_VALUE_H
#define RIPOSTE_STORAGE_BLOCK_VALUE_H

#include "core/base/slice.h"

/* Ids below have no time in them; above: milliseconds << 22 | worker << 12 | sequence. */
#define SNOWFLAKE_MIN (UINT64_C(1) << 40)

enum {
	SNOWFLAKE_TIME_SHIFT = 22,
	SNOWFLAKE_WORKER_SHIFT = 12,
	SNOWFLAKE_WORKER_MASK = 0x3ff,
	SNOWFLAKE_SEQUENCE_MASK = 0xfff,
	DIGITS_MAX = 20, /* bytes that value_put_digits() writes at most */
	DATE_MAX = 40,
	MEDIA_NAME_BYTES = 10,
};

static inline int64_t
snowflake_time(uint64_t id)
{
	return (int64_t)(id >> SNOWFLAKE_TIME_SHIFT);
}

/* Digits that a number below 2^63 is written with: no sign, no leading zero. */
bool value_digits(struct rp_slice text, uint64_t *out);

/* The same with a minus, "-0" excluded. */
bool value_integer(struct rp_slice text, int64_t *out);

/* How many bytes were written. */
size_t value_put_digits(char out[DIGITS_MAX], uint64_t number);
size_t value_put_integer(char out[DIGITS_MAX + 1], int64_t number);

/*
 * Date forms.  Stored: do not renumber.
 *	0  Tue Mar 24 10:37:41 +0000 2015
 *	1  2015-03-24T10:37:41.000Z
 *	2  2015-03-24 10:37:41 +0000
 *	3  2015-03-24T10:37:41Z
 */
enum { DATE_FORMS = 4 };

/* Seconds since 1970 of a date in one of the forms, up to 2106. */
bool value_date(struct rp_slice text, unsigned *form_out, uint32_t *seconds_out);

/* How many bytes were written. */
size_t value_put_date(char out[DATE_MAX], unsigned form, uint32_t seconds);

/* Seconds since 1970 when an id was made; false: none is in it, or after 2106. */
bool value_id_seconds(uint64_t id, uint32_t *out);

/* The first characters of the names X gives media: their id's top 60 bits. */
void value_put_media_name(char out[MEDIA_NAME_BYTES], uint64_t id);

#endif
