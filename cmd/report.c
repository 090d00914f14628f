#include "cmd/report.h"

#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/collect/collector.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

enum {
	TEXT_BYTES = 600,
	LINE_BYTES = 200, /* of all that is printed, the newline too */
	WHERE_BYTES = 90,
};

/* In the middle of a character. */
static bool
cuts(struct rp_slice text, size_t at)
{
	return at < text.n && ((unsigned char)text.p[at] & 0xc0) == 0x80;
}

/* Of a path that is too long the end is what tells files apart. */
static void
add_place(struct rp_buf *line, struct rp_slice place)
{
	size_t from = place.n - WHERE_BYTES + 3;

	if (place.n > WHERE_BYTES) {
		while (cuts(place, from))
			from++;
		buf_add_str(line, "...");
		place = rp_slice_skip(place, from);
	}
	buf_add(line, place);
	buf_add_str(line, ": ");
}

/*
 * Where that begins which is said last: the cause, behind a colon, with the next step in
 * brackets; the step alone where both are long.
 */
static size_t
last_words(struct rp_slice text)
{
	enum { MOST = 100 };
	size_t step = text.n;

	if (text.n > 0 && text.p[text.n - 1] == ')') {
		while (step > 0 && text.p[step - 1] != '(')
			step--;
		step = step > 1 ? step - 2 : text.n;
	}
	for (size_t at = step; at > 1 && text.n - at < MOST; at--)
		if (text.p[at - 2] == ':' && text.p[at - 1] == ' ')
			return at - 2;
	return step;
}

/* What is too long is cut before its last words. */
static void
add_fitting(struct rp_buf *line, struct rp_slice text, size_t room)
{
	static const char dots[] = "...";
	size_t step = last_words(text), n;

	if (text.n > room) {
		if (text.n - step + sizeof(dots) > room)
			step = text.n;
		n = room - (text.n - step) - (sizeof(dots) - 1);
		while (n > 0 && cuts(text, n))
			n--;
		buf_add(line, rp_slice_from(text.p, n));
		buf_add_str(line, dots);
		text = rp_slice_skip(text, step);
	}
	buf_add(line, text);
}

static void
print_line(const char *where, const char *text)
{
	CLEANUP(buf_done) struct rp_buf shown;
	CLEANUP(buf_done) struct rp_buf line;
	struct rp_error plain;

	buf_init(&shown, 8 * TEXT_BYTES);
	buf_init(&line, LINE_BYTES);
	buf_add_str(&line, "riposte: ");
	/* Not twice. */
	if (where[0] != '\0' && strstr(text, where) == NULL) {
		utf8_show(&shown, rp_slice_str(where), true);
		add_place(&line, buf_slice(&shown));
		buf_clear(&shown);
	}
	utf8_show(&shown, rp_slice_str(text), true);
	add_fitting(&line, buf_slice(&shown), LINE_BYTES - line.n - 1);
	/* "Out of memory" must be told without any, if less beautifully. */
	if (buf_failed(&shown) || buf_failed(&line)) {
		(void)rp_fail(&plain, RP_FAILED, "%s%s%s", where,
		              where[0] != '\0' ? ": " : "", text);
		fprintf(stderr, "riposte: %s\n", plain.text);
		return;
	}
	/* One write, so that lines of programs side by side do not mix. */
	fprintf(stderr, "%.*s\n", (int)line.n, line.p);
}

static int
report_no_memory(const char *where)
{
	print_line(where, "out of memory");
	return EXIT_IO;
}

void
report(const char *format, ...)
{
	char text[TEXT_BYTES];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	print_line("", text);
}

int
exit_status_of(enum rp_status status)
{
	switch (status) {
	case RP_OK:
	case RP_END:
		return EXIT_DONE;
	case RP_NOT_FOUND:
		return EXIT_NOTHING;
	case RP_BAD_ITEM:
	case RP_BAD_SOURCE:
		return EXIT_UNREADABLE;
	case RP_RETRY_LATER:
		return EXIT_LATER;
	case RP_BAD_USAGE:
		return EXIT_USAGE;
	case RP_BAD_CONFIG:
		return EXIT_CONFIG;
	case RP_CORRUPT:
		return EXIT_DAMAGED;
	case RP_FAILED:
		return EXIT_IO;
	}
	return EXIT_BUG;
}

void
report_finding(void *context, const char *sentence)
{
	if (rp_memory_refusals() > 0)
		return; /* then it may be as well as not */
	++*(size_t *)context;
	report("%s", sentence);
}

int
report_error(const struct rp_error *err)
{
	/* Any other trouble is perhaps none. */
	if (rp_memory_refusals() > 0 && err->status != RP_FAILED)
		return report_no_memory(err->where);
	print_line(err->where, err->text);
	return exit_status_of(err->status);
}

int
report_usage(const struct invocation *inv, const char *format, ...)
{
	char text[TEXT_BYTES];
	va_list args;

	if (rp_memory_refusals() > 0)
		return report_no_memory("");
	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	report("%s (see \"riposte %s --help\")", text, inv->command->name);
	return EXIT_USAGE;
}

static void
print_formats(FILE *out)
{
	fputs("\nFormats:\n", out);
	for (const struct collector_ops *const *c = collectors; *c != NULL; c++)
		fprintf(out, "  %-11s %s\n", (*c)->name, (*c)->summary);
	fputs("People's archives of X and Mastodon, and any zip, tar file or folder, are "
	      "read\n"
	      "file by file.\n",
	      out);
}

void
report_help(FILE *out, const struct command *command)
{
	fprintf(out, "usage: riposte %s [OPTION...]%s%s\n\n%s\n", command->name,
	        command->operands[0] ? " " : "", command->operands, command->summary);
	if (command->option_groups[0] != NULL)
		fputs("\nOptions:\n", out);
	for (const struct option_row *const *group = command->option_groups;
	     *group != NULL; group++)
		options_print(out, *group);
	fputs("\nEverywhere:\n", out);
	options_print(out, options_common);
	if (command->run == cmd_import)
		print_formats(out);
	fprintf(out, "\nMore: man riposte-%s\n", command->name);
}

/* What was printed, or not found, without memory is not what is there. */
static int
doubt(int exit_status)
{
	const bool told = exit_status != EXIT_DONE && exit_status != EXIT_NOTHING &&
	                  exit_status != EXIT_REJECTS;

	return told || rp_memory_refusals() == 0 ? exit_status : report_no_memory("");
}

int
finish_output(FILE *out, int exit_status)
{
	exit_status = doubt(exit_status);
	if (fflush(out) == 0 && !ferror(out))
		return exit_status;
	if (errno == EPIPE)
		return exit_status;
	report("standard output: %s", strerror(errno ? errno : EIO));
	return EXIT_IO;
}

enum rp_status
output_open(const struct invocation *inv, struct output *out, struct rp_error *err)
{
	const char *path = option(&inv->options, "output");
	enum rp_status st;

	*out = (struct output){ .stream = stdout };
	if (path == NULL || strcmp(path, "-") == 0)
		return RP_OK;
	st = new_file_open(path, false, &out->file, err);
	if (st == RP_OK)
		out->stream = new_file_stream(out->file);
	return st;
}

int
output_close(struct output *out, int exit_status)
{
	struct rp_error err = { .status = RP_OK };

	if (out->file == NULL)
		return finish_output(out->stream, exit_status);
	exit_status = doubt(exit_status);
	if (exit_status != EXIT_DONE) {
		new_file_abort(out->file);
		return exit_status;
	}
	if (new_file_commit(out->file, &err) != RP_OK)
		return report_error(&err);
	return exit_status;
}
