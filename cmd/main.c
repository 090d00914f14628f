/*
 * The front door: find the command, parse its options, open what it needs, run it.
 */
#include "cmd/command.h"
#include "cmd/config.h"
#include "cmd/report.h"
#include "core/base/file.h"
#include "core/base/near.h"
#include "core/base/time.h"
#include "core/config/paths.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static int
unknown_command(const char *name)
{
	const struct command *nearest = NULL;
	size_t best = 3;

	for (size_t i = 0; i < n_commands; i++) {
		size_t d =
			near_distance(rp_slice_str(name), rp_slice_str(commands[i].name));

		if (d < best) {
			best = d;
			nearest = &commands[i];
		}
	}
	if (nearest != NULL)
		report("there is no command \"%.60s\"; did you mean \"%s\"?", name,
		       nearest->name);
	else
		report("there is no command \"%.60s\" (see \"riposte help\")", name);
	return EXIT_USAGE;
}

/* Options that may stand before the command: taken over, the rest is what follows. */
static int
skip_common(int argc, char **argv)
{
	int i = 1;

	while (i < argc && argv[i][0] == '-' && argv[i][1] != '\0') {
		bool takes = strcmp(argv[i], "-A") == 0 ||
		             strcmp(argv[i], "--archive") == 0 ||
		             strcmp(argv[i], "--config") == 0;

		i += takes ? 2 : 1;
	}
	return i < argc ? i : argc;
}

static int
open_store(struct invocation *inv, struct rp_error *err)
{
	static const enum store_mode modes[] = { [NEEDS_STORE] = STORE_READ,
		                                 [NEEDS_STORE_WRITE] = STORE_WRITE,
		                                 [NEEDS_STORE_CREATE] = STORE_CREATE,
		                                 [NEEDS_STORE_MAYBE] = STORE_READ };
	const unsigned needs =
		inv->command->needs & ~((unsigned)NEEDS_CONFIG | (unsigned)NEEDS_PATH);
	enum rp_status st;
	bool created = false;

	if (needs == NEEDS_NOTHING)
		return EXIT_DONE;
	st = store_sqlite_open(inv->archive, modes[needs], &inv->store, &created, err);
	if (st == RP_NOT_FOUND && needs == NEEDS_STORE_MAYBE)
		return EXIT_DONE;
	if (st == RP_NOT_FOUND) {
		report("%.300s: no archive there (\"riposte import FILE\" makes one)",
		       inv->archive);
		return EXIT_IO;
	}
	if (st == RP_OK && modes[needs] == STORE_READ)
		st = store_begin_read(inv->store, err);
	if (st != RP_OK) {
		rp_error_where(err, "%s", inv->archive);
		return report_error(err);
	}
	if (created && option(&inv->options, "quiet") == NULL)
		report("made a new archive, %.300s", inv->archive);
	return EXIT_DONE;
}

static int
count_operands(const struct invocation *inv)
{
	const struct command *command = inv->command;

	if (inv->n_operands < command->min_operands)
		return report_usage(inv, "%s: not enough arguments; it takes %s",
		                    command->name, command->operands);
	if (command->max_operands >= 0 && inv->n_operands > command->max_operands)
		return report_usage(inv, "%s: too many arguments; it takes %s",
		                    command->name,
		                    command->operands[0] ? command->operands : "none");
	return EXIT_DONE;
}

/* What a config file needs is asked for by those alone who read one. */
static enum rp_status
open_config(struct invocation *inv, struct arena **arena, struct config *config,
            struct rp_error *err)
{
	enum rp_status st;

	if (!(inv->command->needs & NEEDS_CONFIG))
		return RP_OK;
	*arena = arena_new(CONFIG_CEILING_BYTES);
	if (*arena == NULL)
		return rp_fail_memory(err);
	st = config_load(inv, *arena, config, err);
	inv->config = config;
	return st;
}

static int
run(struct invocation *inv)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	CLEANUP(arena_free) struct arena *of_config = NULL;
	struct config config;
	struct rp_error err = { .status = RP_OK };
	int exit_status = EXIT_DONE;

	if (arena == NULL) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	if (inv->command->needs != NEEDS_NOTHING &&
	    path_archive(arena, option(&inv->options, "archive"),
	                 option(&inv->options, "config"), &inv->archive, &err) != RP_OK)
		return report_error(&err);
	if (open_config(inv, &of_config, &config, &err) != RP_OK)
		return report_error(&err);
	if (inv->command->check != NULL)
		exit_status = inv->command->check(inv);
	if (exit_status == EXIT_DONE)
		exit_status = open_store(inv, &err);
	if (exit_status == EXIT_DONE)
		exit_status = inv->command->run(inv);
	inv->store = store_close(inv->store);
	return exit_status;
}

/*
 * The options before the command's name are parsed together with those behind it: the
 * name is taken out of the middle.
 */
static int
dispatch(int argc, char **argv)
{
	struct invocation inv = { .now = RP_TIME_UNKNOWN };
	int at = skip_common(argc, argv), n = 0, exit_status;
	struct rp_error err = { .status = RP_OK };

	if (config_refuse_secrets(argc, argv) != EXIT_DONE)
		return EXIT_USAGE;
	if (at == argc) {
		if (argc > 1 &&
		    (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
			command_list(stdout);
			return finish_output(stdout, EXIT_DONE);
		}
		if (argc > 1 && strcmp(argv[1], "--version") == 0)
			return cmd_version(&inv);
		command_list(stderr);
		return EXIT_USAGE;
	}
	inv.command = command_find(argv[at]);
	if (inv.command == NULL)
		return unknown_command(argv[at]);

	for (int i = at; i + 1 < argc; i++)
		argv[i] = argv[i + 1];
	command_options(inv.command, &inv.options);
	if (options_parse(&inv.options, argc - 2, argv + 1, &n, &err) != RP_OK)
		return err.status == RP_BAD_USAGE ? report_usage(&inv, "%s", err.text)
		                                  : report_error(&err);
	inv.operands = argv + 1;
	inv.n_operands = n;
	if (option(&inv.options, "help") != NULL) {
		report_help(stdout, inv.command);
		return finish_output(stdout, EXIT_DONE);
	}
	exit_status = count_operands(&inv);
	if (exit_status != EXIT_DONE)
		return exit_status;
	return rp_now(&inv.now, &err) == RP_OK ? run(&inv) : report_error(&err);
}

int
main(int argc, char **argv)
{
	file_guard_standard_descriptors();
	/* A file size limit is an error of write(), not a reason to die. */
	signal(SIGXFSZ, SIG_IGN);
	return dispatch(argc, argv);
}
