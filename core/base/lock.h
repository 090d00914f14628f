/*
 * Only one at a time: a lock of the operating system on a file of its own.
 *
 * It is free as soon as its holder ends, however that ends, so the file is never to be
 * removed by hand, and never is by us: it stays behind, empty.  What stands in it while
 * it is held, "PID START\n", is for who is refused.  No child inherits it.
 */
#ifndef RIPOSTE_CORE_BASE_LOCK_H
#define RIPOSTE_CORE_BASE_LOCK_H

#include "core/base/cleanup.h"
#include "core/base/error.h"

#include <stdint.h>

struct lock;

struct lock_holder {
	int64_t pid;   /* 0: not known; it has just begun, or ends */
	int64_t since; /* microseconds UTC by its clock; RP_TIME_UNKNOWN as well */
};

/*
 * Take it, without waiting.  The file is made when it is not there, 0600 whatever the
 * umask; its directory must be.  now: what to tell others as our start.
 *
 * RP_RETRY_LATER  somebody has it: *holder_out says who
 * RP_FAILED       the file cannot be made or locked, or is no regular file
 */
enum rp_status lock_take(const char *path, int64_t now, struct lock **out,
                         struct lock_holder *holder_out,
                         struct rp_error *err) RP_MUST_USE;

/* Who has it at the moment, without taking it; RP_NOT_FOUND: nobody. */
enum rp_status lock_look(const char *path, struct lock_holder *holder_out,
                         struct rp_error *err) RP_MUST_USE;

/* Give it back.  NULL is fine. */
struct lock *lock_free(struct lock *lock);
DEFINE_CLEANUP(struct lock *, lock_free);

#endif
