#include "core/config/value.h"

#include "core/base/ascii.h"
#include "core/base/time.h"
#include "core/base/zone.h"

/* A number with a word behind it; of several with the same word the first. */
struct unit {
	struct rp_slice name;
	int64_t times;
};

/* clang-format off */
static const struct unit durations[] = {
	{ RP_LIT("ms"), RP_SECOND / 1000 }, { RP_LIT("s"), RP_SECOND },
	{ RP_LIT("min"), RP_MINUTE }, { RP_LIT("h"), RP_HOUR },
	{ RP_LIT("d"), RP_DAY }, { RP_LIT("w"), 7 * RP_DAY },
};
static const struct unit sizes[] = {
	{ RP_LIT("B"), 1 }, { RP_LIT("kB"), 1000 },
	{ RP_LIT("MB"), 1000000 }, { RP_LIT("GB"), 1000000000 },
};
static const struct unit periods[] = {
	{ RP_LIT("run"), 'r' }, { RP_LIT("day"), 'd' }, { RP_LIT("month"), 'm' },
};
/* clang-format on */

static const struct unit *
find_unit(const struct unit *units, size_t n, struct rp_slice name)
{
	for (size_t i = 0; i < n; i++)
		if (rp_slice_eq_nocase(units[i].name, name))
			return &units[i];
	return NULL;
}
#define FIND_UNIT(units, name)                                                           \
	find_unit((units), sizeof(units) / sizeof(*(units)), (name))

static enum rp_status
check_range(const struct setting *setting, struct rp_error *err)
{
	const struct setting_row *row = setting->row;

	if ((row->low == 0 && row->high == 0) ||
	    (setting->number >= row->low && setting->number <= row->high))
		return RP_OK;
	return rp_fail(err, RP_BAD_CONFIG, "\"%.*s\" is too %s", RP_FMT(setting->value),
	               setting->number < row->low ? "little" : "much");
}

static enum rp_status
read_number(struct setting *setting, struct rp_error *err)
{
	uint64_t number;

	if (!rp_slice_u64(setting->value, &number) || number > INT64_MAX)
		return rp_fail(err, RP_BAD_CONFIG, "\"%.*s\" is no whole number",
		               RP_FMT(setting->value));
	setting->number = (int64_t)number;
	if ((setting->row->low == 0 && setting->row->high == 0) ||
	    (setting->number >= setting->row->low &&
	     setting->number <= setting->row->high))
		return RP_OK;
	return rp_fail(err, RP_BAD_CONFIG, "%.*s is not from %lld to %lld",
	               RP_FMT(setting->value), (long long)setting->row->low,
	               (long long)setting->row->high);
}

/* "15min", "15 min": digits, then a unit. */
static enum rp_status
read_measure(struct setting *setting, const struct unit *units, size_t n,
             const char *like, struct rp_error *err)
{
	size_t digits = ascii_digits(setting->value);
	const struct unit *unit =
		find_unit(units, n, rp_slice_trim(rp_slice_skip(setting->value, digits)));
	uint64_t number;

	if (unit == NULL ||
	    !rp_slice_u64(rp_slice_from(setting->value.p, digits), &number))
		return rp_fail(err, RP_BAD_CONFIG, "\"%.*s\" is not written like %s",
		               RP_FMT(setting->value), like);
	if (number > (uint64_t)(INT64_MAX / unit->times))
		return rp_fail(err, RP_BAD_CONFIG, "\"%.*s\" is too much",
		               RP_FMT(setting->value));
	setting->number = (int64_t)number * unit->times;
	return check_range(setting, err);
}

/* "0.50usd", "5 usd": up to six digits behind the point, a million at the most. */
static bool
money(struct rp_slice text, int64_t *micro_out)
{
	size_t whole = ascii_digits(text), part = 0;
	struct rp_slice rest = rp_slice_skip(text, whole);
	uint64_t number, fraction = 0;

	if (whole == 0 || !rp_slice_u64(rp_slice_from(text.p, whole), &number) ||
	    number > 1000000)
		return false;
	if (rest.n > 0 && rest.p[0] == '.') {
		rest = rp_slice_skip(rest, 1);
		part = ascii_digits(rest);
		if (part == 0 || part > 6 ||
		    !rp_slice_u64(rp_slice_from(rest.p, part), &fraction))
			return false;
		rest = rp_slice_skip(rest, part);
	}
	for (; part < 6; part++)
		fraction *= 10;
	/* Nothing is the same in every currency. */
	if (!rp_slice_eq_nocase(rp_slice_trim(rest), RP_SLICE("usd")) &&
	    (rest.n > 0 || number > 0 || fraction > 0))
		return false;
	*micro_out = (int64_t)(number * 1000000 + fraction);
	return true;
}

