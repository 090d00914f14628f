/*
 * The valve between collectors and the archive: every batch becomes one transaction.
 *
 * A run is opened by the first batch that needs one and closed by ingest_close(), which
 * adds its link to the chain.  What a batch says about posts is merged with what is held
 * (new, same, new version); the rules do not depend on the order in which things arrive.
 */
#ifndef RIPOSTE_CORE_INGEST_INGEST_H
#define RIPOSTE_CORE_INGEST_INGEST_H

#include "core/collect/bundle.h"
#include "core/collect/collector.h"
#include "storage/store.h"

struct ingest;

struct ingest_options {
	const char *kind;    /* of the run: "import" */
	const char *program; /* "riposte 0.1.0" */
	int64_t now;         /* microseconds UTC: stamps the run and its captures */
	/* What time it is when the run ends; NULL: it takes no time. */
	int64_t (*clock)(void *context);
	/* Told after every batch how far it got; may be NULL. */
	void (*progress)(void *context, const struct tally *tally);
	/*
	 * Told of each record of a file that could not be read, once the file is done;
	 * false: no more of this file.  reject borrowed.  May be NULL.
	 */
	bool (*rejected)(void *context, struct rp_slice name,
	                 const struct reject *reject);
	/*
	 * Told of each member of a bundle that could not be read, but for the first: that
	 * one is the error of ingest_file().  And of what a bundle says it holds and does
	 * not.  May be NULL.
	 */
	void (*trouble)(void *context, const struct rp_error *err);
	/* Told of each bundle once it was read: what is in it, and how many members were
	 * read.  May be NULL. */
	void (*bundled)(void *context, struct rp_slice name,
	                const struct bundle_count *count, size_t read);
	/* Told of each file in a bundle that was not read, and why.  May be NULL. */
	void (*left)(void *context, struct rp_slice bundle,
	             const struct bundle_left *left);
	void *context;
	/* Asked before every batch; true ends the run cleanly (a signal); may be NULL. */
	bool (*stop)(void *context);
};

/* store is borrowed and opened for writing; NULL when out of memory. */
struct ingest *ingest_new(struct store *store,
                          const struct ingest_options *options) RP_MUST_USE;

/*
 * Ends the run, if anything was written. tally_out may be NULL.  Where the run showed
 * that posts of two people were taken for one (chains.h), it rebuilds the archive first.
 */
enum rp_status ingest_close(struct ingest *ingest, struct tally *tally_out,
                            struct rp_error *err) RP_MUST_USE;

/* Let go without ending the run: what a killed program leaves behind.  NULL is fine. */
struct ingest *ingest_free(struct ingest *ingest);
DEFINE_CLEANUP(struct ingest *, ingest_free);

const struct tally *ingest_tally(const struct ingest *ingest);

struct import_file {
	struct rp_slice name;    /* as the user gave it; "-" for standard input */
	int fd;                  /* borrowed, read from where it stands */
	struct rp_slice as;      /* collector to use; empty: recognise the content */
	struct rp_slice options; /* see struct input */
};

/*
 * Take in one file.  Compressed files are kept as they came, and read through.  Of a zip,
 * a tar file or a folder (file->fd may be a directory) each member that is read becomes a
 * capture; the whole is not kept.
 *
 * RP_OK          done; records that could not be read are counted in the tally
 * RP_BAD_SOURCE  nothing of it could be read: not recognised, not a file, or no record
 * readable (its bytes are kept as a capture with one rejected record, unless it is no
 * file); an only record's reason is the error's and not told besides.  RP_BAD_USAGE   no
 * such collector, or an option it cannot take RP_END stopped between two batches because
 * options.stop said so; what was read is committed, the capture stays incomplete
 * RP_FAILED, RP_RETRY_LATER, RP_CORRUPT  the archive; the batch under way was rolled back
 *
 * A file whose bytes are held is not read again: it is noted, and its records count as
 * same. Memory: one batch (about 8 MB of input, 32 MB at most) whatever the size of the
 * file.
 */
enum rp_status ingest_file(struct ingest *ingest, const struct import_file *file,
                           struct rp_error *err) RP_MUST_USE;

/* Keep a file's bytes beside another (a sidecar): a capture without posts. */
enum rp_status ingest_attachment(struct ingest *ingest, struct rp_slice name,
                                 struct rp_slice bytes, struct rp_error *err) RP_MUST_USE;

/*
 * Pack what is loose, if that is much by now, for about a second and no longer; what
 * writes to the archive calls this last, so that one who never packs it by hand has it
 * small all the same.  stop as in ingest_options.  Where another program writes, or
 * packs, it is left to the next time: RP_OK.
 */
enum rp_status ingest_tidy(struct store *store, bool (*stop)(void *context),
                           void *context, struct rp_error *err) RP_MUST_USE;

/*
 * Make everything derived again from the captures, in one transaction: the archive is as
 * it was or rebuilt, never between.  posts_out: how many posts were met.
 */
enum rp_status ingest_rebuild(struct store *store, uint64_t *records_out,
                              struct rp_error *err) RP_MUST_USE;

/*
 * Read every capture of `from` again into `into`, an empty store, facts and derived rows
 * alike. What `verify --data` compares an archive with.
 */
enum rp_status ingest_replay(struct store *from, struct store *into,
                             struct rp_error *err) RP_MUST_USE;

#endif
