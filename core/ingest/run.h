/*
 * Inside of ingest: the run under way.
 */
#ifndef RIPOSTE_CORE_INGEST_RUN_H
#define RIPOSTE_CORE_INGEST_RUN_H

#include "core/base/map.h"
#include "core/collect/bundle.h"
#include "core/ingest/chains.h"
#include "core/ingest/ingest.h"

struct ingest {
	struct store *store;
	struct ingest_options options;
	struct tally tally;
	struct arena *batch;
	struct chains chains;
	int64_t run;         /* 0 until something was written */
	bool run_kept;       /* ... and committed */
	size_t refusals;     /* of memory, before it all; see run_finish() */
	struct map *sizes;   /* of captures, 8 bytes each; NULL until asked for */
	struct pages *pages; /* see page.c; NULL until asked for */
	bool cut_back;       /* what was covered of the future is */
	struct noted *noted; /* see with.c; NULL until something is */
	bool damaged; /* there are some of members that broke off; what they were to be
	               * long says nothing then */
	struct arena *kept;
};

/* Begin a transaction, and the run with the first one. */
enum rp_status run_begin(struct ingest *ingest, struct rp_error *err) RP_MUST_USE;

/*
 * End it: commit when st is RP_OK, else roll back, the run too when this would have been
 * its first transaction.  Gives st, or what the commit said.  Since memory was refused
 * nothing is committed any more: a record may have been rejected for that alone.
 */
enum rp_status run_finish(struct ingest *ingest, enum rp_status st,
                          struct rp_error *err) RP_MUST_USE;

/* Bytes that may be held: so many, if their source told the truth. */
struct again_bytes {
	uint64_t size;
	/*
	 * Of all of them.  RP_BAD_SOURCE, and why: they end early, *out is of those that
	 * came.  Anything else: it cannot be done.
	 */
	enum rp_status (*hash)(void *context, struct sha256 *out,
	                       struct rp_error *damage);
	void *context;
	bool hashed; /* set by again_note(): what has no way back is at its end */
	/* Set likewise: the capture that has them for what they lay beside, which nobody
	 * has read for itself; 0: none. */
	int64_t aside;
};

/* What came of a member. */
struct again_found {
	struct sha256 hash; /* of its bytes */
	uint64_t records;
	bool private; /* it was not read for that */
	bool aside;   /* nor for this: it was kept for what it lies beside */
};

/* Of a regular file, from where it stands and stays; context: a pointer to its
 * descriptor. */
enum rp_status again_hash_file(void *context, struct sha256 *out,
                               struct rp_error *damage);

/* RP_BAD_SOURCE: what is kept of bytes that end early, and why they do. */
enum rp_status again_damaged(const struct rp_error *damage, struct rp_error *err);

/*
 * The very bytes of a file are held, and were read as this file asks: note that they came
 * again, and count its records as same.  RP_NOT_FOUND: they are not, read it; else
 * *out, which may be NULL, is of them.
 */
enum rp_status again_note(struct ingest *ingest, const struct import_file *file,
                          struct again_bytes *bytes, struct again_found *out,
                          struct rp_error *err) RP_MUST_USE;

/*
 * The capture that was last read out of these bytes, if that was as this file asks; texts
 * are left out.  RP_NOT_FOUND.  Reads every capture's row, if the bytes are held at all.
 */
enum rp_status again_held(struct ingest *ingest, const struct import_file *file,
                          const struct sha256 *hash, struct capture *out,
                          struct rp_error *err) RP_MUST_USE;

/* Note that bytes that lay beside a file came again, by themselves, and say nothing of
 * their own. */
enum rp_status again_note_aside(struct ingest *ingest, const struct again_bytes *bytes,
                                struct rp_error *err) RP_MUST_USE;

/* A capture of so many bytes has become complete. */
enum rp_status again_remember(struct ingest *ingest, uint64_t size,
                              struct rp_error *err) RP_MUST_USE;

/* Let go of ingest->pages, of ingest->noted. */
struct pages *pages_free(struct pages *pages);
struct noted *noted_free(struct noted *noted);

/* What goes with a page, into the open transaction; and what waits since ingest_note(),
 * which is to be forgotten once that is committed. */
struct ingest_with;
enum rp_status with_put(struct ingest *ingest, const struct ingest_with *with,
                        struct rp_error *err) RP_MUST_USE;
enum rp_status with_put_noted(struct ingest *ingest, struct rp_error *err) RP_MUST_USE;
void with_forget_noted(struct ingest *ingest);

/*
 * Say which of a file's records could not be read, so many of so many.  RP_BAD_SOURCE
 * when there were records and none could, though the bytes are kept.  capture: that was
 * read, what is inside of a compressed one.
 */
enum rp_status run_rejects(struct ingest *ingest, struct rp_slice name,
                           const struct capture *capture,
                           struct rp_error *err) RP_MUST_USE;

/*
 * One member of a bundle, as a file: file->fd is not looked at.  RP_NOT_FOUND: nobody
 * recognises it, nothing was written.  RP_BAD_SOURCE: what came before the damage is kept
 * as a capture that is not complete; else *out is of it.  size: as told.
 */
enum rp_status import_member(struct ingest *ingest, const struct import_file *file,
                             struct bundle *bundle, uint64_t size,
                             struct again_found *out, struct rp_error *err) RP_MUST_USE;

/* All members that are to be read, of what begins where fd stands. */
enum rp_status import_bundle(struct ingest *ingest, const struct import_file *file,
                             int fd, enum bundle_kind kind,
                             struct rp_error *err) RP_MUST_USE;

#endif
