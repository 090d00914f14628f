#include "core/base/time.h"

#include <stdlib.h>
#include <time.h>

#define X_EPOCH_MS INT64_C(1288834974657)    /* 2010-11-04T01:42:54.657Z */
#define X_LAST_COUNTER UINT64_C(29700859247) /* ids up to here were counted */
#define TID_LENGTH 13

/* Days from 0000-01-01, where our calendar arithmetic starts, to 1970-01-01. */
#define DAYS_TO_1970 719528

struct rp_time
rp_time_at(int64_t us, enum rp_precision precision, enum rp_basis basis)
{
	return (struct rp_time){ us, us, precision, basis };
}

const char *
rp_precision_name(enum rp_precision precision)
{
	/* clang-format off */
	static const char *const names[] = {
		[RP_PRECISION_UNKNOWN] = "unknown",
		[RP_PRECISION_US]      = "us",
		[RP_PRECISION_MS]      = "ms",
		[RP_PRECISION_S]       = "s",
		[RP_PRECISION_MIN]     = "min",
		[RP_PRECISION_HOUR]    = "hour",
		[RP_PRECISION_DAY]     = "day",
		[RP_PRECISION_MONTH]   = "month",
		[RP_PRECISION_YEAR]    = "year",
	};
	/* clang-format on */

	return (size_t)precision < sizeof(names) / sizeof(*names) ? names[precision]
	                                                          : names[0];
}

const char *
rp_basis_name(enum rp_basis basis)
{
	/* clang-format off */
	static const char *const names[] = {
		[RP_BASIS_UNKNOWN]  = "unknown",
		[RP_BASIS_PLATFORM] = "platform",
		[RP_BASIS_ID]       = "id",
		[RP_BASIS_EVENT]    = "event",
		[RP_BASIS_ARTICLE]  = "article",
		[RP_BASIS_CAPTURE]  = "capture",
		[RP_BASIS_USER]     = "user",
	};
	/* clang-format on */

	return (size_t)basis < sizeof(names) / sizeof(*names) ? names[basis] : names[0];
}

