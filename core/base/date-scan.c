#include "core/base/date-scan.h"

#include "core/base/ascii.h"
#include "core/base/date-clock.h"
#include "core/base/date-words.h"
#include "core/base/utf8.h"

/* Nobody writes longer dates, and a body text handed in by mistake costs nothing. */
enum { LONGEST_DATE = 200, LONGEST_ZONE_NAME = 40 };

enum { MINUS = 0x2212, DASH = 0x2013, LONG_DATE_DASH = 0x2014 };

enum taken { TAKEN, REFUSED, ENOUGH };

struct scan {
	struct rp_slice rest;
	struct date_parts *parts;
	struct date_clock clock;
	bool blank_before;
	bool behind_clock; /* nothing but blanks since the time of day */
	bool iso;          /* the date was "2026-01-21" */
	bool interval;     /* another time of day may follow, the end of this one */
};

static int32_t
front(struct rp_slice s)
{
	size_t width;

	return s.n ? utf8_next(s, &width) : 0;
}

static bool
digit_at(struct rp_slice s, size_t i)
{
	return i < s.n && ascii_is_digit(s.p[i]);
}

static bool
has_date(const struct scan *scan)
{
	return scan->parts->civil.day != 0;
}

static bool
has_clock(const struct scan *scan)
{
	return scan->clock.precision != RP_PRECISION_UNKNOWN;
}

static bool
set_once(int *field, int value)
{
	if (*field || value <= 0)
		return false;
	*field = value;
	return true;
}

/* Two digits are of this century or the last: RFC 2822, 4.3, and what feeds do. */
static int
full_year(int two_digits)
{
	return two_digits < 50 ? 2000 + two_digits : 1900 + two_digits;
}

static enum taken
take_clock(struct scan *scan, bool dotted)
{
	struct date_clock end;

	if (!has_clock(scan)) {
		if (!date_take_clock(&scan->rest, dotted, &scan->clock))
			return REFUSED;
		scan->behind_clock = true;
		return TAKEN;
	}
	if (!scan->interval || !date_take_clock(&scan->rest, dotted, &end))
		return REFUSED;
	scan->interval = false;
	scan->behind_clock = true;
	/* "9:30 - 9:50 am": the beginning is on the side of noon that comes before. */
	if (!scan->clock.half && end.half && scan->clock.hour <= 12) {
		const int from = scan->clock.hour % 12 * 60 + scan->clock.minute;
		const int until = end.hour % 12 * 60 + end.minute;

		scan->clock.half = from <= until ? end.half : 'a';
	}
	return TAKEN;
}

/* Behind "2026-01-21": "T10:14", and the "T10" and "T1014" that only stand there. */
static enum taken
take_iso_clock(struct scan *scan)
{
	struct rp_slice rest = scan->rest;
	struct date_clock clock = { 0 };
	size_t digits;

	if (rest.n < 2 || (rest.p[0] | 0x20) != 't' || !ascii_is_digit(rest.p[1]))
		return TAKEN;
	rest = rp_slice_skip(rest, 1);
	digits = ascii_digits(rest);
	if (digit_at(rest, 1) && rest.n > 2 && rest.p[2] == ':') {
		scan->rest = rest;
		return take_clock(scan, false);
	}
	if (digits != 2 && digits != 4 && digits != 6)
		return REFUSED;
	(void)date_number(&rest, 2, &clock.hour);
	if (digits > 2)
		(void)date_number(&rest, 2, &clock.minute);
	if (digits > 4)
		(void)date_number(&rest, 2, &clock.second);
	clock.precision = digits == 2   ? RP_PRECISION_HOUR
	                  : digits == 4 ? RP_PRECISION_MIN
	                                : RP_PRECISION_S;
	scan->clock = clock;
	scan->behind_clock = true;
	scan->rest = rest;
	return TAKEN;
}

