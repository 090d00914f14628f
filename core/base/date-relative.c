#include "core/base/ascii.h"
#include "core/base/date-clock.h"
#include "core/base/date-words.h"
#include "core/base/date.h"
#include "core/base/utf8.h"

/*
 * The calendar day on which something was published.  Without a zone it lies between the
 * day it was then in the far west and that in the far east.
 */
struct today {
	struct rp_civil first, last;
};

enum { WEST_HOURS = 12, EAST_HOURS = 14, ANY_YEAR = 0 };

/* What a word means, before anything is made of the day of publication. */
struct phrase {
	enum { NO_PHRASE, DAYS_BEFORE, WEEKDAY, CALENDAR } kind;
	int value; /* days, or the weekday from Monday */
	int year, month, day;
};

static struct today
today_at(int64_t published, const struct zone *zone)
{
	struct today today;

	if (zone) {
		const int64_t offset = zone_offset_s(zone, published, NULL) * RP_SECOND;

		today.first = today.last = rp_time_to_civil(published + offset);
		return today;
	}
	today.first = rp_time_to_civil(published - WEST_HOURS * RP_HOUR);
	today.last = rp_time_to_civil(published + EAST_HOURS * RP_HOUR);
	return today;
}

static bool
midnight(struct rp_civil day, int64_t *wall_out)
{
	day.hour = day.minute = day.second = day.microsecond = 0;
	return rp_time_from_civil(&day, wall_out);
}

/* 0 is Monday, as 1970-01-05 was. */
static int
weekday_of(int64_t midnight_us)
{
	int64_t days = midnight_us / RP_DAY - (midnight_us % RP_DAY < 0);

	return (int)(((days - 4) % 7 + 7) % 7);
}

/* The last such day that was not later than today. */
static bool
last_calendar_day(const struct phrase *phrase, struct rp_civil today, int64_t *wall_out)
{
	struct rp_civil day = { .month = phrase->month, .day = phrase->day };
	int64_t latest;

	if (phrase->year != ANY_YEAR) {
		day.year = phrase->year;
		return midnight(day, wall_out);
	}
	if (!midnight(today, &latest))
		return false;
	/* The 29th of February is up to eight years ago. */
	for (int back = 0; back <= 8; back++) {
		day.year = today.year - back;
		if (midnight(day, wall_out) && *wall_out <= latest)
			return true;
	}
	return false;
}

static bool
day_of(const struct phrase *phrase, struct rp_civil today, int64_t *wall_out)
{
	if (phrase->kind == CALENDAR)
		return last_calendar_day(phrase, today, wall_out);
	if (!midnight(today, wall_out))
		return false;
	if (phrase->kind == DAYS_BEFORE)
		*wall_out -= phrase->value * RP_DAY;
	else
		*wall_out -= (weekday_of(*wall_out) - phrase->value + 7) % 7 * RP_DAY;
	return true;
}

/* Where one word ends and the next begins: blanks, and one dot or comma. */
static struct rp_slice
next_part(struct rp_slice s)
{
	s = date_skip_blanks(s);
	if (s.n && (s.p[0] == '.' || s.p[0] == ','))
		s = rp_slice_skip(s, 1);
	return date_skip_blanks(s);
}

/* "may" and "march" are verbs unless they are written as names. */
static bool
is_month(struct rp_slice word, int *month_out)
{
	const struct date_word meaning = date_word(word);

	if (meaning.kind != DATE_WORD_MONTH || rp_slice_eq(word, RP_SLICE("may")) ||
	    rp_slice_eq(word, RP_SLICE("march")))
		return false;
	*month_out = meaning.value;
	return true;
}

/* "21", "21st", "1er", "21." */
static bool
take_day(struct rp_slice *s, int *day_out)
{
	struct rp_slice rest = *s, ending;
	const size_t digits = ascii_digits(rest);

	if (digits == 0 || digits > 2 || !date_number(&rest, digits, day_out))
		return false;
	ending = date_letters(rest);
	if (ending.n && ending.n != 2)
		return false;
	*s = rp_slice_skip(rest, ending.n);
	return *day_out >= 1 && *day_out <= 31;
}

static void
take_year(struct rp_slice s, int *year_out)
{
	enum { FIRST_YEAR = 1000 };
	struct rp_slice word = date_letters(s);
	int year;

	if (rp_slice_eq_nocase(word, RP_SLICE("de")) ||
	    rp_slice_eq_nocase(word, RP_SLICE("del")))
		s = next_part(rp_slice_skip(s, word.n));
	*year_out = ANY_YEAR;
	if (ascii_digits(s) == 4 && date_number(&s, 4, &year) && year >= FIRST_YEAR)
		*year_out = year;
}

/* "21 janvier", "21. Januar 2026", "21 de enero", "21st of January" */
static bool
read_day_month(struct rp_slice s, struct phrase *out)
{
	struct rp_slice word;

	if (!take_day(&s, &out->day))
		return false;
	s = next_part(s);
	word = date_letters(s);
	if (rp_slice_eq_nocase(word, RP_SLICE("de")) ||
	    rp_slice_eq_nocase(word, RP_SLICE("of"))) {
		s = next_part(rp_slice_skip(s, word.n));
		word = date_letters(s);
	}
	if (!is_month(word, &out->month))
		return false;
	take_year(next_part(rp_slice_skip(s, word.n)), &out->year);
	out->kind = CALENDAR;
	return true;
}

