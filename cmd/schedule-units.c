#include "cmd/schedule.h"

#include "core/base/map.h"
#include "core/base/time.h"

#include <inttypes.h>

/* In double quotes; % begins a specifier, and $ a variable where a program is run. */
static void
add_word(struct rp_buf *out, struct rp_slice word, bool runs)
{
	buf_add_byte(out, '"');
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] == '"' || word.p[i] == '\\')
			buf_add_byte(out, '\\');
		if (word.p[i] == '%' || (runs && word.p[i] == '$'))
			buf_add_byte(out, word.p[i]);
		buf_add_byte(out, word.p[i]);
	}
	buf_add_byte(out, '"');
}

static void
add_command(struct rp_buf *out, const struct schedule *schedule, const char *command)
{
	add_word(out, schedule->program, true);
	buf_printf(out, " %s -q -A ", command);
	add_word(out, schedule->archive, true);
	if (schedule->config.n > 0) {
		buf_add_str(out, " --config ");
		add_word(out, schedule->config, true);
	}
	buf_add_byte(out, '\n');
}

static struct rp_slice
directory_of(struct rp_slice path)
{
	while (path.n > 1 && path.p[path.n - 1] != '/')
		path.n--;
	if (path.n > 1)
		path.n--;
	return path;
}

static bool
is_below(struct rp_slice path, const char *directory)
{
	return rp_slice_starts(path, rp_slice_str(directory));
}

/* What is in the temporary directories could not be seen with private ones. */
static bool
has_temporary(const struct schedule *schedule)
{
	const struct rp_slice paths[] = { schedule->archive, schedule->config,
		                          schedule->program };
	bool any = false;

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		any = any || is_below(paths[i], "/tmp/") ||
		      is_below(paths[i], "/var/tmp/");
	return any;
}

static void
add_service(struct rp_buf *out, const struct schedule *schedule, const char *what)
{
	buf_printf(out, "[Unit]\nDescription=riposte: %s\n", what);
	buf_add_str(out, "\n[Service]\nType=oneshot\nUser=");
	buf_add(out, schedule->user);
	buf_add_byte(out, '\n');
}

/* It may write to the directory of the archive, and nowhere else. */
static void
add_hardening(struct rp_buf *out, const struct schedule *schedule, bool network)
{
	buf_add_str(out, "UMask=0077\n"
	                 "NoNewPrivileges=yes\n"
	                 "CapabilityBoundingSet=\n"
	                 "AmbientCapabilities=\n"
	                 "ProtectSystem=strict\n"
	                 "ProtectHome=read-only\n"
	                 "ReadWritePaths=");
	add_word(out, directory_of(schedule->archive), false);
	buf_printf(out, "\nPrivateTmp=%s\n", has_temporary(schedule) ? "no" : "yes");
	buf_add_str(out, "PrivateDevices=yes\n"
	                 "ProtectClock=yes\n"
	                 "ProtectControlGroups=yes\n"
	                 "ProtectHostname=yes\n"
	                 "ProtectKernelLogs=yes\n"
	                 "ProtectKernelModules=yes\n"
	                 "ProtectKernelTunables=yes\n"
	                 "ProtectProc=invisible\n"
	                 "RemoveIPC=yes\n"
	                 "LockPersonality=yes\n"
	                 "MemoryDenyWriteExecute=yes\n"
	                 "RestrictNamespaces=yes\n"
	                 "RestrictRealtime=yes\n"
	                 "RestrictSUIDSGID=yes\n"
	                 "SystemCallArchitectures=native\n"
	                 "SystemCallFilter=@system-service\n"
	                 "SystemCallErrorNumber=EPERM\n"
	                 "LimitCORE=0\n");
	buf_add_str(out,
	            network ? "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX\n"
	                    : "RestrictAddressFamilies=AF_UNIX\nPrivateNetwork=yes\n");
}

/* The name of a systemd credential that a setting reads; empty: it reads none. */
static struct rp_slice
credential_of(const struct setting *setting)
{
	if (setting->row->type != SETTING_SECRET)
		return RP_SLICE("");
	if (rp_slice_starts(setting->value, RP_SLICE("credential:")))
		return rp_slice_skip(setting->value, 11);
	return rp_slice_find_byte(setting->value, ':') == setting->value.n
	               ? setting->value
	               : RP_SLICE("");
}

