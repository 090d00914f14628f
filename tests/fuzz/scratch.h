/* What the targets that need an archive share: one on disk that goes away, and checks. */
#ifndef RIPOSTE_TESTS_FUZZ_SCRATCH_H
#define RIPOSTE_TESTS_FUZZ_SCRATCH_H

#include "storage/store.h"

/* Abort with these words, which is what a fuzzer looks for, unless it holds. */
void require(bool truth, const char *what);

/*
 * A new archive in /dev/shm, or where there is none in /tmp, in place of the one before,
 * which must be closed.  The last one goes when the process ends by itself.
 */
struct store *scratch_open(void) RP_MUST_USE;

/* Append all bytes of a capture to out. */
enum rp_status scratch_bytes(struct store *store, int64_t capture, struct rp_buf *out,
                             struct rp_error *err) RP_MUST_USE;

#endif
