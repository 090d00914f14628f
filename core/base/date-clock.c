#include "core/base/date-clock.h"

#include "core/base/ascii.h"
#include "core/base/date-words.h"
#include "core/base/utf8.h"

bool
date_number(struct rp_slice *s, size_t n, int *out)
{
	enum { MOST_DIGITS = 9 };
	uint64_t value;

	if (s->n < n || n > MOST_DIGITS || !rp_slice_u64(rp_slice_from(s->p, n), &value))
		return false;
	*s = rp_slice_skip(*s, n);
	*out = (int)value;
	return true;
}

struct rp_slice
date_skip_blanks(struct rp_slice s)
{
	size_t width;

	while (s.n) {
		int32_t c = utf8_next(s, &width);

		if (c != ' ' && !(c >= '\t' && c <= '\r') && c != 0xa0 &&
		    !(c >= 0x2000 && c <= 0x200f) && c != 0x202f)
			break;
		s = rp_slice_skip(s, width);
	}
	return s;
}

static bool
starts_digit(struct rp_slice s)
{
	return s.n && ascii_is_digit(s.p[0]);
}

/* "am", "PM", "p.m.", "a. m." and no letter behind. */
static bool
take_half(struct rp_slice *s, char *half)
{
	struct rp_slice rest = date_skip_blanks(*s);
	char c = rest.n ? (char)(rest.p[0] | 0x20) : 0;

	if (c != 'a' && c != 'p')
		return false;
	rest = rp_slice_skip(rest, 1);
	if (rest.n && rest.p[0] == '.')
		rest = date_skip_blanks(rp_slice_skip(rest, 1));
	if (rest.n == 0 || (rest.p[0] | 0x20) != 'm')
		return false;
	rest = rp_slice_skip(rest, 1);
	if (date_letters(rest).n)
		return false;
	if (rest.n && rest.p[0] == '.')
		rest = rp_slice_skip(rest, 1);
	*s = rest;
	*half = c;
	return true;
}

/* ".5" or ",5": what a microsecond cannot hold is cut. */
static void
take_fraction(struct rp_slice *s, struct date_clock *clock)
{
	struct rp_slice rest = rp_slice_skip(*s, 1);
	const size_t digits = ascii_digits(rest);
	int unit = 100000;

	if (s->n == 0 || (s->p[0] != '.' && s->p[0] != ',') || digits == 0)
		return;
	for (size_t i = 0; i < digits && unit; i++, unit /= 10)
		clock->microsecond += (rest.p[i] - '0') * unit;
	clock->precision = digits > 3 ? RP_PRECISION_US : RP_PRECISION_MS;
	*s = rp_slice_skip(rest, digits);
}

/* ":31" or ":31:00.5" */
static bool
take_minutes(struct rp_slice *s, struct date_clock *clock)
{
	*s = rp_slice_skip(*s, 1);
	clock->precision = RP_PRECISION_MIN;
	if (ascii_digits(*s) != 2 || !date_number(s, 2, &clock->minute))
		return false;
	if (s->n == 0 || s->p[0] != ':')
		return true;
	*s = rp_slice_skip(*s, 1);
	clock->precision = RP_PRECISION_S;
	if (ascii_digits(*s) != 2 || !date_number(s, 2, &clock->second))
		return false;
	take_fraction(s, clock);
	return true;
}

/* "h32", "h", " h 32", " heures 32": blanks stand on both sides or on none. */
static bool
take_h(struct rp_slice *s, struct date_clock *clock)
{
	struct rp_slice rest = date_skip_blanks(*s), word = date_letters(rest), minutes;
	const bool apart = rest.n < s->n;

	if (!rp_slice_eq_nocase(word, RP_SLICE("h")) &&
	    !rp_slice_eq_nocase(word, RP_SLICE("heures")))
		return false;
	*s = rp_slice_skip(rest, word.n);
	minutes = apart ? date_skip_blanks(*s) : *s;
	if (ascii_digits(minutes) == 2 && (!apart || minutes.n < s->n) &&
	    date_number(&minutes, 2, &clock->minute)) {
		clock->precision = RP_PRECISION_MIN;
		*s = minutes;
	}
	return true;
}

/* ".32" of "10.32 Uhr" */
static bool
take_dotted(struct rp_slice *s, bool dotted, struct date_clock *clock)
{
	struct rp_slice rest = rp_slice_skip(*s, 1), behind;
	char half;

	if (ascii_digits(rest) != 2 || !date_number(&rest, 2, &clock->minute))
		return false;
	if (rest.n > 1 && rest.p[0] == '.' && ascii_is_digit(rest.p[1]))
		return false;
	behind = date_skip_blanks(rest);
	if (!dotted && !rp_slice_eq_nocase(date_letters(behind), RP_SLICE("uhr")) &&
	    !take_half(&behind, &half))
		return false;
	clock->precision = RP_PRECISION_MIN;
	*s = rest;
	return true;
}

static bool
take_hour_alone(struct rp_slice *s, struct date_clock *clock)
{
	struct rp_slice behind = date_skip_blanks(*s);

	return take_half(s, &clock->half) || take_h(s, clock) ||
	       rp_slice_eq_nocase(date_letters(behind), RP_SLICE("uhr"));
}

bool
date_take_clock(struct rp_slice *s, bool dotted, struct date_clock *out)
{
	struct date_clock clock = { .precision = RP_PRECISION_HOUR };
	struct rp_slice rest = *s;
	const size_t digits = ascii_digits(rest);
	bool taken;

	if (digits == 0 || digits > 2 || !date_number(&rest, digits, &clock.hour))
		return false;
	if (rest.n && rest.p[0] == ':')
		taken = take_minutes(&rest, &clock);
	else if (rest.n && rest.p[0] == '.' && starts_digit(rp_slice_skip(rest, 1)))
		taken = take_dotted(&rest, dotted, &clock);
	else
		taken = take_hour_alone(&rest, &clock);
	if (!taken)
		return false;
	if (!clock.half)
		(void)take_half(&rest, &clock.half);
	*s = rest;
	*out = clock;
	return true;
}

bool
date_take_offset(struct rp_slice *s, int *offset_s_out)
{
	size_t width;
	struct rp_slice rest;
	const bool west = utf8_next(*s, &width) != '+';
	int hours, minutes = 0;
	size_t digits;

	rest = rp_slice_skip(*s, width);
	digits = ascii_digits(rest);
	if (digits == 0 || digits > 4 ||
	    !date_number(&rest, digits > 2 ? digits - 2 : digits, &hours))
		return false;
	if (digits > 2 && !date_number(&rest, 2, &minutes))
		return false;
	if (digits <= 2 && rest.n && rest.p[0] == ':') {
		rest = rp_slice_skip(rest, 1);
		if (ascii_digits(rest) != 2 || !date_number(&rest, 2, &minutes))
			return false;
	}
	if (hours > 23 || minutes > 59)
		return false;
	*s = rest;
	*offset_s_out = (hours * 60 + minutes) * (west ? -60 : 60);
	return true;
}

bool
date_use_half(struct date_clock *clock)
{
	if (!clock->half || clock->hour > 12)
		return true; /* "15:07 PM" tells it twice */
	if (clock->half == 'p' && clock->hour == 0)
		return false;
	if (clock->hour == 12)
		clock->hour = 0;
	if (clock->half == 'p')
		clock->hour += 12;
	return true;
}
