/*
 * Bytes put aside for a while: in memory as long as they have room there, then in a file
 * without a name, but for the last of them.
 */
#ifndef RIPOSTE_CORE_BASE_SPOOL_H
#define RIPOSTE_CORE_BASE_SPOOL_H

#include "core/base/buf.h"

struct spool {
	struct rp_buf memory; /* what is not in the file */
	size_t most;          /* bytes in it */
	int fd;
	bool on_disk;     /* there is an fd */
	uint64_t written; /* bytes in the file */
	uint64_t n;       /* bytes in all */
};

void spool_init(struct spool *spool, size_t memory_bytes);
void spool_done(struct spool *spool);
DEFINE_CLEANUP_DONE(struct spool, spool_done);

/* Behind what is there: spool->n was its place.  RP_FAILED: memory, or the disk. */
enum rp_status spool_add(struct spool *spool, struct rp_slice bytes,
                         struct rp_error *err) RP_MUST_USE;

/* What was added at that place, all n bytes of it, appended to out. */
enum rp_status spool_read(const struct spool *spool, uint64_t at, size_t n,
                          struct rp_buf *out, struct rp_error *err) RP_MUST_USE;

#endif
