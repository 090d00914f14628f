#include "core/base/zone.h"

#include "core/base/buf.h"
#include "core/base/file.h"
#include "core/base/time.h"
#include "core/base/zone-rule.h"

#include <stdlib.h>
#include <unistd.h>

#define NAME_MAX_BYTES 255
#define FILE_MAX_BYTES (256 * 1024) /* real ones have under 4 KiB */
#define PATH_MAX_BYTES 4096

/* No clock is further from UTC than this, so it is as far as zone_to_utc() looks. */
#define OFFSET_MAX_S (26 * 3600)

/*
 * A zoneinfo file (TZif, RFC 9636), all numbers big-endian:
 *
 *	 0   4  "TZif"
 *	 4   1  version: 0, or '2' and up
 *	 5  15  unused
 *	20   4  n_utc      24  4  n_standard  28  4  n_leaps
 *	32   4  n_times    36  4  n_types     40  4  n_chars
 *	44      times[n_times] of 4 bytes, indices[n_times] of 1, types[n_types] of 6
 *	        (offset 4, daylight 1, name 1), names[n_chars], leaps[n_leaps] of 4 + 4,
 *	        standard[n_standard] of 1, utc[n_utc] of 1
 *
 * From version 2 on the same again from "TZif", with times of 8 bytes, and then the rule
 * for the years behind the table, between two newlines.  The first part is skipped.
 */
#define HEADER_BYTES 44
#define TYPE_BYTES 6

/* Points into the file, which is checked once, when it is opened. */
struct table {
	const unsigned char *times, *indices, *types;
	const char *names;
	size_t n_times, n_types, n_names;
};

struct zone {
	struct rp_buf file; /* empty when there is only a rule */
	struct table table;
	bool has_rule;
	struct zone_rule rule;
	bool stands_in; /* for what $TZ says */
	size_t name_n;
	char name[NAME_MAX_BYTES];
};

struct header {
	uint64_t n_utc, n_standard, n_leaps, n_times, n_types, n_chars;
};

static uint32_t
get_u32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Two's complement without the cast that the standard leaves to the compiler. */
static int64_t
get_i32(const unsigned char *p)
{
	int64_t value = get_u32(p);

	return value > INT32_MAX ? value - (INT64_C(1) << 32) : value;
}

static int64_t
get_i64(const unsigned char *p)
{
	uint64_t value = (uint64_t)get_u32(p) << 32 | get_u32(p + 4);

	return value > INT64_MAX ? -(int64_t)~value - 1 : (int64_t)value;
}