static enum rp_status
read_money(struct setting *setting, struct rp_error *err)
{
	if (money(setting->value, &setting->number))
		return RP_OK;
	return rp_fail(err, RP_BAD_CONFIG, "\"%.*s\" is not written like 0.50usd",
	               RP_FMT(setting->value));
}

static enum rp_status
read_budget(struct setting *setting, struct rp_error *err)
{
	struct rp_slice rest = setting->value,
			sum = rp_slice_trim(rp_slice_cut(&rest, '/'));
	const struct unit *per =
		rest.p == NULL ? &periods[0] : FIND_UNIT(periods, rp_slice_trim(rest));

	if (per == NULL || !money(sum, &setting->number))
		return rp_fail(err, RP_BAD_CONFIG,
		               "\"%.*s\" is not written like 5usd/month (or /day, /run)",
		               RP_FMT(setting->value));
	setting->per = (char)per->times;
	return RP_OK;
}

static enum rp_status
read_word(const struct setting *setting, struct rp_error *err)
{
	struct rp_slice rest = rp_slice_str(setting->row->words);

	while (rest.p != NULL)
		if (rp_slice_eq(rp_slice_cut(&rest, '|'), setting->value))
			return RP_OK;
	return rp_fail(err, RP_BAD_CONFIG, "\"%.*s\" is none of %s",
	               RP_FMT(setting->value), setting->row->words);
}

static enum rp_status
read_yes(struct setting *setting, struct rp_error *err)
{
	if (rp_slice_eq(setting->value, RP_SLICE("yes")))
		setting->number = 1;
	else if (!rp_slice_eq(setting->value, RP_SLICE("no")))
		return rp_fail(err, RP_BAD_CONFIG, "\"%.*s\" is neither yes nor no",
		               RP_FMT(setting->value));
	return RP_OK;
}

/* "host", "host:8080", "[::1]:8080". */
static enum rp_status
check_host(struct rp_slice host, struct rp_error *err)
{
	const bool literal = host.n > 0 && host.p[0] == '[';
	const size_t name = rp_slice_find_byte(host, literal ? ']' : ':') + literal;
	struct rp_slice port = rp_slice_skip(host, name < host.n ? name : host.n);
	uint64_t number;

	if (host.n == 0 || host.p[0] == ':')
		return rp_fail(err, RP_BAD_CONFIG, "the address has no host");
	if (literal && name > host.n)
		return rp_fail(err, RP_BAD_CONFIG,
		               "the host of the address has a [ without a ]");
	if (!literal && (rp_slice_find_byte(host, '[') < host.n ||
	                 rp_slice_find_byte(host, ']') < host.n))
		return rp_fail(err, RP_BAD_CONFIG,
		               "the host of the address has a bracket in it");
	if (port.n == 0)
		return RP_OK;
	port = rp_slice_skip(port, 1);
	if (host.p[name] != ':' || (port.n > 0 && (!rp_slice_u64(port, &number) ||
	                                           number == 0 || number > 65535)))
		return rp_fail(err, RP_BAD_CONFIG,
		               "the port of the address is not from 1 to 65535");
	return RP_OK;
}

/* The text of an address may hold a password, and is in no complaint. */
static enum rp_status
read_url(struct setting *setting, struct rp_error *err)
{
	struct rp_slice url = setting->value, host;
	size_t scheme = rp_slice_starts_nocase(url, RP_SLICE("https://"))  ? 8
	                : rp_slice_starts_nocase(url, RP_SLICE("http://")) ? 7
	                                                                   : 0;

	if (scheme == 0)
		return rp_fail(err, RP_BAD_CONFIG,
		               "this is no address that begins with https:// or http://");
	host = rp_slice_skip(url, scheme);
	for (size_t i = 0; i < host.n; i++)
		if (memchr("/?#", host.p[i], 3) != NULL)
			host.n = i;
	if (rp_slice_find_byte(host, '@') < host.n)
		return rp_fail(err, RP_BAD_CONFIG,
		               "a user or password in the address would be shown to "
		               "everybody: leave it out");
	if (check_host(host, err) != RP_OK)
		return RP_BAD_CONFIG;
	for (size_t i = 0; i < url.n; i++)
		if (ascii_is_blank(url.p[i]) || url.p[i] == '#')
			return rp_fail(err, RP_BAD_CONFIG,
			               "the address has a %s in it: leave it out",
			               url.p[i] == '#' ? "#" : "blank");
	while (setting->value.n > scheme + 1 &&
	       rp_slice_ends(setting->value, RP_SLICE("/")))
		setting->value.n--;
	return RP_OK;
}

