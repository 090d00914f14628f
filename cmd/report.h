/*
 * What is said: complaints and summaries on stderr, data on stdout, and the exit status.
 */
#ifndef RIPOSTE_CMD_REPORT_H
#define RIPOSTE_CMD_REPORT_H

#include "cmd/command.h"

#include <stdio.h>

/*
 * "riposte: WHERE: text" on stderr, one line of at most 200 bytes, nothing a terminal
 * would act on.  What is too long loses its middle: "(the next step)" at its end stays.
 */
void report(const char *format, ...) RP_PRINTF(1, 2);

/* A store_finding: said, and counted in *(size_t *)context. */
void report_finding(void *context, const char *sentence);

/* An error as a line on stderr; gives the exit status it stands for. */
int report_error(const struct rp_error *err);

/* "riposte: …" and the line that shows the command's usage; gives EXIT_USAGE. */
int report_usage(const struct invocation *inv, const char *format, ...) RP_PRINTF(2, 3);

/* The one place where statuses of the core become exit statuses. */
int exit_status_of(enum rp_status status);

/* Usage, summary and options of a command, of import the formats too, on `out`. */
void report_help(FILE *out, const struct command *command);

/*
 * Everything printed is on its way, or EXIT_IO with a complaint: a full disk is an error.
 * A reader that went away (SIGPIPE) is none.
 */
int finish_output(FILE *out, int exit_status);

/*
 * Where data goes: stdout, or the file named by --output, which appears when it is
 * complete.
 */
struct output {
	FILE *stream;
	struct new_file *file; /* NULL: stdout */
};
enum rp_status output_open(const struct invocation *inv, struct output *out,
                           struct rp_error *err) RP_MUST_USE;
/* Complete (exit_status says the command did its work) or drop it;
 * gives the exit status. */
int output_close(struct output *out, int exit_status);

#endif
