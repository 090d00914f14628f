/*
 * The config file as commands see it.
 *
 * A command whose row says NEEDS_CONFIG has it in inv->config.  doctor looks for itself,
 * since a broken one is what it is there for.
 */
#ifndef RIPOSTE_CMD_CONFIG_H
#define RIPOSTE_CMD_CONFIG_H

#include "cmd/command.h"
#include "core/base/arena.h"

/* Of a collector, by its name: a config_collector. */
const struct setting_row *config_settings(struct rp_slice collector);

/* Read the file of --config, or one's own, if it is there, with the collectors there are.
 * The arena: CONFIG_CEILING_BYTES. */
enum rp_status config_load(const struct invocation *inv, struct arena *arena,
                           struct config *out, struct rp_error *err) RP_MUST_USE;

/*
 * The path of the program, of the archive, and of the config file (empty: there is none)
 * from "/" on, for lines that others will run.
 */
enum rp_status config_absolute(struct arena *arena, const char *path,
                               struct rp_slice *out, struct rp_error *err) RP_MUST_USE;

/*
 * Secrets on the command line are refused before anything else, and not repeated: every
 * user of the machine can read it.  EXIT_DONE: there are none.
 */
int config_refuse_secrets(int argc, char **argv);

#endif
