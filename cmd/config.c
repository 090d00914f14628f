#include "cmd/config.h"

#include "cmd/report.h"
#include "core/collect/fetcher.h"
#include "core/config/paths.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

const struct setting_row *
config_settings(struct rp_slice collector)
{
	const struct fetcher_ops *ops = fetcher_find(collector);

	return ops != NULL ? ops->settings : NULL;
}

enum rp_status
config_load(const struct invocation *inv, struct arena *arena, struct config *out,
            struct rp_error *err)
{
	const char *flag = option(&inv->options, "config"), *path;
	enum rp_status st = path_config(arena, flag, &path, err);

	return st == RP_OK
	               ? config_read(arena, path, flag != NULL, config_settings, out, err)
	               : st;
}

enum rp_status
config_absolute(struct arena *arena, const char *path, struct rp_slice *out,
                struct rp_error *err)
{
	char here[PATH_MAX];

	if (path[0] == '/' || path[0] == '\0')
		return arena_copy(arena, rp_slice_str(path), out) ? RP_OK
		                                                  : rp_fail_memory(err);
	if (path[0] == '.' && path[1] == '/')
		path += 2;
	if (getcwd(here, sizeof(here)) == NULL)
		return rp_fail_errno(err, RP_FAILED, errno,
		                     "where we are cannot be found out");
	return arena_printf(arena, out, "%s/%s", here[1] != '\0' ? here : "", path)
	               ? RP_OK
	               : rp_fail_memory(err);
}

int
config_refuse_secrets(int argc, char **argv)
{
	static const char *const words[] = { "--token", "--password", "--secret",
		                             "--api-key", "--bearer" };

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		for (size_t j = 0; j < sizeof(words) / sizeof(*words); j++) {
			size_t n = strlen(words[j]);

			if (strncmp(argv[i], words[j], n) != 0 ||
			    (argv[i][n] != '\0' && argv[i][n] != '='))
				continue;
			report("there is no %s, as everybody on this machine can read "
			       "command lines; write token = file:PATH into the config "
			       "file (see riposte-config(5))",
			       words[j]);
			return EXIT_USAGE;
		}
	return EXIT_DONE;
}
