#include "core/render/text.h"

#include <inttypes.h>

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
	                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/*
 * How long a whole one may be: days have 23 to 25 hours, and one of which the zone is not
 * known reaches from the first place on earth to the last.
 */
/* clang-format off */
static const struct {
	int64_t least, most;
} whole[] = {
	[RP_PRECISION_UNKNOWN] = { INT64_MAX,     0 },
	[RP_PRECISION_US]      = { 1,             1 },
	[RP_PRECISION_MS]      = { 1000,          1000 },
	[RP_PRECISION_S]       = { RP_SECOND,     RP_SECOND },
	[RP_PRECISION_MIN]     = { RP_MINUTE,     RP_MINUTE },
	[RP_PRECISION_HOUR]    = { RP_HOUR,       RP_HOUR },
	[RP_PRECISION_DAY]     = { 23 * RP_HOUR,  51 * RP_HOUR },
	[RP_PRECISION_MONTH]   = { 28 * RP_DAY,   33 * RP_DAY },
	[RP_PRECISION_YEAR]    = { 365 * RP_DAY,  368 * RP_DAY },
};
/* clang-format on */

/* hi - lo, both being known; the extremes do not overflow. */
static int64_t
span(struct rp_time time)
{
	int64_t d;

	return __builtin_sub_overflow(time.hi, time.lo, &d) ? INT64_MAX : d;
}

static bool
is_interval(struct rp_time time)
{
	return time.lo != time.hi;
}

/* An interval that is just "that day", "that month": nothing has narrowed it. */
bool
when_is_whole(struct rp_time time)
{
	return time.lo != RP_TIME_UNKNOWN && time.hi != RP_TIME_UNKNOWN &&
	       span(time) >= whole[time.precision].least - 1 &&
	       span(time) <= whole[time.precision].most;
}

int64_t
when_instant(struct rp_time time)
{
	if (!rp_time_known(time))
		return RP_TIME_UNKNOWN;
	if (!is_interval(time))
		return time.lo;
	if (when_is_whole(time) && time.precision >= RP_PRECISION_DAY)
		return time.lo + span(time) / 2;
	if (when_is_whole(time))
		return time.lo;
	return time.hi != RP_TIME_UNKNOWN ? time.hi : time.lo;
}

static const struct zone *
reader_zone(const struct page *page)
{
	return page->style->utc ? NULL : page->style->zone;
}

static int64_t
local(const struct zone *zone, int64_t us)
{
	int64_t offset = zone == NULL ? 0 : zone_offset_s(zone, us, NULL) * RP_SECOND;
	int64_t wall;

	return __builtin_add_overflow(us, offset, &wall) ? us : wall;
}

static int64_t
floor_days(int64_t us)
{
	return us / RP_DAY - (us % RP_DAY < 0);
}

int64_t
when_day(const struct page *page, int64_t us, int *year_out)
{
	int64_t wall = local(reader_zone(page), us);

	if (year_out != NULL)
		*year_out = rp_time_to_civil(wall).year;
	return floor_days(wall);
}

/* The event's zone, or NULL: not told, or not known on this machine. */
static const struct zone *
event_zone(struct page *page, struct rp_slice name)
{
	struct zone *fresh = NULL;

	if (name.n == 0)
		return NULL;
	if (rp_slice_eq(name, page->event_name))
		return page->event;
	page->event = zone_close(page->event);
	page->event_name = name;
	if (zone_open(name, &fresh, NULL) == RP_OK)
		page->event = fresh;
	return page->event;
}

static void
add_date(struct rp_buf *out, const struct rp_civil *c, enum rp_precision precision,
         bool year)
{
	if (precision == RP_PRECISION_YEAR) {
		buf_printf(out, "%04d", c->year);
		return;
	}
	if (precision != RP_PRECISION_MONTH)
		buf_printf(out, "%d ", c->day);
	buf_add_str(out, months[c->month - 1]);
	if (year || precision == RP_PRECISION_MONTH)
		buf_printf(out, " %04d", c->year);
}

