/*
 * The times of day in a date, and the numbers both are made of.
 */
#ifndef RIPOSTE_CORE_BASE_DATE_CLOCK_H
#define RIPOSTE_CORE_BASE_DATE_CLOCK_H

#include "core/base/time.h"

struct date_clock {
	int hour, minute, second, microsecond;
	enum rp_precision precision;
	char half; /* 'a' or 'p': before noon or after it; 0 is not told */
};

/* The first n digits, at most 9 of them; true when there are so many. */
bool date_number(struct rp_slice *s, size_t n, int *out);

/* Blanks of any width, and marks of direction, which stand between parts. */
struct rp_slice date_skip_blanks(struct rp_slice s);

/*
 * A time of day at the front: "16:31", "16:31:00.5", "10h32", "10 h 32", "3:07 p.m.",
 * "3 PM", and "10.32" where it is followed by "Uhr" or `dotted` says it can be no date.
 * false, and *s as it was, for everything else.
 */
bool date_take_clock(struct rp_slice *s, bool dotted, struct date_clock *out);

/* "+01:00", "-0500", "+1", with U+2212 too; *s begins with the sign.  Up to 23:59. */
bool date_take_offset(struct rp_slice *s, int *offset_s_out);

/* 12 o'clock counted twice becomes 24 hours counted once; false: no such hour. */
bool date_use_half(struct date_clock *clock);

#endif