int64_t
rp_monotonic_ms(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum rp_status
rp_now(int64_t *out, struct rp_error *err)
{
	const char *words = getenv("RIPOSTE_NOW");
	struct rp_time set;
	struct timespec ts;

	if (words != NULL && words[0] != '\0') {
		if (!rp_time_read(rp_slice_str(words), RP_BASIS_USER, &set))
			return rp_fail(err, RP_BAD_CONFIG,
			               "RIPOSTE_NOW is \"%.60s\", which is no time "
			               "(write it as 2025-01-22T15:19:07Z)",
			               words);
		*out = set.lo;
		return RP_OK;
	}
	*out = RP_TIME_UNKNOWN;
	if (clock_gettime(CLOCK_REALTIME, &ts) == 0)
		*out = (int64_t)ts.tv_sec * RP_SECOND + ts.tv_nsec / 1000;
	return RP_OK;
}

/* Division that rounds down, so that the second before 1970 is second 59 of
 * its minute. */
static int64_t
divide_down(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool
is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days of the year before the month begins; month 13 gives the length of the year. */
static int
days_before_month(int64_t year, int month)
{
	static const int days[] = { 0,   31,  59,  90,  120, 151, 181,
		                    212, 243, 273, 304, 334, 365 };

	return days[month - 1] + (month > 2 && is_leap(year));
}

static int64_t
days_before_year(int64_t year)
{
	int64_t past = year - 1;

	return year * 365 + divide_down(past, 4) - divide_down(past, 100) +
	       divide_down(past, 400) + 1;
}

/* Month 13 is January of the next year: the end of a month is the start of another. */
static int64_t
start_of_day_us(int64_t year, int month, int day)
{
	int64_t days = days_before_year(year) + days_before_month(year, month) + day - 1;

	return (days - DAYS_TO_1970) * RP_DAY;
}

bool
rp_time_from_civil(const struct rp_civil *c, int64_t *us_out)
{
	if (c->year < -9999 || c->year > 9999 || c->month < 1 || c->month > 12)
		return false;
	if (c->day < 1 || c->day > days_before_month(c->year, c->month + 1) -
	                                   days_before_month(c->year, c->month))
		return false;
	if (c->hour < 0 || c->hour > 23 || c->minute < 0 || c->minute > 59 ||
	    c->second < 0 || c->second > 59 || c->microsecond < 0 ||
	    c->microsecond > 999999)
		return false;

	*us_out = start_of_day_us(c->year, c->month, c->day) + c->hour * RP_HOUR +
	          c->minute * RP_MINUTE + c->second * RP_SECOND + c->microsecond;
	return true;
}

struct rp_civil
rp_time_to_civil(int64_t us)
{
	int64_t days = divide_down(us, RP_DAY);
	int64_t rest = us % RP_DAY < 0 ? us % RP_DAY + RP_DAY : us % RP_DAY;
	int64_t year = divide_down((days += DAYS_TO_1970) * 400, 146097);
	int month = 1;

	/* 400 years have 146097 days, so the guess above is off by one at most. */
	if (days < days_before_year(year))
		year--;
	else if (days >= days_before_year(year + 1))
		year++;
	days -= days_before_year(year);
	while (days >= days_before_month(year, month + 1))
		month++;

	return (struct rp_civil){
		.year = (int)year,
		.month = month,
		.day = (int)(days - days_before_month(year, month)) + 1,
		.hour = (int)(rest / RP_HOUR),
		.minute = (int)(rest / RP_MINUTE % 60),
		.second = (int)(rest / RP_SECOND % 60),
		.microsecond = (int)(rest % RP_SECOND),
	};
}

static bool
take_byte(struct rp_slice *s, char byte)
{
	if (s->n == 0 || s->p[0] != byte)
		return false;
	*s = rp_slice_skip(*s, 1);
	return true;
}

/* Exactly n digits. */
static bool
take_number(struct rp_slice *s, size_t n, int *out)
{
	uint64_t value;

	if (s->n < n || !rp_slice_u64(rp_slice_from(s->p, n), &value))
		return false;
	*s = rp_slice_skip(*s, n);
	*out = (int)value;
	return true;
}

/* "YYYY", "YYYY-MM" or "YYYY-MM-DD". */
static bool
take_date(struct rp_slice *s, struct rp_civil *civil, enum rp_precision *precision)
{
	civil->month = civil->day = 1;
	*precision = RP_PRECISION_YEAR;
	if (!take_number(s, 4, &civil->year))
		return false;
	if (!take_byte(s, '-'))
		return true;
	*precision = RP_PRECISION_MONTH;
	if (!take_number(s, 2, &civil->month))
		return false;
	if (!take_byte(s, '-'))
		return true;
	*precision = RP_PRECISION_DAY;
	return take_number(s, 2, &civil->day);
}

/* ".303" behind the seconds, or nothing.  What a microsecond cannot hold is cut. */
static bool
take_fraction(struct rp_slice *s, int *us_out, enum rp_precision *precision)
{
	int us = 0, unit = 100000;
	size_t digits = 0;

	if (!take_byte(s, '.') && !take_byte(s, ','))
		return true;
	for (int digit; take_number(s, 1, &digit); digits++, unit /= 10)
		us += digit * unit;
	*us_out = us;
	*precision = digits > 3 ? RP_PRECISION_US : RP_PRECISION_MS;
	return digits > 0;
}

/* "hh", "hh:mm", "hh:mm:ss" or "hh:mm:ss.f". */
static bool
take_clock(struct rp_slice *s, struct rp_civil *civil, enum rp_precision *precision)
{
	*precision = RP_PRECISION_HOUR;
	if (!take_number(s, 2, &civil->hour))
		return false;
	if (!take_byte(s, ':'))
		return true;
	*precision = RP_PRECISION_MIN;
	if (!take_number(s, 2, &civil->minute))
		return false;
	if (!take_byte(s, ':'))
		return true;
	*precision = RP_PRECISION_S;
	return take_number(s, 2, &civil->second) &&
	       take_fraction(s, &civil->microsecond, precision);
}

/* "Z", "+hh:mm", "+hhmm", "+hh", or nothing, which is UTC. */
static bool
take_offset(struct rp_slice *s, int64_t *offset_us)
{
	int hours, minutes = 0;
	bool west;

	*offset_us = 0;
	if (s->n == 0 || take_byte(s, 'Z') || take_byte(s, 'z'))
		return true;
	west = s->p[0] == '-';
	if (!take_byte(s, '-') && !take_byte(s, '+'))
		return false;
	if (!take_number(s, 2, &hours))
		return false;
	if ((take_byte(s, ':') || s->n) && !take_number(s, 2, &minutes))
		return false;
	if (hours > 23 || minutes > 59)
		return false;
	*offset_us = (hours * RP_HOUR + minutes * RP_MINUTE) * (west ? -1 : 1);
	return true;
}

/*
 * The instant of a wall time at an offset.  Second 60 stands only where leap seconds are,
 * before midnight UTC, and becomes 59: our seconds all have the same length.  What an
 * offset pushes out of the years 0000 to 9999 could not be written again.
 */
static bool
instant(struct rp_civil civil, int64_t offset_us, enum rp_precision *precision,
        int64_t *us_out)
{
	bool leap = civil.second == 60;
	int64_t us;

	if (leap) {
		civil.second = 59;
		civil.microsecond = 0;
		*precision = RP_PRECISION_S;
	}
	if (!rp_time_from_civil(&civil, &us))
		return false;
	us -= offset_us;
	if (us < start_of_day_us(0, 1, 1) || us >= start_of_day_us(10000, 1, 1))
		return false;
	if (leap && (us + RP_SECOND) % RP_DAY != 0)
		return false;
	*us_out = us;
	return true;
}

/* The first to the last microsecond of a day, month or year. */
static bool
read_bounds(struct rp_civil date, enum rp_precision precision, struct rp_time *t)
{
	int64_t next;

	if (!rp_time_from_civil(&date, &t->lo))
		return false;
	if (precision == RP_PRECISION_YEAR)
		next = start_of_day_us(date.year, 13, 1);
	else if (precision == RP_PRECISION_MONTH)
		next = start_of_day_us(date.year, date.month + 1, 1);
	else
		next = t->lo + RP_DAY;
	t->hi = next - 1;
	t->precision = precision;
	return true;
}

bool
rp_time_read(struct rp_slice text, enum rp_basis basis, struct rp_time *out)
{
	struct rp_time t = { .basis = basis };
	struct rp_civil civil = { 0 };
	enum rp_precision precision;
	int64_t offset;

	if (!take_date(&text, &civil, &precision))
		return false;
	if (text.n == 0) {
		if (!read_bounds(civil, precision, &t))
			return false;
		*out = t;
		return true;
	}

	if (precision != RP_PRECISION_DAY)
		return false;
	if (!take_byte(&text, 'T') && !take_byte(&text, 't') && !take_byte(&text, ' '))
		return false;
	if (!take_clock(&text, &civil, &precision))
		return false;
	if (take_byte(&text, ' ') && text.n == 0)
		return false;
	if (!take_offset(&text, &offset) || text.n)
		return false;
	if (precision == RP_PRECISION_HOUR && offset % RP_HOUR)
		return false; /* it would begin within an hour of UTC, and be rounded */
	if (!instant(civil, offset, &precision, &t.lo))
		return false;
	*out = rp_time_at(t.lo, precision, basis);
	return true;
}

/* One of the English three-letter names; *index_out counts from 0. */
static bool
take_name(struct rp_slice *s, const char *names, int *index_out)
{
	for (int i = 0; s->n >= 3 && names[3 * i]; i++) {
		if (memcmp(s->p, names + 3 * i, 3) != 0)
			continue;
		*s = rp_slice_skip(*s, 3);
		*index_out = i;
		return true;
	}
	return false;
}

/* "Wed Oct 10 20:19:24 +0000 2018".  The weekday says nothing new and is not checked. */
static bool
take_x_words(struct rp_slice *s, struct rp_civil *civil, enum rp_precision *precision,
             int64_t *offset)
{
	struct rp_slice zone;
	int weekday;

	if (!take_name(s, "MonTueWedThuFriSatSun", &weekday) || !take_byte(s, ' '))
		return false;
	if (!take_name(s, "JanFebMarAprMayJunJulAugSepOctNovDec", &civil->month))
		return false;
	civil->month++;
	if (!take_byte(s, ' ') || !take_number(s, 2, &civil->day) || !take_byte(s, ' '))
		return false;
	if (!take_clock(s, civil, precision) || !take_byte(s, ' '))
		return false;
	zone = rp_slice_cut(s, ' ');
	return zone.n == 5 && take_offset(&zone, offset) && zone.n == 0 &&
	       take_number(s, 4, &civil->year);
}

/* "2012-01-31 10:46:53 +0000" */
static bool
take_x_digits(struct rp_slice *s, struct rp_civil *civil, enum rp_precision *precision,
              int64_t *offset)
{
	return take_date(s, civil, precision) && *precision == RP_PRECISION_DAY &&
	       take_byte(s, ' ') && take_clock(s, civil, precision) &&
	       take_byte(s, ' ') && s->n == 5 && take_offset(s, offset);
}

bool
rp_time_read_x(struct rp_slice text, struct rp_time *out)
{
	struct rp_civil civil = { 0 };
	enum rp_precision precision;
	int64_t offset, us;
	bool digits = text.n && text.p[0] >= '0' && text.p[0] <= '9';

	if (digits ? !take_x_digits(&text, &civil, &precision, &offset)
	           : !take_x_words(&text, &civil, &precision, &offset))
		return false;
	if (text.n || precision != RP_PRECISION_S)
		return false;
	if (!instant(civil, offset, &precision, &us))
		return false;
	*out = rp_time_at(us, RP_PRECISION_S, RP_BASIS_PLATFORM);
	return true;
}

struct rp_time
rp_time_from_x_id(struct rp_slice digits)
{
	uint64_t id;

	if (!rp_slice_u64(digits, &id) || id <= X_LAST_COUNTER || id > INT64_MAX)
		return RP_TIME_NONE;
	return rp_time_at(((int64_t)(id >> 22) + X_EPOCH_MS) * 1000, RP_PRECISION_MS,
	                  RP_BASIS_ID);
}

/* -1 for what is no digit of a TID. */
static int
tid_digit(char c)
{
	if (c >= '2' && c <= '7')
		return c - '2';
	return c >= 'a' && c <= 'z' ? c - 'a' + 6 : -1;
}

struct rp_time
rp_time_from_tid(struct rp_slice rkey)
{
	uint64_t value = 0;

	if (rkey.n != TID_LENGTH || tid_digit(rkey.p[0]) > 15)
		return RP_TIME_NONE;
	for (size_t i = 0; i < rkey.n; i++) {
		int digit = tid_digit(rkey.p[i]);

		if (digit < 0)
			return RP_TIME_NONE;
		value = value << 5 | (uint64_t)digit;
	}
	if (value >> 10 == 0)
		return RP_TIME_NONE;
	return rp_time_at((int64_t)(value >> 10), RP_PRECISION_US, RP_BASIS_ID);
}

/* The last digits of value.  A thread prints thousands of times, and printf
 * takes long. */
static void
add_digits(struct rp_buf *out, char before, int value, size_t width)
{
	enum { WIDEST = 6 };
	char text[1 + WIDEST];

	text[0] = before;
	for (size_t i = width; i > 0; i--, value /= 10)
		text[i] = (char)('0' + value % 10);
	buf_add(out, rp_slice_from(text, 1 + width));
}

void
rp_time_write(struct rp_buf *out, int64_t us, enum rp_precision precision)
{
	struct rp_civil c = rp_time_to_civil(us);

	if (us == RP_TIME_UNKNOWN)
		return;
	if (precision == RP_PRECISION_UNKNOWN)
		precision = RP_PRECISION_US;

	if (c.year >= 0 && c.year <= 9999)
		add_digits(out, (char)('0' + c.year / 1000), c.year, 3);
	else
		buf_printf(out, "%+05d", c.year);
	if (precision < RP_PRECISION_YEAR)
		add_digits(out, '-', c.month, 2);
	if (precision < RP_PRECISION_MONTH)
		add_digits(out, '-', c.day, 2);
	if (precision >= RP_PRECISION_DAY)
		return;
	add_digits(out, 'T', c.hour, 2);
	if (precision < RP_PRECISION_HOUR)
		add_digits(out, ':', c.minute, 2);
	if (precision < RP_PRECISION_MIN)
		add_digits(out, ':', c.second, 2);
	if (precision == RP_PRECISION_MS)
		add_digits(out, '.', c.microsecond / 1000, 3);
	if (precision == RP_PRECISION_US)
		add_digits(out, '.', c.microsecond, 6);
	buf_add_byte(out, 'Z');
}