/* "2026-01", "2026-01-21", "2003-012-31", "2026/01/21", "2026.01.21" */
static enum taken
take_iso_date(struct scan *scan)
{
	struct rp_civil *civil = &scan->parts->civil;
	struct rp_slice rest = scan->rest;
	const char between = rest.p[4];
	int year, month, day;
	size_t digits;

	(void)date_number(&rest, 4, &year);
	rest = rp_slice_skip(rest, 1);
	digits = ascii_digits(rest);
	if (digits > 3 || !date_number(&rest, digits, &month))
		return REFUSED;
	if (!set_once(&civil->year, year) || !set_once(&civil->month, month))
		return REFUSED;
	if (rest.n && rest.p[0] == between && digit_at(rest, 1)) {
		rest = rp_slice_skip(rest, 1);
		digits = ascii_digits(rest);
		if (digits > 2 || !date_number(&rest, digits, &day) ||
		    !set_once(&civil->day, day))
			return REFUSED;
	}
	if (between == '.' && !has_date(scan))
		return REFUSED;
	scan->rest = rest;
	scan->iso = true;
	return has_date(scan) ? take_iso_clock(scan) : TAKEN;
}

/* "20260121" */
static enum taken
take_compact_date(struct scan *scan)
{
	struct rp_civil *civil = &scan->parts->civil;

	if (civil->year || civil->month || civil->day)
		return REFUSED;
	(void)date_number(&scan->rest, 4, &civil->year);
	(void)date_number(&scan->rest, 2, &civil->month);
	(void)date_number(&scan->rest, 2, &civil->day);
	scan->iso = true;
	return civil->day ? take_iso_clock(scan) : REFUSED;
}

/*
 * "21.01.2026", "21/01/2026", "01/21/2026".  Dots are written where the day comes first;
 * with anything else one number must be too large for a month, or both be the same.
 */
static enum taken
take_three_numbers(struct scan *scan)
{
	struct rp_civil *civil = &scan->parts->civil;
	struct rp_slice rest = scan->rest;
	int first, second, year;
	size_t digits = ascii_digits(rest);
	char between;

	if (civil->year || civil->month || civil->day)
		return REFUSED;
	(void)date_number(&rest, digits, &first);
	between = rest.p[0];
	rest = rp_slice_skip(rest, 1);
	digits = ascii_digits(rest);
	if (digits == 0 || digits > 2 || !date_number(&rest, digits, &second))
		return REFUSED;
	if (rest.n == 0 || rest.p[0] != between)
		return REFUSED;
	rest = rp_slice_skip(rest, 1);
	digits = ascii_digits(rest);
	if ((digits != 2 && digits != 4) || !date_number(&rest, digits, &year))
		return REFUSED;
	if (between != '.' && first <= 12 && second <= 12 && first != second)
		return REFUSED;
	civil->year = digits == 2 ? full_year(year) : year;
	civil->day = between == '.' || first > 12 ? first : second;
	civil->month = between == '.' || first > 12 ? second : first;
	scan->rest = rest;
	return civil->day && civil->month && civil->year ? TAKEN : REFUSED;
}

/* A day, or a year. */
static enum taken
take_plain_number(struct scan *scan, size_t digits)
{
	struct rp_civil *civil = &scan->parts->civil;
	int value;

	if (digits > 4 || digits == 3 || !date_number(&scan->rest, digits, &value))
		return REFUSED;
	if (digits == 4)
		return set_once(&civil->year, value) ? TAKEN : REFUSED;
	if (civil->day == 0) {
		date_skip_ordinal(&scan->rest);
		return set_once(&civil->day, value) ? TAKEN : REFUSED;
	}
	if (digits != 2 || civil->month == 0)
		return REFUSED;
	return set_once(&civil->year, full_year(value)) ? TAKEN : REFUSED;
}

static enum taken
take_number(struct scan *scan)
{
	const struct rp_slice s = scan->rest;
	const size_t digits = ascii_digits(s);
	const char next = digits < s.n ? s.p[digits] : 0;
	const bool more = digit_at(s, digits + 1);
	enum taken taken;

	if (digits == 4 && more && (next == '-' || next == '/' || next == '.'))
		return take_iso_date(scan);
	if (digits == 8)
		return take_compact_date(scan);
	if (digits <= 2) {
		taken = take_clock(scan, has_date(scan));
		if (taken == TAKEN || next == ':')
			return taken;
		if (more && (next == '.' || next == '/' || next == '-'))
			return take_three_numbers(scan);
	}
	return take_plain_number(scan, digits);
}

