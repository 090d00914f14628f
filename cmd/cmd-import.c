/*
 * riposte import: take in files.
 */
#include "cmd/report.h"
#include "cmd/sidecar.h"
#include "cmd/signals.h"
#include "cmd/taking.h"
#include "core/collect/options.h"
#include "core/ingest/ingest.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of one file, without -v; "stats --rejected" lists all. */
enum { REJECTS_NAMED = 5 };

/* Told by ingest what happens. */
struct listener {
	struct progress progress;
	bool verbose;
	size_t n_named; /* rejects of the file under way */
};

static void
show_progress(void *context, const struct tally *tally)
{
	progress_show(&((struct listener *)context)->progress, tally);
}

static bool
name_reject(void *context, struct rp_slice name, const struct reject *reject)
{
	struct listener *listener = context;
	struct rp_error err = { .status = RP_BAD_ITEM };

	if (!listener->verbose && listener->n_named == REJECTS_NAMED)
		return false;
	progress_end(&listener->progress);
	rp_error_where(&err, "%.*s", RP_FMT(name));
	if (reject->line > 0)
		rp_error_where(&err, "%.*s:%" PRIu64, RP_FMT(name), reject->line);
	(void)rp_fail(&err, RP_BAD_ITEM,
	              "%.*s (kept; \"riposte stats --rejected\" lists all)",
	              RP_FMT(reject->reason));
	(void)report_error(&err);
	listener->n_named++;
	return true;
}

static void
name_trouble(void *context, const struct rp_error *err)
{
	progress_end(&((struct listener *)context)->progress);
	(void)report_error(err);
}

static void
name_bundle(void *context, struct rp_slice name, const struct bundle_count *count,
            size_t read)
{
	struct listener *listener = context;

	if (!listener->verbose && count->odd == 0)
		return;
	progress_end(&listener->progress);
	report("%.*s: %zu of the %zu files in it were read", RP_FMT(name), read,
	       count->members);
	if (count->odd > 0)
		report("%.*s: left alone in it: %zu %s", RP_FMT(name), count->odd,
		       count->odd == 1 ? "link or device" : "links or devices");
}

static void
name_left(void *context, struct rp_slice bundle, const struct bundle_left *left)
{
	struct listener *listener = context;
	struct rp_error err = { .status = RP_BAD_ITEM };
	const bool slash = rp_slice_ends(bundle, RP_SLICE("/"));

	if (!listener->verbose && left->as != LEFT_ARCHIVE)
		return;
	progress_end(&listener->progress);
	rp_error_where(&err, "%.*s%s%.*s", RP_FMT(bundle), slash ? "" : "/",
	               RP_FMT(left->name));
	(void)rp_fail(&err, RP_BAD_ITEM, "%s%s",
	              left->as == LEFT_ARCHIVE ? "" : "not read: ", left->why);
	(void)report_error(&err);
}

/* Option names of the command line and the settings they make. */
static const struct {
	const char *option, *key;
} setting_names[] = {
	{ "event", "event" },
	{ "title", "title" },
	{ "place", "place" },
	{ "date", "date" },
	{ "start", "start" },
	{ "anchor", "anchor" },
	{ "tz", "tz" },
	{ "not-before", "not_before" },
	{ "not-after", "not_after" },
	{ "speaker", "speaker" },
	{ "lang", "lang" },
	{ "url", "url" },
	{ "account", "account" },
};

static enum rp_status
add_command_line(const struct invocation *inv, struct rp_buf *settings,
                 struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < sizeof(setting_names) / sizeof(setting_names[0]); i++) {
		const char *value = option(&inv->options, setting_names[i].option);

		if (value != NULL && st == RP_OK)
			st = options_add(settings, rp_slice_str(setting_names[i].key),
			                 rp_slice_str(value), err);
	}
	return st;
}

/* The command line's word counts more than the sidecar's. */
static enum rp_status
read_settings(const struct invocation *inv, struct ingest *ingest, const char *path,
              struct rp_buf *settings, struct rp_error *err)
{
	const bool named = strcmp(path, "-") != 0;
	CLEANUP(buf_done) struct rp_buf said;
	enum rp_status st = RP_OK;

	buf_init(&said, SETTINGS_MAX_BYTES);
	if (named)
		st = sidecar_add_owner(ingest, path, settings, err);
	if (st == RP_OK)
		st = add_command_line(inv, &said, err);
	if (st != RP_OK)
		return st;
	if (buf_failed(&said))
		return rp_fail_memory(err);
	if (named)
		return sidecar_settings(ingest, path, buf_slice(&said), settings, err);
	buf_add(settings, buf_slice(&said));
	return buf_failed(settings) ? rp_fail_memory(err) : RP_OK;
}

