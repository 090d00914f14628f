/*
 * A date taken apart, before anything is made of its zone.
 */
#ifndef RIPOSTE_CORE_BASE_DATE_SCAN_H
#define RIPOSTE_CORE_BASE_DATE_SCAN_H

#include "core/base/time.h"

struct date_parts {
	struct rp_civil civil;   /* year, month, day: 0 where not told */
	enum rp_precision clock; /* unknown: no time of day */
	bool has_zone;           /* offset_s counts, or zone_name where there is one */
	bool unknown_zone;       /* one was told that we do not know */
	int offset_s;
	struct rp_slice zone_name; /* IANA */
	bool weak_month;           /* "mar": perhaps it was Tuesday */
};

/*
 * false for what is no date.  The fields are as they were written: whether there is a
 * 31st of February, or 25:61, is for the caller.
 */
bool date_scan(struct rp_slice text, struct date_parts *out);

#endif