/* "Etc/GMT", "Europe/Zurich", "America/Argentina/Buenos_Aires" */
static enum taken
take_zone_name(struct scan *scan)
{
	size_t n = 0;

	for (; n < scan->rest.n; n++) {
		const char c = scan->rest.p[n];

		if (!ascii_is_letter(c) && !ascii_is_digit(c) && !strchr("/_+-", c))
			break;
	}
	if (n > LONGEST_ZONE_NAME || scan->parts->has_zone)
		return REFUSED;
	scan->parts->zone_name = rp_slice_from(scan->rest.p, n);
	scan->parts->has_zone = true;
	scan->rest = rp_slice_skip(scan->rest, n);
	return TAKEN;
}

/* Behind the time of day: false when the word is no zone, or one too many. */
static bool
use_zone(struct date_parts *parts, struct rp_slice word)
{
	return !parts->has_zone && date_zone(word, &parts->offset_s, &parts->zone_name) &&
	       (parts->has_zone = true);
}

static bool
is_capitals(struct rp_slice word)
{
	enum { LONGEST_ABBREVIATION = 5 };

	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] < 'A' || word.p[i] > 'Z')
			return false;
	return word.n <= LONGEST_ABBREVIATION;
}

/* "GMT-01:01", "UTC+1" and "GMT+0100": what counts is the number. */
static enum taken
take_zone_offset(struct scan *scan)
{
	const int32_t sign = front(scan->rest);

	if (sign != '+' && sign != '-' && sign != MINUS)
		return TAKEN;
	return date_take_offset(&scan->rest, &scan->parts->offset_s) ? TAKEN : REFUSED;
}

static enum taken
take_month(struct date_parts *parts, struct date_word word)
{
	/* "mar. 20 janv.": the first was Tuesday. */
	if (parts->civil.month && word.weak)
		return TAKEN;
	if (parts->civil.month && !parts->weak_month)
		return REFUSED;
	parts->civil.month = word.value;
	parts->weak_month = word.weak;
	return TAKEN;
}

static enum taken
take_word(struct scan *scan)
{
	struct rp_slice word = date_letters(scan->rest);
	struct date_word meaning;
	const bool behind_clock = scan->behind_clock;

	scan->behind_clock = false;
	if (word.n < scan->rest.n && scan->rest.p[word.n] == '/' && has_clock(scan) &&
	    word.n + 1 < scan->rest.n && !ascii_is_digit(scan->rest.p[word.n + 1]))
		return take_zone_name(scan);
	scan->rest = rp_slice_skip(scan->rest, word.n);
	if ((has_clock(scan) || (scan->iso && word.n == 1)) &&
	    (word.n > 1 || behind_clock || scan->iso) && use_zone(scan->parts, word))
		return take_zone_offset(scan);

	meaning = date_word(word);
	switch (meaning.kind) {
	case DATE_WORD_MONTH:
		return take_month(scan->parts, meaning);
	case DATE_WORD_WEEKDAY:
		return TAKEN;
	case DATE_WORD_NOISE:
		scan->behind_clock = behind_clock; /* "10.32 Uhr MEZ" */
		return TAKEN;
	case DATE_WORD_TO:
		scan->interval = has_clock(scan);
		return TAKEN;
	case DATE_WORD_UPDATE:
		return has_date(scan) ? ENOUGH : TAKEN;
	case DATE_WORD_BEFORE:
	case DATE_WORD_LATER:
		return REFUSED;
	case DATE_WORD_UNKNOWN:
		break;
	}
	if (!behind_clock || scan->parts->has_zone || !is_capitals(word))
		return REFUSED;
	scan->parts->unknown_zone = true;
	return TAKEN;
}