static bool
take_header(struct rp_slice *rest, struct header *h)
{
	const unsigned char *p = (const unsigned char *)rest->p;

	if (rest->n < HEADER_BYTES || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return false;
	h->n_utc = get_u32(p + 20);
	h->n_standard = get_u32(p + 24);
	h->n_leaps = get_u32(p + 28);
	h->n_times = get_u32(p + 32);
	h->n_types = get_u32(p + 36);
	h->n_chars = get_u32(p + 40);
	*rest = rp_slice_skip(*rest, HEADER_BYTES);
	return true;
}

/* Of what follows the header; cannot overflow, since each count has 32 bits. */
static uint64_t
block_bytes(const struct header *h, uint64_t time_bytes)
{
	return h->n_times * (time_bytes + 1) + h->n_types * TYPE_BYTES + h->n_chars +
	       h->n_leaps * (time_bytes + 4) + h->n_standard + h->n_utc;
}

static bool
table_is_sound(const struct table *t)
{
	if (t->n_types == 0 || t->n_names == 0 || t->names[t->n_names - 1] != '\0')
		return false;
	for (size_t i = 0; i < t->n_names; i++)
		if (t->names[i] && (t->names[i] < ' ' || t->names[i] > '~'))
			return false;
	for (size_t i = 0; i < t->n_types; i++) {
		int64_t offset = get_i32(t->types + TYPE_BYTES * i);

		if (offset < -OFFSET_MAX_S || offset > OFFSET_MAX_S ||
		    t->types[TYPE_BYTES * i + 5] >= t->n_names)
			return false;
	}
	for (size_t i = 0; i < t->n_times; i++) {
		if (t->indices[i] >= t->n_types)
			return false;
		if (i > 0 && get_i64(t->times + 8 * i) <= get_i64(t->times + 8 * (i - 1)))
			return false;
	}
	return true;
}

/* Leap seconds are refused: in such a file the seconds themselves are other ones. */
static bool
parse_file(struct zone *zone)
{
	struct rp_slice rest = buf_slice(&zone->file);
	struct table *t = &zone->table;
	struct header h;

	if (!take_header(&rest, &h) || block_bytes(&h, 4) > rest.n)
		return false;
	rest = rp_slice_skip(rest, block_bytes(&h, 4));
	if (!take_header(&rest, &h) || block_bytes(&h, 8) > rest.n || h.n_leaps)
		return false;

	t->n_times = h.n_times;
	t->n_types = h.n_types;
	t->n_names = h.n_chars;
	t->times = (const unsigned char *)rest.p;
	t->indices = t->times + 8 * t->n_times;
	t->types = t->indices + t->n_times;
	t->names = (const char *)(t->types + TYPE_BYTES * t->n_types);
	if (!table_is_sound(t))
		return false;

	rest = rp_slice_skip(rest, block_bytes(&h, 8));
	if (rest.n < 2 || rest.p[0] != '\n' || rest.p[rest.n - 1] != '\n')
		return false;
	rest = rp_slice_from(rest.p + 1, rest.n - 2);
	zone->has_rule = rest.n > 0;
	return rest.n == 0 || zone_rule_read(rest, &zone->rule);
}

/* Letters, digits, "+-_." and single slashes between them; no part is "." or "..". */
static bool
is_good_name(struct rp_slice name)
{
	if (name.n == 0 || name.n > NAME_MAX_BYTES)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if ((c < '0' || c > '9') && (c < 'A' || c > 'Z') &&
		    (c < 'a' || c > 'z') && (c == '\0' || !strchr("+-_./", c)))
			return false;
	}
	while (name.p) {
		struct rp_slice part = rp_slice_cut(&name, '/');

		if (part.n == 0 || rp_slice_eq(part, RP_SLICE(".")) ||
		    rp_slice_eq(part, RP_SLICE("..")))
			return false;
	}
	return true;
}

static struct zone *
new_zone(struct rp_slice name)
{
	struct zone *zone = calloc(1, sizeof(*zone));

	if (zone == NULL)
		return NULL;
	buf_init(&zone->file, FILE_MAX_BYTES);
	zone->name_n = name.n < NAME_MAX_BYTES ? name.n : NAME_MAX_BYTES;
	memcpy(zone->name, name.p, zone->name_n);
	return zone;
}

static enum rp_status
open_rule(struct rp_slice name, struct rp_slice rule, struct zone **out,
          struct rp_error *err)
{
	CLEANUP(zone_close) struct zone *zone = new_zone(name);

	if (zone == NULL)
		return rp_fail_memory(err);
	zone->has_rule = zone_rule_read(rule, &zone->rule);
	if (!zone->has_rule)
		return rp_fail(err, RP_NOT_FOUND, "no time zone is called \"%.*s\"",
		               RP_FMT(name));
	*out = zone;
	zone = NULL;
	return RP_OK;
}

static enum rp_status
open_file(struct rp_slice name, const char *path, struct zone **out, struct rp_error *err)
{
	CLEANUP(zone_close) struct zone *zone = new_zone(name);
	enum rp_status status;

	if (zone == NULL)
		return rp_fail_memory(err);
	status = file_read(path, &zone->file, err);
	if (status != RP_OK)
		return status;
	if (!parse_file(zone))
		return rp_fail(err, RP_BAD_CONFIG,
		               "%s is not a time zone as RFC 9636 has it, version 2 or "
		               "later and without leap seconds",
		               path);
	*out = zone;
	zone = NULL;
	return RP_OK;
}

