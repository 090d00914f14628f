#include "tests/contract/backends.h"

static enum rp_status
open_memory(const char *path, struct store **out, struct rp_error *err)
{
	(void)path;
	return store_memory_open(out, err);
}

static enum rp_status
open_sqlite(const char *path, struct store **out, struct rp_error *err)
{
	return store_sqlite_open(path, STORE_CREATE, out, NULL, err);
}

/* clang-format off */
static const struct backend backends[] = {
	{ "memory", open_memory, false, false },
	{ "sqlite", open_sqlite, true, false },
	{ "sealed", open_sqlite, true, true },
};
/* clang-format on */

const struct backend *
backend_find(const char *name)
{
	for (size_t i = 0; i < sizeof(backends) / sizeof(backends[0]); i++)
		if (strcmp(backends[i].name, name) == 0)
			return &backends[i];
	return NULL;
}
