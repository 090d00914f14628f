/*
 * Time as the sources tell it: bounds, how precise, and who says so.
 *
 * An instant is int64_t microseconds UTC since 1970; RP_TIME_UNKNOWN means "nobody said".
 * A post's time is a pair of bounds, since an article knows a day and a remark only that
 * it came before its clip.  Unknown is a value: never 1970, never now.
 */
#ifndef RIPOSTE_CORE_BASE_TIME_H
#define RIPOSTE_CORE_BASE_TIME_H

#include "core/base/buf.h"
#include "core/base/error.h"
#include "core/base/slice.h"

#define RP_TIME_UNKNOWN INT64_MIN
#define RP_SECOND INT64_C(1000000)
#define RP_MINUTE (60 * RP_SECOND)
#define RP_HOUR (60 * RP_MINUTE)
#define RP_DAY (24 * RP_HOUR)

/* Finer first: the order in which equal times are shown. */
enum rp_precision {
	RP_PRECISION_UNKNOWN = 0,
	RP_PRECISION_US,
	RP_PRECISION_MS,
	RP_PRECISION_S,
	RP_PRECISION_MIN,
	RP_PRECISION_HOUR,
	RP_PRECISION_DAY,
	RP_PRECISION_MONTH,
	RP_PRECISION_YEAR,
};

/* Who says so.  RP_BASIS_ID: computed from the digits of an id. */
enum rp_basis {
	RP_BASIS_UNKNOWN = 0,
	RP_BASIS_PLATFORM,
	RP_BASIS_ID,
	RP_BASIS_EVENT,
	RP_BASIS_ARTICLE,
	RP_BASIS_CAPTURE,
	RP_BASIS_USER,
};

/*
 * lo and hi are inclusive, and either may be RP_TIME_UNKNOWN: {unknown, x} is "by x at
 * the latest".  An exact time of precision s has lo == hi, the start of that second.
 */
struct rp_time {
	int64_t lo, hi;
	enum rp_precision precision;
	enum rp_basis basis;
};

#define RP_TIME_NONE ((struct rp_time){ RP_TIME_UNKNOWN, RP_TIME_UNKNOWN, 0, 0 })

static inline bool
rp_time_known(struct rp_time t)
{
	return t.lo != RP_TIME_UNKNOWN || t.hi != RP_TIME_UNKNOWN;
}

/* lo == hi and known: one instant, to its precision. */
static inline bool
rp_time_exact(struct rp_time t)
{
	return t.lo == t.hi && t.lo != RP_TIME_UNKNOWN;
}

/* One instant. */
struct rp_time rp_time_at(int64_t us, enum rp_precision precision, enum rp_basis basis);

/* "us" "ms" "s" "min" "hour" "day" "month" "year", "unknown"; "platform" "id" … */
const char *rp_precision_name(enum rp_precision precision);
const char *rp_basis_name(enum rp_basis basis);

/*
 * The clock: $RIPOSTE_NOW (what rp_time_read() takes; of a date its first microsecond)
 * when set, else the system's.  Only cmd/ calls it; everything else is told what "now"
 * is. RP_BAD_CONFIG: $RIPOSTE_NOW is no time.
 */
enum rp_status rp_now(int64_t *out, struct rp_error *err) RP_MUST_USE;

/* For measuring how long something takes: no clock that is set changes it. */
int64_t rp_monotonic_ms(void);

/* Calendar fields, proleptic Gregorian, with a year 0. */
struct rp_civil {
	int year, month, day;     /* month and day from 1 */
	int hour, minute, second; /* second 0..59: there are no leap seconds here */
	int microsecond;
};

/*
 * Days, hours and so on from 1970; false when a field is out of range (30 February,
 * 24:00, a year not in -9999..9999).  The way back takes any instant, also the extremes.
 */
bool rp_time_from_civil(const struct rp_civil *civil, int64_t *us_out);
struct rp_civil rp_time_to_civil(int64_t us);

/*
 * RFC 3339 and its everyday relatives: "2025-01-22T04:35:18.303Z", "2025-01-22 04:35:18
 * +0100", "2025-01-22T04:35Z", "2025-01-22T04Z", and dates alone ("2025-01-22",
 * "2025-01", "2025"), which become the bounds of that day, month or year in UTC.  A time
 * of day without a zone is taken as UTC.  Years 0000 to 9999, before and after the
 * offset.
 *
 * Precision is what was written: up to three digits of a second are ms, more are us, and
 * those past six are cut.  A leap second (23:59:60 UTC) reads as :59.  The basis is the
 * caller's.  false, and *out untouched, for anything else: 30 February, 24:00, year
 * 10000, an hour alone whose offset has minutes.
 */
bool rp_time_read(struct rp_slice text, enum rp_basis basis, struct rp_time *out);

/*
 * X's v1.1 form "Wed Oct 10 20:19:24 +0000 2018", and that of its oldest archives,
 * "2012-01-31 10:46:53 +0000".  English names whatever the locale.  Basis platform,
 * precision s; false, and *out untouched, for anything else.
 */
bool rp_time_read_x(struct rp_slice text, struct rp_time *out);

/*
 * The time inside an X id: (id >> 22) + 1288834974657 ms for ids above 29700859247, basis
 * id, precision ms.  RP_TIME_NONE for smaller ids (counters), for those past 2^63 - 1,
 * and for what is no number.
 */
struct rp_time rp_time_from_x_id(struct rp_slice digits);

/*
 * The time inside a Bluesky record key (TID): 13 characters of
 * 234567abcdefghijklmnopqrstuvwxyz, value >> 10 microseconds.  Can be forged: basis id.
 * RP_TIME_NONE for any other text, and for a time of 0, which is nobody's.
 */
struct rp_time rp_time_from_tid(struct rp_slice rkey);

/*
 * RFC 3339 UTC with as many digits as the precision knows: "2025-01-22T04:35:18.303Z",
 * "2025-01-22T15:19Z", "2025-01-22" for a day, "2025" for a year; finer digits are cut.
 * Nothing for RP_TIME_UNKNOWN; all six digits when only the precision is unknown.
 * Years outside 0000 to 9999 carry a sign, and rp_time_read() refuses them.
 */
void rp_time_write(struct rp_buf *out, int64_t us, enum rp_precision precision);

#endif
