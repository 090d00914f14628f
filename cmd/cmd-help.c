#include "cmd/report.h"

#include <stdio.h>

int
cmd_help(struct invocation *inv)
{
	const struct command *command;

	if (inv->n_operands == 0) {
		command_list(stdout);
		return finish_output(stdout, EXIT_DONE);
	}
	command = command_find(inv->operands[0]);
	if (command == NULL)
		return report_usage(inv, "there is no command \"%.60s\"",
		                    inv->operands[0]);
	report_help(stdout, command);
	return finish_output(stdout, EXIT_DONE);
}

int
cmd_version(struct invocation *inv)
{
	(void)inv;
	puts("riposte " RIPOSTE_VERSION);
	return finish_output(stdout, EXIT_DONE);
}
