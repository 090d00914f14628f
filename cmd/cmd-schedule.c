/*
 * riposte schedule: what has cron or systemd run riposte.
 */
#include "cmd/config.h"
#include "cmd/report.h"
#include "cmd/schedule.h"
#include "core/base/file.h"
#include "core/base/time.h"
#include "core/config/value.h"

#include <limits.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_CEILING = 8 << 20 };

static enum rp_status
read_every(const struct invocation *inv, int64_t *out, struct rp_error *err)
{
	static const struct setting_row row = { "every", SETTING_DURATION,
		                                .low = RP_MINUTE, .high = RP_DAY };
	const char *text = option(&inv->options, "every");
	struct setting setting = { .row = &row,
		                   .value = rp_slice_str(text != NULL ? text : "5min") };
	struct rp_error why;

	if (value_read(&setting, &why) != RP_OK)
		return rp_fail(err, RP_BAD_USAGE, "--every: %s", why.text);
	if (option(&inv->options, "systemd") == NULL &&
	    !schedule_cron_can(setting.number))
		return rp_fail(err, RP_BAD_USAGE,
		               "--every %.20s: cron can do so many minutes as go into an "
		               "hour, hours as go into a day, or 1d",
		               text);
	*out = setting.number;
	return RP_OK;
}

int
check_schedule(const struct invocation *inv)
{
	struct rp_error err = { .status = RP_OK };
	int64_t every;

	if (option(&inv->options, "cron") != NULL &&
	    option(&inv->options, "systemd") != NULL)
		return report_usage(inv, "either --cron or --systemd");
	return read_every(inv, &every, &err) == RP_OK ? EXIT_DONE
	                                              : report_usage(inv, "%s", err.text);
}

/* Whoever has the archive, else we. */
static enum rp_status
find_user(const struct invocation *inv, struct arena *arena, struct rp_slice *out,
          struct rp_error *err)
{
	const char *given = option(&inv->options, "user");
	struct stat is;
	const struct passwd *who;
	bool ok;

	if (given != NULL)
		return arena_copy(arena, rp_slice_str(given), out) ? RP_OK
		                                                   : rp_fail_memory(err);
	who = getpwuid(stat(inv->archive, &is) == 0 ? is.st_uid : geteuid());
	if (who != NULL)
		ok = arena_copy(arena, rp_slice_str(who->pw_name), out);
	else
		ok = arena_printf(arena, out, "%u", (unsigned)geteuid());
	return ok ? RP_OK : rp_fail_memory(err);
}

/* A line ends at a newline, whatever the quotes. */
static bool
has_control(struct rp_slice path)
{
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] < ' ' || path.p[i] == 0x7f)
			return true;
	return false;
}

static enum rp_status
find_paths(const struct invocation *inv, struct arena *arena, struct schedule *out,
           struct rp_error *err)
{
	char program[PATH_MAX] = "";
	ssize_t n = readlink("/proc/self/exe", program, sizeof(program) - 1);
	enum rp_status st;

	if (n <= 0)
		return rp_fail(err, RP_FAILED,
		               "where this program is cannot be found out");
	if ((st = config_absolute(arena, program, &out->program, err)) != RP_OK ||
	    (st = config_absolute(arena, inv->archive, &out->archive, err)) != RP_OK ||
	    (st = config_absolute(arena,
	                          inv->config->path.n > 0 ? inv->config->path.p : "",
	                          &out->config, err)) != RP_OK)
		return st;
	if (has_control(out->program) || has_control(out->archive) ||
	    has_control(out->config))
		return rp_fail(err, RP_BAD_USAGE,
		               "a path with a line end in it cannot be scheduled");
	return find_user(inv, arena, &out->user, err);
}

/* Neither cron nor systemd has the variables of the user's shell. */
static void
warn_of_variables(const struct config *config)
{
	for (size_t i = 0; i < config->n_sources; i++) {
		struct rp_slice token =
			section_text(&config->sources[i].settings, "token");

		if (rp_slice_starts(token, RP_SLICE("env:")))
			report("source %.*s has its token in %.*s, which scheduled runs "
			       "do "
			       "not see (put it into a file: token = file:PATH)",
			       RP_FMT(config->sources[i].name), RP_FMT(token));
	}
}

static enum rp_status
write_file(const struct invocation *inv, const char *name, struct rp_slice text,
           struct rp_error *err)
{
	char path[PATH_MAX];
	struct new_file *file;
	enum rp_status st;

	if (snprintf(path, sizeof(path), "%s/%s", option(&inv->options, "output"),
	             name) >= (int)sizeof(path))
		return rp_fail(err, RP_BAD_USAGE, "the name is too long");
	st = new_file_open(path, option(&inv->options, "force") != NULL, &file, err);
	if (st != RP_OK)
		return st;
	fwrite(text.p, 1, text.n, new_file_stream(file));
	/* Unlike all else that we write, there is nothing to hide here. */
	(void)fchmod(fileno(new_file_stream(file)), 0644);
	return new_file_commit(file, err);
}

static enum rp_status
put(const struct invocation *inv, const char *name, const struct rp_buf *text,
    struct rp_error *err)
{
	if (buf_failed(text))
		return rp_fail_memory(err);
	if (option(&inv->options, "output") != NULL)
		return write_file(inv, name, buf_slice(text), err);
	fwrite(text->p, 1, text->n, stdout);
	return RP_OK;
}

static enum rp_status
put_all(const struct invocation *inv, const struct schedule *schedule,
        struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	const bool files = option(&inv->options, "output") != NULL;
	const char *name;
	enum rp_status st = RP_OK;

	buf_init(&text, TEXT_CEILING);
	if (option(&inv->options, "systemd") == NULL) {
		schedule_cron(&text, schedule);
		return put(inv, "riposte.crontab", &text, err);
	}
	for (size_t n = 0; st == RP_OK && schedule_unit(&text, schedule, n, &name); n++) {
		if (!files)
			printf("%s# %s\n", n > 0 ? "\n" : "", name);
		st = put(inv, name, &text, err);
		buf_clear(&text);
	}
	return st;
}

int
cmd_schedule(struct invocation *inv)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	struct schedule schedule = { .settings = inv->config };
	struct rp_error err = { .status = RP_OK };
	enum rp_status st = arena != NULL ? RP_OK : rp_fail_memory(&err);

	if (st == RP_OK)
		st = read_every(inv, &schedule.every, &err);
	if (st == RP_OK)
		st = find_paths(inv, arena, &schedule, &err);
	if (st == RP_OK)
		st = put_all(inv, &schedule, &err);
	if (st != RP_OK)
		return report_error(&err);
	warn_of_variables(inv->config);
	return finish_output(stdout, EXIT_DONE);
}