/* A FIFO has an end before anybody has begun to write to it: that is not its end. */
static enum rp_status
wait_for_writer(int fd, const char *path)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	struct stat info;
	bool told = false;

	if (fstat(fd, &info) != 0 || !S_ISFIFO(info.st_mode))
		return RP_OK;
	while (!signals_stop(NULL)) {
		if (poll(&wait, 1, 500) > 0)
			return RP_OK;
		if (!told)
			report("%s: waiting for somebody to write to it", path);
		told = true;
	}
	return RP_END;
}

static enum rp_status
import_one(const struct invocation *inv, struct ingest *ingest, const char *path,
           struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf settings;
	struct import_file file = { .name = rp_slice_str(path),
		                    .as = rp_slice_str(option(&inv->options, "as")) };
	enum rp_status st;

	buf_init(&settings, SETTINGS_MAX_BYTES);
	if (strcmp(path, "-") == 0)
		file.fd = STDIN_FILENO;
	else
		/* O_NONBLOCK: opening a FIFO would hang without a word until somebody
		 * writes to it. */
		file.fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	rp_error_where(err, "%s", path);
	if (file.fd < 0)
		return rp_fail_errno(err, RP_NOT_FOUND, errno, "cannot be opened");
	if (file.fd != STDIN_FILENO)
		(void)fcntl(file.fd, F_SETFL, 0);

	st = file.fd != STDIN_FILENO ? wait_for_writer(file.fd, path) : RP_OK;
	if (st == RP_OK)
		st = read_settings(inv, ingest, path, &settings, err);
	if (st == RP_OK) {
		file.options = buf_slice(&settings);
		st = ingest_file(ingest, &file, err);
	}
	if (file.fd != STDIN_FILENO)
		(void)close(file.fd);
	return st;
}

/* Is this the end of the run, or only of this file?  Without memory it is, whatever a
 * file seemed to be. */
static bool
ends_run(enum rp_status st)
{
	if (st != RP_OK && rp_memory_refusals() > 0)
		return true;
	return st != RP_OK && st != RP_NOT_FOUND && st != RP_BAD_SOURCE &&
	       st != RP_BAD_ITEM;
}

/* Every file, whatever becomes of the others; one that is not there counts most. */
static int
import_all(const struct invocation *inv, struct ingest *ingest, void *context)
{
	struct listener *listener = context;
	int exit_status = EXIT_DONE;

	for (int i = 0; i < inv->n_operands; i++) {
		struct rp_error err = { .status = RP_OK };
		enum rp_status st;
		int one;

		listener->n_named = 0;
		st = import_one(inv, ingest, inv->operands[i], &err);
		if (st == RP_END)
			return exit_status;
		one = st == RP_OK ? EXIT_DONE : report_error(&err);
		if (ends_run(st))
			return one;
		if (st == RP_NOT_FOUND)
			exit_status = EXIT_IO;
		else if (exit_status == EXIT_DONE)
			exit_status = one;
	}
	return exit_status;
}

/* Before an archive is made for it. */
int
check_import(const struct invocation *inv)
{
	const char *as = option(&inv->options, "as");
	CLEANUP(buf_done) struct rp_buf names;

	buf_init(&names, 1000);
	if (as == NULL || collector_find(rp_slice_str(as)) != NULL)
		return EXIT_DONE;
	for (const struct collector_ops *const *c = collectors; *c != NULL; c++)
		buf_printf(&names, "%s%s", names.n > 0 ? ", " : "", (*c)->name);
	return report_usage(inv, "no format is called \"%.40s\"; there are: %.*s", as,
	                    RP_FMT(buf_slice(&names)));
}

int
cmd_import(struct invocation *inv)
{
	const bool quiet = option(&inv->options, "quiet") != NULL;
	struct listener listener = { .verbose =
		                             option(&inv->options, "verbose") != NULL };
	const struct ingest_options options = {
		.kind = "import",
		.context = &listener,
		.progress = isatty(STDERR_FILENO) && !quiet ? show_progress : NULL,
		.rejected = quiet ? NULL : name_reject,
		.trouble = name_trouble,
		.bundled = quiet ? NULL : name_bundle,
		.left = quiet ? NULL : name_left,
	};

	return taking_run(inv, &options, &listener.progress, import_all);
}
