#include "core/base/lazy.h"

#include <dlfcn.h>
#include <string.h>

/* POSIX: what dlsym() gives can be a function, though C has no such conversion. */
_Static_assert(sizeof(void *) == sizeof(void (*)(void)), "a function in a pointer");

enum { FUNCTIONS_MAX = 64 };

static enum rp_status
missing(const char *what, struct rp_error *err)
{
	return rp_fail(err, RP_BAD_CONFIG,
	               "cannot be done without %s, which is not on this machine", what);
}

enum rp_status
lazy_load(const char *soname, const char *const *names, void *functions,
          size_t functions_bytes, struct rp_error *err)
{
	const size_t n = functions_bytes / sizeof(void *);
	void *found[FUNCTIONS_MAX] = { NULL }, *library;

	memcpy(found, functions, sizeof(void *));
	if (found[0] != NULL)
		return RP_OK;
	if (n > FUNCTIONS_MAX)
		return rp_fail(err, RP_FAILED, "%s: too many functions", soname);
	library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
	if (library == NULL)
		return missing(soname, err);
	for (size_t i = 0; i < n; i++)
		if ((found[i] = dlsym(library, names[i])) == NULL)
			return missing(names[i], err);
	memcpy(functions, found, functions_bytes);
	return RP_OK;
}
