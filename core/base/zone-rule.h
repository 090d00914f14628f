/*
 * The rule by which a zone changes its clocks year after year, as POSIX writes it:
 * "CET-1CEST,M3.5.0,M10.5.0/3".  Zone files end with one, and $TZ may be one.
 * For zone.c; everything else uses zone.h.
 */
#ifndef RIPOSTE_CORE_BASE_ZONE_RULE_H
#define RIPOSTE_CORE_BASE_ZONE_RULE_H

#include "core/base/slice.h"

/* A stretch of time with one offset: from_s <= t < until_s, seconds since 1970. */
struct zone_span {
	int64_t from_s, until_s; /* INT64_MIN and INT64_MAX: without end */
	int offset_s;            /* east of UTC */
	const char *abbreviation;
};

/* A day of every year, and when on that day. */
struct zone_day {
	enum { ZONE_DAY_OF_MONTH, ZONE_DAY_OF_YEAR, ZONE_DAY_WITHOUT_LEAP } form;
	int month, week, day; /* M3.5.0: last Sunday of March; the others use day alone */
	int second;           /* after midnight of the wall clock before the change */
};

struct zone_rule {
	struct {
		char name[32];
		int offset_s;
		struct zone_day begins; /* unused when the clocks never change */
	} clock[2];                     /* standard time, daylight time */
	bool changes;
};

/* false for anything but a whole rule; of a rule without dates, those of the USA. */
bool zone_rule_read(struct rp_slice text, struct zone_rule *out);

/* The span around an instant.  Borrows the abbreviation from the rule. */
struct zone_span zone_rule_span(const struct zone_rule *rule, int64_t at_s);

#endif
