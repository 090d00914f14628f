#include "core/base/zone-rule.h"

#include "core/base/ascii.h"
#include "core/base/time.h"

#define DAY_S 86400
#define HOUR_S 3600

/* After 400 years the calendar repeats itself, weekdays included. */
#define CYCLE_S (INT64_C(146097) * DAY_S)

static bool
take_byte(struct rp_slice *s, char byte)
{
	if (s->n == 0 || s->p[0] != byte)
		return false;
	*s = rp_slice_skip(*s, 1);
	return true;
}

/* One to three digits, in a range. */
static bool
take_number(struct rp_slice *s, int least, int most, int *out)
{
	int value = 0;
	size_t n = 0;

	for (; n < 3 && n < s->n && ascii_is_digit(s->p[n]); n++)
		value = value * 10 + (s->p[n] - '0');
	if (n == 0 || value < least || value > most)
		return false;
	*s = rp_slice_skip(*s, n);
	*out = value;
	return true;
}

/* "CEST", or in angle brackets when it is no word: "<+0545>". */
static bool
take_name(struct rp_slice *s, char *name, size_t size)
{
	bool quoted = take_byte(s, '<');
	size_t n = 0;

	while (n < s->n && (ascii_is_letter(s->p[n]) ||
	                    (quoted && (ascii_is_digit(s->p[n]) || s->p[n] == '+' ||
	                                s->p[n] == '-'))))
		n++;
	if (n < 3 || n >= size)
		return false;
	memcpy(name, s->p, n);
	name[n] = '\0';
	*s = rp_slice_skip(*s, n);
	return !quoted || take_byte(s, '>');
}

/* "[+-]h[:mm[:ss]]" as seconds. */
static bool
take_clock(struct rp_slice *s, int most_hours, int *out)
{
	int sign = 1, hours, minutes = 0, seconds = 0;

	if (take_byte(s, '-'))
		sign = -1;
	else
		(void)take_byte(s, '+');
	if (!take_number(s, 0, most_hours, &hours))
		return false;
	if (take_byte(s, ':')) {
		if (!take_number(s, 0, 59, &minutes))
			return false;
		if (take_byte(s, ':') && !take_number(s, 0, 59, &seconds))
			return false;
	}
	*out = sign * (hours * HOUR_S + minutes * 60 + seconds);
	return true;
}

/* "M3.5.0/3", "J60", "59/-1:30": two in the morning if nothing is said. */
static bool
take_day(struct rp_slice *s, struct zone_day *day)
{
	*day = (struct zone_day){ .form = ZONE_DAY_OF_YEAR, .second = 2 * HOUR_S };
	if (take_byte(s, 'M')) {
		day->form = ZONE_DAY_OF_MONTH;
		if (!take_number(s, 1, 12, &day->month) || !take_byte(s, '.') ||
		    !take_number(s, 1, 5, &day->week) || !take_byte(s, '.') ||
		    !take_number(s, 0, 6, &day->day))
			return false;
	} else if (take_byte(s, 'J')) {
		day->form = ZONE_DAY_WITHOUT_LEAP;
		if (!take_number(s, 1, 365, &day->day))
			return false;
	} else if (!take_number(s, 0, 365, &day->day)) {
		return false;
	}
	return !take_byte(s, '/') || take_clock(s, 167, &day->second);
}

bool
zone_rule_read(struct rp_slice text, struct zone_rule *out)
{
	struct zone_rule rule = { .changes = false };
	int west;

	if (!take_name(&text, rule.clock[0].name, sizeof(rule.clock[0].name)) ||
	    !take_clock(&text, 24, &west))
		return false;
	rule.clock[0].offset_s = -west;
	if (text.n == 0) {
		*out = rule;
		return true;
	}

	rule.changes = true;
	if (!take_name(&text, rule.clock[1].name, sizeof(rule.clock[1].name)))
		return false;
	rule.clock[1].offset_s = rule.clock[0].offset_s + HOUR_S;
	if (text.n && text.p[0] != ',') {
		if (!take_clock(&text, 24, &west))
			return false;
		rule.clock[1].offset_s = -west;
	}
	if (text.n == 0)
		text = RP_SLICE(",M3.2.0,M11.1.0");
	if (!take_byte(&text, ',') || !take_day(&text, &rule.clock[1].begins) ||
	    !take_byte(&text, ',') || !take_day(&text, &rule.clock[0].begins) || text.n)
		return false;
	*out = rule;
	return true;
}

/* Days from 1970 to the first of a month; 13 is the next January. */
static int64_t
first_of_month(int year, int month)
{
	struct rp_civil c = { .year = year + month / 13, .day = 1 };
	int64_t us = 0;

	c.month = month == 13 ? 1 : month;
	(void)rp_time_from_civil(&c, &us);
	return us / RP_DAY;
}

static int64_t
day_in_year(const struct zone_day *day, int year)
{
	int64_t first, next, weekday, at;

	if (day->form == ZONE_DAY_OF_YEAR)
		return first_of_month(year, 1) + day->day;
	if (day->form == ZONE_DAY_WITHOUT_LEAP)
		return day->day < 60 ? first_of_month(year, 1) + day->day - 1
		                     : first_of_month(year, 3) + day->day - 60;

	/* 1970 began on a Thursday; 7 * 146097 lifts the years before it above zero. */
	first = first_of_month(year, day->month);
	next = first_of_month(year, day->month + 1);
	weekday = (first + 4 + 7 * INT64_C(146097)) % 7;
	at = first + (day->day - weekday + 7) % 7 + 7 * (day->week - 1);
	return at < next ? at : at - 7;
}

/* When the clock (0 standard, 1 daylight) is put on in that year. */
static int64_t
change_s(const struct zone_rule *rule, int which, int year)
{
	const struct zone_day *day = &rule->clock[which].begins;

	return day_in_year(day, year) * DAY_S + day->second -
	       rule->clock[!which].offset_s;
}

/*
 * A change may be up to a week away from its day, so the neighbours of the neighbouring
 * years count too.  Daylight time that ends in the instant it begins lasts all year: of
 * two changes at once the one to daylight time wins.
 */
struct zone_span
zone_rule_span(const struct zone_rule *rule, int64_t at_s)
{
	int64_t in_cycle = at_s % CYCLE_S < 0 ? at_s % CYCLE_S + CYCLE_S : at_s % CYCLE_S;
	int64_t cycles = at_s - in_cycle;
	int year = rp_time_to_civil(in_cycle * RP_SECOND).year;
	struct zone_span span = { .from_s = INT64_MIN, .until_s = INT64_MAX };
	int which = 0;

	for (int i = 0; rule->changes && i < 10; i++) {
		int64_t s = cycles + change_s(rule, i % 2, year - 2 + i / 2);

		if (s > at_s && s < span.until_s)
			span.until_s = s;
		if (s > at_s || s < span.from_s || (s == span.from_s && i % 2 == 0))
			continue;
		span.from_s = s;
		which = i % 2;
	}
	span.offset_s = rule->clock[which].offset_s;
	span.abbreviation = rule->clock[which].name;
	return span;
}
