/*
 * Options: tables from which parsing, --help and the man pages' lists are made.
 */
#ifndef RIPOSTE_CMD_OPTIONS_H
#define RIPOSTE_CMD_OPTIONS_H

#include "core/base/error.h"
#include "core/base/slice.h"

#include <stdio.h>

struct option_row {
	int letter;           /* 0: no short form */
	const char *name;     /* long form; NULL ends a table */
	const char *argument; /* what it takes, "FILE"; NULL: nothing; "[=FILE]": long
	                         form, with or without */
	const char *help;     /* one line */
};

/* Taken by every command, also before its name. */
extern const struct option_row options_common[];
/* Of commands that show posts: format, file, zone. */
extern const struct option_row options_output[];
/* Of commands that choose posts: limit, since, until. */
extern const struct option_row options_range[];

enum { OPTIONS_MAX_GROUPS = 4, OPTIONS_MAX = 40 };

struct options {
	const struct option_row *groups[OPTIONS_MAX_GROUPS + 1]; /* NULL-terminated */
	const char *values[OPTIONS_MAX]; /* by place in the groups; "" when given without
	                                    one */
};

/*
 * Parse argv[0..argc) with getopt_long's rules ("--" ends options, options may stand
 * among operands) and move the operands to the front; their number is *n_operands_out.
 * The last of a repeated option wins.  RP_BAD_USAGE: an option nobody knows, or one
 * without its argument.
 */
enum rp_status options_parse(struct options *options, int argc, char **argv,
                             int *n_operands_out, struct rp_error *err) RP_MUST_USE;

/* The argument of an option, NULL when it was not given.  The name must be in a group. */
const char *option(const struct options *options, const char *name);

/* Is the name in a group? */
bool options_have(const struct options *options, const char *name);

/* As a number from low to high; `otherwise` when not given.  RP_BAD_USAGE names the
 * option. */
enum rp_status option_number(const struct options *options, const char *name, int64_t low,
                             int64_t high, int64_t otherwise, int64_t *out,
                             struct rp_error *err) RP_MUST_USE;

/* "  -n, --limit N   at most N posts", a line each, wrapped to 80 columns. */
void options_print(FILE *out, const struct option_row *rows);

#endif