static enum rp_status
open_name(struct rp_slice name, struct zone **out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf path;
	const char *folder = getenv("TZDIR");
	enum rp_status status;

	buf_init(&path, PATH_MAX_BYTES);
	if (folder == NULL || folder[0] == '\0')
		folder = "/usr/share/zoneinfo";
	if (rp_slice_eq(name, RP_SLICE("UTC")))
		return open_rule(name, RP_SLICE("UTC0"), out, err);
	if (!is_good_name(name))
		return rp_fail(err, RP_NOT_FOUND, "no time zone is called \"%.*s\"",
		               RP_FMT(name));

	buf_printf(&path, "%s/%.*s", folder, RP_FMT(name));
	buf_add_byte(&path, '\0');
	if (buf_failed(&path))
		return rp_fail(err, RP_NOT_FOUND, "the name in TZDIR is too long");
	status = open_file(name, path.p, out, err);
	if (status != RP_NOT_FOUND && status != RP_BAD_ITEM) /* "Europe" is a folder */
		return status;
	if (access(folder, X_OK) != 0)
		return rp_fail(err, RP_NOT_FOUND,
		               "no time zones on this machine: %s is missing (package "
		               "tzdata)",
		               folder);
	return rp_fail(err, RP_NOT_FOUND, "no time zone is called \"%.*s\" in %s",
	               RP_FMT(name), folder);
}

/* A zone file by its path, usually a link whose target tells the zone's name. */
static enum rp_status
open_path(const char *path, struct zone **out, struct rp_error *err)
{
	static const struct rp_slice folder = RP_LIT("/zoneinfo/");
	char target[PATH_MAX_BYTES];
	ssize_t n = readlink(path, target, sizeof(target));
	struct rp_slice name =
		n > 0 ? rp_slice_from(target, (size_t)n) : rp_slice_str(path);

	name = rp_slice_skip(name, rp_slice_find(name, folder) + folder.n);
	return open_file(is_good_name(name) ? name : RP_SLICE("local"), path, out, err);
}

/* As the C library reads $TZ: ":Europe/Zurich", "Europe/Zurich", a path, or a rule. */
static enum rp_status
try_tz(const char *tz, struct zone **out)
{
	bool colon = tz[0] == ':';
	struct rp_slice name = rp_slice_skip(rp_slice_str(tz), colon);
	enum rp_status status;

	if (name.n && name.p[0] == '/')
		status = open_path(name.p, out, NULL);
	else
		status = open_name(name, out, NULL);
	return status == RP_OK || colon ? status : open_rule(name, name, out, NULL);
}

static enum rp_status
open_local(struct zone **out, struct rp_error *err)
{
	const char *tz = getenv("TZ");
	enum rp_status st;

	if (tz ? try_tz(tz, out) == RP_OK
	       : open_path("/etc/localtime", out, NULL) == RP_OK)
		return RP_OK;
	st = open_name(RP_SLICE("UTC"), out, err);
	if (st == RP_OK)
		(*out)->stands_in = tz != NULL && tz[0] != '\0';
	return st;
}

enum rp_status
zone_open(struct rp_slice name, struct zone **out, struct rp_error *err)
{
	if (rp_slice_eq(name, RP_SLICE("local")))
		return open_local(out, err);
	return open_name(name, out, err);
}

struct zone *
zone_close(struct zone *zone)
{
	if (zone)
		buf_done(&zone->file);
	free(zone);
	return NULL;
}

struct rp_slice
zone_name(const struct zone *zone)
{
	return rp_slice_from(zone->name, zone->name_n);
}

bool
zone_stands_in(const struct zone *zone)
{
	return zone->stands_in;
}

static void
set_type(struct zone_span *span, const struct table *t, size_t type)
{
	const unsigned char *p = t->types + TYPE_BYTES * type;

	span->offset_s = (int)get_i32(p);
	span->abbreviation = t->names + p[5];
}

