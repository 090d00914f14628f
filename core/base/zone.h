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
 * "UTC", an IANA name, or "local" (what $TZ or /etc/localtime says; UTC when neither can
 * be read).  Names with ".." or a leading "/" are refused.  RP_NOT_FOUND: no such zone,
 * or no zoneinfo on this machine; the text says which (there is no silent fall-back to
 * UTC). $TZDIR is honoured, else /usr/share/zoneinfo.
 */
enum rp_status zone_open(struct rp_slice name, struct zone **out,
                         struct rp_error *err) RP_MUST_USE;
struct zone *zone_close(struct zone *zone);
DEFINE_CLEANUP(struct zone *, zone_close);

/* Seconds east of UTC in force at that instant, and the abbreviation ("CET"; owned by
 * zone). */
int zone_offset_s(const struct zone *zone, int64_t us, const char **abbreviation_out);

enum zone_fit {
	ZONE_FITS, /* one instant has this wall time */
	ZONE_GAP, /* skipped when clocks went forward: the instant of the jump is given */
	ZONE_TWICE, /* clocks went back: the first of the two is given */
};

/* The instant at which clocks there show wall_us (calendar fields read as if they were
 * UTC). */
enum zone_fit zone_to_utc(const struct zone *zone, int64_t wall_us, int64_t *us_out);

/* The name it was opened by. */
struct rp_slice zone_name(const struct zone *zone);

#endif
