/*
 * What we look at in a zip file ourselves, before a library gets to see it.
 */
#ifndef RIPOSTE_CORE_PARSE_ARCHIVE_ZIP_H
#define RIPOSTE_CORE_PARSE_ARCHIVE_ZIP_H

#include "core/base/error.h"

/*
 * Is its directory there, and of a size that can be held?  RP_BAD_SOURCE says what is
 * wrong.  A download that broke off has none: it stands at the end.
 */
enum rp_status zip_check(int fd, uint64_t begin, uint64_t end,
                         struct rp_error *err) RP_MUST_USE;

#endif
