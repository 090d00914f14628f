/*
 * Which files we mean: the archive, the config file, the people file.
 *
 * Nothing is made here, and nothing opened but a config file that names the archive.
 * Paths come out with a NUL behind them, in the arena.  Precedence is the same
 * everywhere: flag, environment, config file, what is there, default.
 */
#ifndef RIPOSTE_CORE_CONFIG_PATHS_H
#define RIPOSTE_CORE_CONFIG_PATHS_H

#include "core/base/arena.h"
#include "core/base/error.h"

/*
 * The archive: flag (--archive, NULL: not given), else $RIPOSTE_ARCHIVE, else [archive]
 * path of the config file (config_flag: --config), else ./riposte.db if it is there, else
 * $XDG_DATA_HOME/riposte/riposte.db (~/.local/share).  It need not exist.
 *
 * The config file is looked at only where it counts, and only for this one setting.
 *
 * RP_BAD_USAGE   the flag is an empty text
 * RP_BAD_CONFIG  none of these, and no $HOME either; or that setting makes no sense
 */
enum rp_status path_archive(struct arena *arena, const char *flag,
                            const char *config_flag, const char **out,
                            struct rp_error *err) RP_MUST_USE;

/* The config file: flag (--config), else $XDG_CONFIG_HOME/riposte/riposte.conf. */
enum rp_status path_config(struct arena *arena, const char *flag, const char **out,
                           struct rp_error *err) RP_MUST_USE;

/*
 * The people file, the first that is there of: ARCHIVE.people.ini beside the archive
 * ("riposte.db.people.ini"), the same without ".db" ("riposte.people.ini"), people.ini
 * beside the config file.  config may be NULL.  RP_NOT_FOUND: none of them, which is no
 * error.
 */
enum rp_status path_people(struct arena *arena, const char *archive, const char *config,
                           const char **out, struct rp_error *err) RP_MUST_USE;

#endif
