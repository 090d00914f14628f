#include "cmd/schedule.h"

#include "core/base/time.h"

#include <inttypes.h>

bool
schedule_cron_can(int64_t every)
{
	return every == RP_DAY ||
	       (every % RP_HOUR == 0 && every < RP_DAY && RP_DAY % every == 0) ||
	       (every % RP_MINUTE == 0 && every < RP_HOUR && RP_HOUR % every == 0);
}

/* For the shell in single quotes, and for cron, to which a % is the end of a line. */
static void
add_word(struct rp_buf *out, struct rp_slice word)
{
	buf_add_byte(out, '\'');
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] == '\'')
			buf_add_str(out, "'\\''");
		else if (word.p[i] == '%')
			buf_add_str(out, "\\%");
		else
			buf_add_byte(out, word.p[i]);
	buf_add_byte(out, '\'');
}

static void
add_line(struct rp_buf *out, const struct schedule *schedule, const char *when,
         const char *command, const char *more)
{
	buf_printf(out, "%s ", when);
	add_word(out, schedule->program);
	buf_printf(out, " %s -q -A ", command);
	add_word(out, schedule->archive);
	if (schedule->config.n > 0) {
		buf_add_str(out, " --config ");
		add_word(out, schedule->config);
	}
	buf_printf(out, "%s\n", more);
}

void
schedule_cron(struct rp_buf *out, const struct schedule *schedule)
{
	char when[64], part[80];
	int64_t minutes = schedule->every / RP_MINUTE, hours = schedule->every / RP_HOUR;

	if (hours >= 24)
		(void)snprintf(when, sizeof(when), "0 2 * * *");
	else if (hours > 1)
		(void)snprintf(when, sizeof(when), "0 */%" PRId64 " * * *", hours);
	else if (hours == 1)
		(void)snprintf(when, sizeof(when), "0 * * * *");
	else
		(void)snprintf(when, sizeof(when), "*/%" PRId64 " * * * *", minutes);
	(void)snprintf(part, sizeof(part),
	               " --data=$(($(date +\\%%s) / 86400 \\%% %d + 1))/%d",
	               SCHEDULE_PARTS, SCHEDULE_PARTS);
	buf_add_str(out,
	            "# riposte: ask the sources that are due; every night look at a\n"
	            "# part of the archive for damage; every week pack it.\n");
	add_line(out, schedule, when, "collect", "");
	add_line(out, schedule, "17 3 * * *", "verify", part);
	add_line(out, schedule, "40 4 * * 0", "compact", "");
}
