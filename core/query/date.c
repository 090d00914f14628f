/*
 * Dates as people write them.
 */
#include "core/query/query.h"

#include "core/base/time.h"

enum { MAX_COUNT = 1000000, SHOWN_BYTES = 60 };

static enum rp_status
no_date(struct rp_slice text, struct rp_error *err)
{
	return rp_fail(
		err, RP_BAD_USAGE,
		"\"%.*s\" is no date; write 2025-01-22, yesterday or \"2 days ago\"",
		text.n > SHOWN_BYTES ? SHOWN_BYTES : (int)text.n, text.n ? text.p : "");
}

/* "…T04:35Z", "… 04:35 +0100": the zone stands behind the time of day. */
static bool
has_zone(struct rp_slice text)
{
	enum { DATE_BYTES = 10 };

	for (size_t i = DATE_BYTES; i < text.n; i++)
		if (text.p[i] == 'Z' || text.p[i] == 'z' || text.p[i] == '+' ||
		    text.p[i] == '-')
			return true;
	return false;
}

static struct rp_civil
wall_clock(const struct query_context *context)
{
	int offset_s = zone_offset_s(context->zone, context->now, NULL);

	return rp_time_to_civil(context->now + offset_s * RP_SECOND);
}

/* The first instant of the day that lies so many days before that of `civil`. */
static bool
day_start(const struct query_context *context, struct rp_civil civil, int64_t days,
          int64_t *us_out)
{
	int64_t wall;

	civil.hour = civil.minute = civil.second = civil.microsecond = 0;
	if (!rp_time_from_civil(&civil, &wall))
		return false;
	(void)zone_to_utc(context->zone, wall - days * RP_DAY, us_out);
	return true;
}

static int
days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

/* A month before 31 March is the last of February. */
static bool
months_before(const struct query_context *context, int64_t months, int64_t *us_out)
{
	struct rp_civil civil = wall_clock(context);
	int64_t number = (int64_t)civil.year * 12 + civil.month - 1 - months;

	if (number < 0)
		return false;
	civil.year = (int)(number / 12);
	civil.month = (int)(number % 12) + 1;
	if (civil.day > days_in_month(civil.year, civil.month))
		civil.day = days_in_month(civil.year, civil.month);
	return day_start(context, civil, 0, us_out);
}

enum unit { UNIT_MINUTE, UNIT_HOUR, UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR, UNITS };

static enum unit
unit_of(struct rp_slice word)
{
	static const struct rp_slice names[] = {
		[UNIT_MINUTE] = RP_LIT("minute"), [UNIT_HOUR] = RP_LIT("hour"),
		[UNIT_DAY] = RP_LIT("day"),       [UNIT_WEEK] = RP_LIT("week"),
		[UNIT_MONTH] = RP_LIT("month"),   [UNIT_YEAR] = RP_LIT("year"),
	};

	if (word.n > 1 && (word.p[word.n - 1] == 's' || word.p[word.n - 1] == 'S'))
		word.n--;
	for (int i = 0; i < UNITS; i++)
		if (rp_slice_eq_nocase(word, names[i]))
			return (enum unit)i;
	return UNITS;
}

static struct rp_slice
next_word(struct rp_slice *rest)
{
	struct rp_slice word;

	*rest = rp_slice_trim(*rest);
	word = rp_slice_cut(rest, ' ');
	return word;
}

/* "2 days ago" */
static bool
read_ago(struct rp_slice text, const struct query_context *context, int64_t *us_out)
{
	struct rp_slice rest = text;
	struct rp_slice count = next_word(&rest), unit = next_word(&rest);
	struct rp_slice ago = next_word(&rest);
	uint64_t n;
	int64_t back;

	if (!rp_slice_u64(count, &n) || n > MAX_COUNT || rp_slice_trim(rest).n > 0 ||
	    !rp_slice_eq_nocase(ago, RP_SLICE("ago")))
		return false;
	back = (int64_t)n;
	switch (unit_of(unit)) {
	case UNIT_MINUTE:
		*us_out = context->now - back * RP_MINUTE;
		return true;
	case UNIT_HOUR:
		*us_out = context->now - back * RP_HOUR;
		return true;
	case UNIT_DAY:
		return day_start(context, wall_clock(context), back, us_out);
	case UNIT_WEEK:
		return day_start(context, wall_clock(context), 7 * back, us_out);
	case UNIT_MONTH:
		return months_before(context, back, us_out);
	case UNIT_YEAR:
		return months_before(context, 12 * back, us_out);
	case UNITS:
		break;
	}
	return false;
}

enum rp_status
query_date(struct rp_slice text, const struct query_context *context, int64_t *us_out,
           struct rp_error *err)
{
	struct rp_slice trimmed = rp_slice_trim(text);
	struct rp_time time;
	int64_t us;

	if (rp_time_read(trimmed, RP_BASIS_USER, &time)) {
		us = time.lo;
		if (!has_zone(trimmed))
			(void)zone_to_utc(context->zone, time.lo, &us);
	} else if (rp_slice_eq_nocase(trimmed, RP_SLICE("today"))) {
		if (!day_start(context, wall_clock(context), 0, &us))
			return no_date(text, err);
	} else if (rp_slice_eq_nocase(trimmed, RP_SLICE("yesterday"))) {
		if (!day_start(context, wall_clock(context), 1, &us))
			return no_date(text, err);
	} else if (!read_ago(trimmed, context, &us)) {
		return no_date(text, err);
	}
	*us_out = us;
	return RP_OK;
}
