#include "core/config/paths.h"

#include "core/config/settings.h"

#include <stdlib.h>
#include <unistd.h>

/* "" in the environment is as good as nothing. */
static const char *
environment(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && *value != '\0' ? value : NULL;
}

static enum rp_status
join(struct arena *arena, struct rp_slice a, const char *b, const char **out,
     struct rp_error *err)
{
	struct rp_slice path;

	if (!arena_join(arena, a, rp_slice_str(b), &path))
		return rp_fail_memory(err);
	*out = path.p;
	return RP_OK;
}

/*
 * A file of ours below a base directory.  The XDG specification wants paths that are not
 * absolute ignored.
 */
static enum rp_status
below_home(struct arena *arena, const char *variable, const char *in_home,
           const char *file, const char **out, struct rp_error *err)
{
	const char *base = environment(variable), *home = environment("HOME");
	enum rp_status st;

	if (base != NULL && base[0] == '/')
		return join(arena, rp_slice_str(base), file, out, err);
	if (home == NULL)
		return rp_fail(err, RP_BAD_CONFIG,
		               "neither $%s nor $HOME says where files go: set HOME",
		               variable);
	st = join(arena, rp_slice_str(home), in_home, &base, err);
	return st == RP_OK ? join(arena, rp_slice_str(base), file, out, err) : st;
}

static enum rp_status
from_flag(struct arena *arena, const char *flag, const char *name, const char **out,
          struct rp_error *err)
{
	if (*flag == '\0')
		return rp_fail(err, RP_BAD_USAGE, "--%s needs the name of a file", name);
	return join(arena, rp_slice_str(flag), "", out, err);
}

/* Without a home there is no config file, and that is no error here. */
static enum rp_status
from_config(struct arena *arena, const char *config_flag, const char **out,
            struct rp_error *err)
{
	const char *config;

	if (path_config(arena, config_flag, &config, err) != RP_OK)
		return err->status == RP_BAD_CONFIG ? RP_NOT_FOUND : err->status;
	return config_archive(arena, config, out, err);
}

enum rp_status
path_archive(struct arena *arena, const char *flag, const char *config_flag,
             const char **out, struct rp_error *err)
{
	const char *named = environment("RIPOSTE_ARCHIVE");
	enum rp_status st;

	if (flag != NULL)
		return from_flag(arena, flag, "archive", out, err);
	if (named != NULL)
		return join(arena, rp_slice_str(named), "", out, err);
	st = from_config(arena, config_flag, out, err);
	if (st != RP_NOT_FOUND)
		return st;
	if (access("./riposte.db", F_OK) == 0)
		return join(arena, RP_SLICE("./riposte.db"), "", out, err);
	return below_home(arena, "XDG_DATA_HOME", "/.local/share", "/riposte/riposte.db",
	                  out, err);
}

enum rp_status
path_config(struct arena *arena, const char *flag, const char **out, struct rp_error *err)
{
	if (flag != NULL)
		return from_flag(arena, flag, "config", out, err);
	return below_home(arena, "XDG_CONFIG_HOME", "/.config", "/riposte/riposte.conf",
	                  out, err);
}

/* Everything up to the last "/", that included; empty when there is none. */
static struct rp_slice
directory_of(const char *path)
{
	struct rp_slice directory = rp_slice_str(path);

	while (directory.n > 0 && directory.p[directory.n - 1] != '/')
		directory.n--;
	return directory;
}

enum rp_status
path_people(struct arena *arena, const char *archive, const char *config,
            const char **out, struct rp_error *err)
{
	const char *candidates[3] = { NULL };
	struct rp_slice stem = rp_slice_str(archive);
	enum rp_status st;

	if (rp_slice_ends(stem, RP_SLICE(".db")))
		stem.n -= 3;
	if ((st = join(arena, rp_slice_str(archive), ".people.ini", &candidates[0],
	               err)) != RP_OK ||
	    (st = join(arena, stem, ".people.ini", &candidates[1], err)) != RP_OK)
		return st;
	if (config != NULL && (st = join(arena, directory_of(config), "people.ini",
	                                 &candidates[2], err)) != RP_OK)
		return st;

	for (size_t i = 0; i < 3; i++)
		if (candidates[i] != NULL && access(candidates[i], F_OK) == 0) {
			*out = candidates[i];
			return RP_OK;
		}
	return rp_fail(err, RP_NOT_FOUND, "no people file");
}
