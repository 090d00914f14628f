/*
 * What "schedule" writes: lines of a crontab, units of systemd.
 */
#ifndef RIPOSTE_CMD_SCHEDULE_H
#define RIPOSTE_CMD_SCHEDULE_H

#include "cmd/command.h"
#include "core/base/buf.h"

enum { SCHEDULE_PARTS = 30 }; /* one of them is verified each night */

struct schedule {
	int64_t every;                            /* microseconds */
	struct rp_slice program, archive, config; /* absolute; config may be empty */
	struct rp_slice user;                     /* whose the units are */
	const struct config *settings;
};

/* Can cron do that: so many minutes in an hour, hours in a day, or a day? */
bool schedule_cron_can(int64_t every);
void schedule_cron(struct rp_buf *out, const struct schedule *schedule);

/* The n-th unit: false: there is none.  *name_out: "riposte-collect.timer". */
bool schedule_unit(struct rp_buf *out, const struct schedule *schedule, size_t n,
                   const char **name_out);

#endif
