/*
 * What every unit and contract test includes: cmocka with the headers it needs before it
 * (clang-format would sort them behind), and the few words our specs share.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_SPEC_H
#define RIPOSTE_TESTS_SUPPORT_SPEC_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "core/base/error.h"
#include "core/base/slice.h"

/* The text of a slice and the text expected, compared as a whole. */
#define assert_slice(slice, expected)                                                    \
	assert_slice_at((slice), rp_slice_str(expected), __FILE__, __LINE__)

static inline void
assert_slice_at(struct rp_slice got, struct rp_slice want, const char *file, int line)
{
	if (rp_slice_eq(got, want))
		return;
	print_error("%s:%d: got \"%.*s\"\n%s:%d: want \"%.*s\"\n", file, line,
	            RP_FMT(got), file, line, RP_FMT(want));
	_fail(file, line);
}

/* RP_OK, or the error's own words in the report. */
#define assert_ok(status, err)                                                           \
	do {                                                                             \
		enum rp_status assert_ok_status = (status);                              \
		if (assert_ok_status != RP_OK)                                           \
			fail_msg("status %d: %s", (int)assert_ok_status, (err).text);    \
	} while (0)

#endif
