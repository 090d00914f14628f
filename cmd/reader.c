#include "cmd/reader.h"

#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/config/paths.h"
#include "core/thread/thread.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	READER_CEILING = 256 << 20,
	PEOPLE_CEILING = 16 << 20,
	DEFAULT_COLUMNS = 80,
	MAX_COLUMNS = 100000
};

/* ---- looks --------------------------------------------------------------- */

static bool
to_terminal(const struct invocation *inv)
{
	const char *path = options_have(&inv->options, "output")
	                           ? option(&inv->options, "output")
	                           : NULL;

	return (path == NULL || strcmp(path, "-") == 0) && isatty(STDOUT_FILENO);
}

static size_t
page_columns(bool terminal)
{
	const char *text = getenv("COLUMNS");
	struct winsize size;
	uint64_t columns;

	if (text != NULL && rp_slice_u64(rp_slice_str(text), &columns) && columns > 0)
		return columns < MAX_COLUMNS ? (size_t)columns : MAX_COLUMNS;
	if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return DEFAULT_COLUMNS;
}

static bool
wants_colour(bool terminal)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return terminal && (no == NULL || no[0] == '\0') && term != NULL &&
	       term[0] != '\0' && strcmp(term, "dumb") != 0;
}

static enum rp_status
choose_writer(struct reader *reader, const char *otherwise, struct rp_error *err)
{
	const char *format = options_have(&reader->inv->options, "format")
	                             ? option(&reader->inv->options, "format")
	                             : otherwise;

	if (option(&reader->inv->options, "json") != NULL)
		format = "json";
	reader->writer = writer_find(rp_slice_str(format ? format : otherwise));
	if (reader->writer != NULL)
		return RP_OK;
	return rp_fail(
		err, RP_BAD_USAGE,
		"there is no format \"%.40s\"; there are text, json, jsonl and ids",
		format);
}

static enum rp_status
choose_style(struct reader *reader, struct rp_error *err)
{
	const struct invocation *inv = reader->inv;
	const char *zone = option(&inv->options, "tz");
	const bool terminal = to_terminal(inv);
	enum rp_status st;

	reader->style.utc = option(&inv->options, "utc") != NULL;
	reader->style.verbose = option(&inv->options, "verbose") != NULL;
	reader->style.columns = page_columns(terminal);
	reader->style.colour = wants_colour(terminal) && !reader->writer->is_data;
	if (reader->style.utc)
		zone = "UTC";
	st = zone_open(rp_slice_str(zone ? zone : "local"), &reader->zone, err);
	reader->style.zone = reader->zone;
	return st == RP_NOT_FOUND
	               ? rp_fail(err, RP_BAD_USAGE,
	                         "there is no zone \"%.60s\" here (a name such "
	                         "as Europe/Paris)",
	                         zone)
	               : st;
}

/* ---- people -------------------------------------------------------------- */

static enum rp_status
load_people(struct reader *reader, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	const char *flag = option(&reader->inv->options, "config");
	const char *config = NULL, *path;
	struct rp_slice kept;
	enum rp_status st;

	buf_init(&text, PEOPLE_CEILING);
	/* Without a home there is still the file beside the archive. */
	if (path_config(reader->arena, flag, &config, NULL) != RP_OK)
		config = NULL;
	st = path_people(reader->arena, reader->inv->archive, config, &path, err);
	if (st == RP_NOT_FOUND)
		return RP_OK;
	if (st != RP_OK)
		return st;
	rp_error_where(err, "%s", path);
	st = file_read(path, &text, err);
	if (st == RP_BAD_ITEM)
		return rp_fail(err, RP_BAD_CONFIG, "no file of people: %s", err->text);
	if (st != RP_OK)
		return st;
	if (!arena_copy(reader->arena, buf_slice(&text), &kept))
		return rp_fail_memory(err);
	st = people_read(reader->arena, kept, &reader->people, err);
	if (st == RP_OK)
		rp_error_where(err, "%s", "");
	return st;
}

enum rp_status
reader_init(struct reader *reader, const struct invocation *inv, const char *otherwise,
            struct rp_error *err)
{
	enum rp_status st;

