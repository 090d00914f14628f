#include "cmd/options.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
const struct option_row options_common[] = {
	{ 'A', "archive", "FILE", "the archive; else $RIPOSTE_ARCHIVE, ./riposte.db, or your own" },
	{ 0,   "config",  "FILE", "config file to read instead of the usual one" },
	{ 'q', "quiet",   NULL,   "say nothing when all is well" },
	{ 'v', "verbose", NULL,   "say more" },
	{ 'h', "help",    NULL,   "show this help" },
	{ 0,   NULL,      NULL,   NULL },
};

const struct option_row options_output[] = {
	{ 'f', "format", "FORMAT", "how to write: text, json, jsonl or ids" },
	{ 0,   "json",   NULL,     "the same as -f json" },
	{ 'o', "output", "FILE",   "write to FILE, which must not be there" },
	{ 0,   "utc",    NULL,     "times in UTC, as ISO 8601" },
	{ 0,   "tz",     "ZONE",   "times in this zone, such as Europe/Paris" },
	{ 0,   NULL,     NULL,     NULL },
};

const struct option_row options_range[] = {
	{ 'n', "limit", "N",    "at most N posts" },
	{ 0,   "since", "DATE", "not older than DATE: 2025-01-20, 2 days ago" },
	{ 0,   "until", "DATE", "older than DATE" },
	{ 0,   NULL,    NULL,   NULL },
};
/* clang-format on */

/* The row and place of the n-th option over all groups; NULL after the last. */
static const struct option_row *
row_at(const struct options *options, size_t n)
{
	for (const struct option_row *const *group = options->groups; *group != NULL;
	     group++)
		for (const struct option_row *row = *group; row->name != NULL; row++)
			if (n-- == 0)
				return row;
	return NULL;
}

enum { LETTERS_SIZE = 3 * OPTIONS_MAX + 2, LONG_BASE = 256 };

static int
how_it_takes(const struct option_row *row)
{
	if (row->argument == NULL)
		return no_argument;
	return row->argument[0] == '[' ? optional_argument : required_argument;
}

static size_t
fill_tables(const struct options *options, char letters[LETTERS_SIZE],
            struct option longs[OPTIONS_MAX + 1])
{
	const struct option_row *row;
	size_t n = 0, at = 0;

	letters[at++] = ':'; /* missing arguments come back as ':' */
	for (; (row = row_at(options, n)) != NULL; n++) {
		assert(n < OPTIONS_MAX);
		longs[n] = (struct option){ .name = row->name,
			                    .has_arg = how_it_takes(row),
			                    .val = LONG_BASE + (int)n };
		if (row->letter == 0)
			continue;
		letters[at++] = (char)row->letter;
		if (row->argument != NULL)
			letters[at++] = ':';
	}
	letters[at] = '\0';
	longs[n] = (struct option){ .name = NULL };
	return n;
}

static size_t
place_of(const struct options *options, int c)
{
	const struct option_row *row;
	size_t n = 0;

	if (c >= LONG_BASE)
		return (size_t)(c - LONG_BASE);
	while ((row = row_at(options, n)) != NULL && row->letter != c)
		n++;
	return n;
}

enum rp_status
options_parse(struct options *options, int argc, char **argv, int *n_operands_out,
              struct rp_error *err)
{
	char letters[LETTERS_SIZE];
	struct option longs[OPTIONS_MAX + 1];
	char program[] = "riposte", **args = calloc((size_t)argc + 2, sizeof(*args));
	enum rp_status st = RP_OK;
	int c;

	if (args == NULL)
		return rp_fail_memory(err);
	args[0] = program; /* getopt skips the program's name */
	memcpy(args + 1, argv, (size_t)argc * sizeof(*args));
	fill_tables(options, letters, longs);

	optind = 0;
	opterr = 0;
	while (st == RP_OK &&
	       (c = getopt_long(argc + 1, args, letters, longs, NULL)) != -1) {
		const char *given = args[optind > 0 ? optind - 1 : 0];

		if (c == '?' && optopt != 0 && optopt < LONG_BASE)
			st = rp_fail(err, RP_BAD_USAGE, "unknown option \"-%c\"", optopt);
		else if (c == '?')
			st = rp_fail(err, RP_BAD_USAGE, "unknown option \"%s\"", given);
		else if (c == ':')
			st = rp_fail(err, RP_BAD_USAGE, "option \"%s\" needs an argument",
			             given);
		else
			options->values[place_of(options, c)] = optarg ? optarg : "";
	}
	if (st == RP_OK) {
		*n_operands_out = argc + 1 - optind;
		memcpy(argv, args + optind, (size_t)*n_operands_out * sizeof(*args));
	}
	free(args);
	return st;
}

bool
options_have(const struct options *options, const char *name)
{
	const struct option_row *row;

	for (size_t n = 0; (row = row_at(options, n)) != NULL; n++)
		if (strcmp(row->name, name) == 0)
			return true;
	return false;
}

const char *
option(const struct options *options, const char *name)
{
	const struct option_row *row;

	for (size_t n = 0; (row = row_at(options, n)) != NULL; n++)
		if (strcmp(row->name, name) == 0)
			return options->values[n];
	assert(0 && "an option that is in no group");
	return NULL;
}

enum rp_status
option_number(const struct options *options, const char *name, int64_t low, int64_t high,
              int64_t otherwise, int64_t *out, struct rp_error *err)
{
	const char *text = option(options, name);
	char *end;
	long long value;

	if (text == NULL) {
		*out = otherwise;
		return RP_OK;
	}
	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || value < low || value > high)
		return rp_fail(
			err, RP_BAD_USAGE,
			"--%s takes a whole number from %lld to %lld, not \"%.40s\"",
			name, (long long)low, (long long)high, text);
	*out = value;
	return RP_OK;
}

enum { HELP_COLUMN = 24, HELP_WIDTH = 80 };

/* Words of `help` from HELP_COLUMN on; the first line has begun at `column`. */
static void
print_help_text(FILE *out, const char *help, int column)
{
	if (column >= HELP_COLUMN) {
		fputc('\n', out);
		column = 0;
	}
	fprintf(out, "%*s", HELP_COLUMN - column, "");
	column = HELP_COLUMN;
	while (*help != '\0') {
		int n = (int)strcspn(help, " ");

		if (column + n > HELP_WIDTH) {
			fprintf(out, "\n%*s", HELP_COLUMN, "");
			column = HELP_COLUMN;
		}
		fprintf(out, "%.*s", n, help);
		column += n;
		help += n;
		if (*help == ' ') {
			help++;
			if (column + 1 + (int)strcspn(help, " ") <= HELP_WIDTH) {
				fputc(' ', out);
				column++;
			} else {
				column = HELP_WIDTH;
			}
		}
	}
	fputc('\n', out);
}

void
options_print(FILE *out, const struct option_row *rows)
{
	for (const struct option_row *row = rows; row->name != NULL; row++) {
		int n = row->letter ? fprintf(out, "  -%c, --%s", row->letter, row->name)
		                    : fprintf(out, "      --%s", row->name);

		if (row->argument != NULL)
			n += fprintf(out, "%s%s", row->argument[0] == '[' ? "" : " ",
			             row->argument);
		print_help_text(out, row->help, n < 0 ? 0 : n);
	}
}
