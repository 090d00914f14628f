#include "storage/block/value.h"

/* Milliseconds from 1970 to the time that snowflakes count from. */
#define SNOWFLAKE_EPOCH INT64_C(1288834974657)

enum { DAY = 86400, DAYS_TO_1970 = 719468 };

bool
value_digits(struct rp_slice text, uint64_t *out)
{
	uint64_t number = 0;

	if (text.n == 0 || text.n > 19 || (text.p[0] == '0' && text.n > 1))
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
		number = number * 10 + (uint64_t)(text.p[i] - '0');
	}
	*out = number;
	return number <= INT64_MAX;
}

bool
value_integer(struct rp_slice text, int64_t *out)
{
	bool minus = text.n > 0 && text.p[0] == '-';
	uint64_t number;

	if (!value_digits(rp_slice_skip(text, minus), &number) || (minus && number == 0))
		return false;
	*out = minus ? -(int64_t)number : (int64_t)number;
	return true;
}

size_t
value_put_digits(char out[DIGITS_MAX], uint64_t number)
{
	char digits[DIGITS_MAX];
	size_t n = 0;

	do {
		digits[n++] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	for (size_t i = 0; i < n; i++)
		out[i] = digits[n - 1 - i];
	return n;
}

size_t
value_put_integer(char out[DIGITS_MAX + 1], int64_t number)
{
	if (number >= 0)
		return value_put_digits(out, (uint64_t)number);
	out[0] = '-';
	return 1 + value_put_digits(out + 1, -(uint64_t)number);
}

/* ---- dates ---- */

static const char weekdays[] = "SunMonTueWedThuFriSat";
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

/* Where the digits of a form stand, and what stands between them ('w', 'M' are names). */
static const char *const forms[DATE_FORMS] = {
	"www MMM DD hh:mm:ss +0000 YYYY",
	"YYYY-mm-DDThh:mm:ss.000Z",
	"YYYY-mm-DD hh:mm:ss +0000",
	"YYYY-mm-DDThh:mm:ssZ",
};

struct civil {
	uint32_t year, month, day, hour, minute, second, weekday;
};

/* Days since 1970 of a date of the Gregorian calendar; years begin in March. */
static int64_t
days_of(uint32_t year, uint32_t month, uint32_t day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t of_year =
		(153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return y * 365 + y / 4 - y / 100 + y / 400 + of_year - DAYS_TO_1970;
}

static struct civil
civil_of(uint32_t seconds)
{
	int64_t days = seconds / DAY + DAYS_TO_1970, rest = seconds % DAY;
	int64_t era = days / 146097, of_era = days % 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	struct civil c = {
		.day = (uint32_t)(of_year - (153 * month + 2) / 5 + 1),
		.month = (uint32_t)(month < 10 ? month + 3 : month - 9),
		.hour = (uint32_t)(rest / 3600),
		.minute = (uint32_t)(rest / 60 % 60),
		.second = (uint32_t)(rest % 60),
		.weekday = (uint32_t)((seconds / DAY + 4) % 7),
	};

	c.year = (uint32_t)(year + era * 400 + (c.month <= 2));
	return c;
}

static size_t
put_two(char *out, uint32_t number)
{
	out[0] = (char)('0' + number / 10 % 10);
	out[1] = (char)('0' + number % 10);
	return 2;
}

/*
 * Each letter stands for as many bytes as it is repeated; all other bytes for themselves.
 */
static size_t
run_of(const char *form)
{
	size_t n = 1;

	while (form[n] == form[0])
		n++;
	return n;
}

size_t
value_put_date(char out[DATE_MAX], unsigned form, uint32_t seconds)
{
	struct civil c = civil_of(seconds);
	const char *f = forms[form];
	size_t n = 0, run;

	for (; *f != '\0'; f += run) {
		run = 2;
		switch (*f) {
		case 'w':
			run = 3;
			memcpy(out + n, weekdays + c.weekday * 3, 3);
			break;
		case 'M':
			run = 3;
			memcpy(out + n, months + (c.month - 1) * 3, 3);
			break;
		case 'Y':
			run = 4;
			put_two(out + n, c.year / 100);
			put_two(out + n + 2, c.year);
			break;
		case 'm':
			put_two(out + n, f[-1] == '-' ? c.month : c.minute);
			break;
		case 'D':
			put_two(out + n, c.day);
			break;
		case 'h':
			put_two(out + n, c.hour);
			break;
		case 's':
			put_two(out + n, c.second);
			break;
		default:
			run = 1;
			out[n] = *f;
		}
		n += run;
	}
	return n;
}

/* The digits of a run, or UINT32_MAX. */
static uint32_t
read_run(const char *p, size_t n)
{
	uint32_t number = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return UINT32_MAX;
		number = number * 10 + (uint32_t)(p[i] - '0');
	}
	return number;
}

static uint32_t
read_month(const char *p)
{
	for (uint32_t i = 0; i < 12; i++)
		if (memcmp(p, months + (size_t)i * 3, 3) == 0)
			return i + 1;
	return UINT32_MAX;
}

/* Digits only where digits belong; what they say is checked by writing it again. */
static bool
read_civil(const char *p, const char *form, struct civil *c)
{
	size_t run;

	for (const char *f = form; *f != '\0'; f += run, p += run) {
		uint32_t *field = NULL;

		run = run_of(f);
		if (*f == 'M')
			c->month = read_month(p);
		else if (*f == 'm')
			field = f[-1] == '-' ? &c->month : &c->minute;
		else if (*f == 'Y')
			field = &c->year;
		else if (*f == 'D')
			field = &c->day;
		else if (*f == 'h')
			field = &c->hour;
		else if (*f == 's')
			field = &c->second;
		if (field != NULL)
			*field = read_run(p, run);
	}
	return c->year >= 1970 && c->year <= 2106 && c->month >= 1 && c->month <= 12 &&
	       c->day >= 1 && c->day <= 31 && c->hour < 24 && c->minute < 60 &&
	       c->second < 60;
}

bool
value_date(struct rp_slice text, unsigned *form_out, uint32_t *seconds_out)
{
	char again[DATE_MAX];

	if (text.n < 20 || text.n > 30)
		return false;
	for (unsigned form = 0; form < DATE_FORMS; form++) {
		struct civil c = { 0 };
		int64_t seconds;

		if (strlen(forms[form]) != text.n || !read_civil(text.p, forms[form], &c))
			continue;
		seconds = days_of(c.year, c.month, c.day) * DAY + c.hour * 3600 +
		          c.minute * 60 + c.second;
		if (seconds < 0 || seconds > UINT32_MAX)
			continue;
		(void)value_put_date(again, form, (uint32_t)seconds);
		if (memcmp(again, text.p, text.n) != 0)
			continue;
		*form_out = form;
		*seconds_out = (uint32_t)seconds;
		return true;
	}
	return false;
}

bool
value_id_seconds(uint64_t id, uint32_t *out)
{
	int64_t seconds = (snowflake_time(id) + SNOWFLAKE_EPOCH) / 1000;

	if (id < SNOWFLAKE_MIN || seconds > UINT32_MAX)
		return false;
	*out = (uint32_t)seconds;
	return true;
}

void
value_put_media_name(char out[MEDIA_NAME_BYTES], uint64_t id)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	for (unsigned i = 0; i < MEDIA_NAME_BYTES; i++)
		out[i] = digits[id >> (58 - 6 * i) & 63];
}
