/*
 * Commands: one row each in commands.c, one file each in cmd-*.c.
 */
#ifndef RIPOSTE_CMD_COMMAND_H
#define RIPOSTE_CMD_COMMAND_H

#include "cmd/options.h"
#include "core/base/error.h"
#include "core/base/slice.h"
#include "core/config/settings.h"
#include "storage/store.h"

/* Exit statuses; riposte(1) prints the table. */
enum exit_status {
	EXIT_DONE = 0,
	EXIT_NOTHING = 1, /* looked, found nothing */
	EXIT_REJECTS = 3, /* done, but some records were rejected (and are kept) */
	EXIT_USAGE = 64,
	EXIT_UNREADABLE = 65, /* no record of the input could be read */
	EXIT_UNAVAILABLE = 69,
	EXIT_BUG = 70,
	EXIT_IO = 74,
	EXIT_LATER = 75,
	EXIT_DAMAGED = 76,
	EXIT_CONFIG = 78,
};

enum needs {
	NEEDS_NOTHING,
	NEEDS_STORE,        /* opened for reading, in one snapshot */
	NEEDS_STORE_WRITE,  /* must exist */
	NEEDS_STORE_CREATE, /* made if it is not there */
	NEEDS_STORE_MAYBE,  /* for reading, if it is there */
	/* Or it: the config file, read and checked.  Alone, or with one of them, it has
	 * main() find out where the archive is, too. */
	NEEDS_CONFIG = 16,
	/* Only to know where the archive is. */
	NEEDS_PATH = 32,
};

/* What a command is run with. */
struct invocation {
	const struct command *command;
	struct options options; /* all of them, by name: see options.h */
	char **operands;        /* what is no option */
	int n_operands;
	struct store *store;         /* as command->needs says, else NULL */
	const char *archive;         /* its path */
	const struct config *config; /* as command->needs says, else NULL */
	int64_t now;
};

struct command {
	const char *name;
	unsigned needs;                     /* of enum needs */
	int (*run)(struct invocation *inv); /* gives an exit status */
	const char *operands;               /* "FILE… | -" */
	const char *summary;                /* one line */
	const struct option_row
		*option_groups[OPTIONS_MAX_GROUPS]; /* NULL-terminated; common ones apart
	                                             */
	int min_operands, max_operands;             /* -1: any number */
	/* What else operands and options must be, before anything is opened; NULL:
	 * nothing. */
	int (*check)(const struct invocation *inv);
};

extern const struct command commands[];
extern const size_t n_commands;

/* By name; NULL when there is none. */
const struct command *command_find(const char *name);

/* Its options and the common ones, nothing given yet. */
void command_options(const struct command *command, struct options *options);

/* Every command with its summary. */
void command_list(FILE *out);

int cmd_backup(struct invocation *inv);
int check_backup(const struct invocation *inv);
int cmd_collect(struct invocation *inv);
int cmd_fill(struct invocation *inv);
int cmd_recheck(struct invocation *inv);
int check_recheck(const struct invocation *inv);
int cmd_import(struct invocation *inv);
int check_import(const struct invocation *inv);
int cmd_thread(struct invocation *inv);
int check_thread(const struct invocation *inv);
int cmd_exchange(struct invocation *inv);
int check_exchange(const struct invocation *inv);
int cmd_timeline(struct invocation *inv);
int cmd_search(struct invocation *inv);
int check_query(const struct invocation *inv); /* of timeline and search */
int cmd_show(struct invocation *inv);
int check_show(const struct invocation *inv);
int cmd_capture(struct invocation *inv);
int check_capture(const struct invocation *inv);
int cmd_person(struct invocation *inv);
int check_person(const struct invocation *inv);
int cmd_source(struct invocation *inv);
int check_source(const struct invocation *inv);
int cmd_doctor(struct invocation *inv);
int cmd_schedule(struct invocation *inv);
int check_schedule(const struct invocation *inv);
int cmd_merge(struct invocation *inv);
int check_merge(const struct invocation *inv);
int cmd_gaps(struct invocation *inv);
int check_gaps(const struct invocation *inv);
int cmd_stats(struct invocation *inv);
int cmd_verify(struct invocation *inv);
int check_verify(const struct invocation *inv);
int cmd_rebuild(struct invocation *inv);
int cmd_compact(struct invocation *inv);
int cmd_export(struct invocation *inv);
int check_export(const struct invocation *inv);
int cmd_help(struct invocation *inv);
int cmd_version(struct invocation *inv);

#endif
