/*
 * Libraries that are loaded when they are first needed.
 *
 * Every function that is used of one is a row of a list, and a member of a struct that
 * has the type its header gives it:
 *
 *	#define FUNCTIONS(X) X(archive_read_new) X(archive_read_free)
 *	static struct { FUNCTIONS(LAZY_MEMBER) } lib;
 *	static const char *const names[] = { FUNCTIONS(LAZY_NAME) };
 *
 *	st = lazy_load(LIBARCHIVE_SONAME, names, &lib, sizeof(lib), err);
 *	...
 *	lib.archive_read_new();
 */
#ifndef RIPOSTE_CORE_BASE_LAZY_H
#define RIPOSTE_CORE_BASE_LAZY_H

#include "core/base/error.h"

#define LAZY_MEMBER(function) __typeof__(function) *function;
#define LAZY_NAME(function) #function,

/*
 * Look up the functions, unless that was done before; the library stays until the end of
 * the program.  RP_BAD_CONFIG: it, or one of them, is not on this machine.  Nothing of
 * *functions was written then.
 */
enum rp_status lazy_load(const char *soname, const char *const *names, void *functions,
                         size_t functions_bytes, struct rp_error *err) RP_MUST_USE;

#endif
