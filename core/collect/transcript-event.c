#include "core/collect/transcript-event.h"

#include "core/base/hash.h"
#include "core/base/utf8.h"
#include "core/base/zone.h"
#include "core/collect/options.h"
#include "core/model/key.h"

enum { SLUG_MAX_BYTES = 60, HASH_DIGITS = 8 };

/* The zones of the Earth reach from UTC-12 to UTC+14. */
static const int64_t earliest_zone = 14 * RP_HOUR, latest_zone = 12 * RP_HOUR;

/* An instant of the place's clocks; without a zone, the bounds of where it can lie. */
static void
place_instant(const struct zone *zone, int64_t wall, int64_t *lo, int64_t *hi)
{
	*lo = wall - earliest_zone;
	*hi = wall + latest_zone;
	if (zone != NULL) {
		(void)zone_to_utc(zone, wall, lo);
		*hi = *lo;
	}
}

/* The same of a time of day: clocks that were turned may have shown it twice, or never.
 */
static void
place_clock(const struct zone *zone, int64_t wall, struct rp_time *time)
{
	if (zone != NULL)
		(void)zone_to_bounds(zone, wall, &time->lo, &time->hi);
	else
		place_instant(zone, wall, &time->lo, &time->hi);
}

/* A time or date as written, by the place's calendar unless it has a zone of its own. */
static struct rp_time
read_time(struct rp_slice text, const struct zone *zone)
{
	struct rp_time time = RP_TIME_NONE;
	int64_t ignored;

	if (!rp_time_read(text, RP_BASIS_EVENT, &time))
		return RP_TIME_NONE;
	if (rp_time_exact(time)) {
		if (options_time_is_local(text))
			place_clock(zone, time.lo, &time);
		return time;
	}
	place_instant(zone, time.lo, &time.lo, &ignored);
	place_instant(zone, time.hi + 1, &ignored, &time.hi);
	time.hi--;
	return time;
}

static struct rp_time
read_bound(struct rp_slice options, struct rp_slice name, const struct zone *zone,
           struct rp_slice *key_out)
{
	struct rp_slice value = options_get(options, name);
	struct rp_time time = read_time(value, zone);

	*key_out = rp_time_known(time) ? RP_SLICE("") : value;
	return time;
}

static bool
later(int64_t a, int64_t b)
{
	return a != RP_TIME_UNKNOWN && b != RP_TIME_UNKNOWN && a > b;
}

static enum rp_status
read_when(struct rp_slice options, const struct zone *zone, struct event *event,
          struct rp_error *err)
{
	struct rp_slice start = options_get(options, RP_SLICE("start"));
	struct rp_time date = read_time(options_get(options, RP_SLICE("date")), zone);
	struct rp_time floor, ceiling;

	event->when = start.n ? read_time(start, zone) : date;
	event->has_start = rp_time_exact(event->when) ||
	                   (zone != NULL && rp_time_known(event->when) &&
	                    event->when.precision <= RP_PRECISION_HOUR);
	floor = read_bound(options, RP_SLICE("not_before"), zone, &event->not_before);
	ceiling = read_bound(options, RP_SLICE("not_after"), zone, &event->not_after);
	event->floor = floor.lo;
	event->ceiling = ceiling.hi;
	if (!rp_time_known(event->when)) {
		event->when.precision = floor.precision > ceiling.precision
		                                ? floor.precision
		                                : ceiling.precision;
		event->when.basis = RP_BASIS_EVENT;
	}

	if (start.n && (later(event->when.lo, date.hi) || later(date.lo, event->when.hi)))
		return rp_fail(err, RP_BAD_USAGE, "start is not on the date");
	if (later(event->floor, event->ceiling) || later(event->floor, event->when.hi) ||
	    later(event->when.lo, event->ceiling))
		return rp_fail(err, RP_BAD_USAGE,
		               "not_before, not_after and the date contradict each "
		               "other");
	return RP_OK;
}

