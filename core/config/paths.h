/*
 * Which files we mean: the archive, the config file, the people file.
 *
 * Nothing is opened or made here.  Paths come out with a NUL behind them, in the arena.
 * Precedence is the same everywhere: flag, environment, what is there, default.
 */
#ifndef RIPOSTE_CORE_CONFIG_PATHS_H
#define RIPOSTE_CORE_CONFIG_PATHS_H

#include "core/base/arena.h"
#include "core/base/error.h"

/*
 * The archive: flag (--archive, NULL: not given), else $RIPOSTE_ARCHIVE, else
 * ./riposte.db if it is there, else $XDG_DATA_HOME/riposte/riposte.db (~/.local/share).
 * It need not exist.
 *
 * RP_BAD_USAGE   the flag is an empty text
 * RP_BAD_CONFIG  none of these, and no $HOME either
 */
enum rp_status path_archive(struct arena *arena, const char *flag, const char **out,
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