/* Each once, however many sources share it. */
static void
add_credentials(struct rp_buf *out, const struct config *config)
{
	CLEANUP(map_free) struct map *names = map_new();

	for (size_t i = 0; names != NULL && i < config->n_sources; i++) {
		const struct section *section = &config->sources[i].settings;

		for (size_t j = 0; j < section->n; j++) {
			struct rp_slice name = credential_of(&section->settings[j]);
			bool fresh = false;

			if (name.n == 0)
				continue;
			if (map_put(names, name, 0, &fresh) == NULL)
				out->failed = true;
			if (fresh)
				buf_printf(out,
				           "LoadCredential=%.*s:/etc/credstore/%.*s\n",
				           RP_FMT(name), RP_FMT(name));
		}
	}
	if (names == NULL)
		out->failed = true;
}

static void
collect_service(struct rp_buf *out, const struct schedule *schedule)
{
	add_service(out, schedule, "ask the sources that are due");
	buf_add_str(out, "ExecStart=");
	add_command(out, schedule, "collect");
	/* Some source could not be reached: the next run tries again. */
	buf_add_str(out, "SuccessExitStatus=75\nTimeoutStopSec=30\nNice=5\n");
	add_credentials(out, schedule->settings);
	add_hardening(out, schedule, true);
}

static void
collect_timer(struct rp_buf *out, const struct schedule *schedule)
{
	buf_printf(out,
	           "[Unit]\nDescription=riposte: ask the sources that are due\n"
	           "\n[Timer]\nOnBootSec=2min\nOnUnitActiveSec=%" PRId64 "s\n"
	           "AccuracySec=10s\n\n[Install]\nWantedBy=timers.target\n",
	           schedule->every / RP_SECOND);
}

static void
verify_service(struct rp_buf *out, const struct schedule *schedule)
{
	add_service(out, schedule, "look at a part of the archive for damage");
	buf_printf(out,
	           "ExecStart=/bin/sh -c 'exec \"$$@\" "
	           "--data=$$(($$(date +%%%%s) / 86400 %%%% %d + 1))/%d' sh ",
	           SCHEDULE_PARTS, SCHEDULE_PARTS);
	add_command(out, schedule, "verify");
	buf_add_str(out, "Nice=10\nIOSchedulingClass=idle\n");
	add_hardening(out, schedule, false);
}

static void
compact_service(struct rp_buf *out, const struct schedule *schedule)
{
	add_service(out, schedule, "pack what came in");
	buf_add_str(out, "ExecStart=");
	add_command(out, schedule, "compact");
	buf_add_str(out, "Nice=10\nIOSchedulingClass=idle\n");
	add_hardening(out, schedule, false);
}

static void
add_timer(struct rp_buf *out, const char *what, const char *when)
{
	buf_printf(out,
	           "[Unit]\nDescription=riposte: %s\n"
	           "\n[Timer]\nOnCalendar=%s\nRandomizedDelaySec=30min\nPersistent=yes\n"
	           "\n[Install]\nWantedBy=timers.target\n",
	           what, when);
}

static void
verify_timer(struct rp_buf *out, const struct schedule *schedule)
{
	(void)schedule;
	add_timer(out, "look at a part of the archive for damage", "*-*-* 03:17:00");
}

static void
compact_timer(struct rp_buf *out, const struct schedule *schedule)
{
	(void)schedule;
	add_timer(out, "pack what came in", "Sun *-*-* 04:40:00");
}

bool
schedule_unit(struct rp_buf *out, const struct schedule *schedule, size_t n,
              const char **name_out)
{
	static const struct {
		const char *name;
		void (*write)(struct rp_buf *out, const struct schedule *schedule);
	} units[] = {
		{ "riposte-collect.service", collect_service },
		{ "riposte-collect.timer", collect_timer },
		{ "riposte-verify.service", verify_service },
		{ "riposte-verify.timer", verify_timer },
		{ "riposte-compact.service", compact_service },
		{ "riposte-compact.timer", compact_timer },
	};

	if (n >= sizeof(units) / sizeof(*units))
		return false;
	*name_out = units[n].name;
	units[n].write(out, schedule);
	return true;
}