/* A minus before an offset, or a dash between the parts or two times of day. */
static enum taken
take_dash(struct scan *scan, int32_t dash, size_t width)
{
	const struct rp_slice behind = rp_slice_skip(scan->rest, width);
	const bool digits = digit_at(behind, 0);
	const bool offset =
		scan->behind_clock && !scan->parts->has_zone && digits && dash != DASH &&
		dash != LONG_DATE_DASH &&
		(scan->blank_before || scan->iso || dash == MINUS ||
	         scan->clock.precision < RP_PRECISION_MIN || ascii_digits(behind) == 4);

	scan->behind_clock = false;
	if (offset) {
		if (!date_take_offset(&scan->rest, &scan->parts->offset_s))
			return REFUSED;
		scan->parts->has_zone = true;
		return TAKEN;
	}
	if (behind.n == 0)
		return REFUSED;
	if (has_clock(scan))
		scan->interval = true;
	scan->rest = behind;
	return TAKEN;
}

/* "(CET)": a zone where there was none, else nothing of interest, as "[Europe/Zurich]"
 * behind an offset. */
static enum taken
take_comment(struct scan *scan, char closing)
{
	const size_t end = rp_slice_find_byte(scan->rest, closing);
	struct rp_slice inside = rp_slice_skip(rp_slice_from(scan->rest.p, end), 1);

	if (!has_clock(scan) || end == scan->rest.n) {
		scan->rest = rp_slice_skip(scan->rest, 1);
		return TAKEN;
	}
	(void)use_zone(scan->parts, rp_slice_trim(inside));
	scan->rest = rp_slice_skip(scan->rest, end + 1);
	return TAKEN;
}

static enum taken
take_mark(struct scan *scan)
{
	size_t width;
	const int32_t c = utf8_next(scan->rest, &width);
	const struct rp_slice behind = rp_slice_skip(scan->rest, width);

	switch (c) {
	case '+':
		if (scan->parts->has_zone || !(scan->behind_clock || scan->iso) ||
		    !date_take_offset(&scan->rest, &scan->parts->offset_s))
			return REFUSED;
		scan->parts->has_zone = true;
		scan->behind_clock = false;
		return TAKEN;
	case '-':
	case MINUS:
	case DASH:
	case LONG_DATE_DASH:
		return take_dash(scan, c, width);
	case '(':
		return take_comment(scan, ')');
	case '[':
		return take_comment(scan, ']');
	case ':':
		if (digit_at(behind, 0))
			return REFUSED;
		break;
	case '/':
		if (!scan->blank_before || date_skip_blanks(behind).n == behind.n)
			return REFUSED;
		break;
	case ',':
	case '.':
	case ';':
	case '|':
	case ')':
	case '\'':
	case '@':
	case 0xb7:   /* middle dot */
	case 0x2019: /* apostrophe */
	case 0x2022: /* bullet */
		break;
	default:
		return REFUSED;
	}
	scan->behind_clock = false;
	scan->rest = behind;
	return TAKEN;
}

static enum taken
take_part(struct scan *scan)
{
	if (ascii_is_digit(scan->rest.p[0]))
		return take_number(scan);
	return date_letters(scan->rest).n ? take_word(scan) : take_mark(scan);
}

/* What was told of the time of day becomes part of the date. */
static bool
use_clock(const struct date_clock *told, struct date_parts *parts)
{
	struct date_clock clock = *told;

	if (clock.precision != RP_PRECISION_UNKNOWN && !date_use_half(&clock))
		return false;
	parts->clock = clock.precision;
	parts->civil.hour = clock.hour;
	parts->civil.minute = clock.minute;
	parts->civil.second = clock.second;
	parts->civil.microsecond = clock.microsecond;
	return true;
}

bool
date_scan(struct rp_slice text, struct date_parts *out)
{
	struct date_parts parts = { 0 };
	struct scan scan = { .rest = text, .parts = &parts };
	enum taken taken = TAKEN;

	if (text.n > LONGEST_DATE)
		return false;
	while (taken == TAKEN) {
		struct rp_slice rest = date_skip_blanks(scan.rest);

		scan.blank_before = rest.n < scan.rest.n;
		scan.rest = rest;
		if (rest.n == 0)
			break;
		taken = take_part(&scan);
	}
	if (taken == REFUSED || !use_clock(&scan.clock, &parts))
		return false;
	*out = parts;
	return true;
}