static enum rp_status
read_path(struct rp_slice path, struct rp_error *err)
{
	if (path.p[0] == '~')
		return rp_fail(err, RP_BAD_CONFIG,
		               "\"~\" means nothing here: write the path from / on, or "
		               "as seen from this file");
	while (path.p != NULL)
		if (rp_slice_eq(rp_slice_cut(&path, '/'), RP_SLICE("..")))
			return rp_fail(err, RP_BAD_CONFIG,
			               "\"..\" is not followed here: write the path from "
			               "/ on");
	return RP_OK;
}

static bool
is_name(struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!ascii_is_letter(text.p[i]) && !ascii_is_digit(text.p[i]) &&
		    memchr("_.-", text.p[i], 3) == NULL)
			return false;
	return text.n > 0 && text.n <= 128 && text.p[0] != '.';
}

/* What is no reference may be the secret itself: no word of it is repeated. */
static enum rp_status
read_reference(struct rp_slice value, struct rp_error *err)
{
	if (rp_slice_starts(value, RP_SLICE("file:")))
		return value.n > 5 ? read_path(rp_slice_skip(value, 5), err)
		                   : rp_fail(err, RP_BAD_CONFIG, "file: without a path");
	if (rp_slice_starts(value, RP_SLICE("env:")))
		value = rp_slice_skip(value, 4);
	else if (rp_slice_starts(value, RP_SLICE("credential:")))
		value = rp_slice_skip(value, 11);
	if (is_name(value))
		return RP_OK;
	return rp_fail(err, RP_BAD_CONFIG,
	               "this is neither file:PATH nor env:NAME nor credential:NAME; the "
	               "secret itself must not be in this file");
}

static enum rp_status
read_time(struct setting *setting, struct rp_error *err)
{
	struct rp_time time;

	if (!rp_time_read(setting->value, RP_BASIS_USER, &time))
		return rp_fail(err, RP_BAD_CONFIG,
		               "\"%.*s\" is no time (write it as 2025-01-22T15:19:07Z)",
		               RP_FMT(setting->value));
	setting->number = time.lo;
	return RP_OK;
}

static enum rp_status
read_zone(struct rp_slice name, struct rp_error *err)
{
	CLEANUP(zone_close) struct zone *zone = NULL;
	enum rp_status st = zone_open(name, &zone, NULL);

	return st == RP_OK || st == RP_FAILED
	               ? RP_OK
	               : rp_fail(err, RP_BAD_CONFIG,
	                         "\"%.*s\" is no time zone (write it as Europe/Zurich)",
	                         RP_FMT(name));
}

static bool
has_control(struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] < ' ' || text.p[i] == 0x7f)
			return true;
	return false;
}

enum rp_status
value_read(struct setting *setting, struct rp_error *err)
{
	if (setting->value.n == 0)
		return rp_fail(err, RP_BAD_CONFIG, "has no value");
	if (has_control(setting->value))
		return rp_fail(err, RP_BAD_CONFIG, "has a control character in it");
	switch (setting->row->type) {
	case SETTING_TEXT:
		return RP_OK;
	case SETTING_WORD:
		return read_word(setting, err);
	case SETTING_YES:
		return read_yes(setting, err);
	case SETTING_NUMBER:
		return read_number(setting, err);
	case SETTING_DURATION:
		return read_measure(setting, durations,
		                    sizeof(durations) / sizeof(*durations),
		                    "90s, 15min, 6h or 7d", err);
	case SETTING_SIZE:
		return read_measure(setting, sizes, sizeof(sizes) / sizeof(*sizes),
		                    "500kB or 32MB", err);
	case SETTING_URL:
		return read_url(setting, err);
	case SETTING_MONEY:
		return read_money(setting, err);
	case SETTING_BUDGET:
		return read_budget(setting, err);
	case SETTING_SECRET:
		return read_reference(setting->value, err);
	case SETTING_TIME:
		return read_time(setting, err);
	case SETTING_PATH:
		return read_path(setting->value, err);
	case SETTING_ZONE:
		return read_zone(setting->value, err);
	}
	return rp_fail(err, RP_BAD_CONFIG, "is of a kind that nobody reads");
}