static void
add_clock(struct rp_buf *out, const struct rp_civil *c, enum rp_precision precision,
          bool all_digits)
{
	if (precision == RP_PRECISION_HOUR) {
		buf_printf(out, "%02dh", c->hour);
		return;
	}
	buf_printf(out, "%02d:%02d", c->hour, c->minute);
	if (!all_digits || precision >= RP_PRECISION_MIN)
		return;
	buf_printf(out, ":%02d", c->second);
	if (precision == RP_PRECISION_MS)
		buf_printf(out, ".%03d", c->microsecond / 1000);
	else if (precision == RP_PRECISION_US ||
	         (precision == RP_PRECISION_UNKNOWN && c->microsecond != 0))
		buf_printf(out, ".%06d", c->microsecond);
}

/* What precision the printed instant has: bounds are exact, whatever they bound. */
static enum rp_precision
shown_precision(struct rp_time time)
{
	if (is_interval(time) && !when_is_whole(time))
		return RP_PRECISION_UNKNOWN;
	return time.precision;
}

static const char *
time_sign(struct rp_time time)
{
	if (is_interval(time) && !when_is_whole(time))
		return time.hi != RP_TIME_UNKNOWN ? "<=" : ">=";
	return time.basis == RP_BASIS_ID ? "~" : "";
}

static void
add_iso(struct rp_buf *out, struct rp_time time, int64_t us)
{
	enum rp_precision precision = shown_precision(time);

	buf_add_str(out, time_sign(time));
	/* Thousandths are for `show` and for programs. */
	rp_time_write(out, us, precision < RP_PRECISION_S ? RP_PRECISION_S : precision);
}

/* The day of a whole one is that of its place, else UTC's: not the reader's. */
static struct rp_civil
whole_day(struct page *page, int64_t us, struct rp_slice zone_name)
{
	return rp_time_to_civil(local(event_zone(page, zone_name), us));
}

void
when_add(struct page *page, struct rp_buf *out, struct text_day *day, struct rp_time time,
         struct rp_slice zone_name)
{
	const enum rp_precision precision = shown_precision(time);
	const int64_t us = when_instant(time);
	struct rp_civil c;
	bool new_day, new_year;
	int64_t number;

	if (us == RP_TIME_UNKNOWN) {
		buf_add_str(out, "time unknown");
		return;
	}
	if (page->style->utc) {
		add_iso(out, time, us);
		return;
	}
	c = precision >= RP_PRECISION_DAY
	            ? whole_day(page, us, zone_name)
	            : rp_time_to_civil(local(reader_zone(page), us));
	c.microsecond = 0;
	number = floor_days(local(reader_zone(page), us));
	new_day = day == NULL || !day->known || day->day != number;
	new_year = day == NULL || (day->known && day->year != c.year);
	if (new_day || precision >= RP_PRECISION_DAY)
		add_date(out, &c, precision, new_year);
	if (precision < RP_PRECISION_DAY) {
		if (new_day)
			buf_add_byte(out, ' ');
		buf_add_str(out, time_sign(time));
		add_clock(out, &c, precision, false);
	}
	if (day != NULL)
		*day = (struct text_day){ true, number, c.year };
}

void
when_add_full(struct page *page, struct rp_buf *out, int64_t us,
              enum rp_precision precision)
{
	const struct zone *zone = reader_zone(page);
	const char *abbreviation = "UTC";
	struct rp_civil c;

	if (us == RP_TIME_UNKNOWN) {
		buf_add_str(out, "time unknown");
		return;
	}
	if (page->style->utc) {
		rp_time_write(out, us, precision);
		return;
	}
	c = rp_time_to_civil(local(zone, us));
	add_date(out, &c, precision, true);
	if (precision >= RP_PRECISION_DAY)
		return;
	buf_add_byte(out, ' ');
	add_clock(out, &c, precision, true);
	if (zone != NULL)
		(void)zone_offset_s(zone, us, &abbreviation);
	buf_printf(out, " %s", abbreviation);
}

