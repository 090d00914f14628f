#include "core/base/date.h"

#include "core/base/ascii.h"
#include "core/base/date-clock.h"
#include "core/base/date-scan.h"

/* Clocks on Earth are at most so far ahead of UTC, and behind it. */
#define EARLIEST (14 * RP_HOUR)
#define LATEST (12 * RP_HOUR)

enum { FIRST_YEAR = 1000, LAST_YEAR = 9999 };

/* "1768986000", "1768986000.5" and "1768986000000": from 2001 until the year 2286. */
static bool
read_unix(struct rp_slice text, struct rp_time *out, enum rp_basis basis)
{
	enum { SECONDS = 10, MILLISECONDS = 13 };
	const struct rp_slice whole = { text.p, ascii_digits(text) };
	const struct rp_slice fraction = rp_slice_skip(text, whole.n + 1);
	uint64_t value;
	int64_t us, unit = RP_SECOND;

	if (!rp_slice_u64(whole, &value))
		return false;
	if (whole.n == MILLISECONDS && whole.n == text.n) {
		*out = rp_time_at((int64_t)value * 1000, RP_PRECISION_MS, basis);
		return true;
	}
	if (whole.n != SECONDS && whole.n != SECONDS - 1)
		return false;
	us = (int64_t)value * RP_SECOND;
	if (whole.n == text.n) {
		*out = rp_time_at(us, RP_PRECISION_S, basis);
		return true;
	}
	if (text.p[whole.n] != '.' || fraction.n == 0 ||
	    ascii_digits(fraction) != fraction.n)
		return false;
	for (size_t i = 0; i < fraction.n; i++)
		us += (fraction.p[i] - '0') * (unit /= 10);
	*out = rp_time_at(us, fraction.n > 3 ? RP_PRECISION_US : RP_PRECISION_MS, basis);
	return true;
}

/* The zone of a date: an offset, one by name, or none. */
struct place {
	const struct zone *zone;
	struct zone *opened;
	int64_t offset_us;
	bool known;
	unsigned flags;
};

static struct place
find_place(const struct date_parts *parts, const struct date_context *context)
{
	struct place place = { .known = true };
	struct rp_error ignored;

	if (parts->has_zone && parts->zone_name.n == 0) {
		place.offset_us = parts->offset_s * RP_SECOND;
		return place;
	}
	if (parts->has_zone &&
	    zone_open(parts->zone_name, &place.opened, &ignored) == RP_OK) {
		place.zone = place.opened;
		return place;
	}
	place.flags =
		parts->has_zone || parts->unknown_zone ? DATE_UNKNOWN_ZONE : DATE_NO_ZONE;
	place.zone = context->zone;
	place.known = context->zone != NULL;
	return place;
}

static int64_t
to_utc(struct place *place, int64_t wall_us)
{
	int64_t us = wall_us - place->offset_us;

	if (place->zone && zone_to_utc(place->zone, wall_us, &us) != ZONE_FITS)
		place->flags |= DATE_GAP;
	return us;
}

/* From the first to the last microsecond that clocks there show. */
static void
use_bounds(struct place *place, int64_t wall_lo, int64_t wall_end, struct rp_time *t)
{
	if (!place->known) {
		t->lo = wall_lo - EARLIEST;
		t->hi = wall_end - 1 + LATEST;
		return;
	}
	t->lo = to_utc(place, wall_lo);
	t->hi = to_utc(place, wall_end) - 1;
}

/* Second 60 is a leap second, hour 24 the end of the day.  true: wall time. */
static bool
wall_time(struct rp_civil civil, int64_t *wall_out, unsigned *flags)
{
	const bool end_of_day = civil.hour == 24 && civil.minute == 0 &&
	                        civil.second == 0 && civil.microsecond == 0;

	if (civil.second == 60) {
		civil.second = 59;
		civil.microsecond = 0;
		*flags |= DATE_CLAMPED;
	}
	if (end_of_day) {
		civil.hour = 0;
		*flags |= DATE_CLAMPED;
	}
	if (!rp_time_from_civil(&civil, wall_out))
		return false;
	*wall_out += end_of_day ? RP_DAY : 0;
	return true;
}

static void
use_instant(struct place *place, int64_t wall, enum rp_precision precision,
            struct rp_time *t)
{
	t->precision = precision;
	if (!place->known) {
		t->lo = wall - EARLIEST;
		t->hi = wall + LATEST;
		return;
	}
	t->lo = t->hi = wall - place->offset_us;
	if (place->zone && zone_to_bounds(place->zone, wall, &t->lo, &t->hi) != ZONE_FITS)
		place->flags |= DATE_GAP;
	/* An hour that begins within one of UTC has no name there. */
	if (precision == RP_PRECISION_HOUR && t->lo % RP_HOUR != 0)
		t->hi += RP_HOUR - 1;
}

/* A day, a month or a year: its first wall time, and the first behind it. */
static bool
wall_bounds(struct rp_civil civil, enum rp_precision *precision_out, int64_t *lo_out,
            int64_t *end_out)
{
	struct rp_civil last = civil;

	*precision_out = civil.day     ? RP_PRECISION_DAY
	                 : civil.month ? RP_PRECISION_MONTH
	                               : RP_PRECISION_YEAR;
	if (civil.month == 0) {
		civil.month = 1;
		last.month = 12;
	}
	if (civil.day == 0) {
		civil.day = 1;
		last.day = 31;
	}
	if (!rp_time_from_civil(&civil, lo_out))
		return false;
	while (!rp_time_from_civil(&last, end_out))
		if (--last.day < 28)
			return false;
	*end_out += RP_DAY;
	return true;
}

/* What lies outside could not be written again. */
static bool
is_writable(const struct rp_time *t)
{
	return rp_time_to_civil(t->lo).year >= 0 &&
	       rp_time_to_civil(t->hi).year <= LAST_YEAR;
}

static bool
put_together(const struct date_parts *parts, struct place *place, struct rp_time *t)
{
	int64_t lo, end;

	if (parts->clock == RP_PRECISION_UNKNOWN) {
		if (!wall_bounds(parts->civil, &t->precision, &lo, &end))
			return false;
		use_bounds(place, lo, end, t);
	} else {
		if (!wall_time(parts->civil, &lo, &place->flags))
			return false;
		use_instant(place, lo, parts->clock, t);
	}
	return is_writable(t);
}

/* "-2025-01-01" is a year before our era, "-21 January 2026" an item of a list. */
static bool
is_before_our_era(struct rp_slice text)
{
	const struct rp_slice year = rp_slice_skip(text, 1);

	return text.n > 5 && text.p[0] == '-' && ascii_digits(year) == 4 &&
	       year.p[4] == '-';
}

bool
date_read(struct rp_slice text, const struct date_context *context, struct rp_time *out,
          unsigned *flags_out)
{
	struct rp_slice trimmed = rp_slice_trim(text);
	struct rp_time t = { .basis = context->basis };
	struct date_parts parts;
	struct place place;
	unsigned flags = 0;

	if (!read_unix(trimmed, &t, context->basis)) {
		bool whole;

		if (is_before_our_era(trimmed) || !date_scan(trimmed, &parts) ||
		    parts.civil.year < FIRST_YEAR ||
		    (parts.civil.day && !parts.civil.month) ||
		    (parts.clock != RP_PRECISION_UNKNOWN && !parts.civil.day))
			return false;
		place = find_place(&parts, context);
		whole = put_together(&parts, &place, &t);
		(void)zone_close(place.opened);
		if (!whole)
			return false;
		flags = place.flags;
	}
	*out = t;
	if (flags_out)
		*flags_out = flags;
	return true;
}