/* "January 21", "Jan. 21, 2026": the day must not be the beginning of a longer number. */
static bool
read_month_day(struct rp_slice s, struct phrase *out)
{
	struct rp_slice word = date_letters(s);

	if (!is_month(word, &out->month))
		return false;
	s = next_part(rp_slice_skip(s, word.n));
	if (!take_day(&s, &out->day) || (s.n && (s.p[0] == ':' || s.p[0] == '%')))
		return false;
	take_year(next_part(s), &out->year);
	out->kind = CALENDAR;
	return true;
}

static bool
is_later(struct rp_slice word)
{
	return word.n && date_word(word).kind == DATE_WORD_LATER;
}

/* "mardi", and "Dienstagabend", which is one word. */
static bool
is_weekday(struct rp_slice word, int *weekday_out)
{
	static const struct rp_slice parts_of_day[] = {
		RP_LIT("abend"), RP_LIT("morgen"),    RP_LIT("mittag"),
		RP_LIT("nacht"), RP_LIT("vormittag"), RP_LIT("nachmittag"),
	};
	struct date_word meaning = date_word(word);

	for (size_t i = 0; i < sizeof(parts_of_day) / sizeof(*parts_of_day); i++) {
		if (meaning.kind != DATE_WORD_UNKNOWN)
			break;
		if (rp_slice_ends(word, parts_of_day[i]) && word.n > parts_of_day[i].n)
			meaning = date_word(
				rp_slice_from(word.p, word.n - parts_of_day[i].n));
	}
	*weekday_out = meaning.value;
	return meaning.kind == DATE_WORD_WEEKDAY && meaning.whole;
}

/* Weekdays give way to the date behind them: "mardi 20 janvier". */
static bool
read_weekday(struct rp_slice s, struct rp_slice word, struct phrase *out)
{
	struct rp_slice behind = next_part(rp_slice_skip(s, word.n));

	if (!is_weekday(word, &out->value))
		return false;
	if (rp_slice_eq_nocase(date_letters(behind), RP_SLICE("den")) ||
	    rp_slice_eq_nocase(date_letters(behind), RP_SLICE("the")))
		behind = next_part(rp_slice_skip(behind, 3));
	if (read_day_month(behind, out) || read_month_day(behind, out))
		return true;
	out->kind = WEEKDAY;
	return !is_later(date_letters(behind));
}

/* What stands at the front of s, which begins a word or a number. */
static bool
read_phrase(struct rp_slice s, struct rp_slice word, bool later, struct phrase *out)
{
	struct date_word meaning;

	if (ascii_is_digit(s.p[0]))
		return read_day_month(s, out);
	if (later)
		return false;
	if (read_weekday(s, word, out) || read_month_day(s, out))
		return true;
	meaning = date_word(word);
	out->kind = DAYS_BEFORE;
	out->value = meaning.value;
	return meaning.kind == DATE_WORD_BEFORE;
}

/* How much of s is one word, one number or one mark, nothing of which is looked
 * at again. */
static size_t
part_length(struct rp_slice s, struct rp_slice word)
{
	size_t n;

	if (word.n)
		return word.n;
	n = ascii_digits(s);
	if (n == 0)
		(void)utf8_next(s, &n);
	return n;
}

static bool
find_phrase(struct rp_slice text, struct phrase *out)
{
	bool later = false, in_number = false, before = false;

	while (text.n) {
		struct rp_slice word = date_letters(text);
		size_t n = part_length(text, word);

		*out = (struct phrase){ 0 };
		if ((word.n || ascii_is_digit(text.p[0])) && !in_number &&
		    read_phrase(text, word, later, out)) {
			if (out->kind == DAYS_BEFORE && before)
				out->value++;
			return true;
		}
		/* "avant-hier" is two words, "3.21 janvier" no date. */
		if (word.n) {
			later = is_later(word);
			before = rp_slice_eq_nocase(word, RP_SLICE("avant"));
		}
		in_number = ascii_is_digit(text.p[n - 1]) ||
		            (in_number && (text.p[0] == '.' || text.p[0] == ','));
		if (word.n)
			in_number = false;
		text = rp_slice_skip(text, n);
	}
	return false;
}

bool
date_find_relative(struct rp_slice text, int64_t published,
                   const struct date_context *context, struct rp_time *out)
{
	struct phrase phrase;
	struct rp_time t = { .precision = RP_PRECISION_DAY, .basis = context->basis };
	struct today today = { 0 };
	int64_t first, last;

	if (!find_phrase(text, &phrase))
		return false;
	if (published != RP_TIME_UNKNOWN)
		today = today_at(published, context->zone);
	else if (phrase.kind != CALENDAR || phrase.year == ANY_YEAR)
		return false;
	if (!day_of(&phrase, today.first, &first) || !day_of(&phrase, today.last, &last))
		return false;

	if (context->zone) {
		(void)zone_to_utc(context->zone, first, &t.lo);
		(void)zone_to_utc(context->zone, first + RP_DAY, &t.hi);
		t.hi--;
	} else {
		t.lo = first - EAST_HOURS * RP_HOUR;
		t.hi = last + RP_DAY + WEST_HOURS * RP_HOUR - 1;
	}
	*out = t;
	return true;
}
