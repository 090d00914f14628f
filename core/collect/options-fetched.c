/*
 * Settings of captures that a server answered with: how and when they came.
 */
#include "core/collect/options.h"

#include "core/base/ascii.h"
#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/model/key.h"

enum { ADDRESS_MAX_BYTES = 45 /* of IPv6, with an IPv4 at its end */ };

typedef bool is_value(struct rp_slice value);

/* An instant to the second or finer, in UTC. */
static bool
is_instant(struct rp_slice value)
{
	struct rp_time time;

	return rp_slice_ends(value, RP_SLICE("Z")) &&
	       rp_time_read(value, RP_BASIS_CAPTURE, &time) && rp_time_exact(time) &&
	       time.precision <= RP_PRECISION_S;
}

static bool
is_status(struct rp_slice value)
{
	return value.n == 3 && ascii_digits(value) == 3 && value.p[0] != '0';
}

static bool
is_one(struct rp_slice value)
{
	return rp_slice_eq(value, RP_SLICE("1"));
}

static bool
is_any(struct rp_slice value)
{
	return value.n > 0;
}

static bool
is_web(struct rp_slice value)
{
	return rp_slice_starts(value, RP_SLICE("https://")) ||
	       rp_slice_starts(value, RP_SLICE("http://"));
}

static bool
is_hex(char c)
{
	return ascii_is_digit(c) || (c >= 'a' && c <= 'f');
}

static bool
is_address(struct rp_slice value)
{
	for (size_t i = 0; i < value.n; i++)
		if (!is_hex(value.p[i]) && value.p[i] != '.' && value.p[i] != ':')
			return false;
	return value.n <= ADDRESS_MAX_BYTES;
}

static bool
is_sha256(struct rp_slice value)
{
	for (size_t i = 0; i < value.n; i++)
		if (!is_hex(value.p[i]))
			return false;
	return value.n == SHA256_HEX;
}

/* clang-format off */
static const struct row {
	struct rp_slice key;
	is_value *is;
	const char *otherwise;
	bool of_answer; /* not of what was asked */
} rows[] = {
	{ RP_LIT("as_of"),            is_instant, "is no time; write 2026-01-05T12:00:00Z", false },
	{ RP_LIT("asked"),            key_valid,  "is no key", false },
	{ RP_LIT("status"),           is_status,  "is no status of HTTP", false },
	{ RP_LIT("masked"),           is_one,     "can only be 1", false },
	{ RP_LIT("fetched"),          is_instant, "is no time; write 2026-01-05T12:00:00Z", true },
	{ RP_LIT("http.date"),        is_any,     "", true },
	{ RP_LIT("http.type"),        is_any,     "", true },
	{ RP_LIT("http.server"),      is_any,     "", true },
	{ RP_LIT("http.etag"),        is_any,     "", true },
	{ RP_LIT("http.modified"),    is_any,     "", true },
	{ RP_LIT("http.url"),         is_web,     "is no web address", true },
	{ RP_LIT("http.address"),     is_address, "is no address of a network", true },
	{ RP_LIT("http.certificate"), is_sha256,  "is no SHA-256", true },
};
/* clang-format on */

static const struct row *
find(struct rp_slice key)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rp_slice_eq(rows[i].key, key))
			return &rows[i];
	return NULL;
}

bool
options_is_of_fetch(struct rp_slice key)
{
	return find(key) != NULL;
}

bool
options_is_of_answer(struct rp_slice key)
{
	const struct row *row = find(key);

	return row != NULL && row->of_answer;
}

enum rp_status
options_check_fetched(struct rp_slice key, struct rp_slice value, struct rp_error *err)
{
	const struct row *row = find(key);

	if (row == NULL)
		return rp_fail(err, RP_BAD_USAGE, "is unknown");
	return row->is(value) ? RP_OK : rp_fail(err, RP_BAD_USAGE, "%s", row->otherwise);
}

int64_t
options_as_of(struct rp_slice options)
{
	struct rp_slice value = options_get(options, RP_SLICE("as_of"));
	struct rp_time time;

	if (value.n == 0)
		value = options_get(options, RP_SLICE("fetched"));
	return is_instant(value) && rp_time_read(value, RP_BASIS_CAPTURE, &time)
	               ? time.lo
	               : RP_TIME_UNKNOWN;
}

struct rp_slice
charset_of_type(struct rp_slice type)
{
	const struct rp_slice name = RP_LIT("charset=");
	struct rp_slice part;

	rp_slice_cut(&type, ';');
	while (type.n > 0) {
		part = rp_slice_trim(rp_slice_cut(&type, ';'));
		if (!rp_slice_starts_nocase(part, name))
			continue;
		part = rp_slice_trim(rp_slice_skip(part, name.n));
		if (part.n >= 2 && part.p[0] == '"' && part.p[part.n - 1] == '"')
			part = rp_slice_from(part.p + 1, part.n - 2);
		return part;
	}
	return type;
}

struct rp_slice
options_charset(struct rp_slice options)
{
	return charset_of_type(options_get(options, RP_SLICE("http.type")));
}