	*reader = (struct reader){ .inv = inv, .arena = arena_new(READER_CEILING) };
	if (reader->arena == NULL)
		return rp_fail_memory(err);
	if ((st = choose_writer(reader, otherwise, err)) != RP_OK ||
	    (st = choose_style(reader, err)) != RP_OK ||
	    (st = load_people(reader, err)) != RP_OK)
		return st;
	reader->index = people_index_new(&reader->people);
	return reader->index != NULL ? RP_OK : rp_fail_memory(err);
}

void
reader_done(struct reader *reader)
{
	reader->index = people_index_free(reader->index);
	reader->zone = zone_close(reader->zone);
	reader->arena = arena_free(reader->arena);
}

int
reader_check(struct reader *reader, const struct invocation *inv, const char *otherwise)
{
	struct rp_error err = { .status = RP_OK };

	if (reader_init(reader, inv, otherwise, &err) != RP_OK)
		return report_error(&err);
	if (zone_stands_in(reader->zone))
		report("TZ is \"%.60s\", which is no zone here; UTC is used instead",
		       getenv("TZ"));
	return EXIT_DONE;
}

int
reader_cannot(const struct reader *reader, const char *what)
{
	return report_usage(reader->inv, "%s cannot be written as %s", what,
	                    reader->writer->name);
}

/* ---- which posts --------------------------------------------------------- */

static struct query_context
query_context(const struct reader *reader)
{
	return (struct query_context){ .people = &reader->people,
		                       .zone = reader->zone,
		                       .now = reader->inv->now };
}

enum rp_status
reader_date(struct reader *reader, const char *name, int64_t *out, struct rp_error *err)
{
	const struct query_context context = query_context(reader);
	const char *text = option(&reader->inv->options, name);

	*out = RP_TIME_UNKNOWN;
	if (text == NULL)
		return RP_OK;
	rp_error_where(err, "--%s", name);
	return query_date(rp_slice_str(text), &context, out, err);
}

/* The operands as one text; the shell has already cut it into words. */
static enum rp_status
join_operands(struct reader *reader, struct rp_slice *out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, READER_CEILING / 4);
	for (int i = 0; i < reader->inv->n_operands; i++) {
		if (i > 0)
			buf_add_byte(&text, ' ');
		buf_add_str(&text, reader->inv->operands[i]);
	}
	if (buf_failed(&text) || !arena_copy(reader->arena, buf_slice(&text), out))
		return rp_fail_memory(err);
	return RP_OK;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b; /* RP_TIME_UNKNOWN is the earliest of all */
}

static int64_t
earlier_known(int64_t a, int64_t b)
{
	if (a == RP_TIME_UNKNOWN || b == RP_TIME_UNKNOWN)
		return later(a, b);
	return a < b ? a : b;
}

enum rp_status
reader_filter(struct reader *reader, struct filter *out, struct rp_error *err)
{
	const struct query_context context = query_context(reader);
	int64_t since, until, limit;
	struct rp_slice text;
	enum rp_status st;

	st = join_operands(reader, &text, err);
	if (st == RP_OK)
		st = query_parse(text, &context, reader->arena, out, err);
	if (st != RP_OK || (st = reader_date(reader, "since", &since, err)) != RP_OK ||
	    (st = reader_date(reader, "until", &until, err)) != RP_OK)
		return st;
	rp_error_where(err, "%s", "");
	out->since = later(out->since, since);
	out->until = earlier_known(out->until, until);
	if (out->until != RP_TIME_UNKNOWN && out->since >= out->until)
		return rp_fail(err, RP_BAD_USAGE,
		               "nothing lies between these dates: "
		               "--since is not before --until");
	st = option_number(&reader->inv->options, "limit", 1, INT64_MAX, 0, &limit, err);
	if (st == RP_OK)
		out->limit = (uint64_t)limit;
	return st;
}

int
check_query(const struct invocation *inv)
{
	CLEANUP(reader_done) struct reader reader = { .inv = inv };
	struct rp_error err = { .status = RP_OK };
	struct filter filter;
	int exit_status = reader_check(&reader, inv, "text");

	if (exit_status == EXIT_DONE && reader_filter(&reader, &filter, &err) != RP_OK)
		return report_error(&err);
	return exit_status;
}