enum rp_status
event_read(struct rp_slice options, struct event *out, struct rp_error *err)
{
	CLEANUP(zone_close) struct zone *zone = NULL;
	struct event event = {
		.id = options_get(options, RP_SLICE("event")),
		.title = options_get(options, RP_SLICE("title")),
		.place = options_get(options, RP_SLICE("place")),
		.zone = options_get(options, RP_SLICE("tz")),
		.url = options_get(options, RP_SLICE("url")),
		.lang = options_get(options, RP_SLICE("lang")),
		.as_of = options_as_of(options),
	};
	enum rp_status st = options_check(options, err);

	if (event.id.n == 0)
		event.id = options_get(options, RP_SLICE("event.made"));
	(void)options_offset(options_get(options, RP_SLICE("anchor")), &event.anchor_ms);
	if (st == RP_OK && event.zone.n != 0)
		st = zone_open(event.zone, &zone, err);
	if (st == RP_OK)
		st = read_when(options, zone, &event, err);
	if (st == RP_OK)
		*out = event;
	return st;
}

/* The stated time of a turn, before the bounds. */
static struct rp_time
stated_time(const struct event *event, bool first, int64_t offset_us, bool then)
{
	struct rp_time time = event->when;

	if (!event->has_start)
		return time;
	time.lo += offset_us;
	/* Once it has begun, nobody says how long it went on. */
	time.hi = then || first ? time.hi + offset_us : RP_TIME_UNKNOWN;
	return time;
}

struct rp_time
event_turn_time(const struct event *event, bool first, int64_t offset_us, bool then)
{
	const struct rp_time stated = stated_time(event, first, offset_us, then);
	struct rp_time time = stated;

	if (event->floor != RP_TIME_UNKNOWN && time.lo < event->floor)
		time.lo = event->floor;
	if (event->ceiling != RP_TIME_UNKNOWN &&
	    (time.hi == RP_TIME_UNKNOWN || time.hi > event->ceiling))
		time.hi = event->ceiling;
	if (later(time.lo, time.hi))
		return stated;
	return rp_time_known(time) ? time : RP_TIME_NONE;
}

/* ---- naming an event ------------------------------------------------------------------
 */

/* "Panel 2" of "/talks/Panel 2.txt". */
static struct rp_slice
stem_of(struct rp_slice name)
{
	struct rp_slice stem = name;

	while (stem.n > 0 && name.p[stem.n - 1] != '/')
		stem.n--;
	stem = rp_slice_skip(name, stem.n);
	for (size_t i = 1; i < stem.n; i++)
		if (stem.p[i] == '.')
			return rp_slice_from(stem.p, i);
	return stem;
}

/* Letters and digits of any alphabet, everything else one "-"; written over the text. */
static size_t
make_slug(char *text, size_t n)
{
	size_t used = 0;

	for (size_t i = 0, step; i < n && used < SLUG_MAX_BYTES; i += step) {
		int32_t c = utf8_next(rp_slice_from(text + i, n - i), &step);

		if (utf8_letter(c) != UTF8_NO_LETTER || (c >= '0' && c <= '9')) {
			memmove(text + used, text + i, step);
			used += step;
		} else if (used > 0 && text[used - 1] != '-') {
			text[used++] = '-';
		}
	}
	while (used > 0 && text[used - 1] == '-')
		used--;
	return used;
}

static bool
make_id(struct arena *arena, struct rp_slice file_name, struct rp_slice head,
        struct rp_slice *out)
{
	const struct sha256 hash = sha256_of(head);
	char hex[SHA256_HEX + 1], *slug;
	struct rp_slice folded;
	size_t n;

	if (!utf8_fold(arena, stem_of(file_name), &folded) ||
	    (slug = arena_alloc(arena, folded.n + 1)) == NULL)
		return false;
	if (folded.n != 0)
		memcpy(slug, folded.p, folded.n);
	n = make_slug(slug, folded.n);
	sha256_hex(&hash, hex);
	hex[HASH_DIGITS] = '\0';
	if (n == 0)
		return arena_printf(arena, out, "transcript-%s", hex);
	return arena_join(arena, rp_slice_from(slug, n), RP_SLICE("-"), out) &&
	       arena_join(arena, *out, rp_slice_from(hex, HASH_DIGITS), out);
}

/* Of a file's bytes, so many are looked at. */
enum { HEAD_BYTES = 64 << 10 };

bool
event_settle(struct event *event, struct arena *arena, struct rp_slice file_name,
             struct rp_slice head)
{
	head.n = head.n < HEAD_BYTES ? head.n : HEAD_BYTES;
	return event->id.n != 0 || make_id(arena, file_name, head, &event->id);
}
