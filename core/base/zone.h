/*
 * Time zones by IANA name ("Europe/Zurich"), read from the system's zoneinfo files (RFC
 * 9636: version 2+ data block, then the POSIX TZ footer for later years).
 *
 * Never a fixed offset in place of a zone: Davos is UTC+1 in January and UTC+2 in May.
 */
#ifndef RIPOSTE_CORE_BASE_ZONE_H
#define RIPOSTE_CORE_BASE_ZONE_H

#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

struct zone;

/*
 * "UTC" (also without zoneinfo), an IANA name, or "local".  Names with ".." or a leading
 * "/" are refused.  $TZDIR is honoured, else /usr/share/zoneinfo.
 *
 * "local" is what $TZ says (a zone, with or without ":"; a path; a rule like
 * "CET-1CEST"), else what /etc/localtime is, else UTC: it alone falls back, since a
 * machine without a zone lives in UTC.
 *
 * RP_NOT_FOUND   no such zone, or no zoneinfo on this machine; the text says which
 * RP_BAD_CONFIG  the file is no zone, a version 1, or counts leap seconds
 * RP_FAILED      the file is there but cannot be read, or no memory
 */
enum rp_status zone_open(struct rp_slice name, struct zone **out,
                         struct rp_error *err) RP_MUST_USE;
struct zone *zone_close(struct zone *zone);
DEFINE_CLEANUP(struct zone *, zone_close);

/*
 * Seconds east of UTC in force at that instant, and the abbreviation ("CET"; owned by
 * zone) if the caller wants it.  Any instant: before the first change a zone has its
 * local mean time, after the last one its rule goes on for ever.
 */
int zone_offset_s(const struct zone *zone, int64_t us, const char **abbreviation_out);

enum zone_fit {
	ZONE_FITS, /* one instant has this wall time */
	ZONE_GAP, /* skipped when clocks went forward: read by the clock before the change
	           */
	ZONE_TWICE, /* clocks went back: the first of the two is given */
};

/*
 * The instant at which clocks there show wall_us (calendar fields read as if they were
 * UTC).  *us_out is always written; RP_TIME_UNKNOWN stays unknown.
 *
 * In Zurich 2026-03-29 02:30 was skipped: 02:30 in winter time is 01:30 UTC.  2026-10-25
 * 02:30 came twice, at 00:30 and 01:30 UTC: 00:30 is given.
 */
enum zone_fit zone_to_utc(const struct zone *zone, int64_t wall_us, int64_t *us_out);

/*
 * The first and the last instant that a wall time may mean, the same where it fits: both
 * of two, and one that was skipped by the clocks before and behind the change.
 */
enum zone_fit zone_to_bounds(const struct zone *zone, int64_t wall_us, int64_t *lo_out,
                             int64_t *hi_out);

/*
 * The name it was opened by; for "local" the one that was found ("Europe/Zurich"), or
 * "local" where /etc/localtime does not tell.
 */
struct rp_slice zone_name(const struct zone *zone);

/* UTC in the place of a "local" that $TZ spells in a way that names no zone. */
bool zone_stands_in(const struct zone *zone);

#endif
