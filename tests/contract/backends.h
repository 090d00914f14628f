/*
 * The backends that must keep the contract of storage/store.h.  A new one: a line in
 * backends.c and its name in meson.build.
 */
#ifndef RIPOSTE_TESTS_CONTRACT_BACKENDS_H
#define RIPOSTE_TESTS_CONTRACT_BACKENDS_H

#include "storage/store.h"

struct backend {
	const char *name;
	/* path: a file that is not there yet, in a directory of the test's own */
	enum rp_status (*open)(const char *path, struct store **out,
	                       struct rp_error *err);
	bool durable; /* closed and opened again it has what it had */
	bool packs;   /* everything is packed together after every commit */
};

/* NULL: no backend of that name. */
const struct backend *backend_find(const char *name);

#endif