/* How many changes of the table are at or before that second. */
static size_t
changes_until(const struct table *t, int64_t at_s)
{
	size_t low = 0, high = t->n_times;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (get_i64(t->times + 8 * middle) <= at_s)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Type 0 before the table, the rule behind it, or its last type when there is no rule. */
static struct zone_span
span_at(const struct zone *zone, int64_t at_s)
{
	const struct table *t = &zone->table;
	struct zone_span span = { .from_s = INT64_MIN, .until_s = INT64_MAX };
	size_t i = changes_until(t, at_s);

	if (i == t->n_times && zone->has_rule)
		span = zone_rule_span(&zone->rule, at_s);
	else
		set_type(&span, t, i > 0 ? t->indices[i - 1] : 0);
	if (i > 0 && span.from_s < get_i64(t->times + 8 * (i - 1)))
		span.from_s = get_i64(t->times + 8 * (i - 1));
	if (i < t->n_times)
		span.until_s = get_i64(t->times + 8 * i);
	return span;
}

static int64_t
second_of(int64_t us)
{
	return us / RP_SECOND - (us % RP_SECOND < 0);
}

int
zone_offset_s(const struct zone *zone, int64_t us, const char **abbreviation_out)
{
	struct zone_span span = span_at(zone, second_of(us));

	if (abbreviation_out)
		*abbreviation_out = span.abbreviation;
	return span.offset_s;
}

/* wall - offset, held between the two ends of time. */
static int64_t
minus_offset(int64_t wall_us, int offset_s)
{
	int64_t us;

	if (__builtin_sub_overflow(wall_us, offset_s * RP_SECOND, &us))
		return offset_s < 0 ? INT64_MAX : RP_TIME_UNKNOWN + 1;
	return us == RP_TIME_UNKNOWN ? us + 1 : us;
}

/*
 * Walk over the spans that could show this wall time.  The first that does has the
 * answer, a second one makes it double; if none does, the change that skipped it is among
 * them.
 */
/* *second_out: the other instant of a wall time that there is twice; of one that there is
 * not, what it is by the clock behind the change; else the same. */
static enum zone_fit
fit_wall(const struct zone *zone, int64_t wall_us, int64_t *us_out, int64_t *second_out)
{
	int64_t wall_s = second_of(wall_us);
	struct zone_span span = span_at(zone, wall_s - OFFSET_MAX_S);
	enum zone_fit fit = ZONE_GAP;

	if (wall_us == RP_TIME_UNKNOWN) {
		*us_out = *second_out = RP_TIME_UNKNOWN;
		return ZONE_FITS;
	}
	*us_out = *second_out = minus_offset(wall_us, span.offset_s);
	for (;;) {
		int64_t at_s = wall_s - span.offset_s;
		int before = span.offset_s;

		if (at_s >= span.from_s && at_s < span.until_s) {
			*second_out = minus_offset(wall_us, span.offset_s);
			if (fit == ZONE_FITS)
				return ZONE_TWICE;
			*us_out = *second_out;
			fit = ZONE_FITS;
		}
		if (span.until_s > wall_s + OFFSET_MAX_S)
			return fit;
		at_s = span.until_s;
		span = span_at(zone, at_s);
		if (fit == ZONE_GAP && wall_s - before >= at_s &&
		    wall_s - span.offset_s < at_s) {
			*us_out = minus_offset(wall_us, before);
			*second_out = minus_offset(wall_us, span.offset_s);
		}
	}
}

enum zone_fit
zone_to_utc(const struct zone *zone, int64_t wall_us, int64_t *us_out)
{
	int64_t ignored;

	return fit_wall(zone, wall_us, us_out, &ignored);
}

enum zone_fit
zone_to_bounds(const struct zone *zone, int64_t wall_us, int64_t *lo_out, int64_t *hi_out)
{
	int64_t one, other;
	const enum zone_fit fit = fit_wall(zone, wall_us, &one, &other);

	*lo_out = one < other ? one : other;
	*hi_out = one < other ? other : one;
	return fit;
}