void
when_add_zone(struct page *page, struct rp_buf *out, int64_t us)
{
	const struct zone *zone = reader_zone(page);
	const char *abbreviation = "UTC";

	/* "local" and "Etc/UTC" are what machines call it. */
	if (zone != NULL && !rp_slice_eq(zone_name(zone), RP_SLICE("local")) &&
	    !rp_slice_starts(zone_name(zone), RP_SLICE("Etc/"))) {
		buf_add(out, zone_name(zone));
		return;
	}
	if (zone != NULL)
		(void)zone_offset_s(zone, us, &abbreviation);
	buf_add_str(out, abbreviation);
}

void
when_add_span(struct page *page, struct rp_buf *out, int64_t from, int64_t until)
{
	const struct rp_time first = rp_time_at(from, RP_PRECISION_MIN, RP_BASIS_UNKNOWN);
	const struct rp_time last = rp_time_at(until, RP_PRECISION_MIN, RP_BASIS_UNKNOWN);
	struct text_day day = { .known = false };
	const bool one_day = when_day(page, from, NULL) == when_day(page, until, NULL);

	when_add(page, out, &day, first, (struct rp_slice){ 0 });
	buf_add_str(out, one_day ? "-" : " - ");
	when_add(page, out, &day, last, (struct rp_slice){ 0 });
}

void
when_add_range(struct page *page, struct rp_buf *out, int64_t first, int64_t last)
{
	struct rp_civil a, b;

	if (first == RP_TIME_UNKNOWN || last == RP_TIME_UNKNOWN) {
		buf_add_str(out, "time unknown");
		return;
	}
	a = rp_time_to_civil(local(reader_zone(page), first));
	b = rp_time_to_civil(local(reader_zone(page), last));
	if (a.year != b.year || a.month != b.month) {
		add_date(out, &a, RP_PRECISION_DAY, a.year != b.year);
		buf_add_str(out, " - ");
	} else if (a.day != b.day) {
		buf_printf(out, "%d-", a.day);
	}
	add_date(out, &b, RP_PRECISION_DAY, true);
	buf_add_str(out, ", ");
	when_add_zone(page, out, last);
}

bool
when_add_there(struct page *page, struct rp_buf *out, struct rp_time time,
               struct rp_slice name)
{
	const struct zone *there = event_zone(page, name), *here = reader_zone(page);
	const int64_t us = when_instant(time);
	const char *abbreviation = "";
	struct rp_civil c;
	int offset;

	if (there == NULL || us == RP_TIME_UNKNOWN ||
	    shown_precision(time) >= RP_PRECISION_DAY)
		return false;
	offset = zone_offset_s(there, us, &abbreviation);
	if (offset == (here == NULL ? 0 : zone_offset_s(here, us, NULL)))
		return false;
	c = rp_time_to_civil(local(there, us));
	buf_printf(out, "%s ", abbreviation);
	if (floor_days(local(there, us)) != floor_days(local(here, us))) {
		add_date(out, &c, RP_PRECISION_DAY, false);
		buf_add_byte(out, ' ');
	}
	buf_add_str(out, time_sign(time));
	add_clock(out, &c, shown_precision(time), false);
	return true;
}

void
duration_add(struct rp_buf *out, int64_t us)
{
	int64_t seconds =
		us <= 0 ? 0 : us / RP_SECOND + (us % RP_SECOND >= RP_SECOND / 2);
	int64_t minutes = seconds / 60 + (seconds % 60 >= 30), hours;

	if (seconds < 100) {
		buf_printf(out, "%" PRId64 " s", seconds);
		return;
	}
	if (minutes < 60) {
		buf_printf(out, "%" PRId64 " min", minutes);
		return;
	}
	if (minutes < 48 * 60) {
		buf_printf(out, "%" PRId64 " h", minutes / 60);
		if (minutes % 60 != 0)
			buf_printf(out, " %" PRId64 " min", minutes % 60);
		return;
	}
	hours = minutes / 60 + (minutes % 60 >= 30);
	buf_printf(out, "%" PRId64 " days", hours / 24);
	if (hours / 24 < 30 && hours % 24 != 0)
		buf_printf(out, " %" PRId64 " h", hours % 24);
}
